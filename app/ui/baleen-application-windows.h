/* The windows of the last time. */
#pragma once

#include "baleen-application.h"

G_BEGIN_DECLS

/* A settings file may say anything. */
#define BALEEN_WINDOWS_AT_MOST 16

/* Called whenever a window shows another conversation or is gone. */
void baleen_application_remember_windows (BaleenApplication *self);
/* Opens them again, or one window where there was none. */
void baleen_application_restore_windows (BaleenApplication *self);

G_END_DECLS
