#include "baleen-database-private.h"

#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>

#include "baleen-schema.h"
#include "baleen-search-index.h"

/* Long enough for another program's import; nobody waits for it but the database thread. */
#define BUSY_MILLISECONDS 5000

G_DEFINE_QUARK (baleen-database-error-quark, baleen_database_error)

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

gboolean
baleen_database_set_error (GError **error,
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

/* A WAL file needs a little room beside it even to be read; SQLite calls the lack of it a fault. A
 * header that was never ours is no particular error to it. */
static int
what_failed (sqlite3 *db,
             int      result)
{
  if ((result & 0xff) == SQLITE_ERROR)
    return SQLITE_CORRUPT;
  return (result & 0xff) == SQLITE_IOERR && sqlite3_extended_errcode (db) == SQLITE_IOERR_SHMSIZE
             ? SQLITE_FULL
             : result;
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
  const int failure = what_failed (db, sqlite3_errcode (db));
  const gint64 application = baleen_schema_get_pragma (db, "application_id");
  const gint64 version = baleen_schema_get_pragma (db, "user_version");

  if (n_pages < 0)
    return baleen_database_set_error (error, failure, BALEEN_DATABASE_ERROR_UNREADABLE);
  if (n_pages == 0)
    return TRUE;
  if (application != BALEEN_APPLICATION_ID)
    return baleen_database_set_error (error, SQLITE_NOTADB, BALEEN_DATABASE_ERROR_UNREADABLE);
  if (version > baleen_schema_n_steps)
    {
      g_set_error (error, BALEEN_DATABASE_ERROR, BALEEN_DATABASE_ERROR_NEWER,
                   "%" G_GINT64_FORMAT, version);
      return FALSE;
    }
  if (!is_sound (db))
    return baleen_database_set_error (error, SQLITE_CORRUPT, BALEEN_DATABASE_ERROR_UNREADABLE);
  return TRUE;
}

static gboolean
check_version (sqlite3 *db,
               GError **error)
{
  if (baleen_schema_get_pragma (db, "user_version") == baleen_schema_n_steps)
    return TRUE;

  g_set_error_literal (error, BALEEN_DATABASE_ERROR, BALEEN_DATABASE_ERROR_OLDER,
                       _("it is of an older version"));
  return FALSE;
}

static void
harden (sqlite3 *db)
{
  sqlite3_db_config (db, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
  sqlite3_db_config (db, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
  sqlite3_db_config (db, SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0, NULL);
  sqlite3_busy_timeout (db, BUSY_MILLISECONDS);
}

static int
prepare (BaleenDatabase *self)
{
  int result = sqlite3_exec (self->db,
                             "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;"
                             "PRAGMA secure_delete = ON",
                             NULL, NULL, NULL);

  if (result == SQLITE_OK)
    result = baleen_schema_upgrade (self->db, sqlite3_db_filename (self->db, "main"),
                                    baleen_schema_steps, baleen_schema_n_steps);
  if (result == SQLITE_OK)
    result = baleen_database_prepare_records (self);
  return result;
}

/* The index can always be made anew from the messages. If that did not help, it will not help
 * the next time. */
gboolean
baleen_database_mend_index (BaleenDatabase *self)
{
  if (self->is_index_mended
      || sqlite3_exec (self->db, "BEGIN IMMEDIATE", NULL, NULL, NULL) != SQLITE_OK)
    return FALSE;

  self->is_index_mended = TRUE;
  if (baleen_search_index_rebuild (self->db) == SQLITE_OK
      && sqlite3_exec (self->db, "COMMIT", NULL, NULL, NULL) == SQLITE_OK)
    return TRUE;
  baleen_database_rollback (self);
  return FALSE;
}

/* `ended` is when it was last saved, so the time it was interrupted is known already. */
static void
mark_interrupted (BaleenDatabase *self)
{
  g_autofree char *sql
      = g_strdup_printf ("UPDATE message SET state = %d WHERE state BETWEEN %d AND %d",
                         BALEEN_STATE_INTERRUPTED, BALEEN_STATE_QUEUED, BALEEN_STATE_ANSWERING);
  int result;

  if (sqlite3_exec (self->db, "BEGIN IMMEDIATE", NULL, NULL, NULL) != SQLITE_OK)
    return;
  sqlite3_exec (self->db, sql, NULL, NULL, NULL);
  result = baleen_search_index_add_missing (self->db);
  if (sqlite3_exec (self->db, "COMMIT", NULL, NULL, NULL) != SQLITE_OK)
    baleen_database_rollback (self);
  if ((result & 0xff) == SQLITE_CORRUPT)
    baleen_database_mend_index (self);
}

/* Even a reader of a WAL file writes: it makes the shared memory beside it. A file that nothing
 * can change is read without. */
static int
open_for_looking (BaleenDatabase *self,
                  const char     *path)
{
  g_autofree char *absolute = g_canonicalize_filename (path, NULL);
  g_autofree char *uri = g_filename_to_uri (absolute, NULL, NULL);
  g_autofree char *unchanging = g_strconcat (uri, "?immutable=1", NULL);

  return sqlite3_open_v2 (unchanging, &self->db,
                          SQLITE_OPEN_READONLY | SQLITE_OPEN_URI | SQLITE_OPEN_NOMUTEX
                              | SQLITE_OPEN_PRIVATECACHE,
                          NULL);
}

static int
open_for_writing (BaleenDatabase *self,
                  const char     *path)
{
  return sqlite3_open_v2 (path != NULL ? path : ":memory:", &self->db,
                          SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX
                              | SQLITE_OPEN_PRIVATECACHE,
                          NULL);
}

BaleenDatabase *
baleen_database_open (const char          *path,
                      BaleenDatabaseAccess access,
                      GError             **error)
{
  g_autoptr (BaleenDatabase) self = g_new0 (BaleenDatabase, 1);
  int result = access == BALEEN_DATABASE_LOOKING ? open_for_looking (self, path)
                                                 : open_for_writing (self, path);

  if (result != SQLITE_OK)
    {
      baleen_database_set_error (error, result, BALEEN_DATABASE_ERROR_UNREADABLE);
      return NULL;
    }
  harden (self->db);
  result = baleen_search_index_register (self->db);
  if (result != SQLITE_OK)
    {
      baleen_database_set_error (error, what_failed (self->db, result),
                                 BALEEN_DATABASE_ERROR_UNREADABLE);
      return NULL;
    }
  if (!check_file (self->db, error)
      || (access != BALEEN_DATABASE_ALONE && !check_version (self->db, error)))
    return NULL;

  result = access == BALEEN_DATABASE_LOOKING ? baleen_database_prepare_records (self)
                                             : prepare (self);
  if (result != SQLITE_OK)
    {
      baleen_database_set_error (error, what_failed (self->db, result),
                                 BALEEN_DATABASE_ERROR_UNREADABLE);
      return NULL;
    }
  if (access == BALEEN_DATABASE_ALONE)
    mark_interrupted (self);
  return g_steal_pointer (&self);
}

void
baleen_database_close (BaleenDatabase *self)
{
  sqlite3_finalize (self->put_conversation);
  sqlite3_finalize (self->put_message);
  sqlite3_finalize (self->get_indexed);
  sqlite3_finalize (self->get_created);
  sqlite3_finalize (self->get_home);
  sqlite3_close_v2 (self->db);
  g_free (self);
}

gboolean
baleen_database_finish_write (BaleenDatabase *self,
                              int             result,
                              GError        **error)
{
  if (result == SQLITE_OK || result == SQLITE_DONE)
    return TRUE;

  baleen_database_rollback (self);
  if ((result & 0xff) == SQLITE_CORRUPT)
    baleen_database_mend_index (self);
  return baleen_database_set_error (error, result, BALEEN_DATABASE_ERROR_FAILED);
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
  return baleen_database_finish_write (
      self, sqlite3_exec (self->db, "BEGIN IMMEDIATE", NULL, NULL, NULL), error);
}

gboolean
baleen_database_commit (BaleenDatabase *self,
                        GError        **error)
{
  return baleen_database_finish_write (self, sqlite3_exec (self->db, "COMMIT", NULL, NULL, NULL),
                                       error);
}

void
baleen_database_rollback (BaleenDatabase *self)
{
  if (!sqlite3_get_autocommit (self->db))
    sqlite3_exec (self->db, "ROLLBACK", NULL, NULL, NULL);
}

gboolean
baleen_database_write (BaleenDatabase         *self,
                       gboolean                is_lasting,
                       BaleenDatabaseWriteFunc func,
                       gpointer                user_data,
                       GError                **error)
{
  const gboolean was_mended = self->is_index_mended;
  g_autoptr (GError) trouble = NULL;

  if (baleen_database_begin (self, is_lasting, &trouble) && func (self, user_data, &trouble)
      && baleen_database_commit (self, &trouble))
    return TRUE;
  /* What was refused because of the index is taken by the new one. */
  if (self->is_index_mended && !was_mended)
    return baleen_database_begin (self, is_lasting, error) && func (self, user_data, error)
           && baleen_database_commit (self, error);

  baleen_database_rollback (self);
  g_propagate_error (error, g_steal_pointer (&trouble));
  return FALSE;
}

void
baleen_database_wipe (BaleenDatabase *self)
{
  const char *path = sqlite3_db_filename (self->db, "main");

  baleen_search_index_rebuild (self->db);
  sqlite3_exec (self->db, "VACUUM; PRAGMA wal_checkpoint (TRUNCATE)", NULL, NULL, NULL);
  for (guint version = 1; path != NULL && *path != '\0' && version < baleen_schema_n_steps;
       version++)
    {
      g_autofree char *copy = g_strdup_printf ("%s.v%u", path, version);

      g_unlink (copy);
    }
}
