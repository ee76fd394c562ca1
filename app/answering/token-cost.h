/* What one token makes a device read and multiply: told from a file's tensors, whose purpose is told
 * by the names that GGUF gives them, or from a shape. */
#pragma once

#include "bln-engine.h"
#include "model-shape.h"

G_BEGIN_DECLS

typedef struct
{
  double dense_bytes;    /* of weights that every token reads */
  double expert_bytes;   /* of all experts */
  double expert_share;   /* of them, that one token is sent to */
  double kv_bytes;       /* for each position that all layers attend to */
  double kv_products;    /* multiplied for it */
  double local_share;    /* of the layers, that attend to the last n_window positions alone */
  double n_window;
  guint n_layers;
} BaleenTokenCost;

/* `kv_bytes` is left 0: the memory plan knows it. */
void baleen_token_cost_init (BaleenTokenCost *cost,
                             BlnModel        *model);
void baleen_token_cost_init_for_shape (BaleenTokenCost        *cost,
                                       const BaleenModelShape *shape,
                                       guint64                 n_bytes);

/* How many positions that is, on average over the layers, where so many are cached. */
double baleen_token_cost_positions (const BaleenTokenCost *cost,
                                    double                 n_cached);

/* For each of `n_rows` tokens in one pass, `n_cached` positions deep: experts that several of
 * them choose are read once. */
double baleen_token_cost_bytes (const BaleenTokenCost *cost,
                                gsize                  n_rows,
                                double                 n_cached);

G_END_DECLS
