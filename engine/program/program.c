#include "program.h"

static const BlnValue no_value = { BLN_NO_VALUE, 0, 0 };

BlnProgram *
bln_program_new (const BlnWeights *weights)
{
  BlnProgram *program = g_new0 (BlnProgram, 1);

  program->weights = weights;
  program->ops = g_array_new (FALSE, TRUE, sizeof (BlnOp));
  program->values = g_array_new (FALSE, TRUE, sizeof (BlnValueInfo));
  program->hidden = no_value;
  program->layer = -1;
  return program;
}

void
bln_program_free (BlnProgram *program)
{
  g_array_unref (program->ops);
  g_array_unref (program->values);
  g_free (program);
}

static BlnValue
new_value (BlnProgram *program,
           guint32     width)
{
  BlnValueInfo info = { width, 0, 0, 0 };
  BlnValue value = { (guint16) program->values->len, 0, width };

  g_assert (program->values->len < BLN_NO_VALUE);
  g_array_append_val (program->values, info);
  return value;
}

BlnValue
bln_value_part (BlnValue value,
                guint32  offset,
                guint32  width)
{
  g_assert (offset + width <= value.width);
  return (BlnValue) { value.id, value.offset + offset, width };
}

static BlnOp *
append (BlnProgram *program,
        BlnOpKind   kind)
{
  BlnOp op = {
    .kind = kind, .layer = program->layer, .in = no_value, .in2 = no_value, .in3 = no_value,
    .out = no_value, .residual = no_value, .eps = program->weights->config.eps, .scale = 1,
  };

  g_array_append_val (program->ops, op);
  return &g_array_index (program->ops, BlnOp, program->ops->len - 1);
}

BlnValue
bln_record_embed (BlnProgram      *program,
                  const BlnWeight *table,
                  float            scale)
{
  BlnOp *op = append (program, BLN_OP_EMBED);

  op->n_parts = 1;
  op->parts[0].weight = table;
  op->parts[0].out = no_value;
  op->scale = scale;
  return op->out = new_value (program, table->n_in);
}

BlnValue
bln_record_input (BlnProgram *program,
                  guint32     width)
{
  return append (program, BLN_OP_INPUT)->out = new_value (program, width);
}

BlnValue
bln_record_norm (BlnProgram      *program,
                 BlnValue         in,
                 const BlnWeight *norm)
{
  BlnOp *op = append (program, BLN_OP_NORM);

  op->in = in;
  op->norm = norm;
  return op->out = new_value (program, in.width);
}

BlnValue
bln_record_concat (BlnProgram      *program,
                   BlnValue         in,
                   const BlnWeight *norm,
                   BlnValue         in2,
                   const BlnWeight *norm2)
{
  BlnOp *op = append (program, BLN_OP_CONCAT);

  op->in = in;
  op->norm = norm;
  op->in2 = in2;
  op->norm2 = norm2;
  return op->out = new_value (program, in.width + in2.width);
}

static BlnValue
record_product (BlnProgram      *program,
                BlnValue         in,
                const BlnWeight *weight,
                const BlnWeight *bias)
{
  BlnOp *op = append (program, BLN_OP_MATMUL);

  g_assert (in.width == weight->n_in);
  op->in = in;
  op->n_parts = 1;
  op->parts[0].weight = weight;
  op->parts[0].bias = bias;
  return op->parts[0].out = new_value (program, weight->n_out);
}

/* With an adapter W x + B (A x). */
BlnValue
bln_record_matmul (BlnProgram      *program,
                   BlnValue         in,
                   const BlnWeight *weight,
                   const BlnWeight *bias)
{
  BlnValue out = record_product (program, in, weight, bias), low;

  if (weight->lora_a == NULL)
    return out;
  low = record_product (program, in, weight->lora_a, NULL);
  return bln_record_add (program, out, record_product (program, low, weight->lora_b, NULL));
}

BlnValue
bln_record_glu (BlnProgram *program,
                BlnGlu      glu,
                BlnValue    gate,
                BlnValue    up)
{
  BlnOp *op = append (program, BLN_OP_GLU);

  op->glu = glu;
  op->in = gate;
  op->in2 = up;
  return op->out = new_value (program, gate.width);
}

