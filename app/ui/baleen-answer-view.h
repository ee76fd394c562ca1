/* An answer's text as blocks, one widget each. Only what the end of the text can still change
 * is alive: the blocks before it are made once and stay the same widgets. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define BALEEN_TYPE_ANSWER_VIEW (baleen_answer_view_get_type ())
G_DECLARE_FINAL_TYPE (BaleenAnswerView, baleen_answer_view, BALEEN, ANSWER_VIEW, GtkWidget)

GtkWidget *baleen_answer_view_new (void);

/* All of the text. What was shown before is taken as its beginning, unless `is_new`. */
void baleen_answer_view_set_text (BaleenAnswerView *self,
                                  const char       *text,
                                  gboolean          is_growing,
                                  gboolean          is_new);
/* What its citations refer to; others are plain text. */
void baleen_answer_view_set_sources (BaleenAnswerView *self,
                                     GPtrArray        *sources); /* (nullable) */
/* Long code shows its beginning only: for a text that was there before its reader was. */
void baleen_answer_view_fold (BaleenAnswerView *self);

/* A long text that is shown for the first time has its end at once, the rest between frames. These
 * do not wait: for its beginning, or for all of it. */
void baleen_answer_view_show_start (BaleenAnswerView *self);
void baleen_answer_view_complete (BaleenAnswerView *self);
/* The block at a height of `within`, an ancestor, or the first one below it. */
GtkWidget *baleen_answer_view_find_block (BaleenAnswerView *self,
                                          GtkWidget        *within,
                                          double            y); /* (nullable) */

G_END_DECLS
