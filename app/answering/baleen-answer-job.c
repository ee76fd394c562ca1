#include "baleen-answer-job.h"

#include <string.h>

struct _BaleenAnswerJob
{
  gatomicrefcount ref_count;
  BaleenRequest *request; /* (owned) */
  BaleenMessage *message; /* (owned) main thread, as what follows */
  char *text_before;      /* (owned) what it said before the job */
  char *thought_before;   /* (owned) */
  double seconds_before;  /* of thinking; it is continued, not begun anew */
  gboolean was_thought_cut;
  gint is_stopped;        /* (atomic) */
  gint wants_answer;      /* (atomic) */
  gint is_hurried;        /* (atomic) */

  /* The engine thread's own. */
  GString *answer;    /* (owned) all of it: it may turn out to be thought */
  gint64 begun;       /* monotonic: when reading began, */
  gint64 first_token; /* and writing */
  gint64 thought_end; /* 0 while thinking */
  gboolean has_thought; /* in this job */

  GMutex lock; /* for what follows */
  GString *text;    /* (owned) not delivered yet */
  GString *thought; /* (owned) */
  gboolean is_replacement; /* they are all that was written since the job began */
  BaleenState state;
  BaleenNumbers numbers;
  GError *error; /* (owned) (nullable) */
  gboolean is_scheduled;
  gint64 delivered; /* monotonic */
};

/* 30 a second. */
#define DELIVERY_MICROSECONDS 33000

BaleenAnswerJob *
baleen_answer_job_new (BaleenRequest *request,
                       BaleenMessage *message)
{
  BaleenAnswerJob *job = g_new0 (BaleenAnswerJob, 1);

  g_atomic_ref_count_init (&job->ref_count);
  g_mutex_init (&job->lock);
  job->request = request;
  job->message = g_object_ref (message);
  job->text_before = g_strdup (baleen_message_get_text (message));
  job->thought_before = g_strdup (baleen_message_get_thought (message));
  if (*job->thought_before != '\0')
    {
      job->seconds_before = baleen_message_get_numbers (message)->thought_seconds;
      job->was_thought_cut = baleen_message_get_numbers (message)->is_thought_cut;
    }
  job->answer = g_string_new (NULL);
  job->text = g_string_new (NULL);
  job->thought = g_string_new (NULL);
  job->state = baleen_message_get_state (message);
  return job;
}

BaleenAnswerJob *
baleen_answer_job_ref (BaleenAnswerJob *job)
{
  g_atomic_ref_count_inc (&job->ref_count);
  return job;
}

/* The message is the main thread's; so is its last reference. */
static gboolean
release_message_cb (gpointer user_data)
{
  g_object_unref (user_data);
  return G_SOURCE_REMOVE;
}

void
baleen_answer_job_unref (BaleenAnswerJob *job)
{
  if (!g_atomic_ref_count_dec (&job->ref_count))
    return;

  g_main_context_invoke (NULL, release_message_cb, job->message);
  baleen_request_free (job->request);
  g_free (job->text_before);
  g_free (job->thought_before);
  g_string_free (job->answer, TRUE);
  g_string_free (job->text, TRUE);
  g_string_free (job->thought, TRUE);
  g_clear_error (&job->error);
  g_mutex_clear (&job->lock);
  g_free (job);
}

const BaleenRequest *
baleen_answer_job_get_request (BaleenAnswerJob *job)
{
  return job->request;
}

void
baleen_answer_job_stop (BaleenAnswerJob *job)
{
  g_atomic_int_set (&job->is_stopped, TRUE);
}

gboolean
baleen_answer_job_is_stopped (BaleenAnswerJob *job)
{
  return g_atomic_int_get (&job->is_stopped);
}

void
baleen_answer_job_answer_now (BaleenAnswerJob *job)
{
  g_atomic_int_set (&job->wants_answer, TRUE);
}

gboolean
baleen_answer_job_wants_answer (BaleenAnswerJob *job)
{
  return g_atomic_int_get (&job->wants_answer);
}

void
baleen_answer_job_hurry (BaleenAnswerJob *job)
{
  g_atomic_int_set (&job->is_hurried, TRUE);
}

gboolean
baleen_answer_job_take_hurry (BaleenAnswerJob *job)
{
  return g_atomic_int_compare_and_exchange (&job->is_hurried, TRUE, FALSE);
}

/* ---- main thread -------------------------------------------------------------------- */

static void
apply_text (BaleenAnswerJob *job,
            const char      *text,
            const char      *thought,
            gboolean         is_replacement)
{
  g_autofree char *whole_text = NULL;
  g_autofree char *whole_thought = NULL;

  if (!is_replacement)
    {
      if (*text != '\0' || *thought != '\0')
        baleen_message_append (job->message, text, thought);
      return;
    }

  whole_text = g_strconcat (job->text_before, text, NULL);
  whole_thought = g_strconcat (job->thought_before, thought, NULL);
  baleen_message_set_text (job->message, whole_text, whole_thought);
}

