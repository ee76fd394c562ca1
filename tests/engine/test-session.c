/* Sequences of tokens: whatever way one is reached, it gives the same logits, bit for bit. */
#include "fixture-models.h"
#include "run-model.h"

#include <glib/gstdio.h>
#include <math.h>
#include <string.h>

#define N FIXTURE_N_PROMPT

/* One of each kind of attention, of experts, and with an MTP block. */
static const char *const kinds[] = { "tiny-llama", "tiny-gemma3", "tiny-qwen3moe", "tiny-dsv3",
                                     "tiny-dsv2lite", "mtp" };

static RunModel *
run_named (const char             *name,
           const BlnEngineOptions *options)
{
  gboolean has_mtp = strcmp (name, "mtp") == 0;
  FixtureModel shape = fixture_model_named (has_mtp ? "tiny-dsv3" : name);
  g_autoptr (GgufWriter) writer = NULL;

  if (has_mtp)
    {
      shape.n_mtp = 1;
      shape.n_layers++;
    }
  writer = fixture_model_build (&shape);
  return run_model_new (writer, options);
}

static void
sync_to (BlnSession   *session,
         const gint32 *tokens,
         gsize         n,
         gsize        *n_reused)
{
  g_autoptr (GError) error = NULL;

  bln_session_sync (session, tokens, n, n_reused, &error);
  g_assert_no_error (error);
}

/* Logits of the last token, computed in steps until nothing is pending. */
static const float *
finish (RunModel   *run,
        BlnSession *session)
{
  run_model_step_all (run, &session, 1);
  g_assert_nonnull (bln_session_get_logits (session));
  return bln_session_get_logits (session);
}

static void
assert_as_fresh (RunModel   *run,
                 BlnSession *session)
{
  gsize n, size = run->n_vocabulary * sizeof (float);
  const gint32 *tokens = bln_session_get_tokens (session, &n);
  g_autoptr (BlnSession) fresh = run_model_session (run);

  sync_to (fresh, tokens, n, NULL);
  g_assert_cmpmem (finish (run, session), size, finish (run, fresh), size);
}

static void
test_rewind (gconstpointer name)
{
  g_autoptr (RunModel) run = run_named (name, NULL);
  g_autoptr (BlnSession) session = run_model_session (run);
  gint32 other[N];
  gsize n_reused, n_lost = bln_engine_has_mtp (run->engine) ? 1 : 0;

  sync_to (session, fixture_prompt, N, NULL);
  finish (run, session);
  /* Nothing changed: the last token alone is computed, for its logits. */
  sync_to (session, fixture_prompt, N, &n_reused);
  g_assert_cmpuint (n_reused, ==, N - 1);
  assert_as_fresh (run, session);

  memcpy (other, fixture_prompt, sizeof other);
  other[7] ^= 1;
  sync_to (session, other, N, &n_reused);
  g_assert_cmpuint (n_reused, <=, 7);
  g_assert_cmpuint (n_reused, >=, 7 - n_lost); /* a hidden state may have to come again */
  g_assert_null (bln_session_get_logits (session));
  assert_as_fresh (run, session);

  sync_to (session, other, 3, &n_reused);
  g_assert_cmpuint (n_reused, ==, 2);
  assert_as_fresh (run, session);
  sync_to (session, other, N, &n_reused);
  g_assert_cmpuint (n_reused, ==, 3);
  assert_as_fresh (run, session);
}

static void
test_cuts (gconstpointer name)
{
  g_autoptr (RunModel) run = run_named (name, NULL);
  g_autofree float *whole = run_model_logits (run, fixture_prompt, N, 0);
  static const gsize chunks[] = { 1, 2, 5 };

  for (guint i = 0; i < G_N_ELEMENTS (chunks); i++)
    {
      g_autofree float *cut = run_model_logits (run, fixture_prompt, N, chunks[i]);

      g_assert_cmpmem (whole, N * run->n_vocabulary * sizeof (float),
                       cut, N * run->n_vocabulary * sizeof (float));
    }
}

