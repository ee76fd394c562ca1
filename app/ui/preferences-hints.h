/* The group of the preferences that switches hints on and off, all of them or a kind. */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

void baleen_preferences_add_hints (AdwPreferencesPage *page,
                                   GSettings          *settings);

G_END_DECLS
