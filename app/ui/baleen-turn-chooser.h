/* The window in which turns are chosen that are not sent any more. */
#pragma once

#include "baleen-application.h"

G_BEGIN_DECLS

/* `changed` is called with `user_data` after each change; `owner` is the transient parent. */
GtkWindow *baleen_turn_chooser_new (GtkWindow          *owner,
                                    BaleenApplication  *application,
                                    BaleenConversation *conversation,
                                    void              (*changed) (gpointer user_data),
                                    gpointer            user_data);

G_END_DECLS