/* Three sequences of different lengths in the same passes, in turns. */
static void
test_beside (gconstpointer name)
{
  const BlnEngineOptions options = { .n_batch = 4 };
  g_autoptr (RunModel) run = run_named (name, &options);
  BlnSession *sessions[3];
  gsize before, after;

  for (guint i = 0; i < 3; i++)
    {
      sessions[i] = run_model_session (run);
      sync_to (sessions[i], fixture_prompt + i, N - 3 * i, NULL);
    }
  before = bln_session_get_pending (sessions[2]);
  g_assert_true (bln_engine_step (run->engine, sessions, 3, NULL));
  after = bln_session_get_pending (sessions[2]);
  g_assert_cmpuint (after, <, before); /* a long one starves nobody */
  run_model_step_all (run, sessions, 3);
  for (guint i = 0; i < 3; i++)
    {
      assert_as_fresh (run, sessions[i]);
      bln_session_free (sessions[i]);
    }
}

static void
test_threads (gconstpointer name)
{
  static const guint numbers[] = { 1, 2, 3, 8 };
  g_autofree float *first = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (numbers); i++)
    {
      const BlnEngineOptions options = { .n_threads = numbers[i] };
      g_autoptr (RunModel) run = run_named (name, &options);
      g_autofree float *logits = run_model_logits (run, fixture_prompt, N, 0);

      if (first == NULL)
        first = g_steal_pointer (&logits);
      else
        g_assert_cmpmem (first, N * run->n_vocabulary * sizeof (float),
                         logits, N * run->n_vocabulary * sizeof (float));
    }
}

/* ---- long ones ----------------------------------------------------------------------- */

#define N_LONG 1300

static gint32 *
long_tokens (RunModel *run)
{
  gint32 *tokens = g_new (gint32, N_LONG);

  for (guint i = 0; i < N_LONG; i++)
    tokens[i] = (i * 37 + i / 64) % run->n_vocabulary;
  return tokens;
}

static float *
long_logits (RunModel *run,
             gsize     chunk)
{
  g_autofree gint32 *tokens = long_tokens (run);

  return run_model_logits (run, tokens, N_LONG, chunk);
}

/* Past several blocks of positions and into a second span of them. */
static void
test_long (gconstpointer name)
{
  const BlnEngineOptions options = { .n_context = 1400 };
  const BlnEngineOptions small = { .n_context = 1400, .n_batch = 100, .mla_absorbed = TRUE };
  const BlnEngineOptions absorbed = { .n_context = 1400, .mla_absorbed = TRUE };
  g_autoptr (RunModel) run = run_named (name, &options);
  g_autoptr (RunModel) run_small = run_named (name, &small);
  g_autoptr (RunModel) run_absorbed = run_named (name, &absorbed);
  g_autofree float *logits = long_logits (run, 0);
  g_autofree float *in_small = long_logits (run_small, 0);
  g_autofree float *in_absorbed = long_logits (run_absorbed, 700);
  gsize n = N_LONG * run->n_vocabulary;

  g_assert_cmpmem (in_small, n * sizeof (float), in_absorbed, n * sizeof (float));
  g_assert_cmpfloat (largest_difference (logits, in_absorbed, n), <, 1e-4);
}

/* Few rows share out the spans of positions, which changes no bit: two sequences of different
 * lengths, a token at a time. */
