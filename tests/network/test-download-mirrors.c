/* A file that two places have: where the first dies, lies, refuses or says nothing more, the other
 * one is asked. */
#include "download.h"
#include "folder.h"
#include "test-server.h"

#include <glib/gstdio.h>
#include <string.h>

#define N_BYTES 200000
#define HEAD 70000 /* that comes before a cut */

static guint16 port;
static guchar *content;
static char *digest, *folder;

static struct
{
  guint n_good;           /* requests to the good place */
  gsize good_from;        /* where the last one began */
  guint n_elsewhere;
  gboolean token_strayed;
  guint n_deaths;         /* that are still to come */
} seen;

static GMutex lock;

static void
put_rest (GOutputStream *out,
          gsize          from,
          gsize          to,
          const char    *etag)
{
  g_autofree char *head = from > 0
    ? g_strdup_printf ("HTTP/1.1 206 Partial Content\r\nETag: %s\r\nContent-Length: %zu\r\n"
                       "Content-Range: bytes %zu-%d/%d\r\n\r\n", etag, N_BYTES - from, from,
                       N_BYTES - 1, N_BYTES)
    : g_strdup_printf ("HTTP/1.1 200 OK\r\nETag: %s\r\nContent-Length: %d\r\n\r\n", etag, N_BYTES);

  test_server_put (out, head);
  g_output_stream_write_all (out, content + from, to - from, NULL, NULL, NULL);
}

static void
put_lie (GOutputStream *out)
{
  g_autofree guchar *copy = g_memdup2 (content, N_BYTES);
  g_autofree char *head
      = g_strdup_printf ("HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n", N_BYTES);

  copy[N_BYTES / 2] ^= 1;
  test_server_put (out, head);
  g_output_stream_write_all (out, copy, N_BYTES, NULL, NULL, NULL);
}

/* Until the other side gives up. */
static void
say_nothing_more (GInputStream *in)
{
  char piece[16];

  while (g_input_stream_read (in, piece, sizeof piece, NULL, NULL) > 0)
    ;
}

static void
answer_elsewhere (const TestRequest *request)
{
  if (strstr (request->text, "GET /dies") != NULL)
    {
      g_mutex_lock (&lock);
      const gboolean dies_at_once = seen.n_deaths++ > 0;
      g_mutex_unlock (&lock);
      if (!dies_at_once)
        put_rest (request->out, 0, HEAD, "\"one\"");
    }
  else if (strstr (request->text, "GET /lies") != NULL)
    put_lie (request->out);
  else if (strstr (request->text, "GET /page") != NULL)
    test_server_put (request->out, "HTTP/1.1 200 OK\r\nContent-Length: 13\r\n\r\n<html></html>");
  else if (strstr (request->text, "GET /slow") != NULL)
    {
      put_rest (request->out, 0, HEAD, "\"one\"");
      say_nothing_more (request->in);
    }
  else if (strstr (request->text, "GET /gated") != NULL)
    test_server_put (request->out, "HTTP/1.1 401 Who Asks\r\nContent-Length: 0\r\n\r\n");
  else if (strstr (request->text, "GET /broken") != NULL)
    test_server_put (request->out, "HTTP/1.1 503 Not Now\r\nContent-Length: 0\r\n\r\n");
  else
    test_server_put (request->out, "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n");
}

static void
answer_cb (const TestRequest *request,
           gpointer           user_data)
{
  const gboolean is_good = strstr (request->text, "GET /good ") != NULL;
  const char *range = strstr (request->text, "Range: bytes=");
  const gsize from = range != NULL ? g_ascii_strtoull (range + strlen ("Range: bytes="), NULL, 10)
                                   : 0;

  if (*request->text == '\0')
    return;
  g_mutex_lock (&lock);
  seen.n_good += is_good;
  seen.n_elsewhere += !is_good;
  if (is_good)
    {
      seen.good_from = from;
      seen.token_strayed |= strstr (request->text, "Authorization") != NULL;
    }
  g_mutex_unlock (&lock);
  if (is_good)
    put_rest (request->out, from, N_BYTES, "\"two\"");
  else
    answer_elsewhere (request);
}

static void
begin (void)
{
  folder_empty (folder);
  memset (&seen, 0, sizeof seen);
}

/* From `first`, or else from `second`, both paths on the server. */
static char *
fetch (const char  *first,
       const char  *second,
       const char  *sha256,
       GError     **error)
{
  g_autofree char *url = g_strdup_printf ("http://127.0.0.1:%u/%s", port, first);
  g_autofree char *mirror = g_strdup_printf ("http://127.0.0.1:%u/%s", port, second);
  const char *const mirrors[] = { mirror, NULL };
  const BaleenDownload download = {
    .url = url, .mirrors = mirrors, .folder = folder, .name = "model.gguf", .sha256 = sha256,
    .begins = "GGUF", .token = "secret", .quiet_seconds = 1,
  };

  return baleen_download_run (&download, NULL, error);
}

