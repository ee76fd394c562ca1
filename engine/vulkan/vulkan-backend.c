#include "vulkan-hybrid.h"
#include "pipeline-file.h"
#include "vulkan-fit.h"
#include "vulkan-prepare.h"
#include "vulkan-stream.h"

#include "rope.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "bln-engine.h"

#define MAX_CONSTANTS 16

/* ---- pipelines ---- */

typedef struct
{
  const BlnVkShader *shader;
  guint32 constants[MAX_CONSTANTS];
} PipelineKey;

static guint
key_hash (gconstpointer key)
{
  const guint32 *words = key;
  guint hash = 2166136261u;

  for (gsize i = 0; i < sizeof (PipelineKey) / 4; i++)
    hash = (hash ^ words[i]) * 16777619u;
  return hash;
}

static gboolean
key_equal (gconstpointer a,
           gconstpointer b)
{
  return memcmp (a, b, sizeof (PipelineKey)) == 0;
}

static gpointer
find_pipeline (BlnVkBackend      *backend,
               const PipelineKey *key)
{
  gpointer found;

  g_mutex_lock (&backend->pipeline_lock);
  found = g_hash_table_lookup (backend->pipeline_table, key);
  g_mutex_unlock (&backend->pipeline_lock);
  return found;
}

/* Of two threads that compiled the same, one keeps the other's. */
static VkPipeline
add_pipeline (BlnVkBackend      *backend,
              const PipelineKey *key,
              VkPipeline         pipeline)
{
  gpointer found;

  g_mutex_lock (&backend->pipeline_lock);
  found = g_hash_table_lookup (backend->pipeline_table, key);
  if (found == NULL)
    g_hash_table_insert (backend->pipeline_table, g_memdup2 (key, sizeof *key),
                         (gpointer) pipeline);
  g_mutex_unlock (&backend->pipeline_lock);
  if (found == NULL)
    return pipeline;
  vkDestroyPipeline (backend->device->device, pipeline, NULL);
  return (VkPipeline) found;
}

VkPipeline
bln_vk_run_pipeline (BlnVkRun          *run,
                     const BlnVkShader *shader,
                     const guint32     *constants,
                     guint              n_constants)
{
  BlnVkBackend *backend = run->backend;
  PipelineKey key;
  VkPipeline pipeline = VK_NULL_HANDLE;
  gpointer found;

  if (run->error != NULL)
    return VK_NULL_HANDLE;
  memset (&key, 0, sizeof key);
  key.shader = shader;
  memcpy (key.constants, constants, n_constants * sizeof *constants);
  found = find_pipeline (backend, &key);
  if (found != NULL)
    return (VkPipeline) found;
  if (!bln_vk_pipelines_make (&backend->pipelines, *shader, constants, n_constants,
                              backend->device->info.subgroup_size, &pipeline, &run->error))
    return VK_NULL_HANDLE;
  return add_pipeline (backend, &key, pipeline);
}

/* ---- making and freeing ---- */

static gboolean
make_buffers (BlnVkBackend *backend,
              GError      **error)
{
  BlnVkDevice *device = backend->device;

  return bln_vk_buffer_init (&backend->arena, device, BLN_VK_DEVICE, backend->sizes[0], error)
         && bln_vk_buffer_init (&backend->step, device, BLN_VK_SHARED, backend->sizes[1], error)
         && bln_vk_buffer_init (&backend->logits, device, BLN_VK_DEVICE, backend->sizes[2],
                                error)
         && bln_vk_buffer_init (&backend->read_logits, device, BLN_VK_READBACK,
                                backend->sizes[2], error)
         && bln_vk_buffer_init (&backend->choice, device, BLN_VK_READBACK,
                                bln_vk_choice_bytes (backend->weights->config.n_vocab), error)
         && bln_vk_buffer_init (&backend->hidden, device, BLN_VK_READBACK, backend->sizes[3],
                                error)
         && bln_vk_buffer_init (&backend->partials, device, BLN_VK_DEVICE, backend->sizes[4],
                                error)
         && bln_vk_buffer_init (&backend->transfer, device, BLN_VK_READBACK, TRANSFER_BYTES,
                                error)
         && bln_vk_tiles_init (backend, error);
}

