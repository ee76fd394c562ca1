/* Documents on their way through the window: attached, paused, asked about, and read again. Needs
 * a display of its own and xdotool. */
#include <string.h>

#include "attachment-reading.h"
#include "baleen-composer-private.h"
#include "baleen-summary-view.h"
#include "baleen-window-private.h"
#include "document-cases.h"
#include "fake-backend.h"
#include "ledger-table.h"
#include "message-doubts.h"

static void
test_pause (WindowDriver *driver)
{
  g_autoptr (BaleenAttachment) attachment = document_cases_attachment ("report.pdf");
  BaleenMessage *message;

  document_cases_use_reader (driver);
  baleen_reading_cache_trim (0);
  baleen_composer_add_attachment (document_cases_composer (driver), attachment);
  g_signal_emit_by_name (window_driver_find_in (driver, GTK_TYPE_BUTTON, "Summarize"), "clicked");
  message = window_driver_get_last (driver);
  g_assert_nonnull (baleen_summary_job_of (message));
  window_driver_wait_until (window_driver_find_in (driver, GTK_TYPE_BUTTON, "Pause") != NULL);
  document_cases_click (driver, "Pause");
  g_assert_cmpint (baleen_message_get_state (message), ==, BALEEN_STATE_INTERRUPTED);
  g_assert_null (baleen_summary_job_of (message));
  window_driver_wait (600);
  document_cases_click (driver, "Resume");
  window_driver_wait_until (window_driver_is_over (driver));
  window_driver_wait (150);
  g_assert_true (window_driver_get_last (driver) == message);
  document_cases_assert_summary (message);
  g_assert_null (window_driver_find_in (driver, GTK_TYPE_BUTTON, "Pause"));
}

/* It lists the passages that went in, also after something in the answer was doubted. */
static void
assert_ledger (BaleenMessage *message)
{
  static const char *const doubts[] = { "4,812", NULL };
  g_autoptr (BaleenAskingLedger) ledger = NULL;
  g_autoptr (GPtrArray) table = NULL;
  g_auto (GStrv) kept = NULL;
  gboolean has_page = FALSE;
  gsize n_letters = 0;

  baleen_message_set_doubts (message, doubts);
  kept = baleen_message_dup_doubts (message);
  g_assert_cmpstrv (kept, doubts);
  baleen_message_set_doubts (message, NULL);
  g_assert_null (baleen_message_dup_doubts (message));

  ledger = baleen_asking_ledger_of (message);
  g_assert_nonnull (ledger);
  g_assert_cmpstr (ledger->name, ==, "report.pdf");
  g_assert_cmpuint (ledger->n_pages, ==, 40);
  g_assert_cmpuint (ledger->n_prompt, >, 0);
  g_assert_cmpuint (ledger->n_prompt + ledger->n_answer, <=, ledger->n_budget);
  for (guint i = 0; i < ledger->passages->len; i++)
    {
      const BaleenPassage *passage = &g_array_index (ledger->passages, BaleenPassage, i);

      has_page |= passage->first_page <= 3 && passage->last_page >= 3;
      n_letters += passage->n_letters;
    }
  g_assert_true (has_page);
  g_assert_cmpuint (n_letters, <, ledger->n_letters);
  table = ledger_table_of_asking (ledger);
  g_assert_cmpuint (table->len, ==, ledger->passages->len + 1);
  g_assert_true (ledger_table_has_column (table, LEDGER_PAGES));
}

static void
test_question (WindowDriver *driver)
{
  BaleenMessage *message = document_cases_summarize (driver);
  GPtrArray *sources;

  gtk_widget_grab_focus (window_cases_text_view (driver));
  window_driver_type (driver, "What of Plant 7 is said?");
  window_driver_keys (driver, "Return");
  window_driver_wait_until (window_driver_get_n_messages (driver) == 4
                            && window_driver_is_over (driver));
  message = window_driver_get_last (driver);
  sources = baleen_message_get_sources (message);
  g_assert_nonnull (strstr (baleen_message_get_text (message), "4,812 tonnes"));
  g_assert_nonnull (strstr (baleen_message_get_text (message), "[1]"));
  g_assert_cmpuint (sources->len, ==, 1);
  g_assert_cmpint (baleen_source_get_page (sources->pdata[0]), ==, 3);
  assert_ledger (message);

  window_driver_type (driver, "Xyzzy plugh?");
  window_driver_keys (driver, "Return");
  window_driver_wait_until (window_driver_get_n_messages (driver) == 6
                            && window_driver_is_over (driver));
  g_assert_nonnull (strstr (baleen_message_get_text (window_driver_get_last (driver)),
                            "The document has none of the question's words."));
}

