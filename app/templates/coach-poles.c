/* The ends of what a text, a dish, a trip can be measured by: short and long, plain and learned,
 * cheap and costly. Whoever wishes for both ends of one of them wishes for two things that exclude
 * each other, in whichever words. Both languages stand in one row. */
#include "coach-rules.h"

#define LONG_KINDS \
  "(?:texts?|articles?|essays?|answers?|report|letter|explanation|poem|list|story|description|" \
  "version|speech)"

static BaleenOpposites poles[] = {
  /* How much */
  { BALEEN_PATTERN ("\\b(?:as short as (?:possible|you can)|as (?:brief|"
                    "concise)(?:ly)? as possible|"
                    "concise(?:ly)?|succinct(?:ly)?|brief(?:ly)?|be short|keep it short|"
                    "a single word|"
                    "(?:one|two|three) words? (?:only|max)|(?:under|below|at most|"
                    "within) (?:\\d\\d|1[0-5]0) "
                    "words|a short (?:text|answer|summary|explanation|reply))\\b|"
                    "(?:越|尽量|尽可能)(?:短|少|简短|简洁)越?好?|(?:几|[一二两三]|[1-3])句话|(?:一|"
                    "几)?[百\\d]{1,2}字(?:以内|内|之内)|"
                    "简洁|简短|简略|言简意赅"),
    BALEEN_PATTERN ("\\ba (?:very )?long " LONG_KINDS "\\b|\\b(?:lengthy|exhaustive(?:ly)?|"
                    "thorough(?:ly)?|in "
                    "(?:full |great |every )?detail|in depth|comprehensive(?:ly)?|as (?:long|"
                    "much|many words) as "
                    "(?:possible|you can)|all (?:\\w+ )?chapters|every (?:single |"
                    "little )?(?:step|detail|aspect|"
                    "chapter)|at length|leave nothing out)\\b|"
                    "长文|长篇|(?:越|尽量|尽可能)(?:长|多|详细)越?好?|深入|详尽|详细|全部[^，。]{0,2}章|面面俱到|每个(?:步骤|细节)") },
  /* For whom */
  { BALEEN_PATTERN ("\\b(?:simply|simple (?:words|language|terms|explanation)|plain (?:words|"
                    "language|english)|"
                    "easy (?:words|language)|easily understood|in layman's terms|"
                    "child(?:ren)? can understand)\\b|"
                    "(?:最|很|非常)?简单(?:地|的)?(?:语言|话|说法|解释|讲|说)|简单易懂|通俗易懂|浅显|大白话|通俗"),
    BALEEN_PATTERN ("\\b(?:advanced|complex|academic|highly technical|sophisticated|higher|"
                    "graduate|many|as many) "
                    "(?:\\w+ )?(?:mathematics|maths?|vocabulary|terms|terminology|language|"
                    "jargon|words|formulas|"
                    "technical terms)\\b|"
                    "高深|深奥|晦涩|专业术语|学术(?:语言|词汇|术语)|高等数学|艰深|复杂的(?:词|句)|(?:多|大量)(?:的)?术语") },
  { BALEEN_PATTERN ("\\b(?:children's|kids'|for (?:my |small |young )?(?:kids|children|toddlers)|"
                    "child-friendly|"
                    "family-friendly)\\b|儿童|小朋友|给孩子|幼儿|童书|亲子"),
    BALEEN_PATTERN ("\\b(?:swear ?words|cursing|gor[ey]|graphic violence|violence|violent|"
                    "sex(?:ual)?|erotic|"
                    "bloody|brutal(?:ity)?|explicit|torture)\\b|脏话|血腥|暴力|色情|凶杀|残忍|成人内容") },
  /* How it sounds */
  { BALEEN_PATTERN ("\\b(?:formal(?:ly)?|professional(?:ly)?|official|businesslike|"
                    "respectful(?:ly)?)\\b|"
                    "正式|专业的(?:投诉信|信|邮件|报告|口吻|语气)|官方|公文|恭敬"),
    BALEEN_PATTERN ("\\b(?:slang|casual(?:ly)?|rude(?:ly)?|chatty|vulgar|street talk|"
                    "like a teenager|buddy tone)\\b|"
                    "俚语|粗俗|粗话|随便|随意|吊儿郎当|流里流气|网络用语|骂") },
  { BALEEN_PATTERN ("\\b(?:serious|solemn|grave)\\b|严肃|庄重|一本正经(?!的[^，。]{0,2}(?:舅|叔|爷|爸|老师|人))"),
    BALEEN_PATTERN ("\\b(?:funny|hilarious|comic|humorous|joking)\\b|搞笑|逗趣|滑稽|爆笑|玩笑") },
  { BALEEN_PATTERN ("\\b(?:optimistic|happy|cheerful|joyful|uplifting|hopeful|merry)\\b|乐观|快乐|欢快|"
                    "开心|喜庆|积极"),
    BALEEN_PATTERN ("\\b(?:no hope|hopeless(?:ness)?|despair\\w*|depress\\w+|gloomy|devastat\\w+|"
                    "sad and)\\b|"
                    "毫无希望|没有希望|绝望|悲观|沮丧|令人崩溃|消沉") },
  { BALEEN_PATTERN ("\\b(?:neutral(?:ly)?|unbiased|objective(?:ly)?|impartial(?:ly)?|"
                    "even-handed)\\b|中立|客观|公正|不偏不倚"),
    BALEEN_PATTERN ("\\b(?:only (?:praise|defend|criticise|support|show)\\w*|(?:praise|defend|"
                    "support)\\w* only|my "
                    "side|take sides|which (?:\\w+ )?(?:party|side|religion|"
                    "one) is (?:the )?(?:best|right|better)|"
                    "tell me who is right|one-sided)\\b|"
                    "只(?:夸|说好话|替我|帮我|站|说优点|写优点|骂|批评)|替我说话|哪(?:个|一)(?:党|方|派|边|教)[^，。]{0,3}(?:最好|"
                    "更好|对)") },
  { BALEEN_PATTERN ("\\b(?:creative|original|in your own words|unique|novel)\\b|有创意|原创|独创|新颖|"
                    "用自己的话"),
    BALEEN_PATTERN ("\\b(?:copy|copied|copying|plagiari\\w+|verbatim|word for word)\\b|照抄|照搬|"
                    "抄(?:袭|别人)|复制粘贴") },
  { BALEEN_PATTERN ("\\b(?:confidential|secret|private|between us|don't tell anyone)\\b|保密|秘密|"
                    "别告诉|不能外传"),
    BALEEN_PATTERN ("\\b(?:public(?:ly)?|post (?:it|this)|publish|announce|everybody knows|"
                    "tell everyone|share (?:it "
                    ")?with everyone)\\b|所有人(?:都)?知道|公开|发到朋友圈|告诉大家|人尽皆知|昭告") },
  /* What it is like */
  { BALEEN_PATTERN ("\\b(?:quick|fast|instant|five-minute|ten-minute|in (?:five|ten|"
                    "\\d) minutes)\\b|快手|速成|几分钟|五分钟|十分钟"),
    BALEEN_PATTERN ("\\b(?:takes? (?:all day|hours|a whole day|several hours)|all day|"
                    "lasts? (?:an hour|for hours|"
                    "hours)|day-long|overnight)\\b|一整天|好几个小时|持续[^，。]{0,2}小时|隔夜|慢慢(?:熬|炖)") },
  { BALEEN_PATTERN ("\\b(?:cheap|budget|free|low-cost|under (?:[1-9]|1\\d) (?:dollars|euros|"
                    "pounds|bucks)|[$€£][1-9]\\b)|"
                    "穷游|便宜|免费|廉价|(?:[一二三四五六七八九十]|\\d|1\\d)块钱?(?:以下|以内|之内)"),
    BALEEN_PATTERN ("\\b(?:(?<!looks )(?<!look )expensive|luxur\\w+|first[- ]class|high-end|"
                    "pricey|budget of (?:[$€£] ?)?\\d{3,}|premium)\\b|"
                    "昂贵|奢侈|豪华|头等舱|高档|名贵|[一二三四五六七八九两]?[千万]元?预算|预算[^，。]{0,2}(?:[一二三四五六七八九两]?[千万]|"
                    "\\d{3,})") },
  { BALEEN_PATTERN ("\\b(?:silent(?! (?:film|movie))|quiet|noiseless|soundless)\\b|寂静|安静|无声|静悄悄|"
                    "清静"),
    BALEEN_PATTERN ("\\b(?:noise|noisy|shouting|loud(?:ly)?|screaming|yelling|roaring)\\b|吵闹|喧哗|"
                    "嘈杂|大喊|震耳欲聋|喧嚣") },
  { BALEEN_PATTERN ("\\b(?:cold|iced|chilled|ice-cold|frozen) (?:soup|drink|dish|dessert|tea|"
                    "coffee|salad)\\b|"
                    "(?:冷|冰|凉)(?:汤|饮|菜|面|茶|品)|冰镇"),
    BALEEN_PATTERN ("\\b(?:boiling(?: hot)?|piping hot|steaming|served hot|scalding)\\b|滚烫|烧开|"
                    "热腾腾|热气腾腾|烫嘴") },
  { BALEEN_PATTERN ("\\b(?:minimalist|minimal|plain design|clean design)\\b|极简|简约|朴素"),
    BALEEN_PATTERN ("\\b(?:decorations|ornaments|ornate|decorated|baroque|opulent|cluttered)\\b|"
                    "装饰(?:越多|丰富|繁)|繁复|华丽|堆满|花哨") },
  /* What it is made of */
  { BALEEN_PATTERN ("\\b(?:limerick|sonnet|rhyming \\w+|rhymed \\w+|poem that rhymes)\\b|打油诗|"
                    "押韵的?诗|绝句|律诗|顺口溜"),
    BALEEN_PATTERN ("\\b(?:rhymeless|unrhymed|(?:doesn't|does not|don't|must not|shouldn't|"
                    "without|no) (?:any )?"
                    "rhym\\w+)|不(?:要|用|许)?押韵|无韵|没有韵") },
  { BALEEN_PATTERN ("\\b(?:dialogue|conversation)\\b|对话|对白|相声"),
    BALEEN_PATTERN ("\\b(?:only one (?:speaker|person|voice)|a single speaker|no repl(?:y|ies)|"
                    "nobody (?:answers|"
                    "replies|speaks))\\b|只有一个人说话?|没有(?:回应|回答|人说话)|无人应答|谁都不说话") },
  { BALEEN_PATTERN ("(?:无|没有|不含|不放|不要)麸质|无麸质|\\bgluten[- ]free\\b"),
    BALEEN_PATTERN ("(?:普通|全)?小麦|面粉|\\b(?:regular|wheat|normal) (?:\\w+ )?(?:flour|spaghetti|"
                    "pasta|bread)\\b") },
};
/* Then each end is the wish of somebody else, of another part, or what is to become of the
 * first. */
