/* AVX-512: integer dot products, repacking and quantization. */
#include "simd-avx512.h"

#include "kernels-simd-dot.h"

#include "kernels-c.h"
#include "kernels-x86.h"

/* Four words of each of 16 rows: row r in lane r / 4 of vector r % 4. */
INLINE void
load_words (const guint8 *const rows[16],
            gsize               at,
            __m512i             x[4])
{
  for (int i = 0; i < 4; i++)
    {
      x[i] = _mm512_castsi128_si512 (_mm_loadu_si128 ((const void *) (rows[i] + at)));
      x[i] = _mm512_inserti32x4 (x[i], _mm_loadu_si128 ((const void *) (rows[4 + i] + at)), 1);
      x[i] = _mm512_inserti32x4 (x[i], _mm_loadu_si128 ((const void *) (rows[8 + i] + at)), 2);
      x[i] = _mm512_inserti32x4 (x[i], _mm_loadu_si128 ((const void *) (rows[12 + i] + at)), 3);
    }
}

INLINE void
transpose_words (const __m512i x[4],
                 __m512i       out[4])
{
  __m512i low01 = _mm512_unpacklo_epi32 (x[0], x[1]);
  __m512i high01 = _mm512_unpackhi_epi32 (x[0], x[1]);
  __m512i low23 = _mm512_unpacklo_epi32 (x[2], x[3]);
  __m512i high23 = _mm512_unpackhi_epi32 (x[2], x[3]);

  out[0] = _mm512_unpacklo_epi64 (low01, low23);
  out[1] = _mm512_unpackhi_epi64 (low01, low23);
  out[2] = _mm512_unpacklo_epi64 (high01, high23);
  out[3] = _mm512_unpackhi_epi64 (high01, high23);
}

/* The words of one block of 16 rows. The last words of a block whose count is not a multiple
 * of four are read again from an earlier start, never past the block. */
INLINE void
repack_words (const guint8 *const rows[16],
              gsize               at,
              int                 n_words,
              __m512i             invert,
              guint8             *out)
{
  for (int i = 0; i < n_words; i += 4)
    {
      int first = MIN (i, n_words - 4);
      __m512i x[4], y[4];

      load_words (rows, at + 4 * first, x);
      transpose_words (x, y);
      for (int j = 0; j < 4; j++)
        _mm512_storeu_si512 (out + 64 * (first + j), _mm512_xor_si512 (y[j], invert));
    }
}

static void
repack_avx512 (BlnType       type,
               const guint8 *rows,
               gsize         row_bytes,
               guint         n_rows,
               gsize         n_blocks,
               guint8       *group)
{
  const BlnX16Layout *layout = bln_x16_layout (type);
  const gsize block_bytes = bln_type_info (type)->block_bytes;
  const gsize heads_bytes = (gsize) layout->n_heads * layout->head_bytes * BLN_GROUP_ROWS;
  const __m512i invert = _mm512_set1_epi8 ((char) layout->invert);
  const guint8 *row[16];

  if (n_rows < BLN_GROUP_ROWS)
    {
      BlnKernels plain;

      bln_kernels_init_c_dot (&plain);
      plain.repack (type, rows, row_bytes, n_rows, n_blocks, group);
      return;
    }
  for (guint r = 0; r < BLN_GROUP_ROWS; r++)
    row[r] = rows + r * row_bytes;
  for (gsize b = 0; b < n_blocks; b++, group += block_bytes * BLN_GROUP_ROWS)
    {
      for (guint i = 0; i < layout->n_heads; i++)
        for (guint r = 0; r < BLN_GROUP_ROWS; r++)
          if (layout->head_bytes == 1)
            group[r] = row[r][layout->head_at];
          else
            memcpy (group + (i * BLN_GROUP_ROWS + r) * 2, row[r] + layout->head_at + 2 * i, 2);
      repack_words (row, layout->words_at, layout->n_words, invert, group + heads_bytes);
      for (guint r = 0; r < BLN_GROUP_ROWS; r++)
        row[r] += block_bytes;
    }
}

/* ---- activations -------------------------------------------------------------------- */

