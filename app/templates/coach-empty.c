/* Whether a draft says only that something is wanted: every word of it is one of asking, of a
 * thing in general or of making things better, and none tells what shall be different. */
#include "coach-rules.h"

#include <string.h>

#define MOST_WORDS 12
#define MOST_LETTERS 16

#define EN_THING \
  "(?:something|anything|things?|stuff|text|essay|article|report|paper|letter|cover letter|" \
  "e-?mail|" \
  "message|resume|cv|profile|bio|website|site|page|homepage|home page|blog|post|story|poem|song|" \
  "code|program|project|assignment|homework|thesis|presentation|slides?|draft|document|speech|" \
  "design|logo|layout|wording|writing|work|school|job|life|math|maths|everything|all|plan|task|" \
  "situation|problem|issue)"
#define EN_WANTED \
  "(?:help|hand|assist|assistance|support|guidance|guide|advice|advise|input|opinions?|feedback|" \
  "ideas?|thoughts?|suggestions?|inspiration|inspire|motivate|motivation|entertain|amuse|tips?|" \
  "improve|improved|improvement|enhance|polish|spruce|spice|freshen|jazz|tidy|tweak|revise|" \
  "refresh|" \
  "beautify|upgrade|refine|touch|liven|smarten|better|nicer|prettier|cooler|fancier|stronger|" \
  "cool|" \
  "nice|good|great|fun|pretty|amazing|awesome|perfect|pop|shine|boring|dull|interesting|exciting|" \
  "professional|creative|appealing|attractive|engaging|catchy)"
#define EN_EMPTY \
  "(?:please|can|could|would|will|you|i|i'd|i'm|we|me|us|my|our|your|his|her|this|that|the|a|an|" \
  "it|" \
  "these|those|following|some|any|more|less|bit|little|lot|much|so|just|maybe|really|very|" \
  "somehow|" \
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
  "(?:东西|文章|作文|论文|报告|邮件|信|简历|求职信|主页|首页|网站|网页|博客|故事|诗|歌|代码|" \
  "程序|项目|" \
  "作业|ppt|幻灯片|文档|演讲稿|稿子|设计|海报|排版|文字|文案|措辞|内容|工作|学校|数学|英语|事情|" \
  "事|生活|方案)"
#define ZH_WANTED \
  "(?:帮帮忙|帮忙|帮助|帮帮|帮一把|协助|支持|指导|指点|意见|建议|看法|想法|点子|灵感|主意|思路|" \
  "反馈|激励|鼓励|启发|" \
  "改进|改善|优化|润色|美化|翻新|提升|完善|打磨|包装|弄弄|改改|整整|弄一弄|改一改|整理|修饰|" \
  "升级|加工|丰富|" \
  "好看|漂亮|高级|有趣|有意思|精彩|生动|专业|亮眼|好一?点|好玩|无聊|枯燥|酷|吸引人|出彩|啥|什么|" \
  "随便)"
#define ZH_EMPTY \
  "(?:请|帮我|帮|给我|给|替我|我|你|您|的|把|将|让|使|能不能|可不可以|可以|能|想办法|想|要|需要|" \
  "求|稍微|一下|下|一点|点|" \
  "些|一些|别|这么|那么|更|再|好|得|吧|呗|吗|嘛|啊|呀|听听|看看|听|看|写|做|弄|来|说|讲|找|出|" \
  "搞|整|改|画|搞搞|个|首|篇|" \
  "变|变得|显得|这个|那个|这|那|它|再|多|有点|太|提|提点|，|！|!|。|？|\\?| )"

static BaleenPattern chinese
    = BALEEN_PATTERN ("^(?=.*" ZH_WANTED ")(?:" ZH_WANTED "|" ZH_THING "|" ZH_EMPTY ")++$");
