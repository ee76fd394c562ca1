/* Rows of a pass of few as bytes, made once for all workgroups that multiply them. One or two rows
 * are rounded by each for itself sooner than a barrier lets others do it. */
#include "vulkan-run.h"

#define WIDTH 256u

/* Rows are read as vectors of four. */
static gboolean
is_in_vectors (const BlnVkRun *run,
               BlnValue        value)
{
  return bln_vk_value (run, value) % 4 == 0 && bln_vk_stride (run, value) % 4 == 0;
}

gboolean
bln_vk_takes_rounded (const BlnVkRun  *run,
                      BlnValue         in,
                      const BlnWeight *weight,
                      const BlnWeight *up)
{
  const BlnVkModel *model = run->backend->model;
  const BlnMatvecPush push = { 0 };

  return run->batch->n_rows >= BLN_VK_SEVERAL_ROWS
         && run->batch->n_rows <= bln_vk_few_rows (run->backend) && is_in_vectors (run, in)
         && bln_vk_dot_fits (run->backend, BLN_VK_PLAIN | BLN_VK_TO_BYTES,
                             bln_vk_model_weight (model, weight), &push)
         && (up == NULL || bln_vk_dot_fits (run->backend, BLN_VK_PLAIN | BLN_VK_TO_BYTES,
                                            bln_vk_model_weight (model, up), &push));
}

guint32
bln_vk_rounded_words (guint32 width)
{
  return width / 32 * 12;
}

void
bln_vk_record_round (BlnVkRun      *run,
                     guint32        width,
                     guint32        n_rows,
                     guint32        to,
                     BlnMatvecPush *push)
{
  BlnVkBackend *backend = run->backend;
  const guint32 constants[] = { WIDTH, width / 32 };
  const BlnVkBinding bindings[] = { bln_vk_whole (&backend->arena),
                                    bln_vk_whole (&backend->model->parameters),
                                    bln_vk_whole (&backend->arena) };
  const BlnRoundPush round = { .in_offset = push->in_offset, .in_stride = push->in_stride,
                               .out_offset = to, .norm = push->norm, .eps = push->eps };
  VkPipeline pipeline = bln_vk_run_pipeline (run, &bln_vk_shader_round, constants,
                                             G_N_ELEMENTS (constants));

  if (pipeline != VK_NULL_HANDLE)
    bln_vk_commands_dispatch (&run->commands, pipeline, bindings, G_N_ELEMENTS (bindings), &round,
                              sizeof round, n_rows, 1, 1);
  bln_vk_commands_barrier (&run->commands);
  push->in_offset = to;
  push->in_stride = bln_vk_rounded_words (width);
}
