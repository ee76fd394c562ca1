/* Sequences on a Vulkan device beside the same on the CPU: one to eight in the same passes, each
 * going its own way, gone back in, and with drafts. */
#include <string.h>

#include "device.h"
#include "engine-private.h"
#include "fixture-models.h"
#include "run-model.h"

#define N FIXTURE_N_PROMPT
#define MOST 8
/* Of logits of F32 weights, the two sides summing in different orders. */
#define TOLERANCE 2e-4

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
sync_to (BlnSession   *session,
         const gint32 *tokens,
         gsize         n)
{
  g_autoptr (GError) error = NULL;

  bln_session_sync (session, tokens, n, NULL, &error);
  g_assert_no_error (error);
}

/* Sequences that begin alike and go where the CPU takes them, side by side on both. */
static void
go_on_together (RunModel *cpu,
                RunModel *device,
                guint     n)
{
  BlnSession *sessions[2][MOST];
  gint32 tokens[MOST][N + 6];

  for (guint i = 0; i < n; i++)
    {
      memcpy (tokens[i], fixture_prompt, sizeof fixture_prompt);
      tokens[i][0] = (gint32) i;
      sessions[0][i] = run_model_session (cpu);
      sessions[1][i] = run_model_session (device);
    }
  for (guint step = 0; step < 6; step++)
    {
      for (guint side = 0; side < 2; side++)
        {
          for (guint i = 0; i < n; i++)
            sync_to (sessions[side][i], tokens[i], N - i + step);
          run_model_step_all (side == 0 ? cpu : device, sessions[side], n);
        }
      for (guint i = 0; i < n; i++)
        {
          const float *expected = bln_session_get_logits (sessions[0][i]);

          g_assert_cmpfloat (relative_difference (bln_session_get_logits (sessions[1][i]),
                                                  expected, cpu->n_vocabulary), <=, TOLERANCE);
          tokens[i][N - i + step] = bln_likeliest (expected, cpu->n_vocabulary);
        }
    }
  for (guint i = 0; i < n; i++)
    {
      bln_session_free (sessions[0][i]);
      bln_session_free (sessions[1][i]);
    }
}

static void
test_together (gconstpointer name)
{
  const FixtureModel model = fixture_model_named (name);
  g_autoptr (GgufWriter) writer = fixture_model_build (&model);
  const BlnEngineOptions on_cpu = { .device = "cpu", .n_sessions = MOST, .n_batch = 16 };
  const BlnEngineOptions on_device = { .device = "vulkan", .n_sessions = MOST, .n_batch = 16 };
  g_autoptr (RunModel) cpu = NULL;
  g_autoptr (RunModel) device = NULL;

  if (!has_device ())
    return;
  cpu = run_model_new (writer, &on_cpu);
  device = run_model_new (writer, &on_device);
  for (guint n = 1; n <= MOST; n = n < 3 ? n + 1 : n + 5)
    go_on_together (cpu, device, n);
}

/* A part of the prompt changes: what was common is not computed again, and nothing is left of the
 * rest. */
static void
test_rewind (gconstpointer name)
{
  const FixtureModel model = fixture_model_named (name);
  g_autoptr (GgufWriter) writer = fixture_model_build (&model);
  const BlnEngineOptions options = { .device = "vulkan" };
  g_autoptr (RunModel) run = NULL;
  g_autoptr (BlnSession) session = NULL;
  g_autoptr (BlnSession) fresh = NULL;
  g_autoptr (GError) error = NULL;
  gint32 other[N];
  gsize n_reused;

  if (!has_device ())
    return;
  run = run_model_new (writer, &options);
  session = run_model_session (run);
  fresh = run_model_session (run);
  sync_to (session, fixture_prompt, N);
  run_model_step_all (run, &session, 1);
  memcpy (other, fixture_prompt, sizeof other);
  other[7] ^= 1;
  bln_session_sync (session, other, N, &n_reused, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (n_reused, ==, 7);
  run_model_step_all (run, &session, 1);
  sync_to (fresh, other, N);
  run_model_step_all (run, &fresh, 1);
  g_assert_cmpfloat (relative_difference (bln_session_get_logits (session),
                                          bln_session_get_logits (fresh), run->n_vocabulary),
                     <=, TOLERANCE);
}

static void
generate (RunModel *run,
          guint     seed,
          gint32    tokens[40],
          guint64  *n_drafted)
{
  const BlnSampling sampling = { .temperature = seed * 0.3f, .top_p = 0.95f, .seed = seed,
                                 .repetition_penalty = 1 };
  g_autoptr (BlnSession) session = run_model_session (run);
  g_autoptr (BlnSampler) sampler = bln_sampler_new (run->model, &sampling);
  g_autoptr (GError) error = NULL;
  BlnSessionStats stats;

  sync_to (session, fixture_prompt, N);
  for (guint i = 0; i < 40; i++)
    {
      bln_session_next (session, sampler, &tokens[i], &error);
      g_assert_no_error (error);
    }
  bln_session_get_stats (session, &stats);
  *n_drafted += stats.n_drafted;
}

/* The CPU's tokens, greedy and drawn, though pairs of rows are verified at once. */
static void
test_drafts (void)
{
  FixtureModel shape = fixture_model_named ("tiny-dsv3");
  g_autoptr (GgufWriter) writer = NULL;
  const BlnEngineOptions on_cpu = { .device = "cpu", .disable_mtp = TRUE };
  const BlnEngineOptions on_device = { .device = "vulkan" };
  g_autoptr (RunModel) cpu = NULL;
  g_autoptr (RunModel) device = NULL;
  guint64 n_drafted = 0, none = 0;

  if (!has_device ())
    return;
  shape.n_mtp = 1;
  shape.n_layers++;
  writer = fixture_model_build (&shape);
  cpu = run_model_new (writer, &on_cpu);
  device = run_model_new (writer, &on_device);
  g_assert_true (bln_engine_has_mtp (device->engine));
  for (guint seed = 0; seed < 4; seed++)
    {
      gint32 tokens[2][40];

      generate (cpu, seed, tokens[0], &none);
      generate (device, seed, tokens[1], &n_drafted);
      g_assert_cmpmem (tokens[1], sizeof tokens[1], tokens[0], sizeof tokens[0]);
    }
  g_test_message ("%" G_GUINT64_FORMAT " drafts in 160 tokens", n_drafted);
  g_assert_cmpuint (n_drafted, >, 0);
  g_assert_cmpuint (none, ==, 0);
}

int
main (int    argc,
      char **argv)
{
  static const char *const kinds[] = { "tiny-dsv3", "tiny-qwen3moe", "tiny-gemma3" };

  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      g_autofree char *together = g_strconcat ("/vulkan/sessions/one-to-eight/", kinds[i], NULL);
      g_autofree char *rewind = g_strconcat ("/vulkan/sessions/rewind/", kinds[i], NULL);

      g_test_add_data_func (together, kinds[i], test_together);
      g_test_add_data_func (rewind, kinds[i], test_rewind);
    }
  g_test_add_func ("/vulkan/sessions/drafts-give-the-same-tokens", test_drafts);
  return g_test_run ();
}
