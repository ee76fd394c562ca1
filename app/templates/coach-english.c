#include "coach-rules.h"

#include <string.h>

#define ENOUGH_DETAIL 2.0
#define NAMED_DETAIL 3.0
#define SHORT_WORDS 9
#define LEAD \
  "^(?:(?:hi|hello|hey|please|ok|so|just|well)[,! ]+)*(?:(?:can|could|would|" \
  "will) you (?:please |maybe )?|i (?:want|need|would like|'d like) (?:you )?to |" \
  "i'd like (?:you )?to |please )?"
#define TOPIC "(?:the |an? |my )?(?:[\\w'-]+)(?: [\\w'-]+){0,2}"
#define BROAD \
  "(?:the )?(?:(?!best|better|good|nice|cheap|great|top)\\w+ )?(?:history|philosophy|" \
  "artificial intelligence|ai|machine learning|deep learning|programming|coding|computers?|" \
  "computer science|software|the internet|internet|technology|science|physics|chemistry|" \
  "biology|math|maths|mathematics|statistics|economy|economics|finance|investing|money|" \
  "business|marketing|management|leadership|psychology|sociology|politics|law|religion|" \
  "culture|art|arts|music|literature|film|cinema|sports?|fitness|health|nutrition|medicine|" \
  "diet|cooking|food|fashion|travel|education|environment|climate change|global warming|" \
  "climate|nature|animals|space|universe|world|life|love|happiness|success|society|war|" \
  "human body|body|brain|mind|languages?|blockchain|crypto|cryptocurrency|quantum (?:physics|" \
  "mechanics|computing)|relativity|evolution|cybersecurity|data science|robotics|engineering|" \
  "architecture|photography|design|energy|democracy|capitalism|globalization|stock market|" \
  "real estate|relationships|parenting|gardening|dinosaurs|robots|photography|painting|" \
  "the middle ages|\\w*(?:ology|onomics|onomy|ography|osophy|matics|istics|onics|ysics|istry|" \
  "ism)|\\w+ (?:computing|learning|science|technology|engineering|development|economy|media|" \
  "theory|politics|culture|rights|war|revolution|empire|era|security|warming|markets?)|" \
  "world war (?:\\d|i+|one|two))"

