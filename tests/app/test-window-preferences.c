/* What the preferences change at once, and what is told to somebody who looks elsewhere. Needs a
 * display and a session bus of its own and xdotool. */
#include <adwaita.h>
#include <gdk/x11/gdkx.h>
#include <glib/gstdio.h>
#include <string.h>

#include "baleen-sidebar.h"
#include "baleen-message-row.h"
#include "baleen-model-chooser.h"
#include "baleen-notices.h"
#include "baleen-transcript.h"
#include "baleen-window-private.h"
#include "fake-backend.h"
#include "window-cases.h"

static GSettings *
settings (WindowDriver *driver)
{
  return baleen_application_get_settings (driver->application);
}

static void
ask (WindowDriver *driver,
     const char   *question)
{
  window_driver_type (driver, question);
  window_driver_keys (driver, "Return");
  window_driver_wait_until (window_driver_is_over (driver));
  window_driver_wait (150);
}

/* ---- what is seen --------------------------------------------------------------------- */

static void
test_text_size (WindowDriver *driver)
{
  GtkWidget *label;
  int height;

  ask (driver, "Go");
  label = window_driver_find_in (driver, GTK_TYPE_LABEL, "One two three.");
  g_assert_nonnull (label);
  height = gtk_widget_get_height (label);
  for (guint i = 0; i < 5; i++)
    window_driver_keys (driver, "ctrl+equal");
  g_assert_cmpint (g_settings_get_int (settings (driver), "text-size"), ==, 150);
  window_driver_wait_until (gtk_widget_get_height (label) >= height * 1.4);
  window_driver_keys (driver, "ctrl+minus");
  g_assert_cmpint (g_settings_get_int (settings (driver), "text-size"), ==, 140);
  window_driver_keys (driver, "ctrl+0");
  window_driver_wait_until (gtk_widget_get_height (label) == height);
}

static void
test_contrast (WindowDriver *driver)
{
  GtkWidget *bubble;
  GtkBorder border;

  ask (driver, "Go");
  bubble = window_driver_find_in (driver, BALEEN_TYPE_TRANSCRIPT, NULL);
  bubble = gtk_widget_get_parent (window_driver_find (bubble, GTK_TYPE_LABEL, "Go"));
  g_assert_true (gtk_widget_has_css_class (bubble, "bubble"));
  gtk_style_context_get_border (gtk_widget_get_style_context (bubble), &border);
  g_assert_cmpint (border.top, ==, 0);
  g_settings_set_string (settings (driver), "high-contrast", "always");
  window_driver_wait (200);
  gtk_style_context_get_border (gtk_widget_get_style_context (bubble), &border);
  g_assert_cmpint (border.top, ==, 1);
  g_settings_reset (settings (driver), "high-contrast");
  window_driver_wait (200);
  gtk_style_context_get_border (gtk_widget_get_style_context (bubble), &border);
  g_assert_cmpint (border.top, ==, 0);
}

static void
test_motion (WindowDriver *driver)
{
  gboolean before, now;

  g_object_get (gtk_settings_get_default (), "gtk-enable-animations", &before, NULL);
  g_settings_set_string (settings (driver), "reduces-motion", "always");
  g_object_get (gtk_settings_get_default (), "gtk-enable-animations", &now, NULL);
  g_assert_false (now);
  g_settings_reset (settings (driver), "reduces-motion");
  g_object_get (gtk_settings_get_default (), "gtk-enable-animations", &now, NULL);
  g_assert_cmpint (now, ==, before);
}

static void
title_cb (GtkWindow  *window,
          GParamSpec *pspec,
          gboolean   *has_spoken)
{
  *has_spoken = *has_spoken || strstr (gtk_window_get_title (window), "Answer complete") != NULL;
}

static void
test_title (WindowDriver *driver)
{
  gboolean has_spoken = FALSE;

  g_signal_connect (driver->window, "notify::title", G_CALLBACK (title_cb), &has_spoken);
  g_settings_set_boolean (settings (driver), "speaks-in-title", FALSE);
  ask (driver, "Go");
  window_driver_wait (1200);
  g_assert_false (has_spoken);
  g_settings_reset (settings (driver), "speaks-in-title");
  ask (driver, "Go");
  window_driver_wait_until (has_spoken);
  g_signal_handlers_disconnect_by_data (driver->window, &has_spoken);
}

static GtkWindow *
find_window (const char *title)
{
  g_autoptr (GList) windows = gtk_window_list_toplevels ();

  for (GList *l = windows; l != NULL; l = l->next)
    if (gtk_widget_get_visible (l->data)
        && g_strcmp0 (gtk_window_get_title (l->data), title) == 0)
      return l->data;
  return NULL;
}

static void
test_help (WindowDriver *driver)
{
  window_driver_keys (driver, "F1");
  window_driver_wait_until (find_window ("Help") != NULL);
  window_driver_wait_until (
      window_driver_find (find_window ("Help"), GTK_TYPE_LABEL, "Conversations") != NULL);
  gtk_window_close (find_window ("Help"));
}

