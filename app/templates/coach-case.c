/* Whether a draft asks about a case that it does not tell: something in it is known to the writer
 * alone (“my wife”, “房东”, “还能退吗”), something is asked of just that, and nothing else is said.
 * Neither part says anything by itself; both together do. */
#include "coach-rules.h"

#include <string.h>

#define MOST_WORDS 13
#define MOST_LETTERS 18

/* ---- English -------------------------------------------------------------------------- */

#define EN_PEOPLE \
  "(?:wife|husband|boss|landlord|neighbou?r|teacher|doctor|friend|mother|father|mum|mom|dad|son|" \
  "daughter|brother|sister|boyfriend|girlfriend|colleague|partner|ex|client|customer|manager|" \
  "roommate|flatmate|lawyer|insurance|company|bank|school)"

static BaleenPattern english_cases[] = {
  /* “who is right, me or my wife”, “is it my fault” */
  BALEEN_PATTERN ("^(?:so |but |and )?who(?:'s| is| was) (?:right|wrong|to blame|guilty|at fault|"
                  "responsible)(?: here| now)?(?:, (?:me|i|my|him|her|he|she|the|us|we)\\b.{0,30})?"
                  "[?.! ]*$"),
  /* “do i qualify for the benefit”, “can i still send it back” */
  BALEEN_PATTERN ("^(?:so |but |and )?(?:do|am|can|could|should|may|must|will|would|did|have) (?:i|"
                  "we) (?:still |really |even |actually |already )?(?:qualify|apply|owe|count|pass|"
                  "passed|fail|failed|send|return|cancel|claim|entitled|eligible|allowed|in time|"
                  "too "
                  "late|liable|insured|covered|get (?:in|it|the|my)|need (?:it|the|to (?:pay|go|"
                  "reply|sign|bring)))\\b(?: \\w+){0,2}(?: (?:the|this|that|it|my|"
                  "our)\\b(?: \\w+){0,2})?"
                  "(?: back| now| there| to it| for (?:it|this|that))?[?.! ]*$"),
  /* “what is the total”, “what size do i need”, “how should i have reacted” */
  BALEEN_PATTERN ("^(?:and |so |but )?what(?:'s| is| was| are| were) the (?:total|sum|result|"
                  "deadline|(?:right |"
                  "best |correct )?answers?|due date|next step|score|final (?:price|score|"
                  "number)|total "
                  "(?:cost|price)|password|address|catch|problem|solution)(?: here| now| then|"
                  " again)?[?.! ]*$|"
                  "^(?:when|where) (?:is|was|are) (?:it|the (?:deadline|meeting|exam|appointment|"
                  "test|interview|"
                  "party|delivery))(?: due| held)?[?.! ]*$|"
                  "^(?:what|which) (?:size|colou?r|model|version|type|kind|dose|amount|date|form|"
                  "ticket|part|"
                  "course|tariff|plan|battery|cable|filter) (?:do|should|would|must|will) (?:i|"
                  "we) (?:need|take|"
                  "get|buy|choose|use|order|wear|pick|fill (?:in|out))(?: \\w+){0,2}[?.! ]*$|"
                  "^(?:how|what) should (?:i|we) have (?:\\w+ ?){1,3}[?.! ]*$|"
                  "^(?:please )?(?:tell me|let me know|say|judge|decide) (?:if|whether) (?:the|"
                  "my|our|this|that|it|"
                  "he|she|they|i)\\b(?: [\\w']+){1,6}[?.! ]*$|"
                  "\\bwhat do you think (?:of|about) (?:it|this|that|them)[?.! ]*$|"
                  "^(?:how|where|what|which|is)\\b.*\\b(?:from|around|near|"
                  "close to) here\\b[^,.]{0,24}$|"
                  "^(?:what|how|when|why|is|are|does|do|can|will|was|were|"
                  "should)\\b[^,.]{0,40}\\b(?:my|our) (?:\\w+ )?"
                  "(?:pills|meds|medication|medicines?|tablets|application|appeal|lease|contract|"
                  "rash|x-?ray|"
                  "scan|prescription|blood test|visa|sentence|offer|order|claim|deposit)\\b"
                  "(?: [\\w']+){0,4}[?.! ]*$"),
  BALEEN_PATTERN ("^how (?:do|can|should|would) (?:i|we) (?:fix|repair|stop|remove|solve|"
                  "get rid of|clear) (?:the|"
                  "this|that|my|our) (?:leak|error|problem|issue|bug|noise|stain|crack|hole|"
                  "scratch|warning|smell|"
                  "mess|fault)[?.! ]*$"),
  /* There? */
  BALEEN_PATTERN ("^(?:how|when|what|where|can|could|should|is|do|will)\\b(?: [\\w']+){0,7} "
                  "(?:get|go|be|come|move|fly|drive|arrive|park|stay|eat|do|wear|bring|take me|"
                  "live) "
                  "(?:over |up |down |back |from )?there(?: in time| now| today|"
                  " by \\w+)?[?.! ]*$"),
  /* “give me a title for the story i wrote” */
  BALEEN_PATTERN ("\\b(?:the|my|our|that|this) (?:\\w+ )?(?:text|essay|story|poem|song|letter|"
                  "e-?mail|"
                  "message|post|code|program|function|recipe|speech|article|report|list|plan|"
                  "picture|"
                  "photo|drawing|logo|draft|novel|chapter|review|notes?|presentation|slides|table) "
                  "(?:that |which )?(?:i|we|he|she|they|you) (?:\\w+ )?(?:wrote|made|sent|got|did|"
                  "started|have|had|drew|painted|took|gave|mentioned|showed|finished|posted|shared|"
                  "received|read|uploaded)\\b"),
  /* “rank the candidates by experience” */
  BALEEN_PATTERN ("^(?:please |now )*(?:rank|sort|order|group|classify|categori[sz]e|arrange|score|"
                  "shortlist|filter|select|pick|choose|compare|count|divide|"
                  "list) (?:all )?(?:of )?(?:the|"
                  "my|our|these|those) (?:\\w+ )?(?:candidates|applicants|applications|"
                  "participants|"
                  "students|pupils|customers|clients|orders|items|tasks|entries|records|products|"
                  "employees|guests|e-?mails|files|answers|offers|photos|pictures|rows|columns|"
                  "results|"
                  "options|ideas|expenses|transactions|suppliers|members|tickets|names|comments|"
                  "events|players|teams|bids|quotes|proposals|contacts|books|songs)\\b"
                  "(?! (?:of|in) (?:the|a) \\w+)(?: (?:by|from|according|into|in|alphabetically|"
                  "with|"
                  "for|and|who|that)\\b.{0,40})?[?.! ]*$"),
  BALEEN_PATTERN ("^(?:please |can you |could you )*(?:make|create|draw|write|build|give me|"
                  "turn) (?:me )?"
                  "(?:an? |the )?(?:\\w+ )?(?:timeline|table|list|chart|summary|overview|outline|"
                  "diagram|"
                  "graph|title|caption|index|glossary|quiz|flashcards) (?:of|from|for|out of|"
                  "about) (?:all )?"
                  "(?:the|my|our|this|that) (?:\\w+ ){0,3}?(?:text|book|story|article|chapter|"
                  "video|"
                  "lecture|meeting|data|document|report|notes|file|page|numbers|results|film|"
                  "interview|"
                  "conversation)[?.! ]*$"),
  /* Somebody did something, and now? */
  BALEEN_PATTERN ("^(?:my|our|the|his|her) (?:\\w+ )?" EN_PEOPLE " (?:\\w+ ){0,2}(?:wants|says|"
                  "said|"
                  "asks|asked|refuses|refused|told|thinks|thought|keeps|won't|doesn't|didn't|is|"
                  "was|has|"
                  "wrote|called|complained|left|ignores|"
                  "ignored)\\b(?: [\\w']+){0,5}[,.;!]+ ?(?:and |so |"
                  "but |now )?(?:is|are|can|may|should|what|how|am|was|do|does|"
                  "who)\\b(?: [\\w']+){0,4}"
                  "[?.! ]*$"),
};

