/* What can be done with a message in the window: select, copy, edit, delete, branch, follow what
 * it cites. Needs a display of its own and xdotool. */
#include <adwaita.h>
#include <string.h>

#include "baleen-answer-actions.h"
#include "baleen-attachment.h"
#include "baleen-block-view.h"
#include "baleen-code-view.h"
#include "baleen-composer.h"
#include "baleen-message-row.h"
#include "baleen-question-editor.h"
#include "baleen-sources-page.h"
#include "baleen-table-view.h"
#include "baleen-text-piece.h"
#include "baleen-transcript.h"
#include "baleen-window-private.h"
#include "fake-backend.h"
#include "markdown-parser.h"
#include "markdown-writer.h"
#include "message-copy.h"
#include "unverified-words.h"
#include "window-cases.h"

static void
ask (WindowDriver *driver,
     const char   *question,
     const char   *answer)
{
  fake_backend_set_answer (NULL, answer, 500);
  window_driver_type (driver, question);
  window_driver_keys (driver, "Return");
  window_driver_wait_until (window_driver_is_over (driver));
  window_driver_wait (150);
}

static BaleenSelection *
selection (WindowDriver *driver)
{
  return baleen_transcript_get_selection (
      BALEEN_TRANSCRIPT (window_driver_find_in (driver, BALEEN_TYPE_TRANSCRIPT, NULL)));
}

static GtkWidget *
find_label (WindowDriver *driver,
            const char   *words)
{
  GtkWidget *label = window_driver_find_in (driver, GTK_TYPE_LABEL, words);

  g_assert_nonnull (label);
  return label;
}

static BaleenMessageRow *
row_of (WindowDriver  *driver,
        BaleenMessage *message)
{
  return baleen_transcript_get_row (
      BALEEN_TRANSCRIPT (window_driver_find_in (driver, BALEEN_TYPE_TRANSCRIPT, NULL)), message);
}

static void
wish (WindowDriver  *driver,
      BaleenMessage *message,
      BaleenWish     wanted,
      int            argument)
{
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (row_of (driver, message)), "row.wish",
                                             "(ii)", wanted, argument));
}

static BaleenMessage *
message_at (WindowDriver *driver,
            guint         position)
{
  BaleenMessage *message = g_list_model_get_item (
      G_LIST_MODEL (baleen_window_get_conversation (driver->window)), position);

  g_assert_nonnull (message);
  g_object_unref (message);
  return message;
}

static const char rich_answer[]
    = "# A title\n\nSome **bold** words.\n\n```c\nint x = 1;\nint y = 2;\n```\n\n"
      "| a | b |\n|---|--:|\n| 1 | 2 |\n\n- one\n- two\n\nThe end.";

/* ---- selecting ------------------------------------------------------------------------ */

/* The pointer goes from the middle of the heading to the middle of the code. */
static void
test_drag (WindowDriver *driver)
{
  g_autofree char *copied = NULL;
  graphene_rect_t from, to;

  ask (driver, "Go", rich_answer);
  window_cases_place (find_label (driver, "A title"), driver->window, &from);
  window_cases_place (find_label (driver, "int x = 1;\nint y = 2;"), driver->window, &to);
  window_driver_drag (driver, from.origin.x + 2, from.origin.y + 8, to.origin.x + 400,
                      to.origin.y + 6);
  g_assert_false (baleen_selection_get_is_empty (selection (driver)));
  window_driver_keys (driver, "ctrl+c");
  copied = window_cases_dup_clipboard (driver);
  g_assert_cmpstr (copied, ==, "A title\n\nSome bold words.\n\nint x = 1;");
}

static void
written_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_assert_true (gdk_content_provider_write_mime_type_finish (GDK_CONTENT_PROVIDER (source),
                                                              result, NULL));
  *(gboolean *) user_data = TRUE;
}

