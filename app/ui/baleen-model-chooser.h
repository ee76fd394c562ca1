/* The button in the header that names conversation, model and place, and lets another model
 * answer. */
#pragma once

#include "baleen-model-shelf.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define BALEEN_TYPE_MODEL_CHOOSER (baleen_model_chooser_get_type ())
G_DECLARE_FINAL_TYPE (BaleenModelChooser, baleen_model_chooser, BALEEN, MODEL_CHOOSER, GtkWidget)

/* Emits ::chosen (char *id) when a model is picked, ::opening before the list is shown. */

/* What there is to choose from. */
void baleen_model_chooser_set_shelf (BaleenModelChooser *self,
                                     BaleenModelShelf   *shelf,
                                     GSettings          *settings);
/* The two lines; `model_line` in words. */
void baleen_model_chooser_set_lines (BaleenModelChooser *self,
                                     const char         *title,
                                     const char         *model_line);
/* The one that answers now has a tick. */
void baleen_model_chooser_set_current (BaleenModelChooser *self,
                                       const char         *id); /* (nullable) */
void baleen_model_chooser_popup (BaleenModelChooser *self);

G_END_DECLS
