#include "exchange.h"

#include "address.h"
#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define USER_AGENT "Mozilla/5.0 (X11; Linux) Baleen/" BALEEN_VERSION
/* Headers come before anything that could be refused for its size. */
#define MOST_HEADER_BYTES (256 * 1024)
#define PIECE_BYTES (64 * 1024)
#define TICK_MILLISECONDS 100

typedef struct
{
  BaleenExchangeLimits limits;
  char *log_message;          /* (owned) (nullable) */
  SoupSession *session;       /* (owned) one for each host, since the way there is its own */
  SoupMessage *message;       /* (owned) */
  GCancellable *cancellable;  /* (owned) ours, which the caller's and the clock raise */
  GCancellable *outer;        /* (owned) (nullable) */
  gulong outer_id;
  BaleenNetworkEntry *entry;  /* (owned) (nullable) */
  GSource *tick;              /* (owned) */
  gint64 deadline;            /* monotonic */
  GInputStream *stream;       /* (owned) (nullable) */
  GByteArray *body;           /* (owned) */
  guint n_redirects;
  gboolean is_slow, is_too_large;
} Exchange;

static void send_message (GTask *task);

void
baleen_reply_free (BaleenReply *reply)
{
  g_free (reply->url);
  g_free (reply->content_type);
  g_free (reply->charset);
  g_free (reply->retry_after);
  g_bytes_unref (reply->body);
  g_free (reply);
}

GUri *
baleen_web_address_parse (const char *text,
                          GError    **error)
{
  g_autoptr (GUri) uri
      = g_uri_parse (text, G_URI_FLAGS_HAS_PASSWORD | G_URI_FLAGS_ENCODED
                               | G_URI_FLAGS_SCHEME_NORMALIZE, NULL);
  const char *host = uri != NULL ? g_uri_get_host (uri) : NULL;
  const char *scheme = uri != NULL ? g_uri_get_scheme (uri) : NULL;

  if (host == NULL || *host == '\0'
      || (!g_str_equal (scheme, "http") && !g_str_equal (scheme, "https")))
    {
      g_autofree char *shown = g_utf8_make_valid (text, strnlen (text, 200));

      g_set_error (error, BALEEN_NETWORK_ERROR, BALEEN_NETWORK_ERROR_ADDRESS,
                   _("“%s” is not a web address. It must begin with http:// or https:// and "
                     "name a server."), shown);
      return NULL;
    }
  if (g_uri_get_userinfo (uri) != NULL)
    {
      g_set_error (error, BALEEN_NETWORK_ERROR, BALEEN_NETWORK_ERROR_ADDRESS,
                   _("The address of %s has a name or a password in it. Give it without them."),
                   host);
      return NULL;
    }

  return g_uri_build_with_user (g_uri_get_flags (uri), scheme, NULL, NULL, NULL, host,
                                g_uri_get_port (uri),
                                *g_uri_get_path (uri) != '\0' ? g_uri_get_path (uri) : "/",
                                g_uri_get_query (uri), NULL);
}

static void
count_bytes (Exchange *exchange)
{
  SoupMessageMetrics *metrics = soup_message_get_metrics (exchange->message);

  guint64 sent, received;

  if (metrics == NULL || exchange->entry == NULL)
    return;
  sent = soup_message_metrics_get_request_header_bytes_sent (metrics)
         + soup_message_metrics_get_request_body_bytes_sent (metrics);
  received = soup_message_metrics_get_response_header_bytes_received (metrics)
             + soup_message_metrics_get_response_body_bytes_received (metrics);
  baleen_network_entry_count (exchange->entry, sent, received);
}

/* Ends what concerns one host: its log entry and its connections. */
static void
leave_host (Exchange   *exchange,
            const char *result)
{
  count_bytes (exchange);
  if (exchange->entry != NULL)
    baleen_network_entry_close (exchange->entry, result);
  g_clear_object (&exchange->entry);
  g_clear_object (&exchange->stream);
  if (exchange->session != NULL)
    soup_session_abort (exchange->session);
  g_clear_object (&exchange->session);
}

static void
exchange_free (gpointer data)
{
  Exchange *exchange = data;

  leave_host (exchange, _("stopped"));
  if (exchange->tick != NULL)
    g_source_destroy (exchange->tick);
  g_clear_pointer (&exchange->tick, g_source_unref);
  if (exchange->outer_id != 0)
    g_cancellable_disconnect (exchange->outer, exchange->outer_id);
  g_clear_object (&exchange->outer);
  g_clear_object (&exchange->cancellable);
  g_clear_object (&exchange->message);
  g_clear_pointer (&exchange->body, g_byte_array_unref);
  g_free (exchange->log_message);
  g_free (exchange);
}

static const char *
get_host (Exchange *exchange)
{
  return g_uri_get_host (soup_message_get_uri (exchange->message));
}

