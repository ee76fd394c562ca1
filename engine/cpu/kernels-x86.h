/* What the files of the x86 variants hand to kernels.c. Each file is compiled for its own
 * instruction set, so nothing of it may run before kernels.c has asked the processor. */
#pragma once

#include "kernels.h"

G_BEGIN_DECLS

void bln_kernels_init_avx2_dot (BlnKernels *kernels);
void bln_kernels_init_avx2_float (BlnKernels *kernels);
void bln_kernels_init_avx512_dot (BlnKernels *kernels);
void bln_kernels_init_avx512_float (BlnKernels *kernels);

G_END_DECLS
