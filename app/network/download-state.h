/* What is known of a file that is half there: from where, how large, which version. A file of
 * its own beside the part, so that a restart can go on. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct
{
  char *path;      /* (owned) of its file */
  char *next_path; /* (owned) of the next one, while it is written */
  char *url;       /* (owned) (nullable) */
  char *etag;      /* (owned) (nullable) a strong one */
  char *sha256;    /* (owned) (nullable) that the whole must have, wherever it is from */
  guint64 n_total; /* 0: not known */
} DownloadState;

/* Never NULL: what cannot be read is empty. */
DownloadState *download_state_load (const char *part_path);
void download_state_free (DownloadState *state);

/* Something is known, and it is of this address, or of a file with this checksum. */
gboolean download_state_is_of (const DownloadState *state,
                               const char          *url,
                               const char          *sha256); /* (nullable) */
/* From now on from there; a version is known to nobody else. */
void download_state_move (DownloadState *state,
                          const char    *url);
void download_state_reset (DownloadState *state,
                           const char    *url,
                           const char    *sha256); /* (nullable) */
/* A weak one says nothing about bytes and is not kept. */
void download_state_set_etag (DownloadState *state,
                              const char    *etag); /* (nullable) */
gboolean download_state_save (DownloadState *state,
                              GError       **error);
void download_state_remove (DownloadState *state);

G_END_DECLS
