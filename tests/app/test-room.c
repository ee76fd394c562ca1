/* Making room in a conversation: what is left out, what stands for it, and taking it back. */
#include <glib/gstdio.h>
#include <string.h>

#include "conversation-note.h"
#include "conversation-summary.h"
#include "fake-backend.h"
#include "prompt-builder.h"

typedef struct
{
  char *directory;
  char *model;
  BaleenStore *store;
  BaleenHistory *history;
  BaleenEngineService *engine;
  BaleenConversation *conversation;
  char *summary;
  GError *error;
  gboolean is_over;
} Fixture;

#define WAIT_UNTIL(condition)                                               \
  G_STMT_START                                                              \
  {                                                                         \
    const gint64 end_ = g_get_monotonic_time () + 20 * G_USEC_PER_SEC;      \
    guint ticker_ = g_timeout_add (5, tick_cb, NULL);                       \
                                                                            \
    while (!(condition))                                                    \
      {                                                                     \
        g_assert_cmpint (g_get_monotonic_time (), <, end_);                 \
        g_main_context_iteration (NULL, TRUE);                              \
      }                                                                     \
    g_source_remove (ticker_);                                              \
  }                                                                         \
  G_STMT_END

static gboolean
tick_cb (gpointer user_data)
{
  return G_SOURCE_CONTINUE;
}

static void
open_history (Fixture *fixture)
{
  fixture->store = baleen_store_new (fixture->directory);
  fixture->history = baleen_history_new (fixture->store);
  WAIT_UNTIL (baleen_history_get_is_opened (fixture->history));
}

static void
close_history (Fixture *fixture)
{
  g_clear_object (&fixture->conversation);
  baleen_store_close (fixture->store);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_finalize_object (g_steal_pointer (&fixture->history));
  g_assert_finalize_object (g_steal_pointer (&fixture->store));
}

static BaleenMessage *
say (Fixture    *fixture,
     BaleenRole  role,
     const char *text)
{
  return baleen_history_add_message (fixture->history, fixture->conversation,
                                     baleen_conversation_get_head (fixture->conversation), role,
                                     text, BALEEN_STATE_DONE);
}

static void
set_up (Fixture      *fixture,
        gconstpointer data)
{
  fixture->directory = g_dir_make_tmp ("baleen-room-XXXXXX", NULL);
  fixture->model = g_build_filename (fixture->directory, "scripted.gguf", NULL);
  g_file_set_contents (fixture->model, "script", -1, NULL);
  fake_backend_set_answer (NULL, "Yes.", 1000);
  fake_backend_set_failure (NULL, 0);
  fake_backend_set_prompt (0, 0);
  fixture->engine = baleen_engine_service_new (fake_backend_get ());
  baleen_engine_service_load (fixture->engine, fixture->model);
  WAIT_UNTIL (baleen_engine_service_get_status (fixture->engine) == BALEEN_ENGINE_READY);
  open_history (fixture);
  fixture->conversation = g_object_ref (baleen_history_get_blank (fixture->history));
  for (guint i = 0; i < 4; i++)
    {
      g_autofree char *question = g_strdup_printf ("question %u", i);
      g_autofree char *answer = g_strdup_printf ("answer %u", i);

      say (fixture, BALEEN_ROLE_USER, question);
      say (fixture, BALEEN_ROLE_ASSISTANT, answer);
    }
}

static void
tear_down (Fixture      *fixture,
           gconstpointer data)
{
  g_autoptr (GDir) dir = NULL;
  const char *name;

  close_history (fixture);
  baleen_engine_service_close (fixture->engine);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_finalize_object (g_steal_pointer (&fixture->engine));
  dir = g_dir_open (fixture->directory, 0, NULL);
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (fixture->directory, name, NULL);

      g_unlink (path);
    }
  g_rmdir (fixture->directory);
  g_free (fixture->model);
  g_free (fixture->directory);
  g_free (fixture->summary);
  g_clear_error (&fixture->error);
}

/* All that would be sent, a line a turn. */
static char *
get_sent (Fixture *fixture)
{
  g_autoptr (BaleenAnswerSettings) settings = baleen_answer_settings_new ();
  g_autoptr (BaleenRequest) request
      = baleen_prompt_builder_build (fixture->conversation,
                                     baleen_conversation_get_head (fixture->conversation), NULL,
                                     "next", BALEEN_THINK_OFF, settings);
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < request->turns->len; i++)
    g_string_append_printf (text, "%s|", ((BaleenTurn *) request->turns->pdata[i])->text);
  return g_string_free (text, FALSE);
}

static void
summarized_cb (GObject      *source,
               GAsyncResult *result,
               gpointer      user_data)
{
  Fixture *fixture = user_data;

  fixture->summary = baleen_conversation_summary_make_finish (result, &fixture->error);
  fixture->is_over = TRUE;
}

