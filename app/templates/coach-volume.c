/* How much a draft asks to be written, and how much it asks to be read: what does not fit into
 * one answer, and what does not fit into the context. */
#include "coach-rules.h"

/* ---- Numbers -------------------------------------------------------------------------- */

#define EN_MANY \
  "(?:[5-9]|[1-9]\\d+|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty|forty|" \
  "fifty|" \
  "sixty|eighty|hundred)"
#define EN_WORDS \
  "(?:(?:[2-9][,. ]?\\d{3}|1[,. ]?[5-9]\\d{2}|\\d{2,3}[,. ]?\\d{3}|(?:two|three|four|five|six|" \
  "seven|eight|" \
  "nine|ten|fifteen|twenty|thirty|forty|fifty) thousand|\\d+k)[- +]*words?\\b)"
#define EN_HUGE_WORDS \
  "(?:(?:\\d{2,3}[,. ]?\\d{3}|\\d{2,}k|(?:ten|fifteen|twenty|thirty|forty|fifty|sixty|eighty|" \
  "(?:a )?hundred) " \
  "thousand|[\\d.]+ million)[- ]words?\\b)"
#define ZH_THOUSANDS "(?:[2-9]\\d{3}|\\d{5,}|[三四五六七八九]千|[一二三四五六七八九两十\\d.]+万|" \
                     "\\d+k)"
#define ZH_MANY "(?:[5-9]|[1-9]\\d+|[五六七八九十百]+)"

/* ---- What is to be written ------------------------------------------------------------ */

/* Works that are long by nature. */
#define EN_WORK \
  "(?:novel|novella|e-?book|textbook|thesis|dissertation|screenplay|handbook|encyclop(?:a?e)dia|" \
  "memoirs?|" \
  "autobiography|trilogy|saga|epic|opera|libretto|white ?paper|literature review|monograph|" \
  "sequel to|" \
  "fan ?fiction|(?:whole|entire|full|complete|full-length|new|fantasy|children's|history|cook|my|" \
  "a) " \
  "?book(?! (?:review|report|title|summary|club|cover|list)))"
/* Works that are long when they are to be whole. */
#define EN_DOCUMENT \
  "(?:business plan|course|curriculum|syllabus|manual|guide|report|tutorials?|film script|script|" \
  "series|" \
  "documentation|play|proposal|application|strategy|plan|history|biography|policy|handbook|" \
  "specification|" \
  "contract|textbook|workbook|study|analysis|feasibility study|paper|review|musical|chronicle|" \
  "wiki|playbook)"
#define EN_WHOLE \
  "(?:full|full-length|complete|comprehensive|detailed|entire|whole|in-depth|extensive|" \
  "exhaustive|" \
  "definitive|ultimate|thorough|all-in-one|end-to-end)"
/* A small thing about a large one: the title of a novel. */
#define EN_NOT_SMALL \
  "(?! (?:title|titles|idea|ideas|review|summary|name|names|cover|statement|defen[sc]e|opening|" \
  "blurb|" \
  "outline|synopsis|club|topic|topics|report|abstract|concept|pitch|teaser|tagline|headline|" \
  "prompt)s?\\b)"

static BaleenPattern english_writes
    = BALEEN_PATTERN ("\\b(?:write|writing|draft|create|produce|compose|generate|author|make|"
                      "develop|"
                      "prepare|i need|need|essay|story|article|give me|i want|put together|"
                      "design|build|"
                      "come up with|pen|tell me)\\b|^(?:an? |the )?(?:\\w+ )?" EN_WORK
                      "|^(?:an? |the )?(?:full|complete|comprehensive|detailed|entire|whole|"
                      "in-depth|"
                      "(?:[1-9]\\d|six|eight|ten|twelve|twenty|thirty|fifty)[- ]page)\\b");
