/* What stands in the sidebar, line by line: BaleenConversations, and above the first of each group
 * a BaleenSidebarGroup. Folders and the archive can be closed; then their heading stands alone. */
#pragma once

#include "baleen-history.h"

G_BEGIN_DECLS

#define BALEEN_TYPE_SIDEBAR_GROUP (baleen_sidebar_group_get_type ())
G_DECLARE_FINAL_TYPE (BaleenSidebarGroup, baleen_sidebar_group, BALEEN, SIDEBAR_GROUP, GObject)

const char *baleen_sidebar_group_get_title (BaleenSidebarGroup *self);
/* Notifies "n". */
guint baleen_sidebar_group_get_n (BaleenSidebarGroup *self);
gboolean baleen_sidebar_group_get_can_close (BaleenSidebarGroup *self);
/* Notifies "is-closed". */
gboolean baleen_sidebar_group_get_is_closed (BaleenSidebarGroup *self);

#define BALEEN_TYPE_SIDEBAR_LIST (baleen_sidebar_list_get_type ())
G_DECLARE_FINAL_TYPE (BaleenSidebarList, baleen_sidebar_list, BALEEN, SIDEBAR_LIST, GObject)

/* `settings` remembers what is closed. */
BaleenSidebarList *baleen_sidebar_list_new (BaleenHistory *history,
                                            GSettings     *settings);
void baleen_sidebar_list_toggle (BaleenSidebarList  *self,
                                 BaleenSidebarGroup *group);
/* Days have gone by: headings may be others. */
void baleen_sidebar_list_update (BaleenSidebarList *self);

G_END_DECLS
