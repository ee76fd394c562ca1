/* How fast the window is; run by the script “window” beside this, which has an X server.
 *
 *   bench-window fill DIRECTORY N     makes a history with one conversation of N messages
 *   bench-window start DIRECTORY     until the window is drawn and can be written in
 *   bench-window open DIRECTORY      until the end of that conversation is drawn
 *   bench-window stream DIRECTORY    the loop while 100 tokens a second come into it
 *   bench-window long DIRECTORY N    makes a history with one answer of N blocks
 *   bench-window blocks DIRECTORY    until the end of that answer is drawn, and the longest time
 *                                    that the window stood still until all of it was there
 *
 * The environment's BENCH_START is when the process was started, in nanoseconds since 1970. */
#include <string.h>
#include <time.h>

#include "baleen-application.h"
#include "baleen-window-private.h"
#include "fake-backend.h"

#define STREAM_SECONDS 15
#define BLOCKS_SECONDS 10

/* A word is a token of the script. */
#define WORD_MICROSECONDS 10000

typedef void (*Job) (BaleenApplication *application,
                     BaleenWindow      *window);

/* ---- text ------------------------------------------------------------------------------- */

static char *
make_answer (guint n_parts)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < n_parts; i++)
    g_string_append_printf (
        text,
        "## Part %u\n\nA *whale* takes in a whole sea and keeps **what feeds it**; the rest "
        "flows out between its plates, as it did `%u` million years ago.\n\n"
        "- one thing that is said\n- another one, with a [link](https://example.org/%u)\n\n"
        "```c\nfor (guint i = 0; i < n; i++)\n  filter (sea[i]); /* part %u */\n```\n\n",
        i, i, i, i);
  return g_string_free (text, FALSE);
}

/* ---- waiting ---------------------------------------------------------------------------- */

static gboolean
wake_cb (gpointer user_data)
{
  *(gboolean *) user_data = TRUE;
  return G_SOURCE_REMOVE;
}

static void
wait_seconds (double seconds)
{
  gboolean is_over = FALSE;

  g_timeout_add ((guint) (seconds * 1000), wake_cb, &is_over);
  while (!is_over)
    g_main_context_iteration (NULL, TRUE);
}

static void
painted_cb (GdkFrameClock *clock,
            gboolean      *is_painted)
{
  *is_painted = TRUE;
}

/* Until a whole frame that was begun from now on is on its way to the screen. */
static void
wait_for_frame (BaleenWindow *window)
{
  GdkFrameClock *clock = gtk_widget_get_frame_clock (GTK_WIDGET (window));
  gboolean is_painted = FALSE;
  gulong id = g_signal_connect (clock, "after-paint", G_CALLBACK (painted_cb), &is_painted);

  gtk_widget_queue_draw (GTK_WIDGET (window));
  while (!is_painted)
    g_main_context_iteration (NULL, TRUE);
  g_signal_handler_disconnect (clock, id);
}

/* ---- filling ---------------------------------------------------------------------------- */

static int
fill (const char *directory,
      guint       n_messages)
{
  BaleenStore *store = baleen_store_new (directory);
  BaleenHistory *history = baleen_history_new (store);
  BaleenConversation *conversation;
  g_autofree char *answer = make_answer (2);

  while (!baleen_history_get_is_opened (history))
    g_main_context_iteration (NULL, TRUE);
  conversation = baleen_history_get_blank (history);
  for (guint i = 0; i < n_messages; i++)
    baleen_history_add_message (history, conversation, baleen_conversation_get_head (conversation),
                                i % 2 == 0 ? BALEEN_ROLE_USER : BALEEN_ROLE_ASSISTANT,
                                i % 2 == 0 ? "And what does it do then?" : answer,
                                BALEEN_STATE_DONE);
  baleen_store_close (store);
  g_object_unref (history);
  g_object_unref (store);
  return 0;
}

