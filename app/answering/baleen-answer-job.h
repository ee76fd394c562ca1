/* An answer being written: the engine thread writes into it, the main thread sees the message
 * grow, at most 30 times a second. */
#pragma once

#include "baleen-backend.h"
#include "completion.h"

G_BEGIN_DECLS

BaleenAnswerJob *baleen_answer_job_new (BaleenRequest *request, /* taken */
                                        BaleenMessage *message);
BaleenAnswerJob *baleen_answer_job_ref (BaleenAnswerJob *job);
void baleen_answer_job_unref (BaleenAnswerJob *job);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BaleenAnswerJob, baleen_answer_job_unref)

const BaleenRequest *baleen_answer_job_get_request (BaleenAnswerJob *job);

/* Any thread. */
void baleen_answer_job_stop (BaleenAnswerJob *job);
gboolean baleen_answer_job_is_stopped (BaleenAnswerJob *job);

/* Ends the thought that is being written; the answer begins. Nothing happens to one that does
 * not think. Any thread. */
void baleen_answer_job_answer_now (BaleenAnswerJob *job);
gboolean baleen_answer_job_wants_answer (BaleenAnswerJob *job);

/* Whom it waits for is asked again now. Any thread. */
void baleen_answer_job_hurry (BaleenAnswerJob *job);
/* Whether that was wanted; once for each time. */
gboolean baleen_answer_job_take_hurry (BaleenAnswerJob *job);

/* ---- engine thread ---- */

/* The prompt has `n_prompt` tokens, of which `n_reused` need not be read again. */
void baleen_answer_job_begin (BaleenAnswerJob *job,
                              gint64           n_prompt,
                              gint64           n_reused);
void baleen_answer_job_read (BaleenAnswerJob *job,
                             gint64           n_read);
/* Who answers is busy, and is asked again in so many seconds; 0: no more. */
void baleen_answer_job_wait (BaleenAnswerJob *job,
                             guint            seconds);
/* More of the thought or of the answer, whole characters. */
void baleen_answer_job_write (BaleenAnswerJob *job,
                              BaleenPiece      piece,
                              const char      *text,
                              gsize            length);
/* After each token, when its pieces are written. */
void baleen_answer_job_count (BaleenAnswerJob *job,
                              gboolean         is_thinking);
/* Its thought was ended by the budget. */
void baleen_answer_job_set_is_thought_cut (BaleenAnswerJob *job);
/* How it ended; takes the error of FAILED. */
void baleen_answer_job_end (BaleenAnswerJob *job,
                            BaleenState      state,
                            GError          *error);

G_END_DECLS
