/* Downloads from a server that cuts, lies and changes. */
#include "download.h"
#include "folder.h"
#include "test-server.h"

#include <gio/gio.h>
#include <glib/gstdio.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#define N_BYTES 300000

static guint16 port, tls_port;
static guchar *content;
static char *digest, *folder;

/* What the server does, set by each test. */
static struct
{
  gsize cut_at;           /* closes after so many bytes of the file; 0: never */
  guint n_cuts;           /* so often */
  gboolean ignores_range; /* 200 for 206 */
  gboolean wrong_range;   /* another start than asked for */
  gboolean says_416;      /* once */
  gboolean flips_bit;
  gboolean is_slow;       /* 50 kB at a time, with rests */
  guint version;          /* of the ETag */
  gboolean changes;       /* the version, after the first cut */
  const char *location;   /* sends on to it */
  guint n_requests;
  char *last_request;     /* (owned) */
  gboolean authorized_elsewhere;
} wild;

static GMutex lock;

static void
put_file (GOutputStream *out,
          gsize          from)
{
  gsize to = N_BYTES;
  g_autofree guchar *copy = g_memdup2 (content, N_BYTES);

  if (wild.n_cuts > 0 && wild.cut_at > from)
    {
      to = wild.cut_at;
      wild.n_cuts--;
      if (wild.changes)
        wild.version++;
    }
  if (wild.flips_bit)
    copy[N_BYTES / 2] ^= 4;
  for (gsize at = from; at < to;)
    {
      gsize n = wild.is_slow ? MIN (50000, to - at) : to - at;

      if (!g_output_stream_write_all (out, copy + at, n, NULL, NULL, NULL))
        return;
      at += n;
      if (wild.is_slow)
        g_usleep (15000);
    }
}

static void
answer (GOutputStream *out,
        const char    *request)
{
  const char *range = strstr (request, "Range: bytes=");
  g_autofree char *version = g_strdup_printf ("\"v%u\"", wild.version);
  const char *if_range = strstr (request, "If-Range: ");
  gboolean is_same = if_range == NULL || g_str_has_prefix (if_range + 10, version);
  gsize from = range != NULL ? g_ascii_strtoull (range + 13, NULL, 10) : 0;
  g_autofree char *head = NULL;

  if (wild.location != NULL && strstr (request, "GET /file ") != NULL)
    head = g_strdup_printf ("HTTP/1.1 302 Found\r\nLocation: %s\r\nContent-Length: 0\r\n\r\n",
                            wild.location);
  else if (strstr (request, "GET /page") != NULL)
    head = g_strdup ("HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n");
  else if (wild.says_416 && range != NULL)
    {
      wild.says_416 = FALSE;
      head = g_strdup ("HTTP/1.1 416 Range Not Satisfiable\r\nContent-Length: 0\r\n\r\n");
    }
  else if (range == NULL || wild.ignores_range || !is_same)
    {
      head = g_strdup_printf ("HTTP/1.1 200 OK\r\nETag: %s\r\nContent-Length: %d\r\n\r\n", version,
                              N_BYTES);
      test_server_put (out, head);
      put_file (out, 0);
      return;
    }
  else
    {
      gsize told = wild.wrong_range ? from + 7 : from;

      wild.wrong_range = FALSE;
      head = g_strdup_printf ("HTTP/1.1 206 Partial Content\r\nETag: %s\r\nContent-Length: %zu\r\n"
                              "Content-Range: bytes %zu-%d/%d\r\n\r\n", version, N_BYTES - from,
                              told, N_BYTES - 1, N_BYTES);
      test_server_put (out, head);
      put_file (out, from);
      return;
    }
  test_server_put (out, head);
}

static void
answer_cb (const TestRequest *request,
           gpointer           user_data)
{
  g_mutex_lock (&lock);
  if (*request->text != '\0')
    {
      wild.n_requests++;
      g_free (wild.last_request);
      wild.last_request = g_strdup (request->text);
      if (strstr (request->text, "Host: localhost") != NULL
          && strstr (request->text, "Authorization") != NULL)
        wild.authorized_elsewhere = TRUE;
      answer (request->out, request->text);
    }
  g_mutex_unlock (&lock);
}

