/* A Vulkan device computes what the CPU computes: every op, every type, every way to cut a
 * prompt. The device is the first of the machine, a software one where there is no other. */
#include <glib/gstdio.h>
#include <string.h>

#include "device.h"
#include "engine-private.h"
#include "fixture-shapes.h"
#include "model-variants.h"
#include "quant.h"
#include "run-model.h"
#include "vulkan-run.h"

#define N FIXTURE_N_PROMPT
/* Of logits of F32 weights, the two sides summing in different orders. */
#define TOLERANCE 2e-4

/* Where bytes are multiplied, inputs are rounded to a 127th of the largest of 32. */
#define ROUNDED_TOLERANCE 2e-2

static gboolean
rounds_inputs (void)
{
  return g_strcmp0 (g_getenv ("BLN_VK_VARIANT"), "dot") == 0;
}

static gboolean
has_device (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) devices = bln_vk_devices (&error);

  if (devices != NULL && devices->len > 0)
    return TRUE;
  g_test_skip (error != NULL ? error->message : "this machine has no Vulkan device");
  return FALSE;
}

static void
assert_device_agrees (GgufWriter *writer,
                      gsize       chunk,
                      BlnKvType   kv_type,
                      double      tolerance)
{
  const BlnEngineOptions on_cpu = { .device = "cpu", .kv_type = kv_type };
  const BlnEngineOptions on_device = { .device = "vulkan", .kv_type = kv_type };
  g_autoptr (RunModel) cpu = run_model_new (writer, &on_cpu);
  g_autoptr (RunModel) device = run_model_new (writer, &on_device);
  g_autofree float *expected = run_model_logits (cpu, fixture_prompt, N, 0);
  g_autofree float *logits = run_model_logits (device, fixture_prompt, N, chunk);
  double difference = relative_difference (logits, expected, (gsize) N * cpu->n_vocabulary);

  g_test_message ("relative difference %.2g", difference);
  g_assert_cmpfloat (difference, <=, tolerance);
}

static void
test_fixture (gconstpointer name)
{
  FixtureModel model = fixture_model_named (name);
  g_autoptr (GgufWriter) writer = fixture_model_build (&model);

  if (!has_device ())
    return;
  for (gsize chunk = 0; chunk <= 5; chunk += 5)
    assert_device_agrees (writer, chunk, BLN_KV_F32, TOLERANCE);
}

static void
test_shape (gconstpointer data)
{
  FixtureModel model = fixture_shape_model (data);
  g_autoptr (GgufWriter) writer = fixture_model_build (&model);

  if (has_device ())
    assert_device_agrees (writer, 1, BLN_KV_F32, TOLERANCE);
}

/* Rows of whole super-blocks everywhere. */
static FixtureModel
wide_model (void)
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
  return model;
}

/* The device multiplies decoded weights; so does the CPU when they come to it decoded. Token by
 * token: a software device compiles shaders of several columns for seconds each, and those the
 * fixtures run. */
static void
test_type (gconstpointer data)
{
  const guint32 type = GPOINTER_TO_UINT (data);
  FixtureModel model = wide_model ();
  g_autoptr (GgufWriter) writer = NULL;

  if (!has_device ())
    return;
  writer = fixture_model_build (&model);
  model_quantize (writer, type, BLN_TYPE_Q8_0, 11);
  {
    const BlnEngineOptions on_device = { .device = "vulkan", .kv_type = BLN_KV_F32 };
    const BlnEngineOptions on_cpu = { .device = "cpu", .kv_type = BLN_KV_F32 };
    g_autoptr (RunModel) device = run_model_new (writer, &on_device);
    g_autofree float *logits = run_model_logits (device, fixture_prompt, N, 1);
    g_autoptr (RunModel) cpu = NULL;
    g_autofree float *expected = NULL;
    double difference;

    /* Against the same weights decoded, which the CPU multiplies in F32. */
    model_dequantize (writer);
    cpu = run_model_new (writer, &on_cpu);
    expected = run_model_logits (cpu, fixture_prompt, N, 0);
    difference = relative_difference (logits, expected, (gsize) N * cpu->n_vocabulary);
    g_test_message ("relative difference %.2g", difference);
    g_assert_cmpfloat (difference, <=,
                       ((const BlnVkBackend *) device->engine->backend)->has_dot
                         ? ROUNDED_TOLERANCE : TOLERANCE);
  }
}

