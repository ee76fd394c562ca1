/* Drives the window as a user does: real keys through the X server, real widgets. */
#pragma once

#include "baleen-window.h"

G_BEGIN_DECLS

typedef struct
{
  char *directory;
  char *model;
  BaleenApplication *application;
  BaleenWindow *window;
  gboolean quits; /* this visit ends as with Ctrl+Q, not by closing the window */
} WindowDriver;

typedef void (*WindowDriverFunc) (WindowDriver *driver);

/* Runs the program over the script of fake-backend.h, calls `func` once the window is there
 * and its model stands, and closes the window. The directory stays, so that what was said is
 * there the next time. */
void window_driver_run (WindowDriver    *driver,
                        WindowDriverFunc func);
/* Removes the directory. */
void window_driver_clear (WindowDriver *driver);

/* Without a window manager nobody else gives the window the focus, nor gives it back when another
 * window has closed. */
void window_driver_take_focus (WindowDriver *driver);

/* One key each, as xdotool names them: "Return", "ctrl+n". */
void window_driver_keys (WindowDriver *driver,
                         const char   *keys);
void window_driver_type (WindowDriver *driver,
                         const char   *text);

/* The pointer pressed at one place of the window and let go at another. */
void window_driver_drag (WindowDriver *driver,
                         int           from_x,
                         int           from_y,
                         int           to_x,
                         int           to_y);

/* Lets the main loop run so long. */
void window_driver_wait (guint milliseconds);
#define window_driver_wait_until(condition)                                \
  G_STMT_START                                                             \
  {                                                                        \
    const gint64 end_ = g_get_monotonic_time () + 60 * G_USEC_PER_SEC;     \
    while (!(condition))                                                   \
      {                                                                    \
        g_assert_cmpint (g_get_monotonic_time (), <, end_);                \
        window_driver_wait (5);                                            \
      }                                                                    \
  }                                                                        \
  G_STMT_END

/* The first visible widget below `root` of that type whose visible text, or tooltip, is
 * `words`; `words` NULL: the first of the type. NULL when there is none. */
GtkWidget *window_driver_find (gpointer    root,
                               GType       type,
                               const char *words);
#define window_driver_find_in(driver, type, words) \
  window_driver_find ((driver)->window, type, words)

char *window_driver_dup_draft (WindowDriver *driver);
/* The messages shown; the last of them. */
guint window_driver_get_n_messages (WindowDriver *driver);
BaleenMessage *window_driver_get_last (WindowDriver *driver);
gboolean window_driver_is_over (WindowDriver *driver);

G_END_DECLS
