/* All downloads of models: three at a time, the others wait for their turn; kept on the disk, so
 * that what was running goes on after a restart. A list model of BaleenModelDownload, the first
 * one first. Main thread. */
#pragma once

#include "baleen-model-download.h"

G_BEGIN_DECLS

#define BALEEN_DOWNLOADS_AT_ONCE 3

#define BALEEN_TYPE_DOWNLOADS (baleen_downloads_get_type ())
G_DECLARE_FINAL_TYPE (BaleenDownloads, baleen_downloads, BALEEN, DOWNLOADS, GObject)

/* Emits ::changed when any of them changed, ::arrived (BaleenModelDownload *) when a model is
 * whole and in its folder. */

/* Takes up what the last run of the program left: what ran runs again, what was paused stays so.
 * Parts of what was cancelled more than a week ago leave the disk. */
BaleenDownloads *baleen_downloads_new (void);

/* Begins it, or has it wait for its turn. One that fetches the same file already is left as it
 * is. */
void baleen_downloads_add (BaleenDownloads     *self,
                           BaleenModelDownload *download);
void baleen_downloads_pause (BaleenDownloads     *self,
                             BaleenModelDownload *download);
/* Also after it failed. */
void baleen_downloads_resume (BaleenDownloads     *self,
                              BaleenModelDownload *download);
/* Takes it from the list; what has come stays for a week. */
void baleen_downloads_cancel (BaleenDownloads     *self,
                              BaleenModelDownload *download);
/* The one that fetches the file of that name; NULL when none does. */
BaleenModelDownload *baleen_downloads_find (BaleenDownloads *self,
                                            const char      *file);

/* Those that are under way or wait, and how far they are together: 0 … 1, negative while no size
 * is known. */
guint baleen_downloads_get_n_active (BaleenDownloads *self);
double baleen_downloads_get_fraction (BaleenDownloads *self);

/* Stops them for the end of the program; they stay as running in what is kept. */
void baleen_downloads_close (BaleenDownloads *self);

/* Bytes that can be written into a folder, which need not exist yet; 0 where nobody knows. */
guint64 baleen_downloads_get_free_bytes (const char *folder);

G_END_DECLS
