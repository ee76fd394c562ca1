/* The road from what was typed to an answer that is on disk: history, engine thread and jobs
 * together, over a script and over the real engine with a model that says what it is told. */
#include <glib/gstdio.h>
#include <string.h>

#include "chat-fixture.h"
#include "chat-model.h"
#include "fake-backend.h"

/* The promise is 200 ms, which test-engine-service measures over many; a single one may meet a
 * machine that does something else. The answers would go on for longer. */
#define MOST_ENDING (5 * G_USEC_PER_SEC)

static void
set_up (ChatFixture  *fixture,
        gconstpointer data)
{
  chat_fixture_init (fixture);
  fake_backend_set_answer (NULL, "One two three.", 1000);
  fake_backend_set_failure (NULL, 0);
  fake_backend_set_prompt (0, 0);
  chat_fixture_open (fixture, fake_backend_get ());
}

static void
tear_down (ChatFixture  *fixture,
           gconstpointer data)
{
  chat_fixture_clear (fixture);
}

static BaleenConversation *
blank (ChatFixture *fixture)
{
  return baleen_history_get_blank (fixture->history);
}

static void
test_answer (ChatFixture  *fixture,
             gconstpointer data)
{
  g_autoptr (BaleenConversation) conversation = g_object_ref (blank (fixture));
  BaleenMessage *answer;

  chat_fixture_load (fixture);
  fake_backend_set_answer ("Let me think.\nYes.", "One two three.", 1000);
  answer = baleen_chat_send (fixture->chat, conversation, "Count.", TRUE);
  g_assert_true (baleen_state_is_running (baleen_message_get_state (answer)));
  WAIT_UNTIL (chat_fixture_is_over (answer));

  g_assert_cmpint (baleen_message_get_state (answer), ==, BALEEN_STATE_DONE);
  g_assert_cmpstr (baleen_message_get_text (answer), ==, "One two three.");
  g_assert_true (g_str_has_prefix (baleen_message_get_thought (answer), "Let me think.\nYes."));
  g_assert_cmpstr (baleen_message_get_model (answer), ==, "scripted.gguf");
  g_assert_cmpint (baleen_message_get_numbers (answer)->n_tokens, ==, 8);
  g_assert_cmpstr (baleen_conversation_get_title (conversation), ==, "Count.");
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (fixture->history)), ==, 1);
}

static void
test_waits_for_model (ChatFixture  *fixture,
                      gconstpointer data)
{
  BaleenMessage *answer
      = baleen_chat_send (fixture->chat, blank (fixture), "Hello?", FALSE);

  g_assert_cmpint (baleen_message_get_state (answer), ==, BALEEN_STATE_QUEUED);
  chat_fixture_load (fixture);
  WAIT_UNTIL (chat_fixture_is_over (answer));
  g_assert_cmpint (baleen_message_get_state (answer), ==, BALEEN_STATE_DONE);
}

static void
count_cb (BaleenMessage *message,
          gpointer       user_data)
{
  ++*(guint *) user_data;
}

/* 400 words in a second come in at most 30 pieces, and stopping takes less than a fifth. */
static void
test_stop (ChatFixture  *fixture,
           gconstpointer data)
{
  g_autoptr (GString) words = g_string_new (NULL);
  BaleenMessage *answer;
  guint n_updates = 0;
  gint64 begun, stopped;

  for (guint i = 0; i < 4000; i++)
    g_string_append_printf (words, "%u ", i);
  fake_backend_set_answer (NULL, words->str, 2500);
  chat_fixture_load (fixture);
  answer = baleen_chat_send (fixture->chat, blank (fixture), "Count.", FALSE);
  g_signal_connect (answer, "grown", G_CALLBACK (count_cb), &n_updates);
  WAIT_UNTIL (baleen_message_get_text_length (answer) > 0);
  begun = g_get_monotonic_time ();
  n_updates = 0;
  /* On a busy machine the second is a longer one. */
  WAIT_UNTIL (g_get_monotonic_time () - begun > G_USEC_PER_SEC && n_updates >= 5);
  g_assert_cmpuint (n_updates, <=, 1 + (g_get_monotonic_time () - begun) * 30 / G_USEC_PER_SEC);

  stopped = g_get_monotonic_time ();
  baleen_chat_stop (fixture->chat, answer);
  WAIT_UNTIL (chat_fixture_is_over (answer));
  g_assert_cmpint (g_get_monotonic_time () - stopped, <, MOST_ENDING);
  g_assert_cmpint (baleen_message_get_state (answer), ==, BALEEN_STATE_STOPPED);
  g_assert_true (g_str_has_prefix (words->str, baleen_message_get_text (answer)));
}

