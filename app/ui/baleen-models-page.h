/* A page of the library with models at one side and the one that is chosen at the other: those
 * that are here, or those that could be. */
#pragma once

#include "baleen-downloads.h"
#include "baleen-model-shelf.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define BALEEN_TYPE_MODELS_PAGE (baleen_models_page_get_type ())
G_DECLARE_FINAL_TYPE (BaleenModelsPage, baleen_models_page, BALEEN, MODELS_PAGE, GtkWidget)

/* Emits ::use (char *id), ::download (BaleenModelItem *), ::remove (BaleenModelItem *).
 *
 * `is_catalogue`: those that could be downloaded, instead of those that are here. */
GtkWidget *baleen_models_page_new (BaleenModelShelf *shelf,
                                   BaleenDownloads  *downloads,
                                   GSettings        *settings,
                                   gboolean          is_catalogue);

/* The one that answers now, and where it lies. */
void baleen_models_page_set_current (BaleenModelsPage *self,
                                     const char       *id,   /* (nullable) */
                                     const char       *now); /* (nullable) */
void baleen_models_page_select (BaleenModelsPage *self,
                                const char       *id);

G_END_DECLS
