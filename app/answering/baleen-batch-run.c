#include "baleen-batch-run.h"

#include "generation.h"
#include "prompt-rendering.h"
#include "session-shelf.h"

#include <glib/gstdio.h>
#include <string.h>
#include <utime.h>

/* More than eight win little: one pass reads the weights once for all of them. */
#define MOST_PARALLEL 8

/* Copying a cache costs about as much as reading so many tokens. */
#define WORTH_COPYING 16
/* A beginning shorter than this is read again as fast as it is loaded. */
#define WORTH_KEEPING 512

struct _BaleenSessionPool
{
  BlnEngine *engine;
  GPtrArray *free_sessions; /* (owned) of BlnSession */
  BlnSession *base;         /* (owned) (nullable) what the requests of a batch share */
};

/* A place in the batch. */
typedef struct
{
  BlnSession *session;    /* (owned) until it goes back to the pool */
  BaleenWriting *writing; /* (owned) (nullable) nothing to do any more */
  guint item;
} Slot;

struct _BaleenBatchRun
{
  BaleenBatch *batch; /* (owned) */
  BaleenSessionPool *pool;
  BaleenBatchTellFunc tell_func;
  gpointer user_data;
  Slot slots[MOST_PARALLEL];
  guint n_slots;
  guint next_item;
  gboolean is_stopped; /* the last pass was */
};

/* ---- sessions ------------------------------------------------------------------------- */

BaleenSessionPool *
baleen_session_pool_new (BlnEngine *engine)
{
  BaleenSessionPool *pool = g_new0 (BaleenSessionPool, 1);

  pool->engine = engine;
  pool->free_sessions = g_ptr_array_new_with_free_func ((GDestroyNotify) bln_session_free);
  return pool;
}

void
baleen_session_pool_free (BaleenSessionPool *pool)
{
  g_ptr_array_unref (pool->free_sessions);
  g_clear_pointer (&pool->base, bln_session_free);
  g_free (pool);
}

static BlnSession *
take_session (BaleenSessionPool *pool,
              GError           **error)
{
  if (pool->free_sessions->len > 0)
    return g_ptr_array_steal_index (pool->free_sessions, pool->free_sessions->len - 1);
  return bln_session_new (pool->engine, error);
}

/* Further sequences may take a quarter of what memory is left over. */
guint
baleen_session_pool_count_affordable (BaleenSessionPool *pool)
{
  const BlnMemoryPlan *plan = bln_engine_get_plan (pool->engine);
  const guint64 left = plan->available > plan->total ? (plan->available - plan->total) / 4 : 0;

  return 1 + (guint) MIN (left / MAX (plan->kv_cache, 1), MOST_PARALLEL - 1);
}

static gboolean
take_sessions (BaleenBatchRun *self,
               GError        **error)
{
  const guint wanted = baleen_batch_get_n_parallel (self->batch);
  const guint n_most = MIN (wanted > 0 ? MIN (wanted, MOST_PARALLEL)
                                       : baleen_session_pool_count_affordable (self->pool),
                            baleen_batch_get_n_requests (self->batch));

  while (self->n_slots < n_most)
    {
      g_autoptr (GError) problem = NULL;
      BlnSession *session = take_session (self->pool, &problem);

      if (session != NULL)
        self->slots[self->n_slots++].session = session;
      else if (self->n_slots > 0)
        return TRUE;
      else
        {
          g_propagate_error (error, g_steal_pointer (&problem));
          return FALSE;
        }
    }
  return TRUE;
}

/* What another sequence has read already is copied. */
static gboolean
borrow_prefix (BaleenBatchRun *self,
               BlnSession     *session,
               GArray         *tokens,
               GError        **error)
{
  const gint32 *ids = (const gint32 *) tokens->data;
  const gsize own = baleen_session_count_common (session, ids, tokens->len);
  BlnSession *best = NULL;
  gsize most = own + WORTH_COPYING;

  for (guint i = 0; i < self->n_slots; i++)
    {
      const gsize common = baleen_session_count_common (self->slots[i].session, ids, tokens->len);

      if (common > most)
        {
          best = self->slots[i].session;
          most = common;
        }
    }
  return best == NULL || bln_session_copy (session, best, error);
}

