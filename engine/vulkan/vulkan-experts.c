/* Expert layers of a few rows, where bytes are multiplied: the router's last workgroup makes the
 * choice, the shared experts' second product goes beside the chosen ones' first, and between the
 * products of the chosen ones stand bytes, rounded once for all who read them. */
#include "vulkan-run.h"

/* What shaders/choose.glsl has lanes for. */
#define MAX_CHOICE 256u

/* The other half of the layer, which follows at once. */
static const BlnOp *
down_of (const BlnVkRun *run,
         const BlnOp    *op)
{
  const GArray *ops = run->program->ops;
  const BlnOp *first = &g_array_index (ops, BlnOp, 0);

  if (op->kind == BLN_OP_EXPERTS_DOWN)
    return op;
  if (op < first || op + 1 >= first + ops->len || op[1].kind != BLN_OP_EXPERTS_DOWN)
    return NULL;
  return op + 1;
}

static const BlnOp *
up_of (const BlnVkRun *run,
       const BlnOp    *op)
{
  const BlnOp *first = &g_array_index (run->program->ops, BlnOp, 0);

  if (op->kind == BLN_OP_EXPERTS_UP)
    return op;
  return op > first && op < first + run->program->ops->len && op[-1].kind == BLN_OP_EXPERTS_UP
           ? op - 1 : NULL;
}

static gboolean
fits (const BlnVkRun  *run,
      BlnVkMode        mode,
      const BlnWeight *weight,
      guint32          n_used)
{
  const BlnMatvecPush push = { .n_used = n_used };

  return bln_vk_dot_fits (run->backend, mode, bln_vk_model_weight (run->backend->model, weight),
                          &push);
}

/* Floats in vectors of four, all in one piece. */
static gboolean
is_for_router (const BlnVkRun *run,
               const BlnOp    *up)
{
  const BlnVkWeight *weight = bln_vk_model_weight (run->backend->model, up->parts[0].weight);

  return weight->type == BLN_TYPE_F32 && weight->n_pieces == 1 && weight->n_in % 4 == 0
         && bln_vk_value (run, up->in) % 4 == 0 && bln_vk_stride (run, up->in) % 4 == 0;
}

static gboolean
is_in_one_piece (const BlnVkRun  *run,
                 const BlnWeight *gate)
{
  const BlnVkWeight *weight = bln_vk_model_weight (run->backend->model, gate);

  for (guint i = 0; i < weight->n_pieces; i++)
    if (weight->pieces[i].first_row != 0 || weight->pieces[i].n_rows != weight->n_out)
      return FALSE;
  return TRUE;
}

/* Blocks of 32 hidden numbers lie in one piece of the weight, and in the arena as vectors. */
static gboolean
are_bytes_whole (const BlnVkRun  *run,
                 const BlnOp     *up,
                 const BlnWeight *gate)
{
  return is_in_one_piece (run, gate) && up->routing.n_ff % 32 == 0
         && bln_vk_value (run, up->out) % 4 == 0 && bln_vk_stride (run, up->out) % 4 == 0;
}

gboolean
bln_vk_takes_few_experts (const BlnVkRun *run,
                          const BlnOp    *op)
{
  const BlnOp *up = up_of (run, op), *down = down_of (run, op);
  const BlnWeight *gate;

  if (!run->backend->has_dot || run->batch->n_rows > bln_vk_few_rows (run->backend) || up == NULL
      || down == NULL || up->routing.n_groups > 1 || up->routing.n_experts > MAX_CHOICE
      || (up->parts[0].bias != NULL && up->routing.gating != BLN_GATING_SIGMOID))
    return FALSE;
  gate = up->gate_up_exps != NULL ? up->gate_up_exps : up->gate_exps;
  return (up->gate_up_exps != NULL || gate->tensor->type == up->up_exps->tensor->type)
         && is_for_router (run, up) && are_bytes_whole (run, up, gate)
         && fits (run, BLN_VK_EXPERTS_UP | BLN_VK_TO_BYTES, gate, up->routing.n_used)
         && fits (run, BLN_VK_EXPERTS_DOWN | BLN_VK_FROM_BYTES, down->down_exps,
                  up->routing.n_used);
}

