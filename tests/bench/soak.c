/* Uses what is below the window the way a long day does, and watches what it keeps:
 *
 *     soak MINUTES
 *
 * One history on disk, the real engine, two small models; at random: send, stop in mid-answer,
 * regenerate, edit, continue, branch, search, count, delete, change the model, give its memory
 * back. At most twenty conversations of at most forty messages are kept, so that what grows is a
 * leak. Prints a line each twentieth of the time; status 1 if the memory of the last quarter is
 * more than 5 % above that of the second, or if there are more descriptors or threads. */
#include <glib/gstdio.h>
#include <malloc.h>
#include <stdlib.h>
#include <string.h>

#include "baleen-chat.h"
#include "baleen-search.h"
#include "chat-model.h"
#include "folder.h"
#include "main-loop.h"

#define MOST_CONVERSATIONS 20
#define MOST_MESSAGES 40
#define N_SAMPLES 20

typedef struct
{
  gint64 private_kib;
  gint64 in_use_kib; /* of it, what malloc() has given out */
  guint n_descriptors;
  guint n_threads;
} Sample;

typedef struct
{
  char *directory;
  char *models[2];
  BaleenStore *store;
  BaleenHistory *history;
  BaleenEngineService *engine;
  BaleenChat *chat;
  GRand *random;
  gboolean is_searched;
  guint64 n_answers, n_stopped, n_loads, n_searches;
} Day;

static gint64
status_value (const char *key)
{
  g_autofree char *status = NULL;
  const char *line;

  if (!g_file_get_contents ("/proc/self/status", &status, NULL, NULL))
    return 0;
  line = strstr (status, key);
  return line != NULL ? g_ascii_strtoll (line + strlen (key), NULL, 10) : 0;
}

static Sample
take_sample (void)
{
  const struct mallinfo2 heap = mallinfo2 ();

  return (Sample){ .private_kib = status_value ("RssAnon:"),
                   .in_use_kib = (gint64) ((heap.uordblks + heap.hblkhd) / 1024),
                   .n_descriptors = folder_count ("/proc/self/fd"),
                   .n_threads = (guint) status_value ("Threads:") };
}

static gboolean
is_over (BaleenMessage *answer)
{
  return !baleen_state_is_running (baleen_message_get_state (answer));
}

static gboolean
chance (Day  *day,
        guint one_in)
{
  return g_rand_int_range (day->random, 0, (gint32) one_in) == 0;
}

static void
see_to_the_end (Day           *day,
                BaleenMessage *answer)
{
  const gint64 patience
      = g_get_monotonic_time () + g_rand_int_range (day->random, 0, 20000);

  if (chance (day, 4))
    {
      WAIT_UNTIL (is_over (answer) || g_get_monotonic_time () > patience);
      if (!is_over (answer))
        {
          baleen_chat_stop (day->chat, answer);
          day->n_stopped++;
        }
    }
  WAIT_UNTIL (is_over (answer));
  day->n_answers++;
}

/* The caller's. */
static BaleenConversation *
choose_conversation (Day *day)
{
  const guint n = g_list_model_get_n_items (G_LIST_MODEL (day->history));
  BaleenConversation *conversation;

  if (n == 0 || chance (day, 6))
    return g_object_ref (baleen_history_get_blank (day->history));
  conversation = g_list_model_get_item (G_LIST_MODEL (day->history),
                                        (guint) g_rand_int_range (day->random, 0, (gint32) n));
  baleen_history_load (day->history, conversation);
  WAIT_UNTIL (baleen_conversation_get_is_loaded (conversation));
  return conversation;
}

static void
talk (Day *day)
{
  g_autoptr (BaleenConversation) conversation = choose_conversation (day);
  g_autoptr (GPtrArray) all = baleen_conversation_get_all (conversation);
  BaleenMessage *head = baleen_conversation_get_head (conversation);
  BaleenMessage *answer = head;
  const gboolean think = chance (day, 2);

  if (all->len > MOST_MESSAGES)
    {
      baleen_history_hide (day->history, conversation);
      baleen_history_delete (day->history, conversation);
      return;
    }
  if (head == NULL || chance (day, 2))
    answer = baleen_chat_send (day->chat, conversation, "Which animal filters the sea?", think);
  else if (chance (day, 3))
    answer = baleen_chat_regenerate_with (day->chat, conversation, head, think);
  else if (chance (day, 2))
    answer = baleen_chat_edit (day->chat, conversation,
                               baleen_conversation_get_parent (conversation, head),
                               "Which one, exactly?", think);
  else if (baleen_message_get_state (head) == BALEEN_STATE_STOPPED)
    baleen_chat_continue (day->chat, conversation, head);
  else
    {
      baleen_history_branch (day->history, conversation, head);
      return;
    }
  see_to_the_end (day, answer);
}

static void
searched_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  Day *day = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) hits = baleen_search_finish (result, &error);

  g_assert_no_error (error);
  day->is_searched = TRUE;
}

static void
look_something_up (Day *day)
{
  g_autoptr (BaleenConversation) conversation = choose_conversation (day);
  g_autoptr (BaleenRequest) request = baleen_prompt_builder_build (
      conversation, baleen_conversation_get_head (conversation), NULL, "And then?",
      BALEEN_THINK_OFF, baleen_chat_get_settings (day->chat));
  g_autoptr (BaleenPromptCount) count = NULL;
  g_autoptr (GError) error = NULL;

  count = baleen_engine_service_count (day->engine, request, &error);
  g_assert_no_error (error);
  day->is_searched = FALSE;
  baleen_search_async (day->store, "filters", 50, NULL, searched_cb, day);
  WAIT_UNTIL (day->is_searched);
  day->n_searches++;
}

