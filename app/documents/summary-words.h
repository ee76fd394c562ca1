/* What people are told of a document that is read: how far it is, what came of its parts, and
 * how long it will take. The window and the terminal say the same. All of it is translated and
 * the caller's to free. */
#pragma once

#include "summarizer.h"

G_BEGIN_DECLS

/* “Read pages 1–86 of 212 · 1 min 40 s left”; parts where there are no pages to count. */
char *baleen_summary_progress_words (const BaleenSummaryProgress *progress);
/* “3 parts at once”; NULL while that is not known or no more than one. */
char *baleen_summary_parallel_words (const BaleenSummaryProgress *progress);

/* “Page 12”, “Pages 7–9”; “Part 3” where the document has no pages. */
char *baleen_part_place_words (guint part, /* from 1; 0: none */
                               guint first_page,
                               guint last_page,
                               guint n_pages);

/* “212 of 212 pages read, 1 part gave nothing, 0 failed.”, of BaleenCoverage. */
char *baleen_coverage_words (const GArray *coverage,
                             guint         n_pages);
/* “Part 3 of 14, pages 7–9: 6 claims”, of one of them. */
char *baleen_coverage_part_words (const GArray *coverage,
                                  guint         n_pages,
                                  guint         index);

/* “14 parts, about 3 min”; without a time where `seconds` is negative. */
char *baleen_summary_estimate_words (guint  n_parts,
                                     double seconds);

G_END_DECLS
