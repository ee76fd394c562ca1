/* Whether work is asked for on a piece that is not there: a text, a file, a list, a message. What
 * says so is the build of the request: a verb of working, then “the”, “my”, “这” or “把” and the
 * name of a piece, and neither the piece itself nor what it says behind it. */
#include "coach-rules.h"

#include <string.h>

#define MOST_WORDS 18
#define MOST_LETTERS 26

/* ---- English -------------------------------------------------------------------------- */

/* What these are done to must be at hand, whatever it is. */
#define EN_HANDLES \
  "(?:rewrite|rephrase|reword|proofread|correct|shorten|lengthen|reformat|refactor|edit|" \
  "continue|finish|complete|paraphrase|grade|annotate|restructure|reply to|respond to|" \
  "write back to|debug|condense|trim|reorgani[sz]e|fill (?:in|out)|revise|renumber|transcribe|" \
  "summari[sz]e|translate|answer|decode|double-?check)"
/* These are done to anything, so the name of a piece must follow. */
#define EN_LOOKS \
  "(?:explain|check|review|read(?: through)?|look (?:at|over|through|into)|go (?:over|through)|" \
  "analy[sz]e|evaluate|assess|interpret|rate|judge|compare|sort|order|convert|turn|put|change|" \
  "format|polish|improve|make|fix|solve|test|run|count|highlight|extract|list|clean up|tidy up|" \
  "adapt|adjust|update|merge|split|comment on|criticize|critique|help (?:me )?(?:with|" \
  "understand))"
#define EN_PIECE \
  "(?:texts?|essays?|articles?|e-?mails?|letters?|messages?|documents?|papers?|reports?|" \
  "paragraphs?|passages?|sentences?|sections?|chapters?|clauses?|lines?|verses?|poems?|" \
  "stor(?:y|ies)|speech|title|headline|introduction|intro|conclusion|abstract|summary|preface|" \
  "foreword|opening|ending|answers?|code|function|class|method|script|program|query|snippet|" \
  "loop|regex|bugs?|errors?|typos|mistakes|grammar|spelling|punctuation|homework|assignment|" \
  "exercises?|thesis|resume|cv|cover letter|drafts?|proposal|translation|tables?|charts?|" \
  "graphs?|figures?|data|spreadsheet|workbook|sheet|slides?|deck|presentation|list|files?|" \
  "folder|diagram|drawing|sketch|map|images?|pictures?|photos?|screenshot|quote|contract|lease|" \
  "agreement|complaint|comments?|feedback|request|invoice|bill|receipt|logo|caption|footnotes?|" \
  "references|bibliography|riddle|equation|formula|results?|minutes|meeting|notes?|lecture|" \
  "transcript|recording|interview|conversation|chat|thread|post|tweet|reply|response|manual|" \
  "instructions|recipe|schedule|timetable|agenda|menu|form|survey|questionnaire|log|logs|output|" \
  "stack ?trace|config|layout|design|mock-?up|website|page|draft|manuscript|review)"

static BaleenPattern handles
    = BALEEN_PATTERN ("^(?:now |then |also |just |please )*" EN_HANDLES "(?: me| for me| both| all"
                      "(?: of)?)? (?:the|my|our|his|her|their|this|that|these|those|both)"
                      "(?! (?:word|phrase|verb|name|number|expression|question (?:why|what|how|"
                      "whether|if|of|when|who|where))\\b)(?: [\\w'-]+){1,3}?"
                      "(?: (?:in|into|to|for|so that|so|more|with|as|before|until|at|by|and|it|"
                      "again|please|without|tonight|today|now)\\b.*)?[?.! ]*$");
