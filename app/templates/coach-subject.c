/* Whether a draft holds nothing but asking and a subject as large as a shelf of books. The words
 * of asking are taken away from both ends; what is left must be the subject. */
#include "coach-rules.h"

#define MOST_WORDS 24
#define MOST_LETTERS 24

/* ---- English ------------------------------------------------------------------------------ */

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
  "(?:the )?(?:internet|web|cloud|economy|universe|world|brain|body|human (?:body|brain|mind)|mind|" \
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
                  "(?:money|cash|friends|time|results|success)(?: online| fast| quickly|"
                  " easily)?[?.! ]*$"),
  BALEEN_PATTERN ("^(?:what is|what's) the (?:meaning|purpose|point|secret|key) (?:of|"
                  "to) (?:life|everything|existence|success|happiness)[?.! ]*$"),
};

/* ---- Chinese -------------------------------------------------------------------------------- */

#define ZH_SUBJECT \
  "(?:(?:世界|中国|欧洲|美国|日本|古代|近代|现代|西方|东方|当代|人类|全球|法国|德国|英国|俄罗斯|印度|希腊|罗马|中世纪)?(?:历史|哲学|文化|政治|经济|文学|" \
  "艺术|音乐|社会|宗教|神话|建筑|电影|教育|法律|美食)|" \
  "人工智能|ai|机器学习|深度学习|神经网络|大模型|大数据|区块链|比特币|加密货币|币圈|编程|写代码|python|java|计算机|电脑|互联网|网络|科技|科学|物理|化学|" \
  "生物|数学|统计|几何|代数|微积分|" \
  "金融|投资|理财|赚钱|股票|股市|基金|保险|银行|税务|会计|财务|房地产|商业|创业|营销|市场营销|销售|管理|领导力|电商|" \
  "心理|心理健康|焦虑|抑郁|情绪|睡眠|梦|记忆|法律|法学|医学|中医|医疗|护理|营养|健康|养生|减肥|健身|体育|运动|足球|篮球|网球|瑜伽|冥想|" \
  "做饭|烹饪|烘焙|美食|饮食|咖啡|茶|酒|时尚|摄影|绘画|书法|舞蹈|戏剧|诗歌|写作|阅读|演讲|口才|沟通|旅游|旅行|" \
  "环境|环保|环境污染|污染|气候变化|全球变暖|气候|天气|(?:可再生|清洁|新)?能源|自然|动物|植物|狗|猫|鸟|鱼|昆虫|恐龙|鲸鱼|海洋|大海|太空|宇宙|地球|行星|月亮|" \
  "太阳|星星|" \
  "世界|人生|生活|爱|爱情|友谊|友情|幸福|快乐|成功|婚姻|家庭|育儿|教育|学校|人际关系|女权|贫困|贫富差距|移民|社会|战争|和平|一战|二战|第[一二]次世界大战|冷战|" \
  "革命|工业革命|文艺复兴|中世纪|" \
  "人体|大脑|语言|英语|日语|法语|德语|韩语|西班牙语|外语|语文|量子力学|量子计算|相对论|进化论|遗传|基因|癌症|疾病|疫苗|网络安全|数据库|数据科学|机器人|建筑|设计|" \
  "园艺|农业|汽车|火车|飞机|游戏|魔术|星座|" \
  "民主|全球化|资本主义|社会主义|佛教|道教|基督教|伊斯兰教|圣经|非洲|亚洲|欧洲|美洲|南极|中国|美国|日本|印度|俄罗斯|德国|法国|英国|意大利|西班牙|巴西|加拿大|埃及|" \
  "希腊|韩国|澳大利亚|" \
  "\\p{Han}{1,4}(?:学|主义|哲学|文化|历史|文明|帝国|革命|战争|产业|行业|经济|工程|艺术|科学))"
