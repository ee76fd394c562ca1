/* The reference decoder: plain C over bytes, in the order of the formulas, one function a
 * format. Blocks may lie at any address, so every wider field is read byte by byte. */
#include "quant.h"

#include <string.h>

static const gint8 iq4_values[16] = {
  -127, -104, -83, -65, -49, -35, -22, -10, 1, 13, 25, 38, 53, 69, 89, 113,
};

/* Twice the E2M1 values, so that they are whole. */
static const gint8 e2m1_values[16] = {
  0, 1, 2, 3, 4, 6, 8, 12, 0, -1, -2, -3, -4, -6, -8, -12,
};

static guint16
read_u16 (const guint8 *bytes)
{
  return bytes[0] | bytes[1] << 8;
}

static guint32
read_u32 (const guint8 *bytes)
{
  return read_u16 (bytes) | (guint32) read_u16 (bytes + 2) << 16;
}

static float
read_half (const guint8 *bytes)
{
  return bln_half_to_float (read_u16 (bytes));
}

static void
decode_f32 (const guint8 *block,
            float        *y)
{
  memcpy (y, block, sizeof *y);
}

static void
decode_f16 (const guint8 *block,
            float        *y)
{
  *y = read_half (block);
}

static void
decode_bf16 (const guint8 *block,
             float        *y)
{
  *y = bln_bfloat16_to_float (read_u16 (block));
}

/* In all 32-element nibble formats byte j holds element j low and element j + 16 high. */

static void
decode_q4_0 (const guint8 *block,
             float        *y)
{
  float d = read_half (block);

  for (guint j = 0; j < 16; j++)
    {
      y[j] = d * ((block[2 + j] & 15) - 8);
      y[j + 16] = d * ((block[2 + j] >> 4) - 8);
    }
}

static void
decode_q4_1 (const guint8 *block,
             float        *y)
{
  float d = read_half (block);
  float m = read_half (block + 2);

  for (guint j = 0; j < 16; j++)
    {
      y[j] = d * (block[4 + j] & 15) + m;
      y[j + 16] = d * (block[4 + j] >> 4) + m;
    }
}

/* Bit i of `high` is the fifth bit of element i. */
static gint
fifth_bit (guint32 high,
           guint   i)
{
  return ((high >> i) & 1) << 4;
}

static void
decode_q5_0 (const guint8 *block,
             float        *y)
{
  float d = read_half (block);
  guint32 high = read_u32 (block + 2);

  for (guint j = 0; j < 16; j++)
    {
      y[j] = d * (((block[6 + j] & 15) | fifth_bit (high, j)) - 16);
      y[j + 16] = d * (((block[6 + j] >> 4) | fifth_bit (high, j + 16)) - 16);
    }
}

static void
decode_q5_1 (const guint8 *block,
             float        *y)
{
  float d = read_half (block);
  float m = read_half (block + 2);
  guint32 high = read_u32 (block + 4);

  for (guint j = 0; j < 16; j++)
    {
      y[j] = d * ((block[8 + j] & 15) | fifth_bit (high, j)) + m;
      y[j + 16] = d * ((block[8 + j] >> 4) | fifth_bit (high, j + 16)) + m;
    }
}

static void
decode_q8_0 (const guint8 *block,
             float        *y)
{
  float d = read_half (block);

  for (guint j = 0; j < 32; j++)
    y[j] = d * (gint8) block[2 + j];
}

static void
decode_iq4_nl (const guint8 *block,
               float        *y)
{
  float d = read_half (block);

  for (guint j = 0; j < 16; j++)
    {
      y[j] = d * iq4_values[block[2 + j] & 15];
      y[j + 16] = d * iq4_values[block[2 + j] >> 4];
    }
}

/* 2^(e - 128), which is subnormal for e = 0 and 1. */
static float
half_of_e8m0 (guint8 e)
{
  guint32 bits = e < 2 ? 0x00200000u << e : (guint32) (e - 1) << 23;
  float value;

  memcpy (&value, &bits, sizeof value);
  return value;
}

static void
decode_mxfp4 (const guint8 *block,
              float        *y)
{
  float d = half_of_e8m0 (block[0]);

  for (guint j = 0; j < 16; j++)
    {
      y[j] = d * e2m1_values[block[1 + j] & 15];
      y[j + 16] = d * e2m1_values[block[1 + j] >> 4];
    }
}

/* Super-blocks of 256. In Q2_K and Q3_K element 128 a + 32 j + l has its two bits in byte
 * 32 a + l at bit 2 j, and its 16-element scale is number 8 a + 2 j + (l >= 16). */

static void
decode_q2_k (const guint8 *block,
             float        *y)
{
  const guint8 *scales = block;
  const guint8 *qs = block + 16;
  float d = read_half (block + 80);
  float dmin = read_half (block + 82);

  for (guint n = 0; n < 256; n++)
    {
      guint a = n / 128, j = n / 32 % 4, l = n % 32;
      guint8 scale = scales[n / 16];
      float dl = d * (scale & 15);
      float ml = dmin * (scale >> 4);

      y[n] = dl * ((qs[32 * a + l] >> (2 * j)) & 3) - ml;
    }
}

static gint
q3_k_scale (const guint8 *scales,
            guint         s)
{
  gint low = s < 8 ? scales[s] & 15 : scales[s - 8] >> 4;
  gint high = (scales[8 + (s & 3)] >> (2 * (s >> 2))) & 3;

  return (low | high << 4) - 32;
}

