/* What the files of the plain C variant share, and the constants of the canonical arithmetic
 * that the others repeat. */
#pragma once

#include "kernels.h"

G_BEGIN_DECLS

#define BLN_SMALLEST_MAGNITUDE 1e-35f

/* exp (x) = 2^n * p (r), n = rint (x / ln 2), r = x - n ln 2 in two steps, p the Cephes
 * polynomial of degree 7; below EXP_MIN the result is 0, above EXP_MAX that of EXP_MAX. */
#define BLN_EXP_MIN -87.0f
#define BLN_EXP_MAX 88.0f
#define BLN_EXP_LOG2E 1.44269504f
#define BLN_EXP_LN2_HIGH 0.693359375f
#define BLN_EXP_LN2_LOW -2.12194440e-4f
#define BLN_EXP_P7 1.9875691500e-4f
#define BLN_EXP_P6 1.3981999507e-3f
#define BLN_EXP_P5 8.3334519073e-3f
#define BLN_EXP_P4 4.1665795894e-2f
#define BLN_EXP_P3 1.6666665459e-1f
#define BLN_EXP_P2 5.0000001201e-1f

/* gelu (x) = x * sigmoid (GELU_A x (1 + GELU_B x²)): 0.5 (1 + tanh z) is sigmoid (2z). */
#define BLN_GELU_A 1.59576912f
#define BLN_GELU_B 0.044715f

static inline float
bln_sum16 (const float *sums)
{
  float s[8];

  for (guint i = 0; i < 8; i++)
    s[i] = sums[i] + sums[i + 8];
  for (guint i = 0; i < 4; i++)
    s[i] = s[i] + s[i + 4];
  return (s[0] + s[2]) + (s[1] + s[3]);
}

void bln_kernels_init_c_dot (BlnKernels *kernels);
void bln_kernels_init_c_vector (BlnKernels *kernels);
void bln_kernels_init_c_attention (BlnKernels *kernels);

G_END_DECLS
