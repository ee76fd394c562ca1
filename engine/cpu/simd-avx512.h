/* The words in which the kernel templates (kernels-simd-*.h) are written, for AVX-512 with
 * VNNI and VBMI. A row vector has one 32-bit lane, or four bytes, for each row of a group. */
#pragma once

#include <glib.h>
#include <immintrin.h>
#include <stdint.h>
#include <string.h>

#define SIMD(NAME) NAME##_avx512
#define INLINE static inline __attribute__ ((always_inline))

/* ---- row vectors: 16 rows in one ---------------------------------------------------- */

typedef __m512i VI;
typedef __m512 VF;

#define VEC_ROWS 16
#define VEC_PARTS 1     /* vectors to a group */
#define VEC_MAX_TILE 8  /* columns whose sums fit the registers */
/* Bytes meet activations as unsigned ones; signed weights are shifted by 128. */
#define VEC_SIGNED_BYTES 0

INLINE VI v_load (const void *p) { return _mm512_loadu_si512 (p); }
INLINE VI v_zero (void) { return _mm512_setzero_si512 (); }
INLINE VI v_set8 (int x) { return _mm512_set1_epi8 ((char) x); }
INLINE VI v_set32 (int x) { return _mm512_set1_epi32 (x); }
INLINE VI v_and (VI a, VI b) { return _mm512_and_si512 (a, b); }
INLINE VI v_or (VI a, VI b) { return _mm512_or_si512 (a, b); }
INLINE VI v_xor (VI a, VI b) { return _mm512_xor_si512 (a, b); }
INLINE VI v_add32 (VI a, VI b) { return _mm512_add_epi32 (a, b); }
INLINE VI v_sub32 (VI a, VI b) { return _mm512_sub_epi32 (a, b); }
INLINE VI v_sub8 (VI a, VI b) { return _mm512_sub_epi8 (a, b); }
INLINE VI v_mul32 (VI a, VI b) { return _mm512_mullo_epi32 (a, b); }
#define v_left32(x, n) _mm512_slli_epi32 (x, n)
#define v_right32(x, n) _mm512_srli_epi32 (x, n)
#define v_right32s(x, n) _mm512_srai_epi32 (x, n)
#define v_left16(x, n) _mm512_slli_epi16 (x, n)
#define v_right16s(x, n) _mm512_srai_epi16 (x, n)
/* a | (b & mask) */
INLINE VI v_or_masked (VI a, VI b, VI mask)
{
  return _mm512_ternarylogic_epi32 (a, b, mask, 0xf8);
}
/* Bytes of a where `bits` of h are clear, a | add where they are set. */
INLINE VI v_or_where (VI a, VI h, VI bits, int add)
{
  return _mm512_mask_add_epi8 (a, _mm512_test_epi8_mask (h, bits), a, v_set8 (add));
}
/* Sixteen bytes, the same in every 128-bit lane. */
INLINE VI v_table (const void *p)
{
  return _mm512_broadcast_i32x4 (_mm_loadu_si128 (p));
}
INLINE VI v_lookup (VI table, VI index) { return _mm512_shuffle_epi8 (table, index); }

/* acc += four products of unsigned w and signed a in each lane. `part` and `step` serve
 * variants that must sum in 16 bits first. */
#define v_dot_step(acc, part, w, a, step, per_part) \
  do { (acc) = _mm512_dpbusd_epi32 (acc, w, a); (void) (part); } while (0)
INLINE VI v_dot16 (VI acc, VI a, VI b) { return _mm512_dpwssd_epi32 (acc, a, b); }

INLINE VF vf_zero (void) { return _mm512_setzero_ps (); }
INLINE VF vf_set (float x) { return _mm512_set1_ps (x); }
INLINE VF vf_from_int (VI x) { return _mm512_cvtepi32_ps (x); }
INLINE VF vf_mul (VF a, VF b) { return _mm512_mul_ps (a, b); }
INLINE VF vf_sub (VF a, VF b) { return _mm512_sub_ps (a, b); }
INLINE VF vf_fma (VF a, VF b, VF c) { return _mm512_fmadd_ps (a, b, c); }
INLINE VF vf_load_halves (const void *p)
{
  return _mm512_cvtph_ps (_mm256_loadu_si256 (p));
}
INLINE VI v_load_u16 (const void *p)
{
  return _mm512_cvtepu16_epi32 (_mm256_loadu_si256 (p));
}
INLINE VI v_load_u8 (const void *p) { return _mm512_cvtepu8_epi32 (_mm_loadu_si128 (p)); }
INLINE VI v_select_less (VI a, VI b, VI then, VI otherwise)
{
  return _mm512_mask_mov_epi32 (otherwise, _mm512_cmplt_epi32_mask (a, b), then);
}
INLINE VI v_left32v (VI a, VI n) { return _mm512_sllv_epi32 (a, n); }
INLINE VF vf_cast (VI x) { return _mm512_castsi512_ps (x); }
INLINE void vf_store (float *p, VF x) { _mm512_storeu_ps (p, x); }
INLINE VF vf_load (const float *p) { return _mm512_loadu_ps (p); }

/* ---- sixteen floats ----------------------------------------------------------------- */

