#include "random-blocks.h"

#include <math.h>
#include <string.h>

#include "quant.h"

#define N_CALIBRATION 64

/* Where a block has its scale and its minimum (as halves), and how many scales the minimum is
 * when the values are to lie around 0. */
typedef struct
{
  guint32 type;
  guint scale_at;
  int minimum_at; /* -1: none */
  double minimum;
} Layout;

static const Layout layouts[] = {
  { BLN_TYPE_Q4_0, 0, -1, 0 },    { BLN_TYPE_Q4_1, 0, 2, -7.5 }, { BLN_TYPE_Q5_0, 0, -1, 0 },
  { BLN_TYPE_Q5_1, 0, 2, -15.5 }, { BLN_TYPE_Q8_0, 0, -1, 0 },   { BLN_TYPE_Q2_K, 80, 82, 1.5 },
  { BLN_TYPE_Q3_K, 108, -1, 0 },  { BLN_TYPE_Q4_K, 0, 2, 7.5 },  { BLN_TYPE_Q5_K, 0, 2, 15.5 },
  { BLN_TYPE_Q6_K, 208, -1, 0 },  { BLN_TYPE_IQ4_NL, 0, -1, 0 }, { BLN_TYPE_IQ4_XS, 0, -1, 0 },
};

struct _RandomBlocks
{
  const BlnTypeInfo *info;
  guint32 type;
  const Layout *layout; /* (nullable): a scalar type or MXFP4 */
  double deviation;
  double scale;         /* of a block, in the mean */
  guint64 state;
};

static guint64
next_random (RandomBlocks *blocks)
{
  guint64 x = blocks->state;

  x ^= x << 13;
  x ^= x >> 7;
  x ^= x << 17;
  return blocks->state = x;
}

static double
next_uniform (RandomBlocks *blocks)
{
  return (next_random (blocks) >> 11) * 0x1p-53;
}

static void
fill_bytes (RandomBlocks *blocks,
            guint8       *out,
            guint64       n)
{
  guint64 i = 0;

  for (; i + 8 <= n; i += 8)
    {
      guint64 word = next_random (blocks) * G_GUINT64_CONSTANT (2685821657736338717);

      memcpy (out + i, &word, 8);
    }
  for (; i < n; i++)
    out[i] = next_random (blocks) >> 40;
}

static void
put_half (guint8 *at,
          double  value)
{
  guint16 half = bln_float_to_half (value);

  memcpy (at, &half, sizeof half);
}

static void
set_scale (RandomBlocks *blocks,
           guint8       *block,
           double        scale)
{
  const Layout *layout = blocks->layout;

  if (layout == NULL)
    {
      /* MXFP4 has an exponent: 2^(e - 128) times twice the value. */
      block[0] = CLAMP (128 + lrint (log2 (scale)), 2, 254);
      return;
    }
  put_half (block + layout->scale_at, scale);
  if (layout->minimum_at >= 0)
    put_half (block + layout->minimum_at, scale * layout->minimum);
}

static void
fill_scalars (RandomBlocks *blocks,
              guint8       *out,
              guint64       n_bytes)
{
  guint size = blocks->info->block_bytes;

  for (guint64 i = 0; i < n_bytes; i += size)
    {
      float value = (next_uniform (blocks) - 0.5) * blocks->deviation * sqrt (12);
      guint16 bits = blocks->type == BLN_TYPE_F16 ? bln_float_to_half (value)
                                                  : bln_float_to_bfloat16 (value);

      memcpy (out + i, size == 4 ? (void *) &value : (void *) &bits, size);
    }
}

void
random_blocks_fill (RandomBlocks *blocks,
                    guint8       *out,
                    guint64       n_bytes)
{
  guint size = blocks->info->block_bytes;

  g_assert (n_bytes % size == 0);
  if (blocks->info->block_elements == 1)
    {
      fill_scalars (blocks, out, n_bytes);
      return;
    }
  fill_bytes (blocks, out, n_bytes);
  for (guint64 i = 0; i < n_bytes; i += size)
    set_scale (blocks, out + i, blocks->scale * (0.75 + 0.5 * next_uniform (blocks)));
}

/* The deviation of blocks whose scale is 1. */
static double
measure (RandomBlocks *blocks)
{
  guint n = N_CALIBRATION * blocks->info->block_elements;
  g_autofree guint8 *bytes = g_malloc (N_CALIBRATION * blocks->info->block_bytes);
  g_autofree float *values = g_new (float, n);
  double sum = 0;

  fill_bytes (blocks, bytes, N_CALIBRATION * blocks->info->block_bytes);
  for (guint i = 0; i < N_CALIBRATION; i++)
    set_scale (blocks, bytes + i * blocks->info->block_bytes, 1);
  bln_dequantize (blocks->type, bytes, values, n);
  for (guint i = 0; i < n; i++)
    sum += (double) values[i] * values[i];
  return sqrt (sum / n);
}

RandomBlocks *
random_blocks_new (guint32 type,
                   double  deviation,
                   guint64 seed)
{
  RandomBlocks *blocks = g_new0 (RandomBlocks, 1);

  blocks->type = type;
  blocks->info = bln_type_info (type);
  g_assert (blocks->info != NULL && blocks->info->is_supported);
  blocks->deviation = deviation;
  blocks->state = seed * G_GUINT64_CONSTANT (0x9e3779b97f4a7c15) + 1;
  for (guint i = 0; i < G_N_ELEMENTS (layouts); i++)
    if (layouts[i].type == type)
      blocks->layout = &layouts[i];
  if (blocks->info->block_elements > 1)
    blocks->scale = deviation / measure (blocks);
  return blocks;
}

void
random_blocks_free (RandomBlocks *blocks)
{
  g_free (blocks);
}
