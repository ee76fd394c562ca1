/* What runs programs: the CPU (engine/cpu) or a Vulkan device (engine/vulkan). The engine knows
 * only this. */
#pragma once

#include "batch.h"
#include "bln-engine.h"
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

  /* On a graphics card, and not counted above. */
  guint64 card_weights, card_activations;
  guint64 card_available;  /* of its memory, for weights, activations and caches */
  guint n_blocks_away;     /* whose feed-forwards stay in system memory */
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

  /* (nullable) all logits [n_vocab] of a row of which only a choice was wanted: `row` among those
   * that wanted logits in the last pass that had such. */
  gboolean (*get_logits) (BlnBackend *backend,
                          guint       row,
                          float      *logits,
                          GError    **error);

  void (*get_sizes) (BlnBackend      *backend,
                     BlnBackendSizes *sizes);

  /* (nullable) rows that a pass may have now, at least 2 and at most what the backend was made
   * for: longer ones would take too much time or room. */
  guint (*get_row_limit) (BlnBackend *backend);

  /* (nullable) */
  void (*get_work) (BlnBackend    *backend,
                    BlnDeviceWork *work);

  /* Where and how it computes, for people. Interned. */
  const char *(*get_name) (BlnBackend *backend);

  /* (nullable) bln_engine_prepare() */
  guint64 (*prepare) (BlnBackend *backend,
                      double      seconds);

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
