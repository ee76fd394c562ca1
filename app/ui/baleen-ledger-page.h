/* The ledger of an answer, in the side panel: what went into which call of the model, and how
 * much of the document or of the context that was. */
#pragma once

#include "ledger-table.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define BALEEN_TYPE_LEDGER_PAGE (baleen_ledger_page_get_type ())
G_DECLARE_FINAL_TYPE (BaleenLedgerPage, baleen_ledger_page, BALEEN, LEDGER_PAGE, GtkWidget)

GtkWidget *baleen_ledger_page_new (void);
/* Shows what is said of `name`, and rows as ledger-table.h makes them; NULL for none. */
void baleen_ledger_page_set_table (BaleenLedgerPage *self,
                                   const char       *name,
                                   GPtrArray        *table);

G_END_DECLS
