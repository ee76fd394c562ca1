/* Whether a model fits, where its memory would go, and how fast it would be: the verdict, the plan
 * as a bar, a slider for the context and a choice for the KV memory that move both, and a button
 * that makes what was chosen true. */
#pragma once

#include "baleen-model-shelf.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define BALEEN_TYPE_MODEL_MEMORY (baleen_model_memory_get_type ())
G_DECLARE_FINAL_TYPE (BaleenModelMemory, baleen_model_memory, BALEEN, MODEL_MEMORY, GtkWidget)

GtkWidget *baleen_model_memory_new (BaleenModelShelf *shelf,
                                    GSettings        *settings);

/* `now` is how it lies in memory, if it is loaded. */
void baleen_model_memory_show (BaleenModelMemory *self,
                               BaleenModelItem   *item, /* (nullable) */
                               const char        *now); /* (nullable) */

G_END_DECLS
