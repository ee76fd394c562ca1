/* A document read by a model on a server that misbehaves in the middle of it: what was read
 * stays read, and the run goes on from there. */
#include "baleen-backend.h"
#include "baleen-summary-job.h"
#include "endpoint.h"
#include "main-loop.h"
#include "stub-completer.h"
#include "test-server.h"

#include <json-glib/json-glib.h>
#include <signal.h>
#include <string.h>

#define CONTEXT 2048
#define N_PAGES 12
/* The answer that the trouble takes the place of. */
#define TROUBLED 4

static const char *const facts[] = {
  "Lindqvist counted 4171 barrels on the northern pier in 1893",
  "Brandt measured a depth of 87.5 metres below the chapel",
  "Karelsund lost 2,340 sheep in the flood of 1911",
  "Dunmore opened a railway of 64 kilometres in 1927",
  NULL,
};

typedef enum
{
  TROUBLE_NONE,
  TROUBLE_CUT,
  TROUBLE_BUSY,
  TROUBLE_FULL,
  TROUBLE_KEY,
  TROUBLE_FAULT,
  TROUBLE_REFUSED,
  TROUBLE_SILENT, /* until whoever asked has gone */
} Trouble;

static GMutex lock;
static StubCompleter *model; /* (owned) under the lock, as what follows */
static Trouble trouble;
static guint n_whole;        /* answers given in full */
static guint n_troubled;
static guint16 port;

/* ---- the server ----------------------------------------------------------------------- */

static gboolean
take_reply_cb (gsize                         index,
               const BaleenCompletionAnswer *answer,
               gpointer                      user_data,
               GError                      **error)
{
  *(char **) user_data = g_strdup (answer->text);
  return TRUE;
}

static char *
reply_to (const char *body)
{
  g_autoptr (JsonNode) root = json_from_string (body, NULL);
  JsonObject *object = json_node_get_object (root);
  JsonArray *messages = json_object_get_array_member (object, "messages");
  JsonObject *last = json_array_get_object_element (messages, json_array_get_length (messages) - 1);
  const BaleenCompletionRequest request = {
    .text = json_object_get_string_member (last, "content"),
    .max_tokens = json_object_get_int_member (object, "max_tokens"),
  };
  char *text = NULL;

  g_assert_true (model->completer.complete (model, &request, 1, take_reply_cb, &text, NULL, NULL));
  return text;
}

static void
refuse (GOutputStream *out,
        const char    *status)
{
  g_autofree char *answer = g_strdup_printf (
      "HTTP/1.1 %s\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}", status);

  test_server_put (out, answer);
}

static void
put_reply (GOutputStream *out,
           const char    *text,
           gboolean       is_whole)
{
  g_autoptr (JsonNode) node = json_node_alloc ();
  g_autofree char *quoted = NULL, *event = NULL;

  json_node_init_string (node, text);
  quoted = json_to_string (node, FALSE);
  event = g_strdup_printf ("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\n"
                           "data: {\"choices\":[{\"delta\":{\"content\":%s}}]}\n\n", quoted);
  test_server_put (out, event);
  if (is_whole)
    test_server_put (out,
                     "data: {\"choices\":[{\"delta\":{},\"finish_reason\":\"stop\"}]}\n\n"
                     "data: [DONE]\n\n");
}

static void
misbehave (GOutputStream *out,
           const char    *text)
{
  switch (trouble)
    {
    case TROUBLE_CUT:
      put_reply (out, text, FALSE);
      break;
    case TROUBLE_BUSY:
      refuse (out, "429 Too Many Requests\r\nRetry-After: 1");
      break;
    case TROUBLE_FULL:
      refuse (out, "429 Too Many Requests\r\nRetry-After: 86400");
      break;
    case TROUBLE_KEY:
      refuse (out, "401 Unauthorized");
      break;
    case TROUBLE_FAULT:
      refuse (out, "503 Service Unavailable");
      break;
    case TROUBLE_REFUSED:
      refuse (out, "400 Bad Request");
      break;
    case TROUBLE_SILENT:
    case TROUBLE_NONE:
    default:
      g_assert_not_reached ();
    }
}

