#version 450
#extension GL_GOOGLE_include_directive : require
#include "types.glsl"

/* Measures what one long dispatch can do: rounds in which all workgroups read memory that nobody
 * read before, and then meet. Before that each reads what all of the last round may have
 * written. */

layout (local_size_x_id = 0) in;
layout (constant_id = 1) const uint AHEAD = 4;   /* loads of a lane under way */
layout (constant_id = 2) const uint ACROSS = 0;  /* the first are under way while others are awaited */

#define BLN_PUSH_MEET
#include "push.h"

layout (binding = 0, std430) readonly buffer Source
{
  uvec4 source[];
};
layout (binding = 1, std430) coherent buffer Arena
{
  vec4 arena[];
};
layout (binding = 2, std430) volatile coherent buffer Meeting
{
  uint meeting[];
};
layout (binding = 3, std430) writeonly buffer Report
{
  uint has_broken;
};

#include "meet.glsl"

shared float partial[64];
uvec4 under_way[AHEAD];
uint each, first;

void
load (uint round)
{
  first = round * push.n_vectors + gl_WorkGroupID.x * each;
  [[unroll]] for (uint k = 0; k < AHEAD; k++)
    under_way[k] = source[first + min (k * gl_WorkGroupSize.x + gl_LocalInvocationID.x, each)];
}

/* What stands for a product's input: a vector that all have read, and its sum of squares. */
float
read_input ()
{
  float sum = 0.0;

  for (uint i = gl_LocalInvocationID.x; i < push.input_vectors; i += gl_WorkGroupSize.x)
    sum += dot (arena[i], arena[i]);
  sum = subgroupAdd (sum);
  if (gl_SubgroupInvocationID == 0)
    partial[gl_SubgroupID] = sum;
  barrier ();
  for (uint g = 0; g < gl_NumSubgroups; g++)
    sum += partial[g];
  return sum;
}

void
main ()
{
  uvec4 seen = uvec4 (0);
  float sum = 0.0;

  each = push.n_vectors / gl_NumWorkGroups.x;
  if (ACROSS != 0)
    load (0);
  for (uint round = 0; round < push.n_rounds; round++)
    {
      sum += read_input ();
      if (ACROSS == 0)
        load (round);
      for (uint i = 0; i < each; i += AHEAD * gl_WorkGroupSize.x)
        [[unroll]] for (uint k = 0; k < AHEAD; k++)
          {
            const uint next = i + (AHEAD + k) * gl_WorkGroupSize.x + gl_LocalInvocationID.x;

            seen ^= under_way[k];
            if (next < each)
              under_way[k] = source[first + next];
          }
      if (ACROSS != 0)
        load (round + 1);
      meet (gl_NumWorkGroups.x, push.patience);
    }
  leave (gl_NumWorkGroups.x);
  if (seen == uvec4 (0x9e3779b9u) || sum < 0.0)
    arena[gl_WorkGroupID.x].x = 1.0;
}
