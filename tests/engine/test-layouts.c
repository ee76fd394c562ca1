/* The same weights written in another way, or in another element type: the same logits. */
#include <glib/gstdio.h>
#include <math.h>
#include <string.h>

#include "fixture-shapes.h"
#include "model-variants.h"
#include "quant.h"
#include "run-model.h"

#define N FIXTURE_N_PROMPT

static float *
logits_of (GgufWriter             *writer,
           const BlnEngineOptions *options,
           gsize                   chunk,
           gsize                  *n_values)
{
  g_autoptr (RunModel) run = run_model_new (writer, options);

  *n_values = N * run->n_vocabulary;
  return run_model_logits (run, fixture_prompt, N, chunk);
}

/* Both files at once and token by token. */
static void
assert_same_logits (GgufWriter *a,
                    GgufWriter *b,
                    double      tolerance)
{
  for (gsize chunk = 0; chunk < 2; chunk++)
    {
      const BlnEngineOptions options = { .kv_type = BLN_KV_F32 };
      gsize n_a, n_b;
      g_autofree float *of_a = logits_of (a, &options, chunk, &n_a);
      g_autofree float *of_b = logits_of (b, &options, chunk, &n_b);
      double difference = largest_difference (of_a, of_b, n_a);

      g_test_message ("largest difference %.2g", difference);
      g_assert_cmpuint (n_a, ==, n_b);
      g_assert_cmpfloat (difference, <=, tolerance);
    }
}

/* ---- layouts ----------------------------------------------------------------------- */

static void
test_old_kv_b (void)
{
  FixtureModel model = fixture_model_named ("tiny-dsv3");
  g_autoptr (GgufWriter) split = fixture_model_build (&model);
  g_autoptr (GgufWriter) old = fixture_model_build (&model);

  model_join_kv_b (old, &model, FALSE);
  assert_same_logits (old, split, 1e-5);
}

/* The pair is preferred: a wrong kv_b beside it changes nothing. */
static void
test_all_three_kv_b (void)
{
  FixtureModel model = fixture_model_named ("tiny-dsv3");
  g_autoptr (GgufWriter) split = fixture_model_build (&model);
  g_autoptr (GgufWriter) all = fixture_model_build (&model);

  model_join_kv_b (all, &model, TRUE);
  assert_same_logits (all, split, 1e-5);
  for (guint i = 0; i < model.n_layers; i++)
    {
      g_autofree char *name = g_strdup_printf ("blk.%u.attn_kv_b.weight", i);
      GgufTensor *kv_b = gguf_writer_find_tensor (all, name);

      memset (kv_b->data, 0, kv_b->n_bytes);
    }
  assert_same_logits (all, split, 1e-5);
}

static void
test_fused_qkv (gconstpointer fixture)
{
  FixtureModel model = fixture_model_named (fixture);
  g_autoptr (GgufWriter) apart = fixture_model_build (&model);
  g_autoptr (GgufWriter) fused = fixture_model_build (&model);

  model_fuse_qkv (fused, &model);
  assert_same_logits (fused, apart, 1e-5);
}

static void
test_fused_gate_up (gconstpointer fixture)
{
  FixtureModel model = fixture_model_named (fixture);
  g_autoptr (GgufWriter) apart = fixture_model_build (&model);
  g_autoptr (GgufWriter) fused = fixture_model_build (&model);

  model_fuse_gate_up (fused, &model);
  assert_same_logits (fused, apart, 1e-5);
}

/* Norms and the router may be stored as halves. */
static void
test_half_norms (gconstpointer type)
{
  FixtureModel model = fixture_model_named ("tiny-dsv3");
  g_autoptr (GgufWriter) half = fixture_model_build (&model);
  g_autoptr (GgufWriter) decoded = fixture_model_build (&model);
  static const char *const names[] = { "norm.weight", "ffn_gate_inp.weight", "probs_b.bias" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      model_retype (half, names[i], GPOINTER_TO_UINT (type));
      model_retype (decoded, names[i], GPOINTER_TO_UINT (type));
    }
  model_dequantize (decoded);
  assert_same_logits (half, decoded, 1e-4);
}

/* ---- splits ------------------------------------------------------------------------ */

