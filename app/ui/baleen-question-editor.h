/* What the user asked, as an editor in its place. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define BALEEN_TYPE_QUESTION_EDITOR (baleen_question_editor_get_type ())
G_DECLARE_FINAL_TYPE (BaleenQuestionEditor,
                      baleen_question_editor,
                      BALEEN,
                      QUESTION_EDITOR,
                      GtkWidget)

/* Emits ::done (text, gboolean think) when it is sent, and ::cancelled. */
GtkWidget *baleen_question_editor_new (const char *text,
                                       gboolean    think);
void baleen_question_editor_take_focus (BaleenQuestionEditor *self);

G_END_DECLS
