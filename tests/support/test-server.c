#include "test-server.h"

#include <string.h>

#define N_THREADS 32
#define LENGTH "Content-Length: "

typedef struct
{
  TestAnswer answer;
  GTlsCertificate *certificate; /* (owned) (nullable) */
  gpointer user_data;
  guint port; /* (atomic) 0 until it listens */
} TestServer;

gboolean
test_server_put (GOutputStream *out,
                 const char    *text)
{
  return g_output_stream_write_all (out, text, strlen (text), NULL, NULL, NULL);
}

/* What stands behind the headers; NULL before they are whole. */
static const char *
find_body (const GString *text)
{
  const char *end = strstr (text->str, "\r\n\r\n");

  return end != NULL ? end + 4 : NULL;
}

static gboolean
is_whole (const GString *text)
{
  const char *body = find_body (text);
  const char *length = strstr (text->str, LENGTH);

  return body != NULL
         && (length == NULL
             || strlen (body) >= g_ascii_strtoull (length + strlen (LENGTH), NULL, 10));
}

/* With its body: what nobody read would reset the connection when that is closed. */
static GString *
read_request (GInputStream *in)
{
  GString *text = g_string_new (NULL);
  char piece[4096];
  gssize n;

  while (!is_whole (text)
         && (n = g_input_stream_read (in, piece, sizeof piece, NULL, NULL)) > 0)
    g_string_append_len (text, piece, n);
  return text;
}

static gboolean
run_cb (GThreadedSocketService *service,
        GSocketConnection      *connection,
        GObject                *source,
        gpointer                user_data)
{
  const TestServer *server = user_data;
  g_autoptr (GIOStream) stream
      = server->certificate != NULL
            ? g_tls_server_connection_new (G_IO_STREAM (connection), server->certificate, NULL)
            : g_object_ref (G_IO_STREAM (connection));
  g_autoptr (GString) text = read_request (g_io_stream_get_input_stream (stream));
  const char *body = find_body (text);
  const TestRequest request = {
    .text = text->str,
    .body = body != NULL ? body : "",
    .connection = connection,
    .in = g_io_stream_get_input_stream (stream),
    .out = g_io_stream_get_output_stream (stream),
  };

  server->answer (&request, server->user_data);
  g_io_stream_close (stream, NULL, NULL);
  return TRUE;
}

static gpointer
serve (gpointer user_data)
{
  TestServer *server = user_data;
  g_autoptr (GMainContext) context = g_main_context_new ();
  g_autoptr (GMainLoop) loop = g_main_loop_new (context, FALSE);
  GSocketService *service;

  g_main_context_push_thread_default (context);
  service = g_threaded_socket_service_new (N_THREADS);
  g_signal_connect (service, "run", G_CALLBACK (run_cb), server);
  g_atomic_int_set (&server->port, g_socket_listener_add_any_inet_port (
                                       G_SOCKET_LISTENER (service), NULL, NULL));
  g_main_loop_run (loop);
  return NULL;
}

guint16
test_server_start (TestAnswer       answer,
                   GTlsCertificate *certificate,
                   gpointer         user_data)
{
  TestServer *server = g_new0 (TestServer, 1);

  server->answer = answer;
  g_set_object (&server->certificate, certificate);
  server->user_data = user_data;
  g_thread_unref (g_thread_new ("server", serve, server));
  while (g_atomic_int_get (&server->port) == 0)
    g_usleep (1000);
  return server->port;
}
