/* The states of documents in the window: their card, reading, what came of it, the places, and
 * files that cannot be read. For tests/bench/screens and test-window-shape, after
 * window_scenes_init(). */
#pragma once

#include "window-scenes.h"

G_BEGIN_DECLS

extern const WindowScene window_document_scenes[];
extern const guint window_document_scenes_n;

G_END_DECLS
