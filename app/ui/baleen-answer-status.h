/* What an answer says of itself above its text: the server it came from, its state in one line,
 * how far reading or loading is. As high in every state as in every other, so that nothing
 * moves when the state changes; what is longer than the line is in its tooltip. */
#pragma once

#include "baleen-message.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define BALEEN_TYPE_ANSWER_STATUS (baleen_answer_status_get_type ())
G_DECLARE_FINAL_TYPE (BaleenAnswerStatus, baleen_answer_status, BALEEN, ANSWER_STATUS, GtkWidget)

/* Emits ::told when its words changed. */
GtkWidget *baleen_answer_status_new (BaleenMessage *message);

/* How many answers come before this one, while it waits. */
void baleen_answer_status_set_n_before (BaleenAnswerStatus *self,
                                        guint               n_before);
/* A BaleenSummaryView, which knows pages where others know tokens. */
void baleen_answer_status_set_summary (BaleenAnswerStatus *self,
                                       GtkWidget          *summary);
/* Now; numbers that change are told by themselves, at most twice a second. */
void baleen_answer_status_tell (BaleenAnswerStatus *self);

/* The state in words, of a failure the whole sentence; "" when there is nothing to say. */
const char *baleen_answer_status_get_words (BaleenAnswerStatus *self);

G_END_DECLS