/* ---- Chinese -------------------------------------------------------------------------- */

#define ZH_PEOPLE \
  "(?:老婆|老公|丈夫|妻子|媳妇|对象|男友|女友|男朋友|女朋友|前任|老板|领导|上司|经理|主管|同事|客户|" \
  "甲方|房东|租客|邻居|老师|班主任|导师|医生|律师|朋友|闺蜜|室友|舍友|爸|妈|爸爸|妈妈|爸妈|公公|婆婆|" \
  "岳父|岳母|儿子|女儿|孩子|哥|姐|弟|妹|亲戚|保险公司|物业|中介|商家|卖家)"

/* What only the writer knows. */
static BaleenPattern chinese_own
    = BALEEN_PATTERN ("(?:^|[，, 和跟])我(?!国|想|要|需要|喝|吃|睡)|[把将]我|我(?:的|家的|写的|做的)|(?:^|"
                      "[，, 把将给跟和对让是])(?:这|那)(?!么|时|年|样的人|里的)|"
                      "(?<!其)(?<!吉)(?:他|她|它|他们|她们|人家|对方)(?!人|日)|"
                      "(?:最后|剩下|刚才|之前|上次)(?:的|那|一|几|两|这)|[把将按](?:前面|上面|下面|后面)的?|"
                      "第[一二三四五六七八九十\\d]+(?:题|步|段|章|页|行|句|条|点|个|节|问|部分)|"
                      "练习|作业|卷子|简历|合同|论文|稿子|候选人|领导批注|文中|文里|里面|单号|订单|头像|这边|那边|那儿|"
                      "^" ZH_PEOPLE "|[和跟]" ZH_PEOPLE);
