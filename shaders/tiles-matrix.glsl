/* A tile by matrix units: each subgroup owns PART_ROWS by PART_COLUMNS outputs as matrices of
 * 16 by 16. Rows of 40 halves in shared memory: the eight rows that matrix loads take at a time
 * then lie in different banks. */
#include "matrix.glsl"

const uint STRIDE = (STEP + 8) / 8;                        /* of a row, in eights of halves */
const uint STRIDE_TRANSPOSED = (TILE_ROWS + 8) / 8;        /* of the weights of one input */
const uint WEIGHT_EIGHTS = TRANSPOSED != 0 ? STEP * STRIDE_TRANSPOSED : TILE_ROWS * STRIDE;
const uint INPUT_EIGHTS = TILE_COLUMNS * STRIDE;
const uint N_ROWS = PART_ROWS / 16, N_COLUMNS = PART_COLUMNS / 16;
const uint PARTS = (TILE_ROWS / PART_ROWS) * (TILE_COLUMNS / PART_COLUMNS);
const uint WIDTH = PARTS * SUBGROUP;
const uint MINE = (TILE_COLUMNS * 4 + WIDTH - 1) / WIDTH;  /* eights of inputs a lane brings */
const uint BLOCKS = (TILE_ROWS + WIDTH - 1) / WIDTH;       /* of weights */

shared uvec4 tile_weights[2 * WEIGHT_EIGHTS];
shared uvec4 tile_inputs[2 * INPUT_EIGHTS];
shared float patch_sums[PARTS * 256];

MatrixSum sums[N_ROWS * N_COLUMNS];
uvec4 next_weights[BLOCKS * 4];
uvec4 next_inputs[MINE];
uint input_base[MINE];

uvec4
eight_halves (float a, float b, float c, float d, float e, float f, float g, float h)
{
  return uvec4 (packHalf2x16 (vec2 (a, b)), packHalf2x16 (vec2 (c, d)),
                packHalf2x16 (vec2 (e, f)), packHalf2x16 (vec2 (g, h)));
}

/* Brings the stretch `step` into registers. */
void
fetch (uint step)
{
  float v[32];

  [[unroll]] for (uint i = 0; i < BLOCKS; i++)
    {
      const uint j = gl_LocalInvocationID.x + i * WIDTH;

      if (TRANSPOSED != 0)
        decode_transposed (step * STEP + j % STEP, first_output / 32 + j / STEP, v);
      else
        decode (output_of (j), step, is_up (j) ? 1 : 0, v);
      [[unroll]] for (uint k = 0; k < 4; k++)
        next_weights[4 * i + k] = eight_halves (v[8 * k], v[8 * k + 1], v[8 * k + 2],
                                                v[8 * k + 3], v[8 * k + 4], v[8 * k + 5],
                                                v[8 * k + 6], v[8 * k + 7]);
    }
  [[unroll]] for (uint i = 0; i < MINE; i++)
    next_inputs[i] = inputs4[input_base[i] + 4 * step];
}

/* Puts what was fetched into half `into` of shared memory. */
void
put (uint into)
{
  [[unroll]] for (uint i = 0; i < BLOCKS; i++)
    {
      const uint j = gl_LocalInvocationID.x + i * WIDTH;
      const uint at = into * WEIGHT_EIGHTS
                      + (TRANSPOSED != 0 ? (j % STEP) * STRIDE_TRANSPOSED + j / STEP * 4
                                         : j * STRIDE);

      if (j < TILE_ROWS)
        [[unroll]] for (uint k = 0; k < 4; k++)
          tile_weights[at + k] = next_weights[4 * i + k];
    }
  [[unroll]] for (uint i = 0; i < MINE; i++)
    {
      const uint j = gl_LocalInvocationID.x + i * WIDTH;

      if (j < TILE_COLUMNS * 4)
        tile_inputs[into * INPUT_EIGHTS + j / 4 * STRIDE + j % 4] = next_inputs[i];
    }
}

void
add_stretch (uint from, uint part_row, uint part_column)
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
                           from * WEIGHT_EIGHTS + 16 * k * STRIDE_TRANSPOSED + row / 8,
                           STRIDE_TRANSPOSED, BY_COLUMNS);
          else
            MATRIX_LOAD_A (a[r], tile_weights, from * WEIGHT_EIGHTS + row * STRIDE + 2 * k,
                           STRIDE, BY_ROWS);
        }
      [[unroll]] for (uint c = 0; c < N_COLUMNS; c++)
        {
          MATRIX_LOAD_B (b, tile_inputs,
                         from * INPUT_EIGHTS + (part_column + 16 * c) * STRIDE + 2 * k,
                         STRIDE, BY_COLUMNS);
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

      input_base[i] = (push.in_offset + input_row (j / 4) * push.in_stride + slab * push.in_slab)
                      / 8 + j % 4;
    }
  fetch (0);
  put (0);
  barrier ();
  for (uint step = 0; step < n_steps; step++)
    {
      if (step + 1 < n_steps)
        fetch (step + 1);
      add_stretch (step & 1u, part_row, part_column);
      if (step + 1 < n_steps)
        put ((step + 1) & 1u);
      barrier ();
    }
  write_part (part_row, part_column);
}
