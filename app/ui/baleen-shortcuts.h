/* Every key there is, in one table: it sets the keys and fills the shortcuts window. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Keys that mean the same wherever the focus is. */
void baleen_shortcuts_set_accels (GtkApplication *application);
/* Keys that a text, a menu or an input method may want first. */
void baleen_shortcuts_add_controller (GtkWidget *window);

GtkWidget *baleen_shortcuts_window_new (GtkWindow *parent);

/* Whether the window that holds `widget` has an action of that name, as "win.new-chat". */
gboolean baleen_shortcuts_window_has (GtkWidget  *widget,
                                      const char *action);

/* For tests: action and keys of entry `i`; FALSE behind the last. `action` may be NULL for a
 * key that a widget of GTK's or ours handles itself. */
gboolean baleen_shortcuts_get (guint        i,
                               const char **action,
                               const char **keys);

G_END_DECLS
