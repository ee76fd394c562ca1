/* Whether a question is about what happens now: a word of the present in a question that is
 * neither about the person's own day nor for something to be made. */
#include "coach-rules.h"

static BaleenPattern english_now
    = BALEEN_PATTERN ("\\b(?:today|tonight|yesterday|tomorrow|right now|currently|"
                      "at the moment|these days|lately|"
                      "recently|so far this|this (?:week|weekend|month|year|season|morning)|"
                      "last (?:night|week|"
                      "weekend)|over the weekend)\\b|\\bnow[?.! ]*$");
static BaleenPattern english_question
    = BALEEN_PATTERN ("^(?:please |can you |could you |do you know |tell me )*(?:who|what|"
                      "what's|which|when|where|how is|"
                      "how are|how's|how much|how many|how did|is|are|was|were|did|does|do|has|"
                      "have|will|any|"
                      "anything)\\b");
static BaleenPattern english_latest
    = BALEEN_PATTERN ("\\b(?:latest|newest|most recent|up[- ]to[- ]date|"
                      "breaking)\\b(?! (?:draft|commit|message|e-?mail|"
                      "purchase|order|version of my|work|homework|possible))|^(?:is|"
                      "are) (?:the )?[\\w' -]+ still\\b"
                      "|\\bwho (?:won|wins|lost|scored) (?:the )?(?:last|latest|most recent|"
                      "yesterday)\\b"
                      "|^(?:is|are|has|have|did|when (?:is|does|"
                      "will)) [\\w' -]+ (?:been )?(?:released|announced|"
                      "launched|out|back|open|over|come out|coming out|signed|confirmed)(?: yet|"
                      " already)?[?. ]*$");
static BaleenPattern english_own
    = BALEEN_PATTERN ("\\b(?:i|i'm|i've|i'll|my|me|we|we're|our|us|for (?:tonight|today|"
                      "tomorrow|this weekend))\\b"
                      "|\\b(?:recommend|suggest|write|draft|translate|plan|cook|eat|dinner|"
                      "recipe|wear|date is|day is|"
                      "time is|grammar|mean|spell|pronounce|difference|people|children|differ)\\b");

static BaleenPattern chinese_now
    = BALEEN_PATTERN ("今天|今日|昨天|昨日|前天|明天|今晚|昨晚|今早|这周|本周|上周|这个月|本月|"
                      "上个月|今年|最近|近期|"
                      "现在|目前|当前|眼下|刚刚|最新|周末|上一场|上一届|上届|本届|这届|本赛季|"
                      "截至");
static BaleenPattern chinese_question
    = BALEEN_PATTERN ("吗|了没|没有[？?]*$|谁|多少|什么|哪|怎么样|如何[？?]*$|几[^乎]|有没有|"
                      "是不是|进展|情况|消息|动态|"
                      "数据|报价|行情|走势");
static BaleenPattern chinese_own
    = BALEEN_PATTERN ("我|咱|不亮|不动|没反应|坏了|怎么修|可以试|孩子|为什么|为啥|写|推荐|吃|穿|"
                      "安排|计划|翻译|解释|做什么|怎么(?!样|回事)|星期几|几点|几号|"
                      "年轻人|祝福|送什么|意思|的话|适合|公倍数|公约数|节气|属相|属什么");
static BaleenPattern chinese_latest
    = BALEEN_PATTERN ("最新的?(?:消息|进展|情况|政策|规定|版本|数据|新闻|价格|油价|金价|房价|"
                      "汇率|排名|动态|手机|"
                      "iphone|电影|研究|战况|疫情|通知|报价|型号|财报)");