static BaleenPattern broad[] = {
  BALEEN_PATTERN (LEAD "(?:tell|teach|inform|educate)(?: me| us)?(?: (?:all|everything|"
                  "something|more|a bit|a lot|a little|a few things|"
                  "anything))*(?: there is to know)? (?:about|on) " TOPIC "[.!?]*$"),
  BALEEN_PATTERN (LEAD "(?:explain|describe|discuss|teach me|summarize|introduce|define|cover|"
                  "talk about)(?: to me| me)?(?: about)? " BROAD "(?: to me| for me)?[.!?]*$"),
  BALEEN_PATTERN ("\\b(?:everything|anything|all|all there is to know|"
                  "whatever you know) (?:you know )?about " TOPIC),
  BALEEN_PATTERN ("\\b(?:overview|introduction|intro|summary|rundown|history|basics|"
                  "fundamentals) (?:of|to|on) (?!how )" TOPIC "(?: \\d+)?[.!?]*$"),
  BALEEN_PATTERN (LEAD "(?:what (?:is|are|'s)|what's|what about|who is|tell me what is) " BROAD
                  "(?: (?:all )?about)?[.!?]*$"),
  BALEEN_PATTERN ("^(?:how|why) (?:does|do|did|is|are|has) " BROAD
                  "(?: (?:work|works|function|exist|happen|important|good|so important|begin|start|matter|change|changed))?[.!?]*$"),
  BALEEN_PATTERN ("^(?:please |can you )?(?:tell me |teach me |explain |"
                  "show me )?how (?:do|can|should|does|to|would)(?: i| you| we| one|"
                  " people| someone)? (?:learn|study|master|understand|get into|"
                  "get better at|get good at|improve|start|begin|become|be|live|make|build|"
                  "succeed|get|have)(?: with| in| at| an?| the| more| my)*(?: " BROAD
                  "| successful| rich| happy| happier| healthy| healthier| famous| smarter?| productive| confident| better| english| french| spanish| chinese| japanese| german| business| company| startup| app| website| game| money| better person| good (?:person|leader|manager|parent|writer)| (?:a |an )?career| friends| fit)(?: in life| in general| well| online| fast)?[.!?]*$"),
  BALEEN_PATTERN (LEAD "(?:give|tell|write|show)(?: me| us)? (?:an?|the) (?:brief |short |full |"
                  "complete )?(?:history|story|overview|summary|introduction) (?:of|to) " TOPIC
                  "[.!?]*$|^what(?:'s| is) (?:the deal|up|going on) with " TOPIC),
  BALEEN_PATTERN (LEAD "(?:know|learn|understand|study|master|get into)(?: more| all|"
                  " everything| something| a lot| a bit)*(?: about)? " TOPIC "[.!?]*$"),
  BALEEN_PATTERN ("\\bi(?: want| need| would like|'d like| wanna) to (?:know|learn|"
                  "understand)(?: more| all| everything| something)*(?: about)? " TOPIC "[.!?]*$"),
  BALEEN_PATTERN ("^how (?:can|do|should|could|to)(?: i| we| you| one)? (?:be|become|be a|"
                  "become a|get to be)(?: an?)? (?:really |truly |much )?(?:better|good|"
                  "great|successful|happier|happy|rich|confident|strong|smart|"
                  "interesting) ?[\\w'-]*(?: in life)?[.!?]*$|^how (?:can|do|should|"
                  "to)(?: i| we| you)? (?:start|run|manage|build|grow|launch) (?:an?|my|"
                  "my own|your own) (?:company|business|startup|start-up|blog|brand|shop|"
                  "store|podcast|restaurant|team|youtube channel|channel|career)[.!?]*$"),
  BALEEN_PATTERN ("^how (?:can|do|should|could|to|does)(?: i| we| you|"
                  " one)? become (?:an? )?(?:\\w+ )?\\w+[.!?]*$"),
  BALEEN_PATTERN ("^(?:an? )?(?:\\w+ )?(?:essay|article|paper|report|speech|blog post|"
                  "presentation|summary|overview|talk) (?:on|about) " TOPIC "[.!?]*$"),
  BALEEN_PATTERN (LEAD "(?:teach|inform|educate) (?:me|us)(?: about| on| all about)? (?!how |"
                  "to |the difference|a |an |the \\w+ of)" TOPIC "[.!?]*$"),
  BALEEN_PATTERN (LEAD "(?:explain|describe|introduce|discuss)(?: me|"
                  " to me)?(?: the)?(?: concept of| topic of| subject of)? " BROAD
                  "(?: to me| for me| please)*[.!?]*$"),
  BALEEN_PATTERN ("\\bwhat (?:can you tell me|do you know|should i know|"
                  "do i need to know) about " TOPIC "[.!?]*$"),
  BALEEN_PATTERN (LEAD "(?:write|create|draft|make|give|prepare|compose)(?: me| us)?(?: an?|"
                  " the| some)?(?: \\w+)? ?(?:essay|article|paper|blog post|blog|report|"
                  "speech|text|presentation|book|post|lecture|course|guide)? ?(?:on|about|"
                  "regarding) " TOPIC "[.!?]*$"),
  BALEEN_PATTERN ("^(?:what is|what's) (?:the )?(?:meaning|purpose) of (?:life|everything|"
                  "existence)|\\b(?:history|story) of (?:the (?:entire |whole )?)?(?:world|"
                  "everything|humanity|mankind|universe)\\b"),
  BALEEN_PATTERN ("^(?:what (?:are|is) the )?(?:pros and cons|advantages|benefits|problems|"
                  "future|impact|effects|importance) of " BROAD "[.!?]*$"),
};
static BaleenPattern story
    = BALEEN_PATTERN ("\\b(?:poem|haiku|story|song|joke|limerick|difference|something)\\b");

#define THING \
  "(?:text|code|program|script|essay|article|e-?mail|letter|message|document|paper|report|" \
  "paragraph|passage|sentence|section|chapter|page|poem|story|speech|error(?: message)?|bug|" \
  "problem|issue|question|exercise|equation|homework|assignment|function|query|file|table|" \
  "list|data|graph|chart|image|picture|resume|cv|draft|proposal|translation|above|attached|" \
  "following|results?|output|answer|quote|clause|contract|slides?|recipe|site|website|app|" \
  "offer|job|one)"
#define DEICTIC \
  "(?:this|that|these|those|it|him|her|them|(?:the|my|our|his|her|their) (?:first |second |" \
  "third |last |previous |above |attached |whole )?" \
  THING \
  ")"

