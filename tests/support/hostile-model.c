#include "hostile-model.h"

#include "bln-engine.h"
#include "quant.h"

#include <glib/gstdio.h>

#include <string.h>

#define N_CONTEXT 48
#define N_PROMPT 7
#define N_DECODE 3

static void
assert_sentence (const GError *error)
{
  g_assert_true (error->domain == BLN_ERROR);
  g_assert_true (g_utf8_validate (error->message, -1, NULL));
  g_assert_null (strchr (error->message, '\n'));
  g_assert_true (g_str_has_suffix (error->message, "."));
  g_assert_cmpuint (strlen (error->message), <, 1000);
}

/* TRUE where there was no error; else it must have been a clean one. */
static gboolean
went_well (GError **error)
{
  if (*error == NULL)
    return TRUE;
  assert_sentence (*error);
  g_clear_error (error);
  return FALSE;
}

static void
read_text (BlnModel *model)
{
  static const BlnMessage messages[] = { { "user", "Hi <|im_end|> \xf0\x9f\xa6\x99", NULL },
                                         { "assistant", "yes", "hm" },
                                         { "user", "3 + 4?", NULL } };
  static const char text[] = "Hello  world, 12345 \xe6\xb1\x89\xe5\xad\x97 <s></s>\n\xff!";
  g_autoptr (GError) error = NULL;
  g_autofree gint32 *tokens = NULL;
  g_autoptr (BlnPrompt) prompt = NULL;
  g_autoptr (BlnDetokenizer) detokenizer = NULL;
  g_autoptr (GString) back = g_string_new (NULL);
  gsize n_tokens = 0;

  tokens = bln_model_tokenize (model, text, -1, BLN_TOKENIZE_SPECIAL | BLN_TOKENIZE_BOS, &n_tokens,
                               &error);
  if (!went_well (&error))
    return;
  detokenizer = bln_detokenizer_new (model, TRUE);
  for (gsize i = 0; i < n_tokens; i++)
    bln_detokenizer_push (detokenizer, tokens[i], back);
  bln_detokenizer_finish (detokenizer, back);
  g_assert_true (g_utf8_validate_len (back->str, back->len, NULL));
  prompt = bln_model_render_chat (model, messages, G_N_ELEMENTS (messages), BLN_THINK_ON, &error);
  went_well (&error);
}

static gboolean
run_step (BlnModel   *model,
          BlnSession *session)
{
  g_autoptr (GError) error = NULL;
  BlnSampling sampling = { .temperature = 0.8f, .top_p = 0.9f, .repetition_penalty = 1 };
  g_autoptr (BlnSampler) sampler = bln_sampler_new (model, &sampling);
  guint32 n_vocabulary = bln_model_get_info (model)->n_vocabulary;
  gint32 prompt[N_PROMPT], token;

  for (guint i = 0; i < N_PROMPT; i++)
    prompt[i] = (i * 7 + 3) % n_vocabulary;
  bln_session_sync (session, prompt, N_PROMPT, NULL, &error);
  for (guint i = 0; error == NULL && i < N_DECODE; i++)
    bln_session_next (session, sampler, &token, &error);
  return went_well (&error);
}

/* One of the ways in which a model may be run, by the file's size. */
static BlnEngineOptions
choose_options (const char *path)
{
  static const char *const variants[] = { "c", "c", "avx2", NULL };
  GStatBuf status;
  guint choice = g_stat (path, &status) == 0 ? status.st_size / 32 : 0;

  return (BlnEngineOptions) {
    .device = "cpu",
    .n_threads = 1 + choice % 2,
    .n_context = N_CONTEXT,
    .n_batch = choice / 2 % 2 ? 3 : 0,
    .kv_type = choice / 4 % 3,
    .mla_absorbed = choice / 12 % 3 == 1,
    .mla_decompressed = choice / 12 % 3 == 2,
    .disable_mtp = choice / 36 % 2,
    .cpu_variant = variants[choice / 72 % G_N_ELEMENTS (variants)],
  };
}

