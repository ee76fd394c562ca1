/* Whether a draft points at something that stands outside of it: “fix this”, “what does the
 * third clause mean”, “他说的对吗”. A pronoun is well where an earlier word can be what it means. */
#include "coach-rules.h"

#include <string.h>

/* ---- English -------------------------------------------------------------------------- */

static BaleenPattern times
    = BALEEN_PATTERN ("^(?:weeks?|months?|years?|days?|morning|afternoon|evening|weekend|"
                      "summer|winter|spring|autumn|fall|century|decade|time|way|season|age|"
                      "point|world|country|kind)$");
/* Words that no pronoun stands for: of grammar, of asking, and what is done with a thing. */
static BaleenPattern no_antecedents
    = BALEEN_PATTERN ("^(?:a|an|the|and|or|but|so|if|to|of|in|on|at|for|from|with|about|by|"
                      "as|than|then|is|are|was|were|be|been|am|do|does|did|done|has|have|"
                      "had|can|could|will|would|shall|should|may|might|must|i|i'm|i'd|i've|"
                      "you|we|me|my|your|our|us|what|what's|which|who|who's|whom|whose|"
                      "when|where|why|how|how's|please|just|also|not|no|yes|hi|hello|hey|"
                      "ok|okay|again|now|here|there|too|very|much|many|more|most|some|any|"
                      "all|help|let|try|want|need|like|tell|show|give|make|write|read|say|"
                      "think|know|mean|means|look|fix|repair|cost|take|keep|use|explain|"
                      "translate|summari[sz]e|check|solve|improve|rewrite|correct|"
                      "proofread|review|shorten|answer|reply|respond|continue|finish|"
                      "complete|start|stop|change|edit|understand|send|get|put|go|come|"
                      "work|works|working|wrong|right|good|bad|better|best|possible|long|"
                      "far|quickly|still|even|maybe|really|sure|buy|sell|accept|believe|"
                      "trust|agree|decide|choose|pick|describe|analy[sz]e|compare|turn|"
                      "convert|run|debug|test|grade|rate|guess|out|up|down|off|over|into|"
                      "through|point|points|main|word|words|sentence|sentences|english|"
                      "french|german|spanish|chinese|simple|short|list|table|step|steps|"
                      "idea|opinion|one|two|three|four|five|feel|happen|happened|don't|"
                      "doesn't|didn't|can't|isn't|won't|at)$");
static BaleenPattern expletives
    = BALEEN_PATTERN ("\\b(?:is|was|does|did|will|would|can) it (?:\\w+ )?(?:take|cost|"
                      "legal|ok|okay|safe|true|possible|normal|worth|better|best|rain|snow|"
                      "mean|matter|necessary|important|bad|good|healthy|hard|easy|"
                      "dangerous|illegal|rude|common|called|that|raining|cold|warm|hot|"
                      "dark|wise|time|sustainable|cheaper|allowed|correct to|enough to|"
                      "so \\w+ to)\\b|\\bit (?:\\w+ )?(?:takes?|costs?|is|was|be|rains?|"
                      "snows?|means?) (?:\\w+ )*(?:to|that|when|if|for|in|on|at)\\b|"
                      "\\bit's\\b|\\bwhat time is it\\b|\\bit comes to\\b|"
                      "\\bis it \\w+ (?:to|that|if|from)\\b|\\bis it called\\b|\\bis it (?:raining|"
                      "snowing|sunny|windy|cloudy|cold|hot|warm)\\b|\\bhow is it (?:that|"
                      "possible)\\b|"
                      "\\bit (?:colder|warmer|hotter|"
                      "darker)\\b|\\bit take(?:s)? (?:to|for)\\b");
/* Parts of something: one of them is no question without the whole. */
#define PART                                                                                   \
  "(?:clause|paragraph|section|sentence|line|verse|stanza|chapter|page|slide|step|question|"      \
  "exercise|problem|task|item|example|column|row|figure|table|part|option|diagram|formula|"       \
  "equation|passage|picture|photo|graph|chart)"
