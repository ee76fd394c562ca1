/* Locks the calling process up for good: afterwards it can compute, read what is already open
 * and write to what is already open, and nothing else. No new privileges, no files but (where
 * the kernel has Landlock) the character maps of PDFs for reading, no sockets, no processes or
 * threads, no signals to others, limited memory, time and descriptors.
 *
 * Call it with one thread, after loading whatever comes from files. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* `memory`: bytes of address space from here on. `seconds`: of computing. FALSE: the kernel has
 * no system call filter, and hostile bytes must not be touched. */
gboolean sandbox_enter (guint64 memory,
                        guint   seconds);

G_END_DECLS
