#include "fixture-models.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

const char *const fixture_model_names[FIXTURE_MODEL_N_NAMES] = {
  "tiny-dsv3", "tiny-dsv2lite", "tiny-llama", "tiny-qwen2", "tiny-qwen3", "tiny-qwen3moe",
  "tiny-gemma3",
};

const gint32 fixture_prompt[FIXTURE_N_PROMPT] = { 3, 17, 42, 5, 60, 1, 33, 8, 21, 50, 2, 11 };

/* ---- the seven --------------------------------------------------------------------- */

static const FixtureModel dense_base = {
  .n_vocabulary = 64, .n_layers = 4, .n_embedding = 64, .n_ff = 96, .n_heads = 4,
  .n_kv_heads = 2, .head_dim = 16, .rope_dim = 16, .epsilon = 1e-6f, .freq_base = 1e6f,
};

static FixtureModel
deepseek2_base (void)
{
  FixtureModel model = dense_base;

  model.architecture = "deepseek2";
  model.n_layers = 3;
  model.n_kv_heads = 4;
  model.rope_dim = 8;
  model.freq_base = 1e4f;
  model.rope_scaling = "yarn";
  model.rope_original = 64;
  model.kv_rank = 32;
  model.nope_dim = 16;
  model.value_dim = 16;
  model.n_dense = 1;
  model.n_experts = 8;
  model.n_experts_used = 2;
  model.n_experts_shared = 1;
  model.expert_ff = 32;
  return model;
}

static FixtureModel
make_dsv3 (void)
{
  FixtureModel model = deepseek2_base ();

  model.rope_factor = 4;
  model.yarn_log_multiplier = 0.1f;
  model.q_rank = 48;
  model.has_split_kv = TRUE;
  model.expert_scale = 2.5f;
  model.normalizes = TRUE;
  model.has_probs_bias = TRUE;
  model.gating = 2;
  model.n_groups = 4;
  model.n_groups_used = 2;
  return model;
}

static FixtureModel
make_dsv2lite (void)
{
  FixtureModel model = deepseek2_base ();

  model.rope_factor = 40;
  model.yarn_log_multiplier = 0.0707f;
  model.expert_scale = 1;
  return model;
}

static FixtureModel
make_llama (void)
{
  FixtureModel model = dense_base;

  model.architecture = "llama";
  model.epsilon = 1e-5f;
  model.freq_base = 5e5f;
  model.has_rope_freqs = TRUE;
  return model;
}

static FixtureModel
make_qwen2 (void)
{
  FixtureModel model = dense_base;

  model.architecture = "qwen2";
  model.is_tied = TRUE;
  model.has_qkv_bias = TRUE;
  return model;
}

static FixtureModel
make_qwen3 (void)
{
  FixtureModel model = dense_base;

  model.architecture = "qwen3";
  model.is_tied = TRUE;
  model.head_dim = model.rope_dim = 32;
  model.writes_head_dim = TRUE;
  model.has_qk_norm = TRUE;
  return model;
}

static FixtureModel
make_qwen3moe (void)
{
  FixtureModel model = make_qwen3 ();

  model.architecture = "qwen3moe";
  model.n_experts = 8;
  model.n_experts_used = 2;
  model.expert_ff = 32;
  return model;
}

static FixtureModel
make_gemma3 (void)
{
  FixtureModel model = make_qwen3 ();

  model.architecture = "gemma3";
  model.n_layers = 7;
  model.head_dim = model.rope_dim = 16;
  model.has_post_norms = TRUE;
  model.sliding_window = 4;
  return model;
}

FixtureModel
fixture_model_named (const char *name)
{
  static FixtureModel (*const makers[FIXTURE_MODEL_N_NAMES]) (void) = {
    make_dsv3, make_dsv2lite, make_llama, make_qwen2, make_qwen3, make_qwen3moe, make_gemma3,
  };

  for (guint i = 0; i < FIXTURE_MODEL_N_NAMES; i++)
    if (strcmp (name, fixture_model_names[i]) == 0)
      return makers[i] ();
  g_error ("There is no fixture named “%s”.", name);
}

