/* The window and the context: the meter, making room, thinking that is ended, long answers in
 * sections, and the preferences. Needs a display of its own and xdotool. */
#include <adwaita.h>
#include <string.h>

#include "baleen-composer.h"
#include "baleen-context-meter.h"
#include "baleen-note-view.h"
#include "baleen-outline-view.h"
#include "baleen-transcript.h"
#include "baleen-window-private.h"
#include "fake-backend.h"
#include "window-cases.h"

static GtkWidget *
find_button (WindowDriver *driver,
             const char   *words)
{
  return window_driver_find_in (driver, GTK_TYPE_BUTTON, words);
}

static void
click (WindowDriver *driver,
       const char   *words)
{
  GtkWidget *button = find_button (driver, words);

  g_assert_nonnull (button);
  g_signal_emit_by_name (button, "clicked");
}

static gboolean
has_label (WindowDriver *driver,
           const char   *words)
{
  return window_driver_find_in (driver, GTK_TYPE_LABEL, words) != NULL;
}

static void
ask (WindowDriver *driver,
     const char   *question)
{
  window_driver_type (driver, question);
  window_driver_keys (driver, "Return");
  window_driver_wait_until (window_driver_is_over (driver));
}

/* The script counts four bytes a token and ten tokens for its template. */
static void
test_meter (WindowDriver *driver)
{
  window_driver_type (driver, "Twelve bytes");
  window_driver_wait_until (has_label (driver, "13 of 1048576"));
  window_driver_keys (driver, "ctrl+i");
  window_driver_wait_until (has_label (driver, "This message"));
  g_assert_true (has_label (driver, "3"));
  g_assert_true (has_label (driver, "10"));
  window_driver_keys (driver, "Escape");
}

static const BaleenPromptCount *
counted (WindowDriver *driver)
{
  return baleen_context_counter_get (driver->window->counter);
}

/* Files and what a search may find have rows of their own, and all rows come to the total. */
static void
test_parts (WindowDriver *driver)
{
  g_autofree char *text = g_strnfill (400, 'a');
  gsize sum = 0;

  fake_backend_set_context (8192);
  baleen_window_attach_text (driver->window, text);
  window_driver_type (driver, "Twelve bytes");
  window_driver_wait_until (counted (driver)->parts[BALEEN_COUNT_FILES] >= 100
                            && counted (driver)->parts[BALEEN_COUNT_MESSAGE] == 3);
  g_settings_set_string (baleen_application_get_settings (driver->application), "search-address",
                         "http://127.0.0.1:9");
  window_driver_wait (100);
  baleen_composer_set_search (BALEEN_COMPOSER (driver->window->composer), TRUE);
  window_driver_wait_until (counted (driver)->parts[BALEEN_COUNT_SEARCH] > 0);
  for (guint i = 0; i < BALEEN_N_COUNTS; i++)
    sum += counted (driver)->parts[i];
  g_assert_cmpuint (sum, ==, counted (driver)->total);
  g_assert_true (counted (driver)->is_estimate);
  window_driver_keys (driver, "ctrl+i");
  window_driver_wait_until (has_label (driver, "Files"));
  g_assert_true (has_label (driver, "Search results, at most"));
  window_driver_keys (driver, "Escape");
  baleen_composer_set_search (BALEEN_COMPOSER (driver->window->composer), FALSE);
  g_settings_reset (baleen_application_get_settings (driver->application), "search-address");
}

static void
enter_long_talk (WindowDriver *driver)
{
  g_autofree char *answer = window_cases_many_words (12);

  fake_backend_set_answer (NULL, answer, 10);
  for (guint i = 0; i < 4; i++)
    ask (driver, "Go on");
}

static const BaleenModelFacts *
facts (WindowDriver *driver)
{
  return baleen_engine_service_get_facts (baleen_application_get_engine (driver->application));
}

static void
set_small_context (WindowDriver *driver)
{
  fake_backend_set_context (1200);
  baleen_application_open_model (driver->application, driver->model);
  window_driver_wait_until (facts (driver) != NULL && facts (driver)->n_context == 1200);
}

/* Over the context nothing is sent and nothing is cut: it is asked what shall be done. */
static void
test_make_room (WindowDriver *driver)
{
  guint n_messages;

  enter_long_talk (driver);
  set_small_context (driver);
  window_driver_type (driver, "And then?");
  window_driver_wait_until (find_button (driver, "Make Room…") != NULL);
  n_messages = window_driver_get_n_messages (driver);
  window_driver_keys (driver, "Return");
  window_driver_wait (300);
  g_assert_cmpuint (window_driver_get_n_messages (driver), ==, n_messages);
  window_driver_keys (driver, "Escape");
  window_driver_wait (200);

  fake_backend_set_batch_answer ("They went on.");
  gtk_widget_activate_action (GTK_WIDGET (driver->window), "win.summarize-older", NULL);
  window_driver_wait_until (window_driver_find_in (driver, BALEEN_TYPE_NOTE_VIEW, NULL) != NULL);
  g_assert_true (g_str_has_prefix (baleen_message_get_text (window_driver_get_last (driver)),
                                   "They went on."));
  window_driver_wait_until (find_button (driver, "Make Room…") == NULL);
  click (driver, "Send Them Again");
  window_driver_wait_until (find_button (driver, "Make Room…") != NULL);
  g_assert_cmpuint (window_driver_get_n_messages (driver), ==, n_messages + 1);
}

