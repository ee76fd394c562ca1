/* The history under what happens to files: programs killed in the middle, allocations that fail,
 * pages that turn to garbage, a disk of a megabyte, several programs at once. Few rounds of each
 * by default, all of them with -m slow.
 *
 * Run with a word and a directory the program is the one that is killed, or writes beside. */
#include <glib/gstdio.h>
#include <sched.h>
#include <signal.h>
#include <sqlite3.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/wait.h>
#include <unistd.h>

#include "baleen-database-private.h"
#include "baleen-schema.h"
#include "baleen-search-index.h"
#include "baleen-search.h"
#include "baleen-store.h"
#include "folder.h"
#include "history-export.h"
#include "history-file.h"
#include "history-import.h"
#include "main-loop.h"
#include "own-user.h"

#define MESSAGES 400

static char *program;

typedef struct
{
  char *directory;
  char *path;
} Fixture;

static void
set_up (Fixture      *fixture,
        gconstpointer data)
{
  fixture->directory = g_dir_make_tmp ("baleen-sweeps-XXXXXX", NULL);
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

/* A history of the first version, with enough in it that bringing it up to date takes a while. */
static void
write_old_history (const char *path)
{
  sqlite3 *db;

  g_assert_cmpint (sqlite3_open (path, &db), ==, SQLITE_OK);
  g_assert_cmpint (baleen_search_index_register (db), ==, SQLITE_OK);
  g_assert_cmpint (baleen_schema_upgrade (db, NULL, baleen_schema_steps, 1), ==, SQLITE_OK);
  sqlite3_exec (db,
                "BEGIN; INSERT INTO conversation (id, title, head, created, updated)"
                " VALUES (1, 'one', 400, 1, 1);"
                "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 400)"
                "INSERT INTO message (id, conversation, parent, role, state, created, ended, text)"
                " SELECT i, 1, i - 1, 1 + i % 2, 0, i, i, 'word' || i || ' 鲸鱼吃磷虾 '"
                " || hex (randomblob (400)) FROM n; COMMIT",
                NULL, NULL, NULL);
  g_assert_cmpint (sqlite3_close (db), ==, SQLITE_OK);
}

static guint
count_messages (BaleenDatabase *database)
{
  g_autoptr (GPtrArray) items = baleen_history_collect (database, NULL, NULL);
  guint n = 0;

  for (guint i = 0; items != NULL && i < items->len; i++)
    n += ((BaleenHistoryItem *) items->pdata[i])->messages->len;
  return n;
}

static BaleenDatabase *
open_sound (const char *path)
{
  g_autoptr (GError) error = NULL;
  BaleenDatabase *database = baleen_database_open (path, BALEEN_DATABASE_ALONE, &error);

  g_assert_no_error (error);
  g_assert_cmpint (sqlite3_exec (database->db,
                                 "INSERT INTO message_text (message_text)"
                                 " VALUES ('integrity-check')",
                                 NULL, NULL, NULL),
                   ==, SQLITE_OK);
  return database;
}

/* ---- killed in the middle --------------------------------------------------------------- */

static char *
make_import (void)
{
  GString *json = g_string_new ("{\"format\":\"baleen-history\",\"conversations\":[{\"id\":"
                                "1700000000000000,\"created\":\"2023-11-14T22:13:20Z\","
                                "\"messages\":[");

  for (guint i = 1; i <= MESSAGES; i++)
    g_string_append_printf (json,
                            "%s{\"id\":%" G_GINT64_FORMAT ",\"parent\":%" G_GINT64_FORMAT
                            ",\"text\":\"word%u 鲸鱼 %0400u\"}",
                            i > 1 ? "," : "", (gint64) 1700000000000000 + i,
                            i > 1 ? (gint64) 1700000000000000 + i - 1 : 0, i, i);
  g_string_append (json, "]}]}");
  return g_string_free (json, FALSE);
}

/* The victims tell that they begin. */
static int
be_victim (const char *what,
           const char *directory)
{
  g_autofree char *path = g_build_filename (directory, "history.sqlite", NULL);
  g_autoptr (BaleenDatabase) database = NULL;

  if (g_str_equal (what, "--migrate"))
    {
      if (write (STDOUT_FILENO, "!", 1) != 1)
        return 1;
      database = baleen_database_open (path, BALEEN_DATABASE_ALONE, NULL);
      return database == NULL;
    }

  database = baleen_database_open (path, BALEEN_DATABASE_ALONE, NULL);
  if (database == NULL || write (STDOUT_FILENO, "!", 1) != 1)
    return 1;
  if (g_str_equal (what, "--delete"))
    {
      baleen_database_begin (database, TRUE, NULL);
      baleen_database_delete (database, 1, NULL);
      baleen_database_commit (database, NULL);
    }
  else
    {
      g_autofree char *json = make_import ();
      g_autoptr (BaleenHistoryImport) import
          = baleen_history_import_read ("x", json, strlen (json), NULL);

      baleen_history_intake_free (baleen_history_import_store (import, database, NULL));
    }
  return 0;
}

static GPid
spawn (const char *what,
       const char *directory,
       int        *out)
{
  const char *arguments[] = { program, what, directory, NULL };
  g_autoptr (GError) error = NULL;
  GPid pid;

  g_spawn_async_with_pipes (NULL, (char **) arguments, NULL, G_SPAWN_DO_NOT_REAP_CHILD, NULL, NULL,
                            &pid, NULL, out, NULL, &error);
  g_assert_no_error (error);
  return pid;
}

static void
kill_after (const char *what,
            const char *directory,
            guint       microseconds)
{
  char byte;
  int out;
  const GPid pid = spawn (what, directory, &out);

  g_assert_cmpint (read (out, &byte, 1), ==, 1);
  g_usleep (microseconds);
  kill (pid, SIGKILL);
  waitpid (pid, NULL, 0);
  close (out);
}

static void
test_killed (Fixture      *fixture,
             gconstpointer data)
{
  const char *what = data;
  const guint n_kills = g_test_slow () ? 100 : 10;
  guint n_before = 0, n_after = 0;

  for (guint i = 0; i < n_kills; i++)
    {
      g_autoptr (BaleenDatabase) database = NULL;
      guint n;

      folder_empty (fixture->directory);
      write_old_history (fixture->path);
      if (!g_str_equal (what, "--migrate"))
        baleen_database_close (open_sound (fixture->path));
      kill_after (what, fixture->directory, g_test_rand_int_range (0, 120000));
      database = open_sound (fixture->path);
      n = count_messages (database);

      if (g_str_equal (what, "--migrate"))
        g_assert_cmpuint (n, ==, MESSAGES);
      else if (g_str_equal (what, "--delete"))
        g_assert_true (n == MESSAGES || n == 0);
      else
        g_assert_true (n == MESSAGES || n == 2 * MESSAGES);
      n_before += n == MESSAGES;
      n_after += n != MESSAGES;
    }
  g_test_message ("%u before, %u after", n_before, n_after);
}

/* ---- failing allocations ---------------------------------------------------------------- */

static sqlite3_mem_methods usual_memory;
static int allocations_left = -1; /* -1: none fails. Database calls of one thread only */

static gboolean
is_refused (void)
{
  if (allocations_left < 0)
    return FALSE;
  return allocations_left == 0 || --allocations_left == 0;
}

static void *
scarce_malloc (int size)
{
  return is_refused () ? NULL : usual_memory.xMalloc (size);
}

static void *
scarce_realloc (void *memory,
                int   size)
{
  return is_refused () ? NULL : usual_memory.xRealloc (memory, size);
}

static void
install_scarce_memory (void)
{
  sqlite3_mem_methods scarce;

  sqlite3_config (SQLITE_CONFIG_GETMALLOC, &usual_memory);
  scarce = usual_memory;
  scarce.xMalloc = scarce_malloc;
  scarce.xRealloc = scarce_realloc;
  sqlite3_config (SQLITE_CONFIG_MALLOC, &scarce);
}

static gboolean
put_one (BaleenDatabase *database,
         gpointer        user_data,
         GError        **error)
{
  BaleenMessageRecord record
      = { .id = *(gint64 *) user_data, .conversation_id = 1, .role = BALEEN_ROLE_USER,
          .text = (char *) "new words" };

  return baleen_database_put_message (database, &record, error);
}

/* Each works or says that it did not; nothing that was there before is lost. */
static void
test_memory (Fixture      *fixture,
             gconstpointer data)
{
  const guint n_last = 500, step = g_test_slow () ? 1 : 9;
  gint64 id = 1000;

  write_old_history (fixture->path);
  baleen_database_close (open_sound (fixture->path));
  for (guint n = 1; n <= n_last; n += step)
    {
      g_autoptr (BaleenDatabase) database = NULL;
      guint n_before;
      gboolean is_written = FALSE;

      database = open_sound (fixture->path);
      n_before = count_messages (database);
      g_clear_pointer (&database, baleen_database_close);
      id++;

      allocations_left = n;
      database = baleen_database_open (fixture->path, BALEEN_DATABASE_ALONE, NULL);
      if (database != NULL)
        {
          g_autoptr (GPtrArray) hits = NULL;

          is_written = baleen_database_write (database, FALSE, put_one, &id, NULL);
          hits = baleen_search_run (database, "鲸鱼 word7", 50, NULL);
        }
      allocations_left = -1;
      g_clear_pointer (&database, baleen_database_close);

      database = open_sound (fixture->path);
      g_assert_cmpuint (count_messages (database), >=, n_before + is_written);
    }
}

/* ---- pages that turn to garbage --------------------------------------------------------- */

static void
use (BaleenDatabase *database,
     gint64          id)
{
  g_autoptr (GPtrArray) items = baleen_history_collect (database, NULL, NULL);
  g_autoptr (GPtrArray) hits = baleen_search_run (database, "鲸鱼", 50, NULL);

  baleen_database_write (database, FALSE, put_one, &id, NULL);
  if (items != NULL)
    g_free (baleen_history_export (items, BALEEN_EXPORT_MARKDOWN, TRUE));
}

/* A damaged file is refused and left as it is, or used without a crash. */
static void
test_corruption (Fixture      *fixture,
                 gconstpointer data)
{
  const guint n_rounds = g_test_slow () ? 1000 : 60;
  g_autofree char *sound = NULL;
  guint n_refused = 0;
  gsize length;

  write_old_history (fixture->path);
  baleen_database_close (open_sound (fixture->path));
  g_assert_true (g_file_get_contents (fixture->path, &sound, &length, NULL));
  for (guint i = 0; i < n_rounds; i++)
    {
      g_autofree char *copy = g_memdup2 (sound, length);
      const gsize page = g_test_rand_int_range (0, length / 4096);
      const int n_bytes = g_test_rand_bit () ? 4096 : g_test_rand_int_range (1, 16);
      g_autoptr (BaleenDatabase) database = NULL;

      for (int j = 0; j < n_bytes; j++)
        copy[page * 4096 + (n_bytes == 4096 ? j : g_test_rand_int_range (0, 4096))]
            = g_test_rand_int ();
      folder_empty (fixture->directory);
      g_file_set_contents (fixture->path, copy, length, NULL);
      database = baleen_database_open (fixture->path, BALEEN_DATABASE_ALONE, NULL);
      if (database == NULL)
        {
          g_autofree char *after = NULL;
          gsize n;

          n_refused++;
          g_file_get_contents (fixture->path, &after, &n, NULL);
          g_assert_true (n == length && memcmp (after, copy, n) == 0);
        }
      else
        {
          use (database, 5000 + i);
        }
    }
  g_test_message ("%u of %u refused", n_refused, n_rounds);
  g_assert_cmpuint (n_refused, >, 0);
}

/* ---- a small disk ----------------------------------------------------------------------- */

static BaleenConversation *
say_much (BaleenStore *store,
          guint        n_bytes)
{
  g_autofree char *text = g_strnfill (n_bytes, 'x');
  BaleenConversation *conversation = baleen_conversation_new (baleen_store_next_id (store));
  g_autoptr (BaleenMessage) message
      = baleen_message_new (baleen_store_next_id (store), 0, BALEEN_ROLE_USER, text);

  baleen_conversation_add (conversation, message);
  baleen_store_save (store, conversation, message, TRUE);
  return conversation;
}

static void
opened_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  *(GPtrArray **) user_data = baleen_store_open_finish (BALEEN_STORE (source), result, NULL);
}

