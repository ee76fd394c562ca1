#include "pace.h"

#include <string.h>

/* A unit is a multiplication with its addition. Integrated graphics of ten years ago do a
 * tenth of a trillion of them a second, in our shaders; the first submission tells. */
#define SLOWEST_NS_PER_UNIT (1e9 / 1e11)
/* How much faster than expected a submission may show the device to be. */
#define MOST_FASTER 8.0
#define FEWEST_ROWS 16u

void
bln_vk_pace_init (BlnVkPace *pace)
{
  *pace = (BlnVkPace){ 0 };
  for (guint i = 0; i < G_N_ELEMENTS (pace->ns_per_unit); i++)
    pace->ns_per_unit[i] = SLOWEST_NS_PER_UNIT;
}

static double
size_of (const BlnWeight *weight)
{
  return weight != NULL ? (double) weight->n_in * weight->n_out : 0;
}

static double
expert_units (const BlnOp *op)
{
  const double chosen = op->kind == BLN_OP_EXPERTS_DOWN
                        ? size_of (op->down_exps)
                        : op->gate_up_exps != NULL ? size_of (op->gate_up_exps)
                                                   : size_of (op->gate_exps) + size_of (op->up_exps);

  return op->kind == BLN_OP_EXPERTS_DOWN
         ? op->routing.n_used * chosen + size_of (op->down_shexp)
         : op->routing.n_used * chosen + size_of (op->gate_shexp) + size_of (op->up_shexp);
}

/* For one row that sees so many positions. */
static double
row_units (const BlnOp *op,
           double       n_positions)
{
  double units = 0;

  switch (op->kind)
    {
    case BLN_OP_MATMUL:
    case BLN_OP_HEAD:
      for (guint i = 0; i < op->n_parts; i++)
        units += size_of (op->parts[i].weight) + size_of (op->parts[i].up);
      return units;
    case BLN_OP_EXPERTS_UP:
    case BLN_OP_EXPERTS_DOWN:
      return expert_units (op);
    case BLN_OP_ATTENTION:
      return n_positions * op->attention.n_head
             * (double) (op->attention.n_key + op->attention.n_value);
    case BLN_OP_MLA:
      /* Its products into and out of the latent count as much as 512 positions. */
      return (n_positions + 512) * op->mla.n_head
             * (double) (op->mla.n_nope + op->mla.n_rope + op->mla.n_value);
    default:
      return 2.0 * op->in.width;
    }
}

/* All rows of a batch; the rows of the head are few. */
static double
batch_units (const BlnOp    *op,
             const BlnBatch *batch)
{
  double units = 0;

  if (op->kind == BLN_OP_HEAD)
    return batch->n_out * row_units (op, 0);
  for (guint i = 0; i < batch->n_spans; i++)
    units += batch->spans[i].n_rows
             * row_units (op, batch->spans[i].first_position + batch->spans[i].n_rows / 2.0);
  return units;
}

double
bln_vk_pace_expect (const BlnVkPace *pace,
                    const BlnOp     *op,
                    const BlnBatch  *batch)
{
  return batch_units (op, batch) * pace->ns_per_unit[op->kind];
}

static double
sum_of (const double *ns)
{
  double sum = 0;

  for (guint i = 0; i <= BLN_OP_HEAD; i++)
    sum += ns[i];
  return sum;
}

gboolean
bln_vk_pace_is_full (BlnVkPace      *pace,
                     const BlnOp    *op,
                     const BlnBatch *batch)
{
  const double ns = sum_of (pace->pending);
  const double under_way = sum_of (pace->under_way);
  const double aim = under_way > 0 ? MIN (BLN_VK_AIM_NS, BLN_VK_GROWTH * under_way) : BLN_VK_FIRST_NS;

  return ns >= aim || (ns > 0 && ns + bln_vk_pace_expect (pace, op, batch) > BLN_VK_AIM_NS);
}

void
bln_vk_pace_add (BlnVkPace      *pace,
                 const BlnOp    *op,
                 const BlnBatch *batch)
{
  const BlnSpan *last = batch->n_spans > 0 ? &batch->spans[batch->n_spans - 1] : NULL;

  pace->pending[op->kind] += bln_vk_pace_expect (pace, op, batch);
  if (last != NULL)
    pace->position = last->first_position + last->n_rows;
}

void
bln_vk_pace_note (BlnVkPace *pace,
                  double     ns)
{
  pace->n++;
  pace->longest_ns = MAX (pace->longest_ns, ns);
  pace->bins[(guint) CLAMP (ns / 1e6, 0, BLN_VK_PACE_BINS - 1)]++;
}

void
bln_vk_pace_submit (BlnVkPace *pace)
{
  memcpy (pace->under_way, pace->pending, sizeof pace->under_way);
  memset (pace->pending, 0, sizeof pace->pending);
}

/* Each kind is blamed for as much of the error as it had of the expectation. Slower is believed at
 * once, faster by half. */
void
bln_vk_pace_learn (BlnVkPace *pace,
                   double     ns)
{
  const double expected = sum_of (pace->under_way);

  bln_vk_pace_note (pace, ns);
  for (guint i = 0; expected > 0 && i < G_N_ELEMENTS (pace->under_way); i++)
    {
      const double ratio = MAX (ns / expected, 1 / MOST_FASTER);
      const double share = pace->under_way[i] / expected;
      const double weight = ratio > 1 ? share : share / 2;

      pace->ns_per_unit[i] *= 1 + weight * (ratio - 1);
      pace->under_way[i] = 0;
    }
}

guint
bln_vk_pace_rows (const BlnVkPace  *pace,
                  const BlnProgram *program,
                  guint             n_most)
{
  double longest = 0;

  for (guint i = 0; i < program->ops->len; i++)
    {
      const BlnOp *op = &g_array_index (program->ops, BlnOp, i);

      if (op->kind != BLN_OP_HEAD)
        longest = MAX (longest, row_units (op, pace->position + n_most)
                                  * pace->ns_per_unit[op->kind]);
    }
  if (longest * n_most <= BLN_VK_MOST_NS)
    return n_most;
  return MIN (n_most, MAX (FEWEST_ROWS, (guint) (BLN_VK_MOST_NS / longest)
                                          / FEWEST_ROWS * FEWEST_ROWS));
}

double
bln_vk_pace_percentile (const BlnVkPace *pace,
                        double           percent)
{
  guint64 n = 0;

  for (guint i = 0; i < BLN_VK_PACE_BINS; i++)
    {
      n += pace->bins[i];
      if (n > 0 && n >= pace->n * percent / 100)
        return i + 1 < BLN_VK_PACE_BINS ? MIN ((i + 1) * 1e6, pace->longest_ns) : pace->longest_ns;
    }
  return 0;
}
