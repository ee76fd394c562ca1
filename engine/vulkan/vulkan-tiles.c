#include "vulkan-tiles.h"

/* ---- what goes this way ---- */

/* One shader decodes one type. */
static gboolean
are_alike (const BlnWeight *a,
           const BlnWeight *b) /* (nullable) */
{
  return b == NULL || a->tensor->type == b->tensor->type;
}

/* What the experts hold between their products is read in whole stretches of 32. */
static gboolean
are_experts_fit (const BlnOp *op)
{
  return op->routing.n_experts <= BLN_VK_SORTED_EXPERTS && op->routing.n_ff % 32 == 0
         && (op->gate_exps == NULL || are_alike (op->gate_exps, op->up_exps))
         && (op->gate_shexp == NULL || (op->gate_shexp->n_out % 32 == 0
                                        && are_alike (op->gate_shexp, op->up_shexp)));
}

gboolean
bln_vk_takes_tiles (const BlnVkRun *run,
                    const BlnOp    *op)
{
  const BlnVkBackend *backend = run->backend;

  if (!backend->has_tiles || run->batch->n_rows <= BLN_VK_FEW_ROWS)
    return FALSE;
  switch (op->kind)
    {
    case BLN_OP_MATMUL:
      if (bln_vk_takes_rounded_matmul (run, op))
        return FALSE;
      for (guint i = 0; i < op->n_parts; i++)
        if (!are_alike (op->parts[i].weight, op->parts[i].up))
          return FALSE;
      return TRUE;
    case BLN_OP_EXPERTS_UP:
      return are_experts_fit (op) && !bln_vk_takes_few_experts (run, op);
    case BLN_OP_EXPERTS_DOWN:
      return run->expert_columns != 0; /* as their first products went */
    default:
      return FALSE;
    }
}

/* ---- one product ---- */

BlnTilesPush
bln_vk_tiles_push (void)
{
  return (BlnTilesPush){ .residual_offset = BLN_NONE, .bias = BLN_NONE, .up_bias = BLN_NONE,
                         .scale = 1 };
}

/* Wide tiles reuse what they decode; narrow ones leave no processor of the card idle. */
static guint32
columns_for (guint32 n_rows)
{
  return n_rows <= 32 ? 32 : n_rows <= 1024 ? 64 : 128;
}

BlnVkTile
bln_vk_tile (gboolean by_matrix,
             guint32  columns)
{
  if (!by_matrix)
    return (BlnVkTile){ 64, columns, 8, 8, 32 };
  if (columns == 32)
    return (BlnVkTile){ 64, 32, 32, 16, 64 };
  if (columns == 64)
    return (BlnVkTile){ 64, 64, 32, 32, 64 };
  return (BlnVkTile){ 128, 128, 64, 64, 64 };
}

static guint32
lanes_of (const BlnVkBackend     *backend,
          const BlnVkTileProduct *product)
{
  const BlnVkTile *tile = &product->tile;
  const guint32 parts = tile->rows / tile->part_rows * (tile->columns / tile->part_columns);

  return product->by_matrix ? parts * backend->device->info.subgroup_size : parts;
}

static void
record_piece (BlnVkRun               *run,
              const BlnVkTileProduct *product,
              const BlnVkWeight      *weight,
              const BlnVkPiece       *piece,
              const BlnVkPiece       *up,
              const BlnTilesPush     *push)
{
  BlnVkBackend *backend = run->backend;
  const BlnVkTile tile = product->tile;
  const guint32 constants[] = {
    lanes_of (backend, product), tile.rows, tile.columns, tile.part_rows,
    tile.part_columns, product->glu, product->mode, product->in_halves, product->out_halves,
    product->is_transposed, backend->device->info.subgroup_size, tile.step,
  };
  const BlnVkBinding bindings[] = {
    piece->binding, up->binding, product->in.binding,
    bln_vk_whole (&backend->model->parameters), bln_vk_whole (product->result),
    bln_vk_whole (&backend->tiles.pairs),
  };
  const BlnVkShader *shaders = product->by_matrix ? bln_vk_shader_tiles_matrix
                                                  : bln_vk_shader_tiles;
  const guint32 outputs = product->glu != BLN_GLU_NONE ? tile.rows / 2 : tile.rows;
  VkPipeline pipeline = bln_vk_run_pipeline (run, &shaders[weight->type], constants,
                                             G_N_ELEMENTS (constants));

  if (pipeline != VK_NULL_HANDLE)
    bln_vk_commands_dispatch (&run->commands, pipeline, bindings, G_N_ELEMENTS (bindings), push,
                              sizeof *push, (push->n_out + outputs - 1) / outputs, product->n_y,
                              product->n_z);
}

