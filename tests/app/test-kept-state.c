/* What a file came to is kept: the next question about it, in another run of the program, does
 * not read it again. The real engine with the built-in model. */
#include <glib/gstdio.h>
#include <string.h>

#include "baleen-attachment.h"
#include "chat-fixture.h"
#include "folder.h"
#include "model-library.h"

#define FILES_TOKENS 600 /* at least */

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
  ChatFixture all = { 0 };
  g_autofree char *files = make_files ();
  BaleenConversation *conversation;
  BaleenMessage *answer;
  g_autoptr (BaleenAnswerSettings) settings = baleen_answer_settings_new ();

  chat_fixture_init (&all);
  g_free (all.model);
  all.model = baleen_model_library_resolve (NULL, NULL);
  chat_fixture_open (&all, baleen_local_backend_get ());
  baleen_engine_service_set_device (all.engine, "cpu");
  chat_fixture_load (&all);
  settings->longest_answer = 8;
  baleen_chat_set_settings (all.chat, settings);
  conversation = baleen_history_get_blank (all.history);
  baleen_conversation_set_is_temporary (conversation, is_temporary);
  answer = baleen_chat_send_with_files (all.chat, conversation, question, files, FALSE);
  WAIT_UNTIL (chat_fixture_is_over (answer));
  g_assert_cmpstr (baleen_message_get_problem (answer), ==, NULL);
  *numbers = *baleen_message_get_numbers (answer);
  chat_fixture_clear (&all);
}

static guint
count_states (void)
{
  g_autofree char *folder
      = g_build_filename (g_get_user_cache_dir (), "baleen", "documents", "whole", NULL);

  return folder_count (folder);
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
