#include "baleen-store.h"

#include <glib/gstdio.h>

#include "baleen-history-merge.h"
#include "baleen-outbox.h"
#include "history-file.h"

struct _BaleenStore
{
  GObject parent_instance;

  char *directory;   /* (owned) */
  GThread *thread;   /* (owned) (nullable) once closed */
  GAsyncQueue *jobs; /* (owned) of BaleenStoreJob */

  BaleenStoreStatus status;
  char *detail; /* (owned) (nullable) */
  char *path;   /* (owned) (nullable) set before open is answered */
  gint64 last_id;

  /* The database thread's own. */
  BaleenDatabase *database; /* (owned) (nullable) until opened */
  gboolean is_looking;      /* it cannot be written, and is opened again until it can */
  BaleenOutbox *outbox;     /* (owned) */
  BaleenStoreStatus opened; /* how it was opened, while writing works */
  char *opened_detail;      /* (owned) (nullable) */
  BaleenStoreStatus told;   /* the status last sent to the main thread */
  gint64 last_id_on_disk;   /* set before open is answered */
  int lock;                 /* descriptor; -1 when not held */
};

typedef enum
{
  JOB_OPEN,
  JOB_LOAD,
  JOB_SAVE,
  JOB_DELETE,
  JOB_RUN,
  JOB_RETRY,
  JOB_CLOSE,
} JobKind;

typedef struct
{
  JobKind kind;
  GTask *task;                            /* (owned) (nullable) */
  gint64 id;                              /* of a conversation */
  BaleenConversationRecord *conversation; /* (owned) (nullable) */
  BaleenMessageRecord *message;           /* (owned) (nullable) */
  gboolean is_lasting;
  BaleenStoreFunc func; /* (nullable) */
} BaleenStoreJob;

/* What the database thread tells the main thread. */
typedef struct
{
  BaleenStore *store; /* (owned) */
  BaleenStoreStatus status;
  char *detail; /* (owned) (nullable) */
} StatusReport;

/* A disk that refused is asked again this often. */
#define RETRY_MICROSECONDS (2 * G_USEC_PER_SEC)

G_DEFINE_FINAL_TYPE (BaleenStore, baleen_store, G_TYPE_OBJECT)

enum
{
  PROP_0,
  PROP_STATUS,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

static void
job_free (BaleenStoreJob *job)
{
  g_clear_object (&job->task);
  g_clear_pointer (&job->conversation, baleen_conversation_record_free);
  g_clear_pointer (&job->message, baleen_message_record_free);
  g_free (job);
}

/* ---- on the database thread --------------------------------------------------------- */

static gboolean
take_status_cb (gpointer user_data)
{
  StatusReport *report = user_data;
  BaleenStore *self = report->store;

  self->status = report->status;
  g_free (self->detail);
  self->detail = g_steal_pointer (&report->detail);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_STATUS]);
  g_object_unref (report->store);
  g_free (report);
  return G_SOURCE_REMOVE;
}

static void
tell_status (BaleenStore      *self,
             BaleenStoreStatus status,
             const char       *detail)
{
  StatusReport *report;

  if (self->told == status)
    return;

  self->told = status;
  report = g_new (StatusReport, 1);
  report->store = g_object_ref (self);
  report->status = status;
  report->detail = g_strdup (detail);
  g_main_context_invoke (NULL, take_status_cb, report);
}

/* Beside a history that cannot be read a second one is kept, and found again next time. */
static void
open_beside (BaleenStore *self)
{
  for (guint i = 2; i < BALEEN_HISTORY_STAND_INS && self->database == NULL; i++)
    {
      g_autofree char *path = baleen_history_stand_in (self->directory, i);

      self->database = baleen_database_open (path, BALEEN_DATABASE_ALONE, NULL);
      if (self->database != NULL)
        self->path = g_steal_pointer (&path);
    }
}

/* A disk without room, or one that may only be read, shows what it has; what is said is kept in
 * memory until the history can be opened for writing. A new history begins in memory altogether. */
static gboolean
open_for_looking (BaleenStore  *self,
                  const char   *path,
                  const GError *trouble)
{
  GStatBuf file;

  if (!baleen_history_may_be_looked_at (self->directory, trouble))
    return FALSE;

  if (g_stat (path, &file) != 0 || file.st_size == 0)
    self->database = baleen_database_open (NULL, BALEEN_DATABASE_ALONE, NULL);
  else
    self->database = baleen_history_look_into (self->directory);
  self->is_looking = self->database != NULL;
  return self->is_looking;
}

/* Whether the history, which was only looked at, can be written now. */
static gboolean
open_for_writing (BaleenStore *self,
                  GError     **error)
{
  g_autofree char *path = g_build_filename (self->directory, "history.sqlite", NULL);
  BaleenDatabase *database;

  g_mkdir_with_parents (self->directory, 0700);
  database = baleen_database_open (path, BALEEN_DATABASE_ALONE, error);
  if (database == NULL)
    return FALSE;

  baleen_database_close (self->database);
  self->database = database;
  self->path = g_steal_pointer (&path);
  self->is_looking = FALSE;
  return TRUE;
}