/* One answer of many small blocks: what a model writes that repeats itself. */
static int
fill_long (const char *directory,
           guint       n_blocks)
{
  BaleenStore *store = baleen_store_new (directory);
  BaleenHistory *history = baleen_history_new (store);
  g_autoptr (GString) text = g_string_new (NULL);
  BaleenConversation *conversation;

  while (!baleen_history_get_is_opened (history))
    g_main_context_iteration (NULL, TRUE);
  conversation = baleen_history_get_blank (history);
  for (guint i = 0; i < n_blocks; i++)
    g_string_append_printf (text, "Block %u of what feeds a *whale* in the **sea**.\n\n", i);
  baleen_history_add_message (history, conversation, NULL, BALEEN_ROLE_USER, "Go on.",
                              BALEEN_STATE_DONE);
  baleen_history_add_message (history, conversation, baleen_conversation_get_head (conversation),
                              BALEEN_ROLE_ASSISTANT, text->str, BALEEN_STATE_DONE);
  baleen_store_close (store);
  g_object_unref (history);
  g_object_unref (store);
  return 0;
}

/* ---- starting --------------------------------------------------------------------------- */

static void
measure_start (BaleenApplication *application,
               BaleenWindow      *window)
{
  const char *start = g_getenv ("BENCH_START");

  while (baleen_window_get_conversation (window) == NULL
         || !gtk_widget_get_mapped (GTK_WIDGET (window)))
    g_main_context_iteration (NULL, TRUE);
  wait_for_frame (window);
  if (start != NULL)
    g_print ("%.0f\n",
             g_get_real_time () / 1e3 - g_ascii_strtoull (start, NULL, 10) / 1e6);
}

/* ---- opening ---------------------------------------------------------------------------- */

static BaleenConversation *
get_first (BaleenApplication *application)
{
  GListModel *history = G_LIST_MODEL (baleen_application_get_history (application));
  BaleenConversation *conversation;

  while (g_list_model_get_n_items (history) == 0)
    g_main_context_iteration (NULL, TRUE);
  conversation = g_list_model_get_item (history, 0);
  g_object_unref (conversation);
  return conversation;
}

static void
open_first (BaleenApplication *application,
            BaleenWindow      *window)
{
  BaleenConversation *conversation = get_first (application);

  baleen_window_show_conversation (window, conversation);
  while (!baleen_conversation_get_is_loaded (conversation)
         || baleen_transcript_get_row (BALEEN_TRANSCRIPT (window->transcript),
                                       baleen_conversation_get_head (conversation))
                == NULL)
    g_main_context_iteration (NULL, TRUE);
  wait_for_frame (window);
}

static void
measure_open (BaleenApplication *application,
              BaleenWindow      *window)
{
  gint64 start;

  wait_seconds (1);
  start = g_get_monotonic_time ();
  open_first (application, window);
  g_print ("%.0f\n", (g_get_monotonic_time () - start) / 1e3);
}

/* ---- streaming -------------------------------------------------------------------------- */

/* Of gint64, microseconds of each round of the loop without its waiting: by the clock on the
 * wall, and what of it this thread computed. On a machine that does other things beside, the
 * first tells of these too. */
static GArray *rounds, *own_rounds;
static gint64 woken, own_woken;

static gint64
own_time (void)
{
  struct timespec time;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &time);
  return time.tv_sec * G_USEC_PER_SEC + time.tv_nsec / 1000;
}

static int
timing_poll (GPollFD *fds,
             guint    n_fds,
             int      timeout)
{
  const gint64 now = g_get_monotonic_time ();
  int result;

  if (woken != 0)
    {
      const gint64 busy = now - woken;
      const gint64 own = own_time () - own_woken;

      g_array_append_val (rounds, busy);
      g_array_append_val (own_rounds, own);
    }
  result = g_poll (fds, n_fds, timeout);
  woken = g_get_monotonic_time ();
  own_woken = own_time ();
  return result;
}

static int
compare_rounds (gconstpointer a,
                gconstpointer b)
{
  const gint64 first = *(const gint64 *) a;
  const gint64 second = *(const gint64 *) b;

  return first < second ? -1 : first > second;
}

static double
share (GArray *times,
       double  part)
{
  return g_array_index (times, gint64, (guint) ((times->len - 1) * part)) / 1e3;
}

/* Rounds in which nothing was done would make any loop look quick: they do not count. */
static void
drop_idle_rounds (GArray *times)
{
  guint n = 0;

  for (guint i = 0; i < times->len; i++)
    {
      const gint64 round = g_array_index (times, gint64, i);

      if (round >= 1000)
        g_array_index (times, gint64, n++) = round;
    }
  g_array_set_size (times, n);
  g_array_sort (times, compare_rounds);
}

