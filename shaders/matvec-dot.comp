#version 450
#extension GL_GOOGLE_include_directive : require
#extension GL_EXT_spirv_intrinsics : require
#include "types.glsl"

/* matvec.comp for cards that multiply bytes: the input is normed and rounded to bytes once a
 * workgroup, blocks of 32 with a scale each, and products are integer sums over half a block.
 * A cluster of LANES lanes owns ROWS output rows; each lane loads AHEAD units of its rows while
 * it uses those before, and the first of all before the input is touched, so that one latency
 * covers both. Sums stay within a cluster, in a fixed order: results repeat to the last bit. */

#include "matvec.glsl"

layout (constant_id = 5) const uint STAGED = 64 * 3; /* vectors of shared memory for inputs */
#ifdef SINGLE /* one column, and arrays of one: nothing that a driver must unroll */
const uint ROWS = 1, AHEAD = 1;
#else
layout (constant_id = 6) const uint ROWS = 1;
layout (constant_id = 7) const uint AHEAD = 1;
#endif
layout (constant_id = 8) const uint ROW_UNITS = 64; /* of 32 inputs each */
layout (constant_id = 9) const uint N_SPLITS = 1;   /* merged: stretches at most */
layout (constant_id = 10) const uint META = 0;      /* merged: see attend-latent.comp */
layout (constant_id = 14) const uint MERGE_GROUPS = 1;
layout (constant_id = 11) const uint N_EXPERTS = 1; /* choosing: see choose.glsl */
layout (constant_id = 12) const uint GATING = 1;
layout (constant_id = 13) const uint NORMALISES = 0;

spirv_instruction (extensions = ["SPV_KHR_integer_dot_product"], capabilities = [6019, 6018],
                   id = 4450)
int dot_of_bytes (uint a, uint b, spirv_literal int format);

#include "unit-bytes.glsl"
#define LOAD_UNIT load_unit
#define WORDS weight
#define WORDS4 weight4
#include "unit.glsl"
#undef LOAD_UNIT
#undef WORDS
#undef WORDS4
#define LOAD_UNIT load_up_unit
#define WORDS up_weight
#define WORDS4 up_weight4
#include "unit.glsl"

/* Each block of 32 inputs: two vectors of bytes, then its scale and the sums of its halves. */
shared uvec4 staged[STAGED];
shared float partial[64 * COLS];

#ifdef SINGLE
const uint UP_UNITS = 1;
#else
const uint UP_UNITS = HAS_UP ? AHEAD * ROWS : 1;
#endif

Unit units[AHEAD * ROWS], up_units[UP_UNITS];
Unit next_units[AHEAD * ROWS], next_up_units[UP_UNITS];
float sums[ROWS * COLS], up_sums[ROWS * COLS];

uint first_weight_row, first_up_row; /* of the cluster, in the weight buffers */
uint table;                          /* of the row's chosen experts */

/* Units of a weight row, or of all slots' rows one behind the other. */
uint
count_units ()
{
  return (MODE == MODE_EXPERTS_DOWN ? push.n_used : 1) * ROW_UNITS;
}

/* Rows past the last are done again by the last, and written by nobody. */
uint
row_of (uint k)
{
  const uint cluster = gl_WorkGroupID.x * (gl_WorkGroupSize.x / LANES)
                       + gl_LocalInvocationID.x / LANES;

  return min (cluster * ROWS + k, push.n_out - 1);
}

void
load_next (uint first)
{
  [[unroll]] for (uint a = 0; a < AHEAD; a++)
    {
      uint u = min (first + a * LANES, count_units () - 1);
      uint slab = 0;

      if (MODE == MODE_EXPERTS_DOWN)
        {
          const uint expert = chosen[table + u / ROW_UNITS] - push.first_slab;

          slab = expert < push.n_slabs ? expert * push.slab_rows : 0;
          u %= ROW_UNITS;
        }
      [[unroll]] for (uint k = 0; k < ROWS; k++)
        {
          next_units[a * ROWS + k] = load_unit (first_weight_row + slab + row_of (k), u, ROW_UNITS * 32,
                                           push.side);
          if (HAS_UP)
            next_up_units[a * ROWS + k] = load_up_unit (first_up_row + slab + row_of (k), u,
                                                   ROW_UNITS * 32, push.up_side);
        }
    }
}

