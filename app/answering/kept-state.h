/* What a prompt comes to up to the end of its files, kept on the disk: the next question about
 * the same files starts at once, in another chat and after a restart too. Only files are in it,
 * not what was asked about them. On the thread that owns the engine. */
#pragma once

#include "baleen-request.h"
#include "bln-engine.h"

G_BEGIN_DECLS

typedef struct _BaleenKeptState BaleenKeptState;

/* Loads it into the session, where it has not read as much already. NULL where the request has no
 * folder for it, or its files are too short to be worth it. */
BaleenKeptState *baleen_kept_state_begin (BlnEngine           *engine,
                                          BlnSession          *session,
                                          const BaleenRequest *request);
/* Saves it, unless it was there, and frees. `has_read`: the session has read the prompt. */
void baleen_kept_state_end (BaleenKeptState *self, /* (nullable) */
                            gboolean         has_read);

G_END_DECLS