static void
test_long_decode (gconstpointer name)
{
  const BlnEngineOptions one = { .n_context = 1400, .mla_absorbed = TRUE, .n_threads = 1 };
  const BlnEngineOptions many = { .n_context = 1400, .mla_absorbed = TRUE, .n_threads = 3 };
  g_autoptr (RunModel) run_one = run_named (name, &one);
  g_autoptr (RunModel) run = run_named (name, &many);
  g_autofree gint32 *tokens = long_tokens (run);
  g_autofree float *expected = long_logits (run_one, 0);
  gsize size = run->n_vocabulary * sizeof (float);
  BlnSession *sessions[2] = { run_model_session (run), run_model_session (run) };
  gsize n[2] = { N_LONG - 3, 500 };

  for (guint i = 0; i < 2; i++)
    sync_to (sessions[i], tokens, n[i], NULL);
  run_model_step_all (run, sessions, 2);
  for (guint step = 0; step < 3; step++)
    {
      for (guint i = 0; i < 2; i++)
        sync_to (sessions[i], tokens, ++n[i], NULL);
      run_model_step_all (run, sessions, 2);
      for (guint i = 0; i < 2; i++)
        g_assert_cmpmem (bln_session_get_logits (sessions[i]), size,
                         expected + (n[i] - 1) * run->n_vocabulary, size);
    }
  bln_session_free (sessions[0]);
  bln_session_free (sessions[1]);
}

/* ---- branches and files -------------------------------------------------------------- */

