/* How people type, made into what the rules read: short forms and slips of the keyboard in
 * English, traditional letters in Chinese, and without the words of politeness around it. */
#include "coach-rules.h"

#include <string.h>

/* Shorter words are too near to each other to be guessed at. */
#define LEAST_TO_MEND 7

static const char *const short_forms[][2] = {
  { "abt", "about" },       { "pls", "please" },       { "plz", "please" },    { "pl", "please" },
  { "u", "you" },           { "ur", "your" },          { "r", "are" },         { "w", "with" },
  { "w/", "with" },         { "bc", "because" },       { "cuz", "because" },   { "b4", "before" },
  { "thx", "thanks" },      { "tysm", "thanks" },      { "ty", "thanks" },     { "ppl", "people" },
  { "sth", "something" },   { "smth", "something" },   { "rn", "right now" },  { "tmrw",
                      "tomorrow" },
  { "tmr", "tomorrow" },    { "2day", "today" },       { "2nite", "tonight" }, { "gimme",
                      "give me" },
  { "lemme", "let me" },    { "wanna", "want to" },    { "gonna", "going to" }, { "gotta",
                      "have to" },
  { "whats", "what's" },    { "wats", "what's" },      { "wut", "what" },      { "wat", "what" },
  { "hows", "how is" },      { "whos", "who's" },       { "wheres", "where's" }, { "thats",
                      "that's" },
  { "doesnt", "doesn't" },  { "dont", "don't" },       { "didnt", "didn't" },  { "cant", "can't" },
  { "wont", "won't" },      { "isnt", "isn't" },       { "arent", "aren't" },  { "wasnt", "wasn't"
                      },
  { "couldnt", "couldn't" }, { "shouldnt", "shouldn't" }, { "wouldnt", "wouldn't" }, { "havent",
                      "haven't" },
  { "hasnt", "hasn't" },    { "im", "i'm" },           { "ive", "i've" },      { "id", "id" },
  { "msg", "message" },     { "pic", "picture" },      { "info", "information" }, { "fav",
                      "favourite" },
  { "docs", "documents" },  { "summarise", "summarize" }, { "summarised", "summarized" },
  { "analyse", "analyze" }, { "optimise", "optimize" }, { "organise", "organize" },
  { "apologise", "apologize" }, { "colour", "color" }, { "favourite", "favorite" },
  { "metres", "meters" },   { "kilometres", "kilometers" }, { "litres", "liters" }, {
                      "centimetres", "centimeters" }, { "how's", "how is" }, { "km", "kilometers" },
  { "definately", "definitely" },
};

/* Words on which a rule may hang. */
static const char *const keywords[] = {
  "summarize", "translate", "explain", "recommend", "suggest", "improve", "describe", "rewrite",
  "proofread", "correct", "shorten", "complete", "compare", "generate", "analyze", "restaurant",
  "interesting", "favorite", "beautiful", "healthy", "expensive", "affordable", "paragraph",
  "sentence", "message", "document", "conclusion", "information", "comprehensive", "detailed",
  "chapter", "history", "weather", "currently", "tomorrow", "yesterday", "president",
                      "dissertation",
  "something", "everything", "without", "vegetarian", "professional", "homework", "assignment",
  "business", "psychology", "philosophy", "programming", "economics", "politics", "medicine",
  "nutrition", "religion", "technology", "education", "grammar", "presentation",
};

