/* The preferences window. A page is one function in a file of its own, preferences-NAME.c, and
 * one line in the table of baleen-preferences.c; its rows come from preferences-rows.h. */
#pragma once

#include <adwaita.h>

#include "baleen-application.h"

G_BEGIN_DECLS

GtkWindow *baleen_preferences_new (GtkWindow         *parent,
                                   BaleenApplication *application);

/* The pages. */
AdwPreferencesPage *baleen_preferences_general_new (BaleenApplication *application);
AdwPreferencesPage *baleen_preferences_answers_new (BaleenApplication *application);
AdwPreferencesPage *baleen_preferences_models_new (BaleenApplication *application);
AdwPreferencesPage *baleen_preferences_search_new (BaleenApplication *application);
AdwPreferencesPage *baleen_preferences_documents_new (BaleenApplication *application);
AdwPreferencesPage *baleen_preferences_privacy_new (BaleenApplication *application);
AdwPreferencesPage *baleen_preferences_reading_new (BaleenApplication *application);

G_END_DECLS