/* Its logits stand in the scratch; who is chosen, in the table. */
static void
record_few_router (BlnVkRun            *run,
                   const BlnOp         *op,
                   const BlnMatvecPush *input)
{
  BlnVkBackend *backend = run->backend;
  const BlnVkWeight *weight = bln_vk_model_weight (backend->model, op->parts[0].weight);
  const BlnRouting *routing = &op->routing;
  const guint32 constants[] = { 256, routing->n_experts, routing->gating, routing->normalise };
  const guint32 rows = constants[0] / bln_vk_subgroup (run);
  const BlnVkBinding bindings[] = { weight->pieces[0].binding, bln_vk_whole (&backend->arena),
                                    bln_vk_whole (&backend->model->parameters),
                                    bln_vk_whole (&backend->arena) };
  VkPipeline pipeline = bln_vk_run_pipeline (run, &bln_vk_shader_router, constants,
                                             G_N_ELEMENTS (constants));
  BlnMatvecPush push = *input;

  push.n_in = weight->n_in;
  push.n_out = push.out_stride = routing->n_experts;
  push.out_offset = backend->scratch;
  push.chosen = bln_vk_value (run, op->parts[0].out);
  push.n_used = routing->n_used;
  push.counters = backend->counters;
  push.choice_bias = bln_vk_parameters (run, op->parts[0].bias);
  push.choice_scale = routing->scale;
  if (pipeline != VK_NULL_HANDLE)
    bln_vk_commands_dispatch (&run->commands, pipeline, bindings, G_N_ELEMENTS (bindings), &push,
                              sizeof push, (push.n_out + rows - 1) / rows, run->batch->n_rows, 1);
}

/* Where the shared experts' result waits for that of the chosen ones, with the residual in it:
 * behind the router's logits. */
static guint32
shared_place (const BlnVkRun *run,
              const BlnOp    *op)
{
  return run->backend->scratch
         + (run->batch->n_rows * op->routing.n_experts + 63) / 64 * 64;
}

/* Rounded rows are read beside the shared experts' second product: they stand behind its result. */
static guint32
rounded_place (const BlnVkRun *run,
               const BlnOp    *up)
{
  return shared_place (run, up) + run->batch->n_rows * ((up->in.width + 3) / 4 * 4);
}

/* Whether rows are rounded once for all experts, and the shared ones hold bytes between their
 * products as the chosen ones do. */
static gboolean
takes_rounded (const BlnVkRun *run,
               const BlnOp    *up)
{
  const BlnWeight *gate = up->gate_up_exps != NULL ? up->gate_up_exps : up->gate_exps;
  const BlnOp *down = down_of (run, up);

  if (!bln_vk_takes_rounded (run, up->in, gate, NULL))
    return FALSE;
  return up->gate_shexp == NULL
         || (up->gate_shexp->n_out % 32 == 0
             && up->gate_shexp->tensor->type == up->up_shexp->tensor->type
             && is_in_one_piece (run, up->gate_shexp)
             && bln_vk_takes_rounded (run, up->in, up->gate_shexp, up->up_shexp)
             && bln_vk_takes_rounded (run, down->in, down->down_shexp, NULL));
}

static void
record_shared_down (BlnVkRun    *run,
                    const BlnOp *down,
                    BlnVkMode    mode)
{
  BlnMatvecPush push = bln_vk_plain_push ();

  push.n_columns = run->batch->n_rows;
  push.in_offset = bln_vk_value (run, down->in) + down->routing.n_used * down->routing.n_ff;
  push.in_stride = bln_vk_stride (run, down->in);
  if (bln_value_exists (down->residual))
    {
      push.residual_offset = bln_vk_value (run, down->residual);
      push.residual_stride = bln_vk_stride (run, down->residual);
    }
  push.n_out = push.out_stride = down->down_shexp->n_out;
  push.out_offset = shared_place (run, down);
  bln_vk_record_product (run, mode, BLN_GLU_NONE, down->down_shexp, NULL, push, 1,
                         &run->backend->arena);
}

