#include "coach-rules.h"

#include <string.h>

static BaleenPattern end_marks = BALEEN_PATTERN ("[\\s.?!。？！…]+$");
static BaleenPattern english_few
    = BALEEN_PATTERN ("\\b(?:some|a few|several|a couple of|many|various|lots of|" "a lot of)\\b");
static BaleenPattern english_good
    = BALEEN_PATTERN ("\\b(?:really |very |pretty )?(?:good|nice|great|decent|cool|"
                      "interesting|best|awesome|amazing|fun)\\b");
static BaleenPattern english_cheap = BALEEN_PATTERN ("\\b(?:cheap|affordable)\\b");
static BaleenPattern english_soon
    = BALEEN_PATTERN ("\\b(?:soon|quickly|as soon as possible|asap)\\b");
static BaleenPattern chinese_few = BALEEN_PATTERN ("一些|几个|几本|几首|几部|几种|几款|一点|若干|许多|很多");
static BaleenPattern english_limit
    = BALEEN_PATTERN ("[,;]?\\s*\\b(?:but|and|in|within|under|at most|"
                      "no more than)\\s+(?:(?:extremely|very|at most|about|" "under) )?[^,.;]*$");
static BaleenPattern chinese_limit
    = BALEEN_PATTERN ("^(?:用|请用|只用)?\\S{0,3}?\\d+(?:个)?字(?:以内)?(?=写)|[，,][^，,。]*[。]?$");

static char *
replace (BaleenPattern *pattern,
         const char    *text,
         const char    *by)
{
  return g_regex_replace_literal (baleen_pattern_get (pattern), text, -1, 0, by, 0, NULL);
}

static char *
number_points (GPtrArray  *requests,
               const char *opening)
{
  GString *text = g_string_new (opening);

  for (guint i = 0; requests != NULL && i < requests->len; i++)
    g_string_append_printf (text, "\n%u. %s", i + 1, (char *) g_ptr_array_index (requests, i));

  return g_string_free (text, FALSE);
}

/* “some good films” becomes “five highly rated films”. */
static char *
settle_words (const BaleenDraft *draft,
              const char        *base)
{
  g_autofree char *first = NULL, *second = NULL, *third = NULL, *fourth = NULL;

  if (draft->is_chinese)
    {
      first = replace (&chinese_few, base, "五个");
      return g_strdup_printf ("%s。请给出 5 个，按满足程度排序，每个用一句话说明理由和大致价格或所需时间。", first);
    }

  first = replace (&english_few, base, "five");
  second = replace (&english_good, first, "highly rated");
  third = replace (&english_cheap, second, "under 200 euros");
  fourth = replace (&english_soon, third, "within four weeks");
  return g_strdup_printf ("%s. Give exactly 5, ranked, each with one sentence why and what it costs in money "
                          "or time.", fourth);
}

static char *
reword_english (const BaleenDraft *draft,
                const char        *base,
                BaleenHintKind     kind,
                GPtrArray         *requests,
                const char        *earlier)
{
  g_autofree char *limited = NULL;

  switch (kind)
    {
    case BALEEN_HINT_TOO_BROAD:
      return g_strdup_printf ("%s, limited to the 3 points that a newcomer needs first. For each: one "
                              "sentence and one example. Under 200 words in all.", base);
    case BALEEN_HINT_NO_CONTEXT:
      return g_strdup_printf ("%s.\n\nWhat it is about: (paste the text, code or message here)\nWhat I want "
                              "to reach:\nWhat I have tried, and what happened:", base);
    case BALEEN_HINT_VAGUE:
      return g_strdup_printf ("%s. What should be different afterwards: shorter by a third, no spelling "
                              "mistakes, the main point in the first sentence. It is for: (who reads it)\n\n"
                              "Text: (paste it here)", base);
    case BALEEN_HINT_LONG_MIXED:
      return number_points (requests, "Answer these points one after the other, each under its own number:");
    case BALEEN_HINT_CONTRADICTION:
      limited = replace (&english_limit, base, "");
      return g_strdup_printf ("%s. If two of my wishes exclude each other, follow the first one.",
                              *limited != '\0' ? limited : base);
    case BALEEN_HINT_AMBIGUOUS:
      return settle_words (draft, base);
    case BALEEN_HINT_REPEAT:
    default:
      return g_strdup_printf ("I asked before: “%s” The answer did not settle one thing: (what is missing). "
                              "Explain only that, with an example.", earlier);
    }
}

static char *
reword_chinese (const BaleenDraft *draft,
                const char        *base,
                BaleenHintKind     kind,
                GPtrArray         *requests,
                const char        *earlier)
{
  g_autofree char *limited = NULL;

  switch (kind)
    {
    case BALEEN_HINT_TOO_BROAD:
      return g_strdup_printf ("%s，只讲初学者最先需要的 3 点，每点一句话加一个例子，总共不超过 300 字。", base);
    case BALEEN_HINT_NO_CONTEXT:
      return g_strdup_printf ("%s。\n\n相关内容：（在这里粘贴原文、代码或报错）\n我想达到的目标：\n试过的办法和结果：",
                              base);
    case BALEEN_HINT_VAGUE:
      return g_strdup_printf ("%s。希望的变化：篇幅缩短三分之一，没有错别字，第一句就说出要点。读者是：（谁）\n\n"
                              "原文：（在这里粘贴）", base);
    case BALEEN_HINT_LONG_MIXED:
      return number_points (requests, "请逐一回答下面各点，每点标明序号：");
    case BALEEN_HINT_CONTRADICTION:
      limited = replace (&chinese_limit, base, "");
      return g_strdup_printf ("%s。如果我的要求互相冲突，以第一个为准。", *limited != '\0' ? limited : base);
    case BALEEN_HINT_AMBIGUOUS:
      return settle_words (draft, base);
    case BALEEN_HINT_REPEAT:
    default:
      return g_strdup_printf ("我之前问过：“%s”回答中还有一点没有说清：（缺少什么）。请只解释这一点，并举一个例子。",
                              earlier);
    }
}

char *
baleen_coach_reword (const BaleenDraft *draft,
                     BaleenHintKind     kind,
                     GPtrArray         *requests,
                     const char        *earlier)
{
  g_autofree char *base = replace (&end_marks, draft->original, "");

  return draft->is_chinese ? reword_chinese (draft, base, kind, requests, earlier)
                           : reword_english (draft, base, kind, requests, earlier);
}
