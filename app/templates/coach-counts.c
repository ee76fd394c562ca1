/* Numbers of a draft that cannot all hold: how many, how long it lasts, how a form of verse is
 * built, where a row begins. */
#include "coach-rules.h"

#include <string.h>

#define MOST_LETTERS 600

/* ---- How many of a thing -------------------------------------------------------------- */

#define EN_NUMBER "(?:an?|one|a single|two|three|four|five|six|seven|eight|nine|ten|twelve|" \
                  "fifteen|twenty|\\d+)"
#define ZH_NUMBER "(?:[一二两三四五六七八九十百]+|\\d+)"

/* “three tips … make it five tips”, “a single paragraph, divided into four paragraphs” */
static BaleenPattern english_again
    = BALEEN_PATTERN ("\\b(" EN_NUMBER ")[- ](?:\\w+ )?(\\w{3,}?)(?:s|es)?\\b.*\\b(?:make (?:it|"
                                       "that|them)|(?:it|there|they) "
                      "(?:must|should|has to|have to|needs? to|shall) (?:be|have)|(?:divided|"
                      "split|broken|cut|arranged) "
                      "(?:up )?(?:into|in|over|across)|consisting of|made (?:up )?of|spread "
                      "over) (?:exactly |at least |"
                      "only )?(?!\\1\\b)" EN_NUMBER " (?:\\w+ )?\\2");
static BaleenPattern chinese_again
    = BALEEN_PATTERN ("(" ZH_NUMBER ")(?:个)?(条|个|段|点|句|首|本|部|项|页|步|种)[^。]*?(?:写|"
                                    "要|改成|分|分成|分为|凑|列|共|给)"
                      "(?:成|出|够|满|作|为)?(?!\\1)" ZH_NUMBER "(?:个)?\\2");
static BaleenPattern chinese_limit = BALEEN_PATTERN ("只|仅|不(?:能|要|得)?超过|最多|不(?:能|"
                                                     "要)?多于|一个\\p{Han}{1,3}，分");
/* All of them, but only ten. */
static BaleenPattern all_but_few
    = BALEEN_PATTERN ("\\b(?:all|every one of|each of) (?:the )?(\\d+|fifty|twelve|twenty|ten) "
                      ".*\\b(?:only|just|at most|"
                      "no more than) (?:name |list |give |mention |show )?(?!\\1)(?:one|two|"
                      "three|four|five|six|seven|eight|"
                      "nine|ten|\\d+)\\b|"
                      "(?:全部|所有|全)[^，。]{0,3}?(\\d+)(?:个|条|种|位)[^。]*(?:只|仅|最多)"
                      "[^，。]{0,3}(?!\\2)" ZH_NUMBER "(?:个|条|种|位)");

/* ---- How long it lasts ---------------------------------------------------------------- */

static const struct
{
  const char *name;
  double minutes;
} spans[] = {
  { "second", 1 / 60.0 }, { "minute", 1 }, { "hour", 60 }, { "day", 1440 }, { "week", 10080 },
  { "month", 43200 }, { "year", 525600 }, { "秒", 1 / 60.0 }, { "分钟", 1 }, { "小时", 60 },
  { "天", 1440 }, { "日", 1440 }, { "周", 10080 }, { "星期", 10080 }, { "个月", 43200 },
  { "月", 43200 }, { "年", 525600 },
};
static const struct
{
  const char *name;
  double value;
} amounts[] = {
  { "half an", 0.5 }, { "half a", 0.5 }, { "a", 1 }, { "an", 1 }, { "one", 1 }, { "two", 2 },
  { "three", 3 }, { "four", 4 }, { "five", 5 }, { "six", 6 }, { "seven", 7 }, { "eight", 8 },
  { "ten", 10 }, { "fifteen", 15 }, { "twenty", 20 }, { "thirty", 30 }, { "ninety", 90 },
  { "半", 0.5 }, { "一", 1 }, { "两", 2 }, { "二", 2 }, { "三", 3 }, { "四", 4 }, { "五", 5 },
  { "六", 6 }, { "七", 7 }, { "八", 8 }, { "十", 10 }, { "半个", 0.5 }, { "一个", 1 },
  { "两个", 2 }, { "三个", 3 }, { "五个", 5 }, { "二十", 20 }, { "三十", 30 },
};

