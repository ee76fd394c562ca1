/* Whose the history is. One program at a time holds it, the one with the windows; others, in a
 * terminal, write beside it: SQLite keeps their transactions apart, and ids never meet. */
#pragma once

#include "baleen-database.h"

G_BEGIN_DECLS

/* The folder that the history lies in. */
char *baleen_history_folder (void);

/* FALSE when another program holds it. `lock` is to be closed, and is -1 where there can be no
 * lock. */
gboolean baleen_history_take_lock (const char *folder,
                                   int        *lock);
void baleen_history_drop_lock (int lock);

/* For a command: the history as it is, whoever holds it. Without `is_written` one that is not
 * there is an empty one, and nothing is made. An older one is brought up to date if nobody holds
 * it. The error is a whole sentence. */
BaleenDatabase *baleen_history_open_beside (const char *folder,
                                            gboolean    is_written,
                                            GError    **error);

/* Whether `trouble` with opening comes of a disk that is full, or of a folder that may only be
 * read: what is in the file can then still be looked at. */
gboolean baleen_history_may_be_looked_at (const char   *folder,
                                          const GError *trouble);
/* Such a history, LOOKING; NULL where there is none, or where it cannot be read either. */
BaleenDatabase *baleen_history_look_into (const char *folder);

/* A new id after `last`: a time, in lane 0 for the program that holds the history and in one of
 * seven others for whoever writes beside it. */
gint64 baleen_history_next_id (gint64 last,
                               guint  lane);
/* The lane of this program when it writes beside. */
guint baleen_history_lane_beside (void);

G_END_DECLS
