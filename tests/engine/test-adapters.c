/* A base with an adapter beside it gives the logits of the merged weights; what is no adapter of
 * this base is refused with a sentence. */
#include "device.h"
#include "fixture-shapes.h"
#include "hostile-model.h"
#include "lora-adapter.h"
#include "model-variants.h"
#include "quant.h"
#include "run-model.h"

#include <glib/gstdio.h>
#include <stdlib.h>
#include <string.h>

#define N FIXTURE_N_PROMPT
#define RANK 4
#define ALPHA 8.0f
/* Merged and beside, both in F32 or with matrices rounded to halves. */
#define TOLERANCE 1e-3

typedef struct
{
  char *folder;
  char *path;
} AdapterFile;

static void
write_adapter (AdapterFile *file,
               GgufWriter  *writer)
{
  file->folder = g_dir_make_tmp ("baleen-adapter-XXXXXX", NULL);
  file->path = g_build_filename (file->folder, "adapter.gguf", NULL);
  gguf_writer_write (writer, file->path);
}

static void
remove_adapter (AdapterFile *file)
{
  g_unlink (file->path);
  g_rmdir (file->folder);
  g_free (file->folder);
  g_free (file->path);
}

/* Logits of all positions, the prompt read `chunk` tokens at a time. */
static float *
logits_of (GgufWriter             *writer,
           const BlnEngineOptions *options,
           gsize                   chunk,
           gsize                  *n)
{
  g_autoptr (RunModel) run = run_model_new (writer, options);

  *n = (gsize) N * run->n_vocabulary;
  return run_model_logits (run, fixture_prompt, N, chunk);
}

static BlnAdapter *
open_adapter (GgufWriter *writer)
{
  g_autoptr (GError) error = NULL;
  AdapterFile file;
  BlnAdapter *adapter;

  write_adapter (&file, writer);
  adapter = bln_adapter_open (file.path, &error);
  g_assert_no_error (error);
  remove_adapter (&file); /* its pages stay ours */
  return adapter;
}

/* All at once and token by token; `base` is the merged one afterwards. */
static void
assert_as_merged (GgufWriter *base,
                  const char *architecture,
                  const char *part,
                  const char *device,
                  double      tolerance)
{
  const BlnEngineOptions plainly = { .device = "cpu", .kv_type = BLN_KV_F32 };
  BlnEngineOptions options = { .device = device, .kv_type = BLN_KV_F32, .n_blocks_away = 1 };
  g_autoptr (GgufWriter) writer = lora_adapter_new (base, part, RANK, ALPHA, 7);
  g_autoptr (BlnAdapter) adapter = NULL;
  g_autofree float *plain = NULL, *merged = NULL;
  float *beside[2];
  gsize n;

  gguf_writer_set_string (writer, "general.architecture", architecture);
  options.adapter = adapter = open_adapter (writer);
  plain = logits_of (base, &plainly, 0, &n);
  for (gsize chunk = 0; chunk <= 1; chunk++)
    beside[chunk] = logits_of (base, &options, chunk, &n);
  lora_adapter_merge (base, writer, ALPHA);
  merged = logits_of (base, &plainly, 0, &n);
  for (gsize chunk = 0; chunk <= 1; chunk++)
    {
      double difference = relative_difference (beside[chunk], merged, n);
      double effect = relative_difference (plain, merged, n);

      g_test_message ("%s: relative difference %.2g, the adapter's effect %.2g",
                      part != NULL ? part : "all matrices", difference, effect);
      g_assert_cmpfloat (difference, <=, tolerance);
      /* An adapter that changed nothing would pass, too. */
      g_assert_cmpfloat (effect, >, 10 * difference);
      g_free (beside[chunk]);
    }
}

static void
test_fixture (gconstpointer name)
{
  FixtureModel model = fixture_model_named (name);
  g_autoptr (GgufWriter) base = fixture_model_build (&model);

  assert_as_merged (base, model.architecture, NULL, "cpu", TOLERANCE);
}

