/* A conversation in the sidebar: its title and when it was used. */
#pragma once

#include "baleen-conversation.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define BALEEN_TYPE_CONVERSATION_ROW (baleen_conversation_row_get_type ())
G_DECLARE_FINAL_TYPE (BaleenConversationRow,
                      baleen_conversation_row,
                      BALEEN,
                      CONVERSATION_ROW,
                      GtkListBoxRow)

GtkWidget *baleen_conversation_row_new (BaleenConversation *conversation);

BaleenConversation *baleen_conversation_row_get_conversation (BaleenConversationRow *self);

G_END_DECLS
