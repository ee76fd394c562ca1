/* What is copied is offered in the forms that others can paste. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* As plain text, and as text/markdown and text/html where they are given. */
void clipboard_set_formats (GdkClipboard *clipboard,
                            const char   *text,
                            const char   *markdown, /* (nullable) */
                            const char   *html);    /* (nullable) */

G_END_DECLS
