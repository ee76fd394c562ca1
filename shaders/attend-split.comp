#version 450
#extension GL_GOOGLE_include_directive : require
#include "types.glsl"

/* attend.comp for graphics cards: a workgroup takes HEADS heads, which share their keys, over
 * one stretch of the sequence, so that a row of the cache is read once for all of them. Its
 * subgroups go through the stretch side by side and are added up in order. Stretches are added
 * up by merge.comp, or there is but one (N_SPLITS 1) and the result goes straight out. */

layout (local_size_x_id = 0) in;
layout (constant_id = 1) const uint KEY_PER_LANE = 2;
layout (constant_id = 2) const uint VALUE_PER_LANE = 2;
layout (constant_id = 3) const uint N_KEY = 64;
layout (constant_id = 4) const uint N_VALUE = 64;
layout (constant_id = 5) const uint CACHE_TYPE = 1; /* cached.glsl */
layout (constant_id = 6) const uint HEADS = 1;
layout (constant_id = 7) const uint N_SPLITS = 1;

#define BLN_PUSH_ATTEND
#include "push.h"
#include "cached.glsl"
#include "stretch.glsl"

layout (binding = 0, std430) buffer Arena
{
  float arena[];
};
layout (binding = 2, std430) readonly buffer Step
{
  uint step_words[];
};
layout (binding = 3, std430) writeonly buffer Partials
{
  float partials[]; /* [row][split][head]: highest, total, values */
};

const float LOWEST = -3.4028234e38;

shared float sum_highest[HEADS], sum_total[HEADS];
shared float sum_values[HEADS * N_VALUE];

float q[HEADS * KEY_PER_LANE], o[HEADS * VALUE_PER_LANE];
float highest[HEADS], total[HEADS];

void
load_queries (uint row, uint position)
{
  float scale = push.scale;

  if (push.temperature_scale != 0.0)
    scale *= 1.0 + push.temperature_scale
                     * log (floor (float (position) / float (push.temperature_length)) + 1.0);
  [[unroll]] for (uint h = 0; h < HEADS; h++)
    {
      const uint base = push.q_offset + row * push.q_stride
                        + (gl_WorkGroupID.x * HEADS + h) * push.q_head;

      highest[h] = LOWEST;
      total[h] = 0.0;
      [[unroll]] for (uint k = 0; k < KEY_PER_LANE; k++)
        {
          const uint i = k * gl_SubgroupSize + gl_SubgroupInvocationID;
          q[h * KEY_PER_LANE + k] = i < N_KEY ? scale * arena[base + i] : 0.0;
        }
      [[unroll]] for (uint k = 0; k < VALUE_PER_LANE; k++)
        o[h * VALUE_PER_LANE + k] = 0.0;
    }
}

void
add_position (uint p, uint kv_head)
{
  const uint key_row = push.k_offset + p * push.k_stride;
  const uint value_row = push.v_offset + p * push.v_stride;
  const uint key = key_row + kv_head * push.k_head;
  const uint value = value_row + kv_head * push.v_head;
  const uint key_scale = (key_row + push.k_scales) / 2 + kv_head * ((N_KEY + 31) / 32);
  const uint value_scale = (value_row + push.v_scales) / 2 + kv_head * ((N_VALUE + 31) / 32);
  float k_row[KEY_PER_LANE], v_row[VALUE_PER_LANE];

  [[unroll]] for (uint k = 0; k < KEY_PER_LANE; k++)
    {
      const uint i = k * gl_SubgroupSize + gl_SubgroupInvocationID;
      k_row[k] = i < N_KEY ? cached (key + i, key_scale + i / 32) : 0.0;
    }
  [[unroll]] for (uint k = 0; k < VALUE_PER_LANE; k++)
    {
      const uint i = k * gl_SubgroupSize + gl_SubgroupInvocationID;
      v_row[k] = i < N_VALUE ? cached (value + i, value_scale + i / 32) : 0.0;
    }
  [[unroll]] for (uint h = 0; h < HEADS; h++)
    {
      float s = 0.0;

      [[unroll]] for (uint k = 0; k < KEY_PER_LANE; k++)
        s += q[h * KEY_PER_LANE + k] * k_row[k];
      s = subgroupAdd (s);
      const float new_highest = max (highest[h], s);
      const float fade = exp (highest[h] - new_highest);
      const float weight = exp (s - new_highest);
      total[h] = total[h] * fade + weight;
      highest[h] = new_highest;
      [[unroll]] for (uint k = 0; k < VALUE_PER_LANE; k++)
        o[h * VALUE_PER_LANE + k] = o[h * VALUE_PER_LANE + k] * fade + weight * v_row[k];
    }
}

/* One subgroup after the other adds what it found to what is in shared memory. */
void
add_up ()
{
  for (uint g = 0; g < gl_NumSubgroups; g++)
    {
      if (gl_SubgroupID == g)
        [[unroll]] for (uint h = 0; h < HEADS; h++)
          {
            const float before = g > 0 ? sum_highest[h] : LOWEST;
            const float both = max (before, highest[h]);
            const float fade = g > 0 && before > LOWEST ? exp (before - both) : 0.0;
            const float weight = highest[h] > LOWEST ? exp (highest[h] - both) : 0.0;

            subgroupBarrier ();
            [[unroll]] for (uint k = 0; k < VALUE_PER_LANE; k++)
              {
                const uint i = k * gl_SubgroupSize + gl_SubgroupInvocationID;
                if (i < N_VALUE)
                  sum_values[h * N_VALUE + i]
                    = (g > 0 ? sum_values[h * N_VALUE + i] * fade : 0.0)
                      + weight * o[h * VALUE_PER_LANE + k];
              }
            if (gl_SubgroupInvocationID == 0)
              {
                sum_total[h] = (g > 0 ? sum_total[h] * fade : 0.0) + weight * total[h];
                sum_highest[h] = both;
              }
          }
      barrier ();
    }
}

void
write_out (uint row)
{
  for (uint j = gl_LocalInvocationID.x; j < HEADS * N_VALUE; j += gl_WorkGroupSize.x)
    {
      const uint h = j / N_VALUE;
      const uint head = gl_WorkGroupID.x * HEADS + h;
      const uint i = j % N_VALUE;

      if (N_SPLITS == 1)
        arena[push.out_offset + row * push.out_stride + head * push.out_head + i]
          = sum_values[j] / sum_total[h];
      else
        {
          const uint n_heads = gl_NumWorkGroups.x * HEADS;
          const uint base = ((row * N_SPLITS + gl_WorkGroupID.z) * n_heads + head)
                            * (N_VALUE + 2);

          partials[base + 2 + i] = sum_values[j];
          if (i == 0)
            {
              partials[base] = sum_highest[h];
              partials[base + 1] = sum_total[h];
            }
        }
    }
}

void
main ()
{
  const uint row = push.first_row + gl_WorkGroupID.y;
  const uint position = step_words[push.positions + row];
  const uint kv_head = gl_WorkGroupID.x * HEADS / push.heads_per_kv;
  const uint begin = push.n_window != 0 && position + 1 > push.n_window
                       ? position + 1 - push.n_window : 0;
  const uvec2 stretch = stretch_of (begin, position + 1, gl_WorkGroupID.z, N_SPLITS);

  if (stretch.x >= stretch.y && N_SPLITS > 1)
    return; /* the whole workgroup; merge.comp knows that there is nothing here */
  load_queries (row, position);
  for (uint p = stretch.x + gl_SubgroupID; p < stretch.y; p += gl_NumSubgroups)
    add_position (p, kv_head);
  add_up ();
  write_out (row);
}
