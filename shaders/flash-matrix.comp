#version 450
#extension GL_GOOGLE_include_directive : require
#include "types.glsl"
#include "matrix.glsl"
#extension GL_KHR_shader_subgroup_vote : require

/* Attention of many rows by matrix units: keys and values are F16. Each subgroup has sixteen
 * rows of its own; all share the tiles of keys and values. Scores pass through a patch of shared
 * memory, where lanes can find their rows, and come back as weights. Sums are scaled anew only
 * when a row's highest score grew much: until then weights are up to 2^8, which F16 holds. */

layout (local_size_x_id = 0) in;
layout (constant_id = 1) const uint N_KEY = 192;
layout (constant_id = 2) const uint N_KEY2 = 64;
layout (constant_id = 3) const uint N_VALUE = 128;
layout (constant_id = 4) const uint SUBGROUPS = 4;
layout (constant_id = 5) const uint SUBGROUP = 32;

#include "flash.glsl"

layout (binding = 1, std430) readonly buffer Keys
{
  uvec4 keys4[]; /* eight halves */
};
layout (binding = 2, std430) readonly buffer Others
{
  uvec4 others4[];
};

const uint ROWS = 16 * SUBGROUPS, COLUMNS = 32;
const uint WIDTH = SUBGROUPS * SUBGROUP;
const uint KEY_EIGHTS = N_KEY / 8, KEY2_EIGHTS = N_KEY2 / 8, VALUE_EIGHTS = N_VALUE / 8;
const uint KEY_STRIDE = KEY_EIGHTS + 1, VALUE_STRIDE = VALUE_EIGHTS + 1; /* other banks */
const uint SCORE_STRIDE = COLUMNS + 4;                                    /* floats */
const uint WEIGHT_STRIDE = (COLUMNS + 8) / 8;                             /* eights */
const uint PER_ROW = SUBGROUP / 16;                                       /* lanes */
const uint MINE = COLUMNS / PER_ROW;                                      /* columns of a lane */
/* What a lane brings of each tile. */
const uint KEYS_MINE = (COLUMNS * KEY_EIGHTS + WIDTH - 1) / WIDTH;
const uint VALUES_MINE = (COLUMNS * VALUE_EIGHTS + WIDTH - 1) / WIDTH;
const float SLACK = 8.0;

shared uvec4 key_tile[COLUMNS * KEY_STRIDE];
shared uvec4 value_tile[COLUMNS * VALUE_STRIDE];
shared float scores[SUBGROUPS * 16 * SCORE_STRIDE];
shared uvec4 weights[SUBGROUPS * 16 * WEIGHT_STRIDE];

MatrixA queries[N_KEY / 16];
MatrixSum sums[N_VALUE / 16];
uvec4 next_keys[KEYS_MINE], next_values[VALUES_MINE];

/* Of the lane's row. */
float highest = LOWEST, total = 0.0;

uvec4
eight_halves (float v[8])
{
  return uvec4 (packHalf2x16 (vec2 (v[0], v[1])), packHalf2x16 (vec2 (v[2], v[3])),
                packHalf2x16 (vec2 (v[4], v[5])), packHalf2x16 (vec2 (v[6], v[7])));
}

/* Queries pass through the tile of keys, as many rows at a time as it has. */
void
load_queries ()
{
  const uint tile_row = gl_SubgroupID * 16;

  for (uint part = 0; part < ROWS; part += COLUMNS)
    {
      barrier ();
      for (uint j = gl_LocalInvocationID.x; j < COLUMNS * KEY_EIGHTS; j += WIDTH)
        {
          const uint r = part + j / KEY_EIGHTS;
          const uint base = push.q_offset + batch_row (r) * push.q_stride + head * push.q_head
                            + 8 * (j % KEY_EIGHTS);
          const float scale = query_scale (r);
          float v[8];

          [[unroll]] for (uint i = 0; i < 8; i++)
            v[i] = clamp (scale * arena[base + i], -65504.0, 65504.0);
          key_tile[j / KEY_EIGHTS * KEY_STRIDE + j % KEY_EIGHTS] = eight_halves (v);
        }
      barrier ();
      if (tile_row >= part && tile_row < part + COLUMNS)
        [[unroll]] for (uint k = 0; k < N_KEY / 16; k++)
          MATRIX_LOAD_A (queries[k], key_tile, (tile_row - part) * KEY_STRIDE + 2 * k, KEY_STRIDE,
                         BY_ROWS);
    }
}

