/* The stages of sampling by numbers that can be reckoned by hand, and the draw by statistics. */
#include <math.h>
#include <string.h>

#include "pcg32.h"
#include "sampler.h"

static const BlnSampling neutral = {
  .temperature = 1, .top_p = 1, .repetition_penalty = 1, .penalty_window = 64, .seed = 7,
};

static BlnSampler *
make (const BlnSampling *sampling,
      guint32            n)
{
  return bln_sampler_new_for (n, n, NULL, 0, sampling);
}

/* Draws `n_draws` times and counts; the ids must be below `n`. */
static void
count_draws (const BlnSampling *sampling,
             const float       *logits,
             guint              n,
             guint              n_draws,
             guint             *counts)
{
  g_autoptr (BlnSampler) sampler = make (sampling, n);

  memset (counts, 0, n * sizeof (guint));
  for (guint i = 0; i < n_draws; i++)
    {
      gint32 token = bln_sampler_sample (sampler, logits, NULL, 0);

      g_assert_cmpint (token, >=, 0);
      g_assert_cmpint (token, <, n);
      counts[token]++;
    }
}

/* Asserts that counts follow the expected probabilities: chi-square below its 1 - 1e-6 quantile
 * for up to 9 degrees of freedom, and no draw of what has none. */
static void
assert_distribution (const guint  *counts,
                     const double *expected,
                     guint         n,
                     guint         n_draws)
{
  double chi2 = 0;

  for (guint i = 0; i < n; i++)
    {
      double mean = expected[i] * n_draws;

      if (expected[i] == 0)
        g_assert_cmpuint (counts[i], ==, 0);
      else
        chi2 += (counts[i] - mean) * (counts[i] - mean) / mean;
    }
  g_test_message ("chi-square %.2f over %u tokens", chi2, n);
  g_assert_cmpfloat (chi2, <, 44);
}

/* ---- random numbers ---------------------------------------------------------------- */

static void
test_pcg32 (void)
{
  /* The first numbers of the reference implementation for seed 42, stream 54. */
  static const guint32 expected[] = { 0xa15c02b7, 0x7b47f409, 0xba1d3330, 0x83d2f293,
                                      0xbfa4784b, 0xcbed606e };
  BlnPcg32 random;

  bln_pcg32_seed (&random, 42, 54);
  for (guint i = 0; i < G_N_ELEMENTS (expected); i++)
    g_assert_cmphex (bln_pcg32_next (&random), ==, expected[i]);
}

static void
test_same_seed_same_tokens (void)
{
  g_autoptr (BlnSampler) a = NULL, b = NULL, c = NULL;
  BlnSampling sampling = neutral;
  float logits[50];
  guint n_different = 0;

  sampling.top_k = 40;
  sampling.top_p = 0.95f;
  for (guint i = 0; i < 50; i++)
    logits[i] = sinf (i);
  a = make (&sampling, 50);
  b = make (&sampling, 50);
  sampling.seed++;
  c = make (&sampling, 50);
  for (guint i = 0; i < 200; i++)
    {
      gint32 token = bln_sampler_sample (a, logits, NULL, 0);

      g_assert_cmpint (bln_sampler_sample (b, logits, NULL, 0), ==, token);
      n_different += bln_sampler_sample (c, logits, NULL, 0) != token;
    }
  g_assert_cmpuint (n_different, >, 100);
}

/* Written down once: the draw uses no function that differs between C libraries. */
static void
test_known_stream (void)
{
  static const gint32 expected[] = { 965, 939, 321, 39, 704, 891, 125, 321, 815, 371, 13, 210 };
  g_autoptr (BlnSampler) sampler = NULL;
  BlnSampling sampling = neutral;
  float logits[1000];

  sampling.temperature = 0.6f;
  sampling.top_p = 0.95f;
  sampling.seed = 1234;
  for (guint i = 0; i < 1000; i++)
    logits[i] = ((i * 7919) % 1000) / 100.0f;
  sampler = make (&sampling, 1000);
  for (guint i = 0; i < G_N_ELEMENTS (expected); i++)
    g_assert_cmpint (bln_sampler_sample (sampler, logits, NULL, 0), ==, expected[i]);
}

