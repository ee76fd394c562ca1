/* AVX-512: what is done in F32. */
#include "simd-avx512.h"

#include "kernels-simd-attention.h"
#include "kernels-simd-dot-float.h"
#include "kernels-simd-gemm.h"
#include "kernels-simd-vector.h"

#include "kernels-x86.h"

void
bln_kernels_init_avx512_float (BlnKernels *kernels)
{
  init_vector_avx512 (kernels);
  init_dot_float_avx512 (kernels);
  init_attention_avx512 (kernels);
  init_gemm_avx512 (kernels);
}