static BaleenPattern lost[] = {
  BALEEN_PATTERN ("^(?:please |can you |could you |help me )?(?:reply|respond|write back|"
                  "answer|talk|apologize) (?:to )?(?:my|the|his|" "her) \\w+(?: for me)?[.!?]*$"),
  BALEEN_PATTERN ("(?<!and )(?<!then )\\b(?:fix|debug|solve|translate|explain|check|review|"
                  "summari[sz]e|correct|answer|reply|respond|rewrite|proofread|read|"
                  "analy[sz]e|run|complete|finish|convert|shorten|continue|edit|grade|"
                  "evaluate|interpret|test|refactor|compare|calculate|rate|look at|"
                  "paraphrase|simplify|expand|find|cancel|explain to me|go over|get rid of|"
                  "resolve|understand|write a reply|write a response|write back)(?: me| to|"
                  " on| with| of| the \\w+ in| what| why| how| over)* (?:\\w+ )?" DEICTIC "\\b"),
  BALEEN_PATTERN ("^(?:so |but |and )?why (?:is|does|do|isn't|doesn't|don't|won't|can't|"
                  "did|didn't|has|am|are)(?: i)?(?: \\w+){0,3} (?:not work|failing|fail|"
                  "crash|crashing|broken|slow|wrong|error|happening?)\\b"),
  BALEEN_PATTERN ("^why (?:is|does|do|isn't|doesn't|won't|can't|did|didn't) (?:it|this|"
                  "that|he|she|they|my \\w+)\\b(?! \\w+ (?:to|that|for|in|on|at|when|if|"
                  "than)\\b)|^why (?:am i|do i|are we) (?:getting|seeing|get|see|stuck|"
                  "unable)\\b"),
  BALEEN_PATTERN ("\\b(?:returns?|gives?|shows?|produces?|outputs?|prints?|gets?|"
                  "getting)(?: me)? (?:the |an? )?(?:wrong|incorrect|weird|strange|"
                  "unexpected|bad|different|nothing|null|nan)\\b|\\b(?:result|output|"
                  "answer|number)s? (?:is|are|looks?|seems?) (?:wrong|off|incorrect|weird|"
                  "strange)\\b"),
  BALEEN_PATTERN ("^how (?:much|long|many|far|often|old|bad|big) (?:will|does|do|is|would|"
                  "did|was|should) (?:it|this|that|these|they|he|she)\\b(?! (?:takes?|"
                  "costs?) (?:\\w+ )?(?:to|for|until))"),
  BALEEN_PATTERN ("^(?:should|shall|can|could|do) (?:we|i) (?:go with|use|pick|choose|take|"
                  "try|keep|switch to) (?:option|plan|version|the|this|that|it|a|b)\\b|"
                  "\\bline \\d+\\b[^,.:;]{0,20}$"),
  BALEEN_PATTERN ("\\b(?:doesn't|does not|isn't|don't|won't|not|stopped) (?:work|working|"
                  "run|running|start|compile|open|load)\\b|\\b(?:keeps|is|are) (?:crash|"
                  "fail|freez)\\w*|\\b(?:gives?|got|getting|get|throws?|shows?|have|"
                  "there is|there's) (?:me )?(?:an? |this |the |some )?(?:weird |"
                  "strange )?(?:errors?|exception|problem|issue)\\b|\\bwhat(?:'s| is| went|"
                  " am i)(?: doing)? wrong\\b|\\bis broken\\b"),
  BALEEN_PATTERN ("^(?:so |and |but |ok )?what (?:should|shall|can|do|would|could) (?:i|we|"
                  "you) (?:do|say|choose|answer|pick|reply|write|try)(?: now| next| here|"
                  " then| about (?:it|this|that)| in this (?:case|situation))?[?.! ]*$"),
  BALEEN_PATTERN ("\\bshould (?:i|we) (?:\\w+ ){0,2}(?:it|this|that|him|her|them|(?:the|"
                  "this|that|my) (?:offer|job|deal|contract|position|house|car|apartment|"
                  "company|option|partner|boyfriend|girlfriend|husband|wife|boss))\\b|"
                  "^should i (?:quit|accept|leave|move|stay|sell|buy|wait|go|do it|apply|"
                  "sign|break up)(?: \\w+){0,2}[?. ]*$"),
  BALEEN_PATTERN ("^(?:which|what) (?:one|of (?:them|these|those|the two)|option|version|"
                  "choice)\\b|\\bwhich (?:one|of (?:them|these|the two)|option|"
                  "is better)(?: (?:is|should|do|would|to)\\b|[?. ]*$)"),
  BALEEN_PATTERN ("^(?:is|are|was|were|does|do|will|would|can|could|did) (?:this|that|it|"
                  "these|those|they|he|she)(?! \\w+ (?:to|that|for|"
                  "if)\\b)(?: \\w+){0,4}[?. ]*$"),
  BALEEN_PATTERN ("^(?:what|who|where|when|how) (?:does|do|did|is|was|are|about|can|should|"
                  "would)(?: i| we)?(?: \\w+)? (?:it|this|that|these|those|they|he|she|him|"
                  "her|them)\\b(?: \\w+){0,4}[?. ]*$"),
  BALEEN_PATTERN ("^(?:what do you think|your opinion|thoughts|am i right|any idea|"
                  "who is right|what now|and now|go on|continue|same as before|"
                  "as discussed|like last time|what else)(?: \\w+){0,4}[?.! ]*$"),
  BALEEN_PATTERN (LEAD "(?:help me )?(?:write|draft|create|prepare|compose|make|plan|design|"
                  "give|build)(?: me| us)?(?: an?| my| the|"
                  " some)? (?:\\w+ )?(?:cover letter|resume|cv|speech|e-?mail|letter|"
                  "message|application|reference|complaint|review|invitation|presentation|"
                  "contract|reply|response|schedule|budget|toast|bio|biography|proposal|"
                  "business plan|marketing plan|diet plan|meal plan|workout plan|workout|"
                  "study plan|plan|itinerary|agenda|press release|apology|"
                  "recommendation letter|thank[- ]you note|caption|newsletter|slogan|"
                  "personal statement)(?: for (?:me|us|my (?:boss|friend|company|client|"
                  "team|teacher|job|colleague))| to (?:my )?(?:boss|friend|client|teacher|"
                  "him|her|them|someone|colleague|customer))?[?.! ]*$"),
};

