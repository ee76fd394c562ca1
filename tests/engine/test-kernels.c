/* Each kernel variant beside the plain C reference, and the reference beside the numbers that
 * the formats promise. In the manner of checkasm: nasty inputs, the parameters and the seed
 * printed on failure, and `--bench` measures with the same code. BLN_TEST_SEED repeats a run. */
#include "matmul.h"
#include "x16.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static guint32 seed;

static const BlnType all_types[] = {
  BLN_TYPE_F32,  BLN_TYPE_F16,  BLN_TYPE_BF16, BLN_TYPE_Q4_0, BLN_TYPE_Q4_1,   BLN_TYPE_Q5_0,
  BLN_TYPE_Q5_1, BLN_TYPE_Q8_0, BLN_TYPE_Q2_K, BLN_TYPE_Q3_K, BLN_TYPE_Q4_K,   BLN_TYPE_Q5_K,
  BLN_TYPE_Q6_K, BLN_TYPE_MXFP4, BLN_TYPE_IQ4_NL, BLN_TYPE_IQ4_XS,
};

static const guint widths[BLN_N_WIDTHS] = { 1, 2, 4, 8 };

/* ---- inputs ------------------------------------------------------------------------- */

enum { WEIGHTS_RANDOM, WEIGHTS_LOWEST, WEIGHTS_HIGHEST, WEIGHTS_SIGN, N_WEIGHT_KINDS };

/* Where the halves of a block lie; 0xff: none. */
static void
set_scales (BlnType type,
            guint8 *block,
            GRand  *rand)
{
  guint8 at[2] = { 0, 0xff };

  if (type == BLN_TYPE_MXFP4)
    {
      block[0] = (guint8) g_rand_int_range (rand, 118, 130);
      return;
    }
  if (type == BLN_TYPE_Q4_1 || type == BLN_TYPE_Q5_1 || type == BLN_TYPE_Q4_K
      || type == BLN_TYPE_Q5_K)
    at[1] = 2;
  if (type == BLN_TYPE_Q2_K)
    at[0] = 80, at[1] = 82;
  if (type == BLN_TYPE_Q3_K)
    at[0] = 108;
  if (type == BLN_TYPE_Q6_K)
    at[0] = 208;
  for (guint i = 0; i < 2 && at[i] != 0xff; i++)
    {
      guint16 half = bln_float_to_half ((float) g_rand_double_range (rand, -0.2, 0.2));

      memcpy (block + at[i], &half, 2);
    }
}

static guint8 *
make_weights (BlnType type,
              gsize   n_rows,
              gsize   n_in,
              guint   kind,
              GRand  *rand)
{
  const BlnTypeInfo *info = bln_type_info (type);
  gsize n_blocks = n_rows * n_in / info->block_elements;
  guint8 *data = g_malloc (n_blocks * info->block_bytes);
  static const int bytes[N_WEIGHT_KINDS] = { -1, 0x00, 0xff, 0x80 };

  for (gsize i = 0; i < n_blocks * info->block_bytes; i++)
    data[i] = bytes[kind] < 0 ? (guint8) g_rand_int (rand) : (guint8) bytes[kind];
  for (gsize b = 0; b < n_blocks && info->block_elements > 1; b++)
    set_scales (type, data + b * info->block_bytes, rand);
  for (gsize b = 0; b < n_blocks && info->block_elements == 1; b++)
    {
      float x = (float) g_rand_double_range (rand, -1, 1);
      guint16 half = type == BLN_TYPE_F16 ? bln_float_to_half (x) : bln_float_to_bfloat16 (x);

      memcpy (data + b * info->block_bytes, type == BLN_TYPE_F32 ? (void *) &x : &half,
              info->block_bytes);
    }
  return data;
}

/* Even kinds are random, odd ones have -1 or 1 everywhere: q is -127 or 127 in every place. */
static float *
make_row (gsize  n,
          guint  kind,
          GRand *rand)
{
  float *x = g_new (float, n);

  for (gsize i = 0; i < n; i++)
    x[i] = kind % 4 == 1 ? -1 : kind % 4 == 3 ? 1 : (float) g_rand_double_range (rand, -3, 3);
  return x;
}

