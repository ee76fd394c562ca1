/* Two wishes of a draft that exclude each other: opposites, something refused and asked for,
 * numbers that disagree. */
#include "coach-rules.h"

#include <string.h>

/* “no sugar”, “sugar-free”: what is refused. */
#define NO_EN(noun) \
  "\\b(?:(?:no|without|zero|avoid(?:ing)?|excluding|free of|(?:do not|don't|must not|mustn't|" \
  "should not|" \
  "shouldn't|may not|never|without) (?:use|using|contain|include|including|add|adding|mention|" \
  "mentioning|" \
  "reveal|revealing|have|give away|giving away)|contains? no|use no)(?: any(?:thing)?| an?| the|" \
  " of| about)* " \
  noun "|" noun "[- ]free)"
#define NO_ZH(noun) \
  "(?:不要|别|不能|不得|不用|不许|禁止|避免|不可以|不准|不使用|不含|不放|不加|不提|(?<!毫)无|零|没有|不吃|不喝|不带)" \
  "(?:使用|出现|用|写|有|提到|提|包含|含|放|加|任何|一点|透露)*" noun

typedef struct
{
  BaleenPattern one, other;
} Clash;

/* ---- English ------------------------------------------------------------------------------ */

static Clash english_clashes[] = {
  { BALEEN_PATTERN ("\\b(?:(?:in|under|within|at most|max|maximum|no more than|only|just|"
                    "exactly) (?:one|two|three|four|five|[1-9]) (?:words?|sentences?|"
                    "lines?)|brief|briefly|concise|concisely|short|very short|succinct|"
                    "succinctly|in (?:exactly |just |only )?(?:one|a single|1|two|2|"
                    "a few) (?:sentence|word|words|line|lines|sentences)|one-sentence|"
                    "one-line|in a nutshell|tl;?dr|quick answer|few words|minimal|"
                    "super short)\\b"),
    BALEEN_PATTERN ("\\b(?:detailed|in[- ]depth|in (?:full |great |extreme |complete |"
                    "much |as much )?detail|comprehensive|comprehensively|exhaustive|"
                    "exhaustively|thorough|thoroughly|every (?:possible |little |"
                    "tiny )?(?:detail|aspect|step|single)|everything there is|"
                    "leave nothing out|(?:cover|include|explain) everything|"
                    "leav\\w+ (?:out )?(?:nothing|no details?)|without (?:omitting|"
                    "leaving out)|all (?:the |possible )?(?:details|aspects)|very long|"
                    "as long as possible|extensive|extensively|long[- ]form|"
                    "complete and full|lengthy)\\b") },
  { BALEEN_PATTERN ("\\b(?:formal|formally|official|serious|professional|dignified|solemn|"
                    "academic)\\b"),
    BALEEN_PATTERN ("\\b(?:slang|casual|casually|informal|jokes?|funny|emojis?|memes?|"
                    "swear words|silly|humorous|goofy|playful|hilarious|street language)\\b") },
  { BALEEN_PATTERN ("\\b(?:vegan|vegetarian|plant-based|meat-free|meatless)\\b"),
    BALEEN_PATTERN ("\\b(?:chicken|beef|pork|bacon|fish|salmon|tuna|shrimp|steak|lamb|"
                    "turkey|ham|sausages?|duck)\\b") },
  { BALEEN_PATTERN ("\\b(?:vegan|dairy-free)\\b"),
    BALEEN_PATTERN ("\\b(?:with|uses?|using|includ\\w+|lots of) (?:\\w+ ){0,2}(?:butter|"
                    "cheese|cream|milk|eggs|honey)\\b") },
  { BALEEN_PATTERN ("\\b(?:gluten-free)\\b"), BALEEN_PATTERN ("\\b(?:wheat|barley|rye)\\b") },
  { BALEEN_PATTERN ("\\b(?:sugar-free)\\b"),
    BALEEN_PATTERN ("\\b(?:lots of|plenty of|with|cups? of) (?:\\w+ )?(?:sugar|honey|"
                    "syrup)\\b") },
  { BALEEN_PATTERN ("\\b(?:cheap|cheapest|low[- ]budget|inexpensive|budget|free|low-cost|"
                    "frugal)\\b"),
    BALEEN_PATTERN ("\\b(?:luxury|luxurious|five[- ]star|5[- ]star|high[- ]end|premium|"
                    "most expensive|michelin)\\b") },
  { BALEEN_PATTERN ("\\b(?:without (?:any )?(?:technical (?:terms|terminology|language)|"
                    "jargon|math|formulas)|no (?:technical terms|jargon)|in (?:simple|"
                    "plain|everyday) (?:words|terms|language)|(?:for|to) (?:a |"
                    "an )?(?:small |little )?(?:child|kid|toddler|preschooler|"
                    "five-year-old|5-year-old|complete beginners?))\\b"),
    BALEEN_PATTERN ("\\b(?:(?:precise|technical|advanced|expert|full|academic|"
                    "graduate[- ]level|phd[- ]level|scientific|"
                    "rigorous)(?: \\w+)? (?:terminology|terms|jargon|language|level|"
                    "mathematics|math|proofs?|equations|detail|formalism))\\b") },
  { BALEEN_PATTERN ("\\b(?:neutral|unbiased|objective|impartial|balanced)\\b"),
    BALEEN_PATTERN ("\\b(?:persuad\\w+|convinc\\w+|takes? (?:a |my )?side|one-sided|biased|"
                    "only the (?:advantages|benefits|pros)|attack|praise only|"
                    "clearly favou?rs?)\\b") },
  { BALEEN_PATTERN ("\\b(?:optimistic|happy|cheerful|uplifting)\\b"),
    BALEEN_PATTERN ("\\b(?:pessimistic|depressing|hopeless|bleak|tragic)\\b") },
  { BALEEN_PATTERN ("\\b(?:beginner|beginner's|beginners|easy|simple)(?:-friendly)?\\b"),
    BALEEN_PATTERN ("\\b(?:extremely (?:difficult|complex|advanced)|expert-only|"
                    "for experts|only experts|advanced experts)\\b") },
  { BALEEN_PATTERN ("\\b(?:in|within|under) (?:5|five|ten|10|one|1) minutes?\\b"),
    BALEEN_PATTERN ("\\b(?:slow-cooked|cooked? for (?:\\w+ )?hours|marinated? overnight|"
                    "take(?:s)? (?:several )?hours)\\b") },
  { BALEEN_PATTERN ("\\b(?:quick|fast|\\d+[- ]minutes?|in \\d+ minutes|under an hour|"
                    "in no time)\\b"),
    BALEEN_PATTERN ("\\b(?:simmer|cook|bake|marinat|rest|brais|roast|chill|take|stew|proof|"
                    "ferment)\\w* (?:\\w+ )?(?:for )?(?:at least |"
                    "about )?(?:\\w+ )?(?:hours|overnight|days)\\b") },
  { BALEEN_PATTERN ("\\b(?:nut-free|without nuts|no nuts)\\b"),
    BALEEN_PATTERN ("\\b(?:almonds?|peanuts?|walnuts?|hazelnuts?|cashews?|pecans?|"
                    "peanut butter)\\b") },
  { BALEEN_PATTERN ("\\b(?:lactose-free|dairy-free|without dairy|no dairy)\\b"),
    BALEEN_PATTERN ("\\b(?:cheese|butter|cream|milk|yogh?urt|mozzarella|parmesan)\\b") },
  { BALEEN_PATTERN ("\\b(?:alcohol-free|non-alcoholic|without alcohol|no alcohol)\\b"),
    BALEEN_PATTERN ("\\b(?:vodka|rum|gin|whisk(?:e)?y|wine|tequila|beer|champagne)\\b") },
  { BALEEN_PATTERN ("\\bfirst[- ]person\\b"),
    BALEEN_PATTERN ("\\bthird[- ]person\\b|\\bnever (?:use|say|"
                    "write) (?:the word )?[\"']?i\\b") },
  { BALEEN_PATTERN ("\\bpresent tense\\b"), BALEEN_PATTERN ("\\bpast tense\\b") },
  { BALEEN_PATTERN ("\\balphabetical(?:ly)?\\b"),
    BALEEN_PATTERN ("\\b(?:random order|randomly|by (?:date|price|size|importance))\\b") },
  { BALEEN_PATTERN ("\\b(?:rhym(?:es|ed|ing)|rhyme)\\b"),
    BALEEN_PATTERN ("\\b(?:free verse|unrhymed|prose only)\\b") },
  { BALEEN_PATTERN ("\\b(?:anonymous|anonymously)\\b"),
    BALEEN_PATTERN ("\\b(?:my (?:full |own )?name|signed by me|sign it)\\b") },
  { BALEEN_PATTERN ("\\b(?:for (?:a |an )?(?:small |young )?(?:child|children|kids|"
                    "toddlers?)|child-friendly|kid-friendly|family-friendly)\\b"),
    BALEEN_PATTERN ("\\b(?:gory|explicit|brutal|extremely violent|bloody|erotic)\\b") },
  { BALEEN_PATTERN ("\\b(?:in (?:just |only |exactly )?(?:one|a single) (?:word|sentence|"
                    "line)|one-word|one-sentence)\\b"),
    BALEEN_PATTERN ("\\b(?:paragraphs?|covering|with examples|step by step|each of|"
                    "pros and cons|list (?:all|of))\\b") },
  { BALEEN_PATTERN ("\\b(?:quiet|deserted|secluded|peaceful|tranquil|lonely|empty)\\b"),
    BALEEN_PATTERN ("\\b(?:crowded|packed|bustling|noisy|lively|loud|full of (?:people|tourists|"
                      "party)|party people)\\b") },
  { BALEEN_PATTERN ("\\b(?:beginners?|novices?|easy|simple|basic)\\b"),
    BALEEN_PATTERN ("\\bonly (?:an? |the |real |true )?(?:\\w+ )?(?:masters?|chefs?|experts?|"
                      "professionals?|pros|specialists?|geniuses)\\b|\\b(?:expert|"
                      "master)[- ]level\\b") },
  { BALEEN_PATTERN (NO_EN ("rhym(?:es?|ing)\\b")), BALEEN_PATTERN ("\\b(?:rhyming|rhymed|"
                      "limerick|sonnet|couplets?)\\b") },
  { BALEEN_PATTERN ("\\b(?:modern|contemporary|minimalist)\\b"), BALEEN_PATTERN ("\\b(?:baroque|"
                      "medieval|victorian|ornate|opulent)\\b") },
  { BALEEN_PATTERN ("\\b(?:fiction(?:al)?|invented|made-up)\\b"), BALEEN_PATTERN
                      ("\\b(?:true story|strictly factual|only facts|nothing invented)\\b") },
  { BALEEN_PATTERN ("\\bindoors?\\b"), BALEEN_PATTERN ("\\b(?:outdoors?|outside|open-air|"
                    "in the open)\\b") },
  { BALEEN_PATTERN ("\\bchronological(?:ly)?\\b|\\bfrom (?:beginning|start) to (?:end|finish)\\b"),
    BALEEN_PATTERN ("\\b(?:backwards?|in reverse|reversed|starting (?:from|at|with) the end|"
                    "non-?linear|random order)\\b") },
  { BALEEN_PATTERN ("\\b(?:only|just|simply) (?:with |a |say )?\"?(?:yes or no|yes/no|"
                    "true or false|a number|one word)\\b"
                    "|\\b(?:yes or no|yes/no|one[- ]word) (?:answer|only|reply)\\b|"
                    "\\ba (?:simple |plain )?yes or no\\b"),
    BALEEN_PATTERN ("\\b(?:explain|explanation|reasoning|reasons? (?:in|for|why)|justify|"
                    "in depth|in detail|elaborate|essay|paragraphs?)\\b") },
  { BALEEN_PATTERN ("\\b(?:free|for nothing|costs? nothing|without (?:spending|paying)|no money|"
                    "zero (?:budget|money)|not spending anything)\\b"),
    BALEEN_PATTERN ("\\b(?:costs?|costing|priced at|budget of|spend(?:ing)?|"
                    "pay(?:ing)?) (?:about |around |up to |over )?"
                    "(?:[$€£¥] ?)?[1-9]\\d*|\\b(?:expensive|luxur\\w+)\\b") },
  { BALEEN_PATTERN ("\\b(?:for|to|so that) (?:an? |my )?(?:small |little |young |\\w+-year-old |"
                    "\\w+ year old )?"
                    "(?:child(?:ren)?|kids?|toddlers?|preschoolers?|first[- ]graders?|"
                    "kindergart\\w+|laypersons?|grandm\\w+|absolute beginners?|"
                    "\\w+-year-olds?|\\w+ year olds?)\\b|\\blike i'm (?:five|5)\\b"),
    BALEEN_PATTERN ("\\b(?:differential (?:geometry|equations?)|calculus|tensors?|"
                    "rigou?r(?:ous)?|formal proofs?|"
                    "phd|doctoral|postgraduate|graduate[- ]level|peer[- ]reviewed|academic|"
                    "scholarly|specialist|expert-level|technical jargon|"
                    "latin terms?|legalese|(?:legal|technical|medical|scientific|precise|"
                      "correct) (?:\\w+ )?(?:terminology|terms|vocabulary)|full mathematical)\\b")
                      },
  { BALEEN_PATTERN ("\\b(?:optimistic|happy|cheerful|uplifting|hopeful|joyful|light-?hearted|"
                    "upbeat|feel-good)\\b"),
    BALEEN_PATTERN ("\\b(?:pessimistic|depressing|hopeless|despair\\w*|bleak|tragic|gloomy|"
                    "heartbreaking|miserable|devastating)\\b") },
  { BALEEN_PATTERN ("\\b(?:serious|solemn|grave|dignified|sombre|somber)\\b|"
                    NO_EN ("(?:humou?r|jokes?|comedy)\\b")),
    BALEEN_PATTERN ("\\b(?:hilarious|funny|comical|comedic|humorous|full of (?:jokes|puns)|"
                    "slapstick|witty jokes|laugh out loud)\\b") },
  { BALEEN_PATTERN ("\\b(?:formal(?:ly)?|official|business-?like|dignified)\\b"),
    BALEEN_PATTERN ("\\b(?:casual(?:ly)?|slang\\w*|informal(?:ly)?|chatty|street|teen|gen z|"
                    "emojis?|memes?|swear\\w*|curs(?:e|ing)|bro\\b)") },
  { BALEEN_PATTERN (NO_EN ("(?:emotions?|feelings?|sentiment)\\b")),
    BALEEN_PATTERN ("\\b(?:passion(?:ate)?|full of (?:emotion|feeling|love)|heartfelt|"
                      "deeply moving|tearful)\\b") },
  { BALEEN_PATTERN ("\\bpast tense\\b"), BALEEN_PATTERN ("\\b(?:future|present) tense\\b") },
  { BALEEN_PATTERN ("\\b(?:silent|wordless|no (?:dialogue|words|text))\\b"),
    BALEEN_PATTERN ("\\b(?:dialogues?|conversations?|spoken lines|narration|speech bubbles)\\b") },
  { BALEEN_PATTERN ("\\b(?:a monologue|one speaker|single speaker|alone on stage)\\b"),
    BALEEN_PATTERN ("\\b(?:dialogue|conversation) between\\b|\\b(?:two|three|four) (?:speakers|"
                    "characters) (?:talk|speak|argue)") },
  { BALEEN_PATTERN ("\\b(?:keep|leave) (?:everything|every word|it|the (?:text|"
                    "wording)) (?:exactly )?(?:unchanged|the same|as (?:it )?is)\\b"
                    "|\\b(?:don't|do not|without) chang(?:e|ing) (?:anything|a (?:single )?word|"
                    "any(?:thing| words?))\\b"),
    BALEEN_PATTERN ("\\b(?:rewrite|rephrase|reword|shorten|completely different|simplify|"
                    "paraphrase|translate)\\b") },
  { BALEEN_PATTERN ("\\b(?:neutral|unbiased|objective|impartial|balanced|without (?:taking sides|"
                    "opinion\\w*)|no opinions?)\\b"),
    BALEEN_PATTERN ("\\b(?:persuad\\w+|convinc\\w+|take (?:a |my |one )?side|one-sided|biased|"
                    "only (?:the )?(?:advantages|benefits|pros|good sides)|"
                    "propaganda|your (?:own |personal )?opinion|prove that|argue (?:for|against|"
                    "that)|clearly (?:favou?rs?|better))\\b") },
  { BALEEN_PATTERN ("\\b(?:vegan|vegetarian|plant-based|meat-?free|meatless|" NO_EN ("meat")
                    ")\\b"),
    BALEEN_PATTERN ("\\b(?:chicken|beef|pork|bacon|fish|salmon|tuna|shrimps?|prawns?|steaks?|"
                    "lamb|turkey|ham|sausages?|duck|ribs|veal|meatballs?|"
                    "anchov\\w+|pepperoni|wings|lobster|crab|gelatine?)\\b(?! (?:substitut|"
                    "alternativ|style|flavou?r))") },
  { BALEEN_PATTERN ("\\b(?:vegan|egg-?free|" NO_EN ("eggs?")
                    ")\\b"), BALEEN_PATTERN ("\\b(?:eggs?|omelett?es?|meringue)\\b(?![- ]free)") },
  { BALEEN_PATTERN ("\\b(?:sugar-?free|unsweetened|" NO_EN ("(?:added )?sugar") ")"),
    BALEEN_PATTERN ("\\b(?:(?:lots|plenty|cups?|spoons?|grams?) of (?:\\w+ )?(?:sugar|honey|"
                    "syrup)|with (?:\\w+ )?(?:sugar|honey|syrup|caramel|candy|"
                    "condensed milk))\\b") },
  { BALEEN_PATTERN ("\\b(?:low|no|zero)[- ]carb\\b|\\bketo(?:genic)?\\b"),
    BALEEN_PATTERN ("\\b(?:rice|pasta|spaghetti|noodles|bread|potato(?:es)?|fries|sugar|"
                    "pizza dough|pancakes)\\b(?! (?:substitut|alternativ))") },
  { BALEEN_PATTERN ("\\b(?:low|no|zero)[- ]fat\\b|\\bfat-?free\\b"),
    BALEEN_PATTERN ("\\b(?:butter|heavy cream|lard|deep[- ]fr\\w+|double cream|bacon)\\b") },
  { BALEEN_PATTERN (NO_EN ("(?:gluten|wheat)")), BALEEN_PATTERN ("\\b(?:wheat|barley|rye|"
                        "semolina|seitan|spelt|couscous|bulgur)\\b(?![- ]free)") },
  { BALEEN_PATTERN (NO_EN ("(?:nuts?)")),
    BALEEN_PATTERN ("\\b(?:almonds?|peanuts?|walnuts?|hazelnuts?|cashews?|pecans?|pistachios?|"
                    "marzipan|nutella|peanut butter)\\b") },
  { BALEEN_PATTERN (NO_EN ("(?:lactose|dairy|milk)")),
    BALEEN_PATTERN ("\\b(?:cheese|butter|cream|milk|yogh?urt|mozzarella|parmesan|ricotta|feta|"
                    "whey)\\b(?![- ]free)") },
  { BALEEN_PATTERN (NO_EN ("alcohol") "|\\bnon-?alcoholic\\b|\\bmocktails?\\b"),
    BALEEN_PATTERN ("\\b(?:vodka|rum|gin|whisk(?:e)?y|wine|tequila|beer|champagne|prosecco|"
                    "liqueur|brandy)\\b(?![- ]free)") },
  { BALEEN_PATTERN (NO_EN ("(?:spoilers?|(?:\\w+ )*(?:plot|ending|twist|end)\\b)")),
    BALEEN_PATTERN ("\\b(?:how (?:\\w+ )?(?:it|the (?:story|book|film|novel|movie)) ends|"
                    "who (?:the )?(?:murderer|killer|did it|dies)|the (?:ending|"
                    "twist)(?! out))\\b") },
  { BALEEN_PATTERN (NO_EN ("(?:programming languages?|programming|code|coding)\\b")),
    BALEEN_PATTERN ("\\b(?:python|java|javascript|c\\+\\+|rust|go|ruby|php|sql|(?:write|give|"
                    "show) (?:me )?(?:the |some )?code|code (?:for|that)|script)\\b") },
  { BALEEN_PATTERN (NO_EN ("(?:emojis?|emoticons?)")), BALEEN_PATTERN ("\\b(?:with|use|add|"
                        "lots of|plenty of|many) (?:\\w+ )?emojis?\\b|[\\x{1F300}-\\x{1FAFF}]") },
  { BALEEN_PATTERN (NO_EN ("(?:numbers?|digits?|figures)\\b")), BALEEN_PATTERN
                      ("\\b(?:exact (?:figures|numbers|percentages)|percentages|statistics|"
                      "numbered|with (?:the )?(?:numbers|dates))\\b") },
  { BALEEN_PATTERN (NO_EN ("(?:(?:technical |medical |legal |specialist )?(?:jargon|terms|"
                        "terminology)|technical language)")),
    BALEEN_PATTERN ("\\b(?:precise|technical|correct|proper|advanced|"
                    "all the) (?:\\w+ )?(?:terminology|terms|jargon|vocabulary)\\b") },
  { BALEEN_PATTERN ("\\b(?:plain text only|plain prose|in prose|flowing text|"
                    NO_EN ("(?:lists?|bullets?|bullet points?|tables?)") ")"),
    BALEEN_PATTERN ("\\b(?:bullet(?:ed)? (?:list|points?)|numbered list|as a table|in a table|"
                    "a table of|table with)\\b") },
  { BALEEN_PATTERN ("\\b(?:in (?:just |only |exactly )?(?:one|a single|1) (?:short )?(?:sentence|"
                    "line|word))\\b"),
    BALEEN_PATTERN ("\\b(?:(?:two|three|four|five|six|several|multiple|[2-9]) (?:full |"
                    "long )?(?:paragraphs|pages|sections|chapters))\\b") },
};
static BaleenPattern english_in_parts
    = BALEEN_PATTERN ("\\b(?:then|followed by|after that|afterwards|below it|turn|convert|"
                      "rewrite|replace|instead|rather|substitute|alternative|versus|vs|"
                      "compare|difference|both (?:versions|sides|kinds|cases|variants)|(?:chang|"
                      "mov|go|switch|grow)\\w* from)\\b");