static BaleenStore *
open_store (const char *directory,
            guint      *n_conversations)
{
  BaleenStore *store = baleen_store_new (directory);
  GPtrArray *records = NULL;

  baleen_store_open_async (store, opened_cb, &records);
  while (records == NULL)
    g_main_context_iteration (NULL, TRUE);
  if (n_conversations != NULL)
    *n_conversations = records->len;
  g_ptr_array_unref (records);
  return store;
}

/* In a process that has a file system of a megabyte to itself. 77: there can be none. */
static int
fill_disk (const char *directory)
{
  g_autofree char *ballast = g_build_filename (directory, "ballast", NULL);
  g_autofree char *weight = g_malloc0 (400000);
  g_autoptr (BaleenStore) store = NULL;
  g_autofree char *reason = NULL;
  guint n;

  if (!(geteuid () == 0 ? unshare (CLONE_NEWNS) == 0 : own_user_enter (CLONE_NEWNS, &reason))
      || mount (NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL) != 0
      || mount ("tmpfs", directory, "tmpfs", 0, "size=1m") != 0)
    return 77;

  g_assert_true (g_file_set_contents (ballast, weight, 400000, NULL));
  store = open_store (directory, NULL);
  WAIT_UNTIL (baleen_store_get_status (store) == BALEEN_STORE_READY);
  g_object_unref (say_much (store, 1000));
  g_object_unref (say_much (store, 900000));
  WAIT_UNTIL (baleen_store_get_status (store) == BALEEN_STORE_FULL);

  /* Room comes back, and all that was said is written by itself. */
  g_unlink (ballast);
  g_assert_cmpint (mount (NULL, directory, NULL, MS_REMOUNT, "size=16m"), ==, 0);
  WAIT_UNTIL (baleen_store_get_status (store) == BALEEN_STORE_READY);
  baleen_store_close (store);
  g_clear_object (&store);
  store = open_store (directory, &n);
  g_assert_cmpuint (n, ==, 2);
  baleen_store_close (store);
  return 0;
}