static char *
read_type (WindowDriver *driver,
           const char   *type)
{
  GdkContentProvider *content
      = gdk_clipboard_get_content (gtk_widget_get_clipboard (GTK_WIDGET (driver->window)));
  g_autoptr (GOutputStream) stream = g_memory_output_stream_new_resizable ();
  gboolean is_written = FALSE;

  gdk_content_provider_write_mime_type_async (content, type, stream, G_PRIORITY_DEFAULT, NULL,
                                              written_cb, &is_written);
  window_driver_wait_until (is_written);
  return g_strndup (g_memory_output_stream_get_data (G_MEMORY_OUTPUT_STREAM (stream)),
                    g_memory_output_stream_get_data_size (G_MEMORY_OUTPUT_STREAM (stream)));
}

/* All of it, and the Markdown on the clipboard makes the same blocks. */
static void
test_round_trip (WindowDriver *driver)
{
  g_autofree char *markdown = NULL;
  g_autofree char *html = NULL;
  g_autoptr (GPtrArray) expected = baleen_markdown_parse_all (rich_answer);
  g_autoptr (GPtrArray) got = NULL;

  ask (driver, "Go", rich_answer);
  window_driver_keys (driver, "ctrl+Up ctrl+a ctrl+c");
  g_assert_true (baleen_selection_has_all_of (
      selection (driver), GTK_WIDGET (row_of (driver, window_driver_get_last (driver)))));
  markdown = read_type (driver, "text/markdown");
  html = read_type (driver, "text/html");
  got = baleen_markdown_parse_all (markdown);
  g_assert_cmpuint (got->len, ==, expected->len);
  for (guint i = 0; i < got->len; i++)
    g_assert_true (baleen_block_equal (got->pdata[i], expected->pdata[i]));
  g_assert_nonnull (strstr (html, "<h1>A title</h1>"));
  g_assert_nonnull (strstr (html, "<strong>bold</strong>"));

  /* The second time, everything: the question, too. */
  window_driver_keys (driver, "ctrl+a");
  g_assert_true (baleen_selection_has_all_of (
      selection (driver), GTK_WIDGET (row_of (driver, message_at (driver, 0)))));
}

/* From a row, Shift and an arrow select; a thought is not part of it. */
static void
test_keys (WindowDriver *driver)
{
  g_autofree char *copied = NULL;
  g_autofree char *all = NULL;

  fake_backend_set_answer ("A secret thought.", "Open words here.", 500);
  window_driver_keys (driver, "ctrl+d");
  window_driver_type (driver, "Think");
  window_driver_keys (driver, "Return");
  window_driver_wait_until (window_driver_is_over (driver));
  window_driver_wait (150);
  window_driver_keys (driver, "ctrl+Up shift+Right shift+Right shift+Right shift+Right ctrl+c");
  copied = window_cases_dup_clipboard (driver);
  g_assert_cmpstr (copied, ==, "Open");
  window_driver_keys (driver, "ctrl+a ctrl+a ctrl+c");
  all = window_cases_dup_clipboard (driver);
  g_assert_null (strstr (all, "secret"));
  g_assert_nonnull (strstr (all, "Think"));
}

static void
test_copies (WindowDriver *driver)
{
  g_autofree char *markdown = NULL;
  g_autofree char *plain = NULL;

  ask (driver, "Go", rich_answer);
  wish (driver, window_driver_get_last (driver), BALEEN_WISH_COPY, 2);
  markdown = window_cases_dup_clipboard (driver);
  g_assert_cmpstr (markdown, ==, rich_answer);
  wish (driver, window_driver_get_last (driver), BALEEN_WISH_COPY, 1);
  plain = window_cases_dup_clipboard (driver);
  g_assert_true (g_str_has_prefix (plain, "A title\n\nSome bold words.\n\nint x = 1;"));
}

/* ---- blocks --------------------------------------------------------------------------- */

