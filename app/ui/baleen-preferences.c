#include "baleen-preferences.h"

typedef AdwPreferencesPage *(*PageFunc) (BaleenApplication *application);

static const PageFunc pages[] = {
  baleen_preferences_general_new,
  baleen_preferences_answers_new,
  baleen_preferences_models_new,
  baleen_preferences_search_new,
  baleen_preferences_documents_new,
  baleen_preferences_privacy_new,
  baleen_preferences_reading_new,
};

GtkWindow *
baleen_preferences_new (GtkWindow         *parent,
                        BaleenApplication *application)
{
  GtkWidget *window = g_object_new (ADW_TYPE_PREFERENCES_WINDOW, "transient-for", parent, "modal",
                                    FALSE, "destroy-with-parent", TRUE, "default-width", 620,
                                    "default-height", 640, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (pages); i++)
    adw_preferences_window_add (ADW_PREFERENCES_WINDOW (window), pages[i] (application));
  return GTK_WINDOW (window);
}
