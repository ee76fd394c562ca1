/* Whether a draft holds nothing but asking and a subject as large as a shelf of books. The words
 * of asking are taken away from both ends; what is left must be the subject. */
#include "coach-rules.h"

#define MOST_WORDS 24
#define MOST_LETTERS 24

/* ---- English -------------------------------------------------------------------------- */

#define EN_SUBJECT \
  "(?:\\w*(?:ology|onomics|onomy|ography|osophy|matics|istics|onics|ysics|istry|iatry|nautics|" \
  "(?<!mechan)(?<!organ)(?<!metabol)ism)|" \
  "(?:\\w+ )?(?:history|culture|politics|literature|philosophy|mythology|cuisine|economy|science|" \
  "sciences|" \
  "studies|engineering|technology|technologies|medicine|law|music|art|arts|cinema|film|films|" \
  "architecture|" \
  "religion|society|war|wars|revolution|empire|era|industry|education|warming|intelligence|" \
  "learning|" \
  "computing|security|finance|market|markets|media|rights|health|programming|design|development)|" \
  "maths?|biochem|accounting|law|laws|medicine|nursing|teaching|coding|computers?|software|" \
  "hardware|" \
  "(?:the )?(?:internet|web|cloud|economy|universe|world|brain|body|human (?:body|brain|mind)|" \
  "mind|" \
  "ocean|sea|environment|" \
  "middle ages|renaissance|enlightenment|cold war|bible|quran|stock market|romans|greeks|vikings|" \
  "aztecs|government|" \
  "climate|earth|planets?|stars|weather|sun|moon|future|past|eu|us|usa|uk|un)|internet|" \
  "middle ages|renaissance|" \
  "world war (?:\\d|i+|one|two)|ww(?:1|2|i|ii)|ai|artificial intelligence|machine learning|" \
  "deep learning|neural networks|" \
  "data|databases|big data|blockchain|crypto(?:currency|currencies)?|bitcoin|robots?|robotics|" \
  "programming|python|java|javascript|c\\+\\+|linux|" \
  "finance|finances|investing|investments?|money|business|marketing|sales|management|leadership|" \
  "entrepreneurship|startups?|trading|" \
  "taxes|insurance|banking|economics|politics|democracy|government|religions?|god|spirituality|" \
  "meditation|yoga|" \
  "culture|art|arts|painting|drawing|music|literature|poetry|theater|theatre|film|movies|cinema|" \
  "dance|photography|fashion|design|" \
  "sports?|football|soccer|basketball|tennis|golf|fitness|health|healthy living|nutrition|food|" \
  "diets?|cooking|baking|wine|beer|coffee|tea|" \
  "travel|travell?ing|tourism|nature|animals?|dogs?|cats?|birds?|fish|insects?|horses?|whales|" \
  "sharks|plants?|trees|flowers|gardening|" \
  "farming|agriculture|dinosaurs?|space|universe|world|life|love|happiness|friendship|success|" \
  "relationships?|marriage|parenting|" \
  "children|family|feminism|racism|poverty|inequality|immigration|pollution|recycling|" \
  "sustainability|climate(?: change)?|energy|war|peace|" \
  "society|education|schools?|languages?|english|german|french|spanish|italian|chinese|japanese|" \
  "korean|russian|arabic|latin|" \
  "africa|asia|europe|america|australia|antarctica|china|japan|india|russia|germany|france|italy|" \
  "spain|brazil|canada|mexico|egypt|greece|" \
  "turkey|the united states|england|korea|" \
  "islam|christianity|judaism|evolution|relativity|quantum (?:physics|mechanics|computing)|" \
  "genetics|dna|cancer|diseases?|vitamins|" \
  "mental health|anxiety|depression|stress|sleep|dreams|memory|emotions|writing|reading|speaking|" \
  "communication|productivity|" \
  "electricity|magnetism|energy|physics|chemistry|biology|math|mathematics|statistics|calculus|" \
  "algebra|geometry|cars?|planes|trains|" \
  "video games|games|chess|magic|astronomy|astrology|philosophy|history|geography|science|" \
  "technology)"

