/* Two wishes of a draft that exclude each other: opposites, something refused and asked for,
 * numbers that disagree. */
#include "coach-rules.h"

#include <string.h>

/* In a longer Chinese text the same two characters come again by chance. */
#define MOST_DENYING 60
#define MOST_WISHING 150

/* ---- English -------------------------------------------------------------------------- */

static BaleenPattern english_topic
    = BALEEN_PATTERN ("(?<!anything )(?<!nothing )(?<!everything )\\b(?:about|regarding|"
                      "concerning|entitled|titled|called|named|on the (?:topic|subject|theme) of|"
                      "(?:goes|go|going|served|paired) (?:well )?(?:with|along with)|(?:tast|"
                      "look|sound|feel|smell)(?:es?|s|ing) (?:just |exactly |almost )?like|"
                      "(?:best |good |cheap |easy )?(?:ways?|places?|tips?) to|instead of|"
                      "rather than|(?:version|variant|take|twist|alternative|substitute|"
                      "replacement)s? (?:of|on|to|for)|"
                      "(?:to|for|from|at|on) (?:an?|the|my|our|his|her) (?:[\\w-]+ ){0,3}(?:party|"
                      "wedding|birthday|anniversary|event|dinner|reception|friday|\\w+'s)|"
                      "(?:to|from) (?:an?|the|my|our) (?:\\w+ ){0,2}(?:customer|client|guest|"
                      "boss|neighbou?r|reader|"
                      "colleague|teacher|company|manager|friend|landlord|visitor))\\b"
                      "(?:(?!\\b(?:that|which|in|with|without|under|using|by|must|should|keep|"
                      "make|but|for|and "
                      "(?:make|keep|use|write|be|add|don't|do not|it|explain|argue))\\b)"
                      "[^.,;:!?])*");
static BaleenPattern english_question
    = BALEEN_PATTERN ("^(?!.*(?:,|\\bwithout\\b|\\busing\\b|\\bonly\\b))(?:(?:so|and|but|ok|"
                      "explain|describe|tell me|discuss|i wonder|do you "
                      "know)(?: to (?:me|us|\\w+))? )?"
                      "(?:what(?:'s)?|which|who(?:'s)?|whose|why|how|when|where|whether|is|are|"
                      "was|were|do|does|did|"
                      "should|has|have|may|must|can (?!you)|could (?!you)|will (?!you)|would "
                      "(?!you))\\b[^.?!;]*[.?!]*$");

static BaleenPattern english_in_parts
    = BALEEN_PATTERN ("\\b(?:then|followed by|after that|afterwards|below it|turn|convert|"
                      "rewrite|replac\\w+|instead|rather|substitut\\w+|alternatives?|versus|vs|"
                      "compare|difference|(?:some|others|one|two|three|half|the other)(?: (?:of|"
                      "guests?|"
                      "people|kids|children|friends))*(?: \\w+)? (?:are|is|wants?|eats?|likes?|"
                      "prefers?)|"
                      "both (?:versions|sides|kinds|cases|variants)|(?:chang|"
                      "mov|go|switch|grow)\\w* from)\\b");

#define TONGUE \
  "(english|french|german|spanish|italian|chinese|japanese|korean|russian|portuguese|latin|" \
  "arabic|dutch)"
static BaleenPattern english_languages
    = BALEEN_PATTERN ("\\b(?:answer|respond|reply|write|speak)\\b(?: \\w+){0,3} in " TONGUE
                      "\\b.*\\b(?:answer|respond|reply|write|speak|be|text|everything|"
                      "output)\\b(?: \\w+){0,3} in (?!\\1)" TONGUE "\\b");
static BaleenPattern english_denied
    = BALEEN_PATTERN ("\\b(?:without(?: using| mentioning| naming| including| saying| any|"
                      " an?)*|(?:do not|don't|never)(?: use| include| mention| add| write|"
                      " give| make)(?: any| an?| the)?|avoid(?: using)?(?: any)?|(?:use|"
                      "include|with) no|(?<=[.!?,] )no|(?<=but |and |with )no|(?:doesn't|"
                      "does not|don't|do not|"
                      "must not|mustn't|"
                      "should not|shouldn't|may not|can't|cannot)(?: have| contain| include| use|"
                      " mention| name| say| be)?) (?!words?\\b|more\\b|the word|"
                      "other)((?:\\w+ )?\\w{3,})");