/* Shaders leave the counters as they found them. */
static gboolean
clear_counters (BlnVkBackend *backend,
                GError      **error)
{
  BlnVkRun run = { .backend = backend };

  memset (backend->step.mapped, 0, BLN_VK_N_COUNTERS * 4);
  if (!bln_vk_run_begin (&run, error))
    return FALSE;
  bln_vk_commands_copy (&run.commands, &backend->step, 0, &backend->arena,
                        backend->counters * 4ull, BLN_VK_N_COUNTERS * 4);
  return bln_vk_run_submit_and_wait (&run, error);
}

static void
make_frequencies (BlnVkBackend *backend)
{
  const BlnConfig *config = &backend->weights->config;
  const guint n_half = config->rope.n_rot / 2;
  g_autofree float *factors = NULL;

  if (backend->weights->rope_freqs != NULL)
    {
      const BlnTensor *tensor = backend->weights->rope_freqs->tensor;

      factors = g_new (float, n_half);
      bln_dequantize (tensor->type, tensor->data, factors, n_half);
    }
  backend->frequencies = g_new0 (float, 2 * n_half);
  bln_rope_frequencies (&config->rope, factors, backend->frequencies);
  if (config->n_window != 0)
    bln_rope_frequencies (&config->rope_local, NULL, backend->frequencies + n_half);
}

static void
backend_free (BlnBackend *base)
{
  BlnVkBackend *backend = (BlnVkBackend *) base;
  GHashTableIter iter;
  gpointer pipeline;

  bln_vk_queue_settle (&backend->queue);
  if (backend->pipelines.cache != VK_NULL_HANDLE && !backend->device->is_abandoned)
    bln_vk_pipeline_file_save (backend->device, backend->pipelines.cache);
  g_hash_table_iter_init (&iter, backend->pipeline_table);
  while (g_hash_table_iter_next (&iter, NULL, &pipeline))
    if (!backend->device->is_abandoned)
      vkDestroyPipeline (backend->device->device, (VkPipeline) pipeline, NULL);
  g_hash_table_unref (backend->pipeline_table);
  g_clear_pointer (&backend->stages, bln_vk_stages_free);
  g_mutex_clear (&backend->pipeline_lock);
  bln_vk_recorded_forget (backend, NULL);
  g_clear_pointer (&backend->stream, bln_vk_stream_free);
  g_clear_pointer (&backend->hybrid, bln_vk_hybrid_free);
  bln_vk_model_free (backend->model);
  bln_vk_tiles_clear (&backend->tiles);
  bln_vk_buffer_clear (&backend->transfer);
  bln_vk_buffer_clear (&backend->partials);
  bln_vk_buffer_clear (&backend->hidden);
  bln_vk_buffer_clear (&backend->choice);
  bln_vk_buffer_clear (&backend->read_logits);
  bln_vk_buffer_clear (&backend->logits);
  bln_vk_buffer_clear (&backend->step);
  bln_vk_buffer_clear (&backend->arena);
  bln_vk_pipelines_clear (&backend->pipelines);
  bln_vk_queue_clear (&backend->queue);
  bln_vk_device_free (backend->device);
  g_free (backend->frequencies);
  g_free (backend->is_away);
  g_free (backend);
}

/* ---- passes ---- */

static void
write_step (BlnVkBackend   *backend,
            const BlnBatch *batch)
{
  const BlnConfig *config = &backend->weights->config;
  guint32 *words = backend->step.mapped;
  float *numbers = backend->step.mapped;
  const float *local = backend->frequencies + config->rope.n_rot / 2;

  memcpy (words, batch->tokens, batch->n_rows * sizeof *words);
  for (guint i = 0; i < batch->n_out; i++)
    bln_vk_choice_wish (backend, i, batch->choices[i]);
  if (batch->input != NULL)
    memcpy (numbers + backend->input, batch->input,
            (gsize) batch->n_rows * config->n_embd * sizeof (float));
  for (guint s = 0; s < batch->n_spans; s++)
    for (guint i = 0; i < batch->spans[s].n_rows; i++)
      {
        const guint row = batch->spans[s].first_row + i;
        const guint position = batch->spans[s].first_position + i;

        words[backend->positions + row] = position;
        bln_rope_angles (&config->rope, backend->frequencies, position,
                         numbers + backend->angles + (gsize) row * config->rope.n_rot);
        if (config->n_window != 0)
          bln_rope_angles (&config->rope_local, local, position,
                           numbers + backend->local_angles
                             + (gsize) row * config->rope.n_rot);
      }
}

