/* The words in which the kernel templates (kernels-simd-*.h) are written, for AVX2 with FMA
 * and F16C. A row vector has one 32-bit lane, or four bytes, for each of 8 rows of a group. */
#pragma once

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
