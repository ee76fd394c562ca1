/* Attention in both forms: heads are normed and rotated, new rows go into the cache, then each
 * head of each row attends. */
#include "vulkan-run.h"

/* As shaders/cached.glsl numbers them. */
static guint32
cache_type (const BlnVkBackend *backend)
{
  return backend->layout->type == BLN_KV_F32 ? 0 : backend->layout->type == BLN_KV_F16 ? 1 : 2;
}

static gboolean
is_bytes (const BlnVkRun *run)
{
  return run->backend->layout->type == BLN_KV_Q8_0;
}

static guint32
per_lane (const BlnVkRun *run,
          guint32         n)
{
  const guint32 width = bln_vk_subgroup (run);

  return (n + width - 1) / width;
}

static void
record_rope (BlnVkRun           *run,
             const BlnSpan      *span,
             const BlnVkBinding *cache, /* (nullable) into the arena */
             BlnRopePush         push,
             guint               n_heads)
{
  BlnVkBackend *backend = run->backend;
  const guint32 to_cache = cache == NULL ? 0 : cache_type (backend) + 1;
  const guint32 subgroup = bln_vk_subgroup (run);
  const guint32 subgroups = backend->is_narrow ? 1 : MIN ((push.n_width + subgroup - 1) / subgroup,
                                                          256 / subgroup);
  const guint32 width = subgroup * subgroups;
  const guint32 constants[] = { width, (push.n_width + width - 1) / width, to_cache, subgroups,
                                to_cache == 3 ? push.n_width : 1 };
  const BlnVkBinding bindings[] = {
    bln_vk_whole (&backend->arena), bln_vk_whole (&backend->model->parameters),
    bln_vk_whole (&backend->step), cache != NULL ? *cache : bln_vk_whole (&backend->arena),
  };
  VkPipeline pipeline = bln_vk_run_pipeline (run, &bln_vk_shader_rope, constants,
                                             G_N_ELEMENTS (constants));

  push.positions = backend->positions;
  push.first_row = span->first_row;
  if (pipeline != VK_NULL_HANDLE)
    bln_vk_commands_dispatch (&run->commands, pipeline, bindings, G_N_ELEMENTS (bindings), &push,
                              sizeof push, n_heads, span->n_rows, 1);
}

/* Queries and sums of a lane that registers hold: what is too much goes to memory of its own. */
#define MAX_NUMBERS 96u

/* Heads that a workgroup takes together: they must share their keys. */
static guint32
heads_together (guint32 heads_per_kv,
                guint32 numbers) /* of a lane for each */
{
  for (guint32 n = MIN (heads_per_kv, 4); n > 1; n--)
    if (heads_per_kv % n == 0 && n * numbers <= MAX_NUMBERS)
      return n;
  return 1;
}

static void
record_merge (BlnVkRun            *run,
              const BlnSpan       *span,
              const BlnAttendPush *push,
              guint32              n_value,
              guint                n_heads)
{
  BlnVkBackend *backend = run->backend;
  const guint32 constants[] = { 128, n_value, BLN_VK_SPLITS };
  const BlnVkBinding bindings[] = { bln_vk_whole (&backend->arena),
                                    bln_vk_whole (&backend->partials),
                                    bln_vk_whole (&backend->step) };
  VkPipeline pipeline = bln_vk_run_pipeline (run, &bln_vk_shader_merge, constants,
                                             G_N_ELEMENTS (constants));

  if (pipeline != VK_NULL_HANDLE)
    bln_vk_commands_dispatch (&run->commands, pipeline, bindings, G_N_ELEMENTS (bindings), push,
                              sizeof *push, n_heads, span->n_rows, 1);
}

/* For cards: stretches of the sequence side by side, several heads to a cache row. Passes of
 * many rows have workgroups enough without stretches. */
