#version 450
#extension GL_GOOGLE_include_directive : require
#include "types.glsl"

/* The row of the table for each token. Grid: one workgroup a row of the batch. */

layout (local_size_x_id = 0) in;

#define BLN_PUSH_EMBED
#include "push.h"

layout (binding = 0, std430) readonly buffer Weight
{
  uint weight[];
};
layout (binding = 0, std430) readonly buffer Weight4
{
  uvec4 weight4[];
};
layout (binding = 1, std430) readonly buffer Tokens
{
  uint tokens[];
};
layout (binding = 2, std430) writeonly buffer Arena
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
  const uint token = tokens[gl_WorkGroupID.x] - push.first_row;
  const uint base = push.out_offset + gl_WorkGroupID.x * push.out_stride;
  float w[32];

  if (token >= push.n_rows)
    return; /* another dispatch has this part of the table */
  for (uint b = gl_LocalInvocationID.x; b * 32 < push.n_in; b += gl_WorkGroupSize.x)
    {
      dequant (token, b, push.n_in, push.side, w);
      /* Unrolled, or the numbers would go through memory of the lane's own, which drivers set aside
       * for all lanes of a card. */
      [[unroll]] for (uint i = 0; i < 32; i++)
        if (b * 32 + i < push.n_in)
          arena[base + b * 32 + i] = w[i] * push.scale;
    }
}
