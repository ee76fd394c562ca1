/* Whole models against reference logits that an independent program computed in float64. */
#include <string.h>

#include "fixture-shapes.h"
#include "model-variants.h"
#include "run-model.h"

#define N FIXTURE_N_PROMPT
#define V FIXTURE_N_VOCABULARY

typedef struct
{
  const char *fixture;
  BlnEngineOptions options;
  gsize chunk;
} Case;

/* The reference of gemma3 is compared to 2e-3 where a GELU table is used; ours has none. */
#define TOLERANCE 1e-4

static float *
expected_logits (const char *name)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "data", "fixture-logits.txt", NULL);

  return fixture_read_expected (path, name, N * V);
}

static RunModel *
run_fixture (const char             *name,
             const BlnEngineOptions *options)
{
  FixtureModel model = fixture_model_named (name);
  g_autoptr (GgufWriter) writer = fixture_model_build (&model);

  return run_model_new (writer, options);
}

static void
assert_close (const float *logits,
              const float *expected,
              gsize        n)
{
  double difference = largest_difference (logits, expected, n);

  g_test_message ("largest difference %.2g", difference);
  g_assert_cmpfloat (difference, <=, TOLERANCE);
}

static void
test_case (gconstpointer data)
{
  const Case *c = data;
  g_autoptr (RunModel) run = run_fixture (c->fixture, &c->options);
  g_autofree float *expected = expected_logits (c->fixture);
  g_autofree float *logits = run_model_logits (run, fixture_prompt, N, c->chunk);

  assert_close (logits, expected, N * V);
}

/* A kernel set that this processor lacks is told as skipped, not passed over. */
static void
test_variant (gconstpointer data)
{
  const Case *c = data;
  FixtureModel shape = fixture_model_named (c->fixture);
  g_autoptr (GgufWriter) writer = fixture_model_build (&shape);
  g_autoptr (GError) error = NULL;
  g_autoptr (RunModel) probe = run_model_new (writer, NULL);
  g_autoptr (BlnEngine) engine = bln_engine_new (probe->model, &c->options, &error);

  if (g_error_matches (error, BLN_ERROR, BLN_ERROR_ARGUMENT))
    {
      g_test_skip (error->message);
      return;
    }
  g_assert_no_error (error);
  test_case (data);
}

/* Two sequences side by side, one the prompt and one the prompt backwards, in steps that take
 * tokens of both. */
static void
test_interleaved (gconstpointer data)
{
  const Case *c = data;
  BlnEngineOptions options = { .n_sessions = 2, .n_batch = 8 };
  g_autoptr (RunModel) run = run_fixture (c->fixture, &options);
  g_autofree float *expected = expected_logits (c->fixture);
  g_autofree float *forward = g_new (float, N * V), *backward = g_new (float, N * V);
  g_autofree float *alone = NULL;
  BlnSession *sessions[2] = { run_model_session (run), run_model_session (run) };
  g_autoptr (GError) error = NULL;
  gint32 reversed[N];

  for (guint i = 0; i < N; i++)
    reversed[i] = fixture_prompt[N - 1 - i];
  run_model_record (run, sessions[0], forward, N);
  run_model_record (run, sessions[1], backward, N);
  for (gsize n = 3; n <= N; n += 3)
    {
      bln_session_sync (sessions[0], fixture_prompt, n, NULL, &error);
      g_assert_no_error (error);
      bln_session_sync (sessions[1], reversed, MIN (n + 1, N), NULL, &error);
      g_assert_no_error (error);
      run_model_step_all (run, sessions, 2);
    }
  bln_session_free (sessions[0]);
  bln_session_free (sessions[1]);
  alone = run_model_logits (run, reversed, N, 0);
  assert_close (forward, expected, N * V);
  assert_close (backward, alone, N * V);
}

/* One engine, one thread or three: not a bit may differ. */
static void
test_threads_agree (gconstpointer data)
{
  const Case *c = data;
  g_autofree float *first = NULL;

  for (guint n_threads = 1; n_threads <= 3; n_threads++)
    {
      BlnEngineOptions options = { .n_threads = n_threads };
      g_autoptr (RunModel) run = run_fixture (c->fixture, &options);
      g_autofree float *logits = run_model_logits (run, fixture_prompt, N, 5);

      if (first == NULL)
        first = g_steal_pointer (&logits);
      else
        g_assert_cmpmem (logits, N * V * sizeof (float), first, N * V * sizeof (float));
    }
}

/* ---- shapes ------------------------------------------------------------------------ */

static void
test_shape (gconstpointer data)
{
  static const guint rows[3] = { 2, 7, 11 };
  const FixtureShape *shape = data;
  FixtureModel model = fixture_shape_model (shape);
  g_autoptr (GgufWriter) writer = fixture_model_build (&model);
  g_autoptr (RunModel) run = run_model_new (writer, NULL);
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "data", "shape-logits.txt", NULL);
  g_autofree float *expected = fixture_read_expected (path, shape->name, 3 * run->n_vocabulary);

  for (gsize chunk = 0; chunk <= 5; chunk += 5)
    {
      g_autofree float *logits = run_model_logits (run, fixture_prompt, N, chunk);

      for (guint i = 0; i < 3; i++)
        assert_close (logits + rows[i] * run->n_vocabulary, expected + i * run->n_vocabulary,
                      run->n_vocabulary);
    }
}

