/* Which parts of a web page are what the page is about, and which are the menus, banners and
 * footers around it. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* For each element, in the order in which a walk over the same text starts them: TRUE if it and
 * what is in it is not content. At least one byte; `*n_elements` says how many count, and
 * elements after them are content. */
gboolean *page_content_find_clutter (const char *text,
                                     gsize       length,
                                     gsize      *n_elements);

G_END_DECLS
