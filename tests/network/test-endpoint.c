/* Endpoints against a server that speaks OpenAI's interface in all the ways there are, and in
 * some that there should not be. */
#include "baleen-answer-job.h"
#include "baleen-backend.h"
#include "endpoint-body.h"
#include "endpoint-chat.h"
#include "event-stream.h"
#include "main-loop.h"
#include "network-error.h"
#include "test-server.h"

#include <gio/gio.h>
#include <glib/gstdio.h>
#include <json-glib/json-glib.h>
#include <string.h>

static guint16 port;
static GMutex lock;
static char *last_body, *last_head; /* (owned) under the lock */
static gint n_calls;

#define STREAM "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream; charset=utf-8\r\n\r\n"
#define CHUNK(delta) "data: {\"choices\":[{\"index\":0,\"delta\":{" delta "}}]}\n\n"
#define LAST "data: {\"choices\":[{\"delta\":{},\"finish_reason\":\"stop\"}]}\n\n" \
             "data: {\"choices\":[],\"usage\":{\"prompt_tokens\":11,\"completion_tokens\":3}}\n\n" \
             "data: [DONE]\n\n"

static void
put_whole (GOutputStream *out,
           const char    *status,
           const char    *head,
           const char    *body)
{
  g_autofree char *answer
      = g_strdup_printf ("HTTP/1.1 %s\r\n%sContent-Type: application/json\r\n"
                         "Content-Length: %zu\r\n\r\n%s", status, head, strlen (body), body);

  test_server_put (out, answer);
}

/* What a model of that name streams, whatever it is asked. */
static const struct { const char *model, *stream; } streams[] = {
  { "plain",
    STREAM CHUNK ("\"role\":\"assistant\",\"content\":\"\"") CHUNK ("\"content\":\"Hel\"")
    ": a comment\n\n" CHUNK ("\"content\":\"lo 鲸\"") LAST },
  { "reasoner",
    STREAM CHUNK ("\"reasoning_content\":\"Let me \",\"content\":null")
    CHUNK ("\"reasoning_content\":\"see.\"") CHUNK ("\"content\":\"Yes.\"") LAST },
  { "tags",
    STREAM CHUNK ("\"content\":\"<thi\"") CHUNK ("\"content\":\"nk>Hm.</th\"")
    CHUNK ("\"content\":\"ink>\\n\\nYes.\"") LAST },
  /* OpenAI's own: nothing but a filter's opinion first, and nulls. */
  { "azure",
    STREAM "data: {\"choices\":[],\"prompt_filter_results\":[{}],\"error\":null}\n\n"
    CHUNK ("\"role\":\"assistant\",\"content\":null,\"refusal\":null,\"tool_calls\":null")
    CHUNK ("\"content\":\"Nulls.\"") LAST },
  { "parts",
    STREAM CHUNK ("\"content\":[{\"type\":\"thinking\"},{\"type\":\"text\",\"text\":\"In \"},"
                  "{\"type\":\"text\",\"text\":\"parts.\"}]") LAST },
  { "declines", STREAM CHUNK ("\"content\":null,\"refusal\":\"I would rather not.\"") LAST },
  { "calls",
    STREAM CHUNK ("\"content\":\"Let me look.\"")
    CHUNK ("\"tool_calls\":[{\"index\":0,\"function\":{\"name\":\"f\",\"arguments\":\"{\"}}]")
    "data: {\"choices\":[{\"delta\":{},\"finish_reason\":\"tool_calls\"}]}\n\ndata: [DONE]\n\n" },
  { "untyped",
    "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n"
    CHUNK ("\"content\":\"Events.\"") LAST },
  { "old",
    "HTTP/1.0 200 OK\r\nContent-Type: text/event-stream\r\n\r\n"
    CHUNK ("\"content\":\"To the end.\"") LAST },
  { "filtered",
    STREAM CHUNK ("\"content\":\"So far\"")
    "data: {\"choices\":[{\"delta\":{},\"finish_reason\":\"content_filter\"}]}\n\n"
    "data: [DONE]\n\n" },
  { "exhausted",
    STREAM CHUNK ("\"content\":\"So far\"")
    "data: {\"choices\":[{\"delta\":{},\"finish_reason\":\"insufficient_system_resource\"}]}"
    "\n\ndata: [DONE]\n\n" },
  { "cut", STREAM CHUNK ("\"content\":\"Half an\"") "data: {\"choi" },
  { "breaks",
    STREAM CHUNK ("\"content\":\"Half\"")
    "data: {\"error\":{\"message\":\"out of memory\"}}\n\n" },
  { "nonsense",
    STREAM "data: 7\n\ndata: {\"choices\":{}}\n\ndata: {\"choices\":[7]}\n\ndata: [\n\n"
    "data: {\"choices\":[{\"delta\":{\"content\":{\"a\":1}}}]}\n\n"
    CHUNK ("\"content\":\"Still.\"") LAST },
  { "nul", STREAM CHUNK ("\"content\":\"before\\u0000after\"") LAST },
  { "half", STREAM CHUNK ("\"content\":\"a\xff" "b\"") LAST },
  /* Newer vLLM, and Ollama, call thoughts so. */
  { "vllm",
    STREAM CHUNK ("\"reasoning\":\"Let me \"") CHUNK ("\"reasoning\":\"see.\"")
    CHUNK ("\"content\":\"Yes.\"") LAST },
  { "windows",
    STREAM "event: message\r\nid: 1\r\ndata: {\"choices\":[{\"delta\":{\"content\":"
    "\"Two \"}}]}\r\n\r\n: ping\r\n\r\ndata:{\"choices\":[{\"delta\":\r\n"
    "data:{\"content\":\"lines.\"},\"finish_reason\":\"stop\"}]}\r\n\r\n" },
  { "silent-end",
    STREAM CHUNK ("\"content\":\"No mark.\"")
    "data: {\"choices\":[{\"delta\":{},\"finish_reason\":\"stop\"}]}\n\n" },
};

