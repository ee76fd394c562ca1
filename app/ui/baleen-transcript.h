/* The messages of a conversation, one below the other. Follows the end while a reader is at
 * it, and otherwise keeps what is read at its pixel whatever grows above or below. */
#pragma once

#include "baleen-message-row.h"
#include "baleen-selection.h"

G_BEGIN_DECLS

#define BALEEN_TYPE_TRANSCRIPT (baleen_transcript_get_type ())
G_DECLARE_FINAL_TYPE (BaleenTranscript, baleen_transcript, BALEEN, TRANSCRIPT, GtkWidget)

/* Emits ::wanted (BaleenMessage, int BaleenWish, guint sibling) and ::edited (BaleenMessage,
 * text, gboolean think). */
void baleen_transcript_set_conversation (BaleenTranscript   *self,
                                         BaleenConversation *conversation); /* (nullable) */

/* While an answer is written its end is not followed further than its beginning can be seen;
 * FALSE at first. */
void baleen_transcript_set_stays (BaleenTranscript *self,
                                  gboolean          stays);

/* From here on the end stays in view. */
void baleen_transcript_jump_to_end (BaleenTranscript *self);
/* What comes now is followed, if the end is in view. */
void baleen_transcript_follow_if_at_end (BaleenTranscript *self);
void baleen_transcript_jump_to_start (BaleenTranscript *self);

/* Shows the newest path through a sibling of the message, whose row begins where this one's
 * did. */
void baleen_transcript_show_sibling (BaleenTranscript *self,
                                     BaleenMessage    *message,
                                     guint             sibling);

/* Moves the focus to the row before (-1) or after (1) the one that has it; from outside to the
 * last. */
void baleen_transcript_move_focus (BaleenTranscript *self,
                                   int               direction);
/* The row with the focus; NULL when none has it. */
BaleenMessageRow *baleen_transcript_get_focus_row (BaleenTranscript *self);
BaleenMessageRow *baleen_transcript_get_row (BaleenTranscript *self,
                                             BaleenMessage    *message); /* (nullable) */

/* What is selected in it; the transcript's own. */
BaleenSelection *baleen_transcript_get_selection (BaleenTranscript *self);

/* Puts a message that is on the path shown to the top of the view; with `is_focused` its row
 * gets the focus. */
void baleen_transcript_show_message (BaleenTranscript *self,
                                     BaleenMessage    *message,
                                     gboolean          is_focused);
/* Whether its first line can be seen. */
gboolean baleen_transcript_shows_start (BaleenTranscript *self,
                                        BaleenMessage    *message);
/* baleen_transcript_show_message() for one of which nothing can be seen. */
void baleen_transcript_bring_into_view (BaleenTranscript *self,
                                        BaleenMessage    *message);
/* Marks words wherever they stand, NULL for none, and shows where they stand in a message for
 * the nth time, from 0. */
void baleen_transcript_show_found (BaleenTranscript *self,
                                   const char       *words,   /* (nullable) */
                                   BaleenMessage    *message, /* (nullable) */
                                   guint             nth);

G_END_DECLS
