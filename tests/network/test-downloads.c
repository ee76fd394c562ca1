/* Several downloads at once, from a server of the test's own. */
#include "baleen-downloads.h"
#include "network-error.h"
#include "secrets.h"
#include "test-server.h"

#include <glib/gstdio.h>
#include <stdlib.h>
#include <string.h>

#define N_BYTES 400000
#define PIECE 20000
#define TOKEN "hf_NobodyMayReadThis"

static guint16 port;
static char *folder;
static gint n_ranges; /* (atomic) */
static gboolean is_slow;

/* ---- the server ------------------------------------------------------------------------- */

static guchar
byte_at (gsize at)
{
  return at < 4 ? "GGUF"[at] : (at * 2654435761u) >> 13;
}

static void
put_bytes (GOutputStream *out,
           gsize          from)
{
  guchar piece[PIECE];

  while (from < N_BYTES)
    {
      const gsize n = MIN (PIECE, N_BYTES - from);

      for (gsize i = 0; i < n; i++)
        piece[i] = byte_at (from + i);
      if (!g_output_stream_write_all (out, piece, n, NULL, NULL, NULL))
        return;
      from += n;
      if (is_slow)
        g_usleep (10000);
    }
}

static void
answer_cb (const TestRequest *request,
           gpointer           user_data)
{
  const char *range = strstr (request->text, "Range: bytes=");
  const gsize from = range != NULL ? strtoul (range + strlen ("Range: bytes="), NULL, 10) : 0;
  g_autofree char *head = NULL;

  if (strstr (request->text, "/gated") != NULL
      && strstr (request->text, "Authorization: Bearer " TOKEN "\r\n") == NULL)
    {
      test_server_put (request->out,
                       "HTTP/1.1 401 No\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
      return;
    }
  if (strstr (request->text, "/moved") != NULL && strstr (request->text, "Host: 127.") != NULL)
    {
      test_server_put (request->out,
                       "HTTP/1.1 404 No\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
      return;
    }
  g_atomic_int_add (&n_ranges, from > 0);
  head = g_strdup_printf ("HTTP/1.1 %s\r\nContent-Length: %" G_GSIZE_FORMAT "\r\n"
                          "Content-Range: bytes %" G_GSIZE_FORMAT "-%d/%d\r\n"
                          "ETag: \"a\"\r\nConnection: close\r\n\r\n",
                          range != NULL ? "206 Part" : "200 OK", N_BYTES - from, from, N_BYTES - 1,
                          N_BYTES);
  test_server_put (request->out, head);
  put_bytes (request->out, from);
}

/* ---- what the tests share --------------------------------------------------------------- */

static BaleenModelDownload *
download_new (const char *name,
              const char *sha256)
{
  GPtrArray *files = g_ptr_array_new_with_free_func ((GDestroyNotify) baleen_model_file_free);
  BaleenModelFile *file = g_new0 (BaleenModelFile, 1);

  file->url = g_strdup_printf ("http://127.0.0.1:%u/%s", port, name);
  file->name = g_strdup (name);
  file->sha256 = g_strdup (sha256);
  g_ptr_array_add (files, file);

  return baleen_model_download_new (name, files, folder);
}

static gboolean
timeout_cb (gpointer user_data)
{
  *(gboolean *) user_data = TRUE;
  return G_SOURCE_CONTINUE;
}

static void
wait_for (BaleenModelDownload     *download,
          BaleenModelDownloadState state)
{
  gboolean is_late = FALSE;
  const guint source = g_timeout_add_seconds (20, timeout_cb, &is_late);

  while (baleen_model_download_get_state (download) != state && !is_late)
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (source);
  g_assert_cmpint (baleen_model_download_get_state (download), ==, state);
}

static void
wait_for_bytes (BaleenModelDownload *download)
{
  gboolean is_late = FALSE;
  const guint source = g_timeout_add_seconds (20, timeout_cb, &is_late);

  while (baleen_model_download_get_n_done (download) == 0 && !is_late)
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (source);
  g_assert_false (is_late);
}

/* The thread of one that was paused still has the file. */
static void
wait_until_stopped (BaleenModelDownload *download)
{
  while (baleen_model_download_is_running (download))
    g_main_context_iteration (NULL, TRUE);
}

static void
assert_whole (BaleenModelDownload *download)
{
  const char *path = baleen_model_download_get_path (download);
  g_autofree char *bytes = NULL;
  gsize length;

  g_assert_true (g_file_get_contents (path, &bytes, &length, NULL));
  g_assert_cmpuint (length, ==, N_BYTES);
  for (gsize i = 0; i < length; i++)
    g_assert_cmpuint ((guchar) bytes[i], ==, byte_at (i));
  g_assert_cmpuint (baleen_model_download_get_n_done (download), ==, N_BYTES);
  g_assert_cmpuint (baleen_model_download_get_n_total (download), ==, N_BYTES);
}

static void
empty_list (void)
{
  g_autofree char *path
      = g_build_filename (g_get_user_data_dir (), "baleen", "downloads.json", NULL);

  g_unlink (path);
  is_slow = FALSE;
}

static void
arrived_cb (BaleenDownloads     *downloads,
            BaleenModelDownload *download,
            guint               *n_arrived)
{
  (*n_arrived)++;
}

static void
changed_cb (BaleenDownloads *downloads,
            guint           *most)
{
  const guint n_items = g_list_model_get_n_items (G_LIST_MODEL (downloads));
  guint n = 0;

  for (guint i = 0; i < n_items; i++)
    {
      g_autoptr (BaleenModelDownload) download
          = g_list_model_get_item (G_LIST_MODEL (downloads), i);

      n += baleen_model_download_is_running (download);
    }
  *most = MAX (*most, n);
}

/* As the same file is there too, under another name of this machine. */
static void
add_mirror (BaleenModelDownload *download)
{
  BaleenModelFile *file = baleen_model_download_get_files (download)->pdata[0];
  char *mirrors[] = { g_strdup_printf ("http://localhost:%u/%s", port, file->name), NULL };

  file->mirrors = g_strdupv (mirrors);
  g_free (mirrors[0]);
}

/* ---- tests ------------------------------------------------------------------------------ */

static void
test_names_the_site (void)
{
  g_autoptr (BaleenDownloads) downloads = NULL;
  BaleenModelDownload *here, *moved;

  empty_list ();
  is_slow = TRUE;
  downloads = baleen_downloads_new ();
  here = download_new ("here.gguf", NULL);
  moved = download_new ("moved.gguf", NULL);
  add_mirror (here);
  add_mirror (moved);
  baleen_downloads_add (downloads, here);
  baleen_downloads_add (downloads, moved);
  wait_for_bytes (here);
  wait_for_bytes (moved);
  g_assert_cmpstr (baleen_model_download_get_site (here), ==, "127.0.0.1");
  g_assert_cmpstr (baleen_model_download_get_site (moved), ==, "localhost");
  g_assert_cmpstr (baleen_model_download_get_host (moved), ==, "127.0.0.1");
  wait_for (here, BALEEN_MODEL_DOWNLOAD_DONE);
  wait_for (moved, BALEEN_MODEL_DOWNLOAD_DONE);
  assert_whole (moved);
}

static void
test_three_at_once (void)
{
  g_autoptr (BaleenDownloads) downloads = NULL;
  BaleenModelDownload *all[6];
  guint n_arrived = 0, most = 0;

  empty_list ();
  is_slow = TRUE;
  downloads = baleen_downloads_new ();
  g_signal_connect (downloads, "arrived", G_CALLBACK (arrived_cb), &n_arrived);
  g_signal_connect (downloads, "changed", G_CALLBACK (changed_cb), &most);
  for (guint i = 0; i < G_N_ELEMENTS (all); i++)
    {
      g_autofree char *name = g_strdup_printf ("many-%u.gguf", i);

      all[i] = download_new (name, NULL);
      baleen_downloads_add (downloads, all[i]);
    }
  g_assert_cmpuint (baleen_downloads_get_n_active (downloads), ==, 6);
  g_assert_cmpint (baleen_model_download_get_state (all[3]), ==, BALEEN_MODEL_DOWNLOAD_QUEUED);
  for (guint i = 0; i < G_N_ELEMENTS (all); i++)
    wait_for (all[i], BALEEN_MODEL_DOWNLOAD_DONE);
  g_assert_cmpuint (most, ==, BALEEN_DOWNLOADS_AT_ONCE);
  g_assert_cmpuint (n_arrived, ==, 6);
  g_assert_cmpuint (baleen_downloads_get_n_active (downloads), ==, 0);
  for (guint i = 0; i < G_N_ELEMENTS (all); i++)
    {
      assert_whole (all[i]);
      g_object_unref (all[i]);
    }
}

/* Resumed at once, while its thread is still stopping. */
static void
test_pause (void)
{
  g_autoptr (BaleenDownloads) downloads = NULL;
  g_autoptr (BaleenModelDownload) download = download_new ("paused.gguf", NULL);

  empty_list ();
  is_slow = TRUE;
  g_atomic_int_set (&n_ranges, 0);
  downloads = baleen_downloads_new ();
  baleen_downloads_add (downloads, download);
  wait_for_bytes (download);
  baleen_downloads_pause (downloads, download);
  g_assert_cmpint (baleen_model_download_get_state (download), ==, BALEEN_MODEL_DOWNLOAD_PAUSED);
  baleen_downloads_resume (downloads, download);
  wait_for (download, BALEEN_MODEL_DOWNLOAD_DONE);
  assert_whole (download);
  g_assert_cmpint (g_atomic_int_get (&n_ranges), ==, 1);
}

static void
test_restart (void)
{
  g_autoptr (BaleenDownloads) before = NULL, after = NULL;
  g_autoptr (BaleenModelDownload) running = download_new ("running.gguf", NULL);
  g_autoptr (BaleenModelDownload) paused = download_new ("asleep.gguf", NULL);
  g_autoptr (BaleenModelDownload) again = NULL;
  g_autoptr (BaleenModelDownload) still = NULL;

  empty_list ();
  is_slow = TRUE;
  before = baleen_downloads_new ();
  baleen_downloads_add (before, running);
  baleen_downloads_add (before, paused);
  baleen_downloads_pause (before, paused);
  wait_for_bytes (running);
  baleen_downloads_close (before);
  wait_until_stopped (running);
  wait_until_stopped (paused);
  g_atomic_int_set (&n_ranges, 0);

  after = baleen_downloads_new ();
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (after)), ==, 2);
  again = g_list_model_get_item (G_LIST_MODEL (after), 0);
  still = g_list_model_get_item (G_LIST_MODEL (after), 1);
  g_assert_cmpstr (baleen_model_download_get_title (again), ==, "running.gguf");
  wait_for (again, BALEEN_MODEL_DOWNLOAD_DONE);
  assert_whole (again);
  g_assert_cmpint (g_atomic_int_get (&n_ranges), ==, 1);
  g_assert_cmpint (baleen_model_download_get_state (still), ==, BALEEN_MODEL_DOWNLOAD_PAUSED);
}

