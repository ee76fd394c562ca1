/* The engine in this process behind the interface of the engine service. */
#include "baleen-answer-job.h"

#include <glib/gi18n-lib.h>

#include "answering.h"
#include "baleen-batch-run.h"
#include "kept-state.h"
#include "model-fit.h"
#include "model-setup-engine.h"
#include "prompt-counting.h"
#include "prompt-rendering.h"
#include "repetition.h"
#include "session-shelf.h"

/* So long a question that comes meanwhile waits at most. */
#define PREPARING_SECONDS 0.02

typedef struct
{
  BlnModel *model; /* (owned) */
  BlnAdapter *adapter; /* (owned) (nullable) */
  BaleenModelSetup setup; /* (owned) as it was when it was opened */
  char *device;    /* (owned) as asked for */
  gsize n_context;
  const BaleenDeviceListener *listener;

  /* These are NULL while it sleeps. */
  BaleenSessionShelf *shelf; /* (owned) the conversations last answered: prefixes are reused */
  BaleenSessionPool *pool; /* (owned) for batches, which leave the conversation's alone */
  GMutex lock;             /* for the pointer below, which stop() reads */
  BlnEngine *engine;       /* (owned) */
  gboolean is_stopped;     /* asked to stop while there was no engine */
} LocalModel;

static void
local_sleep (gpointer data)
{
  LocalModel *self = data;
  g_autoptr (BlnEngine) engine = NULL;

  g_clear_pointer (&self->shelf, baleen_session_shelf_free);
  g_clear_pointer (&self->pool, baleen_session_pool_free);
  g_mutex_lock (&self->lock);
  engine = g_steal_pointer (&self->engine);
  g_mutex_unlock (&self->lock);
}

static gboolean
local_prepare (gpointer data)
{
  LocalModel *self = data;

  return self->engine != NULL && bln_engine_prepare (self->engine, PREPARING_SECONDS) > 0;
}

static void
local_close (gpointer data)
{
  LocalModel *self = data;

  local_sleep (self);
  g_clear_pointer (&self->model, bln_model_unref);
  g_clear_pointer (&self->adapter, bln_adapter_unref);
  g_mutex_clear (&self->lock);
  baleen_model_setup_clear (&self->setup);
  g_free (self->device);
  g_free (self);
}

static BaleenRemedy
remedy_for (const GError *error)
{
  if (error->domain != BLN_ERROR)
    return BALEEN_REMEDY_TRY_AGAIN;

  switch ((BlnError) error->code)
    {
    case BLN_ERROR_CHANGED:
      return BALEEN_REMEDY_RELOAD;
    case BLN_ERROR_TOO_LONG:
      return BALEEN_REMEDY_MAKE_ROOM;
    case BLN_ERROR_IO:
    case BLN_ERROR_NOT_A_MODEL:
    case BLN_ERROR_DAMAGED:
    case BLN_ERROR_UNSUPPORTED:
    case BLN_ERROR_MEMORY:
    case BLN_ERROR_TEMPLATE:
      return BALEEN_REMEDY_CHOOSE_MODEL;
    default:
      return BALEEN_REMEDY_TRY_AGAIN;
    }
}

/* Above the services nobody knows the engine's codes: they become what can be done. */
static void
translate_error (GError **error,
                 GError  *from)
{
  if (from->domain == BLN_ERROR && from->code == BLN_ERROR_CHANGED)
    g_set_error (error, BALEEN_BACKEND_ERROR, BALEEN_REMEDY_RELOAD,
                 _("The model file changed while it was in use. The answer so far is kept."));
  else
    g_set_error_literal (error, BALEEN_BACKEND_ERROR, remedy_for (from), from->message);
  g_error_free (from);
}

/* Says where to look for a model that is gone, and names a context with which one would fit. */
static void
translate_refusal (GError    **error,
                   GError     *from,
                   const char *path,
                   const char *device)
{
  g_autoptr (BaleenFit) fit = from->domain == BLN_ERROR && from->code == BLN_ERROR_MEMORY
                                  ? baleen_fit_new_for_file (path, device, NULL, NULL) : NULL;
  g_autofree char *name = g_path_get_basename (path);
  g_autofree char *needed = fit != NULL ? g_format_size (fit->needed) : NULL;
  g_autofree char *available = fit != NULL ? g_format_size (fit->free) : NULL;

  if (!g_file_test (path, G_FILE_TEST_EXISTS))
    {
      g_set_error (error, BALEEN_BACKEND_ERROR, BALEEN_REMEDY_LOCATE,
                   _("“%s” is no longer at its place."), name);
      g_error_free (from);
      return;
    }
  if (fit == NULL || fit->verdict != BALEEN_FIT_NOWHERE || fit->n_fitting_context == 0)
    {
      translate_error (error, from);
      return;
    }
  g_set_error (error, BALEEN_BACKEND_ERROR, BALEEN_REMEDY_SMALLER_CONTEXT,
               _("“%s” needs %s of memory and %s is free. A context of %u tokens would fit."),
               name, needed, available, fit->n_fitting_context);
  g_error_free (from);
}

