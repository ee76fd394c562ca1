#include "device.h"

#include "matrix-units.h"

#include <glib/gi18n-lib.h>
#include <stdio.h>
#include <string.h>

#include "bln-engine.h"

/* Drivers reset slower ones. */
#define PATIENCE_NS (2ull * 1000 * 1000 * 1000)
/* A processor that plays a graphics card is never reset, only slow. */
#define SOFTWARE_PATIENCE_NS (120ull * 1000 * 1000 * 1000)

/* All that the shaders rely on. Everything else is asked for and used where it is. */
typedef struct
{
  VkPhysicalDeviceFeatures2 base;
  VkPhysicalDeviceVulkan11Features v11;
  VkPhysicalDeviceVulkan12Features v12;
  VkPhysicalDeviceSubgroupSizeControlFeaturesEXT size_control;
  VkPhysicalDeviceShaderIntegerDotProductFeaturesKHR integer_dot;
  BlnVkMatrixFeatures matrix;
} Features;

static gboolean
has_extension (VkPhysicalDevice physical,
               const char      *name)
{
  g_autofree VkExtensionProperties *list = NULL;
  guint32 n = 0;

  if (vkEnumerateDeviceExtensionProperties (physical, NULL, &n, NULL) != VK_SUCCESS)
    return FALSE;
  list = g_new0 (VkExtensionProperties, n);
  if (vkEnumerateDeviceExtensionProperties (physical, NULL, &n, list) != VK_SUCCESS)
    return FALSE;
  for (guint32 i = 0; i < n; i++)
    if (strcmp (list[i].extensionName, name) == 0)
      return TRUE;
  return FALSE;
}

/* Chains what the device knows, so that structures of unknown extensions are never passed. */
static void
read_features (VkPhysicalDevice physical,
               Features        *f)
{
  void **tail;

  *f = (Features){
    .base.sType = VK_STRUCTURE_TYPE_PHYSICAL_DEVICE_FEATURES_2,
    .v11.sType = VK_STRUCTURE_TYPE_PHYSICAL_DEVICE_VULKAN_1_1_FEATURES,
    .v12.sType = VK_STRUCTURE_TYPE_PHYSICAL_DEVICE_VULKAN_1_2_FEATURES,
    .size_control.sType = VK_STRUCTURE_TYPE_PHYSICAL_DEVICE_SUBGROUP_SIZE_CONTROL_FEATURES_EXT,
    .integer_dot.sType = VK_STRUCTURE_TYPE_PHYSICAL_DEVICE_SHADER_INTEGER_DOT_PRODUCT_FEATURES_KHR,
    .matrix.sType = BLN_VK_MATRIX_FEATURES_TYPE,
  };
  f->base.pNext = &f->v11;
  f->v11.pNext = &f->v12;
  tail = &f->v12.pNext;
  if (has_extension (physical, VK_EXT_SUBGROUP_SIZE_CONTROL_EXTENSION_NAME))
    {
      *tail = &f->size_control;
      tail = &f->size_control.pNext;
    }
  if (has_extension (physical, VK_KHR_SHADER_INTEGER_DOT_PRODUCT_EXTENSION_NAME))
    {
      *tail = &f->integer_dot;
      tail = &f->integer_dot.pNext;
    }
  if (has_extension (physical, BLN_VK_MATRIX_EXTENSION))
    *tail = &f->matrix;
  vkGetPhysicalDeviceFeatures2 (physical, &f->base);
}

static const char *
missing_feature (const VkPhysicalDeviceProperties *p,
                 const Features                   *f)
{
  if (p->apiVersion < VK_API_VERSION_1_2)
    return N_ ("its driver is older than Vulkan 1.2");
  if (!f->base.features.shaderInt16)
    return N_ ("its driver lacks 16-bit integers in shaders");
  if (!f->v11.storageBuffer16BitAccess || !f->v12.storageBuffer8BitAccess)
    return N_ ("its driver lacks 8-bit and 16-bit storage");
  if (!f->v12.shaderInt8 || !f->v12.shaderFloat16)
    return N_ ("its driver lacks 8-bit integers and 16-bit floats in shaders");
  if (!f->v12.timelineSemaphore)
    return N_ ("its driver lacks timeline semaphores");
  return NULL;
}

