#include "config.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

/* Reads one file's keys, each prefixed with the architecture's name. The first thing that
 * goes wrong stays in `error` and turns the calls after it into nothing, so that reading
 * goes straight down. */
typedef struct
{
  BlnGguf *gguf;
  const char *arch;
  GError *error;
  char key[128];
} Reader;

static const struct
{
  const char *name;
  BlnArch arch;
  gboolean is_neox;
} architectures[] = {
  { "deepseek2", BLN_ARCH_DEEPSEEK2, FALSE },
  { "llama", BLN_ARCH_LLAMA, FALSE },
  { "qwen2", BLN_ARCH_QWEN2, TRUE },
  { "qwen3", BLN_ARCH_QWEN3, TRUE },
  { "qwen3moe", BLN_ARCH_QWEN3MOE, TRUE },
  { "gemma3", BLN_ARCH_GEMMA3, TRUE },
};

gboolean
bln_config_damaged (BlnGguf    *gguf,
                    GError    **error,
                    const char *format,
                    ...)
{
  g_autofree char *text = NULL;
  va_list args;

  va_start (args, format);
  text = g_strdup_vprintf (format, args);
  va_end (args);
  g_set_error (error, BLN_ERROR, BLN_ERROR_DAMAGED,
               _("“%s” is damaged: %s Get the file again."), bln_gguf_get_base_name (gguf), text);
  return FALSE;
}

static const char *
key_of (Reader     *reader,
        const char *name)
{
  g_snprintf (reader->key, sizeof reader->key, "%s.%s", reader->arch, name);
  return reader->key;
}

static gboolean
has (Reader     *reader,
     const char *name)
{
  return bln_gguf_has (reader->gguf, key_of (reader, name));
}

static guint32
read_u32 (Reader     *reader,
          const char *name,
          guint32     value,
          guint32     lowest,
          guint32     highest)
{
  if (reader->error != NULL ||
      !bln_gguf_get_u32 (reader->gguf, key_of (reader, name), &value, &reader->error))
    return lowest;
  if (value < lowest || value > highest)
    {
      bln_config_damaged (reader->gguf, &reader->error,
                          _("%s is %u and must be from %u to %u."),
                          reader->key, value, lowest, highest);
      return lowest;
    }
  return value;
}

static guint32
read_required_u32 (Reader     *reader,
                   const char *name,
                   guint32     lowest,
                   guint32     highest)
{
  if (reader->error == NULL && !has (reader, name))
    bln_config_damaged (reader->gguf, &reader->error, _("%s is missing."), reader->key);
  return read_u32 (reader, name, lowest, lowest, highest);
}

static float
read_f32 (Reader     *reader,
          const char *name,
          float       value)
{
  if (reader->error != NULL ||
      !bln_gguf_get_f32 (reader->gguf, key_of (reader, name), &value, &reader->error))
    return 1;
  if (!isfinite (value))
    {
      bln_config_damaged (reader->gguf, &reader->error, _("%s is not a finite number."),
                          reader->key);
      return 1;
    }
  return value;
}

static gboolean
read_bool (Reader     *reader,
           const char *name,
           gboolean    value)
{
  if (reader->error == NULL)
    bln_gguf_get_bool (reader->gguf, key_of (reader, name), &value, &reader->error);
  return value;
}

/* A key that may be one number or one for each block. */
static void
read_per_block (Reader     *reader,
                const char *name,
                guint32    *values,
                guint       n_blocks,
                guint32     lowest,
                guint32     highest)
{
  if (reader->error != NULL ||
      !bln_gguf_get_u32_per_layer (reader->gguf, key_of (reader, name), values, n_blocks,
                                   &reader->error))
    return;
  for (guint i = 0; i < n_blocks; i++)
    if (values[i] < lowest || values[i] > highest)
      {
        bln_config_damaged (reader->gguf, &reader->error,
                            _("%s is %u for block %u and must be from %u to %u."),
                            reader->key, values[i], i, lowest, highest);
        return;
      }
}

static gboolean
has_tensor (Reader     *reader,
            const char *format,
            guint       block)
{
  g_autofree char *name = g_strdup_printf ("blk.%u.%s", block, format);

  return bln_gguf_find_tensor (reader->gguf, name) != NULL;
}

