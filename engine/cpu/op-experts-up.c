/* The first half of an expert layer: every row's experts are chosen, then gate and up of the
 * chosen and of the shared experts are multiplied in one list of work, sorted by expert so
 * that each expert's weights are read once. */
#include "experts.h"
#include "route.h"

#include <string.h>

#define BLN_MAX_GROUPS 8
#define BLN_UNITS_PER_THREAD 8

typedef struct
{
  BlnCpuRun *run;
  const BlnOp *op;
  BlnInput input;
  BlnVisits visits;
  guint chunk; /* groups in a unit */
} Up;

/* gate, up: of the routed experts or of the shared ones. */
static void
get_weights (BlnCpuBackend *backend,
             const BlnOp   *op,
             gboolean       is_shared,
             BlnCpuWeight **gate,
             BlnCpuWeight **up)
{
  if (is_shared)
    {
      *gate = backend->matrices[op->gate_shexp->index];
      *up = backend->matrices[op->up_shexp->index];
    }
  else if (op->gate_up_exps != NULL)
    {
      *gate = backend->matrices[op->gate_up_exps->index];
      *up = backend->halves[op->gate_up_exps->index];
    }
  else
    {
      *gate = backend->matrices[op->gate_exps->index];
      *up = backend->matrices[op->up_exps->index];
    }
}

static guint
expert_formats (BlnCpuBackend *backend,
                const BlnOp   *op)
{
  BlnCpuWeight *gate, *up;

  get_weights (backend, op, FALSE, &gate, &up);
  return bln_format_of (gate) | bln_format_of (up);
}

static guint
all_formats (BlnCpuBackend *backend,
             const BlnOp   *op)
{
  guint formats = expert_formats (backend, op) |
                  bln_format_of (backend->matrices[op->parts[0].weight->index]);
  BlnCpuWeight *gate, *up;

  if (op->gate_shexp != NULL)
    {
      get_weights (backend, op, TRUE, &gate, &up);
      formats |= bln_format_of (gate) | bln_format_of (up);
    }
  return formats;
}

/* Chooses for the rows of one tile, whose activations are there. */
static void
route_tile (Up           *state,
            guint         tile,
            BlnCpuThread *thread)
{
  BlnCpuRun *run = state->run;
  const BlnOp *op = state->op;
  BlnCpuWeight *router = bln_cpu_matrix (run, op->parts[0].weight);
  const BlnTiles *tiles = &state->input.tiles[router->activation];
  guint n = bln_tiles_columns (tiles, tile), n_experts = op->routing.n_experts;
  gsize used = thread->used;
  float *logits = bln_cpu_take (thread, (gsize) n * n_experts * sizeof (float));
  float *scores = bln_cpu_take (thread, n_experts * sizeof (float));
  guint8 *scratch = bln_cpu_take (thread, bln_cpu_weight_scratch_bytes (router));
  float block[BLN_MAX_TILE * BLN_GROUP_ROWS];

  for (guint g = 0; g < router->n_groups; g++)
    {
      guint first = g * BLN_GROUP_ROWS;

      bln_cpu_weight_dot (router, bln_cpu_weight_get_group (router, 0, g, scratch), g,
                          bln_tiles_get (tiles, tile), bln_tile_width (n), block);
      for (guint c = 0; c < n; c++)
        memcpy (logits + c * n_experts + first, block + c * BLN_GROUP_ROWS,
                MIN (BLN_GROUP_ROWS, n_experts - first) * sizeof (float));
    }
  for (guint c = 0; c < n; c++)
    bln_route (&op->routing, logits + c * n_experts,
               bln_cpu_vector (run, op->parts[0].bias), scores,
               bln_cpu_choice (run, thread, op, op->parts[0].out, tile * BLN_MAX_TILE + c));
  thread->used = used;
}

