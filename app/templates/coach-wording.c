/* The better wording that a hint offers. What was written stands in it as it was written, and what
 * is missing comes after it: to apply a hint never loses a word. */
#include "coach-rules.h"

#include <string.h>

static BaleenPattern loose_end = BALEEN_PATTERN ("[\\s,;，；、]+$");
static BaleenPattern end_mark = BALEEN_PATTERN ("[.?!:。？！：…~～\"”」』）)`]$");
static BaleenPattern asks
    = BALEEN_PATTERN ("^(?:so |and |but )?(?:what|how|why|who|which|where|is|are|was|were|does|"
                      "did|can|could|should|"
                      "would|will|(?:do|have|has|am) (?:you|i|we|they|people))\\b|"
                      "(?:吗|嗎|呢|么)$|什么|什麼|甚麼|怎么|怎麼|怎样|怎樣|如何|为何|哪|谁|誰|"
                      "多少|多(?:久|大|长|高|远)|啥$|"
                      "(?:有|要|是|共)几个|几(?:点|次)|(\\p{Han})不\\1|是不是|能不能|会不会|"
                      "该不该|要不要|好不好|可不可以");

/* ---- What an empty wish is about ------------------------------------------------------ */

static BaleenPattern wants_advice
    = BALEEN_PATTERN ("\\b(?:advice|advise|ideas?|thoughts?|suggest\\w*|inspir\\w+|tips?|"
                      "opinions?|input|"
                      "feedback|brainstorm\\w*|recommend\\w*)\\b|"
                      "建议|想法|灵感|意见|点子|主意|思路|看法|反馈|启发|头脑风暴|你觉得");
static BaleenPattern wants_new
    = BALEEN_PATTERN ("\\b(?:write|tell|say|think of|come up with|invent|surprise|entertain|amuse|teach|create|compose|motivate|"
                      "(?:give|show) me (?:some|any)(?:thing)?|give me content)\\b|"
                      "写|讲|说点|说两句|逗我|惊喜|激励|来点|来个|教我|给我找点事|内容");
static BaleenPattern wants_change
    = BALEEN_PATTERN ("\\b(?:my (?:text|essay|article|report|letter|e-?mail|cv|resume|profile|"
                      "website|blog|"
                      "code|slides?|presentation|story|homepage|cover letter|wording|photos?)|"
                      "this|these|it|"
                      "better|nicer|improve|polish)\\b|"
                      "改|优化|润色|美化|提升|整理|修|弄|完善|翻新|处理|变得|更|让|亮点|无聊|做得|做好");
static BaleenPattern wants_help
    = BALEEN_PATTERN ("\\b(?:help|assist\\w*|hand|support|problem|guidance|useful|homework|"
                      "assignment)\\b|"
                      "帮|支持|协助|问题|搭把手|有用");

/* ---- What has no measure -------------------------------------------------------------- */

static BaleenPattern wants_several
    = BALEEN_PATTERN ("(?<!how )\\b(?:some|a few|several|a couple of|many|various|lots of)\\b|"
                      "\\bwhat are\\b|\\bany (?:good|nice|great)\\b|"
                      "一些|几个|几本|几首|几部|几种|几款|几道|若干|许多|很多|推荐(?!一?(?:个|"
                      "家|款|本|部|辆|位|台|间|双))|有什么|有哪些");
static BaleenPattern has_number
    = BALEEN_PATTERN ("\\d|\\b(?:one|two|three|four|five|six|seven|eight|nine|ten|dozen|an?)"
                      "\\b(?! (?:few|couple|"
                      "lot))|[一二三四五六七八九十两](?:个|本|首|部|种|款|道|家|条)");
static BaleenPattern unmeasured
    = BALEEN_PATTERN ("\\b(?:good|nice|great|decent|cool|interesting|best|awesome|amazing|fun|"
                      "better|cheap|"
                      "cheapest|affordable|expensive|soon|quickly|fast|asap|short|shorter|long|"
                      "longer|big|large|"
                      "small|enough|healthy|easy|simple|often|safe|normal|near|nearby|late|"
                      "early|young|old|"
                      "high|low|popular|beautiful|modern|a lot|too much|too many|a bit|worth it)"
                      "\\b|"
                      "最好|更好|好吃|好看|好玩|好用|好喝|好听|便宜|实惠|贵|划算|尽快|快点|很快|"
                      "简短|短一点|长一点|很大|很小|足够|"
                      "健康|简单|有趣|有意思|安全|合适|适合|漂亮|近一点|不错|性价比|值得|够|"
                      "(?<!爱)(?<!喜)(?<!美)好(?!奇|友|像)");