static void
test_queue (ChatFixture  *fixture,
            gconstpointer data)
{
  g_autoptr (BaleenConversation) conversation = g_object_ref (blank (fixture));
  BaleenMessage *first, *second;
  g_autofree char *last = NULL;

  chat_fixture_load (fixture);
  first = baleen_chat_send (fixture->chat, conversation, "First", FALSE);
  second = baleen_chat_send (fixture->chat, conversation, "Second", FALSE);
  g_assert_cmpint (baleen_message_get_state (second), ==, BALEEN_STATE_QUEUED);
  g_assert_cmpuint (baleen_chat_get_n_before (fixture->chat, second), ==, 1);
  WAIT_UNTIL (chat_fixture_is_over (second));
  g_assert_cmpint (baleen_message_get_state (first), ==, BALEEN_STATE_DONE);
  /* Its request was made when its turn came: with the first answer in it. */
  g_assert_cmpuint (fake_backend_get_n_turns (), ==, 3);
  last = fake_backend_dup_last_turn ();
  g_assert_cmpstr (last, ==, "Second");
}

static gboolean
is_stopping (BaleenMessage *message)
{
  return g_strcmp0 (baleen_message_get_step (message), "Stopping…") == 0;
}

/* A stop that is not seen at once is told, and the next answer knows nothing of it. */
static void
test_slow_stop (ChatFixture  *fixture,
                gconstpointer data)
{
  BaleenConversation *conversation = blank (fixture);
  BaleenMessage *answer;

  chat_fixture_load (fixture);
  fake_backend_set_answer (NULL, "One two three.", 700000);
  answer = baleen_chat_send (fixture->chat, conversation, "Count.", FALSE);
  WAIT_UNTIL (baleen_message_get_state (answer) == BALEEN_STATE_ANSWERING);
  baleen_chat_stop (fixture->chat, answer);
  WAIT_UNTIL (is_stopping (answer));
  WAIT_UNTIL (chat_fixture_is_over (answer));
  g_assert_cmpint (baleen_message_get_state (answer), ==, BALEEN_STATE_STOPPED);
  fake_backend_set_answer (NULL, "One two three.", 1000);
  baleen_chat_continue (fixture->chat, conversation, answer);
  g_assert_null (baleen_message_get_step (answer));
  WAIT_UNTIL (chat_fixture_is_over (answer));
}

/* What shall be sent now goes before other conversations, after what it follows in its own, and
 * ends what is written. */
static void
test_send_now (ChatFixture  *fixture,
               gconstpointer data)
{
  g_autoptr (BaleenConversation) first = g_object_ref (blank (fixture));
  g_autoptr (BaleenConversation) second = NULL;
  BaleenMessage *running, *other, *before, *wanted;

  chat_fixture_load (fixture);
  fake_backend_set_answer (NULL, "One two three four five six seven eight.", 50000);
  running = baleen_chat_send (fixture->chat, first, "First.", FALSE);
  other = baleen_chat_send (fixture->chat, first, "Second.", FALSE);
  second = g_object_ref (blank (fixture));
  before = baleen_chat_send (fixture->chat, second, "Third.", FALSE);
  wanted = baleen_chat_send (fixture->chat, second, "Fourth.", FALSE);
  WAIT_UNTIL (baleen_message_get_state (running) == BALEEN_STATE_ANSWERING);
  fake_backend_set_answer (NULL, "One.", 1000);
  baleen_chat_send_now (fixture->chat, wanted);
  WAIT_UNTIL (chat_fixture_is_over (running));
  g_assert_cmpint (baleen_message_get_state (running), ==, BALEEN_STATE_STOPPED);
  WAIT_UNTIL (chat_fixture_is_over (wanted));
  g_assert_cmpint (baleen_message_get_state (before), ==, BALEEN_STATE_DONE);
  g_assert_cmpint (baleen_message_get_state (other), !=, BALEEN_STATE_DONE);
  WAIT_UNTIL (chat_fixture_is_over (other));
  g_assert_cmpint (baleen_message_get_state (other), ==, BALEEN_STATE_DONE);
}