static BaleenPattern english_recent[] = {
  BALEEN_PATTERN ("\\b(?:released|out|announced|available|launched|confirmed|over|found|"
                  "arrived)\\b[^.?!]*\\byet\\b|\\bhow (?:is|are) (?:the )?(?:nasdaq|dow|"
                  "s&p|dax|market|markets|stock market|economy|bitcoin|"
                  "\\w+ stock) doing\\b|\\b(?:movies?|films?|concerts?|shows?|matches|"
                  "games|events|exhibitions?)\\b[^.?!]*\\b(?:in (?:theaters|cinemas)|"
                  "this weekend|tonight|near me|this week|right now)\\b"),
  BALEEN_PATTERN ("\\b(?:latest|newest|breaking|most recent|up[- ]to[- ]date|"
                  "recent)\\b(?! (?:draft|commit|message|e-?mail|version of my|purchase|"
                  "order|past|work))(?: \\w+){0,3} ?\\b(?:news|version|release|updates?|"
                  "developments?|research|studies|events?|results?|scores?|prices?|rates?|"
                  "data|figures|numbers|polls?|elections?|earthquakes?|attacks?|strikes?|"
                  "war|crisis|model|models|iphone|phone|changes|law|laws|policy|trends?|"
                  "movies?|films?|songs?|status|situation|information|statistics|"
                  "announcements?|launch|advances|findings|discovery|discoveries|hurricane|"
                  "flood|fires?|storm|protests?|ruling|deal|verdict|match|game|season|"
                  "album|episode|rankings?|standings?)\\b"),
  BALEEN_PATTERN ("\\bnew (?:laws?|rules?|polic(?:y|ies)|movies?|films?|games?|songs?|"
                  "phones?|models?|sanctions|tariffs)\\b[^.?!]*\\b(?:this (?:week|month|"
                  "year)|today|lately|recently|came? into force)\\b"),
  BALEEN_PATTERN ("\\b(?:news|headlines)\\b.*\\b(?:today|about|on|from|this|yesterday|"
                  "now)\\b|\\bwhat(?:'s| is) (?:in the news|new (?:in|with)|going on (?:in|"
                  "with)|happening (?:in|with|at))\\b|\\bany news\\b"),
  BALEEN_PATTERN ("\\b(?:weather|temperature|forecast|rain|snow|sunny)\\b.*\\b(?:today|"
                  "tonight|tomorrow|now|this week|weekend|outside|currently|next)\\b|"
                  "\\b(?:today|tomorrow|tonight)'s (?:weather|forecast|news|game|match|"
                  "price|date|headlines|exchange rate|paper)|\\b(?:what|how)(?:'s|"
                  " is) the weather\\b|\\bwill it (?:rain|snow)\\b"),
  BALEEN_PATTERN ("\\b(?:current|currently|right now|at the moment|as of (?:now|today)|"
                  "today|now|at present|nowadays|this (?:week|month|year|"
                  "morning))\\b.*\\b(?:price|prices|cost|costs|rate|rates|stock|stocks|"
                  "shares?|bitcoin|ethereum|gold|oil|president|prime minister|chancellor|"
                  "ceo|king|queen|pope|mayor|governor|champion|leader|population|record|"
                  "version|inflation|value|trading|worth|standings?|happened|news|traffic|"
                  "richest|holder|market|election|war|situation in|score|newest|released?|"
                  "come out)\\b"),
  BALEEN_PATTERN ("\\b(?:price|cost|rate|stock|share|shares|market cap|bitcoin|ethereum|"
                  "gold|president|prime minister|ceo|version|happened|score|standings?|won|"
                  "win|trading|newest|inflation|exchange rate|trending|released?|come out|"
                  "comes out|announced?|launch(?:ed|ing)?)\\b.*\\b(?:today|right now|now|"
                  "currently|at the moment|this (?:week|weekend|month|year|season|morning)|"
                  "yesterday|last (?:night|week|weekend)|tonight|so far)\\b"),
  BALEEN_PATTERN ("\\bwho (?:won|is winning|scored|got elected|was elected|died|"
                  "is leading)\\b.*\\b(?:yesterday|last (?:night|week|weekend|year|month)|"
                  "today|this (?:year|week|season|weekend)|recent|latest|20(?:2[4-9]|3\\d)|"
                  "match|game|election|oscars?|final)\\b|\\b(?:yesterday's|last night's|"
                  "today's|tonight's|this week's|this year's)\\b(?! (?:lesson|homework|"
                  "meeting|class|dinner|lunch|work))"),
  BALEEN_PATTERN ("^who is (?:the )?(?:current |present |new )(?:president|prime minister|"
                  "chancellor|ceo|king|queen|pope|mayor|governor|champion|leader)|"
                  "^who is (?:the )?(?:president|prime minister|chancellor|ceo|mayor) of\\b"),
  BALEEN_PATTERN ("\\b20(?:2[5-9]|3\\d)\\b.*\\b(?:elections?|olympics|world cup|results?|"
                  "winner|won|champions?|budget|prices?|news|awards?|oscars?|conference|"
                  "released?|summit|season|nobel|grammys?)\\b|\\b(?:elections?|olympics|"
                  "world cup|results?|winner|won|champions?|awards?|oscars?|nobel|"
                  "summit)\\b.*\\b20(?:2[5-9]|3\\d)\\b"),
  BALEEN_PATTERN ("\\bdid (?:the )?\\w+(?: \\w+)? (?:win|lose|beat|play|announce|release|"
                  "die|resign|sign)\\b.*\\b(?:yesterday|last (?:night|week|weekend)|today|"
                  "this week|recently|already|yet)\\b|\\b(?:just|"
                  "recently) (?:been )?(?:announced|released|happened|died|resigned|"
                  "launched|elected|passed|signed)\\b|\\b(?:what|"
                  "anything) happened (?:today|yesterday|last (?:night|week)|this (?:week|"
                  "morning))\\b|\\b(?:is|are) .* (?:still alive|open (?:today|now)|"
                  "sold out)\\b"),
};
static BaleenPattern english_standing
    = BALEEN_PATTERN ("^what(?:'s| is| are) the (?:score|scores|standings|latest|current|"
                      "exchange rate|stock price|share price)\\b|^who is (?:winning|"
                      "leading)\\b");