static void
test_code (WindowDriver *driver)
{
  g_autofree char *copied = NULL;
  GtkWidget *code, *scroller;

  gtk_window_set_default_size (GTK_WINDOW (driver->window), 360, 660);
  ask (driver, "Go",
       "```python\nprint('a line that is far longer than a narrow window can show at once')\n```");
  code = window_driver_find_in (driver, BALEEN_TYPE_CODE_VIEW, NULL);
  g_assert_nonnull (window_driver_find (code, GTK_TYPE_LABEL, "Python"));
  scroller = window_driver_find (code, GTK_TYPE_SCROLLED_WINDOW, NULL);
  g_assert_cmpfloat (gtk_adjustment_get_upper (gtk_scrolled_window_get_hadjustment (
                         GTK_SCROLLED_WINDOW (scroller))),
                     >, gtk_widget_get_width (scroller));
  g_assert_cmpint (gtk_widget_get_width (GTK_WIDGET (driver->window)), ==, 360);
  g_signal_emit_by_name (window_driver_find (code, GTK_TYPE_BUTTON, "Copy Code"), "clicked");
  copied = window_cases_dup_clipboard (driver);
  g_assert_cmpstr (
      copied, ==, "print('a line that is far longer than a narrow window can show at once')");
}

static void
test_table (WindowDriver *driver)
{
  GtkWidget *table, *scroller;

  gtk_window_set_default_size (GTK_WINDOW (driver->window), 360, 660);
  ask (driver, "Go",
       "| one | two | three | four | five | six | seven | eight |\n|---|---|---|---|---|---|---|---|\n"
       "| 1111 | 2222 | 3333 | 4444 | 5555 | 6666 | 7777 | 8888 |");
  table = window_driver_find_in (driver, BALEEN_TYPE_TABLE_VIEW, NULL);
  scroller = window_driver_find (table, GTK_TYPE_SCROLLED_WINDOW, NULL);
  g_assert_cmpfloat (gtk_adjustment_get_upper (gtk_scrolled_window_get_hadjustment (
                         GTK_SCROLLED_WINDOW (scroller))),
                     >, gtk_widget_get_width (scroller));
  g_assert_cmpint (gtk_widget_get_width (GTK_WIDGET (driver->window)), ==, 360);
  g_assert_cmpint (gtk_widget_get_height (table), <, 120);
}

/* ---- sources -------------------------------------------------------------------------- */

static void
test_citations (WindowDriver *driver)
{
  g_autoptr (GPtrArray) sources = g_ptr_array_new_with_free_func (g_object_unref);
  GtkWidget *chip, *page;

  g_ptr_array_add (sources, baleen_source_new (1, "Annual report", NULL, "/tmp/report.pdf", 12,
                                               "Revenue rose 8% to 4.2 bn."));
  ask (driver, "Go", "It rose.[1] And more.[9]");
  g_assert_null (window_driver_find_in (driver, GTK_TYPE_BUTTON, "1"));
  baleen_message_set_sources (window_driver_get_last (driver), sources);
  window_driver_wait (100);
  chip = window_driver_find_in (driver, GTK_TYPE_BUTTON, "1");
  g_assert_nonnull (chip);
  g_assert_null (window_driver_find_in (driver, GTK_TYPE_BUTTON, "9"));
  find_label (driver, "Sources: [1]");
  find_label (driver, "It rose.[1] And more.[9]");

  g_signal_emit_by_name (chip, "clicked");
  window_driver_wait (400);
  page = window_driver_find_in (driver, BALEEN_TYPE_SOURCES_PAGE, NULL);
  g_assert_nonnull (page);
  g_assert_true (gtk_widget_get_mapped (page));
  g_assert_nonnull (window_driver_find (page, GTK_TYPE_LABEL, "Revenue rose 8% to 4.2 bn."));
  window_driver_keys (driver, "shift+F9");
  window_driver_wait (400);
  g_assert_false (gtk_widget_get_mapped (page));
}

