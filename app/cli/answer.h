/* An answer as it goes to the terminal: streamed text, thoughts, progress. */
#pragma once

#include "generation.h"
#include "options.h"

G_BEGIN_DECLS

/* Runs the prompt, and unless `is_quiet` writes thoughts and answer as they come, ended by a
 * newline. Being stopped is no error. */
gboolean baleen_answer_run (BaleenGeneration    *generation,
                            BlnEngine           *engine,
                            BlnSession          *session,
                            const BlnPrompt     *prompt,
                            const BaleenOptions *options,
                            gboolean             is_quiet,
                            GError             **error);

/* A line for people about an answer that is not whole. Nothing for one that is. */
void baleen_answer_explain_stop (const BaleenGeneration *generation);

G_END_DECLS
