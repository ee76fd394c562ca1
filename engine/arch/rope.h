/* Angles of rotary position embedding (RoFormer), with linear, YaRN and per-frequency
 * stretching (YaRN: arXiv 2309.00071, sections 3.2 and 3.4). */
#pragma once

#include "config.h"

G_BEGIN_DECLS

/* Radians per position of each pair. `factors` (nullable) divides the base frequencies, as
 * Llama 3.1's rope_freqs tensor has them. */
void bln_rope_frequencies (const BlnRope *rope,
                           const float   *factors, /* (nullable) [n_rot / 2] */
                           float         *frequencies); /* (out) [n_rot / 2] */

/* cos and sin of one position, times the magnitude. */
void bln_rope_angles (const BlnRope *rope,
                      const float   *frequencies, /* [n_rot / 2] */
                      guint          position,
                      float         *cos_sin); /* (out) [n_rot]: all cosines, then all sines */

G_END_DECLS
