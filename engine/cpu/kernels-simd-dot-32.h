/* Integer dot products of the types with 32 elements a block: see kernels-simd-dot.h. */
#pragma once

#include "kernels-simd-bits.h"

/* Elements 4 quad … 4 quad + 3 of every row, as unsigned bytes. */
INLINE VI
unpack_32 (BlnType       type,
           const guint8 *words,
           int           quad)
{
  static const guint8 replicate[4][16] = {
    { 0, 0, 0, 0, 4, 4, 4, 4, 8, 8, 8, 8, 12, 12, 12, 12 },
    { 1, 1, 1, 1, 5, 5, 5, 5, 9, 9, 9, 9, 13, 13, 13, 13 },
    { 2, 2, 2, 2, 6, 6, 6, 6, 10, 10, 10, 10, 14, 14, 14, 14 },
    { 3, 3, 3, 3, 7, 7, 7, 7, 11, 11, 11, 11, 15, 15, 15, 15 },
  };
  gboolean is_high = quad >= 4;
  VI bits;

  switch (type)
    {
    case BLN_TYPE_Q8_0:
      return VEC_SIGNED_BYTES ? v_xor (word (words, quad), v_set8 (0x80)) : word (words, quad);
    case BLN_TYPE_Q5_0:
    case BLN_TYPE_Q5_1:
      bits = v_lookup (word (words, 0), v_table (replicate[quad / 2]));
      return v_or_where (nibble (word (words, 1 + quad % 4), is_high), bits,
                         v_set32 ((quad & 1) != 0 ? (int) 0x80402010 : 0x08040201), 16);
    case BLN_TYPE_IQ4_NL:
      return v_lookup (iq4_table (), nibble (word (words, quad % 4), is_high));
    case BLN_TYPE_MXFP4:
      return v_lookup (v_table (mxfp4_table_shifted), nibble (word (words, quad % 4), is_high));
    default:
      return nibble (word (words, quad % 4), is_high);
    }
}

/* 2^(e - 128), which for e = 0 and 1 is a denormal. */
INLINE VF
mxfp4_scale (const guint8 *heads)
{
  VI e = v_load_u8 (heads);
  VI normal = v_left32 (v_sub32 (e, v_set32 (1)), 23);

  return vf_cast (v_select_less (e, v_set32 (2), v_left32v (v_set32 (0x200000), e), normal));
}

INLINE VI
start_value (BlnType type,
             VI      negative_sum)
{
  if (type == BLN_TYPE_MXFP4)
    return v_add32 (v_left32 (negative_sum, 3), v_left32 (negative_sum, 2));
  if (offset_shift (type) < 0)
    return v_zero ();
  return shift_left (negative_sum, offset_shift (type));
}

INLINE void
dot_32 (BlnType       type,
        int           n,
        int           stride, /* columns of the tile, of which n from `first` are done here */
        int           first,
        const guint8 *group,
        gsize         n_in,
        const guint8 *tile,
        float        *out)
{
  const gboolean has_min = type == BLN_TYPE_Q4_1 || type == BLN_TYPE_Q5_1;
  const int heads_bytes = type == BLN_TYPE_MXFP4 ? 16 : has_min ? 64 : 32;
  const int n_words = type == BLN_TYPE_Q8_0                               ? 8
                      : type == BLN_TYPE_Q5_0 || type == BLN_TYPE_Q5_1 ? 5
                                                                          : 4;
  const int part_head = type == BLN_TYPE_MXFP4 ? VEC_ROWS : 2 * VEC_ROWS;

  for (int part = 0; part < VEC_PARTS; part++)
    {
      const guint8 *heads = group + part * part_head;
      const guint8 *words = group + heads_bytes + part * 4 * VEC_ROWS;
      const guint8 *columns = tile;
      VF f[BLN_MAX_TILE];

      UNROLL
      for (int c = 0; c < n; c++)
        f[c] = vf_zero ();
      for (gsize b = 0; b < n_in / 32; b++)
        {
          VF d = type == BLN_TYPE_MXFP4 ? mxfp4_scale (heads) : vf_load_halves (heads);
          const guint8 *q = columns + 32 * first;
          const guint8 *d_as = columns + BLN_A32_D (stride) + 4 * first;
          const guint8 *sums = columns + BLN_A32_SUM (stride) + 4 * first;
          VI acc[BLN_MAX_TILE], partial[BLN_MAX_TILE];

          if (part == 0)
            prefetch (heads + PREFETCH_32, heads_bytes + 64 * n_words);
          UNROLL
          for (int c = 0; c < n; c++)
            {
              acc[c] = start_value (type, broadcast_word (sums + 4 * c));
              partial[c] = v_zero ();
            }
          UNROLL
          for (int quad = 0; quad < 8; quad++)
            {
              VI w = unpack_32 (type, words, quad);

              UNROLL
              for (int c = 0; c < n; c++)
                v_dot_step (acc[c], partial[c], w, broadcast_word (q + 32 * c + 4 * quad), quad,
                             steps_per_part (type));
            }
          UNROLL
          for (int c = 0; c < n; c++)
            {
              VF d_a = broadcast_float (d_as + 4 * c);

              f[c] = vf_fma (vf_from_int (acc[c]), vf_mul (d, d_a), f[c]);
              if (has_min)
                {
                  VI sum = broadcast_word (sums + 4 * c);
                  VF s = vf_mul (d_a, vf_from_int (v_sub32 (v_zero (), sum)));

                  f[c] = vf_fma (vf_load_halves (heads + 32), s, f[c]);
                }
            }
          heads += heads_bytes + 64 * n_words;
          words += heads_bytes + 64 * n_words;
          columns += BLN_A32_BYTES (stride);
        }
      UNROLL
      for (int c = 0; c < n; c++)
        vf_store (out + BLN_GROUP_ROWS * (first + c) + part * VEC_ROWS, f[c]);
    }
}