/* A matrix as the store would hold one group of it. */
typedef struct
{
  BlnType type;
  gsize n_in;
  guint n_rows;
  gsize row_bytes;
  guint8 *file;  /* (owned) */
  guint8 *group; /* (owned) (nullable) */
} Matrix;

static void
matrix_init (Matrix           *m,
             const BlnKernels *kernels,
             BlnType           type,
             guint             n_rows,
             gsize             n_in,
             guint             kind,
             GRand            *rand)
{
  const BlnTypeInfo *info = bln_type_info (type);

  m->type = type;
  m->n_in = n_in;
  m->n_rows = n_rows;
  m->row_bytes = n_in / info->block_elements * info->block_bytes;
  m->file = make_weights (type, n_rows, n_in, kind, rand);
  m->group = NULL;
  if (bln_x16_layout (type) != NULL)
    {
      m->group = g_malloc (bln_x16_group_bytes (type, n_in));
      kernels->repack (type, m->file, m->row_bytes, n_rows, n_in / info->block_elements, m->group);
    }
}

static void
matrix_clear (Matrix *m)
{
  g_free (m->file);
  g_free (m->group);
}

static void
matrix_dot (const Matrix     *m,
            const BlnKernels *kernels,
            const void       *tile,
            guint             width,
            float            *out)
{
  kernels->dot[m->type][bln_width_index (width)] (m->group != NULL ? m->group : m->file,
                                                  m->row_bytes, m->n_rows, m->n_in, tile, out);
}

/* A tile of `width` rows; `columns` (nullable) receives the rows themselves. */
static void *
make_tile (const BlnKernels *kernels,
           BlnActivation     activation,
           gsize             n_in,
           guint             width,
           guint             kind,
           GRand            *rand,
           float           **columns)
{
  gsize bytes = bln_activation_tile_bytes (activation, n_in, 1);
  void *singles[BLN_MAX_TILE];
  void *tile = g_malloc (bytes * width);

  for (guint c = 0; c < width; c++)
    {
      float *x = make_row (n_in, kind + c * (kind & 1) * 2, rand);

      singles[c] = g_malloc (bytes);
      bln_activation_quantize (kernels, activation, x, n_in, singles[c]);
      if (columns != NULL)
        columns[c] = x;
      else
        g_free (x);
    }
  bln_activation_gather (activation, n_in, (const void *const *) singles, width, width, tile);
  for (guint c = 0; c < width; c++)
    g_free (singles[c]);
  return tile;
}

static const char *
variant_of (gconstpointer data)
{
  return data;
}

static const BlnKernels *
get_variant (gconstpointer data)
{
  const BlnKernels *kernels = bln_kernels_get (variant_of (data));

  if (kernels == NULL)
    g_test_skip ("this processor does not have it");
  return kernels;
}

/* ---- integer and float dot ---------------------------------------------------------- */

static void
check_dot (const BlnKernels *fast,
           BlnType           type,
           gsize             n_in,
           guint             n_rows,
           guint             weights_kind,
           guint             row_kind,
           GRand            *rand)
{
  const BlnKernels *plain = bln_kernels_get ("c");
  BlnActivation activation = bln_activation_for_type (type);
  Matrix m;

  matrix_init (&m, plain, type, n_rows, n_in, weights_kind, rand);
  for (guint w = 0; w < BLN_N_WIDTHS; w++)
    {
      float expected[BLN_MAX_TILE * 16], got[BLN_MAX_TILE * 16];
      g_autofree void *tile =
        make_tile (plain, activation, n_in, widths[w], row_kind, rand, NULL);

      matrix_dot (&m, plain, tile, widths[w], expected);
      memset (got, 0xff, sizeof got);
      matrix_dot (&m, fast, tile, widths[w], got);
      for (guint i = 0; i < widths[w] * 16; i++)
        if (memcmp (&expected[i], &got[i], sizeof (float)) != 0)
          g_error ("%s %s: n_in %zu rows %u width %u weights %u activations %u: column %u row %u "
                   "is %.9g, should be %.9g (BLN_TEST_SEED=%u)",
                   fast->name, bln_type_info (type)->name, n_in, n_rows, widths[w], weights_kind,
                   row_kind, i / 16, i % 16, (double) got[i], (double) expected[i], seed);
    }
  matrix_clear (&m);
}

