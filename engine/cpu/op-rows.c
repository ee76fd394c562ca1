/* Ops that treat each row by itself: embedding, input, norm, concatenation, addition, gating. */
#include "run.h"

#include <string.h>

static void
embed_row (BlnCpuRun   *run,
           const BlnOp *op,
           guint        row)
{
  float *out = bln_cpu_value (run, op->out, row);

  bln_cpu_weight_get_row (bln_cpu_matrix (run, op->parts[0].weight), 0,
                          (guint64) run->batch->tokens[row], out);
  if (op->scale != 1)
    for (guint i = 0; i < op->out.width; i++)
      out[i] *= op->scale;
}

static void
norm_row (BlnCpuRun    *run,
          const BlnOp  *op,
          guint         row,
          BlnCpuThread *thread)
{
  float *out = bln_cpu_value (run, op->out, row);
  const float *norm = bln_cpu_vector (run, op->norm);
  const float *in = bln_cpu_value (run, op->in, row);

  if (!bln_value_exists (op->residual))
    run->kernels->rms_norm (in, norm, op->in.width, op->eps, out);
  else
    {
      run->kernels->rms_norm (in, norm, op->in.width, op->eps, (float *) thread->scratch);
      memcpy (out, bln_cpu_value (run, op->residual, row), op->out.width * sizeof (float));
      run->kernels->add ((float *) thread->scratch, op->out.width, out);
    }
}

static void
one_row (BlnCpuRun    *run,
         const BlnOp  *op,
         guint         row,
         BlnCpuThread *thread)
{
  float *out = bln_cpu_value (run, op->out, row);

  switch (op->kind)
    {
    case BLN_OP_EMBED:
      embed_row (run, op, row);
      break;
    case BLN_OP_INPUT:
      memcpy (out, run->batch->input + (gsize) row * op->out.width,
              op->out.width * sizeof (float));
      break;
    case BLN_OP_NORM:
      norm_row (run, op, row, thread);
      break;
    case BLN_OP_CONCAT:
      run->kernels->rms_norm (bln_cpu_value (run, op->in, row),
                              bln_cpu_vector (run, op->norm), op->in.width, op->eps, out);
      run->kernels->rms_norm (bln_cpu_value (run, op->in2, row),
                              bln_cpu_vector (run, op->norm2), op->in2.width, op->eps,
                              out + op->in.width);
      break;
    case BLN_OP_ADD:
      memcpy (out, bln_cpu_value (run, op->in, row), op->out.width * sizeof (float));
      run->kernels->add (bln_cpu_value (run, op->in2, row), op->out.width, out);
      break;
    case BLN_OP_GLU:
      (op->glu == BLN_GLU_SILU ? run->kernels->silu_mul : run->kernels->gelu_mul) (
        bln_cpu_value (run, op->in, row), bln_cpu_value (run, op->in2, row), op->out.width, out);
      break;
    default:
      g_assert_not_reached ();
    }
}

void
bln_cpu_run_rows (BlnCpuRun    *run,
                  const BlnOp  *op,
                  BlnCpuThread *thread)
{
  guint n_rows = run->batch->n_rows;
  atomic_uint *counter = bln_cpu_counter (run, op, 0);
  guint row;

  while ((row = bln_cpu_next (counter, n_rows)) < n_rows)
    one_row (run, op, row, thread);
}

void
bln_cpu_rows_needs (BlnCpuBackend *backend,
                    const BlnOp   *op,
                    guint          n_rows,
                    BlnCpuNeeds   *needs)
{
  needs->thread = op->out.width * sizeof (float);
  needs->shared = 0;
}
