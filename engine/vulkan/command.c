#include "command.h"

#include <glib/gi18n-lib.h>

#include "bln-engine.h"

gboolean
bln_vk_queue_init (BlnVkQueue  *queue,
                   BlnVkDevice *device,
                   GError     **error)
{
  VkCommandPoolCreateInfo pool = {
    .sType = VK_STRUCTURE_TYPE_COMMAND_POOL_CREATE_INFO,
    .queueFamilyIndex = device->queue_family,
  };
  VkSemaphoreTypeCreateInfo type = {
    .sType = VK_STRUCTURE_TYPE_SEMAPHORE_TYPE_CREATE_INFO,
    .semaphoreType = VK_SEMAPHORE_TYPE_TIMELINE,
  };
  VkSemaphoreCreateInfo semaphore = {
    .sType = VK_STRUCTURE_TYPE_SEMAPHORE_CREATE_INFO,
    .pNext = &type,
  };
  VkResult result;

  *queue = (BlnVkQueue){ .device = device };
  result = vkCreateCommandPool (device->device, &pool, NULL, &queue->pool);
  if (result == VK_SUCCESS)
    result = vkCreateSemaphore (device->device, &semaphore, NULL, &queue->timeline);
  if (result != VK_SUCCESS)
    bln_vk_queue_clear (queue);
  return bln_vk_check (result, _("preparing commands"), error);
}

static VkResult
wait_for (BlnVkQueue *queue,
          guint64     value,
          guint64     patience)
{
  VkSemaphoreWaitInfo info = {
    .sType = VK_STRUCTURE_TYPE_SEMAPHORE_WAIT_INFO,
    .semaphoreCount = 1,
    .pSemaphores = &queue->timeline,
    .pValues = &value,
  };

  return vkWaitSemaphores (queue->device->device, &info, patience);
}

static void
settle (BlnVkQueue *queue,
        guint64     value)
{
  guint64 now = 0;

  if (!queue->device->is_abandoned
      && (vkGetSemaphoreCounterValue (queue->device->device, queue->timeline, &now) != VK_SUCCESS
          || now < value)
      && wait_for (queue, value, BLN_VK_GRACE_NS) == VK_TIMEOUT)
    queue->device->is_abandoned = TRUE;
}

void
bln_vk_queue_settle (BlnVkQueue *queue)
{
  if (queue->device != NULL && queue->submitted > 0)
    settle (queue, queue->submitted);
}

void
bln_vk_queue_clear (BlnVkQueue *queue)
{
  if (queue->device == NULL)
    return;
  bln_vk_queue_settle (queue);
  if (!queue->device->is_abandoned)
    {
      vkDestroySemaphore (queue->device->device, queue->timeline, NULL);
      vkDestroyCommandPool (queue->device->device, queue->pool, NULL);
    }
  *queue = (BlnVkQueue){ 0 };
}

/* As many as a few layers record. */
#define SETS_PER_POOL 128

static VkResult
add_pool (BlnVkCommands *commands)
{
  VkDescriptorPoolSize size = { VK_DESCRIPTOR_TYPE_STORAGE_BUFFER,
                                SETS_PER_POOL * BLN_VK_MAX_BINDINGS };
  VkDescriptorPoolCreateInfo info = {
    .sType = VK_STRUCTURE_TYPE_DESCRIPTOR_POOL_CREATE_INFO,
    .maxSets = SETS_PER_POOL,
    .poolSizeCount = 1,
    .pPoolSizes = &size,
  };
  VkDescriptorPool pool;
  const VkResult result = vkCreateDescriptorPool (commands->queue->device->device, &info, NULL,
                                                  &pool);

  if (result != VK_SUCCESS)
    return result;
  if (commands->pools == NULL)
    commands->pools = g_array_new (FALSE, FALSE, sizeof pool);
  g_array_append_val (commands->pools, pool);
  commands->n_sets = 0;
  return VK_SUCCESS;
}

static VkResult
make_marks (BlnVkCommands *commands)
{
  VkQueryPoolCreateInfo info = {
    .sType = VK_STRUCTURE_TYPE_QUERY_POOL_CREATE_INFO,
    .queryType = VK_QUERY_TYPE_TIMESTAMP,
    .queryCount = commands->max_marks,
  };
  BlnVkDevice *device = commands->queue->device;

  if (commands->max_marks == 0 || device->info.timestamp_period == 0)
    {
      commands->max_marks = 0;
      return VK_SUCCESS;
    }
  return vkCreateQueryPool (device->device, &info, NULL, &commands->marks);
}

