#include "child.h"
#include "extractor.h"
#include "sandbox.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

static char *document; /* of two words */

/* Runs in a process that is locked up; TRUE: what it tried was denied. */
typedef gboolean (*Attempt) (void);

static gboolean
cannot_connect (void)
{
  return socket (AF_INET, SOCK_STREAM, 0) < 0 && socket (AF_UNIX, SOCK_STREAM, 0) < 0;
}

static gboolean
cannot_read (void)
{
  return open ("/etc/passwd", O_RDONLY) < 0 && open (document, O_RDONLY) < 0
         && open ("/", O_RDONLY | O_DIRECTORY) < 0 && open ("/proc/self/environ", O_RDONLY) < 0;
}

static gboolean
cannot_write (void)
{
  return open (document, O_WRONLY) < 0 && open ("/tmp/baleen-escaped", O_WRONLY | O_CREAT, 0600) < 0
         && unlink (document) != 0 && mkdir ("/tmp/baleen-escaped", 0700) != 0
         && rename (document, "/tmp/baleen-escaped") != 0;
}

static gboolean
cannot_fork (void)
{
  pid_t pid = fork ();

  if (pid == 0)
    _exit (0);
  return pid < 0 && execl ("/bin/true", "true", NULL) != 0;
}

static gboolean
cannot_signal (void)
{
  return kill (getppid (), 0) != 0;
}

static gboolean
cannot_run_data (void)
{
  return mmap (NULL, 4096, PROT_READ | PROT_WRITE | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0)
         == MAP_FAILED;
}

static gboolean
cannot_take_much (void)
{
  return mmap (NULL, 8ul << 30, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0)
         == MAP_FAILED;
}

static void
test_denied (gconstpointer data)
{
  Attempt attempt = *(const Attempt *) data;
  int status;
  pid_t pid = fork ();

  g_assert_cmpint (pid, >=, 0);
  if (pid == 0)
    _exit (!sandbox_enter (3ull << 30, 10) ? 2 : attempt () ? 0 : 1);
  g_assert_cmpint (waitpid (pid, &status, 0), ==, pid);
  g_assert_true (WIFEXITED (status));
  g_assert_cmpint (WEXITSTATUS (status), ==, 0);
  g_assert_true (g_file_test (document, G_FILE_TEST_EXISTS));
  g_assert_false (g_file_test ("/tmp/baleen-escaped", G_FILE_TEST_EXISTS));
}

static BaleenDocument *
read_with_script (const char *script,
                  guint       milliseconds,
                  GError    **error)
{
  const char *const argv[] = { "/bin/sh", "-c", script, NULL };
  const ExtractorChild child = { argv, milliseconds, 1 << 20 };

  return extractor_read_with (&child, document, NULL, error);
}

static void
assert_fails (const char *script,
              guint       milliseconds,
              const char *needle)
{
  g_autoptr (GError) error = NULL;
  gint64 start = g_get_monotonic_time ();

  g_assert_null (read_with_script (script, milliseconds, &error));
  g_assert_nonnull (error);
  g_assert_nonnull (strstr (error->message, "words.txt"));
  if (strstr (error->message, needle) == NULL)
    g_error ("“%s” is not in “%s”", needle, error->message);
  g_assert_cmpint (g_get_monotonic_time () - start, <, 6 * G_USEC_PER_SEC);
}

static void
test_hangs (void)
{
  assert_fails ("exec sleep 60", 300, "too long");
  assert_fails ("printf 'BALEEN1\\n'; exec sleep 60", 300, "too long");
  assert_fails ("printf 'BALEEN1\\n'; exec >&-; exec sleep 60", 5000, "broke down");
}

static void
test_floods (void)
{
  assert_fails ("printf 'BALEEN1\\n'; exec cat /dev/zero", 5000, "too large");
}

static void
test_dies (void)
{
  assert_fails ("printf 'BALEEN1\\n'; kill -SEGV $$", 5000, "broke down");
}

/* What ends before it is locked up has read nothing: the file is not to blame. */
static void
test_does_not_start (void)
{
  const char *const argv[] = { "/nowhere/program", NULL };
  const ExtractorChild child = { argv, 5000, 1 << 20 };
  g_autoptr (GError) error = NULL;

  assert_fails ("exit 0", 5000, "cannot be started");
  assert_fails ("printf 'something else'", 5000, "cannot be started");
  g_assert_null (extractor_read_with (&child, document, NULL, &error));
  g_assert_error (error, EXTRACTOR_ERROR, EXTRACTOR_ERROR_NOT_STARTED);
}

static void
test_bad_answers (void)
{
  assert_fails ("printf 'BALEEN1\\n'", 5000, "damaged");
  assert_fails ("printf 'BALEEN1\\n'; head -c 5000 /dev/urandom", 5000, "damaged");
  assert_fails ("printf 'BALEEN1\\n\\377\\377\\377\\377\\376\\376\\376'", 5000, "damaged");
}

