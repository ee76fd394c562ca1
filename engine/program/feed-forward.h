/* The feed-forward of a block by itself: gate, up and down, of its experts where it has such. A
 * backend that holds those weights elsewhere lets another one compute them. */
#pragma once

#include "program.h"

G_BEGIN_DECLS

/* Marks the matrices of the feed-forwards of `n` blocks in `is_away` [weights->all->len], in the
 * order in which they leave a device that is too small: experts before others, later blocks before
 * earlier ones. Shared experts, routers and what an adapter adds to stay. How many it marked. */
guint bln_feed_forward_mark (const BlnWeights *weights,
                             guint             n,
                             guint8           *is_away);

/* Whether the op at `index` begins a feed-forward whose matrices are marked; the next op ends
 * it. */
gboolean bln_feed_forward_begins (const BlnProgram *program,
                                  guint             index,
                                  const guint8     *is_away);

/* A program of three ops: rows handed in, as the first of the two would read them, and the two
 * without shared experts and residual. Its hidden value is the result. */
BlnProgram *bln_feed_forward_extract (const BlnProgram *program,
                                      guint             index);

/* What is left of the two on the device: the shared experts, as two plain ops. FALSE without. */
gboolean bln_feed_forward_shared (const BlnProgram *program,
                                  guint             index,
                                  BlnOp             ops[2]);

G_END_DECLS
