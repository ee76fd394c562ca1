/* Conversations and messages, in and out. */
#include "baleen-database-private.h"

#include "baleen-search-index.h"

#define CONVERSATION_COLUMNS                                                                  \
  "id, title, title_source, is_pinned, is_archived, folder, think, search, draft, "           \
  "draft_cursor, draft_attachments, draft_template, head, created, updated"
#define MESSAGE_COLUMNS                                                             \
  "id, conversation, parent, role, state, created, ended, text, thought, problem, " \
  "remedy, model, think, search, is_left_out, n_prompt, n_reused, n_read, n_tokens, " \
  "read_seconds, write_seconds, thought_seconds, sources, attachments, template, outline, server"

/* The column “think” of a message: whether it was asked to, and whether its budget ended it. */
#define THINK_ON 1
#define THINK_CUT 2

int
baleen_database_prepare_records (BaleenDatabase *self)
{
  int result
      = sqlite3_prepare_v2 (self->db,
                            "INSERT OR REPLACE INTO conversation (" CONVERSATION_COLUMNS
                            ") VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)",
                            -1, &self->put_conversation, NULL);

  if (result == SQLITE_OK)
    result = sqlite3_prepare_v2 (
        self->db,
        "INSERT OR REPLACE INTO message (" MESSAGE_COLUMNS ", is_indexed"
        ") VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)",
        -1, &self->put_message, NULL);
  if (result == SQLITE_OK)
    result = sqlite3_prepare_v2 (self->db, "SELECT text FROM message WHERE id = ? AND is_indexed",
                                 -1, &self->get_indexed, NULL);
  if (result == SQLITE_OK)
    result = sqlite3_prepare_v2 (self->db, "SELECT created FROM conversation WHERE id = ?", -1,
                                 &self->get_created, NULL);
  if (result == SQLITE_OK)
    result = sqlite3_prepare_v2 (self->db, "SELECT conversation FROM message WHERE id = ?", -1,
                                 &self->get_home, NULL);
  return result;
}

/* ---- out -------------------------------------------------------------------------------- */

/* Text from a file is any bytes; above this line it is UTF-8. */
static char *
column_text (sqlite3_stmt *statement,
             int           column)
{
  const char *text = (const char *) sqlite3_column_text (statement, column);

  return text != NULL ? g_utf8_make_valid (text, -1) : NULL;
}

/* Numbers from a file are any too. */
static int
column_kind (sqlite3_stmt *statement,
             int           column,
             int           least,
             int           most)
{
  const int kind = sqlite3_column_int (statement, column);

  return CLAMP (kind, least, most);
}

static BaleenConversationRecord *
read_conversation (sqlite3_stmt *statement)
{
  BaleenConversationRecord *record = g_new0 (BaleenConversationRecord, 1);
  int i = 0;

  record->id = sqlite3_column_int64 (statement, i++);
  record->title = column_text (statement, i++);
  record->title_source
      = column_kind (statement, i++, BALEEN_TITLE_WORDS, BALEEN_TITLE_MODEL);
  record->is_pinned = sqlite3_column_int (statement, i++) != 0;
  record->is_archived = sqlite3_column_int (statement, i++) != 0;
  record->folder = column_text (statement, i++);
  record->think = sqlite3_column_int (statement, i++) != 0;
  record->search = sqlite3_column_int (statement, i++) != 0;
  record->draft = column_text (statement, i++);
  record->draft_cursor = sqlite3_column_int (statement, i++);
  record->draft_attachments = column_text (statement, i++);
  record->draft_template = column_text (statement, i++);
  record->head_id = sqlite3_column_int64 (statement, i++);
  record->created = sqlite3_column_int64 (statement, i++);
  record->updated = sqlite3_column_int64 (statement, i++);
  record->has_left = sqlite3_column_int (statement, i++) != 0;
  return record;
}

