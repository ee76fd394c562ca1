/* The real program serving the built-in model, and our own endpoint as its client. */
#include "endpoint-chat.h"
#include "network-error.h"
#include "stop-words.h"

#include <gio/gio.h>
#include <json-glib/json-glib.h>
#include <signal.h>
#include <string.h>
#include <sys/prctl.h>

#define N_CLIENTS 8

static char *address, *key;
static guint16 port;

static gboolean
piece_cb (BaleenPiece piece,
          const char *text,
          gsize       length,
          gpointer    data)
{
  if (data != NULL)
    g_string_append_len (data, text, length);

  return TRUE;
}

static gboolean
ask (const char       *question,
     BaleenThink       think,
     const char       *with_key,
     GString          *told,
     BaleenGeneration *generation,
     GError          **error)
{
  g_autoptr (BaleenEndpoint) endpoint = baleen_endpoint_new ("n", address, "any", error);
  g_autoptr (BaleenRequest) request = baleen_request_new (think);
  const BaleenEndpointWatch watch = { .piece = piece_cb, .user_data = told };

  request->temperature = 0;
  request->max_tokens = 60;
  request->thought_budget = 200;
  baleen_request_add (request, BALEEN_ROLE_USER, question, NULL);

  return baleen_endpoint_chat_run (generation, endpoint, with_key, request, &watch, NULL, error);
}

static void
test_answers (void)
{
  g_auto (BaleenGeneration) plain = { 0 }, thinking = { 0 };
  g_autoptr (GString) told = g_string_new (NULL);
  g_autoptr (GError) error = NULL;

  g_assert_true (ask ("What is the capital of Italy?", BALEEN_THINK_OFF, key, told, &plain,
                      &error));
  g_assert_no_error (error);
  g_assert_nonnull (strstr (plain.answer, "Rome"));
  g_assert_cmpstr (told->str, ==, plain.answer);
  g_assert_cmpint (plain.stop, ==, BALEEN_STOP_END);
  g_assert_cmpuint (plain.n_prompt, >, 10);
  g_assert_true (ask ("Which is larger, 9.9 or 9.11?", BALEEN_THINK_ON, key, NULL, &thinking,
                      &error));
  g_assert_no_error (error);
  g_assert_cmpuint (strlen (thinking.thought), >, 5);
  g_assert_nonnull (strstr (thinking.answer, "9.9"));
}

typedef struct
{
  const char *country;
  char *answer;   /* (owned) or what went wrong */
  gsize n_prompt;
} Client;

static gpointer
run_client (gpointer data)
{
  Client *client = data;
  g_autofree char *question
      = g_strdup_printf ("What is the capital of %s?", client->country);
  g_auto (BaleenGeneration) generation = { 0 };
  g_autoptr (GError) error = NULL;

  if (ask (question, BALEEN_THINK_OFF, key, NULL, &generation, &error))
    client->answer = g_steal_pointer (&generation.answer);
  else
    client->answer = g_strdup (error->message);
  client->n_prompt = generation.n_prompt;

  return NULL;
}

static void
test_many_clients (void)
{
  static const char *const countries[N_CLIENTS] = { "Italy", "France", "Japan", "Germany", "Spain",
                                                    "Egypt", "China", "Russia" };
  Client clients[N_CLIENTS] = { 0 };
  GThread *threads[N_CLIENTS];

  for (guint i = 0; i < N_CLIENTS; i++)
    {
      clients[i].country = countries[i];
      threads[i] = g_thread_new ("client", run_client, &clients[i]);
    }
  for (guint i = 0; i < N_CLIENTS; i++)
    g_thread_join (threads[i]);
  for (guint i = 0; i < N_CLIENTS; i++)
    {
      g_test_message ("%s", clients[i].answer);
      g_assert_nonnull (strstr (clients[i].answer, clients[i].country));
      g_assert_cmpuint (clients[i].n_prompt, >, 10);
      g_free (clients[i].answer);
    }
}