static void
test_stop_waiting (ChatFixture  *fixture,
                   gconstpointer data)
{
  g_autoptr (BaleenConversation) conversation = g_object_ref (blank (fixture));
  BaleenMessage *first, *second;

  chat_fixture_load (fixture);
  fake_backend_set_answer (NULL, "a b c d e f g h i j k l m n o p q r s t u v w x y z", 20000);
  first = baleen_chat_send (fixture->chat, conversation, "First", FALSE);
  second = baleen_chat_send (fixture->chat, conversation, "Second", FALSE);
  baleen_chat_stop_conversation (fixture->chat, conversation);
  WAIT_UNTIL (chat_fixture_is_over (first) && chat_fixture_is_over (second));
  g_assert_cmpint (baleen_message_get_state (first), ==, BALEEN_STATE_STOPPED);
  g_assert_cmpint (baleen_message_get_state (second), ==, BALEEN_STATE_STOPPED);
}

static void
test_siblings (ChatFixture  *fixture,
               gconstpointer data)
{
  g_autoptr (BaleenConversation) conversation = g_object_ref (blank (fixture));
  BaleenMessage *first, *second;
  guint position;

  chat_fixture_load (fixture);
  first = baleen_chat_send (fixture->chat, conversation, "Say it.", FALSE);
  WAIT_UNTIL (chat_fixture_is_over (first));
  fake_backend_set_answer (NULL, "In other words.", 1000);
  second = baleen_chat_regenerate (fixture->chat, conversation, first);
  WAIT_UNTIL (chat_fixture_is_over (second));

  g_assert_cmpuint (baleen_conversation_get_n_siblings (conversation, second, &position), ==, 2);
  g_assert_cmpuint (position, ==, 1);
  g_assert_true (baleen_conversation_get_head (conversation) == second);
  g_assert_cmpuint (fake_backend_get_n_turns (), ==, 1);
  baleen_conversation_show_sibling (conversation, second, 0);
  g_assert_true (baleen_conversation_get_head (conversation) == first);
  g_assert_cmpstr (baleen_message_get_text (first), ==, "One two three.");
}

static void
test_continue (ChatFixture  *fixture,
               gconstpointer data)
{
  g_autoptr (BaleenConversation) conversation = g_object_ref (blank (fixture));
  g_autofree char *begun = NULL;
  BaleenMessage *answer;

  chat_fixture_load (fixture);
  fake_backend_set_answer (NULL, "one two three four five six seven eight nine ten ", 30000);
  answer = baleen_chat_send (fixture->chat, conversation, "Count.", FALSE);
  WAIT_UNTIL (baleen_message_get_text_length (answer) > 8);
  baleen_chat_stop (fixture->chat, answer);
  WAIT_UNTIL (chat_fixture_is_over (answer));
  begun = g_strdup (baleen_message_get_text (answer));

  fake_backend_set_answer (NULL, "and so on.", 1000);
  baleen_chat_continue (fixture->chat, conversation, answer);
  WAIT_UNTIL (chat_fixture_is_over (answer));
  g_assert_true (g_str_has_prefix (baleen_message_get_text (answer), begun));
  g_assert_true (g_str_has_suffix (baleen_message_get_text (answer), "and so on."));
  g_clear_pointer (&begun, g_free);
  begun = fake_backend_dup_begun ();
  g_assert_true (g_str_has_prefix (baleen_message_get_text (answer), begun));
}

static void
test_failure (ChatFixture  *fixture,
              gconstpointer data)
{
  BaleenMessage *answer;

  chat_fixture_load (fixture);
  fake_backend_set_failure ("The model file changed while it was in use.", BALEEN_REMEDY_RELOAD);
  answer = baleen_chat_send (fixture->chat, blank (fixture), "Hello", FALSE);
  WAIT_UNTIL (chat_fixture_is_over (answer));
  g_assert_cmpint (baleen_message_get_state (answer), ==, BALEEN_STATE_FAILED);
  g_assert_cmpstr (baleen_message_get_problem (answer), ==,
                   "The model file changed while it was in use.");
  g_assert_cmpint (baleen_message_get_remedy (answer), ==, BALEEN_REMEDY_RELOAD);
  g_assert_cmpstr (baleen_message_get_text (answer), ==, "One two three.");
}

