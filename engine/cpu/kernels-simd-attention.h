/* Scores and values of attention: several heads meet several positions at once, so that a row
 * of the cache is loaded once for all of them. Same arithmetic as kernels-c-attention.c. */
#pragma once

#include "kernels-simd-rows.h"

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

static void
SIMD (init_attention) (BlnKernels *kernels)
{
  kernels->scores[BLN_ROWS_F32] = SIMD (scores_f32);
  kernels->scores[BLN_ROWS_F16] = SIMD (scores_f16);
  kernels->values[BLN_ROWS_F32] = SIMD (values_f32);
  kernels->values[BLN_ROWS_F16] = SIMD (values_f16);
}