/* The next tile on its way: past the end the last row is loaded again. */
void
fetch (uint first, uint end)
{
  [[unroll]] for (uint n = 0; n < KEYS_MINE; n++)
    {
      const uint j = min (gl_LocalInvocationID.x + n * WIDTH, COLUMNS * KEY_EIGHTS - 1);
      const uint column = min (first + j / KEY_EIGHTS, end - 1), i = j % KEY_EIGHTS;
      const uint k = (push.k_offset + column * push.k_stride + kv_head * push.k_head) / 8 + i;
      const uint k2 = (push.k2_offset + column * push.k2_stride) / 8 + i
                      - (KEY_EIGHTS - KEY2_EIGHTS);

      if (N_KEY2 == 0 || i < KEY_EIGHTS - KEY2_EIGHTS)
        next_keys[n] = keys4[k];
      else
        next_keys[n] = others4[k2];
    }
  [[unroll]] for (uint n = 0; n < VALUES_MINE; n++)
    {
      const uint j = min (gl_LocalInvocationID.x + n * WIDTH, COLUMNS * VALUE_EIGHTS - 1);
      const uint column = min (first + j / VALUE_EIGHTS, end - 1), i = j % VALUE_EIGHTS;

      next_values[n]
        = keys4[(push.v_offset + column * push.v_stride + kv_head * push.v_head) / 8 + i];
    }
}

void
put ()
{
  [[unroll]] for (uint n = 0; n < KEYS_MINE; n++)
    {
      const uint j = gl_LocalInvocationID.x + n * WIDTH;

      if (j < COLUMNS * KEY_EIGHTS)
        key_tile[j / KEY_EIGHTS * KEY_STRIDE + j % KEY_EIGHTS] = next_keys[n];
    }
  [[unroll]] for (uint n = 0; n < VALUES_MINE; n++)
    {
      const uint j = gl_LocalInvocationID.x + n * WIDTH;

      if (j < COLUMNS * VALUE_EIGHTS)
        value_tile[j / VALUE_EIGHTS * VALUE_STRIDE + j % VALUE_EIGHTS] = next_values[n];
    }
}

void
score ()
{
  const uint at = gl_SubgroupID * 16 * SCORE_STRIDE;

  MatrixSum s[COLUMNS / 16];
  MatrixB b;

  [[unroll]] for (uint c = 0; c < COLUMNS / 16; c++)
    s[c] = MATRIX_FILLED (0.0);
  /* Sums that do not wait for one another side by side. */
  [[unroll]] for (uint k = 0; k < N_KEY / 16; k++)
    [[unroll]] for (uint c = 0; c < COLUMNS / 16; c++)
      {
        MATRIX_LOAD_B (b, key_tile, 16 * c * KEY_STRIDE + 2 * k, KEY_STRIDE, BY_COLUMNS);
        s[c] = MATRIX_MUL_ADD (queries[k], b, s[c]);
      }
  [[unroll]] for (uint c = 0; c < COLUMNS / 16; c++)
    MATRIX_STORE (s[c], scores, at + 16 * c, SCORE_STRIDE, BY_ROWS);
  subgroupMemoryBarrierShared ();
  subgroupBarrier ();
}

/* Every row's sums times its lane's number, which goes through the patch as a matrix whose
 * columns are all alike. */
void
scale_sums (float by)
{
  const uint at = gl_SubgroupID * 16 * SCORE_STRIDE;
  const uint r = gl_SubgroupInvocationID / PER_ROW;
  MatrixSum factors;

  subgroupBarrier ();
  for (uint c = gl_SubgroupInvocationID % PER_ROW; c < 16; c += PER_ROW)
    scores[at + r * SCORE_STRIDE + c] = by;
  subgroupMemoryBarrierShared ();
  subgroupBarrier ();
  MATRIX_LOAD_SUM (factors, scores, at, SCORE_STRIDE, BY_ROWS);
  [[unroll]] for (uint i = 0; i < N_VALUE / 16; i++)
    sums[i] = MATRIX_TIMES (sums[i], factors);
  subgroupBarrier ();
}

