#include "endpoint-chat.h"

#include "endpoint-body.h"
#include "exchange.h"
#include "json-parsing.h"
#include "streaming.h"
#include "thought-splitter.h"

#include <glib/gi18n-lib.h>
#include <json-glib/json-glib.h>
#include <string.h>

/* A model that thinks on a server may say nothing for long. */
#define QUIET_SECONDS 300
#define MOST_TRIES 5
/* While it waits, somebody may want it to go on. */
#define LOOK_MILLISECONDS 200
#define LONGEST_WAIT 60
#define FIRST_WAIT 2
#define LIST_SECONDS 20
/* A server's own words are quoted so far. */
#define LONGEST_QUOTE 200

/* An answer on its way. */
typedef struct
{
  const BaleenEndpointWatch *watch;
  BaleenThoughtSplitter *splitter; /* (owned) for servers that leave <think> in the text */
  GString *reasoning;              /* (owned) what came as thought by itself */
  gsize n_thought, n_text;         /* bytes of the splitter's that were told */
  gboolean has_reasoning;
  gboolean is_unwanted;            /* a function said no more */
  gboolean is_cut;
  gboolean is_withheld;            /* by a filter of the server's */
  gboolean has_finished;
  gint64 n_prompt, n_answer;
  char *problem;                   /* (owned) (nullable) in the middle of a stream */
  gint64 first_time;               /* monotonic, of the first piece; 0 before */
} Answer;

static void
tell (Answer      *answer,
      BaleenPiece  piece,
      const char  *text,
      gsize        length)
{
  if (length == 0 || answer->is_unwanted)
    return;
  if (answer->first_time == 0)
    answer->first_time = g_get_monotonic_time ();
  if (!answer->watch->piece (piece, text, length, answer->watch->user_data))
    answer->is_unwanted = TRUE;
}

/* Whole characters of what the splitter has and nobody was told. */
static void
tell_rest (Answer        *answer,
           BaleenPiece    piece,
           const GString *text,
           gsize         *n_told)
{
  const char *end;

  if (text->len <= *n_told)
    return;
  g_utf8_validate (text->str + *n_told, text->len - *n_told, &end);
  tell (answer, piece, text->str + *n_told, end - (text->str + *n_told));
  *n_told = end - text->str;
}

/* Where thoughts come by themselves, the lines that stood between them and the answer are still
 * there. */
static const char *
skip_first_lines (const GString *before,
                  const char    *text)
{
  while (before->len == 0 && *text == '\n')
    text++;
  return text;
}

static void
push_text (Answer     *answer,
           const char *text)
{
  if (answer->has_reasoning)
    text = skip_first_lines (baleen_thought_splitter_get_answer (answer->splitter), text);
  if (baleen_thought_splitter_push (answer->splitter, text, -1))
    {
      answer->watch->piece (BALEEN_PIECE_MOVE, "", 0, answer->watch->user_data);
      answer->n_thought = baleen_thought_splitter_get_thought (answer->splitter)->len;
      answer->n_text = 0;
    }
  tell_rest (answer, BALEEN_PIECE_THOUGHT, baleen_thought_splitter_get_thought (answer->splitter),
             &answer->n_thought);
  tell_rest (answer, BALEEN_PIECE_ANSWER, baleen_thought_splitter_get_answer (answer->splitter),
             &answer->n_text);
}

static gboolean
event_cb (const char *data,
          gpointer    user_data)
{
  Answer *answer = user_data;
  g_auto (EndpointPart) part = { 0 };

  if (g_str_equal (data, "[DONE]"))
    {
      answer->has_finished = TRUE;
      return TRUE;
    }
  if (!endpoint_part_read (&part, data))
    return TRUE;
  if (part.problem != NULL)
    {
      answer->problem = g_steal_pointer (&part.problem);
      return FALSE;
    }
  if (part.n_prompt >= 0)
    answer->n_prompt = part.n_prompt;
  if (part.n_answer >= 0)
    answer->n_answer = part.n_answer;
  if (part.thought != NULL && *part.thought != '\0')
    {
      const char *thought = skip_first_lines (answer->reasoning, part.thought);

      answer->has_reasoning = TRUE;
      g_string_append (answer->reasoning, thought);
      tell (answer, BALEEN_PIECE_THOUGHT, thought, strlen (thought));
    }
  if (part.text != NULL)
    push_text (answer, part.text);
  if (part.finish != NULL)
    {
      answer->has_finished = TRUE;
      answer->is_cut = g_str_equal (part.finish, "length");
      answer->is_withheld = g_str_equal (part.finish, "content_filter");
      if (answer->problem == NULL
          && g_str_equal (part.finish, "insufficient_system_resource"))
        answer->problem = g_strdup (_("it has no capacity left. Try again later."));
    }

  return !answer->is_unwanted;
}

