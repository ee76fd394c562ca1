/* A history of each version there ever was opens in the newest one with all that was in it. */
#include <glib/gstdio.h>
#include <sqlite3.h>

#include "baleen-database.h"
#include "baleen-schema.h"
#include "baleen-search-index.h"
#include "folder.h"

typedef struct
{
  char *directory;
  char *path;
} Fixture;

static void
set_up (Fixture      *fixture,
        gconstpointer data)
{
  fixture->directory = g_dir_make_tmp ("baleen-schema-XXXXXX", NULL);
  fixture->path = g_build_filename (fixture->directory, "history.sqlite", NULL);
}

static void
tear_down (Fixture      *fixture,
           gconstpointer data)
{
  folder_remove (fixture->directory);
  g_free (fixture->directory);
  g_free (fixture->path);
}

/* What each version wrote that the one before could not. */
static const char *const contents[] = {
  "INSERT INTO conversation (id, title, is_named, is_pinned, think, draft, draft_cursor, head,"
  " created, updated) VALUES (10, 'Whales', 1, 1, 1, 'and', 3, 12, 10, 13);"
  "INSERT INTO message (id, conversation, parent, role, state, created, ended, text, thought,"
  " model, think, n_tokens) VALUES"
  " (11, 10, 0, 1, 0, 11, 0, '鲸鱼吃什么', NULL, NULL, 0, 0),"
  " (12, 10, 11, 2, 0, 12, 13, 'Krill, mostly.', 'they filter', 'Krill', 1, 5),"
  " (13, 10, 11, 2, 5, 13, 14, 'Half an ans', NULL, 'Krill', 0, 0)",
  "UPDATE conversation SET folder = 'Sea', is_archived = 1;"
  "UPDATE message SET sources = '[1]', is_left_out = 1 WHERE id = 12",
  "UPDATE message SET server = '{}' WHERE id = 12",
  /* An index holds nothing of its own. */
  "REINDEX message_server",
};

static void
write_history (Fixture *fixture,
               guint    version)
{
  sqlite3 *db;

  sqlite3_open (fixture->path, &db);
  g_assert_cmpint (baleen_search_index_register (db), ==, SQLITE_OK);
  for (guint i = 1; i <= version; i++)
    {
      g_assert_cmpint (baleen_schema_upgrade (db, NULL, baleen_schema_steps, i), ==, SQLITE_OK);
      g_assert_cmpint (sqlite3_exec (db, contents[i - 1], NULL, NULL, NULL), ==, SQLITE_OK);
    }
  g_assert_cmpint (sqlite3_close (db), ==, SQLITE_OK);
}

static guint
count_found (const char *path,
             const char *words)
{
  sqlite3 *db;
  sqlite3_stmt *statement;
  guint n = 0;

  sqlite3_open (path, &db);
  baleen_search_index_register (db);
  sqlite3_prepare_v2 (db, "SELECT rowid FROM message_text WHERE message_text MATCH ?", -1,
                      &statement, NULL);
  sqlite3_bind_text (statement, 1, words, -1, SQLITE_STATIC);
  while (sqlite3_step (statement) == SQLITE_ROW)
    n++;
  g_assert_cmpint (sqlite3_finalize (statement), ==, SQLITE_OK);
  /* Every row of the index stands for what its message says. */
  g_assert_cmpint (sqlite3_exec (db,
                                 "INSERT INTO message_text (message_text)"
                                 " VALUES ('integrity-check')",
                                 NULL, NULL, NULL),
                   ==, SQLITE_OK);
  sqlite3_close (db);
  return n;
}

static void
check_conversation (GPtrArray *conversations,
                    guint      version)
{
  const BaleenConversationRecord *record = conversations->pdata[0];

  g_assert_cmpuint (conversations->len, ==, 1);
  g_assert_cmpstr (record->title, ==, "Whales");
  g_assert_cmpint (record->title_source, ==, BALEEN_TITLE_USER);
  g_assert_true (record->is_pinned);
  g_assert_true (record->think);
  g_assert_cmpstr (record->draft, ==, "and");
  g_assert_cmpint (record->draft_cursor, ==, 3);
  g_assert_cmpint (record->head_id, ==, 12);
  g_assert_cmpstr (record->folder, ==, version >= 2 ? "Sea" : NULL);
  g_assert_cmpint (record->is_archived, ==, version >= 2);
  g_assert_cmpint (record->has_left, ==, version >= 3);
}

static void
check_messages (GPtrArray *messages,
                guint      version)
{
  const BaleenMessageRecord *answer, *half;

  g_assert_cmpuint (messages->len, ==, 3);
  answer = messages->pdata[1];
  half = messages->pdata[2];
  g_assert_cmpstr (answer->text, ==, "Krill, mostly.");
  g_assert_cmpstr (answer->thought, ==, "they filter");
  g_assert_cmpint (answer->parent_id, ==, 11);
  g_assert_cmpint (answer->numbers.n_tokens, ==, 5);
  g_assert_cmpstr (answer->sources, ==, version >= 2 ? "[1]" : NULL);
  g_assert_cmpint (answer->is_left_out, ==, version >= 2);
  g_assert_cmpstr (answer->parts[BALEEN_PART_SERVER], ==, version >= 3 ? "{}" : NULL);
  g_assert_cmpint (half->state, ==, BALEEN_STATE_INTERRUPTED);
}

static void
test_upgrade (Fixture      *fixture,
              gconstpointer data)
{
  const guint version = GPOINTER_TO_UINT (data);
  g_autofree char *copy = g_strdup_printf ("%s.v%u", fixture->path, version);
  g_autoptr (GError) error = NULL;
  g_autoptr (BaleenDatabase) database = NULL;
  g_autoptr (GPtrArray) conversations = NULL;
  g_autoptr (GPtrArray) messages = NULL;

  write_history (fixture, version);
  database = baleen_database_open (fixture->path, BALEEN_DATABASE_ALONE, &error);
  g_assert_no_error (error);
  conversations = baleen_database_list (database, &error);
  check_conversation (conversations, version);
  messages = baleen_database_load (database, 10, &error);
  check_messages (messages, version);
  g_clear_pointer (&database, baleen_database_close);

  g_assert_cmpuint (count_found (fixture->path, "鱼吃"), ==, 1);
  g_assert_cmpuint (count_found (fixture->path, "krill"), ==, 1);
  g_assert_cmpuint (count_found (fixture->path, "half"), ==, 1);
  g_assert_cmpint (g_file_test (copy, G_FILE_TEST_EXISTS), ==,
                   version < baleen_schema_n_steps);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_assert_cmpuint (G_N_ELEMENTS (contents), ==, baleen_schema_n_steps);
  for (guint version = 1; version <= baleen_schema_n_steps; version++)
    {
      g_autofree char *path = g_strdup_printf ("/schema/version-%u-opens-whole", version);

      g_test_add (path, Fixture, GUINT_TO_POINTER (version), set_up, test_upgrade, tear_down);
    }
  return g_test_run ();
}
