/* What stands beside the conversation: a header, a switcher and a page for each kind of thing
 * that an answer points to. Pages are added by the window; the one shown names the panel. */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define BALEEN_TYPE_SIDE_PANEL (baleen_side_panel_get_type ())
G_DECLARE_FINAL_TYPE (BaleenSidePanel, baleen_side_panel, BALEEN, SIDE_PANEL, GtkWidget)

/* `title` is translated already. */
void baleen_side_panel_add_page (BaleenSidePanel *self,
                                 GtkWidget       *page,
                                 const char      *name,
                                 const char      *title,
                                 const char      *icon_name);
void baleen_side_panel_show_page (BaleenSidePanel *self,
                                  const char      *name);

/* The header stands in line with those of the other regions. */
GtkWidget *baleen_side_panel_get_header (BaleenSidePanel *self);
/* While the panel is shown the window's buttons are its own. */
void baleen_side_panel_set_has_buttons (BaleenSidePanel *self,
                                        gboolean         has_buttons);
/* The focus goes to the first control of the page. */
void baleen_side_panel_take_focus (BaleenSidePanel *self);

G_END_DECLS