/* What comes whole: refusals, and an answer by a server that does not stream. */
static const struct { const char *model, *status, *head, *body; } wholes[] = {
  { "whole", "200 OK", "",
    "{\"choices\":[{\"message\":{\"role\":\"assistant\",\"content\":\"All at once.\"},"
    "\"finish_reason\":\"length\"}]}" },
  { "full", "429 Too Many Requests", "Retry-After: 86400\r\n",
    "{\"error\":{\"message\":\"Daily limit reached.\"}}" },
  { "key", "401 Unauthorized", "", "{\"error\":{\"message\":\"bad key sk-secret\"}}" },
  { "poor", "402 Payment Required", "", "{}" },
  { "absent", "404 Not Found", "", "{\"error\":\"model 'absent' not found\"}" },
  { "fault", "503 Service Unavailable", "", "<html>oops</html>" },
  { "page", "200 OK", "", "<html>Log in first.</html>" },
  { "elsewhere", "302 Found", "Location: http://127.0.0.2/v1/chat/completions\r\n", "" },
};

/* Byte by byte, with rests within characters. */
static void
put_split (GOutputStream *out)
{
  static const char stream[]
      = STREAM CHUNK ("\"content\":\"一条\"") CHUNK ("\"content\":\"鲸鱼\"") LAST;

  for (const char *p = stream; *p != '\0'; p++)
    {
      g_output_stream_write_all (out, p, 1, NULL, NULL, NULL);
      if ((*p & 0x80) != 0)
        g_usleep (1000);
    }
}

