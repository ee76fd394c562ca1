/* Products of weights and rows, and the expert layers made of them. */
#include "vulkan-run.h"

/* Batch rows that one workgroup takes through a weight row at a time. */
#define MAX_COLUMNS 8u
/* Output rows of a lane on a software device (shaders/matvec.comp). */
#define NARROW_ROWS 2u
/* Lanes of a workgroup that stages its input in shared memory. */
#define SHARED_WIDTH 256u

BlnMatvecPush
bln_vk_plain_push (void)
{
  return (BlnMatvecPush){ .residual_offset = BLN_NONE, .norm = BLN_NONE, .bias = BLN_NONE,
                          .up_bias = BLN_NONE, .scale = 1 };
}

/* The shared form holds that many bytes of each column in shared memory. */
#define SHARED_BLOCK_FLOATS 36u
#define SHARED_COLUMN_BYTES (64u * SHARED_BLOCK_FLOATS * 4u)
#define SHARED_OTHER_BYTES 512u

static guint32
columns_for (const BlnVkBackend *backend,
             guint               n_rows)
{
  const guint32 room = (backend->device->info.shared_memory - SHARED_OTHER_BYTES)
                       / SHARED_COLUMN_BYTES;
  const guint32 most = backend->is_narrow ? MAX_COLUMNS : MIN (MAX_COLUMNS, room);
  guint32 columns = 1;

  while (2 * columns <= most && columns < n_rows)
    columns *= 2;
  return columns;
}

/* How many lanes share an output row: as many as have a block each, within a subgroup. */
static guint32
lanes_for (const BlnVkDeviceInfo *info,
           guint32                n_in)
{
  const guint32 n_blocks = (n_in + 31) / 32;
  guint32 lanes = info->subgroup_size;

  while (lanes > 1 && lanes / 2 >= n_blocks)
    lanes /= 2;
  return lanes;
}

/* A card wants a workgroup for each few rows. A software device runs few long ones best, but
 * not too long: llvmpipe ends all loops of a shader after 65,535 rounds altogether. */
static guint
groups_for (gboolean is_narrow,
            guint32  n_out,
            guint32  clusters,
            guint32  rounds) /* of loops for each of a cluster's rows */
{
  const guint all = (n_out + clusters - 1) / clusters;

  if (!is_narrow)
    return all;
  return MIN (all, MAX (16, (guint) ((guint64) all * rounds / 30000 + 1)));
}

/* The shader's numbers; `is_apart`: the other factor was made before and stands where the
 * residual would. */
static guint32
glu_number (BlnGlu   glu,
            gboolean is_apart)
{
  if (glu == BLN_GLU_NONE)
    return 0;
  return (glu == BLN_GLU_SILU ? 1 : 2) + (is_apart ? 2 : 0);
}

static void
record_piece (BlnVkRun          *run,
              BlnVkMode          mode,
              guint32            glu,
              const BlnVkWeight *weight,
              const BlnVkPiece  *piece,
              const BlnVkPiece  *up,
              BlnMatvecPush     *push,
              guint              n_z,
              const BlnVkBuffer *result)
{
  BlnVkBackend *backend = run->backend;
  const BlnVkDeviceInfo *info = &backend->device->info;
  const gboolean is_narrow = backend->is_narrow;
  const guint32 lanes = is_narrow ? 1 : lanes_for (info, weight->n_in);
  const guint32 width = is_narrow ? info->subgroup_size : SHARED_WIDTH;
  const BlnVkShader *shaders = is_narrow ? bln_vk_shader_matvec : bln_vk_shader_matvec_shared;
  const guint32 columns = mode == BLN_VK_PLAIN ? columns_for (backend, push->n_columns) : 1;
  const guint32 slot_floats = push->n_used * ((weight->n_in + 31) / 32) * SHARED_BLOCK_FLOATS;
  const gboolean stages_slots = !is_narrow && mode == BLN_VK_EXPERTS_DOWN
                                && slot_floats * 4 <= info->shared_memory - SHARED_OTHER_BYTES;
  const guint32 rows = is_narrow ? NARROW_ROWS : 1;
  const guint32 constants[] = { width, lanes, columns, glu, mode,
                                is_narrow ? rows
                                : stages_slots ? MAX (slot_floats, SHARED_COLUMN_BYTES / 4)
                                               : columns * SHARED_COLUMN_BYTES / 4,
                                stages_slots };
  const BlnVkBinding bindings[] = {
    piece->binding, up->binding, bln_vk_whole (&backend->arena),
    bln_vk_whole (&backend->model->parameters), bln_vk_whole (result),
  };
  const guint32 n_sums = mode == BLN_VK_EXPERTS_DOWN ? push->n_used : 1;
  const guint32 rounds = n_sums * ((weight->n_in + 31) / 32 + 16);
  VkPipeline pipeline = bln_vk_run_pipeline (run, &shaders[weight->type], constants,
                                             G_N_ELEMENTS (constants));

  if (pipeline == VK_NULL_HANDLE)
    return;
  bln_vk_commands_dispatch (&run->commands, pipeline, bindings, G_N_ELEMENTS (bindings), push,
                            sizeof *push,
                            groups_for (is_narrow, push->n_out, width / lanes * rows, rounds),
                            (push->n_columns + columns - 1) / columns, n_z);
}

