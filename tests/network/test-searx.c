/* A real search server, Debian's searx, on the loopback address of a network of this test's own,
 * over an engine on a public-looking one; the real program asks it and reads the pages. */
#include "own-net.h"
#include "run-program.h"
#include "small-web.h"

#include <glib/gstdio.h>
#include <json-glib/json-glib.h>
#include <signal.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>

#define SEARX "/usr/bin/searx-run"
/* Its imports alone take seconds on a busy machine. */
#define START_SECONDS 60

static char *no_net;
static guint16 web_port, searx_port;
static GPid searx;
static char *folder;

static guint16
find_port (void)
{
  g_autoptr (GSocketListener) listener = g_socket_listener_new ();

  return g_socket_listener_add_any_inet_port (listener, NULL, NULL);
}

static char *
write_settings (void)
{
  char *path = g_build_filename (folder, "settings.yml", NULL);
  g_autofree char *text = g_strdup_printf (
      "general:\n  debug: False\n  instance_name: test\n  contact_url: False\n"
      "brand:\n  git_url: ''\n  git_branch: ''\n  issue_url: ''\n  docs_url: ''\n"
      "  public_instances: ''\n  wiki_url: ''\n  twitter_url: ''\n"
      "search:\n  safe_search: 0\n  autocomplete: ''\n  default_lang: ''\n"
      "  ban_time_on_fail: 1\n  max_ban_time_on_fail: 2\n"
      "server:\n  port: %u\n  bind_address: 127.0.0.1\n  secret_key: only-for-this-test\n"
      "  base_url: False\n  image_proxy: False\n  http_protocol_version: '1.0'\n  method: GET\n"
      "ui:\n  static_path: /usr/share/python3-searx/static\n"
      "  templates_path: /usr/share/python3-searx/templates\n  default_theme: oscar\n"
      "  default_locale: ''\n  theme_args:\n    oscar_style: logicodev\n"
      "outgoing:\n  request_timeout: 5.0\n  useragent_suffix: ''\n  pool_connections: 10\n"
      "  pool_maxsize: 10\n"
      "engines:\n- name: small web\n  engine: json_engine\n  shortcut: sw\n"
      "  categories: general\n  enable_http: True\n"
      "  search_url: http://" SMALL_WEB_PUBLIC ":%u/engine?q={query}\n"
      "  results_query: results\n  url_query: url\n  title_query: title\n"
      "  content_query: content\n"
      "locales:\n  en: English\n"
      "doi_resolvers:\n  none: 'http://" SMALL_WEB_PUBLIC "/'\ndefault_doi_resolver: none\n",
      searx_port, web_port);

  g_assert_true (g_file_set_contents (path, text, -1, NULL));
  return path;
}

static gboolean
answers (void)
{
  g_autoptr (GSocketClient) client = g_socket_client_new ();
  g_autoptr (GSocketConnection) connection
      = g_socket_client_connect_to_host (client, "127.0.0.1", searx_port, NULL, NULL);

  return connection != NULL;
}

/* It ends with this test, however that ends. */
static void
child_cb (gpointer data)
{
  prctl (PR_SET_PDEATHSIG, SIGKILL);
}

/* With Debian's own Python, for which searx is packaged. */
static void
start_searx (void)
{
  g_autofree char *settings = write_settings ();
  g_autofree char *log = g_build_filename (folder, "log", NULL);
  g_autofree char *command
      = g_strdup_printf ("exec /usr/bin/python3 " SEARX " >'%s' 2>&1 </dev/null", log);
  char *arguments[] = { (char *) "/bin/sh", (char *) "-c", command, NULL };
  g_auto (GStrv) environment = g_environ_setenv (g_get_environ (), "SEARX_SETTINGS_PATH", settings,
                                                 TRUE);
  g_autoptr (GError) error = NULL;

  environment = g_environ_unsetenv (environment, "http_proxy");
  environment = g_environ_unsetenv (environment, "https_proxy");
  g_spawn_async (NULL, arguments, environment, G_SPAWN_DO_NOT_REAP_CHILD, child_cb, NULL, &searx,
                 &error);
  g_assert_no_error (error);
  for (guint i = 0; i < 10 * START_SECONDS && !answers () && waitpid (searx, NULL, WNOHANG) == 0;
       i++)
    g_usleep (G_USEC_PER_SEC / 10);
  if (!answers ())
    {
      g_autofree char *text = NULL;

      g_file_get_contents (log, &text, NULL, NULL);
      g_strdelimit (text, "\n", '|');
      g_error ("searx does not start: %s", text);
    }
}

