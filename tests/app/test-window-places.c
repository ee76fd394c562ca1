/* What stays at its place: what is read, whatever opens beside it or comes in its stead. */
#include <adwaita.h>
#include <math.h>

#include "baleen-composer.h"
#include "baleen-message-row.h"
#include "baleen-text-piece.h"
#include "baleen-transcript.h"
#include "baleen-window-private.h"
#include "fake-backend.h"
#include "found-words.h"
#include "window-cases.h"

static BaleenHistory *
history (WindowDriver *driver)
{
  return baleen_application_get_history (driver->application);
}

static BaleenMessage *
say (WindowDriver *driver,
     BaleenRole    role,
     const char   *text)
{
  BaleenConversation *conversation = baleen_window_get_conversation (driver->window);

  return baleen_history_add_message (history (driver), conversation,
                                     baleen_conversation_get_head (conversation), role, text,
                                     BALEEN_STATE_DONE);
}

static void
say_many (WindowDriver *driver,
          guint         n_turns)
{
  g_autofree char *words = window_cases_many_words (4);

  for (guint i = 0; i < n_turns; i++)
    {
      g_autofree char *question = g_strdup_printf ("Question %u", i);

      say (driver, BALEEN_ROLE_USER, question);
      say (driver, BALEEN_ROLE_ASSISTANT, words);
    }
  window_driver_wait (300);
}

static void
set_size (WindowDriver *driver,
          int           width,
          int           height)
{
  gtk_window_set_default_size (GTK_WINDOW (driver->window), width, height);
  window_driver_wait_until (ABS (gtk_widget_get_width (GTK_WIDGET (driver->window)) - width) < 20);
  window_driver_wait (300);
}

static GtkWidget *
row_of (WindowDriver  *driver,
        BaleenMessage *message)
{
  return GTK_WIDGET (
      baleen_transcript_get_row (BALEEN_TRANSCRIPT (driver->window->transcript), message));
}

/* Of a widget, from the top of the view. */
static double
get_y (WindowDriver *driver,
       GtkWidget    *widget)
{
  graphene_rect_t place;

  window_cases_place (widget, driver->window->transcript, &place);
  return place.origin.y;
}

/* The first that is to be seen. */
static GtkWidget *
find_top_row (WindowDriver *driver)
{
  GtkWidget *row = window_driver_find (driver->window->transcript, BALEEN_TYPE_MESSAGE_ROW, NULL);

  while (get_y (driver, row) + gtk_widget_get_height (row) <= 0)
    row = gtk_widget_get_next_sibling (row);
  return row;
}

static void
scroll_to (WindowDriver *driver,
           double        value)
{
  gtk_adjustment_set_value (window_cases_adjustment (driver), value);
  window_driver_wait (50);
}

/* ---- a long answer ----------------------------------------------------------------------- */

#define N_BLOCKS 400

static guint
count_pieces (GtkWidget *row)
{
  g_autoptr (GPtrArray) pieces = found_words_list_pieces (row);
  guint n = 0;

  for (guint i = 0; i < pieces->len; i++)
    n += g_str_has_prefix (baleen_text_piece_get_text (pieces->pdata[i]), "Block ");
  return n;
}

static GtkWidget *
find_piece (GtkWidget  *row,
            const char *text)
{
  g_autoptr (GPtrArray) pieces = found_words_list_pieces (row);

  for (guint i = 0; i < pieces->len; i++)
    if (g_str_equal (baleen_text_piece_get_text (pieces->pdata[i]), text))
      return pieces->pdata[i];
  return NULL;
}

/* As it comes from the disk: all at once. */
static GtkWidget *
open_long_answer (WindowDriver *driver)
{
  g_autoptr (GString) text = g_string_new (NULL);
  BaleenConversation *conversation;
  BaleenMessage *answer;

  set_size (driver, 800, 700);
  for (guint i = 0; i < N_BLOCKS; i++)
    g_string_append_printf (text, "Block %u\n\n", i);
  say (driver, BALEEN_ROLE_USER, "Go on.");
  answer = say (driver, BALEEN_ROLE_ASSISTANT, text->str);
  conversation = g_object_ref (baleen_window_get_conversation (driver->window));
  gtk_widget_activate_action (GTK_WIDGET (driver->window), "win.new-chat", NULL);
  window_driver_wait (50);
  baleen_window_show_conversation (driver->window, conversation);
  g_object_unref (conversation);
  return row_of (driver, answer);
}

