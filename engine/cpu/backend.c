#include "run.h"

#include "cpu-features.h"
#include "rope.h"

#include <glib/gi18n-lib.h>
#include <string.h>

typedef void (*RunFunc) (BlnCpuRun *run, const BlnOp *op, BlnCpuThread *thread);
typedef void (*NeedsFunc) (BlnCpuBackend *backend, const BlnOp *op, guint n_rows,
                           BlnCpuNeeds *needs);

static const struct
{
  RunFunc run;
  NeedsFunc needs;
} ops[] = {
  [BLN_OP_EMBED] = { bln_cpu_run_rows, bln_cpu_rows_needs },
  [BLN_OP_INPUT] = { bln_cpu_run_rows, bln_cpu_rows_needs },
  [BLN_OP_NORM] = { bln_cpu_run_rows, bln_cpu_rows_needs },
  [BLN_OP_CONCAT] = { bln_cpu_run_rows, bln_cpu_rows_needs },
  [BLN_OP_ADD] = { bln_cpu_run_rows, bln_cpu_rows_needs },
  [BLN_OP_GLU] = { bln_cpu_run_rows, bln_cpu_rows_needs },
  [BLN_OP_MATMUL] = { bln_cpu_run_matmul, bln_cpu_matmul_needs },
  [BLN_OP_HEAD] = { bln_cpu_run_matmul, bln_cpu_matmul_needs },
  [BLN_OP_ATTENTION] = { bln_cpu_run_attention, bln_cpu_attention_needs },
  [BLN_OP_MLA] = { bln_cpu_run_mla, bln_cpu_mla_needs },
  [BLN_OP_EXPERTS_UP] = { bln_cpu_run_experts_up, bln_cpu_experts_up_needs },
  [BLN_OP_EXPERTS_DOWN] = { bln_cpu_run_experts_down, bln_cpu_experts_down_needs },
};

const float *
bln_cpu_angles (const BlnCpuRun *run,
                const BlnRope   *rope,
                guint            row)
{
  const BlnConfig *config = &run->program->weights->config;
  guint local = rope == &config->rope_local ? 1 : 0;

  return run->backend->angles + ((gsize) row * 2 + local) * config->rope.n_rot;
}

const BlnSpan *
bln_cpu_span_of (const BlnCpuRun *run,
                 guint            row,
                 guint           *position)
{
  const BlnSpan *span = run->batch->spans;

  while (row >= span->first_row + span->n_rows)
    span++;
  *position = span->first_position + row - span->first_row;
  return span;
}

/* ---- weights ------------------------------------------------------------------------- */

/* Small vectors become F32 at once: they are used as such in every step. */
static float *
load_vector (const BlnWeight *weight)
{
  float *values = g_new (float, weight->n_in);

  bln_dequantize (weight->tensor->type, weight->tensor->data, values, weight->n_in);
  return values;
}

static gboolean
is_wanted (const BlnCpuBackend *backend,
           const BlnWeight     *weight)
{
  return backend->options.only == NULL || backend->options.only[weight->index];
}

static BlnCpuWeight *
add_part (BlnCpuBackend   *backend,
          const BlnWeight *weight,
          guint64          n_slabs,
          guint64          slab_rows,
          guint64          first_row,
          guint64          n_out)
{
  BlnCpuView view = {
    .n_in = weight->n_in, .n_out = n_out, .n_slabs = n_slabs,
    .first_row = first_row, .slab_rows = slab_rows,
  };

  return bln_cpu_store_add (backend->store, weight->tensor, &view,
                            backend->options.repack && is_wanted (backend, weight));
}