static void
test_full_disk (Fixture      *fixture,
                gconstpointer data)
{
  int status, out;
  const GPid pid = spawn ("--fill", fixture->directory, &out);

  waitpid (pid, &status, 0);
  close (out);
  if (WIFEXITED (status) && WEXITSTATUS (status) == 77)
    g_test_skip ("no file system may be mounted here");
  else
    g_assert_cmpint (status, ==, 0);
}

/* ---- several programs ------------------------------------------------------------------- */

#define WRITERS 2
#define WRITES_EACH 1000
#define WRITES_A_TIME 10

/* Writes beside the program that holds the history, as a command does. */
static int
write_beside (const char *directory)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BaleenDatabase) database = baleen_history_open_beside (directory, TRUE, &error);
  gint64 last = 0;

  g_assert_no_error (error);
  for (guint i = 0; i < WRITES_EACH; i++)
    {
      g_assert_true (i % WRITES_A_TIME != 0 || baleen_database_begin (database, FALSE, NULL));
      last = baleen_history_next_id (last, baleen_history_lane_beside ());
      g_assert_true (put_one (database, &last, NULL));
      g_assert_true (i % WRITES_A_TIME != WRITES_A_TIME - 1
                     || baleen_database_commit (database, NULL));
    }
  return 0;
}