static BaleenPattern looks
    = BALEEN_PATTERN ("^(?:now |then |also |just |please )*" EN_LOOKS "(?: me| for me)?"
                      "(?: [\\w'-]+ (?:in|on|of|from|for))? (?:the|my|our|his|her|their|this|"
                      "that|these|those)(?: [\\w'-]+){0,2} " EN_PIECE "\\b(?! (?:of|about|between|"
                      "that|which|named|called|titled|by)\\b)(?: (?:in|into|to|for|so that|so|more|"
                      "with|as|before|until|at|look|sound|read|from|and|it|again|a|less|shorter|"
                      "longer|faster|easier|by|please)\\b.*)?[?.! ]*$");
/* “the text below”, “the attached file”, “here is my essay”: it was meant to be there. */
static BaleenPattern announced
    = BALEEN_PATTERN ("\\b(?:the|this|my|an?|our) (?:attached|enclosed|following|pasted) \\w+|"
                      "\\b" EN_PIECE " (?:(?:above|below)(?! (?:the|an?|my|that|which|zero|"
                      "average|\\d))|attached|"
                      "i (?:sent|pasted|attached|"
                      "uploaded|shared|posted))\\b|\\bsee (?:attachment|attached|above|below)\\b|"
                      "\\b(?:in|from|of|on) the (?:attachment|screenshot|upload)\\b");
/* What is announced, and comes: “this sentence: he go home”. */
static BaleenPattern supplied
    = BALEEN_PATTERN ("\\b(?:this|these|the|following|below|my|here(?:'s| is|"
                      " are)?)\\b[^:\\n]{0,48}"
                      ": *(?!please|can|could|help|translate|fix|explain)\\S+");
/* “my doctor gave me the results, are they bad?” */
static BaleenPattern handed_over
    = BALEEN_PATTERN ("^(?:my|our|the|i|we|he|she|they)\\b(?: \\w+){0,3} (?:gave|sent|got|received|"
                      "wrote|returned|showed|handed|made|left|posted|submitted|finished|drafted|"
                      "signed)(?: \\w+){0,4} " EN_PIECE "\\b[^,.;?]{0,24}[,.;]+ ?(?:and |so |but )?"
                      "(?:is|are|was|does|do|did|what|how|should|can|could|would|any)\\b"
                      "(?: [\\w']+){0,6}[?.! ]*$");
/* “the app crashes when i open it”, “my screen goes black after the update” */
static BaleenPattern fails
    = BALEEN_PATTERN ("^(?:and |so |but |hey |help[,! ]+)?(?:the|my|our|this) \\w+(?: \\w+)? (?:"
                      "(?:always|still|just|suddenly|constantly|often|sometimes) )?(?:crash(?:es|"
                      "ed)"
                      "|freezes|froze|hangs|fails|quits|dies|restarts|reboots|disconnects|glitches|"
                      "goes (?:black|blank|dark|off)|shuts down|shut down|stops (?:working|"
                      "responding)|stopped (?:working|responding)|won't \\w+|doesn't \\w+|can't "
                      "\\w+)(?: \\w+)? (?:when|whenever|after|every time|each time|as soon as|if|"
                      "since|during|while|on)\\b(?: [\\w']+){1,6}[?.! ]*$");
/* “what's the third one on the list again” */
static BaleenPattern listed
    = BALEEN_PATTERN ("\\bthe (?:first|second|third|fourth|fifth|last|next|other|previous) (?:one|"
                      "item|entry|point|name|number|\\w+) (?:on|in|from) (?:the|my|our|that|this) "
                      "(?:list|menu|table|row|series|document|text|email|sheet|page|slide)\\b");

/* ---- Chinese -------------------------------------------------------------------------- */

#define ZH_WORKS \
  "(?:翻译|翻成|译成|改写|改成|改得|改改|改一下|改下|改|修改|修正|润色|校对|批改|续写|接着写|扩写|" \
  "缩写|缩短|精简|压缩|重写|重构|优化|排版|补全|补充|纠正|核对|检查|总结|概括|归纳|解释|分析|" \
  "回复|回一下|回|答复|回应|评价|点评|打分|审核|审阅|审|看看|看一下|看下|看|读一下|读|整理|梳理|" \
  "排序|统计|转成|转换|弄好看|弄|做成|变成|缩成|标出|找出|圈出|提取|合并|拆分|翻一下|读懂|" \
  "排成|排好|改对|编辑|抄写|填写|填|完成|写完|做完|调试|美化|弄懂)"
