/* What the window can be asked for about conversations as a whole. */
#include "baleen-window-private.h"

#include <glib/gi18n.h>

#include "baleen-words.h"

/* Long enough to see and to reach Undo. */
#define UNDO_SECONDS 10

static BaleenChat *
chat (BaleenWindow *self)
{
  return baleen_application_get_chat (self->application);
}

static BaleenHistory *
history (BaleenWindow *self)
{
  return baleen_application_get_history (self->application);
}

static void
move_conversation (BaleenWindow *self,
                   int           direction)
{
  GListModel *model = G_LIST_MODEL (history (self));
  const int n = g_list_model_get_n_items (model);
  int at = -1;

  for (int i = 0; i < n; i++)
    {
      g_autoptr (BaleenConversation) conversation = g_list_model_get_item (model, i);

      if (conversation == self->conversation)
        at = i;
    }
  at = at < 0 ? (direction > 0 ? 0 : n - 1) : at + direction;
  if (at >= 0 && at < n)
    {
      g_autoptr (BaleenConversation) conversation = g_list_model_get_item (model, at);

      baleen_window_open (self, conversation, 0);
    }
}

static void
previous_conversation_cb (GtkWidget  *widget,
                          const char *name,
                          GVariant   *parameter)
{
  move_conversation (BALEEN_WINDOW (widget), -1);
}

static void
next_conversation_cb (GtkWidget  *widget,
                      const char *name,
                      GVariant   *parameter)
{
  move_conversation (BALEEN_WINDOW (widget), 1);
}

/* The one whose row in the sidebar has the focus, else the one that is shown. */
BaleenConversation *
baleen_window_get_meant_conversation (BaleenWindow *self)
{
  BaleenConversation *focused = baleen_sidebar_get_focused (BALEEN_SIDEBAR (self->sidebar));
  BaleenConversation *meant = focused != NULL ? focused : self->conversation;

  return meant != NULL && baleen_conversation_get_head_id (meant) != 0 ? meant : NULL;
}

static void
renamed_cb (AdwMessageDialog *dialog,
            const char       *response,
            BaleenWindow     *self)
{
  GtkWidget *entry = adw_message_dialog_get_extra_child (dialog);
  g_autofree char *title = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (entry))));

  if (g_str_equal (response, "rename") && *title != '\0')
    baleen_history_rename (history (self), g_object_get_data (G_OBJECT (dialog), "conversation"),
                           title);
}

static void
rename_cb (GtkWidget  *widget,
           const char *name,
           GVariant   *parameter)
{
  BaleenWindow *self = BALEEN_WINDOW (widget);
  BaleenConversation *conversation = baleen_window_get_meant_conversation (self);
  GtkWidget *dialog, *entry;

  if (conversation == NULL)
    return;

  dialog = adw_message_dialog_new (GTK_WINDOW (self), _("Rename Conversation"), NULL);
  entry = gtk_entry_new ();
  gtk_editable_set_text (GTK_EDITABLE (entry), baleen_words_title (conversation));
  gtk_entry_set_activates_default (GTK_ENTRY (entry), TRUE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (entry), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Title"), -1);
  adw_message_dialog_set_extra_child (ADW_MESSAGE_DIALOG (dialog), entry);
  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "cancel", _("_Cancel"), "rename",
                                    _("_Rename"), NULL);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "rename");
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "rename",
                                              ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  g_object_set_data_full (G_OBJECT (dialog), "conversation", g_object_ref (conversation),
                          g_object_unref);
  g_signal_connect_object (dialog, "response", G_CALLBACK (renamed_cb), self, 0);
  gtk_window_present (GTK_WINDOW (dialog));
  gtk_widget_grab_focus (entry);
}

static void
pin_cb (GtkWidget  *widget,
        const char *name,
        GVariant   *parameter)
{
  BaleenWindow *self = BALEEN_WINDOW (widget);
  BaleenConversation *conversation = baleen_window_get_meant_conversation (self);

  if (conversation != NULL)
    baleen_history_pin (history (self), conversation,
                        !baleen_conversation_get_is_pinned (conversation));
}

/* A deletion waits with its toast. Ended early, the program finds the conversation again. */
typedef struct
{
  BaleenHistory *history;           /* (owned) */
  BaleenConversation *conversation; /* (owned) */
  gboolean is_undone;
} Deletion;

static void
deletion_free (gpointer  data,
               GClosure *closure)
{
  Deletion *deletion = data;

  g_object_unref (deletion->conversation);
  g_object_unref (deletion->history);
  g_free (deletion);
}

static void
undo_cb (AdwToast *toast,
         Deletion *deletion)
{
  deletion->is_undone = TRUE;
  baleen_history_put_back (deletion->history, deletion->conversation);
}

static void
dismissed_cb (AdwToast *toast,
              Deletion *deletion)
{
  if (!deletion->is_undone)
    baleen_history_delete (deletion->history, deletion->conversation);
}

static void
delete_cb (GtkWidget  *widget,
           const char *name,
           GVariant   *parameter)
{
  BaleenWindow *self = BALEEN_WINDOW (widget);
  BaleenConversation *conversation = baleen_window_get_meant_conversation (self);
  g_autofree char *words = NULL;
  g_autofree char *escaped = NULL;
  Deletion *deletion;
  AdwToast *toast;

  if (conversation == NULL)
    return;

  deletion = g_new0 (Deletion, 1);
  deletion->history = g_object_ref (history (self));
  deletion->conversation = g_object_ref (conversation);
  words = g_strdup_printf (_("“%s” deleted"), baleen_words_title (conversation));
  baleen_chat_stop_conversation (chat (self), conversation);
  baleen_history_hide (history (self), conversation);
  if (conversation == self->conversation)
    baleen_window_show_conversation (self, baleen_history_get_blank_of (history (self), self));

  /* A toast's title is markup. */
  escaped = g_markup_escape_text (words, -1);
  toast = adw_toast_new (escaped);
  adw_toast_set_button_label (toast, _("Undo"));
  adw_toast_set_timeout (toast, UNDO_SECONDS);
  g_signal_connect_data (toast, "button-clicked", G_CALLBACK (undo_cb), deletion, NULL, 0);
  g_signal_connect_data (toast, "dismissed", G_CALLBACK (dismissed_cb), deletion, deletion_free,
                         0);
  adw_toast_overlay_add_toast (ADW_TOAST_OVERLAY (self->toasts), toast);
  baleen_title_speaker_say (self->speaker, words);
}

void
baleen_window_class_install_conversation_actions (GtkWidgetClass *widget_class)
{
  static const BaleenWindowAction actions[] = {
    { "win.previous-conversation", previous_conversation_cb },
    { "win.next-conversation", next_conversation_cb },
    { "win.rename", rename_cb },
    { "win.pin", pin_cb },
    { "win.delete", delete_cb },
  };

  for (guint i = 0; i < G_N_ELEMENTS (actions); i++)
    gtk_widget_class_install_action (widget_class, actions[i].name, NULL, actions[i].func);
}
