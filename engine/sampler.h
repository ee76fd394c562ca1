/* What the sampler is inside the engine; the public part is in bln-engine.h. */
#pragma once

#include "bln-engine.h"

#include "choice.h"

G_BEGIN_DECLS

/* A sampler over `n_vocabulary` logits without a model. `banned` ids, and those from
 * `n_tokens` on (a padded vocabulary), are never drawn. */
BlnSampler *bln_sampler_new_for (guint32            n_vocabulary,
                                 guint32            n_tokens,
                                 const gint32      *banned,
                                 gsize              n_banned,
                                 const BlnSampling *sampling);

/* What the sampler would look at of the next logits. FALSE: all of them. */
gboolean bln_sampler_wish (const BlnSampler *sampler,
                           BlnChoiceWish    *wish);

/* The token that bln_sampler_sample() would draw from all the logits that `choice` is of, by the
 * same random number. FALSE, with no number used, where they must be seen to know. */
gboolean bln_sampler_choose (BlnSampler      *sampler,
                             const BlnChoice *choice,
                             const gint32    *history,
                             gsize            n_history,
                             gint32          *token);

G_END_DECLS
