/* What excludes each other in English: the poles of a pair, both of which are wished for. */
#include "coach-rules.h"

/* “no sugar”, “sugar-free”: what is refused. */
#define NO_EN(noun) \
  "\\b(?:(?:no|without|zero|avoid(?:ing)?|excluding|free of|(?:do not|don't|must not|mustn't|" \
  "should not|" \
  "shouldn't|may not|never|without) (?:use|using|contain|include|including|add|adding|mention|" \
  "mentioning|" \
  "reveal|revealing|have|give away|giving away)|contains? no|use no)(?: any(?:thing)?| an?| the|" \
  " of| about)* " \
  noun "|" noun "[- ]free)"

static BaleenOpposites opposites[] = {
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
  { BALEEN_PATTERN ("\\b(?:in|with) (?:just |only |exactly )?(?:one|a single) word\\b"),
    BALEEN_PATTERN ("\\bwith (?:\\w+ ){0,2}(?:reasons?|examples?|explanations?|details)\\b") },
  { BALEEN_PATTERN ("\\b(?:easy|simple|beginner'?s?|effortless)\\b"),
    BALEEN_PATTERN ("\\b(?:extremely|very|really|incredibly|fiendishly|insanely|super|"
                    "devilishly) (?:hard|"
                    "difficult|tricky|complex|complicated|tough|challenging)\\b") },
  { BALEEN_PATTERN ("\\b(?:cheap(?:est)?|low[- ]budget|as little as possible|inexpensive)\\b"),
    BALEEN_PATTERN ("\\b(?:(?:five|5)[- ]stars?|private (?:pool|jet|chef|butler)|"
                    "money is no object|spare no "
                    "expense|whatever it costs)\\b") },
  { BALEEN_PATTERN ("\\b(?:true|real|actual)(?:-life)? (?:story|event|case)s?\\b|"
                    "\\breally happened\\b"),
    BALEEN_PATTERN ("\\b(?:you (?:made up|invented|have invented)|made[- ]up|invented|fictional|"
                    "pure fantasy|"
                    "never happened)\\b") },
  { BALEEN_PATTERN ("\\b(?:summari[sz]e|summary|abstract|condense|shorten)\\b"),
    BALEEN_PATTERN ("\\b(?:in |with |using )?more words than (?:the |my )?\\w+|\\b(?:two|three|"
                    "ten) times as "
                    "long\\b") },
  { BALEEN_PATTERN ("\\b(?:only|nothing but|just|no more than) the (?:final |end |"
                    "bare )?(?:number|result|answer|"
                    "figure|code|name|title|solution)\\b"),
    BALEEN_PATTERN ("\\b(?:show|explain|write|list|give) (?:me )?(?:every|all|your|each|"
                    "the) (?:\\w+ )?(?:steps?|"
                    "work(?:ing|ings)?|reasoning|calculations?|way)\\b") },
  { BALEEN_PATTERN ("\\b(?:complete |absolute |total )?(?:beginners?|newcomers?|novices?|"
                    "laypeople|layman)\\b"),
    BALEEN_PATTERN ("\\b(?:grandmaster|expert|insider|specialist|professional|"
                    "advanced)(?:-level)? (?:\\w+ )?"
                    "(?:terminology|jargon|terms|slang|vocabulary|knowledge)\\b") },
  { BALEEN_PATTERN (NO_EN ("(?:fish|seafood)\\b")),
    BALEEN_PATTERN ("\\b(?:tuna|salmon|cod|trout|herring|anchov\\w+|shrimps?|prawns?|lobster|"
                    "crab|oysters?|"
                    "mussels|sushi|squid|sardines?|mackerel)\\b") },
  { BALEEN_PATTERN ("\\b(?:cold-hearted|emotionless|without (?:any )?(?:emotion|feelings?)|"
                    "unfeeling)\\b"),
    BALEEN_PATTERN ("\\b(?:passionate\\w*|warm-hearted|heartfelt|tender)\\b") },
  /* More of it and less of it. */
  { BALEEN_PATTERN ("\\b(?:longer|lengthen|expand(?:ed)?|extend(?:ed)?|more (?:words|detail(?:ed|"
                    "s)?))\\b"),
    BALEEN_PATTERN ("\\b(?:shorter|shorten|cut (?:it |this |them |that )?(?:down |to |in )|"
                    "half (?:its|the) "
                    "length|condense|fewer words|less detail)\\b") },
  { BALEEN_PATTERN ("\\b(?:simpler|simplify|less complex|easier to read)\\b"),
    BALEEN_PATTERN ("\\b(?:more (?:complex|complicated|sophisticated|technical|academic)|"
                    "harder)\\b") },
  { BALEEN_PATTERN ("\\b(?:louder|bigger|larger|brighter|warmer|more colou?rful)\\b"),
    BALEEN_PATTERN ("\\b(?:quieter|smaller|tinier|darker|cooler|less colou?rful)\\b") },
  { BALEEN_PATTERN ("\\b(?:word for word|literal(?:ly)?|verbatim|exactly as (?:it|they) (?:is|"
                    "are|stands?|"
                    "was written))\\b"),
    BALEEN_PATTERN ("\\b(?:freely|loosely|(?:don't|do not|without) stick(?:ing)? to|"
                    "in your own words|"
                    "paraphras\\w+|rephras\\w+)\\b") },
  { BALEEN_PATTERN ("\\b(?:to|for) (?:my|our|the) (?:\\w+ )?(?:team|class|colleagues|family|"
                    "customers|"
                    "staff|readers|members|parents|whole \\w+)\\b"),
    BALEEN_PATTERN ("\\b(?:nobody|no one|none of them)\\b[^.,;]{0,24}\\b(?:reads?|sees?|knows?|"
                    "notices?|finds? "
                    "out)\\b") },
  { BALEEN_PATTERN (NO_EN ("(?:prices?|costs?|money)\\b")),
    BALEEN_PATTERN ("\\b(?:how much (?:it|they|this|that)|what (?:it|they) costs?|"
                    "the exact price|(?:say|"
                    "state|list|give|name|tell) \\w* ?(?:the )?(?:prices?|costs?))\\b") },
  { BALEEN_PATTERN (NO_EN ("(?:opinions?|views?|judg(?:e)?ments?)\\b") "|\\bwithout (?:giving|"
                           "expressing|"
                    "stating|showing|having) (?:an?|any|your|my) opinions?\\b"),
    BALEEN_PATTERN ("\\b(?:give|state|share|tell me|express|what is|what's) (?:me )?(?:your|an?|"
                    "my) "
                    "(?:own |personal |honest )?(?:opinion|view|judg(?:e)?ment)\\b|"
                    "\\bwhat do you think\\b") },
  { BALEEN_PATTERN ("\\bin (?:just |only |exactly )?(?:one|a single|a) (?:tweet|text message|sms|"
                    "headline|"
                    "breath)\\b"),
    BALEEN_PATTERN ("\\b(?:thorough(?:ly)?|everything|every \\w+|in (?:full|great|all) \\w+|"
                    "in detail|"
                    "detailed|comprehensive(?:ly)?|complete(?:ly)?)\\b") },
  { BALEEN_PATTERN ("\\bonly (?:answer|reply|respond|say) (?:with )?(?:a )?(?:yes or no|yes/no|"
                    "one word)\\b|"
                    "\\b(?:yes or no|one word) only\\b"),
    BALEEN_PATTERN ("\\b(?:why|reasons?|explain|because|justify|argue)\\b") },
  { BALEEN_PATTERN ("\\b(?:for|to) (?:\\w+ ){0,4}(?:\\w+-year-olds?|toddlers|preschoolers|"
                    "first graders|"
                    "kindergart\\w+)\\b"),
    BALEEN_PATTERN ("\\b(?:tensors?|calculus|differential equations?|eigen\\w+|integrals?|"
                    "university-level|"
                    "graduate|phd|academic (?:language|terms)|formal proofs?)\\b") },
  { BALEEN_PATTERN (NO_EN ("spoilers?\\b")),
    BALEEN_PATTERN ("\\b(?:how (?:\\w+ ){1,3}(?:dies?|ends?|is killed|turns? out)|who (?:\\w+ )?"
                    "(?:dies|wins|survives|is the (?:killer|murderer))|the (?:ending|final twist|"
                    "last scene))\\b") },
  { BALEEN_PATTERN (NO_EN ("(?:numbers?|digits|figures|numerals)\\b")),
    BALEEN_PATTERN ("\\b(?:how (?:many|much)|(?:exact|precise|all the|the) (?:figures|numbers|"
                    "amounts|percentages|dates|statistics|prices)|in percent)\\b") },
  { BALEEN_PATTERN ("\\b(?:for|to|only for) (?:\\w+ )?(?:experts|specialists|professionals|"
                    "insiders)\\b|\\bassum(?:e|es|ing) (?:deep|expert|full|advanced|prior|a lot of)"
                    "\\b"),
    BALEEN_PATTERN ("\\b(?:(?:no|without|zero) (?:any )?(?:prior |previous )?(?:knowledge|"
                    "background|experience)|(?:anyone|anybody|everyone|a layman|laypeople|a child|"
                    "complete beginners?|my grandm\\w+) (?:can|could|will|should)? ?(?:\\w+ )?"
                    "(?:follow|understand)s?)\\b") },
  /* Manner. */
  { BALEEN_PATTERN ("\\b(?:polite(?:ly)?|courteous(?:ly)?|respectful(?:ly)?|friendly|kind(?! of)"
                    "|warm-?hearted)\\b"),
    BALEEN_PATTERN ("\\b(?:insults?|insulting|rude(?:ly)?|offensive|offends?|mocks?|mocking|"
                    "aggressive(?:ly)?|hostile|"
                    "threatens?|threatening|humiliat\\w+|sneering)\\b") },
  { BALEEN_PATTERN ("\\b(?:honest(?:ly)?|truthful(?:ly)?|the truth|frank(?:ly)?)\\b"),
    BALEEN_PATTERN ("\\b(?:lies|lying|only (?:say )?(?:nice|good|positive|flattering) things|"
                    "flatter me|"
                    "(?:hide|conceal|cover up) (?:the|my|all|every)|make up)\\b") },
  { BALEEN_PATTERN ("\\b(?:definite|clear|decisive|firm|final|unambiguous) (?:answer|yes or no|"
                    "verdict|decision|"
                    "recommendation|conclusion|position|stance)\\b|\\b(?:take|choose|pick) "
                    "(?:one |a )(?:clear )?side\\b"),
    BALEEN_PATTERN ("\\b(?:leav\\w+ (?:it|everything|the (?:question|matter|answer)) (?:\\w+ "
                    ")?open|undecided|open-ended|"
                    "stay(?:s|ing)? vague|remain(?:s|ing)? neutral|no opinion|without "
                    "(?:deciding|committing|taking sides))\\b") },
  { BALEEN_PATTERN ("\\b(?:relax(?:ing|ed)|restful|lazy|laid-?back|leisurely|unhurried|"
                    "stress-?free)\\b"),
    BALEEN_PATTERN ("\\b(?:every (?:single )?(?:minute|second|half hour)|packed (?:schedule|"
                    "with)|non-?stop|"
                    "no (?:breaks|rest|free time|pauses)|without (?:any )?(?:breaks?|rest|"
                    "pauses?)|back-to-back|rushed)\\b") },
  { BALEEN_PATTERN ("\\b(?:slow(?:ly)?|slow-paced|calm(?:ing)?|gentle|soothing|tranquil|"
                    "meditative)\\b"),
    BALEEN_PATTERN ("\\b(?:fast-paced|breathless|hectic|frantic|furious|high-energy|high-speed|"
                    "thrash|at top speed|"
                    "action-packed|nerve-wracking)\\b") },
  { BALEEN_PATTERN ("\\b(?:scary|frightening|terrifying|horror|creepy|bloody|gruesome|blood)\\b"),
    BALEEN_PATTERN ("\\b(?:won't|not|doesn't|must not|never) (?:\\w+ )?(?:frighten|scare|upset)"
                    "\\b|\\bnot (?:\\w+ )?scary\\b|"
                    "\\b(?:for|to) (?:an? |my )?(?:\\w+ )?(?:toddlers?|preschoolers?|bab(?:y|"
                    "ies)|kindergart\\w+)\\b|"
                    "\\b(?:gentle|cosy|cozy|soothing)\\b") },
  { BALEEN_PATTERN ("\\b(?:modest(?:ly)?|humble|humbly|self-effacing)\\b"),
    BALEEN_PATTERN ("\\b(?:boast\\w*|brag\\w*|show(?:ing)? off|arrogant\\w*)\\b") },
  { BALEEN_PATTERN ("\\b(?:simple|plain|everyday|easy|short) (?:words|english|language|"
                    "vocabulary)\\b"),
    BALEEN_PATTERN ("\\b(?:sophisticated|complex|elaborate|academic|rare|obscure|archaic|"
                    "learned|technical|flowery) "
                    "(?:\\w+ )?(?:words|english|language|vocabulary|terms|terminology|jargon)"
                    "\\b") },
  { BALEEN_PATTERN ("\\b(?:original|in (?:your|my|its|their) own words|unique)\\b"),
    BALEEN_PATTERN ("\\b(?:word for word|verbatim|plagiari\\w+|copied|copy (?:it|everything|the "
                    "text)|exactly like)\\b") },
  { BALEEN_PATTERN ("\\b(?:neutral(?:ly)?|objective(?:ly)?|impartial(?:ly)?|unbiased|without "
                    "judging)\\b"),
    BALEEN_PATTERN ("\\b(?:make (?:it )?clear (?:that|how)|show how|stress(?:ing)? (?:that|how)|"
                    "prov(?:e|ing) (?:that|how)|"
                    "emphasi[sz](?:e|ing) (?:that|how)|leave no doubt|praise|condemn|criticise|"
                    "criticize)\\b") },
  { BALEEN_PATTERN ("\\b(?:unfunny|humou?rless|(?:not|isn't|aren't|never) (?:\\w+ )?funny|dead "
                    "serious|deadpan serious)\\b"),
    BALEEN_PATTERN ("\\b(?:laugh\\w*|hilarious|comedy|in stitches|giggl\\w+)\\b") },
  /* How much is said. */
  { BALEEN_PATTERN ("\\b(?:in (?:just |only |exactly |at most )?(?:one|a single|two|three|four|"
                    "five|six|eight|ten|a dozen|"
                    "twelve|fifteen|[1-9]|1\\d) words?|(?:in|at most|only|just) (?:one|a single)"
                    " (?:short )?(?:breath|sentence|"
                    "line)|be (?:very |really )?brief|"
                    "keep it (?:very |really )?(?:short|brief)|briefly|one-word|one-line|"
                    "one-sentence)\\b"),
    BALEEN_PATTERN ("\\b(?:at (?:great |full )?length|in (?:great |full |real |much )?depth|"
                    "skip(?:ping)? nothing|every (?:last|"
                    "single|little|tiny) \\w+|"
                    "long explanations?|explain each|each (?:one )?in detail|nothing (?:missing|"
                    "left out|omitted)|completely|"
                    "in all its (?:detail|aspects)|from every angle|step by step|all the "
                    "details|several paragraphs|"
                    "a (?:full|long|whole) (?:page|report|essay|chapter))\\b") },
  { BALEEN_PATTERN ("\\b(?:summary|summari[sz]e|summari[sz]ed|shorten|shortened|condense|"
                    "abstract)\\b"),
    BALEEN_PATTERN ("\\blonger than (?:the |this |my )?(?:original|text|source|article|book|it "
                    "is)\\b|"
                    "\\b(?:twice|double) the length\\b") },
  { BALEEN_PATTERN ("\\b(?:json|xml|csv|yaml|html|code|the (?:number|code|title|name|answer|"
                    "list|result|word)) (?:only|alone)\\b|"
                    "\\b(?:only|nothing but|just) (?:valid |raw |the )?(?:json|xml|csv|yaml|"
                    "html|code|number|title|name)\\b"),
    BALEEN_PATTERN ("\\b(?:explanations?|prose|commentary|comments?|explain\\w*|reasons?|"
                    "introduction|paragraphs?|"
                    "sentences?|in words|describe)\\b") },
  { BALEEN_PATTERN ("\\b(?:all|only|entirely|everything) (?:in )?lower ?-?case\\b|\\bno "
                    "(?:capitals|capital letters|upper ?case)\\b"),
    BALEEN_PATTERN ("\\b(?:capital letters?|upper ?-?case|all caps|capitali[sz]ed?)\\b") },
  { BALEEN_PATTERN ("\\brhym(?:e|es|ed|ing)\\b"), BALEEN_PATTERN ("\\b(?:in|as) (?:plain "
                    ")?prose\\b|\\bprose (?:only|text)\\b") },
  { BALEEN_PATTERN ("\\bbritish (?:english|spelling)\\b"),
    BALEEN_PATTERN ("\\bamerican (?:english|spelling)\\b") },
  { BALEEN_PATTERN ("\\b(?:keep|leave) (?:it|them|everything|the (?:text|words?|sentence)) in "
                    "(?:the original|english|its language)\\b|"
                    "\\b(?:do not|don't|without) translat\\w+"),
    BALEEN_PATTERN ("\\btranslate\\b") },
  { BALEEN_PATTERN ("\\b(?:prais\\w+|glowing|full of compliments|flattering|recommend(?:s|ing|"
                    "ation)?)\\b"),
    BALEEN_PATTERN ("\\b(?:warn\\w*|advis\\w+|discourag\\w+|tell\\w*) (?:\\w+ )?(?:against|not "
                    "to|from)\\b") },
  { BALEEN_PATTERN ("\\b(?:without moving|standing still|motionless|sitting still|not moving)\\b"),
    BALEEN_PATTERN ("\\b(?:danc(?:e|es|ing)|jump\\w*|run(?:s|ning)?|sprint\\w*|hop\\w*)\\b") },
  { BALEEN_PATTERN ("\\b(?:(?:total|complete|absolute|in) silence|silently|without (?:a sound|"
                    "speaking|saying anything|a word))\\b"),
    BALEEN_PATTERN ("\\b(?:hear|heard|aloud|out loud|loud(?:ly)?|speak\\w*|shout\\w*|sing\\w*)"
                    "\\b") },
  { BALEEN_PATTERN ("\\b(?:can't|cannot|unable to) walk\\b|\\bin (?:a )?wheelchairs?\\b"),
    BALEEN_PATTERN ("\\b(?:entirely|only|all|exclusively|completely) on foot\\b|\\bclimbing "
                    "stairs\\b") },
  { BALEEN_PATTERN ("\\b(?:without a car|car-free|" NO_EN ("(?:cars?|driving)\\b") ")"),
    BALEEN_PATTERN ("\\b(?:driv(?:e|ing)|road trip|parking|rental car|by car|petrol)\\b") },
  { BALEEN_PATTERN ("\\b(?:without flying|" NO_EN ("(?:flights?|flying|planes?)\\b") ")"),
    BALEEN_PATTERN ("\\b(?:fly(?:ing)? (?:to|from|back|in)|by plane|direct flight|airline|"
                    "business class)\\b") },
  { BALEEN_PATTERN ("\\b(?:instrumental|wordless|without (?:lyrics|vocals|words|singing))\\b"),
    BALEEN_PATTERN ("\\b(?:lyrics|sung|singer|singing|choir|vocals?|vocalist)\\b") },
  { BALEEN_PATTERN ("\\b(?:beginner|beginner's|beginners|easy|simple|for (?:kids|children)|"
                    "entry-level)\\b"),
    BALEEN_PATTERN ("\\b(?:nobody|no one|not even \\w+)\\b.*\\b(?:can|could|able|manages?)\\b|"
                    "\\bimpossible to (?:solve|do|make|cook|"
                    "finish|understand)\\b") },
  { BALEEN_PATTERN ("\\b(?:surprise|secret|in secret|confidential|top secret)\\b"),
    BALEEN_PATTERN ("\\b(?:knows? (?:everything|all|about it)|helps? (?:to )?(?:prepare|plan|"
                    "organi[sz]e)|(?:tell|show|announce)\\w* "
                    "(?:it |this )?(?:to )?(?:everyone|everybody|the whole)|publish\\w*)\\b") },
  { BALEEN_PATTERN ("\\b(?:upbeat|cheerful|cheery|merry|jolly|joyful|funny|sunny|happy)\\b"),
    BALEEN_PATTERN ("\\b(?:in (?:utter |deep )?despair|heart-?broken|hopelessness|"
                    "grief-stricken|in tears of sorrow|"
                    "suicidal|devastated|doomed)\\b") },
  /* Things. */
  { BALEEN_PATTERN (NO_EN ("fruits?\\b")),
    BALEEN_PATTERN ("\\b(?:apples?|bananas?|oranges?|berries|strawberries|blueberries|mangos?|"
                    "mangoes|grapes|pears?|peach(?:es)?|"
                    "pineapples?|cherries|lemons?|smoothies?)\\b") },
  { BALEEN_PATTERN (NO_EN ("(?:vegetables?|veg|veggies|greens)\\b")),
    BALEEN_PATTERN ("\\b(?:carrots?|broccoli|spinach|peppers?|onions?|cabbage|kale|cauliflower|"
                    "courgettes?|zucchini|cucumber|"
                    "beans|salad)\\b") },
  { BALEEN_PATTERN (NO_EN ("(?:instruments?|music)\\b") "|\\ba ?cappella\\b"),
    BALEEN_PATTERN ("\\b(?:piano|guitars?|drums?|violins?|orchestra|flute|trumpets?|band|"
                    "soundtrack|organ)\\b") },
  { BALEEN_PATTERN ("\\b(?:raw|uncooked|no-?bake|unbaked)\\b"),
    BALEEN_PATTERN ("\\b(?:roast(?:ed)?|baked|bake|grill(?:ed)?|fried|fry|boil(?:ed)?|"
                    "slow-?cooked|stewed|braised|simmer(?:ed)?|"
                    "in the oven)\\b") },
  { BALEEN_PATTERN ("\\b(?:iced?|ice-cold|chilled|frozen|cold)\\b"),
    BALEEN_PATTERN ("\\b(?:piping hot|steaming(?: hot)?|boiling hot|served hot|scalding)\\b") },
  { BALEEN_PATTERN ("\\b(?:plain white|all[- ]white|black[- ]and[- ]white|monochrome|"
                    "colou?rless|only (?:in )?(?:black|white|gr[ae]y))\\b"),
    BALEEN_PATTERN ("\\b(?:colou?rful|multi-?colou?red|rainbow|bright (?:red|green|blue|yellow|"
                    "pink|colou?rs)|all the colou?rs|"
                    "vivid colou?rs)\\b") },
  { BALEEN_PATTERN ("\\b(?:tiny|compact|minimalist(?:ic)?|minimal)\\b"),
    BALEEN_PATTERN ("\\b(?:huge|enormous|gigantic|massive|opulent|ornate|cluttered|maximalist|"
                    "overloaded)\\b") },
  { BALEEN_PATTERN ("\\b(?:entry-?level|intern(?:ship)?|trainee|junior|no experience (?:needed|"
                    "required|necessary)|beginners welcome)\\b"),
    BALEEN_PATTERN ("\\b(?:(?:\\d+|five|six|eight|ten|fifteen|twenty)\\+? years(?:'| of)? "
                    "(?:\\w+ )?experience|decades of experience|"
                    "senior experts?|seasoned)\\b") },
  { BALEEN_PATTERN ("\\b(?:solo|by myself|on my own|all alone|for one person|single[- ]person)\\b"),
    BALEEN_PATTERN ("\\b(?:for (?:two|three|four|five|six|ten|a (?:family|group|couple)|the "
                    "whole family|our group)|"
                    "with (?:my|all my|our) (?:friends|family|kids|wife|husband|group))\\b") },
  { BALEEN_PATTERN ("\\b(?:low-?calorie|diet|light|slimming|fat-?free)\\b"),
    BALEEN_PATTERN ("\\b(?:deep[- ]fried|calorie bomb|\\d,?\\d{3} calories|double cream|loads "
                    "of (?:cheese|cream|butter)|greasy)\\b") },
  { BALEEN_PATTERN ("\\b(?:far (?:away )?from (?:any |the |all )*(?:water|sea|coast|ocean)|in "
                    "the (?:middle of the )?desert|landlocked)\\b"),
    BALEEN_PATTERN ("\\b(?:swim(?:ming)? in the (?:sea|ocean)|beach|surf(?:ing)?|scuba|sea view|"
                    "by the sea|snorkel\\w*)\\b") },
  { BALEEN_PATTERN ("\\b(?:offline|" NO_EN ("(?:internet|wi-?fi)") ")\\b"),
    BALEEN_PATTERN ("\\b(?:online|youtube|streaming|video calls?|google|websites?|live "
                    "stream\\w*|cloud)\\b") },
  { BALEEN_PATTERN (NO_EN ("(?:equipment|gear|weights|machines)\\b") "|\\bequipment-free\\b|"
                    "\\bbody-?weight only\\b"),
    BALEEN_PATTERN ("\\b(?:bar-?bells?|dumb-?bells?|kettle-?bells?|treadmill|rowing machine|"
                    "bench press|resistance bands?|"
                    "exercise bike|pull-?up bar)\\b") },
  { BALEEN_PATTERN (NO_EN ("(?:violence|fighting|weapons?)\\b") "|\\bnon-?violent\\b"),
    BALEEN_PATTERN ("\\b(?:sword fights?|battles?|murders?|kill(?:s|ed|ing)?|guns?|bloody|"
                    "fist ?fights?|shoot(?:s|ing|-?out)?|duels?)\\b") },
  { BALEEN_PATTERN (NO_EN ("(?:electricity|power)\\b") "|\\boff-?grid without\\b"),
    BALEEN_PATTERN ("\\b(?:microwave|blender|electric \\w+|oven|mixer|hair-?dryer|plug(?:ged)? "
                    "in)\\b") },
  { BALEEN_PATTERN (NO_EN ("(?:screens?|devices|phones?)\\b") "|\\bscreen-?free\\b"),
    BALEEN_PATTERN ("\\b(?:tablet|video games?|tv|television|watch(?:ing)? (?:a )?(?:film|movie|"
                    "video)s?|apps?|netflix)\\b") },
  { BALEEN_PATTERN ("\\b(?:non-?fiction|true (?:to life|story)|historically accurate|strictly "
                    "realistic|documentary)\\b"),
    BALEEN_PATTERN ("\\b(?:dragons?|wizards?|unicorns?|magic(?:al)? \\w+|aliens?|vampires?|"
                    "fairies|time travel)\\b") },
  { BALEEN_PATTERN ("\\b(?:inexpensive|cheap(?:est)?|low-?cost|affordable)\\b"),
    BALEEN_PATTERN ("\\bcosts? (?:at least |more than |over )+(?:an? \\w+|[$€£]?\\d[\\d,]{3,}|a "
                    "fortune)|"
                    "\\bmore expensive than\\b") },
};

BaleenOpposites *
baleen_coach_get_english_opposites (gsize *n)
{
  *n = G_N_ELEMENTS (opposites);

  return opposites;
}
