/* The reference: scores, values and F32 matrix products, in plain C. */
#include "kernels-c.h"

#include <math.h>

static float
read_row (BlnRowsType type,
          const void *rows,
          gsize       i)
{
  return type == BLN_ROWS_F16 ? bln_half_to_float (((const guint16 *) rows)[i])
                              : ((const float *) rows)[i];
}

static void
scores (BlnRowsType  type,
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
  for (guint p = 0; p < n_positions; p++)
    for (guint h = 0; h < n_heads; h++)
      {
        float sums[16] = { 0 };

        for (gsize i = 0; i < width; i++)
          sums[i % 16] = fmaf (read_row (type, k, p * k_stride + i), q[h * q_stride + i],
                               sums[i % 16]);
        out[h * score_stride + p] = scale * bln_sum16 (sums);
      }
}

static void
values (BlnRowsType  type,
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
  for (guint p = 0; p < n_positions; p++)
    for (guint h = 0; h < n_heads; h++)
      for (gsize i = 0; i < width; i++)
        out[h * out_stride + i] = fmaf (weights[h * weight_stride + p],
                                        read_row (type, v, p * v_stride + i),
                                        out[h * out_stride + i]);
}

#define DEFINE_ROWS(NAME, TYPE)                                                             \
  static void                                                                               \
  scores_##NAME (const float *q, gsize q_stride, guint n_heads, const void *k,              \
                 gsize k_stride, guint n_positions, gsize width, float scale,               \
                 float *out, gsize score_stride)                                            \
  {                                                                                         \
    scores (TYPE, q, q_stride, n_heads, k, k_stride, n_positions, width, scale, out,        \
            score_stride);                                                                  \
  }                                                                                         \
  static void                                                                               \
  values_##NAME (const float *weights, gsize weight_stride, guint n_heads, const void *v,   \
                 gsize v_stride, guint n_positions, gsize width, float *out,                \
                 gsize out_stride)                                                          \
  {                                                                                         \
    values (TYPE, weights, weight_stride, n_heads, v, v_stride, n_positions, width, out,    \
            out_stride);                                                                    \
  }

DEFINE_ROWS (f32, BLN_ROWS_F32)
DEFINE_ROWS (f16, BLN_ROWS_F16)

static void
gemm (const float *a,
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
  for (gsize i = 0; i < m; i++)
    {
      for (gsize j = 0; j < n && !accumulate; j++)
        c[i * c_stride + j] = 0;
      for (gsize l = 0; l < k; l++)
        for (gsize j = 0; j < n; j++)
          c[i * c_stride + j] = fmaf (a[i * a_stride + l * a_step], b[l * b_stride + j],
                                      c[i * c_stride + j]);
    }
}

void
bln_kernels_init_c_attention (BlnKernels *kernels)
{
  kernels->scores[BLN_ROWS_F32] = scores_f32;
  kernels->scores[BLN_ROWS_F16] = scores_f16;
  kernels->values[BLN_ROWS_F32] = values_f32;
  kernels->values[BLN_ROWS_F16] = values_f16;
  kernels->gemm = gemm;
}