#define EN_SPAN_NUMBER \
  "(half an?|an?|one|two|three|four|five|six|seven|eight|ten|fifteen|twenty|thirty|ninety|\\d+)"
#define EN_SPAN_UNIT "(second|minute|hour|day|week|month|year)"
static BaleenPattern english_lasting
    = BALEEN_PATTERN ("\\b(?:" EN_SPAN_NUMBER "[- ])?" EN_SPAN_UNIT "(?:'s)?[- ](?:long "
                    ")?(?:\\w+ )?(?:speech|talk|presentation|"
                      "toast|trip|tour|outing|course|workout|lesson|recipe|dinner|meal|video|"
                      "film|meeting|walk|plan|programme|"
                      "program|visit|retreat|exercise|routine|agenda|schedule|seminar|class|"
                      "session|interview|break|marathon|podcast|script|stay|holiday|nap|"
                      "lecture|story)\\b.*\\b(?:that |which |"
                      "it |and )?(?:(?:should|must|has to|will|is to|needs to|to) )?(?:lasts?|"
                      "takes?|lasting|taking|goes on for|"
                      "runs? for|fits? (?:into|in)|is over in|is done in|(?:is )?finished in|"
                      "ends? after|stretch\\w* over|long enough (?:for|to fill)|spread over)(?: "
                      "for| about| at least| over| "
                      "around| more than| exactly| a "
                      "full)* " EN_SPAN_NUMBER "[- ]" EN_SPAN_UNIT "s?\\b");
static BaleenPattern chinese_lasting
    = BALEEN_PATTERN ("(半个?|[一二两三四五六七八十]+个?|\\d+)(?:多)?(秒|分钟|小时|天|日|周|"
                      "星期|月|年)的?(?:\\p{Han}{0,3})"
                      "(?:会议议程|议程|演讲稿?|讲话|发言稿?|游|行程|旅行|视频|课|会议|餐|菜|"
                      "训练|锻炼|致辞|"
                      "稿|计划|之旅)[^。]*?"
                      "(?:要|得|需要?|必须|能)?(?:讲|玩|持续|花|用|进行|开|练|拍|做|逛|待|够)"
                      "(?:上|满|够|足|到)?"
                      "(半个?|[一二两三四五六七八十]+个?|\\d+)(?:多)?(秒|分钟|小时|天|日|周|"
                      "星期|月|年)|"
                      "(半个?|[一二两三四五六七八十]+个?|\\d+)(秒|分钟|小时|天|周|星期|月|年)"
                      "的?(?:\\p{Han}{0,3})(?:会议|会(?=[，,])|议程|课|演讲|训练|行程|游|电影|餐)"
                      "[^。]*?(半个?|[一二两三四五六七八十]+个?|\\d+)(秒|分钟|小时|天)(?:之内|"
                      "以内|内|里)(?:就|必须|要)?(?:开|讲|做|玩|走|逛|完成|结束|吃|看|跑)|"
                      "(?:要|得|需要?|必须)?(?:玩|持续|花|用|进行|逛)(?:上|满|够)?"
                      "(半个?|[一二两三四五六七八十]+个?|\\d+)(秒|分钟|小时|天|周|星期|月|年)"
                      "(?:时间)?的"
                      "(半个?|[一二两三四五六七八十]+个?|\\d+)(秒|分钟|小时|天|日|周|星期|月|年)"
                      "的?(?:游|行程|旅行|课|训练|之旅)");

/* “exactly 100 words, no fewer than 150” */
static BaleenPattern bounds
    = BALEEN_PATTERN ("\\b(?:exactly|at most|no more than|not more than|only|just|under|"
                      "max(?:imum)?(?: of)?|up to) (\\d+) "
                      "(?:words|lines|sentences|pages|characters|minutes|items|points|people|"
                      "euros|dollars)\\b.*\\b(?:no (?:fewer|"
                      "less) than|not (?:fewer|less) than|at least|more than|minimum(?: of)?|"
                      "over) (\\d+)\\b");