/* ---- greedy ------------------------------------------------------------------------ */

static void
test_greedy_lowest_id_on_tie (void)
{
  static const float logits[] = { 1, 5, 3, 5, 5 };
  g_autoptr (BlnSampler) sampler = NULL;
  BlnSampling sampling = neutral;

  sampling.temperature = 0;
  sampling.min_p = 0.5f;
  sampler = make (&sampling, 5);
  g_assert_cmpint (bln_sampler_sample (sampler, logits, NULL, 0), ==, 1);
}

/* The search goes in strips: the best must be found wherever it stands. */
static void
test_greedy_finds_every_place (void)
{
  BlnSampling sampling = neutral;

  sampling.temperature = 0;
  for (guint n = 1; n < 300; n += 7)
    {
      g_autoptr (BlnSampler) sampler = make (&sampling, n);
      g_autofree float *logits = g_new0 (float, n);

      for (guint i = 0; i < n; i++)
        {
          logits[i] = 1;
          g_assert_cmpint (bln_sampler_sample (sampler, logits, NULL, 0), ==, i);
          logits[i] = 0;
        }
    }
}

static void
test_no_finite_logit (void)
{
  BlnSampling sampling = neutral;

  for (guint greedy = 0; greedy < 2; greedy++)
    {
      g_autoptr (BlnSampler) sampler = NULL;
      float logits[100];

      sampling.temperature = greedy ? 0 : 1;
      sampler = make (&sampling, 100);
      for (guint i = 0; i < 100; i++)
        logits[i] = i % 3 == 0 ? NAN : i % 3 == 1 ? INFINITY : -INFINITY;
      g_assert_cmpint (bln_sampler_sample (sampler, logits, NULL, 0), ==, -1);
      logits[17] = -1e30f;
      g_assert_cmpint (bln_sampler_sample (sampler, logits, NULL, 0), ==, 17);
    }
}

static void
test_banned_and_padding (void)
{
  static const gint32 banned[] = { 2, 700 };
  static const float logits[] = { 1, 1, 9, 1, 8, 8 };
  BlnSampling sampling = neutral;

  for (guint greedy = 0; greedy < 2; greedy++)
    {
      g_autoptr (BlnSampler) sampler = NULL;

      sampling.temperature = greedy ? 0 : 1;
      sampler = bln_sampler_new_for (6, 4, banned, 2, &sampling);
      for (guint i = 0; i < 200; i++)
        {
          gint32 token = bln_sampler_sample (sampler, logits, NULL, 0);

          g_assert_cmpint (token, !=, 2);
          g_assert_cmpint (token, <, 4);
        }
    }
}

/* ---- penalties --------------------------------------------------------------------- */

static void
assert_greedy (const BlnSampling *sampling,
               const float       *logits,
               guint              n,
               const gint32      *history,
               gsize              n_history,
               gint32             expected)
{
  g_autoptr (BlnSampler) sampler = make (sampling, n);

  g_assert_cmpint (bln_sampler_sample (sampler, logits, history, n_history), ==, expected);
}

static void
test_repetition (void)
{
  static const float positive[] = { 4, 3, 1 }, negative[] = { -2, -3, -9 };
  static const gint32 history[] = { 0 };
  BlnSampling sampling = neutral;

  sampling.temperature = 0;
  sampling.repetition_penalty = 1.3f; /* 4 / 1.3 = 3.08 */
  assert_greedy (&sampling, positive, 3, history, 1, 0);
  sampling.repetition_penalty = 1.4f; /* 4 / 1.4 = 2.86 */
  assert_greedy (&sampling, positive, 3, history, 1, 1);
  assert_greedy (&sampling, negative, 3, history, 1, 0); /* -2.8 */
  sampling.repetition_penalty = 1.6f;                    /* -3.2 */
  assert_greedy (&sampling, negative, 3, history, 1, 1);
}

