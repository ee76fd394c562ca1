#include "engine-private.h"

#include "adapter.h"
#include "lora.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

gboolean
bln_model_check (BlnModel *model,
                 GError  **error)
{
  g_autoptr (BlnWeights) weights = NULL;

  g_return_val_if_fail (model != NULL, FALSE);
  if (!bln_check_purpose (bln_model_get_gguf (model), error)
      || !bln_model_check_vocabulary (model, error))
    return FALSE;
  weights = bln_weights_new (bln_model_get_gguf (model), error);
  return weights != NULL;
}

gboolean
bln_adapter_check (BlnAdapter *adapter,
                   BlnModel   *model,
                   GError    **error)
{
  g_autoptr (BlnWeights) weights = NULL;

  g_return_val_if_fail (adapter != NULL && model != NULL, FALSE);
  weights = bln_weights_new (bln_model_get_gguf (model), error);
  return weights != NULL && bln_lora_apply (weights, adapter, FALSE, error);
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
bln_engine_add_session (BlnEngine  *engine,
                        BlnSession *session)
{
  gsize n;

  g_ptr_array_add (engine->sessions, session);
  if (engine->mtp_program == NULL || engine->sessions->len <= engine->n_room)
    return;
  engine->n_room = engine->sessions->len;
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
  const BlnSettings *settings = &engine->settings;
  BlnCardLimits limits;

  engine->model = bln_model_ref (model);
  engine->sessions = g_ptr_array_new ();
  if (!bln_check_purpose (bln_model_get_gguf (model), error)
      || !bln_model_check_vocabulary (model, error))
    return NULL;
  engine->weights = bln_weights_new (bln_model_get_gguf (model), error);
  if (engine->weights == NULL)
    return NULL;
  if (options != NULL && options->adapter != NULL)
    {
      engine->adapter = bln_adapter_ref (options->adapter);
      if (!bln_lora_apply (engine->weights, engine->adapter, !is_plan, error))
        return NULL;
    }
  if (!bln_placement_init (&engine->placement, options, error))
    return NULL;
  bln_placement_get_limits (&engine->placement, &limits);
  bln_settings_choose (&engine->settings, engine->weights, options, &limits);
  engine->n_batch = settings->n_batch;
  engine->program = bln_arch_record (engine->weights, settings->uses_mtp);
  if (settings->uses_mtp)
    engine->mtp_program = bln_arch_record_mtp (engine->weights);
  bln_kv_layout_init (&engine->layout, &engine->weights->config, settings->kv_type,
                      engine->weights->config.n_layers + (settings->uses_mtp ? 1 : 0),
                      settings->n_context);

  if (!bln_engine_place (engine, is_plan, error))
    return NULL;
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
  bln_placement_clear (&engine->placement);
  g_clear_pointer (&engine->sessions, g_ptr_array_unref);
  g_clear_pointer (&engine->weights, bln_weights_free);
  g_clear_pointer (&engine->adapter, bln_adapter_unref);
  g_clear_pointer (&engine->model, bln_model_unref);
  g_free (engine->fingerprint);
  g_free (engine->tokens);
  g_free (engine->spans);
  g_free (engine->shares);
  g_free (engine->pair_spans);
  g_free (engine->hidden);
  g_free (engine->next_tokens);
  g_free (engine->draft_logits);
  g_free (engine->all_logits);
  g_free (engine->draft_choice);
  g_free (engine);
}

void
bln_engine_limit_rows (BlnEngine *engine)
{
  const BlnBackendClass *klass = engine->backend->klass;

  engine->n_rows = klass->get_row_limit != NULL
                   ? MIN (engine->n_batch, klass->get_row_limit (engine->backend))
                   : engine->n_batch;
}

BlnKvCache *
bln_engine_new_cache (BlnEngine *engine,
                      GError   **error)
{
  BlnKvCache *cache = bln_kv_cache_new (&engine->layout, error);

  if (cache == NULL || engine->backend == NULL || engine->backend->klass->place_cache == NULL
      || engine->backend->klass->place_cache (engine->backend, cache, error))
    return cache;
  bln_kv_cache_free (cache);
  return NULL;
}

guint64
bln_engine_prepare (BlnEngine *engine,
                    double     seconds)
{
  if (engine->backend == NULL || engine->backend->klass->prepare == NULL)
    return 0;
  return engine->backend->klass->prepare (engine->backend, seconds);
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

gsize
bln_engine_get_kv_row_bytes (BlnEngine *engine)
{
  return bln_kv_layout_row_bytes (&engine->layout);
}

gboolean
bln_engine_get_device_work (BlnEngine     *engine,
                            BlnDeviceWork *work)
{
  if (engine->backend == NULL || engine->backend->klass->get_work == NULL)
    return FALSE;
  engine->backend->klass->get_work (engine->backend, work);
  return TRUE;
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
