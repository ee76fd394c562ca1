#include "streaming.h"

#include "config.h"
#include "event-stream.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define USER_AGENT "Baleen/" BALEEN_VERSION
/* Answers that are no stream are read so far: an error, or one whole answer. */
#define MOST_BODY (8 << 20)
#define PIECE_BYTES 16384
/* By so many bytes it is told whether they are events. */
#define LONGEST_MARK 6

void
baleen_streamed_clear (BaleenStreamed *streamed)
{
  g_clear_pointer (&streamed->content_type, g_free);
  g_clear_pointer (&streamed->retry_after, g_free);
  g_clear_pointer (&streamed->body, g_free);
}

/* One exchange on its way. */
typedef struct
{
  SoupSession *session;      /* (owned) made here: libsoup wants it on the thread that sends */
  SoupMessage *message;
  BaleenNetworkEntry *entry; /* (owned) */
  GInputStream *stream;      /* (owned) (nullable) */
  EventStream *events;       /* (owned) (nullable) where it is a stream of them, */
  BaleenStreamingFunc func;  /* who hears of them, */
  gpointer user_data;        /* and with what */
  GString *body;             /* (owned) */
} Streaming;

static void
count_bytes (Streaming *streaming)
{
  SoupMessageMetrics *metrics = soup_message_get_metrics (streaming->message);
  guint64 sent, received;

  if (metrics == NULL)
    return;
  sent = soup_message_metrics_get_request_header_bytes_sent (metrics)
         + soup_message_metrics_get_request_body_bytes_sent (metrics);
  received = soup_message_metrics_get_response_header_bytes_received (metrics)
             + soup_message_metrics_get_response_body_bytes_received (metrics);
  baleen_network_entry_count (streaming->entry, sent, received);
}

/* Servers behind a proxy stream events under other types: what begins so is no JSON. */
static gboolean
looks_like_events (const GString *start)
{
  return g_str_has_prefix (start->str, "data:") || g_str_has_prefix (start->str, "event:")
         || g_str_has_prefix (start->str, ": ");
}

/* FALSE where the function wanted no more. */
static gboolean
take_piece (Streaming  *streaming,
            const char *piece,
            gsize       length)
{
  const gboolean is_start = streaming->body->len < LONGEST_MARK;

  if (streaming->events != NULL)
    return event_stream_push (streaming->events, piece, length);
  if (streaming->body->len < MOST_BODY)
    g_string_append_len (streaming->body, piece, length);
  if (!is_start || !looks_like_events (streaming->body))
    return TRUE;

  streaming->events = event_stream_new (streaming->func, streaming->user_data);
  return event_stream_push (streaming->events, streaming->body->str, streaming->body->len);
}

/* FALSE with an error, or without one where the function wanted no more. */
static gboolean
read_pieces (Streaming    *streaming,
             GCancellable *cancellable,
             GError      **error)
{
  g_autofree char *piece = g_malloc (PIECE_BYTES);
  gssize n;

  while ((n = g_input_stream_read (streaming->stream, piece, PIECE_BYTES, cancellable, error)) > 0)
    {
      count_bytes (streaming);
      if (!take_piece (streaming, piece, n))
        return FALSE;
    }
  if (n == 0 && streaming->events != NULL)
    event_stream_finish (streaming->events);

  return n == 0;
}

static void
take_head (BaleenStreamed *streamed,
           SoupMessage    *message)
{
  SoupMessageHeaders *headers = soup_message_get_response_headers (message);

  streamed->status = soup_message_get_status (message);
  streamed->content_type = g_strdup (soup_message_headers_get_content_type (headers, NULL));
  streamed->retry_after = g_strdup (soup_message_headers_get_one (headers, "Retry-After"));
}

static void
end (Streaming      *streaming,
     BaleenStreamed *streamed,
     const GError   *problem)
{
  g_autofree char *result = NULL;

  if (problem != NULL)
    result = g_strdup (problem->domain == G_IO_ERROR ? _("stopped") : problem->message);
  else if (streamed->status >= 400)
    result = g_strdup_printf (_("refused (%u)"), streamed->status);
  else
    result = g_strdup (_("done"));
  count_bytes (streaming);
  baleen_network_entry_close (streaming->entry, result);
  streamed->is_events = streaming->events != NULL;
  streamed->body = g_utf8_make_valid (streaming->body->str, streaming->body->len);
  g_string_free (streaming->body, TRUE);
  g_clear_pointer (&streaming->events, event_stream_free);
  g_clear_object (&streaming->stream);
  g_clear_object (&streaming->entry);
  soup_session_abort (streaming->session);
  g_clear_object (&streaming->session);
}

gboolean
baleen_streaming_run (BaleenStreamed      *streamed,
                      SoupMessage         *message,
                      BaleenPurpose        purpose,
                      guint                seconds,
                      BaleenStreamingFunc  func,
                      gpointer             user_data,
                      GCancellable        *cancellable,
                      GError             **error)
{
  const char *host = g_uri_get_host (soup_message_get_uri (message));
  g_autoptr (GMainContext) context = g_main_context_new ();
  Streaming streaming = { .message = message, .func = func, .user_data = user_data,
                          .body = g_string_new (NULL) };
  GError *problem = NULL;

  /* A context of its own: whatever the session leaves to do later is not ours to run. */
  g_main_context_push_thread_default (context);
  streaming.session = soup_session_new_with_options ("user-agent", USER_AGENT, "timeout", seconds,
                                                     NULL);
  soup_session_remove_feature_by_type (streaming.session, SOUP_TYPE_AUTH_MANAGER);
  /* A key goes to the host it is for, and nowhere that this host names. */
  soup_message_add_flags (message, SOUP_MESSAGE_NO_REDIRECT | SOUP_MESSAGE_COLLECT_METRICS);
  streaming.entry
      = baleen_network_log_open (baleen_network_log_get (), purpose, host, NULL);

  streaming.stream = soup_session_send (streaming.session, message, cancellable, &problem);
  if (streaming.stream != NULL)
    {
      take_head (streamed, message);
      if (g_strcmp0 (streamed->content_type, "text/event-stream") == 0)
        streaming.events = event_stream_new (func, user_data);
      read_pieces (&streaming, cancellable, &problem);
    }
  if (problem != NULL)
    baleen_network_error_explain (&problem, host);
  end (&streaming, streamed, problem);
  g_main_context_pop_thread_default (context);
  if (problem == NULL)
    return TRUE;

  g_propagate_error (error, problem);
  return FALSE;
}
