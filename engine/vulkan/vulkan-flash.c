/* Attention of many rows of a sequence over tiles of keys (shaders/flash*.comp). Latent attention
 * is decompressed for it: keys and values of all heads are made from the cached latents once for
 * all rows, which from some 171 rows on is less work than to attend to latents. */
#include "vulkan-tiles.h"

/* Fewer rows attend one by one. */
#define FLASH_ROWS 32u
/* Keys and values made of latents at a time; as many heads as there is room for. */
#define EXPANDED_BYTES (256ull << 20)
#define PLAIN_LANES 64u
#define PLAIN_ROWS 16u
#define SUBGROUPS 4u
#define MATRIX_COLUMNS 32u

/* What both forms want to know. */
typedef struct
{
  guint32 n_key, n_key2, n_value; /* the key's second part stands in `others` */
  BlnVkBinding keys, others;      /* values stand with the keys */
  gboolean by_matrix;
  gboolean keys_are_halves, others_are_halves;
} Flash;

static gboolean
is_for_units (const BlnVkBackend *backend,
              guint32             n_key,
              guint32             n_key2,
              guint32             n_value)
{
  const gsize bytes = MATRIX_COLUMNS * (n_key + n_value + 16) * 2 + SUBGROUPS * 16 * 224;

  return backend->has_matrix_units && backend->layout->type != BLN_KV_F32 && n_key % 16 == 0
         && n_key2 % 16 == 0 && n_value % 16 == 0 && n_key <= 256 && n_value <= 256
         && bytes <= backend->device->info.shared_memory;
}

static gboolean
is_for_lanes (const BlnVkBackend *backend,
              guint32             n_key)
{
  return (2 * PLAIN_ROWS * (n_key + 1) + PLAIN_ROWS * (PLAIN_ROWS + 3)) * 4
           <= backend->device->info.shared_memory;
}

/* Bytes of the decompressed keys and values of one head at one position. */
static guint64
expanded_bytes (const BlnVkBackend *backend,
                const BlnMlaShape  *shape)
{
  const gboolean by_matrix = is_for_units (backend, shape->n_nope + shape->n_rope, shape->n_rope,
                                           shape->n_value);

  return (guint64) (shape->n_nope + shape->n_value) * (by_matrix ? 2 : 4);
}

guint64
bln_vk_expanded_size (const BlnVkBackend *backend,
                      const BlnOp        *op)
{
  const guint64 limit = MIN (EXPANDED_BYTES, backend->device->info.max_storage_range);
  guint64 head;

  if (op->kind != BLN_OP_MLA)
    return 0;
  head = backend->layout->n_context * expanded_bytes (backend, &op->mla);
  return head > limit ? 0 : MIN (limit / head, op->mla.n_head) * head;
}

gboolean
bln_vk_takes_flash (const BlnVkRun *run,
                    const BlnOp    *op,
                    const BlnSpan  *span)
{
  const BlnVkBackend *backend = run->backend;
  const BlnMlaShape *mla = &op->mla;

  if (!backend->has_tiles || span->n_rows < FLASH_ROWS
      || (backend->layout->type == BLN_KV_Q8_0 && bln_vk_decoded_size (backend, op) == 0))
    return FALSE;
  if (op->kind == BLN_OP_ATTENTION)
    return is_for_units (backend, op->attention.n_key, 0, op->attention.n_value)
           || is_for_lanes (backend, op->attention.n_key);
  return mla->n_latent % 32 == 0 && bln_vk_expanded_size (backend, op) > 0
         && (is_for_units (backend, mla->n_nope + mla->n_rope, mla->n_rope, mla->n_value)
             || is_for_lanes (backend, mla->n_nope + mla->n_rope));
}