static BaleenPattern english_own_things
    = BALEEN_PATTERN ("\\b(?:my (?:day|schedule|mood|meeting|boss|meal|latest)|i (?:feel|"
                      "felt|am|was|have) \\w+ (?:today|now)|plan my|to-do)\\b");

static BaleenPattern chinese_recent[] = {
  BALEEN_PATTERN ("(?:出|上市|开售|上线|更新|开播|上映|发布|公布|开始|结束)了(?:吗|没)|"
                  "(?:电影院|影院|院线|"
                  "影城)[^，。]{0,8}(?:新片|上映|电影|片)|有(?:什么|哪些)新(?:片|电影|剧|歌|"
                  "政策|规定|闻)|(?:今天|今日|"
                  "现在)[^，。]{0,10}(?:涨|跌)"),
  BALEEN_PATTERN ("最新(?!的?(?:草稿|提交|邮件|稿))|最近(?:的)?(?!公倍数|我|公约数|点)"
                  "[^，。]{0,12}(?:新闻|消息|进展|情况|"
                  "动态|发生|地震|选举|大选|比赛|战争|政策|股市|发布|热点|研究|事件|电影|上映|"
                  "疫情|局势|价格|冲突|新规)|"
                  "近期[^，。]{0,8}(?:新闻|动态|政策|消息|进展|行情|热点)|近况|新闻|头条|热搜"),
  BALEEN_PATTERN ("(?:今天|今日|明天|后天|今晚|现在|这周|本周|周末|此刻|外面)"
                  "[^，。]{0,8}(?:天气|气温|(?:下雨|下雪)(?![，,。、])|多少度|冷吗|热吗|"
                  "空气质量|限行|限号)|天气(?:怎么样|如何|预报)|会(?:不会)?下(?:雨|雪)吗"),
  BALEEN_PATTERN ("(?:昨天|昨晚|昨日|今天|今晚|今早|上周|上周末|本周|这周|这个月|上个月|刚刚|"
                  "刚才|今年|本月|本赛季|"
                  "前天)[^。]{0,14}(?:谁赢|赢了|输了|比分|比赛|球赛|夺冠|冠军|股市|股价|大盘|"
                  "发生了?什么|涨|跌|汇率|金价|油价|房价|"
                  "上映|发布|地震|选举|当选|去世|宣布|票房|新闻|热点|开奖|结果|政策|行情|大事)"),
  BALEEN_PATTERN ("(?:现在|目前|当前|如今|眼下|实时|今天|今日|现任|截至目前)[^。]{0,12}(?:价格|"
                  "多少钱|股价|汇率|金价|油价|房价|"
                  "比特币|总统|总理|首相|主席|ceo|首富|版本|利率|人口|局势|排名|第一名|冠军|"
                  "市值|新规|行情|通胀|疫情|票价|教皇)|"
                  "(?:比特币|黄金|石油|汽油|股票|房价|金价|油价|汇率|股价|茅台)"
                  "[^。]{0,10}(?:现在|今天|目前|当前|今日|最近)|现任|"
                  "今日(?:金价|油价|汇率)|(?:股价|汇率|金价|油价)(?:是)?多少"),
  BALEEN_PATTERN ("(?:202[5-9]|203\\d)年?[^。]{0,14}(?:选举|大选|奥运|世界杯|欧洲杯|结果|冠军|"
                  "得主|获奖|诺贝尔|奥斯卡|"
                  "政策|新闻|发布|上映|放假|春晚|gdp|排名|高考)|今年的?[^。]{0,8}(?:新款|新品|"
                  "发布|放假|高考|诺贝尔|奥斯卡|冠军|"
                  "春晚|政策|世界杯|奥运)|什么时候(?:发布|上映|上市|开播)|(?:发布|上映)了吗"),
  BALEEN_PATTERN ("第[一二三四五六七八九十\\d]+季[^，。]{0,8}什么时候|什么时候(?:播|出新|开播|"
                  "上映|上线|发布|更新|回归|开售)|比分|"
                  "有(?:什么|没有|啥|新的?)(?:新)?(?:消息|进展)|(?:出|发布|上市|开播|上映|更新)"
                  "了(?:没有|没|吗)"),
  BALEEN_PATTERN ("(?:总统|总理|首相|ceo|市长|州长|首富|教皇)(?:现在)?是谁"),
};
static BaleenPattern chinese_own_things
    = BALEEN_PATTERN ("第[一二三四五六七八九十\\d]+任|首任|前任|开国|我(?:今天|最近|现在|昨天|"
                      "这周)|安排我|我的(?:一天|日程)|"
                      "列车今天|\\bcreate\\b");

