#include "baleen-engine-service-private.h"

#include <glib/gi18n-lib.h>

G_DEFINE_FINAL_TYPE (BaleenEngineService, baleen_engine_service, G_TYPE_OBJECT)

enum
{
  PROP_0,
  PROP_STATUS,
  N_PROPS,
};

enum
{
  LOAD_FAILED,
  DEVICE_NEWS,
  N_SIGNALS,
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

/* ---- any thread --------------------------------------------------------------------- */

/* What runs below it makes way at once. */
static void
push (BaleenEngineService *self,
      BaleenEngineTask    *task)
{
  g_mutex_lock (&self->lock);
  baleen_engine_queue_put (&self->tasks, task, FALSE);
  if (self->running != NULL && self->running->priority > task->priority)
    self->backend->stop (self->model);
  g_cond_signal (&self->cond);
  g_mutex_unlock (&self->lock);
}

static void
cancelled_cb (GCancellable        *cancellable,
              BaleenEngineService *self)
{
  g_mutex_lock (&self->lock);
  if (self->running != NULL && baleen_engine_task_is_cancelled (self->running))
    self->backend->stop (self->model);
  g_mutex_unlock (&self->lock);
}

void
baleen_engine_service_run_batch_async (BaleenEngineService *self,
                                       BaleenBatch         *batch,
                                       GCancellable        *cancellable,
                                       GAsyncReadyCallback  callback,
                                       gpointer             user_data)
{
  BaleenEngineTask *task
      = baleen_engine_task_new (BALEEN_ENGINE_TASK_BATCH, baleen_batch_get_priority (batch));

  g_return_if_fail (self->thread != NULL);

  task->batch = g_object_ref (batch);
  task->task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task->task, baleen_engine_service_run_batch_async);
  if (cancellable != NULL)
    task->cancelled_id
        = g_cancellable_connect (cancellable, G_CALLBACK (cancelled_cb), self, NULL);
  push (self, task);
}

gboolean
baleen_engine_service_run_batch_finish (BaleenEngineService *self,
                                        GAsyncResult        *result,
                                        GError             **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
batch_done_cb (GObject      *source,
               GAsyncResult *result,
               gpointer      user_data)
{
  GAsyncResult **place = user_data;

  *place = g_object_ref (result);
}

gboolean
baleen_engine_service_run_batch (BaleenEngineService *self,
                                 BaleenBatch         *batch,
                                 GCancellable        *cancellable,
                                 GError             **error)
{
  g_autoptr (GMainContext) context = g_main_context_new ();
  g_autoptr (GAsyncResult) result = NULL;

  g_main_context_push_thread_default (context);
  baleen_engine_service_run_batch_async (self, batch, cancellable, batch_done_cb, &result);
  while (result == NULL)
    g_main_context_iteration (context, TRUE);
  g_main_context_pop_thread_default (context);
  return baleen_engine_service_run_batch_finish (self, result, error);
}

BaleenPromptCount *
baleen_engine_service_count (BaleenEngineService *self,
                             const BaleenRequest *request,
                             GError             **error)
{
  BaleenPromptCount *count = NULL;

  g_rw_lock_reader_lock (&self->model_lock);
  if (self->model != NULL)
    count = self->backend->count (self->model, request, error);
  else
    g_set_error_literal (error, BALEEN_BACKEND_ERROR, BALEEN_REMEDY_CHOOSE_MODEL,
                         _("No model is loaded. Choose one first."));
  g_rw_lock_reader_unlock (&self->model_lock);

  /* What an answer may use at most, as far as the context has it. */
  if (count != NULL && count->total < count->n_context)
    count->n_reserve = MIN ((gsize) request->max_tokens, count->n_context - count->total);
  return count;
}

/* ---- main thread -------------------------------------------------------------------- */

static void
take_model (BaleenEngineService    *self,
            BaleenEngineLoadReport *report)
{
  baleen_model_facts_clear (&self->facts);
  self->facts = report->facts;
  report->facts = (BaleenModelFacts) { 0 };
  g_free (self->path);
  self->path = g_strdup (report->path);
}

gboolean
baleen_engine_service_loaded_cb (gpointer user_data)
{
  BaleenEngineLoadReport *report = user_data;
  BaleenEngineService *self = report->service;

  if (report->error == NULL)
    take_model (self, report);
  /* Of two loads in a row the second one is still to come. */
  if (g_strcmp0 (self->loading_path, report->path) == 0)
    {
      g_clear_pointer (&self->loading_path, g_free);
      self->status = self->path != NULL ? BALEEN_ENGINE_READY : BALEEN_ENGINE_EMPTY;
    }
  if (report->error != NULL)
    g_signal_emit (self, signals[LOAD_FAILED], 0, report->path, report->error->message,
                   report->error->code);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_STATUS]);

  g_clear_error (&report->error);
  g_free (report->path);
  g_object_unref (report->service);
  g_free (report);
  return G_SOURCE_REMOVE;
}

