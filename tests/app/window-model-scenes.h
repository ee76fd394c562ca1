/* The states of the windows about models: library, catalogue, downloads, endpoints and their
 * preferences. */
#pragma once

#include "window-scenes.h"

G_BEGIN_DECLS

extern const WindowScene window_model_scenes[];
extern const guint window_model_scenes_n;

G_END_DECLS
