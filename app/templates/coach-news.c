/* Whether a question is about what happens now: a word of the present in a question that is
 * neither about the person's own day nor for something to be made. */
#include "coach-rules.h"

static BaleenPattern english_now
    = BALEEN_PATTERN ("\\b(?:today|tonight|yesterday|tomorrow|right now|currently|"
                      "at the moment|these days|lately|"
                      "recently|so far this|this (?:week|weekend|month|year|season|morning)|last (?:night|week|"
                      "weekend)|over the weekend)\\b|\\bnow[?.! ]*$");
static BaleenPattern english_question
    = BALEEN_PATTERN ("^(?:please |can you |could you |do you know |tell me )*(?:who|what|"
                      "what's|which|when|where|how is|"
                      "how are|how's|how much|how many|how did|is|are|was|were|did|does|do|has|have|will|any|"
                      "anything)\\b");
static BaleenPattern english_latest
    = BALEEN_PATTERN ("\\b(?:latest|newest|most recent|up[- ]to[- ]date|"
                      "breaking)\\b(?! (?:draft|commit|message|e-?mail|"
                      "purchase|order|version of my|work|homework|possible))|^(?:is|are) (?:the )?[\\w' -]+ still\\b"
                      "|\\bwho (?:won|wins|lost|scored) (?:the )?(?:last|latest|most recent|yesterday)\\b"
                      "|^(?:is|are|has|have|did|when (?:is|does|will)) [\\w' -]+ (?:been )?(?:released|announced|"
                      "launched|out|back|open|over|come out|coming out|signed|confirmed)(?: yet| already)?[?. ]*$");
static BaleenPattern english_own
    = BALEEN_PATTERN ("\\b(?:i|i'm|i've|i'll|my|me|we|we're|our|us|for (?:tonight|today|"
                      "tomorrow|this weekend))\\b"
                      "|\\b(?:recommend|suggest|write|draft|translate|plan|cook|eat|dinner|recipe|wear|date is|day is|"
                      "time is|grammar|mean|spell|pronounce|difference|people|children|differ)\\b");

static BaleenPattern chinese_now
    = BALEEN_PATTERN ("今天|今日|昨天|昨日|前天|明天|今晚|昨晚|今早|这周|本周|上周|这个月|本月|上个月|今年|最近|近期|"
                      "现在|目前|当前|眼下|刚刚|最新|周末|上一场|上一届|上届|本届|这届|本赛季|截至");
static BaleenPattern chinese_question
    = BALEEN_PATTERN ("吗|了没|没有[？?]*$|谁|多少|什么|哪|怎么样|如何[？?]*$|几[^乎]|有没有|是不是|进展|情况|消息|动态|"
                      "数据|报价|行情|走势");
static BaleenPattern chinese_own
    = BALEEN_PATTERN ("我|咱|孩子|为什么|为啥|写|推荐|吃|穿|安排|计划|翻译|解释|做什么|怎么(?!样|回事)|星期几|几点|几号|"
                      "年轻人|祝福|送什么|意思|的话|适合|公倍数|公约数|节气|属相|属什么");
static BaleenPattern chinese_latest
    = BALEEN_PATTERN ("最新的?(?:消息|进展|情况|政策|规定|版本|数据|新闻|价格|油价|金价|房价|汇率|排名|动态|手机|"
                      "iphone|电影|研究|战况|疫情|通知|报价|型号|财报)");

gboolean
baleen_coach_asks_for_news (const BaleenDraft *draft)
{
  const char *text = draft->plain;

  if (draft->is_chinese)
    return draft->n_han <= 30
           && (baleen_pattern_matches (&chinese_latest, text)
               || (baleen_pattern_matches (&chinese_now, text)
                   && baleen_pattern_matches (&chinese_question, text)
                   && !baleen_pattern_matches (&chinese_own, text)));

  return draft->n_words <= 20 && !baleen_pattern_matches (&english_own, text)
         && (baleen_pattern_matches (&english_latest, text)
             || (baleen_pattern_matches (&english_now, text)
                 && baleen_pattern_matches (&english_question, text)));
}
