/* Hints above the draft, as a user meets them. Needs a display of its own and xdotool. */
#include <string.h>

#include "baleen-coach-line.h"
#include "baleen-composer.h"
#include "window-cases.h"

static GSettings *
settings (WindowDriver *driver)
{
  return baleen_application_get_settings (driver->application);
}

static BaleenCoachLine *
line (WindowDriver *driver)
{
  GtkWidget *text = window_cases_text_view (driver);
  GtkWidget *box = gtk_widget_get_ancestor (text, GTK_TYPE_OVERLAY);

  for (box = gtk_widget_get_parent (box); box != NULL; box = gtk_widget_get_parent (box))
    for (GtkWidget *child = gtk_widget_get_first_child (box); child != NULL;
         child = gtk_widget_get_next_sibling (child))
      if (BALEEN_IS_COACH_LINE (child))
        return BALEEN_COACH_LINE (child);
  g_assert_not_reached ();
}

static void
wait_for_hint (WindowDriver *driver)
{
  window_driver_wait_until (baleen_coach_line_get_sentence (line (driver)) != NULL);
  window_driver_wait (50);
}

static void
press (WindowDriver *driver,
       const char   *words)
{
  GtkWidget *button = window_driver_find (line (driver), GTK_TYPE_BUTTON, words);

  g_assert_nonnull (button);
  g_signal_emit_by_name (button, "clicked");
  window_driver_wait (50);
}

static double
get_text_top (WindowDriver *driver)
{
  GtkWidget *text = window_cases_text_view (driver);
  graphene_rect_t bounds;

  g_assert_true (gtk_widget_compute_bounds (text, GTK_WIDGET (driver->window), &bounds));
  return bounds.origin.y;
}

/* What points at something lacks context at the beginning, not below an answer. */
static void
test_follow_up (WindowDriver *driver)
{
  window_driver_type (driver, "What does that mean?");
  wait_for_hint (driver);
  window_driver_keys (driver, "Return");
  window_driver_wait_until (window_driver_is_over (driver));
  window_driver_type (driver, "Can you explain this to me?");
  window_driver_wait (1500);
  g_assert_null (baleen_coach_line_get_sentence (line (driver)));
}

static void
test_apply (WindowDriver *driver)
{
  g_autofree char *draft = NULL;
  GtkWidget *focus;
  double top;

  window_driver_type (driver, "Recommend some good movies");
  focus = gtk_window_get_focus (GTK_WINDOW (driver->window));
  top = get_text_top (driver);
  g_assert_null (baleen_coach_line_get_sentence (line (driver)));
  wait_for_hint (driver);
  g_assert_cmpfloat (get_text_top (driver), ==, top);
  g_assert_true (gtk_window_get_focus (GTK_WINDOW (driver->window)) == focus);

  press (driver, "Use Better Wording");
  draft = window_driver_dup_draft (driver);
  g_assert_cmpstr (draft, !=, "Recommend some good movies");
  g_assert_cmpuint (strlen (draft), >, strlen ("Recommend some good movies"));
  g_assert_cmpfloat (get_text_top (driver), >, 0);
  window_driver_keys (driver, "ctrl+z");
  window_cases_assert_draft (driver, "Recommend some good movies");
}

static void
test_good (WindowDriver *driver)
{
  window_driver_type (driver, "What is the capital of Australia?");
  window_driver_wait (1200);
  g_assert_null (baleen_coach_line_get_sentence (line (driver)));
}

/* Typing goes on while a hint is there, and takes it away. */
static void
test_typing (WindowDriver *driver)
{
  window_driver_type (driver, "Fix my code");
  wait_for_hint (driver);
  window_driver_type (driver, " x");
  g_assert_null (baleen_coach_line_get_sentence (line (driver)));
}

