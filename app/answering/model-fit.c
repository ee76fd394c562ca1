#include "model-fit-engine.h"

#include "model-setup-engine.h"
#include "speed-prediction.h"

#include <glib/gi18n.h>
#include <string.h>

/* A conversation that has just begun. */
#define EARLY_DEPTH 256.0
#define SMALLEST_CONTEXT 512u
#define ORDINARY_CONTEXT 8192u
/* Of a card's memory a tenth is left to others, as the engine does. */
#define CARD_SHARE 0.9
/* Of a cache of 16 bits a number: 34 bytes for 32 of them. */
#define SMALL_KV_SHARE (34.0 / 64)

void
baleen_fit_free (BaleenFit *fit)
{
  g_free (fit->device);
  g_free (fit);
}

/* ---- speed ------------------------------------------------------------------------------- */

static void
predict (BaleenFit             *fit,
         const BaleenTokenCost *cost,
         const BlnDevice       *device,
         const char            *model)
{
  g_autoptr (BlnDevice) processor = fit->n_blocks_away > 0 ? bln_device_find ("cpu", NULL) : NULL;
  const BaleenSpeedPlace place = { device, processor, fit->n_blocks, fit->n_blocks_away };
  double foreseen_full;

  if (fit->verdict == BALEEN_FIT_NOWHERE)
    return;
  fit->tokens_per_second
      = baleen_speed_predict (cost, &place, model, MIN (EARLY_DEPTH, fit->n_context),
                              &fit->tokens_per_second_foreseen, &fit->is_learned);
  fit->tokens_per_second_full = baleen_speed_predict (cost, &place, model, fit->n_context,
                                                      &foreseen_full, &fit->is_learned);
}

/* ---- of a file --------------------------------------------------------------------------- */

/* Weights that are read from the file as they are needed could be dropped and so always fit;
 * but what is read anew for each token is not what anybody calls running. */
static BaleenFitVerdict
judge (const BlnMemoryPlan *plan)
{
  if (plan->total > plan->available || plan->card_total > plan->card_available)
    return BALEEN_FIT_NOWHERE;
  if (plan->card_total == 0)
    return BALEEN_FIT_PROCESSOR;
  return plan->n_blocks_away > 0 ? BALEEN_FIT_SPLIT : BALEEN_FIT_CARD;
}

/* A card that was named and has no room for the least of it: what the processor would need. */
static gboolean
plan_memory (BlnModel               *model,
             const BlnEngineOptions *options,
             BlnMemoryPlan          *plan,
             GError                **error)
{
  BlnEngineOptions on_processor = *options;
  g_autoptr (GError) problem = NULL;
  g_autoptr (BlnDevice) card = NULL;

  if (bln_model_plan_memory (model, options, plan, &problem))
    return TRUE;
  if (!g_error_matches (problem, BLN_ERROR, BLN_ERROR_MEMORY))
    {
      g_propagate_error (error, g_steal_pointer (&problem));
      return FALSE;
    }
  on_processor.device = "cpu";
  card = bln_device_find (options->device, error);
  if (card == NULL || !bln_model_plan_memory (model, &on_processor, plan, error))
    return FALSE;
  plan->card_total = plan->total;
  plan->card_available = MIN (plan->total - 1, (guint64) ((double) card->available * CARD_SHARE));
  plan->total = 0;

  return TRUE;
}

/* By halves; 0 where the weights alone are too much. */
static guint
find_fitting_context (BlnModel               *model,
                      const BlnEngineOptions *options,
                      guint                   n_context)
{
  BlnEngineOptions smaller = *options;
  BlnMemoryPlan plan;

  for (guint n = n_context / 2 / 256 * 256; n >= SMALLEST_CONTEXT; n = n / 2 / 256 * 256)
    {
      smaller.n_context = n;
      if (!bln_model_plan_memory (model, &smaller, &plan, NULL))
        return 0;
      if (judge (&plan) != BALEEN_FIT_NOWHERE)
        return n;
    }

  return 0;
}

static BaleenFit *
fit_from_plan (const BlnMemoryPlan *plan)
{
  BaleenFit *fit = g_new0 (BaleenFit, 1);
  const gboolean on_card = plan->card_total > 0;

  fit->verdict = judge (plan);
  fit->device = g_strdup (plan->device);
  fit->n_context = plan->n_context;
  fit->is_exact = TRUE;
  fit->weights = plan->weights_mapped + plan->weights_repacked + plan->card_weights;
  fit->kv_cache = plan->kv_cache + plan->card_kv_cache;
  fit->working_space = plan->activations + plan->vocabulary + plan->card_activations;
  fit->card_bytes = plan->card_total;
  fit->system_bytes = plan->total;
  fit->needed = on_card ? plan->card_total : plan->total;
  fit->free = on_card ? plan->card_available : plan->available;
  if (fit->verdict == BALEEN_FIT_NOWHERE && on_card && plan->total > 0)
    {
      fit->needed = plan->card_total + plan->total;
      fit->free = plan->card_available + plan->available;
    }
  if (fit->verdict == BALEEN_FIT_SPLIT)
    {
      fit->n_blocks = plan->n_blocks;
      fit->n_blocks_away = plan->n_blocks_away;
    }

  return fit;
}