static BaleenPattern english_counts
    = BALEEN_PATTERN ("\\b(?:exactly|only|just|at most|no more than|maximum|max) (one|two|"
                      "three|four|five|six|seven|eight|nine|ten|"
                      "\\d+) (?:\\w+ )?(\\w{3,}?)(?:s|es)?\\b.*?\\b(?!\\1\\b)(?:one|two|"
                      "three|four|five|six|seven|eight|nine|ten|twelve|fifteen|twenty|"
                      "\\d+) (?:\\w+ )?\\2");

/* “a one-page letter that is five pages long” */
static BaleenPattern english_two_sizes
    = BALEEN_PATTERN ("\\b(an?|one|two|three|four|five|ten|\\d+)[- ](?:single )?(page|word|"
                      "sentence|paragraph|line)s? \\w+(?: \\w+)? (?:that (?:is|has)|"
                      "which (?:is|has)|with|of|about|at|that's) (?:exactly |at least |"
                      "about |around )?(?!\\1\\b)(?:two|three|four|five|six|seven|eight|"
                      "nine|ten|twenty|\\d+) \\2s?\\b");
static BaleenPattern english_word_wanted
    = BALEEN_PATTERN ("\\b(?:without(?: using)?|(?:do not|don't|never) (?:use|say|mention|"
                      "write)|avoid(?: using)?) the (?:word|"
                      "letter)s? [\"'“]?(\\w+)[\"'”]?.*\\b(?:use|using|repeat|include|"
                      "including|with|contain|contains|say) the (?:word|" "letter) [\"'“]?\\1\\b");

static BaleenPattern english_only_fewer
    = BALEEN_PATTERN ("\\b(three|four|five|six|seven|eight|nine|ten|"
                      "\\d+) (?:\\w+ )?(\\w{3,})s\\b[^.?!]*\\b(?:only|just|at most|"
                      "no more than|exactly) (?!\\1)(?:one|two|three|four|five|"
                      "\\d)(?: of them| \\2s?| items| in all| altogether)?[.!?]*$");

/* ---- Chinese -------------------------------------------------------------------------- */

static BaleenPattern chinese_topic
    = BALEEN_PATTERN ("(?:参加|出席|参与|庆祝|祝贺)[^，。；]*|[^，。；的]{1,8}的(?=(?:素食|纯素|"
                      "全素|无糖|低脂|无麸质|无酒精)(?:版|做法|替代|改良))|"
                      "(?:关于|有关)[^，。；]*?的(?=[^的，。；]*(?:[，。；]|$))|(?:吃起来|"
                      "看起来|听起来|闻起来|读起来|尝起来)?像[^，。；]{1,8}(?:一样|似)?的|"
                      "(?:不是|而不是|代替|代替)[^，。；]*|(?:逛|参观|游览|欣赏)[^，。；]{1,8}|"
                      "(?:对|给|跟|回复|拒绝)[^，。；]{0,3}(?:粗鲁|无礼|礼貌|态度[^，。]{1,3})"
                      "的[^，。；]{1,4}|客户[^，。]{0,4}态度[^，。；]{1,6}");
static BaleenPattern chinese_question
    = BALEEN_PATTERN ("^(?!(?:请|帮我|给|替我|麻烦)*(?:写|编|来|做|推荐|安排|设计|策划|列|画|"
                      "起草|翻译|用|把|将|只|全|不要|别|不许|讲|介绍|说|简|详|回答|解释|列|比较|对比|描述|总结|概括|整理|分析|准备|拟|生成|改|"
                      "教|重|"
                      "润色|一份|一个|一篇|一首|一段|两|三|不用|不能|不超过|请))[^。；！!]*"
                      "(?:为什么|为啥|什么(?!都|也)|怎么(?!都|也)|怎样|如何|哪|谁(?!都|也)|多少|几[个种]|吗|呢|是不是|"
                      "能不能|有没有)[^。；！!]*[？?]*$");