static void
test_dot_bits (gconstpointer data)
{
  const BlnKernels *fast = get_variant (data);
  g_autoptr (GRand) rand = g_rand_new_with_seed (seed);
  static const gsize widths_in[] = { 256, 576, 64, 128, 192, 1408, 2048, 20, 1 };
  static const guint rows[] = { 16, 9, 1 };

  if (fast == NULL)
    return;
  for (guint t = 0; t < G_N_ELEMENTS (all_types); t++)
    for (guint i = 0; i < G_N_ELEMENTS (widths_in); i++)
      for (guint k = 0; k < N_WEIGHT_KINDS; k++)
        if (widths_in[i] % bln_type_info (all_types[t])->block_elements == 0)
          check_dot (fast, all_types[t], widths_in[i], rows[(i + k) % 3], k, i + k, rand);
}

/* The same column alone and among others. */
static void
test_dot_widths (gconstpointer data)
{
  const BlnKernels *kernels = get_variant (data);
  g_autoptr (GRand) rand = g_rand_new_with_seed (seed);

  if (kernels == NULL)
    return;
  for (guint t = 0; t < G_N_ELEMENTS (all_types); t++)
    {
      BlnActivation activation = bln_activation_for_type (all_types[t]);
      float *columns[BLN_MAX_TILE];
      float together[BLN_MAX_TILE * 16], alone[16];
      g_autofree void *tile = make_tile (kernels, activation, 512, 8, 0, rand, columns);
      g_autofree void *single = g_malloc (bln_activation_tile_bytes (activation, 512, 1));
      Matrix m;

      matrix_init (&m, kernels, all_types[t], 16, 512, WEIGHTS_RANDOM, rand);
      matrix_dot (&m, kernels, tile, 8, together);
      for (guint c = 0; c < 8; c++)
        {
          bln_activation_quantize (kernels, activation, columns[c], 512, single);
          matrix_dot (&m, kernels, single, 1, alone);
          g_assert_cmpmem (alone, sizeof alone, together + 16 * c, sizeof alone);
          g_free (columns[c]);
        }
      matrix_clear (&m);
    }
}

/* The reference itself, beside decoded weights times decoded activations in F64. */
static void
test_dot_decoded (void)
{
  const BlnKernels *plain = bln_kernels_get ("c");
  g_autoptr (GRand) rand = g_rand_new_with_seed (seed);

  for (guint t = 0; t < G_N_ELEMENTS (all_types); t++)
    {
      BlnType type = all_types[t];
      BlnActivation activation = bln_activation_for_type (type);
      float weights[512], out[16], *x;
      g_autofree guint8 *tile = make_tile (plain, activation, 512, 1, 0, rand, &x);
      Matrix m;

      matrix_init (&m, plain, type, 16, 512, WEIGHTS_RANDOM, rand);
      matrix_dot (&m, plain, tile, 1, out);
      for (guint r = 0; r < 16; r++)
        {
          double sum = 0, magnitude = 0;

          bln_dequantize (type, m.file + r * m.row_bytes, weights, 512);
          for (guint i = 0; i < 512; i++)
            {
              const guint8 *b32 = tile + i / 32 * BLN_A32_BYTES (1);
              const guint8 *b256 = tile + i / 256 * BLN_A256_BYTES (1);
              double a = activation == BLN_ACTIVATION_F32 ? x[i]
                         : activation == BLN_ACTIVATION_A32
                           ? ((gint8 *) b32)[i % 32] * (double) *(float *) (b32 + BLN_A32_D (1))
                           : ((gint8 *) b256)[i % 256]
                               * (double) *(float *) (b256 + BLN_A256_D (1));

              g_assert_cmpfloat (fabs (a - (double) x[i]), <=, 3.0 / 127 * 0.51);
              sum += a * (double) weights[i];
              magnitude += fabs (a * (double) weights[i]);
            }
          g_assert_cmpfloat (fabs (sum - (double) out[r]), <=, magnitude * 4e-6 + 1e-9);
        }
      matrix_clear (&m);
      g_free (x);
    }
}

/* ---- repacking ---------------------------------------------------------------------- */