#define TONGUE \
  "(english|french|german|spanish|italian|chinese|japanese|korean|russian|portuguese|latin|" \
  "arabic|dutch)"
static BaleenPattern english_languages
    = BALEEN_PATTERN ("\\b(?:answer|respond|reply|write|speak)\\b(?: \\w+){0,3} in " TONGUE
                      "\\b.*\\b(?:answer|respond|reply|write|speak|be|text|everything|"
                      "output)\\b(?: \\w+){0,3} in (?!\\1)" TONGUE "\\b");
static BaleenPattern english_denied
    = BALEEN_PATTERN ("\\b(?:without(?: using| mentioning| naming| including| saying| any|"
                      " an?)*|(?:do not|don't|never)(?: use| include| mention| add| write|"
                      " give| make)(?: any| an?| the)?|avoid(?: using)?(?: any)?|(?:use|"
                      "include|with) no|(?<=[.!?,] )no|(?:doesn't|does not|must not|mustn't|"
                      "should not|shouldn't|may not|can't|cannot)(?: have| contain| include| use|"
                      " be)?) (?!words?\\b|more\\b|the word|"
                      "other)((?:\\w+ )?\\w{3,})");
static BaleenPattern english_counts
    = BALEEN_PATTERN ("\\b(?:exactly|only|just|at most|no more than|maximum|max) (one|two|"
                      "three|four|five|six|seven|eight|nine|ten|"
                      "\\d+) (?:\\w+ )?(\\w{3,}?)(?:s|es)?\\b.*?\\b(?!\\1\\b)(?:one|two|"
                      "three|four|five|six|seven|eight|nine|ten|twelve|fifteen|twenty|"
                      "\\d+) (?:\\w+ )?\\2");

