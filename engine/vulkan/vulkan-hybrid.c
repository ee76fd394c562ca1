#include "vulkan-hybrid.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "bln-engine.h"

/* Longer than a device takes between two hand-overs, whose clock may go slowly meanwhile: to be
 * woken costs as much as a hand-over. */
#define SPIN_MICROSECONDS 1000
/* Parts between two answers: what asks, the shared experts, and what the pass ends with. */
#define MAX_STRETCH 8u

typedef struct
{
  const BlnProgram *program;
  guint index;       /* of the first of its two ops */
  BlnProgram *alone; /* (owned) the two by themselves */
} Part;

struct _BlnVkHybrid
{
  BlnVkBackend *backend;
  BlnBackend *partner;  /* (owned) */
  GArray *parts;        /* (owned) of Part */
  BlnVkBuffer sent;     /* [n_batch][n_embd] rows for the host */
  BlnVkBuffer received; /* the same, from it */
};

/* ---- making --------------------------------------------------------------------------- */

static void
part_clear (gpointer data)
{
  g_clear_pointer (&((Part *) data)->alone, bln_program_free);
}

static void
find_parts (BlnVkHybrid             *hybrid,
            const BlnProgram *const *programs,
            guint                    n_programs)
{
  hybrid->parts = g_array_new (FALSE, FALSE, sizeof (Part));
  g_array_set_clear_func (hybrid->parts, part_clear);
  for (guint p = 0; p < n_programs; p++)
    for (guint i = 0; i < programs[p]->ops->len; i++)
      if (bln_feed_forward_begins (programs[p], i, hybrid->backend->is_away))
        {
          const Part part = { programs[p], i, bln_feed_forward_extract (programs[p], i) };

          g_array_append_val (hybrid->parts, part);
        }
}

static gboolean
make_partner (BlnVkHybrid         *hybrid,
              const BlnKvLayout   *layout,
              const BlnCpuOptions *options,
              GError             **error)
{
  g_autofree const BlnProgram **alone = g_new (const BlnProgram *, hybrid->parts->len);
  BlnCpuOptions own = *options;

  own.is_partner = !hybrid->backend->device->info.is_software;
  own.only = hybrid->backend->is_away;
  for (guint i = 0; i < hybrid->parts->len; i++)
    alone[i] = g_array_index (hybrid->parts, Part, i).alone;
  hybrid->partner = bln_cpu_backend_new (hybrid->backend->weights, alone, hybrid->parts->len,
                                         layout, &own, error);
  return hybrid->partner != NULL;
}

/* Answers to a short pass each have a place of their own: what a card read
 * of host memory once it may find in its cache until the next submission. */
static guint64
slot_bytes (const BlnVkHybrid *hybrid)
{
  const guint64 rows = (guint64) BLN_VK_RECORDED_ROWS * hybrid->backend->weights->config.n_embd;

  return (rows * sizeof (float) + 4095) / 4096 * 4096;
}

static gboolean
make_exchange (BlnVkHybrid *hybrid,
               GError     **error)
{
  BlnVkBackend *backend = hybrid->backend;
  const guint64 n_bytes = (guint64) backend->n_batch * backend->weights->config.n_embd * 4;
  const guint64 n_slots = hybrid->parts->len * slot_bytes (hybrid);

  return bln_vk_buffer_init (&hybrid->sent, backend->device, BLN_VK_READBACK, n_bytes, error)
         && bln_vk_buffer_init (&hybrid->received, backend->device, BLN_VK_UPLOAD,
                                MAX (n_bytes, n_slots), error);
}