static void
test_copy (gconstpointer name)
{
  g_autoptr (RunModel) run = run_named (name, NULL);
  g_autoptr (BlnSession) session = run_model_session (run);
  g_autoptr (BlnSession) branch = run_model_session (run);
  g_autoptr (GError) error = NULL;

  sync_to (session, fixture_prompt, 8, NULL);
  finish (run, session);
  bln_session_copy (branch, session, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (bln_session_get_pending (branch), ==, 0);
  g_assert_cmpmem (bln_session_get_logits (branch), run->n_vocabulary * sizeof (float),
                   bln_session_get_logits (session), run->n_vocabulary * sizeof (float));
  bln_session_append (branch, 9, &error);
  bln_session_append (session, 10, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (bln_session_get_pending (branch), ==, 1);
  assert_as_fresh (run, branch);
  assert_as_fresh (run, session);
}

static char *
state_path (RunModel *run)
{
  return g_build_filename (run->folder, "state", NULL);
}

static void
test_save (gconstpointer name)
{
  g_autoptr (RunModel) run = run_named (name, NULL);
  g_autoptr (BlnSession) session = run_model_session (run);
  g_autoptr (BlnSession) loaded = run_model_session (run);
  g_autofree char *path = state_path (run);
  g_autoptr (GError) error = NULL;
  gsize n;

  sync_to (session, fixture_prompt, N - 2, NULL);
  finish (run, session);
  bln_session_save (session, path, &error);
  g_assert_no_error (error);
  bln_session_load (loaded, path, &error);
  g_assert_no_error (error);
  g_assert_cmpmem (bln_session_get_tokens (loaded, &n), (N - 2) * sizeof (gint32),
                   fixture_prompt, (N - 2) * sizeof (gint32));
  g_assert_cmpuint (n, ==, N - 2);
  g_assert_cmpuint (bln_session_get_pending (loaded), ==, 1);
  assert_as_fresh (run, loaded);

  /* With tokens pending, and over the old file. */
  bln_session_append (session, 4, &error);
  bln_session_append (session, 5, &error);
  bln_session_save (session, path, &error);
  bln_session_load (loaded, path, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (bln_session_get_pending (loaded), ==, 2);
  assert_as_fresh (run, loaded);
  if (bln_engine_has_mtp (run->engine))
    {
      finish (run, session);
      g_assert_cmpint (bln_session_draft (loaded, 6, NULL), ==,
                       bln_session_draft (session, 6, NULL));
    }
  g_remove (path);
}

/* Cut anywhere or with any byte changed, it is refused and the session stays. */
static void
test_damaged_state (void)
{
  g_autoptr (RunModel) run = run_named ("mtp", NULL);
  g_autoptr (BlnSession) session = run_model_session (run);
  g_autofree char *path = state_path (run);
  g_autofree char *bytes = NULL;
  g_autoptr (GError) error = NULL;
  gsize n;

  sync_to (session, fixture_prompt, N, NULL);
  finish (run, session);
  bln_session_save (session, path, &error);
  g_assert_no_error (error);
  g_assert_true (g_file_get_contents (path, &bytes, &n, NULL));
  for (gsize i = 0; i < n; i += i < 200 ? 1 : 97)
    {
      bytes[i] ^= 0x10;
      g_assert_true (g_file_set_contents (path, bytes, n, NULL));
      bytes[i] ^= 0x10;
      g_assert_false (bln_session_load (session, path, &error));
      g_assert_true (g_error_matches (error, BLN_ERROR, BLN_ERROR_DAMAGED) ||
                     g_error_matches (error, BLN_ERROR, BLN_ERROR_ARGUMENT));
      g_clear_error (&error);
      g_assert_true (g_file_set_contents (path, bytes, i, NULL));
      g_assert_false (bln_session_load (session, path, &error));
      g_assert_error (error, BLN_ERROR, BLN_ERROR_DAMAGED);
      g_clear_error (&error);
    }
  g_assert_cmpuint (bln_session_get_pending (session), ==, 0);
  assert_as_fresh (run, session);
  g_remove (path);
  g_assert_false (bln_session_load (session, path, &error));
  g_assert_error (error, BLN_ERROR, BLN_ERROR_IO);
}

static void
test_other_state (void)
{
  const BlnEngineOptions halves = { .kv_type = BLN_KV_F16 };
  g_autoptr (RunModel) run = run_named ("tiny-llama", NULL);
  g_autoptr (RunModel) run_halves = run_named ("tiny-llama", &halves);
  g_autoptr (RunModel) run_other = run_named ("tiny-qwen2", NULL);
  g_autoptr (BlnSession) session = run_model_session (run);
  g_autoptr (BlnSession) in_halves = run_model_session (run_halves);
  g_autoptr (BlnSession) other = run_model_session (run_other);
  g_autofree char *path = state_path (run);
  g_autoptr (GError) error = NULL;

  sync_to (session, fixture_prompt, N, NULL);
  finish (run, session);
  g_assert_true (bln_session_save (session, path, NULL));
  g_assert_false (bln_session_load (other, path, &error));
  g_assert_error (error, BLN_ERROR, BLN_ERROR_ARGUMENT);
  g_clear_error (&error);
  g_assert_false (bln_session_load (in_halves, path, &error));
  g_assert_error (error, BLN_ERROR, BLN_ERROR_ARGUMENT);
  g_remove (path);
}

/* ---- limits and stopping ------------------------------------------------------------- */

static void
test_limits (void)
{
  const BlnEngineOptions options = { .n_context = 10 };
  g_autoptr (RunModel) run = run_named ("mtp", &options);
  g_autoptr (BlnSession) session = run_model_session (run);
  const BlnSampling greedy = { .repetition_penalty = 1 };
  g_autoptr (BlnSampler) sampler = bln_sampler_new (run->model, &greedy);
  const gint32 wrong[] = { 3, FIXTURE_N_VOCABULARY };
  g_autoptr (GError) error = NULL;
  gint32 token;
  gsize n;

  g_assert_false (bln_session_sync (session, fixture_prompt, 11, NULL, &error));
  g_assert_error (error, BLN_ERROR, BLN_ERROR_TOO_LONG);
  g_clear_error (&error);
  g_assert_false (bln_session_sync (session, wrong, 2, NULL, &error));
  g_assert_error (error, BLN_ERROR, BLN_ERROR_ARGUMENT);
  g_clear_error (&error);
  g_assert_false (bln_session_append (session, -1, &error));
  g_assert_error (error, BLN_ERROR, BLN_ERROR_ARGUMENT);
  g_clear_error (&error);
  g_assert_false (bln_session_next (session, sampler, &token, &error));
  g_assert_error (error, BLN_ERROR, BLN_ERROR_ARGUMENT);
  g_clear_error (&error);

  /* Up to the last place, and not beyond. */
  sync_to (session, fixture_prompt, 6, NULL);
  for (guint i = 0; i < 4; i++)
    g_assert_true (bln_session_next (session, sampler, &token, NULL));
  g_assert_false (bln_session_next (session, sampler, &token, &error));
  g_assert_error (error, BLN_ERROR, BLN_ERROR_TOO_LONG);
  bln_session_get_tokens (session, &n);
  g_assert_cmpuint (n, ==, 10);
}

static void
test_stop (gconstpointer name)
{
  g_autoptr (RunModel) run = run_named (name, NULL);
  g_autoptr (BlnSession) session = run_model_session (run);
  g_autoptr (GError) error = NULL;

  sync_to (session, fixture_prompt, 5, NULL);
  finish (run, session);
  sync_to (session, fixture_prompt, N, NULL);
  bln_engine_stop (run->engine);
  g_assert_false (bln_engine_step (run->engine, &session, 1, &error));
  g_assert_error (error, BLN_ERROR, BLN_ERROR_STOPPED);
  g_assert_cmpuint (bln_session_get_pending (session), ==, N - 5);
  bln_engine_resume (run->engine);
  assert_as_fresh (run, session);
}

static gpointer
stop_main (gpointer data)
{
  g_usleep (g_random_int_range (0, 3000));
  bln_engine_stop (data);
  return NULL;
}

/* From another thread, at any moment: what was done stays, the rest is done after. */
static void
test_stop_anywhere (gconstpointer name)
{
  const BlnEngineOptions options = { .n_threads = 3, .n_batch = 3 };
  g_autoptr (RunModel) run = run_named (name, &options);

  for (guint i = 0; i < 40; i++)
    {
      g_autoptr (BlnSession) session = run_model_session (run);
      GThread *thread;

      sync_to (session, fixture_prompt, N, NULL);
      thread = g_thread_new ("stop", stop_main, run->engine);
      while (bln_session_get_pending (session) > 0 &&
             bln_engine_step (run->engine, &session, 1, NULL))
        continue;
      g_thread_join (thread);
      bln_engine_resume (run->engine);
      assert_as_fresh (run, session);
    }
}

/* ---- numbers that are none ----------------------------------------------------------- */

static void
test_not_finite (void)
{
  FixtureModel shape = fixture_model_named ("tiny-dsv3");
  g_autoptr (GgufWriter) writer = fixture_model_build (&shape);
  GgufTensor *norm = gguf_writer_find_tensor (writer, "blk.1.ffn_norm.weight");
  g_autoptr (RunModel) run = NULL;
  g_autoptr (BlnSession) session = NULL;
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < norm->ne[0]; i++)
    ((float *) norm->data)[i] = NAN;
  run = run_model_new (writer, NULL);
  session = run_model_session (run);
  sync_to (session, fixture_prompt, N, NULL);
  g_assert_false (bln_engine_step (run->engine, &session, 1, &error));
  g_assert_error (error, BLN_ERROR, BLN_ERROR_NUMERIC);
}

/* ---- drafting ------------------------------------------------------------------------ */

static void
generate (BlnSession *session,
          BlnSampler *sampler,
          gint32     *tokens,
          guint       n)
{
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < n; i++)
    {
      bln_session_next (session, sampler, &tokens[i], &error);
      g_assert_no_error (error);
    }
}

/* The same tokens with and without, for several seeds and after a rewind in the middle. */
static void
test_draft_changes_nothing (void)
{
  const BlnEngineOptions without = { .disable_mtp = TRUE };
  g_autoptr (RunModel) a = run_named ("mtp", NULL);
  g_autoptr (RunModel) b = run_named ("mtp", &without);
  guint64 n_drafted = 0;

  g_assert_true (bln_engine_has_mtp (a->engine));
  g_assert_false (bln_engine_has_mtp (b->engine));
  for (guint seed = 0; seed < 12; seed++)
    {
      const BlnSampling sampling = { .temperature = seed * 0.15f, .top_p = 0.95f, .seed = seed,
                                     .repetition_penalty = seed % 2 == 0 ? 1 : 1.2f,
                                     .penalty_window = 16 };
      gint32 tokens[2][60];

      for (guint side = 0; side < 2; side++)
        {
          RunModel *run = side == 0 ? a : b;
          g_autoptr (BlnSession) session = run_model_session (run);
          g_autoptr (BlnSampler) sampler = bln_sampler_new (run->model, &sampling);
          BlnSessionStats stats;

          sync_to (session, fixture_prompt, N, NULL);
          generate (session, sampler, tokens[side], 30);
          sync_to (session, fixture_prompt, N - 3, NULL);
          generate (session, sampler, tokens[side] + 30, 30);
          bln_session_get_stats (session, &stats);
          n_drafted += stats.n_drafted;
        }
      g_assert_cmpmem (tokens[0], sizeof tokens[0], tokens[1], sizeof tokens[1]);
    }
  g_assert_cmpuint (n_drafted, >, 0);
}

/* What MTP drafts does not depend on how its rows came into its cache. */
static void
test_draft_is_the_same (void)
{
  static const gsize chunks[] = { 1, 5, 40 };
  const BlnEngineOptions options = { .mla_absorbed = TRUE };
  g_autoptr (RunModel) run = run_named ("mtp", &options);
  gint32 tokens[40];
  gint32 expected = -1;

  for (guint i = 0; i < 40; i++)
    tokens[i] = (i * 11) % FIXTURE_N_VOCABULARY;
  for (guint i = 0; i < G_N_ELEMENTS (chunks); i++)
    {
      g_autoptr (BlnSession) session = run_model_session (run);
      gint32 draft;

      for (gsize n = 0; n < 40;)
        {
          n = MIN (40, n + chunks[i]);
          sync_to (session, tokens, n, NULL);
          finish (run, session);
        }
      draft = bln_session_draft (session, 7, NULL);
      g_assert_cmpint (draft, >=, 0);
      g_assert_true (expected < 0 || draft == expected);
      g_assert_cmpint (bln_session_draft (session, 7, NULL), ==, draft);
      expected = draft;
      assert_as_fresh (run, session);
    }
}

static void
add_for_each (const char       *path,
              const char *const names[],
              guint             n,
              GTestDataFunc     func)
{
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *whole = g_strconcat (path, "/", names[i], NULL);

      g_test_add_data_func (whole, names[i], func);
    }
}