HostileOutcome
hostile_model_run (const char *path)
{
  BlnEngineOptions options = choose_options (path);
  g_autoptr (GError) error = NULL;
  g_autoptr (BlnModel) model = bln_model_open (path, &error);
  g_autoptr (BlnEngine) engine = NULL;
  g_autoptr (BlnSession) session = NULL;
  BlnMemoryPlan plan;

  g_assert_true ((model == NULL) == (error != NULL));
  if (!went_well (&error))
    return HOSTILE_REFUSED_AT_OPEN;
  read_text (model);
  if (!bln_model_check (model, &error))
    {
      assert_sentence (error);
      return HOSTILE_REFUSED_AT_CHECK;
    }
  bln_model_plan_memory (model, NULL, &plan, &error);
  went_well (&error);
  engine = bln_engine_new (model, &options, &error);
  if (!went_well (&error))
    return HOSTILE_REFUSED_AT_LOAD;
  session = bln_session_new (engine, &error);
  if (!went_well (&error))
    return HOSTILE_REFUSED_AT_LOAD;
  return run_step (model, session) ? HOSTILE_RAN : HOSTILE_REFUSED_AT_STEP;
}

/* ---- mutation ---------------------------------------------------------------------- */

static guint64
nasty_number (GRand *random)
{
  static const guint64 numbers[] = {
    0, 1, 2, 3, 7, 8, 16, 31, 33, 64, 255, 256, 257, 1023, 1025, 65535, 65536, 1 << 20, 1 << 24,
    (1ull << 31) - 1, 1ull << 31, (1ull << 31) + 1, (1ull << 32) - 1, 1ull << 32, 1ull << 42,
    (1ull << 63) - 3, 1ull << 63, G_MAXUINT64,
  };

  return numbers[g_rand_int_range (random, 0, G_N_ELEMENTS (numbers))];
}

static void
mutate_once (GRand  *random,
             guint8 *bytes,
             gsize   n_bytes)
{
  gsize at = g_rand_int_range (random, 4, n_bytes - 16);
  guint64 number;
  gsize from, n;

  switch (g_rand_int_range (random, 0, 6))
    {
    case 0:
      number = nasty_number (random);
      memcpy (bytes + at, &number, 8);
      break;
    case 1:
      number = nasty_number (random);
      memcpy (bytes + at, &number, 4);
      break;
    case 2:
      bytes[at] ^= 1 << g_rand_int_range (random, 0, 8);
      break;
    case 3:
      bytes[at] += g_rand_int_range (random, -2, 3);
      break;
    case 4:
      bytes[at] = g_rand_int (random);
      break;
    default:
      n = g_rand_int_range (random, 1, 16);
      from = g_rand_int_range (random, 0, n_bytes - n);
      memmove (bytes + at, bytes + from, n);
      break;
    }
}

void
hostile_mutate (GRand  *random,
                guint8 *bytes,
                gsize   n_bytes)
{
  guint n_changes = g_rand_int_range (random, 1, 4);

  for (guint i = 0; i < n_changes; i++)
    mutate_once (random, bytes, n_bytes);
}

/* ---- spoiling ---------------------------------------------------------------------- */

static const char *const keys[] = {
  "block_count", "context_length", "embedding_length", "feed_forward_length",
  "attention.head_count", "attention.head_count_kv", "attention.key_length",
  "attention.value_length", "attention.key_length_mla", "attention.value_length_mla",
  "attention.q_lora_rank", "attention.kv_lora_rank", "attention.layer_norm_rms_epsilon",
  "attention.sliding_window", "attention.sliding_window_pattern", "attention.temperature_scale",
  "attention.temperature_length", "rope.dimension_count", "rope.freq_base", "rope.freq_base_swa",
  "rope.scaling.type", "rope.scaling.factor", "rope.scaling.original_context_length",
  "rope.scaling.yarn_log_multiplier", "rope.scaling.attn_factor", "rope.scaling.yarn_beta_fast",
  "vocab_size", "expert_count", "expert_used_count", "expert_shared_count",
  "expert_feed_forward_length", "expert_shared_feed_forward_length", "expert_weights_scale",
  "expert_weights_norm", "expert_gating_func", "expert_group_count", "expert_group_used_count",
  "leading_dense_block_count", "nextn_predict_layers", "logit_scale", "final_logit_softcapping",
};

