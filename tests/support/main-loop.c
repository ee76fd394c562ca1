#include "main-loop.h"

/* As in the window, whose application owns the main context from beginning to end: what another
 * thread has for the main thread waits for the loop. Of a context that nobody owned between two
 * turns that thread would run it itself. */
static void __attribute__ ((constructor))
own_main_context (void)
{
  g_main_context_acquire (NULL);
}

static gboolean
wake_cb (gpointer user_data)
{
  return G_SOURCE_CONTINUE;
}

void
main_loop_turn (void)
{
  const guint source = g_timeout_add (2, wake_cb, NULL);

  g_main_context_iteration (NULL, TRUE);
  g_source_remove (source);
}

void
main_loop_run_for (guint milliseconds)
{
  const gint64 end = g_get_monotonic_time () + milliseconds * (gint64) 1000;

  while (g_get_monotonic_time () < end)
    main_loop_turn ();
}
