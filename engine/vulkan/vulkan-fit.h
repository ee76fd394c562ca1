/* What of a model goes onto a device, and how large the buffers beside it are. */
#pragma once

#include "vulkan-run.h"

G_BEGIN_DECLS

/* Sizes the buffers and the rows of a pass, and leaves feed-forwards in system memory until the
 * rest fits: into nine tenths of what the device has to give, and a fifth less for each plan that
 * turned out too large. MEMORY, but a plan may say that it does not fit. */
gboolean bln_vk_fit (BlnVkBackend            *backend,
                     const BlnProgram *const *programs,
                     guint                    n_programs,
                     const BlnVkOptions      *options,
                     GError                 **error);

/* Bytes of those buffers that lie on the device, or of the others. */
guint64 bln_vk_activation_bytes (const BlnVkBackend *backend,
                                 gboolean            on_card);

G_END_DECLS