static BaleenPattern parts
    = BALEEN_PATTERN ("\\b(?:the|my|that) (?:first|second|third|fourth|fifth|sixth|last|"
                      "next|previous|above|following|attached|other|marked|highlighted|"
                      "underlined) " PART "s?\\b(?! (?:of|in|on|from)\\b)|"
                      "\\b(?:what does|explain|solve|answer|see|check) number (?:\\d+|one|two|"
                      "three|four|five|"
                      "six|seven|eight|nine|ten)\\b(?! (?:of|in|is|and)\\b)|\\b" PART
                      " (?:\\d+[a-h]?|[a-d]|number \\d+|one|two|three|four|five|six|seven|"
                      "eight|nine|ten)\\b(?! (?:of|in|from|on|and)\\b)");
static BaleenPattern elsewhere
    = BALEEN_PATTERN ("\\b(?:what happened(?= (?:to|with) (?:me|him|her|them|it|us)\\b| (?:here|"
                      "there|then|next)\\b|[?.! ]*$)|what (?:i|he|she|they|you) (?:said|told|wrote|"
                      "sent|did|mean|meant)|what we (?:discussed|agreed|talked|said)|"
                      "as (?:before|discussed|usual|agreed)|where (?:we|you|i) (?:left off|"
                      "stopped|were)|the (?:attached|above|enclosed)|attached|"
                      "(?:the|my|this|that|your) attachment|(?:the|this|my|see|in) screenshot|"
                      "like last time|"
                      "same as (?:before|last time|"
                      "yesterday)|the (?:text|code|error|error message|bug|document|email|"
                      "e-mail|contract|letter|exercise|homework|assignment|form|file|quote|"
                      "paragraph|passage|question|result|results|output|log|test|tests|"
                      "build|script|program)(?= (?:mean|say|about|fail|not|wrong|right|"
                      "correct|crash|work|break|for me)|[?.! ]*$))\\b");
/* Work on a thing that is not there, and a judgement of it. */
static BaleenPattern works
    = BALEEN_PATTERN ("^(?:please |can you |could you |kindly )*(?:summari[sz]e|translate|"
                      "correct|check|review|proofread|shorten|paraphrase|grade|debug|solve|"
                      "evaluate|interpret|mark|rate) (?:the|my|our|his|her|"
                      "their) \\w+(?: \\w+)?(?: for me| please)*[?.! ]*$|^(?:please |"
                      "can you |could you )*(?:translate|proofread|summari[sz]e|correct|"
                      "review)(?: please| for me)*[?.! ]*$|^(?:please |can you |"
                      "could you )*(?:find|spot|correct|point out|show me) (?:the|all|any|"
                      "my) (?:mistakes?|errors?|bugs?|problems?|answer|solution|typos?|"
                      "flaws?)(?: for me| please)*[?.! ]*$|^(?:is|are|was|were) (?:the|my|"
                      "our|his|her|their) \\w+(?: \\w+)? (?:okay|ok|correct|right|good|"
                      "fine|wrong|valid|fair|any good|good enough|ready|complete|clear|"
                      "too long|too short)[?.! ]*$|^(?:it |this )?(?:still |just |"
                      "also )?(?:doesn't|does not|didn't|won't|isn't) (?:work|working|help|"
                      "run|start)(?: at all| anymore| for me)?[?.! ]*$");
/* What goes wrong with a thing of one's own, and nothing said of how. */
static BaleenPattern failures
    = BALEEN_PATTERN ("^(?:why|how come) (?:won't|doesn't|isn't|can't|is|does|do|are|did|"
                      "has)(?:n't)? (?:the|my|our) \\w+(?: \\w+)?\\b.{0,24}$|^(?:the|my|"
                      "our) \\w+(?: \\w+)? (?:won't|doesn't|isn't|can't|stopped|keeps|is|"
                      "are)\\b.{0,24}(?:why|what (?:now|to do|should i do)|help|" "fix)?[?.! ]*$");
static BaleenPattern natural
    = BALEEN_PATTERN ("\\bthe (?:sky|sun|moon|earth|ocean|sea|grass|heart|brain|body|world|"
                      "stars?|universe|internet|government|bible|dinosaurs|roman|berlin|"
                      "titanic|leaves|tower)\\b|\\bmy (?:name|favou?rite)\\b");

static BaleenPattern known_by_name = BALEEN_PATTERN ("(?-i)\\b[Tt]he \\p{Lu}");

