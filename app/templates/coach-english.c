#include "coach-rules.h"

#include <string.h>

#define ENOUGH_DETAIL 2.0
#define NAMED_DETAIL 3.0
#define SHORT_WORDS 9
/* Names and numbers tell little of a thing that only the writer sees. */
#define MOST_UNSEEN 15
#define UNSEEN_DETAIL 4.5
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
                  "(?: (?:work|works|function|exist|happen|important|good|so important|begin|"
                  "start|matter|change|changed))?[.!?]*$"),
  BALEEN_PATTERN ("^(?:please |can you )?(?:tell me |teach me |explain |"
                  "show me )?how (?:do|can|should|does|to|would)(?: i| you| we| one|"
                  " people| someone)? (?:learn|study|master|understand|get into|"
                  "get better at|get good at|improve|start|begin|become|be|live|make|build|"
                  "succeed|get|have)(?: with| in| at| an?| the| more| my)*(?: " BROAD
                  "| successful| rich| happy| happier| healthy| healthier| famous| smarter?|"
                  " productive| confident| better| english| french| spanish| chinese| japanese|"
                  " german| business| company| startup| app| website| game| money| better person|"
                  " good (?:person|leader|manager|parent|writer)| (?:a |an )?career| friends|"
                  " fit)(?: in life| in general| well| online| fast)?[.!?]*$"),
  BALEEN_PATTERN (LEAD "(?:give|tell|write|show)(?: me| us)? (?:an?|the) (?:brief |short |full |"
                  "complete )?(?:history|story|overview|summary|introduction) (?:of|to) " TOPIC
                  "[.!?]*$|^what(?:'s| is) (?:the (?:deal|story)|up|going on) with " TOPIC),
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
  BALEEN_PATTERN ("^(?:what|which|who|how)\\b[^,.]{0,34}\\bhere[?.! ]*$|"
                  "^(?:is|are|was) my (?:password|code|answer|essay|cv|resume|argument|proof|"
                  "grammar|spelling|"
                  "solution|translation|diagnosis|idea|plan|title|logo)s? [\\w ]{2,24}[?.! ]*$"),
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
                  "that|he|she|they|my \\w+)\\b(?! called\\b| \\w+ (?:to|that|for|in|on|at|when|if|"
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
                  "these|those|they|he|she)(?! \\w+ (?:to|that|for|in|near|"
                  "if)\\b)(?: \\w+){0,4}[?. ]*$"),
  BALEEN_PATTERN ("^(?:what|who|where|when|how) (?:does|do|did|is|was|are|about|can|should|"
                  "would)(?: i| we)?(?: \\w+)? (?:it|this|that|these|those|they|he|she|him|"
                  "her|them)\\b(?: \\w+){0,4}[?. ]*$"),
  BALEEN_PATTERN ("^(?:(?:just |please )*(?:give me |do |bring )?the usual|what do you think|"
                  "your opinion|thoughts|am i right|any idea|"
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
/* “Do bananas float?” is no task. */
static BaleenPattern asks_fact
    = BALEEN_PATTERN ("^(?:do|does|did|is|are|was|were|has|have) (?!you |something|anything|my |"
                      "the |it |this |"
                      "whatever|your )\\w+[^?]*\\?+ *$");
/* The task is left to the model. */
static BaleenPattern as_you_like
    = BALEEN_PATTERN ("\\b(?:do|write|change|choose|pick|make|use) (?:whatever|anything|"
                      "what) you (?:think|like|want|feel|prefer|find)\\b|"
                      "\\bi (?:don't|do not) (?:really |exactly )?know what i (?:want|need)\\b|"
                      "\\bup to you\\b|\\bwork your magic\\b|^i (?:need|could use|want) (?:a|"
                      "some) (?:hand|help|little help|support)[?.! ]*$|"
                      "^(?:let's )?(?:brainstorm|think of|come up with|give me)(?: some|"
                      " a few)? (?:ideas?|thoughts|options)[?.! ]*$|"
                      "^(?:just |please )*(?:entertain|amuse|impress|inspire|motivate|distract|"
                      "cheer|help|assist|guide|advise|surprise|teach|tell|show)"
                      " (?:me|us)(?: up)?(?: (?:something|anything|stuff|a thing|"
                      "things))?(?: (?:new|cool|fun|nice|useful|interesting|else))?[?.! ]*$");
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
  "(?:reliable|trustworthy|sturdy|durable|cosy|cozy|quiet|stylish|elegant|relaxing|exciting|" \
  "romantic|challenging|short(?! stor)|long|easy|simple|big|small|large|fast|quick|many|healthy|" \
  "popular|" \
  "modern|" \
  "beautiful|useful|effective|famous|expensive|important|delicious|tasty|light|cute|funny|" \
  "unique|special|normal|regular|early|late|old|young|efficient|comfortable|bad|safe|strong|" \
  "high|low|recent|new|basic|creative|catchy|enough|often)"

static BaleenPattern fuzzy
    = BALEEN_PATTERN ("(?<!how )(?<!as )\\b" STRONG
                      "\\b(?! (?:morning|night|afternoon|evening|friday|wall|britain|depression|"
                      "gatsby|war|lakes|barrier|practices?|man|substitute|than|day|time of|"
                      "replacement|temperature|time|order|month|season|way to \\w+ \\w+ \\w+|"
                      "reason|known|suited)|[- ]selling|-case|-before)");
/* “which language is easiest to learn”, “which printer should I buy” */
static BaleenPattern fuzzy_rank
    = BALEEN_PATTERN ("^(?:which|what) (?:\\w+ ){1,3}(?:is|are|would be|feels?|looks?) (?:the "
                      ")?(?:easiest|hardest|nicest|"
                      "coolest|prettiest|safest|healthiest|smartest|simplest|toughest|most "
                      "(?:useful|fun|beautiful|interesting|"
                      "important|comfortable|reliable|popular))(?: to \\w+| for me| for "
                      "us)?[?.! ]*$|"
                      "^(?:which|what) (?:\\w+ ){1,2}(?:should|shall|do|would) (?:i|we|you|one) "
                      "(?:buy|get|learn|read|watch|visit|"
                      "order|cook|eat|play|study|listen to|subscribe to|recommend|suggest)[?.! "
                      "]*$");
static BaleenPattern fuzzy_weak
    = BALEEN_PATTERN ("^(?:please |can you |could you )?(?:recommend|suggest|give|list|"
                      "name|find|write|show|tell|need|i need|i want|i'm looking for|"
                      "looking for|make|create|what are some|get|buy|help me find|"
                      "where can i)\\b(?:(?! about ).)*(?<!how )(?<!\\bthe )\\b" WEAK "\\b");
/* “suggest a nice restaurant in Vienna for my parents”: where and for whom is no measure. */
static BaleenPattern fuzzy_thing
    = BALEEN_PATTERN ("^(?:so |now )*(?:suggest|recommend|find|name|pick|choose|give|show|i want|"
                      "i need|"
                      "i'd like|i am looking for|i'm looking for|looking for|we need|we want|any|"
                      "where (?:can|do) i (?:find|get|buy))(?: me| us)?(?: an?| some| a few|"
                      " several|"
                      " a couple of)? (?:really |very |not too )?(?:good|nice|great|decent|cool|"
                      "interesting|fast|quick|cheap|affordable|quiet|reliable|healthy|easy|fun|"
                      "comfortable|beautiful|safe|pretty|cosy|cozy|tasty|effective|useful|popular|"
                      "famous|modern|small|big|short|romantic|lovely)(?:,? (?:and |"
                      "but )?\\w+)? \\w+"
                      "(?!.*\\b(?:that|which|who|under|below|at most|at least|less than|more than|"
                      "between|no more than|with (?:an?|at|no|two|three|\\d)|because|by (?:price|"
                      "sales|"
                      "ratings?)|each|\\d+ (?:words|points|euros|dollars|minutes|hours|km|kg))\\b)|"
                      "^(?:give|list|name|tell|suggest|show|write|recommend|what are)(?: me|"
                      " us)? (?:some|a "
                      "few|several|a couple of) (?:\\w+ )?\\w+s\\b(?!.*\\b(?:\\d+|each|that|which|"
                      "because|between|from|with|without|under|whose)\\b)|"
                      "^(?:am|is|are) (?:i |[\\d]+ |\\w+ )(?:\\w+ )?too (?:old|young|late|early|"
                      "fat|short|tall|"
                      "weak|slow|poor) (?:to|for)\\b[^,.]{2,30}$|"
                      "^how (?:much|many|long|often|late|far) [^,.]{3,30} to (?:be|stay|get|feel|"
                      "look) (?:healthy|fit|"
                      "good|safe|happy|strong|well|better)[?.! ]*$|"
                      "^(?:is|are) [\\w' ]{2,30} (?:far|close|near|expensive|cheap|big|small|hot|"
                      "cold)"
                      "(?: (?:from|to|compared to) [\\w ]{2,20})?[?.! ]*$");
/* “what's a healthy breakfast”, “how do I cook fast”, “is Excel hard to learn” */
static BaleenPattern fuzzy_more
    = BALEEN_PATTERN ("^what(?:'s| is| are| would be)(?: an?| some| the)? (?:really |"
                      "very )?(?:healthy|tasty|reliable|easy|nice|fun|popular|"
                      "simple|delicious|useful|quick|comfortable|beautiful|cool|decent|cheap) \\w+|"
                      "^how (?:do|can|could|should|to|does)(?: i| we| you|"
                      " one)? (?!.*\\bso (?:they|that|it)\\b).*\\b(?:quickly|fast|faster|easily|"
                      "well|better|"
                      "effectively|efficiently|cheaply|a lot|properly|a lot of \\w+)[?.! ]*$|"
                      "^(?:is|are|was|were|does|do|am|will|would|"
                      "did)\\b(?!.*\\bthan\\b).*\\b(?:too (?:much|many|little|few|often|long|"
                      "late|early|big|small|old|young|hot|cold|warm|loud|dark|weak|strong|fast|"
                      "slow|risky|short|"
                      "expensive|high|low)|(?:hard|easy|difficult|expensive|cheap|worth it|tough|"
                      "far|heavy|strict|boring|crowded)(?: to (?:\\w+ ?){1,4}| for me|"
                      " from here)?)[?.! ]*$");
/* “a safe neighbourhood in Chicago”, “which car is reliable”, “where can I eat well” */
#define EN_UNMEASURED \
  "(?:easy|safe|nice|good|cheap|quiet|interesting|healthy|cool|fun|pretty|decent|fair|reasonable|" \
  "beautiful|romantic|cosy|cozy|important|famous|big|reliable|effective|popular|" \
  "comfortable|great|best|top|useful)"
static BaleenPattern fuzzy_alone
    = BALEEN_PATTERN ("^(?:an? |some |any |the |a few |top |best )?(?:really |very |not too )?"
                      EN_UNMEASURED " (?!way|idea|morning|evening|night|friday)[\\w-]+(?: "
                                    "[\\w-]+)?(?: (?:for|"
                      "in|near|around|at|with|"
                      "to) [\\w' -]{2,32})?(?: please)?[?.! ]*$|"
                      "^(?:which|what) [\\w-]+ (?:is|are) (?:the )?(?:really |very )?"
                      EN_UNMEASURED "[?.! ]*$|"
                      "^what(?:'s| is| are| would be) an? (?:fair|good|reasonable|normal|decent|"
                      "realistic|nice|healthy)"
                      " [\\w-]+|"
                      "^where (?:can|do|should) (?:i|we|you|one) [^.?!]{2,20} (?:well|cheaply|"
                      "nicely|comfortably|"
                      "quietly|safely)\\b[^.?!,]{0,24}[?.! ]*$|"
                      "^how (?:much|many|often|long)(?: [\\w']+){1,5} (?:is|are) (?:enough|too "
                      "much|too many|healthy|"
                      "normal|okay|ok|sufficient)[?.! ]*$|"
                      "^how \\w+ is too \\w+\\b[^,]{0,24}[?.! ]*$|"
                      "^(?:quick|easy|healthy|cheap|nice|good|fun) (?:\\w+ )?(?:ideas|tips|"
                      "recipes)[?.! ]*$|"
                      "^(?:is|are) [\\w ]{2,20} (?:warm|cold|hot|heavy|tall|loud|bright)[?.! ]*$|"
                      "^what are the (?:most )?(?:important|famous|popular|interesting|beautiful|"
                      "best|greatest|useful|"
                      "nicest|coolest|dangerous|exciting) \\w+[?.! ]*$|"
                      "^how (?:do|can|could) (?:i|we|you|one) (?:become|get|grow|be) (?:fit|slim|"
                      "strong|thin|better|"
                      "rich|fluent) (?:soon|fast|quickly|easily)[?.! ]*$");
static BaleenPattern fuzzy_judge
    = BALEEN_PATTERN ("^(?:is|are|was|would|am)\\b.* (?:too |very |really )?(?:a lot|much|"
                      "enough|expensive|cheap|high|low|good|bad|big|small|long|old|normal|"
                      "fast|slow|worth it|a good \\w+|a bad \\w+|a fair \\w+|reasonable|"
                      "healthy|safe)(?: \\w+)?\\?*$");
static BaleenPattern measured
    = BALEEN_PATTERN ("\\b(?:according to|in terms of|measured (?:by|in)|by (?:sales|price|"
                      "weight|population|rating|revenue|size|number of|area)|"
                      "statistical(?:ly)?|per capita)\\b");
/* Which of two named things is better can be said. */
static BaleenPattern either_or
    = BALEEN_PATTERN ("\\b(?:better|best|good|safer|cheaper|healthier)\\b.*\\bor\\b|"
                      "\\bor\\b.*\\b(?:better|best|safer|cheaper|healthier)\\b");
static BaleenPattern settled
    = BALEEN_PATTERN ("\\b(?:what should i check|how (?:do|does|did|can) (?!i (?:get|earn|"
                      "make|become))|difference|mean|means|translate|convert|why (?:is|"
                      "does|do))\\b");

/* Does not need few words to be seen. */
static BaleenPattern attached
    = BALEEN_PATTERN ("\\b(?:the|my|this|an?) (?:attached|enclosed)\\b|\\b(?:file|document|"
                      "contract|text|table|code|"
                      "picture|e-?mail) (?:above|below|attached)\\b|\\bsee (?:attachment|"
                      "attached|above|below)\\b");

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
  if (!draft->has_material && draft->n_words <= 40
      && baleen_pattern_matches (&attached, draft->plain))
    return TRUE;

  if (!draft->has_material && draft->n_words <= MOST_UNSEEN && draft->detail < UNSEEN_DETAIL
      && strstr (draft->plain, "\"\"") == NULL && baleen_coach_speaks_of_unseen (draft))
    return TRUE;

  /* A number in “exercise 3b” tells nothing of it. */
  return !draft->has_material && draft->n_words <= 16 && strstr (draft->plain, "\"\"") == NULL
         && draft->detail < (draft->n_words <= SHORT_WORDS ? NAMED_DETAIL : ENOUGH_DETAIL)
         && (baleen_coach_points_outside (draft)
             || baleen_patterns_match (lost, G_N_ELEMENTS (lost), draft->plain));
}

