/* The parts of a zip file that a reader wants, in memory. Nothing is ever unpacked to a file,
 * so names like “../x” are only names. Limits are counted on the bytes as they come, not on
 * what the file says of itself. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Says whether a part is text of the document; others are skipped unread. */
typedef gboolean (*ZipWanted) (const char *name);

/* Parts by name, of GBytes. */
GHashTable *zip_parts_read (GBytes    *bytes,
                            ZipWanted  wanted,
                            GError   **error);
/* A part that has to be there. Borrowed. */
GBytes *zip_parts_get (GHashTable *parts,
                       const char *name,
                       GError    **error);
/* The name that `href` means inside the folder of `base`: percent escapes and “..” resolved,
 * the fragment dropped. NULL where it leaves the file. */
char *zip_resolve (const char *base,
                   const char *href);

G_END_DECLS