static void
failed_cb (BaleenEngineService *engine,
           const char          *path,
           const char          *sentence,
           int                  remedy,
           char               **said)
{
  *said = g_strdup (sentence);
}

static void
test_failed_load (ChatFixture  *fixture,
                  gconstpointer data)
{
  g_autofree char *said = NULL;

  chat_fixture_load (fixture);
  g_signal_connect (fixture->engine, "load-failed", G_CALLBACK (failed_cb), &said);
  baleen_engine_service_load (fixture->engine, "/nowhere/gone.gguf");
  WAIT_UNTIL (said != NULL);
  g_assert_nonnull (strstr (said, "gone.gguf"));
  g_assert_cmpint (baleen_engine_service_get_status (fixture->engine), ==, BALEEN_ENGINE_READY);
  g_assert_cmpstr (baleen_engine_service_get_path (fixture->engine), ==, fixture->model);
}

static void
test_no_model (ChatFixture  *fixture,
               gconstpointer data)
{
  BaleenMessage *answer = baleen_chat_send (fixture->chat, blank (fixture), "Hello?", FALSE);

  baleen_engine_service_load (fixture->engine, "/nowhere/gone.gguf");
  WAIT_UNTIL (chat_fixture_is_over (answer));
  g_assert_cmpint (baleen_message_get_state (answer), ==, BALEEN_STATE_FAILED);
  g_assert_cmpint (baleen_message_get_remedy (answer), ==, BALEEN_REMEDY_CHOOSE_MODEL);
}

static void
loaded_cb (GObject    *conversation,
           GParamSpec *pspec,
           gboolean   *is_loaded)
{
  *is_loaded = TRUE;
}

/* Closed in mid-answer, the program finds what was written, and says it was interrupted. */
static void
test_closing (ChatFixture  *fixture,
              gconstpointer data)
{
  g_autoptr (BaleenConversation) found = NULL;
  g_autofree char *text = NULL;
  BaleenMessage *answer;
  gboolean is_loaded = FALSE;

  chat_fixture_load (fixture);
  fake_backend_set_answer (NULL, "one two three four five six seven eight nine ten ", 30000);
  answer = baleen_chat_send (fixture->chat, blank (fixture), "Count.", FALSE);
  WAIT_UNTIL (baleen_message_get_text_length (answer) > 8);
  text = g_strdup (baleen_message_get_text (answer));
  chat_fixture_close (fixture);

  chat_fixture_open (fixture, fake_backend_get ());
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (fixture->history)), ==, 1);
  found = g_list_model_get_item (G_LIST_MODEL (fixture->history), 0);
  g_assert_cmpstr (baleen_conversation_get_title (found), ==, "Count.");
  g_signal_connect (found, "notify::is-loaded", G_CALLBACK (loaded_cb), &is_loaded);
  baleen_history_load (fixture->history, found);
  WAIT_UNTIL (is_loaded);
  answer = baleen_conversation_get_head (found);
  g_assert_cmpint (baleen_message_get_state (answer), ==, BALEEN_STATE_INTERRUPTED);
  g_assert_true (g_str_has_prefix (baleen_message_get_text (answer), text));
}

static void
test_draft (ChatFixture  *fixture,
            gconstpointer data)
{
  baleen_conversation_set_draft (blank (fixture), "half a sentence", 4);
  baleen_conversation_set_think (blank (fixture), TRUE);
  baleen_history_save (fixture->history, blank (fixture), NULL, FALSE);
  chat_fixture_close (fixture);

  chat_fixture_open (fixture, fake_backend_get ());
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (fixture->history)), ==, 0);
  g_assert_cmpstr (baleen_conversation_get_draft (blank (fixture)), ==, "half a sentence");
  g_assert_true (baleen_conversation_get_think (blank (fixture)));
}

