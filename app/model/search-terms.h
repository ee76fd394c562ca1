/* Text as the full-text index takes it: Latin words as they are, Chinese as pairs of letters,
 * since words have no spaces there. Pure functions. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Terms with spaces between. */
char *baleen_search_terms_of (const char *text);

/* A query for FTS5 that finds any of the words of a question and can hold no syntax. NULL if
 * there are none. */
char *baleen_search_terms_query (const char *question);

G_END_DECLS
