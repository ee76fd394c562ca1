/* AVX2: integer dot products, repacking and quantization. */
#include "simd-avx2.h"

#include "kernels-simd-dot.h"

#include "kernels-c.h"
#include "kernels-x86.h"

/* Four words of each of 8 rows, transposed. */
INLINE void
repack_words_8 (const guint8 *const *rows,
                gsize                at,
                __m256i              invert,
                guint8              *out)
{
  __m256i x[4], low01, high01, low23, high23;

  for (int i = 0; i < 4; i++)
    x[i] = _mm256_inserti128_si256 (
      _mm256_castsi128_si256 (_mm_loadu_si128 ((const void *) (rows[i] + at))),
      _mm_loadu_si128 ((const void *) (rows[4 + i] + at)), 1);
  low01 = _mm256_unpacklo_epi32 (x[0], x[1]);
  high01 = _mm256_unpackhi_epi32 (x[0], x[1]);
  low23 = _mm256_unpacklo_epi32 (x[2], x[3]);
  high23 = _mm256_unpackhi_epi32 (x[2], x[3]);
  x[0] = _mm256_unpacklo_epi64 (low01, low23);
  x[1] = _mm256_unpackhi_epi64 (low01, low23);
  x[2] = _mm256_unpacklo_epi64 (high01, high23);
  x[3] = _mm256_unpackhi_epi64 (high01, high23);
  for (int i = 0; i < 4; i++)
    _mm256_storeu_si256 ((void *) (out + 64 * i), _mm256_xor_si256 (x[i], invert));
}

static void
repack_avx2 (BlnType       type,
             const guint8 *rows,
             gsize         row_bytes,
             guint         n_rows,
             gsize         n_blocks,
             guint8       *group)
{
  const BlnX16Layout *layout = bln_x16_layout (type);
  const gsize block_bytes = bln_type_info (type)->block_bytes;
  const gsize heads_bytes = (gsize) layout->n_heads * layout->head_bytes * BLN_GROUP_ROWS;
  const __m256i invert = _mm256_set1_epi8 ((char) layout->invert);
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
      for (int i = 0; i < layout->n_words; i += 4)
        {
          /* Never past the block: the last words are read again from an earlier start. */
          int first = MIN (i, layout->n_words - 4);
          guint8 *out = group + heads_bytes + 64 * first;

          repack_words_8 (row, layout->words_at + 4 * first, invert, out);
          repack_words_8 (row + 8, layout->words_at + 4 * first, invert, out + 32);
        }
      for (guint r = 0; r < BLN_GROUP_ROWS; r++)
        row[r] += block_bytes;
    }
}

/* ---- activations -------------------------------------------------------------------- */

INLINE __m256i
magnitude (const float *x)
{
  return _mm256_and_si256 (_mm256_loadu_si256 ((const void *) x),
                           _mm256_set1_epi32 (0x7fffffff));
}

INLINE guint32
reduce_max (__m256i x)
{
  __m128i m = _mm_max_epu32 (_mm256_castsi256_si128 (x), _mm256_extracti128_si256 (x, 1));

  m = _mm_max_epu32 (m, _mm_shuffle_epi32 (m, 0x4e));
  m = _mm_max_epu32 (m, _mm_shuffle_epi32 (m, 0xb1));
  return (guint32) _mm_cvtsi128_si32 (m);
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

/* Sixteen values to bytes; returns their sum. */
INLINE gint32
quantize_16 (const float *x,
             float        inverse,
             guint8      *q)
{
  __m256 scale = _mm256_set1_ps (inverse);
  __m256i low, high, ones = _mm256_set1_epi16 (1);
  __m128i words, sum;

  if (inverse == 0)
    {
      memset (q, 0, 16);
      return 0;
    }
  low = _mm256_cvtps_epi32 (_mm256_mul_ps (_mm256_loadu_ps (x), scale));
  high = _mm256_cvtps_epi32 (_mm256_mul_ps (_mm256_loadu_ps (x + 8), scale));
  low = _mm256_permute4x64_epi64 (_mm256_packs_epi32 (low, high), 0xd8);
  low = _mm256_min_epi16 (low, _mm256_set1_epi16 (127));
  words = _mm_packs_epi16 (_mm256_castsi256_si128 (low), _mm256_extracti128_si256 (low, 1));
  _mm_storeu_si128 ((void *) q, words);
  high = _mm256_madd_epi16 (low, ones);
  sum = _mm_add_epi32 (_mm256_castsi256_si128 (high), _mm256_extracti128_si256 (high, 1));
  sum = _mm_add_epi32 (sum, _mm_shuffle_epi32 (sum, 0x4e));
  sum = _mm_add_epi32 (sum, _mm_shuffle_epi32 (sum, 0xb1));
  return _mm_cvtsi128_si32 (sum);
}

static void
quantize_a32_avx2 (const float *x,
                   gsize        n,
                   void        *tile)
{
  guint8 *block = tile;

  for (gsize i = 0; i < n; i += 32, block += BLN_A32_BYTES (1))
    {
      __m256i bits = _mm256_max_epu32 (_mm256_max_epu32 (magnitude (x + i), magnitude (x + i + 8)),
                                       _mm256_max_epu32 (magnitude (x + i + 16),
                                                         magnitude (x + i + 24)));
      float inverse, d = block_scale (reduce_max (bits), &inverse);
      gint32 sum = -quantize_16 (x + i, inverse, block);

      sum -= quantize_16 (x + i + 16, inverse, block + 16);
      memcpy (block + BLN_A32_D (1), &d, 4);
      memcpy (block + BLN_A32_SUM (1), &sum, 4);
    }
}

static void
quantize_a256_avx2 (const float *x,
                    gsize        n,
                    void        *tile)
{
  guint8 *block = tile;

  for (gsize i = 0; i < n; i += 256, block += BLN_A256_BYTES (1))
    {
      gint16 *sums16 = (gint16 *) (block + BLN_A256_SUMS16 (1));
      gint16 *sums32 = (gint16 *) (block + BLN_A256_SUMS32 (1));
      __m256i bits = magnitude (x + i);
      float inverse, d;

      for (int j = 8; j < 256; j += 8)
        bits = _mm256_max_epu32 (bits, magnitude (x + i + j));
      d = block_scale (reduce_max (bits), &inverse);
      memcpy (block + BLN_A256_D (1), &d, 4);
      for (guint s = 0; s < 16; s++)
        sums16[bln_a256_order (s)] =
          (gint16) quantize_16 (x + i + 16 * s, inverse, block + 16 * s);
      for (guint s = 0; s < 8; s++)
        sums32[bln_a256_order (s)] =
          sums16[bln_a256_order (2 * s)] + sums16[bln_a256_order (2 * s + 1)];
    }
}

void
bln_kernels_init_avx2_dot (BlnKernels *kernels)
{
  init_dot_avx2 (kernels);
  kernels->repack = repack_avx2;
  kernels->quantize_a32 = quantize_a32_avx2;
  kernels->quantize_a256 = quantize_a256_avx2;
}