static BaleenPattern chinese_in_parts
    = BALEEN_PATTERN ("先[^。]*(?:再|然后|之后|后)|前的[^，。]{1,4}和[^，。]{1,6}后的|"
                      "[一两二三四五六半]位[^。]*[，,][^。]{0,2}[一两二三四五六]位|"
                      "有的[^。]*有的|替代|[一两二三四五六](杯|份|道|盘)[^。]*[，,][^，。]{0,2}[一两二三四五六]\\1|改得|改成|改为|"
                      "改写|变成|而不是|代替|分别|区别|"
                      "对比|比较|转换|从(?!头到尾|始至终|早|凌晨|清晨|天亮|上午|"
                      "[0-9一二三四五六七八九十]+点)[^。]*到");
static BaleenPattern chinese_denied
    = BALEEN_PATTERN ("(?:不要|别|不能|不得|不用|不许|禁止|避免|不可以|不准|不(?=含|吃|放|加|带|"
                      "喝|碰)|没有|无需|里面不要)(?:使用|出现|用|写|有|提到|提|包含|含|放|加|吃|"
                      "喝|带|"
                      "碰|说)?(?:任何|什么|一点)?((?!超过|遗漏|省略|说明|解释|改|任何|一个|什么)"
                      "\\p{Han}{2})");
static BaleenPattern chinese_counts
    = BALEEN_PATTERN ("(?:只|仅|最多|不超过|只要|只需|恰好|"
                      "正好)[^，。0-9一二三四五六七八九十]{0,4}([0-9一二两三四五六七八九十]+)"
                      "(个|条|点|种|本|首|句|部|项|道|款|"
                      "步)[^。]*?(?!\\1)(?:[0-9]+|[一二两三四五六七八九十]+)\\2");

#define HAN_TONGUE "(英语|英文|法语|法文|德语|德文|日语|日文|韩语|俄语|西班牙语|意大利语|中文|" \
                   "汉语|阿拉伯语|葡萄牙语)"
static BaleenPattern chinese_languages
    = BALEEN_PATTERN ("用" HAN_TONGUE "(?:回答|回复|写|输出|作答|表达)[^先再]*用(?!\\1)" HAN_TONGUE
                      "(?:回答|回复|写|输出|作答|表达)");
static BaleenPattern chinese_word_wanted
    = BALEEN_PATTERN ("(?:不要|别|不能|不得|禁止|不许|避免)(?:出现|用|使用|提到|写|含|"
                      "有)?[“\"「'‘]?(\\p{Han}{1,3})[”\"」'’]?(?:这个)?字[^。]*(?:要有|必须有|"
                      "都有|必须出现|"
                      "要出现|都要出现|包含|都用|用上)[“\"「'‘]?\\1");
static BaleenPattern chinese_two_sizes
    = BALEEN_PATTERN ("(一|两|三|四|五|十|\\d+)(页|字|段|句|行)"
                      "(?:纸)?的[^，。]{1,8}[，,](?:长度|篇幅|字数|共|写满|"
                      "要写|总共|长)[^，。]{0,4}?(?!\\1)(?:[一二两三四五六七八九十百千]+|\\d+)"
                      "(?:个)?\\2");

static BaleenPattern chinese_only_fewer
    = BALEEN_PATTERN ("([0-9]+|[一二两三四五六七八九十]+)(个|条|点|种|本|首|句|部|项|道|款|步|样|件|张|位|名)"
                      "[^。]*(?:但|却|不过|"
                      "，)[^。每]{0,4}(?:只|仅|最多|不超过)[^。]{0,4}(?!\\1)(?:[0-9]+|"
                      "[一二两三四五六七八九十]+)\\2");

/* “Translate into French, in English only”, “answer in German, without any German”. */
static BaleenPattern english_tongues
    = BALEEN_PATTERN ("\\b(?:into|to|in) " TONGUE "\\b.*\\b(?:only (?:in |use )?(?!\\1)" TONGUE
                      "|(?:in |use )(?!\\1)" TONGUE
                      " (?:only|exclusively|alone))\\b|\\b(?:answer|respond|reply|write|"
                      "speak)\\b(?: \\w+){0,3} in "
                      TONGUE "\\b.*\\b(?:no|not|without|never|any)\\b(?: \\w+){0,4} \\4\\b");
static BaleenPattern chinese_tongues
    = BALEEN_PATTERN ("(?:翻译?成|译成|译为|用)" HAN_TONGUE ".*(?:只(?:能|用|有|准|许|可以?)|"
                    "全部?(?:用|"
                      "是))[^，。]{0,3}(?!\\1)" HAN_TONGUE
                      "|用" HAN_TONGUE "(?:回答|回复|写|输出|作答|表达).*(?:不(?:能|要|得|许|准|"
                                       "可以|含)|没有|避免|禁止|"
                      "别)[^，。]{0,6}\\3");
