#include "chat-keeping.h"

#include "history-file.h"
#include "output.h"
#include "prompt-builder.h"
#include "repetition.h"

#include <gio/gio.h>
#include <glib/gi18n.h>

struct _BaleenChatKeeping
{
  BaleenDatabase *database;         /* (owned) (nullable) */
  BaleenConversation *conversation; /* (owned) (nullable) */
  GPtrArray *waiting;               /* (owned) of BaleenMessage that the disk lacks */
  gint64 last_id;
  gboolean is_stored;               /* the history has the conversation */
  gboolean has_complained;
};

BaleenChatKeeping *
baleen_chat_keeping_new (void)
{
  BaleenChatKeeping *keeping = g_new0 (BaleenChatKeeping, 1);

  keeping->waiting = g_ptr_array_new_with_free_func (g_object_unref);
  return keeping;
}

void
baleen_chat_keeping_free (BaleenChatKeeping *keeping)
{
  if (keeping == NULL)
    return;

  g_clear_pointer (&keeping->database, baleen_database_close);
  g_clear_object (&keeping->conversation);
  g_ptr_array_unref (keeping->waiting);
  g_free (keeping);
}

static gboolean
open_history (BaleenChatKeeping *keeping,
              gboolean           is_written,
              GError           **error)
{
  g_autofree char *folder = baleen_history_folder ();

  keeping->database = baleen_history_open_beside (folder, is_written, error);
  return keeping->database != NULL;
}

static gint64
next_id (BaleenChatKeeping *keeping)
{
  keeping->last_id = baleen_history_next_id (keeping->last_id, baleen_history_lane_beside ());
  return keeping->last_id;
}

static BaleenConversationRecord *
find_record (GPtrArray *records,
             gint64     id) /* 0: the one used last in which something was said */
{
  for (guint i = 0; i < records->len; i++)
    {
      BaleenConversationRecord *record = records->pdata[i];

      if (id != 0 ? record->id == id : record->head_id != 0)
        return record;
    }
  return NULL;
}

/* ---- going on ------------------------------------------------------------------------- */

static BaleenConversationRecord *
choose_record (GPtrArray  *records,
               const char *id,
               GError    **error)
{
  BaleenConversationRecord *record = NULL;
  gint64 number = 0;

  if (id == NULL || g_ascii_string_to_signed (id, 10, 1, G_MAXINT64, &number, NULL))
    record = find_record (records, number);
  if (record != NULL)
    return record;

  if (id == NULL)
    g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND,
                         _("There is no conversation in the history to go on with."));
  else
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND,
                 _("There is no conversation “%s” in the history. “baleen history list” shows "
                   "the ids."),
                 id);
  return NULL;
}

static gboolean
load_conversation (BaleenChatKeeping        *keeping,
                   BaleenConversationRecord *record,
                   GError                  **error)
{
  g_autoptr (GPtrArray) records = baleen_database_load (keeping->database, record->id, error);
  g_autoptr (GPtrArray) messages = g_ptr_array_new_with_free_func (g_object_unref);

  if (records == NULL)
    return FALSE;

  for (guint i = 0; i < records->len; i++)
    g_ptr_array_add (messages, baleen_message_record_restore (records->pdata[i]));
  keeping->conversation = baleen_conversation_record_restore (record);
  baleen_conversation_fill (keeping->conversation, messages);
  keeping->is_stored = TRUE;
  return TRUE;
}

static void
add_said (BaleenChatKeeping *keeping,
          BaleenRequest     *request)
{
  g_autoptr (BaleenAnswerSettings) settings = baleen_answer_settings_new ();
  g_autoptr (BaleenRequest) said = baleen_prompt_builder_build (
      keeping->conversation, baleen_conversation_get_head (keeping->conversation), NULL, NULL,
      request->think, settings);

  for (guint i = 0; i < said->turns->len; i++)
    {
      const BaleenTurn *turn = said->turns->pdata[i];

      baleen_request_add (request, turn->role, turn->text, turn->thought);
    }
}

gboolean
baleen_chat_keeping_continue (BaleenChatKeeping *keeping,
                              const char        *id,
                              BaleenRequest     *request,
                              GError           **error)
{
  g_autoptr (GPtrArray) records = NULL;
  BaleenConversationRecord *record;

  if (!open_history (keeping, FALSE, error))
    return FALSE;
  records = baleen_database_list (keeping->database, error);
  record = records != NULL ? choose_record (records, id, error) : NULL;
  if (record == NULL || !load_conversation (keeping, record, error))
    return FALSE;

  add_said (keeping, request);
  return TRUE;
}

const char *
baleen_chat_keeping_get_title (BaleenChatKeeping *keeping)
{
  return keeping->conversation != NULL ? baleen_conversation_get_title (keeping->conversation)
                                       : NULL;
}

gboolean
baleen_chat_keeping_get_think (BaleenChatKeeping *keeping)
{
  return keeping->conversation != NULL && baleen_conversation_get_think (keeping->conversation);
}

/* ---- writing -------------------------------------------------------------------------- */

void
baleen_chat_keeping_begin_anew (BaleenChatKeeping *keeping)
{
  g_clear_object (&keeping->conversation);
  g_ptr_array_set_size (keeping->waiting, 0);
  keeping->is_stored = FALSE;
}

/* Whoever has the window open may have renamed or moved the conversation since: all that is not
 * ours stays as it is there. FALSE when it was deleted. */
