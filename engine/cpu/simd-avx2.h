/* The words in which the kernel templates (kernels-simd-*.h) are written, for AVX2 with FMA
 * and F16C. A row vector has one 32-bit lane, or four bytes, for each of 8 rows of a group. */
#pragma once

#include <glib.h>
#include <immintrin.h>
#include <stdint.h>
#include <string.h>

#define SIMD(NAME) NAME##_avx2
#define INLINE static inline __attribute__ ((always_inline))

/* ---- row vectors: 16 rows in two ---------------------------------------------------- */

typedef __m256i VI;
typedef __m256 VF;

#define VEC_ROWS 8
#define VEC_PARTS 2     /* vectors to a group */
#define VEC_MAX_TILE 4  /* columns whose sums fit the registers */
/* Two products of bytes must fit 16 bits, so signed weights stay signed. */
#define VEC_SIGNED_BYTES 1

INLINE VI v_load (const void *p) { return _mm256_loadu_si256 (p); }
INLINE VI v_zero (void) { return _mm256_setzero_si256 (); }
INLINE VI v_set8 (int x) { return _mm256_set1_epi8 ((char) x); }
INLINE VI v_set32 (int x) { return _mm256_set1_epi32 (x); }
INLINE VI v_and (VI a, VI b) { return _mm256_and_si256 (a, b); }
INLINE VI v_or (VI a, VI b) { return _mm256_or_si256 (a, b); }
INLINE VI v_xor (VI a, VI b) { return _mm256_xor_si256 (a, b); }
INLINE VI v_add32 (VI a, VI b) { return _mm256_add_epi32 (a, b); }
INLINE VI v_sub32 (VI a, VI b) { return _mm256_sub_epi32 (a, b); }
INLINE VI v_sub8 (VI a, VI b) { return _mm256_sub_epi8 (a, b); }
INLINE VI v_mul32 (VI a, VI b) { return _mm256_mullo_epi32 (a, b); }
#define v_left32(x, n) _mm256_slli_epi32 (x, n)
#define v_right32(x, n) _mm256_srli_epi32 (x, n)
#define v_right32s(x, n) _mm256_srai_epi32 (x, n)
#define v_left16(x, n) _mm256_slli_epi16 (x, n)
#define v_right16s(x, n) _mm256_srai_epi16 (x, n)
/* a | (b & mask) */
INLINE VI v_or_masked (VI a, VI b, VI mask) { return v_or (a, v_and (b, mask)); }
/* Bytes of a where `bits` of h are clear, a | add where they are set. */
INLINE VI v_or_where (VI a, VI h, VI bits, int add)
{
  VI set = _mm256_cmpeq_epi8 (v_and (h, bits), bits);

  return v_or (a, v_and (set, v_set8 (add)));
}
/* Sixteen bytes, the same in every 128-bit lane. */
INLINE VI v_table (const void *p)
{
  return _mm256_broadcastsi128_si256 (_mm_loadu_si128 (p));
}
INLINE VI v_lookup (VI table, VI index) { return _mm256_shuffle_epi8 (table, index); }

/* acc += four products of w and a in each lane; sums of `per_part` steps fit 16 bits. With
 * per_part 1 both are signed, |w| <= 128 and |a| <= 127. */
INLINE VI v_products (VI w, VI a, int per_part)
{
  if (per_part == 1)
    return _mm256_maddubs_epi16 (_mm256_abs_epi8 (w), _mm256_sign_epi8 (a, w));
  return _mm256_maddubs_epi16 (w, a);
}
#define v_dot_step(acc, part, w, a, step, per_part)                                         \
  do                                                                                        \
    {                                                                                       \
      VI products = v_products (w, a, per_part);                                            \
      (part) = (step) % (per_part) == 0 ? products : _mm256_add_epi16 (part, products);     \
      if ((step) % (per_part) == (per_part) - 1)                                            \
        (acc) = v_add32 (acc, _mm256_madd_epi16 (part, _mm256_set1_epi16 (1)));             \
    }                                                                                       \
  while (0)
INLINE VI v_dot16 (VI acc, VI a, VI b) { return v_add32 (acc, _mm256_madd_epi16 (a, b)); }

