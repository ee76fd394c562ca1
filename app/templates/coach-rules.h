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
  gboolean (*is_contradiction) (const BaleenDraft *draft);
  gboolean (*is_about_recent_events) (const BaleenDraft *draft);
  gboolean (*is_longer_than_one_answer) (const BaleenDraft *draft);
  gboolean (*is_about_long_document) (const BaleenDraft *draft);
} BaleenCoachRules;

extern const BaleenCoachRules baleen_coach_english;
extern const BaleenCoachRules baleen_coach_chinese;

/* The separate requests of a draft that share no subject: their texts. `n_all` is how many
 * requests there are with those that do. */
GPtrArray *baleen_coach_split_requests (const BaleenDraft *draft,
                                        guint             *n_all);

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

/* Whether it asks what is so now and was not when models were made. */
gboolean baleen_coach_asks_for_news (const BaleenDraft *draft);

/* Two lengths asked for that exclude each other, in either language. */
gboolean baleen_coach_lengths_clash (const BaleenDraft *draft);

G_END_DECLS
