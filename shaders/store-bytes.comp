#version 450
#extension GL_GOOGLE_include_directive : require
#include "types.glsl"

/* Puts new rows into a cache of Q8_0 (engine/kv-cache.h): each lane brings one group of up to 32
 * numbers to bytes and their scale. Grid: x over groups of a row, y over rows. */

layout (local_size_x_id = 0) in;

#define BLN_PUSH_BYTES
#include "push.h"

layout (binding = 0, std430) readonly buffer Arena
{
  float arena[];
};
layout (binding = 1, std430) writeonly buffer Cache
{
  uint cache[];
};
layout (binding = 1, std430) writeonly buffer Cache16
{
  float16_t cache16[];
};
layout (binding = 2, std430) readonly buffer Step
{
  uint step_words[];
};

uint
byte_of (float x, float scale)
{
  return uint (int (clamp (round (x / scale), -127.0, 127.0))) & 0xffu;
}

void
main ()
{
  const uint group = gl_GlobalInvocationID.x;
  const uint row = push.first_row + gl_WorkGroupID.y;
  const uint head = group / push.head_groups;
  const uint at = head * push.head_width + group % push.head_groups * 32;

  if (head >= push.n_heads)
    return;
  const uint n = min (32, (head + 1) * push.head_width - at);
  const uint from = push.offset + row * push.stride + at;
  const uint to = push.first_byte + step_words[push.positions + row] * push.row_bytes;
  float most = 0.0;
  float x[32];

  [[unroll]] for (uint i = 0; i < 32; i++)
    {
      x[i] = i < n ? arena[from + i] : 0.0;
      /* What is not finite makes the group so. */
      most = abs (x[i]) > most || isnan (x[i]) ? abs (x[i]) : most;
    }
  const float16_t halved = float16_t (most / 127.0);
  const float scale = float (halved);
  const bool is_plain = scale > 0.0 && !isinf (scale);
  /* Heads are multiples of four wide. */
  [[unroll]] for (uint k = 0; k < 8; k++)
    if (4 * k < n)
      cache[(to + at) / 4 + k] = is_plain ? byte_of (x[4 * k], scale)
                                            | byte_of (x[4 * k + 1], scale) << 8
                                            | byte_of (x[4 * k + 2], scale) << 16
                                            | byte_of (x[4 * k + 3], scale) << 24 : 0u;
  cache16[(to + push.scales_at) / 2 + group] = halved;
}