gboolean
bln_vk_commands_begin (BlnVkCommands        *commands,
                       BlnVkQueue           *queue,
                       const BlnVkPipelines *pipelines,
                       guint                 max_marks,
                       GError              **error)
{
  VkCommandBufferAllocateInfo allocate = {
    .sType = VK_STRUCTURE_TYPE_COMMAND_BUFFER_ALLOCATE_INFO,
    .commandPool = queue->pool,
    .level = VK_COMMAND_BUFFER_LEVEL_PRIMARY,
    .commandBufferCount = 1,
  };
  VkCommandBufferBeginInfo begin = {
    .sType = VK_STRUCTURE_TYPE_COMMAND_BUFFER_BEGIN_INFO,
  };
  VkResult result;

  *commands = (BlnVkCommands){ .queue = queue, .pipelines = pipelines, .max_marks = max_marks };
  result = vkAllocateCommandBuffers (queue->device->device, &allocate, &commands->buffer);
  if (result == VK_SUCCESS)
    result = make_marks (commands);
  if (result == VK_SUCCESS)
    result = vkBeginCommandBuffer (commands->buffer, &begin);
  if (result != VK_SUCCESS)
    bln_vk_commands_clear (commands);
  else if (commands->max_marks > 0)
    vkCmdResetQueryPool (commands->buffer, commands->marks, 0, commands->max_marks);
  return bln_vk_check (result, _("recording commands"), error);
}

void
bln_vk_commands_begin_dry (BlnVkCommands        *commands,
                           BlnVkQueue           *queue,
                           const BlnVkPipelines *pipelines)
{
  *commands = (BlnVkCommands){ .queue = queue, .pipelines = pipelines, .is_dry = TRUE };
}

/* Bindings that a shader does not have are left unwritten: it never looks at them. */
static VkDescriptorSet
make_set (BlnVkCommands      *commands,
          const BlnVkBinding *bindings,
          guint               n_bindings)
{
  VkDevice device = commands->queue->device->device;
  VkDescriptorSetAllocateInfo allocate = {
    .sType = VK_STRUCTURE_TYPE_DESCRIPTOR_SET_ALLOCATE_INFO,
    .descriptorSetCount = 1,
    .pSetLayouts = &commands->pipelines->set_layout,
  };
  VkDescriptorBufferInfo buffers[BLN_VK_MAX_BINDINGS];
  VkWriteDescriptorSet writes[BLN_VK_MAX_BINDINGS];
  VkDescriptorSet set = VK_NULL_HANDLE;
  VkResult result = VK_SUCCESS;

  if (commands->pools == NULL || commands->n_sets == SETS_PER_POOL)
    result = add_pool (commands);
  if (result == VK_SUCCESS)
    {
      allocate.descriptorPool = g_array_index (commands->pools, VkDescriptorPool,
                                               commands->pools->len - 1);
      result = vkAllocateDescriptorSets (device, &allocate, &set);
      commands->n_sets++;
    }
  if (result != VK_SUCCESS)
    {
      commands->result = result;
      return VK_NULL_HANDLE;
    }
  for (guint i = 0; i < n_bindings; i++)
    {
      buffers[i] = (VkDescriptorBufferInfo){ bindings[i].buffer->buffer, bindings[i].offset,
                                             bindings[i].n_bytes };
      writes[i] = (VkWriteDescriptorSet){
        .sType = VK_STRUCTURE_TYPE_WRITE_DESCRIPTOR_SET,
        .dstSet = set,
        .dstBinding = i,
        .descriptorCount = 1,
        .descriptorType = VK_DESCRIPTOR_TYPE_STORAGE_BUFFER,
        .pBufferInfo = &buffers[i],
      };
    }
  vkUpdateDescriptorSets (device, n_bindings, writes, 0, NULL);
  return set;
}

