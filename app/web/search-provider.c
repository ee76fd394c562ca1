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

/* What the header Retry-After says: seconds or a date. (nullable) */
static GDateTime *
read_moment (const char *retry_after,
             GDateTime  *now)
{
  g_autoptr (GDateTime) date = NULL;
  guint64 seconds;
  char *end;

  if (retry_after == NULL)
    return NULL;
  seconds = g_ascii_strtoull (retry_after, &end, 10);
  if (end != retry_after && *end == '\0' && seconds < 366 * 86400)
    return g_date_time_add_seconds (now, seconds);
  date = soup_date_time_new_from_http_string (retry_after);

  return date != NULL ? g_date_time_to_local (date) : NULL;
}

/* ---- limits --------------------------------------------------------------------------- */

/* A service that names no moment. */
#define USUAL_WAIT G_TIME_SPAN_MINUTE

static GMutex free_times_lock;
static GHashTable *free_times; /* (owned) (nullable) host → when it is free, under the lock */

static void
remember_limit (const char *host,
                GDateTime  *then) /* (nullable) */
{
  gint64 *free_at = g_new (gint64, 1);

  *free_at = then != NULL ? g_date_time_to_unix (then) * G_USEC_PER_SEC
                          : g_get_real_time () + USUAL_WAIT;
  g_mutex_lock (&free_times_lock);
  if (free_times == NULL)
    free_times = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_hash_table_insert (free_times, g_strdup (host), free_at);
  g_mutex_unlock (&free_times_lock);
}

gint64
baleen_web_search_get_free_at (const char *host)
{
  const gint64 *free_at;
  gint64 time;

  g_mutex_lock (&free_times_lock);
  free_at = free_times != NULL ? g_hash_table_lookup (free_times, host) : NULL;
  time = free_at != NULL ? *free_at : 0;
  g_mutex_unlock (&free_times_lock);

  return time > g_get_real_time () ? time : 0;
}

static void
set_limit_error (const BaleenReply *reply,
                 const char        *host,
                 GError           **error)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autoptr (GDateTime) then = read_moment (reply->retry_after, now);
  g_autofree char *moment = NULL;

  remember_limit (host, then);
  if (then != NULL)
    moment = g_date_time_format (
        then, g_date_time_difference (then, now) < 12 * G_TIME_SPAN_HOUR ? "%H:%M" : "%x %H:%M");
  if (moment != NULL)
    g_set_error (error, BALEEN_NETWORK_ERROR, BALEEN_NETWORK_ERROR_LIMIT,
                 _("%s allows no more searches until %s."), host, moment);
  else
    g_set_error (error, BALEEN_NETWORK_ERROR, BALEEN_NETWORK_ERROR_LIMIT,
                 _("%s allows no more searches for now: its rate limit is reached. Wait a "
                   "little or choose another search service."), host);
}

/* What a status says whoever sends it. */
static gboolean
check_status (const BaleenReply *reply,
              const char        *host,
              GError           **error)
{
  if (reply->status == 429 || reply->status == 432 || reply->status == 433)
    {
      set_limit_error (reply, host, error);
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

static GError *
explain_no_host (const BaleenSearchProvider *provider,
                 const BaleenSearchAccess   *access)
{
  const gboolean is_typed
      = provider->needs_address && access->address != NULL && *access->address != '\0';
  GError *error = NULL;
  g_autoptr (GUri) uri = is_typed ? baleen_web_address_parse (access->address, &error) : NULL;

  if (error == NULL)
    error = g_error_new_literal (BALEEN_NETWORK_ERROR, BALEEN_NETWORK_ERROR_ADDRESS,
                                 _("Web Search needs a search service. Set one up in the "
                                   "preferences, or give the address of a SearXNG server."));

  return error;
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
    error = explain_no_host (provider, access);
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