static gboolean
take_over (BaleenConversationRecord *record,
           BaleenDatabase           *database,
           GError                  **error)
{
  g_autoptr (GPtrArray) records = baleen_database_list (database, error);
  BaleenConversationRecord *there = records != NULL ? find_record (records, record->id) : NULL;
  BaleenConversationRecord ours = *record;

  if (there == NULL)
    return FALSE;

  *record = *there;
  record->head_id = ours.head_id;
  record->updated = ours.updated;
  record->think = ours.think;
  ours.head_id = there->head_id;
  *there = ours;
  return TRUE;
}

static gboolean
write_cb (BaleenDatabase *database,
          gpointer        user_data,
          GError        **error)
{
  BaleenChatKeeping *keeping = user_data;
  g_autoptr (BaleenConversationRecord) record
      = baleen_conversation_record_new (keeping->conversation);
  GError *problem = NULL;

  if (keeping->is_stored && !take_over (record, database, &problem) && problem == NULL)
    g_set_error_literal (&problem, G_IO_ERROR, G_IO_ERROR_NOT_FOUND,
                         _("it was deleted meanwhile"));
  if (problem != NULL)
    {
      g_propagate_error (error, problem);
      return FALSE;
    }
  if (!baleen_database_put_conversation (database, record, error))
    return FALSE;

  for (guint i = 0; i < keeping->waiting->len; i++)
    {
      g_autoptr (BaleenMessageRecord) message
          = baleen_message_record_new (keeping->conversation, keeping->waiting->pdata[i]);

      if (!baleen_database_put_message (database, message, error))
        return FALSE;
    }
  return TRUE;
}

static void
write_waiting (BaleenChatKeeping *keeping)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *sentence = NULL;

  if (keeping->database == NULL && !open_history (keeping, TRUE, &error))
    sentence = g_strdup_printf (_("%s This conversation goes on and is not kept."),
                                error->message);
  else if (!baleen_database_write (keeping->database, TRUE, write_cb, keeping, &error))
    sentence = g_strdup_printf (_("This conversation goes on and is not kept in the history: "
                                  "%s."),
                                error->message);
  else
    {
      keeping->is_stored = TRUE;
      g_ptr_array_set_size (keeping->waiting, 0);
    }

  if (sentence != NULL && !keeping->has_complained)
    baleen_complain ("%s", sentence);
  keeping->has_complained = keeping->has_complained || sentence != NULL;
}

static BaleenState
state_of (BaleenStop stop)
{
  switch (stop)
    {
    case BALEEN_STOP_CANCELLED:
      return BALEEN_STATE_STOPPED;
    case BALEEN_STOP_LENGTH:
      return BALEEN_STATE_CUT;
    case BALEEN_STOP_REPEATS:
      return BALEEN_STATE_FAILED;
    case BALEEN_STOP_END:
    default:
      return BALEEN_STATE_DONE;
    }
}

static void
fill_answer (BaleenMessage        *answer,
             const BaleenChatTurn *turn)
{
  const BaleenGeneration *generation = turn->generation;
  const BaleenNumbers numbers = {
    .n_prompt = generation->n_prompt,
    .n_reused = generation->n_reused,
    .n_read = generation->n_prompt - generation->n_reused,
    .n_tokens = generation->n_answer,
    .read_seconds = generation->prompt_seconds,
    .write_seconds = generation->answer_seconds,
    .is_thought_cut = generation->is_thought_cut,
  };
  g_autofree char *problem = NULL;

  baleen_message_set_text (answer, generation->answer, generation->thought);
  baleen_message_set_model (answer, turn->model);
  baleen_message_set_think (answer, turn->think);
  baleen_message_set_numbers (answer, &numbers);
  baleen_message_set_created (answer, turn->asked);
  if (generation->stop == BALEEN_STOP_REPEATS)
    {
      problem = g_strdup_printf (_("The model repeats itself. Stopped after %d lines."),
                                 BALEEN_REPEATED_LINES);
      baleen_message_fail (answer, problem, BALEEN_REMEDY_CONTINUE);
    }
  else
    baleen_message_set_state (answer, state_of (generation->stop));
  baleen_message_set_ended (answer, g_get_real_time ());
}

static void
add_message (BaleenChatKeeping *keeping,
             BaleenMessage     *message)
{
  baleen_conversation_add (keeping->conversation, message);
  g_ptr_array_add (keeping->waiting, message);
}

void
baleen_chat_keeping_add (BaleenChatKeeping    *keeping,
                         const BaleenChatTurn *turn)
{
  BaleenMessage *question, *answer;

  if (keeping->conversation == NULL)
    keeping->conversation = baleen_conversation_new (next_id (keeping));

  question = baleen_message_new (next_id (keeping),
                                 baleen_conversation_get_head_id (keeping->conversation),
                                 BALEEN_ROLE_USER, turn->question);
  baleen_message_set_created (question, turn->asked);
  baleen_message_set_think (question, turn->think);
  add_message (keeping, question);

  answer = baleen_message_new (next_id (keeping), baleen_message_get_id (question),
                               BALEEN_ROLE_ASSISTANT, "");
  fill_answer (answer, turn);
  add_message (keeping, answer);

  baleen_conversation_set_think (keeping->conversation, turn->think);
  baleen_conversation_set_updated (keeping->conversation, g_get_real_time ());
  write_waiting (keeping);
}
