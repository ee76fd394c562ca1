/* The real program, the built-in model, a search server on the loopback address and pages on
 * a public-looking one, all in a network of this test's own. */
#include "own-net.h"
#include "run-program.h"
#include "small-web.h"
#include "test-server.h"

#include <json-glib/json-glib.h>
#include <string.h>

/* Of the small web, about the tower. */
#define N_PAGES 2

static guint16 port;
static char *no_net;

static Outcome
ask (const char *question)
{
  g_autofree char *address = g_strdup_printf ("http://127.0.0.1:%u/", port);
  const char *const arguments[] = { "ask", "--search", "--search-url", address, "--json",
                                    "--device", "cpu", "--temperature", "0", "--max-tokens", "80",
                                    question, NULL };

  return program_run (NULL, arguments);
}

static gboolean
needs_net (void)
{
  if (no_net != NULL)
    g_test_skip (no_net);

  return no_net == NULL;
}

static void
check_citations (const char *answer,
                 guint       n_sources)
{
  for (const char *p = strchr (answer, '['); p != NULL; p = strchr (p + 1, '['))
    if (g_ascii_isdigit (p[1]))
      {
        guint64 n = g_ascii_strtoull (p + 1, NULL, 10);

        g_assert_cmpuint (n, >=, 1);
        g_assert_cmpuint (n, <=, n_sources);
      }
}

static void
test_answer_with_sources (void)
{
  g_auto (Outcome) outcome = { 0 };
  g_autoptr (JsonNode) root = NULL;
  JsonObject *object;
  JsonArray *sources, *network;
  gboolean is_told = FALSE;

  if (!needs_net ())
    return;
  outcome = ask ("How high is the new tower in Oslo?");
  g_test_message ("%s%s", outcome.out, outcome.err);
  g_assert_cmpint (outcome.status, ==, 0);
  root = json_from_string (outcome.out, NULL);
  object = json_node_get_object (root);

  g_assert_cmpstr (json_array_get_string_element (json_object_get_array_member (object, "queries"),
                                                  0), ==, "How high is the new tower in Oslo");
  sources = json_object_get_array_member (object, "sources");
  g_assert_cmpuint (json_array_get_length (sources), ==, N_PAGES);
  for (guint i = 0; i < N_PAGES; i++)
    {
      JsonObject *source = json_array_get_object_element (sources, i);
      const char *passage = json_object_get_string_member (source, "passage");

      g_assert_cmpint (json_object_get_int_member (source, "n"), ==, i + 1);
      g_assert_nonnull (strstr (json_object_get_string_member (source, "url"), SMALL_WEB_PUBLIC));
      g_assert_null (strstr (passage, "legal text"));
      g_assert_null (strstr (passage, "All the articles"));
      is_told |= strstr (passage, "310 metres") != NULL;
    }
  g_assert_true (is_told);
  check_citations (json_object_get_string_member (object, "answer"), N_PAGES);
  g_assert_nonnull (strstr (json_object_get_string_member (object, "answer"), "310"));

  network = json_object_get_array_member (object, "network");
  g_assert_cmpuint (json_array_get_length (network), ==, 2);
  g_assert_cmpuint (small_web_take_private (), ==, 0);
  g_assert_nonnull (strstr (outcome.err, "private network"));
}

/* The second time the pages are at hand: only the search is sent. */
static void
test_pages_are_kept (void)
{
  g_auto (Outcome) outcome = { 0 };

  if (!needs_net ())
    return;
  small_web_take_requests ();
  outcome = ask ("How high is the new tower in Oslo?");
  g_assert_cmpint (outcome.status, ==, 0);
  /* The search, and the page that is not there. */
  g_assert_cmpuint (small_web_take_requests (), ==, 2);
}

/* A model on a server: the words to search for, and then an answer from what it was shown. */
static void
model_cb (const TestRequest *request,
          gpointer           data)
{
  const gboolean has_pages = strstr (request->body, "310 metres") != NULL;
  const char *text = has_pages ? "The tower is 310 metres high [1]." : "new tower Oslo height";
  g_autofree char *answer = g_strdup_printf (
      "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\n"
      "data: {\"choices\":[{\"delta\":{\"content\":\"%s\"},\"finish_reason\":\"stop\"}]}\n\n"
      "data: [DONE]\n\n", text);

  g_atomic_int_inc ((gint *) data);
  test_server_put (request->out, answer);
}

