/* What was read from a file goes into the history. */
#include "history-import.h"

void
baleen_history_intake_free (BaleenHistoryIntake *intake)
{
  g_ptr_array_unref (intake->taken);
  g_free (intake);
}

/* Two histories may have given one id to two things. */
static gint64
find_free_id (BaleenDatabase *database,
              gint64          id)
{
  while (baleen_database_find_message (database, id) != 0)
    id++;
  return id;
}

/* Messages of a conversation that is new get ids that nothing has; those of one that is there
 * keep theirs if the history has them in it, and then are not written. Parents come first. */
static void
fit_ids (BaleenHistoryItem *item,
         BaleenDatabase    *database,
         GPtrArray         *missing)
{
  g_autoptr (GHashTable) moved = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  gint64 last = 0;

  for (guint i = 0; i < item->messages->len; i++)
    {
      BaleenMessageRecord *record = item->messages->pdata[i];
      const gint64 old = record->id;
      const gint64 *parent = g_hash_table_lookup (moved, &record->parent_id);
      const gint64 home = baleen_database_find_message (database, old);

      if (parent != NULL)
        record->parent_id = *parent;
      record->conversation_id = item->conversation->id;
      if (home == item->conversation->id && old > last)
        {
          last = old;
          continue;
        }
      record->id = find_free_id (database, MAX (old, last + 1));
      last = record->id;
      if (record->id != old)
        g_hash_table_insert (moved, g_memdup2 (&old, sizeof old), &record->id);
      if (item->conversation->head_id == old)
        item->conversation->head_id = record->id;
      g_ptr_array_add (missing, record);
    }
}

static gboolean
is_there (BaleenHistoryItem *item,
          BaleenDatabase    *database)
{
  gint64 created;

  /* An id is a time: another conversation of that moment is another one. */
  while (baleen_database_has_conversation (database, item->conversation->id, &created))
    {
      if (created == item->conversation->created)
        return TRUE;
      item->conversation->id++;
    }
  return FALSE;
}

static BaleenConversationRecord *
copy_conversation (const BaleenConversationRecord *record)
{
  g_autoptr (BaleenConversation) conversation
      = baleen_conversation_record_restore ((BaleenConversationRecord *) record);

  return baleen_conversation_record_new (conversation);
}

typedef struct
{
  BaleenHistoryImport *import;
  BaleenHistoryIntake *intake;
} Intake;

static gboolean
take_item (BaleenHistoryItem   *item,
           BaleenDatabase      *database,
           BaleenHistoryIntake *intake,
           GError             **error)
{
  g_autoptr (GPtrArray) missing = g_ptr_array_new ();
  const gboolean was_there = is_there (item, database);

  fit_ids (item, database, missing);
  if (!was_there && !baleen_database_put_conversation (database, item->conversation, error))
    return FALSE;
  for (guint i = 0; i < missing->len; i++)
    if (!baleen_database_put_message (database, missing->pdata[i], error))
      return FALSE;

  if (missing->len == 0)
    intake->n_present++;
  else
    g_ptr_array_add (intake->taken, copy_conversation (item->conversation));
  return TRUE;
}

/* Called again from the start if it must be. */
static gboolean
take_all (BaleenDatabase *database,
          gpointer        user_data,
          GError        **error)
{
  Intake *all = user_data;

  g_ptr_array_set_size (all->intake->taken, 0);
  all->intake->n_present = 0;
  for (guint i = 0; i < all->import->items->len; i++)
    if (!take_item (all->import->items->pdata[i], database, all->intake, error))
      return FALSE;
  return TRUE;
}

BaleenHistoryIntake *
baleen_history_import_store (BaleenHistoryImport *import,
                             BaleenDatabase      *database,
                             GError             **error)
{
  g_autoptr (BaleenHistoryIntake) intake = g_new0 (BaleenHistoryIntake, 1);
  Intake all = { import, intake };

  intake->taken = g_ptr_array_new_with_free_func ((GDestroyNotify) baleen_conversation_record_free);
  if (!baleen_database_write (database, TRUE, take_all, &all, error))
    return NULL;
  return g_steal_pointer (&intake);
}
