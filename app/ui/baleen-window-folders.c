/* Where conversations are put: folders, the archive. */
#include "baleen-window-private.h"

#include <glib/gi18n.h>

static BaleenHistory *
history (BaleenWindow *self)
{
  return baleen_application_get_history (self->application);
}

/* ---- the dialog ----------------------------------------------------------------------- */

static void
moved_cb (AdwMessageDialog *dialog,
          const char       *response,
          BaleenWindow     *self)
{
  GtkWidget *entry = g_object_get_data (G_OBJECT (dialog), "entry");
  g_autofree char *folder
      = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (entry))));

  if (g_str_equal (response, "move"))
    baleen_history_move (history (self), g_object_get_data (G_OBJECT (dialog), "conversation"),
                         *folder != '\0' ? folder : NULL);
}

static void
folder_activated_cb (GtkListBox       *list,
                     GtkListBoxRow    *row,
                     AdwMessageDialog *dialog)
{
  GtkWidget *entry = g_object_get_data (G_OBJECT (dialog), "entry");

  gtk_editable_set_text (GTK_EDITABLE (entry), g_object_get_data (G_OBJECT (row), "folder"));
  adw_message_dialog_response (dialog, "move");
}

static void
add_folder (GtkListBox *list,
            const char *title,
            const char *folder)
{
  GtkWidget *row = adw_action_row_new ();

  /* The title of a row is markup unless it is told otherwise. */
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  g_object_set_data_full (G_OBJECT (row), "folder", g_strdup (folder), g_free);
  gtk_list_box_append (list, row);
}

static GtkWidget *
folder_list_new (BaleenWindow       *self,
                 BaleenConversation *conversation)
{
  g_auto (GStrv) folders = baleen_history_get_folders (history (self));
  GtkWidget *list = gtk_list_box_new ();
  GtkWidget *scroller;

  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (list, "boxed-list");
  gtk_widget_set_valign (list, GTK_ALIGN_START);
  gtk_accessible_update_property (GTK_ACCESSIBLE (list), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Folders"), -1);
  if (baleen_conversation_get_folder (conversation) != NULL)
    add_folder (GTK_LIST_BOX (list), _("No Folder"), "");
  for (guint i = 0; folders[i] != NULL; i++)
    if (g_strcmp0 (folders[i], baleen_conversation_get_folder (conversation)) != 0)
      add_folder (GTK_LIST_BOX (list), folders[i], folders[i]);

  scroller = gtk_scrolled_window_new ();
  gtk_widget_set_focusable (scroller, FALSE);
  g_object_set (scroller, "hscrollbar-policy", GTK_POLICY_NEVER, "propagate-natural-height", TRUE,
                "max-content-height", 260, "child", list, NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (scroller), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Folders"), -1);
  gtk_widget_set_visible (scroller, gtk_widget_get_first_child (list) != NULL);
  g_object_set_data (G_OBJECT (scroller), "list", list);
  return scroller;
}

static void
move_cb (GtkWidget  *widget,
         const char *name,
         GVariant   *parameter)
{
  BaleenWindow *self = BALEEN_WINDOW (widget);
  BaleenConversation *conversation = baleen_window_get_meant_conversation (self);
  GtkWidget *dialog, *entry, *folders, *box;

  if (conversation == NULL)
    return;

  dialog = adw_message_dialog_new (GTK_WINDOW (self), _("Move to Folder"), NULL);
  box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  folders = folder_list_new (self, conversation);
  entry = gtk_entry_new ();
  gtk_entry_set_placeholder_text (GTK_ENTRY (entry), _("New folder"));
  gtk_entry_set_activates_default (GTK_ENTRY (entry), TRUE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (entry), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("New folder"), -1);
  gtk_box_append (GTK_BOX (box), folders);
  gtk_box_append (GTK_BOX (box), entry);
  adw_message_dialog_set_extra_child (ADW_MESSAGE_DIALOG (dialog), box);
  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "cancel", _("_Cancel"), "move",
                                    _("_Move"), NULL);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "move");
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "move",
                                              ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  g_object_set_data (G_OBJECT (dialog), "entry", entry);
  g_object_set_data_full (G_OBJECT (dialog), "conversation", g_object_ref (conversation),
                          g_object_unref);
  g_signal_connect_object (g_object_get_data (G_OBJECT (folders), "list"), "row-activated",
                           G_CALLBACK (folder_activated_cb), dialog, 0);
  g_signal_connect_object (dialog, "response", G_CALLBACK (moved_cb), self, 0);
  gtk_window_present (GTK_WINDOW (dialog));
  gtk_widget_grab_focus (entry);
}

/* ---- the archive ---------------------------------------------------------------------- */

static void
unarchive_cb (AdwToast     *toast,
              BaleenWindow *self)
{
  baleen_history_archive (history (self), g_object_get_data (G_OBJECT (toast), "conversation"),
                          FALSE);
}

static void
archive_cb (GtkWidget  *widget,
            const char *name,
            GVariant   *parameter)
{
  BaleenWindow *self = BALEEN_WINDOW (widget);
  BaleenConversation *conversation = baleen_window_get_meant_conversation (self);
  AdwToast *toast;

  if (conversation == NULL)
    return;
  if (baleen_conversation_get_is_archived (conversation))
    {
      baleen_history_archive (history (self), conversation, FALSE);
      return;
    }

  baleen_history_archive (history (self), conversation, TRUE);
  toast = adw_toast_new (_("Archived"));
  adw_toast_set_button_label (toast, _("Undo"));
  g_object_set_data_full (G_OBJECT (toast), "conversation", g_object_ref (conversation),
                          g_object_unref);
  g_signal_connect_object (toast, "button-clicked", G_CALLBACK (unarchive_cb), self, 0);
  adw_toast_overlay_add_toast (ADW_TOAST_OVERLAY (self->toasts), toast);
  baleen_title_speaker_say (self->speaker, _("Archived"));
}

/* ---- what is never saved -------------------------------------------------------------- */

static void
temporary_cb (GtkWidget  *widget,
              const char *name,
              GVariant   *parameter)
{
  BaleenWindow *self = BALEEN_WINDOW (widget);
  g_autoptr (BaleenConversation) conversation = NULL;

  if (self->conversation == NULL)
    return;
  conversation = baleen_history_new_temporary (history (self));
  baleen_window_show_conversation (self, conversation);
  gtk_widget_grab_focus (baleen_composer_get_text_view (BALEEN_COMPOSER (self->composer)));
}

static void
keep_cb (GtkWidget  *widget,
         const char *name,
         GVariant   *parameter)
{
  BaleenWindow *self = BALEEN_WINDOW (widget);
  BaleenConversation *conversation = baleen_window_get_meant_conversation (self);

  if (conversation != NULL)
    baleen_history_keep (history (self), conversation);
}

void
baleen_window_class_install_folder_actions (GtkWidgetClass *widget_class)
{
  static const BaleenWindowAction actions[] = {
    { "win.move", move_cb },
    { "win.archive", archive_cb },
    { "win.temporary", temporary_cb },
    { "win.keep", keep_cb },
  };

  for (guint i = 0; i < G_N_ELEMENTS (actions); i++)
    gtk_widget_class_install_action (widget_class, actions[i].name, NULL, actions[i].func);
}
