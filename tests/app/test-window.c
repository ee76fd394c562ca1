/* The window as a user meets it. Needs a display of its own and xdotool. */
#include <math.h>
#include <sqlite3.h>
#include <string.h>

#include "baleen-banner.h"
#include "baleen-composer.h"
#include "baleen-conversation-row.h"
#include "baleen-empty-page.h"
#include "baleen-message-row.h"
#include "baleen-shortcuts.h"
#include "baleen-transcript.h"
#include "fake-backend.h"
#include "fault-vfs.h"
#include "window-cases.h"

/* ---- writing ---------------------------------------------------------------------------- */

static void
test_send (WindowDriver *driver)
{
  g_assert_nonnull (window_driver_find_in (driver, BALEEN_TYPE_EMPTY_PAGE, NULL));
  window_driver_type (driver, "Count for me");
  window_driver_keys (driver, "Return");
  window_driver_wait_until (window_driver_is_over (driver));
  g_assert_cmpuint (window_driver_get_n_messages (driver), ==, 2);
  window_cases_assert_draft (driver, "");
  window_driver_wait_until (window_driver_find_in (driver, GTK_TYPE_LABEL, "Count for me") != NULL);
  g_assert_nonnull (window_driver_find_in (driver, GTK_TYPE_LABEL, "One two three."));
  g_assert_nonnull (window_driver_find_in (driver, BALEEN_TYPE_CONVERSATION_ROW, NULL));
  g_assert_true (gtk_window_get_focus (GTK_WINDOW (driver->window)) == window_cases_text_view (driver));
  window_driver_wait_until (g_str_equal (gtk_window_get_title (GTK_WINDOW (driver->window)),
                                         "Answer complete, 3 words — Count for me"));
}

static void
test_break (WindowDriver *driver)
{
  window_driver_type (driver, "one");
  window_driver_keys (driver, "shift+Return");
  window_driver_type (driver, "two");
  window_cases_assert_draft (driver, "one\ntwo");
  g_assert_cmpuint (window_driver_get_n_messages (driver), ==, 0);
  window_driver_keys (driver, "KP_Enter");
  g_assert_cmpuint (window_driver_get_n_messages (driver), ==, 2);
}

/* GTK's own input method composes “你” from its code; the Enter that commits it is its. */
static void
test_input_method (WindowDriver *driver)
{
  window_driver_keys (driver, "ctrl+shift+u 4 f 6 0");
  window_driver_keys (driver, "Return");
  window_cases_assert_draft (driver, "你");
  g_assert_cmpuint (window_driver_get_n_messages (driver), ==, 0);
  window_driver_keys (driver, "Return");
  window_cases_assert_draft (driver, "");
  g_assert_cmpuint (window_driver_get_n_messages (driver), ==, 2);
}

static void
test_nothing_to_send (WindowDriver *driver)
{
  window_driver_keys (driver, "Return");
  window_driver_keys (driver, "space Return");
  g_assert_cmpuint (window_driver_get_n_messages (driver), ==, 0);
  g_assert_false (gtk_widget_get_sensitive (
      window_driver_find_in (driver, GTK_TYPE_BUTTON, "Send")));
  window_driver_type (driver, "x");
  g_assert_true (gtk_widget_get_sensitive (
      window_driver_find_in (driver, GTK_TYPE_BUTTON, "Send")));
}

static void
test_stop (WindowDriver *driver)
{
  g_autofree char *words = window_cases_many_words (200);
  graphene_rect_t send, stop;
  GtkWidget *button;

  fake_backend_set_answer (NULL, words, 5000);
  window_driver_type (driver, "Go");
  window_cases_place (window_driver_find_in (driver, GTK_TYPE_BUTTON, "Send"), driver->window, &send);
  window_driver_keys (driver, "Return");
  window_driver_wait (300);
  button = window_driver_find_in (driver, GTK_TYPE_BUTTON, "Stop");
  window_cases_place (button, driver->window, &stop);
  g_assert_true (graphene_rect_equal (&send, &stop));
  g_assert_false (gtk_widget_has_css_class (button, "suggested-action"));
  g_signal_emit_by_name (button, "clicked");
  window_driver_wait (200);
  g_assert_true (window_driver_is_over (driver));
  g_assert_cmpint (baleen_message_get_state (window_driver_get_last (driver)), ==,
                   BALEEN_STATE_STOPPED);
  g_assert_nonnull (window_driver_find_in (driver, GTK_TYPE_LABEL, "Stopped by you"));
  g_assert_nonnull (window_driver_find_in (driver, GTK_TYPE_BUTTON, "Continue"));
  g_assert_nonnull (window_driver_find_in (driver, GTK_TYPE_BUTTON, "Send"));
}

