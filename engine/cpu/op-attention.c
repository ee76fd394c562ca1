/* Grouped-query attention. First the new keys (normed, rotated) and values go into the
 * cache; then a unit of work is some rows of one sequence for one key head, all heads that
 * share it together. Of few rows every thread makes the keys for itself, and the first thread
 * alone stores them: that saves the barrier between. */
#include "attend.h"
#include "cache-rows.h"
#include "partials.h"
#include "run.h"

#include <string.h>

/* Queries that are scored together: their scores of a block stay in the first-level cache. */
#define BLN_MAX_QUERIES 32u

static void
norm_and_rotate (const BlnCpuRun *run,
                 const BlnOp     *op,
                 const float     *norm,
                 guint            row,
                 float           *head)
{
  const BlnAttentionShape *shape = &op->attention;
  const float *angles = bln_cpu_angles (run, shape->rope, row);
  guint half = shape->rope->n_rot / 2;

  if (norm != NULL)
    run->kernels->rms_norm (head, norm, shape->n_key, op->eps, head);
  if (shape->rope->is_neox)
    run->kernels->rope_neox (head, angles, angles + half, half);
  else
    run->kernels->rope (head, angles, angles + half, half);
}

/* The new rows of keys and values, in the type of the cache. */
typedef struct
{
  guint8 *k, *v;
  gsize k_bytes, v_bytes; /* of a row */
} NewRows;

static void
make_row (const BlnCpuRun *run,
          const BlnOp     *op,
          guint            row,
          float           *scratch,
          guint8          *k,
          guint8          *v)
{
  const BlnAttentionShape *shape = &op->attention;
  const BlnKvType type = run->batch->spans[0].cache->layout->type;

  memcpy (scratch, bln_cpu_value (run, op->in2, row), op->in2.width * sizeof (float));
  for (guint h = 0; h < shape->n_head_kv; h++)
    norm_and_rotate (run, op, bln_cpu_vector (run, shape->k_norm), row,
                     scratch + h * shape->n_key);
  bln_cache_row_store (type, run->kernels, scratch, shape->n_head_kv, shape->n_key, k);
  bln_cache_row_store (type, run->kernels, bln_cpu_value (run, op->in3, row), shape->n_head_kv,
                       shape->n_value, v);
}

static void
make_private_rows (const BlnCpuRun *run,
                   const BlnOp     *op,
                   float           *scratch,
                   NewRows         *rows,
                   BlnCpuThread    *thread)
{
  const BlnKvLayer *layer = &run->batch->spans[0].cache->layout->layers[op->cache_layer];

  rows->k_bytes = layer->k_bytes;
  rows->v_bytes = layer->v_bytes;
  rows->k = bln_cpu_take (thread, run->batch->n_rows * rows->k_bytes);
  rows->v = bln_cpu_take (thread, run->batch->n_rows * rows->v_bytes);
  for (guint row = 0; row < run->batch->n_rows; row++)
    {
      guint8 *k = rows->k + row * rows->k_bytes, *v = rows->v + row * rows->v_bytes;
      guint position;
      const BlnSpan *span = bln_cpu_span_of (run, row, &position);

      make_row (run, op, row, scratch, k, v);
      if (thread != run->backend->thread)
        continue;
      memcpy (bln_kv_cache_k (span->cache, op->cache_layer, position), k, rows->k_bytes);
      memcpy (bln_kv_cache_v (span->cache, op->cache_layer, position), v, rows->v_bytes);
    }
}

static void
store_rows (BlnCpuRun   *run,
            const BlnOp *op,
            float       *scratch)
{
  guint n_rows = run->batch->n_rows, row;

  while ((row = bln_cpu_next (bln_cpu_counter (run, op, 0), n_rows)) < n_rows)
    {
      guint position;
      const BlnSpan *span = bln_cpu_span_of (run, row, &position);

      make_row (run, op, row, scratch, bln_kv_cache_k (span->cache, op->cache_layer, position),
                bln_kv_cache_v (span->cache, op->cache_layer, position));
    }
  bln_threads_barrier (run->backend->threads);
}

/* Rows of one sequence and the key head whose share of the result a unit computes. */
typedef struct
{
  const BlnSpan *span;
  guint row, n_rows;
} RowTile;

static guint
rows_per_tile (const BlnOp *op)
{
  guint n_sharing = op->attention.n_head / op->attention.n_head_kv;

  return MAX (1, BLN_MAX_QUERIES / n_sharing);
}

static guint
count_tiles (const BlnBatch *batch,
             guint           n_rows)
{
  guint n = 0;

  for (guint i = 0; i < batch->n_spans; i++)
    n += (batch->spans[i].n_rows + n_rows - 1) / n_rows;
  return n;
}

static RowTile
find_tile (const BlnBatch *batch,
           guint           n_rows,
           guint           index)
{
  const BlnSpan *span = batch->spans;

  while (index >= (span->n_rows + n_rows - 1) / n_rows)
    {
      index -= (span->n_rows + n_rows - 1) / n_rows;
      span++;
    }
  return (RowTile) { span, span->first_row + index * n_rows,
                     MIN (n_rows, span->n_rows - index * n_rows) };
}

