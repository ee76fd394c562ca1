#include "sampler-private.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* A token less likely than the best one by more than e^-32 is as good as impossible: it is
 * never kept, which spares looking closely at most of a large vocabulary. */
#define REACH 32.0
#define N_BUCKETS 512

/* Logits are passed over in strips of this many, which the compiler turns into vector code. */
#define STRIP 64
#define LANES 16

BlnSampler *
bln_sampler_new_for (guint32            n_vocabulary,
                     guint32            n_tokens,
                     const gint32      *banned,
                     gsize              n_banned,
                     const BlnSampling *sampling)
{
  BlnSampler *sampler = g_new0 (BlnSampler, 1);

  sampler->sampling = *sampling;
  sampler->n_vocabulary = n_vocabulary;
  sampler->n_tokens = MIN (n_tokens, n_vocabulary);
  sampler->banned = g_memdup2 (banned, n_banned * sizeof (gint32));
  sampler->n_banned = n_banned;
  sampler->logits = g_new (float, n_vocabulary);
  sampler->candidates = g_new (BlnCandidate, n_vocabulary);
  sampler->window = g_new (gint32, MAX (sampling->penalty_window, 0));
  bln_pcg32_seed (&sampler->random, sampling->seed, 54);
  return sampler;
}

void
bln_sampler_free (BlnSampler *sampler)
{
  if (sampler == NULL)
    return;
  g_free (sampler->banned);
  g_free (sampler->logits);
  g_free (sampler->candidates);
  g_free (sampler->window);
  g_free (sampler);
}

/* e^x for x in [-REACH, 0], to an error of a few 2^-53. The C library's own differs from
 * machine to machine in the last bit, and the draw must not. */
static double
stable_exp (double x)
{
  static const double ln2_high = 0x1.62e42fee00000p-1, ln2_low = 0x1.a39ef35793c76p-33;
  static const double inverse_factorial[] = {
    1, 1, 1 / 2.0, 1 / 6.0, 1 / 24.0, 1 / 120.0, 1 / 720.0, 1 / 5040.0, 1 / 40320.0,
    1 / 362880.0, 1 / 3628800.0, 1 / 39916800.0, 1 / 479001600.0, 1 / 6227020800.0,
  };
  gint64 n = (gint64) (x * 0x1.71547652b82fep0 - 0.5);
  double r = (x - n * ln2_high) - n * ln2_low;
  double sum = 0;
  union { guint64 bits; double value; } power = { (guint64) (1023 + n) << 52 };

  /* |r| <= ln 2 / 2: thirteen terms of the series leave less than 2^-57. */
  for (int k = 13; k >= 0; k--)
    sum = sum * r + inverse_factorial[k];
  return sum * power.value;
}

/* ---- penalties --------------------------------------------------------------------- */

static int
compare_ids (const void *a,
             const void *b)
{
  gint32 x = *(const gint32 *) a, y = *(const gint32 *) b;

  return (x > y) - (x < y);
}

gboolean
bln_sampler_has_penalties (const BlnSampling *sampling)
{
  return sampling->penalty_window > 0
         && (sampling->repetition_penalty != 1 || sampling->presence_penalty != 0
             || sampling->frequency_penalty != 0);
}

void
bln_sampler_penalize (const BlnSampling *s,
                      float             *logit,
                      guint              count)
{
  if (s->repetition_penalty > 0)
    *logit = *logit > 0 ? *logit / s->repetition_penalty : *logit * s->repetition_penalty;
  *logit -= count * s->frequency_penalty + s->presence_penalty;
}

gsize
bln_sampler_sort_window (BlnSampler   *sampler,
                         const gint32 *history,
                         gsize         n_history)
{
  const gsize n = MIN (n_history, (gsize) MAX (sampler->sampling.penalty_window, 0));

  if (n == 0 || !bln_sampler_has_penalties (&sampler->sampling))
    return 0;
  memcpy (sampler->window, history + n_history - n, n * sizeof (gint32));
  qsort (sampler->window, n, sizeof (gint32), compare_ids);
  return n;
}

