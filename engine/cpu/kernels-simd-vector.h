/* Element-wise work on rows of F32, written once in the words of simd-avx2.h or
 * simd-avx512.h, one of which is included before. Same arithmetic as kernels-c-vector.c. */
#pragma once

#include "kernels-c.h"

#include <math.h>

INLINE Lanes
exp_lanes (Lanes x)
{
  Lanes low = l_set (BLN_EXP_MIN);
  Lanes clamped = l_max (low, l_min (l_set (BLN_EXP_MAX), x));
  Lanes n = l_round (l_mul (clamped, l_set (BLN_EXP_LOG2E)));
  Lanes r = l_fma (n, l_set (-BLN_EXP_LN2_HIGH), clamped);
  Lanes p;

  r = l_fma (n, l_set (-BLN_EXP_LN2_LOW), r);
  p = l_fma (l_set (BLN_EXP_P7), r, l_set (BLN_EXP_P6));
  p = l_fma (p, r, l_set (BLN_EXP_P5));
  p = l_fma (p, r, l_set (BLN_EXP_P4));
  p = l_fma (p, r, l_set (BLN_EXP_P3));
  p = l_fma (p, r, l_set (BLN_EXP_P2));
  p = l_fma (p, l_mul (r, r), r);
  return l_zero_below (x, low, l_mul (l_add (p, l_set (1)), l_power_of_two (n)));
}

INLINE Lanes
sigmoid_lanes (Lanes x)
{
  return l_div (l_set (1), l_add (l_set (1), exp_lanes (l_sub (l_zero (), x))));
}

static float
SIMD (dot_f32) (const float *a,
                const float *b,
                gsize        n)
{
  Lanes sums = l_zero ();
  gsize i = 0;

  for (; i + 16 <= n; i += 16)
    sums = l_fma (l_load (a + i), l_load (b + i), sums);
  if (i < n)
    sums = l_fma (l_load_some (a + i, n - i), l_load_some (b + i, n - i), sums);
  return l_sum (sums);
}

static void
SIMD (rms_norm) (const float *x,
                 const float *weight,
                 gsize        n,
                 float        eps,
                 float       *y)
{
  float scale = 1.0f / sqrtf (SIMD (dot_f32) (x, x, n) / (float) n + eps);

  if (weight == NULL)
    for (gsize i = 0; i < n; i++)
      y[i] = x[i] * scale;
  else
    for (gsize i = 0; i < n; i++)
      y[i] = x[i] * scale * weight[i];
}

static void
SIMD (add) (const float *a,
            gsize        n,
            float       *y)
{
  for (gsize i = 0; i < n; i++)
    y[i] += a[i];
}

static void
SIMD (axpy) (float        scale,
             const float *a,
             gsize        n,
             float       *y)
{
  for (gsize i = 0; i < n; i++)
    y[i] = fmaf (scale, a[i], y[i]);
}

static float
SIMD (max) (const float *x,
            gsize        n)
{
  Lanes highest = l_set (-INFINITY);
  float result;
  gsize i = 0;

  for (; i + 16 <= n; i += 16)
    highest = l_max (l_load (x + i), highest);
  result = l_highest (highest);
  for (; i < n; i++)
    result = x[i] > result ? x[i] : result;
  return result;
}

static float
SIMD (exp_sum) (float *x,
                gsize  n,
                float  max)
{
  Lanes sums = l_zero (), maximum = l_set (max);
  float last[16] = { 0 };
  gsize i = 0;

  for (; i + 16 <= n; i += 16)
    {
      Lanes e = exp_lanes (l_sub (l_load (x + i), maximum));

      l_store (x + i, e);
      sums = l_add (sums, e);
    }
  if (i < n)
    {
      l_store_some (x + i, n - i,
                    exp_lanes (l_sub (l_load_some (x + i, n - i), maximum)));
      memcpy (last, x + i, (n - i) * sizeof (float));
      sums = l_add (sums, l_load (last));
    }
  return l_sum (sums);
}

INLINE Lanes
silu_lanes (Lanes gate,
            Lanes up)
{
  return l_mul (l_mul (gate, sigmoid_lanes (gate)), up);
}

INLINE Lanes
gelu_lanes (Lanes gate,
            Lanes up)
{
  Lanes inner = l_fma (l_mul (gate, gate), l_set (BLN_GELU_B), l_set (1));
  Lanes s = sigmoid_lanes (l_mul (l_mul (l_set (BLN_GELU_A), gate), inner));

  return l_mul (l_mul (gate, s), up);
}