static gboolean
has_part (const char *name)
{
  g_autofree char *path = g_strdup_printf ("%s/%s.part", folder, name);

  return g_file_test (path, G_FILE_TEST_EXISTS);
}

/* What was cancelled is kept for a week, in which the same download goes on from there. */
static void
test_cancel (void)
{
  g_autofree char *list
      = g_build_filename (g_get_user_data_dir (), "baleen", "downloads.json", NULL);
  g_autofree char *text = NULL, *old = NULL;
  g_autoptr (BaleenModelDownload) download = download_new ("cancelled.gguf", NULL);
  g_autoptr (BaleenDownloads) downloads = NULL;
  g_autoptr (GRegex) regex = g_regex_new ("\"cancelled\" : [1-9][0-9]*", 0, 0, NULL);

  empty_list ();
  is_slow = TRUE;
  downloads = baleen_downloads_new ();
  baleen_downloads_add (downloads, download);
  wait_for_bytes (download);
  baleen_downloads_cancel (downloads, download);
  wait_until_stopped (download);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (downloads)), ==, 0);
  g_clear_object (&downloads);
  downloads = baleen_downloads_new ();
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (downloads)), ==, 0);
  g_assert_true (has_part ("cancelled.gguf"));
  g_clear_object (&downloads);

  g_assert_true (g_file_get_contents (list, &text, NULL, NULL));
  g_assert_true (g_regex_match (regex, text, 0, NULL));
  old = g_regex_replace_literal (regex, text, -1, 0, "\"cancelled\" : 1000000000", 0, NULL);
  g_assert_true (g_file_set_contents (list, old, -1, NULL));
  downloads = baleen_downloads_new ();
  g_assert_false (has_part ("cancelled.gguf"));
}

