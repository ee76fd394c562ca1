#include "reading-estimate.h"

#include "batch-completer.h"
#include "model-fit.h"

#include <glib/gi18n-lib.h>

#define GROUP "seconds-per-part"

/* For the first document that a model reads; after that its own time a part is known. Of a part
 * 313 tokens were written and 1.7 times its text was read, in all calls together and with the
 * built-in model, which on a processor reads five tokens, several parts side by side, in the time
 * it writes one. A graphics card reads faster, and is better than its estimate. */
#define WRITTEN_PER_PART 300
#define READ_PER_WRITTEN 4

/* ---- what is known of the speed ------------------------------------------------------- */

static char *
get_speed_path (void)
{
  return g_build_filename (g_get_user_cache_dir (), "baleen", "reading-speed.ini", NULL);
}

void
baleen_reading_speed_keep (const char *model_key,
                           double      seconds)
{
  g_autofree char *path = get_speed_path ();
  g_autofree char *folder = g_path_get_dirname (path);
  g_autoptr (GKeyFile) file = g_key_file_new ();

  /* One that cannot be read or written only costs the next estimate its ground. */
  g_key_file_load_from_file (file, path, G_KEY_FILE_NONE, NULL);
  g_key_file_set_double (file, GROUP, model_key, seconds);
  g_mkdir_with_parents (folder, 0700);
  g_key_file_save_to_file (file, path, NULL);
}

/* Negative where this model has not read anything yet. */
static double
get_speed (const char *model_key)
{
  g_autofree char *path = get_speed_path ();
  g_autoptr (GKeyFile) file = g_key_file_new ();
  g_autoptr (GError) error = NULL;
  double seconds = -1;

  if (g_key_file_load_from_file (file, path, G_KEY_FILE_NONE, NULL))
    seconds = g_key_file_get_double (file, GROUP, model_key, &error);
  return error == NULL && seconds > 0 ? seconds : -1;
}

/* From what the device reads in a second, where nothing was summarized yet. */
static double
guess_speed (const char *path,
             guint       n_context,
             double      tokens_per_part)
{
  const BaleenModelSetup setup = { .n_context = n_context };
  g_autoptr (BaleenFit) fit = g_str_has_prefix (path, "endpoint:")
                                  ? NULL
                                  : baleen_fit_new_for_file (path, NULL, &setup, NULL);

  if (fit == NULL || fit->tokens_per_second <= 0)
    return -1;
  return (WRITTEN_PER_PART + tokens_per_part / READ_PER_WRITTEN) / fit->tokens_per_second;
}

/* ---- the estimate --------------------------------------------------------------------- */

typedef struct
{
  BaleenDocument *document;     /* (owned) */
  BaleenSummaryOptions options; /* the language plays no part */
  BaleenEngineService *service; /* (owned) */
  char *path;                   /* (owned) */
  guint n_context;
  BaleenReadingEstimate estimate;
} Measuring;

static void
measuring_free (gpointer data)
{
  Measuring *measuring = data;

  baleen_document_free (measuring->document);
  g_object_unref (measuring->service);
  g_free (measuring->path);
  g_free (measuring);
}

static gboolean
measure (Measuring *self,
         GError   **error)
{
  BaleenCompleter *completer = baleen_batch_completer_new_for_model (
      self->service, self->path, self->n_context, 1, error);
  g_autoptr (BaleenReadingStore) store = NULL;
  BaleenReadingEstimate *estimate = &self->estimate;
  gboolean is_done;

  if (completer == NULL)
    return FALSE;
  store = baleen_reading_store_open (self->document, NULL);
  is_done = baleen_summarizer_measure (self->document, &self->options, completer, store,
                                       &estimate->n_parts, &estimate->n_read,
                                       &estimate->n_tokens, error);
  if (is_done)
    {
      double seconds = get_speed (completer->model_key);

      if (seconds < 0)
        seconds = guess_speed (self->path, self->n_context,
                               estimate->n_tokens / (double) MAX (estimate->n_parts, 1));
      estimate->is_foreign
          = completer->is_english_only && baleen_document_is_chinese (self->document);
      estimate->seconds = seconds < 0 ? -1 : seconds * (estimate->n_parts - estimate->n_read);
    }
  baleen_batch_completer_free (completer);
  return is_done;
}

static void
measure_in_thread (GTask        *task,
                   gpointer      source,
                   gpointer      data,
                   GCancellable *cancellable)
{
  GError *error = NULL;

  if (measure (data, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

void
baleen_reading_estimate_async (const BaleenDocument       *document,
                               const BaleenSummaryOptions *options,
                               BaleenEngineService        *service,
                               GCancellable               *cancellable,
                               GAsyncReadyCallback         callback,
                               gpointer                    user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  g_autoptr (GVariant) variant = NULL;
  const BaleenModelFacts *facts = baleen_engine_service_get_facts (service);
  const char *path = baleen_engine_service_get_path (service);
  Measuring *measuring;

  if (facts == NULL || path == NULL)
    {
      g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_NOT_FOUND, "%s",
                               _("No model is loaded. Choose one first."));
      return;
    }
  variant = g_variant_ref_sink (baleen_document_to_variant (document));
  measuring = g_new0 (Measuring, 1);
  measuring->document = baleen_document_from_variant (variant);
  measuring->options = (BaleenSummaryOptions) { .length = options->length, .form = options->form };
  measuring->service = g_object_ref (service);
  measuring->path = g_strdup (path);
  measuring->n_context = facts->n_context;
  g_task_set_task_data (task, measuring, measuring_free);
  g_task_run_in_thread (task, measure_in_thread);
}

gboolean
baleen_reading_estimate_finish (GAsyncResult          *result,
                                BaleenReadingEstimate *estimate,
                                GError               **error)
{
  Measuring *measuring = g_task_get_task_data (G_TASK (result));

  if (!g_task_propagate_boolean (G_TASK (result), error))
    return FALSE;
  *estimate = measuring->estimate;
  return TRUE;
}