#define EN_ASKING \
  "(?:please|can|could|would|will|you|i|we|us|me|to|know|tell|teach|explain|describe|discuss|" \
  "talk|write|give|show|need|want|" \
  "wanna|have|like|love|get|learn|understand|study|hear|see|find out|figure out|educate|inform|" \
  "introduce|walk|guide|take|lead|" \
  "through|about|on|of|into|in|with|regarding|concerning|for|an?|the|some|any|all|everything|" \
  "anything|something|more|bit|lot|little|" \
  "much|few|things?|stuff|facts?|details?|information|insights?|knowledge|background|material|" \
  "basics?|fundamentals?|essentials|introduction|intro|" \
  "overview|rundown|primer|crash course|summary|general|curious|interested|let's|tell us|lowdown|" \
  "full|complete|topic|subject|field|area|" \
  "concept|" \
  "essay|article|paper|report|speech|post|blog post|blog|text|presentation|lecture|what|what's|" \
  "whats|is|are|am|was|so|just|how|how's|" \
  "does|do|did|work|works|function|why|important|there|that|it|should|must|deal|whole|my (?:kid|" \
  "son|daughter|class) asks|actually|really|" \
  "simply|start|starting|started|begin|become|master|get better at|better at|good at|get good at|" \
  "and|story|then)"

static BaleenPattern english_large
    = BALEEN_PATTERN ("^(?!.*\\bhow (?:\\w+ ){1,3}(?:write|give|show|say|hear|see|get to|"
                      "take)\\b)(?:" EN_ASKING "[,;:]? +)*+(?<subject>" EN_SUBJECT ")(?:,? +"
                      EN_ASKING ")*[?.! ]*$");
/* The pattern above gives back nothing of its beginning, so a subject that is also a word of
 * asking needs the plain way. */
static BaleenPattern english_bare = BALEEN_PATTERN ("^(?:an? |the |about )?" EN_SUBJECT "[?.! ]*$");
/* To become somebody or to be better off, and nothing said of how far one is. */
static BaleenPattern english_aims[] = {
  BALEEN_PATTERN ("^(?:(?:tell|teach|show|explain)(?: to)? (?:me |us )?)?how (?:do|can|could|"
                  "should|to|does|2|would)(?: i| we| you| one| people| someone)?"
                  "(?: really| actually| ever)? (?:be|become|get|stay|feel|live|grow|"
                  "look) (?:an? |more |really |much |truly |happily |the )*"
                  "(?:healthy|healthier|fit|fitter|rich|richer|happy|happier|smart|smarter|"
                  "strong|stronger|better|thin|slim|famous|popular|organized|"
                  "motivated|confident|successful|productive|calm|wealthy|wise|creative|"
                  "independent|disciplined|better (?:person|life|self|student|"
                  "parent|leader|writer|speaker|man|woman|version of myself)|good (?:person|"
                  "parent|leader|writer|manager|student|friend)|life|longer|well|minimalist)"
                  "(?: life| in life| at life| in general| again| fast| quickly| person)?[?.! ]*$"),
  BALEEN_PATTERN ("^(?:(?:tell|teach|show)(?: me| us)? )?how (?:do|can|could|should|to|2)(?: i|"
                  " we| you| one| people)? (?:make|earn|get|manage) (?:more |some |good )?"
                  "(?:money|cash|friends|time|results|success)(?: online)?[?.! ]*$"),
  BALEEN_PATTERN ("^how (?:do|can|should|to|does)(?: i| we| you| one| people)? (?:live|lead|"
                  "have) (?:an? )?"
                  "(?:good|happy|full|meaningful|long|healthy|better|fulfilled|"
                  "successful) life[?.! ]*$|"
                  "^why is the world (?:the way it is|like (?:this|that|it is)|so \\w+)[?.! ]*$|"
                  "^(?:what (?:is|are) the |explain the |discuss the |the )(?:effects?|impacts?|"
                  "influence|role|"
                  "importance|consequences) of " EN_SUBJECT " (?:on|in|"
                  "for) (?:the )?" EN_SUBJECT "[?.! ]*$"),
  BALEEN_PATTERN ("^(?:what is|what's) the (?:meaning|purpose|point|secret|key) (?:of|"
                  "to) (?:life|everything|existence|success|happiness)[?.! ]*$"),
};

