/* The window: conversations at the side, one of them in the middle. */
#pragma once

#include "baleen-application.h"

G_BEGIN_DECLS

#define BALEEN_TYPE_WINDOW (baleen_window_get_type ())
G_DECLARE_FINAL_TYPE (BaleenWindow, baleen_window, BALEEN, WINDOW, AdwApplicationWindow)

/* Shows the conversation with that id once the history is open: a new one where there is none. */
GtkWidget *baleen_window_new (BaleenApplication *application,
                              gint64             place);
/* The id of what it shows, or will; 0 for what is not kept. */
gint64 baleen_window_get_place (BaleenWindow *self);

void baleen_window_show_conversation (BaleenWindow       *self,
                                      BaleenConversation *conversation);
BaleenConversation *baleen_window_get_conversation (BaleenWindow *self);

/* Opens it, at a message unless the id is 0; in the window where it is open already, if there
 * is one. */
void baleen_window_open (BaleenWindow       *self,
                         BaleenConversation *conversation,
                         gint64              message_id);

/* A file goes with the message that is written; of a folder those in it. */
void baleen_window_attach (BaleenWindow *self,
                           const char   *path);

/* Files that somebody opened with the program: they go with the first message of a new chat,
 * once there is a history for it. */
void baleen_window_open_files (BaleenWindow      *self,
                               const char *const *paths);

G_END_DECLS
