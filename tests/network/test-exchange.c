#include "address.h"
#include "exchange.h"
#include "own-net.h"
#include "wild-server.h"

#include <glib/gstdio.h>
#include <string.h>

static guint16 port;
static char *no_net; /* why there is no network of our own */

static void
done_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      data)
{
  g_set_object ((GAsyncResult **) data, result);
}

static BaleenReply *
fetch_with (const char                 *url,
            const BaleenExchangeLimits *limits,
            GError                    **error)
{
  g_autoptr (GUri) uri = baleen_web_address_parse (url, error);
  g_autoptr (SoupMessage) message = NULL;
  g_autoptr (GAsyncResult) result = NULL;

  if (uri == NULL)
    return NULL;
  message = soup_message_new_from_uri ("GET", uri);
  baleen_exchange_async (message, limits, NULL, done_cb, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);

  return baleen_exchange_finish (result, error);
}

static BaleenReply *
fetch (const char *url,
       GError    **error)
{
  const BaleenExchangeLimits limits = { .purpose = BALEEN_PURPOSE_PAGE, .is_public = TRUE,
                                        .seconds = 3, .most_bytes = 5 << 20,
                                        .most_redirects = 5 };

  return fetch_with (url, &limits, error);
}

/* An address on our server; `%s` of `host` and the port are filled in. */
static char *
at (const char *host,
    const char *path)
{
  return g_strdup_printf ("http://%s:%u%s", host, port, path);
}

static void
expect (const char         *host,
        const char         *path,
        BaleenNetworkError  code)
{
  g_autofree char *url = at (host, path);
  g_autoptr (GError) error = NULL;
  g_autoptr (BaleenReply) reply = fetch (url, &error);

  g_test_message ("%s: %s", url, error != NULL ? error->message : "an answer");
  g_assert_null (reply);
  g_assert_error (error, BALEEN_NETWORK_ERROR, (int) code);
}

static gboolean
needs_net (void)
{
  if (no_net != NULL)
    g_test_skip (no_net);

  return no_net == NULL;
}

static const char *const private_addresses[] = {
  "0.0.0.0", "0.1.2.3", "10.0.0.1", "10.255.255.255", "100.64.0.1", "100.127.255.254",
  "127.0.0.1", "127.1.2.3", "127.255.255.255", "169.254.0.1", "169.254.169.254", "172.16.0.1",
  "172.31.255.255", "192.0.0.1", "192.0.0.170", "192.0.2.1", "192.31.196.1", "192.52.193.1",
  "192.88.99.1", "192.168.0.1", "192.168.255.255", "192.175.48.1", "198.18.0.1",
  "198.19.255.255", "198.51.100.1", "203.0.113.1", "224.0.0.1", "239.255.255.255", "240.0.0.1",
  "255.255.255.255", "::", "::1", "::7f00:1", "::ffff:127.0.0.1", "::ffff:10.0.0.1",
  "::ffff:169.254.169.254", "::ffff:192.168.1.1", "::ffff:0:127.0.0.1", "64:ff9b::7f00:1",
  "64:ff9b::a00:1", "64:ff9b:1::7f00:1", "100::1", "2001::1", "2001:10::1", "2001:20::1",
  "2001:2::1", "2001:db8::1", "2002:7f00:1::", "2002:a00:1::1", "2002:c0a8:101::1",
  "2620:4f:8000::1", "3ffe::1", "3fff::1", "5f00::1", "fc00::1", "fd00::1", "fd12:3456::1",
  "fe80::1", "fe80::a00:1", "fec0::1", "ff02::1", "ff0e::1", "4000::1", "1::1",
};
static const char *const public_addresses[] = {
  "1.1.1.1", "8.8.8.8", "9.255.255.255", "11.0.0.0", "93.184.216.34", "100.63.255.255",
  "100.128.0.0", "126.255.255.255", "128.0.0.0", "169.253.255.255", "169.255.0.0",
  "172.15.255.255", "172.32.0.0", "192.0.1.0", "192.167.255.255", "192.169.0.0",
  "198.17.255.255", "198.20.0.0", "223.255.255.255", "2606:4700::1111", "2400:cb00::1",
  "2a00:1450::1", "2001:200::1", "2001:4860:4860::8888", "::ffff:8.8.8.8", "64:ff9b::808:808",
};

