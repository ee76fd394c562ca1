/* States, numbers and dates in words, in the language of the interface. Results are the
 * caller's. */
#pragma once

#include "baleen-conversation.h"

G_BEGIN_DECLS

/* "14:05". `time` is microseconds since 1970, as everywhere here. */
char *baleen_words_clock (gint64 time);
/* Within a sentence: "14:05", of another day "12 Nov, 14:05". */
char *baleen_words_moment (gint64 time,
                           gint64 now);
/* For a row of the sidebar: "14:05", "Yesterday", "Wednesday", "12 Nov", "12 Nov 2025". */
char *baleen_words_day (gint64 time,
                        gint64 now);

/* The status line of an answer; "" when there is nothing to say. */
char *baleen_words_status (BaleenMessage *message,
                           guint          n_before);
/* "Thinking… 12 s", "Thought for 31 s". */
char *baleen_words_thought (BaleenMessage *message);
/* What the status line of a finished answer tells who asks: time, model, tokens, speed. */
char *baleen_words_details (BaleenMessage *message);
/* "41 tok/s"; NULL while it is not known. */
char *baleen_words_speed (BaleenMessage *message);
/* The name of a row: "You, 14:01", "Answer from Krill, 14:02". */
char *baleen_words_row (BaleenMessage *message);

/* “From here: Krill” for the first answer of another model; NULL for others. */
char *baleen_words_switch (BaleenConversation *conversation,
                           BaleenMessage      *message);

/* How many words, a Han character being one. */
guint baleen_words_count (const char *text);

/* What to call it before anything was said. */
const char *baleen_words_title (BaleenConversation *conversation);

/* “20 Nov 2026” of "2026-11-20". */
char *baleen_words_date (const char *date);
/* Where a source is: its host, its page, or its file; empty when nothing is known. */
char *baleen_words_place (BaleenSource *source);
/* “Source 1, Annual report, page 12”. */
char *baleen_words_source (BaleenSource *source);

/* Where a source is and what it says there, for a tooltip. */
char *baleen_words_passage (BaleenSource *source);
/* The host of an address, in both forms if it has two; without host the address. */
char *baleen_words_link (const char *address);

G_END_DECLS