void
take_next ()
{
  [[unroll]] for (uint i = 0; i < AHEAD * ROWS; i++)
    {
      units[i] = next_units[i];
      if (HAS_UP)
        up_units[i] = next_up_units[i];
    }
}

float
half_product (Half weights, uint c, uint place)
{
  const uint block = (c * (STAGED / COLS) / 3 + place / 2) * 3;
  const uvec4 x = staged[block + (place & 1u)];
  const uvec4 scales = staged[block + 2];
  int sum = dot_of_bytes (weights.bytes.x, x.x, 0) + dot_of_bytes (weights.bytes.y, x.y, 0)
            + dot_of_bytes (weights.bytes.z, x.z, 0) + dot_of_bytes (weights.bytes.w, x.w, 0);

  return weights.d * uintBitsToFloat (scales.x) * float (sum)
         - weights.m * uintBitsToFloat ((place & 1u) == 0 ? scales.y : scales.z);
}

void
add_unit (inout float sum, Unit unit, uint u, uint c, uvec2 places)
{
  Half low, high;

  decode_unit (unit, u, low, high);
  sum += half_product (low, c, places.x) + half_product (high, c, places.y);
}

void
use_units (uint first)
{
  [[unroll]] for (uint a = 0; a < AHEAD; a++)
    {
      const uint u = first + a * LANES;
      const uint in_row = MODE == MODE_EXPERTS_DOWN ? u % ROW_UNITS : u;
      const uvec2 places = half_places (in_row) + 2 * (u - in_row);

      if (u < count_units ())
        [[unroll]] for (uint c = 0; c < COLS; c++)
          [[unroll]] for (uint k = 0; k < ROWS; k++)
            {
              add_unit (sums[k * COLS + c], units[a * ROWS + k], in_row, c, places);
              if (HAS_UP)
                add_unit (up_sums[k * COLS + c], up_units[a * ROWS + k], in_row, c, places);
            }
    }
}

#include "merge.glsl"
#include "choose.glsl"

/* Four inputs from `i` on; what a slot holds is weighted as its expert is. */
vec4
input_at (uint base, uint i)
{
  uint at = base + i;
  float weight = 1.0;

  if (MODE == MODE_MERGED)
    return merged_at (i);
  if (MODE == MODE_EXPERTS_DOWN)
    {
      const uint slot = i / (ROW_UNITS * 32);

      at = base + slot * push.in_slab + i % (ROW_UNITS * 32);
      weight = chosen[table + slot] - push.first_slab < push.n_slabs
                 ? uintBitsToFloat (chosen[table + push.n_used + slot]) : 0.0;
    }
  return weight * vec4 (arena[at], arena[at + 1], arena[at + 2], arena[at + 3]);
}

/* Rounds column c to bytes; eight lanes have a block of 32. Returns its sum of squares, as far
 * as this lane has seen it. */
