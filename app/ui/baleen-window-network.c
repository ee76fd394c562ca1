/* The sign that something is connected, and the window that says what. */
#include "baleen-window-private.h"

#include <glib/gi18n.h>

#include "baleen-icon-button.h"
#include "baleen-network-window.h"
#include "network-log.h"

/* Most exchanges are over before anybody has looked up. */
#define SIGN_MILLISECONDS 10000

void
baleen_window_update_network (BaleenWindow *self)
{
  BaleenNetworkLog *log = baleen_network_log_get ();
  const char *address = baleen_network_log_get_offered (log);
  const gboolean is_narrow = self->size_class == BALEEN_SIZE_NARROW;
  const gboolean is_connected
      = baleen_network_log_get_n_open (log) > 0 || self->network_source != 0;
  g_autofree char *offered
      = address != NULL ? g_strdup_printf (_("Offered at %s"), address) : NULL;

  gtk_widget_set_visible (self->network_button,
                          is_connected || (address != NULL && is_narrow));
  baleen_icon_button_set_words (BALEEN_ICON_BUTTON (self->network_button),
                                is_narrow && offered != NULL ? offered : _("Network Log"), NULL);
  gtk_widget_set_visible (self->offered_button, offered != NULL && !is_narrow);
  if (offered != NULL)
    gtk_button_set_label (GTK_BUTTON (self->offered_button), offered);
}

static gboolean
sign_over_cb (gpointer user_data)
{
  BaleenWindow *self = user_data;

  self->network_source = 0;
  baleen_window_update_network (self);
  return G_SOURCE_REMOVE;
}

/* What is read from the file of earlier days opens nothing. */
static void
log_changed_cb (BaleenWindow *self)
{
  const gboolean is_open = baleen_network_log_get_n_open (baleen_network_log_get ()) > 0;

  if (is_open)
    g_clear_handle_id (&self->network_source, g_source_remove);
  else if (self->network_source == 0 && self->was_connected)
    self->network_source = g_timeout_add (SIGN_MILLISECONDS, sign_over_cb, self);
  self->was_connected = is_open;
  baleen_window_update_network (self);
}

void
baleen_window_watch_network (BaleenWindow *self)
{
  g_signal_connect_object (baleen_network_log_get (), "changed", G_CALLBACK (log_changed_cb),
                           self, G_CONNECT_SWAPPED);
  log_changed_cb (self);
}

static void
wanted_cb (BaleenWindow       *self,
           BaleenConversation *conversation,
           gint64              message)
{
  baleen_window_open (self, conversation, message);
  gtk_window_present (GTK_WINDOW (self));
}

static void
network_log_cb (GtkWidget  *widget,
                const char *name,
                GVariant   *parameter)
{
  BaleenWindow *self = BALEEN_WINDOW (widget);

  if (self->network_window == NULL)
    {
      GtkWidget *window
          = baleen_network_window_new (baleen_application_get_history (self->application));

      gtk_window_set_transient_for (GTK_WINDOW (window), GTK_WINDOW (self));
      gtk_window_set_destroy_with_parent (GTK_WINDOW (window), TRUE);
      g_signal_connect_object (window, "wanted", G_CALLBACK (wanted_cb), self, G_CONNECT_SWAPPED);
      g_set_weak_pointer (&self->network_window, window);
    }
  gtk_window_present (GTK_WINDOW (self->network_window));
}

void
baleen_window_class_install_network_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "win.network-log", NULL, network_log_cb);
}
