#include "fake-backend.h"

#include <string.h>

#include "baleen-answer-job.h"

static GMutex lock;
static const BaleenDeviceListener *listener; /* of the model opened last */
static BaleenDeviceNews news;
static char *news_sentence;
static char *thought;
static char *text;
static guint word_time;
static char *failure;
static BaleenRemedy failure_remedy;
static guint n_passes;
static guint pass_time;
static guint n_context = 8192; /* set before anything runs */
static const char *host;
static gint loaded_percent; /* (atomic) */
static guint busy_seconds; /* (atomic) */
static guint n_turns;
static char *last_turn;
static char *begun;
static gint stopped; /* (atomic) */
static gint n_unprepared; /* (atomic) pieces; < 0: without end */
static char *(*writer) (const BaleenRequest *request); /* (nullable) */

static void
set (char      **place,
     const char *value)
{
  g_free (*place);
  *place = g_strdup (value);
}

void
fake_backend_set_answer (const char *new_thought,
                         const char *new_text,
                         guint       word_microseconds)
{
  g_mutex_lock (&lock);
  set (&thought, new_thought);
  set (&text, new_text);
  word_time = word_microseconds;
  g_mutex_unlock (&lock);
}

void
fake_backend_set_writer (char *(*new_writer) (const BaleenRequest *request))
{
  g_mutex_lock (&lock);
  writer = new_writer;
  g_mutex_unlock (&lock);
}

void
fake_backend_set_busy (guint seconds)
{
  g_atomic_int_set (&busy_seconds, seconds);
}

void
fake_backend_set_failure (const char  *sentence,
                          BaleenRemedy remedy)
{
  g_mutex_lock (&lock);
  set (&failure, sentence);
  failure_remedy = remedy;
  g_mutex_unlock (&lock);
}

void
fake_backend_set_news (BaleenDeviceNews new_news,
                       const char      *sentence)
{
  g_mutex_lock (&lock);
  news = new_news;
  set (&news_sentence, sentence);
  g_mutex_unlock (&lock);
}

void
fake_backend_set_prompt (guint passes,
                         guint pass_microseconds)
{
  g_mutex_lock (&lock);
  n_passes = passes;
  pass_time = pass_microseconds;
  g_mutex_unlock (&lock);
}

void
fake_backend_set_context (guint n_tokens)
{
  n_context = n_tokens;
}

void
fake_backend_set_host (const char *name)
{
  host = name;
}

guint
fake_backend_get_n_turns (void)
{
  guint n;

  g_mutex_lock (&lock);
  n = n_turns;
  g_mutex_unlock (&lock);
  return n;
}

char *
fake_backend_dup_last_turn (void)
{
  char *copy;

  g_mutex_lock (&lock);
  copy = g_strdup (last_turn);
  g_mutex_unlock (&lock);
  return copy;
}

char *
fake_backend_dup_begun (void)
{
  char *copy;

  g_mutex_lock (&lock);
  copy = g_strdup (begun);
  g_mutex_unlock (&lock);
  return copy;
}

static gpointer
fake_open (const char                 *path,
           const char                 *device,
           const BaleenDeviceListener *new_listener,
           BaleenModelFacts           *facts,
           GError                    **error)
{
  g_autofree char *base = g_path_get_basename (path);

  if (!g_file_test (path, G_FILE_TEST_IS_REGULAR))
    {
      g_set_error (error, BALEEN_BACKEND_ERROR, BALEEN_REMEDY_CHOOSE_MODEL,
                   "“%s” is no longer at its place.", base);
      return NULL;
    }
  listener = new_listener;
  while (g_atomic_int_get (&loaded_percent) > 0 && !listener->is_cancelled (listener->user_data))
    {
      listener->loaded (g_atomic_int_get (&loaded_percent) / 100.0, listener->user_data);
      g_usleep (20000);
    }
  facts->name = g_strdup (base);
  facts->n_context = n_context;
  facts->host = g_strdup (host);
  facts->can_think = TRUE;
  return g_strdup (base);
}

