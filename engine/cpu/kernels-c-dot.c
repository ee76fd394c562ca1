/* The reference: dot products, repacking and quantization in plain C. */
#include "kernels-c.h"

#include "block-integers.h"
#include "x16.h"

#include <math.h>
#include <string.h>

static gint32
dot_integers (const gint8 *a,
              const gint8 *b,
              guint        n)
{
  gint32 sum = 0;

  for (guint i = 0; i < n; i++)
    sum += a[i] * b[i];
  return sum;
}

/* One block of 32 against column `c` of a tile of `width`. */
static float
add_block_32 (const BlnBlockIntegers *w,
              gboolean                has_min,
              const guint8           *tile,
              guint                   width,
              guint                   c,
              float                   f)
{
  const float *d = (const float *) (tile + BLN_A32_D (width));
  const gint32 *negative_sum = (const gint32 *) (tile + BLN_A32_SUM (width));
  gint32 sum = dot_integers (w->q, (const gint8 *) tile + 32 * c, 32);

  f = fmaf ((float) sum, w->d * d[c], f);
  if (has_min)
    f = fmaf (w->dmin, d[c] * -(float) negative_sum[c], f);
  return f;
}

static void
dot_32 (BlnType       type,
        const guint8 *group,
        gsize         n_in,
        const guint8 *tile,
        guint         width,
        float        *out)
{
  gboolean has_min = type == BLN_TYPE_Q4_1 || type == BLN_TYPE_Q5_1;
  guint8 block[64];
  BlnBlockIntegers w;

  memset (out, 0, sizeof (float) * BLN_GROUP_ROWS * width);
  for (gsize b = 0; b < n_in / 32; b++, tile += BLN_A32_BYTES (width))
    for (guint r = 0; r < BLN_GROUP_ROWS; r++)
      {
        bln_x16_extract (type, group, b, r, block);
        bln_block_decode (type, block, &w);
        for (guint c = 0; c < width; c++)
          {
            float *f = &out[c * BLN_GROUP_ROWS + r];

            *f = add_block_32 (&w, has_min, tile, width, c, *f);
          }
      }
}

static void
add_block_256 (const BlnBlockIntegers *w,
               const guint8           *tile,
               guint                   width,
               guint                   c,
               float                  *f,
               float                  *f_min)
{
  const float *d = (const float *) (tile + BLN_A256_D (width));
  const gint16 *sums = (const gint16 *) (tile + BLN_A256_SUMS16 (width)) + 16 * c;
  const gint8 *a = (const gint8 *) tile + 256 * c;
  gint32 sum = 0, sum_min = 0;

  for (guint s = 0; s < 16; s++)
    {
      sum += w->scale[s] * dot_integers (w->q + 16 * s, a + 16 * s, 16);
      sum_min += w->min[s] * sums[bln_a256_order (s)];
    }
  *f = fmaf ((float) sum, w->d * d[c], *f);
  *f_min = fmaf ((float) sum_min, w->dmin * d[c], *f_min);
}

static void
dot_256 (BlnType       type,
         const guint8 *group,
         gsize         n_in,
         const guint8 *tile,
         guint         width,
         float        *out)
{
  float min[BLN_MAX_TILE * BLN_GROUP_ROWS] = { 0 };
  guint8 block[256];
  BlnBlockIntegers w;

  memset (out, 0, sizeof (float) * BLN_GROUP_ROWS * width);
  for (gsize b = 0; b < n_in / 256; b++, tile += BLN_A256_BYTES (width))
    for (guint r = 0; r < BLN_GROUP_ROWS; r++)
      {
        bln_x16_extract (type, group, b, r, block);
        bln_block_decode (type, block, &w);
        for (guint c = 0; c < width; c++)
          add_block_256 (&w, tile, width, c, &out[c * BLN_GROUP_ROWS + r],
                         &min[c * BLN_GROUP_ROWS + r]);
      }
  for (guint i = 0; i < BLN_GROUP_ROWS * width; i++)
    out[i] -= min[i];
}

static float
read_float (BlnType       type,
            const guint8 *row,
            gsize         i)
{
  switch (type)
    {
    case BLN_TYPE_F16:
      return bln_half_to_float (((const guint16 *) row)[i]);
    case BLN_TYPE_BF16:
      return bln_bfloat16_to_float (((const guint16 *) row)[i]);
    default:
      return ((const float *) row)[i];
    }
}

