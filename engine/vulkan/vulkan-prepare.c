#include "vulkan-prepare.h"

#include "feed-forward.h"

#include <string.h>

#define N_THREADS 2

struct _BlnVkPreparation
{
  BlnVkBackend *backend;
  const BlnProgram *const *programs;
  guint n_programs;
  GThread *threads[N_THREADS]; /* (owned) */
};

/* One pass of so many rows of one sequence, recorded into nothing. The last rows want logits, of
 * the first of which a choice. */
static void
record_pass (BlnVkBackend     *backend,
             const BlnProgram *program,
             guint             n_rows,
             guint             n_out)
{
  const BlnKvCache cache = { .layout = backend->layout, .on_device = NULL };
  const BlnSpan span = { (BlnKvCache *) &cache, 0, n_rows, 0 };
  g_autofree BlnChoice *choice = g_new0 (BlnChoice, 1);
  BlnBatch batch = { .n_rows = n_rows, .spans = &span, .n_spans = 1, .n_out = n_out,
                     .choices = { choice } };
  BlnVkRun run = { .backend = backend, .program = program, .batch = &batch };

  for (guint i = 0; i < n_out; i++)
    batch.out_rows[i] = n_rows - n_out + i;
  bln_vk_commands_begin_dry (&run.commands, &backend->queue, &backend->pipelines);
  for (guint i = 0; i < program->ops->len && run.error == NULL; i++)
    {
      BlnOp shared[2];

      if (!bln_feed_forward_begins (program, i, backend->is_away))
        {
          bln_vk_record_op (&run, &g_array_index (program->ops, BlnOp, i));
          continue;
        }
      if (bln_feed_forward_shared (program, i, shared))
        {
          bln_vk_record_op (&run, &shared[0]);
          bln_vk_record_op (&run, &shared[1]);
        }
      i++;
    }
  g_clear_error (&run.error);
}

/* As many sequences decode as there are rows, or drafts are verified. */
static gpointer
prepare_short (gpointer data)
{
  BlnVkPreparation *self = data;

  for (guint n = 1; n <= MIN (bln_vk_few_rows (self->backend), self->backend->n_batch); n *= 2)
    for (guint p = 0; p < self->n_programs; p++)
      record_pass (self->backend, self->programs[p], n, n);
  return NULL;
}

static gpointer
prepare_long (gpointer data)
{
  BlnVkPreparation *self = data;

  for (guint p = 0; p < self->n_programs; p++)
    for (guint n = self->backend->n_batch; n > bln_vk_few_rows (self->backend); n /= 2)
      record_pass (self->backend, self->programs[p], n, 1);
  return NULL;
}

BlnVkPreparation *
bln_vk_preparation_new (BlnVkBackend            *backend,
                        const BlnProgram *const *programs,
                        guint                    n_programs)
{
  BlnVkPreparation *self = g_new0 (BlnVkPreparation, 1);

  self->backend = backend;
  self->programs = programs;
  self->n_programs = n_programs;
  self->threads[0] = g_thread_new ("shaders", prepare_short, self);
  self->threads[1] = g_thread_new ("shaders", prepare_long, self);
  return self;
}

void
bln_vk_preparation_free (BlnVkPreparation *self)
{
  for (guint i = 0; i < N_THREADS; i++)
    g_thread_join (self->threads[i]);
  g_free (self);
}