BaleenFit *
baleen_fit_new_for_model (BlnModel               *model,
                          const BlnEngineOptions *options,
                          GError                **error)
{
  g_autoptr (BlnDevice) device = NULL;
  g_autofree char *name = NULL;
  BlnMemoryPlan plan;
  BaleenTokenCost cost;
  BaleenFit *fit;

  if (!bln_model_check (model, error) || !plan_memory (model, options, &plan, error))
    return NULL;
  device = bln_device_find (plan.card_total > 0 ? options->device : "cpu", error);
  if (device == NULL)
    return NULL;

  fit = fit_from_plan (&plan);
  fit->n_most_context = bln_model_get_info (model)->n_context;
  if (fit->verdict == BALEEN_FIT_NOWHERE)
    fit->n_fitting_context = find_fitting_context (model, options, plan.n_context);
  baleen_token_cost_init (&cost, model);
  cost.kv_bytes = (double) fit->kv_cache / MAX (fit->n_context, 1);
  name = baleen_speed_name_model (model);
  predict (fit, &cost, device, name);

  return fit;
}

BaleenFit *
baleen_fit_new_for_file (const char             *path,
                         const char             *device,
                         const BaleenModelSetup *setup,
                         GError                **error)
{
  BlnEngineOptions options = { .device = device };
  g_auto (BaleenModelSetup) remembered = { 0 };
  g_autoptr (BlnModel) model = bln_model_open (path, error);

  baleen_model_setup_load (&remembered, path);
  baleen_model_setup_apply (setup != NULL ? setup : &remembered, &options);

  return model != NULL ? baleen_fit_new_for_model (model, &options, error) : NULL;
}

/* ---- of a shape -------------------------------------------------------------------------- */

/* Tokenizer tables, the logits, and values of a pass of 512 rows: near to the plans of models
 * from one to sixteen thousand million parameters. */
static guint64
estimate_working_space (const BaleenModelShape *shape)
{
  return (guint64) shape->n_vocabulary * 160 + (guint64) shape->n_embedding * 512 * 40;
}

/* Of the weights, what can leave a card for system memory. */
static double
bytes_that_may_leave (const BaleenTokenCost *cost)
{
  return cost->expert_bytes > 0 ? cost->expert_bytes : cost->dense_bytes * 0.6;
}

static void
judge_on_card (BaleenFit             *fit,
               const BaleenTokenCost *cost,
               guint64                system_free)
{
  const double may_leave = bytes_that_may_leave (cost);
  const double over = (double) fit->needed - (double) fit->free;
  const guint n_blocks = MAX (cost->n_layers, 1);
  double away;

  if (over <= 0)
    {
      fit->verdict = BALEEN_FIT_CARD;
      fit->card_bytes = fit->needed;
      return;
    }
  fit->n_blocks = n_blocks;
  fit->n_blocks_away = (guint) MIN (over / (may_leave / n_blocks) + 1, n_blocks);
  away = may_leave * fit->n_blocks_away / n_blocks;
  fit->system_bytes = (guint64) away;
  fit->card_bytes = fit->needed - fit->system_bytes;
  if (over <= may_leave && away <= (double) system_free)
    {
      fit->verdict = BALEEN_FIT_SPLIT;
      fit->needed = fit->card_bytes;
      return;
    }
  fit->verdict = BALEEN_FIT_NOWHERE;
  fit->free += system_free;
  fit->n_blocks = fit->n_blocks_away = 0;
}

static void
judge_shape (BaleenFit             *fit,
             const BaleenTokenCost *cost,
             const BlnDevice       *device,
             guint64                system_free)
{
  const gboolean on_card = device->n_threads == 0;
  guint64 beside;

  fit->needed = fit->weights + fit->kv_cache + fit->working_space;
  if (on_card)
    {
      fit->free = (guint64) ((double) device->available * CARD_SHARE);
      judge_on_card (fit, cost, system_free);
    }
  else
    {
      fit->free = device->available;
      fit->system_bytes = fit->needed;
      fit->verdict = fit->needed <= fit->free ? BALEEN_FIT_PROCESSOR : BALEEN_FIT_NOWHERE;
    }
  beside = fit->weights + fit->working_space;
  if (fit->verdict == BALEEN_FIT_NOWHERE && beside < fit->free && cost->kv_bytes > 0)
    fit->n_fitting_context
        = (guint) ((double) (fit->free - beside) / cost->kv_bytes) / 256 * 256;
  if (fit->n_fitting_context < SMALLEST_CONTEXT)
    fit->n_fitting_context = 0;
}

