/* What the sampler is inside the engine; the public part is in bln-engine.h. */
#pragma once

#include "bln-engine.h"

G_BEGIN_DECLS

/* A sampler over `n_vocabulary` logits without a model. `banned` ids, and those from
 * `n_tokens` on (a padded vocabulary), are never drawn. */
BlnSampler *bln_sampler_new_for (guint32            n_vocabulary,
                                 guint32            n_tokens,
                                 const gint32      *banned,
                                 gsize              n_banned,
                                 const BlnSampling *sampling);

G_END_DECLS
