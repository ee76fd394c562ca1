/* One thing that a search service found. Plain data. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct
{
  char *url;
  char *title;
  char *snippet; /* (nullable) the service's own words about the page */
  char *date;    /* (nullable) as the service writes it, at most the day */
} BaleenSearchResult;

void baleen_search_result_free (BaleenSearchResult *result);

/* Adds what has an address we would open, unless that address is there already. Tags and
 * entities in title and snippet are taken out. */
void baleen_search_results_add (GPtrArray  *results,
                                const char *url,
                                const char *title,
                                const char *snippet,
                                const char *date);

/* Text without the tags of HTML, its entities as letters, white space folded. */
char *baleen_search_plain_text (const char *html);

G_END_DECLS
