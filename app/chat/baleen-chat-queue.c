/* The answers that are written or wait: which comes when, and how one ends early. */
#include "baleen-chat-private.h"

#include <glib/gi18n-lib.h>

/* Stopping is said only where it takes longer than this. */
#define STOPPING_MILLISECONDS 200

Answer *
baleen_chat_find_answer (BaleenChat    *self,
                         BaleenMessage *message)
{
  for (GList *l = self->answers.head; l != NULL; l = l->next)
    if (((Answer *) l->data)->message == message)
      return l->data;
  return NULL;
}

/* A pass that was begun is read to its end. */
static gboolean
still_running_cb (gpointer user_data)
{
  if (baleen_state_is_running (baleen_message_get_state (user_data)))
    baleen_message_set_step (user_data, _("Stopping…"));
  return G_SOURCE_REMOVE;
}

void
baleen_chat_stop (BaleenChat    *self,
                  BaleenMessage *message)
{
  Answer *answer = baleen_chat_find_answer (self, message);

  if (answer == NULL)
    return;
  if (answer->job != NULL)
    {
      baleen_engine_service_stop (self->engine, answer->job);
      g_timeout_add_full (G_PRIORITY_DEFAULT, STOPPING_MILLISECONDS, still_running_cb,
                          g_object_ref (message), g_object_unref);
    }
  else if (answer->search != NULL)
    baleen_chat_stop_search (answer);
  else
    baleen_message_set_state (message, BALEEN_STATE_STOPPED);
}

/* What it follows in its own conversation is answered before it. */
static void
move_to_head (BaleenChat *self,
              Answer     *answer)
{
  GQueue moved = G_QUEUE_INIT, others = G_QUEUE_INIT;
  gboolean is_behind = FALSE;
  Answer *each;

  while ((each = g_queue_pop_head (&self->answers)) != NULL)
    {
      const gboolean goes = !is_behind && each->conversation == answer->conversation;

      g_queue_push_tail (goes ? &moved : &others, each);
      is_behind |= each == answer;
    }
  while ((each = g_queue_pop_head (&moved)) != NULL)
    g_queue_push_tail (&self->answers, each);
  while ((each = g_queue_pop_head (&others)) != NULL)
    g_queue_push_tail (&self->answers, each);
  baleen_chat_tell_queue (self);
}

void
baleen_chat_send_now (BaleenChat    *self,
                      BaleenMessage *message)
{
  Answer *answer = baleen_chat_find_answer (self, message);

  if (answer == NULL || answer->job != NULL)
    return;
  move_to_head (self, answer);
  for (GList *l = self->answers.head; l != NULL; l = l->next)
    {
      Answer *each = l->data;

      if (each->job != NULL || each->search != NULL)
        {
          baleen_chat_stop (self, each->message);
          return;
        }
    }
}

void
baleen_chat_answer_now (BaleenChat    *self,
                        BaleenMessage *message)
{
  Answer *answer = baleen_chat_find_answer (self, message);

  if (answer != NULL && answer->job != NULL)
    baleen_answer_job_answer_now (answer->job);
}

void
baleen_chat_try_now (BaleenChat    *self,
                     BaleenMessage *message)
{
  Answer *answer = baleen_chat_find_answer (self, message);

  if (answer != NULL && answer->job != NULL)
    baleen_answer_job_hurry (answer->job);
}

void
baleen_chat_stop_conversation (BaleenChat         *self,
                               BaleenConversation *conversation)
{
  GList *next;

  for (GList *l = self->answers.head; l != NULL; l = next)
    {
      Answer *answer = l->data;

      next = l->next;
      if (answer->conversation == conversation)
        baleen_chat_stop (self, answer->message);
    }
}

guint
baleen_chat_get_n_before (BaleenChat    *self,
                          BaleenMessage *message)
{
  Answer *answer = baleen_chat_find_answer (self, message);
  guint n = 0;

  for (GList *l = self->answers.head; answer != NULL && l->data != answer; l = l->next)
    n += !((Answer *) l->data)->is_asking && ((Answer *) l->data)->wait_source == 0;
  return n;
}