static void
test_refusals (void)
{
  g_autofree char *digest = g_strnfill (64, 'a');
  g_autoptr (BaleenDownloads) downloads = NULL;
  g_autoptr (BaleenModelDownload) gated = download_new ("gated.gguf", NULL);
  g_autoptr (BaleenModelDownload) wrong = download_new ("wrong.gguf", digest);
  g_autofree char *path = g_build_filename (folder, "wrong.gguf", NULL);

  empty_list ();
  downloads = baleen_downloads_new ();
  baleen_downloads_add (downloads, gated);
  baleen_downloads_add (downloads, wrong);
  wait_for (gated, BALEEN_MODEL_DOWNLOAD_FAILED);
  wait_for (wrong, BALEEN_MODEL_DOWNLOAD_FAILED);
  g_assert_cmpint (baleen_model_download_get_remedy (gated), ==, BALEEN_MODEL_DOWNLOAD_TOKEN);
  g_assert_nonnull (strstr (baleen_model_download_get_sentence (gated), "access token"));
  g_assert_cmpint (baleen_model_download_get_remedy (wrong), ==, BALEEN_MODEL_DOWNLOAD_FRESH);
  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
  g_assert_cmpuint (baleen_downloads_get_n_active (downloads), ==, 0);
}

static gboolean
holds_token (const char *path)
{
  g_autofree char *bytes = NULL;
  gsize length;

  g_assert_true (g_file_get_contents (path, &bytes, &length, NULL));
  return memmem (bytes, length, TOKEN, strlen (TOKEN)) != NULL;
}

