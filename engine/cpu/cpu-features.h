/* What this processor and its operating system let us use. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  BLN_CPU_AVX2 = 1 << 0,   /* AVX2 with FMA and F16C, and the system saves 256-bit registers */
  BLN_CPU_AVX512 = 1 << 1, /* F, BW, DQ, VL, VNNI and VBMI, and the system saves 512-bit ones */
} BlnCpuFeatures;

/* Asks the processor once (CPUID for what it has, XGETBV for what the system saves on a
 * context switch: without the latter wide registers trap or lose their upper halves). Any
 * thread. */
BlnCpuFeatures bln_cpu_get_features (void);

/* The processor, threads and instructions in use, for people. Interned. */
const char *bln_cpu_name (guint       n_threads,
                          const char *variant);

G_END_DECLS