/* ---- metadata ---------------------------------------------------------------------- */

static const char *
key_of (const FixtureModel *model,
        const char         *name)
{
  static char key[128];

  g_snprintf (key, sizeof key, "%s.%s", model->architecture, name);
  return key;
}

#define SET(kind, name, value) gguf_writer_set_##kind (writer, key_of (model, name), value)

static void
set_rope (GgufWriter         *writer,
          const FixtureModel *model)
{
  SET (f32, "rope.freq_base", model->freq_base);
  SET (u32, "rope.dimension_count", model->rope_dim);
  if (model->rope_scaling == NULL)
    return;
  SET (string, "rope.scaling.type", model->rope_scaling);
  SET (f32, "rope.scaling.factor", model->rope_factor);
  if (model->rope_original != 0)
    SET (u32, "rope.scaling.original_context_length", model->rope_original);
  if (model->yarn_log_multiplier != 0)
    SET (f32, "rope.scaling.yarn_log_multiplier", model->yarn_log_multiplier);
  if (model->beta_fast != 0)
    SET (f32, "rope.scaling.yarn_beta_fast", model->beta_fast);
}

/* Keys that few files have. */
static void
set_rarities (GgufWriter         *writer,
              const FixtureModel *model)
{
  if (model->softcap != 0)
    SET (f32, "final_logit_softcapping", model->softcap);
  if (model->window_period != 0)
    SET (u32, "attention.sliding_window_pattern", model->window_period);
  if (model->local_freq_base != 0)
    SET (f32, "rope.freq_base_swa", model->local_freq_base);
  if (model->temperature_scale == 0)
    return;
  SET (f32, "attention.temperature_scale", model->temperature_scale);
  SET (u32, "attention.temperature_length", model->temperature_length);
}

static void
set_experts (GgufWriter         *writer,
             const FixtureModel *model)
{
  if (model->n_experts == 0)
    return;
  SET (u32, "expert_count", model->n_experts);
  SET (u32, "expert_used_count", model->n_experts_used);
  if (model->n_experts_shared != 0)
    SET (u32, "expert_shared_count", model->n_experts_shared);
  if (model->expert_ff != 0)
    SET (u32, "expert_feed_forward_length", model->expert_ff);
}

/* Old files describe the heads as they are computed, new ones as they are cached. */
static void
set_mla_heads (GgufWriter         *writer,
               const FixtureModel *model)
{
  guint key_length = model->nope_dim + model->rope_dim;

  SET (u32, "attention.head_count_kv", model->has_split_kv ? 1 : model->n_heads);
  SET (u32, "attention.key_length",
       model->has_split_kv ? model->kv_rank + model->rope_dim : key_length);
  SET (u32, "attention.value_length", model->has_split_kv ? model->kv_rank : model->value_dim);
  if (!model->has_split_kv)
    return;
  SET (u32, "attention.key_length_mla", key_length);
  SET (u32, "attention.value_length_mla", model->value_dim);
}

static void
set_routing (GgufWriter         *writer,
             const FixtureModel *model)
{
  if (model->expert_scale != 0)
    SET (f32, "expert_weights_scale", model->expert_scale);
  if (model->normalizes)
    SET (bool, "expert_weights_norm", TRUE);
  if (model->gating != 0)
    SET (u32, "expert_gating_func", model->gating);
  if (model->n_groups != 0)
    {
      SET (u32, "expert_group_count", model->n_groups);
      SET (u32, "expert_group_used_count", model->n_groups_used);
    }
  if (model->n_mtp != 0)
    SET (u32, "nextn_predict_layers", model->n_mtp);
}