static void
test_escape (WindowDriver *driver)
{
  g_autofree char *words = window_cases_many_words (200);

  fake_backend_set_answer (NULL, words, 5000);
  window_driver_type (driver, "Go");
  window_driver_keys (driver, "Return");
  window_driver_wait (200);
  window_driver_keys (driver, "ctrl+Up");
  g_assert_true (BALEEN_IS_MESSAGE_ROW (gtk_window_get_focus (GTK_WINDOW (driver->window))));
  window_driver_keys (driver, "Escape");
  g_assert_true (gtk_window_get_focus (GTK_WINDOW (driver->window)) == window_cases_text_view (driver));
  g_assert_false (window_driver_is_over (driver));
  window_driver_keys (driver, "Escape");
  window_driver_wait_until (window_driver_is_over (driver));
}

static void
test_draft (WindowDriver *driver)
{
  window_driver_type (driver, "half a sentence");
  window_driver_keys (driver, "Left Left");
}

static void
test_draft_again (WindowDriver *driver)
{
  window_cases_assert_draft (driver, "half a sentence");
  window_driver_type (driver, "X");
  window_cases_assert_draft (driver, "half a sentenXce");
}

/* ---- conversations -------------------------------------------------------------------- */

static void
test_conversations (WindowDriver *driver)
{
  BaleenHistory *history = baleen_application_get_history (driver->application);

  window_driver_type (driver, "The first");
  window_driver_keys (driver, "Return");
  window_driver_wait_until (window_driver_is_over (driver));
  window_driver_keys (driver, "ctrl+n");
  g_assert_cmpuint (window_driver_get_n_messages (driver), ==, 0);
  window_driver_type (driver, "The second");
  window_driver_keys (driver, "Return");
  window_driver_wait_until (window_driver_is_over (driver));
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (history)), ==, 2);

  window_driver_keys (driver, "ctrl+Page_Down");
  g_assert_cmpstr (
      baleen_conversation_get_title (baleen_window_get_conversation (driver->window)), ==,
      "The first");
}

static void
test_conversations_again (WindowDriver *driver)
{
  BaleenHistory *history = baleen_application_get_history (driver->application);

  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (history)), ==, 2);
  window_driver_keys (driver, "ctrl+Page_Down");
  window_driver_wait_until (window_driver_get_n_messages (driver) == 2);
  g_assert_nonnull (window_driver_find_in (driver, GTK_TYPE_LABEL, "The second"));
}

static void
test_delete (WindowDriver *driver)
{
  BaleenHistory *history = baleen_application_get_history (driver->application);

  window_driver_type (driver, "Secret <b>");
  window_driver_keys (driver, "Return");
  window_driver_wait_until (window_driver_is_over (driver));
  gtk_widget_activate_action (GTK_WIDGET (driver->window), "win.delete", NULL);
  window_driver_wait (300);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (history)), ==, 0);
  g_assert_cmpuint (window_driver_get_n_messages (driver), ==, 0);
  g_signal_emit_by_name (window_driver_find_in (driver, GTK_TYPE_BUTTON, "Undo"), "clicked");
  window_driver_wait (300);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (history)), ==, 1);
}

/* ---- trouble -------------------------------------------------------------------------- */

static void
test_failed_load (WindowDriver *driver)
{
  baleen_application_open_model (driver->application, "/nowhere/gone.gguf");
  window_driver_wait_until (window_driver_find_in (driver, BALEEN_TYPE_BANNER, NULL) != NULL);
  g_assert_cmpstr (baleen_banner_get_sentence (BALEEN_BANNER (
                       window_driver_find_in (driver, BALEEN_TYPE_BANNER, NULL))),
                   ==, "“gone.gguf” is no longer at its place.");
  g_assert_nonnull (window_driver_find_in (driver, GTK_TYPE_BUTTON, "Choose Model"));
  g_assert_nonnull (window_driver_find_in (driver, GTK_TYPE_LABEL, "Script · this computer"));
}