/* “a one-page letter that is five pages long” */
static BaleenPattern english_two_sizes
    = BALEEN_PATTERN ("\\b(an?|one|two|three|four|five|ten|\\d+)[- ](?:single )?(page|word|"
                      "sentence|paragraph|line)s? \\w+(?: \\w+)? (?:that (?:is|has)|"
                      "which (?:is|has)|with|of|about|at|that's) (?:exactly |at least |"
                      "about |around )?(?!\\1\\b)(?:two|three|four|five|six|seven|eight|"
                      "nine|ten|twenty|\\d+) \\2s?\\b");
static BaleenPattern english_word_wanted
    = BALEEN_PATTERN ("\\b(?:without(?: using)?|(?:do not|don't|never) (?:use|say|mention|"
                      "write)|avoid(?: using)?) the (?:word|"
                      "letter)s? [\"'“]?(\\w+)[\"'”]?.*\\b(?:use|using|repeat|include|"
                      "including|with|contain|contains|say) the (?:word|" "letter) [\"'“]?\\1\\b");

static BaleenPattern english_only_fewer
    = BALEEN_PATTERN ("\\b(three|four|five|six|seven|eight|nine|ten|"
                      "\\d+) (?:\\w+ )?\\w{3,}s\\b[^.?!]*\\b(?:only|just|at most|"
                      "no more than|exactly) (?!\\1)(?:one|two|three|four|five|"
                      "\\d)(?: of them)?[.!?]*$");