static void
decode_q3_k (const guint8 *block,
             float        *y)
{
  const guint8 *high_bits = block;
  const guint8 *qs = block + 32;
  const guint8 *scales = block + 96;
  float d = read_half (block + 108);

  for (guint n = 0; n < 256; n++)
    {
      guint a = n / 128, j = n / 32 % 4, l = n % 32;
      gint q = (qs[32 * a + l] >> (2 * j)) & 3;
      float dl = d * q3_k_scale (scales, n / 16);

      if (((high_bits[l] >> (4 * a + j)) & 1) == 0)
        q -= 4;
      y[n] = dl * q;
    }
}

/* Eight 6-bit scales and eight 6-bit minima in twelve bytes. */
static void
unpack_k_scale (const guint8 *scales,
                guint         j,
                guint        *scale,
                guint        *minimum)
{
  if (j < 4)
    {
      *scale = scales[j] & 63;
      *minimum = scales[j + 4] & 63;
    }
  else
    {
      *scale = (scales[j + 4] & 15) | (scales[j - 4] >> 6) << 4;
      *minimum = (scales[j + 4] >> 4) | (scales[j] >> 6) << 4;
    }
}

static void
decode_q4_k (const guint8 *block,
             float        *y)
{
  const guint8 *qs = block + 16;
  float d = read_half (block);
  float dmin = read_half (block + 2);

  for (guint j = 0; j < 8; j++)
    {
      guint scale, minimum;

      unpack_k_scale (block + 4, j, &scale, &minimum);
      float dl = d * scale;
      float ml = dmin * minimum;
      for (guint l = 0; l < 32; l++)
        y[32 * j + l] = dl * ((qs[32 * (j / 2) + l] >> (4 * (j & 1))) & 15) - ml;
    }
}

static void
decode_q5_k (const guint8 *block,
             float        *y)
{
  const guint8 *high_bits = block + 16;
  const guint8 *qs = block + 48;
  float d = read_half (block);
  float dmin = read_half (block + 2);

  for (guint j = 0; j < 8; j++)
    {
      guint scale, minimum;

      unpack_k_scale (block + 4, j, &scale, &minimum);
      float dl = d * scale;
      float ml = dmin * minimum;
      for (guint l = 0; l < 32; l++)
        {
          guint nibble = (qs[32 * (j / 2) + l] >> (4 * (j & 1))) & 15;
          y[32 * j + l] = dl * (nibble | ((high_bits[l] >> j) & 1) << 4) - ml;
        }
    }
}

static void
decode_q6_k (const guint8 *block,
             float        *y)
{
  const guint8 *low_bits = block;
  const guint8 *high_bits = block + 128;
  const guint8 *scales = block + 192;
  float d = read_half (block + 208);

  for (guint n = 0; n < 256; n++)
    {
      guint a = n / 128, k = n / 32 % 4, l = n % 32;
      guint8 low = low_bits[64 * a + 32 * (k & 1) + l];
      gint q = k < 2 ? low & 15 : low >> 4;

      q |= ((high_bits[32 * a + l] >> (2 * k)) & 3) << 4;
      y[n] = d * (gint8) scales[n / 16] * (q - 32);
    }
}

static void
decode_iq4_xs (const guint8 *block,
               float        *y)
{
  guint scales_high = read_u16 (block + 2);
  const guint8 *scales_low = block + 4;
  float d = read_half (block);

  for (guint b = 0; b < 8; b++)
    {
      const guint8 *qs = block + 8 + 16 * b;
      gint scale = (scales_low[b / 2] >> (4 * (b & 1))) & 15;

      scale |= ((scales_high >> (2 * b)) & 3) << 4;
      float dl = d * (scale - 32);
      for (guint j = 0; j < 16; j++)
        {
          y[32 * b + j] = dl * iq4_values[qs[j] & 15];
          y[32 * b + 16 + j] = dl * iq4_values[qs[j] >> 4];
        }
    }
}

typedef void (*DecodeFunc) (const guint8 *block,
                            float        *y);

static const DecodeFunc decoders[BLN_TYPE_COUNT] = {
  [BLN_TYPE_F32] = decode_f32,
  [BLN_TYPE_F16] = decode_f16,
  [BLN_TYPE_BF16] = decode_bf16,
  [BLN_TYPE_Q4_0] = decode_q4_0,
  [BLN_TYPE_Q4_1] = decode_q4_1,
  [BLN_TYPE_Q5_0] = decode_q5_0,
  [BLN_TYPE_Q5_1] = decode_q5_1,
  [BLN_TYPE_Q8_0] = decode_q8_0,
  [BLN_TYPE_Q2_K] = decode_q2_k,
  [BLN_TYPE_Q3_K] = decode_q3_k,
  [BLN_TYPE_Q4_K] = decode_q4_k,
  [BLN_TYPE_Q5_K] = decode_q5_k,
  [BLN_TYPE_Q6_K] = decode_q6_k,
  [BLN_TYPE_IQ4_NL] = decode_iq4_nl,
  [BLN_TYPE_IQ4_XS] = decode_iq4_xs,
  [BLN_TYPE_MXFP4] = decode_mxfp4,
};

void
bln_dequantize (BlnType     type,
                const void *blocks,
                float      *out,
                gsize       n)
{
  const BlnTypeInfo *info = bln_type_info (type);
  const guint8 *block = blocks;

  g_return_if_fail (info != NULL && decoders[type] != NULL);
  g_return_if_fail (n % info->block_elements == 0);

  if (type == BLN_TYPE_F32)
    {
      memcpy (out, blocks, n * sizeof *out);
      return;
    }
  for (gsize i = 0; i < n; i += info->block_elements, block += info->block_bytes)
    decoders[type] (block, out + i);
}
