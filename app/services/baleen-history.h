/* The conversations there are, the last used first, pinned ones before all: a GListModel of
 * BaleenConversations for the sidebar. Saves what changes. Main thread. */
#pragma once

#include "baleen-store.h"

G_BEGIN_DECLS

#define BALEEN_TYPE_HISTORY (baleen_history_get_type ())
G_DECLARE_FINAL_TYPE (BaleenHistory, baleen_history, BALEEN, HISTORY, GObject)

/* Opens the store; emits ::opened when the conversations are there. */
BaleenHistory *baleen_history_new (BaleenStore *store);

gboolean baleen_history_get_is_opened (BaleenHistory *self);
BaleenStore *baleen_history_get_store (BaleenHistory *self);

/* The conversation in which nothing was said yet. There is one at most; it is not listed
 * until its first message, but its draft is kept. */
BaleenConversation *baleen_history_get_blank (BaleenHistory *self);

/* Reads its messages unless they are there; see BaleenConversation:is-loaded. */
void baleen_history_load (BaleenHistory      *self,
                          BaleenConversation *conversation);

/* Makes a message below `parent` (nullable) in that state, shows and saves it. */
BaleenMessage *baleen_history_add_message (BaleenHistory      *self,
                                           BaleenConversation *conversation,
                                           BaleenMessage      *parent,
                                           BaleenRole          role,
                                           const char         *text,
                                           BaleenState         state);

/* Saves what was changed in either. `message` is nullable. */
void baleen_history_save (BaleenHistory      *self,
                          BaleenConversation *conversation,
                          BaleenMessage      *message,
                          gboolean            is_lasting);
void baleen_history_rename (BaleenHistory      *self,
                            BaleenConversation *conversation,
                            const char         *title);
void baleen_history_pin (BaleenHistory      *self,
                         BaleenConversation *conversation,
                         gboolean            is_pinned);

/* Hidden, it is still on disk: put_back() undoes it and delete() makes it final. */
void baleen_history_hide (BaleenHistory      *self,
                          BaleenConversation *conversation);
void baleen_history_put_back (BaleenHistory      *self,
                              BaleenConversation *conversation);
void baleen_history_delete (BaleenHistory      *self,
                            BaleenConversation *conversation);

G_END_DECLS
