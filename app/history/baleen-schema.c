#include "baleen-schema.h"

#include <glib/gstdio.h>

const char *const baleen_schema_steps[] = {
  "CREATE TABLE conversation ("
  "  id INTEGER PRIMARY KEY,"
  "  title TEXT,"
  "  is_named INTEGER NOT NULL DEFAULT 0,"
  "  is_pinned INTEGER NOT NULL DEFAULT 0,"
  "  think INTEGER NOT NULL DEFAULT 0,"
  "  draft TEXT,"
  "  draft_cursor INTEGER NOT NULL DEFAULT 0,"
  "  head INTEGER NOT NULL DEFAULT 0,"
  "  created INTEGER NOT NULL,"
  "  updated INTEGER NOT NULL);"
  "CREATE TABLE message ("
  "  id INTEGER PRIMARY KEY,"
  "  conversation INTEGER NOT NULL,"
  "  parent INTEGER NOT NULL,"
  "  role INTEGER NOT NULL,"
  "  state INTEGER NOT NULL,"
  "  created INTEGER NOT NULL,"
  "  ended INTEGER NOT NULL,"
  "  text TEXT NOT NULL,"
  "  thought TEXT,"
  "  problem TEXT,"
  "  remedy INTEGER NOT NULL DEFAULT 0,"
  "  model TEXT,"
  "  think INTEGER NOT NULL DEFAULT 0,"
  "  n_prompt INTEGER NOT NULL DEFAULT 0,"
  "  n_reused INTEGER NOT NULL DEFAULT 0,"
  "  n_read INTEGER NOT NULL DEFAULT 0,"
  "  n_tokens INTEGER NOT NULL DEFAULT 0,"
  "  read_seconds REAL NOT NULL DEFAULT 0,"
  "  write_seconds REAL NOT NULL DEFAULT 0,"
  "  thought_seconds REAL NOT NULL DEFAULT 0);"
  "CREATE INDEX message_conversation ON message (conversation, id);"
  "CREATE INDEX conversation_updated ON conversation (updated);",

  /* What was 1 for a title that the user gave stays 1: see BaleenTitleSource. The columns named
   * after parts of a message hold JSON, see BaleenMessagePart. */
  "ALTER TABLE conversation RENAME COLUMN is_named TO title_source;"
  "ALTER TABLE conversation ADD COLUMN folder TEXT;"
  "ALTER TABLE conversation ADD COLUMN is_archived INTEGER NOT NULL DEFAULT 0;"
  "ALTER TABLE conversation ADD COLUMN search INTEGER NOT NULL DEFAULT 0;"
  "ALTER TABLE conversation ADD COLUMN draft_attachments TEXT;"
  "ALTER TABLE conversation ADD COLUMN draft_template TEXT;"
  "ALTER TABLE message ADD COLUMN search INTEGER NOT NULL DEFAULT 0;"
  "ALTER TABLE message ADD COLUMN is_left_out INTEGER NOT NULL DEFAULT 0;"
  "ALTER TABLE message ADD COLUMN sources TEXT;"
  "ALTER TABLE message ADD COLUMN attachments TEXT;"
  "ALTER TABLE message ADD COLUMN template TEXT;"
  "ALTER TABLE message ADD COLUMN outline TEXT;"
  "ALTER TABLE message ADD COLUMN is_indexed INTEGER NOT NULL DEFAULT 0;"
  "CREATE VIRTUAL TABLE message_text USING"
  "  fts5 (text, content = 'message', content_rowid = 'id', tokenize = 'baleen');"
  "INSERT INTO message_text (message_text) VALUES ('rebuild');"
  "UPDATE message SET is_indexed = 1;",
  "ALTER TABLE message ADD COLUMN server TEXT;",
  "CREATE INDEX message_server ON message (conversation) WHERE server IS NOT NULL;",
};
const guint baleen_schema_n_steps = G_N_ELEMENTS (baleen_schema_steps);

gint64
baleen_schema_get_pragma (sqlite3    *db,
                          const char *name)
{
  g_autofree char *sql = g_strdup_printf ("PRAGMA %s", name);
  sqlite3_stmt *statement = NULL;
  gint64 value = -1;

  if (sqlite3_prepare_v2 (db, sql, -1, &statement, NULL) == SQLITE_OK
      && sqlite3_step (statement) == SQLITE_ROW)
    value = sqlite3_column_int64 (statement, 0);
  sqlite3_finalize (statement);
  return value;
}

/* A copy made by SQLite itself, so that what still lies in the write-ahead log is in it. It is
 * written beside and renamed: half a copy never looks like a whole one. */
static int
back_up (sqlite3    *db,
         const char *path,
         guint       version)
{
  g_autofree char *target = g_strdup_printf ("%s.v%u", path, version);
  g_autofree char *part = g_strconcat (target, ".part", NULL);
  sqlite3_stmt *statement = NULL;
  int result;

  g_unlink (part);
  result = sqlite3_prepare_v2 (db, "VACUUM INTO ?", -1, &statement, NULL);
  if (result == SQLITE_OK)
    {
      sqlite3_bind_text (statement, 1, part, -1, SQLITE_STATIC);
      result = sqlite3_step (statement);
    }
  sqlite3_finalize (statement);
  if (result == SQLITE_DONE && g_rename (part, target) == 0)
    return SQLITE_OK;

  g_unlink (part);
  return result == SQLITE_DONE ? SQLITE_IOERR : result;
}

int
baleen_schema_upgrade (sqlite3           *db,
                       const char        *path,
                       const char *const *steps,
                       guint              n_steps)
{
  const guint version = baleen_schema_get_pragma (db, "user_version");
  g_autofree char *marks = NULL;
  int result;

  if (version >= n_steps)
    return SQLITE_OK;
  if (version > 0 && path != NULL)
    {
      result = back_up (db, path, version);
      if (result != SQLITE_OK)
        return result;
    }

  result = sqlite3_exec (db, "BEGIN IMMEDIATE", NULL, NULL, NULL);
  for (guint i = version; result == SQLITE_OK && i < n_steps; i++)
    result = sqlite3_exec (db, steps[i], NULL, NULL, NULL);
  if (result == SQLITE_OK)
    {
      marks = g_strdup_printf ("PRAGMA application_id = %d; PRAGMA user_version = %u; COMMIT",
                               BALEEN_APPLICATION_ID, n_steps);
      result = sqlite3_exec (db, marks, NULL, NULL, NULL);
    }
  if (result != SQLITE_OK && !sqlite3_get_autocommit (db))
    sqlite3_exec (db, "ROLLBACK", NULL, NULL, NULL);
  return result;
}
