/* What only the writer can see: a thing named with “the” or “my” that nothing tells of, one of
 * several that are not listed, an act that is only called “that”. */
#include "coach-rules.h"

#include <string.h>

/* ---- English -------------------------------------------------------------------------- */

/* Things and people of somebody's own day; of these there is no one that everybody knows. */
#define EN_OWN \
  "(?:answers?|solution|calculation|result|results|score|grades?|marks?|test|exam|homework|" \
  "exercise|assignment|" \
  "thesis|essay|text|paper|draft|report|notes|minutes|plan|schedule|timetable|budget|estimate|" \
  "quote|offer|price|fee|" \
  "rent|deposit|salary|invoice|bill|receipt|contract|lease|agreement|clause|order|delivery|" \
  "parcel|package|warranty|" \
  "build|code|script|program|function|query|server|test|tests|test suite|pipeline|log|error|bug|" \
  "setup|config|design|" \
  "logo|layout|font|colou?rs?|slides?|chart|graph|table|picture|photo|photos|outfit|dress|suit|" \
  "haircut|profile|bio|cv|" \
  "resume|cover letter|letter|e-?mail|message|reply|wording|title|headline|ending|intro|" \
  "introduction|conclusion|" \
  "paragraph|sentence|argument|translation|poem|story|joke|speech|recipe|dough|sauce|cake|dose|" \
  "dosage|pill|medicine|" \
  "prescription|rash|wound|swelling|symptoms?|x-?ray|scan|diagnosis|blood test|noise|brakes|" \
  "engine|boiler|wiring|" \
  "second one|first one|other one|deal|arrangement|decision|proposal|idea|approach|method|" \
  "strategy|rules?|deadline|series|names?|goal|target|timing|printer|table of contents|order of " \
  "events)"
#define EN_OWN_PERSON \
  "(?:customer|client|guest|boss|manager|supervisor|landlord|landlady|tenant|teacher|professor|" \
  "tutor|colleague|" \
  "co-?worker|neighbou?rs?|doctor|nurse|patient|lawyer|buyer|seller|recruiter|interviewer|" \
  "examiner|editor|reviewer|" \
  "wife|husband|boyfriend|girlfriend|partner|ex|friend|sister|brother|mother|father|mum|mom|dad|" \
  "son|daughter|parents|" \
  "roommate|flatmate|crush|team|company|school|insurance|bank)"

