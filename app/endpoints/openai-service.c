#include "openai-service.h"

#include "http-service.h"
#include "json-writing.h"
#include "openai-request.h"
#include "stop-words.h"

#include <json-glib/json-glib.h>
#include <string.h>
#include <sys/random.h>

struct _OpenaiService
{
  BaleenServing *serving;   /* (owned) */
  BaleenHttpService *http;  /* (owned) */
  char *name;               /* (owned) */
  GMainContext *context;    /* (owned) where clients are talked to */
  gint64 created;           /* seconds */
};

/* An answer on its way to a client. The serving thread fills it; the client is talked to in
 * the context. */
typedef struct
{
  BaleenHttpCall *call;     /* (owned) */
  GMainContext *context;    /* (owned) */
  char *id;                 /* (owned) */
  char *model;              /* (owned) */
  gint64 created;
  gboolean is_chat, is_streamed, wants_usage;

  /* The serving thread's. */
  GCancellable *cancellable;   /* (owned) */
  BaleenStopWords *stop_words; /* (owned) */
  GString *text, *thought;     /* (owned) all of it */
  gboolean met_stop_word;
} Answer;

static void
answer_clear (gpointer data)
{
  Answer *answer = data;

  baleen_http_call_unref (answer->call);
  g_main_context_unref (answer->context);
  g_free (answer->id);
  g_free (answer->model);
  g_object_unref (answer->cancellable);
  baleen_stop_words_free (answer->stop_words);
  g_string_free (answer->text, TRUE);
  g_string_free (answer->thought, TRUE);
}

static void
answer_unref (gpointer answer)
{
  g_atomic_rc_box_release_full (answer, answer_clear);
}

/* ---- JSON -------------------------------------------------------------------------------- */

static char *
end_json (JsonBuilder *builder)
{
  json_builder_end_object (builder);
  return baleen_json_to_text (builder);
}

static JsonBuilder *
begin_object (const Answer *answer)
{
  JsonBuilder *builder = json_builder_new ();

  json_builder_begin_object (builder);
  baleen_json_add_text (builder, "id", answer->id);
  baleen_json_add_text (builder, "object",
                        !answer->is_chat       ? "text_completion"
                        : answer->is_streamed  ? "chat.completion.chunk"
                                               : "chat.completion");
  baleen_json_add_whole (builder, "created", answer->created);
  baleen_json_add_text (builder, "model", answer->model);

  return builder;
}

static void
add_usage (JsonBuilder            *builder,
           const BaleenGeneration *generation)
{
  json_builder_set_member_name (builder, "usage");
  json_builder_begin_object (builder);
  baleen_json_add_whole (builder, "prompt_tokens", generation->n_prompt);
  baleen_json_add_whole (builder, "completion_tokens", generation->n_answer);
  baleen_json_add_whole (builder, "total_tokens", generation->n_prompt + generation->n_answer);
  json_builder_end_object (builder);
}

static const char *
get_finish (const Answer           *answer,
            const BaleenGeneration *generation)
{
  return answer->met_stop_word || generation->stop == BALEEN_STOP_END ? "stop" : "length";
}

/* One choice: a whole message, or what came of it now. */
static void
add_choice (JsonBuilder  *builder,
            const Answer *answer,
            const char   *role,    /* (nullable) */
            const char   *text,    /* (nullable) */
            const char   *thought, /* (nullable) */
            const char   *finish)  /* (nullable) */
{
  json_builder_set_member_name (builder, "choices");
  json_builder_begin_array (builder);
  json_builder_begin_object (builder);
  baleen_json_add_whole (builder, "index", 0);
  if (!answer->is_chat)
    baleen_json_add_text (builder, "text", text != NULL ? text : "");
  else
    {
      json_builder_set_member_name (builder, answer->is_streamed ? "delta" : "message");
      json_builder_begin_object (builder);
      if (role != NULL)
        baleen_json_add_text (builder, "role", role);
      if (text != NULL)
        baleen_json_add_text (builder, "content", text);
      if (thought != NULL && *thought != '\0')
        baleen_json_add_text (builder, "reasoning_content", thought);
      json_builder_end_object (builder);
    }
  json_builder_set_member_name (builder, "logprobs");
  json_builder_add_null_value (builder);
  baleen_json_add_text (builder, "finish_reason", finish);
  json_builder_end_object (builder);
  json_builder_end_array (builder);
}

