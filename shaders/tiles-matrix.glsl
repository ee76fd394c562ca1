/* A tile by matrix units: each subgroup owns PART_ROWS by PART_COLUMNS outputs as matrices of
 * 16 by 16. Neighbouring lanes decode neighbouring blocks of a row, so that what they load lies
 * together. While a stretch is multiplied the next one is on its way into registers. Rows in
 * shared memory are eight halves longer than a stretch: the eight that matrix loads take at a
 * time then lie in different banks. */
#include "matrix.glsl"

const uint STEP_BLOCKS = STEP / 32, STEP_EIGHTS = STEP / 8;
const uint STRIDE = STEP_EIGHTS + 1;                       /* of a row, in eights of halves */
const uint STRIDE_TRANSPOSED = TILE_ROWS / 8 + 1;          /* of the weights of one input */
const uint N_ROWS = PART_ROWS / 16, N_COLUMNS = PART_COLUMNS / 16;
const uint PARTS = (TILE_ROWS / PART_ROWS) * (TILE_COLUMNS / PART_COLUMNS);
const uint WIDTH = PARTS * SUBGROUP;
/* What a lane brings of each stretch: blocks of weights, eights of inputs. */
const uint BLOCKS = TILE_ROWS * STEP_BLOCKS / WIDTH;
const uint MINE = (TILE_COLUMNS * STEP_EIGHTS + WIDTH - 1) / WIDTH;

shared uvec4 tile_weights[TRANSPOSED != 0 ? STEP * STRIDE_TRANSPOSED : TILE_ROWS * STRIDE];
shared uvec4 tile_inputs[TILE_COLUMNS * STRIDE];
shared float patch_sums[PARTS * 256];

MatrixSum sums[N_ROWS * N_COLUMNS];
uvec4 next_weights[BLOCKS][RAW_WORDS];
uvec4 next_inputs[MINE];
uint input_base[MINE];

/* Block i of the lane's: a row of the tile and a block of the stretch, or an input of the
 * stretch and a block of the tile's rows. */
uint
block_row (uint i)
{
  const uint j = gl_LocalInvocationID.x + i * WIDTH;
  return TRANSPOSED != 0 ? j / (TILE_ROWS / 32) : j / STEP_BLOCKS;
}

uint
block_place (uint i)
{
  const uint j = gl_LocalInvocationID.x + i * WIDTH;
  return TRANSPOSED != 0 ? j % (TILE_ROWS / 32) : j % STEP_BLOCKS;
}

/* Past the end of a row stand zeros. */
void
fetch_block (uint i, uint step)
{
  const uint r = block_row (i);
  const uint b = step * STEP_BLOCKS + block_place (i);

  [[unroll]] for (uint k = 0; k < RAW_WORDS; k++)
    next_weights[i][k] = uvec4 (0);
  if (TRANSPOSED != 0)
    load (transposed_row (step * STEP + r), transposed_block (first_output / 32 + block_place (i)),
          push.n_out, push.side, next_weights[i]);
  else if (b * 32 >= push.n_in)
    return;
  else if (is_up (r))
    load_up (up_row (output_of (r)), b, push.n_in, push.up_side, next_weights[i]);
  else
    load (weight_row (output_of (r)), b, push.n_in, push.side, next_weights[i]);
}

/* Brings the stretch `step` into registers. */
void
fetch (uint step)
{
  [[unroll]] for (uint i = 0; i < BLOCKS; i++)
    fetch_block (i, step);
  [[unroll]] for (uint i = 0; i < MINE; i++)
    {
      const uint k = step * STEP_EIGHTS + (gl_LocalInvocationID.x + i * WIDTH) % STEP_EIGHTS;

      next_inputs[i] = uvec4 (0);
      if (8 * k < push.n_in)
        next_inputs[i] = inputs4[input_base[i] + k];
    }
}

/* Puts what was fetched into shared memory. */
void
put (uint step)
{
  [[unroll]] for (uint i = 0; i < BLOCKS; i++)
    {
      const uint r = block_row (i), place = block_place (i);
      const uint at = TRANSPOSED != 0 ? r * STRIDE_TRANSPOSED + 4 * place : r * STRIDE + 4 * place;
      uvec4 halves[4];

      if (TRANSPOSED != 0)
        raw_halves (next_weights[i], transposed_row (step * STEP + r),
                    transposed_block (first_output / 32 + place), push.n_out, halves);
      else
        raw_halves (next_weights[i], is_up (r) ? up_row (output_of (r))
                                               : weight_row (output_of (r)),
                    step * STEP_BLOCKS + place, push.n_in, halves);
      [[unroll]] for (uint k = 0; k < 4; k++)
        tile_weights[at + k] = halves[k];
    }
  [[unroll]] for (uint i = 0; i < MINE; i++)
    {
      const uint j = gl_LocalInvocationID.x + i * WIDTH;

      if (j < TILE_COLUMNS * STEP_EIGHTS)
        tile_inputs[j / STEP_EIGHTS * STRIDE + j % STEP_EIGHTS] = next_inputs[i];
    }
}

