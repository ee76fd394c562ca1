/* The store of matrices: repacked or used as they lie, whole or in part, by one thread or by
 * several, the results are the same. */
#include "kernel-cases.h"

#include "threads.h"
#include "x16.h"

#include <stdatomic.h>
#include <string.h>

#define N_IN 512
#define N_OUT 70   /* four groups and a short one */
#define N_SLABS 3

/* A tensor of N_SLABS matrices, and the store's forms of it. */
typedef struct
{
  guint8 *data; /* (owned) */
  BlnTensor tensor;
  BlnCpuStore *store; /* (owned) */
  BlnCpuWeight *repacked, *mapped;
} Case;

static void
case_init (Case    *c,
           BlnType  type,
           guint64  first_row,
           guint64  n_out,
           GRand   *rand)
{
  const BlnTypeInfo *info = bln_type_info (type);
  BlnCpuView view;

  c->data = make_weights (type, N_OUT * N_SLABS, N_IN, WEIGHTS_RANDOM, rand);
  c->tensor = (BlnTensor) {
    .name = "matrix", .type = type, .n_dims = 3, .ne = { N_IN, N_OUT, N_SLABS, 1 },
    .n_bytes = N_IN / info->block_elements * info->block_bytes * N_OUT * N_SLABS,
    .data = c->data,
  };
  view = bln_cpu_view_whole (&c->tensor);
  view.first_row = first_row;
  view.n_out = n_out;
  c->store = bln_cpu_store_new (NULL, bln_kernels_get (NULL));
  c->repacked = bln_cpu_store_add (c->store, &c->tensor, &view, TRUE);
  c->mapped = bln_cpu_store_add (c->store, &c->tensor, &view, FALSE);
  g_assert_true (bln_cpu_store_seal (c->store, NULL));
}

static void
case_clear (Case *c)
{
  bln_cpu_store_free (c->store);
  g_free (c->data);
}

/* All outputs of one slab for one column. */
static void
multiply (BlnCpuWeight *weight,
          guint64       slab,
          const void   *tile,
          float        *out)
{
  g_autofree guint8 *scratch = g_malloc (bln_cpu_weight_scratch_bytes (weight) + 1);

  for (guint64 g = 0; g < weight->n_groups; g++)
    {
      float block[BLN_GROUP_ROWS];
      guint64 first = g * BLN_GROUP_ROWS, n = MIN (BLN_GROUP_ROWS, weight->n_out - first);

      bln_cpu_weight_dot (weight, bln_cpu_weight_get_group (weight, slab, g, scratch), g, tile,
                          1, block);
      memcpy (out + first, block, n * sizeof (float));
    }
}

/* What the reference kernels make of the rows themselves, one by one. */
static float
expected_dot (const Case *c,
              guint64     row,
              const void *tile)
{
  const BlnKernels *plain = bln_kernels_get ("c");
  gsize row_bytes = c->repacked->row_bytes;
  const guint8 *start = c->data + row * row_bytes;
  BlnType type = c->repacked->type;
  g_autofree guint8 *group = g_malloc (c->repacked->group_bytes + 1);
  float block[BLN_GROUP_ROWS];

  if (c->repacked->group_bytes != 0)
    {
      plain->repack (type, start, row_bytes, 1, N_IN / bln_type_info (type)->block_elements,
                     group);
      start = group;
    }
  plain->dot[type][0] (start, row_bytes, 1, N_IN, tile, block);
  return block[0];
}

static void
check_view (BlnType  type,
            guint64  first_row,
            guint64  n_out,
            GRand   *rand)
{
  BlnActivation activation = bln_activation_for_type (type);
  g_autofree void *tile = make_tile (bln_kernels_get ("c"), activation, N_IN, 1, 0, rand, NULL);
  float a[N_OUT], b[N_OUT];
  Case c;

  case_init (&c, type, first_row, n_out, rand);
  for (guint64 slab = 0; slab < N_SLABS; slab++)
    {
      multiply (c.repacked, slab, tile, a);
      multiply (c.mapped, slab, tile, b);
      for (guint64 row = 0; row < n_out; row++)
        {
          float expected = expected_dot (&c, slab * N_OUT + first_row + row, tile);

          g_assert_cmpmem (&a[row], sizeof (float), &expected, sizeof (float));
          g_assert_cmpmem (&b[row], sizeof (float), &expected, sizeof (float));
        }
    }
  g_assert_true (bln_cpu_store_check (c.store, NULL));
  case_clear (&c);
}

static void
test_views (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (kernel_seed);

  for (guint t = 0; t < KERNEL_N_TYPES; t++)
    {
      check_view (kernel_types[t], 0, N_OUT, rand);
      check_view (kernel_types[t], 5, 33, rand);
    }
}

