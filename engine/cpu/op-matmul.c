/* Products of the rows with one or several matrices, with what follows in the same pass:
 * bias, residual, gated activation. A unit of work is a run of 16-row groups of one matrix,
 * multiplied with all rows while it lies in the cache. */
#include "run.h"

#include <math.h>

/* Groups that one unit has at most: their weights should stay in the second-level cache. */
#define BLN_MAX_GROUPS 8

/* Units for each thread at least, so that a slow thread holds nobody up for long. */
#define BLN_UNITS_PER_THREAD 8

typedef struct
{
  BlnCpuRun *run;
  const BlnOp *op;
  BlnInput input;
  guint n_groups[BLN_MAX_PARTS];
  guint total;
  gboolean is_glu;
} Product;

static guint
formats_of (BlnCpuBackend *backend,
            const BlnOp   *op)
{
  guint formats = 0;

  for (guint i = 0; i < op->n_parts; i++)
    {
      formats |= bln_format_of (backend->matrices[op->parts[i].weight->index]);
      if (op->parts[i].up != NULL)
        formats |= bln_format_of (backend->matrices[op->parts[i].up->index]);
    }
  return formats;
}

static void
add_bias (float       *block,
          guint        n_columns,
          const float *bias,
          guint        n_valid)
{
  for (guint c = 0; c < n_columns; c++)
    for (guint r = 0; r < n_valid; r++)
      block[c * BLN_GROUP_ROWS + r] += bias[r];
}

/* One group times one tile, with its bias: block[column][16]. */
static void
dot (const Product      *product,
     const BlnCpuWeight *weight,
     const float        *bias,
     const guint8       *rows,
     guint               group,
     guint               tile,
     float              *block)
{
  const BlnTiles *tiles = &product->input.tiles[weight->activation];
  guint n = bln_tiles_columns (tiles, tile);

  bln_cpu_weight_dot (weight, rows, group, bln_tiles_get (tiles, tile), bln_tile_width (n),
                      block);
  if (bias != NULL)
    add_bias (block, n, bias + group * BLN_GROUP_ROWS,
              MIN (BLN_GROUP_ROWS, weight->n_out - group * BLN_GROUP_ROWS));
}

static void
store_block (const Product *product,
             const BlnPart *part,
             guint          group,
             guint          tile,
             const float   *block)
{
  const BlnCpuRun *run = product->run;
  guint first = group * BLN_GROUP_ROWS;
  guint n_valid = MIN (BLN_GROUP_ROWS, part->out.width - first);
  guint n_columns = MIN (product->input.n_rows - tile * BLN_MAX_TILE, BLN_MAX_TILE);
  gboolean has_residual = bln_value_exists (product->op->residual);
  const float *residual[BLN_MAX_TILE];
  float *out[BLN_MAX_TILE];

  for (guint c = 0; c < n_columns; c++)
    {
      guint row = tile * BLN_MAX_TILE + c;

      out[c] = bln_cpu_value (run, part->out, row) + first;
      if (has_residual)
        residual[c] = bln_cpu_value (run, product->op->residual, row) + first;
    }
  run->kernels->finish (block, n_columns, n_valid, has_residual ? residual : NULL, NULL, out);
}

static void
run_groups (Product      *product,
            const BlnPart *part,
            guint         first,
            guint         n,
            BlnCpuThread *thread)
{
  BlnCpuRun *run = product->run;
  BlnCpuWeight *weight = bln_cpu_matrix (run, part->weight);
  BlnCpuWeight *up = part->up != NULL ? bln_cpu_matrix (run, part->up) : NULL;
  const guint8 *rows[BLN_MAX_GROUPS], *up_rows[BLN_MAX_GROUPS];
  guint n_tiles = (product->input.n_rows + BLN_MAX_TILE - 1) / BLN_MAX_TILE;
  float block[BLN_MAX_TILE * BLN_GROUP_ROWS], up_block[BLN_MAX_TILE * BLN_GROUP_ROWS];
  gsize used = thread->used;

  for (guint g = 0; g < n; g++)
    {
      rows[g] = bln_cpu_weight_get_group (
        weight, 0, first + g, bln_cpu_take (thread, bln_cpu_weight_scratch_bytes (weight)));
      if (up != NULL)
        up_rows[g] = bln_cpu_weight_get_group (
          up, 0, first + g, bln_cpu_take (thread, bln_cpu_weight_scratch_bytes (up)));
    }
  for (guint t = 0; t < n_tiles; t++)
    for (guint g = 0; g < n; g++)
      {
        dot (product, weight, bln_cpu_vector (run, part->bias), rows[g], first + g, t, block);
        if (up != NULL)
          {
            gsize size = bln_tile_width (MIN (product->input.n_rows - t * BLN_MAX_TILE,
                                              BLN_MAX_TILE)) * BLN_GROUP_ROWS;

            dot (product, up, bln_cpu_vector (run, part->up_bias), up_rows[g], first + g, t,
                 up_block);
            if (product->op->glu == BLN_GLU_SILU)
              run->kernels->silu_mul (block, up_block, size, block);
            else
              run->kernels->gelu_mul (block, up_block, size, block);
          }
        store_block (product, part, first + g, t, block);
      }
  thread->used = used;
}

static guint
groups_per_unit (const BlnCpuRun *run,
                 guint            total)
{
  return CLAMP (total / (run->n_threads * BLN_UNITS_PER_THREAD), 1, BLN_MAX_GROUPS);
}

