#version 450
#extension GL_GOOGLE_include_directive : require
#include "types.glsl"

/* matvec.comp for graphics cards: a workgroup puts a stretch of the input, normed, into shared
 * memory once, and its clusters of lanes take their rows of weights past it. Blocks of 32 stand
 * 36 floats apart there, so that lanes which read the same place of different blocks meet
 * different banks. */

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

layout (constant_id = 5) const uint STAGED = 64 * 36; /* floats of shared memory for inputs */
layout (constant_id = 6) const uint STAGES_SLOTS = 0; /* what all slots hold fits at once */

const uint STRETCH = 2048; /* inputs at a time */
const uint STEP = 36;

shared float staged[STAGED];
shared float partial[64];

/* The sum of squares of a column over the whole workgroup. */
float
inverse_rms (uint base)
{
  float sum = 0.0;

  for (uint i = gl_LocalInvocationID.x; i < push.n_in; i += gl_WorkGroupSize.x)
    sum += arena[base + i] * arena[base + i];
  sum = subgroupAdd (sum);
  if (gl_SubgroupInvocationID == 0)
    partial[gl_SubgroupID] = sum;
  barrier ();
  sum = 0.0;
  for (uint i = 0; i < gl_NumSubgroups; i++)
    sum += partial[i];
  barrier ();
  return inversesqrt (sum / float (push.n_in) + push.eps);
}

uint in_base[COLS];
float sums[COLS], up_sums[COLS];

void
stage (uint first, uint in_shift)
{
  const uint n = min (STRETCH, push.n_in - first);

  barrier ();
  for (uint c = 0; c < COLS; c++)
    for (uint i = gl_LocalInvocationID.x; i < (n + 31) / 32 * 32; i += gl_WorkGroupSize.x)
      {
        float x = 0.0;

        if (i < n)
          {
            x = arena[in_base[c] + in_shift + first + i];
            if (push.norm != NONE)
              x *= parameters[push.norm + first + i];
          }
        staged[c * (STRETCH / 32) * STEP + (i / 32) * STEP + (i & 31u)] = x;
      }
  barrier ();
}

void
add_stretch (uint row, uint up_row, uint lane, uint first)
{
  const uint n_blocks = (min (STRETCH, push.n_in - first) + 31) / 32;
  float w[32], u[32];

  for (uint b = lane; b < n_blocks; b += LANES)
    {
      dequant (row, first / 32 + b, push.n_in, push.side, w);
      if (HAS_UP)
        dequant_up (up_row, first / 32 + b, push.n_in, push.up_side, u);
      [[unroll]] for (uint c = 0; c < COLS; c++)
        [[unroll]] for (uint i = 0; i < 32; i++)
          {
            const float x = staged[c * (STRETCH / 32) * STEP + b * STEP + i];

            sums[c] += w[i] * x;
            if (HAS_UP)
              up_sums[c] += u[i] * x;
          }
    }
}

/* The inputs of all slots, one behind the other. */
void
stage_slots ()
{
  const uint blocks = (push.n_in + 31) / 32;

  for (uint j = gl_LocalInvocationID.x; j < push.n_used * blocks * 32; j += gl_WorkGroupSize.x)
    {
      const uint slot = j / (blocks * 32);
      const uint i = j % (blocks * 32);

      staged[(slot * blocks + i / 32) * STEP + (i & 31u)]
        = i < push.n_in ? arena[in_base[0] + slot * push.in_slab + i] : 0.0;
    }
  barrier ();
}

/* The weighted sum over the slots of a row whose experts are in these buffers. */
float
add_slots (uint row, uint lane)
{
  const uint blocks = (push.n_in + 31) / 32;
  const uint table = push.chosen + gl_WorkGroupID.y * COLS * 2 * push.n_used;
  float total = 0.0, w[32];

  for (uint k = 0; k < push.n_used; k++)
    {
      const uint expert = chosen[table + k] - push.first_slab;
      float sum = 0.0;

      if (expert >= push.n_slabs)
        continue;
      for (uint b = lane; b < blocks; b += LANES)
        {
          dequant (expert * push.slab_rows + row, b, push.n_in, push.side, w);
          [[unroll]] for (uint i = 0; i < 32; i++)
            sum += w[i] * staged[(k * blocks + b) * STEP + i];
        }
      total += uintBitsToFloat (chosen[table + push.n_used + k]) * sum;
    }
  return total;
}

/* Every lane of the workgroup goes through the same stretches, for they stage together. */
void
add_products (uint row, uint up_row, uint lane, uint in_shift, bool counts)
{
  for (uint first = 0; first < push.n_in; first += STRETCH)
    {
      stage (first, in_shift);
      if (counts)
        add_stretch (row, up_row, lane, first);
    }
}

void
main ()
{
  const uint clusters = gl_WorkGroupSize.x / LANES;
  const uint lane = gl_LocalInvocationID.x % LANES;
  const uint first_column = gl_WorkGroupID.y * COLS;
  const uint z = gl_WorkGroupID.z;
  const uint r = gl_WorkGroupID.x * clusters + gl_LocalInvocationID.x / LANES;
  const uint safe = min (r, push.n_out - 1);
  uint slab = z;
  float rms[COLS];

  if (MODE == MODE_EXPERTS_UP)
    {
      slab = chosen[push.chosen + first_column * 2 * push.n_used + z] - push.first_slab;
      if (slab >= push.n_slabs)
        return; /* another dispatch has this expert; the whole workgroup goes */
    }
  [[unroll]] for (uint c = 0; c < COLS; c++)
    {
      /* A group that is not full does its last column again and writes it once. */
      const uint column = min (first_column + c, push.n_columns - 1);
      in_base[c] = push.in_offset + column * push.in_stride
                   + (MODE == MODE_PLAIN ? z * push.in_slab : 0);
      rms[c] = 1.0;
      if (push.norm != NONE)
        rms[c] = inverse_rms (in_base[c]);
      sums[c] = up_sums[c] = 0.0;
    }
  if (MODE == MODE_EXPERTS_DOWN && STAGES_SLOTS != 0)
    {
      stage_slots ();
      sums[0] = add_slots (safe, lane);
    }
  else if (MODE == MODE_EXPERTS_DOWN)
    {
      const uint table = push.chosen + first_column * 2 * push.n_used;
      float total = 0.0;

      for (uint k = 0; k < push.n_used; k++)
        {
          const uint expert = chosen[table + k] - push.first_slab;

          sums[0] = 0.0;
          add_products (expert * push.slab_rows + safe, 0, lane, k * push.in_slab,
                        expert < push.n_slabs);
          total += uintBitsToFloat (chosen[table + push.n_used + k]) * sums[0];
        }
      sums[0] = total;
    }
  else
    add_products (push.first_row + slab * push.slab_rows + safe,
                  push.up_first_row + slab * push.slab_rows + safe, lane, 0, true);
  [[unroll]] for (uint c = 0; c < COLS; c++)
    {
      const float sum = cluster_add (sums[c]) * rms[c];
      const float up_sum = HAS_UP ? cluster_add (up_sums[c]) * rms[c] : 0.0;

      if (lane == 0 && r < push.n_out && first_column + c < push.n_columns)
        write_out (r, first_column + c, z, sum, up_sum);
    }
}
