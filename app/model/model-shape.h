/* What of a model decides how much memory it takes and how fast it is, for one whose file is not
 * here: as its card or its config.json tells. 0 where something is not known. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct
{
  guint64 n_parameters;
  guint64 n_active_parameters; /* computed with for each token; n_parameters where it is dense */
  guint n_experts;             /* of a block; 0: dense */
  guint n_experts_used;
  guint n_layers;
  guint n_kv_width;            /* numbers that a layer keeps of each token: with latent attention
                                  kv_lora_rank + qk_rope_head_dim, else 2 × heads × width of the
                                  keys and values */
  guint n_attention_width;     /* numbers that a layer multiplies for each token that is attended to:
                                  heads × (2 × kv_lora_rank + qk_rope_head_dim), else heads × width
                                  of a key and a value */
  guint n_embedding;
  guint n_vocabulary;
  guint n_context;             /* as trained */
} BaleenModelShape;

G_END_DECLS