static void
test_sources_kept (WindowDriver *driver)
{
  g_autoptr (GPtrArray) sources = g_ptr_array_new_with_free_func (g_object_unref);
  BaleenHistory *history = baleen_application_get_history (driver->application);

  g_ptr_array_add (sources,
                   baleen_source_new (2, "A page", "https://example.org/x", NULL, 0, "Words."));
  ask (driver, "Go", "It is so.[2]");
  baleen_message_set_sources (window_driver_get_last (driver), sources);
  baleen_history_save (history, baleen_window_get_conversation (driver->window),
                       window_driver_get_last (driver), TRUE);
}

static void
test_sources_kept_again (WindowDriver *driver)
{
  BaleenSource *source;

  window_driver_keys (driver, "ctrl+Page_Down");
  window_driver_wait_until (window_driver_get_n_messages (driver) == 2);
  source = baleen_sources_find (baleen_message_get_sources (window_driver_get_last (driver)), 2);
  g_assert_nonnull (source);
  g_assert_cmpstr (baleen_source_get_url (source), ==, "https://example.org/x");
  g_assert_cmpstr (baleen_source_get_passage (source), ==, "Words.");
  window_driver_wait_until (window_driver_find_in (driver, GTK_TYPE_BUTTON, "2") != NULL);
}

/* ---- branches ------------------------------------------------------------------------- */

static void
test_edit (WindowDriver *driver)
{
  BaleenConversation *conversation = baleen_window_get_conversation (driver->window);
  GtkWidget *editor;
  guint position;

  ask (driver, "First words", "First answer.");
  fake_backend_set_answer (NULL, "Second answer.", 500);
  window_driver_keys (driver, "Up");
  editor = window_driver_find_in (driver, BALEEN_TYPE_QUESTION_EDITOR, NULL);
  g_assert_nonnull (editor);
  window_driver_keys (driver, "Escape");
  window_driver_wait (50);
  g_assert_null (window_driver_find_in (driver, BALEEN_TYPE_QUESTION_EDITOR, NULL));
  g_assert_cmpuint (window_driver_get_n_messages (driver), ==, 2);

  wish (driver, message_at (driver, 0), BALEEN_WISH_EDIT, 0);
  window_driver_keys (driver, "ctrl+a");
  window_driver_type (driver, "Other words");
  window_driver_keys (driver, "Return");
  window_driver_wait_until (window_driver_is_over (driver));
  g_assert_cmpstr (baleen_message_get_text (message_at (driver, 0)), ==, "Other words");
  g_assert_cmpstr (baleen_message_get_text (message_at (driver, 1)), ==, "Second answer.");
  g_assert_cmpuint (
      baleen_conversation_get_n_siblings (conversation, message_at (driver, 0), &position), ==, 2);
  g_assert_cmpuint (position, ==, 1);

  /* The old branch is a page away, as it was. */
  window_driver_keys (driver, "ctrl+Up ctrl+Up");
  window_driver_wait (100);
  find_label (driver, "2/2");
  wish (driver, message_at (driver, 0), BALEEN_WISH_SIBLING, 0);
  window_driver_wait (100);
  g_assert_cmpstr (baleen_message_get_text (message_at (driver, 0)), ==, "First words");
  g_assert_cmpstr (baleen_message_get_text (message_at (driver, 1)), ==, "First answer.");
  /* The focus is at the same place, in the row that is there now. */
  g_assert_true (gtk_window_get_focus (GTK_WINDOW (driver->window))
                 == GTK_WIDGET (row_of (driver, message_at (driver, 0))));
}

static void
test_branch (WindowDriver *driver)
{
  BaleenConversation *old = baleen_window_get_conversation (driver->window);

  ask (driver, "One", "First answer.");
  ask (driver, "Two", "Second answer.");
  wish (driver, message_at (driver, 1), BALEEN_WISH_BRANCH, 0);
  window_driver_wait (100);
  g_assert_true (baleen_window_get_conversation (driver->window) != old);
  g_assert_cmpuint (window_driver_get_n_messages (driver), ==, 2);
  g_assert_cmpstr (baleen_message_get_text (message_at (driver, 1)), ==, "First answer.");
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (old)), ==, 4);
}

