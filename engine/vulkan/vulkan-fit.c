#include "vulkan-fit.h"

#include "vulkan-hybrid.h"
#include "vulkan-stream.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* Sizes of the buffers, from the programs alone. */
static void
measure (BlnVkBackend            *backend,
         const BlnProgram *const *programs,
         guint                    n_programs)
{
  const BlnConfig *config = &backend->weights->config;
  const guint64 n = backend->n_batch;
  guint64 value_floats = 0, scratch_floats = 0, partial_floats = 0;

  for (guint p = 0; p < n_programs; p++)
    {
      value_floats = MAX (value_floats, programs[p]->row_floats);
      for (guint i = 0; i < programs[p]->ops->len; i++)
        {
          const BlnOp *op = &g_array_index (programs[p]->ops, BlnOp, i);

          scratch_floats = MAX (scratch_floats, bln_vk_scratch_floats (op));
          if (bln_feed_forward_begins (programs[p], i, backend->is_away))
            scratch_floats = MAX (scratch_floats, config->n_embd);
          partial_floats = MAX (partial_floats, bln_vk_partial_floats (op));
        }
    }
  backend->scratch = (guint32) ((value_floats * n + 63) / 64 * 64);
  backend->positions = (guint32) n;
  backend->angles = (guint32) (2 * n);
  backend->local_angles = backend->angles + (guint32) (n * config->rope.n_rot);
  backend->input = backend->local_angles + (guint32) (n * config->rope.n_rot);
  backend->counters = (guint32) ((backend->scratch + scratch_floats * n + 63) / 64 * 64);
  backend->sizes[0] = (backend->counters + BLN_VK_N_COUNTERS) * 4ull;
  backend->wishes = backend->input + (guint32) (n * config->n_embd);
  /* What the counters are cleared with comes this way too. */
  backend->sizes[1] = (backend->wishes + MAX (BLN_MAX_OUT * BLN_VK_WISH_WORDS, BLN_VK_N_COUNTERS))
                      * 4ull;
  backend->sizes[2] = (guint64) BLN_MAX_OUT * config->n_vocab * 4;
  backend->sizes[3] = n * config->n_embd * 4;
  backend->sizes[4] = partial_floats * BLN_VK_SPLITS * BLN_VK_RECORDED_ROWS * 4;
}

/* The largest buffer that a shader sees at once, but for weights and caches. */
static guint64
largest_binding (const BlnVkBackend *backend)
{
  guint64 most = 0;

  for (guint i = 0; i < G_N_ELEMENTS (backend->sizes); i++)
    most = MAX (most, backend->sizes[i]);
  for (guint i = 0; i < G_N_ELEMENTS (backend->tiles.sizes); i++)
    most = MAX (most, backend->tiles.sizes[i]);
  return most;
}

static void
measure_all (BlnVkBackend            *backend,
             const BlnProgram *const *programs,
             guint                    n_programs)
{
  measure (backend, programs, n_programs);
  memset (backend->tiles.sizes, 0, sizeof backend->tiles.sizes);
  bln_vk_tiles_measure (backend, programs, n_programs);
}

/* Sizes, with as many rows to a pass as bindings can span. */
static void
limit_rows (BlnVkBackend            *backend,
            const BlnProgram *const *programs,
            guint                    n_programs)
{
  measure_all (backend, programs, n_programs);
  while (largest_binding (backend) > backend->device->info.max_storage_range
         && backend->n_batch > 2)
    {
      backend->n_batch /= 2;
      measure_all (backend, programs, n_programs);
    }
}

guint64
bln_vk_activation_bytes (const BlnVkBackend *backend,
                         gboolean            on_card)
{
  return on_card ? backend->sizes[0] + backend->sizes[2] + backend->sizes[4]
                   + bln_vk_tiles_size (&backend->tiles) + backend->stream_bytes
                 : backend->sizes[1] + backend->sizes[2] + backend->sizes[3] + TRANSFER_BYTES
                   + bln_vk_choice_bytes (backend->weights->config.n_vocab);
}

static void
refuse (const BlnVkDevice *device,
        guint64            needed,
        guint64            available,
        GError           **error)
{
  g_autofree char *wanted = g_format_size (needed);
  g_autofree char *there = g_format_size (available);

  g_set_error (error, BLN_ERROR, BLN_ERROR_MEMORY,
               _("“%s” has %s of memory free and %s is needed. "
                 "Close other programs or choose a smaller model or context."),
               device->info.name, there, wanted);
}

/* Room for what long passes bring over, where system memory has room for two copies. */
static void
plan_stream (BlnVkBackend            *backend,
             const BlnProgram *const *programs,
             guint                    n_programs,
             guint64                  host_available)
{
  backend->stream_bytes = bln_vk_stream_size (backend, programs, n_programs,
                                              &backend->stream_host_bytes);
  if (2 * backend->stream_host_bytes > host_available / 4 * 3)
    backend->stream_bytes = backend->stream_host_bytes = 0;
}

gboolean
bln_vk_fit (BlnVkBackend            *backend,
            const BlnProgram *const *programs,
            guint                    n_programs,
            const BlnVkOptions      *options,
            GError                 **error)
{
  const BlnWeights *weights = backend->weights;
  guint64 total, available, needed;
  guint n_asked;

  bln_vk_device_get_budget (backend->device, &total, &available);
  backend->available = available - available / 10;
  for (guint i = 0; i < options->n_shortages; i++)
    available -= available / 5;
  available -= available / 10;
  for (n_asked = options->n_away;; n_asked++)
    {
      backend->n_away = bln_feed_forward_mark (weights, n_asked, backend->is_away);
      limit_rows (backend, programs, n_programs);
      plan_stream (backend, programs, n_programs, options->host_available);
      needed = bln_vk_model_size (weights, &backend->device->info, backend->is_away)
               + bln_vk_activation_bytes (backend, TRUE) + options->kv_bytes;
      if (needed <= available || backend->n_away < n_asked
          || n_asked >= weights->config.n_blocks)
        break;
    }
  /* A plan may say that it does not fit. */
  if (needed <= available || options->is_plan)
    return TRUE;
  refuse (backend->device, needed, available, error);
  return FALSE;
}
