/* Documents in the window: attached, summarized, asked, and shown at the places that answers
 * name. Needs a display of its own and xdotool. */
#include <adwaita.h>
#include <glib/gstdio.h>
#include <string.h>

#include "attachment-reading.h"
#include "baleen-attachment-bar.h"
#include "baleen-composer.h"
#include "baleen-coverage-bar.h"
#include "baleen-document-view.h"
#include "baleen-ledger-page.h"
#include "baleen-message-row.h"
#include "extractor.h"
#include "fake-backend.h"
#include "folder.h"
#include "baleen-summary-tree.h"
#include "baleen-summary-view.h"
#include "baleen-transcript.h"
#include "baleen-window-private.h"
#include "stub-completer.h"
#include "window-cases.h"

static const char *const facts[] = {
  "Plant 7 of the Orsk works made 4,812 tonnes of zinc in 1893.",
  "The survey of Lake Veyra counted 311 herons in March 1902.",
  NULL,
};

static StubCompleter *stub;

/* Forty pages of other things with a fact on page 3 and one on page 30. */
static char *
make_text (void)
{
  GString *text = g_string_new (NULL);

  for (guint page = 1; page <= 40; page++)
    {
      g_string_append_printf (text, "Chapter %u\n\nThe clerk of the district went on with the "
                                    "papers of week %u, and nothing of note took place in it. "
                                    "It rained again over the valley and the roads stayed wet.",
                              page, page);
      if (page == 3 || page == 30)
        g_string_append_printf (text, " %s", facts[page / 30]);
      g_string_append (text, "\n\n");
    }
  return g_string_free (text, FALSE);
}

/* As the reader of a PDF gives it, each chapter a page. */
static BaleenAttachment *
make_attachment (const char *name,
                 const char *path)
{
  BaleenAttachment *attachment = baleen_attachment_new (name, path);
  BaleenDocument *document = baleen_document_new (BALEEN_DOCUMENT_PDF);
  g_autofree char *text = make_text ();
  g_auto (GStrv) paragraphs = g_strsplit (text, "\n\n", -1);
  guint page = 0;

  for (gsize i = 0; paragraphs[i] != NULL && *paragraphs[i] != '\0'; i++)
    {
      const gboolean is_heading = g_str_has_prefix (paragraphs[i], "Chapter ");

      page += is_heading;
      baleen_document_add (document, page,
                           is_heading ? BALEEN_PARAGRAPH_HEADING : BALEEN_PARAGRAPH_BODY,
                           paragraphs[i], strlen (paragraphs[i]));
    }
  document->n_pages = page;
  baleen_attachment_take_document (attachment, document);
  return attachment;
}

static BaleenComposer *
composer (WindowDriver *driver)
{
  return BALEEN_COMPOSER (window_driver_find_in (driver, BALEEN_TYPE_COMPOSER, NULL));
}

static void
click (WindowDriver *driver,
       const char   *words)
{
  GtkWidget *button = window_driver_find_in (driver, GTK_TYPE_BUTTON, words);

  g_assert_nonnull (button);
  g_signal_emit_by_name (button, "clicked");
  window_driver_wait (60);
}

/* Attached alone, read by a model that is perfect. */
static BaleenMessage *
summarize (WindowDriver *driver)
{
  g_autoptr (BaleenAttachment) attachment = make_attachment ("report.pdf", "/nowhere/report.pdf");

  baleen_document_desk_set_completer (baleen_application_get_desk (driver->application),
                                      &stub->completer);
  g_assert_true (baleen_composer_add_attachment (composer (driver), attachment));
  click (driver, "Summarize");
  window_driver_wait_until (window_driver_is_over (driver));
  window_driver_wait (150);
  return window_driver_get_last (driver);
}

static void
assert_summary (BaleenMessage *message)
{
  const char *text = baleen_message_get_text (message);
  GPtrArray *sources = baleen_message_get_sources (message);

  g_assert_cmpint (baleen_message_get_state (message), ==, BALEEN_STATE_DONE);
  for (guint i = 0; facts[i] != NULL; i++)
    {
      g_autofree char *cut = g_strndup (facts[i], strlen (facts[i]) - 1);

      g_assert_nonnull (strstr (text, cut));
    }
  g_assert_cmpuint (sources->len, ==, 2);
  g_assert_cmpint (baleen_source_get_page (sources->pdata[0]), ==, 3);
  g_assert_cmpint (baleen_source_get_page (sources->pdata[1]), ==, 30);
  g_assert_nonnull (strstr (text, "[1]"));
}