static void
test_presence_and_frequency (void)
{
  static const float logits[] = { 4, 3, 1 };
  static const gint32 history[] = { 0, 2, 0, 2, 0 };
  BlnSampling sampling = neutral;

  sampling.temperature = 0;
  sampling.presence_penalty = 0.9f;
  assert_greedy (&sampling, logits, 3, history, 5, 0);
  sampling.presence_penalty = 1.1f;
  assert_greedy (&sampling, logits, 3, history, 5, 1);
  sampling.presence_penalty = 0;
  sampling.frequency_penalty = 0.3f; /* three times: 4 - 0.9 */
  assert_greedy (&sampling, logits, 3, history, 5, 0);
  sampling.frequency_penalty = 0.35f;
  assert_greedy (&sampling, logits, 3, history, 5, 1);
}

static void
test_window (void)
{
  static const float logits[] = { 4, 3 };
  static const gint32 history[] = { 0, 1, 1 };
  BlnSampling sampling = neutral;

  sampling.temperature = 0;
  sampling.repetition_penalty = 2;
  sampling.penalty_window = 2;
  assert_greedy (&sampling, logits, 2, history, 3, 0);
  sampling.penalty_window = 3; /* both halved */
  assert_greedy (&sampling, logits, 2, history, 3, 0);
  sampling.penalty_window = 0;
  assert_greedy (&sampling, logits, 2, history, 3, 0);
  sampling.penalty_window = 3;
  assert_greedy (&sampling, logits, 2, history, 1, 1);
}

/* ---- the cuts ---------------------------------------------------------------------- */

/* Probabilities 0.4 0.3 0.2 0.1 in no order. */
static const double given[4] = { 0.2, 0.4, 0.1, 0.3 };

static void
given_logits (float *logits)
{
  for (guint i = 0; i < 4; i++)
    logits[i] = log (given[i]) + 5;
}

static void
assert_stage (const BlnSampling *sampling,
              const double      *expected)
{
  float logits[4];
  guint counts[4];

  given_logits (logits);
  count_draws (sampling, logits, 4, 20000, counts);
  assert_distribution (counts, expected, 4, 20000);
}

static void
test_plain_draw (void)
{
  assert_stage (&neutral, given);
}

static void
test_temperature (void)
{
  BlnSampling sampling = neutral;
  double expected[4], sum = 0;

  sampling.temperature = 0.5f;
  for (guint i = 0; i < 4; i++)
    sum += given[i] * given[i];
  for (guint i = 0; i < 4; i++)
    expected[i] = given[i] * given[i] / sum;
  assert_stage (&sampling, expected);
}

static void
test_top_k (void)
{
  BlnSampling sampling = neutral;

  sampling.top_k = 2;
  assert_stage (&sampling, (double[4]) { 0, 4 / 7.0, 0, 3 / 7.0 });
  sampling.top_k = 1;
  assert_stage (&sampling, (double[4]) { 0, 1, 0, 0 });
  sampling.top_k = 4;
  assert_stage (&sampling, given);
  sampling.top_k = 400;
  assert_stage (&sampling, given);
}

static void
test_top_p_keeps_what_crosses (void)
{
  BlnSampling sampling = neutral;

  sampling.top_p = 0.65f;
  assert_stage (&sampling, (double[4]) { 0, 4 / 7.0, 0, 3 / 7.0 });
  sampling.top_p = 0.75f;
  assert_stage (&sampling, (double[4]) { 2 / 9.0, 4 / 9.0, 0, 3 / 9.0 });
  sampling.top_p = 0;
  assert_stage (&sampling, (double[4]) { 0, 1, 0, 0 });
}

static void
test_min_p (void)
{
  BlnSampling sampling = neutral;

  sampling.min_p = 0.6f; /* of the best: 0.24 */
  assert_stage (&sampling, (double[4]) { 0, 4 / 7.0, 0, 3 / 7.0 });
  sampling.min_p = 0.45f;
  assert_stage (&sampling, (double[4]) { 2 / 9.0, 4 / 9.0, 0, 3 / 9.0 });
}

/* Temperature first: halved, the probabilities are .533 .3 .133 .033, so that 0.82 needs two;
 * untempered it would need three. Top-p counts in what top-k left. */
