/* The second half of an expert layer: down of the chosen experts, weighted, and of the shared
 * ones, added to the residual. A unit of work owns 16-row groups of the result and adds the
 * experts to them in the order of their numbers, the shared ones last: one order for every
 * number of rows and threads, and no sum crosses threads. */
#include "experts.h"

#include <string.h>

#define BLN_MAX_GROUPS 4
#define BLN_UNITS_PER_THREAD 8

typedef struct
{
  BlnCpuRun *run;
  const BlnOp *op;
  BlnVisits visits;
  guint8 *tiles;    /* [visits.n_tiles] */
  gsize tile_bytes;
} Down;

static BlnCpuWeight *
weight_of (BlnCpuBackend *backend,
           const BlnOp   *op,
           gboolean       is_shared)
{
  return backend->matrices[is_shared ? op->down_shexp->index : op->down_exps->index];
}

static gsize
tile_bytes (BlnCpuBackend *backend,
            const BlnOp   *op,
            guint          n_rows)
{
  guint width = n_rows < BLN_MAX_TILE ? bln_tile_width (n_rows) : BLN_MAX_TILE;
  gsize bytes = 0;

  for (guint i = 0; i < (op->down_shexp != NULL ? 2 : 1); i++)
    {
      BlnCpuWeight *weight = weight_of (backend, op, i == 1);

      bytes = MAX (bytes, bln_cpu_round (bln_activation_tile_bytes (weight->activation,
                                                                    weight->n_in, width)));
    }
  return bytes;
}

static guint
most_tiles (const BlnOp *op,
            guint        n_rows)
{
  guint n_visits = n_rows * op->routing.n_used;
  guint n_shared = (n_rows + BLN_MAX_TILE - 1) / BLN_MAX_TILE;

  return MIN (n_visits, n_visits / BLN_MAX_TILE + op->routing.n_experts) + n_shared;
}

static gsize
single_bytes (BlnCpuBackend *backend,
              const BlnOp   *op)
{
  BlnCpuWeight *down = weight_of (backend, op, FALSE);
  gsize bytes = bln_tiles_single_bytes (down->activation, down->n_in);

  if (op->down_shexp != NULL)
    {
      down = weight_of (backend, op, TRUE);
      bytes = MAX (bytes, bln_tiles_single_bytes (down->activation, down->n_in));
    }
  return bytes;
}

/* Quantizes what the first half made for up to 8 visits of an entry. */
static void
fill_tile (Down           *state,
           const BlnEntry *entry,
           guint           tile,
           guint8         *single)
{
  const BlnOp *op = state->op;
  BlnCpuWeight *weight = weight_of (state->run->backend, op, entry->is_shared);
  const BlnVisit *visits = state->visits.visits + entry->first_visit;
  BlnTiles tiles = {
    weight->activation, entry->n_visits, weight->n_in, state->tile_bytes,
    state->tiles + entry->first_tile * state->tile_bytes,
  };
  const float *rows[BLN_MAX_TILE];

  for (guint c = 0; c < bln_tiles_columns (&tiles, tile); c++)
    {
      guint i = tile * BLN_MAX_TILE + c;

      rows[c] = entry->is_shared
                ? bln_cpu_value (state->run, op->in, i) + op->routing.n_used * op->routing.n_ff
                : bln_cpu_value (state->run, op->in, visits[i].row) +
                  visits[i].slot * op->routing.n_ff;
    }
  bln_tiles_fill (state->run, &tiles, tile, rows, single);
}

static void
fill_tiles (Down         *state,
            BlnCpuThread *thread)
{
  BlnCpuRun *run = state->run;
  gboolean is_private = run->batch->n_rows <= BLN_PRIVATE_ROWS;
  guint n_tiles = state->visits.n_tiles, entry = 0, next = 0, tile;
  gsize used;
  guint8 *single;

  state->tile_bytes = tile_bytes (run->backend, state->op, run->batch->n_rows);
  state->tiles = is_private ? bln_cpu_take (thread, n_tiles * state->tile_bytes)
                            : run->backend->shared;
  used = thread->used;
  single = bln_cpu_take (thread, single_bytes (run->backend, state->op));
  while ((tile = is_private ? next++ : bln_cpu_next (bln_cpu_counter (run, state->op, 0),
                                                     n_tiles)) < n_tiles)
    {
      while (entry + 1 < state->visits.n_entries &&
             state->visits.entries[entry + 1].first_tile <= tile)
        entry++;
      fill_tile (state, &state->visits.entries[entry], tile -
                 state->visits.entries[entry].first_tile, single);
    }
  thread->used = used;
  if (!is_private)
    bln_threads_barrier (run->backend->threads);
}

