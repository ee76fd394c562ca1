/* `test-kernels --bench [TYPE]`: each variant's dot product over a matrix larger than the
 * inner caches, beside a plain read of the same bytes. One thread; GB/s of file bytes for a
 * single column, and billions of products a second for wider tiles. The last line of a type is
 * of a matrix that stays in the inner caches, as in prefill. */
#include "kernel-cases.h"

#include "x16.h"

#include <string.h>
#include <sys/mman.h>
#include <time.h>

/* Of this thread: what others do meanwhile only shows where it slows this one down. */
static double
seconds_now (void)
{
  struct timespec t;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &t);
  return (double) t.tv_sec + (double) t.tv_nsec / 1e9;
}

/* The quickest of a few passes: what the machine can do when nobody else wants it. */
static double
time_matrix (const BlnKernels *kernels,
             BlnType           type,
             const guint8     *groups,
             gsize             n_groups,
             gsize             group_bytes,
             gsize             n_in,
             const void       *tile,
             guint             width)
{
  double best = 1e9;
  float out[BLN_MAX_TILE * 16];

  for (guint pass = 0; pass < MAX (5, 2000 / n_groups); pass++)
    {
      double start = seconds_now ();

      for (gsize g = 0; g < n_groups; g++)
        kernels->dot[type][bln_width_index (width)] (groups + g * group_bytes, group_bytes / 16,
                                                     16, n_in, tile, out);
      best = MIN (best, seconds_now () - start);
    }
  return best;
}

static double
time_read (const guint8 *bytes,
           gsize         n)
{
  double best = 1e9;
  volatile guint64 sink;

  for (guint pass = 0; pass < 5; pass++)
    {
      double start = seconds_now ();
      const guint64 *words = (const guint64 *) bytes;
      guint64 all = 0;

      for (gsize i = 0; i < n / 8; i += 8)
        all |= words[i] | words[i + 1] | words[i + 2] | words[i + 3] | words[i + 4]
               | words[i + 5] | words[i + 6] | words[i + 7];
      sink = all;
      (void) sink;
      best = MIN (best, seconds_now () - start);
    }
  return best;
}

static void
bench_type (BlnType type,
            gsize   n_in,
            gsize   total_bytes)
{
  static const char *const variants[] = { "c", "avx2", "avx512" };
  g_autoptr (GRand) rand = g_rand_new_with_seed (1);
  const BlnKernels *plain = bln_kernels_get (NULL);
  gsize group_bytes, n_groups;
  guint8 *groups;
  Matrix m;

  matrix_init (&m, plain, type, 16, n_in, WEIGHTS_RANDOM, rand);
  group_bytes = m.row_bytes * 16;
  n_groups = total_bytes / group_bytes;
  /* As the store has them: in pages of 2 MiB where the system gives such. */
  groups = g_aligned_alloc (n_groups, group_bytes, 2 << 20);
  madvise (groups, n_groups * group_bytes, MADV_HUGEPAGE);
  for (gsize g = 0; g < n_groups; g++)
    memcpy (groups + g * group_bytes, m.group != NULL ? m.group : m.file, group_bytes);
  g_print ("%-6s %5zu  read %5.1f GB/s |", bln_type_info (type)->name, n_in,
           (double) (n_groups * group_bytes) / time_read (groups, n_groups * group_bytes) / 1e9);
  for (guint v = 0; v < 3; v++)
    {
      const BlnKernels *kernels = bln_kernels_get (variants[v]);

      /* The reference is so slow that a slice of the matrix has to do. */
      for (guint w = 0; w < BLN_N_WIDTHS && kernels != NULL && v > 0; w++)
        {
          g_autofree void *tile = make_tile (plain, bln_activation_for_type (type), n_in,
                                             kernel_widths[w], 0, rand, NULL);
          double t = time_matrix (kernels, type, groups, n_groups, group_bytes, n_in, tile,
                                  kernel_widths[w]);

          if (w == 0)
            g_print (" %s %5.1f GB/s", kernels->name,
                     (double) (n_groups * group_bytes) / t / 1e9);
          else
            g_print (" %4.0f", (double) (n_groups * 16 * n_in * kernel_widths[w]) / t / 1e9);
        }
    }
  g_print ("\n");
  g_aligned_free (groups);
  matrix_clear (&m);
}

/* GB/s of file bytes from rows in the outer caches into one group, again and again. */
static void
bench_repack (BlnType type,
              gsize   n_in)
{
  static const char *const variants[] = { "c", "avx2", "avx512" };
  g_autoptr (GRand) rand = g_rand_new_with_seed (1);
  Matrix m;

  if (bln_x16_layout (type) == NULL)
    return;
  matrix_init (&m, bln_kernels_get ("c"), type, 16, n_in, WEIGHTS_RANDOM, rand);
  g_print ("%-6s %5zu  repack", bln_type_info (type)->name, n_in);
  for (guint v = 0; v < G_N_ELEMENTS (variants); v++)
    {
      const BlnKernels *kernels = bln_kernels_get (variants[v]);
      double best = 1e9;

      for (guint pass = 0; pass < 50 && kernels != NULL; pass++)
        {
          double start = seconds_now ();

          for (guint i = 0; i < 20; i++)
            kernels->repack (type, m.file, m.row_bytes, 16,
                             n_in / bln_type_info (type)->block_elements, m.group);
          best = MIN (best, seconds_now () - start);
        }
      if (kernels != NULL)
        g_print (" %s %4.1f GB/s", kernels->name, (double) m.row_bytes * 16 * 20 / best / 1e9);
    }
  g_print ("\n");
  matrix_clear (&m);
}

int
bench_kernels (const char *only)
{
  g_print ("one column in GB/s, then 2, 4, 8 columns in billions of products a second\n");
  for (guint t = 0; t < G_N_ELEMENTS (kernel_types); t++)
    if (only == NULL || g_str_equal (only, bln_type_info (kernel_types[t])->name))
      {
        gboolean is_super = bln_type_info (kernel_types[t])->block_elements == 256;

        bench_type (kernel_types[t], is_super ? 512 : 576, 64 << 20);
        bench_type (kernel_types[t], 2048, 64 << 20);
        bench_type (kernel_types[t], 2048, 512 << 10);
        bench_repack (kernel_types[t], is_super ? 2048 : 576);
      }
  return 0;
}