static void
record_flash (BlnVkRun            *run,
              const BlnSpan       *span,
              const Flash         *flash,
              BlnFlashPush         push,
              guint                n_heads)
{
  BlnVkBackend *backend = run->backend;
  const guint32 subgroup = bln_vk_subgroup (run);
  const guint32 by_matrix[] = { SUBGROUPS * subgroup, flash->n_key, flash->n_key2, flash->n_value,
                                SUBGROUPS, subgroup };
  const guint32 plain[] = { PLAIN_LANES, flash->n_key, flash->n_key2, flash->n_value,
                            flash->keys_are_halves, flash->others_are_halves,
                            (flash->n_value + PLAIN_LANES - 1) / PLAIN_LANES };
  const BlnVkBinding bindings[] = { bln_vk_whole (&backend->arena), flash->keys, flash->others };
  const guint32 tile = flash->by_matrix ? 16 * SUBGROUPS : PLAIN_ROWS;
  VkPipeline pipeline
    = flash->by_matrix
        ? bln_vk_run_pipeline (run, &bln_vk_shader_flash_matrix, by_matrix,
                               G_N_ELEMENTS (by_matrix))
        : bln_vk_run_pipeline (run, &bln_vk_shader_flash, plain, G_N_ELEMENTS (plain));

  push.n_rows = span->n_rows;
  push.first_row = span->first_row;
  push.first_position = span->first_position;
  if (pipeline != VK_NULL_HANDLE)
    bln_vk_commands_dispatch (&run->commands, pipeline, bindings, G_N_ELEMENTS (bindings), &push,
                              sizeof push, n_heads, (span->n_rows + tile - 1) / tile, 1);
}

void
bln_vk_record_flash_attention (BlnVkRun           *run,
                               const BlnOp        *op,
                               const BlnSpan      *span,
                               const BlnVkBinding *cache,
                               guint32             v_offset)
{
  const BlnAttentionShape *shape = &op->attention;
  const BlnKvLayer *layer = &run->backend->layout->layers[op->cache_layer];
  const Flash flash = {
    .n_key = shape->n_key, .n_value = shape->n_value, .keys = *cache, .others = *cache,
    .by_matrix = is_for_units (run->backend, shape->n_key, 0, shape->n_value),
    .keys_are_halves = run->backend->layout->type != BLN_KV_F32,
  };

  record_flash (run, span, &flash, (BlnFlashPush){
    .heads_per_kv = shape->n_head / shape->n_head_kv, .n_window = shape->n_window,
    .scale = shape->scale,
    .q_offset = bln_vk_value (run, op->in), .q_stride = bln_vk_stride (run, op->in),
    .q_head = shape->n_key,
    .k_stride = layer->k_width, .k_head = shape->n_key,
    .v_offset = v_offset, .v_stride = layer->v_width, .v_head = shape->n_value,
    .out_offset = bln_vk_value (run, op->out), .out_stride = bln_vk_stride (run, op->out),
    .out_head = shape->n_value,
  }, shape->n_head);
}

/* ---- latent attention, decompressed ---- */

/* One of the factors of heads [first, first + n) for all positions before `end`: keys without
 * their rotated part, or values, or both where they stand in one weight. */
static void
record_expand (BlnVkRun           *run,
               const BlnOp        *op,
               const BlnVkBinding *cache,
               gboolean            to_halves,
               const BlnWeight    *weight,
               guint32             out_offset,
               guint32             n_out,
               guint32             first_head,
               guint32             n_heads,
               guint32             end)
{
  const BlnMlaShape *shape = &op->mla;
  const BlnVkBackend *backend = run->backend;
  const gboolean is_transposed = weight == shape->k_b;
  const guint32 head = shape->n_nope + shape->n_value;
  const gboolean in_halves = backend->layout->type != BLN_KV_F32;
  const BlnVkTile tile = bln_vk_tile (in_halves && bln_vk_is_for_matrix_units (backend, weight),
                                      end <= 1024 ? 64 : 128);
  const BlnVkTileProduct product = {
    .mode = BLN_VK_PLAIN, .tile = tile,
    .by_matrix = in_halves && bln_vk_is_for_matrix_units (backend, weight),
    .in_halves = in_halves, .out_halves = to_halves, .is_transposed = is_transposed,
    .in = { *cache, backend->layout->layers[op->cache_layer].k_width },
    .result = &backend->tiles.expanded, .n_y = (end + tile.columns - 1) / tile.columns,
    .n_z = n_heads,
  };
  BlnTilesPush push = bln_vk_tiles_push ();

  push.n_columns = end;
  push.n_out = n_out;
  push.slab_rows = is_transposed ? shape->n_latent : n_out;
  push.first_slab = first_head;
  push.out_offset = out_offset;
  push.out_stride = n_heads * head;
  push.out_slab = head;
  bln_vk_record_tiles (run, &product, weight, NULL, push);
}

