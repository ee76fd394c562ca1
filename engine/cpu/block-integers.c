#include "block-integers.h"

#include <math.h>
#include <string.h>

static const gint8 iq4_values[16] = {
  -127, -104, -83, -65, -49, -35, -22, -10, 1, 13, 25, 38, 53, 69, 89, 113,
};
static const gint8 mxfp4_values[16] = {
  0, 1, 2, 3, 4, 6, 8, 12, 0, -1, -2, -3, -4, -6, -8, -12,
};

static float
read_half (const guint8 *bytes)
{
  guint16 half;

  memcpy (&half, bytes, sizeof half);
  return bln_half_to_float (half);
}

static guint32
read_word (const guint8 *bytes)
{
  guint32 word;

  memcpy (&word, bytes, sizeof word);
  return word;
}

/* Byte j holds element j in its low half and j + 16 in its high half. */
static void
split_nibbles (const guint8 *qs,
               gint8        *q)
{
  for (guint j = 0; j < 16; j++)
    {
      q[j] = qs[j] & 15;
      q[j + 16] = qs[j] >> 4;
    }
}

static void
add_fifth_bits (guint32 high,
                gint8  *q)
{
  for (guint i = 0; i < 32; i++)
    q[i] |= ((high >> i) & 1) << 4;
}

static void
look_up (const gint8 *values,
         gint8       *q,
         guint        n)
{
  for (guint i = 0; i < n; i++)
    q[i] = values[q[i]];
}

static void
subtract (gint8 *q,
          guint  n,
          gint8  offset)
{
  for (guint i = 0; i < n; i++)
    q[i] -= offset;
}

/* Eight six-bit scales and minimums in twelve bytes, as in Q4_K and Q5_K; each serves two
 * sub-blocks of 16. */
static void
decode_k_scales (const guint8     *s,
                 BlnBlockIntegers *out)
{
  for (guint j = 0; j < 8; j++)
    {
      guint scale = j < 4 ? s[j] & 63 : (s[j + 4] & 15) | (s[j - 4] >> 6) << 4;
      guint min = j < 4 ? s[j + 4] & 63 : (s[j + 4] >> 4) | (s[j] >> 6) << 4;

      out->scale[2 * j] = out->scale[2 * j + 1] = (gint16) scale;
      out->min[2 * j] = out->min[2 * j + 1] = (gint16) min;
    }
}

static void
decode_q2_k (const guint8     *b,
             BlnBlockIntegers *out)
{
  for (guint s = 0; s < 16; s++)
    {
      out->scale[s] = b[s] & 15;
      out->min[s] = b[s] >> 4;
    }
  for (guint i = 0; i < 256; i++)
    out->q[i] = (b[16 + 32 * (i / 128) + i % 32] >> (2 * (i / 32 % 4))) & 3;
  out->d = read_half (b + 80);
  out->dmin = read_half (b + 82);
}

static void
decode_q3_k (const guint8     *b,
             BlnBlockIntegers *out)
{
  const guint8 *scales = b + 96;

  for (guint s = 0; s < 16; s++)
    {
      guint low = s < 8 ? scales[s] & 15 : scales[s - 8] >> 4;
      guint high = (scales[8 + (s & 3)] >> (2 * (s >> 2))) & 3;

      out->scale[s] = (gint16) (low | high << 4) - 32;
    }
  for (guint i = 0; i < 256; i++)
    {
      gint8 low = (b[32 + 32 * (i / 128) + i % 32] >> (2 * (i / 32 % 4))) & 3;

      out->q[i] = low - (((b[i % 32] >> (i / 32)) & 1) != 0 ? 0 : 4);
    }
  out->d = read_half (b + 108);
}

static void
decode_q4_k (const guint8     *b,
             BlnBlockIntegers *out)
{
  decode_k_scales (b + 4, out);
  for (guint i = 0; i < 256; i++)
    out->q[i] = (b[16 + 32 * (i / 64) + i % 32] >> (4 * (i / 32 % 2))) & 15;
  out->d = read_half (b);
  out->dmin = read_half (b + 2);
}