static void
answer_cb (const TestRequest *request,
           gpointer           user_data)
{
  g_autofree char *text = NULL;
  gboolean is_silent = FALSE;
  char piece[4096];

  g_mutex_lock (&lock);
  text = reply_to (request->body);
  /* What is refused as it is gets asked once more in plainer words. */
  if (trouble != TROUBLE_NONE && n_whole == TROUBLED
      && n_troubled < (trouble == TROUBLE_REFUSED ? 2 : 1))
    {
      n_troubled++;
      is_silent = trouble == TROUBLE_SILENT;
      if (!is_silent)
        misbehave (request->out, text);
    }
  else
    {
      n_whole++;
      put_reply (request->out, text, TRUE);
    }
  g_mutex_unlock (&lock);
  while (is_silent && g_input_stream_read (request->in, piece, sizeof piece, NULL, NULL) > 0)
    ;
}

/* ---- the document --------------------------------------------------------------------- */

#define N_PARAGRAPHS (N_PAGES * 3)

static char *
make_paragraph (guint i)
{
  static const char filler[]
      = "The boats waited in the harbour for the morning, and the people mended their ropes and "
        "nets by the grey light of winter. ";
  GString *text = g_string_new (NULL);

  for (guint j = 0; j < 6; j++)
    g_string_append (text, filler);
  if (i % 9 == 4)
    g_string_append_printf (text, "%s.", facts[i / 9]);
  return g_strchomp (g_string_free (text, FALSE));
}

static BaleenDocument *
make_document (void)
{
  BaleenDocument *document = baleen_document_new (BALEEN_DOCUMENT_PDF);

  document->n_pages = N_PAGES;
  for (guint i = 0; i < N_PARAGRAPHS; i++)
    {
      g_autofree char *text = make_paragraph (i);

      baleen_document_add (document, i / 3 + 1, BALEEN_PARAGRAPH_BODY, text, strlen (text));
    }
  return document;
}

/* The same as a file. */
static char *
write_document (void)
{
  char *path = g_build_filename (g_get_user_cache_dir (), "harbour.txt", NULL);
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < N_PARAGRAPHS; i++)
    {
      g_autofree char *paragraph = make_paragraph (i);

      g_string_append_printf (text, "%s\n\n", paragraph);
    }
  g_mkdir_with_parents (g_get_user_cache_dir (), 0700);
  g_assert_true (g_file_set_contents (path, text->str, text->len, NULL));
  return path;
}

static void
set_trouble (Trouble kind)
{
  g_mutex_lock (&lock);
  trouble = kind;
  n_whole = n_troubled = 0;
  g_mutex_unlock (&lock);
}

static gboolean
is_troubled (void)
{
  gboolean result;

  g_mutex_lock (&lock);
  result = n_troubled > 0;
  g_mutex_unlock (&lock);
  return result;
}

static void
run (BaleenSummaryJob *job)
{
  baleen_summary_job_resume (job);
  while (baleen_summary_job_get_state (job) == BALEEN_SUMMARY_RUNNING)
    g_main_context_iteration (NULL, TRUE);
}

static BaleenSummaryJob *
job_new (BaleenEngineService *engine)
{
  const BaleenSummaryOptions options
      = { .form = BALEEN_SUMMARY_BULLETS, .length = BALEEN_SUMMARY_DETAILED };

  return baleen_summary_job_new (make_document (), "harbour.pdf", &options, engine);
}

static void
put_endpoint (void)
{
  g_autofree char *address = g_strdup_printf ("http://127.0.0.1:%u", port);
  g_autoptr (BaleenEndpoint) endpoint = baleen_endpoint_new ("trial", address, "m", NULL);

  endpoint->n_context = CONTEXT;
  g_assert_true (baleen_endpoints_put (endpoint, NULL));
}

static BaleenEngineService *
open_endpoint (void)
{
  BaleenEngineService *engine = baleen_engine_service_new (baleen_any_backend_get ());

  put_endpoint ();
  baleen_engine_service_load (engine, "endpoint:trial");
  while (baleen_engine_service_get_status (engine) != BALEEN_ENGINE_READY)
    g_main_context_iteration (NULL, TRUE);
  return engine;
}