/* ---- refusals ---------------------------------------------------------------------------- */

static char *
quote (const char *words)
{
  g_autofree char *line = g_strdelimit (g_strdup (words), "\n\r\t", ' ');

  if (g_utf8_strlen (line, -1) <= LONGEST_QUOTE)
    return g_steal_pointer (&line);

  {
    g_autofree char *start = g_utf8_substring (line, 0, LONGEST_QUOTE);

    return g_strconcat (start, "…", NULL);
  }
}

/* Says why the server would not, in our words for what is known and its own for the rest. */
static void
set_refusal (GError               **error,
             const BaleenEndpoint  *endpoint,
             const BaleenStreamed  *streamed)
{
  g_autofree char *host = baleen_endpoint_get_host (endpoint);
  g_auto (EndpointPart) part = { 0 };
  g_autofree char *words = NULL;

  if (streamed->body != NULL)
    endpoint_part_read (&part, streamed->body);
  words = quote (part.problem != NULL ? part.problem : "");
  switch (streamed->status)
    {
    case 401:
    case 403:
      g_set_error (error, BALEEN_NETWORK_ERROR, BALEEN_NETWORK_ERROR_KEY,
                   _("%s refused the key."), host);
      break;
    case 402:
      g_set_error (error, BALEEN_NETWORK_ERROR, BALEEN_NETWORK_ERROR_LIMIT,
                   _("%s says the balance is used up."), host);
      break;
    case 404:
      g_set_error (error, BALEEN_NETWORK_ERROR, BALEEN_NETWORK_ERROR_STATUS,
                   _("%s has no model “%s”."), host, endpoint->model);
      break;
    case 429:
      g_set_error (error, BALEEN_NETWORK_ERROR, BALEEN_NETWORK_ERROR_LIMIT,
                   _("%s is too busy to answer now. Try again later. %s"), host, words);
      break;
    default:
      if (streamed->status >= 500)
        g_set_error (error, BALEEN_NETWORK_ERROR, BALEEN_NETWORK_ERROR_STATUS,
                     _("%s has a fault (%u). Nothing was lost. Try again."), host,
                     streamed->status);
      else if (streamed->status >= 300 && streamed->status < 400)
        g_set_error (error, BALEEN_NETWORK_ERROR, BALEEN_NETWORK_ERROR_REDIRECTS,
                     _("%s sends requests on to another address. Enter that one instead."), host);
      else
        g_set_error (error, BALEEN_NETWORK_ERROR, BALEEN_NETWORK_ERROR_REQUEST,
                     _("%s refuses the request (%u). %s"), host, streamed->status, words);
    }
}

/* Seconds that the server wants to be left alone; `n_tries` times it has said so before. */
static guint
get_wait (const BaleenStreamed *streamed,
          guint                 n_tries)
{
  char *end;
  guint64 seconds;

  if (streamed->retry_after == NULL)
    return FIRST_WAIT << n_tries;
  seconds = g_ascii_strtoull (streamed->retry_after, &end, 10);
  if (end == streamed->retry_after)
    {
      g_autoptr (GDateTime) then = soup_date_time_new_from_http_string (streamed->retry_after);
      g_autoptr (GDateTime) now = g_date_time_new_now_utc ();

      if (then == NULL)
        return FIRST_WAIT << n_tries;
      seconds = MAX (1, g_date_time_difference (then, now) / G_TIME_SPAN_SECOND);
    }

  return MIN (seconds, G_MAXUINT);
}

static void
tell_wait (const BaleenEndpointWatch *watch,
           guint                      seconds)
{
  if (watch->waiting != NULL)
    watch->waiting (seconds, watch->user_data);
}

/* FALSE if it was cancelled meanwhile. */
static gboolean
wait_for (guint                      seconds,
          const BaleenEndpointWatch *watch,
          GCancellable              *cancellable)
{
  const gint64 end = g_get_monotonic_time () + seconds * G_TIME_SPAN_SECOND;
  GPollFD fd = { 0 };
  gboolean can_poll = cancellable != NULL && g_cancellable_make_pollfd (cancellable, &fd);
  guint told = 0;

  for (gint64 left = end - g_get_monotonic_time ();
       left > 0 && !g_cancellable_is_cancelled (cancellable)
       && (watch->is_hurried == NULL || !watch->is_hurried (watch->user_data));
       left = end - g_get_monotonic_time ())
    {
      const guint whole = (guint) ((left + G_TIME_SPAN_SECOND - 1) / G_TIME_SPAN_SECOND);

      if (whole != told)
        tell_wait (watch, whole);
      told = whole;
      g_poll (&fd, can_poll, (gint) MIN (left / 1000 + 1, LOOK_MILLISECONDS));
    }
  tell_wait (watch, 0);
  if (can_poll)
    g_cancellable_release_fd (cancellable);

  return !g_cancellable_is_cancelled (cancellable);
}

