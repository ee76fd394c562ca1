/* One block of an answer: its words, its marker, and the lines of the quotes it stands in. */
#pragma once

#include <gtk/gtk.h>

#include "baleen-block.h"

G_BEGIN_DECLS

#define BALEEN_TYPE_BLOCK_VIEW (baleen_block_view_get_type ())
G_DECLARE_FINAL_TYPE (BaleenBlockView, baleen_block_view, BALEEN, BLOCK_VIEW, GtkWidget)

/* Takes the block. `sources` are those of baleen_text_piece_set_sources(). */
GtkWidget *baleen_block_view_new (BaleenBlock *block,
                                  GPtrArray   *sources); /* (nullable) */
/* Takes the block if the same widget can show it; FALSE, and it stays the caller's, if it is
 * of another kind or stands elsewhere. Does nothing when nothing has changed. */
gboolean baleen_block_view_update (BaleenBlockView *self,
                                   BaleenBlock     *block);
const BaleenBlock *baleen_block_view_get_block (BaleenBlockView *self);

void baleen_block_view_set_sources (BaleenBlockView *self,
                                    GPtrArray       *sources); /* (nullable) */
void baleen_block_view_set_is_live (BaleenBlockView *self,
                                    gboolean         is_live);
/* The space above it, through which the lines of that many quotes run on. */
void baleen_block_view_set_gap (BaleenBlockView *self,
                                int              gap,
                                guint            n_quotes);
/* Long code shows its beginning only, until it is unfolded. */
void baleen_block_view_fold (BaleenBlockView *self);

G_END_DECLS