static void
record_attend_split (BlnVkRun            *run,
                     const BlnSpan       *span,
                     const BlnVkBinding  *cache,
                     const BlnAttendPush *push,
                     guint32              n_key,
                     guint32              n_value,
                     guint                n_heads)
{
  BlnVkBackend *backend = run->backend;
  const guint32 heads = heads_together (push->heads_per_kv,
                                        per_lane (run, n_key) + per_lane (run, n_value));
  const guint32 n_splits = run->batch->n_rows <= BLN_VK_RECORDED_ROWS ? BLN_VK_SPLITS : 1;
  const guint32 constants[] = { 256, per_lane (run, n_key), per_lane (run, n_value), n_key,
                                n_value, cache_type (backend), heads, n_splits };
  const BlnVkBinding bindings[] = { bln_vk_whole (&backend->arena), *cache,
                                    bln_vk_whole (&backend->step),
                                    bln_vk_whole (&backend->partials) };
  VkPipeline pipeline = bln_vk_run_pipeline (run, &bln_vk_shader_attend_split, constants,
                                             G_N_ELEMENTS (constants));

  if (pipeline == VK_NULL_HANDLE)
    return;
  bln_vk_commands_dispatch (&run->commands, pipeline, bindings, G_N_ELEMENTS (bindings), push,
                            sizeof *push, n_heads / heads, span->n_rows, n_splits);
  if (n_splits == 1)
    return;
  bln_vk_commands_barrier (&run->commands);
  record_merge (run, span, push, n_value, n_heads);
}

static void
record_attend (BlnVkRun           *run,
               const BlnSpan      *span,
               const BlnVkBinding *cache,
               BlnAttendPush       push,
               guint32             n_key,
               guint32             n_value,
               guint               n_heads)
{
  BlnVkBackend *backend = run->backend;
  const guint32 constants[] = { bln_vk_subgroup (run), per_lane (run, n_key),
                                per_lane (run, n_value), n_key, n_value,
                                cache_type (backend) };
  const BlnVkBinding bindings[] = { bln_vk_whole (&backend->arena), *cache,
                                    bln_vk_whole (&backend->step) };
  VkPipeline pipeline;

  push.positions = backend->positions;
  push.first_row = span->first_row;
  if (!backend->is_narrow)
    {
      record_attend_split (run, span, cache, &push, n_key, n_value, n_heads);
      return;
    }
  pipeline = bln_vk_run_pipeline (run, &bln_vk_shader_attend, constants,
                                  G_N_ELEMENTS (constants));
  if (pipeline != VK_NULL_HANDLE)
    bln_vk_commands_dispatch (&run->commands, pipeline, bindings, G_N_ELEMENTS (bindings), &push,
                              sizeof push, n_heads, span->n_rows, 1);
}

static guint32
angles_of (const BlnVkRun *run,
           const BlnRope  *rope)
{
  return rope == &run->backend->weights->config.rope_local ? run->backend->local_angles
                                                           : run->backend->angles;
}

/* ---- grouped queries ---- */

static BlnRopePush
head_push (const BlnVkRun          *run,
           const BlnOp             *op,
           BlnValue                 in,
           guint32                  width,
           const BlnWeight         *norm)
{
  const BlnAttentionShape *shape = &op->attention;

  return (BlnRopePush){
    .n_width = width, .n_rot = shape->rope->n_rot, .is_neox = shape->rope->is_neox,
    .in_offset = bln_vk_value (run, in), .in_stride = bln_vk_stride (run, in), .in_head = width,
    .norm_width = norm != NULL ? width : 0, .norm = bln_vk_parameters (run, norm),
    .eps = op->eps, .angles = angles_of (run, shape->rope),
  };
}

static BlnRopePush
in_place (BlnRopePush push)
{
  push.out_offset = push.in_offset;
  push.out_stride = push.in_stride;
  push.out_head = push.in_head;
  return push;
}