/* ---- the call ---------------------------------------------------------------------------- */

static void
add_key (SoupMessage *message,
         const char  *key)
{
  g_autofree char *bearer = NULL;

  if (key == NULL || *key == '\0')
    return;
  bearer = g_strconcat ("Bearer ", key, NULL);
  soup_message_headers_replace (soup_message_get_request_headers (message), "Authorization",
                                bearer);
}

static gboolean
call (Answer               *answer,
      BaleenStreamed       *streamed,
      const BaleenEndpoint *endpoint,
      const char           *key,
      const char           *body,
      GCancellable         *cancellable,
      GError              **error)
{
  g_autofree char *url = g_strconcat (endpoint->address, "/chat/completions", NULL);
  g_autoptr (SoupMessage) message = soup_message_new ("POST", url);
  g_autoptr (GBytes) bytes = g_bytes_new (body, strlen (body));

  add_key (message, key);
  soup_message_headers_replace (soup_message_get_request_headers (message), "Accept",
                                "text/event-stream, application/json");
  soup_message_set_request_body_from_bytes (message, "application/json", bytes);

  return baleen_streaming_run (streamed, message, BALEEN_PURPOSE_ENDPOINT, QUIET_SECONDS, event_cb,
                               answer, cancellable, error);
}

/* Calls until the server takes it: with less in the body where it does not know all of it, and
 * later where it is busy. TRUE with a status below 400. */
static gboolean
call_until_taken (Answer                    *answer,
                  BaleenStreamed            *streamed,
                  const BaleenEndpoint      *endpoint,
                  const char                *key,
                  const BaleenRequest       *request,
                  GCancellable              *cancellable,
                  GError                   **error)
{
  gboolean is_plain = FALSE;

  for (guint n_busy = 0;;)
    {
      g_autofree char *body = endpoint_body_make (endpoint, request, is_plain);
      guint seconds;

      baleen_streamed_clear (streamed);
      if (!call (answer, streamed, endpoint, key, body, cancellable, error))
        return FALSE;
      if (streamed->status < 300)
        return TRUE;
      if (!is_plain && (streamed->status == 400 || streamed->status == 422))
        {
          is_plain = TRUE;
          continue;
        }
      seconds = get_wait (streamed, n_busy);
      if (streamed->status != 429 || ++n_busy >= MOST_TRIES || seconds > LONGEST_WAIT)
        {
          set_refusal (error, endpoint, streamed);
          return FALSE;
        }
      if (!wait_for (seconds, answer->watch, cancellable))
        {
          g_cancellable_set_error_if_cancelled (cancellable, error);
          return FALSE;
        }
    }
}

gsize
baleen_endpoint_estimate_tokens (const char *text)
{
  gsize n_wide = 0, n_narrow = 0;

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    if (g_unichar_iswide (g_utf8_get_char (p)))
      n_wide++;
    else
      n_narrow++;

  return (n_wide * 2 + 2) / 3 + (n_narrow + 3) / 4;
}

static gsize
estimate_prompt (const BaleenRequest *request)
{
  gsize n = 4;

  for (guint i = 0; i < request->turns->len; i++)
    n += 4 + baleen_endpoint_estimate_tokens (((BaleenTurn *) request->turns->pdata[i])->text);

  return n;
}

static void
take_whole (BaleenGeneration    *generation,
            Answer              *answer,
            const BaleenRequest *request,
            gint64               start)
{
  const GString *thought = baleen_thought_splitter_get_thought (answer->splitter);
  const GString *text = baleen_thought_splitter_get_answer (answer->splitter);
  gint64 now = g_get_monotonic_time ();
  gint64 first = answer->first_time != 0 ? answer->first_time : now;

  generation->thought = g_strconcat (answer->reasoning->str, thought->str, NULL);
  generation->answer = g_utf8_make_valid (text->str, text->len);
  generation->n_prompt = answer->n_prompt >= 0 ? answer->n_prompt : estimate_prompt (request);
  generation->n_answer = answer->n_answer >= 0
                             ? answer->n_answer
                             : baleen_endpoint_estimate_tokens (generation->thought)
                                   + baleen_endpoint_estimate_tokens (generation->answer);
  generation->prompt_seconds = (first - start) / (double) G_USEC_PER_SEC;
  generation->answer_seconds = (now - first) / (double) G_USEC_PER_SEC;
}