/* Four conversations, as in four windows, are written to here. */
static void
test_together (Fixture      *fixture,
               gconstpointer data)
{
  g_autoptr (BaleenStore) store = open_store (fixture->directory, NULL);
  g_autoptr (BaleenStore) second = NULL;
  g_autoptr (BaleenDatabase) database = NULL;
  BaleenConversation *conversations[4];
  GPid pids[WRITERS];
  int outs[WRITERS], status;
  sqlite3_stmt *statement;

  for (guint i = 0; i < 4; i++)
    conversations[i] = baleen_conversation_new (baleen_store_next_id (store));
  for (guint i = 0; i < WRITERS; i++)
    pids[i] = spawn ("--beside", fixture->directory, &outs[i]);
  /* A second launch is told, and changes nothing. */
  second = open_store (fixture->directory, NULL);
  WAIT_UNTIL (baleen_store_get_status (second) == BALEEN_STORE_LOCKED);
  for (guint i = 0; i < WRITERS * WRITES_EACH; i++)
    {
      g_autoptr (BaleenMessage) message
          = baleen_message_new (baleen_store_next_id (store), 0, BALEEN_ROLE_USER, "a word");

      baleen_conversation_add (conversations[i % 4], message);
      baleen_store_save (store, conversations[i % 4], message, FALSE);
      g_object_unref (say_much (second, 10));
      if (i % 20 == 0)
        g_usleep (1000);
    }
  for (guint i = 0; i < WRITERS; i++)
    {
      waitpid (pids[i], &status, 0);
      g_assert_cmpint (status, ==, 0);
      close (outs[i]);
    }
  baleen_store_close (second);
  g_assert_true (baleen_store_close (store));
  for (guint i = 0; i < 4; i++)
    g_object_unref (conversations[i]);

  database = open_sound (fixture->path);
  sqlite3_prepare_v2 (database->db, "SELECT COUNT (*) FROM message", -1, &statement, NULL);
  g_assert_cmpint (sqlite3_step (statement), ==, SQLITE_ROW);
  g_assert_cmpint (sqlite3_column_int (statement, 0), ==, 2 * WRITERS * WRITES_EACH);
  sqlite3_finalize (statement);
}

int
main (int    argc,
      char **argv)
{
  if (argc == 3 && g_str_equal (argv[1], "--fill"))
    return fill_disk (argv[2]);
  if (argc == 3 && g_str_equal (argv[1], "--beside"))
    return write_beside (argv[2]);
  if (argc == 3 && g_str_has_prefix (argv[1], "--"))
    return be_victim (argv[1], argv[2]);

  program = argv[0];
  g_test_init (&argc, &argv, NULL);
  install_scarce_memory ();
#define ADD(path, data, func) g_test_add (path, Fixture, data, set_up, func, tear_down)
  ADD ("/store/killed-while-brought-up-to-date-stays-whole", "--migrate", test_killed);
  ADD ("/store/killed-while-importing-has-all-or-nothing", "--import", test_killed);
  ADD ("/store/killed-while-deleting-has-all-or-nothing", "--delete", test_killed);
  ADD ("/store/failing-allocations-lose-nothing", NULL, test_memory);
  ADD ("/store/garbage-pages-never-crash", NULL, test_corruption);
  ADD ("/store/full-disk-is-told-and-waited-for", NULL, test_full_disk);
  ADD ("/store/several-programs-lose-nothing", NULL, test_together);
  return g_test_run ();
}
