#version 450
#extension GL_GOOGLE_include_directive : require
#include "types.glsl"
#include "matrix.glsl"

/* attend-latent.comp by matrix units: sixteen heads of one row are the rows of matrices. A
 * workgroup takes one stretch of the sequence, COLUMNS latents at a time, which go into shared
 * memory once for all heads, and once for keys and values. Subgroups share out a key's numbers
 * for the scores, and a value's for the sums. Sums are scaled anew only when a head's highest
 * score grew much: until then weights are up to 2^8, which F16 holds. With BYTES the cache is of
 * Q8_0 (engine/kv-cache.h): lanes bring sixteen bytes of one scale and put them down as halves. */

layout (local_size_x_id = 0) in;
const uint SUBGROUP = 32;
layout (constant_id = 1) const uint N_SPLITS = 1;
layout (constant_id = 2) const uint META = 0;    /* first word of the scores and sums */
layout (constant_id = 3) const uint N_LATENT = 512;
layout (constant_id = 4) const uint N_ROPE = 64;

#define BLN_PUSH_ATTEND
#include "push.h"
#include "stretch.glsl"
#ifdef BYTES
#include "bytes.glsl"
#endif

layout (binding = 0, std430) readonly buffer Arena
{
  float arena[];
};
layout (binding = 1, std430) readonly buffer Cache4
{
  uvec4 cache4[]; /* eight halves, or sixteen bytes */
};
#ifdef BYTES
layout (binding = 1, std430) readonly buffer Cache16
{
  float16_t cache16[];
};
#endif
layout (binding = 2, std430) readonly buffer Step
{
  uint step_words[];
};
layout (binding = 3, std430) writeonly buffer Partials4
{
  uvec4 partials4[]; /* [row][split][head][latent / 8], halves */
};
layout (binding = 3, std430) writeonly buffer Partials
{
  float partials[]; /* from META on: [row][split][head]: highest, sum */
};

const uint HEADS = 16, COLUMNS = 32;
const uint SUBGROUPS = 8, GROUPS = COLUMNS / 16, QUARTERS = SUBGROUPS / GROUPS;
const uint WIDTH = SUBGROUPS * SUBGROUP;
const uint N_KEY = N_LATENT + N_ROPE, EIGHTS = N_KEY / 8;
const uint STRIDE = EIGHTS + 1;                        /* other banks */
const uint STEPS = N_KEY / 16 / QUARTERS;              /* a subgroup's, of the key */
const uint PARTS = N_LATENT / 16 / SUBGROUPS;          /* and of the value */
#ifdef BYTES
const uint VECTOR = 16;                                /* numbers of the cache in a uvec4 */
#else
const uint VECTOR = 8;
#endif
const uint VECTORS = N_KEY / VECTOR;                   /* of a position */
const uint MINE = (COLUMNS * VECTORS + WIDTH - 1) / WIDTH;
const uint SCORE_STRIDE = COLUMNS + 4;                 /* floats */
const uint WEIGHT_STRIDE = (COLUMNS + 8) / 8;          /* eights */
const uint PER_HEAD = WIDTH / HEADS;                   /* lanes */
const uint SCORES = 2;                                 /* a lane's: COLUMNS / PER_HEAD */
const float LOWEST = -1.0e30, SLACK = 8.0;

shared uvec4 tile[COLUMNS * STRIDE];
shared float scores[QUARTERS * HEADS * SCORE_STRIDE];  /* in the end, what goes out */
shared uvec4 weights[HEADS * WEIGHT_STRIDE];
shared float fades[HEADS * 16];
shared uint risen_at;

MatrixA queries[STEPS];
MatrixSum sums[PARTS];
uvec4 next[MINE];
#ifdef BYTES
float next_scales[MINE];
#endif

/* Of the lane's head. */
float highest = LOWEST, total = 0.0;