/* ---- Chinese -------------------------------------------------------------------------- */

#define ZH_SUBJECT \
  "(?:(?:世界|中国|欧洲|美国|日本|古代|近代|现代|西方|东方|当代|人类|全球|法国|德国|英国|俄罗斯|" \
  "印度|希腊|罗马|中世纪)?(?:历史|哲学|文化|政治|经济|文学|" \
  "艺术|音乐|社会|宗教|\\p{Han}{1,2}史(?!密斯|诗|料|记)|神话|建筑|电影|教育|法律|美食)|" \
  "人工智能|ai|机器学习|深度学习|神经网络|大模型|大数据|区块链|比特币|加密货币|币圈|编程|写代码|" \
  "python|java|计算机|电脑|互联网|网络|科技|科学|物理|化学|" \
  "生物|数学|统计|几何|代数|微积分|" \
  "金融|投资|理财|赚钱|股票|股市|基金|保险|银行|税务|会计|财务|房地产|商业|创业|营销|市场营销|" \
  "销售|管理|领导力|电商|" \
  "心理|心理健康|焦虑|抑郁|情绪|睡眠|梦|记忆|法律|法学|医学|中医|医疗|护理|营养|健康|养生|减肥|" \
  "健身|体育|运动|足球|篮球|网球|瑜伽|冥想|" \
  "做饭|烹饪|烘焙|美食|饮食|咖啡|茶|酒|时尚|摄影|绘画|书法|舞蹈|戏剧|诗歌|写作|阅读|演讲|口才|" \
  "沟通|旅游|旅行|" \
  "环境|环保|环境污染|污染|气候变化|全球变暖|气候|天气|(?:可再生|清洁|新)?能源|自然|动物|植物|" \
  "狗|猫|鸟|鱼|昆虫|恐龙|鲸鱼|海洋|大海|太空|宇宙|地球|行星|月亮|" \
  "太阳|星星|" \
  "世界|人生|生活|爱|爱情|友谊|友情|幸福|快乐|成功|婚姻|家庭|育儿|教育|学校|人际关系|女权|贫困|" \
  "贫富差距|移民|社会|战争|和平|一战|二战|第[一二]次世界大战|冷战|" \
  "革命|工业革命|文艺复兴|中世纪|" \
  "人体|大脑|语言|英语|日语|法语|德语|韩语|西班牙语|外语|语文|量子力学|量子计算|相对论|进化论|" \
  "遗传|基因|癌症|疾病|疫苗|网络安全|数据库|数据科学|机器人|建筑|设计|" \
  "园艺|农业|汽车|火车|飞机|游戏|魔术|星座|" \
  "民主|全球化|资本主义|社会主义|佛教|道教|基督教|伊斯兰教|圣经|非洲|亚洲|欧洲|美洲|南极|中国|" \
  "美国|日本|印度|俄罗斯|德国|法国|英国|意大利|西班牙|巴西|加拿大|埃及|" \
  "希腊|韩国|澳大利亚|" \
  "死亡|生死|衰老|红酒|葡萄酒|白酒|糖尿病|高血压|\\p{Han}{1,3}病|爵士乐?|摇滚乐?|古典音乐|民乐|" \
  "工厂|公司|企业|医院|钱|金钱|航海|航空|航天|吉他|钢琴|小提琴|" \
  "相爱|恋爱|传统|月球|月亮|合唱|养蜂|养花|养鱼|养猫|养狗|钓鱼|下棋|志愿服务|慈善|公益|医院|" \
  "卡车|穷人|种地|种植|养殖|编织|木工|钓鱼|登山|游泳|跑步|象棋|围棋|伦理|逻辑|宠物|马|牛|羊|猪|" \
  "鸡|虫子|电|光|水|火|力|空气|土壤|时间|鬼神|神|考古|芯片|半导体|通信|军事|武器|" \
  "政府|国家|城市|农村|乡村|民族|服装|珠宝|货币|贸易|物流|供应链|养老|社保|医保|留学|求职|面试|" \
  "恋爱|情商|自律|习惯|税法|民法|刑法|宪法|版权|专利|" \
  "\\p{Han}{0,3}(?:护理|管理|保健|保养|养护|治疗|维修)|(?:[\\d一二十]+)世纪|" \
  "\\p{Han}{1,4}(?:学|主义|哲学|文化|历史|文明|帝国|革命|战争|产业|行业|经济|工程|艺术|科学))"
