/* An answer for which the web is searched: before it is asked of the model, and when it ends. */
#include "baleen-chat-private.h"

#include "baleen-attachment.h"
#include "message-reference.h"

#include <glib/gi18n.h>

/* Of the context, what passages may take, and what they never need more than. */
#define SHARE_OF_PASSAGES 2
#define MOST_PASSAGE_TOKENS 6000
/* Less than most texts have, so that passages rather come out too short than too long. */
#define CHARACTERS_A_TOKEN 3

struct _ChatSearch
{
  Answer *answer; /* (nullable) NULL once it is gone */
  GCancellable *cancellable; /* (owned) */
};

void
baleen_finding_free (BaleenFinding *finding)
{
  if (finding->frame != NULL)
    finding->frame_free (finding->frame);
  g_free (finding->prompt);
  g_free (finding);
}

static BaleenMessage *
get_question (Answer *answer)
{
  return baleen_conversation_get_message (answer->conversation,
                                          baleen_message_get_parent_id (answer->message));
}

/* What is continued goes on from what was found for it: nothing is asked of the network. */
gboolean
baleen_chat_needs_search (Answer *answer)
{
  GPtrArray *kept = baleen_message_get_sources (answer->message);

  if (answer->chat->lookup == NULL || !baleen_message_get_search (answer->message)
      || answer->sources != NULL)
    return FALSE;
  if (answer->kind == ANSWER_CONTINUED && kept->len > 0)
    answer->sources = g_ptr_array_ref (kept);
  return answer->kind == ANSWER_WHOLE;
}

static void
step_cb (const BaleenLookupStep *step,
         gpointer                user_data)
{
  ChatSearch *search = user_data;

  if (search->answer == NULL)
    return;
  if (step->status != NULL)
    baleen_message_set_step (search->answer->message, step->status);
  if (step->subject != NULL)
    baleen_message_tell_step (search->answer->message, step->subject, step->words, step->detail,
                              step->state);
}

gsize
baleen_chat_get_search_tokens (BaleenChat *self)
{
  const BaleenModelFacts *facts = baleen_engine_service_get_facts (self->engine);
  gsize tokens
      = MIN (facts != NULL ? facts->n_context / SHARE_OF_PASSAGES : 0, MOST_PASSAGE_TOKENS);

  if (self->part_tokens > 0)
    tokens = MIN (tokens, self->part_tokens);
  return tokens;
}

static gsize
get_room (BaleenChat *self)
{
  return baleen_chat_get_search_tokens (self) * CHARACTERS_A_TOKEN;
}

static void
searched_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  ChatSearch *search = user_data;
  Answer *answer = search->answer;
  g_autoptr (GError) error = NULL;
  GPtrArray *sources;

  g_clear_object (&search->cancellable);
  g_free (search);
  if (answer == NULL)
    return;

  answer->search = NULL;
  sources = answer->chat->lookup->search_finish (result, &error);
  baleen_message_set_step (answer->message, NULL);
  baleen_message_end_steps (answer->message);
  if (sources != NULL)
    {
      answer->sources = sources;
      baleen_chat_start_next (answer->chat);
    }
  else if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    baleen_message_set_state (answer->message, BALEEN_STATE_STOPPED);
  else
    baleen_message_fail (answer->message, error->message,
                         answer->chat->lookup->get_remedy != NULL
                             ? answer->chat->lookup->get_remedy (error) : BALEEN_REMEDY_SEARCH);
}

void
baleen_chat_begin_search (Answer *answer)
{
  BaleenChat *self = answer->chat;
  ChatSearch *search = g_new0 (ChatSearch, 1);
  g_autofree char *reference
      = baleen_message_reference_new (baleen_conversation_get_id (answer->conversation),
                                      baleen_message_get_id (answer->message));
  const BaleenLookupOrder order = {
    .question = baleen_message_get_text (get_question (answer)),
    .queries = (const char *const *) answer->queries,
    .n_characters = get_room (self),
    .message = reference,
    .is_private = baleen_conversation_get_is_temporary (answer->conversation),
    .step = step_cb,
    .step_data = search,
  };

  search->answer = answer;
  search->cancellable = g_cancellable_new ();
  answer->search = search;
  baleen_message_set_step (answer->message, _("Searching…"));
  baleen_message_set_state (answer->message, BALEEN_STATE_READING);
  self->lookup->search_async (self->lookup->data, &order, search->cancellable, searched_cb,
                              search);
}

void
baleen_chat_stop_search (Answer *answer)
{
  g_cancellable_cancel (answer->search->cancellable);
}

void
baleen_chat_forget_search (Answer *answer)
{
  g_autoptr (GCancellable) cancellable = NULL;

  if (answer->search == NULL)
    return;

  cancellable = g_object_ref (answer->search->cancellable);
  answer->search->answer = NULL;
  answer->search = NULL;
  g_cancellable_cancel (cancellable);
}

static BaleenRequest *
build_request (Answer *answer)
{
  BaleenChat *self = answer->chat;
  BaleenMessage *question = get_question (answer);
  g_autofree char *text = baleen_attachments_frame_text (question);

  g_clear_pointer (&answer->finding, baleen_finding_free);
  answer->finding
      = self->lookup->frame (self->lookup->data, text, answer->sources, self->part_tokens > 0);
  return baleen_prompt_builder_build (
      answer->conversation, baleen_conversation_get_parent (answer->conversation, question), NULL,
      answer->finding->prompt, baleen_message_get_think (answer->message), self->settings);
}

/* What does not fit is not shown, and then it is no source either. */
BaleenRequest *
baleen_chat_make_searched_request (Answer *answer)
{
  BaleenRequest *request = build_request (answer);

  while (answer->sources->len > 1)
    {
      g_autoptr (BaleenPromptCount) count
          = baleen_engine_service_count (answer->chat->engine, request, NULL);

      if (count == NULL || count->total + count->n_reserve <= count->n_context)
        break;
      baleen_request_free (request);
      g_ptr_array_set_size (answer->sources, answer->sources->len - 1);
      request = build_request (answer);
    }
  return request;
}

void
baleen_chat_end_searched (Answer *answer)
{
  const char *text = baleen_message_get_text (answer->message);
  g_autofree char *thought = NULL;
  g_autofree char *cited = NULL;

  if (answer->finding == NULL)
    return;

  cited = answer->finding->take_answer (answer->finding->frame, answer->sources, text);
  thought = g_strdup (baleen_message_get_thought (answer->message));
  baleen_message_set_sources (answer->message, answer->sources);
  if (!g_str_equal (cited, text))
    baleen_message_set_text (answer->message, cited, thought);
}
