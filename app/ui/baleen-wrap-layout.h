/* Widgets beside each other that go on in another line where the width ends, as words do:
 * GtkFlowBox would make columns of them. One that expands takes what is left of its line. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define BALEEN_TYPE_WRAP_LAYOUT (baleen_wrap_layout_get_type ())
G_DECLARE_FINAL_TYPE (BaleenWrapLayout, baleen_wrap_layout, BALEEN, WRAP_LAYOUT, GtkLayoutManager)

GtkLayoutManager *baleen_wrap_layout_new (int spacing);
/* A child that is left out rather than beginning a second line: what it does can be had
 * elsewhere, too. */
void baleen_wrap_layout_set_spare (BaleenWrapLayout *self,
                                   GtkWidget        *child);
/* A box with such a layout. */
GtkWidget *baleen_wrap_box_new (int spacing);

G_END_DECLS