/* How many tokens of a prompt come of what its request shares with others. */
static gsize
count_shared (BaleenBatchRun      *self,
              const BaleenRequest *request,
              GArray              *tokens,
              GError             **error)
{
  g_autoptr (BaleenRequest) beginning = baleen_request_copy (request);
  BaleenTurn *turn = g_ptr_array_index (beginning->turns, beginning->turns->len - 1);
  g_autoptr (BaleenRendering) rendering = NULL;
  gsize n = 0;

  turn->text[request->n_shared] = '\0';
  rendering = baleen_rendering_new (bln_engine_get_model (self->pool->engine), beginning, error);
  if (rendering == NULL)
    return 0;
  while (n < MIN (rendering->tokens->len, tokens->len)
         && g_array_index (rendering->tokens, gint32, n) == g_array_index (tokens, gint32, n))
    n++;
  return n;
}

/* Stands for exactly these tokens, or will once they are read. */
static gboolean
is_base (BlnSession   *base,
         const gint32 *tokens,
         gsize         n_tokens)
{
  gsize n;
  const gint32 *own = bln_session_get_tokens (base, &n);

  return n == n_tokens && memcmp (own, tokens, n * sizeof *tokens) == 0;
}

/* A state that cannot be used any more is no loss. */
static gboolean
load_base (BaleenSessionPool *pool,
           const char        *path,
           const gint32      *tokens,
           gsize              n_tokens)
{
  if (path == NULL || !g_file_test (path, G_FILE_TEST_EXISTS))
    return FALSE;
  if (bln_session_load (pool->base, path, NULL) && is_base (pool->base, tokens, n_tokens))
    {
      g_utime (path, NULL);
      return TRUE;
    }
  g_unlink (path);
  return FALSE;
}

/* Reads what is shared by itself and from nothing, so that it is the same to the last bit in
 * every run, and begins the sequence with it. What was read in an earlier run may be kept. */
static gboolean
copy_shared (BaleenBatchRun      *self,
             BlnSession          *session,
             const BaleenRequest *request,
             GArray              *tokens,
             GError             **error)
{
  BaleenSessionPool *pool = self->pool;
  const gint32 *ids = (const gint32 *) tokens->data;
  const gsize n = count_shared (self, request, tokens, error);
  gboolean is_new;

  if (n == 0)
    return FALSE;
  if (pool->base != NULL && !is_base (pool->base, ids, n))
    g_clear_pointer (&pool->base, bln_session_free);
  if (pool->base == NULL)
    {
      pool->base = bln_session_new (pool->engine, error);
      if (pool->base == NULL
          || (!load_base (pool, request->state_path, ids, n)
              && !bln_session_sync (pool->base, ids, n, NULL, error)))
        return FALSE;
    }
  /* One that was loaded has its last token to read. */
  is_new = bln_session_get_pending (pool->base) > 1;
  while (bln_session_get_pending (pool->base) > 0)
    if (!bln_engine_step (pool->engine, &pool->base, 1, error))
      return FALSE;
  if (is_new && request->state_path != NULL && n >= WORTH_KEEPING)
    bln_session_save (pool->base, request->state_path, NULL);

  return bln_session_copy (session, pool->base, error);
}

/* ---- items ---------------------------------------------------------------------------- */

static BaleenWriting *
begin_item (BaleenBatchRun *self,
            Slot           *slot,
            GError        **error)
{
  BlnEngine *engine = self->pool->engine;
  BlnModel *model = bln_engine_get_model (engine);
  const BaleenRequest *request = baleen_batch_get_request (self->batch, slot->item);
  g_autoptr (BaleenRendering) prompt = baleen_rendering_new (model, request, error);
  const BlnSampling sampling = baleen_request_get_sampling (request, model);
  const BaleenGenerationOptions options = {
    .max_tokens = request->max_tokens,
    .thought_budget = request->thought_budget,
  };

  if (prompt == NULL
      || !baleen_rendering_check_room (prompt, bln_engine_get_plan (engine)->n_context, error)
      || !(request->n_shared > 0
               ? copy_shared (self, slot->session, request, prompt->tokens, error)
               : borrow_prefix (self, slot->session, prompt->tokens, error)))
    return NULL;
  return baleen_writing_new (engine, slot->session, (const gint32 *) prompt->tokens->data,
                             prompt->tokens->len, prompt->start, &sampling, &options, error);
}

static void
tell (BaleenBatchRun         *self,
      guint                   item,
      const BaleenGeneration *generation,
      const GError           *error)
{
  if (self->tell_func != NULL)
    self->tell_func (self->batch, item, generation, error, self->user_data);
  else
    baleen_batch_tell (self->batch, item, generation, error);
}

/* The first prompts of a batch begin alike, and the beginning can be borrowed once somebody
 * has read it: so the others wait for the first one. */
