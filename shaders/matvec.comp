#version 450
#extension GL_GOOGLE_include_directive : require
#include "types.glsl"
#extension GL_KHR_shader_subgroup_ballot : require

/* out = weight * x for a few rows of the batch at a time, for software devices: a workgroup is
 * one subgroup, each lane owns ROWS output rows, and nothing is shared. Such a device loads
 * memory lane by lane with a check for each, some sixty cycles however little is wanted, and
 * multiplies eight lanes in one. So the inputs of a block, the same for all lanes, are loaded
 * once, each by one lane, and handed round in registers. Norm of the input, bias, residual, the
 * product of gate and up, and the weighted sum over chosen experts ride along. No lane waits
 * for another workgroup and no sum crosses lanes, so results repeat to the last bit. */

#include "matvec.glsl"
layout (constant_id = 5) const uint ROWS = 4;
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

const uint LOADS = gl_WorkGroupSize.x < 32 ? 32 / gl_WorkGroupSize.x : 1; /* of a block's inputs */
const uint LOADED = 32 / LOADS;                                           /* inputs by each */

/* Of the columns that this workgroup has in hand. */
uint in_base[COLS];
float sums[ROWS * COLS], up_sums[ROWS * COLS];
float x[COLS * LOADS]; /* a block's inputs, a lane's share */

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

void
load_inputs (uint b, uint in_shift)
{
  [[unroll]] for (uint k = 0; k < LOADS; k++)
    {
      /* Weights past the end of a row are zero. */
      const uint i = min (b * 32 + k * LOADED + (gl_SubgroupInvocationID & (LOADED - 1)),
                          push.n_in - 1);
      const float factor = push.norm != NONE ? parameters[push.norm + i] : 1.0;

      [[unroll]] for (uint c = 0; c < COLS; c++)
        x[c * LOADS + k] = factor * arena[in_base[c] + in_shift + i];
    }
}

float
input_at (uint c, uint i)
{
  return subgroupBroadcast (x[c * LOADS + i / LOADED], i % LOADED);
}

/* Rows `row`, `row` + stride … of this lane. */
void
add_products (uint row, uint up_row, uint stride, uint n_rows, uint in_shift)
{
  const uint n_blocks = (push.n_in + 31) / 32;
  float w[32];

  for (uint b = 0; b < n_blocks; b++)
    {
      load_inputs (b, in_shift);
      [[unroll]] for (uint r = 0; r < ROWS; r++)
        {
          const uint shift = min (r * stride, n_rows);

          dequant (row + shift, b, push.n_in, push.side, w);
          [[unroll]] for (uint c = 0; c < COLS; c++)
            [[unroll]] for (uint i = 0; i < 32; i++)
              sums[r * COLS + c] += w[i] * input_at (c, i);
          if (!HAS_UP)
            continue;
          dequant_up (up_row + shift, b, push.n_in, push.up_side, w);
          [[unroll]] for (uint c = 0; c < COLS; c++)
            [[unroll]] for (uint i = 0; i < 32; i++)
              up_sums[r * COLS + c] += w[i] * input_at (c, i);
        }
    }
}

/* The sum over the chosen experts that are in this buffer. */
void
add_experts (uint row, uint stride, uint n_rows, uint first_column)
{
  const uint table = push.chosen + first_column * 2 * push.n_used;
  float total[ROWS];

  [[unroll]] for (uint r = 0; r < ROWS; r++)
    total[r] = 0.0;
  for (uint k = 0; k < push.n_used; k++)
    {
      const uint expert = chosen[table + k] - push.first_slab;

      if (expert >= push.n_slabs)
        continue;
      [[unroll]] for (uint r = 0; r < ROWS; r++)
        sums[r * COLS] = 0.0;
      add_products (expert * push.slab_rows + row, 0, stride, n_rows, k * push.in_slab);
      [[unroll]] for (uint r = 0; r < ROWS; r++)
        total[r] += uintBitsToFloat (chosen[table + push.n_used + k]) * sums[r * COLS];
    }
  [[unroll]] for (uint r = 0; r < ROWS; r++)
    sums[r * COLS] = total[r];
}

void
main ()
{
  const uint width = gl_WorkGroupSize.x;
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
  /* Every lane goes round as often as the first, so that none is gone when inputs are handed
   * round. */
  for (uint r0 = gl_WorkGroupID.x * width * ROWS; r0 < push.n_out;
       r0 += gl_NumWorkGroups.x * width * ROWS)
    {
      const uint own = r0 + gl_LocalInvocationID.x;
      const uint safe = min (own, push.n_out - 1);
      const uint beyond = push.n_out - 1 - safe;

      [[unroll]] for (uint k = 0; k < ROWS * COLS; k++)
        sums[k] = up_sums[k] = 0.0;
      if (MODE == MODE_EXPERTS_DOWN)
        add_experts (safe, width, beyond, first_column);
      else
        add_products (push.first_row + slab * push.slab_rows + safe,
                      push.up_first_row + slab * push.slab_rows + safe, width, beyond, 0);
      [[unroll]] for (uint r = 0; r < ROWS; r++)
        [[unroll]] for (uint c = 0; c < COLS; c++)
          if (own + r * width < push.n_out && first_column + c < push.n_columns)
            write_out (own + r * width, first_column + c, z, sums[r * COLS + c] * rms[c],
                       up_sums[r * COLS + c] * rms[c]);
    }
}
