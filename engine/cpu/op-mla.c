/* Multi-head latent attention (DeepSeek-V2, arXiv 2405.04434, section 2.1). The new latents
 * (normed) and rotated key parts go into the cache; then comes the absorbed form, in which
 * all heads read the latents themselves, or for long runs of rows the decompressed one
 * (mla-decompressed.c), in which keys and values are made from them once a pass. */
#include "attend.h"
#include "cache-rows.h"
#include "mla.h"
#include "partials.h"

#include <math.h>
#include <string.h>

/* Heads that one unit takes: a latent row that was read serves all of them. */
#define BLN_MAX_HEADS 8u

/* Rows from which on the decompressed form pays. */
#define BLN_DECOMPRESS_ROWS 32u

/* The new row of the cache: normed latent, rotated key part. */
static void
make_row (const BlnCpuRun *run,
          const BlnOp     *op,
          guint            row,
          float           *scratch,
          guint8          *out)
{
  const BlnMlaShape *shape = &op->mla;
  const float *angles = bln_cpu_angles (run, shape->rope, row);
  const float *kv = bln_cpu_value (run, op->in2, row);

  run->kernels->rms_norm (kv, bln_cpu_vector (run, shape->latent_norm), shape->n_latent,
                          op->eps, scratch);
  memcpy (scratch + shape->n_latent, kv + shape->n_latent, shape->n_rope * sizeof (float));
  run->kernels->rope (scratch + shape->n_latent, angles, angles + shape->n_rope / 2,
                      shape->n_rope / 2);
  bln_cache_row_store (run->batch->spans[0].cache->layout->type, run->kernels, scratch, 1,
                       op->in2.width, out);
}

/* Of few rows every thread makes its own copy, and the first thread alone stores them: that
 * saves a barrier. */
static guint8 *
make_private_rows (const BlnCpuRun *run,
                   const BlnOp     *op,
                   float           *scratch,
                   BlnCpuThread    *thread)
{
  gsize bytes = run->batch->spans[0].cache->layout->layers[op->cache_layer].k_bytes;
  guint8 *rows = bln_cpu_take (thread, run->batch->n_rows * bytes);

  for (guint row = 0; row < run->batch->n_rows; row++)
    {
      guint position;
      const BlnSpan *span = bln_cpu_span_of (run, row, &position);

      make_row (run, op, row, scratch, rows + row * bytes);
      if (thread == run->backend->thread)
        memcpy (bln_kv_cache_k (span->cache, op->cache_layer, position), rows + row * bytes,
                bytes);
    }
  return rows;
}

static void
store_rows (const BlnCpuRun *run,
            const BlnOp     *op,
            float           *scratch)
{
  guint n_rows = run->batch->n_rows, row;

  while ((row = bln_cpu_next (bln_cpu_counter (run, op, 0), n_rows)) < n_rows)
    {
      guint position;
      const BlnSpan *span = bln_cpu_span_of (run, row, &position);

      make_row (run, op, row, scratch,
                bln_kv_cache_k (span->cache, op->cache_layer, position));
    }
}

void
bln_mla_load_query (const BlnCpuRun *run,
                    const BlnOp     *op,
                    guint            row,
                    guint            head,
                    float           *nope,
                    float           *rope)
{
  const BlnMlaShape *shape = &op->mla;
  const float *angles = bln_cpu_angles (run, shape->rope, row);
  const float *q = bln_cpu_value (run, op->in, row) +
                   (gsize) head * (shape->n_nope + shape->n_rope);
  float factor = 1;

  memcpy (nope, q, shape->n_nope * sizeof (float));
  memcpy (rope, q + shape->n_nope, shape->n_rope * sizeof (float));
  run->kernels->rope (rope, angles, angles + shape->n_rope / 2, shape->n_rope / 2);
  if (shape->temperature_scale != 0)
    {
      guint position;

      bln_cpu_span_of (run, row, &position);
      factor = 1 + shape->temperature_scale *
               logf (floorf ((float) position / shape->temperature_length) + 1);
      for (guint i = 0; i < shape->n_nope; i++)
        nope[i] *= factor;
      for (guint i = 0; i < shape->n_rope; i++)
        rope[i] *= factor;
    }
}

