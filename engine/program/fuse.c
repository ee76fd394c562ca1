/* Makes compound ops of neighbours, so that a backend meets about six a block:
 *   - a norm goes into the ops that read it (each thread norms its own copy of a row, which
 *     is cheaper than a barrier);
 *   - glu takes in the two products that it multiplies, where an adapter adds to neither;
 *   - an addition becomes the residual of the op that makes one of its terms;
 *   - products of one input become the parts of one matmul.
 * Each is one sweep over the list. */
#include "program.h"

#include <string.h>

/* How far back a matmul looks for one that reads the same input. */
#define BLN_LOOK_BACK 3

typedef struct
{
  BlnProgram *program;
  guint *n_readers; /* [values] */
  guint *writer;    /* [values] op that makes it */
  guint8 *is_dead;  /* [ops] */
  guint8 *keeps;    /* [values] some reader cannot norm for itself */
  guint index;
} Fuser;

static BlnOp *
op_at (Fuser *fuser,
       guint  index)
{
  return &g_array_index (fuser->program->ops, BlnOp, index);
}

static gboolean
can_norm_input (const BlnOp *op)
{
  return op->norm == NULL && (op->kind == BLN_OP_MATMUL || op->kind == BLN_OP_EXPERTS_UP ||
                              op->kind == BLN_OP_HEAD);
}

static void
count_read (BlnValue *value,
            gpointer  user_data)
{
  Fuser *fuser = user_data;

  fuser->n_readers[value->id]++;
  if (!can_norm_input (op_at (fuser, fuser->index)))
    fuser->keeps[value->id] = TRUE;
}

static void
note_writer (BlnValue *value,
             gpointer  user_data)
{
  Fuser *fuser = user_data;

  fuser->writer[value->id] = fuser->index;
}

static gboolean
same_value (BlnValue a,
            BlnValue b)
{
  return a.id == b.id && a.offset == b.offset && a.width == b.width;
}

static void
fold_norms (Fuser *fuser)
{
  for (fuser->index = 0; fuser->index < fuser->program->ops->len; fuser->index++)
    {
      BlnOp *op = op_at (fuser, fuser->index);
      BlnOp *norm;

      if (op->kind == BLN_OP_NORM && !fuser->keeps[op->out.id] &&
          op->out.id != fuser->program->hidden.id)
        fuser->is_dead[fuser->index] = TRUE;
      if (!can_norm_input (op) || !fuser->is_dead[fuser->writer[op->in.id]])
        continue;
      norm = op_at (fuser, fuser->writer[op->in.id]);
      op->in = norm->in;
      op->norm = norm->norm;
    }
}

static gboolean
is_plain_product (const BlnOp *op)
{
  return op->kind == BLN_OP_MATMUL && op->n_parts == 1 && op->glu == BLN_GLU_NONE &&
         !bln_value_exists (op->residual);
}

static void
fold_glus (Fuser *fuser)
{
  for (guint i = 0; i < fuser->program->ops->len; i++)
    {
      BlnOp *op = op_at (fuser, i);
      BlnOp *gate, *up;

      if (op->kind != BLN_OP_GLU)
        continue;
      gate = op_at (fuser, fuser->writer[op->in.id]);
      up = op_at (fuser, fuser->writer[op->in2.id]);
      if (!is_plain_product (gate) || !is_plain_product (up))
        continue;
      g_assert (same_value (gate->in, up->in) && gate->norm == up->norm);
      gate->glu = op->glu;
      gate->parts[0].up = up->parts[0].weight;
      gate->parts[0].up_bias = up->parts[0].bias;
      gate->parts[0].out = op->out;
      fuser->is_dead[fuser->writer[op->in2.id]] = TRUE;
      fuser->is_dead[i] = TRUE;
      fuser->writer[op->out.id] = fuser->writer[op->in.id];
    }
}

/* Makes `term` the op whose result is added to `other`, if it can take a residual. */
static gboolean
fold_addition (Fuser   *fuser,
               BlnOp   *add,
               BlnValue term,
               BlnValue other)
{
  guint writer = fuser->writer[term.id];
  BlnOp *op = op_at (fuser, writer);
  gboolean can_add = is_plain_product (op) || op->kind == BLN_OP_EXPERTS_DOWN ||
                     op->kind == BLN_OP_NORM;

  if (!can_add || fuser->is_dead[writer] || bln_value_exists (op->residual) ||
      fuser->n_readers[term.id] != 1 || fuser->writer[other.id] >= writer)
    return FALSE;
  op->residual = other;
  if (op->kind == BLN_OP_MATMUL)
    op->parts[0].out = add->out;
  else
    op->out = add->out;
  fuser->writer[add->out.id] = writer;
  return TRUE;
}

static void
fold_additions (Fuser *fuser)
{
  for (guint i = 0; i < fuser->program->ops->len; i++)
    {
      BlnOp *op = op_at (fuser, i);

      if (op->kind == BLN_OP_ADD &&
          (fold_addition (fuser, op, op->in2, op->in) ||
           fold_addition (fuser, op, op->in, op->in2)))
        fuser->is_dead[i] = TRUE;
    }
}

static void
join_products (Fuser *fuser)
{
  for (guint i = 1; i < fuser->program->ops->len; i++)
    {
      BlnOp *op = op_at (fuser, i);
      guint seen = 0;

      if (fuser->is_dead[i] || !is_plain_product (op))
        continue;
      for (guint j = i; j-- > 0 && seen < BLN_LOOK_BACK;)
        {
          BlnOp *earlier = op_at (fuser, j);

          if (fuser->is_dead[j])
            continue;
          seen++;
          if (earlier->kind != BLN_OP_MATMUL || earlier->glu != BLN_GLU_NONE ||
              bln_value_exists (earlier->residual) || earlier->n_parts == BLN_MAX_PARTS ||
              !same_value (earlier->in, op->in) || earlier->norm != op->norm)
            continue;
          earlier->parts[earlier->n_parts++] = op->parts[0];
          fuser->is_dead[i] = TRUE;
          break;
        }
    }
}

static void
drop_dead (Fuser *fuser)
{
  GArray *ops = fuser->program->ops;
  guint n = 0;

  for (guint i = 0; i < ops->len; i++)
    if (!fuser->is_dead[i])
      {
        if (n != i)
          memcpy (op_at (fuser, n), op_at (fuser, i), sizeof (BlnOp));
        n++;
      }
  g_array_set_size (ops, n);
}

void
bln_program_fuse (BlnProgram *program)
{
  guint n_values = MAX (program->values->len, 1);
  g_autofree guint *n_readers = g_new0 (guint, n_values);
  g_autofree guint *writer = g_new0 (guint, n_values);
  g_autofree guint8 *keeps = g_new0 (guint8, n_values);
  g_autofree guint8 *is_dead = g_new0 (guint8, MAX (program->ops->len, 1));
  Fuser fuser = { program, n_readers, writer, is_dead, keeps, 0 };

  for (fuser.index = 0; fuser.index < program->ops->len; fuser.index++)
    {
      BlnOp *op = op_at (&fuser, fuser.index);

      bln_op_foreach_read (op, count_read, &fuser);
      bln_op_foreach_write (op, note_writer, &fuser);
    }
  fold_norms (&fuser);
  fold_glus (&fuser);
  fold_additions (&fuser);
  join_products (&fuser);
  drop_dead (&fuser);
}