/* `up` as `weight` where there is none, or where both stand in one tensor. */
static void
record_pieces (BlnVkRun          *run,
               BlnVkMode          mode,
               guint32            glu,
               const BlnVkWeight *w,
               const BlnVkWeight *u,
               BlnMatvecPush      push,
               guint              n_z,
               const BlnVkBuffer *result)
{
  const guint32 n_out = push.n_out, first_row = push.first_row;

  for (guint k = 0; k < w->n_pieces; k++)
    {
      const BlnVkPiece *piece = &w->pieces[k];
      /* Rows first_row … first_row + n_out of each slab, as far as they are in this piece. */
      const guint32 from = MAX (first_row, piece->first_row);
      const guint32 to = MIN (first_row + n_out, piece->first_row + piece->n_rows);
      BlnMatvecPush p = push;

      if (from >= to)
        continue;
      p.n_in = w->n_in;
      p.n_out = to - from;
      p.first_row = from - piece->first_row;
      p.side = piece->side;
      p.up_side = u->pieces[MIN (k, u->n_pieces - 1)].side;
      p.first_slab = piece->first_slab;
      p.n_slabs = piece->n_slabs;
      p.out_offset += from - first_row;
      if (p.residual_offset != BLN_NONE)
        p.residual_offset += from - first_row;
      if (p.bias != BLN_NONE)
        p.bias += from - first_row;
      if (p.up_bias != BLN_NONE)
        p.up_bias += from - first_row;
      if (k > 0 && (bln_vk_base_mode (mode) == BLN_VK_EXPERTS_DOWN))
        {
          /* What the experts of the pieces before gave is there already. */
          p.residual_offset = push.out_offset;
          p.residual_stride = push.out_stride;
          bln_vk_commands_barrier (&run->commands);
        }
      else if (k > 0)
        bln_vk_commands_beside (&run->commands);
      if (run->batch->n_rows <= bln_vk_few_rows (run->backend)
          && bln_vk_dot_fits (run->backend, mode, w, &p))
        bln_vk_record_dot (run, mode, glu, w, piece, &u->pieces[MIN (k, u->n_pieces - 1)], &p,
                           n_z, result);
      else
        record_piece (run, mode, glu, w, piece, &u->pieces[MIN (k, u->n_pieces - 1)], &p, n_z,
                      result);
    }
}

void
bln_vk_record_product (BlnVkRun          *run,
                       BlnVkMode          mode,
                       BlnGlu             glu,
                       const BlnWeight   *weight,
                       const BlnWeight   *up,
                       BlnMatvecPush      push,
                       guint              n_z,
                       const BlnVkBuffer *result)
{
  const BlnVkWeight *w = bln_vk_model_weight (run->backend->model, weight);
  const BlnVkWeight *u = up != NULL ? bln_vk_model_weight (run->backend->model, up) : w;
  const gboolean is_apart = u->type != w->type;

  if (is_apart)
    {
      /* One shader decodes one type: the other factor is made first, in the result's place. */
      BlnMatvecPush first = push;

      first.bias = push.up_bias;
      first.first_row = push.up_first_row;
      record_pieces (run, mode, 0, u, u, first, n_z, result);
      bln_vk_commands_barrier (&run->commands);
      push.residual_offset = push.out_offset;
      push.residual_stride = push.out_stride;
      u = w;
    }
  record_pieces (run, mode, glu_number (glu, is_apart), w, u, push,
                 n_z, result);
}

static void
place_input (const BlnVkRun *run,
             const BlnOp    *op,
             BlnMatvecPush  *push)
{
  push->in_offset = bln_vk_value (run, op->in);
  push->in_stride = bln_vk_stride (run, op->in);
  push->norm = bln_vk_parameters (run, op->norm);
  push->eps = op->eps;
  push->n_columns = run->batch->n_rows;
}

