/* What waits to be written: the newest record of each thing, so that a disk that was full for
 * an hour is sent one version of a message and not a thousand. Database thread only. */
#pragma once

#include "baleen-database.h"

G_BEGIN_DECLS

typedef struct _BaleenOutbox BaleenOutbox;

BaleenOutbox *baleen_outbox_new (void);
void baleen_outbox_free (BaleenOutbox *self);

/* Take ownership. A record that is not older replaces the one that waits. */
void baleen_outbox_put_conversation (BaleenOutbox             *self,
                                     BaleenConversationRecord *record);
void baleen_outbox_put_message (BaleenOutbox        *self,
                                BaleenMessageRecord *record);
void baleen_outbox_put_deletion (BaleenOutbox *self,
                                 gint64        conversation_id);
void baleen_outbox_set_is_lasting (BaleenOutbox *self);

gboolean baleen_outbox_is_empty (BaleenOutbox *self);
/* One transaction. On failure everything waits on. */
gboolean baleen_outbox_flush (BaleenOutbox   *self,
                              BaleenDatabase *database,
                              GError        **error);

/* The waiting messages of a conversation laid over those read from disk. */
void baleen_outbox_overlay (BaleenOutbox *self,
                            gint64        conversation_id,
                            GPtrArray    *records);

G_END_DECLS
