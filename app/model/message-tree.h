/* The messages of a conversation: questions and answers below one another, with branches where
 * something was edited or answered again. Message ids grow as messages are made. */
#pragma once

#include "baleen-message.h"

G_BEGIN_DECLS

typedef struct _BaleenMessageTree BaleenMessageTree;

BaleenMessageTree *baleen_message_tree_new (void);
void baleen_message_tree_free (BaleenMessageTree *self);

/* What is older may be added later: baleen_message_tree_sort() brings it into order. */
void baleen_message_tree_add (BaleenMessageTree *self,
                              BaleenMessage     *message);
void baleen_message_tree_sort (BaleenMessageTree *self);

/* (transfer none): all of them, oldest first, those that were deleted too. */
GPtrArray *baleen_message_tree_get_all (BaleenMessageTree *self);
/* (transfer none) (nullable) */
BaleenMessage *baleen_message_tree_find (BaleenMessageTree *self,
                                         gint64             id);

/* (transfer none): what is shown above, NULL at the top. Places that deleted messages left are
 * passed over. A parent that does not exist, or is not older, counts as the nearest older
 * message: a damaged history is shown as one line. */
BaleenMessage *baleen_message_tree_get_parent (BaleenMessageTree *self,
                                               BaleenMessage     *message);
/* (transfer none): the newest of the newest below `message`, which may be itself. */
BaleenMessage *baleen_message_tree_get_end (BaleenMessageTree *self,
                                            BaleenMessage     *message);

/* (transfer full): those from the top to `head` (nullable), which own a reference each. */
GPtrArray *baleen_message_tree_get_path (BaleenMessageTree *self,
                                         BaleenMessage     *head);
/* (transfer full): those below the same message, itself among them, without references. */
GPtrArray *baleen_message_tree_get_siblings (BaleenMessageTree *self,
                                             BaleenMessage     *message);
/* (transfer full): the question that `message` is or answers, and all its answers. */
GPtrArray *baleen_message_tree_get_turn (BaleenMessageTree *self,
                                         BaleenMessage     *message);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BaleenMessageTree, baleen_message_tree_free)

G_END_DECLS
