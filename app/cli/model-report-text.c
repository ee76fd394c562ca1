#include "model-report.h"

#include "output.h"

#include <glib/gi18n.h>
#include <string.h>

static void
print_line (const char *name,
            const char *format,
            ...) G_GNUC_PRINTF (2, 3);

/* Columns of a terminal, of which a Chinese character takes two. */
static int
measure_columns (const char *text)
{
  int n_columns = 0;

  for (const char *at = text; *at != '\0'; at = g_utf8_next_char (at))
    n_columns += g_unichar_iswide (g_utf8_get_char (at)) ? 2 : 1;

  return n_columns;
}

static void
print_line (const char *name,
            const char *format,
            ...)
{
  g_autofree char *value = NULL;
  g_autofree char *line = NULL;
  int n_missing = 20 - measure_columns (name);
  va_list arguments;

  va_start (arguments, format);
  value = g_strdup_vprintf (format, arguments);
  va_end (arguments);

  line = g_strdup_printf ("%s%*s %s\n", name, MAX (n_missing, 0), "", value);
  baleen_output_write_foreign (line, -1);
}

static char *
format_bytes (guint64 n_bytes)
{
  return g_format_size (n_bytes);
}

static char *
format_count (guint64 count)
{
  static const char *const units[] = { "", " k", " M", " G", " T" };
  double number = count;
  gsize unit = 0;

  while (number >= 999.5 && unit + 1 < G_N_ELEMENTS (units))
    {
      number /= 1000;
      unit++;
    }

  return g_strdup_printf (unit == 0 ? "%.0f%s" : "%.3g%s", number, units[unit]);
}

static void
print_shape (const BlnModelInfo *info)
{
  g_autofree char *parameters = format_count (info->n_parameters);
  g_autofree char *active = format_count (info->n_active_parameters);

  print_line (_("Parameters"), _("%s, %s active per token"), parameters, active);
  if (info->n_mtp_layers > 0)
    print_line (_("Layers"), _("%u, and %u for multi-token prediction"), info->n_layers,
                info->n_mtp_layers);
  else
    print_line (_("Layers"), "%u", info->n_layers);
  if (info->n_experts > 0)
    print_line (_("Experts"), _("%u, %u of them for each token"), info->n_experts,
                info->n_experts_used);
  print_line (_("Width"), "%u", info->n_embedding);
  print_line (_("Vocabulary"), "%u", info->n_vocabulary);
  print_line (_("Context"), _("%u tokens"), info->n_context);
}

static void
print_info (const BlnModelInfo *info)
{
  g_autofree char *bytes = format_bytes (info->n_bytes);

  print_line (_("Name"), "%s", info->name);
  print_line (_("Architecture"), "%s", info->architecture);
  print_line (_("Licence"), "%s", info->license != NULL ? info->license : _("not said"));
  print_line (_("Quantization"), "%s", info->quantization);
  print_line (_("Weights"), _("%s in %u tensors"), bytes, info->n_tensors);
  print_shape (info);
  print_line (_("Chat template"), "%s", info->has_chat_template ? _("yes") : _("no"));
  print_line (_("Can think"), "%s", info->can_think ? _("yes") : _("no"));
}

static void
print_adapter (const BlnAdapterInfo *info)
{
  g_autofree char *parameters = format_count (info->n_parameters);

  print_line (_("Adapter"), _("%s, for %s"), info->name,
              info->base_name != NULL ? info->base_name : info->architecture);
  print_line (_("Changes"), _("%u matrices, rank %u, %s parameters"), info->n_matrices, info->rank,
              parameters);
}

static void
print_memory (const BaleenModelReport *report)
{
  for (guint i = 0; i < report->memory->len; i++)
    {
      const BlnMemoryPlan *plan = &g_array_index (report->memory, BaleenMemoryRow, i).plan;
      g_autofree char *total = format_bytes (plan->total);
      g_autofree char *card = format_bytes (plan->card_total);
      g_autofree char *name = g_strdup_printf (_("Memory at %u"), plan->n_context);
      g_autofree char *both
          = plan->card_total > 0
                ? g_strdup_printf (_("%s on the graphics card and %s in system memory"), card, total)
                : g_strdup (total);

      print_line (name, "%s%s", both, plan->fits ? "" : _(", more than is free"));
    }
}

