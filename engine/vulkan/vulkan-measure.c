#include "vulkan-measure.h"

#include "command.h"
#include "push.h"
#include "shaders.h"

#define ROUNDS 5

typedef struct
{
  BlnVkQueue queue;
  BlnVkPipelines pipelines;
  BlnVkBuffer memory, out;
  VkPipeline pipeline;
} Measure;

static gboolean
prepare (Measure     *measure,
         BlnVkDevice *device,
         GError     **error)
{
  const guint64 n_bytes = (device->info.is_software ? 64ull : 256ull) << 20;
  const guint32 constants[] = { device->info.is_software ? device->info.subgroup_size : 256, 4 };

  return bln_vk_queue_init (&measure->queue, device, error)
         && bln_vk_pipelines_init (&measure->pipelines, device, error)
         && bln_vk_buffer_init (&measure->memory, device, BLN_VK_DEVICE, n_bytes, error)
         && bln_vk_buffer_init (&measure->out, device, BLN_VK_READBACK, 16, error)
         && bln_vk_pipelines_make (&measure->pipelines, bln_vk_shader_read, constants, 2, 0,
                                   &measure->pipeline, error);
}

/* Seconds of one read by the device's clock, or by the host's where it has none. */
static gboolean
read_once (Measure     *measure,
           BlnVkDevice *device,
           double      *seconds,
           GError     **error)
{
  const BlnVkBinding bindings[] = { { &measure->memory, 0, measure->memory.n_bytes },
                                    { &measure->out, 0, measure->out.n_bytes } };
  const BlnReadPush push = { .n_vectors = (guint32) (measure->memory.n_bytes / 16) };
  BlnVkCommands commands;
  double marks[2];
  guint64 value;
  gint64 start;
  gboolean done;

  if (!bln_vk_commands_begin (&commands, &measure->queue, &measure->pipelines, 2, error))
    return FALSE;
  bln_vk_commands_mark (&commands);
  bln_vk_commands_dispatch (&commands, measure->pipeline, bindings, 2, &push, sizeof push,
                            device->info.is_software ? 256 : 1056, 1, 1);
  bln_vk_commands_mark (&commands);
  done = bln_vk_commands_end (&commands, error);
  start = g_get_monotonic_time ();
  done = done && bln_vk_commands_submit (&commands, &value, error)
         && bln_vk_queue_wait (&measure->queue, value, error);
  *seconds = (g_get_monotonic_time () - start) / (double) G_USEC_PER_SEC;
  if (done && commands.n_marks == 2 && bln_vk_commands_read_marks (&commands, marks, NULL)
      && marks[1] > 0)
    *seconds = marks[1] / G_USEC_PER_SEC;
  bln_vk_commands_clear (&commands);
  return done;
}

gboolean
bln_vk_measure (guint    index,
                double  *bytes_per_second,
                GError **error)
{
  g_autoptr (BlnVkDevice) device = bln_vk_device_new (index, error);
  Measure measure = { 0 };
  gboolean done;

  if (device == NULL)
    return FALSE;
  done = prepare (&measure, device, error);
  *bytes_per_second = 0;
  for (guint round = 0; done && round < ROUNDS; round++)
    {
      double seconds;

      done = read_once (&measure, device, &seconds, error);
      if (done)
        *bytes_per_second = MAX (*bytes_per_second, measure.memory.n_bytes / seconds);
    }
  bln_vk_queue_settle (&measure.queue);
  if (measure.pipeline != VK_NULL_HANDLE && !device->is_abandoned)
    vkDestroyPipeline (device->device, measure.pipeline, NULL);
  bln_vk_buffer_clear (&measure.out);
  bln_vk_buffer_clear (&measure.memory);
  bln_vk_pipelines_clear (&measure.pipelines);
  bln_vk_queue_clear (&measure.queue);
  return done;
}
