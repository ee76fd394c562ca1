/* The history: what was said is there tomorrow, whatever happens to the program or the disk.
 *
 * Run with --stream DIR the program is the victim that is killed while it streams. */
#include <glib/gstdio.h>
#include <signal.h>
#include <sqlite3.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "baleen-history.h"
#include "baleen-schema.h"
#include "baleen-store.h"
#include "fault-vfs.h"
#include "folder.h"
#include "main-loop.h"
#include "store-fixture.h"

#define WORD_MICROSECONDS 5000

static char *program;

static void
test_round_trip (StoreFixture *fixture,
                 gconstpointer data)
{
  const BaleenNumbers numbers = { 12, 3, 9, 40, 0.5, 1.25, 0.75 };
  g_autoptr (BaleenConversation) conversation = NULL;
  g_autoptr (BaleenConversation) restored = NULL;
  g_autoptr (GPtrArray) messages = NULL;
  g_autoptr (GPtrArray) objects = g_ptr_array_new_with_free_func (g_object_unref);
  BaleenMessage *reply;

  store_fixture_open (fixture);
  g_assert_cmpint (baleen_store_get_status (fixture->store), ==, BALEEN_STORE_READY);
  conversation
      = store_fixture_say (fixture->store, "你好\nsecond line", "Hello", BALEEN_STATE_DONE);
  reply = baleen_conversation_get_head (conversation);
  baleen_message_set_text (reply, "Hello, “you”", "a thought");
  baleen_message_set_numbers (reply, &numbers);
  baleen_message_set_model (reply, "Krill");
  baleen_conversation_set_think (conversation, TRUE);
  baleen_conversation_set_draft (conversation, "half a sen", 4);
  baleen_store_save (fixture->store, conversation, reply, FALSE);
  store_fixture_close (fixture);

  store_fixture_open (fixture);
  g_assert_cmpuint (fixture->records->len, ==, 1);
  restored = baleen_conversation_record_restore (fixture->records->pdata[0]);
  g_assert_cmpstr (baleen_conversation_get_title (restored), ==, "你好");
  g_assert_true (baleen_conversation_get_think (restored));
  g_assert_cmpstr (baleen_conversation_get_draft (restored), ==, "half a sen");
  g_assert_cmpint (baleen_conversation_get_draft_cursor (restored), ==, 4);
  g_assert_false (baleen_conversation_get_is_loaded (restored));

  messages = store_fixture_load (fixture, baleen_conversation_get_id (restored));
  for (guint i = 0; i < messages->len; i++)
    g_ptr_array_add (objects, baleen_message_record_restore (messages->pdata[i]));
  baleen_conversation_fill (restored, objects);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (restored)), ==, 2);
  reply = baleen_conversation_get_head (restored);
  g_assert_cmpstr (baleen_message_get_text (reply), ==, "Hello, “you”");
  g_assert_cmpstr (baleen_message_get_thought (reply), ==, "a thought");
  g_assert_cmpstr (baleen_message_get_model (reply), ==, "Krill");
  g_assert_cmpint (baleen_message_get_numbers (reply)->n_reused, ==, 3);
  g_assert_cmpfloat (baleen_message_get_numbers (reply)->thought_seconds, ==, 0.75);
}

static void
test_newest_first (StoreFixture *fixture,
                   gconstpointer data)
{
  store_fixture_open (fixture);
  for (guint i = 0; i < 5; i++)
    {
      g_autofree char *words = g_strdup_printf ("question %u", i);
      g_autoptr (BaleenConversation) conversation
          = store_fixture_say (fixture->store, words, "answer", BALEEN_STATE_DONE);

      if (i == 3)
        baleen_store_delete (fixture->store, baleen_conversation_get_id (conversation));
    }
  store_fixture_close (fixture);

  store_fixture_open (fixture);
  g_assert_cmpuint (fixture->records->len, ==, 4);
  g_assert_cmpstr (((BaleenConversationRecord *) fixture->records->pdata[0])->title, ==,
                   "question 4");
  g_assert_cmpstr (((BaleenConversationRecord *) fixture->records->pdata[1])->title, ==,
                   "question 2");
}

