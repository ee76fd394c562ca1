/* Decoding is exact: every block below was decoded by the code that defines the formats. */
#include "quant.h"

#include <math.h>
#include <string.h>

/* Byte k of a test block is (7k + 3) mod 256; then its half-float fields are set. */
static void
make_block (guint8 *block,
            guint   n_bytes)
{
  for (guint k = 0; k < n_bytes; k++)
    block[k] = 7 * k + 3;
}

static void
put_half (guint8 *block,
          guint   offset,
          guint16 half)
{
  block[offset] = half & 0xff;
  block[offset + 1] = half >> 8;
}

/* ---- blocks of 32 ------------------------------------------------------------------ */

typedef struct
{
  BlnType type;
  gboolean has_minimum;
  float values[32];
} SmallCase;

static const SmallCase small_cases[] = {
  { BLN_TYPE_Q4_0, FALSE,
    { -1.75f, 0, 1.75f, -0.5f, 1.25f, -1, 0.75f, -1.5f, 0.25f, -2, -0.25f, 1.5f, -0.75f, 1,
      -1.25f, 0.5f, -1.75f, -1.75f, -1.75f, -1.5f, -1.5f, -1.25f, -1.25f, -1, -1, -0.75f, -0.75f,
      -0.75f, -0.5f, -0.5f, -0.25f, -0.25f } },
  { BLN_TYPE_Q4_1, TRUE,
    { 2.75f, 0.5f, 2.25f, 0, 1.75f, -0.5f, 1.25f, -1, 0.75f, 2.5f, 0.25f, 2, -0.25f, 1.5f, -0.75f,
      1, -0.75f, -0.5f, -0.5f, -0.25f, -0.25f, 0, 0, 0.25f, 0.25f, 0.25f, 0.5f, 0.5f, 0.75f, 0.75f,
      1, 1 } },
  { BLN_TYPE_Q5_0, FALSE,
    { 3.25f, -3, -1.25f, -3.5f, 2.25f, -4, -2.25f, -0.5f, -2.75f, -1, -3.25f, 2.5f, 0.25f, -2,
      -0.25f, -2.5f, 0.5f, 0.75f, 0.75f, 1, 1, -2.75f, -2.75f, -2.75f, -2.5f, 1.5f, 1.75f, -2.25f,
      -2, 2, -2, -1.75f } },
  { BLN_TYPE_Q5_1, TRUE,
    { 5.75f, 3.5f, 5.25f, 3, 4.75f, 2.5f, 0.25f, 2, -0.25f, 5.5f, 3.25f, 1, 2.75f, 4.5f, 2.25f, 0,
      3.75f, 0, 4, 4.25f, 0.25f, 4.25f, 0.5f, 0.5f, 0.75f, 0.75f, 5, 1, 5, 5.25f, 1.25f, 1.5f } },
  { BLN_TYPE_Q8_0, FALSE,
    { 4.25f, 6, 7.75f, 9.5f, 11.25f, 13, 14.75f, 16.5f, 18.25f, 20, 21.75f, 23.5f, 25.25f, 27,
      28.75f, 30.5f, -31.75f, -30, -28.25f, -26.5f, -24.75f, -23, -21.25f, -19.5f, -17.75f, -16,
      -14.25f, -12.5f, -10.75f, -9, -7.25f, -5.5f } },
  { BLN_TYPE_IQ4_NL, FALSE,
    { -26, 0.25f, 28.25f, -5.5f, 17.25f, -12.25f, 9.5f, -20.75f, 3.25f, -31.75f, -2.5f, 22.25f,
      -8.75f, 13.25f, -16.25f, 6.25f, -26, -26, -26, -20.75f, -20.75f, -16.25f, -16.25f, -12.25f,
      -12.25f, -8.75f, -8.75f, -8.75f, -5.5f, -5.5f, -2.5f, -2.5f } },
};

static void
test_small_block (gconstpointer data)
{
  const SmallCase *expected = data;
  guint8 block[34];
  float values[32];

  make_block (block, bln_type_info (expected->type)->block_bytes);
  put_half (block, 0, 0x3400);
  if (expected->has_minimum)
    put_half (block, 2, 0xbc00);
  bln_dequantize (expected->type, block, values, 32);
  for (guint i = 0; i < 32; i++)
    g_assert_cmpfloat (values[i], ==, expected->values[i]);
}

static void
test_mxfp4 (void)
{
  static const float expected[32] = {
    -1, 0.5f, 0, -6, 4, -3, 2, -1.5f, 1, -0.5f, 0, 6, -4, 3, -2, 1.5f,
    0, 0.5f, 0.5f, 0.5f, 1, 1, 1.5f, 1.5f, 2, 2, 3, 3, 3, 4, 4, 6,
  };
  guint8 block[17];
  float values[32];

  make_block (block, sizeof block);
  block[0] = 0x7f;
  bln_dequantize (BLN_TYPE_MXFP4, block, values, 32);
  for (guint i = 0; i < 32; i++)
    g_assert_cmpfloat (values[i], ==, expected[i]);

  /* Scales at both ends: subnormal ones, and the largest, which is a number like others. */
  memset (block + 1, 0x02, 16);
  block[0] = 0;
  bln_dequantize (BLN_TYPE_MXFP4, block, values, 32);
  g_assert_cmpfloat (values[0], ==, 0x1p-127f);
  block[0] = 1;
  bln_dequantize (BLN_TYPE_MXFP4, block, values, 32);
  g_assert_cmpfloat (values[0], ==, 0x1p-126f);
  block[0] = 254;
  bln_dequantize (BLN_TYPE_MXFP4, block, values, 32);
  g_assert_cmpfloat (values[0], ==, 0x1p127f);
}

