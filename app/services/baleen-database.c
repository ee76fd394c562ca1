#include "baleen-database.h"

#include <glib/gi18n-lib.h>

#include "baleen-schema.h"

G_DEFINE_QUARK (baleen-database-error-quark, baleen_database_error)

struct _BaleenDatabase
{
  sqlite3 *db;                    /* (owned) */
  sqlite3_stmt *put_conversation; /* (owned) */
  sqlite3_stmt *put_message;      /* (owned) */
};

#define CONVERSATION_COLUMNS \
  "id, title, is_named, is_pinned, think, draft, draft_cursor, head, created, updated"
#define MESSAGE_COLUMNS                                                             \
  "id, conversation, parent, role, state, created, ended, text, thought, problem, " \
  "remedy, model, think, n_prompt, n_reused, n_read, n_tokens, read_seconds, "      \
  "write_seconds, thought_seconds"

/* People see words, never SQLite's own: they end a sentence that names the file. */
static const char *
words_for (int result)
{
  switch (result & 0xff)
    {
    case SQLITE_FULL:
      return _("the disk is full");
    case SQLITE_NOTADB:
      return _("it is not a history file");
    case SQLITE_CORRUPT:
      return _("the file is damaged");
    case SQLITE_READONLY:
    case SQLITE_PERM:
    case SQLITE_AUTH:
      return _("it may only be read");
    case SQLITE_CANTOPEN:
      return _("the file or its folder is not accessible");
    case SQLITE_NOMEM:
      return _("there is not enough memory");
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      return _("another program is using it");
    case SQLITE_IOERR:
      return _("the disk reported a fault");
    default:
      return _("it is in an unexpected state");
    }
}

static gboolean
set_error (GError **error,
           int      result,
           int      code)
{
  if ((result & 0xff) == SQLITE_FULL)
    code = BALEEN_DATABASE_ERROR_FULL;
  else if ((result & 0xff) == SQLITE_NOTADB || (result & 0xff) == SQLITE_CORRUPT)
    code = BALEEN_DATABASE_ERROR_UNREADABLE;
  g_set_error_literal (error, BALEEN_DATABASE_ERROR, code, words_for (result));
  return FALSE;
}

/* quick_check reads every page but no index against its table: enough to keep us from writing
 * into a file whose tree is broken. */
static gboolean
is_sound (sqlite3 *db)
{
  sqlite3_stmt *statement = NULL;
  gboolean sound = FALSE;

  if (sqlite3_prepare_v2 (db, "PRAGMA quick_check(1)", -1, &statement, NULL) == SQLITE_OK
      && sqlite3_step (statement) == SQLITE_ROW)
    sound = g_strcmp0 ((const char *) sqlite3_column_text (statement, 0), "ok") == 0;
  sqlite3_finalize (statement);
  return sound;
}

/* Reads only: whose file is it, and can we use it? */
static gboolean
check_file (sqlite3 *db,
            GError **error)
{
  const gint64 n_pages = baleen_schema_get_pragma (db, "page_count");
  const gint64 application = baleen_schema_get_pragma (db, "application_id");
  const gint64 version = baleen_schema_get_pragma (db, "user_version");

  if (n_pages < 0)
    return set_error (error, sqlite3_errcode (db), BALEEN_DATABASE_ERROR_UNREADABLE);
  if (n_pages == 0)
    return TRUE;
  if (application != BALEEN_APPLICATION_ID)
    return set_error (error, SQLITE_NOTADB, BALEEN_DATABASE_ERROR_UNREADABLE);
  if (version > baleen_schema_n_steps)
    {
      g_set_error (error, BALEEN_DATABASE_ERROR, BALEEN_DATABASE_ERROR_NEWER,
                   "%" G_GINT64_FORMAT, version);
      return FALSE;
    }
  if (!is_sound (db))
    return set_error (error, SQLITE_CORRUPT, BALEEN_DATABASE_ERROR_UNREADABLE);
  return TRUE;
}

