/* Integer dot products over x16 groups, written once in the words of simd-avx2.h or
 * simd-avx512.h, one of which is included before. `type` and `n` are constants at every use,
 * so that each combination becomes straight code.
 *
 * Weights enter the products as unsigned bytes u = q + offset, and offset * sum (a) is taken
 * off again; all in exact integers, so the order does not matter. */
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

/* ---- types of 32 -------------------------------------------------------------------- */

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

/* ---- types of 256 ------------------------------------------------------------------- */

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

/* ---- entry points ------------------------------------------------------------------- */

/* A tile wider than the registers hold is done in slices of columns. */
#define DEFINE_DOT(TYPE, FUNC, WIDTH)                                                       \
  static void                                                                               \
  SIMD (dot_##TYPE##_##WIDTH) (const guint8 *rows, gsize row_bytes, guint n_rows,           \
                               gsize n_in, const void *tile, float *out)                    \
  {                                                                                         \
    for (int first = 0; first < WIDTH; first += VEC_MAX_TILE)                               \
      FUNC (BLN_TYPE_##TYPE, MIN (WIDTH, VEC_MAX_TILE), WIDTH, first, rows, n_in, tile, out); \
  }
#define FOR_WIDTHS(M, ...)                                                                  \
  M (__VA_ARGS__, 1) M (__VA_ARGS__, 2) M (__VA_ARGS__, 4) M (__VA_ARGS__, 8)
#define FOR_TYPES(M)                                                                        \
  FOR_WIDTHS (M, Q4_0, dot_32)                                                              \
  FOR_WIDTHS (M, Q4_1, dot_32)                                                              \
  FOR_WIDTHS (M, Q5_0, dot_32)                                                              \
  FOR_WIDTHS (M, Q5_1, dot_32)                                                              \
  FOR_WIDTHS (M, Q8_0, dot_32)                                                              \
  FOR_WIDTHS (M, IQ4_NL, dot_32)                                                            \
  FOR_WIDTHS (M, MXFP4, dot_32)                                                             \
  FOR_WIDTHS (M, Q2_K, dot_256)                                                             \
  FOR_WIDTHS (M, Q3_K, dot_256)                                                             \
  FOR_WIDTHS (M, Q4_K, dot_256)                                                             \
  FOR_WIDTHS (M, Q5_K, dot_256)                                                             \
  FOR_WIDTHS (M, Q6_K, dot_256)                                                             \
  FOR_WIDTHS (M, IQ4_XS, dot_256)
#define SET_DOT(TYPE, FUNC, WIDTH)                                                          \
  kernels->dot[BLN_TYPE_##TYPE][bln_width_index (WIDTH)] = SIMD (dot_##TYPE##_##WIDTH);

FOR_TYPES (DEFINE_DOT)

static void
SIMD (init_dot) (BlnKernels *kernels)
{
  FOR_TYPES (SET_DOT)
}
