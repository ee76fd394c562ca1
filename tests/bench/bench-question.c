/* How soon a question about a document is answered, in the window; run by the script “question”
 * beside this, which has an X server.
 *
 *   bench-question DIRECTORY MODEL first FILE QUESTION   attaches the file in a new chat and asks
 *   bench-question DIRECTORY MODEL on QUESTION           asks on in the chat that was there last
 *
 * Each call is one run of the program. Prints the seconds from Send to the first word, the tokens
 * of the prompt and those of them that were not read again (0 0 where the window keeps no such
 * figures, as for questions that were put to passages), whether the document went whole, and the
 * answer. */
#include <string.h>

#include "attachment-reading.h"
#include "baleen-composer-private.h"
#include "baleen-window-private.h"
#include "child.h"

#define MOST_MICROSECONDS (G_GINT64_CONSTANT (600) * G_USEC_PER_SEC)

/* What takes longer than this never comes. */
#define WAIT_UNTIL(condition)                                        \
  G_STMT_START                                                       \
  {                                                                  \
    const gint64 start_ = g_get_monotonic_time ();                   \
    while (!(condition))                                             \
      {                                                              \
        if (g_get_monotonic_time () > start_ + MOST_MICROSECONDS)    \
          g_error ("waited too long for: %s", #condition);           \
        g_main_context_iteration (NULL, TRUE);                       \
      }                                                              \
  }                                                                  \
  G_STMT_END

/* Only the first of them is waited for. */
#define ANSWER_TOKENS 128

static const char *file; /* (nullable) */
static const char *question;

static gboolean
tick_cb (gpointer user_data)
{
  return G_SOURCE_CONTINUE;
}

/* While the window comes up, a model loads and what it has left is prepared. */
static void
wait_seconds (double seconds)
{
  const gint64 end = g_get_monotonic_time () + (gint64) (seconds * G_USEC_PER_SEC);

  WAIT_UNTIL (g_get_monotonic_time () >= end);
}

static void
attach (BaleenWindow *window)
{
  BaleenComposer *composer = BALEEN_COMPOSER (window->composer);
  GPtrArray *attachments = baleen_composer_get_attachments (composer);
  BaleenAttachment *attachment;

  baleen_window_attach (window, file);
  attachment = attachments->pdata[attachments->len - 1];
  WAIT_UNTIL (baleen_attachment_get_state (attachment) != BALEEN_ATTACHMENT_READING);
  if (baleen_attachment_get_state (attachment) == BALEEN_ATTACHMENT_FAILED)
    g_error ("%s", baleen_attachment_get_problem (attachment));
  WAIT_UNTIL (baleen_attachment_get_n_tokens (attachment) >= 0);
  wait_seconds (0.3);
}

/* How many of the files that are here went whole, or would. */
static gboolean
goes_whole (BaleenWindow *window)
{
  GPtrArray *attachments = baleen_composer_get_attachments (BALEEN_COMPOSER (window->composer));

  for (guint i = 0; i < attachments->len; i++)
    if (!baleen_attachment_get_is_whole (attachments->pdata[i]))
      return FALSE;
  return TRUE;
}

static gboolean
is_over (BaleenMessage *message)
{
  const BaleenState state = baleen_message_get_state (message);

  return state < BALEEN_STATE_QUEUED || state > BALEEN_STATE_ANSWERING;
}

static void
ask (BaleenWindow *window)
{
  BaleenConversation *conversation = baleen_window_get_conversation (window);
  BaleenComposer *composer = BALEEN_COMPOSER (window->composer);
  BaleenMessage *before = baleen_conversation_get_head (conversation), *answer;
  const gboolean is_whole = goes_whole (window);
  const gint64 start = g_get_monotonic_time ();
  const BaleenNumbers *numbers;
  double seconds;

  baleen_composer_set_text (composer, question);
  g_signal_emit_by_name (composer->send, "clicked");
  WAIT_UNTIL (baleen_conversation_get_head (conversation) != before);
  answer = baleen_conversation_get_head (conversation);
  WAIT_UNTIL (baleen_message_get_text_length (answer) > 0 || is_over (answer));
  seconds = (g_get_monotonic_time () - start) / 1e6;
  WAIT_UNTIL (is_over (answer));
  if (baleen_message_get_problem (answer) != NULL)
    g_error ("%s", baleen_message_get_problem (answer));
  numbers = baleen_message_get_numbers (answer);
  g_print ("%.2f\t%d\t%d\t%s\t%s\n", seconds, (int) MAX (numbers->n_prompt, 0),
           (int) MAX (numbers->n_reused, 0), is_whole ? "whole" : "passages",
           baleen_message_get_text (answer));
}

static gboolean
run_cb (gpointer application)
{
  BaleenWindow *window
      = BALEEN_WINDOW (gtk_application_get_active_window (GTK_APPLICATION (application)));
  BaleenEngineService *engine = baleen_application_get_engine (application);
  GSettings *settings = baleen_application_get_settings (application);

  g_settings_set_boolean (settings, "titles-by-model", FALSE);
  g_settings_set_int (settings, "longest-answer", ANSWER_TOKENS);
  WAIT_UNTIL (baleen_window_get_conversation (window) != NULL
              && baleen_conversation_get_is_loaded (baleen_window_get_conversation (window))
              && baleen_engine_service_get_status (engine) == BALEEN_ENGINE_READY);
  wait_seconds (2);
  if (file != NULL)
    {
      gtk_widget_activate_action (GTK_WIDGET (window), "win.new-chat", NULL);
      attach (window);
    }
  ask (window);
  gtk_window_close (GTK_WINDOW (window));
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
  const gboolean is_first = argc == 6 && g_str_equal (argv[3], "first");

  if (argc > 1 && g_str_equal (argv[1], BALEEN_EXTRACT_WORD))
    return baleen_extract_child (argc, argv);
  if (!is_first && !(argc == 5 && g_str_equal (argv[3], "on")))
    return 2;

  file = is_first ? argv[4] : NULL;
  question = argv[argc - 1];
  application = baleen_application_new (baleen_any_backend_get (), argv[1], argv[2]);
  g_signal_connect_after (application, "activate", G_CALLBACK (activated_cb), NULL);
  g_timeout_add (5, tick_cb, NULL);
  return g_application_run (G_APPLICATION (application), 0, NULL);
}