static void
place_residual (const BlnVkRun *run,
                const BlnOp    *op,
                BlnMatvecPush  *push)
{
  if (!bln_value_exists (op->residual))
    return;
  push->residual_offset = bln_vk_value (run, op->residual);
  push->residual_stride = bln_vk_stride (run, op->residual);
}

static void
place_output (const BlnVkRun *run,
              BlnValue        out,
              BlnMatvecPush  *push)
{
  push->out_offset = bln_vk_value (run, out);
  push->out_stride = bln_vk_stride (run, out);
}

gboolean
bln_vk_takes_rounded_matmul (const BlnVkRun *run,
                             const BlnOp    *op)
{
  for (guint i = 0; i < op->n_parts; i++)
    if (!bln_vk_takes_rounded (run, op->in, op->parts[i].weight, op->parts[i].up))
      return FALSE;
  return TRUE;
}

void
bln_vk_record_matmul (BlnVkRun    *run,
                      const BlnOp *op)
{
  BlnVkMode mode = BLN_VK_PLAIN;
  BlnMatvecPush input = bln_vk_plain_push ();

  place_input (run, op, &input);
  if (bln_vk_takes_rounded_matmul (run, op))
    {
      bln_vk_record_round (run, op->in.width, run->batch->n_rows, run->backend->scratch, &input);
      mode |= BLN_VK_FROM_BYTES;
    }
  for (guint i = 0; i < op->n_parts; i++)
    {
      const BlnPart *part = &op->parts[i];
      BlnMatvecPush push = input;

      if (i > 0)
        bln_vk_commands_beside (&run->commands);
      place_residual (run, op, &push);
      place_output (run, part->out, &push);
      push.n_out = part->weight->n_out;
      push.bias = bln_vk_parameters (run, part->bias);
      push.up_bias = bln_vk_parameters (run, part->up_bias);
      bln_vk_record_product (run, mode, op->glu, part->weight, part->up, push, 1,
                             &run->backend->arena);
    }
}

/* All logits of the rows of which no choice is enough. */
static void
record_logits_copy (BlnVkRun *run,
                    guint32   n_logits,
                    guint32   n_vocab)
{
  BlnVkBackend *backend = run->backend;
  const guint32 choices = bln_batch_choices (run->batch);

  for (guint i = 0; i < run->batch->n_out; i++)
    if (!(choices >> i & 1))
      bln_vk_commands_copy (&run->commands, &backend->logits, (guint64) i * n_vocab * 4,
                            &backend->read_logits, (guint64) i * n_vocab * 4,
                            (guint64) n_logits * 4);
}

void
bln_vk_record_head (BlnVkRun    *run,
                    const BlnOp *op)
{
  const BlnBatch *batch = run->batch;
  const BlnPart *part = &op->parts[0];
  const guint32 n_vocab = part->weight->n_out;
  const guint32 n_logits = batch->head_rows != 0 ? MIN (batch->head_rows, n_vocab) : n_vocab;
  BlnVkMode mode = BLN_VK_PLAIN;
  BlnMatvecPush input = bln_vk_plain_push ();

  place_input (run, op, &input);
  if (batch->n_out >= BLN_VK_SEVERAL_ROWS && bln_vk_takes_rounded (run, op->in, part->weight, NULL))
    {
      bln_vk_record_round (run, op->in.width, batch->n_rows, run->backend->scratch, &input);
      mode |= BLN_VK_FROM_BYTES;
    }
  /* Rows that want logits are mostly one or a run: each run is one product. */
  for (guint first = 0, n; first < batch->n_out; first += n)
    {
      BlnMatvecPush push = input;

      if (first > 0)
        bln_vk_commands_beside (&run->commands);
      for (n = 1; first + n < batch->n_out
                  && batch->out_rows[first + n] == batch->out_rows[first] + n;)
        n++;
      push.in_offset += batch->out_rows[first] * push.in_stride;
      push.n_columns = n;
      push.n_out = n_logits;
      push.out_offset = first * n_vocab;
      push.out_stride = n_vocab;
      push.bias = bln_vk_parameters (run, part->bias);
      push.scale = op->scale;
      push.softcap = op->softcap;
      bln_vk_record_product (run, mode, BLN_GLU_NONE, part->weight, NULL, push, 1,
                             &run->backend->logits);
    }
  bln_vk_commands_barrier (&run->commands);
  if (bln_batch_choices (batch) != 0)
    bln_vk_record_choice (run, n_logits, n_vocab);
  record_logits_copy (run, n_logits, n_vocab);
}