static void
read_sizes (Reader    *reader,
            BlnConfig *config)
{
  gsize n_tokens = 0;
  const BlnGgufString *tokens = NULL;
  const BlnTensor *embedding = bln_gguf_find_tensor (reader->gguf, "token_embd.weight");

  config->n_blocks = read_required_u32 (reader, "block_count", 1, BLN_MAX_BLOCKS);
  config->n_mtp = read_u32 (reader, "nextn_predict_layers", 0, 0, config->n_blocks - 1);
  config->n_layers = config->n_blocks - config->n_mtp;
  config->n_context = read_required_u32 (reader, "context_length", 1, 1u << 26);
  config->n_embd = read_required_u32 (reader, "embedding_length", 1, 1u << 17);
  config->eps = read_f32 (reader, "attention.layer_norm_rms_epsilon", 1e-6f);
  if (reader->error == NULL &&
      !bln_gguf_get_strings (reader->gguf, "tokenizer.ggml.tokens", &tokens, &n_tokens,
                             &reader->error))
    return;
  /* The table of embeddings decides: vocab_size is missing from some files, and the list of
   * tokens may be shorter than a padded table. */
  config->n_vocab = read_u32 (reader, "vocab_size", embedding != NULL
                              ? MIN (embedding->ne[1], 1u << 24) : MAX (n_tokens, 1),
                              1, 1u << 24);
  if (reader->error == NULL && embedding != NULL && embedding->ne[1] != config->n_vocab)
    config->n_vocab = MIN (embedding->ne[1], 1u << 24);
  if (reader->error == NULL && n_tokens > config->n_vocab)
    bln_config_damaged (reader->gguf, &reader->error,
                        _("it lists %u tokens and has rows for %u."),
                        (guint) n_tokens, config->n_vocab);
}

static void
read_heads (Reader    *reader,
            BlnConfig *config)
{
  guint32 n = config->n_blocks;

  config->n_head = g_new0 (guint32, n);
  config->n_head_kv = g_new0 (guint32, n);
  config->n_ff = g_new0 (guint32, n);
  config->is_local = g_new0 (guint8, n);

  if (reader->error == NULL && !has (reader, "attention.head_count"))
    bln_config_damaged (reader->gguf, &reader->error, _("%s is missing."), reader->key);
  read_per_block (reader, "attention.head_count", config->n_head, n, 1, 4096);
  memcpy (config->n_head_kv, config->n_head, n * sizeof *config->n_head);
  read_per_block (reader, "attention.head_count_kv", config->n_head_kv, n, 1, 4096);
  read_per_block (reader, "feed_forward_length", config->n_ff, n, 0, 1u << 20);
  if (reader->error != NULL)
    return;

  for (guint i = 0; i < n; i++)
    if (config->n_head[i] % config->n_head_kv[i] != 0)
      {
        bln_config_damaged (reader->gguf, &reader->error,
                            _("block %u has %u heads, which %u key heads cannot share."),
                            i, config->n_head[i], config->n_head_kv[i]);
        return;
      }
}

/* Plain attention: widths of a head. They need not be n_embd / n_head. */
static void
read_plain_attention (Reader    *reader,
                      BlnConfig *config)
{
  guint32 even = MAX (1, config->n_embd / MAX (1, config->n_head[0]));

  config->n_key = read_u32 (reader, "attention.key_length", even, 1, 4096);
  config->n_value = read_u32 (reader, "attention.value_length", even, 1, 4096);
  config->attention_scale = 1.0f / sqrtf ((float) config->n_key);
  if (config->arch == BLN_ARCH_GEMMA3 && config->n_layers == 62)
    config->attention_scale = 1.0f / sqrtf ((float) even); /* the 27B model alone */
}

