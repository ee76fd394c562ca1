#include "baleen-search.h"

#include <string.h>

#include "baleen-database-private.h"
#include "markdown-parser.h"
#include "markdown-writer.h"

#define SNIPPET_CHARS 120
#define PLAIN_BYTES 20000

void
baleen_search_hit_free (BaleenSearchHit *hit)
{
  g_free (hit->snippet);
  g_array_unref (hit->spans);
  g_free (hit);
}

static BaleenSearchHit *
hit_new (const BaleenSearchQuery *query,
         const char              *text)
{
  BaleenSearchHit *hit = g_new0 (BaleenSearchHit, 1);

  hit->snippet = baleen_search_query_make_snippet (query, text, SNIPPET_CHARS, &hit->spans);
  return hit;
}

/* An answer as it is read, without its marks; as it was written where only these match, or where
 * taking them out would take long. */
static char *
dup_read_text (const BaleenSearchQuery *query,
               const char              *text)
{
  g_autoptr (GPtrArray) blocks = NULL;
  g_autofree char *plain = NULL;

  if (strlen (text) > PLAIN_BYTES)
    return g_strdup (text);
  blocks = baleen_markdown_parse_all (text);
  plain = baleen_blocks_to_plain (blocks);
  return baleen_search_query_matches (query, plain) ? g_steal_pointer (&plain) : g_strdup (text);
}

/* Titles are few and short enough to be read each time. */
static int
search_titles (BaleenDatabase          *database,
               const BaleenSearchQuery *query,
               guint                    limit,
               GPtrArray               *hits)
{
  sqlite3_stmt *statement = NULL;
  int result = sqlite3_prepare_v2 (database->db,
                                   "SELECT id, updated, title FROM conversation"
                                   " WHERE head != 0 AND title IS NOT NULL"
                                   " ORDER BY updated DESC",
                                   -1, &statement, NULL);

  while (result == SQLITE_OK && hits->len < limit && sqlite3_step (statement) == SQLITE_ROW)
    {
      const char *raw = (const char *) sqlite3_column_text (statement, 2);
      g_autofree char *title = g_utf8_make_valid (raw != NULL ? raw : "", -1);
      BaleenSearchHit *hit;

      if (!baleen_search_query_matches (query, title))
        continue;
      hit = hit_new (query, title);
      hit->conversation_id = sqlite3_column_int64 (statement, 0);
      hit->time = sqlite3_column_int64 (statement, 1);
      g_ptr_array_add (hits, hit);
    }
  return sqlite3_finalize (statement);
}

/* What has no token, a sign or an emoji, is looked for in every message. */
static int
prepare_messages (BaleenDatabase          *database,
                  const BaleenSearchQuery *query,
                  sqlite3_stmt           **statement)
{
  int result;

  if (query->expression == NULL)
    return sqlite3_prepare_v2 (database->db,
                               "SELECT id, conversation, role, created, text FROM message"
                               " WHERE is_indexed ORDER BY id DESC",
                               -1, statement, NULL);
  result = sqlite3_prepare_v2 (database->db,
                               "SELECT m.id, m.conversation, m.role, m.created, m.text"
                               " FROM message_text AS t JOIN message AS m ON m.id = t.rowid"
                               " WHERE t.message_text MATCH ? ORDER BY t.rowid DESC",
                               -1, statement, NULL);
  if (result == SQLITE_OK)
    sqlite3_bind_text (*statement, 1, query->expression, -1, SQLITE_STATIC);
  return result;
}

static int
search_messages (BaleenDatabase          *database,
                 const BaleenSearchQuery *query,
                 guint                    limit,
                 GPtrArray               *hits)
{
  sqlite3_stmt *statement = NULL;
  int result = prepare_messages (database, query, &statement);

  while (result == SQLITE_OK && hits->len < limit && sqlite3_step (statement) == SQLITE_ROW)
    {
      const char *raw = (const char *) sqlite3_column_text (statement, 4);
      g_autofree char *text = g_utf8_make_valid (raw != NULL ? raw : "", -1);
      const BaleenRole role = sqlite3_column_int (statement, 2);
      g_autofree char *shown = NULL;
      BaleenSearchHit *hit;

      if (query->is_exact && !baleen_search_query_matches (query, text))
        continue;
      shown = role == BALEEN_ROLE_ASSISTANT ? dup_read_text (query, text) : g_strdup (text);
      hit = hit_new (query, shown);
      hit->message_id = sqlite3_column_int64 (statement, 0);
      hit->conversation_id = sqlite3_column_int64 (statement, 1);
      hit->role = role;
      hit->time = sqlite3_column_int64 (statement, 3);
      g_ptr_array_add (hits, hit);
    }
  return sqlite3_finalize (statement);
}

GPtrArray *
baleen_search_run (BaleenDatabase *database,
                   const char     *text,
                   guint           limit,
                   GError        **error)
{
  g_autoptr (BaleenSearchQuery) query = baleen_search_query_new (text);
  g_autoptr (GPtrArray) hits
      = g_ptr_array_new_with_free_func ((GDestroyNotify) baleen_search_hit_free);
  guint n_titles;
  int result;

  if (baleen_search_query_is_empty (query))
    return g_steal_pointer (&hits);
  result = search_titles (database, query, limit, hits);
  n_titles = hits->len;
  if (result == SQLITE_OK)
    result = search_messages (database, query, limit, hits);
  if ((result & 0xff) == SQLITE_CORRUPT && baleen_database_mend_index (database))
    {
      g_ptr_array_set_size (hits, n_titles);
      result = search_messages (database, query, limit, hits);
    }
  if (result == SQLITE_OK)
    return g_steal_pointer (&hits);

  baleen_database_set_error (error, result, BALEEN_DATABASE_ERROR_FAILED);
  return NULL;
}

typedef struct
{
  char *text; /* (owned) */
  guint limit;
} Search;

static void
search_free (gpointer data)
{
  Search *search = data;

  g_free (search->text);
  g_free (search);
}

static void
run_cb (BaleenDatabase *database,
        GTask          *task)
{
  const Search *search = g_task_get_task_data (task);
  GError *error = NULL;
  GPtrArray *hits;

  if (g_task_return_error_if_cancelled (task))
    return;
  hits = baleen_search_run (database, search->text, search->limit, &error);
  if (hits != NULL)
    g_task_return_pointer (task, hits, (GDestroyNotify) g_ptr_array_unref);
  else
    g_task_return_error (task, error);
}

void
baleen_search_async (BaleenStore        *store,
                     const char         *text,
                     guint               limit,
                     GCancellable       *cancellable,
                     GAsyncReadyCallback callback,
                     gpointer            user_data)
{
  Search *search = g_new (Search, 1);

  search->text = g_strdup (text);
  search->limit = limit;
  baleen_store_run (store, run_cb, search, search_free, cancellable, callback, user_data);
}

GPtrArray *
baleen_search_finish (GAsyncResult *result,
                      GError      **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