static BaleenPattern vague[] = {
  BALEEN_PATTERN ("\\b(?:fix|clean|touch|spice|polish|tidy|dress|jazz|liven|spruce) (?:it|"
                  "this|that|them|things|(?:my|the) \\w+) up\\b|\\bi (?:want|need|"
                  "would like) (?:my|the|this|that|it)(?: \\w+){0,2} to (?:be|look|sound|"
                  "feel|read) (?:\\w+ )?(?:better|nicer|good|great|perfect|cooler|cleaner|"
                  "stronger|professional|improved|best)\\b"),
  BALEEN_PATTERN ("\\b(?:make|making) (?:it|this|that|these|them|(?:my|the|our|"
                  "this) (?:\\w+ ){1,3}?)(?: ?(?:a bit|a little|much|a lot|way|look|sound|"
                  "read|seem|feel|even|somehow))* ?(?:better|nicer|good|great|perfect|"
                  "cooler|prettier|cleaner|stronger|smarter|fancier|shine|pop|stand out|"
                  "awesome|amazing|more \\w+|improved|best)\\b"),
  BALEEN_PATTERN (LEAD "(?:improve|enhance|optimi[sz]e|polish|refine|upgrade|tweak|work on|"
                  "clean up|touch up|handle|deal with|take care of|help|assist|sort out|"
                  "tidy up|beautify|perfect|elevate|spice up|revise|rework|fix up|jazz up|"
                  "freshen up|finali[sz]e|adjust|change|update|redo|do)(?: me|"
                  " us)?(?: out)?(?: with| on)? ?(?:my|this|that|the|it|our|these|"
                  "everything|math|maths|homework|school|work|something|stuff|things|a|an|"
                  "some)?(?: [\\w'-]+){0,2}(?: for me| a (?:bit|little)| please| somehow|"
                  " properly)*[?.! ]*$"),
  BALEEN_PATTERN ("^(?:i (?:need|want|could use)|can i get|give me|looking for) (?:some |"
                  "your |a little |any )?(?:help|advice|assistance|guidance|support|input|"
                  "feedback|information|info|ideas|inspiration|content)(?: (?:with|on|"
                  "about|for|in) (?:my |a |the |this |" "some )?[\\w'-]+(?: [\\w'-]+)?)?[?.! ]*$"),
  BALEEN_PATTERN (LEAD "(?:write|say|tell|do|make|create|give|show|suggest|think of|"
                  "come up with|generate|produce|post|draw|design|build)(?: me|"
                  " us)? (?:something|anything|stuff|things?|ideas|content|text|"
                  "some (?:text|content|ideas|advice|help|info|information|stuff|thoughts)|"
                  "advice|information|info|a (?:text|story|poem|song|joke|thing|blog|post|"
                  "program|website|game|app))\\b(?: (?!for \\w+ing|about|on|that|"
                  "in)[\\w'-]+){0,4}[?.! ]*$"),
  BALEEN_PATTERN ("\\b(?:do something|do (?:your|the) (?:thing|magic|best|usual|needful)|"
                  "or something|or whatever|whatever you (?:think|like|want)|somehow|"
                  "you know what i mean|anything (?:is fine|goes|you like)|surprise me|"
                  "as you see fit|make sense of|something (?:like that|nice|cool|good|"
                  "interesting|creative|different|useful))\\b"),
  BALEEN_PATTERN ("^(?:i need help|help|help me|help please|can you help(?: me)?|"
                  "please help(?: me)?|assist me|i have a (?:question|"
                  "problem))(?: please)?[?.! ]*$"),
};
static BaleenPattern phrasal
    = BALEEN_PATTERN (LEAD "(?:sort|figure|fix|clean|tidy|straighten|work|help|finish|mess|"
                      "liven|smarten|polish) (?:this|that|it|them|these|me|everything|"
                      "my \\w+|the \\w+) (?:out|up|off|around|nicely)(?: \\w+){0,3}[.!?]*$|"
                      "^(?:just |please |could you |"
                      "can you )?help (?:me )?(?:to )?(?:write|code|study|decide|learn|"
                      "work|think)[.!?]*$|^(?:just |please |could you |"
                      "can you )?help (?:me )?(?:out )?(?:here|a bit|a little|please|"
                      "somehow|with (?:something|stuff|things|my (?:life|work|stuff|"
                      "project|homework|school|thesis|situation)))?[.!?]*$|"
                      "^i (?:just )?(?:need|want|could use) (?:some |a bit of |"
                      "a little )?(?:help|assistance|advice|support|guidance) (?:with|on|"
                      "about) (?:my |the |a )?\\w+(?: \\w+)?[.!?]*$");