/* Experts, or feed-forwards, of some blocks and of all of them in system memory: the whole prompt
 * at once, and passes that are recorded. */
static void
test_hybrid (gconstpointer name)
{
  FixtureModel model = fixture_model_named (name);
  g_autoptr (GgufWriter) writer = fixture_model_build (&model);
  const BlnEngineOptions on_cpu = { .device = "cpu", .kv_type = BLN_KV_F32 };
  g_autoptr (RunModel) cpu = NULL;
  g_autofree float *expected = NULL;

  if (!has_device ())
    return;
  cpu = run_model_new (writer, &on_cpu);
  expected = run_model_logits (cpu, fixture_prompt, N, 0);
  for (guint n_away = 1; n_away <= 64; n_away *= 64)
    {
      const BlnEngineOptions options = { .device = "vulkan", .kv_type = BLN_KV_F32,
                                         .n_blocks_away = n_away };
      g_autoptr (RunModel) device = run_model_new (writer, &options);
      const BlnMemoryPlan *plan = bln_engine_get_plan (device->engine);

      g_assert_cmpuint (plan->n_blocks_away, ==, MIN (n_away, plan->n_blocks));
      g_assert_cmpuint (plan->weights_mapped + plan->weights_repacked, >, 0);
      for (gsize chunk = 0; chunk <= 1; chunk++)
        {
          g_autofree float *logits = run_model_logits (device, fixture_prompt, N, chunk);
          const double difference = relative_difference (logits, expected,
                                                         (gsize) N * cpu->n_vocabulary);

          g_test_message ("%u blocks away, %s: relative difference %.2g", n_away,
                          chunk == 0 ? "all rows at once" : "row by row", difference);
          g_assert_cmpfloat (difference, <=, TOLERANCE);
        }
    }
}

/* What stays in system memory is prepared ahead as on the processor alone; nothing else is, and
 * the plan holds what it comes to. */
static void
test_hybrid_prepares (void)
{
  FixtureModel model = wide_model ();
  const BlnEngineOptions options = { .device = "vulkan", .kv_type = BLN_KV_F32,
                                     .n_blocks_away = 1 };
  g_autoptr (GgufWriter) writer = NULL;
  g_autoptr (RunModel) lazy = NULL, ahead = NULL, alone = NULL;
  g_autofree float *expected = NULL, *logits = NULL;
  guint64 n_pieces;

  if (!has_device ())
    return;
  writer = fixture_model_build (&model);
  model_quantize (writer, BLN_TYPE_Q4_K, BLN_TYPE_Q8_0, 11);
  alone = run_model_new (writer, &(BlnEngineOptions){ .device = "cpu" });
  lazy = run_model_new (writer, &options);
  expected = run_model_logits (lazy, fixture_prompt, N, 1);
  ahead = run_model_new (writer, &options);
  n_pieces = bln_engine_prepare (ahead->engine, 0);
  g_assert_cmpuint (n_pieces, >, 0);
  g_assert_cmpuint (n_pieces, <, bln_engine_prepare (alone->engine, 0));
  g_assert_cmpuint (bln_engine_get_plan (ahead->engine)->weights_repacked, <,
                    bln_engine_get_plan (alone->engine)->weights_repacked);
  g_assert_cmpuint (bln_engine_prepare (ahead->engine, 60), ==, 0);
  logits = run_model_logits (ahead, fixture_prompt, N, 1);
  g_assert_cmpmem (logits, N * ahead->n_vocabulary * sizeof (float), expected,
                   N * lazy->n_vocabulary * sizeof (float));
}

/* The same with the weights coming to the device when their turn comes, for passes of ten rows and
 * more; the others stay with the host. */