#define ZH_PIECE \
  "(?:文章|作文|作业|论文|文本|原文|短文|课文|段落|段子|段话|段文字|段|句子|句话|句|" \
  "篇|邮件|信件|来信|信|短信|微信|消息|留言|评论|帖子|文件|文档|合同|协议|条款|报告|周报|日报|月报|" \
  "简历|求职信|稿子|稿件|初稿|演讲稿|发言稿|新闻稿|方案|计划书|策划案|标书|表格|表|报表|图表|图|" \
  "图片|照片|截图|ppt|幻灯片|课件|代码|函数|脚本|程序|接口|查询|正则|报错|日志|配置|会议|" \
  "会议纪要|纪要|记录|录音|访谈|笔记|通知|公告|说明书|说明|清单|列表|名单|账单|发票|化验单|体检报告|" \
  "检查结果|病历|片子|结果|数据|标题|题目|题|开头|结尾|引言|摘要|结论|前言|译文|歌词|诗|剧本|小说|" \
  "章节|视频|音频|电影片段|问卷|试卷|卷子|答案|公式|图纸|设计图|海报|logo|文案|朋友圈|申请书|申请|投诉)"
#define ZH_POLITE \
  "(?:请你?|麻烦你?|帮我|帮忙|帮|给我|替我|你|能不能|能|可以|可不可以|现在|再|顺便|先|也|" \
  "礼貌地|好好|仔细|认真|重新|快速|稍微|赶紧|用[^，。：]{1,5}(?:语气|口吻|英文|英语|中文)|[，, ])*"
#define ZH_POINTS \
  "(?:这|那|我的|我写的|我做的|我这|我那|我们的|我|他的|她的|老板的|客户的|老师的|下面|下边|以下|" \
  "上面|上边|以上|上述|附件里|附件中|附件|里面|昨天|刚才|最后|第[一二三四五六七八九十\\d]+|其中|整个|整|" \
  "全部|所有)"

/* “把附件里的表格弄好看点”, “将以下内容整理成表格” */
static BaleenPattern chinese_taken
    = BALEEN_PATTERN ("^" ZH_POLITE "(?:把|将)(?!.*(?:写一|生成|做一))(?:" ZH_POINTS ")?[^，。：]{0,6}"
                      "?(?:" ZH_PIECE "|内容|东西|文字)(?:里|中|上)?(?:的[^，。：]{1,5}?)?(?:都|再|也|全|"
                      "用[^，。]{1,6})?" ZH_WORKS "[^，。：]{0,12}[。！!？?]*$");
/* “请修改以下段落”, “礼貌地回一下这封邮件”, “给没来的人总结一下会议” */
static BaleenPattern chinese_given
    = BALEEN_PATTERN ("^" ZH_POLITE "(?:(?:给|为|替|向)[^，。：]{1,8}?)?" ZH_WORKS "(?:一下|下|一遍|下子|"
                      "一?眼|出来?)?(?!一(?:封|篇|个|份))(?:给我|我)?(?:" ZH_POINTS "(?:的|里的|中的|那|这)?"
                      "(?:个|篇|段|封|份|张|句|条|道|次|几)?)?[^，。：的]{0,4}?" ZH_PIECE
                      "(?:里|中|上)?(?:的?(?:要点|重点|大意|意思|主要内容|错误|错别字|语法|问题|结构|"
                      "逻辑))?(?:有没有[^，。]{1,6}|对不对|写得[^，。]{1,6}|怎么样|如何|行不行|通顺吗|"
                      "吧|呗|吗|可以吗|好吗|行吗|成[^，。]{1,5})?[。！!？?]*$");