/* One kind of matrix alone, so that none hides behind the others. */
static void
test_each_kind (void)
{
  static const struct { const char *fixture, *part; } kinds[] = {
    { "tiny-dsv3", "attn_q_a" }, { "tiny-dsv3", "attn_q_b" }, { "tiny-dsv3", "attn_kv_a" },
    { "tiny-dsv3", "attn_k_b" }, { "tiny-dsv3", "attn_v_b" }, { "tiny-dsv3", "gate_exps" },
    { "tiny-dsv3", "down_exps" }, { "tiny-dsv3", "up_shexp" }, { "tiny-dsv3", "ffn_gate_inp" },
    { "tiny-dsv3", "ffn_down.weight" }, { "tiny-dsv2lite", "attn_output" },
    { "tiny-llama", "attn_v" }, { "tiny-llama", "ffn_gate" }, { "tiny-llama", "ffn_up" },
    { "tiny-gemma3", "ffn_gate" }, { "tiny-qwen2", "attn_k" }, { "tiny-qwen2", "token_embd" },
    { "tiny-llama", "output.weight" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      FixtureModel model = fixture_model_named (kinds[i].fixture);
      g_autoptr (GgufWriter) base = fixture_model_build (&model);
      const double tolerance = 5e-5;

      g_test_message ("%s", kinds[i].fixture);
      assert_as_merged (base, model.architecture, kinds[i].part, "cpu", tolerance);
    }
}

/* Where the base is quantized its inputs are rounded, which merged F32 weights do not see: the
 * adapter may add nothing to that. */
static void
test_quantized_base (gconstpointer type)
{
  FixtureModel model = fixture_model_named ("tiny-dsv3");
  g_autoptr (GgufWriter) base = NULL, decoded = NULL;
  g_autofree float *rough = NULL, *exact = NULL;
  const BlnEngineOptions options = { .device = "cpu", .kv_type = BLN_KV_F32 };
  gsize n;

  model.is_calm = TRUE;
  model.n_layers = 2;
  model.n_embedding = model.n_ff = model.q_rank = model.kv_rank = 256;
  model.nope_dim = 32;
  model.value_dim = 64;
  model.rope_dim = 16;
  base = fixture_model_build (&model);
  decoded = fixture_model_build (&model);
  model_quantize (base, GPOINTER_TO_UINT (type), BLN_TYPE_Q8_0, 3);
  model_quantize (decoded, GPOINTER_TO_UINT (type), BLN_TYPE_Q8_0, 3);
  model_dequantize (decoded);
  rough = logits_of (base, &options, 0, &n);
  exact = logits_of (decoded, &options, 0, &n);
  assert_as_merged (base, model.architecture, NULL, "cpu",
                    1.5 * relative_difference (rough, exact, n) + TOLERANCE);
}

static void
test_vulkan (gconstpointer name)
{
  FixtureModel model = fixture_model_named (name);
  g_autoptr (GgufWriter) base = fixture_model_build (&model);
  g_autoptr (GArray) devices = bln_vk_devices (NULL);

  if (devices == NULL || devices->len == 0)
    {
      g_test_skip ("this machine has no Vulkan device");
      return;
    }
  assert_as_merged (base, model.architecture, NULL, "vulkan", TOLERANCE);
}

/* ---- plans and states -------------------------------------------------------------------- */

static void
test_plan_counts_it (void)
{
  FixtureModel model = fixture_model_named ("tiny-dsv3");
  g_autoptr (GgufWriter) base = fixture_model_build (&model);
  g_autoptr (GgufWriter) writer = lora_adapter_new (base, NULL, RANK, ALPHA, 7);
  g_autoptr (BlnAdapter) adapter = NULL;
  BlnEngineOptions options = { .device = "cpu" };
  g_autoptr (RunModel) plain = run_model_new (base, &options), with = NULL;
  BlnMemoryPlan plan;

  gguf_writer_set_string (writer, "general.architecture", model.architecture);
  adapter = open_adapter (writer);
  options.adapter = adapter;
  with = run_model_new (base, &options);
  g_assert_true (bln_model_plan_memory (with->model, &options, &plan, NULL));
  g_assert_cmpuint (plan.total, ==, bln_engine_get_plan (with->engine)->total);
  g_assert_cmpuint (plan.weights_repacked, >,
                    bln_engine_get_plan (plain->engine)->weights_repacked);
}

/* What was read with one adapter is not what another would have made of it. */
static void
test_states_are_bound_to_it (void)
{
  FixtureModel model = fixture_model_named ("tiny-llama");
  g_autoptr (GgufWriter) base = fixture_model_build (&model);
  g_autofree char *folder = g_dir_make_tmp ("baleen-state-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "state", NULL);

  for (guint seed = 1; seed <= 3; seed++)
    {
      g_autoptr (GgufWriter) writer = lora_adapter_new (base, NULL, RANK, ALPHA, seed / 3);
      g_autoptr (BlnAdapter) adapter = NULL;
      BlnEngineOptions options = { .device = "cpu" };
      g_autoptr (RunModel) run = NULL;
      g_autoptr (GError) error = NULL;
      BlnSession *session;

      gguf_writer_set_string (writer, "general.architecture", model.architecture);
      options.adapter = adapter = open_adapter (writer);
      run = run_model_new (base, &options);
      session = run_model_session (run);
      g_assert_true (bln_session_sync (session, fixture_prompt, N, NULL, NULL));
      g_assert_true (bln_engine_step (run->engine, &session, 1, NULL));
      if (seed == 1)
        g_assert_true (bln_session_save (session, path, &error));
      else
        g_assert_true (bln_session_load (session, path, &error) == (seed == 2));
      if (seed == 3)
        g_assert_error (error, BLN_ERROR, BLN_ERROR_ARGUMENT);
      bln_session_free (session);
    }
  g_unlink (path);
  g_rmdir (folder);
}

/* ---- what is refused --------------------------------------------------------------------- */

static void
assert_refused (GgufWriter *base,
                GgufWriter *writer,
                BlnError    code,
                const char *word)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BlnAdapter) adapter = NULL;
  AdapterFile file;

  write_adapter (&file, writer);
  adapter = bln_adapter_open (file.path, &error);
  remove_adapter (&file);
  if (adapter != NULL)
    {
      const BlnEngineOptions options = { .device = "cpu", .adapter = adapter };
      g_autoptr (RunModel) run = run_model_new (base, &(BlnEngineOptions){ .device = "cpu" });

      g_assert_false (bln_adapter_check (adapter, run->model, &error));
      g_clear_error (&error);
      g_assert_null (bln_engine_new (run->model, &options, &error));
    }
  g_assert_error (error, BLN_ERROR, code);
  g_assert_nonnull (strstr (error->message, word));
  g_assert_true (g_str_has_suffix (error->message, "."));
}