BlnVkHybrid *
bln_vk_hybrid_new (BlnVkBackend            *backend,
                   const BlnProgram *const *programs,
                   guint                    n_programs,
                   const BlnKvLayout       *layout,
                   const BlnCpuOptions     *options,
                   gboolean                 is_plan,
                   GError                 **error)
{
  BlnVkHybrid *hybrid = g_new0 (BlnVkHybrid, 1);

  hybrid->backend = backend;
  find_parts (hybrid, programs, n_programs);
  if (hybrid->parts->len > 0 && make_partner (hybrid, layout, options, error)
      && (is_plan || make_exchange (hybrid, error)))
    return hybrid;
  bln_vk_hybrid_free (hybrid);
  return NULL;
}

void
bln_vk_hybrid_free (BlnVkHybrid *hybrid)
{
  bln_vk_buffer_clear (&hybrid->sent);
  bln_vk_buffer_clear (&hybrid->received);
  if (hybrid->partner != NULL)
    hybrid->partner->klass->free (hybrid->partner);
  g_array_unref (hybrid->parts);
  g_free (hybrid);
}

void
bln_vk_hybrid_get_sizes (BlnVkHybrid     *hybrid,
                         BlnBackendSizes *sizes)
{
  BlnBackendSizes own;

  hybrid->partner->klass->get_sizes (hybrid->partner, &own);
  sizes->mapped += own.mapped;
  sizes->repacked += own.repacked;
  sizes->activations += own.activations
                        + 2ull * hybrid->backend->n_batch
                              * hybrid->backend->weights->config.n_embd * 4;
}

guint64
bln_vk_hybrid_prepare (BlnVkHybrid *hybrid,
                       double       seconds)
{
  return hybrid->partner->klass->prepare (hybrid->partner, seconds);
}

/* ---- recording ------------------------------------------------------------------------ */

/* One pass on its way: a list of parts to submit, the chain. */
typedef struct
{
  BlnVkHybrid *hybrid;
  BlnVkRun *run;
  atomic_bool *stop;
  gboolean is_recorded; /* only recorded now, in a chain of commands */
  guint n_asked;        /* of a chain that is recorded: its slots so far */
  BlnVkCommands *first, *last; /* of the chain */
} Pass;

static const Part *
find_part (BlnVkHybrid      *hybrid,
           const BlnProgram *program,
           guint             index)
{
  for (guint i = 0; i < hybrid->parts->len; i++)
    {
      const Part *part = &g_array_index (hybrid->parts, Part, i);

      if (part->program == program && part->index == index)
        return part;
    }
  return NULL;
}

static void
send_rows (BlnVkRun          *run,
           const BlnVkBuffer *sent,
           BlnValue           value)
{
  const guint32 stride = bln_vk_stride (run, value);
  const guint64 from = (guint64) bln_vk_value (run, value) * 4;
  const guint n_rows = run->batch->n_rows;

  if (stride == value.width)
    bln_vk_commands_copy (&run->commands, &run->backend->arena, from, sent, 0,
                          (guint64) n_rows * stride * 4);
  else
    for (guint i = 0; i < n_rows; i++)
      bln_vk_commands_copy (&run->commands, &run->backend->arena, from + (guint64) i * stride * 4,
                            sent, (guint64) i * value.width * 4, (guint64) value.width * 4);
}

/* What the host wrote before the submission is visible here. It is read where it lies: a copy first
 * is a stage more, with a barrier. */
static void
receive_rows (BlnVkRun          *run,
              const BlnVkBuffer *received,
              guint64            from,
              BlnValue           out,
              BlnValue           added) /* to what was received, or BLN_NO_VALUE */
{
  BlnVkBackend *backend = run->backend;
  const gboolean adds = bln_value_exists (added);
  const guint32 lanes = backend->is_narrow ? bln_vk_subgroup (run) : 256;
  const BlnVkBinding bindings[] = { bln_vk_whole (&backend->arena), bln_vk_whole (received) };
  const BlnNormPush push = {
    .width = out.width, .in_offset = (guint32) (from / sizeof (float)), .in_stride = out.width,
    .out_offset = bln_vk_value (run, out), .out_stride = bln_vk_stride (run, out),
    .residual_offset = adds ? bln_vk_value (run, added) : BLN_NONE,
    .residual_stride = adds ? bln_vk_stride (run, added) : 0,
  };
  VkPipeline pipeline = bln_vk_run_pipeline (run, &bln_vk_shader_receive, &lanes, 1);

  if (run->commands.stages != NULL)
    bln_vk_stages_name (&run->commands, NULL);
  if (pipeline != VK_NULL_HANDLE)
    bln_vk_commands_dispatch (&run->commands, pipeline, bindings, G_N_ELEMENTS (bindings), &push,
                              sizeof push, (out.width + lanes - 1) / lanes, run->batch->n_rows, 1);
  bln_vk_commands_barrier (&run->commands);
}

