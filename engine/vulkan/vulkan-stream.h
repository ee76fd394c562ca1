/* Long passes over feed-forwards that do not fit on the device: instead of leaving them to the
 * host, each block's weights are copied to the device when their turn comes, into a place that all
 * blocks share. That is worth it where many rows share the copy. The host's copies lie as the
 * device wants them, in memory that the device reads by itself, and are made before the first such
 * pass. */
#pragma once

#include "vulkan-run.h"

G_BEGIN_DECLS

/* Bytes of the place on the device, and of all copies on the host; 0 if this cannot be done. */
guint64 bln_vk_stream_size (const BlnVkBackend      *backend,
                            const BlnProgram *const *programs,
                            guint                    n_programs,
                            guint64                 *host_bytes);

/* After the model; gives all weights that are away their pieces. MEMORY. */
BlnVkStream *bln_vk_stream_new (BlnVkBackend            *backend,
                                const BlnProgram *const *programs,
                                guint                    n_programs,
                                guint64                  n_bytes,
                                GError                 **error);
void bln_vk_stream_free (BlnVkStream *stream);

/* Whether a pass of so many rows goes this way. The first makes the copies, which can fail with
 * CHANGED; where there is no memory for them no pass does. */
gboolean bln_vk_stream_takes (BlnVkStream *stream, /* (nullable) */
                              guint        n_rows,
                              gboolean    *takes,
                              GError     **error);

/* Rows that the first pass should have, from which the pace is learnt, since what the host computes
 * teaches nothing; then 0. */
guint bln_vk_stream_first_rows (const BlnVkStream *stream); /* (nullable) */

/* Brings the weights of ops `index` and the one after it; what was submitted before is done with
 * those that were there. Returns when they are there. */
gboolean bln_vk_stream_bring (BlnVkStream      *stream,
                              const BlnProgram *program,
                              guint             index,
                              GError          **error);

G_END_DECLS
