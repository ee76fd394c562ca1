#include "baleen-outbox.h"

struct _BaleenOutbox
{
  GHashTable *conversations; /* (owned) &id → BaleenConversationRecord */
  GHashTable *messages;      /* (owned) &id → BaleenMessageRecord */
  GHashTable *deletions;     /* (owned) set of &id */
  gboolean is_lasting;
};

BaleenOutbox *
baleen_outbox_new (void)
{
  BaleenOutbox *self = g_new0 (BaleenOutbox, 1);

  /* The id is the first field of a record, so a record is its own key. */
  self->conversations
      = g_hash_table_new_full (g_int64_hash, g_int64_equal, NULL,
                               (GDestroyNotify) baleen_conversation_record_free);
  self->messages = g_hash_table_new_full (g_int64_hash, g_int64_equal, NULL,
                                          (GDestroyNotify) baleen_message_record_free);
  self->deletions = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  return self;
}

void
baleen_outbox_free (BaleenOutbox *self)
{
  g_hash_table_unref (self->conversations);
  g_hash_table_unref (self->messages);
  g_hash_table_unref (self->deletions);
  g_free (self);
}

void
baleen_outbox_put_conversation (BaleenOutbox             *self,
                                BaleenConversationRecord *record)
{
  g_hash_table_remove (self->deletions, &record->id);
  g_hash_table_replace (self->conversations, &record->id, record);
}

void
baleen_outbox_put_message (BaleenOutbox        *self,
                           BaleenMessageRecord *record)
{
  g_hash_table_replace (self->messages, &record->id, record);
}

static gboolean
is_of_conversation (gpointer key,
                    gpointer value,
                    gpointer user_data)
{
  return ((BaleenMessageRecord *) value)->conversation_id == *(gint64 *) user_data;
}

void
baleen_outbox_put_deletion (BaleenOutbox *self,
                            gint64        conversation_id)
{
  g_hash_table_remove (self->conversations, &conversation_id);
  g_hash_table_foreach_remove (self->messages, is_of_conversation, &conversation_id);
  g_hash_table_add (self->deletions, g_memdup2 (&conversation_id, sizeof conversation_id));
}

void
baleen_outbox_set_is_lasting (BaleenOutbox *self)
{
  self->is_lasting = TRUE;
}

gboolean
baleen_outbox_is_empty (BaleenOutbox *self)
{
  return g_hash_table_size (self->conversations) == 0 && g_hash_table_size (self->messages) == 0
         && g_hash_table_size (self->deletions) == 0;
}

static gboolean
write_all (BaleenDatabase *database,
           gpointer        user_data,
           GError        **error)
{
  BaleenOutbox *self = user_data;
  GHashTableIter iter;
  gpointer key, record;

  g_hash_table_iter_init (&iter, self->deletions);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    if (!baleen_database_delete (database, *(gint64 *) key, error))
      return FALSE;

  g_hash_table_iter_init (&iter, self->conversations);
  while (g_hash_table_iter_next (&iter, NULL, &record))
    if (!baleen_database_put_conversation (database, record, error))
      return FALSE;

  g_hash_table_iter_init (&iter, self->messages);
  while (g_hash_table_iter_next (&iter, NULL, &record))
    if (!baleen_database_put_message (database, record, error))
      return FALSE;
  return TRUE;
}

gboolean
baleen_outbox_flush (BaleenOutbox   *self,
                     BaleenDatabase *database,
                     GError        **error)
{
  if (baleen_outbox_is_empty (self))
    return TRUE;

  if (!baleen_database_write (database, self->is_lasting, write_all, self, error))
    return FALSE;

  g_hash_table_remove_all (self->conversations);
  g_hash_table_remove_all (self->messages);
  g_hash_table_remove_all (self->deletions);
  self->is_lasting = FALSE;
  return TRUE;
}

void
baleen_outbox_overlay (BaleenOutbox *self,
                       gint64        conversation_id,
                       GPtrArray    *records)
{
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, self->messages);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      BaleenMessageRecord *waiting = value;

      if (waiting->conversation_id != conversation_id)
        continue;
      for (guint i = 0; i < records->len; i++)
        if (((BaleenMessageRecord *) records->pdata[i])->id == waiting->id)
          {
            g_ptr_array_remove_index (records, i);
            break;
          }
      g_ptr_array_add (records, baleen_message_record_copy (waiting));
    }
}
