#include "run-program.h"

#include <gio/gio.h>
#include <string.h>

void
outcome_clear (Outcome *outcome)
{
  g_clear_pointer (&outcome->out, g_free);
  g_clear_pointer (&outcome->err, g_free);
}

static const char *
get_program (void)
{
  const char *program = g_getenv ("BALEEN_PROGRAM");

  g_assert_nonnull (program);
  return program;
}

static char *
take_text (GBytes *bytes,
           gsize  *length)
{
  gsize n;
  const char *data = g_bytes_get_data (bytes, &n);
  char *text = g_malloc (n + 1);

  if (n > 0)
    memcpy (text, data, n);
  text[n] = '\0';
  if (length != NULL)
    *length = n;
  g_bytes_unref (bytes);

  return text;
}

static Outcome
run (GSubprocessLauncher *launcher,
     const char          *input,
     const char *const   *argv)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GSubprocess) process = g_subprocess_launcher_spawnv (launcher, argv, &error);
  g_autoptr (GBytes) in = input != NULL ? g_bytes_new_static (input, strlen (input)) : NULL;
  GBytes *out = NULL, *err = NULL;
  Outcome outcome;

  g_assert_no_error (error);
  g_subprocess_communicate (process, in, NULL, &out, &err, &error);
  /* A program that ends without having read all its input is no fault of the test. */
  if (error != NULL && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_BROKEN_PIPE))
    g_assert_no_error (error);

  outcome.out = take_text (out, &outcome.n_out);
  outcome.err = take_text (err, NULL);
  outcome.status = g_subprocess_get_if_exited (process) ? g_subprocess_get_exit_status (process)
                                                        : -g_subprocess_get_term_sig (process);
  return outcome;
}

static GSubprocessLauncher *
create_launcher (gboolean has_input)
{
  GSubprocessLauncher *launcher = g_subprocess_launcher_new (
      G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_PIPE
      | (has_input ? G_SUBPROCESS_FLAGS_STDIN_PIPE : G_SUBPROCESS_FLAGS_NONE));

  g_subprocess_launcher_unsetenv (launcher, "DISPLAY");
  g_subprocess_launcher_unsetenv (launcher, "WAYLAND_DISPLAY");
  return launcher;
}

Outcome
program_run (const char        *input,
             const char *const *arguments)
{
  g_autoptr (GSubprocessLauncher) launcher = create_launcher (input != NULL);
  g_autoptr (GPtrArray) argv = g_ptr_array_new ();

  g_ptr_array_add (argv, (char *) get_program ());
  for (gsize i = 0; arguments[i] != NULL; i++)
    g_ptr_array_add (argv, (char *) arguments[i]);
  g_ptr_array_add (argv, NULL);

  return run (launcher, input, (const char *const *) argv->pdata);
}

Outcome
program_run_script (const char *script,
                    const char *model)
{
  const char *const argv[] = { "/bin/sh", "-c", script, NULL };
  g_autoptr (GSubprocessLauncher) launcher = create_launcher (FALSE);

  g_subprocess_launcher_setenv (launcher, "B", get_program (), TRUE);
  g_subprocess_launcher_setenv (launcher, "M", model, TRUE);

  return run (launcher, NULL, argv);
}

void
assert_refused (const Outcome *outcome,
                int            status,
                const char    *needle)
{
  const char *end = strchr (outcome->err, '\n');

  g_assert_cmpint (outcome->status, ==, status);
  g_assert_cmpstr (outcome->out, ==, "");
  if (strstr (outcome->err, needle) == NULL)
    g_error ("“%s” is not in: %s", needle, outcome->err);
  g_assert_nonnull (end);
  g_assert_cmpstr (end + 1, ==, "");
}
