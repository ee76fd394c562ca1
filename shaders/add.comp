#version 450
#extension GL_GOOGLE_include_directive : require
#include "types.glsl"

/* out = in + residual, where no other op could take the sum along. */

layout (local_size_x_id = 0) in;

#define BLN_PUSH_NORM
#include "push.h"

layout (binding = 0, std430) buffer Arena
{
  float arena[];
};

void
main ()
{
  const uint row = gl_WorkGroupID.x;

  for (uint i = gl_LocalInvocationID.x; i < push.width; i += gl_WorkGroupSize.x)
    arena[push.out_offset + row * push.out_stride + i]
      = arena[push.in_offset + row * push.in_stride + i]
        + arena[push.residual_offset + row * push.residual_stride + i];
}