static BaleenPattern english_unseen[] = {
  /* “Does the plan make sense?” */
  BALEEN_PATTERN ("^(?:is|are|was|were|does|do|did|will|would|has|have|can|could|should) (?:the|"
                  "my|our|his|her|their|both|"
                  "these|those) (?:\\w+ )?" EN_OWN "\\b(?! (?:of|in|for|between|from|at|on|near|"
                                                   "than|a|an)\\b)(?: [\\w']+){0,4}"
                  "[?.! ]*$"),
  /* “Can they really do that to me?”, “is my landlord allowed to do this” */
  BALEEN_PATTERN ("^(?:is|are|was|were|can|could|may|should|why|am|do|does|did|will|would|how) "
                  "(?:[\\w']+ ){1,5}?"
                  "(?:do|doing|done|did) (?:this|that|it|so)\\b(?: [\\w']+){0,3}[?.! ]*$"),
  /* One of several. */
  BALEEN_PATTERN ("\\bthe (?:first|second|third|fourth|other|last|next|former|latter|previous) "
                  "(?:one|ones|answer|option|"
                  "version|offer)\\b(?! (?:of|in|to|that|who|on|is|was) \\w)|"
                  "\\bthe (?:second|third|other|last|former|latter|previous) one (?:is|was|"
                  "looks|sounds)\\b|"
                  "\\b(?:my|our|the|these|those) (?:two|three|four|both) (?:\\w+ )?\\w+s\\b(?! "
                  "of\\b)(?=.*\\b(?:which|should|better|"
                  "choose|pick|accept|take|together|match)\\b)|"
                  "\\b(?:which|what) (?:one )?of (?:my|our|the|these|those|his|her) (?:two |"
                  "three |four )?\\w+s?\\b(?! (?:of|in) )"),
  BALEEN_PATTERN ("^which (?:\\w+ )?(?:photo|picture|title|version|offer|dress|outfit|design|"
                  "logo|cover|sentence|answer|option|"
                  "candidate|draft|headline|shirt|tie|suit|slide|font|quote|flat|apartment|job|"
                  "contract|paragraph) "
                  "(?:should|shall|do|would|is|looks|sounds|fits|suits)\\b(?!.*\\bor\\b)(?: "
                  "[\\w']+){0,6}[?.! ]*$"),
  /* “question 3 and 5 of my homework”, “the graph on page 12” */
  BALEEN_PATTERN ("^(?!.*\\bhow (?:do|can|to)\\b).*\\b(?:questions?|exercises?|problems?|tasks?|"
                  "items?|clauses?|sections?|paragraphs?|chapters?|slides?|pages?|"
                  "lines?|steps?|points?|rows?|figures?) (?:\\d+[a-h]?|[a-d])(?:(?:,| and| to| "
                  "or|-|–) ?\\d+[a-h]?)*(?: (?:of|in|on|"
                  "from) (?:my|our|the|this|his|her)\\b| mean\\b|[?.! ]*$)|"
                  "^(?!.*\\bhow (?:do|can|to)\\b).*\\b(?:on|at) (?:page|slide|line|sheet) "
                  "\\d+(?: of (?:my|the|our))?[?.! ]*$"),
  /* Gaps and mistakes of what? */
  BALEEN_PATTERN ("^(?:fill (?:in|out) (?:the|all)|(?:find|spot|correct|fix|count|mark|"
                  "underline|list|circle|highlight) (?:the|all|"
                  "all the|any|every)) (?:blanks?|gaps?|missing words?|mistakes?|errors?|typos?|"
                  "words?|differences?|verbs?|"
                  "nouns?|adjectives?|bugs?)(?: in (?:my|the|this|our) \\w+(?: \\w+)?)?[?.! ]*$"),
  BALEEN_PATTERN ("^(?:who|when|where|why|how) (?:do you think )?(?:\\w+ ){0,2}(?:wrote|said|"
                  "made|did|sent|won|started|took|"
                  "meant|painted|built|broke|paid|happened to) (?:it|this|that|these|them)\\b"),
  /* Somebody's matter, and what to do. */
  BALEEN_PATTERN ("^(?:the|my|our|his|her) (?:\\w+ "
                  ")?" EN_OWN_PERSON "\\b(?: [\\w']+){1,7}[,.;:!?]+ ?(?:so |and |but |now "
                                     ")?(?:what|"
                  "how|should|can|could|do|is|why|who)\\b.{0,42}$"),
  BALEEN_PATTERN ("^why (?:did|does|is|was|has|won't|doesn't|didn't|isn't) (?:my|the|our|his|"
                  "her) (?:\\w+ )?" EN_OWN_PERSON
                  " (?:\\w+ ){0,2}(?:this|that|it|me|my \\w+|us)\\b(?: \\w+){0,2}[?.! ]*$"),
  /* It went wrong. */
  BALEEN_PATTERN ("^(?:the|my|our) \\w+(?: \\w+)? (?:(?:always |still |just |keeps? )?(?:came "
                  "out|come out|comes out|coming out|"
                  "turned out|turns out|went wrong|tastes?|smells?|looks?|sounds?|feels?|makes? "
                  "an? (?:\\w+ )?(?:noise|sound)|"
                  "rejected|failed|refused|broke|breaking|breaks|jammed|stuck|crashed|cracked|"
                  "leaks?|leaking)|is leaking|is making)\\b"
                  "(?: [\\w']+){0,5}[,.;:!?]+ ?(?:so |and |but |now )?"
                  "(?:why|what|how|is|should|can|any idea|help|please|do you)\\b.{0,40}$"),
  BALEEN_PATTERN ("^(?:please |can you |could you )*(?:replace|change|sort|rename|swap|mark|"
                  "underline|highlight|delete|remove|number|list) "
                  "(?:all |every |each of |all of )+(?:the )?(?:\\w+ )?(?:names?|words?|"
                  "numbers?|dates?|entries|lines|rows|commas|"
                  "headings|mistakes|verbs|places|duplicates)\\b(?! (?:of|in) (?:a|an|the \\w+ "
                  "\\w+)\\b)(?: [\\w']+){0,4}[?.! ]*$|"
                  "^what (?:comes|is|goes|should come|would come) next(?: in the (?:series|row|"
                  "sequence|pattern|story|list))?[?.! ]*$|"
                  "^the \\w+(?: \\w+){0,2} (?:is|are|keeps?|has|got) (?:\\w+ ){0,2}(?:jammed|"
                  "stuck|blocked|broken|clogged|frozen|cracked|"
                  "flickering|gone|empty|missing|beeping)(?: again| now)?[,.;!]+ ?(?:what|how|"
                  "why|help|can|should).{0,30}$"),
  /* Work on a text or a list that is not there. */
  BALEEN_PATTERN ("^(?:please |can you |could you |now )*(?:add|insert|put|write|remove|delete|"
                  "cut|change|mention|replace) (?:an?|the|"
                  "one|two|some|another|every|all|more)? ?(?:\\w+ ){0,3}(?:at|to|in|from|near|"
                  "before|after) the (?:end|beginning|"
                  "start|top|bottom|middle|text|last line|first line|title|heading)\\b(?! of "
                  "(?:a|an|each|every)\\b).{0,50}$|"
                  "\\b(?:both|the two|the three|all the) (?:versions|drafts|texts|files|"
                  "documents|lists|tables|offers|quotes|"
                  "options|pictures|photos)\\b(?! of\\b)|"
                  "^(?:please |now )*(?:work out|add up|calculate|compute|give me|find|tell me) "
                  "the (?:total|sum|average|result|"
                  "difference|balance|mean|rest|answer)[,.! ]*$|"
                  "^(?:please |now )*make (?:it|them|the tone|the text) (?:sound |look |read |"
                  "feel )?(?:less|more|a bit|a little|much)? ?"
                  "\\w+[.! ]*$"),
  BALEEN_PATTERN ("(?<!ing )\\bthe other (?:brand|kind|type|model|product|size|colou?r|doctor|"
                  "guy|person|"
                  "part|stuff|pill|box|form|"
                  "address)\\b(?! (?:of|for|that)\\b)|"
                  "\\b(?:word|name|phrase|term|book|song|film|place|number) (?:he|she|they) "
                  "(?:used|said|wrote|mentioned|meant|named|"
                  "gave|recommended|sang)\\b"),
  BALEEN_PATTERN ("^(?:can|could|may|should|must|do|did|will|am|have|would) i (?:still |really |"
                  "already |ever |just |correctly )?"
                  "(?:have to |need to |allowed to |entitled to |able to )?\\w+ (?:in |out |"
                  "back |for )?(?:my|the|our) (?:money|"
                  "order|contract|tickets?|lease|subscription|form|forms|deposit|booking|flight|"
                  "visa|insurance|job|membership|"
                  "application|appointment|claim|bill|fine|offer|loan|refund|exam|"
                  "test|" EN_OWN ")\\b(?: [\\w']+){0,3}[?.! ]*$"),
  BALEEN_PATTERN ("^(?:am i|was i|were we|are we) (?:in the |the |being |too )?(?:wrong|right|"
                  "rude|selfish|asshole|bad (?:guy|person)|"
                  "unfair|unreasonable|at fault|to blame|overreacting)(?: here| now| then)?[?.! "
                  "]*$|"
                  "^(?:is it|was it|is that|was that) (?:really |all |still )?(?:my|his|her|"
                  "their|our) fault[?.! ]*$"),
};

