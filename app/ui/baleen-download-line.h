/* The line below the sidebar while models are downloaded: how many, and how far. A click opens
 * them in the library. */
#pragma once

#include "baleen-downloads.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define BALEEN_TYPE_DOWNLOAD_LINE (baleen_download_line_get_type ())
G_DECLARE_FINAL_TYPE (BaleenDownloadLine, baleen_download_line, BALEEN, DOWNLOAD_LINE, GtkWidget)

void baleen_download_line_watch (BaleenDownloadLine *self,
                                 BaleenDownloads    *downloads);

G_END_DECLS
