#include "extractor.h"

#include "child.h"
#include "reader.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <poll.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

/* Longer names are cut in sentences, so that these stay short. */
#define LONGEST_NAME 120
/* For ending after the answer was given. */
#define LAST_MILLISECONDS 2000

G_DEFINE_QUARK (extractor-error-quark, extractor_error)

typedef enum
{
  OUTCOME_ANSWERED,
  OUTCOME_SLOW,
  OUTCOME_TOO_MUCH,
  OUTCOME_CANCELLED,
} Outcome;

static char *
get_name (const char *path)
{
  g_autofree char *name = g_filename_display_basename (path);

  if (g_utf8_strlen (name, -1) > LONGEST_NAME)
    {
      g_autofree char *start = g_utf8_substring (name, 0, LONGEST_NAME);

      return g_strconcat (start, "…", NULL);
    }

  return g_steal_pointer (&name);
}

static const char *
get_sentence (guint code)
{
  switch (code)
    {
    case BALEEN_READ_ERROR_ENCRYPTED:
      return _("“%s” is encrypted and needs a password. Save a copy without one.");
    case BALEEN_READ_ERROR_SCANNED:
      return _("“%s” is scanned: it holds pictures of text, no text. Baleen cannot read "
               "pictures.");
    case BALEEN_READ_ERROR_EMPTY:
      return _("“%s” holds no text.");
    case BALEEN_READ_ERROR_DAMAGED:
      return _("“%s” is damaged and cannot be read. Save or download it again.");
    case BALEEN_READ_ERROR_TOO_LARGE:
      return _("“%s” is too large, or swells to more than can be read. Split it.");
    case BALEEN_READ_ERROR_NOT_DOCUMENT:
      return _("“%s” is not a file that can be read as a document. Baleen reads PDF, Word "
               "(docx), OpenDocument text, EPUB, HTML, Markdown and plain text.");
    case BALEEN_READ_ERROR_OLD_OFFICE:
      return _("“%s” is in an old format. Open it in an office program and save it as docx "
               "or odt.");
    case BALEEN_READ_ERROR_SANDBOX:
      return _("“%s” was not opened: this computer cannot lock up the process that would read "
               "it. Use a kernel with seccomp.");
    case EXTRACTOR_ERROR_DIED:
      return _("“%s” is damaged: the process that read it broke down, and nothing else did. "
               "Save or download it again.");
    case EXTRACTOR_ERROR_SLOW:
      return _("“%s” is too large or too tangled: it took too long to read. Split it.");
    case EXTRACTOR_ERROR_WRONG_ANSWER:
      return _("“%s” is damaged: reading it gave no text. Save or download it again.");
    case EXTRACTOR_ERROR_NOT_STARTED:
      return _("“%s” was not opened: the locked-up process that reads documents cannot be "
               "started here. Install Baleen again.");
    default:
      g_return_val_if_reached ("%s");
    }
}

static gboolean
fail (GError    **error,
      guint       code,
      const char *path)
{
  g_autofree char *name = get_name (path);
  g_autofree char *pattern = g_strdup (get_sentence (code));
  g_auto (GStrv) halves = g_strsplit (pattern, "%s", 2);
  g_autofree char *sentence = g_strjoin (name, halves[0], halves[1], NULL);

  g_set_error_literal (error, EXTRACTOR_ERROR, code, sentence);
  return FALSE;
}

/* Opens without waiting for the other end of a pipe, and takes regular files only. */
static int
open_file (const char *path,
           GError    **error)
{
  int fd = g_open (path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY, 0);
  struct stat status;
  g_autofree char *name = NULL;

  if (fd >= 0 && fstat (fd, &status) == 0 && S_ISREG (status.st_mode))
    {
      if ((guint64) status.st_size <= EXTRACTOR_MOST_FILE)
        return fd;
      close (fd);
      fail (error, BALEEN_READ_ERROR_TOO_LARGE, path);
      return -1;
    }

  name = get_name (path);
  if (fd < 0)
    g_set_error (error, EXTRACTOR_ERROR, EXTRACTOR_ERROR_UNREADABLE,
                 _("“%s” cannot be opened: %s. Look whether it is there and may be read."), name,
                 g_strerror (errno));
  else
    {
      close (fd);
      g_set_error (error, EXTRACTOR_ERROR, EXTRACTOR_ERROR_UNREADABLE,
                   _("“%s” is not a file. Choose a document."), name);
    }

  return -1;
}