static void
test_new_chat (WindowDriver *driver)
{
  enter_long_talk (driver);
  fake_backend_set_batch_answer ("They went on.");
  window_driver_type (driver, "And then?");
  gtk_widget_activate_action (GTK_WIDGET (driver->window), "win.continue-in-new-chat", NULL);
  window_driver_wait_until (window_driver_find_in (driver, BALEEN_TYPE_NOTE_VIEW, NULL) != NULL);
  g_assert_cmpuint (window_driver_get_n_messages (driver), ==, 1);
  window_cases_assert_draft (driver, "And then?");
}

static const char *
banner (WindowDriver *driver)
{
  return baleen_banner_get_sentence (BALEEN_BANNER (driver->window->banner));
}

/* What is said of one chat is not said beside another. */
static void
test_chat_banner (WindowDriver *driver)
{
  gtk_widget_activate_action (GTK_WIDGET (driver->window), "win.summarize-older", NULL);
  g_assert_nonnull (banner (driver));
  g_assert_true (g_str_has_prefix (banner (driver), "There are no older turns"));
  ask (driver, "Go on");
  g_assert_nonnull (banner (driver));
  gtk_widget_activate_action (GTK_WIDGET (driver->window), "win.new-chat", NULL);
  g_assert_null (banner (driver));

  baleen_window_show_banner (driver->window, "The disk is full.", NULL, NULL);
  baleen_window_show_conversation (
      driver->window, baleen_history_get_blank (baleen_application_get_history (driver->application)));
  g_assert_cmpstr (banner (driver), ==, "The disk is full.");
}

static void
test_answer_now (WindowDriver *driver)
{
  fake_backend_set_answer ("one two three four five six seven eight nine ten eleven twelve",
                           "The answer.", 50000);
  window_driver_keys (driver, "ctrl+d");
  window_driver_type (driver, "Think");
  window_driver_keys (driver, "Return");
  window_driver_wait_until (find_button (driver, "Answer Now") != NULL);
  window_driver_keys (driver, "ctrl+j");
  window_driver_wait_until (window_driver_is_over (driver));
  g_assert_cmpstr (baleen_message_get_text (window_driver_get_last (driver)), ==, "The answer.");
  g_assert_null (strstr (baleen_message_get_thought (window_driver_get_last (driver)), "twelve"));
  window_driver_wait_until (find_button (driver, "Answer Now") == NULL);
}

/* A server that is busy says for how long, and need not be waited for. */
static void
test_try_now (WindowDriver *driver)
{
  fake_backend_set_answer (NULL, "At last.", 100);
  fake_backend_set_busy (50);
  window_driver_type (driver, "Hello");
  window_driver_keys (driver, "Return");
  window_driver_wait_until (find_button (driver, "Try Now") != NULL);
  window_driver_wait_until (has_label (driver, "The server is busy. Trying again in 50 s."));
  click (driver, "Try Now");
  window_driver_wait_until (window_driver_is_over (driver));
  g_assert_cmpstr (baleen_message_get_text (window_driver_get_last (driver)), ==, "At last.");
  window_driver_wait_until (find_button (driver, "Try Now") == NULL);
}

/* The hint about many things at once does something about it. */
static void
test_points (WindowDriver *driver)
{
  fake_backend_set_answer (NULL, "Some words.", 100);
  window_driver_type (driver, "Why do cats purr? How far is the moon? Who wrote Faust? "
                              "What is a good name for a boat?");
  window_driver_wait_until (find_button (driver, "Answer One by One") != NULL);
  click (driver, "Answer One by One");
  window_driver_wait_until (find_button (driver, "Answer Again") != NULL
                            && window_driver_is_over (driver));
  g_assert_cmpstr (baleen_message_get_text (window_driver_get_last (driver)), ==,
                   "## 1. Why do cats purr?\n\nSome words.\n\n## 2. How far is the moon?\n\n"
                   "Some words.\n\n## 3. Who wrote Faust?\n\nSome words.\n\n"
                   "## 4. What is a good name for a boat?\n\nSome words.");
  g_assert_null (find_button (driver, "Answer All"));
}