static void
note_request (const BaleenRequest *request)
{
  const BaleenTurn *last = request->turns->pdata[request->turns->len - 1];

  g_mutex_lock (&lock);
  n_turns = request->turns->len;
  set (&last_turn, last->text);
  set (&begun, request->begun_text);
  g_mutex_unlock (&lock);
}

static void
tell_news (void)
{
  g_autofree char *sentence = NULL;

  g_mutex_lock (&lock);
  sentence = g_steal_pointer (&news_sentence);
  g_mutex_unlock (&lock);
  if (sentence != NULL)
    listener->news (news, sentence, listener->user_data);
}

static gboolean
is_stopped (void)
{
  return g_atomic_int_get (&stopped);
}

/* Word by word, each with the space behind it. */
static gboolean
write_words (BaleenAnswerJob *job,
             BaleenPiece      piece,
             const char      *words)
{
  const char *start = words;

  while (*start != '\0')
    {
      const char *end = start + strcspn (start, " \n");
      g_autofree char *word = NULL;

      end += strspn (end, " \n");
      word = g_strndup (start, end - start);
      baleen_answer_job_write (job, piece, word, end - start);
      baleen_answer_job_count (job, piece == BALEEN_PIECE_THOUGHT);
      start = end;
      if (is_stopped ())
        return FALSE;
      if (piece == BALEEN_PIECE_THOUGHT && baleen_answer_job_wants_answer (job))
        return TRUE;
      g_mutex_lock (&lock);
      guint wait = word_time;
      g_mutex_unlock (&lock);
      g_usleep (wait);
    }
  return TRUE;
}

static void
be_busy (BaleenAnswerJob *job)
{
  const guint seconds = g_atomic_int_exchange (&busy_seconds, 0);

  if (seconds == 0)
    return;
  baleen_answer_job_begin (job, 0, 0);
  baleen_answer_job_wait (job, seconds);
  for (guint i = 0; i < seconds * 100 && !baleen_answer_job_take_hurry (job); i++)
    g_usleep (10000);
  baleen_answer_job_wait (job, 0);
}

static BaleenState
fake_answer (gpointer             model,
             const BaleenRequest *request,
             BaleenAnswerJob     *job,
             GError             **error)
{
  g_autofree char *my_thought = NULL;
  g_autofree char *my_text = NULL;
  g_autofree char *my_failure = NULL;
  guint passes, wait;

  tell_news ();
  note_request (request);
  be_busy (job);
  g_mutex_lock (&lock);
  my_thought = request->think ? g_strdup (thought) : NULL;
  my_text = writer != NULL ? writer (request) : g_strdup (text);
  my_failure = g_strdup (failure);
  passes = n_passes;
  wait = pass_time;
  g_mutex_unlock (&lock);

  baleen_answer_job_begin (job, passes * 100 + 10, 10);
  for (guint i = 0; i < passes; i++)
    {
      baleen_answer_job_read (job, i * 100);
      g_usleep (wait);
      if (is_stopped ())
        return BALEEN_STATE_STOPPED;
    }
  if (my_thought != NULL)
    {
      if (!write_words (job, BALEEN_PIECE_THOUGHT, my_thought))
        return BALEEN_STATE_STOPPED;
      baleen_answer_job_count (job, FALSE); /* the closing tag */
    }
  if (my_text != NULL && !write_words (job, BALEEN_PIECE_ANSWER, my_text))
    return BALEEN_STATE_STOPPED;
  if (my_failure != NULL)
    {
      g_set_error_literal (error, BALEEN_BACKEND_ERROR, failure_remedy, my_failure);
      return BALEEN_STATE_FAILED;
    }
  return BALEEN_STATE_DONE;
}

static void
fake_stop (gpointer model)
{
  g_atomic_int_set (&stopped, TRUE);
}

static void
fake_resume (gpointer model)
{
  g_atomic_int_set (&stopped, FALSE);
}

static void
fake_sleep (gpointer model)
{
}

void
fake_backend_set_unprepared (gint n)
{
  g_atomic_int_set (&n_unprepared, n);
}

gint
fake_backend_get_unprepared (void)
{
  return g_atomic_int_get (&n_unprepared);
}

