/* A row of tools below a text: where there is no room for all of it, long numbers become short
 * first, then all of its chips lose their words. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define BALEEN_TYPE_TOOL_ROW (baleen_tool_row_get_type ())
G_DECLARE_FINAL_TYPE (BaleenToolRow, baleen_tool_row, BALEEN, TOOL_ROW, GtkWidget)

/* Its property “child” is the row. Words of chips are the labels of the class “chip-label” in
 * it, long numbers those of “long-number”, beside each of which stands one of “short-number”
 * for where it is hidden; all stand in something that can be narrower than they are. */

G_END_DECLS