static void
put_packed (GOutputStream *out)
{
  static const char stream[] = CHUNK ("\"content\":\"Packed.\"") LAST;
  g_autoptr (GConverter) packer
      = G_CONVERTER (g_zlib_compressor_new (G_ZLIB_COMPRESSOR_FORMAT_GZIP, -1));
  g_autoptr (GOutputStream) packed = NULL;

  test_server_put (out, "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n"
                        "Content-Encoding: gzip\r\n\r\n");
  packed = g_converter_output_stream_new (out, packer);
  g_filter_output_stream_set_close_base_stream (G_FILTER_OUTPUT_STREAM (packed), FALSE);
  g_output_stream_write_all (packed, stream, strlen (stream), NULL, NULL, NULL);
  g_output_stream_close (packed, NULL, NULL);
}

/* Chunks of three bytes, which end anywhere. */
static void
put_chunked (GOutputStream *out)
{
  static const char stream[] = CHUNK ("\"content\":\"In chunks.\"") LAST;

  test_server_put (out, "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n"
                        "Transfer-Encoding: chunked\r\n\r\n");
  for (gsize at = 0; at < strlen (stream); at += 3)
    {
      const gsize n = MIN (3, strlen (stream) - at);
      g_autofree char *chunk = g_strdup_printf ("%zx\r\n%.*s\r\n", n, (int) n, stream + at);

      test_server_put (out, chunk);
    }
  test_server_put (out, "0\r\n\r\n");
}

static void
put_late (GOutputStream *out)
{
  test_server_put (out, STREAM);
  for (guint i = 0; i < 8; i++)
    {
      g_usleep (100000);
      test_server_put (out, ": keep-alive\n\n");
    }
  test_server_put (out, CHUNK ("\"content\":\"There.\"") LAST);
}

/* Until whoever asked has gone. */
static void
put_endless (GOutputStream *out)
{
  test_server_put (out, STREAM CHUNK ("\"content\":\"Begin\""));
  while (test_server_put (out, CHUNK ("\"content\":\" more\"")))
    g_usleep (20000);
}

/* As a model that is told to. */
static void
put_pondering (GOutputStream *out)
{
  test_server_put (out, STREAM);
  while (test_server_put (out, CHUNK ("\"reasoning_content\":\"Hm. \"")))
    g_usleep (20000);
}

static void
answer (GOutputStream *out,
        const char    *model,
        const char    *body)
{
  const gint call = g_atomic_int_add (&n_calls, 1);

  for (gsize i = 0; i < G_N_ELEMENTS (streams); i++)
    if (g_str_equal (model, streams[i].model))
      test_server_put (out, streams[i].stream);
  for (gsize i = 0; i < G_N_ELEMENTS (wholes); i++)
    if (g_str_equal (model, wholes[i].model))
      put_whole (out, wholes[i].status, wholes[i].head, wholes[i].body);
  if (g_str_equal (model, "busy") && call < 2)
    put_whole (out, "429 Too Many Requests", "Retry-After: 1\r\n", "{}");
  else if (g_str_equal (model, "busy"))
    test_server_put (out, STREAM CHUNK ("\"content\":\"At last.\"") LAST);
  else if (g_str_equal (model, "patient") && call < 1)
    put_whole (out, "429 Too Many Requests", "Retry-After: 50\r\n", "{}");
  else if (g_str_equal (model, "patient"))
    test_server_put (out, STREAM CHUNK ("\"content\":\"At last.\"") LAST);
  else if (g_str_equal (model, "strict") && strstr (body, "chat_template_kwargs") != NULL)
    put_whole (out, "400 Bad Request", "", "{\"error\":{\"message\":\"unknown field\"}}");
  else if (g_str_equal (model, "strict"))
    test_server_put (out, STREAM CHUNK ("\"content\":\"Plain.\"") LAST);
  else if (g_str_equal (model, "split"))
    put_split (out);
  else if (g_str_equal (model, "packed"))
    put_packed (out);
  else if (g_str_equal (model, "chunked"))
    put_chunked (out);
  else if (g_str_equal (model, "late"))
    put_late (out);
  else if (g_str_equal (model, "slow"))
    put_endless (out);
  else if (g_str_equal (model, "ponders") && strstr (body, "\"enable_thinking\":true") != NULL)
    put_pondering (out);
  else if (g_str_equal (model, "ponders"))
    test_server_put (out, STREAM CHUNK ("\"content\":\"Now.\"") LAST);
}

