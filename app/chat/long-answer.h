/* A long answer, outlined first and written section by section, or a question answered point by
 * point: what is asked for each, and how its text comes to stand among the others. Main thread. */
#pragma once

#include "baleen-message.h"
#include "baleen-request.h"
#include "outline.h"

G_BEGIN_DECLS

/* Turns a request for the whole into one for its outline. */
void baleen_long_answer_ask_outline (BaleenRequest *request);
/* What came of it: the list becomes the message's outline and its text is empty again. FALSE
 * when that was no list, and the text is an answer like any other. */
gboolean baleen_long_answer_take_outline (BaleenMessage *message);

/* Puts the heading of a section where it belongs and what stands behind it aside. One that was
 * stopped goes on where it is, with `resume`. */
void baleen_long_answer_begin_section (BaleenMessage *message,
                                       guint          section,
                                       gboolean       resume);
/* Turns a request for the whole into one for that section, with the outline, the end of what
 * stands before it, and what is there of it already. A point is asked after those before it and
 * their answers; `question` is what they were taken from. */
void baleen_long_answer_ask_section (BaleenRequest *request,
                                     const char    *question,
                                     BaleenMessage *message,
                                     guint          section,
                                     gsize          n_context);
/* What was put aside comes back. Returns the section to be written next, -1 for none. */
int baleen_long_answer_end_section (BaleenMessage *message,
                                    guint          section);

G_END_DECLS