static Outcome
ask (const char *question)
{
  g_autofree char *address = g_strdup_printf ("http://127.0.0.1:%u/", searx_port);
  const char *const arguments[] = { "ask", "--search", "--search-url", address, "--json",
                                    "--device", "cpu", "--temperature", "0", "--max-tokens", "80",
                                    question, NULL };

  return program_run (NULL, arguments);
}

/* NULL where it is among the sources. */
static const char *
find_source (JsonObject *answer,
             const char *words)
{
  JsonArray *sources = json_object_get_array_member (answer, "sources");

  for (guint i = 0; i < json_array_get_length (sources); i++)
    {
      const char *passage = json_object_get_string_member (
          json_array_get_object_element (sources, i), "passage");

      if (strstr (passage, words) != NULL)
        return passage;
    }
  return NULL;
}

static void
check_question (const char *question,
                const char *words)
{
  g_auto (Outcome) outcome = { 0 };
  g_autoptr (JsonNode) root = NULL;

  if (no_net != NULL)
    {
      g_test_skip (no_net);
      return;
    }
  outcome = ask (question);
  g_test_message ("%s%s", outcome.out, outcome.err);
  g_assert_cmpint (outcome.status, ==, 0);
  root = json_from_string (outcome.out, NULL);
  g_assert_nonnull (find_source (json_node_get_object (root), words));
  g_assert_cmpuint (small_web_take_private (), ==, 0);
}

static void
test_article (void)
{
  check_question ("How high is the new tower in Oslo?", "310 metres");
}

static void
test_forum (void)
{
  check_question ("Which ferry goes to the island in winter?", "Line B1");
}

static void
test_table (void)
{
  check_question ("How many people live in Eastwick?", "9944");
}

static void
test_chinese (void)
{
  check_question ("山谷县新图书馆什么时候开馆？", "十二月一日");
}

static void
test_silence (void)
{
  g_auto (Outcome) outcome = { 0 };

  if (no_net != NULL)
    {
      g_test_skip (no_net);
      return;
    }
  small_web_clear ();
  outcome = ask ("Xylophone quarterly zzyzx?");
  g_test_message ("%s", outcome.err);
  g_assert_cmpint (outcome.status, ==, 1);
}

static void
stop_searx (void)
{
  g_autofree char *settings = g_build_filename (folder, "settings.yml", NULL);
  g_autofree char *log = g_build_filename (folder, "log", NULL);

  if (searx != 0)
    kill (searx, SIGKILL);
  g_unlink (settings);
  g_unlink (log);
}

int
main (int    argc,
      char **argv)
{
  int status;

  if (!g_file_test (SEARX, G_FILE_TEST_IS_EXECUTABLE))
    no_net = g_strdup ("Debian's package searx is not installed");
  else if (!own_net_enter (small_web_addresses, &no_net))
    g_printerr ("# %s\n", no_net);
  g_test_init (&argc, &argv, NULL);
  folder = g_dir_make_tmp ("baleen-searx-XXXXXX", NULL);
  g_setenv ("XDG_CACHE_HOME", folder, TRUE);
  g_unsetenv ("BALEEN_SEARCH_URL");
  if (no_net == NULL)
    {
      web_port = small_web_start ();
      searx_port = find_port ();
      start_searx ();
    }

  g_test_add_func ("/searx/an-article-is-found-and-read", test_article);
  g_test_add_func ("/searx/a-forum", test_forum);
  g_test_add_func ("/searx/a-table", test_table);
  g_test_add_func ("/searx/chinese-news", test_chinese);
  g_test_add_func ("/searx/nothing-found-is-said", test_silence);
  status = g_test_run ();
  stop_searx ();

  return status;
}