static void
test_streams (gconstpointer name)
{
  FixtureModel model = fixture_model_named (name);
  g_autoptr (GgufWriter) writer = fixture_model_build (&model);
  const BlnEngineOptions on_cpu = { .device = "cpu", .kv_type = BLN_KV_F32 };
  const BlnEngineOptions options = { .device = "vulkan", .kv_type = BLN_KV_F32,
                                     .n_blocks_away = 64 };
  g_autoptr (RunModel) cpu = NULL;
  g_autoptr (RunModel) device = NULL;
  g_autofree float *expected = NULL;

  if (!has_device ())
    return;
  g_setenv ("BLN_VK_STREAM_ROWS", "10", TRUE);
  cpu = run_model_new (writer, &on_cpu);
  expected = run_model_logits (cpu, fixture_prompt, N, 0);
  device = run_model_new (writer, &options);
  g_assert_cmpuint (((const BlnVkBackend *) device->engine->backend)->stream_bytes, >, 0);
  for (gsize chunk = 0; chunk <= 7; chunk += 7)
    {
      g_autofree float *logits = run_model_logits (device, fixture_prompt, N, chunk);

      g_assert_cmpfloat (relative_difference (logits, expected, (gsize) N * cpu->n_vocabulary), <=,
                         TOLERANCE);
    }
  g_unsetenv ("BLN_VK_STREAM_ROWS");
}

/* Passes of few rows in many submissions, as slow cards get them. */
static void
test_parts (void)
{
  FixtureModel model = fixture_model_named ("tiny-dsv3");
  g_autoptr (GgufWriter) writer = fixture_model_build (&model);

  if (!has_device ())
    return;
  g_setenv ("BLN_VK_PART_BYTES", "10000", TRUE);
  assert_device_agrees (writer, 1, BLN_KV_F32, TOLERANCE);
  g_unsetenv ("BLN_VK_PART_BYTES");
}

/* A cache in halves rounds each row to eleven bits, on both sides alike. */
static void
test_half_cache (gconstpointer name)
{
  FixtureModel model = fixture_model_named (name);
  g_autoptr (GgufWriter) writer = fixture_model_build (&model);

  if (has_device ())
    assert_device_agrees (writer, 5, BLN_KV_F16, 2e-3);
}

/* A cache in as many buffers as it has layers, and each where it was when read again. */
static void
test_split_cache (void)
{
  FixtureModel model = fixture_model_named ("tiny-qwen3");
  g_autoptr (GgufWriter) writer = fixture_model_build (&model);

  if (!has_device ())
    return;
  g_setenv ("BLN_VK_CACHE_BYTES", "1", TRUE);
  assert_device_agrees (writer, 5, BLN_KV_F32, TOLERANCE);
  g_unsetenv ("BLN_VK_CACHE_BYTES");
}

/* Longer than one stretch of attention, and long enough for a loop that a device might end. */
static void
test_long_sequence (gconstpointer name)
{
  FixtureModel model = fixture_model_named (name);
  g_autoptr (GgufWriter) writer = fixture_model_build (&model);
  const BlnEngineOptions on_cpu = { .device = "cpu", .n_context = 512 };
  const BlnEngineOptions on_device = { .device = "vulkan", .n_context = 512 };
  g_autoptr (RunModel) cpu = NULL;
  g_autoptr (RunModel) device = NULL;
  gint32 tokens[300];

  if (!has_device ())
    return;
  for (guint i = 0; i < G_N_ELEMENTS (tokens); i++)
    tokens[i] = (gint32) (i * 7919 % FIXTURE_N_VOCABULARY);
  cpu = run_model_new (writer, &on_cpu);
  device = run_model_new (writer, &on_device);
  for (gsize chunk = 4; chunk <= 300; chunk += 296)
    {
      const gsize n = G_N_ELEMENTS (tokens) * cpu->n_vocabulary;
      g_autofree float *expected = run_model_logits (cpu, tokens, G_N_ELEMENTS (tokens), 0);
      g_autofree float *logits = run_model_logits (device, tokens, G_N_ELEMENTS (tokens), chunk);

      g_assert_cmpfloat (relative_difference (logits, expected, n), <=, TOLERANCE);
    }
}

/* Few rows against many positions: over a cache of halves or bytes attention goes over stretches
 * that the value product adds up, over one of floats it does not, and both round their inputs
 * alike. One row, and several of a sequence at once. What bytes alone move is in
 * test-vulkan-bytes.c. */
typedef struct
{
  const char *name;
  guint32 type;
  guint n_tokens;  /* from 513 on a stretch is more than what is loaded at once */
  gsize chunks[2]; /* rows at a time; what is expected comes by the first. 0: only those */
  guint n_heads;   /* 0: as many as the fixture has, else for matrix units */
  BlnKvType kv_type;
} Stretches;