/* Its end is there at once, and nobody waits for the rest; what is read meanwhile stays. */
static void
test_long_answer (WindowDriver *driver)
{
  GtkWidget *row = open_long_answer (driver);
  GtkWidget *read;
  double y;

  g_assert_cmpuint (count_pieces (row), <, N_BLOCKS / 2);
  g_assert_nonnull (find_piece (row, "Block 399"));
  window_driver_wait_until (count_pieces (row) > 60);
  g_assert_true (window_cases_is_at_end (driver));
  scroll_to (driver, gtk_adjustment_get_value (window_cases_adjustment (driver)) - 300);
  read = find_piece (row, "Block 385");
  y = get_y (driver, read);
  g_assert_cmpuint (count_pieces (row), <, N_BLOCKS);

  window_driver_wait_until (count_pieces (row) == N_BLOCKS);
  window_driver_wait (100);
  g_assert_true (find_piece (row, "Block 385") == read);
  g_assert_cmpfloat_with_epsilon (get_y (driver, read), y, 1);
  g_assert_cmpfloat (y, >, 0);
}

static void
assert_order (GtkWidget *row)
{
  g_autoptr (GPtrArray) pieces = found_words_list_pieces (row);
  guint next = 0;

  for (guint i = 0; i < pieces->len; i++)
    {
      g_autofree char *expected = g_strdup_printf ("Block %u", next);

      if (g_str_has_prefix (baleen_text_piece_get_text (pieces->pdata[i]), "Block "))
        {
          g_assert_cmpstr (baleen_text_piece_get_text (pieces->pdata[i]), ==, expected);
          next++;
        }
    }
  g_assert_cmpuint (next, ==, N_BLOCKS);
}

/* Who goes to its beginning finds that, and the rest comes below. */
static void
test_long_answer_start (WindowDriver *driver)
{
  GtkWidget *row = open_long_answer (driver);
  GtkWidget *first;
  double y;

  baleen_transcript_show_message (BALEEN_TRANSCRIPT (driver->window->transcript),
                                  window_driver_get_last (driver), FALSE);
  first = find_piece (row, "Block 0");
  g_assert_nonnull (first);
  window_driver_wait_until (get_y (driver, first) > 0);
  g_assert_cmpuint (count_pieces (row), <, N_BLOCKS);
  y = get_y (driver, first);
  g_assert_cmpfloat (y, <, 300);
  window_driver_wait_until (count_pieces (row) == N_BLOCKS);
  window_driver_wait (100);
  g_assert_cmpfloat_with_epsilon (get_y (driver, first), y, 1);
  assert_order (row);
}

/* Looking for words, and selecting all of it, do not wait for the rest. */
static void
test_long_answer_found (WindowDriver *driver)
{
  GtkWidget *row = open_long_answer (driver);
  GtkWidget *piece;

  found_words_set (row, "Block 17");
  piece = baleen_message_row_show_found (BALEEN_MESSAGE_ROW (row), 0);
  g_assert_nonnull (piece);
  g_assert_cmpstr (baleen_text_piece_get_text (BALEEN_TEXT_PIECE (piece)), ==, "Block 17");
  assert_order (row);
  found_words_set (row, NULL);
}

/* ---- beside and instead --------------------------------------------------------------- */

static void
toggle (WindowDriver *driver,
        const char   *action)
{
  gtk_widget_activate_action (GTK_WIDGET (driver->window), action, NULL);
  window_driver_wait (500);
}

/* What is read of it: its block, where it has blocks. */
static GtkWidget *
find_top_block (WindowDriver *driver)
{
  GtkWidget *row = find_top_row (driver);
  GtkWidget *block = baleen_message_row_find_block (BALEEN_MESSAGE_ROW (row),
                                                    driver->window->transcript, 0);

  return block != NULL && get_y (driver, block) <= 0 ? block : row;
}

/* Docked it makes the column narrower, so that all above wraps anew. */
static void
test_panel (WindowDriver *driver)
{
  static const char *const actions[] = { "win.panel", "win.panel", "win.sidebar", "win.sidebar" };
  GtkWidget *row, *block;

  set_size (driver, 1000, 700);
  say_many (driver, 8);
  scroll_to (driver, 900);
  row = find_top_row (driver);
  block = find_top_block (driver);
  for (guint i = 0; i < G_N_ELEMENTS (actions); i++)
    {
      const double y = get_y (driver, block);

      toggle (driver, actions[i]);
      g_test_message ("%s: from %.0f to %.0f", actions[i], y, get_y (driver, block));
      g_assert_true (find_top_row (driver) == row);
      g_assert_cmpfloat (fabs (get_y (driver, block) - y), <=, 1);
    }
}

/* Where the row of a message is once it stays there; a busy machine takes its time. */
static double
settled_y (WindowDriver  *driver,
           BaleenMessage *message)
{
  double y = -1, before;
  guint n_same = 0;

  window_driver_wait_until (row_of (driver, message) != NULL);
  do
    {
      before = y;
      window_driver_wait (150);
      y = get_y (driver, row_of (driver, message));
      n_same = y == before ? n_same + 1 : 0;
    }
  while (n_same < 3);
  return y;
}

