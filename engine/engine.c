#include "engine-private.h"

#include "backend.h"
#ifdef BLN_HAS_VULKAN
#include "vulkan-backend.h"
#endif

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

gboolean
bln_model_check (BlnModel *model,
                 GError  **error)
{
  g_autoptr (BlnWeights) weights = NULL;

  g_return_val_if_fail (model != NULL, FALSE);
  if (!bln_model_check_vocabulary (model, error))
    return FALSE;
  weights = bln_weights_new (bln_model_get_gguf (model), error);
  return weights != NULL;
}

static BlnBackend *
new_cpu_backend (BlnEngine              *engine,
                 const BlnSettings      *settings,
                 const BlnEngineOptions *options,
                 GError                **error)
{
  const BlnProgram *programs[] = { engine->program, engine->mtp_program };
  BlnCpuOptions cpu = {
    .n_threads = settings->n_threads, .n_batch = settings->n_batch, .repack = settings->repack,
  };

  if (options != NULL)
    {
      cpu.variant = options->cpu_variant;
      cpu.mla_absorbed = options->mla_absorbed;
      cpu.mla_decompressed = options->mla_decompressed;
    }
  return bln_cpu_backend_new (engine->weights, programs, settings->uses_mtp ? 2 : 1,
                              &engine->layout, &cpu, error);
}

static BlnBackend *
new_vulkan_backend (BlnEngine         *engine,
                    const BlnSettings *settings,
                    guint              number,
                    gboolean           is_plan,
                    GError           **error)
{
#ifdef BLN_HAS_VULKAN
  const BlnProgram *programs[] = { engine->program, engine->mtp_program };
  const BlnVkOptions options = { .device = number, .n_batch = settings->n_batch,
                                 .is_plan = is_plan };

  return bln_vk_backend_new (engine->weights, programs, settings->uses_mtp ? 2 : 1,
                             &engine->layout, &options, error);
#else
  g_set_error_literal (error, BLN_ERROR, BLN_ERROR_DEVICE,
                       _("This Baleen was built without Vulkan. Choose the device cpu."));
  return NULL;
#endif
}

/* The device that the options name; nothing for the processor. "auto" is the processor until
 * a graphics card has been shown to be the faster. */
static gboolean
new_backend (BlnEngine              *engine,
             const BlnSettings      *settings,
             const BlnEngineOptions *options,
             gboolean                is_plan,
             GError                **error)
{
  const char *device = options != NULL && options->device != NULL ? options->device : "auto";
  guint64 number = 0;

  if (strcmp (device, "auto") == 0 || strcmp (device, "cpu") == 0)
    engine->backend = new_cpu_backend (engine, settings, options, error);
  else if (strcmp (device, "vulkan") == 0
           || (g_str_has_prefix (device, "vulkan:")
               && g_ascii_string_to_unsigned (device + 7, 10, 0, 63, &number, NULL)))
    engine->backend = new_vulkan_backend (engine, settings, (guint) number, is_plan, error);
  else
    g_set_error (error, BLN_ERROR, BLN_ERROR_DEVICE,
                 _("There is no device “%s”. Choose auto, cpu, vulkan or vulkan:N."), device);
  return engine->backend != NULL;
}

static void
allocate (BlnEngine *engine)
{
  const BlnConfig *config = &engine->weights->config;
  gsize n = engine->n_batch;

  engine->tokens = g_new0 (gint32, n);
  engine->spans = g_new0 (BlnSpan, n);
  engine->shares = g_new0 (guint, n);
  if (engine->mtp_program == NULL)
    return;
  engine->pair_spans = g_new0 (BlnSpan, n);
  engine->draft_logits = g_new (float, config->n_vocab);
}

void
bln_engine_add_session (BlnEngine *engine)
{
  gsize n;

  engine->n_sessions++;
  if (engine->mtp_program == NULL || engine->n_sessions <= engine->n_room)
    return;
  engine->n_room = engine->n_sessions;
  n = bln_engine_room_for_pairs (engine->n_batch, engine->n_room);
  engine->hidden = g_renew (float, engine->hidden, n * engine->weights->config.n_embd);
  engine->next_tokens = g_renew (gint32, engine->next_tokens, n);
}