static void
add_latent_halves (BlnCpuBackend   *backend,
                   guint            block,
                   const BlnWeight *weight)
{
  const BlnConfig *c = &backend->weights->config;
  guint32 rows = c->n_nope + c->n_mla_value;
  gsize n = (gsize) c->n_head[block] * c->n_nope * c->n_latent;
  BlnCpuKeyRows *keys = &backend->key_rows[block];

  backend->matrices[weight->index] = add_part (backend, weight, c->n_head[block], rows, 0,
                                               c->n_nope);
  backend->halves[weight->index] = add_part (backend, weight, c->n_head[block], rows,
                                             c->n_nope, c->n_mla_value);
  if (weight->tensor->type == BLN_TYPE_F32)
    {
      keys->type = BLN_ROWS_F32;
      keys->rows = weight->tensor->data;
      keys->head_stride = (gsize) rows * c->n_latent;
      keys->is_ready = TRUE;
      return;
    }
  keys->type = BLN_ROWS_F16;
  keys->copy = g_aligned_alloc (n, sizeof (guint16), 64);
  keys->rows = (const guint8 *) keys->copy;
  keys->head_stride = (gsize) c->n_nope * c->n_latent;
  backend->vector_bytes += n * sizeof (guint16);
}

static void
add_weight (BlnCpuBackend   *backend,
            const BlnWeight *weight)
{
  if (weight->is_vector)
    {
      backend->vectors[weight->index] = load_vector (weight);
      backend->vector_bytes += weight->n_in * sizeof (float);
      return;
    }
  if (backend->matrices[weight->index] == NULL)
    backend->matrices[weight->index] = add_part (backend, weight, weight->n_slabs,
                                                 weight->n_out, 0, weight->n_out);
  if (!backend->matrices[weight->index]->is_repacked
      && weight->tensor->part != BLN_OWN_MEMORY && is_wanted (backend, weight))
    backend->mapped_bytes += weight->tensor->n_bytes;
}

static void
add_weights (BlnCpuBackend *backend)
{
  const BlnWeights *weights = backend->weights;
  const BlnConfig *c = &weights->config;

  for (guint i = 0; i < c->n_blocks; i++)
    {
      const BlnBlock *block = &weights->blocks[i];
      const BlnWeight *fused = block->gate_up_exps;

      if (block->attn_kv_b != NULL && is_wanted (backend, block->attn_kv_b))
        add_latent_halves (backend, i, block->attn_kv_b);
      if (fused == NULL)
        continue;
      backend->matrices[fused->index] = add_part (backend, fused, fused->n_slabs, fused->n_out,
                                                  0, c->n_ff_expert);
      backend->halves[fused->index] = add_part (backend, fused, fused->n_slabs, fused->n_out,
                                                c->n_ff_expert, c->n_ff_expert);
    }
  for (guint i = 0; i < weights->all->len; i++)
    add_weight (backend, g_ptr_array_index (weights->all, i));
}

static void
add_ropes (BlnCpuBackend *backend)
{
  const BlnWeights *weights = backend->weights;
  const BlnConfig *c = &weights->config;
  const float *factors = weights->rope_freqs != NULL
                         ? backend->vectors[weights->rope_freqs->index] : NULL;
  guint half = c->rope.n_rot / 2;

  backend->frequencies = g_new0 (float, 2 * half + 1);
  bln_rope_frequencies (&c->rope, factors, backend->frequencies);
  if (c->n_window != 0)
    bln_rope_frequencies (&c->rope_local, NULL, backend->frequencies + half);
  backend->angles = g_new0 (float, (gsize) backend->options.n_batch * 4 * half + 1);
}

/* ---- memory -------------------------------------------------------------------------- */

static void
measure (BlnCpuBackend           *backend,
         const BlnProgram *const *programs,
         guint                    n_programs,
         gsize                   *thread_bytes)
{
  guint n_batch = backend->options.n_batch, n_ops = 0;

  *thread_bytes = 0;
  for (guint p = 0; p < n_programs; p++)
    {
      const BlnProgram *program = programs[p];

      backend->arena_bytes = MAX (backend->arena_bytes,
                                  program->row_floats * n_batch * sizeof (float));
      n_ops = MAX (n_ops, program->ops->len);
      for (guint i = 0; i < program->ops->len; i++)
        {
          const BlnOp *op = &g_array_index (program->ops, BlnOp, i);
          BlnCpuNeeds needs = { 0, 0 };

          ops[op->kind].needs (backend, op, n_batch, &needs);
          *thread_bytes = MAX (*thread_bytes, needs.thread);
          backend->shared_bytes = MAX (backend->shared_bytes, needs.shared);
        }
    }
  backend->n_counters = n_ops * BLN_COUNTERS_PER_OP;
}