BlnValue
bln_record_add (BlnProgram *program,
                BlnValue    a,
                BlnValue    b)
{
  BlnOp *op = append (program, BLN_OP_ADD);

  op->in = a;
  op->in2 = b;
  return op->out = new_value (program, a.width);
}

BlnValue
bln_record_attention (BlnProgram              *program,
                      BlnValue                 q,
                      BlnValue                 k,
                      BlnValue                 v,
                      guint                    cache_layer,
                      const BlnAttentionShape *shape)
{
  BlnOp *op = append (program, BLN_OP_ATTENTION);

  op->in = q;
  op->in2 = k;
  op->in3 = v;
  op->cache_layer = cache_layer;
  op->attention = *shape;
  return op->out = new_value (program, shape->n_head * shape->n_value);
}

BlnValue
bln_record_mla (BlnProgram        *program,
                BlnValue           q,
                BlnValue           kv,
                guint              cache_layer,
                const BlnMlaShape *shape)
{
  BlnOp *op = append (program, BLN_OP_MLA);

  op->in = q;
  op->in2 = kv;
  op->cache_layer = cache_layer;
  op->mla = *shape;
  return op->out = new_value (program, shape->n_head * shape->n_value);
}

BlnValue
bln_record_experts (BlnProgram       *program,
                    BlnValue          in,
                    const BlnBlock   *block,
                    const BlnRouting *routing)
{
  guint32 n_shared = block->gate_shexp != NULL ? block->gate_shexp->n_out : 0;
  BlnValue route = new_value (program, 2 * routing->n_used);
  BlnValue act = new_value (program, routing->n_used * routing->n_ff + n_shared);
  BlnOp *op = append (program, BLN_OP_EXPERTS_UP);

  op->in = in;
  op->routing = *routing;
  op->n_parts = 1;
  op->parts[0] = (BlnPart) { block->router, NULL, block->router_bias, NULL, route };
  op->glu = BLN_GLU_SILU;
  op->gate_exps = block->gate_exps;
  op->up_exps = block->up_exps;
  op->gate_up_exps = block->gate_up_exps;
  op->gate_shexp = block->gate_shexp;
  op->up_shexp = block->up_shexp;
  op->out = act;

  op = append (program, BLN_OP_EXPERTS_DOWN);
  op->in = act;
  op->in2 = route;
  op->routing = *routing;
  op->down_exps = block->down_exps;
  op->down_shexp = block->down_shexp;
  return op->out = new_value (program, block->down_exps->n_out);
}

void
bln_record_head (BlnProgram      *program,
                 BlnValue         in,
                 const BlnWeight *norm,
                 const BlnWeight *head,
                 const BlnWeight *bias,
                 float            scale,
                 float            softcap)
{
  BlnOp *op = append (program, BLN_OP_HEAD);

  op->in = in;
  op->norm = norm;
  op->n_parts = 1;
  op->parts[0].weight = head;
  op->parts[0].bias = bias;
  op->parts[0].out = no_value;
  op->scale = scale;
  op->softcap = softcap;
}

void
bln_op_foreach_read (BlnOp       *op,
                     BlnValueFunc func,
                     gpointer     user_data)
{
  BlnValue *values[] = { &op->in, &op->in2, &op->in3, &op->residual };

  for (guint i = 0; i < G_N_ELEMENTS (values); i++)
    if (bln_value_exists (*values[i]))
      func (values[i], user_data);
}

void
bln_op_foreach_write (BlnOp       *op,
                      BlnValueFunc func,
                      gpointer     user_data)
{
  if (bln_value_exists (op->out))
    func (&op->out, user_data);
  for (guint i = 0; i < op->n_parts; i++)
    if (bln_value_exists (op->parts[i].out))
      func (&op->parts[i].out, user_data);
}

void
bln_program_finish (BlnProgram *program)
{
  bln_program_fuse (program);
  bln_program_plan (program);
}
