#include "baleen-preferences.h"

#include <glib/gi18n.h>

#include "preferences-rows.h"

AdwPreferencesPage *
baleen_preferences_answers_new (BaleenApplication *application)
{
  static const char *const think_values[] = { "last", "on", "off", NULL };
  const char *const think_labels[] = { _("As last used"), _("On"), _("Off"), NULL };
  static const char *const outline_values[] = { "ask", "always", "never", NULL };
  const char *const outline_labels[] = { _("Ask"), _("Always"), _("Never"), NULL };
  GSettings *settings = baleen_application_get_settings (application);
  AdwPreferencesPage *page
      = g_object_new (ADW_TYPE_PREFERENCES_PAGE, "name", "answers", "title", _("Answers"),
                      "icon-name", "user-available-symbolic", NULL);
  AdwPreferencesGroup *group = baleen_preferences_add_group (page, _("Deep Thinking"), NULL);

  baleen_preferences_add_choice (group, settings, "think-in-new-chats",
                                 _("Deep Thinking in new chats"), NULL, think_labels,
                                 think_values);
  baleen_preferences_add_switch (group, settings, "unfold-thoughts",
                                 _("Unfold thoughts while thinking"), NULL);
  baleen_preferences_add_number (group, settings, "thinking-budget", _("Thinking Budget"),
                                 _("Tokens, and never more than half the context"), 512);
  group = baleen_preferences_add_group (page, _("Answers"), NULL);
  baleen_preferences_add_number (group, settings, "longest-answer", _("Longest Answer"),
                                 _("Tokens; a cut answer can be continued"), 512);
  baleen_preferences_add_choice (group, settings, "outline-first",
                                 _("Outline first for long requests"), NULL, outline_labels,
                                 outline_values);
  baleen_preferences_add_fraction (group, settings, "temperature", _("Temperature"), 2, 0.7);
  baleen_preferences_add_fraction (group, settings, "top-p", _("Top-p"), 1, 0.9);
  group = baleen_preferences_add_group (page, NULL, NULL);
  baleen_preferences_add_text (group, settings, "about-me", _("About Me"),
                               _("Sent to the model before every conversation. Empty: nothing "
                                 "hidden is sent."));
  return page;
}