static void
test_repack (gconstpointer data)
{
  const BlnKernels *fast = get_variant (data), *plain = bln_kernels_get ("c");
  g_autoptr (GRand) rand = g_rand_new_with_seed (seed);

  if (fast == NULL)
    return;
  for (guint t = 0; t < G_N_ELEMENTS (all_types); t++)
    for (guint rows = 1; rows <= 16 && bln_x16_layout (all_types[t]) != NULL; rows += 5)
      {
        const BlnTypeInfo *info = bln_type_info (all_types[t]);
        gsize bytes = bln_x16_group_bytes (all_types[t], 768);
        guint8 block[256];
        Matrix a, b = { 0 };

        matrix_init (&a, plain, all_types[t], rows, 768, WEIGHTS_RANDOM, rand);
        b.group = g_malloc (bytes);
        fast->repack (all_types[t], a.file, a.row_bytes, rows, 768 / info->block_elements,
                      b.group);
        g_assert_cmpmem (a.group, bytes, b.group, bytes);
        for (guint r = 0; r < rows; r++)
          for (gsize i = 0; i < 768 / info->block_elements; i++)
            {
              bln_x16_extract (all_types[t], b.group, i, r, block);
              g_assert_cmpmem (block, info->block_bytes,
                               a.file + r * a.row_bytes + i * info->block_bytes,
                               info->block_bytes);
            }
        matrix_clear (&a);
        matrix_clear (&b);
      }
}

/* ---- quantization of activations ----------------------------------------------------- */

static void
test_quantize (gconstpointer data)
{
  const BlnKernels *fast = get_variant (data), *plain = bln_kernels_get ("c");
  g_autoptr (GRand) rand = g_rand_new_with_seed (seed);
  static const float nasty[] = { 0, -0.0f, 1e-40f, 1e-36f, 3e38f, -3e38f, INFINITY, -INFINITY };

  if (fast == NULL)
    return;
  for (guint round = 0; round < 200; round++)
    for (guint a = BLN_ACTIVATION_A32; a <= BLN_ACTIVATION_A256; a++)
      {
        gsize bytes = bln_activation_tile_bytes (a, 512, 1);
        g_autofree float *x = make_row (512, round, rand);
        g_autofree guint8 *expected = g_malloc (bytes), *got = g_malloc (bytes);

        for (guint i = 0; i < 512 && round % 5 == 4; i++)
          x[i] = g_rand_boolean (rand) ? 0 : (g_rand_int_range (rand, -254, 255) + 0.5f) / 254;
        if (round % 5 == 3)
          x[g_rand_int_range (rand, 0, 512)] = nasty[g_rand_int_range (rand, 0, 8)];
        if (round % 7 == 3)
          memset (x, 0, 300 * sizeof (float));
        bln_activation_quantize (plain, a, x, 512, expected);
        bln_activation_quantize (fast, a, x, 512, got);
        for (gsize i = 0; i < bytes; i++)
          if (expected[i] != got[i])
            g_error ("%s: activation %u round %u byte %zu (BLN_TEST_SEED=%u)", fast->name, a,
                     round, i, seed);
      }
}

/* A value that is not finite must reach the logits, not vanish in a rounding. */
static void
test_quantize_not_finite (gconstpointer data)
{
  const BlnKernels *kernels = get_variant (data);
  g_autoptr (GRand) rand = g_rand_new_with_seed (seed);
  static const BlnType types[] = { BLN_TYPE_Q4_0, BLN_TYPE_Q8_0, BLN_TYPE_Q4_K, BLN_TYPE_Q6_K };
  static const float bad[] = { NAN, INFINITY, -INFINITY };

  if (kernels == NULL)
    return;
  for (guint t = 0; t < G_N_ELEMENTS (types); t++)
    for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
      {
        BlnActivation activation = bln_activation_for_type (types[t]);
        g_autofree float *x = make_row (256, 0, rand);
        g_autofree void *tile = g_malloc (bln_activation_tile_bytes (activation, 256, 1));
        float out[16];
        Matrix m;

        x[77] = bad[i];
        bln_activation_quantize (kernels, activation, x, 256, tile);
        matrix_init (&m, kernels, types[t], 16, 256, WEIGHTS_RANDOM, rand);
        matrix_dot (&m, kernels, tile, 1, out);
        for (guint r = 0; r < 16; r++)
          g_assert_false (isfinite (out[r]));
        matrix_clear (&m);
      }
}