static void
test_note (Fixture      *fixture,
           gconstpointer data)
{
  g_autoptr (GPtrArray) older = baleen_note_list_older (fixture->conversation);
  g_autofree char *before = get_sent (fixture);
  g_autofree char *with_note = NULL;
  g_autofree char *after = NULL;
  BaleenMessage *note;

  g_assert_cmpuint (older->len, ==, 4);
  note = baleen_note_add (fixture->history, fixture->conversation, "They talked.", older);
  g_assert_true (baleen_note_is_note (note));
  g_assert_cmpuint (baleen_note_get_n_messages (note), ==, 4);
  with_note = get_sent (fixture);
  g_assert_cmpstr (with_note, ==,
                   "Summary of what was said before:\nThey talked.|question 2|answer 2|"
                   "question 3|answer 3|next|");

  baleen_note_set_is_in_force (fixture->history, fixture->conversation, note, FALSE);
  after = get_sent (fixture);
  g_assert_cmpstr (after, ==, before);
}

/* What was left out is left out after a restart too. */
static void
test_kept (Fixture      *fixture,
           gconstpointer data)
{
  g_autoptr (GPtrArray) older = baleen_note_list_older (fixture->conversation);
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;

  baleen_note_add (fixture->history, fixture->conversation, "They talked.", older);
  g_clear_pointer (&older, g_ptr_array_unref);
  before = get_sent (fixture);
  close_history (fixture);

  open_history (fixture);
  fixture->conversation = g_list_model_get_item (G_LIST_MODEL (fixture->history), 0);
  baleen_history_load (fixture->history, fixture->conversation);
  WAIT_UNTIL (baleen_conversation_get_is_loaded (fixture->conversation));
  after = get_sent (fixture);
  g_assert_cmpstr (after, ==, before);
}

/* A second note takes the first one in. */
static void
test_second_note (Fixture      *fixture,
                  gconstpointer data)
{
  g_autoptr (GPtrArray) first = baleen_note_list_older (fixture->conversation);
  g_autoptr (GPtrArray) second = NULL;
  g_autofree char *sent = NULL;

  baleen_note_add (fixture->history, fixture->conversation, "First.", first);
  say (fixture, BALEEN_ROLE_USER, "question 4");
  say (fixture, BALEEN_ROLE_ASSISTANT, "answer 4");
  second = baleen_note_list_older (fixture->conversation);
  baleen_note_add (fixture->history, fixture->conversation, "Second.", second);
  sent = get_sent (fixture);
  g_assert_null (strstr (sent, "First."));
  g_assert_nonnull (strstr (sent, "Second."));
  g_assert_nonnull (strstr (sent, "question 4"));
}

static void
test_one_turn (Fixture      *fixture,
               gconstpointer data)
{
  g_autoptr (GPtrArray) older = NULL;

  g_set_object (&fixture->conversation, baleen_history_get_blank (fixture->history));
  say (fixture, BALEEN_ROLE_USER, "only question");
  say (fixture, BALEEN_ROLE_ASSISTANT, "only answer");
  older = baleen_note_list_older (fixture->conversation);
  g_assert_cmpuint (older->len, ==, 0);
}

/* Far more than a context is read in parts, all of them, and the parts' answers again. */
static void
test_long_summary (Fixture      *fixture,
                   gconstpointer data)
{
  g_autoptr (GPtrArray) all = NULL;
  g_autoptr (GString) long_text = g_string_new (NULL);

  for (guint i = 0; i < 3000; i++)
    g_string_append_printf (long_text, "Sentence %u of a long story about whales.\n", i);
  say (fixture, BALEEN_ROLE_USER, long_text->str);
  all = baleen_note_list_all (fixture->conversation);
  baleen_conversation_summary_make_async (fixture->engine, all, NULL, summarized_cb, fixture);
  WAIT_UNTIL (fixture->is_over);
  g_assert_no_error (fixture->error);
  /* The script answers with what it is asked, so all of it must be there. */
  for (guint i = 0; i < 3000; i += 500)
    {
      g_autofree char *sentence = g_strdup_printf ("Sentence %u of", i);

      g_assert_nonnull (strstr (fixture->summary, sentence));
    }
}

static void
test_cancelled (Fixture      *fixture,
                gconstpointer data)
{
  g_autoptr (GPtrArray) all = baleen_note_list_all (fixture->conversation);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();

  fake_backend_set_answer (NULL, "Yes.", 200000);
  baleen_conversation_summary_make_async (fixture->engine, all, cancellable, summarized_cb,
                                          fixture);
  g_cancellable_cancel (cancellable);
  WAIT_UNTIL (fixture->is_over);
  g_assert_error (fixture->error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

#define ADD(path, func) g_test_add ("/room/" path, Fixture, NULL, set_up, func, tear_down)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD ("note-stands-for-turns-and-can-be-taken-back", test_note);
  ADD ("left-out-is-kept-on-disk", test_kept);
  ADD ("second-note-takes-in-the-first", test_second_note);
  ADD ("one-turn-is-not-older", test_one_turn);
  ADD ("long-talk-is-read-in-full", test_long_summary);
  ADD ("summary-is-cancelled", test_cancelled);

  return g_test_run ();
}
