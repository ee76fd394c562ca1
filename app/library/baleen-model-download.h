/* A model on its way here: one file, or the parts of a split one, fetched one after the other on
 * a thread. Everything here is called on the main thread and returns at once. */
#pragma once

#include "catalogue.h"
#include "model-address.h"

G_BEGIN_DECLS

typedef enum
{
  BALEEN_MODEL_DOWNLOAD_QUEUED,   /* others come first */
  BALEEN_MODEL_DOWNLOAD_FETCHING,
  BALEEN_MODEL_DOWNLOAD_CUT,      /* the connection was; it is tried again in a moment */
  BALEEN_MODEL_DOWNLOAD_CHECKING,
  BALEEN_MODEL_DOWNLOAD_PAUSED,
  BALEEN_MODEL_DOWNLOAD_FAILED,
  BALEEN_MODEL_DOWNLOAD_DONE,
} BaleenModelDownloadState;

/* What would let a failed one go on. */
typedef enum
{
  BALEEN_MODEL_DOWNLOAD_AGAIN,  /* a new try */
  BALEEN_MODEL_DOWNLOAD_TOKEN,  /* an access token for its host */
  BALEEN_MODEL_DOWNLOAD_ROOM,   /* another folder, or free space */
  BALEEN_MODEL_DOWNLOAD_FRESH,  /* fetching it whole: what came was wrong */
} BaleenModelDownloadRemedy;

#define BALEEN_TYPE_MODEL_DOWNLOAD (baleen_model_download_get_type ())
G_DECLARE_FINAL_TYPE (BaleenModelDownload, baleen_model_download, BALEEN, MODEL_DOWNLOAD, GObject)

/* Emits ::changed whenever one of the below did, at most four times a second while it runs. */

/* `files` of BaleenModelFile (taken), at least one. */
BaleenModelDownload *baleen_model_download_new (const char *title,
                                                GPtrArray  *files,
                                                const char *folder);
/* As large as somebody said it is, for as long as nobody knows better. */
void baleen_model_download_set_about_bytes (BaleenModelDownload *self,
                                            guint64              n_bytes);

const char *baleen_model_download_get_title (BaleenModelDownload *self);
const char *baleen_model_download_get_folder (BaleenModelDownload *self);
/* Of BaleenModelFile. */
GPtrArray *baleen_model_download_get_files (BaleenModelDownload *self);
/* That was asked for it first, and whose key it is that may be needed. */
const char *baleen_model_download_get_host (BaleenModelDownload *self);
/* That it is read from now, or was last, which may be a mirror. */
const char *baleen_model_download_get_site (BaleenModelDownload *self);

BaleenModelDownloadState baleen_model_download_get_state (BaleenModelDownload *self);
/* Also while it is still stopping. */
gboolean baleen_model_download_is_running (BaleenModelDownload *self);
guint64 baleen_model_download_get_n_done (BaleenModelDownload *self);
guint64 baleen_model_download_get_n_total (BaleenModelDownload *self); /* 0: not known */
double baleen_model_download_get_speed (BaleenModelDownload *self);    /* bytes a second */
/* FAILED: why, and what can be done. */
const char *baleen_model_download_get_sentence (BaleenModelDownload *self); /* (nullable) */
BaleenModelDownloadRemedy baleen_model_download_get_remedy (BaleenModelDownload *self);
/* DONE: the file, of a split model the first. */
const char *baleen_model_download_get_path (BaleenModelDownload *self); /* (nullable) */

/* Fetches from where it stopped. Not while it runs. */
void baleen_model_download_run (BaleenModelDownload *self);
/* PAUSED at once; the thread stops within a moment. What has come stays. */
void baleen_model_download_pause (BaleenModelDownload *self);
/* QUEUED for another turn, once it has stopped. */
void baleen_model_download_queue (BaleenModelDownload *self);
/* From now on into another folder. Not while it runs. */
void baleen_model_download_set_folder (BaleenModelDownload *self,
                                       const char          *folder);

G_END_DECLS
