/* The rules of the coach, a file each for English and Chinese. Private to the coach. */
#pragma once

#include "coach-draft.h"
#include "coach-hint.h"

G_BEGIN_DECLS

typedef struct
{
  gboolean (*is_too_broad) (const BaleenDraft *draft);
  gboolean (*is_without_context) (const BaleenDraft *draft);
  gboolean (*is_vague) (const BaleenDraft *draft);
  gboolean (*is_ambiguous) (const BaleenDraft *draft);
} BaleenCoachRules;

extern const BaleenCoachRules baleen_coach_english;
extern const BaleenCoachRules baleen_coach_chinese;

/* The separate requests of a draft that share no subject: their texts. `n_all` is how many
 * requests there are with those that do. */
GPtrArray *baleen_coach_split_requests (const BaleenDraft *draft,
                                        guint             *n_all);

/* All of a draft as points, a request each with what was said to it; NULL if a word or a question
 * mark would be lost by that. */
GPtrArray *baleen_coach_list_points (const BaleenDraft *draft);

/* Whether a draft asks what `earlier` asked, in other words perhaps. */
gboolean baleen_coach_is_repeat (const BaleenDraft *draft,
                                 const char        *earlier);

/* A better draft, in its language. `requests` for long-mixed, `earlier` for repeat. */
char *baleen_coach_reword (const BaleenDraft *draft,
                           BaleenHintKind     kind,
                           GPtrArray         *requests,
                           const char        *earlier);

/* Whether it speaks of something that is not in it: “fix this”, “他说的对吗”. */
gboolean baleen_coach_points_outside (const BaleenDraft *draft);

/* Whether it leaves out of what it speaks: “what did I do wrong”, “充不进电怎么回事”. */
gboolean baleen_coach_leaves_out_what (const BaleenDraft *draft);

/* Whether it is about what only the writer sees: “does the plan make sense”, “第二个为什么更便宜”. */
gboolean baleen_coach_speaks_of_unseen (const BaleenDraft *draft);

/* Whether it asks for work on a text, a file or a message that is not in it; whether it says that
 * such a thing is there (“the text below”) and nothing comes; whether something does. */
gboolean baleen_coach_lacks_piece (const BaleenDraft *draft);
gboolean baleen_coach_announces_piece (const BaleenDraft *draft);
gboolean baleen_coach_supplies_piece (const BaleenDraft *draft);

/* Whether it asks about a case that only the writer knows, and does not tell it. */
gboolean baleen_coach_leaves_case_untold (const BaleenDraft *draft);

/* Whether it asks what is so now and was not when models were made. */
gboolean baleen_coach_asks_for_news (const BaleenDraft *draft);

/* Whether two of its wishes exclude each other. */
gboolean baleen_coach_wishes_clash (const BaleenDraft *draft);

/* Whether more is asked for than one answer can hold. */
gboolean baleen_coach_wants_long_answer (const BaleenDraft *draft);

/* Whether it is about a document that is longer than what a model reads at once. */
gboolean baleen_coach_reads_long_document (const BaleenDraft *draft);

/* Whether an English draft holds nothing but asking and a subject. */
gboolean baleen_coach_names_only_topic (const BaleenDraft *draft);

/* Whether it holds nothing but asking and a large subject: “so what's medicine all about?” */
gboolean baleen_coach_names_large_subject (const BaleenDraft *draft);

/* Whether it says only that something is wanted: “make it a bit nicer somehow”. */
gboolean baleen_coach_is_empty_wish (const BaleenDraft *draft);

/* Two poles that exclude each other when both are wished for. */
typedef struct
{
  BaleenPattern one, other;
} BaleenOpposites;

BaleenOpposites *baleen_coach_get_english_opposites (gsize *n);
BaleenOpposites *baleen_coach_get_chinese_opposites (gsize *n);
BaleenOpposites *baleen_coach_get_poles (gsize *n);

/* Whether its wishes are those of several people, or a question that wishes nothing; and the same
 * or of several parts. */
gboolean baleen_coach_shares_wishes (const BaleenDraft *draft);
gboolean baleen_coach_divides_wishes (const BaleenDraft *draft);

/* Whether two amounts of one thing exclude each other: exactly 300 words and at least 400. */
gboolean baleen_coach_amounts_clash (const BaleenDraft *draft);

/* Whether words of `wishes`, a part of the draft, exclude each other. */
gboolean baleen_coach_words_exclude (const BaleenDraft *draft,
                                     const char        *wishes);

/* Whether it asks for one text and then another, each with a length of its own. */
gboolean baleen_coach_names_sequence (const BaleenDraft *draft);

/* Two lengths asked for that exclude each other, in either language. */
gboolean baleen_coach_lengths_clash (const BaleenDraft *draft);

/* Numbers, forms and orders that exclude each other: three tips that are five, a haiku of twenty
 * lines, a day trip of a week, from the largest to the smallest beginning with the smallest. */
gboolean baleen_coach_counts_clash (const BaleenDraft *draft);

/* A text in lower case as it was meant to be typed, and what is left without “could you please”. */
char *baleen_coach_mend_spelling (const char *text,
                                  gboolean    is_chinese);
char *baleen_coach_leave_out_courtesy (const char *text,
                                       gboolean    is_chinese);

G_END_DECLS
