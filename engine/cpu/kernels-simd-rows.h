/* Rows of F32, half or bfloat16 as vectors of floats, in the words of simd-avx2.h or
 * simd-avx512.h, one of which is included before. */
#pragma once

#include "kernels-c.h"

#define UNROLL _Pragma ("GCC unroll 16")

enum { ELEMENTS_F32, ELEMENTS_F16, ELEMENTS_BF16 };

INLINE gsize
element_bytes (int elements)
{
  return elements == ELEMENTS_F32 ? 4 : 2;
}

INLINE Lanes
load_elements (int           elements,
               const guint8 *p)
{
  if (elements == ELEMENTS_F16)
    return l_load_half ((const guint16 *) p);
  if (elements == ELEMENTS_BF16)
    return l_load_bfloat ((const guint16 *) p);
  return l_load ((const float *) p);
}

/* The first n < 16; what follows may be the end of the mapping. */
INLINE Lanes
load_some_elements (int           elements,
                    const guint8 *p,
                    gsize         n)
{
  guint16 some[16] = { 0 };

  if (elements == ELEMENTS_F32)
    return l_load_some ((const float *) p, n);
  memcpy (some, p, n * 2);
  return load_elements (elements, (const guint8 *) some);
}

/* How many of what is left to take at once, at most `most`, so that the slices come out even:
 * five and four rather than six and three. */
INLINE gsize
even_slice (gsize left,
            gsize most)
{
  gsize slices = (left + most - 1) / most;

  return (left + slices - 1) / slices;
}
