#include "threads.h"

#include <limits.h>
#include <linux/futex.h>
#include <stdatomic.h>
#include <sys/syscall.h>
#include <unistd.h>

#ifdef __SSE__
#include <xmmintrin.h>
#define BLN_FLUSH_DENORMALS 0x8040u /* FTZ and DAZ */
#endif

/* About 20 µs: longer than a barrier among running threads ever takes, shorter than what a
 * descheduled one costs. The first of them are what a barrier costs anyway; from there on it
 * counts as waiting. */
#define BLN_SPINS 600
#define BLN_FREE_SPINS 16
/* Longer than a graphics card takes between two jobs, in µs: by the clock, since a pause is 15
 * ns on one processor and 50 on another. */
#define BLN_AWAKE_TIME 1500
#define BLN_SPINS_A_LOOK 256

/* When another program wants the processor, all threads wait for the one that lost it, and
 * one thread fewer may do more: beside one busy process on two cores Krill decodes twice as
 * fast with one thread as with two. Of n threads one is worth about 1/n of the speed, so when
 * they wait for nearly that part of the time, or for a quarter of it where there are many,
 * the pool does without one, and tries again after a while; twice as long after each trial
 * that failed. */
#define BLN_JUDGED_JOBS 8
#define BLN_JUDGED_TIME (G_USEC_PER_SEC / 5)
#define BLN_PATIENCE (2 * G_USEC_PER_SEC)
#define BLN_MOST_PATIENCE (16 * G_USEC_PER_SEC)

/* A word that threads wait on, on a cache line of its own. */
typedef struct
{
  _Alignas (64) atomic_uint value;
  atomic_uint n_asleep; /* in a futex on it */
} Signal;

typedef struct
{
  Signal job; /* counts the jobs this worker was given */
  BlnThreads *threads;
  GThread *thread; /* (owned) */
  guint index;
} Worker;

struct _BlnThreads
{
  guint n_threads;
  guint n_active;  /* changes between jobs only */
  Worker *workers; /* (owned) [n_threads]; the first is the caller */
  BlnThreadFunc func;
  gpointer user_data;
  gboolean is_ending;
  atomic_bool is_awake; /* waits go on for BLN_AWAKE_TIME */

  Signal passed;                        /* counts barriers */
  _Alignas (64) atomic_uint arrived;    /* threads at the barrier */
  _Alignas (64) atomic_llong waited;    /* µs, of all threads together, since judged last */

  guint n_jobs;   /* since judged last */
  gint64 worked;  /* µs, the same */
  gint64 retry_at, patience;
  gboolean is_trial;
};

static void
pause_briefly (void)
{
#ifdef __SSE__
  _mm_pause ();
#endif
}

static gboolean
spin (Signal *signal,
      guint   old,
      guint   n)
{
  for (guint i = 0; i < n; i++)
    {
      if (atomic_load_explicit (&signal->value, memory_order_acquire) != old)
        return TRUE;
      pause_briefly ();
    }
  return FALSE;
}

static gboolean
spin_awake (Signal *signal,
            guint   old)
{
  const gint64 end = g_get_monotonic_time () + BLN_AWAKE_TIME;

  do
    if (spin (signal, old, BLN_SPINS_A_LOOK))
      return TRUE;
  while (g_get_monotonic_time () < end);
  return FALSE;
}

static void
wait_for_change (BlnThreads *threads,
                 Signal     *signal,
                 guint       old)
{
  if (atomic_load_explicit (&threads->is_awake, memory_order_relaxed)
        ? spin_awake (signal, old) : spin (signal, old, BLN_SPINS))
    return;
  atomic_fetch_add (&signal->n_asleep, 1);
  while (atomic_load (&signal->value) == old)
    syscall (SYS_futex, &signal->value, FUTEX_WAIT_PRIVATE, old, NULL, NULL, 0);
  atomic_fetch_sub (&signal->n_asleep, 1);
}

static void
change (Signal *signal)
{
  atomic_fetch_add (&signal->value, 1);
  if (atomic_load (&signal->n_asleep) > 0)
    syscall (SYS_futex, &signal->value, FUTEX_WAKE_PRIVATE, INT_MAX, NULL, NULL, 0);
}

