/* Latent attention for long runs of rows: for each block of 256 cached positions the keys and
 * values of all heads are made from the latents once, then every row attends to them at the
 * width of a head (96 and 64 values in Krill) and not of the latent (224 and 192). */
#include "attend.h"
#include "cache-rows.h"
#include "mla.h"

#include <string.h>

#define BLN_ROWS_PER_UNIT 16u

/* Shared by all threads for one block of positions. */
typedef struct
{
  BlnCpuRun *run;
  const BlnOp *op;
  const BlnSpan *span;
  float *columns;       /* the latents and rotated key parts, transposed:
                           [n_latent + n_rope][block] */
  BlnTiles tiles[2];    /* the latents for the key and the value matrix of the old layout;
                           in the new one for the value matrix alone */
  float *keys;          /* [heads][n_nope][block] */
  float *values;        /* [heads][block][n_value] */
  float *max, *sum;     /* [heads][n_batch] */
  guint first, n;       /* positions of this block */
} Block;

/* Key rows of the old layout; NULL in the new one. */
static BlnCpuWeight *
key_weight (BlnCpuBackend *backend,
            const BlnOp   *op)
{
  return op->mla.kv_b != NULL ? backend->matrices[op->mla.kv_b->index] : NULL;
}

static BlnCpuWeight *
value_weight (BlnCpuBackend *backend,
              const BlnOp   *op)
{
  return op->mla.v_b != NULL ? backend->matrices[op->mla.v_b->index]
                             : backend->halves[op->mla.kv_b->index];
}

static guint8 *
carve (guint8 **next,
       gsize    n_bytes)
{
  guint8 *start = *next;

  *next += bln_cpu_round (n_bytes);
  return start;
}

/* Lays the block's parts out from `start`; returns the end. */
static guint8 *
lay_out (Block         *block,
         BlnCpuBackend *backend,
         const BlnOp   *op,
         guint          n_rows,
         guint8        *start)
{
  const BlnMlaShape *shape = &op->mla;
  BlnCpuWeight *weights[2] = { key_weight (backend, op), value_weight (backend, op) };
  gsize n = BLN_ATTEND_BLOCK, f = sizeof (float);

  block->columns = (float *) carve (&start, n * (shape->n_latent + shape->n_rope) * f);
  block->keys = (float *) carve (&start, n * shape->n_head * shape->n_nope * f);
  block->values = (float *) carve (&start, n * shape->n_head * shape->n_value * f);
  block->max = (float *) carve (&start, (gsize) n_rows * shape->n_head * f);
  block->sum = (float *) carve (&start, (gsize) n_rows * shape->n_head * f);
  for (guint i = 0; i < 2; i++)
    if (weights[i] != NULL)
      {
        BlnTiles *tiles = &block->tiles[i];

        tiles->activation = weights[i]->activation;
        tiles->n_in = weights[i]->n_in;
        tiles->tile_bytes = bln_activation_tile_bytes (tiles->activation, tiles->n_in,
                                                       BLN_MAX_TILE);
        tiles->data = carve (&start, bln_tiles_bytes (tiles->activation, tiles->n_in,
                                                      BLN_ATTEND_BLOCK));
      }
  return start;
}

/* Eight positions' latents as columns and as activations. */
static void
load_latents (Block        *block,
              guint         tile,
              BlnCpuThread *thread)
{
  const BlnMlaShape *shape = &block->op->mla;
  const BlnKvCache *cache = block->span->cache;
  gsize width = shape->n_latent + shape->n_rope, used = thread->used;
  guint first = tile * BLN_MAX_TILE, n = MIN (BLN_MAX_TILE, block->n - first);
  float *latents = bln_cpu_take (thread, n * width * sizeof (float));
  const float *rows[BLN_MAX_TILE];

  for (guint c = 0; c < n; c++)
    {
      float *out = latents + c * width;
      const guint8 *in = bln_kv_cache_k (cache, block->op->cache_layer,
                                         block->first + first + c);

      rows[c] = out;
      bln_cache_row_load (cache->layout->type, block->run->kernels, in, width, width, out);
    }
  for (gsize i = 0; i < width; i++)
    for (guint c = 0; c < n; c++)
      block->columns[i * BLN_ATTEND_BLOCK + first + c] = rows[c][i];
  for (guint i = 0; i < 2; i++)
    if (block->tiles[i].data != NULL)
      {
        gsize before = thread->used;

        bln_tiles_fill (block->run, &block->tiles[i], tile, rows,
                        bln_cpu_take (thread, bln_tiles_single_bytes (block->tiles[i].activation,
                                                                      shape->n_latent)));
        thread->used = before;
      }
  thread->used = used;
}

/* Slab of `weight` * latents. Element i of the result for position p goes to
 * out[p * stride + i * step]. */