static const char traditional[] =
      "萬與專業東絲兩嚴個豐臨為麗舉麼義烏樂喬習鄉書買亂爭於虧雲亞產"
      "畝親億僅從倉儀們價眾優會傘偉傳傷倫偽體餘傭俠侶偵側僑債傾儲兒"
      "黨蘭關興養獸內岡冊寫軍農馮沖決況凍淨涼減湊鳳憑凱擊劃劉則剛創"
      "刪別劑劍劇勸辦務動勵勁勞勢勝區醫華協單賣盧衛卻廠廳歷厲壓厭縣"
      "參雙發變敘葉號嘆嚇聽啟吳員嗎嘗喚嘍國圍圓圖團園塊堅壞壇墳墜壟"
      "壯聲殼處備復夠頭夾奪奮獎婦媽嬰孫學寧寶實寵審憲宮寬賓對尋導將"
      "爾塵層屬歲島峽嶺幣師帳帶幫幹並廣庫應廟廢開異棄張彈強歸當錄彥"
      "徹徑後憶懷態總戀惡惱悅懸驚懼慣憤願戲戰戶撲執擴掃揚擾撫拋搶護"
      "報擔擬攏擁擇擠擋據損換撿搗攝擺搖攤攬敗敵數齊斷無舊時曠顯曬曉"
      "暫術樸機殺雜權條來楊極構樹橋標樣樁檔檢歡歐殘毆毀氈氣漢湯溝沒"
      "灣漸漁滅濟測渾濃濤漲潔灑淚澤滿濾濫災燦爐點煉爛燭煙煩燒熱愛爺"
      "牽犧狀獨獄獅貓獻環現瑪琺電畫暢疊瘋療癢盡監盤睜瞞矯礎碼確禮禍"
      "禪離種積稱穩窮竊豎競筆築篩簡糧糾紅約級紀純紗納紐紙紛練組細織"
      "終經結給絕絡統繼續維綠緒綱網編緣縮績繩繪罷羅職聯聖聞聳膚腦腳"
      "膽膠臉臘艙藝節蘇蘋範莖荊莊獲藍藥蓋虛蟲蝦蠟補裝襯製複見規覺覽"
      "觀觸計訂認討讓訓議訊記講許論設訪證評識詞譯試詩話誠誤說請諸課"
      "誰調談謀謂謝謠謹譜貝負財責賢賬貨質購貴費賀資賞賠賽贈趙趕趨躍"
      "踐車軌軟輕載較輔輩輯輪輸轉這進遠連遲適選遊運過達違遺還邏郵鄰"
      "鄭醬釋針鐵鋼錢鐘錯鎖鍵鍋鏡長門閃閉問閒間閱陽陰陣階際陸隊險隨"
      "隱雖難靜項順須頓預領頻題額顏類顧風飛飯飲飾館馬駕驗騎驅騙魚鮮"
      "鳥鳴雞鴨麥麵黃齡龍龜裡檯臺綫線牆墻歎併囉麽週銀鋪幾夢腎腸腫髒"
      "夥衝匯彙儘錶鬆紮佔佈採繫鬥闆榮顛喫嚐髮餅餵譽鑽灘滬瀏溫潤澆滾"
      "燈狹獵畢皺盜盪碩磚禦禿稅稈穫窩筍粵糞紋紡絨綜緊緩縱縫纖羨聰肅"
      "艦艷蔥薦蘿蝕衆褲襪訴診詢詳誇誌誼諒諾謎賴贏跡蹤軀輝辭辯邊醜鈴"
      "鉛銅鋁鋒鍊鎮鏈鑑閣闊霧頁頂頸顆飄餃餓駐鬧魯鯨鱷鷹鹽黴齒";
static const char simplified[] =
      "万与专业东丝两严个丰临为丽举么义乌乐乔习乡书买乱争于亏云亚产"
      "亩亲亿仅从仓仪们价众优会伞伟传伤伦伪体余佣侠侣侦侧侨债倾储儿"
      "党兰关兴养兽内冈册写军农冯冲决况冻净凉减凑凤凭凯击划刘则刚创"
      "删别剂剑剧劝办务动励劲劳势胜区医华协单卖卢卫却厂厅历厉压厌县"
      "参双发变叙叶号叹吓听启吴员吗尝唤喽国围圆图团园块坚坏坛坟坠垄"
      "壮声壳处备复够头夹夺奋奖妇妈婴孙学宁宝实宠审宪宫宽宾对寻导将"
      "尔尘层属岁岛峡岭币师帐带帮干并广库应庙废开异弃张弹强归当录彦"
      "彻径后忆怀态总恋恶恼悦悬惊惧惯愤愿戏战户扑执扩扫扬扰抚抛抢护"
      "报担拟拢拥择挤挡据损换捡捣摄摆摇摊揽败敌数齐断无旧时旷显晒晓"
      "暂术朴机杀杂权条来杨极构树桥标样桩档检欢欧残殴毁毡气汉汤沟没"
      "湾渐渔灭济测浑浓涛涨洁洒泪泽满滤滥灾灿炉点炼烂烛烟烦烧热爱爷"
      "牵牺状独狱狮猫献环现玛珐电画畅叠疯疗痒尽监盘睁瞒矫础码确礼祸"
      "禅离种积称稳穷窃竖竞笔筑筛简粮纠红约级纪纯纱纳纽纸纷练组细织"
      "终经结给绝络统继续维绿绪纲网编缘缩绩绳绘罢罗职联圣闻耸肤脑脚"
      "胆胶脸腊舱艺节苏苹范茎荆庄获蓝药盖虚虫虾蜡补装衬制复见规觉览"
      "观触计订认讨让训议讯记讲许论设访证评识词译试诗话诚误说请诸课"
      "谁调谈谋谓谢谣谨谱贝负财责贤账货质购贵费贺资赏赔赛赠赵赶趋跃"
      "践车轨软轻载较辅辈辑轮输转这进远连迟适选游运过达违遗还逻邮邻"
      "郑酱释针铁钢钱钟错锁键锅镜长门闪闭问闲间阅阳阴阵阶际陆队险随"
      "隐虽难静项顺须顿预领频题额颜类顾风飞饭饮饰馆马驾验骑驱骗鱼鲜"
      "鸟鸣鸡鸭麦面黄龄龙龟里台台线线墙墙叹并啰么周银铺几梦肾肠肿脏"
      "伙冲汇汇尽表松扎占布采系斗板荣颠吃尝发饼喂誉钻滩沪浏温润浇滚"
      "灯狭猎毕皱盗荡硕砖御秃税秆获窝笋粤粪纹纺绒综紧缓纵缝纤羡聪肃"
      "舰艳葱荐萝蚀众裤袜诉诊询详夸志谊谅诺谜赖赢迹踪躯辉辞辩边丑铃"
      "铅铜铝锋链镇链鉴阁阔雾页顶颈颗飘饺饿驻闹鲁鲸鳄鹰盐霉齿";