static void
start_rows (Down *state,
            guint first,
            guint n)
{
  const BlnOp *op = state->op;

  for (guint row = 0; row < state->run->batch->n_rows; row++)
    {
      float *out = bln_cpu_value (state->run, op->out, row) + first;

      if (bln_value_exists (op->residual))
        memcpy (out, bln_cpu_value (state->run, op->residual, row) + first,
                n * sizeof (float));
      else
        memset (out, 0, n * sizeof (float));
    }
}

static void
add_block (Down           *state,
           const BlnEntry *entry,
           guint           tile,
           guint           first,
           guint           n_valid,
           const float    *block,
           BlnCpuThread   *thread)
{
  const BlnOp *op = state->op;
  guint n = MIN (entry->n_visits - tile * BLN_MAX_TILE, BLN_MAX_TILE);
  const BlnVisit *visits = state->visits.visits + entry->first_visit + tile * BLN_MAX_TILE;

  float *out[BLN_MAX_TILE], weights[BLN_MAX_TILE];

  for (guint c = 0; c < n; c++)
    {
      guint row = entry->is_shared ? tile * BLN_MAX_TILE + c : visits[c].row;

      out[c] = bln_cpu_value (state->run, op->out, row) + first;
      if (!entry->is_shared)
        weights[c] = bln_cpu_choice (state->run, thread, op, op->in2,
                                     row)[op->routing.n_used + visits[c].slot];
    }
  state->run->kernels->finish (block, n, n_valid, (const float *const *) out,
                               entry->is_shared ? NULL : weights, out);
}

static void
add_entry (Down           *state,
           const BlnEntry *entry,
           guint           first,
           guint           n,
           BlnCpuThread   *thread)
{
  BlnCpuWeight *weight = weight_of (state->run->backend, state->op, entry->is_shared);
  guint n_tiles = (entry->n_visits + BLN_MAX_TILE - 1) / BLN_MAX_TILE;
  const guint8 *rows[BLN_MAX_GROUPS];
  float block[BLN_MAX_TILE * BLN_GROUP_ROWS];
  gsize used = thread->used;

  for (guint g = 0; g < n; g++)
    rows[g] = bln_cpu_weight_get_group (
      weight, entry->expert, first + g,
      bln_cpu_take (thread, bln_cpu_weight_scratch_bytes (weight)));
  for (guint t = 0; t < n_tiles; t++)
    for (guint g = 0; g < n; g++)
      {
        guint row = (first + g) * BLN_GROUP_ROWS;

        bln_cpu_weight_dot (weight, rows[g], first + g,
                            state->tiles + (entry->first_tile + t) * state->tile_bytes,
                            bln_tile_width (MIN (entry->n_visits - t * BLN_MAX_TILE,
                                                 BLN_MAX_TILE)), block);
        add_block (state, entry, t, row, MIN (BLN_GROUP_ROWS, weight->n_out - row), block,
                   thread);
      }
  thread->used = used;
}

void
bln_cpu_run_experts_down (BlnCpuRun    *run,
                          const BlnOp  *op,
                          BlnCpuThread *thread)
{
  Down state = { run, op };
  guint n_groups = (op->out.width + BLN_GROUP_ROWS - 1) / BLN_GROUP_ROWS;
  guint chunk = CLAMP (n_groups / (run->n_threads * BLN_UNITS_PER_THREAD), 1,
                       BLN_MAX_GROUPS);
  guint n_units = (n_groups + chunk - 1) / chunk, unit;

  bln_visits_sort (&state.visits, run, op, op->in2, op->down_shexp != NULL, thread);
  fill_tiles (&state, thread);
  while ((unit = bln_cpu_next (bln_cpu_counter (run, op, 1), n_units)) < n_units)
    {
      guint first = unit * chunk, n = MIN (chunk, n_groups - first);

      start_rows (&state, first * BLN_GROUP_ROWS,
                  MIN (n * BLN_GROUP_ROWS, op->out.width - first * BLN_GROUP_ROWS));
      for (guint i = 0; i < state.visits.n_entries; i++)
        add_entry (&state, &state.visits.entries[i], first, n, thread);
    }
}

void
bln_cpu_experts_down_needs (BlnCpuBackend *backend,
                            const BlnOp   *op,
                            guint          n_rows,
                            BlnCpuNeeds   *needs)
{
  guint n_private = MIN (n_rows, BLN_PRIVATE_ROWS);
  gsize scratch = bln_cpu_round (bln_cpu_weight_scratch_bytes (weight_of (backend, op, FALSE)));

  if (op->down_shexp != NULL)
    scratch = MAX (scratch, bln_cpu_round (
      bln_cpu_weight_scratch_bytes (weight_of (backend, op, TRUE))));
  needs->shared = most_tiles (op, n_rows) * tile_bytes (backend, op, n_rows);
  needs->thread = most_tiles (op, n_private) * tile_bytes (backend, op, n_private) +
                  bln_visits_needs (&op->routing, n_rows) + single_bytes (backend, op) +
                  BLN_MAX_GROUPS * scratch;
}
