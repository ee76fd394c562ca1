/* One model of the library: what it can and cannot, what it is, and what it takes on this computer
 * at a context that is chosen with a slider. */
#pragma once

#include "baleen-model-shelf.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define BALEEN_TYPE_MODEL_DETAIL (baleen_model_detail_get_type ())
G_DECLARE_FINAL_TYPE (BaleenModelDetail, baleen_model_detail, BALEEN, MODEL_DETAIL, GtkWidget)

/* `settings` for the device. */
GtkWidget *baleen_model_detail_new (BaleenModelShelf *shelf,
                                    GSettings        *settings);

/* NULL shows nothing. `now` says where it lies, if it is the one that is loaded. */
void baleen_model_detail_show (BaleenModelDetail *self,
                               BaleenModelItem   *item, /* (nullable) */
                               const char        *now); /* (nullable) */

G_END_DECLS