BaleenFit *
baleen_fit_new_for_shape (const BaleenModelShape *shape,
                          guint64                 n_bytes,
                          const char             *device_name,
                          const BaleenModelSetup *setup,
                          GError                **error)
{
  const BaleenModelSetup usual = { 0 };
  g_autoptr (BlnDevice) device = bln_device_find (device_name, error);
  g_autoptr (BlnDevice) processor = bln_device_find ("cpu", NULL);
  g_autofree char *name = NULL;
  BaleenTokenCost cost;
  BaleenFit *fit;

  if (device == NULL)
    return NULL;

  fit = g_new0 (BaleenFit, 1);
  fit->weights = n_bytes > 0 ? n_bytes : shape->n_parameters / 2;
  if (setup == NULL)
    setup = &usual;
  baleen_token_cost_init_for_shape (&cost, shape, fit->weights);
  if (baleen_model_setup_has_small_kv (setup))
    cost.kv_bytes *= SMALL_KV_SHARE;
  fit->device = g_strdup (device->name);
  fit->n_most_context = shape->n_context;
  fit->n_context = setup->n_context != 0 ? setup->n_context
                   : shape->n_context != 0 ? MIN (shape->n_context, ORDINARY_CONTEXT)
                                           : ORDINARY_CONTEXT;
  fit->kv_cache = (guint64) (cost.kv_bytes * fit->n_context);
  fit->working_space = estimate_working_space (shape);
  judge_shape (fit, &cost, device, processor->available);
  name = g_strdup_printf ("%" G_GUINT64_FORMAT, shape->n_parameters);
  predict (fit, &cost, device, name);

  return fit;
}

gboolean
baleen_fit_would_fit (const BaleenFit *fit,
                      guint64          n_bytes)
{
  const guint64 beside = fit->kv_cache + fit->working_space;

  return fit->verdict != BALEEN_FIT_NOWHERE ? n_bytes <= fit->weights
                                            : beside + n_bytes <= fit->free;
}

/* ---- in words ---------------------------------------------------------------------------- */

static char *
describe_need (const BaleenFit *fit,
               const char      *other,
               guint64          n_other_bytes)
{
  g_autofree char *needed = g_format_size (fit->needed);
  g_autofree char *available = g_format_size (fit->free);
  g_autofree char *size = g_format_size (n_other_bytes);

  if (other != NULL)
    return g_strdup_printf (_("Needs %s and %s is free. %s (%s) would fit."), needed, available,
                            other, size);
  if (fit->n_fitting_context > 0)
    return g_strdup_printf (_("Needs %s and %s is free. A context of %u would fit."), needed,
                            available, fit->n_fitting_context);
  return g_strdup_printf (_("Needs %s and %s is free."), needed, available);
}

static char *
describe_speed (double tokens_per_second)
{
  return tokens_per_second < 9.95 ? g_strdup_printf (_("%.1f tok/s"), tokens_per_second)
                                  : g_strdup_printf (_("%.0f tok/s"), tokens_per_second);
}

char *
baleen_fit_describe (const BaleenFit *fit,
                     const char      *other,
                     guint64          n_other_bytes)
{
  g_autofree char *speed = NULL;
  const char *place;

  if (fit->verdict == BALEEN_FIT_NOWHERE)
    return describe_need (fit, other, n_other_bytes);
  place = fit->verdict == BALEEN_FIT_CARD ? _("Fits on the graphics card")
          : fit->verdict == BALEEN_FIT_SPLIT ? _("Fits with experts in system memory")
                                             : _("Runs on the processor");
  if (fit->tokens_per_second <= 0)
    return g_strdup (place);
  speed = describe_speed (fit->tokens_per_second);

  return g_strdup_printf (_("%s · about %s"), place, speed);
}

static void
append_size (GString    *text,
             const char *format,
             guint64     n_bytes)
{
  g_autofree char *size = g_format_size (n_bytes);

  g_string_append_c (text, '\n');
  g_string_append_printf (text, format, size);
}

char *
baleen_fit_explain (const BaleenFit *fit)
{
  GString *text = g_string_new (fit->device);

  g_string_append_c (text, '\n');
  g_string_append_printf (text, _("Context of %u tokens"), fit->n_context);
  append_size (text, _("Weights: %s"), fit->weights);
  append_size (text, _("KV cache: %s"), fit->kv_cache);
  append_size (text, _("Working space: %s"), fit->working_space);
  append_size (text, _("Free: %s"), fit->free);
  if (!fit->is_exact)
    g_string_append_printf (text, "\n%s", _("Estimated from the model's shape"));
  if (fit->tokens_per_second_full > 0)
    {
      g_autofree char *speed = describe_speed (fit->tokens_per_second_full);

      g_string_append_c (text, '\n');
      g_string_append_printf (text, _("With a full context about %s"), speed);
      g_string_append_printf (text, "\n%s",
                              fit->is_learned
                                  ? _("Speed as in answers of this model here")
                                  : _("Speed from measured bandwidth"));
    }

  return g_string_free (text, FALSE);
}
