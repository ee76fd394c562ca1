/* Notes: a summary that stands in a conversation for messages which are no longer sent. It is a
 * message of its own, to be read like the others, and it can be taken back. Main thread. */
#pragma once

#include "baleen-history.h"

G_BEGIN_DECLS

gboolean baleen_note_is_note (BaleenMessage *message);
/* How many messages it stands for; 0 for what came along from another conversation. */
guint baleen_note_get_n_messages (BaleenMessage *message);

/* What could be summarized of what is shown: everything that is sent but the last two turns, or
 * the last one where there are no more. Earlier notes are among it. (transfer container) */
GPtrArray *baleen_note_list_older (BaleenConversation *conversation);
/* All that is sent of what is shown. (transfer container) */
GPtrArray *baleen_note_list_all (BaleenConversation *conversation);

/* Adds a note at the end of what is shown; `messages` (nullable) are left out from now on. */
BaleenMessage *baleen_note_add (BaleenHistory      *history,
                                BaleenConversation *conversation,
                                const char         *summary,
                                GPtrArray          *messages);
/* Sends the messages again instead of the note, or the note again instead of them. */
void baleen_note_set_is_in_force (BaleenHistory      *history,
                                  BaleenConversation *conversation,
                                  BaleenMessage      *note,
                                  gboolean            is_in_force);

G_END_DECLS