/* Small letters and digits only: it goes into an argument. */
static char *
get_extension (const char *path)
{
  g_autofree char *base = g_path_get_basename (path);
  const char *dot = strrchr (base, '.');
  char *extension = g_ascii_strdown (dot != NULL ? dot + 1 : "", -1);

  for (gsize i = 0; extension[i] != '\0'; i++)
    if (!g_ascii_isalnum (extension[i]) || i >= 10)
      {
        extension[i] = '\0';
        break;
      }

  return extension;
}

/* Nothing of the person's environment but what finds the libraries. */
static char **
get_environment (void)
{
  char **environment = NULL;
  const char *libraries = g_getenv ("LD_LIBRARY_PATH");

  environment = g_environ_setenv (environment, "LC_ALL", "C.UTF-8", TRUE);
  if (libraries != NULL)
    environment = g_environ_setenv (environment, "LD_LIBRARY_PATH", libraries, TRUE);

  return environment;
}

static gboolean
spawn (const char *const *argv,
       int                document,
       int               *answer,
       GPid              *pid,
       GError           **error)
{
  g_auto (GStrv) environment = get_environment ();
  int ends[2];
  gboolean is_running;

  if (pipe2 (ends, O_CLOEXEC) != 0)
    {
      g_set_error_literal (error, G_SPAWN_ERROR, G_SPAWN_ERROR_FAILED, g_strerror (errno));
      return FALSE;
    }
  lseek (document, 0, SEEK_SET);
  is_running = g_spawn_async_with_pipes_and_fds (
      "/", argv, (const char *const *) environment,
      G_SPAWN_DO_NOT_REAP_CHILD | G_SPAWN_STDERR_TO_DEV_NULL, NULL, NULL, document, ends[1], -1,
      NULL, NULL, 0, pid, NULL, NULL, NULL, error);
  close (ends[1]);
  if (is_running)
    *answer = ends[0];
  else
    close (ends[0]);

  return is_running;
}

/* Reads to the end, the deadline, the limit or the cancellation, whichever comes first. */
static Outcome
collect (GByteArray   *answer,
         int           fd,
         gint64        deadline,
         gsize         most_bytes,
         GCancellable *cancellable)
{
  GPollFD cancel = { .fd = -1 };
  gboolean can_cancel = cancellable != NULL && g_cancellable_make_pollfd (cancellable, &cancel);
  struct pollfd fds[2] = { { fd, POLLIN, 0 }, { can_cancel ? cancel.fd : -1, POLLIN, 0 } };
  Outcome outcome = OUTCOME_SLOW;
  guint8 block[65536];

  while (g_get_monotonic_time () < deadline)
    {
      int left = (deadline - g_get_monotonic_time ()) / 1000 + 1;
      gssize n;

      if (poll (fds, 2, MAX (left, 1)) <= 0)
        continue;
      if (fds[1].revents != 0)
        {
          outcome = OUTCOME_CANCELLED;
          break;
        }
      n = read (fd, block, sizeof block);
      if (n < 0 && errno == EINTR)
        continue;
      if (n <= 0)
        {
          outcome = OUTCOME_ANSWERED;
          break;
        }
      if (answer->len + n > most_bytes)
        {
          outcome = OUTCOME_TOO_MUCH;
          break;
        }
      g_byte_array_append (answer, block, n);
    }
  if (can_cancel)
    g_cancellable_release_fd (cancellable);

  return outcome;
}

