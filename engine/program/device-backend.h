/* What runs programs: the CPU (engine/cpu) or a Vulkan device (engine/vulkan). The engine knows
 * only this. */
#pragma once

#include "batch.h"
#include "program.h"

#include <stdatomic.h>

G_BEGIN_DECLS

typedef struct _BlnBackend BlnBackend;

/* Bytes held, or that would be held. */
typedef struct
{
  guint64 mapped;      /* weights used as they lie in the file */
  guint64 repacked;    /* weights copied once, into system or device memory */
  guint64 activations;
} BlnBackendSizes;

typedef struct
{
  void (*free) (BlnBackend *backend);

  /* One pass. STOPPED when `stop` was heard, within one layer; CHANGED when the file went away
   * under it. On an error the caches hold nothing new that counts. */
  gboolean (*run) (BlnBackend       *backend,
                   const BlnProgram *program,
                   const BlnBatch   *batch,
                   atomic_bool      *stop,
                   GError          **error);

  /* Rows of the program's hidden value after a pass: [n_rows], `stride` floats apart, good
   * until the next pass. */
  const float *(*get_hidden) (BlnBackend       *backend,
                              const BlnProgram *program,
                              guint             n_rows,
                              gsize            *stride);

  void (*get_sizes) (BlnBackend      *backend,
                     BlnBackendSizes *sizes);

  /* Where and how it computes, for people. Interned. */
  const char *(*get_name) (BlnBackend *backend);

  /* (nullable) gives a new cache its memory on the device. */
  gboolean (*place_cache) (BlnBackend *backend,
                           BlnKvCache *cache,
                           GError    **error);
} BlnBackendClass;

struct _BlnBackend
{
  const BlnBackendClass *klass;
};

G_END_DECLS