static void
allocate (BlnCpuBackend *backend,
          gsize          thread_bytes)
{
  guint n_used = backend->weights->config.n_experts_used;

  backend->arena = g_aligned_alloc (1, backend->arena_bytes + 64, 64);
  backend->shared = g_aligned_alloc (1, backend->shared_bytes + 64, 64);
  backend->counters = g_new0 (atomic_uint, backend->n_counters);
  backend->thread = g_new0 (BlnCpuThread, backend->n_threads);
  for (guint i = 0; i < backend->n_threads; i++)
    {
      backend->thread[i].size = thread_bytes;
      backend->thread[i].scratch = g_aligned_alloc (1, thread_bytes + 64, 64);
      backend->thread[i].choice = g_new0 (float, BLN_PRIVATE_ROWS * 2 * n_used + 1);
    }
}

static void
backend_free (BlnCpuBackend *backend)
{
  const BlnWeights *weights = backend->weights;

  g_clear_pointer (&backend->threads, bln_threads_free);
  for (guint i = 0; backend->thread != NULL && i < backend->n_threads; i++)
    {
      g_aligned_free (backend->thread[i].scratch);
      g_free (backend->thread[i].choice);
    }
  for (guint i = 0; backend->vectors != NULL && i < weights->all->len; i++)
    g_free (backend->vectors[i]);
  for (guint i = 0; backend->key_rows != NULL && i < weights->config.n_blocks; i++)
    g_aligned_free (backend->key_rows[i].copy);
  g_free (backend->thread);
  g_free (backend->vectors);
  g_free (backend->matrices);
  g_free (backend->halves);
  g_free (backend->key_rows);
  g_free (backend->frequencies);
  g_free (backend->angles);
  g_free (backend->counters);
  g_aligned_free (backend->arena);
  g_aligned_free (backend->shared);
  g_clear_pointer (&backend->store, bln_cpu_store_free);
  g_free (backend);
}

/* ---- running ------------------------------------------------------------------------- */

static void
compute_angles (BlnCpuBackend  *backend,
                const BlnBatch *batch)
{
  const BlnConfig *c = &backend->weights->config;
  guint n_rot = c->rope.n_rot;

  for (guint s = 0; s < batch->n_spans; s++)
    for (guint i = 0; i < batch->spans[s].n_rows; i++)
      {
        guint row = batch->spans[s].first_row + i;
        float *angles = backend->angles + (gsize) row * 2 * n_rot;

        bln_rope_angles (&c->rope, backend->frequencies,
                         batch->spans[s].first_position + i, angles);
        if (c->n_window != 0)
          bln_rope_angles (&c->rope_local, backend->frequencies + n_rot / 2,
                           batch->spans[s].first_position + i, angles + n_rot);
      }
}

/* Walks the program as one of the threads. The stop flag is looked at where a block ends, by
 * the first thread alone, before a barrier, so that all of them end together. */
static void
walk (guint    index,
      gpointer user_data)
{
  BlnCpuRun *run = user_data;
  BlnCpuThread *thread = &run->backend->thread[index];
  const BlnOp *list = &g_array_index (run->program->ops, BlnOp, 0);
  guint n = run->program->ops->len;

  for (guint i = run->batch->head_only ? n - 1 : 0; i < n; i++)
    {
      thread->used = 0;
      ops[list[i].kind].run (run, &list[i], thread);
      if (index == 0 && i + 1 < n && list[i].layer != list[i + 1].layer &&
          atomic_load_explicit (run->stop, memory_order_relaxed))
        atomic_store_explicit (&run->last_op, (int) i, memory_order_relaxed);
      bln_threads_barrier (run->backend->threads);
      if (atomic_load_explicit (&run->last_op, memory_order_relaxed) == (int) i)
        return;
    }
}

