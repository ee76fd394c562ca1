#include "attend.h"

#include <math.h>
#include <string.h>

static float
exp_of (const BlnKernels *kernels,
        float             x)
{
  kernels->exp_sum (&x, 1, 0);
  return x;
}

static void
scale_values (float *out,
              gsize  n,
              float  factor)
{
  for (gsize i = 0; i < n; i++)
    out[i] *= factor;
}

void
bln_attend_clear (const BlnAttend *attend,
                  BlnAttendState  *state)
{
  for (guint i = 0; i < attend->n_queries; i++)
    {
      state->max[i] = -INFINITY;
      state->sum[i] = 0;
      memset (state->out + i * state->out_stride, 0, attend->v_width * sizeof (float));
    }
}

/* Turns the scores of one query into weights relative to the running maximum. What it does
 * not see weighs nothing. */
static void
weigh (const BlnAttend *attend,
       guint            query,
       guint            first,
       guint            n,
       BlnAttendState  *state)
{
  const BlnKernels *kernels = attend->kernels;
  float *scores = attend->scores + (gsize) query * BLN_ATTEND_BLOCK;
  guint low = CLAMP (attend->first[query], first, first + n) - first;
  guint high = CLAMP (attend->end[query], first, first + n) - first;
  float max;

  if (low >= high)
    {
      memset (scores, 0, n * sizeof (float));
      return;
    }
  max = kernels->max (scores + low, high - low);
  if (state->sum[query] == 0)
    state->max[query] = max;
  else if (max > state->max[query])
    {
      float factor = exp_of (kernels, state->max[query] - max);

      state->max[query] = max;
      state->sum[query] *= factor;
      scale_values (state->out + query * state->out_stride, attend->v_width, factor);
    }
  state->sum[query] += kernels->exp_sum (scores + low, high - low, state->max[query]);
  memset (scores, 0, low * sizeof (float));
  memset (scores + high, 0, (n - high) * sizeof (float));
}

static const guint8 *
row_at (const BlnAttend *attend,
        const void      *rows,
        const void      *tail,
        gsize            stride,
        guint            position)
{
  gsize element = attend->decoded != NULL ? 1 : attend->type == BLN_ROWS_F32 ? 4 : 2;

  return position >= attend->tail_first
         ? (const guint8 *) tail + (position - attend->tail_first) * stride * element
         : (const guint8 *) rows + position * stride * element;
}

static void
decode (const BlnAttend *attend,
        const guint8    *rows,
        gsize            stride,
        gsize            to_scales,
        gsize            width,
        guint            n)
{
  for (guint p = 0; p < n; p++, rows += stride)
    attend->kernels->from_bytes ((const gint8 *) rows, (const guint16 *) (rows + to_scales), width,
                                 attend->decoded + p * width);
}

static void
add_decoded_scores (const BlnAttend *attend,
                    guint            block,
                    guint            first,
                    guint            end)
{
  for (guint p = first, n; p < end; p += n)
    {
      n = MIN (end - p, BLN_ATTEND_DECODED);
      decode (attend, row_at (attend, attend->k, attend->k_tail, attend->k_stride, p),
              attend->k_stride, attend->k_to_scales, attend->k_width, n);
      attend->kernels->scores[BLN_ROWS_F32] (attend->q, attend->q_stride, attend->n_queries,
                                             attend->decoded, attend->k_width, n, attend->k_width,
                                             attend->scale, attend->scores + (p - block),
                                             BLN_ATTEND_BLOCK);
    }
}

static void
add_decoded_values (const BlnAttend *attend,
                    guint            block,
                    guint            first,
                    guint            end,
                    BlnAttendState  *state)
{
  for (guint p = first, n; p < end; p += n)
    {
      n = MIN (end - p, BLN_ATTEND_DECODED);
      decode (attend, row_at (attend, attend->v, attend->v_tail, attend->v_stride, p),
              attend->v_stride, attend->v_to_scales, attend->v_width, n);
      attend->kernels->values[BLN_ROWS_F32] (attend->scores + (p - block), BLN_ATTEND_BLOCK,
                                             attend->n_queries, attend->decoded, attend->v_width,
                                             n, attend->v_width, state->out, state->out_stride);
    }
}

static void
add_scores (const BlnAttend *attend,
            guint            block,
            guint            first,
            guint            end)
{
  if (attend->decoded != NULL)
    add_decoded_scores (attend, block, first, end);
  else if (first < end)
    attend->kernels->scores[attend->type] (
      attend->q, attend->q_stride, attend->n_queries,
      row_at (attend, attend->k, attend->k_tail, attend->k_stride, first), attend->k_stride,
      end - first, attend->k_width, attend->scale, attend->scores + (first - block),
      BLN_ATTEND_BLOCK);
}

