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
