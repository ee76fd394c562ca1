/* What came of each part of a document, as a bar: one field a part, in their order, as wide as
 * its text is long. The arrow keys go from part to part and say it in words; Enter or a click
 * opens the part. */
#pragma once

#include "summary-words.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define BALEEN_TYPE_COVERAGE_BAR (baleen_coverage_bar_get_type ())
G_DECLARE_FINAL_TYPE (BaleenCoverageBar, baleen_coverage_bar, BALEEN, COVERAGE_BAR, GtkWidget)

/* Emits ::opened (guint part, from 0). */
GtkWidget *baleen_coverage_bar_new (void);

/* Copies `coverage` (of BaleenCoverage). Of the parts that wait, the first `n_running` are read
 * just now. `words` is what the whole bar says. */
void baleen_coverage_bar_set (BaleenCoverageBar *self,
                              const GArray      *coverage,
                              guint              n_pages,
                              guint              n_running,
                              const char        *words);

G_END_DECLS
