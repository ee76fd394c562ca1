#include "fault-layer.h"

#include <stdatomic.h>
#include <string.h>
#include <vulkan/vk_layer.h>

/* What the next layer, or the driver, does; one for each device. */
#define DEVICE_FUNCTIONS(X) \
  X (vkDestroyDevice) \
  X (vkDeviceWaitIdle) \
  X (vkQueueSubmit) \
  X (vkWaitSemaphores) \
  X (vkAllocateMemory) \
  X (vkFreeMemory)

/* What is made and destroyed in the same way. */
#define OBJECTS(X) \
  X (Buffer) \
  X (ShaderModule) \
  X (DescriptorSetLayout) \
  X (DescriptorPool) \
  X (PipelineLayout) \
  X (PipelineCache) \
  X (CommandPool) \
  X (QueryPool) \
  X (Semaphore)

typedef struct
{
  PFN_vkGetDeviceProcAddr get;
  VkDevice device;
  atomic_bool is_lost;
#define FIELD(name) PFN_##name name;
  DEVICE_FUNCTIONS (FIELD)
#undef FIELD
#define FIELDS(name) \
  PFN_vkCreate##name vkCreate##name; \
  PFN_vkDestroy##name vkDestroy##name;
  OBJECTS (FIELDS)
#undef FIELDS
  PFN_vkCreateComputePipelines vkCreateComputePipelines;
  PFN_vkDestroyPipeline vkDestroyPipeline;
} Device;

static GMutex lock;
static GHashTable *devices; /* (owned) dispatch table → Device; under the lock */
static VkInstance instance;
static PFN_vkGetInstanceProcAddr next_get;
static PFN_vkGetPhysicalDeviceProperties2 next_get_properties;
static PFN_vkGetPhysicalDeviceMemoryProperties2 next_get_memory;

static struct
{
  FaultPlace place;
  VkResult result;
  guint n_before, n_left; /* under the lock */
} fault;

static atomic_bool has_struck;
static atomic_uint n_objects, pretended_version, pretended_range;
static atomic_ullong pretended_memory;
static atomic_bool pretends_card, fails_pipelines;

/* A device and its queues begin with the same pointer, the loader's table. */
static Device *
find_device (gconstpointer handle)
{
  Device *device;

  g_mutex_lock (&lock);
  device = g_hash_table_lookup (devices, *(gpointer *) handle);
  g_mutex_unlock (&lock);
  return device;
}

/* What the call returns without doing anything; VK_SUCCESS: it goes on. */
static VkResult
strike (Device    *device,
        FaultPlace place)
{
  VkResult result = VK_SUCCESS;

  if (atomic_load (&device->is_lost) && (place == FAULT_SUBMIT || place == FAULT_WAIT))
    return VK_ERROR_DEVICE_LOST;
  g_mutex_lock (&lock);
  if (place == fault.place && fault.n_left > 0)
    {
      if (fault.n_before > 0)
        fault.n_before--;
      else
        {
          fault.n_left--;
          result = fault.result;
        }
    }
  g_mutex_unlock (&lock);
  if (result != VK_SUCCESS)
    atomic_store (&has_struck, TRUE);
  if (result == VK_ERROR_DEVICE_LOST)
    {
      /* On a device that is gone nothing runs. */
      device->vkDeviceWaitIdle (device->device);
      atomic_store (&device->is_lost, TRUE);
    }
  return result;
}

/* ---- calls that may fail ---------------------------------------------------------------- */

static VKAPI_ATTR VkResult VKAPI_CALL
queue_submit (VkQueue             queue,
              uint32_t            n,
              const VkSubmitInfo *infos,
              VkFence             fence)
{
  Device *device = find_device (queue);
  VkResult result = strike (device, FAULT_SUBMIT);

  return result != VK_SUCCESS ? result : device->vkQueueSubmit (queue, n, infos, fence);
}

static VKAPI_ATTR VkResult VKAPI_CALL
wait_semaphores (VkDevice                   handle,
                 const VkSemaphoreWaitInfo *info,
                 uint64_t                   patience)
{
  Device *device = find_device (handle);
  VkResult result = strike (device, FAULT_WAIT);

  return result != VK_SUCCESS ? result : device->vkWaitSemaphores (handle, info, patience);
}

static VKAPI_ATTR VkResult VKAPI_CALL
allocate_memory (VkDevice                     handle,
                 const VkMemoryAllocateInfo  *info,
                 const VkAllocationCallbacks *callbacks,
                 VkDeviceMemory              *memory)
{
  Device *device = find_device (handle);
  VkResult result = strike (device, FAULT_ALLOCATE);

  if (result == VK_SUCCESS)
    result = device->vkAllocateMemory (handle, info, callbacks, memory);
  if (result == VK_SUCCESS)
    atomic_fetch_add (&n_objects, 1);
  return result;
}

