/* What else can be done with a message, as a menu. Its items activate "row.wish" (ii). */
#pragma once

#include "baleen-message.h"

#include <gio/gio.h>

G_BEGIN_DECLS

GMenuModel *message_menu_new (BaleenMessage *message);

G_END_DECLS