/* Both layouts of multi-head latent attention, told apart by which tensors there are. */
static void
read_latent_attention (Reader    *reader,
                       BlnConfig *config)
{
  gboolean has_key_mla = has (reader, "attention.key_length_mla");
  gboolean has_value_mla = has (reader, "attention.value_length_mla");
  gboolean has_split = has_tensor (reader, "attn_k_b.weight", 0);
  guint32 n_key;

  config->is_mla = TRUE;
  config->has_kv_b = !has_split;
  config->n_latent = read_required_u32 (reader, "attention.kv_lora_rank", 1, 1u << 15);
  config->n_rope = read_required_u32 (reader, "rope.dimension_count", 2, 4096);
  config->n_q_lora = read_u32 (reader, "attention.q_lora_rank", 0, 0, 1u << 16);
  if (!has_tensor (reader, "attn_q_a.weight", 0))
    config->n_q_lora = 0;

  if (reader->error == NULL && has_key_mla != has_value_mla)
    bln_config_damaged (reader->gguf, &reader->error,
                        _("of %s.attention.key_length_mla and value_length_mla there is "
                          "only one."), reader->arch);
  if (reader->error == NULL && has_split && !has_key_mla)
    bln_config_damaged (reader->gguf, &reader->error,
                        _("it has attn_k_b tensors and no %s.attention.key_length_mla."),
                        reader->arch);
  n_key = read_required_u32 (reader, has_key_mla ? "attention.key_length_mla"
                             : "attention.key_length", 1, 4096);
  config->n_mla_value = read_required_u32 (reader, has_value_mla
                                           ? "attention.value_length_mla"
                                           : "attention.value_length", 1, 4096);
  if (reader->error == NULL && n_key <= config->n_rope)
    bln_config_damaged (reader->gguf, &reader->error,
                        _("keys of %u values leave nothing beside the %u rotated ones."),
                        n_key, config->n_rope);
  config->n_nope = n_key - config->n_rope;
  config->attention_scale = 1.0f / sqrtf ((float) n_key);
  config->temperature_scale = read_f32 (reader, "attention.temperature_scale", 0);
  config->temperature_length = read_u32 (reader, "attention.temperature_length", 8192,
                                         1, 1u << 26);
}

static void
read_groups (Reader    *reader,
             BlnConfig *config)
{
  config->n_groups = MAX (1, read_u32 (reader, "expert_group_count", 0, 0, 1024));
  config->n_groups_used = read_u32 (reader, "expert_group_used_count", 0, 0, 1024);
  if (reader->error != NULL || config->n_groups == 1)
    return;
  if (config->n_experts % config->n_groups != 0 || config->n_groups_used == 0 ||
      config->n_groups_used > config->n_groups)
    bln_config_damaged (reader->gguf, &reader->error,
                        _("%u experts cannot be split into %u groups of which %u are used."),
                        config->n_experts, config->n_groups, config->n_groups_used);
  else if (config->n_experts_used >
           config->n_experts / config->n_groups * config->n_groups_used)
    bln_config_damaged (reader->gguf, &reader->error,
                        _("%u experts cannot be chosen from %u groups of %u."),
                        config->n_experts_used, config->n_groups_used,
                        config->n_experts / config->n_groups);
}

static gboolean
has_score_bias (Reader    *reader,
                BlnConfig *config)
{
  for (guint i = 0; i < config->n_blocks; i++)
    if (has_tensor (reader, "exp_probs_b.bias", i))
      return TRUE;
  return FALSE;
}

static void
read_gating (Reader    *reader,
             BlnConfig *config)
{
  gboolean is_deepseek = config->arch == BLN_ARCH_DEEPSEEK2;
  gboolean has_bias = has_score_bias (reader, config);
  /* Some early files lack the key; a balancing bias only ever came with sigmoid scores. */
  guint32 gating = read_u32 (reader, "expert_gating_func", 0, 0, 1024);

  if (gating == 0)
    gating = is_deepseek && has_bias ? BLN_GATING_SIGMOID : BLN_GATING_SOFTMAX;
  if (reader->error == NULL && gating > BLN_GATING_SOFTMAX_SELECTED)
    g_set_error (&reader->error, BLN_ERROR, BLN_ERROR_UNSUPPORTED,
                 _("“%s” scores its experts in a way (%u) that is not supported; softmax and "
                   "sigmoid are."), bln_gguf_get_base_name (reader->gguf), gating);
  config->gating = gating;
  config->groups_by_two = has_bias || gating == BLN_GATING_SIGMOID;
  config->normalise = read_bool (reader, "expert_weights_norm", !is_deepseek);
  if (!is_deepseek)
    config->normalise = TRUE; /* Mixtral and Qwen3 always do, whatever the key says */
  config->expert_scale = read_f32 (reader, "expert_weights_scale", 1);
  if (config->expert_scale == 0)
    config->expert_scale = 1;
}