float
over_row (float x)
{
  [[unroll]] for (uint m = 1; m < PER_ROW; m <<= 1)
    x += subgroupShuffleXor (x, m);
  return x;
}

float
highest_of_row (float x)
{
  [[unroll]] for (uint m = 1; m < PER_ROW; m <<= 1)
    x = max (x, subgroupShuffleXor (x, m));
  return x;
}

void
weigh (uint first, bool is_whole)
{
  const uint row = gl_SubgroupInvocationID / PER_ROW;
  const uint column = gl_SubgroupInvocationID % PER_ROW * MINE;
  const uint at = (gl_SubgroupID * 16 + row) * SCORE_STRIDE + column;
  const uint position = row_position (gl_SubgroupID * 16 + row);
  float s[MINE], top = LOWEST;

  [[unroll]] for (uint i = 0; i < MINE; i++)
    {
      s[i] = is_whole || is_seen (position, first + column + i) ? scores[at + i] : 2.0 * LOWEST;
      top = max (top, s[i]);
    }
  top = highest_of_row (top);
  if (subgroupAny (top > highest + SLACK))
    {
      const float risen = max (highest, top);
      const float by = exp2 (highest - risen);

      total *= by;
      highest = risen;
      scale_sums (by);
    }
  [[unroll]] for (uint i = 0; i < MINE; i += 8)
    {
      float v[8];

      [[unroll]] for (uint j = 0; j < 8; j++)
        {
          v[j] = exp2 (s[i + j] - highest);
          total += v[j];
        }
      weights[(gl_SubgroupID * 16 + row) * WEIGHT_STRIDE + (column + i) / 8] = eight_halves (v);
    }
  subgroupMemoryBarrierShared ();
  subgroupBarrier ();
}

void
add_values ()
{
  [[unroll]] for (uint k = 0; k < COLUMNS / 16; k++)
    {
      MatrixA a;
      MatrixB b;

      MATRIX_LOAD_A (a, weights, gl_SubgroupID * 16 * WEIGHT_STRIDE + 2 * k, WEIGHT_STRIDE,
                     BY_ROWS);
      [[unroll]] for (uint i = 0; i < N_VALUE / 16; i++)
        {
          MATRIX_LOAD_B (b, value_tile, 16 * k * VALUE_STRIDE + 2 * i, VALUE_STRIDE, BY_ROWS);
          sums[i] = MATRIX_MUL_ADD (a, b, sums[i]);
        }
    }
}

void
write_out ()
{
  const uint at = gl_SubgroupID * 16 * SCORE_STRIDE;

  scale_sums (1.0 / over_row (total));
  [[unroll]] for (uint i = 0; i < N_VALUE / 16; i++)
    {
      MATRIX_STORE (sums[i], scores, at, SCORE_STRIDE, BY_ROWS);
      subgroupMemoryBarrierShared ();
      subgroupBarrier ();
      for (uint j = gl_SubgroupInvocationID; j < 256; j += SUBGROUP)
        {
          const uint r = gl_SubgroupID * 16 + j / 16;

          if (first_tile_row + r < push.n_rows)
            arena[push.out_offset + batch_row (r) * push.out_stride + head * push.out_head
                  + 16 * i + j % 16] = scores[at + j / 16 * SCORE_STRIDE + j % 16];
        }
      subgroupBarrier ();
    }
}

void
main ()
{
  find_place (ROWS);
  const uint end = end_column (ROWS);

  load_queries ();
  [[unroll]] for (uint i = 0; i < N_VALUE / 16; i++)
    sums[i] = MATRIX_FILLED (0.0);
  fetch (first_column () / COLUMNS * COLUMNS, end);
  for (uint first = first_column () / COLUMNS * COLUMNS; first < end; first += COLUMNS)
    {
      barrier ();
      put ();
      barrier ();
      if (first + COLUMNS < end)
        fetch (first + COLUMNS, end);
      score ();
      /* Below the diagonal and, with a window, within it, nothing need be compared. */
      weigh (first, push.n_window == 0 && first + COLUMNS <= row_position (0) + 1);
      add_values ();
    }
  write_out ();
}
