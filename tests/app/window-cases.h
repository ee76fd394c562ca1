/* What the tests of the window share: cases of one or two visits, and looks at what is there. */
#pragma once

#include "window-driver.h"

G_BEGIN_DECLS

/* What is done in the window, and what in the window that is opened after it. */
typedef struct
{
  WindowDriverFunc first;
  WindowDriverFunc second; /* (nullable) */
} WindowCase;

/* A case with a fixture of its own. */
#define WINDOW_CASE_AFTER(set_up, path, ...)                                               \
  G_STMT_START                                                                             \
  {                                                                                        \
    static const WindowCase visits = { __VA_ARGS__ };                                      \
                                                                                           \
    g_test_add (path, WindowDriver, &visits, set_up, window_cases_run,                     \
                window_cases_tear_down);                                                   \
  }                                                                                        \
  G_STMT_END
#define WINDOW_CASE2(path, ...) WINDOW_CASE_AFTER (window_cases_set_up, path, __VA_ARGS__)
#define WINDOW_CASE(path, func) WINDOW_CASE2 (path, func, NULL)

/* Instead of gtk_test_init(). */
void window_cases_init (int    *argc,
                        char ***argv);

/* The fixture of every case: a script that says “One two three.” */
void window_cases_set_up (WindowDriver *driver,
                          gconstpointer data);
void window_cases_run (WindowDriver *driver,
                       gconstpointer data);
void window_cases_tear_down (WindowDriver *driver,
                             gconstpointer data);
GtkWidget *window_cases_text_view (WindowDriver *driver);
void window_cases_assert_draft (WindowDriver *driver,
                                const char   *expected);
/* Of the transcript. */
GtkAdjustment *window_cases_adjustment (WindowDriver *driver);
gboolean window_cases_is_at_end (WindowDriver *driver);
/* How far what is drawn is from where the view says it is. */
double window_cases_drawn_offset (WindowDriver *driver);
/* Paragraphs long enough to wrap. */
char *window_cases_many_words (guint n_paragraphs);
/* Where a widget is in the window. */
void window_cases_place (GtkWidget       *widget,
                         gpointer         window,
                         graphene_rect_t *bounds);
/* The text on the clipboard. */
char *window_cases_dup_clipboard (WindowDriver *driver);

G_END_DECLS
