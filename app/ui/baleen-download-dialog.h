/* What is asked before a model is fetched: from where, how large it is, how much room there is,
 * under which licence it is given. */
#pragma once

#include "baleen-downloads.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* Of the catalogue. Presented by the caller; it adds to `downloads` when it is agreed to. */
GtkWidget *baleen_download_dialog_new (GtkWindow                  *parent,
                                       BaleenDownloads            *downloads,
                                       GSettings                  *settings,
                                       const BaleenCatalogueEntry *entry,
                                       const BaleenCatalogueFile  *file);
/* Of an address; `files` of BaleenModelFile. */
GtkWidget *baleen_download_dialog_new_for_files (GtkWindow       *parent,
                                                 BaleenDownloads *downloads,
                                                 GSettings       *settings,
                                                 GPtrArray       *files);

G_END_DECLS
