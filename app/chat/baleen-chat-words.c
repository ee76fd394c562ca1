/* The words that are searched for: written by the model from what the user asked, and agreed on
 * before they leave, if that is wanted. */
#include "baleen-chat-private.h"

#include <glib/gi18n.h>

#define WORDS_TOKENS 96
/* A question may only make sense after those before it. */
#define MOST_EARLIER 2
#define EARLIER_CHARS 400

/* Words on their way from the model. */
struct _ChatWords
{
  Answer *answer;            /* (nullable) NULL once it is gone */
  GCancellable *cancellable; /* (owned) */
  char *earlier;             /* (owned) (nullable) */
  char **queries;            /* (owned) (nullable) */
};

static const char *
get_question_text (Answer *answer)
{
  return baleen_message_get_text (baleen_conversation_get_message (
      answer->conversation, baleen_message_get_parent_id (answer->message)));
}

/* Only the user's own words: what a page or an answer said before must not lead a search. */
static char *
dup_earlier (Answer *answer)
{
  BaleenMessage *message = baleen_conversation_get_message (
      answer->conversation, baleen_message_get_parent_id (answer->message));
  g_autoptr (GPtrArray) questions = g_ptr_array_new_with_free_func (g_free);

  while ((message = baleen_conversation_get_parent (answer->conversation, message)) != NULL
         && questions->len < MOST_EARLIER)
    if (baleen_message_get_role (message) == BALEEN_ROLE_USER
        && !baleen_message_get_is_gone (message) && !baleen_message_get_is_left_out (message))
      {
        const char *text = baleen_message_get_text (message);

        g_ptr_array_insert (questions, 0,
                            g_utf8_strlen (text, -1) > EARLIER_CHARS
                                ? g_utf8_substring (text, 0, EARLIER_CHARS) : g_strdup (text));
      }
  if (questions->len == 0)
    return NULL;
  g_ptr_array_add (questions, NULL);
  return g_strjoinv ("\n", (char **) questions->pdata);
}

/* ---- the card ------------------------------------------------------------------------- */

static void
show_card (Answer            *answer,
           const char *const *queries)
{
  BaleenChat *self = answer->chat;
  g_autofree char *host = self->lookup->dup_host (self->lookup->data);
  g_autofree char *words
      = g_strdup_printf (_("These words go to %s"), host != NULL ? host : "");

  answer->is_asking = TRUE;
  baleen_message_set_state (answer->message, BALEEN_STATE_QUEUED);
  baleen_message_set_step (answer->message, words);
  baleen_message_set_queries (answer->message, queries);
}

/* A model that reads best in small parts has little to add to a question. */
static gboolean
model_writes (BaleenChat *self)
{
  return self->part_tokens == 0 && self->lookup->make_words_prompt != NULL;
}

void
baleen_chat_ask_to_search (Answer *answer)
{
  BaleenChat *self = answer->chat;
  g_auto (GStrv) queries = NULL;

  if (!self->asks || !baleen_chat_needs_search (answer) || model_writes (self))
    return;
  queries = self->lookup->suggest (self->lookup->data, get_question_text (answer));
  show_card (answer, (const char *const *) queries);
}

void
baleen_chat_decide_search (BaleenChat    *self,
                           BaleenMessage *message,
                           gboolean       is_wanted)
{
  Answer *answer = baleen_chat_find_answer (self, message);

  if (answer == NULL || !answer->is_asking)
    return;

  answer->is_asking = FALSE;
  if (is_wanted)
    answer->queries = g_strdupv ((char **) baleen_message_get_queries (message));
  else
    baleen_message_set_search (message, FALSE);
  baleen_message_set_step (message, NULL);
  baleen_message_set_queries (message, NULL);
  baleen_chat_start_next (self);
}

/* ---- the model's words ---------------------------------------------------------------- */

static void
item_cb (guint                   item,
         const BaleenGeneration *generation,
         const GError           *error,
         gpointer                user_data)
{
  ChatWords *words = user_data;
  const BaleenLookup *lookup;

  if (words->answer == NULL || generation == NULL)
    return;
  lookup = words->answer->chat->lookup;
  words->queries = lookup->read_words (lookup->data, get_question_text (words->answer),
                                       words->earlier, generation->answer);
}