static void
fill_info (VkPhysicalDevice physical,
           BlnVkDeviceInfo *info)
{
  VkPhysicalDeviceSubgroupSizeControlPropertiesEXT sizes = {
    .sType = VK_STRUCTURE_TYPE_PHYSICAL_DEVICE_SUBGROUP_SIZE_CONTROL_PROPERTIES_EXT,
  };
  VkPhysicalDeviceMaintenance3Properties limits3 = {
    .sType = VK_STRUCTURE_TYPE_PHYSICAL_DEVICE_MAINTENANCE_3_PROPERTIES,
    .pNext = &sizes,
  };
  VkPhysicalDeviceDriverProperties driver = {
    .sType = VK_STRUCTURE_TYPE_PHYSICAL_DEVICE_DRIVER_PROPERTIES,
    .pNext = &limits3,
  };
  VkPhysicalDeviceSubgroupProperties subgroup = {
    .sType = VK_STRUCTURE_TYPE_PHYSICAL_DEVICE_SUBGROUP_PROPERTIES,
    .pNext = &driver,
  };
  VkPhysicalDeviceProperties2 properties = {
    .sType = VK_STRUCTURE_TYPE_PHYSICAL_DEVICE_PROPERTIES_2,
    .pNext = &subgroup,
  };
  const VkPhysicalDeviceProperties *p = &properties.properties;
  Features features;

  vkGetPhysicalDeviceProperties2 (physical, &properties);
  read_features (physical, &features);

  *info = (BlnVkDeviceInfo){
    .vendor_id = p->vendorID,
    .device_id = p->deviceID,
    .api_version = p->apiVersion,
    .driver_version = p->driverVersion,
    .type = p->deviceType,
    .is_software = p->deviceType == VK_PHYSICAL_DEVICE_TYPE_CPU,
    .subgroup_size = subgroup.subgroupSize,
    .min_subgroup_size = features.size_control.subgroupSizeControl ? sizes.minSubgroupSize
                                                                   : subgroup.subgroupSize,
    .max_subgroup_size = features.size_control.subgroupSizeControl ? sizes.maxSubgroupSize
                                                                   : subgroup.subgroupSize,
    .shared_memory = p->limits.maxComputeSharedMemorySize,
    .max_lanes = p->limits.maxComputeWorkGroupInvocations,
    .max_push = p->limits.maxPushConstantsSize,
    .max_allocation = limits3.maxMemoryAllocationSize,
    .max_storage_range = p->limits.maxStorageBufferRange,
    .offset_alignment = p->limits.minStorageBufferOffsetAlignment,
    .timestamp_period = p->limits.timestampComputeAndGraphics ? p->limits.timestampPeriod : 0,
    .has_subgroup_size_control = features.size_control.subgroupSizeControl
                                 && features.size_control.computeFullSubgroups,
    .has_integer_dot = features.integer_dot.shaderIntegerDotProduct,
    .has_cooperative_matrix = features.matrix.cooperativeMatrix && features.v12.vulkanMemoryModel
                              && bln_vk_has_matrix_units (bln_vk_get_instance (NULL), physical),
    .has_memory_budget = has_extension (physical, VK_EXT_MEMORY_BUDGET_EXTENSION_NAME),
    .has_memory_model = features.v12.vulkanMemoryModel
                        && features.v12.vulkanMemoryModelDeviceScope,
    .unfit = missing_feature (p, &features),
  };
  memcpy (info->driver_uuid, p->pipelineCacheUUID, VK_UUID_SIZE);
  g_strlcpy (info->name, p->deviceName, sizeof info->name);
  g_snprintf (info->driver, sizeof info->driver, "%s %s", driver.driverName, driver.driverInfo);
}

static VkPhysicalDevice *
list_physical (guint32 *n,
               GError **error)
{
  VkInstance instance = bln_vk_get_instance (error);
  VkPhysicalDevice *list = NULL;
  VkResult result;

  if (instance == VK_NULL_HANDLE)
    return NULL;
  result = vkEnumeratePhysicalDevices (instance, n, NULL);
  if (result == VK_SUCCESS)
    {
      list = g_new0 (VkPhysicalDevice, *n + 1);
      result = vkEnumeratePhysicalDevices (instance, n, list);
    }
  /* A loader without any driver says so with an initialization failure: that is no device. */
  if (result != VK_SUCCESS && result != VK_INCOMPLETE)
    *n = 0;
  return list != NULL ? list : g_new0 (VkPhysicalDevice, 1);
}