INLINE VF vf_zero (void) { return _mm256_setzero_ps (); }
INLINE VF vf_set (float x) { return _mm256_set1_ps (x); }
INLINE VF vf_from_int (VI x) { return _mm256_cvtepi32_ps (x); }
INLINE VF vf_mul (VF a, VF b) { return _mm256_mul_ps (a, b); }
INLINE VF vf_sub (VF a, VF b) { return _mm256_sub_ps (a, b); }
INLINE VF vf_fma (VF a, VF b, VF c) { return _mm256_fmadd_ps (a, b, c); }
INLINE VF vf_load_halves (const void *p) { return _mm256_cvtph_ps (_mm_loadu_si128 (p)); }
INLINE VI v_load_u16 (const void *p) { return _mm256_cvtepu16_epi32 (_mm_loadu_si128 (p)); }
INLINE VI v_load_u8 (const void *p) { return _mm256_cvtepu8_epi32 (_mm_loadl_epi64 (p)); }
INLINE VI v_select_less (VI a, VI b, VI then, VI otherwise)
{
  return _mm256_blendv_epi8 (otherwise, then, _mm256_cmpgt_epi32 (b, a));
}
INLINE VI v_left32v (VI a, VI n) { return _mm256_sllv_epi32 (a, n); }
INLINE VF vf_cast (VI x) { return _mm256_castsi256_ps (x); }
INLINE void vf_store (float *p, VF x) { _mm256_storeu_ps (p, x); }
INLINE VF vf_load (const float *p) { return _mm256_loadu_ps (p); }

/* ---- sixteen floats ----------------------------------------------------------------- */

typedef struct
{
  __m256 a, b;
} Lanes;

/* Tiles whose sums fit the registers: heads by positions, heads by vectors, rows by vectors,
 * rows by columns. */
#define SCORE_HEADS 1
#define SCORE_POSITIONS 4
#define VALUE_HEADS 4
#define VALUE_VECTORS 1
#define GEMM_ROWS 4
#define GEMM_VECTORS 1
#define DOT_SUMS 4

INLINE Lanes l_zero (void) { return (Lanes) { _mm256_setzero_ps (), _mm256_setzero_ps () }; }
INLINE Lanes l_set (float x) { return (Lanes) { _mm256_set1_ps (x), _mm256_set1_ps (x) }; }
INLINE Lanes l_load (const float *p)
{
  return (Lanes) { _mm256_loadu_ps (p), _mm256_loadu_ps (p + 8) };
}
INLINE void l_store (float *p, Lanes x)
{
  _mm256_storeu_ps (p, x.a);
  _mm256_storeu_ps (p + 8, x.b);
}
INLINE Lanes l_load_half (const guint16 *p)
{
  return (Lanes) { _mm256_cvtph_ps (_mm_loadu_si128 ((const void *) p)),
                   _mm256_cvtph_ps (_mm_loadu_si128 ((const void *) (p + 8))) };
}
INLINE __m256 load_signed_8 (const gint8 *p)
{
  return _mm256_cvtepi32_ps (_mm256_cvtepi8_epi32 (_mm_loadl_epi64 ((const void *) p)));
}
INLINE Lanes l_load_signed (const gint8 *p)
{
  return (Lanes) { load_signed_8 (p), load_signed_8 (p + 8) };
}
INLINE __m256 load_bfloat_8 (const guint16 *p)
{
  __m256i x = _mm256_cvtepu16_epi32 (_mm_loadu_si128 ((const void *) p));

  return _mm256_castsi256_ps (_mm256_slli_epi32 (x, 16));
}
INLINE Lanes l_load_bfloat (const guint16 *p)
{
  return (Lanes) { load_bfloat_8 (p), load_bfloat_8 (p + 8) };
}
/* The first n < 16 of them; nothing past is touched, absent lanes are 0. */
INLINE Lanes l_load_some (const float *p, gsize n)
{
  float x[16] = { 0 };

  memcpy (x, p, n * sizeof (float));
  return l_load (x);
}
INLINE void l_store_some (float *p, gsize n, Lanes x)
{
  float y[16];

  l_store (y, x);
  memcpy (p, y, n * sizeof (float));
}
INLINE void l_store_half (guint16 *p, Lanes x)
{
  _mm_storeu_si128 ((void *) p, _mm256_cvtps_ph (x.a, _MM_FROUND_TO_NEAREST_INT));
  _mm_storeu_si128 ((void *) (p + 8), _mm256_cvtps_ph (x.b, _MM_FROUND_TO_NEAREST_INT));
}
#define L_BINARY(NAME, OP) \
  INLINE Lanes NAME (Lanes x, Lanes y) { return (Lanes) { OP (x.a, y.a), OP (x.b, y.b) }; }
