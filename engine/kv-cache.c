#include "kv-cache.h"

#include <glib/gi18n-lib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

/* Each layer's rows begin on a page of their own, so that what is not used is not present. */
static gsize
round_to_page (gsize n)
{
  gsize page = (gsize) sysconf (_SC_PAGESIZE);

  return (n + page - 1) / page * page;
}

static gsize
row_bytes (BlnKvType type,
           guint32   n_heads,
           guint32   head_width)
{
  const gsize width = (gsize) n_heads * head_width;

  if (type == BLN_KV_Q8_0)
    return (bln_kv_scales_at (width) + 2 * n_heads * bln_kv_groups (head_width) + 15) / 16 * 16;
  return width * (type == BLN_KV_F32 ? 4 : 2);
}

void
bln_kv_layout_init (BlnKvLayout     *layout,
                    const BlnConfig *config,
                    BlnKvType        type,
                    guint            n_layers,
                    guint32          n_context)
{
  gsize offset = 0;

  layout->type = type;
  layout->n_layers = n_layers;
  layout->n_context = n_context;
  layout->layers = g_new0 (BlnKvLayer, n_layers);
  for (guint i = 0; i < n_layers; i++)
    {
      BlnKvLayer *layer = &layout->layers[i];

      layer->k_width = config->is_mla ? config->n_latent + config->n_rope
                       : config->n_head_kv[i] * config->n_key;
      layer->v_width = config->is_mla ? 0 : config->n_head_kv[i] * config->n_value;
      layer->k_bytes = config->is_mla ? row_bytes (type, 1, layer->k_width)
                       : row_bytes (type, config->n_head_kv[i], config->n_key);
      layer->v_bytes = config->is_mla ? 0
                       : row_bytes (type, config->n_head_kv[i], config->n_value);
      layer->k_offset = offset;
      offset += round_to_page (n_context * layer->k_bytes);
      layer->v_offset = offset;
      offset += round_to_page (n_context * layer->v_bytes);
    }
  layout->n_bytes = offset;
}

void
bln_kv_layout_clear (BlnKvLayout *layout)
{
  g_clear_pointer (&layout->layers, g_free);
}

gsize
bln_kv_layout_row_bytes (const BlnKvLayout *layout)
{
  gsize n = 0;

  for (guint i = 0; i < layout->n_layers; i++)
    n += layout->layers[i].k_bytes + layout->layers[i].v_bytes;
  return n;
}

BlnKvCache *
bln_kv_cache_new (const BlnKvLayout *layout,
                  GError           **error)
{
  BlnKvCache *cache;
  guint8 *data = mmap (NULL, layout->n_bytes, PROT_READ | PROT_WRITE,
                       MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);

  if (data == MAP_FAILED)
    {
      g_autofree char *size = g_format_size (layout->n_bytes);

      g_set_error (error, BLN_ERROR, BLN_ERROR_MEMORY,
                   _("A conversation of %u tokens needs %s of memory, which cannot be had. "
                     "Try a smaller context."), layout->n_context, size);
      return NULL;
    }
  cache = g_new0 (BlnKvCache, 1);
  cache->layout = layout;
  cache->data = data;
  return cache;
}

void
bln_kv_cache_displace (BlnKvCache *cache)
{
  if (cache->place != NULL)
    cache->place->free (cache);
  cache->place = NULL;
  cache->on_device = NULL;
}

void
bln_kv_cache_free (BlnKvCache *cache)
{
  bln_kv_cache_displace (cache);
  munmap (cache->data, cache->layout->n_bytes);
  g_free (cache);
}

gboolean
bln_kv_cache_fetch (BlnKvCache *cache,
                    gsize       n_positions,
                    GError    **error)
{
  return cache->place == NULL || cache->place->fetch (cache, n_positions, error);
}

gboolean
bln_kv_cache_push (BlnKvCache *cache,
                   gsize       n_positions,
                   GError    **error)
{
  return cache->place == NULL || cache->place->push (cache, n_positions, error);
}

gboolean
bln_kv_cache_copy (BlnKvCache       *cache,
                   const BlnKvCache *from,
                   gsize             n_positions,
                   GError          **error)
{
  const BlnKvLayout *layout = cache->layout;

  if (cache->place != NULL)
    return cache->place->copy (cache, from, n_positions, error);
  for (guint i = 0; i < layout->n_layers; i++)
    {
      const BlnKvLayer *layer = &layout->layers[i];

      memcpy (bln_kv_cache_k (cache, i, 0), bln_kv_cache_k (from, i, 0),
              n_positions * layer->k_bytes);
      memcpy (bln_kv_cache_v (cache, i, 0), bln_kv_cache_v (from, i, 0),
              n_positions * layer->v_bytes);
    }
  return TRUE;
}
