/* Runs programs on the CPU: every thread of the pool walks the same list of ops, takes units
 * of work from counters, and meets the others at one barrier an op. */
#pragma once

#include "batch.h"
#include "program.h"

#include <stdatomic.h>

G_BEGIN_DECLS

typedef struct _BlnCpuBackend BlnCpuBackend;

typedef struct
{
  guint n_threads;
  guint n_batch;             /* rows in one pass at most */
  const char *variant;       /* (nullable) kernels by name */
  gboolean repack;           /* quantized matrices are copied into the kernels' layout */
  gboolean mla_absorbed;     /* always this form */
  gboolean mla_decompressed; /* always that */
} BlnCpuOptions;

/* Bytes that a backend would hold for these programs and options, reading no weight. */
typedef struct
{
  guint64 mapped;
  guint64 repacked;
  guint64 activations;
} BlnCpuSizes;

/* Prepares to run `programs` of one model; no matrix is read yet. ARGUMENT when this machine
 * cannot run the variant; MEMORY. */
BlnCpuBackend *bln_cpu_backend_new (const BlnWeights        *weights,
                                    const BlnProgram *const *programs,
                                    guint                    n_programs,
                                    const BlnKvLayout       *layout,
                                    const BlnCpuOptions     *options,
                                    GError                 **error);
void bln_cpu_backend_free (BlnCpuBackend *backend);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BlnCpuBackend, bln_cpu_backend_free)

void bln_cpu_backend_get_sizes (BlnCpuBackend *backend,
                                BlnCpuSizes   *sizes);

/* "avx512", … */
const char *bln_cpu_backend_get_variant (BlnCpuBackend *backend);

/* One pass. STOPPED when `stop` was heard, within one layer; CHANGED when the file went away
 * under it. On an error the caches hold nothing new that counts. */
gboolean bln_cpu_backend_run (BlnCpuBackend    *backend,
                              const BlnProgram *program,
                              const BlnBatch   *batch,
                              atomic_bool      *stop,
                              GError          **error);

/* Rows of the program's hidden value after a pass: [n_rows], `stride` floats apart, good
 * until the next pass. */
const float *bln_cpu_backend_get_hidden (BlnCpuBackend    *backend,
                                         const BlnProgram *program,
                                         guint             n_rows,
                                         gsize            *stride);

G_END_DECLS