static void
record_span (BlnVkRun      *run,
             const BlnOp   *op,
             const BlnSpan *span,
             gboolean       is_first)
{
  const BlnAttentionShape *shape = &op->attention;
  const BlnKvLayer *layer = &run->backend->layout->layers[op->cache_layer];
  const BlnVkBinding cache = bln_vk_cache_layer (run->backend, span->cache, op->cache_layer);
  BlnRopePush q = head_push (run, op, op->in, shape->n_key, shape->q_norm);
  BlnRopePush k = head_push (run, op, op->in2, shape->n_key, shape->k_norm);
  BlnRopePush v = head_push (run, op, op->in3, shape->n_value, NULL);
  const guint32 element_bytes = is_bytes (run) ? 1 : (guint32) (layer->k_bytes / layer->k_width);
  const guint32 k_stride = (guint32) (layer->k_bytes / element_bytes);
  const guint32 v_stride = (guint32) (layer->v_bytes / element_bytes);
  guint32 v_offset = (guint32) ((layer->v_offset - layer->k_offset) / element_bytes);

  if (is_first)
    {
      q = in_place (q);
      k.out_stride = k_stride;
      k.out_head = shape->n_key;
      k.out_scales = bln_vk_to_scales (shape->n_head_kv, shape->n_key);
      v.n_rot = 0;
      v.out_offset = v_offset;
      v.out_stride = v_stride;
      v.out_head = shape->n_value;
      v.out_scales = bln_vk_to_scales (shape->n_head_kv, shape->n_value);
      record_rope (run, span, NULL, q, shape->n_head);
      bln_vk_commands_beside (&run->commands);
      record_rope (run, span, &cache, k, shape->n_head_kv);
      bln_vk_commands_beside (&run->commands);
      record_rope (run, span, &cache, v, shape->n_head_kv);
      return;
    }
  if (bln_vk_takes_flash (run, op, span))
    {
      const BlnVkBinding halves = is_bytes (run) ? bln_vk_record_load_bytes (run, op, span, &cache,
                                                                             &v_offset) : cache;

      bln_vk_record_flash_attention (run, op, span, &halves, v_offset);
      return;
    }
  record_attend (run, span, &cache, (BlnAttendPush){
    .heads_per_kv = shape->n_head / shape->n_head_kv, .n_window = shape->n_window,
    .scale = shape->scale,
    .q_offset = q.in_offset, .q_stride = q.in_stride, .q_head = shape->n_key,
    .k_stride = k_stride, .k_head = shape->n_key,
    .v_offset = v_offset, .v_stride = v_stride, .v_head = shape->n_value,
    .k_scales = bln_vk_to_scales (shape->n_head_kv, shape->n_key),
    .v_scales = bln_vk_to_scales (shape->n_head_kv, shape->n_value),
    .out_offset = bln_vk_value (run, op->out), .out_stride = bln_vk_stride (run, op->out),
    .out_head = shape->n_value,
  }, shape->n_key, shape->n_value, shape->n_head);
}

void
bln_vk_record_attention (BlnVkRun    *run,
                         const BlnOp *op)
{
  for (guint i = 0; i < run->batch->n_spans; i++)
    {
      if (i > 0)
        bln_vk_commands_beside (&run->commands);
      record_span (run, op, &run->batch->spans[i], TRUE);
    }
  bln_vk_commands_barrier (&run->commands);
  for (guint i = 0; i < run->batch->n_spans; i++)
    {
      if (i > 0)
        bln_vk_commands_beside (&run->commands);
      record_span (run, op, &run->batch->spans[i], FALSE);
    }
}

/* ---- latent attention, absorbed ---- */

/* Scratch of a row: for each head the query in latent space with its rotated part behind,
 * then for each head the latent that it found. */
typedef struct
{
  guint32 query, query_stride, query_head;
  guint32 found, found_stride;
} Latent;

static Latent
latent_scratch (const BlnVkRun    *run,
                const BlnMlaShape *shape)
{
  const guint32 row = shape->n_latent + shape->n_rope;

  return (Latent){
    .query = run->backend->scratch, .query_stride = shape->n_head * row, .query_head = row,
    .found = run->backend->scratch + run->batch->n_rows * shape->n_head * row,
    .found_stride = shape->n_head * shape->n_latent,
  };
}

