/* What the window can be asked for, by menu, button or key. */
#include "baleen-window-private.h"

#include "config.h"

#include <glib/gi18n.h>

#include "baleen-settings.h"
#include "baleen-shortcuts.h"
#include "baleen-text-reader.h"
#include "baleen-words.h"

/* Long enough to see and to reach Undo. */
#define UNDO_SECONDS 10

static GtkWidget *
text_view (BaleenWindow *self)
{
  return baleen_composer_get_text_view (BALEEN_COMPOSER (self->composer));
}

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

/* ---- chat ------------------------------------------------------------------------------- */

static void
new_chat_cb (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  BaleenWindow *self = BALEEN_WINDOW (widget);

  if (self->conversation == NULL)
    return;
  baleen_window_show_conversation (self, baleen_history_get_blank (history (self)));
  if (adw_flap_get_folded (ADW_FLAP (self->flap)))
    adw_flap_set_reveal_flap (ADW_FLAP (self->flap), FALSE);
  gtk_widget_grab_focus (text_view (self));
}

static void
send_cb (GtkWidget  *widget,
         const char *name,
         GVariant   *parameter)
{
  baleen_composer_send (BALEEN_COMPOSER (BALEEN_WINDOW (widget)->composer));
}

static void
think_cb (GtkWidget  *widget,
          const char *name,
          GVariant   *parameter)
{
  BaleenComposer *composer = BALEEN_COMPOSER (BALEEN_WINDOW (widget)->composer);

  baleen_composer_set_think (composer, !baleen_composer_get_think (composer));
}

static void
focus_composer_cb (GtkWidget  *widget,
                   const char *name,
                   GVariant   *parameter)
{
  gtk_widget_grab_focus (text_view (BALEEN_WINDOW (widget)));
}

static BaleenMessage *
get_last_answer (BaleenWindow *self)
{
  BaleenMessage *head
      = self->conversation != NULL ? baleen_conversation_get_head (self->conversation) : NULL;

  return head != NULL && baleen_message_get_role (head) == BALEEN_ROLE_ASSISTANT ? head : NULL;
}

/* The answer in the focused row, else the last one. */
static BaleenMessage *
get_meant_answer (BaleenWindow *self)
{
  BaleenMessageRow *row
      = baleen_transcript_get_focus_row (BALEEN_TRANSCRIPT (self->transcript));
  BaleenMessage *message = row != NULL ? baleen_message_row_get_message (row) : NULL;

  if (message != NULL && baleen_message_get_role (message) == BALEEN_ROLE_ASSISTANT)
    return message;
  return get_last_answer (self);
}

static void
regenerate_cb (GtkWidget  *widget,
               const char *name,
               GVariant   *parameter)
{
  BaleenWindow *self = BALEEN_WINDOW (widget);
  BaleenMessage *message = get_meant_answer (self);

  if (message != NULL && !baleen_state_is_running (baleen_message_get_state (message)))
    baleen_window_wish (self, message, BALEEN_WISH_REGENERATE, 0);
}

/* What failed for want of a model is tried again with whatever there is now. */
static void
apply_remedy (BaleenWindow  *self,
              BaleenMessage *message)
{
  BaleenEngineService *engine = baleen_application_get_engine (self->application);
  g_autofree char *path = g_strdup (baleen_engine_service_get_path (engine));

  switch (baleen_message_get_remedy (message))
    {
    case BALEEN_REMEDY_CHOOSE_MODEL:
      baleen_model_chooser_popup (BALEEN_MODEL_CHOOSER (self->chooser));
      return;
    case BALEEN_REMEDY_NEW_CHAT:
      gtk_widget_activate_action (GTK_WIDGET (self), "win.new-chat", NULL);
      return;
    case BALEEN_REMEDY_RELOAD:
      if (path != NULL)
        baleen_application_open_model (self->application, path);
      break;
    case BALEEN_REMEDY_TRY_AGAIN:
    default:
      break;
    }
  baleen_chat_regenerate (chat (self), self->conversation, message);
}