/* ---- work in F32 --------------------------------------------------------------------- */

static void
expect_bits (const BlnKernels *fast,
             const char       *what,
             gsize             n,
             const float      *expected,
             const float      *got,
             gsize             count)
{
  for (gsize i = 0; i < count; i++)
    if (memcmp (&expected[i], &got[i], sizeof (float)) != 0)
      g_error ("%s %s: n %zu, element %zu is %.9g, should be %.9g (BLN_TEST_SEED=%u)", fast->name,
               what, n, i, (double) got[i], (double) expected[i], seed);
}

static void
check_vectors (const BlnKernels *fast,
               gsize             n,
               GRand            *rand)
{
  const BlnKernels *plain = bln_kernels_get ("c");
  g_autofree float *x = make_row (n, 0, rand), *w = make_row (n, 0, rand);
  g_autofree float *a = g_new (float, n), *b = g_new (float, n);
  g_autofree guint16 *ha = g_new (guint16, n), *hb = g_new (guint16, n);
  float sum_a, sum_b;

#define CHECK_ROW(what, CALL)                                                               \
  do                                                                                        \
    {                                                                                       \
      const BlnKernels *k = plain;                                                          \
      float *y = a;                                                                         \
                                                                                            \
      memcpy (a, x, n * sizeof (float));                                                    \
      memcpy (b, x, n * sizeof (float));                                                    \
      CALL;                                                                                 \
      k = fast;                                                                             \
      y = b;                                                                                \
      CALL;                                                                                 \
      expect_bits (fast, what, n, a, b, n);                                                 \
    }                                                                                       \
  while (0)

  CHECK_ROW ("rms_norm", k->rms_norm (x, w, n, 1e-6f, y));
  CHECK_ROW ("rms_norm in place", k->rms_norm (y, NULL, n, 1e-6f, y));
  CHECK_ROW ("add", k->add (w, n, y));
  CHECK_ROW ("axpy", k->axpy (0.37f, w, n, y));
  CHECK_ROW ("silu_mul", k->silu_mul (x, w, n, y));
  CHECK_ROW ("gelu_mul", k->gelu_mul (x, w, n, y));
  CHECK_ROW ("rope", k->rope (y, w, w + n / 2, n / 2));
  CHECK_ROW ("rope_neox", k->rope_neox (y, w, w + n / 2, n / 2));
  CHECK_ROW ("exp", k->exp_sum (y, n, 1.5f));
  sum_a = plain->dot_f32 (x, w, n), sum_b = fast->dot_f32 (x, w, n);
  expect_bits (fast, "dot_f32", n, &sum_a, &sum_b, 1);
  sum_a = plain->max (x, n), sum_b = fast->max (x, n);
  expect_bits (fast, "max", n, &sum_a, &sum_b, 1);
  memcpy (a, x, n * sizeof (float));
  memcpy (b, x, n * sizeof (float));
  sum_a = plain->exp_sum (a, n, 3), sum_b = fast->exp_sum (b, n, 3);
  expect_bits (fast, "exp_sum", n, &sum_a, &sum_b, 1);
  plain->to_half (x, n, ha);
  fast->to_half (x, n, hb);
  g_assert_cmpmem (ha, n * 2, hb, n * 2);
  plain->from_half (ha, n, a);
  fast->from_half (ha, n, b);
  expect_bits (fast, "from_half", n, a, b, n);
}

static void
test_vectors (gconstpointer data)
{
  const BlnKernels *fast = get_variant (data);
  g_autoptr (GRand) rand = g_rand_new_with_seed (seed);

  for (gsize n = 1; n <= 600 && fast != NULL; n += n < 40 ? 1 : 37)
    check_vectors (fast, n, rand);
}

