/* `ask --search`: a question answered from the web, with sources. */
#pragma once

#include "command.h"

G_BEGIN_DECLS

/* Searches, reads, answers, prints; `address` of the search server, or NULL for that of the
 * environment or the settings. Complains of what goes wrong by itself. */
BaleenExit baleen_ask_search (const BaleenOptions *options,
                              const char          *address,
                              const char          *question);

G_END_DECLS