static void
open_database (BaleenStore *self)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = g_build_filename (self->directory, "history.sqlite", NULL);

  self->opened = BALEEN_STORE_READY;
  g_mkdir_with_parents (self->directory, 0700);
  if (!baleen_history_take_lock (self->directory, &self->lock))
    {
      self->opened = BALEEN_STORE_LOCKED;
    }
  else
    {
      self->database = baleen_database_open (path, BALEEN_DATABASE_ALONE, &error);
      if (self->database != NULL)
        self->path = g_steal_pointer (&path);
      else if (g_error_matches (error, BALEEN_DATABASE_ERROR, BALEEN_DATABASE_ERROR_NEWER))
        self->opened = BALEEN_STORE_NEWER;
      else if (open_for_looking (self, path, error))
        return;
      else
        self->opened = BALEEN_STORE_UNREADABLE;
    }

  if (self->opened == BALEEN_STORE_READY)
    baleen_history_merge (self->database, self->directory);
  if (self->opened == BALEEN_STORE_UNREADABLE)
    open_beside (self);
  if (self->database == NULL)
    self->database = baleen_database_open (NULL, BALEEN_DATABASE_ALONE, NULL);
  self->opened_detail = error != NULL ? g_strdup (error->message) : NULL;
}

static void
run_open (BaleenStore    *self,
          BaleenStoreJob *job)
{
  g_autoptr (GPtrArray) records = NULL;
  GError *error = NULL;

  open_database (self);
  self->last_id_on_disk = baleen_database_get_last_id (self->database);
  records = baleen_database_list (self->database, &error);
  tell_status (self, self->opened, self->opened_detail);
  if (records != NULL)
    g_task_return_pointer (job->task, g_steal_pointer (&records),
                           (GDestroyNotify) g_ptr_array_unref);
  else
    g_task_return_error (job->task, error);
}

static void
run_load (BaleenStore    *self,
          BaleenStoreJob *job)
{
  GError *error = NULL;
  GPtrArray *records = baleen_database_load (self->database, job->id, &error);

  if (records == NULL)
    {
      g_task_return_error (job->task, error);
      return;
    }
  baleen_outbox_overlay (self->outbox, job->id, records);
  g_task_return_pointer (job->task, records, (GDestroyNotify) g_ptr_array_unref);
}

static gboolean
flush (BaleenStore *self)
{
  g_autoptr (GError) error = NULL;

  if (self->database == NULL)
    return baleen_outbox_is_empty (self->outbox);
  if ((!self->is_looking || open_for_writing (self, &error))
      && baleen_outbox_flush (self->outbox, self->database, &error))
    {
      tell_status (self, self->opened, self->opened_detail);
      return TRUE;
    }

  tell_status (self,
               error->code == BALEEN_DATABASE_ERROR_FULL ? BALEEN_STORE_FULL
                                                         : BALEEN_STORE_FAILING,
               error->message);
  return baleen_outbox_is_empty (self->outbox);
}

static void
take_write (BaleenStore    *self,
            BaleenStoreJob *job)
{
  if (job->kind == JOB_DELETE)
    baleen_outbox_put_deletion (self->outbox, job->id);
  if (job->conversation != NULL)
    baleen_outbox_put_conversation (self->outbox, g_steal_pointer (&job->conversation));
  if (job->message != NULL)
    baleen_outbox_put_message (self->outbox, g_steal_pointer (&job->message));
  if (job->is_lasting)
    baleen_outbox_set_is_lasting (self->outbox);
}

static void
run_job (BaleenStore    *self,
         BaleenStoreJob *job)
{
  switch (job->kind)
    {
    case JOB_OPEN:
      run_open (self, job);
      break;
    case JOB_LOAD:
      run_load (self, job);
      break;
    case JOB_SAVE:
    case JOB_DELETE:
      take_write (self, job);
      break;
    case JOB_RUN:
      flush (self);
      job->func (self->database, job->task);
      break;
    case JOB_RETRY:
    case JOB_CLOSE:
      break;
    }
}

/* Everything that came together is written together. */
static gpointer
database_thread (gpointer user_data)
{
  BaleenStore *self = user_data;
  gboolean is_flushed = TRUE;
  gboolean is_closing = FALSE;

  while (!is_closing)
    {
      BaleenStoreJob *job = is_flushed
                                ? g_async_queue_pop (self->jobs)
                                : g_async_queue_timeout_pop (self->jobs, RETRY_MICROSECONDS);

      for (; job != NULL; job = g_async_queue_try_pop (self->jobs))
        {
          is_closing = is_closing || job->kind == JOB_CLOSE;
          run_job (self, job);
          job_free (job);
        }
      is_flushed = flush (self) && (!self->is_looking || is_closing);
    }

  g_clear_pointer (&self->database, baleen_database_close);
  baleen_history_drop_lock (self->lock);
  return GINT_TO_POINTER (is_flushed);
}

/* ---- on the main thread ------------------------------------------------------------- */