/* The victim: one word every 5 ms, saved every 200 ms, and told to the parent. */
static int
stream (const char *directory)
{
  StoreFixture fixture = { .directory = (char *) directory };
  BaleenConversation *conversation;
  BaleenMessage *reply;
  gint64 saved = 0;

  store_fixture_open (&fixture);
  conversation = store_fixture_say (fixture.store, "Count.", "", BALEEN_STATE_ANSWERING);
  reply = baleen_conversation_get_head (conversation);
  for (guint32 n = 0;; n++)
    {
      g_autofree char *word = g_strdup_printf ("%u ", n);

      baleen_message_append (reply, word, NULL);
      if (g_get_monotonic_time () - saved > 200000)
        {
          baleen_store_save (fixture.store, conversation, reply, FALSE);
          saved = g_get_monotonic_time ();
        }
      if (write (STDOUT_FILENO, &n, sizeof n) != sizeof n)
        return 1;
      g_usleep (WORD_MICROSECONDS);
    }
}

static guint32
kill_while_streaming (const char *directory,
                      guint       milliseconds)
{
  const char *arguments[] = { program, "--stream", directory, NULL };
  guint32 last = 0, n;
  GPid pid;
  int out;

  g_assert_true (g_spawn_async_with_pipes (NULL, (char **) arguments, NULL,
                                           G_SPAWN_DO_NOT_REAP_CHILD, NULL, NULL, &pid, NULL,
                                           &out, NULL, NULL));
  /* The first word says that it streams. */
  g_assert_cmpint (read (out, &n, sizeof n), ==, sizeof n);
  g_usleep (milliseconds * 1000);
  kill (pid, SIGKILL);
  waitpid (pid, NULL, 0);
  while (read (out, &n, sizeof n) == sizeof n)
    last = n;
  close (out);
  return last;
}

static void
check_streamed (const BaleenMessageRecord *record,
                guint32                    last)
{
  g_auto (GStrv) words = g_strsplit (record->text, " ", -1);
  const guint n = g_strv_length (words);

  g_assert_cmpint (record->state, ==, BALEEN_STATE_INTERRUPTED);
  g_assert_cmpint (ABS (g_get_real_time () - record->ended), <, 60 * G_USEC_PER_SEC);
  for (guint i = 0; i + 1 < n; i++)
    g_assert_cmpuint (atoi (words[i]), ==, i);
  g_assert_cmpuint (n + G_USEC_PER_SEC / WORD_MICROSECONDS, >=, last);
}

static void
test_kill (StoreFixture *fixture,
           gconstpointer data)
{
  const guint n_kills = g_test_slow () ? 200 : 20;

  for (guint i = 0; i < n_kills; i++)
    {
      guint32 last = kill_while_streaming (fixture->directory, g_test_rand_int_range (0, 700));
      BaleenConversationRecord *newest;
      g_autoptr (GPtrArray) messages = NULL;

      store_fixture_open (fixture);
      g_assert_cmpint (baleen_store_get_status (fixture->store), ==, BALEEN_STORE_READY);
      g_assert_cmpuint (fixture->records->len, <=, i + 1);
      /* Killed before the first save the whole conversation is younger than a second. */
      if (fixture->records->len > 0 && last > G_USEC_PER_SEC / WORD_MICROSECONDS)
        g_assert_cmpuint (fixture->records->len, >, 0);
      if (fixture->records->len > 0)
        {
          newest = fixture->records->pdata[0];
          messages = store_fixture_load (fixture, newest->id);
          g_assert_cmpuint (messages->len, >=, 1);
          if (messages->len == 2)
            check_streamed (messages->pdata[1], fixture->records->len == i + 1 ? last : 0);
        }
      store_fixture_close (fixture);
    }
}

