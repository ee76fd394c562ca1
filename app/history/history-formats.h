/* One function a format; history-import.c chooses. Each takes one conversation's object and gives
 * NULL when there is nothing in it that anybody said. */
#pragma once

#include "history-item.h"
#include "json-reading.h"

G_BEGIN_DECLS

BaleenHistoryItem *baleen_history_read_own (JsonObject *object);
BaleenHistoryItem *baleen_history_read_chatgpt (JsonObject *object);
BaleenHistoryItem *baleen_history_read_deepseek (JsonObject *object);

/* What all of them end with: ids, order and head. Takes `conversation`, whose `created` and
 * `updated` may be 0; `messages` is an array of BaleenLooseMessage, `is_joined` as in
 * loose-tree.h. */
BaleenHistoryItem *baleen_history_finish_item (BaleenConversationRecord *conversation,
                                               GPtrArray                *messages,
                                               const char               *head,
                                               gboolean                  is_joined);

/* The names of roles and states in our own format. */
const char *baleen_history_name_role (BaleenRole role);
const char *baleen_history_name_state (BaleenState state);
const char *baleen_history_name_part (BaleenMessagePart part);

#define BALEEN_HISTORY_FORMAT "baleen-history"
#define BALEEN_HISTORY_FORMAT_VERSION 1

G_END_DECLS