static BaleenPattern english_long[] = {
  BALEEN_PATTERN ("\\b" EN_WORDS),
  BALEEN_PATTERN ("\\b" EN_MANY "[- ](?:\\w+ )?(?:pages?|chapters?|episodes?|cantos|acts|volumes|"
                  "lessons|"
                  "modules|units|lectures|blog ?posts|articles|essays|short stories)\\b"),
  BALEEN_PATTERN ("\\b(?:[4-9]\\d|\\d{3,}|fifty|sixty|hundred|"
                  "a hundred)[- ](?:\\w+ )?(?:slides?|questions?|exercises|"
                  "flash ?cards|recipes|poems|stories|tips|prompts|slides|items|entries|facts)\\b"),
  BALEEN_PATTERN ("\\b(?:[4-9]|[1-9]\\d|one|six|eight|ten|twelve|a)[- ](?:week|month|year|"
                  "semester)s?\\b"
                  "[^.?!]{0,24}\\b(?:course|curriculum|programme|syllabus|home-?school\\w*)\\b"),
  BALEEN_PATTERN ("\\b(?:course|curriculum|syllabus)\\b[^.?!]{0,40}\\b(?:all|every|each) (?:the )?"
                  "(?:lessons?|modules?|units?|weeks?|year)\\b|\\bcurriculum for (?:an? |the )?"
                  "(?:whole |entire |full )?(?:year|semester)"),
  BALEEN_PATTERN ("\\b(?:write|draft|create|produce|compose|generate|author|make|develop|prepare|"
                  "need|want|"
                  "give me|put together|design|pen|"
                  "help me write)\\b[^.?!]{0,30}\\b(?<!chapter of my )(?<!title for "
                  "my )(?<!abstract for my )" EN_WORK "\\b" EN_NOT_SMALL),
  BALEEN_PATTERN ("^(?:an? |the )?(?:\\w+ )?" EN_WORK "\\b" EN_NOT_SMALL " (?:about|on|set|"
                  "in which|where)\\b"),
  BALEEN_PATTERN ("\\b" EN_WHOLE "(?:,? [\\w-]+){0,4}? " EN_DOCUMENT "\\b" EN_NOT_SMALL),
  BALEEN_PATTERN ("\\b(?:multi|many)-?(?:chapter|part|volume)\\b|\\b(?:covering|with|including|"
                  "in) (?:every|all|each)"
                  "(?: of)?(?: the| its)? (?:stages?|chapters?|steps? of the way|lessons?|"
                  "functions?|features?|aspects?)\\b"),
  BALEEN_PATTERN ("\\b(?:super|very|really|extremely|incredibly|"
                  "insanely) long (?:\\w+ )?(?:story|essay|article|"
                  "text|report|poem|letter|speech|blog post|guide)\\b"),
};
/* A draft that begins so wants something read, however long that is. */
static BaleenPattern english_digest_first
    = BALEEN_PATTERN ("^(?:please |can you |could you |would you |i want you to |i need you to |"
                      "just )*"
                      "(?:summari[sz]e|sum up|condense|shorten|read|give me (?:the |an? )(?:key|"
                      "gist|abstract|summary|"
                      "digest|overview)|go through|translate|proofread|review|i have an?|list|"
                      "boil|cut|extract|"
                      "analy[sz]e|find|digest|what (?:are|is|does)|here'?s|here is|who|why|"
                      "how (?:do|to|can|long|"
                      "many))\\b|\\bsummari(?:[sz]e|es)\\b|\\bsummaries for\\b");

static BaleenPattern chinese_writes
    = BALEEN_PATTERN ("写|编|撰|创作|生成|起草|做|出一|需要|想要|完成|制作|制定|拟|设计|开发|"
                      "规划|来一|来篇|来部|产出|策划|准备|^一[份篇本部套]|完整的|全套|各部分都");
