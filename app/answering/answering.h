/* One answer to one request, from rendering to the last word, with thinking as the request has
 * it: the model's own; or, of a model that was not made for it, notes in a pass of their own
 * that are thought to whoever watches, and an answer written with them in view. On the thread
 * that owns the engine. */
#pragma once

#include "baleen-request.h"
#include "generation.h"

G_BEGIN_DECLS

/* Before the first pass: how long the prompt is, and how much of it need not be read. */
typedef void (*BaleenBeginFunc) (gsize    n_prompt,
                                 gsize    n_reused,
                                 gpointer user_data);

/* `watch` says whom to tell; its limits are taken from the request. Being stopped is no error:
 * what there is, is in `generation`. On an error `generation` is left as it was; errors are those
 * of rendering, of bln_session_sync() and of bln_session_next(). */
gboolean baleen_answering_run (BaleenGeneration              *generation,
                               BlnEngine                     *engine,
                               BlnSession                    *session,
                               const BlnSampling             *sampling,
                               const BaleenRequest           *request,
                               BaleenBeginFunc                begin_func, /* (nullable) */
                               const BaleenGenerationOptions *watch,
                               GError                       **error);

/* The request whose prompt is read first: this one, or the one for notes. */
BaleenRequest *baleen_answering_get_first (BlnModel            *model,
                                           const BaleenRequest *request);

G_END_DECLS
