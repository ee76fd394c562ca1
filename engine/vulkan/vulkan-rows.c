/* Ops that work along rows: embeddings, norms, sums, gates. */
#include "vulkan-run.h"

static void
record_embed (BlnVkRun    *run,
              const BlnOp *op)
{
  BlnVkBackend *backend = run->backend;
  const BlnVkWeight *weight = bln_vk_model_weight (backend->model, op->parts[0].weight);
  const guint32 constants[] = { bln_vk_subgroup (run) };
  VkPipeline pipeline = bln_vk_run_pipeline (run, &bln_vk_shader_embed[weight->type], constants,
                                             G_N_ELEMENTS (constants));

  for (guint k = 0; pipeline != VK_NULL_HANDLE && k < weight->n_pieces; k++)
    {
      const BlnVkPiece *piece = &weight->pieces[k];
      const BlnVkBinding bindings[] = { piece->binding, bln_vk_whole (&backend->step),
                                        bln_vk_whole (&backend->arena) };
      const BlnEmbedPush push = {
        .n_in = weight->n_in, .side = piece->side,
        .first_row = piece->first_row, .n_rows = piece->n_rows,
        .out_offset = bln_vk_value (run, op->out), .out_stride = bln_vk_stride (run, op->out),
        .scale = op->scale,
      };

      if (k > 0)
        bln_vk_commands_beside (&run->commands);
      bln_vk_commands_dispatch (&run->commands, pipeline, bindings, G_N_ELEMENTS (bindings),
                                &push, sizeof push, run->batch->n_rows, 1, 1);
    }
}

static void
record_input (BlnVkRun    *run,
              const BlnOp *op)
{
  BlnVkBackend *backend = run->backend;

  bln_vk_commands_copy (&run->commands, &backend->step, (guint64) backend->input * 4,
                        &backend->arena, (guint64) bln_vk_value (run, op->out) * 4,
                        (guint64) run->batch->n_rows * op->out.width * 4);
}

static void
record_row_shader (BlnVkRun          *run,
                   const BlnVkShader *shader,
                   const BlnNormPush *push)
{
  const guint32 constants[] = { bln_vk_subgroup (run) };
  const BlnVkBinding bindings[] = { bln_vk_whole (&run->backend->arena),
                                    bln_vk_whole (&run->backend->model->parameters) };
  VkPipeline pipeline = bln_vk_run_pipeline (run, shader, constants, G_N_ELEMENTS (constants));

  if (pipeline != VK_NULL_HANDLE)
    bln_vk_commands_dispatch (&run->commands, pipeline, bindings, G_N_ELEMENTS (bindings), push,
                              sizeof *push, run->batch->n_rows, 1, 1);
}

static BlnNormPush
row_push (const BlnVkRun  *run,
          const BlnOp     *op,
          BlnValue         in,
          const BlnWeight *norm)
{
  return (BlnNormPush){
    .width = in.width, .in_offset = bln_vk_value (run, in), .in_stride = bln_vk_stride (run, in),
    .out_offset = bln_vk_value (run, op->out), .out_stride = bln_vk_stride (run, op->out),
    .residual_offset = BLN_NONE, .parameters = bln_vk_parameters (run, norm), .eps = op->eps,
  };
}

void
bln_vk_record_rows (BlnVkRun    *run,
                    const BlnOp *op)
{
  BlnNormPush push;

  switch (op->kind)
    {
    case BLN_OP_EMBED:
      record_embed (run, op);
      break;
    case BLN_OP_INPUT:
      record_input (run, op);
      break;
    case BLN_OP_NORM:
      push = row_push (run, op, op->in, op->norm);
      if (bln_value_exists (op->residual))
        {
          push.residual_offset = bln_vk_value (run, op->residual);
          push.residual_stride = bln_vk_stride (run, op->residual);
        }
      record_row_shader (run, &bln_vk_shader_norm, &push);
      break;
    case BLN_OP_CONCAT:
      push = row_push (run, op, op->in, op->norm);
      record_row_shader (run, &bln_vk_shader_norm, &push);
      bln_vk_commands_beside (&run->commands);
      push = row_push (run, op, op->in2, op->norm2);
      push.out_offset += op->in.width;
      record_row_shader (run, &bln_vk_shader_norm, &push);
      break;
    case BLN_OP_ADD:
      push = row_push (run, op, op->in, NULL);
      push.residual_offset = bln_vk_value (run, op->in2);
      push.residual_stride = bln_vk_stride (run, op->in2);
      record_row_shader (run, &bln_vk_shader_add, &push);
      break;
    case BLN_OP_GLU:
      push = row_push (run, op, op->in, NULL);
      push.residual_offset = bln_vk_value (run, op->in2);
      push.residual_stride = bln_vk_stride (run, op->in2);
      push.parameters = op->glu;
      record_row_shader (run, &bln_vk_shader_gate, &push);
      break;
    default:
      g_assert_not_reached ();
    }
}