/* A request as bytes; its answer as bytes. */
static char *
send_raw (const char *request)
{
  g_autoptr (GSocketClient) client = g_socket_client_new ();
  g_autoptr (GSocketConnection) connection
      = g_socket_client_connect_to_host (client, "127.0.0.1", port, NULL, NULL);
  g_autoptr (GString) answer = g_string_new (NULL);
  char piece[4096];
  gssize n;

  g_assert_nonnull (connection);
  g_socket_set_timeout (g_socket_connection_get_socket (connection), 60);
  g_output_stream_write_all (g_io_stream_get_output_stream (G_IO_STREAM (connection)), request,
                             strlen (request), NULL, NULL, NULL);
  while ((n = g_input_stream_read (g_io_stream_get_input_stream (G_IO_STREAM (connection)), piece,
                                   sizeof piece, NULL, NULL)) > 0)
    g_string_append_len (answer, piece, n);

  return g_string_free (g_steal_pointer (&answer), FALSE);
}

static void
expect_status (const char *method,
               const char *path,
               const char *headers,
               const char *body,
               guint       status)
{
  g_autofree char *request
      = g_strdup_printf ("%s %s HTTP/1.1\r\nConnection: close\r\nContent-Length: %zu\r\n%s\r\n%s",
                         method, path, strlen (body), headers, body);
  g_autofree char *answer = send_raw (request);
  g_autofree char *start = g_strdup_printf ("HTTP/1.1 %u ", status);
  const char *json = strstr (answer, "\r\n\r\n");
  g_autoptr (JsonNode) root = NULL;

  g_test_message ("%s %s, %zu bytes -> %.*s", method, path, strlen (body),
                  (int) strcspn (answer, "\r"), answer);
  g_assert_true (g_str_has_prefix (answer, start));
  g_assert_nonnull (json);
  root = json_from_string (json + 4, NULL);
  g_assert_nonnull (root);
}

static void
test_strangers (void)
{
  g_autofree char *host = g_strdup_printf ("Host: 127.0.0.1:%u\r\n", port);
  g_autofree char *authorized = g_strdup_printf ("%sAuthorization: Bearer %s\r\n", host, key);
  g_autofree char *page = g_strconcat (authorized, "Origin: https://evil.example\r\n", NULL);
  g_autofree char *local_page = g_strconcat (authorized, "Origin: http://localhost:3000\r\n", NULL);
  g_autofree char *rebound
      = g_strdup_printf ("Host: evil.example:%u\r\nAuthorization: Bearer %s\r\n", port, key);
  g_autofree char *wrong = g_strdup_printf ("%sAuthorization: Bearer %sx\r\n", host, key);
  g_autofree char *shorter = g_strdup_printf ("%sAuthorization: Bearer %.5s\r\n", host, key);

  expect_status ("GET", "/v1/models", authorized, "", 200);
  expect_status ("GET", "/v1/models", host, "", 401);
  expect_status ("GET", "/v1/models", wrong, "", 401);
  expect_status ("GET", "/v1/models", shorter, "", 401);
  expect_status ("GET", "/v1/models", page, "", 403);
  expect_status ("GET", "/v1/models", local_page, "", 403);
  expect_status ("OPTIONS", "/v1/models", page, "", 403);
  expect_status ("GET", "/v1/models", rebound, "", 403);
  expect_status ("GET", "/", authorized, "", 404);
  expect_status ("GET", "/v1/chat/completions", authorized, "", 404);
}