static void
test_wrong_ones_are_refused (void)
{
  FixtureModel model = fixture_model_named ("tiny-llama");
  FixtureModel other = fixture_model_named ("tiny-qwen2");
  g_autoptr (GgufWriter) base = fixture_model_build (&model);
  g_autoptr (GgufWriter) other_base = fixture_model_build (&other);
  static const guint64 wrong[] = { 8, 3 };
  static const float zeros[24];

  for (guint i = 0; i < 7; i++)
    {
      g_autoptr (GgufWriter) writer = lora_adapter_new (base, "attn_q", RANK, ALPHA, 1);

      gguf_writer_set_string (writer, "general.architecture", model.architecture);
      switch (i)
        {
        case 0:
          gguf_writer_set_string (writer, "general.architecture", "qwen2");
          assert_refused (base, writer, BLN_ERROR_UNSUPPORTED, "qwen2");
          break;
        case 1:
          assert_refused (other_base, writer, BLN_ERROR_UNSUPPORTED, "llama");
          break;
        case 2:
          gguf_writer_remove_tensor (writer, "blk.0.attn_q.weight.lora_b");
          assert_refused (base, writer, BLN_ERROR_DAMAGED, "lora_b");
          break;
        case 3:
          gguf_writer_add_tensor (writer, "blk.0.attn_k.weight.lora_a", BLN_TYPE_F32, 2, wrong,
                                  zeros, sizeof zeros);
          gguf_writer_add_tensor (writer, "blk.0.attn_k.weight.lora_b", BLN_TYPE_F32, 2, wrong,
                                  zeros, sizeof zeros);
          assert_refused (base, writer, BLN_ERROR_DAMAGED, "attn_k");
          break;
        case 4:
          gguf_writer_set_string (writer, "adapter.type", "dora");
          assert_refused (base, writer, BLN_ERROR_UNSUPPORTED, "LoRA");
          break;
        case 5:
          assert_refused (base, other_base, BLN_ERROR_UNSUPPORTED, "no adapter");
          break;
        default:
          gguf_writer_add_tensor (writer, "scales", BLN_TYPE_F32, 2, wrong, zeros, sizeof zeros);
          assert_refused (base, writer, BLN_ERROR_DAMAGED, "scales");
          break;
        }
    }
}

