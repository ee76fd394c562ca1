/* The worker threads: everyone arrives, and who only waits is let go for a while. */
#include "threads.h"

#include <stdatomic.h>

typedef struct
{
  BlnThreads *threads;
  atomic_uint counts[64];
  atomic_bool was_early; /* a thread came past a barrier before another had reached it */
  gulong slow_usec;      /* what the caller's thread sleeps before the last barrier */
} Job;

static void
count_phases (guint    index,
              gpointer user_data)
{
  Job *job = user_data;

  for (guint phase = 0; phase < G_N_ELEMENTS (job->counts); phase++)
    {
      atomic_fetch_add (&job->counts[phase], 1);
      bln_threads_barrier (job->threads);
      if (atomic_load (&job->counts[phase]) != bln_threads_get_n_active (job->threads))
        atomic_store (&job->was_early, TRUE);
    }
}

static void
test_barrier (void)
{
  for (guint n = 1; n <= 5; n++)
    {
      Job job = { bln_threads_new (n) };

      for (guint round = 0; round < 20; round++)
        {
          for (guint i = 0; i < G_N_ELEMENTS (job.counts); i++)
            job.counts[i] = 0;
          bln_threads_run (job.threads, count_phases, &job);
          g_assert_false (job.was_early);
        }
      bln_threads_free (job.threads);
    }
}

static void
make_others_wait (guint    index,
                  gpointer user_data)
{
  Job *job = user_data;

  atomic_fetch_add (&job->counts[0], 1);
  if (index == 0)
    g_usleep (job->slow_usec);
  bln_threads_barrier (job->threads);
}

static void
test_drop (void)
{
  Job job = { bln_threads_new (3), .slow_usec = 20 * 1000 };

  for (guint n = 2; n >= 1; n--)
    {
      for (guint i = 0; i < 8 && bln_threads_get_n_active (job.threads) > n; i++)
        bln_threads_run (job.threads, make_others_wait, &job);
      g_assert_cmpuint (bln_threads_get_n_active (job.threads), ==, n);
    }

  /* The dropped ones do nothing, and come back when it is time to try again. */
  job.counts[0] = 0;
  bln_threads_run (job.threads, make_others_wait, &job);
  g_assert_cmpuint (job.counts[0], ==, 1);
  g_usleep (2200 * 1000);
  job.counts[0] = 0;
  bln_threads_run (job.threads, make_others_wait, &job);
  g_assert_cmpuint (job.counts[0], ==, 2);
  g_assert_cmpuint (bln_threads_get_n_active (job.threads), ==, 2);
  bln_threads_free (job.threads);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/threads/nobody-passes-a-barrier-before-all-arrive", test_barrier);
  g_test_add_func ("/threads/who-only-waits-is-let-go-and-called-back", test_drop);
  return g_test_run ();
}
