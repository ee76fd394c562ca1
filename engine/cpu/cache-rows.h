/* Rows on their way into the KV cache, and out of it where it holds bytes (kv-cache.h). */
#pragma once

#include "kernels.h"
#include "kv-cache.h"

G_BEGIN_DECLS

/* n_heads heads of `width` values into one row of a cache of this type. */
void bln_cache_row_store (BlnKvType         type,
                          const BlnKernels *kernels,
                          const float      *values,
                          gsize             n_heads,
                          gsize             width,
                          guint8           *row);

/* The first n values of a row of one head. */
void bln_cache_row_load (BlnKvType         type,
                         const BlnKernels *kernels,
                         const guint8     *row,
                         gsize             width,
                         gsize             n,
                         float            *values);

/* From a head's first byte to its first half. */
static inline gsize
bln_cache_to_scales (gsize n_heads, gsize width, gsize head)
{
  return bln_kv_scales_at (n_heads * width) + 2 * head * bln_kv_groups ((guint32) width)
         - head * width;
}

G_END_DECLS
