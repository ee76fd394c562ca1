/* Vulkan's entry points, found at run time: a machine without a Vulkan loader runs Baleen on
 * the processor and never notices. */
#pragma once

#define VK_NO_PROTOTYPES
#include <vulkan/vulkan.h>

#include <glib.h>

G_BEGIN_DECLS

#define BLN_VK_FUNCTIONS(X) \
  X (vkDestroyInstance) \
  X (vkEnumeratePhysicalDevices) \
  X (vkGetPhysicalDeviceProperties2) \
  X (vkGetPhysicalDeviceFeatures2) \
  X (vkGetPhysicalDeviceMemoryProperties2) \
  X (vkGetPhysicalDeviceQueueFamilyProperties) \
  X (vkEnumerateDeviceExtensionProperties) \
  X (vkCreateDevice) \
  X (vkDestroyDevice) \
  X (vkGetDeviceQueue) \
  X (vkCreateBuffer) \
  X (vkDestroyBuffer) \
  X (vkGetBufferMemoryRequirements) \
  X (vkAllocateMemory) \
  X (vkFreeMemory) \
  X (vkBindBufferMemory) \
  X (vkMapMemory) \
  X (vkCreateShaderModule) \
  X (vkDestroyShaderModule) \
  X (vkCreateDescriptorSetLayout) \
  X (vkDestroyDescriptorSetLayout) \
  X (vkCreateDescriptorPool) \
  X (vkDestroyDescriptorPool) \
  X (vkAllocateDescriptorSets) \
  X (vkUpdateDescriptorSets) \
  X (vkCreatePipelineLayout) \
  X (vkDestroyPipelineLayout) \
  X (vkCreatePipelineCache) \
  X (vkDestroyPipelineCache) \
  X (vkGetPipelineCacheData) \
  X (vkCreateComputePipelines) \
  X (vkDestroyPipeline) \
  X (vkCreateCommandPool) \
  X (vkDestroyCommandPool) \
  X (vkAllocateCommandBuffers) \
  X (vkFreeCommandBuffers) \
  X (vkBeginCommandBuffer) \
  X (vkEndCommandBuffer) \
  X (vkCmdBindPipeline) \
  X (vkCmdBindDescriptorSets) \
  X (vkCmdPushConstants) \
  X (vkCmdDispatch) \
  X (vkCmdDispatchIndirect) \
  X (vkCmdPipelineBarrier) \
  X (vkCmdCopyBuffer) \
  X (vkCmdFillBuffer) \
  X (vkCmdWriteTimestamp) \
  X (vkCmdResetQueryPool) \
  X (vkCreateQueryPool) \
  X (vkDestroyQueryPool) \
  X (vkGetQueryPoolResults) \
  X (vkQueueSubmit) \
  X (vkCreateSemaphore) \
  X (vkDestroySemaphore) \
  X (vkWaitSemaphores) \
  X (vkSignalSemaphore) \
  X (vkGetSemaphoreCounterValue)

/* Hidden: the loader has functions of these names, and a program that exports its symbols would
 * hand it our pointers instead. */
#define BLN_VK_DECLARE(name) extern G_GNUC_INTERNAL PFN_##name name;
BLN_VK_FUNCTIONS (BLN_VK_DECLARE)
#undef BLN_VK_DECLARE

/* The one instance of this process, made at first use. DEVICE with a sentence when there is
 * no loader or no instance of Vulkan 1.2 can be made. Any thread. */
VkInstance bln_vk_get_instance (GError **error);

/* (nullable) an entry point that only some drivers have. */
PFN_vkVoidFunction bln_vk_find (VkInstance  instance,
                                const char *name);

/* "the device ran out of memory" and the like, for messages. Static. */
const char *bln_vk_result_text (VkResult result);

/* Sets `*error` for a failed call (MEMORY where memory is short, LOST where the device is or does
 * not answer, else DEVICE) and returns FALSE; TRUE for success. */
gboolean bln_vk_check (VkResult    result,
                       const char *doing, /* "making a buffer of 12 MB" */
                       GError    **error);

G_END_DECLS
