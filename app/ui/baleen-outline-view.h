/* The sections of a long answer in its row: their titles, to be changed while they are not
 * written, how far each is, and writing them, all or one. */
#pragma once

#include "baleen-message.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define BALEEN_TYPE_OUTLINE_VIEW (baleen_outline_view_get_type ())
G_DECLARE_FINAL_TYPE (BaleenOutlineView, baleen_outline_view, BALEEN, OUTLINE_VIEW, GtkWidget)

/* Emits ::write (guint section, gboolean all) and, when titles were changed, ::edited: then the
 * message has them already. Invisible while the message has no outline. */
GtkWidget *baleen_outline_view_new (BaleenMessage *message);

G_END_DECLS
