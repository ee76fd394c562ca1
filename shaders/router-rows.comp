#version 450
#extension GL_GOOGLE_include_directive : require
#include "types.glsl"

/* Scores of all experts for many rows, in F32 as halves would mistake close ones. A workgroup
 * takes ROWS rows; each subgroup has EXPERTS experts and goes along the inputs once for all of
 * them, so that a row's numbers are loaded once and stay in registers. The sum of squares for
 * the norm is made on the way. */

layout (local_size_x_id = 0) in;
layout (constant_id = 1) const uint SUBGROUP = 32;

#define BLN_PUSH_ROUTER_ROWS
#include "push.h"

layout (binding = 0, std430) readonly buffer Weight
{
  vec4 weight[];
};
layout (binding = 1, std430) readonly buffer Parameters
{
  float parameters[];
};
layout (binding = 2, std430) buffer Arena
{
  float arena[];
};

const uint ROWS = 4, EXPERTS = 8;

float sums[ROWS * EXPERTS];
float squares[ROWS];

vec4
numbers_at (uint base)
{
  return vec4 (arena[base], arena[base + 1], arena[base + 2], arena[base + 3]);
}

void
main ()
{
  const uint first_row = gl_WorkGroupID.x * ROWS;
  const uint first_expert = (gl_WorkGroupID.y * gl_NumSubgroups + gl_SubgroupID) * EXPERTS;
  const uint last = push.n_experts - 1;

  [[unroll]] for (uint i = 0; i < ROWS * EXPERTS; i++)
    sums[i] = 0.0;
  [[unroll]] for (uint r = 0; r < ROWS; r++)
    squares[r] = 0.0;
  for (uint k = 4 * gl_SubgroupInvocationID; k < push.n_in; k += 4 * SUBGROUP)
    {
      vec4 x[ROWS], w[EXPERTS];

      [[unroll]] for (uint e = 0; e < EXPERTS; e++)
        w[e] = weight[(min (first_expert + e, last) * push.n_in + k) / 4];
      [[unroll]] for (uint r = 0; r < ROWS; r++)
        {
          x[r] = numbers_at (push.in_offset
                             + min (first_row + r, push.n_rows - 1) * push.in_stride + k);
          squares[r] += dot (x[r], x[r]);
          if (push.norm != NONE)
            x[r] *= vec4 (parameters[push.norm + k], parameters[push.norm + k + 1],
                          parameters[push.norm + k + 2], parameters[push.norm + k + 3]);
        }
      [[unroll]] for (uint e = 0; e < EXPERTS; e++)
        [[unroll]] for (uint r = 0; r < ROWS; r++)
          sums[e * ROWS + r] += dot (w[e], x[r]);
    }
  [[unroll]] for (uint r = 0; r < ROWS; r++)
    {
      const float square = subgroupAdd (squares[r]);
      const float rms = push.norm != NONE
                          ? inversesqrt (square / float (push.n_in) + push.eps) : 1.0;

      [[unroll]] for (uint e = 0; e < EXPERTS; e++)
        {
          const float sum = subgroupAdd (sums[e * ROWS + r]);

          if (gl_SubgroupInvocationID == 0 && first_expert + e <= last
              && first_row + r < push.n_rows)
            arena[push.out_offset + (first_row + r) * push.n_experts + first_expert + e]
              = sum * rms;
        }
    }
}