/* A token that was given is kept in the keyring, found again there, and nowhere else. */
static void
test_token (void)
{
  g_autoptr (BaleenDownloads) downloads = NULL;
  g_autoptr (BaleenModelDownload) gated = download_new ("gated-too.gguf", NULL);
  g_autofree char *path = g_build_filename (folder, "gated-too.gguf", NULL);
  g_autofree char *list
      = g_build_filename (g_get_user_data_dir (), "baleen", "downloads.json", NULL);
  g_autoptr (GError) error = NULL;
  g_autofree char *kept = NULL;

  empty_list ();
  downloads = baleen_downloads_new ();
  baleen_downloads_add (downloads, gated);
  wait_for (gated, BALEEN_MODEL_DOWNLOAD_FAILED);
  g_assert_true (baleen_secrets_set ("download", "127.0.0.1", "127.0.0.1", TOKEN, &error));
  g_assert_no_error (error);
  g_assert_false (holds_token (g_getenv ("SECRET_FILE_TEST_PATH")));
  kept = baleen_secrets_get ("download", "127.0.0.1", "127.0.0.1", &error);
  g_assert_cmpstr (kept, ==, TOKEN);
  baleen_downloads_resume (downloads, gated);
  wait_for (gated, BALEEN_MODEL_DOWNLOAD_DONE);
  g_assert_true (g_file_test (path, G_FILE_TEST_IS_REGULAR));
  g_assert_false (g_file_test (list, G_FILE_TEST_EXISTS) && holds_token (list));
  g_assert_true (baleen_secrets_set ("download", "127.0.0.1", "127.0.0.1", NULL, &error));
  g_clear_pointer (&kept, g_free);
  kept = baleen_secrets_get ("download", "127.0.0.1", "127.0.0.1", &error);
  g_assert_null (kept);
  g_assert_no_error (error);
}

/* Run in a process of its own: a keyring is opened once. */
static void
locked_keyring (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *kept = baleen_secrets_get ("download", "127.0.0.1", "127.0.0.1", &error);

  g_assert_null (kept);
  g_assert_error (error, BALEEN_NETWORK_ERROR, BALEEN_NETWORK_ERROR_KEY);
  g_assert_nonnull (strstr (error->message, "The keyring is locked"));
}

