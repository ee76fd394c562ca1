#include "memory.h"

#include <glib/gi18n-lib.h>

#include "bln-engine.h"

/* In order of preference; the last asks for nothing that the API does not guarantee. */
static const VkMemoryPropertyFlags wishes[4][3] = {
  [BLN_VK_DEVICE] = {
    VK_MEMORY_PROPERTY_DEVICE_LOCAL_BIT,
    0,
    0,
  },
  [BLN_VK_UPLOAD] = {
    VK_MEMORY_PROPERTY_HOST_VISIBLE_BIT | VK_MEMORY_PROPERTY_HOST_COHERENT_BIT,
    VK_MEMORY_PROPERTY_HOST_VISIBLE_BIT | VK_MEMORY_PROPERTY_HOST_COHERENT_BIT,
    VK_MEMORY_PROPERTY_HOST_VISIBLE_BIT | VK_MEMORY_PROPERTY_HOST_COHERENT_BIT,
  },
  [BLN_VK_SHARED] = {
    VK_MEMORY_PROPERTY_DEVICE_LOCAL_BIT | VK_MEMORY_PROPERTY_HOST_VISIBLE_BIT
      | VK_MEMORY_PROPERTY_HOST_COHERENT_BIT,
    VK_MEMORY_PROPERTY_HOST_VISIBLE_BIT | VK_MEMORY_PROPERTY_HOST_COHERENT_BIT,
    VK_MEMORY_PROPERTY_HOST_VISIBLE_BIT | VK_MEMORY_PROPERTY_HOST_COHERENT_BIT,
  },
  [BLN_VK_READBACK] = {
    VK_MEMORY_PROPERTY_HOST_VISIBLE_BIT | VK_MEMORY_PROPERTY_HOST_COHERENT_BIT
      | VK_MEMORY_PROPERTY_HOST_CACHED_BIT,
    VK_MEMORY_PROPERTY_HOST_VISIBLE_BIT | VK_MEMORY_PROPERTY_HOST_COHERENT_BIT,
    VK_MEMORY_PROPERTY_HOST_VISIBLE_BIT | VK_MEMORY_PROPERTY_HOST_COHERENT_BIT,
  },
};

static int
find_memory_type (const BlnVkDevice *device,
                  guint32            allowed,
                  BlnVkPlace         place)
{
  for (guint wish = 0; wish < 3; wish++)
    for (guint32 i = 0; i < device->memory.memoryTypeCount; i++)
      if ((allowed & (1u << i)) != 0
          && (device->memory.memoryTypes[i].propertyFlags & wishes[place][wish])
               == wishes[place][wish])
        return (int) i;
  return -1;
}

static gboolean
check_budget (BlnVkDevice *device,
              guint64      n_bytes,
              GError     **error)
{
  g_autofree char *wanted = NULL;
  g_autofree char *there = NULL;
  guint64 total, available;

  bln_vk_device_get_budget (device, &total, &available);
  if (n_bytes <= available - available / 10)
    return TRUE;
  wanted = g_format_size (n_bytes);
  there = g_format_size (available - available / 10);
  g_set_error (error, BLN_ERROR, BLN_ERROR_MEMORY,
               _("“%s” has %s of memory free and %s is needed. "
                 "Close other programs or choose a smaller model or context."),
               device->info.name, there, wanted);
  return FALSE;
}

static VkResult
allocate (BlnVkBuffer *buffer,
          BlnVkPlace   place)
{
  BlnVkDevice *device = buffer->device;
  VkMemoryRequirements needs;
  VkMemoryAllocateInfo info = {
    .sType = VK_STRUCTURE_TYPE_MEMORY_ALLOCATE_INFO,
  };
  VkResult result;
  int type;

  vkGetBufferMemoryRequirements (device->device, buffer->buffer, &needs);
  type = find_memory_type (device, needs.memoryTypeBits, place);
  if (type < 0 || needs.size > device->info.max_allocation)
    return VK_ERROR_OUT_OF_DEVICE_MEMORY;
  info.allocationSize = needs.size;
  info.memoryTypeIndex = (guint32) type;
  result = vkAllocateMemory (device->device, &info, NULL, &buffer->memory);
  if (result == VK_SUCCESS)
    result = vkBindBufferMemory (device->device, buffer->buffer, buffer->memory, 0);
  if (result == VK_SUCCESS
      && (device->memory.memoryTypes[type].propertyFlags & VK_MEMORY_PROPERTY_HOST_COHERENT_BIT))
    result = vkMapMemory (device->device, buffer->memory, 0, VK_WHOLE_SIZE, 0, &buffer->mapped);
  return result;
}

gboolean
bln_vk_buffer_init (BlnVkBuffer *buffer,
                    BlnVkDevice *device,
                    BlnVkPlace   place,
                    guint64      n_bytes,
                    GError     **error)
{
  VkBufferCreateInfo info = {
    .sType = VK_STRUCTURE_TYPE_BUFFER_CREATE_INFO,
    .size = MAX (n_bytes, 16),
    .usage = VK_BUFFER_USAGE_STORAGE_BUFFER_BIT | VK_BUFFER_USAGE_TRANSFER_SRC_BIT
             | VK_BUFFER_USAGE_TRANSFER_DST_BIT | VK_BUFFER_USAGE_INDIRECT_BUFFER_BIT,
  };
  VkResult result;

  *buffer = (BlnVkBuffer){ .device = device, .n_bytes = info.size };
  if (place == BLN_VK_DEVICE && !check_budget (device, n_bytes, error))
    return FALSE;
  result = vkCreateBuffer (device->device, &info, NULL, &buffer->buffer);
  if (result == VK_SUCCESS)
    result = allocate (buffer, place);
  if (result != VK_SUCCESS)
    {
      g_autofree char *size = g_format_size (n_bytes);
      g_autofree char *doing = g_strdup_printf (_("making room for %s"), size);

      bln_vk_buffer_clear (buffer);
      return bln_vk_check (result, doing, error);
    }
  return TRUE;
}

void
bln_vk_buffer_clear (BlnVkBuffer *buffer)
{
  if (buffer->device == NULL)
    return;
  if (!buffer->device->is_abandoned)
    {
      vkDestroyBuffer (buffer->device->device, buffer->buffer, NULL);
      vkFreeMemory (buffer->device->device, buffer->memory, NULL);
    }
  *buffer = (BlnVkBuffer){ 0 };
}