static const Stretches stretches[] = {
  { "short", BLN_TYPE_Q4_K, 100, { 4, 1 }, 0, BLN_KV_F16 },
  { "long", BLN_TYPE_Q8_0, 530, { 8, 0 }, 0, BLN_KV_F16 },
  { "of-more-rows-than-columns", BLN_TYPE_Q5_K, 39, { 13, 1 }, 0, BLN_KV_F16 },
  { "bytes/short", BLN_TYPE_Q4_K, 100, { 4, 1 }, 0, BLN_KV_Q8_0 },
  { "bytes/long", BLN_TYPE_Q8_0, 530, { 8, 0 }, 0, BLN_KV_Q8_0 },
  { "short-by-matrix-units", BLN_TYPE_Q8_0, 100, { 4, 1 }, 16, BLN_KV_F16 },
  { "long-by-matrix-units", BLN_TYPE_Q8_0, 5000, { 8, 0 }, 32, BLN_KV_F16 },
  { "short-of-bytes-by-matrix-units", BLN_TYPE_Q8_0, 100, { 4, 1 }, 16, BLN_KV_Q8_0 },
  { "long-of-bytes-by-matrix-units", BLN_TYPE_Q8_0, 5000, { 8, 0 }, 32, BLN_KV_Q8_0 },
};

static void
test_stretches (gconstpointer data)
{
  const Stretches *shape = data;
  const BlnEngineOptions floats = { .device = "vulkan", .n_context = 8192, .kv_type = BLN_KV_F32 };
  const BlnEngineOptions narrower = { .device = "vulkan", .n_context = 8192,
                                      .kv_type = shape->kv_type };
  FixtureModel model = wide_model ();
  g_autoptr (GgufWriter) writer = NULL;
  g_autoptr (RunModel) expecting = NULL;
  g_autoptr (RunModel) run = NULL;
  g_autofree float *expected = NULL;
  g_autofree gint32 *tokens = g_new (gint32, shape->n_tokens);
  gsize n;

  if (!has_device ())
    return;
  for (guint i = 0; i < shape->n_tokens; i++)
    tokens[i] = (gint32) (i * 7919 % FIXTURE_N_VOCABULARY);
  model.n_layers = 1;
  if (shape->n_heads > 0)
    {
      model.n_heads = shape->n_heads;
      model.rope_dim = 64;
    }
  writer = fixture_model_build (&model);
  model_quantize (writer, shape->type, BLN_TYPE_Q8_0, 5);
  expecting = run_model_new (writer, &floats);
  run = run_model_new (writer, &narrower);
  if (shape->n_heads > 0 && !((const BlnVkBackend *) run->engine->backend)->has_matrix_units)
    {
      g_test_skip ("This device has no matrix units.");
      return;
    }
  n = shape->n_tokens * run->n_vocabulary;
  expected = run_model_logits (expecting, tokens, shape->n_tokens, shape->chunks[0]);
  for (guint i = 0; i < 2 && shape->chunks[i] > 0; i++)
    {
      g_autofree float *logits = run_model_logits (run, tokens, shape->n_tokens,
                                                   shape->chunks[i]);
      double difference = relative_difference (logits, expected, n);

      g_test_message ("relative difference %.2g", difference);
      g_assert_cmpfloat (difference, <=, 1e-2);
    }
}

/* Three experts of twenty, chosen where they are used: the CPU, which rounds inputs too but makes
 * the choice another way, agrees, with one row and with twelve that each choose others. A wrong
 * expert anywhere is a difference of a third. */