/* Everybody does what nobody does. */
static BaleenPattern all_and_none
    = BALEEN_PATTERN ("\\bevery(?:one|body) (\\w{3,}?)(?:s|es|ed)?\\b.*\\b(?:nobody|no one|none)"
                      " (?:ever |has to |must |may )?\\1|"
                      "\\b(?:nobody|no one) (?:ever )?(\\w{3,}?)(?:s|es|ed)?\\b.*\\bevery(?:one|"
                      "body) (?:\\w+ )?\\2|"
                      "(?:人人|每个人|所有人|大家)都?[^。]*?(\\p{Han}{2})[^。]*(?:谁都|没有?人|"
                      "无人|一个人都)(?:不|没)?(?:用|能|要|许|得|会)?\\3");

/* “3000 words on half a page”, “只用荷兰语写，通篇用英语单词”, “用三句话写一篇500字的总结” */
static BaleenPattern chinese_sizes
    = BALEEN_PATTERN ("\\b(?:[89]\\d\\d|\\d{4,}) words?\\b.*\\b(?:on|in|within|filling|takes? "
                      "up) (?:only |just )?(?:half a|a quarter of a|one|a "
                      "single) page\\b|"
                      "(?:[89]\\d\\d|\\d{4,}|[一二三四五六七八九十]千|[一二三四五六七八九]万)"
                      "字[^。]*(?:只占|不超过|控制在|只用|限|写在)(?:半|一)页|"
                      "\\b(?:one|a single|single)[- ](?:word|syllable|letter)\\b.*\\b(?:(?:two|"
                      "three|four|five|several|complete|full|whole|"
                      "long) )+(?:sentences|paragraphs|pages)\\b|"
                      "用?一个(?:字|词|音节)[^。]*(?:[两二三四五]|几|多)"
                      "(?:个)?(?:完整的?)?(?:句子|句话|段|页)|"
                      "用(\\p{Han}{1,3}[语文])[^。]*只(?:准|能|许|可以?|会)?用(?!\\1)"
                      "\\p{Han}{1,3}[语文]|"
                      "\\bin (english|french|german|spanish|italian|dutch|chinese|japanese|"
                      "russian|latin|polish|greek|portuguese|arabic)"
                      "\\b.*\\b(?:only|nothing but|exclusively) (?:in )?(?:\\w+ )?(?!\\2)"
                      "(?:english|french|german|spanish|italian|dutch|"
                      "chinese|japanese|russian|latin|polish|greek|portuguese|arabic)\\b|"
                      "用?(?:一|两|二|三|1|2|3)(?:个)?句(?:话|子)?[^。]*(?:[2-9]\\d\\d|\\d{4,}|"
                      "[二三四五六七八九]百|[一二三四五六七八九]千)字的?(?:总结|摘要|概括|文章|"
                      "作文|"
                      "故事|报告|介绍|短文|说明)|(?:[2-9]\\d\\d|\\d{4,})字的?(?:总结|摘要|概括|"
                      "文章|作文|故事|报告|介绍|短文|说明)[^。]*(?:只用|不超过|限|就用|用)"
                      "(?:一|两|三)(?:个)?句|"
                      "只(?:能|许|准)?用(\\p{Han}{1,3}[语文])[^。]*(?:通篇|全文|全部|都|"
                      "每句)?(?:用|写|是)(?!\\3)\\p{Han}{1,3}[语文](?:单词|词|写|句子)?|"
                      "\\b(?:write|answer|reply|speak|respond) (?:only|exclusively|entirely) in "
                      "(\\w+)\\b.*\\b(?:use|using|with) (?!\\4)"
                      "(?:english|french|german|spanish|italian|dutch|chinese|japanese|russian|"
                      "latin|polish) (?:words|terms|"
                      "sentences|vocabulary)\\b");