/* What people make and have made, and parts of it: named with “the” or “my” it lies elsewhere. */
#define ARTEFACT \
  "(?:text|essay|article|e-?mail|letter|message|document|paper|report|paragraph|passage|" \
  "sentence|section|chapter|poem|story|speech|title|headline|conclusion|introduction|intro|" \
  "abstract|joke|pun|answer|answers|question|questions|code|function|class|script|program|" \
  "query|bug|error|typos?|mistakes?|grammar|spelling|punctuation|homework|assignment|exercise|" \
  "thesis|resume|cv|cover letter|draft|proposal|plan|translation|table|chart|graph|figures?|" \
  "data|spreadsheet|slides?|list|file|diagram|drawing|sketch|map|image|picture|photo|screenshot|" \
  "quote|clause|contract|" \
  "complaint|review|comment|feedback|request|invoice|logo|caption|footnotes?|references|ending|" \
  "beginning|tone|wording|layout|formatting|riddle|equation|formula|results?|idea)"
static BaleenPattern edits
    = BALEEN_PATTERN ("^(?:add|append|insert|attach|remove|delete|drop|make|turn|change|replace|"
                      "shorten|lengthen|extend|rewrite|rephrase|explain|answer|respond to|"
                      "reply to|react to|"
                      "grade|mark|check|fix|solve|continue|finish|complete|translate|refactor|"
                      "debug|"
                      "interpret|rename|simplify|convert|format|merge|reorder|count|evaluate|"
                      "review|critique|proofread|correct|compare|rate|put|move|read|look at|"
                      "have a look at|"
                      "take a look at|go over|go through|test|run|comment on|"
                      "tell me what you think (?:of|about)|"
                      "(?:can|could|would) you (?:\\w+ )?\\w+|what do you think (?:of|about)|"
                      "how do you like|"
                      "do you like|is there anything wrong with)\\b(?: \\w+){0,3}? (?:the|my|our|"
                      "his|her|their) "
                      "(?:\\w+(?:'s)? ){0,2}" ARTEFACT "\\b(?! (?:of|about|between|on|from|in|"
                      "that|named|called|by|as a)\\b)"
                      "(?:,? [\\w']+){0,4}[?.! ]*$");
/* What happened to the writer of it, and nothing told. */
static BaleenPattern own_events
    = BALEEN_PATTERN ("^(?:why|how|what|where) (?:was|were|did|has|have|had) (?:my|our|i|we|he|"
                      "she)\\b(?: [\\w']+){0,5}[?.! ]*$|"
                      "^(?:did|have|has|was|were|am|will|would) (?:i|my|our|he|"
                      "she) (?!favou?rite|name)(?:[\\w']+ ?){1,5}[?.! ]*$|"
                      "^(?:why|what) (?:did|does|is|has|won't|doesn't|didn't) (?:my|our) (?:boss|"
                      "wife|husband|friend|teacher|"
                      "\\w+friend|mother|mom|father|dad|colleague|neighbou?r|landlord|ex|crush|"
                      "client)\\b(?: [\\w']+){0,5}[?.! ]*$");
static BaleenPattern own_failures
    = BALEEN_PATTERN ("^(?:the|my|our) \\w+(?: \\w+)? (?:fails?|failed|crash(?:es|ed)?|breaks?|"
                      "broke|froze|"
                      "freezes|hangs?|hung|stays? \\w+|remains? \\w+|goes \\w+|went \\w+|turns? "
                      "\\w+|flickers?|blinks?|beeps?|leaks?|"
                      "smokes?|squeaks?|rattles?|stops?|stopped|died|disappeared|vanished|won't "
                      "\\w+|"
                      "doesn't \\w+|"
                      "didn't \\w+|isn't \\w+|is (?:gone|stuck|slow|broken|frozen|dead|down|"
                      "offline|missing|"
                      "not \\w+)|keeps? \\w+ing)\\b[,.!?]?(?: (?:and|what|why|how|help|please|"
                      "now|i|do|did|can|should|"
                      "to|it|again|fix|is|wrong|going|on)\\b,?){0,9}[?.! ]*$");
