#include "baleen-answer-job.h"

#include <string.h>

struct _BaleenAnswerJob
{
  gatomicrefcount ref_count;
  BaleenRequest *request; /* (owned) */
  BaleenMessage *message; /* (owned) main thread */
  gint is_stopped;        /* (atomic) */

  /* The engine thread's own. */
  BaleenThoughtSplitter *splitter; /* (owned) (nullable) until begun */
  gsize n_text_taken;              /* bytes of the splitter's answer that went to `text` */
  gsize n_thought_taken;
  gint64 begun;       /* monotonic: when reading began, */
  gint64 first_token; /* and writing */
  gint64 thought_end; /* 0 while thinking */

  GMutex lock; /* for what follows */
  GString *text;    /* (owned) not delivered yet */
  GString *thought; /* (owned) */
  gboolean is_replacement; /* text and thought are all of the answer so far */
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
  g_clear_pointer (&job->splitter, baleen_thought_splitter_free);
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

/* ---- main thread -------------------------------------------------------------------- */

static void
apply_text (BaleenAnswerJob *job,
            const char      *text,
            const char      *thought,
            gboolean         is_replacement)
{
  const char *begun_text = job->request->begun_text;
  const char *begun_thought = job->request->begun_thought;
  g_autofree char *whole_text = NULL;
  g_autofree char *whole_thought = NULL;

  if (!is_replacement)
    {
      if (*text != '\0' || *thought != '\0')
        baleen_message_append (job->message, text, thought);
      return;
    }

  whole_text = g_strconcat (begun_text != NULL ? begun_text : "", text, NULL);
  whole_thought = g_strconcat (begun_thought != NULL ? begun_thought : "", thought, NULL);
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
baleen_answer_job_begin (BaleenAnswerJob   *job,
                         gint64             n_prompt,
                         gint64             n_reused,
                         BaleenThoughtStart start)
{
  g_clear_pointer (&job->splitter, baleen_thought_splitter_free);
  job->splitter = baleen_thought_splitter_new (start);
  job->begun = g_get_monotonic_time ();

  g_mutex_lock (&job->lock);
  job->state = BALEEN_STATE_READING;
  job->numbers = (BaleenNumbers) { .n_prompt = n_prompt, .n_reused = n_reused };
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

/* Moves what the splitter has decided since the last time; all of it after a closer without
 * opener turned answer into thought. Call with the lock held. */
static void
take_decided (BaleenAnswerJob *job,
              gboolean         is_replacement)
{
  const GString *answer = baleen_thought_splitter_get_answer (job->splitter);
  const GString *thought = baleen_thought_splitter_get_thought (job->splitter);

  if (is_replacement)
    {
      job->is_replacement = TRUE;
      job->n_text_taken = job->n_thought_taken = 0;
    }
  if (is_replacement || job->is_replacement)
    {
      g_string_assign (job->text, answer->str);
      g_string_assign (job->thought, thought->str);
    }
  else
    {
      g_string_append (job->text, answer->str + job->n_text_taken);
      g_string_append (job->thought, thought->str + job->n_thought_taken);
    }
  job->n_text_taken = answer->len;
  job->n_thought_taken = thought->len;
}

static void
measure (BaleenAnswerJob *job,
         gint64           n_tokens)
{
  const gint64 now = g_get_monotonic_time ();
  const gboolean is_thinking = baleen_thought_splitter_is_thinking (job->splitter);

  if (job->first_token == 0)
    job->first_token = now;
  if (!is_thinking && job->thought_end == 0)
    job->thought_end = now;
  job->numbers.n_tokens += n_tokens;
  job->numbers.write_seconds = (now - job->first_token) / 1e6;
  if (baleen_thought_splitter_get_thought (job->splitter)->len > 0)
    job->numbers.thought_seconds
        = ((is_thinking ? now : job->thought_end) - job->first_token) / 1e6;
  job->state = is_thinking ? BALEEN_STATE_THINKING : BALEEN_STATE_ANSWERING;
}

void
baleen_answer_job_write (BaleenAnswerJob *job,
                         const char      *text,
                         gint64           n_tokens)
{
  gboolean is_replacement = baleen_thought_splitter_push (job->splitter, text, -1);

  g_mutex_lock (&job->lock);
  take_decided (job, is_replacement);
  measure (job, n_tokens);
  schedule (job);
  g_mutex_unlock (&job->lock);
}

void
baleen_answer_job_end (BaleenAnswerJob *job,
                       BaleenState      state,
                       GError          *error)
{
  if (job->splitter != NULL)
    baleen_thought_splitter_finish (job->splitter);

  g_mutex_lock (&job->lock);
  if (job->splitter != NULL)
    take_decided (job, FALSE);
  job->state = state;
  job->error = error;
  schedule (job);
  g_mutex_unlock (&job->lock);
}
