/* What search-text.h cuts a document and a question about it into, as FTS5 takes them with a
 * tokenizer of its own: terms with spaces between. Pure functions. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

char *baleen_search_terms_of (const char *text);

/* A query for FTS5 that finds any of the words of a question and can hold no syntax. NULL if
 * there are none. */
char *baleen_search_terms_query (const char *question);

G_END_DECLS
