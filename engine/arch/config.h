/* What the metadata of a file says about its shape: one flat record that everything after
 * the loader reads instead of keys. Keys and quirks: engine/README.md, "What a file says". */
#pragma once

#include "gguf.h"

G_BEGIN_DECLS

#define BLN_MAX_EXPERTS 1024
#define BLN_MAX_BLOCKS 512

typedef enum
{
  BLN_ARCH_DEEPSEEK2,
  BLN_ARCH_LLAMA,
  BLN_ARCH_QWEN2,
  BLN_ARCH_QWEN3,
  BLN_ARCH_QWEN3MOE,
  BLN_ARCH_GEMMA3,
} BlnArch;

typedef enum
{
  BLN_GATING_SOFTMAX = 1,
  BLN_GATING_SIGMOID = 2,
  BLN_GATING_SOFTMAX_SELECTED = 3, /* softmax over the chosen logits alone */
} BlnGating;

/* How angles come from positions; see rope.h. */
typedef struct
{
  guint32 n_rot;         /* rotated values of a head */
  gboolean is_neox;      /* pairs (i, i + n_rot/2), else (2i, 2i + 1) */
  float base;
  float factor;          /* positions are divided by it: linear, or YaRN's s */
  gboolean is_yarn;
  guint32 original_context;
  float ext_factor, beta_fast, beta_slow;
  float magnitude;       /* on cos and sin */
} BlnRope;

typedef struct
{
  BlnArch arch;
  const char *arch_name;  /* static */
  guint32 n_blocks;       /* with MTP blocks: the length of the per-block arrays */
  guint32 n_layers;       /* without them */
  guint32 n_mtp;
  guint32 n_context;
  guint32 n_embd;
  guint32 n_vocab;
  float eps;
  float embedding_scale;
  float logit_scale;      /* 1: none */
  float logit_softcap;    /* 0: none */

  guint32 *n_head;        /* (owned) [n_blocks] */
  guint32 *n_head_kv;     /* (owned) [n_blocks] */
  guint32 *n_ff;          /* (owned) [n_blocks] dense width */
  guint32 n_key, n_value; /* of one head; plain attention */
  float attention_scale;

  /* Multi-head latent attention. */
  gboolean is_mla;
  gboolean has_kv_b;      /* the old layout: one attn_kv_b for keys and values */
  guint32 n_q_lora;       /* 0: attn_q stands alone */
  guint32 n_latent;
  guint32 n_nope, n_rope, n_mla_value;
  float temperature_scale; /* 0: none */
  guint32 temperature_length;

  /* Experts. */
  guint32 n_experts;      /* 0: dense */
  guint32 n_experts_used;
  guint32 n_ff_expert;
  guint32 n_ff_shared;    /* width of all shared experts together; 0: none */
  guint32 n_leading_dense;
  BlnGating gating;
  gboolean normalise;
  float expert_scale;
  guint32 n_groups, n_groups_used; /* 1: no groups */
  gboolean groups_by_two;  /* a group's score is the sum of its two best, else its best */

  BlnRope rope;
  BlnRope rope_local;     /* for layers with a window */
  guint32 n_window;       /* 0: every layer sees everything */
  guint8 *is_local;       /* (owned) [n_blocks] */
} BlnConfig;

/* Reads and checks all keys. UNSUPPORTED names an architecture that we lack and those that
 * we have; DAMAGED names the key. */
gboolean bln_config_read (BlnConfig *config,
                          BlnGguf   *gguf,
                          GError   **error);
void bln_config_clear (BlnConfig *config);

/* Whether a block has experts, and whether it is an MTP block. */
gboolean bln_config_has_experts (const BlnConfig *config,
                                 guint            block);

/* Sets a DAMAGED error that begins with the name of the file. Always FALSE. */
gboolean bln_config_damaged (BlnGguf    *gguf,
                             GError    **error,
                             const char *format,
                             ...) G_GNUC_PRINTF (3, 4);

G_END_DECLS
