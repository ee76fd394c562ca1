/* Opening what the common options name. */
#pragma once

#include "options.h"

G_BEGIN_DECLS

/* From here on the library looks for its own models in the folder that the preferences name. */
void baleen_use_models_folder (void);

/* The path of a model: the built-in one (NULL), a path, or a name in the library. */
char *baleen_resolve_model (const char *name, /* (nullable) */
                            GError    **error);

/* The model of --model, the built-in one without it. */
BlnModel *baleen_open_model (const BaleenOptions *options,
                             GError             **error);

/* Puts it on the device with the given threads, and with --context, or `n_context` tokens
 * without it (0: what the model and the memory allow). From here on Ctrl-C stops this engine;
 * baleen_close_engine() ends that. */
BlnEngine *baleen_open_engine (const BaleenOptions *options,
                               BlnModel            *model,
                               guint                n_context,
                               guint                n_sessions,
                               GError             **error);
/* The same for commands that answer: says so where the model's chat template cannot be used. */
BlnEngine *baleen_open_answering_engine (const BaleenOptions *options,
                                         BlnModel            *model,
                                         guint                n_context,
                                         guint                n_sessions,
                                         GError             **error);
void baleen_close_engine (BlnEngine *engine);

/* The engine options that these command line options mean. What --adapter names is opened, and
 * stays so until the program ends. */
gboolean baleen_get_engine_options (const BaleenOptions *options,
                                    BlnEngineOptions    *engine_options,
                                    GError             **error);

G_END_DECLS
