/* Code: its language, Copy and Wrap Lines above it, lines that scroll inside, colours. */
#pragma once

#include <gtk/gtk.h>

#include "baleen-block.h"

G_BEGIN_DECLS

#define BALEEN_TYPE_CODE_VIEW (baleen_code_view_get_type ())
G_DECLARE_FINAL_TYPE (BaleenCodeView, baleen_code_view, BALEEN, CODE_VIEW, GtkWidget)

GtkWidget *baleen_code_view_new (void);

/* Code, or a table too large to be shown as one. What was shown before may be its beginning. */
void baleen_code_view_set_block (BaleenCodeView    *self,
                                 const BaleenBlock *block);
/* Shows the beginning of long code only, with a button for the rest. */
void baleen_code_view_fold (BaleenCodeView *self);
void baleen_code_view_unfold (BaleenCodeView *self);

G_END_DECLS
