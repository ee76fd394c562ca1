/* Compute pipelines from embedded SPIR-V. Every shader sees set 0 with the same number of
 * storage buffers and 128 bytes of push constants, so one layout serves all. (Buffer addresses
 * would need no sets, but lavapipe reads 1.4 GB/s through them and 5.3 through bindings.) */
#pragma once

#include "device.h"

G_BEGIN_DECLS

typedef struct
{
  const guint32 *words;
  gsize n_bytes;
} BlnVkShader;

typedef struct
{
  BlnVkDevice *device;
  VkDescriptorSetLayout set_layout;
  VkPipelineLayout layout;
  VkPipelineCache cache;
} BlnVkPipelines;

#define BLN_VK_PUSH_BYTES 128 /* what every device has */
#define BLN_VK_MAX_BINDINGS 8

gboolean bln_vk_pipelines_init (BlnVkPipelines *pipelines,
                                BlnVkDevice    *device,
                                GError        **error);
void bln_vk_pipelines_clear (BlnVkPipelines *pipelines);

/* `constants` are 32-bit specialization constants 0 … n-1; constant 0 is the workgroup's width
 * by convention (shaders declare local_size_x_id = 0). `subgroup_size` 0: the driver's choice;
 * otherwise pinned where the device can pin it. */
gboolean bln_vk_pipelines_make (BlnVkPipelines *pipelines,
                                BlnVkShader     shader,
                                const guint32  *constants,
                                guint           n_constants,
                                guint32         subgroup_size,
                                VkPipeline     *pipeline,
                                GError        **error);

G_END_DECLS
