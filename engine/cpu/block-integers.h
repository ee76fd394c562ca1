/* A quantized block taken apart into its integers, for the plain C kernels. */
#pragma once

#include "quant.h"

G_BEGIN_DECLS

/* Element i is d * scale[i / 16] * q[i] - dmin * min[i / 16] in K types and IQ4_XS, and
 * d * q[i] + dmin in the types of 32 elements (engine-spec 4.2, 4.3). */
typedef struct
{
  gint8 q[256];
  gint16 scale[16];
  gint16 min[16];
  float d;
  float dmin; /* 0 where the type has no minimum */
} BlnBlockIntegers;

/* `block` is one block in the file's form, of a type with 32 or 256 elements a block. */
void bln_block_decode (BlnType           type,
                       const guint8     *block,
                       BlnBlockIntegers *out);

G_END_DECLS
