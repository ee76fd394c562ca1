/* What the window can be asked for about prompt templates, and how a filled one is sent. */
#include "baleen-window-private.h"

#include "baleen-template-editor.h"
#include "baleen-template-window.h"

static BaleenComposer *
composer (BaleenWindow *self)
{
  return BALEEN_COMPOSER (self->composer);
}

/* A system prompt stands before everything else in a conversation, so one that has begun
 * cannot take it: the question then begins a new one. */
static void
begin_with_system (BaleenWindow *self,
                   const char   *system)
{
  BaleenHistory *history = baleen_application_get_history (self->application);
  g_autoptr (BaleenConversation) conversation = g_object_ref (self->conversation);

  if (baleen_conversation_get_head_id (conversation) != 0)
    {
      g_set_object (&conversation, baleen_history_get_blank_of (history, self));
      baleen_window_show_conversation (self, conversation);
    }
  baleen_history_add_message (history, conversation, NULL, BALEEN_ROLE_SYSTEM, system,
                              BALEEN_STATE_DONE);
}

gboolean
baleen_window_refill (BaleenWindow  *self,
                      BaleenMessage *question)
{
  const char *filled = baleen_message_get_part (question, BALEEN_PART_TEMPLATE);

  if (filled == NULL || !baleen_composer_open_filling (composer (self), filled))
    return FALSE;

  g_set_weak_pointer (&self->refilled, question);
  return TRUE;
}

/* The question may have been in another conversation than the one that is shown now. */
static gboolean
is_refilled (BaleenWindow *self)
{
  return self->refilled != NULL
         && baleen_conversation_get_message (self->conversation,
                                             baleen_message_get_id (self->refilled))
                == self->refilled;
}

void
baleen_window_send (BaleenWindow *self,
                    const char   *text,
                    const char   *filled,
                    const char   *system)
{
  BaleenHistory *history = baleen_application_get_history (self->application);
  BaleenChat *chat = baleen_application_get_chat (self->application);
  const gboolean think = baleen_composer_get_think (composer (self));
  g_autoptr (GPtrArray) attachments = baleen_composer_take_attachments (composer (self));
  g_autofree char *files = baleen_attachments_to_json (attachments, FALSE);
  g_autoptr (BaleenOutline) points = baleen_window_get_points (self, text);
  BaleenMessage *answer, *question;

  if (system != NULL)
    begin_with_system (self, system);
  baleen_window_prefer_passages (self, attachments);
  if (baleen_window_ask_documents (self, text, attachments))
    return;
  answer = filled != NULL && is_refilled (self)
               ? baleen_chat_edit (chat, self->conversation, self->refilled, text, think)
           : points != NULL
               ? baleen_chat_send_in_points (chat, self->conversation, text, files, points,
                                            think)
           : files == NULL && baleen_window_wants_outline (self, text)
               ? baleen_chat_send_outlined (chat, self->conversation, text, think)
               : baleen_chat_send_with_files (chat, self->conversation, text, files, think);
  g_clear_weak_pointer (&self->refilled);
  if (filled == NULL)
    return;

  question = baleen_conversation_get_message (self->conversation,
                                              baleen_message_get_parent_id (answer));
  baleen_message_set_part (question, BALEEN_PART_TEMPLATE, filled);
  baleen_history_save (history, self->conversation, question, TRUE);
}

static void
template_cb (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  baleen_composer_toggle_form (composer (BALEEN_WINDOW (widget)));
}

static void
use_cb (BaleenWindow *self,
        const char   *id,
        GtkWindow    *library)
{
  baleen_composer_open_template (composer (self), id);
  gtk_window_close (library);
  gtk_window_present (GTK_WINDOW (self));
}

static void
library_cb (GtkWidget  *widget,
            const char *name,
            GVariant   *parameter)
{
  BaleenWindow *self = BALEEN_WINDOW (widget);
  GtkWidget *library
      = baleen_template_window_new (baleen_application_get_shelf (self->application));

  gtk_window_set_transient_for (GTK_WINDOW (library), GTK_WINDOW (self));
  gtk_window_set_destroy_with_parent (GTK_WINDOW (library), TRUE);
  g_signal_connect_object (library, "use", G_CALLBACK (use_cb), self, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (library));
}

/* The question of the focused row, else the one asked last. */
static BaleenMessage *
get_meant_question (BaleenWindow *self)
{
  BaleenMessageRow *row
      = baleen_transcript_get_focus_row (BALEEN_TRANSCRIPT (self->transcript));
  BaleenMessage *message = row != NULL ? baleen_message_row_get_message (row)
                                       : baleen_conversation_get_head (self->conversation);

  while (message != NULL && baleen_message_get_role (message) != BALEEN_ROLE_USER)
    message = baleen_conversation_get_message (self->conversation,
                                               baleen_message_get_parent_id (message));
  return message;
}

static void
make_template_cb (GtkWidget  *widget,
                  const char *name,
                  GVariant   *parameter)
{
  BaleenWindow *self = BALEEN_WINDOW (widget);
  BaleenTemplateShelf *shelf = baleen_application_get_shelf (self->application);
  BaleenMessage *question = get_meant_question (self);
  g_autoptr (BaleenTemplate) template_ = NULL;
  GtkWidget *editor;

  if (question == NULL)
    return;
  template_ = baleen_template_editor_make_blank (shelf, baleen_message_get_text (question));
  editor = baleen_template_editor_new (shelf, template_, FALSE);
  gtk_window_set_transient_for (GTK_WINDOW (editor), GTK_WINDOW (self));
  gtk_window_set_modal (GTK_WINDOW (editor), TRUE);
  gtk_window_present (GTK_WINDOW (editor));
}

void
baleen_window_class_install_template_actions (GtkWidgetClass *widget_class)
{
  static const BaleenWindowAction actions[] = {
    { "win.template", template_cb },
    { "win.template-library", library_cb },
    { "win.make-template", make_template_cb },
  };

  for (guint i = 0; i < G_N_ELEMENTS (actions); i++)
    gtk_widget_class_install_action (widget_class, actions[i].name, NULL, actions[i].func);
}