void
add_stretch (uint part_row, uint part_column)
{
  [[unroll]] for (uint k = 0; k < STEP / 16; k++)
    {
      MatrixA a[N_ROWS];
      MatrixB b;

      [[unroll]] for (uint r = 0; r < N_ROWS; r++)
        {
          const uint row = part_row + 16 * r;

          if (TRANSPOSED != 0)
            MATRIX_LOAD_A (a[r], tile_weights,
                           16 * k * STRIDE_TRANSPOSED + row / 8, STRIDE_TRANSPOSED, BY_COLUMNS);
          else
            MATRIX_LOAD_A (a[r], tile_weights, row * STRIDE + 2 * k, STRIDE, BY_ROWS);
        }
      [[unroll]] for (uint c = 0; c < N_COLUMNS; c++)
        {
          MATRIX_LOAD_B (b, tile_inputs, (part_column + 16 * c) * STRIDE + 2 * k, STRIDE,
                         BY_COLUMNS);
          [[unroll]] for (uint r = 0; r < N_ROWS; r++)
            sums[c * N_ROWS + r] = MATRIX_MUL_ADD (a[r], b, sums[c * N_ROWS + r]);
        }
    }
}

/* Matrices tell nobody which lane holds what, so each goes out through a patch of shared memory
 * that is its subgroup's own. */
const uint PATCH_LANE = 256 / SUBGROUP; /* numbers of a patch for each lane */

void
read_patch (MatrixSum m, out float numbers[PATCH_LANE])
{
  const uint at = gl_SubgroupID * 256;

  MATRIX_STORE (m, patch_sums, at, 16, BY_COLUMNS);
  subgroupMemoryBarrierShared ();
  subgroupBarrier ();
  [[unroll]] for (uint i = 0; i < PATCH_LANE; i++)
    numbers[i] = patch_sums[at + i * SUBGROUP + gl_SubgroupInvocationID];
  subgroupBarrier ();
}

void
write_part (uint part_row, uint part_column)
{
  float own[PATCH_LANE], other[PATCH_LANE];

  [[unroll]] for (uint c = 0; c < N_COLUMNS; c++)
    [[unroll]] for (uint r = 0; r < N_ROWS / GLUED; r++)
      {
        read_patch (sums[c * N_ROWS + r], own);
        if (GLU != 0)
          read_patch (sums[c * N_ROWS + N_ROWS / 2 + r], other);
        [[unroll]] for (uint i = 0; i < PATCH_LANE; i++)
          {
            const uint at = i * SUBGROUP + gl_SubgroupInvocationID;
            const uint column = part_column + 16 * c + at / 16;
            const uint row = output_of (part_row + 16 * r) + at % 16;

            if (column < n_columns && row < push.n_out)
              write_out (column, row, own[i], other[i]);
          }
      }
}

void
multiply ()
{
  const uint n_steps = (push.n_in + STEP - 1) / STEP;
  const uint part_row = gl_SubgroupID % (TILE_ROWS / PART_ROWS) * PART_ROWS;
  const uint part_column = gl_SubgroupID / (TILE_ROWS / PART_ROWS) * PART_COLUMNS;

  [[unroll]] for (uint i = 0; i < N_ROWS * N_COLUMNS; i++)
    sums[i] = MATRIX_FILLED (0.0);
  [[unroll]] for (uint i = 0; i < MINE; i++)
    {
      const uint j = gl_LocalInvocationID.x + i * WIDTH;

      input_base[i] = (push.in_offset + input_row (j / STEP_EIGHTS) * push.in_stride
                       + slab * push.in_slab) / 8;
    }
  fetch (0);
  for (uint step = 0; step < n_steps; step++)
    {
      put (step);
      barrier ();
      if (step + 1 < n_steps)
        fetch (step + 1);
      add_stretch (part_row, part_column);
      barrier ();
    }
  write_part (part_row, part_column);
}
