#version 450
#extension GL_GOOGLE_include_directive : require
#include "types.glsl"

/* out = [residual +] x * w / rms (x). One subgroup a row, so that nothing is waited for. */

layout (local_size_x_id = 0) in;

#define BLN_PUSH_NORM
#include "push.h"

layout (binding = 0, std430) buffer Arena
{
  float arena[];
};
layout (binding = 1, std430) readonly buffer Parameters
{
  float parameters[];
};

void
main ()
{
  const uint row = gl_WorkGroupID.x;
  const uint base = push.in_offset + row * push.in_stride;
  const uint out_base = push.out_offset + row * push.out_stride;
  float sum = 0.0;

  for (uint i = gl_SubgroupInvocationID; i < push.width; i += gl_SubgroupSize)
    sum += arena[base + i] * arena[base + i];
  const float rms = inversesqrt (subgroupAdd (sum) / float (push.width) + push.eps);
  for (uint i = gl_SubgroupInvocationID; i < push.width; i += gl_SubgroupSize)
    {
      float y = arena[base + i] * rms * parameters[push.parameters + i];

      if (push.residual_offset != NONE)
        y += arena[push.residual_offset + row * push.residual_stride + i];
      arena[out_base + i] = y;
    }
}
