#include "http-service.h"

#include "network-error.h"
#include "network-log.h"

#include <glib/gi18n-lib.h>
#include <libsoup/soup.h>
#include <string.h>

/* Of an upload that is too large. */
#define MOST_PASSED (4 * BALEEN_HTTP_MOST_BODY)

struct _BaleenHttpService
{
  SoupServer *server; /* (owned) */
  char *key;          /* (owned) */
  guint16 port;
  BaleenHttpFunc func;
  gpointer user_data;
  GPtrArray *calls;   /* those under way; not owned */
};

struct _BaleenHttpCall
{
  BaleenHttpService *service; /* (nullable) once it is gone */
  SoupServer *server;         /* (owned) */
  SoupServerMessage *message; /* (owned) */
  GCancellable *cancellable;  /* (owned) */
  BaleenNetworkEntry *entry;  /* (owned) */
  gsize n_sent;
  gboolean is_finished;       /* the client has all, or is gone */
};

BaleenHttpCall *
baleen_http_call_ref (BaleenHttpCall *call)
{
  return g_rc_box_acquire (call);
}

static void
call_clear (gpointer data)
{
  BaleenHttpCall *call = data;

  if (call->service != NULL)
    g_ptr_array_remove (call->service->calls, call);
  g_signal_handlers_disconnect_by_data (call->message, call);
  g_object_unref (call->message);
  g_object_unref (call->server);
  g_object_unref (call->cancellable);
  g_object_unref (call->entry);
}

void
baleen_http_call_unref (BaleenHttpCall *call)
{
  g_rc_box_release_full (call, call_clear);
}

const char *
baleen_http_call_get_method (BaleenHttpCall *call)
{
  return soup_server_message_get_method (call->message);
}

const char *
baleen_http_call_get_path (BaleenHttpCall *call)
{
  return g_uri_get_path (soup_server_message_get_uri (call->message));
}

GBytes *
baleen_http_call_get_body (BaleenHttpCall *call)
{
  return soup_message_body_flatten (soup_server_message_get_request_body (call->message));
}

GCancellable *
baleen_http_call_get_cancellable (BaleenHttpCall *call)
{
  return call->cancellable;
}

/* ---- answers ----------------------------------------------------------------------------- */

static void
set_answer (SoupServerMessage *message,
            guint              status,
            const char        *json)
{
  soup_server_message_set_status (message, status, NULL);
  soup_server_message_set_response (message, "application/json", SOUP_MEMORY_COPY, json,
                                    strlen (json));
}

/* As OpenAI's interface has errors, so that its clients show the words, which are plain ones. */
static void
set_refusal (SoupServerMessage *message,
             guint              status,
             const char        *words)
{
  g_autofree char *json = g_strdup_printf (
      "{\"error\":{\"message\":\"%s\",\"type\":\"invalid_request_error\",\"code\":%u}}", words,
      status);

  set_answer (message, status, json);
}

void
baleen_http_call_answer (BaleenHttpCall *call,
                         guint           status,
                         const char     *json)
{
  if (call->is_finished)
    return;
  call->n_sent += strlen (json);
  set_answer (call->message, status, json);
  soup_server_message_unpause (call->message);
}

void
baleen_http_call_begin_events (BaleenHttpCall *call)
{
  SoupMessageHeaders *headers = soup_server_message_get_response_headers (call->message);

  if (call->is_finished)
    return;
  soup_server_message_set_status (call->message, SOUP_STATUS_OK, NULL);
  soup_message_headers_set_encoding (headers, SOUP_ENCODING_CHUNKED);
  soup_message_headers_set_content_type (headers, "text/event-stream", NULL);
  soup_message_headers_replace (headers, "Cache-Control", "no-cache");
  soup_message_body_set_accumulate (soup_server_message_get_response_body (call->message), FALSE);
}

void
baleen_http_call_send_event (BaleenHttpCall *call,
                             const char     *data)
{
  g_autofree char *event = NULL;
  gsize length;

  if (call->is_finished)
    return;
  event = g_strdup_printf ("data: %s\n\n", data);
  length = strlen (event);
  call->n_sent += length;
  soup_message_body_append_take (soup_server_message_get_response_body (call->message),
                                 (guchar *) g_steal_pointer (&event), length);
  soup_server_message_unpause (call->message);
}