static void
test_sibling (WindowDriver *driver)
{
  BaleenConversation *conversation = baleen_window_get_conversation (driver->window);
  g_autofree char *words = window_cases_many_words (30);
  BaleenMessage *question = say (driver, BALEEN_ROLE_USER, "Go");
  BaleenMessage *first = say (driver, BALEEN_ROLE_ASSISTANT, words);
  BaleenMessage *second = baleen_history_add_message (history (driver), conversation, question,
                                                      BALEEN_ROLE_ASSISTANT, "In short: no.",
                                                      BALEEN_STATE_DONE);
  const double y = settled_y (driver, second);

  baleen_window_wish (driver->window, second, BALEEN_WISH_SIBLING, 0);
  g_assert_cmpfloat (settled_y (driver, first), ==, y);
  g_assert_null (row_of (driver, second));
  g_assert_false (window_cases_is_at_end (driver));
  baleen_window_wish (driver->window, first, BALEEN_WISH_SIBLING, 1);
  g_assert_cmpfloat (settled_y (driver, second), ==, y);
}

/* The editor is where the question was, and that may be far above. */
static void
test_edit (WindowDriver *driver)
{
  g_autofree char *words = window_cases_many_words (30);
  BaleenMessage *question = say (driver, BALEEN_ROLE_USER, "Go");
  GtkWidget *focus;

  say (driver, BALEEN_ROLE_ASSISTANT, words);
  window_driver_wait (300);
  g_assert_true (window_cases_is_at_end (driver));
  window_driver_keys (driver, "Up");
  window_driver_wait_until (window_driver_find (row_of (driver, question), GTK_TYPE_TEXT_VIEW, NULL)
                            != NULL);
  window_driver_wait (200);
  focus = gtk_window_get_focus (GTK_WINDOW (driver->window));
  g_assert_true (gtk_widget_is_ancestor (focus, row_of (driver, question)));
  g_assert_cmpfloat (get_y (driver, focus), >=, 0);
  window_driver_keys (driver, "Escape");
}

/* ---- the button at the end ------------------------------------------------------------ */

static gboolean
has_jump (WindowDriver *driver)
{
  return window_driver_find (driver->window->transcript, GTK_TYPE_BUTTON, "Jump to the End") != NULL;
}

static void
test_jump (WindowDriver *driver)
{
  GtkWidget *button;
  graphene_rect_t place, composer;

  g_assert_false (has_jump (driver));
  say (driver, BALEEN_ROLE_USER, "Short");
  window_driver_wait (200);
  g_assert_false (has_jump (driver));
  say_many (driver, 6);
  g_assert_false (has_jump (driver));
  for (double value = 0; value < 300; value += 100)
    {
      scroll_to (driver, value);
      g_assert_true (has_jump (driver));
    }
  button = window_driver_find (driver->window->transcript, GTK_TYPE_BUTTON, "Jump to the End");
  window_cases_place (button, driver->window, &place);
  window_cases_place (driver->window->composer, driver->window, &composer);
  g_assert_cmpfloat (place.origin.y + place.size.height, <=, composer.origin.y);
  g_signal_emit_by_name (button, "clicked");
  window_driver_wait (100);
  g_assert_true (window_cases_is_at_end (driver));
  g_assert_false (has_jump (driver));
}

/* ---- side by side --------------------------------------------------------------------- */

static double
get_left (WindowDriver *driver,
          GtkWidget    *widget)
{
  graphene_rect_t place;

  window_cases_place (widget, driver->window, &place);
  return place.origin.x;
}

static double
get_right (WindowDriver *driver,
           GtkWidget    *widget)
{
  return get_left (driver, widget) + gtk_widget_get_width (widget);
}

static void
test_side_by_side (WindowDriver *driver)
{
  BaleenWindow *window = driver->window;

  say_many (driver, 2);
  set_size (driver, 1280, 800);
  toggle (driver, "win.panel");
  g_assert_cmpfloat (get_left (driver, window->sidebar), ==, 0);
  g_assert_cmpfloat (get_right (driver, window->sidebar), <=,
                     get_left (driver, window->transcript));
  g_assert_cmpfloat (get_right (driver, window->transcript), <=, get_left (driver, window->panel));
  g_assert_cmpint (gtk_widget_get_width (window->sidebar), ==, 260);
  g_assert_cmpint (gtk_widget_get_width (window->panel), ==, 320);
  toggle (driver, "win.panel");

  set_size (driver, 800, 700);
  toggle (driver, "win.panel");
  g_assert_cmpfloat (get_right (driver, window->sidebar), <=,
                     get_left (driver, window->transcript));
  g_assert_cmpfloat (get_left (driver, window->panel), <, get_right (driver, window->transcript));
  g_assert_cmpfloat (get_left (driver, window->panel), >=, get_right (driver, window->sidebar) + 34);
  g_assert_cmpint (gtk_widget_get_width (window->panel), ==, 320);
  toggle (driver, "win.panel");
}

