/* Files that are sound GGUF and contradict themselves: refused, at the latest before anything
 * runs, with the name of what is wrong. */
#include "bln-engine.h"
#include "fixture-models.h"
#include "gguf-probe.h"
#include "vocabulary.h"

#include <string.h>

typedef struct
{
  const char *name;
  const char *fixture;
  void (*spoil) (GgufWriter *writer);
  const char *says;
  BlnError code;
} Case;

#define SET_U32(function, key, value) \
  static void function (GgufWriter *w) { gguf_writer_set_u32 (w, key, value); }
#define REMOVE(function, key) \
  static void function (GgufWriter *w) { gguf_writer_remove (w, key); }
#define REMOVE_TENSOR(function, name) \
  static void function (GgufWriter *w) { gguf_writer_remove_tensor (w, name); }

SET_U32 (blocks_0, "llama.block_count", 0)
SET_U32 (blocks_million, "llama.block_count", 1000000)
SET_U32 (blocks_many, "llama.block_count", 5)
REMOVE (blocks_none, "llama.block_count")
SET_U32 (heads_0, "llama.attention.head_count", 0)
SET_U32 (heads_odd, "llama.attention.head_count", 5)
SET_U32 (kv_heads_0, "llama.attention.head_count_kv", 0)
SET_U32 (kv_heads_odd, "llama.attention.head_count_kv", 3)
SET_U32 (width_0, "llama.embedding_length", 0)
SET_U32 (width_other, "llama.embedding_length", 128)
SET_U32 (ff_other, "llama.feed_forward_length", 95)
SET_U32 (vocabulary_less, "llama.vocab_size", 63)
SET_U32 (vocabulary_more, "llama.vocab_size", 65)
SET_U32 (used_more, "deepseek2.expert_used_count", 9)
SET_U32 (used_none, "deepseek2.expert_used_count", 0)
SET_U32 (experts_million, "deepseek2.expert_count", 1000000)
SET_U32 (groups_odd, "deepseek2.expert_group_count", 3)
SET_U32 (groups_used_more, "deepseek2.expert_group_used_count", 5)
SET_U32 (mtp_all, "deepseek2.nextn_predict_layers", 3)
SET_U32 (mtp_more, "deepseek2.nextn_predict_layers", 4)
SET_U32 (rope_odd, "deepseek2.rope.dimension_count", 7)
SET_U32 (rope_wide, "deepseek2.rope.dimension_count", 24)
REMOVE (value_mla_none, "deepseek2.attention.value_length_mla")
REMOVE (key_mla_none, "deepseek2.attention.key_length_mla")
REMOVE (rank_none, "deepseek2.attention.kv_lora_rank")
REMOVE_TENSOR (embedding_none, "token_embd.weight")
REMOVE_TENSOR (norm_none, "blk.1.attn_norm.weight")
REMOVE_TENSOR (v_b_none, "blk.0.attn_v_b.weight")
REMOVE_TENSOR (experts_none, "blk.1.ffn_up_exps.weight")

static void
kv_none (GgufWriter *writer)
{
  for (guint i = 0; i < 3; i++)
    {
      g_autofree char *k_b = g_strdup_printf ("blk.%u.attn_k_b.weight", i);
      g_autofree char *v_b = g_strdup_printf ("blk.%u.attn_v_b.weight", i);

      gguf_writer_remove_tensor (writer, k_b);
      gguf_writer_remove_tensor (writer, v_b);
    }
}

static void
architecture_unknown (GgufWriter *writer)
{
  gguf_writer_set_string (writer, "general.architecture", "mamba");
}

static void
architecture_none (GgufWriter *writer)
{
  gguf_writer_remove (writer, "general.architecture");
}

static void
architecture_number (GgufWriter *writer)
{
  gguf_writer_set_u32 (writer, "general.architecture", 2);
}

static void
type_lacking (GgufWriter *writer)
{
  GgufTensor *tensor = gguf_writer_find_tensor (writer, "blk.0.attn_output.weight");

  tensor->type = 26;
}

static void
scaling_unknown (GgufWriter *writer)
{
  gguf_writer_set_string (writer, "deepseek2.rope.scaling.type", "longrope");
}

static void
swapped_dims (GgufWriter *writer)
{
  GgufTensor *tensor = gguf_writer_find_tensor (writer, "blk.0.ffn_up.weight");
  guint64 ne0 = tensor->ne[0];

  tensor->ne[0] = tensor->ne[1];
  tensor->ne[1] = ne0;
}