static BaleenMessageRecord *
read_message (sqlite3_stmt *statement)
{
  BaleenMessageRecord *record = g_new0 (BaleenMessageRecord, 1);
  int i = 0;
  int think;

  record->id = sqlite3_column_int64 (statement, i++);
  record->conversation_id = sqlite3_column_int64 (statement, i++);
  record->parent_id = sqlite3_column_int64 (statement, i++);
  record->role = column_kind (statement, i++, BALEEN_ROLE_SYSTEM, BALEEN_ROLE_ASSISTANT);
  record->state = column_kind (statement, i++, BALEEN_STATE_DONE, BALEEN_STATE_DELETED);
  record->created = sqlite3_column_int64 (statement, i++);
  record->ended = sqlite3_column_int64 (statement, i++);
  record->text = column_text (statement, i++);
  if (record->text == NULL)
    record->text = g_strdup ("");
  record->thought = column_text (statement, i++);
  record->problem = column_text (statement, i++);
  record->remedy = sqlite3_column_int (statement, i++);
  record->model = column_text (statement, i++);
  think = sqlite3_column_int (statement, i++);
  record->think = (think & THINK_ON) != 0;
  record->numbers.is_thought_cut = (think & THINK_CUT) != 0;
  record->search = sqlite3_column_int (statement, i++) != 0;
  record->is_left_out = sqlite3_column_int (statement, i++) != 0;
  record->numbers.n_prompt = sqlite3_column_int64 (statement, i++);
  record->numbers.n_reused = sqlite3_column_int64 (statement, i++);
  record->numbers.n_read = sqlite3_column_int64 (statement, i++);
  record->numbers.n_tokens = sqlite3_column_int64 (statement, i++);
  record->numbers.read_seconds = sqlite3_column_double (statement, i++);
  record->numbers.write_seconds = sqlite3_column_double (statement, i++);
  record->numbers.thought_seconds = sqlite3_column_double (statement, i++);
  record->sources = column_text (statement, i++);
  for (guint part = 0; part < BALEEN_N_PARTS; part++)
    record->parts[part] = column_text (statement, i++);
  return record;
}

static GPtrArray *
read_all (sqlite3_stmt *statement,
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

  baleen_database_set_error (error, result, BALEEN_DATABASE_ERROR_FAILED);
  return NULL;
}

