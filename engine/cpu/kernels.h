/* The table of numeric kernels. Plain C fills it, then AVX2 and AVX-512 replace what they do
 * faster; which of them is settled once, at run time.
 *
 * Every entry has one canonical arithmetic, so that all three variants give the same bits and
 * a result never depends on how many columns, rows or threads were computed together:
 *
 *   integer dot   exact integer sum per block, then fmaf ((float) sum, d_w * d_a, f), blocks
 *                 ascending; a minimum term goes into an accumulator of its own which is
 *                 subtracted (K types) last.
 *   float dot     16 partial sums, element i into sum i % 16, fmaf ascending, then the tree
 *                 of bln_sum16(): 8 apart, 4 apart, 2, 1.
 *   values, gemm  fmaf ascending over the summed index, one accumulator per result.
 *   exponential   the polynomial of bln_exp() in kernels-c-vector.c.
 *
 * Only denormals may differ, where the caller runs with flush-to-zero.
 *
 * Weights: "x16" is 16 rows of a matrix interleaved so that one 64-byte vector holds the same
 * four bytes of each. A file block of any quantized type is a few halves and a run of 32-bit
 * words; an x16 block is the same fields transposed: [halves][16 rows], then [words][16 rows].
 * It is exactly as large as 16 file blocks. A group is the x16 blocks of one row of blocks,
 * ascending.
 *
 * Activations: tiles of 1, 2, 4 or 8 columns, block-major; see BlnActivation. */
#pragma once

#include "quant.h"

G_BEGIN_DECLS

#define BLN_GROUP_ROWS 16
#define BLN_MAX_TILE 8
#define BLN_N_WIDTHS 4 /* 1, 2, 4, 8 columns: index is log2 */

/* How a matrix wants its activations.
 *   F32   per 16 elements: float [columns][16], zeros after the end
 *   A32   per 32 elements: int8 q [columns][32], float d [columns], int32 -sum(q) [columns]
 *   A256  per 256 elements: int8 q [columns][256], float d [columns],
 *         int16 sums of 16 [columns][16], int16 sums of 32 [columns][8]; both orders are that
 *         of bln_a256_order: words of one 32-bit lane are two sub-blocks apart
 * x is about d * q, q in -127..127, d = max |x| / 127. A row with a value that is not finite
 * gets q = 0 and d not finite, so that its results are NaN. */
typedef enum
{
  BLN_ACTIVATION_F32,
  BLN_ACTIVATION_A32,
  BLN_ACTIVATION_A256,
} BlnActivation;

/* Rows of keys, values or latents as they lie in a cache. */
typedef enum
{
  BLN_ROWS_F32,
  BLN_ROWS_F16,
  BLN_N_ROWS_TYPES,
} BlnRowsType;

/* 16 rows times a tile: out[column][16]. `rows` is an x16 group, or for F32, F16 and BF16 the
 * first of n_rows rows in the file, row_bytes apart; results past n_rows are 0. */
typedef void (*BlnDotFunc) (const guint8 *rows,
                            gsize         row_bytes,
                            guint         n_rows,
                            gsize         n_in,
                            const void   *tile,
                            float        *out);

typedef struct
{
  const char *name; /* "c", "avx2", "avx512" */

  BlnDotFunc dot[BLN_TYPE_COUNT][BLN_N_WIDTHS];

  /* What becomes of a dot's result block[column][16], for n columns and the first n_rows of
   * each: out[c][r] = start[c][r] + block[c][r], or with weights fmaf (weights[c],
   * block[c][r], start[c][r]), or without start a copy. start[c] may be out[c]. */
  void (*finish) (const float        *block,
                  guint               n,
                  guint               n_rows,
                  const float *const *start,   /* (nullable) */
                  const float        *weights, /* (nullable) only with start */
                  float *const       *out);

  /* Transposes n_rows <= 16 rows of file blocks, row_bytes apart, into one x16 group. Missing
   * rows become rows of zeros. */
  void (*repack) (BlnType       type,
                  const guint8 *rows,
                  gsize         row_bytes,
                  guint         n_rows,
                  gsize         n_blocks,
                  guint8       *group);

  /* One row into a tile of one column. n is a multiple of 32 (256). */
  void (*quantize_a32) (const float *x, gsize n, void *tile);
  void (*quantize_a256) (const float *x, gsize n, void *tile);

  /* y = x * weight / sqrt (mean (x²) + eps); weight may be NULL (ones), y may be x. */
  void (*rms_norm) (const float *x, const float *weight, gsize n, float eps, float *y);
  /* y += a */
  void (*add) (const float *a, gsize n, float *y);
  /* y += scale * a, by fmaf */
  void (*axpy) (float scale, const float *a, gsize n, float *y);
  float (*dot_f32) (const float *a, const float *b, gsize n);
  float (*max) (const float *x, gsize n);
  /* x = exp (x - max); returns the sum of the results. */
  float (*exp_sum) (float *x, gsize n, float max);
  /* y = activation (gate) * up */
  void (*silu_mul) (const float *gate, const float *up, gsize n, float *y);
  void (*gelu_mul) (const float *gate, const float *up, gsize n, float *y);
  /* Rotates n_pairs pairs: (2i, 2i + 1), or (i, i + n_pairs) for neox. */
  void (*rope) (float *x, const float *cos, const float *sin, gsize n_pairs);
  void (*rope_neox) (float *x, const float *cos, const float *sin, gsize n_pairs);

  void (*to_half) (const float *x, gsize n, guint16 *y); /* nearest even */
  void (*from_half) (const guint16 *x, gsize n, float *y);
  /* y[i] = x[i] * scale[i / 32], exactly. */
  void (*from_bytes) (const gint8 *x, const guint16 *scales, gsize n, float *y);

  /* scores[h * score_stride + p] = scale * (q_h . k_p), n_heads queries against n_positions
   * rows. Strides are in elements. */
  void (*scores[BLN_N_ROWS_TYPES]) (const float *q, gsize q_stride, guint n_heads,
                                    const void *k, gsize k_stride, guint n_positions,
                                    gsize width, float scale,
                                    float *scores, gsize score_stride);
  /* out_h += sum over p of weights[h * weight_stride + p] * v_p, positions ascending. */
  void (*values[BLN_N_ROWS_TYPES]) (const float *weights, gsize weight_stride, guint n_heads,
                                    const void *v, gsize v_stride, guint n_positions,
                                    gsize width, float *out, gsize out_stride);
  /* C[m][n] = A[m][k] B[k][n] (+ C if `accumulate`), k ascending by fmaf. Element (i, j) of
   * A is a[i * a_stride + j * a_step], so that A may be given transposed. */
  void (*gemm) (const float *a, gsize a_stride, gsize a_step, const float *b, gsize b_stride,
                gsize m, gsize n, gsize k, gboolean accumulate,
                float *c, gsize c_stride);
} BlnKernels;

/* The table for a variant by name, or the best that runs here for NULL. NULL when this
 * machine cannot run the variant or nobody knows it. Static, any thread. */
const BlnKernels *bln_kernels_get (const char *variant);

/* What a type wants, 0-based index of a tile width, and sizes in bytes. */
BlnActivation bln_activation_for_type (BlnType type);
static inline guint
bln_width_index (guint width)
{
  return width == 8 ? 3 : width >> 1;
}
gsize bln_activation_tile_bytes (BlnActivation activation,
                                 gsize         n_in,
                                 guint         width);

G_END_DECLS