void
baleen_window_wish (BaleenWindow  *self,
                    BaleenMessage *message,
                    BaleenWish     wish,
                    guint          sibling)
{
  switch (wish)
    {
    case BALEEN_WISH_REGENERATE:
      baleen_chat_regenerate (chat (self), self->conversation, message);
      break;
    case BALEEN_WISH_CONTINUE:
      baleen_chat_continue (chat (self), self->conversation, message);
      baleen_window_watch_answer (self);
      break;
    case BALEEN_WISH_SIBLING:
      baleen_conversation_show_sibling (self->conversation, message, sibling);
      baleen_history_save (history (self), self->conversation, NULL, FALSE);
      break;
    case BALEEN_WISH_READ:
      gtk_window_present (GTK_WINDOW (baleen_text_reader_new (GTK_WINDOW (self), message)));
      break;
    case BALEEN_WISH_REMEDY:
      apply_remedy (self, message);
      break;
    case BALEEN_WISH_REMOVE:
      baleen_chat_stop (chat (self), message);
      break;
    }
}

/* ---- reading ------------------------------------------------------------------------------ */

static void
previous_message_cb (GtkWidget  *widget,
                     const char *name,
                     GVariant   *parameter)
{
  baleen_transcript_move_focus (BALEEN_TRANSCRIPT (BALEEN_WINDOW (widget)->transcript), -1);
}

static void
next_message_cb (GtkWidget  *widget,
                 const char *name,
                 GVariant   *parameter)
{
  baleen_transcript_move_focus (BALEEN_TRANSCRIPT (BALEEN_WINDOW (widget)->transcript), 1);
}

static void
first_message_cb (GtkWidget  *widget,
                  const char *name,
                  GVariant   *parameter)
{
  baleen_transcript_jump_to_start (BALEEN_TRANSCRIPT (BALEEN_WINDOW (widget)->transcript));
}

static void
jump_to_end_cb (GtkWidget  *widget,
                const char *name,
                GVariant   *parameter)
{
  baleen_transcript_jump_to_end (BALEEN_TRANSCRIPT (BALEEN_WINDOW (widget)->transcript));
}

static void
copy_cb (GtkWidget  *widget,
         const char *name,
         GVariant   *parameter)
{
  BaleenWindow *self = BALEEN_WINDOW (widget);
  BaleenMessageRow *row
      = baleen_transcript_get_focus_row (BALEEN_TRANSCRIPT (self->transcript));
  g_autofree char *text = NULL;

  if (row == NULL)
    return;
  text = baleen_message_row_dup_copy (row);
  gdk_clipboard_set_text (gtk_widget_get_clipboard (widget), text);
}

static void
copy_answer_cb (GtkWidget  *widget,
                const char *name,
                GVariant   *parameter)
{
  BaleenMessage *message = get_last_answer (BALEEN_WINDOW (widget));

  if (message == NULL)
    return;
  gdk_clipboard_set_text (gtk_widget_get_clipboard (widget), baleen_message_get_text (message));
  baleen_title_speaker_say (BALEEN_WINDOW (widget)->speaker, _("Copied"));
}

static void
read_as_text_cb (GtkWidget  *widget,
                 const char *name,
                 GVariant   *parameter)
{
  BaleenWindow *self = BALEEN_WINDOW (widget);
  BaleenMessage *message = get_meant_answer (self);

  if (message != NULL)
    baleen_window_wish (self, message, BALEEN_WISH_READ, 0);
}

static void
move_sibling (BaleenWindow *self,
              int           direction)
{
  BaleenMessage *message = get_meant_answer (self);
  BaleenMessageRow *row;
  guint position, n;

  if (message == NULL)
    return;
  n = baleen_conversation_get_n_siblings (self->conversation, message, &position);
  if ((direction < 0 && position == 0) || (direction > 0 && position + 1 >= n))
    return;

  baleen_window_wish (self, message, BALEEN_WISH_SIBLING, position + direction);
  /* Its row is gone; the focus goes to the one in its place. */
  row = baleen_transcript_get_row (BALEEN_TRANSCRIPT (self->transcript),
                                   baleen_conversation_get_head (self->conversation));
  if (row != NULL)
    gtk_widget_grab_focus (GTK_WIDGET (row));
}

static void
previous_sibling_cb (GtkWidget  *widget,
                     const char *name,
                     GVariant   *parameter)
{
  move_sibling (BALEEN_WINDOW (widget), -1);
}