static void
assert_split (const guint *n_per_part,
              guint        n_parts)
{
  FixtureModel model = fixture_model_named ("tiny-dsv3");
  g_autoptr (GgufWriter) writer = fixture_model_build (&model);
  g_autoptr (GError) error = NULL;
  g_autofree char *folder = g_dir_make_tmp ("baleen-test-XXXXXX", &error);
  g_autofree char *prefix = g_build_filename (folder, "model", NULL);
  g_autofree char *path = gguf_writer_write_split (writer, prefix, n_per_part, n_parts);
  g_autoptr (RunModel) run = run_model_new_for_path (path, NULL);
  g_autofree float *logits = run_model_logits (run, fixture_prompt, N, 0);
  gsize n;
  g_autofree float *whole = logits_of (writer, NULL, 0, &n);

  g_assert_cmpmem (logits, n * sizeof (float), whole, n * sizeof (float));
  for (guint i = 0; i < n_parts; i++)
    {
      g_autofree char *part = g_strdup_printf ("%s-%05u-of-%05u.gguf", prefix, i + 1, n_parts);

      g_assert_cmpint (g_remove (part), ==, 0);
    }
  g_assert_cmpint (g_rmdir (folder), ==, 0);
}

static void
test_split (void)
{
  assert_split ((guint[]) { 20, 11, 0 }, 3);
}

static void
test_split_metadata_first (void)
{
  assert_split ((guint[]) { 0, 30, 0 }, 3);
}

/* ---- element types ----------------------------------------------------------------- */

/* Rows of 256, so that every type fits; all experts are used, so that a rounding cannot change
 * which. */
static FixtureModel
wide_dense (void)
{
  FixtureModel model = fixture_model_named ("tiny-llama");

  model.is_calm = TRUE;
  model.n_layers = 2;
  model.n_embedding = model.n_ff = 256;
  model.head_dim = model.rope_dim = 64;
  return model;
}

static FixtureModel
wide_experts (void)
{
  FixtureModel model = fixture_model_named ("tiny-dsv3");

  model.is_calm = TRUE;
  model.n_layers = 2;
  model.n_embedding = model.n_ff = model.q_rank = model.kv_rank = 256;
  model.nope_dim = 32;
  model.value_dim = 64;
  model.rope_dim = 16;
  model.expert_ff = 256;
  model.n_experts = model.n_experts_used = 4;
  model.n_groups = model.n_groups_used = 0;
  model.yarn_log_multiplier = 0;
  model.rope_scaling = NULL;
  return model;
}

typedef struct
{
  BlnType type;
  double tolerance; /* of the root mean square, against the same weights in F32 */
} TypeCase;

/* Activations are rounded to eight bits per 32 or 256: about a percent. Halves keep them. */
static const TypeCase type_cases[] = {
  { BLN_TYPE_F16, 2e-3 },  { BLN_TYPE_BF16, 1e-2 }, { BLN_TYPE_Q4_0, 2e-2 },
  { BLN_TYPE_Q4_1, 2e-2 }, { BLN_TYPE_Q5_0, 2e-2 }, { BLN_TYPE_Q5_1, 2e-2 },
  { BLN_TYPE_Q8_0, 2e-2 }, { BLN_TYPE_Q2_K, 2e-2 }, { BLN_TYPE_Q3_K, 2e-2 },
  { BLN_TYPE_Q4_K, 2e-2 }, { BLN_TYPE_Q5_K, 2e-2 }, { BLN_TYPE_Q6_K, 2e-2 },
  { BLN_TYPE_IQ4_NL, 2e-2 }, { BLN_TYPE_IQ4_XS, 2e-2 }, { BLN_TYPE_MXFP4, 2e-2 },
};

static void
assert_type (const FixtureModel *model,
             const TypeCase     *c)
{
  g_autoptr (GgufWriter) quantized = fixture_model_build (model);
  g_autoptr (GgufWriter) decoded = fixture_model_build (model);

  model_quantize (quantized, c->type, BLN_TYPE_Q8_0, 11);
  model_quantize (decoded, c->type, BLN_TYPE_Q8_0, 11);
  model_dequantize (decoded);
  for (gsize chunk = 0; chunk < 2; chunk++)
    {
      BlnEngineOptions options = { .kv_type = BLN_KV_F32 };
      gsize n;
      g_autofree float *logits = logits_of (quantized, &options, chunk, &n);
      g_autofree float *exact = logits_of (decoded, &options, chunk, &n);
      double difference = relative_difference (logits, exact, n);

      g_test_message ("%s, %s: relative difference %.2g", bln_type_info (c->type)->name,
                      chunk == 0 ? "at once" : "token by token", difference);
      g_assert_cmpfloat (difference, <=, c->tolerance);
    }
}

