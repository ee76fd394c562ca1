/* Runs programs on a Vulkan device: the list of ops becomes a list of dispatches, with a
 * barrier wherever one reads what another wrote. */
#pragma once

#include "backend.h"
#include "vulkan-model.h"

G_BEGIN_DECLS

typedef struct
{
  guint device;           /* in the order of bln_vk_devices() */
  guint n_batch;          /* rows in one pass at most */
  gboolean is_plan;       /* uploads nothing: only sizes will be asked for */
  guint64 kv_bytes;       /* that caches will take */
  guint n_shortages;      /* plans before this one that did not fit after all */
  guint n_away;           /* feed-forwards that stay in system memory even if there is room */
  BlnCpuOptions partner;  /* for what computes those */
  guint64 host_available; /* of system memory */
  BlnVkProgress progress; /* (nullable) */
  gpointer progress_data;
} BlnVkOptions;

/* Uploads the weights, as many as fit (feed-forward.h); `programs` are all that will be run.
 * DEVICE, MEMORY, CHANGED, STOPPED. */
BlnBackend *bln_vk_backend_new (const BlnWeights        *weights,
                                const BlnProgram *const *programs,
                                guint                    n_programs,
                                const BlnKvLayout       *layout,
                                const BlnVkOptions      *options,
                                GError                 **error);

G_END_DECLS
