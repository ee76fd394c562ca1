/* Passes of few rows are recorded once and submitted again: positions, tokens and angles come
 * from the step buffer, so nothing in the list of dispatches changes from token to token. */
#include "vulkan-run.h"

#include <string.h>

typedef struct
{
  const BlnProgram *program;
  guint n_rows, n_spans, n_out;
  guint32 head_rows;
  gboolean head_only;
  guint out_rows[BLN_VK_RECORDED_ROWS];
  const BlnKvCache *caches[BLN_VK_RECORDED_ROWS];
  guint first_rows[BLN_VK_RECORDED_ROWS], span_rows[BLN_VK_RECORDED_ROWS];
} Shape;

struct _BlnVkRecorded
{
  Shape shape;
  BlnVkCommands commands;
  guint64 last_use;
};

static void
shape_of (Shape            *shape,
          const BlnProgram *program,
          const BlnBatch   *batch)
{
  memset (shape, 0, sizeof *shape);
  shape->program = program;
  shape->n_rows = batch->n_rows;
  shape->n_spans = batch->n_spans;
  shape->n_out = batch->n_out;
  shape->head_rows = batch->head_rows;
  shape->head_only = batch->head_only;
  for (guint i = 0; i < batch->n_out; i++)
    shape->out_rows[i] = batch->out_rows[i];
  for (guint i = 0; i < batch->n_spans; i++)
    {
      shape->caches[i] = batch->spans[i].cache;
      shape->first_rows[i] = batch->spans[i].first_row;
      shape->span_rows[i] = batch->spans[i].n_rows;
    }
}

static void
drop (BlnVkBackend *backend,
      guint         index)
{
  bln_vk_commands_clear (&backend->recorded[index]->commands);
  g_clear_pointer (&backend->recorded[index], g_free);
}

BlnVkCommands *
bln_vk_recorded_find (BlnVkBackend     *backend,
                      const BlnProgram *program,
                      const BlnBatch   *batch)
{
  Shape shape;

  shape_of (&shape, program, batch);
  for (guint i = 0; i < BLN_VK_N_RECORDED; i++)
    if (backend->recorded[i] != NULL
        && memcmp (&backend->recorded[i]->shape, &shape, sizeof shape) == 0)
      {
        backend->recorded[i]->last_use = backend->queue.submitted;
        return &backend->recorded[i]->commands;
      }
  return NULL;
}

BlnVkCommands *
bln_vk_recorded_keep (BlnVkBackend     *backend,
                      const BlnProgram *program,
                      const BlnBatch   *batch,
                      BlnVkCommands    *commands)
{
  guint place = 0;

  for (guint i = 0; i < BLN_VK_N_RECORDED && backend->recorded[place] != NULL; i++)
    if (backend->recorded[i] == NULL
        || backend->recorded[i]->last_use < backend->recorded[place]->last_use)
      place = i;
  if (backend->recorded[place] != NULL)
    drop (backend, place);
  backend->recorded[place] = g_new0 (BlnVkRecorded, 1);
  shape_of (&backend->recorded[place]->shape, program, batch);
  backend->recorded[place]->last_use = backend->queue.submitted;
  backend->recorded[place]->commands = *commands;
  *commands = (BlnVkCommands){ 0 };
  return &backend->recorded[place]->commands;
}

void
bln_vk_recorded_forget (BlnVkBackend     *backend,
                        const BlnKvCache *cache)
{
  for (guint i = 0; i < BLN_VK_N_RECORDED; i++)
    {
      gboolean is_used = backend->recorded[i] != NULL && cache == NULL;

      for (guint k = 0; backend->recorded[i] != NULL && k < BLN_VK_RECORDED_ROWS; k++)
        is_used = is_used || (cache != NULL && backend->recorded[i]->shape.caches[k] == cache);
      if (is_used)
        drop (backend, i);
    }
}
