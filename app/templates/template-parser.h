/* From the text of a Markdown file to a template, strictly: what is wrong is told with the
 * file, the line and the field. Any thread. */
#pragma once

#include "baleen-template.h"

G_BEGIN_DECLS

#define BALEEN_TEMPLATE_MAX_BYTES (1024 * 1024)

/* `name` is how messages call the file. The text may be any bytes. */
BaleenTemplate *baleen_template_parse (const char *name,
                                       const char *text,
                                       gsize       length,
                                       GError    **error);

/* The same for a file, of at most BALEEN_TEMPLATE_MAX_BYTES. */
BaleenTemplate *baleen_template_load (const char *path,
                                      GError    **error);

/* Reads a whole file of at most `max_bytes`; regular files only, so a pipe or a device never
 * keeps us waiting. NUL added. */
char *baleen_template_read_file (const char *path,
                                 gsize       max_bytes,
                                 gsize      *length,
                                 GError    **error);

/* What is worth mending though the template works: fields that the body never uses, no
 * language. NULL-terminated. */
char **baleen_template_get_notes (const BaleenTemplate *template_);

/* The file that says the same as `template_`, for one that was made and not read. */
char *baleen_template_write (const BaleenTemplate *template_);

G_END_DECLS
