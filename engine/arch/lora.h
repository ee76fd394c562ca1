/* Puts an adapter to a model's weights. Matrices that are products of their own get A and B
 * beside them, two thin products more in the program, so that the base stays as it is quantized.
 * Those that are computed within a larger op (latent attention's halves, experts, routers, the
 * table of embeddings, the head) are replaced by W + scale · B · A, as halves, or as F32 where
 * the base is that. */
#pragma once

#include "adapter.h"
#include "weights.h"

G_BEGIN_DECLS

/* `fills`: computes what is new; else it has a shape and a size, and no data, which is enough for
 * a plan. UNSUPPORTED where the adapter is of another base, MEMORY, CHANGED. The adapter must
 * outlive the weights, for its names; on an error the weights are good for nothing but being
 * freed. */
gboolean bln_lora_apply (BlnWeights *weights,
                         BlnAdapter *adapter,
                         gboolean    fills,
                         GError    **error);

G_END_DECLS
