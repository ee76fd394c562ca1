/* Every tensor that the architecture needs, found and checked: present, of the shape that
 * the metadata demands, of a type that we compute with. After this no kernel looks at a
 * tensor description again. */
#pragma once

#include "config.h"

G_BEGIN_DECLS

typedef struct _BlnWeight BlnWeight;

struct _BlnWeight
{
  const BlnTensor *tensor;
  guint index;            /* in BlnWeights.all */
  guint32 n_in, n_out;    /* a vector has n_out 1 */
  guint32 n_slabs;        /* experts, or heads of attn_k_b and attn_v_b */
  gboolean is_vector;     /* norms, biases: used as F32 */
  const BlnWeight *lora_a, *lora_b; /* (nullable) an adapter's, to be added to its products */
};

/* One block. What an architecture does not have is NULL. */
typedef struct
{
  BlnWeight *attn_norm;
  BlnWeight *attn_q, *attn_k, *attn_v, *attn_qkv;
  BlnWeight *attn_q_bias, *attn_k_bias, *attn_v_bias, *attn_qkv_bias;
  BlnWeight *attn_q_norm, *attn_k_norm;
  BlnWeight *attn_output, *attn_output_bias;
  BlnWeight *post_attention_norm;

  BlnWeight *attn_q_a, *attn_q_a_norm, *attn_q_b; /* latent attention */
  BlnWeight *attn_kv_a, *attn_kv_a_norm;
  BlnWeight *attn_k_b, *attn_v_b, *attn_kv_b;

  BlnWeight *ffn_norm, *post_ffw_norm;
  BlnWeight *ffn_gate, *ffn_up, *ffn_down;
  BlnWeight *ffn_gate_bias, *ffn_up_bias, *ffn_down_bias;

  BlnWeight *router, *router_bias;
  BlnWeight *gate_exps, *up_exps, *gate_up_exps, *down_exps;
  BlnWeight *gate_shexp, *up_shexp, *down_shexp;

  BlnWeight *enorm, *hnorm, *eh_proj; /* MTP blocks */
  BlnWeight *mtp_embd, *mtp_head_norm, *mtp_head;
} BlnBlock;

typedef struct
{
  BlnConfig config;
  BlnGguf *gguf;          /* not owned */
  GPtrArray *all;         /* (owned) BlnWeight */
  BlnWeight *token_embd;
  BlnWeight *output_norm;
  BlnWeight *output;      /* token_embd itself where the head is tied */
  BlnWeight *output_bias;
  BlnWeight *rope_freqs;
  BlnBlock *blocks;       /* (owned) [config.n_blocks] */

  /* What an adapter made (lora.h). */
  GPtrArray *own_tensors; /* (owned) BlnTensor */
  guint8 *own_data;       /* (owned) (nullable) a mapping of own_bytes */
  gsize own_bytes;
} BlnWeights;

/* DAMAGED names a tensor that is missing or misshapen; UNSUPPORTED one of a type that we
 * lack, and says which we have. Reads no weight. */
BlnWeights *bln_weights_new (BlnGguf *gguf,
                             GError **error);
void bln_weights_free (BlnWeights *weights);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BlnWeights, bln_weights_free)

/* TRUE when every matrix is F32: then caches are F32 too. */
gboolean bln_weights_are_f32 (const BlnWeights *weights);

G_END_DECLS
