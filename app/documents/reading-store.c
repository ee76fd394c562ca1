#include "reading-store.h"

#include "search-terms.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <sqlite3.h>
#include <string.h>
#include <utime.h>

#define FILE_NAME "reading.sqlite"
#define STATE_SUFFIX ".state"
/* Another process that reads the same document writes for moments only. */
#define BUSY_MILLISECONDS 10000
/* Claims are indexed beside sentences, under numbers that no sentence has. */
#define FIRST_CLAIM 1000000000

struct _BaleenReadingStore
{
  char *folder; /* (owned) */
  sqlite3 *db;  /* (owned) */
};

static const char schema[]
    = "PRAGMA journal_mode = WAL;"
      "PRAGMA synchronous = NORMAL;"
      "CREATE TABLE IF NOT EXISTS answer (key TEXT PRIMARY KEY, text TEXT NOT NULL,"
      " n_prompt INTEGER NOT NULL, n_answer INTEGER NOT NULL, is_cut INTEGER NOT NULL)"
      " WITHOUT ROWID;"
      "CREATE TABLE IF NOT EXISTS claim (id INTEGER PRIMARY KEY, text TEXT NOT NULL,"
      " first INTEGER NOT NULL, last INTEGER NOT NULL, UNIQUE (text, first));"
      "CREATE TABLE IF NOT EXISTS place (id INTEGER PRIMARY KEY, first INTEGER NOT NULL);"
      "CREATE VIRTUAL TABLE IF NOT EXISTS word USING fts5 (terms, content='',"
      " tokenize='porter unicode61');"
      "PRAGMA user_version = 1;";

static char *
get_cache_folder (void)
{
  return g_build_filename (g_get_user_cache_dir (), "baleen", "documents", NULL);
}

/* The same text is the same document, wherever its file lies. */
static char *
get_document_folder (const BaleenDocument *document)
{
  g_autoptr (GVariant) variant = g_variant_ref_sink (baleen_document_to_variant (document));
  g_autofree char *hash = g_compute_checksum_for_data (
      G_CHECKSUM_SHA256, g_variant_get_data (variant), g_variant_get_size (variant));
  g_autofree char *cache = get_cache_folder ();

  hash[32] = '\0';
  return g_build_filename (cache, hash, NULL);
}

static gboolean
fail (BaleenReadingStore *self,
      GError            **error)
{
  int result = self->db != NULL ? sqlite3_errcode (self->db) : SQLITE_CANTOPEN;

  g_set_error (error, G_IO_ERROR, result == SQLITE_FULL ? G_IO_ERROR_NO_SPACE : G_IO_ERROR_FAILED,
               result == SQLITE_FULL
                   ? _("What is read cannot be kept: the disk that “%s” is on is full. Make room "
                       "there.")
                   : _("What is read cannot be kept in “%s”. Look whether that folder may be "
                       "written to."),
               self->folder);
  return FALSE;
}

static gboolean
open_file (BaleenReadingStore *self)
{
  g_autofree char *path = g_build_filename (self->folder, FILE_NAME, NULL);

  if (sqlite3_open_v2 (path, &self->db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, NULL)
      == SQLITE_OK)
    {
      sqlite3_busy_timeout (self->db, BUSY_MILLISECONDS);
      sqlite3_db_config (self->db, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
      if (sqlite3_exec (self->db, schema, NULL, NULL, NULL) == SQLITE_OK)
        return TRUE;
    }

  return FALSE;
}

/* What is damaged holds nothing that could not be read again. */
static gboolean
begin_anew (BaleenReadingStore *self)
{
  static const char *const names[] = { FILE_NAME, FILE_NAME "-wal", FILE_NAME "-shm" };
  int result = sqlite3_errcode (self->db) & 0xff;

  if (result != SQLITE_NOTADB && result != SQLITE_CORRUPT)
    return FALSE;
  g_clear_pointer (&self->db, sqlite3_close);
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *path = g_build_filename (self->folder, names[i], NULL);

      g_unlink (path);
    }

  return open_file (self);
}