/* What happens without a word of the present: weather, results, whether something is over. */
static BaleenPattern english_happening[] = {
  BALEEN_PATTERN ("^(?:the |what's the |how's the |how is the )?(?:weather|forecast|temperature|"
                  "traffic)(?: like)?(?: in| at| for| on|[?.! ]*$)"),
  BALEEN_PATTERN ("^(?:has|have) (?:the |they |he |she )?(?:[\\w'-]+ ){1,4}?(?:ended|started|"
                  "begun|stopped|resigned|arrived|"
                  "landed|reopened|closed|opened|passed|died|raised|cut|lifted|signed|launched|"
                  "been (?:\\w+))\\b(?!.*\\b(?:ever|in history|before)\\b)"),
  BALEEN_PATTERN ("^did (?:the )?[\\w' -]{2,24} (?:win|lose|pass|resign|die|qualify|"
                  "get (?:elected|fired)|go up|go down|fall|rise|crash)[?.! ]*$"),
  BALEEN_PATTERN ("^(?:are there )?any new \\w+|^(?:give me |show me |read me )?(?:the |"
                  "today's )?(?:headlines|news)[?.! ]*$"
                  "|\\bupdates? (?:on|about|from) (?:the )?|\\b(?:situation|fighting|war|"
                  "conflict|crisis|unrest|protests) in (?-i:\\w)"),
  BALEEN_PATTERN ("^(?:when|what time|what day|where) (?:is|are|does|do|will) (?:the |"
                  "my )?(?:next|upcoming|coming) (?!full moon|solar|lunar|leap|prime)"
                  "(?:\\w+ ){0,3}?(?:elections?|match|game|race|concerts?|season|albums?|launch|"
                  "show|event|summit|world cup|olympics|grand prix|update|release|episode)\\b"),
  BALEEN_PATTERN ("\\bso far\\b.*\\?|\\bso far[?.! ]*$|\\b(?:present|current|sitting|acting|"
                  "incumbent|new) (?:government|cabinet|coalition|parliament|president|"
                  "prime minister|chancellor|ceo|mayor|champion|pope|king|minister|coach|manager|"
                  "administration)\\b"),
  BALEEN_PATTERN ("\\b(?:is|are) [\\w' -]+ (?:down|closed|cancel+ed|delayed|sold out|in stock|"
                  "on sale|on strike|trending|at war)(?: right now| today| now|"
                  " this \\w+)?[?.! ]*$"),
  BALEEN_PATTERN ("\\b(?:exchange rates?|stock price|share price|gas prices?|petrol prices?|"
                  "mortgage rates?|interest rates?|bitcoin price|price of (?:bitcoin|gold|oil|"
                  "gas))\\b(?!.*\\b(?:work|mean|affect|"
                  "calculat|influence|determin|in (?:19|200|201)\\d)\\w*)"),
  BALEEN_PATTERN ("^is it (?:raining|snowing|sunny|windy|hot|cold|storming) (?:in|at|over) |"
                      "\\btrading at\\b|^how (?:high|low|big|strong|bad|good|expensive) (?:is|"
                      "are) .*\\b(?:at the moment|now|today|currently|these days)|"
                  "^(?:did|has|have|is|are|was)\\b(?!.*\\b(?:i|my|we|you|"
                      "your)\\b).*\\byet[?.! ]*$|^when's (?:the )?next \\w+|"
                      "^when is the next (?:\\w+ )?(?:launch|flight|mission|strike|vote|debate|"
                      "draw|auction|concert)|"
                  "\\b(?:tonight|today|tomorrow)'?s? (?:tv|schedule|programme|program|matches|"
                      "fixtures|lineup)\\b"),
  BALEEN_PATTERN ("^(?:did|have|has) they (?:\\w+ )?(?:find|found|catch|caught|rescue|rescued|"
                      "arrest|arrested|announce|announced|release|released|cancel|"
                  "cancell?ed|reach|reached)\\b|^when (?:does|do|is|will) the (?:new|next|"
                      "latest) .*\\b(?:start|begin|come|premiere|air|release|out|available|"
                      "launch)"),
  BALEEN_PATTERN ("^who(?:'s| is| are) (?:leading|ahead|winning|in the lead|in charge of|running|"
                  "top of|number one)\\b"),
};
/* Neither the past nor how such things work. */
static BaleenPattern english_settled
    = BALEEN_PATTERN ("\\b(?:in|since|during|of) (?:1\\d{3}|200\\d|201\\d|202[0-3])\\b|"
                      "\\bever\\b|\\bhow (?:does|do) .* work\\b|\\b(?:novel|story|poem|essay|"
                      "my)\\b");