static void
test_addresses (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (private_addresses); i++)
    {
      g_autoptr (GInetAddress) address = g_inet_address_new_from_string (private_addresses[i]);

      g_test_message ("%s", private_addresses[i]);
      g_assert_nonnull (address);
      g_assert_false (baleen_inet_address_is_public (address));
    }
  for (gsize i = 0; i < G_N_ELEMENTS (public_addresses); i++)
    {
      g_autoptr (GInetAddress) address = g_inet_address_new_from_string (public_addresses[i]);

      g_test_message ("%s", public_addresses[i]);
      g_assert_true (baleen_inet_address_is_public (address));
    }
}

/* Every private address, as it is, behind a redirect, behind a name, and behind a name that
 * was public a moment ago: nobody connects. */
static void
test_nothing_private_is_reached (void)
{
  guint n_names = 0;

  if (!needs_net ())
    return;
  wild_server_take_private ();
  for (gsize i = 0; i < G_N_ELEMENTS (private_addresses); i++)
    {
      const char *address = private_addresses[i];
      gboolean is_six = strchr (address, ':') != NULL;
      g_autofree char *host = is_six ? g_strdup_printf ("[%s]", address) : g_strdup (address);
      g_autofree char *target = g_strdup_printf ("/to?http://%s:%u/", host, port);
      g_autofree char *name = g_strdup_printf ("name%u.example", n_names++);
      g_autofree char *moving = g_strdup_printf ("moving%u.example", n_names);
      g_autofree char *to_moving = g_strdup_printf ("/to?http://%s:%u/", moving, port);

      expect (host, "/", BALEEN_NETWORK_ERROR_PRIVATE);
      expect ("93.184.216.34", target, BALEEN_NETWORK_ERROR_PRIVATE);
      own_net_add_name (name, address);
      expect (name, "/", BALEEN_NETWORK_ERROR_PRIVATE);
      /* Public at the first look, private at the next: whichever is looked at is what is
       * connected to. */
      own_net_add_name (moving, "93.184.216.34");
      own_net_add_name (moving, address);
      expect (moving, to_moving, BALEEN_NETWORK_ERROR_PRIVATE);
    }
  g_assert_cmpuint (wild_server_take_private (), ==, 0);
}

/* Other ways to write 127.0.0.1, which resolvers understand. */
static void
test_spellings (void)
{
  static const char *const spellings[] = { "2130706433", "0x7f000001", "0x7f.1", "0177.0.0.1",
                                           "127.1", "localhost", "localhost.", "127.0.0.1." };

  if (!needs_net ())
    return;
  g_resolver_set_default (g_resolver_get_default ());
  for (gsize i = 0; i < G_N_ELEMENTS (spellings); i++)
    {
      g_autofree char *url = at (spellings[i], "/");
      g_autoptr (GError) error = NULL;
      g_autoptr (BaleenReply) reply = fetch (url, &error);

      g_test_message ("%s: %s", spellings[i], error != NULL ? error->message : "an answer");
      g_assert_null (reply);
      g_assert_true (error->domain == BALEEN_NETWORK_ERROR);
    }
  g_assert_cmpuint (wild_server_take_private (), ==, 0);
}

