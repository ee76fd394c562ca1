#include "serving.h"

#include "generation.h"
#include "prompt-rendering.h"

#include <glib/gi18n-lib.h>

/* A place in the batch. What its session has read stays for who comes next. */
typedef struct
{
  BlnSession *session;     /* (owned) */
  BaleenWriting *writing;  /* (owned) (nullable) free */
  BaleenServingCall *call; /* (owned) (nullable) */
} Place;

struct _BaleenServing
{
  BlnEngine *engine;   /* (owned) by one with a thread; else NULL between its turns */
  GAsyncQueue *calls;  /* (owned) of BaleenServingCall; `over` ends the thread */
  GThread *thread;     /* (owned) (nullable) */
  Place places[BALEEN_SERVING_MOST];
  guint n_places;
  gint is_over;        /* (atomic) */

  /* On the window's engine. */
  BaleenEngineService *service; /* (owned) (nullable) */
  GCancellable *cancellable;    /* (owned) (nullable) */
  gboolean is_running;          /* the main thread's: a batch is, and holds a reference */
  gint n_references;            /* (atomic) */
  GMutex lock;                  /* held while callers are called: none is after free() */
};

/* Told from any call by its place alone. */
static BaleenServingCall over;

static void
call_end (BaleenServingCall      *call,
          const BaleenGeneration *generation,
          const GError           *error)
{
  call->ended (generation, error, call->user_data);
  call->dropped = NULL;
}

/* Whose end was not told any more is told that: what it holds is its own to free. */
static void
call_free (BaleenServingCall *call)
{
  if (call->dropped != NULL)
    call->dropped (call->user_data);
  g_clear_pointer (&call->request, baleen_request_free);
  g_free (call->prompt);
  g_free (call);
}

/* ---- beginning --------------------------------------------------------------------------- */

static BaleenWriting *
begin_conversation (BaleenServing           *self,
                    Place                   *place,
                    const BaleenServingCall *call,
                    GError                 **error)
{
  BlnModel *model = bln_engine_get_model (self->engine);
  g_autoptr (BaleenRendering) prompt = baleen_rendering_new (model, call->request, error);
  const BlnSampling sampling = baleen_request_get_sampling (call->request, model);
  const BaleenGenerationOptions options = {
    .max_tokens = call->request->max_tokens,
    .thought_budget = call->request->thought_budget,
    .piece_func = call->piece,
    .user_data = call->user_data,
  };

  if (prompt == NULL
      || !baleen_rendering_check_room (prompt, bln_engine_get_plan (self->engine)->n_context,
                                       error))
    return NULL;

  return baleen_writing_new (self->engine, place->session, (const gint32 *) prompt->tokens->data,
                             prompt->tokens->len, prompt->start, &sampling, &options, error);
}

static BaleenWriting *
begin_prompt (BaleenServing           *self,
              Place                   *place,
              const BaleenServingCall *call,
              GError                 **error)
{
  BlnModel *model = bln_engine_get_model (self->engine);
  g_autoptr (BaleenRequest) sampled = baleen_request_new (BALEEN_THINK_OFF);
  const BaleenGenerationOptions options = {
    .max_tokens = call->max_tokens,
    .piece_func = call->piece,
    .user_data = call->user_data,
  };
  BlnSampling sampling;
  gsize n_tokens;
  g_autofree gint32 *tokens
      = bln_model_tokenize (model, call->prompt, -1, BLN_TOKENIZE_SPECIAL | BLN_TOKENIZE_BOS,
                            &n_tokens, error);

  if (tokens == NULL)
    return NULL;
  sampled->temperature = call->temperature;
  sampled->top_p = call->top_p;
  sampled->presence_penalty = call->presence_penalty;
  sampled->frequency_penalty = call->frequency_penalty;
  sampled->has_seed = call->has_seed;
  sampled->seed = call->seed;
  sampling = baleen_request_get_sampling (sampled, model);

  return baleen_writing_new (self->engine, place->session, tokens, n_tokens,
                             BALEEN_THOUGHT_START_OUTSIDE, &sampling, &options, error);
}

/* Of the free places the one whose session has read most of what such a caller begins with
 * would be best; the first free one is good, since a client's next call finds its own again
 * when it is alone. */
static Place *
find_free (BaleenServing *self)
{
  for (guint i = 0; i < self->n_places; i++)
    if (self->places[i].writing == NULL)
      return &self->places[i];

  return NULL;
}

static guint
count_busy (BaleenServing *self)
{
  guint n = 0;

  for (guint i = 0; i < self->n_places; i++)
    n += self->places[i].writing != NULL;

  return n;
}

