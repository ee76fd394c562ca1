/* Making room in a conversation: what is left out, what stands for it, and taking it back. */
#include <glib/gstdio.h>
#include <string.h>

#include "chat-fixture.h"
#include "conversation-note.h"
#include "conversation-summary.h"
#include "fake-backend.h"
#include "prompt-builder.h"

typedef struct
{
  ChatFixture all;
  char *summary;
  GError *error;
  gboolean is_over;
} Fixture;

static BaleenMessage *
say (Fixture    *fixture,
     BaleenRole  role,
     const char *text)
{
  return baleen_history_add_message (fixture->all.history, fixture->all.conversation,
                                     baleen_conversation_get_head (fixture->all.conversation), role,
                                     text, BALEEN_STATE_DONE);
}

static void
set_up (Fixture      *fixture,
        gconstpointer data)
{
  chat_fixture_init (&fixture->all);
  fake_backend_set_answer (NULL, "Yes.", 1000);
  fake_backend_set_failure (NULL, 0);
  fake_backend_set_prompt (0, 0);
  chat_fixture_open (&fixture->all, fake_backend_get ());
  chat_fixture_load (&fixture->all);
  fixture->all.conversation = g_object_ref (baleen_history_get_blank (fixture->all.history));
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
  chat_fixture_clear (&fixture->all);
  g_free (fixture->summary);
  g_clear_error (&fixture->error);
}

/* All that would be sent, a line a turn. */
static char *
get_sent (Fixture *fixture)
{
  g_autoptr (BaleenAnswerSettings) settings = baleen_answer_settings_new ();
  g_autoptr (BaleenRequest) request
      = baleen_prompt_builder_build (fixture->all.conversation,
                                     baleen_conversation_get_head (fixture->all.conversation), NULL,
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
  g_autoptr (GPtrArray) older = baleen_note_list_older (fixture->all.conversation);
  g_autofree char *before = get_sent (fixture);
  g_autofree char *with_note = NULL;
  g_autofree char *after = NULL;
  BaleenMessage *note;

  g_assert_cmpuint (older->len, ==, 4);
  note = baleen_note_add (fixture->all.history, fixture->all.conversation, "They talked.", older);
  g_assert_true (baleen_note_is_note (note));
  g_assert_cmpuint (baleen_note_get_n_messages (note), ==, 4);
  with_note = get_sent (fixture);
  g_assert_cmpstr (with_note, ==,
                   "Summary of what was said before:\nThey talked.|question 2|answer 2|"
                   "question 3|answer 3|next|");

  baleen_note_set_is_in_force (fixture->all.history, fixture->all.conversation, note, FALSE);
  after = get_sent (fixture);
  g_assert_cmpstr (after, ==, before);
}

/* What was left out is left out after a restart too. */
static void
test_kept (Fixture      *fixture,
           gconstpointer data)
{
  g_autoptr (GPtrArray) older = baleen_note_list_older (fixture->all.conversation);
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;

  baleen_note_add (fixture->all.history, fixture->all.conversation, "They talked.", older);
  g_clear_pointer (&older, g_ptr_array_unref);
  before = get_sent (fixture);
  chat_fixture_close (&fixture->all);

  chat_fixture_open (&fixture->all, fake_backend_get ());
  fixture->all.conversation = g_list_model_get_item (G_LIST_MODEL (fixture->all.history), 0);
  baleen_history_load (fixture->all.history, fixture->all.conversation);
  WAIT_UNTIL (baleen_conversation_get_is_loaded (fixture->all.conversation));
  after = get_sent (fixture);
  g_assert_cmpstr (after, ==, before);
}

/* A second note takes the first one in. */
static void
test_second_note (Fixture      *fixture,
                  gconstpointer data)
{
  g_autoptr (GPtrArray) first = baleen_note_list_older (fixture->all.conversation);
  g_autoptr (GPtrArray) second = NULL;
  g_autofree char *sent = NULL;

  baleen_note_add (fixture->all.history, fixture->all.conversation, "First.", first);
  say (fixture, BALEEN_ROLE_USER, "question 4");
  say (fixture, BALEEN_ROLE_ASSISTANT, "answer 4");
  second = baleen_note_list_older (fixture->all.conversation);
  baleen_note_add (fixture->all.history, fixture->all.conversation, "Second.", second);
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

  g_set_object (&fixture->all.conversation, baleen_history_get_blank (fixture->all.history));
  say (fixture, BALEEN_ROLE_USER, "only question");
  say (fixture, BALEEN_ROLE_ASSISTANT, "only answer");
  older = baleen_note_list_older (fixture->all.conversation);
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
  all = baleen_note_list_all (fixture->all.conversation);
  baleen_conversation_summary_make_async (fixture->all.engine, all, NULL, summarized_cb, fixture);
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
  g_autoptr (GPtrArray) all = baleen_note_list_all (fixture->all.conversation);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();

  fake_backend_set_answer (NULL, "Yes.", 200000);
  baleen_conversation_summary_make_async (fixture->all.engine, all, cancellable, summarized_cb,
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