static void
read_experts (Reader    *reader,
              BlnConfig *config)
{
  guint32 n_shared, *per_block;

  config->n_experts = read_u32 (reader, "expert_count", 0, 0, BLN_MAX_EXPERTS);
  if (reader->error != NULL || config->n_experts == 0)
    return;
  config->n_experts_used = read_required_u32 (reader, "expert_used_count", 1,
                                              BLN_MAX_EXPERTS);
  if (reader->error == NULL && config->n_experts_used > config->n_experts)
    bln_config_damaged (reader->gguf, &reader->error, _("it uses %u of %u experts."),
                        config->n_experts_used, config->n_experts);

  per_block = g_newa0 (guint32, BLN_MAX_BLOCKS);
  for (guint i = 0; i < config->n_blocks; i++)
    per_block[i] = config->arch == BLN_ARCH_QWEN3MOE
                   ? config->n_ff[i] / MAX (1, config->n_experts_used) : config->n_ff[i];
  read_per_block (reader, "expert_feed_forward_length", per_block, config->n_blocks,
                  0, 1u << 20);
  for (guint i = 0; i < config->n_blocks; i++)
    config->n_ff_expert = MAX (config->n_ff_expert, per_block[i]);
  if (reader->error == NULL && config->n_ff_expert == 0)
    bln_config_damaged (reader->gguf, &reader->error,
                        _("%s.expert_feed_forward_length is missing."), reader->arch);

  n_shared = read_u32 (reader, "expert_shared_count", 0, 0, 1024);
  config->n_ff_shared = read_u32 (reader, "expert_shared_feed_forward_length",
                                  n_shared * config->n_ff_expert, 0, 1u << 26);
  config->n_leading_dense = read_u32 (reader, "leading_dense_block_count", 0, 0,
                                      config->n_blocks);
  read_gating (reader, config);
  read_groups (reader, config);
}

static gboolean
is_string (const BlnGgufString *string,
           const char          *text)
{
  return string->length == strlen (text) && memcmp (string->bytes, text, string->length) == 0;
}

/* YaRN keeps the attention's temperature by a magnitude on cos and sin, or, in DeepSeek's
 * models, on the softmax scale alone: there the two terms on cos and sin cancel. */
static void
read_yarn (Reader    *reader,
           BlnConfig *config)
{
  BlnRope *rope = &config->rope;
  float s = rope->factor, k, m;

  rope->is_yarn = TRUE;
  rope->original_context = read_u32 (reader, "rope.scaling.original_context_length",
                                     config->n_context, 1, 1u << 26);
  rope->ext_factor = read_f32 (reader, "rope.scaling.yarn_ext_factor", 1);
  rope->beta_fast = read_f32 (reader, "rope.scaling.yarn_beta_fast", 32);
  rope->beta_slow = read_f32 (reader, "rope.scaling.yarn_beta_slow", 1);
  k = read_f32 (reader, "rope.scaling.yarn_log_multiplier", 0);
  m = s > 1 ? 0.1f * logf (s) + 1 : 1;
  rope->magnitude = read_f32 (reader, "rope.scaling.attn_factor", 1);
  if (config->is_mla)
    {
      float scale = s > 1 ? 1 + k * logf (s) : 1;

      config->attention_scale *= scale * scale;
      if (k == 0)
        rope->magnitude *= m;
    }
  else if (k != 0)
    rope->magnitude *= m / (s > 1 ? 0.1f * k * logf (s) + 1 : 1);
  else
    rope->magnitude *= m;
}

static void
read_rope (Reader    *reader,
           BlnConfig *config,
           gboolean   is_neox)
{
  BlnRope *rope = &config->rope;
  BlnGgufString type = { "linear", 6 };
  guint32 n_head = config->is_mla ? config->n_rope : config->n_key;

  rope->is_neox = is_neox;
  rope->n_rot = config->is_mla ? config->n_rope
                : read_u32 (reader, "rope.dimension_count", n_head, 0, n_head);
  rope->base = read_f32 (reader, "rope.freq_base", 10000);
  rope->magnitude = 1;
  rope->factor = read_f32 (reader, "rope.scaling.factor",
                           read_f32 (reader, "rope.scale_linear", 1));
  if (reader->error == NULL)
    bln_gguf_get_string (reader->gguf, key_of (reader, "rope.scaling.type"), &type,
                         &reader->error);
  if (reader->error == NULL && (rope->n_rot % 2 != 0 || rope->base <= 0 || rope->factor < 0))
    bln_config_damaged (reader->gguf, &reader->error,
                        _("its rotary position numbers make no sense."));
  if (reader->error != NULL)
    return;

  if (rope->factor == 0 || is_string (&type, "none"))
    rope->factor = 1;
  if (is_string (&type, "yarn"))
    read_yarn (reader, config);
  else if (!is_string (&type, "linear") && !is_string (&type, "none"))
    {
      g_autofree char *shown = bln_shown_text (type.bytes, type.length);

      g_set_error (&reader->error, BLN_ERROR, BLN_ERROR_UNSUPPORTED,
                   _("“%s” stretches positions by “%s”, which is not supported; linear and yarn "
                     "are."), bln_gguf_get_base_name (reader->gguf), shown);
    }
}

