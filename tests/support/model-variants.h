/* The same model written in another way: each of these leaves what a model computes as it was
 * (model_quantize apart), so that results can be compared. */
#pragma once

#include "fixture-models.h"

G_BEGIN_DECLS

/* Gives every matrix but the router random valid blocks of `type`, as large as its old values
 * were; one whose rows are no multiple of the block gets `fallback`. Norms and biases stay. */
void model_quantize (GgufWriter *writer,
                     guint32     type,
                     guint32     fallback,
                     guint64     seed);
/* Decodes every tensor to F32. */
void model_dequantize (GgufWriter *writer);
/* Writes tensors whose name ends in `suffix` as F16 or BF16, rounding them, or from these back
 * to F32. */
void model_retype (GgufWriter *writer,
                   const char *suffix,
                   guint32     type);

/* attn_k_b and attn_v_b joined into attn_kv_b. With `keeps_split` all three are there, as in
 * some files of 2025; else the metadata become those of an old file too. F32 only. */
void model_join_kv_b (GgufWriter         *writer,
                      const FixtureModel *model,
                      gboolean            keeps_split);
/* attn_q, attn_k and attn_v (and their biases) as one attn_qkv. */
void model_fuse_qkv (GgufWriter         *writer,
                     const FixtureModel *model);
/* ffn_gate_exps and ffn_up_exps as one ffn_gate_up_exps. */
void model_fuse_gate_up (GgufWriter         *writer,
                         const FixtureModel *model);

G_END_DECLS
