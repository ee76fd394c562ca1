/* What of HTML is text: blocks become paragraphs; scripts, styles and comments are left out.
 * For pages, for the chapters of books, and for anything else that is HTML inside. */
#pragma once

#include "text-flow.h"

G_BEGIN_DECLS

/* `text` is UTF-8. The first <title> goes to `title` unless that is NULL; (out) (nullable). */
void html_flow_read (TextFlow   *flow,
                     const char *text,
                     gsize       length,
                     char      **title);
/* The same for a page of the web: its content alone, without the menus and banners around. */
void html_flow_read_content (TextFlow   *flow,
                             const char *text,
                             gsize       length,
                             char      **title);
/* The letter that “&amp;” and the like stand for. */
void html_flow_add_entity (TextFlow   *flow,
                           const char *entity,
                           gsize       length);
/* The charset that a page declares in its first bytes, or NULL. */
char *html_find_charset (const char *bytes,
                         gsize       n_bytes);

G_END_DECLS