static BaleenPattern chinese_long[] = {
  BALEEN_PATTERN (ZH_THOUSANDS "(?:多|余|来)?(?:个)?(?:字|汉字|词|单词)|[二三四五六七八九]千字"),
  BALEEN_PATTERN (ZH_MANY "(?:多|余)?(?:个)?(?:页|章|回|集|卷|幕|万字|课时|讲|个模块|个单元|"
                          "篇[^，。]{0,8}(?:系列|文章|博客|"
                      "推文|短文|作文))"),
  BALEEN_PATTERN ("(?:[4-9]\\d|\\d{3,}|[五六七八九]十|一?百)(?:多|余)?(?:道|个|条|首|张)"
                  "[^，。]{0,4}(?:题|练习|问答|卡片|"
                      "菜谱|故事|诗)"),
  BALEEN_PATTERN ("(?:[4-9]|1\\d|[六八十]|十二|一整?|整)(?:个)?(?:周|月|学期|学年|年)"
                  "[^，。]{0,10}(?:课程|网课|课|教学大纲)"),
  BALEEN_PATTERN ("(?:写|编写|撰写|创作|生成|起草|编|著|做|来|需要|想要|完成|制作|设计|开发|"
                  "规划|整理)[^，。？?]{0,14}(?:长篇|中篇|"
                  "(?<!短篇)(?<!微型)(?<!微)小说(?!的?(?:标题|名字|书名|开头|简介|推荐|大纲))|"
                  "毕业论文|学位论文|硕士论文|"
                  "博士论文|学术论文|文献综述|史诗|(?<!一)本(?:书|教材|手册)|一整本|一整套|"
                  "一本\\S{0,16}(?:书|教材|手册|电子书|指南)|电子书|"
                  "教材|教科书|剧本|白皮书|自传|回忆录|同人文)(?!的?(?:标题|题目|摘要|书名|开题|"
                  "提纲|大纲|简介|答辩|封面|目录))"),
  BALEEN_PATTERN ("(?:完整|全套|详细|详尽|整套|全面|整部|一整|系统|深入)"
                  "的?[^，。]{0,16}(?:商业计划书|计划书|教程|课程|手册|"
                  "方案|指南|报告|策划书|文档|剧本|说明书|申请书|标书|规划|战略|攻略|制度|小说|"
                  "(?<!历)史|历史|传记|论文|教材|书)"
                  "(?!的?(?:标题|题目|摘要|书名|开题|提纲|大纲|简介|答辩|封面|目录|要点|重点|"
                  "意思|大意))"),
  BALEEN_PATTERN ("(?:每(?:一)?(?:个)?(?:课|章|节|阶段|步骤|功能|部分|模块))(?:都|全|全部)"
                  "[^，。]{0,3}(?:写|讲|有|要|展开)|"
                      "多章节|[两三四五六]幕(?:话剧|歌剧|戏剧|音乐剧|剧本|剧)|"
                  "(?:超|特别|非常|很)长的?[^，。短]{0,6}(?:故事|文章|小说|作文|报告|诗|信|教程)"),
};
static BaleenPattern chinese_digest_first
    = BALEEN_PATTERN ("总结|概括|归纳|缩写|缩成|浓缩|通读|读完|看完|翻译|以内|提炼|提取|摘要|"
                      "过一遍|大意|太长不看|审阅|概要|梗概|大概(?!\\d)");

/* ---- What is to be read --------------------------------------------------------------- */

static BaleenPattern english_digests
    = BALEEN_PATTERN ("\\b(?:summari[sz]e|summar(?:y|ies)|sum(?:s|med)? (?:it )?up|condense|"
                      "shorten|digest|recap|tl;?dr|gist|abstract|"
                      "(?:key|main|core|central|biggest|most important) (?:points|message|risks|"
                      "claims|takeaways|findings|ideas|arguments|"
                      "results|messages|themes|facts)|"
                      "takeaways|highlights?|what was (?:decided|said|agreed|discussed)|read|go "
                      "(?:through|over)|look through|review|"
                      "extract|analy[sz]e|overview of|"
                      "outline the|list (?:every|all)|find (?:all|every|out)|boil|distil|reduce|"
                      "cut|compress|"
                      "what does|translate|proofread|into (?:notes|bullet points|minutes)|"
                      "notes (?:from|of|on)|pull out|mentioned|(?:what|which|who|where|when|does|"
                      "how many)\\b[^.?!]*\\?)\\b");
