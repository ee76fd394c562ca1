/* AVX2: what is done in F32. */
#include "simd-avx2.h"

#include "kernels-simd-attention.h"
#include "kernels-simd-dot-float.h"
#include "kernels-simd-gemm.h"
#include "kernels-simd-vector.h"

#include "kernels-x86.h"

void
bln_kernels_init_avx2_float (BlnKernels *kernels)
{
  init_vector_avx2 (kernels);
  init_dot_float_avx2 (kernels);
  init_attention_avx2 (kernels);
  init_gemm_avx2 (kernels);
}