static void
test_order_of_stages (void)
{
  BlnSampling sampling = neutral;

  sampling.temperature = 0.5f;
  sampling.top_p = 0.82f;
  assert_stage (&sampling, (double[4]) { 0, 16 / 25.0, 0, 9 / 25.0 });
  sampling = neutral;
  sampling.top_k = 3;
  sampling.top_p = 0.75f; /* 4/9 + 3/9 = 0.777; of all it would need three */
  assert_stage (&sampling, (double[4]) { 0, 4 / 7.0, 0, 3 / 7.0 });
}

/* The fast selection against a plain one: sort everything, then cut. */
static int
compare_descending (gconstpointer a,
                    gconstpointer b,
                    gpointer      logits)
{
  gint32 x = *(const gint32 *) a, y = *(const gint32 *) b;
  const float *l = logits;

  return l[x] != l[y] ? (l[x] < l[y] ? 1 : -1) : x - y;
}

static void
test_selection_of_many (void)
{
  const guint n = 20000, k = 50;
  g_autofree float *logits = g_new (float, n);
  g_autofree gint32 *order = g_new (gint32, n);
  g_autofree gboolean *is_kept = g_new0 (gboolean, n);
  g_autoptr (BlnSampler) sampler = NULL;
  BlnSampling sampling = neutral;

  for (guint i = 0; i < n; i++)
    {
      logits[i] = g_test_rand_int_range (0, 600) / 30.0; /* many ties */
      order[i] = i;
    }
  g_qsort_with_data (order, n, sizeof (gint32), compare_descending, logits);
  for (guint i = 0; i < k; i++)
    is_kept[order[i]] = TRUE;
  sampling.top_k = k;
  sampling.temperature = 5;
  sampler = make (&sampling, n);
  for (guint i = 0; i < 2000; i++)
    {
      gint32 token = bln_sampler_sample (sampler, logits, NULL, 0);

      g_assert_true (is_kept[token]);
      is_kept[token] = 2;
    }
  for (guint i = 0; i < k; i++)
    g_assert_cmpint (is_kept[order[i]], ==, 2);
}

/* What a device would pick out: the masses, in F32, as wrong as they may be. */
static void
pick_out (BlnChoice   *choice,
          const float *logits,
          double       error)
{
  const BlnChoiceWish *wish = &choice->wish;
  double masses[8] = { 0 }, mass = 0;

  choice->n = 0;
  choice->best = -INFINITY;
  for (guint32 i = 0; i < wish->n_tokens; i++)
    if (isfinite (logits[i]))
      choice->best = MAX (choice->best, logits[i]);
  for (guint32 i = 0; i < wish->n_tokens; i++)
    if (isfinite (logits[i]))
      {
        if (wish->temperature > 0)
          masses[i / BLN_CHOICE_BLOCK] += exp ((logits[i] - choice->best) / wish->temperature);
        if (logits[i] >= choice->best - wish->reach)
          {
            if (choice->n < BLN_CHOICE_ROOM)
              {
                choice->ids[choice->n] = (gint32) i;
                choice->logits[choice->n] = logits[i];
              }
            choice->n++;
          }
      }
  for (guint b = 0; b < G_N_ELEMENTS (masses); b++)
    {
      mass += masses[b];
      choice->block_mass[b] = (float) (masses[b] * (1 + (b % 2 ? error : -error)));
    }
  choice->mass = (float) (mass * (1 + error));
}

/* Sampling from a choice gives the same tokens by the same random numbers, whatever the settings;
 * it is enough but where the hottest temperatures make thousands of tokens likely. */