static gboolean
progress_cb (guint64  done,
             guint64  total,
             gpointer user_data)
{
  const BaleenDeviceListener *listener = ((LocalModel *) user_data)->listener;

  listener->loaded (total > 0 ? (double) done / total : 1, listener->user_data);
  return !listener->is_cancelled (listener->user_data);
}

static void
incident_cb (BlnIncident incident,
             const char *sentence,
             gpointer    user_data)
{
  const BaleenDeviceListener *listener = ((LocalModel *) user_data)->listener;
  static const BaleenDeviceNews all[] = {
    [BLN_INCIDENT_RECOVERED] = BALEEN_DEVICE_RECOVERED,
    [BLN_INCIDENT_MOVED] = BALEEN_DEVICE_MOVED,
    [BLN_INCIDENT_LEFT_CARD] = BALEEN_DEVICE_LEFT,
    [BLN_INCIDENT_NO_CARD] = BALEEN_DEVICE_ABSENT,
  };

  listener->news (all[incident], sentence, listener->user_data);
}

/* Takes device and memory, if it does not have them. */
static gboolean
wake (LocalModel *self,
      GError    **error)
{
  BlnEngineOptions options = { .device = self->device, .adapter = self->adapter,
                               .progress = progress_cb, .incident = incident_cb,
                               .user_data = self };
  BlnEngine *engine;

  if (self->engine != NULL)
    return TRUE;

  baleen_model_setup_apply (&self->setup, &options);
  engine = bln_engine_new (self->model, &options, error);
  if (engine == NULL)
    return FALSE;
  self->shelf = baleen_session_shelf_new (engine, error);
  if (self->shelf == NULL)
    {
      bln_engine_free (engine);
      return FALSE;
    }
  self->pool = baleen_session_pool_new (engine);
  g_mutex_lock (&self->lock);
  self->engine = engine;
  if (self->is_stopped)
    bln_engine_stop (engine);
  g_mutex_unlock (&self->lock);
  return TRUE;
}

/* The memory plan in words. */
static char *
describe_place (const BlnMemoryPlan *plan)
{
  g_autofree char *system_bytes = g_format_size (plan->total);
  g_autofree char *card_bytes = g_format_size (plan->card_total);
  g_autofree char *card_room = g_format_size (plan->card_available);

  if (plan->card_total == 0)
    return g_strdup_printf (_("On the processor · %s of memory"), system_bytes);
  if (plan->n_blocks_away == 0)
    return g_strdup_printf (_("All on the graphics card · %s of %s"), card_bytes, card_room);
  return g_strdup_printf (_("Experts of %u of %u blocks in system memory (%s), the rest on the "
                            "graphics card · %s of %s"),
                          plan->n_blocks_away, plan->n_blocks, system_bytes, card_bytes,
                          card_room);
}

static void
tell_of_template (LocalModel *self)
{
  g_autofree char *sentence = baleen_rendering_explain_plain (self->model);

  if (sentence != NULL)
    self->listener->news (BALEEN_DEVICE_PLAIN, sentence, self->listener->user_data);
}

static gboolean
open_adapter (LocalModel *self,
              GError    **error)
{
  if (self->setup.adapter == NULL)
    return TRUE;
  self->adapter = bln_adapter_open (self->setup.adapter, error);
  return self->adapter != NULL;
}

static gpointer
local_open (const char                 *path,
            const char                 *device,
            const BaleenDeviceListener *listener,
            BaleenModelFacts           *facts,
            GError                    **error)
{
  LocalModel *self = g_new0 (LocalModel, 1);
  GError *problem = NULL;
  const BlnModelInfo *info;

  g_mutex_init (&self->lock);
  self->device = g_strdup (device);
  self->listener = listener;
  baleen_model_setup_load (&self->setup, path);
  self->model = bln_model_open (path, &problem);
  if (self->model == NULL || !bln_model_check (self->model, &problem)
      || !open_adapter (self, &problem) || !wake (self, &problem))
    {
      translate_refusal (error, problem, path, device);
      local_close (self);
      return NULL;
    }

  self->n_context = bln_engine_get_plan (self->engine)->n_context;
  info = bln_model_get_info (self->model);
  facts->name = g_strdup (info->name);
  if (self->adapter != NULL)
    facts->adapter = g_strdup (bln_adapter_get_info (self->adapter)->name);
  facts->place = describe_place (bln_engine_get_plan (self->engine));
  facts->n_context = self->n_context;
  facts->can_think = info->can_think;
  facts->n_parallel = baleen_session_pool_count_affordable (self->pool);
  tell_of_template (self);
  return self;
}