static BaleenPattern english_large[] = {
  BALEEN_PATTERN ("\\b(?:[3-9]\\d|\\d{3,}|hundred|hundreds of|two hundred|three hundred|thirty|"
                  "forty|"
                  "fifty|sixty|eighty|many)[- ,]*(?:pages?|pp|pgs?|p)\\b"),
  BALEEN_PATTERN ("\\b" EN_HUGE_WORDS),
  BALEEN_PATTERN ("\\b[2-9]\\d\\d (?:\\w+ ){0,2}(?:e-?mails|messages|comments|reviews|tickets|"
                  "answers|responses|"
                  "letters|posts)\\b"),
  BALEEN_PATTERN ("\\b(?:\\d{1,3}[,. ]?\\d{3}|\\d+k|thousands of|"
                  "hundreds of) (?:\\w+ )?(?:messages|e-?mails|comments|reviews|"
                  "entries|tickets|lines|posts|records|responses|rows)\\b"),
  BALEEN_PATTERN ("\\b(?:whole|entire|complete|full|all(?: of)? (?:the|my|our|these)|"
                  "every page of|very long|huge|"
                  "enormous|massive|gigantic|giant|whole thing|all of (?:the|my|our)|this long|"
                      "lengthy|super long|"
                  "really long|\\d+[- ]hour|"
                  "(?:two|three|four|five|six|seven|eight|"
                  "\\d+) hours of)\\b(?: [\\w-]+){0,2} ?\\b(?:books?|novel|"
                  "reports?|manual|transcripts?|contract|documents?|doc|thesis|dissertation|"
                  "textbook|pdf|papers?|archive|"
                  "biography|documentation|proceedings|handbook|minutes|recordings?|logs?|diary|"
                  "diaries|file|files|ruling|"
                  "judg(?:e)?ment|policy|agreement|manuscript|interviews?|lectures?|guidelines|"
                  "chapters|history|podcast|notes|e-?mails|manuscripts?)\\b"),
  BALEEN_PATTERN ("\\b(?:summari[sz]e|summary of|condense|key points of|main ideas of|digest|"
                  "boil down|gist of)\\b"
                  "(?: [\\w-]+){0,3} (?:books?|novel|thesis|dissertation|textbook|handbook|"
                  "trilogy|bible|encyclopedia|annual report|"
                  "biography|manuscript)\\b(?! (?:chapter \\d|review))"),
  BALEEN_PATTERN ("\\b(?:[1-9]\\d)[- ]chapters?\\b|\\ball (?:\\d\\d|the) chapters\\b|"
                  "\\b(?:chapter by chapter|each chapter|"
                  "cover to cover|page by page|section by section)\\b"),
};
static BaleenPattern shortens_to
    = BALEEN_PATTERN ("(?<!to )(?<!in )(?<!into )(?<!on )\\b(?:first|one|this) (?:page|paragraph|"
                      "chapter)\\b"
                      "(?! (?:by|after) )");
/* A book that everybody knows is not there to be read. */
static BaleenPattern known_work
    = BALEEN_PATTERN ("\\b(?:plot of|ending of|without (?:revealing|spoil))\\b");

static BaleenPattern chinese_digests
    = BALEEN_PATTERN ("总结|概括|归纳|梳理|读完|通读|看完|提炼|摘要|要点|读一下|读一读|读我|"
                      "阅读|浓缩|缩写|缩成|缩到|缩短|压缩|提取|精简|整理|翻译|"
                      "列出|分析|校对|找出|审阅|消化|大意|核心(?:意思|内容)|中心思想|主旨|哪些|"
                      "提到|看一遍|读一遍|定了什么|决定了什么|说了啥|讲了啥|笔记|大概|概要|梗概|摘出|怎么说|听完|重点|"
                      "核心观点|主要(?:观点|内容|思想|结论)|太长不看|过一遍|提要|划重点|"
                      "讲了什么|说了什么");