static void
test_choice_is_as_all (void)
{
  enum { N = 5000 };
  g_autofree BlnChoice *choice = g_new0 (BlnChoice, 1);
  g_autofree float *logits = g_new (float, N);
  const guint32 seed = (guint32) g_test_rand_int ();
  const double error = 0.9 * BLN_CHOICE_ERROR;
  BlnPcg32 random;
  guint n_asked = 0, n_decided = 0, n_plain = 0, n_plain_decided = 0;

  g_test_message ("seed %u", seed);
  bln_pcg32_seed (&random, seed, 1);
  for (guint round = 0; round < 600; round++)
    {
      const gint32 banned[] = { 3, (gint32) (round % N), N - 2 };
      const BlnSampling sampling = {
        .temperature = (round % 5) * 0.4, .top_k = round % 3 == 0 ? 1 + round % 50 : 0,
        .top_p = round % 4 == 0 ? 1 : 0.5 + 0.12 * (round % 4), .min_p = round % 7 == 0 ? 0.02 : 0,
        .repetition_penalty = round % 2 ? 1.2 : 1, .presence_penalty = round % 8 == 1 ? 0.3 : 0,
        .frequency_penalty = round % 8 == 3 ? 0.2 : 0, .penalty_window = 32, .seed = round,
      };
      const gboolean is_plain = sampling.temperature > 0 && sampling.top_k == 0
                                && sampling.top_p == 1 && sampling.min_p == 0;
      g_autoptr (BlnSampler) all = bln_sampler_new_for (N, N - 10, banned, 3, &sampling);
      g_autoptr (BlnSampler) few = bln_sampler_new_for (N, N - 10, banned, 3, &sampling);
      gint32 history[40];

      for (guint i = 0; i < N; i++)
        logits[i] = (float) (14 * pow (bln_pcg32_next_double (&random), 6) - 4);
      logits[round * 31 % N] = round % 3 ? 12 : NAN;
      logits[round * 17 % N] = round % 5 ? -INFINITY : 12;
      for (guint i = 0; i < G_N_ELEMENTS (history); i++)
        history[i] = (gint32) (bln_pcg32_next_double (&random) * N);
      history[7] = (gint32) (round * 31 % N);
      for (guint draw = 0; draw < 4; draw++)
        {
          const gint32 expected = bln_sampler_sample (all, logits, history, 40);
          gint32 token = -1;

          gboolean is_decided;

          g_assert_true (bln_sampler_wish (few, &choice->wish));
          pick_out (choice, logits, draw % 2 ? error : -error);
          is_decided = bln_sampler_choose (few, choice, history, 40, &token);
          if (!is_decided)
            token = bln_sampler_sample (few, logits, history, 40);
          g_assert_cmpint (token, ==, expected);
          n_asked++;
          n_decided += is_decided;
          n_plain += is_plain;
          n_plain_decided += is_plain && is_decided;
        }
    }
  g_test_message ("%u of %u decided, of plain draws %u of %u", n_decided, n_asked,
                  n_plain_decided, n_plain);
  g_assert_cmpuint (n_decided, >, n_asked / 3);
  g_assert_cmpuint (n_plain_decided, >, n_plain / 3);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/random/pcg32-reference-numbers", test_pcg32);
  g_test_add_func ("/sampler/same-seed-same-tokens", test_same_seed_same_tokens);
  g_test_add_func ("/sampler/known-stream", test_known_stream);
  g_test_add_func ("/sampler/greedy/lowest-id-on-tie", test_greedy_lowest_id_on_tie);
  g_test_add_func ("/sampler/greedy/finds-every-place", test_greedy_finds_every_place);
  g_test_add_func ("/sampler/no-finite-logit", test_no_finite_logit);
  g_test_add_func ("/sampler/banned-and-padding-never-drawn", test_banned_and_padding);
  g_test_add_func ("/sampler/penalty/repetition", test_repetition);
  g_test_add_func ("/sampler/penalty/presence-and-frequency", test_presence_and_frequency);
  g_test_add_func ("/sampler/penalty/window", test_window);
  g_test_add_func ("/sampler/draw", test_plain_draw);
  g_test_add_func ("/sampler/temperature", test_temperature);
  g_test_add_func ("/sampler/top-k", test_top_k);
  g_test_add_func ("/sampler/top-p-keeps-what-crosses", test_top_p_keeps_what_crosses);
  g_test_add_func ("/sampler/min-p", test_min_p);
  g_test_add_func ("/sampler/order-of-stages", test_order_of_stages);
  g_test_add_func ("/sampler/selection-of-many", test_selection_of_many);
  g_test_add_func ("/sampler/a-choice-is-as-all-logits", test_choice_is_as_all);
  return g_test_run ();
}