void
baleen_engine_service_tell_loaded (BaleenEngineService *self,
                                   double               fraction)
{
  self->loaded = fraction;
  if (self->status == BALEEN_ENGINE_LOADING)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_STATUS]);
}

void
baleen_engine_service_tell_news (BaleenEngineService *self,
                                 BaleenDeviceNews     news,
                                 const char          *sentence)
{
  /* What lay where is no longer true. */
  if (news != BALEEN_DEVICE_RECOVERED && self->status != BALEEN_ENGINE_LOADING)
    g_clear_pointer (&self->facts.place, g_free);
  g_signal_emit (self, signals[DEVICE_NEWS], 0, (int) news, sentence);
}

static void
baleen_engine_service_get_property (GObject    *object,
                                    guint       property_id,
                                    GValue     *value,
                                    GParamSpec *pspec)
{
  if (property_id == PROP_STATUS)
    g_value_set_int (value, BALEEN_ENGINE_SERVICE (object)->status);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
}

/* Others need memory: what is not answering gives its own back, at the first word what is only
 * kept warm. */
static void
low_memory_cb (GMemoryMonitor            *monitor,
               GMemoryMonitorWarningLevel level,
               BaleenEngineService       *self)
{
  baleen_engine_service_relieve (self, level >= G_MEMORY_MONITOR_WARNING_LEVEL_MEDIUM);
}

static void
baleen_engine_service_dispose (GObject *object)
{
  BaleenEngineService *self = BALEEN_ENGINE_SERVICE (object);

  if (self->memory_monitor != NULL)
    g_signal_handlers_disconnect_by_data (self->memory_monitor, self);
  g_clear_object (&self->memory_monitor);
  baleen_engine_service_close (BALEEN_ENGINE_SERVICE (object));
  G_OBJECT_CLASS (baleen_engine_service_parent_class)->dispose (object);
}

static void
baleen_engine_service_finalize (GObject *object)
{
  BaleenEngineService *self = BALEEN_ENGINE_SERVICE (object);

  g_rw_lock_clear (&self->model_lock);
  g_cond_clear (&self->cond);
  g_mutex_clear (&self->lock);
  g_free (self->path);
  g_free (self->loading_path);
  g_free (self->device);
  baleen_model_facts_clear (&self->facts);
  G_OBJECT_CLASS (baleen_engine_service_parent_class)->finalize (object);
}