/* ---- Chinese ------------------------------------------------------------------------------ */

static Clash chinese_clashes[] = {
  { BALEEN_PATTERN ("用(?:一|1)个(?:词|字)|(?:[一两二三四五]|(?<!\\d)\\d)(?:句话|句|行|个词)(?:以内|之内|内|说清|"
                    "概括|回答)|简短|简要|简洁|简明|简单(?:地)?(?:说|讲|介绍|概括|回答)|一句话|一两句话|言简意赅|精简|尽量短|越短越好|"
                    "三言两语|用几个字|短一点|精炼"),
    BALEEN_PATTERN ("详细|详尽|面面俱到|全面|深入|完整地|事无巨细|不(?:能|要|得)?(?:遗漏|漏掉|省略)任何|所有细节|每个细节|每一个细节|"
                    "越长越好|尽量长|长篇|细致|展开(?:讲|说|论述)|越详细越好") },
  { BALEEN_PATTERN ("正式|严肃|庄重|官方|书面语|学术|专业的语气"),
    BALEEN_PATTERN ("网络流行语|网络用语|搞笑|幽默|俏皮|口语化|随意|段子|表情包|表情符号|俚语|轻松活泼|调侃|笑话|脏话|非正式") },
  { BALEEN_PATTERN ("纯素|素食|素菜|全素|吃素|斋菜"),
    BALEEN_PATTERN ("鸡肉|牛肉|猪肉|羊肉|鱼|虾|培根|火腿|排骨|肉末|肉丝|肥牛|鸭肉|海鲜|腊肉|香肠|红烧肉|烤鸭|鸡腿|鸡翅|五花肉|肉末|烤肉|"
                    "肉丸|肥肠|牛排|鸡蛋|螃蟹|(?<!素)(?<!不吃)(?<!无)(?<!不放)(?<!不含)肉(?!类替代|桂|馅味)") },
  { BALEEN_PATTERN ("无糖|不加糖|零糖"), BALEEN_PATTERN ("(?:多放|加|放|大量)(?:\\p{Han}{0,3})(?:糖|蜂蜜|炼乳)") },
  { BALEEN_PATTERN ("便宜|廉价|省钱|穷游|低预算|低成本|免费|花钱少|经济实惠"),
    BALEEN_PATTERN ("豪华|奢华|五星级|高端|顶级|奢侈|头等舱|米其林|最贵") },
  { BALEEN_PATTERN ("(?:不要用|不用|不使用|避免|不要|别用)(?:任何)?(?:专业)?术语|通俗易懂|大白话|通俗|小学生(?:都)?能|"
                    "讲给(?:小孩|孩子|小学生)|(?:给|向|跟)(?:[\\d一二三四五六七八九十]+岁)?(?:的)?(?:小孩|孩子|小朋友|幼儿园)"),
    BALEEN_PATTERN ("(?<!不要用)(?<!不用)(?<!避免)(?<!不使用)(?<!不要)(?<!别用)(?:准确的|严谨的|大量|高深的)?专业术语|"
                    "学术语言|博士水平|严谨的(?:数学|公式)|高等数学|严格推导|微积分推导|研究生水平|数学推导|严格证明|专业水准") },
  { BALEEN_PATTERN ("中立|客观|不偏不倚|公正"),
    BALEEN_PATTERN ("只(?:说|写|讲)(?:优点|好处|缺点)|说服|偏向|一边倒|强烈支持|极力|带有倾向") },
  { BALEEN_PATTERN ("(?:只|全部|必须|请)?用(?:中文|汉语)(?:回答|写|回复|输出)"),
    BALEEN_PATTERN ("(?:全文|全部|都|请|必须|只)?用(?:英文|英语|法语|日语|德语|韩语)(?:回答|写|回复|输出)") },
  { BALEEN_PATTERN ("零基础|初学者|入门|小白|简单的"), BALEEN_PATTERN ("极其(?:复杂|高深|困难)|专家级|只有专家|最高难度|地狱难度") },
  { BALEEN_PATTERN ("乐观|欢快|喜庆|积极向上"), BALEEN_PATTERN ("悲观|绝望|凄惨|悲惨|灰暗") },
  { BALEEN_PATTERN ("(?:快手|\\d+分钟|[一二三五十]+分钟|几分钟|马上就能|速成)"),
    BALEEN_PATTERN ("(?:炖|煮|熬|烤|腌|发酵|醒|泡|卤|冷藏|等)[^，。]{0,6}(?:小时|钟头|一夜|隔夜|一天|两天)") },
  { BALEEN_PATTERN ("无麸质|不含麸质|麸质过敏"), BALEEN_PATTERN ("小麦|全麦|大麦|面粉") },
  { BALEEN_PATTERN ("(?:不含|无|不放|没有)坚果|坚果过敏"), BALEEN_PATTERN ("花生|杏仁|核桃|腰果|榛子|开心果") },
  { BALEEN_PATTERN ("无乳糖|乳糖不耐|(?:不含|无)(?:奶|乳)"), BALEEN_PATTERN ("牛奶|奶油|奶酪|黄油|芝士|酸奶") },
  { BALEEN_PATTERN ("第一人称"), BALEEN_PATTERN ("第三人称") },
  { BALEEN_PATTERN ("匿名|不(?:要)?署名|不(?:要)?透露姓名"), BALEEN_PATTERN ("署(?:上)?我的?名|写上我的(?:名字|姓名)|实名") },
  { BALEEN_PATTERN ("(?:给|适合)(?:小朋友|小孩|孩子|幼儿|儿童)"), BALEEN_PATTERN ("血腥|暴力|色情|恐怖至极|限制级") },
  { BALEEN_PATTERN ("文言文|古文"), BALEEN_PATTERN ("(?:用|全部)?(?:大白话|网络语言|现代口语)") },
  { BALEEN_PATTERN ("无酒精|不含酒精|不喝酒"),
    BALEEN_PATTERN ("(?:加|放|用|含)\\p{Han}{0,3}(?:白酒|红酒|啤酒|伏特加|威士忌|朗姆酒)") },
  { BALEEN_PATTERN ("安静|没人|僻静|清静|幽静|人少"), BALEEN_PATTERN ("人山人海|热闹|喧闹|拥挤|嘈杂|人多") },
  { BALEEN_PATTERN ("新手|入门|初学|零基础|简单|小白"), BALEEN_PATTERN ("只有(?:\\p{Han}{0,4})(?:大厨|专家|大师|高手|"
                      "专业人士|行家|老手)|专家级|大师级|高手才") },
  { BALEEN_PATTERN ("(?:不|无需|不用|不要|别)押韵"), BALEEN_PATTERN ("押韵|打油诗|绝句|律诗") },
  { BALEEN_PATTERN ("素食|素菜|纯素|全素|吃素"), BALEEN_PATTERN ("(?:羊|牛|猪|鸡|鸭|鹅)(?:排|肉|腿|翅|杂|蹄|肝|肠|骨|爪|胸|"
                      "柳|腩)|全羊|烤鱼|鱼片|鱼头") },
  { BALEEN_PATTERN ("室内|屋里|在家里"), BALEEN_PATTERN ("(?:只能|必须|要|全程|都)?在?(?:户外|室外|露天|屋外)") },
  { BALEEN_PATTERN ("(?:按|依)(?:照)?时间(?:先后)?顺序|从头到尾|顺叙"), BALEEN_PATTERN ("倒着|倒叙|从(?:结尾|结局|最后)|"
                    "打乱顺序|随机顺序|逆序") },
  { BALEEN_PATTERN ("只(?:需|要|能|用)?(?:回答|说|回复|答)[“\"]?(?:是或否|是或不是|是还是否|对或错|是不是|一个字|一个词|数字|是|否)|"
                    "一个字(?:回答|说明)"),
    BALEEN_PATTERN ("说明(?:理由|原因)|解释|理由|展开|深入|论证|详细|分析") },
  { BALEEN_PATTERN ("不花钱|一分钱不花|不花一分钱|免费|零成本|零预算|不用花钱|一分钱不花|白嫖"),
    BALEEN_PATTERN ("(?:预算|花费|花|成本|总价|费用|票价|收费)(?:是|为|约|大约|控制在)?[1-9]\\d*|豪华|高端|昂贵") },
  { BALEEN_PATTERN ("(?:给|跟|向|对|让|适合)[^，。]{0,6}(?:岁(?:的)?(?:小孩|孩子|小朋友|宝宝|儿童|娃)|幼儿园|小学生|幼儿|外行|零基础|"
                    "奶奶|小朋友|小孩)|小学生(?:也|都)?能"),
    BALEEN_PATTERN ("学术|计量|(?:数学|完整的?)[^，。]{0,6}证明|微分几何|微积分|张量|严格的?(?:数学|证明|推导|论证)|数学推导|博士|研究生|"
                      "学术(?:语言|论文|化)|专业(?:术语|水准|人士)|专家|"
                    "高等数学|公式推导|同行评审|文言文|法律术语") },
  { BALEEN_PATTERN ("乐观|欢快|喜庆|积极向上|轻松愉快|充满希望|阳光|治愈|温馨"), BALEEN_PATTERN ("悲观|绝望|凄惨|悲惨|灰暗|消极|凄凉|"
                    "悲痛|令人心碎|恐怖") },
  { BALEEN_PATTERN ("严肃|庄重|庄严|沉痛|肃穆|"
                    NO_ZH ("(?:幽默|搞笑|玩笑|笑话)")), BALEEN_PATTERN ("搞笑|幽默|滑稽|逗乐|爆笑|段子|俏皮|笑点|好笑|调侃") },
  { BALEEN_PATTERN ("正式|官方|公文|商务(?:的)?语气|书面语"), BALEEN_PATTERN ("随便|随意|口语|网络(?:流行语|用语|梗)|俚语|黑话|"
                    "玩梗|表情(?:包|符号)|轻松活泼|像哥们|骂人|粗话") },
  { BALEEN_PATTERN (NO_ZH ("(?:感情|情感|情绪)")), BALEEN_PATTERN ("充满(?:感情|激情|爱意)|热烈|深情|饱含|感人肺腑|煽情") },
  { BALEEN_PATTERN ("独白|一个人(?:说|讲)到底"), BALEEN_PATTERN ("两人对话|对话体|多人对话|问答对话") },
  { BALEEN_PATTERN (NO_ZH ("(?:对白|台词|对话)")
                           "|默剧|无声"), BALEEN_PATTERN ("(?:有|加|写|含)[^，。]{0,4}(?:对白|台词|对话)|旁白") },
  { BALEEN_PATTERN ("一字不(?:动|改|变|差)|(?:一个字|任何(?:内容|地方|字)|原文)(?:都)?不(?:要|能|许|得|准)?(?:改|动|变)|不(?:要|"
                      "能|许)?改(?:动|"
                    "变)?(?:任何|原文|一个字)|原封不动|保持(?:原文|原样)"),
    BALEEN_PATTERN ("重写|改写|缩短|精简|换(?:个|一种)说法|完全不同|润色|翻译") },
  { BALEEN_PATTERN ("中立|客观|不偏不倚|公正|不带(?:个人)?(?:立场|观点|倾向)"),
    BALEEN_PATTERN ("只(?:说|写|讲|列)(?:优点|好处|缺点|坏处)|说服|偏向|一边倒|强烈(?:支持|反对)|极力|带有倾向|"
                    "证明[^，。]{0,10}(?:更好|最好|优于)|站在[^，。]{1,6}(?:一边|立场)|你自己的(?:观点|看法)|狠批") },
  { BALEEN_PATTERN ("纯素|素食|素菜|全素|吃素|斋菜|" NO_ZH ("(?:荤|肉)")),
    BALEEN_PATTERN ("鸡肉|牛肉|猪肉|羊肉|(?<!木)(?<!钓)鱼(?!腥草|香茄子)|虾|培根|火腿|排骨|肉末|肉丝|肥牛|鸭肉|海鲜|腊肉|香肠|红烧肉|烤鸭|"
                    "鸡腿|鸡翅|五花肉|牛排|鸡蛋|螃蟹|"
                    "猪油|蚝油|骨汤") },
  { BALEEN_PATTERN ("无糖|零糖|低糖|" NO_ZH ("糖")), BALEEN_PATTERN ("(?:多|加|放|大量|很多|"
                    "足)(?:\\p{Han}{0,3})(?:糖|蜂蜜|炼乳|焦糖)") },
  { BALEEN_PATTERN ("低碳(?!环保|生活|出行|经济)(?:水)?|零碳水|生酮|"
                    NO_ZH ("(?:碳水|主食)")), BALEEN_PATTERN ("米饭|面条|意面|意大利面|面包|馒头|土豆|薯条|年糕|红薯|白糖|"
                        "(?<!鸡)粥") },
  { BALEEN_PATTERN ("低脂|无油|少油|零脂|" NO_ZH ("油")), BALEEN_PATTERN ("油炸|炸鸡|黄油|猪油|肥肉|奶油|五花肉|重油") },
  { BALEEN_PATTERN (NO_ZH ("(?:坚果)") "|坚果过敏"), BALEEN_PATTERN ("花生|杏仁|核桃|腰果|榛子|开心果|夏威夷果") },
  { BALEEN_PATTERN (NO_ZH ("(?:麸质|小麦)") "|麸质过敏"), BALEEN_PATTERN ("(?<!无)(?<!不含)小麦|全麦|大麦|面粉|面筋|"
                        "馒头") },
  { BALEEN_PATTERN (NO_ZH ("(?:乳糖|奶|乳制品|牛奶)")
                           "|乳糖不耐"), BALEEN_PATTERN ("(?:加|放|用|多)[^，。]{0,4}(?:牛奶|奶油|奶酪|黄油|芝士|酸奶)|"
                        "奶油|芝士|奶酪") },
  { BALEEN_PATTERN (NO_ZH ("(?:酒精|酒)")), BALEEN_PATTERN ("白酒|红酒|啤酒|伏特加|威士忌|朗姆酒|香槟|金酒|米酒") },
  { BALEEN_PATTERN (NO_ZH ("(?:剧透|透露(?:情节|结局|剧情)|情节|结局|剧情)")), BALEEN_PATTERN ("结局(?:到底|究竟)?(?:是|"
                        "怎|如何|的)|凶手是谁|最后(?:谁|怎么)|怎么结尾") },
  { BALEEN_PATTERN (NO_ZH ("(?:编程语言|编程|代码|程序)")), BALEEN_PATTERN ("python|java|javascript|"
                        "c\\+\\+|rust|用(?:go|c|php|sql)|写(?:一段|段)?代码|脚本") },
  { BALEEN_PATTERN (NO_ZH ("(?:列表|分点|项目符号|表格|编号)")
                           "|纯文字|纯文本|整段文字"), BALEEN_PATTERN ("(?:用|做|列|画|以|分)(?:一?张|一?个|成|"
                        "为)?[^，。不]{0,5}(?:表格|列表)|分点|分条|编号列出") },
  { BALEEN_PATTERN (NO_ZH ("(?:表情|表情符号|emoji)")), BALEEN_PATTERN ("(?:多|加|用|带)[^，。]{0,3}(?:表情|"
                        "emoji)") },
  { BALEEN_PATTERN (NO_ZH ("(?:数字|数据)")), BALEEN_PATTERN ("(?:准确|具体|精确)的?(?:数字|数据|百分比)|百分比|统计数据") },
  { BALEEN_PATTERN ("匿名|不(?:要)?署名|不(?:要)?透露(?:姓名|身份)"), BALEEN_PATTERN ("(?:署|签|写|附|留)(?:上|"
                    "下)?我?的?(?:全名|姓名|名字|真名|大名)|实名|署上?我|署名") },
  { BALEEN_PATTERN ("(?:用|写|讲|说)?(?:一|1)(?:句话|个句子|行)(?!一|诗)"), BALEEN_PATTERN
                      ("[两二三四五六七八九2-9](?:个)?(?:段落|段|页|章)|多个段落") },
};
static BaleenPattern chinese_in_parts
    = BALEEN_PATTERN ("先[^。]*(?:再|然后|之后|后)|改成|改为|改写|变成|而不是|代替|分别|区别|对比|比较|转换|从(?!头到尾|始至终)[^。]*到");