static BaleenPattern chinese_other
    = BALEEN_PATTERN ("什么(?!都|的)[^，。]*[吗呢？?]|(?:怎么|什么)(?:办|样|意思)|看什么|^(?:这|"
                      "那)[^，。]*(?:吗|么|什么)"
                      "|(?:说|讲|看|听|写|做)什么[？?]*$|改什么|好(?:看|玩)的|^(?:他|她)");

static BaleenPattern chinese_question = BALEEN_PATTERN ("怎(?!么帮)|哪|什么(?!忙|有意思|有趣|"
                                                        "好玩)|几[岁点个种]|谁|多少|如何|(?<!的)"
                                                        "吗[？?]*$|搞懂|弄懂|读懂");
static BaleenPattern chinese_makeovers[] = {
  BALEEN_PATTERN ("^(?:我|请|帮我)*(?:要|想要|需要|来|做|写|生成|弄)一?(?:份|个|篇)(?:文档|文件|东西|材料|文字|内容)[。！!]*$|"
                  "^(?:有|多|再)(?:点|些)?(?:创意|新意|意思|个性|文采|感觉)(?:一?点|一些|些)?(?:吧)?[。！!]*$|"
                  "^(?:请|你|帮我)*(?:稍微|随便|简单)(?:修|改|弄|调|整理|处理|润色)(?:一下|下|改|修)(?:吧)?[。！!]*$|"
                  "^(?:请|帮我)*(?:调一调|改一改|修一修|润一润|弄一弄|整一整|理一理)(?:吧)?[。！!]*$|"
                  "^(?:请|帮我)*写一?(?:段|篇|首|个)(?:好|好的|漂亮的|精彩的)(?:文字|文章|话|诗|故事)[。！!]*$"),
  BALEEN_PATTERN ("^(?:请|麻烦|能不能|帮我|帮忙|给我)*(?:让|把|将|给|使)?(?:我的?|我写的|这篇?|"
                  "这段?|那段?|整个|这份|我们的)?\\p{Han}{1,6}"
                  "(?:差点|差一点|缺点|缺一点|少点|有点?|多点?|加点?|添点?|带点?|来点?)(?:儿|"
                  "些)?(?:亮点|灵魂|活力|生气|色彩|特色|个性|味道|感觉|意思|文采|新意|看点|深度|"
                  "高度|格调|"
                  "气势|力量)[。！!]*$"),
  BALEEN_PATTERN ("^(?:我的?|我们的|这篇?|这段?|那段?|这个|这份|整篇|这一章|这一段|这章|这首|"
                  "这幅)?\\p{Han}{1,6}(?:读着|看着|看起来|读起来|听着|显得|感觉|写得|做得|"
                  "弄得)?(?:(?<=着)|(?<=显得)|好|太|很|有点|"
                  "有些|比较|特别|挺|不够|不太|怪|真)(?:无聊|枯燥|乏味|平淡|老气|土气|土|丑|"
                  "难看|别扭|死板|干巴|普通|一般|好|好看|出彩|专业|吸引人|生硬|"
                  "啰嗦|乱|单调|没意思|没劲|平)[，,。 ]?(?:帮忙|帮帮我|帮我|你?改改|救救|"
                  "想想办法|求助|怎么办|你看着办|处理下)?[。！!]*$|"
                  "^(?:读着|看着|听着|写得|看起来|读起来|感觉)(?:好|太|很|有点|有些|怪|不太|不|"
                  "挺)?\\p{Han}{1,4}[，, ](?:你|帮我|给|麻烦)?(?:改改|改一改|"
                  "弄弄|改一下|处理|润润|想想办法|帮忙|帮帮我|看着办)[。！!]*$"),
  BALEEN_PATTERN ("^(?:我)?(?:想|要|希望|需要)?(?:把|让|将|使)?(?:我的?|这篇?|这段?|那段?|整个|"
                  "我们的)?\\p{Han}{1,6}(?:要|得|想|能|应该)?(?:写得?|弄得?|搞得?|"
                  "变得?|做得?|改得?|再|更|显得)+(?:更|再|稍微)?(?:好|棒|活泼|生动|精彩|有趣|"
                  "有意思|漂亮|高级|专业|炫|酷|像样|吸引人|出彩|丰富|鲜活)"
                  "(?:一?点|一?些|起来)?(?:儿)?[。！!]*$"),
  BALEEN_PATTERN ("^(?:好|真|太)?无聊(?:啊|死了|了)?[。！!]*$|^(?:再)?(?:炫|酷|潮|萌|活泼|高级|"
                  "好看|漂亮)一?点(?:儿)?[。！!]*$|"
                  "^(?:救命|急)[，,！! ]我(?:得|要|必须)?(?:写|做|交)(?:点|个)?(?:东西|什么)"
                  "[。！!]*$|"
                  "^(?:请|帮我)*(?:给|让|把)(?:我的?)?\\p{Han}{1,5}(?:换个新样子|换个样子?|"
                  "加点魔法|立起来|活起来|亮起来|焕然一新|换换风格|变个样)[。！!]*$"),
  BALEEN_PATTERN ("^(?:请|帮我|给我)*(?:给|替|跟)[^，。]{1,5}(?:写|说|画|做|编)(?:点|些|个|一点|"
                  "一些|几句)(?:好听|好看|感人|走心|有趣|有意思|暖心|好玩|漂亮|特别)的"
                  "(?:话|东西|祝福)?[。！!]*$|^(?:有|还有)(?:什么|啥|没有什么)(?:有意思|有趣|"
                  "好玩|新鲜|有用)的(?:东西|事)?(?:吗|没有|么|没)?[？?。]*$|"
                  "^(?:请)?(?:你)?(?:给我|来|给|搞)?(?:个|点|一个)?惊喜(?:吧)?[。！!]*$|^(?:这|"
                  "那|这段|这篇|我的?)[^，。]{0,6}你?(?:尽力|发挥|随意发挥|"
                  "看着弄|看着来|看着改)(?:吧)?[。！!]*$|^(?:请|帮我|给我|随便)?(?:写|来|编|唱|"
                  "作)(?:一)?(?:首|个|段|篇|几句)(?:歌|诗|故事|曲子|话|"
                  "文字|小诗|笑话)?(?:吧|呗)?[。！!]*$"),
  BALEEN_PATTERN ("^(?:请|帮我|给我)*(?:给|为|替)(?:我的?|我们的?)?[^，。《“]{1,6}(?:来|写|弄|加|搞|整|想)(?:点|些|个)"
                  "(?:东西|内容|什么|料|花样|亮点)(?:吧|呗)?[。！!]*$|"
                  "^(?:请|帮我)*(?:让|把|使)(?:我的?|这些?|这段|这篇)?[^，。《“]{1,6}(?:变得?|显得|弄得?|写得?|读起来|看起来|听起来)?"
                  "(?:更)?(?:好听|好看|好读|顺|有意思|像样|精彩|高级|漂亮|吸引人|出彩)(?:一?点|一些|些)?(?:吧)?[。！!]*$|"
                  "^(?:请|快|来)?(?:拯救|救救|改变|提升|改善)(?:一下|下)?我的?(?:生活|人生|文笔|成绩|工作|作业|论文|ppt)?"
                  "(?:吧|呗)?[。！!]*$|"
                  "^(?:我)?(?:卡住|卡壳|没思路|没头绪|不会|懵|迷茫|不知道怎么办|不知所措)了?[，, ](?:帮忙|求助|帮帮我|救命|帮我|"
                  "求帮忙|怎么办)[。！!？?]*$|"
                  "^(?:请|帮我|给我)*(?:写|讲|编|画|唱|说)(?:一)?(?:个|首|段|篇|张)(?:故事|笑话|诗|歌|文章|话|图|画)(?:给我|听听|"
                  "看看)"
                  "(?:吧|呗)?[。！!]*$"),
  BALEEN_PATTERN ("^(?:我)?(?:想要|想|要|需要)(?:一?(?:篇|个|份))?更(?:好|棒|精彩|漂亮|高级|专业)的?(?:文章|作文|简历|方案|文案|"
                  "稿子|设计|ppt|报告|成绩|生活|自己)[。！!]*$|"
                  "^(?:我|我们)?(?:的|这个|那个|这场|这次)*[^，。《“]{1,5}(?:给我)?(?:整|搞|弄|办)(?:得)?(?:热闹|漂亮|高级|"
                  "好看|像样|"
                  "隆重|有趣|好玩|红火|大气)(?:一?点|一些|些)?(?:吧)?[。！!]*$"),
  BALEEN_PATTERN ("^(?:请|帮我|给我|随便)*(?:整|搞|弄|来|做|写|出)(?:一)?(?:个|份|点|篇)(?:呗|吧|看看|试试)"
                  "[。！!]*$|^(?:请|帮我|随便)*(?:说|讲|写|回)(?:一)?(?:句|几句)(?:话|点什么)?(?:吧|呗)?[。！!]*$|"
                  "^(?:请|帮我|麻烦)*(?:辅导|指导|辅助|协助|搞定|应付|对付)(?:一下|下)?(?:我的?|孩子的?)?"
                  "(?:作业|功课|论文|工作|学习|报告|项目|任务)(?:吧|呗)?[。！!]*$"),
  BALEEN_PATTERN ("^(?:我)?(?:想要|需要|要|给我|来)一?(?:篇|个|份|首|段)(?:特别|非常|很|"
                  "超)?(?:好|棒|牛|漂亮)的?"
                  "(?:文字|文章|作文|稿子|文案|故事|设计|演讲|简历|ppt)[。！!]*$|^(?:请|帮我|"
                  "给我|替我)*(?:想|出|来|给)(?:个|点|些|几个|一个|一些)(?:点子|主意|思路|创意|"
                  "办法|什么|想法|灵感|题目)(?:吧|呗)?[！!。]*$|"
                  "^\\p{Han}{1,4}(?:帮帮我|帮帮忙|帮我一下|救救我|求帮忙|求助)[？?。！!]*$|"
                  "^(?:什么忙都行|怎么帮都行|帮我就行)[，, ]?[^，。]{0,6}[。！!]*$|"
                  "^(?:请|帮我|给我)*(?:给|把|将)?(?:我的?|这|那)?(?:个|篇|段|"
                  "份)?\\p{Han}{2,5}(?:给我)?(?:翻个新|改头换面|换个样|加点料|提提神|加点活力|"
                  "翻新|升升级|包装包装|收拾收拾|打磨打磨)(?:一下|吧)?[。！!]*$"),
};