void
baleen_http_call_end_events (BaleenHttpCall *call)
{
  if (call->is_finished)
    return;
  soup_message_body_complete (soup_server_message_get_response_body (call->message));
  soup_server_message_unpause (call->message);
}

/* ---- checks ------------------------------------------------------------------------------ */

/* Names by which a program on this computer calls us. Any other is a name of somebody else's
 * that leads here. */
static gboolean
is_our_name (BaleenHttpService *service,
             const char        *host)
{
  static const char *const names[] = { "127.0.0.1", "localhost", "[::1]" };

  for (gsize i = 0; host != NULL && i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *with_port = g_strdup_printf ("%s:%u", names[i], service->port);

      if (g_ascii_strcasecmp (host, with_port) == 0)
        return TRUE;
    }

  return FALSE;
}

/* Takes as long for every wrong key. */
static gboolean
is_our_key (BaleenHttpService  *service,
            SoupMessageHeaders *headers)
{
  const char *given = soup_message_headers_get_one (headers, "Authorization");
  gsize n_key = strlen (service->key), n_given;
  guint difference;

  if (given == NULL || g_ascii_strncasecmp (given, "Bearer ", 7) != 0)
    return FALSE;
  given += 7;
  n_given = strlen (given);
  difference = n_given != n_key;
  for (gsize i = 0; i < n_given; i++)
    difference |= (guint) (given[i] ^ service->key[i % n_key]);

  return difference == 0;
}

/* NULL where the call may pass. */
static const char *
find_fault (BaleenHttpService *service,
            SoupServerMessage *message,
            guint             *status)
{
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (message);
  const char *origin = soup_message_headers_get_one (headers, "Origin");
  const char *host = soup_message_headers_get_one (headers, "Host");

  *status = SOUP_STATUS_FORBIDDEN;
  if (!is_our_name (service, host))
    return "Baleen answers programs on this computer alone, under its own address.";
  if (origin != NULL)
    return "Baleen does not answer web pages.";
  *status = SOUP_STATUS_REQUEST_ENTITY_TOO_LARGE;
  if (soup_message_headers_get_content_length (headers) > BALEEN_HTTP_MOST_BODY)
    return "The request is too large.";
  *status = SOUP_STATUS_UNAUTHORIZED;
  if (!is_our_key (service, headers))
    return "The key is missing or wrong. Send it in the header Authorization, as Bearer KEY.";

  return NULL;
}

/* An upload that did not say how long it is: how much of it came. */
typedef struct
{
  gsize n_bytes;
  gboolean is_refused;
} Upload;

/* A client reads its answer only after it has sent all, so what is too much is let pass for a
 * while, unkept; whoever goes on is cut off. */
static void
got_chunk_cb (SoupServerMessage *message,
              GBytes            *chunk,
              gpointer           data)
{
  Upload *upload = data;

  upload->n_bytes += g_bytes_get_size (chunk);
  if (upload->n_bytes > BALEEN_HTTP_MOST_BODY && !upload->is_refused)
    {
      SoupMessageBody *body = soup_server_message_get_request_body (message);

      upload->is_refused = TRUE;
      soup_message_body_set_accumulate (body, FALSE);
      soup_message_body_truncate (body);
      set_refusal (message, SOUP_STATUS_REQUEST_ENTITY_TOO_LARGE, "The request is too large.");
    }
  if (upload->n_bytes > MOST_PASSED)
    g_socket_shutdown (soup_server_message_get_socket (message), TRUE, TRUE, NULL);
}

/* Before the body is read: what is refused is not kept. */
static void
early_cb (SoupServer        *server,
          SoupServerMessage *message,
          const char        *path,
          GHashTable        *query,
          gpointer           data)
{
  guint status;
  const char *fault = find_fault (data, message, &status);

  if (fault != NULL)
    {
      soup_message_body_set_accumulate (soup_server_message_get_request_body (message), FALSE);
      set_refusal (message, status, fault);
    }
  else
    g_signal_connect_data (message, "got-chunk", G_CALLBACK (got_chunk_cb), g_new0 (Upload, 1),
                           (GClosureNotify) (GCallback) g_free, 0);
}

