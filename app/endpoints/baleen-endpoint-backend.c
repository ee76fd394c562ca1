/* An endpoint behind the interface of the engine service: `path` is "endpoint:NAME". */
#include "baleen-answer-job.h"

#include "endpoint-chat.h"
#include "network-error.h"

#include <string.h>

/* Where nobody said how much a server reads at once. */
#define USUAL_CONTEXT 32768

#include <glib/gi18n-lib.h>

typedef struct
{
  BaleenEndpoint *endpoint;   /* (owned) */
  char *key;                  /* (owned) (nullable) */
  gint64 n_context;
  GMutex lock;
  GCancellable *cancellable;  /* (owned) under the lock: raised by stop() */
} EndpointModel;

static BaleenRemedy
remedy_for (const GError *error)
{
  if (error->domain != BALEEN_NETWORK_ERROR)
    return BALEEN_REMEDY_TRY_AGAIN;

  switch ((BaleenNetworkError) error->code)
    {
    case BALEEN_NETWORK_ERROR_KEY:
    case BALEEN_NETWORK_ERROR_ADDRESS:
    case BALEEN_NETWORK_ERROR_CERTIFICATE:
      return BALEEN_REMEDY_CHOOSE_MODEL;
    default:
      return BALEEN_REMEDY_TRY_AGAIN;
    }
}

static void
translate_error (GError **error,
                 GError  *from)
{
  g_set_error_literal (error, BALEEN_BACKEND_ERROR, remedy_for (from), from->message);
  g_error_free (from);
}

static void
endpoint_close (gpointer data)
{
  EndpointModel *self = data;

  g_clear_pointer (&self->endpoint, baleen_endpoint_free);
  g_clear_object (&self->cancellable);
  g_mutex_clear (&self->lock);
  g_free (self->key);
  g_free (self);
}

/* Opening asks the server nothing: it may be asleep, and what it says is said when it is
 * asked. */
static gpointer
endpoint_open (const char                 *path,
               const char                 *device,
               const BaleenDeviceListener *listener,
               BaleenModelFacts           *facts,
               GError                    **error)
{
  EndpointModel *self = g_new0 (EndpointModel, 1);
  GError *problem = NULL;

  g_mutex_init (&self->lock);
  self->cancellable = g_cancellable_new ();
  self->endpoint = baleen_endpoints_find (path, &problem);
  if (self->endpoint != NULL)
    self->key = baleen_endpoint_get_key (self->endpoint, &problem);
  if (problem != NULL)
    {
      translate_error (error, problem);
      endpoint_close (self);
      return NULL;
    }

  self->n_context = self->endpoint->n_context > 0 ? self->endpoint->n_context : USUAL_CONTEXT;
  facts->name = g_strdup (self->endpoint->model);
  facts->host = baleen_endpoint_get_host (self->endpoint);
  facts->n_context = self->n_context;
  facts->can_think = TRUE;

  return self;
}

static void
endpoint_sleep (gpointer data)
{
}

static GCancellable *
ref_cancellable (EndpointModel *self)
{
  GCancellable *cancellable;

  g_mutex_lock (&self->lock);
  cancellable = g_object_ref (self->cancellable);
  g_mutex_unlock (&self->lock);

  return cancellable;
}

/* An answer that is written. */
typedef struct
{
  BaleenAnswerJob *job;
  gboolean has_text;
  gboolean is_thought_ended; /* somebody wanted the answer now */
} Writing;

