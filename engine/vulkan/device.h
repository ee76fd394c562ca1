/* Vulkan devices: what each can do, and one opened for use. */
#pragma once

#include "vk.h"

G_BEGIN_DECLS

typedef struct
{
  char name[VK_MAX_PHYSICAL_DEVICE_NAME_SIZE];
  char driver[VK_MAX_DRIVER_NAME_SIZE + VK_MAX_DRIVER_INFO_SIZE];
  guint32 vendor_id, device_id, api_version, driver_version;
  VkPhysicalDeviceType type;
  guint8 driver_uuid[VK_UUID_SIZE];    /* of the pipeline cache */
  gboolean is_software;                /* never chosen unasked */

  guint32 subgroup_size, min_subgroup_size, max_subgroup_size;
  guint32 shared_memory;               /* bytes a workgroup */
  guint32 max_lanes;                   /* invocations a workgroup */
  guint32 max_push;                    /* bytes */
  guint64 max_allocation;              /* bytes */
  guint64 max_storage_range;           /* bytes one binding may span */
  guint64 offset_alignment;            /* of a binding's start */
  float timestamp_period;              /* ns a tick; 0: no timestamps */

  gboolean has_subgroup_size_control;
  gboolean has_integer_dot;            /* VK_KHR_shader_integer_dot_product, 4x8 accelerated */
  gboolean has_cooperative_matrix;     /* VK_KHR_cooperative_matrix, 16x16x16, F16 to F32 */
  gboolean has_memory_budget;
  gboolean has_memory_model;           /* device scope */

  /* (nullable) why it cannot be used: the feature it lacks. Translated, static. */
  const char *unfit;
} BlnVkDeviceInfo;

typedef struct
{
  BlnVkDeviceInfo info;
  VkPhysicalDevice physical;
  VkDevice device;
  guint32 queue_family;
  VkQueue queue;
  VkPhysicalDeviceMemoryProperties memory;
  /* It hangs: what it uses can never be destroyed, and stays until the process ends. */
  gboolean is_abandoned;
  guint64 patience;     /* ns: when it has not answered for so long it is lost */
  gboolean hides_bytes; /* see bln_vk_commands_beside() */
} BlnVkDevice;

/* Every device of the machine in the loader's order, as an array of BlnVkDeviceInfo. Empty
 * when there is none; NULL only when Vulkan itself is missing (DEVICE). */
GArray *bln_vk_devices (GError **error);

/* Opens device `index` of that order, software or not. DEVICE when it is unfit or refuses. */
BlnVkDevice *bln_vk_device_new (guint    index,
                                GError **error);
void bln_vk_device_free (BlnVkDevice *device);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BlnVkDevice, bln_vk_device_free)

/* Bytes of device-local memory: all of it, and what this process may still take now. Without
 * VK_EXT_memory_budget the second is the first. */
void bln_vk_device_get_budget (BlnVkDevice *device,
                               guint64     *total,
                               guint64     *available);

G_END_DECLS