static void
answer_cb (const TestRequest *request,
           gpointer           user_data)
{
  g_autoptr (JsonNode) root = NULL;

  g_mutex_lock (&lock);
  g_free (last_body);
  g_free (last_head);
  last_body = g_strdup (request->body);
  last_head = g_strndup (request->text, request->body - request->text);
  g_mutex_unlock (&lock);
  if (g_str_has_prefix (request->text, "GET /v1/models"))
    {
      put_whole (request->out, "200 OK", "",
                 "{\"object\":\"list\",\"data\":[{\"id\":\"a\"},{},{\"id\":\"b\"}]}");
      return;
    }
  root = json_from_string (request->body, NULL);
  answer (request->out, json_object_get_string_member (json_node_get_object (root), "model"),
          request->body);
}

/* ---- one call ---------------------------------------------------------------------------- */

typedef struct
{
  GString *thought, *text; /* (owned) as told */
  guint n_waits;
  GCancellable *cancel_after_first; /* (nullable) */
} Told;

static gboolean
piece_cb (BaleenPiece piece,
          const char *text,
          gsize       length,
          gpointer    data)
{
  Told *told = data;

  g_assert_true (g_utf8_validate (text, length, NULL));
  if (piece == BALEEN_PIECE_THOUGHT)
    g_string_append_len (told->thought, text, length);
  else if (piece == BALEEN_PIECE_ANSWER)
    g_string_append_len (told->text, text, length);
  if (told->cancel_after_first != NULL)
    g_cancellable_cancel (told->cancel_after_first);

  return TRUE;
}

static void
waiting_cb (guint    seconds,
            gpointer data)
{
  ((Told *) data)->n_waits += seconds > 0;
}

static BaleenEndpoint *
endpoint_at (const char *model)
{
  g_autofree char *address = g_strdup_printf ("http://127.0.0.1:%u", port);
  g_autoptr (GError) error = NULL;
  BaleenEndpoint *endpoint = baleen_endpoint_new ("test", address, model, &error);

  g_assert_no_error (error);

  return endpoint;
}

static gboolean
call (const char        *model,
      Told              *told,
      BaleenGeneration  *generation,
      GError           **error)
{
  g_autoptr (BaleenEndpoint) endpoint = endpoint_at (model);
  g_autoptr (BaleenRequest) request = baleen_request_new (BALEEN_THINK_ON);
  const BaleenEndpointWatch watch = { piece_cb, waiting_cb, NULL, told };

  told->thought = g_string_new (NULL);
  told->text = g_string_new (NULL);
  g_atomic_int_set (&n_calls, 0);
  baleen_request_add (request, BALEEN_ROLE_SYSTEM, "Be short.", NULL);
  baleen_request_add (request, BALEEN_ROLE_USER, "Hello \"there\"\n鲸", NULL);

  return baleen_endpoint_chat_run (generation, endpoint, "sk-secret", request, &watch,
                                   told->cancel_after_first, error);
}

static void
told_clear (Told *told)
{
  g_string_free (told->thought, TRUE);
  g_string_free (told->text, TRUE);
}