static void
assert_same_choice (const char *name,
                    guint       n_away)
{
  const BlnEngineOptions on_cpu = { .device = "cpu" };
  const BlnEngineOptions on_device = { .device = "vulkan", .n_blocks_away = n_away };
  FixtureModel source = fixture_model_named (name), model = wide_model ();
  g_autoptr (GgufWriter) writer = NULL;
  g_autoptr (RunModel) cpu = NULL;
  g_autoptr (RunModel) device = NULL;
  g_autofree float *expected = NULL;

  if (!has_device ())
    return;
  model.gating = source.gating;
  model.has_probs_bias = source.has_probs_bias;
  model.n_experts = 20;
  model.n_experts_used = 3;
  writer = fixture_model_build (&model);
  model_quantize (writer, BLN_TYPE_Q8_0, BLN_TYPE_Q8_0, 5);
  cpu = run_model_new (writer, &on_cpu);
  device = run_model_new (writer, &on_device);
  expected = run_model_logits (cpu, fixture_prompt, N, 0);
  for (gsize chunk = 0; chunk <= 1; chunk++)
    {
      g_autofree float *logits = run_model_logits (device, fixture_prompt, N, chunk);
      const double difference = relative_difference (logits, expected,
                                                     (gsize) N * cpu->n_vocabulary);

      g_test_message ("relative difference %.2g", difference);
      g_assert_cmpfloat (difference, <=, 2 * ROUNDED_TOLERANCE);
    }
}

static void
test_choice (gconstpointer name)
{
  assert_same_choice (name, 0);
}

static void
test_choice_beside_host (void)
{
  assert_same_choice ("tiny-dsv3", 64);
}

/* Dispatches and barriers of a pass of one row. Returns whether the device has matrix units, whose
 * form of attention wants its heads by sixteens. */
static gboolean
count_pass (guint     n_layers,
            BlnKvType kv_type,
            gboolean  by_matrix,
            guint    *n_dispatches,
            guint    *n_barriers)
{
  const BlnEngineOptions options = { .device = "vulkan", .kv_type = kv_type };
  FixtureModel model = wide_model ();
  g_autoptr (GgufWriter) writer = NULL;
  g_autoptr (RunModel) run = NULL;
  g_autofree float *logits = NULL;
  const BlnVkBackend *backend;

  model.n_layers = n_layers;
  model.q_rank = 0;
  if (by_matrix)
    {
      model.n_heads = 16;
      model.rope_dim = 64;
    }
  writer = fixture_model_build (&model);
  model_quantize (writer, BLN_TYPE_Q8_0, BLN_TYPE_Q8_0, 3);
  run = run_model_new (writer, &options);
  logits = run_model_logits (run, fixture_prompt, 1, 1);
  backend = (const BlnVkBackend *) run->engine->backend;
  *n_dispatches = backend->n_dispatches;
  *n_barriers = backend->n_barriers;
  return backend->has_matrix_units;
}

/* What engine/README.md lists, and no more: a barrier is two microseconds in every layer. */
static void
test_few_dispatches (void)
{
  static const BlnKvType types[] = { BLN_KV_F16, BLN_KV_Q8_0 };
  guint dispatches[2], barriers[2];
  gboolean by_matrix;

  if (!has_device ())
    return;
  by_matrix = count_pass (2, BLN_KV_F16, FALSE, &dispatches[0], &barriers[0]);
  for (guint t = 0; t < G_N_ELEMENTS (types); t++)
    {
      for (guint i = 0; i < 2; i++)
        count_pass (2 + i, types[t], by_matrix, &dispatches[i], &barriers[i]);
      g_test_message ("%u and %u dispatches, %u and %u barriers", dispatches[0], dispatches[1],
                      barriers[0], barriers[1]);
      g_assert_cmpuint (dispatches[1] - dispatches[0], ==, 13);
      g_assert_cmpuint (barriers[1] - barriers[0], ==, 8);
    }
}

/* Every token of a large vocabulary gets its logit: llvmpipe ends a shader's loops after 65,535
 * rounds, and a head whose rows went round too often ended in zeros. */
static void
test_large_vocabulary (void)
{
  FixtureModel model = wide_model ();
  g_autoptr (GgufWriter) writer = NULL;

  if (!has_device ())
    return;
  model.n_layers = 1;
  model.n_vocabulary = 150000;
  writer = fixture_model_build (&model);
  assert_device_agrees (writer, 1, BLN_KV_F32, TOLERANCE);
}