static BaleenPattern courtesy_first
    = BALEEN_PATTERN ("^(?:(?:hi|hello|hey|dear|good (?:morning|evening|afternoon)|yo|ok(?:ay)?|"
                      "well|so|basically|um+|hm+|"
                      "actually|please|kindly|just|quick(?: one| question)?|question|sorry|"
                      "excuse me|listen|look|alright|"
                      "(?:there|baleen|assistant|ai|everyone|folks)(?=[,!]))[,!.: ]+|"
                      "(?:i was (?:just )?wondering (?:if|whether) you (?:could|can|might)|"
                      "(?:do you think|is there any chance) you (?:could|can)|"
                      "would you mind if i asked you to|i(?: would|'d) (?:really |very much |"
                      "just )*(?:love|like|appreciate|want)(?: it)?(?: if| for)? you "
                      "(?:could |would |to )?(?:just |maybe |please )*|i (?:need|"
                      "want) you to(?: just| please)*|"
                      "(?:could|can|would|will) you (?:please|maybe|possibly|kindly|just|perhaps)|"
                      "(?:could|can|would) you (?=(?:tell|give|explain|show|write|help|make|walk|"
                      "teach|recommend|suggest|summarize|translate)\\b)) )+");
static BaleenPattern courtesy_last
    = BALEEN_PATTERN ("(?:(?<![,!. ])[,!. ]++(?:please|thanks|thank you|thanks in advance|cheers|"
                      "many thanks|"
                      "asap please|(?:thanks|thank you),? (?:a lot|so much|a bunch)|"
                      "if (?:you don't mind|possible)|for me please|ok|okay|lol|haha|tho|"
                      "or something like that|you know))+([?.! ]*+)$");
static BaleenPattern chinese_courtesy_first
    = BALEEN_PATTERN ("^(?:谁(?:能|可以)(?=给|帮|讲|说|教)|有(?:没有)?人能|你好|您好|嗨|哈喽|喂|"
                      "(?:亲|大佬|老师|同学)(?=[，,！!。：: ~])|那个|嗯|就是|话说|"
                      "(?:请|想)?问(?:一?下|个问题)|麻烦(?:你|您|一下)?|劳驾|拜托(?:了)?|"
                      "不好意思|打扰(?:一下|了)?|辛苦(?:了|你|您)?"
                      "|我?想(?:请|让|麻烦)(?:你|您)|能不能(?:请|麻烦)?(?=帮|给)|可不可以(?=帮|"
                      "给)|(?:你|您)?(?:能|"
                      "可以)(?=帮|给我))[，,！!。：: ~]*");
static BaleenPattern chinese_courtesy_last
    = BALEEN_PATTERN ("(?:(?:(?<![，,！!。 ])[，,！!。 ]++)?(?:谢谢(?:你|您|啦|了)?|多谢|谢啦|"
                      "感谢|拜托(?:了|啦)?|"
                      "求求(?:了|你)?|可以吗|行吗|"
                      "(?<=[，,。 ])(?:好吗|好不好)|"
                      "行不行|在线等|急|挺急的|辛苦(?:了|啦)?))+([？?。！! ]*)$");