static void
test_answers (void)
{
  static const struct { const char *model, *thought, *text; BaleenStop stop; guint n_waits; }
  cases[] = {
    { "plain", "", "Hello 鲸", BALEEN_STOP_END, 0 },
    { "reasoner", "Let me see.", "Yes.", BALEEN_STOP_END, 0 },
    { "tags", "Hm.", "Yes.", BALEEN_STOP_END, 0 },
    { "vllm", "Let me see.", "Yes.", BALEEN_STOP_END, 0 },
    { "windows", "", "Two lines.", BALEEN_STOP_END, 0 },
    { "silent-end", "", "No mark.", BALEEN_STOP_END, 0 },
    { "split", "", "一条鲸鱼", BALEEN_STOP_END, 0 },
    { "late", "", "There.", BALEEN_STOP_END, 0 },
    { "azure", "", "Nulls.", BALEEN_STOP_END, 0 },
    { "parts", "", "In parts.", BALEEN_STOP_END, 0 },
    { "declines", "", "I would rather not.", BALEEN_STOP_END, 0 },
    { "calls", "", "Let me look.", BALEEN_STOP_END, 0 },
    { "untyped", "", "Events.", BALEEN_STOP_END, 0 },
    { "old", "", "To the end.", BALEEN_STOP_END, 0 },
    { "packed", "", "Packed.", BALEEN_STOP_END, 0 },
    { "chunked", "", "In chunks.", BALEEN_STOP_END, 0 },
    { "whole", "", "All at once.", BALEEN_STOP_LENGTH, 0 },
    { "busy", "", "At last.", BALEEN_STOP_END, 2 },
    { "strict", "", "Plain.", BALEEN_STOP_END, 0 },
    { "nonsense", "", "Still.", BALEEN_STOP_END, 0 },
    { "half", "", "a\xef\xbf\xbd" "b", BALEEN_STOP_END, 0 },
    { "nul", "", "before\xef\xbf\xbd" "after", BALEEN_STOP_END, 0 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      Told told = { 0 };
      g_auto (BaleenGeneration) generation = { 0 };
      g_autoptr (GError) error = NULL;

      g_test_message ("%s", cases[i].model);
      g_assert_true (call (cases[i].model, &told, &generation, &error));
      g_assert_no_error (error);
      g_assert_cmpstr (generation.answer, ==, cases[i].text);
      g_assert_cmpstr (generation.thought, ==, cases[i].thought);
      g_assert_cmpstr (told.text->str, ==, cases[i].text);
      g_assert_cmpstr (told.thought->str, ==, cases[i].thought);
      g_assert_cmpint (generation.stop, ==, cases[i].stop);
      g_assert_cmpuint (told.n_waits, ==, cases[i].n_waits);
      if (g_str_equal (cases[i].model, "plain"))
        {
          g_assert_cmpuint (generation.n_prompt, ==, 11);
          g_assert_cmpuint (generation.n_answer, ==, 3);
          g_assert_nonnull (strstr (last_head, "Authorization: Bearer sk-secret"));
        }
      told_clear (&told);
    }
}

static gboolean
hurried_cb (gpointer data)
{
  return ((Told *) data)->n_waits > 0;
}

/* It would be asked again in 50 s, and is as soon as somebody says so. */
static void
test_hurry (void)
{
  g_autoptr (BaleenEndpoint) endpoint = endpoint_at ("patient");
  g_autoptr (BaleenRequest) request = baleen_request_new (BALEEN_THINK_ON);
  Told told = { .thought = g_string_new (NULL), .text = g_string_new (NULL) };
  const BaleenEndpointWatch watch = { piece_cb, waiting_cb, hurried_cb, &told };
  g_auto (BaleenGeneration) generation = { 0 };
  g_autoptr (GError) error = NULL;
  const gint64 start = g_get_monotonic_time ();

  g_atomic_int_set (&n_calls, 0);
  g_assert_true (baleen_endpoint_chat_run (&generation, endpoint, NULL, request, &watch, NULL,
                                           &error));
  g_assert_no_error (error);
  g_assert_cmpstr (generation.answer, ==, "At last.");
  g_assert_cmpuint (told.n_waits, ==, 1);
  g_assert_cmpint (g_get_monotonic_time () - start, <, 20 * G_TIME_SPAN_SECOND);
  told_clear (&told);
}

static void
test_refusals (void)
{
  static const struct { const char *model, *words, *kept; } cases[] = {
    { "full", "Daily limit reached.", "" },
    { "key", "refused the key", "" },
    { "poor", "balance", "" },
    { "absent", "no model “absent”", "" },
    { "fault", "fault (503)", "" },
    { "page", "no answer of OpenAI's interface", "" },
    { "cut", "before the answer was whole", "Half an" },
    { "breaks", "out of memory", "Half" },
    { "filtered", "content filter", "So far" },
    { "exhausted", "no capacity left", "So far" },
    { "elsewhere", "another address", "" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      Told told = { 0 };
      g_auto (BaleenGeneration) generation = { 0 };
      g_autoptr (GError) error = NULL;

      g_assert_false (call (cases[i].model, &told, &generation, &error));
      g_test_message ("%s: %s", cases[i].model, error->message);
      g_assert_nonnull (strstr (error->message, cases[i].words));
      g_assert_nonnull (strstr (error->message, "127.0.0.1"));
      g_assert_null (strstr (error->message, "sk-secret"));
      g_assert_cmpstr (told.text->str, ==, cases[i].kept);
      told_clear (&told);
    }
}

static void
test_cancel (void)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  Told told = { .cancel_after_first = cancellable };
  g_auto (BaleenGeneration) generation = { 0 };
  g_autoptr (GError) error = NULL;
  gint64 start = g_get_monotonic_time ();

  g_assert_true (call ("slow", &told, &generation, &error));
  g_assert_cmpint (generation.stop, ==, BALEEN_STOP_CANCELLED);
  g_assert_true (g_str_has_prefix (generation.answer, "Begin"));
  g_assert_cmpint (g_get_monotonic_time () - start, <, 5 * G_TIME_SPAN_SECOND);
  told_clear (&told);
}

static void
test_thinking_is_switched (void)
{
  static const struct { const char *address; BaleenThink think; const char *part; } cases[] = {
    { "https://api.deepseek.com", BALEEN_THINK_ON, "\"thinking\":{\"type\":\"enabled\"}" },
    { "https://api.deepseek.com", BALEEN_THINK_OFF, "\"thinking\":{\"type\":\"disabled\"}" },
    { "http://127.0.0.1:11434", BALEEN_THINK_OFF, "\"reasoning_effort\":\"none\"" },
    { "http://127.0.0.1:8000", BALEEN_THINK_ON, "\"enable_thinking\":true" },
    { "http://127.0.0.1:8000", BALEEN_THINK_OFF, "\"enable_thinking\":false" },
    { "https://open.bigmodel.cn/api/paas/v4", BALEEN_THINK_OFF,
      "\"thinking\":{\"type\":\"disabled\"}" },
    { "https://openrouter.ai/api/v1", BALEEN_THINK_ON, "\"reasoning_effort\":\"medium\"" },
    { "https://dashscope.aliyuncs.com/compatible-mode/v1", BALEEN_THINK_OFF,
      ",\"enable_thinking\":false}" },
    { "https://notdeepseek.com", BALEEN_THINK_OFF, "\"chat_template_kwargs\"" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (BaleenEndpoint) endpoint
          = baleen_endpoint_new ("n", cases[i].address, "m", NULL);
      g_autoptr (BaleenRequest) request = baleen_request_new (cases[i].think);
      g_autofree char *body = NULL, *plain = NULL;

      baleen_request_add (request, BALEEN_ROLE_USER, "a", "a thought");
      body = endpoint_body_make (endpoint, request, FALSE);
      plain = endpoint_body_make (endpoint, request, TRUE);
      g_test_message ("%s", body);
      g_assert_nonnull (strstr (body, cases[i].part));
      g_assert_null (strstr (plain, cases[i].part));
      g_assert_null (strstr (body, "a thought"));
    }
}

static void
test_addresses (void)
{
  static const struct { const char *typed, *address; } cases[] = {
    { "https://api.deepseek.com", "https://api.deepseek.com/v1" },
    { "https://api.deepseek.com/", "https://api.deepseek.com/v1" },
    { "http://127.0.0.1:8000/v1/", "http://127.0.0.1:8000/v1" },
    { "http://host/v1/chat/completions", "http://host/v1" },
    { "http://host/openai?x=1#y", "http://host/openai" },
  };
  static const char *const bad[] = { "", "api.deepseek.com", "ftp://a", "http://u:p@host/", NULL };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (BaleenEndpoint) endpoint = baleen_endpoint_new ("n", cases[i].typed, "m", NULL);

      g_assert_cmpstr (endpoint->address, ==, cases[i].address);
    }
  for (gsize i = 0; bad[i] != NULL; i++)
    g_assert_null (baleen_endpoint_new ("n", bad[i], "m", NULL));
  g_assert_null (baleen_endpoint_new ("", "http://host", "m", NULL));
  g_assert_null (baleen_endpoint_new ("a/b", "http://host", "m", NULL));
  g_assert_null (baleen_endpoint_new ("a", "http://host", "", NULL));
}

static void
test_list_is_kept (void)
{
  g_autoptr (BaleenEndpoint) one = endpoint_at ("plain"), found = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) all = NULL;
  g_autofree char *path
      = g_build_filename (g_get_user_data_dir (), "baleen", "endpoints.json", NULL);
  g_autofree char *text = NULL;

  g_assert_null (baleen_endpoints_find ("endpoint:test", &error));
  g_assert_nonnull (strstr (error->message, "no endpoint “test”"));
  g_clear_error (&error);
  g_assert_true (baleen_endpoints_put (one, &error));
  one->n_context = 4096;
  g_assert_true (baleen_endpoints_put (one, &error));
  found = baleen_endpoints_find ("endpoint:test", &error);
  g_assert_no_error (error);
  g_assert_cmpint (found->n_context, ==, 4096);
  all = baleen_endpoints_load (&error);
  g_assert_cmpuint (all->len, ==, 1);
  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  g_assert_null (strstr (text, "sk-"));
}

