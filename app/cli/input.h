/* Standard input, read so that a signal ends the wait. Main thread only. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* All of it, any bytes; `*length` without the NUL that is added. NULL with G_IO_ERROR-like
 * reasons in G_FILE_ERROR: unreadable, larger than 256 MiB, or G_FILE_ERROR_INTR when a signal
 * came first. */
char *baleen_input_read_all (gsize   *length,
                             GError **error);

/* The next line without its end. FALSE at the end of input, or when a signal came first, which
 * baleen_interrupt_is_raised() tells apart, or on an error, which ends the input too. */
gboolean baleen_input_read_line (GString *line);

G_END_DECLS
