/* When an answer about documents is there, its numbers and names are looked for in them, on
 * another thread; those that are not found are kept with it (message-doubts.h) and marked. */
#pragma once

#include "baleen-chat.h"

G_BEGIN_DECLS

/* Of every answer that `chat` writes from now on. */
void answer_checking_follow (BaleenChat    *chat,
                             BaleenHistory *history);

G_END_DECLS
