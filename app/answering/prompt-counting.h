/* Counts a prompt by part, with the model's own tokenizer. Any thread. */
#pragma once

#include "baleen-prompt-count.h"
#include "baleen-request.h"
#include "bln-engine.h"

G_BEGIN_DECLS

/* Of the request as it would be sent, the notes of a first pass included. The last turn is the
 * message, the others are history, an answer begun belongs to history too; the context and the
 * reserve are left 0. */
BaleenPromptCount *baleen_prompt_counting_run (BlnModel            *model,
                                               const BaleenRequest *request,
                                               GError             **error);

G_END_DECLS