/* No server can be told to stop thinking and answer: that is another request. */
static gboolean
piece_cb (BaleenPiece piece,
          const char *text,
          gsize       length,
          gpointer    user_data)
{
  Writing *writing = user_data;

  baleen_answer_job_write (writing->job, piece, text, length);
  if (piece != BALEEN_PIECE_MOVE)
    baleen_answer_job_count (writing->job, piece == BALEEN_PIECE_THOUGHT);
  writing->has_text = piece == BALEEN_PIECE_ANSWER
                      || (writing->has_text && piece != BALEEN_PIECE_MOVE);
  if (piece == BALEEN_PIECE_THOUGHT && !writing->has_text && !writing->is_thought_ended
      && baleen_answer_job_wants_answer (writing->job))
    {
      writing->is_thought_ended = TRUE;
      return FALSE;
    }

  return !baleen_answer_job_is_stopped (writing->job);
}

static void
waiting_cb (guint    seconds,
            gpointer writing)
{
  baleen_answer_job_wait (((Writing *) writing)->job, seconds);
}

static gboolean
hurried_cb (gpointer writing)
{
  return baleen_answer_job_take_hurry (((Writing *) writing)->job);
}

/* What was thought stays; the same is asked again without thinking. */
static gboolean
answer_now (EndpointModel             *self,
            BaleenGeneration          *generation,
            const BaleenRequest       *request,
            const BaleenEndpointWatch *watch,
            GCancellable              *cancellable,
            GError                   **error)
{
  g_autoptr (BaleenRequest) unthought = baleen_request_copy (request);

  unthought->think = BALEEN_THINK_OFF;
  baleen_generation_clear (generation);
  *generation = (BaleenGeneration) { 0 };

  return baleen_endpoint_chat_run (generation, self->endpoint, self->key, unthought, watch,
                                   cancellable, error);
}

static BaleenState
endpoint_answer (gpointer             data,
                 const BaleenRequest *request,
                 BaleenAnswerJob     *job,
                 GError             **error)
{
  EndpointModel *self = data;
  Writing writing = { .job = job };
  const BaleenEndpointWatch watch = { piece_cb, waiting_cb, hurried_cb, &writing };
  g_autoptr (GCancellable) cancellable = ref_cancellable (self);
  g_auto (BaleenGeneration) generation = { 0 };
  GError *problem = NULL;

  baleen_answer_job_begin (job, 0, 0);
  if (!baleen_endpoint_chat_run (&generation, self->endpoint, self->key, request, &watch,
                                 cancellable, &problem)
      || (writing.is_thought_ended
          && !answer_now (self, &generation, request, &watch, cancellable, &problem)))
    {
      translate_error (error, problem);
      return BALEEN_STATE_FAILED;
    }
  if (generation.stop == BALEEN_STOP_CANCELLED)
    return BALEEN_STATE_STOPPED;

  return generation.stop == BALEEN_STOP_LENGTH ? BALEEN_STATE_CUT : BALEEN_STATE_DONE;
}

/* ---- batches: one call after the other --------------------------------------------------- */

typedef struct
{
  EndpointModel *model;
  BaleenBatch *batch; /* (owned) */
  guint next;
  BaleenBackendItemFunc func;
  gpointer user_data;
} EndpointBatch;

static gpointer
endpoint_begin_batch (gpointer              data,
                      BaleenBatch          *batch,
                      BaleenBackendItemFunc func,
                      gpointer              user_data,
                      GError              **error)
{
  EndpointBatch *run;
  gpointer guest;

  if (baleen_batch_get_guest (batch, &guest) != NULL)
    {
      g_set_error_literal (error, BALEEN_BACKEND_ERROR, BALEEN_REMEDY_CHOOSE_MODEL,
                           _("The model runs on a server, so it is not offered to other "
                             "programs. Choose a model on this computer."));
      return NULL;
    }
  run = g_new0 (EndpointBatch, 1);
  run->model = data;
  run->batch = g_object_ref (batch);
  run->func = func;
  run->user_data = user_data;

  return run;
}

static gboolean
silent_cb (BaleenPiece piece,
           const char *text,
           gsize       length,
           gpointer    user_data)
{
  return TRUE;
}

/* A server that is gone, busy or refuses the key does so for every item, and that is a matter of
 * the backend; what is refused for its own sake stays an error of that item. */
