#include "cpu-measure.h"

#include "attend.h"
#include "bln-engine.h"
#include "threads.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define MEASURE_BYTES ((gsize) 256 << 20)
#define MEASURE_ROUNDS 4
#define PIECE_BYTES ((gsize) 8 << 20)

/* Heads and widths between what models have: up to eight heads read a latent together, which is 224
 * to 576 numbers wide, four to eight a key of 128. The rates of these are within a quarter of each
 * other. */
#define N_QUERIES 6u
#define K_WIDTH 384u
#define V_WIDTH 320u
#define SCRATCH_FLOATS (N_QUERIES * (K_WIDTH + BLN_ATTEND_BLOCK + V_WIDTH + 2))

typedef struct
{
  guint8 *memory;
  gsize part_bytes;  /* of each thread */
  float *scratch;    /* [threads][SCRATCH_FLOATS] */
  double *best;      /* [threads] */
  guint64 *sums;     /* [threads] so that nothing is left out as useless */
} Measure;

static double
seconds_since (gint64 start)
{
  return (double) MAX (g_get_monotonic_time () - start, 1) / G_USEC_PER_SEC;
}

static guint64
read_words (const guint64 *words,
            gsize          n)
{
  guint64 sums[8] = { 0 }, sum = 0;

  for (gsize i = 0; i + 8 <= n; i += 8)
    for (gsize k = 0; k < 8; k++)
      sums[k] ^= words[i + k];
  for (gsize k = 0; k < 8; k++)
    sum ^= sums[k];

  return sum;
}

static void
read_part (guint    index,
           gpointer user_data)
{
  Measure *measure = user_data;
  const guint8 *part = measure->memory + index * measure->part_bytes;

  for (gsize at = 0; at < measure->part_bytes; at += PIECE_BYTES)
    {
      const gsize n = MIN (PIECE_BYTES, measure->part_bytes - at) / sizeof (guint64);
      const gint64 start = g_get_monotonic_time ();

      measure->sums[index] ^= read_words ((const guint64 *) (const void *) (part + at), n);
      measure->best[index] = MAX (measure->best[index],
                                  (double) (n * sizeof (guint64)) / seconds_since (start));
    }
}

/* Each span has rows of its own, which lay in memory before. */
static void
attend_part (guint    index,
             gpointer user_data)
{
  Measure *measure = user_data;
  float *q = measure->scratch + (gsize) index * SCRATCH_FLOATS;
  float *scores = q + N_QUERIES * K_WIDTH, *out = scores + N_QUERIES * BLN_ATTEND_BLOCK;
  const gsize span_bytes = BLN_ATTEND_SPAN * K_WIDTH * sizeof (guint16);
  guint first[N_QUERIES] = { 0 }, end[N_QUERIES];
  BlnAttendState state = { .max = out + N_QUERIES * V_WIDTH,
                           .sum = out + N_QUERIES * (V_WIDTH + 1),
                           .out = out, .out_stride = V_WIDTH };
  BlnAttend attend = {
    .kernels = bln_kernels_get (NULL), .type = BLN_ROWS_F16, .n_queries = N_QUERIES,
    .q = q, .q_stride = K_WIDTH, .first = first, .end = end, .scale = 1,
    .k_width = K_WIDTH, .v_width = V_WIDTH, .k_stride = K_WIDTH, .v_stride = K_WIDTH,
    .tail_first = G_MAXUINT, .scores = scores,
  };

  for (guint i = 0; i < N_QUERIES; i++)
    end[i] = BLN_ATTEND_SPAN;
  for (gsize at = 0; at + span_bytes <= measure->part_bytes; at += span_bytes)
    {
      const gint64 start = g_get_monotonic_time ();

      attend.k = attend.v = measure->memory + index * measure->part_bytes + at;
      bln_attend_span (&attend, 0, BLN_ATTEND_SPAN, &state);
      measure->best[index] = MAX (measure->best[index],
                                  (double) BLN_ATTEND_SPAN * N_QUERIES * (K_WIDTH + V_WIDTH)
                                  / seconds_since (start));
    }
}

/* Of all threads together, some of which the pool may have let rest. */
static double
run_rounds (Measure      *measure,
            BlnThreads   *threads,
            guint         n_threads,
            guint         n_rounds,
            BlnThreadFunc func)
{
  double sum = 0;
  guint n_seen = 0;

  memset (measure->best, 0, n_threads * sizeof *measure->best);
  for (guint round = 0; round < n_rounds; round++)
    bln_threads_run (threads, func, measure);
  for (guint i = 0; i < n_threads; i++)
    {
      sum += measure->best[i];
      n_seen += measure->best[i] > 0;
    }

  return sum * n_threads / MAX (n_seen, 1);
}

gboolean
bln_cpu_measure (guint    n_threads,
                 double  *bytes_per_second,
                 double  *products_per_second,
                 GError **error)
{
  g_autofree guint8 *memory = g_try_malloc (MEASURE_BYTES);
  g_autofree float *scratch = g_new0 (float, n_threads * SCRATCH_FLOATS);
  g_autofree double *best = g_new0 (double, n_threads);
  g_autofree guint64 *sums = g_new0 (guint64, n_threads);
  Measure measure = { memory, MEASURE_BYTES / n_threads / 64 * 64, scratch, best, sums };
  BlnThreads *threads;

  if (memory == NULL)
    {
      g_set_error_literal (error, BLN_ERROR, BLN_ERROR_MEMORY,
                           _("There is no memory to measure with. Close other programs."));
      return FALSE;
    }
  memset (memory, 0x11, MEASURE_BYTES); /* of halves: small numbers */
  threads = bln_threads_new (n_threads);
  *bytes_per_second = run_rounds (&measure, threads, n_threads, MEASURE_ROUNDS, read_part);
  *products_per_second = run_rounds (&measure, threads, n_threads, 1, attend_part);
  bln_threads_free (threads);

  return TRUE;
}
