/* Matrix units: VK_KHR_cooperative_matrix, which Vulkan headers before 1.3.255 do not have. The
 * structures are those of the registry. */
#pragma once

#include "vk.h"

G_BEGIN_DECLS

#define BLN_VK_MATRIX_EXTENSION "VK_KHR_cooperative_matrix"

/* VkPhysicalDeviceCooperativeMatrixFeaturesKHR */
typedef struct
{
  VkStructureType sType;
  void *pNext;
  VkBool32 cooperativeMatrix;
  VkBool32 cooperativeMatrixRobustBufferAccess;
} BlnVkMatrixFeatures;

#define BLN_VK_MATRIX_FEATURES_TYPE ((VkStructureType) 1000506000)

/* Whether a subgroup multiplies matrices of 16 by 16 F16 numbers into F32 sums: what the shaders
 * for matrix units do. The device has the extension. */
gboolean bln_vk_has_matrix_units (VkInstance       instance,
                                  VkPhysicalDevice physical);

G_END_DECLS