static void
print_metadata_cb (const char *key,
                   const char *type,
                   const char *value,
                   gpointer    user_data)
{
  g_autofree char *line = g_strdup_printf ("%-46s %-10s %s", key, type, value);

  g_strdelimit (line, "\n", ' ');
  baleen_output_write_foreign (line, -1);
  baleen_output_write ("\n", 1);
}

static void
print_tensor_cb (const char    *name,
                 const char    *type,
                 const guint64 *dims,
                 guint          n_dims,
                 guint64        n_bytes,
                 gpointer       user_data)
{
  g_autoptr (GString) shape = g_string_new (NULL);
  g_autofree char *line = NULL;

  for (guint i = 0; i < n_dims; i++)
    g_string_append_printf (shape, "%s%" G_GUINT64_FORMAT, i > 0 ? " × " : "", dims[i]);
  line = g_strdup_printf ("%-40s %-8s %12" G_GUINT64_FORMAT "  %s\n", name, type, n_bytes,
                          shape->str);
  baleen_output_write_foreign (line, -1);
}

void
baleen_model_report_print (const BaleenModelReport *report,
                           gboolean                 list_all)
{
  g_autofree char *file = g_filename_display_name (report->path);
  g_autofree char *bytes = format_bytes (report->n_file_bytes);

  print_line (_("File"), "%s, %s", file, bytes);
  print_line (_("Runs here"), "%s", report->runs ? _("yes") : _("no"));
  if (report->reason != NULL)
    print_line (_("Why not"), "%s", report->reason);
  if (report->model != NULL)
    print_info (bln_model_get_info (report->model));
  if (report->adapter != NULL)
    print_adapter (bln_adapter_get_info (report->adapter));
  print_memory (report);
  if (!list_all || report->model == NULL)
    return;

  baleen_output_write ("\n", 1);
  bln_model_foreach_metadata (report->model, print_metadata_cb, NULL);
  baleen_output_write ("\n", 1);
  bln_model_foreach_tensor (report->model, print_tensor_cb, NULL);
}

static void
print_bytes (const char *name,
             guint64     n_bytes)
{
  g_autofree char *bytes = format_bytes (n_bytes);

  print_line (name, "%s", bytes);
}

/* Where what the model consists of will be, in a sentence. */
static void
print_split (const BlnMemoryPlan *plan)
{
  if (plan->n_blocks_away == 0)
    print_line (_("Placing"), "%s", _("all on the graphics card"));
  else
    print_line (_("Placing"), _("experts of %u of %u blocks in system memory, computed by the "
                                "processor; the rest on the graphics card"),
                plan->n_blocks_away, plan->n_blocks);
}

static void
print_card (const BlnMemoryPlan *plan)
{
  print_split (plan);
  print_bytes (_("Card: weights"), plan->card_weights);
  print_bytes (_("Card: KV cache"), plan->card_kv_cache);
  print_bytes (_("Card: working space"), plan->card_activations);
  print_bytes (_("Card: together"), plan->card_total);
  print_bytes (_("Card: free to use"), plan->card_available);
}

void
baleen_model_report_print_plan (const BaleenModelReport *report)
{
  const BlnMemoryPlan *plan = &report->plan->plan;

  print_line (_("Device"), "%s", report->plan->device);
  print_line (_("Threads"), "%u", plan->n_threads);
  print_line (_("Context"), _("%u tokens"), plan->n_context);
  if (plan->card_total > 0)
    print_card (plan);
  print_bytes (_("Weights as they lie"), plan->weights_mapped);
  print_bytes (_("Weights repacked"), plan->weights_repacked);
  print_bytes (_("KV cache"), plan->kv_cache);
  print_bytes (_("Working space"), plan->activations);
  print_bytes (_("Vocabulary"), plan->vocabulary);
  print_bytes (_("Together"), plan->total);
  print_bytes (_("Free now"), plan->available);
  print_line (_("Fits"), "%s", plan->fits ? _("yes") : _("no"));
  if (report->fit != NULL)
    {
      g_autofree char *sentence = baleen_fit_describe (report->fit, NULL, 0);

      print_line (_("Verdict"), "%s", sentence);
    }
}