static BaleenPattern divided
    = BALEEN_PATTERN ("\\b(?:(?<!yes )(?<!true )(?<!more )or|first|then|instead|replac\\w+|"
                      "substitut\\w+|alternatives?|turn|becomes|change[ds]?|"
                      "into|versus|vs|compared?|difference|second part|whereas|half|others?|"
                      "as well as|one day of)\\b|"
                      "先|然后|改成|改得|变成|改为|替代|代替|取代|分别|区别|比较|对比|同时|或者?|还是|部分|另外|其中|"
                      "([杯份道个位盘款])[^。]*[，,、][^，。]{0,2}[一两二三四五六七八九十\\d]\\1");
/* “four with rum, four without alcohol”. */
static BaleenPattern shared
    = BALEEN_PATTERN ("\\b(?:one|two|three|four|five|six|\\d+) (?:\\w+ )?(?:with|"
                      "without)\\b.*\\b(?:with|without)\\b");
static BaleenPattern asked
    = BALEEN_PATTERN ("^(?:which|what|who|is|are|does|do|did|was|were|has|why|when|where|how|"
                      "can)\\b"
                      "(?!.*\\b(?:write|give|make|list|answer|explain|use|only)\\b)[^.;!]*\\?+ *$|"
                      "^[^。！]*(?:怎么(?!都|也)|什么(?!都|也)|吗|哪|为什么|多少|呢|能不能|是不是)[^。！，]{0,6}[？?]*$");

BaleenOpposites *
baleen_coach_get_poles (gsize *n)
{
  *n = G_N_ELEMENTS (poles);

  return poles;
}

gboolean
baleen_coach_shares_wishes (const BaleenDraft *draft)
{
  return baleen_pattern_matches (&shared, draft->plain)
         || baleen_pattern_matches (&asked, draft->plain);
}

gboolean
baleen_coach_divides_wishes (const BaleenDraft *draft)
{
  return baleen_pattern_matches (&divided, draft->plain) || baleen_coach_shares_wishes (draft);
}
