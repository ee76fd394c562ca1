/* Web Search in the window from end to end: real keys, the program's own search and reading, a
 * search server and pages in a network of this test's own; only the model is a script. */
#include "baleen-attachment-bar.h"
#include "baleen-composer.h"
#include "baleen-query-card.h"
#include "baleen-sources-page.h"
#include "child.h"
#include "fake-backend.h"
#include "network-log.h"
#include "own-net.h"
#include "small-web.h"
#include "window-cases.h"

#include <string.h>

static char *no_net;
static guint16 port;

static BaleenComposer *
composer (WindowDriver *driver)
{
  return BALEEN_COMPOSER (window_driver_find_in (driver, BALEEN_TYPE_COMPOSER, NULL));
}

static void
press (WindowDriver *driver,
       const char   *words)
{
  GtkWidget *button;

  window_driver_wait_until (
      (button = window_driver_find_in (driver, GTK_TYPE_BUTTON, words)) != NULL);
  g_signal_emit_by_name (button, "clicked");
  window_driver_wait (50);
}

static void
set_up_search (WindowDriver *driver)
{
  GSettings *settings = baleen_application_get_settings (driver->application);
  g_autofree char *address = g_strdup_printf ("http://127.0.0.1:%u", port);

  g_settings_set_string (settings, "search-address", address);
  g_settings_set_boolean (settings, "ask-before-searching", TRUE);
  fake_backend_set_batch_answer ("tower Oslo height");
}

/* All chips below a widget. */
static void
collect_chips (GtkWidget *root,
               GPtrArray *chips)
{
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      if (gtk_widget_has_css_class (child, "citation"))
        g_ptr_array_add (chips, child);
      collect_chips (child, chips);
    }
}

/* As the model is shown it: what looks like a frame's mark is taken apart. */
static char *
dup_shown (BaleenSource *source)
{
  g_autoptr (GString) passage = g_string_new (baleen_source_get_passage (source));

  g_string_replace (passage, "[webpage", "［webpage", 0);
  return g_string_free (g_steal_pointer (&passage), FALSE);
}

/* Each opens the panel, at the passage that the model was shown. */
static void
check_chips (WindowDriver *driver)
{
  BaleenMessage *answer = window_driver_get_last (driver);
  GPtrArray *sources = baleen_message_get_sources (answer);
  g_autofree char *prompt = fake_backend_dup_last_turn ();
  g_autoptr (GPtrArray) chips = g_ptr_array_new ();

  collect_chips (GTK_WIDGET (driver->window), chips);
  g_assert_cmpuint (chips->len, >=, sources->len);
  for (guint i = 0; i < sources->len; i++)
    {
      g_autofree char *shown = dup_shown (sources->pdata[i]);

      g_assert_nonnull (strstr (prompt, shown));
    }
  for (guint i = 0; i < chips->len; i++)
    {
      GtkWidget *page;

      g_signal_emit_by_name (chips->pdata[i], "clicked");
      window_driver_wait (300);
      page = window_driver_find_in (driver, BALEEN_TYPE_SOURCES_PAGE, NULL);
      g_assert_nonnull (page);
      g_assert_nonnull (
          window_driver_find (page, GTK_TYPE_LABEL, SMALL_WEB_PUBLIC " · 20 Nov 2026"));
      g_assert_nonnull (window_driver_find (
          page, GTK_TYPE_LABEL, baleen_source_get_passage (sources->pdata[0])));
    }
}

static guint
count_links (BaleenPurpose purpose)
{
  GListModel *entries = baleen_network_log_get_entries (baleen_network_log_get ());
  guint n = 0;

  for (guint i = 0; i < g_list_model_get_n_items (entries); i++)
    {
      g_autoptr (BaleenNetworkEntry) entry = g_list_model_get_item (entries, i);

      n += baleen_network_entry_get_purpose (entry) == purpose
           && baleen_network_entry_get_message (entry) != NULL;
    }
  return n;
}