L_BINARY (l_add, _mm256_add_ps)
L_BINARY (l_sub, _mm256_sub_ps)
L_BINARY (l_mul, _mm256_mul_ps)
L_BINARY (l_div, _mm256_div_ps)
/* The larger; the second where one is NaN. */
L_BINARY (l_max, _mm256_max_ps)
L_BINARY (l_min, _mm256_min_ps)
INLINE Lanes l_fma (Lanes x, Lanes y, Lanes z)
{
  return (Lanes) { _mm256_fmadd_ps (x.a, y.a, z.a), _mm256_fmadd_ps (x.b, y.b, z.b) };
}
INLINE Lanes l_round (Lanes x)
{
  return (Lanes) { _mm256_round_ps (x.a, _MM_FROUND_TO_NEAREST_INT | _MM_FROUND_NO_EXC),
                   _mm256_round_ps (x.b, _MM_FROUND_TO_NEAREST_INT | _MM_FROUND_NO_EXC) };
}
/* 2^n for whole n in -126 … 127 */
INLINE __m256 power_of_two_8 (__m256 n)
{
  __m256i e = _mm256_add_epi32 (_mm256_cvtps_epi32 (n), _mm256_set1_epi32 (127));

  return _mm256_castsi256_ps (_mm256_slli_epi32 (e, 23));
}
INLINE Lanes l_power_of_two (Lanes n)
{
  return (Lanes) { power_of_two_8 (n.a), power_of_two_8 (n.b) };
}
/* y where x < limit is false, else 0 */
INLINE Lanes l_zero_below (Lanes x, Lanes limit, Lanes y)
{
  return (Lanes) { _mm256_and_ps (y.a, _mm256_cmp_ps (x.a, limit.a, _CMP_NLT_UQ)),
                   _mm256_and_ps (y.b, _mm256_cmp_ps (x.b, limit.b, _CMP_NLT_UQ)) };
}
INLINE float l_highest (Lanes x)
{
  __m256 m = _mm256_max_ps (x.a, x.b);
  __m128 n = _mm_max_ps (_mm256_castps256_ps128 (m), _mm256_extractf128_ps (m, 1));

  n = _mm_max_ps (n, _mm_movehl_ps (n, n));
  return _mm_cvtss_f32 (_mm_max_ss (n, _mm_movehdup_ps (n)));
}
/* The tree of bln_sum16(), for one and for four at once. */
INLINE __m128 sum_to_4 (Lanes x)
{
  __m256 s = _mm256_add_ps (x.a, x.b);

  return _mm_add_ps (_mm256_castps256_ps128 (s), _mm256_extractf128_ps (s, 1));
}
INLINE float l_sum (Lanes x)
{
  __m128 b = sum_to_4 (x);

  b = _mm_add_ps (b, _mm_movehl_ps (b, b));
  return _mm_cvtss_f32 (b) + _mm_cvtss_f32 (_mm_movehdup_ps (b));
}
INLINE __m128 l_sum4 (Lanes w, Lanes x, Lanes y, Lanes z)
{
  __m128 a = sum_to_4 (w), b = sum_to_4 (x), c = sum_to_4 (y), d = sum_to_4 (z);
  __m128 ab = _mm_add_ps (_mm_unpacklo_ps (a, b), _mm_unpackhi_ps (a, b));
  __m128 cd = _mm_add_ps (_mm_unpacklo_ps (c, d), _mm_unpackhi_ps (c, d));

  return _mm_add_ps (_mm_movelh_ps (ab, cd), _mm_movehl_ps (cd, ab));
}