/* What is to stay as it is and to become another; “rewrite” is no sign of two steps here. */
static BaleenPattern kept_and_changed
    = BALEEN_PATTERN ("\\b(?:keep|leave) (?:everything|every word|it|the (?:text|"
                      "wording)) (?:exactly )?(?:unchanged|the same|as (?:it )?is)\\b"
                      "[^.?!]*\\b(?:and|but) (?:also )?(?:rewrite|rephrase|reword|shorten|change|"
                      "simplify|paraphrase)\\b|"
                      "\\bwithout changing (?:anything|"
                      "a (?:single )?word)\\b[^.?!]*\\b(?:rewrite|rephrase|shorten|change|"
                      "simplify)\\b|"
                      "\\b(?:rewrite|rephrase|shorten|"
                      "simplify)\\b[^.?!]*\\bwithout changing (?:anything|a (?:single )?word)\\b|"
                      "(?:一字不(?:动|改|变|差)|原封不动)[^。]*(?:重写|改写|缩短|换(?:个|一种)"
                      "说法|精简)");
/* “exactly 5 reasons … give me 8 of them” */
static BaleenPattern counted_again
    = BALEEN_PATTERN ("\\b(?:exactly|only|just|at most|no more than) (one|two|three|four|five|"
                      "six|seven|eight|nine|ten|\\d+) "
                      "\\w+.*\\b(?:give|list|name|write|make|show|want|"
                      "need)(?: me)? (?!\\1\\b)(?:exactly )?(?:one|two|three|four|five|"
                      "six|seven|eight|nine|ten|twelve|twenty|\\d+) (?:of (?:them|those)|items?|"
                      "in total|altogether)\\b");
/* What is asked for and then refused, begun with and put last, and two languages one of which is
 * to be the only one. */
