/* Sequences whose samplers are known get back from a Vulkan device what those need of the logits.
 * The tokens are those that all logits would have given, by the same random numbers. */
#include <math.h>
#include <string.h>

#include "device.h"
#include "engine-private.h"
#include "fixture-models.h"
#include "run-model.h"
#include "sampler.h"

#define N FIXTURE_N_PROMPT
/* More than four blocks of logits, the last not full. */
#define N_VOCABULARY 4500
#define N_TOKENS 12

/* Made weights give logits that lie close together: as likely as in a real model a few are at low
 * temperatures. The last N_FLAT look too far for that. */
static const BlnSampling samplings[] = {
  { .temperature = 0, .top_p = 1, .repetition_penalty = 1 },
  { .temperature = 0.06, .top_p = 0.9, .repetition_penalty = 1, .seed = 5 },
  { .temperature = 0.1, .top_p = 1, .top_k = 20, .repetition_penalty = 1, .seed = 6 },
  { .temperature = 0.07, .top_p = 1, .repetition_penalty = 1, .seed = 7 },
  { .temperature = 0.05, .top_p = 1, .min_p = 0.01, .repetition_penalty = 1, .seed = 8 },
  { .temperature = 0.08, .top_p = 0.9, .repetition_penalty = 1.1, .penalty_window = 64, .seed = 9 },
  { .temperature = 2, .top_p = 0.95, .repetition_penalty = 1, .seed = 10 },
};

#define N_FLAT 2
#define MOST G_N_ELEMENTS (samplings)

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

static RunModel *
run_with (gboolean has_mtp,
          gboolean disable_mtp)
{
  FixtureModel model = fixture_model_named (has_mtp ? "tiny-dsv3" : "tiny-llama");
  const BlnEngineOptions options = { .device = "vulkan", .n_sessions = 2 * MOST,
                                     .n_batch = 32, .disable_mtp = disable_mtp };
  g_autoptr (GgufWriter) writer = NULL;

  /* Drafts of made weights are guesses: among few tokens some are right. */
  if (!has_mtp)
    model.n_vocabulary = N_VOCABULARY;
  else
    {
      model.n_mtp = 1;
      model.n_layers++;
    }
  writer = fixture_model_build (&model);
  return run_model_new (writer, &options);
}

static BlnSession *
begin (RunModel *run,
       gint32    first)
{
  BlnSession *session = run_model_session (run);
  g_autoptr (GError) error = NULL;
  gint32 tokens[N];

  memcpy (tokens, fixture_prompt, sizeof tokens);
  tokens[0] = first;
  bln_session_sync (session, tokens, N, NULL, &error);
  g_assert_no_error (error);
  return session;
}

static gint32
go_on (BlnSession *session,
       BlnSampler *sampler)
{
  g_autoptr (GError) error = NULL;
  gint32 token = -1;

  bln_session_sample (session, sampler, &token, &error);
  g_assert_no_error (error);
  bln_session_append (session, token, &error);
  g_assert_no_error (error);
  return token;
}

/* As many sequences, each with a sampler of its own: `n` by choice and the same by all logits, in
 * turns, so that one goes over what the other left on the device. `n_least` tokens are decided
 * without all. */
static void
assert_same_tokens (RunModel *run,
                    guint     first,
                    guint     n,
                    guint     n_least)
{
  BlnSession *by_choice[MOST], *by_all[MOST];
  BlnSampler *samplers[2][MOST];
  guint n_decided = 0;

  for (guint i = 0; i < n; i++)
    {
      by_choice[i] = begin (run, (gint32) i);
      by_all[i] = begin (run, (gint32) i);
      samplers[0][i] = bln_sampler_new (run->model, &samplings[first + i]);
      samplers[1][i] = bln_sampler_new (run->model, &samplings[first + i]);
      bln_session_set_sampler (by_choice[i], samplers[0][i]);
    }
  for (guint k = 0; k < N_TOKENS; k++)
    {
      gint32 tokens[MOST];

      run_model_step_all (run, by_choice, n);
      /* Every fourth time the last one's are left to be fetched by the next pass. */
      for (guint i = 0; i + (k % 4 == 3) < n; i++)
        {
          tokens[i] = go_on (by_choice[i], samplers[0][i]);
          n_decided += by_choice[i]->device_rows[0] >= 0;
        }
      run_model_step_all (run, by_all, n);
      if (k % 4 == 3)
        tokens[n - 1] = go_on (by_choice[n - 1], samplers[0][n - 1]);
      for (guint i = 0; i < n; i++)
        {
          g_assert_cmpint (by_all[i]->device_rows[0], ==, -1);
          g_assert_cmpint (go_on (by_all[i], samplers[1][i]), ==, tokens[i]);
        }
    }
  g_test_message ("%u of %u decided", n_decided, n * N_TOKENS);
  g_assert_cmpuint (n_decided, >=, n_least);
  for (guint i = 0; i < n; i++)
    {
      bln_session_free (by_choice[i]);
      bln_session_free (by_all[i]);
      bln_sampler_free (samplers[0][i]);
      bln_sampler_free (samplers[1][i]);
    }
}

