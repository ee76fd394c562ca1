/* The states of the window: of a message, the empty page, menus, dialogs and what goes wrong. They
 * are taken pictures of by tests/bench/screens and measured by test-window-shape. */
#pragma once

#include "window-driver.h"

G_BEGIN_DECLS

typedef struct
{
  const char *name;
  WindowDriverFunc show;
  gboolean is_main; /* also looked at in high contrast, with large text and from right to left */
} WindowScene;

extern const WindowScene window_scenes[];
extern const guint window_scenes_n;

/* Before the window runs: a model that is a script, in the language of the environment. */
void window_scenes_init (WindowDriver *driver);
/* Whatever a scene opened. */
void window_scenes_close (WindowDriver *driver);

G_END_DECLS
