#version 450
#extension GL_GOOGLE_include_directive : require
#extension GL_EXT_spirv_intrinsics : require
#include "types.glsl"

/* matvec.comp for cards that multiply bytes: the input is normed and rounded to bytes once a
 * workgroup, blocks of 32 with a scale each, and products are integer sums over half a block. A
 * cluster of LANES lanes owns ROWS output rows at a time; each lane loads AHEAD units of its
 * rows, or the next rows', while it uses those before, and the first of all before the input is
 * touched, so that one latency covers both. Sums stay within a cluster, in a fixed order:
 * results repeat to the last bit. */

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
layout (constant_id = 11) const uint MERGE_GROUPS = 1;
layout (constant_id = 12) const uint GRAIN = 1;     /* merged: stretches are multiples */
/* Rows may stand in memory as bytes already, as they are staged: who writes them has blocks of 32
 * outputs to a workgroup, who reads them copies them. */
layout (constant_id = 13) const uint OUT_BYTES = 0;
layout (constant_id = 14) const uint IN_BYTES = 0;
layout (constant_id = 15) const uint PASSES = 1;    /* rows of a cluster, one after another */

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

layout (binding = 2, std430) readonly buffer ArenaVectors
{
  uvec4 arena_vectors[];
};
layout (binding = 4, std430) writeonly buffer ResultWords
{
  uint result_words[];
};

/* Each block of 32 inputs: two vectors of bytes, then its scale and the sums of its halves. */
shared uvec4 staged[STAGED];
shared float partial[64 * COLS];
shared float finished_rows[OUT_BYTES != 0 ? COLS * PASSES * gl_WorkGroupSize.x / LANES : 1];

#ifdef SINGLE
const uint UP_UNITS = 1;
#else
const uint UP_UNITS = HAS_UP ? AHEAD * ROWS : 1;
#endif

Unit units[AHEAD * ROWS], up_units[UP_UNITS];
Unit next_units[AHEAD * ROWS], next_up_units[UP_UNITS];
#ifdef SINGLE /* two rounds are on their way: a third one's registers cost more than it gains */
Unit later_units[1], later_up_units[1];
#define LOADED_UNITS later_units
#define LOADED_UP_UNITS later_up_units
#else
#define LOADED_UNITS next_units
#define LOADED_UP_UNITS next_up_units
#endif
uint loading_pass = 0, loading_round = 0; /* what is loaded next */
float sums[ROWS * COLS], up_sums[ROWS * COLS];

uint first_weight_row, first_up_row; /* of the cluster, in the weight buffers */
uint table;                          /* of the row's chosen experts */

/* Units of a weight row, or of all slots' rows one behind the other. */
uint
count_units ()
{
  return (MODE == MODE_EXPERTS_DOWN ? push.n_used : 1) * ROW_UNITS;
}

uint
row_of (uint pass, uint k)
{
  const uint cluster = (gl_WorkGroupID.x * PASSES + pass) * (gl_WorkGroupSize.x / LANES)
                       + gl_LocalInvocationID.x / LANES;

  return cluster * ROWS + k;
}

uint
count_rounds ()
{
  return (count_units () + AHEAD * LANES - 1) / (AHEAD * LANES);
}

/* Rows past the last are done again by the last, and written by nobody. */
void
load_next ()
{
  if (loading_pass >= PASSES)
    return;
  [[unroll]] for (uint a = 0; a < AHEAD; a++)
    {
      uint u = min (gl_LocalInvocationID.x % LANES + (loading_round * AHEAD + a) * LANES,
                    count_units () - 1);
      uint slab = 0;

      if (MODE == MODE_EXPERTS_DOWN)
        {
          const uint expert = chosen[table + u / ROW_UNITS] - push.first_slab;

          slab = expert < push.n_slabs ? expert * push.slab_rows : 0;
          u %= ROW_UNITS;
        }
      [[unroll]] for (uint k = 0; k < ROWS; k++)
        {
          const uint r = slab + min (row_of (loading_pass, k), push.n_out - 1);

          LOADED_UNITS[a * ROWS + k] = load_unit (first_weight_row + r, u, ROW_UNITS * 32,
                                                  push.side);
          if (HAS_UP)
            LOADED_UP_UNITS[a * ROWS + k] = load_up_unit (first_up_row + r, u, ROW_UNITS * 32,
                                                          push.up_side);
        }
    }
  loading_round++;
  if (loading_round == count_rounds ())
    {
      loading_round = 0;
      loading_pass++;
    }
}