static void
next_sibling_cb (GtkWidget  *widget,
                 const char *name,
                 GVariant   *parameter)
{
  move_sibling (BALEEN_WINDOW (widget), 1);
}

/* ---- regions -------------------------------------------------------------------------------- */

static void
sidebar_cb (GtkWidget  *widget,
            const char *name,
            GVariant   *parameter)
{
  BaleenWindow *self = BALEEN_WINDOW (widget);
  const gboolean is_revealed = adw_flap_get_reveal_flap (ADW_FLAP (self->flap));

  adw_flap_set_reveal_flap (ADW_FLAP (self->flap), !is_revealed);
  if (!is_revealed && adw_flap_get_folded (ADW_FLAP (self->flap)))
    baleen_sidebar_take_focus (BALEEN_SIDEBAR (self->sidebar));
}

/* The regions in the order of F6; those that are not to be seen do not take the focus. */
static void
move_region (BaleenWindow *self,
             int           direction)
{
  GtkWidget *regions[] = { self->composer, self->transcript, self->header, self->sidebar };
  const int n = G_N_ELEMENTS (regions);
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (self));
  int at = 0;

  for (int i = 0; i < n; i++)
    if (focus != NULL && gtk_widget_is_ancestor (focus, regions[i]))
      at = i;
  for (int step = 1; step <= n; step++)
    {
      GtkWidget *region = regions[(at + direction * step + n * step) % n];

      if (!gtk_widget_get_mapped (region))
        continue;
      if (region == self->composer ? gtk_widget_grab_focus (text_view (self))
                                   : gtk_widget_child_focus (region, GTK_DIR_TAB_FORWARD))
        return;
    }
}

static void
next_region_cb (GtkWidget  *widget,
                const char *name,
                GVariant   *parameter)
{
  move_region (BALEEN_WINDOW (widget), 1);
}

static void
previous_region_cb (GtkWidget  *widget,
                    const char *name,
                    GVariant   *parameter)
{
  move_region (BALEEN_WINDOW (widget), -1);
}

/* One step each: what lies over the conversation, the way back to the composer, Stop. */
static void
step_back_cb (GtkWidget  *widget,
              const char *name,
              GVariant   *parameter)
{
  BaleenWindow *self = BALEEN_WINDOW (widget);
  AdwFlap *flap = ADW_FLAP (self->flap);
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (self));
  BaleenMessageRow *row
      = baleen_transcript_get_focus_row (BALEEN_TRANSCRIPT (self->transcript));

  if (adw_flap_get_folded (flap) && adw_flap_get_reveal_flap (flap))
    {
      adw_flap_set_reveal_flap (flap, FALSE);
      gtk_widget_grab_focus (text_view (self));
    }
  else if (row != NULL && focus != GTK_WIDGET (row))
    gtk_widget_grab_focus (GTK_WIDGET (row));
  else if (focus != text_view (self))
    gtk_widget_grab_focus (text_view (self));
  else if (self->running != NULL)
    baleen_chat_stop_conversation (chat (self), self->conversation);
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

      baleen_window_show_conversation (self, conversation);
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

static void
full_screen_cb (GtkWidget  *widget,
                const char *name,
                GVariant   *parameter)
{
  if (gtk_window_is_fullscreen (GTK_WINDOW (widget)))
    gtk_window_unfullscreen (GTK_WINDOW (widget));
  else
    gtk_window_fullscreen (GTK_WINDOW (widget));
}

/* ---- the conversation ----------------------------------------------------------------------- */

/* The one whose row in the sidebar has the focus, else the one that is shown. */
static BaleenConversation *
get_meant_conversation (BaleenWindow *self)
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
  BaleenConversation *conversation = get_meant_conversation (self);
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
  BaleenConversation *conversation = get_meant_conversation (self);

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
  BaleenConversation *conversation = get_meant_conversation (self);
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
    baleen_window_show_conversation (self, baleen_history_get_blank (history (self)));

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

/* ---- models and the program ------------------------------------------------------------------ */

