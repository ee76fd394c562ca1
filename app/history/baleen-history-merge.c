#include "baleen-history-merge.h"

#include <glib/gstdio.h>

char *
baleen_history_stand_in (const char *directory,
                         guint       i)
{
  g_autofree char *name = g_strdup_printf ("history-%u.sqlite", i);

  return g_build_filename (directory, name, NULL);
}

/* Ids are times, so two files never give one id to two things. */
static gboolean
take_in (BaleenDatabase *database,
         BaleenDatabase *other)
{
  g_autoptr (GPtrArray) conversations = baleen_database_list (other, NULL);

  if (conversations == NULL || !baleen_database_begin (database, TRUE, NULL))
    return FALSE;
  for (guint i = 0; i < conversations->len; i++)
    {
      const BaleenConversationRecord *conversation = conversations->pdata[i];
      g_autoptr (GPtrArray) messages = baleen_database_load (other, conversation->id, NULL);

      if (messages == NULL)
        {
          baleen_database_rollback (database);
          return FALSE;
        }
      if (!baleen_database_put_conversation (database, conversation, NULL))
        return FALSE;
      for (guint j = 0; j < messages->len; j++)
        if (!baleen_database_put_message (database, messages->pdata[j], NULL))
          return FALSE;
    }
  return baleen_database_commit (database, NULL);
}

void
baleen_history_merge (BaleenDatabase *database,
                      const char     *directory)
{
  for (guint i = 2; i < BALEEN_HISTORY_STAND_INS; i++)
    {
      g_autofree char *path = baleen_history_stand_in (directory, i);
      g_autofree char *merged = g_strconcat (path, ".merged", NULL);
      BaleenDatabase *other;
      gboolean is_taken;

      if (!g_file_test (path, G_FILE_TEST_EXISTS))
        continue;
      other = baleen_database_open (path, BALEEN_DATABASE_ALONE, NULL);
      if (other == NULL)
        continue;
      is_taken = take_in (database, other);
      baleen_database_close (other);
      if (is_taken)
        g_rename (path, merged);
    }
}