#ifdef SINGLE
/* Makes room for what is loaded next. */
void
move_up ()
{
  next_units[0] = later_units[0];
  next_up_units[0] = later_up_units[0];
}
#endif

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
#include "round-block.glsl"

/* A group that is not full does its last column again and writes it once. */
uint
column_base (uint column, uint z)
{
  return push.in_offset + min (column, push.n_columns - 1) * push.in_stride
         + (MODE == MODE_PLAIN ? z * push.in_slab : 0);
}

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

void
put_block_part (uint block, uint word, vec4 x)
{
  uint bytes;
  uvec4 scales;

  round_block (x, bytes, scales);
  staged[block * 3 + word / 4][word & 3u] = bytes;
  if (word == 0)
    staged[block * 3 + 2] = scales;
}

/* Column c as it stands in memory; what slots hold is weighted as their experts are. */
void
copy_staged (uint c, uint base)
{
  for (uint i = gl_LocalInvocationID.x; i < count_units () * 3; i += gl_WorkGroupSize.x)
    {
      uvec4 v = arena_vectors[base / 4 + i];

      if (MODE == MODE_EXPERTS_DOWN && i % 3 == 2)
        {
          const uint slot = i / (ROW_UNITS * 3);
          const float weight = chosen[table + slot] - push.first_slab < push.n_slabs
                                 ? uintBitsToFloat (chosen[table + push.n_used + slot]) : 0.0;

          v.xyz = floatBitsToUint (weight * uintBitsToFloat (v.xyz));
        }
      staged[c * (STAGED / COLS) + i] = v;
    }
}

/* Outputs of a workgroup. */
uint
count_outputs ()
{
  return PASSES * gl_WorkGroupSize.x / LANES;
}

/* The workgroup's outputs of column c as blocks of bytes. */
void
write_blocks (uint c, uint column, uint slab)
{
  const uint n = count_outputs (); /* a multiple of 32 */
  const uint i = gl_LocalInvocationID.x * 4;
  const uint first = c * n + i;
  uint bytes;
  uvec4 scales;

  if (i >= n || gl_WorkGroupID.x * n + i >= push.n_out || column >= push.n_columns)
    return;
  round_block (vec4 (finished_rows[first], finished_rows[first + 1], finished_rows[first + 2],
                     finished_rows[first + 3]), bytes, scales);
  const uint at = push.out_offset + column * push.out_stride
                  + (slab * push.n_out / 32 + (gl_WorkGroupID.x * n + i) / 32) * 12;
  const uint word = (i & 31u) / 4;

  result_words[at + word] = bytes;
  if (word < 3)
    result_words[at + 8 + word] = scales[word];
}

/* Norms column c and rounds it to bytes; eight lanes have a block of 32. Returns its sum of squares,
 * as far as this lane has seen it. */
float
stage_column (uint c, uint base)
{
  const uint n = count_units () * 32;
  float squares = 0.0;

  for (uint i = gl_LocalInvocationID.x * 4; i < n; i += gl_WorkGroupSize.x * 4)
    {
      vec4 x = input_at (base, i);

      squares += dot (x, x);
      x *= vec4 (parameters[push.norm + i], parameters[push.norm + i + 1],
                 parameters[push.norm + i + 2], parameters[push.norm + i + 3]);
      put_block_part (c * (STAGED / COLS) / 3 + i / 32, (i & 31u) / 4, x);
    }
  return squares;
}

/* Without a norm there is nothing to add up for each column: all lie side by side, so that short
 * ones are loaded at once. */