typedef __m512 Lanes;

/* Tiles whose sums fit the registers: heads by positions, heads by vectors, rows by vectors,
 * rows by columns. */
#define SCORE_HEADS 6
#define SCORE_POSITIONS 4
#define VALUE_HEADS 8
#define VALUE_VECTORS 3
#define GEMM_ROWS 8
#define GEMM_VECTORS 3
#define DOT_SUMS 16

INLINE Lanes l_zero (void) { return _mm512_setzero_ps (); }
INLINE Lanes l_set (float x) { return _mm512_set1_ps (x); }
INLINE Lanes l_load (const float *p) { return _mm512_loadu_ps (p); }
INLINE void l_store (float *p, Lanes x) { _mm512_storeu_ps (p, x); }
INLINE Lanes l_load_half (const guint16 *p)
{
  return _mm512_cvtph_ps (_mm256_loadu_si256 ((const void *) p));
}
INLINE Lanes l_load_bfloat (const guint16 *p)
{
  __m256i x = _mm256_loadu_si256 ((const void *) p);

  return _mm512_castsi512_ps (_mm512_slli_epi32 (_mm512_cvtepu16_epi32 (x), 16));
}
INLINE Lanes l_load_signed (const gint8 *p)
{
  return _mm512_cvtepi32_ps (_mm512_cvtepi8_epi32 (_mm_loadu_si128 ((const void *) p)));
}
/* The first n < 16 of them; nothing past is touched, absent lanes are 0. */
INLINE Lanes l_load_some (const float *p, gsize n)
{
  return _mm512_maskz_loadu_ps ((__mmask16) ((1u << n) - 1), p);
}
INLINE void l_store_some (float *p, gsize n, Lanes x)
{
  _mm512_mask_storeu_ps (p, (__mmask16) ((1u << n) - 1), x);
}
INLINE void l_store_half (guint16 *p, Lanes x)
{
  _mm256_storeu_si256 ((void *) p, _mm512_cvtps_ph (x, _MM_FROUND_TO_NEAREST_INT));
}
INLINE Lanes l_add (Lanes a, Lanes b) { return _mm512_add_ps (a, b); }
INLINE Lanes l_sub (Lanes a, Lanes b) { return _mm512_sub_ps (a, b); }
INLINE Lanes l_mul (Lanes a, Lanes b) { return _mm512_mul_ps (a, b); }
INLINE Lanes l_div (Lanes a, Lanes b) { return _mm512_div_ps (a, b); }
INLINE Lanes l_fma (Lanes a, Lanes b, Lanes c) { return _mm512_fmadd_ps (a, b, c); }
/* The larger; b where one is NaN. */
INLINE Lanes l_max (Lanes a, Lanes b) { return _mm512_max_ps (a, b); }
INLINE Lanes l_min (Lanes a, Lanes b) { return _mm512_min_ps (a, b); }
INLINE Lanes l_round (Lanes x)
{
  return _mm512_roundscale_ps (x, _MM_FROUND_TO_NEAREST_INT | _MM_FROUND_NO_EXC);
}
/* 2^n for whole n in -126 … 127 */
INLINE Lanes l_power_of_two (Lanes n)
{
  __m512i e = _mm512_add_epi32 (_mm512_cvtps_epi32 (n), _mm512_set1_epi32 (127));

  return _mm512_castsi512_ps (_mm512_slli_epi32 (e, 23));
}
/* y where x < limit is false, else 0 */
INLINE Lanes l_zero_below (Lanes x, Lanes limit, Lanes y)
{
  return _mm512_maskz_mov_ps (_mm512_cmp_ps_mask (x, limit, _CMP_NLT_UQ), y);
}
INLINE float l_highest (Lanes x) { return _mm512_reduce_max_ps (x); }
/* The tree of bln_sum16(), for one and for four at once. */
INLINE float l_sum (Lanes x)
{
  __m256 a = _mm256_add_ps (_mm512_castps512_ps256 (x), _mm512_extractf32x8_ps (x, 1));
  __m128 b = _mm_add_ps (_mm256_castps256_ps128 (a), _mm256_extractf128_ps (a, 1));

  b = _mm_add_ps (b, _mm_movehl_ps (b, b));
  return _mm_cvtss_f32 (b) + _mm_cvtss_f32 (_mm_movehdup_ps (b));
}
INLINE __m128 l_sum4 (Lanes a, Lanes b, Lanes c, Lanes d)
{
  Lanes ab = l_add (_mm512_shuffle_f32x4 (a, b, 0x44), _mm512_shuffle_f32x4 (a, b, 0xee));
  Lanes cd = l_add (_mm512_shuffle_f32x4 (c, d, 0x44), _mm512_shuffle_f32x4 (c, d, 0xee));
  Lanes x = l_add (_mm512_shuffle_f32x4 (ab, cd, 0x88), _mm512_shuffle_f32x4 (ab, cd, 0xdd));

  x = l_add (x, _mm512_permute_ps (x, 0x4e));
  x = l_add (x, _mm512_permute_ps (x, 0xb1));
  return _mm512_castps512_ps128 (
    _mm512_permutexvar_ps (_mm512_setr_epi32 (0, 4, 8, 12, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0), x));
}
