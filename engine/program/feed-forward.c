#include "feed-forward.h"

/* What an adapter adds to is no pair of ops that another backend could take. */
static gboolean
is_adapted (const BlnBlock *block)
{
  return block->ffn_gate != NULL
         && (block->ffn_gate->lora_a != NULL || block->ffn_up->lora_a != NULL
             || block->ffn_down->lora_a != NULL);
}

static void
mark (guint8          *is_away,
      const BlnWeight *weight)
{
  if (weight != NULL)
    is_away[weight->index] = TRUE;
}

guint
bln_feed_forward_mark (const BlnWeights *weights,
                       guint             n,
                       guint8           *is_away)
{
  guint n_marked = 0;

  for (guint has_experts = 2; has_experts-- > 0;)
    for (guint i = weights->config.n_blocks; i-- > 0;)
      {
        const BlnBlock *block = &weights->blocks[i];

        if ((block->down_exps != NULL) != has_experts || n_marked == n || is_adapted (block))
          continue;
        n_marked++;
        mark (is_away, has_experts ? block->gate_exps : block->ffn_gate);
        mark (is_away, has_experts ? block->up_exps : block->ffn_up);
        mark (is_away, has_experts ? block->gate_up_exps : NULL);
        mark (is_away, has_experts ? block->down_exps : block->ffn_down);
      }
  return n_marked;
}

static const BlnOp *
op_at (const BlnProgram *program,
       guint             index)
{
  return &g_array_index (program->ops, BlnOp, index);
}

gboolean
bln_feed_forward_begins (const BlnProgram *program,
                         guint             index,
                         const guint8     *is_away)
{
  const BlnOp *op = op_at (program, index);
  const BlnWeight *gate = NULL;

  if (op->kind == BLN_OP_EXPERTS_UP)
    gate = op->gate_up_exps != NULL ? op->gate_up_exps : op->gate_exps;
  else if (op->kind == BLN_OP_MATMUL && op->glu != BLN_GLU_NONE)
    gate = op->parts[0].weight;
  return gate != NULL && is_away[gate->index];
}

/* ---- by itself ------------------------------------------------------------------------ */

static BlnValue
copy_value (BlnProgram       *to,
            const BlnProgram *from,
            BlnValue          value)
{
  const BlnValueInfo info = { bln_program_stride (from, value), 0, 0, 0 };

  value.id = (guint16) to->values->len;
  g_array_append_val (to->values, info);
  return value;
}

static const BlnValue no_value = { BLN_NO_VALUE, 0, 0 };

/* Who was chosen: a value that the second op reads, too. */
static void
move_choice (BlnProgram       *alone,
             const BlnProgram *program,
             BlnOp            *up,
             BlnOp            *down)
{
  up->parts[0].out = down->in2 = copy_value (alone, program, up->parts[0].out);
  up->gate_shexp = up->up_shexp = down->down_shexp = NULL;
}

BlnProgram *
bln_feed_forward_extract (const BlnProgram *program,
                          guint             index)
{
  BlnProgram *alone = bln_program_new (program->weights);
  BlnOp up = *op_at (program, index);
  BlnOp down = *op_at (program, index + 1);
  const gboolean has_experts = up.kind == BLN_OP_EXPERTS_UP;

  alone->layer = up.layer;
  up.in = bln_record_input (alone, up.in.width);
  if (has_experts)
    {
      up.out = down.in = copy_value (alone, program, up.out);
      move_choice (alone, program, &up, &down);
      alone->hidden = down.out = copy_value (alone, program, down.out);
    }
  else
    {
      up.parts[0].out = down.in = copy_value (alone, program, up.parts[0].out);
      alone->hidden = down.parts[0].out = copy_value (alone, program, down.parts[0].out);
    }
  down.residual = no_value;
  g_array_append_val (alone->ops, up);
  g_array_append_val (alone->ops, down);
  bln_program_plan (alone);
  return alone;
}

gboolean
bln_feed_forward_shared (const BlnProgram *program,
                         guint             index,
                         BlnOp             ops[2])
{
  const BlnOp *up = op_at (program, index);
  const BlnOp *down = op_at (program, index + 1);
  BlnValue middle;

  if (up->kind != BLN_OP_EXPERTS_UP || up->gate_shexp == NULL)
    return FALSE;
  middle = bln_value_part (up->out, up->routing.n_used * up->routing.n_ff, up->gate_shexp->n_out);
  ops[0] = (BlnOp){
    .kind = BLN_OP_MATMUL, .layer = up->layer, .in = up->in, .in2 = no_value, .in3 = no_value,
    .out = no_value, .residual = no_value, .norm = up->norm, .eps = up->eps, .scale = 1,
    .glu = up->glu, .n_parts = 1,
    .parts = { { .weight = up->gate_shexp, .up = up->up_shexp, .out = middle } },
  };
  ops[1] = (BlnOp){
    .kind = BLN_OP_MATMUL, .layer = down->layer, .in = middle, .in2 = no_value, .in3 = no_value,
    .out = no_value, .residual = down->residual, .eps = down->eps, .scale = 1, .n_parts = 1,
    .parts = { { .weight = down->down_shexp, .out = down->out } },
  };
  return TRUE;
}