static void
spoil_key (GRand      *random,
           GgufWriter *writer,
           const char *architecture)
{
  static const float floats[] = { 0, -1, 1e-30f, 1e30f, 3e38f, -0.0f, 0.5f, 40, 1e-45f };
  g_autofree char *key =
    g_strconcat (architecture, ".", keys[g_rand_int_range (random, 0, G_N_ELEMENTS (keys))], NULL);
  guint32 values[8];

  switch (g_rand_int_range (random, 0, 8))
    {
    case 0:
      gguf_writer_remove (writer, key);
      break;
    case 1:
      gguf_writer_set_f32 (writer, key,
                           floats[g_rand_int_range (random, 0, G_N_ELEMENTS (floats))]);
      break;
    case 2:
      gguf_writer_set_string (writer, key, g_rand_boolean (random) ? "yarn" : "linear");
      break;
    case 3:
      for (guint i = 0; i < G_N_ELEMENTS (values); i++)
        values[i] = nasty_number (random);
      gguf_writer_set_array (writer, key, GGUF_U32, values, G_N_ELEMENTS (values), 4);
      break;
    case 4:
      gguf_writer_set_u64 (writer, key, nasty_number (random));
      break;
    default:
      gguf_writer_set_u32 (writer, key, g_rand_int_range (random, 0, 130));
      break;
    }
}

/* Gives the tensor data of the size that it claims now, where that is not absurd. */
static void
refill (GRand      *random,
        GgufTensor *tensor)
{
  const BlnTypeInfo *type = bln_type_info (tensor->type);
  guint64 n_elements = 1, n_bytes;

  if (type == NULL)
    return;
  for (guint i = 0; i < MIN (tensor->n_dims, 4); i++)
    if (__builtin_mul_overflow (n_elements, tensor->ne[i], &n_elements) || n_elements > 1 << 20)
      return;
  n_bytes = n_elements / type->block_elements * type->block_bytes;
  tensor->data = g_realloc (tensor->data, MAX (n_bytes, 1));
  for (guint64 i = 0; i < n_bytes; i++)
    tensor->data[i] = g_rand_int (random) & 0x3f;
  tensor->n_bytes = n_bytes;
}

static void
spoil_tensor (GRand      *random,
              GgufWriter *writer)
{
  guint n_tensors = gguf_writer_get_n_tensors (writer);
  GgufTensor *tensor = gguf_writer_get_tensor (writer, g_rand_int_range (random, 0, n_tensors));
  GgufTensor *other = gguf_writer_get_tensor (writer, g_rand_int_range (random, 0, n_tensors));
  guint i = g_rand_int_range (random, 0, 3);

  switch (g_rand_int_range (random, 0, 6))
    {
    case 0:
      gguf_writer_remove_tensor (writer, tensor->name);
      return;
    case 1:
      tensor->ne[i] = nasty_number (random);
      break;
    case 2:
      tensor->ne[i] = MAX (1, tensor->ne[i] + g_rand_int_range (random, -1, 2) * 32);
      break;
    case 3:
      tensor->type = g_rand_int_range (random, 0, 43);
      break;
    case 4:
      memcpy (tensor->ne, other->ne, sizeof tensor->ne);
      tensor->n_dims = other->n_dims;
      break;
    default:
      /* Sound in shape, wild in value: infinities and numbers that are none. */
      for (guint64 k = 0; tensor->data != NULL && k < tensor->n_bytes; k++)
        tensor->data[k] = g_rand_int (random);
      return;
    }
  refill (random, tensor);
}

void
hostile_spoil (GRand      *random,
               GgufWriter *writer,
               const char *architecture)
{
  guint n_changes = g_rand_int_range (random, 1, 3);

  for (guint i = 0; i < n_changes; i++)
    if (g_rand_int_range (random, 0, 3) < 2)
      spoil_key (random, writer, architecture);
    else
      spoil_tensor (random, writer);
}