/* Stopped before anything could end, then with `wish` on the answer that is the last. */
static void
stop_and_wish (WindowDriver *driver,
               BaleenWish    wish)
{
  BaleenMessage *message = window_driver_get_last (driver);
  BaleenConversation *conversation = baleen_window_get_conversation (driver->window);

  g_signal_emit_by_name (document_cases_composer (driver), "stop");
  g_assert_cmpint (baleen_message_get_state (message), ==, BALEEN_STATE_STOPPED);
  g_assert_false (baleen_conversation_get_is_running (conversation));
  baleen_window_wish (driver->window, message, wish, 0);
  g_assert_true (window_driver_get_last (driver) == message);
  window_driver_wait_until (window_driver_is_over (driver));
}

/* The chat's own model only says “One two three.” */
static void
test_summary_again (WindowDriver *driver)
{
  g_autoptr (BaleenAttachment) attachment = document_cases_attachment ("report.pdf");
  BaleenMessage *first;

  document_cases_use_reader (driver);
  baleen_composer_add_attachment (document_cases_composer (driver), attachment);
  g_signal_emit_by_name (window_driver_find_in (driver, GTK_TYPE_BUTTON, "Summarize"), "clicked");
  stop_and_wish (driver, BALEEN_WISH_CONTINUE);
  document_cases_assert_summary (first = window_driver_get_last (driver));

  baleen_window_wish (driver->window, first, BALEEN_WISH_REGENERATE, 0);
  stop_and_wish (driver, BALEEN_WISH_REGENERATE);
  g_assert_true (window_driver_get_last (driver) != first);
  g_assert_cmpuint (window_driver_get_n_messages (driver), ==, 2);
  document_cases_assert_summary (window_driver_get_last (driver));
  document_cases_assert_summary (first);
}

static void
assert_answer (BaleenMessage *message)
{
  g_assert_cmpint (baleen_message_get_state (message), ==, BALEEN_STATE_DONE);
  g_assert_nonnull (strstr (baleen_message_get_text (message), "4,812 tonnes"));
  g_assert_cmpuint (baleen_message_get_sources (message)->len, ==, 1);
}

static void
test_answer_again (WindowDriver *driver)
{
  BaleenConversation *conversation;
  BaleenMessage *first;

  document_cases_summarize (driver);
  gtk_widget_grab_focus (window_cases_text_view (driver));
  window_driver_type (driver, "What of Plant 7 is said?");
  window_driver_keys (driver, "Return");
  window_driver_wait_until (window_driver_get_n_messages (driver) == 4
                            && window_driver_is_over (driver));
  assert_answer (first = window_driver_get_last (driver));

  baleen_window_wish (driver->window, first, BALEEN_WISH_REGENERATE_WITH, TRUE);
  stop_and_wish (driver, BALEEN_WISH_CONTINUE);
  g_assert_true (window_driver_get_last (driver) != first);
  assert_answer (window_driver_get_last (driver));

  conversation = baleen_window_get_conversation (driver->window);
  baleen_window_ask_again (
      driver->window,
      baleen_conversation_get_parent (conversation, window_driver_get_last (driver)),
      "Again, what of Plant 7 is said?", FALSE);
  window_driver_wait_until (window_driver_is_over (driver));
  assert_answer (window_driver_get_last (driver));
}

