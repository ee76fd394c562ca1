#version 450
#extension GL_GOOGLE_include_directive : require
#include "types.glsl"

/* Absorbed latent attention of a few rows (DeepSeek-V2, arXiv 2405.04434, section 2.1) over a
 * cache of halves, or with BYTES of Q8_0 (engine/kv-cache.h). A workgroup takes one stretch of the
 * sequence, its subgroups HEADS heads each: they read the same rows at about the same time, so that
 * memory is read once for all. Lanes own parts of the latent, which is key and value at once;
 * nothing is shared and no subgroup waits for another. Each stretch leaves its weighted mean with
 * its highest score and its sum of weights, and what reads them adds up the stretches
 * (matvec-dot.comp). */

layout (local_size_x_id = 0) in;
layout (constant_id = 1) const uint LANES = 32;    /* of a subgroup */
layout (constant_id = 2) const uint N_SPLITS = 1;
layout (constant_id = 3) const uint META = 0;      /* first word of the scores and sums */
/* VECTORS of eight latents and ROPE rotated values a lane are fixed when the shader is compiled:
 * arrays that a driver unrolls itself may end up outside registers. */

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
layout (binding = 0, std430) readonly buffer Arena4
{
  vec4 arena4[];
};
layout (binding = 1, std430) readonly buffer Cache4
{
  uvec4 cache4[];
};
#ifdef BYTES
layout (binding = 1, std430) readonly buffer Cache2
{
  uvec2 cache2[];
};
layout (binding = 1, std430) readonly buffer Cache8
{
  int cache8[]; /* four each */
};
#endif
layout (binding = 1, std430) readonly buffer Cache16
{
  float16_t cache16[];
};
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

const uint BLOCK = BLN_LATENT_GRAIN;
const uint HEADS = 2;
const float LOWEST = -3.4028234e38;

float q[HEADS * (VECTORS * 8 + ROPE)], o[HEADS * VECTORS * 8];
float highest[HEADS], total[HEADS];

/* Rows of the cache as they are, this block's and the next one's. */
uvec4 latents[BLOCK * VECTORS];
#ifdef BYTES
uvec2 next_latents[BLOCK * VECTORS];
float next_scales[BLOCK * VECTORS];
#else
uvec4 next_latents[BLOCK * VECTORS];
#endif
float rotated[BLOCK * ROPE], next_rotated[BLOCK * ROPE];

void
load_queries (uint row, uint first_head, uint position)
{
  float scale = push.scale * 1.4426950408889634; /* powers are of two */

  if (push.temperature_scale != 0.0)
    scale *= 1.0 + push.temperature_scale
                     * log (floor (float (position) / float (push.temperature_length)) + 1.0);
  [[unroll]] for (uint h = 0; h < HEADS; h++)
    {
      const uint base = push.q_offset + row * push.q_stride + (first_head + h) * push.q_head;

      highest[h] = LOWEST;
      total[h] = 0.0;
      [[unroll]] for (uint v = 0; v < VECTORS; v++)
        {
          const uint at = base / 4 + (v * LANES + gl_SubgroupInvocationID) * 2;
          const vec4 low = scale * arena4[at], high = scale * arena4[at + 1];

          [[unroll]] for (uint i = 0; i < 4; i++)
            {
              q[(h * VECTORS + v) * 8 + i] = low[i];
              q[(h * VECTORS + v) * 8 + 4 + i] = high[i];
            }
          [[unroll]] for (uint i = 0; i < 8; i++)
            o[(h * VECTORS + v) * 8 + i] = 0.0;
        }
      [[unroll]] for (uint i = 0; i < ROPE; i++)
        q[HEADS * VECTORS * 8 + h * ROPE + i]
          = scale * arena[base + (VECTORS * 8 + i) * LANES + gl_SubgroupInvocationID];
    }
}

/* Past the end the last row is loaded again, and counts for nothing. */
void
load_next (uint first, uint end)
{
  [[unroll]] for (uint t = 0; t < BLOCK; t++)
    {
      const uint at = min (first + t, end - 1) * push.k_stride;

#ifdef BYTES
      [[unroll]] for (uint v = 0; v < VECTORS; v++)
        {
          const uint eight = v * LANES + gl_SubgroupInvocationID;

          next_latents[t * VECTORS + v] = cache2[at / 8 + eight];
          next_scales[t * VECTORS + v] = float (cache16[(at + push.k_scales) / 2 + eight / 4]);
        }
      [[unroll]] for (uint i = 0; i < ROPE; i++)
        {
          const uint j = (VECTORS * 8 + i) * LANES + gl_SubgroupInvocationID;

          next_rotated[t * ROPE + i]
            = float (cache16[(at + push.k_scales) / 2 + j / 32])
              * float (bitfieldExtract (cache8[(at + j) / 4], int (8 * (j & 3u)), 8));
        }
#else
      [[unroll]] for (uint v = 0; v < VECTORS; v++)
        next_latents[t * VECTORS + v] = cache4[at / 8 + v * LANES
                                               + gl_SubgroupInvocationID];
      [[unroll]] for (uint i = 0; i < ROPE; i++)
        next_rotated[t * ROPE + i] = float (cache16[at + (VECTORS * 8 + i) * LANES
                                                    + gl_SubgroupInvocationID]);
#endif
    }
}