static void
expand (Block          *block,
        BlnCpuWeight   *weight,
        const BlnTiles *tiles,
        guint           head,
        float          *out,
        gsize           stride,
        gsize           step,
        BlnCpuThread   *thread)
{
  gsize used = thread->used;
  guint8 *scratch = bln_cpu_take (thread, bln_cpu_weight_scratch_bytes (weight));
  float result[BLN_MAX_TILE * BLN_GROUP_ROWS];

  for (guint g = 0; g < weight->n_groups; g++)
    {
      const guint8 *rows = bln_cpu_weight_get_group (weight, head, g, scratch);
      guint first = g * BLN_GROUP_ROWS, n_valid = MIN (BLN_GROUP_ROWS, weight->n_out - first);

      for (guint t = 0; t < bln_tiles_n (tiles); t++)
        {
          guint n = bln_tiles_columns (tiles, t);

          bln_cpu_weight_dot (weight, rows, g, bln_tiles_get (tiles, t), bln_tile_width (n),
                              result);
          for (guint c = 0; c < n; c++)
            {
              const float *in = result + c * BLN_GROUP_ROWS;
              float *start = out + (t * BLN_MAX_TILE + c) * stride + first * step;

              if (step == 1)
                memcpy (start, in, n_valid * sizeof (float));
              else
                for (guint r = 0; r < n_valid; r++)
                  start[r * step] = in[r];
            }
        }
    }
  thread->used = used;
}

static void
expand_keys (Block        *block,
             guint         head,
             BlnCpuThread *thread)
{
  const BlnMlaShape *shape = &block->op->mla;
  BlnCpuBackend *backend = block->run->backend;
  float *keys = block->keys + (gsize) head * shape->n_nope * BLN_ATTEND_BLOCK;
  gsize used = thread->used;
  float *rows;

  if (shape->kv_b != NULL)
    {
      expand (block, key_weight (backend, block->op), &block->tiles[0], head, keys, 1,
              BLN_ATTEND_BLOCK, thread);
      return;
    }
  /* attn_k_b is stored transposed: its rows are what the latent's elements weigh. */
  rows = bln_cpu_take (thread, (gsize) shape->n_latent * shape->n_nope * sizeof (float));
  for (guint j = 0; j < shape->n_latent; j++)
    bln_cpu_weight_get_row (bln_cpu_matrix (block->run, shape->k_b), head, j,
                            rows + (gsize) j * shape->n_nope);
  block->run->kernels->gemm (rows, 1, shape->n_nope, block->columns, BLN_ATTEND_BLOCK,
                             shape->n_nope, block->n, shape->n_latent, FALSE, keys,
                             BLN_ATTEND_BLOCK);
  thread->used = used;
}

/* The rows of a unit, for one head, meet the block. */
static void
attend_rows (Block        *block,
             guint         head,
             guint         first_row,
             guint         n_rows,
             BlnCpuThread *thread)
{
  BlnCpuRun *run = block->run;
  const BlnMlaShape *shape = &block->op->mla;
  const BlnSpan *span = block->span;
  gsize width = shape->n_nope + shape->n_rope, used = thread->used;
  gsize state = (gsize) head * run->batch->n_rows + first_row;
  guint first[BLN_ROWS_PER_UNIT] = { 0 }, end[BLN_ROWS_PER_UNIT];
  float *q = bln_cpu_take (thread, n_rows * width * sizeof (float));
  BlnAttend attend = {
    .kernels = run->kernels, .type = BLN_ROWS_F32, .n_queries = n_rows,
    .q = q, .q_stride = width, .first = first, .end = end,
    .k_width = width, .v_width = shape->n_value, .v_stride = shape->n_value,
    .tail_first = G_MAXUINT,
    .columns = block->keys + (gsize) head * shape->n_nope * BLN_ATTEND_BLOCK,
    .more_columns = block->columns + (gsize) shape->n_latent * BLN_ATTEND_BLOCK,
    .n_columns = shape->n_nope,
    .v = block->values + (gsize) head * BLN_ATTEND_BLOCK * shape->n_value,
    .scores = bln_cpu_take (thread, n_rows * BLN_ATTEND_BLOCK * sizeof (float)),
  };
  BlnAttendState states = {
    block->max + state, block->sum + state,
    bln_cpu_value (run, block->op->out, first_row) + head * shape->n_value,
    bln_program_stride (run->program, block->op->out),
  };

  for (guint r = 0; r < n_rows; r++)
    {
      guint seen = span->first_position + first_row - span->first_row + r + 1;

      /* Positions are counted within the block. */
      end[r] = seen > block->first ? seen - block->first : 0;
      bln_mla_load_query (run, block->op, first_row + r, head, q + r * width,
                          q + r * width + shape->n_nope);
      for (gsize i = 0; i < width; i++)
        q[r * width + i] *= shape->scale;
    }
  if (block->first == 0)
    bln_attend_clear (&attend, &states);
  if (end[n_rows - 1] > 0)
    bln_attend_block (&attend, 0, MIN (block->n, end[n_rows - 1]), &states);
  if (block->first + block->n == span->first_position + span->n_rows)
    bln_attend_divide (&attend, &states);
  thread->used = used;
}

