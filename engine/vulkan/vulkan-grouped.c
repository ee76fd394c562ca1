/* Experts for many rows at once: pairs of row and slot are sorted by expert, each expert's make
 * tiles of their own, and what they give is added up row by row. */
#include "vulkan-tiles.h"

#define SORT_LANES 256u

/* Whoever needs the first products of experts has the second ones next. */
static const BlnOp *
down_of (const BlnOp *op)
{
  g_assert (op[1].kind == BLN_OP_EXPERTS_DOWN);
  return op + 1;
}

/* Where the chosen experts' and the shared ones' hidden rows lie, in numbers. */
typedef struct
{
  guint32 stride, shared_stride, shared_offset;
} Hidden;

static Hidden
hidden_layout (const BlnVkRun *run,
               const BlnOp    *op)
{
  const guint32 stride = bln_vk_round_up (op->routing.n_ff, 32);

  return (Hidden){
    .stride = stride,
    .shared_stride = op->down_shexp != NULL ? op->down_shexp->n_in : 0,
    .shared_offset = run->batch->n_rows * op->routing.n_used * stride,
  };
}

/* How many rows an expert gets decides how wide its tiles are. */
static guint32
expert_columns (const BlnVkRun *run,
                const BlnOp    *op)
{
  const guint n_each = run->batch->n_rows * op->routing.n_used / op->routing.n_experts;

  return n_each <= 24 ? 32 : n_each <= 96 ? 64 : 128;
}

/* Tiles of all experts: their last ones are not full. */
static guint32
n_expert_tiles (const BlnVkRun *run,
                const BlnOp    *op)
{
  return run->batch->n_rows * op->routing.n_used / run->expert_columns + op->routing.n_experts;
}

static void
record_sort (BlnVkRun    *run,
             const BlnOp *op,
             BlnValue     chosen)
{
  BlnVkBackend *backend = run->backend;
  const guint32 constants[] = { SORT_LANES, op->routing.n_experts, run->expert_columns };
  const guint32 n_tiles = n_expert_tiles (run, op);
  const BlnSortPush push = {
    .table = bln_vk_value (run, chosen), .n_pairs = run->batch->n_rows * op->routing.n_used,
    .n_used = op->routing.n_used, .tiles = 0, .n_tiles = n_tiles, .pairs = 3 * n_tiles,
  };
  const BlnVkBinding bindings[] = { bln_vk_whole (&backend->arena),
                                    bln_vk_whole (&backend->tiles.pairs) };
  VkPipeline pipeline = bln_vk_run_pipeline (run, &bln_vk_shader_sort, constants,
                                             G_N_ELEMENTS (constants));

  if (pipeline != VK_NULL_HANDLE)
    bln_vk_commands_dispatch (&run->commands, pipeline, bindings, G_N_ELEMENTS (bindings), &push,
                              sizeof push, op->routing.n_experts, 1, 1);
}

static void
record_shared_up (BlnVkRun            *run,
                  const BlnOp         *op,
                  const BlnVkTileRows  in[2])
{
  const gboolean by_matrix = bln_vk_is_for_matrix_units (run->backend, op->gate_shexp);
  BlnVkTileProduct product = bln_vk_dense_tiles (run, op->gate_shexp, in[by_matrix],
                                                 run->batch->n_rows);
  const Hidden hidden = hidden_layout (run, down_of (op));
  BlnTilesPush push = bln_vk_tiles_push ();

  product.glu = op->glu;
  product.result = &run->backend->tiles.hidden;
  product.out_halves = bln_vk_is_for_matrix_units (run->backend, down_of (op)->down_shexp);
  push.n_columns = run->batch->n_rows;
  push.n_out = op->gate_shexp->n_out;
  push.out_offset = hidden.shared_offset;
  push.out_stride = hidden.shared_stride;
  bln_vk_record_tiles (run, &product, op->gate_shexp, op->up_shexp, push);
}

