/* The model that a command asks, whatever runs it: this process or a server. */
#pragma once

#include "answer.h"
#include "completer.h"
#include "endpoint.h"
#include "options.h"

G_BEGIN_DECLS

typedef struct
{
  const BaleenOptions *options;
  BlnEngine *engine;          /* (owned) (nullable) a server has none, nor a session */
  BlnSession *session;        /* (owned) (nullable) */
  BaleenEndpoint *endpoint;   /* (owned) (nullable) that server */
  char *name;                 /* (owned) */
  BaleenCompleter *completer; /* (owned) what there is room for, and counting */
} BaleenAskedModel;

/* Opens what `options` name, with a context of `most` at most where they say nothing. After an
 * error there is something to clear too. */
gboolean baleen_asked_model_open (BaleenAskedModel    *self,
                                  const BaleenOptions *options,
                                  guint                most,
                                  GError             **error);
void baleen_asked_model_clear (BaleenAskedModel *self);

/* One answer, of which nothing is printed. */
gboolean baleen_asked_model_answer (BaleenAskedModel    *self,
                                    const BaleenRequest *request,
                                    BaleenGeneration    *generation,
                                    GError             **error);

G_END_DECLS