/* Says why it ended: our own limits first, since they end it by cancelling. */
static void
fail (GTask  *task,
      GError *error)
{
  Exchange *exchange = g_task_get_task_data (task);
  const char *host = get_host (exchange);

  if (exchange->is_slow)
    {
      g_clear_error (&error);
      error = g_error_new (BALEEN_NETWORK_ERROR, BALEEN_NETWORK_ERROR_SLOW,
                           _("%s did not answer in time. Try again later."), host);
    }
  else if (exchange->is_too_large)
    {
      g_clear_error (&error);
      error = g_error_new (BALEEN_NETWORK_ERROR, BALEEN_NETWORK_ERROR_TOO_LARGE,
                           _("What %s sends is too large to be read."), host);
    }
  else
    baleen_network_error_explain (&error, host);
  leave_host (exchange, g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED)
                            ? _("stopped") : error->message);
  g_task_return_error (task, error);
}

static gboolean
tick_cb (gpointer data)
{
  Exchange *exchange = g_task_get_task_data (data);
  SoupMessageMetrics *metrics = soup_message_get_metrics (exchange->message);

  count_bytes (exchange);
  exchange->is_slow |= g_get_monotonic_time () >= exchange->deadline;
  exchange->is_too_large |= metrics != NULL
                            && soup_message_metrics_get_response_header_bytes_received (metrics)
                                   > MOST_HEADER_BYTES;
  if (!exchange->is_slow && !exchange->is_too_large)
    return G_SOURCE_CONTINUE;

  g_cancellable_cancel (exchange->cancellable);
  return G_SOURCE_REMOVE;
}

static void
outer_cancelled_cb (GCancellable *outer,
                    gpointer      data)
{
  g_cancellable_cancel (data);
}

static void
finish (GTask *task)
{
  Exchange *exchange = g_task_get_task_data (task);
  SoupMessageHeaders *headers = soup_message_get_response_headers (exchange->message);
  g_autoptr (GHashTable) parameters = NULL;
  BaleenReply *reply = g_new0 (BaleenReply, 1);
  g_autofree char *result = NULL;

  reply->url = g_uri_to_string (soup_message_get_uri (exchange->message));
  reply->status = soup_message_get_status (exchange->message);
  reply->content_type = g_strdup (soup_message_headers_get_content_type (headers, &parameters));
  if (parameters != NULL)
    reply->charset = g_strdup (g_hash_table_lookup (parameters, "charset"));
  reply->retry_after = g_strdup (soup_message_headers_get_one (headers, "Retry-After"));
  reply->body = g_byte_array_free_to_bytes (g_steal_pointer (&exchange->body));
  result = reply->status < 400 ? g_strdup (_("done"))
                               : g_strdup_printf (_("refused (%u)"), reply->status);
  leave_host (exchange, result);
  g_task_return_pointer (task, reply, (GDestroyNotify) baleen_reply_free);
}

static void
read_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      data)
{
  g_autoptr (GTask) task = data;
  Exchange *exchange = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (GBytes) piece
      = g_input_stream_read_bytes_finish (G_INPUT_STREAM (source), result, &error);
  gsize size;
  gconstpointer bytes;

  if (piece == NULL)
    {
      fail (task, error);
      return;
    }
  bytes = g_bytes_get_data (piece, &size);
  if (size == 0)
    {
      finish (task);
      return;
    }
  if (exchange->body->len + size > exchange->limits.most_bytes)
    {
      exchange->is_too_large = TRUE;
      fail (task, NULL);
      return;
    }
  g_byte_array_append (exchange->body, bytes, size);
  g_input_stream_read_bytes_async (exchange->stream, PIECE_BYTES, G_PRIORITY_DEFAULT,
                                   exchange->cancellable, read_cb, g_steal_pointer (&task));
}

/* The next request of a redirect; NULL with an error where it must not be followed. */
static SoupMessage *
follow (Exchange *exchange,
        GError  **error)
{
  GUri *here = soup_message_get_uri (exchange->message);
  const char *location = soup_message_headers_get_one (
      soup_message_get_response_headers (exchange->message), "Location");
  g_autofree char *from = g_uri_to_string (here);
  g_autofree char *to = g_uri_resolve_relative (from, location, G_URI_FLAGS_ENCODED, NULL);
  g_autoptr (GUri) uri = NULL;

  if (exchange->n_redirects++ >= exchange->limits.most_redirects)
    {
      g_set_error (error, BALEEN_NETWORK_ERROR, BALEEN_NETWORK_ERROR_REDIRECTS,
                   _("%s sends from one address to the next without end."), get_host (exchange));
      return NULL;
    }
  uri = baleen_web_address_parse (to != NULL ? to : location, error);
  if (uri == NULL)
    return NULL;
  if (!exchange->limits.is_public && g_strcmp0 (g_uri_get_host (uri), g_uri_get_host (here)) != 0)
    {
      g_set_error (error, BALEEN_NETWORK_ERROR, BALEEN_NETWORK_ERROR_REDIRECTS,
                   _("%s sends on to %s. If that is right, use that address instead."),
                   get_host (exchange), g_uri_get_host (uri));
      return NULL;
    }

  return soup_message_new_from_uri ("GET", uri);
}