static void
test_dismiss (WindowDriver *driver)
{
  g_auto (GStrv) off = NULL;

  g_settings_reset (settings (driver), "hints-dismissed");
  g_settings_reset (settings (driver), "hints-off");
  window_driver_type (driver, "Recommend some good movies");
  wait_for_hint (driver);
  window_driver_keys (driver, "Escape");
  g_assert_null (baleen_coach_line_get_sentence (line (driver)));
  window_driver_type (driver, " ");
  window_driver_wait (1200);
  g_assert_null (baleen_coach_line_get_sentence (line (driver)));

  /* The next draft is another one; the second dismissal brings the offer. */
  window_driver_keys (driver, "ctrl+a BackSpace");
  window_driver_type (driver, "Suggest some nice books");
  wait_for_hint (driver);
  press (driver, "Dismiss");
  g_assert_nonnull (baleen_coach_line_get_sentence (line (driver)));
  press (driver, "Turn Off");
  off = g_settings_get_strv (settings (driver), "hints-off");
  g_assert_cmpstr (off[0], ==, "ambiguous");
  window_driver_keys (driver, "ctrl+a BackSpace");
  window_driver_type (driver, "Suggest some good songs");
  window_driver_wait (1200);
  g_assert_null (baleen_coach_line_get_sentence (line (driver)));
  g_settings_reset (settings (driver), "hints-off");
}

static void
test_off (WindowDriver *driver)
{
  g_settings_set_boolean (settings (driver), "hints", FALSE);
  window_driver_type (driver, "Recommend some good movies");
  window_driver_wait (1200);
  g_assert_null (baleen_coach_line_get_sentence (line (driver)));
  g_assert_false (gtk_widget_get_visible (GTK_WIDGET (line (driver))));
  g_settings_reset (settings (driver), "hints");
}

static void
test_repeat (WindowDriver *driver)
{
  window_driver_type (driver, "Why is the sky blue?");
  window_driver_keys (driver, "Return");
  window_driver_wait_until (window_driver_is_over (driver));
  window_driver_type (driver, "Why is the sky blue?");
  wait_for_hint (driver);
  press (driver, "Use Better Wording");
  {
    g_autofree char *draft = window_driver_dup_draft (driver);

    g_assert_nonnull (strstr (draft, "Why is the sky blue?"));
    g_assert_cmpstr (draft, !=, "Why is the sky blue?");
  }
}

static void
test_preedit (WindowDriver *driver)
{
  GtkWidget *text = window_cases_text_view (driver);

  window_driver_type (driver, "Recommend some good movies");
  g_signal_emit_by_name (text, "preedit-changed", "ni");
  window_driver_wait (1200);
  g_assert_null (baleen_coach_line_get_sentence (line (driver)));
  g_signal_emit_by_name (text, "preedit-changed", "");
}

static void
test_language (WindowDriver *driver)
{
  static const char *const english[] = { "en", NULL };
  BaleenComposer *composer
      = BALEEN_COMPOSER (window_driver_find_in (driver, BALEEN_TYPE_COMPOSER, NULL));

  baleen_composer_set_reading (composer, english, 0);
  baleen_composer_set_text (composer, "水的沸点是多少度？");
  wait_for_hint (driver);
  g_assert_cmpstr (baleen_coach_line_get_sentence (line (driver)), ==,
                   "Script knows English only.");
  press (driver, "Send Anyway");
  window_driver_wait_until (window_driver_get_n_messages (driver) == 2);
  window_driver_wait_until (window_driver_is_over (driver));
}

int
main (int    argc,
      char **argv)
{
  window_cases_init (&argc, &argv);
  WINDOW_CASE ("/hints/better-wording-is-one-undo-step", test_apply);
  WINDOW_CASE ("/hints/a-follow-up-has-its-context", test_follow_up);
  WINDOW_CASE ("/hints/good-questions-are-left-alone", test_good);
  WINDOW_CASE ("/hints/typing-takes-them-away", test_typing);
  WINDOW_CASE ("/hints/dismissed-twice-offers-to-turn-off", test_dismiss);
  WINDOW_CASE ("/hints/all-can-be-turned-off", test_off);
  WINDOW_CASE ("/hints/a-repeat-is-seen", test_repeat);
  WINDOW_CASE ("/hints/wait-for-the-input-method", test_preedit);
  WINDOW_CASE ("/hints/say-what-language-a-model-lacks", test_language);
  return g_test_run ();
}
