/* The KV cache of a sequence in device memory. */
#include "vulkan-run.h"

#include <string.h>

typedef struct
{
  BlnVkBackend *backend;
  BlnVkBuffer buffer;
} Cache;

const BlnVkBuffer *
bln_vk_cache_buffer (const BlnKvCache *cache)
{
  static const BlnVkBuffer none;

  return cache->on_device != NULL ? &((const Cache *) cache->on_device)->buffer : &none;
}

static void
cache_free (BlnKvCache *cache)
{
  Cache *own = cache->on_device;

  bln_vk_recorded_forget (own->backend, cache);
  bln_vk_buffer_clear (&own->buffer);
  g_free (own);
}

/* Calls `func` for the stretches that hold the first n_positions positions. */
typedef gboolean (*StretchFunc) (BlnKvCache *cache,
                                 gsize       offset,
                                 gsize       n_bytes,
                                 gpointer    user_data,
                                 GError    **error);

static gboolean
foreach_stretch (BlnKvCache *cache,
                 gsize       n_positions,
                 StretchFunc func,
                 gpointer    user_data,
                 GError    **error)
{
  const BlnKvLayout *layout = cache->layout;

  for (guint i = 0; i < layout->n_layers && n_positions > 0; i++)
    {
      const BlnKvLayer *layer = &layout->layers[i];
      const gsize k = n_positions * layer->k_width * layout->element_bytes;
      const gsize v = n_positions * layer->v_width * layout->element_bytes;

      if (!func (cache, layer->k_offset, k, user_data, error)
          || (v > 0 && !func (cache, layer->v_offset, v, user_data, error)))
        return FALSE;
    }
  return TRUE;
}

static gboolean
copy_now (BlnVkBackend      *backend,
          const BlnVkBuffer *from,
          gsize              from_offset,
          const BlnVkBuffer *to,
          gsize              to_offset,
          gsize              n_bytes,
          GError           **error)
{
  BlnVkRun run = { .backend = backend };

  if (!bln_vk_run_begin (&run, error))
    return FALSE;
  bln_vk_commands_copy (&run.commands, from, from_offset, to, to_offset, n_bytes);
  return bln_vk_run_submit_and_wait (&run, error);
}

static gboolean
copy_stretch (BlnKvCache *cache,
              gsize       offset,
              gsize       n_bytes,
              gpointer    user_data,
              GError    **error)
{
  const BlnKvCache *from = user_data;

  return copy_now (((Cache *) cache->on_device)->backend, bln_vk_cache_buffer (from), offset,
                   bln_vk_cache_buffer (cache), offset, n_bytes, error);
}

static gboolean
fetch_stretch (BlnKvCache *cache,
               gsize       offset,
               gsize       n_bytes,
               gpointer    user_data,
               GError    **error)
{
  BlnVkBackend *backend = ((Cache *) cache->on_device)->backend;

  for (gsize done = 0, n; done < n_bytes; done += n)
    {
      n = MIN (n_bytes - done, TRANSFER_BYTES);
      if (!copy_now (backend, bln_vk_cache_buffer (cache), offset + done, &backend->transfer, 0,
                     n, error))
        return FALSE;
      memcpy (cache->data + offset + done, backend->transfer.mapped, n);
    }
  return TRUE;
}

static gboolean
push_stretch (BlnKvCache *cache,
              gsize       offset,
              gsize       n_bytes,
              gpointer    user_data,
              GError    **error)
{
  BlnVkBackend *backend = ((Cache *) cache->on_device)->backend;

  for (gsize done = 0, n; done < n_bytes; done += n)
    {
      n = MIN (n_bytes - done, TRANSFER_BYTES);
      memcpy (backend->transfer.mapped, cache->data + offset + done, n);
      if (!copy_now (backend, &backend->transfer, 0, bln_vk_cache_buffer (cache), offset + done,
                     n, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
cache_copy (BlnKvCache       *cache,
            const BlnKvCache *from,
            gsize             n_positions,
            GError          **error)
{
  return foreach_stretch (cache, n_positions, copy_stretch, (gpointer) from, error);
}

static gboolean
cache_fetch (BlnKvCache *cache,
             gsize       n_positions,
             GError    **error)
{
  return foreach_stretch (cache, n_positions, fetch_stretch, NULL, error);
}

static gboolean
cache_push (BlnKvCache *cache,
            gsize       n_positions,
            GError    **error)
{
  return foreach_stretch (cache, n_positions, push_stretch, NULL, error);
}

static const BlnKvPlace place = { cache_free, cache_copy, cache_fetch, cache_push };

gboolean
bln_vk_place_cache (BlnBackend *base,
                    BlnKvCache *cache,
                    GError    **error)
{
  BlnVkBackend *backend = (BlnVkBackend *) base;
  Cache *own = g_new0 (Cache, 1);

  own->backend = backend;
  if (!bln_vk_buffer_init (&own->buffer, backend->device, BLN_VK_DEVICE,
                           backend->layout->n_bytes, error))
    {
      g_free (own);
      return FALSE;
    }
  cache->on_device = own;
  cache->place = &place;
  return TRUE;
}