/* TRUE if the process had ended in good order. */
static gboolean
end_process (GPid    pid,
             Outcome outcome)
{
  int status;
  int watched = syscall (SYS_pidfd_open, pid, 0);
  struct pollfd ending = { watched, POLLIN, 0 };

  /* One that closed its output has nothing left to do but to end. */
  if (outcome != OUTCOME_ANSWERED || watched < 0 || poll (&ending, 1, LAST_MILLISECONDS) != 1)
    kill (pid, SIGKILL);
  if (watched >= 0)
    close (watched);
  while (waitpid (pid, &status, 0) < 0 && errno == EINTR)
    continue;
  g_spawn_close_pid (pid);

  return WIFEXITED (status) && WEXITSTATUS (status) == 0;
}

static BaleenDocument *
parse_answer (GByteArray *answer,
              const char *path,
              GError    **error)
{
  const gsize n_hello = strlen (BALEEN_EXTRACT_HELLO);
  g_autoptr (GBytes) bytes = g_bytes_new (answer->data + n_hello, answer->len - n_hello);
  g_autoptr (GVariant) variant = g_variant_ref_sink (
      g_variant_new_from_bytes (G_VARIANT_TYPE (BALEEN_EXTRACT_VARIANT), bytes, FALSE));
  g_autoptr (GVariant) maybe = NULL, inner = NULL;
  BaleenDocument *document;
  guint code;

  if (!g_variant_is_normal_form (variant))
    {
      fail (error, EXTRACTOR_ERROR_WRONG_ANSWER, path);
      return NULL;
    }
  g_variant_get (variant, "(u@m" BALEEN_DOCUMENT_VARIANT ")", &code, &maybe);
  inner = g_variant_get_maybe (maybe);
  document = inner != NULL ? baleen_document_from_variant (inner) : NULL;
  if (document == NULL)
    fail (error,
          code > 0 && code < BALEEN_N_READ_ERRORS ? code : EXTRACTOR_ERROR_WRONG_ANSWER, path);

  return document;
}

typedef enum
{
  RUN_FAILED,
  RUN_NOT_STARTED, /* something stood between us and our own process */
  RUN_DONE,
} Run;

static Run
run_child (const char *const    *argv,
           const ExtractorChild *child,
           int                   fd,
           const char           *path,
           GCancellable         *cancellable,
           BaleenDocument      **document,
           GError              **error)
{
  g_autoptr (GByteArray) answer = g_byte_array_new ();
  const gsize n_hello = strlen (BALEEN_EXTRACT_HELLO);
  gint64 deadline = g_get_monotonic_time () + child->milliseconds * (gint64) 1000;
  gboolean has_ended_well;
  Outcome outcome;
  int pipe_end;
  GPid pid;

  if (!spawn (argv, fd, &pipe_end, &pid, NULL))
    return RUN_NOT_STARTED;
  outcome = collect (answer, pipe_end, deadline, child->most_bytes, cancellable);
  close (pipe_end);
  has_ended_well = end_process (pid, outcome);

  if (outcome == OUTCOME_CANCELLED)
    g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_CANCELLED, _("Stopped."));
  else if (outcome == OUTCOME_SLOW)
    fail (error, EXTRACTOR_ERROR_SLOW, path);
  else if (outcome == OUTCOME_TOO_MUCH)
    fail (error, BALEEN_READ_ERROR_TOO_LARGE, path);
  else if (answer->len < n_hello || memcmp (answer->data, BALEEN_EXTRACT_HELLO, n_hello) != 0)
    return RUN_NOT_STARTED;
  else if (!has_ended_well)
    fail (error, EXTRACTOR_ERROR_DIED, path);
  else
    *document = parse_answer (answer, path, error);

  return *document != NULL ? RUN_DONE : RUN_FAILED;
}

BaleenDocument *
extractor_read_with (const ExtractorChild *child,
                     const char           *path,
                     GCancellable         *cancellable,
                     GError              **error)
{
  g_autoptr (GPtrArray) argv = g_ptr_array_new ();
  g_autofree char *extension = get_extension (path);
  BaleenDocument *document = NULL;
  int fd = open_file (path, error);

  if (fd < 0)
    return NULL;
  for (gsize i = 0; child->argv[i] != NULL; i++)
    g_ptr_array_add (argv, (gpointer) child->argv[i]);
  g_ptr_array_add (argv, extension);
  g_ptr_array_add (argv, NULL);
  if (run_child ((const char *const *) argv->pdata, child, fd, path, cancellable, &document,
                 error)
      == RUN_NOT_STARTED)
    fail (error, EXTRACTOR_ERROR_NOT_STARTED, path);
  close (fd);

  return document;
}

