#include "window-cases.h"

#include <math.h>

#include "baleen-composer.h"
#include "baleen-message-row.h"
#include "baleen-transcript.h"
#include "fake-backend.h"

void
window_cases_init (int    *argc,
                   char ***argv)
{
  g_setenv ("GTK_IM_MODULE", "gtk-im-context-simple", TRUE);
  g_setenv ("GSETTINGS_BACKEND", "memory", TRUE);
  g_setenv ("GSK_RENDERER", "cairo", TRUE);
  g_setenv ("GDK_BACKEND", "x11", TRUE);
  gtk_test_init (argc, argv, NULL);
}

void
window_cases_set_up (WindowDriver *driver,
                     gconstpointer data)
{
  fake_backend_set_answer (NULL, "One two three.", 2000);
  fake_backend_set_failure (NULL, 0);
  fake_backend_set_prompt (0, 0);
}

void
window_cases_run (WindowDriver *driver,
                  gconstpointer data)
{
  const WindowCase *visits = data;

  window_driver_run (driver, visits->first);
  if (visits->second != NULL)
    window_driver_run (driver, visits->second);
}

void
window_cases_tear_down (WindowDriver *driver,
                        gconstpointer data)
{
  window_driver_clear (driver);
}

GtkWidget *
window_cases_text_view (WindowDriver *driver)
{
  return baleen_composer_get_text_view (
      BALEEN_COMPOSER (window_driver_find_in (driver, BALEEN_TYPE_COMPOSER, NULL)));
}

static gboolean
has_draft (WindowDriver *driver,
           const char   *text)
{
  g_autofree char *draft = window_driver_dup_draft (driver);

  return g_strcmp0 (draft, text) == 0;
}

/* Keys take their time through the X server. */
void
window_cases_assert_draft (WindowDriver *driver,
                           const char   *expected)
{
  const gint64 end = g_get_monotonic_time () + 10 * G_USEC_PER_SEC;
  g_autofree char *draft = NULL;

  while (!has_draft (driver, expected) && g_get_monotonic_time () < end)
    window_driver_wait (5);
  draft = window_driver_dup_draft (driver);
  g_assert_cmpstr (draft, ==, expected);
}

GtkAdjustment *
window_cases_adjustment (WindowDriver *driver)
{
  GtkWidget *transcript = window_driver_find_in (driver, BALEEN_TYPE_TRANSCRIPT, NULL);
  GtkWidget *scroller = window_driver_find (transcript, GTK_TYPE_SCROLLED_WINDOW, NULL);

  return gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (scroller));
}

gboolean
window_cases_is_at_end (WindowDriver *driver)
{
  GtkAdjustment *a = window_cases_adjustment (driver);

  return fabs (gtk_adjustment_get_value (a) + gtk_adjustment_get_page_size (a)
               - gtk_adjustment_get_upper (a))
         < 2;
}

/* What is drawn agrees with where the view says it is. */
double
window_cases_drawn_offset (WindowDriver *driver)
{
  GtkWidget *transcript = window_driver_find_in (driver, BALEEN_TYPE_TRANSCRIPT, NULL);
  GtkWidget *scroller = window_driver_find (transcript, GTK_TYPE_SCROLLED_WINDOW, NULL);
  GtkWidget *row = window_driver_find (scroller, BALEEN_TYPE_MESSAGE_ROW, NULL);
  graphene_rect_t bounds;

  g_assert_true (gtk_widget_compute_bounds (gtk_widget_get_parent (row), scroller, &bounds));
  return -bounds.origin.y - gtk_adjustment_get_value (window_cases_adjustment (driver));
}

char *
window_cases_many_words (guint n_paragraphs)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < n_paragraphs; i++)
    g_string_append_printf (text,
                            "Paragraph %u goes on for a while, long enough to need a second "
                            "line in a window of the usual width, and then it ends.\n\n",
                            i);
  return g_string_free (text, FALSE);
}

void
window_cases_place (GtkWidget       *widget,
                    gpointer         window,
                    graphene_rect_t *bounds)
{
  g_assert_true (gtk_widget_compute_bounds (widget, window, bounds));
}

static void
got_text_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  *(char **) user_data
      = gdk_clipboard_read_text_finish (GDK_CLIPBOARD (source), result, NULL);
}

char *
window_cases_dup_clipboard (WindowDriver *driver)
{
  char *text = NULL;

  gdk_clipboard_read_text_async (gtk_widget_get_clipboard (GTK_WIDGET (driver->window)), NULL,
                                 got_text_cb, &text);
  window_driver_wait_until (text != NULL);
  return text;
}