static void
test_one_sequence (void)
{
  g_autoptr (RunModel) run = NULL;

  if (!has_device ())
    return;
  run = run_with (FALSE, FALSE);
  for (guint i = 0; i < MOST; i++)
    assert_same_tokens (run, i, 1, i + N_FLAT < MOST ? N_TOKENS / 2 : 0);
}

static void
test_several_sequences (void)
{
  g_autoptr (RunModel) run = NULL;

  if (!has_device ())
    return;
  run = run_with (FALSE, FALSE);
  assert_same_tokens (run, 0, MOST, (MOST - N_FLAT) * N_TOKENS / 2);
  assert_same_tokens (run, 2, 2, N_TOKENS);
}

/* Tokens that are drafted, verified two rows at a time and drawn from choices, beside the same one
 * by one from all logits. */
static void
test_drafts (void)
{
  g_autoptr (RunModel) drafting = NULL;
  g_autoptr (RunModel) plain = NULL;
  guint64 n_drafted = 0, n_accepted = 0;

  if (!has_device ())
    return;
  drafting = run_with (TRUE, FALSE);
  plain = run_with (TRUE, TRUE);
  g_assert_true (bln_engine_has_mtp (drafting->engine));
  for (guint i = 0; i < MOST; i += 3)
    {
      g_autoptr (BlnSession) session = begin (drafting, 1);
      g_autoptr (BlnSession) other = begin (plain, 1);
      g_autoptr (BlnSampler) sampler = bln_sampler_new (drafting->model, &samplings[i]);
      g_autoptr (BlnSampler) same = bln_sampler_new (plain->model, &samplings[i]);
      g_autoptr (GError) error = NULL;
      BlnSessionStats stats;

      for (guint k = 0; k < 8 * N_TOKENS; k++)
        {
          gint32 token;

          /* Whether drafting pays is for the clock to say, not for this test. */
          drafting->engine->speculation.n_plain_left = 0;
          bln_session_next (session, sampler, &token, &error);
          g_assert_no_error (error);
          run_model_step_all (plain, &other, 1);
          g_assert_cmpint (go_on (other, same), ==, token);
        }
      g_assert_nonnull (session->choices[0]);
      g_assert_nonnull (session->choices[1]);
      bln_session_get_stats (session, &stats);
      n_drafted += stats.n_drafted;
      n_accepted += stats.n_accepted;
    }
  g_test_message ("%" G_GUINT64_FORMAT " drafts, %" G_GUINT64_FORMAT " taken", n_drafted,
                  n_accepted);
  g_assert_cmpuint (n_drafted, >, 0);
  g_assert_cmpuint (n_accepted, >, 0);
}

/* All logits can be had after a choice; its masses are theirs, far closer than is relied on. */
static void
test_masses (void)
{
  const BlnSampling sampling = { .temperature = 0.07f, .top_p = 1, .repetition_penalty = 1 };
  g_autoptr (RunModel) run = NULL;
  g_autoptr (BlnSession) session = NULL;
  g_autoptr (BlnSampler) sampler = NULL;
  double masses[N_VOCABULARY / BLN_CHOICE_BLOCK + 1] = { 0 }, mass = 0, worst = 0;
  const double t = sampling.temperature;
  const BlnChoice *choice;
  const float *logits;

  if (!has_device ())
    return;
  run = run_with (FALSE, FALSE);
  session = begin (run, 3);
  sampler = bln_sampler_new (run->model, &sampling);
  bln_session_set_sampler (session, sampler);
  run_model_step_all (run, &session, 1);
  choice = session->choices[0];
  g_assert_cmpint (session->device_rows[0], ==, 0);
  logits = bln_session_get_logits (session);
  g_assert_nonnull (logits);
  g_assert_cmpint (session->device_rows[0], ==, -1);
  for (guint i = 0; i < choice->wish.n_tokens; i++)
    masses[i / BLN_CHOICE_BLOCK] += exp ((logits[i] - choice->best) / t);
  for (guint b = 0; b < G_N_ELEMENTS (masses); b++)
    {
      mass += masses[b];
      worst = MAX (worst, fabs (choice->block_mass[b] - masses[b]) / masses[b]);
    }
  worst = MAX (worst, fabs (choice->mass - mass) / mass);
  g_test_message ("relative error %.2g", worst);
  g_assert_cmpfloat (worst, <=, BLN_CHOICE_ERROR / 4);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/vulkan/choice-of-logits/one-sequence", test_one_sequence);
  g_test_add_func ("/vulkan/choice-of-logits/several-sequences", test_several_sequences);
  g_test_add_func ("/vulkan/choice-of-logits/drafts", test_drafts);
  g_test_add_func ("/vulkan/choice-of-logits/masses", test_masses);
  return g_test_run ();
}