/* Whatever bytes come, what is taken is text. */
static void
test_spoilt_answer (void)
{
  g_autoptr (BaleenDocument) good = baleen_document_new (BALEEN_DOCUMENT_TEXT);
  g_autoptr (GVariant) variant = NULL;
  GRand *source = g_rand_new_with_seed (7);

  baleen_document_set_title (good, "title");
  for (guint i = 0; i < 8; i++)
    baleen_document_add (good, 1, BALEEN_PARAGRAPH_BODY, "words 鲸", strlen ("words 鲸"));
  variant = g_variant_ref_sink (baleen_document_to_variant (good));
  for (guint i = 0; i < 5000; i++)
    {
      gsize size = g_variant_get_size (variant);
      guint8 *bytes = g_memdup2 (g_variant_get_data (variant), size);
      g_autoptr (GVariant) spoilt = NULL;
      g_autoptr (BaleenDocument) read = NULL;

      bytes[g_rand_int_range (source, 0, size)] = g_rand_int (source);
      spoilt = g_variant_ref_sink (g_variant_new_from_data (
          G_VARIANT_TYPE (BALEEN_DOCUMENT_VARIANT), bytes, size, FALSE, g_free, bytes));
      read = baleen_document_from_variant (spoilt);
      for (guint j = 0; read != NULL && j < read->paragraphs->len; j++)
        g_assert_true (g_utf8_validate (
            ((BaleenParagraph *) g_ptr_array_index (read->paragraphs, j))->text, -1, NULL));
    }
  g_rand_free (source);
}

static void
test_offsets (void)
{
  g_autoptr (BaleenDocument) text = baleen_document_new (BALEEN_DOCUMENT_TEXT);
  g_autofree char *whole = NULL;

  baleen_document_add (text, 1, BALEEN_PARAGRAPH_BODY, "鲸鱼", strlen ("鲸鱼"));
  baleen_document_add (text, 1, BALEEN_PARAGRAPH_BODY, "sing", 4);
  whole = baleen_document_get_text (text);
  g_assert_cmpstr (whole, ==, "鲸鱼\n\nsing");
  g_assert_cmpuint (text->n_characters, ==, g_utf8_strlen (whole, -1));
  g_assert_cmpstr (baleen_document_find (text, 0)->text, ==, "鲸鱼");
  g_assert_cmpstr (baleen_document_find (text, 3)->text, ==, "鲸鱼");
  g_assert_cmpstr (baleen_document_find (text, 4)->text, ==, "sing");
  g_assert_null (baleen_document_find (text, 8));
}

static gpointer
cancel_soon (gpointer cancellable)
{
  g_usleep (100000);
  g_cancellable_cancel (cancellable);
  return NULL;
}

static void
test_cancel (void)
{
  const char *const argv[] = { "/bin/sh", "-c", "exec sleep 60", NULL };
  const ExtractorChild child = { argv, 20000, 1 << 20 };
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  GThread *thread = g_thread_new ("cancel", cancel_soon, cancellable);

  g_assert_null (extractor_read_with (&child, document, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_thread_join (thread);
}

int
main (int    argc,
      char **argv)
{
  static const struct
  {
    const char *name;
    Attempt attempt;
  } attempts[] = {
    { "/sandbox/cannot-connect", cannot_connect }, { "/sandbox/cannot-read", cannot_read },
    { "/sandbox/cannot-write", cannot_write },     { "/sandbox/cannot-fork", cannot_fork },
    { "/sandbox/cannot-signal", cannot_signal },   { "/sandbox/cannot-run-data", cannot_run_data },
    { "/sandbox/cannot-take-much-memory", cannot_take_much },
  };
  g_autofree char *folder = g_dir_make_tmp ("baleen-test-XXXXXX", NULL);
  int status;

  g_test_init (&argc, &argv, NULL);
  document = g_build_filename (folder, "words.txt", NULL);
  g_assert_true (g_file_set_contents (document, "two words", -1, NULL));
  for (gsize i = 0; i < G_N_ELEMENTS (attempts); i++)
    g_test_add_data_func (attempts[i].name, &attempts[i].attempt, test_denied);
  g_test_add_func ("/extractor/child-that-hangs", test_hangs);
  g_test_add_func ("/extractor/child-that-floods", test_floods);
  g_test_add_func ("/extractor/child-that-dies", test_dies);
  g_test_add_func ("/extractor/child-that-does-not-start", test_does_not_start);
  g_test_add_func ("/extractor/child-that-answers-badly", test_bad_answers);
  g_test_add_func ("/extractor/spoilt-answer-is-text-or-nothing", test_spoilt_answer);
  g_test_add_func ("/extractor/cancel-ends-the-child", test_cancel);
  g_test_add_func ("/document/offsets-count-characters", test_offsets);
  status = g_test_run ();
  g_unlink (document);
  g_rmdir (folder);
  g_free (document);

  return status;
}