/* A document that fits goes whole, with its name, and stays with the question. */
static void
test_whole (WindowDriver *driver)
{
  g_autoptr (BaleenAttachment) attachment = baleen_attachment_new ("note.txt", "/nowhere/note.txt");
  g_autofree char *turn = NULL;

  baleen_attachment_take_text (attachment, "The lamp is blue.",
                               baleen_application_get_engine (driver->application));
  g_assert_true (baleen_composer_add_attachment (document_cases_composer (driver), attachment));
  g_assert_false (baleen_composer_add_attachment (document_cases_composer (driver), attachment));
  gtk_widget_grab_focus (window_cases_text_view (driver));
  window_driver_type (driver, "Which colour?");
  window_driver_keys (driver, "Return");
  window_driver_wait_until (window_driver_is_over (driver));
  turn = fake_backend_dup_last_turn ();
  g_assert_cmpstr (turn, ==,
                   "[file name]: note.txt\n[file content begin]\nThe lamp is blue.\n"
                   "[file content end]\nWhich colour?");
  g_assert_cmpuint (baleen_composer_get_attachments (document_cases_composer (driver))->len, ==, 0);
}

static void
test_unreadable (WindowDriver *driver)
{
  GPtrArray *attachments = baleen_composer_get_attachments (document_cases_composer (driver));

  baleen_window_attach (driver->window, "/nowhere/gone.pdf");
  window_driver_wait_until (baleen_attachment_get_state (attachments->pdata[0])
                            == BALEEN_ATTACHMENT_FAILED);
  window_driver_wait_until (
      window_driver_find_in (driver, GTK_TYPE_LABEL,
                             baleen_attachment_get_problem (attachments->pdata[0]))
      != NULL);
  g_assert_nonnull (strstr (baleen_attachment_get_problem (attachments->pdata[0]), "gone.pdf"));
}

/* More than the context holds: it is said, and what is asked goes to its parts. */
static void
test_too_long (WindowDriver *driver)
{
  g_autoptr (BaleenAttachment) attachment = baleen_attachment_new ("long.txt", "/nowhere/long.txt");
  g_autoptr (GString) text = g_string_new (NULL);

  fake_backend_set_context (8192);
  for (guint i = 0; i < 3000; i++)
    g_string_append (text, "It rained on the valley.\n\n");
  baleen_attachment_take_text (attachment, text->str,
                               baleen_application_get_engine (driver->application));
  baleen_composer_add_attachment (document_cases_composer (driver), attachment);
  window_driver_wait_until (!baleen_attachment_get_is_whole (attachment));
  window_driver_wait (60);
  g_assert_nonnull (window_driver_find_in (driver, GTK_TYPE_LABEL,
                                           "Longer than one pass: it is read in parts, every "
                                           "part of it"));
}

/* Each of several files has its own summary, in their order. */
static void
test_several (WindowDriver *driver)
{
  BaleenConversation *conversation = baleen_window_get_conversation (driver->window);
  g_autoptr (BaleenAttachment) first = document_cases_attachment ("one.pdf");
  g_autoptr (BaleenAttachment) second = document_cases_attachment ("two.pdf");

  document_cases_use_reader (driver);
  baleen_composer_add_attachment (document_cases_composer (driver), first);
  baleen_composer_add_attachment (document_cases_composer (driver), second);
  window_driver_wait_until (window_driver_find_in (driver, GTK_TYPE_LABEL,
                                                   "2 files, one summary each")
                            != NULL);
  document_cases_click (driver, "Summarize");
  for (guint i = 1; i < 4; i += 2)
    {
      g_autoptr (BaleenMessage) message = g_list_model_get_item (G_LIST_MODEL (conversation), i);
      g_autoptr (BaleenSummaryRecord) record = NULL;

      window_driver_wait_until (baleen_message_get_state (message) == BALEEN_STATE_DONE);
      record = baleen_summary_record_of (message);
      g_assert_cmpstr (record->name, ==, i == 1 ? "one.pdf" : "two.pdf");
      document_cases_assert_summary (message);
    }
}

/* Krill's entry in the catalogue says that it answers from a few sentences; only the name of the
 * file is looked at. */
