#include "template-taking.h"

#include "template-import.h"
#include "template-parser.h"

#include <glib/gi18n.h>
#include <glib/gstdio.h>

/* What is done once the file is read, of which the writing of each template is a part. */
#define SHARES 1000

struct _BaleenTemplateTaking
{
  char *path;                     /* (owned) */
  BaleenTemplateImport import;    /* of the thread while it runs */
  BaleenTemplateLibrary *library; /* (owned) (nullable) the same */
  guint n_taken;
  int n_shares;                   /* (atomic) */
};

static void
clear (gpointer data)
{
  BaleenTemplateTaking *self = data;

  g_free (self->path);
  baleen_template_import_clear (&self->import);
  g_clear_pointer (&self->library, baleen_template_library_free);
}

BaleenTemplateTaking *
baleen_template_taking_new (const char *path)
{
  BaleenTemplateTaking *self = g_atomic_rc_box_new0 (BaleenTemplateTaking);

  self->path = g_strdup (path);
  return self;
}

BaleenTemplateTaking *
baleen_template_taking_ref (BaleenTemplateTaking *self)
{
  return g_atomic_rc_box_acquire (self);
}

void
baleen_template_taking_unref (BaleenTemplateTaking *self)
{
  g_atomic_rc_box_release_full (self, clear);
}

double
baleen_template_taking_get_share (BaleenTemplateTaking *self)
{
  return (double) g_atomic_int_get (&self->n_shares) / SHARES;
}

guint
baleen_template_taking_get_n_taken (BaleenTemplateTaking *self)
{
  return self->n_taken;
}

GPtrArray *
baleen_template_taking_get_left_out (BaleenTemplateTaking *self)
{
  return self->import.left_out;
}

BaleenTemplateLibrary *
baleen_template_taking_steal_library (BaleenTemplateTaking *self)
{
  return g_steal_pointer (&self->library);
}

/* An id that none has yet, neither there nor in this import. */
static void
give_own_id (BaleenTemplate        *template_,
             BaleenTemplateLibrary *library,
             GHashTable            *written)
{
  g_autofree char *id = g_strdup (template_->id);

  for (guint i = 2; baleen_template_library_find (library, id, NULL) != NULL
                    || g_hash_table_contains (written, id) || baleen_template_library_is_own (id);
       i++)
    {
      g_free (id);
      id = g_strdup_printf ("%s-%u", template_->id, i);
    }
  if (g_str_equal (id, template_->id))
    return;

  g_free (template_->id);
  g_free (template_->source);
  template_->id = g_steal_pointer (&id);
  template_->source = baleen_template_write (template_);
}

static void
take_one (BaleenTemplateTaking *self,
          BaleenTemplate       *template_,
          GHashTable           *written)
{
  g_autoptr (GError) error = NULL;

  give_own_id (template_, self->library, written);
  if (self->library->n_own + g_hash_table_size (written) >= BALEEN_TEMPLATE_LIBRARY_MOST_FILES)
    {
      g_ptr_array_add (self->import.left_out,
                       g_strdup_printf (_("“%s” is left out: there is room for %u templates of "
                                          "your own. Delete some first."),
                                        template_->title, BALEEN_TEMPLATE_LIBRARY_MOST_FILES));
      return;
    }
  if (baleen_template_library_save (template_, FALSE, &error))
    g_hash_table_add (written, g_strdup (template_->id));
  else
    g_ptr_array_add (self->import.left_out, g_strdup (error->message));
}

static void
take_away (GHashTable *written)
{
  GHashTableIter iter;
  gpointer id;

  g_hash_table_iter_init (&iter, written);
  while (g_hash_table_iter_next (&iter, &id, NULL))
    {
      g_autofree char *path = baleen_template_library_get_own_path (id);

      g_unlink (path);
    }
}

static void
run_thread (GTask        *task,
            gpointer      source_object,
            gpointer      task_data,
            GCancellable *cancellable)
{
  BaleenTemplateTaking *self = task_data;
  g_autoptr (GHashTable) written = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  GError *error = NULL;

  if (!baleen_template_import_load (&self->import, self->path, &error))
    {
      g_task_return_error (task, error);
      return;
    }

  self->library = baleen_template_library_new ();
  for (guint i = 0; i < self->import.taken->len; i++)
    {
      if (g_cancellable_is_cancelled (cancellable))
        break;
      take_one (self, self->import.taken->pdata[i], written);
      g_atomic_int_set (&self->n_shares, (i + 1) * (gint64) SHARES / self->import.taken->len);
    }
  if (g_cancellable_is_cancelled (cancellable))
    {
      take_away (written);
      g_task_return_error_if_cancelled (task);
      return;
    }

  self->n_taken = g_hash_table_size (written);
  baleen_template_library_free (self->library);
  self->library = baleen_template_library_new ();
  g_task_return_boolean (task, TRUE);
}

void
baleen_template_taking_run_async (BaleenTemplateTaking *self,
                                  GCancellable         *cancellable,
                                  GAsyncReadyCallback   callback,
                                  gpointer              user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);

  g_task_set_source_tag (task, baleen_template_taking_run_async);
  /* What was not cancelled in time is there and is told. */
  g_task_set_check_cancellable (task, FALSE);
  g_task_set_task_data (task, baleen_template_taking_ref (self),
                        (GDestroyNotify) baleen_template_taking_unref);
  g_task_run_in_thread (task, run_thread);
}

gboolean
baleen_template_taking_run_finish (BaleenTemplateTaking *self,
                                   GAsyncResult         *result,
                                   GError              **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}