static void
test_rows (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (kernel_seed);

  for (guint t = 0; t < KERNEL_N_TYPES; t++)
    {
      float a[N_IN], b[N_IN], expected[N_IN];
      Case c;

      case_init (&c, kernel_types[t], 3, 50, rand);
      for (guint row = 0; row < 50; row += 7)
        {
          bln_cpu_weight_get_row (c.repacked, 1, row, a);
          bln_cpu_weight_get_row (c.mapped, 1, row, b);
          bln_dequantize (kernel_types[t], c.data + (N_OUT + 3 + row) * c.repacked->row_bytes,
                          expected, N_IN);
          g_assert_cmpmem (a, sizeof a, expected, sizeof expected);
          g_assert_cmpmem (b, sizeof b, expected, sizeof expected);
        }
      case_clear (&c);
    }
}

/* What is prepared ahead is what the first use would have made; nothing is left afterwards, and
 * what a pass was first to need is not done again. */
static void
test_prepared_ahead (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (kernel_seed);

  for (guint t = 0; t < KERNEL_N_TYPES; t++)
    {
      Case ahead, used;
      guint64 n_left;

      case_init (&ahead, kernel_types[t], 0, N_OUT, rand);
      n_left = bln_cpu_store_prepare (ahead.store, 0);
      g_assert_cmpuint (n_left, ==, ahead.repacked->is_repacked ? N_SLABS : 0);
      if (n_left > 0)
        {
          bln_cpu_weight_get_group (ahead.repacked, 1, 0, NULL);
          g_assert_cmpuint (bln_cpu_store_prepare (ahead.store, 0), ==, N_SLABS - 1);
        }
      g_assert_cmpuint (bln_cpu_store_prepare (ahead.store, 60), ==, 0);

      used = ahead;
      used.store = bln_cpu_store_new (NULL, bln_kernels_get (NULL));
      used.repacked = bln_cpu_store_add (used.store, &used.tensor,
                                         &(BlnCpuView) { N_IN, N_OUT, N_SLABS, 0, N_OUT }, TRUE);
      g_assert_true (bln_cpu_store_seal (used.store, NULL));
      for (guint64 slab = 0; slab < N_SLABS && used.repacked->is_repacked; slab++)
        for (guint64 group = 0; group < used.repacked->n_groups; group++)
          g_assert_cmpmem (bln_cpu_weight_get_group (ahead.repacked, slab, group, NULL),
                           ahead.repacked->group_bytes,
                           bln_cpu_weight_get_group (used.repacked, slab, group, NULL),
                           used.repacked->group_bytes);
      bln_cpu_store_free (used.store);
      case_clear (&ahead);
    }
}

/* The copy has the size of the file's blocks, rounded up to whole groups, and no more. */
static void
test_size (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (kernel_seed);

  for (guint t = 0; t < KERNEL_N_TYPES; t++)
    {
      gsize groups = (N_OUT + 15) / 16 * N_SLABS;
      Case c;

      case_init (&c, kernel_types[t], 0, N_OUT, rand);
      g_assert_cmpuint (bln_cpu_store_get_repacked_bytes (c.store), ==,
                        c.repacked->group_bytes == 0 ? 0 : groups * 16 * c.repacked->row_bytes);
      case_clear (&c);
    }
}

typedef struct
{
  Case c;
  const void *tile;
  float out[8][N_SLABS][N_OUT];
} Race;

static void
run_race (guint    index,
          gpointer user_data)
{
  Race *race = user_data;

  for (guint slab = 0; slab < N_SLABS; slab++)
    multiply (race->c.repacked, slab, race->tile, race->out[index][slab]);
}

/* All want the same matrix for the first time at once. */
static void
test_race (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (kernel_seed);
  BlnThreads *threads = bln_threads_new (8);
  g_autofree void *tile = make_tile (bln_kernels_get ("c"), BLN_ACTIVATION_A32, N_IN, 1, 0, rand,
                                     NULL);
  g_autofree Race *race = g_new0 (Race, 1);

  for (guint round = 0; round < 50; round++)
    {
      guint n = bln_threads_get_n_active (threads);

      case_init (&race->c, BLN_TYPE_Q4_0, 0, N_OUT, rand);
      race->tile = tile;
      bln_threads_run (threads, run_race, race);
      for (guint i = 1; i < n; i++)
        g_assert_cmpmem (race->out[i], sizeof race->out[i], race->out[0], sizeof race->out[0]);
      case_clear (&race->c);
    }
  bln_threads_free (threads);
}

int
main (int    argc,
      char **argv)
{
  const char *wanted = g_getenv ("BLN_TEST_SEED");

  g_test_init (&argc, &argv, NULL);
  kernel_seed = wanted != NULL ? (guint32) g_ascii_strtoull (wanted, NULL, 10) : g_random_int ();
  g_test_message ("BLN_TEST_SEED=%u", kernel_seed);
  g_test_add_func ("/weights/repacked-and-mapped-give-the-same-bits", test_views);
  g_test_add_func ("/weights/a-row-is-the-decoded-row", test_rows);
  g_test_add_func ("/weights/the-copy-is-no-larger-than-the-file", test_size);
  g_test_add_func ("/weights/prepared-ahead-is-the-same", test_prepared_ahead);
  g_test_add_func ("/weights/first-use-by-many-threads-at-once", test_race);
  return g_test_run ();
}