/* The author of what, which of what? */
static BaleenPattern of_unseen
    = BALEEN_PATTERN ("^what(?:'s| is| are| was| were| does| do) (?:the )?(?:\\w+ ){0,4}(?:of|in|"
                      "by)? ?the "
                      "(?:author|narrator|speaker|writer|article|text|passage|poem|speech|"
                      "document|report|story|video)"
                      "(?: (?:mean|say|want|think|claim|argue|about|"
                      "trying)\\w*(?: \\w+){0,3})?[?.! ]*$|"
                      "^(?:what's|what is) the (?:answer|solution|result) (?:to|of|"
                      "for) (?:number|question|exercise|problem|task|nr\\.?|no\\.?) ?\\w+[?.! ]*$|"
                      "^how (?:should|do|can|would|could) (?:i|we) (?:respond|reply|answer|react|"
                      "decide|phrase (?:it|this))(?: to (?:it|that|this|him|her|them))?[?.! ]*$|"
                      "^which (?:plan|option|offer|version|variant|deal|package|quote|tariff|"
                      "choice|design|draft|proposal) "
                      "(?:is|should|would|do|fits?|suits?)\\b[^,]{0,30}$");
/* They who make things, whoever that is. */
static BaleenPattern they_of_all
    = BALEEN_PATTERN ("^why do they \\w+ [^.?!]*\\bin \\w+[?.! ]*$|"
                      "^(?:how|why|when|where|what|(?:in )?(?:which|what) year) (?:do|did) they "
                      "(?:drive|wear|drink|celebrate|have|play|live|make|build|produce|use|call|"
                      "put|say|grow|get|mine|invent|find|speak|"
                      "eat|film|shoot|write)\\w* "
                      "(?:the |an? )?\\w{3,}");

static gboolean
is_person (const char *word)
{
  static BaleenPattern persons
      = BALEEN_PATTERN ("^(?:boss|mother|father|mom|mum|dad|brother|sister|son|daughter|"
                        "friend|friends|wife|husband|boyfriend|girlfriend|partner|teacher|"
                        "colleague|coworker|neighbou?r|child|children|kid|kids|baby|"
                        "landlord|doctor|student|students|customer|client|cat|dog|people|"
                        "person|man|woman|girl|boy|uncle|aunt|cousin|grandmother|"
                        "grandfather|grandma|grandpa|parents|roommate|manager|employee|"
                        "team|\\w+-year-old)$");

  return baleen_pattern_matches (&persons, word);
}

static gboolean
is_antecedent (const char *word)
{
  return strlen (word) > 2 && !baleen_pattern_matches (&no_antecedents, word);
}

/* “this” and “that” point at once; “it” and “he” only if nothing before can be meant. */
static gboolean
points_english (const char *text)
{
  static BaleenPattern thing_words = BALEEN_PATTERN ("^(?:it|them|they|these|those)$");
  static BaleenPattern judgements
      = BALEEN_PATTERN ("^(?:normal|right|true|okay|ok|fine|bad|good|legal|allowed|enough|"
                        "correct|safe|dangerous|fair)$");
  static BaleenPattern small_words
      = BALEEN_PATTERN ("^(?:with|on|in|at|from|by|about|up|out|off|down|)$");
  static BaleenPattern before_verbs
      = BALEEN_PATTERN ("^(?:i|we|you|to|can|could|should|would|will|must|may|not|don't|didn't|"
                        "do|did|let's|and)$");
  static BaleenPattern person_words = BALEEN_PATTERN ("^(?:he|she|him|he's|she's|her|his)$");
  g_auto (GStrv) words = g_strsplit_set (text, " ,.?!;:\"()/", -1);
  /* Each of those uses up one “it”. */
  guint n_expletives = baleen_pattern_count (&expletives, text);
  gboolean has_thing = FALSE, has_person = FALSE;

  if (baleen_pattern_matches (&they_of_all, text))
    return FALSE;

  for (gsize i = 0; words[i] != NULL; i++)
    {
      const char *next = words[i + 1] != NULL ? words[i + 1] : "";

      if (g_str_equal (words[i], "this") && !has_thing && !baleen_pattern_matches (&times, next))
        return TRUE;
      if (g_str_equal (words[i], "that") && !has_thing && !has_person
          && (*next == '\0' || g_str_equal (next, "is") || g_str_equal (next, "mean")
              || baleen_pattern_matches (&judgements, next)))
        return TRUE;
      if (baleen_pattern_matches (&thing_words, words[i]) && !has_thing && !has_person
          && !baleen_pattern_matches (&times, next))
        {
          if (n_expletives == 0 || !g_str_equal (words[i], "it"))
            return TRUE;
          n_expletives--;
        }
      if (baleen_pattern_matches (&person_words, words[i]) && !has_person && !has_thing)
        return TRUE;
      has_person |= is_person (words[i]);
      /* “can I return it”: what is done with it is not it. */
      has_thing |= is_antecedent (words[i])
                   && !(i > 0 && baleen_pattern_matches (&before_verbs, words[i - 1])
                        && (baleen_pattern_matches (&thing_words, next)
                            || baleen_pattern_matches (&person_words, next)
                            || baleen_pattern_matches (&small_words, next)));
    }

  return FALSE;
}

