/* Which experts a token goes to (DeepSeek-V3 report, arXiv 2412.19437, section 2.1.2). */
#pragma once

#include "op.h"

G_BEGIN_DECLS

/* `logits` become scores. Choice and order never depend on anything but the logits: ties go
 * to the lower number. */
void bln_route (const BlnRouting *routing,
                float            *logits,   /* [n_experts] */
                const float      *bias,     /* (nullable) [n_experts] moves the choice alone */
                float            *scratch,  /* [n_experts] */
                float            *choice);  /* (out) [n_used] numbers ascending, then weights */

G_END_DECLS