GPtrArray *
baleen_database_list (BaleenDatabase *self,
                      GError        **error)
{
  sqlite3_stmt *statement = NULL;

  sqlite3_prepare_v2 (self->db,
                      "SELECT " CONVERSATION_COLUMNS ", EXISTS (SELECT 1 FROM message"
                      " WHERE message.conversation = conversation.id AND server IS NOT NULL)"
                      " FROM conversation ORDER BY updated DESC, id DESC",
                      -1, &statement, NULL);
  return read_all (statement, (gpointer (*) (sqlite3_stmt *)) read_conversation,
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
  return read_all (statement, (gpointer (*) (sqlite3_stmt *)) read_message,
                   (GDestroyNotify) baleen_message_record_free, error);
}

/* The first column of the only row; FALSE when there is none. */
static gboolean
look_up (sqlite3_stmt *statement,
         gint64        id,
         gint64       *value)
{
  gboolean is_found;

  sqlite3_bind_int64 (statement, 1, id);
  is_found = sqlite3_step (statement) == SQLITE_ROW;
  if (is_found)
    *value = sqlite3_column_int64 (statement, 0);
  sqlite3_reset (statement);
  return is_found;
}

gboolean
baleen_database_has_conversation (BaleenDatabase *self,
                                  gint64          id,
                                  gint64         *created)
{
  return look_up (self->get_created, id, created);
}

gint64
baleen_database_find_message (BaleenDatabase *self,
                              gint64          id)
{
  gint64 conversation = 0;

  look_up (self->get_home, id, &conversation);
  return conversation;
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

/* ---- in --------------------------------------------------------------------------------- */

gboolean
baleen_database_put_conversation (BaleenDatabase                 *self,
                                  const BaleenConversationRecord *record,
                                  GError                        **error)
{
  sqlite3_stmt *s = self->put_conversation;
  int i = 1;
  int result;

  sqlite3_bind_int64 (s, i++, record->id);
  sqlite3_bind_text (s, i++, record->title, -1, SQLITE_STATIC);
  sqlite3_bind_int (s, i++, record->title_source);
  sqlite3_bind_int (s, i++, record->is_pinned);
  sqlite3_bind_int (s, i++, record->is_archived);
  sqlite3_bind_text (s, i++, record->folder, -1, SQLITE_STATIC);
  sqlite3_bind_int (s, i++, record->think);
  sqlite3_bind_int (s, i++, record->search);
  sqlite3_bind_text (s, i++, record->draft, -1, SQLITE_STATIC);
  sqlite3_bind_int (s, i++, record->draft_cursor);
  sqlite3_bind_text (s, i++, record->draft_attachments, -1, SQLITE_STATIC);
  sqlite3_bind_text (s, i++, record->draft_template, -1, SQLITE_STATIC);
  sqlite3_bind_int64 (s, i++, record->head_id);
  sqlite3_bind_int64 (s, i++, record->created);
  sqlite3_bind_int64 (s, i++, record->updated);
  result = sqlite3_step (s);
  sqlite3_reset (s);
  return baleen_database_finish_write (self, result, error);
}

static int
write_message (BaleenDatabase            *self,
               const BaleenMessageRecord *record,
               gboolean                   is_indexed)
{
  sqlite3_stmt *s = self->put_message;
  int i = 1;
  int result;

  sqlite3_bind_int64 (s, i++, record->id);
  sqlite3_bind_int64 (s, i++, record->conversation_id);
  sqlite3_bind_int64 (s, i++, record->parent_id);
  sqlite3_bind_int (s, i++, record->role);
  sqlite3_bind_int (s, i++, record->state);
  sqlite3_bind_int64 (s, i++, record->created);
  sqlite3_bind_int64 (s, i++, record->ended);
  sqlite3_bind_text (s, i++, record->text, -1, SQLITE_STATIC);
  sqlite3_bind_text (s, i++, record->thought, -1, SQLITE_STATIC);
  sqlite3_bind_text (s, i++, record->problem, -1, SQLITE_STATIC);
  sqlite3_bind_int (s, i++, record->remedy);
  sqlite3_bind_text (s, i++, record->model, -1, SQLITE_STATIC);
  sqlite3_bind_int (s, i++, (record->think ? THINK_ON : 0)
                                | (record->numbers.is_thought_cut ? THINK_CUT : 0));
  sqlite3_bind_int (s, i++, record->search);
  sqlite3_bind_int (s, i++, record->is_left_out);
  sqlite3_bind_int64 (s, i++, record->numbers.n_prompt);
  sqlite3_bind_int64 (s, i++, record->numbers.n_reused);
  sqlite3_bind_int64 (s, i++, record->numbers.n_read);
  sqlite3_bind_int64 (s, i++, record->numbers.n_tokens);
  sqlite3_bind_double (s, i++, record->numbers.read_seconds);
  sqlite3_bind_double (s, i++, record->numbers.write_seconds);
  sqlite3_bind_double (s, i++, record->numbers.thought_seconds);
  sqlite3_bind_text (s, i++, record->sources, -1, SQLITE_STATIC);
  for (guint part = 0; part < BALEEN_N_PARTS; part++)
    sqlite3_bind_text (s, i++, record->parts[part], -1, SQLITE_STATIC);
  sqlite3_bind_int (s, i++, is_indexed);
  result = sqlite3_step (s);
  sqlite3_reset (s);
  return result == SQLITE_DONE ? SQLITE_OK : result;
}

/* The text as the index has it; NULL when it has none. */
static char *
dup_indexed_text (BaleenDatabase *self,
                  gint64          id)
{
  sqlite3_stmt *s = self->get_indexed;
  char *text = NULL;

  sqlite3_bind_int64 (s, 1, id);
  if (sqlite3_step (s) == SQLITE_ROW)
    text = g_strdup ((const char *) sqlite3_column_text (s, 0));
  sqlite3_reset (s);
  return text;
}

/* An answer enters the index when it is written to its end, not at each of its words. */
gboolean
baleen_database_put_message (BaleenDatabase            *self,
                             const BaleenMessageRecord *record,
                             GError                   **error)
{
  const gboolean is_wanted = !baleen_state_is_running (record->state);
  g_autofree char *old = dup_indexed_text (self, record->id);
  const gboolean is_same = is_wanted && g_strcmp0 (old, record->text) == 0;
  int result = SQLITE_OK;

  if (old != NULL && !is_same)
    result = baleen_search_index_remove (self->db, record->id, old);
  if (result == SQLITE_OK)
    result = write_message (self, record, is_wanted);
  if (result == SQLITE_OK && is_wanted && !is_same)
    result = baleen_search_index_add (self->db, record->id, record->text);
  return baleen_database_finish_write (self, result, error);
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
  int result = baleen_search_index_remove_conversation (self->db, conversation_id);

  if (result == SQLITE_OK)
    result = sqlite3_exec (self->db, sql, NULL, NULL, NULL);
  return baleen_database_finish_write (self, result, error);
}
