#include "opening.h"

#include "baleen-settings.h"
#include "endpoint.h"
#include "interrupt.h"
#include "model-library.h"
#include "model-setup-engine.h"
#include "output.h"
#include "prompt-rendering.h"

#include <glib/gi18n.h>
#include <string.h>

void
baleen_use_models_folder (void)
{
  g_autoptr (GSettings) settings = baleen_settings_new ();
  g_autofree char *folder = g_settings_get_string (settings, "models-folder");

  baleen_model_library_set_own_folder (folder);
}

char *
baleen_resolve_model (const char *name,
                      GError    **error)
{
  if (name != NULL && strchr (name, G_DIR_SEPARATOR) == NULL)
    baleen_use_models_folder ();
  return baleen_model_library_resolve (name, error);
}

BlnModel *
baleen_open_model (const BaleenOptions *options,
                   GError             **error)
{
  g_autofree char *path = NULL;

  if (baleen_endpoint_is_name (options->model))
    {
      g_set_error (error, BLN_ERROR, BLN_ERROR_UNSUPPORTED,
                   _("“%s” is a server; this needs a model on this computer. Give another "
                     "--model."), options->model);
      return NULL;
    }
  path = baleen_resolve_model (options->model, error);

  return path != NULL ? bln_model_open (path, error) : NULL;
}

static gboolean
progress_cb (guint64  done,
             guint64  total,
             gpointer user_data)
{
  baleen_progress (_("Loading · %u%%"), (guint) (100 * done / MAX (total, 1)));
  if (done == total)
    baleen_progress_clear ();
  return !baleen_interrupt_is_raised ();
}

static void
incident_cb (BlnIncident incident,
             const char *sentence,
             gpointer    user_data)
{
  baleen_progress_clear ();
  baleen_complain ("%s", sentence);
}

/* The program runs one command, which takes one adapter. */
static BlnAdapter *
open_adapter (const char *path,
              GError    **error)
{
  static BlnAdapter *adapter;

  if (adapter == NULL)
    adapter = bln_adapter_open (path, error);
  return adapter;
}

gboolean
baleen_get_engine_options (const BaleenOptions *options,
                           BlnEngineOptions    *engine_options,
                           GError             **error)
{
  *engine_options = (BlnEngineOptions) {
    .device = options->device,
    .n_threads = options->n_threads,
    .n_context = options->n_context,
    .kv_type = options->kv_type,
    .n_blocks_away = options->n_blocks_away,
    .progress = progress_cb,
    .incident = incident_cb,
  };
  if (options->adapter == NULL)
    return TRUE;
  engine_options->adapter = open_adapter (options->adapter, error);

  return engine_options->adapter != NULL;
}

static BlnEngine *
open_engine (const BaleenOptions    *options,
             const BaleenModelSetup *setup,
             BlnModel               *model,
             guint                   n_context,
             guint                   n_sessions,
             GError                **error)
{
  BlnEngineOptions engine_options;
  BlnEngine *engine;

  if (!baleen_get_engine_options (options, &engine_options, error))
    return NULL;
  baleen_model_setup_apply (setup, &engine_options);
  if (engine_options.n_context == 0)
    engine_options.n_context = n_context;
  engine_options.n_sessions = n_sessions;
  engine = bln_engine_new (model, &engine_options, error);
  if (engine != NULL)
    baleen_interrupt_set_engine (engine);

  return engine;
}

/* Those who work on engines get what they ask for, whatever is remembered. */
BlnEngine *
baleen_open_engine (const BaleenOptions *options,
                    BlnModel            *model,
                    guint                n_context,
                    guint                n_sessions,
                    GError             **error)
{
  const BaleenModelSetup none = { .kv_memory = BALEEN_KV_FULL };

  return open_engine (options, &none, model, n_context, n_sessions, error);
}

static void
use_kv_memory (void)
{
  g_autoptr (GSettings) settings = baleen_settings_new ();
  g_autofree char *kv_memory = g_settings_get_string (settings, "kv-memory");

  baleen_model_setup_set_usual_kv_memory (kv_memory);
}

BlnEngine *
baleen_open_answering_engine (const BaleenOptions *options,
                              BlnModel            *model,
                              guint                n_context,
                              guint                n_sessions,
                              GError             **error)
{
  g_auto (BaleenModelSetup) setup = { 0 };
  g_autofree char *sentence = NULL;
  BlnEngine *engine;

  use_kv_memory ();
  baleen_model_setup_load (&setup, bln_model_get_path (model));
  engine = open_engine (options, &setup, model, n_context, n_sessions, error);
  if (engine != NULL)
    sentence = baleen_rendering_explain_plain (model);
  if (sentence != NULL)
    baleen_complain ("%s", sentence);

  return engine;
}

void
baleen_close_engine (BlnEngine *engine)
{
  baleen_interrupt_set_engine (NULL);
  bln_engine_free (engine);
}
