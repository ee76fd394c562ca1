/* A row of a summary's tree: words, the places as chips, and for a claim its menu. */
#pragma once

#include "baleen-summary-item.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define BALEEN_TYPE_SUMMARY_ROW (baleen_summary_row_get_type ())
G_DECLARE_FINAL_TYPE (BaleenSummaryRow, baleen_summary_row, BALEEN, SUMMARY_ROW, GtkWidget)

/* Activates “tree.place” (u page, s quote), “tree.copy” and “tree.ask” (s text). */
GtkWidget *baleen_summary_row_new (void);
void baleen_summary_row_set_item (BaleenSummaryRow  *self,
                                  BaleenSummaryItem *item); /* (nullable) */

G_END_DECLS
