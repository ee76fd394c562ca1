/* What sampling from all logits and sampling from a choice of them share. */
#pragma once

#include "sampler.h"

#include "pcg32.h"

G_BEGIN_DECLS

typedef struct
{
  double x;        /* (logit - best) / temperature, at most 0 */
  double weight;   /* e^x */
  gint32 id;
} BlnCandidate;

struct _BlnSampler
{
  BlnSampling sampling;
  BlnPcg32 random;
  guint32 n_vocabulary;
  guint32 n_tokens;
  gint32 *banned;         /* (owned) (nullable) [n_banned] */
  gsize n_banned;
  float *logits;          /* (owned) [n_vocabulary]: a copy with penalties and bans applied */
  BlnCandidate *candidates;  /* (owned) [n_vocabulary] */
  gint32 *window;         /* (owned) (nullable) [penalty_window]: sorted ids */

  /* Of a choice, with penalties applied: sampler-choice.c */
  gint32 chosen_ids[BLN_CHOICE_ROOM];
  float chosen_logits[BLN_CHOICE_ROOM];
};

gboolean bln_sampler_has_penalties (const BlnSampling *sampling);
/* The tokens that are penalized, into `window`, sorted. Returns how many. */
gsize bln_sampler_sort_window (BlnSampler   *sampler,
                               const gint32 *history,
                               gsize         n_history);
void bln_sampler_penalize (const BlnSampling *sampling,
                           float             *logit,
                           guint              count);

/* Makes candidate `n` of a token, if it may be drawn beside the best. Returns 1 or 0. */
gsize bln_sampler_consider (BlnSampler *sampler,
                            gsize       n,
                            gint32      id,
                            float       logit,
                            double      best);
double bln_sampler_sum (const BlnSampler *sampler,
                        gsize             n);
void bln_sampler_sort_by_likelihood (BlnSampler *sampler,
                                     gsize       n);
void bln_sampler_sort_by_id (BlnSampler *sampler,
                             gsize       n);
/* Top-k, then top-p of what is left; min-p. Of candidates in order of id; returns how many. */
gsize bln_sampler_cut (BlnSampler *sampler,
                       gsize       n);
gsize bln_sampler_cut_min_p (BlnSampler *sampler,
                             gsize       n);
gint32 bln_sampler_draw (BlnSampler *sampler,
                         gsize       n);

G_END_DECLS