static void
apply_penalties (BlnSampler   *sampler,
                 const gint32 *history,
                 gsize         n_history)
{
  const gsize n = bln_sampler_sort_window (sampler, history, n_history);

  for (gsize i = 0; i < n;)
    {
      const gint32 id = sampler->window[i];
      const gsize first = i;

      while (i < n && sampler->window[i] == id)
        i++;
      if (id >= 0 && (guint32) id < sampler->n_vocabulary)
        bln_sampler_penalize (&sampler->sampling, &sampler->logits[id], i - first);
    }
}

static void
apply_bans (BlnSampler *sampler)
{
  for (gsize i = 0; i < sampler->n_banned; i++)
    if (sampler->banned[i] >= 0 && (guint32) sampler->banned[i] < sampler->n_vocabulary)
      sampler->logits[sampler->banned[i]] = -INFINITY;
}

/* ---- selection --------------------------------------------------------------------- */

/* The highest of a strip, NaN passed over. */
static float
strip_highest (const float *logits)
{
  float lanes[LANES], highest = -INFINITY;

  for (guint j = 0; j < LANES; j++)
    lanes[j] = -INFINITY;
  for (guint i = 0; i < STRIP; i += LANES)
    for (guint j = 0; j < LANES; j++)
      lanes[j] = logits[i + j] > lanes[j] ? logits[i + j] : lanes[j];
  for (guint j = 0; j < LANES; j++)
    highest = lanes[j] > highest ? lanes[j] : highest;
  return highest;
}

/* The best finite logit, the lowest id on a tie; -1 when there is none. */
static gint32
find_best (const BlnSampler *sampler)
{
  gint32 best = -1;
  float highest = -INFINITY;

  for (guint32 first = 0; first < sampler->n_tokens; first += STRIP)
    {
      guint32 end = MIN (first + STRIP, sampler->n_tokens);

      if (end == first + STRIP && !(strip_highest (sampler->logits + first) > highest))
        continue;
      for (guint32 i = first; i < end; i++)
        if (sampler->logits[i] > highest && sampler->logits[i] < INFINITY)
          {
            highest = sampler->logits[i];
            best = i;
          }
    }
  return best;
}

gsize
bln_sampler_consider (BlnSampler *sampler,
                      gsize       n,
                      gint32      id,
                      float       logit,
                      double      best)
{
  const double x = (logit - best) / sampler->sampling.temperature;

  if (!(x >= -REACH && x <= 0))
    return 0;
  sampler->candidates[n] = (BlnCandidate) { x, stable_exp (x), id };
  return 1;
}

/* All that may be drawn, in order of id. Returns how many. */
static gsize
collect (BlnSampler *sampler,
         double      best)
{
  double temperature = sampler->sampling.temperature;
  /* A slightly generous bound in the logits' own type spares the division for nearly all. */
  float bound = best - REACH * temperature - 1e-3 * (1 + fabs (best));
  gsize n = 0;

  for (guint32 first = 0; first < sampler->n_tokens; first += STRIP)
    {
      guint32 end = MIN (first + STRIP, sampler->n_tokens);

      if (end == first + STRIP && !(strip_highest (sampler->logits + first) >= bound))
        continue;
      for (guint32 i = first; i < end; i++)
        n += bln_sampler_consider (sampler, n, i, sampler->logits[i], best);
    }
  return n;
}

static int
compare_likelihood (const void *a,
                    const void *b)
{
  const BlnCandidate *x = a, *y = b;

  if (x->x != y->x)
    return x->x < y->x ? 1 : -1;
  return (x->id > y->id) - (x->id < y->id);
}

static int
compare_candidate_ids (const void *a,
                       const void *b)
{
  return compare_ids (&((const BlnCandidate *) a)->id, &((const BlnCandidate *) b)->id);
}

static guint
bucket_of (double x)
{
  return MIN ((guint) (-x * (N_BUCKETS / REACH)), N_BUCKETS - 1);
}

/* Leaves in front those of `n` candidates that top-k and top-p can keep, and perhaps a few more
 * of the last bucket: what then needs sorting is seldom more than a hundred. */
