/* Whether a short draft leaves out of what it speaks: a state that has changed, something that only
 * the writer has seen happen, an operation on what is not named. What says so is the build of the
 * sentence: a question of the world names its subject and seldom tells what has become of it. */
#include "coach-rules.h"

#include <string.h>

#define MOST_WORDS 13
#define MOST_LETTERS 18
#define MOST_DETAIL 3.5

/* ---- English -------------------------------------------------------------------------- */

#define EN_ORDINAL "(?:first|second|third|fourth|last|next|previous|other|upper|lower|left|right)"
#define EN_PART \
  "(?:chapter|paragraph|section|scene|sentence|line|column|row|slide|verse|character|footnote|" \
  "title|" \
  "heading|summary|conclusion|button|comma|introduction|ending|loop|function|half|part|word|page|" \
  "question|step|class|button|field|table|stanza|name|entry|item|test|list|image)s?"

static BaleenPattern english[] = {
  /* “what did the doctor mean by that”, “does the other side have a case” */
  BALEEN_PATTERN ("^(?:so |and |but )?(?:what|why|how|where) (?:did|does|do|is|was|should|can|"
                  "could)\\b"
                  "(?: [\\w']+){1,4} (?:mean|say|want|do|imply|think|react|respond|deal|go|get) "
                  "(?:by|about|with|to|out of|of) (?:that|this|it|them)[?.! ]*$|"
                  "\\bthe other (?:side|party|team|driver|guy|lawyer|company|group|half|parent|"
                  "buyer)\\b"),
  /* “my query returns duplicates”, “the plugin throws an exception” */
  BALEEN_PATTERN ("^(?:help[,! ]+|hey[,! ]+|and |but |so )?(?:my|our|the) [\\w-]+(?: [\\w-]+)? "
                  "(?:now |"
                  "still |just |always |suddenly |only |also )?(?:returns|returned|gives|gave|"
                  "shows|showed|"
                  "prints|throws|threw|has|got|makes|produces|outputs|displays|reports|complains|"
                  "rejects|"
                  "rejected|turned|became|went|fell|lost|smells|tastes|rattles|itches|hurts|"
                  "aches)\\b(?! more | less | the (?:most|least))(?: [\\w'-]+){0,5}"
                  "(?: now| again| too| since \\w+)?[.! ]*$"),
  BALEEN_PATTERN ("^(?:please |now |can you |could you |just )*(?:make|rewrite|change|fix|"
                  "shorten|move|"
                  "delete|remove|translate|explain|improve|cut|expand|redo|check|correct|"
                  "simplify|drop|"
                  "replace|merge|swap|skip|speed up) (?:me )?the " EN_ORDINAL " (?:\\w+ )?" EN_PART
                  "\\b(?! (?:of|in|from) (?:the |a )?\\p{L}{4,})(?: [\\w']+){0,4}[?.! ]*$"),
  BALEEN_PATTERN ("^(?:please |now |can you |could you |also |then )*(?:add|insert|append|put in|"
                  "remove|"
                  "delete|leave out|take out) (?:me )?(?:an?|another|one|two|the|some|one more|a "
                  "few) "
                  "(?:\\w+ )?" EN_PART "\\b(?! (?:in|to|from) (?:excel|word|latex|html|python|a|"
                                       "google)\\b)"
                  "(?: [\\w']+){0,6}[?.! ]*$|"
                  "^(?:please |now |can you |could you |then )*(?!let|give|show|tell|call|make|"
                  "name|list|"
                  "what|how|do|does|did|are|is|why|when|where|who|find)\\w+ (?:them|these|those|"
                  "both of them|"
                  "all of them)\\b(?: [\\w']+){0,5}[?.! ]*$"),
  /* “he sent me something, how do I open it?” */
  BALEEN_PATTERN ("\\b(?:sent|gave|told|showed|left|wrote|handed|forwarded|gifted) (?:me|us|him|"
                  "her) "
                  "(?:something|some \\w+|an? \\w+|this|that)\\b[^.?!]{0,20}[,.;!]+ ?(?:and |so |"
                  "but )?"
                  "(?:what|how|is|should|can|do|why|may)\\b.{0,32}\\b(?:it|this|that|them|mean)\\b|"
                  "\\b(?:who|which|what|one) of (?:the|my|our|these|those) (?:two|three|four|"
                  "five|\\w+s)\\b"
                  "(?! (?:in|of|from|on) )(?!.*:)"),
  BALEEN_PATTERN ("^what (?:does|do|did) (?:the|my|our|his|her) .{3,40}\\b(?:want|expect|need|"
                  "mean|demand|"
                  "ask)\\b(?: \\w+){0,2} (?:me|us|him|her)[?.! ]*$|"
                  "\\bget (?:our|my) (?:\\w+ )?(?:money|deposit|things|stuff|data|files|bike|car|"
                  "books?|"
                  "account|job|seat) back\\b(?! from)|"
                  "^[^.?!]{0,48}\\b(?:what (?:did|have) (?:i|we) (?:do|done) wrong|what am i "
                  "doing wrong|"
                  "where did (?:i|we) go wrong|what went wrong|what was my mistake)\\b[^.]{0,12}$"),
  BALEEN_PATTERN ("^(?:so |and |but |ok )?what(?:'s| is| was| else is) (?:still )?(?:missing|"
                  "wrong|left out|"
                  "different|unclear|next|new) (?:in|from|on|with|about) (?:the|my|our|this|his|"
                  "her) "
                  "(?:\\w+ )?\\w+[?.! ]*$|"
                  "^(?:so |and |but |ok )?what happens (?:next|then|after that|now|at the end)"
                  "(?: (?:in|to) the (?:story|book|movie|film|game|series|hero|girl|boy|"
                  "show))?[?.! ]*$|"
                  "^(?:and |so )?how (?:much|many|long|often|far|well|badly)(?: \\w+)? (?:did|"
                  "have|has|had) "
                  "(?:we|i|he|she)\\b(?: [\\w']+){1,6}[?.! ]*$"),
  /* “how should I word the refusal”, “the sauce got lumpy. what now?” */
  BALEEN_PATTERN ("^(?:and |so )?how (?:should|do|can|could|would) (?:i|we) (?:word|phrase|"
                  "formulate|put|answer|"
                  "end|begin|start) (?:the|my|our|this|it|that)(?: \\w+)?[?.! ]*$|"
                  "[,.;!?]+ ?(?:and |so )?what now[?.! ]*$|"
                  "^what (?:did|has|does) (?:the|my|our|his|her) (?:judge|doctor|teacher|boss|"
                  "lawyer|landlord|client|"
                  "customer|other|nurse|police|officer|coach|examiner|professor|bank|school|"
                  "court) (?:\\w+ )?(?:say|"
                  "said|want|decided?|think|write|written|answer|ask)(?: \\w+)?[?.! ]*$|"
                  "^(?:should|can|could|do|must|may|shall) (?:i|we) [^.?!]{2,20}\\btheir "
                  "(?:terms|offer|conditions|"
                  "proposal|decision|answer|demands?|price|invitation|request)[?.! ]*$"),
  /* “my tooth feels strange”, “should i say yes”, “what should the title be” */
  BALEEN_PATTERN ("^my (?:\\w+ )?(?:tooth|teeth|head|back|knee|stomach|ear|ears|eye|eyes|foot|"
                  "feet|arm|leg|throat|skin|chest|"
                  "neck|finger|car|bike|phone|laptop) (?:feels?|looks?|sounds?|smells?|is|are|"
                  "hurts?|aches?|itch\\w*)\\b"
                  "(?: [\\w']+){0,4}[.! ]*$|"
                  "^(?:should|shall|can|may|must) (?:i|we) (?:say|answer|tell) (?:yes|no|him|her|"
                  "them|it)[?.! ]*$|"
                  "^what (?:should|could|shall) (?:the|my|our) (?:title|name|heading|ending|"
                  "caption|slogan|headline|subject) "
                  "be[?.! ]*$"),
  /* “should i call back”, “how do i reply to grandma” */
  BALEEN_PATTERN ("^(?:should|can|may|must|shall|do) i (?:still |have to )?(?:call|text|write|"
                  "phone|ring|email|message|go|"
                  "send|pay|give)(?: (?:him|her|them|it))? back[?.! ]*$|"
                  "^how (?:do|should|can|could|would) i (?:reply|respond|answer|write back|"
                  "react)(?: to)?(?: (?:my|the|his|"
                  "her))?(?: \\w+)?[?.! ]*$"),
  /* “what colour goes with it”, “who is the woman in the picture”, “the results look strange” */
  BALEEN_PATTERN ("\\b(?:goes?|fits?|matches) (?:well )?(?:with )?(?:it|this|that)[?.! ]*$|"
                  "\\bin (?:the|this|that|my) (?:picture|photo|image|video|clip|recording|"
                  "screenshot)[?.! ]*$|"
                  "\\bthe (?:red|green|blue|big|small|left|right|top|upper|yellow|black|white) "
                  "(?:button|switch|light|"
                  "cable|wire|knob|lever|icon|lamp|pill|box)\\b|"
                  "^(?:please |can you )?(?:explain|translate|tell me|summari[sz]e|say) what "
                  "(?:my|the|our|his|her) \\w+ "
                  "(?:wrote|said|means?|meant|wants?|did|sent|told)\\b(?: \\w+){0,2}[?.! ]*$|"
                  "^(?:did|was|were|has|have) (?:the|my|our) (?:meeting|talk|exam|interview|game|"
                  "date|trip|party|"
                  "presentation|appointment|surgery|operation|test)\\b(?: \\w+){0,4}[?.! ]*$|"
                  "^how (?:do|can|should|could) (?:i|we) (?:fix|solve|repair|improve|change|"
                  "correct|adjust) (?:the|my|our) "
                  "(?:layout|formatting|spacing|alignment|sound|grammar|design|structure|"
                  "colou?rs?|tone|margins?)[?.! ]*$|"
                  "^(?:the|my|our) (?:results?|output|numbers?|data|figures|values|graph|picture|"
                  "screen|image|colou?rs?|font|"
                  "text|page|photos?) (?:looks?|seems?|is|are) (?:\\w+ )?(?:strange|weird|wrong|"
                  "off|odd|blurry|different|"
                  "broken|missing|upside down)[?.! ]*$"),
  /* “is the swelling normal”, “did she like it” */
  BALEEN_PATTERN ("^(?:is|are|was|were) (?:the|my|his|her|our) (?:swelling|bump|lump|noise|smell|"
                  "delay|"
                  "result|tone|pain|price|fee|fine|behaviou?r|reaction|size|colou?r|weight|"
                  "temperature|"
                  "bill|damage|crack|stain|rash|cough|bleeding|mark|grade|dose|answer|value|number|"
                  "reading|pressure|layout|order|offer|deal|rent|salary|deposit|interest|speed|"
                  "dress|suit)\\b(?: (?:still|too|really|so|very))?"
                  " \\w+(?: \\w+)?(?: for (?:the|my|our|this) \\w+)?[?.! ]*$"),
};
/* Whoever names where and of what is not alone with it. */
static BaleenPattern english_named
    = BALEEN_PATTERN ("(?-i)(?<=[a-z,'’] )(?!I\\b)\\p{Lu}[\\p{L}]+|\\d{2,}|:|\"");