/* ---- submitting ----------------------------------------------------------------------- */

/* Where the stretch that begins here ends: before the next part that wants an answer. */
static BlnVkCommands *
end_of_stretch (const BlnVkCommands *first)
{
  BlnVkCommands *c = first->next;

  while (c != NULL && !c->waits)
    c = c->next;
  return c;
}

/* The commands from `first` on, before `end` (nullable), in one call. */
static gboolean
submit_stretch (BlnVkHybrid         *hybrid,
                BlnVkCommands       *first,
                const BlnVkCommands *end,
                GError             **error)
{
  BlnVkQueue *queue = &hybrid->backend->queue;
  VkSubmitInfo infos[MAX_STRETCH];
  VkTimelineSemaphoreSubmitInfo times[MAX_STRETCH];
  guint64 values[MAX_STRETCH];
  guint n = 0;

  for (const BlnVkCommands *c = first; c != end; c = c->next, n++)
    {
      g_assert (n < MAX_STRETCH);
      values[n] = queue->submitted + n + 1;
      times[n] = (VkTimelineSemaphoreSubmitInfo){
        .sType = VK_STRUCTURE_TYPE_TIMELINE_SEMAPHORE_SUBMIT_INFO,
        .signalSemaphoreValueCount = 1, .pSignalSemaphoreValues = &values[n],
      };
      infos[n] = (VkSubmitInfo){
        .sType = VK_STRUCTURE_TYPE_SUBMIT_INFO, .pNext = &times[n],
        .commandBufferCount = 1, .pCommandBuffers = &c->buffer,
        .signalSemaphoreCount = 1, .pSignalSemaphores = &queue->timeline,
      };
    }
  if (!bln_vk_check (vkQueueSubmit (queue->device->queue, n, infos, VK_NULL_HANDLE),
                     _("starting work"), error))
    return FALSE;
  for (BlnVkCommands *c = first; c != end; c = c->next)
    c->last_value = ++queue->submitted;
  return TRUE;
}

static gboolean
wait_closely (BlnVkQueue *queue,
              guint64     value,
              GError    **error)
{
  const gint64 end = g_get_monotonic_time () + SPIN_MICROSECONDS;
  guint64 now = 0;

  while (g_get_monotonic_time () < end)
    if (vkGetSemaphoreCounterValue (queue->device->device, queue->timeline, &now) != VK_SUCCESS
        || now >= value)
      break;
  return bln_vk_queue_wait (queue, value, error);
}

static gboolean
compute (BlnVkHybrid *hybrid,
         const Part  *part,
         guint        n_rows,
         float       *out,
         atomic_bool *stop,
         GError     **error)
{
  const guint32 width = hybrid->backend->weights->config.n_embd;
  const BlnBatch batch = { .n_rows = n_rows, .input = hybrid->sent.mapped };
  const float *rows;
  gsize stride;

  if (atomic_load (stop))
    {
      g_set_error_literal (error, BLN_ERROR, BLN_ERROR_STOPPED, _("Stopped."));
      return FALSE;
    }
  if (!hybrid->partner->klass->run (hybrid->partner, part->alone, &batch, stop, error))
    return FALSE;
  rows = hybrid->partner->klass->get_hidden (hybrid->partner, part->alone, n_rows, &stride);
  for (guint i = 0; i < n_rows; i++)
    memcpy (out + (gsize) i * width, rows + i * stride, width * sizeof *out);
  return TRUE;
}

