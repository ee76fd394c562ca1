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
  guint32 choices;
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
  shape->choices = bln_batch_choices (batch);
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

/* ---- recording and submitting --------------------------------------------------------- */

static guint64
bytes_of (const BlnWeight *weight)
{
  return weight != NULL ? weight->tensor->n_bytes : 0;
}

/* Weights that an op reads for so many rows, each of which may choose other experts. */
static guint64
op_bytes (const BlnOp *op,
          guint        n_rows)
{
  guint64 shared = bytes_of (op->gate_shexp) + bytes_of (op->up_shexp) + bytes_of (op->down_shexp);
  guint64 experts = bytes_of (op->gate_exps) + bytes_of (op->up_exps)
                    + bytes_of (op->gate_up_exps) + bytes_of (op->down_exps);

  if (op->kind == BLN_OP_EMBED)
    return 0;
  for (guint i = 0; i < op->n_parts; i++)
    shared += bytes_of (op->parts[i].weight) + bytes_of (op->parts[i].up);
  if (op->routing.n_experts > 0)
    experts = experts / op->routing.n_experts
              * MIN (op->routing.n_used * n_rows, op->routing.n_experts);
  return shared + experts + bytes_of (op->mla.k_b) + bytes_of (op->mla.v_b)
         + bytes_of (op->mla.kv_b);
}

/* Ends what is being recorded; it joins the chain behind `last`. */
static gboolean
end_part (BlnVkRun       *run,
          BlnVkCommands **first,
          BlnVkCommands **last)
{
  BlnVkCommands *own;

  if (run->error != NULL || !bln_vk_commands_end (&run->commands, &run->error))
    return FALSE;
  own = g_memdup2 (&run->commands, sizeof *own);
  run->commands = (BlnVkCommands){ 0 };
  if (*last != NULL)
    (*last)->next = own;
  else
    *first = own;
  *last = own;
  return TRUE;
}

static gboolean
record_parts (BlnVkRun       *run,
              BlnVkCommands **first)
{
  const GArray *ops = run->program->ops;
  BlnVkCommands *last = NULL;
  guint64 n_bytes = 0;

  if (!bln_vk_run_begin (run, &run->error))
    return FALSE;
  for (guint i = 0; i < ops->len; i++)
    {
      const BlnOp *op = &g_array_index (ops, BlnOp, i);

      if (!bln_vk_run_wants (run, op))
        continue;
      if (n_bytes > 0 && n_bytes + op_bytes (op, run->batch->n_rows) > run->backend->part_bytes)
        {
          if (!end_part (run, first, &last) || !bln_vk_run_begin (run, &run->error))
            return FALSE;
          n_bytes = 0;
        }
      bln_vk_record_op (run, op);
      n_bytes += op_bytes (op, run->batch->n_rows);
    }
  bln_vk_record_hidden (run);
  return end_part (run, first, &last);
}

static BlnVkCommands *
record (BlnVkRun *run,
        GError  **error)
{
  BlnVkCommands *first = NULL, *kept = NULL;

  if (record_parts (run, &first))
    kept = bln_vk_recorded_keep (run->backend, run->program, run->batch, first);
  else
    {
      bln_vk_commands_clear (&run->commands);
      if (first != NULL)
        bln_vk_commands_clear (first);
      g_propagate_error (error, g_steal_pointer (&run->error));
    }
  g_free (first);
  return kept;
}

gboolean
bln_vk_recorded_run (BlnVkRun *run,
                     GError  **error)
{
  BlnVkBackend *backend = run->backend;
  BlnVkCommands *first = bln_vk_recorded_find (backend, run->program, run->batch);
  const gint64 start = g_get_monotonic_time ();
  guint n_parts = 0, n_dispatches = 0, n_barriers = 0;
  guint64 value = 0;

  if (first == NULL)
    first = record (run, error);
  if (first == NULL)
    return FALSE;
  for (BlnVkCommands *part = first; part != NULL; part = part->next, n_parts++)
    {
      if (!bln_vk_commands_submit (part, &value, error))
        return FALSE;
      n_dispatches += part->n_dispatches;
      n_barriers += part->n_barriers;
    }
  if (!bln_vk_queue_wait_soon (&backend->queue, value, first->microseconds, error))
    return FALSE;
  first->microseconds = g_get_monotonic_time () - start;
  for (BlnVkCommands *part = first; part != NULL; part = part->next)
    bln_vk_stages_add (backend->stages, part, run->batch);
  if (!run->batch->head_only)
    {
      backend->n_dispatches = n_dispatches;
      backend->n_barriers = n_barriers;
    }
  for (guint i = 0; i < n_parts; i++)
    bln_vk_pace_note (&backend->pace, (g_get_monotonic_time () - start) * 1000.0 / n_parts);
  return TRUE;
}
