/* Tells when another program wrote to the history: a command in a terminal. */
#pragma once

#include "baleen-store.h"

G_BEGIN_DECLS

typedef struct _BaleenHistoryWatch BaleenHistoryWatch;

/* Calls back on the main thread, at most twice a second. The store is open. */
BaleenHistoryWatch *baleen_history_watch_new (BaleenStore *store,
                                              GSourceFunc  callback,
                                              gpointer     user_data);
void baleen_history_watch_free (BaleenHistoryWatch *self);

G_END_DECLS
