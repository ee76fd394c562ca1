#version 450
#extension GL_GOOGLE_include_directive : require
#include "types.glsl"

/* The router's logits on cards: few rows of F32 weights, so that what counts is how soon they are
 * there. A subgroup has a row and everything it needs in flight at once: weights, input and norm,
 * each as vectors. Grid: x over rows of weights, y over rows of the batch.
 *
 * The workgroup that is done last with a row of the batch makes the choice. Nobody waits: each
 * makes what it wrote visible to the device, then counts itself. */

layout (local_size_x_id = 0) in;
layout (constant_id = 1) const uint N_EXPERTS = 64;
layout (constant_id = 2) const uint GATING = 1;
layout (constant_id = 3) const uint NORMALISES = 0;

#define BLN_PUSH_MATVEC
#include "push.h"

layout (binding = 0, std430) readonly buffer Weight4
{
  vec4 weight4[];
};
layout (binding = 1, std430) readonly buffer Arena4
{
  vec4 arena4[];
};
layout (binding = 2, std430) readonly buffer Parameters4
{
  vec4 parameters4[];
};
layout (binding = 3, std430) coherent buffer Result
{
  float result[]; /* the arena */
};
layout (binding = 3, std430) coherent buffer Words
{
  uint words[];
};

#include "choose.glsl"

const uint AHEAD = 8;

shared uint n_before;

void
main ()
{
  const uint r = gl_WorkGroupID.x * gl_NumSubgroups + gl_SubgroupID;
  const uint column = gl_WorkGroupID.y;
  const uint n = push.n_in / 4;
  const uint row = (push.first_row + min (r, push.n_out - 1)) * n;
  const uint base = (push.in_offset + column * push.in_stride) / 4;
  float sum = 0.0, squares = 0.0;

  for (uint first = gl_SubgroupInvocationID; first < n; first += AHEAD * gl_SubgroupSize)
    {
      vec4 w[AHEAD], x[AHEAD], scale[AHEAD];

      [[unroll]] for (uint a = 0; a < AHEAD; a++)
        {
          const uint i = min (first + a * gl_SubgroupSize, n - 1);

          w[a] = weight4[row + i];
          x[a] = arena4[base + i];
          scale[a] = push.norm != NONE ? parameters4[push.norm / 4 + i] : vec4 (1.0);
        }
      [[unroll]] for (uint a = 0; a < AHEAD; a++)
        if (first + a * gl_SubgroupSize < n)
          {
            sum += dot (w[a], x[a] * scale[a]);
            squares += dot (x[a], x[a]);
          }
    }
  sum = subgroupAdd (sum);
  squares = subgroupAdd (squares);
  if (push.norm != NONE)
    sum *= inversesqrt (squares / float (push.n_in) + push.eps);
  if (gl_SubgroupInvocationID == 0 && r < push.n_out)
    result[push.out_offset + column * push.out_stride + r] = sum;
  memoryBarrierBuffer ();
  barrier ();
  if (gl_LocalInvocationID.x == 0)
    n_before = atomicAdd (words[push.counters + column], 1);
  barrier ();
  if (n_before != gl_NumWorkGroups.x - 1)
    return; /* the whole workgroup */
  memoryBarrierBuffer ();
  if (gl_LocalInvocationID.x == 0)
    words[push.counters + column] = 0;
  choose (column);
}