static void
test_trouble (void)
{
  static const struct
  {
    Trouble trouble;
    const char *words; /* of what stops it; NULL where it goes on by itself */
  } cases[] = {
    { TROUBLE_CUT, "ended the connection" }, { TROUBLE_FULL, "too busy" },
    { TROUBLE_KEY, "refused the key" },      { TROUBLE_FAULT, "has a fault (503)" },
    { TROUBLE_BUSY, NULL },
  };
  g_autoptr (BaleenEngineService) engine = open_endpoint ();
  g_autoptr (BaleenSummaryJob) untroubled = job_new (engine);
  const char *wanted;
  guint n_calls;

  set_trouble (TROUBLE_NONE);
  run (untroubled);
  g_assert_no_error (baleen_summary_job_get_error (untroubled));
  wanted = baleen_summary_job_get_summary (untroubled)->text;
  n_calls = n_whole;
  g_assert_cmpuint (n_calls, >, TROUBLED + 2);
  for (guint i = 0; facts[i] != NULL; i++)
    g_assert_nonnull (strstr (wanted, facts[i]));

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (BaleenSummaryJob) job = job_new (engine);

      g_test_message ("%s", cases[i].words != NULL ? cases[i].words : "busy for a second");
      baleen_reading_cache_trim (0);
      set_trouble (cases[i].trouble);
      run (job);
      if (cases[i].words != NULL)
        {
          g_assert_cmpint (baleen_summary_job_get_state (job), ==, BALEEN_SUMMARY_FAILED);
          g_assert_nonnull (strstr (baleen_summary_job_get_error (job)->message, cases[i].words));
          g_assert_cmpuint (n_whole, ==, TROUBLED);
          run (job);
        }
      g_assert_no_error (baleen_summary_job_get_error (job));
      g_assert_cmpstr (baleen_summary_job_get_summary (job)->text, ==, wanted);
      /* Nothing was asked again that had been answered. */
      g_assert_cmpuint (n_whole, ==, n_calls);
      g_assert_cmpuint (n_troubled, ==, 1);
    }
}

/* One request that the server will not take costs its part, which is read again by other words
 * or said to be unread; the others go on. */
static void
test_refused_part (void)
{
  g_autoptr (BaleenEngineService) engine = open_endpoint ();
  g_autoptr (BaleenSummaryJob) job = job_new (engine);
  const BaleenSummary *summary;
  guint n_told = 0;

  baleen_reading_cache_trim (0);
  set_trouble (TROUBLE_REFUSED);
  run (job);
  g_assert_no_error (baleen_summary_job_get_error (job));
  summary = baleen_summary_job_get_summary (job);
  for (guint i = 0; facts[i] != NULL; i++)
    n_told += strstr (summary->text, facts[i]) != NULL;
  g_assert_cmpuint (n_told, >=, G_N_ELEMENTS (facts) - 2);
  for (guint i = 0; i < summary->coverage->len; i++)
    if (i != TROUBLED)
      g_assert_cmpint (g_array_index (summary->coverage, BaleenCoverage, i).status, ==,
                       BALEEN_COVERAGE_READ);
  baleen_reading_cache_trim (0);
}

/* Pausing does not wait for what a server may never say. */
static void
test_pause (void)
{
  g_autoptr (BaleenEngineService) engine = open_endpoint ();
  g_autoptr (BaleenSummaryJob) job = job_new (engine);

  baleen_reading_cache_trim (0);
  set_trouble (TROUBLE_SILENT);
  baleen_summary_job_resume (job);
  WAIT_UNTIL (is_troubled ());
  baleen_summary_job_pause (job);
  WAIT_UNTIL (baleen_summary_job_get_state (job) != BALEEN_SUMMARY_RUNNING);
  g_assert_cmpint (baleen_summary_job_get_state (job), ==, BALEEN_SUMMARY_PAUSED);
  g_assert_cmpuint (n_whole, ==, TROUBLED);
  run (job);
  g_assert_no_error (baleen_summary_job_get_error (job));
  g_assert_nonnull (strstr (baleen_summary_job_get_summary (job)->text, facts[0]));
  baleen_reading_cache_trim (0);
}

/* ---- from the terminal ---------------------------------------------------------------- */

static GSubprocess *
start_program (const char *const *arguments)
{
  g_autoptr (GSubprocessLauncher) launcher = g_subprocess_launcher_new (
      G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_PIPE);
  g_autoptr (GPtrArray) words = g_ptr_array_new ();
  GSubprocess *program;

  g_ptr_array_add (words, (gpointer) g_getenv ("BALEEN_PROGRAM"));
  for (; *arguments != NULL; arguments++)
    g_ptr_array_add (words, (gpointer) *arguments);
  g_ptr_array_add (words, (gpointer) "--model");
  g_ptr_array_add (words, (gpointer) "endpoint:trial");
  g_ptr_array_add (words, NULL);
  g_subprocess_launcher_setenv (launcher, "XDG_DATA_HOME", g_get_user_data_dir (), TRUE);
  g_subprocess_launcher_setenv (launcher, "XDG_CACHE_HOME", g_get_user_cache_dir (), TRUE);
  program = g_subprocess_launcher_spawnv (launcher, (const char *const *) words->pdata, NULL);
  g_assert_nonnull (program);
  return program;
}