/* A server that needs no key answers where there is no keyring. */
static void
test_keyless_needs_no_keyring (void)
{
  g_autoptr (BaleenEndpoint) endpoint = endpoint_at ("plain"), found = NULL;
  g_autofree char *given = g_strdup (g_getenv ("BALEEN_ENDPOINT_KEY"));
  g_autofree char *spoilt = g_build_filename (g_get_user_data_dir (), "spoilt-keyring", NULL);
  g_autoptr (GError) error = NULL;

  g_mkdir_with_parents (g_get_user_data_dir (), 0700);
  g_assert_true (g_file_set_contents (spoilt, "no keyring", -1, NULL));
  g_setenv ("SECRET_BACKEND", "file", TRUE);
  g_setenv ("SECRET_FILE_TEST_PATH", spoilt, TRUE);
  g_setenv ("SECRET_FILE_TEST_PASSWORD", "test", TRUE);
  g_unsetenv ("BALEEN_ENDPOINT_KEY");

  g_assert_null (baleen_endpoint_get_key (endpoint, &error));
  g_assert_nonnull (strstr (error->message, "keyring"));
  g_clear_error (&error);

  endpoint->is_keyless = TRUE;
  g_assert_true (baleen_endpoints_put (endpoint, &error));
  found = baleen_endpoints_find ("endpoint:test", &error);
  g_assert_null (baleen_endpoint_get_key (found, &error));
  g_assert_no_error (error);
  g_setenv ("BALEEN_ENDPOINT_KEY", given, TRUE);
}

