#include "command.h"

#include "model-fit-engine.h"
#include "model-report.h"
#include "opening.h"
#include "output.h"

#include <glib/gi18n.h>

#define MAX_BLOCKS 1024

static gboolean show_program, show_plan, list_all;
static char *rows_text, *experts_text;

static const GOptionEntry entries[] = {
  { "program", 0, 0, G_OPTION_ARG_NONE, &show_program,
    N_("Print the recorded forward pass"), NULL },
  { "plan", 0, 0, G_OPTION_ARG_NONE, &show_plan, N_("Print the memory plan"), NULL },
  { "rows", 0, 0, G_OPTION_ARG_STRING, &rows_text,
    N_("Tokens in the printed forward pass, 1 without it"), N_("N") },
  { "all", 0, 0, G_OPTION_ARG_NONE, &list_all, N_("List all metadata and tensors"), NULL },
  { "experts-on-cpu", 0, 0, G_OPTION_ARG_STRING, &experts_text,
    N_("Blocks whose experts stay in system memory beside a graphics card, even if there is room"),
    N_("N") },
  { NULL }
};

static gboolean
add_program (BaleenModelReport   *report,
             const BaleenOptions *options,
             guint                n_rows,
             GError             **error)
{
  BlnEngine *engine = baleen_open_engine (options, report->model, 0, 1, error);

  if (engine == NULL)
    return FALSE;

  report->program = bln_engine_print_program (engine, n_rows);
  baleen_close_engine (engine);
  return TRUE;
}

static gboolean
add_plan (BaleenModelReport      *report,
          const BlnEngineOptions *engine_options,
          GError                **error)
{
  BlnMemoryPlan plan;

  if (!bln_model_plan_memory (report->model, engine_options, &plan, error))
    return FALSE;

  report->plan = g_new0 (BaleenMemoryRow, 1);
  report->plan->device = g_strdup (plan.device);
  report->plan->plan = plan;
  report->fit = baleen_fit_new_for_model (report->model, engine_options, NULL);
  return TRUE;
}

static void
print_report (const BaleenModelReport *report,
              gboolean                 as_json)
{
  if (as_json)
    baleen_output_json (baleen_model_report_to_json (report));
  else if (report->program == NULL && report->plan == NULL)
    baleen_model_report_print (report, list_all);
  else
    {
      if (report->plan != NULL)
        baleen_model_report_print_plan (report);
      if (report->program != NULL)
        baleen_output_write_foreign (report->program, -1);
    }
}

static gboolean
inspect (const BaleenOptions *options,
         const char          *name,
         guint                n_rows,
         GError             **error)
{
  BlnEngineOptions engine_options;
  g_autofree char *path = baleen_resolve_model (name, error);
  g_auto (BaleenModelReport) report = { 0 };

  if (path == NULL || !baleen_get_engine_options (options, &engine_options, error)
      || !baleen_model_report_init (&report, path, &engine_options, error))
    return FALSE;
  if (report.runs && show_plan && !add_plan (&report, &engine_options, error))
    return FALSE;
  if (report.runs && show_program && !add_program (&report, options, n_rows, error))
    return FALSE;

  print_report (&report, options->json);
  return TRUE;
}

static BaleenExit
run (const BaleenCommand *command,
     const BaleenOptions *options,
     char               **arguments)
{
  g_autoptr (GError) error = NULL;
  const char *name = arguments[0] != NULL ? arguments[0] : options->model;
  guint64 n_rows = 1, n_blocks_away = 0;
  BaleenOptions own_options = *options;

  if (arguments[0] != NULL && (arguments[1] != NULL || options->model != NULL))
    return baleen_wrong_use (command->name, _("“inspect” looks into one file."));
  if (rows_text != NULL && !baleen_parse_count ("--rows", rows_text, 1, 4096, &n_rows, &error))
    return baleen_wrong_use (command->name, "%s", error->message);
  if (experts_text != NULL
      && !baleen_parse_count ("--experts-on-cpu", experts_text, 0, MAX_BLOCKS, &n_blocks_away,
                              &error))
    return baleen_wrong_use (command->name, "%s", error->message);
  own_options.n_blocks_away = (guint) n_blocks_away;
  if (!inspect (&own_options, name, n_rows, &error))
    return baleen_complain_of (error);

  return BALEEN_EXIT_DONE;
}

const BaleenCommand baleen_command_inspect = {
  .name = "inspect",
  .arguments = "F",
  .summary = N_("what a GGUF file holds, whether it runs here, how much memory it needs"),
  .uses = BALEEN_USES_RUNS,
  .entries = entries,
  .run = run,
};