void
load_queries (uint row, uint first_head, uint position)
{
  const uint quarter = gl_SubgroupID / GROUPS;
  float scale = push.scale * 1.4426950408889634; /* powers are of two */

  if (push.temperature_scale != 0.0)
    scale *= 1.0 + push.temperature_scale
                     * log (floor (float (position) / float (push.temperature_length)) + 1.0);
  for (uint j = gl_LocalInvocationID.x; j < HEADS * EIGHTS; j += WIDTH)
    {
      const uint at = push.q_offset + row * push.q_stride
                      + (first_head + j / EIGHTS) * push.q_head + 8 * (j % EIGHTS);
      uvec4 halves;

      [[unroll]] for (uint i = 0; i < 4; i++)
        halves[i] = packHalf2x16 (clamp (scale * vec2 (arena[at + 2 * i], arena[at + 2 * i + 1]),
                                         -65504.0, 65504.0));
      tile[j / EIGHTS * STRIDE + j % EIGHTS] = halves;
    }
  risen_at = 0;
  barrier ();
  [[unroll]] for (uint k = 0; k < STEPS; k++)
    MATRIX_LOAD_A (queries[k], tile, 2 * (quarter * STEPS + k), STRIDE, BY_ROWS);
  barrier ();
}

/* Past the end the last row is loaded again, and counts for nothing. */
void
fetch (uint first, uint end)
{
  [[unroll]] for (uint i = 0; i < MINE; i++)
    {
      const uint j = gl_LocalInvocationID.x + i * WIDTH;
      const uint row = min (first + j / VECTORS, end - 1) * push.k_stride; /* numbers, or bytes */

      next[i] = cache4[row / VECTOR + j % VECTORS];
#ifdef BYTES
      next_scales[i] = float (cache16[(row + push.k_scales) / 2 + j % VECTORS / 2]);
#endif
    }
}

void
put ()
{
  [[unroll]] for (uint i = 0; i < MINE; i++)
    {
      const uint j = gl_LocalInvocationID.x + i * WIDTH;
      const uint to = j / VECTORS * STRIDE + j % VECTORS * (VECTOR / 8);

      if (j < COLUMNS * VECTORS)
        {
#ifdef BYTES
          tile[to] = uvec4 (halves_of (next[i].x, next_scales[i]),
                            halves_of (next[i].y, next_scales[i]));
          tile[to + 1] = uvec4 (halves_of (next[i].z, next_scales[i]),
                                halves_of (next[i].w, next_scales[i]));
#else
          tile[to] = next[i];
#endif
        }
    }
}

/* What a quarter of the numbers gives: lanes add up the quarters. */
void
score ()
{
  const uint group = gl_SubgroupID % GROUPS, quarter = gl_SubgroupID / GROUPS;
  MatrixSum s = MATRIX_FILLED (0.0);
  MatrixB b;

  [[unroll]] for (uint k = 0; k < STEPS; k++)
    {
      MATRIX_LOAD_B (b, tile, 16 * group * STRIDE + 2 * (quarter * STEPS + k), STRIDE, BY_COLUMNS);
      s = MATRIX_MUL_ADD (queries[k], b, s);
    }
  MATRIX_STORE (s, scores, quarter * HEADS * SCORE_STRIDE + 16 * group, SCORE_STRIDE, BY_ROWS);
}

void
weigh (uint first, uint end, uint round)
{
  const uint head = gl_LocalInvocationID.x / PER_HEAD;
  const uint column = gl_LocalInvocationID.x % PER_HEAD * SCORES;
  float s[SCORES], top = LOWEST;

  [[unroll]] for (uint i = 0; i < SCORES; i++)
    {
      s[i] = 0.0;
      [[unroll]] for (uint q = 0; q < QUARTERS; q++)
        s[i] += scores[(q * HEADS + head) * SCORE_STRIDE + column + i];
      s[i] = first + column + i < end ? s[i] : 2.0 * LOWEST;
      top = max (top, s[i]);
    }
  [[unroll]] for (uint m = 1; m < PER_HEAD; m <<= 1)
    top = max (top, subgroupShuffleXor (top, m));
  const bool rises = top > highest + SLACK;
  const float by = rises ? exp2 (highest - top) : 1.0;
  vec2 w;

  highest = rises ? top : highest;
  fades[head * 16 + gl_LocalInvocationID.x % PER_HEAD] = by;
  if (rises)
    risen_at = round;
  w = exp2 (vec2 (s[0], s[1]) - highest);
  total = total * by + w.x + w.y;
  weights[head * WEIGHT_STRIDE + column / 8][(column & 7u) / 2] = packHalf2x16 (w);
}