/* ---- blocks of 256 ----------------------------------------------------------------- */

static const guint shown[15] = { 0, 1, 15, 16, 31, 32, 33, 63, 64, 96, 127, 128, 160, 192, 255 };

typedef struct
{
  BlnType type;
  gint scale_offset;
  gint minimum_offset; /* -1: none */
  float values[15];    /* of the elements in `shown` */
  double sum;
  double weighted_sum; /* of (i + 1) y_i */
} LargeCase;

static const LargeCase large_cases[] = {
  { BLN_TYPE_Q2_K, 80, 82,
    { 0.5625f, 0.375f, 0, 1.875f, 0, -0.03125f, 0.09375f, 1.46875f, 2.78125f, 0.75f, 0.15625f,
      1.96875f, -0.125f, 0.28125f, -0.1875f },
    161.75, 20683.9375 },
  { BLN_TYPE_Q3_K, 108, -1,
    { 3.5625f, -2.375f, -4.75f, 1.875f, -2.5f, -0.0f, -1.875f, 1.5f, -1.875f, -0.8125f, -3.5f,
      0.375f, -2.75f, -6.75f, 3.625f },
    -132, -27401.0625 },
  { BLN_TYPE_Q4_K, 0, 2,
    { 3.96875f, 17.53125f, 21.40625f, 3.96875f, 21.40625f, 16.5625f, 16.5625f, 9.4375f, 8.15625f,
      15.75f, 6, 1.15625f, 1.96875f, 0.25f, 9.8125f },
    3022, 283041 },
  { BLN_TYPE_Q5_K, 0, 2,
    { 34.96875f, 17.53125f, 21.40625f, 34.96875f, 21.40625f, 49.8125f, 49.8125f, 4.6875f, 8.15625f,
      9.25f, 51.5f, 8.15625f, 14.21875f, 5.25f, 8.3125f },
    6312, 596398 },
  { BLN_TYPE_Q6_K, 208, -1,
    { 79.5625f, 41.875f, -83.75f, 87.875f, -92.5f, -146.8125f, 50.625f, 154, -190, 95.375f, -36.25f,
      146.0625f, 215.6875f, -78.75f, 131.25f },
    -1944, -242856.5 },
  { BLN_TYPE_IQ4_XS, 0, -1,
    { -2.375f, 5.1875f, 3.0625f, 4.0625f, -1.5625f, -73.625f, 160.8125f, 201.5f, -23.75f, -71.25f,
      -211.875f, -45.125f, 4.75f, -28.5f, -68.875f },
    264.1875, 161552.625 },
};

static void
test_large_block (gconstpointer data)
{
  const LargeCase *expected = data;
  guint8 block[256];
  float values[256];
  double sum = 0, weighted_sum = 0;

  make_block (block, bln_type_info (expected->type)->block_bytes);
  put_half (block, expected->scale_offset, 0x2c00);
  if (expected->minimum_offset >= 0)
    put_half (block, expected->minimum_offset, 0x2800);
  bln_dequantize (expected->type, block, values, 256);
  for (guint i = 0; i < G_N_ELEMENTS (shown); i++)
    {
      g_assert_cmpfloat (values[shown[i]], ==, expected->values[i]);
      g_assert_cmpint (signbit (values[shown[i]]) != 0, ==, signbit (expected->values[i]) != 0);
    }
  for (guint i = 0; i < 256; i++)
    {
      sum += values[i];
      weighted_sum += (i + 1) * (double) values[i];
    }
  g_assert_cmpfloat (sum, ==, expected->sum);
  g_assert_cmpfloat (weighted_sum, ==, expected->weighted_sum);
}

/* Rows are read where they lie: two blocks in a row, at an odd address. */
static void
test_unaligned_rows (void)
{
  for (guint id = 0; id < BLN_TYPE_COUNT; id++)
    {
      const BlnTypeInfo *info = bln_type_info (id);
      guint8 blocks[1 + 2 * 256];
      float one[256], two[512];

      if (info == NULL || !info->is_supported)
        continue;
      memset (blocks, 0, sizeof blocks);
      make_block (blocks + 1, info->block_bytes);
      memcpy (blocks + 1 + info->block_bytes, blocks + 1, info->block_bytes);
      bln_dequantize (id, blocks + 1, one, info->block_elements);
      bln_dequantize (id, blocks + 1, two, 2 * info->block_elements);
      g_assert_cmpmem (one, info->block_elements * 4, two, info->block_elements * 4);
      g_assert_cmpmem (one, info->block_elements * 4, two + info->block_elements,
                       info->block_elements * 4);
    }
}