static char *
history_path (StoreFixture *fixture)
{
  return g_build_filename (fixture->directory, "history.sqlite", NULL);
}

static void
assert_unchanged (const char *path,
                  const char *before,
                  gsize       length)
{
  g_autofree char *after = NULL;
  gsize n;

  g_assert_true (g_file_get_contents (path, &after, &n, NULL));
  g_assert_cmpmem (before, length, after, n);
}

static void
test_garbage (StoreFixture *fixture,
              gconstpointer data)
{
  g_autofree char *path = history_path (fixture);
  g_autofree char *garbage = g_malloc (9000);
  g_autoptr (BaleenConversation) conversation = NULL;

  for (guint i = 0; i < 9000; i++)
    garbage[i] = g_test_rand_int ();
  g_file_set_contents (path, garbage, 9000, NULL);

  store_fixture_open (fixture);
  g_assert_cmpint (baleen_store_get_status (fixture->store), ==, BALEEN_STORE_UNREADABLE);
  g_assert_nonnull (baleen_store_get_detail (fixture->store));
  g_assert_cmpstr (baleen_store_get_path (fixture->store), !=, path);
  conversation = store_fixture_say (fixture->store, "Still here?", "Yes.", BALEEN_STATE_DONE);
  store_fixture_close (fixture);
  assert_unchanged (path, garbage, 9000);

  store_fixture_open (fixture);
  g_assert_cmpuint (fixture->records->len, ==, 1);
  store_fixture_close (fixture);
  assert_unchanged (path, garbage, 9000);
}

/* What was kept beside an unreadable history comes home when that can be read again. */
static void
test_merge (StoreFixture *fixture,
            gconstpointer data)
{
  g_autofree char *path = history_path (fixture);
  g_autofree char *away = g_strconcat (path, ".away", NULL);
  g_autoptr (GPtrArray) messages = NULL;

  store_fixture_open (fixture);
  g_object_unref (store_fixture_say (fixture->store, "at home", "answer", BALEEN_STATE_DONE));
  store_fixture_close (fixture);
  g_rename (path, away);
  g_file_set_contents (path, "no history", -1, NULL);
  store_fixture_open (fixture);
  g_object_unref (store_fixture_say (fixture->store, "beside", "answer", BALEEN_STATE_DONE));
  store_fixture_close (fixture);
  g_rename (away, path);

  for (guint i = 0; i < 2; i++)
    {
      store_fixture_open (fixture);
      g_assert_cmpint (baleen_store_get_status (fixture->store), ==, BALEEN_STORE_READY);
      g_assert_cmpuint (fixture->records->len, ==, 2);
      g_assert_cmpstr (((BaleenConversationRecord *) fixture->records->pdata[0])->title, ==,
                       "beside");
      messages = store_fixture_load (
          fixture, ((BaleenConversationRecord *) fixture->records->pdata[0])->id);
      g_assert_cmpuint (messages->len, ==, 2);
      g_clear_pointer (&messages, g_ptr_array_unref);
      store_fixture_close (fixture);
    }
}

/* A sound history of which one page was overwritten. */
static void
test_damaged (StoreFixture *fixture,
              gconstpointer data)
{
  g_autofree char *path = history_path (fixture);
  g_autofree char *bytes = NULL;
  gsize length;

  store_fixture_open (fixture);
  for (guint i = 0; i < 50; i++)
    g_object_unref (store_fixture_say (fixture->store, "question", "answer", BALEEN_STATE_DONE));
  store_fixture_close (fixture);
  g_assert_true (g_file_get_contents (path, &bytes, &length, NULL));
  g_assert_cmpuint (length, >, 3 * 4096);
  memset (bytes + 4096, 0xa5, 8192);
  g_file_set_contents (path, bytes, length, NULL);

  store_fixture_open (fixture);
  g_assert_cmpint (baleen_store_get_status (fixture->store), ==, BALEEN_STORE_UNREADABLE);
  store_fixture_close (fixture);
  assert_unchanged (path, bytes, length);
}

