/* For main(): the whole program with a window, answered by the engine in this process. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Runs until the window is closed. `model` is the file or name to begin with; NULL for what
 * answered last. Returns the exit status. */
int baleen_run_window (const char *model);

G_END_DECLS