static BaleenPattern taken_back[] = {
  /* “an essay against homework that argues in favour of homework” */
  BALEEN_PATTERN ("\\bagainst (?:the |more )?(\\w{4,})\\b.*\\b(?:in favou?r of|defend(?:s|ing)?|"
                  "support(?:s|ing)?|"
                  "prais(?:es?|ing)|arguing for|argues for|promot(?:es?|ing)) (?:the |more )?\\1|"
                  "反对(\\p{Han}{2,6}?)的[^。]*(?:论证|支持|赞成|主张|证明|说明|呼吁)[^。]{0,3}\\2"),
  /* “Translate into Spanish. Everything must stay English.” */
  BALEEN_PATTERN ("\\b(?:into|to|in) " TONGUE "\\b.*\\b(?:everything|all|text|it|words?|names?|"
                                              "result|answer)\\b"
                  "(?: \\w+){0,2} (?:stay|stays|remain|remains|kept|be|is) (?:in )?(?!\\1)" TONGUE "\\b|"
                  "(?:翻译?成|译成|译为|用)" HAN_TONGUE "(?:写|回答|说)?[^。]*(?:全文|全部|所有|内容|一律|整篇|都)[^，。]{0,4}"
                  "(?:保持|保留|用|是|仍|还是)(?!\\3)" HAN_TONGUE),
  BALEEN_PATTERN ("^(?:please |now )*(\\w{4,}) (?:the|a|an|it|my|this|me|how|"
                  "what)\\b.*\\b(?:do not|don't|never|"
                  "without) \\1(?:e?ing)?(?: it| them| that| this| anything| me| at all|"
                  " the \\w+)?[.!? ]*$"),
  BALEEN_PATTERN ("\\b(?:don't|do not|never) (\\w{3,}) (?:me |us )?(?:anything|any \\w+|"
                  "a single \\w+|nothing)\\b"
                  ".*\\b(?:begin|start|end|finish|continue)\\w* (?:by|with) \\1(?:e?ing)?\\b"),
  BALEEN_PATTERN ("\\b(?:start|begin|open)(?:ing)? with (?:the|an?|"
                  "your) (\\w{4,})\\b.*\\b\\1 (?:\\w+ )?(?:only )?"
                  "(?:at|in|to) the (?:very )?end\\b|"
                  "先(?:写|说|给|讲)?(?:出)?(\\p{Han}{2}).*\\2[^，。]{0,4}(?:放在?|写在|留到|在)最后"),
  BALEEN_PATTERN ("\\b(\\w{4,}?)e?\\b(?: \\w+){0,3} without \\1(?:e?ing)\\b|"
                  "\\bdetailed\\b.*\\bwithout (?:\\w+ (?:or|and) )?details\\b|详细[^。]*不(?:要|写|用|"
                  "许)[^，。]{0,5}细节|"
                  "\\bonly in (english|french|german|spanish|italian|chinese|japanese|korean|"
                  "russian|portuguese|"
                  "latin|arabic|dutch|polish)\\b[^.]*\\bin (?:\\w+ )?(?!\\2)(?:english|french|"
                  "german|spanish|italian|"
                  "chinese|japanese|korean|russian|portuguese|latin|arabic|dutch|polish)\\b|"
                  "只用(\\p{Han}{1,3}[语文])[^。]*用[^，。]{0,3}(?!\\3)(?:英|法|德|日|韩|俄|中|汉|意大利|西班牙)[语文]"),
  /* “one example. make it three examples”, “a five-day plan for one day” */
  BALEEN_PATTERN ("\\b(one|an?|two|three|four|five|"
                  "\\d+) (?:\\w+ )?(\\w{3,}?)s?[.,;]+ ?(?:make (?:it|that|them) |"
                  "give me |i (?:want|need) |no, |with |in )?(?!\\1\\b)(?:two|three|four|five|"
                  "six|ten|\\d+) "
                  "\\2s?[.!? ]*$|"
                  "\\b(one|two|three|four|five|six|seven|ten|\\d+)[- ](day|week|hour|minute|"
                  "month)s? (?:plan|programme|"
                  "program|schedule|course|trip|itinerary|workout|tour|diet) (?:for|in|"
                  "over) (?!\\3\\b)(?:one|an?|"
                  "two|three|four|five|six|\\d+) \\4s?\\b|"
                  "([一二两三四五六七八九十]|\\d+)(?:个|条|点|句|首|段)(\\p{Han}{2})[，。](?:要|给|写|来|一共)?(?!\\5)"
                  "(?:[一二两三四五六七八九十]|\\d+)(?:个|条|点|句|首|段)\\6|"
                  "([一二两三四五六七八九十]|\\d+)天的(?!\\7)(?:[一二两三四五六七八九十]|\\d+)(?:天|日)(?:的)?"
                  "(?:计划|行程|安排|旅行|课程|游)"),
  BALEEN_PATTERN ("不(?:要|用|许|能)?分(段|节|点|章|条)[^。]*分成?[^，。]{0,3}\\1|"
                  "开头[^。]*?(?:把|就)?(\\p{Han}{2})[^。]*\\2[^，。]{0,4}(?:最后|结尾|末尾)|"
                  "(?:没有|不含|不写)(?:任何)?(?:文)?字的?[^。]*(?:\\d+|[一二三四五六七八九两十百千]+)字|"
                  "(?:成|在|用)([一二两三四五六七八九十]|\\d+)页[^。]*(?:写满|长达|写够|共|写)(?!\\3)"
                  "(?:[一二两三四五六七八九十]+|\\d+)页|"
                  "(?:没有|不要|不写|不加)(标题|结尾|开头|题目|署名|称呼)[^。]*\\4(?:要|得|写)"),
  BALEEN_PATTERN ("\\b(?:only in (\\w+)|in (\\w+) only)\\b[^.]*\\b(?:answer|respond|reply|write|"
                  "speak|"
                  "text|output)\\b(?: \\w+){0,2} in (?!\\1\\b|\\2\\b)" "(?:english|french|german|"
                  "spanish|italian|"
                  "chinese|japanese|korean|russian|portuguese|latin|arabic|dutch|polish)\\b|"
                  "只(?:能|许|准|可以)?(?:用|说|写|是)(\\p{Han}{1,3}[语文])[^。]*用(?!\\3)\\p{Han}{1,3}[语文]"
                  "(?:回答|回复|写|输出|作答|表达)"),
  /* “Short answer please, minimum 800 words.” */
  BALEEN_PATTERN ("\\b(?:short|brief|concise|quick)(?:ly)?\\b[^.]{0,40}\\b(?:at least|"
                  "minimum(?: of)?|no less than|"
                  "not less than|more than) (?:[3-9]\\d\\d|\\d{4,}|\\d,\\d{3}) words\\b|"
                  "(?:简短|简要|简单|简洁|简略|短)[^。\\d]{0,12}(?:至少|不少于|不低于|超过)(?:[3-9]\\d\\d|\\d{4,}|"
                  "[一二三四五六七八九两]千|[三四五六七八九]百)字|"
                  "(?:[5-9]\\d\\d|\\d{4,})字的(?:[1-4]\\d\\d|\\d\\d)字(?:的)?\\p{Han}{1,4}"),
  BALEEN_PATTERN ("\\bweekend\\b[^.?!]*\\b(?:with|of|for|including) (?:[5-9]|five|six|seven|"
                  "eight|nine|ten) days\\b|"
                  "周末(?:两天)?[，,]?[^。]{0,6}(?:[五六七八九十]|[5-9]|1\\d)天(?:的)?\\p{Han}{1,4}"),
};
/* A short text of thousands of words. */
static BaleenPattern short_but_long
    = BALEEN_PATTERN ("\\b(?:short|brief|concise|tiny|quick|"
                      "little)\\b,?(?: \\w+)? (?:of )?(?:[2-9],?\\d{3}|\\d{2,},?\\d{3})[- ]words?"
                      "|(?:[2-9],?\\d{3}|\\d{2,},?\\d{3})[- ]words?\\b[^.?!]*\\b(?:keep it|but|"
                      "yet|very|make it|be) (?:\\w+ )?(?:short|brief|concise)\\b"
                      "|(?:简短|短小|简要|精短|简洁|很短|极短|短短|超短)"
                      "[^。\\d]{0,12}(?:[2-9]\\d{3}|\\d{5,}|"
                      "[二三四五六七八九两]千|"
                      "[一二三四五六七八九两]万)(?:多)?字"
                      "|(?:[2-9]\\d{3}|\\d{5,}|[二三四五六七八九两]千|[一二三四五六七八九两]万)"
                      "(?:多)?字[^。]*(?:简短|短小|"
                      "精短|越短越好|尽量短)");