/* What is asked of it. */
static BaleenPattern chinese_asked
    = BALEEN_PATTERN ("对吗|对不对|谁对|谁错|对的吗|做对|答对|算对|写对|有道理|有理吗|做错|算错|写错|错在|哪(?:里|儿|一步|块)"
                      "[^，。]{0,2}错|可以吗|行吗|行不行|可不可以|合法吗|过分吗|"
                      "要不要|该不该|值不值|(?:要|该|应该|能|需要|得)[^，。]{0,5}吗|该(?:跟|和|给|对)?[^，。]{0,3}"
                      "(?:说|做|选|怎么|回|送|穿|买|带|写)|怎么(?:回|办|说|改|选|处理|解决|弄|跟|安慰|拒绝|开口)|咋(?:办|整|回|说)|"
                      "可能是(?:什么|哪)|是怎么回事|怎么回事|什么意思|啥意思|(?:要|得|还要|需要)(?:多久|多少|几天|等)|"
                      "符合[^，。]{0,4}(?:条件|资格|要求)|够格|够条件|用哪(?:个|张|件|份)|选哪|接受吗|"
                      "接下来[呢怎该]?|然后呢|到哪(?:了|儿)?|没看懂|看不懂|没懂|不明白|过一遍|看一遍|把把关|过目|"
                      "起个(?:标题|名字|题目|名)|(?:填|补|写|做|接)(?:上|完|好|全)[。！!]*$|"
                      "(?:列|排|整理|做|画|改|翻|译|归类|分)(?:成|出|一下|个|好|开)|可以不|行不|成不");
/* Something is told or named, so it can be answered. */
static BaleenPattern chinese_told
    = BALEEN_PATTERN ("《|“|\"|：|:|\\d+(?:岁|年|天|元|块|万|%|个月|公里|斤|人|平|号|点|周|楼|次|倍|分)|"
                      "[一二两三四五六七八九十半]+(?:周|个月|年|天|岁|米|斤|公里)|"
                      "怎么(?:跟|和|对|向|给)[^，。我他她]{1,5}(?:说|讲|开口|解释|提)[^，。]{3,}|[\\d一二两三四五六七八九十]+岁|"
                      "[a-z]{3,}|\\^|=|为什么会?[^我他她这那]{4,}|(?:区别|原理|定义|方法|步骤|技巧|流程)|"
                      "^(?:什么是|怎么才|怎样|如何|哪些|哪种|有没有)|^(?:写|来|编|做)一?(?:个|篇|封|首|份|段)");
