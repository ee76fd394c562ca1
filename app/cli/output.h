/* What the terminal commands print: results to standard output, everything else to standard
 * error. Main thread only.
 *
 * A reader that went away (EPIPE) is no failure: output becomes silent, and who writes much
 * learns from the return value that it can stop. A full disk is a failure. */
#pragma once

#include <glib.h>
#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* Bytes as they are; -1: NUL-terminated. FALSE once nothing more can be written. */
gboolean baleen_output_write (const char *text,
                              gssize      length);
/* Text that a model or a file made: on a terminal its control characters become U+FFFD, so
 * that it cannot steer the terminal; elsewhere it is written as it is. */
gboolean baleen_output_write_foreign (const char *text,
                                      gssize      length);
gboolean baleen_output_flush (void);
/* One JSON document and a newline. Takes the node. */
gboolean baleen_output_json (JsonNode *root);
/* The document {"text": …}, for commands whose result is a text. */
gboolean baleen_output_json_text (const char *text);
/* Flushes and turns `status` into 1, with a line, if results were lost. */
int baleen_output_close (int status);
gboolean baleen_output_is_terminal (void);

/* A thought, on standard error, dim where that is a terminal. */
void baleen_output_thought (const char *text,
                            gsize       length);

/* One line on standard error: why the work failed, or what is worth knowing. Newlines and
 * control characters in it become spaces. */
void baleen_complain (const char *format,
                      ...) G_GNUC_PRINTF (1, 2);
/* The same for an error; returns the status for failed work. */
int baleen_complain_of (const GError *error);

/* A line that is drawn over, on a terminal only. NULL takes it away. */
void baleen_progress (const char *format,
                      ...) G_GNUC_PRINTF (1, 2);
void baleen_progress_clear (void);

G_END_DECLS
