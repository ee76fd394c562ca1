/* Runs programs on the CPU: every thread of the pool walks the same list of ops, takes units
 * of work from counters, and meets the others at one barrier an op. */
#pragma once

#include "device-backend.h"

G_BEGIN_DECLS

typedef struct
{
  guint n_threads;
  guint n_batch;             /* rows in one pass at most */
  const char *variant;       /* (nullable) kernels by name */
  gboolean repack;           /* quantized matrices are copied into the kernels' layout */
  gboolean is_partner;       /* of a graphics card: passes are short and follow one another */
  const guint8 *only;        /* (nullable) [weights->all->len], outliving the backend: the matrices
                                that it will be asked for; others get no room */
  gboolean mla_absorbed;     /* always this form */
  gboolean mla_decompressed; /* always that */
} BlnCpuOptions;

/* Prepares to run `programs` of one model; no matrix is read yet. ARGUMENT when this machine
 * cannot run the variant; MEMORY. */
BlnBackend *bln_cpu_backend_new (const BlnWeights        *weights,
                                 const BlnProgram *const *programs,
                                 guint                    n_programs,
                                 const BlnKvLayout       *layout,
                                 const BlnCpuOptions     *options,
                                 GError                 **error);

G_END_DECLS