static void
translate_item_error (GError **error,
                      GError  *from)
{
  if (g_error_matches (from, BALEEN_NETWORK_ERROR, BALEEN_NETWORK_ERROR_REQUEST))
    g_propagate_error (error, from);
  else
    translate_error (error, from);
}

/* One item: it is asked again from its beginning where something more urgent came between. */
static gboolean
endpoint_step_batch (gpointer data)
{
  EndpointBatch *run = data;
  const BaleenEndpointWatch watch = { .piece = silent_cb };
  g_autoptr (GCancellable) cancellable = ref_cancellable (run->model);
  g_auto (BaleenGeneration) generation = { 0 };
  g_autoptr (GError) translated = NULL;
  GError *problem = NULL;

  if (run->next >= baleen_batch_get_n_requests (run->batch))
    return FALSE;
  if (!baleen_endpoint_chat_run (&generation, run->model->endpoint, run->model->key,
                                 baleen_batch_get_request (run->batch, run->next), &watch,
                                 cancellable, &problem))
    translate_item_error (&translated, problem);
  else if (generation.stop == BALEEN_STOP_CANCELLED)
    return TRUE;
  run->func (run->batch, run->next++, translated == NULL ? &generation : NULL, translated,
             run->user_data);

  /* The others would fare no better; nobody shall wait for each of them to fail. */
  if (translated != NULL && translated->domain == BALEEN_BACKEND_ERROR)
    return FALSE;
  return run->next < baleen_batch_get_n_requests (run->batch);
}

static void
endpoint_end_batch (gpointer data)
{
  EndpointBatch *run = data;

  g_object_unref (run->batch);
  g_free (run);
}

/* ---- any thread -------------------------------------------------------------------------- */

static void
endpoint_stop (gpointer data)
{
  EndpointModel *self = data;
  g_autoptr (GCancellable) cancellable = ref_cancellable (self);

  g_cancellable_cancel (cancellable);
}

static void
endpoint_resume (gpointer data)
{
  EndpointModel *self = data;

  g_mutex_lock (&self->lock);
  if (g_cancellable_is_cancelled (self->cancellable))
    {
      g_object_unref (self->cancellable);
      self->cancellable = g_cancellable_new ();
    }
  g_mutex_unlock (&self->lock);
}

/* An estimate: its tokenizer is on the server. */
static BaleenPromptCount *
endpoint_count (gpointer             data,
                const BaleenRequest *request,
                GError             **error)
{
  EndpointModel *self = data;
  BaleenPromptCount *count = g_new0 (BaleenPromptCount, 1);
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < request->turns->len; i++)
    {
      const BaleenTurn *turn = request->turns->pdata[i];
      gsize n = 4 + baleen_endpoint_estimate_tokens (turn->text);
      g_autofree char *files
          = g_strndup (turn->text + turn->files_start, turn->files_end - turn->files_start);

      baleen_prompt_count_add_turn (count, request, i, n, baleen_endpoint_estimate_tokens (files));
      count->total += n;
      g_string_append_printf (text, "%s%s\n", i > 0 ? "\n" : "", turn->text);
    }
  baleen_prompt_count_add_search (count, request);
  count->is_estimate = TRUE;
  count->n_context = self->n_context;
  count->n_reserve = MIN (request->max_tokens, self->n_context / 4);
  count->text = g_strdup (text->str);

  return count;
}

const BaleenBackend *
baleen_endpoint_backend_get (void)
{
  static const BaleenBackend backend = {
    .open = endpoint_open,
    .close = endpoint_close,
    .sleep = endpoint_sleep,
    .answer = endpoint_answer,
    .begin_batch = endpoint_begin_batch,
    .step_batch = endpoint_step_batch,
    .end_batch = endpoint_end_batch,
    .stop = endpoint_stop,
    .resume = endpoint_resume,
    .count = endpoint_count,
  };

  return &backend;
}
