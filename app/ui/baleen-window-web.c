/* What the window can be asked for about the web. */
#include "baleen-window-private.h"

#include "baleen-preferences.h"

static BaleenComposer *
composer (BaleenWindow *self)
{
  return BALEEN_COMPOSER (self->composer);
}

/* Nothing is searched for before somebody has said where. */
void
baleen_window_set_up_search (BaleenWindow *self)
{
  GtkWindow *preferences = baleen_preferences_new (GTK_WINDOW (self), self->application);

  adw_preferences_window_set_visible_page_name (ADW_PREFERENCES_WINDOW (preferences), "search");
  gtk_window_present (preferences);
}

static void
web_search_cb (GtkWidget  *widget,
               const char *name,
               GVariant   *parameter)
{
  BaleenWindow *self = BALEEN_WINDOW (widget);

  baleen_composer_set_search (composer (self), !baleen_composer_get_search (composer (self)));
}

static void
service_changed_cb (BaleenWindow *self)
{
  const BaleenLookup *lookup
      = baleen_chat_get_lookup (baleen_application_get_chat (self->application));
  g_autofree char *host = lookup != NULL ? lookup->dup_host (lookup->data) : NULL;

  baleen_composer_set_search_host (composer (self), host);
}

void
baleen_window_watch_web (BaleenWindow *self)
{
  GSettings *settings = baleen_application_get_settings (self->application);

  service_changed_cb (self);
  g_signal_connect_object (settings, "changed::search-provider", G_CALLBACK (service_changed_cb),
                           self, G_CONNECT_SWAPPED);
  g_signal_connect_object (settings, "changed::search-address", G_CALLBACK (service_changed_cb),
                           self, G_CONNECT_SWAPPED);
}

void
baleen_window_class_install_web_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "win.web-search", NULL, web_search_cb);
}
