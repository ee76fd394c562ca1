#include "token-cost.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

typedef struct
{
  BaleenTokenCost *cost;
  gboolean has_output; /* a head of its own: the embedding table is not read whole */
} Weights;

static void
find_output_cb (const char    *name,
                const char    *type,
                const guint64 *dims,
                guint          n_dims,
                guint64        n_bytes,
                gpointer       user_data)
{
  Weights *weights = user_data;

  if (g_str_equal (name, "output.weight"))
    weights->has_output = TRUE;
}

static void
add_tensor_cb (const char    *name,
               const char    *type,
               const guint64 *dims,
               guint          n_dims,
               guint64        n_bytes,
               gpointer       user_data)
{
  Weights *weights = user_data;

  if (weights->has_output && g_str_equal (name, "token_embd.weight"))
    return;
  if (g_str_has_prefix (name, "blk.")
      && strtoul (name + 4, NULL, 10) >= weights->cost->n_layers)
    return;

  if (strstr (name, "_exps.") != NULL)
    weights->cost->expert_bytes += n_bytes;
  else
    weights->cost->dense_bytes += n_bytes;
}

void
baleen_token_cost_init (BaleenTokenCost *cost,
                        BlnModel        *model)
{
  const BlnModelInfo *info = bln_model_get_info (model);
  Weights weights = { .cost = cost };
  BlnAttentionCost attention = { 0 };

  *cost = (BaleenTokenCost) { .n_layers = info->n_layers };
  bln_model_foreach_tensor (model, find_output_cb, &weights);
  bln_model_foreach_tensor (model, add_tensor_cb, &weights);
  if (info->n_experts > 0)
    cost->expert_share = (double) info->n_experts_used / info->n_experts;
  if (!bln_model_get_attention_cost (model, &attention, NULL))
    return;
  cost->kv_products = (double) attention.n_products;
  cost->local_share = attention.local_share;
  cost->n_window = attention.n_window;
}

/* What all tokens read and what experts hold follow from two counts: all parameters, and those
 * that are active. The embedding table is in the first alone. */
void
baleen_token_cost_init_for_shape (BaleenTokenCost        *cost,
                                  const BaleenModelShape *shape,
                                  guint64                 n_bytes)
{
  const double embedding = (double) shape->n_embedding * shape->n_vocabulary;
  const double all = MAX ((double) shape->n_parameters - embedding, 0);
  const double active = shape->n_active_parameters > 0
                            ? MIN ((double) shape->n_active_parameters, all) : all;
  const double bytes_each = shape->n_parameters > 0
                                ? (double) n_bytes / (double) shape->n_parameters : 0;
  double experts = 0;

  *cost = (BaleenTokenCost) { .n_layers = shape->n_layers };
  if (shape->n_experts > shape->n_experts_used)
    {
      cost->expert_share = (double) shape->n_experts_used / shape->n_experts;
      experts = (all - active) / (1 - cost->expert_share);
    }
  cost->expert_bytes = experts * bytes_each;
  cost->dense_bytes = (all - experts) * bytes_each;
  cost->kv_bytes = (double) shape->n_kv_width * shape->n_layers * 2;
  cost->kv_products = (double) shape->n_attention_width * shape->n_layers;
}

double
baleen_token_cost_positions (const BaleenTokenCost *cost,
                             double                 n_cached)
{
  return n_cached * (1 - cost->local_share)
         + MIN (n_cached, cost->n_window) * cost->local_share;
}

double
baleen_token_cost_bytes (const BaleenTokenCost *cost,
                         gsize                  n_rows,
                         double                 n_cached)
{
  const double share = 1 - pow (1 - cost->expert_share, (double) n_rows);

  return (cost->dense_bytes + cost->expert_bytes * share) / (double) n_rows
         + cost->kv_bytes * baleen_token_cost_positions (cost, n_cached);
}
