/* What the preferences mean for the services and for the program as a whole. */
#pragma once

#include "baleen-application.h"

G_BEGIN_DECLS

/* Applies them all, and each of them whenever it changes. */
void baleen_application_follow_settings (BaleenApplication *application);
/* Where downloaded models lie, before anybody looks for one. */
void baleen_application_follow_models_folder (BaleenApplication *application);

G_END_DECLS