/* New rows into a sequence's cache. */
static void
record_store (BlnVkRun      *run,
              const BlnOp   *op,
              const BlnSpan *span)
{
  const BlnMlaShape *shape = &op->mla;
  const BlnKvLayer *layer = &run->backend->layout->layers[op->cache_layer];
  const BlnVkBinding cache = bln_vk_cache_layer (run->backend, span->cache, op->cache_layer);

  record_rope (run, span, &cache, (BlnRopePush){
    .n_width = layer->k_width, .n_rot = shape->n_rope, .rot_first = shape->n_latent,
    .is_neox = shape->rope->is_neox,
    .in_offset = bln_vk_value (run, op->in2), .in_stride = bln_vk_stride (run, op->in2),
    .out_stride = is_bytes (run) ? (guint32) layer->k_bytes : layer->k_width,
    .out_scales = bln_vk_to_scales (1, layer->k_width),
    .norm_width = shape->n_latent, .norm = bln_vk_parameters (run, shape->latent_norm),
    .eps = op->eps, .angles = angles_of (run, shape->rope),
  }, 1);
}

/* The rotated part of queries goes behind their place in latent space, or where it was. */
static void
record_turn (BlnVkRun      *run,
             const BlnOp   *op,
             const BlnSpan *span,
             gboolean       is_in_place)
{
  const BlnMlaShape *shape = &op->mla;
  const Latent latent = latent_scratch (run, shape);
  const guint32 head = shape->n_nope + shape->n_rope;
  BlnRopePush q = {
    .n_width = shape->n_rope, .n_rot = shape->n_rope, .is_neox = shape->rope->is_neox,
    .in_offset = bln_vk_value (run, op->in) + shape->n_nope,
    .in_stride = bln_vk_stride (run, op->in), .in_head = head,
    .out_offset = latent.query + shape->n_latent, .out_stride = latent.query_stride,
    .out_head = latent.query_head, .angles = angles_of (run, shape->rope),
  };

  if (is_in_place)
    q = in_place (q);
  record_rope (run, span, NULL, q, shape->n_head);
}

static void
record_absorb_rows (BlnVkRun     *run,
                    const BlnOp  *op,
                    const Latent *latent,
                    guint         first_row,
                    guint         n_rows)
{
  const BlnMlaShape *shape = &op->mla;
  BlnVkBackend *backend = run->backend;
  const BlnVkWeight *weight = bln_vk_model_weight (backend->model, shape->kv_b);
  const guint32 constants[] = { bln_vk_subgroup (run) };
  VkPipeline pipeline = bln_vk_run_pipeline (run, &bln_vk_shader_absorb[weight->type], constants,
                                             G_N_ELEMENTS (constants));
  const BlnVkBinding bindings[] = { weight->pieces[0].binding, bln_vk_whole (&backend->arena) };
  const BlnAbsorbPush push = {
    .n_latent = shape->n_latent, .n_nope = shape->n_nope, .side = weight->pieces[0].side,
    .head_rows = shape->n_nope + shape->n_value,
    .in_offset = bln_vk_value (run, op->in) + first_row * bln_vk_stride (run, op->in),
    .in_stride = bln_vk_stride (run, op->in), .in_head = shape->n_nope + shape->n_rope,
    .out_offset = latent->query + first_row * latent->query_stride,
    .out_stride = latent->query_stride, .out_head = latent->query_head,
  };

  if (pipeline != VK_NULL_HANDLE)
    bln_vk_commands_dispatch (&run->commands, pipeline, bindings, G_N_ELEMENTS (bindings), &push,
                              sizeof push, (shape->n_latent + 31) / 32, n_rows,
                              shape->n_head);
}

/* Each head's query carried into latent space: by the transposed key weights, or by those of
 * the old layout, which holds keys and values of a head one behind the other. */