static void
dot_float (BlnType       type,
           const guint8 *rows,
           gsize         row_bytes,
           guint         n_rows,
           gsize         n_in,
           const float  *tile,
           guint         width,
           float        *out)
{
  memset (out, 0, sizeof (float) * BLN_GROUP_ROWS * width);
  for (guint r = 0; r < n_rows; r++)
    for (guint c = 0; c < width; c++)
      {
        float sums[16] = { 0 };

        for (gsize i = 0; i < n_in; i++)
          sums[i % 16] = fmaf (read_float (type, rows + r * row_bytes, i),
                               tile[(i / 16 * width + c) * 16 + i % 16], sums[i % 16]);
        out[c * BLN_GROUP_ROWS + r] = bln_sum16 (sums);
      }
}

/* One entry point per type and width: the table's signature has room for neither. */
#define DEFINE_DOT(TYPE, FUNC, WIDTH)                                                       \
  static void                                                                               \
  dot_##TYPE##_##WIDTH (const guint8 *rows, gsize row_bytes, guint n_rows, gsize n_in,      \
                        const void *tile, float *out)                                       \
  {                                                                                         \
    FUNC (BLN_TYPE_##TYPE, rows, n_in, tile, WIDTH, out);                                   \
  }
#define DEFINE_DOT_FLOAT(TYPE, WIDTH)                                                       \
  static void                                                                               \
  dot_##TYPE##_##WIDTH (const guint8 *rows, gsize row_bytes, guint n_rows, gsize n_in,      \
                        const void *tile, float *out)                                       \
  {                                                                                         \
    dot_float (BLN_TYPE_##TYPE, rows, row_bytes, n_rows, n_in, tile, WIDTH, out);           \
  }
#define FOR_WIDTHS(M, ...)                                                                  \
  M (__VA_ARGS__, 1) M (__VA_ARGS__, 2) M (__VA_ARGS__, 4) M (__VA_ARGS__, 8)

FOR_WIDTHS (DEFINE_DOT, Q4_0, dot_32)
FOR_WIDTHS (DEFINE_DOT, Q4_1, dot_32)
FOR_WIDTHS (DEFINE_DOT, Q5_0, dot_32)
FOR_WIDTHS (DEFINE_DOT, Q5_1, dot_32)
FOR_WIDTHS (DEFINE_DOT, Q8_0, dot_32)
FOR_WIDTHS (DEFINE_DOT, IQ4_NL, dot_32)
FOR_WIDTHS (DEFINE_DOT, MXFP4, dot_32)
FOR_WIDTHS (DEFINE_DOT, Q2_K, dot_256)
FOR_WIDTHS (DEFINE_DOT, Q3_K, dot_256)
FOR_WIDTHS (DEFINE_DOT, Q4_K, dot_256)
FOR_WIDTHS (DEFINE_DOT, Q5_K, dot_256)
FOR_WIDTHS (DEFINE_DOT, Q6_K, dot_256)
FOR_WIDTHS (DEFINE_DOT, IQ4_XS, dot_256)
FOR_WIDTHS (DEFINE_DOT_FLOAT, F32)
FOR_WIDTHS (DEFINE_DOT_FLOAT, F16)
FOR_WIDTHS (DEFINE_DOT_FLOAT, BF16)

static void
finish (const float        *block,
        guint               n,
        guint               n_rows,
        const float *const *start,
        const float        *weights,
        float *const       *out)
{
  for (guint c = 0; c < n; c++, block += BLN_GROUP_ROWS)
    for (guint r = 0; r < n_rows; r++)
      if (start == NULL)
        out[c][r] = block[r];
      else if (weights == NULL)
        out[c][r] = start[c][r] + block[r];
      else
        out[c][r] = fmaf (weights[c], block[r], start[c][r]);
}

static void
repack (BlnType       type,
        const guint8 *rows,
        gsize         row_bytes,
        guint         n_rows,
        gsize         n_blocks,
        guint8       *group)
{
  const BlnX16Layout *layout = bln_x16_layout (type);
  gsize file_bytes = bln_type_info (type)->block_bytes;
  gsize heads_bytes = (gsize) layout->n_heads * layout->head_bytes * BLN_GROUP_ROWS;
  guint32 invert = layout->invert * 0x01010101u;

  memset (group, 0, n_blocks * file_bytes * BLN_GROUP_ROWS);
  for (gsize b = 0; b < n_blocks; b++, group += file_bytes * BLN_GROUP_ROWS)
    for (guint r = 0; r < n_rows; r++)
      {
        const guint8 *block = rows + r * row_bytes + b * file_bytes;

        for (guint i = 0; i < layout->n_heads; i++)
          memcpy (group + (i * BLN_GROUP_ROWS + r) * layout->head_bytes,
                  block + layout->head_at + i * layout->head_bytes, layout->head_bytes);
        for (guint i = 0; i < layout->n_words; i++)
          {
            guint32 word;

            memcpy (&word, block + layout->words_at + 4 * i, 4);
            word ^= invert;
            memcpy (group + heads_bytes + (i * BLN_GROUP_ROWS + r) * 4, &word, 4);
          }
      }
}

/* max |x|, by the bits: NaN counts as the largest. */
static float
max_magnitude (const float *x,
               gsize        n)
{
  guint32 max = 0;
  float value;

  for (gsize i = 0; i < n; i++)
    {
      guint32 bits;

      memcpy (&bits, &x[i], 4);
      max = MAX (max, bits & 0x7fffffffu);
    }
  memcpy (&value, &max, 4);
  return value;
}

/* Below the smallest magnitude 127 / x would overflow, and nothing of it would be left. */
static float
quantize_block (const float *x,
                gsize        n,
                gint8       *q)
{
  float max = max_magnitude (x, n);
  float inverse;

  memset (q, 0, n);
  if (max < BLN_SMALLEST_MAGNITUDE)
    return 0;
  if (isfinite (max))
    {
      inverse = 127.0f / max;
      for (gsize i = 0; i < n; i++)
        q[i] = (gint8) CLAMP (lrintf (x[i] * inverse), -127, 127);
    }
  return max / 127.0f;
}

static gint32
sum_integers (const gint8 *q,
              gsize        n)
{
  gint32 sum = 0;

  for (gsize i = 0; i < n; i++)
    sum += q[i];
  return sum;
}

static void
quantize_a32 (const float *x,
              gsize        n,
              void        *tile)
{
  guint8 *block = tile;

  for (gsize i = 0; i < n; i += 32, block += BLN_A32_BYTES (1))
    {
      float d = quantize_block (x + i, 32, (gint8 *) block);
      gint32 sum = -sum_integers ((gint8 *) block, 32);

      memcpy (block + BLN_A32_D (1), &d, 4);
      memcpy (block + BLN_A32_SUM (1), &sum, 4);
    }
}

static void
quantize_a256 (const float *x,
               gsize        n,
               void        *tile)
{
  guint8 *block = tile;

  for (gsize i = 0; i < n; i += 256, block += BLN_A256_BYTES (1))
    {
      const gint8 *q = (gint8 *) block;
      gint16 *sums16 = (gint16 *) (block + BLN_A256_SUMS16 (1));
      gint16 *sums32 = (gint16 *) (block + BLN_A256_SUMS32 (1));
      float d = quantize_block (x + i, 256, (gint8 *) block);

      memcpy (block + BLN_A256_D (1), &d, 4);
      for (guint s = 0; s < 16; s++)
        sums16[bln_a256_order (s)] = (gint16) sum_integers (q + 16 * s, 16);
      for (guint s = 0; s < 8; s++)
        sums32[bln_a256_order (s)] = (gint16) sum_integers (q + 32 * s, 32);
    }
}

#define SET_DOT(TYPE, WIDTH) \
  kernels->dot[BLN_TYPE_##TYPE][bln_width_index (WIDTH)] = dot_##TYPE##_##WIDTH;

void
bln_kernels_init_c_dot (BlnKernels *kernels)
{
  FOR_WIDTHS (SET_DOT, Q4_0)
  FOR_WIDTHS (SET_DOT, Q4_1)
  FOR_WIDTHS (SET_DOT, Q5_0)
  FOR_WIDTHS (SET_DOT, Q5_1)
  FOR_WIDTHS (SET_DOT, Q8_0)
  FOR_WIDTHS (SET_DOT, IQ4_NL)
  FOR_WIDTHS (SET_DOT, MXFP4)
  FOR_WIDTHS (SET_DOT, Q2_K)
  FOR_WIDTHS (SET_DOT, Q3_K)
  FOR_WIDTHS (SET_DOT, Q4_K)
  FOR_WIDTHS (SET_DOT, Q5_K)
  FOR_WIDTHS (SET_DOT, Q6_K)
  FOR_WIDTHS (SET_DOT, IQ4_XS)
  FOR_WIDTHS (SET_DOT, F32)
  FOR_WIDTHS (SET_DOT, F16)
  FOR_WIDTHS (SET_DOT, BF16)
  kernels->finish = finish;
  kernels->repack = repack;
  kernels->quantize_a32 = quantize_a32;
  kernels->quantize_a256 = quantize_a256;
}