static void
load_queries (const BlnCpuRun *run,
              const BlnOp     *op,
              const RowTile   *tile,
              guint            kv_head,
              float           *q,
              guint           *first,
              guint           *end)
{
  const BlnAttentionShape *shape = &op->attention;
  guint n_sharing = shape->n_head / shape->n_head_kv;

  for (guint r = 0; r < tile->n_rows; r++)
    for (guint h = 0; h < n_sharing; h++)
      {
        guint i = r * n_sharing + h;
        guint seen = tile->span->first_position + tile->row - tile->span->first_row + r + 1;

        memcpy (q + i * shape->n_key,
                bln_cpu_value (run, op->in, tile->row + r) +
                (kv_head * n_sharing + h) * shape->n_key, shape->n_key * sizeof (float));
        norm_and_rotate (run, op, bln_cpu_vector (run, shape->q_norm), tile->row + r,
                         q + i * shape->n_key);
        end[i] = seen;
        first[i] = shape->n_window != 0 && seen > shape->n_window ? seen - shape->n_window : 0;
      }
}

/* Takes the memory of a tile's queries and fills them in. */
static BlnAttend
load_tile (const BlnCpuRun *run,
           const BlnOp     *op,
           const RowTile   *tile,
           const NewRows   *new_rows, /* (nullable) */
           guint            kv_head,
           BlnCpuThread    *thread)
{
  const BlnAttentionShape *shape = &op->attention;
  const BlnKvCache *cache = tile->span->cache;
  const BlnKvLayer *layer = &cache->layout->layers[op->cache_layer];
  const gboolean is_bytes = cache->layout->type == BLN_KV_Q8_0;
  gsize element = is_bytes ? 1 : cache->layout->type == BLN_KV_F32 ? 4 : 2;
  gsize k_at = kv_head * shape->n_key * element, v_at = kv_head * shape->n_value * element;
  guint n = tile->n_rows * (shape->n_head / shape->n_head_kv);
  guint *first = bln_cpu_take (thread, n * sizeof (guint));
  guint *end = bln_cpu_take (thread, n * sizeof (guint));
  float *q = bln_cpu_take (thread, (gsize) n * shape->n_key * sizeof (float));
  BlnAttend attend = {
    .kernels = run->kernels, .n_queries = n, .q = q, .q_stride = shape->n_key,
    .type = cache->layout->type == BLN_KV_F16 ? BLN_ROWS_F16 : BLN_ROWS_F32,
    .first = first, .end = end, .scale = shape->scale,
    .k_width = shape->n_key, .v_width = shape->n_value,
    .k_stride = is_bytes ? layer->k_bytes : layer->k_width,
    .v_stride = is_bytes ? layer->v_bytes : layer->v_width,
    .k = bln_kv_cache_k (cache, op->cache_layer, 0) + k_at,
    .v = bln_kv_cache_v (cache, op->cache_layer, 0) + v_at,
    .tail_first = G_MAXUINT,
    .scores = bln_cpu_take (thread, (gsize) n * BLN_ATTEND_BLOCK * sizeof (float)),
  };

  if (is_bytes)
    {
      attend.decoded = bln_cpu_take (thread, sizeof (float)
                                             * bln_attend_decoded_floats (shape->n_key,
                                                                          shape->n_value));
      attend.k_to_scales = bln_cache_to_scales (shape->n_head_kv, shape->n_key, kv_head);
      attend.v_to_scales = bln_cache_to_scales (shape->n_head_kv, shape->n_value, kv_head);
    }
  if (new_rows != NULL)
    {
      attend.tail_first = tile->span->first_position;
      attend.k_tail = new_rows->k + tile->span->first_row * new_rows->k_bytes + k_at;
      attend.v_tail = new_rows->v + tile->span->first_row * new_rows->v_bytes + v_at;
    }
  load_queries (run, op, tile, kv_head, q, first, end);
  return attend;
}

static void
store_tile (const BlnCpuRun      *run,
            const BlnOp          *op,
            const RowTile        *tile,
            guint                 kv_head,
            const BlnAttendState *state)
{
  const BlnAttentionShape *shape = &op->attention;
  guint n_sharing = shape->n_head / shape->n_head_kv;

  for (guint i = 0; i < tile->n_rows * n_sharing; i++)
    memcpy (bln_cpu_value (run, op->out, tile->row + i / n_sharing) +
            (kv_head * n_sharing + i % n_sharing) * shape->n_value,
            state->out + i * state->out_stride, shape->n_value * sizeof (float));
}

