#include "cache-rows.h"

#include <math.h>
#include <string.h>

/* The largest magnitude becomes 127, up to what the scale loses as a half. A value that is not
 * finite makes all of its group NaN, as rounding it to a half would have made it. */
static guint16
store_group (const float *values,
             gsize        n,
             gint8       *bytes)
{
  float most = 0, scale;
  guint16 half;

  for (gsize i = 0; i < n; i++)
    if (fabsf (values[i]) > most || isnan (values[i]))
      most = fabsf (values[i]);
  half = bln_float_to_half (most / 127);
  scale = bln_half_to_float (half);
  if (!isfinite (scale) || scale == 0)
    {
      memset (bytes, 0, n);
      return half;
    }
  for (gsize i = 0; i < n; i++)
    bytes[i] = (gint8) CLAMP (rintf (values[i] / scale), -127, 127);
  return half;
}

static void
store_bytes (const float *values,
             gsize        n_heads,
             gsize        width,
             guint8      *row)
{
  guint16 *scales = (guint16 *) (row + bln_kv_scales_at (n_heads * width));

  for (gsize h = 0; h < n_heads; h++)
    for (gsize i = 0; i < width; i += BLN_KV_GROUP)
      *scales++ = store_group (values + h * width + i, MIN (BLN_KV_GROUP, width - i),
                               (gint8 *) row + h * width + i);
}

void
bln_cache_row_store (BlnKvType         type,
                     const BlnKernels *kernels,
                     const float      *values,
                     gsize             n_heads,
                     gsize             width,
                     guint8           *row)
{
  if (type == BLN_KV_F32)
    memcpy (row, values, n_heads * width * sizeof (float));
  else if (type == BLN_KV_F16)
    kernels->to_half (values, n_heads * width, (guint16 *) row);
  else
    store_bytes (values, n_heads, width, row);
}

void
bln_cache_row_load (BlnKvType         type,
                    const BlnKernels *kernels,
                    const guint8     *row,
                    gsize             width,
                    gsize             n,
                    float            *values)
{
  if (type == BLN_KV_F32)
    memcpy (values, row, n * sizeof (float));
  else if (type == BLN_KV_F16)
    kernels->from_half ((const guint16 *) row, n, values);
  else
    kernels->from_bytes ((const gint8 *) row, (const guint16 *) (row + bln_kv_scales_at (width)),
                         n, values);
}
