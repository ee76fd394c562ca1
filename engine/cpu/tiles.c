#include "run.h"

gsize
bln_tiles_bytes (BlnActivation activation,
                 gsize         n_in,
                 guint         n_rows)
{
  gsize n = (n_rows + BLN_MAX_TILE - 1) / BLN_MAX_TILE;
  guint width = n_rows < BLN_MAX_TILE ? bln_tile_width (n_rows) : BLN_MAX_TILE;

  return bln_cpu_round (n * bln_activation_tile_bytes (activation, n_in, width));
}

gsize
bln_tiles_single_bytes (BlnActivation activation,
                        gsize         n_in)
{
  return BLN_MAX_TILE * bln_cpu_round (bln_activation_tile_bytes (activation, n_in, 1));
}

void
bln_tiles_fill (const BlnCpuRun    *run,
                BlnTiles           *tiles,
                guint               tile,
                const float *const *rows,
                guint8             *single)
{
  guint n = bln_tiles_columns (tiles, tile);
  guint width = bln_tile_width (n);
  gsize stride = bln_tiles_single_bytes (tiles->activation, tiles->n_in) / BLN_MAX_TILE;
  const void *columns[BLN_MAX_TILE];
  guint8 *out = bln_tiles_get (tiles, tile);

  if (width == 1)
    {
      bln_activation_quantize (run->kernels, tiles->activation, rows[0], tiles->n_in, out);
      return;
    }
  for (guint c = 0; c < n; c++)
    {
      columns[c] = single + c * stride;
      bln_activation_quantize (run->kernels, tiles->activation, rows[c], tiles->n_in,
                               single + c * stride);
    }
  bln_activation_gather (tiles->activation, tiles->n_in, columns, n, width, out);
}

static gboolean
wants (const BlnInput *input,
       guint           format)
{
  return (input->formats & 1u << format) != 0;
}

void
bln_input_init (BlnInput     *input,
                BlnCpuRun    *run,
                const BlnOp  *op,
                guint         formats,
                guint         column_formats,
                guint         n_rows,
                const guint  *row_map,
                BlnCpuThread *thread)
{
  guint8 *shared = run->backend->shared;
  gsize n_tiles = (n_rows + BLN_MAX_TILE - 1) / BLN_MAX_TILE;

  input->formats = formats;
  input->column_formats = column_formats;
  input->n_rows = n_rows;
  input->row_map = row_map;
  input->is_private = n_rows <= BLN_PRIVATE_ROWS;
  for (guint f = 0; f < BLN_N_FORMATS; f++)
    {
      BlnTiles *tiles = &input->tiles[f];
      gsize bytes = bln_tiles_bytes (f, op->in.width, n_rows);

      if (!wants (input, f))
        continue;
      tiles->activation = f;
      tiles->n_rows = n_rows;
      tiles->n_in = op->in.width;
      tiles->tile_bytes = bln_activation_tile_bytes (f, op->in.width, BLN_MAX_TILE);
      tiles->data = input->is_private ? bln_cpu_take (thread, bytes) : shared;
      if (!input->is_private)
        shared += bytes;
      if ((column_formats & 1u << f) == 0)
        continue;
      bytes = n_tiles * bln_tiles_single_bytes (f, op->in.width);
      input->columns[f] = input->is_private ? bln_cpu_take (thread, bytes) : shared;
      if (!input->is_private)
        shared += bytes;
    }
}

void
bln_input_fill (BlnInput     *input,
                BlnCpuRun    *run,
                const BlnOp  *op,
                guint         tile,
                BlnCpuThread *thread)
{
  const float *norm = bln_cpu_vector (run, op->norm);
  guint n = MIN (input->n_rows - tile * BLN_MAX_TILE, BLN_MAX_TILE);
  gsize used = thread->used;
  float *normed = norm != NULL
                  ? bln_cpu_take (thread, (gsize) n * op->in.width * sizeof (float)) : NULL;
  const float *rows[BLN_MAX_TILE];

  for (guint c = 0; c < n; c++)
    {
      guint row = tile * BLN_MAX_TILE + c;

      rows[c] = bln_cpu_value (run, op->in,
                               input->row_map != NULL ? input->row_map[row] : row);
      if (norm == NULL)
        continue;
      run->kernels->rms_norm (rows[c], norm, op->in.width, op->eps,
                              normed + (gsize) c * op->in.width);
      rows[c] = normed + (gsize) c * op->in.width;
    }
  for (guint f = 0; f < BLN_N_FORMATS; f++)
    if (wants (input, f))
      {
        gsize before = thread->used;
        gsize bytes = bln_tiles_single_bytes (f, op->in.width);

        bln_tiles_fill (run, &input->tiles[f], tile, rows,
                        (input->column_formats & 1u << f) != 0
                        ? input->columns[f] + tile * bytes : bln_cpu_take (thread, bytes));
        thread->used = before;
      }
  thread->used = used;
}

void
bln_input_fill_all (BlnInput     *input,
                    BlnCpuRun    *run,
                    const BlnOp  *op,
                    atomic_uint  *counter,
                    BlnCpuThread *thread)
{
  guint n_tiles = (input->n_rows + BLN_MAX_TILE - 1) / BLN_MAX_TILE;
  guint tile;

  if (input->is_private)
    {
      for (tile = 0; tile < n_tiles; tile++)
        bln_input_fill (input, run, op, tile, thread);
      return;
    }
  while ((tile = bln_cpu_next (counter, n_tiles)) < n_tiles)
    bln_input_fill (input, run, op, tile, thread);
  bln_threads_barrier (run->backend->threads);
}

const void *
bln_input_column (const BlnInput *input,
                  BlnActivation   activation,
                  guint           row)
{
  const BlnTiles *tiles = &input->tiles[activation];
  guint tile = row / BLN_MAX_TILE;
  gsize bytes = bln_tiles_single_bytes (activation, tiles->n_in);

  /* A tile of one column was quantized in its place. */
  if (bln_tiles_columns (tiles, tile) == 1)
    return bln_tiles_get (tiles, tile);
  return input->columns[activation] + tile * bytes +
         row % BLN_MAX_TILE * (bytes / BLN_MAX_TILE);
}

void
bln_input_needs (const BlnOp *op,
                 guint        formats,
                 guint        column_formats,
                 guint        n_rows,
                 BlnCpuNeeds *needs)
{
  guint n_private = MIN (n_rows, BLN_PRIVATE_ROWS);
  gsize n_tiles = (n_rows + BLN_MAX_TILE - 1) / BLN_MAX_TILE;
  gsize single = 0;

  needs->thread = bln_cpu_round ((gsize) BLN_MAX_TILE * op->in.width * sizeof (float));
  needs->shared = 0;
  for (guint f = 0; f < BLN_N_FORMATS; f++)
    if (formats & 1u << f)
      {
        needs->thread += bln_tiles_bytes (f, op->in.width, n_private);
        needs->shared += bln_tiles_bytes (f, op->in.width, n_rows);
        single = MAX (single, bln_cpu_round (bln_tiles_single_bytes (f, op->in.width)));
        if ((column_formats & 1u << f) == 0)
          continue;
        needs->thread += bln_cpu_round (bln_tiles_single_bytes (f, op->in.width));
        needs->shared += n_tiles * bln_tiles_single_bytes (f, op->in.width);
      }
  needs->thread += single;
}