static BaleenPattern all_of_it
    = BALEEN_PATTERN (LEAD "(?:fix|improve|change|redo|do|optimi[sz]e|rewrite|sort|"
                      "organi[sz]e) (?:everything|all of (?:it|this)|it all|"
                      "the whole thing|the lot)[.!?]*$");
static BaleenPattern task_help
    = BALEEN_PATTERN ("\\bhelp (?:me )?(?:to )?(?:write|draft|plan|choose|decide|"
                      "understand|learn|find|create|prepare|explain|fix|solve|translate)\\b");

#define STRONG \
  "(?:good|nice|great|decent|cool|interesting|better|best|cheap|affordable|some|a few|" \
  "several|a lot of|a lot|lots of|soon|quickly|reasonabl[ey]|proper|properly|appropriate|" \
  "suitable|fun|awesome|amazing|a couple of|various|high[- ]quality|as soon as possible|asap|" \
  "not too \\w+|kind of|nicer|pretty good|top|worth \\w+ing)"
#define WEAK \
  "(?:short|long|easy|simple|big|small|large|fast|quick|many|healthy|popular|modern|" \
  "beautiful|useful|effective|famous|expensive|important|delicious|tasty|light|cute|funny|" \
  "unique|special|normal|regular|early|late|old|young|efficient|comfortable|bad|safe|strong|" \
  "high|low|recent|new|basic|creative|catchy|enough|often)"

static BaleenPattern fuzzy
    = BALEEN_PATTERN ("(?<!how )(?<!as )\\b" STRONG
                      "\\b(?! (?:morning|night|afternoon|evening|friday|wall|britain|depression|gatsby|war|lakes|barrier|practices?|man|substitute|than|day|time of|replacement|temperature|time|order|month|season|way to \\w+ \\w+ \\w+|reason|known|suited))");
static BaleenPattern fuzzy_weak
    = BALEEN_PATTERN ("^(?:please |can you |could you )?(?:recommend|suggest|give|list|"
                      "name|find|write|show|tell|need|i need|i want|i'm looking for|"
                      "looking for|make|create|what are some|get|buy|help me find|"
                      "where can i)\\b.*(?<!how )\\b" WEAK "\\b");
static BaleenPattern fuzzy_judge
    = BALEEN_PATTERN ("^(?:is|are|was|would|am)\\b.* (?:too |very |really )?(?:a lot|much|"
                      "enough|expensive|cheap|high|low|good|bad|big|small|long|old|normal|"
                      "fast|slow|worth it|a good \\w+|a bad \\w+|a fair \\w+|reasonable|"
                      "healthy|safe)(?: \\w+)?\\?*$");
/* Which of two named things is better can be said. */
static BaleenPattern either_or
    = BALEEN_PATTERN ("\\b(?:better|best|good|safer|cheaper|healthier)\\b.*\\bor\\b|"
                      "\\bor\\b.*\\b(?:better|best|safer|cheaper|healthier)\\b");
static BaleenPattern settled
    = BALEEN_PATTERN ("\\b(?:what should i check|how (?:do|does|did|can) (?!i (?:get|earn|"
                      "make|become))|difference|mean|means|translate|convert|why (?:is|"
                      "does|do))\\b");

