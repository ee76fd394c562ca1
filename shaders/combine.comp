#version 450
#extension GL_GOOGLE_include_directive : require
#include "types.glsl"

/* What the chosen experts gave for each row, weighted and added in the order of their numbers
 * to what the residual, or the shared experts, left. Grid: x rows. */

layout (local_size_x_id = 0) in;

#define BLN_PUSH_COMBINE
#include "push.h"

layout (binding = 0, std430) buffer Arena
{
  float arena[];
};
layout (binding = 0, std430) readonly buffer Table
{
  uint table[];
};
layout (binding = 1, std430) readonly buffer Found
{
  float found[]; /* [pair][width] */
};

void
main ()
{
  const uint row = gl_WorkGroupID.x;
  const uint weights = push.table + row * 2 * push.n_used + push.n_used;

  for (uint i = gl_LocalInvocationID.x; i < push.width; i += gl_WorkGroupSize.x)
    {
      float y = 0.0;

      for (uint k = 0; k < push.n_used; k++)
        y += uintBitsToFloat (table[weights + k]) * found[(row * push.n_used + k) * push.width + i];
      if (push.residual_offset != NONE)
        y += arena[push.residual_offset + row * push.residual_stride + i];
      arena[push.out_offset + row * push.out_stride + i] = y;
    }
}