static void
set_metadata (GgufWriter         *writer,
              const FixtureModel *model)
{
  g_autofree char *name = g_strconcat ("tiny-", model->architecture, NULL);

  gguf_writer_set_string (writer, "general.architecture", model->architecture);
  gguf_writer_set_string (writer, "general.name", name);
  gguf_writer_set_u32 (writer, "general.file_type", 0);
  SET (u32, "block_count", model->n_layers);
  SET (u32, "context_length", 256);
  SET (u32, "embedding_length", model->n_embedding);
  SET (u32, "feed_forward_length", model->n_ff);
  SET (u32, "attention.head_count", model->n_heads);
  SET (u32, "vocab_size", model->n_vocabulary);
  gguf_writer_set_string (writer, "tokenizer.ggml.model", "no_vocab");
  if (model->kv_rank == 0)
    SET (u32, "attention.head_count_kv", model->n_kv_heads);
  SET (f32, "attention.layer_norm_rms_epsilon", model->epsilon);
  set_rope (writer, model);
  if (model->kv_rank != 0)
    {
      SET (u32, "attention.q_lora_rank", model->q_rank);
      SET (u32, "attention.kv_lora_rank", model->kv_rank);
      SET (u32, "leading_dense_block_count", model->n_dense);
    }
  if (model->writes_head_dim)
    {
      SET (u32, "attention.key_length", model->head_dim);
      SET (u32, "attention.value_length", model->head_dim);
    }
  set_experts (writer, model);
  if (model->kv_rank != 0)
    set_mla_heads (writer, model);
  set_routing (writer, model);
  if (model->sliding_window != 0)
    SET (u32, "attention.sliding_window", model->sliding_window);
  set_rarities (writer, model);
}

/* ---- tensors ----------------------------------------------------------------------- */

void
fixture_weights (guint   k,
                 double  offset,
                 double  scale,
                 float  *out,
                 guint64 n)
{
  for (guint64 j = 0; j < n; j++)
    {
      guint32 h = (guint32) (j + 1) * 2654435761u + (guint32) (k + 1) * 2246822519u;

      h ^= h >> 15;
      h *= 2246822519u;
      h ^= h >> 13;
      h *= 3266489917u;
      h ^= h >> 16;
      out[j] = offset + 2 * scale * (((h >> 8) & 0xffff) / 65536.0 - 0.5);
    }
}

/* The scale of a tensor by its name within the block; 0 stands for 1/√(row length), which keeps
 * activations of order one. Norms lie around 1. */
static double
scale_of (const FixtureModel *model,
          const char         *name,
          double             *offset)
{
  static const struct { const char *name; double scale; } scales[] = {
    { "token_embd.weight", 1 }, { "attn_q.weight", 0.3 }, { "attn_k.weight", 0.3 },
    { "attn_q_b.weight", 0.5 }, { "attn_kv_a_mqa.weight", 0.3 }, { "attn_kv_b.weight", 0.5 },
    { "attn_k_b.weight", 0.5 }, { "attn_v_b.weight", 0.5 }, { "ffn_gate_inp.weight", 0.5 },
  };

  *offset = strstr (name, "norm.weight") != NULL ? 1 : 0;
  if (g_str_has_suffix (name, "q_norm.weight") || g_str_has_suffix (name, "k_norm.weight"))
    return 0.3;
  if (*offset == 1)
    return 0.2;
  if (g_str_has_suffix (name, ".bias"))
    return 0.3;
  if (model->is_calm && g_str_has_prefix (name, "attn_"))
    return 0;
  if (model->kv_rank != 0 && strcmp (name, "attn_q.weight") == 0)
    return 0.4;
  if (strcmp (model->architecture, "gemma3") == 0 && strcmp (name, "token_embd.weight") == 0)
    return 0.1;
  for (guint i = 0; i < G_N_ELEMENTS (scales); i++)
    if (strcmp (name, scales[i].name) == 0)
      return scales[i].scale;
  return 0;
}

typedef struct
{
  GgufWriter *writer;
  const FixtureModel *model;
  int block; /* -1: outside */
} Builder;

