/* Deep thinking: its budget, ending it from outside, going on with it, and models that were not
 * made for it. The real engine, with models that say what they are told. */
#include <glib/gstdio.h>
#include <string.h>

#include "attachment-reading.h"
#include "chat-fixture.h"
#include "chat-model.h"

static const char *const long_thoughts[]
    = { "Let",  " us",   " see",  " what", " they", " eat",  " and",  " where", " fish",
        " swim", " when", " cold", " days", " come", " from", " polar", " ice", NULL };
static const char *const answer_words[] = { "Baleen", " filters", " the", " sea", NULL };

#define ANSWER "Baleen filters the sea"

static void
set_up (ChatFixture  *fixture,
        gconstpointer thoughts)
{
  GgufWriter *writer = chat_model_build (thoughts, answer_words, FALSE);

  chat_fixture_init (fixture);
  gguf_writer_write (writer, fixture->model);
  gguf_writer_free (writer);
  chat_fixture_open (fixture, baleen_local_backend_get ());
  chat_fixture_load (fixture);
}

static void
tear_down (ChatFixture  *fixture,
           gconstpointer data)
{
  chat_fixture_clear (fixture);
}

static void
set_budget (ChatFixture *fixture,
            gint64   n_tokens)
{
  g_autoptr (BaleenAnswerSettings) settings = baleen_answer_settings_new ();

  settings->thought_budget = n_tokens;
  baleen_chat_set_settings (fixture->chat, settings);
}

static BaleenMessage *
ask (ChatFixture        *fixture,
     BaleenConversation *conversation)
{
  BaleenMessage *answer
      = baleen_chat_send (fixture->chat, conversation, "What do whales do?", TRUE);

  WAIT_UNTIL (chat_fixture_is_over (answer));
  g_assert_cmpstr (baleen_message_get_problem (answer), ==, NULL);
  return answer;
}

static void
test_whole (ChatFixture  *fixture,
            gconstpointer data)
{
  BaleenMessage *answer = ask (fixture, baleen_history_get_blank (fixture->history));

  g_assert_cmpstr (baleen_message_get_text (answer), ==, ANSWER);
  g_assert_nonnull (strstr (baleen_message_get_thought (answer), "polar ice"));
  g_assert_false (baleen_message_get_numbers (answer)->is_thought_cut);
}

static void
test_budget (ChatFixture  *fixture,
             gconstpointer data)
{
  BaleenMessage *answer;

  set_budget (fixture, 4);
  answer = ask (fixture, baleen_history_get_blank (fixture->history));
  g_assert_cmpstr (baleen_message_get_text (answer), ==, ANSWER);
  g_assert_true (g_str_has_prefix (baleen_message_get_thought (answer), "Let us"));
  g_assert_null (strstr (baleen_message_get_thought (answer), "polar"));
  g_assert_true (baleen_message_get_numbers (answer)->is_thought_cut);
}

/* A sibling takes up the thought where it was ended; what is read already is not read again.
 * (This model goes on only behind its own words and not behind their letters.) */
static void
test_longer (ChatFixture  *fixture,
             gconstpointer data)
{
  g_autoptr (BaleenConversation) conversation
      = g_object_ref (baleen_history_get_blank (fixture->history));
  BaleenMessage *answer, *longer;

  set_budget (fixture, 4);
  answer = ask (fixture, conversation);
  set_budget (fixture, 1000);
  longer = baleen_chat_think_longer (fixture->chat, conversation, answer);
  WAIT_UNTIL (chat_fixture_is_over (longer));
  g_assert_cmpstr (baleen_message_get_problem (longer), ==, NULL);
  g_assert_true (g_str_has_prefix (baleen_message_get_thought (longer), "Let us see what"));
  g_assert_false (baleen_message_get_numbers (longer)->is_thought_cut);
  g_assert_cmpint (baleen_message_get_numbers (longer)->n_reused, >, 20);
  g_assert_cmpuint (baleen_conversation_get_n_siblings (conversation, longer, NULL), ==, 2);
}

static void
test_answer_now (ChatFixture  *fixture,
                 gconstpointer data)
{
  BaleenRequest *request = baleen_request_new (BALEEN_THINK_ON);
  g_autoptr (BaleenMessage) message
      = baleen_message_new (1, 0, BALEEN_ROLE_ASSISTANT, "");
  g_autoptr (BaleenAnswerJob) job = NULL;

  baleen_message_set_state (message, BALEEN_STATE_QUEUED);
  baleen_request_add (request, BALEEN_ROLE_USER, "What do whales do?", NULL);
  job = baleen_answer_job_new (request, message);
  baleen_answer_job_answer_now (job);
  baleen_engine_service_answer (fixture->engine, job);
  WAIT_UNTIL (chat_fixture_is_over (message));
  g_assert_cmpstr (baleen_message_get_text (message), ==, ANSWER);
  g_assert_null (strstr (baleen_message_get_thought (message), "see"));
  /* It was the user, not the budget. */
  g_assert_false (baleen_message_get_numbers (message)->is_thought_cut);
}