static void
test_quote (WindowDriver *driver)
{
  ask (driver, "Go", "Words to quote.\n\nMore.");
  window_driver_keys (driver, "ctrl+shift+b");
  window_cases_assert_draft (driver, "> Words to quote.\n> \n> More.\n\n");
}

/* ---- deleting ------------------------------------------------------------------------- */

static void
test_delete_turn (WindowDriver *driver)
{
  GtkWidget *undo;

  ask (driver, "One", "First answer.");
  ask (driver, "Two", "Second answer.");
  ask (driver, "Three", "Third answer.");
  wish (driver, message_at (driver, 3), BALEEN_WISH_DELETE, 0);
  window_driver_wait (300);
  g_assert_cmpuint (window_driver_get_n_messages (driver), ==, 4);
  g_assert_cmpstr (baleen_message_get_text (message_at (driver, 2)), ==, "Three");
  undo = window_driver_find_in (driver, GTK_TYPE_BUTTON, "Undo");
  g_assert_nonnull (undo);
  g_signal_emit_by_name (undo, "clicked");
  window_driver_wait (100);
  g_assert_cmpuint (window_driver_get_n_messages (driver), ==, 6);
  g_assert_cmpstr (baleen_message_get_text (message_at (driver, 2)), ==, "Two");

  /* What is not shown is not sent either. */
  wish (driver, message_at (driver, 1), BALEEN_WISH_DELETE, 0);
  ask (driver, "Four", "Fourth answer.");
  g_assert_cmpuint (window_driver_get_n_messages (driver), ==, 6);
  g_assert_cmpuint (fake_backend_get_n_turns (), ==, 5);
}

static void
test_delete_lasts (WindowDriver *driver)
{
  BaleenConversation *conversation = baleen_window_get_conversation (driver->window);
  BaleenHistory *history = baleen_application_get_history (driver->application);
  g_autoptr (GPtrArray) turn = NULL;

  ask (driver, "One", "First answer.");
  ask (driver, "Two", "Second answer.");
  turn = baleen_conversation_hide_turn (conversation, message_at (driver, 0));
  g_assert_cmpuint (turn->len, ==, 2);
  baleen_history_delete_messages (history, conversation, turn);
}

static void
test_delete_lasts_again (WindowDriver *driver)
{
  window_driver_keys (driver, "ctrl+Page_Down");
  window_driver_wait_until (window_driver_get_n_messages (driver) > 0);
  g_assert_cmpuint (window_driver_get_n_messages (driver), ==, 2);
  g_assert_cmpstr (baleen_message_get_text (message_at (driver, 0)), ==, "Two");
}

/* ---- whatever comes ------------------------------------------------------------------- */

/* 200 answers of markup, broken and whole, in any language: none may warn. They are shown as
 * they grow and as they are in the end. */
static void
test_hostile (WindowDriver *driver)
{
  static const char *const pieces[]
      = { "**", "*", "_", "`", "```\n", "```c\n", "\n\n", "- ", "1. ", "> ", "| a | b |\n|---|---|\n",
          "| 1 |\n", "[", "](http://x.y)", "![i](https://x.y/z.png)", "$", "\\(", "\\frac{1}{2}",
          "\\)", "\\[", "\\]", "# ", "---\n", "~~", "<b>", "&amp;", "&#0;", "[1]", "<br>", "\t",
          "漢字", "\342\200\256", "\342\201\246", "\357\273\277", "عربي", "🐳", "e\314\201",
          "word ", "\r\n", "javascript:alert(1)", "<script>", "\\", "\357\277\277", "\1\2\3" };
  BaleenHistory *history = baleen_application_get_history (driver->application);
  BaleenConversation *conversation = baleen_window_get_conversation (driver->window);
  const guint32 seed = g_test_rand_int ();
  g_autoptr (GRand) rand = g_rand_new_with_seed (seed);

  g_test_message ("seed %u", seed);
  for (guint i = 0; i < 200; i++)
    {
      g_autoptr (GString) text = g_string_new (NULL);
      const guint n = g_rand_int_range (rand, 5, 60);
      BaleenMessage *message = baleen_history_add_message (
          history, conversation, NULL, BALEEN_ROLE_ASSISTANT, "", BALEEN_STATE_ANSWERING);

      for (guint k = 0; k < n; k++)
        {
          const char *piece = pieces[g_rand_int_range (rand, 0, G_N_ELEMENTS (pieces))];

          baleen_message_append (message, piece, NULL);
          if (k % 16 == 0)
            window_driver_wait (1);
        }
      baleen_message_set_state (message, BALEEN_STATE_DONE);
      window_driver_wait (2);
    }
  window_driver_wait (500);
}

