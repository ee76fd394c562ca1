/* Dot products of float weights as they lie in the file: several rows and columns at once, so
 * that what is loaded is used more than once. Same arithmetic as kernels-c-dot.c. */
#pragma once

#include "kernels-simd-rows.h"

/* n_rows rows against n columns of a tile from column `first`. Rows past the last are the
 * last again. */
INLINE void
dot_rows (int           elements,
          int           n_rows,
          int           n,
          int           stride,
          int           first,
          const guint8 *rows,
          gsize         row_bytes,
          int           last_row,
          gsize         n_in,
          const float  *tile,
          float        *out)
{
  Lanes sums[16];
  const guint8 *row[16];
  gsize i = 0;

  UNROLL
  for (int r = 0; r < n_rows; r++)
    {
      row[r] = rows + MIN (r, last_row) * row_bytes;
      UNROLL
      for (int c = 0; c < n; c++)
        sums[r * n + c] = l_zero ();
    }
  tile += 16 * first;
  for (; i < n_in; i += 16, tile += 16 * stride)
    {
      UNROLL
      for (int r = 0; r < n_rows; r++)
        {
          const guint8 *p = row[r] + i * element_bytes (elements);
          Lanes w = G_LIKELY (i + 16 <= n_in) ? load_elements (elements, p)
                                              : load_some_elements (elements, p, n_in - i);

          UNROLL
          for (int c = 0; c < n; c++)
            sums[r * n + c] = l_fma (w, l_load (tile + 16 * c), sums[r * n + c]);
        }
    }
  UNROLL
  for (int r = 0; r < n_rows; r++)
    {
      UNROLL
      for (int c = 0; c < n; c++)
        if (r <= last_row)
          out[BLN_GROUP_ROWS * (first + c) + r] = l_sum (sums[r * n + c]);
    }
}

INLINE void
dot_float (int           elements,
           int           width,
           const guint8 *rows,
           gsize         row_bytes,
           guint         n_rows,
           gsize         n_in,
           const float  *tile,
           float        *out)
{
  const int n = MIN (width, DOT_SUMS / 2), at_once = MIN (DOT_SUMS / n, 8);

  if (n_rows < BLN_GROUP_ROWS)
    memset (out, 0, sizeof (float) * BLN_GROUP_ROWS * width);
  for (int r = 0; r < (int) n_rows; r += at_once)
    for (int first = 0; first < width; first += n)
      dot_rows (elements, at_once, n, width, first, rows + r * row_bytes, row_bytes,
                (int) n_rows - 1 - r, n_in, tile, out + r);
}

#define DEFINE_DOT_FLOAT(TYPE, WIDTH)                                                       \
  static void                                                                               \
  SIMD (dot_##TYPE##_##WIDTH) (const guint8 *rows, gsize row_bytes, guint n_rows,           \
                               gsize n_in, const void *tile, float *out)                    \
  {                                                                                         \
    dot_float (ELEMENTS_##TYPE, WIDTH, rows, row_bytes, n_rows, n_in, tile, out);           \
  }
#define SET_DOT_FLOAT(TYPE, WIDTH) \
  kernels->dot[BLN_TYPE_##TYPE][bln_width_index (WIDTH)] = SIMD (dot_##TYPE##_##WIDTH);
#define FOR_FLOATS(M)                                                                       \
  M (F32, 1) M (F32, 2) M (F32, 4) M (F32, 8) M (F16, 1) M (F16, 2) M (F16, 4) M (F16, 8)   \
  M (BF16, 1) M (BF16, 2) M (BF16, 4) M (BF16, 8)

FOR_FLOATS (DEFINE_DOT_FLOAT)

static void
SIMD (init_dot_float) (BlnKernels *kernels)
{
  FOR_FLOATS (SET_DOT_FLOAT)
}
