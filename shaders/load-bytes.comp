#version 450
#extension GL_GOOGLE_include_directive : require
#include "types.glsl"

/* Rows of a cache of Q8_0 as halves, for attention over tiles: once for all heads and all rows that
 * will read them. Grid: x over fours of a row, y over positions. */

layout (local_size_x_id = 0) in;

#define BLN_PUSH_BYTES
#include "push.h"
#include "bytes.glsl"

layout (binding = 0, std430) readonly buffer Cache
{
  uint cache[];
};
layout (binding = 0, std430) readonly buffer Cache16
{
  float16_t cache16[];
};
layout (binding = 1, std430) writeonly buffer Halves2
{
  uint halves2[];
};

void
main ()
{
  const uint at = gl_GlobalInvocationID.x * 4;
  const uint head = at / push.head_width;
  const uint position = gl_WorkGroupID.y;
  const uint row = push.first_byte + position * push.row_bytes;

  if (head >= push.n_heads)
    return;
  const uint group = head * push.head_groups + at % push.head_width / 32;
  const float scale = float (cache16[(row + push.scales_at) / 2 + group]);
  const uint to = (push.offset + position * push.stride + at) / 2;

  const uvec2 halves = halves_of (cache[(row + at) / 4], scale);

  halves2[to] = halves.x;
  halves2[to + 1] = halves.y;
}