GArray *
bln_vk_devices (GError **error)
{
  guint32 n = 0;
  g_autofree VkPhysicalDevice *list = list_physical (&n, error);
  GArray *devices;

  if (list == NULL)
    return NULL;
  devices = g_array_sized_new (FALSE, TRUE, sizeof (BlnVkDeviceInfo), n);
  g_array_set_size (devices, n);
  for (guint32 i = 0; i < n; i++)
    fill_info (list[i], &g_array_index (devices, BlnVkDeviceInfo, i));
  return devices;
}

/* A queue with compute; one that does not draw is left alone by the desktop's compositor. */
static gboolean
choose_queue_family (BlnVkDevice *device)
{
  g_autofree VkQueueFamilyProperties *families = NULL;
  guint32 n = 0;
  gboolean found = FALSE;

  vkGetPhysicalDeviceQueueFamilyProperties (device->physical, &n, NULL);
  families = g_new0 (VkQueueFamilyProperties, n);
  vkGetPhysicalDeviceQueueFamilyProperties (device->physical, &n, families);
  for (guint32 i = 0; i < n; i++)
    {
      gboolean draws = (families[i].queueFlags & VK_QUEUE_GRAPHICS_BIT) != 0;

      if (!(families[i].queueFlags & VK_QUEUE_COMPUTE_BIT) || (found && draws))
        continue;
      device->queue_family = i;
      found = TRUE;
      if (!draws)
        break;
    }
  return found;
}

static VkResult
create_device (BlnVkDevice *device)
{
  const BlnVkDeviceInfo *info = &device->info;
  const char *extensions[5];
  guint32 n_extensions = 0;
  const float priority = 0.5f;
  Features have, want;
  VkDeviceQueueCreateInfo queue = {
    .sType = VK_STRUCTURE_TYPE_DEVICE_QUEUE_CREATE_INFO,
    .queueFamilyIndex = device->queue_family,
    .queueCount = 1,
    .pQueuePriorities = &priority,
  };
  VkDeviceCreateInfo create = {
    .sType = VK_STRUCTURE_TYPE_DEVICE_CREATE_INFO,
    .pNext = &want.base,
    .queueCreateInfoCount = 1,
    .pQueueCreateInfos = &queue,
    .ppEnabledExtensionNames = extensions,
  };

  /* Only what the shaders use is switched on: robust access, for one, costs a bounds check a
   * load. */
  read_features (device->physical, &have);
  want = (Features){
    .base = { .sType = have.base.sType, .pNext = &want.v11,
              .features = { .shaderInt16 = VK_TRUE } },
    .v11 = { .sType = have.v11.sType, .pNext = &want.v12, .storageBuffer16BitAccess = VK_TRUE },
    .v12 = { .sType = have.v12.sType,
             .storageBuffer8BitAccess = VK_TRUE,
             .shaderInt8 = VK_TRUE,
             .shaderFloat16 = VK_TRUE,
             .timelineSemaphore = VK_TRUE,
             .vulkanMemoryModel = have.v12.vulkanMemoryModel,
             .vulkanMemoryModelDeviceScope = info->has_memory_model },
    .size_control = have.size_control,
    .integer_dot = have.integer_dot,
    .matrix = { .sType = have.matrix.sType, .cooperativeMatrix = VK_TRUE },
  };
  if (info->has_subgroup_size_control)
    {
      extensions[n_extensions++] = VK_EXT_SUBGROUP_SIZE_CONTROL_EXTENSION_NAME;
      want.size_control.pNext = want.v12.pNext;
      want.v12.pNext = &want.size_control;
    }
  if (info->has_integer_dot)
    {
      extensions[n_extensions++] = VK_KHR_SHADER_INTEGER_DOT_PRODUCT_EXTENSION_NAME;
      want.integer_dot.pNext = want.v12.pNext;
      want.v12.pNext = &want.integer_dot;
    }
  if (info->has_cooperative_matrix)
    {
      extensions[n_extensions++] = BLN_VK_MATRIX_EXTENSION;
      want.matrix.pNext = want.v12.pNext;
      want.v12.pNext = &want.matrix;
    }
  if (info->has_memory_budget)
    extensions[n_extensions++] = VK_EXT_MEMORY_BUDGET_EXTENSION_NAME;
  create.enabledExtensionCount = n_extensions;
  return vkCreateDevice (device->physical, &create, NULL, &device->device);
}

