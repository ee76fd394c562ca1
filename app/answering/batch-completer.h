/* A completer that runs batches: on an engine of one's own, below the conversation through the
 * engine service, or on a backend of one's own. */
#pragma once

#include "baleen-backend.h"
#include "baleen-engine-service.h"
#include "bln-engine.h"
#include "completer.h"

G_BEGIN_DECLS

/* On the thread that owns the engine, which must outlive it. bln_engine_stop() cancels.
 * `n_parallel` 0: as many as memory allows. */
BaleenCompleter *baleen_batch_completer_new_for_engine (BlnEngine *engine,
                                                        guint      n_parallel);
/* For a thread that may wait, never the main thread: the model of that path, which the service
 * must have; when another is loaded meanwhile it fails. Opening its file again takes a while.
 * `path` may be an endpoint's; its tokens are then counted with some to spare. */
BaleenCompleter *baleen_batch_completer_new_for_model (BaleenEngineService *service,
                                                       const char          *path,
                                                       guint                n_context,
                                                       guint                n_parallel,
                                                       GError             **error);
/* For a command whose model is a server: opens `path` there, on the thread that calls. Its batches
 * heed the cancellable that they are given. `*name` is what the model is called (free with
 * g_free()). */
BaleenCompleter *baleen_batch_completer_new_for_backend (const BaleenBackend *backend,
                                                         const char          *path,
                                                         char               **name,
                                                         GError             **error);
void baleen_batch_completer_free (BaleenCompleter *completer);

/* A word that tells a model file from all others. */
char *baleen_model_key (BlnModel *model);
G_END_DECLS