/* Notes in a pass of their own are shown as thought, and the answer follows. */
static void
test_two_passes (ChatFixture  *fixture,
                 gconstpointer data)
{
  BaleenMessage *answer = ask (fixture, baleen_history_get_blank (fixture->history));

  g_assert_cmpint (baleen_message_get_state (answer), ==, BALEEN_STATE_DONE);
  g_assert_cmpstr (baleen_message_get_thought (answer), ==, ANSWER);
  g_assert_cmpstr (baleen_message_get_text (answer), ==, ANSWER);
  g_assert_cmpint (baleen_message_get_numbers (answer)->n_tokens, >=, 8);
}

static void
test_cut_is_kept (ChatFixture  *fixture,
                  gconstpointer data)
{
  g_autoptr (BaleenConversation) found = NULL;

  set_budget (fixture, 4);
  ask (fixture, baleen_history_get_blank (fixture->history));
  baleen_chat_close (fixture->chat);
  baleen_store_close (fixture->store);
  g_clear_object (&fixture->chat);
  g_clear_object (&fixture->history);
  g_clear_object (&fixture->store);

  fixture->store = baleen_store_new (fixture->directory);
  fixture->history = baleen_history_new (fixture->store);
  fixture->chat = baleen_chat_new (fixture->history, fixture->engine);
  WAIT_UNTIL (baleen_history_get_is_opened (fixture->history));
  found = g_list_model_get_item (G_LIST_MODEL (fixture->history), 0);
  baleen_history_load (fixture->history, found);
  WAIT_UNTIL (baleen_conversation_get_is_loaded (found));
  g_assert_true (
      baleen_message_get_numbers (baleen_conversation_get_head (found))->is_thought_cut);
  g_assert_true (baleen_message_get_think (baleen_conversation_get_head (found)));
}

static void
news_cb (BaleenEngineService *engine,
         int                  news,
         const char          *sentence,
         char               **told)
{
  g_assert_cmpint (news, ==, BALEEN_DEVICE_PLAIN);
  g_assert_null (*told);
  *told = g_strdup (sentence);
}

/* A template that cannot be used is no reason not to answer, and is said once. */
static void
test_broken_template (ChatFixture  *fixture,
                      gconstpointer data)
{
  g_autofree char *path = g_build_filename (fixture->directory, "broken.gguf", NULL);
  g_autofree char *told = NULL;
  GgufWriter *writer = chat_model_build (data, answer_words, FALSE);
  BaleenAnswerSettings settings = { .longest_answer = 4, .temperature = -1, .top_p = -1 };
  BaleenMessage *answer;

  gguf_writer_set_string (writer, "tokenizer.chat_template", "{{ raise_exception('never') }}");
  gguf_writer_write (writer, path);
  gguf_writer_free (writer);
  g_signal_connect (fixture->engine, "device-news", G_CALLBACK (news_cb), &told);
  baleen_engine_service_load (fixture->engine, path);
  WAIT_UNTIL (told != NULL);
  WAIT_UNTIL (baleen_engine_service_get_status (fixture->engine) == BALEEN_ENGINE_READY);
  g_assert_nonnull (strstr (told, "“broken.gguf” cannot be used. A plain one is used"));

  baleen_chat_set_settings (fixture->chat, &settings);
  answer = ask (fixture, baleen_history_get_blank (fixture->history));
  g_assert_cmpint (baleen_message_get_numbers (answer)->n_prompt, >, 0);
  g_assert_cmpint (baleen_message_get_state (answer), !=, BALEEN_STATE_FAILED);
  g_signal_handlers_disconnect_by_data (fixture->engine, &told);
}

static BaleenMessage *
say (ChatFixture        *fixture,
     BaleenConversation *conversation,
     const char         *text)
{
  BaleenMessage *answer = baleen_chat_send (fixture->chat, conversation, text, FALSE);

  WAIT_UNTIL (chat_fixture_is_over (answer));
  g_assert_cmpstr (baleen_message_get_problem (answer), ==, NULL);
  return answer;
}