static gboolean
must_wait (BaleenBatchRun *self)
{
  return self->next_item == 1 && self->slots[0].writing != NULL
         && baleen_writing_is_reading (self->slots[0].writing);
}

static void
fill_slots (BaleenBatchRun *self)
{
  for (guint i = 0; i < self->n_slots; i++)
    while (self->slots[i].writing == NULL && !must_wait (self)
           && self->next_item < baleen_batch_get_n_requests (self->batch))
      {
        g_autoptr (GError) error = NULL;

        self->slots[i].item = self->next_item;
        self->slots[i].writing = begin_item (self, &self->slots[i], &error);
        self->is_stopped = g_error_matches (error, BLN_ERROR, BLN_ERROR_STOPPED);
        if (self->is_stopped)
          return;
        self->next_item++;
        if (self->slots[i].writing == NULL)
          tell (self, self->slots[i].item, NULL, error);
      }
}

static void
end_slot (BaleenBatchRun *self,
          Slot           *slot,
          const GError   *error)
{
  g_autoptr (BaleenWriting) writing = g_steal_pointer (&slot->writing);
  g_auto (BaleenGeneration) generation = { 0 };

  if (error != NULL)
    {
      tell (self, slot->item, NULL, error);
      return;
    }
  baleen_writing_finish (writing, &generation);
  tell (self, slot->item, &generation, NULL);
}

/* Whose turn it is. Prompts are read one by one: side by side they would be no faster, and cut
 * into passes at other places in every run, which long passes round differently. */
static gsize
collect_writings (BaleenBatchRun *self,
                  BaleenWriting **writings)
{
  gsize n = 0;

  for (guint i = 0; i < self->n_slots; i++)
    {
      BaleenWriting *writing = self->slots[i].writing;

      if (writing != NULL && baleen_writing_is_reading (writing))
        {
          writings[0] = writing;
          return 1;
        }
      if (writing != NULL)
        writings[n++] = writing;
    }
  return n;
}

void
baleen_batch_run_step (BaleenBatchRun *self)
{
  BaleenWriting *writings[MOST_PARALLEL];
  g_autoptr (GError) error = NULL;
  gsize n = 0;

  self->is_stopped = FALSE;
  fill_slots (self);
  if (self->is_stopped)
    return;
  n = collect_writings (self, writings);
  if (!baleen_writing_advance (self->pool->engine, writings, n, &error)
      && g_error_matches (error, BLN_ERROR, BLN_ERROR_STOPPED))
    {
      self->is_stopped = TRUE;
      g_clear_error (&error);
    }
  for (guint i = 0; i < self->n_slots; i++)
    if (self->slots[i].writing != NULL
        && (error != NULL || baleen_writing_is_over (self->slots[i].writing)))
      end_slot (self, &self->slots[i], error);
}

gboolean
baleen_batch_run_is_over (BaleenBatchRun *self)
{
  if (self->next_item < baleen_batch_get_n_requests (self->batch))
    return FALSE;
  for (guint i = 0; i < self->n_slots; i++)
    if (self->slots[i].writing != NULL)
      return FALSE;
  return TRUE;
}

BaleenBatchRun *
baleen_batch_run_new (BaleenBatch        *batch,
                      BaleenSessionPool  *pool,
                      BaleenBatchTellFunc tell_func,
                      gpointer            user_data,
                      GError            **error)
{
  g_autoptr (BaleenBatchRun) self = g_new0 (BaleenBatchRun, 1);

  self->batch = g_object_ref (batch);
  self->pool = pool;
  self->tell_func = tell_func;
  self->user_data = user_data;
  return take_sessions (self, error) ? g_steal_pointer (&self) : NULL;
}

void
baleen_batch_run_free (BaleenBatchRun *self)
{
  for (guint i = 0; i < self->n_slots; i++)
    {
      g_clear_pointer (&self->slots[i].writing, baleen_writing_free);
      g_ptr_array_add (self->pool->free_sessions, self->slots[i].session);
    }
  g_object_unref (self->batch);
  g_free (self);
}

gboolean
baleen_batch_run_now (BaleenBatch       *batch,
                      BaleenSessionPool *pool,
                      GError           **error)
{
  g_autoptr (BaleenBatchRun) run = baleen_batch_run_new (batch, pool, NULL, NULL, error);

  if (run == NULL)
    return FALSE;

  while (!baleen_batch_run_is_over (run))
    {
      baleen_batch_run_step (run);
      if (run->is_stopped)
        {
          g_set_error_literal (error, BLN_ERROR, BLN_ERROR_STOPPED, "stopped");
          return FALSE;
        }
    }
  return TRUE;
}
