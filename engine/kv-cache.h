/* Keys and values of one sequence: for plain attention the rotated keys and the values, for
 * latent attention the normed latent and the rotated key part in one row, nothing else. Rows
 * are appended by position, so forgetting is setting a length. */
#pragma once

#include "weights.h"

G_BEGIN_DECLS

/* A row of Q8_0: a byte for each element, then a half for each 32 elements of a head (the last of
 * a head may have fewer), then nothing up to a multiple of sixteen bytes. The element is byte times
 * half. A latent with its rotated part counts as one head. */
#define BLN_KV_GROUP 32u

static inline guint32
bln_kv_groups (guint32 head_width)
{
  return (head_width + BLN_KV_GROUP - 1) / BLN_KV_GROUP;
}

/* Where the halves begin in a row of so many bytes. */
static inline gsize
bln_kv_scales_at (gsize width)
{
  return (width + 3) / 4 * 4;
}

typedef struct
{
  guint32 k_width, v_width;     /* elements of a row; v_width 0 for latent attention */
  gsize k_bytes, v_bytes;       /* from one position to the next */
  gsize k_offset, v_offset;     /* bytes from the start of the cache to position 0 */
} BlnKvLayer;

/* Where everything lies; the same for all caches of an engine. */
typedef struct
{
  BlnKvType type;               /* not AUTO */
  guint n_layers;               /* with those of MTP blocks, if they are used */
  guint32 n_context;
  BlnKvLayer *layers;           /* (owned) */
  gsize n_bytes;                /* of one cache at full context */
} BlnKvLayout;

typedef struct _BlnKvCache BlnKvCache;

/* Rows that live on a device: `data` is then but a copy of what was fetched. */
typedef struct
{
  void (*free) (BlnKvCache *cache);
  gboolean (*copy) (BlnKvCache       *cache,
                    const BlnKvCache *from,
                    gsize             n_positions,
                    GError          **error);
  /* Rows of the first n_positions positions into `data`, or from there. */
  gboolean (*fetch) (BlnKvCache *cache,
                     gsize       n_positions,
                     GError    **error);
  gboolean (*push) (BlnKvCache *cache,
                    gsize       n_positions,
                    GError    **error);
} BlnKvPlace;

struct _BlnKvCache
{
  const BlnKvLayout *layout;    /* not owned */
  guint8 *data;                 /* (owned) one anonymous mapping, present as used */
  const BlnKvPlace *place;      /* (nullable) where the rows are, if not in `data` */
  gpointer on_device;           /* the place's own */
};

void bln_kv_layout_init (BlnKvLayout      *layout,
                         const BlnConfig  *config,
                         BlnKvType         type,   /* not AUTO */
                         guint             n_layers,
                         guint32           n_context);
void bln_kv_layout_clear (BlnKvLayout *layout);
/* Bytes of one more position, all layers. */
gsize bln_kv_layout_row_bytes (const BlnKvLayout *layout);

/* MEMORY when the address space cannot be had. */
BlnKvCache *bln_kv_cache_new (const BlnKvLayout *layout,
                              GError           **error);
void bln_kv_cache_free (BlnKvCache *cache);

/* Takes it off its device. Its rows are lost. */
void bln_kv_cache_displace (BlnKvCache *cache);

static inline guint8 *
bln_kv_cache_k (const BlnKvCache *cache, guint layer, gsize position)
{
  const BlnKvLayer *l = &cache->layout->layers[layer];

  return cache->data + l->k_offset + position * l->k_bytes;
}

static inline guint8 *
bln_kv_cache_v (const BlnKvCache *cache, guint layer, gsize position)
{
  const BlnKvLayer *l = &cache->layout->layers[layer];

  return cache->data + l->v_offset + position * l->v_bytes;
}

/* Copies the rows of the first n_positions positions. Cannot fail but on a device. */
gboolean bln_kv_cache_copy (BlnKvCache       *cache,
                            const BlnKvCache *from,
                            gsize             n_positions,
                            GError          **error);
/* Before rows are read through bln_kv_cache_k and _v, and after they were written so. */
gboolean bln_kv_cache_fetch (BlnKvCache *cache,
                             gsize       n_positions,
                             GError    **error);
gboolean bln_kv_cache_push (BlnKvCache *cache,
                            gsize       n_positions,
                            GError    **error);

G_END_DECLS