static gboolean
is_vague (const BaleenDraft *draft)
{
  if (!draft->has_material && draft->n_words <= 30
      && baleen_pattern_matches (&as_you_like, draft->plain))
    return TRUE;

  return is_bare (draft) && draft->n_words <= 14
         && !baleen_pattern_matches (&asks_fact, draft->plain)
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
  if (baleen_pattern_matches (&either_or, draft->plain)
      || baleen_pattern_matches (&measured, draft->plain))
    return FALSE;
  if (baleen_pattern_matches (&fuzzy_judge, draft->plain))
    return draft->detail < ENOUGH_DETAIL + 0.5;
  if (baleen_pattern_matches (&fuzzy_thing, draft->plain))
    return TRUE;
  if (draft->detail < NAMED_DETAIL && baleen_pattern_matches (&fuzzy_alone, draft->plain))
    return TRUE;
  if (draft->detail >= ENOUGH_DETAIL)
    return FALSE;
  if (baleen_pattern_matches (&fuzzy_more, draft->plain)
      || baleen_pattern_matches (&fuzzy_rank, draft->plain))
    return TRUE;

  return (baleen_pattern_matches (&fuzzy, draft->plain)
          && !(baleen_pattern_matches (&settled, draft->plain) && draft->n_words > 8))
         || baleen_pattern_matches (&fuzzy_weak, draft->plain);
}

const BaleenCoachRules baleen_coach_english = {
  is_too_broad, is_without_context, is_vague, is_ambiguous,
};