static BaleenPattern chinese_cases[] = {
  /* “还能退吗”, “怎么提示没有权限”: of what? */
  BALEEN_PATTERN ("^(?:那|现在|这样)?(?:还|还可以|是不是|到底|究竟)?(?:能|可以|来得及|有希望|有救|有必要|用|要|该|算)"
                  "(?:不能|不用|不要)?(?:\\p{Han}{0,2})(?:退|换|改|取消|报名|申请|用|吃|喝|修|补|救|要|去|签|报|办|赔|告|追|"
                  "撤|恢复|找回)(?:货|款|签|回来?|掉|了)?(?:吗|么|不|嘛)[？?。]*$"),
  BALEEN_PATTERN ("^(?:怎么|为什么|为啥|咋)(?:总|老|又|一直|会|还|突然)?(?:是|在)?(?:提示|显示|弹出|说|报|出现|变成|跳)"
                  "[^，。a-z《“]{2,10}[？?。]*$"),
  BALEEN_PATTERN ("^(?:我|我家|我们)(?:的|家的?)?[^，。]{1,6}(?:有|出|发出)(?:点|个)?(?:怪|异|奇怪的?|响|杂)"
                  "(?:声|音|响|味|味道|声音)[^，。]{0,3}(?:[，, ][^，。]{0,10})?[？?。]*$"),
  BALEEN_PATTERN ("^(?:帮我|请|麻烦)?(?:查|看|追踪|跟踪)(?:一下|下)?(?:我的)?(?:快递|订单|包裹|单号|物流|航班|成绩|余额)"
                  "[^，。\\d]{0,8}[？?。]*$|^(?:快递|订单|包裹|物流)(?:单号)?[^，。\\d]{0,3}(?:查|到哪|怎么还)[^，。]{0,6}"
                  "[？?。]*$"),
  BALEEN_PATTERN ("^(?:请|帮我|麻烦)*(?:给|为|替)(?:我|他|她|我们)?(?:写|做|画|拍|编|养)的[^，。]{1,8}(?:起|取|想|配|写|加|做)"
                  "(?:个|一个|几个|一段)?(?:标题|名字|题目|名|结尾|开头|封面|标签)[。！!]*$"),
  BALEEN_PATTERN ("^(?:请|帮我|麻烦)*(?:把|将|给)(?:所有的?|全部的?)?(?:候选人|应聘者|申请人|学生|客户|订单|任务|条目|记录|"
                  "产品|员工|客人|嘉宾|文件|照片|数据|选项|名单|报价|供应商|支出|账目|书|歌)(?:们)?(?:都|全)?(?:按|根据|依)"
                  "[^，。]{1,8}(?:排|分|列|归|筛|整理)[^，。]{0,5}[。！!]*$"),
  /* “房东要涨钱，他可以吗”, “医生说是慢性的，接下来呢” */
  BALEEN_PATTERN ("^(?:我的?|我家)?" ZH_PEOPLE "[^，。《“\\d]{2,10}[，, ](?:我|他|她|他们|这|这样|那|那我)?"
                  "(?:可以吗|能这样吗|行吗|合法吗|对吗|接下来[^，。]{0,3}|怎么办|咋办|什么意思|正常吗|要紧吗|该[^，。]{1,6}|"
                  "要[^，。]{1,6}吗|有权[^，。]{0,4}吗|然后呢|谁对|是不是[^，。]{1,5})[？?。]*$"),
};