void
bln_vk_record_op (BlnVkRun    *run,
                  const BlnOp *op)
{
  run->op = op;
  if (run->commands.stages != NULL)
    bln_vk_stages_name (&run->commands, op);
  switch (op->kind)
    {
    case BLN_OP_MATMUL:
      if (bln_vk_takes_tiles (run, op))
        bln_vk_record_tiled_matmul (run, op);
      else
        bln_vk_record_matmul (run, op);
      break;
    case BLN_OP_ATTENTION:
      bln_vk_record_attention (run, op);
      break;
    case BLN_OP_MLA:
      bln_vk_record_mla (run, op);
      break;
    case BLN_OP_EXPERTS_UP:
      if (bln_vk_takes_tiles (run, op))
        bln_vk_record_tiled_experts_up (run, op);
      else if (bln_vk_takes_few_experts (run, op))
        bln_vk_record_few_experts_up (run, op);
      else
        bln_vk_record_experts_up (run, op);
      break;
    case BLN_OP_EXPERTS_DOWN:
      if (bln_vk_takes_tiles (run, op))
        bln_vk_record_tiled_experts_down (run, op);
      else if (bln_vk_takes_few_experts (run, op))
        bln_vk_record_few_experts_down (run, op);
      else
        bln_vk_record_experts_down (run, op);
      break;
    case BLN_OP_HEAD:
      bln_vk_record_head (run, op);
      break;
    default:
      bln_vk_record_rows (run, op);
      break;
    }
  bln_vk_commands_barrier (&run->commands);
}

void
bln_vk_record_hidden (BlnVkRun *run)
{
  const BlnValue hidden = run->program->hidden;

  if (run->commands.stages != NULL)
    bln_vk_stages_name (&run->commands, NULL);
  if (bln_value_exists (hidden))
    bln_vk_commands_copy (&run->commands, &run->backend->arena,
                          (guint64) bln_vk_value (run, hidden) * 4, &run->backend->hidden, 0,
                          (guint64) run->batch->n_rows * bln_vk_stride (run, hidden) * 4);
}

/* By the device's clock, without the time that it worked for others before; by the host's where
 * it has none. */
static double
run_ns (BlnVkCommands *commands,
        gint64         start)
{
  double marks[2] = { 0 };

  if (commands->n_marks == 2 && bln_vk_commands_read_marks (commands, marks, NULL))
    return marks[1] * 1000;
  return (g_get_monotonic_time () - start) * 1000.0;
}

static gboolean
submit (BlnVkRun *run,
        guint64  *value)
{
  bln_vk_commands_mark (&run->commands);
  run->start = g_get_monotonic_time ();
  return run->error == NULL && bln_vk_commands_end (&run->commands, &run->error)
         && bln_vk_commands_submit (&run->commands, value, &run->error);
}

/* What was under way is done, and what was just submitted is under way. */
static void
learn (BlnVkRun *run)
{
  BlnVkPace *pace = &run->backend->pace;

  if (run->before.last_value > 0)
    {
      bln_vk_stages_add (run->backend->stages, &run->before, run->batch);
      bln_vk_pace_learn (pace, run_ns (&run->before, run->before_start));
    }
  bln_vk_pace_submit (pace);
}

gboolean
bln_vk_run_submit_and_wait (BlnVkRun *run,
                            GError  **error)
{
  guint64 value;
  gboolean done = submit (run, &value)
                  && bln_vk_queue_wait (&run->backend->queue, value, &run->error);

  if (done)
    {
      learn (run);
      bln_vk_stages_add (run->backend->stages, &run->commands, run->batch);
      bln_vk_pace_learn (&run->backend->pace, run_ns (&run->commands, run->start));
    }
  bln_vk_commands_clear (&run->commands);
  bln_vk_commands_clear (&run->before);
  if (!done)
    g_propagate_error (error, g_steal_pointer (&run->error));
  return done;
}

gboolean
bln_vk_run_begin (BlnVkRun *run,
                  GError  **error)
{
  const BlnVkStages *stages = run->backend->stages;

  if (!bln_vk_commands_begin (&run->commands, &run->backend->queue, &run->backend->pipelines,
                              run->program != NULL ? bln_vk_stages_max_marks (stages) : 0, error))
    return FALSE;
  if (stages != NULL && run->program != NULL)
    run->commands.stages = g_array_new (FALSE, FALSE, sizeof (const char *));
  bln_vk_commands_mark (&run->commands);
  return TRUE;
}

/* Submits what was recorded and waits for what was submitted before it: while one is being
 * recorded another one runs, and never more than two are under way. */
