/* Softmax attention of some queries over rows of a cache, in one pass (arXiv 1805.02867).
 *
 * The order of every sum is fixed by positions alone: blocks of 256 from position 0, each
 * merged into the running maximum, sum and values of its span of 1024; spans merged in their
 * order. So a result does not depend on threads, on rows beside it, nor on how a prompt was
 * cut into passes. */
#pragma once

#include "kernels.h"

G_BEGIN_DECLS

#define BLN_ATTEND_BLOCK 256u
#define BLN_ATTEND_SPAN 1024u
/* Positions of Q8_0 that are decoded together: they stay in the second-level cache. */
#define BLN_ATTEND_DECODED 32u

typedef struct
{
  const BlnKernels *kernels;
  BlnRowsType type;
  guint n_queries;
  const float *q;            /* [n_queries], q_stride apart */
  gsize q_stride;
  const guint *first, *end;  /* [n_queries] positions that each sees: first <= p < end */
  float scale;
  gsize k_width, v_width;
  gsize k_stride, v_stride;  /* elements from one position to the next */

  /* Rows of Q8_0: `type` is F32, strides are bytes, and positions are decoded a few at a time into
   * scratch of bln_attend_decoded_floats(), from bytes and the halves so far behind. */
  float *decoded;            /* (nullable) */
  gsize k_to_scales, v_to_scales;

  const void *k, *v;         /* position 0 */
  guint tail_first;          /* positions from here on lie in the tail; G_MAXUINT: none */
  const void *k_tail, *v_tail;
  float *scores;             /* scratch [n_queries][BLN_ATTEND_BLOCK] */

  /* Instead of k, where not NULL: the keys of the one block there is, transposed. The first
   * n_columns elements of a key in `columns`, the others in `more_columns`, both
   * [element][BLN_ATTEND_BLOCK]; `scale` is in the queries already. */
  const float *columns, *more_columns;
  gsize n_columns;
} BlnAttend;

/* What is summed so far: values are still to be divided by `sum`. */
typedef struct
{
  float *max, *sum;          /* [n_queries] */
  float *out;                /* [n_queries], out_stride apart */
  gsize out_stride;
} BlnAttendState;

/* Floats of `decoded`. */
static inline gsize
bln_attend_decoded_floats (gsize k_width, gsize v_width)
{
  return BLN_ATTEND_DECODED * MAX (k_width, v_width);
}

void bln_attend_clear (const BlnAttend *attend,
                       BlnAttendState  *state);
/* Adds positions first <= p < end, which lie within one block. */
void bln_attend_block (const BlnAttend *attend,
                       guint            first,
                       guint            end,
                       BlnAttendState  *state);
/* One span from nothing: its positions below `end`. */
void bln_attend_span (const BlnAttend *attend,
                      guint            span,
                      guint            end,
                      BlnAttendState  *state);
/* Adds what `part` has summed to `total`. */
void bln_attend_merge (const BlnAttend      *attend,
                       BlnAttendState       *total,
                       const BlnAttendState *part);
/* All spans from first_span on, through `part`; then divided by the sum. */
void bln_attend_all (const BlnAttend *attend,
                     guint            first_span,
                     guint            end,
                     BlnAttendState  *total,
                     BlnAttendState  *part);
void bln_attend_divide (const BlnAttend *attend,
                        BlnAttendState  *state);

static inline guint
bln_attend_n_spans (guint end)
{
  return (end + BLN_ATTEND_SPAN - 1) / BLN_ATTEND_SPAN;
}

G_END_DECLS