#define ZH_ASKING \
  "(?:请|帮我|帮忙|把|将|全|概览|纵览|作业题目|题目|主题|：|奶奶|爷爷|妈妈|爸爸|谁能|大全|百科|宝典|全书|指南|从头到尾|从古至今|从古到今|自古以来|从零开始|从零|" \
  "好好|仔细|完整|弄懂|搞懂|弄明白|搞明白|理解|明白|想听|" \
  "听听|听|写写|咱们|咱|我们|大家|梳理|理一理|上一堂|上一节|" \
  "主要|大致|世界上|天底下|有|新手|初学者|上节|上个|[一两二三四五]段|文字|几段|用简单的话|" \
  "用通俗的话|讲座|演示文稿|幻灯片|课件|手抄报|发言稿|ppt|一堂|一节|一门|一遍|课|这回事|那回事|" \
  "发生了|发生|都|会|为什么|为啥|有哪些|哪些|哪|每个人|人们|人类|普通人|带|教我家孩子|我家孩子|" \
  "孩子们?|学生们?|认识|学会|人|说来|给点|给些|给|怎么看|看|是怎么|怎么一回事|" \
  "一个国家的?|一家|里面|背后|原理|真相|来龙去脉|过程|如何|" \
  "给我|跟我|和我|对我|为我|替我|教我|教教我|带我|告诉我|让我|跟|给|我家|娃|孩子|我|你|您|说说|" \
  "说一说|讲讲|讲一讲|谈谈|谈一谈|聊聊|聊一聊|" \
  "说|讲|谈|聊|论|介绍|科普|普及|解释|讲解|概述|简述|阐述|描述|分析|讨论|总结|概括|就|对|一篇|" \
  "了解|认识|知道|学习|学好|学会|学|懂|掌握|研究|入门|补补|" \
  "想要|想|要|需要|求|能|可以|能不能|一下|一点|点|一些|些|下|多|更|再|全面|系统|详细|简单|大概|" \
  "从头|关于|有关|方面|相关|领域|这个|话题|的|" \
  "好奇|感兴趣|挺|很|提高|提升|资料|信息|知识|内容|情况|一切|所有|全部|东西|常识|基础|基本|介绍|" \
  "看法|入门|概况|方方面面|什么都|事情|事|" \
  "作文|文章|论文|报告|演讲稿|演讲|短文|博客|文案|散文|写|来|做|搞|一篇|一个|一份|篇|个|份|" \
  "到底|究竟|是|是指|什么|啥|怎么|怎样|如何|咋|才能|能够|回事|样|样子|工作|运作|运行|运转|来|" \
  "开始|去|该|应该|必须|有哪些|有什么|干嘛|干什么|用|意义|" \
  "呢|吗|吧|呗|啊|呀|嘛|哈|了|，|,| |？|\\?|。|！|!)"

static BaleenPattern chinese_large
    = BALEEN_PATTERN ("^" ZH_ASKING "{0,9}" ZH_SUBJECT "(?:(?:和|与|跟|、|"
                                                       "及)" ZH_SUBJECT ")?" ZH_ASKING
                      "{0,7}$");
