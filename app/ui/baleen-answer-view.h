/* An answer's text as blocks. Only the last block is alive: those before it are made once and
 * stay the same widgets. */
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

/* What is selected in any block; NULL when nothing is. */
char *baleen_answer_view_get_selection (BaleenAnswerView *self);

G_END_DECLS