static void
test_newer (StoreFixture *fixture,
            gconstpointer data)
{
  g_autofree char *path = history_path (fixture);
  g_autofree char *before = NULL;
  sqlite3 *db;
  gsize length;

  store_fixture_open (fixture);
  g_object_unref (store_fixture_say (fixture->store, "question", "answer", BALEEN_STATE_DONE));
  store_fixture_close (fixture);
  sqlite3_open (path, &db);
  sqlite3_exec (db, "PRAGMA user_version = 99", NULL, NULL, NULL);
  sqlite3_close (db);
  g_assert_true (g_file_get_contents (path, &before, &length, NULL));

  store_fixture_open (fixture);
  g_assert_cmpint (baleen_store_get_status (fixture->store), ==, BALEEN_STORE_NEWER);
  g_assert_cmpstr (baleen_store_get_detail (fixture->store), ==, "99");
  g_assert_null (baleen_store_get_path (fixture->store));
  g_object_unref (store_fixture_say (fixture->store, "temporary", "answer", BALEEN_STATE_DONE));
  store_fixture_close (fixture);
  assert_unchanged (path, before, length);
}

static void
test_foreign (StoreFixture *fixture,
              gconstpointer data)
{
  g_autofree char *path = history_path (fixture);
  g_autofree char *before = NULL;
  sqlite3 *db;
  gsize length;

  sqlite3_open (path, &db);
  sqlite3_exec (db, "CREATE TABLE bookmarks (url TEXT); PRAGMA application_id = 7", NULL, NULL,
                NULL);
  sqlite3_close (db);
  g_assert_true (g_file_get_contents (path, &before, &length, NULL));
  store_fixture_open (fixture);
  g_assert_cmpint (baleen_store_get_status (fixture->store), ==, BALEEN_STORE_UNREADABLE);
  store_fixture_close (fixture);
  assert_unchanged (path, before, length);
}

static void
test_locked (StoreFixture *fixture,
             gconstpointer data)
{
  StoreFixture second = { .directory = fixture->directory };

  store_fixture_open (fixture);
  g_object_unref (store_fixture_say (fixture->store, "mine", "answer", BALEEN_STATE_DONE));
  store_fixture_open (&second);
  g_assert_cmpint (baleen_store_get_status (second.store), ==, BALEEN_STORE_LOCKED);
  g_assert_cmpuint (second.records->len, ==, 0);
  g_object_unref (store_fixture_say (second.store, "other", "answer", BALEEN_STATE_DONE));
  store_fixture_close (&second);
  store_fixture_close (fixture);

  store_fixture_open (fixture);
  g_assert_cmpuint (fixture->records->len, ==, 1);
}

static void
test_full (StoreFixture *fixture,
           gconstpointer data)
{
  g_autoptr (BaleenConversation) conversation = NULL;
  g_autoptr (GPtrArray) messages = NULL;
  BaleenConversationRecord *newest;

  store_fixture_open (fixture);
  fault_vfs_set (FAULT_WRITE, 1, TRUE, SQLITE_FULL);
  conversation = store_fixture_say (fixture->store, "No room", "kept in memory", BALEEN_STATE_DONE);
  WAIT_UNTIL (baleen_store_get_status (fixture->store) == BALEEN_STORE_FULL);

  messages = store_fixture_load (fixture, baleen_conversation_get_id (conversation));
  g_assert_cmpuint (messages->len, ==, 2);

  fault_vfs_set (FAULT_NONE, 0, FALSE, SQLITE_OK);
  baleen_store_retry (fixture->store);
  WAIT_UNTIL (baleen_store_get_status (fixture->store) == BALEEN_STORE_READY);
  store_fixture_close (fixture);

  store_fixture_open (fixture);
  g_assert_cmpuint (fixture->records->len, ==, 1);
  newest = fixture->records->pdata[0];
  g_assert_cmpstr (newest->title, ==, "No room");
}