BaleenReadingStore *
baleen_reading_store_open (const BaleenDocument *document,
                           GError              **error)
{
  g_autoptr (BaleenReadingStore) self = g_new0 (BaleenReadingStore, 1);

  self->folder = get_document_folder (document);
  if (g_mkdir_with_parents (self->folder, 0700) != 0
      || (!open_file (self) && !begin_anew (self)))
    {
      fail (self, error);
      return NULL;
    }
  baleen_reading_store_touch (self);

  return g_steal_pointer (&self);
}

BaleenReadingStore *
baleen_reading_store_new_in_memory (void)
{
  BaleenReadingStore *self = g_new0 (BaleenReadingStore, 1);

  self->folder = g_strdup ("");
  if (sqlite3_open (":memory:", &self->db) != SQLITE_OK
      || sqlite3_exec (self->db, schema, NULL, NULL, NULL) != SQLITE_OK)
    g_error ("SQLite cannot hold a table in memory");

  return self;
}

void
baleen_reading_store_close (BaleenReadingStore *self)
{
  sqlite3_close (self->db);
  g_free (self->folder);
  g_free (self);
}

void
baleen_reading_store_touch (BaleenReadingStore *self)
{
  g_utime (self->folder, NULL);
}

static sqlite3_stmt *
prepare (BaleenReadingStore *self,
         const char         *sql)
{
  sqlite3_stmt *statement = NULL;

  sqlite3_prepare_v2 (self->db, sql, -1, &statement, NULL);
  return statement;
}

static gboolean
finish (BaleenReadingStore *self,
        sqlite3_stmt       *statement,
        GError            **error)
{
  int result = statement != NULL ? sqlite3_step (statement) : SQLITE_ERROR;

  sqlite3_finalize (statement);
  return result == SQLITE_DONE || result == SQLITE_ROW ? TRUE : fail (self, error);
}

gboolean
baleen_reading_store_find (BaleenReadingStore     *self,
                           const char             *key,
                           BaleenCompletionAnswer *answer,
                           char                  **text)
{
  sqlite3_stmt *statement
      = prepare (self, "SELECT text, n_prompt, n_answer, is_cut FROM answer WHERE key = ?");
  gboolean is_found;

  sqlite3_bind_text (statement, 1, key, -1, SQLITE_STATIC);
  is_found = sqlite3_step (statement) == SQLITE_ROW;
  if (is_found)
    {
      *text = g_strdup ((const char *) sqlite3_column_text (statement, 0));
      answer->text = *text;
      answer->n_prompt = sqlite3_column_int (statement, 1);
      answer->n_answer = sqlite3_column_int (statement, 2);
      answer->is_cut = sqlite3_column_int (statement, 3);
    }
  sqlite3_finalize (statement);

  return is_found;
}

gboolean
baleen_reading_store_keep (BaleenReadingStore           *self,
                           const char                   *key,
                           const BaleenCompletionAnswer *answer,
                           GError                      **error)
{
  sqlite3_stmt *statement
      = prepare (self, "INSERT OR IGNORE INTO answer VALUES (?, ?, ?, ?, ?)");

  sqlite3_bind_text (statement, 1, key, -1, SQLITE_STATIC);
  sqlite3_bind_text (statement, 2, answer->text, -1, SQLITE_STATIC);
  sqlite3_bind_int (statement, 3, answer->n_prompt);
  sqlite3_bind_int (statement, 4, answer->n_answer);
  sqlite3_bind_int (statement, 5, answer->is_cut);
  return finish (self, statement, error);
}

static gboolean
add_words (BaleenReadingStore *self,
           gint64              id,
           gsize               first,
           const char         *text,
           GError            **error)
{
  g_autofree char *terms = baleen_search_terms_of (text);
  sqlite3_stmt *statement = prepare (self, "INSERT OR REPLACE INTO place VALUES (?, ?)");

  sqlite3_bind_int64 (statement, 1, id);
  sqlite3_bind_int64 (statement, 2, first);
  if (!finish (self, statement, error))
    return FALSE;
  statement = prepare (self, "INSERT INTO word (rowid, terms) VALUES (?, ?)");
  sqlite3_bind_int64 (statement, 1, id);
  sqlite3_bind_text (statement, 2, terms, -1, SQLITE_STATIC);
  return finish (self, statement, error);
}