static void
test_summary (WindowDriver *driver)
{
  BaleenMessage *message = summarize (driver);

  assert_summary (message);
  g_assert_nonnull (window_driver_find (
      window_driver_find_in (driver, BALEEN_TYPE_TRANSCRIPT, NULL), GTK_TYPE_LABEL,
      "report.pdf"));
  /* The document stays at hand for the next question. */
  g_assert_cmpuint (baleen_composer_get_attachments (composer (driver))->len, ==, 1);
}

static GtkWidget *
marked_row (GtkWidget *root)
{
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = gtk_widget_has_css_class (child, "marked") ? child : marked_row (child);

      if (found != NULL)
        return found;
    }
  return NULL;
}

/* The marked row holds the words, and they are on the screen. */
static gboolean
shows_marked (GtkWidget  *view,
              const char *words)
{
  GtkWidget *row = marked_row (view), *text;
  const char *all, *there;
  PangoRectangle position;
  graphene_rect_t bounds;

  if (row == NULL)
    return FALSE;
  text = g_object_get_data (G_OBJECT (row), "text");
  all = gtk_label_get_text (GTK_LABEL (text));
  there = strstr (all, words);
  if (there == NULL || !gtk_widget_compute_bounds (text, view, &bounds))
    return FALSE;
  pango_layout_index_to_pos (gtk_label_get_layout (GTK_LABEL (text)), there - all, &position);
  return bounds.origin.y + PANGO_PIXELS (position.y) >= 0
         && bounds.origin.y + PANGO_PIXELS (position.y + position.height)
                <= gtk_widget_get_height (view);
}

/* However long scrolling takes; and there it stays. */
static void
assert_marked (WindowDriver *driver,
               const char   *words)
{
  GtkWidget *view = window_driver_find_in (driver, BALEEN_TYPE_DOCUMENT_VIEW, NULL);

  g_assert_nonnull (view);
  window_driver_wait_until (shows_marked (view, words));
  window_driver_wait (300);
  g_assert_true (shows_marked (view, words));
}

static void
cite (WindowDriver  *driver,
      BaleenMessage *message,
      int            number)
{
  BaleenTranscript *transcript = BALEEN_TRANSCRIPT (
      window_driver_find_in (driver, BALEEN_TYPE_TRANSCRIPT, NULL));

  g_assert_true (gtk_widget_activate_action (
      GTK_WIDGET (baleen_transcript_get_row (transcript, message)), "row.cite", "i", number));
  window_driver_wait (400);
}

static void
test_place (WindowDriver *driver)
{
  BaleenMessage *message = summarize (driver);

  cite (driver, message, 2);
  assert_marked (driver, facts[1]);
  /* The find bar has such a button too. */
  g_signal_emit_by_name (
      window_driver_find (window_driver_find_in (driver, BALEEN_TYPE_DOCUMENT_VIEW, NULL),
                          GTK_TYPE_BUTTON, "Previous Place"),
      "clicked");
  assert_marked (driver, facts[0]);
}

/* ---- the tree --------------------------------------------------------------------------- */

static GtkWidget *
tree_list (WindowDriver *driver)
{
  GtkWidget *tree = window_driver_find_in (driver, BALEEN_TYPE_SUMMARY_TREE, NULL);

  g_assert_nonnull (tree);
  return window_driver_find (tree, GTK_TYPE_LIST_VIEW, NULL);
}

static GtkTreeListRow *
tree_row (WindowDriver *driver,
          guint         position)
{
  GListModel *model
      = G_LIST_MODEL (gtk_list_view_get_model (GTK_LIST_VIEW (tree_list (driver))));

  return g_list_model_get_item (model, position);
}

static guint
n_tree_rows (WindowDriver *driver)
{
  return g_list_model_get_n_items (
      G_LIST_MODEL (gtk_list_view_get_model (GTK_LIST_VIEW (tree_list (driver)))));
}

static void
unfold_all (WindowDriver *driver)
{
  for (guint i = 0; i < n_tree_rows (driver); i++)
    {
      g_autoptr (GtkTreeListRow) row = tree_row (driver, i);

      gtk_tree_list_row_set_expanded (row, TRUE);
    }
  window_driver_wait (200);
}