static BaleenPattern chinese_howto
    = BALEEN_PATTERN ("^(?:我?想知道)?(?:怎么|怎样|如何|为什么|什么是|要不要|该不该)|技巧|方法|步骤|"
                      "模板|范文|教程|写一?(?:封|篇|个|份)|起草|拟一|软件|工具|网站推荐");
static BaleenPattern chinese_announced
    = BALEEN_PATTERN ("(?:以下|下面|下边|下列|下述|附件(?:里|中|的)?|附上的?|上传的?|贴(?:上|出)来?的?|"
                      "我发的?|粘贴的?)(?:这|那)?(?:个|篇|段|封|份|张|句|条|道|几|些)?的?"
                      "[^，。：]{0,3}(?:" ZH_PIECE "|内容|文字|材料|东西)|^[^：]{0,20}附件[。！!？?]*$");
static BaleenPattern chinese_supplied
    = BALEEN_PATTERN ("[：:]\\s*(?!请|帮|翻译|怎么)\\S{2,}");
static BaleenPattern chinese_handed_over
    = BALEEN_PATTERN ("^[^，。]{0,8}(?:给|发|寄|拿|开|收到|出|写|交|做|退|改)了?[^，。]{0,6}?" ZH_PIECE
                      "(?:了|来|过来|给我)?[，, ](?:我|这|那|它|到底|是不是|要不要|算)?[^，。]{0,4}?(?:严不严重|"
                      "严重吗|要紧吗|正常吗|什么意思|怎么回|怎么办|好不好|行不行|行吗|对吗|对不对|怎么样|"
                      "要什么|要干嘛|想干嘛|什么事|怎么处理|有问题吗|能签吗|能用吗|可以吗|要改吗|怎么改|怎么看|好吗|合理吗)[？?。]*$");
static BaleenPattern chinese_fails
    = BALEEN_PATTERN ("^(?:我的?|我们的|家里的?|公司的?)?(?:app|wifi|pc|软件|程序|手机|电脑|平板|网页|"
                      "网站|系统|游戏|打印机|电视|路由器|服务器|浏览器|应用|小程序|耳机|相机|键盘|鼠标|"
                      "数据库|脚本|车|洗衣机|冰箱|空调)(?:一[^，。]{1,4}就|老是|老|总是|总|又|突然|一直|"
                      "经常|动不动就?|[^，。]{1,6}(?:之后|以后|后)(?:就|又)?|每次[^，。]{1,5}(?:都|就))"
                      "[^，。]{0,6}?(?:闪退|崩溃|崩|卡死|卡住|卡|死机|黑屏|蓝屏|白屏|花屏|报错|重启|断线|"
                      "掉线|断开|没反应|没声音|熄火|停|响|不动|不行|打不开|连不上|发烫)[^，。]{0,4}"
                      "(?:[，, ][^，。]{0,8})?[。！!？?]*$");
static BaleenPattern chinese_listed
    = BALEEN_PATTERN ("(?:列表|清单|名单|表格|表|单子|目录|菜单|文档|文章|邮件|上面|里面|里头)(?:里|上|中)?"
                      "的?(?:第[一二三四五六七八九十\\d]+|最后一?|倒数第[一二三])(?:个|项|条|行|名|句|段)?"
                      "[^，。《》]{0,8}[？?。]*$");
/* “大概要多少钱”, “还是不行，一样的错” */
static BaleenPattern chinese_elliptic
    = BALEEN_PATTERN ("^(?:那|那么|大概|大约|一般|到底|究竟|总共|一共|最少|最多|还|全部|加起来|下来)+"
                      "(?:要|需要|得|花|要花|得花)?(?:多少钱|多少|多久|几天|多长时间|几个小时)[呢啊]?[？?。]*$|"
                      "^(?:试了|改了|弄了|重启了|按你说的[^，。]{0,4})?[，, ]?(?:还是|依然|仍然|照样|又)"
                      "(?:不行|不对|报错|没用|出错|失败|一样|没反应)[^，。]{0,4}[，, ][^，。]{1,8}[。！!？?]*$");