static void
test_order (ChatFixture  *fixture,
            gconstpointer data)
{
  g_autoptr (BaleenConversation) first = g_object_ref (blank (fixture));
  g_autoptr (BaleenConversation) second = NULL;
  g_autoptr (BaleenConversation) top = NULL;
  BaleenMessage *answer;

  chat_fixture_load (fixture);
  baleen_chat_send (fixture->chat, first, "First", FALSE);
  second = g_object_ref (blank (fixture));
  g_assert_true (first != second);
  baleen_chat_send (fixture->chat, second, "Second", FALSE);
  answer = baleen_chat_send (fixture->chat, first, "First again", FALSE);
  WAIT_UNTIL (chat_fixture_is_over (answer));
  top = g_list_model_get_item (G_LIST_MODEL (fixture->history), 0);
  g_assert_true (top == first);

  baleen_history_pin (fixture->history, second, TRUE);
  g_set_object (&top, NULL);
  top = g_list_model_get_item (G_LIST_MODEL (fixture->history), 0);
  g_assert_true (top == second);
}

/* ---- the real engine ------------------------------------------------------------------ */

static void
open_real (ChatFixture *fixture,
           gboolean     is_endless)
{
  static const char *const thoughts[] = { "Hmm", " whales", " hum", NULL };
  static const char *const words[] = { "Baleen", " filters", " the", " sea", NULL };
  g_autofree char *path = g_build_filename (fixture->directory, "told.gguf", NULL);
  GgufWriter *writer = chat_model_build (thoughts, words, is_endless);

  chat_fixture_close (fixture);
  gguf_writer_write (writer, path);
  gguf_writer_free (writer);
  chat_fixture_open (fixture, baleen_local_backend_get ());
  baleen_engine_service_load (fixture->engine, path);
  WAIT_UNTIL (baleen_engine_service_get_status (fixture->engine) == BALEEN_ENGINE_READY);
}

static void
test_real_answer (ChatFixture  *fixture,
                  gconstpointer data)
{
  g_autoptr (BaleenConversation) conversation = NULL;
  BaleenMessage *answer;

  open_real (fixture, FALSE);
  conversation = g_object_ref (blank (fixture));
  answer = baleen_chat_send (fixture->chat, conversation, "What do you do?", FALSE);
  WAIT_UNTIL (chat_fixture_is_over (answer));
  g_assert_cmpstr (baleen_message_get_problem (answer), ==, NULL);
  g_assert_cmpstr (baleen_message_get_text (answer), ==, "Baleen filters the sea");

  answer = baleen_chat_send (fixture->chat, conversation, "And thinking?", TRUE);
  WAIT_UNTIL (chat_fixture_is_over (answer));
  g_assert_cmpstr (baleen_message_get_problem (answer), ==, NULL);
  g_assert_cmpstr (baleen_message_get_text (answer), ==, "Baleen filters the sea");
  g_assert_nonnull (strstr (baleen_message_get_thought (answer), "whales hum"));
  /* The first turn was not read again. */
  g_assert_cmpint (baleen_message_get_numbers (answer)->n_reused, >, 20);
}

/* Also of the very first answer on a computer whose speed is not known: no measuring stands
 * between the last word and the end. */
static void
test_real_stop (ChatFixture  *fixture,
                gconstpointer data)
{
  g_autofree char *speeds = g_build_filename (g_get_user_cache_dir (), "baleen", "speeds.json",
                                             NULL);
  BaleenMessage *answer;
  gint64 stopped;

  open_real (fixture, TRUE);
  answer = baleen_chat_send (fixture->chat, blank (fixture), "Go on.", FALSE);
  WAIT_UNTIL (baleen_message_get_text_length (answer) > 50 || chat_fixture_is_over (answer));
  g_assert_false (chat_fixture_is_over (answer));
  stopped = g_get_monotonic_time ();
  baleen_chat_stop (fixture->chat, answer);
  WAIT_UNTIL (chat_fixture_is_over (answer));
  g_assert_cmpint (g_get_monotonic_time () - stopped, <, MOST_ENDING);
  g_assert_cmpint (baleen_message_get_state (answer), ==, BALEEN_STATE_STOPPED);
  g_assert_true (g_str_has_prefix (baleen_message_get_text (answer), "Baleen filters the sea"));
  g_assert_false (g_file_test (speeds, G_FILE_TEST_EXISTS));
}

/* The model's words follow a newline: what is there stays, text goes on as text and a thought
 * that was not closed as a thought, and the time of thinking is counted on. */
