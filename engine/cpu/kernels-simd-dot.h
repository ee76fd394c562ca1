/* Integer dot products over x16 groups, written once in the words of simd-avx2.h or
 * simd-avx512.h, one of which is included before. `type` and `n` are constants at every use,
 * so that each combination becomes straight code.
 *
 * Weights enter the products as unsigned bytes u = q + offset, and offset * sum (a) is taken
 * off again; all in exact integers, so the order does not matter. */
#pragma once

#include "kernels-simd-dot-256.h"
#include "kernels-simd-dot-32.h"

/* A tile wider than the registers hold is done in slices of columns. */
#define DEFINE_DOT(TYPE, FUNC, WIDTH)                                                       \
  static void                                                                               \
  SIMD (dot_##TYPE##_##WIDTH) (const guint8 *rows, gsize row_bytes, guint n_rows,           \
                               gsize n_in, const void *tile, float *out)                    \
  {                                                                                         \
    for (int first = 0; first < WIDTH; first += VEC_MAX_TILE)                               \
      FUNC (BLN_TYPE_##TYPE, MIN (WIDTH, VEC_MAX_TILE), WIDTH, first, rows, n_in, tile, out); \
  }
#define FOR_WIDTHS(M, ...)                                                                  \
  M (__VA_ARGS__, 1) M (__VA_ARGS__, 2) M (__VA_ARGS__, 4) M (__VA_ARGS__, 8)
#define FOR_TYPES(M)                                                                        \
  FOR_WIDTHS (M, Q4_0, dot_32)                                                              \
  FOR_WIDTHS (M, Q4_1, dot_32)                                                              \
  FOR_WIDTHS (M, Q5_0, dot_32)                                                              \
  FOR_WIDTHS (M, Q5_1, dot_32)                                                              \
  FOR_WIDTHS (M, Q8_0, dot_32)                                                              \
  FOR_WIDTHS (M, IQ4_NL, dot_32)                                                            \
  FOR_WIDTHS (M, MXFP4, dot_32)                                                             \
  FOR_WIDTHS (M, Q2_K, dot_256)                                                             \
  FOR_WIDTHS (M, Q3_K, dot_256)                                                             \
  FOR_WIDTHS (M, Q4_K, dot_256)                                                             \
  FOR_WIDTHS (M, Q5_K, dot_256)                                                             \
  FOR_WIDTHS (M, Q6_K, dot_256)                                                             \
  FOR_WIDTHS (M, IQ4_XS, dot_256)
#define SET_DOT(TYPE, FUNC, WIDTH)                                                          \
  kernels->dot[BLN_TYPE_##TYPE][bln_width_index (WIDTH)] = SIMD (dot_##TYPE##_##WIDTH);

FOR_TYPES (DEFINE_DOT)

static void
SIMD (init_dot) (BlnKernels *kernels)
{
  FOR_TYPES (SET_DOT)
}
