/* For main(): the whole program with a window, answered by the engine in this process. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Runs until the window is closed. `model` is the file or name to begin with; NULL for what
 * answered last. `files` (nullable) go with a message of a new chat, in the windows that are
 * open already if there are any. Returns the exit status. */
int baleen_run_window (const char  *model,
                       char       **files);

G_END_DECLS
