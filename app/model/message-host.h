/* Which server answered: a message's part BALEEN_PART_SERVER. */
#pragma once

#include "baleen-message.h"

G_BEGIN_DECLS

/* NULL: this computer did. */
void baleen_message_set_host (BaleenMessage *message,
                              const char    *host); /* (nullable) */
char *baleen_message_dup_host (BaleenMessage *message); /* (nullable) */

G_END_DECLS
