#include "baleen-turn-chooser.h"

#include <glib/gi18n.h>
#include <string.h>

/* A question and what follows it up to the next one. */
typedef struct
{
  GPtrArray *messages; /* (owned) of BaleenMessage */
  BaleenHistory *history;
  BaleenConversation *conversation; /* (owned) */
  void (*changed) (gpointer user_data);
  gpointer user_data;
} Turn;

/* Longer beginnings are not shown. */
#define BEGINNING_CHARS 120

static void
turn_free (gpointer  data,
           GClosure *closure)
{
  Turn *turn = data;

  g_ptr_array_unref (turn->messages);
  g_object_unref (turn->conversation);
  g_free (turn);
}

static void
toggled_cb (GtkCheckButton *check,
            Turn           *turn)
{
  const gboolean is_left_out = !gtk_check_button_get_active (check);

  for (guint i = 0; i < turn->messages->len; i++)
    {
      baleen_message_set_is_left_out (turn->messages->pdata[i], is_left_out);
      baleen_history_save (turn->history, turn->conversation, turn->messages->pdata[i], TRUE);
    }
  turn->changed (turn->user_data);
}

static char *
get_beginning (BaleenMessage *message)
{
  g_autofree char *text = g_strdup (baleen_message_get_text (message));
  char *line = g_strdelimit (g_strstrip (text), "\n\t", ' ');

  if (g_utf8_strlen (line, -1) <= BEGINNING_CHARS)
    return g_strdup (line);
  *g_utf8_offset_to_pointer (line, BEGINNING_CHARS) = '\0';
  return g_strconcat (line, "…", NULL);
}

/* ---- how long it is --------------------------------------------------------------------- */

typedef struct
{
  BaleenEngineService *engine; /* (owned) */
  BaleenRequest *request;      /* (owned) */
} Counting;

static void
counting_free (gpointer data)
{
  Counting *counting = data;

  g_object_unref (counting->engine);
  baleen_request_free (counting->request);
  g_free (counting);
}

static void
count_in_thread (GTask        *task,
                 gpointer      source,
                 gpointer      data,
                 GCancellable *cancellable)
{
  Counting *counting = data;
  g_autoptr (BaleenPromptCount) count
      = baleen_engine_service_count (counting->engine, counting->request, NULL);

  g_task_return_int (task, count != NULL ? (gssize) (count->parts[BALEEN_COUNT_MESSAGE]) : -1);
}

static void
counted_cb (GObject      *row,
            GAsyncResult *result,
            gpointer      user_data)
{
  const int n = g_task_propagate_int (G_TASK (result), NULL);
  g_autofree char *words = NULL;

  if (n < 0)
    return;
  words = g_strdup_printf (g_dngettext (NULL, "%'d token", "%'d tokens", n), n);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), words);
}

static void
count_turn (GtkWidget           *row,
            BaleenEngineService *engine,
            GPtrArray           *messages)
{
  g_autoptr (GTask) task = g_task_new (row, NULL, counted_cb, NULL);
  Counting *counting = g_new0 (Counting, 1);

  counting->engine = g_object_ref (engine);
  counting->request = baleen_request_new (BALEEN_THINK_OFF);
  /* One role, so that they count as one message. */
  for (guint i = 0; i < messages->len; i++)
    baleen_request_add (counting->request, BALEEN_ROLE_USER,
                        baleen_message_get_text (messages->pdata[i]), NULL);
  g_task_set_task_data (task, counting, counting_free);
  g_task_run_in_thread (task, count_in_thread);
}

/* ---- the list --------------------------------------------------------------------------- */

static void
add_turn (AdwPreferencesGroup *group,
          BaleenEngineService *engine,
          Turn                *turn)
{
  g_autofree char *beginning = get_beginning (turn->messages->pdata[0]);
  g_autofree char *name = g_strdup_printf (_("Send “%s”"), beginning);
  GtkWidget *check = gtk_check_button_new ();
  GtkWidget *row = g_object_new (ADW_TYPE_ACTION_ROW, "use-markup", FALSE, "title", beginning,
                                 "title-lines", 2, "subtitle", " ", "activatable-widget", check,
                                 NULL);

  gtk_check_button_set_active (GTK_CHECK_BUTTON (check),
                               !baleen_message_get_is_left_out (turn->messages->pdata[0]));
  gtk_accessible_update_property (GTK_ACCESSIBLE (check), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  g_signal_connect_data (check, "toggled", G_CALLBACK (toggled_cb), turn, turn_free, 0);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), check);
  adw_preferences_group_add (group, row);
  count_turn (row, engine, turn->messages);
}

static gboolean
begins_turn (BaleenMessage *message)
{
  return baleen_message_get_role (message) == BALEEN_ROLE_USER;
}

static void
fill (AdwPreferencesGroup *group,
      BaleenApplication   *application,
      Turn                 pattern)
{
  GListModel *list = G_LIST_MODEL (pattern.conversation);
  const guint n = g_list_model_get_n_items (list);
  Turn *turn = NULL;

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (BaleenMessage) message = g_list_model_get_item (list, i);

      if (baleen_message_get_role (message) == BALEEN_ROLE_SYSTEM
          || baleen_state_is_running (baleen_message_get_state (message)))
        continue;
      if (turn != NULL && begins_turn (message))
        add_turn (group, baleen_application_get_engine (application), g_steal_pointer (&turn));
      if (turn == NULL)
        {
          turn = g_memdup2 (&pattern, sizeof pattern);
          turn->conversation = g_object_ref (pattern.conversation);
          turn->messages = g_ptr_array_new_with_free_func (g_object_unref);
        }
      g_ptr_array_add (turn->messages, g_steal_pointer (&message));
    }
  if (turn != NULL)
    add_turn (group, baleen_application_get_engine (application), turn);
}

GtkWindow *
baleen_turn_chooser_new (GtkWindow          *owner,
                         BaleenApplication  *application,
                         BaleenConversation *conversation,
                         void              (*changed) (gpointer user_data),
                         gpointer            user_data)
{
  GtkWidget *window
      = g_object_new (ADW_TYPE_PREFERENCES_WINDOW, "title", _("Choose Turns to Leave Out"),
                      "transient-for", owner, "modal", TRUE, "destroy-with-parent", TRUE,
                      "search-enabled", FALSE, "default-width", 520, "default-height", 560, NULL);
  AdwPreferencesPage *page = g_object_new (ADW_TYPE_PREFERENCES_PAGE, NULL);
  AdwPreferencesGroup *group
      = g_object_new (ADW_TYPE_PREFERENCES_GROUP, "description",
                      _("What is not ticked stays here to be read, but is not sent to the model."),
                      NULL);
  const Turn pattern = { NULL, baleen_application_get_history (application), conversation, changed,
                         user_data };

  fill (group, application, pattern);
  adw_preferences_page_add (page, group);
  adw_preferences_window_add (ADW_PREFERENCES_WINDOW (window), page);
  return GTK_WINDOW (window);
}
