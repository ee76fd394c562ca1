/* What is under way, kept in a file of the user's data folder, so that downloads go on after a
 * restart and parts that nobody wants any more go after a week. */
#pragma once

#include "baleen-model-download.h"

G_BEGIN_DECLS

/* What was cancelled keeps what had come for so long. */
#define BALEEN_DOWNLOADS_KEPT_DAYS 7

typedef struct
{
  BaleenModelDownload *download; /* (owned) */
  gboolean was_paused;
  gint64 cancelled; /* seconds since 1970; 0: it was not */
} BaleenKeptDownload;

void baleen_kept_download_free (BaleenKeptDownload *kept);

/* Of BaleenKeptDownload, never NULL; a file that cannot be read is as good as none. */
GPtrArray *baleen_downloads_file_load (void);
void baleen_downloads_file_save (GPtrArray *kept);

/* What has come of it, and what is known of that, leaves the disk. */
void baleen_downloads_file_remove_parts (BaleenModelDownload *download);

G_END_DECLS
