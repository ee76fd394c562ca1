/* A file mapped for reading that somebody else may cut while it is in use.
 *
 * Reading a mapped page that the file no longer has raises SIGBUS. A handler turns such pages
 * into zeros and marks the mapping, so a forward pass runs to its end and then reports
 * BLN_ERROR_CHANGED. A file that was unlinked, or replaced by renaming another over it, stays
 * whole for us and is no error. */
#pragma once

#include "bln-engine.h"

#include <sys/stat.h>

G_BEGIN_DECLS

/* What tells a file that was changed in place. */
typedef struct
{
  gint64 size;
  struct timespec modified;
} BlnFileStamp;

typedef struct _BlnMapping BlnMapping;

/* `fd` and `base_name` are kept by the caller while the mapping lives. */
BlnMapping *bln_mapping_new (int                 fd,
                             const BlnFileStamp *stamp,
                             const char         *base_name,
                             GError            **error);
void bln_mapping_free (BlnMapping *mapping);

const guint8 *bln_mapping_get_bytes (BlnMapping *mapping);

gboolean bln_mapping_populate (BlnMapping *mapping,
                               gsize       offset,
                               gsize       length,
                               GError    **error);
/* Drops whole pages within the range from this process, not from the system's cache. */
void bln_mapping_release (BlnMapping *mapping,
                          gsize       offset,
                          gsize       length);
gboolean bln_mapping_check_unchanged (BlnMapping *mapping,
                                      GError    **error);

G_END_DECLS
