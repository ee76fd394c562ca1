/* A KV cache of Q8_0: its rows come back as halves where attention goes over tiles. Elsewhere
 * attention reads the bytes. */
#include "vulkan-run.h"

#include <glib/gi18n-lib.h>

#include "bln-engine.h"

#define LANES 64u

/* Heads and width of the keys, or values, of an op. */
typedef struct
{
  guint32 n_heads, head_width;
} Heads;

static Heads
heads_of (const BlnOp *op,
          gboolean     is_value)
{
  if (op->kind == BLN_OP_MLA)
    return (Heads){ is_value ? 0 : 1, op->mla.n_latent + op->mla.n_rope };
  return (Heads){ op->attention.n_head_kv,
                  is_value ? op->attention.n_value : op->attention.n_key };
}

guint32
bln_vk_to_scales (guint32 n_heads,
                  guint32 head_width)
{
  return (guint32) bln_kv_scales_at ((gsize) n_heads * head_width);
}

static BlnBytesPush
bytes_push (const BlnVkRun *run,
            const BlnOp    *op,
            gboolean        is_value)
{
  const BlnKvLayer *layer = &run->backend->layout->layers[op->cache_layer];
  const Heads heads = heads_of (op, is_value);

  return (BlnBytesPush){
    .n_heads = heads.n_heads, .head_width = heads.head_width,
    .head_groups = bln_kv_groups (heads.head_width),
    .first_byte = is_value ? (guint32) (layer->v_offset - layer->k_offset) : 0,
    .row_bytes = (guint32) (is_value ? layer->v_bytes : layer->k_bytes),
    .scales_at = bln_vk_to_scales (heads.n_heads, heads.head_width),
  };
}

guint64
bln_vk_decoded_size (const BlnVkBackend *backend,
                     const BlnOp        *op)
{
  const BlnKvLayer *layer;
  guint64 n_bytes;

  if (backend->layout->type != BLN_KV_Q8_0
      || (op->kind != BLN_OP_MLA && op->kind != BLN_OP_ATTENTION))
    return 0;
  layer = &backend->layout->layers[op->cache_layer];
  n_bytes = 2ull * backend->layout->n_context * (layer->k_width + layer->v_width);
  return n_bytes <= backend->device->info.max_storage_range ? n_bytes : 0;
}

static void
record_load (BlnVkRun           *run,
             const BlnOp        *op,
             const BlnVkBinding *cache,
             guint32             n_positions,
             gboolean            is_value)
{
  const BlnVkBackend *backend = run->backend;
  const BlnKvLayer *layer = &backend->layout->layers[op->cache_layer];
  const guint32 constants[] = { LANES };
  const BlnVkBinding bindings[] = { *cache, bln_vk_whole (&backend->tiles.decoded) };
  BlnBytesPush push = bytes_push (run, op, is_value);
  VkPipeline pipeline = bln_vk_run_pipeline (run, &bln_vk_shader_load_bytes, constants,
                                             G_N_ELEMENTS (constants));

  push.offset = is_value ? backend->layout->n_context * layer->k_width : 0;
  push.stride = is_value ? layer->v_width : layer->k_width;
  /* A grid's side may end at 65,535. */
  for (guint32 first = 0, n; pipeline != VK_NULL_HANDLE && first < n_positions; first += n)
    {
      n = MIN (n_positions - first, 32768u);
      if (first > 0)
        bln_vk_commands_beside (&run->commands);
      bln_vk_commands_dispatch (&run->commands, pipeline, bindings, G_N_ELEMENTS (bindings), &push,
                                sizeof push, (push.stride / 4 + LANES - 1) / LANES, n, 1);
      push.offset += n * push.stride;
      push.first_byte += n * push.row_bytes;
    }
}

BlnVkBinding
bln_vk_record_load_bytes (BlnVkRun           *run,
                          const BlnOp        *op,
                          const BlnSpan      *span,
                          const BlnVkBinding *cache,
                          guint32            *v_offset)
{
  const BlnVkBackend *backend = run->backend;
  const guint32 end = span->first_position + span->n_rows;

  /* Who attended before, perhaps for another span, is done with what was loaded. */
  bln_vk_commands_barrier (&run->commands);
  record_load (run, op, cache, end, FALSE);
  if (op->kind == BLN_OP_ATTENTION)
    {
      bln_vk_commands_beside (&run->commands);
      record_load (run, op, cache, end, TRUE);
    }
  bln_vk_commands_barrier (&run->commands);
  *v_offset = backend->layout->n_context * backend->layout->layers[op->cache_layer].k_width;
  return bln_vk_whole (&backend->tiles.decoded);
}

gboolean
bln_vk_bytes_fit (const BlnProgram *program,
                  GError          **error)
{
  for (guint i = 0; i < program->ops->len; i++)
    {
      const BlnOp *op = &g_array_index (program->ops, BlnOp, i);

      if ((op->kind == BLN_OP_MLA || op->kind == BLN_OP_ATTENTION)
          && (heads_of (op, FALSE).head_width % 4 != 0 || heads_of (op, TRUE).head_width % 4 != 0))
        {
          g_set_error_literal (error, BLN_ERROR, BLN_ERROR_UNSUPPORTED,
                               _("On a graphics card this model's keys and values cannot be kept "
                                 "in Q8_0: its heads are not a multiple of four wide. Choose F16."));
          return FALSE;
        }
    }
  return TRUE;
}