/* ---- Chinese -------------------------------------------------------------------------- */

#define ZH_OWN \
  "(?:剂量|药量|方案|计划|安排|报价|价格|房租|押金|合同|条款|协议|订单|快递|成绩|分数|答案|解法|" \
  "结果|作业|论文|作文|简历|求职信|邮件|摘要|开头|" \
  "结尾|标题|段落|句子|比喻|论证|翻译|译文|代码|程序|脚本|设计|配色|排版|封面|海报|照片|头像|" \
  "logo|ppt|表格|图表|菜谱|伤口|疹子|化验单|片子|" \
  "诊断|响声|要求|说法|做法|决定|想法|思路|办法|方法|预算|名单|稿子|文案|措辞|颜色|字体|衣服|" \
  "发型|账单|发票|报告|笔记|记录)"
#define ZH_OWN_PERSON \
  "(?:客户|顾客|老板|领导|主管|经理|上司|同事|房东|房客|租客|老师|教授|导师|班主任|邻居|医生|" \
  "病人|律师|买家|卖家|面试官|编辑|老公|老婆|丈夫|妻子|" \
  "男朋友|女朋友|男友|女友|对象|前任|朋友|室友|舍友|爸妈|父母|婆婆|公公|儿子|女儿|甲方|乙方|" \
  "公司|学校|保险公司|银行|物业|中介|hr)"