/* One head's product with one vector: out[n_out] = slab * x. */
static void
multiply_head (const BlnCpuRun *run,
               BlnCpuWeight    *weight,
               guint            head,
               const float     *x,
               float           *out,
               BlnCpuThread    *thread)
{
  gsize used = thread->used;
  void *tile = bln_cpu_take (thread, bln_activation_tile_bytes (weight->activation,
                                                                weight->n_in, 1));
  guint8 *scratch = bln_cpu_take (thread, bln_cpu_weight_scratch_bytes (weight));

  bln_activation_quantize (run->kernels, weight->activation, x, weight->n_in, tile);
  for (guint g = 0; g < weight->n_groups; g++)
    {
      float block[BLN_GROUP_ROWS];
      guint first = g * BLN_GROUP_ROWS;

      bln_cpu_weight_dot (weight, bln_cpu_weight_get_group (weight, head, g, scratch), g,
                          tile, 1, block);
      memcpy (out + first, block,
              MIN (BLN_GROUP_ROWS, weight->n_out - first) * sizeof (float));
    }
  thread->used = used;
}

/* q̃ = Wk_hᵀ q_nope: the query as the latents see it. */
static void
absorb (const BlnCpuRun *run,
        const BlnOp     *op,
        guint            head,
        const float     *nope,
        float           *out,
        BlnCpuThread    *thread)
{
  const BlnMlaShape *shape = &op->mla;
  const BlnCpuKeyRows *keys;

  if (shape->k_b != NULL)
    {
      multiply_head (run, bln_cpu_matrix (run, shape->k_b), head, nope, out, thread);
      return;
    }
  keys = &run->backend->key_rows[op->cache_layer];
  memset (out, 0, shape->n_latent * sizeof (float));
  run->kernels->values[keys->type] (nope, 0, 1,
                                    keys->rows + head * keys->head_stride *
                                    (keys->type == BLN_ROWS_F32 ? 4 : 2),
                                    shape->n_latent, shape->n_nope, shape->n_latent, out,
                                    shape->n_latent);
}

static BlnCpuWeight *
value_weight (const BlnCpuRun *run,
              const BlnOp     *op)
{
  return op->mla.v_b != NULL ? bln_cpu_matrix (run, op->mla.v_b)
                             : run->backend->halves[op->mla.kv_b->index];
}

/* Some heads of one row. */
typedef struct
{
  guint row, first_head, n_heads;
} Unit;

/* Their queries, as the latents see them, and what they see. */
typedef struct
{
  BlnAttend attend;
  guint first[BLN_MAX_HEADS], end[BLN_MAX_HEADS];
  guint position;
} Heads;

static void
load_heads (Heads           *heads,
            const BlnCpuRun *run,
            const BlnOp     *op,
            const Unit      *unit,
            const guint8    *new_rows, /* (nullable) */
            BlnCpuThread    *thread)
{
  const BlnMlaShape *shape = &op->mla;
  guint n = unit->n_heads;
  const BlnSpan *span = bln_cpu_span_of (run, unit->row, &heads->position);
  const BlnKvLayout *layout = span->cache->layout;
  const gboolean is_bytes = layout->type == BLN_KV_Q8_0;
  const gsize row_bytes = layout->layers[op->cache_layer].k_bytes;
  gsize width = shape->n_latent + shape->n_rope, stride = is_bytes ? row_bytes : width;
  float *q = bln_cpu_take (thread, n * width * sizeof (float));
  float *nope = bln_cpu_take (thread, shape->n_nope * sizeof (float));

  heads->attend = (BlnAttend) {
    .kernels = run->kernels, .n_queries = n, .q = q, .q_stride = width,
    .type = layout->type == BLN_KV_F16 ? BLN_ROWS_F16 : BLN_ROWS_F32,
    .first = heads->first, .end = heads->end, .scale = shape->scale,
    .k_width = width, .v_width = shape->n_latent, .k_stride = stride, .v_stride = stride,
    .k = bln_kv_cache_k (span->cache, op->cache_layer, 0),
    .v = bln_kv_cache_k (span->cache, op->cache_layer, 0),
    .tail_first = G_MAXUINT,
    .scores = bln_cpu_take (thread, n * BLN_ATTEND_BLOCK * sizeof (float)),
  };
  if (is_bytes)
    {
      heads->attend.decoded = bln_cpu_take (thread, sizeof (float)
                                                    * bln_attend_decoded_floats (width, 0));
      heads->attend.k_to_scales = heads->attend.v_to_scales = bln_cache_to_scales (1, width, 0);
    }
  if (new_rows != NULL)
    {
      heads->attend.tail_first = span->first_position;
      heads->attend.k_tail = heads->attend.v_tail =
        new_rows + span->first_row * row_bytes;
    }
  for (guint h = 0; h < n; h++)
    {
      heads->first[h] = 0;
      heads->end[h] = heads->position + 1;
      bln_mla_load_query (run, op, unit->row, unit->first_head + h, nope,
                          q + h * width + shape->n_latent);
      absorb (run, op, unit->first_head + h, nope, q + h * width, thread);
    }
}