static const Case cases[] = {
  { "no-blocks", "tiny-llama", blocks_0, "block_count", BLN_ERROR_DAMAGED },
  { "million-blocks", "tiny-llama", blocks_million, "1000000", BLN_ERROR_DAMAGED },
  { "more-blocks-than-tensors", "tiny-llama", blocks_many, "blk.4.", BLN_ERROR_DAMAGED },
  { "block-count-missing", "tiny-llama", blocks_none, "block_count", BLN_ERROR_DAMAGED },
  { "no-heads", "tiny-llama", heads_0, "head_count", BLN_ERROR_DAMAGED },
  { "heads-of-odd-number", "tiny-llama", heads_odd, "heads", BLN_ERROR_DAMAGED },
  { "no-key-heads", "tiny-llama", kv_heads_0, "head_count_kv", BLN_ERROR_DAMAGED },
  { "key-heads-of-odd-number", "tiny-llama", kv_heads_odd, "heads", BLN_ERROR_DAMAGED },
  { "no-width", "tiny-llama", width_0, "embedding_length", BLN_ERROR_DAMAGED },
  { "other-width", "tiny-llama", width_other, "token_embd.weight", BLN_ERROR_DAMAGED },
  { "other-feed-forward", "tiny-llama", ff_other, "ffn_", BLN_ERROR_DAMAGED },
  { "swapped-dimensions", "tiny-llama", swapped_dims, "blk.0.ffn_up.weight", BLN_ERROR_DAMAGED },
  { "vocabulary-shorter-than-table", "tiny-llama", vocabulary_less, "63", BLN_ERROR_DAMAGED },
  { "vocabulary-longer-than-table", "tiny-llama", vocabulary_more, "65", BLN_ERROR_DAMAGED },
  { "more-experts-used-than-there", "tiny-dsv3", used_more, "9", BLN_ERROR_DAMAGED },
  { "no-experts-used", "tiny-dsv3", used_none, "expert_used_count", BLN_ERROR_DAMAGED },
  { "million-experts", "tiny-dsv3", experts_million, "expert_count", BLN_ERROR_DAMAGED },
  { "groups-do-not-divide", "tiny-dsv3", groups_odd, "groups", BLN_ERROR_DAMAGED },
  { "more-groups-used-than-there", "tiny-dsv3", groups_used_more, "groups", BLN_ERROR_DAMAGED },
  { "all-blocks-predict", "tiny-dsv3", mtp_all, "nextn", BLN_ERROR_DAMAGED },
  { "more-predict-than-blocks", "tiny-dsv3", mtp_more, "3", BLN_ERROR_DAMAGED },
  { "odd-rotation", "tiny-dsv3", rope_odd, "", BLN_ERROR_DAMAGED },
  { "rotation-wider-than-keys", "tiny-dsv3", rope_wide, "24", BLN_ERROR_DAMAGED },
  { "value-length-mla-missing", "tiny-dsv3", value_mla_none, "_mla", BLN_ERROR_DAMAGED },
  { "key-length-mla-missing", "tiny-dsv3", key_mla_none, "_mla", BLN_ERROR_DAMAGED },
  { "latent-rank-missing", "tiny-dsv3", rank_none, "kv_lora_rank", BLN_ERROR_DAMAGED },
  { "no-kv-projection", "tiny-dsv3", kv_none, "attn_kv_b", BLN_ERROR_DAMAGED },
  { "half-a-kv-projection", "tiny-dsv3", v_b_none, "attn_v_b", BLN_ERROR_DAMAGED },
  { "no-experts-tensor", "tiny-dsv3", experts_none, "ffn_up_exps", BLN_ERROR_DAMAGED },
  { "no-embedding", "tiny-llama", embedding_none, "token_embd.weight", BLN_ERROR_DAMAGED },
  { "no-norm", "tiny-llama", norm_none, "blk.1.attn_norm.weight", BLN_ERROR_DAMAGED },
  { "architecture-missing", "tiny-llama", architecture_none, "architecture", BLN_ERROR_DAMAGED },
  { "architecture-a-number", "tiny-llama", architecture_number, "architecture", BLN_ERROR_DAMAGED },
  { "architecture-unknown", "tiny-llama", architecture_unknown, "mamba", BLN_ERROR_UNSUPPORTED },
  { "type-we-lack", "tiny-llama", type_lacking, "I32", BLN_ERROR_UNSUPPORTED },
  { "scaling-we-lack", "tiny-dsv3", scaling_unknown, "longrope", BLN_ERROR_UNSUPPORTED },
};

typedef struct
{
  GgufProbe *probe;
  GError *error;
} Check;

static void
check_cb (gpointer user_data)
{
  Check *check = user_data;
  g_autoptr (BlnModel) model = bln_model_open (check->probe->path, &check->error);

  if (model != NULL)
    bln_model_check (model, &check->error);
}

static GError *
check_writer (GgufWriter *writer)
{
  g_autoptr (GgufProbe) probe = gguf_probe_new ("refused.gguf");
  Check check = { probe, NULL };

  gguf_writer_write (writer, probe->path);
  gguf_probe_limited (check_cb, &check);
  if (check.error != NULL)
    gguf_probe_assert_clean (probe, check.error);
  return check.error;
}