static void
test_failed_answer (WindowDriver *driver)
{
  fake_backend_set_failure ("It went wrong. Try again.", BALEEN_REMEDY_TRY_AGAIN);
  window_driver_type (driver, "Go");
  window_driver_keys (driver, "Return");
  window_driver_wait_until (window_driver_is_over (driver));
  window_driver_wait_until (window_driver_find_in (driver, GTK_TYPE_LABEL,
                                                   "It went wrong. Try again.")
                            != NULL);
  g_assert_nonnull (window_driver_find_in (driver, GTK_TYPE_LABEL, "One two three."));
  fake_backend_set_failure (NULL, 0);
  g_signal_emit_by_name (window_driver_find_in (driver, GTK_TYPE_BUTTON, "Try Again"), "clicked");
  window_driver_wait_until (window_driver_is_over (driver));
  g_assert_cmpint (baleen_message_get_state (window_driver_get_last (driver)), ==,
                   BALEEN_STATE_DONE);
}

/* A conversation of many messages opens at its end; older rows come above without moving it. */
static void
test_opens_at_end (WindowDriver *driver)
{
  BaleenHistory *history = baleen_application_get_history (driver->application);
  g_autoptr (BaleenConversation) conversation
      = g_object_ref (baleen_window_get_conversation (driver->window));
  g_autofree char *past = window_cases_many_words (3);

  for (guint i = 0; i < 200; i++)
    {
      BaleenMessage *user
          = baleen_history_add_message (history, conversation,
                                        baleen_conversation_get_head (conversation),
                                        BALEEN_ROLE_USER, "Question", BALEEN_STATE_DONE);

      baleen_history_add_message (history, conversation, user, BALEEN_ROLE_ASSISTANT, past,
                                  BALEEN_STATE_DONE);
    }
}

static void
test_opens_at_end_again (WindowDriver *driver)
{
  GtkWidget *rows, *row;
  graphene_rect_t before, after;
  double value;

  window_driver_keys (driver, "ctrl+Page_Down");
  window_driver_wait_until (window_driver_get_n_messages (driver) == 400);
  window_driver_wait (400);
  g_assert_true (window_cases_is_at_end (driver));
  g_assert_cmpfloat (fabs (window_cases_drawn_offset (driver)), <=, 1);
  g_assert_null (window_driver_find_in (driver, GTK_TYPE_BUTTON, "Jump to the End"));

  /* Near the top of what is there older rows come. */
  row = window_driver_find_in (driver, BALEEN_TYPE_MESSAGE_ROW, NULL);
  rows = gtk_widget_get_parent (row);
  window_cases_place (row, rows, &before);
  gtk_adjustment_set_value (window_cases_adjustment (driver), 300);
  window_driver_wait_until (gtk_widget_get_first_child (rows) != row
                            && gtk_adjustment_get_value (window_cases_adjustment (driver)) > 400);
  window_driver_wait (400);
  window_cases_place (row, rows, &after);
  value = gtk_adjustment_get_value (window_cases_adjustment (driver));
  g_assert_cmpfloat (fabs ((before.origin.y - 300) - (after.origin.y - value)), <=, 1);
}

/* A card that was reset while an answer was written: the answer is whole, and the banner says it
 * and goes by itself; one that is given up can be tried again. */
static void
test_device_news (WindowDriver *driver)
{
  GtkWidget *banner = NULL, *button;
  g_auto (BaleenModelSetup) setup = { 0 };

  fake_backend_set_news (BALEEN_DEVICE_RECOVERED, "The card was reset.");
  window_driver_type (driver, "Go");
  window_driver_keys (driver, "Return");
  window_driver_wait_until ((banner = window_driver_find_in (driver, BALEEN_TYPE_BANNER, NULL))
                            != NULL);
  g_assert_cmpstr (baleen_banner_get_sentence (BALEEN_BANNER (banner)), ==, "The card was reset.");
  window_driver_wait_until (window_driver_is_over (driver));
  g_assert_cmpstr (baleen_message_get_text (window_driver_get_last (driver)), ==,
                   "One two three.");
  window_driver_wait_until (window_driver_find_in (driver, BALEEN_TYPE_BANNER, NULL) == NULL);

  fake_backend_set_news (BALEEN_DEVICE_MOVED, "Graphics memory is full.");
  window_driver_type (driver, "Half");
  window_driver_keys (driver, "Return");
  window_driver_wait_until ((button = window_driver_find_in (driver, GTK_TYPE_BUTTON,
                                                             "Smaller Context")) != NULL);
  window_driver_wait_until (window_driver_is_over (driver));
  g_signal_emit_by_name (button, "clicked");
  baleen_model_setup_load (&setup, driver->model);
  g_assert_cmpuint (setup.n_context, ==, 1 << 19);
  setup.n_context = 0;
  g_assert_true (baleen_model_setup_save (&setup, driver->model, NULL));

  fake_backend_set_news (BALEEN_DEVICE_LEFT, "Now the processor works.");
  window_driver_type (driver, "Go");
  window_driver_keys (driver, "Return");
  window_driver_wait_until ((banner = window_driver_find_in (driver, BALEEN_TYPE_BANNER, NULL))
                            != NULL);
  window_driver_wait_until (window_driver_is_over (driver));
  g_signal_emit_by_name (window_driver_find (banner, GTK_TYPE_BUTTON, "Try the Card Again"),
                         "clicked");
  window_driver_wait_until (window_driver_find_in (driver, BALEEN_TYPE_BANNER, NULL) == NULL);
}

