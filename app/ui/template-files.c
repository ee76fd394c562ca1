#include "template-files.h"

#include <glib/gi18n.h>

#include "extractor.h"

/* Of each path the last state of the file. */
typedef struct
{
  guint64 modified;
  guint64 size;
  char *text;    /* (owned) (nullable) */
  GError *error; /* (owned) (nullable) neither: it is being read */
} Reading;

typedef struct
{
  void (*func) (gpointer owner);
  GWeakRef owner;
} Waiting;

static GHashTable *readings; /* (owned) of Reading, by path; while the program runs */

static void
reading_free (gpointer data)
{
  Reading *reading = data;

  g_free (reading->text);
  g_clear_error (&reading->error);
  g_free (reading);
}

static void
waiting_free (Waiting *waiting)
{
  g_weak_ref_clear (&waiting->owner);
  g_free (waiting);
}

static void
read_in_thread (GTask        *task,
                gpointer      source,
                gpointer      data,
                GCancellable *cancellable)
{
  GError *error = NULL;
  g_autoptr (BaleenDocument) document = extractor_read (data, cancellable, &error);

  if (document == NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, baleen_document_get_text (document), g_free);
}

static void
read_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  Reading *reading = g_hash_table_lookup (readings, g_task_get_task_data (G_TASK (result)));
  Waiting *waiting = user_data;
  g_autoptr (GObject) owner = g_weak_ref_get (&waiting->owner);
  g_autoptr (GError) error = NULL;
  g_autofree char *text = g_task_propagate_pointer (G_TASK (result), &error);

  if (reading != NULL)
    {
      g_free (reading->text);
      g_clear_error (&reading->error);
      reading->text = g_steal_pointer (&text);
      reading->error = g_steal_pointer (&error);
    }
  if (owner != NULL)
    waiting->func (owner);
  waiting_free (waiting);
}

/* What is known of the file as it is now; NULL when it has to be read. */
static Reading *
find (const char *path)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GFileInfo) info
      = g_file_query_info (file, "time::modified,standard::size", G_FILE_QUERY_INFO_NONE, NULL, NULL);
  const guint64 modified
      = info != NULL ? g_file_info_get_attribute_uint64 (info, "time::modified") : 0;
  const guint64 size = info != NULL ? g_file_info_get_size (info) : 0;
  Reading *reading;

  if (readings == NULL)
    readings = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, reading_free);
  reading = g_hash_table_lookup (readings, path);
  if (reading != NULL && reading->modified == modified && reading->size == size)
    return reading;

  reading = g_new0 (Reading, 1);
  reading->modified = modified;
  reading->size = size;
  g_hash_table_replace (readings, g_strdup (path), reading);
  return NULL;
}

char *
baleen_template_files_read (const char *path,
                            GError    **error)
{
  Reading *reading = readings != NULL ? g_hash_table_lookup (readings, path) : NULL;
  g_autofree char *name = g_path_get_basename (path);

  if (reading != NULL && reading->text != NULL)
    return g_strdup (reading->text);
  if (reading != NULL && reading->error != NULL)
    g_propagate_error (error, g_error_copy (reading->error));
  else
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_PENDING, _("“%s” is being read…"), name);
  return NULL;
}

void
baleen_template_files_wait (const char *path,
                            GCallback   func,
                            GObject    *owner)
{
  g_autoptr (GTask) task = NULL;
  Waiting *waiting;

  if (find (path) != NULL)
    {
      ((void (*) (gpointer)) func) (owner);
      return;
    }
  waiting = g_new0 (Waiting, 1);
  waiting->func = (void (*) (gpointer)) func;
  g_weak_ref_init (&waiting->owner, owner);
  task = g_task_new (NULL, NULL, read_cb, waiting);
  g_task_set_task_data (task, g_strdup (path), g_free);
  g_task_run_in_thread (task, read_in_thread);
}