static void
test_dense_type (gconstpointer data)
{
  FixtureModel model = wide_dense ();

  assert_type (&model, data);
}

static void
test_experts_type (gconstpointer data)
{
  FixtureModel model = wide_experts ();

  assert_type (&model, data);
}

static void
decode (RunModel         *run,
        BlnSession       *session,
        gsize             n,
        BlnSessionStats  *stats)
{
  for (gsize i = 0; i < n; i++)
    {
      g_assert_true (bln_session_append (session, fixture_prompt[i], NULL));
      run_model_step_all (run, &session, 1);
    }
  bln_session_get_stats (session, stats);
}

/* A pass that has to prepare weights is told apart, since its time says nothing of those to come;
 * after preparing ahead there are none, and the logits are the same. */
static void
test_prepared_ahead (void)
{
  FixtureModel model = wide_experts ();
  g_autoptr (GgufWriter) writer = fixture_model_build (&model);
  g_autoptr (RunModel) lazy = NULL, ahead = NULL;
  g_autoptr (BlnSession) first = NULL, second = NULL;
  BlnSessionStats stats;

  model_quantize (writer, BLN_TYPE_Q4_K, BLN_TYPE_Q8_0, 11);
  lazy = run_model_new (writer, NULL);
  first = run_model_session (lazy);
  decode (lazy, first, 6, &stats);
  g_assert_cmpuint (stats.n_decoded, ==, 6);
  g_assert_cmpuint (stats.n_preparing, >=, 1);
  g_assert_cmpfloat (stats.preparing_seconds, >, 0);
  g_assert_cmpfloat (stats.preparing_seconds, <=, stats.decode_seconds);

  ahead = run_model_new (writer, NULL);
  g_assert_cmpuint (bln_engine_prepare (ahead->engine, 0), >, 0);
  g_assert_cmpuint (bln_engine_prepare (ahead->engine, 60), ==, 0);
  second = run_model_session (ahead);
  decode (ahead, second, 6, &stats);
  g_assert_cmpuint (stats.n_decoded, ==, 6);
  g_assert_cmpuint (stats.n_preparing, ==, 0);
  g_assert_cmpmem (bln_session_get_logits (first), lazy->n_vocabulary * sizeof (float),
                   bln_session_get_logits (second), ahead->n_vocabulary * sizeof (float));
}

/* The old attn_kv_b has its key half copied as halves for the absorbed form; both forms. */
static void
test_old_kv_b_types (void)
{
  static const TypeCase cases[] = { { BLN_TYPE_F16, 2e-3 }, { BLN_TYPE_Q8_0, 2e-2 },
                                    { BLN_TYPE_Q4_K, 2e-2 } };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    for (guint form = 0; form < 2; form++)
      {
        const BlnEngineOptions options = { .kv_type = BLN_KV_F32, .mla_absorbed = form == 0,
                                           .mla_decompressed = form == 1 };
        FixtureModel model = wide_experts ();
        g_autoptr (GgufWriter) quantized = NULL;
        g_autoptr (GgufWriter) decoded = NULL;
        g_autofree float *logits = NULL, *exact = NULL;
        gsize n;

        model.has_split_kv = FALSE;
        quantized = fixture_model_build (&model);
        decoded = fixture_model_build (&model);
        model_quantize (quantized, cases[i].type, BLN_TYPE_Q8_0, 11);
        model_quantize (decoded, cases[i].type, BLN_TYPE_Q8_0, 11);
        model_dequantize (decoded);
        logits = logits_of (quantized, &options, 0, &n);
        exact = logits_of (decoded, &options, 0, &n);
        g_test_message ("%s, %s: relative difference %.2g", bln_type_info (cases[i].type)->name,
                        form == 0 ? "absorbed" : "decompressed",
                        relative_difference (logits, exact, n));
        g_assert_cmpfloat (relative_difference (logits, exact, n), <=, cases[i].tolerance);
      }
}

/* Quantized weights too give the same bits however the tokens come in, and on any number of
 * threads: what makes drafts verifiable and answers repeatable. */
