#version 450
#extension GL_GOOGLE_include_directive : require
#include "types.glsl"

/* Rows rounded to bytes once for all workgroups that multiply them, in the form that
 * matvec-dot.comp stages: each would else norm and round several rows for the few weights that
 * it has. The norm's factor waits behind the first block's scales for the sums. Grid: one
 * workgroup a row. */

layout (local_size_x_id = 0) in;
layout (constant_id = 1) const uint N_BLOCKS = 64; /* of 32 */

#define BLN_PUSH_ROUND
#include "push.h"

layout (binding = 0, std430) readonly buffer Arena4
{
  vec4 arena4[];
};
layout (binding = 1, std430) readonly buffer Parameters4
{
  vec4 parameters4[];
};
layout (binding = 2, std430) writeonly buffer Words
{
  uint words[]; /* the arena */
};

#include "round-block.glsl"

const uint N_VECTORS = N_BLOCKS * 8;
const uint AHEAD = 2;

shared float partial[64];

float
inverse_rms (float squares)
{
  const float sum = subgroupAdd (squares);
  float all = 0.0;

  if (gl_SubgroupInvocationID == 0)
    partial[gl_SubgroupID] = sum;
  barrier ();
  for (uint i = 0; i < gl_NumSubgroups; i++)
    all += partial[i];
  return inversesqrt (all / float (N_BLOCKS * 32) + push.eps);
}

/* Four numbers of a block, of which eight neighbouring lanes have all. */
void
write_part (uint to, uint vector, vec4 x)
{
  const uint at = to + vector / 8 * 12, word = vector % 8;
  uint bytes;
  uvec4 scales;

  round_block (x, bytes, scales);
  words[at + word] = bytes;
  if (word < 3)
    words[at + 8 + word] = scales[word];
}

void
main ()
{
  const uint base = (push.in_offset + gl_WorkGroupID.x * push.in_stride) / 4;
  const uint to = push.out_offset + gl_WorkGroupID.x * N_BLOCKS * 12;
  float squares = 0.0;

  for (uint first = gl_LocalInvocationID.x; first < N_VECTORS; first += AHEAD * gl_WorkGroupSize.x)
    {
      vec4 x[AHEAD], scale[AHEAD];

      [[unroll]] for (uint a = 0; a < AHEAD; a++)
        {
          const uint v = min (first + a * gl_WorkGroupSize.x, N_VECTORS - 1);

          x[a] = arena4[base + v];
          scale[a] = push.norm != NONE ? parameters4[push.norm / 4 + v] : vec4 (1.0);
        }
      [[unroll]] for (uint a = 0; a < AHEAD; a++)
        if (first + a * gl_WorkGroupSize.x < N_VECTORS)
          {
            squares += dot (x[a], x[a]);
            write_part (to, first + a * gl_WorkGroupSize.x, x[a] * scale[a]);
          }
    }
  if (push.norm == NONE)
    return;
  const float rms = inverse_rms (squares);
  if (gl_LocalInvocationID.x == 0)
    words[to + 11] = floatBitsToUint (rms);
}