gboolean
baleen_reading_store_keep_claim (BaleenReadingStore *self,
                                 const char         *text,
                                 gsize               from,
                                 gsize               to,
                                 GError            **error)
{
  sqlite3_stmt *statement
      = prepare (self, "INSERT OR IGNORE INTO claim (text, first, last) VALUES (?, ?, ?)");

  sqlite3_bind_text (statement, 1, text, -1, SQLITE_STATIC);
  sqlite3_bind_int64 (statement, 2, from);
  sqlite3_bind_int64 (statement, 3, to);
  if (!finish (self, statement, error))
    return FALSE;
  return sqlite3_changes (self->db) == 0
         || add_words (self, FIRST_CLAIM + sqlite3_last_insert_rowid (self->db), from, text,
                       error);
}

static gboolean
is_indexed (BaleenReadingStore *self)
{
  sqlite3_stmt *statement = prepare (self, "SELECT 1 FROM place WHERE id < ? LIMIT 1");
  gboolean is_found;

  sqlite3_bind_int64 (statement, 1, FIRST_CLAIM);
  is_found = sqlite3_step (statement) == SQLITE_ROW;
  sqlite3_finalize (statement);

  return is_found;
}

/* All or nothing, so that a process that ends in between leaves no half of an index. */
static gboolean
make_index (BaleenReadingStore    *self,
            const BaleenSentences *sentences,
            GError               **error)
{
  gboolean is_done = TRUE;

  if (sqlite3_exec (self->db, "BEGIN IMMEDIATE", NULL, NULL, NULL) != SQLITE_OK)
    return fail (self, error);
  if (!is_indexed (self))
    for (guint i = 0; is_done && i < sentences->sentences->len; i++)
      {
        g_autofree char *text = baleen_sentences_dup_text (sentences, i);

        is_done = add_words (self, i + 1, baleen_sentences_get (sentences, i)->from, text, error);
      }
  sqlite3_exec (self->db, is_done ? "COMMIT" : "ROLLBACK", NULL, NULL, NULL);

  return is_done;
}

GArray *
baleen_reading_store_search (BaleenReadingStore    *self,
                             const BaleenSentences *sentences,
                             const char            *question,
                             guint                  most,
                             GError               **error)
{
  g_autofree char *query = baleen_search_terms_query (question);
  GArray *places;
  sqlite3_stmt *statement;

  if (!is_indexed (self) && !make_index (self, sentences, error))
    return NULL;
  places = g_array_new (FALSE, FALSE, sizeof (gsize));
  if (query == NULL)
    return places;

  statement = prepare (self, "SELECT place.first FROM word JOIN place ON place.id = word.rowid"
                             " WHERE word MATCH ? ORDER BY word.rank, word.rowid LIMIT ?");
  sqlite3_bind_text (statement, 1, query, -1, SQLITE_STATIC);
  sqlite3_bind_int (statement, 2, most);
  while (sqlite3_step (statement) == SQLITE_ROW)
    {
      gsize place = sqlite3_column_int64 (statement, 0);

      g_array_append_val (places, place);
    }
  sqlite3_finalize (statement);

  return places;
}

char *
baleen_reading_store_get_state_path (BaleenReadingStore *self,
                                     const char         *model_key,
                                     const char         *prompt)
{
  g_autofree char *key = g_strconcat (model_key, "\n", prompt, NULL);
  g_autofree char *hash = g_compute_checksum_for_string (G_CHECKSUM_SHA256, key, -1);

  hash[24] = '\0';
  return g_strdup_printf ("%s/%s" STATE_SUFFIX, self->folder, hash);
}
