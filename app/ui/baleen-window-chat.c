/* What the window can be asked for about writing and answering. */
#include "baleen-window-private.h"

#include "baleen-text-reader.h"
#include "conversation-note.h"

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

BaleenMessage *
baleen_window_get_last_answer (BaleenWindow *self)
{
  BaleenMessage *head
      = self->conversation != NULL ? baleen_conversation_get_head (self->conversation) : NULL;

  return head != NULL && baleen_message_get_role (head) == BALEEN_ROLE_ASSISTANT ? head : NULL;
}

BaleenMessage *
baleen_window_get_meant_answer (BaleenWindow *self)
{
  BaleenMessageRow *row
      = baleen_transcript_get_focus_row (BALEEN_TRANSCRIPT (self->transcript));
  BaleenMessage *message = row != NULL ? baleen_message_row_get_message (row) : NULL;

  if (message != NULL && baleen_message_get_role (message) == BALEEN_ROLE_ASSISTANT)
    return message;
  return baleen_window_get_last_answer (self);
}

/* Whether a new chat thinks, unless somebody has begun to write in it. */
static void
set_usual_think (BaleenWindow       *self,
                 BaleenConversation *blank)
{
  GSettings *settings = baleen_application_get_settings (self->application);
  g_autofree char *usual = g_settings_get_string (settings, "think-in-new-chats");

  if (*baleen_conversation_get_draft (blank) == '\0')
    baleen_conversation_set_think (blank, g_str_equal (usual, "on")
                                              || (g_str_equal (usual, "last")
                                                  && g_settings_get_boolean (settings,
                                                                             "last-think")));
}

static void
new_chat_cb (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  BaleenWindow *self = BALEEN_WINDOW (widget);

  if (self->conversation == NULL)
    return;
  set_usual_think (self, baleen_history_get_blank_of (history (self), self));
  baleen_window_show_conversation (self, baleen_history_get_blank_of (history (self), self));
  baleen_application_prepare_new_chat (self->application);
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
answer_now_cb (GtkWidget  *widget,
               const char *name,
               GVariant   *parameter)
{
  BaleenWindow *self = BALEEN_WINDOW (widget);
  BaleenMessage *message = baleen_window_get_last_answer (self);

  if (message != NULL)
    baleen_chat_answer_now (chat (self), message);
}

static void
focus_composer_cb (GtkWidget  *widget,
                   const char *name,
                   GVariant   *parameter)
{
  gtk_widget_grab_focus (text_view (BALEEN_WINDOW (widget)));
}

static void
regenerate_cb (GtkWidget  *widget,
               const char *name,
               GVariant   *parameter)
{
  BaleenWindow *self = BALEEN_WINDOW (widget);
  BaleenMessage *message = baleen_window_get_meant_answer (self);

  if (message != NULL && !baleen_state_is_running (baleen_message_get_state (message)))
    baleen_window_wish (self, message, BALEEN_WISH_REGENERATE, 0);
}

/* Whoever has its end before their eyes goes along with it. */
static void
go_on (BaleenWindow  *self,
       BaleenMessage *message)
{
  baleen_transcript_follow_if_at_end (BALEEN_TRANSCRIPT (self->transcript));
  baleen_chat_continue (chat (self), self->conversation, message);
  baleen_window_watch_answer (self);
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
    case BALEEN_REMEDY_LOCATE:
      g_set_weak_pointer (&self->again, message);
      gtk_widget_activate_action (GTK_WIDGET (self), "win.open-model", NULL);
      return;
    case BALEEN_REMEDY_MAKE_ROOM:
      baleen_window_make_room (self);
      return;
    case BALEEN_REMEDY_CONTINUE:
      go_on (self, message);
      return;
    case BALEEN_REMEDY_RELOAD:
      if (path != NULL)
        baleen_application_open_model (self->application, path);
      break;
    case BALEEN_REMEDY_SMALLER_CONTEXT:
      baleen_application_shorten_context (self->application);
      break;
    case BALEEN_REMEDY_SEARCH_SERVICE:
    case BALEEN_REMEDY_SEARCH_KEY:
    case BALEEN_REMEDY_SEARCH_SET_UP:
      baleen_window_set_up_search (self);
      return;
    case BALEEN_REMEDY_SEARCH_WAIT:
      baleen_chat_regenerate_later (chat (self), self->conversation, message);
      return;
    case BALEEN_REMEDY_SEARCH:
    case BALEEN_REMEDY_TRY_AGAIN:
    default:
      break;
    }
  baleen_chat_regenerate (chat (self), self->conversation, message);
}