static void
test_full_disk (WindowDriver *driver)
{
  GtkWidget *banner = NULL;

  fault_vfs_set (FAULT_WRITE, 1, TRUE, SQLITE_FULL);
  window_driver_type (driver, "Go");
  window_driver_keys (driver, "Return");
  window_driver_wait_until (window_driver_is_over (driver));
  window_driver_wait_until ((banner = window_driver_find_in (driver, BALEEN_TYPE_BANNER, NULL))
                            != NULL);
  g_assert_cmpstr (baleen_banner_get_sentence (BALEEN_BANNER (banner)), ==,
                   "The disk is full. Text is kept in memory and saved as soon as there is room.");
  fault_vfs_set (FAULT_NONE, 0, FALSE, SQLITE_OK);
  /* It is tried again by itself: what is offered is another place. */
  g_assert_nonnull (window_driver_find (banner, GTK_TYPE_BUTTON, "Export…"));
  window_driver_wait_until (window_driver_find_in (driver, BALEEN_TYPE_BANNER, NULL) == NULL);
}

static void
test_full_disk_again (WindowDriver *driver)
{
  window_driver_keys (driver, "ctrl+Page_Down");
  window_driver_wait_until (window_driver_get_n_messages (driver) == 2);
  g_assert_cmpstr (baleen_message_get_text (window_driver_get_last (driver)), ==,
                   "One two three.");
}

static void
test_closed (WindowDriver *driver)
{
  g_autofree char *words = window_cases_many_words (50);

  fake_backend_set_answer (NULL, words, 5000);
  window_driver_type (driver, "Go");
  window_driver_keys (driver, "Return");
  window_driver_wait_until (baleen_message_get_text_length (window_driver_get_last (driver))
                            > 100);
}

static void
test_closed_again (WindowDriver *driver)
{
  GtkWidget *row;

  window_driver_keys (driver, "ctrl+Page_Down");
  window_driver_wait_until (window_driver_get_n_messages (driver) == 2);
  g_assert_cmpint (baleen_message_get_state (window_driver_get_last (driver)), ==,
                   BALEEN_STATE_INTERRUPTED);
  g_assert_cmpuint (baleen_message_get_text_length (window_driver_get_last (driver)), >=, 100);
  row = window_driver_find_in (driver, BALEEN_TYPE_MESSAGE_ROW, NULL);
  row = gtk_widget_get_next_sibling (row);
  g_assert_nonnull (window_driver_find (row, GTK_TYPE_BUTTON, "Continue"));
}

/* The chooser takes the focus, its first row loads a model, and the composer has it again. */
static void
test_chooser (WindowDriver *driver)
{
  GtkWidget *focus;

  window_driver_keys (driver, "ctrl+m");
  window_driver_wait (300);
  focus = gtk_window_get_focus (GTK_WINDOW (driver->window));
  g_assert_nonnull (focus);
  g_assert_nonnull (gtk_widget_get_ancestor (focus, GTK_TYPE_POPOVER));
  window_driver_keys (driver, "Escape");
  window_driver_wait (300);
  focus = gtk_window_get_focus (GTK_WINDOW (driver->window));
  g_assert_true (focus == window_cases_text_view (driver));
}

/* Tab goes round through everything and stops in one row only, and in its controls. */
static void
test_tab (WindowDriver *driver)
{
  GtkWidget *rows[2] = { NULL, NULL };
  guint n_stops = 0;

  for (guint i = 0; i < 3; i++)
    {
      window_driver_type (driver, "Go");
      window_driver_keys (driver, "Return");
      window_driver_wait_until (window_driver_is_over (driver));
    }
  do
    {
      GtkWidget *focus, *row;

      window_driver_keys (driver, "Tab");
      focus = gtk_window_get_focus (GTK_WINDOW (driver->window));
      g_assert_nonnull (focus);
      row = BALEEN_IS_MESSAGE_ROW (focus)
                ? focus
                : gtk_widget_get_ancestor (focus, BALEEN_TYPE_MESSAGE_ROW);
      if (row != NULL && rows[0] == NULL)
        rows[0] = row;
      else if (row != NULL && row != rows[0])
        rows[1] = row;
      g_assert_cmpuint (++n_stops, <, 30);
    }
  while (gtk_window_get_focus (GTK_WINDOW (driver->window)) != window_cases_text_view (driver));
  g_assert_nonnull (rows[0]);
  g_assert_null (rows[1]);
  g_assert_true (baleen_message_row_get_message (BALEEN_MESSAGE_ROW (rows[0]))
                 == window_driver_get_last (driver));
}