static BaleenPattern chinese_large[] = {
  BALEEN_PATTERN ("[2-9]\\d\\d(?:多)?(?:封|条|份)[^，。]{0,4}(?:邮件|消息|评论|留言|反馈|问卷|来信|工单)"),
  BALEEN_PATTERN ("(?:[3-9]\\d|\\d{3,}|[三四五六七八九]十|几十|上百|[一二两三四五六七八九几]百|"
                  "几千)(?:多|余|来)?页"),
  BALEEN_PATTERN ("(?:[一二两三四五六七八九十几百\\d.]+万(?:[一二三四五六七八九\\d]千)?|\\d{5,})"
                  "(?:多|余)?字的?(?!以内)"),
  BALEEN_PATTERN ("(?:[一二两三四五六七八九十几百\\d.]+万|\\d{4,}|[几三五八]千|成千上万)(?:多|"
                  "余)?(?:条|封|份|行|个)(?:聊天|消息|"
                  "记录|评论|邮件|留言|日志|数据)?"),
  BALEEN_PATTERN ("(?:整本|整个|全书|整部|全部|所有|整份|整篇|完整的?|全文|一整本|这本|那本|"
                  "这部|全套|(?:很|超|特别|非常|这么|那么)(?:长|大|"
                      "厚)的?|"
                  "巨长的?|"
                  "[一二三四五六七八九十两\\d]+(?:个)?(?:半)?小时)[^，。]{0,8}(?:书|小说|报告|"
                  "年报|手册|说明书|逐字稿|录音|合同|文档|"
                  "论文|教材|pdf|书稿|稿子|采访|传记|记录|资料|文稿|名著|著作|招股书|白皮书|"
                  "文件|会议|讲座|访谈|日记|判决书|笔录|案卷|卷宗|标书|"
                      "制度|协议|章节|播客)|全书|整本书"),
  BALEEN_PATTERN ("《[^》]+》(?:全书|整本书|这本书|一书|整部|全文)"),
  BALEEN_PATTERN ("(?:全部|共|一共|所有|每)?\\d\\d(?:个)?章|逐章|逐页|逐节|一章一章|从头到尾读"),
};
static BaleenPattern chinese_writes_first
    = BALEEN_PATTERN ("^(?:请|帮我|给我|麻烦|替我|我想|我要)*(?:写|编写|撰写|起草|设计|创作|做)"
                      "(?!.*(?:总结|概括|归纳|摘要|提炼))");

gboolean
baleen_coach_reads_long_document (const BaleenDraft *draft)
{
  if (draft->is_chinese)
    return baleen_pattern_matches (&chinese_digests, draft->text)
           && !baleen_pattern_matches (&chinese_writes_first, draft->text)
           && baleen_patterns_match (chinese_large, G_N_ELEMENTS (chinese_large), draft->text);

  return baleen_pattern_matches (&english_digests, draft->plain)
         && !baleen_pattern_matches (&shortens_to, draft->plain)
         && !baleen_pattern_matches (&known_work, draft->plain)
         && baleen_patterns_match (english_large, G_N_ELEMENTS (english_large), draft->plain);
}

gboolean
baleen_coach_wants_long_answer (const BaleenDraft *draft)
{
  if (draft->is_chinese)
    return baleen_pattern_matches (&chinese_writes, draft->plain)
           && !baleen_pattern_matches (&chinese_digest_first, draft->plain)
           && baleen_patterns_match (chinese_long, G_N_ELEMENTS (chinese_long), draft->plain);

  return baleen_pattern_matches (&english_writes, draft->plain)
         && !baleen_pattern_matches (&english_digest_first, draft->plain)
         && baleen_patterns_match (english_long, G_N_ELEMENTS (english_long), draft->plain);
}
