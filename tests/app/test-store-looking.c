/* A history that cannot be written when it is opened is still read, and written once it can be;
 * one whose log was lost has what was in the file. */
#include <glib/gstdio.h>
#include <sqlite3.h>
#include <string.h>

#include "fault-vfs.h"
#include "folder.h"
#include "main-loop.h"
#include "store-fixture.h"

/* A disk that may only be read: nothing is made beside the file, and nothing is changed in it. */
static void
test_looking (StoreFixture *fixture,
              gconstpointer data)
{
  g_autofree char *usual = g_build_filename (fixture->directory, "history.sqlite", NULL);
  g_autofree char *odd = g_build_filename (fixture->directory, "a%20b?#ü", NULL);
  g_autofree char *path = g_build_filename (odd, "history.sqlite", NULL);
  g_autofree char *before = NULL, *after = NULL;
  g_autoptr (BaleenDatabase) database = NULL;
  g_autoptr (GPtrArray) records = NULL;
  g_autoptr (GError) error = NULL;
  gsize n_before, n_after;

  store_fixture_open (fixture);
  g_object_unref (store_fixture_say (fixture->store, "kept", "and read", BALEEN_STATE_DONE));
  store_fixture_close (fixture);
  g_mkdir (odd, 0700);
  g_rename (usual, path);
  g_file_get_contents (path, &before, &n_before, NULL);

  database = baleen_database_open (path, BALEEN_DATABASE_LOOKING, &error);
  g_assert_no_error (error);
  records = baleen_database_list (database, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (records->len, ==, 1);
  g_assert_false (baleen_database_begin (database, FALSE, &error)
                  && baleen_database_put_conversation (database, records->pdata[0], &error)
                  && baleen_database_commit (database, &error));
  g_assert_error (error, BALEEN_DATABASE_ERROR, BALEEN_DATABASE_ERROR_FAILED);
  g_clear_pointer (&database, baleen_database_close);

  g_assert_cmpuint (folder_count (odd), ==, 1);
  g_file_get_contents (path, &after, &n_after, NULL);
  g_assert_cmpmem (before, n_before, after, n_after);
}

/* The disk is full when the program starts: what was said is there, what is said is kept in memory,
 * and goes to the disk as soon as there is room. */
static void
test_full_from_the_start (StoreFixture *fixture,
                          gconstpointer is_new)
{
  const guint n_before = is_new != NULL ? 0 : 1;
  g_autoptr (BaleenConversation) conversation = NULL;
  g_autoptr (GPtrArray) messages = NULL;

  if (n_before > 0)
    {
      store_fixture_open (fixture);
      g_object_unref (store_fixture_say (fixture->store, "Before", "kept", BALEEN_STATE_DONE));
      store_fixture_close (fixture);
    }
  fault_vfs_set (n_before > 0 ? FAULT_SHARED_MEMORY : FAULT_WRITE, 1, TRUE,
                 n_before > 0 ? SQLITE_IOERR_SHMSIZE : SQLITE_FULL);
  store_fixture_open (fixture);
  WAIT_UNTIL (baleen_store_get_status (fixture->store) == BALEEN_STORE_FULL);
  g_assert_cmpuint (fixture->records->len, ==, n_before);
  conversation = store_fixture_say (fixture->store, "No room", "yet", BALEEN_STATE_DONE);
  messages = store_fixture_load (fixture, baleen_conversation_get_id (conversation));
  g_assert_cmpuint (messages->len, ==, 2);

  fault_vfs_set (FAULT_NONE, 0, FALSE, SQLITE_OK);
  baleen_store_retry (fixture->store);
  WAIT_UNTIL (baleen_store_get_status (fixture->store) == BALEEN_STORE_READY);
  store_fixture_close (fixture);

  store_fixture_open (fixture);
  g_assert_cmpuint (fixture->records->len, ==, n_before + 1);
}

/* ---- a log that was lost -------------------------------------------------------------- */

/* The history as it lies there while it is written, its log cut after `n_log` bytes; negative:
 * without it. */
static char *
copy_without_log (StoreFixture *fixture,
                  gssize        n_log)
{
  g_autofree char *folder = g_build_filename (fixture->directory, "lost", NULL);
  const char *const ends[] = { "", "-wal" };

  g_mkdir (folder, 0700);
  for (guint i = 0; i < (n_log < 0 ? 1 : 2); i++)
    {
      g_autofree char *name = g_strconcat ("history.sqlite", ends[i], NULL);
      g_autofree char *from = g_build_filename (fixture->directory, name, NULL);
      g_autofree char *to = g_build_filename (folder, name, NULL);
      g_autofree char *bytes = NULL;
      gsize n;

      g_assert_true (g_file_get_contents (from, &bytes, &n, NULL));
      g_assert_true (g_file_set_contents (to, bytes, i == 0 ? n : MIN (n, (gsize) n_log), NULL));
    }
  return g_steal_pointer (&folder);
}

static void
test_lost_log (StoreFixture *fixture,
               gconstpointer data)
{
  StoreFixture lost = { 0 };
  g_autoptr (BaleenConversation) second = NULL;
  g_autoptr (GPtrArray) written = NULL;

  store_fixture_open (fixture);
  g_object_unref (store_fixture_say (fixture->store, "First", "kept", BALEEN_STATE_DONE));
  store_fixture_close (fixture);
  store_fixture_open (fixture);
  second = store_fixture_say (fixture->store, "Second", "in the log", BALEEN_STATE_DONE);
  written = store_fixture_load (fixture, baleen_conversation_get_id (second));
  g_assert_cmpuint (written->len, ==, 2);
  lost.directory = copy_without_log (fixture, GPOINTER_TO_INT (data));
  store_fixture_close (fixture);

  store_fixture_open (&lost);
  g_assert_cmpint (baleen_store_get_status (lost.store), ==, BALEEN_STORE_READY);
  g_assert_cmpuint (lost.records->len, >=, 1);
  for (guint i = 0; i < lost.records->len; i++)
    {
      const BaleenConversationRecord *record = lost.records->pdata[i];
      g_autoptr (GPtrArray) messages = store_fixture_load (&lost, record->id);

      g_assert_cmpuint (messages->len, ==, 2);
    }
  g_object_unref (store_fixture_say (lost.store, "Third", "goes on", BALEEN_STATE_DONE));
  store_fixture_tear_down (&lost, NULL);
}

/* A byte of the header that no SQLite understands: people hear that the file is damaged. */
static void
test_unknown_format (StoreFixture *fixture,
                     gconstpointer data)
{
  g_autofree char *path = g_build_filename (fixture->directory, "history.sqlite", NULL);
  g_autofree char *bytes = NULL;
  g_autoptr (GError) error = NULL;
  gsize length;

  store_fixture_open (fixture);
  g_object_unref (store_fixture_say (fixture->store, "kept", "text", BALEEN_STATE_DONE));
  store_fixture_close (fixture);
  g_assert_true (g_file_get_contents (path, &bytes, &length, NULL));
  bytes[47] = 99;
  g_assert_true (g_file_set_contents (path, bytes, length, NULL));

  g_assert_null (baleen_database_open (path, BALEEN_DATABASE_BESIDE, &error));
  g_assert_error (error, BALEEN_DATABASE_ERROR, BALEEN_DATABASE_ERROR_UNREADABLE);
  g_assert_nonnull (strstr (error->message, "damaged"));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  fault_vfs_install ();
#define ADD(path, data, func)                                                                      \
  g_test_add (path, StoreFixture, data, store_fixture_set_up, func, store_fixture_tear_down)
  ADD ("/store/what-may-only-be-read-can-be-read", NULL, test_looking);
  ADD ("/store/unknown-format-is-called-damaged", NULL, test_unknown_format);
  ADD ("/store/full-from-the-start-shows-what-there-is", NULL, test_full_from_the_start);
  ADD ("/store/full-from-the-start-a-new-history-waits", "new", test_full_from_the_start);
  ADD ("/store/without-its-log-the-rest-is-there", GINT_TO_POINTER (-1), test_lost_log);
  ADD ("/store/with-an-empty-log-the-rest-is-there", GINT_TO_POINTER (0), test_lost_log);
  ADD ("/store/with-a-cut-log-the-rest-is-there", GINT_TO_POINTER (9000), test_lost_log);
  return g_test_run ();
}
