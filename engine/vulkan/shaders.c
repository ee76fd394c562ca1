#include "shaders.h"

#define SHADER(name, words) const BlnVkShader bln_vk_shader_##name = { words, sizeof words }

static const guint32 read_words[] =
#include "read.spv.h"
  ;
SHADER (read, read_words);
