#include "baleen-preferences.h"

#include <glib/gi18n.h>

#include "preferences-hints.h"
#include "preferences-rows.h"

AdwPreferencesPage *
baleen_preferences_general_new (BaleenApplication *application)
{
  static const char *const send_values[] = { "enter", "control-enter", NULL };
  const char *const send_labels[] = { _("Enter"), _("Ctrl+Enter"), NULL };
  static const char *const end_values[] = { "follow", "stay", NULL };
  const char *const end_labels[] = { _("Follow its end"), _("Stay at its beginning"), NULL };
  static const char *const style_values[] = { "system", "light", "dark", NULL };
  const char *const style_labels[] = { _("Follow System"), _("Light"), _("Dark"), NULL };
  GSettings *settings = baleen_application_get_settings (application);
  AdwPreferencesPage *page
      = g_object_new (ADW_TYPE_PREFERENCES_PAGE, "name", "general", "title", _("General"),
                      "icon-name", "preferences-system-symbolic", NULL);
  AdwPreferencesGroup *group = baleen_preferences_add_group (page, _("Writing"), NULL);

  baleen_preferences_add_choice (group, settings, "send-with", _("Send with"),
                                 _("Ctrl+Enter always sends"), send_labels, send_values);
  baleen_preferences_add_number (group, settings, "paste-as-file-from",
                                 _("Paste as file from … characters"),
                                 _("0: pasted text is always inserted"), 500);
  baleen_preferences_add_hints (page, settings);
  group = baleen_preferences_add_group (page, _("Messages"), NULL);
  baleen_preferences_add_choice (group, settings, "while-answering",
                                 _("While an answer is written"), NULL, end_labels, end_values);
  baleen_preferences_add_number (group, settings, "text-size", _("Text size in percent"),
                                 _("Of messages, besides the system's own"), 10);
  baleen_preferences_add_switch (group, settings, "notifies-when-done",
                                 _("Notify when a long answer is done"),
                                 _("Where the window is not in use and it took over 30 seconds"));
  baleen_preferences_add_choice (group, settings, "style", _("Style"), NULL, style_labels,
                                 style_values);
  return page;
}