static void
test_real_continue (ChatFixture  *fixture,
                    gconstpointer data)
{
  g_autoptr (BaleenConversation) conversation = NULL;
  BaleenNumbers numbers = { 0 };
  BaleenMessage *answer;

  open_real (fixture, FALSE);
  conversation = g_object_ref (blank (fixture));
  answer = baleen_chat_send (fixture->chat, conversation, "What do you do?", TRUE);
  WAIT_UNTIL (chat_fixture_is_over (answer));
  baleen_message_set_text (answer, "It is this:\n", "Hmm");
  numbers.thought_seconds = 12;
  baleen_message_set_numbers (answer, &numbers);
  baleen_message_set_state (answer, BALEEN_STATE_STOPPED);
  baleen_chat_continue (fixture->chat, conversation, answer);
  WAIT_UNTIL (chat_fixture_is_over (answer));
  g_assert_cmpstr (baleen_message_get_problem (answer), ==, NULL);
  g_assert_cmpstr (baleen_message_get_text (answer), ==, "It is this:\nBaleen filters the sea");
  g_assert_cmpstr (baleen_message_get_thought (answer), ==, "Hmm");
  g_assert_cmpfloat (baleen_message_get_numbers (answer)->thought_seconds, ==, 12);

  baleen_message_set_text (answer, "", "I wonder\n");
  baleen_message_set_state (answer, BALEEN_STATE_STOPPED);
  baleen_chat_continue (fixture->chat, conversation, answer);
  WAIT_UNTIL (chat_fixture_is_over (answer));
  g_assert_cmpstr (baleen_message_get_text (answer), ==, "");
  g_assert_cmpstr (baleen_message_get_thought (answer), ==, "I wonder\nBaleen filters the sea");
  g_assert_cmpfloat (baleen_message_get_numbers (answer)->thought_seconds, >, 12);
}

static void
test_real_too_long (ChatFixture  *fixture,
                    gconstpointer data)
{
  g_autoptr (GString) words = g_string_new (NULL);
  BaleenMessage *answer;

  open_real (fixture, FALSE);
  for (guint i = 0; i < 200000; i++)
    g_string_append (words, "a ");
  answer = baleen_chat_send (fixture->chat, blank (fixture), words->str, FALSE);
  WAIT_UNTIL (chat_fixture_is_over (answer));
  g_assert_cmpint (baleen_message_get_state (answer), ==, BALEEN_STATE_FAILED);
  g_assert_cmpint (baleen_message_get_remedy (answer), ==, BALEEN_REMEDY_MAKE_ROOM);
  g_assert_nonnull (strstr (baleen_message_get_problem (answer), "too long"));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
#define ADD(path, func) g_test_add (path, ChatFixture, NULL, set_up, func, tear_down)
  ADD ("/chat/an-answer-has-text-thought-and-numbers", test_answer);
  ADD ("/chat/a-message-waits-for-the-model", test_waits_for_model);
  ADD ("/chat/stop-acts-at-once-and-text-comes-30-times-a-second", test_stop);
  ADD ("/chat/what-is-sent-meanwhile-waits-and-sees-the-answer-before", test_queue);
  ADD ("/chat/stop-ends-what-waits-too", test_stop_waiting);
  ADD ("/chat/a-stop-that-takes-long-is-told", test_slow_stop);
  ADD ("/chat/what-is-sent-now-goes-first", test_send_now);
  ADD ("/chat/regenerate-keeps-the-answer-before", test_siblings);
  ADD ("/chat/continue-goes-on-where-it-stopped", test_continue);
  ADD ("/chat/a-failure-keeps-the-text", test_failure);
  ADD ("/chat/a-failed-load-keeps-the-model", test_failed_load);
  ADD ("/chat/without-a-model-what-waits-is-told", test_no_model);
  ADD ("/chat/closing-in-mid-answer-keeps-the-text", test_closing);
  ADD ("/chat/a-draft-comes-back", test_draft);
  ADD ("/chat/last-used-first-pinned-before-all", test_order);
  ADD ("/chat/the-engine-answers-and-reuses-what-it-read", test_real_answer);
  ADD ("/chat/the-engine-stops-at-once", test_real_stop);
  ADD ("/chat/the-engine-continues-thought-and-answer", test_real_continue);
  ADD ("/chat/what-does-not-fit-is-said", test_real_too_long);
  return g_test_run ();
}
