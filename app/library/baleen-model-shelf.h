/* The models that can answer: files in the model folders, files opened before, endpoints. A list
 * model of BaleenModelItem, files by name and then endpoints. Main thread. */
#pragma once

#include "baleen-model-item.h"

G_BEGIN_DECLS

#define BALEEN_TYPE_MODEL_SHELF (baleen_model_shelf_get_type ())
G_DECLARE_FINAL_TYPE (BaleenModelShelf, baleen_model_shelf, BALEEN, MODEL_SHELF, GObject)

/* `catalogue` (nullable) outlives it. Of the settings it reads “opened-models” and “device”. */
BaleenModelShelf *baleen_model_shelf_new (GSettings       *settings,
                                          BaleenCatalogue *catalogue);

/* Looks what there is now; what was there before stays the same item. */
void baleen_model_shelf_refresh (BaleenModelShelf *self);
/* Looks into all of them, for description and verdict. */
void baleen_model_shelf_look (BaleenModelShelf *self);
BaleenModelItem *baleen_model_shelf_find (BaleenModelShelf *self,
                                          const char       *id); /* (nullable) */

/* What can be downloaded, of BaleenModelItem, the catalogue's order. */
GListModel *baleen_model_shelf_get_catalogue (BaleenModelShelf *self);
/* The file of that entry which is here; NULL when it is not. */
BaleenModelItem *baleen_model_shelf_find_file (BaleenModelShelf *self,
                                               const char       *base_name); /* (nullable) */

/* How a file is run from now on. Emits ::set-up (char *id) once that is remembered. The error,
 * of an adapter that does not fit or a folder that cannot be written, changes nothing. */
gboolean baleen_model_shelf_set_up (BaleenModelShelf       *self,
                                    BaleenModelItem        *item,
                                    const BaleenModelSetup *setup,
                                    GError                **error);
/* The same with another adapter, or none. */
gboolean baleen_model_shelf_set_adapter (BaleenModelShelf *self,
                                         BaleenModelItem  *item,
                                         const char       *adapter, /* (nullable) */
                                         GError          **error);

/* The sentence of the verdict, of an item that was looked at; "" before. */
char *baleen_model_shelf_describe (BaleenModelItem *item);

/* Takes a file of Baleen's own folder, and the other parts if it is split, from the disk. */
gboolean baleen_model_shelf_remove (BaleenModelShelf *self,
                                    BaleenModelItem  *item,
                                    GError          **error);

G_END_DECLS
