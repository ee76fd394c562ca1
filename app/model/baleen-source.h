/* Where something in an answer comes from: a page of the web or a place in a file, with the
 * passage that was supplied to the model. The answer names it as [n]. Never changes. */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

#define BALEEN_TYPE_SOURCE (baleen_source_get_type ())
G_DECLARE_FINAL_TYPE (BaleenSource, baleen_source, BALEEN, SOURCE, GObject)

/* `number` counts from 1 within one answer. Either `url` or `file` (a path) says where; `page`
 * counts from 1 and is 0 where there are no pages. */
BaleenSource *baleen_source_new (int         number,
                                 const char *title,
                                 const char *url,      /* (nullable) */
                                 const char *file,     /* (nullable) */
                                 int         page,
                                 const char *passage); /* (nullable) */

int baleen_source_get_number (BaleenSource *self);
const char *baleen_source_get_title (BaleenSource *self);   /* never NULL */
const char *baleen_source_get_url (BaleenSource *self);     /* (nullable) */
const char *baleen_source_get_file (BaleenSource *self);    /* (nullable) */
int baleen_source_get_page (BaleenSource *self);
const char *baleen_source_get_passage (BaleenSource *self); /* (nullable) */
/* Of a page, "2026-11-20", as the search service has it. */
const char *baleen_source_get_date (BaleenSource *self); /* (nullable) */
void baleen_source_set_date (BaleenSource *self,
                             const char   *date); /* (nullable) */

/* The one with that number; NULL when it was not supplied. */
BaleenSource *baleen_sources_find (GPtrArray *sources,
                                   int        number);

/* As they lie in the history; NULL for none. What cannot be read is left out. */
char *baleen_sources_to_json (GPtrArray *sources);
GPtrArray *baleen_sources_from_json (const char *json); /* (nullable) */

G_END_DECLS