static void
test_nonsense (void)
{
  static const char *const bodies[] = {
    "", "[", "[]", "7", "{}", "{\"messages\":7}", "{\"messages\":[]}", "{\"messages\":[7]}",
    "{\"messages\":[{\"role\":\"king\",\"content\":\"a\"}]}",
    "{\"messages\":[{\"role\":\"user\",\"content\":7}]}",
    "{\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"image_url\"}]}]}",
    "{\"messages\":[{\"role\":\"user\",\"content\":\"a\"}],\"n\":2}",
    "{\"messages\":[{\"role\":\"user\",\"content\":\"a\"}],\"temperature\":\"hot\"}",
    "{\"messages\":[{\"role\":\"user\",\"content\":\"a\"}],\"max_tokens\":-2}",
    "{\"messages\":[{\"role\":\"user\",\"content\":\"a\"}],\"presence_penalty\":3}",
    "{\"messages\":[{\"role\":\"user\",\"content\":\"a\"}],\"frequency_penalty\":\"x\"}",
    "{\"messages\":[{\"role\":\"user\",\"content\":\"a\"}],\"stop\":[7]}",
    "{\"messages\":[{\"role\":\"user\",\"content\":\"\xff\"}]}",
  };
  g_autofree char *headers
      = g_strdup_printf ("Host: localhost:%u\r\nAuthorization: Bearer %s\r\n", port, key);
  g_autoptr (GString) deep = g_string_new ("{\"messages\":");

  for (gsize i = 0; i < G_N_ELEMENTS (bodies); i++)
    expect_status ("POST", "/v1/chat/completions", headers, bodies[i], 400);
  expect_status ("POST", "/v1/completions", headers, "{\"prompt\":[\"a\",\"b\"]}", 400);
  for (guint i = 0; i < 800; i++)
    g_string_append_c (deep, '[');
  expect_status ("POST", "/v1/chat/completions", headers, deep->str, 400);
}

/* What other programs send along, and what they hear of it. */
static void
test_what_clients_send (void)
{
  static const struct { const char *member; const char *refusal; } cases[] = {
    { "\"n\":1,\"best_of\":1", NULL }, { "\"n\":2", "“n”" }, { "\"best_of\":3", "“best_of”" },
    { "\"logprobs\":false,\"top_logprobs\":null", NULL }, { "\"logprobs\":true", "“logprobs”" },
    { "\"logprobs\":2", "“logprobs”" }, { "\"logit_bias\":{}", NULL },
    { "\"logit_bias\":{\"5\":-100}", "“logit_bias”" },
    { "\"response_format\":{\"type\":\"text\"}", NULL },
    { "\"response_format\":{\"type\":\"json_object\"}", "“response_format”" },
    { "\"response_format\":7", "“response_format”" },
    { "\"tools\":[{\"type\":\"function\"}],\"tool_choice\":\"auto\"", NULL },
    { "\"tools\":[{\"type\":\"function\"}],\"tool_choice\":\"required\"", "“tool_choice”" },
    { "\"tool_choice\":{\"type\":\"function\"}", "“tool_choice”" },
    { "\"max_completion_tokens\":3", NULL }, { "\"max_tokens\":null", NULL },
    { "\"max_tokens\":-1,\"max_completion_tokens\":2", NULL },
    { "\"stop\":[\"\",\"x\"]", NULL }, { "\"stop\":null", NULL },
    { "\"user\":\"a\",\"metadata\":{},\"store\":false,\"parallel_tool_calls\":true", NULL },
    { "\"chat_id\":\"1\",\"session_id\":\"2\",\"features\":{\"web_search\":false}", NULL },
  };
  static const struct { const char *message; const char *refusal; } messages[] = {
    { "{\"role\":\"developer\",\"content\":\"Be brief.\"}", NULL },
    { "{\"role\":\"assistant\",\"content\":null,\"tool_calls\":[]}", NULL },
    { "{\"role\":\"user\",\"content\":[{\"type\":\"text\",\"text\":\"Hello\"}]}", NULL },
    { "{\"role\":\"tool\",\"tool_call_id\":\"1\",\"content\":\"7\"}", "“tool”" },
    { "{\"role\":\"user\",\"content\":[{\"type\":\"image_url\","
      "\"image_url\":{\"url\":\"data:\"}}]}", "“image_url”" },
  };
  g_autofree char *headers
      = g_strdup_printf ("Host: localhost:%u\r\nAuthorization: Bearer %s\r\n", port, key);

  for (gsize i = 0; i < G_N_ELEMENTS (cases) + G_N_ELEMENTS (messages); i++)
    {
      const gboolean is_member = i < G_N_ELEMENTS (cases);
      const char *refusal = is_member ? cases[i].refusal
                                      : messages[i - G_N_ELEMENTS (cases)].refusal;
      g_autofree char *body = g_strdup_printf (
          "{\"model\":\"gpt-4o\",\"messages\":[%s%s{\"role\":\"user\",\"content\":\"Hi\"}]"
          ",\"max_tokens\":2%s%s}",
          is_member ? "" : messages[i - G_N_ELEMENTS (cases)].message, is_member ? "" : ",",
          is_member ? "," : "", is_member ? cases[i].member : "");
      g_autofree char *request = g_strdup_printf (
          "POST /v1/chat/completions HTTP/1.1\r\nConnection: close\r\n%s"
          "Content-Length: %zu\r\n\r\n%s", headers, strlen (body), body);
      g_autofree char *answer = send_raw (request);

      g_test_message ("%s -> %s", body, strstr (answer, "\r\n\r\n"));
      g_assert_true (g_str_has_prefix (answer, refusal != NULL ? "HTTP/1.1 400 " : "HTTP/1.1 200 "));
      g_assert_nonnull (strstr (answer, refusal != NULL ? refusal : "\"completion_tokens\""));
    }
  expect_status ("GET", "/v1/models/gpt-4o", headers, "", 200);
}

