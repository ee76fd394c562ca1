/* Products of F32 matrices: a tile of rows and vectors stays in registers over the whole sum.
 * Same arithmetic as kernels-c-attention.c. */
#pragma once

#include "kernels-simd-rows.h"

INLINE void
gemm_tile (int          n_rows,
           int          n_vectors,
           gsize        rest, /* columns, where fewer than a vector are left */
           const float *a,
           gsize        a_stride,
           gsize        a_step,
           const float *b,
           gsize        b_stride,
           gsize        k,
           gboolean     accumulate,
           float       *c,
           gsize        c_stride)
{
  Lanes sums[GEMM_ROWS][GEMM_VECTORS];

  UNROLL
  for (int r = 0; r < n_rows; r++)
    {
      UNROLL
      for (int j = 0; j < n_vectors; j++)
        {
          const float *at = c + r * c_stride + 16 * j;

          sums[r][j] = !accumulate ? l_zero () : rest != 0 ? l_load_some (at, rest) : l_load (at);
        }
    }
  for (gsize i = 0; i < k; i++, b += b_stride)
    {
      Lanes columns[GEMM_VECTORS];

      UNROLL
      for (int j = 0; j < n_vectors; j++)
        columns[j] = rest != 0 ? l_load_some (b, rest) : l_load (b + 16 * j);
      UNROLL
      for (int r = 0; r < n_rows; r++)
        {
          Lanes x = l_set (a[r * a_stride + i * a_step]);

          UNROLL
          for (int j = 0; j < n_vectors; j++)
            sums[r][j] = l_fma (x, columns[j], sums[r][j]);
        }
    }
  UNROLL
  for (int r = 0; r < n_rows; r++)
    {
      UNROLL
      for (int j = 0; j < n_vectors; j++)
        if (rest != 0)
          l_store_some (c + r * c_stride, rest, sums[r][j]);
        else
          l_store (c + r * c_stride + 16 * j, sums[r][j]);
    }
}

INLINE void
gemm_rows (int          n_rows,
           const float *a,
           gsize        a_stride,
           gsize        a_step,
           const float *b,
           gsize        b_stride,
           gsize        n,
           gsize        k,
           gboolean     accumulate,
           float       *c,
           gsize        c_stride)
{
  gsize j = 0;

  while (j + 16 <= n)
    {
      const gsize slice = even_slice ((n - j) / 16, GEMM_VECTORS);

#define GEMM_SLICE(N)                                                                       \
  case N:                                                                                   \
    gemm_tile (n_rows, MIN (N, GEMM_VECTORS), 0, a, a_stride, a_step, b + j, b_stride, k,   \
               accumulate, c + j, c_stride);                                                \
    break;
      switch (slice)
        {
          GEMM_SLICE (1)
#if GEMM_VECTORS > 1
          GEMM_SLICE (2)
          GEMM_SLICE (3)
#endif
        }
      j += 16 * slice;
    }
  if (j < n)
    gemm_tile (n_rows, 1, n - j, a, a_stride, a_step, b + j, b_stride, k, accumulate, c + j,
               c_stride);
}

static void
SIMD (gemm) (const float *a,
             gsize        a_stride,
             gsize        a_step,
             const float *b,
             gsize        b_stride,
             gsize        m,
             gsize        n,
             gsize        k,
             gboolean     accumulate,
             float       *c,
             gsize        c_stride)
{
  gsize i = 0;

  for (; i + GEMM_ROWS <= m; i += GEMM_ROWS)
    gemm_rows (GEMM_ROWS, a + i * a_stride, a_stride, a_step, b, b_stride, n, k, accumulate,
               c + i * c_stride, c_stride);
  for (; i < m; i++)
    gemm_rows (1, a + i * a_stride, a_stride, a_step, b, b_stride, n, k, accumulate,
               c + i * c_stride, c_stride);
}

static void
SIMD (init_gemm) (BlnKernels *kernels)
{
  kernels->gemm = SIMD (gemm);
}