static char *
make_error (const char *words,
            const char *type)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "error");
  json_builder_begin_object (builder);
  baleen_json_add_text (builder, "message", words);
  baleen_json_add_text (builder, "type", type);
  baleen_json_add_text (builder, "param", NULL);
  baleen_json_add_text (builder, "code", NULL);
  json_builder_end_object (builder);

  return end_json (builder);
}

/* ---- to the client ----------------------------------------------------------------------- */

/* Something to say in the context. */
typedef struct
{
  Answer *answer; /* (owned) */
  char *json;     /* (owned) */
  guint status;   /* of a whole answer; 0: an event */
  gboolean is_last;
} Delivery;

static gboolean
deliver_cb (gpointer data)
{
  Delivery *delivery = data;
  BaleenHttpCall *call = delivery->answer->call;

  if (delivery->status != 0)
    baleen_http_call_answer (call, delivery->status, delivery->json);
  else
    baleen_http_call_send_event (call, delivery->json);
  if (delivery->status == 0 && delivery->is_last)
    {
      baleen_http_call_send_event (call, "[DONE]");
      baleen_http_call_end_events (call);
    }

  return G_SOURCE_REMOVE;
}

static void
delivery_free (gpointer data)
{
  Delivery *delivery = data;

  answer_unref (delivery->answer);
  g_free (delivery->json);
  g_free (delivery);
}

/* Takes the JSON. */
static void
deliver (Answer  *answer,
         char    *json,
         guint    status,
         gboolean is_last)
{
  Delivery *delivery = g_new0 (Delivery, 1);

  delivery->answer = g_atomic_rc_box_acquire (answer);
  delivery->json = json;
  delivery->status = status;
  delivery->is_last = is_last;
  g_main_context_invoke_full (answer->context, G_PRIORITY_DEFAULT, deliver_cb, delivery,
                              delivery_free);
}

static void
deliver_piece (Answer     *answer,
               const char *text,
               const char *thought)
{
  g_autoptr (JsonBuilder) builder = begin_object (answer);

  add_choice (builder, answer, NULL, text, thought, NULL);
  deliver (answer, end_json (builder), 0, FALSE);
}

/* ---- the serving thread ------------------------------------------------------------------ */

static gboolean
piece_cb (BaleenPiece piece,
          const char *text,
          gsize       length,
          gpointer    data)
{
  Answer *answer = data;
  const gsize n_before = answer->text->len;

  if (piece == BALEEN_PIECE_MOVE)
    {
      g_string_append (answer->thought, answer->text->str);
      g_string_truncate (answer->text, 0);
      return TRUE;
    }
  if (piece == BALEEN_PIECE_THOUGHT)
    {
      g_string_append_len (answer->thought, text, length);
      if (answer->is_streamed)
        {
          g_autofree char *copy = g_strndup (text, length);

          deliver_piece (answer, NULL, copy);
        }
    }
  else
    {
      answer->met_stop_word
          = baleen_stop_words_push (answer->stop_words, text, length, answer->text);
      if (answer->is_streamed && answer->text->len > n_before)
        deliver_piece (answer, answer->text->str + n_before, NULL);
    }

  return !answer->met_stop_word && !g_cancellable_is_cancelled (answer->cancellable);
}

static void
end_stream (Answer                 *answer,
            const BaleenGeneration *generation)
{
  g_autoptr (JsonBuilder) builder = begin_object (answer);

  add_choice (builder, answer, NULL, NULL, NULL, get_finish (answer, generation));
  deliver (answer, end_json (builder), 0, !answer->wants_usage);
  if (answer->wants_usage)
    {
      g_autoptr (JsonBuilder) usage = begin_object (answer);

      json_builder_set_member_name (usage, "choices");
      json_builder_begin_array (usage);
      json_builder_end_array (usage);
      add_usage (usage, generation);
      deliver (answer, end_json (usage), 0, TRUE);
    }
}

