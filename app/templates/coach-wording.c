/* The better wording that a hint offers. What was written stands in it as it was written, and what
 * is missing comes after it: to apply a hint never loses a word. */
#include "coach-rules.h"

#include <string.h>

static BaleenPattern loose_end = BALEEN_PATTERN ("[\\s,;，；、]+$");
static BaleenPattern end_mark = BALEEN_PATTERN ("[.?!:。？！：…~～\"”」』）)`]$");
static BaleenPattern asks
    = BALEEN_PATTERN ("^(?:so |and |but )?(?:what|how|why|who|which|where|is|are|was|were|does|did|can|"
                      "could|should|would|will|(?:do|have|has|am) (?:you|i|we|they|people))\\b|"
                      "(?:吗|呢|么|吧)$|什么|怎么|怎样|如何|为何|哪|谁|多少|几(?:点|个|次)|是不是|能不能|会不会|"
                      "该不该|要不要|好不好|可不可以");

/* ---- What an empty wish is about ------------------------------------------------------------- */

static BaleenPattern wants_advice
    = BALEEN_PATTERN ("\\b(?:advice|advise|ideas?|thoughts?|suggest\\w*|inspir\\w+|tips?|opinions?|input|"
                      "feedback|brainstorm\\w*|recommend\\w*)\\b|"
                      "建议|想法|灵感|意见|点子|主意|思路|看法|反馈|启发|头脑风暴|你觉得");
static BaleenPattern wants_new
    = BALEEN_PATTERN ("\\b(?:write|tell|say|surprise|entertain|amuse|teach|create|compose|motivate|"
                      "(?:give|show) me (?:some|any)(?:thing)?|give me content)\\b|"
                      "写|讲|说点|说两句|逗我|惊喜|激励|来点|来个|教我|给我找点事|内容");
static BaleenPattern wants_change
    = BALEEN_PATTERN ("\\b(?:my (?:text|essay|article|report|letter|e-?mail|cv|resume|profile|website|blog|"
                      "code|slides?|presentation|story|homepage|cover letter|wording|photos?)|this|these|it|"
                      "better|nicer|improve|polish)\\b|"
                      "改|优化|润色|美化|提升|整理|修|弄|完善|翻新|处理|变得|更|做得|做好");
static BaleenPattern wants_help
    = BALEEN_PATTERN ("\\b(?:help|assist\\w*|hand|support|problem|guidance|useful|homework|assignment)\\b|"
                      "帮|支持|协助|问题|搭把手|有用");

/* ---- What has no measure --------------------------------------------------------------------- */

static BaleenPattern wants_several
    = BALEEN_PATTERN ("(?<!how )\\b(?:some|a few|several|a couple of|many|various|lots of)\\b|"
                      "\\bwhat are\\b|\\bany (?:good|nice|great)\\b|"
                      "一些|几个|几本|几首|几部|几种|几款|几道|若干|许多|很多|推荐|有什么|有哪些");
static BaleenPattern has_number
    = BALEEN_PATTERN ("\\d|\\b(?:one|two|three|four|five|six|seven|eight|nine|ten|dozen|an?)\\b(?! (?:few|couple|"
                      "lot))|[一二三四五六七八九十两](?:个|本|首|部|种|款|道|家|条)");
static BaleenPattern unmeasured
    = BALEEN_PATTERN ("\\b(?:good|nice|great|decent|cool|interesting|best|awesome|amazing|fun|better|cheap|"
                      "cheapest|affordable|expensive|soon|quickly|fast|asap|short|shorter|long|longer|big|large|"
                      "small|enough|healthy|easy|simple|often|safe|normal|near|nearby|late|early|young|old|"
                      "high|low|popular|beautiful|modern|a lot|too much|too many|a bit|worth it)\\b|"
                      "最好|更好|好吃|好看|好玩|好用|好喝|好听|便宜|实惠|贵|划算|尽快|快点|很快|简短|短一点|长一点|很大|很小|足够|"
                      "健康|简单|有趣|有意思|安全|合适|适合|漂亮|近一点|不错|性价比|值得|够|好");