/* What the MTP block ranks first after each of all possible next tokens. */
static void
test_drafts (gconstpointer data)
{
  const FixtureShape *shape = data;
  FixtureModel model = fixture_shape_model (shape);
  g_autoptr (GgufWriter) writer = fixture_model_build (&model);
  g_autoptr (RunModel) run = run_model_new (writer, NULL);
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "data", "shape-logits.txt", NULL);
  g_autofree char *title = g_strconcat (shape->name, " drafts", NULL);
  g_autofree float *expected = fixture_read_expected (path, title, run->n_vocabulary);
  g_autoptr (BlnSession) session = run_model_session (run);
  g_autoptr (GError) error = NULL;

  g_assert_true (bln_engine_has_mtp (run->engine));
  bln_session_sync (session, fixture_prompt, N, NULL, &error);
  g_assert_no_error (error);
  run_model_step_all (run, &session, 1);
  for (guint next = 0; next < run->n_vocabulary; next++)
    {
      gint32 draft = bln_session_draft (session, next, &error);

      g_assert_no_error (error);
      g_assert_cmpint (draft, ==, (gint32) expected[next]);
    }
}

/* Greedy and sampled answers with the MTP block and without it: the same tokens. */
static void
test_mtp_changes_nothing (gconstpointer data)
{
  const FixtureShape *shape = data;
  FixtureModel model = fixture_shape_model (shape);
  g_autoptr (GgufWriter) writer = fixture_model_build (&model);

  for (guint greedy = 0; greedy < 2; greedy++)
    {
      gint32 tokens[2][60];

      for (guint disable = 0; disable < 2; disable++)
        {
          BlnEngineOptions options = { .disable_mtp = disable };
          BlnSampling sampling = { .temperature = greedy ? 0 : 1, .top_p = 1,
                                   .repetition_penalty = 1, .seed = 3 };
          g_autoptr (RunModel) run = run_model_new (writer, &options);
          g_autoptr (BlnSession) session = run_model_session (run);
          g_autoptr (BlnSampler) sampler = bln_sampler_new (run->model, &sampling);
          g_autoptr (GError) error = NULL;

          bln_session_sync (session, fixture_prompt, N, NULL, &error);
          for (guint i = 0; error == NULL && i < 60; i++)
            bln_session_next (session, sampler, &tokens[disable][i], &error);
          g_assert_no_error (error);
        }
      g_assert_cmpmem (tokens[0], sizeof tokens[0], tokens[1], sizeof tokens[1]);
    }
}

/* ---- the list ---------------------------------------------------------------------- */

static void
add_case (const char       *fixture,
          const char       *what,
          GTestDataFunc     func,
          gsize             chunk,
          BlnEngineOptions  options)
{
  g_autofree char *path = g_strdup_printf ("/models/%s/%s", fixture, what);
  Case *c = g_new (Case, 1);

  *c = (Case) { fixture, options, chunk };
  g_test_add_data_func_full (path, c, func, g_free);
}

static void
add_fixture (const char *fixture)
{
  static const char *const variants[] = { "c", "avx2", "avx512" };

  add_case (fixture, "prefill-at-once", test_case, 0, (BlnEngineOptions) { 0 });
  add_case (fixture, "token-by-token", test_case, 1, (BlnEngineOptions) { 0 });
  add_case (fixture, "chunks-of-5", test_case, 5, (BlnEngineOptions) { 0 });
  add_case (fixture, "batches-of-5", test_case, 0, (BlnEngineOptions) { .n_batch = 5 });
  add_case (fixture, "two-sequences", test_interleaved, 0, (BlnEngineOptions) { 0 });
  add_case (fixture, "threads-agree", test_threads_agree, 0, (BlnEngineOptions) { 0 });
  for (guint i = 0; i < G_N_ELEMENTS (variants); i++)
    {
      g_autofree char *at_once = g_strdup_printf ("kernels-%s/prefill", variants[i]);
      g_autofree char *single = g_strdup_printf ("kernels-%s/decode", variants[i]);
      BlnEngineOptions options = { .cpu_variant = variants[i] };

      add_case (fixture, at_once, test_variant, 0, options);
      add_case (fixture, single, test_variant, 1, options);
    }
  if (!g_str_has_prefix (fixture, "tiny-dsv"))
    return;
  add_case (fixture, "absorbed-prefill", test_case, 0,
            (BlnEngineOptions) { .mla_absorbed = TRUE });
  add_case (fixture, "decompressed-decode", test_case, 1,
            (BlnEngineOptions) { .mla_decompressed = TRUE });
  add_case (fixture, "decompressed-chunks", test_case, 5,
            (BlnEngineOptions) { .mla_decompressed = TRUE });
}

static void
add_shape (const FixtureShape *shape)
{
  g_autofree char *logits = g_strdup_printf ("/models/shapes/%s", shape->name);
  g_autofree char *drafts = g_strdup_printf ("/models/mtp/%s/drafts", shape->name);
  g_autofree char *answer = g_strdup_printf ("/models/mtp/%s/changes-no-token", shape->name);

  g_test_add_data_func (logits, shape, test_shape);
  if (fixture_shape_model (shape).n_mtp == 0)
    return;
  g_test_add_data_func (drafts, shape, test_drafts);
  g_test_add_data_func (answer, shape, test_mtp_changes_nothing);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < FIXTURE_MODEL_N_NAMES; i++)
    add_fixture (fixture_model_names[i]);
  for (guint i = 0; i < FIXTURE_N_SHAPES; i++)
    add_shape (&fixture_shapes[i]);
  return g_test_run ();
}
