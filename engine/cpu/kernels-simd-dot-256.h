/* Integer dot products of the types with 256 elements a block: see kernels-simd-dot.h. */
#pragma once

#include "kernels-simd-bits.h"

INLINE gboolean
has_sub_blocks_of_16 (BlnType type)
{
  return type == BLN_TYPE_Q2_K || type == BLN_TYPE_Q3_K || type == BLN_TYPE_Q6_K;
}

INLINE gboolean
has_minimum (BlnType type)
{
  return type == BLN_TYPE_Q2_K || type == BLN_TYPE_Q4_K || type == BLN_TYPE_Q5_K;
}

/* Elements 32 j + 4 quad … + 3 of every row, as unsigned bytes. */
INLINE VI
unpack_256 (BlnType       type,
            const guint8 *words,
            int           j,
            int           quad)
{
  const int half = j / 4, quarter = j % 4;
  VI x;

  switch (type)
    {
    case BLN_TYPE_Q2_K:
      return v_and (move_bits (word (words, 4 + 8 * half + quad), 2 * quarter, 0), v_set8 (3));
    case BLN_TYPE_Q3_K:
      x = v_and (move_bits (word (words, 8 + 8 * half + quad), 2 * quarter, 0), v_set8 (3));
      return v_or_masked (x, move_bits (word (words, quad), j, 2), v_set8 (4));
    case BLN_TYPE_Q4_K:
      return nibble (word (words, 3 + 8 * (j / 2) + quad), (j & 1) != 0);
    case BLN_TYPE_Q5_K:
      x = nibble (word (words, 11 + 8 * (j / 2) + quad), (j & 1) != 0);
      return v_or_masked (x, move_bits (word (words, 3 + quad), j, 4), v_set8 (16));
    case BLN_TYPE_Q6_K:
      x = nibble (word (words, 16 * half + 8 * (quarter & 1) + quad), quarter >= 2);
      return v_or_masked (x, move_bits (word (words, 32 + 8 * half + quad), 2 * quarter, 4),
                          v_set8 (0x30));
    default: /* IQ4_XS */
      return v_lookup (iq4_table (), nibble (word (words, 1 + 4 * j + quad % 4), quad >= 4));
    }
}

/* Two-bit fields 0 … 3 of a lane's lowest byte, each to bits 4 and 5 of its own byte. */
INLINE VI
spread_two_bits (VI h)
{
  VI low = v_or (v_left32 (v_and (h, v_set32 (0x03)), 4),
                 v_left32 (v_and (h, v_set32 (0x0c)), 10));
  VI high = v_or (v_left32 (v_and (h, v_set32 (0x30)), 16),
                  v_left32 (v_and (h, v_set32 (0xc0)), 22));

  return v_or (low, high);
}

INLINE void
unpack_scales_iq4_xs (const guint8 *heads,
                      const guint8 *words,
                      VI           *scales)
{
  static const guint8 spread[2][16] = {
    { 0, 0, 1, 1, 4, 4, 5, 5, 8, 8, 9, 9, 12, 12, 13, 13 },
    { 2, 2, 3, 3, 6, 6, 7, 7, 10, 10, 11, 11, 14, 14, 15, 15 },
  };
  VI high = v_load_u16 (heads + 32);

  for (int i = 0; i < 2; i++)
    {
      VI x = v_lookup (word (words, 0), v_table (spread[i]));
      VI low = v_or (v_and (x, v_set32 (0x000f000f)),
                     v_and (v_right32 (x, 4), v_set32 (0x0f000f00)));

      x = v_or (low, spread_two_bits (i == 0 ? high : v_right32 (high, 8)));
      scales[i] = v_sub8 (x, v_set8 (32));
    }
}

/* Scales and minimums as bytes, four sub-blocks to a lane. */
INLINE void
unpack_scales (BlnType       type,
               const guint8 *heads,
               const guint8 *words,
               VI           *scales,
               VI           *mins)
{
  const VI six = v_set8 (0x3f), four = v_set8 (0x0f), top = v_set8 (0x30);

  switch (type)
    {
    case BLN_TYPE_Q2_K:
      for (int i = 0; i < 4; i++)
        {
          scales[i] = nibble (word (words, i), FALSE);
          mins[i] = nibble (word (words, i), TRUE);
        }
      break;
    case BLN_TYPE_Q3_K:
      for (int i = 0; i < 4; i++)
        {
          VI x = v_or_masked (nibble (word (words, 24 + i % 2), i >= 2),
                              move_bits (word (words, 26), 2 * i, 4), top);

          scales[i] = v_sub8 (x, v_set8 (32));
        }
      break;
    case BLN_TYPE_Q6_K:
      for (int i = 0; i < 4; i++)
        scales[i] = word (words, 48 + i);
      break;
    case BLN_TYPE_IQ4_XS:
      unpack_scales_iq4_xs (heads, words, scales);
      break;
    default: /* Q4_K, Q5_K */
      scales[0] = v_and (word (words, 0), six);
      mins[0] = v_and (word (words, 1), six);
      scales[1] = v_or_masked (v_and (word (words, 2), four), v_right32 (word (words, 0), 2), top);
      mins[1] = v_or_masked (nibble (word (words, 2), TRUE), v_right32 (word (words, 1), 2), top);
      break;
    }
}