/* Runs the program on that server; its exit status. */
static int
run_program (const char *const *arguments,
             char             **out,
             char             **complaints)
{
  g_autoptr (GSubprocess) program = start_program (arguments);

  g_assert_true (g_subprocess_communicate_utf8 (program, NULL, NULL, out, complaints, NULL));
  g_assert_true (g_subprocess_get_if_exited (program));
  return g_subprocess_get_exit_status (program);
}

static void
test_summarize (void)
{
  g_autofree char *path = write_document ();
  const char *const arguments[] = { "summarize", path, "--form", "bullets", "--length", "detailed",
                                    NULL };
  g_autofree char *out = NULL, *complaints = NULL, *nothing = NULL, *refusal = NULL;

  put_endpoint ();
  baleen_reading_cache_trim (0);
  set_trouble (TROUBLE_KEY);
  g_assert_cmpint (run_program (arguments, &nothing, &refusal), ==, 1);
  g_assert_cmpstr (nothing, ==, "");
  g_assert_nonnull (strstr (refusal, "refused the key"));
  g_assert_cmpuint (n_whole, ==, TROUBLED);

  g_assert_cmpint (run_program (arguments, &out, &complaints), ==, 0);
  for (guint i = 0; facts[i] != NULL; i++)
    g_assert_nonnull (strstr (out, facts[i]));
  g_assert_cmpuint (n_troubled, ==, 1);
}

/* Ctrl-C while the server says nothing. */
static void
test_interrupt (void)
{
  g_autofree char *path = write_document ();
  const char *const arguments[] = { "summarize", path, NULL };
  g_autofree char *nothing = NULL, *complaints = NULL;
  g_autoptr (GSubprocess) program = NULL;

  put_endpoint ();
  baleen_reading_cache_trim (0);
  set_trouble (TROUBLE_SILENT);
  program = start_program (arguments);
  WAIT_UNTIL (is_troubled ());
  g_subprocess_send_signal (program, SIGINT);
  g_assert_true (g_subprocess_communicate_utf8 (program, NULL, NULL, &nothing, &complaints, NULL));
  g_assert_cmpint (g_subprocess_get_exit_status (program), ==, 130);
  g_assert_cmpstr (nothing, ==, "");
  g_assert_nonnull (strstr (complaints, "goes on from here"));
}

static void
test_ask (void)
{
  g_autofree char *path = write_document ();
  const char *const arguments[] = { "ask", "--json", "--document", path,
                                    "What of Lindqvist counted?", NULL };
  g_autofree char *out = NULL, *complaints = NULL;
  g_autoptr (JsonNode) answer = NULL;

  put_endpoint ();
  set_trouble (TROUBLE_NONE);
  g_assert_cmpint (run_program (arguments, &out, &complaints), ==, 0);
  answer = json_from_string (out, NULL);
  g_assert_nonnull (answer);
  g_assert_cmpstr (json_object_get_string_member (json_node_get_object (answer), "model"), ==,
                   "m");
  g_assert_nonnull (strstr (out, facts[0]));
  baleen_reading_cache_trim (0);
}

int
main (int    argc,
      char **argv)
{
  g_setenv ("BALEEN_ENDPOINT_KEY", "a key of this test", TRUE);
  g_setenv ("LANGUAGE", "en", TRUE);
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_setenv ("GIO_USE_PROXY_RESOLVER", "dummy", TRUE);
  g_setenv ("DBUS_SESSION_BUS_ADDRESS", "disabled:", TRUE);
  model = stub_completer_new (CONTEXT, facts);
  port = test_server_start (answer_cb, NULL, NULL);
  g_test_add_func ("/document-endpoint/goes-on-after-any-trouble", test_trouble);
  g_test_add_func ("/document-endpoint/refused-part-costs-that-part", test_refused_part);
  g_test_add_func ("/document-endpoint/paused-while-a-server-is-silent", test_pause);
  g_test_add_func ("/document-endpoint/summarize-goes-on-after-a-refusal", test_summarize);
  g_test_add_func ("/document-endpoint/interrupted-while-a-server-is-silent", test_interrupt);
  g_test_add_func ("/document-endpoint/ask-names-its-passages", test_ask);

  return g_test_run ();
}
