/* A summary in the making, for the window: runs on a thread of its own and tells what comes of
 * it on the thread and main context it was made on. All of this is called there.
 *
 * Pausing gives the engine back; what was read is kept, so resume() goes on where it was, and
 * so does a new job for the same document and options after a restart, killed or not. */
#pragma once

#include "baleen-engine-service.h"
#include "summary-record.h"

#include <gio/gio.h>

G_BEGIN_DECLS

typedef enum
{
  BALEEN_SUMMARY_IDLE,    /* not begun */
  BALEEN_SUMMARY_RUNNING,
  BALEEN_SUMMARY_PAUSED,  /* or about to be: what is written now is not waited for */
  BALEEN_SUMMARY_DONE,
  BALEEN_SUMMARY_FAILED,
} BaleenSummaryState;

#define BALEEN_TYPE_SUMMARY_JOB (baleen_summary_job_get_type ())
G_DECLARE_FINAL_TYPE (BaleenSummaryJob, baleen_summary_job, BALEEN, SUMMARY_JOB, GObject)

/* Takes the document, and copies the options. With the model that the service has then: it must
 * be READY, else resume() fails. Signals: ::progress when get_progress() has something new,
 * ::claims (guint segment) when a part was read, notify::state. */
BaleenSummaryJob *baleen_summary_job_new (BaleenDocument             *document,
                                          const char                 *name,
                                          const BaleenSummaryOptions *options,
                                          BaleenEngineService        *service);
/* With any completer, which must outlive the job: for tests. */
BaleenSummaryJob *baleen_summary_job_new_with_completer (BaleenDocument             *document,
                                                         const char                 *name,
                                                         const BaleenSummaryOptions *options,
                                                         const BaleenCompleter      *completer);

/* How many parts at once, 0: as many as memory allows; and how much the cache may hold
 * afterwards. */
void baleen_summary_job_set_limits (BaleenSummaryJob *self,
                                    guint             n_parallel,
                                    guint64           most_bytes);
/* Begins, and goes on after pause() or a failure. */
void baleen_summary_job_resume (BaleenSummaryJob *self);
void baleen_summary_job_pause (BaleenSummaryJob *self);
/* Dropping the last reference cancels: it may take a token's time. */

BaleenSummaryState baleen_summary_job_get_state (BaleenSummaryJob *self);
/* What went wrong, when FAILED. */
const GError *baleen_summary_job_get_error (BaleenSummaryJob *self);

/* The last that was told; `coverage` belongs to the job and is replaced by the next. */
const BaleenSummaryProgress *baleen_summary_job_get_progress (BaleenSummaryJob *self);
/* What there is of it, and grows with each signal; the job's. It is whole only when somebody
 * has it take the summary. */
BaleenSummaryRecord *baleen_summary_job_get_record (BaleenSummaryJob *self);
/* The whole, when DONE; it lives as long as the job. */
const BaleenSummary *baleen_summary_job_get_summary (BaleenSummaryJob *self);

/* The job that makes this message now; NULL for none. It is there before the message's state
 * says so, and gone before it says that it is over. */
void baleen_summary_job_set_of (BaleenMessage    *message,
                                BaleenSummaryJob *job);
BaleenSummaryJob *baleen_summary_job_of (BaleenMessage *message);

G_END_DECLS
