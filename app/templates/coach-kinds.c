/* Kinds of things that people refuse, and what belongs to a kind or cannot do without it: whoever
 * refuses walking and asks for a hike asks for what cannot be. Words parted by “|”; English ones by
 * their stem. */
#include "coach-lexicon.h"

static const BaleenKind kinds[] = {
  /* What is refused; what says so by itself; what needs it. */
  { "meat|animal product|animal products",
    "vegan|vegetarian|meatless|plant based|meat free|veggie",
    "chicken|beef|pork|bacon|steak|lamb|turkey|ham|sausage|duck|ribs|veal|meatball|pepperoni|"
    "salami|chorizo|mince|minced meat|schnitzel|goose|rabbit|liver|gelatine|gelatin|prosciutto|"
    "lard|oxtail|brisket|wings|drumstick|bone broth|roast beef|hot dog|kebab|salmon|tuna|shrimp|"
    "prawn|cod|anchovy", "肉|荤|动物", "纯素|素食|全素|吃素|斋菜|素菜",
    "鸡肉|牛肉|猪肉|羊肉|培根|火腿|排骨|肉末|肉丝|肥牛|鸭肉|腊肉|香肠|红烧肉|烤鸭|鸡腿|鸡翅|五花肉|牛排|肉丸|肥肠|猪蹄|羊排|牛腩|鸡汤|骨汤|肉酱|腊肠|午餐肉|鸭脖|"
    "三文鱼|虾|带鱼|鳕鱼|螃蟹|猪油" },
  { "fish|seafood", "",
    "tuna|salmon|cod|trout|herring|anchovy|shrimp|prawn|lobster|crab|oyster|mussel|sushi|sashimi|"
    "squid|sardine|mackerel|caviar|paella|clam", "鱼|海鲜", "",
    "金枪鱼|三文鱼|鳕鱼|带鱼|鲈鱼|虾|蟹|生蚝|鱿鱼|扇贝|刺身|鱼子酱|蛤蜊|鲍鱼" },
  { "dairy|milk|lactose|milk product", "dairy free|lactose free|lactose intolerant|vegan",
    "cheese|butter|cream|yogurt|yoghurt|mozzarella|parmesan|ricotta|feta|whey|custard|mascarpone|"
    "buttermilk|cheddar|ice cream|latte|cappuccino|bechamel|cheesecake", "奶|乳制品|牛奶|乳糖",
    "无乳|乳糖不耐|纯素", "奶油|奶酪|黄油|芝士|酸奶|炼乳|马苏里拉|奶盖|拿铁|卡布奇诺|奶昔|奶茶" },
  { "egg", "eggless|egg free|vegan",
    "omelette|omelet|meringue|scrambled|yolk|egg white|mayonnaise|frittata|quiche|carbonara",
    "鸡蛋|蛋", "无蛋|纯素", "蛋黄|蛋清|蛋白霜|炒蛋|煎蛋|荷包蛋|蛋羹|蛋饼|卤蛋" },
  { "sugar|sweetener|sweets",
    "sugarless|sugar free|low sugar|reduced sugar|unsweetened|diabetic friendly|for a diabetic|"
    "for diabetics",
    "honey|syrup|caramel|condensed milk|candy|marshmallow|jam|icing|frosting|powdered sugar|"
    "brown sugar|cups of sugar|cup of sugar|maple syrup|nutella|molasses", "糖|甜",
    "少糖|低糖|无糖|零糖|糖尿病人|戒糖", "蜂蜜|糖浆|焦糖|炼乳|糖霜|果酱|白糖|红糖|冰糖|棉花糖|麦芽糖|砂糖" },
  { "gluten|wheat", "gluten free|celiac|coeliac",
    "wheat flour|plain flour|seitan|barley|rye|couscous|bulgur|spelt|semolina|soy sauce|"
    "beer batter|breadcrumbs|regular pasta|puff pastry|white bread|baguette", "麸质|小麦", "无麸质|乳糜泻",
    "面粉|面筋|大麦|黑麦|馒头|油条|饺子皮|吐司|烤麸|挂面|全麦" },
  { "nut", "nut free|nut allergy",
    "almond|peanut|walnut|hazelnut|cashew|pecan|pistachio|marzipan|nutella|peanut butter|praline|"
    "macadamia|pesto", "坚果|花生", "坚果过敏|花生过敏", "花生|杏仁|核桃|腰果|榛子|开心果|夏威夷果|杏仁粉|花生酱" },
  { "alcohol|booze|liquor",
    "non alcoholic|alcohol free|mocktail|mocktails|teetotal|for a recovering alcoholic|sober",
    "vodka|rum|gin|whisky|whiskey|wine|tequila|beer|champagne|prosecco|liqueur|brandy|cognac|"
    "bourbon|sake|pub crawl|wine tasting|sherry|schnapps|aperol", "酒|酒精", "无酒精|戒酒|滴酒不沾",
    "白酒|红酒|啤酒|伏特加|威士忌|朗姆|香槟|金酒|米酒|龙舌兰|料酒|二锅头|品酒|葡萄酒|黄酒|茅台" },
  { "salt|sodium", "salt free|low salt|low sodium|unsalted",
    "soy sauce|salted|brine|fish sauce|tablespoon of salt|bacon|anchovy|pinch of salt", "盐|钠",
    "无盐|低盐|少盐|低钠", "酱油|咸菜|腌制|盐焗|豆瓣酱|蚝油|咸鱼|腊肉" },
  { "carbs|carbohydrates|carb", "low carb|no carb|zero carb|keto|ketogenic",
    "rice|pasta|spaghetti|noodle|bread|potato|fries|pizza|pancake|lasagne|lasagna|risotto|toast|"
    "tortilla", "碳水|主食", "生酮|低碳水|零碳水|无碳水|断碳", "米饭|面条|意面|面包|馒头|土豆|薯条|年糕|红薯|披萨|炒饭|拉面|饺子|包子" },
  { "oil|fat|frying", "oil free|fat free",
    "deep fry|deep fried|fry in|butter|lard|mayonnaise|tempura", "油", "无油|零油",
    "油炸|炸|爆炒|猪油|黄油|油焖|干煸" },
  { "frightening|scary|fear|horror", "",
    "horror|terrifying|creepy|spine chilling|nightmarish|blood curdling|gruesome|ghost|haunted|"
    "scary", "吓人|恐怖|可怕|惊吓", "", "惊悚|恐怖|吓坏|毛骨悚然|鬼故事|闹鬼|血淋淋" },
  { "crime|murder|criminals", "crime free",
    "murder|theft|burglary|robbery|kidnapping|blackmail|homicide|stolen|killer|thief", "犯罪|罪案|凶案",
    "", "谋杀|凶杀|盗窃|抢劫|绑架|勒索|杀人|小偷|凶手" },
  { "fruit|fruits", "fruit free",
    "apple|banana|orange|berry|berries|strawberry|blueberry|mango|grape|pear|peach|pineapple|"
    "cherry|lemon|smoothie|melon|raspberry", "水果", "", "苹果|香蕉|橙子|橘子|葡萄|草莓|芒果|西瓜|桃子|蓝莓|樱桃|奇异果" },
  { "vegetable|vegetables|veg|veggies|greens", "",
    "carrot|broccoli|spinach|bell pepper|onion|cabbage|kale|cauliflower|courgette|zucchini|"
    "cucumber|salad|leek|asparagus", "蔬菜|青菜", "", "胡萝卜|西兰花|菠菜|白菜|黄瓜|洋葱|青椒|生菜|茄子|沙拉|芹菜" },
  { "oven", "no oven|ovenless",
    "bake|baked|baking|roast|preheat|broil|degrees for|at 180|at 200|in the oven|casserole", "烤箱",
    "", "烤|烘焙|预热|180度|200度|焗|上下火" },
  { "stove|cooking|heat|kitchen|cook", "",
    "fry|boil|simmer|stew|saute|bake|roast|braise|grill|steam", "开火|灶|厨房|做饭|加热", "",
    "炒|炖|煮|煎|蒸|焖|烤|红烧|煲" },
  { "electricity|power|electric|appliance|plug", "off grid without power",
    "microwave|blender|oven|mixer|hairdryer|hair dryer|air fryer|toaster|kettle|vacuum cleaner|"
    "fridge|washing machine|food processor|television|charger|projector", "电|插电|电器", "停电",
    "微波炉|电饭煲|烤箱|搅拌机|电磁炉|吹风机|空气炸锅|破壁机|料理机|电视|投影|洗衣机|充电器|冰箱|电热毯" },
  { "internet|wifi|wi fi|network|connection|online", "offline",
    "youtube|streaming|video call|google|website|livestream|live stream|cloud|zoom|download|"
    "web search|online|netflix|email|spotify|app store|browser|github|api", "网|网络|上网|联网|互联网",
    "离线|断网|不联网|没信号", "直播|视频通话|网站|百度|云端|线上|在线|下载|腾讯会议|网课|b站|抖音|微信群|查资料|网购|爬虫" },
  { "phone|screen|device|smartphone|gadget|computer|laptop",
    "screen free|device free|digital detox",
    "tablet|video game|tv|television|app|apps|netflix|youtube|instagram|tiktok|scroll|playstation|"
    "movie|film night|laptop|ipad|e reader|zoom|video call|excel|spreadsheet",
    "手机|屏幕|电子产品|电子设备|电脑", "数字排毒|断电子",
    "平板|看电视|看视频|看动画|看电影|打游戏|刷视频|刷抖音|app|短视频|网游|ipad|追剧|王者荣耀|视频会议|excel" },
  { "car|driving|drive|licence|license", "car free|carless",
    "road trip|rental car|drive|driving|parking|petrol|gas station|highway|by car|camper van|"
    "motorhome|motorway|self drive", "车|开车|驾照|自驾|驾车", "", "自驾|开车|租车|停车场|加油|高速公路|房车|公路旅行|服务区" },
  { "walk|walking|foot|stairs|climbing|climb|legs",
    "can't walk|cannot walk|on crutches|bad knee|bad knees|broken leg|walking stick",
    "hike|hiking|trek|trekking|stroll|on foot|climb|climbing|walking tour|mountain trail|run|"
    "running|marathon|summit|jogging|dance|dancing|march|staircase|steps up|nordic walking",
    "走路|走|步行|爬楼梯|爬楼|爬山|行走", "不能走路|走不了路|走不动|腿脚不便|腿骨折|拄拐|膝盖不好|不良于行",
    "徒步|爬山|登山|步行|暴走|散步|跑步|马拉松|登顶|攀岩|跳舞|爬长城|远足|台阶" },
  { "flying|flight|fly|plane|airplane|airport", "afraid of flying|fear of flying",
    "flight|fly|plane|airline|airport|business class|by air|jet|airbus|layover|helicopter",
    "飞机|坐飞机|飞|航班", "恐飞|不坐飞机", "坐飞机去|飞机票|飞往|直飞|航班|机票|头等舱|商务舱|机场|转机|直升机" },
  { "swimming|water|swim|boat|sea", "can't swim|cannot swim|non swimmer|afraid of water",
    "snorkel|snorkelling|dive|diving|scuba|surf|surfing|swim|kayak|water park|lap|rafting|sail|"
    "sailing|cruise|beach|water slide", "游泳|水|下水|海|船", "旱鸭子|怕水|不会游泳",
    "潜水|浮潜|冲浪|游泳|皮划艇|漂流|水上乐园|帆船|泡温泉|玩水|海滩|跳水" },
  { "jump|jumping|impact|noise|running|run", "low impact",
    "burpee|jumping jack|skipping rope|jump rope|box jump|sprint|hop|stomp|running|jogging",
    "跳|跳跃|跑|跑步|噪音", "", "波比跳|开合跳|跳绳|箱跳|高抬腿|冲刺|蹦|间歇跑|慢跑" },
  { "equipment|gear|weights|machine|tool", "bodyweight only|equipment free",
    "barbell|dumbbell|kettlebell|treadmill|rowing machine|bench press|resistance band|"
    "exercise bike|pull up bar|medicine ball|leg press|cable machine|drill|saw|hammer|screwdriver|"
    "elliptical", "器械|器材|设备|工具", "徒手|无器械", "杠铃|哑铃|壶铃|跑步机|划船机|弹力带|单杠|卧推|健身车|瑜伽球|电钻|锯子|锤子|螺丝刀|椭圆机" },
  { "money|budget|cost|spending|spend|buying|buy|pay|purchase",
    "free gift|free gifts|free present|free holiday|free trip|free activity|free activities|"
    "free things|free idea|free ideas|costs nothing|zero budget|free of charge|for free",
    "budget|buy|purchase|ticket price|rent|hire|hire a|pay for|restaurant dinner|five star|luxury|"
    "expensive|order from|subscription|designer|spend|budget of|cost of|invest", "钱|花钱|预算|买|消费|付费",
    "零成本|零预算|免费|一分不花|白嫖|不花钱", "购买|买|租|请专业|门票|付费|下单|订阅|豪华|五星|预算|高级餐厅|报名费|花费" },
  { "picture|image|photo|illustration|visual|graphic", "text only|words only",
    "with photos|photos|picture|illustration|illustrated|gallery|image|infographic|diagram|drawing|"
    "screenshot|cartoon|comic strip|storyboard", "图|图片|照片|插图|配图", "纯文字|只有文字",
    "插图|照片|配图|图文|示意图|漫画|截图|信息图|图表|相册|四格" },
  { "list|bullet|bullet point|table|numbering|enumeration", "plain prose|running text",
    "bullet point|bullet points|numbered list|numbered|as a list|in a table|as a table|table with|"
    "checklist|bulleted|columns|top ten|spreadsheet", "列表|分点|表格|编号|项目符号|清单|条目", "整段文字",
    "分点|分条|列表|表格|编号|一二三|逐条|清单|列出表|逐项|1234" },
  { "heading|title|headline|header", "untitled",
    "under the heading|section titles|chapter titles|catchy title|with a title|title at the top|"
    "headlines|each section titled", "标题|小标题|题目", "无标题", "小标题|加标题|标题要|各节标题|醒目的标题|题目要|大标题" },
  { "number|digit|figure|statistic|data|percentage", "number free",
    "percent|percentage|statistics|how many|exact figure|exact figures|numbers|growth rate|"
    "price of each|prices|dates|year by year|figures|data|calculate|amounts|quantities|in grams|"
    "in euros|ranking|population|average", "数字|数据|数值|百分比", "",
    "百分之|百分比|统计|增长率|具体数字|精确数字|准确数字|多少人|金额|多少钱|克数|价格|年份|数据|排名|用量|营业额|平均值" },
  { "name|names|naming|identity", "anonymous|nameless|unnamed",
    "full name|his name|her name|their names|my name|names of|named after|first and last name|"
    "list the people|sign it|by name|introduce each|name every|name each|signature|name three|"
    "name the", "名字|姓名|人名|点名|身份", "匿名|不具名|无名", "全名|姓名|名字|叫什么|真名|署名|签名|落款|逐一点名|点出|介绍每个人|名单" },
  { "brand|brand name|company name|product name|manufacturer", "unbranded|brandless|brand free",
    "our brand|brand name|nike|adidas|apple|samsung|coca cola|logo|slogan with our name|"
    "company name|product name|sony|bmw|mercedes|ikea|tesla", "品牌|牌子|品牌名|公司名|产品名|厂家", "无品牌",
    "品牌名|我们的品牌|耐克|阿迪|苹果|三星|可口可乐|华为|小米|logo|商标|公司名|产品名|招牌|店名" },
  { "opinion|judgement|judgment|view|evaluation|assessment|verdict|taking sides|conclusion|"
    "recommendation", "opinion free|nonjudgmental",
    "your opinion|your view|what you think|do you think|evaluate|rate|judge|recommend|"
    "which is better|who is right|which is best|conclude|conclusion|best one|verdict|winner|advice|"
    "assessment|personal recommendation|take a stand|pros and cons with a verdict",
    "看法|观点|意见|评价|判断|立场|结论|评论|建议", "不予置评",
    "你的看法|你的观点|你认为|你觉得|评价一下|点评|打分|谁对谁错|哪个更好|哪个最好|推荐一个|下结论|得出结论|给个结论|表态|选一个最|给建议|提建议|给出建议|评判" },
  { "example|illustration|instance|case", "purely abstract|theory only",
    "with an example|with examples|example|illustrate|for instance|case study|case studies|"
    "anecdote|concrete case|sample sentence|demonstrate", "例子|举例|案例|实例", "纯理论",
    "举例|例子|案例|实例|比如|例证|打比方|示例|实例说明" },
  { "question|asking", "question free",
    "ask me|ask him|ask her|questions|quiz|interview|questionnaire|ask the reader|"
    "rhetorical question|survey", "问题|提问|问句|疑问句|问我", "", "问我|提问|设问|反问|问卷|问答|测验|疑问句|访谈提纲" },
  { "quote|quotation|citation|source|reference|footnote", "unsourced",
    "quote|citation|cite|cited|references|bibliography|footnote|according to|sources|link to the|"
    "works cited|apa style|mla", "引用|引文|出处|来源|参考文献|脚注|名言", "",
    "引用|参考文献|注明出处|脚注|标注来源|名言|引经据典|文献|出处|摘录原文" },
  { "link|url|website|hyperlink", "",
    "link to|links|url|urls|click here|website address|web addresses|hyperlink", "链接|网址", "",
    "链接|网址|点击这里|附网址|附上网站" },
  { "code|programming|coding|script|program", "no code|nocode|without programming",
    "python|java|javascript|c++|rust|sql|php|ruby|bash|function|write a script|source code|"
    "algorithm in|compile|api call|regex|typescript|macro|vba", "代码|编程|写代码|程序|脚本", "零代码|无代码",
    "python|java|javascript|c++|rust|sql|php|函数|脚本|源代码|代码|爬虫|正则|编译|接口调用|宏|vba" },
  { "comment|comments|documentation", "uncommented",
    "comment every|comment each|commented|docstring|document each|well documented|"
    "explain in comments|comments for each", "注释", "", "逐行注释|每行注释|加注释|写注释|注释清楚|带注释|注释要|文档字符串" },
  { "loop|loops|iteration", "loop free|loopless",
    "for loop|while loop|iterate|foreach|nested loop|do while|for each", "循环|遍历", "",
    "for循环|while循环|循环|遍历|嵌套循环|foreach" },
  { "library|libraries|dependency|dependencies|framework|package|import|imports|third party",
    "standard library only|dependency free|vanilla",
    "numpy|pandas|react|jquery|django|flask|tensorflow|pytorch|lodash|requests|spring|angular|vue|"
    "bootstrap|matplotlib|scikit|axios|express|tailwind|npm|pip install", "第三方库|库|框架|依赖|包",
    "标准库|原生|零依赖",
    "numpy|pandas|react|jquery|django|flask|tensorflow|pytorch|vue|spring|bootstrap|requests|"
    "lodash|element|matplotlib|pip安装|npm" },
  { "javascript|js", "",
    "react|jquery|vue|angular|node|typescript|onclick|click handler|animation on click",
    "javascript|js", "", "react|jquery|vue|angular|node|onclick|点击事件" },
  { "function|functions|method", "", "def|function|functions|lambda|returns a value", "函数", "",
    "函数|lambda" },
  { "recursion|recursive", "iterative only", "recursive|recursively|calls itself|recursion", "递归",
    "", "递归|调用自己|调用自身" },
  { "class|classes|object|objects", "purely procedural|purely functional",
    "inherit|inheritance|subclass|class hierarchy|object oriented|constructor", "对象|面向对象", "",
    "继承|子类|面向对象|构造函数|多态" },
  { "variable|variables", "", "global variable|counter variable|store it in|local variable", "变量",
    "", "全局变量|计数变量|局部变量|存到变量" },
  { "database|sql", "", "mysql|postgres|sqlite|select|query|table join|mongodb|insert into",
    "数据库|sql", "", "mysql|sqlite|postgres|select|mongodb|查询语句|建表" },
  { "formula|formulas|math|maths|mathematics|equation|calculation|calculus", "number free",
    "derive|equation|integral|formula|calculate|proof|prove|derivative|theorem|compute|quadratic|"
    "matrix|lagrangian|maxwell's equations", "公式|数学|计算|算式|方程", "",
    "推导|方程|积分|公式|证明|求导|定理|计算过程|矩阵|微分|拉格朗日|麦克斯韦方程" },
  { "jargon|technical term|technical word|terminology|technical language|specialist term|"
    "medical word|medical term|legal term|foreign word|difficult word|big word", "jargon free",
    "tachycardia|hypertension|anticoagulant|myocardial|infarction|terminology|technical term|"
    "technical terms|latin|eigenvalue|polymorphism|tort|habeas corpus|indemnification|"
    "liquidated damages|correct terms|proper terms|medical terms|legal terms|precise terms|hilbert|"
    "stochastic|heteroscedasticity|ebitda|amortisation|amortization|nephropathy|ischemia|"
    "jurisprudence|estoppel|backpropagation", "术语|专业词|专业词汇|行话|生僻字|医学词|医学词汇|法律词|外来词|难懂的词|术语词", "",
    "心动过速|高血压症|抗凝|心肌梗死|专业术语|术语|拉丁|特征值|多态|不当得利|善意取得|希尔伯特|异方差|摊销|肾病变|缺血|法理|禁反言|反向传播|量化宽松|行话|专业名词" },
  { "dialogue|conversation|direct speech|talking|spoken word", "without dialogue",
    "dialogue|conversation|they talk|argue|says|said|quarrel|interview|talks to|banter|"
    "speech bubble|repartee", "对话|对白|台词|说话", "", "对话|交谈|争吵|聊天|对白|台词|长谈|你一言我一语|吵架|斗嘴" },
  { "violence|fighting|fight|weapon|war|death|killing|blood",
    "non violent|nonviolent|peaceful|pacifist",
    "sword fight|battle|murder|kill|gun|shootout|duel|fist fight|bloody|war scene|stab|explosion|"
    "boxing match|shoot|bomb|massacre|assassin|dies|executed", "暴力|打斗|战斗|武器|战争|死亡|死人|流血|打架",
    "非暴力|和平主义", "枪战|杀人|厮杀|决斗|战斗场面|血战|砍|爆炸|拳击|刺杀|屠杀|谋杀|战场|凶手|刺客|火拼|阵亡|牺牲|死去" },
  { "magic|supernatural|fantasy", "realistic",
    "wizard|spell|dragon|witch|ghost|vampire|fairy|enchanted|unicorn|sorcerer|potion|elf",
    "魔法|超自然|幻想|神怪", "", "巫师|咒语|龙|女巫|鬼|吸血鬼|精灵|独角兽|法术|神仙|妖怪|魔杖" },
  { "love|romance|kiss|kissing", "unromantic|platonic",
    "love story|fall in love|falls in love|kiss|wedding|love letter|couple|romantic|marry|proposal|"
    "lovers|affair", "爱情|恋爱|感情戏|谈恋爱", "", "爱情故事|相爱|恋人|吻|婚礼|情侣|求婚|表白|情书|热恋|三角恋|坠入爱河" },
  { "politics|political|politician", "apolitical|nonpolitical",
    "election|president|government|parliament|party programme|minister|senator|prime minister|"
    "campaign speech|political", "政治", "", "选举|总统|政府|议会|政党|首相|竞选|部长|政策" },
  { "religion|religious|god", "secular|atheist",
    "prayer|bible|church|jesus|allah|blessing|psalm|quran|pray|mass|god|hymn|angel", "宗教|神",
    "世俗|无神论", "祷告|圣经|教堂|佛祖|上帝|古兰经|菩萨|经文|礼拜|念经|天使" },
  { "humour|humor|joke|jokes|comedy|fun", "humourless|humorless|dead serious",
    "joke|pun|funny|hilarious|punchline|comic|witty|satire|laugh|comedian|sketch|one liner",
    "幽默|笑话|玩笑|搞笑|笑点", "", "段子|笑话|搞笑|逗|包袱|爆笑|好笑|幽默|调侃|脱口秀|小品|俏皮话" },
  { "emotion|feeling|sentiment|emotional|feelings|emotions",
    "emotionless|unemotional|cold hearted|detached",
    "passionate|heartfelt|tender|moving|tearful|touching|full of love|loving|emotional|"
    "heart wrenching|fiery|rage|yearning|longing|in tears", "感情|情感|情绪|感情色彩", "冷冰冰|毫无感情|没有感情|不带感情",
    "深情|热烈|动情|感人|催泪|饱含|热情|煽情|激情|柔情|思念|热泪|似火|深爱|声泪俱下" },
  { "adjective|adjectives|adverb|descriptive word", "",
    "colourful description|vivid description|lush|flowery|rich description|adjective|adjectives|"
    "beautiful|wonderful|gorgeous|describe it vividly|richly described", "形容词|副词|修饰语", "",
    "形容词|生动描写|浓墨重彩|华丽|细腻描写|丰富的描写|美丽的|绚丽|修饰" },
  { "exclamation mark|exclamation marks|exclamation point|punctuation|comma|commas|full stop",
    "unpunctuated",
    "exclamation mark|exclamation point|commas|semicolon|question mark|correct punctuation|"
    "punctuated|dash|colons", "感叹号|标点|逗号|句号|标点符号", "", "感叹号|逗号|分号|问号|标点正确|标点齐全|顿号|破折号|规范标点" },
  { "emoji|emojis|emoticon|smiley", "emoji free",
    "smiley|emoji|emojis|hearts|party popper|thumbs up|emoticon", "表情|emoji|表情符号|颜文字", "",
    "表情|笑脸|emoji|爱心符号|颜文字|表情包" },
  { "rhyme|rhymes|rhyming", "unrhymed|free verse|rhymeless|blank verse",
    "rhyme|rhyme scheme|rhyming|abab|aabb|couplet|limerick|rhymed|sonnet|rap|nursery rhyme",
    "押韵|韵", "不押韵|无韵|自由诗", "押韵|韵脚|合辙|同一个韵|绝句|律诗|打油诗|顺口溜|说唱|十四行诗|一韵|押着韵|一韵到底" },
  { "verb|verbs", "", "action packed|verbs|runs|jumps|verb in each", "动词", "", "动词|跑|跳|每句动作" },
  { "foreign word|anglicism|english word|english words|loan word", "",
    "business english|english terms|anglicisms|buzzwords|deadline|workflow|brainstorming|meeting",
    "英文|英语|英文单词|外语|英文词", "",
    "英文单词|英文术语|brainstorm|deadline|workflow|okr|kpi|双语|中英混|夹英文|英文缩写|英文名" },
  { "first person|i", "",
    "my feelings|i felt|tell how i|in the i form|autobiography|diary|memoir|as me", "第一人称|我", "",
    "我的日记|自传|回忆录|以我的口吻|我的心情|日记体" },
  { "spoiler|spoilers|plot|ending|the end|twist", "spoiler free",
    "how it ends|who dies|murderer|killer|the ending|the twist|final scene|last chapter|who did it|"
    "plot|who the killer is|solution of the case|finale", "剧透|情节|结局|剧情|结尾", "无剧透",
    "凶手|谁死|结局|大结局|最后一集|怎么死|最终|反转|真相|幕后黑手|最后谁|完整剧情|结尾" },
  { "animal|pet", "petless|pet free|animal free",
    "dog|cat|horse|lion|elephant|hamster|puppy|kitten|zoo|parrot|bear|wolf|rabbit|circus|"
    "petting zoo|farm", "动物|宠物", "", "狗|猫|马戏|狮子|大象|仓鼠|动物园|鹦鹉|熊|狼|兔子|老虎|农场" },
  { "music|instrument|accompaniment|instruments", "a cappella|acapella|unaccompanied",
    "piano|guitar|drum|violin|orchestra|flute|trumpet|band|soundtrack|organ|saxophone|playlist|"
    "song|dj|cello|choir with", "音乐|乐器|伴奏", "清唱|阿卡贝拉|无伴奏",
    "钢琴|吉他|鼓|小提琴|乐队|管弦乐|二胡|古筝|配乐|歌单|萨克斯|交响|背景音乐" },
  { "lyric|lyrics|singing|vocals|words", "instrumental|wordless",
    "lyrics|sung|singer|singing|choir|chorus|vocals|verse and chorus|rap|catchy chorus|song text|"
    "deep lyrics", "歌词|人声|演唱", "纯音乐|器乐", "歌词|副歌|主唱|演唱|合唱|唱段|说唱|主歌" },
  { "colour|color|colours|colors", "colourless|colorless|black and white|monochrome",
    "red|blue|green|yellow|rainbow|pink|purple|colourful|colorful|golden|orange|turquoise|vivid|"
    "scarlet", "颜色|彩色|色彩", "黑白|单色|无色",
    "鲜红|通红|火红|金黄|翠绿|湛蓝|雪白|碧绿|橙红|蔚蓝|红色|蓝色|绿色|黄色|彩虹|粉色|紫色|金色|橙色|五彩|鲜艳|缤纷|大红" },
  { "plastic", "plastic free|zero waste",
    "plastic bag|plastic cup|plastic bottle|cling film|straws|plastic straw|styrofoam|lego|"
    "balloons|nylon|polyester|pvc", "塑料", "无塑|零废弃", "塑料袋|塑料杯|塑料瓶|保鲜膜|吸管|泡沫盒|气球|尼龙|涤纶|一次性餐盒" },
  { "chemical|chemicals|bleach", "chemical free|all natural",
    "bleach|ammonia|drain cleaner|hydrochloric acid|pesticide|herbicide|insecticide|acetone|"
    "chlorine|roundup", "化学|化学品|化学剂|农药", "纯天然|无化学", "漂白|氨水|管道疏通剂|盐酸|杀虫剂|除草剂|丙酮|84消毒液|洁厕灵|农药" },
  { "glue|nail|nails|screw|screws|drill|drilling|holes", "drill free|no drill",
    "hammer|nail|drill|screw|glue|dowel|wall plug|nailed|bolt", "胶|钉子|打孔|钻孔|螺丝|胶水", "免打孔|免钉",
    "钉|打孔|钻|螺丝|膨胀|胶粘|锤子|电钻|铆" },
  { "sewing|needle|stitch|thread", "no sew|no sewing",
    "sew|stitch|seam|sewing machine|hem|thread|needle", "缝|针线|缝纫", "免缝", "缝纫机|缝|针脚|锁边|针线|包边" },
  { "medication|drug|pill|medicine|tablets", "drug free",
    "ibuprofen|aspirin|paracetamol|antibiotic|pills|melatonin|tablet|sleeping pill|painkiller|"
    "prescription|antidepressant", "药|药物|吃药|用药", "",
    "布洛芬|阿司匹林|对乙酰|抗生素|褪黑素|药片|安眠药|止痛药|头孢|感冒灵|退烧药" },
  { "doctor|hospital|surgery|operation", "",
    "surgery|operate|operation|surgeon|hospital stay|scalpel|anaesthetic", "医生|医院|手术|开刀", "",
    "手术|开刀|住院|麻醉|主刀" },
  { "children|kids|child", "adults only|child free|childfree",
    "playground|kids' menu|babysitting|toddler|kids corner|face painting|children's games|"
    "bouncy castle|kindergarten", "孩子|小孩|儿童", "仅限成人|成人专场", "儿童乐园|亲子|宝宝|儿童餐|游乐场|充气城堡|幼儿园|小朋友" },
  { "tourist|crowd|crowds|queue", "",
    "eiffel tower|times square|colosseum|disneyland|top ten sights|most famous sights|oktoberfest|"
    "great wall|louvre|main attractions|carnival", "游客|人群|排队|网红", "",
    "故宫|长城|西湖|外滩|迪士尼|十大景点|最热门|著名景点|兵马俑|打卡地|环球影城|南锣鼓巷" },
  { "early|getting up early|morning", "late riser|night owl",
    "sunrise|at 5 am|at 6 am|dawn|breakfast at six|5 o'clock in the morning", "早起|早上", "夜猫子",
    "日出|早上五点|清晨|六点起|五点起床|晨跑" },
  { "light|sun|sunlight", "", "sunny window|full sun|south facing|succulent garden|tomatoes",
    "阳光|光照|光", "", "全日照|朝南|多肉|向日葵|番茄|暴晒" },
  { "ingredient|grocery|shopping|supermarket|leaving the house|going out|leave the house", "",
    "go to the shop|buy fresh|from the supermarket|grocery|market visit|restaurant|theatre|cinema|"
    "concert|museum|park|beach|jogging outside|shopping trip", "出门|购物|逛街|买菜|超市", "足不出户|宅家",
    "去超市|买新鲜|菜市场|餐厅|电影院|音乐会|博物馆|公园|逛街|商场|看展|露营" },
  { "water", "waterless|dry shampoo only", "rinse|soak|boil|wash with water|hose|bathtub|shower",
    "水|用水", "免水洗", "冲洗|浸泡|煮|淋浴|泡澡|水洗" },
  { "button|buttons|key|keys", "buttonless|touch only",
    "big buttons|large buttons|big keys|keypad|physical keyboard", "按键|按钮", "无按键|全触屏",
    "按键要|按键大|大按键|物理键盘|按钮要" },
  { "team|meeting|meetings|call", "meeting free",
    "weekly meeting|daily standup|stand up|jour fixe|kickoff|conference call|workshop", "会议|开会",
    "", "周会|晨会|例会|站会|启动会|复盘会|电话会" },
  { "homework|test|exam|grade|grades", "grade free",
    "final exam|weekly test|homework sheet|graded|mark out of|quiz every|a grade", "作业|考试|评分|测验",
    "", "期末考|周测|家庭作业|打分|月考|评分标准|随堂测" },
  { "overtime|weekend work|working on weekends", "",
    "saturday shift|sunday shift|60 hours|70 hours|work late|night shift|twelve hour days",
    "加班|周末上班", "双休|朝九晚五", "周六上班|周日值班|996|熬夜赶|通宵|大小周|007" },
  { "hierarchy|boss|leader", "leaderless|flat hierarchy",
    "ceo decides|boss decides|team leader|chain of command|report to the manager", "领导|老板|上下级",
    "扁平", "老板拍板|逐级审批|层层审批|经理批准|一把手" },
  { "adult|adults|parent|grown up|help", "",
    "with a parent|adult supervision|parents help|teacher explains|with the help of", "大人|家长|成人",
    "", "家长陪同|父母帮忙|大人协助|家长签字|老师指导" },
  { "introduction|preamble|intro|opening", "",
    "opening paragraph|start with an introduction|introductory|begin with a long introduction|"
    "intro paragraph|with an introduction", "开头|引言|前言|铺垫|导语", "开门见山",
    "引言|前言|开场白|铺垫|导语|先介绍背景|背景介绍" },
  { "greeting|salutation|closing|sign off", "",
    "dear|kind regards|yours sincerely|best wishes|greeting line|warm greeting", "称呼|问候|落款|署名", "",
    "尊敬的|此致|敬礼|祝好|落款|问候语|称呼要" },
};

const BaleenKind *
baleen_coach_get_kinds (gsize *n)
{
  *n = G_N_ELEMENTS (kinds);

  return kinds;
}
