/* The engine thread: takes what waits by its priority, and lets what runs long make way. */
#include "baleen-engine-service-private.h"

#include <glib/gi18n-lib.h>

/* A batch belongs to the model that it began with: some of its answers would be of one and
 * some of the other. */
static void
end_batch (BaleenEngineService *self,
           BaleenEngineTask    *task,
           GError              *error)
{
  if (task->run != NULL)
    self->backend->end_batch (g_steal_pointer (&task->run));
  if (error != NULL)
    g_task_return_error (task->task, error);
  else
    g_task_return_boolean (task->task, TRUE);
  baleen_engine_task_free (task);
}

static void
end_batches_begun (BaleenEngineService *self)
{
  GQueue begun = G_QUEUE_INIT;
  BaleenEngineTask *task;

  g_mutex_lock (&self->lock);
  for (GList *l = self->tasks.head, *next; l != NULL; l = next)
    {
      next = l->next;
      if (((BaleenEngineTask *) l->data)->run == NULL)
        continue;
      g_queue_push_tail (&begun, l->data);
      g_queue_delete_link (&self->tasks, l);
    }
  g_mutex_unlock (&self->lock);

  while ((task = g_queue_pop_head (&begun)) != NULL)
    end_batch (self, task,
               g_error_new_literal (BALEEN_BACKEND_ERROR, BALEEN_REMEDY_TRY_AGAIN,
                                    _("Another model was loaded meanwhile.")));
}

/* Where a model would lie worse for the sake of what is loaded, that makes way: it is opened again
 * when it is asked next. */
static void
make_room (BaleenEngineService *self,
           BaleenEngineTask    *task)
{
  const BaleenBackend *backend = self->backend;

  if (backend->has_room == NULL || (self->model == NULL && self->warm.models.length == 0)
      || backend->has_room (task->path, task->device))
    return;
  if ((!baleen_warm_models_drop (&self->warm) || !backend->has_room (task->path, task->device))
      && self->model != NULL)
    backend->sleep (self->model);
}

/* The model that was there goes to those that are kept; a new one of the same file, which was
 * asked for anew, stands in its place. */
static void
take_model (BaleenEngineService    *self,
            gpointer                model,
            char                   *stamp, /* taken */
            const BaleenModelFacts *facts)
{
  g_autofree char *old_stamp = g_steal_pointer (&self->stamp);
  BaleenModelFacts old_facts = self->model_facts;
  gpointer old;

  end_batches_begun (self);
  g_rw_lock_writer_lock (&self->model_lock);
  g_mutex_lock (&self->lock);
  old = self->model;
  self->model = model;
  g_mutex_unlock (&self->lock);
  g_rw_lock_writer_unlock (&self->model_lock);

  self->stamp = stamp;
  baleen_model_facts_copy (facts, &self->model_facts);
  if (old != NULL)
    baleen_warm_models_put (&self->warm, old,
                            baleen_warm_models_is_same_file (old_stamp, stamp) ? NULL : old_stamp,
                            &old_facts);
  baleen_model_facts_clear (&old_facts);
}

static void
run_load (BaleenEngineService *self,
          BaleenEngineTask    *task)
{
  BaleenEngineLoadReport *report = g_new0 (BaleenEngineLoadReport, 1);
  g_autofree char *stamp = baleen_warm_models_make_stamp (task->path, task->device);
  gpointer model = baleen_warm_models_take (&self->warm, stamp, &report->facts);

  if (model == NULL)
    {
      make_room (self, task);
      model = self->backend->open (task->path, task->device, &self->listener, &report->facts,
                                   &report->error);
    }
  if (model != NULL)
    take_model (self, model, g_steal_pointer (&stamp), &report->facts);

  report->service = g_object_ref (self);
  report->path = g_strdup (task->path);
  g_main_context_invoke (NULL, baleen_engine_service_loaded_cb, report);
  baleen_engine_task_free (task);
}

