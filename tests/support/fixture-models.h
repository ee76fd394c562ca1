/* Tiny models made by a rule, so that whole-model tests carry no weights.
 *
 * Tensor number k of a file (from 0), element j:
 *   h = ((j+1)·2654435761 + (k+1)·2246822519) mod 2³², then three rounds of mixing;
 *   w = offset + 2·scale·(((h >> 8) & 0xFFFF)/65536 − ½)
 * with a scale for each kind of tensor. The seven named models gave the reference logits in
 * tests/engine/data/fixture-logits.txt, computed in float64 by an independent program. All
 * others are changes of them. */
#pragma once

#include "gguf-writer.h"

G_BEGIN_DECLS

typedef struct
{
  const char *architecture;
  guint n_vocabulary;
  guint n_layers;         /* MTP blocks among them */
  guint n_embedding;
  guint n_ff;
  guint n_heads;
  guint n_kv_heads;
  guint head_dim;         /* of key and value; MLA has its own below */
  gboolean writes_head_dim;
  guint rope_dim;
  float epsilon;
  float freq_base;
  const char *rope_scaling; /* (nullable): "linear", "yarn", "none" */
  float rope_factor;
  guint rope_original;
  float yarn_log_multiplier; /* 0: not written */
  gboolean has_rope_freqs;
  gboolean is_tied;
  gboolean has_qkv_bias;
  gboolean has_qk_norm;
  gboolean has_post_norms;
  guint sliding_window;   /* 0: none */

  guint kv_rank;          /* 0: ordinary attention */
  guint q_rank;           /* 0: q in one matrix */
  guint nope_dim, value_dim;
  gboolean has_split_kv;  /* attn_k_b and attn_v_b in place of attn_kv_b */

  guint n_experts;        /* 0: dense */
  guint n_experts_used, n_experts_shared;
  guint expert_ff;        /* 0: not written, the experts are n_ff wide */
  guint n_dense;
  float expert_scale;     /* 0: not written */
  gboolean normalizes;
  gboolean has_probs_bias;
  guint gating;           /* 0: not written; 1 softmax, 2 sigmoid */
  guint n_groups, n_groups_used;
  guint n_mtp;
  gboolean has_own_mtp_head; /* its own embedding and output matrix */
  gboolean has_all_biases;   /* of attn_output, the feed-forward part and the output too */
  float softcap;          /* 0: not written */
  guint window_period;    /* 0: not written; every so many layers one sees everything */
  float local_freq_base;  /* 0: not written */
  float beta_fast;        /* 0: not written */
  float temperature_scale; /* 0: not written */
  guint temperature_length;
  gboolean is_calm;       /* every matrix scaled by its row length: large models else have such
                             sharp attention that any rounding shows */
} FixtureModel;

#define FIXTURE_MODEL_N_NAMES 7
extern const char *const fixture_model_names[FIXTURE_MODEL_N_NAMES];

/* "tiny-dsv3", "tiny-dsv2lite", "tiny-llama", "tiny-qwen2", "tiny-qwen3", "tiny-qwen3moe",
 * "tiny-gemma3". */
FixtureModel fixture_model_named (const char *name);

/* Metadata and F32 tensors, ready to be written or changed (model-variants.h). */
GgufWriter *fixture_model_build (const FixtureModel *model);

/* The weight rule, `n` elements of tensor `k`. */
void fixture_weights (guint   k,
                      double  offset,
                      double  scale,
                      float  *out,
                      guint64 n);

/* The prompt whose logits are known. */
#define FIXTURE_N_PROMPT 12
#define FIXTURE_N_VOCABULARY 64
extern const gint32 fixture_prompt[FIXTURE_N_PROMPT];

/* The first `n` numbers under the title `name` in the text file at `path`; g_free. */
float *fixture_read_expected (const char *path,
                              const char *name,
                              guint       n);

G_END_DECLS