static void
end_whole (Answer                 *answer,
           const BaleenGeneration *generation)
{
  g_autoptr (JsonBuilder) builder = begin_object (answer);

  add_choice (builder, answer, "assistant", answer->text->str, answer->thought->str,
              get_finish (answer, generation));
  add_usage (builder, generation);
  deliver (answer, end_json (builder), 200, TRUE);
}

static gboolean
let_go_cb (gpointer answer)
{
  answer_unref (answer);

  return G_SOURCE_REMOVE;
}

static void
ended_cb (const BaleenGeneration *generation,
          const GError           *error,
          gpointer                data)
{
  Answer *answer = data;
  const gsize n_before = answer->text->len;

  if (error != NULL)
    deliver (answer, make_error (error->message, "invalid_request_error"),
             answer->is_streamed ? 0 : 400, TRUE);
  else
    {
      if (!answer->met_stop_word)
        baleen_stop_words_finish (answer->stop_words, answer->text);
      if (answer->is_streamed && answer->text->len > n_before)
        deliver_piece (answer, answer->text->str + n_before, NULL);
      if (answer->is_streamed)
        end_stream (answer, generation);
      else
        end_whole (answer, generation);
    }
  /* A call belongs to the thread that talks to its client, to its very end. */
  g_main_context_invoke (answer->context, let_go_cb, answer);
}

/* ---- calls ------------------------------------------------------------------------------- */

static Answer *
answer_new (OpenaiService  *self,
            BaleenHttpCall *call,
            OpenaiRequest  *request,
            gboolean        is_chat)
{
  Answer *answer = g_atomic_rc_box_new0 (Answer);
  g_autofree char *uuid = g_uuid_string_random ();

  answer->call = baleen_http_call_ref (call);
  answer->context = g_main_context_ref (self->context);
  answer->id = g_strconcat (is_chat ? "chatcmpl-" : "cmpl-", uuid, NULL);
  answer->model = g_strdup (self->name);
  answer->created = g_get_real_time () / G_USEC_PER_SEC;
  answer->is_chat = is_chat;
  answer->is_streamed = request->is_streamed;
  answer->wants_usage = request->wants_usage;
  answer->cancellable = g_object_ref (baleen_http_call_get_cancellable (call));
  answer->stop_words = baleen_stop_words_new ((const char *const *) request->stop);
  answer->text = g_string_new (NULL);
  answer->thought = g_string_new (NULL);

  return answer;
}

static void
complete (OpenaiService  *self,
          BaleenHttpCall *call,
          gboolean        is_chat)
{
  g_autoptr (GBytes) body = baleen_http_call_get_body (call);
  g_autoptr (GError) error = NULL;
  g_autoptr (OpenaiRequest) request = openai_request_new (body, is_chat, &error);
  BaleenServingCall asked = { .piece = piece_cb, .ended = ended_cb, .dropped = answer_unref };
  Answer *answer;

  if (request == NULL)
    {
      g_autofree char *json = make_error (error->message, "invalid_request_error");

      baleen_http_call_answer (call, 400, json);
      return;
    }
  answer = answer_new (self, call, request, is_chat);
  asked.max_tokens = request->max_tokens;
  asked.temperature = request->temperature;
  asked.top_p = request->top_p;
  asked.presence_penalty = request->presence_penalty;
  asked.frequency_penalty = request->frequency_penalty;
  asked.has_seed = request->has_seed;
  asked.seed = request->seed;
  asked.request = g_steal_pointer (&request->request);
  asked.prompt = g_steal_pointer (&request->prompt);
  asked.user_data = answer;
  if (answer->is_streamed)
    {
      baleen_http_call_begin_events (call);
      if (is_chat)
        {
          g_autoptr (JsonBuilder) builder = begin_object (answer);
          g_autofree char *json = NULL;

          add_choice (builder, answer, "assistant", "", NULL, NULL);
          json = end_json (builder);
          baleen_http_call_send_event (call, json);
        }
    }
  baleen_serving_ask (self->serving, &asked);
}

