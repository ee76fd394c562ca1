/* The menu of a message's row where it is asked for: at the pointer, or with a key where the row
 * can be seen. Its button at the end of a long answer may be far below what is shown. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* The action “row.menu” and its keys. */
void message_popup_install (GtkWidgetClass *row_class);
void message_popup_hear (GtkWidget *row);
/* Before the row goes. */
void message_popup_remove (GtkWidget *row);

G_END_DECLS