/* “a table … do not use a table”: what is refused is asked for elsewhere. */
static gboolean
english_denies_itself (const char *text)
{
  g_autoptr (GMatchInfo) info = NULL;

  g_regex_match (baleen_pattern_get (&english_denied), text, 0, &info);
  for (; g_match_info_matches (info); g_match_info_next (info, NULL))
    {
      g_autofree char *words = g_match_info_fetch (info, 1);
      g_auto (GStrv) each = g_strsplit (words, " ", -1);
      int start, end;

      g_match_info_fetch_pos (info, 0, &start, &end);
      for (gsize i = 0; each[i] != NULL; i++)
        {
          gsize stem = MAX (strlen (each[i]), 4)
                       - (g_str_has_suffix (each[i], "s") || g_str_has_suffix (each[i], "e") ? 1 :
                       0);
          g_autofree char *rest = g_strdup_printf ("%.*s | %s", start, text, text + end);
          g_autofree char *source = g_strdup_printf (
              "\\b(?:make|write|give|create|draw|draw up|mention|name|say|list|tell|featuring|"
              "use|using|include|including|with|add|that|an?|names|mentions|says|uses|full of|"
              "plenty of|as|me|in|list of|"
              "lots of|show|provide|attach|insert|ask|start with|begin with|end with|have|need|"
              "contain) (?:\\w+ ){0,3}%.*s", (int) stem, each[i]);

          if (strlen (each[i]) >= 4 && g_regex_match_simple (source, rest, G_REGEX_CASELESS, 0))
            return TRUE;
        }
    }

  return FALSE;
}


/* “用表格……不要用表格”: what is refused is asked for elsewhere. */
static gboolean
chinese_denies_itself (const char *text)
{
  g_autoptr (GMatchInfo) info = NULL;

  g_regex_match (baleen_pattern_get (&chinese_denied), text, 0, &info);
  for (; g_match_info_matches (info); g_match_info_next (info, NULL))
    {
      g_autofree char *word = g_match_info_fetch (info, 1);
      g_autofree char *rest = NULL;
      int start, end;

      g_match_info_fetch_pos (info, 0, &start, &end);
      rest = g_strdup_printf ("%.*s|%s", start, text, text + end);
      if (strstr (rest, word) != NULL)
        return TRUE;
    }

  return FALSE;
}



