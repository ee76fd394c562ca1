#include "opening.h"

#include "interrupt.h"
#include "model-library.h"

BlnModel *
baleen_open_model (const BaleenOptions *options,
                   GError             **error)
{
  g_autofree char *path = baleen_model_library_resolve (options->model, error);

  return path != NULL ? bln_model_open (path, error) : NULL;
}

BlnEngineOptions
baleen_get_engine_options (const BaleenOptions *options)
{
  BlnEngineOptions engine_options = {
    .device = options->device,
    .n_threads = options->n_threads,
    .n_context = options->n_context,
  };

  return engine_options;
}

BlnEngine *
baleen_open_engine (const BaleenOptions *options,
                    BlnModel            *model,
                    guint                n_context,
                    guint                n_sessions,
                    GError             **error)
{
  BlnEngineOptions engine_options = baleen_get_engine_options (options);
  BlnEngine *engine;

  if (engine_options.n_context == 0)
    engine_options.n_context = n_context;
  engine_options.n_sessions = n_sessions;
  engine = bln_engine_new (model, &engine_options, error);
  if (engine != NULL)
    baleen_interrupt_set_engine (engine);

  return engine;
}

void
baleen_close_engine (BlnEngine *engine)
{
  baleen_interrupt_set_engine (NULL);
  bln_engine_free (engine);
}