static void
test_outline (WindowDriver *driver)
{
  fake_backend_set_answer (NULL, "1. First\n2. Second\n", 100);
  window_driver_type (driver, "Write a book");
  gtk_widget_activate_action (GTK_WIDGET (driver->window), "win.outline-first", NULL);
  window_driver_wait_until (window_driver_find_in (driver, BALEEN_TYPE_OUTLINE_VIEW, NULL) != NULL);
  window_driver_wait_until (window_driver_is_over (driver));
  fake_backend_set_answer (NULL, "Some words.", 100);
  window_driver_wait_until (window_driver_find_in (driver, GTK_TYPE_ENTRY, NULL) != NULL
                            && find_button (driver, "Write All") != NULL);
  gtk_editable_set_text (GTK_EDITABLE (window_driver_find_in (driver, GTK_TYPE_ENTRY, NULL)),
                         "The beginning");
  click (driver, "Write All");
  window_driver_wait_until (find_button (driver, "Write Again") != NULL
                            && window_driver_is_over (driver));
  g_assert_cmpstr (baleen_message_get_text (window_driver_get_last (driver)), ==,
                   "## The beginning\n\nSome words.\n\n## Second\n\nSome words.");
}

static GtkWindow *
find_preferences (void)
{
  g_autoptr (GList) windows = gtk_window_list_toplevels ();

  for (GList *l = windows; l != NULL; l = l->next)
    if (ADW_IS_PREFERENCES_WINDOW (l->data))
      return l->data;
  return NULL;
}

/* What is chosen is done: Enter breaks the line when Ctrl+Enter sends. */
static void
test_preferences (WindowDriver *driver)
{
  GSettings *settings = baleen_application_get_settings (driver->application);
  GtkWindow *window;

  window_driver_keys (driver, "ctrl+comma");
  window_driver_wait_until ((window = find_preferences ()) != NULL);
  g_assert_nonnull (window_driver_find (window, ADW_TYPE_COMBO_ROW, NULL));
  gtk_window_close (window);
  window_driver_wait (200);

  g_settings_set_string (settings, "send-with", "control-enter");
  window_driver_type (driver, "one");
  window_driver_keys (driver, "Return");
  window_driver_type (driver, "two");
  window_cases_assert_draft (driver, "one\ntwo");
  window_driver_keys (driver, "ctrl+Return");
  window_driver_wait_until (window_driver_is_over (driver));
  g_settings_reset (settings, "send-with");
}

/* Those that wait say at once how many come before them, and fewer as those end. */
static void
test_queue (WindowDriver *driver)
{
  g_autofree char *words = window_cases_many_words (4000);

  fake_backend_set_answer (NULL, words, 20000);
  for (guint i = 0; i < 3; i++)
    {
      window_driver_type (driver, "Go");
      window_driver_keys (driver, "Return");
    }
  window_driver_wait_until (has_label (driver, "Waiting · 2 before this"));
  g_assert_true (has_label (driver, "Waiting · 1 before this"));
  baleen_chat_stop (baleen_application_get_chat (driver->application), driver->window->running);
  window_driver_wait_until (!has_label (driver, "Waiting · 2 before this"));
  g_assert_true (has_label (driver, "Waiting · 1 before this"));
  click (driver, "Stop");
  window_driver_wait_until (window_driver_is_over (driver));
}

/* An answer that failed because too much goes along offers the same choice. */
static void
test_room_for_failed (WindowDriver *driver)
{
  fake_backend_set_failure ("This is too long.", BALEEN_REMEDY_MAKE_ROOM);
  ask (driver, "Go on");
  fake_backend_set_failure (NULL, 0);
  click (driver, "Make Room…");
  window_driver_wait_until (
      window_driver_find_in (driver, GTK_TYPE_LABEL, "Summarize Older Turns") != NULL);
  window_driver_keys (driver, "Escape");
}

int
main (int    argc,
      char **argv)
{
  window_cases_init (&argc, &argv);
  WINDOW_CASE ("/window-context/what-is-said-of-a-chat-goes-with-it", test_chat_banner);
  WINDOW_CASE ("/window-context/the-meter-counts-what-would-be-sent", test_meter);
  WINDOW_CASE ("/window-context/files-and-searches-are-counted-apart", test_parts);
  WINDOW_CASE ("/window-context/what-does-not-fit-is-a-choice", test_make_room);
  WINDOW_CASE ("/window-context/what-failed-for-its-length-is-a-choice", test_room_for_failed);
  WINDOW_CASE ("/window-context/those-that-wait-say-how-many-are-before", test_queue);
  WINDOW_CASE ("/window-context/a-new-chat-carries-a-summary", test_new_chat);
  WINDOW_CASE ("/window-context/a-thought-can-be-ended", test_answer_now);
  WINDOW_CASE ("/window-context/a-busy-server-can-be-hurried", test_try_now);
  WINDOW_CASE ("/window-context/a-long-answer-is-written-in-sections", test_outline);
  WINDOW_CASE ("/window-context/many-questions-are-answered-one-by-one", test_points);
  WINDOW_CASE ("/window-context/preferences-apply-at-once", test_preferences);
  return g_test_run ();
}