static BaleenPattern chinese_happening[] = {
  BALEEN_PATTERN ("^(?!.*[我你他她这那])[^，。]{2,10}(?:怎么样|咋样|如何)了[？?]*$|"
                  "^(?!.*[我你他她])[^，。]{2,6}(?:那边|"
                      "那里)(?:怎么样|咋样|如何)了?[？?]*$|新(?:任)?(?:教练|主帅|总统|ceo|主席|"
                      "队长|市长|首相|总理|部长|老板)是谁"),
  BALEEN_PATTERN ("下(?:一)?(?:次|场|轮|届|期)[^，。]{1,10}(?:什么时候|哪天|几号|何时)|"
                  "在(?:下雨|下雪|刮风|堵车|打仗|罢工)(?:吗|"
                      "么)|(?:现在|目前|当前|眼下|今天)[^，。]{0,12}(?:多高|多大|多低|多贵|"
                      "多严重|什么价|运行吗|营业吗|开门吗|开放吗)"),
  BALEEN_PATTERN ("(?:股市|大盘|行情|油价|金价|房价|汇率|币价|楼市|疫情|战况)(?:行情|走势|"
                  "情况)?(?:怎么样|如何|咋样|多少)?[？?。]*$"),
  BALEEN_PATTERN ("^(?!.*我)\\p{Han}{2,10}(?:通过|宣布|公布|签署|批准|发射|上调|下调|收购|取消|"
                  "推出|找到|抓到|"
                      "救出)[^，。]{0,10}了(?:吗|没|没有)[？?]*$"),
  BALEEN_PATTERN ("还是[^，。]{1,10}的?(?:ceo|总统|总理|首相|主席|老板|首富|冠军|队长|教练|市长|"
                  "世界第一)(?:吗|么)"),
  BALEEN_PATTERN ("^[^，。]{0,8}(?:的)?天气(?:情况|预报|好吗)?[？?。]*$|^[^，。]{1,6}(?:路况|"
                  "气温|空气质量|台风)[？?。]*$"),
  BALEEN_PATTERN ("^(?!.*我)[^，。]{1,10}(?:结束|开始|停|赢|输|通过|当选|下台|辞职|去世|获救|"
                  "出线|晋级|夺冠|落地|复工|解封|恢复|涨价|"
                  "降价|倒闭|破产)了(?:吗|没|没有|么)[？?。]*$"),
  BALEEN_PATTERN ("(?:民调|票房|积分榜|排行榜|比分|热搜榜)[^，。]{0,6}(?:谁|多少|领先|第一|如何|"
                  "怎么样)|(?:谁|哪个队|哪队)(?:领先|赢了|"
                  "夺冠)"),
  BALEEN_PATTERN ("(?:下届|下一届|下次|下一场|下一次|下轮)[^，。]{0,8}(?:大选|选举|比赛|世界杯|"
                  "奥运会?|演唱会|发布会|峰会)"),
  BALEEN_PATTERN ("(?:又|还)?有(?:了)?(?:什么|没有|啥)?新(?:的)?(?:变种|进展|消息|版本|政策|"
                  "动向|情况|规定|病例)(?:了|吗|"
                  "没)*[？?。]*$"),
  BALEEN_PATTERN ("(?:美元|欧元|人民币|日元|英镑|港币|卢布)[^，。]{0,4}(?:兑|对|换)"
                  "[^，。]{0,6}(?:汇率|多少)|(?:今天|昨天|前天|"
                  "上周|昨晚)[^，。]{0,10}(?:怎么说|说了什么|宣布|表态|回应)"),
  BALEEN_PATTERN ("(?:是不是|有没有)(?:又)?(?:崩了|挂了|宕机|停运|停工|涨价)|(?:崩了|挂了|宕机|"
                  "停运)(?:吗|没)"),
};
static BaleenPattern chinese_settled = BALEEN_PATTERN ("(?:1\\d{3}|200\\d|201\\d|202[0-3])年|"
                                                       "历史上|"
                        "古代|写|原理|为什么|小说|电影里|我家|我的|小时候");