static void
decode_q5_k (const guint8     *b,
             BlnBlockIntegers *out)
{
  decode_k_scales (b + 4, out);
  for (guint i = 0; i < 256; i++)
    {
      gint8 low = (b[48 + 32 * (i / 64) + i % 32] >> (4 * (i / 32 % 2))) & 15;

      out->q[i] = low | ((b[16 + i % 32] >> (i / 32)) & 1) << 4;
    }
  out->d = read_half (b);
  out->dmin = read_half (b + 2);
}

static void
decode_q6_k (const guint8     *b,
             BlnBlockIntegers *out)
{
  for (guint s = 0; s < 16; s++)
    out->scale[s] = (gint8) b[192 + s];
  for (guint i = 0; i < 256; i++)
    {
      guint half = i / 128, quarter = i / 32 % 4, lane = i % 32;
      guint low = (b[64 * half + 32 * (quarter & 1) + lane] >> (4 * (quarter >> 1))) & 15;
      guint high = (b[128 + 32 * half + lane] >> (2 * quarter)) & 3;

      out->q[i] = (gint8) (low | high << 4) - 32;
    }
  out->d = read_half (b + 208);
}

static void
decode_iq4_xs (const guint8     *b,
               BlnBlockIntegers *out)
{
  guint high = b[2] | b[3] << 8;

  for (guint j = 0; j < 8; j++)
    {
      guint scale = ((b[4 + j / 2] >> (4 * (j & 1))) & 15) | ((high >> (2 * j)) & 3) << 4;

      out->scale[2 * j] = out->scale[2 * j + 1] = (gint16) scale - 32;
      split_nibbles (b + 8 + 16 * j, out->q + 32 * j);
    }
  look_up (iq4_values, out->q, 256);
  out->d = read_half (b);
}

static void
decode_32 (BlnType           type,
           const guint8     *b,
           BlnBlockIntegers *out)
{
  out->d = type == BLN_TYPE_MXFP4 ? ldexpf (1.0f, b[0] - 128) : read_half (b);
  if (type == BLN_TYPE_Q4_1 || type == BLN_TYPE_Q5_1)
    out->dmin = read_half (b + 2);
  switch (type)
    {
    case BLN_TYPE_Q4_0:
    case BLN_TYPE_IQ4_NL:
      split_nibbles (b + 2, out->q);
      break;
    case BLN_TYPE_Q4_1:
      split_nibbles (b + 4, out->q);
      break;
    case BLN_TYPE_Q5_0:
      split_nibbles (b + 6, out->q);
      add_fifth_bits (read_word (b + 2), out->q);
      break;
    case BLN_TYPE_Q5_1:
      split_nibbles (b + 8, out->q);
      add_fifth_bits (read_word (b + 4), out->q);
      break;
    case BLN_TYPE_MXFP4:
      split_nibbles (b + 1, out->q);
      break;
    case BLN_TYPE_Q8_0:
      memcpy (out->q, b + 2, 32);
      break;
    default:
      g_assert_not_reached ();
    }
  if (type == BLN_TYPE_Q4_0)
    subtract (out->q, 32, 8);
  else if (type == BLN_TYPE_Q5_0)
    subtract (out->q, 32, 16);
  else if (type == BLN_TYPE_IQ4_NL)
    look_up (iq4_values, out->q, 32);
  else if (type == BLN_TYPE_MXFP4)
    look_up (mxfp4_values, out->q, 32);
}

void
bln_block_decode (BlnType           type,
                  const guint8     *block,
                  BlnBlockIntegers *out)
{
  out->dmin = 0;
  memset (out->min, 0, sizeof out->min);
  switch (type)
    {
    case BLN_TYPE_Q2_K:
      decode_q2_k (block, out);
      break;
    case BLN_TYPE_Q3_K:
      decode_q3_k (block, out);
      break;
    case BLN_TYPE_Q4_K:
      decode_q4_k (block, out);
      break;
    case BLN_TYPE_Q5_K:
      decode_q5_k (block, out);
      break;
    case BLN_TYPE_Q6_K:
      decode_q6_k (block, out);
      break;
    case BLN_TYPE_IQ4_XS:
      decode_iq4_xs (block, out);
      break;
    default:
      decode_32 (type, block, out);
      break;
    }
}
