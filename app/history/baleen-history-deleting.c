/* Conversations and turns that go: hidden while it can be undone, then deleted. */
#include "baleen-history-private.h"

void
baleen_history_hide (BaleenHistory      *self,
                     BaleenConversation *conversation)
{
  const gint64 id = baleen_conversation_get_id (conversation);

  g_hash_table_add (self->hidden, g_memdup2 (&id, sizeof id));
  baleen_history_unlist (self, conversation);
}

void
baleen_history_put_back (BaleenHistory      *self,
                         BaleenConversation *conversation)
{
  const gint64 id = baleen_conversation_get_id (conversation);

  g_hash_table_remove (self->hidden, &id);
  baleen_history_list (self, conversation);
}

/* Of some ids, those whose conversations the disk no longer has. */
static void
find_deleted (BaleenDatabase *database,
              GTask          *task)
{
  GArray *ids = g_task_get_task_data (task);
  gint64 created;

  for (guint i = ids->len; i > 0; i--)
    if (baleen_database_has_conversation (database, g_array_index (ids, gint64, i - 1), &created))
      g_array_remove_index_fast (ids, i - 1);
  g_task_return_boolean (task, TRUE);
}

/* What a look at the disk cannot bring back any more need not be kept out. */
static void
deleted_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (BaleenHistory) self = user_data;
  GArray *ids = g_task_get_task_data (G_TASK (result));

  for (guint i = 0; i < ids->len; i++)
    g_hash_table_remove (self->hidden, &g_array_index (ids, gint64, i));
}

/* A disk that is full keeps them: they stay hidden then. */
static void
delete_all_of (BaleenHistory *self,
               GArray        *ids)
{
  for (guint i = 0; i < ids->len; i++)
    baleen_store_delete (self->store, g_array_index (ids, gint64, i));
  baleen_store_run (self->store, find_deleted, g_array_ref (ids),
                    (GDestroyNotify) g_array_unref, NULL, deleted_cb, g_object_ref (self));
}

void
baleen_history_delete (BaleenHistory      *self,
                       BaleenConversation *conversation)
{
  const gint64 id = baleen_conversation_get_id (conversation);
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof id);

  g_array_append_val (ids, id);
  delete_all_of (self, ids);
}

void
baleen_history_delete_messages (BaleenHistory      *self,
                                BaleenConversation *conversation,
                                GPtrArray          *messages)
{
  for (guint i = 0; i < messages->len; i++)
    {
      BaleenMessage *message = messages->pdata[i];

      baleen_message_set_sources (message, NULL);
      baleen_message_set_text (message, "", NULL);
      baleen_message_set_state (message, BALEEN_STATE_DELETED);
      baleen_history_save (self, conversation, message, TRUE);
    }
}

static void
wipe (BaleenDatabase *database,
      GTask          *task)
{
  baleen_database_wipe (database);
  g_task_return_boolean (task, TRUE);
}

void
baleen_history_delete_all (BaleenHistory *self)
{
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));

  while (self->conversations->len > 0)
    {
      g_autoptr (BaleenConversation) conversation
          = g_object_ref (self->conversations->pdata[self->conversations->len - 1]);
      const gint64 id = baleen_conversation_get_id (conversation);

      g_array_append_val (ids, id);
      baleen_history_hide (self, conversation);
    }
  delete_all_of (self, ids);
  baleen_store_run (self->store, wipe, NULL, NULL, NULL, NULL, NULL);
}
