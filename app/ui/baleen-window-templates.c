/* What the window can be asked for about prompt templates, and how a filled one is sent. */
#include "baleen-window-private.h"

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
      g_set_object (&conversation, baleen_history_get_blank (history));
      baleen_window_show_conversation (self, conversation);
    }
  baleen_history_add_message (history, conversation, NULL, BALEEN_ROLE_SYSTEM, system,
                              BALEEN_STATE_DONE);
}

void
baleen_window_send (BaleenWindow *self,
                    const char   *text,
                    const char   *filled,
                    const char   *system)
{
  BaleenHistory *history = baleen_application_get_history (self->application);
  const gboolean think = baleen_composer_get_think (composer (self));
  BaleenMessage *answer, *question;

  if (system != NULL)
    begin_with_system (self, system);
  answer = baleen_chat_send (baleen_application_get_chat (self->application), self->conversation,
                             text, think);
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

void
baleen_window_class_install_template_actions (GtkWidgetClass *widget_class)
{
  static const BaleenWindowAction actions[] = {
    { "win.template", template_cb },
  };

  for (guint i = 0; i < G_N_ELEMENTS (actions); i++)
    gtk_widget_class_install_action (widget_class, actions[i].name, NULL, actions[i].func);
}
