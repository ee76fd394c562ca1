/* What came of documents in the window: summaries with their places, trees, coverage and ledgers.
 * Needs a display of its own and xdotool. */
#include <string.h>

#include "baleen-coverage-bar.h"
#include "baleen-document-view.h"
#include "baleen-ledger-page.h"
#include "baleen-message-row.h"
#include "baleen-summary-tree.h"
#include "baleen-transcript.h"
#include "baleen-window-private.h"
#include "document-cases.h"
#include "export-chooser.h"

static void
test_summary (WindowDriver *driver)
{
  BaleenMessage *message = document_cases_summarize (driver);

  document_cases_assert_summary (message);
  g_assert_nonnull (window_driver_find (
      window_driver_find_in (driver, BALEEN_TYPE_TRANSCRIPT, NULL), GTK_TYPE_LABEL,
      "report.pdf"));
  /* The document stays at hand for the next question. */
  g_assert_cmpuint (baleen_composer_get_attachments (document_cases_composer (driver))->len, ==, 1);
}

static void
test_place (WindowDriver *driver)
{
  BaleenMessage *message = document_cases_summarize (driver);

  document_cases_cite (driver, message, 2);
  document_cases_assert_marked (driver, document_cases_facts[1]);
  /* The find bar has such a button too. */
  g_signal_emit_by_name (
      window_driver_find (window_driver_find_in (driver, BALEEN_TYPE_DOCUMENT_VIEW, NULL),
                          GTK_TYPE_BUTTON, "Previous Place"),
      "clicked");
  document_cases_assert_marked (driver, document_cases_facts[0]);
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

/* The sentence of page 30 among the claims. */
static GtkWidget *
find_fact (WindowDriver *driver)
{
  return window_driver_find (tree_list (driver), GTK_TYPE_LABEL, document_cases_facts[1]);
}

/* The whole, sections, claims, and the sentences under them. */
static void
test_tree (WindowDriver *driver)
{
  GtkWidget *chip;

  document_cases_summarize (driver);
  g_assert_nonnull (window_driver_find_in (driver, GTK_TYPE_LABEL, "Claims and Their Places"));
  g_assert_cmpuint (n_tree_rows (driver), >, 1);
  unfold_all (driver);
  g_assert_nonnull (find_fact (driver));
  chip = window_driver_find (tree_list (driver), GTK_TYPE_BUTTON, "p. 30");
  g_assert_nonnull (chip);
  g_signal_emit_by_name (chip, "clicked");
  document_cases_assert_marked (driver, document_cases_facts[1]);
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

  document_cases_summarize (driver);
  unfold_all (driver);
  g_assert_true (gtk_widget_activate_action (gtk_widget_get_parent (find_fact (driver)),
                                             "claim.ask", NULL));
  draft = window_driver_dup_draft (driver);
  g_assert_true (g_str_has_prefix (draft, "> "));
  g_assert_nonnull (strstr (draft, "311 herons"));
  g_assert_cmpuint (baleen_composer_get_attachments (document_cases_composer (driver))->len, ==, 1);
}

/* ---- coverage, ledger, files ------------------------------------------------------------- */

static void
test_coverage (WindowDriver *driver)
{
  BaleenMessage *message = document_cases_summarize (driver);
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
  document_cases_assert_marked (driver, "Chapter ");
}

static void
test_ledger (WindowDriver *driver)
{
  g_autofree char *copied = NULL;
  GtkWidget *page;

  document_cases_summarize (driver);
  document_cases_click (driver, "Ledger");
  window_driver_wait (400);
  page = window_driver_find_in (driver, BALEEN_TYPE_LEDGER_PAGE, NULL);
  g_assert_nonnull (page);
  g_assert_nonnull (window_driver_find (page, GTK_TYPE_LABEL, "1 · Read"));
  g_signal_emit_by_name (window_driver_find (page, GTK_TYPE_BUTTON, "Copy as Table"), "clicked");
  copied = window_cases_dup_clipboard (driver);
  g_assert_true (g_str_has_prefix (copied,
                                   "Call\tPages\tPrompt\tAnswer\tBudget\tShare\tResult\n"
                                   "1 · Read\t1"));
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

  baleen_window_export_summary (driver->window, message, file,
                                g_str_has_suffix (name, ".html"));
  window_driver_wait_until (g_file_test (path, G_FILE_TEST_EXISTS));
  window_driver_wait (100);
  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  g_assert_true (g_str_has_prefix (text, begin));
  g_assert_nonnull (strstr (text, record->coverage_words));
  g_assert_nonnull (strstr (text, "p. 30: “"));
}

/* What a file called `name` means where the form `chosen` was chosen and Markdown is usual. */
static void
assert_form (WindowDriver *driver,
             const char   *name,
             guint         chosen,
             const char   *wanted_name,
             guint         wanted_form)
{
  static const BaleenFileForm forms[]
      = { { "Markdown", ".md" }, { "HTML", ".html" }, { "JSON", ".json" } };
  g_autofree char *path = g_build_filename (driver->directory, name, NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  guint form = 99;
  g_autoptr (GFile) found
      = baleen_export_find_file (file, forms, G_N_ELEMENTS (forms), 0, chosen, &form);
  g_autofree char *base = g_file_get_basename (found);

  g_assert_cmpstr (base, ==, wanted_name);
  g_assert_cmpuint (form, ==, wanted_form);
}

static void
test_export (WindowDriver *driver)
{
  BaleenMessage *message = document_cases_summarize (driver);

  assert_form (driver, "summary.md", 1, "summary.html", 1);

  assert_file (driver, message, "summary.md", "# report.pdf\n\n- ");
  assert_file (driver, message, "summary.html", "<!DOCTYPE html>");
  assert_form (driver, "summary.md", 0, "summary.md", 0);
  assert_form (driver, "summary.md", 1, "summary 2.html", 1);
  assert_form (driver, "summary.html", 1, "summary.html", 1);
  assert_form (driver, "summary.html", 0, "summary.html", 1);
  assert_form (driver, "summary.json", 1, "summary.json", 2);
  assert_form (driver, "summary", 1, "summary", 1);
}

/* ---- on the way ----------------------------------------------------------------------- */

static void
test_quote (WindowDriver *driver)
{
  BaleenMessage *message = document_cases_summarize (driver);
  g_autofree char *draft = NULL;
  GtkWidget *view, *text;

  document_cases_cite (driver, message, 1);
  document_cases_assert_marked (driver, document_cases_facts[0]);
  view = window_driver_find_in (driver, BALEEN_TYPE_DOCUMENT_VIEW, NULL);
  text = g_object_get_data (G_OBJECT (document_cases_marked_row (view)), "text");
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
  document_cases_assert_summary (window_driver_get_last (driver));
  document_cases_cite (driver, window_driver_get_last (driver), 1);
  document_cases_assert_marked (driver, document_cases_facts[0]);
}

static void
test_find (WindowDriver *driver)
{
  BaleenMessage *message = document_cases_summarize (driver);
  GtkWidget *view, *search;

  document_cases_cite (driver, message, 1);
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
  document_cases_init (&argc, &argv);
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
  WINDOW_CASE ("/window-documents/words-are-found", test_find);
  return document_cases_run ();
}
