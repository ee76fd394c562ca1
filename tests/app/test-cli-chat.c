#include "run-program.h"

#include "chat-model.h"
#include "folder.h"
#include "history-file.h"

#include <glib/gstdio.h>
#include <string.h>

#define RUN(input, ...) program_run (input, (const char *const[]) { __VA_ARGS__, NULL })

static char *folder;
static char *parrot; /* thinks, then says “Whales sing at night.” */

/* What one test keeps; the program under test finds it through XDG_DATA_HOME. */
static char *history_folder;

static void
begin_history (const char *name)
{
  g_autofree char *data = g_build_filename (folder, name, NULL);

  g_setenv ("XDG_DATA_HOME", data, TRUE);
  g_free (history_folder);
  history_folder = g_build_filename (data, "baleen", NULL);
}

static BaleenDatabase *
open_history (void)
{
  g_autoptr (GError) error = NULL;
  BaleenDatabase *database = baleen_history_open_beside (history_folder, FALSE, &error);

  g_assert_no_error (error);
  return database;
}

static GPtrArray *
list (BaleenDatabase *database)
{
  g_autoptr (GError) error = NULL;
  GPtrArray *records = baleen_database_list (database, &error);

  g_assert_no_error (error);
  return records;
}

static GPtrArray *
load (BaleenDatabase *database,
      gint64          id)
{
  g_autoptr (GError) error = NULL;
  GPtrArray *messages = baleen_database_load (database, id, &error);

  g_assert_no_error (error);
  return messages;
}

static void
assert_done (const Outcome *outcome)
{
  g_assert_cmpstr (outcome->err, ==, "What do whales\n\n");
  g_assert_cmpstr (outcome->out, ==, "Whales sing at night.\n");
  g_assert_cmpint (outcome->status, ==, 0);
}

static void
test_is_kept (void)
{
  begin_history ("kept");
  {
    g_auto (Outcome) outcome
        = RUN ("Hello whales\nAgain\n/new\nBye\n", "chat", "--think", "--model", parrot);
    g_autoptr (BaleenDatabase) database = open_history ();
    g_autoptr (GPtrArray) records = list (database);
    const BaleenConversationRecord *first, *second;
    g_autoptr (GPtrArray) messages = NULL;

    g_assert_cmpint (outcome.status, ==, 0);
    g_assert_cmpuint (records->len, ==, 2);
    second = records->pdata[0];
    first = records->pdata[1];
    g_assert_cmpstr (second->title, ==, "Bye");
    g_assert_cmpstr (first->title, ==, "Hello whales");
    g_assert_true (first->think);

    messages = load (database, first->id);
    g_assert_cmpuint (messages->len, ==, 4);
    for (guint i = 0; i < messages->len; i++)
      {
        const BaleenMessageRecord *m = messages->pdata[i];
        const BaleenMessageRecord *before = i > 0 ? messages->pdata[i - 1] : NULL;

        g_assert_cmpint (m->parent_id, ==, before != NULL ? before->id : 0);
        g_assert_cmpint (m->role, ==, i % 2 == 0 ? BALEEN_ROLE_USER : BALEEN_ROLE_ASSISTANT);
        g_assert_cmpint (m->state, ==, BALEEN_STATE_DONE);
        if (i % 2 == 0)
          continue;
        g_assert_cmpstr (m->text, ==, "Whales sing at night.");
        g_assert_cmpstr (m->thought, ==, "What do whales");
        g_assert_cmpstr (m->model, ==, "Parrot");
        g_assert_cmpint (m->numbers.n_tokens, >, 0);
        g_assert_cmpint (m->id, <=, first->head_id);
      }
  }
}

static gboolean
rename_cb (BaleenDatabase *database,
           gpointer        record,
           GError        **error)
{
  return baleen_database_put_conversation (database, record, error);
}

