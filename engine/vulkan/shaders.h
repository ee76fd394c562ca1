/* The compiled shaders, one symbol each. */
#pragma once

#include "pipeline.h"

G_BEGIN_DECLS

extern const BlnVkShader bln_vk_shader_read;

G_END_DECLS
