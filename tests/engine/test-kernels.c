/* Each kernel variant beside the plain C reference, and the reference beside the numbers that
 * the formats promise. In the manner of checkasm: nasty inputs, the parameters and the seed
 * printed on failure, and `--bench` measures with the same code. BLN_TEST_SEED repeats a run. */
#include "kernel-cases.h"
#include "x16.h"

#include <math.h>
#include <string.h>

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
        make_tile (plain, activation, n_in, kernel_widths[w], row_kind, rand, NULL);

      matrix_dot (&m, plain, tile, kernel_widths[w], expected);
      memset (got, 0xff, sizeof got);
      matrix_dot (&m, fast, tile, kernel_widths[w], got);
      for (guint i = 0; i < kernel_widths[w] * 16; i++)
        if (memcmp (&expected[i], &got[i], sizeof (float)) != 0)
          g_error ("%s %s: n_in %zu rows %u width %u weights %u activations %u: column %u row %u "
                   "is %.9g, should be %.9g (BLN_TEST_SEED=%u)",
                   fast->name, bln_type_info (type)->name, n_in, n_rows, kernel_widths[w], weights_kind,
                   row_kind, i / 16, i % 16, (double) got[i], (double) expected[i], kernel_seed);
    }
  matrix_clear (&m);
}

static void
test_dot_bits (gconstpointer data)
{
  const BlnKernels *fast = get_variant (data);
  g_autoptr (GRand) rand = g_rand_new_with_seed (kernel_seed);
  static const gsize widths_in[] = { 256, 576, 64, 128, 192, 1408, 2048, 20, 1 };
  static const guint rows[] = { 16, 9, 1 };

  if (fast == NULL)
    return;
  for (guint t = 0; t < G_N_ELEMENTS (kernel_types); t++)
    for (guint i = 0; i < G_N_ELEMENTS (widths_in); i++)
      for (guint k = 0; k < N_WEIGHT_KINDS; k++)
        if (widths_in[i] % bln_type_info (kernel_types[t])->block_elements == 0)
          check_dot (fast, kernel_types[t], widths_in[i], rows[(i + k) % 3], k, i + k, rand);
}

/* The same column alone and among others. */
static void
test_dot_widths (gconstpointer data)
{
  const BlnKernels *kernels = get_variant (data);
  g_autoptr (GRand) rand = g_rand_new_with_seed (kernel_seed);

  if (kernels == NULL)
    return;
  for (guint t = 0; t < G_N_ELEMENTS (kernel_types); t++)
    {
      BlnActivation activation = bln_activation_for_type (kernel_types[t]);
      float *columns[BLN_MAX_TILE];
      float together[BLN_MAX_TILE * 16], alone[16];
      g_autofree void *tile = make_tile (kernels, activation, 512, 8, 0, rand, columns);
      g_autofree void *single = g_malloc (bln_activation_tile_bytes (activation, 512, 1));
      Matrix m;

      matrix_init (&m, kernels, kernel_types[t], 16, 512, WEIGHTS_RANDOM, rand);
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
  g_autoptr (GRand) rand = g_rand_new_with_seed (kernel_seed);

  for (guint t = 0; t < G_N_ELEMENTS (kernel_types); t++)
    {
      BlnType type = kernel_types[t];
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
  g_autoptr (GRand) rand = g_rand_new_with_seed (kernel_seed);

  if (fast == NULL)
    return;
  for (guint t = 0; t < G_N_ELEMENTS (kernel_types); t++)
    for (guint rows = 1; rows <= 16 && bln_x16_layout (kernel_types[t]) != NULL; rows += 5)
      {
        const BlnTypeInfo *info = bln_type_info (kernel_types[t]);
        gsize bytes = bln_x16_group_bytes (kernel_types[t], 768);
        guint8 block[256];
        Matrix a, b = { 0 };

        matrix_init (&a, plain, kernel_types[t], rows, 768, WEIGHTS_RANDOM, rand);
        b.group = g_malloc (bytes);
        fast->repack (kernel_types[t], a.file, a.row_bytes, rows, 768 / info->block_elements,
                      b.group);
        g_assert_cmpmem (a.group, bytes, b.group, bytes);
        for (guint r = 0; r < rows; r++)
          for (gsize i = 0; i < 768 / info->block_elements; i++)
            {
              bln_x16_extract (kernel_types[t], b.group, i, r, block);
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
  g_autoptr (GRand) rand = g_rand_new_with_seed (kernel_seed);
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
                     round, i, kernel_seed);
      }
}

/* A value that is not finite must reach the logits, not vanish in a rounding. */
static void
test_quantize_not_finite (gconstpointer data)
{
  const BlnKernels *kernels = get_variant (data);
  g_autoptr (GRand) rand = g_rand_new_with_seed (kernel_seed);
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

/* ---- main --------------------------------------------------------------------------- */

int
main (int    argc,
      char **argv)
{
  const char *wanted = g_getenv ("BLN_TEST_SEED");

  if (argc > 1 && g_str_equal (argv[1], "--bench"))
    return bench_kernels (argc > 2 ? argv[2] : NULL);
  g_test_init (&argc, &argv, NULL);
  kernel_seed = wanted != NULL ? (guint32) g_ascii_strtoull (wanted, NULL, 10) : g_random_int ();
  g_test_message ("BLN_TEST_SEED=%u", kernel_seed);
  g_test_add_func ("/kernels/c/dot-is-that-of-decoded-values", test_dot_decoded);
  add_for_variants ("dot-has-the-reference-bits", FALSE, test_dot_bits);
  add_for_variants ("a-column-is-the-same-alone-and-among-others", TRUE, test_dot_widths);
  add_for_variants ("repacking-keeps-every-byte", FALSE, test_repack);
  add_for_variants ("quantized-activations-have-the-reference-bits", FALSE, test_quantize);
  add_for_variants ("what-is-not-finite-stays-visible", TRUE, test_quantize_not_finite);
  return g_test_run ();
}
