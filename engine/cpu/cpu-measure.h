/* What this processor can do at best, measured. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Bytes a second that so many threads read from 256 MB of memory, and multiplications a second that
 * attention of one token makes over rows of halves. Each thread's best stretch of a millisecond or
 * two counts, so that programs which run beside it do not. MEMORY. */
gboolean bln_cpu_measure (guint    n_threads,
                          double  *bytes_per_second,
                          double  *products_per_second,
                          GError **error);

G_END_DECLS
