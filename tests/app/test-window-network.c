/* The network log as a user meets it: the sign in the header, the window, its rows. */
#include "baleen-icon-button.h"
#include "baleen-network-window.h"
#include "fake-backend.h"
#include "message-reference.h"
#include "network-log.h"
#include "window-cases.h"

static BaleenNetworkEntry *
begin (const char *host,
       const char *message)
{
  BaleenNetworkEntry *entry = baleen_network_log_open (baleen_network_log_get (),
                                                       BALEEN_PURPOSE_PAGE, host, message);

  window_driver_wait (20);
  return entry;
}

static void
end (BaleenNetworkEntry *entry)
{
  baleen_network_entry_count (entry, 1200, 34000);
  baleen_network_entry_close (entry, "200");
  g_object_unref (entry);
  window_driver_wait (20);
}

static GtkWidget *
find_log (void)
{
  g_autoptr (GList) windows = gtk_window_list_toplevels ();

  for (GList *l = windows; l != NULL; l = l->next)
    if (BALEEN_IS_NETWORK_WINDOW (l->data))
      return l->data;
  return NULL;
}

static GtkWidget *
open_log (WindowDriver *driver)
{
  window_driver_keys (driver, "ctrl+shift+l");
  window_driver_wait_until (find_log () != NULL && gtk_widget_get_mapped (find_log ()));
  window_driver_wait (100);
  return find_log ();
}

static void
close_log (void)
{
  gtk_window_destroy (GTK_WINDOW (find_log ()));
  window_driver_wait (50);
}

static gboolean
has_sign (WindowDriver *driver)
{
  return window_driver_find_in (driver, BALEEN_TYPE_ICON_BUTTON, "Network Log") != NULL;
}

static void
test_sign (WindowDriver *driver)
{
  BaleenNetworkEntry *entry;

  g_assert_false (has_sign (driver));
  entry = begin ("example.org", NULL);
  g_assert_true (has_sign (driver));
  end (entry);
  window_driver_wait (9000);
  g_assert_true (has_sign (driver));
  window_driver_wait (1500);
  g_assert_false (has_sign (driver));
}

static void
test_offered (WindowDriver *driver)
{
  baleen_network_log_set_offered (baleen_network_log_get (), "127.0.0.1:8080");
  window_driver_wait_until (window_driver_find_in (driver, GTK_TYPE_BUTTON,
                                                   "Offered at 127.0.0.1:8080")
                            != NULL);
  baleen_network_log_set_offered (baleen_network_log_get (), NULL);
  window_driver_wait (20);
  g_assert_null (window_driver_find_in (driver, GTK_TYPE_BUTTON, "Offered at 127.0.0.1:8080"));
}

static void
test_log (WindowDriver *driver)
{
  BaleenNetworkEntry *entry;
  GtkWidget *log, *clear;

  baleen_network_log_clear (baleen_network_log_get ());
  log = open_log (driver);
  g_assert_nonnull (window_driver_find (log, GTK_TYPE_LABEL, "Nothing has left this computer."));
  entry = begin ("example.org", NULL);
  g_assert_nonnull (window_driver_find (log, GTK_TYPE_LABEL, "Connected: example.org"));
  end (entry);
  window_driver_wait_until (window_driver_find (log, GTK_TYPE_LABEL, "example.org") != NULL);
  g_assert_nonnull (window_driver_find (log, GTK_TYPE_LABEL, "page"));
  g_assert_nonnull (window_driver_find (log, GTK_TYPE_LABEL, "34.0\302\240kB"));
  g_assert_null (window_driver_find (log, GTK_TYPE_LABEL, "Connected: example.org"));
  g_assert_null (window_driver_find (log, GTK_TYPE_BUTTON, "Show Message"));

  clear = window_driver_find (log, GTK_TYPE_BUTTON, "Clear");
  g_signal_emit_by_name (clear, "clicked");
  window_driver_wait_until (window_driver_find (log, GTK_TYPE_LABEL,
                                                "Nothing has left this computer.")
                            != NULL);
  g_assert_false (gtk_widget_get_sensitive (clear));
  close_log ();
}

static void
test_link (WindowDriver *driver)
{
  BaleenConversation *conversation;
  g_autofree char *reference = NULL;
  GtkWidget *log, *link;

  window_driver_type (driver, "first");
  window_driver_keys (driver, "Return");
  window_driver_wait_until (window_driver_is_over (driver));
  conversation = baleen_window_get_conversation (driver->window);
  reference = baleen_message_reference_new (
      baleen_conversation_get_id (conversation),
      baleen_message_get_id (window_driver_get_last (driver)));
  window_driver_keys (driver, "ctrl+n");
  g_assert_true (baleen_window_get_conversation (driver->window) != conversation);

  end (begin ("example.org", reference));
  log = open_log (driver);
  link = window_driver_find (log, GTK_TYPE_BUTTON, "Show Message");
  g_assert_nonnull (link);
  g_signal_emit_by_name (link, "clicked");
  window_driver_wait (100);
  g_assert_true (baleen_window_get_conversation (driver->window) == conversation);
  close_log ();
}

int
main (int    argc,
      char **argv)
{
  window_cases_init (&argc, &argv);
  WINDOW_CASE ("/network-log/the-sign-stands-while-connected-and-ten-seconds-more", test_sign);
  WINDOW_CASE ("/network-log/the-header-says-where-the-model-is-offered", test_offered);
  WINDOW_CASE ("/network-log/lists-what-left-and-says-when-nothing-did", test_log);
  WINDOW_CASE ("/network-log/a-row-leads-to-its-message", test_link);
  return g_test_run ();
}
