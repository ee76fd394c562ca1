/* Sampling from what a device picked out of the logits (choice.h). Those that are not there are
 * known to be below all that are, and what they weigh together to a part in a thousand: mostly
 * that decides, and where it does not, all logits are asked for. */
#include "sampler-private.h"

#include <math.h>

/* How far below the best: e^-12 is six parts in a million. */
#define REACH_IN_TEMPERATURES 12.0
/* Penalties may take so much from the best ones. */
#define PENALTY_REACH 6.0
/* Of the mass, which a device sums up in F32. */
#define MASS_ERROR 1e-3

/* Penalties that only take away: who was not among the likely ones is not afterwards. */
static gboolean
penalties_lower (const BlnSampling *sampling)
{
  return sampling->repetition_penalty >= 1 && sampling->presence_penalty >= 0
         && sampling->frequency_penalty >= 0;
}

gboolean
bln_sampler_wish (const BlnSampler *sampler,
                  BlnChoice        *choice)
{
  const BlnSampling *s = &sampler->sampling;
  const gboolean penalizes = bln_sampler_has_penalties (s);

  if ((penalizes && !penalties_lower (s))
      || (s->temperature > 0 && s->top_k <= 0 && s->top_p >= 1 && s->min_p <= 0))
    return FALSE;
  choice->temperature = MAX (s->temperature, 0);
  choice->reach = REACH_IN_TEMPERATURES * choice->temperature + (penalizes ? PENALTY_REACH : 0);
  choice->n_tokens = sampler->n_tokens;
  return TRUE;
}

/* The choice as logits of a small vocabulary, with what is banned taken out. Returns how many. */
static gsize
take_in (BlnSampler      *sampler,
         const BlnChoice *choice)
{
  gsize n = 0;

  for (guint32 i = 0; i < choice->n; i++)
    {
      gboolean is_banned = FALSE;

      for (gsize k = 0; k < sampler->n_banned && !is_banned; k++)
        is_banned = sampler->banned[k] == choice->ids[i];
      if (!is_banned)
        {
          sampler->chosen_ids[n] = choice->ids[i];
          sampler->chosen_logits[n++] = choice->logits[i];
        }
    }
  return n;
}

static void
apply_penalties (BlnSampler   *sampler,
                 gsize         n,
                 const gint32 *history,
                 gsize         n_history)
{
  const gsize n_window = bln_sampler_sort_window (sampler, history, n_history);

  for (gsize i = 0, k = 0; i < n_window && k < n;)
    {
      const gint32 id = sampler->window[i];
      guint count = 0;

      for (; i < n_window && sampler->window[i] == id; i++)
        count++;
      while (k < n && sampler->chosen_ids[k] < id)
        k++;
      if (k < n && sampler->chosen_ids[k] == id)
        bln_sampler_penalize (&sampler->sampling, &sampler->chosen_logits[k], count);
    }
}

/* What all together weigh that may be drawn, at least and at most: the device counted those that
 * are banned, and those that are penalized as if they were not. */
static void
bound_mass (const BlnSampler *sampler,
            const BlnChoice  *choice,
            double            best,
            double            sum, /* of the candidates */
            double           *least,
            double           *most)
{
  const double t = sampler->sampling.temperature;
  const double grown = exp ((choice->best - best) / t); /* from the device's best to this one */
  const double floor = exp ((choice->best - choice->reach - best) / t);
  double likely = 0, doubt;

  for (guint32 i = 0; i < choice->n; i++)
    likely += exp ((choice->logits[i] - best) / t);
  /* Of those that are not here some may be banned, or penalized, or fallen below the floor. */
  doubt = floor * (sampler->n_banned + MAX (sampler->sampling.penalty_window, 0));
  *most = sum + MAX (choice->mass * grown * (1 + MASS_ERROR) - likely, 0) + doubt;
  *least = sum + MAX (choice->mass * grown * (1 - MASS_ERROR) - likely - doubt, 0);
}

/* Top-p of candidates in order of likelihood: how many, or 0 where the mass does not decide. */
static gsize
decide_top_p (const BlnSampler *sampler,
              gsize             n,
              double            least,
              double            most)
{
  const double p = sampler->sampling.top_p;
  double sum = 0;

  for (gsize i = 0; i < n; i++)
    {
      sum += sampler->candidates[i].weight;
      if (sum >= p * most)
        return i + 1;
      if (sum >= p * least)
        return 0;
    }
  return 0;
}

/* Of `n` candidates, of which there may be more below `bound` (in temperatures), those that can
 * be drawn, in order of id; 0 where that is not known. */
static gsize
decide (BlnSampler      *sampler,
        const BlnChoice *choice,
        gsize            n,
        double           best,
        double           bound)
{
  const BlnSampling *s = &sampler->sampling;

  if (s->top_k > 0)
    return (gsize) s->top_k < n ? bln_sampler_cut (sampler, n) : 0;
  if (s->top_p < 1)
    {
      double least, most;

      bound_mass (sampler, choice, best, bln_sampler_sum (sampler, n), &least, &most);
      bln_sampler_sort_by_likelihood (sampler, n);
      n = decide_top_p (sampler, n, least, most);
      bln_sampler_sort_by_id (sampler, n);
      return n;
    }
  return exp (bound) < s->min_p ? n : 0;
}

gboolean
bln_sampler_choose (BlnSampler      *sampler,
                    const BlnChoice *choice,
                    const gint32    *history,
                    gsize            n_history,
                    gint32          *token)
{
  const double temperature = sampler->sampling.temperature;
  const float floor = choice->best - choice->reach;
  gsize n, n_candidates = 0;
  gint32 best = -1;

  if (choice->n == 0 || choice->n > BLN_CHOICE_ROOM)
    return FALSE;
  n = take_in (sampler, choice);
  apply_penalties (sampler, n, history, n_history);
  for (gsize i = 0; i < n; i++)
    if (best < 0 || sampler->chosen_logits[i] > sampler->chosen_logits[best])
      best = (gint32) i;
  if (best < 0 || sampler->chosen_logits[best] < floor)
    return FALSE;
  if (!(temperature > 0))
    {
      *token = sampler->chosen_ids[best];
      return TRUE;
    }
  /* A penalized one that fell below the floor stands among others that are not here. */
  for (gsize i = 0; i < n; i++)
    if (sampler->chosen_logits[i] >= floor)
      n_candidates += bln_sampler_consider (sampler, n_candidates, sampler->chosen_ids[i],
                                            sampler->chosen_logits[i],
                                            sampler->chosen_logits[best]);
  n = decide (sampler, choice, n_candidates, sampler->chosen_logits[best],
              (floor - sampler->chosen_logits[best]) / temperature);
  if (n == 0)
    return FALSE;
  *token = bln_sampler_draw (sampler, bln_sampler_cut_min_p (sampler, n));
  return TRUE;
}
