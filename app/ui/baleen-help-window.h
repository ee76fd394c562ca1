/* Help (F1): what can be done and where, in the language of the interface. */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

GtkWidget *baleen_help_window_new (GtkWindow *parent);

G_END_DECLS
