/* Markdown as models write it (CommonMark with tables, task lists, struck words, bare links
 * and formulas) into blocks. HTML is text, images are links, and only addresses with http,
 * https or mailto become links at all. Any bytes that are UTF-8 will do. */
#pragma once

#include "baleen-block.h"

G_BEGIN_DECLS

/* The blocks of `text`. `definitions` (nullable) are link definitions from elsewhere in the
 * same message. A formula that is not closed goes to the end when `is_growing`. */
GPtrArray *baleen_markdown_parse (const char *text,
                                  const char *definitions,
                                  gboolean    is_growing);

/* All of a finished message. */
GPtrArray *baleen_markdown_parse_all (const char *text);

/* May be opened: http, https or mailto. */
gboolean baleen_markdown_is_link (const char *address);

G_END_DECLS