static void
change_model (Day *day)
{
  baleen_engine_service_load (day->engine, day->models[day->n_loads++ % 2]);
  WAIT_UNTIL (baleen_engine_service_get_status (day->engine) == BALEEN_ENGINE_READY);
}

static void
forget_the_oldest (Day *day)
{
  guint n;

  while ((n = g_list_model_get_n_items (G_LIST_MODEL (day->history))) > MOST_CONVERSATIONS)
    {
      g_autoptr (BaleenConversation) oldest
          = g_list_model_get_item (G_LIST_MODEL (day->history), n - 1);

      baleen_history_hide (day->history, oldest);
      baleen_history_delete (day->history, oldest);
    }
}

static void
do_something (Day *day)
{
  if (chance (day, 40))
    change_model (day);
  else if (chance (day, 60))
    baleen_engine_service_sleep (day->engine);
  else if (chance (day, 8))
    look_something_up (day);
  else
    talk (day);
  forget_the_oldest (day);
}

static void
write_models (Day *day)
{
  static const char *const thoughts[] = { "Hmm", " whales", " hum", NULL };
  static const char *const first[] = { "Baleen", " filters", " the", " sea", NULL };
  static const char *const second[] = { "Whales", " filter", " krill", NULL };

  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (GgufWriter) writer = chat_model_build (thoughts, i == 0 ? first : second, FALSE);

      day->models[i] = g_strdup_printf ("%s/%s.gguf", day->directory, i == 0 ? "one" : "two");
      gguf_writer_write (writer, day->models[i]);
    }
}

static void
begin (Day *day)
{
  day->random = g_rand_new_with_seed (39);
  day->directory = g_dir_make_tmp ("baleen-soak-XXXXXX", NULL);
  write_models (day);
  day->store = baleen_store_new (day->directory);
  day->history = baleen_history_new (day->store);
  day->engine = baleen_engine_service_new (baleen_local_backend_get ());
  day->chat = baleen_chat_new (day->history, day->engine);
  WAIT_UNTIL (baleen_history_get_is_opened (day->history));
  baleen_engine_service_set_device (day->engine, "cpu");
  change_model (day);
}

static void
end (Day *day)
{
  baleen_chat_close (day->chat);
  baleen_engine_service_close (day->engine);
  baleen_store_close (day->store);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_finalize_object (day->chat);
  g_assert_finalize_object (day->engine);
  g_assert_finalize_object (day->history);
  g_assert_finalize_object (day->store);
  folder_remove (day->directory);
  g_free (day->directory);
  g_free (day->models[0]);
  g_free (day->models[1]);
  g_rand_free (day->random);
}

/* The most memory in a quarter: what is given back between answers is no leak. */
static gint64
most_private (const Sample *samples,
              guint         quarter)
{
  gint64 most = 0;

  for (guint i = quarter * N_SAMPLES / 4; i < (quarter + 1) * N_SAMPLES / 4; i++)
    most = MAX (most, samples[i].private_kib);
  return most;
}

static int
judge (const Sample *samples)
{
  const Sample *early = &samples[N_SAMPLES / 4], *last = &samples[N_SAMPLES - 1];
  const double growth
      = (double) most_private (samples, 3) / (double) most_private (samples, 1) - 1.0;

  g_print ("memory %+.1f %% from the second quarter to the last (at most +5), descriptors %u then "
           "%u, threads %u then %u\n",
           100.0 * growth, early->n_descriptors, last->n_descriptors, early->n_threads,
           last->n_threads);
  return growth > 0.05 || last->n_descriptors > early->n_descriptors
                 || last->n_threads > early->n_threads
             ? 1
             : 0;
}

int
main (int    argc,
      char **argv)
{
  const double minutes = argc == 2 ? g_ascii_strtod (argv[1], NULL) : 0.0;
  Sample samples[N_SAMPLES];
  Day day = { 0 };
  gint64 begun;

  if (minutes <= 0.0)
    {
      g_printerr ("usage: soak MINUTES\n");
      return 2;
    }
  begin (&day);
  begun = g_get_monotonic_time ();
  for (guint i = 0; i < N_SAMPLES; i++)
    {
      const gint64 until = begun + (gint64) (minutes * 60e6 * (i + 1) / N_SAMPLES);

      while (g_get_monotonic_time () < until)
        do_something (&day);
      samples[i] = take_sample ();
      g_print ("%6.1f min: %" G_GUINT64_FORMAT " answers, %" G_GUINT64_FORMAT
               " stopped, %" G_GUINT64_FORMAT " searches, %" G_GUINT64_FORMAT
               " models loaded; %" G_GINT64_FORMAT " KiB, %" G_GINT64_FORMAT
               " in use, %u descriptors, %u threads\n",
               (double) (g_get_monotonic_time () - begun) / 60e6, day.n_answers, day.n_stopped,
               day.n_searches, day.n_loads, samples[i].private_kib,
               samples[i].in_use_kib, samples[i].n_descriptors,
               samples[i].n_threads);
    }
  end (&day);
  return judge (samples);
}