static void
record_heads (BlnVkRun           *run,
              const BlnOp        *op,
              const BlnSpan      *span,
              const BlnVkBinding *cache,
              guint32             first_head,
              guint32             n_heads)
{
  const BlnMlaShape *shape = &op->mla;
  const BlnVkBackend *backend = run->backend;
  const BlnKvLayer *layer = &backend->layout->layers[op->cache_layer];
  const guint32 head = shape->n_nope + shape->n_value;
  const guint32 end = span->first_position + span->n_rows;
  const gboolean by_matrix = is_for_units (backend, shape->n_nope + shape->n_rope, shape->n_rope,
                                           shape->n_value);
  const Flash flash = {
    .n_key = shape->n_nope + shape->n_rope, .n_key2 = shape->n_rope, .n_value = shape->n_value,
    .keys = bln_vk_whole (&backend->tiles.expanded), .others = *cache, .by_matrix = by_matrix,
    .keys_are_halves = by_matrix, .others_are_halves = backend->layout->type != BLN_KV_F32,
  };

  if (shape->k_b != NULL)
    {
      record_expand (run, op, cache, by_matrix, shape->k_b, 0, shape->n_nope, first_head, n_heads,
                     end);
      bln_vk_commands_beside (&run->commands);
      record_expand (run, op, cache, by_matrix, shape->v_b, shape->n_nope, shape->n_value,
                     first_head, n_heads, end);
    }
  else
    record_expand (run, op, cache, by_matrix, shape->kv_b, 0, head, first_head, n_heads, end);
  bln_vk_commands_barrier (&run->commands);
  record_flash (run, span, &flash, (BlnFlashPush){
    .heads_per_kv = 1, .scale = shape->scale, .first_head = first_head,
    .q_offset = bln_vk_value (run, op->in), .q_stride = bln_vk_stride (run, op->in),
    .q_head = shape->n_nope + shape->n_rope,
    .k_stride = n_heads * head, .k_head = head,
    .k2_offset = shape->n_latent, .k2_stride = layer->k_width,
    .v_offset = shape->n_nope, .v_stride = n_heads * head, .v_head = head,
    .out_offset = bln_vk_value (run, op->out), .out_stride = bln_vk_stride (run, op->out),
    .out_head = shape->n_value,
    .temperature_scale = shape->temperature_scale,
    .temperature_length = shape->temperature_length,
  }, n_heads);
}

void
bln_vk_record_flash_mla (BlnVkRun           *run,
                         const BlnOp        *op,
                         const BlnSpan      *span,
                         const BlnVkBinding *cache)
{
  const guint64 end = span->first_position + span->n_rows;
  const guint64 head = end * expanded_bytes (run->backend, &op->mla);
  const guint32 most = (guint32) MIN (run->backend->tiles.sizes[5] / head, op->mla.n_head);
  /* In rounds of as many heads each: a last one of few would leave processors idle. */
  const guint32 n_rounds = (op->mla.n_head + most - 1) / most;
  const guint32 together = (op->mla.n_head + n_rounds - 1) / n_rounds;

  for (guint32 first = 0; first < op->mla.n_head; first += together)
    {
      /* Who attended before, perhaps for another span, is done with what was expanded. */
      bln_vk_commands_barrier (&run->commands);
      record_heads (run, op, span, cache, first, MIN (together, op->mla.n_head - first));
    }
}
