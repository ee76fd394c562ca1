/* A program as text: one op a line. What it says is a test of its own. */
#include "program.h"

static const char *kind_names[] = {
  [BLN_OP_EMBED] = "embed", [BLN_OP_INPUT] = "input", [BLN_OP_NORM] = "norm",
  [BLN_OP_CONCAT] = "concat", [BLN_OP_MATMUL] = "matmul", [BLN_OP_GLU] = "glu",
  [BLN_OP_ADD] = "add", [BLN_OP_ATTENTION] = "attention", [BLN_OP_MLA] = "mla-attention",
  [BLN_OP_EXPERTS_UP] = "experts-up", [BLN_OP_EXPERTS_DOWN] = "experts-down",
  [BLN_OP_HEAD] = "head",
};

const char *
bln_op_kind_name (BlnOpKind kind)
{
  return kind_names[kind];
}

typedef struct
{
  const BlnProgram *program;
  GString *text;
  guint n_rows;
  const char *before;
} Printer;

static void
print_value (BlnValue *value,
             gpointer  user_data)
{
  Printer *printer = user_data;

  g_string_append_printf (printer->text, "%sv%u[%u]@%" G_GSIZE_FORMAT, printer->before,
                          value->id, value->width,
                          bln_program_offset (printer->program, *value, printer->n_rows));
  printer->before = " ";
}

static void
print_weight (Printer         *printer,
              const char      *role,
              const BlnWeight *weight)
{
  const BlnTypeInfo *info;

  if (weight == NULL)
    return;
  info = bln_type_info (weight->tensor->type);
  g_string_append_printf (printer->text, "  %s %s %s %u×%u", role, weight->tensor->name,
                          info->name, weight->n_in, weight->n_out);
  if (weight->n_slabs > 1)
    g_string_append_printf (printer->text, "×%u", weight->n_slabs);
}

static void
print_weights (Printer     *printer,
               const BlnOp *op)
{
  print_weight (printer, "norm", op->norm);
  print_weight (printer, "norm", op->norm2);
  for (guint i = 0; i < op->n_parts; i++)
    {
      print_weight (printer, op->parts[i].up != NULL ? "gate"
                    : op->kind == BLN_OP_EXPERTS_UP ? "router" : "by", op->parts[i].weight);
      print_weight (printer, "bias", op->parts[i].bias);
      print_weight (printer, "up", op->parts[i].up);
      print_weight (printer, "bias", op->parts[i].up_bias);
    }
  print_weight (printer, "norm", op->attention.q_norm);
  print_weight (printer, "norm", op->attention.k_norm);
  print_weight (printer, "norm", op->mla.latent_norm);
  print_weight (printer, "k", op->mla.k_b);
  print_weight (printer, "v", op->mla.v_b);
  print_weight (printer, "kv", op->mla.kv_b);
  print_weight (printer, "gate", op->gate_exps);
  print_weight (printer, "up", op->up_exps);
  print_weight (printer, "gate+up", op->gate_up_exps);
  print_weight (printer, "down", op->down_exps);
  print_weight (printer, "shared gate", op->gate_shexp);
  print_weight (printer, "shared up", op->up_shexp);
  print_weight (printer, "shared down", op->down_shexp);
}

static void
print_shape (Printer     *printer,
             const BlnOp *op)
{
  if (op->kind == BLN_OP_ATTENTION)
    g_string_append_printf (printer->text, "  heads %u/%u keys %u values %u window %u scale %g",
                            op->attention.n_head, op->attention.n_head_kv,
                            op->attention.n_key, op->attention.n_value,
                            op->attention.n_window, op->attention.scale);
  if (op->kind == BLN_OP_MLA)
    g_string_append_printf (printer->text,
                            "  heads %u latent %u nope %u rope %u values %u scale %g",
                            op->mla.n_head, op->mla.n_latent, op->mla.n_nope,
                            op->mla.n_rope, op->mla.n_value, op->mla.scale);
  if (op->kind == BLN_OP_EXPERTS_UP)
    g_string_append_printf (printer->text, "  %u of %u experts, %s%s, groups %u of %u, scale %g",
                            op->routing.n_used, op->routing.n_experts,
                            op->routing.gating == BLN_GATING_SIGMOID ? "sigmoid" : "softmax",
                            op->routing.normalise ? " normalised" : "",
                            op->routing.n_groups_used, op->routing.n_groups,
                            op->routing.scale);
  if (op->glu != BLN_GLU_NONE)
    g_string_append (printer->text, op->glu == BLN_GLU_SILU ? "  silu" : "  gelu");
}

char *
bln_program_print (const BlnProgram *program,
                   guint             n_rows)
{
  GString *text = g_string_new (NULL);

  g_string_append_printf (text, "%u rows, %u ops, %" G_GUINT64_FORMAT " bytes of values\n",
                          n_rows, program->ops->len,
                          program->row_floats * n_rows * (guint64) sizeof (float));
  for (guint i = 0; i < program->ops->len; i++)
    {
      BlnOp *op = &g_array_index (program->ops, BlnOp, i);
      Printer printer = { program, text, n_rows, "" };

      if (op->layer >= 0)
        g_string_append_printf (text, "%4u  block %-3d %-13s ", i, op->layer,
                                bln_op_kind_name (op->kind));
      else
        g_string_append_printf (text, "%4u            %-13s ", i, bln_op_kind_name (op->kind));
      bln_op_foreach_write (op, print_value, &printer);
      printer.before = " = ";
      bln_op_foreach_read (op, print_value, &printer);
      print_shape (&printer, op);
      print_weights (&printer, op);
      g_string_append_c (text, '\n');
    }
  return g_string_free (text, FALSE);
}