static void
test_two_sequences (void)
{
  FixtureModel model = fixture_model_named ("tiny-dsv3");
  g_autoptr (GgufWriter) writer = fixture_model_build (&model);
  const BlnEngineOptions options = { .device = "vulkan", .n_sessions = 2, .n_batch = 8 };
  g_autoptr (RunModel) run = NULL;
  g_autoptr (GError) error = NULL;
  BlnSession *sessions[2];
  float *logits[2];
  g_autofree float *alone = NULL;
  gsize n;

  if (!has_device ())
    return;
  run = run_model_new (writer, &options);
  n = (gsize) N * run->n_vocabulary;
  for (guint i = 0; i < 2; i++)
    {
      sessions[i] = run_model_session (run);
      logits[i] = g_new (float, n);
      run_model_record (run, sessions[i], logits[i], N);
      bln_session_sync (sessions[i], fixture_prompt, N, NULL, &error);
      g_assert_no_error (error);
    }
  run_model_step_all (run, sessions, 2);
  alone = run_model_logits (run, fixture_prompt, N, 1);
  for (guint i = 0; i < 2; i++)
    {
      g_assert_cmpfloat (relative_difference (logits[i], alone, n), <=, TOLERANCE);
      bln_session_free (sessions[i]);
      g_free (logits[i]);
    }
}

/* A copied and a kept session go on where the first one was, without reading again. */
static void
test_copy_and_file (void)
{
  FixtureModel model = fixture_model_named ("tiny-qwen3");
  g_autoptr (GgufWriter) writer = fixture_model_build (&model);
  const BlnEngineOptions options = { .device = "vulkan" };
  g_autoptr (RunModel) run = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *path = NULL;
  BlnSession *first, *others[2];

  if (!has_device ())
    return;
  run = run_model_new (writer, &options);
  path = g_build_filename (run->folder, "state", NULL);
  first = run_model_session (run);
  bln_session_sync (first, fixture_prompt, N, NULL, &error);
  run_model_step_all (run, &first, 1);
  others[0] = run_model_session (run);
  others[1] = run_model_session (run);
  bln_session_copy (others[0], first, &error);
  g_assert_no_error (error);
  bln_session_save (first, path, &error);
  g_assert_no_error (error);
  bln_session_load (others[1], path, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < 2; i++)
    {
      g_assert_cmpuint (bln_session_get_pending (others[i]), <=, 1);
      run_model_step_all (run, &others[i], 1);
      g_assert_cmpfloat (relative_difference (bln_session_get_logits (others[i]),
                                              bln_session_get_logits (first),
                                              run->n_vocabulary), <=, 1e-6);
      bln_session_free (others[i]);
    }
  bln_session_free (first);
  g_remove (path);
}

/* More than the routing shader has room for is refused, not run past its end. */
static void
test_too_many_experts (void)
{
  FixtureModel model = fixture_model_named ("tiny-qwen3moe");
  g_autoptr (GgufWriter) writer = NULL;
  const BlnEngineOptions on_cpu = { .device = "cpu" };
  const BlnEngineOptions on_device = { .device = "vulkan" };
  g_autoptr (RunModel) run = NULL;
  g_autoptr (GError) error = NULL;

  model.n_experts = 40;
  model.n_experts_used = 33;
  writer = fixture_model_build (&model);
  run = run_model_new (writer, &on_cpu);
  g_assert_null (bln_engine_new (run->model, &on_device, &error));
  g_assert_error (error, BLN_ERROR, BLN_ERROR_UNSUPPORTED);
}

static void
test_absent_device (void)
{
  FixtureModel model = fixture_model_named ("tiny-llama");
  g_autoptr (GgufWriter) writer = fixture_model_build (&model);
  const BlnEngineOptions on_cpu = { .device = "cpu" };
  const BlnEngineOptions absent = { .device = "vulkan:63" };
  g_autoptr (RunModel) run = run_model_new (writer, &on_cpu);
  g_autoptr (GError) error = NULL;

  g_assert_null (bln_engine_new (run->model, &absent, &error));
  g_assert_error (error, BLN_ERROR, BLN_ERROR_DEVICE);
}

/* The quantized ones behind those of floats. */
static const guint32 types[] = {
  BLN_TYPE_F16, BLN_TYPE_BF16, BLN_TYPE_Q4_0, BLN_TYPE_Q4_1, BLN_TYPE_Q5_0, BLN_TYPE_Q5_1,
  BLN_TYPE_Q8_0, BLN_TYPE_Q2_K, BLN_TYPE_Q3_K, BLN_TYPE_Q4_K, BLN_TYPE_Q5_K, BLN_TYPE_Q6_K,
  BLN_TYPE_IQ4_NL, BLN_TYPE_IQ4_XS, BLN_TYPE_MXFP4,
};

