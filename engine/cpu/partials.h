/* Long sequences and few rows: the spans of positions are shared out too, each summed by
 * itself, then merged in order. The bits are those of going through them one after the other,
 * which is what happens where there is no room. */
#pragma once

#include "attend.h"
#include "run.h"

G_BEGIN_DECLS

typedef struct
{
  guint n_spans; /* of the longest row */
  guint n_head;
  gsize width;   /* values of a head */
  float *max, *sum, *out; /* [rows][n_spans][n_head], out with `width` for each */
} BlnPartials;

/* FALSE when one span is all there is, or when rows alone keep the threads busy. */
gboolean bln_partials_init (BlnPartials     *partials,
                            const BlnCpuRun *run,
                            guint            n_head,
                            gsize            width);
/* Where some heads of a row, from `head` on, sum a span. */
BlnAttendState bln_partials_state (const BlnPartials *partials,
                                   guint              row,
                                   guint              span,
                                   guint              head);
/* What attend->n_queries heads have summed over all positions below `end`, divided: into
 * the state of the first span that any of them sees. */
BlnAttendState bln_partials_merge (const BlnPartials *partials,
                                   const BlnAttend   *attend,
                                   guint              row,
                                   guint              head,
                                   guint              first_span,
                                   guint              end);
gsize bln_partials_needs (BlnCpuBackend *backend,
                          guint          n_head,
                          gsize          width);

G_END_DECLS
