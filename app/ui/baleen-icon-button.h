/* A button that shows an icon and says words: the one way to make such a button, so that none
 * is without a name. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define BALEEN_TYPE_ICON_BUTTON (baleen_icon_button_get_type ())
G_DECLARE_FINAL_TYPE (BaleenIconButton, baleen_icon_button, BALEEN, ICON_BUTTON, GtkButton)

GtkWidget *baleen_icon_button_new (const char *icon_name,
                                   const char *words);

/* The accessible name; the tooltip is the same and, if `detail` is given, goes on with it. */
void baleen_icon_button_set_words (BaleenIconButton *self,
                                   const char       *words,
                                   const char       *detail); /* (nullable) */

G_END_DECLS