static BaleenPattern chinese_denied
    = BALEEN_PATTERN ("(?:不要|别|不能|不得|不用|不许|禁止|避免|不可以|不准)(?:使用|出现|用|写|有|提到|包含|放|加)?((?!超过|"
                      "遗漏|省略|说明|解释|改)\\p{Han}{2})");
static BaleenPattern chinese_counts
    = BALEEN_PATTERN ("(?:只|仅|最多|不超过|只要|只需|恰好|"
                      "正好)[^，。0-9一二三四五六七八九十]{0,4}([0-9一二两三四五六七八九十]+)(个|条|点|种|本|首|句|部|项|道|款|"
                      "步)[^。]*?(?!\\1)(?:[0-9]+|[一二两三四五六七八九十]+)\\2");

#define HAN_TONGUE "(英语|英文|法语|法文|德语|德文|日语|日文|韩语|俄语|西班牙语|意大利语|中文|汉语|阿拉伯语|葡萄牙语)"
static BaleenPattern chinese_languages
    = BALEEN_PATTERN ("用" HAN_TONGUE "(?:回答|回复|写|输出|作答|表达)[^先再]*用(?!\\1)" HAN_TONGUE
                      "(?:回答|回复|写|输出|作答|表达)");
static BaleenPattern chinese_word_wanted
    = BALEEN_PATTERN ("(?:不要|别|不能|不得|禁止|不许|避免)(?:出现|用|使用|提到|写|含|"
                      "有)?[“\"「'‘]?(\\p{Han}{1,3})[”\"」'’]?(?:这个)?字[^。]*(?:要有|必须有|都有|必须出现|"
                      "要出现|都要出现|包含|都用|用上)[“\"「'‘]?\\1");