static gboolean
asks_in_chinese (const BaleenDraft *draft)
{
  const char *text = draft->plain;

  if (baleen_pattern_matches (&chinese_own_things, text))
    return FALSE;
  if (baleen_patterns_match (chinese_recent, G_N_ELEMENTS (chinese_recent), text))
    return TRUE;
  if (draft->n_han > 30)
    return FALSE;

  return baleen_pattern_matches (&chinese_latest, text)
         || (baleen_pattern_matches (&chinese_now, text)
             && baleen_pattern_matches (&chinese_question, text)
             && !baleen_pattern_matches (&chinese_own, text))
         || (!baleen_pattern_matches (&chinese_settled, text)
             && baleen_patterns_match (chinese_happening, G_N_ELEMENTS (chinese_happening), text));
}

static gboolean
asks_in_english (const BaleenDraft *draft)
{
  const char *text = draft->plain;

  if (baleen_pattern_matches (&english_own_things, text))
    return FALSE;
  if (baleen_pattern_matches (&english_standing, text)
      || (draft->n_words <= 30
          && baleen_patterns_match (english_recent, G_N_ELEMENTS (english_recent), text)))
    return TRUE;
  if (draft->n_words > 20)
    return FALSE;
  if (!baleen_pattern_matches (&english_settled, text)
      && baleen_patterns_match (english_happening, G_N_ELEMENTS (english_happening), text))
    return TRUE;

  return !baleen_pattern_matches (&english_own, text)
         && (baleen_pattern_matches (&english_latest, text)
             || (baleen_pattern_matches (&english_now, text)
                 && baleen_pattern_matches (&english_question, text)));
}

gboolean
baleen_coach_asks_for_news (const BaleenDraft *draft)
{
  return draft->is_chinese ? asks_in_chinese (draft) : asks_in_english (draft);
}