/* Experts; experts after a dense block; none. */
static const char *const streamed[] = { "tiny-qwen3moe", "tiny-dsv3", "tiny-llama" };

static void
add_types (guint first)
{
  for (guint i = first; i < G_N_ELEMENTS (types); i++)
    {
      g_autofree char *path = g_strconcat ("/vulkan/type/", bln_type_info (types[i])->name, NULL);

      g_test_add_data_func (path, GUINT_TO_POINTER (types[i]), test_type);
    }
}

/* What products of bytes do differently. */
static void
add_rounded (void)
{
  add_types (2);
  for (guint i = 0; i < G_N_ELEMENTS (stretches); i++)
    {
      g_autofree char *path = g_strconcat ("/vulkan/stretches/", stretches[i].name, NULL);

      g_test_add_data_func (path, &stretches[i], test_stretches);
    }
  g_test_add_data_func ("/vulkan/choice/sigmoid", "tiny-dsv3", test_choice);
  g_test_add_data_func ("/vulkan/choice/softmax", "tiny-dsv2lite", test_choice);
  g_test_add_func ("/vulkan/choice/beside-the-host", test_choice_beside_host);
  g_test_add_func ("/vulkan/few-dispatches-a-layer", test_few_dispatches);
}

int
main (int    argc,
      char **argv)
{
  /* With a variant asked for, what its shaders do differently; all of it otherwise. */
  const gboolean is_whole = g_getenv ("BLN_VK_VARIANT") == NULL;

  g_test_init (&argc, &argv, NULL);
  if (rounds_inputs ())
    {
      add_rounded ();
      return g_test_run ();
    }
  for (guint i = 0; i < FIXTURE_MODEL_N_NAMES; i++)
    {
      g_autofree char *path = g_strconcat ("/vulkan/model/", fixture_model_names[i], NULL);

      g_test_add_data_func (path, fixture_model_names[i], test_fixture);
    }
  for (guint i = 0; is_whole && i < FIXTURE_MODEL_N_NAMES; i++)
    {
      g_autofree char *path = g_strconcat ("/vulkan/hybrid/", fixture_model_names[i], NULL);

      g_test_add_data_func (path, fixture_model_names[i], test_hybrid);
    }
  if (is_whole)
    g_test_add_func ("/vulkan/hybrid-prepares-what-is-away", test_hybrid_prepares);
  for (guint i = 0; is_whole && i < G_N_ELEMENTS (streamed); i++)
    {
      g_autofree char *path = g_strconcat ("/vulkan/streams/", streamed[i], NULL);

      g_test_add_data_func (path, streamed[i], test_streams);
    }
  for (guint i = 0; is_whole && i < FIXTURE_N_SHAPES; i++)
    {
      g_autofree char *path = g_strconcat ("/vulkan/shape/", fixture_shapes[i].name, NULL);

      g_test_add_data_func (path, &fixture_shapes[i], test_shape);
    }
  if (is_whole)
    add_types (0);
  g_test_add_data_func ("/vulkan/half-cache/tiny-dsv2lite", "tiny-dsv2lite", test_half_cache);
  g_test_add_data_func ("/vulkan/half-cache/tiny-gemma3", "tiny-gemma3", test_half_cache);
  g_test_add_data_func ("/vulkan/long-sequence/tiny-dsv3", "tiny-dsv3", test_long_sequence);
  g_test_add_data_func ("/vulkan/long-sequence/tiny-gemma3", "tiny-gemma3", test_long_sequence);
  if (!is_whole)
    return g_test_run ();
  g_test_add_func ("/vulkan/large-vocabulary", test_large_vocabulary);
  g_test_add_func ("/vulkan/parts-are-as-one", test_parts);
  g_test_add_func ("/vulkan/split-cache-is-as-one", test_split_cache);
  g_test_add_func ("/vulkan/two-sequences-as-one", test_two_sequences);
  g_test_add_func ("/vulkan/copies-and-files-go-on", test_copy_and_file);
  g_test_add_func ("/vulkan/too-many-experts-are-refused", test_too_many_experts);
  g_test_add_func ("/vulkan/absent-device-is-said", test_absent_device);
  return g_test_run ();
}
