/* The template library: all templates in a list, one of them beside it. */
#pragma once

#include "baleen-template-shelf.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define BALEEN_TYPE_TEMPLATE_WINDOW (baleen_template_window_get_type ())
G_DECLARE_FINAL_TYPE (BaleenTemplateWindow,
                      baleen_template_window,
                      BALEEN,
                      TEMPLATE_WINDOW,
                      AdwWindow)

/* Emits ::use (char *id). */
GtkWidget *baleen_template_window_new (BaleenTemplateShelf *shelf);

/* Takes the templates of a file over, Markdown, JSON or CSV, and says how many. */
void baleen_template_window_import (BaleenTemplateWindow *self,
                                    const char           *path);

/* Writes the template that is shown as one Markdown file and says so, or what was in the way. */
void baleen_template_window_save_to (BaleenTemplateWindow *self,
                                     GFile                *file);

G_END_DECLS