static gboolean
fake_prepare (gpointer model)
{
  const gint n = g_atomic_int_get (&n_unprepared);

  if (n == 0)
    return FALSE;
  g_usleep (1000);
  return n < 0 || !g_atomic_int_dec_and_test (&n_unprepared);
}

static char *batch_answer; /* (owned) (nullable) under `lock` */

void
fake_backend_set_loading (int percent)
{
  g_atomic_int_set (&loaded_percent, percent);
}

void
fake_backend_set_batch_answer (const char *answer)
{
  g_mutex_lock (&lock);
  g_free (batch_answer);
  batch_answer = g_strdup (answer);
  g_mutex_unlock (&lock);
}

/* Each item is answered with the words of its own request, one item a step. */
typedef struct
{
  BaleenBatch *batch; /* (owned) */
  BaleenBackendItemFunc func;
  gpointer user_data;
  guint n_done;
} FakeBatch;

static gpointer
fake_begin_batch (gpointer              model,
                  BaleenBatch          *batch,
                  BaleenBackendItemFunc func,
                  gpointer              user_data,
                  GError              **error)
{
  FakeBatch *run = g_new0 (FakeBatch, 1);

  run->batch = g_object_ref (batch);
  run->func = func;
  run->user_data = user_data;
  return run;
}

static gboolean
fake_step_batch (gpointer data)
{
  FakeBatch *run = data;
  const BaleenRequest *request;
  const BaleenTurn *last;
  BaleenGeneration generation = { 0 };
  guint wait;

  if (run->n_done >= baleen_batch_get_n_requests (run->batch))
    return FALSE;

  g_mutex_lock (&lock);
  wait = word_time;
  g_mutex_unlock (&lock);
  g_usleep (wait);
  if (is_stopped ())
    return TRUE;

  request = baleen_batch_get_request (run->batch, run->n_done);
  last = request->turns->pdata[request->turns->len - 1];
  g_mutex_lock (&lock);
  generation.answer = writer != NULL         ? writer (request)
                      : batch_answer != NULL ? g_strdup (batch_answer)
                                             : g_strdup_printf ("Of %s", last->text);
  g_mutex_unlock (&lock);
  generation.thought = g_strdup ("");
  run->func (run->batch, run->n_done++, &generation, NULL, run->user_data);
  baleen_generation_clear (&generation);
  return run->n_done < baleen_batch_get_n_requests (run->batch);
}

static void
fake_end_batch (gpointer data)
{
  FakeBatch *run = data;

  g_object_unref (run->batch);
  g_free (run);
}

/* A token is four bytes, and the template takes ten. */
static BaleenPromptCount *
fake_count (gpointer             model,
            const BaleenRequest *request,
            GError             **error)
{
  BaleenPromptCount *count = g_new0 (BaleenPromptCount, 1);
  g_autoptr (GString) prompt = g_string_new (NULL);

  for (guint i = 0; i < request->turns->len; i++)
    {
      const BaleenTurn *turn = request->turns->pdata[i];

      baleen_prompt_count_add_turn (count, request, i, strlen (turn->text) / 4,
                                    (turn->files_end - turn->files_start) / 4);
      count->total += strlen (turn->text) / 4;
      g_string_append_printf (prompt, "%s\n", turn->text);
    }
  count->parts[BALEEN_COUNT_TEMPLATE] = 10;
  count->total += 10;
  baleen_prompt_count_add_search (count, request);
  count->n_context = n_context;
  count->text = g_string_free (g_steal_pointer (&prompt), FALSE);
  return count;
}

const BaleenBackend *
fake_backend_get (void)
{
  static const BaleenBackend backend = {
    .open = fake_open,
    .close = g_free,
    .sleep = fake_sleep,
    .prepare = fake_prepare,
    .answer = fake_answer,
    .begin_batch = fake_begin_batch,
    .step_batch = fake_step_batch,
    .end_batch = fake_end_batch,
    .count = fake_count,
    .stop = fake_stop,
    .resume = fake_resume,
  };

  return &backend;
}
