/* Products of F32 with F32 and half rows, written once in the words of simd-avx2.h or
 * simd-avx512.h, one of which is included before: float weights, scores, values, gemm. Same
 * arithmetic as the plain C; tiles only decide what is done together. */
#pragma once

#include "kernels-c.h"

#define UNROLL _Pragma ("GCC unroll 16")

enum { ELEMENTS_F32, ELEMENTS_F16, ELEMENTS_BF16 };

INLINE gsize
element_bytes (int elements)
{
  return elements == ELEMENTS_F32 ? 4 : 2;
}

INLINE Lanes
load_elements (int           elements,
               const guint8 *p)
{
  if (elements == ELEMENTS_F16)
    return l_load_half ((const guint16 *) p);
  if (elements == ELEMENTS_BF16)
    return l_load_bfloat ((const guint16 *) p);
  return l_load ((const float *) p);
}

/* The first n < 16; what follows may be the end of the mapping. */
INLINE Lanes
load_some_elements (int           elements,
                    const guint8 *p,
                    gsize         n)
{
  guint16 some[16] = { 0 };

  if (elements == ELEMENTS_F32)
    return l_load_some ((const float *) p, n);
  memcpy (some, p, n * 2);
  return load_elements (elements, (const guint8 *) some);
}

/* How many of what is left to take at once, at most `most`, so that the slices come out even:
 * five and four rather than six and three. */
INLINE gsize
even_slice (gsize left,
            gsize most)
{
  gsize slices = (left + most - 1) / most;

  return (left + slices - 1) / slices;
}

/* ---- float weights ------------------------------------------------------------------ */

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

/* ---- scores ------------------------------------------------------------------------- */

/* Four positions against n_heads queries; positions past the last are the last again. */
INLINE void
score_tile (int           elements,
            int           n_heads,
            gboolean      is_first, /* the first heads that meet these positions */
            const float  *q,
            gsize         q_stride,
            const guint8 *k,
            gsize         k_bytes,
            int           n_positions,
            gsize         width,
            float         scale,
            float        *out,
            gsize         score_stride)
{
  Lanes sums[SCORE_HEADS][SCORE_POSITIONS];
  const guint8 *row[SCORE_POSITIONS];

  UNROLL
  for (int p = 0; p < SCORE_POSITIONS; p++)
    {
      row[p] = k + MIN (p, n_positions - 1) * k_bytes;
      /* A cache that has grown long comes from memory: two tiles ahead is early enough. */
      if (is_first)
        for (gsize i = 0; i < width * element_bytes (elements); i += 64)
          __builtin_prefetch (row[p] + 2 * SCORE_POSITIONS * k_bytes + i);
      UNROLL
      for (int h = 0; h < n_heads; h++)
        sums[h][p] = l_zero ();
    }
  for (gsize i = 0; i < width; i += 16)
    {
      const gboolean is_whole = i + 16 <= width;
      Lanes keys[SCORE_POSITIONS];

      UNROLL
      for (int p = 0; p < SCORE_POSITIONS; p++)
        {
          const guint8 *at = row[p] + i * element_bytes (elements);

          keys[p] = G_LIKELY (is_whole) ? load_elements (elements, at)
                                        : load_some_elements (elements, at, width - i);
        }
      UNROLL
      for (int h = 0; h < n_heads; h++)
        {
          Lanes query = G_LIKELY (is_whole) ? l_load (q + h * q_stride + i)
                                            : l_load_some (q + h * q_stride + i, width - i);

          UNROLL
          for (int p = 0; p < SCORE_POSITIONS; p++)
            sums[h][p] = l_fma (keys[p], query, sums[h][p]);
        }
    }
  UNROLL
  for (int h = 0; h < n_heads; h++)
    {
      __m128 four = _mm_mul_ps (_mm_set1_ps (scale), l_sum4 (sums[h][0], sums[h][1],
                                                             sums[h][2], sums[h][3]));
      float scores[4];

      if (G_LIKELY (n_positions >= 4))
        _mm_storeu_ps (out + h * score_stride, four);
      else
        {
          _mm_storeu_ps (scores, four);
          memcpy (out + h * score_stride, scores, n_positions * sizeof (float));
        }
    }
}