static void
choose_model_cb (GtkWidget  *widget,
                 const char *name,
                 GVariant   *parameter)
{
  baleen_model_chooser_popup (BALEEN_MODEL_CHOOSER (BALEEN_WINDOW (widget)->chooser));
}

static void
file_chosen_cb (GtkNativeDialog *dialog,
                int              response,
                BaleenWindow    *self)
{
  if (response == GTK_RESPONSE_ACCEPT)
    {
      g_autoptr (GFile) file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog));
      g_autofree char *path = file != NULL ? g_file_get_path (file) : NULL;

      if (path != NULL)
        baleen_application_open_model (self->application, path);
    }
  g_object_unref (dialog);
}

static void
open_model_cb (GtkWidget  *widget,
               const char *name,
               GVariant   *parameter)
{
  BaleenWindow *self = BALEEN_WINDOW (widget);
  GtkFileChooserNative *dialog
      = gtk_file_chooser_native_new (_("Open Model"), GTK_WINDOW (self),
                                     GTK_FILE_CHOOSER_ACTION_OPEN, _("_Open"), _("_Cancel"));
  g_autoptr (GtkFileFilter) models = gtk_file_filter_new ();
  g_autoptr (GtkFileFilter) all = gtk_file_filter_new ();

  gtk_file_filter_set_name (models, _("Models (GGUF)"));
  gtk_file_filter_add_suffix (models, "gguf");
  gtk_file_filter_set_name (all, _("All Files"));
  gtk_file_filter_add_pattern (all, "*");
  gtk_file_chooser_add_filter (GTK_FILE_CHOOSER (dialog), models);
  gtk_file_chooser_add_filter (GTK_FILE_CHOOSER (dialog), all);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (dialog), TRUE);
  g_signal_connect_object (dialog, "response", G_CALLBACK (file_chosen_cb), self, 0);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (dialog));
}

static void
shortcuts_cb (GtkWidget  *widget,
              const char *name,
              GVariant   *parameter)
{
  gtk_window_present (GTK_WINDOW (baleen_shortcuts_window_new (GTK_WINDOW (widget))));
}

static void
about_cb (GtkWidget  *widget,
          const char *name,
          GVariant   *parameter)
{
  adw_show_about_window (GTK_WINDOW (widget), "application-name", "Baleen", "application-icon",
                         BALEEN_APPLICATION_ID_NAME, "version", BALEEN_VERSION, "comments",
                         _("A private assistant that runs on this computer."), "license-type",
                         GTK_LICENSE_GPL_3_0, NULL);
}

/* Actions of the class "win.…" need no group: they are the window's own. */
void
baleen_window_class_install_actions (GtkWidgetClass *widget_class)
{
  static const struct
  {
    const char *name;
    GtkWidgetActionActivateFunc func;
  } actions[] = {
    { "win.new-chat", new_chat_cb },
    { "win.send", send_cb },
    { "win.think", think_cb },
    { "win.focus-composer", focus_composer_cb },
    { "win.regenerate", regenerate_cb },
    { "win.previous-message", previous_message_cb },
    { "win.next-message", next_message_cb },
    { "win.first-message", first_message_cb },
    { "win.jump-to-end", jump_to_end_cb },
    { "win.copy", copy_cb },
    { "win.copy-answer", copy_answer_cb },
    { "win.read-as-text", read_as_text_cb },
    { "win.previous-sibling", previous_sibling_cb },
    { "win.next-sibling", next_sibling_cb },
    { "win.sidebar", sidebar_cb },
    { "win.next-region", next_region_cb },
    { "win.previous-region", previous_region_cb },
    { "win.step-back", step_back_cb },
    { "win.previous-conversation", previous_conversation_cb },
    { "win.next-conversation", next_conversation_cb },
    { "win.full-screen", full_screen_cb },
    { "win.rename", rename_cb },
    { "win.pin", pin_cb },
    { "win.delete", delete_cb },
    { "win.choose-model", choose_model_cb },
    { "win.open-model", open_model_cb },
    { "win.shortcuts", shortcuts_cb },
    { "win.about", about_cb },
  };

  for (guint i = 0; i < G_N_ELEMENTS (actions); i++)
    gtk_widget_class_install_action (widget_class, actions[i].name, NULL, actions[i].func);
}