#define DEFINE_GATED(NAME, FUNC)                                                            \
  static void                                                                               \
  SIMD (NAME) (const float *gate, const float *up, gsize n, float *y)                       \
  {                                                                                         \
    gsize i = 0;                                                                            \
                                                                                            \
    for (; i + 16 <= n; i += 16)                                                            \
      l_store (y + i, FUNC (l_load (gate + i), l_load (up + i)));                           \
    if (i < n)                                                                              \
      l_store_some (y + i, n - i,                                                           \
                    FUNC (l_load_some (gate + i, n - i), l_load_some (up + i, n - i)));     \
  }

DEFINE_GATED (silu_mul, silu_lanes)
DEFINE_GATED (gelu_mul, gelu_lanes)

static void
SIMD (rope) (float       *x,
             const float *cosines,
             const float *sines,
             gsize        n_pairs)
{
  for (gsize i = 0; i < n_pairs; i++)
    {
      float a = x[2 * i], b = x[2 * i + 1];

      x[2 * i] = fmaf (a, cosines[i], -(b * sines[i]));
      x[2 * i + 1] = fmaf (b, cosines[i], a * sines[i]);
    }
}

static void
SIMD (rope_neox) (float       *x,
                  const float *cosines,
                  const float *sines,
                  gsize        n_pairs)
{
  for (gsize i = 0; i < n_pairs; i++)
    {
      float a = x[i], b = x[n_pairs + i];

      x[i] = fmaf (a, cosines[i], -(b * sines[i]));
      x[n_pairs + i] = fmaf (b, cosines[i], a * sines[i]);
    }
}

static void
SIMD (to_half) (const float *x,
                gsize        n,
                guint16     *y)
{
  gsize i = 0;
  guint16 last[16];

  for (; i + 16 <= n; i += 16)
    l_store_half (y + i, l_load (x + i));
  if (i < n)
    {
      l_store_half (last, l_load_some (x + i, n - i));
      memcpy (y + i, last, (n - i) * sizeof *y);
    }
}

static void
SIMD (from_half) (const guint16 *x,
                  gsize          n,
                  float         *y)
{
  gsize i = 0;
  guint16 last[16] = { 0 };

  for (; i + 16 <= n; i += 16)
    l_store (y + i, l_load_half (x + i));
  if (i < n)
    {
      memcpy (last, x + i, (n - i) * sizeof *x);
      l_store_some (y + i, n - i, l_load_half (last));
    }
}

static void
SIMD (from_bytes) (const gint8   *x,
                   const guint16 *scales,
                   gsize          n,
                   float         *y)
{
  gsize i = 0;
  gint8 last[16] = { 0 };
  guint16 halves[16] = { 0 };
  float scale[16];

  for (; i + 16 <= n; i += 16)
    {
      if (i % 32 == 0)
        {
          halves[0] = scales[i / 32];
          l_store (scale, l_load_half (halves));
        }
      l_store (y + i, l_mul (l_load_signed (x + i), l_set (scale[0])));
    }
  if (i < n)
    {
      halves[0] = scales[i / 32];
      l_store (scale, l_load_half (halves));
      memcpy (last, x + i, n - i);
      l_store_some (y + i, n - i, l_mul (l_load_signed (last), l_set (scale[0])));
    }
}

INLINE Lanes
finish_lanes (Lanes        block,
              const Lanes *start,
              const float *weight)
{
  if (start == NULL)
    return block;
  return weight != NULL ? l_fma (l_set (*weight), block, *start) : l_add (*start, block);
}

static void
SIMD (finish) (const float        *block,
               guint               n,
               guint               n_rows,
               const float *const *start,
               const float        *weights,
               float *const       *out)
{
  Lanes before = l_zero ();

  for (guint c = 0; c < n; c++, block += BLN_GROUP_ROWS)
    {
      const float *weight = weights != NULL ? &weights[c] : NULL;

      if (start != NULL)
        before = n_rows == BLN_GROUP_ROWS ? l_load (start[c]) : l_load_some (start[c], n_rows);
      before = finish_lanes (l_load (block), start != NULL ? &before : NULL, weight);
      if (n_rows == BLN_GROUP_ROWS)
        l_store (out[c], before);
      else
        l_store_some (out[c], n_rows, before);
    }
}

static void
SIMD (init_vector) (BlnKernels *kernels)
{
  kernels->finish = SIMD (finish);
  kernels->rms_norm = SIMD (rms_norm);
  kernels->add = SIMD (add);
  kernels->axpy = SIMD (axpy);
  kernels->dot_f32 = SIMD (dot_f32);
  kernels->max = SIMD (max);
  kernels->exp_sum = SIMD (exp_sum);
  kernels->silu_mul = SIMD (silu_mul);
  kernels->gelu_mul = SIMD (gelu_mul);
  kernels->rope = SIMD (rope);
  kernels->rope_neox = SIMD (rope_neox);
  kernels->to_half = SIMD (to_half);
  kernels->from_half = SIMD (from_half);
  kernels->from_bytes = SIMD (from_bytes);
}
