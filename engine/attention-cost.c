#include "bln-engine.h"

#include "config.h"
#include "model.h"

/* Of one layer and one position: scores and values. In absorbed form every head multiplies the
 * latents twice and the rotated part once. */
static guint64
count_products (const BlnConfig *config,
                guint            layer)
{
  const guint64 width = config->is_mla ? 2ull * config->n_latent + config->n_rope
                                       : (guint64) config->n_key + config->n_value;

  return config->n_head[layer] * width;
}

gboolean
bln_model_get_attention_cost (BlnModel         *model,
                              BlnAttentionCost *cost,
                              GError          **error)
{
  BlnConfig config = { 0 };
  guint n_local = 0;

  g_return_val_if_fail (model != NULL && cost != NULL, FALSE);

  if (!bln_config_read (&config, bln_model_get_gguf (model), error))
    return FALSE;
  *cost = (BlnAttentionCost) { .n_window = config.n_window };
  for (guint i = 0; i < config.n_layers; i++)
    {
      cost->n_products += count_products (&config, i);
      n_local += config.is_local[i];
    }
  cost->local_share = (double) n_local / MAX (config.n_layers, 1);
  bln_config_clear (&config);

  return TRUE;
}