/* A judgement is settled by what it is measured with, a way by its two ends. */
static BaleenPattern judges
    = BALEEN_PATTERN ("^(?:is|are|was|were|am|does|do i|will|would) |(?:吗|么|嘛)[？?]*$|"
                      "(\\p{Han})不\\1|是不是|算不算|多少算|多少才");
static BaleenPattern seeks_way
    = BALEEN_PATTERN ("^how (?:do|can|could|should|to)\\b.*\\b(?:fast(?:er)?|quick(?:ly|er)?|"
                      "better|easily|soon|well|cheaply|"
                      "effectively|efficiently)\\b|^(?:我)?(?:怎么|怎样|如何)[^，。]*(?:快|更|"
                      "尽快|好|轻松|容易)");

static void
append_settled (GString           *text,
                const BaleenDraft *draft)
{
  g_autofree char *word = baleen_pattern_dup_group (&unmeasured, draft->text, 0);
  const gboolean is_list = baleen_pattern_matches (&wants_several, draft->text)
                           && !baleen_pattern_matches (&has_number, draft->text);

  if (baleen_pattern_matches (&judges, draft->plain))
    {
      g_string_append (text, draft->is_chinese ? "衡量的标准是：（数字、上限，或与什么相比）"
                                               : "I measure it by: (a number, a limit or what "
                                                 "it is compared with)");
      return;
    }
  if (baleen_pattern_matches (&seeks_way, draft->plain))
    {
      g_string_append (text, draft->is_chinese ? "现在的情况：（数字）。想达到：（数字和期限）"
                                               : "How it is now: (a number). What I want to "
                                                 "reach: (a number, by when)");
      return;
    }
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

  return draft->has_material ? "What should be different: (for example a third shorter, the "
                               "main point first)\n"
                               "It is for: (who reads it)"
                             : "What should be different: (for example a third shorter, the "
                               "main point first)\n"
                               "It is for: (who reads it)\nWhat I have: (paste it here)";
}

static const char *
get_missing (const BaleenDraft *draft)
{
  const char *text = draft->text;
  const gboolean is_chinese = draft->is_chinese;

  if (baleen_pattern_matches (&wants_advice, text))
    return is_chinese ? "主题：（关于什么事）\n数量：5 条，每条一句话\n最看重的是：（时间、"
                        "费用、效果……）\n我的情况：（目前怎样，试过什么）"
                      : "Subject: (what it is about)\nHow many: 5, one sentence each\nWhat "
                        "counts most: (time, "
                        "money, effect, …)\nMy situation: (how things stand, what I have tried)";
  if (baleen_pattern_matches (&wants_change, text))
    return get_change (draft);
  if (baleen_pattern_matches (&wants_new, text))
    return is_chinese ? "主题：（关于什么）\n读者是：（谁）\n篇幅：大约 150 "
                        "字\n语气：（例如轻松、正式）"
                      : "Subject: (what it is about)\nIt is for: (who reads it)\nLength: about "
                        "150 words\n"
                        "Tone: (for example light, formal)";
  if (baleen_pattern_matches (&wants_help, text))
    return is_chinese ? "要做的事：（是什么，什么时候要完成）\n目前的进展：\n卡在哪里："
                      : "The task: (what it is, by when)\nWhere I am now:\nWhere I am stuck:";

  return get_change (draft);
}

/* ---- Several questions in one --------------------------------------------------------- */

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
                                   : "Answer these points one after the other, each under its "
                                     "own number:");

  return g_string_free (text, FALSE);
}

/* ---- All kinds ------------------------------------------------------------------------ */

/* “只回答是或否，并说明为什么” asks nothing. */
static BaleenPattern commands
    = BALEEN_PATTERN ("^(?:只|请(?!问)|用|写|把|将|列|不要|别|翻译|总结|说明|解释|告诉)(?!.*吗[？?]*$)");

/* What was written, with a mark at its end if it has none. */
static char *
close_sentence (const BaleenDraft *draft)
{
  g_autofree char *base
      = g_regex_replace_literal (baleen_pattern_get (&loose_end), draft->original, -1, 0, "", 0,
                                 NULL);
  const gboolean is_question = baleen_pattern_matches (&asks, base)
                               && !baleen_pattern_matches (&commands, base);

  if (baleen_pattern_matches (&end_mark, base))
    return g_steal_pointer (&base);

  if (draft->is_chinese)
    return g_strconcat (base, is_question ? "？" : "。", NULL);
  return g_strconcat (base, is_question ? "?" : ".", NULL);
}