float
stage_column (uint c, uint base)
{
  const uint n = count_units () * 32;
  float squares = 0.0;

  for (uint i = gl_LocalInvocationID.x * 4; i < n; i += gl_WorkGroupSize.x * 4)
    {
      vec4 x = input_at (base, i);

      squares += dot (x, x);
      if (push.norm != NONE)
        x *= vec4 (parameters[push.norm + i], parameters[push.norm + i + 1],
                   parameters[push.norm + i + 2], parameters[push.norm + i + 3]);
      float highest = max (max (abs (x.x), abs (x.y)), max (abs (x.z), abs (x.w)));
      highest = max (highest, subgroupShuffleXor (highest, 1));
      highest = max (highest, subgroupShuffleXor (highest, 2));
      highest = max (highest, subgroupShuffleXor (highest, 4));
      const ivec4 bytes = ivec4 (roundEven (x * (highest > 0.0 ? 127.0 / highest : 0.0)));
      int sum = bytes.x + bytes.y + bytes.z + bytes.w;
      sum += subgroupShuffleXor (sum, 1);
      sum += subgroupShuffleXor (sum, 2);
      const int other = subgroupShuffleXor (sum, 4);
      const uint block = (c * (STAGED / COLS) / 3 + i / 32) * 3;
      const uint word = (i & 31u) / 4;
      const float scale = highest / 127.0;

      staged[block + word / 4][word & 3u]
        = (uint (bytes.x) & 0xffu) | ((uint (bytes.y) & 0xffu) << 8)
          | ((uint (bytes.z) & 0xffu) << 16) | (uint (bytes.w) << 24);
      if (word == 0)
        staged[block + 2] = uvec4 (floatBitsToUint (scale),
                                   floatBitsToUint (scale * float (sum)),
                                   floatBitsToUint (scale * float (other)), 0);
    }
  return squares;
}

float
inverse_rms (uint c)
{
  float sum = 0.0;

  for (uint i = 0; i < gl_NumSubgroups; i++)
    sum += partial[c * 64 + i];
  return inversesqrt (sum / float (ROW_UNITS * 32) + push.eps);
}

void
main ()
{
  const uint lane = gl_LocalInvocationID.x % LANES;
  const uint first_column = gl_WorkGroupID.y * COLS;
  const uint z = gl_WorkGroupID.z;
  uint slab = z;

  table = push.chosen + first_column * 2 * push.n_used;
  if (MODE == MODE_EXPERTS_UP || MODE == MODE_CHOOSING)
    {
      slab = (MODE == MODE_CHOOSING ? choose (first_column, z) : chosen[table + z])
             - push.first_slab;
      if (slab >= push.n_slabs)
        return; /* another dispatch has this expert; the whole workgroup goes */
    }
  first_weight_row = push.first_row + slab * push.slab_rows;
  first_up_row = push.up_first_row + slab * push.slab_rows;
  if (MODE == MODE_EXPERTS_DOWN)
    first_weight_row = push.first_row;
  load_next (lane);

  fill_byte_table ();
  if (MODE == MODE_MERGED)
    merge_stretches (first_column, z);
  [[unroll]] for (uint c = 0; c < COLS; c++)
    {
      /* A group that is not full does its last column again and writes it once. */
      const uint column = min (first_column + c, push.n_columns - 1);
      const float squares = stage_column (c, push.in_offset + column * push.in_stride
                                               + (MODE == MODE_PLAIN ? z * push.in_slab : 0));

      if (push.norm != NONE)
        {
          const float sum = subgroupAdd (squares);
          if (gl_SubgroupInvocationID == 0)
            partial[c * 64 + gl_SubgroupID] = sum;
        }
      [[unroll]] for (uint k = 0; k < ROWS; k++)
        sums[k * COLS + c] = up_sums[k * COLS + c] = 0.0;
    }
  barrier ();

  for (uint first = lane; first - lane < count_units (); first += AHEAD * LANES)
    {
      take_next ();
      if (first - lane + AHEAD * LANES < count_units ())
        load_next (first + AHEAD * LANES);
      use_units (first);
    }
  [[unroll]] for (uint c = 0; c < COLS; c++)
    {
      const float rms = push.norm != NONE ? inverse_rms (c) : 1.0;

      [[unroll]] for (uint k = 0; k < ROWS; k++)
        {
          const uint r = (gl_WorkGroupID.x * (gl_WorkGroupSize.x / LANES)
                          + gl_LocalInvocationID.x / LANES) * ROWS + k;
          const float sum = cluster_add (sums[k * COLS + c]) * rms;
          const float up_sum = HAS_UP ? cluster_add (up_sums[k * COLS + c]) * rms : 0.0;

          if (lane == 0 && r < push.n_out && first_column + c < push.n_columns)
            write_out (r, first_column + c, z, sum, up_sum);
        }
    }
}