static void
test_quantized_bits (gconstpointer data)
{
  const TypeCase *c = data;
  FixtureModel model = wide_experts ();
  g_autoptr (GgufWriter) writer = fixture_model_build (&model);
  BlnEngineOptions options = { .mla_absorbed = TRUE, .n_threads = 1 };
  gsize n;
  g_autofree float *single = NULL;

  model_quantize (writer, c->type, BLN_TYPE_Q8_0, 11);
  single = logits_of (writer, &options, 1, &n);
  for (guint i = 0; i < 3; i++)
    {
      g_autofree float *other = NULL;

      options.n_threads = i + 1;
      other = logits_of (writer, &options, i + 1, &n);
      g_assert_cmpmem (other, n * sizeof (float), single, n * sizeof (float));
    }
}

/* All kernel sets of this processor agree to the bit; one that it lacks is told as skipped. */
static void
test_kernels_agree (gconstpointer data)
{
  static const char *const variants[] = { "c", "avx2", "avx512" };
  const TypeCase *c = data;
  FixtureModel model = wide_experts ();
  g_autoptr (GgufWriter) writer = fixture_model_build (&model);
  g_autoptr (RunModel) best = NULL;
  g_autofree float *expected = NULL;

  model_quantize (writer, c->type, BLN_TYPE_Q8_0, 11);
  best = run_model_new (writer, &(BlnEngineOptions) { .mla_absorbed = TRUE });
  expected = run_model_logits (best, fixture_prompt, N, 0);
  for (guint i = 0; i < G_N_ELEMENTS (variants); i++)
    {
      BlnEngineOptions options = { .mla_absorbed = TRUE, .cpu_variant = variants[i] };
      g_autoptr (GError) error = NULL;
      g_autoptr (BlnEngine) probe = bln_engine_new (best->model, &options, &error);
      g_autofree float *logits = NULL;
      gsize n;

      if (g_error_matches (error, BLN_ERROR, BLN_ERROR_ARGUMENT))
        {
          g_test_skip (error->message);
          continue;
        }
      g_assert_no_error (error);
      logits = logits_of (writer, &options, 0, &n);
      g_assert_cmpmem (logits, n * sizeof (float), expected, n * sizeof (float));
    }
}

static void
add_type (const TypeCase *c)
{
  const char *name = bln_type_info (c->type)->name;
  g_autofree char *dense = g_strdup_printf ("/types/%s/dense", name);
  g_autofree char *experts = g_strdup_printf ("/types/%s/experts", name);
  g_autofree char *kernels = g_strdup_printf ("/types/%s/same-bits-by-any-kernels", name);
  g_autofree char *bits = g_strdup_printf ("/types/%s/same-bits-in-any-batch", name);

  g_test_add_data_func (dense, c, test_dense_type);
  g_test_add_data_func (experts, c, test_experts_type);
  g_test_add_data_func (bits, c, test_quantized_bits);
  /* Halves go through floating sums, whose order is each kernel set's own. */
  if (bln_type_info (c->type)->block_elements > 1)
    g_test_add_data_func (kernels, c, test_kernels_agree);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/layouts/prepared-ahead", test_prepared_ahead);
  g_test_add_func ("/layouts/kv_b-old", test_old_kv_b);
  g_test_add_func ("/layouts/kv_b-old-of-other-types", test_old_kv_b_types);
  g_test_add_func ("/layouts/kv_b-beside-the-pair", test_all_three_kv_b);
  g_test_add_data_func ("/layouts/attn_qkv/llama", "tiny-llama", test_fused_qkv);
  g_test_add_data_func ("/layouts/attn_qkv/biased", "tiny-qwen2", test_fused_qkv);
  g_test_add_data_func ("/layouts/gate_up_exps/qwen3moe", "tiny-qwen3moe", test_fused_gate_up);
  g_test_add_data_func ("/layouts/gate_up_exps/deepseek2", "tiny-dsv3", test_fused_gate_up);
  g_test_add_data_func ("/layouts/norms-in-f16", GUINT_TO_POINTER (BLN_TYPE_F16),
                        test_half_norms);
  g_test_add_data_func ("/layouts/norms-in-bf16", GUINT_TO_POINTER (BLN_TYPE_BF16),
                        test_half_norms);
  g_test_add_func ("/layouts/split", test_split);
  g_test_add_func ("/layouts/split-with-metadata-first", test_split_metadata_first);
  for (guint i = 0; i < G_N_ELEMENTS (type_cases); i++)
    add_type (&type_cases[i]);
  return g_test_run ();
}
