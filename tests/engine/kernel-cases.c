#include "kernel-cases.h"

#include "x16.h"

#include <string.h>

guint32 kernel_seed;

const BlnType kernel_types[KERNEL_N_TYPES] = {
  BLN_TYPE_F32,  BLN_TYPE_F16,  BLN_TYPE_BF16, BLN_TYPE_Q4_0, BLN_TYPE_Q4_1,   BLN_TYPE_Q5_0,
  BLN_TYPE_Q5_1, BLN_TYPE_Q8_0, BLN_TYPE_Q2_K, BLN_TYPE_Q3_K, BLN_TYPE_Q4_K,   BLN_TYPE_Q5_K,
  BLN_TYPE_Q6_K, BLN_TYPE_MXFP4, BLN_TYPE_IQ4_NL, BLN_TYPE_IQ4_XS,
};

const guint kernel_widths[BLN_N_WIDTHS] = { 1, 2, 4, 8 };

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

guint8 *
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
float *
make_row (gsize  n,
          guint  kind,
          GRand *rand)
{
  float *x = g_new (float, n);

  for (gsize i = 0; i < n; i++)
    x[i] = kind % 4 == 1 ? -1 : kind % 4 == 3 ? 1 : (float) g_rand_double_range (rand, -3, 3);
  return x;
}

void
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

void
matrix_clear (Matrix *m)
{
  g_free (m->file);
  g_free (m->group);
}

void
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
void *
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

const BlnKernels *
get_variant (gconstpointer data)
{
  const BlnKernels *kernels = bln_kernels_get (data);

  if (kernels == NULL)
    g_test_skip ("this processor does not have it");
  return kernels;
}

void
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
               what, n, i, (double) got[i], (double) expected[i], kernel_seed);
}

void
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
