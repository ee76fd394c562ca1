#include "baleen-run-window.h"
#include "child.h"
#include "command.h"
#include "interface-language.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n.h>
#include <gtk/gtk.h>
#include <string.h>
#include <unistd.h>

/* Whoever starts the program may have closed a standard file. The next file that is opened would
 * get its number, and be waited for as input or written to as output; so the number is taken, by
 * something that fails at either. */
static void
take_standard_numbers (void)
{
  for (int number = STDIN_FILENO; number <= STDERR_FILENO; number++)
    if (fcntl (number, F_GETFD) < 0 && errno == EBADF)
      open ("/dev/null", number == STDIN_FILENO ? O_WRONLY : O_RDONLY);
}

/* The display has to be there, not only its name: a variable may outlive its server. */
static gboolean
has_display (void)
{
  if (g_getenv ("WAYLAND_DISPLAY") == NULL && g_getenv ("DISPLAY") == NULL)
    return FALSE;

  /* The language was chosen before; GTK would choose again and know less. */
  gtk_disable_setlocale ();
  return gtk_init_check ();
}

/* A file that is opened with the program, by a file manager or by a name that is no command. */
static gboolean
opens_file (int    argc,
            char **argv)
{
  return argc > 1 && argv[1][0] != '-' && !baleen_cli_is_command (argv[1])
         && (strchr (argv[1], G_DIR_SEPARATOR) != NULL
             || g_file_test (argv[1], G_FILE_TEST_EXISTS));
}

/* The window takes a model to begin with and files to read; everything else is chosen in it. */
static int
run_window (int    argc,
            char **argv)
{
  g_autofree char *model = NULL;
  g_auto (GStrv) files = NULL;
  g_autoptr (GError) error = NULL;
  const GOptionEntry entries[] = {
    { "model", 'm', 0, G_OPTION_ARG_FILENAME, &model, NULL, NULL },
    { G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &files, NULL, NULL },
    { NULL }
  };
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);

  g_option_context_set_help_enabled (context, FALSE);
  g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse (context, &argc, &argv, &error))
    return baleen_wrong_use (NULL, _("%s: the window takes only --model F and files."),
                             error->message);

  return baleen_run_window (model, files);
}

int
main (int    argc,
      char **argv)
{
  take_standard_numbers ();
  if (argc > 1 && g_str_equal (argv[1], BALEEN_EXTRACT_WORD))
    return baleen_extract_child (argc, argv);

  baleen_interface_language_init ();
  if ((!baleen_cli_wants (argc, argv) || opens_file (argc, argv)) && has_display ())
    return run_window (argc, argv);

  return baleen_cli_run (argc, argv);
}