static void
run_product (BlnCpuRun    *run,
             const BlnOp  *op,
             BlnCpuThread *thread)
{
  Product product = { run, op };
  guint chunk, unit, n_units = 0, before[BLN_MAX_PARTS];

  for (guint i = 0; i < op->n_parts; i++)
    product.total += (op->parts[i].weight->n_out + BLN_GROUP_ROWS - 1) / BLN_GROUP_ROWS;
  chunk = groups_per_unit (run, product.total);
  for (guint i = 0; i < op->n_parts; i++)
    {
      product.n_groups[i] = (op->parts[i].weight->n_out + BLN_GROUP_ROWS - 1) / BLN_GROUP_ROWS;
      before[i] = n_units;
      n_units += (product.n_groups[i] + chunk - 1) / chunk;
    }
  bln_input_init (&product.input, run, op, formats_of (run->backend, op), 0,
                  run->batch->n_rows, NULL, thread);
  bln_input_fill_all (&product.input, run, op, bln_cpu_counter (run, op, 0), thread);

  while ((unit = bln_cpu_next (bln_cpu_counter (run, op, 1), n_units)) < n_units)
    {
      guint part = op->n_parts - 1, first;

      while (before[part] > unit)
        part--;
      first = (unit - before[part]) * chunk;
      run_groups (&product, &op->parts[part], first,
                  MIN (chunk, product.n_groups[part] - first), thread);
    }
}

static void
store_logits (const Product *product,
              guint          group,
              guint          tile,
              float         *block,
              guint          n_valid)
{
  const BlnBatch *batch = product->run->batch;
  const BlnOp *op = product->op;
  guint n_columns = MIN (product->input.n_rows - tile * BLN_MAX_TILE, BLN_MAX_TILE);

  for (guint c = 0; c < n_columns; c++)
    {
      float *out = batch->out_logits[tile * BLN_MAX_TILE + c] + group * BLN_GROUP_ROWS;

      for (guint r = 0; r < n_valid; r++)
        {
          float logit = block[c * BLN_GROUP_ROWS + r] * op->scale;

          out[r] = op->softcap != 0 ? op->softcap * tanhf (logit / op->softcap) : logit;
        }
    }
}

/* The head: only the rows that want logits, and only the first tokens where the batch says
 * so. */
static void
run_head (BlnCpuRun    *run,
          const BlnOp  *op,
          BlnCpuThread *thread)
{
  const BlnBatch *batch = run->batch;
  Product product = { run, op };
  BlnCpuWeight *weight = bln_cpu_matrix (run, op->parts[0].weight);
  guint n_out = batch->head_rows != 0 ? MIN (batch->head_rows, weight->n_out) : weight->n_out;
  guint n_groups = (n_out + BLN_GROUP_ROWS - 1) / BLN_GROUP_ROWS;
  guint n_tiles = (batch->n_out + BLN_MAX_TILE - 1) / BLN_MAX_TILE;
  guint chunk = groups_per_unit (run, n_groups);
  guint n_units = (n_groups + chunk - 1) / chunk;
  guint8 *scratch;
  guint unit;

  if (batch->n_out == 0)
    return;
  bln_input_init (&product.input, run, op, bln_format_of (weight), 0, batch->n_out,
                  batch->out_rows, thread);
  bln_input_fill_all (&product.input, run, op, bln_cpu_counter (run, op, 0), thread);
  scratch = bln_cpu_take (thread, bln_cpu_weight_scratch_bytes (weight));
  while ((unit = bln_cpu_next (bln_cpu_counter (run, op, 1), n_units)) < n_units)
    for (guint g = unit * chunk; g < MIN (n_groups, (unit + 1) * chunk); g++)
      {
        const guint8 *rows = bln_cpu_weight_get_group (weight, 0, g, scratch);
        float block[BLN_MAX_TILE * BLN_GROUP_ROWS];

        for (guint t = 0; t < n_tiles; t++)
          {
            dot (&product, weight, bln_cpu_vector (run, op->parts[0].bias), rows, g, t, block);
            store_logits (&product, g, t, block,
                          MIN (BLN_GROUP_ROWS, n_out - g * BLN_GROUP_ROWS));
          }
      }
}

void
bln_cpu_run_matmul (BlnCpuRun    *run,
                    const BlnOp  *op,
                    BlnCpuThread *thread)
{
  if (op->kind == BLN_OP_HEAD)
    run_head (run, op, thread);
  else
    run_product (run, op, thread);
}

void
bln_cpu_matmul_needs (BlnCpuBackend *backend,
                      const BlnOp   *op,
                      guint          n_rows,
                      BlnCpuNeeds   *needs)
{
  gsize scratch = 0;

  bln_input_needs (op, formats_of (backend, op), 0,
                   op->kind == BLN_OP_HEAD ? BLN_MAX_OUT : n_rows, needs);
  for (guint i = 0; i < op->n_parts; i++)
    {
      const BlnPart *part = &op->parts[i];
      gsize bytes = bln_cpu_round (
        bln_cpu_weight_scratch_bytes (backend->matrices[part->weight->index]));

      if (part->up != NULL)
        bytes += bln_cpu_round (
          bln_cpu_weight_scratch_bytes (backend->matrices[part->up->index]));
      scratch = MAX (scratch, bytes * BLN_MAX_GROUPS);
    }
  needs->thread += scratch;
}