BlnVkDevice *
bln_vk_device_new (guint    index,
                   GError **error)
{
  guint32 n = 0;
  g_autofree VkPhysicalDevice *list = list_physical (&n, error);
  g_autoptr (BlnVkDevice) device = g_new0 (BlnVkDevice, 1);
  VkPhysicalDeviceMemoryProperties2 memory = {
    .sType = VK_STRUCTURE_TYPE_PHYSICAL_DEVICE_MEMORY_PROPERTIES_2,
  };

  if (list == NULL)
    return NULL;
  if (index >= n)
    {
      g_set_error (error, BLN_ERROR, BLN_ERROR_DEVICE,
                   _("There is no Vulkan device %u: this machine has %u, counted from 0. "
                     "“baleen devices” lists them."), index, n);
      return NULL;
    }
  device->physical = list[index];
  fill_info (device->physical, &device->info);
  if (device->info.unfit == NULL && !choose_queue_family (device))
    device->info.unfit = N_ ("it does no compute work");
  if (device->info.unfit != NULL)
    {
      g_set_error (error, BLN_ERROR, BLN_ERROR_DEVICE, _("“%s” cannot be used: %s."),
                   device->info.name, _(device->info.unfit));
      return NULL;
    }
  if (!bln_vk_check (create_device (device), device->info.name, error))
    return NULL;
  vkGetDeviceQueue (device->device, device->queue_family, 0, &device->queue);
  vkGetPhysicalDeviceMemoryProperties2 (device->physical, &memory);
  device->memory = memory.memoryProperties;
  /* For the test of the layer that makes lavapipe a card: it compiles while it runs. */
  device->patience = device->info.is_software || g_getenv ("BLN_VK_PATIENT") != NULL
                       ? SOFTWARE_PATIENCE_NS
                       : PATIENCE_NS;
  device->hides_bytes = g_getenv ("BLN_VK_WHOLE_BINDINGS") != NULL;
  return g_steal_pointer (&device);
}

void
bln_vk_device_free (BlnVkDevice *device)
{
  if (device == NULL)
    return;
  if (device->device != VK_NULL_HANDLE && !device->is_abandoned)
    vkDestroyDevice (device->device, NULL);
  g_free (device);
}

void
bln_vk_device_get_budget (BlnVkDevice *device,
                          guint64     *total,
                          guint64     *available)
{
  VkPhysicalDeviceMemoryBudgetPropertiesEXT budget = {
    .sType = VK_STRUCTURE_TYPE_PHYSICAL_DEVICE_MEMORY_BUDGET_PROPERTIES_EXT,
  };
  VkPhysicalDeviceMemoryProperties2 memory = {
    .sType = VK_STRUCTURE_TYPE_PHYSICAL_DEVICE_MEMORY_PROPERTIES_2,
    .pNext = device->info.has_memory_budget ? &budget : NULL,
  };

  vkGetPhysicalDeviceMemoryProperties2 (device->physical, &memory);
  *total = *available = 0;
  for (guint32 i = 0; i < memory.memoryProperties.memoryHeapCount; i++)
    {
      const VkMemoryHeap *heap = &memory.memoryProperties.memoryHeaps[i];
      guint64 free_bytes = heap->size;

      if (!(heap->flags & VK_MEMORY_HEAP_DEVICE_LOCAL_BIT))
        continue;
      if (device->info.has_memory_budget)
        free_bytes = budget.heapBudget[i] > budget.heapUsage[i]
                       ? budget.heapBudget[i] - budget.heapUsage[i]
                       : 0;
      *total += heap->size;
      *available += MIN (free_bytes, heap->size);
    }
}
