/* The conversations under headings of folders and days, and what a search in them found. */
#pragma once

#include "baleen-downloads.h"
#include "baleen-history.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define BALEEN_TYPE_SIDEBAR (baleen_sidebar_get_type ())
G_DECLARE_FINAL_TYPE (BaleenSidebar, baleen_sidebar, BALEEN, SIDEBAR, GtkWidget)

/* Emits ::chosen (BaleenConversation, gint64) when the user picks one; the number is the id of
 * the message to open it at, or 0; and ::dropped (char *path) for a file. `settings` remembers
 * which folders are closed. */
void baleen_sidebar_set_history (BaleenSidebar *self,
                                 BaleenHistory *history,
                                 GSettings     *settings);
/* Below the list a line says how far they are, while there are any. */
void baleen_sidebar_watch_downloads (BaleenSidebar   *self,
                                     BaleenDownloads *downloads);
/* Marks the one that is shown; NULL for one that is not listed. */
void baleen_sidebar_set_selected (BaleenSidebar      *self,
                                  BaleenConversation *conversation);

/* The one whose menu is open or whose row has the focus; NULL when there is none. */
BaleenConversation *baleen_sidebar_get_focused (BaleenSidebar *self);
/* Its header bar, to stand level with the others. */
GtkWidget *baleen_sidebar_get_header (BaleenSidebar *self);
/* Shows the entry for searching, with the focus in it. */
void baleen_sidebar_begin_search (BaleenSidebar *self);
/* Back to all conversations; FALSE when nothing was searched for. */
gboolean baleen_sidebar_end_search (BaleenSidebar *self);
/* To the row that is marked, else the first; to the entry while searching. */
void baleen_sidebar_take_focus (BaleenSidebar *self);

G_END_DECLS