/* Leaves the object open. */
static void
begin_model (OpenaiService *self,
             JsonBuilder   *builder)
{
  json_builder_begin_object (builder);
  baleen_json_add_text (builder, "id", self->name);
  baleen_json_add_text (builder, "object", "model");
  baleen_json_add_whole (builder, "created", self->created);
  baleen_json_add_text (builder, "owned_by", "baleen");
  baleen_json_add_whole (builder, "context_length", baleen_serving_get_n_context (self->serving));
}

static void
list_models (OpenaiService  *self,
             BaleenHttpCall *call)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autofree char *json = NULL;

  json_builder_begin_object (builder);
  baleen_json_add_text (builder, "object", "list");
  json_builder_set_member_name (builder, "data");
  json_builder_begin_array (builder);
  begin_model (self, builder);
  json_builder_end_object (builder);
  json_builder_end_array (builder);
  json = end_json (builder);
  baleen_http_call_answer (call, 200, json);
}

/* There is one model, so whichever is asked about. */
static void
tell_model (OpenaiService  *self,
            BaleenHttpCall *call)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autofree char *json = NULL;

  begin_model (self, builder);
  json = end_json (builder);
  baleen_http_call_answer (call, 200, json);
}

static void
call_cb (BaleenHttpCall *call,
         gpointer        data)
{
  OpenaiService *self = data;
  const char *path = baleen_http_call_get_path (call);
  const char *method = baleen_http_call_get_method (call);
  gboolean is_post = g_str_equal (method, "POST");
  g_autofree char *json = NULL;

  if (is_post && g_str_equal (path, "/v1/chat/completions"))
    complete (self, call, TRUE);
  else if (is_post && g_str_equal (path, "/v1/completions"))
    complete (self, call, FALSE);
  else if (g_str_equal (method, "GET") && g_str_equal (path, "/v1/models"))
    list_models (self, call);
  else if (g_str_equal (method, "GET") && g_str_has_prefix (path, "/v1/models/"))
    tell_model (self, call);
  else
    {
      json = make_error ("There are GET /v1/models, POST /v1/chat/completions and POST "
                         "/v1/completions.", "invalid_request_error");
      baleen_http_call_answer (call, 404, json);
    }
}

OpenaiService *
openai_service_new (BaleenServing *serving,
                    const char    *name,
                    guint16        port,
                    const char    *key,
                    GError       **error)
{
  OpenaiService *self = g_new0 (OpenaiService, 1);

  self->serving = serving;
  self->name = g_strdup (name);
  self->context = g_main_context_ref_thread_default ();
  self->created = g_get_real_time () / G_USEC_PER_SEC;
  self->http = baleen_http_service_new (port, key, call_cb, self, error);
  if (self->http == NULL)
    g_clear_pointer (&self, openai_service_free);

  return self;
}

void
openai_service_free (OpenaiService *self)
{
  g_clear_pointer (&self->http, baleen_http_service_free);
  g_clear_pointer (&self->serving, baleen_serving_free);
  g_main_context_unref (self->context);
  g_free (self->name);
  g_free (self);
}

void
openai_service_set_name (OpenaiService *self,
                         const char    *name)
{
  g_free (self->name);
  self->name = g_strdup (name);
}

guint16
openai_service_get_port (OpenaiService *self)
{
  return baleen_http_service_get_port (self->http);
}

char *
openai_service_make_key (void)
{
  static const char letters[] = "abcdefghijkmnpqrstuvwxyz23456789";
  guint8 bytes[32];
  char *key;

  if (getrandom (bytes, sizeof bytes, 0) != sizeof bytes)
    g_error ("The system gives no random numbers.");
  key = g_malloc0 (sizeof bytes + 1);
  for (gsize i = 0; i < sizeof bytes; i++)
    key[i] = letters[bytes[i] % (sizeof letters - 1)];

  return key;
}