void
bln_vk_record_tiles (BlnVkRun               *run,
                     const BlnVkTileProduct *product,
                     const BlnWeight        *weight,
                     const BlnWeight        *up,
                     BlnTilesPush            push)
{
  const BlnVkWeight *w = bln_vk_model_weight (run->backend->model, weight);
  const BlnVkWeight *u = up != NULL ? bln_vk_model_weight (run->backend->model, up) : w;
  const guint32 n_out = push.n_out, first_row = push.first_row;

  for (guint k = 0; k < w->n_pieces; k++)
    {
      const BlnVkPiece *piece = &w->pieces[k];
      const BlnVkPiece *up_piece = &u->pieces[MIN (k, u->n_pieces - 1)];
      const guint32 from = MAX (first_row, piece->first_row);
      const guint32 to = MIN (first_row + n_out, piece->first_row + piece->n_rows);
      BlnTilesPush p = push;

      if (from >= to)
        continue;
      p.n_in = product->is_transposed ? w->n_out : w->n_in;
      p.n_out = product->is_transposed ? w->n_in : to - from;
      p.first_row = from - piece->first_row;
      p.side = piece->side;
      p.up_side = up_piece->side;
      p.first_slab = product->mode == BLN_VK_PLAIN ? push.first_slab : piece->first_slab;
      p.n_slabs = piece->n_slabs;
      p.in_stride = product->in.stride;
      p.out_offset += from - first_row;
      if (p.residual_offset != BLN_NONE)
        p.residual_offset += from - first_row;
      if (p.bias != BLN_NONE)
        p.bias += from - first_row;
      if (p.up_bias != BLN_NONE)
        p.up_bias += from - first_row;
      if (k > 0)
        bln_vk_commands_beside (&run->commands);
      record_piece (run, product, w, piece, up_piece, &p);
    }
}

/* ---- rows ---- */

BlnVkTileRows
bln_vk_record_prepare (BlnVkRun    *run,
                       const BlnOp *op,
                       gboolean     in_halves)
{
  BlnVkBackend *backend = run->backend;
  const guint32 constants[] = { BLN_VK_ROW_LANES, in_halves };
  const BlnVkBuffer *to = in_halves ? &backend->tiles.halves : &backend->tiles.floats;
  const BlnPreparePush push = {
    .width = op->in.width, .in_offset = bln_vk_value (run, op->in),
    .in_stride = bln_vk_stride (run, op->in), .out_stride = bln_vk_round_up (op->in.width, 32),
    .norm = bln_vk_parameters (run, op->norm), .eps = op->eps,
  };
  const BlnVkBinding bindings[] = { bln_vk_whole (&backend->arena),
                                    bln_vk_whole (&backend->model->parameters),
                                    bln_vk_whole (to) };
  VkPipeline pipeline = bln_vk_run_pipeline (run, &bln_vk_shader_prepare, constants,
                                             G_N_ELEMENTS (constants));

  if (pipeline != VK_NULL_HANDLE)
    bln_vk_commands_dispatch (&run->commands, pipeline, bindings, G_N_ELEMENTS (bindings), &push,
                              sizeof push, run->batch->n_rows, 1, 1);
  return (BlnVkTileRows){ bln_vk_whole (to), push.out_stride };
}

BlnVkTileProduct
bln_vk_dense_tiles (const BlnVkRun  *run,
                    const BlnWeight *weight,
                    BlnVkTileRows    in,
                    guint            n_columns)
{
  const gboolean by_matrix = bln_vk_is_for_matrix_units (run->backend, weight);
  const BlnVkTile tile = bln_vk_tile (by_matrix, columns_for (n_columns));

  return (BlnVkTileProduct){
    .mode = BLN_VK_PLAIN, .tile = tile, .by_matrix = by_matrix, .in_halves = by_matrix, .in = in,
    .result = &run->backend->arena, .n_y = (n_columns + tile.columns - 1) / tile.columns,
    .n_z = 1,
  };
}

void
bln_vk_record_tiled_matmul (BlnVkRun    *run,
                            const BlnOp *op)
{
  const guint n_rows = run->batch->n_rows;
  BlnVkTileRows in[2] = { { { NULL } } };

  for (guint i = 0; i < op->n_parts; i++)
    {
      const gboolean in_halves = bln_vk_is_for_matrix_units (run->backend, op->parts[i].weight);

      if (in[in_halves].stride == 0)
        in[in_halves] = bln_vk_record_prepare (run, op, in_halves);
    }
  bln_vk_commands_barrier (&run->commands);
  for (guint i = 0; i < op->n_parts; i++)
    {
      const BlnPart *part = &op->parts[i];
      const gboolean in_halves = bln_vk_is_for_matrix_units (run->backend, part->weight);
      BlnVkTileProduct product = bln_vk_dense_tiles (run, part->weight, in[in_halves], n_rows);
      BlnTilesPush push = bln_vk_tiles_push ();

      if (i > 0)
        bln_vk_commands_beside (&run->commands);
      product.glu = op->glu;
      push.n_columns = n_rows;
      push.n_out = part->weight->n_out;
      push.out_offset = bln_vk_value (run, part->out);
      push.out_stride = bln_vk_stride (run, part->out);
      push.bias = bln_vk_parameters (run, part->bias);
      push.up_bias = bln_vk_parameters (run, part->up_bias);
      if (bln_value_exists (op->residual))
        {
          push.residual_offset = bln_vk_value (run, op->residual);
          push.residual_stride = bln_vk_stride (run, op->residual);
        }
      bln_vk_record_tiles (run, &product, part->weight, part->up, push);
    }
}