/* ---- calls ------------------------------------------------------------------------------- */

static void
finished_cb (SoupServerMessage *message,
             gpointer           data)
{
  BaleenHttpCall *call = data;

  if (call->is_finished)
    return;
  call->is_finished = TRUE;
  baleen_network_entry_count (call->entry,
                              call->n_sent,
                              soup_server_message_get_request_body (message)->length);
  baleen_network_entry_close (call->entry, _("done"));
  g_cancellable_cancel (call->cancellable);
}

static void
call_cb (SoupServer        *server,
         SoupServerMessage *message,
         const char        *path,
         GHashTable        *query,
         gpointer           data)
{
  BaleenHttpService *service = data;
  BaleenHttpCall *call = g_rc_box_new0 (BaleenHttpCall);
  const char *peer = soup_server_message_get_remote_host (message);

  call->service = service;
  call->server = g_object_ref (server);
  call->message = g_object_ref (message);
  call->cancellable = g_cancellable_new ();
  call->entry = baleen_network_log_open (baleen_network_log_get (), BALEEN_PURPOSE_INBOUND,
                                         peer != NULL ? peer : "127.0.0.1", NULL);
  g_ptr_array_add (service->calls, call);
  g_signal_connect (message, "finished", G_CALLBACK (finished_cb), call);
  g_signal_connect (message, "disconnected", G_CALLBACK (finished_cb), call);
  soup_server_message_pause (message);
  service->func (call, service->user_data);
  baleen_http_call_unref (call);
}

BaleenHttpService *
baleen_http_service_new (guint16         port,
                         const char     *key,
                         BaleenHttpFunc  func,
                         gpointer        user_data,
                         GError        **error)
{
  g_autoptr (SoupServer) server = soup_server_new ("server-header", "Baleen", NULL);
  g_autoptr (GError) problem = NULL;
  g_autofree char *address = NULL;
  BaleenHttpService *service;
  GSList *uris;

  g_return_val_if_fail (*key != '\0', NULL);

  if (!soup_server_listen_local (server, port, SOUP_SERVER_LISTEN_IPV4_ONLY, &problem))
    {
      g_set_error (error, BALEEN_NETWORK_ERROR, BALEEN_NETWORK_ERROR_UNREACHABLE,
                   _("Port %u cannot be used: %s. Choose another one."), port, problem->message);
      return NULL;
    }
  service = g_new0 (BaleenHttpService, 1);
  service->server = g_steal_pointer (&server);
  service->key = g_strdup (key);
  service->func = func;
  service->user_data = user_data;
  service->calls = g_ptr_array_new ();
  uris = soup_server_get_uris (service->server);
  service->port = g_uri_get_port (uris->data);
  g_slist_free_full (uris, (GDestroyNotify) g_uri_unref);
  address = g_strdup_printf ("127.0.0.1:%u", service->port);
  baleen_network_log_set_offered (baleen_network_log_get (), address);
  soup_server_add_early_handler (service->server, NULL, early_cb, service, NULL);
  soup_server_add_handler (service->server, NULL, call_cb, service, NULL);

  return service;
}

guint16
baleen_http_service_get_port (BaleenHttpService *service)
{
  return service->port;
}

void
baleen_http_service_free (BaleenHttpService *service)
{
  for (guint i = 0; i < service->calls->len; i++)
    {
      BaleenHttpCall *call = service->calls->pdata[i];

      call->service = NULL;
      call->is_finished = TRUE;
      baleen_network_entry_close (call->entry, _("stopped"));
      g_cancellable_cancel (call->cancellable);
    }
  baleen_network_log_set_offered (baleen_network_log_get (), NULL);
  soup_server_disconnect (service->server);
  g_object_unref (service->server);
  g_ptr_array_unref (service->calls);
  g_free (service->key);
  g_free (service);
}