static BaleenPattern chinese_two_sizes
    = BALEEN_PATTERN ("(一|两|三|四|五|十|\\d+)(页|字|段|句|行)(?:纸)?的[^，。]{1,8}[，,](?:长度|篇幅|字数|共|写满|"
                      "要写|总共|长)[^，。]{0,4}?(?!\\1)(?:[一二两三四五六七八九十百千]+|\\d+)(?:个)?\\2");

static BaleenPattern chinese_only_fewer
    = BALEEN_PATTERN ("([0-9]+|[一二两三四五六七八九十]+)(个|条|点|种|本|首|句|部|项|道|款|步)[^。]*(?:但|却|不过|"
                      "，)[^。]{0,4}(?:只|仅|最多)[^。]{0,4}(?!\\1)(?:[0-9]+|[一二两三四五六七八九十]+)\\2");

/* “Translate into French, in English only”, “answer in German, without any German”. */
static BaleenPattern english_tongues
    = BALEEN_PATTERN ("\\b(?:into|to|in) " TONGUE "\\b.*\\b(?:only (?:in |use )?(?!\\1)" TONGUE
                      "|(?:in |use )(?!\\1)" TONGUE
                      " (?:only|exclusively|alone))\\b|\\b(?:answer|respond|reply|write|"
                      "speak)\\b(?: \\w+){0,3} in "
                      TONGUE "\\b.*\\b(?:no|not|without|never|any)\\b(?: \\w+){0,4} \\4\\b");