static void
do_nothing (BaleenDatabase *database,
            GTask          *task)
{
  g_task_return_boolean (task, TRUE);
}

static void
done_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  *(gboolean *) user_data = TRUE;
}

/* Everything that was asked of the disk up to now is done, or was tried: what is run finds it so,
 * while loading may come before writing. */
static void
wait_for_disk (StoreFixture *fixture)
{
  gboolean is_done = FALSE;

  baleen_store_run (fixture->store, do_nothing, NULL, NULL, NULL, done_cb, &is_done);
  WAIT_UNTIL (is_done);
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

/* The id of what is deleted is kept only while a look at the disk could bring it back. */
static void
test_forgotten (StoreFixture *fixture,
                gconstpointer data)
{
  BaleenHistory *history;
  BaleenConversation *blank;
  g_autoptr (BaleenConversation) deleted = NULL;
  gint64 id;

  store_fixture_open (fixture);
  history = baleen_history_new (fixture->store);
  wait_for_disk (fixture);
  blank = baleen_history_get_blank (history);
  id = baleen_conversation_get_id (blank);
  baleen_history_add_message (history, blank, NULL, BALEEN_ROLE_USER, "Hello", BALEEN_STATE_DONE);
  WAIT_UNTIL (g_list_model_get_n_items (G_LIST_MODEL (history)) == 1);
  deleted = g_list_model_get_item (G_LIST_MODEL (history), 0);

  baleen_history_hide (history, deleted);
  wait_for_disk (fixture);
  g_assert_true (baleen_history_is_hidden (history, id));
  fault_vfs_set (FAULT_WRITE, 1, TRUE, SQLITE_FULL);
  baleen_history_delete (history, deleted);
  WAIT_UNTIL (baleen_store_get_status (fixture->store) == BALEEN_STORE_FULL);
  wait_for_disk (fixture);
  baleen_history_refresh (history);
  wait_for_disk (fixture);
  g_assert_true (baleen_history_is_hidden (history, id));
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (history)), ==, 0);

  fault_vfs_set (FAULT_NONE, 0, FALSE, SQLITE_OK);
  baleen_history_delete (history, deleted);
  wait_for_disk (fixture);
  g_assert_false (baleen_history_is_hidden (history, id));
  baleen_history_refresh (history);
  wait_for_disk (fixture);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (history)), ==, 0);
  g_object_unref (history);
}

/* Whatever single write, sync or open fails, once or for good, the history stays readable,
 * and what was saved before is in it. */
static void
test_faults (StoreFixture *fixture,
             gconstpointer data)
{
  const Fault fault = GPOINTER_TO_INT (data);

  for (guint round = 0; round < 60; round++)
    {
      const gboolean is_sticky = round & 1;
      guint n_before;

      store_fixture_open (fixture);
      g_assert_cmpint (baleen_store_get_status (fixture->store), ==, BALEEN_STORE_READY);
      n_before = fixture->records->len;
      g_object_unref (store_fixture_say (fixture->store, "before", "sound", BALEEN_STATE_DONE));
      store_fixture_close (fixture);

      fault_vfs_set (fault, 1 + round / 2, is_sticky, SQLITE_IOERR);
      store_fixture_open (fixture);
      g_object_unref (store_fixture_say (fixture->store, "during", "perhaps", BALEEN_STATE_DONE));
      store_fixture_close (fixture);
      fault_vfs_set (FAULT_NONE, 0, FALSE, SQLITE_OK);

      store_fixture_open (fixture);
      g_assert_cmpint (baleen_store_get_status (fixture->store), ==, BALEEN_STORE_READY);
      g_assert_cmpuint (fixture->records->len, >=, n_before + 1);
      store_fixture_close (fixture);
    }
}