static void
test_end_to_end (WindowDriver *driver)
{
  GtkWidget *line;

  set_up_search (driver);
  fake_backend_set_answer (NULL, "It is 310 metres high [citation:1]. Elsewhere [9] [citation:7].",
                           1000);
  window_driver_keys (driver, "ctrl+e");
  g_assert_true (baleen_composer_get_search (composer (driver)));
  window_driver_type (driver, "How high is the tower in Oslo?");
  window_driver_keys (driver, "Return");
  window_driver_wait_until (window_driver_find_in (driver, BALEEN_TYPE_QUERY_CARD, NULL) != NULL);

  /* Nothing was asked of anybody before the words are agreed on. */
  g_assert_cmpuint (small_web_take_requests (), ==, 0);
  g_assert_nonnull (
      window_driver_find_in (driver, GTK_TYPE_LABEL, "These words go to 127.0.0.1"));
  line = window_driver_find (window_driver_find_in (driver, BALEEN_TYPE_QUERY_CARD, NULL),
                             GTK_TYPE_ENTRY, NULL);
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (line)), ==, "tower Oslo height");
  press (driver, "Search");
  window_driver_wait_until (window_driver_is_over (driver));
  window_driver_wait (200);

  g_assert_cmpstr (baleen_message_get_text (window_driver_get_last (driver)), ==,
                   "It is 310 metres high [1]. Elsewhere.");
  g_assert_cmpuint (baleen_message_get_steps (window_driver_get_last (driver))->len, >=, 3);
  check_chips (driver);
  g_assert_cmpuint (small_web_take_private (), ==, 0);
  g_assert_cmpuint (count_links (BALEEN_PURPOSE_SEARCH), ==, 1);
  g_assert_cmpuint (count_links (BALEEN_PURPOSE_PAGE), >=, 2);
  small_web_take_requests ();

  /* Asked again it is answered without asking anybody but for the page that is gone. */
  press (driver, "Regenerate");
  press (driver, "Search");
  window_driver_wait_until (window_driver_is_over (driver));
  g_assert_cmpuint (baleen_message_get_sources (window_driver_get_last (driver))->len, ==, 2);
  g_assert_cmpuint (small_web_take_requests (), ==, 1);
}

static void
test_silence (WindowDriver *driver)
{
  g_autofree char *page = small_web_at ("/tower");

  baleen_network_log_clear (baleen_network_log_get ());
  small_web_take_requests ();
  set_up_search (driver);
  fake_backend_set_answer (NULL, "I cannot read ![x](http://93.184.216.34/x) pages.", 1000);
  window_driver_type (driver, page);
  window_driver_keys (driver, "Return");
  window_driver_wait_until (window_driver_is_over (driver));
  window_driver_wait (300);
  g_assert_cmpuint (small_web_take_requests (), ==, 0);
  g_assert_cmpuint (g_list_model_get_n_items (
                        baleen_network_log_get_entries (baleen_network_log_get ())),
                    ==, 0);
}

static BaleenAttachment *
read_link (WindowDriver *driver,
           const char   *link)
{
  GPtrArray *attachments;

  window_driver_type (driver, link);
  press (driver, "Read This Page as a Source");
  attachments = baleen_composer_get_attachments (composer (driver));
  g_assert_cmpuint (attachments->len, ==, 1);
  window_driver_wait_until (baleen_attachment_get_state (attachments->pdata[0])
                            != BALEEN_ATTACHMENT_READING);
  g_test_message ("%s: %s", baleen_attachment_get_name (attachments->pdata[0]),
                  baleen_attachment_get_problem (attachments->pdata[0]));
  return attachments->pdata[0];
}

