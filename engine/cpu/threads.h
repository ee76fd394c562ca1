/* The engine's worker threads: one job at a time, run by all of them and by the caller, with
 * a barrier between its phases. They live as long as the engine; between jobs they sleep. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _BlnThreads BlnThreads;

/* Runs as each active thread, `index` from 0 (the caller's own) up. What a job computes must
 * not depend on how many there are. */
typedef void (*BlnThreadFunc) (guint    index,
                               gpointer user_data);

/* `n_threads` with the caller's: 1 starts none. */
BlnThreads *bln_threads_new (guint n_threads);
/* Jobs come one soon after the other: workers look for the next one longer before they sleep, since
 * to wake them costs more than a short job. */
void bln_threads_stay_awake (BlnThreads *threads);
void bln_threads_free (BlnThreads *threads);
/* How many of them run a job now: fewer where they would only wait for a processor that
 * other programs use. Between jobs. */
guint bln_threads_get_n_active (BlnThreads *threads);

/* Returns when every thread has returned from `func`. Only the thread that owns the engine
 * may call it. Denormals count as zero while `func` runs, and only then. */
void bln_threads_run (BlnThreads   *threads,
                      BlnThreadFunc func,
                      gpointer      user_data);

/* Called by every thread within a job: what any wrote before it, all see after it. */
void bln_threads_barrier (BlnThreads *threads);

G_END_DECLS
