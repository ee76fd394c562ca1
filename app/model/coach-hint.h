/* What the coach says of a draft: hints, which offer a better wording, and nudges, which offer
 * to do something. No input or output here. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  BALEEN_HINT_TOO_BROAD,
  BALEEN_HINT_NO_CONTEXT,
  BALEEN_HINT_LONG_MIXED,
  BALEEN_HINT_VAGUE,
  BALEEN_HINT_CONTRADICTION,
  BALEEN_HINT_AMBIGUOUS,
  BALEEN_HINT_REPEAT,
} BaleenHintKind;

typedef enum
{
  BALEEN_NUDGE_RECENT_EVENTS,      /* Web Search knows more */
  BALEEN_NUDGE_OUTLINE_FIRST,      /* longer than one answer */
  BALEEN_NUDGE_SUMMARIZE_IN_PARTS, /* a document longer than the context */
} BaleenNudgeKind;

#define BALEEN_N_HINTS (BALEEN_HINT_REPEAT + 1)
#define BALEEN_N_NUDGES (BALEEN_NUDGE_SUMMARIZE_IN_PARTS + 1)

/* The word for it in the terminal and in settings: "too-broad", "recent-events". */
const char *baleen_hint_kind_to_string (BaleenHintKind kind);
const char *baleen_nudge_kind_to_string (BaleenNudgeKind kind);

/* What a nudge does when it is taken: "web-search", "outline-first", "summarize-in-parts". */
const char *baleen_nudge_kind_get_action (BaleenNudgeKind kind);

typedef struct
{
  BaleenHintKind kind;
  char *message;    /* in the language of the interface */
  char *suggestion; /* a better draft, in the language of the draft */
} BaleenHint;

typedef struct
{
  BaleenNudgeKind kind;
  char *message;
} BaleenNudge;

typedef struct
{
  GPtrArray *hints;  /* of BaleenHint, the best first */
  GPtrArray *nudges; /* of BaleenNudge */
} BaleenAdvice;

BaleenAdvice *baleen_advice_new (void);
void baleen_advice_free (BaleenAdvice *advice);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BaleenAdvice, baleen_advice_free)

void baleen_advice_add_hint (BaleenAdvice   *advice,
                             BaleenHintKind  kind,
                             const char     *message,
                             const char     *suggestion);
void baleen_advice_add_nudge (BaleenAdvice    *advice,
                              BaleenNudgeKind  kind,
                              const char      *message);

G_END_DECLS