/* “我儿子的班主任为啥生气” */
static BaleenPattern chinese_upset
    = BALEEN_PATTERN ("^(?:为什么|为啥)?(?:我家?|我们)的?[^，。]{0,8}(?:怎么|为什么|为啥|干嘛|咋)?(?:又|老|"
                      "总是?|突然|一直|今天)?(?:生气|发火|不高兴|不开心|不说话|不理[^，。]{1,3}|哭|闹|走|"
                      "变脸|冷淡|沉默|骂人)[了呢啊]?[？?。]*$");
static BaleenPattern chinese_whys = BALEEN_PATTERN ("怎么|为什么|为啥|干嘛|咋");

static gboolean
lacks_in_english (const BaleenDraft *draft)
{
  /* “in Excel”, “the Magna Carta”: a thing that has a name is known. */
  static BaleenPattern named = BALEEN_PATTERN ("(?-i)(?<=\\w )(?!I\\b|I'|English|French|German|"
                                               "Spanish|Chinese|Italian|Japanese|Polish|Dutch|"
                                               "Russian|Portuguese|Turkish|Arabic|Korean)\\p{Lu}"
                                               "\\p{Ll}+");
  static BaleenPattern formulas = BALEEN_PATTERN ("[=^+*<>]|\\d ?/ ?\\d|\\d+, ?\\d+");
  const char *text = draft->plain;

  if (draft->n_words > MOST_WORDS || baleen_pattern_matches (&supplied, draft->text)
      || baleen_pattern_matches (&named, draft->typed) || baleen_pattern_matches (&formulas, text))
    return FALSE;

  return baleen_pattern_matches (&handles, text) || baleen_pattern_matches (&looks, text)
         || (draft->detail < 3.5 && baleen_pattern_matches (&handed_over, text))
         || baleen_pattern_matches (&fails, text) || baleen_pattern_matches (&listed, text);
}

static gboolean
lacks_in_chinese (const BaleenDraft *draft)
{
  const char *text = draft->plain;

  if (draft->n_han > MOST_LETTERS || baleen_pattern_matches (&chinese_supplied, text))
    return FALSE;

  return (!baleen_pattern_matches (&chinese_howto, text)
          && (baleen_pattern_matches (&chinese_taken, text)
              || baleen_pattern_matches (&chinese_given, text)))
         || baleen_pattern_matches (&chinese_handed_over, text)
         || baleen_pattern_matches (&chinese_fails, text)
         || baleen_pattern_matches (&chinese_listed, text)
         || baleen_pattern_matches (&chinese_elliptic, text)
         || (baleen_pattern_matches (&chinese_whys, text)
             && baleen_pattern_matches (&chinese_upset, text));
}

gboolean
baleen_coach_supplies_piece (const BaleenDraft *draft)
{
  return baleen_pattern_matches (draft->is_chinese ? &chinese_supplied : &supplied, draft->text);
}

gboolean
baleen_coach_announces_piece (const BaleenDraft *draft)
{
  if (draft->has_material || draft->n_words > 40 || draft->n_han > 60
      || strstr (draft->plain, "\"\"") != NULL || baleen_coach_supplies_piece (draft))
    return FALSE;

  return baleen_pattern_matches (draft->is_chinese ? &chinese_announced : &announced, draft->plain);
}

gboolean
baleen_coach_lacks_piece (const BaleenDraft *draft)
{
  if (draft->has_material || strstr (draft->plain, "\"\"") != NULL)
    return FALSE;

  return draft->is_chinese ? lacks_in_chinese (draft) : lacks_in_english (draft);
}
