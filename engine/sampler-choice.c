/* Sampling from what a device picked out of the logits (choice.h). Those that are not there are
 * known to be below all that are, and what they weigh together to a part in a thousand: mostly
 * that decides, and where it does not, all logits are asked for. */
#include "sampler-private.h"

#include <math.h>

/* How far below the best: e^-12 is six parts in a million. */
#define REACH_IN_TEMPERATURES 12.0
/* Penalties may take so much from the best ones. */
#define PENALTY_REACH 6.0
/* Penalties that only take away: who was not among the likely ones is not afterwards. */
static gboolean
penalties_lower (const BlnSampling *sampling)
{
  return sampling->repetition_penalty >= 1 && sampling->presence_penalty >= 0
         && sampling->frequency_penalty >= 0;
}

gboolean
bln_sampler_wish (const BlnSampler *sampler,
                  BlnChoiceWish    *wish)
{
  const BlnSampling *s = &sampler->sampling;
  const gboolean penalizes = bln_sampler_has_penalties (s);

  if (penalizes && !penalties_lower (s))
    return FALSE;
  wish->temperature = MAX (s->temperature, 0);
  wish->reach = REACH_IN_TEMPERATURES * wish->temperature + (penalizes ? PENALTY_REACH : 0);
  wish->n_tokens = sampler->n_tokens;
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

/* What tokens weigh together that are not among the likely ones. */
typedef struct
{
  double least, most;
} Hidden;

/* `mass` is that of `likely` ones and of others; the best weighs 1 in both. */
static Hidden
hidden_of (double mass,
           double likely)
{
  return (Hidden){ .least = MAX (mass * (1 - BLN_CHOICE_ERROR) - likely, 0),
                   .most = MAX (mass * (1 + BLN_CHOICE_ERROR) - likely, 0) };
}

/* From the device's best to this one. */
static double
growth (const BlnSampler *sampler,
        const BlnChoice  *choice,
        double            best)
{
  return exp ((choice->best - best) / sampler->sampling.temperature);
}

/* Of the hidden ones some may be banned, or penalized, or have fallen below the floor: the device
 * counted those that are banned, and those that are penalized as if they were not. */
static double
doubt_of (const BlnSampler *sampler,
          const BlnChoice  *choice,
          double            best)
{
  const double floor = choice->best - choice->wish.reach;

  return exp ((floor - best) / sampler->sampling.temperature)
         * (sampler->n_banned + MAX (sampler->sampling.penalty_window, 0));
}

/* What all together weigh that may be drawn, at least and at most. */
static void
bound_mass (const BlnSampler *sampler,
            const BlnChoice  *choice,
            double            best,
            double            sum, /* of the candidates */
            double           *least,
            double           *most)
{
  const double doubt = doubt_of (sampler, choice, best);
  double likely = 0;
  Hidden hidden;

  for (guint32 i = 0; i < choice->n; i++)
    likely += exp ((choice->logits[i] - best) / sampler->sampling.temperature);
  hidden = hidden_of (choice->mass * growth (sampler, choice, best), likely);
  *most = sum + hidden.most + doubt;
  *least = sum + MAX (hidden.least - doubt, 0);
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

/* Draws from all tokens: from the likely one at which the sum in order of their numbers passes
 * what was drawn, whatever the hidden ones weigh. FALSE where that may be another, or a hidden
 * one. */
static gboolean
draw_from_all (BlnSampler      *sampler,
               const BlnChoice *choice,
               gsize            n,
               double           best,
               gint32          *token)
{
  const double t = sampler->sampling.temperature, grown = growth (sampler, choice, best);
  const double doubt = doubt_of (sampler, choice, best);
  BlnPcg32 random = sampler->random;
  const double drawn = bln_pcg32_next_double (&random);
  double least, most, low = 0, high = 0; /* of all before */
  guint32 k = 0;

  bound_mass (sampler, choice, best, bln_sampler_sum (sampler, n), &least, &most);
  for (gsize i = 0, block = 0; i < n && low - doubt <= drawn * most; block++)
    {
      const gint32 end = (gint32) ((block + 1) * BLN_CHOICE_BLOCK);
      double likely = 0;
      Hidden hidden;

      for (; k < choice->n && choice->ids[k] < end; k++)
        likely += exp ((choice->logits[k] - best) / t);
      hidden = hidden_of (choice->block_mass[block] * grown, likely);
      for (; i < n && sampler->candidates[i].id < end; i++)
        {
          const double weight = sampler->candidates[i].weight;

          if (high + hidden.most + doubt <= drawn * least && low + weight - doubt > drawn * most)
            {
              sampler->random = random;
              *token = sampler->candidates[i].id;
              return TRUE;
            }
          low += weight;
          high += weight;
        }
      low += hidden.least;
      high += hidden.most;
    }
  return FALSE;
}

gboolean
bln_sampler_choose (BlnSampler      *sampler,
                    const BlnChoice *choice,
                    const gint32    *history,
                    gsize            n_history,
                    gint32          *token)
{
  const BlnSampling *s = &sampler->sampling;
  const double temperature = s->temperature;
  const float floor = choice->best - choice->wish.reach;
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
  if (s->top_k <= 0 && s->top_p >= 1 && s->min_p <= 0)
    return draw_from_all (sampler, choice, n_candidates, sampler->chosen_logits[best], token);
  n = decide (sampler, choice, n_candidates, sampler->chosen_logits[best],
              (floor - sampler->chosen_logits[best]) / temperature);
  if (n == 0)
    return FALSE;
  *token = bln_sampler_draw (sampler, bln_sampler_cut_min_p (sampler, n));
  return TRUE;
}