static void
test_link (WindowDriver *driver)
{
  g_autofree char *page = small_web_at ("/districts");
  g_autofree char *prompt = NULL;
  g_autofree char *draft = NULL;
  BaleenAttachment *attachment;

  small_web_take_requests ();
  attachment = read_link (driver, page);
  g_assert_cmpint (baleen_attachment_get_state (attachment), ==, BALEEN_ATTACHMENT_READY);
  g_assert_cmpuint (small_web_take_requests (), ==, 1);
  draft = window_driver_dup_draft (driver);
  g_assert_cmpstr (draft, ==, "");
  window_driver_wait_until (baleen_attachment_get_n_tokens (attachment) > 0);
  window_driver_type (driver, "How many?");
  window_driver_keys (driver, "Return");
  window_driver_wait_until (window_driver_is_over (driver));
  prompt = fake_backend_dup_last_turn ();
  g_assert_nonnull (strstr (prompt, "Northmoor"));
  g_assert_nonnull (strstr (prompt, page + strlen ("http://")));
  g_assert_cmpuint (small_web_take_requests (), ==, 0);
}

static void
test_private_link (WindowDriver *driver)
{
  g_autofree char *page = g_strdup_printf ("http://" SMALL_WEB_PRIVATE ":%u/inside", port);
  BaleenAttachment *attachment = read_link (driver, page);

  g_assert_cmpint (baleen_attachment_get_state (attachment), ==, BALEEN_ATTACHMENT_FAILED);
  g_assert_nonnull (strstr (baleen_attachment_get_problem (attachment), "private network"));
  g_assert_cmpuint (small_web_take_private (), ==, 0);
}

static GtkWindow *
find_dialog (void)
{
  g_autoptr (GList) windows = gtk_window_list_toplevels ();

  for (GList *l = windows; l != NULL; l = l->next)
    if (ADW_IS_MESSAGE_DIALOG (l->data))
      return l->data;
  return NULL;
}

static void
test_menu (WindowDriver *driver)
{
  g_autofree char *page = small_web_at ("/forum");
  GPtrArray *attachments;
  GtkWindow *dialog;
  GtkWidget *entry;

  gtk_widget_activate_action (GTK_WIDGET (driver->window), "win.read-link", NULL);
  window_driver_wait (200);
  dialog = find_dialog ();
  g_assert_nonnull (dialog);
  entry = adw_message_dialog_get_extra_child (ADW_MESSAGE_DIALOG (dialog));
  gtk_editable_set_text (GTK_EDITABLE (entry), page);
  adw_message_dialog_response (ADW_MESSAGE_DIALOG (dialog), "read");
  gtk_window_destroy (dialog);
  attachments = baleen_composer_get_attachments (composer (driver));
  g_assert_cmpuint (attachments->len, ==, 1);
  window_driver_wait_until (baleen_attachment_get_state (attachments->pdata[0])
                            == BALEEN_ATTACHMENT_READY);
}

static void
run (gconstpointer func)
{
  WindowDriver driver = { 0 };

  if (no_net != NULL)
    {
      g_test_skip (no_net);
      return;
    }
  window_driver_run (&driver, (WindowDriverFunc) func);
  window_driver_clear (&driver);
}

int
main (int    argc,
      char **argv)
{
  g_autofree char *home = NULL;

  /* Pages are read by this program started again. */
  if (argc > 1 && g_str_equal (argv[1], BALEEN_EXTRACT_WORD))
    return baleen_extract_child (argc, argv);
  if (!own_net_enter (small_web_addresses, &no_net))
    g_printerr ("# %s\n", no_net);
  home = g_dir_make_tmp ("baleen-window-search-XXXXXX", NULL);
  g_setenv ("XDG_CACHE_HOME", home, TRUE);
  window_cases_init (&argc, &argv);
  if (no_net == NULL)
    port = small_web_start ();
  g_test_add_data_func ("/window-search/from-the-toggle-to-the-passage", test_end_to_end, run);
  g_test_add_data_func ("/window-search/off-means-no-socket", test_silence, run);
  g_test_add_data_func ("/window-search/a-link-is-read-as-a-source", test_link, run);
  g_test_add_data_func ("/window-search/a-private-link-is-refused-in-words", test_private_link, run);
  g_test_add_data_func ("/window-search/the-menu-reads-a-link", test_menu, run);

  return g_test_run ();
}
