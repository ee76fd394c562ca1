/* The button in the header that names conversation, model and place, and lets another model
 * answer. */
#pragma once

#include "catalogue.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define BALEEN_TYPE_MODEL_CHOOSER (baleen_model_chooser_get_type ())
G_DECLARE_FINAL_TYPE (BaleenModelChooser, baleen_model_chooser, BALEEN, MODEL_CHOOSER, GtkWidget)

/* Emits ::chosen (char *path) when a model is picked, ::opening before the list is shown. */

/* The two lines; `model_line` in words. */
void baleen_model_chooser_set_lines (BaleenModelChooser *self,
                                     const char         *title,
                                     const char         *model_line);
/* Empties the list and adds to it: its path and name; the one that answers now has a tick, and what
 * of it lies where in words. */
void baleen_model_chooser_clear (BaleenModelChooser *self);
void baleen_model_chooser_add (BaleenModelChooser *self,
                               const char         *path,
                               const char         *name,
                               gboolean            is_current,
                               const char         *place); /* (nullable) */
void baleen_model_chooser_popup (BaleenModelChooser *self);

G_END_DECLS