static void
test_models_are_listed (void)
{
  g_autoptr (BaleenEndpoint) endpoint = endpoint_at ("plain");
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) names = baleen_endpoint_list_models (endpoint, NULL, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (g_strv_length (names), ==, 2);
  g_assert_cmpstr (names[1], ==, "b");
}

static gboolean
collect_cb (const char *data,
            gpointer    user_data)
{
  g_string_append_printf (user_data, "(%s)", data);

  return TRUE;
}

/* However it is cut, the events are the same. */
static void
test_events_cut_anywhere (void)
{
  const char *text = ":hello\r\ndata: one\r\n\r\nid: 3\ndata:two\ndata: three\n\n\ndata: last";

  for (gsize cut = 0; cut <= strlen (text); cut++)
    {
      g_autoptr (GString) events = g_string_new (NULL);
      g_autoptr (EventStream) stream = event_stream_new (collect_cb, events);

      event_stream_push (stream, text, cut);
      event_stream_push (stream, text + cut, strlen (text) - cut);
      event_stream_finish (stream);
      g_assert_cmpstr (events->str, ==, "(one)(two\nthree)(last)");
    }
}

/* Who thinks without end answers when somebody wants the answer; what was thought stays. */
static void
test_answer_now (void)
{
  const BaleenBackend *backend = baleen_endpoint_backend_get ();
  g_autoptr (BaleenEndpoint) endpoint = endpoint_at ("ponders");
  g_autoptr (BaleenMessage) message = baleen_message_new (2, 1, BALEEN_ROLE_ASSISTANT, "");
  g_autoptr (BaleenAnswerJob) job
      = baleen_answer_job_new (baleen_request_new (BALEEN_THINK_ON), message);
  BaleenModelFacts facts = { 0 };
  g_autoptr (GError) error = NULL;
  gpointer model;

  g_assert_true (baleen_endpoints_put (endpoint, &error));
  model = backend->open ("endpoint:test", "auto", NULL, &facts, &error);
  g_assert_no_error (error);
  baleen_answer_job_answer_now (job);
  g_assert_cmpint (
      backend->answer (model, baleen_answer_job_get_request (job), job, &error), ==,
      BALEEN_STATE_DONE);
  g_assert_no_error (error);
  WAIT_UNTIL (g_str_equal (baleen_message_get_text (message), "Now."));
  g_assert_true (g_str_has_prefix (baleen_message_get_thought (message), "Hm."));
  backend->close (model);
  g_free (facts.name);
  g_free (facts.host);
}