/* The whole, sections, claims, and the sentences under them. */
static void
test_tree (WindowDriver *driver)
{
  GtkWidget *chip;

  summarize (driver);
  g_assert_nonnull (window_driver_find_in (driver, GTK_TYPE_LABEL, "Claims and Their Places"));
  g_assert_cmpuint (n_tree_rows (driver), >, 1);
  unfold_all (driver);
  g_assert_nonnull (window_driver_find (tree_list (driver), GTK_TYPE_LABEL, facts[1]));
  chip = window_driver_find (tree_list (driver), GTK_TYPE_BUTTON, "p. 30");
  g_assert_nonnull (chip);
  g_signal_emit_by_name (chip, "clicked");
  assert_marked (driver, facts[1]);
}

/* What was unfolded still is, in the next window. */
static void
test_tree_again (WindowDriver *driver)
{
  g_autoptr (BaleenConversation) conversation = g_list_model_get_item (
      G_LIST_MODEL (baleen_application_get_history (driver->application)), 0);

  baleen_window_show_conversation (driver->window, conversation);
  window_driver_wait_until (baleen_conversation_get_is_loaded (conversation));
  window_driver_wait_until (window_driver_find (tree_list (driver), GTK_TYPE_BUTTON, "p. 30")
                            != NULL);
}

static void
test_ask_about (WindowDriver *driver)
{
  g_autofree char *draft = NULL;

  summarize (driver);
  unfold_all (driver);
  g_assert_true (gtk_widget_activate_action (
      gtk_widget_get_parent (window_driver_find (tree_list (driver), GTK_TYPE_LABEL, facts[1])),
      "claim.ask", NULL));
  draft = window_driver_dup_draft (driver);
  g_assert_true (g_str_has_prefix (draft, "> "));
  g_assert_nonnull (strstr (draft, "311 herons"));
  g_assert_cmpuint (baleen_composer_get_attachments (composer (driver))->len, ==, 1);
}

/* ---- coverage, ledger, files ------------------------------------------------------------- */

static void
test_coverage (WindowDriver *driver)
{
  BaleenMessage *message = summarize (driver);
  g_autoptr (BaleenSummaryRecord) record = baleen_summary_record_of (message);
  g_autoptr (GPtrArray) table = ledger_table_of_summary (record);
  char **sum = table->pdata[table->len - 1];
  GtkWidget *bar = window_driver_find_in (driver, BALEEN_TYPE_COVERAGE_BAR, NULL);
  guint64 n_prompt = 0;

  for (guint i = 0; i < record->calls->len; i++)
    n_prompt += g_array_index (record->calls, BaleenLedgerCall, i).n_prompt;
  g_assert_cmpuint (table->len, ==, record->calls->len + 1);
  g_assert_cmpstr (sum[LEDGER_PAGES], ==, "1–40");
  g_assert_cmpstr (sum[LEDGER_SHARE], ==, "100%");
  g_assert_cmpuint (g_ascii_strtoull (g_strdelimit (sum[LEDGER_PROMPT], ",", ' '), NULL, 10), <=,
                    n_prompt);
  g_assert_nonnull (window_driver_find_in (driver, GTK_TYPE_LABEL, record->coverage_words));
  g_assert_true (g_str_has_prefix (record->coverage_words, "40 of 40 pages read, "));

  /* From part to part by the keys; Enter opens it. */
  g_assert_nonnull (bar);
  gtk_widget_grab_focus (bar);
  window_driver_keys (driver, "Right");
  window_driver_keys (driver, "Return");
  window_driver_wait (300);
  assert_marked (driver, "Chapter ");
}

static void
test_ledger (WindowDriver *driver)
{
  g_autofree char *copied = NULL;
  GtkWidget *page;

  summarize (driver);
  click (driver, "Ledger");
  window_driver_wait (400);
  page = window_driver_find_in (driver, BALEEN_TYPE_LEDGER_PAGE, NULL);
  g_assert_nonnull (page);
  g_assert_nonnull (window_driver_find (page, GTK_TYPE_LABEL, "1 · Read"));
  g_signal_emit_by_name (window_driver_find (page, GTK_TYPE_BUTTON, "Copy as Table"), "clicked");
  copied = window_cases_dup_clipboard (driver);
  g_assert_true (g_str_has_prefix (copied,
                                   "Call\tPages\tPrompt\tAnswer\tBudget\tShare\tResult\n1 · Read\t1"));
  g_assert_nonnull (strstr (copied, "\t1–40\t"));
}

