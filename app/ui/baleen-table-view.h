/* A table: columns as wide as their words up to a limit, scrolling inside of itself. */
#pragma once

#include <gtk/gtk.h>

#include "baleen-block.h"

G_BEGIN_DECLS

#define BALEEN_TYPE_TABLE_VIEW (baleen_table_view_get_type ())
G_DECLARE_FINAL_TYPE (BaleenTableView, baleen_table_view, BALEEN, TABLE_VIEW, GtkWidget)

GtkWidget *baleen_table_view_new (void);

/* Cells that were there before stay the same widgets. */
void baleen_table_view_set_block (BaleenTableView   *self,
                                  const BaleenBlock *block);
void baleen_table_view_set_sources (BaleenTableView *self,
                                    GPtrArray       *sources); /* (nullable) */

G_END_DECLS
