/* A download: what it is, how far it is and how long it takes, and what can be done with it. */
#pragma once

#include "baleen-downloads.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define BALEEN_TYPE_DOWNLOAD_ROW (baleen_download_row_get_type ())
G_DECLARE_FINAL_TYPE (BaleenDownloadRow, baleen_download_row, BALEEN, DOWNLOAD_ROW, GtkListBoxRow)

/* Emits ::cancelled when it was taken from the list, and ::use (char *path) when the model that
 * has come shall answer. */
GtkWidget *baleen_download_row_new (BaleenDownloads     *downloads,
                                    BaleenModelDownload *download);

G_END_DECLS
