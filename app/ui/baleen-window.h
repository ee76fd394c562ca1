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

G_END_DECLS
