/* What was said in another conversation goes with a message as a file does. */
#include "baleen-window-private.h"

#include <glib/gi18n.h>

#include "baleen-conversation-chooser.h"
#include "baleen-words.h"
#include "history-export.h"

/* On the thread of the database: the conversation as it would be exported. */
static void
read_conversation (BaleenDatabase *database,
                   GTask          *task)
{
  GError *error = NULL;
  g_autoptr (GPtrArray) items
      = baleen_history_collect (database, g_task_get_task_data (task), &error);

  if (items != NULL)
    g_task_return_pointer (task, baleen_history_export_markdown (items, FALSE), g_free);
  else
    g_task_return_error (task, error);
}

typedef struct
{
  BaleenWindow *window; /* (owned) */
  char *title;          /* (owned) */
} Taking;

static void
read_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  Taking *taking = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = g_task_propagate_pointer (G_TASK (result), &error);

  if (taking->window->conversation == NULL)
    ; /* closed meanwhile */
  else if (text != NULL)
    baleen_window_attach_named_text (taking->window, taking->title, text);
  else
    baleen_window_show_chat_banner (taking->window, error->message, NULL, NULL);
  g_object_unref (taking->window);
  g_free (taking->title);
  g_free (taking);
}

static void
chosen_cb (BaleenWindow       *self,
           BaleenConversation *conversation)
{
  BaleenHistory *history = baleen_application_get_history (self->application);
  const gint64 id = baleen_conversation_get_id (conversation);
  GArray *ids = g_array_new (FALSE, FALSE, sizeof id);
  Taking *taking = g_new (Taking, 1);

  taking->window = g_object_ref (self);
  taking->title = g_strdup (baleen_words_title (conversation));
  g_array_append_val (ids, id);
  baleen_store_run (baleen_history_get_store (history), read_conversation, ids,
                    (GDestroyNotify) g_array_unref, NULL, read_cb, taking);
}

static void
take_cb (GtkWidget  *widget,
         const char *name,
         GVariant   *parameter)
{
  BaleenWindow *self = BALEEN_WINDOW (widget);
  GtkWindow *chooser;

  if (self->conversation == NULL)
    return;
  chooser = baleen_conversation_chooser_new (
      GTK_WINDOW (self), baleen_application_get_history (self->application), self->conversation);
  g_signal_connect_object (chooser, "chosen", G_CALLBACK (chosen_cb), self, G_CONNECT_SWAPPED);
  gtk_window_present (chooser);
}

void
baleen_window_class_install_taking_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "win.take-from-conversation", NULL, take_cb);
}