static VKAPI_ATTR void VKAPI_CALL
free_memory (VkDevice                     handle,
             VkDeviceMemory               memory,
             const VkAllocationCallbacks *callbacks)
{
  if (memory != VK_NULL_HANDLE)
    atomic_fetch_sub (&n_objects, 1);
  find_device (handle)->vkFreeMemory (handle, memory, callbacks);
}

#define DEFINE(name) \
  static VKAPI_ATTR VkResult VKAPI_CALL make_##name (VkDevice handle, \
                                                     const Vk##name##CreateInfo *info, \
                                                     const VkAllocationCallbacks *callbacks, \
                                                     Vk##name *object) \
  { \
    Device *device = find_device (handle); \
    VkResult result = strike (device, FAULT_MAKE); \
\
    if (result == VK_SUCCESS) \
      result = device->vkCreate##name (handle, info, callbacks, object); \
    if (result == VK_SUCCESS) \
      atomic_fetch_add (&n_objects, 1); \
    return result; \
  } \
\
  static VKAPI_ATTR void VKAPI_CALL destroy_##name (VkDevice handle, Vk##name object, \
                                                    const VkAllocationCallbacks *callbacks) \
  { \
    if (object != VK_NULL_HANDLE) \
      atomic_fetch_sub (&n_objects, 1); \
    find_device (handle)->vkDestroy##name (handle, object, callbacks); \
  }
OBJECTS (DEFINE)
#undef DEFINE

static VKAPI_ATTR VkResult VKAPI_CALL
make_pipelines (VkDevice                           handle,
                VkPipelineCache                    cache,
                uint32_t                           n,
                const VkComputePipelineCreateInfo *infos,
                const VkAllocationCallbacks       *callbacks,
                VkPipeline                        *pipelines)
{
  Device *device = find_device (handle);
  VkResult result = strike (device, FAULT_MAKE);

  if (atomic_load (&fails_pipelines))
    {
      atomic_store (&has_struck, TRUE);
      return VK_ERROR_OUT_OF_HOST_MEMORY;
    }
  if (result == VK_SUCCESS)
    result = device->vkCreateComputePipelines (handle, cache, n, infos, callbacks, pipelines);
  if (result == VK_SUCCESS)
    atomic_fetch_add (&n_objects, n);
  return result;
}

static VKAPI_ATTR void VKAPI_CALL
destroy_pipeline (VkDevice                     handle,
                  VkPipeline                   pipeline,
                  const VkAllocationCallbacks *callbacks)
{
  if (pipeline != VK_NULL_HANDLE)
    atomic_fetch_sub (&n_objects, 1);
  find_device (handle)->vkDestroyPipeline (handle, pipeline, callbacks);
}

/* ---- what the driver says of itself ----------------------------------------------------- */

static VKAPI_ATTR void VKAPI_CALL
get_properties (VkPhysicalDevice             physical,
                VkPhysicalDeviceProperties2 *properties)
{
  VkPhysicalDeviceProperties *p = &properties->properties;

  next_get_properties (physical, properties);
  if (atomic_load (&pretended_version) != 0)
    p->apiVersion = atomic_load (&pretended_version);
  if (atomic_load (&pretends_card))
    p->deviceType = VK_PHYSICAL_DEVICE_TYPE_DISCRETE_GPU;
  if (atomic_load (&pretended_range) != 0)
    p->limits.maxStorageBufferRange = atomic_load (&pretended_range);
}

static VKAPI_ATTR void VKAPI_CALL
get_memory (VkPhysicalDevice                   physical,
            VkPhysicalDeviceMemoryProperties2 *properties)
{
  const guint64 most = atomic_load (&pretended_memory);
  VkBaseOutStructure *next = properties->pNext;

  next_get_memory (physical, properties);
  if (most == 0)
    return;
  for (guint i = 0; i < properties->memoryProperties.memoryHeapCount; i++)
    properties->memoryProperties.memoryHeaps[i].size = most;
  for (; next != NULL; next = next->pNext)
    if (next->sType == VK_STRUCTURE_TYPE_PHYSICAL_DEVICE_MEMORY_BUDGET_PROPERTIES_EXT)
      for (guint i = 0; i < properties->memoryProperties.memoryHeapCount; i++)
        {
          ((VkPhysicalDeviceMemoryBudgetPropertiesEXT *) next)->heapBudget[i] = most;
          ((VkPhysicalDeviceMemoryBudgetPropertiesEXT *) next)->heapUsage[i] = 0;
        }
}

