#version 450
#extension GL_GOOGLE_include_directive : require
#include "types.glsl"

/* Adds up the stretches of attend-split.comp, in their order. Grid: x heads, y rows. */

layout (local_size_x_id = 0) in;
layout (constant_id = 1) const uint N_VALUE = 64;
layout (constant_id = 2) const uint N_SPLITS = 1;

#define BLN_PUSH_ATTEND
#include "push.h"
#include "stretch.glsl"

layout (binding = 0, std430) writeonly buffer Arena
{
  float arena[];
};
layout (binding = 1, std430) readonly buffer Partials
{
  float partials[];
};
layout (binding = 2, std430) readonly buffer Step
{
  uint step_words[];
};

void
main ()
{
  const uint head = gl_WorkGroupID.x;
  const uint row = push.first_row + gl_WorkGroupID.y;
  const uint position = step_words[push.positions + row];
  const uint begin = push.n_window != 0 && position + 1 > push.n_window
                       ? position + 1 - push.n_window : 0;
  float highest = -3.4028234e38, total = 0.0;
  uint n = 0;

  for (; n < N_SPLITS; n++)
    {
      const uvec2 stretch = stretch_of (begin, position + 1, n, N_SPLITS);

      if (stretch.x >= stretch.y)
        break;
      highest = max (highest, partials[((row * N_SPLITS + n) * gl_NumWorkGroups.x + head)
                                       * (N_VALUE + 2)]);
    }
  for (uint s = 0; s < n; s++)
    {
      const uint base = ((row * N_SPLITS + s) * gl_NumWorkGroups.x + head) * (N_VALUE + 2);

      total += exp (partials[base] - highest) * partials[base + 1];
    }
  for (uint i = gl_LocalInvocationID.x; i < N_VALUE; i += gl_WorkGroupSize.x)
    {
      float y = 0.0;

      for (uint s = 0; s < n; s++)
        {
          const uint base = ((row * N_SPLITS + s) * gl_NumWorkGroups.x + head) * (N_VALUE + 2);

          y += exp (partials[base] - highest) * partials[base + 2 + i];
        }
      arena[push.out_offset + row * push.out_stride + head * push.out_head + i] = y / total;
    }
}