/* What a person says of themselves, and what comes as an afterthought. */
static BaleenPattern chinese_own_case
    = BALEEN_PATTERN ("^(?:(?:这|本)?(?:周末|周|今天|最近|现在|今晚|假期|暑假|寒假)(?:我)?(?:正好)?(?:有空|有时间|没事|"
                      "闲着|放假)|想[^，。]{1,10}|(?:我家?)?(?:孩子|儿子|女儿|孙子|孙女|老伴|老公|老婆|"
                      "朋友|同事|老师|大家)(?:老|总|天天|经常|整天|一直)?"
                      "(?:说|讲|问|提|聊)(?:到|起)?[^，。]{1,6}|(?:我|本人|我家|我们)(?:是|在|"
                      "今年|读|上|刚|初[一二三]|高[一二三]|大[一二三四]|小学|"
                      "孩子)?[^，。]{0,8}?|作为[^，。]{1,8}|"
                      "(?:今天|明天|后天|下周|下个月|马上|快要|要)[^，。]{0,2}(?:考|面试|上课)"
                      "[^，。]{0,6})[，,。；; ]+(?=.{4,})|"
                      "^(?:我们?)?(?:领导|老板|老师|客户|学校|公司|单位|组长|上司|班主任)(?:让我|叫我|要我|要|想要|需要|布置了?)"
                      "(?:写|做|交|准备|讲)?(?=一?(?:篇|份|个))|"
                      "^(?:我)?(?:今天|明天|后天|今晚|明早|下周|下个月|周[一二三四五六日])?(?:我)?(?:要|得|需要|必须)"
                      "(?:做|交|讲|写)(?:个|一个|一篇|一份|篇|份)?(?=(?:关于|有关))|"
                      "[，, ](?:请|麻烦|你)?(?:帮我|替我|给我)?(?:写|做|准备|弄)(?:一下|出来|吧|一个|一份|"
                      "一篇)?[。！!]*$");
static BaleenPattern chinese_afterthought
    = BALEEN_PATTERN ("[，,、 ]?(?:又|都|还|是)?(?:怎么|如何)(?:造|做|来|产生|形成|发展|制造|"
                      "生产|演变)(?:出来|过来)?的?[？?。]*$");
/* An undertaking of years. */
#define ZH_UNDERTAKING \
  "(?:农场|牧场|公司|企业|工厂|餐馆|餐厅|饭店|咖啡店|奶茶店|网店|店|学校|幼儿园|团队|班级|品牌|" \
  "小说|长篇|书|剧本|歌|曲子|论文|电影|纪录片|动画|游戏|网站|" \
  "软件|app|程序|房子|家|花园|菜园|机器人|孩子|小孩|宝宝|娃|儿童|葡萄园|果园|茶园|民宿|养鸡场|" \
  "养猪场|酒庄|酒吧|书店|花店|诊所|律所|工作室|健身房|学生|狗|猫|乐队|社团|博客|公众号|自媒体|" \
  "播客|频道|婚礼)"
#define ZH_UNDERTAKES \
  "(?:经营|运营|管理|管|开|办|打造|创办|建立|建设|建|盖|造|做|制作|写|创作|拍|编|养|教育|教|" \
  "培养|培育|带|组建|打理|装修|布置|设计|开发|当|策划|写好|养好|教好|带好)"
