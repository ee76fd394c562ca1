/* What an answer about documents names and they do not: kept with it, in its part
 * BALEEN_PART_ATTACHMENTS, which answers have no other use for unless they are summaries. */
#pragma once

#include "baleen-message.h"

G_BEGIN_DECLS

/* A member of the same object, which stays: what the answer was made from. */
#define BALEEN_MEMBER_ASKED "asked"

void baleen_message_set_doubts (BaleenMessage     *message,
                                const char *const *words); /* (nullable) */
/* As they stand in the answer; NULL for none. */
char **baleen_message_dup_doubts (BaleenMessage *message);

G_END_DECLS
