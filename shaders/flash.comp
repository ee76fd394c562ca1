#version 450
#extension GL_GOOGLE_include_directive : require
#include "types.glsl"

/* Attention of many rows, in F32: for cards without matrix units and caches in F32. */

layout (local_size_x_id = 0) in;
layout (constant_id = 1) const uint N_KEY = 192;
layout (constant_id = 2) const uint N_KEY2 = 64;
layout (constant_id = 3) const uint N_VALUE = 128;
layout (constant_id = 4) const uint IS_F16 = 1;  /* keys' first stretch, and values */
layout (constant_id = 5) const uint IS_F16_2 = 1; /* their second */
layout (constant_id = 6) const uint VALUES = 2;  /* of a row that a lane owns */

#include "flash.glsl"

layout (binding = 1, std430) readonly buffer Keys32
{
  float keys[];
};
layout (binding = 1, std430) readonly buffer Keys16
{
  float16_t keys16[];
};
layout (binding = 2, std430) readonly buffer Others32
{
  float others[];
};
layout (binding = 2, std430) readonly buffer Others16
{
  float16_t others16[];
};

const uint ROWS = 16, COLUMNS = 16;
const uint STRIDE = N_KEY + 1;

shared float queries[ROWS * STRIDE];
shared float columns[COLUMNS * STRIDE];
shared float weights[ROWS * COLUMNS];
shared float highest[ROWS], total[ROWS], fade[ROWS];

float sums[ROWS * VALUES];

float
key_at (uint column, uint i)
{
  if (i < N_KEY - N_KEY2)
    {
      const uint at = push.k_offset + column * push.k_stride + kv_head * push.k_head + i;
      return IS_F16 != 0 ? float (keys16[at]) : keys[at];
    }
  const uint at = push.k2_offset + column * push.k2_stride + i - (N_KEY - N_KEY2);
  return IS_F16_2 != 0 ? float (others16[at]) : others[at];
}

float
value_at (uint column, uint i)
{
  const uint at = push.v_offset + column * push.v_stride + kv_head * push.v_head + i;

  return IS_F16 != 0 ? float (keys16[at]) : keys[at];
}

void
load_queries ()
{
  for (uint j = gl_LocalInvocationID.x; j < ROWS * N_KEY; j += gl_WorkGroupSize.x)
    {
      const uint r = j / N_KEY, i = j % N_KEY;

      queries[r * STRIDE + i] = query_scale (r) * arena[push.q_offset
                                                        + batch_row (r) * push.q_stride
                                                        + head * push.q_head + i];
    }
  for (uint r = gl_LocalInvocationID.x; r < ROWS; r += gl_WorkGroupSize.x)
    {
      highest[r] = LOWEST;
      total[r] = 0.0;
    }
}

/* Scores of the tile, and the columns that are not seen at the bottom of all. */
void
score (uint first)
{
  for (uint j = gl_LocalInvocationID.x; j < ROWS * COLUMNS; j += gl_WorkGroupSize.x)
    {
      const uint r = j / COLUMNS, c = j % COLUMNS;
      float s = 0.0;

      for (uint i = 0; i < N_KEY; i++)
        s += queries[r * STRIDE + i] * columns[c * STRIDE + i];
      weights[j] = is_seen (row_position (r), first + c) ? s : LOWEST;
    }
}

/* One lane a row: what the softmax has come to. */
void
weigh ()
{
  for (uint r = gl_LocalInvocationID.x; r < ROWS; r += gl_WorkGroupSize.x)
    {
      float top = highest[r], sum = 0.0;

      for (uint c = 0; c < COLUMNS; c++)
        top = max (top, weights[r * COLUMNS + c]);
      for (uint c = 0; c < COLUMNS; c++)
        {
          const float s = weights[r * COLUMNS + c];
          const float weight = s > LOWEST ? exp2 (s - top) : 0.0;

          weights[r * COLUMNS + c] = weight;
          sum += weight;
        }
      fade[r] = exp2 (highest[r] - top);
      total[r] = total[r] * fade[r] + sum;
      highest[r] = top;
    }
}

void
add_values (uint first, uint end)
{
  [[unroll]] for (uint r = 0; r < ROWS; r++)
    [[unroll]] for (uint k = 0; k < VALUES; k++)
      sums[r * VALUES + k] *= fade[r];
  for (uint c = 0; c < COLUMNS; c++)
    [[unroll]] for (uint k = 0; k < VALUES; k++)
      {
        const uint i = k * gl_WorkGroupSize.x + gl_LocalInvocationID.x;
        const float v = i < N_VALUE ? value_at (min (first + c, end - 1), i) : 0.0;

        [[unroll]] for (uint r = 0; r < ROWS; r++)
          sums[r * VALUES + k] += weights[r * COLUMNS + c] * v;
      }
}

void
write_out ()
{
  [[unroll]] for (uint r = 0; r < ROWS; r++)
    [[unroll]] for (uint k = 0; k < VALUES; k++)
      {
        const uint i = k * gl_WorkGroupSize.x + gl_LocalInvocationID.x;

        if (i < N_VALUE && first_tile_row + r < push.n_rows)
          arena[push.out_offset + batch_row (r) * push.out_stride + head * push.out_head + i]
            = sums[r * VALUES + k] / total[r];
      }
}

void
main ()
{
  find_place (ROWS);
  const uint end = end_column (ROWS);

  load_queries ();
  [[unroll]] for (uint i = 0; i < ROWS * VALUES; i++)
    sums[i] = 0.0;
  for (uint first = first_column (); first < end; first += COLUMNS)
    {
      barrier ();
      for (uint j = gl_LocalInvocationID.x; j < COLUMNS * N_KEY; j += gl_WorkGroupSize.x)
        columns[j / N_KEY * STRIDE + j % N_KEY] = key_at (min (first + j / N_KEY, end - 1),
                                                          j % N_KEY);
      barrier ();
      score (first);
      barrier ();
      weigh ();
      barrier ();
      add_values (first, end);
    }
  write_out ();
}