/* Two wishes that exclude each other. */
static struct
{
  BaleenPattern one, other;
} clashes[] = {
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
    BALEEN_PATTERN ("\\b(?:lots of|plenty of|with|cups? of) (?:\\w+ )?(?:sugar|honey|" "syrup)\\b") },
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
    BALEEN_PATTERN ("\\bthird[- ]person\\b|\\bnever (?:use|say|" "write) (?:the word )?[\"']?i\\b") },
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
};
static BaleenPattern in_parts
    = BALEEN_PATTERN ("\\b(?:then|followed by|after that|afterwards|below it|turn|convert|"
                      "rewrite|replace|instead|rather|substitute|alternative|versus|vs|"
                      "compare|difference|both|from .* (?:to|into))\\b");

#define LANGUAGE \
  "(english|french|german|spanish|italian|chinese|japanese|korean|russian|portuguese|latin|" \
  "arabic|dutch)"
static BaleenPattern languages
    = BALEEN_PATTERN ("\\b(?:answer|respond|reply|write|speak)\\b(?: \\w+){0,3} in " LANGUAGE
                      "\\b.*\\b(?:answer|respond|reply|write|speak|be|text|everything|output)\\b(?: \\w+){0,3} in (?!\\1)" LANGUAGE "\\b");
static BaleenPattern denied
    = BALEEN_PATTERN ("\\b(?:without(?: using| mentioning| naming| including| saying| any|"
                      " an?)*|(?:do not|don't|never)(?: use| include| mention| add| write|"
                      " give| make)(?: any| an?| the)?|avoid(?: using)?(?: any)?|(?:use|"
                      "include|with) no|(?<=[.!?] )no) (?!words?\\b|more\\b|the word|"
                      "other)((?:\\w+ )?\\w{3,})");
static BaleenPattern counts
    = BALEEN_PATTERN ("\\b(?:exactly|only|just|at most|no more than|maximum|max) (one|two|"
                      "three|four|five|six|seven|eight|nine|ten|"
                      "\\d+) (?:\\w+ )?(\\w{3,}?)(?:s|es)?\\b.*?\\b(?!\\1\\b)(?:one|two|"
                      "three|four|five|six|seven|eight|nine|ten|twelve|fifteen|twenty|"
                      "\\d+) (?:\\w+ )?\\2");

/* “a one-page letter that is five pages long” */
static BaleenPattern two_sizes
    = BALEEN_PATTERN ("\\b(an?|one|two|three|four|five|ten|\\d+)[- ](?:single )?(page|word|"
                      "sentence|paragraph|line)s? \\w+(?: \\w+)? (?:that (?:is|has)|"
                      "which (?:is|has)|with|of|about|at|that's) (?:exactly |at least |"
                      "about |around )?(?!\\1\\b)(?:two|three|four|five|six|seven|eight|"
                      "nine|ten|twenty|\\d+) \\2s?\\b");
static BaleenPattern word_wanted
    = BALEEN_PATTERN ("\\b(?:without(?: using)?|(?:do not|don't|never) (?:use|say|mention|"
                      "write)|avoid(?: using)?) the (?:word|"
                      "letter)s? [\"'“]?(\\w+)[\"'”]?.*\\b(?:use|using|repeat|include|"
                      "including|with|contain|contains|say) the (?:word|" "letter) [\"'“]?\\1\\b");

static BaleenPattern only_fewer
    = BALEEN_PATTERN ("\\b(three|four|five|six|seven|eight|nine|ten|"
                      "\\d+) (?:\\w+ )?\\w{3,}s\\b[^.?!]*\\b(?:only|just|at most|"
                      "no more than|exactly) (?!\\1)(?:one|two|three|four|five|"
                      "\\d)(?: of them)?[.!?]*$");

