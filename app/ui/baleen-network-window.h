/* The network log: every exchange with another computer, the newest first. Follows the log while
 * it is open. */
#pragma once

#include "baleen-history.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define BALEEN_TYPE_NETWORK_WINDOW (baleen_network_window_get_type ())
G_DECLARE_FINAL_TYPE (BaleenNetworkWindow, baleen_network_window, BALEEN, NETWORK_WINDOW,
                      AdwWindow)

/* Emits ::wanted (BaleenConversation, gint64) for the message of a row. */
GtkWidget *baleen_network_window_new (BaleenHistory *history);

G_END_DECLS
