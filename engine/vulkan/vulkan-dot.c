/* Products of few rows with quantized weights on cards that multiply bytes. */
#include "vulkan-run.h"

#define WIDTH BLN_VK_DOT_WIDTH
#define VECTORS_PER_BLOCK 3u
/* Shared memory beside the inputs: sums of squares, a table of bytes. */
#define OTHER_BYTES 2304u
/* And where stretches are added up: their weights. */
#define MERGE_BYTES 1024u

/* And where outputs become bytes: those of a workgroup, for all columns. */
#define OUTPUT_BYTES(n_blocks) (8u * 4u * MAX (64u, WIDTH / MIN (n_blocks, 8u)))

static gboolean
is_down (BlnVkMode mode)
{
  return bln_vk_base_mode (mode) == BLN_VK_EXPERTS_DOWN;
}

static gboolean
is_merged (BlnVkMode mode)
{
  return bln_vk_base_mode (mode) == BLN_VK_MERGED;
}

static guint32
blocks_of (const BlnVkWeight *weight,
           BlnVkMode          mode,
           guint32            n_used)
{
  return weight->n_in / 32 * (is_down (mode) ? n_used : 1);
}

/* Groups of lanes that share out the stretches of a head: eight latents a lane. */
static guint32
merge_groups (BlnVkMode mode,
              guint32   n_blocks)
{
  return is_merged (mode) ? MAX (WIDTH * 8 / (n_blocks * 32), 1) : 1;
}

/* As many columns as are there and have room for their inputs; 0: not even one has. */
static guint32
columns_for (const BlnVkBackend *backend,
             BlnVkMode           mode,
             guint32             n_blocks,
             guint32             n_columns)
{
  const guint32 merged = MERGE_BYTES + merge_groups (mode, n_blocks) * n_blocks * 128;
  const guint32 others = OTHER_BYTES + (is_merged (mode) ? merged : 0)
                         + (mode & BLN_VK_TO_BYTES ? OUTPUT_BYTES (n_blocks) : 0);
  const guint32 shared = backend->device->info.shared_memory;
  const guint32 room = others < shared ? (shared - others) / (n_blocks * VECTORS_PER_BLOCK * 16)
                                       : 0;
  guint32 columns = 1;

  if (room == 0)
    return 0;
  while (bln_vk_base_mode (mode) == BLN_VK_PLAIN && 2 * columns <= MIN (room, 8)
         && columns < n_columns)
    columns *= 2;
  return columns;
}

gboolean
bln_vk_dot_fits (const BlnVkBackend  *backend,
                 BlnVkMode            mode,
                 const BlnVkWeight   *weight,
                 const BlnMatvecPush *push)
{
  return backend->has_dot && bln_vk_shader_matvec_dot[weight->type].words != NULL
         && columns_for (backend, mode, blocks_of (weight, mode, push->n_used), 1) > 0;
}

/* How a product is shared out: by what tests/bench/bench-vulkan measured, and of several rows by
 * BLN_VK_STAGES with four and eight sequences. */
typedef struct
{
  guint32 lanes;      /* to an output row */
  guint32 rows;       /* of a cluster of lanes, side by side, where outputs are no bytes */
  gboolean is_single; /* the shader of one row, which loads further ahead in more registers */
} Form;

static guint32
most_lanes (const BlnVkDeviceInfo *info,
            guint32                n_units)
{
  guint32 lanes = MIN (info->subgroup_size, 32);

  while (lanes > 1 && lanes / 2 >= n_units)
    lanes /= 2;
  return lanes;
}

/* What waits for one row is how soon its weights are there. Two matrices times one row have as much
 * under way in half as many lanes. */
static Form
form_of_one (guint32  lanes,
             guint32  n_columns,
             guint64  n_rows,
             gboolean is_pair)
{
  if (n_rows >= 32768)
    return (Form){ MIN (lanes, 8), n_columns == 1 ? 2 : 1, FALSE };
  if (n_rows >= 8192)
    lanes = MIN (lanes, is_pair ? 8 : 16);
  else if (is_pair && n_rows >= 2048)
    lanes = MIN (lanes, 16);
  return (Form){ lanes, 1, TRUE };
}

/* Several rows have workgroups, or work in each, enough to hide that; longer clusters would spend
 * themselves on adding up. Two rows side by side share what they load of the input. */
