/* The loaded model as an OpenAI-compatible API on the loopback address: /v1/models,
 * /v1/chat/completions, /v1/completions, streamed or whole, several clients in one batch. In
 * the main context of the thread that made it. */
#pragma once

#include "serving.h"

G_BEGIN_DECLS

typedef struct _OpenaiService OpenaiService;

/* Takes the serving. `name` is what the model is called; a client may call it anything. */
OpenaiService *openai_service_new (BaleenServing *serving,
                                   const char    *name,
                                   guint16        port,
                                   const char    *key,
                                   GError       **error);
void openai_service_free (OpenaiService *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (OpenaiService, openai_service_free)

/* From now on the model is called so. */
void openai_service_set_name (OpenaiService *self,
                              const char    *name);

guint16 openai_service_get_port (OpenaiService *self);

/* Thirty-two letters and digits that nobody can guess. */
char *openai_service_make_key (void);

G_END_DECLS
