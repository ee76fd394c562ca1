#version 450
#extension GL_GOOGLE_include_directive : require
#include "types.glsl"

/* out = activation (in) * residual, where an adapter stands between the products and the gate. */

layout (local_size_x_id = 0) in;

#define BLN_PUSH_NORM
#include "push.h"

#define GELU 2u /* push.parameters: BlnGlu */

layout (binding = 0, std430) buffer Arena
{
  float arena[];
};

float
activate (float x)
{
  if (push.parameters == GELU)
    return 0.5 * x * (1.0 + tanh (0.7978845608028654 * (x + 0.044715 * x * x * x)));
  return x / (1.0 + exp (-x));
}

void
main ()
{
  const uint row = gl_WorkGroupID.x;

  for (uint i = gl_LocalInvocationID.x; i < push.width; i += gl_WorkGroupSize.x)
    arena[push.out_offset + row * push.out_stride + i]
      = activate (arena[push.in_offset + row * push.in_stride + i])
        * arena[push.residual_offset + row * push.residual_stride + i];
}