static void
assert_whole (const char *path)
{
  g_autofree char *there = NULL;
  gsize length;

  g_assert_nonnull (path);
  g_assert_true (g_file_get_contents (path, &there, &length, NULL));
  g_assert_cmpmem (there, length, content, N_BYTES);
  g_assert_false (seen.token_strayed);
  g_assert_cmpuint (seen.n_good, ==, 1);
}

static void
test_turns (void)
{
  static const char *const places[] = {
    "dies", "lies", "page", "slow", "gated", "broken", "gone",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (places); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *path = NULL;

      begin ();
      path = fetch (places[i], "good", digest, &error);
      g_assert_no_error (error);
      assert_whole (path);
      g_test_message ("%s: %u requests before the other place was asked", places[i],
                      seen.n_elsewhere);
      g_assert_cmpuint (seen.n_elsewhere, >, 0);
      g_assert_cmpuint (seen.n_elsewhere, <=, 4);
    }
}

/* What came before the cut is not fetched again where a checksum tells that both are the same
 * file, and is where nothing does. */
static void
test_goes_on (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = NULL, *other = NULL;

  begin ();
  path = fetch ("dies", "good", digest, &error);
  g_assert_no_error (error);
  assert_whole (path);
  g_assert_cmpuint (seen.good_from, ==, HEAD);

  begin ();
  other = fetch ("dies", "good", NULL, &error);
  g_assert_no_error (error);
  assert_whole (other);
  g_assert_cmpuint (seen.good_from, ==, 0);
}

/* The other way round, and over a restart: what the mirror left is gone on with. */
static void
test_goes_on_later (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = NULL;

  begin ();
  g_assert_null (fetch ("gone", "dies", digest, &error));
  g_assert_nonnull (strstr (error->message, "no such file"));
  g_clear_error (&error);
  seen.n_good = 0;
  path = fetch ("gone", "good", digest, &error);
  g_assert_no_error (error);
  assert_whole (path);
  g_assert_cmpuint (seen.good_from, ==, HEAD);
}

/* None has it: the first one's sentence, since that is the place that was asked for. */
static void
test_nowhere (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *part = g_build_filename (folder, "model.gguf.part", NULL);

  begin ();
  g_assert_null (fetch ("lies", "gone", digest, &error));
  g_assert_nonnull (strstr (error->message, "not the file that was promised"));
  g_assert_false (g_file_test (part, G_FILE_TEST_EXISTS));
  g_clear_error (&error);
  g_assert_null (fetch ("gated", "page", digest, &error));
  g_assert_nonnull (strstr (error->message, "accepted its terms"));
  g_assert_false (g_file_test (part, G_FILE_TEST_EXISTS));
}

/* Whom nobody reaches is told so within seconds. */
static void
test_refused (void)
{
  const BaleenDownload download = { .url = "http://127.0.0.1:1/model.gguf", .folder = folder,
                                    .name = "model.gguf" };
  g_autoptr (GError) error = NULL;
  const gint64 start = g_get_monotonic_time ();
  double seconds;

  begin ();
  g_assert_null (baleen_download_run (&download, NULL, &error));
  seconds = (double) (g_get_monotonic_time () - start) / G_USEC_PER_SEC;
  g_test_message ("%.1f s: %s", seconds, error->message);
  g_assert_cmpfloat (seconds, <, 6);
}

int
main (int    argc,
      char **argv)
{
  int status;

  g_test_init (&argc, &argv, NULL);
  content = g_malloc (N_BYTES);
  for (guint i = 0; i < N_BYTES; i++)
    content[i] = g_test_rand_int_range (0, 256);
  memcpy (content, "GGUF", 4);
  digest = g_compute_checksum_for_data (G_CHECKSUM_SHA256, content, N_BYTES);
  folder = g_dir_make_tmp ("baleen-mirrors-XXXXXX", NULL);
  port = test_server_start (answer_cb, NULL, NULL);

  g_test_add_func ("/mirrors/the-other-is-asked", test_turns);
  g_test_add_func ("/mirrors/go-on-where-the-first-stopped", test_goes_on);
  g_test_add_func ("/mirrors/go-on-after-a-restart", test_goes_on_later);
  g_test_add_func ("/mirrors/the-first-ones-words", test_nowhere);
  g_test_add_func ("/mirrors/a-refused-connection-is-said-soon", test_refused);
  status = g_test_run ();
  folder_remove (folder);

  return status;
}