static BaleenPattern chinese_undertakings[] = {
  BALEEN_PATTERN ("^(?:我|人)?(?:想|要|想知道)?(?:该|应该)?(?:怎么|怎样|如何|咋)(?:样)?(?:才能|"
                  "能|去|开始|自己)?" ZH_UNDERTAKES
                  "(?:好|起)?(?:一个|一家|一部|一本|一首|一所|一座|一只|自己的|个|家|部|本|首|"
                  "只)?(?:好|新|小)?" ZH_UNDERTAKING
                  "(?:呢|啊|呀)?[？?。]*$"),
  BALEEN_PATTERN ("^" ZH_UNDERTAKING "(?:到底|究竟)?(?:该|要|应该)?(?:怎么|怎样|如何|咋)"
                                     "(?:样)?(?:才能)?" ZH_UNDERTAKES
                  "(?:好)?(?:呢|啊|呀|出来)?[？?。]*$"),
  BALEEN_PATTERN ("^(?:什么样的|怎样的|怎么样的|如何才算|怎样才算|怎么才算|什么才是|什么是)"
                  "(?:人生|生活|教育|爱情|婚姻|人|社会|成功|幸福|朋友|家庭|一生)"
                  "(?:才)?(?:算|叫|是)?(?:好|成功|幸福|有意义|完美|理想|值得过)?的?[？?。]*$"),
};
static BaleenPattern chinese_aims[] = {
  /* 把你知道的火山资料都给我, 营销里重要的是什么, 人类为什么要打仗 */
  BALEEN_PATTERN ("^" ZH_SUBJECT "对" ZH_SUBJECT "(?:有(?:什么|哪些|啥|怎样的)|的)(?:影响|作用|意义|好处|坏处)"
                  "(?:是什么|有哪些)?[？?]*$|"
                  "^(?:我)?(?:想|要)?(?:怎么|怎样|如何)(?:才能)?(?:成为|做|当|变成)[^，。]{0,4}(?:高手|大师|达人|专家|大神)"
                  "[？?]*$|^(?:人)?(?:怎么|怎样|如何|该怎么)(?:才能)?(?:过好|度过|过)(?:这|自己的?|我的?|自己这)?(?:一生|一辈子|"
                  "人生|余生|日子)[？?]*$|^世界(?:为什么|为啥|怎么)(?:是|会是|变成)(?:这|现在)(?:个样子|样的?)[？?]*$"),
  BALEEN_PATTERN ("^(?:请|麻烦)?(?:把|将)?你(?:所)?(?:知道|了解|掌握|有)的?(?:所有|全部|一切)?(?:关于|有关)?"
                  "[^，。《“]{1,8}(?:的)?(?:资料|知识|信息|东西|内容|一切|事)?(?:都|全|全都)(?:给|告诉|讲|说|写|教)"
                  "(?:给)?(?:我|出来)?[^，。]{0,3}[。！!]*$|"
                  "^[^，。我你他她这那]{2,6}(?:里|里面|中|方面)?(?:最)?(?:重要|关键|核心|要紧)的(?:东西)?是什么[？?]*$|"
                  "^(?:人类|人们|人|男人|女人|国家|社会|世界|大家)(?:为什么|为啥)(?:要|会|总|总是|都)?(?:打仗|战争|"
                  "相爱|结婚|离婚|活着|孤独|痛苦|嫉妒|撒谎|贪婪|不平等|贫穷|做梦|变老|迷信|信教|歧视|[^，。]{1,2}$)[^，。]{0,2}[？?]*$|"
                  "^(?:我)?(?:想|要|希望)(?:成为|做|当|变成)[^，。]{0,8}(?:专家|高手|大师|达人|大神|内行)"
                  "(?:[，, ](?:开始|教我|来)[^，。]{0,3})?[。！!]*$|"
                  "^(?:孩子|小孩|宝宝|娃|狗|猫|学生|团队|公司|餐馆|网店|婚姻|家庭)(?:该|要|应该)?(?:怎么|怎样|如何)"
                  "(?:养|教|管|带|经营|维持|培养|教育|训练)(?:才好|才对|比较好|好)?[呢啊]?[？?]*$"),
  BALEEN_PATTERN ("^(?:我|人|一个人|普通人|大家)?(?:想|要|该|应该)?(?:怎么|怎样|如何|咋)"
                  "(?:样)?(?:才能|才会|能|可以|去|"
                  "让自己)*(?:做|成为|变成|变得|变|过得|过|活得|活|获得|得到|保持|更)?"
                  "(?:一个|一名|更|真正|比较|很)*(?:健康|幸福|快乐|开心|成功|自信|优秀|聪明|"
                  "有钱|富有|厉害|强大|自律|独立|美|好|充实|长寿|平静|"
                  "有趣|更好|有意义)(?:的)?(?:自己|人|人生|生活|家长|爸爸|妈妈|老板|丈夫|妻子|"
                  "父母|领导|老师|朋友|学生)?"
                  "(?:一点|一些|起来|呢|啊)?[？?。！!]*$"),
  BALEEN_PATTERN ("^(?:我|人|普通人)?(?:想|要|该)?(?:怎么|怎样|如何|咋)(?:才能|能|可以|去|"
                  "样)*(?:赚|挣|搞)(?!快)(?:到|点|大|"
                  "更多)?(?:的)?钱(?:呢|啊)?[？?。！!]*$"),
  BALEEN_PATTERN ("^(?:我|人|一个人|普通人)?(?:想|要|该)?(?:怎么|怎样|如何|咋)(?:样)?(?:才能|能|可以|去)*(?:变|变得|过上|过|"
                  "成为|当|做|活出)(?:一个|一名|更)?(?:富有|富|有钱|幸福|优秀|快乐|成功|美满|精彩|自由|出色|合格|好)(?:的)?"
                  "(?:程序员|设计师|作家|医生|护士|律师|老师|生活|人生|日子|人|自己|厨师|经理|店主|老板)?(?:呢|啊)?[？?。]*$|"
                  "^(?:我)?(?:怎么|怎样|如何)学(?:习|会|好)?(?!得|快|更)\\p{Han}{1,4}[？?。]*$|"
                  "^\\p{Han}{1,5}(?:大全|百科|"
                  "入门)[。！!]*$|"
                  "^(?:我|人)?(?:怎么|怎样|如何)(?:才能|才会|能)?(?:出名|成名|发财|暴富|红|火|长寿|脱单|开悟)[？?。]*$|"
                  "^(?:人|人们|人类|大家)(?:为什么|为啥)(?:会|要|总|都)?(?:不)?(?:快乐|幸福|开心|生病|痛苦|孤独|焦虑|满足)[？?。]*$|"
                  "^人生(?:怎样|怎么|如何)[^，。]{1,8}[？?。]*$|"
                  "^(?:请|帮我|给我)*写(?:点|些|一点|一些)(?:关于|有关)[^，。]{1,6}的?(?:东西|内容|文字)?[。！!]*$|"
                  "^[^，。《我他她你]{2,6}(?:要|需要|应该|得)(?:知道|了解|懂|注意)(?:些|点|的)?(?:什么|哪些(?:东西)?)[？?。]*$|"
                  "^(?:古罗马|古希腊|古埃及|古印度|玛雅|唐朝|宋朝|明朝|清朝|汉朝|秦朝|民国|春秋战国)[？?。！!]*$"),
  BALEEN_PATTERN ("^(?:人生|生命|活着|人活着)(?:的意义|的目的|的真谛)?(?:到底|究竟)?(?:是什么|"
                  "是为了什么|有什么意义|是啥)[？?。！!]*$"),
};
/* One thing of it: how it differs, why it is so, an example. */
static BaleenPattern narrowed
    = BALEEN_PATTERN ("区别|不同|原因|比较|例子|推荐|第[一二三四五六七八九十]|谁|哪(?!些)|多少|"
                      "几|什么时候|翻译");