static gboolean
have_opposites (BaleenOpposites *opposites,
                gsize            n_opposites,
                const char      *text)
{
  for (gsize i = 0; i < n_opposites; i++)
    if (baleen_pattern_is_wanted (&opposites[i].one, text)
        && baleen_pattern_is_wanted (&opposites[i].other, text))
      return TRUE;

  return FALSE;
}

/* What is asked of the answer, without what the answer is about: a formal letter about a casual
 * Friday wishes for one of the two only. A question wishes for nothing but the truth. */
static char *
find_wishes (const BaleenDraft *draft)
{
  BaleenPattern *question = draft->is_chinese ? &chinese_question : &english_question;
  BaleenPattern *topic = draft->is_chinese ? &chinese_topic : &english_topic;

  if (baleen_pattern_matches (question, draft->plain))
    return g_strdup ("");

  return g_regex_replace_literal (baleen_pattern_get (topic), draft->plain, -1, 0, " ", 0, NULL);
}

static gboolean
have_both_poles (const BaleenDraft *draft,
                 const char        *wishes)
{
  BaleenOpposites *opposites;
  gsize n;

  if (draft->has_material || draft->n_words + draft->n_han > MOST_DENYING
      || baleen_coach_supplies_piece (draft) || strstr (draft->plain, "\"\"") != NULL
      || baleen_coach_divides_wishes (draft))
    return FALSE;

  opposites = baleen_coach_get_poles (&n);

  return have_opposites (opposites, n, wishes);
}

static gboolean
clash_in_english (const BaleenDraft *draft,
                  const char        *wishes)
{
  const char *text = draft->plain;
  gboolean is_split = baleen_pattern_matches (&english_in_parts, text)
                      || baleen_coach_shares_wishes (draft);
  gsize n;
  BaleenOpposites *opposites = baleen_coach_get_english_opposites (&n);

  if (!is_split && !draft->has_material && have_opposites (opposites, n, wishes))
    return TRUE;

  return baleen_pattern_matches (&english_two_sizes, text)
         || baleen_pattern_matches (&english_word_wanted, draft->text)
         || (!is_split && baleen_pattern_matches (&english_counts, text))
         || baleen_pattern_matches (&counted_again, text)
         || baleen_pattern_matches (&english_only_fewer, text)
         || baleen_pattern_matches (&english_languages, text)
         || baleen_pattern_matches (&english_tongues, text)
         || (!is_split && english_denies_itself (wishes));
}

static gboolean
clash_in_chinese (const BaleenDraft *draft,
                  const char        *wishes)
{
  const char *text = draft->plain;
  gboolean is_split = baleen_pattern_matches (&chinese_in_parts, text);
  gsize n;
  BaleenOpposites *opposites = baleen_coach_get_chinese_opposites (&n);

  if (!is_split && have_opposites (opposites, n, wishes))
    return TRUE;

  return baleen_pattern_matches (&chinese_only_fewer, text)
         || baleen_pattern_matches (&chinese_languages, text)
         || baleen_pattern_matches (&chinese_tongues, text)
         || baleen_pattern_matches (&chinese_two_sizes, text)
         || baleen_pattern_matches (&chinese_word_wanted, draft->text)
         || (!is_split && baleen_pattern_matches (&chinese_counts, text))
         || (!is_split && draft->n_han <= MOST_DENYING && chinese_denies_itself (text));
}

gboolean
baleen_coach_wishes_clash (const BaleenDraft *draft)
{
  g_autofree char *wishes = NULL;

  if (baleen_coach_lengths_clash (draft) || baleen_coach_counts_clash (draft)
      || baleen_pattern_matches (&short_but_long, draft->plain)
      || baleen_pattern_matches (&kept_and_changed, draft->plain)
      || baleen_coach_amounts_clash (draft))
    return TRUE;
  /* In so many words opposites are told of, not wished for. */
  if (draft->n_words + draft->n_han > MOST_WISHING)
    return FALSE;

  wishes = find_wishes (draft);

  return baleen_coach_words_exclude (draft, wishes) || have_both_poles (draft, wishes)
         || baleen_patterns_match (taken_back, G_N_ELEMENTS (taken_back), draft->plain)
         || (draft->is_chinese ? clash_in_chinese (draft, wishes)
                               : clash_in_english (draft, wishes));
}