static void
test_upgrade (StoreFixture *fixture,
              gconstpointer data)
{
  static const char *const steps[] = {
    "CREATE TABLE thing (name TEXT); INSERT INTO thing VALUES ('old')",
    "ALTER TABLE thing ADD COLUMN size INTEGER; UPDATE thing SET size = 7",
    "CREATE TABLE half (x); CREATE TABLE half (x)",
  };
  g_autofree char *path = g_build_filename (fixture->directory, "upgrade.sqlite", NULL);
  g_autofree char *copy = g_strconcat (path, ".v1", NULL);
  sqlite3 *db;

  sqlite3_open (path, &db);
  g_assert_cmpint (baleen_schema_upgrade (db, path, steps, 1), ==, SQLITE_OK);
  g_assert_false (g_file_test (copy, G_FILE_TEST_EXISTS));
  g_assert_cmpint (baleen_schema_upgrade (db, path, steps, 2), ==, SQLITE_OK);
  g_assert_cmpint (baleen_schema_get_pragma (db, "user_version"), ==, 2);
  g_assert_true (g_file_test (copy, G_FILE_TEST_EXISTS));

  /* A step that fails leaves the version before it, and none of its tables. */
  g_assert_cmpint (baleen_schema_upgrade (db, path, steps, 3), !=, SQLITE_OK);
  g_assert_cmpint (baleen_schema_get_pragma (db, "user_version"), ==, 2);
  g_assert_cmpint (sqlite3_exec (db, "SELECT * FROM half", NULL, NULL, NULL), !=, SQLITE_OK);
  sqlite3_close (db);

  sqlite3_open (copy, &db);
  g_assert_cmpint (baleen_schema_get_pragma (db, "user_version"), ==, 1);
  g_assert_cmpint (sqlite3_exec (db, "SELECT size FROM thing", NULL, NULL, NULL), !=, SQLITE_OK);
  sqlite3_close (db);
}

int
main (int    argc,
      char **argv)
{
  if (argc == 3 && g_str_equal (argv[1], "--stream"))
    return stream (argv[2]);

  program = argv[0];
  g_test_init (&argc, &argv, NULL);
  fault_vfs_install ();
#define ADD(path, data, func)                                                                      \
  g_test_add (path, StoreFixture, data, store_fixture_set_up, func, store_fixture_tear_down)
  ADD ("/store/what-was-said-comes-back", NULL, test_round_trip);
  ADD ("/store/newest-first-and-deleted-stays-deleted", NULL, test_newest_first);
  ADD ("/store/killed-while-streaming-loses-less-than-a-second", NULL, test_kill);
  ADD ("/store/garbage-is-left-alone", NULL, test_garbage);
  ADD ("/store/what-was-kept-beside-comes-home", NULL, test_merge);
  ADD ("/store/damaged-is-left-alone", NULL, test_damaged);
  ADD ("/store/newer-is-left-alone", NULL, test_newer);
  ADD ("/store/foreign-is-left-alone", NULL, test_foreign);
  ADD ("/store/second-program-is-told", NULL, test_locked);
  ADD ("/store/deleted-is-forgotten-once-the-disk-has-done-it", NULL, test_forgotten);
  ADD ("/store/full-disk-keeps-text-until-there-is-room", NULL, test_full);
  ADD ("/store/failing-write-loses-nothing-older", GINT_TO_POINTER (FAULT_WRITE), test_faults);
  ADD ("/store/failing-sync-loses-nothing-older", GINT_TO_POINTER (FAULT_SYNC), test_faults);
  ADD ("/store/failing-open-loses-nothing-older", GINT_TO_POINTER (FAULT_OPEN), test_faults);
  ADD ("/store/upgrade-is-whole-or-not-at-all-and-keeps-a-copy", NULL, test_upgrade);
  return g_test_run ();
}