/* ---- buffers ---- */

/* Bytes for each row of a batch; of what is expanded, all. */
static void
measure_op (const BlnVkBackend *backend,
            const BlnOp        *op,
            guint64            *halves,
            guint64            *floats,
            guint64            *hidden,
            guint64            *found,
            guint64            *expanded,
            guint64            *decoded)
{
  const BlnRouting *routing = &op->routing;
  const guint64 width = bln_vk_round_up (op->in.width, 32);

  *decoded = MAX (*decoded, bln_vk_decoded_size (backend, op));
  switch (op->kind)
    {
    case BLN_OP_EXPERTS_UP:
      *hidden = MAX (*hidden, 4ull * (routing->n_used * bln_vk_round_up (routing->n_ff, 32)
                                      + (op->gate_shexp != NULL
                                           ? bln_vk_round_up (op->gate_shexp->n_out, 32) : 0)));
      *halves = MAX (*halves, 2 * width);
      *floats = MAX (*floats, 4 * width);
      break;
    case BLN_OP_EXPERTS_DOWN:
      *found = MAX (*found, 4ull * routing->n_used * op->down_exps->n_out);
      break;
    case BLN_OP_MATMUL:
      for (guint i = 0; i < op->n_parts; i++)
        if (bln_vk_is_for_matrix_units (backend, op->parts[i].weight))
          *halves = MAX (*halves, 2 * width);
        else
          *floats = MAX (*floats, 4 * width);
      break;
    case BLN_OP_MLA:
      *expanded = MAX (*expanded, bln_vk_expanded_size (backend, op));
      break;
    default:
      break;
    }
}

void
bln_vk_tiles_measure (BlnVkBackend            *backend,
                      const BlnProgram *const *programs,
                      guint                    n_programs)
{
  BlnVkTiles *tiles = &backend->tiles;
  const BlnConfig *config = &backend->weights->config;
  const guint64 n = backend->n_batch;

  if (!backend->has_tiles)
    return;
  for (guint p = 0; p < n_programs; p++)
    for (guint i = 0; i < programs[p]->ops->len; i++)
      measure_op (backend, &g_array_index (programs[p]->ops, BlnOp, i), &tiles->sizes[0],
                  &tiles->sizes[1], &tiles->sizes[2], &tiles->sizes[3], &tiles->sizes[5],
                  &tiles->sizes[6]);
  for (guint i = 0; i < 4; i++)
    tiles->sizes[i] *= n;
  /* The narrowest tiles are of 32 pairs. */
  if (config->n_experts > 0)
    tiles->sizes[4] = 4 * (n * config->n_experts_used
                           + 3 * (n * config->n_experts_used / 32 + config->n_experts));
}

gboolean
bln_vk_tiles_init (BlnVkBackend *backend,
                   GError      **error)
{
  BlnVkTiles *tiles = &backend->tiles;
  BlnVkBuffer *const buffers[] = { &tiles->halves, &tiles->floats, &tiles->hidden, &tiles->found,
                                   &tiles->pairs, &tiles->expanded, &tiles->decoded };

  for (guint i = 0; i < G_N_ELEMENTS (buffers); i++)
    if (!bln_vk_buffer_init (buffers[i], backend->device, BLN_VK_DEVICE, tiles->sizes[i], error))
      return FALSE;
  return TRUE;
}

guint64
bln_vk_tiles_size (const BlnVkTiles *tiles)
{
  guint64 total = 0;

  for (guint i = 0; i < G_N_ELEMENTS (tiles->sizes); i++)
    total += tiles->sizes[i];
  return total;
}

void
bln_vk_tiles_clear (BlnVkTiles *tiles)
{
  bln_vk_buffer_clear (&tiles->decoded);
  bln_vk_buffer_clear (&tiles->expanded);
  bln_vk_buffer_clear (&tiles->pairs);
  bln_vk_buffer_clear (&tiles->found);
  bln_vk_buffer_clear (&tiles->hidden);
  bln_vk_buffer_clear (&tiles->floats);
  bln_vk_buffer_clear (&tiles->halves);
}
