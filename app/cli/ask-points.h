/* A question in points: “ask --points”. */
#pragma once

#include "command.h"

G_BEGIN_DECLS

/* Answers the points of `question` one after the other, each with those before it in mind, and
 * writes them joined. `system` is nullable. */
BaleenExit baleen_ask_points (const BaleenOptions *options,
                              const char          *question,
                              const char          *system);

G_END_DECLS
