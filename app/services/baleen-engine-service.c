#include "baleen-engine-service.h"

struct _BaleenEngineService
{
  GObject parent_instance;

  const BaleenBackend *backend;
  GThread *thread;    /* (owned) (nullable) once closed */
  GAsyncQueue *tasks; /* (owned) of Task */

  BaleenEngineStatus status;
  char *path;         /* (owned) (nullable) */
  char *loading_path; /* (owned) (nullable) */
  BaleenModelFacts facts;

  gpointer model; /* (owned) (nullable) engine thread; the pointer under `lock` */

  GMutex lock;
  BaleenAnswerJob *running; /* (nullable) held by the engine thread */
};

typedef enum
{
  TASK_LOAD,
  TASK_ANSWER,
  TASK_CLOSE,
} TaskKind;

typedef struct
{
  TaskKind kind;
  char *path;           /* (owned) (nullable) */
  BaleenAnswerJob *job; /* (owned) (nullable) */
} Task;

/* How a load went, on its way to the main thread. */
typedef struct
{
  BaleenEngineService *service; /* (owned) */
  char *path;                   /* (owned) */
  BaleenModelFacts facts;
  GError *error; /* (owned) (nullable) */
} LoadReport;

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
  N_SIGNALS,
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

static void
task_free (Task *task)
{
  g_free (task->path);
  g_clear_pointer (&task->job, baleen_answer_job_unref);
  g_free (task);
}

/* ---- engine thread ------------------------------------------------------------------ */

static void
take_model (BaleenEngineService *self,
            LoadReport          *report)
{
  g_free (self->facts.name);
  self->facts = report->facts;
  report->facts.name = NULL;
  g_free (self->path);
  self->path = g_strdup (report->path);
}

static gboolean
loaded_cb (gpointer user_data)
{
  LoadReport *report = user_data;
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

static void
run_load (BaleenEngineService *self,
          Task                *task)
{
  LoadReport *report = g_new0 (LoadReport, 1);
  gpointer model = self->backend->open (task->path, &report->facts, &report->error);
  gpointer old = NULL;

  if (model != NULL)
    {
      g_mutex_lock (&self->lock);
      old = self->model;
      self->model = model;
      g_mutex_unlock (&self->lock);
    }
  if (old != NULL)
    self->backend->close (old);

  report->service = g_object_ref (self);
  report->path = g_strdup (task->path);
  g_main_context_invoke (NULL, loaded_cb, report);
}

static void
run_answer (BaleenEngineService *self,
            Task                *task)
{
  BaleenState state = BALEEN_STATE_STOPPED;
  GError *error = NULL;

  g_mutex_lock (&self->lock);
  self->running = task->job;
  self->backend->resume (self->model);
  g_mutex_unlock (&self->lock);

  if (!baleen_answer_job_is_stopped (task->job))
    state = self->backend->answer (self->model, baleen_answer_job_get_request (task->job),
                                   task->job, &error);

  g_mutex_lock (&self->lock);
  self->running = NULL;
  g_mutex_unlock (&self->lock);
  baleen_answer_job_end (task->job, state, error);
}

static gpointer
engine_thread (gpointer user_data)
{
  BaleenEngineService *self = user_data;
  gboolean is_closing = FALSE;

  while (!is_closing)
    {
      Task *task = g_async_queue_pop (self->tasks);

      switch (task->kind)
        {
        case TASK_LOAD:
          run_load (self, task);
          break;
        case TASK_ANSWER:
          run_answer (self, task);
          break;
        case TASK_CLOSE:
          is_closing = TRUE;
          break;
        }
      task_free (task);
    }

  if (self->model != NULL)
    self->backend->close (self->model);
  self->model = NULL;
  return NULL;
}

/* ---- main thread -------------------------------------------------------------------- */

static void
push (BaleenEngineService *self,
      Task                 task)
{
  g_async_queue_push (self->tasks, g_memdup2 (&task, sizeof task));
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

static void
baleen_engine_service_dispose (GObject *object)
{
  baleen_engine_service_close (BALEEN_ENGINE_SERVICE (object));
  G_OBJECT_CLASS (baleen_engine_service_parent_class)->dispose (object);
}

static void
baleen_engine_service_finalize (GObject *object)
{
  BaleenEngineService *self = BALEEN_ENGINE_SERVICE (object);

  g_async_queue_unref (self->tasks);
  g_mutex_clear (&self->lock);
  g_free (self->path);
  g_free (self->loading_path);
  g_free (self->facts.name);
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
}

static void
baleen_engine_service_init (BaleenEngineService *self)
{
  self->tasks = g_async_queue_new_full ((GDestroyNotify) task_free);
  g_mutex_init (&self->lock);
}

BaleenEngineService *
baleen_engine_service_new (const BaleenBackend *backend)
{
  BaleenEngineService *self = g_object_new (BALEEN_TYPE_ENGINE_SERVICE, NULL);

  self->backend = backend;
  self->thread = g_thread_new ("engine", engine_thread, self);
  return self;
}

void
baleen_engine_service_load (BaleenEngineService *self,
                            const char          *path)
{
  g_return_if_fail (self->thread != NULL);

  g_free (self->loading_path);
  self->loading_path = g_strdup (path);
  self->status = BALEEN_ENGINE_LOADING;
  push (self, (Task) { .kind = TASK_LOAD, .path = g_strdup (path) });
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_STATUS]);
}

void
baleen_engine_service_answer (BaleenEngineService *self,
                              BaleenAnswerJob     *job)
{
  g_return_if_fail (self->thread != NULL && self->path != NULL);

  push (self, (Task) { .kind = TASK_ANSWER, .job = baleen_answer_job_ref (job) });
}

void
baleen_engine_service_stop (BaleenEngineService *self,
                            BaleenAnswerJob     *job)
{
  baleen_answer_job_stop (job);
  g_mutex_lock (&self->lock);
  if (self->running == job)
    self->backend->stop (self->model);
  g_mutex_unlock (&self->lock);
}

void
baleen_engine_service_close (BaleenEngineService *self)
{
  if (self->thread == NULL)
    return;

  push (self, (Task) { .kind = TASK_CLOSE });
  g_mutex_lock (&self->lock);
  if (self->running != NULL)
    {
      baleen_answer_job_stop (self->running);
      self->backend->stop (self->model);
    }
  g_mutex_unlock (&self->lock);
  g_thread_join (g_steal_pointer (&self->thread));
}

BaleenEngineStatus
baleen_engine_service_get_status (BaleenEngineService *self)
{
  return self->status;
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
