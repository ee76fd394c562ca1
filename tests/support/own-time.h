/* How long something takes, whatever else the machine does meanwhile. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Seconds that a processor has worked for this thread. Waiting does not count. */
double own_time (void);

G_END_DECLS