static void
record_chosen_up (BlnVkRun            *run,
                  const BlnOp         *op,
                  const BlnVkTileRows  in[2])
{
  const BlnWeight *gate = op->gate_up_exps != NULL ? op->gate_up_exps : op->gate_exps;
  const gboolean by_matrix = bln_vk_is_for_matrix_units (run->backend, gate);
  const guint32 n_tiles = n_expert_tiles (run, op);
  const BlnVkTileProduct product = {
    .mode = BLN_VK_EXPERTS_UP, .glu = op->glu,
    .tile = bln_vk_tile (by_matrix, run->expert_columns),
    .by_matrix = by_matrix, .in_halves = by_matrix,
    .out_halves = bln_vk_is_for_matrix_units (run->backend, down_of (op)->down_exps),
    .in = in[by_matrix],
    .result = &run->backend->tiles.hidden, .n_y = n_tiles, .n_z = 1,
  };
  BlnTilesPush push = bln_vk_tiles_push ();

  push.n_out = op->routing.n_ff;
  push.slab_rows = gate->n_out;
  push.up_first_row = op->gate_up_exps != NULL ? op->routing.n_ff : 0;
  push.out_stride = hidden_layout (run, down_of (op)).stride;
  push.pairs = 3 * n_tiles;
  push.n_used = op->routing.n_used;
  bln_vk_record_tiles (run, &product, gate, op->gate_up_exps != NULL ? NULL : op->up_exps, push);
}

#define ROUTER_ROWS 4u
#define ROUTER_LANES 256u
#define ROUTER_EXPERTS 8u /* of a subgroup */

/* Scores into the scratch, as bln_vk_record_router() puts them. */
static void
record_router (BlnVkRun    *run,
               const BlnOp *op)
{
  BlnVkBackend *backend = run->backend;
  const BlnVkWeight *weight = bln_vk_model_weight (backend->model, op->parts[0].weight);
  const guint32 subgroup = bln_vk_subgroup (run);
  const guint32 constants[] = { ROUTER_LANES, subgroup };
  const guint32 together = ROUTER_LANES / subgroup * ROUTER_EXPERTS;
  const BlnRouterRowsPush push = {
    .n_in = weight->n_in, .n_experts = op->routing.n_experts, .n_rows = run->batch->n_rows,
    .in_offset = bln_vk_value (run, op->in), .in_stride = bln_vk_stride (run, op->in),
    .out_offset = backend->scratch, .norm = bln_vk_parameters (run, op->norm), .eps = op->eps,
  };
  VkPipeline pipeline;

  if (weight->type != BLN_TYPE_F32 || weight->n_in % 4 != 0 || weight->n_pieces > 1)
    {
      bln_vk_record_router (run, op);
      return;
    }
  pipeline = bln_vk_run_pipeline (run, &bln_vk_shader_router_rows, constants,
                                  G_N_ELEMENTS (constants));
  if (pipeline != VK_NULL_HANDLE)
    {
      const BlnVkBinding bindings[] = { weight->pieces[0].binding,
                                        bln_vk_whole (&backend->model->parameters),
                                        bln_vk_whole (&backend->arena) };

      bln_vk_commands_dispatch (&run->commands, pipeline, bindings, G_N_ELEMENTS (bindings),
                                &push, sizeof push, (push.n_rows + ROUTER_ROWS - 1) / ROUTER_ROWS,
                                (push.n_experts + together - 1) / together, 1);
    }
}

void
bln_vk_record_tiled_experts_up (BlnVkRun    *run,
                                const BlnOp *op)
{
  const BlnWeight *gate = op->gate_up_exps != NULL ? op->gate_up_exps : op->gate_exps;
  const gboolean by_matrix = bln_vk_is_for_matrix_units (run->backend, gate);
  BlnVkTileRows in[2] = { { { NULL } } };

  run->expert_columns = expert_columns (run, op);
  in[by_matrix] = bln_vk_record_prepare (run, op, by_matrix);
  if (op->gate_shexp != NULL
      && bln_vk_is_for_matrix_units (run->backend, op->gate_shexp) != by_matrix)
    in[!by_matrix] = bln_vk_record_prepare (run, op, !by_matrix);
  bln_vk_commands_beside (&run->commands);
  record_router (run, op);
  bln_vk_commands_barrier (&run->commands);
  bln_vk_record_route (run, op);
  bln_vk_commands_beside (&run->commands);
  if (op->gate_shexp != NULL)
    record_shared_up (run, op, in);
  bln_vk_commands_barrier (&run->commands);
  record_sort (run, op, op->parts[0].out);
  bln_vk_commands_barrier (&run->commands);
  record_chosen_up (run, op, in);
}