static gboolean
submit_and_go_on (BlnVkRun *run,
                  GError  **error)
{
  const guint64 before = run->before.last_value;
  gboolean done = submit (run, NULL)
                  && (before == 0
                      || bln_vk_queue_wait (&run->backend->queue, before, &run->error));

  if (done)
    learn (run);
  bln_vk_commands_clear (&run->before);
  run->before = run->commands;
  run->before_start = run->start;
  run->commands = (BlnVkCommands){ 0 };
  if (done && bln_vk_run_begin (run, error))
    return TRUE;
  bln_vk_commands_clear (&run->before);
  if (!done)
    g_propagate_error (error, g_steal_pointer (&run->error));
  return FALSE;
}

gboolean
bln_vk_run_wants (const BlnVkRun *run,
                  const BlnOp    *op)
{
  return op->kind == BLN_OP_HEAD ? run->batch->n_out > 0 : !run->batch->head_only;
}

/* Between two submissions. STOPPED. */
static gboolean
turn (BlnVkRun    *run,
      atomic_bool *stop,
      GError     **error)
{
  if (!submit_and_go_on (run, error))
    return FALSE;
  if (!atomic_load (stop))
    return TRUE;
  bln_vk_commands_clear (&run->commands);
  bln_vk_commands_clear (&run->before);
  g_set_error (error, BLN_ERROR, BLN_ERROR_STOPPED, _("Stopped."));
  return FALSE;
}

/* The weights of the feed-forward at `index` take the place of those before. */
static gboolean
bring (BlnVkRun    *run,
       guint        index,
       atomic_bool *stop,
       GError     **error)
{
  if (!turn (run, stop, error))
    return FALSE;
  if (bln_vk_stream_bring (run->backend->stream, run->program, index, error))
    return TRUE;
  bln_vk_commands_clear (&run->commands);
  bln_vk_commands_clear (&run->before);
  return FALSE;
}

/* A pass of many rows, cut into submissions that are as short as they should be. */
static gboolean
run_ops (BlnVkRun    *run,
         atomic_bool *stop,
         GError     **error)
{
  const GArray *ops = run->program->ops;
  BlnVkPace *pace = &run->backend->pace;

  if (!bln_vk_run_begin (run, error))
    return FALSE;
  for (guint i = 0; i < ops->len; i++)
    {
      const BlnOp *op = &g_array_index (ops, BlnOp, i);

      if (!bln_vk_run_wants (run, op))
        continue;
      if (run->streams && bln_feed_forward_begins (run->program, i, run->backend->is_away))
        {
          if (!bring (run, i, stop, error))
            return FALSE;
        }
      else if (bln_vk_pace_is_full (pace, op, run->batch) && !turn (run, stop, error))
        return FALSE;
      bln_vk_pace_add (pace, op, run->batch);
      bln_vk_record_op (run, op);
    }
  bln_vk_record_hidden (run);
  return bln_vk_run_submit_and_wait (run, error);
}

static gboolean
run_by_length (BlnVkRun    *run,
               atomic_bool *stop,
               GError     **error)
{
  BlnVkBackend *backend = run->backend;

  if (run->streams)
    return run_ops (run, stop, error);
  if (backend->hybrid != NULL)
    return bln_vk_hybrid_run (backend->hybrid, run, stop, error);
  if (run->batch->n_rows <= bln_vk_few_rows (backend))
    return bln_vk_recorded_run (run, error);
  return run_ops (run, stop, error);
}

static gboolean
run_pass (BlnBackend       *base,
          const BlnProgram *program,
          const BlnBatch   *batch,
          atomic_bool      *stop,
          GError          **error)
{
  BlnVkBackend *backend = (BlnVkBackend *) base;
  BlnVkRun run = { .backend = backend, .program = program, .batch = batch };
  const gint64 start = g_get_monotonic_time ();
  const gsize n_vocab = backend->weights->config.n_vocab;
  const gsize n = batch->head_rows != 0 ? MIN (batch->head_rows, n_vocab) : n_vocab;

  write_step (backend, batch);
  if (!bln_vk_stream_takes (backend->stream, batch->n_rows, &run.streams, error)
      || !run_by_length (&run, stop, error))
    return FALSE;
  for (guint i = 0; i < batch->n_out; i++)
    if (batch->choices[i] != NULL)
      bln_vk_choice_read (backend, i, batch->choices[i]);
    else
      memcpy (batch->out_logits[i], (const float *) backend->read_logits.mapped + i * n_vocab,
              n * sizeof (float));
  bln_vk_stages_add_pass (backend->stages, batch, g_get_monotonic_time () - start);
  return TRUE;
}

