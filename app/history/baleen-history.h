/* The conversations there are: pinned ones, then those in folders by the names of these, then the
 * others, then the archived ones; in each the last used first. A GListModel of
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

/* The conversation of `owner`, a window, in which nothing was said yet: always the same, until
 * something is. It is not listed before its first message, but its draft is kept, and who comes
 * first finds it again. */
BaleenConversation *baleen_history_get_blank_of (BaleenHistory *self,
                                                 gpointer       owner);
/* That of nobody, where there are no windows. */
BaleenConversation *baleen_history_get_blank (BaleenHistory *self);
/* The owner needs none any more. */
void baleen_history_release_blank (BaleenHistory *self,
                                   gpointer       owner);
/* One that is never written to disk, and listed once something is said in it. */
BaleenConversation *baleen_history_new_temporary (BaleenHistory *self); /* owned by the caller */
/* FALSE makes every new conversation temporary. */
void baleen_history_set_is_kept (BaleenHistory *self,
                                 gboolean       is_kept);
/* A temporary conversation is kept from now on. */
void baleen_history_keep (BaleenHistory      *self,
                          BaleenConversation *conversation);
/* The one with that id, listed or blank; NULL when there is none. */
BaleenConversation *baleen_history_find (BaleenHistory *self,
                                         gint64         id);

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

/* `folder` NULL takes it out of its folder. */
void baleen_history_move (BaleenHistory      *self,
                          BaleenConversation *conversation,
                          const char         *folder);
void baleen_history_archive (BaleenHistory      *self,
                             BaleenConversation *conversation,
                             gboolean            is_archived);
/* The names of the folders that hold something, sorted. */
char **baleen_history_get_folders (BaleenHistory *self);
/* Lists the BaleenConversationRecords that an import put into the store. */
void baleen_history_take_in (BaleenHistory *self,
                             GPtrArray     *records);
/* Looks for what others wrote to the file; also done when another program has. */
void baleen_history_refresh (BaleenHistory *self);

/* Of hidden messages nothing is left but their places in the tree. */
void baleen_history_delete_messages (BaleenHistory      *self,
                                     BaleenConversation *conversation,
                                     GPtrArray          *messages);
/* A new conversation that begins with what is shown up to `message`. Running answers are
 * copied as far as they have come. */
BaleenConversation *baleen_history_branch (BaleenHistory      *self,
                                           BaleenConversation *conversation,
                                           BaleenMessage      *message);

/* Hidden, it is still on disk: put_back() undoes it and delete() makes it final. */
void baleen_history_hide (BaleenHistory      *self,
                          BaleenConversation *conversation);
gboolean baleen_history_is_hidden (BaleenHistory *self,
                                   gint64         id);
void baleen_history_put_back (BaleenHistory      *self,
                              BaleenConversation *conversation);
void baleen_history_delete (BaleenHistory      *self,
                            BaleenConversation *conversation);
/* All that is listed, and every trace of what was deleted before. */
void baleen_history_delete_all (BaleenHistory *self);

G_END_DECLS