/* ---- Chinese -------------------------------------------------------------------------- */

#define CLASSIFIER "(?:道|段|句|篇|封|份|张|首|行|条|本|部|件|幅|笔|台|个|些|家|位|款|种|样|边|" \
                   "只|块|项|题)"
#define HAN_ARTEFACT \
  "(?:作业|论文|作文|文章|答案|标题|题目|代码|函数|程序|语法|错别字|病句|标点|合同|投诉|邮件|" \
  "来信|简历|稿子|演讲稿|报告|" \
  "文案|段落|句子|表格|公式|脚本|结尾|开头|摘要|译文|图片|截图|文件|笔记|方案|计划书|申请|评论|" \
  "留言|消息|短信|诗|歌词|" \
  "笑话|段子|谜语|日记|读后感|周报|ppt|幻灯片|图表|数据|报错|bug|需求|想法|思路|提案)"
static BaleenPattern chinese_pointers[] = {
  /* An operation on a thing that is not there. */
  BALEEN_PATTERN ("^(?:请|帮我|帮忙|帮|给我|把|将|替我|你|能|可以)*(?:检查|批改|核对|校对|回复|"
                  "答复|回答|翻译|解释|重构|调试|改正|缩短|扩写|续写|"
                  "改写|评价|点评|打分|看看|看一下|审核|审阅|总结|概括|改改|改|修改|找找|找出?|"
                  "纠正|回应|仿写|补全|注释|运行|测试)(?:一下|下|一遍|"
                  "出)?"
                  "(?:我写?的?|这个|那个|这|那|客户的?|老师的?|老板的?|领导的?|同学的?|他的?|"
                  "里面的?|其中的?)?" HAN_ARTEFACT
                  "(?:里的?)?(?:语法|拼写|标点)?(?:错误|错别字|错字|病句|语法|bug|错|"
                  "问题)?(?:一下|吧|呗)?[。？?！!]*$"),
  BALEEN_PATTERN ("^(?:请|帮我|帮忙|给|为|在|把|将)*我?的?" HAN_ARTEFACT "(?:里|后面|前面|"
                    "末尾)?(?:加|添|补|换|删|起|写|改成|"
                  "变成|转成|翻译成|翻成|译成)"
                  "(?:个|一个|上|一段|点|掉|成)?(?:结尾|开头|标题|摘要|题目|注释|总结|例子|一段|"
                  "副标题|英文|中文|日语|英语|列表|"
                  "表格)[。？?！!]*$"),
  BALEEN_PATTERN ("^(?:请|帮我|把|将)*(?:我的?)?" HAN_ARTEFACT "(?:再|改得?|弄得?|写得?|"
                    "缩)?(?:短|长|简单|正式|小|大|少|"
                  "口语|简洁)(?:一?点|一?些|化)(?:儿)?[。？?！!]*$"),
  BALEEN_PATTERN ("^(?:我)?(?:到底|究竟)?(?:哪儿?里?|什么地方|哪一步|答案|做的|写的|说的|理解|"
                  "算的|回答)(?:做|写|说|想|算|弄|出|是|"
                  "得)?(?:错|不对|有问题|出问题|"
                  "对不对|对吗|正确吗|有错|错误)(?:了)?(?:吗|呢)?[？?。！!]*$"),
  BALEEN_PATTERN ("^我(?!国|们)\\p{Han}{1,5}了(?:吗|没|没有)[？?]*$|^值(?:不值|得)?(?:这|"
                  "那)?(?:个)?(?:钱|"
                      "价)(?:吗)?[？?]*$|^你(?:更|最|比较)?(?:喜欢|推荐|倾向)哪(?:一)?(?:个|种|"
                      "款)[？?]*$"
                  "|^(?:你)?(?:能|可以)?(?:请)?(?:帮我|帮忙|给我)?(?:解|算|做|译|翻|答|读|写)"
                  "(?:一?下|出来|完)(?:吗|"
                      "吧)?[？?]*$"),
  BALEEN_PATTERN ("^(?:请|帮我|帮忙)*(?:把|将)(?:我的|这|那|这篇|这段|"
                  "这份)?" HAN_ARTEFACT "(?:再|都)?(?:缩短|翻译|改|删|"
                      "改写|扩写|简化|压缩|写|弄|精简|重写|转|译)\\p{Han}{0,6}[。！!]*$"),
  BALEEN_PATTERN ("^[^，。a-z]{0,6}(?:打不开|连不上|登不上|进不去|收不到|发不出去?|看不到|"
                  "听不见|下不了|跑不通|点不动|装不上|"
                      "起不来)(?:了)?[^a-z]{0,8}$"),
  BALEEN_PATTERN ("^(?:老是|总是|一直|又|突然|还是)[^，。]{1,6}(?:[，, ](?:为什么|为啥|怎么办|"
                  "怎么回事|咋办|求助))?[？?。！!]*$"),
  BALEEN_PATTERN ("^(?:作者|文中|文章|原文|主人公|说话人|讲者|视频里)"
                  "(?:的)?[^，。]{0,10}(?:是什么|什么意思|怎么样|为什么|有哪些|"
                      "想表达什么)[？?。]*$"),
  BALEEN_PATTERN ("^你?(?:同意|赞成|支持|认同|喜欢)(?:他|她|它|他们|她们|这|那)"
                  "[^，。]{0,8}(?:吗|么)[？?]*$"),
  BALEEN_PATTERN ("^哪(?:个|种|款|份)(?:套餐|方案|选项|版本|计划|报价|合同|设计|稿子)"
                  "[^，。]{0,12}[？?]*$"),
  BALEEN_PATTERN ("^(?:把|将)?" HAN_ARTEFACT "(?:补完|补全|写完|续上|改对|写下去|补充完整|说完)"
                                             "(?:整)?[。！!]*$"),
  BALEEN_PATTERN ("^[^，。a-z]{0,9}(?:编译|运行|安装|登录|打开|连接|启动|加载|上传|下载|保存|"
                  "导入|导出|提交|用|跑|装|登|连|开|传|点|"
                  "存)(?:不了|不过|不上|"
                  "不开|不起来|不动|不出来|不出去|失败|报错|没反应)(?:了)?[^a-z]{0,8}$"),
  BALEEN_PATTERN ("^(?:这|那)?(?:两|几|三)(?:个|种|款|家|份)(?:里|中)?(?:选|买|要|用)?(?:哪|谁)"
                  "[^，。]{0,6}$"),
  BALEEN_PATTERN ("^(?:我)?(?:可以|能|能不能|可不可以|要不要|该不该|值不值得|有必要|来得及)"
                  "(?!帮|请|给|告诉|解释|说|讲|写|教|介绍|"
                  "推荐)\\p{Han}{1,4}(?:吗|么|嘛)?[？?。]*$"),
  BALEEN_PATTERN ("^(?:帮我|请|麻烦)?(?:改|修改|翻译|检查|解释|总结|看)(?:一下|下)(?:吧|"
                  "呗)?[。！!]*$"),
  /* 这道题, 那段话; not 这周, not 这么. */
  BALEEN_PATTERN ("^(?:请|麻烦|帮忙|帮我|帮|你|能|能不能|可以|把|将|给我|给|我|对|为什么|怎么|"
                  "怎样|如何|为啥|看看|看一下|翻译|解释|"
                  "总结|修改|改|修|做|写|回复|回答|检查|润色|老是|总是|一直|报|出现|遇到|碰到|"
                  "，)*(?:这|那)" CLASSIFIER
                  "?(?!周|月|年|天|星期|学期|时候|么|几天|次|里的|种情况|家伙|世界|世上|辈子)"),
  BALEEN_PATTERN ("^(?:请|我们?|你|您|该|要不要|应不应该|应该|要|怎么|如何|怎样|能不能|能|可以|"
                  "可不可以|帮我|帮忙|帮|回复|答复|回|跟|"
                  "和|对|向|给|把|将|让|替我|去|不|卖掉|卖|买|修|处理|解决|说|告诉|问|联系|道歉|"
                  "原谅|相信|接受|拒绝|选择|选|扔掉|扔|"
                  "丢|换|退|还|留|用|是不是|到底|还要|继续|觉得|认为|看待|看|为什么|为啥|老是|"
                  "总是|，)*(?<!其)(?<!吉)(?:他|她|"
                  "它)们?(?!人|日)"),
  BALEEN_PATTERN ("^[^，。]{0,7}(?:这样|那样|这么回事)(?:吗|呢|啊|的|了|对吗|行吗|可以吗|好吗|"
                  "是为什么|怎么办)?[？?。！!]*$"),
  BALEEN_PATTERN ("^(?:还是|又|依然|仍然|都|怎么还|怎么又|就是)?(?:不行|不对|不可以|没用|没反应|"
                  "报错|失败|不能用|错|出错)(?:了|啊|"
                  "呀|怎么办|呢)*[？?。！!]*$"),
  BALEEN_PATTERN ("^(?:能|可以|能不能|可不可以|请|麻烦|你)*(?:帮我|帮忙|给我)?(?:校对|翻译|改错|"
                  "检查|批改|总结|概括|解答|计算|审阅|"
                  "审核|改正|修正|修改|纠正|润色|看看)(?:一下|下|一遍)?(?:可以|行|好)?(?:吗|吧|"
                  "呗)?[。？?]*$"),
  BALEEN_PATTERN ("^(?:我|我们)?(?:应该|该|要|得)?(?:怎么|怎样|如何)(?:回复|回|答复|回应|说|"
                  "开口|处理|解释|选|决定)(?:才好|"
                  "比较好|呢|啊|好)?[。？?]*$"),
  BALEEN_PATTERN ("(?:里面|里头|其中|文中|句中)的?(?:错误|错别字|问题|病句|重点|关键|漏洞|数据)"),
  BALEEN_PATTERN ("附件|(?:^|[，。把将对看按照据译结释答请的])上面|上述|上文|刚才|上次|上回|如图|截图|这里写的|之前说的|刚刚说的|"
                  "老样子|接着(?:写|说|上|前)"),
  BALEEN_PATTERN ("^[^《》法]{0,8}第[一二三四五六七八九十\\d]+(?:条|题|段|章|页|行|步|节|问|"
                  "小题|部分)(?!开始|起|以后|之后|.*《)"),
  BALEEN_PATTERN ("为(?:什么|啥|何)(?:我的?|我家的?)?(?:测试|程序|代码|脚本|项目|编译|软件|系统|"
                  "页面|网页|接口|服务器|数据库|文件|"
                  "打印机|电脑|手机|网络|网速|wifi|蓝牙|键盘|屏幕|作业|实验|模型|视频|图片|账号)"
                  "[^，。]{0,10}$"),
  BALEEN_PATTERN ("^(?!.*(?:太|够|算不?算?)(?!.*(?:怎么|为什么)))我(?:的|家的?)"
                  "\\p{Han}{1,5}(?:怎么|为什么|为啥|打不|不|"
                  "没|坏|老|总|一直|又|有问题|出)[^，。]{0,10}$"),
  BALEEN_PATTERN ("^(?:请|帮我|帮忙|麻烦|替我)*(?:给|跟|向|和|替我给)(?:客户|老板|领导|老师|"
                  "同事|朋友|房东|甲方|对方|家长|导师|"
                  "主管|公司|他|她)(?:道个?歉|请个?假|回个?话|解释一下|说一声|提离职|提涨薪|"
                  "表白|认个错|写封?信)[^，。]{0,3}$"),
};

static gboolean
points_chinese (const char *text)
{
  for (gsize i = 0; i < G_N_ELEMENTS (chinese_pointers); i++)
    if (baleen_pattern_matches (&chinese_pointers[i], text))
      return TRUE;

  return FALSE;
}

gboolean
baleen_coach_points_outside (const BaleenDraft *draft)
{
  if (draft->is_chinese)
    return points_chinese (draft->plain);

  return points_english (draft->plain) || baleen_pattern_matches (&parts, draft->plain)
         || baleen_pattern_matches (&elsewhere, draft->plain)
         || baleen_pattern_matches (&works, draft->plain)
         || baleen_pattern_matches (&edits, draft->plain)
         || baleen_pattern_matches (&of_unseen, draft->plain)
         || (draft->detail < 1 && baleen_pattern_matches (&own_events, draft->plain))
         || (draft->detail < 1 && baleen_pattern_matches (&own_failures, draft->plain))
         || (baleen_pattern_matches (&failures, draft->plain)
             && !baleen_pattern_matches (&natural, draft->plain)
             && !baleen_pattern_matches (&known_by_name, draft->typed));
}