static gsize
keep_likely (BlnSampler *sampler,
             gsize       n,
             gsize       n_wanted,
             double      p_wanted)
{
  gsize counts[N_BUCKETS] = { 0 }, count = 0, kept = 0;
  double masses[N_BUCKETS] = { 0 }, mass = 0, total = 0;
  guint last = 0;

  for (gsize i = 0; i < n; i++)
    {
      guint bucket = bucket_of (sampler->candidates[i].x);

      counts[bucket]++;
      masses[bucket] += sampler->candidates[i].weight;
    }
  for (guint i = 0; i < N_BUCKETS; i++)
    total += masses[i];
  for (last = 0; last < N_BUCKETS - 1; last++)
    {
      count += counts[last];
      mass += masses[last];
      if (count >= n_wanted || (p_wanted < 1 && mass >= p_wanted * total))
        break;
    }
  for (gsize i = 0; i < n; i++)
    if (bucket_of (sampler->candidates[i].x) <= last)
      sampler->candidates[kept++] = sampler->candidates[i];
  return kept;
}

static double
sum_of (const BlnCandidate *candidates,
        gsize            n)
{
  double sum = 0;

  for (gsize i = 0; i < n; i++)
    sum += candidates[i].weight;
  return sum;
}

/* How many of the sorted candidates reach `p` of `total`; the one that crosses is kept. */
static gsize
cut_top_p (const BlnCandidate *candidates,
           gsize            n,
           double           p,
           double           total)
{
  double sum = 0;

  for (gsize i = 0; i < n; i++)
    {
      sum += candidates[i].weight;
      if (sum >= p * total)
        return i + 1;
    }
  return n;
}

double
bln_sampler_sum (const BlnSampler *sampler,
                 gsize             n)
{
  return sum_of (sampler->candidates, n);
}

void
bln_sampler_sort_by_likelihood (BlnSampler *sampler,
                                gsize       n)
{
  qsort (sampler->candidates, n, sizeof (BlnCandidate), compare_likelihood);
}

void
bln_sampler_sort_by_id (BlnSampler *sampler,
                        gsize       n)
{
  qsort (sampler->candidates, n, sizeof (BlnCandidate), compare_candidate_ids);
}

gsize
bln_sampler_cut (BlnSampler *sampler,
                 gsize       n)
{
  gboolean has_k = sampler->sampling.top_k > 0 && (gsize) sampler->sampling.top_k < n;
  gboolean has_p = sampler->sampling.top_p < 1;
  double total = 0;

  if (!has_k && !has_p)
    return n;
  if (!has_k)
    total = sum_of (sampler->candidates, n);
  n = keep_likely (sampler, n, has_k ? sampler->sampling.top_k : G_MAXSIZE,
                   has_k ? 1 : sampler->sampling.top_p);
  bln_sampler_sort_by_likelihood (sampler, n);
  if (has_k)
    {
      n = MIN (n, (gsize) sampler->sampling.top_k);
      total = sum_of (sampler->candidates, n);
    }
  if (has_p)
    n = cut_top_p (sampler->candidates, n, sampler->sampling.top_p, total);
  bln_sampler_sort_by_id (sampler, n);
  return n;
}

gsize
bln_sampler_cut_min_p (BlnSampler *sampler,
                       gsize       n)
{
  gsize kept = 0;

  if (sampler->sampling.min_p <= 0)
    return n;
  for (gsize i = 0; i < n; i++)
    if (sampler->candidates[i].x == 0
        || sampler->candidates[i].weight >= sampler->sampling.min_p)
      sampler->candidates[kept++] = sampler->candidates[i];
  return kept;
}

gint32
bln_sampler_draw (BlnSampler *sampler,
                  gsize       n)
{
  double target = bln_pcg32_next_double (&sampler->random) * sum_of (sampler->candidates, n);
  double sum = 0;

  for (gsize i = 0; i + 1 < n; i++)
    {
      sum += sampler->candidates[i].weight;
      if (sum > target)
        return sampler->candidates[i].id;
    }
  return sampler->candidates[n - 1].id;
}

gint32
bln_sampler_sample (BlnSampler   *sampler,
                    const float  *logits,
                    const gint32 *history,
                    gsize         n_history)
{
  gint32 best;
  gsize n;

  memcpy (sampler->logits, logits, sampler->n_vocabulary * sizeof (float));
  apply_penalties (sampler, history, n_history);
  apply_bans (sampler);
  best = find_best (sampler);
  if (best < 0 || !(sampler->sampling.temperature > 0))
    return best;

  n = collect (sampler, sampler->logits[best]);
  n = bln_sampler_cut (sampler, n);
  n = bln_sampler_cut_min_p (sampler, n);
  return bln_sampler_draw (sampler, n);
}