static void
start_servers (void)
{
  g_autofree char *pem = g_test_build_filename (G_TEST_DIST, "data", "self-signed.pem", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (GTlsCertificate) certificate = g_tls_certificate_new_from_file (pem, &error);

  g_assert_no_error (error);
  port = test_server_start (answer_cb, NULL, NULL);
  tls_port = test_server_start (answer_cb, certificate, NULL);
}

/* ---- the client's side ------------------------------------------------------------------- */

static void
begin (void)
{
  folder_empty (folder);
  g_free (wild.last_request);
  memset (&wild, 0, sizeof wild);
}

static char *
fetch (const char *sha256,
       GError    **error)
{
  g_autofree char *url = g_strdup_printf ("http://127.0.0.1:%u/file", port);
  const BaleenDownload download = { .url = url, .folder = folder, .name = "model.gguf",
                                    .sha256 = sha256, .token = "secret", .n_tries = 2 };

  return baleen_download_run (&download, NULL, error);
}

static void
assert_there (const char *path)
{
  g_autofree char *text = NULL;
  gsize length;

  g_assert_nonnull (path);
  g_assert_true (g_file_get_contents (path, &text, &length, NULL));
  g_assert_cmpmem (text, length, content, N_BYTES);
  g_assert_cmpuint (folder_count (folder), ==, 1);
}

static void
assert_not_there (void)
{
  g_autofree char *path = g_build_filename (folder, "model.gguf", NULL);

  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
}

static void
test_plain (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = NULL, *again = NULL;

  begin ();
  path = fetch (digest, &error);
  g_assert_no_error (error);
  assert_there (path);
  g_assert_nonnull (strstr (wild.last_request, "Authorization: Bearer secret"));
  /* Never replaced. */
  again = fetch (digest, &error);
  g_assert_error (error, G_FILE_ERROR, G_FILE_ERROR_EXIST);
}

static void
test_cuts (void)
{
  for (guint i = 0; i < 50; i++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *path = NULL;

      begin ();
      wild.cut_at = 1 + i * (N_BYTES / 51);
      wild.n_cuts = 1;
      path = fetch (digest, &error);
      g_assert_no_error (error);
      assert_there (path);
      g_assert_cmpuint (wild.n_requests, ==, 2);
    }
}

static void
test_lies (void)
{
  for (guint i = 0; i < 4; i++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *path = NULL;

      begin ();
      wild.cut_at = N_BYTES / 3;
      wild.n_cuts = 1;
      wild.ignores_range = i == 0;
      wild.wrong_range = i == 1;
      wild.says_416 = i == 2;
      wild.changes = i == 3;
      path = fetch (digest, &error);
      g_assert_no_error (error);
      assert_there (path);
    }
}

static void
test_never_ends (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = NULL, *later = NULL;

  begin ();
  wild.cut_at = 1000;
  wild.n_cuts = 1;
  wild.ignores_range = TRUE;
  wild.n_cuts = 1000;
  path = fetch (digest, &error);
  g_assert_null (path);
  g_test_message ("%s", error->message);
  g_assert_nonnull (strstr (error->message, "stopped at"));
  assert_not_there ();
  wild.n_cuts = 0;
  g_clear_error (&error);
  later = fetch (digest, &error);
  g_assert_no_error (error);
  assert_there (later);
}

static void
test_flipped_bit (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *part = g_build_filename (folder, "model.gguf.part", NULL);

  begin ();
  wild.flips_bit = TRUE;
  g_assert_null (fetch (digest, &error));
  g_assert_nonnull (strstr (error->message, "not the file that was promised"));
  assert_not_there ();
  g_assert_false (g_file_test (part, G_FILE_TEST_EXISTS));
}

/* Killed at fifty moments, in processes of their own; in the end it is whole. */
static void
test_kills (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = NULL;

  begin ();
  wild.is_slow = TRUE;
  for (guint i = 0; i < 50; i++)
    {
      pid_t child = fork ();

      if (child == 0)
        {
          execl ("/proc/self/exe", "test-download", "--child", folder, NULL);
          _exit (1);
        }
      g_usleep (g_test_rand_int_range (0, 90000));
      kill (child, SIGKILL);
      waitpid (child, NULL, 0);
    }
  wild.is_slow = FALSE;
  path = g_build_filename (folder, "model.gguf", NULL);
  if (!g_file_test (path, G_FILE_TEST_EXISTS))
    {
      g_free (path);
      path = fetch (digest, &error);
      g_assert_no_error (error);
    }
  assert_there (path);
}

static int
run_child (const char *where)
{
  const char *url = g_getenv ("TEST_URL");
  const BaleenDownload download = { .url = url, .folder = where, .name = "model.gguf",
                                    .sha256 = g_getenv ("TEST_DIGEST") };

  prctl (PR_SET_PDEATHSIG, SIGKILL);
  baleen_download_run (&download, NULL, NULL);

  return 0;
}

static void
test_redirects (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *there = g_strdup_printf ("http://localhost:%u/elsewhere", port);
  g_autofree char *path = NULL;

  begin ();
  wild.location = there;
  path = fetch (digest, &error);
  g_assert_no_error (error);
  assert_there (path);
  g_assert_false (wild.authorized_elsewhere);

  begin ();
  wild.location = "/file";
  g_assert_null (fetch (digest, &error));
  g_assert_error (error, BALEEN_NETWORK_ERROR, BALEEN_NETWORK_ERROR_REDIRECTS);
  g_clear_error (&error);

  begin ();
  wild.location = "file:///etc/passwd";
  g_assert_null (fetch (digest, &error));
  g_assert_error (error, BALEEN_NETWORK_ERROR, BALEEN_NETWORK_ERROR_ADDRESS);
}

static void
test_certificate (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *url = g_strdup_printf ("https://localhost:%u/file", tls_port);
  const BaleenDownload download = { .url = url, .folder = folder, .name = "model.gguf" };

  begin ();
  g_assert_null (baleen_download_run (&download, NULL, &error));
  g_test_message ("%s", error->message);
  g_assert_error (error, BALEEN_NETWORK_ERROR, BALEEN_NETWORK_ERROR_CERTIFICATE);
  g_assert_cmpuint (wild.n_requests, ==, 0);
}

static void
test_missing (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *url = g_strdup_printf ("http://127.0.0.1:%u/page", port);
  const BaleenDownload download = { .url = url, .folder = folder, .name = "model.gguf" };
  const BaleenDownload wrong_size = { .url = url, .folder = folder, .name = "model.gguf",
                                      .n_bytes = 7 };
  g_autofree char *file_url = g_strdup_printf ("http://127.0.0.1:%u/file", port);
  BaleenDownload sized = wrong_size;

  begin ();
  g_assert_null (baleen_download_run (&download, NULL, &error));
  g_assert_nonnull (strstr (error->message, "no such file"));
  g_clear_error (&error);
  sized.url = file_url;
  g_assert_null (baleen_download_run (&sized, NULL, &error));
  g_assert_nonnull (strstr (error->message, "another size"));
  assert_not_there ();
}

/* A page to sign in instead of the model: given up at its first bytes, and nothing is left. */
static void
test_other_beginning (void)
{
  g_autofree char *url = g_strdup_printf ("http://127.0.0.1:%u/file", port);
  g_autofree char *part = g_build_filename (folder, "model.gguf.part", NULL);
  g_autofree char *path = NULL;
  g_autofree char *begins = g_strndup ((const char *) content, 4);
  g_autoptr (GError) error = NULL;
  BaleenDownload download = { .url = url, .folder = folder, .name = "model.gguf",
                              .begins = "NOT SO" };

  begin ();
  g_assert_null (baleen_download_run (&download, NULL, &error));
  g_assert_error (error, BALEEN_NETWORK_ERROR, BALEEN_NETWORK_ERROR_ANSWER);
  g_assert_nonnull (strstr (error->message, "no NOT SO file"));
  g_assert_cmpuint (wild.n_requests, ==, 1);
  assert_not_there ();
  g_assert_false (g_file_test (part, G_FILE_TEST_EXISTS));

  g_clear_error (&error);
  download.begins = begins;
  path = baleen_download_run (&download, NULL, &error);
  g_assert_no_error (error);
  assert_there (path);
}

static gboolean
cancel_cb (gpointer cancellable)
{
  g_cancellable_cancel (cancellable);

  return G_SOURCE_REMOVE;
}

static gpointer
cancel_soon (gpointer cancellable)
{
  g_usleep (40000);
  cancel_cb (cancellable);

  return NULL;
}

static void
test_pause (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autofree char *url = g_strdup_printf ("http://127.0.0.1:%u/file", port);
  const BaleenDownload download = { .url = url, .folder = folder, .name = "model.gguf",
                                    .sha256 = digest };
  g_autofree char *path = NULL;
  GThread *thread;

  begin ();
  wild.is_slow = TRUE;
  thread = g_thread_new ("cancel", cancel_soon, cancellable);
  g_assert_null (baleen_download_run (&download, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_thread_join (thread);
  g_clear_error (&error);
  assert_not_there ();
  wild.is_slow = FALSE;
  path = baleen_download_run (&download, NULL, &error);
  g_assert_no_error (error);
  assert_there (path);
  g_assert_nonnull (strstr (wild.last_request, "Range: bytes="));
}

static void
test_names (void)
{
  static const struct { const char *address, *name; } cases[] = {
    { "https://host/a/b/model-Q4.gguf?download=true", "model-Q4.gguf" },
    { "https://host/a/model", "model.gguf" },
    { "https://host/..%2f..%2fetc%2fpasswd", "etcpasswd.gguf" },
    { "https://host/.hidden.gguf", "hidden.gguf" },
    { "https://host/--rm.gguf", "rm.gguf" },
    { "https://host/%E9%B2%B8.gguf", NULL },
    { "https://host/", NULL },
    { "../x", "x.gguf" },
    { "/abs", "abs.gguf" },
  };
  g_autofree char *longest = g_strnfill (300, 'a');
  g_autofree char *address = g_strconcat ("https://host/", longest, ".gguf", NULL);
  g_autofree char *made = baleen_download_make_name (address, ".gguf");
  g_autofree char *digits = g_strnfill (65, 'a');

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *name = baleen_download_make_name (cases[i].address, ".gguf");

      g_assert_cmpstr (name, ==, cases[i].name);
    }
  g_assert_cmpuint (strlen (made), ==, 200);
  g_assert_false (baleen_download_is_sha256 (digits));
  digits[64] = '\0';
  g_assert_true (baleen_download_is_sha256 (digits));
  digits[63] = '\0';
  g_assert_false (baleen_download_is_sha256 (digits));
  g_assert_false (baleen_download_is_sha256 ("XYZ"));
}

int
main (int    argc,
      char **argv)
{
  int status;
  g_autofree char *url = NULL;

  if (argc == 3 && g_str_equal (argv[1], "--child"))
    return run_child (argv[2]);
  g_test_init (&argc, &argv, NULL);
  content = g_malloc (N_BYTES);
  for (guint i = 0; i < N_BYTES; i++)
    content[i] = g_test_rand_int_range (0, 256);
  digest = g_compute_checksum_for_data (G_CHECKSUM_SHA256, content, N_BYTES);
  folder = g_dir_make_tmp ("baleen-download-XXXXXX", NULL);
  start_servers ();
  url = g_strdup_printf ("http://127.0.0.1:%u/file", port);
  g_setenv ("TEST_URL", url, TRUE);
  g_setenv ("TEST_DIGEST", digest, TRUE);

  g_test_add_func ("/download/names-are-our-own", test_names);
  g_test_add_func ("/download/whole-and-never-replaced", test_plain);
  g_test_add_func ("/download/cut-at-fifty-places", test_cuts);
  g_test_add_func ("/download/lies-are-noticed", test_lies);
  g_test_add_func ("/download/gives-up-and-goes-on-later", test_never_ends);
  g_test_add_func ("/download/one-flipped-bit-is-no-model", test_flipped_bit);
  g_test_add_func ("/download/begins-as-it-should-or-is-given-up", test_other_beginning);
  g_test_add_func ("/download/killed-fifty-times", test_kills);
  g_test_add_func ("/download/pause-and-resume", test_pause);
  g_test_add_func ("/download/sent-on-without-the-key", test_redirects);
  g_test_add_func ("/download/unknown-certificates-are-refused", test_certificate);
  g_test_add_func ("/download/what-is-not-there", test_missing);
  status = g_test_run ();
  begin ();
  g_rmdir (folder);

  return status;
}
