/* The words in which the kernel templates (kernels-simd-*.h) are written, for AVX-512 with
 * VNNI and VBMI. A row vector has one 32-bit lane, or four bytes, for each row of a group. */
#pragma once

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