/* Where the time of a chain goes: what it names is what ended just now. */
static void
note_time (const BlnVkRun *run,
           const char     *name,
           gint64         *since)
{
  const gint64 now = g_get_monotonic_time ();

  bln_vk_stages_add_host (run->backend->stages, run->batch, name, now - *since);
  *since = now;
}

/* What the one part of a stretch that asks wants to know, into the next slot. */
static gboolean
answer_stretch (BlnVkHybrid         *hybrid,
                const BlnVkRun      *run,
                const BlnVkCommands *first,
                const BlnVkCommands *end,
                guint               *n_answered,
                atomic_bool         *stop,
                GError             **error)
{
  gint64 since = g_get_monotonic_time ();

  for (const BlnVkCommands *c = first; c != end; c = c->next)
    if (c->asks_at > 0)
      {
        char *out = (char *) hybrid->received.mapped + *n_answered * slot_bytes (hybrid);

        if (!wait_closely (&hybrid->backend->queue, c->last_value, error))
          return FALSE;
        note_time (run, "host: waiting for rows", &since);
        if (!compute (hybrid, find_part (hybrid, run->program, c->asks_at - 1),
                      run->batch->n_rows, (float *) out, stop, error))
          return FALSE;
        note_time (run, "host: its feed-forwards", &since);
        *n_answered += 1;
      }
  return TRUE;
}

/* Submits a chain stretch by stretch, each when the answer that it wants is there, and waits for
 * the last. A driver that is given work before its answer keeps it in a thread of its own, which
 * takes longer to notice than a submission takes. */
static gboolean
run_chain (BlnVkHybrid    *hybrid,
           const BlnVkRun *run,
           BlnVkCommands  *chain,
           atomic_bool    *stop,
           GError        **error)
{
  BlnVkQueue *queue = &hybrid->backend->queue;
  BlnVkCommands *first = chain;
  guint n_answered = 0;

  for (BlnVkCommands *end; first != NULL; first = end)
    {
      gint64 since = g_get_monotonic_time ();

      end = end_of_stretch (first);
      if (!submit_stretch (hybrid, first, end, error))
        return FALSE;
      note_time (run, "host: submitting", &since);
      if (!answer_stretch (hybrid, run, first, end, &n_answered, stop, error))
        {
          bln_vk_queue_settle (queue);
          return FALSE;
        }
    }
  if (!bln_vk_queue_wait (queue, queue->submitted, error))
    {
      bln_vk_queue_settle (queue);
      return FALSE;
    }
  for (BlnVkCommands *c = chain; c != NULL; c = c->next)
    bln_vk_stages_add (run->backend->stages, c, run->batch);
  return TRUE;
}

/* ---- passes --------------------------------------------------------------------------- */

static gboolean
begin_part (Pass    *pass,
            gboolean waits,
            GError **error)
{
  if (!bln_vk_run_begin (pass->run, error))
    return FALSE;
  pass->run->commands.waits = waits;
  return TRUE;
}

static gboolean
end_recording (BlnVkRun *run,
               GError  **error)
{
  bln_vk_commands_mark (&run->commands);
  if (run->error == NULL && bln_vk_commands_end (&run->commands, &run->error))
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&run->error));
  return FALSE;
}

/* Ends what is being recorded: it joins the chain. */
static gboolean
end_part (Pass    *pass,
          GError **error)
{
  BlnVkCommands *own;

  if (!end_recording (pass->run, error))
    return FALSE;
  own = g_memdup2 (&pass->run->commands, sizeof *own);
  pass->run->commands = (BlnVkCommands){ 0 };
  if (pass->last != NULL)
    pass->last->next = own;
  else
    pass->first = own;
  pass->last = own;
  return TRUE;
}

