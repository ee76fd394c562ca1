#include "history-watch.h"

#include "baleen-database-private.h"
#include "baleen-schema.h"

/* Our own writes make the file change too: several a second while an answer is written. */
#define LOOK_MILLISECONDS 500

struct _BaleenHistoryWatch
{
  BaleenStore *store;         /* (owned) */
  GFileMonitor *monitor;      /* (owned) (nullable) */
  GCancellable *cancellable;  /* (owned) */
  GSourceFunc callback;
  gpointer user_data;
  gint64 version; /* of what others wrote; -1 before the first look */
  guint source;
};

/* SQLite counts what other connections commit. */
static void
read_version (BaleenDatabase *database,
              GTask          *task)
{
  g_task_return_int (task, baleen_schema_get_pragma (database->db, "data_version"));
}

static void
looked_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (GError) error = NULL;
  const gint64 version = g_task_propagate_int (G_TASK (result), &error);
  BaleenHistoryWatch *self = user_data;
  gint64 before;

  /* Cancelled, it is gone. */
  if (error != NULL)
    return;
  before = self->version;
  self->version = version;
  if (before >= 0 && before != version)
    self->callback (self->user_data);
}

static gboolean
look_cb (gpointer user_data)
{
  BaleenHistoryWatch *self = user_data;

  self->source = 0;
  baleen_store_run (self->store, read_version, NULL, NULL, self->cancellable, looked_cb, self);
  return G_SOURCE_REMOVE;
}

static void
changed_cb (BaleenHistoryWatch *self)
{
  if (self->source == 0)
    self->source = g_timeout_add (LOOK_MILLISECONDS, look_cb, self);
}

BaleenHistoryWatch *
baleen_history_watch_new (BaleenStore *store,
                          GSourceFunc  callback,
                          gpointer     user_data)
{
  BaleenHistoryWatch *self = g_new0 (BaleenHistoryWatch, 1);
  g_autofree char *path = g_strconcat (baleen_store_get_path (store), "-wal", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);

  self->store = g_object_ref (store);
  self->cancellable = g_cancellable_new ();
  self->callback = callback;
  self->user_data = user_data;
  self->version = -1;
  self->monitor = g_file_monitor_file (file, G_FILE_MONITOR_NONE, NULL, NULL);
  if (self->monitor != NULL)
    g_signal_connect_swapped (self->monitor, "changed", G_CALLBACK (changed_cb), self);
  look_cb (self);
  return self;
}

void
baleen_history_watch_free (BaleenHistoryWatch *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_handle_id (&self->source, g_source_remove);
  if (self->monitor != NULL)
    g_signal_handlers_disconnect_by_data (self->monitor, self);
  g_clear_object (&self->monitor);
  g_object_unref (self->cancellable);
  g_object_unref (self->store);
  g_free (self);
}
