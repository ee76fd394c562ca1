/* What can be done with a conversation, as its menu says: in the header and in the sidebar. The
 * actions are the window's. */
#pragma once

#include "baleen-conversation.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/* In the header there is also what belongs to the conversation that is shown. */
GMenuModel *baleen_conversation_menu_new (BaleenConversation *conversation,
                                          gboolean            is_in_header);

G_END_DECLS
