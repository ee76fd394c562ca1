/* `ask --document`: a question about a document, answered with places. */
#pragma once

#include "command.h"

G_BEGIN_DECLS

/* Reads the document, answers, prints. Complains of what goes wrong by itself. */
BaleenExit baleen_ask_document (const BaleenOptions *options,
                                const char          *path,
                                const char          *question);

G_END_DECLS
