#include "baleen-chat-private.h"

#include "long-answer.h"
#include "message-host.h"

G_DEFINE_FINAL_TYPE (BaleenChat, baleen_chat, G_TYPE_OBJECT)

enum
{
  ANSWERED,
  QUEUE_CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

/* Less than the quarter of a second in which everything must be on disk. */
#define SAVE_MILLISECONDS 200

static void
answer_free (Answer *answer)
{
  g_signal_handlers_disconnect_by_data (answer->message, answer);
  g_clear_handle_id (&answer->save_source, g_source_remove);
  g_clear_pointer (&answer->job, baleen_answer_job_unref);
  baleen_chat_forget_words (answer);
  baleen_chat_forget_search (answer);
  g_clear_handle_id (&answer->wait_source, g_source_remove);
  g_clear_pointer (&answer->finding, baleen_finding_free);
  g_clear_pointer (&answer->sources, g_ptr_array_unref);
  g_strfreev (answer->queries);
  g_object_unref (answer->message);
  g_object_unref (answer->conversation);
  g_free (answer);
}

static void
baleen_chat_dispose (GObject *object)
{
  BaleenChat *self = BALEEN_CHAT (object);

  if (self->engine != NULL)
    g_signal_handlers_disconnect_by_data (self->engine, self);
  g_queue_clear_full (&self->answers, (GDestroyNotify) answer_free);
  g_clear_object (&self->engine);
  g_clear_object (&self->history);
  g_clear_pointer (&self->model_name, g_free);
  g_clear_pointer (&self->settings, baleen_answer_settings_free);
  G_OBJECT_CLASS (baleen_chat_parent_class)->dispose (object);
}

static void
baleen_chat_class_init (BaleenChatClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = baleen_chat_dispose;
  signals[ANSWERED]
      = g_signal_new ("answered", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                      NULL, G_TYPE_NONE, 2, BALEEN_TYPE_CONVERSATION, BALEEN_TYPE_MESSAGE);
  signals[QUEUE_CHANGED] = g_signal_new ("queue-changed", G_TYPE_FROM_CLASS (klass),
                                         G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

void
baleen_chat_tell_queue (BaleenChat *self)
{
  g_signal_emit (self, signals[QUEUE_CHANGED], 0);
}

static void
baleen_chat_init (BaleenChat *self)
{
  g_queue_init (&self->answers);
  self->settings = baleen_answer_settings_new ();
}

static void
save (Answer  *answer,
      gboolean is_lasting)
{
  answer->is_dirty = FALSE;
  baleen_history_save (answer->chat->history, answer->conversation, answer->message, is_lasting);
}

static gboolean
save_cb (gpointer user_data)
{
  Answer *answer = user_data;

  if (answer->is_dirty)
    save (answer, FALSE);
  return G_SOURCE_CONTINUE;
}

static void
grown_cb (BaleenMessage *message,
          gpointer       user_data)
{
  ((Answer *) user_data)->is_dirty = TRUE;
}

static gboolean
has_answers (BaleenChat         *self,
             BaleenConversation *conversation)
{
  for (GList *l = self->answers.head; l != NULL; l = l->next)
    if (((Answer *) l->data)->conversation == conversation)
      return TRUE;
  return FALSE;
}

/* The outline is made of what was written, the section is put in its place; returns the next
 * section. */
static int
end_part (Answer *answer)
{
  if (answer->kind == ANSWER_SECTION)
    return baleen_long_answer_end_section (answer->message, answer->section);
  if (answer->kind == ANSWER_OUTLINE
      && baleen_message_get_state (answer->message) == BALEEN_STATE_DONE)
    baleen_long_answer_take_outline (answer->message);
  return -1;
}

/* Behind those that wait: somebody may have asked something meanwhile. */
static void
write_next (Answer *answer,
            guint   section)
{
  BaleenChat *self = answer->chat;

  g_queue_remove (&self->answers, answer);
  g_queue_push_tail (&self->answers, answer);
  g_clear_handle_id (&answer->save_source, g_source_remove);
  g_clear_pointer (&answer->job, baleen_answer_job_unref);
  answer->section = section;
  baleen_long_answer_begin_section (answer->message, section, TRUE);
  baleen_message_set_state (answer->message, BALEEN_STATE_QUEUED);
  baleen_chat_start_next (self);
  baleen_chat_tell_queue (self);
}

static void
state_cb (BaleenMessage *message,
          GParamSpec    *pspec,
          gpointer       user_data)
{
  Answer *answer = user_data;
  BaleenChat *self = answer->chat;
  const gboolean is_over = !baleen_state_is_running (baleen_message_get_state (message));
  int next = -1;

  if (is_over)
    {
      baleen_chat_end_searched (answer);
      next = end_part (answer);
    }
  save (answer, is_over);
  if (!is_over)
    return;

  if (next >= 0)
    {
      write_next (answer, next);
      return;
    }
  g_queue_remove (&self->answers, answer);
  baleen_conversation_set_is_running (answer->conversation,
                                      has_answers (self, answer->conversation));
  if (baleen_message_get_state (message) == BALEEN_STATE_DONE)
    g_signal_emit (self, signals[ANSWERED], 0, answer->conversation, message);
  answer_free (answer);
  baleen_chat_start_next (self);
  baleen_chat_tell_queue (self);
}

/* What was said up to the answer. */
static BaleenRequest *
make_request (Answer *answer)
{
  BaleenMessage *question = baleen_conversation_get_message (
      answer->conversation, baleen_message_get_parent_id (answer->message));
  BaleenRequest *request
      = answer->sources != NULL
            ? baleen_chat_make_searched_request (answer)
            : baleen_prompt_builder_build (answer->conversation, question, NULL, NULL,
                                           baleen_message_get_think (answer->message),
                                           answer->chat->settings);

  /* A temporary chat leaves nothing behind. */
  if (!baleen_conversation_get_is_temporary (answer->conversation))
    request->state_folder
        = g_build_filename (g_get_user_cache_dir (), "baleen", "documents", "whole", NULL);
  if (answer->kind == ANSWER_OUTLINE)
    baleen_long_answer_ask_outline (request);
  else if (answer->kind == ANSWER_SECTION)
    baleen_long_answer_ask_section (request, baleen_message_get_text (question), answer->message,
                                    answer->section,
                                    baleen_engine_service_get_facts (answer->chat->engine)
                                        ->n_context);
  else if (answer->kind == ANSWER_CONTINUED)
    {
      request->begun_text = g_strdup (baleen_message_get_text (answer->message));
      request->begun_thought = g_strdup (baleen_message_get_thought (answer->message));
    }
  return request;
}

/* The first whose turn it is; NULL while another is being written. */
static Answer *
get_next (BaleenChat *self)
{
  Answer *next = NULL;

  for (GList *l = self->answers.head; l != NULL; l = l->next)
    {
      Answer *answer = l->data;

      if (answer->job != NULL || answer->words != NULL || answer->search != NULL)
        return NULL;
      if (next == NULL && !answer->is_asking && answer->wait_source == 0)
        next = answer;
    }
  return next;
}

/* The engine takes one job at a time: a request is made when its turn comes, because only then
 * the answer before it is known. */
void
baleen_chat_start_next (BaleenChat *self)
{
  Answer *answer = get_next (self);
  const BaleenEngineStatus status = baleen_engine_service_get_status (self->engine);

  if (answer == NULL)
    return;
  if (status != BALEEN_ENGINE_READY)
    {
      if (status == BALEEN_ENGINE_LOADING)
        baleen_message_set_state (answer->message, BALEEN_STATE_LOADING);
      return;
    }

  baleen_message_set_step (answer->message, NULL);
  baleen_message_set_model (answer->message,
                            self->model_name != NULL
                                ? self->model_name
                                : baleen_engine_service_get_facts (self->engine)->name);
  baleen_message_set_host (answer->message,
                           baleen_engine_service_get_facts (self->engine)->host);
  if (baleen_engine_service_get_facts (self->engine)->host != NULL)
    baleen_conversation_set_has_left (answer->conversation, TRUE);
  if (baleen_chat_needs_search (answer))
    {
      if (!baleen_chat_write_words (answer))
        baleen_chat_begin_search (answer);
      return;
    }
  baleen_message_set_state (answer->message, BALEEN_STATE_READING);
  answer->save_source = g_timeout_add (SAVE_MILLISECONDS, save_cb, answer);
  answer->job = baleen_answer_job_new (make_request (answer), answer->message);
  baleen_engine_service_answer (self->engine, answer->job);
}

static void
engine_status_cb (BaleenEngineService *engine,
                  GParamSpec          *pspec,
                  BaleenChat          *self)
{
  baleen_chat_start_next (self);
}

/* Without any model what waits cannot be answered; with the old one it can. */
static void
load_failed_cb (BaleenEngineService *engine,
                const char          *path,
                const char          *sentence,
                int                  remedy,
                BaleenChat          *self)
{
  if (baleen_engine_service_get_status (engine) != BALEEN_ENGINE_EMPTY)
    return;

  while (!g_queue_is_empty (&self->answers))
    {
      Answer *answer = g_queue_peek_head (&self->answers);

      baleen_message_fail (answer->message, sentence, remedy);
    }
}

BaleenChat *
baleen_chat_new (BaleenHistory       *history,
                 BaleenEngineService *engine)
{
  BaleenChat *self = g_object_new (BALEEN_TYPE_CHAT, NULL);

  self->history = g_object_ref (history);
  self->engine = g_object_ref (engine);
  g_signal_connect (engine, "notify::status", G_CALLBACK (engine_status_cb), self);
  g_signal_connect (engine, "load-failed", G_CALLBACK (load_failed_cb), self);
  return self;
}

void
baleen_chat_set_model_name (BaleenChat *self,
                            const char *name)
{
  g_free (self->model_name);
  self->model_name = g_strdup (name);
}

void
baleen_chat_set_part_tokens (BaleenChat *self,
                             guint       part_tokens)
{
  self->part_tokens = part_tokens;
}

void
baleen_chat_set_lookup (BaleenChat         *self,
                        const BaleenLookup *lookup)
{
  self->lookup = lookup;
}

void
baleen_chat_set_asks_to_search (BaleenChat *self,
                                gboolean    asks)
{
  self->asks = asks;
}

const BaleenLookup *
baleen_chat_get_lookup (BaleenChat *self)
{
  return self->lookup;
}

void
baleen_chat_set_settings (BaleenChat                 *self,
                          const BaleenAnswerSettings *settings)
{
  baleen_answer_settings_free (self->settings);
  self->settings = baleen_answer_settings_copy (settings);
}

const BaleenAnswerSettings *
baleen_chat_get_settings (BaleenChat *self)
{
  return self->settings;
}

static Answer *
add_answer (BaleenChat         *self,
            BaleenConversation *conversation,
            BaleenMessage      *message,
            AnswerKind          kind,
            guint               section)
{
  Answer *answer = g_new0 (Answer, 1);

  answer->chat = self;
  answer->conversation = g_object_ref (conversation);
  answer->message = g_object_ref (message);
  answer->kind = kind;
  answer->section = section;
  baleen_message_set_step (message, NULL);
  baleen_message_set_state (message, BALEEN_STATE_QUEUED);
  g_signal_connect (message, "grown", G_CALLBACK (grown_cb), answer);
  g_signal_connect (message, "notify::state", G_CALLBACK (state_cb), answer);
  g_queue_push_tail (&self->answers, answer);
  baleen_conversation_set_is_running (conversation, TRUE);
  save (answer, FALSE);
  return answer;
}

static void
enqueue (BaleenChat         *self,
         BaleenConversation *conversation,
         BaleenMessage      *message,
         AnswerKind          kind,
         guint               section)
{
  baleen_chat_ask_to_search (add_answer (self, conversation, message, kind, section));
  baleen_chat_start_next (self);
  baleen_chat_tell_queue (self);
}

static BaleenMessage *
answer_below (BaleenChat         *self,
              BaleenConversation *conversation,
              BaleenMessage      *question,
              gboolean            think,
              gboolean            search,
              AnswerKind          kind)
{
  BaleenMessage *message
      = baleen_history_add_message (self->history, conversation, question,
                                    BALEEN_ROLE_ASSISTANT, "", BALEEN_STATE_QUEUED);

  baleen_message_set_think (message, think);
  baleen_message_set_search (message, search && self->lookup != NULL);
  enqueue (self, conversation, message, kind, 0);
  return message;
}

static BaleenMessage *
ask (BaleenChat         *self,
     BaleenConversation *conversation,
     const char         *text,
     gboolean            think,
     AnswerKind          kind)
{
  BaleenMessage *question
      = baleen_history_add_message (self->history, conversation,
                                    baleen_conversation_get_head (conversation),
                                    BALEEN_ROLE_USER, text, BALEEN_STATE_DONE);

  return answer_below (self, conversation, question, think,
                       kind == ANSWER_WHOLE && baleen_conversation_get_search (conversation),
                       kind);
}

BaleenMessage *
baleen_chat_send (BaleenChat         *self,
                  BaleenConversation *conversation,
                  const char         *text,
                  gboolean            think)
{
  return ask (self, conversation, text, think, ANSWER_WHOLE);
}

BaleenMessage *
baleen_chat_send_outlined (BaleenChat         *self,
                           BaleenConversation *conversation,
                           const char         *text,
                           gboolean            think)
{
  return ask (self, conversation, text, think, ANSWER_OUTLINE);
}

BaleenMessage *
baleen_chat_outline (BaleenChat         *self,
                     BaleenConversation *conversation,
                     BaleenMessage      *message)
{
  BaleenMessage *question = baleen_conversation_get_message (
      conversation, baleen_message_get_parent_id (message));

  return answer_below (self, conversation, question, FALSE, FALSE, ANSWER_OUTLINE);
}

void
baleen_chat_write_section (BaleenChat         *self,
                           BaleenConversation *conversation,
                           BaleenMessage      *message,
                           guint               section,
                           gboolean            writes_all)
{
  g_autoptr (BaleenOutline) outline
      = baleen_outline_from_json (baleen_message_get_part (message, BALEEN_PART_OUTLINE));
  g_autofree char *json = NULL;

  g_return_if_fail (!baleen_state_is_running (baleen_message_get_state (message)));
  g_return_if_fail (outline != NULL && section < outline->sections->len);

  outline->writes_all = writes_all;
  json = baleen_outline_to_json (outline);
  baleen_message_set_part (message, BALEEN_PART_OUTLINE, json);
  baleen_long_answer_begin_section (message, section, TRUE);
  enqueue (self, conversation, message, ANSWER_SECTION, section);
}

static void
set_attachments (BaleenChat         *self,
                 BaleenConversation *conversation,
                 BaleenMessage      *question,
                 const char         *attachments)
{
  if (attachments == NULL)
    return;
  baleen_message_set_part (question, BALEEN_PART_ATTACHMENTS, attachments);
  baleen_history_save (self->history, conversation, question, TRUE);
}

BaleenMessage *
baleen_chat_send_with_files (BaleenChat         *self,
                             BaleenConversation *conversation,
                             const char         *text,
                             const char         *attachments,
                             gboolean            think)
{
  BaleenMessage *question
      = baleen_history_add_message (self->history, conversation,
                                    baleen_conversation_get_head (conversation),
                                    BALEEN_ROLE_USER, text, BALEEN_STATE_DONE);

  set_attachments (self, conversation, question, attachments);
  return answer_below (self, conversation, question, think,
                       baleen_conversation_get_search (conversation), ANSWER_WHOLE);
}

/* Its first point is written at once, the others follow. */
static BaleenMessage *
answer_points_below (BaleenChat          *self,
                     BaleenConversation  *conversation,
                     BaleenMessage       *question,
                     const BaleenOutline *points,
                     gboolean             think)
{
  BaleenMessage *message
      = baleen_history_add_message (self->history, conversation, question,
                                    BALEEN_ROLE_ASSISTANT, "", BALEEN_STATE_QUEUED);
  g_autofree char *json = baleen_outline_to_json (points);

  baleen_message_set_think (message, think);
  baleen_message_set_part (message, BALEEN_PART_OUTLINE, json);
  baleen_long_answer_begin_section (message, 0, FALSE);
  enqueue (self, conversation, message, ANSWER_SECTION, 0);
  return message;
}

BaleenMessage *
baleen_chat_send_in_points (BaleenChat          *self,
                            BaleenConversation  *conversation,
                            const char          *text,
                            const char          *attachments,
                            const BaleenOutline *points,
                            gboolean             think)
{
  BaleenMessage *question;

  g_return_val_if_fail (points->is_points && points->sections->len > 0, NULL);

  question = baleen_history_add_message (self->history, conversation,
                                         baleen_conversation_get_head (conversation),
                                         BALEEN_ROLE_USER, text, BALEEN_STATE_DONE);
  set_attachments (self, conversation, question, attachments);
  return answer_points_below (self, conversation, question, points, think);
}

BaleenMessage *
baleen_chat_regenerate (BaleenChat         *self,
                        BaleenConversation *conversation,
                        BaleenMessage      *message)
{
  BaleenMessage *question = baleen_conversation_get_parent (conversation, message);
  g_autoptr (BaleenOutline) outline
      = baleen_outline_from_json (baleen_message_get_part (message, BALEEN_PART_OUTLINE));

  if (outline != NULL && outline->is_points && outline->sections->len > 0)
    {
      baleen_outline_restart (outline);
      return answer_points_below (self, conversation, question, outline,
                                  baleen_message_get_think (message));
    }

  return answer_below (self, conversation, question, baleen_message_get_think (message),
                       baleen_message_get_search (message), ANSWER_WHOLE);
}

BaleenMessage *
baleen_chat_regenerate_with (BaleenChat         *self,
                             BaleenConversation *conversation,
                             BaleenMessage      *message,
                             gboolean            think)
{
  return answer_below (self, conversation, baleen_conversation_get_parent (conversation, message),
                       think, baleen_message_get_search (message), ANSWER_WHOLE);
}

BaleenMessage *
baleen_chat_regenerate_searched (BaleenChat         *self,
                                 BaleenConversation *conversation,
                                 BaleenMessage      *message,
                                 gboolean            search)
{
  return answer_below (self, conversation, baleen_conversation_get_parent (conversation, message),
                       baleen_message_get_think (message), search, ANSWER_WHOLE);
}

BaleenMessage *
baleen_chat_regenerate_later (BaleenChat         *self,
                              BaleenConversation *conversation,
                              BaleenMessage      *message)
{
  BaleenMessage *later = baleen_history_add_message (
      self->history, conversation, baleen_conversation_get_parent (conversation, message),
      BALEEN_ROLE_ASSISTANT, "", BALEEN_STATE_QUEUED);
  Answer *answer;

  baleen_message_set_think (later, baleen_message_get_think (message));
  baleen_message_set_search (later, self->lookup != NULL);
  answer = add_answer (self, conversation, later, ANSWER_WHOLE, 0);
  baleen_chat_hold_search (answer);
  baleen_chat_start_next (self);
  return later;
}

BaleenMessage *
baleen_chat_edit (BaleenChat         *self,
                  BaleenConversation *conversation,
                  BaleenMessage      *question,
                  const char         *text,
                  gboolean            think)
{
  BaleenMessage *again = baleen_history_add_message (
      self->history, conversation, baleen_conversation_get_parent (conversation, question),
      BALEEN_ROLE_USER, text, BALEEN_STATE_DONE);

  set_attachments (self, conversation, again,
                   baleen_message_get_part (question, BALEEN_PART_ATTACHMENTS));
  return answer_below (self, conversation, again, think,
                       baleen_conversation_get_search (conversation), ANSWER_WHOLE);
}

void
baleen_chat_continue (BaleenChat         *self,
                      BaleenConversation *conversation,
                      BaleenMessage      *message)
{
  g_autoptr (BaleenOutline) outline
      = baleen_outline_from_json (baleen_message_get_part (message, BALEEN_PART_OUTLINE));
  const int section = outline != NULL ? baleen_outline_find_next (outline) : -1;

  g_return_if_fail (!baleen_state_is_running (baleen_message_get_state (message)));

  if (section >= 0)
    baleen_chat_write_section (self, conversation, message, section, TRUE);
  else
    enqueue (self, conversation, message, ANSWER_CONTINUED, 0);
}

BaleenMessage *
baleen_chat_think_longer (BaleenChat         *self,
                          BaleenConversation *conversation,
                          BaleenMessage      *message)
{
  BaleenMessage *question = baleen_conversation_get_parent (conversation, message);
  BaleenMessage *longer
      = baleen_history_add_message (self->history, conversation, question,
                                    BALEEN_ROLE_ASSISTANT, "", BALEEN_STATE_QUEUED);
  g_autofree char *thought = g_strdup (baleen_message_get_thought (message));

  /* The closing tag stood on a line of its own; the thought goes on in its last line. */
  g_strchomp (thought);
  baleen_message_set_think (longer, TRUE);
  baleen_message_set_text (longer, "", thought);
  enqueue (self, conversation, longer, ANSWER_CONTINUED, 0);
  return longer;
}

void
baleen_chat_close (BaleenChat *self)
{
  for (GList *l = self->answers.head; l != NULL; l = l->next)
    save (l->data, TRUE);
}
