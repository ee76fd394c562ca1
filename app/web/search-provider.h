/* What a search service is: how a query becomes a request, and how its answer is read. A
 * provider does no input or output, so each is one file of two functions; to add one, write
 * the file and name it in search-provider.c. */
#pragma once

#include "exchange.h"
#include "search-result.h"

G_BEGIN_DECLS

typedef struct
{
  const char *address; /* (nullable) of the user's own server, as typed */
  const char *key;     /* (nullable) */
} BaleenSearchAccess;

typedef struct
{
  const char *id;
  const char *name;
  const char *host;       /* (nullable) NULL: the user's own */
  gboolean needs_address;
  gboolean needs_key;
  const char *about;      /* translatable: what it is, for the preferences */

  /* NULL with an error where the address cannot be one. */
  SoupMessage *(*make_request) (const BaleenSearchAccess *access,
                                const char               *query,
                                GError                  **error);
  /* Adds to `results`. A status that means rate limit or key is told by the caller. FALSE for
   * what is no answer to a search. */
  gboolean (*read_answer) (const BaleenReply *reply,
                           GPtrArray         *results,
                           GError           **error);
} BaleenSearchProvider;

extern const BaleenSearchProvider baleen_search_searxng;
extern const BaleenSearchProvider baleen_search_brave;
extern const BaleenSearchProvider baleen_search_tavily;
extern const BaleenSearchProvider baleen_search_bocha;
extern const BaleenSearchProvider baleen_search_duckduckgo;

/* All of them, the recommended one first, NULL-terminated. */
const BaleenSearchProvider *const *baleen_search_providers (void);
/* NULL for an id that there is none of. */
const BaleenSearchProvider *baleen_search_provider_find (const char *id);

/* The host that a query would go to, for people; NULL while it is not set up. */
char *baleen_search_provider_get_host (const BaleenSearchProvider *provider,
                                       const BaleenSearchAccess   *access);

/* When a host that allowed no more searches may be asked again, as g_get_real_time() has it; 0:
 * now. Any thread. */
gint64 baleen_web_search_get_free_at (const char *host);

/* Asks the service. Gives a GPtrArray of BaleenSearchResults, empty where nothing was found;
 * errors are BALEEN_NETWORK_ERROR with the service's name, or G_IO_ERROR_CANCELLED. */
void baleen_web_search_async (const BaleenSearchProvider *provider,
                              const BaleenSearchAccess   *access,
                              const char                 *query,
                              const char                 *message, /* (nullable) for the log */
                              GCancellable               *cancellable,
                              GAsyncReadyCallback         callback,
                              gpointer                    data);
GPtrArray *baleen_web_search_finish (GAsyncResult *result,
                                     GError      **error);

G_END_DECLS
