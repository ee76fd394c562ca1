/* What the kernel tests and the kernel benchmark share: inputs, nasty ones among them, and
 * matrices and tiles as the store and the ops hold them. */
#pragma once

#include "matmul.h"

#define KERNEL_N_TYPES 16

extern const BlnType kernel_types[KERNEL_N_TYPES];
extern const guint kernel_widths[BLN_N_WIDTHS];

/* Of the random numbers of this run; printed on failure. */
extern guint32 kernel_seed;

enum { WEIGHTS_RANDOM, WEIGHTS_LOWEST, WEIGHTS_HIGHEST, WEIGHTS_SIGN, N_WEIGHT_KINDS };

/* Rows in the file's form. */
guint8 *make_weights (BlnType type,
                      gsize   n_rows,
                      gsize   n_in,
                      guint   kind,
                      GRand  *rand);

/* A matrix as the store would hold one group of it. */
typedef struct
{
  BlnType type;
  gsize n_in;
  guint n_rows;
  gsize row_bytes;
  guint8 *file;  /* (owned) */
  guint8 *group; /* (owned) (nullable) */
} Matrix;

void matrix_init (Matrix           *m,
                  const BlnKernels *kernels, /* that repacks */
                  BlnType           type,
                  guint             n_rows,
                  gsize             n_in,
                  guint             kind,    /* of the weights */
                  GRand            *rand);
void matrix_clear (Matrix *m);
void matrix_dot (const Matrix     *m,
                 const BlnKernels *kernels,
                 const void       *tile,
                 guint             width,
                 float            *out);

/* Even kinds are random, odd ones have -1 or 1 everywhere: q is -127 or 127 in every place. */
float *make_row (gsize  n,
                 guint  kind,
                 GRand *rand);

/* A tile of `width` rows; `columns` (nullable) receives the rows themselves. */
void *make_tile (const BlnKernels *kernels,
                 BlnActivation     activation,
                 gsize             n_in,
                 guint             width,
                 guint             kind,
                 GRand            *rand,
                 float           **columns);

/* The table named by a test's data; NULL, and the test skipped, where this machine has it
 * not. */
const BlnKernels *get_variant (gconstpointer data);

/* Fails the test where one bit differs. */
void expect_bits (const BlnKernels *fast,
                  const char       *what,
                  gsize             n,
                  const float      *expected,
                  const float      *got,
                  gsize             count);

/* /kernels/VARIANT/NAME for avx2 and avx512, and for the reference `with_plain`. */
void add_for_variants (const char   *name,
                       gboolean      with_plain,
                       GTestDataFunc func);

/* bench-kernels.c: `only` (nullable) names one type. */
int bench_kernels (const char *only);
