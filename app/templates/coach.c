#include "coach.h"

#include "coach-rules.h"

#include <glib/gi18n.h>

#define USUAL_CONTEXT 8192
/* So many requests without a common subject are mixed. */
#define MANY_REQUESTS 4
/* Or so many in all, of which some have no common subject. */
#define ALL_REQUESTS 5
#define SOME_REQUESTS 3
/* A longer draft that brings its material speaks of that, not of the news. */
#define SHORT_DRAFT 40

static const char *
get_message (BaleenHintKind kind)
{
  switch (kind)
    {
    case BALEEN_HINT_TOO_BROAD:
      return _("That could fill a book. Which part of it, and for whom?");
    case BALEEN_HINT_NO_CONTEXT:
      return _("The model sees only what is written here. "
               "What is it about, and what have you tried?");
    case BALEEN_HINT_LONG_MIXED:
      return _("Several questions in one get short answers. Number them, or ask one at a time.");
    case BALEEN_HINT_VAGUE:
      return _("What exactly is wanted, and for whom?");
    case BALEEN_HINT_CONTRADICTION:
      return _("Two of these wishes exclude each other. Which one counts?");
    case BALEEN_HINT_AMBIGUOUS:
      return _("A word like “good” or “some” could mean many things. By what measure, how many?");
    case BALEEN_HINT_REPEAT:
    default:
      return _("You asked this before. What was missing in the answer?");
    }
}

static void
add_hint (BaleenAdvice      *advice,
          const BaleenDraft *draft,
          BaleenHintKind     kind,
          GPtrArray         *requests,
          const char        *earlier)
{
  g_autofree char *suggestion = baleen_coach_reword (draft, kind, requests, earlier);

  baleen_advice_add_hint (advice, kind, get_message (kind), suggestion);
}

static gboolean
add_nudges (BaleenAdvice      *advice,
            const BaleenDraft *draft,
            gboolean           is_contradiction,
            gboolean           is_mixed,
            gsize              n_context)
{
  gsize most = n_context > 0 ? n_context : USUAL_CONTEXT;

  gboolean is_read = draft->n_tokens > most * 3 / 4
                     || (!is_contradiction && baleen_coach_reads_long_document (draft));

  if (is_read)
    baleen_advice_add_nudge (advice, BALEEN_NUDGE_SUMMARIZE_IN_PARTS,
                             _("That is more than fits at once. It can be summarized in parts."));
  if (!is_contradiction && !is_read && !is_mixed && baleen_coach_wants_long_answer (draft))
    baleen_advice_add_nudge (advice, BALEEN_NUDGE_OUTLINE_FIRST,
                             _("That is longer than one answer. "
                               "An outline first, then section by section?"));
  /* Of several questions each is to be asked by itself first. */
  if (!is_mixed && !baleen_coach_supplies_piece (draft)
      && (!draft->has_material || draft->n_words + draft->n_han <= SHORT_DRAFT)
      && baleen_coach_asks_for_news (draft))
    baleen_advice_add_nudge (advice, BALEEN_NUDGE_RECENT_EVENTS,
                             _("The model does not know recent events. Web Search does."));

  return advice->nudges->len > 0;
}

static void
add_repeat (BaleenAdvice      *advice,
            const BaleenDraft *draft,
            const char *const *previous)
{
  for (; previous != NULL && *previous != NULL; previous++)
    if (baleen_coach_is_repeat (draft, *previous))
      {
        add_hint (advice, draft, BALEEN_HINT_REPEAT, NULL, *previous);
        return;
      }
}

/* The one that says most about a short draft: what the task is, then what it is about, then how
 * much of it, then by which measure. */
static void
add_unclear (BaleenAdvice           *advice,
             const BaleenDraft      *draft,
             const BaleenCoachRules *rules)
{
  if (baleen_coach_announces_piece (draft) || baleen_coach_leaves_out_what (draft))
    add_hint (advice, draft, BALEEN_HINT_NO_CONTEXT, NULL, NULL);
  else if (baleen_coach_names_large_subject (draft))
    add_hint (advice, draft, BALEEN_HINT_TOO_BROAD, NULL, NULL);
  else if (rules->is_vague (draft) || baleen_coach_is_empty_wish (draft))
    add_hint (advice, draft, BALEEN_HINT_VAGUE, NULL, NULL);
  else if (!baleen_coach_supplies_piece (draft)
           && (rules->is_without_context (draft) || baleen_coach_lacks_piece (draft)))
    add_hint (advice, draft, BALEEN_HINT_NO_CONTEXT, NULL, NULL);
  else if (rules->is_too_broad (draft))
    add_hint (advice, draft, BALEEN_HINT_TOO_BROAD, NULL, NULL);
  else if (rules->is_ambiguous (draft))
    add_hint (advice, draft, BALEEN_HINT_AMBIGUOUS, NULL, NULL);
  else if (!baleen_coach_supplies_piece (draft) && baleen_coach_leaves_case_untold (draft))
    add_hint (advice, draft, BALEEN_HINT_NO_CONTEXT, NULL, NULL);
}

BaleenAdvice *
baleen_coach_read (const char        *draft_text,
                   const char *const *previous,
                   gsize              n_context)
{
  BaleenAdvice *advice = baleen_advice_new ();
  g_autoptr (BaleenDraft) draft = NULL;
  g_autoptr (GPtrArray) requests = NULL;
  const BaleenCoachRules *rules;
  gboolean is_nudged, is_contradiction, is_mixed;
  guint n_requests;

  g_return_val_if_fail (draft_text != NULL, advice);

  draft = baleen_draft_new (draft_text);
  if (*draft->text == '\0')
    return advice;

  rules = draft->is_chinese ? &baleen_coach_chinese : &baleen_coach_english;
  requests = baleen_coach_split_requests (draft, &n_requests);
  is_mixed = requests->len >= MANY_REQUESTS
             || (n_requests >= ALL_REQUESTS && requests->len >= SOME_REQUESTS);
  is_contradiction = baleen_coach_wishes_clash (draft);
  is_nudged = add_nudges (advice, draft, is_contradiction, is_mixed, n_context);
  if (is_contradiction)
    add_hint (advice, draft, BALEEN_HINT_CONTRADICTION, NULL, NULL);
  add_repeat (advice, draft, previous);
  if (is_mixed)
    add_hint (advice, draft, BALEEN_HINT_LONG_MIXED, requests, NULL);
  if (advice->hints->len == 0 && !is_nudged)
    add_unclear (advice, draft, rules);

  return advice;
}

static gpointer
warm_up_cb (gpointer data)
{
  static const char *const drafts[] = { "Who are you and what is it?", "你是谁？那是什么？", NULL };

  for (gsize i = 0; drafts[i] != NULL; i++)
    baleen_advice_free (baleen_coach_read (drafts[i], drafts, 0));

  return NULL;
}

void
baleen_coach_warm_up (void)
{
  static gsize is_warm; /* (atomic) */

  if (g_once_init_enter (&is_warm))
    {
      g_thread_unref (g_thread_new ("coach", warm_up_cb, NULL));
      g_once_init_leave (&is_warm, 1);
    }
}
