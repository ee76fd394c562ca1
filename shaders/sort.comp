#version 450
#extension GL_GOOGLE_include_directive : require
#include "types.glsl"

/* The (row, slot) pairs of a batch in the order of their experts, rows ascending within each,
 * and the tiles of TILE_COLUMNS pairs that each expert's make: (expert, first pair, pairs). One
 * workgroup an expert; each counts all for itself, so that none waits for another and the order
 * does not depend on who was first. */

layout (local_size_x_id = 0) in;
layout (constant_id = 1) const uint N_EXPERTS = 64;
layout (constant_id = 2) const uint TILE_COLUMNS = 64;

#define BLN_PUSH_SORT
#include "push.h"

layout (binding = 0, std430) readonly buffer Table
{
  uint table[]; /* route.comp */
};
layout (binding = 1, std430) writeonly buffer Pairs
{
  uint pairs[];
};

const uint MAX_LANES = 256;

shared uint counts[N_EXPERTS];
shared uint before[MAX_LANES];

uint
expert_of (uint pair)
{
  return table[push.table + pair / push.n_used * 2 * push.n_used + pair % push.n_used];
}

void
count_all ()
{
  for (uint i = gl_LocalInvocationID.x; i < N_EXPERTS; i += gl_WorkGroupSize.x)
    counts[i] = 0;
  barrier ();
  for (uint p = gl_LocalInvocationID.x; p < push.n_pairs; p += gl_WorkGroupSize.x)
    atomicAdd (counts[min (expert_of (p), N_EXPERTS - 1)], 1);
  barrier ();
}

void
write_tiles (uint expert, uint first_pair, uint first_tile)
{
  const uint n = (counts[expert] + TILE_COLUMNS - 1) / TILE_COLUMNS;

  for (uint t = gl_LocalInvocationID.x; t < n; t += gl_WorkGroupSize.x)
    {
      const uint at = push.tiles + 3 * (first_tile + t);

      pairs[at] = expert;
      pairs[at + 1] = first_pair + t * TILE_COLUMNS;
      pairs[at + 2] = min (counts[expert] - t * TILE_COLUMNS, TILE_COLUMNS);
    }
  if (expert == N_EXPERTS - 1)
    for (uint t = first_tile + n + gl_LocalInvocationID.x; t < push.n_tiles;
         t += gl_WorkGroupSize.x)
      pairs[push.tiles + 3 * t] = NONE;
}

/* Each lane looks through a run of pairs of its own. */
void
write_pairs (uint expert, uint first_pair)
{
  const uint lane = gl_LocalInvocationID.x;
  const uint run = (push.n_pairs + gl_WorkGroupSize.x - 1) / gl_WorkGroupSize.x;
  const uint from = min (lane * run, push.n_pairs), to = min (from + run, push.n_pairs);
  uint n = 0;

  for (uint p = from; p < to; p++)
    n += expert_of (p) == expert ? 1 : 0;
  const uint in_subgroup = subgroupExclusiveAdd (n);
  if (gl_SubgroupInvocationID == gl_SubgroupSize - 1)
    before[gl_SubgroupID] = in_subgroup + n;
  barrier ();
  uint place = push.pairs + first_pair + in_subgroup;
  for (uint i = 0; i < gl_SubgroupID; i++)
    place += before[i];
  for (uint p = from; p < to; p++)
    if (expert_of (p) == expert)
      pairs[place++] = p;
}

void
main ()
{
  const uint expert = gl_WorkGroupID.x;
  uint first_pair = 0, first_tile = 0;

  count_all ();
  for (uint i = 0; i < expert; i++)
    {
      first_pair += counts[i];
      first_tile += (counts[i] + TILE_COLUMNS - 1) / TILE_COLUMNS;
    }
  write_tiles (expert, first_pair, first_tile);
  write_pairs (expert, first_pair);
}
