#include "history-item.h"

BaleenHistoryItem *
baleen_history_item_new (BaleenConversationRecord *conversation,
                         GPtrArray                *messages)
{
  BaleenHistoryItem *item = g_new (BaleenHistoryItem, 1);

  item->conversation = conversation;
  item->messages = messages;
  return item;
}

void
baleen_history_item_free (BaleenHistoryItem *item)
{
  baleen_conversation_record_free (item->conversation);
  g_ptr_array_unref (item->messages);
  g_free (item);
}

/* Parents are older, so one walk from the end finds them all. As in a window, a message whose
 * parent is missing hangs below the one before it. */
GPtrArray *
baleen_history_item_get_path (const BaleenHistoryItem *item)
{
  GPtrArray *path = g_ptr_array_new ();
  gint64 wanted = item->conversation->head_id;
  gboolean is_known = FALSE;

  for (guint i = 0; i < item->messages->len; i++)
    is_known |= ((BaleenMessageRecord *) item->messages->pdata[i])->id == wanted;
  for (guint i = item->messages->len; i > 0 && (wanted != 0 || !is_known); i--)
    {
      BaleenMessageRecord *record = item->messages->pdata[i - 1];

      if (is_known && record->id > wanted)
        continue;
      if (record->state != BALEEN_STATE_DELETED)
        g_ptr_array_insert (path, 0, record);
      wanted = record->parent_id < record->id ? record->parent_id : 0;
      is_known = TRUE;
    }
  return path;
}
