#include "summary-words.h"

#include <glib/gi18n-lib.h>
#include <math.h>

/* “ · 1 min 40 s left”, once that can be said. */
static char *
describe_time_left (double seconds)
{
  const guint rounded
      = seconds > 60 ? (guint) (seconds / 10 + 0.5) * 10 : (guint) (MAX (seconds, 0) + 0.5);

  if (seconds < 0)
    return g_strdup ("");
  if (rounded >= 3600)
    return g_strdup_printf (_(" · %u h %u min left"), rounded / 3600, rounded % 3600 / 60);
  if (rounded >= 60)
    return g_strdup_printf (_(" · %u min %u s left"), rounded / 60, rounded % 60);
  return g_strdup_printf (_(" · %u s left"), MAX (rounded, 1));
}

static char *
describe_reading (const BaleenSummaryProgress *progress,
                  const char                  *time_left)
{
  /* Plain text, web pages and many books have no pages to count; and of what is read side by
   * side, no page may be whole yet. */
  if (progress->n_pages <= 1 || (progress->n_pages_read == 0 && progress->n_done > 0))
    return g_strdup_printf (_("Read %u of %u parts%s"), progress->n_done, progress->n_total,
                            time_left);
  if (progress->n_pages_read == 0)
    return g_strdup_printf (_("Reading %u pages%s"), progress->n_pages, time_left);
  if (progress->n_pages_read == 1)
    return g_strdup_printf (_("Read page 1 of %u%s"), progress->n_pages, time_left);
  return g_strdup_printf (_("Read pages 1–%u of %u%s"), progress->n_pages_read,
                          progress->n_pages, time_left);
}

char *
baleen_summary_progress_words (const BaleenSummaryProgress *progress)
{
  g_autofree char *time_left = describe_time_left (progress->seconds_left);

  switch (progress->phase)
    {
    case BALEEN_SUMMARY_READING:
      return describe_reading (progress, time_left);
    case BALEEN_SUMMARY_MERGING:
      return g_strdup_printf (_("Putting claims together: %u of %u%s"), progress->n_done,
                              progress->n_total, time_left);
    case BALEEN_SUMMARY_WRITING:
    default:
      return g_strdup_printf (_("Writing: %u of %u%s"), progress->n_done, progress->n_total,
                              time_left);
    }
}

char *
baleen_summary_parallel_words (const BaleenSummaryProgress *progress)
{
  if (progress->n_parallel < 2 || progress->phase != BALEEN_SUMMARY_READING)
    return NULL;
  return g_strdup_printf (
      g_dngettext (GETTEXT_PACKAGE, "%u part at once", "%u parts at once", progress->n_parallel),
      progress->n_parallel);
}

char *
baleen_part_place_words (guint part,
                         guint first_page,
                         guint last_page,
                         guint n_pages)
{
  if (n_pages <= 1 && part > 0)
    return g_strdup_printf (_("Part %u"), part);
  if (first_page == last_page)
    return g_strdup_printf (_("Page %u"), first_page);
  return g_strdup_printf (_("Pages %u–%u"), first_page, last_page);
}

/* A page counts as read when every part that touches it was. */
static guint
count_pages_read (const GArray *coverage,
                  guint         n_pages)
{
  g_autofree gboolean *is_unread = g_new0 (gboolean, n_pages + 2);
  guint n = n_pages;

  for (guint i = 0; i < coverage->len; i++)
    {
      const BaleenCoverage *part = &g_array_index (coverage, BaleenCoverage, i);

      for (guint page = part->first_page;
           part->status != BALEEN_COVERAGE_READ && page <= MIN (part->last_page, n_pages); page++)
        is_unread[page] = TRUE;
    }
  for (guint page = 1; page <= n_pages; page++)
    n -= is_unread[page];

  return n;
}

char *
baleen_coverage_words (const GArray *coverage,
                       guint         n_pages)
{
  guint n_empty = 0, n_failed = 0, n_waiting = 0;
  g_autofree char *read = NULL, *empty = NULL, *failed = NULL;

  for (guint i = 0; i < coverage->len; i++)
    {
      const BaleenCoverage *part = &g_array_index (coverage, BaleenCoverage, i);

      n_failed += part->status == BALEEN_COVERAGE_FAILED || part->status == BALEEN_COVERAGE_SKIPPED;
      n_empty += part->status == BALEEN_COVERAGE_READ && part->n_claims == 0;
      n_waiting += part->status == BALEEN_COVERAGE_WAITING;
    }
  /* On the way, parts are what there is to see in the bar. */
  if (n_waiting > 0)
    read = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u of %u part read",
                                         "%u of %u parts read", coverage->len),
                            coverage->len - n_waiting, coverage->len);
  else
    read = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u of %u page read",
                                         "%u of %u pages read", n_pages),
                            count_pages_read (coverage, n_pages), n_pages);
  empty = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u part gave nothing",
                                        "%u parts gave nothing", n_empty),
                           n_empty);
  /* Translators: how many parts of a document failed. */
  failed = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u failed", "%u failed", n_failed),
                            n_failed);

  /* Translators: three clauses: pages or parts read, parts that gave nothing, parts that failed. */
  return g_strdup_printf (_("%s, %s, %s."), read, empty, failed);
}

static char *
describe_result (const BaleenCoverage *part)
{
  switch (part->status)
    {
    case BALEEN_COVERAGE_READ:
      if (part->n_claims == 0)
        return g_strdup (_("read, gave nothing"));
      return g_strdup_printf (
          g_dngettext (GETTEXT_PACKAGE, "read, %u claim", "read, %u claims", part->n_claims),
          part->n_claims);
    case BALEEN_COVERAGE_FAILED:
      return g_strdup (_("could not be read"));
    case BALEEN_COVERAGE_SKIPPED:
      return g_strdup (_("skipped"));
    case BALEEN_COVERAGE_WAITING:
    default:
      return g_strdup (_("not read yet"));
    }
}

char *
baleen_coverage_part_words (const GArray *coverage,
                            guint         n_pages,
                            guint         index)
{
  const BaleenCoverage *part = &g_array_index (coverage, BaleenCoverage, index);
  g_autofree char *result = describe_result (part);

  if (n_pages <= 1)
    return g_strdup_printf (_("Part %u of %u: %s"), index + 1, coverage->len, result);
  if (part->first_page == part->last_page)
    return g_strdup_printf (_("Part %u of %u, page %u: %s"), index + 1, coverage->len,
                            part->first_page, result);
  return g_strdup_printf (_("Part %u of %u, pages %u–%u: %s"), index + 1, coverage->len,
                          part->first_page, part->last_page, result);
}

char *
baleen_summary_estimate_words (guint  n_parts,
                               double seconds)
{
  g_autofree char *parts = g_strdup_printf (
      g_dngettext (GETTEXT_PACKAGE, "%u part", "%u parts", n_parts), n_parts);

  if (seconds < 0)
    return g_steal_pointer (&parts);
  if (seconds < 50)
    return g_strdup_printf (_("%s, about %u s"), parts, MAX ((guint) ceil (seconds / 5) * 5, 5));
  if (seconds < 90 * 60)
    return g_strdup_printf (_("%s, about %u min"), parts, MAX ((guint) (seconds / 60 + 0.5), 1));
  return g_strdup_printf (_("%s, about %.1f h"), parts, seconds / 3600);
}