static void
test_model_on_a_server (void)
{
  static gint n_asked;
  g_autofree char *address = g_strdup_printf ("http://127.0.0.1:%u/", port);
  const char *const arguments[] = { "ask", "--search", "--search-url", address, "--json",
                                    "--model", "endpoint:trial",
                                    "How high is the new tower in Oslo?", NULL };
  g_autofree char *folder = g_build_filename (g_getenv ("XDG_DATA_HOME"), "baleen", NULL);
  g_autofree char *list = g_build_filename (folder, "endpoints.json", NULL);
  g_autofree char *text = NULL;
  g_auto (Outcome) outcome = { 0 };
  g_autoptr (JsonNode) root = NULL;
  JsonObject *object;

  if (!needs_net ())
    return;
  text = g_strdup_printf ("[{\"name\":\"trial\",\"address\":\"http://127.0.0.1:%u/v1\","
                          "\"model\":\"m\",\"context\":8192}]",
                          test_server_start (model_cb, NULL, &n_asked));
  g_mkdir_with_parents (folder, 0700);
  g_assert_true (g_file_set_contents (list, text, -1, NULL));

  outcome = program_run (NULL, arguments);
  g_test_message ("%s%s", outcome.out, outcome.err);
  g_assert_cmpint (outcome.status, ==, 0);
  g_assert_cmpint (n_asked, ==, 2);
  root = json_from_string (outcome.out, NULL);
  object = json_node_get_object (root);
  g_assert_cmpstr (json_object_get_string_member (object, "model"), ==, "m");
  g_assert_cmpstr (json_object_get_string_member (object, "answer"), ==,
                   "The tower is 310 metres high [1].");
  g_assert_cmpstr (json_array_get_string_element (json_object_get_array_member (object, "queries"),
                                                  0), ==, "new tower Oslo height");
}

static void
test_nothing_without_search (void)
{
  g_autofree char *text = g_strdup_printf ("Read http://" SMALL_WEB_PUBLIC ":%u/tower and http://127.0.0.1:%u"
                                           "/search?q=a and sum it up.", port, port);
  const char *const arguments[] = { "ask", "--device", "cpu", "--max-tokens", "8", text, NULL };
  g_auto (Outcome) outcome = { 0 };

  if (!needs_net ())
    return;
  small_web_take_requests ();
  outcome = program_run (NULL, arguments);
  g_assert_cmpint (outcome.status, ==, 0);
  g_assert_cmpuint (small_web_take_requests (), ==, 0);
}

static void
test_absent_server (void)
{
  const char *const arguments[] = { "ask", "--search", "--search-url", "http://127.0.0.1:9", "--json",
                                    "--device", "cpu", "Anything?", NULL };
  const char *const odd[] = { "ask", "--search", "--search-url", "nonsense", "Anything?", NULL };
  g_auto (Outcome) absent = { 0 }, refused = { 0 };

  if (!needs_net ())
    return;
  absent = program_run (NULL, arguments);
  assert_refused (&absent, 1, "127.0.0.1");
  refused = program_run (NULL, odd);
  assert_refused (&refused, 1, "“nonsense” is not a web address");
}

int
main (int    argc,
      char **argv)
{
  g_autofree char *home = NULL;

  if (!own_net_enter (small_web_addresses, &no_net))
    g_printerr ("# %s\n", no_net);
  g_test_init (&argc, &argv, NULL);
  home = g_dir_make_tmp ("baleen-ask-search-XXXXXX", NULL);
  g_setenv ("XDG_CACHE_HOME", home, TRUE);
  g_setenv ("XDG_DATA_HOME", home, TRUE);
  g_setenv ("BALEEN_ENDPOINT_KEY", "a key of this test", TRUE);
  g_unsetenv ("BALEEN_SEARCH_URL");
  if (no_net == NULL)
    port = small_web_start ();

  g_test_add_func ("/ask-search/answers-with-sources", test_answer_with_sources);
  g_test_add_func ("/ask-search/keeps-pages-for-a-while", test_pages_are_kept);
  g_test_add_func ("/ask-search/asks-a-model-on-a-server", test_model_on_a_server);
  g_test_add_func ("/ask-search/without-it-nothing-is-sent", test_nothing_without_search);
  g_test_add_func ("/ask-search/says-which-server-fails", test_absent_server);

  return g_test_run ();
}