void
bln_vk_commands_dispatch (BlnVkCommands      *commands,
                          VkPipeline          pipeline,
                          const BlnVkBinding *bindings,
                          guint               n_bindings,
                          gconstpointer       push,
                          guint               push_bytes,
                          guint               x,
                          guint               y,
                          guint               z)
{
  VkPipelineLayout layout = commands->pipelines->layout;
  VkDescriptorSet set;

  g_return_if_fail (push_bytes <= BLN_VK_PUSH_BYTES && push_bytes % 4 == 0);
  g_return_if_fail (n_bindings <= BLN_VK_MAX_BINDINGS);

  if (commands->is_dry)
    return;
  set = make_set (commands, bindings, n_bindings);
  if (set == VK_NULL_HANDLE)
    return;
  vkCmdBindPipeline (commands->buffer, VK_PIPELINE_BIND_POINT_COMPUTE, pipeline);
  vkCmdBindDescriptorSets (commands->buffer, VK_PIPELINE_BIND_POINT_COMPUTE, layout, 0, 1, &set,
                           0, NULL);
  vkCmdPushConstants (commands->buffer, layout, VK_SHADER_STAGE_COMPUTE_BIT, 0, push_bytes, push);
  vkCmdDispatch (commands->buffer, x, y, z);
  commands->n_dispatches++;
}

void
bln_vk_commands_copy (BlnVkCommands     *commands,
                      const BlnVkBuffer *from,
                      guint64            from_offset,
                      const BlnVkBuffer *to,
                      guint64            to_offset,
                      guint64            n_bytes)
{
  VkBufferCopy region = { from_offset, to_offset, n_bytes };

  if (commands->is_dry)
    return;
  vkCmdCopyBuffer (commands->buffer, from->buffer, to->buffer, 1, &region);
}

static void
end_stage (BlnVkCommands *commands)
{
  g_autofree char *name = g_strdup_printf ("%s, %u", commands->stage, ++commands->n_stage);
  const char *interned = g_intern_string (name);

  g_array_append_val (commands->stages, interned);
  bln_vk_commands_mark (commands);
}

void
bln_vk_commands_barrier (BlnVkCommands *commands)
{
  const VkPipelineStageFlags stages = VK_PIPELINE_STAGE_COMPUTE_SHADER_BIT
                                      | VK_PIPELINE_STAGE_TRANSFER_BIT;
  VkMemoryBarrier barrier = {
    .sType = VK_STRUCTURE_TYPE_MEMORY_BARRIER,
    .srcAccessMask = VK_ACCESS_SHADER_WRITE_BIT | VK_ACCESS_TRANSFER_WRITE_BIT,
    .dstAccessMask = VK_ACCESS_SHADER_READ_BIT | VK_ACCESS_SHADER_WRITE_BIT
                     | VK_ACCESS_TRANSFER_READ_BIT | VK_ACCESS_TRANSFER_WRITE_BIT,
  };

  if (commands->is_dry)
    return;
  vkCmdPipelineBarrier (commands->buffer, stages, stages, 0, 1, &barrier, 0, NULL, 0, NULL);
  commands->n_barriers++;
  if (commands->stages != NULL)
    end_stage (commands);
}

void
bln_vk_commands_beside (BlnVkCommands *commands)
{
  if (!commands->queue->device->hides_bytes)
    return;
  bln_vk_commands_barrier (commands);
  commands->n_barriers--;
}

void
bln_vk_commands_mark (BlnVkCommands *commands)
{
  if (commands->n_marks < commands->max_marks)
    vkCmdWriteTimestamp (commands->buffer, VK_PIPELINE_STAGE_COMPUTE_SHADER_BIT,
                         commands->marks, commands->n_marks++);
}

gboolean
bln_vk_commands_end (BlnVkCommands *commands,
                     GError       **error)
{
  /* What the device wrote is for the host to read after the wait. */
  VkMemoryBarrier barrier = {
    .sType = VK_STRUCTURE_TYPE_MEMORY_BARRIER,
    .srcAccessMask = VK_ACCESS_SHADER_WRITE_BIT | VK_ACCESS_TRANSFER_WRITE_BIT,
    .dstAccessMask = VK_ACCESS_HOST_READ_BIT,
  };

  vkCmdPipelineBarrier (commands->buffer,
                        VK_PIPELINE_STAGE_COMPUTE_SHADER_BIT | VK_PIPELINE_STAGE_TRANSFER_BIT,
                        VK_PIPELINE_STAGE_HOST_BIT, 0, 1, &barrier, 0, NULL, 0, NULL);
  if (commands->result == VK_SUCCESS)
    commands->result = vkEndCommandBuffer (commands->buffer);
  return bln_vk_check (commands->result, _("recording commands"), error);
}

