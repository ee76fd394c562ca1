/* The menu of a message's row where it is asked for: at the pointer, or with a key where the row
 * can be seen. Its button at the end of a long answer may be far below what is shown. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* The action “row.menu” and its keys. */
void message_popup_install (GtkWidgetClass *row_class);
void message_popup_hear (GtkWidget *row);
/* The menu stays where it was opened when the view moves to hold what is read: text above may grow,
 * and a place outside of the screen is none where a popover can be shown. `scrolled` is how far the
 * row's parent is. After layout. */
void message_popup_stay (GtkWidget *row,
                         double     scrolled);
/* Before the row goes. */
void message_popup_remove (GtkWidget *row);

G_END_DECLS
