/* Whether a draft says only that something is wanted: every word of it is one of asking, of a
 * thing in general or of making things better, and none tells what shall be different. */
#include "coach-rules.h"

#define MOST_WORDS 12
#define MOST_LETTERS 16

#define EN_THING \
  "(?:something|anything|things?|stuff|text|essay|article|report|paper|letter|cover letter|e-?mail|" \
  "message|resume|cv|profile|bio|website|site|page|homepage|home page|blog|post|story|poem|song|" \
  "code|program|project|assignment|homework|thesis|presentation|slides?|draft|document|speech|" \
  "design|logo|layout|wording|writing|work|school|job|life|math|maths|everything|all|plan|task|" \
  "situation|problem|issue)"
#define EN_WANTED \
  "(?:help|hand|assist|assistance|support|guidance|guide|advice|advise|input|opinions?|feedback|" \
  "ideas?|thoughts?|suggestions?|inspiration|inspire|motivate|motivation|entertain|amuse|tips?|" \
  "improve|improved|improvement|enhance|polish|spruce|spice|freshen|jazz|tidy|tweak|revise|refresh|" \
  "beautify|upgrade|refine|touch|liven|smarten|better|nicer|prettier|cooler|fancier|stronger|cool|" \
  "nice|good|great|fun|pretty|amazing|awesome|perfect|pop|shine|boring|dull|interesting|exciting|" \
  "professional|creative|appealing|attractive|engaging|catchy)"
#define EN_EMPTY \
  "(?:please|can|could|would|will|you|i|i'd|i'm|we|me|us|my|our|your|his|her|this|that|the|a|an|it|" \
  "these|those|following|some|any|more|less|bit|little|lot|much|so|just|maybe|really|very|somehow|" \
  "quite|again|now|here|want|need|like|love|use|give|get|have|make|do|be|look|sound|sounds|looks|" \
  "feel|read|write|tell|show|say|to|with|on|about|of|for|in|out|up|off|at|and|or|is|are|not|too|" \
  "what|which|think|way|kind|sort|also|what's|share|offer|work|one)"

/* At least one word must be of what is wanted. */
static BaleenPattern english
    = BALEEN_PATTERN ("^(?=.*\\b" EN_WANTED "\\b)(?:(?:" EN_THING "|" EN_WANTED "|" EN_EMPTY
                      ")(?:[,;:.!?]* +|[,;:.!?]*$))+$");
/* These have a measure of their own, or a thing that is asked for. */
static BaleenPattern english_other
    = BALEEN_PATTERN ("^(?:is|are|was|were|does|which|what(?:'s| is| are))\\b|"
                      "\\bwhat do you think\\b|"
                      "^(?:give|tell|show|suggest|i (?:need|want)|any|some|find|"
                      "read)\\b[^?]*\\b(?:good|great|nice|cool|fun|"
                      "interesting|better|perfect|amazing|awesome|exciting|creative) (?:" EN_THING
                      "|\\w+s\\b)");

#define ZH_THING \
  "(?:东西|文章|作文|论文|报告|邮件|信|简历|求职信|主页|首页|网站|网页|博客|故事|诗|歌|代码|程序|项目|" \
  "作业|ppt|幻灯片|文档|演讲稿|稿子|设计|海报|排版|文字|文案|措辞|内容|工作|学校|数学|英语|事情|事|生活|方案)"
#define ZH_WANTED \
  "(?:帮帮忙|帮忙|帮助|帮帮|帮一把|协助|支持|指导|指点|意见|建议|看法|想法|点子|灵感|主意|思路|反馈|激励|鼓励|启发|" \
  "改进|改善|优化|润色|美化|翻新|提升|完善|打磨|包装|弄弄|改改|整整|弄一弄|改一改|整理|修饰|升级|加工|丰富|" \
  "好看|漂亮|高级|有趣|有意思|精彩|生动|专业|亮眼|好一?点|好玩|无聊|枯燥|酷|吸引人|出彩|啥|什么|随便)"
#define ZH_EMPTY \
  "(?:请|帮我|帮|给我|给|替我|我|你|您|的|把|将|让|使|能不能|可不可以|可以|能|想办法|想|要|需要|求|稍微|一下|下|一点|点|" \
  "些|一些|别|这么|那么|更|再|好|得|吧|呗|吗|嘛|啊|呀|听听|看看|听|看|写|做|弄|来|说|讲|找|出|搞|整|改|画|搞搞|个|首|篇|" \
  "变|变得|显得|这个|那个|这|那|它|再|多|有点|太|提|提点|，|！|!|。|？|\\?| )"

static BaleenPattern chinese
    = BALEEN_PATTERN ("^(?=.*" ZH_WANTED ")(?:" ZH_WANTED "|" ZH_THING "|" ZH_EMPTY ")++$");
static BaleenPattern chinese_other
    = BALEEN_PATTERN ("什么(?!都|的)[^，。]*[吗呢？?]|(?:怎么|什么)(?:办|样|意思)|看什么|^(?:这|那)[^，。]*(?:吗|么|什么)"
                      "|(?:说|讲|看|听|写|做)什么[？?]*$|改什么|好(?:看|玩)的");

gboolean
baleen_coach_is_empty_wish (const BaleenDraft *draft)
{
  const char *text = draft->plain;

  if (draft->has_material)
    return FALSE;
  if (draft->is_chinese)
    return draft->n_han <= MOST_LETTERS && baleen_pattern_matches (&chinese, text)
           && !baleen_pattern_matches (&chinese_other, text);

  return draft->n_words <= MOST_WORDS && baleen_pattern_matches (&english, text)
         && !baleen_pattern_matches (&english_other, text);
}