/* Everything but a look at whether it fits. Reads no matrix. */
static BlnEngine *
build (BlnModel               *model,
       const BlnEngineOptions *options,
       gboolean                is_plan,
       GError                **error)
{
  g_autoptr (BlnEngine) engine = g_new0 (BlnEngine, 1);
  BlnSettings settings;

  engine->model = bln_model_ref (model);
  if (!bln_model_check_vocabulary (model, error))
    return NULL;
  engine->weights = bln_weights_new (bln_model_get_gguf (model), error);
  if (engine->weights == NULL)
    return NULL;
  bln_settings_choose (&settings, engine->weights, options);
  engine->n_batch = settings.n_batch;
  engine->program = bln_arch_record (engine->weights, settings.uses_mtp);
  if (settings.uses_mtp)
    engine->mtp_program = bln_arch_record_mtp (engine->weights);
  bln_kv_layout_init (&engine->layout, &engine->weights->config, settings.kv_type,
                      engine->weights->config.n_layers + (settings.uses_mtp ? 1 : 0),
                      settings.n_context);

  if (!new_backend (engine, &settings, options, is_plan, error))
    return NULL;
  bln_memory_plan_fill (&engine->plan, engine, &settings);
  return g_steal_pointer (&engine);
}

gboolean
bln_model_plan_memory (BlnModel               *model,
                       const BlnEngineOptions *options,
                       BlnMemoryPlan          *plan,
                       GError                **error)
{
  g_autoptr (BlnEngine) engine = NULL;

  g_return_val_if_fail (model != NULL && plan != NULL, FALSE);
  engine = build (model, options, TRUE, error);
  if (engine == NULL)
    return FALSE;
  *plan = engine->plan;
  return TRUE;
}

BlnEngine *
bln_engine_new (BlnModel               *model,
                const BlnEngineOptions *options,
                GError                **error)
{
  g_autoptr (BlnEngine) engine = NULL;

  g_return_val_if_fail (model != NULL, NULL);
  engine = build (model, options, FALSE, error);
  if (engine == NULL)
    return NULL;
  if (!engine->plan.fits)
    {
      g_autofree char *needed = g_format_size (engine->plan.total - engine->plan.weights_mapped);
      g_autofree char *available = g_format_size (engine->plan.available);

      g_set_error (error, BLN_ERROR, BLN_ERROR_MEMORY,
                   _("“%s” needs %s of memory and %s is free. Try a smaller context."),
                   bln_model_get_info (model)->name, needed, available);
      return NULL;
    }
  allocate (engine);
  return g_steal_pointer (&engine);
}

void
bln_engine_free (BlnEngine *engine)
{
  if (engine->backend != NULL)
    engine->backend->klass->free (engine->backend);
  g_clear_pointer (&engine->program, bln_program_free);
  g_clear_pointer (&engine->mtp_program, bln_program_free);
  bln_kv_layout_clear (&engine->layout);
  g_clear_pointer (&engine->weights, bln_weights_free);
  g_clear_pointer (&engine->model, bln_model_unref);
  g_free (engine->tokens);
  g_free (engine->spans);
  g_free (engine->shares);
  g_free (engine->pair_spans);
  g_free (engine->hidden);
  g_free (engine->next_tokens);
  g_free (engine->draft_logits);
  g_free (engine->all_logits);
  g_free (engine);
}

BlnKvCache *
bln_engine_new_cache (BlnEngine *engine,
                      GError   **error)
{
  BlnKvCache *cache = bln_kv_cache_new (&engine->layout, error);

  if (cache == NULL || engine->backend->klass->place_cache == NULL
      || engine->backend->klass->place_cache (engine->backend, cache, error))
    return cache;
  bln_kv_cache_free (cache);
  return NULL;
}

BlnModel *
bln_engine_get_model (BlnEngine *engine)
{
  return engine->model;
}

const BlnMemoryPlan *
bln_engine_get_plan (BlnEngine *engine)
{
  return &engine->plan;
}

gboolean
bln_engine_has_mtp (BlnEngine *engine)
{
  return engine->mtp_program != NULL;
}

char *
bln_engine_print_program (BlnEngine *engine,
                          guint      n_rows)
{
  g_autofree char *main_text = bln_program_print (engine->program, n_rows);
  g_autofree char *mtp_text = engine->mtp_program != NULL
                              ? bln_program_print (engine->mtp_program, n_rows) : NULL;

  return g_strconcat (main_text, mtp_text != NULL ? "\nMTP: " : NULL, mtp_text, NULL);
}

void
bln_engine_stop (BlnEngine *engine)
{
  atomic_store (&engine->stop, TRUE);
}

void
bln_engine_resume (BlnEngine *engine)
{
  atomic_store (&engine->stop, FALSE);
}

gboolean
bln_engine_fail_numeric (BlnEngine *engine,
                         GError   **error)
{
  g_set_error (error, BLN_ERROR, BLN_ERROR_NUMERIC,
               _("“%s” computes nothing but invalid numbers. Its file may be damaged; get it "
                 "again."), bln_model_get_info (engine->model)->name);
  return FALSE;
}

gboolean
bln_engine_check_logits (BlnEngine   *engine,
                         const float *logits,
                         GError     **error)
{
  for (guint32 i = 0; i < engine->weights->config.n_vocab; i++)
    if (isfinite (logits[i]))
      return TRUE;
  return bln_engine_fail_numeric (engine, error);
}
