/* Where Baleen's settings come from, whether it runs from its build folder or installed. */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define BALEEN_APPLICATION_ID_NAME "org.baleen.Baleen"

/* Never NULL: without its schema, and so without an installation, the program cannot run. */
GSettings *baleen_settings_new (void);

G_END_DECLS
