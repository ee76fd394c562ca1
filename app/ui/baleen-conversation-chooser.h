/* A dialog in which one conversation is chosen among all, by its title. */
#pragma once

#include <adwaita.h>

#include "baleen-history.h"

G_BEGIN_DECLS

#define BALEEN_TYPE_CONVERSATION_CHOOSER (baleen_conversation_chooser_get_type ())
G_DECLARE_FINAL_TYPE (BaleenConversationChooser,
                      baleen_conversation_chooser,
                      BALEEN,
                      CONVERSATION_CHOOSER,
                      AdwWindow)

/* Without `except`, the one it is chosen for. Emits ::chosen with a BaleenConversation, and
 * closes. */
GtkWindow *baleen_conversation_chooser_new (GtkWindow          *owner,
                                            BaleenHistory      *history,
                                            BaleenConversation *except);

G_END_DECLS