static void
measure_stream (BaleenApplication *application,
                BaleenWindow      *window)
{
  BaleenConversation *conversation = get_first (application);
  g_autofree char *answer = make_answer (200);
  guint n_all;

  fake_backend_set_answer (NULL, answer, WORD_MICROSECONDS);
  open_first (application, window);
  wait_seconds (2);
  rounds = g_array_new (FALSE, FALSE, sizeof (gint64));
  own_rounds = g_array_new (FALSE, FALSE, sizeof (gint64));
  baleen_chat_send (baleen_application_get_chat (application), conversation, "Go on.", FALSE);
  baleen_transcript_jump_to_end (BALEEN_TRANSCRIPT (window->transcript));
  wait_seconds (1);
  g_main_context_set_poll_func (NULL, timing_poll);
  wait_seconds (STREAM_SECONDS);
  g_main_context_set_poll_func (NULL, NULL);

  n_all = rounds->len;
  drop_idle_rounds (rounds);
  drop_idle_rounds (own_rounds);
  g_print ("%.1f %.1f %.1f %.1f %.1f %u %u %u\n", share (rounds, 0.5), share (rounds, 0.99),
           share (rounds, 1), share (own_rounds, 0.99), share (own_rounds, 1), rounds->len, n_all,
           (guint) baleen_message_get_text_length (baleen_conversation_get_head (conversation)));
  baleen_chat_stop_conversation (baleen_application_get_chat (application), conversation);
  wait_seconds (0.5);
}

/* How long the loop stands still at most while an answer of thousands of blocks is opened. */
static void
measure_blocks (BaleenApplication *application,
                BaleenWindow      *window)
{
  gint64 start;
  double until_drawn;

  wait_seconds (1);
  rounds = g_array_new (FALSE, FALSE, sizeof (gint64));
  own_rounds = g_array_new (FALSE, FALSE, sizeof (gint64));
  start = g_get_monotonic_time ();
  g_main_context_set_poll_func (NULL, timing_poll);
  open_first (application, window);
  until_drawn = (g_get_monotonic_time () - start) / 1e3;
  wait_seconds (BLOCKS_SECONDS);
  g_main_context_set_poll_func (NULL, NULL);

  drop_idle_rounds (rounds);
  drop_idle_rounds (own_rounds);
  g_print ("%.0f %.1f %.1f\n", until_drawn, share (own_rounds, 0.99), share (own_rounds, 1));
}

/* ---- the program ------------------------------------------------------------------------ */

static Job job;

static gboolean
run_cb (gpointer user_data)
{
  BaleenApplication *application = user_data;
  GtkWindow *window = gtk_application_get_active_window (GTK_APPLICATION (application));

  job (application, BALEEN_WINDOW (window));
  gtk_window_close (window);
  return G_SOURCE_REMOVE;
}

static void
activated_cb (GApplication *application)
{
  g_idle_add (run_cb, application);
}

int
main (int    argc,
      char **argv)
{
  g_autoptr (BaleenApplication) application = NULL;
  g_autofree char *model = NULL;

  if (argc == 4 && g_str_equal (argv[1], "fill"))
    return fill (argv[2], (guint) g_ascii_strtoull (argv[3], NULL, 10));
  if (argc == 4 && g_str_equal (argv[1], "long"))
    return fill_long (argv[2], (guint) g_ascii_strtoull (argv[3], NULL, 10));
  if (argc != 3)
    return 2;

  job = g_str_equal (argv[1], "start")    ? measure_start
        : g_str_equal (argv[1], "open")   ? measure_open
        : g_str_equal (argv[1], "blocks") ? measure_blocks
                                          : measure_stream;
  model = g_build_filename (argv[2], "Script.gguf", NULL);
  g_file_set_contents (model, "script", -1, NULL);
  application = baleen_application_new (fake_backend_get (), argv[2], model);
  g_signal_connect_after (application, "activate", G_CALLBACK (activated_cb), NULL);
  return g_application_run (G_APPLICATION (application), 0, NULL);
}
