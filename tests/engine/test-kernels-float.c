/* What is done in F32 (norms, gates, attention, matrix products), each variant beside the plain
 * C reference bit by bit, and the functions beside the published ones. */
#include "kernel-cases.h"

#include <math.h>
#include <string.h>

static void
check_vectors (const BlnKernels *fast,
               gsize             n,
               GRand            *rand)
{
  const BlnKernels *plain = bln_kernels_get ("c");
  g_autofree float *x = make_row (n, 0, rand), *w = make_row (n, 0, rand);
  g_autofree float *a = g_new (float, n), *b = g_new (float, n);
  g_autofree guint16 *ha = g_new (guint16, n), *hb = g_new (guint16, n);
  g_autofree gint8 *bytes = g_new (gint8, n);
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
  for (gsize i = 0; i < n; i++)
    bytes[i] = (gint8) g_rand_int_range (rand, -127, 128);
  plain->from_bytes (bytes, ha, n, a);
  fast->from_bytes (bytes, ha, n, b);
  expect_bits (fast, "from_bytes", n, a, b, n);
}

static void
test_vectors (gconstpointer data)
{
  const BlnKernels *fast = get_variant (data);
  g_autoptr (GRand) rand = g_rand_new_with_seed (kernel_seed);

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
  g_autoptr (GRand) rand = g_rand_new_with_seed (kernel_seed);
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
  g_autoptr (GRand) rand = g_rand_new_with_seed (kernel_seed);

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
  g_autoptr (GRand) rand = g_rand_new_with_seed (kernel_seed);

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

int
main (int    argc,
      char **argv)
{
  const char *wanted = g_getenv ("BLN_TEST_SEED");

  g_test_init (&argc, &argv, NULL);
  kernel_seed = wanted != NULL ? (guint32) g_ascii_strtoull (wanted, NULL, 10) : g_random_int ();
  g_test_message ("BLN_TEST_SEED=%u", kernel_seed);
  add_for_variants ("vectors-have-the-reference-bits", FALSE, test_vectors);
  add_for_variants ("functions-are-the-published-ones", TRUE, test_functions);
  add_for_variants ("attention-has-the-reference-bits", FALSE, test_attention);
  add_for_variants ("finished-blocks-have-the-reference-bits", FALSE, test_finish);
  add_for_variants ("gemm-has-the-reference-bits", FALSE, test_gemm);
  return g_test_run ();
}
