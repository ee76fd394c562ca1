/* The two ends of what a text, a plan or a thing can be: whoever wishes for both ends of one row
 * wishes for what cannot be. Words and short phrases, parted by “|”; English ones by their stem. */
#include "coach-lexicon.h"

static const BaleenScale scales[] = {
  /* How much is said */
  { "pocket sized|pocket size|as brief as possible|as concise as possible|booklet|super short|"
    "very short|really short|as short as possible|keep it short|keep it brief|brief|concise|"
    "succinct|terse|in a nutshell|tldr|one liner|snappy|compact|in few words|few words|"
    "one sentence|a single sentence|one word|a single word|two words|three words|one line|"
    "a single line|no longer than a tweet|tweet|a text message|on a post it|on a sticky note|"
    "half a sentence|bare minimum|stay short|telegram style|short and crisp",
    "whole plot|entire plot|whole story|entire story|every scene|single scene|don't skip a|"
    "do not skip a|absolutely everything|everything you know|everything there is|everything about|"
    "detailed|in detail|every detail|every single detail|every last detail|all the details|"
    "all details|full detail|in depth|comprehensive|exhaustive|thorough|at length|lengthy|"
    "very long|leave nothing out|leaving anything out|leave anything out|leave out nothing|"
    "nothing left out|every step|every single step|elaborate|extensive|as long as possible|"
    "full length|all aspects|every aspect|cover everything|include everything|omit nothing|"
    "skip nothing|do not skip anything|don't skip anything|nothing missing|miss nothing|"
    "everything in it|with all the background|full story|go deep|deep dive|several pages|"
    "many pages|pages and pages|long winded|wordy|verbose|all chapters|each chapter|every chapter|"
    "the whole history|three paragraphs|four paragraphs|five paragraphs|ten paragraphs|"
    "multiple paragraphs|several paragraphs|many paragraphs",
    "四句话|五句话|口袋大小|口袋本|简要|两个字|三个字|四个字|越短越好|尽量短|尽可能短|短短|简短|简洁|简略|简明|极短|超短|很短|非常短|精简|精炼|言简意赅|三言两语|一句话|"
    "一两句|两句话|三句话|一个词|一个字|几个字|一行字|一行|一条短信|一条微博|寥寥几笔|点到为止|不啰嗦|别啰嗦|不要啰嗦|便利贴|一口气说完",
    "全部情节|完整情节|都不许漏|都不能漏|都不要漏|知道的一切|一切都讲|一切都说|一切都写|全都讲|全都写|不要省略|不省略|别省略|所有细节|每个细节|每一个细节|全部细节|细节一个|"
    "一个细节|面面俱到|详尽|详细|详详细细|事无巨细|毫无遗漏|不遗漏|一个不漏|一个都不能少|一个也不能少|一样都不能少|都不能少|不能漏|不许漏|别漏|什么都别漏|不要漏|完整展开|"
    "展开讲|展开写|展开论述|深入|长篇大论|长篇|洋洋洒洒|长长的|全面|每一步都|每个步骤都|从头到尾讲|来龙去脉|方方面面|越长越好|越详细越好|三段|四段|五段|十段|好几段|好几页|"
    "很多页|细细道来|逐条展开|讲透" },
  /* For whom */
  { "like i'm 5|like im 5|eli5|for a child|to a child|for kids|for children|a child gets|child can|"
    "children can|kids can|toddler|preschooler|kindergarten|first grader|for a five year old|"
    "to a five year old|for a 5 year old|layman|layperson|lay person|laypeople|for dummies|grandma|"
    "granny|my grandmother|for a beginner|for beginners|absolute beginner|complete beginner|"
    "plain language|plain english|plain words|simple words|simple language|easy language|"
    "easy words|everyday words|everyday language|for everyone|no prior knowledge|"
    "without prior knowledge|people who know nothing|non technical|nontechnical|easy to understand|"
    "anyone can understand|anybody can understand|for outsiders|for newcomers|for a total novice",
    "university level|college level|graduate level|phd level|master's level|postgraduate|"
    "academic language|academic terms|academic vocabulary|scholarly|terminology|technical terms|"
    "technical language|technical vocabulary|jargon|legalese|expert level|for experts|"
    "for specialists|for insiders|insiders only|experts only|only experts|only specialists|"
    "specialists only|scientific language|scientific vocabulary|advanced vocabulary|"
    "sophisticated vocabulary|big words|latin terms|rigorous proof|full derivation|formal proof|"
    "differential equation|tensor|hilbert space|assume deep knowledge|assume a phd|for professors|"
    "nobody but lawyers|highly complex sentences|long complicated sentences|complicated words|"
    "difficult words|fancy words|rare words|obscure words",
    "给奶奶|给我奶奶|跟奶奶|给爷爷|给我爷爷|给我妈|给我爸|给老人|5岁|6岁|3岁|4岁|7岁|8岁|小孩都|小孩也|小孩能|孩子能|孩子都|给小孩|给孩子|给小朋友|小朋友能|"
    "小朋友都|小朋友也|五岁|三岁|六岁|幼儿园|小学生|外行|门外汉|零基础|初学者|新手|小白|大白话|通俗|浅显|浅白|简单易懂|人人都懂|人人能懂|谁都能懂|谁都看得懂|老百姓|"
    "奶奶也能|奶奶都能|爷爷能|爷爷也能|没学过|不懂技术|没有基础|没基础|接地气|好懂",
    "研究生水平|博士水平|大学水平|学术语言|学术术语|学术词汇|专业术语|法律术语|医学术语|技术术语|行话|术语|黑话|专家级|只有专家|只给专家|内行人才|内行才|高深|深奥|艰深|"
    "晦涩|生僻|佶屈聱牙|严格证明|完整推导|严格推导|微分方程|张量|希尔伯特|默认读者精通|专业期刊|学术论文的|论文级别|文言" },
  /* How it speaks */
  { "formal|official|businesslike|dignified|solemn|ceremonial|professional tone|"
    "professional language|strictly professional|diplomatic|statesmanlike",
    "slang|casual|informal|chatty|buddy|like a buddy|like a pal|bro|dude|street language|gen z|"
    "meme|swear|swearing|curse word|curse|vulgar|emoji|emojis|emoticon|text speak|lol|goofy|silly|"
    "like a teenager|teenager speak|jokey|banter|wisecrack|pirate",
    "正式|官方|公文|书面语|庄重|庄严|严肃|外交辞令|商务口吻|商务语气|专业的语气|专业口吻",
    "俚语|随便|随意|口语|口水话|哥们|兄弟口吻|网络用语|网络流行语|流行语|网络梗|玩梗|梗|表情包|颜文字|脏话|粗话|爆粗|粗口|吊儿郎当|嬉皮笑脸|段子|俏皮|撒娇|卖萌|逗比|"
    "贫嘴|东北大碴子" },
  { "polite|politely|courteous|respectful|friendly|kind|kindly|warm|warmly|warm hearted|cordial|"
    "gentle|gently|loving|lovingly|tactful|considerate|sweet|nice tone",
    "insult|harsh|harshly|mercilessly|ruthlessly|without mercy|feel terrible|feel bad|feel awful|"
    "feel guilty|feel stupid|hurtful|insulting|insults|rude|rudely|offensive|hostile|threaten|"
    "threatening|threat|humiliate|humiliating|cold and|ice cold|mean as|nasty|sneering|scornful|"
    "contempt|contemptuous|bash|yell at|shout at|call him names|call her names|call them names|"
    "put him down|put her down|aggressive|brutal|brutally|hateful|vicious|cruel|biting|venomous|"
    "sarcastic|mock", "礼貌|有礼|客气|恭敬|友好|友善|亲切|热情|温柔|温和|委婉|体贴|和气|彬彬有礼|温暖|暖心",
    "骂|狠狠|毫不留情|严厉批评|不留情面|难堪|下不来台|辱骂|臭骂|侮辱|羞辱|挖苦|嘲讽|讽刺|嘲笑|威胁|恐吓|粗鲁|粗暴|恶毒|冷冰冰|冷漠|冷酷|刻薄|恶狠狠|攻击性|不客气|怼|"
    "喷|贬低|数落|凶巴巴" },
  { "serious|solemn|grave|sombre|somber|earnest|mournful|dead serious|no joking",
    "hilarious|funny|humorous|comic|comical|joke|jokes|puns|punchline|make people laugh|"
    "laugh out loud|slapstick|ridiculous|satirical|witty|goofy|clownish",
    "严肃|庄重|沉重|肃穆|沉痛|一本正经|正经八百|哀悼", "搞笑|爆笑|逗笑|笑料|笑话|包袱|滑稽|幽默|诙谐|逗乐|好笑|笑点|捧腹|恶搞|无厘头" },
  { "optimistic|cheerful|happy|joyful|uplifting|hopeful|upbeat|lighthearted|light hearted|merry|"
    "sunny|feel good|jolly|encouraging|motivating|comforting|consoling|reassuring|soothing",
    "pessimistic|hopeless|despair|desperate|depressing|bleak|gloomy|miserable|devastating|tragic|"
    "heartbreaking|no hope|without hope|leaves no hope|doomed|sad and lonely|makes everyone cry|"
    "everybody cry|makes you cry|discouraging|demotivating|terrifying|frightening|crushing|panic",
    "乐观|欢快|欢乐|快乐|开心|喜庆|积极|阳光|治愈|温馨|轻松愉快|充满希望|鼓舞人心|振奋|励志|安慰|打气|安抚",
    "悲观|绝望|没有希望|毫无希望|看不到希望|沮丧|消沉|凄惨|悲惨|心碎|灰暗|压抑|阴郁|催泪|哭|痛哭|崩溃|恐怖|泼冷水|打击|吓人|丧气|惊恐|恐慌" },
  { "neutral|unbiased|objective|impartial|even handed|balanced|without taking sides|not take sides|"
    "no side|without judging|both sides|without any opinion|fair and balanced|"
    "keep your opinion out|facts only|only facts|just the facts|only the facts|purely factual",
    "far better|much better than|clearly better|is better than|is the better|show that|shows that|"
    "prove|proves|proving|bias|prejudice|prejudiced|strongly biased|convince|persuade|persuasive|"
    "one sided|biased|take my side|on my side|my side only|only my side|propaganda|prove that|"
    "proves that|show that i am right|show that i'm right|prove i'm right|i was right|"
    "make them look bad|make him look bad|make her look bad|make us look|your own opinion|"
    "your personal opinion|what you personally think|praise only|only praise|attack|demonise|"
    "demonize|glorify|make clear who is right|make it clear who is right|declare a winner|"
    "defend my|say which is better|which side is right|who is to blame|rumours|rumors|invented|"
    "made up|speculation", "中立|客观|公正|不偏不倚|不带立场|不带感情色彩|不带偏见|不站队|两边都|只讲事实|只说事实|纯事实|只写事实",
    "偏见|成见|说服|远胜|完胜|碾压|明显更好|好得多|强得多|只许夸|只能夸|只准夸|只许说好|一边倒|偏向|站在我这边|站我这边|帮我说话|替我说话|为我说话|证明|证明我是对的|"
    "证明我对|证明他错|都是他的错|都是对方的错|抹黑|吹捧|只夸|只骂|往死里|黑他|黑它|洗白|美化|力挺|你个人的看法|你自己的看法|你自己的观点|你支持哪|谁对谁错|煽动|带节奏|"
    "夸大|编造|传闻|小道消息|猜测" },
  { "honest|honestly|truthful|truth|frank|frankly|sincere|sincerely|candid|transparent|openly",
    "only say nice|say nice things|nice things about|only nice things|only good things|lie|lies|"
    "lying|pretend|hide|conceal|cover up|made up|make up|fake|invented|flatter|flattery|"
    "only compliments|sugarcoat|sugar coat|exaggerate|deny everything|play dumb|keep quiet about",
    "诚实|诚恳|真诚|坦诚|坦率|实话|真话|如实|真实|实事求是|老实|透明",
    "只许说好|好听的|只挑好的说|骗我|骗他|骗她|哄骗|糊弄我|撒谎|说谎|谎话|谎言|假话|编一个理由|编个理由|编个借口|编个|编造|虚构|捏造|隐瞒|瞒|掩盖|遮掩|假装|装作|奉承|"
    "拍马屁|夸大|不承认|否认|只说好话|只说好听|甩锅|推卸|糊弄" },
  { "modest|humble|humbly|modestly|self effacing|understated|down to earth|low key",
    "boast|boasting|brag|bragging|show off|showing off|arrogant|the greatest|best ever|superior|"
    "bigger than anyone|better than everyone|superlative|over the top|pompous|bombastic|grandiose",
    "谦虚|谦逊|低调|谦卑|朴实|不张扬|内敛", "吹嘘|吹牛|自夸|自吹|炫耀|狂妄|嚣张|高调|浮夸|夸张|天下第一|无人能及|最厉害|碾压|霸气|张扬" },
  { "simple style|simple sentence|plain style|plain prose|matter of fact|sober|dry style|unadorned|"
    "no frills|neutral tone|factual tone",
    "flowery|poetic|ornate|lyrical|purple prose|baroque|extravagant|metaphor rich|"
    "full of metaphors|lavish|overblown", "朴素|平实|直白|白描|不加修饰|干巴巴|平铺直叙",
    "华丽|辞藻|诗意|文采飞扬|浓墨重彩|排比|堆砌|骈文|富有诗意|花哨" },
  { "vague|noncommittal|leave it open|leave everything open|open ended|undecided|"
    "without committing|without deciding|ambiguous on purpose|hedge|not commit",
    "clear answer|definite answer|clear yes|firm no|clear no|clear decision|decisive|"
    "final decision|unambiguous|crystal clear|clear position|clear stance|firm commitment|"
    "commit to|binding|exact date|precise|specific|concrete",
    "含糊|模糊|模棱两可|不表态|不要表态|别表态|留有余地|打太极|不明说|别明说|不要说死|笼统",
    "明确|清楚地表态|斩钉截铁|确定的答复|确切|具体到|精确|准确到|毫不含糊|板上钉钉|一锤定音|旗帜鲜明" },
  { "calm|relaxed|relaxing|soothing|meditative|gentle|slow paced|slow|peaceful|lullaby|bedtime|"
    "fall asleep|go to sleep|to sleep|sleepy|quiet|tranquil",
    "thrilling|exciting|action packed|fast paced|high energy|energetic|breathless|hectic|wild|"
    "wide awake|keeps her awake|keeps him awake|keeps them awake|stay awake|adrenaline|nail biting|"
    "heart racing|heavy metal|hardcore|explosive|furious|frantic|chase|party music|techno|scary|"
    "terrifying|horror|loud|roaring|screaming",
    "安静|平静|舒缓|放松|慢节奏|助眠|催眠|哄睡|睡前|入睡|睡着|摇篮曲|冥想|悠闲|慢悠悠|宁静|恬静",
    "刺激|惊险|紧张|激烈|快节奏|兴奋|睡不着|热血|狂野|亢奋|心跳加速|重金属|摇滚|飙车|爆炸|追逐|肾上腺素|恐怖|惊悚|吓人|吓坏|震耳欲聋|嘶吼|喧闹|热闹|吵闹|嗨" },
  { "for children|for kids|for my kids|children's|kids'|kid friendly|child friendly|"
    "family friendly|for toddlers|for my daughter|for my son|for my grandchild|nursery|"
    "school class|bedtime|for the whole family|suitable for all ages",
    "gore|gory|bloody|blood and|graphic violence|violent|brutal|torture|murder|erotic|sex scene|"
    "sexual|explicit|drugs|swearing|swear word|x rated|massacre|nightmare|strip|drunk|cigarettes|"
    "splatter", "儿童|小朋友|幼儿|小孩|孩子|童书|童话|亲子|合家欢|全年龄|老少皆宜|幼儿园|小学",
    "血腥|血淋淋|暴力|色情|情色|凶杀|杀人|虐杀|残忍|酷刑|限制级|成人内容|脏话|吸毒|砍头|砍人|恐怖片|惊悚|大尺度" },
  /* What it is for, and what it does */
  { "thank you note|thank you letter|thank you card|thank you speech|letter of thanks|grateful|"
    "gratitude|appreciation",
    "insult|complain|complaint|accuse|reproach|blame|criticise|criticize|everything he did wrong|"
    "everything she did wrong|everything they did wrong|scold|demand money back|tear apart",
    "感谢信|致谢|感谢卡|感激|答谢|谢意|感恩", "骂|指责|抱怨|投诉|控诉|数落|批评|责备|挑毛病|算账|埋怨" },
  { "apology|apologise|apologize|say sorry|apologetic|sorry letter|regret|remorse|confess|"
    "confession|admit my mistake|take responsibility|take full responsibility",
    "none of it was our fault|none of it is our fault|none of this was our fault|all their fault|"
    "wasn't our fault|not my fault|not our fault|no fault|admit nothing|admit no|deny|denies|"
    "denying|without admitting|blame the customer|blame them|blame him|blame her|did nothing wrong|"
    "nothing wrong|innocent|their own fault|her own fault|his own fault|blames|not sorry|"
    "don't regret|no regret|no remorse|without taking responsibility|shift the blame|"
    "was right all along|i was right|proud of it", "道歉|致歉|检讨|认错|悔过|赔礼|忏悔|歉意|自我批评",
    "不承认|没有错|没错|不是我的错|不是我们的错|都是他|都是她|都是对方|都是客户|对方的错|客户的错|顾客的错|怪对方|怪客户|怪他|怪她|责任推|推给|推卸|甩锅|甩给|毫无悔意|"
    "不认错|不后悔|理直气壮|我是对的|无罪|清白" },
  { "congratulate|congratulations|congratulatory|wedding speech|birthday card|birthday speech|"
    "toast|love letter|love poem|valentine|declaration of love|compliment|ode to|laudatory|tribute",
    "insult|feel nothing|feels nothing|nothing for her|nothing for him|no feelings for|"
    "feel terrible|feel bad|feel awful|hurt her|hurt him|hurtful|why i hate|i hate|hatred|"
    "break up with|criticise|criticize|list of his faults|her faults|his faults|their faults|"
    "their flaws|his flaws|her flaws|without a single nice word|nothing nice|predict divorce|"
    "will divorce|warn against|indifferent|i don't care|disgust|make fun of|full of contempt",
    "祝贺|贺词|贺卡|恭喜|祝福|生日卡|情书|情诗|告白|表白|颂歌|赞美诗|颂词|表扬信|表扬",
    "骂|辱骂|讨厌|恨|毫无感觉|没有感觉|没感觉|不爱|难受|难堪|伤心|厌恶|嫌弃|分手|诅咒|缺点|批评|挖苦|嘲笑|冷漠|毫无感情|不在乎|没有一句好话|离婚|不看好" },
  { "condolence|obituary|eulogy|funeral|sympathy card|letter of sympathy|memorial speech|"
    "in memory of",
    "celebrate|celebratory|party mood|festive|full of jokes|jokes|hilarious|laugh out loud|"
    "cheerful|gloat|good riddance|happy that|congratulate|upbeat|sales pitch|advertise",
    "悼词|讣告|吊唁|慰问|追悼|悼念|挽联|葬礼|唁电", "喜庆|欢快|喜气|欢天喜地|笑话|搞笑|逗乐|庆祝|恭喜|幸灾乐祸|推销|打广告|热闹" },
  { "invite|invitation|welcome everyone|please come|open to everyone|open to all|everybody welcome|"
    "everyone welcome|encourage people to come|attract visitors|attract customers",
    "nobody is allowed|no one is allowed|nobody is welcome|no one is welcome|nobody can come|"
    "nobody should come|nobody comes|nobody may|no one should come|no one may|"
    "don't want them to come|don't want anyone|stay away|stays away|keep away|not welcome|"
    "closed to|uninvited|members only|invite only|invitation only|scare away|scares away|no guests|"
    "without guests|doesn't say where|no date or place|hide the address|put people off|"
    "puts people off", "邀请|请柬|请帖|欢迎所有人|欢迎大家|人人可参加|面向所有人|对所有人开放|招揽|吸引顾客|吸引游客",
    "不准来|不准任何人来|谁也不能来|都不能来|不让进|谁都别来|别来|不要来|不许来|不欢迎|不想让人来|不让人来|没人来|拒绝参加|不对外|仅限会员|闲人免进|吓跑|赶走|不写时间地点|"
    "不写地点|劝退|不要让人来" },
  { "recommendation|recommend|letter of recommendation|reference letter|endorse|endorsement|praise|"
    "glowing|positive review|five star review|5 star review|rave review|ad|advert|advertisement|"
    "sales text|sales pitch|promote|sell it|make people buy|make them buy|product description|"
    "promotion",
    "advise against|advises against|do not hire|don't hire|never hire|not to hire|don't buy|"
    "do not buy|not to buy|nobody should buy|nobody wants|nobody buys|worst|terrible|useless|"
    "warn people|warn against|warns against|avoid at all costs|hate it|one star|1 star|"
    "tear it apart|no one should|rubbish|scam|makes people run|all its flaws|nothing but criticism|"
    "trash it|rip it apart", "推荐信|推荐|好评|五星好评|夸奖|表扬|种草|广告|宣传|推销|促销|安利|带货|卖点",
    "谁都不想买|没人想买|不想买|没有人买|没人会买|别买|不要买|别录用|不要录用|千万别|不推荐|劝退|差评|一星|垃圾|最差|没用|毫无用处|警告|避雷|拔草|谁都不要|没人要|骗人|"
    "全是缺点|吐槽" },
  { "complaint|complain|letter of complaint|objection|protest|demand|criticism|critical review|"
    "criticise|criticize|negative review|bad review|critique",
    "only praise|nothing but praise|completely satisfied|fully satisfied|very satisfied|"
    "no complaints|everything was perfect|everything is fine|happy with everything|"
    "without criticising|without criticizing|without any criticism|not a single negative|"
    "only positive|only say nice|only nice things|only good things|say nothing bad|"
    "nothing negative|full of praise", "投诉|抗议|差评|批评|抱怨|反对意见|负面评价|控诉|意见信",
    "只说好|只夸|全是好话|一切都好|都很满意|完全满意|非常满意|没有任何不满|不要批评|不许批评|没有缺点|只讲优点|只写优点|满是赞美|不要说坏话|不提缺点|不提任何缺点|赞不绝口" },
  { "farewell|goodbye|farewell mail|resign|resignation|quit my job|letter of notice|cancel|"
    "cancellation|cancel my|terminate|termination|give notice|decline|declining|turn down|reject|"
    "rejection|refuse|refusal|say no|firm no|breakup|break up|break up with",
    "i will come|i'll come|says i will|says i'll|will be there|see you there|i will attend|"
    "i am staying|i'm staying|stay in the job|keep my job|keep the job|want to stay|staying|"
    "keep the contract|keep it running|renew|extend it|accept|accepting|agree to|say yes|"
    "sounds like a yes|does not refuse|doesn't refuse|doesn't reject|does not say no|"
    "doesn't say no|not say no|never says no|without saying no|without refusing|without declining|"
    "without rejecting|without quitting|without breaking|think it is a yes|think it's a yes|"
    "stay together|move in with", "告别|辞别|辞职|离职|退订|解约|取消合同|拒绝|婉拒|回绝|推掉|谢绝|分手|解除合同|退出",
    "我会去|会去的|一定到|一定去|我会参加|会准时到|继续留任|继续干|留下来|不想走|不离开|续约|续签|续订|接受邀请|欣然接受|答应|同意下来|不能让他觉得|不要让他觉得|不拒绝|"
    "没有拒绝|不要拒绝|不能拒绝|别拒绝|别说不|不能说不|继续在一起|复合|长期合作" },
  { "binding|legally binding|obligatory|mandatory|compulsory|strict rule|must obey|contract",
    "obliges nobody|obliges no one|binds nobody|binds no one|not binding|non binding|nonbinding|"
    "voluntary|optional|without any obligation|without obligations|no obligation|no obligations|"
    "nobody has to|no one has to|can be ignored|may be ignored|nobody needs to follow|"
    "break at any time", "有约束力|具有约束力|强制|必须遵守|法律效力|硬性规定|合同",
    "没有约束力|无约束力|不具约束力|没有任何约束|自愿|随便遵守|可以不遵守|不用遵守|可遵守可不|爱遵守不遵守|不承担任何义务|没有任何义务|谁都不用" },
  { "confidential|secret|top secret|classified|private|off the record|discreet|for your eyes only|"
    "between us|anonymous|anonymously|nobody should know|no one should know|nobody may know|"
    "undercover|nobody notices|unnoticed|without anyone noticing|surprise party",
    "public website|our website|post on|post it|post publicly|publish|press release|announce|"
    "announcement|tell everyone|everyone knows|everybody knows|share it with everyone|on facebook|"
    "on instagram|on twitter|on linkedin|newsletter|billboard|poster|broadcast|my full name|"
    "my real name|signed with my|sign it with my|under my name|name and address|"
    "as visible as possible|attract attention|loud announcement|helps with the|help with the|"
    "helps plan|helps prepare|she helps|he helps|let her plan|let him plan",
    "保密|机密|秘密|私密|不公开|匿名|不署名|悄悄|偷偷|低调|不外传|别告诉任何人|不能告诉任何人|只有我们知道|惊喜派对|不让人发现|不被发现",
    "公布|宣布|全公司|全体员工|全班|官网|发到网上|公开|发布会|新闻稿|公告|通告|昭告|朋友圈|微博|抖音|公众号|群发|人尽皆知|所有人都知道|告诉所有人|告诉大家|实名|真实姓名|"
    "我的名字|真名|署上|落款|海报|广播|大张旗鼓|张贴|一起来筹备|一起筹备|一起策划|让她一起准备|让他一起准备" },
  { "comfort|comforting|console|reassure|reassuring|calm people|calm down|nothing to worry|"
    "no reason to worry|don't panic",
    "panic|alarm everyone|scare them|scare people|frighten|terrify|worst case|fear|"
    "run for their lives", "安抚|安慰|让人放心|别担心|不用担心|稳定情绪|不要恐慌",
    "恐慌|吓唬|吓死|害怕|恐惧|最坏的情况|大难临头|危言耸听|人心惶惶" },
  { "summary|summarise|summarize|abstract|condense|shorten|cut down|cut it down|shorter|trim|"
    "compress|tldr|synopsis|boil down",
    "not remove a|don't remove a|not a single word|do not remove|don't remove|"
    "without losing a word|longer than the original|longer than the text|longer than before|"
    "longer than the article|longer than the book|twice as long|twice the length|double the length|"
    "add more|add three|add two|add another|add five|add new paragraphs|add paragraphs|add detail|"
    "more detail|more details|more examples|expand every|expand each|expand it|keep every sentence|"
    "keep every word|keep all sentences|keep all the sentences|keep everything|without removing|"
    "without cutting|without deleting|remove nothing|delete nothing|don't remove anything|"
    "don't delete anything|same number of words|same length|word for word",
    "总结|摘要|概括|缩写|压缩|精简|缩短|删减|浓缩|缩减|改短",
    "一个字都不许删|一个字都不能删|一个字也不能删|比原文长|比原文还长|比原来长|比原来更长|两倍长|长一倍|加三段|加两段|再加|增加内容|增加细节|扩充|扩写|多加|一字不删|"
    "一个字都不删|不许删|不能删|不要删|别删|不删|全部保留|每句都保留|每个字都保留|保留所有|保留全部|字数不变|长度不变|一字不漏" },
  { "rewrite|rephrase|reword|refactor|change it completely|completely different|redesign|"
    "improve it|paraphrase|translate|modernise|modernize|restructure|revise|make it new|transform|"
    "fix|correct",
    "nothing changes|nothing in it changes|nothing changed|without changing|change nothing|"
    "don't change anything|do not change anything|don't change a|do not change a|leave everything|"
    "leave it exactly|leave it as it is|leave every|keep it exactly|exactly as it is|exactly as is|"
    "keep every word|keep each word|keep all the words|stays identical|stay identical|"
    "stay the same|stays the same|remains identical|no changes|untouched|word for word|"
    "not a single word changed|same words|same wording|don't touch|do not touch|letter by letter|"
    "not alter|without altering|not translate|verbatim",
    "重写|改写|重构|润色|翻译|修改|改进|优化一下|换个说法|换种说法|改编|重新设计|大改|焕然一新|改得完全不同|改成|修正|纠正",
    "一个字都不|一字不改|一个字符都不|一字不动|一个字也不|不许变|不能变|都不许改|都不能改|不要改动|别改动|不要改任何|不改任何|不改变任何|不做任何改动|不作任何改动|不许动|别动|"
    "不要动|原封不动|保持原样|原样保留|和原来一样|跟原来一样|一模一样|什么都不要改|什么都别改|不变|逐字保留|一字不差|不要翻译" },
  { "own words|my own voice|my own style|personal|handmade|original|unique|individual|tailored|"
    "custom made|nobody has written|never seen before|brand new|one of a kind",
    "copy|copied|verbatim|exactly like|sound exactly like|plagiarise|plagiarize|word for word|"
    "generic|one size fits all|fits everyone|fits all|fits everybody|same as everyone|identical|"
    "template text|standard text|mass produced|off the shelf|cliche|cliches|imitation",
    "原创|独创|独一无二|用自己的话|个性化|独特|量身定做|量身定制|与众不同|手工|专属|前所未有|从没人写过",
    "照抄|照搬|抄袭|复制|复制粘贴|模仿|一模一样|完全一样|千篇一律|通用|适合所有|谁都能用|套模板|大众化|流水线|陈词滥调|人手一份|完全模仿|一字不差" },
  { "true story|real story|real event|real events|really happened|nonfiction|documentary|factual|"
    "historically accurate|based on facts|only facts|real|actual case",
    "make up|invent|fantasy|fairy tale|magic|dragon|wizard|unicorn|alien|time travel|made up|"
    "invented|imaginary|completely fictional|pure fiction|all fictional|never happened|"
    "supernatural|talking animals|fictional",
    "真实故事|真实发生|真实发生过|真人真事|真事|纪实|非虚构|史实|现实主义|真实案例|真实事件|确有其事|完全真实",
    "编一个|编个|编一段|编一篇|虚构|编的|编造|瞎编|杜撰|幻想|魔法|龙|外星人|穿越|仙侠|妖怪|神仙|童话|会说话的动物|从没发生|没发生过|想象出来" },
  /* Its form */
  { "monologue|soliloquy|one speaker|single speaker|only one person speaks|one voice|speaks alone",
    "dialogue|conversation|both speakers|two speakers|two people talk|two characters|"
    "argue with each other|interview|question and answer|quarrel|debate|chorus|everyone speaks|"
    "back and forth", "独白|单口|一个人说|只有一个人说话|自言自语|一人分饰",
    "对话|对白|两个人|两人|对谈|辩论|问答|采访|争吵|群口|相声|你一言我一语|访谈" },
  { "poem|haiku|sonnet|limerick|verse|stanza|rhyme|ballad|rhyming",
    "prose|in prose|prose only|plain prose|as prose|not a poem|no verse|no stanzas|without stanzas|"
    "without verses|no lines|bullet point|bullet points|spreadsheet|csv|technical report",
    "诗|俳句|绝句|律诗|十四行诗|打油诗|歌词|对联|词牌", "散文形式|用散文|写成散文|不是诗|不要分行|不分行|表格形式|说明文|议论文|技术报告|不要诗句" },
  { "only give me|only return|only output|return only|output only|reply only with|"
    "respond only with|answer only with|nothing else|only code|only the code|only with code|"
    "only with the code|with code only|code only|just code|just the code|nothing but code|"
    "only json|json only|only valid json|raw json|only xml|only csv|csv only|only the number|"
    "just the number|only a number|only the result|just the result|only the answer|just the answer|"
    "only the translation|just the translation|only the title|no explanation|no explanations|"
    "without explanation|without explanations|don't explain|do not explain|no commentary|"
    "no comment|yes or no|only yes or no|just yes or no|true or false|one word answer|"
    "single word answer|a number and nothing else",
    "explain every|explain each|explain the|explain how|explain why|explain your|explaining|"
    "with explanation|with explanations|with an explanation|reasoning|justify|your reasons|"
    "give reasons|give the reasons|step by step|show your work|show the work|all steps|"
    "in your own words|walk me through|describe what|comment every|commentary|introduction|"
    "a short essay|essay|discuss|elaborate|tell me why|say why|with reasons|detailed|paragraph|"
    "with examples",
    "只输出代码|只给代码|只要代码|只回代码|只写代码|只返回代码|只输出json|只返回json|只要json|只给数字|只回答数字|只要数字|只要结果|只给结果|只要答案|只给答案|"
    "只回答是|只说是|是或否|是或不是|是或者否|不要解释|不用解释|别解释|不解释|无需解释|不加说明|不要说明|不做解释|只要译文|只给译文|只输出译文|只要结论|只给结论|只回一个数字|"
    "只回复是",
    "逐行解释|逐行讲解|解释给我|详细解释|解释清楚|解释原因|解释为什么|说明理由|给出理由|说明原因|说出理由|讲清原理|讲讲原理|讲解|分析原因|推理过程|解题过程|写出过程|过程也|"
    "步骤|加上注释|写清楚为什么|论述|展开|理由|为什么这样|一段话" },
  { "plain text|plaintext|no formatting|without formatting|no markup|unformatted|no markdown",
    "bold|italics|heading|headings|table|bullet point|bullets|markdown|html|colour coded|"
    "color coded|highlighted|formatted|underline", "纯文本|不要格式|不要排版|无格式|不用markdown|不要markdown",
    "加粗|斜体|标题|表格|列表|高亮|下划线|html|标红|彩色" },
  { "first person|from my point of view|from my perspective|as i|in my voice|i form",
    "third person|omniscient narrator|never use i|without using i|no i|from his perspective|"
    "from her perspective|never say i", "第一人称|以我的口吻|我的视角|我的口吻",
    "第三人称|全知视角|不要出现我|不出现我|不能用我|他的视角|她的视角|旁观者视角|上帝视角" },
  { "present tense", "past tense|future tense", "现在时", "过去时|将来时" },
  { "british english|british spelling|uk english|uk spelling",
    "american english|american spelling|us english|us spelling|american words", "简体", "繁体" },
  { "lowercase|lower case|small letters|no capitals|no capital letters|without capitals",
    "uppercase|upper case|all caps|capital letters|capitals|capitalise|capitalize|in caps", "小写",
    "大写" },
  { "handwritten|by hand|handwriting|pen and paper",
    "typed|machine readable|in excel|as an excel|spreadsheet formula|digital only", "手写|纸笔",
    "打印体|电子版|机打|excel" },
  { "in order|chronological|chronologically|alphabetical|alphabetically|ordered by|sorted by|"
    "sorted|from start to finish|from beginning to end|in sequence",
    "random|randomly|at random|unordered|in no order|no particular order|no order|backwards|"
    "mixed up|shuffled|shuffle|jumbled|in reverse|any order|unsorted|pell mell",
    "按顺序|按时间|时间顺序|按字母|按拼音|按大小|从头到尾|依次|顺叙|先后顺序|排序", "随机|打乱|乱序|无序|不分先后|倒叙|倒着|颠倒|顺序随意|没有顺序|乱排" },
  /* Money and time */
  { "cheap|cheapest|budget|low cost|low budget|inexpensive|affordable|frugal|free of charge|"
    "for free|costs nothing|no money|without money|without spending|zero euros|zero dollars|"
    "shoestring|on a student budget|under 20 dollars|under 20 euros|save money|bargain|"
    "tight budget|dirt cheap|penny",
    "luxury|luxurious|five star|5 star|private jet|private pool|yacht|first class|business class|"
    "champagne|caviar|lobster|truffle|michelin|designer|gold|diamond|diamonds|most expensive|"
    "pricey|high end|premium|money is no object|spare no expense|lavish|penthouse|butler|limousine|"
    "costs a fortune|exclusive|top of the range|rolex|ferrari",
    "便宜|廉价|实惠|省钱|穷游|免费|不花钱|零成本|零预算|不花一分钱|一分钱不花|低预算|低成本|预算很少|白菜价|平价|学生党|最省|几十块|五十块|一百块以内|经济型",
    "豪华|奢华|奢侈|五星|头等舱|商务舱|私人飞机|私人泳池|游艇|米其林|鱼子酱|松露|龙虾|名牌|黄金|钻石|最贵|天价|高端|顶级|不差钱|不惜代价|管家|总统套房|大牌|定制西装|"
    "昂贵|高档|爱马仕|茅台" },
  { "quick|quickly|fast|in five minutes|in ten minutes|in 5 minutes|in 10 minutes|5 minute|"
    "five minute|10 minute|ten minute|15 minute|fifteen minute|instant|in no time|right away|"
    "last minute|immediately|tonight|by tomorrow|within an hour|in an hour|on the spot|"
    "ready in minutes",
    "for two hours|for five hours|for six hours|for ten hours|for twelve hours|simmer for|marinate|"
    "overnight|for hours|several hours|all day|whole day|for days|a whole week|for weeks|"
    "slow cooked|slow roasted|simmer all|takes days|takes weeks|takes months|takes a month|"
    "a month of|three months|six months|take your time|24 hours|48 hours|next month|"
    "for three hours|for four hours|for eight hours|over several months|long marination|at leisure|"
    "without any hurry|no rush",
    "快手|快速|速成|马上|立刻|立即|五分钟|十分钟|十五分钟|几分钟|5分钟|10分钟|15分钟|一小时内|今晚就|当天|分分钟|秒出|来不及|现做现吃|半小时",
    "隔夜|过夜|腌一天|腌制一天|炖一天|熬一天|熬一夜|几个小时|好几个小时|三小时|三个小时|四小时|四个小时|六小时|六个小时|八小时|八个小时|一整天|24小时|48小时|好几天|"
    "一周时间|几周|几个月|半年|三个月|慢炖|慢熬|慢慢来|不着急|不急|发酵一|泡一晚|泡一夜" },
  { "full price|no discount|no discounts|without discount|regular price|never on sale",
    "percent off|half price|discount|on sale|reduced price|special offer|10% off|20% off|25% off|"
    "30% off|40% off|50% off|70% off|half off|clearance|everything 50",
    "原价|不打折|正价|不降价|无折扣|没有折扣|绝不打折", "五折|半价|打折|折扣|特价|降价|优惠|减价|清仓|买一送一|统统五折|八折|七折|三折|满减" },
  /* Places, people, things */
  { "indoors|indoor|at home|inside|in the flat|in my room|in the living room|"
    "without leaving the house|stay home|stay at home|from the sofa|never leave the house|"
    "never leaving the house",
    "outdoors|outdoor|in the open air|open air|in the forest|on the beach|hiking trail|camping|"
    "in the park|in the mountains|in nature|field trip|around the world|road trip|city tour|"
    "under the open sky|backpacking", "室内|屋里|家里|在家|不出门|足不出户|宅家|客厅|房间里|宿舍里",
    "户外|室外|露天|野外|森林里|海滩|露营|公园里|爬山|徒步|登山|郊外|环游|骑行|野餐|星空下" },
  { "quiet|secluded|deserted|lonely place|remote|off the beaten track|no people|without people|"
    "away from crowds|no crowds|no tourists|without tourists|peaceful|untouched|unknown place",
    "crowded|bustling|lively|party|nightlife|busy|full of people|packed|noisy|touristy|most famous|"
    "most popular|most visited|times square|city centre|city center|in the middle of town|festival|"
    "nightclub", "安静|清静|僻静|幽静|没人|人少|冷清|偏僻|小众|没有游客|无人|与世隔绝|避开人群",
    "热闹|人多|拥挤|人山人海|夜生活|闹市|市中心|网红打卡|最火|游客最多|喧闹|派对|狂欢|夜店|商业街|步行街|最热门" },
  { "alone|solo|on my own|by myself|single player|for one person|for one|single traveller|just me|"
    "only me|without company|without anyone else",
    "my kids|my children|my four kids|my three kids|my two kids|my five kids|my wife|my husband|"
    "my friends|with the whole family|for the whole family|with all my friends|with friends|"
    "for a group|group of|for ten people|for four people|for two people|team game|team sport|"
    "for two|for four|for six|for eight|couples|romantic dinner for|together with|multiplayer|"
    "for a family of", "独自|一个人|单人|独行|自己一个|独处|一人食|只有我",
    "带上四个孩子|带四个孩子|带上孩子|带着孩子|带孩子|带上全家|带老婆|全家|一家人|一家三口|一家四口|和朋友|跟朋友|一群|团体|多人|四人|四个人|两个人|十个人|十人|情侣|结伴|"
    "一大家子|双人|团队" },
  { "modern|contemporary|futuristic|up to date|brand new|high tech|state of the art|newest|digital",
    "medieval|baroque|antique|victorian|old fashioned|vintage|traditional|ancient|"
    "like 100 years ago|19th century|18th century|historic|retro|steam age|rustic",
    "现代|当代|未来感|前卫|高科技|最新款|数字化|时髦|科技感", "古典|古代|中世纪|复古|老式|传统|古董|巴洛克|维多利亚|古色古香|旧式|民国风|怀旧" },
  { "minimalist|minimal|simple design|plain design|clean design|uncluttered|discreet design|"
    "understated",
    "ornate|decorated|opulent|overloaded|cluttered|glitter|baroque|flashy|maximalist|"
    "lots of decoration|as many decorations|as many ornaments|colourful patterns|colorful patterns|"
    "frills|bling", "极简|简约|朴素|素净|留白|性冷淡风|低调",
    "繁复|华丽|花哨|堆满|装饰越多|很多装饰|大量装饰|富丽堂皇|金碧辉煌|闪亮|亮片|浮夸|花花绿绿|五颜六色" },
  { "black and white|monochrome|only black|all black|all white|only white|greyscale|grayscale|"
    "a single colour|a single color|one colour|one color|colourless|colorless|grey only|gray only|"
    "no colour|no color",
    "rainbow|colourful|colorful|bright colours|bright colors|multicoloured|multicolored|red and|"
    "pink|turquoise|neon|in every colour|in every color|all the colours|all the colors|"
    "golden yellow|bright red|bright green|vivid", "黑白|单色|纯黑|纯白|全黑|全白|灰色调|无彩色|只用黑|只用白|只用一种颜色",
    "彩虹|彩色|五颜六色|缤纷|鲜艳|大红|粉色|亮黄|霓虹|七彩|五彩|红色|绿色|金色|多种颜色|花花绿绿" },
  { "tiny|small|mini|miniature|compact|pocket size|pocket sized|hand luggage|carry on|"
    "fits in a pocket|one backpack|a small backpack|studio flat|one room flat|matchbox",
    "huge|giant|gigantic|enormous|massive|three suitcases|two suitcases|big suitcases|big suitcase|"
    "as big as a|life size|grand piano|oversized|king size|mansion|large sofa|seats twenty|xxl",
    "迷你|小巧|袖珍|便携|口袋大小|随身行李|登机箱|小背包|一居室|单间|火柴盒|微型|小户型",
    "巨大|巨型|超大|庞大|大箱子|大行李箱|三个行李箱|三个大|两个大|大别墅|三角钢琴|加大号|特大|坐二十人|和房子一样大" },
  { "easy|effortless|beginner level|beginner's|beginner|for novices|entry level|foolproof|"
    "no experience|without experience|simple recipe|never cooked|first time",
    "extremely difficult|very difficult|extremely hard|very hard|expert level|advanced level|"
    "hardest|most difficult|nobody can solve|no one can solve|can't be solved|only professionals|"
    "only pros|master chef|grandmaster|for advanced|years of practice|years of experience|"
    "impossible|insanely hard|ten years of experience|5 years of experience|"
    "five years of experience|senior|seasoned expert",
    "简单|容易|入门|新手|零基础|初级|轻松上手|傻瓜式|无经验|没有经验|不需要经验|不要求经验|应届生|第一次做",
    "极难|超难|很难的|最难|高难度|专家级|大师级|骨灰级|没人能|没人解得|谁都解不|谁也解不|大厨才|专业人士才|高手才|多年经验|五年经验|十年经验|五年以上|十年以上|三年以上|"
    "资深|地狱级|不可能完成" },
  { "safe|harmless|risk free|no risk|zero risk|without risk|riskless|secure|danger free|guaranteed",
    "dangerous|risky|high risk|life threatening|all in|reckless|gamble|double my money|"
    "triple my money|extreme sport|daredevil|hazardous|speculative",
    "安全|无风险|零风险|没有风险|稳赚|保本|稳妥|保险起见", "危险|高风险|冒险|玩命|极限运动|赌一把|梭哈|翻倍|翻一番|杠杆|拼命|孤注一掷" },
  { "healthy|diet|low calorie|light|slimming|lose weight|weight loss|detox|fasting|low fat",
    "deep fried|greasy|fattening|extra butter|loads of cheese|lots of cheese|lots of cream|"
    "lots of butter|calorie bomb|junk food|triple cheese|fast food|gain weight|bacon|3000 calories|"
    "4000 calories|mayonnaise|whipped cream|donut|doughnut", "减肥|减脂|健康|低卡|低脂|清淡|轻食|瘦身|断食|低热量|节食",
    "油炸|炸鸡|炸|肥腻|重油|重口味|高热量|大量奶油|大量芝士|多放油|热量炸弹|垃圾食品|五花肉|肥肉|增肥|奶茶|猪油|三千大卡" },
  { "raw|uncooked|no bake|no cook|no cooking|unbaked|without cooking|cold dish",
    "bake|baked|roast|grill|grilled|fry|fried|boil|boiled|simmer|stew|braise|oven|deep fried|"
    "barbecue", "生吃|免烤|不开火|免煮|凉拌|生腌|不用火|不烤|无需烹煮", "烤|炖|煮|炸|煎|焖|炒|蒸|红烧|烤箱" },
  { "ice cold|iced|chilled|frozen|cold drink|ice cream|cold soup|refreshing cold",
    "piping hot|steaming|boiling hot|served hot|hot soup|warm from the oven|scalding|freshly boiled",
    "冰镇|冰的|冷饮|冰淇淋|凉的|冰凉|冷汤|冻", "滚烫|热腾腾|热气腾腾|烫嘴|趁热|烧开|刚煮开|热汤" },
  { "sweet|sugary|candied", "no sweetness|not sweet at all|salty only|bitter only", "甜甜的|甜味|甜品",
    "一点都不甜|完全不甜|毫无甜味|只有咸味" },
  { "mild|not spicy|no spice|bland|hates spicy|can't eat spicy|can't stand spicy",
    "extra hot|very spicy|super spicy|extra spicy|lots of chili|plenty of chili|habanero|"
    "carolina reaper|fiery", "不辣|清淡|微辣都不行|不能吃辣|不吃辣", "特辣|爆辣|变态辣|重辣|多放辣椒|麻辣|魔鬼椒|辣得" },
  { "silent|wordless|without words|no words|without speaking|mute|pantomime|mime|silence|"
    "not a word|without saying a word|without lyrics|instrumental|no lyrics",
    "lyrics|dialogue|speech|monologue|shout|sing|song text|voice over|narrator|narration|loud|"
    "aloud|out loud|sung|singer|talk|catchy chorus|deep lyrics|radio play",
    "无声|止语|禁语|沉默|默剧|哑剧|不说话|一言不发|不出声|没有台词|无台词|没有歌词|无歌词|纯音乐|没有对白|器乐",
    "小组讨论|台词|对白|歌词|旁白|喊|大声|唱|朗读|演讲|广播剧|说话|独白|金句" },
  { "static|motionless|standing still|lying down|without moving|sitting still|in bed|bed rest|"
    "without getting up|from a chair",
    "jump|jumping|run|running|sprint|dance|dancing|burpee|jogging|marathon|hop|squat|climb",
    "一动不动|静止|不动|躺着|坐着不动|不起身|卧床|不下床", "跳|跑|冲刺|舞动|跳舞|波比跳|慢跑|马拉松|深蹲|爬楼" },
  { "bullet point|bullet points|bulleted|as a list|numbered list|in a table|as a table|table form",
    "flowing text|continuous text|in prose|running text|as prose|one block of text|without breaks|"
    "single paragraph|one paragraph|continuous prose", "分点|分条|列表形式|条目|表格形式|编号列出|用列表|用表格",
    "不分段|一整段|连续的文字|整段文字|流水文字|一段话|一气呵成|大段文字|完整段落" },
  { "no headings|without headings|no sections|no paragraphs|without paragraphs|no chapters|"
    "undivided",
    "with headings|section headings|divided into|split into sections|with chapters|chapter titles|"
    "sections", "不分章|不分节|不要小标题|没有小标题|不分段|不要分段", "分章节|加小标题|小标题|分成|分为|分章|分节|分三段|分五段|分四段|分两段" },
  { "only once|a single time|exactly once|just once|at most once",
    "in every sentence|in each sentence|every sentence|three times|five times|ten times|"
    "again and again|in every line|in each line|repeatedly|as often as possible|in every paragraph|"
    "over and over", "只出现一次|仅一次|只能用一次|只用一次|只说一次|只提一次|最多一次",
    "每句都|每一句|每句话|每行都|三次|五次|十次|反复|多次|一遍又一遍|每段都|重复" },
  { "never repeat|without repetition|no repetition|don't repeat|do not repeat|no repeated words",
    "repeat|same sentence|refrain|over and over|again and again|chorus repeated|the same word",
    "不重复|不要重复|不许重复|没有重复|避免重复", "反复|重复出现|一遍遍|一遍又一遍|同一句话|重复三遍|副歌重复|每段重复" },
  { "multiple choice|closed question|yes no question", "open question|open ended|free answer",
    "选择题|单选题|判断题", "开放题|问答题|简答题|没有选项" },
  { "left handed|for lefties", "right handed only|for right handers only", "左撇子|左手",
    "只能用右手|右手专用" },
  { "vegetarian|vegan|plant based",
    "hunter's stew|butcher|all meat|meat lovers|carnivore|barbecue ribs", "素食|纯素|吃素",
    "全肉|无肉不欢|肉食|烤全羊|肉宴|大口吃肉" },
  { "today|this afternoon|tonight|by tonight|this evening",
    "next year|in two years|start next month|in ten years", "今天|今晚|今天之内|今天就", "明年|两年后|下个月才|十年后" },
  { "native speaker|fluent",
    "grammar mistakes|lots of mistakes|many mistakes|spelling mistakes|full of mistakes|"
    "broken english|with many mistakes|with spelling mistakes|with grammar mistakes", "地道|流利|母语水平",
    "错别字|语法错误|很多错误|语病|病句|蹩脚|磕磕巴巴|满是错误" },
  { "error free|flawless|no mistakes|without mistakes|perfect grammar|correct spelling|"
    "without typos|no typos",
    "with typos|typos|misspelled|misspelt|spelling mistakes|wrong grammar|grammar mistakes|"
    "broken english", "没有错别字|无错别字|零错误|没有错误|语法正确|不能有错", "错别字百出|故意写错|带错别字|几个错别字|一些错别字|语法错误|病句" },
  { "permanent|forever|never ends|everlasting|infinite|endless|unlimited",
    "temporary|ends after|stops after|only until|limited to|for a limited time|expires",
    "永久|永远|无限|无穷|没有尽头|永不结束|长期有效", "临时|到期|限时|截止|只到|有限|结束于|三天后失效" },
};

const BaleenScale *
baleen_coach_get_scales (gsize *n)
{
  *n = G_N_ELEMENTS (scales);

  return scales;
}
