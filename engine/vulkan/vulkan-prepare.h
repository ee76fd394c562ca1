/* Compiles the shaders that a model's passes will want, on threads of its own while weights are
 * uploaded, so that nothing is compiled while somebody waits for a token. */
#pragma once

#include "vulkan-run.h"

G_BEGIN_DECLS

typedef struct _BlnVkPreparation BlnVkPreparation;

/* The model has its places and its parameters. Passes of one row come first. Failures show when a
 * pass wants the shader. */
BlnVkPreparation *bln_vk_preparation_new (BlnVkBackend            *backend,
                                          const BlnProgram *const *programs,
                                          guint                    n_programs);
/* Waits until all is compiled. */
void bln_vk_preparation_free (BlnVkPreparation *preparation);

G_END_DECLS
