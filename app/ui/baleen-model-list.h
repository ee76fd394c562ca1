/* Models in a list with search: name, size, verdict, each looked into as it is shown. */
#pragma once

#include "baleen-model-item.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define BALEEN_TYPE_MODEL_LIST (baleen_model_list_get_type ())
G_DECLARE_FINAL_TYPE (BaleenModelList, baleen_model_list, BALEEN, MODEL_LIST, GtkWidget)

/* Emits ::chosen (BaleenModelItem *) when another one is selected, ::activated (the same) on Enter
 * or a click. `model` of BaleenModelItem; `name` of the list for those who cannot see it. */
GtkWidget *baleen_model_list_new (GListModel *model,
                                  GSettings  *settings,
                                  const char *name);

/* For a popover: as high as its rows, up to a limit, and with search only where there are more
 * than seven. */
void baleen_model_list_set_is_short (BaleenModelList *self);
/* Its first row takes the focus, or its search does. */
void baleen_model_list_focus (BaleenModelList *self);
/* The one that answers now has a tick. */
void baleen_model_list_set_current (BaleenModelList *self,
                                    const char      *id); /* (nullable) */
BaleenModelItem *baleen_model_list_get_selected (BaleenModelList *self); /* (nullable) */
void baleen_model_list_select (BaleenModelList *self,
                               const char      *id);

G_END_DECLS
