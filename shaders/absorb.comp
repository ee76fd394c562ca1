#version 450
#extension GL_GOOGLE_include_directive : require
#include "types.glsl"

/* The query of a head carried into latent space with the old layout's attn_kv_b: out[j] is the
 * sum over d of q[d] * W[d][j], so rows are added up rather than multiplied along. Each lane
 * takes every gl_WorkGroupSize.x-th row of the head; one subgroup adds them up. */

layout (local_size_x_id = 0) in;

#define BLN_PUSH_ABSORB
#include "push.h"

layout (binding = 0, std430) readonly buffer Weight
{
  uint weight[];
};
layout (binding = 0, std430) readonly buffer Weight4
{
  uvec4 weight4[];
};
layout (binding = 1, std430) buffer Arena
{
  float arena[];
};

#define DEQUANT dequant
#define WORDS weight
#define WORDS4 weight4
#include "dequant.glsl"

void
main ()
{
  const uint block = gl_WorkGroupID.x;
  const uint row = gl_WorkGroupID.y;
  const uint head = gl_WorkGroupID.z;
  const uint base = push.in_offset + row * push.in_stride + head * push.in_head;
  const uint out_base = push.out_offset + row * push.out_stride + head * push.out_head
                        + block * 32;
  float w[32], sum[32];

  [[unroll]] for (uint i = 0; i < 32; i++)
    sum[i] = 0.0;
  for (uint d = gl_SubgroupInvocationID; d < push.n_nope; d += gl_SubgroupSize)
    {
      const float q = arena[base + d];

      dequant (head * push.head_rows + d, block, push.n_latent, push.side, w);
      [[unroll]] for (uint i = 0; i < 32; i++)
        sum[i] += q * w[i];
    }
  [[unroll]] for (uint i = 0; i < 32; i++)
    {
      const float y = subgroupAdd (sum[i]);

      if (gl_SubgroupInvocationID == 0 && block * 32 + i < push.n_latent)
        arena[out_base + i] = y;
    }
}