static GHashTable *
get_short_forms (void)
{
  static GHashTable *table; /* (atomic) */

  if (g_once_init_enter (&table))
    {
      GHashTable *forms = g_hash_table_new (g_str_hash, g_str_equal);

      for (gsize i = 0; i < G_N_ELEMENTS (short_forms); i++)
        g_hash_table_insert (forms, (char *) short_forms[i][0], (char *) short_forms[i][1]);
      g_once_init_leave (&table, forms);
    }

  return table;
}

/* Whether one letter is missing, too much or another one, or two have changed places. */
static gboolean
is_one_slip_away (const char *word,
                  const char *keyword)
{
  gsize n = strlen (word), m = strlen (keyword), head = 0, tail = 0;

  if (n > m + 1 || m > n + 1)
    return FALSE;
  while (word[head] != '\0' && word[head] == keyword[head])
    head++;
  while (tail < MIN (n, m) - head && word[n - tail - 1] == keyword[m - tail - 1])
    tail++;
  if (n == m && n - head - tail == 2)
    return word[head] == keyword[head + 1] && word[head + 1] == keyword[head];

  /* What only has another ending is another form of the word, no slip. */
  return MAX (n, m) - head - tail <= 1 && tail > 0;
}

static const char *
mend_word (const char *word)
{
  const char *form = g_hash_table_lookup (get_short_forms (), word);

  if (form != NULL)
    return form;
  if (strlen (word) < LEAST_TO_MEND)
    return word;
  for (gsize i = 0; i < G_N_ELEMENTS (keywords); i++)
    if (word[0] == keywords[i][0] && is_one_slip_away (word, keywords[i]))
      return keywords[i];

  return word;
}

static gboolean
is_of_word (char c)
{
  return g_ascii_isalnum (c) || c == '\'' || c == '/';
}

static char *
mend_english (const char *text)
{
  GString *mended = g_string_sized_new (strlen (text) + 16);

  for (const char *p = text; *p != '\0';)
    {
      const char *end = p;

      while (is_of_word (*end))
        end++;
      if (end == p)
        g_string_append_c (mended, *p++);
      else
        {
          g_autofree char *word = g_strndup (p, end - p);

          g_string_append (mended, mend_word (word));
          p = end;
        }
    }

  return g_string_free (mended, FALSE);
}

static GHashTable *
get_letters (void)
{
  static GHashTable *table; /* (atomic) */

  if (g_once_init_enter (&table))
    {
      GHashTable *letters = g_hash_table_new (NULL, NULL);
      const char *to = simplified;

      for (const char *from = traditional; *from != '\0'; from = g_utf8_next_char (from))
        {
          g_hash_table_insert (letters, GUINT_TO_POINTER (g_utf8_get_char (from)),
                               GUINT_TO_POINTER (g_utf8_get_char (to)));
          to = g_utf8_next_char (to);
        }
      g_once_init_leave (&table, letters);
    }

  return table;
}

static char *
mend_chinese (const char *text)
{
  GHashTable *letters = get_letters ();
  GString *mended = g_string_sized_new (strlen (text));

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);
      guint other = GPOINTER_TO_UINT (g_hash_table_lookup (letters, GUINT_TO_POINTER (c)));

      g_string_append_unichar (mended, other != 0 ? other : c);
    }

  return g_string_free (mended, FALSE);
}

char *
baleen_coach_mend_spelling (const char *text,
                            gboolean    is_chinese)
{
  return is_chinese ? mend_chinese (text) : mend_english (text);
}

char *
baleen_coach_leave_out_courtesy (const char *text,
                                 gboolean    is_chinese)
{
  BaleenPattern *first = is_chinese ? &chinese_courtesy_first : &courtesy_first;
  BaleenPattern *last = is_chinese ? &chinese_courtesy_last : &courtesy_last;
  g_autofree char *opened = g_regex_replace_literal (baleen_pattern_get (first), text, -1, 0, "",
                      0, NULL);
  char *rest = g_regex_replace (baleen_pattern_get (last), opened, -1, 0, "\\1", 0, NULL);

  /* “Help, please” is all there is to it. */
  if (rest == NULL || strlen (rest) < 3)
    {
      g_free (rest);
      return g_strdup (text);
    }

  return rest;
}
