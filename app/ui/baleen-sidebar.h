/* The conversations, newest first, under headings of days. */
#pragma once

#include "baleen-history.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define BALEEN_TYPE_SIDEBAR (baleen_sidebar_get_type ())
G_DECLARE_FINAL_TYPE (BaleenSidebar, baleen_sidebar, BALEEN, SIDEBAR, GtkWidget)

/* Emits ::chosen (BaleenConversation) when the user picks one. */
void baleen_sidebar_set_history (BaleenSidebar *self,
                                 BaleenHistory *history);
/* Marks the one that is shown; NULL for one that is not listed. */
void baleen_sidebar_set_selected (BaleenSidebar      *self,
                                  BaleenConversation *conversation);

/* The row that has the focus; NULL when none has it. */
BaleenConversation *baleen_sidebar_get_focused (BaleenSidebar *self);
/* Its header bar, to stand level with the others. */
GtkWidget *baleen_sidebar_get_header (BaleenSidebar *self);
/* To the row that is marked, else the first. */
void baleen_sidebar_take_focus (BaleenSidebar *self);

G_END_DECLS