/* ---- instances and devices -------------------------------------------------------------- */

static VKAPI_ATTR VkResult VKAPI_CALL
create_instance (const VkInstanceCreateInfo  *info,
                 const VkAllocationCallbacks *callbacks,
                 VkInstance                  *created)
{
  VkLayerInstanceCreateInfo *link = (VkLayerInstanceCreateInfo *) info->pNext;
  VkResult result;

  while (link != NULL && (link->sType != VK_STRUCTURE_TYPE_LOADER_INSTANCE_CREATE_INFO
                          || link->function != VK_LAYER_LINK_INFO))
    link = (VkLayerInstanceCreateInfo *) link->pNext;
  if (link == NULL)
    return VK_ERROR_INITIALIZATION_FAILED;
  next_get = link->u.pLayerInfo->pfnNextGetInstanceProcAddr;
  link->u.pLayerInfo = link->u.pLayerInfo->pNext;
  result = ((PFN_vkCreateInstance) next_get (NULL, "vkCreateInstance")) (info, callbacks, created);
  if (result != VK_SUCCESS)
    return result;
  instance = *created;
  next_get_properties = (PFN_vkGetPhysicalDeviceProperties2)
    next_get (instance, "vkGetPhysicalDeviceProperties2");
  next_get_memory = (PFN_vkGetPhysicalDeviceMemoryProperties2)
    next_get (instance, "vkGetPhysicalDeviceMemoryProperties2");
  return VK_SUCCESS;
}

