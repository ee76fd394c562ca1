/* The downloads of the library: an address to fetch from, and what is under way. */
#pragma once

#include "baleen-downloads.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define BALEEN_TYPE_DOWNLOADS_PAGE (baleen_downloads_page_get_type ())
G_DECLARE_FINAL_TYPE (BaleenDownloadsPage, baleen_downloads_page, BALEEN, DOWNLOADS_PAGE, GtkWidget)

/* Emits ::cancelled (BaleenModelDownload *) and ::use (char *path). */
GtkWidget *baleen_downloads_page_new (BaleenDownloads *downloads,
                                      GSettings       *settings);

/* Asks which files the address means, and then whether they shall be fetched. */
void baleen_downloads_page_ask (BaleenDownloadsPage *self,
                                const char          *address);

G_END_DECLS