/* Words that cannot be written are those of the question. */
static void
written_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  ChatWords *words = user_data;
  Answer *answer = words->answer;
  g_auto (GStrv) queries = g_steal_pointer (&words->queries);
  BaleenChat *self;

  baleen_engine_service_run_batch_finish (BALEEN_ENGINE_SERVICE (source), result, NULL);
  g_clear_object (&words->cancellable);
  g_free (words->earlier);
  g_free (words);
  if (answer == NULL)
    return;

  self = answer->chat;
  answer->words = NULL;
  if (queries == NULL)
    queries = self->lookup->suggest (self->lookup->data, get_question_text (answer));
  if (self->asks)
    show_card (answer, (const char *const *) queries);
  else
    answer->queries = g_steal_pointer (&queries);
  baleen_chat_start_next (self);
}

gboolean
baleen_chat_write_words (Answer *answer)
{
  BaleenChat *self = answer->chat;
  g_autoptr (BaleenBatch) batch = NULL;
  g_autofree char *prompt = NULL;
  BaleenRequest *request;
  ChatWords *words;

  if (answer->queries != NULL || !model_writes (self))
    return FALSE;

  words = g_new0 (ChatWords, 1);
  words->answer = answer;
  words->cancellable = g_cancellable_new ();
  words->earlier = dup_earlier (answer);
  answer->words = words;
  prompt = self->lookup->make_words_prompt (self->lookup->data, get_question_text (answer),
                                            words->earlier);
  request = baleen_request_new (BALEEN_THINK_OFF);
  baleen_request_add (request, BALEEN_ROLE_USER, prompt, NULL);
  request->max_tokens = WORDS_TOKENS;
  request->temperature = 0;
  request->has_seed = TRUE;
  batch = baleen_batch_new (BALEEN_PRIORITY_CHAT);
  baleen_batch_add (batch, request);
  baleen_batch_set_item_func (batch, item_cb, words, NULL);
  baleen_message_set_step (answer->message, _("Choosing words to search for…"));
  baleen_message_set_state (answer->message, BALEEN_STATE_READING);
  baleen_engine_service_run_batch_async (self->engine, batch, words->cancellable, written_cb,
                                         words);
  return TRUE;
}

void
baleen_chat_forget_words (Answer *answer)
{
  g_autoptr (GCancellable) cancellable = NULL;

  if (answer->words == NULL)
    return;
  cancellable = g_object_ref (answer->words->cancellable);
  answer->words->answer = NULL;
  answer->words = NULL;
  g_cancellable_cancel (cancellable);
}

/* ---- later ---------------------------------------------------------------------------- */

static gboolean
waited_cb (gpointer user_data)
{
  Answer *answer = user_data;
  BaleenChat *self = answer->chat;

  answer->wait_source = 0;
  baleen_message_set_step (answer->message, NULL);
  baleen_chat_start_next (self);
  return G_SOURCE_REMOVE;
}

void
baleen_chat_hold_search (Answer *answer)
{
  const BaleenLookup *lookup = answer->chat->lookup;
  const gint64 free_at = lookup != NULL && lookup->get_free_at != NULL
                             ? lookup->get_free_at (lookup->data) : 0;
  const gint64 seconds
      = (free_at - g_get_real_time () + G_TIME_SPAN_SECOND - 1) / G_TIME_SPAN_SECOND;
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autoptr (GDateTime) then = NULL;
  g_autofree char *clock = NULL;
  g_autofree char *words = NULL;

  if (seconds <= 0 || seconds > G_MAXINT)
    return;
  then = g_date_time_add_seconds (now, seconds);
  clock = g_date_time_format (then, "%H:%M:%S");
  words = g_strdup_printf (_("Waiting until %s"), clock);
  baleen_message_set_step (answer->message, words);
  answer->wait_source = g_timeout_add_seconds (seconds, waited_cb, answer);
}