static void
add (Builder    *builder,
     const char *name,
     guint64     ne0,
     guint64     ne1, /* 0: a vector */
     guint64     ne2) /* 0: a matrix */
{
  const guint64 ne[3] = { ne0, ne1, ne2 };
  guint n_dims = ne1 == 0 ? 1 : ne2 == 0 ? 2 : 3;
  guint64 n = ne0 * MAX (ne1, 1) * MAX (ne2, 1);
  g_autofree float *values = g_new (float, n);
  g_autofree char *full = builder->block < 0
    ? g_strdup (name) : g_strdup_printf ("blk.%d.%s", builder->block, name);
  double offset, scale = scale_of (builder->model, name, &offset);

  /* The latent norm of q is a norm like others, its name only looks like a head's. */
  if (strcmp (name, "attn_q_a_norm.weight") == 0)
    scale = 0.2;
  if (scale == 0)
    scale = 1 / sqrt (ne0);
  fixture_weights (gguf_writer_get_n_tensors (builder->writer), offset, scale, values, n);
  gguf_writer_add_tensor (builder->writer, full, 0, n_dims, ne, values, n * sizeof (float));
}

static void
add_latent_attention (Builder *builder)
{
  const FixtureModel *model = builder->model;
  guint D = model->n_embedding, H = model->n_heads, KL = model->kv_rank;
  guint key = model->nope_dim + model->rope_dim;

  if (model->q_rank != 0)
    {
      add (builder, "attn_q_a.weight", D, model->q_rank, 0);
      add (builder, "attn_q_a_norm.weight", model->q_rank, 0, 0);
      add (builder, "attn_q_b.weight", model->q_rank, H * key, 0);
    }
  else
    add (builder, "attn_q.weight", D, H * key, 0);
  add (builder, "attn_kv_a_mqa.weight", D, KL + model->rope_dim, 0);
  add (builder, "attn_kv_a_norm.weight", KL, 0, 0);
  if (model->has_split_kv)
    {
      add (builder, "attn_k_b.weight", model->nope_dim, KL, H);
      add (builder, "attn_v_b.weight", KL, model->value_dim, H);
    }
  else
    add (builder, "attn_kv_b.weight", KL, H * (model->nope_dim + model->value_dim), 0);
  add (builder, "attn_output.weight", H * model->value_dim, D, 0);
}

static void
add_attention (Builder *builder)
{
  const FixtureModel *model = builder->model;
  guint D = model->n_embedding, dk = model->head_dim;
  guint q = model->n_heads * dk, kv = model->n_kv_heads * dk;

  add (builder, "attn_q.weight", D, q, 0);
  add (builder, "attn_k.weight", D, kv, 0);
  add (builder, "attn_v.weight", D, kv, 0);
  if (model->has_qkv_bias)
    {
      add (builder, "attn_q.bias", q, 0, 0);
      add (builder, "attn_k.bias", kv, 0, 0);
      add (builder, "attn_v.bias", kv, 0, 0);
    }
  if (model->has_qk_norm)
    {
      add (builder, "attn_q_norm.weight", dk, 0, 0);
      add (builder, "attn_k_norm.weight", dk, 0, 0);
    }
  add (builder, "attn_output.weight", q, D, 0);
}

static void
add_experts (Builder *builder)
{
  const FixtureModel *model = builder->model;
  guint D = model->n_embedding, E = model->n_experts;
  guint FE = model->expert_ff != 0 ? model->expert_ff : model->n_ff;
  guint shared = FE * model->n_experts_shared;

  add (builder, "ffn_gate_inp.weight", D, E, 0);
  if (model->has_probs_bias)
    add (builder, "exp_probs_b.bias", E, 0, 0);
  add (builder, "ffn_gate_exps.weight", D, FE, E);
  add (builder, "ffn_up_exps.weight", D, FE, E);
  add (builder, "ffn_down_exps.weight", FE, D, E);
  if (shared == 0)
    return;
  add (builder, "ffn_gate_shexp.weight", D, shared, 0);
  add (builder, "ffn_up_shexp.weight", D, shared, 0);
  add (builder, "ffn_down_shexp.weight", shared, D, 0);
}