static void
test_passages (WindowDriver *driver)
{
  g_autoptr (BaleenAttachment) attachment = document_cases_attachment ("report.pdf");
  BaleenEngineService *engine = baleen_application_get_engine (driver->application);
  g_autofree char *path = g_build_filename (driver->directory, "krill.gguf", NULL);

  g_assert_true (g_file_set_contents (path, "script", -1, NULL));
  baleen_engine_service_load (engine, path);
  window_driver_wait_until (baleen_engine_service_get_status (engine) == BALEEN_ENGINE_READY
                            && g_strcmp0 (baleen_engine_service_get_path (engine), path) == 0);
  document_cases_use_reader (driver);
  baleen_composer_add_attachment (document_cases_composer (driver), attachment);
  baleen_attachment_count (attachment, engine);
  window_driver_wait_until (baleen_attachment_get_n_tokens (attachment) > 0);
  gtk_widget_grab_focus (window_cases_text_view (driver));
  window_driver_type (driver, "What of Plant 7 is said?");
  window_driver_keys (driver, "Return");
  window_driver_wait_until (window_driver_get_n_messages (driver) == 2
                            && window_driver_is_over (driver));
  assert_answer (window_driver_get_last (driver));
  /* It stays at hand, for more of the kind, after a restart too. */
  {
    GPtrArray *attachments = baleen_composer_get_attachments (document_cases_composer (driver));
    g_autofree char *files = baleen_composer_dup_files (document_cases_composer (driver));

    baleen_composer_restore_files (document_cases_composer (driver), files);
    g_assert_cmpuint (attachments->len, ==, 1);
    g_assert_false (baleen_attachment_get_is_whole (attachments->pdata[0]));
  }
}

/* As from a file manager: a chat that has something in it is left alone. */
static void
test_open (WindowDriver *driver)
{
  g_autofree char *path = g_build_filename (driver->directory, "opened.txt", NULL);
  const char *const paths[] = { path, NULL };
  BaleenConversation *before;
  GPtrArray *attachments = baleen_composer_get_attachments (document_cases_composer (driver));

  g_assert_true (g_file_set_contents (path, "The lamp is blue.", -1, NULL));
  gtk_widget_grab_focus (window_cases_text_view (driver));
  window_driver_type (driver, "Hello");
  window_driver_keys (driver, "Return");
  window_driver_wait_until (window_driver_is_over (driver));
  before = baleen_window_get_conversation (driver->window);
  baleen_window_open_files (driver->window, paths);
  g_assert_true (baleen_window_get_conversation (driver->window) != before);
  g_assert_cmpuint (attachments->len, ==, 1);
  g_assert_cmpstr (baleen_attachment_get_path (attachments->pdata[0]), ==, path);
}

/* The card begins with what the preferences say. */
static void
test_usual (WindowDriver *driver)
{
  GSettings *settings = baleen_application_get_settings (driver->application);
  g_autoptr (BaleenSummaryRecord) record = NULL;

  g_settings_set_string (settings, "summary-form", "timeline");
  g_settings_set_string (settings, "summary-length", "detailed");
  record = baleen_summary_record_of (document_cases_summarize (driver));
  g_assert_cmpint (record->form, ==, BALEEN_SUMMARY_TIMELINE);
  g_assert_cmpint (record->length, ==, BALEEN_SUMMARY_DETAILED);
  g_settings_reset (settings, "summary-form");
  g_settings_reset (settings, "summary-length");
}

int
main (int    argc,
      char **argv)
{
  document_cases_init (&argc, &argv);
  WINDOW_CASE ("/window-documents/a-paused-summary-goes-on", test_pause);
  WINDOW_CASE ("/window-documents/a-question-goes-to-the-parts", test_question);
  WINDOW_CASE ("/window-documents/a-summary-is-made-again-from-its-document", test_summary_again);
  WINDOW_CASE ("/window-documents/an-answer-is-made-again-from-its-document", test_answer_again);
  WINDOW_CASE ("/window-documents/what-fits-goes-whole", test_whole);
  WINDOW_CASE ("/window-documents/some-models-are-asked-by-passages", test_passages);
  WINDOW_CASE ("/window-documents/an-unreadable-file-says-why", test_unreadable);
  WINDOW_CASE ("/window-documents/too-long-for-one-pass-is-said", test_too_long);
  WINDOW_CASE ("/window-documents/several-files-have-a-summary-each", test_several);
  WINDOW_CASE ("/window-documents/opened-files-go-with-a-new-chat", test_open);
  WINDOW_CASE ("/window-documents/the-card-begins-as-preferred", test_usual);
  return document_cases_run ();
}