/* Every key of the table is one that GTK understands, and every action is there. */
static void
test_shortcuts (WindowDriver *driver)
{
  const char *action, *keys;

  for (guint i = 0; baleen_shortcuts_get (i, &action, &keys); i++)
    {
      g_auto (GStrv) each = g_strsplit (keys, " ", -1);

      for (guint j = 0; each[j] != NULL; j++)
        {
          g_autoptr (GtkShortcutTrigger) trigger = gtk_shortcut_trigger_parse_string (each[j]);

          g_assert_nonnull (trigger);
        }
      if (action != NULL && g_str_has_prefix (action, "win."))
        {
          gboolean is_there = FALSE;
          const GVariantType *type;
          const char *name, *property;
          GType owner;

          for (guint j = 0; gtk_widget_class_query_action (GTK_WIDGET_GET_CLASS (driver->window),
                                                           j, &owner, &name, &type, &property);
               j++)
            is_there = is_there || g_str_equal (name, action);
          if (!is_there)
            g_test_message ("no action %s", action);
          g_assert_true (is_there);
        }
    }
  gtk_widget_activate_action (GTK_WIDGET (driver->window), "win.shortcuts", NULL);
  window_driver_wait (200);
}

static void
test_narrow (WindowDriver *driver)
{
  gtk_window_set_default_size (GTK_WINDOW (driver->window), 360, 660);
  window_driver_wait_until (gtk_widget_has_css_class (GTK_WIDGET (driver->window), "narrow"));
  window_driver_wait (400);
  g_assert_cmpint (gtk_widget_get_width (GTK_WIDGET (driver->window)), ==, 360);
  window_driver_type (driver, "Go");
  window_driver_keys (driver, "Return");
  window_driver_wait_until (window_driver_is_over (driver));
  g_assert_cmpint (gtk_widget_get_width (GTK_WIDGET (driver->window)), ==, 360);
}

int
main (int    argc,
      char **argv)
{
  window_cases_init (&argc, &argv);
  fault_vfs_install ();
  WINDOW_CASE ("/window/what-is-typed-is-sent-and-answered", test_send);
  WINDOW_CASE ("/window/shift-enter-breaks-the-line", test_break);
  WINDOW_CASE ("/window/an-enter-of-the-input-method-never-sends", test_input_method);
  WINDOW_CASE ("/window/nothing-is-not-sent", test_nothing_to_send);
  WINDOW_CASE ("/window/stop-stands-where-send-stood-and-stops", test_stop);
  WINDOW_CASE ("/window/escape-steps-back-then-stops", test_escape);
  WINDOW_CASE2 ("/window/a-draft-and-its-cursor-come-back", test_draft, test_draft_again);
  WINDOW_CASE2 ("/window/conversations-are-there-tomorrow", test_conversations,
                test_conversations_again);
  WINDOW_CASE ("/window/deleting-can-be-undone", test_delete);
  WINDOW_CASE ("/window/a-card-that-went-wrong-is-said-and-can-be-tried-again", test_device_news);
  WINDOW_CASE ("/window/a-failed-load-keeps-the-model-and-says-why", test_failed_load);
  WINDOW_CASE ("/window/a-failed-answer-keeps-its-text-and-can-be-tried-again", test_failed_answer);
  WINDOW_CASE2 ("/window/a-long-conversation-opens-at-its-end", test_opens_at_end,
                test_opens_at_end_again);
  WINDOW_CASE2 ("/window/a-full-disk-is-said-and-text-is-saved-later", test_full_disk,
                test_full_disk_again);
  WINDOW_CASE2 ("/window/closed-in-mid-answer-the-text-is-kept", test_closed, test_closed_again);
  WINDOW_CASE ("/window/the-chooser-takes-the-focus-and-gives-it-back", test_chooser);
  WINDOW_CASE ("/window/tab-goes-round-and-stops-in-one-row", test_tab);
  WINDOW_CASE ("/window/every-key-of-the-table-works", test_shortcuts);
  WINDOW_CASE ("/window/360-pixels-are-enough", test_narrow);
  return g_test_run ();
}
