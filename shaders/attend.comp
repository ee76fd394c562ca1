#version 450
#extension GL_GOOGLE_include_directive : require
#include "types.glsl"

/* Attention of one head of one row over its sequence, softmax kept online (FlashAttention,
 * arXiv 2205.14135). One subgroup does it alone: each lane owns some of the dimensions.
 * Multi-head latent attention in absorbed form is the same with one key head whose values are
 * the first part of its keys. */

layout (local_size_x_id = 0) in;
layout (constant_id = 1) const uint KEY_PER_LANE = 16;
layout (constant_id = 2) const uint VALUE_PER_LANE = 16;
layout (constant_id = 3) const uint N_KEY = 64;
layout (constant_id = 4) const uint N_VALUE = 64;
layout (constant_id = 5) const uint CACHE_TYPE = 1; /* cached.glsl */

#define BLN_PUSH_ATTEND
#include "push.h"
#include "cached.glsl"

layout (binding = 0, std430) buffer Arena
{
  float arena[];
};

layout (binding = 2, std430) readonly buffer Step
{
  uint step_words[];
};

void
main ()
{
  const uint lane = gl_SubgroupInvocationID;
  const uint size = gl_SubgroupSize;
  const uint head = gl_WorkGroupID.x;
  const uint row = push.first_row + gl_WorkGroupID.y;
  const uint position = step_words[push.positions + row];
  const uint kv_head = head / push.heads_per_kv;
  const uint first = push.n_window != 0 && position + 1 > push.n_window
                       ? position + 1 - push.n_window : 0;
  float q[KEY_PER_LANE], o[VALUE_PER_LANE];
  float highest = -3.4028234e38, total = 0.0, scale = push.scale;

  if (push.temperature_scale != 0.0)
    scale *= 1.0 + push.temperature_scale
                     * log (floor (float (position) / float (push.temperature_length)) + 1.0);
  [[unroll]] for (uint k = 0; k < KEY_PER_LANE; k++)
    {
      const uint i = k * size + lane;
      q[k] = i < N_KEY ? scale * arena[push.q_offset + row * push.q_stride
                                       + head * push.q_head + i] : 0.0;
    }
  [[unroll]] for (uint k = 0; k < VALUE_PER_LANE; k++)
    o[k] = 0.0;
  for (uint p = first; p <= position; p++)
    {
      const uint key = push.k_offset + p * push.k_stride + kv_head * push.k_head;
      const uint value = push.v_offset + p * push.v_stride + kv_head * push.v_head;
      const uint key_scale = (push.k_offset + p * push.k_stride + push.k_scales) / 2
                             + kv_head * ((N_KEY + 31) / 32);
      const uint value_scale = (push.v_offset + p * push.v_stride + push.v_scales) / 2
                               + kv_head * ((N_VALUE + 31) / 32);
      float s = 0.0;

      [[unroll]] for (uint k = 0; k < KEY_PER_LANE; k++)
        {
          const uint i = k * size + lane;
          if (i < N_KEY)
            s += q[k] * cached (key + i, key_scale + i / 32);
        }
      s = subgroupAdd (s);
      const float new_highest = max (highest, s);
      const float fade = exp (highest - new_highest);
      const float weight = exp (s - new_highest);
      total = total * fade + weight;
      highest = new_highest;
      [[unroll]] for (uint k = 0; k < VALUE_PER_LANE; k++)
        {
          const uint i = k * size + lane;
          if (i < N_VALUE)
            o[k] = o[k] * fade + weight * cached (value + i, value_scale + i / 32);
        }
    }
  [[unroll]] for (uint k = 0; k < VALUE_PER_LANE; k++)
    {
      const uint i = k * size + lane;
      if (i < N_VALUE)
        arena[push.out_offset + row * push.out_stride + head * push.out_head + i] = o[k] / total;
    }
}
