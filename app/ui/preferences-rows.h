/* Rows of the preferences, each bound to one key of the settings: what is changed applies at
 * once. All of them append to `group`, are named, and are found by the window's search. */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* A boolean. */
void baleen_preferences_add_switch (AdwPreferencesGroup *group,
                                    GSettings           *settings,
                                    const char          *key,
                                    const char          *title,
                                    const char          *subtitle); /* (nullable) */
/* A whole number within the key's range. */
void baleen_preferences_add_number (AdwPreferencesGroup *group,
                                    GSettings           *settings,
                                    const char          *key,
                                    const char          *title,
                                    const char          *subtitle,
                                    int                  step);
/* A number that may be left to the model: the switch says who decides. The key is a double,
 * negative for the model's own. */
void baleen_preferences_add_fraction (AdwPreferencesGroup *group,
                                      GSettings           *settings,
                                      const char          *key,
                                      const char          *title,
                                      double               most,
                                      double               usual);
/* One of several words; both arrays end with NULL. The key is a string, one of `values`. */
void baleen_preferences_add_choice (AdwPreferencesGroup *group,
                                    GSettings           *settings,
                                    const char          *key,
                                    const char          *title,
                                    const char          *subtitle,
                                    const char *const   *labels,
                                    const char *const   *values);
/* Some lines of text. */
void baleen_preferences_add_text (AdwPreferencesGroup *group,
                                  GSettings           *settings,
                                  const char          *key,
                                  const char          *title,
                                  const char          *subtitle);

/* A group on a page; `description` may be NULL. */
AdwPreferencesGroup *baleen_preferences_add_group (AdwPreferencesPage *page,
                                                   const char         *title,
                                                   const char         *description);

G_END_DECLS