static BaleenPattern chinese_tongues
    = BALEEN_PATTERN ("(?:翻译?成|译成|译为|用)" HAN_TONGUE ".*(?:只(?:能|用|有|准|许|可以?)|全部?(?:用|"
                      "是))[^，。]{0,3}(?!\\1)" HAN_TONGUE
                      "|用" HAN_TONGUE "(?:回答|回复|写|输出|作答|表达).*(?:不(?:能|要|得|许|准|可以|含)|没有|避免|禁止|"
                      "别)[^，。]{0,6}\\3");
/* What is to stay as it is and to become another; “rewrite” is no sign of two steps here. */
static BaleenPattern kept_and_changed
    = BALEEN_PATTERN ("\\b(?:keep|leave) (?:everything|every word|it|the (?:text|"
                      "wording)) (?:exactly )?(?:unchanged|the same|as (?:it )?is)\\b"
                      "[^.?!]*\\b(?:and|but) (?:also )?(?:rewrite|rephrase|reword|shorten|change|"
                      "simplify|paraphrase)\\b|"
                      "\\bwithout changing (?:anything|"
                      "a (?:single )?word)\\b[^.?!]*\\b(?:rewrite|rephrase|shorten|change|"
                      "simplify)\\b|"
                      "\\b(?:rewrite|rephrase|shorten|"
                      "simplify)\\b[^.?!]*\\bwithout changing (?:anything|a (?:single )?word)\\b|"
                      "(?:一字不(?:动|改|变|差)|原封不动)[^。]*(?:重写|改写|缩短|换(?:个|一种)说法|精简)");
