/* The text of files that are filled into templates. The prompt is made again at each key, so a
 * document is read once, by a thread, and remembered until it changes. Main thread. */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* For baleen_template_values_set_file_reader(): what is remembered of it; while it is being read,
 * the error says so. */
char *baleen_template_files_read (const char *path,
                                  GError    **error);

/* Calls `func` when baleen_template_files_read() has its answer, whatever that is; at once for
 * what needs no reading. Not after `owner` is gone. */
void baleen_template_files_wait (const char *path,
                                 GCallback   func,
                                 GObject    *owner);

G_END_DECLS
