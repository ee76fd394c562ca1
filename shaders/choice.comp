#version 450
#extension GL_GOOGLE_include_directive : require
#include "types.glsl"

/* What a sampler needs of a row's logits: all that are no further below the best than it reaches,
 * in the order of their numbers, and the sum of e^((logit - best) / temperature) over each block
 * and over the row. Each workgroup looks at a block of them; the last to be done, which nobody
 * waits for, looks at the blocks that hold likely ones. Infinite and invalid logits do not count. */

layout (local_size_x_id = 0) in;

#define BLN_PUSH_CHOICE
#include "push.h"

layout (binding = 0, std430) readonly buffer Logits
{
  float logits[];
};
layout (binding = 1, std430) readonly buffer Step
{
  uint step_words[];
};
layout (binding = 2, std430) coherent buffer Blocks
{
  float blocks[]; /* from push.blocks on, a row's: the best of each, and its sum */
};
layout (binding = 2, std430) coherent buffer Counters
{
  uint counters[];
};
layout (binding = 3, std430) writeonly buffer Found
{
  uint found[]; /* a row's: how many, the best, the sum, then numbers, logits, sums of blocks */
};

const uint EACH = 4; /* logits of a lane */
const float LOWEST = -3.4028234e38;

/* As many as the last workgroup keeps the best of: for a million tokens. */
const uint MOST_BLOCKS = 1024;

shared float best_of[MOST_BLOCKS];
shared float partial[64];
shared uint counts[64];
shared uint n_before;

float temperature, reach;
uint n_tokens;
uint row_logits, row_blocks, row_found; /* where those of this row begin */

float
over_group_max (float x)
{
  x = subgroupMax (x);
  barrier ();
  if (gl_SubgroupInvocationID == 0)
    partial[gl_SubgroupID] = x;
  barrier ();
  for (uint g = 0; g < gl_NumSubgroups; g++)
    x = max (x, partial[g]);
  return x;
}

float
over_group_sum (float x)
{
  float sum = 0.0;

  x = subgroupAdd (x);
  barrier ();
  if (gl_SubgroupInvocationID == 0)
    partial[gl_SubgroupID] = x;
  barrier ();
  for (uint g = 0; g < gl_NumSubgroups; g++)
    sum += partial[g];
  return sum;
}

/* Those that do not count are below all. */
void
load (uint block, out float x[EACH])
{
  const uint first = (block * gl_WorkGroupSize.x + gl_LocalInvocationID.x) * EACH;

  [[unroll]] for (uint i = 0; i < EACH; i++)
    {
      const float logit = first + i < n_tokens
                          ? logits[row_logits + min (first + i, push.n_vocab - 1)] : LOWEST;

      x[i] = isnan (logit) || isinf (logit) ? LOWEST : logit;
    }
}

void
look_at_block (uint block)
{
  float x[EACH], best, sum = 0.0;

  load (block, x);
  best = over_group_max (max (max (x[0], x[1]), max (x[2], x[3])));
  [[unroll]] for (uint i = 0; i < EACH; i++)
    sum += temperature > 0.0 && x[i] > LOWEST ? exp ((x[i] - best) / temperature) : 0.0;
  sum = over_group_sum (sum);
  if (gl_LocalInvocationID.x == 0)
    {
      blocks[row_blocks + 2 * block] = best;
      blocks[row_blocks + 2 * block + 1] = sum;
    }
}

/* Returns how many of a block are likely; they follow `n` others. */
uint
write_likely (uint block, float bound, uint n)
{
  const uint first = (block * gl_WorkGroupSize.x + gl_LocalInvocationID.x) * EACH;
  float x[EACH];
  uint mine = 0, place, all = 0;

  load (block, x);
  [[unroll]] for (uint i = 0; i < EACH; i++)
    mine += x[i] > LOWEST && x[i] >= bound ? 1 : 0;
  place = n + subgroupExclusiveAdd (mine);
  const uint together = subgroupAdd (mine);
  barrier ();
  if (gl_SubgroupInvocationID == 0)
    counts[gl_SubgroupID] = together;
  barrier ();
  for (uint g = 0; g < gl_NumSubgroups; g++)
    {
      place += g < gl_SubgroupID ? counts[g] : 0;
      all += counts[g];
    }
  [[unroll]] for (uint i = 0; i < EACH; i++)
    if (x[i] > LOWEST && x[i] >= bound)
      {
        if (place < push.room)
          {
            found[row_found + 3 + place] = first + i;
            found[row_found + 3 + push.room + place] = floatBitsToUint (x[i]);
          }
        place++;
      }
  return all;
}

void
finish (uint n_blocks)
{
  float best = LOWEST, mass = 0.0;
  uint n = 0;

  for (uint b = gl_LocalInvocationID.x; b < n_blocks; b += gl_WorkGroupSize.x)
    {
      best_of[b] = blocks[row_blocks + 2 * b];
      best = max (best, best_of[b]);
    }
  best = over_group_max (best);
  for (uint b = gl_LocalInvocationID.x; b < n_blocks && temperature > 0.0; b += gl_WorkGroupSize.x)
    {
      const float its = blocks[row_blocks + 2 * b + 1] * exp ((best_of[b] - best) / temperature);

      found[row_found + 3 + 2 * push.room + b] = floatBitsToUint (its);
      mass += its;
    }
  mass = over_group_sum (mass);
  for (uint b = 0; b < n_blocks && n <= push.room; b++)
    if (best_of[b] > LOWEST && best_of[b] >= best - reach)
      n += write_likely (b, best - reach, n);
  if (gl_LocalInvocationID.x == 0)
    {
      found[row_found] = n;
      found[row_found + 1] = floatBitsToUint (best);
      found[row_found + 2] = floatBitsToUint (mass);
      counters[push.counter + gl_WorkGroupID.y] = 0;
    }
}

void
main ()
{
  const uint row = gl_WorkGroupID.y, wish = push.wishes + 3 * row;

  temperature = uintBitsToFloat (step_words[wish]);
  reach = uintBitsToFloat (step_words[wish + 1]);
  n_tokens = step_words[wish + 2];
  row_logits = row * push.n_vocab;
  row_blocks = push.blocks + row * 2 * gl_NumWorkGroups.x;
  row_found = row * push.stride;
  look_at_block (gl_WorkGroupID.x);
  memoryBarrierBuffer ();
  barrier ();
  if (gl_LocalInvocationID.x == 0)
    n_before = atomicAdd (counters[push.counter + row], 1);
  barrier ();
  if (n_before != gl_NumWorkGroups.x - 1)
    return; /* the whole workgroup */
  memoryBarrierBuffer ();
  finish (gl_NumWorkGroups.x);
}
