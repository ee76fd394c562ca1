/* The words that are looked for in a conversation, as its messages show them: without the signs
 * of Markdown, and without thoughts. */
#pragma once

#include <gtk/gtk.h>

#include "baleen-message.h"
#include "baleen-text-piece.h"
#include "search-text.h"

G_BEGIN_DECLS

/* All pieces of text below `root`, also those that come later, mark these words from now on;
 * NULL ends it. */
void found_words_set (GtkWidget  *root,
                      const char *words); /* (nullable) */
/* Where the words that are looked for around `widget` stand in `text`: BaleenTextSpans. NULL
 * when nothing is looked for. */
GArray *found_words_in (GtkWidget  *widget,
                        const char *text);

/* The pieces of text below `widget` in order, thoughts left out. */
GPtrArray *found_words_list_pieces (GtkWidget *widget);

/* The piece in which the words stand the `nth` time, from 0, and where in it; NULL when they do
 * not stand there so often. */
BaleenTextPiece *found_words_find (GtkWidget      *widget,
                                   guint           nth,
                                   BaleenTextSpan *place);

/* The texts of those pieces for a message that may have no widget yet; (transfer full). */
GPtrArray *found_words_list_texts (BaleenMessage *message);

/* Marks them in a piece that is drawn. The place that is looked at, if it is there, is told from
 * the others by a line under it, not by colour alone. */
void found_words_snapshot (BaleenTextPiece *piece,
                           GtkSnapshot     *snapshot,
                           gsize            start,
                           gsize            end);

G_END_DECLS
