#include "partials.h"

/* Beyond this a sequence is gone through span by span. */
#define BLN_MOST_BYTES (16u * 1024 * 1024)

static gsize
bytes_for (gsize n_rows,
           gsize n_spans,
           gsize n_head,
           gsize width)
{
  gsize n = n_rows * n_spans * n_head;

  return 2 * bln_cpu_round (n * sizeof (float)) + n * width * sizeof (float);
}

gboolean
bln_partials_init (BlnPartials     *partials,
                   const BlnCpuRun *run,
                   guint            n_head,
                   gsize            width)
{
  guint n_rows = run->batch->n_rows, longest = 0;
  gsize n;

  for (guint i = 0; i < run->batch->n_spans; i++)
    longest = MAX (longest, run->batch->spans[i].first_position + run->batch->spans[i].n_rows);
  partials->n_spans = bln_attend_n_spans (longest);
  partials->n_head = n_head;
  partials->width = width;
  n = (gsize) n_rows * partials->n_spans * n_head;
  if (n_rows > BLN_PRIVATE_ROWS || partials->n_spans < 2 || run->n_threads < 2 ||
      bytes_for (n_rows, partials->n_spans, n_head, width) > BLN_MOST_BYTES)
    return FALSE;
  partials->max = (float *) run->backend->shared;
  partials->sum = partials->max + bln_cpu_round (n * sizeof (float)) / sizeof (float);
  partials->out = partials->sum + bln_cpu_round (n * sizeof (float)) / sizeof (float);
  return TRUE;
}

BlnAttendState
bln_partials_state (const BlnPartials *partials,
                    guint              row,
                    guint              span,
                    guint              head)
{
  gsize i = ((gsize) row * partials->n_spans + span) * partials->n_head + head;

  return (BlnAttendState) { partials->max + i, partials->sum + i,
                            partials->out + i * partials->width, partials->width };
}

BlnAttendState
bln_partials_merge (const BlnPartials *partials,
                    const BlnAttend   *attend,
                    guint              row,
                    guint              head,
                    guint              first_span,
                    guint              end)
{
  BlnAttendState total = bln_partials_state (partials, row, first_span, head);

  for (guint span = first_span + 1; span < bln_attend_n_spans (end); span++)
    {
      BlnAttendState part = bln_partials_state (partials, row, span, head);

      bln_attend_merge (attend, &total, &part);
    }
  bln_attend_divide (attend, &total);
  return total;
}

gsize
bln_partials_needs (BlnCpuBackend *backend,
                    guint          n_head,
                    gsize          width)
{
  gsize n_spans = bln_attend_n_spans (backend->n_context);

  return n_spans < 2 ? 0 : MIN (bytes_for (BLN_PRIVATE_ROWS, n_spans, n_head, width),
                                BLN_MOST_BYTES);
}