/* What is added for a kind of wish: the first whose pattern is found. */
typedef struct
{
  BaleenPattern pattern;
  const char *english, *chinese;
} Addition;

static const char *
find_addition (Addition          *additions,
               gsize              n_additions,
               const BaleenDraft *draft)
{
  for (gsize i = 0; i < n_additions; i++)
    if (baleen_pattern_matches (&additions[i].pattern, draft->plain))
      return draft->is_chinese ? additions[i].chinese : additions[i].english;

  g_assert_not_reached ();
}

/* How a large subject becomes one answer: a text is narrowed by its reader, a skill by where one
 * stands, a history by its turning points. The last pattern is found in every draft. */
static Addition narrowings[] = {
  { BALEEN_PATTERN ("\\b(?:paragraphs?|sentences?|words|pages?|minutes?|lines?)\\b.*\\b(?:on|"
                    "about)\\b|"
                    "(?:段|字|页|分钟|句)[^，。]{0,3}(?:关于|有关|的)"),
    " It is for: (who reads or hears it). Keep to this one side of it: (which)",
    "读者或听众是：（谁）。只写这一个方面：（哪一个）" },
  { BALEEN_PATTERN ("\\b(?:essay|article|report|speech|post|blog|presentation|paper|lecture|"
                    "write|text|talk on|slides)\\b|"
                    "写|作文|文章|报告|演讲|论文|讲座|ppt|演示|散文|博客|短文"),
    " Length: about 400 words. It is for: (who reads or hears it). Keep to this one side of it: "
    "(which)",
    "篇幅：大约 500 字。读者或听众是：（谁）。只写这一个方面：（哪一个）" },
  { BALEEN_PATTERN ("\\b(?:history|centur(?:y|ies)|what happened|revolution|wars?|empire|middle "
                    "ages|ancient|world war|ww\\w+|"
                    "story of|origins?)\\b|历史|世纪|发生了什么|革命|战争|帝国|古代|朝|二战|"
                    "一战|来龙去脉|演变"),
    " Keep to the 5 turning points, in order of time: for each the year, what happened and what "
    "it changed, in two "
    "sentences.",
    "只讲 5 个转折点，按时间先后排列，每个写明年份、发生了什么、改变了什么，各两句话。" },
  { BALEEN_PATTERN ("\\b(?:everything|anything|all (?:about|there is)|overview|whole|complete|"
                    "in general|survey)\\b|"
                    "一切|所有|全部|方方面面|概况|概述|全面|从头到尾|完整"),
    " Begin with an outline only: 8 headings with one sentence each. I will then choose the one "
    "to go into.",
    "先只列一个提纲：8 个小标题，每个配一句说明，我再挑一个深入。" },
  { BALEEN_PATTERN ("\\b(?:how (?:do|can|could|should|to|2|would)(?: i| we| you| one| people| "
                    "someone)?\\b(?! (?:work|works)\\b)|"
                    "(?:want|need|like|love) to (?:become|be|learn|get|start|master|study)|"
                    "learn|teach me|get into|"
                    "crash course)\\b|怎么(?!工作|运|回事|样(?!才)|造|来|形成|产生|发展|做出)|"
                    "怎样(?!的)|如何(?!运|工作)|教我|"
                    "学好|学会|入门|想学|要学"),
    " Where I stand: (what I already know and have). My time: (hours a week). Give me a "
    "plan for the first 4 weeks, "
    "one step a week, and how I can tell that it worked.",
    "我的基础：（已经会什么、有什么）。我的时间：（每周几小时）。请给我前 4 "
    "周的计划，每周一步，并说明怎样算做到了。" },
  { BALEEN_PATTERN ("^why\\b|\\bwhy (?:do|does|is|are)\\b|为什么|为啥|为何"),
    " Name the 3 reasons that weigh most, the weightiest first, each with one example.",
    "只说最重要的 3 个原因，最重要的放在前面，每个举一个例子。" },
  { BALEEN_PATTERN ("\\bworks?\\b|\\bfunctions?\\b|怎么(?:工作|运作|运行|运转)|(?:运作|工作|"
                    "运行|运转)的|原理"),
    " Go from beginning to end in 5 steps, in everyday words, with one example that "
    "runs through all of them.",
    "请分 5 步从头讲到尾，用日常的话，并用同一个例子贯穿始终。" },
  { BALEEN_PATTERN (""),
    " Keep to the 3 points that a newcomer needs first. For each: one sentence and one example. "
    "Under 200 words in all.",
    "只讲初学者最先需要的 3 点，每点一句话加一个例子，总共不超过 300 字。" },
};