/* One that cannot be opened says so in words, and gives nothing out. */
static void
test_locked_keyring (void)
{
  g_autofree char *keyring = g_strdup (g_getenv ("SECRET_FILE_TEST_PATH"));
  g_autofree char *spoilt = g_build_filename (folder, "spoilt", NULL);

  if (g_test_subprocess ())
    {
      locked_keyring ();
      return;
    }
  g_assert_true (g_file_set_contents (spoilt, "no keyring", -1, NULL));
  g_setenv ("SECRET_FILE_TEST_PATH", spoilt, TRUE);
  g_test_trap_subprocess (NULL, 20 * G_USEC_PER_SEC, 0);
  g_setenv ("SECRET_FILE_TEST_PATH", keyring, TRUE);
  g_test_trap_assert_passed ();
}

/* Whatever stands in the file of what is under way, nothing outside the folder is touched. */
static void
test_spoilt_list (void)
{
  static const char *const texts[] = {
    "", "{}", "[3]", "[{}]", "[{\"title\":\"a\",\"folder\":\"/tmp\",\"files\":[]}]",
    "[{\"title\":\"a\",\"folder\":\"/tmp\",\"files\":[{\"url\":\"http://x/\",\"name\":\"../y\"}]}]",
    "[{\"title\":\"a\",\"folder\":\"/tmp\",\"files\":[{\"url\":\"http://x/\",\"name\":\".y\"}]}]",
    "[{\"title\":3,\"folder\":\"/tmp\",\"files\":[{\"url\":\"http://x/\",\"name\":\"y\"}]}]",
  };
  g_autofree char *list
      = g_build_filename (g_get_user_data_dir (), "baleen", "downloads.json", NULL);
  g_autofree char *parent = g_path_get_dirname (list);

  g_assert_cmpint (g_mkdir_with_parents (parent, 0700), ==, 0);
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (BaleenDownloads) downloads = NULL;

      g_assert_true (g_file_set_contents (list, texts[i], -1, NULL));
      downloads = baleen_downloads_new ();
      g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (downloads)), ==, 0);
    }
}

static void
test_free_bytes (void)
{
  g_assert_cmpuint (baleen_downloads_get_free_bytes ("/no/such/folder"), ==,
                    baleen_downloads_get_free_bytes ("/"));
  g_assert_cmpuint (baleen_downloads_get_free_bytes ("/"), >, 0);
}

int
main (int    argc,
      char **argv)
{
  g_autofree char *keyring = NULL;

  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  /* No keyring of the person who runs this: one in a file. The proxy would come from settings that
   * are not there. */
  g_setenv ("DBUS_SESSION_BUS_ADDRESS", "disabled:", TRUE);
  g_setenv ("GIO_USE_PROXY_RESOLVER", "dummy", TRUE);
  folder = g_dir_make_tmp ("baleen-downloads-XXXXXX", NULL);
  keyring = g_build_filename (folder, "keyring", NULL);
  g_setenv ("SECRET_BACKEND", "file", TRUE);
  g_setenv ("SECRET_FILE_TEST_PATH", keyring, FALSE);
  g_setenv ("SECRET_FILE_TEST_PASSWORD", "open sesame", FALSE);
  port = test_server_start (answer_cb, NULL, NULL);

  g_test_add_func ("/downloads/three-at-once", test_three_at_once);
  g_test_add_func ("/downloads/names-the-site-that-is-read", test_names_the_site);
  g_test_add_func ("/downloads/pause-and-resume", test_pause);
  g_test_add_func ("/downloads/go-on-after-a-restart", test_restart);
  g_test_add_func ("/downloads/cancelled-parts-stay-a-week", test_cancel);
  g_test_add_func ("/downloads/refusals-have-remedies", test_refusals);
  g_test_add_func ("/downloads/token-is-kept-in-the-keyring", test_token);
  g_test_add_func ("/downloads/locked-keyring-is-said", test_locked_keyring);
  g_test_add_func ("/downloads/spoilt-list-is-none", test_spoilt_list);
  g_test_add_func ("/downloads/free-bytes-of-a-folder-to-be", test_free_bytes);

  return g_test_run ();
}
