#include "vulkan-measure.h"

#include "command.h"
#include "push.h"
#include "shaders.h"

#include <string.h>

/* Of a software device many short ones: other programs may be at work where it works. */
#define ROUNDS 5
#define SOFTWARE_ROUNDS 24

/* Heads over latents, as DeepSeek's models have them. */
#define N_HEADS 16u
#define K_WIDTH 576u
#define V_WIDTH 512u
#define N_POSITIONS 128u

typedef struct
{
  BlnVkDevice *device;
  BlnVkQueue queue;
  BlnVkPipelines pipelines;
} Measure;

/* What is dispatched over and over. */
typedef struct
{
  const BlnVkShader *shader;
  guint32 constants[6];
  guint n_constants;
  BlnVkBinding bindings[3];
  guint n_bindings;
  gconstpointer push;
  guint32 n_push;
  guint32 n_groups;
} Work;

/* Seconds of one dispatch by the device's clock, or by the host's where it has none. */
static gboolean
run_once (Measure    *measure,
          const Work *work,
          VkPipeline  pipeline,
          double     *seconds,
          GError    **error)
{
  BlnVkCommands commands;
  double marks[2];
  guint64 value;
  gint64 start;
  gboolean done;

  if (!bln_vk_commands_begin (&commands, &measure->queue, &measure->pipelines, 2, error))
    return FALSE;
  bln_vk_commands_mark (&commands);
  bln_vk_commands_dispatch (&commands, pipeline, work->bindings, work->n_bindings, work->push,
                            work->n_push, work->n_groups, 1, 1);
  bln_vk_commands_mark (&commands);
  done = bln_vk_commands_end (&commands, error);
  start = g_get_monotonic_time ();
  done = done && bln_vk_commands_submit (&commands, &value, error)
         && bln_vk_queue_wait (&measure->queue, value, error);
  *seconds = (double) MAX (g_get_monotonic_time () - start, 1) / G_USEC_PER_SEC;
  if (done && commands.n_marks == 2 && bln_vk_commands_read_marks (&commands, marks, NULL)
      && marks[1] > 0)
    *seconds = marks[1] / G_USEC_PER_SEC;
  bln_vk_commands_clear (&commands);
  return done;
}

/* The shortest of some rounds. */
static gboolean
run_rounds (Measure    *measure,
            const Work *work,
            double     *seconds,
            GError    **error)
{
  const guint n_rounds = measure->device->info.is_software ? SOFTWARE_ROUNDS : ROUNDS;
  VkPipeline pipeline = VK_NULL_HANDLE;
  gboolean done = bln_vk_pipelines_make (&measure->pipelines, *work->shader, work->constants,
                                         work->n_constants, 0, &pipeline, error);

  *seconds = G_MAXDOUBLE;
  for (guint round = 0; done && round < n_rounds; round++)
    {
      double once;

      done = run_once (measure, work, pipeline, &once, error);
      if (done)
        *seconds = MIN (*seconds, once);
    }
  bln_vk_queue_settle (&measure->queue);
  if (pipeline != VK_NULL_HANDLE && !measure->device->is_abandoned)
    vkDestroyPipeline (measure->device->device, pipeline, NULL);
  return done;
}

static BlnVkBinding
whole (BlnVkBuffer *buffer)
{
  return (BlnVkBinding) { buffer, 0, buffer->n_bytes };
}

