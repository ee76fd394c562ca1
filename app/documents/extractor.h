/* Reads a document in a process of its own that can do nothing but read it; see app/extract.
 * Blocking: call it from a thread that may wait, up to half a minute. */
#pragma once

#include "baleen-document.h"

#include <gio/gio.h>

G_BEGIN_DECLS

#define EXTRACTOR_ERROR (extractor_error_quark ())
GQuark extractor_error_quark (void);

typedef enum
{
  EXTRACTOR_ERROR_UNREADABLE = 100, /* the file itself */
  EXTRACTOR_ERROR_DIED,
  EXTRACTOR_ERROR_SLOW,
  EXTRACTOR_ERROR_WRONG_ANSWER,
  EXTRACTOR_ERROR_NOT_STARTED,      /* nothing was read: the locked-up process did not come up */
} ExtractorError;                   /* and those of BaleenReadError */

/* Files larger than this are not opened. */
#define EXTRACTOR_MOST_FILE (G_GUINT64_CONSTANT (1) << 30)

/* NULL with a sentence for people, at most 600 characters, with the file's base name; or with
 * G_IO_ERROR_CANCELLED. */
BaleenDocument *extractor_read (const char   *path,
                                GCancellable *cancellable,
                                GError      **error);

/* The same for what is in memory; `name` is what sentences call it, `extension` as in reader.h. */
BaleenDocument *extractor_read_bytes (GBytes       *bytes,
                                      const char   *name,
                                      const char   *extension,
                                      GCancellable *cancellable,
                                      GError      **error);

/* The same with another program than ourselves and other limits: for tests. `argv` gets the
 * extension appended. */
typedef struct
{
  const char *const *argv;
  guint milliseconds;
  gsize most_bytes;
} ExtractorChild;
BaleenDocument *extractor_read_with (const ExtractorChild *child,
                                     const char           *path,
                                     GCancellable         *cancellable,
                                     GError              **error);

G_END_DECLS
