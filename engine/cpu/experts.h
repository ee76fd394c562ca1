/* Rows sorted by the experts they go to, for both halves of an expert layer. */
#pragma once

#include "run.h"

G_BEGIN_DECLS

/* One row's visit to one expert: `slot` is the expert's place in the row's choice. */
typedef struct
{
  guint16 row, slot;
} BlnVisit;

/* An expert that is visited, or the shared ones that every row visits. */
typedef struct
{
  guint expert;
  gboolean is_shared;
  guint n_visits, first_visit; /* in BlnVisits.visits */
  guint first_unit;            /* for those who cut entries into units of work */
  guint first_tile;            /* tiles of 8 visits, counted over all entries */
} BlnEntry;

typedef struct
{
  BlnVisit *visits;   /* by expert, then by row */
  BlnEntry *entries;  /* experts ascending, the shared ones last */
  guint n_entries, n_tiles;
} BlnVisits;

/* Numbers (as floats) and weights of a row's choice: what bln_route() wrote. */
float *bln_cpu_choice (const BlnCpuRun *run,
                       BlnCpuThread    *thread,
                       const BlnOp     *op,
                       BlnValue         route,
                       guint            row);

/* Sorts all rows of the batch; memory comes from the thread's scratch. */
void bln_visits_sort (BlnVisits       *visits,
                      const BlnCpuRun *run,
                      const BlnOp     *op,
                      BlnValue         route,
                      gboolean         has_shared,
                      BlnCpuThread    *thread);
gsize bln_visits_needs (const BlnRouting *routing,
                        guint             n_rows);

G_END_DECLS