void
bln_threads_barrier (BlnThreads *threads)
{
  /* Read before arriving: whoever arrived last may already end the job and change the number. */
  const guint n_active = threads->n_active;
  guint passed;
  gint64 start;

  if (n_active == 1)
    return;
  passed = atomic_load_explicit (&threads->passed.value, memory_order_acquire);
  if (atomic_fetch_add_explicit (&threads->arrived, 1, memory_order_acq_rel) + 1 ==
      n_active)
    {
      atomic_store_explicit (&threads->arrived, 0, memory_order_relaxed);
      change (&threads->passed);
      return;
    }
  if (spin (&threads->passed, passed, BLN_FREE_SPINS))
    return;
  start = g_get_monotonic_time ();
  wait_for_change (threads, &threads->passed, passed);
  atomic_fetch_add_explicit (&threads->waited, g_get_monotonic_time () - start,
                             memory_order_relaxed);
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
  Worker *worker = data;
  BlnThreads *threads = worker->threads;
  guint job = 0;

  for (;;)
    {
      wait_for_change (threads, &worker->job, job);
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
  BlnThreads *threads;

  g_return_val_if_fail (n_threads >= 1, NULL);
  threads = g_aligned_alloc0 (1, sizeof (BlnThreads), 64);
  threads->n_threads = threads->n_active = n_threads;
  threads->patience = BLN_PATIENCE;
  threads->workers = g_aligned_alloc0 (n_threads, sizeof (Worker), 64);
  for (guint i = 1; i < n_threads; i++)
    {
      threads->workers[i].threads = threads;
      threads->workers[i].index = i;
      threads->workers[i].thread = g_thread_new ("bln-worker", worker_main,
                                                 &threads->workers[i]);
    }
  return threads;
}

void
bln_threads_stay_awake (BlnThreads *threads)
{
  atomic_store (&threads->is_awake, TRUE);
}

void
bln_threads_free (BlnThreads *threads)
{
  threads->is_ending = TRUE;
  for (guint i = 1; i < threads->n_threads; i++)
    change (&threads->workers[i].job);
  for (guint i = 1; i < threads->n_threads; i++)
    g_thread_join (threads->workers[i].thread);
  g_aligned_free (threads->workers);
  g_aligned_free (threads);
}

guint
bln_threads_get_n_active (BlnThreads *threads)
{
  return threads->n_active;
}

static void
start_judging (BlnThreads *threads)
{
  threads->n_jobs = 0;
  threads->worked = 0;
  atomic_store_explicit (&threads->waited, 0, memory_order_relaxed);
}

/* Before a job: is it time to try with one thread more? */
static void
consider_more (BlnThreads *threads,
               gint64      now)
{
  if (threads->n_active == threads->n_threads || now < threads->retry_at)
    return;
  threads->n_active++;
  threads->is_trial = TRUE;
  start_judging (threads);
}

static gboolean
waits_too_long (BlnThreads *threads)
{
  gint64 waited = atomic_load_explicit (&threads->waited, memory_order_relaxed);
  double share = (double) waited / (threads->n_active - 1) / (double) threads->worked;

  return share > MAX (0.9 / threads->n_active, 0.25);
}

/* After a job: would one thread fewer wait less? */
static void
consider_fewer (BlnThreads *threads,
                gint64      started,
                gint64      now)
{
  threads->n_jobs++;
  threads->worked += now - started;
  if (threads->n_active == 1 ||
      (threads->n_jobs < BLN_JUDGED_JOBS && threads->worked < BLN_JUDGED_TIME))
    return;
  if (waits_too_long (threads))
    {
      threads->patience = threads->is_trial ? MIN (threads->patience * 2, BLN_MOST_PATIENCE)
                                            : BLN_PATIENCE;
      threads->retry_at = now + threads->patience;
      threads->n_active--;
    }
  threads->is_trial = FALSE;
  start_judging (threads);
}

void
bln_threads_run (BlnThreads   *threads,
                 BlnThreadFunc func,
                 gpointer      user_data)
{
  gint64 started = g_get_monotonic_time ();

  consider_more (threads, started);
  threads->func = func;
  threads->user_data = user_data;
  for (guint i = 1; i < threads->n_active; i++)
    change (&threads->workers[i].job);
  run_one (threads, 0);
  bln_threads_barrier (threads);
  consider_fewer (threads, started, g_get_monotonic_time ());
}
