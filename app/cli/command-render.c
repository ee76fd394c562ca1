#include "command.h"

#include "input.h"
#include "opening.h"
#include "output.h"

#include <errno.h>
#include <glib/gi18n.h>
#include <stdio.h>

#define MOST_SOURCE (1024 * 1024)

static char *template_path, *now_text;

static const GOptionEntry entries[] = {
  { "template", 0, 0, G_OPTION_ARG_FILENAME, &template_path,
    N_("A Jinja template instead of the model's own"), N_("F") },
  { "now", 0, 0, G_OPTION_ARG_STRING, &now_text,
    N_("What the template takes for the time, as 2026-01-02T03:04:05"), N_("TIME") },
  { NULL }
};

/* One byte more than a template may have: the engine says so then, whatever the file still
 * holds. */
static char *
read_template (GError **error)
{
  g_autofree char *source = g_malloc0 (MOST_SOURCE + 2);
  g_autofree char *name = g_path_get_basename (template_path);
  FILE *file = fopen (template_path, "re");
  gboolean is_read = FALSE;

  if (file != NULL)
    {
      fread (source, 1, MOST_SOURCE + 1, file);
      is_read = !ferror (file);
    }
  if (!is_read)
    g_set_error (error, G_FILE_ERROR, g_file_error_from_errno (errno),
                 _("“%s” cannot be read: %s. Choose another file."), name, g_strerror (errno));
  if (file != NULL)
    fclose (file);

  return is_read ? g_steal_pointer (&source) : NULL;
}

/* With --template the model is not needed, and so not opened unless it was named. */
static gboolean
open_sources (const BaleenOptions *options,
              BlnModel           **model,
              char               **source,
              GError             **error)
{
  if (template_path != NULL)
    {
      *source = read_template (error);
      if (*source == NULL || options->model == NULL)
        return *source != NULL;
    }

  *model = baleen_open_model (options, error);
  return *model != NULL;
}

static gboolean
render (const BaleenOptions *options,
        GDateTime           *now,
        GError             **error)
{
  g_autoptr (BlnModel) model = NULL;
  g_autofree char *source = NULL;
  g_autofree char *variables = NULL;
  g_autofree char *rendering = NULL;
  gsize length;

  if (!open_sources (options, &model, &source, error))
    return FALSE;

  variables = baleen_input_read_all (&length, error);
  if (variables == NULL)
    return FALSE;
  if (!g_utf8_validate (variables, length, NULL))
    {
      g_set_error (error, G_FILE_ERROR, G_FILE_ERROR_INVAL,
                   _("Standard input is not UTF-8. Give the variables as a JSON object."));
      return FALSE;
    }

  rendering = bln_render_template (model, source, variables, now, error);
  if (rendering == NULL)
    return FALSE;

  if (options->json)
    baleen_output_json_text (rendering);
  else
    baleen_output_write_foreign (rendering, -1);
  return TRUE;
}

static BaleenExit
run (const BaleenCommand *command,
     const BaleenOptions *options,
     char               **arguments)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GDateTime) now = NULL;

  if (arguments[0] != NULL)
    return baleen_wrong_use (command->name,
                             _("“render” reads its variables from standard input."));
  if (now_text != NULL)
    {
      g_autoptr (GTimeZone) zone = g_time_zone_new_local ();

      now = g_date_time_new_from_iso8601 (now_text, zone);
      if (now == NULL)
        return baleen_wrong_use (command->name,
                                 _("“%s” is no time: --now takes one as 2026-01-02T03:04:05."),
                                 now_text);
    }
  if (!render (options, now, &error))
    return baleen_complain_of (error);

  return BALEEN_EXIT_DONE;
}

const BaleenCommand baleen_command_render = {
  .name = "render",
  .arguments = "< VARIABLES.json",
  .summary = N_("a chat template over a JSON object of variables"),
  .uses = BALEEN_USES_MODEL,
  .entries = entries,
  .run = run,
};