/* The latents that were summed become values. */
static void
store_heads (const BlnCpuRun      *run,
             const BlnOp          *op,
             const Unit           *unit,
             const BlnAttendState *state,
             BlnCpuThread         *thread)
{
  for (guint h = 0; h < unit->n_heads; h++)
    multiply_head (run, value_weight (run, op), unit->first_head + h,
                   state->out + h * state->out_stride,
                   bln_cpu_value (run, op->out, unit->row) +
                   (gsize) (unit->first_head + h) * op->mla.n_value, thread);
}

static void
run_unit (BlnCpuRun    *run,
          const BlnOp  *op,
          const Unit   *unit,
          const guint8 *new_rows, /* (nullable) */
          BlnCpuThread *thread)
{
  guint n = unit->n_heads, n_latent = op->mla.n_latent;
  BlnAttendState states[2];
  Heads heads;

  load_heads (&heads, run, op, unit, new_rows, thread);
  for (guint i = 0; i < 2; i++)
    {
      states[i].max = bln_cpu_take (thread, n * sizeof (float));
      states[i].sum = bln_cpu_take (thread, n * sizeof (float));
      states[i].out = bln_cpu_take (thread, n * n_latent * sizeof (float));
      states[i].out_stride = n_latent;
    }
  bln_attend_all (&heads.attend, 0, heads.position + 1, &states[0], &states[1]);
  store_heads (run, op, unit, &states[0], thread);
}

/* The old layout's key rows, decoded once. */
static void
prepare_key_rows (BlnCpuRun    *run,
                  const BlnOp  *op,
                  BlnCpuThread *thread)
{
  const BlnMlaShape *shape = &op->mla;
  BlnCpuKeyRows *keys = &run->backend->key_rows[op->cache_layer];
  BlnCpuWeight *weight = bln_cpu_matrix (run, shape->kv_b);
  float *row = bln_cpu_take (thread, shape->n_latent * sizeof (float));
  guint head;

  while ((head = bln_cpu_next (bln_cpu_counter (run, op, 2), shape->n_head)) < shape->n_head)
    for (guint d = 0; d < shape->n_nope; d++)
      {
        bln_cpu_weight_get_row (weight, head, d, row);
        run->kernels->to_half (row, shape->n_latent,
                               keys->copy + head * keys->head_stride +
                               (gsize) d * shape->n_latent);
      }
}

static gboolean
is_decompressed (const BlnCpuRun *run)
{
  const BlnCpuOptions *options = &run->backend->options;

  return options->mla_decompressed ||
         (!options->mla_absorbed && run->batch->n_rows >= BLN_DECOMPRESS_ROWS);
}

/* Units of some heads each, cut evenly: five and four rather than eight and one. */
static guint
heads_per_unit (const BlnCpuRun *run,
                const BlnOp     *op,
                guint            n_parts)
{
  guint n_head = op->mla.n_head;
  guint per_unit = (n_parts * n_head + run->n_threads - 1) / run->n_threads;
  guint n_units;

  per_unit = CLAMP (per_unit, 1, MIN (n_head, BLN_MAX_HEADS));
  n_units = (n_head + per_unit - 1) / per_unit;
  return (n_head + n_units - 1) / n_units;
}

static Unit
find_unit (const BlnOp *op,
           guint        per_unit,
           guint        index)
{
  guint per_row = (op->mla.n_head + per_unit - 1) / per_unit;
  Unit unit = { index / per_row, index % per_row * per_unit };

  unit.n_heads = MIN (per_unit, op->mla.n_head - unit.first_head);
  return unit;
}

static void
run_absorbed (BlnCpuRun    *run,
              const BlnOp  *op,
              const guint8 *new_rows, /* (nullable) */
              BlnCpuThread *thread)
{
  guint n_rows = run->batch->n_rows, per_unit = heads_per_unit (run, op, n_rows), index;
  guint n_units = n_rows * ((op->mla.n_head + per_unit - 1) / per_unit);
  gsize used = thread->used;

  while ((index = bln_cpu_next (bln_cpu_counter (run, op, 1), n_units)) < n_units)
    {
      Unit unit = find_unit (op, per_unit, index);

      run_unit (run, op, &unit, new_rows, thread);
      thread->used = used;
    }
}