void
take_next ()
{
  [[unroll]] for (uint k = 0; k < BLOCK * VECTORS; k++)
#ifdef BYTES
    latents[k] = uvec4 (halves_of (next_latents[k].x, next_scales[k]),
                        halves_of (next_latents[k].y, next_scales[k]));
#else
    latents[k] = next_latents[k];
#endif
  [[unroll]] for (uint k = 0; k < BLOCK * ROPE; k++)
    rotated[k] = next_rotated[k];
}

void
add_block (uint first, uint end)
{
  float scores[HEADS * BLOCK];

  [[unroll]] for (uint t = 0; t < BLOCK; t++)
    {
      [[unroll]] for (uint h = 0; h < HEADS; h++)
        scores[h * BLOCK + t] = 0.0;
      [[unroll]] for (uint v = 0; v < VECTORS; v++)
        [[unroll]] for (uint i = 0; i < 4; i++)
          {
            const vec2 two = unpackHalf2x16 (latents[t * VECTORS + v][i]);

            [[unroll]] for (uint h = 0; h < HEADS; h++)
              {
                scores[h * BLOCK + t] += q[(h * VECTORS + v) * 8 + 2 * i] * two.x;
                scores[h * BLOCK + t] += q[(h * VECTORS + v) * 8 + 2 * i + 1] * two.y;
              }
          }
      [[unroll]] for (uint i = 0; i < ROPE; i++)
        [[unroll]] for (uint h = 0; h < HEADS; h++)
          scores[h * BLOCK + t] += q[HEADS * VECTORS * 8 + h * ROPE + i] * rotated[t * ROPE + i];
    }
  /* All sums over the lanes side by side, and no lane ever away. */
  for (uint m = LANES / 2; m > 0; m /= 2)
    [[unroll]] for (uint k = 0; k < HEADS * BLOCK; k++)
      scores[k] += subgroupShuffleXor (scores[k], m);
  [[unroll]] for (uint h = 0; h < HEADS; h++)
    {
      float top = highest[h];

      [[unroll]] for (uint t = 0; t < BLOCK; t++)
        {
          scores[h * BLOCK + t] = first + t < end ? scores[h * BLOCK + t] : LOWEST;
          top = max (top, scores[h * BLOCK + t]);
        }
      const float fade = exp2 (highest[h] - top);

      highest[h] = top;
      total[h] *= fade;
      [[unroll]] for (uint t = 0; t < BLOCK; t++)
        {
          scores[h * BLOCK + t] = exp2 (scores[h * BLOCK + t] - top);
          total[h] += scores[h * BLOCK + t];
        }
      [[unroll]] for (uint i = 0; i < VECTORS * 8; i++)
        o[h * VECTORS * 8 + i] *= fade;
    }
  [[unroll]] for (uint t = 0; t < BLOCK; t++)
    [[unroll]] for (uint v = 0; v < VECTORS; v++)
      [[unroll]] for (uint i = 0; i < 4; i++)
        {
          const vec2 two = unpackHalf2x16 (latents[t * VECTORS + v][i]);

          [[unroll]] for (uint h = 0; h < HEADS; h++)
            {
              o[(h * VECTORS + v) * 8 + 2 * i] += scores[h * BLOCK + t] * two.x;
              o[(h * VECTORS + v) * 8 + 2 * i + 1] += scores[h * BLOCK + t] * two.y;
            }
        }
}

void
write_out (uint row, uint first_head)
{
  const uint n_heads = gl_NumWorkGroups.x * gl_NumSubgroups * HEADS;

  [[unroll]] for (uint h = 0; h < HEADS; h++)
    {
      const uint index = (row * N_SPLITS + gl_WorkGroupID.z) * n_heads + first_head + h;

      [[unroll]] for (uint v = 0; v < VECTORS; v++)
        {
          uvec4 halves;

          [[unroll]] for (uint i = 0; i < 4; i++)
            halves[i] = packHalf2x16 (vec2 (o[(h * VECTORS + v) * 8 + 2 * i],
                                            o[(h * VECTORS + v) * 8 + 2 * i + 1]) / total[h]);
          partials4[(index * VECTORS + v) * LANES + gl_SubgroupInvocationID] = halves;
        }
      if (gl_SubgroupInvocationID == 0)
        {
          partials[META + 2 * index] = highest[h];
          partials[META + 2 * index + 1] = total[h];
        }
    }
}

void
main ()
{
  const uint row = push.first_row + gl_WorkGroupID.y;
  const uint length = step_words[push.positions + row] + 1;
  const uint size = stretch_size (length, N_SPLITS, BLOCK);
  const uint begin = gl_WorkGroupID.z * size;
  const uint end = min (begin + size, length);
  const uint first_head = (gl_WorkGroupID.x * gl_NumSubgroups + gl_SubgroupID) * HEADS;

  if (begin >= length)
    return; /* the whole workgroup; what adds up knows that there is nothing here */
  load_next (begin, end);
  load_queries (row, first_head, length - 1);
  for (uint first = begin; first < end; first += BLOCK)
    {
      take_next ();
      if (first + BLOCK < end)
        load_next (first + BLOCK, end);
      add_block (first, end);
    }
  write_out (row, first_head);
}
