#include "baleen-context-counter.h"

struct _BaleenContextCounter
{
  GObject parent_instance;

  BaleenEngineService *engine; /* (owned) */
  BaleenRequest *next;         /* (owned) (nullable) waits for the one that is counted */
  BaleenPromptCount *count;    /* (owned) (nullable) */
  gboolean is_counting;
};

G_DEFINE_FINAL_TYPE (BaleenContextCounter, baleen_context_counter, G_TYPE_OBJECT)

enum
{
  COUNTED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static void
baleen_context_counter_dispose (GObject *object)
{
  BaleenContextCounter *self = BALEEN_CONTEXT_COUNTER (object);

  g_clear_pointer (&self->next, baleen_request_free);
  g_clear_pointer (&self->count, baleen_prompt_count_free);
  g_clear_object (&self->engine);
  G_OBJECT_CLASS (baleen_context_counter_parent_class)->dispose (object);
}

static void
baleen_context_counter_class_init (BaleenContextCounterClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = baleen_context_counter_dispose;

  signals[COUNTED] = g_signal_new ("counted", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                   NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
baleen_context_counter_init (BaleenContextCounter *self)
{
}

BaleenContextCounter *
baleen_context_counter_new (BaleenEngineService *engine)
{
  BaleenContextCounter *self = g_object_new (BALEEN_TYPE_CONTEXT_COUNTER, NULL);

  self->engine = g_object_ref (engine);
  return self;
}

/* What the thread needs; the counter itself belongs to the main thread. */
typedef struct
{
  BaleenEngineService *engine; /* (owned) */
  BaleenRequest *request;      /* (owned) */
} Work;

static void
work_free (gpointer data)
{
  Work *work = data;

  g_object_unref (work->engine);
  baleen_request_free (work->request);
  g_free (work);
}

static void
count_in_thread (GTask        *task,
                 gpointer      source,
                 gpointer      data,
                 GCancellable *cancellable)
{
  Work *work = data;
  GError *error = NULL;
  BaleenPromptCount *count = baleen_engine_service_count (work->engine, work->request, &error);

  if (count != NULL)
    g_task_return_pointer (task, count, (GDestroyNotify) baleen_prompt_count_free);
  else
    g_task_return_error (task, error);
}

static void start (BaleenContextCounter *self);

static void
counted_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  BaleenContextCounter *self = BALEEN_CONTEXT_COUNTER (source);

  g_clear_pointer (&self->count, baleen_prompt_count_free);
  self->count = g_task_propagate_pointer (G_TASK (result), NULL);
  self->is_counting = FALSE;
  if (self->next != NULL)
    start (self);
  g_signal_emit (self, signals[COUNTED], 0);
}

static void
start (BaleenContextCounter *self)
{
  g_autoptr (GTask) task = g_task_new (self, NULL, counted_cb, NULL);
  Work *work = g_new0 (Work, 1);

  work->engine = g_object_ref (self->engine);
  work->request = g_steal_pointer (&self->next);
  self->is_counting = TRUE;
  g_task_set_task_data (task, work, work_free);
  g_task_run_in_thread (task, count_in_thread);
}

void
baleen_context_counter_count (BaleenContextCounter *self,
                              BaleenRequest        *request)
{
  g_clear_pointer (&self->next, baleen_request_free);
  self->next = request;
  if (!self->is_counting)
    start (self);
}

const BaleenPromptCount *
baleen_context_counter_get (BaleenContextCounter *self)
{
  return self->count;
}

gboolean
baleen_context_counter_get_is_stale (BaleenContextCounter *self)
{
  return self->is_counting;
}