static gboolean
is_redirect (SoupMessage *message)
{
  guint status = soup_message_get_status (message);

  return (status == 301 || status == 302 || status == 303 || status == 307 || status == 308)
         && g_strcmp0 (soup_message_get_method (message), "GET") == 0
         && soup_message_headers_get_one (soup_message_get_response_headers (message), "Location")
                != NULL;
}

static void
sent_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      data)
{
  g_autoptr (GTask) task = data;
  Exchange *exchange = g_task_get_task_data (task);
  GError *error = NULL;

  exchange->stream = soup_session_send_finish (SOUP_SESSION (source), result, &error);
  if (exchange->stream == NULL)
    {
      fail (task, error);
      return;
    }
  if (!is_redirect (exchange->message))
    {
      g_input_stream_read_bytes_async (exchange->stream, PIECE_BYTES, G_PRIORITY_DEFAULT,
                                       exchange->cancellable, read_cb, g_steal_pointer (&task));
      return;
    }

  {
    SoupMessage *next = follow (exchange, &error);

    if (next == NULL)
      {
        fail (task, error);
        return;
      }
    leave_host (exchange, _("sent on"));
    g_set_object (&exchange->message, next);
    g_object_unref (next);
    send_message (task);
  }
}

static guint16
get_port (GUri *uri)
{
  int port = g_uri_get_port (uri);

  if (port > 0)
    return port;

  return g_str_equal (g_uri_get_scheme (uri), "https") ? 443 : 80;
}

/* A session of its own for each host: nothing is remembered from one to the next. */
static SoupSession *
make_session (Exchange *exchange,
              GUri     *uri)
{
  SoupSession *session;
  g_autoptr (GSocketConnectable) place = NULL;

  if (exchange->limits.is_public)
    {
      place = baleen_public_address_new (g_uri_get_host (uri), get_port (uri));
      session = g_object_new (SOUP_TYPE_SESSION, "remote-connectable", place, "proxy-resolver",
                              NULL, NULL);
    }
  else
    session = soup_session_new ();
  g_object_set (session, "user-agent", USER_AGENT, "timeout", exchange->limits.seconds,
                "accept-language-auto", TRUE, NULL);

  return session;
}

static void
send_message (GTask *task)
{
  Exchange *exchange = g_task_get_task_data (task);
  GUri *uri = soup_message_get_uri (exchange->message);
  SoupMessageHeaders *headers = soup_message_get_request_headers (exchange->message);

  exchange->session = make_session (exchange, uri);
  soup_session_remove_feature_by_type (exchange->session, SOUP_TYPE_AUTH_MANAGER);
  soup_message_add_flags (exchange->message, SOUP_MESSAGE_NO_REDIRECT
                                                 | SOUP_MESSAGE_COLLECT_METRICS
                                                 | SOUP_MESSAGE_NEW_CONNECTION);
  if (soup_message_headers_get_one (headers, "Accept") == NULL)
    soup_message_headers_append (headers, "Accept", "text/html,application/xhtml+xml,"
                                                    "application/pdf,text/plain;q=0.9,*/*;q=0.5");
  exchange->entry = baleen_network_log_open (baleen_network_log_get (), exchange->limits.purpose,
                                             g_uri_get_host (uri), exchange->log_message);
  soup_session_send_async (exchange->session, exchange->message, G_PRIORITY_DEFAULT,
                           exchange->cancellable, sent_cb, g_object_ref (task));
}

void
baleen_exchange_async (SoupMessage                *message,
                       const BaleenExchangeLimits *limits,
                       GCancellable               *cancellable,
                       GAsyncReadyCallback         callback,
                       gpointer                    data)
{
  /* Not the caller's cancellable: the answer must be ours to give, with its reason. */
  g_autoptr (GTask) task = g_task_new (NULL, NULL, callback, data);
  Exchange *exchange = g_new0 (Exchange, 1);

  exchange->limits = *limits;
  exchange->log_message = g_strdup (limits->message);
  exchange->limits.message = exchange->log_message;
  exchange->message = g_object_ref (message);
  exchange->body = g_byte_array_new ();
  exchange->cancellable = g_cancellable_new ();
  exchange->deadline = g_get_monotonic_time () + limits->seconds * G_TIME_SPAN_SECOND;
  g_task_set_source_tag (task, baleen_exchange_async);
  g_task_set_task_data (task, exchange, exchange_free);
  if (cancellable != NULL)
    {
      exchange->outer = g_object_ref (cancellable);
      exchange->outer_id = g_cancellable_connect (cancellable, G_CALLBACK (outer_cancelled_cb),
                                                  g_object_ref (exchange->cancellable),
                                                  g_object_unref);
    }
  exchange->tick = g_timeout_source_new (TICK_MILLISECONDS);
  g_source_set_callback (exchange->tick, tick_cb, task, NULL);
  g_source_attach (exchange->tick, g_main_context_get_thread_default ());
  send_message (task);
}

BaleenReply *
baleen_exchange_finish (GAsyncResult *result,
                        GError      **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, baleen_exchange_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
