/* A request as the tokens that a model reads. Any thread. */
#pragma once

#include "baleen-request.h"
#include "bln-engine.h"
#include "thought-splitter.h"

G_BEGIN_DECLS

typedef struct
{
  char *text;               /* (owned) as rendered, without what was begun */
  GArray *tokens;           /* (owned) of gint32, with what was begun */
  BaleenThoughtStart start; /* where writing begins */
} BaleenRendering;

/* What an answer to be continued has said already stands behind the prompt as if the model had
 * just written it: the same prefix, so nothing is read twice. */
BaleenRendering *baleen_rendering_new (BlnModel            *model,
                                       const BaleenRequest *request,
                                       GError             **error);
/* A sentence to be said once of a model whose chat template cannot be used, so that a plain one
 * stands in; NULL for every other. */
char *baleen_rendering_explain_plain (BlnModel *model);
void baleen_rendering_free (BaleenRendering *rendering);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BaleenRendering, baleen_rendering_free)

/* Whether that many tokens leave room for an answer in the engine's context; the error is
 * TOO_LONG and says by how much. */
gboolean baleen_rendering_check_room (BaleenRendering *rendering,
                                      gsize            n_context,
                                      GError         **error);

/* How an engine samples for it; a seed where the request has none. */
BlnSampling baleen_request_get_sampling (const BaleenRequest *request,
                                         BlnModel            *model);

G_END_DECLS