void
bln_vk_record_few_experts_up (BlnVkRun    *run,
                              const BlnOp *op)
{
  const BlnRouting *routing = &op->routing;
  const BlnOp *down = down_of (run, op);
  const gboolean is_rounded = takes_rounded (run, op);
  const BlnVkMode from = is_rounded ? BLN_VK_FROM_BYTES : 0;
  BlnMatvecPush push = bln_vk_plain_push (), input;

  push.n_columns = run->batch->n_rows;
  push.in_offset = bln_vk_value (run, op->in);
  push.in_stride = bln_vk_stride (run, op->in);
  push.norm = bln_vk_parameters (run, op->norm);
  push.eps = op->eps;
  push.out_offset = bln_vk_value (run, op->out);
  push.out_stride = bln_vk_stride (run, op->out);
  input = push;
  if (is_rounded)
    bln_vk_record_round (run, op->in.width, run->batch->n_rows, rounded_place (run, op), &push);

  record_few_router (run, op, &input);
  if (op->gate_shexp != NULL)
    {
      BlnMatvecPush shared = push;

      shared.n_out = op->gate_shexp->n_out;
      shared.out_offset += routing->n_used * routing->n_ff;
      bln_vk_commands_beside (&run->commands);
      bln_vk_record_product (run, BLN_VK_PLAIN | from | (is_rounded ? BLN_VK_TO_BYTES : 0), op->glu,
                             op->gate_shexp, op->up_shexp, shared, 1, &run->backend->arena);
    }
  bln_vk_commands_barrier (&run->commands);

  push.n_out = push.out_slab = routing->n_ff;
  push.slab_rows = op->gate_up_exps != NULL ? 2 * routing->n_ff : routing->n_ff;
  push.up_first_row = op->gate_up_exps != NULL ? routing->n_ff : 0;
  push.chosen = bln_vk_value (run, op->parts[0].out);
  push.n_used = routing->n_used;
  bln_vk_record_product (run, BLN_VK_EXPERTS_UP | BLN_VK_TO_BYTES | from, op->glu,
                         op->gate_up_exps != NULL ? op->gate_up_exps : op->gate_exps,
                         op->gate_up_exps != NULL ? NULL : op->up_exps, push, routing->n_used,
                         &run->backend->arena);
  if (down->down_shexp != NULL)
    {
      bln_vk_commands_beside (&run->commands);
      record_shared_down (run, down, BLN_VK_PLAIN | from);
    }
}

void
bln_vk_record_few_experts_down (BlnVkRun    *run,
                                const BlnOp *op)
{
  BlnMatvecPush push = bln_vk_plain_push ();

  push.n_columns = run->batch->n_rows;
  push.in_offset = bln_vk_value (run, op->in);
  push.in_stride = bln_vk_stride (run, op->in);
  push.out_offset = bln_vk_value (run, op->out);
  push.out_stride = bln_vk_stride (run, op->out);
  push.n_out = push.slab_rows = op->down_exps->n_out;
  if (op->down_shexp != NULL)
    {
      push.residual_offset = shared_place (run, op);
      push.residual_stride = op->down_shexp->n_out;
    }
  else if (bln_value_exists (op->residual))
    {
      push.residual_offset = bln_vk_value (run, op->residual);
      push.residual_stride = bln_vk_stride (run, op->residual);
    }
  push.chosen = bln_vk_value (run, op->in2);
  push.n_used = op->routing.n_used;
  bln_vk_record_product (run, BLN_VK_EXPERTS_DOWN | BLN_VK_FROM_BYTES, BLN_GLU_NONE, op->down_exps,
                         NULL, push, 1, &run->backend->arena);
}
