/* Adapters for made models, and what they come to when they are merged. */
#pragma once

#include "gguf-writer.h"

G_BEGIN_DECLS

/* A LoRA adapter of random numbers for every matrix of `base` whose name contains `part` (NULL:
 * all), of about a fifth of its size where `rank` is small. */
GgufWriter *lora_adapter_new (GgufWriter *base,
                              const char *part, /* (nullable) */
                              guint       rank,
                              float       alpha,
                              guint32     seed);

/* Decodes all of `base` to F32 and adds the adapter's products to its matrices. */
void lora_adapter_merge (GgufWriter *base,
                         GgufWriter *adapter,
                         float       alpha);

G_END_DECLS
