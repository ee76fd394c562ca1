#include "serving.h"

#include "generation.h"
#include "prompt-rendering.h"

/* A place in the batch. What its session has read stays for who comes next. */
typedef struct
{
  BlnSession *session;     /* (owned) */
  BaleenWriting *writing;  /* (owned) (nullable) free */
  BaleenServingCall *call; /* (owned) (nullable) */
} Place;

struct _BaleenServing
{
  BlnEngine *engine;   /* (owned) */
  GAsyncQueue *calls;  /* (owned) of BaleenServingCall; `over` ends the thread */
  GThread *thread;     /* (owned) */
  Place places[BALEEN_SERVING_MOST];
  guint n_places;
  gint is_over;        /* (atomic) */
};

/* Told from any call by its place alone. */
static BaleenServingCall over;

static void
call_free (BaleenServingCall *call)
{
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
      || !baleen_rendering_check_room (prompt, baleen_serving_get_n_context (self), error))
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
      call->ended (NULL, error, call->user_data);
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
  call->ended (error == NULL ? &generation : NULL, error, call->user_data);
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

/* ---- from outside ------------------------------------------------------------------------ */

BaleenServing *
baleen_serving_new (BlnEngine *engine,
                    guint      n_sessions,
                    GError   **error)
{
  g_autoptr (BaleenServing) self = g_new0 (BaleenServing, 1);

  self->engine = engine;
  self->calls = g_async_queue_new ();
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

void
baleen_serving_free (BaleenServing *self)
{
  BaleenServingCall *call;

  g_atomic_int_set (&self->is_over, TRUE);
  if (self->thread != NULL)
    {
      bln_engine_stop (self->engine);
      g_async_queue_push (self->calls, &over);
      g_thread_join (self->thread);
    }
  while ((call = g_async_queue_try_pop (self->calls)) != NULL)
    if (call != &over)
      call_free (call);
  g_async_queue_unref (self->calls);
  for (guint i = 0; i < self->n_places; i++)
    {
      g_clear_pointer (&self->places[i].writing, baleen_writing_free);
      g_clear_pointer (&self->places[i].call, call_free);
      bln_session_free (self->places[i].session);
    }
  bln_engine_free (self->engine);
  g_free (self);
}

void
baleen_serving_ask (BaleenServing           *self,
                    const BaleenServingCall *call)
{
  g_async_queue_push (self->calls, g_memdup2 (call, sizeof *call));
}

BlnModel *
baleen_serving_get_model (BaleenServing *self)
{
  return bln_engine_get_model (self->engine);
}

guint
baleen_serving_get_n_context (BaleenServing *self)
{
  return bln_engine_get_plan (self->engine)->n_context;
}