/* Something is to become better, and nothing says how: “give my story more life”, “my profile is
 * boring, help”, “the essay needs to be better”. */
#define EN_MINE \
  "(?:it|this|that|them|(?:my|the|our|this|these|that|his|her) (?:\\w+ ){0,2}\\w+)"
#define EN_BETTER \
  "(?:better|nicer|good|great|perfect|best|cooler|cleaner|stronger|prettier|more (?:\\w+ " \
  ")?(?:interesting|exciting|" \
  "professional|engaging|appealing|attractive|creative|fun|lively|modern|beautiful|elegant|" \
  "impressive|polished))"
#define EN_DULL \
  "(?:boring|dull|bland|flat|stale|ugly|old|outdated|bad|badly|meh|weak|lame|off|weird|awkward|" \
  "clumsy|terrible|awful|" \
  "horrible|messy|plain|lifeless|amateurish|unprofessional|generic|strange|clunky)"
static BaleenPattern makeovers[] = {
  BALEEN_PATTERN ("^" EN_MINE " (?:really |just |still )?(?:needs?|has|have|ought) to (?:be|"
                              "look|sound|read|feel|get|become) "
                  "(?:a (?:bit|lot|little) |much |way |really |so much )?" EN_BETTER "[.! ]*$|"
                  "^" EN_MINE " (?:could|should|can|might) (?:still )?(?:be|look|sound|read) "
                              "(?:a (?:bit|lot|little) |much |way )?" EN_BETTER "[.! ]*$|"
                  "^" EN_MINE " (?:just |still |really )?(?:needs?|lacks?|is missing) "
                              "(?:something|a (?:little )?something|work|help)[.! ]*$|"
                  "^(?:can|could) " EN_MINE " (?:be|look|sound|read) (?:a (?:bit|lot|little) |"
                                            "much )?" EN_BETTER "[?.! ]*$|"
                  "^i (?:want|need|would like|'d like) an? (?:really |very |truly |"
                  "much )*(?:good|better|"
                  "great|nice|perfect|amazing|beautiful|cool) "
                  "(?:text|essay|letter|speech|story|article|poem|picture|song|website|"
                  "presentation|design|logo)[.! ]*$|"
                  "^i(?:'d| would)? (?:want|need|like|love|wish) " EN_MINE " (?:to (?:be|look|"
                    "sound|read|feel|get|become) |was |"
                  "were )?(?:a (?:bit|lot|little) |much |way |really |so much "
                  ")?" EN_BETTER "[.! ]*$"),
  BALEEN_PATTERN ("^(?:(?:can|could|would|will) you )?give " EN_MINE " (?:an? |some |a bit of |"
                    "a little |a bit |more |a fresh |a new |a quick )*(?:makeover|life|"
                  "oomph|boost|look|polish|punch|facelift|face-lift|once-over|kick|sparkle|"
                  "spark|pizzazz|edge|flair|shine|lift|"
                  "touch|personality|energy|character|soul|colou?r|upgrade|refresh)(?: please| "
                  "for me)*[.! ]*$|"
                  "^(?:put|bring|add|breathe) (?:an? |some |a bit of |a little |more |new "
                  ")*(?:life|spark|sparkle|energy|soul|"
                  "colou?r|magic|flair|pizzazz|spice|character|punch)(?: \\w+)? (?:in|into|to)"
                  " " EN_MINE "[.! ]*$|"
                  "^bring " EN_MINE " to life[.! ]*$"),
  BALEEN_PATTERN ("^(?:make|let|have) " EN_MINE " (?:really |just |truly )?(?:sparkle|sing|"
                                                "shine|pop|stand out|come alive|"
                  "work|flow|glow|rock|wow|click|memorable)[.! ]*$"),
  BALEEN_PATTERN ("^(?:so |ok |well |honestly )?" EN_MINE " (?:\\w+ )?(?:is|are|looks?|sounds?|"
                                                          "reads?|feels?|seems?) (?:so |too |a "
                                                          "bit |"
                  "very |really |kind of |pretty |quite |just |somehow |super "
                  ")*" EN_DULL "[,.!; ]*(?:so |and |please |can you |could "
                  "you |just )*(?:help|do something|fix|improve|change|any ideas?|do your thing|"
                  "make it better|sort it out|"
                  "save it)?(?: me| it| please| about it| out)*[.!? ]*$"),
  BALEEN_PATTERN ("^(?:i (?:need|want|would like)|i'd like|give me|make|create|write|"
                  "generate)(?: me)? an? (?:new )?"
                  "(?:document|text|file|thing|page|something)[.! ]*$|^i (?:need|want) something "
                  "(?:for|on|about) (?:my|the|our) \\w+[.! ]*$|"
                  "^(?:just |please |i need to |i have to )*write (?:some|a few|a couple of|any)"
                  " (?:words|lines|sentences|things|stuff)"
                  "(?: for me)?[.! ]*$|^(?:i'm|i am|we're) (?:so |really )?bored(?: to "
                  "death)?[.! ]*$|"
                  "^(?:can|could|would) you (?:please )?(?:do|work) (?:a bit of |some |your |a "
                  "little )?(?:magic|wonders) (?:on|with) "
                  EN_MINE "[?.! ]*$"),
  BALEEN_PATTERN ("^(?:i'm|i am|we're|we are) (?:totally |completely |so |really )?(?:stuck|lost|"
                  "confused|"
                  "desperate|clueless)[,.!; ]*(?:please |can you |so )?(?:help|what now|"
                  "any ideas?|save me|do "
                  "something)?(?: me| us| please)*[.!? ]*$|"
                  "^(?:can you |could you |please |just )*(?:fix|improve|change|organi[sz]e|"
                  "sort out|save|"
                  "rescue|upgrade|better) (?:my|our) (?:life|day|work|career|situation|future|"
                  "marriage|mood)"
                  "(?: please| for me)*[.!? ]*$"),
  BALEEN_PATTERN ("^(?:do|try|give it) (?:your|the) (?:best|thing|magic|worst)(?: with| on| "
                  "to)?(?: " EN_MINE ")?[.! ]*$|"
                  "\\b(?:do|try|add|change) (?:a |just a )?(?:little |wee |tiny )?(?:something|"
                  "bit of (?:magic|work)|magic) (?:with|to|about|for|on) "
                  EN_MINE "[.!? ]*$"),
  BALEEN_PATTERN ("^(?:just |please |now )*(?:think of|come up with|invent|find|make up|"
                  "surprise me with|give me|show me|write|"
                  "draw|compose|create|say|do)(?: me)? (?:something|anything|an idea|a thing|"
                  "ideas?|(?:a|some) (?:song|story|poem|"
                  "text|rhyme|few lines|couple of lines|lines|paragraph|paragraphs|sentences|"
                  "joke|melody|tune|limerick|picture|verse)|whatever)"
                  "(?: for (?:me|us))?(?: please| now)*[.!? ]*$"),
  BALEEN_PATTERN ("^(?:i'd|i would|we'd|i'm|i) (?:be )?(?:glad|happy|grateful|thankful|"
                  "appreciate|take|love|desperate|could do) "
                  "(?:of|for|with)? ?(?:any|some|a bit of|a little|your)? ?(?:help|advice|"
                  "support|ideas?|input|assistance)(?: at all| "
                  "you can give| with (?:it|this|my \\w+))?[.! ]*$|"
                  "^(?:i need |any |some |more |a few |got any |new )+(?:ideas?|help|advice|"
                  "inspiration|thoughts|support|tips)"
                  "(?: (?:with|for|on|in) (?:my |the )?\\w+)?[?.! ]*$"),
  BALEEN_PATTERN ("^(?:can you |could you |please )*(?:jazz|spice|liven|polish|dress|spruce|"
                  "touch|freshen|tidy|clean|perk|pep|beef|"
                  "smarten|brighten|glam) " EN_MINE " up(?: a bit| a little| for me| "
                                                    "please)*[?.! ]*$"),
};

gboolean
baleen_coach_is_empty_wish (const BaleenDraft *draft)
{
  const char *text = draft->plain;

  if (draft->has_material)
    return FALSE;
  if (draft->is_chinese)
    return draft->n_han <= MOST_LETTERS && strstr (text, "\"\"") == NULL
           && ((!baleen_pattern_matches (&chinese_question, text)
                && baleen_patterns_match (chinese_makeovers, G_N_ELEMENTS (chinese_makeovers),
                                          text))
               || (baleen_pattern_matches (&chinese, text)
                   && !baleen_pattern_matches (&chinese_other, text)));

  if (draft->n_words > MOST_WORDS || strstr (text, "\"\"") != NULL)
    return FALSE;

  return baleen_patterns_match (makeovers, G_N_ELEMENTS (makeovers), text)
         || (baleen_pattern_matches (&english, text)
             && !baleen_pattern_matches (&english_other, text));
}