/* Three phases with a barrier after each. The counter of a phase is set back in the one
 * before it, when nobody can be using it. */
static void
run_block (Block        *block,
           BlnCpuThread *thread)
{
  BlnCpuRun *run = block->run;
  const BlnMlaShape *shape = &block->op->mla;
  atomic_uint *counters[3] = {
    bln_cpu_counter (run, block->op, 1), bln_cpu_counter (run, block->op, 2),
    bln_cpu_counter (run, block->op, 3),
  };
  gboolean is_first = thread == run->backend->thread;
  guint n_tiles = (block->n + BLN_MAX_TILE - 1) / BLN_MAX_TILE;
  guint n_rows = block->span->n_rows;
  guint per_head = (n_rows + BLN_ROWS_PER_UNIT - 1) / BLN_ROWS_PER_UNIT, unit;

  block->tiles[0].n_rows = block->tiles[1].n_rows = block->n;
  while ((unit = bln_cpu_next (counters[0], n_tiles)) < n_tiles)
    load_latents (block, unit, thread);
  if (is_first)
    atomic_store (counters[1], 0);
  bln_threads_barrier (run->backend->threads);

  while ((unit = bln_cpu_next (counters[1], 2 * shape->n_head)) < 2 * shape->n_head)
    if (unit % 2 == 0)
      expand_keys (block, unit / 2, thread);
    else
      expand (block, value_weight (run->backend, block->op), &block->tiles[1], unit / 2,
              block->values + (gsize) (unit / 2) * BLN_ATTEND_BLOCK * shape->n_value,
              shape->n_value, 1, thread);
  if (is_first)
    atomic_store (counters[2], 0);
  bln_threads_barrier (run->backend->threads);

  while ((unit = bln_cpu_next (counters[2], per_head * shape->n_head)) < per_head * shape->n_head)
    {
      guint first = unit % per_head * BLN_ROWS_PER_UNIT;

      attend_rows (block, unit / per_head, block->span->first_row + first,
                   MIN (BLN_ROWS_PER_UNIT, n_rows - first), thread);
    }
  if (is_first)
    atomic_store (counters[0], 0);
  bln_threads_barrier (run->backend->threads);
}

void
bln_cpu_run_mla_decompressed (BlnCpuRun    *run,
                              const BlnOp  *op,
                              BlnCpuThread *thread)
{
  Block block = { run, op };

  lay_out (&block, run->backend, op, run->batch->n_rows, run->backend->shared);
  for (guint i = 0; i < run->batch->n_spans; i++)
    {
      guint end = run->batch->spans[i].first_position + run->batch->spans[i].n_rows;

      block.span = &run->batch->spans[i];
      for (block.first = 0; block.first < end; block.first += BLN_ATTEND_BLOCK)
        {
          block.n = MIN (BLN_ATTEND_BLOCK, end - block.first);
          run_block (&block, thread);
        }
    }
}

void
bln_cpu_mla_decompressed_needs (BlnCpuBackend *backend,
                                const BlnOp   *op,
                                guint          n_rows,
                                BlnCpuNeeds   *needs)
{
  const BlnMlaShape *shape = &op->mla;
  gsize f = sizeof (float), n = BLN_ROWS_PER_UNIT;
  BlnCpuWeight *values = value_weight (backend, op), *keys = key_weight (backend, op);
  Block block = { NULL, op };

  needs->shared = (gsize) (lay_out (&block, backend, op, n_rows, (guint8 *) 64) -
                           (guint8 *) 64);
  needs->thread = bln_cpu_round (n * (shape->n_nope + shape->n_rope) * f) +
                  bln_cpu_round (n * BLN_ATTEND_BLOCK * f);
  needs->thread = MAX (needs->thread,
                       bln_cpu_round (BLN_MAX_TILE * op->in2.width * f) +
                       bln_cpu_round (bln_tiles_single_bytes (values->activation,
                                                              shape->n_latent)));
  if (keys != NULL)
    needs->thread = MAX (needs->thread,
                         bln_cpu_round (BLN_MAX_TILE * op->in2.width * f) +
                         bln_cpu_round (bln_tiles_single_bytes (keys->activation,
                                                                shape->n_latent)));
  needs->thread = MAX (needs->thread, bln_cpu_round (bln_cpu_weight_scratch_bytes (values)));
  if (keys != NULL)
    needs->thread = MAX (needs->thread, bln_cpu_round (bln_cpu_weight_scratch_bytes (keys)));
  else
    needs->thread = MAX (needs->thread,
                         bln_cpu_round ((gsize) shape->n_latent * shape->n_nope * f));
}