static void
test_names_with_both (void)
{
  g_autofree char *url = at ("both.example", "/");
  g_autoptr (GError) error = NULL;
  g_autoptr (BaleenReply) reply = NULL;

  if (!needs_net ())
    return;
  own_net_add_name ("both.example", "127.0.0.1 93.184.216.34 ::1");
  reply = fetch (url, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (reply->status, ==, 200);
  g_assert_cmpstr (reply->content_type, ==, "text/html");
  g_assert_cmpstr (reply->charset, ==, "utf-8");
  g_assert_cmpuint (wild_server_take_private (), ==, 0);
}

static void
test_redirects (void)
{
  g_autofree char *inner = g_strdup_printf ("/to?/to%%3Fhttp://93.184.216.34:%u/page", port);
  g_autofree char *url = at ("93.184.216.34", inner);
  g_autoptr (GError) error = NULL;
  g_autoptr (BaleenReply) reply = NULL;

  if (!needs_net ())
    return;
  reply = fetch (url, &error);
  g_assert_no_error (error);
  g_assert_true (g_str_has_suffix (reply->url, "/page"));
  wild_server_take_requests ();
  expect ("93.184.216.34", "/loop", BALEEN_NETWORK_ERROR_REDIRECTS);
  g_assert_cmpuint (wild_server_take_requests (), ==, 6);
  expect ("93.184.216.34", "/to?file:///etc/passwd", BALEEN_NETWORK_ERROR_ADDRESS);
  expect ("93.184.216.34", "/to?data:text/html,hello", BALEEN_NETWORK_ERROR_ADDRESS);
  expect ("93.184.216.34", "/to?ftp://93.184.216.34/", BALEEN_NETWORK_ERROR_ADDRESS);
  expect ("93.184.216.34", "/to?http://user:secret@93.184.216.34/", BALEEN_NETWORK_ERROR_ADDRESS);
}

/* The user's own server may be local; where it sends on to may not be elsewhere. */
static void
test_own_server (void)
{
  const BaleenExchangeLimits limits = { .purpose = BALEEN_PURPOSE_SEARCH, .seconds = 3,
                                        .most_bytes = 1 << 20, .most_redirects = 5 };
  g_autofree char *url = at ("127.0.0.1", "/search?q=whales");
  g_autofree char *target = g_strdup_printf ("/to?http://10.0.0.1:%u/", port);
  g_autofree char *away = at ("127.0.0.1", target);
  g_autofree char *request = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (BaleenReply) reply = NULL, refused = NULL;

  if (!needs_net ())
    return;
  reply = fetch_with (url, &limits, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (reply->status, ==, 200);
  request = wild_server_get_last_request ();
  g_assert_null (strstr (request, "Cookie"));
  g_assert_null (strstr (request, "Referer"));
  wild_server_take_private ();
  refused = fetch_with (away, &limits, &error);
  g_assert_error (error, BALEEN_NETWORK_ERROR, BALEEN_NETWORK_ERROR_REDIRECTS);
  g_assert_cmpuint (wild_server_take_private (), ==, 1);
}

static void
test_endless (void)
{
  gint64 start = g_get_monotonic_time ();

  if (!needs_net ())
    return;
  expect ("93.184.216.34", "/drip", BALEEN_NETWORK_ERROR_SLOW);
  /* libsoup has a limit for these, and hangs up. */
  expect ("93.184.216.34", "/headers", BALEEN_NETWORK_ERROR_UNREACHABLE);
  expect ("93.184.216.34", "/header-line", BALEEN_NETWORK_ERROR_UNREACHABLE);
  expect ("93.184.216.34", "/big", BALEEN_NETWORK_ERROR_TOO_LARGE);
  /* Four letters at a time: time is up before they are too many. */
  expect ("93.184.216.34", "/chunks", BALEEN_NETWORK_ERROR_SLOW);
  expect ("93.184.216.34", "/bomb", BALEEN_NETWORK_ERROR_TOO_LARGE);
  expect ("93.184.216.34", "/cut", BALEEN_NETWORK_ERROR_UNREACHABLE);
  expect ("93.184.216.34", "/nonsense", BALEEN_NETWORK_ERROR_UNREACHABLE);
  g_assert_cmpint (g_get_monotonic_time () - start, <, 20 * G_TIME_SPAN_SECOND);
}

static void
test_absent (void)
{
  g_autoptr (GError) error = NULL;

  if (!needs_net ())
    return;
  expect ("nowhere.example", "/", BALEEN_NETWORK_ERROR_UNREACHABLE);
  g_assert_null (fetch ("http://93.184.216.34:1/", &error));
  g_assert_error (error, BALEEN_NETWORK_ERROR, BALEEN_NETWORK_ERROR_UNREACHABLE);
}

static void
test_bad_addresses (void)
{
  static const char *const addresses[] = { "", "whales", "file:///etc/passwd", "http://", "ftp://a/",
                                           "javascript:alert(1)", "http://user:pw@a.example/",
                                           "data:text/html,a", "http:///path", "//a.example/" };

  for (gsize i = 0; i < G_N_ELEMENTS (addresses); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (baleen_web_address_parse (addresses[i], &error));
      g_assert_error (error, BALEEN_NETWORK_ERROR, BALEEN_NETWORK_ERROR_ADDRESS);
      /* A password is not shown to whoever looks over a shoulder. */
      g_assert_null (strstr (error->message, "pw"));
    }
}

static void
test_log (void)
{
  BaleenNetworkLog *log = baleen_network_log_get ();
  GListModel *entries = baleen_network_log_get_entries (log);
  g_autofree char *url = at ("93.184.216.34", "/a-secret-path?q=words");
  g_autoptr (GError) error = NULL;
  g_autoptr (BaleenReply) reply = NULL;
  g_autoptr (BaleenNetworkEntry) entry = NULL;
  g_autofree char *folder = g_dir_make_tmp ("baleen-log-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "log", NULL);
  g_autofree char *text = NULL;

  if (!needs_net ())
    return;
  baleen_network_log_clear (log);
  g_assert_true (g_file_set_contents (path, "{\"time\":1,\"purpose\":\"page\",\"host\":\"old\"}\n"
                                            "nonsense\n", -1, NULL));
  baleen_network_log_keep (log, path, 30);
  reply = fetch (url, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (g_list_model_get_n_items (entries), ==, 1);
  g_assert_cmpuint (baleen_network_log_get_n_open (log), ==, 0);
  entry = g_list_model_get_item (entries, 0);
  g_assert_cmpstr (baleen_network_entry_get_host (entry), ==, "93.184.216.34");
  g_assert_cmpuint (baleen_network_entry_get_sent (entry), >, 50);
  g_assert_cmpuint (baleen_network_entry_get_received (entry), >, 100);
  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  g_assert_nonnull (strstr (text, "93.184.216.34"));
  g_assert_null (strstr (text, "secret"));
  g_assert_null (strstr (text, "words"));
  g_assert_null (strstr (text, "old"));
  /* No days: nothing stays on the disk, what this run saw stays to be looked at. */
  baleen_network_log_keep (log, path, 0);
  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
  g_assert_cmpuint (g_list_model_get_n_items (entries), ==, 1);
  baleen_network_log_clear (log);
  g_rmdir (folder);
}

int
main (int    argc,
      char **argv)
{
  static const char *const addresses[] = {
    "93.184.216.34", "10.0.0.1", "192.168.0.1", "169.254.169.254", "100.64.0.1", "198.18.0.1",
    "172.16.0.1", "192.0.2.1", "203.0.113.1", "fc00::1", "fd00::1", "2001:db8::1", "fe80::1",
    "64:ff9b::7f00:1", "2002:7f00:1::", NULL
  };

  if (!own_net_enter (addresses, &no_net))
    g_printerr ("# %s\n", no_net);
  g_test_init (&argc, &argv, NULL);
  if (no_net == NULL)
    port = wild_server_start ();
  own_net_add_name ("unused.example", "93.184.216.34");

  g_test_add_func ("/network/addresses-are-told-apart", test_addresses);
  g_test_add_func ("/network/bad-addresses-are-refused", test_bad_addresses);
  g_test_add_func ("/network/nothing-private-is-reached", test_nothing_private_is_reached);
  g_test_add_func ("/network/spellings-of-loopback", test_spellings);
  g_test_add_func ("/network/names-with-both-reach-the-public", test_names_with_both);
  g_test_add_func ("/network/redirects-are-followed-so-far", test_redirects);
  g_test_add_func ("/network/own-server-may-be-local", test_own_server);
  g_test_add_func ("/network/endless-answers-end", test_endless);
  g_test_add_func ("/network/absent-servers-are-named", test_absent);
  g_test_add_func ("/network/log-says-where-and-not-what", test_log);

  return g_test_run ();
}
