/* A large file from the web into a folder: continued after a cut, a kill or a restart, and never
 * under its name before it is whole, checked and on the disk. Blocks; any thread that may wait.
 *
 * While it is under way the folder has NAME.part and NAME.part.state beside each other. */
#pragma once

#include "network-error.h"

G_BEGIN_DECLS

typedef enum
{
  BALEEN_DOWNLOAD_FETCHING,
  BALEEN_DOWNLOAD_WAITING,  /* the connection was cut; it is tried again in a moment */
  BALEEN_DOWNLOAD_CHECKING, /* the checksum is taken */
} BaleenDownloadPhase;

typedef struct
{
  const char *url;      /* http or https; from https it is never sent on to http */
  const char *const *mirrors; /* (nullable) where else the same file is: asked in turn where what
                                 comes first does not answer, has it not or has another */
  const char *folder;   /* made where it is not there */
  const char *name;     /* of the file, as baleen_download_make_name() gives them */
  const char *sha256;   /* (nullable) 64 digits; what does not fit it is thrown away */
  guint64 n_bytes;      /* 0: not known; else what the server must have */
  const char *begins;   /* (nullable) with these bytes; else it is given up when they have come */
  const char *token;    /* (nullable) goes to the host of `url` alone */
  guint n_tries;        /* that may bring nothing, one after the other; 0: 6, over half a minute,
                           and 2 where nobody ever answered or another mirror is left */
  guint quiet_seconds;  /* without a byte, after which a connection counts as cut; 0: 30 */
  /* (nullable) `n_total` is 0 as long as it is not known. */
  void (*progress) (BaleenDownloadPhase phase,
                    guint64             n_done,
                    guint64             n_total,
                    gpointer            user_data);
  /* (nullable) It is asked at `url` from now on: at first, and at each mirror that is turned to. */
  void (*turned) (const char *url,
                  gpointer    user_data);
  gpointer user_data;
} BaleenDownload;

/* The path of the file; NULL with a sentence, and what there is of it is kept for another try
 * unless it was wrong. EXISTS of G_FILE_ERROR where the name is taken. */
char *baleen_download_run (const BaleenDownload *download,
                           GCancellable         *cancellable,
                           GError              **error);

/* Takes away what is half there of the file that would have that path. */
void baleen_download_forget (const char *path);

/* A name of our own for what an address calls its file: letters, digits and -_. only, not
 * hidden, at most 200, with `suffix` at its end. NULL where nothing is left. */
char *baleen_download_make_name (const char *address,
                                 const char *suffix);
/* Exactly 64 small hexadecimal digits. */
gboolean baleen_download_is_sha256 (const char *text);

G_END_DECLS
