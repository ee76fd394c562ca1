/* A summary that unfolds: sections, their claims, and the sentences that these stand on. */
#pragma once

#include "summary-record.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define BALEEN_TYPE_SUMMARY_TREE (baleen_summary_tree_get_type ())
G_DECLARE_FINAL_TYPE (BaleenSummaryTree, baleen_summary_tree, BALEEN, SUMMARY_TREE, GtkWidget)

/* Emits ::place (guint page, const char *quote), ::ask (const char *text), and ::folded when
 * the user has folded or unfolded something. */
GtkWidget *baleen_summary_tree_new (void);

/* Shows another record, unfolded as it says. */
void baleen_summary_tree_set_record (BaleenSummaryTree         *self,
                                     const BaleenSummaryRecord *record);
/* The same record has grown: parts that are new come unfolded. */
void baleen_summary_tree_grow (BaleenSummaryTree         *self,
                               const BaleenSummaryRecord *record);
/* The rows that are unfolded, as BaleenSummaryRecord.unfolded has them; free it. */
char **baleen_summary_tree_dup_unfolded (BaleenSummaryTree *self);

G_END_DECLS