/* Two branches in turns: each goes on from where it was, nothing of it is read again. */
static void
test_branches (ChatFixture  *fixture,
               gconstpointer data)
{
  BaleenConversation *conversation = baleen_history_get_blank (fixture->history);
  BaleenMessage *first, *edited, *next;
  gint64 n_first, n_edited;

  first = say (fixture, conversation,
               "Where do whales go when the days grow cold and the ice comes near, and what do "
               "they eat on their way there, and who has seen it, and when?");
  edited = baleen_chat_edit (fixture->chat, conversation,
                             baleen_conversation_get_parent (conversation, first),
                             "How large are they, and how old do they become, and how does one "
                             "know, when nobody has lived as long as they do, as people say?",
                             FALSE);
  WAIT_UNTIL (chat_fixture_is_over (edited));
  n_first = baleen_message_get_numbers (first)->n_prompt;
  n_edited = baleen_message_get_numbers (edited)->n_prompt;

  baleen_conversation_show_message (conversation, first);
  next = say (fixture, conversation, "And then?");
  g_assert_cmpint (baleen_message_get_numbers (next)->n_reused, >=, n_first);
  baleen_conversation_show_message (conversation, edited);
  next = say (fixture, conversation, "And then?");
  g_assert_cmpint (baleen_message_get_numbers (next)->n_reused, >=, n_edited);
}

/* The request that the meter counts, with a system prompt, a talk so far, a file and a draft. */
static BaleenPromptCount *
count (ChatFixture                *fixture,
       BaleenConversation         *conversation,
       BaleenAttachment           *attachment,
       const BaleenAnswerSettings *settings)
{
  g_autofree char *file = baleen_attachment_frame (attachment);
  g_autofree char *draft = g_strconcat (file, "And then?", NULL);
  g_autoptr (BaleenRequest) request
      = baleen_prompt_builder_build (conversation, baleen_conversation_get_head (conversation),
                                     NULL, draft, TRUE, settings);
  g_autoptr (GError) error = NULL;
  BaleenPromptCount *counted;

  baleen_request_mark_files (request, draft, strlen (file));
  counted = baleen_engine_service_count (fixture->engine, request, &error);
  g_assert_no_error (error);
  return counted;
}

/* What was counted before Send is what the engine says it was given, token for token. */
static void
test_counted (ChatFixture  *fixture,
              gconstpointer data)
{
  g_autoptr (BaleenAnswerSettings) settings = baleen_answer_settings_new ();
  BaleenConversation *conversation = baleen_history_get_blank (fixture->history);
  g_autoptr (BaleenAttachment) attachment = baleen_attachment_new ("sea.txt", NULL);
  g_autoptr (GPtrArray) attachments = g_ptr_array_new ();
  g_autoptr (BaleenPromptCount) counted = NULL;
  g_autofree char *json = NULL;
  BaleenMessage *answer;
  gsize sum = 0;

  settings->about = g_strdup ("I like whales.");
  baleen_chat_set_settings (fixture->chat, settings);
  ask (fixture, conversation);
  baleen_attachment_take_text (attachment, "Krill swims where the sea is cold.",
                               fixture->engine);
  g_ptr_array_add (attachments, attachment);
  json = baleen_attachments_to_json (attachments, FALSE);
  counted = count (fixture, conversation, attachment, settings);
  for (guint i = 0; i < BALEEN_N_COUNTS; i++)
    sum += counted->parts[i];
  g_assert_cmpuint (sum, ==, counted->total);
  g_assert_cmpuint (counted->parts[BALEEN_COUNT_SYSTEM], >, 0);
  g_assert_cmpuint (counted->parts[BALEEN_COUNT_HISTORY], >, 0);
  g_assert_cmpuint (counted->parts[BALEEN_COUNT_FILES], >, 0);
  g_assert_cmpuint (counted->parts[BALEEN_COUNT_MESSAGE], >, 0);
  g_assert_false (counted->is_estimate);

  answer = baleen_chat_send_with_files (fixture->chat, conversation, "And then?", json, TRUE);
  WAIT_UNTIL (chat_fixture_is_over (answer));
  g_assert_cmpint (baleen_message_get_numbers (answer)->n_prompt, ==, counted->total);
}

#define ADD(path, thoughts, func) \
  g_test_add ("/thinking/" path, ChatFixture, thoughts, set_up, func, tear_down)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD ("ends-by-itself", long_thoughts, test_whole);
  ADD ("ends-at-its-budget", long_thoughts, test_budget);
  ADD ("goes-on-when-asked", long_thoughts, test_longer);
  ADD ("ends-when-the-answer-is-wanted", long_thoughts, test_answer_now);
  ADD ("takes-two-passes-without-native-thinking", NULL, test_two_passes);
  ADD ("budget-end-is-on-disk", long_thoughts, test_cut_is_kept);
  ADD ("goes-without-a-template-that-can-be-used", long_thoughts, test_broken_template);

  ADD ("branches-keep-what-was-read", NULL, test_branches);
  ADD ("what-is-counted-is-what-is-sent", long_thoughts, test_counted);

  return g_test_run ();
}
