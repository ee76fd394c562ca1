#include "wild-server.h"

#include "address.h"

#include <string.h>

static guint n_private, n_requests;
static GMutex lock;
static char *last_request; /* (owned) under the lock */

static gboolean
put (GOutputStream *out,
     const char    *text)
{
  return g_output_stream_write_all (out, text, strlen (text), NULL, NULL, NULL);
}

static void
put_page (GOutputStream *out,
          const char    *type,
          const char    *body,
          gsize          length)
{
  g_autofree char *head = g_strdup_printf ("HTTP/1.1 200 OK\r\nContent-Type: %s\r\n"
                                           "Content-Length: %" G_GSIZE_FORMAT "\r\n\r\n",
                                           type, length);

  if (put (out, head))
    g_output_stream_write_all (out, body, length, NULL, NULL, NULL);
}

/* One byte, forty times a second, for ever. */
static void
drip (GOutputStream *out)
{
  if (!put (out, "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n"))
    return;
  while (put (out, "a"))
    g_usleep (25000);
}

static void
put_endless (GOutputStream *out,
             const char    *start,
             const char    *piece)
{
  g_autofree char *block = NULL;
  g_autoptr (GString) text = g_string_new (NULL);

  while (text->len < 60000)
    g_string_append (text, piece);
  if (put (out, start))
    while (put (out, text->str))
      ;
}

/* Gigabytes of zeros that travel as a few megabytes. */
static void
put_bomb (GOutputStream *out)
{
  g_autoptr (GConverter) packer
      = G_CONVERTER (g_zlib_compressor_new (G_ZLIB_COMPRESSOR_FORMAT_GZIP, 9));
  g_autoptr (GOutputStream) packed = NULL;
  g_autofree char *zeros = g_malloc0 (1 << 20);

  if (!put (out, "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Encoding: gzip\r\n\r\n"))
    return;
  packed = g_converter_output_stream_new (out, packer);
  g_filter_output_stream_set_close_base_stream (G_FILTER_OUTPUT_STREAM (packed), FALSE);
  for (guint i = 0; i < 4096; i++)
    if (!g_output_stream_write_all (packed, zeros, 1 << 20, NULL, NULL, NULL))
      return;
}

static void
send_on (GOutputStream *out,
         const char    *query)
{
  g_autofree char *to = g_uri_unescape_string (query, NULL);
  g_autofree char *head = g_strdup_printf ("HTTP/1.1 302 Found\r\nLocation: %s\r\n"
                                           "Content-Length: 0\r\n\r\n", to);

  put (out, head);
}

static void
answer (GOutputStream *out,
        const char    *path)
{
  const char *page = "<html><title>A page</title><body><p>Hello from the page.</p></body></html>";

  if (g_str_has_prefix (path, "/to?"))
    send_on (out, path + strlen ("/to?"));
  else if (g_str_has_prefix (path, "/loop"))
    send_on (out, "/loop");
  else if (g_str_has_prefix (path, "/drip"))
    drip (out);
  else if (g_str_has_prefix (path, "/headers"))
    put_endless (out, "HTTP/1.1 200 OK\r\n", "X-More: and more and more and more\r\n");
  else if (g_str_has_prefix (path, "/header"))
    put_endless (out, "HTTP/1.1 200 OK\r\nX-Long: ", "without an end ");
  else if (g_str_has_prefix (path, "/big"))
    put_endless (out, "HTTP/1.1 200 OK\r\nContent-Length: 10000000000\r\n\r\n", "<p>More</p>");
  else if (g_str_has_prefix (path, "/chunks"))
    put_endless (out, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", "4\r\nmore\r\n");
  else if (g_str_has_prefix (path, "/bomb"))
    put_bomb (out);
  else if (g_str_has_prefix (path, "/cut"))
    put (out, "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nonly this");
  else if (g_str_has_prefix (path, "/nonsense"))
    put (out, "\x01\x02 what is this\r\n\r\n");
  else if (g_str_has_prefix (path, "/missing"))
    put (out, "HTTP/1.1 404 Not Found\r\nContent-Length: 4\r\n\r\nnone");
  else
    put_page (out, "text/html; charset=utf-8", page, strlen (page));
}

static gboolean
run_cb (GThreadedSocketService *service,
        GSocketConnection      *connection,
        GObject                *source,
        gpointer                data)
{
  GOutputStream *out = g_io_stream_get_output_stream (G_IO_STREAM (connection));
  GInputStream *in = g_io_stream_get_input_stream (G_IO_STREAM (connection));
  g_autoptr (GSocketAddress) local = g_socket_connection_get_local_address (connection, NULL);
  GInetAddress *address = g_inet_socket_address_get_address (G_INET_SOCKET_ADDRESS (local));
  char request[8192];
  gsize length = 0;
  g_auto (GStrv) words = NULL;

  if (!baleen_inet_address_is_public (address))
    g_atomic_int_inc (&n_private);
  while (length < sizeof request - 1)
    {
      gssize n = g_input_stream_read (in, request + length, sizeof request - 1 - length, NULL,
                                      NULL);
      if (n <= 0)
        return TRUE;
      length += n;
      request[length] = '\0';
      if (strstr (request, "\r\n\r\n") != NULL)
        break;
    }
  g_mutex_lock (&lock);
  g_free (last_request);
  last_request = g_strdup (request);
  g_mutex_unlock (&lock);
  g_atomic_int_inc (&n_requests);
  words = g_strsplit (request, " ", 3);
  if (g_strv_length (words) == 3)
    answer (out, words[1]);

  return TRUE;
}

guint16
wild_server_start (void)
{
  GSocketService *service = g_threaded_socket_service_new (32);
  g_autoptr (GError) error = NULL;
  guint16 port = g_socket_listener_add_any_inet_port (G_SOCKET_LISTENER (service), NULL, &error);

  g_assert_no_error (error);
  g_signal_connect (service, "run", G_CALLBACK (run_cb), NULL);
  g_socket_service_start (service);

  return port;
}

guint
wild_server_take_private (void)
{
  return g_atomic_int_exchange (&n_private, 0);
}

guint
wild_server_take_requests (void)
{
  return g_atomic_int_exchange (&n_requests, 0);
}

char *
wild_server_get_last_request (void)
{
  char *copy;

  g_mutex_lock (&lock);
  copy = g_strdup (last_request);
  g_mutex_unlock (&lock);

  return copy;
}
