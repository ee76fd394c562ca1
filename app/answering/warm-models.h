/* Models that answered before and are still loaded, so that switching back to one takes no time.
 * The engine thread's. */
#pragma once

#include "baleen-backend.h"

G_BEGIN_DECLS

typedef struct
{
  const BaleenBackend *backend;
  GQueue models; /* (owned) the newest first */
} BaleenWarmModels;

void baleen_warm_models_init (BaleenWarmModels    *self,
                              const BaleenBackend *backend);

/* What tells a loaded model from any other: its file as it is now, device and setup. NULL for what
 * is no file on this computer: that is not kept. */
char *baleen_warm_models_make_stamp (const char *path,
                                     const char *device);

gboolean baleen_warm_models_is_same_file (const char *stamp, /* (nullable) as the other */
                                          const char *other);

/* Takes the model; closes the oldest beyond what is kept, and all where memory is short. With a
 * NULL stamp it is closed at once. */
void baleen_warm_models_put (BaleenWarmModels       *self,
                             gpointer                model,
                             const char             *stamp,
                             const BaleenModelFacts *facts);
/* NULL when there is none such; else the caller's, with its facts. */
gpointer baleen_warm_models_take (BaleenWarmModels *self,
                                  const char       *stamp, /* (nullable) */
                                  BaleenModelFacts *facts);

/* Closes all. FALSE when there were none. */
gboolean baleen_warm_models_drop (BaleenWarmModels *self);

G_END_DECLS
