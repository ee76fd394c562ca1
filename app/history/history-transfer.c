#include "history-transfer.h"

#include <glib/gi18n-lib.h>

/* ---- out -------------------------------------------------------------------------------- */

typedef struct
{
  GPtrArray *items; /* (owned) (nullable) until they are read */
  BaleenExportFormat format;
  gboolean with_thoughts;
  char *path; /* (owned) */
} Export;

static void
export_free (gpointer data)
{
  Export *export = data;

  g_clear_pointer (&export->items, g_ptr_array_unref);
  g_free (export->path);
  g_free (export);
}

static BaleenHistoryItem *
make_item (BaleenConversation *conversation)
{
  g_autoptr (GPtrArray) all = baleen_conversation_get_all (conversation);
  GPtrArray *records
      = g_ptr_array_new_with_free_func ((GDestroyNotify) baleen_message_record_free);

  for (guint i = 0; i < all->len; i++)
    g_ptr_array_add (records, baleen_message_record_new (conversation, all->pdata[i]));
  return baleen_history_item_new (baleen_conversation_record_new (conversation), records);
}

static void
write_items (GTask        *task,
             gpointer      source,
             gpointer      data,
             GCancellable *cancellable)
{
  const Export *export = data;
  g_autofree char *text
      = baleen_history_export (export->items, export->format, export->with_thoughts);
  g_autofree char *base = g_path_get_basename (export->path);
  g_autoptr (GError) error = NULL;

  if (g_file_set_contents (export->path, text, -1, &error))
    g_task_return_boolean (task, TRUE);
  else if (g_error_matches (error, G_FILE_ERROR, G_FILE_ERROR_NOSPC))
    g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_NO_SPACE,
                             _("“%s” could not be written: the disk is full."), base);
  else
    g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_FAILED,
                             _("“%s” could not be written. Choose another folder."), base);
}

static void
collect_cb (BaleenDatabase *database,
            GTask          *task)
{
  GArray *ids = g_task_get_task_data (task);
  GError *error = NULL;
  GPtrArray *items = baleen_history_collect (database, ids->len > 0 ? ids : NULL, &error);

  if (items != NULL)
    g_task_return_pointer (task, items, (GDestroyNotify) g_ptr_array_unref);
  else
    g_task_return_error (task, error);
}

static void
collected_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  Export *export = g_task_get_task_data (task);

  export->items = g_task_propagate_pointer (G_TASK (result), &error);
  if (export->items != NULL)
    g_task_run_in_thread (task, write_items);
  else
    g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_FAILED,
                             _("History could not be opened: %s."), error->message);
}

void
baleen_history_export_async (BaleenHistory      *history,
                             BaleenConversation *conversation,
                             BaleenExportFormat  format,
                             gboolean            with_thoughts,
                             const char         *path,
                             GAsyncReadyCallback callback,
                             gpointer            user_data)
{
  GTask *task = g_task_new (history, NULL, callback, user_data);
  Export *export = g_new0 (Export, 1);
  GArray *ids;

  export->format = format;
  export->with_thoughts = with_thoughts;
  export->path = g_strdup (path);
  g_task_set_task_data (task, export, export_free);
  if (conversation != NULL && baleen_conversation_get_is_loaded (conversation))
    {
      export->items
          = g_ptr_array_new_with_free_func ((GDestroyNotify) baleen_history_item_free);
      g_ptr_array_add (export->items, make_item (conversation));
      g_task_run_in_thread (task, write_items);
      g_object_unref (task);
      return;
    }

  ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  if (conversation != NULL)
    g_array_append_val (ids, (gint64) { baleen_conversation_get_id (conversation) });
  baleen_store_run (baleen_history_get_store (history), collect_cb, ids,
                    (GDestroyNotify) g_array_unref, NULL, collected_cb, task);
}

gboolean
baleen_history_export_finish (GAsyncResult *result,
                              GError      **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

/* ---- in --------------------------------------------------------------------------------- */

static void
read_cb (GTask        *task,
         gpointer      source,
         gpointer      data,
         GCancellable *cancellable)
{
  GError *error = NULL;
  BaleenHistoryImport *import = baleen_history_import_load (data, &error);

  if (import != NULL)
    g_task_return_pointer (task, import, (GDestroyNotify) baleen_history_import_free);
  else
    g_task_return_error (task, error);
}

static void
store_cb (BaleenDatabase *database,
          GTask          *task)
{
  GError *error = NULL;
  BaleenHistoryIntake *intake
      = baleen_history_import_store (g_task_get_task_data (task), database, &error);

  if (intake != NULL)
    g_task_return_pointer (task, intake, (GDestroyNotify) baleen_history_intake_free);
  else
    g_task_return_error (task, error);
}

static void
stored_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  BaleenHistoryIntake *intake = g_task_propagate_pointer (G_TASK (result), &error);
  g_autofree char *base = g_path_get_basename (g_task_get_task_data (task));

  if (intake == NULL)
    {
      g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_FAILED,
                               _("“%s” could not be imported: %s. Nothing was changed."), base,
                               error->message);
      return;
    }
  baleen_history_take_in (g_task_get_source_object (task), intake->taken);
  g_task_return_pointer (task, intake, (GDestroyNotify) baleen_history_intake_free);
}

static void
read_done_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  GTask *task = user_data;
  GError *error = NULL;
  BaleenHistoryImport *import = g_task_propagate_pointer (G_TASK (result), &error);

  if (import == NULL)
    {
      g_task_return_error (task, error);
      g_object_unref (task);
      return;
    }
  baleen_store_run (baleen_history_get_store (BALEEN_HISTORY (source)), store_cb, import,
                    (GDestroyNotify) baleen_history_import_free, NULL, stored_cb, task);
}

void
baleen_history_import_async (BaleenHistory      *history,
                             const char         *path,
                             GAsyncReadyCallback callback,
                             gpointer            user_data)
{
  GTask *task = g_task_new (history, NULL, callback, user_data);
  g_autoptr (GTask) reading = g_task_new (history, NULL, read_done_cb, task);

  g_task_set_task_data (task, g_strdup (path), g_free);
  g_task_set_task_data (reading, g_strdup (path), g_free);
  g_task_run_in_thread (reading, read_cb);
}

BaleenHistoryIntake *
baleen_history_import_finish (GAsyncResult *result,
                              GError      **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