static void
append_settled (GString           *text,
                const BaleenDraft *draft)
{
  g_autofree char *word = baleen_pattern_dup_group (&unmeasured, draft->text, 0);
  const gboolean is_list = baleen_pattern_matches (&wants_several, draft->text)
                           && !baleen_pattern_matches (&has_number, draft->text);

  if (draft->is_chinese)
    {
      if (is_list)
        g_string_append (text, "请给出 5 个，最合适的排在前面，每个用一句话说明理由。");
      if (word != NULL)
        g_string_append_printf (text, "我说的“%s”指的是：（价格、时间、用途或数字）", word);
      else
        g_string_append (text, "我最看重的是：（价格、时间、用途或数字）");
      return;
    }

  if (is_list)
    g_string_append (text, "Give exactly 5, the best first, each with one sentence why. ");
  if (word != NULL)
    g_string_append_printf (text, "By “%s” I mean: (a price, a time, a purpose or a number)", word);
  else
    g_string_append (text, "What counts most: (a price, a time, a purpose or a number)");
}

static const char *
get_change (const BaleenDraft *draft)
{
  if (draft->is_chinese)
    return draft->has_material ? "希望的变化：（例如篇幅缩短三分之一，第一句就说出要点）\n读者是：（谁）"
                               : "希望的变化：（例如篇幅缩短三分之一，第一句就说出要点）\n读者是：（谁）\n"
                                 "原来的内容：（在这里粘贴）";

  return draft->has_material ? "What should be different: (for example a third shorter, the main point first)\n"
                               "It is for: (who reads it)"
                             : "What should be different: (for example a third shorter, the main point first)\n"
                               "It is for: (who reads it)\nWhat I have: (paste it here)";
}

static const char *
get_missing (const BaleenDraft *draft)
{
  const char *text = draft->text;
  const gboolean is_chinese = draft->is_chinese;

  if (baleen_pattern_matches (&wants_advice, text))
    return is_chinese ? "主题：（关于什么事）\n数量：5 条，每条一句话\n最看重的是：（时间、费用、效果……）\n我的情况：（目前怎样，试过什么）"
                      : "Subject: (what it is about)\nHow many: 5, one sentence each\nWhat counts most: (time, "
                        "money, effect, …)\nMy situation: (how things stand, what I have tried)";
  if (baleen_pattern_matches (&wants_change, text))
    return get_change (draft);
  if (baleen_pattern_matches (&wants_new, text))
    return is_chinese ? "主题：（关于什么）\n读者是：（谁）\n篇幅：大约 150 字\n语气：（例如轻松、正式）"
                      : "Subject: (what it is about)\nIt is for: (who reads it)\nLength: about 150 words\n"
                        "Tone: (for example light, formal)";
  if (baleen_pattern_matches (&wants_help, text))
    return is_chinese ? "要做的事：（是什么，什么时候要完成）\n目前的进展：\n卡在哪里："
                      : "The task: (what it is, by when)\nWhere I am now:\nWhere I am stuck:";

  return get_change (draft);
}

/* ---- Several questions in one ---------------------------------------------------------------- */

static void
append_points (GString    *text,
               GPtrArray  *points,
               const char *opening)
{
  g_string_append (text, opening);
  for (guint i = 0; points != NULL && i < points->len; i++)
    g_string_append_printf (text, "\n%u. %s", i + 1, (char *) g_ptr_array_index (points, i));
}

/* As points alone if nothing is lost by that; else they come after what was written. */
static char *
list_points (const BaleenDraft *draft,
             const char        *base,
             GPtrArray         *requests)
{
  g_autoptr (GPtrArray) points = baleen_coach_list_points (draft);
  GString *text = g_string_new (NULL);

  if (points == NULL)
    g_string_append_printf (text, "%s\n\n", base);
  append_points (text, points != NULL ? points : requests,
                 draft->is_chinese ? "请逐一回答下面各点，每点标明序号："
                                   : "Answer these points one after the other, each under its own number:");

  return g_string_free (text, FALSE);
}