static char *
complete (const char *extra)
{
  g_autofree char *body = g_strdup_printf (
      "{\"prompt\":\"na na na na na na na na na na\",\"temperature\":0,\"max_tokens\":16%s}",
      extra);
  g_autofree char *request = g_strdup_printf (
      "POST /v1/completions HTTP/1.1\r\nConnection: close\r\nHost: 127.0.0.1:%u\r\n"
      "Authorization: Bearer %s\r\nContent-Length: %zu\r\n\r\n%s", port, key, strlen (body), body);
  g_autofree char *answer = send_raw (request);
  const char *text = strstr (answer, "\"text\":");

  g_assert_nonnull (text);

  return g_strndup (text, strcspn (text, "}"));
}

/* Which other servers take, so clients send them. */
static void
test_penalties (void)
{
  g_autofree char *plain = complete ("");
  g_autofree char *again = complete (",\"presence_penalty\":0,\"frequency_penalty\":0");
  g_autofree char *penalised = complete (",\"frequency_penalty\":2");

  g_assert_cmpstr (plain, ==, again);
  g_assert_cmpstr (plain, !=, penalised);
}

static void
test_too_large (void)
{
  g_autofree char *headers
      = g_strdup_printf ("Host: 127.0.0.1:%u\r\nAuthorization: Bearer %s\r\n", port, key);
  g_autofree char *body = g_strnfill (17 << 20, ' ');
  g_autofree char *request = g_strdup_printf (
      "POST /v1/chat/completions HTTP/1.1\r\nConnection: close\r\n%sContent-Length: %zu\r\n\r\n%s",
      headers, strlen (body), body);
  g_autofree char *answer = send_raw (request);

  g_assert_true (g_str_has_prefix (answer, "HTTP/1.1 413"));
}