void
stage_together (uint first_column, uint z)
{
  const uint n = count_units () * 8; /* vectors of a column */

  for (uint i = gl_LocalInvocationID.x; i < COLS * n; i += gl_WorkGroupSize.x)
    {
      const uint c = i / n, v = i % n;

      put_block_part (c * (STAGED / COLS) / 3 + v / 8, v & 7u,
                      input_at (column_base (first_column + c, z), 4 * v));
    }
}

float
inverse_rms (uint c)
{
  float sum = 0.0;

  for (uint i = 0; i < gl_NumSubgroups; i++)
    sum += partial[c * 64 + i];
  return inversesqrt (sum / float (ROW_UNITS * 32) + push.eps);
}

/* Behind the first block's scales of rows that were rounded before: see round.comp. */
float
norm_factor (uint c)
{
  return IN_BYTES != 0 ? uintBitsToFloat (staged[c * (STAGED / COLS) + 2].w) : inverse_rms (c);
}

void
finish_rows (uint pass, uint first_column, uint z)
{
  const uint lane = gl_LocalInvocationID.x % LANES;

  [[unroll]] for (uint c = 0; c < COLS; c++)
    {
      const float rms = push.norm != NONE ? norm_factor (c) : 1.0;

      [[unroll]] for (uint k = 0; k < ROWS; k++)
        {
          const uint r = row_of (pass, k);
          const float sum = cluster_add (sums[k * COLS + c]) * rms;
          const float up_sum = HAS_UP ? cluster_add (up_sums[k * COLS + c]) * rms : 0.0;

          if (OUT_BYTES != 0 && lane == 0)
            finished_rows[c * count_outputs () + r - gl_WorkGroupID.x * count_outputs ()]
              = finished (min (r, push.n_out - 1), min (first_column + c, push.n_columns - 1), z,
                          sum, up_sum);
          else if (lane == 0 && r < push.n_out && first_column + c < push.n_columns)
            write_out (r, first_column + c, z, sum, up_sum);
          sums[k * COLS + c] = up_sums[k * COLS + c] = 0.0;
        }
    }
}

void
main ()
{
  const uint lane = gl_LocalInvocationID.x % LANES;
  const uint first_column = gl_WorkGroupID.y * COLS;
  const uint z = gl_WorkGroupID.z;
  uint slab = z;

  table = push.chosen + first_column * 2 * push.n_used;
  if (MODE == MODE_EXPERTS_UP)
    {
      slab = chosen[table + z] - push.first_slab;
      if (slab >= push.n_slabs)
        return; /* another dispatch has this expert; the whole workgroup goes */
    }
  first_weight_row = push.first_row + slab * push.slab_rows;
  first_up_row = push.up_first_row + slab * push.slab_rows;
  if (MODE == MODE_EXPERTS_DOWN)
    first_weight_row = push.first_row;
  load_next ();
#ifdef SINGLE
  move_up ();
  load_next ();
#endif

  fill_byte_table ();
  if (MODE == MODE_MERGED)
    merge_stretches (first_column, z);
  if (IN_BYTES == 0 && push.norm == NONE)
    stage_together (first_column, z);
  [[unroll]] for (uint c = 0; c < COLS; c++)
    {
      const uint base = column_base (first_column + c, z);

      if (IN_BYTES != 0)
        copy_staged (c, base);
      else if (push.norm != NONE)
        {
          const float sum = subgroupAdd (stage_column (c, base));

          if (gl_SubgroupInvocationID == 0)
            partial[c * 64 + gl_SubgroupID] = sum;
        }
      [[unroll]] for (uint k = 0; k < ROWS; k++)
        sums[k * COLS + c] = up_sums[k * COLS + c] = 0.0;
    }
  barrier ();

  for (uint pass = 0; pass < PASSES; pass++)
    {
      for (uint i = 0; i < count_rounds (); i++)
        {
          take_next ();
#ifdef SINGLE
          move_up ();
#endif
          load_next ();
          use_units (lane + i * AHEAD * LANES);
        }
      finish_rows (pass, first_column, z);
    }
  if (OUT_BYTES != 0)
    {
      barrier ();
      [[unroll]] for (uint c = 0; c < COLS; c++)
        write_blocks (c, first_column + c, z);
    }
}