/* Gemma 3 alternates layers that see a window with layers that see everything; the pattern
 * is one number (every Nth sees everything) or a flag for each block. */
static void
read_windows (Reader    *reader,
              BlnConfig *config)
{
  guint32 pattern[BLN_MAX_BLOCKS];
  guint32 every = 6;

  config->embedding_scale = sqrtf ((float) config->n_embd);
  config->n_window = read_u32 (reader, "attention.sliding_window", 0, 0, 1u << 26);
  config->rope_local = config->rope;
  config->rope_local.base = read_f32 (reader, "rope.freq_base_swa", 10000);
  config->rope_local.factor = 1;
  config->rope_local.is_yarn = FALSE;
  config->rope_local.magnitude = 1;
  if (reader->error != NULL || config->n_window == 0)
    return;

  for (guint i = 0; i < config->n_blocks; i++)
    pattern[i] = every;
  read_per_block (reader, "attention.sliding_window_pattern", pattern, config->n_blocks,
                  0, 512);
  for (guint i = 1; i < config->n_blocks; i++)
    if (pattern[i] != pattern[0])
      every = 0;
  if (every != 0 && pattern[0] > 1)
    every = pattern[0];
  else if (has (reader, "attention.sliding_window_pattern"))
    every = 0;
  for (guint i = 0; i < config->n_blocks; i++)
    config->is_local[i] = every != 0 ? i % every < every - 1 : pattern[i] != 0;
}

gboolean
bln_config_has_experts (const BlnConfig *config,
                        guint            block)
{
  return config->n_experts > 0 && block >= config->n_leading_dense;
}

static gboolean
find_architecture (BlnGguf   *gguf,
                   BlnConfig *config,
                   gboolean  *is_neox,
                   GError   **error)
{
  BlnGgufString arch = { NULL, 0 };
  g_autofree char *shown = NULL;

  if (!bln_gguf_get_string (gguf, "general.architecture", &arch, error))
    return FALSE;
  if (arch.bytes == NULL)
    return bln_config_damaged (gguf, error, _("general.architecture is missing."));
  for (guint i = 0; i < G_N_ELEMENTS (architectures); i++)
    if (is_string (&arch, architectures[i].name))
      {
        config->arch = architectures[i].arch;
        config->arch_name = architectures[i].name;
        *is_neox = architectures[i].is_neox;
        return TRUE;
      }
  shown = bln_shown_text (arch.bytes, arch.length);
  g_set_error (error, BLN_ERROR, BLN_ERROR_UNSUPPORTED,
               _("“%s” is a model of the architecture “%s”, which is not supported; choose one of "
                 "deepseek2, llama, qwen2, qwen3, qwen3moe or gemma3."),
               bln_gguf_get_base_name (gguf), shown);
  return FALSE;
}

gboolean
bln_config_read (BlnConfig *config,
                 BlnGguf   *gguf,
                 GError   **error)
{
  Reader reader = { gguf, NULL, NULL, "" };
  gboolean is_neox = FALSE;

  memset (config, 0, sizeof *config);
  if (!find_architecture (gguf, config, &is_neox, error))
    return FALSE;

  reader.arch = config->arch_name;
  config->embedding_scale = 1;
  read_sizes (&reader, config);
  read_heads (&reader, config);
  config->logit_scale = read_f32 (&reader, "logit_scale", 1);
  config->logit_softcap = read_f32 (&reader, "final_logit_softcapping", 0);
  if (config->arch == BLN_ARCH_DEEPSEEK2)
    read_latent_attention (&reader, config);
  else
    read_plain_attention (&reader, config);
  config->n_groups = 1;
  if (config->arch != BLN_ARCH_GEMMA3 && config->arch != BLN_ARCH_QWEN2 &&
      config->arch != BLN_ARCH_QWEN3)
    read_experts (&reader, config);
  read_rope (&reader, config, is_neox);
  if (config->arch == BLN_ARCH_GEMMA3)
    read_windows (&reader, config);

  if (config->logit_scale == 0)
    config->logit_scale = 1;
  if (reader.error == NULL)
    return TRUE;
  g_propagate_error (error, reader.error);
  bln_config_clear (config);
  return FALSE;
}

void
bln_config_clear (BlnConfig *config)
{
  g_clear_pointer (&config->n_head, g_free);
  g_clear_pointer (&config->n_head_kv, g_free);
  g_clear_pointer (&config->n_ff, g_free);
  g_clear_pointer (&config->is_local, g_free);
}