/* The published functions, not only each other: 2e-7 relative is two units in the last place. */
static void
test_functions (gconstpointer data)
{
  const BlnKernels *kernels = get_variant (data);
  float x[64], y[64];
  float ones[64];

  if (kernels == NULL)
    return;
  for (guint round = 0; round < 50; round++)
    {
      for (guint i = 0; i < 64; i++)
        {
          x[i] = (float) (round * 64 + i) / 1600.0f * 20 - 20;
          ones[i] = 1;
        }
      memcpy (y, x, sizeof y);
      kernels->exp_sum (y, 64, 0);
      for (guint i = 0; i < 64; i++)
        g_assert_cmpfloat (fabs (expm1 (log ((double) y[i]) - (double) x[i])), <=, 2e-7);
      kernels->silu_mul (x, ones, 64, y);
      for (guint i = 0; i < 64; i++)
        g_assert_cmpfloat (fabs ((double) y[i] - (double) x[i] / (1 + exp (-(double) x[i]))), <=,
                           2e-6);
      kernels->gelu_mul (x, ones, 64, y);
      for (guint i = 0; i < 64; i++)
        {
          double t = (double) x[i];
          double inner = tanh (0.7978845608028654 * (t + 0.044715 * t * t * t));

          g_assert_cmpfloat (fabs ((double) y[i] - 0.5 * t * (1 + inner)), <=, 4e-6);
        }
    }
  for (guint i = 0; i < 64; i++)
    x[i] = i % 4 == 0 ? -INFINITY : i % 4 == 1 ? -200 : i % 4 == 2 ? NAN : 0;
  kernels->exp_sum (x, 64, 0);
  for (guint i = 0; i < 64; i++)
    if (i % 4 == 2)
      g_assert_true (isnan (x[i]));
    else
      g_assert_cmpfloat (x[i], ==, i % 4 == 3 ? 1 : 0);
}

static void
check_attention (const BlnKernels *fast,
                 BlnRowsType       type,
                 guint             n_heads,
                 guint             n_positions,
                 gsize             width,
                 GRand            *rand)
{
  const BlnKernels *plain = bln_kernels_get ("c");
  gsize n_rows = n_positions * (width + 3), n_scores = n_heads * (n_positions + 1);
  g_autofree float *rows = make_row (n_rows, 0, rand);
  g_autofree guint16 *halves = g_new (guint16, n_rows);
  g_autofree float *q = make_row (n_heads * (width + 5), 0, rand);
  g_autofree float *a = make_row (n_scores, 0, rand), *b = g_memdup2 (a, n_scores * 4);
  g_autofree float *va = make_row (n_heads * width, 0, rand);
  g_autofree float *vb = g_memdup2 (va, n_heads * width * 4);
  const void *k = type == BLN_ROWS_F16 ? (void *) halves : rows;

  plain->to_half (rows, n_rows, halves);
  plain->scores[type] (q, width + 5, n_heads, k, width + 3, n_positions, width, 0.3f, a,
                       n_positions + 1);
  fast->scores[type] (q, width + 5, n_heads, k, width + 3, n_positions, width, 0.3f, b,
                      n_positions + 1);
  expect_bits (fast, "scores", n_positions * 1000 + n_heads, a, b, n_scores);
  plain->values[type] (a, n_positions + 1, n_heads, k, width + 3, n_positions, width, va, width);
  fast->values[type] (a, n_positions + 1, n_heads, k, width + 3, n_positions, width, vb, width);
  expect_bits (fast, "values", n_positions * 1000 + n_heads, va, vb, n_heads * width);
}

static void
test_attention (gconstpointer data)
{
  const BlnKernels *fast = get_variant (data);
  g_autoptr (GRand) rand = g_rand_new_with_seed (seed);
  static const gsize row_widths[] = { 224, 576, 64, 100, 7 };

  for (guint heads = 1; heads <= 17 && fast != NULL; heads += 1 + heads / 10 * 3)
    for (guint i = 0; i < G_N_ELEMENTS (row_widths); i++)
      for (guint type = 0; type < BLN_N_ROWS_TYPES; type++)
        check_attention (fast, type, heads, 1 + (heads * 5 + i) % 23, row_widths[i], rand);
}

