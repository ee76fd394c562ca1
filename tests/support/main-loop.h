/* Waiting for what comes about on the main loop. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Lets the main loop run so long. */
void main_loop_run_for (guint milliseconds);

/* One turn of the loop, that takes some milliseconds at most: what is waited for may come about
 * on another thread, which wakes nobody. */
void main_loop_turn (void);

/* Lets the main loop run until the condition holds; a minute without that fails the test, which
 * a busy machine does not reach. */
#define WAIT_UNTIL(condition)                                           \
  G_STMT_START                                                          \
  {                                                                     \
    const gint64 end_ = g_get_monotonic_time () + 60 * G_USEC_PER_SEC;  \
                                                                        \
    while (!(condition))                                                \
      {                                                                 \
        if (g_get_monotonic_time () > end_)                             \
          g_error ("%s: waited a minute for " #condition, G_STRFUNC);   \
        main_loop_turn ();                                              \
      }                                                                 \
  }                                                                     \
  G_STMT_END

G_END_DECLS
