/* The words that would be searched for, in an answer's place, before anything leaves this
 * computer: lines that can be changed, Search, and Answer Without Searching. */
#pragma once

#include "baleen-message.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define BALEEN_TYPE_QUERY_CARD (baleen_query_card_get_type ())
G_DECLARE_FINAL_TYPE (BaleenQueryCard, baleen_query_card, BALEEN, QUERY_CARD, GtkWidget)

/* For a message that has queries. Emits ::decided (gboolean): whether to search. The lines as
 * they were left are then the message's queries. */
GtkWidget *baleen_query_card_new (BaleenMessage *message);

G_END_DECLS
