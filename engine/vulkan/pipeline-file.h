/* Compiled shaders on disk, so that the next start need not compile them: one file for each card,
 * driver and build of Baleen, in the user's cache folder. */
#pragma once

#include "device.h"

G_BEGIN_DECLS

/* A pipeline cache with what was kept last time; an empty one where nothing was, or where the file
 * is not whole or not of this device. Only making the cache itself can fail. */
VkResult bln_vk_pipeline_file_load (const BlnVkDevice *device,
                                    VkPipelineCache   *cache);

/* Keeps the cache if it holds more than the file. Failing costs the next start some seconds and is
 * not told. */
void bln_vk_pipeline_file_save (const BlnVkDevice *device,
                                VkPipelineCache    cache);

G_END_DECLS