static void
drop_chain (Pass *pass)
{
  if (pass->first != NULL)
    bln_vk_commands_clear (pass->first);
  g_clear_pointer (&pass->first, g_free);
  pass->last = NULL;
}

/* Submits the chain so far, answers it, and begins a new one. */
static gboolean
flush (Pass    *pass,
       GError **error)
{
  const gboolean done = run_chain (pass->hybrid, pass->run, pass->first, pass->stop, error);

  drop_chain (pass);
  return done;
}

/* The two ops at `index`, by both. */
static gboolean
record_away (Pass    *pass,
             guint    index,
             GError **error)
{
  BlnVkRun *run = pass->run;
  const BlnOp *up = &g_array_index (run->program->ops, BlnOp, index);
  const BlnOp *down = up + 1;
  const BlnValue out = down->kind == BLN_OP_MATMUL ? down->parts[0].out : down->out;
  BlnValue added = down->residual;
  BlnOp shared[2];

  send_rows (run, &pass->hybrid->sent, up->in);
  run->commands.asks_at = index + 1;
  if (!end_part (pass, error))
    return FALSE;
  if (bln_feed_forward_shared (run->program, index, shared))
    {
      if (!begin_part (pass, FALSE, error))
        return FALSE;
      bln_vk_record_op (run, &shared[0]);
      bln_vk_record_op (run, &shared[1]);
      added = out;
      if (!end_part (pass, error))
        return FALSE;
    }
  /* A long pass is not recorded for another time, and is done piece by piece. */
  if (!pass->is_recorded && !flush (pass, error))
    return FALSE;
  if (!begin_part (pass, TRUE, error))
    return FALSE;
  receive_rows (run, &pass->hybrid->received,
                pass->is_recorded ? pass->n_asked++ * slot_bytes (pass->hybrid) : 0, out, added);
  return TRUE;
}

static gboolean
walk (Pass    *pass,
      GError **error)
{
  BlnVkRun *run = pass->run;
  const GArray *ops = run->program->ops;
  int layer = -1;

  if (!begin_part (pass, FALSE, error))
    return FALSE;
  for (guint i = 0; i < ops->len; i++)
    {
      const BlnOp *op = &g_array_index (ops, BlnOp, i);

      if (!bln_vk_run_wants (run, op))
        continue;
      if (!pass->is_recorded && op->layer != layer
          && (!end_part (pass, error) || !flush (pass, error)
              || !begin_part (pass, FALSE, error)))
        return FALSE;
      layer = op->layer;
      if (find_part (pass->hybrid, run->program, i) == NULL)
        bln_vk_record_op (run, op);
      else if (!record_away (pass, i++, error))
        return FALSE;
    }
  bln_vk_record_hidden (run);
  return end_part (pass, error);
}

static gboolean
record_chain (Pass    *pass,
              GError **error)
{
  if (walk (pass, error))
    return TRUE;
  bln_vk_commands_clear (&pass->run->commands);
  drop_chain (pass);
  return FALSE;
}

gboolean
bln_vk_hybrid_run (BlnVkHybrid *hybrid,
                   BlnVkRun    *run,
                   atomic_bool *stop,
                   GError     **error)
{
  BlnVkBackend *backend = hybrid->backend;
  Pass pass = { .hybrid = hybrid, .run = run, .stop = stop,
                .is_recorded = run->batch->n_rows <= bln_vk_few_rows (run->backend) };
  BlnVkCommands *commands = NULL;

  if (pass.is_recorded)
    commands = bln_vk_recorded_find (backend, run->program, run->batch);
  if (commands == NULL && !record_chain (&pass, error))
    return FALSE;
  if (!pass.is_recorded)
    return flush (&pass, error);
  if (commands == NULL)
    {
      commands = bln_vk_recorded_keep (backend, run->program, run->batch, pass.first);
      g_free (pass.first);
    }
  return run_chain (hybrid, run, commands, stop, error);
}