static void
add_dense (Builder *builder)
{
  const FixtureModel *model = builder->model;
  guint D = model->n_embedding;

  add (builder, "ffn_gate.weight", D, model->n_ff, 0);
  add (builder, "ffn_up.weight", D, model->n_ff, 0);
  add (builder, "ffn_down.weight", model->n_ff, D, 0);
  if (!model->has_all_biases)
    return;
  add (builder, "ffn_gate.bias", model->n_ff, 0, 0);
  add (builder, "ffn_up.bias", model->n_ff, 0, 0);
  add (builder, "ffn_down.bias", D, 0, 0);
}

static void
add_block (Builder *builder)
{
  const FixtureModel *model = builder->model;
  guint D = model->n_embedding;

  add (builder, "attn_norm.weight", D, 0, 0);
  if (model->kv_rank != 0)
    add_latent_attention (builder);
  else
    add_attention (builder);
  if (model->has_all_biases)
    add (builder, "attn_output.bias", D, 0, 0);
  if (model->has_post_norms)
    add (builder, "post_attention_norm.weight", D, 0, 0);
  add (builder, "ffn_norm.weight", D, 0, 0);
  if (model->n_experts != 0 && (guint) builder->block >= model->n_dense)
    add_experts (builder);
  else
    add_dense (builder);
  if (model->has_post_norms)
    add (builder, "post_ffw_norm.weight", D, 0, 0);
}

static void
add_mtp_head (Builder *builder)
{
  guint D = builder->model->n_embedding;

  add (builder, "nextn.eh_proj.weight", 2 * D, D, 0);
  add (builder, "nextn.enorm.weight", D, 0, 0);
  add (builder, "nextn.hnorm.weight", D, 0, 0);
  add (builder, "nextn.shared_head_norm.weight", D, 0, 0);
  if (!builder->model->has_own_mtp_head)
    return;
  add (builder, "nextn.embed_tokens.weight", D, builder->model->n_vocabulary, 0);
  add (builder, "nextn.shared_head_head.weight", D, builder->model->n_vocabulary, 0);
}

/* Wavelengths divided as Llama 3.1 files have them: none of the fast, eightfold the slow. */
static void
add_rope_freqs (Builder *builder)
{
  static const float first[8] = { 1, 1, 1, 1.5f, 2.5f, 4, 8, 8 };
  guint64 n = builder->model->rope_dim / 2;
  g_autofree float *values = g_new (float, n);

  for (guint i = 0; i < n; i++)
    values[i] = first[i * 8 / n];
  gguf_writer_add_tensor (builder->writer, "rope_freqs.weight", 0, 1, &n, values,
                          n * sizeof (float));
}

GgufWriter *
fixture_model_build (const FixtureModel *model)
{
  GgufWriter *writer = gguf_writer_new ();
  Builder builder = { writer, model, -1 };

  set_metadata (writer, model);
  add (&builder, "token_embd.weight", model->n_embedding, model->n_vocabulary, 0);
  add (&builder, "output_norm.weight", model->n_embedding, 0, 0);
  if (!model->is_tied)
    add (&builder, "output.weight", model->n_embedding, model->n_vocabulary, 0);
  if (model->has_all_biases)
    add (&builder, "output.bias", model->n_vocabulary, 0, 0);
  if (model->has_rope_freqs)
    add_rope_freqs (&builder);
  for (guint i = 0; i < model->n_layers; i++)
    {
      builder.block = i;
      add_block (&builder);
      if (i >= model->n_layers - model->n_mtp)
        add_mtp_head (&builder);
    }
  return writer;
}

/* ---- reference --------------------------------------------------------------------- */

float *
fixture_read_expected (const char *path,
                       const char *name,
                       guint       n)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  g_autofree char *title = g_strdup_printf ("== %s\n", name);
  float *values = g_new (float, n);
  char *at;

  if (!g_file_get_contents (path, &text, NULL, &error))
    g_error ("%s", error->message);
  at = strstr (text, title);
  if (at == NULL)
    g_error ("“%s” has nothing under “%s”.", path, name);
  at += strlen (title);
  for (guint i = 0; i < n; i++)
    {
      char *end;

      values[i] = g_ascii_strtod (at, &end);
      g_assert_true (end != at);
      at = end;
    }
  return values;
}