/* Chosen as a model it says what it is. */
static void
test_as_a_model_it_says_what_it_is (void)
{
  FixtureModel fixture = fixture_model_named ("tiny-llama");
  g_autoptr (GgufWriter) base = fixture_model_build (&fixture);
  g_autoptr (GgufWriter) writer = lora_adapter_new (base, "attn_q", RANK, ALPHA, 1);
  g_autoptr (GError) error = NULL;
  g_autoptr (BlnModel) model = NULL;
  AdapterFile file;

  gguf_writer_set_string (writer, "general.architecture", fixture.architecture);
  write_adapter (&file, writer);
  model = bln_model_open (file.path, &error);
  g_assert_no_error (error);
  g_assert_false (bln_model_check (model, &error));
  g_assert_error (error, BLN_ERROR, BLN_ERROR_UNSUPPORTED);
  g_assert_nonnull (strstr (error->message, "adapter"));
  g_clear_error (&error);
  g_assert_null (bln_engine_new (model, NULL, &error));
  g_assert_nonnull (error);
  remove_adapter (&file);
}

/* Any bytes: a sentence or logits, and nothing else. */
static void
test_spoilt_ones (void)
{
  FixtureModel model = fixture_model_named ("tiny-dsv3");
  g_autoptr (GgufWriter) base = fixture_model_build (&model);
  g_autoptr (RunModel) run = run_model_new (base, &(BlnEngineOptions){ .device = "cpu" });
  const char *asked = g_getenv ("BALEEN_TEST_ROUNDS");
  const guint n_rounds = asked != NULL ? atoi (asked) : 200;
  const guint first = g_test_rand_int () & 0xffffff;
  guint n_refused = 0, n_ran = 0;

  g_test_message ("seeds %u to %u", first, first + n_rounds - 1);
  for (guint i = 0; i < n_rounds; i++)
    {
      g_autoptr (GRand) random = g_rand_new_with_seed (first + i);
      g_autoptr (GgufWriter) writer = lora_adapter_new (base, NULL, RANK, ALPHA, 1);
      g_autoptr (GError) error = NULL;
      g_autoptr (BlnAdapter) adapter = NULL;
      AdapterFile file;

      gguf_writer_set_string (writer, "general.architecture", model.architecture);
      if (i % 2 == 0)
        hostile_spoil (random, writer, "adapter.lora");
      write_adapter (&file, writer);
      if (i % 2 == 1)
        {
          g_autofree char *bytes = NULL;
          gsize length;

          g_assert_true (g_file_get_contents (file.path, &bytes, &length, NULL));
          hostile_mutate (random, (guint8 *) bytes, MIN (length, 4096));
          g_assert_true (g_file_set_contents (file.path, bytes, length, NULL));
        }
      adapter = bln_adapter_open (file.path, &error);
      remove_adapter (&file);
      if (adapter != NULL)
        {
          const BlnEngineOptions options = { .device = "cpu", .n_context = 32,
                                             .adapter = adapter };
          g_autoptr (BlnEngine) engine = bln_engine_new (run->model, &options, &error);
          g_autoptr (BlnSession) session = engine != NULL ? bln_session_new (engine, &error)
                                                          : NULL;

          if (session != NULL && bln_session_sync (session, fixture_prompt, N, NULL, &error))
            bln_engine_step (engine, &session, 1, &error);
          g_clear_pointer (&session, bln_session_free);
        }
      n_refused += error != NULL;
      n_ran += error == NULL;
      if (error != NULL)
        {
          g_assert_true (error->domain == BLN_ERROR);
          g_assert_true (g_str_has_suffix (error->message, "."));
        }
    }
  g_test_message ("%u refused, %u ran", n_refused, n_ran);
  g_assert_cmpuint (n_refused, >, 0);
  g_assert_cmpuint (n_ran, >, 0);
}