#define ZH_ASKING \
  "(?:请|给我|跟我|和我|对我|为我|替我|教我|教教我|带我|告诉我|让我|跟|给|我家|娃|孩子|我|你|您|说说|说一说|讲讲|讲一讲|谈谈|谈一谈|聊聊|聊一聊|" \
  "说|讲|谈|聊|论|介绍|科普|普及|解释|讲解|概述|简述|阐述|描述|分析|讨论|总结|概括|就|对|一篇|了解|认识|知道|学习|学好|学会|学|懂|掌握|研究|入门|补补|" \
  "想要|想|要|需要|求|能|可以|能不能|一下|一点|点|一些|些|下|多|更|再|全面|系统|详细|简单|大概|从头|关于|有关|方面|相关|领域|这个|话题|的|" \
  "好奇|感兴趣|挺|很|提高|提升|资料|信息|知识|内容|情况|一切|所有|全部|东西|常识|基础|基本|介绍|看法|入门|概况|方方面面|什么都|事情|事|" \
  "作文|文章|论文|报告|演讲稿|演讲|短文|博客|文案|散文|写|来|做|搞|一篇|一个|一份|篇|个|份|" \
  "到底|究竟|是|是指|什么|啥|怎么|怎样|如何|咋|才能|能够|回事|样|样子|工作|运作|运行|运转|来|开始|去|该|应该|必须|有哪些|有什么|干嘛|干什么|用|意义|" \
  "呢|吗|吧|呗|啊|呀|嘛|哈|了|，|,| |？|\\?|。|！|!)"

static BaleenPattern chinese_large
    = BALEEN_PATTERN ("^" ZH_ASKING "{0,9}" ZH_SUBJECT ZH_ASKING "{0,7}$");
static BaleenPattern chinese_aims[] = {
  BALEEN_PATTERN ("^(?:我|人|一个人|普通人|大家)?(?:想|要|该|应该)?(?:怎么|怎样|如何|咋)(?:样)?(?:才能|才会|能|可以|去|"
                  "让自己)*(?:做|成为|变成|变得|变|过得|过|活得|活|获得|得到|保持|更)?"
                  "(?:一个|一名|更|真正|比较|很)*(?:健康|幸福|快乐|开心|成功|自信|优秀|聪明|有钱|富有|厉害|强大|自律|独立|美|好|充实|长寿|平静|"
                  "有趣|更好|有意义)(?:的)?(?:自己|人|人生|生活|家长|爸爸|妈妈|老板|丈夫|妻子|父母|领导|老师|朋友|学生)?"
                  "(?:一点|一些|起来|呢|啊)?[？?。！!]*$"),
  BALEEN_PATTERN ("^(?:我|人|普通人)?(?:想|要|该)?(?:怎么|怎样|如何|咋)(?:才能|能|可以|去|快速|样)*(?:赚|挣|搞)(?:到|点|大|"
                  "更多)?(?:的)?钱(?:呢|啊)?[？?。！!]*$"),
  BALEEN_PATTERN ("^(?:人生|生命|活着|人活着)(?:的意义|的目的|的真谛)?(?:到底|究竟)?(?:是什么|是为了什么|有什么意义|是啥)[？?。！!]*$"),
};
/* One thing of it: how it differs, why it is so, an example. */
static BaleenPattern narrowed
    = BALEEN_PATTERN ("区别|不同|原因|为什么|比较|例子|推荐|第[一二三四五六七八九十]|谁|哪|多少|几|什么时候|翻译");

gboolean
baleen_coach_names_large_subject (const BaleenDraft *draft)
{
  const char *text = draft->plain;

  if (draft->has_material)
    return FALSE;
  if (draft->is_chinese)
    return draft->n_han <= MOST_LETTERS
           && ((!baleen_pattern_matches (&narrowed, text)
                && baleen_pattern_matches (&chinese_large, text))
               || baleen_patterns_match (chinese_aims, G_N_ELEMENTS (chinese_aims), text));

  return draft->n_words <= MOST_WORDS
         && (baleen_pattern_matches (&english_large, text) || baleen_pattern_matches (&english_bare, text)
             || baleen_patterns_match (english_aims, G_N_ELEMENTS (english_aims), text));
}
