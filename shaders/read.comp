#version 450
#extension GL_EXT_control_flow_attributes : require
#extension GL_GOOGLE_include_directive : require

/* Streams a buffer through all workgroups and keeps one word, so that nothing is optimized
 * away. Used to measure bandwidth, and what a dispatch costs beyond its bytes. */

layout (local_size_x_id = 0) in;
layout (constant_id = 1) const uint UNROLL = 4;

#define BLN_GLSL
#define BLN_PUSH_READ
#include "push.h"

layout (binding = 0, std430) readonly buffer Source
{
  uvec4 source[];
};
layout (binding = 1, std430) writeonly buffer Out
{
  uint out_sum;
};

void
main ()
{
  const uint stride = gl_NumWorkGroups.x * gl_WorkGroupSize.x;
  const uint end = push.first_vector + push.n_vectors;
  uint i = push.first_vector + gl_GlobalInvocationID.x;
  uvec4 sum = uvec4 (0);

  for (uint p = gl_LocalInvocationID.x; p < push.prologue_vectors; p += gl_WorkGroupSize.x)
    sum ^= source[p];
  for (; i + (UNROLL - 1) * stride < end; i += stride * UNROLL)
    {
      uvec4 loaded[UNROLL];

      [[unroll]] for (uint u = 0; u < UNROLL; u++)
        loaded[u] = source[i + u * stride];
      [[unroll]] for (uint u = 0; u < UNROLL; u++)
        sum ^= loaded[u];
    }
  for (; i < end; i += stride)
    sum ^= source[i];

  const uint one = sum.x ^ sum.y ^ sum.z ^ sum.w;
  if (one == 0x12345678u)
    out_sum = one;
}
