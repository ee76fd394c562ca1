/* The program on a terminal of its own, where Ctrl-C is a key. */
#include "chat-model.h"

#include <glib/gstdio.h>
#include <poll.h>
#include <pty.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

typedef struct
{
  pid_t pid;
  int fd;
  GString *screen; /* all that was written so far */
} Terminal;

static char *folder;
static char *endless;

static Terminal
open_terminal (const char *const *arguments)
{
  Terminal terminal = { .screen = g_string_new (NULL) };
  g_autoptr (GPtrArray) argv = g_ptr_array_new ();

  g_ptr_array_add (argv, (char *) g_getenv ("BALEEN_PROGRAM"));
  for (gsize i = 0; arguments[i] != NULL; i++)
    g_ptr_array_add (argv, (char *) arguments[i]);
  g_ptr_array_add (argv, NULL);

  terminal.pid = forkpty (&terminal.fd, NULL, NULL, NULL);
  g_assert_cmpint (terminal.pid, >=, 0);
  if (terminal.pid == 0)
    {
      unsetenv ("DISPLAY");
      unsetenv ("WAYLAND_DISPLAY");
      execv (argv->pdata[0], (char **) argv->pdata);
      _exit (127);
    }

  return terminal;
}

/* FALSE at the end of output. */
static gboolean
read_some (Terminal *terminal)
{
  struct pollfd fds = { terminal->fd, POLLIN, 0 };
  char block[4096];
  gssize n;

  g_assert_cmpint (poll (&fds, 1, 60000), ==, 1);
  n = read (terminal->fd, block, sizeof block);
  if (n <= 0)
    return FALSE;

  g_string_append_len (terminal->screen, block, n);
  return TRUE;
}

/* Waits until `needle` is written after what was there before `from`. */
static void
wait_for (Terminal   *terminal,
          gsize       from,
          const char *needle)
{
  while (strstr (terminal->screen->str + from, needle) == NULL)
    if (!read_some (terminal))
      g_error ("“%s” never came; there is: %s", needle, terminal->screen->str);
}

static void
type (Terminal   *terminal,
      const char *keys)
{
  g_assert_cmpint (write (terminal->fd, keys, strlen (keys)), ==, strlen (keys));
}

static int
close_terminal (Terminal *terminal)
{
  int status;

  while (read_some (terminal))
    ;
  waitpid (terminal->pid, &status, 0);
  close (terminal->fd);
  g_string_free (terminal->screen, TRUE);
  g_assert_true (WIFEXITED (status));

  return WEXITSTATUS (status);
}

static void
test_chat_goes_on (void)
{
  Terminal terminal
      = open_terminal ((const char *const[]) { "chat", "--temporary", "--model", endless,
                                               "--context", "1000000", NULL });
  gsize n_before;

  wait_for (&terminal, 0, "> ");
  type (&terminal, "Hello\n");
  wait_for (&terminal, 0, "Round and round");
  n_before = terminal.screen->len;
  type (&terminal, "\003");
  wait_for (&terminal, n_before, "> ");
  n_before = terminal.screen->len;
  type (&terminal, "Again\n");
  wait_for (&terminal, n_before, "Round and round");
  n_before = terminal.screen->len;
  type (&terminal, "\003");
  wait_for (&terminal, n_before, "> ");
  type (&terminal, "/quit\n");
  g_assert_cmpint (close_terminal (&terminal), ==, 0);
}

static void
test_chat_leaves_at_prompt (void)
{
  Terminal terminal
      = open_terminal ((const char *const[]) { "chat", "--temporary", "--model", endless, NULL });

  wait_for (&terminal, 0, "> ");
  type (&terminal, "\003");
  g_assert_cmpint (close_terminal (&terminal), ==, 130);
}

static void
test_ask_stops (void)
{
  Terminal terminal
      = open_terminal ((const char *const[]) { "ask", "--model", endless, "--context", "1000000",
                                               "Hello", NULL });

  wait_for (&terminal, 0, "Round and round");
  type (&terminal, "\003");
  g_assert_cmpint (close_terminal (&terminal), ==, 130);
}

/* What a file or a model says must not steer the terminal. */
static void
test_control_characters (void)
{
  g_autofree char *path = g_build_filename (folder, "bell.jinja", NULL);
  Terminal terminal;

  g_assert_true (g_file_set_contents (path, "a\033[2Jb\302\233c\007d", -1, NULL));
  terminal = open_terminal ((const char *const[]) { "render", "--template", path, NULL });
  type (&terminal, "{}\n\004");
  wait_for (&terminal, 0, "d");
  wait_for (&terminal, 0, "a\357\277\275[2Jb\357\277\275c\357\277\275d");
  g_assert_null (strchr (terminal.screen->str, '\033'));
  g_assert_cmpint (close_terminal (&terminal), ==, 0);
  g_unlink (path);
}

/* A bare root without /dev/pts has none to give. */
static gboolean
has_terminals (void)
{
  int main_fd, other_fd;

  if (openpty (&main_fd, &other_fd, NULL, NULL, NULL) != 0)
    return FALSE;
  close (main_fd);
  close (other_fd);
  return TRUE;
}

static void
test_no_terminals (void)
{
  g_test_skip ("this machine gives no pseudo-terminal; is /dev/pts mounted?");
}

int
main (int    argc,
      char **argv)
{
  static const char *const rounds[] = { "Round", " and", " round", NULL };
  g_autoptr (GgufWriter) writer = NULL;
  int status;

  g_test_init (&argc, &argv, NULL);
  folder = g_dir_make_tmp ("terminal-XXXXXX", NULL);
  endless = g_build_filename (folder, "endless.gguf", NULL);
  writer = chat_model_build (NULL, rounds, TRUE);
  gguf_writer_write (writer, endless);

  if (has_terminals ())
    {
      g_test_add_func ("/cli/ctrl-c-stops-an-answer-and-the-chat-goes-on", test_chat_goes_on);
      g_test_add_func ("/cli/ctrl-c-at-the-prompt-leaves", test_chat_leaves_at_prompt);
      g_test_add_func ("/cli/ctrl-c-stops-ask", test_ask_stops);
      g_test_add_func ("/cli/control-characters-do-not-reach-a-terminal",
                       test_control_characters);
    }
  else
    g_test_add_func ("/cli/on-a-terminal", test_no_terminals);
  status = g_test_run ();

  g_unlink (endless);
  g_rmdir (folder);
  return status;
}
