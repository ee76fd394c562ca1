/* From a question to what is typed into a search engine. Pure functions. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define BALEEN_MOST_QUERIES 3
/* In characters: engines ignore what is beyond. */
#define BALEEN_LONGEST_QUERY 120

/* The question in the words of a search: without courtesies and without what is not a word. */
char *baleen_query_from_question (const char *question);

/* What to ask a model for queries. `earlier` is what the same person asked before. */
char *baleen_query_make_prompt (const char *question,
                                const char *earlier, /* (nullable) */
                                const char *date);
/* The queries in what a model wrote, at most BALEEN_MOST_QUERIES. Lines that have nothing to do
 * with what was asked are not among them; where none is left, the question's own words are. */
char **baleen_query_read_answer (const char *question,
                                 const char *earlier, /* (nullable) */
                                 const char *answer);

G_END_DECLS
