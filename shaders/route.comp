#version 450
#extension GL_GOOGLE_include_directive : require
#include "types.glsl"

/* Who of the experts is chosen for a row, and with what weight (DeepSeek-V3 report, section
 * 2.1.2; engine/README.md, "Routing"). One subgroup a row; each lane holds the experts whose
 * number is its own modulo the subgroup's size. A logit that is no number counts as the
 * lowest, so that n_used different experts are always found. */

layout (local_size_x_id = 0) in;
layout (constant_id = 1) const uint PER_LANE = 64; /* experts a lane holds at most */

#define BLN_PUSH_ROUTE
#include "push.h"

layout (binding = 0, std430) readonly buffer Arena
{
  float arena[];
};
layout (binding = 1, std430) readonly buffer Parameters
{
  float parameters[];
};
layout (binding = 0, std430) writeonly buffer Table
{
  uint table[];
};

const float LOWEST = -3.4028234e38;
const uint SOFTMAX = 1, SIGMOID = 2, SOFTMAX_SELECTED = 3;
const uint MAX_USED = 32;

/* Those of the first lane alone: arrays of each lane's own would be memory that drivers set aside
 * for all lanes of a card. */
shared uint ids[MAX_USED];
shared float weights[MAX_USED];

float score[PER_LANE];  /* what weights are made of */
float choice[PER_LANE]; /* what is chosen by */

uint
expert_of (uint i)
{
  return i * gl_SubgroupSize + gl_SubgroupInvocationID;
}

/* The lane and slot of the highest choice, the lowest number on a tie. */
float
find_best (out uint best)
{
  float mine = LOWEST;
  uint at = NONE;

  for (uint i = 0; i < PER_LANE; i++)
    if (expert_of (i) < push.n_experts && (at == NONE || choice[i] > mine))
      {
        mine = choice[i];
        at = expert_of (i);
      }
  const float highest = subgroupMax (at == NONE ? LOWEST : mine);
  best = subgroupMin (at != NONE && mine == highest ? at : NONE);
  return highest;
}

void
read_scores (uint row)
{
  const uint base = push.in_offset + row * push.in_stride;
  float highest = LOWEST;

  for (uint i = 0; i < PER_LANE; i++)
    {
      const uint e = expert_of (i);
      float l = e < push.n_experts ? arena[base + e] : LOWEST;
      score[i] = isnan (l) ? LOWEST : clamp (l, LOWEST, -LOWEST);
      highest = max (highest, score[i]);
    }
  highest = subgroupMax (highest);
  if (push.gating == SIGMOID)
    for (uint i = 0; i < PER_LANE; i++)
      score[i] = 1.0 / (1.0 + exp (-score[i]));
  else if (push.gating == SOFTMAX)
    {
      float sum = 0.0;

      for (uint i = 0; i < PER_LANE; i++)
        {
          score[i] = expert_of (i) < push.n_experts ? exp (score[i] - highest) : 0.0;
          sum += score[i];
        }
      sum = subgroupAdd (sum);
      for (uint i = 0; i < PER_LANE; i++)
        score[i] /= sum;
    }
  for (uint i = 0; i < PER_LANE; i++)
    choice[i] = score[i] + (push.bias != NONE && expert_of (i) < push.n_experts
                              ? parameters[push.bias + expert_of (i)] : 0.0);
}

/* A group counts as its best expert, or as its two best together; the others are out. */
void
keep_groups ()
{
  const uint size = push.n_experts / push.n_groups;
  uint kept = 0;

  for (uint round = 0; round < push.n_groups_used; round++)
    {
      float best = LOWEST;
      uint best_group = 0;

      for (uint g = 0; g < push.n_groups; g++)
        {
          float first = LOWEST, second = LOWEST;

          if ((kept & (1u << g)) != 0)
            continue;
          for (uint i = 0; i < PER_LANE; i++)
            if (expert_of (i) < push.n_experts && expert_of (i) / size == g)
              {
                second = max (second, min (first, choice[i]));
                first = max (first, choice[i]);
              }
          const float top = subgroupMax (first);
          const uint owner = subgroupMin (first == top ? gl_SubgroupInvocationID : NONE);
          const float next = subgroupMax (gl_SubgroupInvocationID == owner ? second : first);
          const float value = push.by_two != 0 && size > 1 ? top + next : top;
          if (value > best || best == LOWEST)
            {
              best = value;
              best_group = g;
            }
        }
      kept |= 1u << best_group;
    }
  for (uint i = 0; i < PER_LANE; i++)
    if ((kept & (1u << (expert_of (i) / size))) == 0)
      choice[i] = LOWEST;
}

void
main ()
{
  const uint row = gl_WorkGroupID.x;
  const uint base = push.table + row * 2 * push.n_used;
  const bool is_first = gl_SubgroupInvocationID == 0;
  float sum = 0.0, highest = LOWEST;

  read_scores (row);
  if (push.n_groups > 1)
    keep_groups ();
  for (uint k = 0; k < push.n_used; k++)
    {
      uint best;

      find_best (best);
      float mine = 0.0;
      for (uint i = 0; i < PER_LANE; i++)
        if (expert_of (i) == best)
          {
            mine = score[i];
            choice[i] = uintBitsToFloat (0xff800000u); /* below all that are left */
          }
      const float weight = subgroupAdd (mine);
      highest = max (highest, weight);
      if (is_first)
        {
          ids[k] = best;
          weights[k] = weight;
        }
    }
  if (!is_first)
    return;
  for (uint k = 0; k < push.n_used; k++)
    {
      if (push.gating == SOFTMAX_SELECTED)
        weights[k] = exp (weights[k] - highest);
      sum += weights[k];
    }
  if (push.normalise != 0 || push.gating == SOFTMAX_SELECTED)
    for (uint k = 0; k < push.n_used; k++)
      weights[k] /= max (sum, 6.103515625e-5);

  /* In the order of their numbers: sums over experts then do not depend on the scores. */
  for (uint k = 0; k < push.n_used; k++)
    {
      uint place = 0;

      for (uint j = 0; j < push.n_used; j++)
        place += ids[j] < ids[k] ? 1 : 0;
      table[base + place] = ids[k];
      table[base + push.n_used + place] = floatBitsToUint (weights[k] * push.scale);
    }
}