/* The same with the spans of positions shared out. */
static void
run_spans (BlnCpuRun         *run,
           const BlnOp       *op,
           const BlnPartials *partials,
           const guint8      *new_rows,
           BlnCpuThread      *thread)
{
  guint n_rows = run->batch->n_rows, n_spans = partials->n_spans;
  guint per_unit = heads_per_unit (run, op, n_rows * n_spans), index;
  guint n_units = n_rows * ((op->mla.n_head + per_unit - 1) / per_unit);
  gsize used = thread->used;
  Heads heads;

  while ((index = bln_cpu_next (bln_cpu_counter (run, op, 1), n_units * n_spans)) <
         n_units * n_spans)
    {
      Unit unit = find_unit (op, per_unit, index / n_spans);
      guint span = index % n_spans;
      BlnAttendState state = bln_partials_state (partials, unit.row, span, unit.first_head);

      bln_cpu_span_of (run, unit.row, &heads.position);
      if (span * BLN_ATTEND_SPAN > heads.position)
        continue;
      load_heads (&heads, run, op, &unit, new_rows, thread);
      bln_attend_span (&heads.attend, span, heads.position + 1, &state);
      thread->used = used;
    }
  bln_threads_barrier (run->backend->threads);

  n_units = n_rows * op->mla.n_head;
  while ((index = bln_cpu_next (bln_cpu_counter (run, op, 3), n_units)) < n_units)
    {
      Unit unit = find_unit (op, 1, index);
      BlnAttend one = { .kernels = run->kernels, .n_queries = 1, .v_width = op->mla.n_latent };
      guint position;
      BlnAttendState state;

      bln_cpu_span_of (run, unit.row, &position);
      state = bln_partials_merge (partials, &one, unit.row, unit.first_head, 0, position + 1);
      store_heads (run, op, &unit, &state, thread);
    }
}

void
bln_cpu_run_mla (BlnCpuRun    *run,
                 const BlnOp  *op,
                 BlnCpuThread *thread)
{
  guint n_rows = run->batch->n_rows;
  BlnCpuKeyRows *keys = run->backend->key_rows != NULL
                        ? &run->backend->key_rows[op->cache_layer] : NULL;
  gboolean needs_keys = keys != NULL && !keys->is_ready;
  gboolean is_private = n_rows <= BLN_PRIVATE_ROWS && !is_decompressed (run);
  float *scratch = bln_cpu_take (thread, op->in2.width * sizeof (float));
  const guint8 *new_rows = NULL;
  BlnPartials partials;

  if (is_private)
    new_rows = make_private_rows (run, op, scratch, thread);
  else
    store_rows (run, op, scratch);
  if (needs_keys)
    prepare_key_rows (run, op, thread);
  if (needs_keys || !is_private)
    bln_threads_barrier (run->backend->threads);
  if (needs_keys && thread == run->backend->thread)
    keys->is_ready = TRUE;
  if (is_decompressed (run))
    bln_cpu_run_mla_decompressed (run, op, thread);
  else if (bln_partials_init (&partials, run, op->mla.n_head, op->mla.n_latent))
    run_spans (run, op, &partials, new_rows, thread);
  else
    run_absorbed (run, op, new_rows, thread);
}

void
bln_cpu_mla_needs (BlnCpuBackend *backend,
                   const BlnOp   *op,
                   guint          n_rows,
                   BlnCpuNeeds   *needs)
{
  const BlnMlaShape *shape = &op->mla;
  BlnCpuWeight *v = shape->v_b != NULL ? backend->matrices[shape->v_b->index]
                                       : backend->halves[shape->kv_b->index];
  BlnCpuWeight *k = shape->k_b != NULL ? backend->matrices[shape->k_b->index] : v;
  gsize f = sizeof (float), n = MIN (shape->n_head, BLN_MAX_HEADS), multiply = 0;
  BlnCpuNeeds more;

  for (guint i = 0; i < 2; i++)
    {
      BlnCpuWeight *weight = i == 0 ? k : v;

      multiply = MAX (multiply, bln_cpu_round (bln_activation_tile_bytes (weight->activation,
                                                                          weight->n_in, 1)) +
                      bln_cpu_round (bln_cpu_weight_scratch_bytes (weight)));
    }
  needs->thread = bln_cpu_round (op->in2.width * f) + bln_cpu_round (shape->n_latent * f) +
                  bln_cpu_round (BLN_PRIVATE_ROWS * op->in2.width * f) +
                  bln_cpu_round (n * op->in2.width * f) + bln_cpu_round (shape->n_nope * f) +
                  bln_cpu_round (n * BLN_ATTEND_BLOCK * f) +
                  2 * (2 * bln_cpu_round (n * f) + bln_cpu_round (n * shape->n_latent * f)) +
                  bln_cpu_round (bln_attend_decoded_floats (op->in2.width, 0) * f) + multiply;
  needs->shared = 0;
  bln_cpu_mla_decompressed_needs (backend, op, n_rows, &more);
  needs->thread = MAX (needs->thread, bln_cpu_round (op->in2.width * f) +
                       bln_cpu_round (shape->n_latent * f) + more.thread);
  needs->shared = MAX (more.shared,
                       bln_partials_needs (backend, shape->n_head, shape->n_latent));
}
