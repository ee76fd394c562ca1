/* What one forward pass is about: rows of tokens, cut into spans of sequences. */
#pragma once

#include "choice.h"
#include "kv-cache.h"

G_BEGIN_DECLS

/* Rows that belong to one sequence and follow one another in it. */
typedef struct
{
  BlnKvCache *cache;
  guint first_row, n_rows;
  guint first_position;
} BlnSpan;

/* Rows that want logits are at most this many in one pass: the head is the widest matrix. */
#define BLN_MAX_OUT 16

typedef struct
{
  guint n_rows;
  const gint32 *tokens;  /* [n_rows] */
  const float *input;    /* [n_rows][n_embd] for programs with an input op */
  const BlnSpan *spans;
  guint n_spans;

  guint n_out;
  guint out_rows[BLN_MAX_OUT];
  float *out_logits[BLN_MAX_OUT]; /* [n_vocab] each */
  BlnChoice *choices[BLN_MAX_OUT]; /* (nullable each) this of a row instead of its logits, by
                                      backends that have get_logits */
  gboolean head_only;    /* the pass has run; now the last op for these n_out rows */
  guint32 head_rows;     /* only so many tokens, from the first, get a logit; 0: all */
} BlnBatch;

/* A bit for each row that wants logits and gets a choice of them. */
static inline guint32
bln_batch_choices (const BlnBatch *batch)
{
  guint32 rows = 0;

  for (guint i = 0; i < batch->n_out; i++)
    rows |= (guint32) (batch->choices[i] != NULL) << i;
  return rows;
}

G_END_DECLS