void
bln_vk_commands_clear (BlnVkCommands *commands)
{
  VkDevice device;

  if (commands->next != NULL)
    bln_vk_commands_clear (commands->next);
  g_clear_pointer (&commands->next, g_free);
  if (commands->queue == NULL)
    return;
  g_clear_pointer (&commands->stages, g_array_unref);
  device = commands->queue->device->device;
  if (commands->last_value > 0)
    settle (commands->queue, commands->last_value);
  if (!commands->queue->device->is_abandoned)
    {
      vkDestroyQueryPool (device, commands->marks, NULL);
      for (guint i = 0; commands->pools != NULL && i < commands->pools->len; i++)
        vkDestroyDescriptorPool (device, g_array_index (commands->pools, VkDescriptorPool, i), NULL);
      if (commands->buffer != VK_NULL_HANDLE)
        vkFreeCommandBuffers (device, commands->queue->pool, 1, &commands->buffer);
    }
  g_clear_pointer (&commands->pools, g_array_unref);
  *commands = (BlnVkCommands){ 0 };
}

gboolean
bln_vk_commands_submit (BlnVkCommands *commands,
                        guint64       *value,
                        GError       **error)
{
  BlnVkQueue *queue = commands->queue;
  guint64 next = queue->submitted + 1;
  VkTimelineSemaphoreSubmitInfo timeline = {
    .sType = VK_STRUCTURE_TYPE_TIMELINE_SEMAPHORE_SUBMIT_INFO,
    .signalSemaphoreValueCount = 1,
    .pSignalSemaphoreValues = &next,
  };
  VkSubmitInfo submit = {
    .sType = VK_STRUCTURE_TYPE_SUBMIT_INFO,
    .pNext = &timeline,
    .commandBufferCount = 1,
    .pCommandBuffers = &commands->buffer,
    .signalSemaphoreCount = 1,
    .pSignalSemaphores = &queue->timeline,
  };
  VkResult result = vkQueueSubmit (queue->device->queue, 1, &submit, VK_NULL_HANDLE);

  if (result != VK_SUCCESS)
    return bln_vk_check (result, _("starting work"), error);
  queue->submitted = commands->last_value = next;
  if (value != NULL)
    *value = next;
  return TRUE;
}

gboolean
bln_vk_queue_wait (BlnVkQueue *queue,
                   guint64     value,
                   GError    **error)
{
  return bln_vk_check (wait_for (queue, value, queue->device->patience), _("waiting for work"), error);
}

/* What takes longer is slept through: what waking costs is little beside it. */
#define MOST_AWAKE_US 20000
/* A sleep may be longer than it was meant to be by so much. */
#define OVERSLEEP_US 150

/* Half of the time is slept through. */
static void
stay_awake (BlnVkQueue *queue,
            guint64     value,
            gint64      microseconds)
{
  const gint64 start = g_get_monotonic_time ();
  const gint64 end = start + 2 * microseconds + OVERSLEEP_US;
  guint64 now = 0;

  if (microseconds / 2 > OVERSLEEP_US)
    g_usleep (microseconds / 2 - OVERSLEEP_US);
  while (vkGetSemaphoreCounterValue (queue->device->device, queue->timeline, &now) == VK_SUCCESS
         && now < value && g_get_monotonic_time () < end)
    ;
}

gboolean
bln_vk_queue_wait_soon (BlnVkQueue *queue,
                        guint64     value,
                        gint64      microseconds,
                        GError    **error)
{
  if (!queue->device->info.is_software && microseconds > 0 && microseconds < MOST_AWAKE_US)
    stay_awake (queue, value, microseconds);
  return bln_vk_queue_wait (queue, value, error);
}

gboolean
bln_vk_commands_read_marks (BlnVkCommands *commands,
                            double        *microseconds,
                            GError       **error)
{
  BlnVkDevice *device = commands->queue->device;
  g_autofree guint64 *ticks = g_new0 (guint64, MAX (commands->n_marks, 1));
  VkResult result;

  result = vkGetQueryPoolResults (device->device, commands->marks, 0, commands->n_marks,
                                  commands->n_marks * sizeof *ticks, ticks, sizeof *ticks,
                                  VK_QUERY_RESULT_64_BIT | VK_QUERY_RESULT_WAIT_BIT);
  if (result != VK_SUCCESS)
    return bln_vk_check (result, _("reading the device's clock"), error);
  for (guint i = 0; i < commands->n_marks; i++)
    microseconds[i] = (double) (ticks[i] - ticks[0]) * device->info.timestamp_period / 1000;
  return TRUE;
}