INLINE void
scores_of (int          elements,
           const float *q,
           gsize        q_stride,
           guint        n_heads,
           const void  *k,
           gsize        k_stride,
           guint        n_positions,
           gsize        width,
           float        scale,
           float       *out,
           gsize        score_stride)
{
  const gsize k_bytes = k_stride * element_bytes (elements);

  for (guint p = 0; p < n_positions; p += SCORE_POSITIONS)
    for (guint h = 0, left = n_heads; left > 0;)
      {
        guint n = (guint) even_slice (left, SCORE_HEADS);
        const guint8 *rows = (const guint8 *) k + p * k_bytes;

#define SCORE_CASE(N)                                                                       \
  case N:                                                                                   \
    score_tile (elements, MIN (N, SCORE_HEADS), h == 0, q + h * q_stride, q_stride, rows,   \
                k_bytes, (int) (n_positions - p), width, scale, out + h * score_stride + p, \
                score_stride);                                                              \
    break;
        switch (n)
          {
            SCORE_CASE (1)
#if SCORE_HEADS > 1
            SCORE_CASE (2)
            SCORE_CASE (3)
            SCORE_CASE (4)
            SCORE_CASE (5)
            SCORE_CASE (6)
#endif
          }
        h += n;
        left -= n;
      }
}

/* ---- values ------------------------------------------------------------------------- */

/* n_vectors of the width (the last one short if `rest`), for n_heads heads. */
INLINE void
value_tile (int           elements,
            int           n_heads,
            int           n_vectors,
            gsize         rest,
            const float  *weights,
            gsize         weight_stride,
            const guint8 *v,
            gsize         v_bytes,
            guint         n_positions,
            float        *out,
            gsize         out_stride)
{
  Lanes sums[VALUE_HEADS][VALUE_VECTORS];

  UNROLL
  for (int h = 0; h < n_heads; h++)
    {
      UNROLL
      for (int j = 0; j < n_vectors; j++)
        sums[h][j] = rest != 0 ? l_load_some (out + h * out_stride, rest)
                               : l_load (out + h * out_stride + 16 * j);
    }
  for (guint p = 0; p < n_positions; p++, v += v_bytes)
    {
      Lanes values[VALUE_VECTORS];

      UNROLL
      for (int j = 0; j < n_vectors; j++)
        values[j] = rest != 0 ? load_some_elements (elements, v, rest)
                              : load_elements (elements, v + 16 * j * element_bytes (elements));
      UNROLL
      for (int h = 0; h < n_heads; h++)
        {
          Lanes weight = l_set (weights[h * weight_stride + p]);

          UNROLL
          for (int j = 0; j < n_vectors; j++)
            sums[h][j] = l_fma (weight, values[j], sums[h][j]);
        }
    }
  UNROLL
  for (int h = 0; h < n_heads; h++)
    {
      UNROLL
      for (int j = 0; j < n_vectors; j++)
        if (rest != 0)
          l_store_some (out + h * out_stride, rest, sums[h][j]);
        else
          l_store (out + h * out_stride + 16 * j, sums[h][j]);
    }
}

