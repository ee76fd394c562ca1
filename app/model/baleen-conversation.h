/* A tree of messages, of which one path from the first to the last is shown: it is a
 * GListModel of the BaleenMessages on that path. Regenerating or editing makes a sibling, and
 * the old branch stays reachable. Main thread only. */
#pragma once

#include <gio/gio.h>

#include "baleen-message.h"

G_BEGIN_DECLS

/* Who found the title. The numbers are written to disk: append, never reorder. */
typedef enum
{
  BALEEN_TITLE_WORDS = 0, /* the first words said */
  BALEEN_TITLE_USER = 1,
  BALEEN_TITLE_MODEL = 2,
} BaleenTitleSource;

#define BALEEN_TYPE_CONVERSATION (baleen_conversation_get_type ())
G_DECLARE_FINAL_TYPE (BaleenConversation, baleen_conversation, BALEEN, CONVERSATION, GObject)

/* Created and updated now, empty, loaded. */
BaleenConversation *baleen_conversation_new (gint64 id);

gint64 baleen_conversation_get_id (BaleenConversation *self);
gint64 baleen_conversation_get_created (BaleenConversation *self);
void baleen_conversation_set_created (BaleenConversation *self,
                                      gint64              created);
/* Microseconds since 1970; the sidebar is sorted by it. Notifies "updated". */
gint64 baleen_conversation_get_updated (BaleenConversation *self);
void baleen_conversation_set_updated (BaleenConversation *self,
                                      gint64              updated);

/* The title given by somebody, else the first words said, else NULL. */
const char *baleen_conversation_get_title (BaleenConversation *self);
void baleen_conversation_set_title (BaleenConversation *self,
                                    const char         *title);
BaleenTitleSource baleen_conversation_get_title_source (BaleenConversation *self);
void baleen_conversation_set_title_source (BaleenConversation *self,
                                           BaleenTitleSource   source);

gboolean baleen_conversation_get_is_pinned (BaleenConversation *self);
void baleen_conversation_set_is_pinned (BaleenConversation *self,
                                        gboolean            is_pinned);
/* The name of the folder it is in; NULL when in none. Notifies "folder". */
const char *baleen_conversation_get_folder (BaleenConversation *self);
void baleen_conversation_set_folder (BaleenConversation *self,
                                     const char         *folder);
/* Out of the way, but searched and kept. Notifies "is-archived". */
gboolean baleen_conversation_get_is_archived (BaleenConversation *self);
void baleen_conversation_set_is_archived (BaleenConversation *self,
                                          gboolean            is_archived);
/* Never written to disk; set before anything is said. Notifies "is-temporary". */
gboolean baleen_conversation_get_is_temporary (BaleenConversation *self);
void baleen_conversation_set_is_temporary (BaleenConversation *self,
                                           gboolean            is_temporary);
/* Whether some of it was answered by another computer. */
gboolean baleen_conversation_get_has_left (BaleenConversation *self);
void baleen_conversation_set_has_left (BaleenConversation *self,
                                       gboolean            has_left);
gboolean baleen_conversation_get_think (BaleenConversation *self);
void baleen_conversation_set_think (BaleenConversation *self,
                                    gboolean            think);
/* Web Search is on in its composer. */
gboolean baleen_conversation_get_search (BaleenConversation *self);
void baleen_conversation_set_search (BaleenConversation *self,
                                     gboolean            search);
const char *baleen_conversation_get_draft (BaleenConversation *self); /* never NULL */
int baleen_conversation_get_draft_cursor (BaleenConversation *self);  /* characters */
void baleen_conversation_set_draft (BaleenConversation *self,
                                    const char         *draft,
                                    int                 cursor);
/* BALEEN_PART_ATTACHMENTS or BALEEN_PART_TEMPLATE of the draft: JSON, (nullable). */
const char *baleen_conversation_get_draft_part (BaleenConversation *self,
                                                BaleenMessagePart   part);
void baleen_conversation_set_draft_part (BaleenConversation *self,
                                         BaleenMessagePart   part,
                                         const char         *json);

/* FALSE while its messages are still on disk. Notifies "is-loaded". */
gboolean baleen_conversation_get_is_loaded (BaleenConversation *self);
/* Its messages are on disk, and the path last seen ends at `head_id`. */
void baleen_conversation_set_unloaded (BaleenConversation *self,
                                       gint64              head_id);

/* Takes messages in any order and shows the path last seen, else the newest. A message whose
 * parent is not among them hangs below the one before it: nothing is lost to a gap. */
void baleen_conversation_fill (BaleenConversation *self,
                               GPtrArray          *messages);

/* Adds below its parent and shows the path that ends with it. */
void baleen_conversation_add (BaleenConversation *self,
                              BaleenMessage      *message);

BaleenMessage *baleen_conversation_get_message (BaleenConversation *self,
                                                gint64              id); /* (nullable) */
/* The last message shown; NULL when empty. */
BaleenMessage *baleen_conversation_get_head (BaleenConversation *self);
/* Its id, known before loading too: 0 when nothing was said. */
gint64 baleen_conversation_get_head_id (BaleenConversation *self);
/* All messages of all branches, oldest first; the array is the caller's. */
GPtrArray *baleen_conversation_get_all (BaleenConversation *self);
/* Any of its messages is being written. */
BaleenMessage *baleen_conversation_get_running (BaleenConversation *self); /* (nullable) */

/* Shows the newest path through that message, unless it is on the one that is shown. */
void baleen_conversation_show_message (BaleenConversation *self,
                                       BaleenMessage      *message);

/* Answers of it are written or wait to be, as BaleenChat says. Notifies "is-running". */
gboolean baleen_conversation_get_is_running (BaleenConversation *self);
void baleen_conversation_set_is_running (BaleenConversation *self,
                                         gboolean            is_running);

/* How many messages share the parent of `message`, and which of them it is, from 0. */
guint baleen_conversation_get_n_siblings (BaleenConversation *self,
                                          BaleenMessage      *message,
                                          guint              *position);
/* Shows the newest path through that sibling. */
void baleen_conversation_show_sibling (BaleenConversation *self,
                                       BaleenMessage      *message,
                                       guint               position);

/* The message shown above another; NULL for the first. */
BaleenMessage *baleen_conversation_get_parent (BaleenConversation *self,
                                               BaleenMessage      *message);
/* Hides the question of `message` and all its answers, and shows what follows them below what
 * came before. Returns what was hidden, for unhide(). */
GPtrArray *baleen_conversation_hide_turn (BaleenConversation *self,
                                          BaleenMessage      *message);
void baleen_conversation_unhide (BaleenConversation *self,
                                 GPtrArray          *turn);

G_END_DECLS
