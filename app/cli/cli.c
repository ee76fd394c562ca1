#include "config.h"

#include "command.h"

#include "interrupt.h"
#include "extractor.h"
#include "output.h"
#include "template-values.h"

#include <glib/gi18n.h>
#include <locale.h>
#include <string.h>

#define USE_WIDTH 22 /* what is longer has its summary on the next line */

static const BaleenCommand *
find_command (const char *name)
{
  for (gsize i = 0; baleen_commands[i] != NULL; i++)
    if (g_str_equal (baleen_commands[i]->name, name))
      return baleen_commands[i];

  return NULL;
}

static int
print_usage (void)
{
  g_autoptr (GString) text = g_string_new (NULL);

  g_string_append (text, _("Baleen, a private assistant that runs models on this computer.\n\n"
                           "  baleen                        a window; without a display, a "
                           "conversation here\n"));
  for (gsize i = 0; baleen_commands[i] != NULL; i++)
    {
      g_autofree char *use = g_strdup_printf ("%s %s", baleen_commands[i]->name,
                                              baleen_commands[i]->arguments);
      const int n_free = USE_WIDTH - (int) g_utf8_strlen (use, -1);

      g_string_append_printf (text, "  baleen %s%s%*s %s\n", use, n_free < 0 ? "\n" : "",
                              n_free < 0 ? (int) strlen ("  baleen ") + USE_WIDTH : n_free, "",
                              _(baleen_commands[i]->summary));
    }
  g_string_append (text, _("\n“baleen COMMAND --help” tells its options. What you write "
                           "leaves this computer only with --search or an endpoint.\n"));
  baleen_output_write (text->str, text->len);

  return BALEEN_EXIT_DONE;
}

/* What a template's field of type file may hold besides text. */
static char *
read_document (const char *path,
               GError    **error)
{
  g_autoptr (BaleenDocument) document = extractor_read (path, NULL, error);

  return document != NULL ? baleen_document_get_text (document) : NULL;
}

static int
run_command (const BaleenCommand *command,
             char               **argv)
{
  g_auto (GStrv) rest = g_strdupv (argv);
  BaleenOptions options;
  int status;

  if (!baleen_options_parse (&options, command, &rest, &status))
    return status;

  return command->run (command, &options, rest + 1);
}

static int
dispatch (char **argv)
{
  const char *word = argv[1];
  const BaleenCommand *command;

  if (word == NULL)
    return run_command (&baleen_command_chat, argv);
  if (g_str_equal (word, "--help") || g_str_equal (word, "-h") || g_str_equal (word, "help"))
    return print_usage ();
  if (g_str_equal (word, "--version"))
    return !baleen_output_write ("baleen " BALEEN_VERSION "\n", -1);
  if (word[0] == '-')
    return run_command (&baleen_command_chat, argv);

  command = find_command (word);
  if (command == NULL)
    return baleen_wrong_use (NULL, _("“%s” is no command of Baleen."), word);

  return run_command (command, argv + 1);
}

gboolean
baleen_cli_wants (int    argc,
                  char **argv)
{
  return argc > 1
         && (argv[1][0] != '-' || g_str_equal (argv[1], "-h") || g_str_equal (argv[1], "--help")
             || g_str_equal (argv[1], "--version"));
}

gboolean
baleen_cli_is_command (const char *word)
{
  return g_str_equal (word, "help") || find_command (word) != NULL;
}

int
baleen_cli_run (int    argc,
                char **argv)
{
  baleen_interrupt_init ();
  baleen_template_values_set_file_reader (read_document);
  /* Numbers that we write are for programs as much as for people. */
  setlocale (LC_NUMERIC, "C");

  return baleen_output_close (dispatch (argv));
}