static void
test_narrow (WindowDriver *driver)
{
  BaleenWindow *window = driver->window;

  say_many (driver, 2);
  set_size (driver, 360, 660);
  g_assert_false (adw_flap_get_reveal_flap (ADW_FLAP (window->flap)));
  g_assert_false (adw_flap_get_reveal_flap (ADW_FLAP (window->panel_flap)));
  g_assert_cmpfloat (get_left (driver, window->transcript), ==, 0);
  g_assert_cmpfloat (get_right (driver, window->transcript), ==,
                     gtk_widget_get_width (GTK_WIDGET (window)));
}

/* What is said in passing is said whole. */
static void
test_said (WindowDriver *driver)
{
  const char *sentence = "There is only one question here. Write each point on a line of its own.";
  GtkWidget *label;
  graphene_rect_t place;
  int height;

  set_size (driver, 360, 660);
  baleen_window_say (driver->window, sentence);
  window_driver_wait (500);
  label = window_driver_find_in (driver, GTK_TYPE_LABEL, sentence);
  g_assert_nonnull (label);
  window_cases_place (label, driver->window, &place);
  pango_layout_get_pixel_size (gtk_label_get_layout (GTK_LABEL (label)), NULL, &height);
  g_assert_cmpfloat (place.origin.x, >=, 0);
  g_assert_cmpfloat (place.origin.x + place.size.width, <=, 360);
  g_assert_cmpfloat (place.size.height, >=, height);
  g_assert_false (pango_layout_is_ellipsized (gtk_label_get_layout (GTK_LABEL (label))));
}

/* However long the draft is. */
static void
test_composer (WindowDriver *driver)
{
  static const int sizes[][2] = { { 1280, 800 }, { 360, 660 }, { 360, 400 } };
  g_autofree char *words = window_cases_many_words (60);

  baleen_composer_set_text (BALEEN_COMPOSER (driver->window->composer), words);
  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      set_size (driver, sizes[i][0], sizes[i][1]);
      g_test_message ("%d of %d", gtk_widget_get_height (driver->window->composer),
                      gtk_widget_get_height (GTK_WIDGET (driver->window)));
      g_assert_cmpfloat (gtk_widget_get_height (driver->window->composer), <=,
                         0.6 * gtk_widget_get_height (GTK_WIDGET (driver->window)));
    }
}

/* Whoever asks for the rest of an answer whose end they see is shown it. */
static void
test_continued (WindowDriver *driver)
{
  g_autofree char *words = window_cases_many_words (40);
  BaleenMessage *answer;

  say_many (driver, 3);
  answer = window_driver_get_last (driver);
  baleen_message_set_state (answer, BALEEN_STATE_STOPPED);
  gtk_widget_grab_focus (row_of (driver, answer));
  window_driver_wait (100);
  fake_backend_set_answer (NULL, words, 100);
  g_signal_emit_by_name (
      window_driver_find (row_of (driver, answer), GTK_TYPE_BUTTON, "Continue"), "clicked");
  window_driver_wait_until (window_driver_is_over (driver));
  window_driver_wait (100);
  g_assert_true (window_cases_is_at_end (driver));
}

int
main (int    argc,
      char **argv)
{
  window_cases_init (&argc, &argv);
  WINDOW_CASE ("/window/long-answer-comes-from-its-end-and-moves-nothing", test_long_answer);
  WINDOW_CASE ("/window/long-answer-shows-its-start-when-asked", test_long_answer_start);
  WINDOW_CASE ("/window/long-answer-is-searched-whole", test_long_answer_found);
  WINDOW_CASE ("/places/panel-and-sidebar-leave-what-is-read", test_panel);
  WINDOW_CASE ("/places/another-answer-begins-where-the-first-did", test_sibling);
  WINDOW_CASE ("/places/a-question-is-edited-in-view", test_edit);
  WINDOW_CASE ("/places/the-jump-button-is-there-off-the-end", test_jump);
  WINDOW_CASE ("/places/sidebar-transcript-and-panel-stand-side-by-side", test_side_by_side);
  WINDOW_CASE ("/places/at-360-there-is-the-conversation-only", test_narrow);
  WINDOW_CASE ("/places/a-sentence-in-passing-is-whole-at-360", test_said);
  WINDOW_CASE ("/places/a-long-draft-leaves-room", test_composer);
  WINDOW_CASE ("/places/the-rest-of-an-answer-is-followed", test_continued);
  return g_test_run ();
}
