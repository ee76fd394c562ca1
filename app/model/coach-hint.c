#include "coach-hint.h"

static const char *const hint_words[BALEEN_N_HINTS] = {
  [BALEEN_HINT_TOO_BROAD] = "too-broad",
  [BALEEN_HINT_NO_CONTEXT] = "no-context",
  [BALEEN_HINT_LONG_MIXED] = "long-mixed",
  [BALEEN_HINT_VAGUE] = "vague",
  [BALEEN_HINT_CONTRADICTION] = "contradiction",
  [BALEEN_HINT_AMBIGUOUS] = "ambiguous",
  [BALEEN_HINT_REPEAT] = "repeat",
};

static const char *const nudge_words[BALEEN_N_NUDGES][2] = {
  [BALEEN_NUDGE_RECENT_EVENTS] = { "recent-events", "web-search" },
  [BALEEN_NUDGE_OUTLINE_FIRST] = { "outline-first", "outline-first" },
  [BALEEN_NUDGE_SUMMARIZE_IN_PARTS] = { "summarize-in-parts", "summarize-in-parts" },
};

const char *
baleen_hint_kind_to_string (BaleenHintKind kind)
{
  g_return_val_if_fail (kind < BALEEN_N_HINTS, NULL);

  return hint_words[kind];
}

const char *
baleen_nudge_kind_to_string (BaleenNudgeKind kind)
{
  g_return_val_if_fail (kind < BALEEN_N_NUDGES, NULL);

  return nudge_words[kind][0];
}

const char *
baleen_nudge_kind_get_action (BaleenNudgeKind kind)
{
  g_return_val_if_fail (kind < BALEEN_N_NUDGES, NULL);

  return nudge_words[kind][1];
}

static void
hint_free (gpointer data)
{
  BaleenHint *hint = data;

  g_free (hint->message);
  g_free (hint->suggestion);
  g_free (hint);
}

static void
nudge_free (gpointer data)
{
  BaleenNudge *nudge = data;

  g_free (nudge->message);
  g_free (nudge);
}

BaleenAdvice *
baleen_advice_new (void)
{
  BaleenAdvice *advice = g_new0 (BaleenAdvice, 1);

  advice->hints = g_ptr_array_new_with_free_func (hint_free);
  advice->nudges = g_ptr_array_new_with_free_func (nudge_free);

  return advice;
}

void
baleen_advice_free (BaleenAdvice *advice)
{
  if (advice == NULL)
    return;

  g_ptr_array_unref (advice->hints);
  g_ptr_array_unref (advice->nudges);
  g_free (advice);
}

void
baleen_advice_add_hint (BaleenAdvice   *advice,
                        BaleenHintKind  kind,
                        const char     *message,
                        const char     *suggestion)
{
  BaleenHint *hint = g_new0 (BaleenHint, 1);

  hint->kind = kind;
  hint->message = g_strdup (message);
  hint->suggestion = g_strdup (suggestion);
  g_ptr_array_add (advice->hints, hint);
}

void
baleen_advice_add_nudge (BaleenAdvice    *advice,
                         BaleenNudgeKind  kind,
                         const char      *message)
{
  BaleenNudge *nudge = g_new0 (BaleenNudge, 1);

  nudge->kind = kind;
  nudge->message = g_strdup (message);
  g_ptr_array_add (advice->nudges, nudge);
}