static void
begin (BaleenServing     *self,
       BaleenServingCall *call)
{
  Place *place = find_free (self);
  g_autoptr (GError) error = NULL;

  place->writing = call->request != NULL ? begin_conversation (self, place, call, &error)
                                         : begin_prompt (self, place, call, &error);
  if (place->writing != NULL)
    place->call = call;
  else
    {
      call_end (call, NULL, error);
      call_free (call);
    }
}

/* ---- passes ------------------------------------------------------------------------------ */

static void
end (Place        *place,
     const GError *error)
{
  g_autoptr (BaleenWriting) writing = g_steal_pointer (&place->writing);
  BaleenServingCall *call = g_steal_pointer (&place->call);
  g_auto (BaleenGeneration) generation = { 0 };

  if (error == NULL)
    baleen_writing_finish (writing, &generation);
  call_end (call, error == NULL ? &generation : NULL, error);
  call_free (call);
}

/* Whoever reads a prompt reads it alone, so that others wait a chunk and not a whole prompt:
 * readers and writers take turns. */
static gsize
choose (BaleenServing  *self,
        BaleenWriting **writings,
        gboolean        want_reader)
{
  gsize n = 0;

  for (guint i = 0; i < self->n_places; i++)
    {
      BaleenWriting *writing = self->places[i].writing;

      if (writing == NULL || baleen_writing_is_reading (writing) != want_reader)
        continue;
      writings[n++] = writing;
      if (want_reader)
        break;
    }

  return n;
}

static void
pass (BaleenServing *self,
      gboolean       want_reader)
{
  BaleenWriting *writings[BALEEN_SERVING_MOST];
  gsize n = choose (self, writings, want_reader);
  g_autoptr (GError) error = NULL;

  if (n == 0)
    return;
  if (!baleen_writing_advance (self->engine, writings, n, &error)
      && g_error_matches (error, BLN_ERROR, BLN_ERROR_STOPPED))
    return;
  for (guint i = 0; i < self->n_places; i++)
    {
      Place *place = &self->places[i];
      gboolean is_concerned = FALSE;

      for (gsize k = 0; k < n; k++)
        is_concerned |= place->writing == writings[k];
      if (place->writing != NULL && is_concerned
          && (error != NULL || baleen_writing_is_over (place->writing)))
        end (place, error);
    }
}

static gpointer
serve (gpointer data)
{
  BaleenServing *self = data;

  while (!g_atomic_int_get (&self->is_over))
    {
      BaleenServingCall *call = NULL;

      if (find_free (self) != NULL)
        call = count_busy (self) == 0 ? g_async_queue_pop (self->calls)
                                      : g_async_queue_try_pop (self->calls);
      if (call == &over)
        break;
      if (call != NULL)
        {
          begin (self, call);
          continue;
        }
      pass (self, TRUE);
      pass (self, FALSE);
    }

  return NULL;
}

/* ---- on the window's engine -------------------------------------------------------------- */

/* Fewer than on an engine of one's own: the window's conversation shares the memory. */
#define MOST_SHARED 4

static void
serving_unref (BaleenServing *self)
{
  BaleenServingCall *call;

  if (!g_atomic_int_dec_and_test (&self->n_references))
    return;
  while ((call = g_async_queue_try_pop (self->calls)) != NULL)
    if (call != &over)
      call_free (call);
  g_async_queue_unref (self->calls);
  g_clear_object (&self->service);
  g_clear_object (&self->cancellable);
  g_mutex_clear (&self->lock);
  g_free (self);
}

static gboolean
guest_begin (gpointer   guest,
             BlnEngine *engine,
             GError   **error)
{
  BaleenServing *self = guest;

  self->engine = engine;
  while (self->n_places < MOST_SHARED)
    {
      BlnSession *session = bln_session_new (engine, self->n_places == 0 ? error : NULL);

      if (session == NULL)
        break;
      self->places[self->n_places++].session = session;
    }

  return self->n_places > 0;
}

static gboolean
guest_step (gpointer guest)
{
  BaleenServing *self = guest;
  BaleenServingCall *call;
  gboolean has_work;

  g_mutex_lock (&self->lock);
  while (!g_atomic_int_get (&self->is_over) && find_free (self) != NULL
         && (call = g_async_queue_try_pop (self->calls)) != NULL)
    begin (self, call);
  if (!g_atomic_int_get (&self->is_over))
    {
      pass (self, TRUE);
      pass (self, FALSE);
    }
  has_work = !g_atomic_int_get (&self->is_over)
             && (count_busy (self) > 0 || g_async_queue_length (self->calls) > 0);
  g_mutex_unlock (&self->lock);

  return has_work;
}

