/* What the integer dot products of both block sizes need: facts about the types, and bit
 * work in the words of simd-avx2.h or simd-avx512.h, one of which is included before. */
#pragma once

#include "x16.h"

/* Sums of a tile live in arrays that must become registers: every loop over columns goes. */
#define UNROLL _Pragma ("GCC unroll 64")

/* ---- what the types are ------------------------------------------------------------- */

static const gint8 iq4_table_signed[16] = {
  -127, -104, -83, -65, -49, -35, -22, -10, 1, 13, 25, 38, 53, 69, 89, 113,
};
static const guint8 iq4_table_shifted[16] = {
  1, 24, 45, 63, 79, 93, 106, 118, 129, 141, 153, 166, 181, 197, 217, 241,
};
static const guint8 mxfp4_table_shifted[16] = {
  12, 13, 14, 15, 16, 18, 20, 24, 12, 11, 10, 9, 8, 6, 4, 0,
};

INLINE VI
iq4_table (void)
{
  return v_table (VEC_SIGNED_BYTES ? (const void *) iq4_table_signed : iq4_table_shifted);
}

/* How many steps of four products fit 16 bits where a variant sums so (cpu-plan 10); 1 says
 * that the bytes are signed there. */
INLINE int
steps_per_part (BlnType type)
{
  switch (type)
    {
    case BLN_TYPE_Q8_0:
    case BLN_TYPE_IQ4_NL:
    case BLN_TYPE_IQ4_XS:
      return 1;
    case BLN_TYPE_Q6_K:
      return 2;
    case BLN_TYPE_Q4_0:
    case BLN_TYPE_Q4_1:
    case BLN_TYPE_Q4_K:
      return 8;
    default:
      return 4;
    }
}

/* The offset as shifts: u = q + (1 << shift), or + 12 for MXFP4; -1 for none. */
INLINE int
offset_shift (BlnType type)
{
  switch (type)
    {
    case BLN_TYPE_Q4_0:
      return 3;
    case BLN_TYPE_Q5_0:
      return 4;
    case BLN_TYPE_Q8_0:
    case BLN_TYPE_IQ4_NL:
    case BLN_TYPE_IQ4_XS:
      return VEC_SIGNED_BYTES ? -1 : 7;
    case BLN_TYPE_Q6_K:
      return 5;
    case BLN_TYPE_Q3_K:
      return 2;
    default:
      return -1;
    }
}

/* Shift counts must be literals, and a count that comes from an unrolled loop is none yet. */
INLINE VI
shift_right (VI x,
             int n)
{
  switch (n)
    {
    case 0: return x;
    case 1: return v_right32 (x, 1);
    case 2: return v_right32 (x, 2);
    case 3: return v_right32 (x, 3);
    case 4: return v_right32 (x, 4);
    case 5: return v_right32 (x, 5);
    case 6: return v_right32 (x, 6);
    default: return v_right32 (x, 7);
    }
}

INLINE VI
shift_left (VI x,
            int n)
{
  switch (n)
    {
    case 0: return x;
    case 1: return v_left32 (x, 1);
    case 2: return v_left32 (x, 2);
    case 3: return v_left32 (x, 3);
    case 4: return v_left32 (x, 4);
    case 5: return v_left32 (x, 5);
    case 6: return v_left32 (x, 6);
    default: return v_left32 (x, 7);
    }
}

/* Bit `from` of each byte moved to bit `to`; the others are rubbish. */
INLINE VI
move_bits (VI  x,
           int from,
           int to)
{
  return from >= to ? shift_right (x, from - to) : shift_left (x, to - from);
}

INLINE VI
word (const guint8 *words,
      int           i)
{
  return v_load (words + 64 * i);
}

INLINE VI
nibble (VI       x,
        gboolean high)
{
  return v_and (high ? v_right32 (x, 4) : x, v_set8 (15));
}

INLINE VI
broadcast_word (const void *p)
{
  int x;

  memcpy (&x, p, 4);
  return v_set32 (x);
}

INLINE VF
broadcast_float (const void *p)
{
  float x;

  memcpy (&x, p, 4);
  return vf_set (x);
}

/* Asks for weights ahead: the hardware's own prefetcher stops at every page of 4 KiB and
 * begins anew at every matrix. Distances are measured. */
#define PREFETCH_32 4096
#define PREFETCH_256 2048

INLINE void
prefetch (const guint8 *start,
          int           n_bytes)
{
  UNROLL
  for (int i = 0; i < n_bytes; i += 64)
    __builtin_prefetch (start + i);
}
