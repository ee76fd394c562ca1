/* What a model thought before it answered: one line, folded in every phase until somebody
 * unfolds it; then it stays so. */
#pragma once

#include "baleen-message.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define BALEEN_TYPE_THOUGHT_BLOCK (baleen_thought_block_get_type ())
G_DECLARE_FINAL_TYPE (BaleenThoughtBlock, baleen_thought_block, BALEEN, THOUGHT_BLOCK, GtkWidget)

GtkWidget *baleen_thought_block_new (void);

/* Whether blocks unfold by themselves when a thought begins; FALSE at first. */
void baleen_thought_block_set_unfolds (gboolean unfolds);

/* Shows what the message thought by now; invisible while that is nothing. */
void baleen_thought_block_update (BaleenThoughtBlock *self,
                                  BaleenMessage      *message,
                                  gboolean            is_new);

G_END_DECLS
