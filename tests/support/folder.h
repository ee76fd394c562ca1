/* Folders that a test made for itself. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Removes what is in the folder, whatever it is; links are removed, not followed. A folder that
 * is not there is empty. */
void folder_empty (const char *path);
/* And the folder. */
void folder_remove (const char *path);
/* How much lies in it; in one that is not there, nothing. */
guint folder_count (const char *path);

G_END_DECLS
