#version 450
#extension GL_GOOGLE_include_directive : require
#include "types.glsl"

/* out = weight * x for a few rows of the batch at a time: a cluster of LANES lanes owns one
 * output row and shares out its blocks of 32 weights. Norm of the input, bias, residual, the
 * product of gate and up, and the weighted sum over chosen experts ride along. No lane waits
 * for another workgroup and no sum crosses workgroups, so results repeat to the last bit. */

#include "matvec.glsl"
#define DEQUANT dequant
#define WORDS weight
#define WORDS4 weight4
#include "dequant.glsl"
#undef DEQUANT
#undef WORDS
#undef WORDS4
#define DEQUANT dequant_up
#define WORDS up_weight
#define WORDS4 up_weight4
#include "dequant.glsl"

/* Every subgroup finds the scale for itself: reading a row again is cheaper than a barrier. */
float
inverse_rms (uint base)
{
  float sum = 0.0;

  for (uint i = gl_SubgroupInvocationID; i < push.n_in; i += gl_SubgroupSize)
    sum += arena[base + i] * arena[base + i];
  sum = subgroupAdd (sum);
  return inversesqrt (sum / float (push.n_in) + push.eps);
}

float
input_at (uint base, uint i)
{
  float x = arena[base + i];

  if (push.norm != NONE)
    x *= parameters[push.norm + i];
  return x;
}

/* Of the columns that this workgroup has in hand. */
uint in_base[COLS];
float sums[COLS], up_sums[COLS];

void
add_products (uint row, uint up_row, uint lane, uint in_shift)
{
  const uint n_blocks = (push.n_in + 31) / 32;
  float w[32], u[32];

  for (uint b = lane; b < n_blocks; b += LANES)
    {
      dequant (row, b, push.n_in, push.side, w);
      if (HAS_UP)
        dequant_up (up_row, b, push.n_in, push.up_side, u);
      const uint n = min (32, push.n_in - b * 32);
      [[unroll]] for (uint c = 0; c < COLS; c++)
        {
          if (n == 32)
            [[unroll]] for (uint i = 0; i < 32; i++)
              {
                const float x = input_at (in_base[c] + in_shift, b * 32 + i);
                sums[c] += w[i] * x;
                if (HAS_UP)
                  up_sums[c] += u[i] * x;
              }
          else
            for (uint i = 0; i < n; i++)
              {
                const float x = input_at (in_base[c] + in_shift, b * 32 + i);
                sums[c] += w[i] * x;
                if (HAS_UP)
                  up_sums[c] += u[i] * x;
              }
        }
    }
}

void
main ()
{
  const uint clusters = gl_WorkGroupSize.x / LANES;
  const uint lane = gl_LocalInvocationID.x % LANES;
  const uint first_column = gl_WorkGroupID.y * COLS;
  const uint z = gl_WorkGroupID.z;
  float rms[COLS];

  [[unroll]] for (uint c = 0; c < COLS; c++)
    {
      /* A group that is not full does its last column again and writes it once. */
      const uint column = min (first_column + c, push.n_columns - 1);
      in_base[c] = push.in_offset + column * push.in_stride
                   + (MODE == MODE_PLAIN ? z * push.in_slab : 0);
      rms[c] = push.norm != NONE ? inverse_rms (in_base[c]) : 1.0;
    }

  uint slab = z;

  if (MODE == MODE_EXPERTS_UP)
    {
      slab = chosen[push.chosen + first_column * 2 * push.n_used + z] - push.first_slab;
      if (slab >= push.n_slabs)
        return; /* another dispatch has this expert; the whole workgroup goes */
    }
  const uint n_clusters = gl_NumWorkGroups.x * clusters;
  /* Every lane goes round as often as the first, so that no shuffle finds a lane gone. */
  for (uint r0 = 0; r0 < push.n_out; r0 += n_clusters)
    {
      const uint r = r0 + gl_WorkGroupID.x * clusters + gl_LocalInvocationID.x / LANES;
      const uint safe = min (r, push.n_out - 1);
      [[unroll]] for (uint c = 0; c < COLS; c++)
        sums[c] = up_sums[c] = 0.0;
      if (MODE == MODE_EXPERTS_DOWN)
        {
          const uint table = push.chosen + first_column * 2 * push.n_used;
          float total = 0.0;

          for (uint k = 0; k < push.n_used; k++)
            {
              const uint expert = chosen[table + k] - push.first_slab;
              const uint row = expert * push.slab_rows + safe;

              if (expert >= push.n_slabs)
                continue;

              sums[0] = 0.0;
              add_products (row, 0, lane, k * push.in_slab);
              total += uintBitsToFloat (chosen[table + push.n_used + k]) * sums[0];
            }
          sums[0] = total;
        }
      else
        add_products (push.first_row + slab * push.slab_rows + safe,
                      push.up_first_row + slab * push.slab_rows + safe,
                      lane, 0);
      [[unroll]] for (uint c = 0; c < COLS; c++)
        {
          const float sum = cluster_add (sums[c]) * rms[c];
          const float up_sum = HAS_UP ? cluster_add (up_sums[c]) * rms[c] : 0.0;

          if (lane == 0 && r < push.n_out && first_column + c < push.n_columns)
            write_out (r, first_column + c, z, sum, up_sum);
        }
    }
}