static guint
count_blocks (GtkWidget *root)
{
  guint n = BALEEN_IS_BLOCK_VIEW (root);

  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    n += count_blocks (child);
  return n;
}

/* A model that repeats itself for ever: its list is shown, but not with a widget an item. */
static void
test_endless_list (WindowDriver *driver)
{
  BaleenHistory *history = baleen_application_get_history (driver->application);
  BaleenConversation *conversation = baleen_window_get_conversation (driver->window);
  g_autoptr (GString) text = g_string_new (NULL);
  const guint n_items = 30000;

  for (guint i = 0; i < n_items; i++)
    g_string_append_printf (text, "- item %u\n", i);
  baleen_history_add_message (history, conversation, NULL, BALEEN_ROLE_ASSISTANT, text->str,
                              BALEEN_STATE_DONE);
  window_driver_wait_until (count_blocks (GTK_WIDGET (driver->window)) > 1000);
  g_assert_cmpuint (count_blocks (GTK_WIDGET (driver->window)), <, 7000);
}

/* What the document does not have is marked where it stands and named below; the rest is not. */
static void
test_doubts (WindowDriver *driver)
{
  BaleenComposer *composer = BALEEN_COMPOSER (driver->window->composer);
  BaleenAttachment *attachment;
  g_autofree char *plain = NULL;
  GtkWidget *piece;

  baleen_window_attach_text (driver->window,
                             "The harbour was founded in 1842. Whales come every spring.");
  attachment = baleen_composer_get_attachments (composer)->pdata[0];
  window_driver_wait_until (baleen_attachment_get_n_tokens (attachment) > 0);
  ask (driver, "Tell me about whales", "Whales come since 1842, said Otto in 1850.");
  window_driver_wait_until (
      window_driver_find_in (driver, GTK_TYPE_LABEL,
                             "unverified, not found in the document: Otto, 1850")
      != NULL);
  piece = gtk_widget_get_ancestor (
      find_label (driver, "Whales come since 1842, said Otto in 1850."), BALEEN_TYPE_TEXT_PIECE);
  g_assert_true (unverified_words_has (piece, strlen ("Whales come since 1842, said ")));
  g_assert_false (unverified_words_has (piece, strlen ("Whales come since ")));
  wish (driver, window_driver_get_last (driver), BALEEN_WISH_COPY, MESSAGE_COPY_PLAIN);
  window_driver_wait (50);
  plain = window_cases_dup_clipboard (driver);
  g_assert_cmpstr (g_strchomp (plain), ==, "Whales come since 1842, said Otto in 1850.");
}

static void
test_doubts_kept (WindowDriver *driver)
{
  window_driver_wait_until (
      window_driver_find_in (driver, GTK_TYPE_LABEL,
                             "unverified, not found in the document: Otto, 1850")
      != NULL);
}