static void
record_shared_down (BlnVkRun     *run,
                    const BlnOp  *op,
                    BlnTilesPush  push)
{
  const Hidden hidden = hidden_layout (run, op);
  const BlnVkTileRows in = { bln_vk_whole (&run->backend->tiles.hidden), hidden.shared_stride };
  const BlnVkTileProduct product = bln_vk_dense_tiles (run, op->down_shexp, in,
                                                       run->batch->n_rows);

  push.n_columns = run->batch->n_rows;
  push.in_offset = hidden.shared_offset;
  bln_vk_record_tiles (run, &product, op->down_shexp, NULL, push);
}

static void
record_chosen_down (BlnVkRun    *run,
                    const BlnOp *op)
{
  const gboolean by_matrix = bln_vk_is_for_matrix_units (run->backend, op->down_exps);
  const guint32 n_tiles = n_expert_tiles (run, op);
  const BlnVkTileProduct product = {
    .mode = BLN_VK_EXPERTS_DOWN, .tile = bln_vk_tile (by_matrix, run->expert_columns),
    .by_matrix = by_matrix, .in_halves = by_matrix,
    .in = { bln_vk_whole (&run->backend->tiles.hidden), hidden_layout (run, op).stride },
    .result = &run->backend->tiles.found, .n_y = n_tiles, .n_z = 1,
  };
  BlnTilesPush push = bln_vk_tiles_push ();

  push.n_out = push.slab_rows = op->down_exps->n_out;
  push.out_stride = op->down_exps->n_out;
  push.pairs = 3 * n_tiles;
  push.n_used = op->routing.n_used;
  bln_vk_record_tiles (run, &product, op->down_exps, NULL, push);
}

static void
record_combine (BlnVkRun            *run,
                const BlnOp         *op,
                const BlnTilesPush  *out)
{
  BlnVkBackend *backend = run->backend;
  const guint32 constants[] = { BLN_VK_ROW_LANES };
  const BlnCombinePush push = {
    .width = op->down_exps->n_out, .n_used = op->routing.n_used,
    .table = bln_vk_value (run, op->in2),
    .out_offset = out->out_offset, .out_stride = out->out_stride,
    .residual_offset = op->down_shexp != NULL ? out->out_offset : out->residual_offset,
    .residual_stride = op->down_shexp != NULL ? out->out_stride : out->residual_stride,
  };
  const BlnVkBinding bindings[] = { bln_vk_whole (&backend->arena),
                                    bln_vk_whole (&backend->tiles.found) };
  VkPipeline pipeline = bln_vk_run_pipeline (run, &bln_vk_shader_combine, constants,
                                             G_N_ELEMENTS (constants));

  if (pipeline != VK_NULL_HANDLE)
    bln_vk_commands_dispatch (&run->commands, pipeline, bindings, G_N_ELEMENTS (bindings), &push,
                              sizeof push, run->batch->n_rows, 1, 1);
}

void
bln_vk_record_tiled_experts_down (BlnVkRun    *run,
                                  const BlnOp *op)
{
  BlnTilesPush push = bln_vk_tiles_push ();

  push.n_out = op->down_exps->n_out;
  push.out_offset = bln_vk_value (run, op->out);
  push.out_stride = bln_vk_stride (run, op->out);
  if (bln_value_exists (op->residual))
    {
      push.residual_offset = bln_vk_value (run, op->residual);
      push.residual_stride = bln_vk_stride (run, op->residual);
    }
  if (op->down_shexp != NULL)
    record_shared_down (run, op, push);
  bln_vk_commands_beside (&run->commands);
  record_chosen_down (run, op);
  bln_vk_commands_barrier (&run->commands);
  record_combine (run, op, &push);
  run->expert_columns = 0;
}
