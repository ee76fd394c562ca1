/* Products of few rows with quantized weights on cards that multiply bytes. */
#include "vulkan-run.h"

#define WIDTH BLN_VK_DOT_WIDTH
#define VECTORS_PER_BLOCK 3u
/* Shared memory beside the inputs: sums of squares, a table of bytes. */
#define OTHER_BYTES 2304u
/* And where stretches are added up: their weights. */
#define MERGE_BYTES 1024u

static gboolean
is_down (BlnVkMode mode)
{
  return mode == BLN_VK_EXPERTS_DOWN || mode == BLN_VK_EXPERTS_DOWN_FROM_BYTES;
}

/* As shaders/matvec.glsl counts them. */
static guint32
mode_number (BlnVkMode mode)
{
  return is_down (mode) ? BLN_VK_EXPERTS_DOWN
         : mode == BLN_VK_EXPERTS_UP_TO_BYTES ? BLN_VK_EXPERTS_UP : mode;
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
  return mode == BLN_VK_MERGED ? MAX (WIDTH * 8 / (n_blocks * 32), 1) : 1;
}

/* As many columns as are there and have room for their inputs; 0: not even one has. */
static guint32
columns_for (const BlnVkBackend *backend,
             BlnVkMode           mode,
             guint32             n_blocks,
             guint32             n_columns)
{
  const guint32 merged = MERGE_BYTES + merge_groups (mode, n_blocks) * n_blocks * 128;
  const guint32 others = OTHER_BYTES + (mode == BLN_VK_MERGED ? merged : 0);
  const guint32 shared = backend->device->info.shared_memory;
  const guint32 room = others < shared ? (shared - others) / (n_blocks * VECTORS_PER_BLOCK * 16)
                                       : 0;
  guint32 columns = 1;

  if (room == 0)
    return 0;
  while (mode == BLN_VK_PLAIN && 2 * columns <= MIN (room, 8) && columns < n_columns)
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

/* How a product is shared out: by what tests/bench/bench-vulkan measured. */
typedef struct
{
  guint32 lanes; /* to an output row */
  guint32 rows;  /* of a cluster of lanes, side by side */
} Form;

/* Two matrices times one row have as much under way in half as many lanes. */
static Form
form_for (const BlnVkDeviceInfo *info,
          guint32                n_units,
          guint32                columns,
          guint64                n_rows,
          gboolean               is_one_pair)
{
  Form form = { MIN (info->subgroup_size, 32), 1 };

  while (form.lanes > 1 && form.lanes / 2 >= n_units)
    form.lanes /= 2;
  if (n_rows >= 8192 || (is_one_pair && n_rows >= 2048))
    form.lanes = MIN (form.lanes, 16);
  if (n_rows >= 8192 && is_one_pair)
    form.lanes = MIN (form.lanes, 8);
  if (n_rows >= 32768)
    form = (Form){ MIN (form.lanes, 8), columns == 1 ? 2 : 1 };
  return form;
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
  const gboolean to_bytes = mode == BLN_VK_EXPERTS_UP_TO_BYTES;
  const Form whole = form_for (&backend->device->info, n_blocks, columns,
                               (guint64) push->n_out * n_z,
                               push->n_columns == 1
                                 && (glu == BLN_GLU_SILU || glu == BLN_GLU_GELU));
  const Form form = { whole.lanes, to_bytes ? 1 : whole.rows };
  const guint32 clusters = WIDTH / form.lanes;
  /* Blocks of 32 outputs are a workgroup's own. */
  const guint32 passes = to_bytes ? MAX (32 / clusters, 1) : 1;
  const guint32 per_group = clusters * form.rows * passes;
  guint32 n_splits = 1, meta = 0, grain = 1;
  const BlnVkBinding bindings[] = {
    piece->binding, up->binding, bln_vk_whole (&backend->arena),
    bln_vk_whole (&backend->model->parameters), bln_vk_whole (result),
    bln_vk_whole (&backend->partials), bln_vk_whole (&backend->step),
  };
  VkPipeline pipeline;

  if (mode == BLN_VK_MERGED)
    bln_vk_latent_constants (backend, &run->op->mla, &n_splits, &meta, &grain);
  const guint32 constants[] = {
    WIDTH, form.lanes, columns, glu, mode_number (mode), columns * n_blocks * VECTORS_PER_BLOCK,
    form.rows, 1, weight->n_in / 32, n_splits, meta, merge_groups (mode, n_blocks), grain,
    to_bytes, mode == BLN_VK_EXPERTS_DOWN_FROM_BYTES, passes,
  };

  pipeline = bln_vk_run_pipeline (run, columns == 1 && form.rows == 1
                                         ? &bln_vk_shader_matvec_dot_single[weight->type]
                                         : &bln_vk_shader_matvec_dot[weight->type],
                                  constants, G_N_ELEMENTS (constants));
  if (pipeline != VK_NULL_HANDLE)
    bln_vk_commands_dispatch (&run->commands, pipeline, bindings, G_N_ELEMENTS (bindings), push,
                              sizeof *push, (push->n_out + per_group - 1) / per_group,
                              (push->n_columns + columns - 1) / columns, n_z);
}
