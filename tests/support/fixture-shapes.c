#include "fixture-shapes.h"

/* Mixtral: experts as wide as feed_forward_length, weights normalised. */
static void
make_llama_moe (FixtureModel *model)
{
  model->n_experts = 8;
  model->n_experts_used = 2;
}

static void
make_llama_bias (FixtureModel *model)
{
  model->has_qkv_bias = TRUE;
  model->is_tied = TRUE;
}

static void
make_linear (FixtureModel *model)
{
  model->has_rope_freqs = FALSE;
  model->rope_scaling = "linear";
  model->rope_factor = 4;
}

static void
make_yarn (FixtureModel *model)
{
  model->has_rope_freqs = FALSE;
  model->rope_scaling = "yarn";
  model->rope_factor = 4;
  model->rope_original = 64;
}

static void
make_one_kv_head (FixtureModel *model)
{
  model->n_heads = 3;
  model->n_kv_heads = 1;
  model->head_dim = model->rope_dim = 12;
  model->writes_head_dim = TRUE;
}

static void
make_odd_sizes (FixtureModel *model)
{
  model->n_embedding = 52;
  model->n_ff = 37;
  model->n_heads = 3;
  model->n_kv_heads = 3;
  model->head_dim = model->rope_dim = 10;
  model->writes_head_dim = TRUE;
  model->n_vocabulary = 61;
}

static void
make_odd_latent (FixtureModel *model)
{
  model->n_embedding = 52;
  model->n_ff = 37;
  model->n_heads = 3;
  model->kv_rank = 22;
  model->nope_dim = 10;
  model->rope_dim = 6;
  model->value_dim = 14;
  model->expert_ff = 19;
  model->n_vocabulary = 61;
  model->n_groups = model->n_groups_used = 0;
  model->n_experts = 7;
  model->n_experts_used = 3;
}

/* As V2-Lite in a new file: the split pair and no q compression. */
static void
make_direct_q (FixtureModel *model)
{
  model->q_rank = 0;
}

/* As an old V2 file: q compression and one kv_b, no probability bias: groups by their maximum. */
static void
make_max_groups (FixtureModel *model)
{
  model->has_split_kv = FALSE;
  model->has_probs_bias = FALSE;
  model->normalizes = FALSE;
  model->gating = 1;
  model->n_groups = 2;
  model->n_groups_used = 1;
  model->expert_scale = 16;
}

/* As Moonlight: no rope scaling, no groups, a larger epsilon. */
static void
make_moonlight (FixtureModel *model)
{
  model->rope_scaling = NULL;
  model->yarn_log_multiplier = 0;
  model->n_groups = model->n_groups_used = 0;
  model->freq_base = 5e4f;
  model->epsilon = 1e-5f;
  model->q_rank = 0;
  model->expert_scale = 2.446f;
  model->n_experts_shared = 2;
}

/* Early GLM files lack the gating key: the bias tells that it is the sigmoid. */
static void
make_no_gating_key (FixtureModel *model)
{
  model->gating = 0;
}

static void
make_mtp (FixtureModel *model)
{
  model->n_layers = 4;
  model->n_mtp = 1;
}

static void
make_tied_mtp (FixtureModel *model)
{
  make_moonlight (model);
  make_mtp (model);
  model->is_tied = TRUE;
}

static void
make_all_experts (FixtureModel *model)
{
  model->n_experts_used = model->n_experts;
}

static void
make_all_biases (FixtureModel *model)
{
  model->has_qkv_bias = TRUE;
  model->has_all_biases = TRUE;
}

static void
make_own_mtp_head (FixtureModel *model)
{
  make_mtp (model);
  model->has_own_mtp_head = TRUE;
}

/* As Kimi-K2: the fast end of YaRN is not where others have it. */
static void
make_beta_fast (FixtureModel *model)
{
  model->beta_fast = 1;
  model->rope_original = 4096;
}

/* As Mistral's large files: queries grow with their position. */
static void
make_temperature (FixtureModel *model)
{
  model->temperature_scale = 0.5f;
  model->temperature_length = 3;
}

static void
make_gemma_rarities (FixtureModel *model)
{
  model->softcap = 1.5f;
  model->window_period = 3;
  model->local_freq_base = 5000;
}

const FixtureShape fixture_shapes[FIXTURE_N_SHAPES] = {
  { "llama-moe", "tiny-llama", make_llama_moe },
  { "llama-bias", "tiny-llama", make_llama_bias },
  { "llama-linear", "tiny-llama", make_linear },
  { "llama-yarn", "tiny-llama", make_yarn },
  { "llama-one-kv-head", "tiny-llama", make_one_kv_head },
  { "llama-odd-sizes", "tiny-llama", make_odd_sizes },
  { "qwen2-linear", "tiny-qwen2", make_linear },
  { "gemma3-linear", "tiny-gemma3", make_linear },
  { "qwen3moe-all-experts", "tiny-qwen3moe", make_all_experts },
  { "deepseek2-odd-sizes", "tiny-dsv3", make_odd_latent },
  { "deepseek2-direct-q", "tiny-dsv3", make_direct_q },
  { "deepseek2-max-groups", "tiny-dsv3", make_max_groups },
  { "deepseek2-moonlight", "tiny-dsv3", make_moonlight },
  { "deepseek2-no-gating-key", "tiny-dsv3", make_no_gating_key },
  { "deepseek2-mtp", "tiny-dsv3", make_mtp },
  { "deepseek2-tied-mtp", "tiny-dsv3", make_tied_mtp },
  { "deepseek2-own-mtp-head", "tiny-dsv3", make_own_mtp_head },
  { "deepseek2-beta-fast", "tiny-dsv3", make_beta_fast },
  { "deepseek2-temperature", "tiny-dsv3", make_temperature },
  { "llama-all-biases", "tiny-llama", make_all_biases },
  { "qwen2-all-biases", "tiny-qwen2", make_all_biases },
  { "qwen3-yarn", "tiny-qwen3", make_yarn },
  { "gemma3-rarities", "tiny-gemma3", make_gemma_rarities },
};

FixtureModel
fixture_shape_model (const FixtureShape *shape)
{
  FixtureModel model = fixture_model_named (shape->parent);

  shape->change (&model);
  return model;
}
