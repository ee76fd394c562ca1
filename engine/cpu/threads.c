#include "threads.h"

#include <linux/futex.h>
#include <stdatomic.h>
#include <sys/syscall.h>
#include <unistd.h>

#ifdef __SSE__
#include <xmmintrin.h>
#define BLN_FLUSH_DENORMALS 0x8040u /* FTZ and DAZ */
#endif

/* About 20 µs: longer than a barrier among running threads ever takes, shorter than what a
 * descheduled one costs. */
#define BLN_SPINS 600

struct _BlnThreads
{
  guint n_threads;
  GThread **workers; /* (owned) [n_threads - 1] */
  BlnThreadFunc func;
  gpointer user_data;
  gboolean is_ending;

  /* Each on a cache line of its own: all threads hammer them. */
  _Alignas (64) atomic_uint job;        /* counts jobs; workers wait for it to change */
  _Alignas (64) atomic_uint arrived;    /* threads at the barrier */
  _Alignas (64) atomic_uint generation; /* counts barriers passed */
  _Alignas (64) atomic_uint n_asleep;   /* threads in a futex, on either word */
};

typedef struct
{
  BlnThreads *threads;
  guint index;
} Worker;

static void
wait_for_change (BlnThreads  *threads,
                 atomic_uint *word,
                 guint        old)
{
  for (guint i = 0; i < BLN_SPINS; i++)
    {
      if (atomic_load_explicit (word, memory_order_acquire) != old)
        return;
#ifdef __SSE__
      _mm_pause ();
#endif
    }
  atomic_fetch_add (&threads->n_asleep, 1);
  while (atomic_load (word) == old)
    syscall (SYS_futex, word, FUTEX_WAIT_PRIVATE, old, NULL, NULL, 0);
  atomic_fetch_sub (&threads->n_asleep, 1);
}

static void
change (BlnThreads  *threads,
        atomic_uint *word)
{
  atomic_fetch_add (word, 1);
  if (atomic_load (&threads->n_asleep) > 0)
    syscall (SYS_futex, word, FUTEX_WAKE_PRIVATE, G_MAXINT, NULL, NULL, 0);
}

void
bln_threads_barrier (BlnThreads *threads)
{
  guint generation;

  if (threads->n_threads == 1)
    return;
  generation = atomic_load_explicit (&threads->generation, memory_order_acquire);
  if (atomic_fetch_add_explicit (&threads->arrived, 1, memory_order_acq_rel) + 1 <
      threads->n_threads)
    {
      wait_for_change (threads, &threads->generation, generation);
      return;
    }
  atomic_store_explicit (&threads->arrived, 0, memory_order_relaxed);
  change (threads, &threads->generation);
}

static void
run_one (BlnThreads *threads,
         guint       index)
{
#ifdef __SSE__
  guint old = _mm_getcsr ();

  _mm_setcsr (old | BLN_FLUSH_DENORMALS);
#endif
  threads->func (index, threads->user_data);
#ifdef __SSE__
  _mm_setcsr (old);
#endif
}

static gpointer
worker_main (gpointer data)
{
  g_autofree Worker *worker = data;
  BlnThreads *threads = worker->threads;
  guint job = 0;

  for (;;)
    {
      wait_for_change (threads, &threads->job, job);
      job++;
      if (threads->is_ending)
        return NULL;
      run_one (threads, worker->index);
      bln_threads_barrier (threads);
    }
}

BlnThreads *
bln_threads_new (guint n_threads)
{
  BlnThreads *threads = g_aligned_alloc0 (1, sizeof (BlnThreads), 64);

  g_return_val_if_fail (n_threads >= 1, NULL);
  threads->n_threads = n_threads;
  threads->workers = g_new0 (GThread *, n_threads);
  for (guint i = 1; i < n_threads; i++)
    {
      Worker *worker = g_new0 (Worker, 1);

      worker->threads = threads;
      worker->index = i;
      threads->workers[i - 1] = g_thread_new ("bln-worker", worker_main, worker);
    }
  return threads;
}

void
bln_threads_free (BlnThreads *threads)
{
  threads->is_ending = TRUE;
  change (threads, &threads->job);
  for (guint i = 1; i < threads->n_threads; i++)
    g_thread_join (threads->workers[i - 1]);
  g_free (threads->workers);
  g_aligned_free (threads);
}

guint
bln_threads_get_n (BlnThreads *threads)
{
  return threads->n_threads;
}

void
bln_threads_run (BlnThreads   *threads,
                 BlnThreadFunc func,
                 gpointer      user_data)
{
  threads->func = func;
  threads->user_data = user_data;
  change (threads, &threads->job);
  run_one (threads, 0);
  bln_threads_barrier (threads);
}