static void
prepare (Up           *state,
         BlnCpuThread *thread)
{
  BlnCpuRun *run = state->run;
  const BlnOp *op = state->op;
  guint n_tiles = (run->batch->n_rows + BLN_MAX_TILE - 1) / BLN_MAX_TILE;
  guint tile = 0;

  bln_input_init (&state->input, run, op, all_formats (run->backend, op),
                  expert_formats (run->backend, op), run->batch->n_rows, NULL, thread);
  if (state->input.is_private)
    for (; tile < n_tiles; tile++)
      {
        bln_input_fill (&state->input, run, op, tile, thread);
        route_tile (state, tile, thread);
      }
  else
    {
      while ((tile = bln_cpu_next (bln_cpu_counter (run, op, 0), n_tiles)) < n_tiles)
        {
          bln_input_fill (&state->input, run, op, tile, thread);
          route_tile (state, tile, thread);
        }
      bln_threads_barrier (run->backend->threads);
    }
}

/* The activations of some visits of an entry, as one tile for `weight`. */
static const void *
gather (Up                 *state,
        const BlnEntry     *entry,
        guint               tile,
        const BlnCpuWeight *weight,
        guint8             *room)
{
  guint n = MIN (entry->n_visits - tile * BLN_MAX_TILE, BLN_MAX_TILE);
  const BlnVisit *visits = state->visits.visits + entry->first_visit + tile * BLN_MAX_TILE;
  const void *columns[BLN_MAX_TILE];

  if (entry->is_shared)
    return bln_tiles_get (&state->input.tiles[weight->activation], tile);
  for (guint c = 0; c < n; c++)
    columns[c] = bln_input_column (&state->input, weight->activation, visits[c].row);
  if (n == 1)
    return columns[0];
  bln_activation_gather (weight->activation, weight->n_in, columns, n, bln_tile_width (n), room);
  return room;
}

static void
store_block (Up             *state,
             const BlnEntry *entry,
             guint           tile,
             guint           group,
             guint           n_out,
             const float    *block)
{
  const BlnOp *op = state->op;
  guint n = MIN (entry->n_visits - tile * BLN_MAX_TILE, BLN_MAX_TILE);
  const BlnVisit *visits = state->visits.visits + entry->first_visit + tile * BLN_MAX_TILE;
  guint n_valid = MIN (BLN_GROUP_ROWS, n_out - group * BLN_GROUP_ROWS);
  float *out[BLN_MAX_TILE];

  for (guint c = 0; c < n; c++)
    {
      guint row = entry->is_shared ? tile * BLN_MAX_TILE + c : visits[c].row;
      guint slot = entry->is_shared ? op->routing.n_used : visits[c].slot;

      out[c] = bln_cpu_value (state->run, op->out, row) + slot * op->routing.n_ff +
               group * BLN_GROUP_ROWS;
    }
  state->run->kernels->finish (block, n, n_valid, NULL, NULL, out);
}

static void
run_unit (Up             *state,
          const BlnEntry *entry,
          guint           first,
          BlnCpuThread   *thread)
{
  BlnCpuRun *run = state->run;
  BlnCpuWeight *gate, *up;
  const guint8 *gate_rows[BLN_MAX_GROUPS], *up_rows[BLN_MAX_GROUPS];
  float gates[BLN_MAX_TILE * BLN_GROUP_ROWS], ups[BLN_MAX_TILE * BLN_GROUP_ROWS];
  guint n_tiles = (entry->n_visits + BLN_MAX_TILE - 1) / BLN_MAX_TILE, n;
  guint8 *room[2];
  gsize used = thread->used;

  get_weights (run->backend, state->op, entry->is_shared, &gate, &up);
  n = MIN (state->chunk, gate->n_groups - first);
  room[0] = bln_cpu_take (thread, bln_activation_tile_bytes (gate->activation, gate->n_in,
                                                             BLN_MAX_TILE));
  room[1] = bln_cpu_take (thread, bln_activation_tile_bytes (up->activation, up->n_in,
                                                             BLN_MAX_TILE));
  for (guint g = 0; g < n; g++)
    {
      gate_rows[g] = bln_cpu_weight_get_group (
        gate, entry->expert, first + g,
        bln_cpu_take (thread, bln_cpu_weight_scratch_bytes (gate)));
      up_rows[g] = bln_cpu_weight_get_group (
        up, entry->expert, first + g,
        bln_cpu_take (thread, bln_cpu_weight_scratch_bytes (up)));
    }
  for (guint t = 0; t < n_tiles; t++)
    {
      guint width = bln_tile_width (MIN (entry->n_visits - t * BLN_MAX_TILE, BLN_MAX_TILE));
      const void *gate_tile = gather (state, entry, t, gate, room[0]);
      const void *up_tile = up->activation == gate->activation
                            ? gate_tile : gather (state, entry, t, up, room[1]);

      for (guint g = 0; g < n; g++)
        {
          bln_cpu_weight_dot (gate, gate_rows[g], first + g, gate_tile, width, gates);
          bln_cpu_weight_dot (up, up_rows[g], first + g, up_tile, width, ups);
          run->kernels->silu_mul (gates, ups, width * BLN_GROUP_ROWS, gates);
          store_block (state, entry, t, first + g, gate->n_out, gates);
        }
    }
  thread->used = used;
}