gboolean
baleen_endpoint_chat_run (BaleenGeneration          *generation,
                          const BaleenEndpoint      *endpoint,
                          const char                *key,
                          const BaleenRequest       *request,
                          const BaleenEndpointWatch *watch,
                          GCancellable              *cancellable,
                          GError                   **error)
{
  Answer answer = { .watch = watch, .n_prompt = -1, .n_answer = -1 };
  g_auto (BaleenStreamed) streamed = { 0 };
  g_autofree char *host = baleen_endpoint_get_host (endpoint);
  GError *problem = NULL;
  gint64 start = g_get_monotonic_time ();
  gboolean is_cancelled;

  answer.splitter = baleen_thought_splitter_new (BALEEN_THOUGHT_START_MAYBE);
  answer.reasoning = g_string_new (NULL);
  call_until_taken (&answer, &streamed, endpoint, key, request, cancellable, &problem);
  /* A server that does not stream sends the whole at once. */
  if (problem == NULL && !streamed.is_events)
    event_cb (streamed.body, &answer);
  baleen_thought_splitter_finish (answer.splitter);
  push_text (&answer, "");

  is_cancelled = answer.is_unwanted || g_error_matches (problem, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  if (is_cancelled)
    g_clear_error (&problem);
  else if (problem == NULL && answer.problem != NULL)
    {
      g_autofree char *words = quote (answer.problem);

      problem = g_error_new (BALEEN_NETWORK_ERROR, BALEEN_NETWORK_ERROR_STATUS,
                             _("%s broke off: %s"), host, words);
    }
  else if (problem == NULL && answer.is_withheld)
    problem = g_error_new (BALEEN_NETWORK_ERROR, BALEEN_NETWORK_ERROR_STATUS,
                           _("A content filter of %s ended the answer. Ask in other words, or "
                             "another model."), host);
  else if (problem == NULL && !answer.has_finished && answer.first_time == 0
           && !streamed.is_events)
    problem = g_error_new (BALEEN_NETWORK_ERROR, BALEEN_NETWORK_ERROR_ANSWER,
                           _("What %s sent is no answer of OpenAI's interface. Check the address."),
                           host);
  else if (problem == NULL && !answer.has_finished)
    problem = g_error_new (BALEEN_NETWORK_ERROR, BALEEN_NETWORK_ERROR_UNREACHABLE,
                           _("%s ended the connection before the answer was whole. What came is "
                             "kept."), host);
  if (problem == NULL)
    {
      take_whole (generation, &answer, request, start);
      generation->stop = is_cancelled    ? BALEEN_STOP_CANCELLED
                         : answer.is_cut ? BALEEN_STOP_LENGTH
                                         : BALEEN_STOP_END;
    }
  baleen_thought_splitter_free (answer.splitter);
  g_string_free (answer.reasoning, TRUE);
  g_free (answer.problem);
  if (problem == NULL)
    return TRUE;

  g_propagate_error (error, problem);
  return FALSE;
}

/* ---- the list of models ------------------------------------------------------------------ */

static gboolean
ignore_cb (const char *data,
           gpointer    user_data)
{
  return TRUE;
}

char **
baleen_endpoint_list_models (const BaleenEndpoint *endpoint,
                             const char           *key,
                             GCancellable         *cancellable,
                             GError              **error)
{
  g_autofree char *url = g_strconcat (endpoint->address, "/models", NULL);
  g_autofree char *host = baleen_endpoint_get_host (endpoint);
  g_autoptr (SoupMessage) message = soup_message_new ("GET", url);
  g_auto (BaleenStreamed) streamed = { 0 };
  g_autoptr (JsonNode) root = NULL;
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  JsonNode *data;

  add_key (message, key);
  if (!baleen_streaming_run (&streamed, message, BALEEN_PURPOSE_ENDPOINT, LIST_SECONDS, ignore_cb,
                             NULL, cancellable, error))
    return NULL;
  if (streamed.status >= 300 && streamed.status != 404)
    {
      set_refusal (error, endpoint, &streamed);
      return NULL;
    }

  root = baleen_json_parse (streamed.body, -1, NULL);
  data = root != NULL && JSON_NODE_HOLDS_OBJECT (root)
             ? json_object_get_member (json_node_get_object (root), "data") : NULL;
  if (data == NULL || !JSON_NODE_HOLDS_ARRAY (data))
    {
      g_set_error (error, BALEEN_NETWORK_ERROR, BALEEN_NETWORK_ERROR_ANSWER,
                   _("%s does not list its models as OpenAI's interface has it. Check the "
                     "address; it usually ends with /v1."), host);
      return NULL;
    }
  for (guint i = 0; i < json_array_get_length (json_node_get_array (data)); i++)
    {
      JsonNode *item = json_array_get_element (json_node_get_array (data), i);
      const char *id = JSON_NODE_HOLDS_OBJECT (item)
                           ? json_object_get_string_member_with_default (
                                 json_node_get_object (item), "id", "") : "";

      if (*id != '\0')
        g_ptr_array_add (names, g_strdup (id));
    }
  g_ptr_array_add (names, NULL);

  return (char **) g_ptr_array_free (g_steal_pointer (&names), FALSE);
}
