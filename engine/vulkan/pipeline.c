#include "pipeline.h"

#include "pipeline-file.h"

#include <glib/gi18n-lib.h>

#include "bln-engine.h"

#define MAX_CONSTANTS 16

gboolean
bln_vk_pipelines_init (BlnVkPipelines *pipelines,
                       BlnVkDevice    *device,
                       GError        **error)
{
  VkDescriptorSetLayoutBinding bindings[BLN_VK_MAX_BINDINGS];
  VkDescriptorSetLayoutCreateInfo set = {
    .sType = VK_STRUCTURE_TYPE_DESCRIPTOR_SET_LAYOUT_CREATE_INFO,
    .bindingCount = BLN_VK_MAX_BINDINGS,
    .pBindings = bindings,
  };
  VkPushConstantRange range = { VK_SHADER_STAGE_COMPUTE_BIT, 0, BLN_VK_PUSH_BYTES };
  VkPipelineLayoutCreateInfo layout = {
    .sType = VK_STRUCTURE_TYPE_PIPELINE_LAYOUT_CREATE_INFO,
    .setLayoutCount = 1,
    .pSetLayouts = &pipelines->set_layout,
    .pushConstantRangeCount = 1,
    .pPushConstantRanges = &range,
  };
  VkResult result;

  *pipelines = (BlnVkPipelines){ .device = device };
  for (guint i = 0; i < BLN_VK_MAX_BINDINGS; i++)
    bindings[i] = (VkDescriptorSetLayoutBinding){ i, VK_DESCRIPTOR_TYPE_STORAGE_BUFFER, 1,
                                                  VK_SHADER_STAGE_COMPUTE_BIT, NULL };
  result = vkCreateDescriptorSetLayout (device->device, &set, NULL, &pipelines->set_layout);
  if (result == VK_SUCCESS)
    result = vkCreatePipelineLayout (device->device, &layout, NULL, &pipelines->layout);
  if (result == VK_SUCCESS)
    result = bln_vk_pipeline_file_load (device, &pipelines->cache);
  if (result != VK_SUCCESS)
    bln_vk_pipelines_clear (pipelines);
  return bln_vk_check (result, _("preparing shaders"), error);
}

void
bln_vk_pipelines_clear (BlnVkPipelines *pipelines)
{
  if (pipelines->device == NULL)
    return;
  if (!pipelines->device->is_abandoned)
    {
      vkDestroyPipelineCache (pipelines->device->device, pipelines->cache, NULL);
      vkDestroyPipelineLayout (pipelines->device->device, pipelines->layout, NULL);
      vkDestroyDescriptorSetLayout (pipelines->device->device, pipelines->set_layout, NULL);
    }
  *pipelines = (BlnVkPipelines){ 0 };
}

static gboolean
can_pin (const BlnVkDeviceInfo *info,
         guint32                subgroup_size)
{
  return info->has_subgroup_size_control && subgroup_size >= info->min_subgroup_size
         && subgroup_size <= info->max_subgroup_size;
}

gboolean
bln_vk_pipelines_make (BlnVkPipelines *pipelines,
                       BlnVkShader     shader,
                       const guint32  *constants,
                       guint           n_constants,
                       guint32         subgroup_size,
                       VkPipeline     *pipeline,
                       GError        **error)
{
  VkDevice device = pipelines->device->device;
  VkSpecializationMapEntry entries[MAX_CONSTANTS];
  VkSpecializationInfo specialization = { n_constants, entries, n_constants * 4, constants };
  VkPipelineShaderStageRequiredSubgroupSizeCreateInfoEXT size = {
    .sType = VK_STRUCTURE_TYPE_PIPELINE_SHADER_STAGE_REQUIRED_SUBGROUP_SIZE_CREATE_INFO_EXT,
    .requiredSubgroupSize = subgroup_size,
  };
  VkShaderModuleCreateInfo module = {
    .sType = VK_STRUCTURE_TYPE_SHADER_MODULE_CREATE_INFO,
    .codeSize = shader.n_bytes,
    .pCode = shader.words,
  };
  VkComputePipelineCreateInfo info = {
    .sType = VK_STRUCTURE_TYPE_COMPUTE_PIPELINE_CREATE_INFO,
    .stage = {
      .sType = VK_STRUCTURE_TYPE_PIPELINE_SHADER_STAGE_CREATE_INFO,
      .stage = VK_SHADER_STAGE_COMPUTE_BIT,
      .pName = "main",
      .pSpecializationInfo = &specialization,
    },
    .layout = pipelines->layout,
  };
  VkResult result;

  g_return_val_if_fail (n_constants <= MAX_CONSTANTS, FALSE);

  for (guint i = 0; i < n_constants; i++)
    entries[i] = (VkSpecializationMapEntry){ i, i * 4, 4 };
  if (can_pin (&pipelines->device->info, subgroup_size))
    {
      info.stage.pNext = &size;
      info.stage.flags = VK_PIPELINE_SHADER_STAGE_CREATE_REQUIRE_FULL_SUBGROUPS_BIT_EXT;
    }
  result = vkCreateShaderModule (device, &module, NULL, &info.stage.module);
  if (result != VK_SUCCESS)
    return bln_vk_check (result, _("reading a shader"), error);
  result = vkCreateComputePipelines (device, pipelines->cache, 1, &info, NULL, pipeline);
  vkDestroyShaderModule (device, info.stage.module, NULL);
  return bln_vk_check (result, _("compiling a shader"), error);
}