static gboolean
deliver_cb (gpointer user_data)
{
  BaleenAnswerJob *job = user_data;
  g_autoptr (GString) text = NULL;
  g_autoptr (GString) thought = NULL;
  g_autoptr (GError) error = NULL;
  BaleenNumbers numbers;
  BaleenState state;
  gboolean is_replacement;

  g_mutex_lock (&job->lock);
  text = g_steal_pointer (&job->text);
  thought = g_steal_pointer (&job->thought);
  error = g_steal_pointer (&job->error);
  job->text = g_string_new (NULL);
  job->thought = g_string_new (NULL);
  is_replacement = job->is_replacement;
  job->is_replacement = FALSE;
  numbers = job->numbers;
  state = job->state;
  job->is_scheduled = FALSE;
  job->delivered = g_get_monotonic_time ();
  g_mutex_unlock (&job->lock);

  baleen_message_set_numbers (job->message, &numbers);
  apply_text (job, text->str, thought->str, is_replacement);
  if (error != NULL)
    baleen_message_fail (job->message, error->message, error->code);
  else
    baleen_message_set_state (job->message, state);
  return G_SOURCE_REMOVE;
}

/* ---- engine thread ------------------------------------------------------------------ */

/* Call with the lock held. An end does not wait for the cadence. */
static void
schedule (BaleenAnswerJob *job)
{
  const gint64 now = g_get_monotonic_time ();
  const gint64 due = job->delivered + DELIVERY_MICROSECONDS;
  g_autoptr (GSource) source = NULL;

  if (job->is_scheduled)
    return;

  job->is_scheduled = TRUE;
  source = g_timeout_source_new (due > now ? (due - now + 999) / 1000 : 0);
  g_source_set_callback (source, deliver_cb, baleen_answer_job_ref (job),
                         (GDestroyNotify) baleen_answer_job_unref);
  g_source_attach (source, NULL);
}

void
baleen_answer_job_begin (BaleenAnswerJob *job,
                         gint64           n_prompt,
                         gint64           n_reused)
{
  job->begun = g_get_monotonic_time ();

  g_mutex_lock (&job->lock);
  job->state = BALEEN_STATE_READING;
  job->numbers = (BaleenNumbers) { .n_prompt = n_prompt,
                                   .n_reused = n_reused,
                                   .thought_seconds = job->seconds_before,
                                   .is_thought_cut = job->was_thought_cut };
  schedule (job);
  g_mutex_unlock (&job->lock);
}

void
baleen_answer_job_read (BaleenAnswerJob *job,
                        gint64           n_read)
{
  g_mutex_lock (&job->lock);
  job->numbers.n_read = n_read;
  job->numbers.read_seconds = (g_get_monotonic_time () - job->begun) / 1e6;
  schedule (job);
  g_mutex_unlock (&job->lock);
}

void
baleen_answer_job_wait (BaleenAnswerJob *job,
                        guint            seconds)
{
  g_mutex_lock (&job->lock);
  job->numbers.wait_seconds = seconds;
  schedule (job);
  g_mutex_unlock (&job->lock);
}

/* Call with the lock held. What was delivered as answer is delivered again as thought. */
static void
move_to_thought (BaleenAnswerJob *job)
{
  job->is_replacement = TRUE;
  g_string_assign (job->thought, job->answer->str);
  g_string_truncate (job->answer, 0);
  g_string_truncate (job->text, 0);
}

void
baleen_answer_job_write (BaleenAnswerJob *job,
                         BaleenPiece      piece,
                         const char      *text,
                         gsize            length)
{
  g_mutex_lock (&job->lock);
  switch (piece)
    {
    case BALEEN_PIECE_MOVE:
      move_to_thought (job);
      break;
    case BALEEN_PIECE_THOUGHT:
      g_string_append_len (job->thought, text, length);
      break;
    case BALEEN_PIECE_ANSWER:
    default:
      g_string_append_len (job->answer, text, length);
      g_string_append_len (job->text, text, length);
      break;
    }
  if (piece != BALEEN_PIECE_ANSWER)
    job->has_thought = TRUE;
  schedule (job);
  g_mutex_unlock (&job->lock);
}

void
baleen_answer_job_count (BaleenAnswerJob *job,
                         gboolean         is_thinking)
{
  const gint64 now = g_get_monotonic_time ();

  g_mutex_lock (&job->lock);
  if (job->first_token == 0)
    job->first_token = now;
  if (!is_thinking && job->thought_end == 0)
    job->thought_end = now;
  job->numbers.n_tokens++;
  job->numbers.write_seconds = (now - job->first_token) / 1e6;
  if (job->has_thought)
    job->numbers.thought_seconds
        = job->seconds_before
          + MAX (((is_thinking ? now : job->thought_end) - job->first_token) / 1e6, 1e-6);
  job->state = is_thinking ? BALEEN_STATE_THINKING : BALEEN_STATE_ANSWERING;
  schedule (job);
  g_mutex_unlock (&job->lock);
}

void
baleen_answer_job_set_is_thought_cut (BaleenAnswerJob *job)
{
  g_mutex_lock (&job->lock);
  job->numbers.is_thought_cut = TRUE;
  g_mutex_unlock (&job->lock);
}

void
baleen_answer_job_end (BaleenAnswerJob *job,
                       BaleenState      state,
                       GError          *error)
{
  g_mutex_lock (&job->lock);
  job->state = state;
  job->error = error;
  schedule (job);
  g_mutex_unlock (&job->lock);
}