static void
harden (sqlite3 *db)
{
  sqlite3_db_config (db, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
  sqlite3_db_config (db, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
  sqlite3_db_config (db, SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0, NULL);
  sqlite3_busy_timeout (db, 1000);
}

static int
prepare (BaleenDatabase *self)
{
  int result = sqlite3_exec (self->db,
                             "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL", NULL,
                             NULL, NULL);

  if (result == SQLITE_OK)
    result = baleen_schema_upgrade (self->db, sqlite3_db_filename (self->db, "main"),
                                    baleen_schema_steps, baleen_schema_n_steps);
  if (result == SQLITE_OK)
    result = sqlite3_prepare_v2 (self->db,
                                 "INSERT OR REPLACE INTO conversation (" CONVERSATION_COLUMNS
                                 ") VALUES (?,?,?,?,?,?,?,?,?,?)",
                                 -1, &self->put_conversation, NULL);
  if (result == SQLITE_OK)
    result = sqlite3_prepare_v2 (self->db,
                                 "INSERT OR REPLACE INTO message (" MESSAGE_COLUMNS
                                 ") VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)",
                                 -1, &self->put_message, NULL);
  return result;
}

/* `ended` is when it was last saved, so the time it was interrupted is known already. */
static void
mark_interrupted (BaleenDatabase *self)
{
  g_autofree char *sql
      = g_strdup_printf ("UPDATE message SET state = %d WHERE state BETWEEN %d AND %d",
                         BALEEN_STATE_INTERRUPTED, BALEEN_STATE_QUEUED, BALEEN_STATE_ANSWERING);

  sqlite3_exec (self->db, sql, NULL, NULL, NULL);
}

BaleenDatabase *
baleen_database_open (const char *path,
                      GError    **error)
{
  g_autoptr (BaleenDatabase) self = g_new0 (BaleenDatabase, 1);
  int result = sqlite3_open_v2 (path != NULL ? path : ":memory:", &self->db,
                                SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE
                                    | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_PRIVATECACHE,
                                NULL);

  if (result != SQLITE_OK)
    {
      set_error (error, result, BALEEN_DATABASE_ERROR_UNREADABLE);
      return NULL;
    }
  harden (self->db);
  if (!check_file (self->db, error))
    return NULL;

  result = prepare (self);
  if (result != SQLITE_OK)
    {
      set_error (error, result, BALEEN_DATABASE_ERROR_UNREADABLE);
      return NULL;
    }
  mark_interrupted (self);
  return g_steal_pointer (&self);
}

void
baleen_database_close (BaleenDatabase *self)
{
  sqlite3_finalize (self->put_conversation);
  sqlite3_finalize (self->put_message);
  sqlite3_close_v2 (self->db);
  g_free (self);
}

/* Text from a file is any bytes; above this line it is UTF-8. */
static char *
column_text (sqlite3_stmt *statement,
             int           column)
{
  const char *text = (const char *) sqlite3_column_text (statement, column);

  return text != NULL ? g_utf8_make_valid (text, -1) : NULL;
}

static BaleenConversationRecord *
read_conversation (sqlite3_stmt *statement)
{
  BaleenConversationRecord *record = g_new0 (BaleenConversationRecord, 1);

  record->id = sqlite3_column_int64 (statement, 0);
  record->title = column_text (statement, 1);
  record->is_named = sqlite3_column_int (statement, 2) != 0;
  record->is_pinned = sqlite3_column_int (statement, 3) != 0;
  record->think = sqlite3_column_int (statement, 4) != 0;
  record->draft = column_text (statement, 5);
  record->draft_cursor = sqlite3_column_int (statement, 6);
  record->head_id = sqlite3_column_int64 (statement, 7);
  record->created = sqlite3_column_int64 (statement, 8);
  record->updated = sqlite3_column_int64 (statement, 9);
  return record;
}

static BaleenMessageRecord *
read_message (sqlite3_stmt *statement)
{
  BaleenMessageRecord *record = g_new0 (BaleenMessageRecord, 1);

  record->id = sqlite3_column_int64 (statement, 0);
  record->conversation_id = sqlite3_column_int64 (statement, 1);
  record->parent_id = sqlite3_column_int64 (statement, 2);
  record->role = CLAMP (sqlite3_column_int (statement, 3), BALEEN_ROLE_SYSTEM,
                        BALEEN_ROLE_ASSISTANT);
  record->state = CLAMP (sqlite3_column_int (statement, 4), BALEEN_STATE_DONE,
                         BALEEN_STATE_INTERRUPTED);
  record->created = sqlite3_column_int64 (statement, 5);
  record->ended = sqlite3_column_int64 (statement, 6);
  record->text = column_text (statement, 7);
  if (record->text == NULL)
    record->text = g_strdup ("");
  record->thought = column_text (statement, 8);
  record->problem = column_text (statement, 9);
  record->remedy = sqlite3_column_int (statement, 10);
  record->model = column_text (statement, 11);
  record->think = sqlite3_column_int (statement, 12) != 0;
  record->numbers.n_prompt = sqlite3_column_int64 (statement, 13);
  record->numbers.n_reused = sqlite3_column_int64 (statement, 14);
  record->numbers.n_read = sqlite3_column_int64 (statement, 15);
  record->numbers.n_tokens = sqlite3_column_int64 (statement, 16);
  record->numbers.read_seconds = sqlite3_column_double (statement, 17);
  record->numbers.write_seconds = sqlite3_column_double (statement, 18);
  record->numbers.thought_seconds = sqlite3_column_double (statement, 19);
  return record;
}

static GPtrArray *
read_all (BaleenDatabase *self,
          sqlite3_stmt   *statement,
          gpointer (*read) (sqlite3_stmt *),
          GDestroyNotify free_record,
          GError       **error)
{
  g_autoptr (GPtrArray) records = g_ptr_array_new_with_free_func (free_record);
  int result;

  while ((result = sqlite3_step (statement)) == SQLITE_ROW)
    g_ptr_array_add (records, read (statement));
  sqlite3_finalize (statement);
  if (result == SQLITE_DONE)
    return g_steal_pointer (&records);

  set_error (error, result, BALEEN_DATABASE_ERROR_FAILED);
  return NULL;
}

GPtrArray *
baleen_database_list (BaleenDatabase *self,
                      GError        **error)
{
  sqlite3_stmt *statement = NULL;

  sqlite3_prepare_v2 (self->db,
                      "SELECT " CONVERSATION_COLUMNS
                      " FROM conversation ORDER BY updated DESC, id DESC",
                      -1, &statement, NULL);
  return read_all (self, statement, (gpointer (*) (sqlite3_stmt *)) read_conversation,
                   (GDestroyNotify) baleen_conversation_record_free, error);
}

GPtrArray *
baleen_database_load (BaleenDatabase *self,
                      gint64          conversation_id,
                      GError        **error)
{
  sqlite3_stmt *statement = NULL;

  sqlite3_prepare_v2 (self->db,
                      "SELECT " MESSAGE_COLUMNS
                      " FROM message WHERE conversation = ? ORDER BY id",
                      -1, &statement, NULL);
  sqlite3_bind_int64 (statement, 1, conversation_id);
  return read_all (self, statement, (gpointer (*) (sqlite3_stmt *)) read_message,
                   (GDestroyNotify) baleen_message_record_free, error);
}

gint64
baleen_database_get_last_id (BaleenDatabase *self)
{
  sqlite3_stmt *statement = NULL;
  gint64 id = 0;

  sqlite3_prepare_v2 (self->db,
                      "SELECT MAX (IFNULL ((SELECT MAX (id) FROM conversation), 0),"
                      " IFNULL ((SELECT MAX (id) FROM message), 0))",
                      -1, &statement, NULL);
  if (sqlite3_step (statement) == SQLITE_ROW)
    id = sqlite3_column_int64 (statement, 0);
  sqlite3_finalize (statement);
  return id;
}

static gboolean
finish_write (BaleenDatabase *self,
              int             result,
              GError        **error)
{
  if (result == SQLITE_OK || result == SQLITE_DONE)
    return TRUE;

  baleen_database_rollback (self);
  return set_error (error, result, BALEEN_DATABASE_ERROR_FAILED);
}

/* In WAL mode NORMAL keeps the file sound through a power cut and FULL keeps the transaction
 * as well, at the price of waiting for the disk. */
gboolean
baleen_database_begin (BaleenDatabase *self,
                       gboolean        is_lasting,
                       GError        **error)
{
  sqlite3_exec (self->db, is_lasting ? "PRAGMA synchronous = FULL" : "PRAGMA synchronous = NORMAL",
                NULL, NULL, NULL);
  return finish_write (self, sqlite3_exec (self->db, "BEGIN IMMEDIATE", NULL, NULL, NULL), error);
}

gboolean
baleen_database_put_conversation (BaleenDatabase                 *self,
                                  const BaleenConversationRecord *record,
                                  GError                        **error)
{
  sqlite3_stmt *s = self->put_conversation;
  int result;

  sqlite3_bind_int64 (s, 1, record->id);
  sqlite3_bind_text (s, 2, record->title, -1, SQLITE_STATIC);
  sqlite3_bind_int (s, 3, record->is_named);
  sqlite3_bind_int (s, 4, record->is_pinned);
  sqlite3_bind_int (s, 5, record->think);
  sqlite3_bind_text (s, 6, record->draft, -1, SQLITE_STATIC);
  sqlite3_bind_int (s, 7, record->draft_cursor);
  sqlite3_bind_int64 (s, 8, record->head_id);
  sqlite3_bind_int64 (s, 9, record->created);
  sqlite3_bind_int64 (s, 10, record->updated);
  result = sqlite3_step (s);
  sqlite3_reset (s);
  return finish_write (self, result, error);
}

gboolean
baleen_database_put_message (BaleenDatabase            *self,
                             const BaleenMessageRecord *record,
                             GError                   **error)
{
  sqlite3_stmt *s = self->put_message;
  int result;

  sqlite3_bind_int64 (s, 1, record->id);
  sqlite3_bind_int64 (s, 2, record->conversation_id);
  sqlite3_bind_int64 (s, 3, record->parent_id);
  sqlite3_bind_int (s, 4, record->role);
  sqlite3_bind_int (s, 5, record->state);
  sqlite3_bind_int64 (s, 6, record->created);
  sqlite3_bind_int64 (s, 7, record->ended);
  sqlite3_bind_text (s, 8, record->text, -1, SQLITE_STATIC);
  sqlite3_bind_text (s, 9, record->thought, -1, SQLITE_STATIC);
  sqlite3_bind_text (s, 10, record->problem, -1, SQLITE_STATIC);
  sqlite3_bind_int (s, 11, record->remedy);
  sqlite3_bind_text (s, 12, record->model, -1, SQLITE_STATIC);
  sqlite3_bind_int (s, 13, record->think);
  sqlite3_bind_int64 (s, 14, record->numbers.n_prompt);
  sqlite3_bind_int64 (s, 15, record->numbers.n_reused);
  sqlite3_bind_int64 (s, 16, record->numbers.n_read);
  sqlite3_bind_int64 (s, 17, record->numbers.n_tokens);
  sqlite3_bind_double (s, 18, record->numbers.read_seconds);
  sqlite3_bind_double (s, 19, record->numbers.write_seconds);
  sqlite3_bind_double (s, 20, record->numbers.thought_seconds);
  result = sqlite3_step (s);
  sqlite3_reset (s);
  return finish_write (self, result, error);
}

gboolean
baleen_database_delete (BaleenDatabase *self,
                        gint64          conversation_id,
                        GError        **error)
{
  g_autofree char *sql
      = g_strdup_printf ("DELETE FROM message WHERE conversation = %" G_GINT64_FORMAT ";"
                         "DELETE FROM conversation WHERE id = %" G_GINT64_FORMAT,
                         conversation_id, conversation_id);

  return finish_write (self, sqlite3_exec (self->db, sql, NULL, NULL, NULL), error);
}

gboolean
baleen_database_commit (BaleenDatabase *self,
                        GError        **error)
{
  return finish_write (self, sqlite3_exec (self->db, "COMMIT", NULL, NULL, NULL), error);
}

void
baleen_database_rollback (BaleenDatabase *self)
{
  if (!sqlite3_get_autocommit (self->db))
    sqlite3_exec (self->db, "ROLLBACK", NULL, NULL, NULL);
}