static void
baleen_engine_service_class_init (BaleenEngineServiceClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = baleen_engine_service_get_property;
  object_class->dispose = baleen_engine_service_dispose;
  object_class->finalize = baleen_engine_service_finalize;

  properties[PROP_STATUS] = g_param_spec_int ("status", NULL, NULL, 0, G_MAXINT, 0,
                                              G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  signals[LOAD_FAILED]
      = g_signal_new ("load-failed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                      NULL, G_TYPE_NONE, 3, G_TYPE_STRING, G_TYPE_STRING, G_TYPE_INT);
  signals[DEVICE_NEWS]
      = g_signal_new ("device-news", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                      NULL, G_TYPE_NONE, 2, G_TYPE_INT, G_TYPE_STRING);
}

static void
baleen_engine_service_init (BaleenEngineService *self)
{
  g_queue_init (&self->tasks);
  g_rw_lock_init (&self->model_lock);
  g_cond_init (&self->cond);
  g_mutex_init (&self->lock);
}

BaleenEngineService *
baleen_engine_service_new (const BaleenBackend *backend)
{
  BaleenEngineService *self = g_object_new (BALEEN_TYPE_ENGINE_SERVICE, NULL);

  self->backend = backend;
  baleen_engine_service_listen (self);
  baleen_warm_models_init (&self->warm, backend);
  self->memory_monitor = g_memory_monitor_dup_default ();
  g_signal_connect (self->memory_monitor, "low-memory-warning", G_CALLBACK (low_memory_cb), self);
  self->device = g_strdup ("auto");
  self->thread = g_thread_new ("engine", baleen_engine_thread_run, self);
  return self;
}

void
baleen_engine_service_load (BaleenEngineService *self,
                            const char          *path)
{
  BaleenEngineTask *task
      = baleen_engine_task_new (BALEEN_ENGINE_TASK_LOAD, BALEEN_PRIORITY_CHAT);

  g_return_if_fail (self->thread != NULL);

  g_free (self->loading_path);
  self->loading_path = g_strdup (path);
  self->status = BALEEN_ENGINE_LOADING;
  self->loaded = 0;
  task->path = g_strdup (path);
  task->device = g_strdup (self->device);
  push (self, task);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_STATUS]);
}

void
baleen_engine_service_answer (BaleenEngineService *self,
                              BaleenAnswerJob     *job)
{
  BaleenEngineTask *task
      = baleen_engine_task_new (BALEEN_ENGINE_TASK_ANSWER, BALEEN_PRIORITY_CHAT);

  g_return_if_fail (self->thread != NULL && self->path != NULL);

  task->job = baleen_answer_job_ref (job);
  push (self, task);
}

void
baleen_engine_service_stop (BaleenEngineService *self,
                            BaleenAnswerJob     *job)
{
  baleen_answer_job_stop (job);
  g_mutex_lock (&self->lock);
  if (self->running != NULL && self->running->job == job)
    self->backend->stop (self->model);
  g_mutex_unlock (&self->lock);
}

void
baleen_engine_service_set_device (BaleenEngineService *self,
                                  const char          *device)
{
  g_free (self->device);
  self->device = g_strdup (device);
}

void
baleen_engine_service_set_idle_seconds (BaleenEngineService *self,
                                        guint                seconds)
{
  g_mutex_lock (&self->lock);
  self->idle_seconds = seconds;
  g_cond_signal (&self->cond);
  g_mutex_unlock (&self->lock);
}

void
baleen_engine_service_sleep (BaleenEngineService *self)
{
  g_return_if_fail (self->thread != NULL);

  push (self, baleen_engine_task_new (BALEEN_ENGINE_TASK_SLEEP, BALEEN_PRIORITY_CHAT));
}

void
baleen_engine_service_relieve (BaleenEngineService *self,
                               gboolean             sleeps)
{
  if (self->thread != NULL)
    push (self, baleen_engine_task_new (sleeps ? BALEEN_ENGINE_TASK_SLEEP
                                               : BALEEN_ENGINE_TASK_RELIEVE,
                                        BALEEN_PRIORITY_CHAT));
}

void
baleen_engine_service_close (BaleenEngineService *self)
{
  if (self->thread == NULL)
    return;

  g_mutex_lock (&self->lock);
  self->is_closing = TRUE;
  if (self->running != NULL)
    {
      if (self->running->job != NULL)
        baleen_answer_job_stop (self->running->job);
      self->backend->stop (self->model);
    }
  g_cond_signal (&self->cond);
  g_mutex_unlock (&self->lock);
  g_thread_join (g_steal_pointer (&self->thread));
}

BaleenEngineStatus
baleen_engine_service_get_status (BaleenEngineService *self)
{
  return self->status;
}

double
baleen_engine_service_get_loaded (BaleenEngineService *self)
{
  return self->loaded;
}

const char *
baleen_engine_service_get_path (BaleenEngineService *self)
{
  return self->path;
}

const BaleenModelFacts *
baleen_engine_service_get_facts (BaleenEngineService *self)
{
  return self->path != NULL ? &self->facts : NULL;
}

const char *
baleen_engine_service_get_loading_path (BaleenEngineService *self)
{
  return self->loading_path;
}
