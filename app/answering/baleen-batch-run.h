/* A batch on an engine: as many sequences side by side as there are sessions, the next request
 * in the place of one that ended. On the thread that owns the engine; between two steps
 * anything else may use it. */
#pragma once

#include "baleen-batch.h"
#include "bln-engine.h"

G_BEGIN_DECLS

/* Sessions that batches leave behind for the next ones, with what they have read. */
typedef struct _BaleenSessionPool BaleenSessionPool;

/* Both before the engine is freed. */
BaleenSessionPool *baleen_session_pool_new (BlnEngine *engine);
void baleen_session_pool_free (BaleenSessionPool *pool);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BaleenSessionPool, baleen_session_pool_free)
/* How many sequences at once there is memory for; what a batch takes that asks for no number. */
guint baleen_session_pool_count_affordable (BaleenSessionPool *pool);

typedef struct _BaleenBatchRun BaleenBatchRun;

/* How items are told; baleen_batch_tell() does it here and now. Owns neither of the results. */
typedef void (*BaleenBatchTellFunc) (BaleenBatch            *batch,
                                     guint                   item,
                                     const BaleenGeneration *generation,
                                     const GError           *error,
                                     gpointer                user_data);

/* MEMORY when there is not even one session to be had. */
BaleenBatchRun *baleen_batch_run_new (BaleenBatch        *batch,
                                      BaleenSessionPool  *pool,
                                      BaleenBatchTellFunc tell_func,
                                      gpointer            user_data,
                                      GError            **error);
/* Items not told yet are told nothing. */
void baleen_batch_run_free (BaleenBatchRun *run);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BaleenBatchRun, baleen_batch_run_free)

/* One pass. A pass that bln_engine_stop() ended is begun again by the next call; a fault of
 * the engine ends the items that were being written. */
void baleen_batch_run_step (BaleenBatchRun *run);
gboolean baleen_batch_run_is_over (BaleenBatchRun *run);

/* All of it, in the calling thread; bln_engine_stop() ends it with STOPPED. */
gboolean baleen_batch_run_now (BaleenBatch       *batch,
                               BaleenSessionPool *pool,
                               GError           **error);

G_END_DECLS