static void
send_again (BaleenWindow  *self,
            BaleenMessage *message)
{
  if (baleen_note_is_note (message))
    baleen_note_set_is_in_force (history (self), self->conversation, message,
                                 baleen_message_get_is_left_out (message));
  else
    {
      baleen_message_set_is_left_out (message, FALSE);
      baleen_history_save (history (self), self->conversation, message, TRUE);
    }
  baleen_window_touch_context (self);
}

/* Whoever made an answer from a document makes it again: the chat would not have the document. */
static gboolean
read_again (BaleenWindow  *self,
            BaleenMessage *message,
            BaleenWish     wish)
{
  if (wish != BALEEN_WISH_REGENERATE && wish != BALEEN_WISH_REGENERATE_WITH
      && wish != BALEEN_WISH_CONTINUE && wish != BALEEN_WISH_UNSEARCHED
      && (wish != BALEEN_WISH_REMEDY
          || baleen_message_get_remedy (message) != BALEEN_REMEDY_TRY_AGAIN))
    return FALSE;
  if (baleen_document_desk_regenerate (baleen_application_get_desk (self->application),
                                       self->conversation, message)
      == NULL)
    return FALSE;
  baleen_window_watch_answer (self);
  return TRUE;
}

void
baleen_window_wish (BaleenWindow  *self,
                    BaleenMessage *message,
                    BaleenWish     wish,
                    guint          sibling)
{
  if (read_again (self, message, wish)
      || baleen_window_message_wish (self, message, wish, sibling))
    return;
  switch (wish)
    {
    case BALEEN_WISH_REGENERATE:
      baleen_chat_regenerate (chat (self), self->conversation, message);
      break;
    case BALEEN_WISH_CONTINUE:
      go_on (self, message);
      break;
    case BALEEN_WISH_SIBLING:
      baleen_transcript_show_sibling (BALEEN_TRANSCRIPT (self->transcript), message, sibling);
      baleen_history_save (history (self), self->conversation, NULL, FALSE);
      break;
    case BALEEN_WISH_READ:
      gtk_window_present (GTK_WINDOW (baleen_text_reader_new (GTK_WINDOW (self), message)));
      break;
    case BALEEN_WISH_REMEDY:
      apply_remedy (self, message);
      break;
    case BALEEN_WISH_ANSWER_NOW:
      baleen_chat_answer_now (chat (self), message);
      break;
    case BALEEN_WISH_TRY_NOW:
      baleen_chat_try_now (chat (self), message);
      break;
    case BALEEN_WISH_THINK_LONGER:
      baleen_chat_think_longer (chat (self), self->conversation, message);
      break;
    case BALEEN_WISH_SOURCE:
      baleen_window_show_source (self, message, sibling);
      break;
    case BALEEN_WISH_AS_SECTIONS:
      baleen_chat_outline (chat (self), self->conversation, message);
      break;
    case BALEEN_WISH_WRITE_SECTION:
    case BALEEN_WISH_WRITE_ALL:
      baleen_window_write_section (self, message, sibling, wish == BALEEN_WISH_WRITE_ALL);
      break;
    case BALEEN_WISH_KEEP:
      baleen_history_save (history (self), self->conversation, message, TRUE);
      break;
    case BALEEN_WISH_SEND_AGAIN:
      send_again (self, message);
      break;
    case BALEEN_WISH_SEARCH:
      baleen_chat_decide_search (chat (self), message, sibling != 0);
      gtk_widget_grab_focus (text_view (self));
      break;
    case BALEEN_WISH_USE_FOUND:
      baleen_chat_stop (chat (self), message);
      break;
    case BALEEN_WISH_SEARCH_SERVICE:
      baleen_window_set_up_search (self);
      break;
    case BALEEN_WISH_UNSEARCHED:
      baleen_chat_regenerate_searched (chat (self), self->conversation, message, FALSE);
      break;
    case BALEEN_WISH_SEND_NOW:
      baleen_chat_send_now (chat (self), message);
      break;
    case BALEEN_WISH_REMOVE:
      baleen_chat_stop (chat (self), message);
      break;
    default:
      break;
    }
}

void
baleen_window_class_install_chat_actions (GtkWidgetClass *widget_class)
{
  static const BaleenWindowAction actions[] = {
    { "win.new-chat", new_chat_cb },
    { "win.send", send_cb },
    { "win.think", think_cb },
    { "win.answer-now", answer_now_cb },
    { "win.focus-composer", focus_composer_cb },
    { "win.regenerate", regenerate_cb },
  };

  for (guint i = 0; i < G_N_ELEMENTS (actions); i++)
    gtk_widget_class_install_action (widget_class, actions[i].name, NULL, actions[i].func);
}