/* ---- another model -------------------------------------------------------------------- */

static GtkWidget *
find_row (WindowDriver *driver,
          const char   *words)
{
  GtkWidget *chooser = window_driver_find_in (driver, BALEEN_TYPE_MODEL_CHOOSER, NULL);
  GtkWidget *label = window_driver_find (chooser, GTK_TYPE_LABEL, words);

  return label != NULL ? gtk_widget_get_ancestor (label, GTK_TYPE_LIST_BOX_ROW) : NULL;
}

static void
choose_for (WindowDriver  *driver,
            BaleenMessage *answer,
            const char    *name)
{
  GtkWidget *row = GTK_WIDGET (baleen_transcript_get_row (
      BALEEN_TRANSCRIPT (window_driver_find_in (driver, BALEEN_TYPE_TRANSCRIPT, NULL)), answer));

  gtk_widget_activate_action (row, "row.wish", "(ii)", BALEEN_WISH_OTHER_MODEL, 0);
  window_driver_wait_until (find_row (driver, name) != NULL);
  gtk_widget_activate (find_row (driver, name));
}

/* One step: the model is chosen, and it answers the same question, beside the first answer. */
static void
test_other_model (WindowDriver *driver)
{
  g_autofree char *other = g_build_filename (driver->directory, "other.gguf", NULL);
  g_autofree char *broken = g_build_filename (driver->directory, "broken.gguf", NULL);
  BaleenMessage *first, *second;
  guint position;

  g_assert_true (g_file_set_contents (other, "GGUF", 4, NULL));
  g_settings_set_strv (settings (driver), "opened-models",
                       (const char *const[]) { other, broken, NULL });
  ask (driver, "Go");
  first = window_driver_get_last (driver);
  choose_for (driver, first, "other");
  window_driver_wait_until (window_driver_get_last (driver) != first
                            && window_driver_is_over (driver));
  second = window_driver_get_last (driver);
  g_assert_cmpstr (baleen_message_get_model (second), ==, "other");
  g_assert_cmpuint (baleen_conversation_get_n_siblings (
                        baleen_window_get_conversation (driver->window), second, &position),
                    ==, 2);
}

/* What leaves this computer says so: before it is sent, in the header, and with the answer, also
 * in the next visit. */
static gboolean
has_network_sign (WindowDriver *driver,
                  const char   *title)
{
  GtkWidget *sidebar = window_driver_find_in (driver, BALEEN_TYPE_SIDEBAR, NULL);
  GtkWidget *label = window_driver_find (sidebar, GTK_TYPE_LABEL, title);
  GtkWidget *sign = label != NULL ? gtk_widget_get_next_sibling (label) : NULL;

  return sign != NULL && gtk_widget_get_visible (sign)
         && g_strcmp0 (gtk_image_get_icon_name (GTK_IMAGE (sign)), "baleen-network-symbolic") == 0;
}

static void
test_host (WindowDriver *driver)
{
  GtkWidget *send;

  fake_backend_set_host ("api.example.org");
  baleen_application_open_model (driver->application, driver->model);
  window_driver_wait_until (
      window_driver_find_in (driver, GTK_TYPE_LABEL, "Script · ⇄ api.example.org") != NULL);
  g_assert_nonnull (window_driver_find_in (
      driver, GTK_TYPE_LABEL, "Runs at api.example.org. What you send goes there."));
  window_driver_type (driver, "Go");
  send = window_driver_find_in (driver, GTK_TYPE_BUTTON, "Send\nTo api.example.org");
  g_assert_nonnull (send);
  window_driver_keys (driver, "Return");
  window_driver_wait_until (window_driver_is_over (driver));
  window_driver_wait_until (
      window_driver_find_in (driver, GTK_TYPE_BUTTON, "⇄ api.example.org") != NULL);
  g_assert_true (has_network_sign (driver, "Go"));
  fake_backend_set_host (NULL);
}

static void
test_host_kept (WindowDriver *driver)
{
  window_driver_keys (driver, "ctrl+Page_Down");
  window_driver_wait_until (window_driver_get_n_messages (driver) == 2);
  window_driver_wait_until (
      window_driver_find_in (driver, GTK_TYPE_BUTTON, "⇄ api.example.org") != NULL);
  g_assert_true (has_network_sign (driver, "Go"));
}

/* ---- somebody looks elsewhere --------------------------------------------------------- */

typedef struct
{
  guint n_told;
  char *title; /* (owned) (nullable) */
  char *body;  /* (owned) (nullable) */
} Desktop;

