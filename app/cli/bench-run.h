/* Timing an engine: what `bench` does, without its options and its output. */
#pragma once

#include "bln-engine.h"

G_BEGIN_DECLS

typedef struct
{
  BlnEngine *engine;
  BlnSession **sessions; /* [n_sessions], all at the same depth */
  BlnSampler *sampler;    /* (owned) the likeliest token */
  guint n_sessions;
  guint32 n_vocabulary;
  guint round; /* salts the tokens, so that no pass finds its work done */
} BaleenBench;

gboolean baleen_bench_init (BaleenBench *bench,
                            BlnEngine   *engine,
                            guint        n_sessions,
                            GError     **error);
void baleen_bench_clear (BaleenBench *bench);

/* Seconds for `n_tokens` more in every session, `depth` of them being there. */
gboolean baleen_bench_prefill (BaleenBench *bench,
                               gsize        depth,
                               gsize        n_tokens,
                               double      *seconds,
                               GError     **error);
/* Seconds for `n_tokens` in every session one after the other, from `depth` on. No sampling:
 * what comes next is fixed. */
gboolean baleen_bench_decode (BaleenBench *bench,
                              gsize        depth,
                              gsize        n_tokens,
                              double      *seconds,
                              GError     **error);

/* Greedy text of the model's own, first with drafts, then one by one. */
typedef struct
{
  gsize n_tokens;
  double seconds;
  double plain_seconds;
  double acceptance; /* drafts that stood, 0 to 1 */
} BaleenDraftTiming;

gboolean baleen_bench_drafts (BlnEngine         *engine,
                              gsize              n_tokens,
                              BaleenDraftTiming *timing,
                              GError           **error);

/* Bytes that one token makes the device read: weights, of the experts those that `n_rows` rows in
 * one pass are likely to choose, shared among the rows; and `n_cached` rows of KV cache. */
double baleen_bench_bytes_per_token (BlnEngine *engine,
                                     guint      n_sessions,
                                     gsize      n_rows,
                                     double     n_cached);

/* Bytes in memory of this process: its own and those of model files, program code left out. 0
 * where the system does not tell. */
guint64 baleen_bench_resident_bytes (void);

double baleen_bench_median (GArray *seconds); /* of double; sorts it */

G_END_DECLS