static BaleenPattern chinese_unseen[] = {
  /* 这个计划靠谱吗, 第二个为什么更便宜, 这两个颜色搭不搭 */
  BALEEN_PATTERN ("^(?:我的?|我们的?|你觉得)?(?:这|那|此)(?:个|份|种|套|段|些|两个|几个|两种|家|"
                  "款|句话|条|样)?[^，。]{0,4}" ZH_OWN
                  "?[^，。]{0,10}(?:吗|么|不|呢|嘛|没有?|搭|如何|怎么样|多少|什么意思)[？?。]*$"),
  BALEEN_PATTERN ("^我的?(?:这|那)?(?:几个|两个|个)?(?:密码|" ZH_OWN ")(?:够[^，。]{1,3}(?:吗|么|不)|"
                  "(?:里)?哪(?:一)?(?:个|篇|张|"
                  "份)(?:最|更|比较)[^，。]{1,6})[？?。]*$"),
  BALEEN_PATTERN ("^第(?:[一二三四五六七八九十]|\\d+)(?:个|种|条|段|题|句|点|项|款|份|张|版|次|"
                  "家|幅)(?:答案|方案|选项|版本|问题|例子|空|词|报价|"
                  "房子)?(?:为什么|为啥|怎么|比|更|不对|对不对|对吗|错|行|好吗|好不好|是不是|"
                  "是什么意思|什么意思|看不懂|没懂|没看懂|选什么|填什么)"
                  "[^，。《》]{0,10}[？?。]*$"),
  BALEEN_PATTERN ("(?:作业|试卷|卷子|练习册|合同|论文|稿子|文章|课本)(?:里|中|"
                  "上)?的?第[^，。]{1,8}(?:题|条|页|段|章)|"
                  "^(?:请|帮我|麻烦)*(?:解释|看|看看|说明|翻译|总结|讲|讲讲|概括)(?:一下|"
                  "下)?第\\s*[\\d一二三四五六七八九十]+\\s*(?:页|题|图|张|行)"
                  "的?[^，。《》]{0,6}[？?。]*$"),
  /* 最后一段缩短一半, 把表格变成图 */
  BALEEN_PATTERN ("^(?:请|帮我|把|将|给我|麻烦)*(?:我的|我写的)?(?:最后|"
                  "第[一二三四五六七八九十]|开头|结尾|中间|后面|前面|上面|下面|倒数第[一二三])"
                  "(?:那|这|的|一|两|几)*(?:个|段|句|部分|页|行|章|节|点|题)?(?:话)?(?:再|"
                  "都)?(?:缩短|压缩|精简|删|改|扩写|重写|润色|写|"
                  "换|翻译|解释)[^，。]{0,10}[。！!]*$"),
  BALEEN_PATTERN ("^(?:请|帮我|麻烦)*(?:把|将)(?:我的?|那个|里面的)?" ZH_OWN "(?:变成|改成|转成|"
                    "做成|换成|弄成|整理成|画成|变为|转为)"
                  "(?:一?[张个份])?\\p{Han}{1,5}[。！!]*$"),
  BALEEN_PATTERN ("^(?:请|帮我|帮忙|麻烦|给我)*(?:填空|改错|找错|找茬|连线|排序|造句|续写|选择|"
                  "判断对错|排个序|找出?(?:所有|全部|其中)?的?"
                  "(?:错误|错别字|病句|错处|毛病|问题|漏洞|不同))(?:一下|吧|题)?[。？?！!]*$"),
  BALEEN_PATTERN ("^(?:请|帮我|麻烦)*(?:数|统计|整理|检查|核对|按[^，。]{1,8}改|改|修改|续写|"
                  "接着写|看)(?:一下|下|一数|一遍)?我(?:的|写的|做的)?"
                  "[^，。]{0,8}(?:" ZH_OWN "|字数|第[一二三四五六七八九十\\d])"
                                           "[^，。]{0,8}[。？?！!]*$"),
  BALEEN_PATTERN ("^(?:请|帮我|麻烦)*(?:把|将)(?:所有的?|全部的?|里面的?)?(?:名字|人名|姓名|"
                  "数字|日期|单词|词|标题|行|重复的?)(?:都|全|全部)?(?:换|改|替换|删|标|排|翻)"
                  "[^，。：:]{1,8}[。！!]*$|^(?:请|帮我)*(?:回|回复|答复|看|翻译|总结)(?:一下|"
                  "下)?(?:最后|最新|上面|前面|昨天|刚才)(?:那|的那|的)?[^，。]{0,5}"
                  "(?:邮件|信|消息|短信|帖子|评论|一封|一条)[。！!]*$"),
  BALEEN_PATTERN ("^按[^，。]{1,8}(?:改|修改|调整|重写)(?:一下|下)?我的?" ZH_OWN "[。！!]*$"),
  /* 客户还在生气，我现在怎么跟她说 */
  BALEEN_PATTERN ("^(?:我的?|我家)?" ZH_OWN_PERSON "(?!节|日)[^，。？?]{1,10}[，,。 ](?:我|那|"
                                                   "现在|接下来|这|是不是|该|怎么|要不要|为什么|"
                                                   "怎么办)"
                  "[^，。]{0,12}[？?。]*$"),
  BALEEN_PATTERN ("^(?:为什么|为啥)?(?:我的?|我家)?" ZH_OWN_PERSON "(?:为什么|为啥|凭什么|"
                    "怎么)?[^，。]{0,4}(?:判|说|给|让|不理|骂|拒绝|批评|扣)"
                  "我[^，。]{0,8}[？?。]*$"),
  BALEEN_PATTERN ("^(?:我的?|我家)?" ZH_OWN_PERSON "(?:能|可以|有权)?(?:这样|这么|那样|那么)"
                                                   "(?:做|干|说|弄|搞|处理|收费)?[^，。]{0,6}"
                  "(?:吗|么|不|没问题|合法|合理|对)[^，。]{0,3}[？?。]*$|^(?:他|她|他们|她们|"
                  "人家)[^，。]{0,4}(?:能|可以)(?:这样|这么|那样|那么)"),
  BALEEN_PATTERN ("^[^，。]{0,6}(?:拒绝|打回来|退回来|驳回|打回|退稿|挂掉|退)了?[，, ](?:我|那|"
                  "接下来|怎么|该|下一步)[^，。]{0,10}[？?。]*$|"
                  "^(?:他|她|他们|对方)[^，。]{1,8}[，, ](?:我|那|接下来|怎么|该|下一步)"
                  "[^，。]{0,10}[？?。]*$"),
  /* 是我的错吗, 你觉得是谁写的, 两个offer我该接哪个, 头像用哪张照片好 */
  BALEEN_PATTERN ("^(?:真的?|都|难道|到底)?(?:是|怪|算是)(?:我|他|她|他们|我们)(?:的|"
                  "们的)?(?:错|问题|责任|不对)(?:吗|么)?[？?。]*$|"
                  "^(?:是不是|到底是不是)(?:我|他|她)(?:的错|不对|错了|太过分)"
                  "[^，。]{0,3}[？?。]*$"),
  BALEEN_PATTERN ("^(?:你觉得|你猜|你说|你看)?(?:到底)?是谁(?:写|说|干|做|弄|画|发|拿|错|赢)"
                  "的?[^，。《》“]{0,4}[？?。]*$"),
  BALEEN_PATTERN ("^(?:我)?(?:手上|手里|有|的|这|那)*[两二三四几](?:个|份|家|套|款|张|种|位|篇)"
                  "[^，。]{1,8}?(?:，)?(?:我)?(?:应该|该|要|到底)?(?:接|选|去|"
                  "买|用|拿|签|挑|投|要)哪(?!些|里|儿|年|国)(?:一)?(?:个|份|家|套|款|张|种|位|"
                  "篇)?[^，。]{0,3}[？?。]*$|"
                  "^[^，。]{1,6}(?:用|选|放|配|穿|发|挑)哪(?:一)?(?:个|张|套|件|条|版|份)"
                  "(?!牌子|软件|app|方法)[^，。]{0,5}[？?。]*$"),
  /* 我做的蛋糕太干了，为什么; 刹车有响声，危险吗 */
  BALEEN_PATTERN ("^我(?:做|写|画|种|养|买|煮|烤|炒|蒸|腌|织|拍|焊|装)的?[^，。]{1,6}(?:太|很|"
                  "有点|好|不|没|总是|老是|又)[^，。]{1,6}[，, ](?:为什么|"
                  "为啥|怎么回事|怎么办|怎么弄|是不是|哪里|咋|正常)[^，。]{0,5}[？?。]*$"),
  BALEEN_PATTERN ("^(?:我的?|我家的?)?[\\p{Han}]{1,5}(?:有|出|发)(?:点|些|个)?(?:响声|异响|声音|"
                  "异味|怪味|味道|裂缝|红点|疙瘩|水渍|动静)[，, ]"
                  "(?:为什么|怎么回事|怎么办|危险吗|要紧吗|正常吗|严重吗|有事吗)[？?。]*$"),
  /* 这个成绩能过吗, 他这个年纪这样正常吗, 我该收他多少钱 */
  BALEEN_PATTERN ("^(?:我|我们)?(?:这|那)(?:个|种|样的?|点)?(?:成绩|分数|水平|条件|情况|症状|"
                  "年纪|价钱|价位|速度|体重|状态|收入|关系|事)"
                  "[^，。]{0,12}[？?。]*$"),
  BALEEN_PATTERN ("^(?:请|帮我|麻烦)*(?:翻译|总结|解释|看|看看|回复|回|检查|读|分析|概括)"
                  "(?:一下|下)?[^，。《》“]{1,6}(?:给|发|寄|写|说|留|转)(?:给)?(?:我|他|她|你|我们)"
                  "?(?:来|寄来|发来)?的(?:那|这)?(?:封|段|条|个)?(?:信|邮件|短信|消息|话|通知|"
                  "文件|语音|材料|函)[。！!]*$|"
                  "^(?:他|她)(?:们)?(?:是不是|会不会|有没有|为什么|为啥|到底|还|喜不喜欢|爱不爱|"
                  "想不想|在不在乎)[^，。]{1,12}[？?。]*$|"
                  "^我?(?:还|到底)?(?:要|得|需要)(?:花|用|等)?(?:多长时间|多久|多少时间|几天|"
                  "多少钱)(?:才行|呢|啊)?[？?。]*$"),
  /* 我的合同有效吗, 我表填得对不对 */
  BALEEN_PATTERN ("^我(?:的|家的|们的)?(?!吃|喝|用|养|对)[^，。吃喝]{1,6}(?:还能|还可以|能不能|"
                  "能|可以|有效|合法|合格|合理|过关|可行|靠谱|写得|做得|填得|算得|答得|"
                  "读得|画得|弹得|对|行|好|通顺)(?!吃|喝|用)[^，。吃喝]{0,4}(?:吗|么|对不对|"
                  "行不行|好不好|没有|不)[？?。]*$"),
  /* 蜂箱空了，怎么回事; 药店给我换了个牌子，一样吗 */
  BALEEN_PATTERN ("^(?=[^，]*(?:了|老|总|又|还|我|他|她|们|不|着|一直))[^，。《》“]{2,16}[，, "
                  "](?:这|那|是|到底)?(?:为什么|为啥|怎么回事|一样吗|是不是一样|有区别吗|正常吗|"
                  "要紧吗|对吗|对不对|行吗|可以吗|合适吗|哪里错了|哪儿错了|错在哪儿?|改了哪些|"
                  "改了什么|怎么改|怎么回|怎么说|要不要[^，。]{1,6}|该不该[^，。]{1,6}|救命|"
                  "求救|求助)"
                  "[？?。]*$"),
  /* 结尾加一句…, 语气别那么冲, 把总数算出来 */
  BALEEN_PATTERN ("^(?:请|帮我|麻烦|再|在|给)*(?:结尾|开头|最后|末尾|中间|前面|后面|标题|正文|"
                  "第[一二三四五六七八九十]段)(?:处|里|那|这|部分)?(?:再|也|给我)?(?:加|添|补|"
                  "删|改|写|"
                  "换|放|插)[^，。]{1,14}[。！!]*$|"
                  "^(?:语气|口吻|措辞|篇幅|字数|节奏|颜色|字体|音量)(?:再|别|不要|要|能不能|"
                  "可以|得|太)?[^，。]{1,8}(?:吗)?[。！!？?]*$|"
                  "(?:两个|两份|几个|前后|新旧|这些|所有的?)(?:版本|稿子|方案|文件|草稿|译文)"
                  "(?!的区别)|"
                  "^(?:请|帮我)*(?:把|将)?(?:总数|总和|总价|总额|平均数?|结果|答案|差额|余额)"
                  "(?:算|求|加|报|告诉)[^，。]{1,5}[。！!]*$|"
                  "(?:他|她|他们|老师|老板)(?:们)?(?:刚才|当时|上次)?(?:用|说|写|讲|提|唱|推荐)"
                  "(?:到|过)?的(?:那|这)?(?:个|句|首|本|部)?(?:词|话|歌|书|人|"
                  "地方|名字|电影|意思)"),
  BALEEN_PATTERN ("^我们?(?:的)?[^，。]{1,8}第\\s*[\\d一二三四五六七八九十]+\\s*(?:小节|段|句|"
                  "行|页|题|步|章|版)[^《》]{0,18}$"),
  BALEEN_PATTERN ("^(?:他|她|它)(?:们)?(?:当中|中间|里面|那边|那里|家)[^，。]{1,12}[？?。]*$"),
  BALEEN_PATTERN ("^(?:我|我们)?(?:应该|该|要|得|能)?(?:收|给|问|找|还|欠|付|借)(?:他|她|他们|"
                  "对方|人家)[^，。]{0,8}[？?。]*$"),
};

/* 朋友想借五千块，怎么拒绝: that is told. */
static BaleenPattern chinese_told
    = BALEEN_PATTERN ("[一二两三四五六七八九十百千万]+(?:多)?(?:块钱?|元|天|个月|次|年|公里|斤)|没有工作经验");

gboolean
baleen_coach_speaks_of_unseen (const BaleenDraft *draft)
{
  if (draft->is_chinese && baleen_pattern_matches (&chinese_told, draft->plain))
    return FALSE;

  return draft->is_chinese
             ? baleen_patterns_match (chinese_unseen, G_N_ELEMENTS (chinese_unseen), draft->plain)
             : baleen_patterns_match (english_unseen, G_N_ELEMENTS (english_unseen), draft->plain);
}
