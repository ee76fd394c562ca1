/* Which LoRA adapter runs beside a model on this computer, with buttons to choose another one or
 * none. */
#pragma once

#include "baleen-model-shelf.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define BALEEN_TYPE_ADAPTER_ROW (baleen_adapter_row_get_type ())
G_DECLARE_FINAL_TYPE (BaleenAdapterRow, baleen_adapter_row, BALEEN, ADAPTER_ROW, AdwActionRow)

/* `item` is a file. */
GtkWidget *baleen_adapter_row_new (BaleenModelShelf *shelf,
                                   BaleenModelItem  *item);

/* As if it had been chosen; what is wrong with it is said in the row. NULL: none. */
void baleen_adapter_row_take (BaleenAdapterRow *self,
                              const char       *path); /* (nullable) */

G_END_DECLS
