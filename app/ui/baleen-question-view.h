/* What the user asked: a bubble, folded when it is long, or an editor in its place. */
#pragma once

#include "baleen-message.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define BALEEN_TYPE_QUESTION_VIEW (baleen_question_view_get_type ())
G_DECLARE_FINAL_TYPE (BaleenQuestionView, baleen_question_view, BALEEN, QUESTION_VIEW, GtkWidget)

/* Emits ::edited (text, gboolean think) when other words were sent. */
GtkWidget *baleen_question_view_new (BaleenMessage *message);

/* `think` is how the toggle stands at first. */
void baleen_question_view_edit (BaleenQuestionView *self,
                                gboolean            think);
/* Shows all of a long question. */
void baleen_question_view_unfold (BaleenQuestionView *self);
/* FALSE when it was not being edited. */
gboolean baleen_question_view_cancel (BaleenQuestionView *self);

G_END_DECLS
