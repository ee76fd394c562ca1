/* Absorbed latent attention of a few rows, on cards: attend-latent.comp leaves stretches, and the
 * product with the value weights adds them up as its input. */
#include "vulkan-run.h"

/* Stretches of a sequence: about as many workgroups as large cards hold at once, over all heads. */
#define LATENT_SPLITS(n_heads) CLAMP (2048 / (n_heads), 16, 128)
/* As shaders/attend-latent.comp has it. */
#define HEADS_TOGETHER 2u
#define MAX_SUBGROUPS 8u

guint64
bln_vk_latent_partial_floats (const BlnMlaShape *shape)
{
  return (guint64) LATENT_SPLITS (shape->n_head) * shape->n_head * (shape->n_latent / 2 + 2);
}

/* First word of the scores and sums, behind the means. */
static guint32
meta_word (const BlnMlaShape *shape)
{
  return BLN_VK_RECORDED_ROWS * LATENT_SPLITS (shape->n_head) * shape->n_head
         * (shape->n_latent / 2);
}

static const BlnWeight *
value_weight (const BlnMlaShape *shape)
{
  return shape->v_b != NULL ? shape->v_b : shape->kv_b;
}

/* Subgroups of a workgroup, each with its heads; 0: heads cannot be shared out so. */
static guint32
subgroups_for (const BlnMlaShape *shape)
{
  guint32 n = shape->n_head / HEADS_TOGETHER;

  if (shape->n_head % HEADS_TOGETHER != 0)
    return 0;
  while (n > MAX_SUBGROUPS && n % 2 == 0)
    n /= 2;
  return n <= MAX_SUBGROUPS ? n : 0;
}

/* (nullable) the shader for so many latents and rotated values over so many lanes. */
static const BlnVkShader *
shader_for (const BlnVkBackend *backend,
            const BlnMlaShape  *shape,
            guint32             lanes)
{
  const BlnVkShader *shaders = backend->layout->type == BLN_KV_Q8_0
                               ? bln_vk_shader_attend_latent_bytes : bln_vk_shader_attend_latent;

  for (guint i = 0; i < BLN_VK_N_LATENT_SHARES; i++)
    if (shape->n_latent == bln_vk_latent_shares[i][0] * 8 * lanes
        && shape->n_rope == bln_vk_latent_shares[i][1] * lanes)
      return &shaders[i];
  return NULL;
}

/* Matrices of sixteen heads, whose keys a quarter of eight subgroups share out, and whose values
 * all eight do. As shaders/attend-latent-matrix.comp has it. */
static gboolean
is_for_units (const BlnVkBackend *backend,
              const BlnMlaShape  *shape)
{
  const guint32 n_key = shape->n_latent + shape->n_rope;
  const guint32 bytes = 32 * (n_key + 8) * 2 + 4 * 16 * 36 * 4 + 16 * 40 * 2 + 16 * 16 * 4 + 16;

  return backend->has_matrix_units && backend->device->info.subgroup_size == 32
         && shape->n_head % 16 == 0 && shape->n_latent % 128 == 0 && n_key % 64 == 0
         && bytes <= backend->device->info.shared_memory;
}

gboolean
bln_vk_takes_few_latent (const BlnVkRun *run,
                         const BlnOp    *op)
{
  const BlnVkBackend *backend = run->backend;
  const BlnMlaShape *shape = &op->mla;
  const guint32 lanes = bln_vk_subgroup (run);
  const BlnMatvecPush push = { 0 };

  return backend->has_dot && run->batch->n_rows <= bln_vk_few_rows (backend)
         && backend->layout->type != BLN_KV_F32
         && shape->n_latent <= 8 * BLN_VK_DOT_WIDTH && shape->n_rope % 8 == 0
         && (is_for_units (backend, shape)
             || (shader_for (backend, shape, lanes) != NULL && subgroups_for (shape) > 0))
         && bln_vk_dot_fits (backend, BLN_VK_MERGED,
                             bln_vk_model_weight (backend->model, value_weight (shape)), &push);
}

void
bln_vk_latent_constants (const BlnVkBackend *backend,
                         const BlnMlaShape  *shape,
                         guint32            *n_splits,
                         guint32            *meta,
                         guint32            *grain)
{
  *grain = is_for_units (backend, shape) ? BLN_LATENT_MATRIX_GRAIN : BLN_LATENT_GRAIN;
  *n_splits = LATENT_SPLITS (shape->n_head);
  *meta = meta_word (shape);
}

void
bln_vk_record_latent_attend (BlnVkRun            *run,
                             const BlnSpan       *span,
                             const BlnMlaShape   *shape,
                             const BlnVkBinding  *cache,
                             const BlnAttendPush *push)
{
  BlnVkBackend *backend = run->backend;
  const guint32 lanes = bln_vk_subgroup (run);
  const gboolean by_matrix = is_for_units (backend, shape);
  const guint32 subgroups = by_matrix ? MAX_SUBGROUPS : subgroups_for (shape);
  const guint32 heads = by_matrix ? 16 : subgroups * HEADS_TOGETHER;
  const guint32 n_splits = LATENT_SPLITS (shape->n_head);
  const guint32 constants[] = { lanes * subgroups, lanes, n_splits, meta_word (shape) };
  const guint32 of_matrices[] = { lanes * subgroups, n_splits, meta_word (shape), shape->n_latent,
                                  shape->n_rope };
  const BlnVkBinding bindings[] = { bln_vk_whole (&backend->arena), *cache,
                                    bln_vk_whole (&backend->step),
                                    bln_vk_whole (&backend->partials) };
  const BlnVkShader *for_units = backend->layout->type == BLN_KV_Q8_0
                                 ? &bln_vk_shader_attend_latent_matrix_bytes
                                 : &bln_vk_shader_attend_latent_matrix;
  VkPipeline pipeline
    = by_matrix ? bln_vk_run_pipeline (run, for_units, of_matrices, G_N_ELEMENTS (of_matrices))
                : bln_vk_run_pipeline (run, shader_for (backend, shape, lanes), constants,
                                       G_N_ELEMENTS (constants));

  if (pipeline != VK_NULL_HANDLE)
    bln_vk_commands_dispatch (&run->commands, pipeline, bindings, G_N_ELEMENTS (bindings), push,
                              sizeof *push, shape->n_head / heads, span->n_rows, n_splits);
}

void
bln_vk_record_latent_values (BlnVkRun    *run,
                             const BlnOp *op)
{
  const BlnMlaShape *shape = &op->mla;
  BlnMatvecPush push = bln_vk_plain_push ();

  push.n_columns = run->batch->n_rows;
  push.n_out = push.out_slab = shape->n_value;
  push.first_row = shape->v_b != NULL ? 0 : shape->n_nope;
  push.slab_rows = shape->v_b != NULL ? shape->n_value : shape->n_nope + shape->n_value;
  push.out_offset = bln_vk_value (run, op->out);
  push.out_stride = bln_vk_stride (run, op->out);
  push.n_used = shape->n_head;
  push.positions = run->backend->positions;
  bln_vk_record_product (run, BLN_VK_MERGED, BLN_GLU_NONE, value_weight (shape), NULL, push,
                         shape->n_head, &run->backend->arena);
}