/* Of an answer that is no summary: what its prompt held. */
static void
test_prompt_ledger (WindowDriver *driver)
{
  BaleenMessageRow *row;
  GtkWidget *page;

  gtk_widget_grab_focus (window_cases_text_view (driver));
  window_driver_type (driver, "How many?");
  window_driver_keys (driver, "Return");
  window_driver_wait_until (window_driver_is_over (driver));
  row = baleen_transcript_get_row (
      BALEEN_TRANSCRIPT (window_driver_find_in (driver, BALEEN_TYPE_TRANSCRIPT, NULL)),
      window_driver_get_last (driver));
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (row), "row.wish", "(ii)",
                                             BALEEN_WISH_LEDGER, 0));
  page = window_driver_find_in (driver, BALEEN_TYPE_LEDGER_PAGE, NULL);
  window_driver_wait_until (window_driver_find (page, GTK_TYPE_LABEL, "This message") != NULL);
  g_assert_nonnull (window_driver_find (page, GTK_TYPE_LABEL, "Total"));
}

static void
assert_file (WindowDriver  *driver,
             BaleenMessage *message,
             const char    *name,
             const char    *begin)
{
  g_autoptr (BaleenSummaryRecord) record = baleen_summary_record_of (message);
  g_autofree char *path = g_build_filename (driver->directory, name, NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autofree char *text = NULL;

  baleen_window_export_summary (driver->window, message, file);
  window_driver_wait_until (g_file_test (path, G_FILE_TEST_EXISTS));
  window_driver_wait (100);
  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  g_assert_true (g_str_has_prefix (text, begin));
  g_assert_nonnull (strstr (text, record->coverage_words));
  g_assert_nonnull (strstr (text, "p. 30: “"));
}

static void
test_export (WindowDriver *driver)
{
  BaleenMessage *message = summarize (driver);

  assert_file (driver, message, "summary.md", "# report.pdf\n\n- ");
  assert_file (driver, message, "summary.html", "<!DOCTYPE html>");
}

/* ---- on the way --------------------------------------------------------------------------- */

static void
test_pause (WindowDriver *driver)
{
  g_autoptr (BaleenAttachment) attachment = make_attachment ("report.pdf", "/nowhere/report.pdf");
  BaleenMessage *message;

  baleen_document_desk_set_completer (baleen_application_get_desk (driver->application),
                                      &stub->completer);
  baleen_reading_cache_trim (0);
  baleen_composer_add_attachment (composer (driver), attachment);
  g_signal_emit_by_name (window_driver_find_in (driver, GTK_TYPE_BUTTON, "Summarize"), "clicked");
  message = window_driver_get_last (driver);
  g_assert_nonnull (baleen_summary_job_of (message));
  window_driver_wait_until (window_driver_find_in (driver, GTK_TYPE_BUTTON, "Pause") != NULL);
  click (driver, "Pause");
  g_assert_cmpint (baleen_message_get_state (message), ==, BALEEN_STATE_INTERRUPTED);
  g_assert_null (baleen_summary_job_of (message));
  window_driver_wait (600);
  click (driver, "Resume");
  window_driver_wait_until (window_driver_is_over (driver));
  window_driver_wait (150);
  g_assert_true (window_driver_get_last (driver) == message);
  assert_summary (message);
  g_assert_null (window_driver_find_in (driver, GTK_TYPE_BUTTON, "Pause"));
}

static void
test_quote (WindowDriver *driver)
{
  BaleenMessage *message = summarize (driver);
  g_autofree char *draft = NULL;
  GtkWidget *text;

  cite (driver, message, 1);
  assert_marked (driver, facts[0]);
  text = g_object_get_data (
      G_OBJECT (marked_row (window_driver_find_in (driver, BALEEN_TYPE_DOCUMENT_VIEW, NULL))),
      "text");
  gtk_widget_grab_focus (text);
  gtk_label_select_region (GTK_LABEL (text), 0, strlen ("The clerk"));
  gtk_widget_activate_action (GTK_WIDGET (driver->window), "win.quote", NULL);
  draft = window_driver_dup_draft (driver);
  g_assert_cmpstr (draft, ==, "> The clerk\n\n");
}

/* All of it lies in the history: the file was never there. */
static void
test_again (WindowDriver *driver)
{
  BaleenHistory *history = baleen_application_get_history (driver->application);
  g_autoptr (BaleenConversation) conversation
      = g_list_model_get_item (G_LIST_MODEL (history), 0);

  baleen_window_show_conversation (driver->window, conversation);
  window_driver_wait_until (baleen_conversation_get_is_loaded (conversation));
  assert_summary (window_driver_get_last (driver));
  cite (driver, window_driver_get_last (driver), 1);
  assert_marked (driver, facts[0]);
}

static void
test_question (WindowDriver *driver)
{
  BaleenMessage *message = summarize (driver);
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
}

/* Stopped before anything could end, then with `wish` on the answer that is the last. */
static void
stop_and_wish (WindowDriver *driver,
               BaleenWish    wish)
{
  BaleenMessage *message = window_driver_get_last (driver);

  g_signal_emit_by_name (composer (driver), "stop");
  g_assert_cmpint (baleen_message_get_state (message), ==, BALEEN_STATE_STOPPED);
  g_assert_false (baleen_conversation_get_is_running (baleen_window_get_conversation (driver->window)));
  baleen_window_wish (driver->window, message, wish, 0);
  g_assert_true (window_driver_get_last (driver) == message);
  window_driver_wait_until (window_driver_is_over (driver));
}

/* The chat's own model only says “One two three.” */
static void
test_summary_again (WindowDriver *driver)
{
  g_autoptr (BaleenAttachment) attachment = make_attachment ("report.pdf", "/nowhere/report.pdf");
  BaleenMessage *first;

  baleen_document_desk_set_completer (baleen_application_get_desk (driver->application),
                                      &stub->completer);
  baleen_composer_add_attachment (composer (driver), attachment);
  g_signal_emit_by_name (window_driver_find_in (driver, GTK_TYPE_BUTTON, "Summarize"), "clicked");
  stop_and_wish (driver, BALEEN_WISH_CONTINUE);
  assert_summary (first = window_driver_get_last (driver));

  baleen_window_wish (driver->window, first, BALEEN_WISH_REGENERATE, 0);
  stop_and_wish (driver, BALEEN_WISH_REGENERATE);
  g_assert_true (window_driver_get_last (driver) != first);
  g_assert_cmpuint (window_driver_get_n_messages (driver), ==, 2);
  assert_summary (window_driver_get_last (driver));
  assert_summary (first);
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
  BaleenMessage *first;

  summarize (driver);
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

  baleen_window_ask_again (
      driver->window,
      baleen_conversation_get_parent (baleen_window_get_conversation (driver->window), window_driver_get_last (driver)),
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
  g_assert_true (baleen_composer_add_attachment (composer (driver), attachment));
  g_assert_false (baleen_composer_add_attachment (composer (driver), attachment));
  gtk_widget_grab_focus (window_cases_text_view (driver));
  window_driver_type (driver, "Which colour?");
  window_driver_keys (driver, "Return");
  window_driver_wait_until (window_driver_is_over (driver));
  turn = fake_backend_dup_last_turn ();
  g_assert_cmpstr (turn, ==,
                   "[file name]: note.txt\n[file content begin]\nThe lamp is blue.\n"
                   "[file content end]\nWhich colour?");
  g_assert_cmpuint (baleen_composer_get_attachments (composer (driver))->len, ==, 0);
}

static void
test_unreadable (WindowDriver *driver)
{
  GPtrArray *attachments = baleen_composer_get_attachments (composer (driver));

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
  baleen_composer_add_attachment (composer (driver), attachment);
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
  g_autoptr (BaleenAttachment) first = make_attachment ("one.pdf", "/nowhere/one.pdf");
  g_autoptr (BaleenAttachment) second = make_attachment ("two.pdf", "/nowhere/two.pdf");

  baleen_document_desk_set_completer (baleen_application_get_desk (driver->application),
                                      &stub->completer);
  baleen_composer_add_attachment (composer (driver), first);
  baleen_composer_add_attachment (composer (driver), second);
  window_driver_wait_until (window_driver_find_in (driver, GTK_TYPE_LABEL,
                                                   "2 files, one summary each")
                            != NULL);
  click (driver, "Summarize");
  for (guint i = 1; i < 4; i += 2)
    {
      g_autoptr (BaleenMessage) message = g_list_model_get_item (G_LIST_MODEL (conversation), i);
      g_autoptr (BaleenSummaryRecord) record = NULL;

      window_driver_wait_until (baleen_message_get_state (message) == BALEEN_STATE_DONE);
      record = baleen_summary_record_of (message);
      g_assert_cmpstr (record->name, ==, i == 1 ? "one.pdf" : "two.pdf");
      assert_summary (message);
    }
}

/* As from a file manager: a chat that has something in it is left alone. */
static void
test_open (WindowDriver *driver)
{
  g_autofree char *path = g_build_filename (driver->directory, "opened.txt", NULL);
  const char *const paths[] = { path, NULL };
  BaleenConversation *before;
  GPtrArray *attachments = baleen_composer_get_attachments (composer (driver));

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
  record = baleen_summary_record_of (summarize (driver));
  g_assert_cmpint (record->form, ==, BALEEN_SUMMARY_TIMELINE);
  g_assert_cmpint (record->length, ==, BALEEN_SUMMARY_DETAILED);
  g_settings_reset (settings, "summary-form");
  g_settings_reset (settings, "summary-length");
}

static void
test_find (WindowDriver *driver)
{
  BaleenMessage *message = summarize (driver);
  GtkWidget *view, *search;

  cite (driver, message, 1);
  view = window_driver_find_in (driver, BALEEN_TYPE_DOCUMENT_VIEW, NULL);
  search = window_driver_find (view, GTK_TYPE_SEARCH_ENTRY, NULL);
  gtk_editable_set_text (GTK_EDITABLE (search), "LAKE VEYRA");
  window_driver_wait_until (window_driver_find (view, GTK_TYPE_LABEL, "1") != NULL);
  gtk_editable_set_text (GTK_EDITABLE (search), "no such words");
  window_driver_wait_until (window_driver_find (view, GTK_TYPE_LABEL, "Nothing found") != NULL);
}

int
main (int    argc,
      char **argv)
{
  g_autofree char *cache = g_dir_make_tmp ("baleen-cache-XXXXXX", NULL);
  int result;

  g_setenv ("XDG_CACHE_HOME", cache, TRUE);
  window_cases_init (&argc, &argv);
  stub = stub_completer_new (2048, facts);
  WINDOW_CASE ("/window-documents/a-summary-names-its-places", test_summary);
  WINDOW_CASE2 ("/window-documents/a-place-is-shown-marked", test_place, test_again);
  WINDOW_CASE ("/window-documents/words-of-a-document-are-quoted", test_quote);
  WINDOW_CASE2 ("/window-documents/a-summary-unfolds-to-its-sentences", test_tree,
                test_tree_again);
  WINDOW_CASE ("/window-documents/a-claim-can-be-asked-about", test_ask_about);
  WINDOW_CASE ("/window-documents/coverage-agrees-with-the-ledger", test_coverage);
  WINDOW_CASE ("/window-documents/a-ledger-lists-every-call", test_ledger);
  WINDOW_CASE ("/window-documents/a-ledger-lists-a-prompt", test_prompt_ledger);
  WINDOW_CASE ("/window-documents/files-hold-places-and-coverage", test_export);
  WINDOW_CASE ("/window-documents/a-paused-summary-goes-on", test_pause);
  WINDOW_CASE ("/window-documents/a-question-goes-to-the-parts", test_question);
  WINDOW_CASE ("/window-documents/a-summary-is-made-again-from-its-document", test_summary_again);
  WINDOW_CASE ("/window-documents/an-answer-is-made-again-from-its-document", test_answer_again);
  WINDOW_CASE ("/window-documents/what-fits-goes-whole", test_whole);
  WINDOW_CASE ("/window-documents/an-unreadable-file-says-why", test_unreadable);
  WINDOW_CASE ("/window-documents/too-long-for-one-pass-is-said", test_too_long);
  WINDOW_CASE ("/window-documents/several-files-have-a-summary-each", test_several);
  WINDOW_CASE ("/window-documents/opened-files-go-with-a-new-chat", test_open);
  WINDOW_CASE ("/window-documents/the-card-begins-as-preferred", test_usual);
  WINDOW_CASE ("/window-documents/words-are-found", test_find);
  result = g_test_run ();
  stub_completer_free (stub);
  folder_remove (cache);
  return result;
}
