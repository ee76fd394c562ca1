/* A piece of text that can be selected together with what stands above and below it: one
 * label, which a screen reader can read, with attributes and never markup. Links and citations
 * lie over their words. */
#pragma once

#include <gtk/gtk.h>

#include "baleen-block.h"

G_BEGIN_DECLS

#define BALEEN_TYPE_TEXT_PIECE (baleen_text_piece_get_type ())
G_DECLARE_FINAL_TYPE (BaleenTextPiece, baleen_text_piece, BALEEN, TEXT_PIECE, GtkWidget)

/* Links activate "win.open-link" (s), citations "row.cite" (i). */
GtkWidget *baleen_text_piece_new (void);
/* Monospaced, and lines do not wrap. */
GtkWidget *baleen_text_piece_new_code (void);

GtkLabel *baleen_text_piece_get_label (BaleenTextPiece *self);

/* Bold and larger, for all of it; 1 is the usual size. Before the text is set. */
void baleen_text_piece_set_heading (BaleenTextPiece *self,
                                    double           scale);
/* What citations may refer to: others stay plain text. */
void baleen_text_piece_set_sources (BaleenTextPiece *self,
                                    GPtrArray       *sources); /* (nullable) of BaleenSource */
void baleen_text_piece_set_rich (BaleenTextPiece      *self,
                                 const BaleenRichText *rich);
void baleen_text_piece_set_text (BaleenTextPiece *self,
                                 const char      *text);
const char *baleen_text_piece_get_text (BaleenTextPiece *self);
/* Attributes on top of those of the text, as colours of code; NULL for none. */
void baleen_text_piece_set_colours (BaleenTextPiece *self,
                                    PangoAttrList   *colours);

/* A mark behind the last word says that more comes. */
void baleen_text_piece_set_is_live (BaleenTextPiece *self,
                                    gboolean         is_live);

/* Something of its words answers the pointer: links do, and what unverified-words.h marks. */
void baleen_text_piece_hear_pointer (BaleenTextPiece *self);

/* Where bytes of its text are in the widget; the caller's. */
cairo_region_t *baleen_text_piece_get_region (BaleenTextPiece *self,
                                              gsize            start,
                                              gsize            end);
void baleen_text_piece_snapshot_bytes (BaleenTextPiece *self,
                                       GtkSnapshot     *snapshot,
                                       gsize            start,
                                       gsize            end,
                                       const GdkRGBA   *colour);
/* The byte nearest to a place inside of the widget. */
gsize baleen_text_piece_hit (BaleenTextPiece *self,
                             double           x,
                             double           y);
/* Bytes from `start` up to `end` are shown as selected; none when they are equal. */
void baleen_text_piece_select (BaleenTextPiece *self,
                               gsize            start,
                               gsize            end);
gboolean baleen_text_piece_get_selection (BaleenTextPiece *self,
                                          gsize           *start,
                                          gsize           *end);
/* Of the words that are looked for (found-words.h) those at these bytes are looked at: they are
 * marked more; none when `start` and `end` are equal. */
void baleen_text_piece_set_found (BaleenTextPiece *self,
                                  gsize            start,
                                  gsize            end);
/* Where they begin, in this widget; FALSE when there are none. */
gboolean baleen_text_piece_get_found (BaleenTextPiece       *self,
                                      cairo_rectangle_int_t *place);
/* The rich text; owned by the piece. */
const BaleenRichText *baleen_text_piece_get_rich (BaleenTextPiece *self);

G_END_DECLS
