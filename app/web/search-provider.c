#include "search-provider.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define SEARCH_SECONDS 15
#define MOST_ANSWER (4 << 20)

const BaleenSearchProvider *const *
baleen_search_providers (void)
{
  static const BaleenSearchProvider *const providers[] = {
    &baleen_search_searxng, &baleen_search_brave, &baleen_search_tavily, &baleen_search_bocha,
    &baleen_search_duckduckgo, NULL,
  };

  return providers;
}

const BaleenSearchProvider *
baleen_search_provider_find (const char *id)
{
  const BaleenSearchProvider *const *providers = baleen_search_providers ();

  for (gsize i = 0; providers[i] != NULL; i++)
    if (g_strcmp0 (providers[i]->id, id) == 0)
      return providers[i];

  return NULL;
}

char *
baleen_search_provider_get_host (const BaleenSearchProvider *provider,
                                 const BaleenSearchAccess   *access)
{
  g_autoptr (GUri) uri = NULL;

  if (provider->needs_key && (access->key == NULL || *access->key == '\0'))
    return NULL;
  if (!provider->needs_address)
    return g_strdup (provider->host);
  if (access->address == NULL)
    return NULL;
  uri = baleen_web_address_parse (access->address, NULL);

  return uri != NULL ? g_strdup (g_uri_get_host (uri)) : NULL;
}

/* A moment for people, from what the header Retry-After says: seconds or a date. */
static char *
describe_moment (const char *retry_after)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autoptr (GDateTime) then = NULL;
  char *end;
  guint64 seconds;

  if (retry_after == NULL)
    return NULL;
  seconds = g_ascii_strtoull (retry_after, &end, 10);
  if (end != retry_after && *end == '\0' && seconds < 366 * 86400)
    then = g_date_time_add_seconds (now, seconds);
  else
    {
      g_autoptr (GDateTime) date = soup_date_time_new_from_http_string (retry_after);

      then = date != NULL ? g_date_time_to_local (date) : NULL;
    }
  if (then == NULL)
    return NULL;

  return g_date_time_format (then, g_date_time_difference (then, now) < 12 * G_TIME_SPAN_HOUR
                                       ? "%H:%M" : "%x %H:%M");
}

/* What a status says whoever sends it. */
static gboolean
check_status (const BaleenReply *reply,
              const char        *host,
              GError           **error)
{
  g_autofree char *moment = describe_moment (reply->retry_after);

  if (reply->status == 429 || reply->status == 432 || reply->status == 433)
    {
      if (moment != NULL)
        g_set_error (error, BALEEN_NETWORK_ERROR, BALEEN_NETWORK_ERROR_LIMIT,
                     _("%s allows no more searches until %s."), host, moment);
      else
        g_set_error (error, BALEEN_NETWORK_ERROR, BALEEN_NETWORK_ERROR_LIMIT,
                     _("%s allows no more searches for now: its rate limit is reached. Wait a "
                       "little or choose another search service."), host);
      return FALSE;
    }
  if (reply->status == 401)
    {
      g_set_error (error, BALEEN_NETWORK_ERROR, BALEEN_NETWORK_ERROR_KEY,
                   _("%s refused the key. Check it in the preferences."), host);
      return FALSE;
    }
  if (reply->status == 402)
    {
      g_set_error (error, BALEEN_NETWORK_ERROR, BALEEN_NETWORK_ERROR_KEY,
                   _("%s says the balance is used up."), host);
      return FALSE;
    }

  return TRUE;
}

typedef struct
{
  const BaleenSearchProvider *provider;
  char *host; /* (owned) */
} Search;

static void
search_free (gpointer data)
{
  Search *search = data;

  g_free (search->host);
  g_free (search);
}

static void
answered_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      data)
{
  g_autoptr (GTask) task = data;
  Search *search = g_task_get_task_data (task);
  g_autoptr (GPtrArray) results
      = g_ptr_array_new_with_free_func ((GDestroyNotify) baleen_search_result_free);
  GError *error = NULL;
  g_autoptr (BaleenReply) reply = baleen_exchange_finish (result, &error);

  if (reply != NULL && check_status (reply, search->host, &error))
    search->provider->read_answer (reply, results, &error);
  if (error != NULL)
    {
      if (error->domain == BALEEN_NETWORK_ERROR && strstr (error->message, search->host) == NULL)
        g_prefix_error (&error, "%s: ", search->host);
      g_task_return_error (task, error);
    }
  else
    g_task_return_pointer (task, g_steal_pointer (&results), (GDestroyNotify) g_ptr_array_unref);
}

void
baleen_web_search_async (const BaleenSearchProvider *provider,
                         const BaleenSearchAccess   *access,
                         const char                 *query,
                         const char                 *message,
                         GCancellable               *cancellable,
                         GAsyncReadyCallback         callback,
                         gpointer                    data)
{
  /* The answer of a server that its user typed in may come from anywhere; redirects stay on
   * the host. */
  const BaleenExchangeLimits limits = { .purpose = BALEEN_PURPOSE_SEARCH, .message = message,
                                        .seconds = SEARCH_SECONDS, .most_bytes = MOST_ANSWER,
                                        .most_redirects = 5 };
  g_autoptr (GTask) task = g_task_new (NULL, NULL, callback, data);
  g_autoptr (SoupMessage) request = NULL;
  Search *search = g_new0 (Search, 1);
  GError *error = NULL;

  search->provider = provider;
  search->host = baleen_search_provider_get_host (provider, access);
  g_task_set_source_tag (task, baleen_web_search_async);
  g_task_set_task_data (task, search, search_free);
  if (search->host == NULL)
    error = g_error_new_literal (BALEEN_NETWORK_ERROR, BALEEN_NETWORK_ERROR_ADDRESS,
                                 _("Web Search needs a search service. Set one up in the "
                                   "preferences, or give the address of a SearXNG server."));
  else
    request = provider->make_request (access, query, &error);
  if (request == NULL)
    g_task_return_error (task, error);
  else
    baleen_exchange_async (request, &limits, cancellable, answered_cb, g_steal_pointer (&task));
}

GPtrArray *
baleen_web_search_finish (GAsyncResult *result,
                          GError      **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, baleen_web_search_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