/* ---- Forms and rows ------------------------------------------------------------------- */

/* What a form of verse cannot have. */
static BaleenPattern forms[] = {
  BALEEN_PATTERN ("\\bhaikus?\\b.*\\b(?!three\\b|3\\b)(?:two|four|five|six|seven|eight|nine|ten|"
                  "twelve|"
                  "twenty|\\d+)[- ](?:lines?|verses|stanzas|"
                  "pages)\\b|\\b(?!three\\b|3\\b)(?:two|four|five|six|eight|ten|twenty|\\d+)[- "
                  "](?:line|verse|stanza|page|hundred-word)"
                  "[- ](?:long )?haiku\\b|\\b\\d{2,}-word haiku\\b|\\bhaiku of (?:\\d{2,}|a "
                  "hundred|two hundred) words\\b"),
  BALEEN_PATTERN ("\\bsonnets?\\b.*\\b(?!fourteen\\b|14\\b)(?:two|three|five|six|eight|ten|"
                  "twelve|twenty|\\d+)[- ](?:lines?|pages)\\b|"
                  "\\bunrhymed sonnet\\b.*\\brhyme\\b"),
  BALEEN_PATTERN ("\\blimericks?\\b.*\\b(?!five\\b|5\\b)(?:two|three|four|six|eight|ten|twelve|"
                  "twenty|\\d+)[- ](?:lines?|verses|pages)\\b"),
  BALEEN_PATTERN ("\\bcouplets?\\b.*\\b(?:of|with|in) (?:three|four|five|six|ten|twenty|\\d+) "
                  "lines\\b"),
  BALEEN_PATTERN ("\\btweet\\b.*\\b(?:[3-9]\\d\\d|\\d{4,}|several hundred|thousand) (?:words|"
                  "characters)\\b|"
                  "\\b(?:[3-9]\\d\\d|\\d{4,})[- ](?:word|character) tweet\\b"),
  BALEEN_PATTERN ("(?!四|4)(?:[一二两三五六七八九十]+|\\d+)(?:行|句)的?(?:五言|七言)?绝句|"
                  "绝句[^。]*(?:写|要|共)(?!四|4)(?:[二两三五六七八九十]+|\\d+)(?:行|句)|"
                  "(?!八|8)(?:[二两三四五六七九十]+|\\d+)(?:行|句)的?(?:五言|七言)?律诗|"
                  "律诗[^。]*(?:写|要|共)(?!八|8)(?:[二两三四五六七九十]+|\\d+)(?:行|句)|"
                  "(?:五言[^。]*每句(?!五|5)[一二三四六七八九十]个?字|七言[^。]*每句(?!七|7)"
                  "[一二三四五六八九十]个?字)|"
                  "(?:俳句)[^。]*(?:(?!三|3)(?:[二四五六七八九十]+|\\d+)(?:行|句)|[二三四五六七八九十]+段)"),
  /* Where a row begins. */
  BALEEN_PATTERN ("\\bfrom (?:the )?(\\w{3,}) to (?:the )?(\\w{3,})\\b.*\\b(?:(?:start|begin)"
                  "(?:ning|ing|s)? (?:with|from|at|by)|first)"
                  " (?:the )?\\2\\b|\\bfrom (?:the )?(\\w{3,}) to (?:the )?(\\w{3,})"
                  "\\b.*\\b(?:the )?\\4 (?:one )?(?:first|comes first)\\b|"
                  "\\bfrom (?:the )?(\\w{3,}) to (?:the )?(\\w{3,})\\b.*\\b(?:end(?:ing|s)?|"
                  "finish(?:ing|es)?|last) (?:with|at)? ?(?:the )?\\5\\b"),
  BALEEN_PATTERN ("从(?:最)?(大|小|高|低|新|旧|早|晚|近|远|长|短|贵|便宜|轻|重|难|易|多|少|快|"
                  "慢)到(?:最)?(大|小|高|低|新|旧|早|晚|近|远|长|短|贵|便宜|轻|重|难|"
                  "易|多|少|快|慢)[^。]*(?:第一个?|开头|先|首先|最前面?|打头|起头)"
                  "[^，。]{0,4}最\\2|"
                  "从(?:最)?(大|小|高|低|新|旧|早|晚|近|远|长|短|贵|便宜|轻|重|难|易|多|少|快|"
                  "慢)到[^。]*(?:最后一个?|末尾|结尾|最后)[^，。]{0,4}最\\3"),
  /* Compared with what may not be named. */
  BALEEN_PATTERN ("\\bcompare (?:an? |the )?([\\w+#]+) (?:and|with|to) (?:an? |the )?([\\w+#]+)"
                  "\\b.*\\b(?:not|never|without) "
                  "(?:mention|nam|us|say)\\w* (?:the word )?(?:\\1|\\2)\\b|"
                  "(?:比较|对比)([\\p{Han}\\w+#]{1,8}?)(?:和|与|跟)([\\p{Han}\\w+#]{1,8}?)"
                  "(?:\\p{Han}{0,4})[，。,].*(?:不要|别|不能|不得|不许)"
                  "(?:提到?|出现|说到?|写|提及)(?:\\3|\\4)"),
  /* “Don't ask me questions and ask me three.” */
  BALEEN_PATTERN ("\\b(?:don't|do not|never) (\\w{3,}) (?:me |us |any |the |an? )*(\\w{4,}?)"
                  "s?\\b.*\\b\\1 (?:me |us |any |the |an? |"
                  "\\w+ )*\\2|(?:不要|别|不能|不许)(问|说|提|讲|写|加|用)(?:我|你|任何|"
                  "什么)*(问题|理由|例子|结论|建议|故事|标题)[^。]*"
                  "(?:先|再|要|最后|开始前|必须)[^，。]{0,3}\\3(?:我|你)?[^，。]{0,4}\\4"),
  /* Two orders of one row, sung without a voice, free of what it is made of. */
  BALEEN_PATTERN ("\\b(?:in )?(chronological|alphabetical|random|reverse|historical)(?:ly)?(?: "
                  "order)?,? .*\\b(?:sorted|ordered|arranged|"
                  "listed|ranked) (?:by|from|in) (?!\\1|date|year|time)(?:name|letter|size|"
                  "price|alphabet|random|length|age|value|last "
                  "name|surname)|"
                  "按(时间|年代|拼音|字母|大小|价格|姓名|笔画|随机)"
                  "(?:先后)?(?:顺序)?(?![^，。]*内)[^。]*(?<!再)(?<!内)按(?!\\2)[^，。]{0,3}"
                  "(?:时间|年代|拼音|字母|大小|价格|姓名|笔画|随机|音序)[^，。]{0,4}(?:排|列|"
                  "顺序|先后)"),
  BALEEN_PATTERN ("\\b(\\w{3,}?)s?-free\\b.*\\b(?:made (?:of|with|from)|with|containing|full of|"
                  "using|including|out of) (?:\\w+ ){0,2}\\1"),
  BALEEN_PATTERN ("\\b(\\w{3,}?)s?-free\\b.*\\b\\d+ ?(?:g|kg|ml|l|grams?|cups?|spoons?|ounces?|"
                  "tablespoons?|teaspoons?|pounds?) (?:of )?(?:\\w+ )?\\1\\b|"
                  "(?:无|零|不放|不加|不用|免)(?:任何)?(\\p{Han})[^。]*(?:放|加|用|要|倒|撒)"
                  "[^，。]{0,2}(?:\\d+|[一二两三四五六七八九十半]+)(?:多)?(?:克|勺|斤|两|毫升|杯|升|匙|公斤)"
                  "[白红砂细粗]?\\2"),
  /* “a seven-day plan, four days in all”, “三天才能走完的一日游” */
  BALEEN_PATTERN ("\\b(one|two|three|four|five|six|seven|eight|ten|twelve|\\d+)[- ](day|week|hour|"
                  "minute|month)s?\\b[^.?!]*[,;] ?(?:and |but )?(?:it is |it's |only |exactly |"
                  "just )*"
                  "(?!\\1\\b)(?:one|two|three|four|five|six|seven|eight|ten|twelve|\\d+) \\2s?"
                  "(?: long| in (?:all|total)| altogether| total| only)[.!? ]*$"),
  BALEEN_PATTERN ("([一二两三四五六七八九十]+|\\d+)(天|周|个月|小时|分钟)的?(?:\\p{Han}{0,4})"
                  "(?:计划|行程|课程|训练|安排|日程|旅行|课|方案)[^。]*?(?:一共|总共|共|为期|只有|只要|"
                  "全长|总长)(?:是|为)?(?!\\1)(?:[一二两三四五六七八九十]+|\\d+)\\2|"
                  "(?!一)([两二三四五六七八九十]+|\\d+)(?:天|日)(?:才能?|的时间|时间)?(?:走|玩|逛|游|看)"
                  "[^，。]{0,2}完?的[^，。]{0,6}(?!\\3)(?:[一二两三四五六七八九十]|\\d+)日游"),
  /* “three synonyms, at least six”, “给三个近义词，至少六个” */
  BALEEN_PATTERN ("^[^,.;]*\\b(one|two|three|four|five|1|2|3|4|5) (?:\\w+ )?\\w+[,.;]+ ?(?:and |"
                  "but )?"
                  "(?:give |list |name |write |make it |it must be |with )?(?:me )?(?:at least|"
                  "no fewer than|"
                  "no less than|minimum|more than) (?!\\1\\b)(?:four|five|six|seven|eight|nine|"
                  "ten|twelve|"
                  "twenty|[6-9]|\\d\\d+)(?: of (?:them|those))?[.!? ]*$|"
                  "^[^，。；]*?([一二两三四五]|[1-5])(?:个|条|种|点|句|本|首|项|座|道|位)[^，。；]*[，。；](?:但|要|并且)?"
                  "(?:给|列|说|写)?(?:至少|不少于|起码|不低于)(?!\\2)(?:[四五六七八九十百]|[6-9]|\\d\\d+)"
                  "(?:个|条|种|点|句|本|首|项|座|道|位)[。！!]*$"),
  BALEEN_PATTERN ("从(?:最)?(?:新|近|晚|后)到(?:最)?(?:旧|老|早|远|前)[^。]*最(?:旧|老|早|远)的?[^，。最]{0,4}"
                  "(?:第一|最前|开头|打头|在前|首位)|"
                  "从(?:最)?(?:旧|老|早|远|古)到(?:最)?(?:新|近|晚|今)[^。]*最(?:新|近|晚)的?[^，。最]{0,4}"
                  "(?:第一|最前|开头|打头|在前|首位)|"
                  "从(?:最)?(?:大|高|多|贵|长|重|难|快)到[^。]*最(?:小|低|少|便宜|短|轻|容易|易|简单|慢)的?"
                  "[^，。最]{0,4}(?:第一|最前|开头|打头|在前|首位)|"
                  "从(?:最)?(?:小|低|少|便宜|短|轻|易|简单|慢)到[^。]*最(?:大|高|多|贵|长|重|难|快)的?"
                  "[^，。最]{0,4}(?:第一|最前|开头|打头|在前|首位)"),
  /* “exactly five reasons … the top ten” */
  BALEEN_PATTERN ("\\b(?:exactly|only|just|at most|no more than) (one|two|three|four|five|six|"
                  "seven|"
                  "eight|nine|ten|\\d+) \\w+.*\\b(?:the|a|my|your) (?:top|best|first|"
                  "main) (?!\\1\\b)"
                  "(?:two|three|four|five|six|seven|eight|nine|ten|twelve|twenty|\\d+)\\b|"
                  "(?:只要|只|仅|最多|不超过|恰好|正好)[^，。]{0,3}([一二两三四五六七八九十]+|\\d+)"
                  "(?:个|条|点|种|项)[^。]*前(?!\\2)(?:[一二两三四五六七八九十百]+|\\d+)"
                  "(?:个|条|名|大|种|项|位)"),
  BALEEN_PATTERN ("不(?:要|用|许|能|准)?举例[^。]*举[^，。]{0,6}例|不(?:要|许|"
                  "准)?提问[^。]*提[^，。]{0,5}问题"),
  /* “low-salt … plenty of salt” */
  BALEEN_PATTERN ("\\b(?:low|no|zero|reduced)[- ](\\w{3,})\\b.*\\b(?:plenty of|lots of|lots and "
                  "lots of|a lot of|full of|extra|rich in|"
                  "tons of|heaps of|loads of|high in|double|a handful of|much) (?:\\w+ )?\\1\\b|"
                  "(?:少|低|无|免|零)(\\p{Han})[^。]*(?:多(?:放|加|撒|来)|大量(?:的)?|使劲(?:放|"
                  "加)|加足|重|猛(?:放|加))\\2"),
  /* Into another language, and not into it. */
  BALEEN_PATTERN ("\\b(?:into|to) (english|french|german|spanish|italian|polish|chinese|"
                  "japanese|korean|russian|portuguese|latin|"
                  "arabic|dutch|turkish|greek|swedish)\\b.*\\b(?:keep|leave) (?:it|everything|"
                  "the text|the sentence) in (?!\\1)\\w+\\b"),
};

