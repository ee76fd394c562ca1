/* What a file came to is kept: the next question about it, in another run of the program, does
 * not read it again. The real engine with the built-in model. */
#include <glib/gstdio.h>
#include <string.h>

#include "baleen-attachment.h"
#include "baleen-chat.h"
#include "model-library.h"

#define FILES_TOKENS 600 /* at least */

static gboolean
tick_cb (gpointer user_data)
{
  return G_SOURCE_CONTINUE;
}

#define WAIT_UNTIL(condition)                                          \
  G_STMT_START                                                         \
  {                                                                    \
    const gint64 end_ = g_get_monotonic_time () + 60 * G_USEC_PER_SEC; \
    guint ticker_ = g_timeout_add (5, tick_cb, NULL);                  \
                                                                       \
    while (!(condition))                                               \
      {                                                                \
        g_assert_cmpint (g_get_monotonic_time (), <, end_);            \
        g_main_context_iteration (NULL, TRUE);                         \
      }                                                                \
    g_source_remove (ticker_);                                         \
  }                                                                    \
  G_STMT_END

static char *
make_files (void)
{
  g_autoptr (BaleenAttachment) attachment = baleen_attachment_new ("log.txt", "/nowhere/log.txt");
  BaleenDocument *document = baleen_document_new (BALEEN_DOCUMENT_TEXT);
  g_autoptr (GPtrArray) attachments = g_ptr_array_new ();

  for (guint i = 0; i < 32; i++)
    {
      g_autofree char *text
          = g_strdup_printf ("On day %u the keeper of the lamp counted %u gulls.", i, i * 7 % 31);

      baleen_document_add (document, 1, BALEEN_PARAGRAPH_BODY, text, strlen (text));
    }
  baleen_attachment_take_document (attachment, document);
  g_ptr_array_add (attachments, attachment);
  return baleen_attachments_to_json (attachments, FALSE);
}

/* One run of the program: a new chat with the file and a question. */
static void
ask (const char    *question,
     gboolean       is_temporary,
     BaleenNumbers *numbers)
{
  g_autofree char *directory = g_dir_make_tmp ("baleen-kept-XXXXXX", NULL);
  g_autofree char *model = baleen_model_library_resolve (NULL, NULL);
  g_autofree char *files = make_files ();
  g_autofree char *remove = g_strdup_printf ("rm -rf %s", directory);
  BaleenStore *store = baleen_store_new (directory);
  BaleenHistory *history = baleen_history_new (store);
  BaleenEngineService *engine = baleen_engine_service_new (baleen_local_backend_get ());
  BaleenChat *chat = baleen_chat_new (history, engine);
  BaleenConversation *conversation;
  BaleenMessage *answer;
  g_autoptr (BaleenAnswerSettings) settings = baleen_answer_settings_new ();

  WAIT_UNTIL (baleen_history_get_is_opened (history));
  baleen_engine_service_set_device (engine, "cpu");
  baleen_engine_service_load (engine, model);
  WAIT_UNTIL (baleen_engine_service_get_status (engine) == BALEEN_ENGINE_READY);
  settings->longest_answer = 8;
  baleen_chat_set_settings (chat, settings);
  conversation = baleen_history_get_blank (history);
  baleen_conversation_set_is_temporary (conversation, is_temporary);
  answer = baleen_chat_send_with_files (chat, conversation, question, files, FALSE);
  WAIT_UNTIL (!baleen_state_is_running (baleen_message_get_state (answer)));
  g_assert_cmpstr (baleen_message_get_problem (answer), ==, NULL);
  *numbers = *baleen_message_get_numbers (answer);

  baleen_chat_close (chat);
  baleen_engine_service_close (engine);
  baleen_store_close (store);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_object_unref (chat);
  g_object_unref (engine);
  g_object_unref (history);
  g_object_unref (store);
  g_assert_cmpint (system (remove), ==, 0);
}

static guint
count_states (void)
{
  g_autofree char *folder
      = g_build_filename (g_get_user_cache_dir (), "baleen", "documents", "whole", NULL);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  guint n = 0;

  while (dir != NULL && g_dir_read_name (dir) != NULL)
    n++;
  return n;
}

static void
test_temporary (void)
{
  BaleenNumbers numbers;

  ask ("Who counted?", TRUE, &numbers);
  g_assert_cmpuint (count_states (), ==, 0);
}

/* Below what was kept just now. */
static void
assert_damaged_is_read_again (void)
{
  g_autofree char *folder
      = g_build_filename (g_get_user_cache_dir (), "baleen", "documents", "whole", NULL);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  g_autofree char *path = g_build_filename (folder, g_dir_read_name (dir), NULL);
  BaleenNumbers numbers;

  g_assert_true (g_file_set_contents (path, "no state at all", -1, NULL));
  ask ("What was counted on day 13?", FALSE, &numbers);
  g_assert_cmpint (numbers.n_reused, ==, 0);
  ask ("What was counted on day 14?", FALSE, &numbers);
  g_assert_cmpint (numbers.n_reused, >, FILES_TOKENS);
}

static void
test_kept (void)
{
  BaleenNumbers first, second;

  ask ("Who counted the gulls?", FALSE, &first);
  g_assert_cmpint (first.n_prompt, >, FILES_TOKENS);
  g_assert_cmpint (first.n_reused, ==, 0);
  g_assert_cmpuint (count_states (), ==, 1);
  ask ("What was counted on day 12?", FALSE, &second);
  g_assert_cmpint (second.n_reused, >, FILES_TOKENS);
  g_assert_cmpuint (count_states (), ==, 1);
  assert_damaged_is_read_again ();
  g_test_message ("%d tokens: read in %.3f s, then in %.3f s", (int) first.n_prompt,
                  first.read_seconds, second.read_seconds);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/kept-state/temporary-chats-leave-none", test_temporary);
  g_test_add_func ("/kept-state/another-run-does-not-read-again", test_kept);
  return g_test_run ();
}