static const float *
get_hidden (BlnBackend       *base,
            const BlnProgram *program,
            guint             n_rows,
            gsize            *stride)
{
  BlnVkBackend *backend = (BlnVkBackend *) base;

  *stride = bln_program_stride (program, program->hidden);
  return backend->hidden.mapped;
}

/* ---- as a backend ---- */

static void
get_sizes (BlnBackend      *base,
           BlnBackendSizes *sizes)
{
  BlnVkBackend *backend = (BlnVkBackend *) base;

  *sizes = (BlnBackendSizes){
    .card_weights = bln_vk_model_size (backend->weights, &backend->device->info, backend->is_away),
    .activations = bln_vk_activation_bytes (backend, FALSE),
    .card_activations = bln_vk_activation_bytes (backend, TRUE),
    .card_available = backend->available,
    .n_blocks_away = backend->n_away,
  };
  if (backend->hybrid != NULL)
    bln_vk_hybrid_get_sizes (backend->hybrid, sizes);
  sizes->repacked += backend->stream_host_bytes;
}

static guint
get_row_limit (BlnBackend *base)
{
  BlnVkBackend *backend = (BlnVkBackend *) base;

  /* Nobody else draws with a device that is a processor. */
  if (backend->device->info.is_software)
    return backend->n_batch;
  return MIN (backend->n_batch,
              MAX (bln_vk_pace_rows (&backend->pace, backend->program, backend->n_batch),
                   bln_vk_stream_first_rows (backend->stream)));
}

static void
get_work (BlnBackend *base,
          BlnDeviceWork *work)
{
  const BlnVkPace *pace = &((BlnVkBackend *) base)->pace;

  *work = (BlnDeviceWork){ pace->n, bln_vk_pace_percentile (pace, 99) / 1e9,
                           pace->longest_ns / 1e9 };
}

/* What is on the device was prepared by its upload. */
static guint64
prepare_away (BlnBackend *base,
              double      seconds)
{
  BlnVkBackend *backend = (BlnVkBackend *) base;

  return backend->hybrid != NULL ? bln_vk_hybrid_prepare (backend->hybrid, seconds) : 0;
}

static const char *
get_name (BlnBackend *base)
{
  BlnVkBackend *backend = (BlnVkBackend *) base;
  g_autofree char *name = g_strdup_printf ("%s, Vulkan", backend->device->info.name);

  return g_intern_string (name);
}

static const BlnBackendClass vulkan_class = {
  .free = backend_free,
  .run = run_pass,
  .get_hidden = get_hidden,
  .get_logits = bln_vk_get_logits,
  .get_sizes = get_sizes,
  .get_row_limit = get_row_limit,
  .get_work = get_work,
  .get_name = get_name,
  .place_cache = bln_vk_place_cache,
  .prepare = prepare_away,
};

/* What shaders/route.comp has room for; no published model comes near. */
static gboolean
check_routing (const BlnConfig *config,
               GError         **error)
{
  if (config->n_experts_used <= 32 && config->n_groups <= 32)
    return TRUE;
  g_set_error_literal (error, BLN_ERROR, BLN_ERROR_UNSUPPORTED,
                       _("A graphics card is given at most 32 experts a token and 32 groups of "
                         "experts. Run this model on the processor."));
  return FALSE;
}

/* Uploads the weights, and meanwhile compiles what the model needs; not for a software device,
 * which compiles slowly and of all the shaders uses few. */
static gboolean
load (BlnVkBackend            *backend,
      const BlnProgram *const *programs,
      guint                    n_programs,
      const BlnVkOptions      *options,
      GError                 **error)
{
  g_autoptr (BlnVkUpload) upload = bln_vk_upload_new (backend->model, &backend->queue,
                                                      &backend->pipelines, error);
  BlnVkPreparation *preparation = NULL;
  gboolean loaded;

  if (upload == NULL || !bln_vk_upload_parameters (upload, error))
    return FALSE;
  if (!backend->device->info.is_software)
    preparation = bln_vk_preparation_new (backend, programs, n_programs);
  loaded = bln_vk_upload_matrices (upload, options->progress, options->progress_data, error);
  g_clear_pointer (&preparation, bln_vk_preparation_free);
  if (loaded)
    bln_vk_pipeline_file_save (backend->device, backend->pipelines.cache);
  return loaded;
}

