/* Words of an answer that its documents do not have: a dotted line under them, and “unverified”
 * in their tooltip. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* All pieces of text below `root` mark them from now on; NULL ends it. */
void unverified_words_set (GtkWidget         *root,
                           const char *const *words); /* (nullable) */

/* For a BaleenTextPiece that is drawn: the lines. */
void unverified_words_snapshot (GtkWidget   *piece,
                                GtkSnapshot *snapshot);
/* Whether such a word is at that byte of the piece's text. */
gboolean unverified_words_has (GtkWidget *piece,
                               gsize      byte);

G_END_DECLS