/* The window holds the history, and renamed and pinned the conversation since. */
static void
test_goes_on_beside_the_window (void)
{
  g_autoptr (GError) error = NULL;
  int lock;

  begin_history ("beside");
  {
    g_auto (Outcome) first = RUN ("Hello\n", "chat", "--think", "--model", parrot);
    g_autoptr (BaleenDatabase) database = open_history ();
    g_autoptr (GPtrArray) records = list (database);
    BaleenConversationRecord *record = records->pdata[0];
    g_autofree char *id = g_strdup_printf ("%" G_GINT64_FORMAT, record->id);
    g_autoptr (GPtrArray) messages = NULL;
    g_autoptr (GPtrArray) records_after = NULL;

    assert_done (&first);
    g_assert_true (baleen_history_take_lock (history_folder, &lock));
    g_free (record->title);
    record->title = g_strdup ("Renamed");
    record->is_pinned = TRUE;
    baleen_database_write (database, TRUE, rename_cb, record, &error);
    g_assert_no_error (error);
    {
      /* Its thinking goes on as well. */
      g_auto (Outcome) last = RUN ("More\n", "chat", "--continue", "--model", parrot);
      g_auto (Outcome) named = RUN ("Most\n", "chat", "--continue", id, "--model", parrot);

      assert_done (&last);
      assert_done (&named);
    }
    baleen_history_drop_lock (lock);

    records_after = list (database);
    g_assert_cmpuint (records_after->len, ==, 1);
    record = records_after->pdata[0];
    g_assert_cmpstr (record->title, ==, "Renamed");
    g_assert_true (record->is_pinned);
    messages = load (database, record->id);
    g_assert_cmpuint (messages->len, ==, 6);
    for (guint i = 1; i < messages->len; i++)
      g_assert_cmpint (((BaleenMessageRecord *) messages->pdata[i])->parent_id, ==,
                       ((BaleenMessageRecord *) messages->pdata[i - 1])->id);
    /* What was said before was sent again. */
    g_assert_cmpint (((BaleenMessageRecord *) messages->pdata[5])->numbers.n_prompt, >,
                     ((BaleenMessageRecord *) messages->pdata[3])->numbers.n_prompt);
    g_assert_cmpint (((BaleenMessageRecord *) messages->pdata[3])->numbers.n_prompt, >,
                     ((BaleenMessageRecord *) messages->pdata[1])->numbers.n_prompt);
  }
}

static void
test_temporary (void)
{
  begin_history ("temporary");
  {
    g_auto (Outcome) outcome
        = RUN ("Hello\n", "chat", "--temporary", "--think", "--model", parrot);
    g_auto (Outcome) both
        = RUN ("Hello\n", "chat", "--temporary", "--continue", "--model", parrot);

    assert_done (&outcome);
    g_assert_false (g_file_test (history_folder, G_FILE_TEST_EXISTS));
    g_assert_cmpint (both.status, ==, 2);
  }
}

static void
test_nothing_to_go_on_with (void)
{
  begin_history ("nothing");
  {
    g_auto (Outcome) last = RUN ("Hello\n", "chat", "--continue", "--model", parrot);
    g_auto (Outcome) named = RUN ("Hello\n", "chat", "--continue=12", "--model", parrot);

    assert_refused (&last, 1, "no conversation");
    assert_refused (&named, 1, "“12”");
    g_assert_false (g_file_test (history_folder, G_FILE_TEST_EXISTS));
  }
}

static guint
count (const char *text,
       const char *needle)
{
  guint n = 0;

  for (const char *p = text; (p = strstr (p, needle)) != NULL; p += strlen (needle))
    n++;
  return n;
}

/* A file stands where the folder should be. */
static void
test_history_that_cannot_be_written (void)
{
  g_autoptr (GError) error = NULL;

  begin_history ("unwritable");
  g_file_set_contents (g_getenv ("XDG_DATA_HOME"), "x", -1, &error);
  g_assert_no_error (error);
  {
    g_auto (Outcome) outcome = RUN ("Hello\nAgain\n", "chat", "--no-think", "--model", parrot);

    g_assert_cmpint (outcome.status, ==, 0);
    g_assert_cmpuint (count (outcome.out, "Whales sing at night.\n"), ==, 2);
    g_assert_cmpuint (count (outcome.err, "not kept"), ==, 1);
  }
}

int
main (int    argc,
      char **argv)
{
  static const char *const thoughts[] = { "What", " do", " whales", NULL };
  static const char *const answer[] = { "Whales", " sing", " at", " night.", NULL };
  g_autoptr (GError) error = NULL;
  GgufWriter *writer;
  int status;

  g_test_init (&argc, &argv, NULL);
  g_setenv ("GSETTINGS_BACKEND", "memory", TRUE);
  folder = g_dir_make_tmp ("cli-chat-XXXXXX", &error);
  g_assert_no_error (error);
  parrot = g_build_filename (folder, "parrot.gguf", NULL);
  writer = chat_model_build (thoughts, answer, FALSE);
  gguf_writer_write (writer, parrot);
  gguf_writer_free (writer);

  g_test_add_func ("/cli/chat/is-kept-in-the-history", test_is_kept);
  g_test_add_func ("/cli/chat/goes-on-beside-the-window", test_goes_on_beside_the_window);
  g_test_add_func ("/cli/chat/temporary-touches-no-disk", test_temporary);
  g_test_add_func ("/cli/chat/refuses-what-the-history-lacks", test_nothing_to_go_on_with);
  g_test_add_func ("/cli/chat/survives-a-history-that-cannot-be-written",
                   test_history_that_cannot_be_written);
  status = g_test_run ();

  folder_remove (folder);
  g_free (folder);
  g_free (parrot);
  g_free (history_folder);
  return status;
}