static void
run_sleep (BaleenEngineService *self)
{
  gboolean can_sleep;

  baleen_warm_models_drop (&self->warm);
  g_mutex_lock (&self->lock);
  can_sleep = self->model != NULL && !baleen_engine_queue_has_run (&self->tasks);
  g_mutex_unlock (&self->lock);
  if (can_sleep)
    self->backend->sleep (self->model);
}

static void
set_running (BaleenEngineService *self,
             BaleenEngineTask    *task)
{
  g_mutex_lock (&self->lock);
  self->running = task;
  if (task != NULL)
    self->backend->resume (self->model);
  g_mutex_unlock (&self->lock);
}

static void
run_answer (BaleenEngineService *self,
            BaleenEngineTask    *task)
{
  BaleenState state = BALEEN_STATE_STOPPED;
  GError *error = NULL;

  set_running (self, task);
  if (!baleen_answer_job_is_stopped (task->job))
    state = self->backend->answer (self->model, baleen_answer_job_get_request (task->job),
                                   task->job, &error);
  set_running (self, NULL);
  baleen_answer_job_end (task->job, state, error);
  baleen_engine_task_free (task);
}

/* ---- batches ------------------------------------------------------------------------- */

/* One item's end, on its way to who started the batch. */
typedef struct
{
  BaleenBatch *batch; /* (owned) */
  guint item;
  BaleenGeneration generation;
  GError *error; /* (owned) (nullable) */
} ItemReport;

static gboolean
item_cb (gpointer user_data)
{
  ItemReport *report = user_data;

  baleen_batch_tell (report->batch, report->item,
                     report->error == NULL ? &report->generation : NULL, report->error);
  return G_SOURCE_REMOVE;
}

static void
item_report_free (gpointer user_data)
{
  ItemReport *report = user_data;

  baleen_generation_clear (&report->generation);
  g_clear_error (&report->error);
  g_object_unref (report->batch);
  g_free (report);
}

/* With the priority of the task's own return, so that items come before the end. */
static void
report_item_cb (BaleenBatch            *batch,
                guint                   item,
                const BaleenGeneration *generation,
                const GError           *error,
                gpointer                user_data)
{
  BaleenEngineTask *task = user_data;
  ItemReport *report = g_new0 (ItemReport, 1);
  g_autoptr (GSource) source = g_idle_source_new ();

  report->batch = g_object_ref (batch);
  report->item = item;
  if (generation != NULL)
    {
      report->generation = *generation;
      report->generation.answer = g_strdup (generation->answer);
      report->generation.thought = g_strdup (generation->thought);
    }
  if (error != NULL)
    report->error = g_error_copy (error);
  g_source_set_priority (source, G_PRIORITY_DEFAULT);
  g_source_set_callback (source, item_cb, report, item_report_free);
  g_source_attach (source, g_task_get_context (task->task));
}

/* FALSE when something else has to be done first, or nothing of this any more. */
static gboolean
begin_step (BaleenEngineService *self,
            BaleenEngineTask    *task)
{
  gboolean may_run;

  g_mutex_lock (&self->lock);
  may_run = !self->is_closing && !baleen_engine_task_is_cancelled (task)
            && !baleen_engine_queue_has_before (&self->tasks, task->priority);
  self->running = may_run ? task : NULL;
  if (may_run)
    self->backend->resume (self->model);
  g_mutex_unlock (&self->lock);
  return may_run;
}

static gboolean
begin_batch (BaleenEngineService *self,
             BaleenEngineTask    *task,
             GError             **error)
{
  if (task->run != NULL)
    return TRUE;
  if (self->model == NULL)
    {
      g_set_error_literal (error, BALEEN_BACKEND_ERROR, BALEEN_REMEDY_CHOOSE_MODEL,
                           _("No model is loaded. Choose one first."));
      return FALSE;
    }
  task->run = self->backend->begin_batch (self->model, task->batch, report_item_cb, task, error);
  return task->run != NULL;
}