static void
called_cb (GDBusConnection       *bus,
           const char            *sender,
           const char            *path,
           const char            *interface,
           const char            *method,
           GVariant              *parameters,
           GDBusMethodInvocation *invocation,
           gpointer               user_data)
{
  Desktop *desktop = user_data;

  if (g_str_equal (method, "Notify"))
    {
      g_variant_get_child (parameters, 3, "s", &desktop->title);
      g_variant_get_child (parameters, 4, "s", &desktop->body);
      desktop->n_told++;
      g_dbus_method_invocation_return_value (invocation, g_variant_new ("(u)", 1));
    }
  else
    {
      g_dbus_method_invocation_return_value (invocation, NULL);
    }
}

static const char interface_xml[]
    = "<node><interface name='org.freedesktop.Notifications'>"
      "<method name='Notify'><arg type='s' direction='in'/><arg type='u' direction='in'/>"
      "<arg type='s' direction='in'/><arg type='s' direction='in'/><arg type='s' direction='in'/>"
      "<arg type='as' direction='in'/><arg type='a{sv}' direction='in'/>"
      "<arg type='i' direction='in'/><arg type='u' direction='out'/></method>"
      "<method name='CloseNotification'><arg type='u' direction='in'/></method>"
      "</interface></node>";

static void
ask_long (WindowDriver *driver,
          gboolean      is_away)
{
  fake_backend_set_answer (NULL, "One two three four five six seven eight nine ten.", 100000);
  window_driver_type (driver, "Go");
  window_driver_keys (driver, "Return");
  window_driver_wait_until (driver->window->running != NULL);
  driver->window->running_since
      -= (BALEEN_NOTICES_LEAST_SECONDS + 1) * G_USEC_PER_SEC;
  if (is_away)
    {
      GtkWidget *elsewhere = gtk_window_new ();
      g_autofree char *id = NULL;
      g_autofree char *command = NULL;

      gtk_window_present (GTK_WINDOW (elsewhere));
      window_driver_wait_until (gtk_widget_get_mapped (elsewhere));
      id = g_strdup_printf ("%lu", gdk_x11_surface_get_xid (
                                       gtk_native_get_surface (GTK_NATIVE (elsewhere))));
      command = g_strdup_printf ("xdotool windowfocus %s", id);
      g_assert_true (g_spawn_command_line_sync (command, NULL, NULL, NULL, NULL));
      window_driver_wait_until (!gtk_window_is_active (GTK_WINDOW (driver->window)));
      window_driver_wait_until (window_driver_is_over (driver));
      window_driver_wait (100);
      gtk_window_destroy (GTK_WINDOW (elsewhere));
    }
  window_driver_wait_until (window_driver_is_over (driver));
  window_driver_wait (200);
}

/* A desktop is on the session bus to which notices are sent; in use, the window sends none. */
static void
test_notice (WindowDriver *driver)
{
  static const GDBusInterfaceVTable vtable = { .method_call = called_cb };
  g_autoptr (GDBusConnection) bus = g_bus_get_sync (G_BUS_TYPE_SESSION, NULL, NULL);
  g_autoptr (GDBusNodeInfo) info = g_dbus_node_info_new_for_xml (interface_xml, NULL);
  Desktop desktop = { 0 };
  guint object, name;

  if (bus == NULL)
    {
      g_test_skip ("There is no session bus");
      return;
    }
  object = g_dbus_connection_register_object (bus, "/org/freedesktop/Notifications",
                                              info->interfaces[0], &vtable, &desktop, NULL, NULL);
  name = g_bus_own_name_on_connection (bus, "org.freedesktop.Notifications",
                                       G_BUS_NAME_OWNER_FLAGS_NONE, NULL, NULL, NULL, NULL);
  window_driver_wait (100);
  ask_long (driver, FALSE);
  g_assert_cmpuint (desktop.n_told, ==, 0);
  ask_long (driver, TRUE);
  window_driver_wait_until (desktop.n_told == 1);
  g_assert_cmpstr (desktop.title, ==, "Go");
  g_assert_cmpstr (desktop.body, ==, "Answer complete, 10 words");
  g_bus_unown_name (name);
  g_dbus_connection_unregister_object (bus, object);
  g_free (desktop.title);
  g_free (desktop.body);
}

int
main (int    argc,
      char **argv)
{
  window_cases_init (&argc, &argv);
  WINDOW_CASE ("/preferences/keys-change-the-size-of-text", test_text_size);
  WINDOW_CASE ("/preferences/high-contrast-draws-borders-at-once", test_contrast);
  WINDOW_CASE ("/preferences/motion-stops-and-comes-back", test_motion);
  WINDOW_CASE ("/preferences/the-title-is-silent-when-told-so", test_title);
  WINDOW_CASE ("/window/help-is-there", test_help);
  WINDOW_CASE ("/window/another-model-answers-in-one-step", test_other_model);
  WINDOW_CASE2 ("/window/what-left-this-computer-says-so", test_host, test_host_kept);
  WINDOW_CASE ("/window/a-long-answer-is-told-elsewhere", test_notice);
  return g_test_run ();
}