/* A tenth of the memory is others'. */
static gboolean
has_memory_left (void)
{
  g_autoptr (BlnDevice) processor = bln_device_find ("cpu", NULL);

  return processor->available > processor->memory / 10;
}

/* TRUE for what cannot be planned: opening says why. */
static gboolean
local_has_room (const char *path,
                const char *device)
{
  BlnEngineOptions options = { .device = device };
  g_autoptr (BlnModel) model = path != NULL ? bln_model_open (path, NULL) : NULL;
  g_auto (BaleenModelSetup) setup = { 0 };
  BlnMemoryPlan plan;

  if (path == NULL)
    return has_memory_left ();
  baleen_model_setup_load (&setup, path);
  baleen_model_setup_apply (&setup, &options);
  if (model == NULL || !bln_model_plan_memory (model, &options, &plan, NULL))
    return TRUE;
  return plan.total <= plan.available && plan.n_blocks_away == 0
         && plan.card_total <= plan.card_available;
}

/* ---- answers -------------------------------------------------------------------------- */

static void
begin_cb (gsize    n_prompt,
          gsize    n_reused,
          gpointer job)
{
  baleen_answer_job_begin (job, n_prompt, n_reused);
}

static void
read_cb (gsize    n_done,
         gsize    n_total,
         gpointer job)
{
  baleen_answer_job_read (job, n_done);
}

static gboolean
piece_cb (BaleenPiece piece,
          const char *text,
          gsize       length,
          gpointer    job)
{
  baleen_answer_job_write (job, piece, text, length);
  return !baleen_answer_job_is_stopped (job);
}

static void
token_cb (gboolean is_thinking,
          gpointer job)
{
  baleen_answer_job_count (job, is_thinking);
}

static gboolean
answer_now_cb (gpointer job)
{
  return baleen_answer_job_wants_answer (job);
}

static BaleenState
get_state (const BaleenGeneration *generation,
           BaleenAnswerJob        *job)
{
  if (generation->is_thought_cut)
    baleen_answer_job_set_is_thought_cut (job);
  switch (generation->stop)
    {
    case BALEEN_STOP_CANCELLED:
      return BALEEN_STATE_STOPPED;
    case BALEEN_STOP_LENGTH:
      return BALEEN_STATE_CUT;
    case BALEEN_STOP_REPEATS:
      return BALEEN_STATE_FAILED;
    case BALEEN_STOP_END:
    default:
      return BALEEN_STATE_DONE;
    }
}

/* A prompt that cannot be made is told by whoever asks for it next. */
static BlnSession *
choose_session (LocalModel          *self,
                const BaleenRequest *request)
{
  g_autoptr (BaleenRequest) first = baleen_answering_get_first (self->model, request);
  g_autoptr (BaleenRendering) prompt = baleen_rendering_new (self->model, first, NULL);

  if (prompt == NULL)
    return baleen_session_shelf_get (self->shelf);
  return baleen_session_shelf_take (self->shelf, (const gint32 *) prompt->tokens->data,
                                    prompt->tokens->len);
}

/* Long files of the request are not read twice; what an adapter makes of them is not kept. */
static gboolean
answer_with_state (LocalModel                    *self,
                   BaleenGeneration              *generation,
                   const BlnSampling             *sampling,
                   const BaleenRequest           *request,
                   const BaleenGenerationOptions *watch,
                   GError                       **error)
{
  BlnSession *session = choose_session (self, request);
  BaleenKeptState *state
      = self->adapter == NULL ? baleen_kept_state_begin (self->engine, session, request) : NULL;
  const gboolean is_answered = baleen_answering_run (generation, self->engine, session, sampling,
                                                     request, begin_cb, watch, error);

  baleen_kept_state_end (state, is_answered);
  return is_answered;
}

