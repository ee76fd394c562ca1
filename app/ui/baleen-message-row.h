/* One message in the transcript: a bubble for what the user said, full width for an answer. */
#pragma once

#include "baleen-conversation.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define BALEEN_TYPE_MESSAGE_ROW (baleen_message_row_get_type ())
G_DECLARE_FINAL_TYPE (BaleenMessageRow, baleen_message_row, BALEEN, MESSAGE_ROW, GtkWidget)

/* Emits ::wanted (int BaleenWish, guint sibling) when a control of the row is used, and
 * ::edited (text, gboolean think) when a question was asked in other words. */
typedef enum
{
  BALEEN_WISH_REGENERATE,
  BALEEN_WISH_CONTINUE,
  BALEEN_WISH_SIBLING,
  BALEEN_WISH_READ,
  BALEEN_WISH_REMEDY,
  BALEEN_WISH_REMOVE,
  BALEEN_WISH_SEND_NOW, /* what is written before it is stopped */
  BALEEN_WISH_SEARCH, /* its queries if the argument is 1, else an answer without */
  BALEEN_WISH_UNSEARCHED, /* the same answer without searching */
  BALEEN_WISH_SEARCHED,   /* and with it */
  BALEEN_WISH_USE_FOUND,  /* its search ends with what is there */
  BALEEN_WISH_SEARCH_SERVICE, /* another search service */
  BALEEN_WISH_ANSWER_NOW,
  BALEEN_WISH_TRY_NOW, /* a server that is busy */
  BALEEN_WISH_THINK_LONGER,
  BALEEN_WISH_SOURCE, /* its number instead of a sibling */
  BALEEN_WISH_AS_SECTIONS,   /* the same answer, outlined first */
  BALEEN_WISH_WRITE_SECTION, /* its number instead of a sibling */
  BALEEN_WISH_WRITE_ALL,     /* from that number on */
  BALEEN_WISH_KEEP,          /* what was changed in it is to be saved */
  BALEEN_WISH_SEND_AGAIN, /* what was left out, or the other side of a note */
  BALEEN_WISH_REGENERATE_WITH, /* with or without thinking */
  BALEEN_WISH_OTHER_MODEL,
  BALEEN_WISH_COPY, /* a MessageCopy */
  BALEEN_WISH_EDIT,
  BALEEN_WISH_QUOTE,
  BALEEN_WISH_BRANCH,
  BALEEN_WISH_DETAILS,
  BALEEN_WISH_LEDGER,
  BALEEN_WISH_DELETE,
} BaleenWish;

GtkWidget *baleen_message_row_new (BaleenConversation *conversation,
                                   BaleenMessage      *message);

BaleenMessage *baleen_message_row_get_message (BaleenMessageRow *self);
/* The last answer's actions are always there; those of others when they are wanted. */
void baleen_message_row_set_is_last (BaleenMessageRow *self,
                                     gboolean          is_last);
/* How many answers come before this one, while it waits. */
void baleen_message_row_set_n_before (BaleenMessageRow *self,
                                      guint             n_before);

/* Of a long answer its end is there at once, the rest soon after: these do not wait for its
 * beginning, or for all of it. */
void baleen_message_row_show_start (BaleenMessageRow *self);
void baleen_message_row_complete (BaleenMessageRow *self);
/* The block of an answer at a height of `within`, which holds the row. */
GtkWidget *baleen_message_row_find_block (BaleenMessageRow *self,
                                          GtkWidget        *within,
                                          double            y); /* (nullable) */

/* Marks where the words that are looked for (found-words.h) stand for the nth time, from 0, and
 * unfolds what hides them; returns the piece of text they are in, NULL if there is none. */
GtkWidget *baleen_message_row_show_found (BaleenMessageRow *self,
                                          guint             nth);

/* Of a question: its words become an editor; FALSE from cancel() when they were none. */
void baleen_message_row_edit (BaleenMessageRow *self,
                              gboolean          think);
gboolean baleen_message_row_cancel (BaleenMessageRow *self);

G_END_DECLS