/* The place of a client that went away is free at once: more go than there are places. */
static void
test_clients_that_leave (void)
{
  const char *body = "{\"stream\":true,\"messages\":[{\"role\":\"user\",\"content\":"
                     "\"Write a very, very long story.\"}]}";
  g_autofree char *request = g_strdup_printf (
      "POST /v1/chat/completions HTTP/1.1\r\nHost: 127.0.0.1:%u\r\nAuthorization: Bearer %s\r\n"
      "Content-Length: %zu\r\n\r\n%s", port, key, strlen (body), body);
  g_auto (BaleenGeneration) generation = { 0 };
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < 2 * N_CLIENTS; i++)
    {
      g_autoptr (GSocketClient) client = g_socket_client_new ();
      g_autoptr (GSocketConnection) connection
          = g_socket_client_connect_to_host (client, "127.0.0.1", port, NULL, NULL);
      char piece[64];

      g_socket_set_timeout (g_socket_connection_get_socket (connection), 60);
      g_output_stream_write_all (g_io_stream_get_output_stream (G_IO_STREAM (connection)), request,
                                 strlen (request), NULL, NULL, NULL);
      g_input_stream_read (g_io_stream_get_input_stream (G_IO_STREAM (connection)), piece,
                           sizeof piece, NULL, NULL);
    }
  g_assert_true (ask ("What is the capital of Italy?", BALEEN_THINK_OFF, key, NULL, &generation,
                      &error));
  g_assert_no_error (error);
}

static void
test_wrong_key (void)
{
  g_auto (BaleenGeneration) generation = { 0 };
  g_autoptr (GError) error = NULL;

  g_assert_false (ask ("Hello", BALEEN_THINK_OFF, "nonsense", NULL, &generation, &error));
  g_assert_error (error, BALEEN_NETWORK_ERROR, BALEEN_NETWORK_ERROR_KEY);
}

/* Whole or a letter at a time, the words are found. */
static void
test_stop_words (void)
{
  static const char *const words[] = { "END", "\n\n", "", NULL };
  static const struct { const char *text, *before; gboolean is_met; } cases[] = {
    { "one END two", "one ", TRUE }, { "a\n\nb END", "a", TRUE }, { "EN", "EN", FALSE },
    { "ENEND", "EN", TRUE }, { "nothing\n", "nothing\n", FALSE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (BaleenStopWords) stop = baleen_stop_words_new (words);
      g_autoptr (GString) text = g_string_new (NULL);
      gboolean is_met = FALSE;

      for (const char *p = cases[i].text; *p != '\0' && !is_met; p++)
        is_met = baleen_stop_words_push (stop, p, 1, text);
      if (!is_met)
        baleen_stop_words_finish (stop, text);
      g_assert_cmpstr (text->str, ==, cases[i].before);
      g_assert_cmpint (is_met, ==, cases[i].is_met);
    }
}

/* A test that fails takes the program with it. */
static void
die_with_parent (gpointer data)
{
  prctl (PR_SET_PDEATHSIG, SIGKILL);
}

/* Starts the program and reads where it listens. */
static GSubprocess *
start (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GSubprocessLauncher) launcher
      = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE);
  GSubprocess *program;
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (JsonNode) root = NULL;
  char piece[256];

  g_subprocess_launcher_set_child_setup (launcher, die_with_parent, NULL, NULL);
  program = g_subprocess_launcher_spawn (launcher, &error, g_getenv ("BALEEN_PROGRAM"), "serve",
                                         "--port", "0", "--json", "--device", "cpu", "--clients",
                                         "8", "--context", "1024", NULL);
  g_assert_no_error (error);
  while (root == NULL)
    {
      gssize n = g_input_stream_read (g_subprocess_get_stdout_pipe (program), piece, sizeof piece,
                                      NULL, NULL);

      g_assert_cmpint (n, >, 0);
      g_string_append_len (text, piece, n);
      if (strchr (text->str, '}') != NULL)
        root = json_from_string (text->str, NULL);
    }
  address = g_strdup (json_object_get_string_member (json_node_get_object (root), "address"));
  key = g_strdup (json_object_get_string_member (json_node_get_object (root), "key"));
  port = g_ascii_strtoull (strrchr (address, ':') + 1, NULL, 10);

  return program;
}

/* Sends so many mebibytes that it does not announce; how the answer begins, "" where there is
 * none. */