static char *
leave_out (BaleenPattern *pattern,
           const char    *text)
{
  return g_regex_replace_literal (baleen_pattern_get (pattern), text, -1, 0, "", 0, NULL);
}

static gboolean
is_large_chinese (const BaleenDraft *draft)
{
  g_autofree char *asked = leave_out (&chinese_own_case, draft->plain);
  g_autofree char *text = leave_out (&chinese_afterthought, asked);

  if (draft->n_han > MOST_LETTERS || *text == '\0')
    return FALSE;

  return (!baleen_pattern_matches (&narrowed, draft->plain)
          && (baleen_pattern_matches (&chinese_large, draft->plain)
              || baleen_pattern_matches (&chinese_large, text)))
         || baleen_patterns_match (chinese_aims, G_N_ELEMENTS (chinese_aims), draft->plain)
         || baleen_patterns_match (chinese_undertakings, G_N_ELEMENTS (chinese_undertakings), text);
}

gboolean
baleen_coach_names_large_subject (const BaleenDraft *draft)
{
  const char *text = draft->plain;

  if (draft->has_material)
    return FALSE;
  if (draft->is_chinese)
    return is_large_chinese (draft);

  return draft->n_words <= MOST_WORDS
         && (baleen_coach_names_only_topic (draft) || baleen_pattern_matches (&english_large, text)
             || baleen_pattern_matches (&english_bare, text)
             || baleen_patterns_match (english_aims, G_N_ELEMENTS (english_aims), text));
}