void
bln_vk_record_route (BlnVkRun    *run,
                     const BlnOp *op)
{
  BlnVkBackend *backend = run->backend;
  const BlnRouting *routing = &op->routing;
  const guint32 width = bln_vk_subgroup (run);
  const guint32 constants[] = { width, (routing->n_experts + width - 1) / width };
  const BlnVkBinding bindings[] = { bln_vk_whole (&backend->arena),
                                    bln_vk_whole (&backend->model->parameters) };
  const BlnRoutePush push = {
    .n_experts = routing->n_experts, .n_used = routing->n_used,
    .n_groups = routing->n_groups, .n_groups_used = routing->n_groups_used,
    .gating = routing->gating, .by_two = routing->groups_by_two,
    .normalise = routing->normalise, .scale = routing->scale,
    .in_offset = backend->scratch, .in_stride = routing->n_experts,
    .bias = bln_vk_parameters (run, op->parts[0].bias),
    .table = bln_vk_value (run, op->parts[0].out),
  };
  VkPipeline pipeline = bln_vk_run_pipeline (run, &bln_vk_shader_route, constants,
                                             G_N_ELEMENTS (constants));

  if (pipeline != VK_NULL_HANDLE)
    bln_vk_commands_dispatch (&run->commands, pipeline, bindings, G_N_ELEMENTS (bindings), &push,
                              sizeof push, run->batch->n_rows, 1, 1);
}

void
bln_vk_record_router (BlnVkRun    *run,
                      const BlnOp *op)
{
  BlnMatvecPush push = bln_vk_plain_push ();

  place_input (run, op, &push);
  push.n_out = op->routing.n_experts;
  push.out_offset = run->backend->scratch;
  push.out_stride = op->routing.n_experts;
  bln_vk_record_product (run, BLN_VK_PLAIN, BLN_GLU_NONE, op->parts[0].weight, NULL, push, 1,
                         &run->backend->arena);
}

void
bln_vk_record_experts_up (BlnVkRun    *run,
                          const BlnOp *op)
{
  BlnMatvecPush up = bln_vk_plain_push ();

  bln_vk_record_router (run, op);

  /* The shared experts do not wait for the choice. */
  place_input (run, op, &up);
  place_output (run, op->out, &up);
  if (op->gate_shexp != NULL)
    {
      BlnMatvecPush shared = up;

      bln_vk_commands_beside (&run->commands);
      shared.n_out = op->gate_shexp->n_out;
      shared.out_offset += op->routing.n_used * op->routing.n_ff;
      bln_vk_record_product (run, BLN_VK_PLAIN, op->glu, op->gate_shexp, op->up_shexp, shared, 1,
                             &run->backend->arena);
    }
  bln_vk_commands_barrier (&run->commands);
  bln_vk_record_route (run, op);
  bln_vk_commands_barrier (&run->commands);

  up.n_out = op->routing.n_ff;
  up.out_slab = op->routing.n_ff;
  up.chosen = bln_vk_value (run, op->parts[0].out);
  up.n_used = op->routing.n_used;
  if (op->gate_up_exps != NULL)
    {
      up.slab_rows = 2 * op->routing.n_ff;
      up.up_first_row = op->routing.n_ff;
      bln_vk_record_product (run, BLN_VK_EXPERTS_UP, op->glu, op->gate_up_exps, NULL, up,
                             op->routing.n_used, &run->backend->arena);
    }
  else
    {
      up.slab_rows = op->routing.n_ff;
      bln_vk_record_product (run, BLN_VK_EXPERTS_UP, op->glu, op->gate_exps, op->up_exps, up,
                             op->routing.n_used, &run->backend->arena);
    }
}

void
bln_vk_record_experts_down (BlnVkRun    *run,
                            const BlnOp *op)
{
  BlnMatvecPush push = bln_vk_plain_push ();

  place_input (run, op, &push);
  place_residual (run, op, &push);
  place_output (run, op->out, &push);
  push.n_out = op->down_exps->n_out;
  if (op->down_shexp != NULL)
    {
      BlnMatvecPush shared = push;

      shared.in_offset += op->routing.n_used * op->routing.n_ff;
      bln_vk_record_product (run, BLN_VK_PLAIN, BLN_GLU_NONE, op->down_shexp, NULL, shared, 1,
                             &run->backend->arena);
      bln_vk_commands_barrier (&run->commands);
      push.residual_offset = push.out_offset;
      push.residual_stride = push.out_stride;
    }
  push.slab_rows = op->down_exps->n_out;
  push.in_slab = op->routing.n_ff;
  push.chosen = bln_vk_value (run, op->in2);
  push.n_used = op->routing.n_used;
  bln_vk_record_product (run, BLN_VK_EXPERTS_DOWN, BLN_GLU_NONE, op->down_exps, NULL, push, 1,
                         &run->backend->arena);
}
