/* The window: conversations at the side, one of them in the middle. */
#pragma once

#include "baleen-application.h"

G_BEGIN_DECLS

#define BALEEN_TYPE_WINDOW (baleen_window_get_type ())
G_DECLARE_FINAL_TYPE (BaleenWindow, baleen_window, BALEEN, WINDOW, AdwApplicationWindow)

GtkWidget *baleen_window_new (BaleenApplication *application);

void baleen_window_show_conversation (BaleenWindow       *self,
                                      BaleenConversation *conversation);
BaleenConversation *baleen_window_get_conversation (BaleenWindow *self);

/* A file goes with the message that is written; of a folder those in it. */
void baleen_window_attach (BaleenWindow *self,
                           const char   *path);

G_END_DECLS
