/* What comes back: the focus when something closes, what was pasted by one undo; and what the
 * sidebar calls the days. */
#include <adwaita.h>
#include <string.h>

#include "baleen-window-private.h"
#include "baleen-words.h"
#include "window-cases.h"

static GtkWidget *
get_focus (WindowDriver *driver)
{
  return gtk_window_get_focus (GTK_WINDOW (driver->window));
}

/* What opens by a key and takes the focus, and the key that closes it. */
static void
test_focus (WindowDriver *driver)
{
  static const char *const keys[][2]
      = { { "ctrl+m", "Escape" }, { "ctrl+f", "Escape" } };
  GtkWidget *text = window_cases_text_view (driver);

  window_driver_type (driver, "Go");
  window_driver_keys (driver, "Return");
  window_driver_wait_until (window_driver_is_over (driver));
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    {
      g_test_message ("%s", keys[i][0]);
      window_driver_wait_until (get_focus (driver) == text);
      window_driver_keys (driver, keys[i][0]);
      window_driver_wait_until (get_focus (driver) != text);
      window_driver_keys (driver, keys[i][1]);
      window_driver_wait_until (get_focus (driver) == text);
    }
}

static GtkWidget *
find_insert (WindowDriver *driver)
{
  return window_driver_find (driver->window->composer, GTK_TYPE_BUTTON, "Insert as Text");
}

/* Long text becomes a file that says how it comes into the draft; one undo does it, too. */
static void
test_paste (WindowDriver *driver)
{
  g_autofree char *words = window_cases_many_words (45);
  g_autofree char *draft = NULL;

  g_assert_cmpuint (strlen (words), >, 5000);
  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (driver->window)), words);
  window_driver_keys (driver, "ctrl+v");
  window_driver_wait_until (find_insert (driver) != NULL);
  window_cases_assert_draft (driver, "");
  window_driver_keys (driver, "ctrl+z");
  window_driver_wait_until (find_insert (driver) == NULL);
  window_driver_wait (100);
  draft = window_driver_dup_draft (driver);
  g_assert_true (g_str_has_prefix (draft, "Paragraph 0 goes on"));
  g_assert_cmpuint (strlen (g_strchomp (draft)), ==, strlen (g_strchomp (words)));
  window_driver_wait_until (find_insert (driver) == NULL);
}

static gint64
at (int year,
    int month,
    int day,
    int hour,
    int minute)
{
  g_autoptr (GDateTime) time = g_date_time_new_local (year, month, day, hour, minute, 0);

  return g_date_time_to_unix (time) * G_USEC_PER_SEC;
}

static void
test_days (void)
{
  const struct
  {
    gint64 time;
    const char *words;
  } days[] = {
    { at (2026, 3, 11, 14, 5), "14:05" },     { at (2026, 3, 11, 0, 0), "00:00" },
    { at (2026, 3, 10, 23, 59), "Yesterday" }, { at (2026, 3, 9, 9, 0), "Monday" },
    { at (2026, 3, 5, 9, 0), "Thursday" },     { at (2026, 3, 4, 9, 0), "4 Mar" },
    { at (2025, 11, 12, 9, 0), "12 Nov 2025" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (days); i++)
    {
      g_autofree char *words = baleen_words_day (days[i].time, at (2026, 3, 11, 15, 0));

      g_assert_cmpstr (words, ==, days[i].words);
    }
}

int
main (int    argc,
      char **argv)
{
  window_cases_init (&argc, &argv);
  WINDOW_CASE ("/returns/closing-gives-the-focus-back", test_focus);
  WINDOW_CASE ("/returns/one-undo-brings-what-was-pasted-inline", test_paste);
  g_test_add_func ("/returns/days-are-called-as-people-do", test_days);
  return g_test_run ();
}