static char *
upload_chunked (guint n_megabytes)
{
  g_autoptr (GSocketClient) client = g_socket_client_new ();
  g_autoptr (GSocketConnection) connection
      = g_socket_client_connect_to_host (client, "127.0.0.1", port, NULL, NULL);
  GOutputStream *out = g_io_stream_get_output_stream (G_IO_STREAM (connection));
  g_autofree char *head = g_strdup_printf (
      "POST /v1/chat/completions HTTP/1.1\r\nHost: 127.0.0.1:%u\r\nAuthorization: Bearer %s\r\n"
      "Transfer-Encoding: chunked\r\nConnection: close\r\n\r\n", port, key);
  g_autoptr (GString) chunk = g_string_new ("100000\r\n");
  char answer[64] = { 0 };
  gboolean is_open;

  g_socket_set_timeout (g_socket_connection_get_socket (connection), 20);
  for (guint i = 0; i < 1 << 20; i++)
    g_string_append_c (chunk, ' ');
  g_string_append (chunk, "\r\n");
  is_open = g_output_stream_write_all (out, head, strlen (head), NULL, NULL, NULL);
  for (guint i = 0; i < n_megabytes && is_open; i++)
    is_open = g_output_stream_write_all (out, chunk->str, chunk->len, NULL, NULL, NULL);
  if (is_open)
    g_output_stream_write_all (out, "0\r\n\r\n", 5, NULL, NULL, NULL);
  g_input_stream_read (g_io_stream_get_input_stream (G_IO_STREAM (connection)), answer,
                       sizeof answer - 1, NULL, NULL);

  return g_strdup (answer);
}

static void
test_unannounced (void)
{
  g_autofree char *small = upload_chunked (1);
  g_autofree char *large = upload_chunked (17);
  g_autofree char *endless = upload_chunked (200);
  g_auto (BaleenGeneration) generation = { 0 };
  g_autoptr (GError) error = NULL;

  g_test_message ("1 MiB: %.12s, 17 MiB: %.12s, 200 MiB: %.12s", small, large, endless);
  g_assert_true (g_str_has_prefix (small, "HTTP/1.1 400"));
  g_assert_true (g_str_has_prefix (large, "HTTP/1.1 413"));
  g_assert_false (g_str_has_prefix (endless, "HTTP/1.1 2"));
  /* And it answers whoever comes next. */
  g_assert_true (ask ("What is the capital of Italy?", BALEEN_THINK_OFF, key, NULL, &generation,
                      &error));
  g_assert_no_error (error);
}

int
main (int    argc,
      char **argv)
{
  g_autoptr (GSubprocess) program = NULL;
  int status;

  g_test_init (&argc, &argv, NULL);
  program = start ();

  g_test_add_func ("/serve/stop-words-however-cut", test_stop_words);
  g_test_add_func ("/serve/answers-and-thoughts", test_answers);
  g_test_add_func ("/serve/many-clients-get-their-own-answers", test_many_clients);
  g_test_add_func ("/serve/a-wrong-key-is-refused", test_wrong_key);
  g_test_add_func ("/serve/strangers-are-refused", test_strangers);
  g_test_add_func ("/serve/nonsense-is-told", test_nonsense);
  g_test_add_func ("/serve/what-clients-send", test_what_clients_send);
  g_test_add_func ("/serve/penalties-are-heeded", test_penalties);
  g_test_add_func ("/serve/too-much-is-not-received", test_too_large);
  g_test_add_func ("/serve/too-much-that-was-not-announced-is-cut-off", test_unannounced);
  g_test_add_func ("/serve/clients-may-leave", test_clients_that_leave);
  status = g_test_run ();

  g_subprocess_send_signal (program, SIGINT);
  g_assert_true (g_subprocess_wait (program, NULL, NULL));
  g_assert_cmpint (g_subprocess_get_exit_status (program), ==, 130);

  return status;
}