static void
record_absorb (BlnVkRun     *run,
               const BlnOp  *op,
               const Latent *latent,
               guint         first_row,
               guint         n_rows)
{
  const BlnMlaShape *shape = &op->mla;
  BlnMatvecPush push = bln_vk_plain_push ();

  if (shape->k_b == NULL)
    {
      record_absorb_rows (run, op, latent, first_row, n_rows);
      return;
    }
  push.n_columns = n_rows;
  push.n_out = push.slab_rows = shape->n_latent;
  push.in_offset = bln_vk_value (run, op->in) + first_row * bln_vk_stride (run, op->in);
  push.in_stride = bln_vk_stride (run, op->in);
  push.in_slab = shape->n_nope + shape->n_rope;
  push.out_offset = latent->query + first_row * latent->query_stride;
  push.out_stride = latent->query_stride;
  push.out_slab = latent->query_head;
  bln_vk_record_product (run, BLN_VK_PLAIN, BLN_GLU_NONE, shape->k_b, NULL, push, shape->n_head,
                         &run->backend->arena);
}

static void
record_latent_attend (BlnVkRun      *run,
                      const BlnOp   *op,
                      const BlnSpan *span,
                      const Latent  *latent,
                      gboolean       is_few)
{
  const BlnMlaShape *shape = &op->mla;
  const BlnKvLayer *layer = &run->backend->layout->layers[op->cache_layer];
  const BlnVkBinding cache = bln_vk_cache_layer (run->backend, span->cache, op->cache_layer);
  const guint32 stride = is_bytes (run) ? (guint32) layer->k_bytes : layer->k_width;
  const guint32 scales = bln_vk_to_scales (1, layer->k_width);
  BlnAttendPush push = {
    .heads_per_kv = shape->n_head, .scale = shape->scale,
    .q_offset = latent->query, .q_stride = latent->query_stride, .q_head = latent->query_head,
    .k_stride = stride, .v_stride = stride, .k_scales = scales, .v_scales = scales,
    .out_offset = latent->found, .out_stride = latent->found_stride,
    .out_head = shape->n_latent,
    .positions = run->backend->positions, .first_row = span->first_row,
    .temperature_scale = shape->temperature_scale,
    .temperature_length = shape->temperature_length,
  };

  if (is_few)
    bln_vk_record_latent_attend (run, span, shape, &cache, &push);
  else
    record_attend (run, span, &cache, push, layer->k_width, shape->n_latent, shape->n_head);
}

static void
record_values (BlnVkRun     *run,
               const BlnOp  *op,
               const Latent *latent,
               guint         first_row,
               guint         n_rows)
{
  const BlnMlaShape *shape = &op->mla;
  BlnMatvecPush push = bln_vk_plain_push ();

  push.n_columns = n_rows;
  push.n_out = shape->n_value;
  push.first_row = shape->v_b != NULL ? 0 : shape->n_nope;
  push.slab_rows = shape->v_b != NULL ? shape->n_value : shape->n_nope + shape->n_value;
  push.in_offset = latent->found + first_row * latent->found_stride;
  push.in_stride = latent->found_stride;
  push.in_slab = shape->n_latent;
  push.out_offset = bln_vk_value (run, op->out) + first_row * bln_vk_stride (run, op->out);
  push.out_stride = bln_vk_stride (run, op->out);
  push.out_slab = shape->n_value;
  bln_vk_record_product (run, BLN_VK_PLAIN, BLN_GLU_NONE,
                         shape->v_b != NULL ? shape->v_b : shape->kv_b, NULL, push,
                         shape->n_head, &run->backend->arena);
}

/* All rows of the batch in one go where all attend to latents, else those spans' that do. */
typedef void (*RowsFunc) (BlnVkRun     *run,
                          const BlnOp  *op,
                          const Latent *latent,
                          guint         first_row,
                          guint         n_rows);

