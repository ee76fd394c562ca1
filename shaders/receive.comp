#version 450
#extension GL_GOOGLE_include_directive : require
#include "types.glsl"

/* out = in + residual, or in where there is none; in is memory of the host. Grid: x over numbers of
 * a row, y over rows: as many reads at once as there are, since each takes a microsecond or two. */

layout (local_size_x_id = 0) in;

#define BLN_PUSH_NORM
#include "push.h"

layout (binding = 0, std430) buffer Arena
{
  float arena[];
};
layout (binding = 1, std430) readonly buffer Received
{
  float received[];
};

void
main ()
{
  const uint i = gl_GlobalInvocationID.x;
  const uint row = gl_WorkGroupID.y;

  if (i >= push.width)
    return;
  float x = received[push.in_offset + row * push.in_stride + i];
  if (push.residual_offset != NONE)
    x += arena[push.residual_offset + row * push.residual_stride + i];
  arena[push.out_offset + row * push.out_stride + i] = x;
}
