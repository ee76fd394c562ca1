/* A model of the library: a file on this computer, a server, or one of the catalogue that could be
 * downloaded. What is in its file and whether it fits is found out on a thread. Main thread. */
#pragma once

#include "catalogue.h"
#include "endpoint.h"
#include "model-description.h"
#include "model-fit.h"

#include <gio/gio.h>

G_BEGIN_DECLS

typedef enum
{
  BALEEN_MODEL_FILE,
  BALEEN_MODEL_ENDPOINT,
  BALEEN_MODEL_IN_CATALOGUE,
} BaleenModelKind;

#define BALEEN_TYPE_MODEL_ITEM (baleen_model_item_get_type ())
G_DECLARE_FINAL_TYPE (BaleenModelItem, baleen_model_item, BALEEN, MODEL_ITEM, GObject)

/* Emits ::changed when description, fit or problem came. */

/* `entry` (nullable) outlives it, as that of the others. */
BaleenModelItem *baleen_model_item_new_file (const char                 *path,
                                             const char                 *name,
                                             const BaleenCatalogueEntry *entry);
BaleenModelItem *baleen_model_item_new_endpoint (const BaleenEndpoint *endpoint);
/* One of whose files is to be downloaded: at first the usual one, once it was looked into the best
 * that fits. */
BaleenModelItem *baleen_model_item_new_in_catalogue (const BaleenCatalogueEntry *entry);

BaleenModelKind baleen_model_item_get_kind (BaleenModelItem *self);
/* What the engine service loads: a path or “endpoint:NAME”; of the catalogue the entry's id. */
const char *baleen_model_item_get_id (BaleenModelItem *self);
const char *baleen_model_item_get_name (BaleenModelItem *self);
/* ENDPOINT: the server's name and the model's there. */
const char *baleen_model_item_get_host (BaleenModelItem *self);         /* (nullable) */
const char *baleen_model_item_get_server_model (BaleenModelItem *self); /* (nullable) */
const BaleenCatalogueEntry *baleen_model_item_get_entry (BaleenModelItem *self); /* (nullable) */
/* IN_CATALOGUE: the file that is chosen, another one of the entry's, and what each would take (NULL
 * until that is known). */
const BaleenCatalogueFile *baleen_model_item_get_file (BaleenModelItem *self); /* (nullable) */
void baleen_model_item_choose_file (BaleenModelItem *self,
                                    guint            file);
const BaleenFit *baleen_model_item_get_file_fit (BaleenModelItem *self,
                                                 guint            file);
/* Bytes of its files on the disk, or of its download; 0: not known. */
guint64 baleen_model_item_get_n_bytes (BaleenModelItem *self);
/* It lies in Baleen's own folder, and so is Baleen's to remove. */
gboolean baleen_model_item_is_own (BaleenModelItem *self);

/* These are NULL until they came. Owned by the item, until its next ::changed. */
const BaleenModelDescription *baleen_model_item_get_description (BaleenModelItem *self);
const BaleenFit *baleen_model_item_get_fit (BaleenModelItem *self);
/* What runs beside it, in words; NULL for nothing. */
const char *baleen_model_item_get_adapter (BaleenModelItem *self);
/* Why it cannot be used, in a sentence. */
const char *baleen_model_item_get_problem (BaleenModelItem *self);

/* Looks into it, once; again after the device has changed. */
void baleen_model_item_look (BaleenModelItem *self,
                             const char      *device);
/* The same anew, after what is remembered of it has changed; not before it was looked at. */
void baleen_model_item_look_again (BaleenModelItem *self);

/* What it would take with another context and another KV cache; for a slider. NULL with an
 * error; a call that was cancelled ends as such. */
void baleen_model_item_fit_async (BaleenModelItem    *self,
                                  const char         *device,
                                  guint               n_context,
                                  BaleenKvMemory      kv_memory,
                                  GCancellable       *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer            user_data);
BaleenFit *baleen_model_item_fit_finish (BaleenModelItem *self,
                                         GAsyncResult    *result,
                                         GError         **error);

G_END_DECLS