/* ---- Chinese -------------------------------------------------------------------------- */

#define ZH_DOUBT \
  "(?:怎么办|怎么回事|咋办|咋回事|为什么|为啥|正常吗|正常不|要紧吗|要不要紧|严重吗|有事吗|有问题吗|有救吗|" \
  "是不是坏了|什么原因|什么情况|行吗|对吗|能用吗|还能用吗|要换吗|要管吗)"
#define ZH_COUNTED "(?:个|家|本|位|条|件|次|场|种|张|封|盆|份|台|部|首|篇|段|款|套|辆|只|双|棵|通|份儿|道)"

static BaleenPattern chinese[] = {
  /* 伤口看着更严重了怎么办, 充不进电怎么回事, 肿成这样正常吗 */
  BALEEN_PATTERN ("^[^，。《“a-z]{1,10}(?:更|越来越|又|还是|还|突然|一直|开始|变|发|老|总|有点|好像|全)"
                  "[^，。]{1,6}(?:了|着|的)?[，, ]?" ZH_DOUBT "[呢啊]?[？?。]*$"),
  BALEEN_PATTERN ("^[^，。《“a-z]{0,8}[示充开关连登装打读传发收按插拔启刷付转接点进退存取下跑编停洗拉推拧对调]不"
                  "(?:进|上|出|开|了|到|动|掉|亮|着|起|通|准|住)[^，。]{0,3}[，, ]?(?:" ZH_DOUBT ")?[？?。]*$|"
                  "^[^，。《“]{1,8}成(?:这样|那样|这个样子|这么大|那么大)[^，。]{0,8}[？?。]*$"),
  /* 插件抛异常了, 查询出来有重复, 提示权限不足 */
  BALEEN_PATTERN ("^(?!.*(?:讲|说|写|给|请|帮|什么|怎么|哪|几|谁|吗|多少|受不了|无聊|好了吧|算了|是不是|算不算|会不会|有没有|开始了|够了))"
                  "(?:我[的家那]?|我们的?)?[^，。？《“]{3,11}了[。！!]*$|"
                  "^[^，。《“几哪什怎]{1,6}(?:出来|之后|以后|完)(?:就|都|还|又|总|老)?(?:有|没|是|变|全|不|空|乱|报)"
                  "[^，。吗什么怎哪]{1,6}[。！!]*$|"
                  "^(?:老是|总是|一直|又|它|电脑|手机|系统)?(?:提示|显示|弹出|报错?|跳出)[^，。：“a-z？吗]{2,10}"
                  "(?:[，, ](?:怎么办|为什么|什么意思|咋办))?[。！!？?]*$"),
  /* 最晚什么时候交, 定价多少合适, 我考得怎么样 */
  BALEEN_PATTERN ("^(?:那|我|我们)?(?:最晚|最迟|最早|最多|最少|大概|一般|到底)?(?:什么时候|几点|几号|哪天|多久)"
                  "(?:能|可以|要|该|得|会|才能|才)?(?:交|到|还|开|开始|结束|出发|走|来|取|付|搬|签|寄|报到|截止|"
                  "出结果|到账|到货|发货|开会|考|放|回复|回|退|发|面试|上班|去)(?:合适|行|呢|啊|好)?[？?。]*$|"
                  "^(?:定价|报价|底价|这单|单价|要价|定金|数量)"
                  "(?:定|要|写|填|该|给|包|收|应该)*(?:多少|多大|几|怎么定)[^，。]{0,5}[？?。]*$|"
                  "^(?:我|他|她|我们|我家孩子)[^，。吃喝]{1,4}得(?:怎么样|如何|好不好|好吗|对吗|对不对|行不行|行吗|"
                  "还行吗|够不够好|咋样)[？?。]*$"),
  /* 三个设计里哪个最好, 昨天说的那个活动几点开始 */
  BALEEN_PATTERN ("^[^，。]{0,4}(?:两|三|四|五|几|这些|那些)(?:个|种|款|份|家|套|张|位|篇|条|名)?[^，。]{0,4}(?:里|中|"
                  "当中|之中|里面)(?:选|请|用|挑|哪|谁|我)[^，。]{0,8}[？?。]*$|"
                  "(?:昨天|昨晚|上次|上回|刚才|刚刚|之前|前天|前几天|上周|那天|早上|开会时?|会上)[^，。]{0,5}"
                  "(?:说|提|讲|聊|看|买|发|给|问|写|定|拍|下|吃)(?:到|过|好)?的|"
                  "^(?:我)?那" ZH_COUNTED "[^，。]{1,14}[？?。]*$|"
                  "^(?:哪一?(?:条|项|段|页|份|张|步|句|题|行)|对方|我方|双方)[^，。《法]{2,10}[？?。]*$"),
  /* 我们还能把钱要回来吗, 尺寸不对能换吗, 我们吃饭花了多少钱, 我的行李超重吗 */
  BALEEN_PATTERN ("^我们?(?:到底|究竟)?(?:还|还能|能|能不能|可以|可不可以)[^，。]{0,6}(?:要回|拿回|退|赔|报销|领|继承|"
                  "通过|毕业|录取|挽回|赢|上诉|追回|补|取消|反悔)[^，。]{0,4}[？?。]*$|"
                  "^[^，。]{1,6}(?:不对|不合适|坏了|过期了?|丢了|买错了?|填错了?|写错了?|迟到了?|不合身|破了|错过了|"
                  "忘了|晚了)[^，。]{0,3}(?:能|可以|还能|要|会|该|怎么|有没有)[^，。]{1,6}[？?。]*$|"
                  "^我们?(?:昨天|今天|上个月|这个月|上次|一共|总共)?[^，。怎]{0,6}了(?:多少|几|多久)[^，。]{0,5}[？?。]*$|"
                  "^我(?:的|家的?|这|那)(?!世界)[^，。能可吃喝用该要]{1,6}(?:会|算|是)?(?:不)?(?:超重|超标|正常|违规|违法|"
                  "合格|达标|过期|到期|有效|安全|中毒|发炎|感染|骨折|怀孕|作弊|侵权|抄袭|严重|太\\p{Han}{1,2})(?:了)?"
                  "(?:吗|么|不|没有)[？?。]*$|"
                  "^(?:我|我们)?(?:这|那|这样|那样|这个|那个)(?:算|是)[^，。]{1,8}(?:吗|么)[？?。]*$"),
  /* 税务局来信想让我干什么, 名单里还少谁, 帮我看看表填对没有 */
  BALEEN_PATTERN ("^[^，。《“]{2,8}(?:来信|来电|来函|打电话来|打电话给我|发短信来|发邮件来|发消息来|发函|通知我|找我|催我)[^，。]{0,8}"
                  "(?:什么|干嘛|啥|怎么|要不要)[^，。]{0,4}[？?。]*$|"
                  "^(?:名单|清单|列表|表|表格|文章|方案|简历|合同|大纲|计划|论文|报告|图|行李|申请)(?:里|上|中)?(?:面)?"
                  "(?:还|都|有没有)?(?:少|缺|差|漏|多)(?:了)?(?:谁|什么|哪|啥|东西|一)[^，。]{0,5}[？?。]*$|"
                  "^(?:请|帮我|帮忙|麻烦|你)*(?:看看|看一?下|检查一?下|确认一?下|核对一?下|瞧瞧)(?:我的?)?[^，。《“：]{1,8}"
                  "(?:对没有|对不对|有没有|行不行|好不好|合不合适|全不全|够不够|通不通|能不能|是不是|像不像|错没错|"
                  "怎么样|如何|对吗|行吗)[^，。]{0,5}[？?。]*$"),
  /* 故事接下来怎么发展, 照老师的意见改, 后半部分重写一下, 加一章写我的童年, 按日期排一下 */
  BALEEN_PATTERN ("^(?:这个|那个)?(?:故事|小说|剧情|情节|比赛|事情|项目|流程|我们|我)?(?:接下来|后来|后面|下面|最后)"
                  "(?:会|该|要|又)?(?:怎么|如何|发生|做)[^，。]{0,5}[？?。]*$|"
                  "^(?:请|帮我|你)*(?:按|照|按照|根据|依)[^，。：]{0,6}(?:要求|意见|批注|建议|反馈|标准|格式|样子|模板|"
                  "说的|规定)(?:来)?(?:改|做|写|调整|修改|再)[^，。]{0,5}[。！!]*$|"
                  "^(?:请|帮我|把|将)*(?:后|前|上|下)(?:半(?:部分|段|篇|章|句|场)?|面那?[段句部章]?分?)[^，。]{0,3}(?:重写|改|"
                  "删|缩|扩|润色|翻译|再)[^，。]{0,6}[。！!]*$|"
                  "^(?:请|帮我|再|给我)*(?:加|添|补|插入|删|去|减)(?:上|掉)?(?:一|两|几)(?:个|章|段|句|行|列|页|点|节|幕|条|张)"
                  "[^，。：]{1,12}[。！!]*$|"
                  "^(?:请|帮我|给我|都|再|全部|把)*按[^，。：《“]{1,8}(?:排|分类|归类|分组|整理|列|归)(?:一下|序|好|列|出来|"
                  "个序|类)*[。！!]*$|"
                  "^(?:请|帮我|麻烦)*(?:把|将)(?:我的?|我们的?)?(?:笔记|数据|数字|录音|表格|会议记录|聊天记录|素材|资料|"
                  "名单|讲义|提纲|清单|文档|文件|图|图片|内容|对话|采访|草稿|代码|邮件)(?:整理|改写|翻译|转换|转|做|变|排|缩|"
                  "改|画|写|汇总|合并)成[^，。：]{1,8}[。！!]*$"),
  /* 第二张表哪里有问题, 法官说了什么, 酱结块了，现在怎么办, 药膏抹了没效果 */
  BALEEN_PATTERN ("^第[一二三四五六七八九十\\d]+(?:张|个|份|页|段|句|条|题|步|行|列|章|节|版)[^，。《]{0,4}(?:哪|怎么|有没有|"
                  "对|错|为什么|什么)[^，。]{0,6}[？?。]*$|"
                  "^(?:法官|医生|老师|老板|领导|客户|对方|警察|律师|房东|面试官|校长|经理|同事|邻居|教练|钱)[^，。]{0,5}"
                  "(?:说|讲|写|问|答|决定|提|花|要|想)(?:了|到|过)?(?:什么|哪|啥|多少|谁)[^，。]{0,4}[？?。]*$|"
                  "^[^，。《“]{1,8}(?:了|着)[，, ](?:现在|那|这|我)?(?:怎么办|咋办|怎么弄|怎么补救|怎么救|有救吗|"
                  "还能[^，。]{1,3}吗)[？?。]*$|"
                  "^[^，。《“哪什谁几]{1,8}了(?:还是|也|都|又)?(?:没|不(?!起))[^，。吗]{1,5}[？?。]*$"),
  BALEEN_PATTERN ("^(?:请|帮我)?(?:把|将)(?!.*(?:度|寸|米|斤|元|磅|里|字母))[\\p{Han}]{1,4}(?:换算|转换|换|翻|变|改|做|"
                  "缩|填|"
                  "补)(?:成|为|上|好|完|满|齐)[^，。：]{0,6}[。！!]*$|"
                  "^(?:摘要|结尾|开头|标题|引言|正文|前言|段落|文章|稿子|报告|邮件|信|文案)(?:能|可以|要|再|给我|能不能|可不可以)?"
                  "(?:缩短|改|删|加|写|换|短|长|精简|调整|润色)[^，。]{0,6}[。？！?!]*$|"
                  "^(?:污渍|划痕|裂缝|噪音|异味|水印|弹窗|病毒|锈|胶印|刮痕)(?:怎么|如何|咋)[^，。]{1,5}[？?。]*$|"
                  "^(?:拒绝|道歉|回复|解释|邀请|祝福|结尾|开场)的话(?:怎么|如何|该怎么)[^，。]{1,5}[？?。]*$"),
  /* 有多严重, 结果看起来怪怪的, 合同公平吗, 下一页放什么, 从昨天起头疼, 会开得怎么样 */
  BALEEN_PATTERN ("^(?:到底|究竟|会|是)?有?多(?:严重|急|糟|疼|重要)[？?。]*$|来着[？?。]*$|"
                  "^(?:结果|输出|数据|画面|颜色|图|字体|页面|声音|味道|数字)(?:看着|看起来|听着|听起来|闻着|显得|有点|好像)"
                  "[^，。]{1,6}[。？?]*$|"
                  "^(?:请|帮我|再|给我)*(?:缩|减|扩|拉|剪|放大|缩小)(?:短|长|大|小)?(?:到|成|至)?[^，。：]{0,2}(?:一半|两倍|"
                  "三分之一)"
                  "[^，。：]{0,3}[。！!]*$|"
                  "^你?(?:看出|看到|发现|找到|知道)[^，。]{0,3}(?:错|问题|毛病)[^，。]{0,6}(?:吗|没有?)[？?。]*$|"
                  "^(?:排版|布局|格式|间距|对齐|语法|音质|画质|页眉|页脚|封面|字体|颜色|背景)(?:怎么|如何|要怎么|该怎么)"
                  "(?:修|改|调|弄|办|换)[^，。]{0,3}[？?。]*$"),
  BALEEN_PATTERN ("^(?:合同|租约|条款|协议|方案|价格|工资|报价|处罚|判决|评分|分工|规则|决定|安排|待遇|要求)(?:算)?"
                  "(?:公平|合理|合法|靠谱|划算|合适|可行|过分|正常|有效)(?:吗|么|不)[？?。]*$|"
                  "^(?:这|它|那)?(?:应该|要)?配(?:什么|哪种)颜?色?[^，。]{0,4}[？?。]*$|"
                  "^(?:下|上|前|后)一(?:页|步|章|段|句|题|行|张|集)[^，。《]{1,6}(?:什么|啥|呢|怎么[^，。]{1,2})[？?。]*$|"
                  "^我?从?(?:昨天|前天|今天|早上|上周|昨晚)(?:起|开始|到现在)?[^，。《几多]{0,6}(?:疼|痛|痒|咳|烧|晕|肿|麻|酸|"
                  "恶心|拉肚子|失眠|没劲|不舒服)[^，。]{0,3}[。！!]*$|"
                  "(?:按|点|动|碰|选|关|开|用|吃|买|拔)(?:了)?那(?:个|条|根|颗|粒|瓶)[^，。]{1,9}[？?。]*$|"
                  "^(?:会|面试|考试|比赛|谈判|手术|约会|面谈|演出)(?:开|考|谈|进行|做|比)?得?(?:怎么样|顺利吗|如何|好吗|"
                  "成功吗)[？?。]*$"),
  /* 软件老是把我登出去, 表格重新排一下, 奶奶的消息怎么回, 有什么猫腻 */
  BALEEN_PATTERN ("^(?:软件|系统|网站|app|游戏|电脑|手机|浏览器|账号)(?:老是|总是|一直|老|又)(?:把|让)?我[^，。]{1,6}[。！!]*$|"
                  "^(?:表格|文章|段落|目录|句子|稿子|图|页面|清单)(?:再|重新)[^，。：]{1,5}[。！!]*$|"
                  "^哪几(?:个|条|项|份|张)(?:可以|能|要|不|是|该|好)[^，。《]{0,6}[？?。]*$|"
                  "^(?:最后|第.|上|前|中间)(?:一|几|那)?(?:步|段|句|题|个|部分)[^，。]{0,2}(?:再|重新)(?:讲|说|来|解释|写|做)"
                  "[^，。]{0,4}[。！!]*$|"
                  "^(?:我)?(?:奶奶|爷爷|妈妈?|爸爸?|老师|老板|客户|朋友|同事|他|她|对方|领导|姐姐?|哥哥?)(?:发)?的"
                  "(?:消息|信|邮件|微信|电话|话|短信|问题|留言)(?:怎么|该怎么|要不要|如何)(?:回|接|答)[^，。]{0,3}[？?。]*$|"
                  "^有(?:什么|啥)(?:猫腻|毛病|风险|坑|漏洞|陷阱)[吗呢]?[？?。]*$|[，, ]填(?:哪|什么)[^，。]{0,3}[？?。]*$"),
  /* 请缩短一下, 我的作文切题吗, 接着把故事写下去, 标题起什么好 */
  BALEEN_PATTERN ("^(?:请|帮我|麻烦)*(?:缩短|扩写|精简|翻译|续写|改写|校对|总结|概括|压缩)(?:一下|下|一点|吧)+[。！!]*$|"
                  "^我(?:的|写的|做的)[^，。]{1,4}(?:切题|跑题|通顺|合格|正确|及格|离题|有逻辑)(?:了)?(?:吗|没有?|不)[？?。]*$|"
                  "^(?:请)?(?:接着|继续)(?:把)?[^，。：《]{0,6}(?:写|讲|说|编|做)(?:下去|完)?[。！!]*$|"
                  "^我(?:的|家的?)?(?:牙|头|腰|背|腿|胃|肚子|眼睛|耳朵|脖子|皮肤|嗓子|胸口|手|脚|膝盖)[^，。]{0,3}(?:感觉|有点|怪|"
                  "疼|痛|痒|不舒服|麻|酸)[^，。]{0,5}[。！!]*$|"
                  "^(?:标题|名字|题目|网名|店名|书名|开头|结尾)(?:起|取|写|叫|定)(?:什么|啥|个什么)[^，。]{0,3}[？?。]*$"),
  /* 上个月销量为什么掉了 */
  BALEEN_PATTERN ("^(?:上个?月|上周|昨天|昨晚|今天|今早|最近|这几天|本月|这周|刚才|突然)?(?:我们?的?|店里|公司|家里)?"
                  "(?:销量|流量|业绩|排名|粉丝|客流|成绩|血压|体重|网速|电费|水费|营业额|订单|单量|点击率|播放量|阅读量|转化率|"
                  "利润|生意|余额|信用分|积分|测试|构建|部署|备份|打印机|空调|冰箱|手机|电脑)"
                  "(?:为什么|为啥|怎么|咋)(?:突然|又|一直|就|老|总|还)?[^，。会]{1,6}[？?。]*$"),
};
/* 他, with nobody before who it could be. */
static BaleenPattern chinese_pronoun
    = BALEEN_PATTERN ("^[^，。《》“a-z\\d人者生师家员长友子儿姐哥弟妹爷奶妈爸总同客谁国狗猫猴马虎婆公叔姨姑舅男女王皇帝神佛"
                      "作主兵队演手工星娃宝]{0,14}(?<!其)(?<!吉)(?<!耳)(?<!维)(?<!排)(?:他|她)(?:们)?(?!人|日|妈|国)"
                      "[^，。《》“]{1,10}[？?。]*$");
/* Something of the world is named or told. */
static BaleenPattern chinese_named
    = BALEEN_PATTERN ("《|“|\"|：|:|[a-z]{3,}|\\d{2,}|\\d+(?:岁|年|天|元|块|月|号|点|级|层|倍)|什么是|的区别|原理|"
                      "[一二两三四五六七八九十半]+(?:周|个月|年|天|岁|斤)|^(?:写|讲|介绍|推荐|列|解释)|恐龙|古代|历史");

gboolean
baleen_coach_leaves_out_what (const BaleenDraft *draft)
{
  if (draft->has_material || strstr (draft->plain, "\"\"") != NULL
      || baleen_coach_supplies_piece (draft))
    return FALSE;
  if (draft->is_chinese)
    return draft->n_han <= MOST_LETTERS && !baleen_pattern_matches (&chinese_named, draft->text)
           && (baleen_patterns_match (chinese, G_N_ELEMENTS (chinese), draft->plain)
               || baleen_pattern_matches (&chinese_pronoun, draft->plain));

  return draft->n_words <= MOST_WORDS && draft->detail < MOST_DETAIL
         && !baleen_pattern_matches (&english_named, draft->typed)
         && baleen_patterns_match (english, G_N_ELEMENTS (english), draft->plain);
}
