#include "answer-checking.h"

#include "baleen-attachment.h"
#include "doubtful-words.h"
#include "message-doubts.h"

/* What the thread reads; documents never change. */
typedef struct
{
  GPtrArray *attachments; /* (owned) of BaleenAttachment */
  GString *said;          /* (owned) by the user, and in the sources */
  char *answer;           /* (owned) */
  BaleenHistory *history;           /* (owned) these are for afterwards */
  BaleenConversation *conversation; /* (owned) */
} Checking;

static void
checking_free (gpointer data)
{
  Checking *checking = data;

  g_ptr_array_unref (checking->attachments);
  g_string_free (checking->said, TRUE);
  g_free (checking->answer);
  g_object_unref (checking->history);
  g_object_unref (checking->conversation);
  g_free (checking);
}

static void
check_in_thread (GTask        *task,
                 gpointer      source,
                 gpointer      data,
                 GCancellable *cancellable)
{
  Checking *checking = data;
  g_autoptr (GString) known = g_string_new (checking->said->str);

  for (guint i = 0; i < checking->attachments->len; i++)
    {
      g_autofree char *text = baleen_document_get_text (
          baleen_attachment_get_document (checking->attachments->pdata[i]));

      g_string_append (known, text);
      g_string_append_c (known, '\n');
    }
  g_task_return_pointer (task, baleen_doubtful_words_find (known->str, checking->answer),
                         (GDestroyNotify) g_strfreev);
}

static void
checked_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  BaleenMessage *message = BALEEN_MESSAGE (source);
  Checking *checking = g_task_get_task_data (G_TASK (result));
  g_auto (GStrv) words = g_task_propagate_pointer (G_TASK (result), NULL);

  g_auto (GStrv) before = baleen_message_dup_doubts (message);

  /* It may go on meanwhile: then it is checked again at its end. */
  if ((words == NULL && before == NULL)
      || baleen_state_is_running (baleen_message_get_state (message)))
    return;
  baleen_message_set_doubts (message, (const char *const *) words);
  baleen_history_save (checking->history, checking->conversation, message, FALSE);
}

/* All that the model was shown of this way through the conversation. */
static void
collect (Checking           *checking,
         BaleenConversation *conversation,
         BaleenMessage      *message)
{
  GPtrArray *sources = baleen_message_get_sources (message);

  for (guint i = 0; i < sources->len; i++)
    if (baleen_source_get_passage (sources->pdata[i]) != NULL)
      g_string_append_printf (checking->said, "%s\n",
                              baleen_source_get_passage (sources->pdata[i]));
  for (BaleenMessage *m = baleen_conversation_get_parent (conversation, message); m != NULL;
       m = baleen_conversation_get_parent (conversation, m))
    {
      GPtrArray *attachments = baleen_attachments_of (m);

      if (baleen_message_get_role (m) != BALEEN_ROLE_USER)
        continue;
      g_string_append_printf (checking->said, "%s\n", baleen_message_get_text (m));
      for (guint i = 0; i < attachments->len; i++)
        if (baleen_attachment_get_document (attachments->pdata[i]) != NULL)
          g_ptr_array_add (checking->attachments, g_object_ref (attachments->pdata[i]));
    }
}

static void
answered_cb (BaleenChat         *chat,
             BaleenConversation *conversation,
             BaleenMessage      *message,
             BaleenHistory      *history)
{
  Checking *checking = g_new0 (Checking, 1);
  g_autoptr (GTask) task = g_task_new (message, NULL, checked_cb, NULL);

  checking->attachments = g_ptr_array_new_with_free_func (g_object_unref);
  checking->said = g_string_new (NULL);
  checking->answer = g_strdup (baleen_message_get_text (message));
  checking->history = g_object_ref (history);
  checking->conversation = g_object_ref (conversation);
  g_task_set_task_data (task, checking, checking_free);
  collect (checking, conversation, message);
  if (checking->attachments->len > 0)
    g_task_run_in_thread (task, check_in_thread);
  else
    g_task_return_pointer (task, NULL, NULL);
}

void
answer_checking_follow (BaleenChat    *chat,
                        BaleenHistory *history)
{
  g_signal_connect_object (chat, "answered", G_CALLBACK (answered_cb), history, 0);
}
