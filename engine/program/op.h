/* One coarse step of a forward pass. Architectures record plain ops; fusing makes compound
 * ones of them (program.h). A backend knows only what is here. */
#pragma once

#include "weights.h"

G_BEGIN_DECLS

#define BLN_NO_VALUE 0xffffu
#define BLN_MAX_PARTS 4

/* A row of F32 numbers for each row of the batch: `width` of them from `offset` within value
 * `id`. Parts of a value are read like values. */
typedef struct
{
  guint16 id;
  guint32 offset;
  guint32 width;
} BlnValue;

typedef enum
{
  BLN_OP_EMBED,        /* out = scale * row of `weight` for the token */
  BLN_OP_INPUT,        /* out = rows the caller hands in (hidden states for MTP) */
  BLN_OP_NORM,         /* out = [residual +] rmsnorm (in) * norm */
  BLN_OP_CONCAT,       /* out = [rmsnorm (in) * norm ; rmsnorm (in2) * norm2] */
  BLN_OP_MATMUL,       /* parts: out = weight * x + bias [+ residual], or glu (gate, up) */
  BLN_OP_GLU,          /* out = glu (in, in2); mostly becomes part of a matmul */
  BLN_OP_ADD,          /* out = in + in2; mostly becomes a residual of another op */
  BLN_OP_ATTENTION,    /* grouped-query attention with its cache */
  BLN_OP_MLA,          /* multi-head latent attention with its cache */
  BLN_OP_EXPERTS_UP,   /* parts[0].out = who is chosen, by the router parts[0].weight;
                          out = glu (gate, up) of the chosen, in order of their numbers, and
                          of the shared experts */
  BLN_OP_EXPERTS_DOWN, /* out = [residual +] sum of weight * down (chosen) + down (shared);
                          in2 is who was chosen */
  BLN_OP_HEAD,         /* logits of the rows that want them */
} BlnOpKind;

typedef enum
{
  BLN_GLU_NONE,
  BLN_GLU_SILU,
  BLN_GLU_GELU, /* tanh form */
} BlnGlu;

/* One product of a matmul: the whole of `weight`, or for a glu `weight` is the gate and `up`
 * the other factor. */
typedef struct
{
  const BlnWeight *weight;
  const BlnWeight *up;   /* (nullable) */
  const BlnWeight *bias; /* (nullable) of weight */
  const BlnWeight *up_bias;
  BlnValue out;
} BlnPart;

typedef struct
{
  guint32 n_head, n_head_kv, n_key, n_value;
  guint32 n_window;     /* 0: all */
  float scale;
  const BlnRope *rope;
  const BlnWeight *q_norm, *k_norm; /* (nullable) [n_key] */
} BlnAttentionShape;

typedef struct
{
  guint32 n_head, n_latent, n_nope, n_rope, n_value;
  float scale;
  const BlnRope *rope;
  const BlnWeight *latent_norm;
  const BlnWeight *k_b, *v_b; /* split layout, or */
  const BlnWeight *kv_b;      /* both in one */
  float temperature_scale;
  guint32 temperature_length;
} BlnMlaShape;

typedef struct
{
  guint32 n_experts, n_used, n_ff;
  guint32 n_groups, n_groups_used;
  BlnGating gating;
  gboolean groups_by_two;
  gboolean normalise;
  float scale;
} BlnRouting;

typedef struct
{
  BlnOpKind kind;
  int layer;             /* -1: before or after the blocks */
  guint cache_layer;     /* attention: which layer of the KV cache */
  BlnValue in, in2, in3;
  BlnValue out;          /* unused by MATMUL: its parts have their own */
  BlnValue residual;     /* id BLN_NO_VALUE: none */
  const BlnWeight *norm; /* (nullable) `in` is normed by it before use */
  const BlnWeight *norm2;
  float eps;
  float scale;
  float softcap;
  BlnGlu glu;

  guint n_parts;
  BlnPart parts[BLN_MAX_PARTS];

  BlnAttentionShape attention;
  BlnMlaShape mla;

  BlnRouting routing;
  const BlnWeight *gate_exps, *up_exps, *gate_up_exps, *down_exps;
  const BlnWeight *gate_shexp, *up_shexp, *down_shexp; /* (nullable) */
} BlnOp;

const char *bln_op_kind_name (BlnOpKind kind);

static inline gboolean
bln_value_exists (BlnValue value)
{
  return value.id != BLN_NO_VALUE;
}

G_END_DECLS