int
main (int    argc,
      char **argv)
{
  g_autofree char *home = g_dir_make_tmp ("baleen-endpoint-XXXXXX", NULL);

  g_setenv ("XDG_DATA_HOME", home, TRUE);
  g_setenv ("BALEEN_ENDPOINT_KEY", "sk-secret", TRUE);
  g_test_init (&argc, &argv, NULL);
  port = test_server_start (answer_cb, NULL, NULL);

  g_test_add_func ("/endpoint/events-are-cut-anywhere", test_events_cut_anywhere);
  g_test_add_func ("/endpoint/addresses-are-completed", test_addresses);
  g_test_add_func ("/endpoint/thinking-is-switched-as-the-server-takes-it",
                   test_thinking_is_switched);
  g_test_add_func ("/endpoint/answers-of-all-kinds", test_answers);
  g_test_add_func ("/endpoint/busy-server-is-asked-at-once-if-wanted", test_hurry);
  g_test_add_func ("/endpoint/refusals-in-words", test_refusals);
  g_test_add_func ("/endpoint/cancelling-keeps-what-came", test_cancel);
  g_test_add_func ("/endpoint/list-is-kept-without-keys", test_list_is_kept);
  g_test_add_func ("/endpoint/keyless-needs-no-keyring", test_keyless_needs_no_keyring);
  g_test_add_func ("/endpoint/models-are-listed", test_models_are_listed);

  g_test_add_func ("/endpoint/thinking-ends-when-the-answer-is-wanted", test_answer_now);

  return g_test_run ();
}