static BaleenState
local_answer (gpointer             data,
              const BaleenRequest *request,
              BaleenAnswerJob     *job,
              GError             **error)
{
  LocalModel *self = data;
  GError *problem = NULL;
  g_auto (BaleenGeneration) generation = { 0 };
  const BlnSampling sampling = baleen_request_get_sampling (request, self->model);
  const BaleenGenerationOptions watch = {
    .piece_func = piece_cb,
    .prefill_func = read_cb,
    .token_func = token_cb,
    .answer_now_func = answer_now_cb,
    .user_data = job,
  };

  if (!wake (self, &problem)
      || !answer_with_state (self, &generation, &sampling, request, &watch, &problem))
    {
      translate_error (error, problem);
      return BALEEN_STATE_FAILED;
    }
  if (generation.stop == BALEEN_STOP_REPEATS)
    g_set_error (error, BALEEN_BACKEND_ERROR, BALEEN_REMEDY_CONTINUE,
                 _("The model repeats itself. Stopped after %d lines."), BALEEN_REPEATED_LINES);
  return get_state (&generation, job);
}

/* ---- batches -------------------------------------------------------------------------- */

typedef struct
{
  BaleenBatchRun *run; /* (owned) (nullable) with a guest */
  const BaleenGuestClass *guest_class; /* (nullable) */
  gpointer guest;
  BaleenBackendItemFunc func;
  gpointer user_data;
} LocalBatch;

static void
item_cb (BaleenBatch            *batch,
         guint                   item,
         const BaleenGeneration *generation,
         const GError           *error,
         gpointer                user_data)
{
  LocalBatch *local = user_data;
  g_autoptr (GError) translated = NULL;

  if (error != NULL)
    translate_error (&translated, g_error_copy (error));
  local->func (batch, item, generation, translated, local->user_data);
}

static gpointer
local_begin_batch (gpointer              data,
                   BaleenBatch          *batch,
                   BaleenBackendItemFunc func,
                   gpointer              user_data,
                   GError              **error)
{
  LocalModel *self = data;
  LocalBatch *local = g_new0 (LocalBatch, 1);
  GError *problem = NULL;

  local->func = func;
  local->user_data = user_data;
  local->guest_class = baleen_batch_get_guest (batch, &local->guest);
  if (wake (self, &problem))
    {
      if (local->guest_class == NULL)
        local->run = baleen_batch_run_new (batch, self->pool, item_cb, local, &problem);
      else if (local->guest_class->begin (local->guest, self->engine, &problem))
        return local;
    }
  if (local->run != NULL)
    return local;

  translate_error (error, problem);
  g_free (local);
  return NULL;
}

static gboolean
local_step_batch (gpointer data)
{
  LocalBatch *local = data;

  if (local->guest_class != NULL)
    return local->guest_class->step (local->guest);
  baleen_batch_run_step (local->run);
  return !baleen_batch_run_is_over (local->run);
}

static void
local_end_batch (gpointer data)
{
  LocalBatch *local = data;

  if (local->guest_class != NULL)
    local->guest_class->end (local->guest);
  g_clear_pointer (&local->run, baleen_batch_run_free);
  g_free (local);
}

/* ---- any thread ----------------------------------------------------------------------- */

static void
local_stop (gpointer data)
{
  LocalModel *self = data;

  g_mutex_lock (&self->lock);
  self->is_stopped = TRUE;
  if (self->engine != NULL)
    bln_engine_stop (self->engine);
  g_mutex_unlock (&self->lock);
}

static void
local_resume (gpointer data)
{
  LocalModel *self = data;

  g_mutex_lock (&self->lock);
  self->is_stopped = FALSE;
  if (self->engine != NULL)
    bln_engine_resume (self->engine);
  g_mutex_unlock (&self->lock);
}

static BaleenPromptCount *
local_count (gpointer             data,
             const BaleenRequest *request,
             GError             **error)
{
  LocalModel *self = data;
  GError *problem = NULL;
  BaleenPromptCount *count = baleen_prompt_counting_run (self->model, request, &problem);

  if (count == NULL)
    {
      translate_error (error, problem);
      return NULL;
    }
  count->n_context = self->n_context;
  return count;
}

const BaleenBackend *
baleen_local_backend_get (void)
{
  static const BaleenBackend backend = {
    .open = local_open,
    .close = local_close,
    .has_room = local_has_room,
    .sleep = local_sleep,
    .prepare = local_prepare,
    .answer = local_answer,
    .begin_batch = local_begin_batch,
    .step_batch = local_step_batch,
    .end_batch = local_end_batch,
    .stop = local_stop,
    .resume = local_resume,
    .count = local_count,
  };

  return &backend;
}
