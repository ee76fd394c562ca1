/* The KV cache of a sequence in device memory. */
#include "vulkan-run.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "bln-engine.h"

/* Layers in their order, as many to a buffer as one allocation may hold. */
typedef struct
{
  BlnVkBuffer buffer;
  guint first_layer;
  gsize first_byte; /* of the cache, that stands at the buffer's start */
} Part;

typedef struct
{
  BlnVkBackend *backend;
  GArray *parts;    /* (owned) of Part */
} Cache;

static gsize
end_of_layer (const BlnKvLayout *layout,
              guint              layer)
{
  return layer + 1 < layout->n_layers ? layout->layers[layer + 1].k_offset : layout->n_bytes;
}

static const Part *
part_of (const BlnKvCache *cache,
         guint             layer)
{
  const GArray *parts = ((const Cache *) cache->on_device)->parts;
  guint i = parts->len - 1;

  while (g_array_index (parts, Part, i).first_layer > layer)
    i--;
  return &g_array_index (parts, Part, i);
}

BlnVkBinding
bln_vk_cache_layer (const BlnVkBackend *backend,
                    const BlnKvCache   *cache,
                    guint               layer)
{
  static const BlnVkBuffer none;
  const BlnKvLayer *l = &backend->layout->layers[layer];
  const guint64 n = backend->layout->n_context;
  const guint64 n_bytes = l->v_bytes > 0 ? l->v_offset - l->k_offset + n * l->v_bytes
                                         : n * l->k_bytes;
  const Part *part;

  if (cache->on_device == NULL)
    return (BlnVkBinding){ &none, 0, n_bytes };
  part = part_of (cache, layer);
  return (BlnVkBinding){ &part->buffer, l->k_offset - part->first_byte, n_bytes };
}

gboolean
bln_vk_check_cache (const BlnVkBackend *backend,
                    GError            **error)
{
  const BlnKvLayout *layout = backend->layout;
  const BlnVkDeviceInfo *info = &backend->device->info;

  for (guint i = 0; i < layout->n_layers; i++)
    if (bln_vk_cache_layer (backend, &(BlnKvCache){ 0 }, i).n_bytes
        > MIN (info->max_storage_range, info->max_allocation))
      {
        g_set_error (error, BLN_ERROR, BLN_ERROR_MEMORY,
                     _("A conversation of %u tokens is more than “%s” can take in at once. "
                       "Try a smaller context."), layout->n_context, info->name);
        return FALSE;
      }
  return TRUE;
}

static void
cache_free (BlnKvCache *cache)
{
  Cache *own = cache->on_device;

  bln_vk_recorded_forget (own->backend, cache);
  for (guint i = 0; i < own->parts->len; i++)
    bln_vk_buffer_clear (&g_array_index (own->parts, Part, i).buffer);
  g_array_unref (own->parts);
  g_free (own);
}

/* Calls `func` for the stretches that hold the first n_positions positions: where each is in its
 * part's buffer, and where in the cache. */
typedef gboolean (*StretchFunc) (BlnKvCache *cache,
                                 guint       layer,
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
      const gsize k = n_positions * layer->k_bytes;
      const gsize v = n_positions * layer->v_bytes;

      if (!func (cache, i, layer->k_offset, k, user_data, error)
          || (v > 0 && !func (cache, i, layer->v_offset, v, user_data, error)))
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
              guint       layer,
              gsize       offset,
              gsize       n_bytes,
              gpointer    user_data,
              GError    **error)
{
  const Part *to = part_of (cache, layer), *from = part_of (user_data, layer);

  return copy_now (((Cache *) cache->on_device)->backend, &from->buffer,
                   offset - from->first_byte, &to->buffer, offset - to->first_byte, n_bytes,
                   error);
}

static gboolean
fetch_stretch (BlnKvCache *cache,
               guint       layer,
               gsize       offset,
               gsize       n_bytes,
               gpointer    user_data,
               GError    **error)
{
  BlnVkBackend *backend = ((Cache *) cache->on_device)->backend;
  const Part *part = part_of (cache, layer);

  for (gsize done = 0, n; done < n_bytes; done += n)
    {
      n = MIN (n_bytes - done, TRANSFER_BYTES);
      if (!copy_now (backend, &part->buffer, offset - part->first_byte + done,
                     &backend->transfer, 0, n, error))
        return FALSE;
      memcpy (cache->data + offset + done, backend->transfer.mapped, n);
    }
  return TRUE;
}

static gboolean
push_stretch (BlnKvCache *cache,
              guint       layer,
              gsize       offset,
              gsize       n_bytes,
              gpointer    user_data,
              GError    **error)
{
  BlnVkBackend *backend = ((Cache *) cache->on_device)->backend;
  const Part *part = part_of (cache, layer);

  for (gsize done = 0, n; done < n_bytes; done += n)
    {
      n = MIN (n_bytes - done, TRANSFER_BYTES);
      memcpy (backend->transfer.mapped, cache->data + offset + done, n);
      if (!copy_now (backend, &backend->transfer, 0, &part->buffer,
                     offset - part->first_byte + done, n, error))
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

/* BLN_VK_CACHE_BYTES is for tests. */
static guint64
most_bytes (const BlnVkDevice *device)
{
  const char *text = g_getenv ("BLN_VK_CACHE_BYTES");

  return text != NULL ? g_ascii_strtoull (text, NULL, 10) : device->info.max_allocation;
}

static gboolean
add_parts (Cache   *own,
           GError **error)
{
  const BlnKvLayout *layout = own->backend->layout;
  const guint64 most = most_bytes (own->backend->device);

  for (guint first = 0, end; first < layout->n_layers; first = end)
    {
      Part part = { .first_layer = first, .first_byte = layout->layers[first].k_offset };

      for (end = first + 1; end < layout->n_layers
                            && end_of_layer (layout, end) - part.first_byte <= most;)
        end++;
      if (!bln_vk_buffer_init (&part.buffer, own->backend->device, BLN_VK_DEVICE,
                               end_of_layer (layout, end - 1) - part.first_byte, error))
        return FALSE;
      g_array_append_val (own->parts, part);
    }
  return TRUE;
}

gboolean
bln_vk_place_cache (BlnBackend *base,
                    BlnKvCache *cache,
                    GError    **error)
{
  Cache *own = g_new0 (Cache, 1);

  own->backend = (BlnVkBackend *) base;
  own->parts = g_array_new (FALSE, FALSE, sizeof (Part));
  cache->on_device = own;
  cache->place = &place;
  if (add_parts (own, error))
    return TRUE;
  bln_kv_cache_displace (cache);
  return FALSE;
}
