/* What stands in the transcript that nobody said: a summary in place of older messages, or the
 * system prompt of a template. */
#pragma once

#include "baleen-message.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define BALEEN_TYPE_NOTE_VIEW (baleen_note_view_get_type ())
G_DECLARE_FINAL_TYPE (BaleenNoteView, baleen_note_view, BALEEN, NOTE_VIEW, GtkWidget)

/* Emits ::toggled when what a summary stands for is to be sent again, or is not any more. */
GtkWidget *baleen_note_view_new (BaleenMessage *message);

G_END_DECLS
