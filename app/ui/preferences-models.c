#include "baleen-preferences.h"

#include <glib/gi18n.h>

#include "preferences-rows.h"

static void
unload_cb (BaleenApplication *application)
{
  baleen_engine_service_sleep (baleen_application_get_engine (application));
}

static void
add_unload (AdwPreferencesGroup *group,
            BaleenApplication   *application)
{
  GtkWidget *row
      = g_object_new (ADW_TYPE_ACTION_ROW, "title", _("Unload"), "subtitle",
                      _("Gives memory and graphics card back now; the next question takes them "
                        "again"),
                      NULL);
  GtkWidget *button = gtk_button_new_with_label (_("Unload"));

  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  g_signal_connect_object (button, "clicked", G_CALLBACK (unload_cb), application,
                           G_CONNECT_SWAPPED);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
  adw_preferences_group_add (group, row);
}

AdwPreferencesPage *
baleen_preferences_models_new (BaleenApplication *application)
{
  static const char *const device_values[] = { "auto", "cpu", "vulkan", NULL };
  const char *const device_labels[] = { _("Automatic"), _("Processor"), _("Graphics Card"), NULL };
  GSettings *settings = baleen_application_get_settings (application);
  AdwPreferencesPage *page
      = g_object_new (ADW_TYPE_PREFERENCES_PAGE, "name", "models", "title", _("Models"),
                      "icon-name", "drive-harddisk-symbolic", NULL);
  AdwPreferencesGroup *group = baleen_preferences_add_group (page, NULL, NULL);

  baleen_preferences_add_choice (group, settings, "device", _("Device"),
                                 _("Automatic: the graphics card where there is one"),
                                 device_labels, device_values);
  baleen_preferences_add_number (group, settings, "unload-after",
                                 _("Unload when idle after … minutes"),
                                 _("0: keep it ready"), 5);
  add_unload (group, application);
  return page;
}