static void
run_tile (BlnCpuRun     *run,
          const BlnOp   *op,
          const RowTile *tile,
          const NewRows *new_rows, /* (nullable) */
          guint          kv_head,
          BlnCpuThread  *thread)
{
  BlnAttend attend = load_tile (run, op, tile, new_rows, kv_head, thread);
  guint n = attend.n_queries;
  BlnAttendState states[2];

  for (guint i = 0; i < 2; i++)
    {
      states[i].max = bln_cpu_take (thread, n * sizeof (float));
      states[i].sum = bln_cpu_take (thread, n * sizeof (float));
      states[i].out = bln_cpu_take (thread, n * attend.v_width * sizeof (float));
      states[i].out_stride = attend.v_width;
    }
  bln_attend_all (&attend, attend.first[0] / BLN_ATTEND_SPAN, attend.end[n - 1], &states[0],
                  &states[1]);
  store_tile (run, op, tile, kv_head, &states[0]);
}

/* One row for each unit, and the spans of positions shared out. */
static void
run_spans (BlnCpuRun         *run,
           const BlnOp       *op,
           const BlnPartials *partials,
           const NewRows     *new_rows,
           BlnCpuThread      *thread)
{
  guint n_head_kv = op->attention.n_head_kv, n_spans = partials->n_spans, index;
  guint n_sharing = op->attention.n_head / n_head_kv, n_units = run->batch->n_rows * n_head_kv;
  gsize used = thread->used;

  while ((index = bln_cpu_next (bln_cpu_counter (run, op, 1), n_units * n_spans)) <
         n_units * n_spans)
    {
      guint kv_head = index / n_spans % n_head_kv, span = index % n_spans;
      RowTile tile = find_tile (run->batch, 1, index / n_spans / n_head_kv);
      BlnAttend attend = load_tile (run, op, &tile, new_rows, kv_head, thread);
      BlnAttendState state = bln_partials_state (partials, tile.row, span, kv_head * n_sharing);

      if (span >= attend.first[0] / BLN_ATTEND_SPAN && span * BLN_ATTEND_SPAN < attend.end[0])
        bln_attend_span (&attend, span, attend.end[0], &state);
      thread->used = used;
    }
  bln_threads_barrier (run->backend->threads);

  while ((index = bln_cpu_next (bln_cpu_counter (run, op, 2), n_units)) < n_units)
    {
      RowTile tile = find_tile (run->batch, 1, index / n_head_kv);
      guint kv_head = index % n_head_kv;
      BlnAttend attend = load_tile (run, op, &tile, new_rows, kv_head, thread);
      BlnAttendState state = bln_partials_merge (partials, &attend, tile.row,
                                                 kv_head * n_sharing,
                                                 attend.first[0] / BLN_ATTEND_SPAN,
                                                 attend.end[0]);

      store_tile (run, op, &tile, kv_head, &state);
      thread->used = used;
    }
}

void
bln_cpu_run_attention (BlnCpuRun    *run,
                       const BlnOp  *op,
                       BlnCpuThread *thread)
{
  guint n_rows = run->batch->n_rows;
  gboolean is_private = n_rows <= BLN_PRIVATE_ROWS;
  guint per_tile = is_private ? 1 : rows_per_tile (op);
  guint n_units = count_tiles (run->batch, per_tile) * op->attention.n_head_kv;
  float *scratch = bln_cpu_take (thread, op->in2.width * sizeof (float));
  BlnPartials partials;
  NewRows new_rows;
  gsize used;
  guint unit;

  if (is_private)
    make_private_rows (run, op, scratch, &new_rows, thread);
  else
    store_rows (run, op, scratch);
  if (is_private && bln_partials_init (&partials, run, op->attention.n_head,
                                       op->attention.n_value))
    {
      run_spans (run, op, &partials, &new_rows, thread);
      return;
    }
  used = thread->used;
  while ((unit = bln_cpu_next (bln_cpu_counter (run, op, 1), n_units)) < n_units)
    {
      RowTile tile = find_tile (run->batch, per_tile, unit / op->attention.n_head_kv);

      run_tile (run, op, &tile, is_private ? &new_rows : NULL,
                unit % op->attention.n_head_kv, thread);
      thread->used = used;
    }
}

void
bln_cpu_attention_needs (BlnCpuBackend *backend,
                         const BlnOp   *op,
                         guint          n_rows,
                         BlnCpuNeeds   *needs)
{
  const BlnAttentionShape *shape = &op->attention;
  gsize n = rows_per_tile (op) * (shape->n_head / shape->n_head_kv);
  gsize f = sizeof (float);

  needs->thread = bln_cpu_round (op->in2.width * f) +
                  bln_cpu_round (BLN_PRIVATE_ROWS * op->in2.width * f) +
                  bln_cpu_round (BLN_PRIVATE_ROWS * op->in3.width * f) +
                  2 * bln_cpu_round (n * sizeof (guint)) +
                  bln_cpu_round (n * shape->n_key * f) + bln_cpu_round (n * BLN_ATTEND_BLOCK * f) +
                  2 * (2 * bln_cpu_round (n * f) + bln_cpu_round (n * shape->n_value * f)) +
                  bln_cpu_round (bln_attend_decoded_floats (shape->n_key, shape->n_value) * f);
  needs->shared = bln_partials_needs (backend, shape->n_head, shape->n_value);
}