static void
add_values (const BlnAttend *attend,
            guint            block,
            guint            first,
            guint            end,
            BlnAttendState  *state)
{
  if (attend->decoded != NULL)
    add_decoded_values (attend, block, first, end, state);
  else if (first < end)
    attend->kernels->values[attend->type] (
      attend->scores + (first - block), BLN_ATTEND_BLOCK, attend->n_queries,
      row_at (attend, attend->v, attend->v_tail, attend->v_stride, first), attend->v_stride,
      end - first, attend->v_width, state->out, state->out_stride);
}

/* The same from transposed keys: no sum has to be gathered from the lanes of a vector. */
static void
add_scores_from_columns (const BlnAttend *attend,
                         guint            first,
                         guint            end)
{
  attend->kernels->gemm (attend->q, attend->q_stride, 1, attend->columns + first,
                         BLN_ATTEND_BLOCK, attend->n_queries, end - first, attend->n_columns,
                         FALSE, attend->scores, BLN_ATTEND_BLOCK);
  attend->kernels->gemm (attend->q + attend->n_columns, attend->q_stride, 1,
                         attend->more_columns + first, BLN_ATTEND_BLOCK, attend->n_queries,
                         end - first, attend->k_width - attend->n_columns, TRUE,
                         attend->scores, BLN_ATTEND_BLOCK);
}

void
bln_attend_block (const BlnAttend *attend,
                  guint            first,
                  guint            end,
                  BlnAttendState  *state)
{
  guint cut = CLAMP (attend->tail_first, first, end);

  if (attend->columns != NULL)
    add_scores_from_columns (attend, first, end);
  else
    {
      add_scores (attend, first, first, cut);
      add_scores (attend, first, cut, end);
    }
  for (guint i = 0; i < attend->n_queries; i++)
    weigh (attend, i, first, end - first, state);
  add_values (attend, first, first, cut, state);
  add_values (attend, first, cut, end, state);
}

void
bln_attend_span (const BlnAttend *attend,
                 guint            span,
                 guint            end,
                 BlnAttendState  *state)
{
  guint last = MIN (end, (span + 1) * BLN_ATTEND_SPAN);
  guint lowest = G_MAXUINT;

  for (guint i = 0; i < attend->n_queries; i++)
    lowest = MIN (lowest, attend->first[i]);
  bln_attend_clear (attend, state);
  for (guint p = span * BLN_ATTEND_SPAN; p < last; p += BLN_ATTEND_BLOCK)
    if (p + BLN_ATTEND_BLOCK > lowest)
      bln_attend_block (attend, p, MIN (last, p + BLN_ATTEND_BLOCK), state);
}

void
bln_attend_merge (const BlnAttend      *attend,
                  BlnAttendState       *total,
                  const BlnAttendState *part)
{
  for (guint i = 0; i < attend->n_queries; i++)
    {
      float *out = total->out + i * total->out_stride;
      const float *more = part->out + i * part->out_stride;
      float max, factor, more_factor;

      if (part->sum[i] == 0)
        continue;
      if (total->sum[i] == 0)
        {
          total->max[i] = part->max[i];
          total->sum[i] = part->sum[i];
          memcpy (out, more, attend->v_width * sizeof (float));
          continue;
        }
      max = MAX (total->max[i], part->max[i]);
      factor = exp_of (attend->kernels, total->max[i] - max);
      more_factor = exp_of (attend->kernels, part->max[i] - max);
      total->max[i] = max;
      total->sum[i] = total->sum[i] * factor + part->sum[i] * more_factor;
      for (gsize j = 0; j < attend->v_width; j++)
        out[j] = out[j] * factor + more[j] * more_factor;
    }
}

void
bln_attend_divide (const BlnAttend *attend,
                   BlnAttendState  *state)
{
  for (guint i = 0; i < attend->n_queries; i++)
    scale_values (state->out + i * state->out_stride, attend->v_width, 1 / state->sum[i]);
}

void
bln_attend_all (const BlnAttend *attend,
                guint            first_span,
                guint            end,
                BlnAttendState  *total,
                BlnAttendState  *part)
{
  bln_attend_clear (attend, total);
  for (guint span = first_span; span < bln_attend_n_spans (end); span++)
    {
      bln_attend_span (attend, span, end, part);
      bln_attend_merge (attend, total, part);
    }
  bln_attend_divide (attend, total);
}