/* A namespace with nothing in it but the system's libraries and ourselves. It stands around
 * what the process does to itself, and needs no trust in it. */
static const char *const bubble[] = {
  "bwrap", "--unshare-all", "--die-with-parent", "--new-session", "--cap-drop", "ALL",
  "--ro-bind", "/usr", "/usr", "--ro-bind-try", "/lib", "/lib", "--ro-bind-try", "/lib64",
  "/lib64", "--ro-bind-try", "/etc/ld.so.cache", "/etc/ld.so.cache", "--chdir", "/",
  "--ro-bind",
};

/* Takes `fd`; `name` is what sentences call it. */
static BaleenDocument *
read_fd (int           fd,
         const char   *name,
         const char   *extension,
         GCancellable *cancellable,
         GError      **error)
{
  g_autofree char *program = g_file_read_link ("/proc/self/exe", NULL);
  g_autofree char *bwrap = g_find_program_in_path ("bwrap");
  g_autoptr (GPtrArray) argv = g_ptr_array_new ();
  const ExtractorChild child = { .milliseconds = BALEEN_EXTRACT_SECONDS * 1000,
                                 .most_bytes = BALEEN_EXTRACT_MOST };
  BaleenDocument *document = NULL;
  Run result = RUN_NOT_STARTED;

  for (gsize i = 0; i < G_N_ELEMENTS (bubble); i++)
    g_ptr_array_add (argv, (gpointer) bubble[i]);
  g_ptr_array_add (argv, program);
  g_ptr_array_add (argv, (gpointer) "/baleen");
  g_ptr_array_add (argv, (gpointer) "/baleen");
  g_ptr_array_add (argv, (gpointer) BALEEN_EXTRACT_WORD);
  g_ptr_array_add (argv, (gpointer) extension);
  g_ptr_array_add (argv, NULL);
  argv->pdata[0] = bwrap;
  if (bwrap != NULL)
    result = run_child ((const char *const *) argv->pdata, &child, fd, name, cancellable,
                        &document, error);
  if (result == RUN_NOT_STARTED)
    {
      const char *const bare[] = { "/proc/self/exe", BALEEN_EXTRACT_WORD, extension, NULL };

      result = run_child (bare, &child, fd, name, cancellable, &document, error);
    }
  if (result == RUN_NOT_STARTED)
    fail (error, EXTRACTOR_ERROR_NOT_STARTED, name);
  close (fd);

  return document;
}

BaleenDocument *
extractor_read (const char   *path,
                GCancellable *cancellable,
                GError      **error)
{
  g_autofree char *extension = get_extension (path);
  int fd = open_file (path, error);

  return fd >= 0 ? read_fd (fd, path, extension, cancellable, error) : NULL;
}

BaleenDocument *
extractor_read_bytes (GBytes       *bytes,
                      const char   *name,
                      const char   *extension,
                      GCancellable *cancellable,
                      GError      **error)
{
  gsize size, done = 0;
  const char *data = g_bytes_get_data (bytes, &size);
  int fd = memfd_create ("baleen-document", MFD_CLOEXEC);

  while (fd >= 0 && done < size)
    {
      gssize n = write (fd, data + done, size - done);

      if (n < 0 && errno == EINTR)
        continue;
      if (n < 0)
        {
          close (fd);
          fd = -1;
        }
      done += MAX (n, 0);
    }
  if (fd < 0)
    {
      g_set_error (error, EXTRACTOR_ERROR, EXTRACTOR_ERROR_UNREADABLE,
                   _("“%s” cannot be opened: %s. Look whether it is there and may be read."), name,
                   g_strerror (errno));
      return NULL;
    }

  return read_fd (fd, name, extension, cancellable, error);
}
