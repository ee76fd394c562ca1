/* Models that other programs keep on this computer, to be used where they lie. */
#pragma once

#include "baleen-model-shelf.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define BALEEN_TYPE_FOUND_WINDOW (baleen_found_window_get_type ())
G_DECLARE_FINAL_TYPE (BaleenFoundWindow, baleen_found_window, BALEEN, FOUND_WINDOW, AdwWindow)

/* Looks for them as soon as it is made; what is added is on the shelf at once. */
GtkWidget *baleen_found_window_new (GtkWindow        *parent,
                                    BaleenModelShelf *shelf);

G_END_DECLS
