/* The reference: element-wise work on rows of F32, in plain C. */
#include "kernels-c.h"

#include <math.h>
#include <string.h>

/* 2^n for n in -126..127 */
static float
power_of_two (gint32 n)
{
  guint32 bits = (guint32) (n + 127) << 23;
  float value;

  memcpy (&value, &bits, 4);
  return value;
}

static float
bln_exp (float x)
{
  float n, r, p;

  if (x < BLN_EXP_MIN)
    return 0;
  if (x > BLN_EXP_MAX)
    x = BLN_EXP_MAX;
  if (isnan (x))
    return x;
  n = nearbyintf (x * BLN_EXP_LOG2E);
  r = fmaf (n, -BLN_EXP_LN2_HIGH, x);
  r = fmaf (n, -BLN_EXP_LN2_LOW, r);
  p = fmaf (BLN_EXP_P7, r, BLN_EXP_P6);
  p = fmaf (p, r, BLN_EXP_P5);
  p = fmaf (p, r, BLN_EXP_P4);
  p = fmaf (p, r, BLN_EXP_P3);
  p = fmaf (p, r, BLN_EXP_P2);
  p = fmaf (p, r * r, r);
  return (p + 1.0f) * power_of_two ((gint32) n);
}

static float
sigmoid (float x)
{
  return 1.0f / (1.0f + bln_exp (-x));
}

static float
dot_f32 (const float *a,
         const float *b,
         gsize        n)
{
  float sums[16] = { 0 };

  for (gsize i = 0; i < n; i++)
    sums[i % 16] = fmaf (a[i], b[i], sums[i % 16]);
  return bln_sum16 (sums);
}

static void
rms_norm (const float *x,
          const float *weight,
          gsize        n,
          float        eps,
          float       *y)
{
  float scale = 1.0f / sqrtf (dot_f32 (x, x, n) / (float) n + eps);

  for (gsize i = 0; i < n; i++)
    y[i] = weight != NULL ? x[i] * scale * weight[i] : x[i] * scale;
}

static void
add (const float *a,
     gsize        n,
     float       *y)
{
  for (gsize i = 0; i < n; i++)
    y[i] += a[i];
}

static void
axpy (float        scale,
      const float *a,
      gsize        n,
      float       *y)
{
  for (gsize i = 0; i < n; i++)
    y[i] = fmaf (scale, a[i], y[i]);
}

static float
max (const float *x,
     gsize        n)
{
  float result = -INFINITY;

  for (gsize i = 0; i < n; i++)
    result = x[i] > result ? x[i] : result;
  return result;
}

static float
exp_sum (float *x,
         gsize  n,
         float  maximum)
{
  float sums[16] = { 0 };

  for (gsize i = 0; i < n; i++)
    {
      x[i] = bln_exp (x[i] - maximum);
      sums[i % 16] += x[i];
    }
  return bln_sum16 (sums);
}

static void
silu_mul (const float *gate,
          const float *up,
          gsize        n,
          float       *y)
{
  for (gsize i = 0; i < n; i++)
    y[i] = gate[i] * sigmoid (gate[i]) * up[i];
}

static void
gelu_mul (const float *gate,
          const float *up,
          gsize        n,
          float       *y)
{
  for (gsize i = 0; i < n; i++)
    {
      float x = gate[i];
      float inner = fmaf (x * x, BLN_GELU_B, 1.0f);

      y[i] = x * sigmoid (BLN_GELU_A * x * inner) * up[i];
    }
}

/* a' = a cos - b sin, b' = a sin + b cos, each one product and one fmaf. */
static void
rope (float       *x,
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
rope_neox (float       *x,
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
to_half (const float *x,
         gsize        n,
         guint16     *y)
{
  for (gsize i = 0; i < n; i++)
    y[i] = bln_float_to_half (x[i]);
}

static void
from_half (const guint16 *x,
           gsize          n,
           float         *y)
{
  for (gsize i = 0; i < n; i++)
    y[i] = bln_half_to_float (x[i]);
}

static void
from_bytes (const gint8   *x,
            const guint16 *scales,
            gsize          n,
            float         *y)
{
  for (gsize i = 0; i < n; i++)
    y[i] = (float) x[i] * bln_half_to_float (scales[i / 32]);
}

void
bln_kernels_init_c_vector (BlnKernels *kernels)
{
  kernels->rms_norm = rms_norm;
  kernels->add = add;
  kernels->axpy = axpy;
  kernels->dot_f32 = dot_f32;
  kernels->max = max;
  kernels->exp_sum = exp_sum;
  kernels->silu_mul = silu_mul;
  kernels->gelu_mul = gelu_mul;
  kernels->rope = rope;
  kernels->rope_neox = rope_neox;
  kernels->to_half = to_half;
  kernels->from_half = from_half;
  kernels->from_bytes = from_bytes;
}