/* What a reader must be told who was not there. */
static Addition contexts[] = {
  { BALEEN_PATTERN ("\\b(?:crash\\w*|errors?|bugs?|broken|doesn't (?:work|start|open|run|load)|"
                    "won't \\w+|not working|fails?|failed|freez\\w+|"
                    "stuck|jammed|stays? black|stopped|debug|fix (?:this|it|the error|my))\\b|"
                    "报错|崩|闪退|打不开|不工作|连不上|卡|黑屏|黑着|失败|跑不|出错|修|调试|bug|"
                    "用不了|没反应|开不了"),
    "What it is: (device or program, and its version)\nWhat I did, and what happened: (paste "
    "the exact message here)\n"
    "What I have tried:",
    "是什么：（设备或程序，以及版本）\n我做了什么，结果怎样：（在这里粘贴完整的报错）\n试过的办法：" },
  { BALEEN_PATTERN ("\\b(?:translate|proofread|rewrite|rephrase|reword|summari[sz]e|shorten|lengthen|"
                    "paraphrase|edit|correct (?:the|my|this|it|all)|reformat|spell-?ing|grammar|title for|caption for)\\b|"
                    "翻译|翻成|译成|校对|改写|重写|总结|概括|缩短|扩写|精简|错别字|语法|起(?:个|一个)?标题|编辑|续写"),
    "The text: (paste it here)\nIt is for: (who reads it)\nWhat matters most: (what must stay, or "
    "must not be missed)",
    "原文：（在这里粘贴）\n读者是：（谁）\n最要紧的是：（什么不能改、不能漏）" },
  { BALEEN_PATTERN ("\\b(?:he|she|they|him|her|them|boss|teacher|landlord|customer|client|"
                    "friend|girlfriend|boyfriend|wife|husband|"
                    "neighbou?r|colleague|flatmate|roommate|mother|father|am i|was i)\\b|"
                    "他|她|老板|老师|房东|客户|朋友|同事|室友|老公|老婆|邻居|领导|爸|妈|我的错"),
    "What happened: (who said or did what, and when)\nWho we are to each other:\nWhat I want to "
    "reach:",
    "事情的经过：（谁在什么时候说了或做了什么）\n我和对方的关系：\n我想达到的目标：" },
  { BALEEN_PATTERN ("\\b(?:which|choose|pick|(?:should|shall) (?:i|we)|better|worth|options?|"
                    "offers?)\\b|"
                    "哪(?:个|一个|种|款|家|张|条|份|套)|要不要|该不该|选|值得|值不值"),
    "The choices: (name each one with its price or its terms)\nWhat matters most to me:\nWhat "
    "speaks against it:",
    "有哪些选择：（逐一写出，附上价格或条件）\n我最看重的是：\n我的顾虑：" },
  { BALEEN_PATTERN (""),
    "What it is about: (paste the text, the numbers or the message here)\nWhat I want to "
    "reach:\nWhat I "
    "have tried, and what happened:",
    "相关内容：（在这里粘贴原文、数据或消息）\n我想达到的目标：\n试过的办法和结果：" },
};

static void
append_repeat (GString           *text,
               const BaleenDraft *draft,
               const char        *earlier)
{
  if (draft->is_chinese)
    g_string_append_printf (text, "\n\n我之前问过：“%s”回答中还有一点没有说清：（缺少什么）。请只解释这一点，并举一个例子。",
                            earlier);
  else
    g_string_append_printf (text, "\n\nI asked before: “%s” The answer left one thing open: "
                                  "(what is missing). Explain "
                                  "only that, with an example.", earlier);
}

static void
append_addition (GString           *text,
                 const BaleenDraft *draft,
                 BaleenHintKind     kind,
                 const char        *earlier)
{
  switch (kind)
    {
    case BALEEN_HINT_TOO_BROAD:
      g_string_append (text, find_addition (narrowings, G_N_ELEMENTS (narrowings), draft));
      break;
    case BALEEN_HINT_NO_CONTEXT:
      g_string_append_printf (text, "\n\n%s",
                              find_addition (contexts, G_N_ELEMENTS (contexts), draft));
      break;
    case BALEEN_HINT_CONTRADICTION:
      g_string_append (text, draft->is_chinese ? "如果我的要求互相冲突，以先说的那个为准。"
                                               : " Where two of these wishes exclude each "
                                                 "other, follow the one that I named first.");
      break;
    case BALEEN_HINT_REPEAT:
      append_repeat (text, draft, earlier);
      break;
    case BALEEN_HINT_AMBIGUOUS:
      if (!draft->is_chinese)
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
  append_addition (text, draft, kind, earlier);

  return g_string_free (text, FALSE);
}
