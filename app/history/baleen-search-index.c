#include "baleen-search-index.h"

#include "baleen-message.h"
#include "search-text.h"

/* ---- the tokenizer ---------------------------------------------------------------------- */

static int
create_cb (void         *context,
           const char  **arguments,
           int           n_arguments,
           Fts5Tokenizer **tokenizer)
{
  /* It has no state; FTS5 wants something to hold. */
  *tokenizer = (Fts5Tokenizer *) &create_cb;
  return SQLITE_OK;
}

static void
delete_cb (Fts5Tokenizer *tokenizer)
{
}

typedef struct
{
  void *context;
  int (*token) (void *, int, const char *, int, int, int);
  int result;
} Listener;

static gboolean
token_cb (const char *token,
          gsize       n_token,
          gsize       start,
          gsize       end,
          gpointer    user_data)
{
  Listener *listener = user_data;

  listener->result = listener->token (listener->context, 0, token, n_token, start, end);
  return listener->result == SQLITE_OK;
}

static int
tokenize_cb (Fts5Tokenizer *tokenizer,
             void          *context,
             int            flags,
             const char    *text,
             int            length,
             int (*token) (void *, int, const char *, int, int, int))
{
  Listener listener = { context, token, SQLITE_OK };

  baleen_search_text_tokenize (text, length, (flags & FTS5_TOKENIZE_QUERY) != 0, token_cb,
                               &listener);
  return listener.result;
}

/* FTS5 gives its interface away only through a pointer bound to a statement. */
static int
get_api (sqlite3   *db,
         fts5_api **api)
{
  sqlite3_stmt *statement = NULL;
  int result = sqlite3_prepare_v2 (db, "SELECT fts5 (?1)", -1, &statement, NULL);

  if (result != SQLITE_OK)
    return result;
  sqlite3_bind_pointer (statement, 1, api, "fts5_api_ptr", NULL);
  sqlite3_step (statement);
  result = sqlite3_finalize (statement);
  return result == SQLITE_OK && *api == NULL ? SQLITE_ERROR : result;
}

int
baleen_search_index_register (sqlite3 *db)
{
  static fts5_tokenizer tokenizer = { create_cb, delete_cb, tokenize_cb };
  fts5_api *api = NULL;
  int result = get_api (db, &api);

  if (result == SQLITE_OK)
    result = api->xCreateTokenizer (api, "baleen", NULL, &tokenizer, NULL);
  return result;
}

/* ---- its rows --------------------------------------------------------------------------- */

/* FTS5 does not always say that it is its own tables that are damaged. */
static int
get_result (sqlite3 *db)
{
  const int result = sqlite3_extended_errcode (db);

  return (result & 0xff) == SQLITE_CORRUPT ? SQLITE_CORRUPT_VTAB : result;
}

static int
run (sqlite3    *db,
     const char *sql,
     gint64      id,
     const char *text)
{
  sqlite3_stmt *statement = NULL;
  int result = sqlite3_prepare_v2 (db, sql, -1, &statement, NULL);

  if (result != SQLITE_OK)
    return get_result (db);
  sqlite3_bind_int64 (statement, 1, id);
  if (text != NULL)
    sqlite3_bind_text (statement, 2, text, -1, SQLITE_STATIC);
  result = sqlite3_step (statement);
  result = result == SQLITE_DONE ? SQLITE_OK : get_result (db);
  sqlite3_finalize (statement);
  return result;
}

int
baleen_search_index_add (sqlite3    *db,
                         gint64      id,
                         const char *text)
{
  return run (db, "INSERT INTO message_text (rowid, text) VALUES (?, ?)", id, text);
}

int
baleen_search_index_remove (sqlite3    *db,
                            gint64      id,
                            const char *text)
{
  return run (db,
              "INSERT INTO message_text (message_text, rowid, text) VALUES ('delete', ?, ?)", id,
              text);
}

int
baleen_search_index_remove_conversation (sqlite3 *db,
                                         gint64   conversation_id)
{
  return run (db,
              "INSERT INTO message_text (message_text, rowid, text)"
              " SELECT 'delete', id, text FROM message WHERE conversation = ? AND is_indexed",
              conversation_id, NULL);
}

int
baleen_search_index_add_missing (sqlite3 *db)
{
  g_autofree char *sql = g_strdup_printf (
      "INSERT INTO message_text (rowid, text)"
      " SELECT id, text FROM message WHERE NOT is_indexed AND state NOT BETWEEN %d AND %d;"
      "UPDATE message SET is_indexed = 1 WHERE NOT is_indexed AND state NOT BETWEEN %d AND %d",
      BALEEN_STATE_QUEUED, BALEEN_STATE_ANSWERING, BALEEN_STATE_QUEUED, BALEEN_STATE_ANSWERING);

  return sqlite3_exec (db, sql, NULL, NULL, NULL) == SQLITE_OK ? SQLITE_OK : get_result (db);
}

int
baleen_search_index_rebuild (sqlite3 *db)
{
  return sqlite3_exec (db,
                       "INSERT INTO message_text (message_text) VALUES ('rebuild');"
                       "UPDATE message SET is_indexed = 1",
                       NULL, NULL, NULL)
                 == SQLITE_OK
             ? SQLITE_OK
             : get_result (db);
}