static void
for_absorbed_rows (BlnVkRun     *run,
                   const BlnOp  *op,
                   const Latent *latent,
                   gboolean      are_all,
                   RowsFunc      record)
{
  const BlnBatch *batch = run->batch;

  if (are_all)
    record (run, op, latent, 0, batch->n_rows);
  for (guint i = 0; !are_all && i < batch->n_spans; i++)
    if (!bln_vk_takes_flash (run, op, &batch->spans[i]))
      {
        record (run, op, latent, batch->spans[i].first_row, batch->spans[i].n_rows);
        bln_vk_commands_beside (&run->commands);
      }
}

void
bln_vk_record_mla (BlnVkRun    *run,
                   const BlnOp *op)
{
  const Latent latent = latent_scratch (run, &op->mla);
  const gboolean is_few = bln_vk_takes_few_latent (run, op);
  const BlnSpan all = { .n_rows = run->batch->n_rows };
  gboolean are_all = TRUE;

  for (guint i = 0; i < run->batch->n_spans; i++)
    are_all = are_all && !bln_vk_takes_flash (run, op, &run->batch->spans[i]);
  if (are_all)
    {
      record_turn (run, op, &all, FALSE);
      bln_vk_commands_beside (&run->commands);
    }
  for (guint i = 0; i < run->batch->n_spans; i++)
    {
      const BlnSpan *span = &run->batch->spans[i];

      if (!are_all)
        {
          record_turn (run, op, span, bln_vk_takes_flash (run, op, span));
          bln_vk_commands_beside (&run->commands);
        }
      record_store (run, op, span);
      bln_vk_commands_beside (&run->commands);
    }
  for_absorbed_rows (run, op, &latent, are_all, record_absorb);
  bln_vk_commands_barrier (&run->commands);
  for (guint i = 0; i < run->batch->n_spans; i++)
    {
      const BlnSpan *span = &run->batch->spans[i];
      BlnVkBinding cache = bln_vk_cache_layer (run->backend, span->cache, op->cache_layer);
      guint32 unused;

      if (i > 0)
        bln_vk_commands_beside (&run->commands);
      if (bln_vk_takes_flash (run, op, span))
        {
          if (is_bytes (run))
            cache = bln_vk_record_load_bytes (run, op, span, &cache, &unused);
          bln_vk_record_flash_mla (run, op, span, &cache);
        }
      else
        record_latent_attend (run, op, span, &latent, is_few);
    }
  bln_vk_commands_barrier (&run->commands);
  if (is_few)
    bln_vk_record_latent_values (run, op);
  else
    for_absorbed_rows (run, op, &latent, are_all, record_values);
}

guint32
bln_vk_scratch_floats (const BlnOp *op)
{
  switch (op->kind)
    {
    case BLN_OP_EXPERTS_UP:
      return op->routing.n_experts;
    case BLN_OP_EXPERTS_DOWN:
      /* Beside the logits, which are there still. */
      return op->routing.n_experts + op->down_exps->n_out + 64
             + bln_vk_rounded_words (op->down_exps->n_out);
    case BLN_OP_MATMUL:
      return bln_vk_rounded_words (op->in.width);
    case BLN_OP_HEAD:
      return MAX (2 * bln_vk_choice_blocks (op->parts[0].weight->n_out),
                  bln_vk_rounded_words (op->in.width));
    case BLN_OP_MLA:
      return op->mla.n_head * (2 * op->mla.n_latent + op->mla.n_rope);
    default:
      return 0;
    }
}

guint32
bln_vk_partial_floats (const BlnOp *op)
{
  if (op->kind == BLN_OP_MLA)
    return MAX (op->mla.n_head * (op->mla.n_latent + 2),
                (guint32) (bln_vk_latent_partial_floats (&op->mla) / BLN_VK_SPLITS + 1));
  if (op->kind == BLN_OP_ATTENTION)
    return op->attention.n_head * (op->attention.n_value + 2);
  return 0;
}
