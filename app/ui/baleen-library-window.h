/* The model library: what is here, what could be, what is on its way, and servers. */
#pragma once

#include "baleen-application.h"

G_BEGIN_DECLS

#define BALEEN_TYPE_LIBRARY_WINDOW (baleen_library_window_get_type ())
G_DECLARE_FINAL_TYPE (BaleenLibraryWindow, baleen_library_window, BALEEN, LIBRARY_WINDOW, AdwWindow)

/* There is one; `page` is "installed", "catalogue", "downloads" or "endpoints". */
GtkWidget *baleen_library_window_present (BaleenApplication *application,
                                          GtkWindow         *parent,
                                          const char        *page); /* (nullable) */
/* A file is opened, an address is asked for. */
void baleen_library_window_take_file (BaleenLibraryWindow *self,
                                      GFile               *file);

G_END_DECLS