/* ---- scalars ----------------------------------------------------------------------- */

static void
test_half_round_trip (void)
{
  for (guint half = 0; half < 65536; half++)
    {
      gboolean is_nan = (half & 0x7c00) == 0x7c00 && (half & 0x3ff) != 0;
      float value = bln_half_to_float (half);

      g_assert_cmpint (isnan (value) != 0, ==, is_nan);
      if (is_nan)
        g_assert_true (isnan (bln_half_to_float (bln_float_to_half (value))));
      else
        g_assert_cmphex (bln_float_to_half (value), ==, half);
    }
}

static void
test_half_rounds_to_even (void)
{
  static const struct { float value; guint16 half; } cases[] = {
    { 1 + 0x1p-11f, 0x3c00 },           /* half-way: down to even */
    { 1 + 0x1.8p-10f, 0x3c02 },         /* half-way: up to even */
    { 1 + 0x1.002p-11f, 0x3c01 },       /* a little more than half-way */
    { 65504, 0x7bff }, { 65519.996f, 0x7bff }, { 65520, 0x7c00 }, { -1e30f, 0xfc00 },
    { 0x1p-24f, 0x0001 }, { 0x1p-25f, 0x0000 }, { 0x1.8p-24f, 0x0002 }, { 0x1.002p-25f, 0x0001 },
    { 0x1.ff8p-15f, 0x03ff }, { 0x1.ffcp-15f, 0x0400 }, { -0x1p-14f, 0x8400 }, { -0.0f, 0x8000 },
    { 0.1f, 0x2e66 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    g_assert_cmphex (bln_float_to_half (cases[i].value), ==, cases[i].half);
}

static void
test_bfloat16 (void)
{
  g_assert_cmphex (bln_float_to_bfloat16 (0.1f), ==, 0x3dcd);
  g_assert_cmphex (bln_float_to_bfloat16 (1.01171875f), ==, 0x3f82);
  g_assert_cmphex (bln_float_to_bfloat16 (1.00390625f), ==, 0x3f80);
  g_assert_cmphex (bln_float_to_bfloat16 (G_MAXFLOAT), ==, 0x7f80);
  g_assert_true (isnan (bln_bfloat16_to_float (bln_float_to_bfloat16 (NAN))));
  for (guint bits = 0; bits < 65536; bits++)
    if ((bits & 0x7f80) != 0x7f80 || (bits & 0x7f) == 0)
      g_assert_cmphex (bln_float_to_bfloat16 (bln_bfloat16_to_float (bits)), ==, bits);
}

/* ---- the table --------------------------------------------------------------------- */

static void
test_ids_without_type (void)
{
  static const guint32 ids[] = { 4, 5, 31, 32, 33, 36, 37, 38, 43, 255, G_MAXUINT32 };

  for (guint i = 0; i < G_N_ELEMENTS (ids); i++)
    g_assert_null (bln_type_info (ids[i]));
}

static void
test_lacking_types_have_names (void)
{
  const BlnTypeInfo *info = bln_type_info (16);

  g_assert_cmpstr (info->name, ==, "IQ2_XXS");
  g_assert_false (info->is_supported);
  g_assert_cmpuint (info->block_bytes, ==, 66);
  g_assert_null (strstr (bln_type_supported_names (), "IQ2_XXS"));
  g_assert_cmpstr (bln_type_supported_names (), ==,
                   "F32, F16, Q4_0, Q4_1, Q5_0, Q5_1, Q8_0, Q2_K, Q3_K, Q4_K, Q5_K, Q6_K, IQ4_NL, "
                   "IQ4_XS, BF16, MXFP4");
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (small_cases); i++)
    {
      g_autofree char *path = g_strconcat ("/quant/decodes-exactly/",
                                           bln_type_info (small_cases[i].type)->name, NULL);
      g_test_add_data_func (path, &small_cases[i], test_small_block);
    }
  g_test_add_func ("/quant/decodes-exactly/MXFP4", test_mxfp4);
  for (guint i = 0; i < G_N_ELEMENTS (large_cases); i++)
    {
      g_autofree char *path = g_strconcat ("/quant/decodes-exactly/",
                                           bln_type_info (large_cases[i].type)->name, NULL);
      g_test_add_data_func (path, &large_cases[i], test_large_block);
    }
  g_test_add_func ("/quant/rows-lie-at-any-address", test_unaligned_rows);
  g_test_add_func ("/quant/half-round-trip", test_half_round_trip);
  g_test_add_func ("/quant/half-rounds-to-even", test_half_rounds_to_even);
  g_test_add_func ("/quant/bfloat16-rounds-to-even", test_bfloat16);
  g_test_add_func ("/quant/unused-ids-have-no-type", test_ids_without_type);
  g_test_add_func ("/quant/lacking-types-are-named", test_lacking_types_have_names);
  return g_test_run ();
}
