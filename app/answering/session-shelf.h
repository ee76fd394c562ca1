/* What was read stays read: a few sequences are kept beside each other, so that branches of a
 * conversation, and conversations in two windows, each go on from their own. Engine thread. */
#pragma once

#include "bln-engine.h"

G_BEGIN_DECLS

typedef struct _BaleenSessionShelf BaleenSessionShelf;

/* One sequence at once; more as they are needed, where the memory plan has room. */
BaleenSessionShelf *baleen_session_shelf_new (BlnEngine *engine,
                                              GError   **error);
void baleen_session_shelf_free (BaleenSessionShelf *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BaleenSessionShelf, baleen_session_shelf_free)

/* The sequence to read a prompt in: one that it only adds to, else one that has a copy of what
 * it shares with another. The shelf's own. */
BlnSession *baleen_session_shelf_take (BaleenSessionShelf *self,
                                       const gint32       *tokens,
                                       gsize               n_tokens);
/* The sequence taken last. */
BlnSession *baleen_session_shelf_get (BaleenSessionShelf *self);

/* How many of these tokens stand at the beginning of a sequence and are read. */
gsize baleen_session_count_common (BlnSession   *session,
                                   const gint32 *tokens,
                                   gsize         n_tokens);

G_END_DECLS