/* Bytes of weights that a card reads in the time that a submission may take, if it is a slow one of
 * its kind. BLN_VK_PART_BYTES is for tests. */
static guint64
part_bytes_of (const BlnVkDeviceInfo *info)
{
  const char *text = g_getenv ("BLN_VK_PART_BYTES");
  const double bytes_per_ns = info->type == VK_PHYSICAL_DEVICE_TYPE_DISCRETE_GPU ? 150 : 25;

  if (text != NULL)
    return g_ascii_strtoull (text, NULL, 10);
  return info->is_software ? G_MAXUINT64 : (guint64) (bytes_per_ns * BLN_VK_AIM_NS);
}

static gboolean
prepare (BlnVkBackend            *backend,
         const BlnProgram *const *programs,
         guint                    n_programs,
         const BlnVkOptions      *options,
         GError                 **error)
{
  const char *variant = g_getenv ("BLN_VK_VARIANT"); /* narrow, plain or dot */

  if (!check_routing (&backend->weights->config, error))
    return FALSE;
  for (guint i = 0; i < n_programs; i++)
    if (backend->layout->type == BLN_KV_Q8_0 && !bln_vk_bytes_fit (programs[i], error))
      return FALSE;
  backend->device = bln_vk_device_new (options->device, error);
  if (backend->device == NULL)
    return FALSE;
  if (!options->is_plan && !bln_vk_check_cache (backend, error))
    return FALSE;
  backend->is_narrow = backend->device->info.is_software;
  backend->part_bytes = part_bytes_of (&backend->device->info);
  /* For the op check, which runs every variant that a device can run. */
  if (variant != NULL)
    backend->is_narrow = g_str_equal (variant, "narrow");
  backend->has_dot = backend->device->info.has_integer_dot && !backend->is_narrow
                     && g_strcmp0 (variant, "plain") != 0;
  backend->has_tiles = !backend->is_narrow
                       && backend->device->info.shared_memory >= BLN_VK_TILE_SHARED;
  backend->has_matrix_units = backend->has_tiles && backend->device->info.has_cooperative_matrix
                              && backend->device->info.shared_memory >= BLN_VK_MATRIX_SHARED
                              && g_strcmp0 (variant, "plain") != 0;
  if (!bln_vk_fit (backend, programs, n_programs, options, error))
    return FALSE;
  if (backend->n_away > 0)
    {
      backend->hybrid = bln_vk_hybrid_new (backend, programs, n_programs, backend->layout,
                                           &options->partner, options->is_plan, error);
      if (backend->hybrid == NULL)
        return FALSE;
    }
  if (options->is_plan)
    return TRUE;
  if (!bln_vk_queue_init (&backend->queue, backend->device, error)
      || !bln_vk_pipelines_init (&backend->pipelines, backend->device, error)
      || !make_buffers (backend, error) || !clear_counters (backend, error))
    return FALSE;
  backend->model = bln_vk_model_new (backend->weights, backend->is_away, backend->device, error);
  if (backend->model == NULL || !load (backend, programs, n_programs, options, error))
    return FALSE;
  if (backend->stream_bytes > 0)
    backend->stream = bln_vk_stream_new (backend, programs, n_programs, backend->stream_bytes,
                                         error);
  return backend->stream_bytes == 0 || backend->stream != NULL;
}

BlnBackend *
bln_vk_backend_new (const BlnWeights        *weights,
                    const BlnProgram *const *programs,
                    guint                    n_programs,
                    const BlnKvLayout       *layout,
                    const BlnVkOptions      *options,
                    GError                 **error)
{
  BlnVkBackend *backend = g_new0 (BlnVkBackend, 1);

  backend->base.klass = &vulkan_class;
  backend->weights = weights;
  backend->layout = layout;
  backend->n_batch = options->n_batch;
  backend->is_away = g_new0 (guint8, weights->all->len);
  bln_vk_pace_init (&backend->pace);
  backend->stages = bln_vk_stages_new ();
  backend->program = programs[0];
  g_mutex_init (&backend->pipeline_lock);
  backend->pipeline_table = g_hash_table_new_full (key_hash, key_equal, g_free, NULL);
  make_frequencies (backend);
  if (prepare (backend, programs, n_programs, options, error))
    return &backend->base;
  backend_free (&backend->base);
  return NULL;
}
