#include "baleen-preferences.h"

#include <glib/gi18n.h>

#include "preferences-rows.h"

AdwPreferencesPage *
baleen_preferences_reading_new (BaleenApplication *application)
{
  static const char *const values[] = { "system", "always", NULL };
  const char *const labels[] = { _("Follow System"), _("Always"), NULL };
  GSettings *settings = baleen_application_get_settings (application);
  AdwPreferencesPage *page
      = g_object_new (ADW_TYPE_PREFERENCES_PAGE, "name", "reading", "title", C_ ("preferences", "Reading"),
                      "icon-name", "preferences-desktop-accessibility-symbolic", NULL);
  AdwPreferencesGroup *group = baleen_preferences_add_group (page, NULL, NULL);

  baleen_preferences_add_choice (group, settings, "reduces-motion", _("Reduce Motion"),
                                 _("Nothing slides or fades"), labels, values);
  baleen_preferences_add_choice (group, settings, "high-contrast", _("High Contrast"), NULL,
                                 labels, values);
  baleen_preferences_add_switch (group, settings, "speaks-in-title",
                                 _("Speak state in the window title"),
                                 _("Screen readers read it out: thinking, complete, stopped"));
  return page;
}