static gboolean
run_pass (BlnBackend       *base,
          const BlnProgram *program,
          const BlnBatch   *batch,
          atomic_bool      *stop,
          GError          **error)
{
  BlnCpuBackend *backend = (BlnCpuBackend *) base;
  BlnCpuRun run = {
    backend, backend->kernels, program, batch, stop,
    bln_threads_get_n_active (backend->threads), -1,
  };

  g_assert (batch->n_rows <= backend->options.n_batch);
  compute_angles (backend, batch);
  memset (backend->counters, 0, backend->n_counters * sizeof *backend->counters);
  bln_threads_run (backend->threads, walk, &run);
  /* After the pass: pages that the file lost meanwhile read as zeros. */
  if (!bln_gguf_check_unchanged (backend->weights->gguf, error) ||
      !bln_cpu_store_check (backend->store, error))
    return FALSE;
  if (atomic_load (&run.last_op) >= 0)
    {
      g_set_error_literal (error, BLN_ERROR, BLN_ERROR_STOPPED, _("Stopped."));
      return FALSE;
    }
  return TRUE;
}

static const float *
get_hidden (BlnBackend       *base,
            const BlnProgram *program,
            guint             n_rows,
            gsize            *stride)
{
  BlnCpuBackend *backend = (BlnCpuBackend *) base;

  *stride = bln_program_stride (program, program->hidden);
  return (const float *) backend->arena + bln_program_offset (program, program->hidden, n_rows);
}

/* ---- as a backend ----------------------------------------------------------------------- */

static void
class_free (BlnBackend *backend)
{
  backend_free ((BlnCpuBackend *) backend);
}

static void
class_get_sizes (BlnBackend      *base,
                 BlnBackendSizes *sizes)
{
  BlnCpuBackend *backend = (BlnCpuBackend *) base;

  sizes->mapped = backend->mapped_bytes;
  sizes->repacked = bln_cpu_store_get_repacked_bytes (backend->store) + backend->vector_bytes;
  sizes->activations = backend->arena_bytes + backend->shared_bytes;
  for (guint i = 0; i < backend->n_threads; i++)
    sizes->activations += backend->thread[i].size;
}

static const char *
class_get_name (BlnBackend *base)
{
  BlnCpuBackend *backend = (BlnCpuBackend *) base;

  return bln_cpu_name (backend->n_threads, backend->kernels->name);
}

static guint64
class_prepare (BlnBackend *base,
               double      seconds)
{
  return bln_cpu_store_prepare (((BlnCpuBackend *) base)->store, seconds);
}

static const BlnBackendClass cpu_class = {
  .free = class_free,
  .run = run_pass,
  .get_hidden = get_hidden,
  .get_sizes = class_get_sizes,
  .get_name = class_get_name,
  .prepare = class_prepare,
};

BlnBackend *
bln_cpu_backend_new (const BlnWeights        *weights,
                     const BlnProgram *const *programs,
                     guint                    n_programs,
                     const BlnKvLayout       *layout,
                     const BlnCpuOptions     *options,
                     GError                 **error)
{
  BlnCpuBackend *backend = g_new0 (BlnCpuBackend, 1);
  gsize thread_bytes;

  backend->base.klass = &cpu_class;
  backend->weights = weights;
  backend->options = *options;
  backend->options.variant = NULL;
  backend->n_threads = options->n_threads;
  backend->n_context = layout->n_context;
  backend->kernels = bln_kernels_get (options->variant);
  if (backend->kernels == NULL)
    {
      g_set_error (error, BLN_ERROR, BLN_ERROR_ARGUMENT,
                   _("This machine cannot run the kernels “%s”. Leave the choice to Baleen."),
                   options->variant);
      backend_free (backend);
      return NULL;
    }
  backend->store = bln_cpu_store_new (weights->gguf, backend->kernels);
  backend->matrices = g_new0 (BlnCpuWeight *, weights->all->len);
  backend->halves = g_new0 (BlnCpuWeight *, weights->all->len);
  backend->vectors = g_new0 (float *, weights->all->len);
  if (weights->config.has_kv_b)
    backend->key_rows = g_new0 (BlnCpuKeyRows, weights->config.n_blocks);
  add_weights (backend);
  if (!bln_cpu_store_seal (backend->store, error))
    {
      backend_free (backend);
      return NULL;
    }
  add_ropes (backend);
  measure (backend, programs, n_programs, &thread_bytes);
  allocate (backend, thread_bytes);
  backend->threads = bln_threads_new (backend->n_threads);
  if (options->is_partner)
    bln_threads_stay_awake (backend->threads);
  return &backend->base;
}