/* Byte `i` of each lane as a signed integer. */
INLINE VI
signed_byte (VI  x,
             int i)
{
  switch (i)
    {
    case 0: return v_right32s (v_left32 (x, 24), 24);
    case 1: return v_right32s (v_left32 (x, 16), 24);
    case 2: return v_right32s (v_left32 (x, 8), 24);
    default: return v_right32s (x, 24);
    }
}

/* Sum over the sub-blocks of byte times sum of activations, both in the order of
 * bln_a256_order(): even bytes of a lane first, then odd ones. */
INLINE VI
dot_sums (const VI     *bytes,
          int           n_lanes,
          const guint8 *sums)
{
  VI acc = v_zero ();

  for (int i = 0; i < n_lanes; i++)
    {
      VI even = v_right16s (v_left16 (bytes[i], 8), 8);
      VI odd = v_right16s (bytes[i], 8);

      acc = v_dot16 (acc, even, broadcast_word (sums + 8 * i));
      acc = v_dot16 (acc, odd, broadcast_word (sums + 8 * i + 4));
    }
  return acc;
}

INLINE void
dot_256 (BlnType       type,
         int           n,
         int           stride,
         int           first,
         const guint8 *group,
         gsize         n_in,
         const guint8 *tile,
         float        *out)
{
  const gboolean of_16 = has_sub_blocks_of_16 (type), has_min = has_minimum (type);
  const int n_heads = type == BLN_TYPE_Q3_K || type == BLN_TYPE_Q6_K ? 1 : 2;
  const int n_words = type == BLN_TYPE_Q2_K     ? 20
                      : type == BLN_TYPE_Q3_K   ? 27
                      : type == BLN_TYPE_Q4_K   ? 35
                      : type == BLN_TYPE_Q5_K   ? 43
                      : type == BLN_TYPE_Q6_K   ? 52
                                                : 33;
  const int block_bytes = 32 * n_heads + 64 * n_words;
  const int n_lanes = of_16 ? 4 : 2;

  for (int part = 0; part < VEC_PARTS; part++)
    {
      const guint8 *heads = group + part * 2 * VEC_ROWS;
      const guint8 *words = group + 32 * n_heads + part * 4 * VEC_ROWS;
      const guint8 *columns = tile;
      VF f[BLN_MAX_TILE], f_min[BLN_MAX_TILE];

      UNROLL
      for (int c = 0; c < n; c++)
        f[c] = f_min[c] = vf_zero ();
      for (gsize b = 0; b < n_in / 256; b++)
        {
          const int sums_bytes = of_16 ? 32 : 16;
          const guint8 *q = columns + 256 * first;
          const guint8 *d_as = columns + BLN_A256_D (stride) + 4 * first;
          const guint8 *sums = columns + sums_bytes * first
                               + (of_16 ? BLN_A256_SUMS16 (stride) : BLN_A256_SUMS32 (stride));
          VF d = vf_load_halves (heads);
          VI total[BLN_MAX_TILE], scales[4], mins[4];

          unpack_scales (type, heads, words, scales, mins);
          UNROLL
          for (int c = 0; c < n; c++)
            total[c] = offset_shift (type) < 0
                         ? v_zero ()
                         : shift_left (v_sub32 (v_zero (), dot_sums (scales, n_lanes,
                                                                     sums + sums_bytes * c)),
                                       offset_shift (type));
          UNROLL
          for (int j = 0; j < 8; j++)
            {
              VI acc[BLN_MAX_TILE], partial[BLN_MAX_TILE];

              /* Spread over the block: there are only so many fill buffers. With more columns
               * there is enough to do while the hardware fetches. */
              if (part == 0 && n <= 4)
                prefetch (heads + PREFETCH_256 + block_bytes / 8 * j, block_bytes / 8);
              UNROLL
              for (int c = 0; c < n; c++)
                acc[c] = partial[c] = v_zero ();
              UNROLL
              for (int quad = 0; quad < 8; quad++)
                {
                  VI w = unpack_256 (type, words, j, quad);

                  UNROLL
                  for (int c = 0; c < n; c++)
                    v_dot_step (acc[c], partial[c], w,
                                broadcast_word (q + 256 * c + 32 * j + 4 * quad), quad,
                                MIN (steps_per_part (type), of_16 ? 4 : 8));
                  if (quad == 7 || (of_16 && quad == 3))
                    {
                      const int sub = of_16 ? 2 * j + quad / 4 : j;
                      VI scale = signed_byte (scales[sub / 4], sub % 4);

                      UNROLL
                      for (int c = 0; c < n; c++)
                        {
                          total[c] = v_add32 (total[c], v_mul32 (acc[c], scale));
                          acc[c] = v_zero ();
                        }
                    }
                }
            }
          UNROLL
          for (int c = 0; c < n; c++)
            {
              VF d_a = broadcast_float (d_as + 4 * c);

              f[c] = vf_fma (vf_from_int (total[c]), vf_mul (d, d_a), f[c]);
              if (has_min)
                {
                  VI sum = dot_sums (mins, n_lanes, sums + sums_bytes * c);
                  VF d_min = vf_mul (vf_load_halves (heads + 32), d_a);

                  f_min[c] = vf_fma (vf_from_int (sum), d_min, f_min[c]);
                }
            }
          heads += block_bytes;
          words += block_bytes;
          columns += BLN_A256_BYTES (stride);
        }
      UNROLL
      for (int c = 0; c < n; c++)
        vf_store (out + BLN_GROUP_ROWS * (first + c) + part * VEC_ROWS,
                  has_min ? vf_sub (f[c], f_min[c]) : f[c]);
    }
}