INLINE void
value_heads (int           elements,
             int           n_heads,
             const float  *weights,
             gsize         weight_stride,
             const guint8 *v,
             gsize         v_bytes,
             guint         n_positions,
             gsize         width,
             float        *out,
             gsize         out_stride)
{
  gsize i = 0;

  while (i + 16 <= width)
    {
      const gsize n = even_slice ((width - i) / 16, VALUE_VECTORS);

#define VALUE_SLICE(N)                                                                      \
  case N:                                                                                   \
    value_tile (elements, n_heads, MIN (N, VALUE_VECTORS), 0, weights, weight_stride,       \
                v + i * element_bytes (elements), v_bytes, n_positions, out + i, out_stride); \
    break;
      switch (n)
        {
          VALUE_SLICE (1)
#if VALUE_VECTORS > 1
          VALUE_SLICE (2)
          VALUE_SLICE (3)
#endif
        }
      i += 16 * n;
    }
  if (i < width)
    value_tile (elements, n_heads, 1, width - i, weights, weight_stride,
                v + i * element_bytes (elements), v_bytes, n_positions, out + i, out_stride);
}

INLINE void
values_of (int          elements,
           const float *weights,
           gsize        weight_stride,
           guint        n_heads,
           const void  *v,
           gsize        v_stride,
           guint        n_positions,
           gsize        width,
           float       *out,
           gsize        out_stride)
{
  for (guint h = 0, left = n_heads; left > 0;)
    {
      guint n = (guint) even_slice (left, VALUE_HEADS);

#define VALUE_CASE(N)                                                                       \
  case N:                                                                                   \
    value_heads (elements, MIN (N, VALUE_HEADS), weights + h * weight_stride, weight_stride, \
                 v, v_stride * element_bytes (elements), n_positions, width,                \
                 out + h * out_stride, out_stride);                                         \
    break;
      switch (n)
        {
          VALUE_CASE (1)
          VALUE_CASE (2)
          VALUE_CASE (3)
          VALUE_CASE (4)
#if VALUE_HEADS > 4
          VALUE_CASE (5)
          VALUE_CASE (6)
          VALUE_CASE (7)
          VALUE_CASE (8)
#endif
        }
      h += n;
      left -= n;
    }
}

#define DEFINE_ROWS(NAME, ELEMENTS)                                                         \
  static void                                                                               \
  SIMD (scores_##NAME) (const float *q, gsize q_stride, guint n_heads, const void *k,       \
                        gsize k_stride, guint n_positions, gsize width, float scale,        \
                        float *out, gsize score_stride)                                     \
  {                                                                                         \
    scores_of (ELEMENTS, q, q_stride, n_heads, k, k_stride, n_positions, width, scale, out, \
               score_stride);                                                               \
  }                                                                                         \
  static void                                                                               \
  SIMD (values_##NAME) (const float *weights, gsize weight_stride, guint n_heads,           \
                        const void *v, gsize v_stride, guint n_positions, gsize width,      \
                        float *out, gsize out_stride)                                       \
  {                                                                                         \
    values_of (ELEMENTS, weights, weight_stride, n_heads, v, v_stride, n_positions, width,  \
               out, out_stride);                                                            \
  }

DEFINE_ROWS (f32, ELEMENTS_F32)
DEFINE_ROWS (f16, ELEMENTS_F16)

/* ---- gemm --------------------------------------------------------------------------- */

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
    gemm_tile (n_rows, MIN (N, GEMM_VECTORS), 0, a, a_stride, a_step, b + j, b_stride, k,           \
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
    gemm_tile (n_rows, 1, n - j, a, a_stride, a_step, b + j, b_stride, k, accumulate, c + j, c_stride);
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
    gemm_rows (1, a + i * a_stride, a_stride, a_step, b, b_stride, n, k, accumulate, c + i * c_stride,
               c_stride);
}

static void
SIMD (init_attention) (BlnKernels *kernels)
{
  FOR_FLOATS (SET_DOT_FLOAT)
  kernels->scores[BLN_ROWS_F32] = SIMD (scores_f32);
  kernels->scores[BLN_ROWS_F16] = SIMD (scores_f16);
  kernels->values[BLN_ROWS_F32] = SIMD (values_f32);
  kernels->values[BLN_ROWS_F16] = SIMD (values_f16);
  kernels->gemm = SIMD (gemm);
}
