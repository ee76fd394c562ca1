/* A file that is there while the program runs, and stays when it ends without being asked to:
 * the next run knows of it, and of the minute. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _RunningMark RunningMark;

/* `ended` is when the run before was last alive, in microseconds since 1970; 0 if it ended as it
 * should. A folder that cannot be written in tells nothing and keeps nothing. */
RunningMark *running_mark_new (const char *folder,
                               gint64     *ended);
/* The program ends as it should. */
void running_mark_free (RunningMark *mark);

G_END_DECLS