static void
push (BaleenStore   *self,
      BaleenStoreJob job)
{
  BaleenStoreJob *copy = g_memdup2 (&job, sizeof job);

  /* Closed, it keeps nothing more: the answer that is stopped by closing is there already. */
  if (self->thread != NULL)
    g_async_queue_push (self->jobs, copy);
  else
    job_free (copy);
}

static void
baleen_store_get_property (GObject    *object,
                           guint       property_id,
                           GValue     *value,
                           GParamSpec *pspec)
{
  if (property_id == PROP_STATUS)
    g_value_set_int (value, BALEEN_STORE (object)->status);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
}

/* The thread may take references while it ends, so it must end before finalization. */
static void
baleen_store_dispose (GObject *object)
{
  baleen_store_close (BALEEN_STORE (object));
  G_OBJECT_CLASS (baleen_store_parent_class)->dispose (object);
}

static void
baleen_store_finalize (GObject *object)
{
  BaleenStore *self = BALEEN_STORE (object);

  baleen_outbox_free (self->outbox);
  g_async_queue_unref (self->jobs);
  g_free (self->directory);
  g_free (self->detail);
  g_free (self->path);
  g_free (self->opened_detail);
  G_OBJECT_CLASS (baleen_store_parent_class)->finalize (object);
}

static void
baleen_store_class_init (BaleenStoreClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = baleen_store_get_property;
  object_class->dispose = baleen_store_dispose;
  object_class->finalize = baleen_store_finalize;

  properties[PROP_STATUS] = g_param_spec_int ("status", NULL, NULL, 0, G_MAXINT, 0,
                                              G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
baleen_store_init (BaleenStore *self)
{
  self->jobs = g_async_queue_new_full ((GDestroyNotify) job_free);
  self->outbox = baleen_outbox_new ();
  self->lock = -1;
}

BaleenStore *
baleen_store_new (const char *directory)
{
  BaleenStore *self = g_object_new (BALEEN_TYPE_STORE, NULL);

  self->directory = g_strdup (directory);
  self->thread = g_thread_new ("database", database_thread, self);
  return self;
}

void
baleen_store_open_async (BaleenStore        *self,
                         GAsyncReadyCallback callback,
                         gpointer            user_data)
{
  push (self, (BaleenStoreJob) {
                  .kind = JOB_OPEN,
                  .task = g_task_new (self, NULL, callback, user_data),
              });
}

GPtrArray *
baleen_store_open_finish (BaleenStore  *self,
                          GAsyncResult *result,
                          GError      **error)
{
  self->last_id = MAX (self->last_id, self->last_id_on_disk);
  return g_task_propagate_pointer (G_TASK (result), error);
}

void
baleen_store_load_async (BaleenStore        *self,
                         gint64              conversation_id,
                         GAsyncReadyCallback callback,
                         gpointer            user_data)
{
  push (self, (BaleenStoreJob) {
                  .kind = JOB_LOAD,
                  .id = conversation_id,
                  .task = g_task_new (self, NULL, callback, user_data),
              });
}

GPtrArray *
baleen_store_load_finish (BaleenStore  *self,
                          GAsyncResult *result,
                          GError      **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

void
baleen_store_save (BaleenStore        *self,
                   BaleenConversation *conversation,
                   BaleenMessage      *message,
                   gboolean            is_lasting)
{
  if (baleen_conversation_get_is_temporary (conversation))
    return;

  push (self,
        (BaleenStoreJob) {
            .kind = JOB_SAVE,
            .conversation = baleen_conversation_record_new (conversation),
            .message
            = message != NULL ? baleen_message_record_new (conversation, message) : NULL,
            .is_lasting = is_lasting,
        });
}

void
baleen_store_delete (BaleenStore *self,
                     gint64       conversation_id)
{
  push (self, (BaleenStoreJob) { .kind = JOB_DELETE, .id = conversation_id });
}

void
baleen_store_run (BaleenStore        *self,
                  BaleenStoreFunc     func,
                  gpointer            data,
                  GDestroyNotify      free_data,
                  GCancellable       *cancellable,
                  GAsyncReadyCallback callback,
                  gpointer            user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_task_data (task, data, free_data);
  push (self, (BaleenStoreJob) { .kind = JOB_RUN, .task = task, .func = func });
}

void
baleen_store_retry (BaleenStore *self)
{
  push (self, (BaleenStoreJob) { .kind = JOB_RETRY });
}

/* The clock gives ids before the file is open; where it was set back, what is on disk counts
 * on. */
gint64
baleen_store_next_id (BaleenStore *self)
{
  self->last_id = baleen_history_next_id (self->last_id, 0);
  return self->last_id;
}

gboolean
baleen_store_close (BaleenStore *self)
{
  if (self->thread == NULL)
    return TRUE;

  push (self, (BaleenStoreJob) { .kind = JOB_CLOSE });
  return GPOINTER_TO_INT (g_thread_join (g_steal_pointer (&self->thread)));
}

BaleenStoreStatus
baleen_store_get_status (BaleenStore *self)
{
  return self->status;
}

const char *
baleen_store_get_detail (BaleenStore *self)
{
  return self->detail;
}

const char *
baleen_store_get_path (BaleenStore *self)
{
  return self->path;
}
