/* One message in the transcript: a bubble for what the user said, full width for an answer. */
#pragma once

#include "baleen-conversation.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define BALEEN_TYPE_MESSAGE_ROW (baleen_message_row_get_type ())
G_DECLARE_FINAL_TYPE (BaleenMessageRow, baleen_message_row, BALEEN, MESSAGE_ROW, GtkWidget)

/* Emits ::wanted (int BaleenWish, guint sibling) when a control of the row is used. */
typedef enum
{
  BALEEN_WISH_REGENERATE,
  BALEEN_WISH_CONTINUE,
  BALEEN_WISH_SIBLING,
  BALEEN_WISH_READ,
  BALEEN_WISH_REMEDY,
  BALEEN_WISH_REMOVE,
  BALEEN_WISH_ANSWER_NOW,
  BALEEN_WISH_THINK_LONGER,
  BALEEN_WISH_SOURCE, /* its number instead of a sibling */
  BALEEN_WISH_SEND_AGAIN, /* what was left out, or the other side of a note */
} BaleenWish;

GtkWidget *baleen_message_row_new (BaleenConversation *conversation,
                                   BaleenMessage      *message);

BaleenMessage *baleen_message_row_get_message (BaleenMessageRow *self);
/* The last answer's actions are always there; those of others when they are wanted. */
void baleen_message_row_set_is_last (BaleenMessageRow *self,
                                     gboolean          is_last);
/* How many answers come before this one, while it waits. */
void baleen_message_row_set_n_before (BaleenMessageRow *self,
                                      guint             n_before);

G_END_DECLS