static Form
form_of_several (BlnVkMode            mode,
                 guint32              lanes,
                 guint32              n_units,
                 const BlnMatvecPush *push,
                 guint64              n_rows,
                 gboolean             is_pair)
{
  const gboolean are_many = push->n_columns > 4;

  switch (bln_vk_base_mode (mode))
    {
    case BLN_VK_EXPERTS_UP:
      return (Form){ MIN (lanes, 16), 1, FALSE };
    case BLN_VK_EXPERTS_DOWN:
      return (Form){ MIN (lanes, are_many ? 8 : 16), 1, FALSE };
    case BLN_VK_MERGED:
      return (Form){ MIN (lanes, 8), 1, FALSE };
    default:
      if (n_rows >= 32768)
        return (Form){ MIN (lanes, are_many ? 4 : 8), 2, FALSE };
      if (n_units >= 128 && !is_pair)
        return (Form){ MIN (lanes, are_many ? 16 : 32), 2, FALSE };
      return (Form){ MIN (lanes, n_rows >= 8192 || is_pair ? 8 : 16), 1, FALSE };
    }
}

static Form
form_for (const BlnVkDeviceInfo *info,
          BlnVkMode              mode,
          guint32                n_units,
          const BlnMatvecPush   *push,
          guint                  n_z,
          gboolean               is_pair)
{
  const guint32 lanes = most_lanes (info, n_units);
  const guint64 n_rows = (guint64) push->n_out * n_z;

  if (push->n_columns < BLN_VK_SEVERAL_ROWS)
    return form_of_one (lanes, push->n_columns, n_rows, is_pair && push->n_columns == 1);
  return form_of_several (mode, lanes, n_units, push, n_rows, is_pair);
}

void
bln_vk_record_dot (BlnVkRun            *run,
                   BlnVkMode            mode,
                   guint32              glu,
                   const BlnVkWeight   *weight,
                   const BlnVkPiece    *piece,
                   const BlnVkPiece    *up,
                   const BlnMatvecPush *push,
                   guint                n_z,
                   const BlnVkBuffer   *result)
{
  BlnVkBackend *backend = run->backend;
  const guint32 n_blocks = blocks_of (weight, mode, push->n_used);
  const guint32 columns = columns_for (backend, mode, n_blocks, push->n_columns);
  const gboolean to_bytes = (mode & BLN_VK_TO_BYTES) != 0;
  const Form form = form_for (&backend->device->info, mode, n_blocks, push, n_z,
                              glu == BLN_GLU_SILU || glu == BLN_GLU_GELU);
  const guint32 rows = to_bytes ? 1 : form.rows;
  const guint32 clusters = WIDTH / form.lanes;
  /* Blocks of 32 outputs are a workgroup's own. */
  const guint32 passes = to_bytes ? MAX (32 / clusters, 1) : 1;
  const guint32 per_group = clusters * rows * passes;
  guint32 n_splits = 1, meta = 0, grain = 1;
  const BlnVkBinding bindings[] = {
    piece->binding, up->binding, bln_vk_whole (&backend->arena),
    bln_vk_whole (&backend->model->parameters), bln_vk_whole (result),
    bln_vk_whole (&backend->partials), bln_vk_whole (&backend->step),
  };
  VkPipeline pipeline;

  if (is_merged (mode))
    bln_vk_latent_constants (backend, &run->op->mla, &n_splits, &meta, &grain);
  const guint32 constants[] = {
    WIDTH, form.lanes, columns, glu, bln_vk_base_mode (mode),
    columns * n_blocks * VECTORS_PER_BLOCK, rows, 1, weight->n_in / 32, n_splits, meta,
    merge_groups (mode, n_blocks), grain, to_bytes, (mode & BLN_VK_FROM_BYTES) != 0, passes,
  };

  pipeline = bln_vk_run_pipeline (run, columns == 1 && rows == 1 && form.is_single
                                         ? &bln_vk_shader_matvec_dot_single[weight->type]
                                         : &bln_vk_shader_matvec_dot[weight->type],
                                  constants, G_N_ELEMENTS (constants));
  if (pipeline != VK_NULL_HANDLE)
    bln_vk_commands_dispatch (&run->commands, pipeline, bindings, G_N_ELEMENTS (bindings), push,
                              sizeof *push, (push->n_out + per_group - 1) / per_group,
                              (push->n_columns + columns - 1) / columns, n_z);
}