void
add_values (uint round)
{
  if (risen_at == round)
    {
      MatrixSum factors;

      MATRIX_LOAD_SUM (factors, fades, 0, 16, BY_ROWS);
      [[unroll]] for (uint i = 0; i < PARTS; i++)
        sums[i] = MATRIX_TIMES (sums[i], factors);
    }
  [[unroll]] for (uint k = 0; k < COLUMNS / 16; k++)
    {
      MatrixA a;
      MatrixB b;

      MATRIX_LOAD_A (a, weights, 2 * k, WEIGHT_STRIDE, BY_ROWS);
      [[unroll]] for (uint i = 0; i < PARTS; i++)
        {
          MATRIX_LOAD_B (b, tile, 16 * k * STRIDE + 2 * (gl_SubgroupID * PARTS + i), STRIDE,
                         BY_ROWS);
          sums[i] = MATRIX_MUL_ADD (a, b, sums[i]);
        }
    }
}

/* Matrices tell nobody which lane holds what: each goes out through a patch of its subgroup's. */
void
write_out (uint row, uint first_head)
{
  const uint n_heads = gl_NumWorkGroups.x * HEADS;
  const uint index = (row * N_SPLITS + gl_WorkGroupID.z) * n_heads + first_head;
  const uint lane_head = gl_LocalInvocationID.x / PER_HEAD;
  const uint patch_at = gl_SubgroupID * 256;
  const uint h = gl_SubgroupInvocationID / 2, eight = gl_SubgroupInvocationID % 2;

  [[unroll]] for (uint m = 1; m < PER_HEAD; m <<= 1)
    total += subgroupShuffleXor (total, m);
  if (gl_LocalInvocationID.x % PER_HEAD == 0)
    {
      fades[lane_head] = 1.0 / total;
      partials[META + 2 * (index + lane_head)] = highest;
      partials[META + 2 * (index + lane_head) + 1] = total;
    }
  barrier ();
  [[unroll]] for (uint i = 0; i < PARTS; i++)
    {
      const uint at = patch_at + h * 16 + eight * 8;
      uvec4 halves;

      MATRIX_STORE (sums[i], scores, patch_at, 16, BY_ROWS);
      subgroupMemoryBarrierShared ();
      subgroupBarrier ();
      [[unroll]] for (uint j = 0; j < 4; j++)
        halves[j] = packHalf2x16 (fades[h] * vec2 (scores[at + 2 * j], scores[at + 2 * j + 1]));
      partials4[(index + h) * (N_LATENT / 8) + (gl_SubgroupID * PARTS + i) * 2 + eight] = halves;
      subgroupBarrier ();
    }
}

void
main ()
{
  const uint row = push.first_row + gl_WorkGroupID.y;
  const uint length = step_words[push.positions + row] + 1;
  const uint size = stretch_size (length, N_SPLITS, BLN_LATENT_MATRIX_GRAIN);
  const uint begin = gl_WorkGroupID.z * size;
  const uint end = min (begin + size, length);
  const uint first_head = gl_WorkGroupID.x * HEADS;
  uint round = 1;

  if (begin >= length)
    return; /* the whole workgroup; what adds up knows that there is nothing here */
  fetch (begin, end);
  load_queries (row, first_head, length - 1);
  [[unroll]] for (uint i = 0; i < PARTS; i++)
    sums[i] = MATRIX_FILLED (0.0);
  for (uint first = begin; first < end; first += COLUMNS, round++)
    {
      put ();
      barrier ();
      if (first + COLUMNS < end)
        fetch (first + COLUMNS, end);
      score ();
      barrier ();
      weigh (first, end, round);
      barrier ();
      add_values (round);
      barrier ();
    }
  write_out (row, first_head);
}