/* Whoever is still being answered is told why no more comes. */
static void
guest_end (gpointer guest)
{
  BaleenServing *self = guest;
  g_autoptr (GError) error
      = g_error_new_literal (BALEEN_BACKEND_ERROR, BALEEN_REMEDY_TRY_AGAIN,
                             _("Another model was loaded meanwhile."));

  g_mutex_lock (&self->lock);
  for (guint i = 0; i < self->n_places; i++)
    {
      Place *place = &self->places[i];

      if (place->writing != NULL && !g_atomic_int_get (&self->is_over))
        end (place, error);
      g_clear_pointer (&place->writing, baleen_writing_free);
      g_clear_pointer (&place->call, call_free);
      g_clear_pointer (&place->session, bln_session_free);
    }
  self->n_places = 0;
  self->engine = NULL;
  g_mutex_unlock (&self->lock);
}

static void
refuse_all (BaleenServing *self,
            const GError  *error)
{
  BaleenServingCall *call;

  while ((call = g_async_queue_try_pop (self->calls)) != NULL)
    {
      call_end (call, NULL, error);
      call_free (call);
    }
}

static void run_batch (BaleenServing *self);

static void
batch_over_cb (GObject      *source,
               GAsyncResult *result,
               gpointer      user_data)
{
  BaleenServing *self = user_data;
  g_autoptr (GError) error = NULL;
  gboolean is_done = baleen_engine_service_run_batch_finish (self->service, result, &error);

  self->is_running = FALSE;
  if (!g_atomic_int_get (&self->is_over))
    {
      /* Who came after another model was loaded is answered by that. */
      if (!is_done && !g_error_matches (error, BALEEN_BACKEND_ERROR, BALEEN_REMEDY_TRY_AGAIN))
        refuse_all (self, error);
      if (g_async_queue_length (self->calls) > 0)
        run_batch (self);
    }
  serving_unref (self);
}

static void
run_batch (BaleenServing *self)
{
  static const BaleenGuestClass guest = { guest_begin, guest_step, guest_end };
  g_autoptr (BaleenBatch) batch = baleen_batch_new (BALEEN_PRIORITY_SUMMARY);

  if (self->is_running)
    return;
  self->is_running = TRUE;
  g_atomic_int_inc (&self->n_references);
  baleen_batch_set_guest (batch, &guest, self);
  baleen_engine_service_run_batch_async (self->service, batch, self->cancellable, batch_over_cb,
                                         self);
}

/* ---- from outside ------------------------------------------------------------------------ */

static BaleenServing *
serving_new (void)
{
  BaleenServing *self = g_new0 (BaleenServing, 1);

  self->n_references = 1;
  self->calls = g_async_queue_new ();
  g_mutex_init (&self->lock);
  return self;
}

BaleenServing *
baleen_serving_new (BlnEngine *engine,
                    guint      n_sessions,
                    GError   **error)
{
  g_autoptr (BaleenServing) self = serving_new ();

  self->engine = engine;
  while (self->n_places < CLAMP (n_sessions, 1, BALEEN_SERVING_MOST))
    {
      BlnSession *session = bln_session_new (engine, self->n_places == 0 ? error : NULL);

      if (session == NULL)
        break;
      self->places[self->n_places++].session = session;
    }
  if (self->n_places == 0)
    return NULL;
  self->thread = g_thread_new ("serving", serve, self);

  return g_steal_pointer (&self);
}

BaleenServing *
baleen_serving_new_shared (BaleenEngineService *service)
{
  BaleenServing *self = serving_new ();

  self->service = g_object_ref (service);
  self->cancellable = g_cancellable_new ();
  return self;
}

static void
end_thread (BaleenServing *self)
{
  if (self->thread != NULL)
    {
      bln_engine_stop (self->engine);
      g_async_queue_push (self->calls, &over);
      g_thread_join (self->thread);
    }
  for (guint i = 0; i < self->n_places; i++)
    {
      g_clear_pointer (&self->places[i].writing, baleen_writing_free);
      g_clear_pointer (&self->places[i].call, call_free);
      bln_session_free (self->places[i].session);
    }
  bln_engine_free (self->engine);
}

void
baleen_serving_free (BaleenServing *self)
{
  g_atomic_int_set (&self->is_over, TRUE);
  if (self->service == NULL)
    end_thread (self);
  else
    {
      /* Stops the pass that is running; after the lock nobody is called any more. */
      g_cancellable_cancel (self->cancellable);
      g_mutex_lock (&self->lock);
      g_mutex_unlock (&self->lock);
    }
  serving_unref (self);
}

void
baleen_serving_ask (BaleenServing           *self,
                    const BaleenServingCall *call)
{
  g_async_queue_push (self->calls, g_memdup2 (call, sizeof *call));
  if (self->service != NULL)
    run_batch (self);
}

guint
baleen_serving_get_n_context (BaleenServing *self)
{
  const BaleenModelFacts *facts;

  if (self->service == NULL)
    return bln_engine_get_plan (self->engine)->n_context;
  facts = baleen_engine_service_get_facts (self->service);

  return facts != NULL ? (guint) facts->n_context : 0;
}