static gboolean
measure_reading (Measure *measure,
                 double  *bytes_per_second,
                 GError **error)
{
  const BlnVkDeviceInfo *info = &measure->device->info;
  const guint64 n_bytes = (info->is_software ? 16ull : 256ull) << 20;
  const BlnReadPush push = { .n_vectors = (guint32) (n_bytes / 16) };
  BlnVkBuffer memory = { 0 }, out = { 0 };
  double seconds;
  gboolean done = bln_vk_buffer_init (&memory, measure->device, BLN_VK_DEVICE, n_bytes, error)
                  && bln_vk_buffer_init (&out, measure->device, BLN_VK_READBACK, 16, error);

  if (done)
    {
      const Work work = {
        .shader = &bln_vk_shader_read,
        .constants = { info->is_software ? info->subgroup_size : 256, 4 }, .n_constants = 2,
        .bindings = { whole (&memory), whole (&out) }, .n_bindings = 2,
        .push = &push, .n_push = sizeof push, .n_groups = info->is_software ? 256 : 1056,
      };

      done = run_rounds (measure, &work, &seconds, error);
    }
  if (done)
    *bytes_per_second = (double) n_bytes / seconds;
  bln_vk_buffer_clear (&out);
  bln_vk_buffer_clear (&memory);
  return done;
}

/* A token's heads over the rows before it, by the shader that software devices get for it. */
static gboolean
measure_attention (Measure *measure,
                   double  *products_per_second,
                   GError **error)
{
  const guint32 lanes = measure->device->info.subgroup_size;
  const BlnAttendPush push = {
    .heads_per_kv = N_HEADS, .scale = 1, .q_stride = N_HEADS * K_WIDTH, .q_head = K_WIDTH,
    .k_stride = K_WIDTH, .v_stride = K_WIDTH, .out_offset = N_HEADS * K_WIDTH,
    .out_stride = N_HEADS * V_WIDTH, .out_head = V_WIDTH,
  };
  BlnVkBuffer arena = { 0 }, cache = { 0 }, step = { 0 };
  double seconds;
  gboolean done
      = bln_vk_buffer_init (&arena, measure->device, BLN_VK_SHARED,
                            N_HEADS * (K_WIDTH + V_WIDTH) * sizeof (float), error)
        && bln_vk_buffer_init (&cache, measure->device, BLN_VK_SHARED,
                               N_POSITIONS * K_WIDTH * sizeof (guint16), error)
        && bln_vk_buffer_init (&step, measure->device, BLN_VK_SHARED, sizeof (guint32), error);

  if (done)
    {
      const Work work = {
        .shader = &bln_vk_shader_attend,
        .constants = { lanes, (K_WIDTH + lanes - 1) / lanes, (V_WIDTH + lanes - 1) / lanes,
                       K_WIDTH, V_WIDTH, 1 /* halves */ },
        .n_constants = 6,
        .bindings = { whole (&arena), whole (&cache), whole (&step) }, .n_bindings = 3,
        .push = &push, .n_push = sizeof push, .n_groups = N_HEADS,
      };

      memset (arena.mapped, 0, arena.n_bytes);
      memset (cache.mapped, 0, cache.n_bytes);
      *(guint32 *) step.mapped = N_POSITIONS - 1;
      done = run_rounds (measure, &work, &seconds, error);
    }
  if (done)
    *products_per_second = (double) N_POSITIONS * N_HEADS * (K_WIDTH + V_WIDTH) / seconds;
  bln_vk_buffer_clear (&step);
  bln_vk_buffer_clear (&cache);
  bln_vk_buffer_clear (&arena);
  return done;
}

gboolean
bln_vk_measure (guint    index,
                double  *bytes_per_second,
                double  *products_per_second,
                GError **error)
{
  g_autoptr (BlnVkDevice) device = bln_vk_device_new (index, error);
  Measure measure = { .device = device };
  gboolean done;

  if (device == NULL)
    return FALSE;
  *bytes_per_second = *products_per_second = 0;
  done = bln_vk_queue_init (&measure.queue, device, error)
         && bln_vk_pipelines_init (&measure.pipelines, device, error)
         && measure_reading (&measure, bytes_per_second, error)
         && (!device->info.is_software
             || measure_attention (&measure, products_per_second, error));
  bln_vk_pipelines_clear (&measure.pipelines);
  bln_vk_queue_clear (&measure.queue);
  return done;
}
