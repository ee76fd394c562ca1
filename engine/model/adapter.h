/* A LoRA adapter (arXiv 2106.09685) in GGUF: for some matrices W of a base model two thin ones,
 * A of `rank` rows and B of `rank` columns; the adapted model multiplies by W + scale · B · A,
 * scale = alpha / rank. General keys as in a model, `adapter.type` "lora", `adapter.lora.alpha`;
 * tensors are named as in the base, with ".lora_a" or ".lora_b" behind. */
#pragma once

#include "gguf.h"

G_BEGIN_DECLS

typedef struct
{
  const char *name;      /* of the base's tensor; owned by the adapter */
  const BlnTensor *a, *b; /* [n_in, rank, n_slabs] and [rank, n_out, n_slabs]; that of the table
                             of embeddings may have A and B the other way round */
  float scale;
} BlnLoraPair;

BlnGguf *bln_adapter_get_gguf (BlnAdapter *adapter);
guint bln_adapter_get_n_pairs (BlnAdapter *adapter);
const BlnLoraPair *bln_adapter_get_pair (BlnAdapter *adapter,
                                         guint       index);

/* Whether a file says that it is an adapter. */
gboolean bln_gguf_is_adapter (BlnGguf *gguf);

G_END_DECLS
