/* Feed-forwards that do not fit on the device: their weights stay in system memory and the CPU
 * backend computes them, while the device computes the shared experts of the same block.
 *
 * A pass is cut where it comes to such a block. The device sends the rows, signals, and goes on
 * with what does not need the answer; what does is submitted when the host has it. Nothing of a short
 * pass is recorded twice. */
#pragma once

#include "backend.h"
#include "feed-forward.h"
#include "vulkan-run.h"

G_BEGIN_DECLS

/* Something is away: see BlnVkBackend. `is_plan`: only sizes will be asked for. */
BlnVkHybrid *bln_vk_hybrid_new (BlnVkBackend            *backend,
                                const BlnProgram *const *programs,
                                guint                    n_programs,
                                const BlnKvLayout       *layout,
                                const BlnCpuOptions     *options,
                                gboolean                 is_plan,
                                GError                 **error);
void bln_vk_hybrid_free (BlnVkHybrid *hybrid);

/* Bytes in system memory, into mapped, repacked and activations. */
void bln_vk_hybrid_get_sizes (BlnVkHybrid     *hybrid,
                              BlnBackendSizes *sizes);

/* bln_engine_prepare() for what is away. */
guint64 bln_vk_hybrid_prepare (BlnVkHybrid *hybrid,
                               double       seconds);

/* A whole pass. STOPPED, LOST, MEMORY, CHANGED. */
gboolean bln_vk_hybrid_run (BlnVkHybrid *hybrid,
                            BlnVkRun    *run,
                            atomic_bool *stop,
                            GError     **error);

G_END_DECLS
