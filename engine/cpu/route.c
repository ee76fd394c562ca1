#include "route.h"

#include <math.h>

/* Below this a sum of weights is taken for this much (as the reference code has it). */
#define BLN_SMALLEST_SUM 6.103515625e-5f

static void
softmax (float *x,
         guint  n)
{
  float max = x[0], sum = 0;

  for (guint i = 1; i < n; i++)
    max = MAX (max, x[i]);
  for (guint i = 0; i < n; i++)
    sum += x[i] = expf (x[i] - max);
  for (guint i = 0; i < n; i++)
    x[i] /= sum;
}

static void
score (const BlnRouting *routing,
       float            *logits)
{
  if (routing->gating == BLN_GATING_SOFTMAX)
    softmax (logits, routing->n_experts);
  else if (routing->gating == BLN_GATING_SIGMOID)
    for (guint i = 0; i < routing->n_experts; i++)
      logits[i] = 1 / (1 + expf (-logits[i]));
}

/* What a group is worth: its best expert, or its two best together. */
static float
group_score (const BlnRouting *routing,
             const float      *scores)
{
  guint n = routing->n_experts / routing->n_groups;
  float best = -INFINITY, second = -INFINITY;

  for (guint i = 0; i < n; i++)
    if (scores[i] > best)
      {
        second = best;
        best = scores[i];
      }
    else if (scores[i] > second)
      second = scores[i];
  return routing->groups_by_two && n > 1 ? best + second : best;
}

/* The experts of all but the best groups become impossible. */
static void
keep_groups (const BlnRouting *routing,
             float            *scores)
{
  guint size = routing->n_experts / routing->n_groups;
  float worth[BLN_MAX_EXPERTS];
  guint8 kept[BLN_MAX_EXPERTS] = { 0 };

  for (guint g = 0; g < routing->n_groups; g++)
    worth[g] = group_score (routing, scores + g * size);
  for (guint k = 0; k < routing->n_groups_used; k++)
    {
      guint best = G_MAXUINT;

      for (guint g = 0; g < routing->n_groups; g++)
        if (!kept[g] && (best == G_MAXUINT || worth[g] > worth[best]))
          best = g;
      kept[best] = TRUE;
    }
  for (guint i = 0; i < routing->n_experts; i++)
    if (!kept[i / size])
      scores[i] = -INFINITY;
}

static void
weigh (const BlnRouting *routing,
       float            *weights)
{
  guint n = routing->n_used;
  float sum = 0;

  if (routing->gating == BLN_GATING_SOFTMAX_SELECTED)
    softmax (weights, n);
  for (guint k = 0; k < n; k++)
    sum += weights[k];
  for (guint k = 0; k < n; k++)
    {
      if (routing->normalise)
        weights[k] /= MAX (sum, BLN_SMALLEST_SUM);
      weights[k] *= routing->scale;
    }
}

/* By insertion: there are a handful. */
static void
sort_by_number (float *numbers,
                float *weights,
                guint  n)
{
  for (guint i = 1; i < n; i++)
    {
      float number = numbers[i], weight = weights[i];
      guint j = i;

      for (; j > 0 && numbers[j - 1] > number; j--)
        {
          numbers[j] = numbers[j - 1];
          weights[j] = weights[j - 1];
        }
      numbers[j] = number;
      weights[j] = weight;
    }
}

void
bln_route (const BlnRouting *routing,
           float            *logits,
           const float      *bias,
           float            *scratch,
           float            *choice)
{
  guint n = routing->n_experts;
  float *weights = choice + routing->n_used;
  guint8 is_taken[BLN_MAX_EXPERTS] = { 0 };

  score (routing, logits);
  for (guint i = 0; i < n; i++)
    scratch[i] = bias != NULL ? logits[i] + bias[i] : logits[i];
  if (routing->n_groups > 1)
    keep_groups (routing, scratch);

  for (guint k = 0; k < routing->n_used; k++)
    {
      guint best = G_MAXUINT;

      /* What is not a number is chosen as well as anything, and shows in the logits. */
      for (guint i = 0; i < n; i++)
        if (!is_taken[i] && (best == G_MAXUINT || scratch[i] > scratch[best]))
          best = i;
      is_taken[best] = TRUE;
      choice[k] = best;
      weights[k] = logits[best];
    }
  weigh (routing, weights);
  sort_by_number (choice, weights, routing->n_used);
}