static void
load_device (Device                 *device,
             VkDevice                handle,
             PFN_vkGetDeviceProcAddr get)
{
  device->get = get;
  device->device = handle;
#define LOAD(name) device->name = (PFN_##name) get (handle, #name);
  DEVICE_FUNCTIONS (LOAD)
#define LOAD_PAIR(name) \
  LOAD (vkCreate##name) \
  LOAD (vkDestroy##name)
  OBJECTS (LOAD_PAIR)
  LOAD (vkCreateComputePipelines)
  LOAD (vkDestroyPipeline)
#undef LOAD_PAIR
#undef LOAD
}

static VKAPI_ATTR VkResult VKAPI_CALL
create_device (VkPhysicalDevice             physical,
               const VkDeviceCreateInfo    *info,
               const VkAllocationCallbacks *callbacks,
               VkDevice                    *created)
{
  VkLayerDeviceCreateInfo *link = (VkLayerDeviceCreateInfo *) info->pNext;
  PFN_vkGetDeviceProcAddr get;
  PFN_vkCreateDevice create;
  VkResult result;

  while (link != NULL && (link->sType != VK_STRUCTURE_TYPE_LOADER_DEVICE_CREATE_INFO
                          || link->function != VK_LAYER_LINK_INFO))
    link = (VkLayerDeviceCreateInfo *) link->pNext;
  if (link == NULL)
    return VK_ERROR_INITIALIZATION_FAILED;
  get = link->u.pLayerInfo->pfnNextGetDeviceProcAddr;
  create = (PFN_vkCreateDevice) link->u.pLayerInfo->pfnNextGetInstanceProcAddr (instance,
                                                                               "vkCreateDevice");
  link->u.pLayerInfo = link->u.pLayerInfo->pNext;
  result = create (physical, info, callbacks, created);
  if (result == VK_SUCCESS)
    {
      Device *device = g_new0 (Device, 1);

      load_device (device, *created, get);
      g_mutex_lock (&lock);
      if (devices == NULL)
        devices = g_hash_table_new_full (NULL, NULL, NULL, g_free);
      g_hash_table_insert (devices, *(gpointer *) *created, device);
      g_mutex_unlock (&lock);
      atomic_fetch_add (&n_objects, 1);
    }
  return result;
}

static VKAPI_ATTR void VKAPI_CALL
destroy_device (VkDevice                     handle,
                const VkAllocationCallbacks *callbacks)
{
  Device *device = find_device (handle);
  PFN_vkDestroyDevice destroy = device->vkDestroyDevice;

  g_mutex_lock (&lock);
  g_hash_table_remove (devices, *(gpointer *) handle);
  g_mutex_unlock (&lock);
  atomic_fetch_sub (&n_objects, 1);
  destroy (handle, callbacks);
}

/* ---- as a layer ------------------------------------------------------------------------- */

static const struct
{
  const char *name;
  PFN_vkVoidFunction function;
} own_functions[] = {
  { "vkCreateInstance", (PFN_vkVoidFunction) create_instance },
  { "vkCreateDevice", (PFN_vkVoidFunction) create_device },
  { "vkGetPhysicalDeviceProperties2", (PFN_vkVoidFunction) get_properties },
  { "vkGetPhysicalDeviceMemoryProperties2", (PFN_vkVoidFunction) get_memory },
  { "vkDestroyDevice", (PFN_vkVoidFunction) destroy_device },
  { "vkQueueSubmit", (PFN_vkVoidFunction) queue_submit },
  { "vkWaitSemaphores", (PFN_vkVoidFunction) wait_semaphores },
  { "vkAllocateMemory", (PFN_vkVoidFunction) allocate_memory },
  { "vkFreeMemory", (PFN_vkVoidFunction) free_memory },
#define ENTRY(object) \
  { "vkCreate" #object, (PFN_vkVoidFunction) make_##object }, \
  { "vkDestroy" #object, (PFN_vkVoidFunction) destroy_##object },
  OBJECTS (ENTRY)
#undef ENTRY
  { "vkCreateComputePipelines", (PFN_vkVoidFunction) make_pipelines },
  { "vkDestroyPipeline", (PFN_vkVoidFunction) destroy_pipeline },
};

static PFN_vkVoidFunction
find_own (const char *name)
{
  for (gsize i = 0; i < G_N_ELEMENTS (own_functions); i++)
    if (strcmp (own_functions[i].name, name) == 0)
      return own_functions[i].function;
  return NULL;
}

static VKAPI_ATTR PFN_vkVoidFunction VKAPI_CALL
get_device_function (VkDevice    handle,
                     const char *name)
{
  PFN_vkVoidFunction own;

  if (strcmp (name, "vkGetDeviceProcAddr") == 0)
    return (PFN_vkVoidFunction) get_device_function;
  own = find_own (name);
  return own != NULL ? own : find_device (handle)->get (handle, name);
}

static VKAPI_ATTR PFN_vkVoidFunction VKAPI_CALL
get_instance_function (VkInstance  handle,
                       const char *name)
{
  PFN_vkVoidFunction own;

  if (strcmp (name, "vkGetInstanceProcAddr") == 0)
    return (PFN_vkVoidFunction) get_instance_function;
  if (strcmp (name, "vkGetDeviceProcAddr") == 0)
    return (PFN_vkVoidFunction) get_device_function;
  own = find_own (name);
  return own != NULL || next_get == NULL ? own : next_get (handle, name);
}

VK_LAYER_EXPORT VKAPI_ATTR VkResult VKAPI_CALL
vkNegotiateLoaderLayerInterfaceVersion (VkNegotiateLayerInterface *interface)
{
  interface->loaderLayerInterfaceVersion = MIN (interface->loaderLayerInterfaceVersion, 2);
  interface->pfnGetInstanceProcAddr = get_instance_function;
  interface->pfnGetDeviceProcAddr = get_device_function;
  interface->pfnGetPhysicalDeviceProcAddr = NULL;
  return VK_SUCCESS;
}

/* ---- for tests -------------------------------------------------------------------------- */

static void
arm (FaultPlace place,
     VkResult   result,
     guint      at,
     guint      n_times)
{
  g_mutex_lock (&lock);
  fault.place = place;
  fault.result = result;
  fault.n_before = at - 1;
  fault.n_left = n_times;
  g_mutex_unlock (&lock);
  atomic_store (&has_struck, FALSE);
}

static void
arm_pipelines (gboolean fails)
{
  atomic_store (&fails_pipelines, fails);
  atomic_store (&has_struck, FALSE);
}

static void
disarm (void)
{
  atomic_store (&fails_pipelines, FALSE);
  arm (FAULT_SUBMIT, VK_SUCCESS, 1, 0);
  atomic_store (&pretended_memory, 0);
  atomic_store (&pretended_version, 0);
  atomic_store (&pretended_range, 0);
  atomic_store (&pretends_card, FALSE);
}

static gboolean
was_struck (void)
{
  return atomic_load (&has_struck);
}

static guint
count_objects (void)
{
  return atomic_load (&n_objects);
}

static void
pretend_memory (guint64 n_bytes)
{
  atomic_store (&pretended_memory, n_bytes);
}

static void
pretend_version (guint32 version)
{
  atomic_store (&pretended_version, version);
}

static void
pretend_card (gboolean is_card)
{
  atomic_store (&pretends_card, is_card);
}

static void
pretend_range (guint32 n_bytes)
{
  atomic_store (&pretended_range, n_bytes);
}

VK_LAYER_EXPORT const FaultLayer fault_layer = {
  .arm = arm,
  .arm_pipelines = arm_pipelines,
  .disarm = disarm,
  .has_struck = was_struck,
  .count_objects = count_objects,
  .pretend_memory = pretend_memory,
  .pretend_version = pretend_version,
  .pretend_card = pretend_card,
  .pretend_range = pretend_range,
};