static BaleenPattern recent[] = {
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
static BaleenPattern standing
    = BALEEN_PATTERN ("^what(?:'s| is| are) the (?:score|scores|standings|latest|current|"
                      "exchange rate|stock price|share price)\\b|^who is (?:winning|"
                      "leading)\\b");
static BaleenPattern own_day
    = BALEEN_PATTERN ("\\b(?:my (?:day|schedule|mood|meeting|boss|meal|latest)|i (?:feel|"
                      "felt|am|was|have) \\w+ (?:today|now)|plan my|to-do)\\b");

#define BIG_NUMBER \
  "(?:[2-9][,. ]?\\d{3}|1[,. ]?[5-9]\\d{2}|\\d{2,3}[,. ]?\\d{3}|(?:two|three|four|five|six|" \
  "seven|eight|nine|ten|twenty|fifty) thousand|\\d+k)"
static BaleenPattern long_answer[] = {
  BALEEN_PATTERN ("\\b" BIG_NUMBER "[- +]*words?\\b"),
  BALEEN_PATTERN ("\\b(?:[5-9]|[1-9]\\d+|five|six|seven|eight|nine|ten|twelve|fifteen|"
                  "twenty|thirty|fifty|hundred)[- ](?:pages?|chapters?|episodes?)\\b"),
  BALEEN_PATTERN ("\\b(?:write|draft|create|produce|compose|generate|author|make|develop|"
                  "prepare|need|"
                  "help me write)\\b[^.?!]{0,30}\\b(?<!chapter of my )(?<!title for my )(?<"
                  "!abstract for my )(?:novel|novella|e-?book|textbook|thesis|dissertation|"
                  "screenplay|handbook|encyclopedia|memoir|autobiography|trilogy|"
                  "white ?paper|(?:whole|entire|full|complete|full-length|new|fantasy|"
                  "children's|history|cook|my|a) ?book(?! (?:review|report|title|summary|"
                  "club|cover|list))|(?:full|full-length|complete|comprehensive|detailed|"
                  "entire|whole|in-depth)(?: [\\w-]+){0,3} (?:business plan|course|"
                  "curriculum|manual|guide|report|tutorial series|film script|script|"
                  "series|documentation|play))\\b(?! (?:title|idea|ideas|review|summary|"
                  "name|cover|statement|defen[sc]e|opening|blurb))"),
};
static BaleenPattern writes
    = BALEEN_PATTERN ("\\b(?:write|draft|create|produce|compose|generate|author|make|"
                      "develop|prepare|i need|essay|story|article|give me|i want)\\b");
static BaleenPattern digests
    = BALEEN_PATTERN ("\\b(?:summari[sz]e|summary|condense|shorten|digest|recap|tl;?dr|"
                      "key (?:points|takeaways|findings|ideas)|main (?:points|ideas|"
                      "arguments)|read|go through|review|extract|analy[sz]e|overview of|"
                      "outline the|list every|find (?:all|every)|boil down|cut|compress|"
                      "what does|translate|proofread)\\b");
static BaleenPattern long_document[] = {
  BALEEN_PATTERN ("\\b(?:[3-9]\\d|\\d{3,}|hundred|hundreds of|two hundred|three hundred|"
                  "fifty|sixty|eighty|many)[- ,]*(?:pages?|pp)\\b"),
  BALEEN_PATTERN ("\\b(?:\\d{2,3}[,. ]?\\d{3}|\\d{2,}k|(?:ten|twenty|thirty|fifty|sixty|"
                  "hundred) thousand)[- ]words?\\b"),
  BALEEN_PATTERN ("\\b(?:whole|entire|complete|full|all of the|very long|huge|whole thing|"
                  "this long|lengthy|\\d+[- ]hour)\\b(?: \\w+){0,2} ?\\b(?:books?|novel|"
                  "report|manual|transcripts?|contract|document|documents|thesis|"
                  "dissertation|textbook|pdf|paper|papers|archive|biography|documentation|"
                  "proceedings|handbook|minutes|recording|transcript|log|logs)\\b"),
  BALEEN_PATTERN ("\\b(?:summari[sz]e|summary of|condense|key points of|main ideas of|"
                  "digest)\\b(?: \\w+){0,3} (?:books?|novel|thesis|dissertation|textbook|"
                  "handbook|trilogy|bible|encyclopedia|annual report)\\b(?! (?:chapter|"
                  "review))"),
};
static BaleenPattern shortens_to
    = BALEEN_PATTERN ("(?<!to )(?<!in )(?<!into )(?<!on )\\b(?:first|one|this) (?:page|"
                      "paragraph|chapter)\\b");

static gboolean
is_bare (const BaleenDraft *draft)
{
  return !draft->has_material && draft->detail < ENOUGH_DETAIL;
}

static gboolean
is_too_broad (const BaleenDraft *draft)
{
  /* The name of a large subject does not narrow it. */
  return !draft->has_material && draft->n_words <= 16
         && draft->detail < (draft->n_words <= SHORT_WORDS ? NAMED_DETAIL : ENOUGH_DETAIL)
         && !baleen_pattern_matches (&story, draft->plain)
         && baleen_patterns_match (broad, G_N_ELEMENTS (broad), draft->plain);
}

static gboolean
is_without_context (const BaleenDraft *draft)
{
  /* A number in “exercise 3b” tells nothing of it. */
  return !draft->has_material && draft->n_words <= 16 && strstr (draft->plain, "\"\"") == NULL
         && draft->detail < (draft->n_words <= SHORT_WORDS ? NAMED_DETAIL : ENOUGH_DETAIL)
         && (baleen_coach_points_outside (draft)
             || baleen_patterns_match (lost, G_N_ELEMENTS (lost), draft->plain));
}

static gboolean
is_vague (const BaleenDraft *draft)
{
  return is_bare (draft) && draft->n_words <= 14
         && (baleen_pattern_matches (&phrasal, draft->plain)
             || baleen_pattern_matches (&all_of_it, draft->plain)
             || (!baleen_pattern_matches (&task_help, draft->plain)
                 && baleen_patterns_match (vague, G_N_ELEMENTS (vague), draft->plain)));
}

static gboolean
is_ambiguous (const BaleenDraft *draft)
{
  if (draft->has_material || draft->n_words > 16)
    return FALSE;
  if (baleen_pattern_matches (&either_or, draft->plain))
    return FALSE;
  if (baleen_pattern_matches (&fuzzy_judge, draft->plain))
    return draft->detail < ENOUGH_DETAIL + 0.5;
  if (draft->detail >= ENOUGH_DETAIL)
    return FALSE;

  return (baleen_pattern_matches (&fuzzy, draft->plain)
          && !(baleen_pattern_matches (&settled, draft->plain) && draft->n_words > 8))
         || baleen_pattern_matches (&fuzzy_weak, draft->plain);
}

/* “a table … do not use a table”: what is refused is asked for elsewhere. */
static gboolean
denies_itself (const char *text)
{
  g_autoptr (GMatchInfo) info = NULL;

  g_regex_match (baleen_pattern_get (&denied), text, 0, &info);
  for (; g_match_info_matches (info); g_match_info_next (info, NULL))
    {
      g_autofree char *words = g_match_info_fetch (info, 1);
      g_auto (GStrv) each = g_strsplit (words, " ", -1);
      int start, end;

      g_match_info_fetch_pos (info, 0, &start, &end);
      for (gsize i = 0; each[i] != NULL; i++)
        {
          gsize stem = MAX (strlen (each[i]), 4) - (g_str_has_suffix (each[i], "s") ? 1 : 0);
          g_autofree char *rest = g_strdup_printf ("%.*s | %s", start, text, text + end);
          g_autofree char *source = g_strdup_printf (
              "\\b(?:make|write|give|create|draw|draw up|mention|name|say|list|tell|featuring|use|using|include|including|with|add|that|an?|full of|plenty of|as|me|in|list of|lots of) (?:\\w+ )?%.*s", (int) stem, each[i]);

          if (strlen (each[i]) >= 4 && g_regex_match_simple (source, rest, G_REGEX_CASELESS, 0))
            return TRUE;
        }
    }

  return FALSE;
}

static gboolean
is_contradiction (const BaleenDraft *draft)
{
  gboolean is_split = baleen_pattern_matches (&in_parts, draft->plain);

  for (gsize i = 0; !is_split && !draft->has_material && i < G_N_ELEMENTS (clashes); i++)
    if (baleen_pattern_is_wanted (&clashes[i].one, draft->plain)
        && baleen_pattern_is_wanted (&clashes[i].other, draft->plain))
      return TRUE;

  return baleen_coach_lengths_clash (draft)
         || baleen_pattern_matches (&two_sizes, draft->plain)
         || baleen_pattern_matches (&word_wanted, draft->text)
         || (!is_split && baleen_pattern_matches (&counts, draft->plain))
         || baleen_pattern_matches (&only_fewer, draft->plain)
         || baleen_pattern_matches (&languages, draft->plain)
         || (!is_split && denies_itself (draft->plain));
}

static gboolean
is_about_recent_events (const BaleenDraft *draft)
{
  return !baleen_pattern_matches (&own_day, draft->plain)
         && (baleen_coach_asks_for_news (draft) || baleen_pattern_matches (&standing, draft->plain)
             || (draft->n_words <= 30
                 && baleen_patterns_match (recent, G_N_ELEMENTS (recent), draft->plain)));
}

static gboolean
is_about_long_document (const BaleenDraft *draft)
{
  return baleen_pattern_matches (&digests, draft->plain)
         && !baleen_pattern_matches (&shortens_to, draft->plain)
         && baleen_patterns_match (long_document, G_N_ELEMENTS (long_document), draft->plain);
}

static gboolean
is_longer_than_one_answer (const BaleenDraft *draft)
{
  static BaleenPattern digest_first
    = BALEEN_PATTERN (LEAD "(?:summari[sz]e|condense|shorten|read|give me the key|go through|"
                      "translate|proofread|review|i have an?|list)\\b|\\bsummari[sz]e\\b");

  return baleen_pattern_matches (&writes, draft->plain)
         && !baleen_pattern_matches (&digest_first, draft->plain)
         && baleen_patterns_match (long_answer, G_N_ELEMENTS (long_answer), draft->plain);
}

const BaleenCoachRules baleen_coach_english = {
  is_too_broad, is_without_context, is_vague, is_ambiguous, is_contradiction,
  is_about_recent_events, is_longer_than_one_answer, is_about_long_document,
};
