/* The states of templates: a form that is filled, its preview, the editor, an import. */
#pragma once

#include "window-scenes.h"

G_BEGIN_DECLS

extern const WindowScene window_template_scenes[];
extern const guint window_template_scenes_n;

G_END_DECLS
