/* A tile in F32, STEP being 32: each lane owns PART_ROWS by PART_COLUMNS outputs, spread so that
 * neighbours read neighbouring words of shared memory. */

const uint STRIDE = STEP + 4;
const uint LANE_ROWS = TILE_ROWS / PART_ROWS; /* lanes side by side along the rows */
const uint LANE_COLUMNS = TILE_COLUMNS / PART_COLUMNS;

shared vec4 tile_weights[TILE_ROWS * STRIDE / 4];
shared vec4 tile_inputs[TILE_COLUMNS * STRIDE / 4];

float sums[PART_ROWS * PART_COLUMNS];

float
input_at (uint row, uint k)
{
  const uint at = push.in_offset + row * push.in_stride + slab * push.in_slab + k;

  if (k >= push.n_in)
    return 0.0;
  return IN_HALVES != 0 ? float (inputs16[at]) : inputs[at];
}

void
stage_weights (uint step)
{
  float v[32];

  if (TRANSPOSED != 0)
    {
      /* A lane's 32 outputs stand in one column of the tile. */
      for (uint i = gl_LocalInvocationID.x; i < TILE_ROWS; i += gl_WorkGroupSize.x)
        {
          const uint k = i % STEP, block = i / STEP;

          dequant (transposed_row (step * STEP + k), transposed_block (first_output / 32 + block),
                   push.n_out, push.side, v);
          for (uint j = 0; j < 32; j++)
            tile_weights[((block * 32 + j) * STRIDE + k) / 4][k & 3u] = v[j];
        }
      return;
    }
  for (uint i = gl_LocalInvocationID.x; i < TILE_ROWS; i += gl_WorkGroupSize.x)
    {
      if (is_up (i))
        dequant_up (up_row (output_of (i)), step, push.n_in, push.up_side, v);
      else
        dequant (weight_row (output_of (i)), step, push.n_in, push.side, v);
      [[unroll]] for (uint j = 0; j < 8; j++)
        tile_weights[i * (STRIDE / 4) + j] = vec4 (v[4 * j], v[4 * j + 1], v[4 * j + 2],
                                                   v[4 * j + 3]);
    }
}

void
stage_inputs (uint step)
{
  for (uint i = gl_LocalInvocationID.x; i < TILE_COLUMNS * 8; i += gl_WorkGroupSize.x)
    {
      const uint row = input_row (i / 8);
      const uint k = step * STEP + 4 * (i % 8);

      tile_inputs[i / 8 * (STRIDE / 4) + i % 8] = vec4 (input_at (row, k), input_at (row, k + 1),
                                                        input_at (row, k + 2),
                                                        input_at (row, k + 3));
    }
}

void
multiply ()
{
  /* Parts of gate and up are to be of one lane, so a lane's rows are contiguous in its part. */
  const uint lane_row = gl_LocalInvocationID.x % LANE_ROWS;
  const uint lane_column = gl_LocalInvocationID.x / LANE_ROWS;

  [[unroll]] for (uint i = 0; i < PART_ROWS * PART_COLUMNS; i++)
    sums[i] = 0.0;
  for (uint step = 0; step * STEP < push.n_in; step++)
    {
      barrier ();
      stage_weights (step);
      stage_inputs (step);
      barrier ();
      for (uint k = 0; k < STEP / 4; k++)
        {
          vec4 w[PART_ROWS];

          [[unroll]] for (uint r = 0; r < PART_ROWS; r++)
            w[r] = tile_weights[(lane_row * PART_ROWS + r) * (STRIDE / 4) + k];
          [[unroll]] for (uint c = 0; c < PART_COLUMNS; c++)
            {
              const vec4 x = tile_inputs[(c * LANE_COLUMNS + lane_column) * (STRIDE / 4) + k];

              [[unroll]] for (uint r = 0; r < PART_ROWS; r++)
                sums[c * PART_ROWS + r] += dot (w[r], x);
            }
        }
    }
  [[unroll]] for (uint c = 0; c < PART_COLUMNS; c++)
    [[unroll]] for (uint r = 0; r < PART_ROWS / GLUED; r++)
      {
        const uint column = c * LANE_COLUMNS + lane_column;
        const uint row = output_of (lane_row * PART_ROWS + r);

        if (column < n_columns && row < push.n_out)
          write_out (column, row, sums[c * PART_ROWS + r],
                     sums[c * PART_ROWS + (GLUED - 1) * (PART_ROWS / 2) + r]);
      }
}
