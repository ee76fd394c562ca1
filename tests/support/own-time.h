/* How long something takes, whatever else the machine does meanwhile. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Seconds that a processor has worked for this thread. Waiting does not count. */
double own_time (void);
/* How much longer than where promises of time were measured a fixed piece of work takes here and
 * now, at least 1: a slower machine is allowed more, as is one whose caches others use. */
double own_slowness (void);

G_END_DECLS
