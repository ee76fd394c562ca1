/* Random weights in any element type: every block is valid, the values have a mean near 0 and a
 * standard deviation near the one asked for. For whole models that only have to behave like
 * models: benchmarks, and comparisons of quantized against decoded weights. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _RandomBlocks RandomBlocks;

/* `type` is a supported BlnType. The same arguments give the same bytes. */
RandomBlocks *random_blocks_new (guint32 type,
                                 double  deviation,
                                 guint64 seed);
void random_blocks_free (RandomBlocks *blocks);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RandomBlocks, random_blocks_free)

/* The next `n_bytes`, whole blocks. */
void random_blocks_fill (RandomBlocks *blocks,
                         guint8       *out,
                         guint64       n_bytes);

G_END_DECLS