/* “合同里允许养宠物吗”: of a paper that is not there. */
static BaleenPattern chinese_inside
    = BALEEN_PATTERN ("^(?:照片|图片|图|画|合同|租约|协议|说明书|邮件|信|文件|文档|通知|规定|文章|课文|图|表|会|报告|材料|视频|录音|聊天记录)"
                      "(?:里面|里|中|上|内)(?!写)[^，。《“]{2,14}(?:吗|谁[^，。]{0,4}|什么|哪[^，。]{0,4}|多少|么|"
                      "不)[？?。]*$|"
                      "^(?:什么时候|几点|几号|哪天|总数|总共|合计|一共|结果|答案|截止日期|密码|地址|总价)(?:是)?"
                      "(?:截止|到期|结束|开始|交|出发|多少|什么|多少钱|几)[呢啊]?[？?。]*$|"
                      "^我(?:要|该|应该|得|需要)(?:买|穿|选|用|交|填|带|坐|吃|办)(?:多大|哪个|什么|几|多少|哪种)"
                      "(?:码|号|尺寸|车|表|线|款|片|证)?的?[？?。]*$|"
                      "^(?:请|帮我)?(?:按|照)(?:着)?(?:要求|意见|批注|建议|老师说的|领导说的|他说的|上面说的)(?:改|做|写|来)"
                      "[^，。]{0,3}[。！!]*$|^(?:请|帮我)?换(?:个|一种|一个)(?:说法|写法|方式|角度|风格)(?:吧|呗|"
                      "试试)?[。！!]*$|"
                      "^(?:那)?下一步(?:呢|怎么办|做什么|该怎么办|是什么)?[？?。]*$|"
                      "^(?:怎么|为什么|为啥)(?:就|又|突然|还)?(?:停|坏|没|不动|断|黑|卡|死|灭|掉|关|不亮|不转|漏)了?[？?。]*$|"
                      "^(?:这|那)?(?:是)?谁(?:写|做|画|说|发|拍|弄|唱)的(?:[，,][^，。]{0,10})?[？?。]*$|"
                      "^(?:里面|里头|其中)(?:一共)?有(?:几|多少)(?:处|个|条|种)[^，。]{1,6}[？?。]*$|"
                      "^(?:帮我|请)?接着(?:编|写|说|讲|做|往下)[^，。]{0,4}[。！!]*$|"
                      "^(?:作者|主人公|主角|讲者)(?:为什么|为啥|怎么|想|要)[^，。《“]{1,10}[？?。]*$|"
                      "^(?:这|那)?(?:两|几|三)(?:份|个|篇|张|家|封)(?:简历|方案|合同|报价|稿子|设计|照片|工作|房子|标题|封面)"
                      "哪(?:个|份|篇|张|家|封)[^，。]{1,4}[？?。]*$|"
                      "^(?:请|帮我)*(?:一样的|同样的|照旧)[，, ]|^(?:请|帮我)*再(?:来|写|做|给)一?(?:个|遍|次|份|张|篇|首)"
                      "(?:吧|呗)?[。！!]*$|"
                      "^(?:请|帮我)*(?:比较|对比|看看|选)(?:一下|下)?(?:这|那|我的|手上)?(?:的)?(?:两|几|三)(?:个|份|家|种|套)"
                      "(?:offer|工作|报价|方案|合同|版本|选项|房子|学校|机会|机型|专业)[。！!]*$|"
                      "^(?:照|按)(?:着)?(?:菜谱|教程|说明|步骤|方子|攻略)做?[^，。]{0,6}(?:失败|没成功|不行|不成|没成)"
                      "[^，。]{0,2}(?:[，, ][^，。]{0,8})?[？?。]*$|"
                      "^(?:我|我妈|我爸|他|她)(?:正在)?(?:吃|用|打|敷)的(?:那|这)?(?:个|种|些)?(?:药|药膏|针|"
                      "保健品)[^，。]{2,10}[？?。]*$");

static gboolean
is_untold_in_english (const BaleenDraft *draft)
{
  static BaleenPattern named = BALEEN_PATTERN ("(?-i)(?<=[a-z,] )\\p{Lu}\\p{Ll}+");

  return draft->n_words <= MOST_WORDS && !baleen_pattern_matches (&named, draft->typed)
         && baleen_patterns_match (english_cases, G_N_ELEMENTS (english_cases), draft->plain);
}

static gboolean
is_untold_in_chinese (const BaleenDraft *draft)
{
  /* “他可以吗” at the end is no courtesy here. */
  const char *text = draft->text;

  if (draft->n_han > MOST_LETTERS || baleen_pattern_matches (&chinese_told, text))
    return FALSE;

  return baleen_patterns_match (chinese_cases, G_N_ELEMENTS (chinese_cases), text)
         || baleen_pattern_matches (&chinese_inside, text)
         || (baleen_pattern_matches (&chinese_own, text)
             && baleen_pattern_matches (&chinese_asked, text));
}

gboolean
baleen_coach_leaves_case_untold (const BaleenDraft *draft)
{
  if (draft->has_material || strstr (draft->plain, "\"\"") != NULL)
    return FALSE;

  return draft->is_chinese ? is_untold_in_chinese (draft) : is_untold_in_english (draft);
}