/* Cuts the entries into units of `chunk` groups. */
static guint
count_units (Up *state)
{
  BlnCpuWeight *gate, *up;
  guint n = 0, total = 0;

  for (guint i = 0; i < state->visits.n_entries; i++)
    {
      get_weights (state->run->backend, state->op, state->visits.entries[i].is_shared,
                   &gate, &up);
      total += gate->n_groups;
    }
  state->chunk = CLAMP (total / (state->run->n_threads * BLN_UNITS_PER_THREAD),
                        1, BLN_MAX_GROUPS);
  for (guint i = 0; i < state->visits.n_entries; i++)
    {
      BlnEntry *entry = &state->visits.entries[i];

      get_weights (state->run->backend, state->op, entry->is_shared, &gate, &up);
      entry->first_unit = n;
      n += (gate->n_groups + state->chunk - 1) / state->chunk;
    }
  return n;
}

void
bln_cpu_run_experts_up (BlnCpuRun    *run,
                        const BlnOp  *op,
                        BlnCpuThread *thread)
{
  Up state = { run, op };
  guint n_units, unit, entry = 0;

  prepare (&state, thread);
  bln_visits_sort (&state.visits, run, op, op->parts[0].out, op->gate_shexp != NULL, thread);
  n_units = count_units (&state);
  while ((unit = bln_cpu_next (bln_cpu_counter (run, op, 1), n_units)) < n_units)
    {
      /* Units only grow, so the search goes on from where it was. */
      while (entry + 1 < state.visits.n_entries &&
             state.visits.entries[entry + 1].first_unit <= unit)
        entry++;
      run_unit (&state, &state.visits.entries[entry],
                (unit - state.visits.entries[entry].first_unit) * state.chunk, thread);
    }
}

void
bln_cpu_experts_up_needs (BlnCpuBackend *backend,
                          const BlnOp   *op,
                          guint          n_rows,
                          BlnCpuNeeds   *needs)
{
  BlnCpuWeight *router = backend->matrices[op->parts[0].weight->index], *gate, *up;
  gsize unit = 0, n_experts = op->routing.n_experts;

  for (guint i = 0; i < (op->gate_shexp != NULL ? 2 : 1); i++)
    {
      gsize bytes = 0;

      get_weights (backend, op, i == 1, &gate, &up);
      bytes += bln_cpu_round (bln_activation_tile_bytes (gate->activation, gate->n_in, 8));
      bytes += bln_cpu_round (bln_activation_tile_bytes (up->activation, up->n_in, 8));
      bytes += BLN_MAX_GROUPS * (bln_cpu_round (bln_cpu_weight_scratch_bytes (gate)) +
                                 bln_cpu_round (bln_cpu_weight_scratch_bytes (up)));
      unit = MAX (unit, bytes);
    }
  bln_input_needs (op, all_formats (backend, op), expert_formats (backend, op), n_rows, needs);
  needs->thread += unit + bln_visits_needs (&op->routing, n_rows) +
                   bln_cpu_round (BLN_MAX_TILE * n_experts * sizeof (float)) +
                   bln_cpu_round (n_experts * sizeof (float)) +
                   bln_cpu_round (bln_cpu_weight_scratch_bytes (router));
}
