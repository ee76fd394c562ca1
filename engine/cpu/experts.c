#include "experts.h"

#include <string.h>

float *
bln_cpu_choice (const BlnCpuRun *run,
                BlnCpuThread    *thread,
                const BlnOp     *op,
                BlnValue         route,
                guint            row)
{
  if (run->batch->n_rows <= BLN_PRIVATE_ROWS)
    return thread->choice + (gsize) row * 2 * op->routing.n_used;
  return bln_cpu_value (run, route, row);
}

/* How many rows visit each expert, then where each expert's visits begin. */
static void
count_visits (BlnVisits       *visits,
              const BlnCpuRun *run,
              const BlnOp     *op,
              BlnValue         route,
              BlnCpuThread    *thread,
              guint           *starts)
{
  guint first = 0;

  memset (starts, 0, op->routing.n_experts * sizeof *starts);
  for (guint row = 0; row < run->batch->n_rows; row++)
    {
      const float *choice = bln_cpu_choice (run, thread, op, route, row);

      for (guint k = 0; k < op->routing.n_used; k++)
        starts[(guint) choice[k]]++;
    }
  for (guint e = 0; e < op->routing.n_experts; e++)
    {
      guint n = starts[e];

      starts[e] = first;
      if (n == 0)
        continue;
      visits->entries[visits->n_entries++] =
        (BlnEntry) { e, FALSE, n, first, 0, visits->n_tiles };
      visits->n_tiles += (n + BLN_MAX_TILE - 1) / BLN_MAX_TILE;
      first += n;
    }
}

void
bln_visits_sort (BlnVisits       *visits,
                 const BlnCpuRun *run,
                 const BlnOp     *op,
                 BlnValue         route,
                 gboolean         has_shared,
                 BlnCpuThread    *thread)
{
  guint n_rows = run->batch->n_rows, n_used = op->routing.n_used;
  guint n_entries = MIN (op->routing.n_experts, n_rows * n_used) + 1;
  guint *starts = bln_cpu_take (thread, op->routing.n_experts * sizeof (guint));

  visits->visits = bln_cpu_take (thread, (gsize) n_rows * n_used * sizeof (BlnVisit));
  visits->entries = bln_cpu_take (thread, n_entries * sizeof (BlnEntry));
  visits->n_entries = visits->n_tiles = 0;
  count_visits (visits, run, op, route, thread, starts);
  for (guint row = 0; row < n_rows; row++)
    {
      const float *choice = bln_cpu_choice (run, thread, op, route, row);

      for (guint k = 0; k < n_used; k++)
        visits->visits[starts[(guint) choice[k]]++] = (BlnVisit) { row, k };
    }
  if (has_shared)
    {
      visits->entries[visits->n_entries++] =
        (BlnEntry) { 0, TRUE, n_rows, 0, 0, visits->n_tiles };
      visits->n_tiles += (n_rows + BLN_MAX_TILE - 1) / BLN_MAX_TILE;
    }
}

gsize
bln_visits_needs (const BlnRouting *routing,
                  guint             n_rows)
{
  gsize n_visits = (gsize) n_rows * routing->n_used;

  return bln_cpu_round (routing->n_experts * sizeof (guint)) +
         bln_cpu_round (n_visits * sizeof (BlnVisit)) +
         bln_cpu_round ((MIN (routing->n_experts, n_visits) + 1) * sizeof (BlnEntry));
}
