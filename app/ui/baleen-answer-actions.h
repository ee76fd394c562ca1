/* The buttons under a message. */
#pragma once

#include "baleen-conversation.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define BALEEN_TYPE_ANSWER_ACTIONS (baleen_answer_actions_get_type ())
G_DECLARE_FINAL_TYPE (BaleenAnswerActions,
                      baleen_answer_actions,
                      BALEEN,
                      ANSWER_ACTIONS,
                      GtkWidget)

/* Emits ::wanted, see baleen-message-row.h. */
GtkWidget *baleen_answer_actions_new (void);

/* Shows what can be done with the message in its state. */
void baleen_answer_actions_update (BaleenAnswerActions *self,
                                   BaleenConversation  *conversation,
                                   BaleenMessage       *message);

/* Makes the buttons, which nobody needs before pointer or focus come to the message: forty
 * messages have hundreds of them. Their room is kept. */
void baleen_answer_actions_show (BaleenAnswerActions *self);

G_END_DECLS