static void
test_case (gconstpointer data)
{
  const Case *c = data;
  FixtureModel fixture = fixture_model_named (c->fixture);
  g_autoptr (GgufWriter) writer = fixture_model_build (&fixture);
  g_autoptr (GError) error = NULL;

  c->spoil (writer);
  error = check_writer (writer);
  g_assert_error (error, BLN_ERROR, (gint) c->code);
  if (strstr (error->message, c->says) == NULL)
    g_error ("“%s” does not say “%s”", error->message, c->says);
}

static void
test_fixtures_are_sound (void)
{
  for (guint i = 0; i < FIXTURE_MODEL_N_NAMES; i++)
    {
      FixtureModel fixture = fixture_model_named (fixture_model_names[i]);
      g_autoptr (GgufWriter) writer = fixture_model_build (&fixture);
      g_autoptr (GError) error = check_writer (writer);

      g_assert_no_error (error);
    }
}

/* What we lack is named together with what we have. */
static void
test_says_what_we_have (void)
{
  FixtureModel fixture = fixture_model_named ("tiny-llama");
  g_autoptr (GgufWriter) writer = fixture_model_build (&fixture);
  g_autoptr (GgufWriter) other = fixture_model_build (&fixture);
  g_autoptr (GError) architecture = NULL;
  g_autoptr (GError) type = NULL;

  architecture_unknown (writer);
  architecture = check_writer (writer);
  g_assert_nonnull (strstr (architecture->message, "deepseek2"));
  type_lacking (other);
  type = check_writer (other);
  g_assert_nonnull (strstr (type->message, "Q4_K"));
}

/* ---- vocabularies ------------------------------------------------------------------ */

static void
add_table (GgufWriter *writer,
           guint64     n_rows)
{
  g_autofree float *zeros = g_new0 (float, 32 * n_rows);
  guint64 ne[2] = { 32, n_rows };

  gguf_writer_add_tensor (writer, "token_embd.weight", BLN_TYPE_F32, 2, ne, zeros,
                          32 * n_rows * 4);
}

/* 256 bytes and "ab". */
static Vocabulary *
small_vocabulary (void)
{
  Vocabulary *vocabulary = vocabulary_new_byte_level ("gpt-2");

  vocabulary_merge (vocabulary, "a", "b");
  vocabulary_describe (vocabulary);
  return vocabulary;
}

static void
test_tokens_and_table (void)
{
  static const gint differences[] = { -1, 1, 200 };

  for (guint i = 0; i < G_N_ELEMENTS (differences); i++)
    {
      g_autoptr (Vocabulary) vocabulary = small_vocabulary ();
      g_autoptr (GError) error = NULL;

      add_table (vocabulary->writer, 257 + differences[i]);
      error = check_writer (vocabulary->writer);
      g_assert_error (error, BLN_ERROR, BLN_ERROR_DAMAGED);
      g_assert_nonnull (strstr (error->message, "257"));
    }
}

static void
test_token_types_of_bytes (void)
{
  g_autoptr (Vocabulary) vocabulary = small_vocabulary ();
  g_autoptr (GError) error = NULL;
  guint8 types[257] = { 1 };

  gguf_writer_set_array (vocabulary->writer, "tokenizer.ggml.token_type", GGUF_U8, types, 257, 1);
  error = check_writer (vocabulary->writer);
  g_assert_error (error, BLN_ERROR, BLN_ERROR_DAMAGED);
  g_assert_nonnull (strstr (error->message, "token_type"));
}

static void
test_special_id_out_of_range (void)
{
  g_autoptr (Vocabulary) vocabulary = small_vocabulary ();
  g_autoptr (GError) error = NULL;

  gguf_writer_set_u32 (vocabulary->writer, "tokenizer.ggml.bos_token_id", 257);
  error = check_writer (vocabulary->writer);
  g_assert_error (error, BLN_ERROR, BLN_ERROR_DAMAGED);
  g_assert_nonnull (strstr (error->message, "bos_token_id"));
}

static void
test_byte_token_of_minus_one (void)
{
  g_autoptr (Vocabulary) vocabulary = vocabulary_new_sentencepiece ();
  g_autoptr (GError) error = NULL;

  vocabulary_add (vocabulary, "<0x-1>", 6, 0);
  vocabulary_describe (vocabulary);
  error = check_writer (vocabulary->writer);
  g_assert_error (error, BLN_ERROR, BLN_ERROR_DAMAGED);
  g_assert_nonnull (strstr (error->message, "<0x-1>"));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/model/fixtures-are-sound", test_fixtures_are_sound);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/model/refused/", cases[i].name, NULL);
      g_test_add_data_func (path, &cases[i], test_case);
    }
  g_test_add_func ("/model/says-what-we-have", test_says_what_we_have);
  g_test_add_func ("/model/refused/tokens-and-table-differ", test_tokens_and_table);
  g_test_add_func ("/model/refused/token-types-of-bytes", test_token_types_of_bytes);
  g_test_add_func ("/model/refused/special-id-out-of-range", test_special_id_out_of_range);
  g_test_add_func ("/model/refused/byte-token-of-minus-one", test_byte_token_of_minus_one);
  return g_test_run ();
}