/* An answer that waits for its model says which, and how far. */
static void
test_loading (WindowDriver *driver)
{
  BaleenEngineService *engine = baleen_application_get_engine (driver->application);
  g_autofree char *path = g_build_filename (driver->directory, "Large.gguf", NULL);
  BaleenMessage *message;
  GtkWidget *status;

  g_assert_true (g_file_set_contents (path, "script", -1, NULL));
  fake_backend_set_answer (NULL, "Here.", 500);
  fake_backend_set_loading (75);
  baleen_engine_service_load (engine, path);
  window_driver_type (driver, "Are you there?");
  window_driver_keys (driver, "Return");
  window_driver_wait_until (window_driver_get_n_messages (driver) == 2);
  message = window_driver_get_last (driver);
  window_driver_wait_until (
      (status = window_driver_find (row_of (driver, message), GTK_TYPE_LABEL,
                                    "Loading Large · 75%"))
      != NULL);
  g_assert_cmpfloat (gtk_widget_get_opacity (window_driver_find (
                         row_of (driver, message), GTK_TYPE_PROGRESS_BAR, NULL)),
                     ==, 1);
  fake_backend_set_loading (0);
  window_driver_wait_until (window_driver_is_over (driver));
  g_assert_cmpint (baleen_message_get_state (message), ==, BALEEN_STATE_DONE);
  g_assert_null (baleen_message_get_step (message));
}

/* What is copied of a failure tells how it was, and nothing of what was said. */
static void
test_failure_details (WindowDriver *driver)
{
  g_autofree char *details = NULL;

  fake_backend_set_failure ("The model file changed while it was in use.", BALEEN_REMEDY_RELOAD);
  ask (driver, "A secret?", "Some of it");
  fake_backend_set_failure (NULL, 0);
  find_label (driver, "The model file changed while it was in use.");
  find_label (driver, "Failed");
  wish (driver, window_driver_get_last (driver), BALEEN_WISH_COPY, MESSAGE_COPY_DETAILS);
  window_driver_wait (50);
  details = window_cases_dup_clipboard (driver);
  g_assert_true (g_str_has_prefix (details, "The model file changed while it was in use.\n"));
  g_assert_nonnull (strstr (details, "\nBaleen "));
  g_assert_null (strstr (details, "secret"));
  g_assert_null (strstr (details, "Some of it"));
}

int
main (int    argc,
      char **argv)
{
  window_cases_init (&argc, &argv);
  WINDOW_CASE ("/window-messages/a-drag-selects-across-blocks", test_drag);
  WINDOW_CASE ("/window-messages/copied-markdown-makes-the-same-blocks", test_round_trip);
  WINDOW_CASE ("/window-messages/keys-select-and-thoughts-are-not-copied", test_keys);
  WINDOW_CASE ("/window-messages/each-form-can-be-copied", test_copies);
  WINDOW_CASE ("/window-messages/code-has-language-copy-and-scrolling", test_code);
  WINDOW_CASE ("/window-messages/a-wide-table-scrolls-inside-itself", test_table);
  WINDOW_CASE ("/window-messages/only-supplied-citations-are-chips", test_citations);
  WINDOW_CASE2 ("/window-messages/sources-are-there-tomorrow", test_sources_kept,
                test_sources_kept_again);
  WINDOW_CASE ("/window-messages/an-edit-keeps-the-old-branch", test_edit);
  WINDOW_CASE ("/window-messages/a-branch-is-a-chat-of-its-own", test_branch);
  WINDOW_CASE ("/window-messages/a-quote-goes-into-the-draft", test_quote);
  WINDOW_CASE ("/window-messages/a-deleted-turn-comes-back-or-is-not-sent", test_delete_turn);
  WINDOW_CASE2 ("/window-messages/a-deleted-turn-stays-deleted", test_delete_lasts,
                test_delete_lasts_again);
  WINDOW_CASE2 ("/window-messages/words-not-in-the-document-are-marked", test_doubts,
                test_doubts_kept);
  WINDOW_CASE ("/window-messages/loading-is-told-in-percent", test_loading);
  WINDOW_CASE ("/window-messages/details-of-a-failure-can-be-copied", test_failure_details);
  WINDOW_CASE ("/window-messages/endless-list-fills-no-memory", test_endless_list);
  WINDOW_CASE ("/window-messages/200-hostile-answers-warn-of-nothing", test_hostile);
  return g_test_run ();
}