static void
run_batch (BaleenEngineService *self,
           BaleenEngineTask    *task)
{
  GError *error = NULL;
  gboolean is_over = FALSE;

  if (!begin_batch (self, task, &error))
    {
      end_batch (self, task, error);
      return;
    }

  while (!is_over && begin_step (self, task))
    is_over = !self->backend->step_batch (task->run);
  set_running (self, NULL);

  if (is_over)
    end_batch (self, task, NULL);
  else if (baleen_engine_task_is_cancelled (task))
    end_batch (self, task, g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CANCELLED, "cancelled"));
  else
    {
      g_mutex_lock (&self->lock);
      baleen_engine_queue_put (&self->tasks, task, TRUE);
      g_mutex_unlock (&self->lock);
    }
}

/* ---- the thread ---------------------------------------------------------------------- */

/* What the model still has to prepare is done while nobody asks, so that the first answers need not
 * wait for it. */
static void
prepare_until_task (BaleenEngineService *self)
{
  gboolean is_idle = self->model != NULL && self->backend->prepare != NULL;

  while (is_idle)
    {
      g_mutex_lock (&self->lock);
      is_idle = !self->is_closing && g_queue_is_empty (&self->tasks);
      g_mutex_unlock (&self->lock);
      is_idle = is_idle && self->backend->prepare (self->model);
    }
}

/* NULL at the end. Sleeps over when nothing comes for long. */
static BaleenEngineTask *
wait_for_task (BaleenEngineService *self)
{
  BaleenEngineTask *task = NULL;
  gboolean is_awake = TRUE;

  prepare_until_task (self);
  g_mutex_lock (&self->lock);
  while (!self->is_closing && g_queue_is_empty (&self->tasks))
    {
      const gint64 due = g_get_monotonic_time () + self->idle_seconds * G_USEC_PER_SEC;

      if (self->idle_seconds == 0 || !is_awake)
        g_cond_wait (&self->cond, &self->lock);
      else if (!g_cond_wait_until (&self->cond, &self->lock, due))
        {
          g_mutex_unlock (&self->lock);
          run_sleep (self);
          is_awake = FALSE;
          g_mutex_lock (&self->lock);
        }
    }
  if (!self->is_closing)
    task = g_queue_pop_head (&self->tasks);
  g_mutex_unlock (&self->lock);
  return task;
}

static void
run_task (BaleenEngineService *self,
          BaleenEngineTask    *task)
{
  switch (task->kind)
    {
    case BALEEN_ENGINE_TASK_LOAD:
      run_load (self, task);
      break;
    case BALEEN_ENGINE_TASK_SLEEP:
      run_sleep (self);
      baleen_engine_task_free (task);
      break;
    case BALEEN_ENGINE_TASK_RELIEVE:
      baleen_warm_models_drop (&self->warm);
      baleen_engine_task_free (task);
      break;
    case BALEEN_ENGINE_TASK_ANSWER:
      run_answer (self, task);
      break;
    case BALEEN_ENGINE_TASK_BATCH:
    default:
      run_batch (self, task);
      break;
    }
}

/* Whoever waits for a batch is told that it will not come. */
static void
drop_tasks (BaleenEngineService *self)
{
  BaleenEngineTask *task;

  while ((task = g_queue_pop_head (&self->tasks)) != NULL)
    if (task->kind == BALEEN_ENGINE_TASK_BATCH)
      end_batch (self, task,
                 g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CANCELLED, "closed"));
    else
      baleen_engine_task_free (task);
}

gpointer
baleen_engine_thread_run (gpointer user_data)
{
  BaleenEngineService *self = user_data;
  BaleenEngineTask *task;

  while ((task = wait_for_task (self)) != NULL)
    run_task (self, task);

  drop_tasks (self);
  baleen_warm_models_drop (&self->warm);
  g_clear_pointer (&self->stamp, g_free);
  baleen_model_facts_clear (&self->model_facts);
  g_rw_lock_writer_lock (&self->model_lock);
  if (self->model != NULL)
    self->backend->close (self->model);
  self->model = NULL;
  g_rw_lock_writer_unlock (&self->model_lock);
  return NULL;
}