/* ---- All kinds ------------------------------------------------------------------------------- */

/* What was written, with a mark at its end if it has none. */
static char *
close_sentence (const BaleenDraft *draft)
{
  g_autofree char *base
      = g_regex_replace_literal (baleen_pattern_get (&loose_end), draft->original, -1, 0, "", 0, NULL);
  const gboolean is_question = baleen_pattern_matches (&asks, base);

  if (baleen_pattern_matches (&end_mark, base))
    return g_steal_pointer (&base);

  return g_strconcat (base, draft->is_chinese ? (is_question ? "？" : "。") : (is_question ? "?" : "."), NULL);
}

static void
append_english (GString           *text,
                const BaleenDraft *draft,
                BaleenHintKind     kind,
                const char        *earlier)
{
  switch (kind)
    {
    case BALEEN_HINT_TOO_BROAD:
      g_string_append (text, " Keep to the 3 points that a newcomer needs first. For each: one sentence and one "
                             "example. Under 200 words in all.");
      break;
    case BALEEN_HINT_NO_CONTEXT:
      g_string_append (text, "\n\nWhat it is about: (paste the text, code or message here)\nWhat I want to "
                             "reach:\nWhat I have tried, and what happened:");
      break;
    case BALEEN_HINT_CONTRADICTION:
      g_string_append (text, " Where two of these wishes exclude each other, follow the one that I named first.");
      break;
    case BALEEN_HINT_REPEAT:
      g_string_append_printf (text, "\n\nI asked before: “%s” The answer left one thing open: (what is missing). "
                                    "Explain only that, with an example.", earlier);
      break;
    case BALEEN_HINT_AMBIGUOUS:
      g_string_append_c (text, ' ');
      append_settled (text, draft);
      break;
    case BALEEN_HINT_VAGUE:
    case BALEEN_HINT_LONG_MIXED:
    default:
      g_string_append_printf (text, "\n\n%s", get_missing (draft));
      break;
    }
}

static void
append_chinese (GString           *text,
                const BaleenDraft *draft,
                BaleenHintKind     kind,
                const char        *earlier)
{
  switch (kind)
    {
    case BALEEN_HINT_TOO_BROAD:
      g_string_append (text, "只讲初学者最先需要的 3 点，每点一句话加一个例子，总共不超过 300 字。");
      break;
    case BALEEN_HINT_NO_CONTEXT:
      g_string_append (text, "\n\n相关内容：（在这里粘贴原文、代码或报错）\n我想达到的目标：\n试过的办法和结果：");
      break;
    case BALEEN_HINT_CONTRADICTION:
      g_string_append (text, "如果我的要求互相冲突，以先说的那个为准。");
      break;
    case BALEEN_HINT_REPEAT:
      g_string_append_printf (text, "\n\n我之前问过：“%s”回答中还有一点没有说清：（缺少什么）。请只解释这一点，并举一个例子。",
                              earlier);
      break;
    case BALEEN_HINT_AMBIGUOUS:
      append_settled (text, draft);
      break;
    case BALEEN_HINT_VAGUE:
    case BALEEN_HINT_LONG_MIXED:
    default:
      g_string_append_printf (text, "\n\n%s", get_missing (draft));
      break;
    }
}

char *
baleen_coach_reword (const BaleenDraft *draft,
                     BaleenHintKind     kind,
                     GPtrArray         *requests,
                     const char        *earlier)
{
  g_autofree char *base = close_sentence (draft);
  GString *text;

  if (kind == BALEEN_HINT_LONG_MIXED)
    return list_points (draft, base, requests);

  text = g_string_new (base);
  if (draft->is_chinese)
    append_chinese (text, draft, kind, earlier);
  else
    append_english (text, draft, kind, earlier);

  return g_string_free (text, FALSE);
}
