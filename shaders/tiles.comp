#version 450
#extension GL_GOOGLE_include_directive : require
#include "types.glsl"

/* out = weight * rows for many rows of the batch: a workgroup makes a tile of TILE_ROWS outputs
 * by TILE_COLUMNS rows. Stretches of STEP inputs are decoded into shared memory and multiplied
 * from there: with MATRIX by matrix units from F16 copies; without, by each lane for itself in
 * F32.
 *
 * For experts, the rows are those that chose the expert (sort.comp), and gate and up alternate
 * in the tile so that the lanes which hold one hold the other. */

layout (local_size_x_id = 0) in;
layout (constant_id = 1) const uint TILE_ROWS = 128;
layout (constant_id = 2) const uint TILE_COLUMNS = 64;
layout (constant_id = 3) const uint PART_ROWS = 64;    /* of the tile, for one subgroup, or lane */
layout (constant_id = 4) const uint PART_COLUMNS = 32;
layout (constant_id = 5) const uint GLU = 0;           /* 0 none, 1 silu, 2 gelu */
layout (constant_id = 6) const uint MODE = 0;
layout (constant_id = 7) const uint IN_HALVES = 1;     /* inputs are F16 */
layout (constant_id = 8) const uint OUT_HALVES = 0;
layout (constant_id = 9) const uint TRANSPOSED = 0;    /* the weight holds inputs as rows */

layout (constant_id = 10) const uint SUBGROUP = 32;
layout (constant_id = 11) const uint STEP = 32;        /* a multiple of 32 */

#define MODE_SLABS 0u        /* z counts slabs, each with its own part of input and output */
#define MODE_EXPERTS_UP 1u   /* y counts tiles of experts; inputs are rows of the batch */
#define MODE_EXPERTS_DOWN 2u /* the same; inputs and outputs are (row, slot) pairs */

#define BLN_PUSH_TILES
#include "push.h"

layout (binding = 0, std430) readonly buffer Weight
{
  uint weight[];
};
layout (binding = 0, std430) readonly buffer Weight4
{
  uvec4 weight4[];
};
layout (binding = 1, std430) readonly buffer Up
{
  uint up_weight[];
};
layout (binding = 1, std430) readonly buffer Up4
{
  uvec4 up_weight4[];
};
layout (binding = 2, std430) readonly buffer Inputs
{
  float inputs[];
};
layout (binding = 2, std430) readonly buffer Inputs16
{
  float16_t inputs16[];
};
layout (binding = 2, std430) readonly buffer Inputs4
{
  uvec4 inputs4[]; /* eight halves */
};
layout (binding = 3, std430) readonly buffer Parameters
{
  float parameters[];
};
layout (binding = 4, std430) buffer Result
{
  float result[];
};
layout (binding = 4, std430) writeonly buffer Result16
{
  float16_t result16[];
};
layout (binding = 5, std430) readonly buffer Pairs
{
  uint pairs[]; /* sort.comp: tiles, then pairs in the order of their experts */
};

#define DEQUANT dequant
#define WORDS weight
#define WORDS4 weight4
#include "dequant.glsl"
#ifdef MATRIX
#define RAW_LOAD load
#include "halves.glsl"
#undef RAW_LOAD
#endif
#undef DEQUANT
#undef WORDS
#undef WORDS4
#define DEQUANT dequant_up
#define WORDS up_weight
#define WORDS4 up_weight4
#include "dequant.glsl"
#ifdef MATRIX
#define RAW_LOAD load_up
#include "halves.glsl"
#endif

const uint GLUED = GLU != 0 ? 2 : 1;
const uint OUT_ROWS = TILE_ROWS / GLUED; /* outputs of a tile */

/* What this workgroup is about. */
uint n_columns;   /* of the tile, that exist */
uint first_output;
uint first_pair;  /* experts: of the tile's columns in the sorted pairs */
uint slab;        /* of input and output */
uint weight_slab;

/* Row of the batch, or pair, or place in the order of experts, that is column `c`. */
uint
pair_of (uint c)
{
  return pairs[push.pairs + first_pair + min (c, n_columns - 1)];
}

uint
input_row (uint c)
{
  if (MODE == MODE_EXPERTS_UP)
    return pair_of (c) / push.n_used;
  if (MODE == MODE_EXPERTS_DOWN)
    return pair_of (c);
  return gl_WorkGroupID.y * TILE_COLUMNS + min (c, n_columns - 1);
}

/* Experts' outputs are rows by pair; others by row of the batch. */
uint
output_row (uint c)
{
  return MODE == MODE_SLABS ? gl_WorkGroupID.y * TILE_COLUMNS + c : pair_of (c);
}

/* Rows of gate and up alternate by half a part. */
bool
is_up (uint tile_row)
{
  return GLU != 0 && tile_row % PART_ROWS >= PART_ROWS / 2;
}

uint
output_of (uint tile_row)
{
  const uint part = tile_row / PART_ROWS;

  return first_output + part * (PART_ROWS / GLUED) + tile_row % (PART_ROWS / GLUED);
}

float
activate (float x)
{
  if (GLU == 2)
    return 0.5 * x * (1.0 + tanh (0.7978845608028654 * (x + 0.044715 * x * x * x)));
  return x / (1.0 + exp (-x));
}

void
write_out (uint c, uint r, float sum, float up_sum)
{
  const uint at = push.out_offset + output_row (c) * push.out_stride + slab * push.out_slab + r;
  float y = sum * push.scale;

  if (push.bias != NONE)
    y += parameters[push.bias + r];
  if (GLU != 0)
    {
      if (push.up_bias != NONE)
        up_sum += parameters[push.up_bias + r];
      y = activate (y) * up_sum;
    }
  if (push.residual_offset != NONE)
    y += result[push.residual_offset + output_row (c) * push.residual_stride
                + slab * push.out_slab + r];
  if (OUT_HALVES != 0)
    result16[at] = float16_t (clamp (y, -65504.0, 65504.0));
  else
    result[at] = y;
}

/* The weight's row that gives an output. */
uint
weight_row (uint output_index)
{
  return push.first_row + weight_slab * push.slab_rows + min (output_index, push.n_out - 1);
}

uint
up_row (uint output_index)
{
  return push.up_first_row + weight_slab * push.slab_rows + min (output_index, push.n_out - 1);
}

/* The row of input k, and the block of it that holds outputs 32 * block …, where the weight is
 * transposed. */
uint
transposed_row (uint k)
{
  return weight_slab * push.slab_rows + min (k, push.n_in - 1);
}

uint
transposed_block (uint block)
{
  return min (block, (push.n_out - 1) / 32);
}

#ifdef MATRIX
#include "tiles-matrix.glsl"
#else
#include "tiles-plain.glsl"
#endif

/* FALSE: nothing to do here, for the whole workgroup. */
bool
find_tile ()
{
  first_output = gl_WorkGroupID.x * OUT_ROWS;
  if (MODE == MODE_SLABS)
    {
      n_columns = min (push.n_columns - gl_WorkGroupID.y * TILE_COLUMNS, TILE_COLUMNS);
      slab = gl_WorkGroupID.z;
      weight_slab = slab + push.first_slab;
      return true;
    }
  const uint tile = push.tiles + 3 * gl_WorkGroupID.y;
  slab = 0;
  weight_slab = pairs[tile] - push.first_slab;
  first_pair = pairs[tile + 1];
  n_columns = pairs[tile + 2];
  return weight_slab < push.n_slabs;
}

void
main ()
{
  if (find_tile ())
    multiply ();
}
