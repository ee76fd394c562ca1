/* An answer as it goes to the terminal: streamed text, thoughts, progress. */
#pragma once

#include "answering.h"
#include "endpoint.h"
#include "options.h"

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* A request with the limits and thinking of the options; the caller adds the turns. */
BaleenRequest *baleen_answer_request_new (const BaleenOptions *options,
                                          BlnThink             think);

/* Answers the request, and unless `is_quiet` writes thoughts and answer as they come, ended by a
 * newline. Being stopped is no error. */
gboolean baleen_answer_run (BaleenGeneration    *generation,
                            BlnEngine           *engine,
                            BlnSession          *session,
                            const BaleenRequest *request,
                            const BaleenOptions *options,
                            gboolean             is_quiet,
                            GError             **error);

/* The same from an endpoint; Ctrl-C cancels it. */
gboolean baleen_answer_run_endpoint (BaleenGeneration     *generation,
                                     const BaleenEndpoint *endpoint,
                                     const BaleenRequest  *request,
                                     const BaleenOptions  *options,
                                     gboolean              is_quiet,
                                     GError              **error);

/* What every answer has as JSON: the words, the thoughts if there are any, of which model, why it
 * ended, and what it took. */
void baleen_answer_add_members (JsonBuilder            *builder,
                                const char             *answer,
                                const char             *model,
                                const BaleenGeneration *generation);

/* A line for people about an answer that is not whole. Nothing for one that is. */
void baleen_answer_explain_stop (const BaleenGeneration *generation);

G_END_DECLS