int
main (int    argc,
      char **argv)
{
  static const char *const long_kinds[] = { "tiny-llama", "tiny-gemma3", "tiny-dsv3",
                                            "tiny-dsv2lite" };
  guint n = G_N_ELEMENTS (kinds);

  g_test_init (&argc, &argv, NULL);
  add_for_each ("/session/rewind-keeps-prefix", kinds, n, test_rewind);
  add_for_each ("/session/same-bits-however-cut", kinds, n, test_cuts);
  add_for_each ("/session/same-bits-beside-others", kinds, n, test_beside);
  add_for_each ("/session/same-bits-on-any-threads", kinds, n, test_threads);
  add_for_each ("/session/long-prompt", long_kinds, G_N_ELEMENTS (long_kinds), test_long);
  add_for_each ("/session/long-decode-same-bits", long_kinds, G_N_ELEMENTS (long_kinds),
                test_long_decode);
  add_for_each ("/session/copy-is-a-branch", kinds, n, test_copy);
  add_for_each ("/session/save-and-load", kinds, n, test_save);
  g_test_add_func ("/session/damaged-state-is-refused", test_damaged_state);
  g_test_add_func ("/session/state-of-another-model-is-refused", test_other_state);
  g_test_add_func ("/session/limits", test_limits);
  add_for_each ("/session/stop-leaves-what-was-done", kinds, n, test_stop);
  add_for_each ("/session/stop-at-any-moment", kinds, n, test_stop_anywhere);
  g_test_add_func ("/session/not-finite-is-an-error", test_not_finite);
  g_test_add_func ("/session/drafts-change-nothing", test_draft_changes_nothing);
  g_test_add_func ("/session/drafts-are-the-same-however-cut", test_draft_is_the_same);
  return g_test_run ();
}
