/* What is selected in the transcript: from a place in one piece of text to a place in another,
 * across blocks and messages. There is one such object for all of it, because a label that can
 * be selected by itself ends the selection of every other. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define BALEEN_TYPE_SELECTION (baleen_selection_get_type ())
G_DECLARE_FINAL_TYPE (BaleenSelection, baleen_selection, BALEEN, SELECTION, GObject)

/* Hears the pointer over `root`, below which the pieces of text are. Emits ::changed. */
BaleenSelection *baleen_selection_new (GtkWidget *root);

gboolean baleen_selection_get_is_empty (BaleenSelection *self);
/* Nothing yet, at the beginning of `widget`: from there extend() goes on. */
void baleen_selection_begin (BaleenSelection *self,
                             GtkWidget       *widget);
/* Everything below `widget`. */
void baleen_selection_select_all (BaleenSelection *self,
                                  GtkWidget       *widget);
gboolean baleen_selection_has_all_of (BaleenSelection *self,
                                      GtkWidget       *widget);
/* Moves the end of the selection by a character, a word (`is_far`), or with `is_vertical` by a
 * piece of text. */
void baleen_selection_extend (BaleenSelection *self,
                              int              direction,
                              gboolean         is_far,
                              gboolean         is_vertical);

/* The selected words in each form. A thought is only part of it when the selection began in
 * that thought. */
GPtrArray *baleen_selection_dup_blocks (BaleenSelection *self);
void baleen_selection_copy (BaleenSelection *self);

G_END_DECLS
