#include "quant.h"

#include <string.h>

/* Names and block shapes of every id that a published file may carry. Ids whose entry is
 * empty were retired or never given out: nothing may divide by their block. */
static const BlnTypeInfo type_table[BLN_TYPE_COUNT] = {
  [0] = { "F32", 1, 4, TRUE },
  [1] = { "F16", 1, 2, TRUE },
  [2] = { "Q4_0", 32, 18, TRUE },
  [3] = { "Q4_1", 32, 20, TRUE },
  [6] = { "Q5_0", 32, 22, TRUE },
  [7] = { "Q5_1", 32, 24, TRUE },
  [8] = { "Q8_0", 32, 34, TRUE },
  [9] = { "Q8_1", 32, 36, FALSE },
  [10] = { "Q2_K", 256, 84, TRUE },
  [11] = { "Q3_K", 256, 110, TRUE },
  [12] = { "Q4_K", 256, 144, TRUE },
  [13] = { "Q5_K", 256, 176, TRUE },
  [14] = { "Q6_K", 256, 210, TRUE },
  [15] = { "Q8_K", 256, 292, FALSE },
  [16] = { "IQ2_XXS", 256, 66, FALSE },
  [17] = { "IQ2_XS", 256, 74, FALSE },
  [18] = { "IQ3_XXS", 256, 98, FALSE },
  [19] = { "IQ1_S", 256, 50, FALSE },
  [20] = { "IQ4_NL", 32, 18, TRUE },
  [21] = { "IQ3_S", 256, 110, FALSE },
  [22] = { "IQ2_S", 256, 82, FALSE },
  [23] = { "IQ4_XS", 256, 136, TRUE },
  [24] = { "I8", 1, 1, FALSE },
  [25] = { "I16", 1, 2, FALSE },
  [26] = { "I32", 1, 4, FALSE },
  [27] = { "I64", 1, 8, FALSE },
  [28] = { "F64", 1, 8, FALSE },
  [29] = { "IQ1_M", 256, 56, FALSE },
  [30] = { "BF16", 1, 2, TRUE },
  [34] = { "TQ1_0", 256, 54, FALSE },
  [35] = { "TQ2_0", 256, 66, FALSE },
  [39] = { "MXFP4", 32, 17, TRUE },
  [40] = { "NVFP4", 64, 36, FALSE },
  [41] = { "Q1_0", 128, 18, FALSE },
  [42] = { "Q2_0", 64, 18, FALSE },
};

const BlnTypeInfo *
bln_type_info (guint32 id)
{
  if (id >= BLN_TYPE_COUNT || type_table[id].block_elements == 0)
    return NULL;
  return &type_table[id];
}

const char *
bln_type_supported_names (void)
{
  static gsize names = 0;

  if (g_once_init_enter (&names))
    {
      GString *text = g_string_new (NULL);

      for (guint id = 0; id < BLN_TYPE_COUNT; id++)
        if (type_table[id].is_supported)
          g_string_append_printf (text, "%s%s", text->len > 0 ? ", " : "", type_table[id].name);
      g_once_init_leave (&names, (gsize) g_string_free (text, FALSE));
    }
  return (const char *) names;
}

static float
float_from_bits (guint32 bits)
{
  float value;

  memcpy (&value, &bits, sizeof value);
  return value;
}

static guint32
bits_of_float (float value)
{
  guint32 bits;

  memcpy (&bits, &value, sizeof bits);
  return bits;
}

float
bln_half_to_float (guint16 half)
{
  guint32 sign = (guint32) (half & 0x8000) << 16;
  guint32 exponent = (half >> 10) & 31;
  guint32 mantissa = half & 0x3ff;

  if (exponent == 0)
    {
      /* Subnormal halves are multiples of 2^-24, which F32 holds as normal numbers. */
      float magnitude = (float) mantissa * 0x1p-24f;
      return sign ? -magnitude : magnitude;
    }
  if (exponent == 31)
    return float_from_bits (sign | 0x7f800000 | mantissa << 13);
  return float_from_bits (sign | (exponent + 112) << 23 | mantissa << 13);
}

guint16
bln_float_to_half (float value)
{
  guint32 bits = bits_of_float (value);
  guint16 sign = (bits >> 16) & 0x8000;
  guint32 magnitude = bits & 0x7fffffff;

  if (magnitude > 0x7f800000)
    return sign | 0x7e00 | ((magnitude >> 13) & 0x3ff);
  /* 65520 lies half-way between the largest half and the next power of two. */
  if (magnitude >= 0x477ff000)
    return sign | 0x7c00;
  /* Below 2^-14 the unit is 2^-24, which is also the unit of floats in [0.5, 1): adding 0.5
   * lets the hardware round to nearest even. */
  if (magnitude < 0x38800000)
    return sign | (bits_of_float (float_from_bits (magnitude) + 0.5f) - 0x3f000000);
  magnitude += 0xfff + ((magnitude >> 13) & 1);
  return sign | (magnitude - 0x38000000) >> 13;
}

float
bln_bfloat16_to_float (guint16 bits)
{
  return float_from_bits ((guint32) bits << 16);
}

guint16
bln_float_to_bfloat16 (float value)
{
  guint32 bits = bits_of_float (value);

  if ((bits & 0x7fffffff) > 0x7f800000)
    return bits >> 16 | 0x40;
  return (bits + 0x7fff + ((bits >> 16) & 1)) >> 16;
}