/* “exactly 5 reasons … give me 8 of them” */
static BaleenPattern counted_again
    = BALEEN_PATTERN ("\\b(?:exactly|only|just|at most|no more than) (one|two|three|four|five|"
                      "six|seven|eight|nine|ten|\\d+) "
                      "\\w+.*\\b(?:give|list|name|write|make|show|want|"
                      "need)(?: me)? (?!\\1\\b)(?:exactly )?(?:one|two|three|four|five|"
                      "six|seven|eight|nine|ten|twelve|twenty|\\d+) (?:of (?:them|those)|items?|"
                      "in total|altogether)\\b");
/* A short text of thousands of words. */
static BaleenPattern short_but_long
    = BALEEN_PATTERN ("\\b(?:short|brief|concise|tiny|quick|"
                      "little)\\b,?(?: \\w+)? (?:of )?(?:[2-9],?\\d{3}|\\d{2,},?\\d{3})[- ]words?"
                      "|(?:[2-9],?\\d{3}|\\d{2,},?\\d{3})[- ]words?\\b[^.?!]*\\b(?:keep it|but|"
                      "yet|very|make it|be) (?:\\w+ )?(?:short|brief|concise)\\b"
                      "|(?:简短|短小|简要|精短|简洁|很短|极短|短短|超短)[^。\\d]{0,12}(?:[2-9]\\d{3}|\\d{5,}|"
                      "[二三四五六七八九两]千|"
                      "[一二三四五六七八九两]万)(?:多)?字"
                      "|(?:[2-9]\\d{3}|\\d{5,}|[二三四五六七八九两]千|[一二三四五六七八九两]万)(?:多)?字[^。]*(?:简短|短小|"
                      "精短|越短越好|尽量短)");

/* “a table … do not use a table”: what is refused is asked for elsewhere. */
static gboolean
english_denies_itself (const char *text)
{
  g_autoptr (GMatchInfo) info = NULL;

  g_regex_match (baleen_pattern_get (&english_denied), text, 0, &info);
  for (; g_match_info_matches (info); g_match_info_next (info, NULL))
    {
      g_autofree char *words = g_match_info_fetch (info, 1);
      g_auto (GStrv) each = g_strsplit (words, " ", -1);
      int start, end;

      g_match_info_fetch_pos (info, 0, &start, &end);
      for (gsize i = 0; each[i] != NULL; i++)
        {
          gsize stem = MAX (strlen (each[i]), 4)
                       - (g_str_has_suffix (each[i], "s") || g_str_has_suffix (each[i], "e") ? 1 :
                       0);
          g_autofree char *rest = g_strdup_printf ("%.*s | %s", start, text, text + end);
          g_autofree char *source = g_strdup_printf (
              "\\b(?:make|write|give|create|draw|draw up|mention|name|say|list|tell|featuring|"
              "use|using|include|including|with|add|that|an?|full of|plenty of|as|me|in|list of|"
              "lots of) (?:\\w+ )?%.*s", (int) stem, each[i]);

          if (strlen (each[i]) >= 4 && g_regex_match_simple (source, rest, G_REGEX_CASELESS, 0))
            return TRUE;
        }
    }

  return FALSE;
}


/* “用表格……不要用表格”: what is refused is asked for elsewhere. */
static gboolean
chinese_denies_itself (const char *text)
{
  g_autoptr (GMatchInfo) info = NULL;

  g_regex_match (baleen_pattern_get (&chinese_denied), text, 0, &info);
  for (; g_match_info_matches (info); g_match_info_next (info, NULL))
    {
      g_autofree char *word = g_match_info_fetch (info, 1);
      g_autofree char *rest = NULL;
      int start, end;

      g_match_info_fetch_pos (info, 0, &start, &end);
      rest = g_strdup_printf ("%.*s|%s", start, text, text + end);
      if (strstr (rest, word) != NULL)
        return TRUE;
    }

  return FALSE;
}



static gboolean
have_opposites (Clash      *clashes,
                gsize       n_clashes,
                const char *text)
{
  for (gsize i = 0; i < n_clashes; i++)
    if (baleen_pattern_is_wanted (&clashes[i].one, text)
        && baleen_pattern_is_wanted (&clashes[i].other, text))
      return TRUE;

  return FALSE;
}

static gboolean
clash_in_english (const BaleenDraft *draft)
{
  const char *text = draft->plain;
  gboolean is_split = baleen_pattern_matches (&english_in_parts, text);

  if (!is_split && !draft->has_material
      && have_opposites (english_clashes, G_N_ELEMENTS (english_clashes), text))
    return TRUE;

  return baleen_pattern_matches (&english_two_sizes, text)
         || baleen_pattern_matches (&english_word_wanted, draft->text)
         || (!is_split && baleen_pattern_matches (&english_counts, text))
         || baleen_pattern_matches (&counted_again, text)
         || baleen_pattern_matches (&english_only_fewer, text)
         || baleen_pattern_matches (&english_languages, text)
         || baleen_pattern_matches (&english_tongues, text)
         || (!is_split && english_denies_itself (text));
}

static gboolean
clash_in_chinese (const BaleenDraft *draft)
{
  const char *text = draft->plain;
  gboolean is_split = baleen_pattern_matches (&chinese_in_parts, text);

  if (!is_split && have_opposites (chinese_clashes, G_N_ELEMENTS (chinese_clashes), text))
    return TRUE;

  return baleen_pattern_matches (&chinese_only_fewer, text)
         || baleen_pattern_matches (&chinese_languages, text)
         || baleen_pattern_matches (&chinese_tongues, text)
         || baleen_pattern_matches (&chinese_two_sizes, text)
         || baleen_pattern_matches (&chinese_word_wanted, draft->text)
         || (!is_split && baleen_pattern_matches (&chinese_counts, text))
         || (!is_split && chinese_denies_itself (text));
}

gboolean
baleen_coach_wishes_clash (const BaleenDraft *draft)
{
  return baleen_coach_lengths_clash (draft)
         || baleen_pattern_matches (&short_but_long, draft->plain)
         || baleen_pattern_matches (&kept_and_changed, draft->plain)
         || (draft->is_chinese ? clash_in_chinese (draft) : clash_in_english (draft));
}
