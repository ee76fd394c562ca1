#include "model-report.h"

#include <glib/gi18n.h>
#include <glib/gstdio.h>

/* Context lengths people choose from. */
static const guint usual_contexts[] = { 1024, 4096, 8192, 16384, 32768, 65536, 131072 };

static void
memory_row_clear (gpointer data)
{
  BaleenMemoryRow *row = data;

  g_clear_pointer (&row->device, g_free);
}

void
baleen_model_report_clear (BaleenModelReport *report)
{
  g_clear_pointer (&report->path, g_free);
  g_clear_pointer (&report->model, bln_model_unref);
  g_clear_pointer (&report->adapter, bln_adapter_unref);
  g_clear_pointer (&report->reason, g_free);
  g_clear_pointer (&report->memory, g_array_unref);
  g_clear_pointer (&report->program, g_free);
  if (report->plan != NULL)
    memory_row_clear (report->plan);
  g_clear_pointer (&report->plan, g_free);
  g_clear_pointer (&report->fit, baleen_fit_free);
}

/* A length that cannot be planned is left out: the others still tell something. */
static void
add_memory_row (BaleenModelReport      *report,
                const BlnEngineOptions *options,
                guint                   n_context)
{
  BlnEngineOptions row_options = *options;
  BaleenMemoryRow row = { 0 };

  row_options.n_context = n_context;
  if (!bln_model_plan_memory (report->model, &row_options, &row.plan, NULL))
    return;

  row.device = g_strdup (row.plan.device);
  row.plan.device = NULL;
  g_array_append_val (report->memory, row);
}

static void
plan_memory (BaleenModelReport      *report,
             const BlnEngineOptions *options)
{
  guint n_own = bln_model_get_info (report->model)->n_context;

  for (gsize i = 0; i < G_N_ELEMENTS (usual_contexts); i++)
    if (n_own == 0 || usual_contexts[i] < n_own)
      add_memory_row (report, options, usual_contexts[i]);
  if (n_own > 0)
    add_memory_row (report, options, n_own);
}

/* Takes a reason why a sound file does not run; FALSE for any other error, which is passed on. */
static gboolean
take_reason (BaleenModelReport *report,
             GError            *reason,
             GError           **error)
{
  if (!g_error_matches (reason, BLN_ERROR, BLN_ERROR_UNSUPPORTED))
    {
      g_propagate_error (error, reason);
      return FALSE;
    }

  report->reason = g_strdup (reason->message);
  g_error_free (reason);
  return TRUE;
}

gboolean
baleen_model_report_init (BaleenModelReport      *report,
                          const char             *path,
                          const BlnEngineOptions *options,
                          GError                **error)
{
  GError *local_error = NULL;
  GStatBuf file;

  *report = (BaleenModelReport) { .path = g_strdup (path) };
  report->memory = g_array_new (FALSE, TRUE, sizeof (BaleenMemoryRow));
  g_array_set_clear_func (report->memory, memory_row_clear);
  if (g_stat (path, &file) == 0)
    report->n_file_bytes = file.st_size;

  report->model = bln_model_open (path, &local_error);
  if (report->model == NULL)
    return take_reason (report, local_error, error);
  if (!bln_model_check (report->model, &local_error))
    {
      report->adapter = bln_adapter_open (path, NULL);
      return take_reason (report, local_error, error);
    }
  if (options->adapter != NULL)
    {
      report->adapter = bln_adapter_ref (options->adapter);
      if (!bln_adapter_check (options->adapter, report->model, &local_error))
        return take_reason (report, local_error, error);
    }

  report->runs = TRUE;
  plan_memory (report, options);
  return TRUE;
}