INLINE __m512i
magnitude (const float *x)
{
  return _mm512_and_si512 (_mm512_loadu_si512 (x), _mm512_set1_epi32 (0x7fffffff));
}

/* The scale of a block, and what to multiply its values with: 0 for a block of zeros or one
 * that is not finite. */
INLINE float
block_scale (guint32 max_bits,
             float  *inverse)
{
  float max;

  memcpy (&max, &max_bits, 4);
  *inverse = 0;
  if (max < BLN_SMALLEST_MAGNITUDE)
    return 0;
  if (max_bits < 0x7f800000u)
    *inverse = 127.0f / max;
  return max / 127.0f;
}

/* Sixteen values to bytes. Masking makes 0 of Inf * 0 and NaN. */
INLINE __m128i
quantize_16 (const float *x,
             __m512       inverse,
             __mmask16    is_finite)
{
  __m512i q = _mm512_maskz_cvtps_epi32 (is_finite, _mm512_mul_ps (_mm512_loadu_ps (x), inverse));

  return _mm512_cvtsepi32_epi8 (_mm512_min_epi32 (q, _mm512_set1_epi32 (127)));
}

INLINE gint32
sum_bytes_16 (__m128i q)
{
  return _mm512_reduce_add_epi32 (_mm512_cvtepi8_epi32 (q));
}

static void
quantize_a32_avx512 (const float *x,
                     gsize        n,
                     void        *tile)
{
  guint8 *block = tile;

  for (gsize i = 0; i < n; i += 32, block += BLN_A32_BYTES (1))
    {
      __m512i bits = _mm512_max_epu32 (magnitude (x + i), magnitude (x + i + 16));
      float inverse, d = block_scale (_mm512_reduce_max_epu32 (bits), &inverse);
      __mmask16 is_finite = inverse != 0 ? 0xffff : 0;
      __m128i low = quantize_16 (x + i, _mm512_set1_ps (inverse), is_finite);
      __m128i high = quantize_16 (x + i + 16, _mm512_set1_ps (inverse), is_finite);
      __m512i sums = _mm512_add_epi32 (_mm512_cvtepi8_epi32 (low), _mm512_cvtepi8_epi32 (high));
      gint32 sum = -_mm512_reduce_add_epi32 (sums);

      _mm_storeu_si128 ((void *) block, low);
      _mm_storeu_si128 ((void *) (block + 16), high);
      memcpy (block + BLN_A32_D (1), &d, 4);
      memcpy (block + BLN_A32_SUM (1), &sum, 4);
    }
}

static void
quantize_a256_avx512 (const float *x,
                      gsize        n,
                      void        *tile)
{
  guint8 *block = tile;

  for (gsize i = 0; i < n; i += 256, block += BLN_A256_BYTES (1))
    {
      gint16 *sums16 = (gint16 *) (block + BLN_A256_SUMS16 (1));
      gint16 *sums32 = (gint16 *) (block + BLN_A256_SUMS32 (1));
      __m512i bits = magnitude (x + i);
      float inverse, d;
      __mmask16 is_finite;

      for (int j = 16; j < 256; j += 16)
        bits = _mm512_max_epu32 (bits, magnitude (x + i + j));
      d = block_scale (_mm512_reduce_max_epu32 (bits), &inverse);
      is_finite = inverse != 0 ? 0xffff : 0;
      memcpy (block + BLN_A256_D (1), &d, 4);
      for (guint s = 0; s < 16; s++)
        {
          __m128i q = quantize_16 (x + i + 16 * s, _mm512_set1_ps (inverse), is_finite);

          _mm_storeu_si128 ((void *) (block + 16 * s), q);
          sums16[bln_a256_order (s)] = (gint16) sum_bytes_16 (q);
        }
      for (guint s = 0; s < 8; s++)
        sums32[bln_a256_order (s)] =
          sums16[bln_a256_order (2 * s)] + sums16[bln_a256_order (2 * s + 1)];
    }
}

void
bln_kernels_init_avx512_dot (BlnKernels *kernels)
{
  init_dot_avx512 (kernels);
  kernels->repack = repack_avx512;
  kernels->quantize_a32 = quantize_a32_avx512;
  kernels->quantize_a256 = quantize_a256_avx512;
}
