/* Finding words in the conversation that is shown: an entry, how many places there are, and the
 * way from one to the next. */
#pragma once

#include "baleen-conversation.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define BALEEN_TYPE_FIND_BAR (baleen_find_bar_get_type ())
G_DECLARE_FINAL_TYPE (BaleenFindBar, baleen_find_bar, BALEEN, FIND_BAR, GtkWidget)

/* Emits ::found (BaleenMessage or NULL, guint): the message of the place that is looked at, and
 * which of the places in it that is, from 0; and ::closed. */
void baleen_find_bar_set_conversation (BaleenFindBar      *self,
                                       BaleenConversation *conversation);
void baleen_find_bar_open (BaleenFindBar *self);
/* FALSE when it was not open. */
gboolean baleen_find_bar_close (BaleenFindBar *self);
gboolean baleen_find_bar_get_is_open (BaleenFindBar *self);
/* What is looked for; empty when nothing is. */
const char *baleen_find_bar_get_text (BaleenFindBar *self);
/* 1: the next place, -1: the one before; around the ends. */
void baleen_find_bar_move (BaleenFindBar *self,
                           int            direction);

G_END_DECLS
