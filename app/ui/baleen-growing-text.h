/* A text box of a form: it grows with its text, says its help while it is empty, goes on to the
 * next field at Enter and breaks the line at Shift+Enter. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define BALEEN_TYPE_GROWING_TEXT (baleen_growing_text_get_type ())
G_DECLARE_FINAL_TYPE (BaleenGrowingText,
                      baleen_growing_text,
                      BALEEN,
                      GROWING_TEXT,
                      GtkWidget)

/* Emits ::changed and ::next. */
GtkWidget *baleen_growing_text_new (const char *help);

char *baleen_growing_text_dup_text (BaleenGrowingText *self);
void baleen_growing_text_set_text (BaleenGrowingText *self,
                                 const char          *text);
/* The GtkTextView, which has the focus and the name. */
GtkWidget *baleen_growing_text_get_view (BaleenGrowingText *self);

G_END_DECLS