static double
find_amount (const char *text)
{
  if (text == NULL || *text == '\0')
    return 1;
  for (gsize i = 0; i < G_N_ELEMENTS (amounts); i++)
    if (g_str_equal (amounts[i].name, text))
      return amounts[i].value;

  return g_ascii_strtod (text, NULL);
}

static double
find_span (const char *unit)
{
  for (gsize i = 0; i < G_N_ELEMENTS (spans); i++)
    if (g_strcmp0 (spans[i].name, unit) == 0)
      return spans[i].minutes;

  return 0;
}

static gboolean
bounds_clash (const char *text)
{
  g_autofree char *most = baleen_pattern_dup_group (&bounds, text, 1);
  g_autofree char *least = baleen_pattern_dup_group (&bounds, text, 2);

  return most != NULL && g_ascii_strtoll (least, NULL, 10) > g_ascii_strtoll (most, NULL, 10);
}

/* “a two-minute speech that lasts half an hour” */
static gboolean
durations_clash (const BaleenDraft *draft)
{
  BaleenPattern *pattern = draft->is_chinese ? &chinese_lasting : &english_lasting;
  g_autoptr (GMatchInfo) info = NULL;
  double minutes[2];
  int first;

  if (!g_regex_match (baleen_pattern_get (pattern), draft->plain, 0, &info))
    return FALSE;

  /* Each way of saying it in Chinese has four groups of its own, and the last of them matched. */
  first = MAX (g_match_info_get_match_count (info) - 4, 1);
  for (int i = 0; i < 2; i++)
    {
      g_autofree char *number = g_match_info_fetch (info, first + 2 * i);
      g_autofree char *unit = g_match_info_fetch (info, first + 2 * i + 1);

      minutes[i] = find_amount (number) * find_span (unit);
    }

  return minutes[0] > 0 && minutes[1] > 0
         && (minutes[0] >= minutes[1] * 2 || minutes[1] >= minutes[0] * 2);
}

gboolean
baleen_coach_counts_clash (const BaleenDraft *draft)
{
  const char *text = draft->plain;

  /* Whoever writes more than that tells something rather than sets numbers. */
  if (strlen (text) > MOST_LETTERS)
    return FALSE;

  return baleen_patterns_match (forms, G_N_ELEMENTS (forms), text)
         || baleen_pattern_matches (&all_but_few, text)
         || baleen_pattern_matches (&all_and_none, text) || bounds_clash (text)
         || (!baleen_coach_names_sequence (draft) && baleen_pattern_matches (&chinese_sizes, text))
         || (draft->is_chinese ? baleen_pattern_matches (&chinese_again, text)
                                     && baleen_pattern_matches (&chinese_limit, text)
                               : baleen_pattern_matches (&english_again, text))
         || durations_clash (draft);
}
