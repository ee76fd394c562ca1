/* The heading of a group in the sidebar: a day's is only read, a folder's opens and closes. */
#pragma once

#include "baleen-sidebar-list.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define BALEEN_TYPE_GROUP_ROW (baleen_group_row_get_type ())
G_DECLARE_FINAL_TYPE (BaleenGroupRow, baleen_group_row, BALEEN, GROUP_ROW, GtkListBoxRow)

GtkWidget *baleen_group_row_new (BaleenSidebarGroup *group);

BaleenSidebarGroup *baleen_group_row_get_group (BaleenGroupRow *self);

G_END_DECLS
