/* From queries to sources: a search service is asked, pages are fetched side by side and read
 * by the process that locks itself up, and the passages that fit the question are chosen.
 * Asynchronous, in the thread's main context. */
#pragma once

#include "search-provider.h"

#include "baleen-source.h"

G_BEGIN_DECLS

typedef enum
{
  BALEEN_RESEARCH_SEARCHING, /* `text`: the query; `host`: where it goes */
  BALEEN_RESEARCH_SEARCHED,  /* the same, when it was: `n_done` results */
  BALEEN_RESEARCH_FOUND,     /* `n_done` results in all */
  BALEEN_RESEARCH_SEARCH_FAILED, /* `text`: the query; `error` says why */
  BALEEN_RESEARCH_READING,   /* `text`: the address; `n_done` of `n_total` are done */
  BALEEN_RESEARCH_READ,      /* the same, when it was */
  BALEEN_RESEARCH_REFUSED,   /* or could not be: `error` says why */
} BaleenResearchEvent;

typedef struct
{
  BaleenResearchEvent event;
  const char *text;
  const char *host;
  const char *title;   /* (nullable) of a page, as the service has it */
  guint n_done;
  guint n_total;
  const GError *error; /* (nullable) */
} BaleenResearchStep;

typedef void (*BaleenResearchFunc) (const BaleenResearchStep *step,
                                    gpointer                  user_data);

typedef struct
{
  const BaleenSearchProvider *provider;
  BaleenSearchAccess access;
  const char *question;
  const char *const *queries; /* NULL-terminated; at most BALEEN_MOST_QUERIES are asked */
  guint n_pages;              /* to read; 0: 6 */
  gsize n_characters;         /* of all passages together */
  const char *message;        /* (nullable) for the network log */
  gboolean is_private;        /* leave no copy on the disk */
  gboolean reuses_results;    /* a service that was asked the same within the hour is not asked */
  BaleenResearchFunc func;    /* (nullable) */
  gpointer user_data;
} BaleenResearchOptions;

/* Cancelling means: use what is there. */
void baleen_research_async (const BaleenResearchOptions *options,
                            GCancellable                *cancellable,
                            GAsyncReadyCallback          callback,
                            gpointer                     data);
/* The sources, at least one: BaleenSources, numbered from 1. Fails with the reason where no
 * query was answered, nothing was found, or no page could be read; with G_IO_ERROR_CANCELLED
 * where nothing was there yet. */
GPtrArray *baleen_research_finish (GAsyncResult *result,
                                   GError      **error);

G_END_DECLS
