/* What every reader of a format is: bytes in, paragraphs out. Readers run in a process of
 * their own that can neither open files nor reach the network, so they get everything as
 * bytes, and what the bytes say is believed in nothing. */
#pragma once

#include "baleen-document.h"

G_BEGIN_DECLS

#define BALEEN_READ_ERROR (baleen_read_error_quark ())
GQuark baleen_read_error_quark (void);

/* The messages of these are for whoever debugs; people get sentences of their own for each. */
typedef enum
{
  BALEEN_READ_ERROR_ENCRYPTED = 1,
  BALEEN_READ_ERROR_SCANNED,      /* pictures of text */
  BALEEN_READ_ERROR_EMPTY,        /* no text at all */
  BALEEN_READ_ERROR_DAMAGED,
  BALEEN_READ_ERROR_TOO_LARGE,    /* or swells to more than can be read */
  BALEEN_READ_ERROR_NOT_DOCUMENT, /* a program, a picture, an archive … */
  BALEEN_READ_ERROR_OLD_OFFICE,   /* .doc, .rtf and the like */
  BALEEN_READ_ERROR_SANDBOX,      /* the process could not be locked up */
  BALEEN_N_READ_ERRORS,
} BaleenReadError;

/* No text is longer than this, whatever the file. */
#define BALEEN_READ_MOST_TEXT (32u << 20)

/* Adds to `document`, whose kind is set. */
typedef gboolean (*BaleenReader) (BaleenDocument *document,
                                  GBytes         *bytes,
                                  GError        **error);

gboolean baleen_read_text (BaleenDocument *document, GBytes *bytes, GError **error);
gboolean baleen_read_markdown (BaleenDocument *document, GBytes *bytes, GError **error);
gboolean baleen_read_html (BaleenDocument *document, GBytes *bytes, GError **error);
gboolean baleen_read_webpage (BaleenDocument *document, GBytes *bytes, GError **error);
gboolean baleen_read_pdf (BaleenDocument *document, GBytes *bytes, GError **error);
gboolean baleen_read_docx (BaleenDocument *document, GBytes *bytes, GError **error);
gboolean baleen_read_odt (BaleenDocument *document, GBytes *bytes, GError **error);
gboolean baleen_read_epub (BaleenDocument *document, GBytes *bytes, GError **error);

/* Tells the kind from the bytes, reads, and refuses a document without text. `extension` is
 * the file name's, without the dot, and only decides where the bytes leave it open; with
 * BALEEN_READ_WEBPAGE HTML is read as a page of the web, its content alone. */
#define BALEEN_READ_WEBPAGE "webpage"
BaleenDocument *baleen_read_document (GBytes     *bytes,
                                      const char *extension,
                                      GError    **error);

G_END_DECLS