static void
test_finish (gconstpointer data)
{
  const BlnKernels *fast = get_variant (data), *plain = bln_kernels_get ("c");
  g_autoptr (GRand) rand = g_rand_new_with_seed (seed);

  for (guint round = 0; round < 200 && fast != NULL; round++)
    {
      guint n = g_rand_int_range (rand, 1, 9);
      guint n_rows = round % 2 != 0 ? 16 : g_rand_int_range (rand, 1, 17);
      g_autofree float *block = make_row (n * 16, 0, rand), *weights = make_row (n, 0, rand);
      g_autofree float *a = make_row (n * 20, 0, rand), *b = g_memdup2 (a, n * 80);
      float *out_a[8], *out_b[8];

      for (guint c = 0; c < n; c++)
        {
          out_a[c] = a + 20 * c;
          out_b[c] = b + 20 * c;
        }
      plain->finish (block, n, n_rows, round % 3 ? (const float *const *) out_a : NULL,
                     round % 3 == 2 ? weights : NULL, out_a);
      fast->finish (block, n, n_rows, round % 3 ? (const float *const *) out_b : NULL,
                    round % 3 == 2 ? weights : NULL, out_b);
      expect_bits (fast, "finish", n * 100 + n_rows, a, b, n * 20);
    }
}

static void
test_gemm (gconstpointer data)
{
  const BlnKernels *fast = get_variant (data), *plain = bln_kernels_get ("c");
  g_autoptr (GRand) rand = g_rand_new_with_seed (seed);

  for (guint round = 0; round < 60 && fast != NULL; round++)
    {
      gsize m = g_rand_int_range (rand, 1, 20), n = g_rand_int_range (rand, 1, 150);
      gsize k = g_rand_int_range (rand, 1, 90);
      g_autofree float *a = make_row (m * k, 0, rand), *b = make_row (k * (n + 2), 0, rand);
      g_autofree float *x = make_row (m * (n + 3), 0, rand);
      g_autofree float *y = g_memdup2 (x, m * (n + 3) * 4);

      gsize stride = round % 4 < 2 ? k : 1, step = round % 4 < 2 ? 1 : m;

      plain->gemm (a, stride, step, b, n + 2, m, n, k, round % 2, x, n + 3);
      fast->gemm (a, stride, step, b, n + 2, m, n, k, round % 2, y, n + 3);
      expect_bits (fast, "gemm", m * 1000000 + n * 1000 + k, x, y, m * (n + 3));
    }
}

/* ---- main --------------------------------------------------------------------------- */

#include "bench-kernels.h"

static void
add_for_variants (const char        *name,
                  gboolean           with_plain,
                  GTestDataFunc      func)
{
  static const char *const variants[] = { "c", "avx2", "avx512" };

  for (guint i = with_plain ? 0 : 1; i < G_N_ELEMENTS (variants); i++)
    {
      g_autofree char *path = g_strdup_printf ("/kernels/%s/%s", variants[i], name);

      g_test_add_data_func (path, variants[i], func);
    }
}

int
main (int    argc,
      char **argv)
{
  const char *wanted = g_getenv ("BLN_TEST_SEED");

  if (argc > 1 && g_str_equal (argv[1], "--bench"))
    return bench_kernels (argc > 2 ? argv[2] : NULL);
  g_test_init (&argc, &argv, NULL);
  seed = wanted != NULL ? (guint32) g_ascii_strtoull (wanted, NULL, 10) : g_random_int ();
  g_test_message ("BLN_TEST_SEED=%u", seed);
  g_test_add_func ("/kernels/c/dot-is-that-of-decoded-values", test_dot_decoded);
  add_for_variants ("dot-has-the-reference-bits", FALSE, test_dot_bits);
  add_for_variants ("a-column-is-the-same-alone-and-among-others", TRUE, test_dot_widths);
  add_for_variants ("repacking-keeps-every-byte", FALSE, test_repack);
  add_for_variants ("quantized-activations-have-the-reference-bits", FALSE, test_quantize);
  add_for_variants ("vectors-have-the-reference-bits", FALSE, test_vectors);
  add_for_variants ("functions-are-the-published-ones", TRUE, test_functions);
  add_for_variants ("attention-has-the-reference-bits", FALSE, test_attention);
  add_for_variants ("finished-blocks-have-the-reference-bits", FALSE, test_finish);
  add_for_variants ("gemm-has-the-reference-bits", FALSE, test_gemm);
  add_for_variants ("what-is-not-finite-stays-visible", TRUE, test_quantize_not_finite);
  return g_test_run ();
}