/* A file whose download was cut is refused wherever that was, and says so. */
static void
test_cut_ones (void)
{
  FixtureModel model = fixture_model_named ("tiny-llama");
  g_autoptr (GgufWriter) base = fixture_model_build (&model);
  g_autoptr (GgufWriter) writer = lora_adapter_new (base, "attn_q", RANK, ALPHA, 1);
  g_autofree char *bytes = NULL;
  AdapterFile file;
  gsize length;

  gguf_writer_set_string (writer, "general.architecture", model.architecture);
  write_adapter (&file, writer);
  g_assert_true (g_file_get_contents (file.path, &bytes, &length, NULL));
  for (gsize n = 0; n < length; n += 64)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (BlnAdapter) adapter = NULL;

      g_assert_true (g_file_set_contents (file.path, bytes, n, NULL));
      adapter = bln_adapter_open (file.path, &error);
      g_assert_null (adapter);
      g_assert_true (error->domain == BLN_ERROR);
      g_assert_true (g_str_has_suffix (error->message, "."));
    }
  remove_adapter (&file);
}

int
main (int    argc,
      char **argv)
{
  static const guint types[] = { BLN_TYPE_Q8_0, BLN_TYPE_Q4_K, BLN_TYPE_F16 };

  g_test_init (&argc, &argv, NULL);

  for (guint i = 0; i < FIXTURE_MODEL_N_NAMES; i++)
    {
      g_autofree char *path = g_strconcat ("/adapter/as-merged/", fixture_model_names[i], NULL);
      g_autofree char *on_device = g_strconcat ("/adapter/on-vulkan/", fixture_model_names[i],
                                                NULL);

      g_test_add_data_func (path, fixture_model_names[i], test_fixture);
      if (i % 3 == 0)
        g_test_add_data_func (on_device, fixture_model_names[i], test_vulkan);
    }
  g_test_add_func ("/adapter/each-kind-of-matrix", test_each_kind);
  for (gsize i = 0; i < G_N_ELEMENTS (types); i++)
    {
      g_autofree char *path = g_strconcat ("/adapter/beside-quantized/",
                                           bln_type_info (types[i])->name, NULL);

      g_test_add_data_func (path, GUINT_TO_POINTER (types[i]), test_quantized_base);
    }
  g_test_add_func ("/adapter/plan-counts-it", test_plan_counts_it);
  g_test_add_func ("/adapter/states-are-bound-to-it", test_states_are_bound_to_it);
  g_test_add_func ("/adapter/wrong-ones-are-refused", test_wrong_ones_are_refused);
  g_test_add_func ("/adapter/as-a-model-it-says-what-it-is", test_as_a_model_it_says_what_it_is);
  g_test_add_func ("/adapter/spoilt-ones", test_spoilt_ones);
  g_test_add_func ("/adapter/cut-ones-are-refused", test_cut_ones);

  return g_test_run ();
}
