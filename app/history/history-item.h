/* A whole conversation outside of the store, on its way in or out. */
#pragma once

#include "baleen-record.h"

G_BEGIN_DECLS

typedef struct
{
  BaleenConversationRecord *conversation; /* (owned) */
  GPtrArray *messages;                    /* (owned) of BaleenMessageRecord, ids ascending */
} BaleenHistoryItem;

/* Takes both. */
BaleenHistoryItem *baleen_history_item_new (BaleenConversationRecord *conversation,
                                            GPtrArray                *messages);
void baleen_history_item_free (BaleenHistoryItem *item);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BaleenHistoryItem, baleen_history_item_free)

/* The path last seen, from its first message on: borrowed records. */
GPtrArray *baleen_history_item_get_path (const BaleenHistoryItem *item);

G_END_DECLS
