/* Whether an English draft is nothing but asking and a subject. What a person says of themselves
 * goes first, then the words of asking are taken away from both ends, and what is left is looked
 * at: a field, an age, a craft or a part of the world is large; and whatever stands after “tell me
 * about” is, as long as nothing narrows it. */
#include "coach-rules.h"

#include <string.h>

#define MOST_WORDS 24
#define MOST_IN_TOPIC 5
#define MOST_IN_PLAIN_TOPIC 3

/* What says that something is asked for, and how, but not what. */
static const char asking[]
    = "please can could would will you i i'd i'll i'm we us me to know tell teach explain "
      "describe discuss talk speak "
      "chat write give show need want wants like love get learn understand study hear see read "
      "find out figure educate "
      "inform introduce define cover walk guide take lead help through about on of into in with "
      "regarding concerning for "
      "a an the some any all everything anything something more bit lot little much few thing "
      "things stuff fact facts "
      "detail details information insight insights knowledge background material basics "
      "fundamentals essentials "
      "introduction intro overview rundown primer crash course summary general curious "
      "interested let's lowdown full "
      "complete whole entire topic subject field area concept essay article paper report speech "
      "post blog text "
      "presentation lecture talk what what's is are am was were so just how does do did work "
      "works function why "
      "important there that it should must deal actually really simply start starting started "
      "begin become master "
      "at and then happen happens happened exist matter matters everyone everybody people person "
      "one believe think nothing exam test class there's here's makes make made summarize have "
      "has been sometime someday trying try "
      "paragraph paragraphs sentences two three four five lines beginner beginners newcomer "
      "newbie lesson class day idea sense grasp picture feeling deeper understanding concise "
      "short brief long detailed comprehensive thorough history's big picture main ideas";
/* What may come after the subject and says nothing of it. */
static const char ending[]
    = "please to me us for dummies beginners general work works function in detail a bit all "
      "sometime someday now from "
      "scratch pls exist happen happens matter important and stuff generally overall about "
      "start begin is are working "
      "like well better thanks it works? actually really so much today's explain explained "
      "simply course basics intro "
      "introduction overview crash 101 fundamentals tutorial tomorrow it teach";
/* What makes whatever comes after it the subject. */
static BaleenPattern about
    = BALEEN_PATTERN ("\\b(?:tell|teach|educate|inform|talk|speak|chat|write|know|learn|"
                      "learning|hear|read|lecture|"
                      "information|facts?|details?|everything|anything|essay|article|paper|"
                      "report|speech|post|text|"
                      "presentation|introduction|intro|overview|primer|course|basics|curious|"
                      "story|book|"
                      "understanding|knowledge|all|explain|insights?)\\b(?: [\\w']+){0,4}? "
                      "(?:about|on|regarding|"
                      "concerning|of|to|into|with) (?=\\w)|\\b(?:teach|introduce|educate) (?:me|"
                      "us)(?: to)? (?=\\w)|"
                      "^write (?:up )?(?:on|about) ");
/* What a subject is narrowed by. */
static BaleenPattern narrowing
    = BALEEN_PATTERN ("\\d|\\b(?:how|why|when|where|which|who|whether|if|that|between|versus|vs|"
                      "than|without|using|from|"
                      "my|your|our|his|her|their|its|this|these|those|it|him|them|me|you|us|"
                      "yourself|myself|today|"
                      "tomorrow|yesterday|latest|recent|best|first|last|difference|example|"
                      "examples|step|steps|"
                      "good|better|nice|great|healthy|healthier|cheap|fair|normal|interesting|"
                      "fun|cool|easy|popular|"
                      "poem|joke|song|haiku|story|limerick|recipe|name|names|word|words|code|"
                      "list|table|idea|ideas|"
                      "something|anything|stuff|about|on|for|with|in|at|by|as|to|not|one|two|"
                      "three|four|five|ten|"
                      "effects?|symptoms?|causes?|rules?|rule|types?|kinds?|uses?|meaning|plot|"
                      "price|"
                      "cost|age|size|speed|capital|author|date|birthday|weather|news)\\b");
/* Where and for whom it is needed narrows no subject. */
static BaleenPattern occasion
    = BALEEN_PATTERN ("^(?:my|our|the) (?:\\w+ )?\\w+ (?:wants|needs|asks for|asked for|expects|requires|"
                      "ordered) (?=an? (?:\\w+ )?(?:speech|essay|paper|report|talk|article|text|presentation|"
                      "lecture|summary|post)\\b)|"
                      "[.!;,] ?(?:i|we) (?:have|am|'m|got|need it|want it|will|don't have)\\b[^,.;:?!]{0,40}[.!]*$|"
                      "^(?:my|our|the) (?:\\w+ ){1,2}(?:says?|said|thinks?|told me|asked me|keeps?)\\b"
                      "[^,.;:!?]{0,60}[,.;:!?]+ ?(?:so |and |but |now )?(?=\\w+ \\w)|"
                      "^(?:i|we) (?:have|need|must|have to|need to|got to|should|am|'m|gotta)\\b"
                      "(?: (?:give|hold|do|write|make|prepare|hand in|giving|holding|to))* an? "
                      "(?:\\w+ )?(?=(?:presentation|talk|speech|essay|paper|report|lecture)\\b)|"
                      "\\b(?:tomorrow|tonight|(?<!until )(?<!till )(?<!to )today|on (?:mon|tues|wednes|thurs|fri|satur|sun)day|"
                      "next (?:week|month)|this week|in an hour|for (?:school|class|work|uni|"
                      "college|university))\\b|"
                      "[,.;]+ ?(?:please |can you |could you |just |so )*(?:write|do|make|prepare) it"
                      "(?: for me| please)*[.!?]*$");
static BaleenPattern to_master
    = BALEEN_PATTERN ("^(?:i(?:'d| would)? (?:want|like|love|wish|hope|need) to|how (?:do|can|could) i|how to) "
                      "(?:be|become|get to be) (?:an? |the )?(?:\\w+ )?(?:expert|pro|professional|master|"
                      "specialist|guru|authority|good) (?:in|at|on|of|with) (?:\\w+ )?\\w+(?:[,.] ?(?:start|"
                      "teach me|help|go|let's (?:go|start)))?[.!? ]*$");
static BaleenPattern own_case
    = BALEEN_PATTERN ("^(?:(?:(?:hi|hello|hey)[,!.]? )?(?:i'm|i am|i have|i've|i know "
                      "(?:nothing|little|not much|next to "
                      "nothing)|we have|we're|as an?|my (?:\\w+ )?(?:exam|teacher|class|test|"
                      "school|boss|son|daughter|"
                      "kid)|i don't know (?:anything|much|a thing))"
                      "\\b[^,.;:!?]{0,40}?(?:[,.;:!?]+ ?(?:and |so |but |"
                      "now )?| and (?=i\\b|i'd|need|want|would)| so | but ))+(?=\\w)");
static BaleenPattern afterthought
    = BALEEN_PATTERN (" (?:from (?:the )?(?:very )?(?:beginning|start) (?:to|until|till) (?:the end|"
                      "today|now|the present)|from start to finish|through the ages|"
                      "in the world|in general|these days|nowadays|from the (?:very "
                      ")?(?:beginning|start)|in (?:simple|easy|"
                      "plain|clear|everyday) (?:words|terms|english|language)|in your own words|"
                      "on earth|from a to z|from zero|"
                      "in life)[?.! ]*$|"
                      ",? and (?:how|why|what|where) (?:is|are|do|does|did|was|were) (?:they|it|"
                      "that)\\b(?: \\w+){0,2}"
                      "[?.! ]*$");

/* Subjects of one word or more; a word in front of one changes little. */
static const char large_words[]
    = "accounting acting advertising africa agriculture ai aids air alchemy algebra algorithms america "
      "animals animation anime "
      "anthropology antarctica apps arabic archaeology architecture art arts asia astrology "
      "astronauts astronomy atoms "
      "australia aviation bacteria ballet banking banks baking baroque basketball bees beer "
      "belief beliefs bible biology "
      "birds bitcoin blockchain boats boxing brazil britain buddhism business businesses "
      "calculus camping canada cancer "
      "capitalism carpentry cars cats cells ceramics chemistry chess childhood children china "
      "chinese christianity cinema "
      "civilization civilizations cities climate climbing cloud coaching coding coffee "
      "colonialism comics "
      "communication communism companies computers consciousness construction cooking copyright "
      "cosmology countries "
      "creativity crime crypto cryptocurrency cryptography culture cultures currency "
      "cybersecurity cycling dance dancing "
      "data databases death debt democracy dentistry depression design diabetes diet diets "
      "dieting dinosaurs diplomacy "
      "disease diseases diving dna dogs drawing dreams drones drugs dyslexia earth earthquakes "
      "ecology economics economy "
      "education egypt electricity electronics elections emotions encryption energy engineering "
      "engines england english "
      "entrepreneurship environment epidemics equality espionage ethics europe evolution "
      "exercise factories faith family "
      "families farming fashion fascism fear feminism feudalism film films filmmaking finance "
      "finances fish fishing fitness "
      "flight flowers flying food football forestry forests france freedom french friendship "
      "galaxies gambling games gaming "
      "gardening gender genes genetics geography geology geometry german germany ghosts "
      "globalization god gods gold "
      "golf government governments grammar gravity greece greeks grief growth guitar guns "
      "gymnastics habits happiness "
      "hardware health healthcare hiking hinduism history hockey homelessness horses "
      "hospitality hospitals housing hunger "
      "hunting hygiene immigration immunity india industry inequality inflation influencers "
      "innovation insects insurance "
      "intelligence internet investing investment investments islam italian italy japan "
      "japanese java javascript jazz "
      "jewellery journalism judaism justice kings kingship knitting knowledge korea korean "
      "language languages latin law "
      "laws leadership liberty life light linguistics linux literature logic logistics "
      "loneliness love "
      "magic magnetism malware mammals management manufacturing marketing marriage martial math "
      "mathematics maths media "
      "medicine medication meditation memory mexico microbes migration military mind "
      "mindfulness mining minerals mining "
      "modernism money monarchy monarchies morality motherhood motivation mountains movies moon "
      "museums mushrooms music "
      "mysticism mythology myths nationalism nature networks networking news neurons "
      "neuroscience nursing nutrition ocean "
      "oceans opera optics painting pandemics parenthood parenting parents peace pedagogy "
      "perfume pets pharmacy "
      "philanthropy philosophy phones photography physics physiology piano pilates pirates "
      "planes planets plants "
      "plumbing poetry poker police policing politics pollution population pottery poverty "
      "power pregnancy prison "
      "prisons privacy productivity programming propaganda property prose psychology publishing "
      "puberty puppets python "
      "quantum racing racism radiation radioactivity railways reading recycling reincarnation "
      "relationships relativity "
      "religion religions renaissance reptiles research restaurants rhetoric rivers robotics "
      "robots rocks rome romans romance "
      "rowing rugby running russia russian sailing sales school schools science sciences "
      "sculpture sea seas security "
      "sewing sex sharks shipping ships skiing slavery sleep soccer socialism society sociology "
      "software soil "
      "sound space spain spanish speaking spirituality sport sports stars startups statistics "
      "stars stock stocks stoicism "
      "stress submarines success suicide sun superstition surfing surgery sustainability "
      "swimming sword symmetry taxation "
      "taxes tea teaching technology tennis terrorism textiles theater theatre therapy "
      "thermodynamics "
      "time trade trading trains transport transportation trauma travel travelling traveling "
      "trees trust truth turkey "
      "universe usa vampires vegetarianism veganism vikings virtue viruses vitamins volcanoes "
      "volleyball "
      "voting war warfare wars water weapons weather weaving web weddings weight whales "
      "wildlife wine witches women woodworking "
      "wound wounds wrestling writing yoga youth zen zoology agile argentina austria belgium "
      "bolivia chile colombia cuba denmark ethiopia finland ghana hungary "
      "iceland indonesia iran iraq ireland israel kenya lebanon malaysia morocco nepal "
      "netherlands nigeria norway pakistan "
      "peru poland portugal romania scotland singapore sweden switzerland syria taiwan thailand "
      "tunisia ukraine venezuela "
      "vietnam wales zimbabwe tradition traditions beauty courage honour hope humour patience "
      "memory fate luck identity";
static const char large_phrases[]
    = "human body|human brain|human mind|human rights|human history|human nature|stock market|"
      "stock markets|real estate|"
      "cold war|civil war|middle ages|dark ages|industrial revolution|french revolution|roman "
      "empire|ottoman empire|"
      "ancient greece|ancient rome|ancient egypt|bronze age|stone age|ice age|solar system|"
      "milky way|black holes|"
      "outer space|deep sea|rain forest|rain forests|climate change|global warming|mental "
      "health|public health|"
      "first aid|martial arts|visual arts|performing arts|fine arts|social media|social "
      "sciences|big data|machine learning|"
      "deep learning|neural networks|artificial intelligence|quantum mechanics|quantum physics|"
      "quantum computing|"
      "computer science|operating systems|data science|world war one|world war two|world war i|"
      "world war ii|ww1|ww2|"
      "united states|united kingdom|european union|middle east|latin america|south america|"
      "north america|"
      "far east|soviet union|third world|video games|board games|classical music|popular music|"
      "jazz music|"
      "folk music|organic chemistry|special needs|old age|middle class|working class|good life|"
      "bad habits|"
      "personal finance|supply chains|electric cars|self defence|self defense|time management|"
      "project management|"
      "public speaking|creative writing|interior design|graphic design|web design|web development|"
      "game development|software development|human resources|customer service|wound care|child "
      "care|skin care|"
      "elderly care|health care|organ transplants|blood pressure|immune system|nervous system|"
      "legal system|school system|political system|banking system";
static BaleenPattern large_ending
    = BALEEN_PATTERN ("^(?:\\w*(?:ology|onomics|onomy|ography|osophy|matics|istics|onics|ysics|"
                      "istry|iatry|nautics|"
                      "(?<!mechan)(?<!organ)(?<!metabol)ism))$");
static BaleenPattern century = BALEEN_PATTERN ("^(?:early |late )?(?:\\d{1,2}(?:th|st|nd|rd)|"
                                               "twentieth|nineteenth|"
                      "eighteenth|seventeenth|sixteenth|fifteenth) century(?: \\w+)?$");
/* The whole of something large: “the history of China”, “the economy of a country”. */
static BaleenPattern whole_of
    = BALEEN_PATTERN ("^(?:history|economy|economics|culture|politics|future|past|story|"
                      "geography|art|science|philosophy|"
                      "psychology|origins?|nature|theory|principles|foundations|meaning|"
                      "religions?|role|importance|"
                      "world|business|basics|fundamentals|power|state|mechanics) (?:of|behind) "
                      "(?:the |an? )?(?:\\w+ )?\\w+$");
/* A task with a subject in it, and a wish for help that does not say with what of it. */
static BaleenPattern other_task
    = BALEEN_PATTERN ("\\bhow (?:\\w+ ){1,3}(?:write|give|show|say|hear|see|get to|take|make|do|"
                      "find|read|help)\\b|"
                      "\\b(?:help|hand|assist\\w*|advice|support)\\b(?!.*\\b(?:understand|learn|"
                      "get into|know)\\b)(?! me "
                      "(?:understand|learn))|"
                      "^how .*\\b(?:better|well|faster|quicker|easily|cheaply|safely)[?.! ]*$");
/* To undertake something that takes years, and nothing said of how far one is. */
static BaleenPattern undertaking
    = BALEEN_PATTERN ("^(?:(?:tell|teach|show|explain)(?: to)?(?: me| us)? )?(?:how|what is the "
                      "way)(?: do| can| could| should| "
                      "does| would| must)?(?: i| we| you| one| people| someone| somebody)?(?: "
                      "to| best to)? (?:raise|bring up|"
                      "educate|run|manage|start|build|own|grow|write|make|produce|create|found|"
                      "set up|open|design|compose|"
                      "direct|develop|organi[sz]e|plan|buy|renovate|lead|play|speak|draw|paint|"
                      "cook|sing|dance|sew|fly)"
                      "(?: up)?(?: (?:an?|my|our|the|your|own|good|great|healthy|happy|"
                      "successful|whole|new|small|better))* "
                      "(?:farm|business|company|start-?up|child|children|kids?|family|famil(?:y|"
                      "ies)|novel|book|house|home|film|"
                      "movie|song|symphony|game|video game|app|website|school|team|restaurant|"
                      "caf[eé]|shop|store|charity|"
                      "club|city|country|garden|robot|computer|car|boat|newspaper|magazine|"
                      "podcast|blog|band|choir|church|"
                      "hotel|brand|career|programming language|operating system|guitar|piano|"
                      "violin|drums|chess|music|"
                      "language|people|animals|pictures|clothes|planes?|dog|puppy|wedding)s?(?: "
                      "from scratch| well| properly| right| "
                      "today| myself| by myself)?[?.! ]*$");

static BaleenPattern large_why
    = BALEEN_PATTERN ("^(?:please |can you )?teach me (?:how )?to (?:code|cook|draw|paint|sing|dance|program|write|swim|"
                      "invest|garden|sew|trade)[.! ]*$|"
                      "^why (?:do|does|did|are|is) (?:people|humans|men|women|we|countries|"
                      "nations|societies|children|animals) (?:\\w+ ){0,2}"
                      "(?:fall in love|fight|hate each other|go to war|believe(?: in (?:god|"
                      "gods))?|lie|love|dream|suffer|die|kill|"
                      "cheat|divorce|migrate|get (?:old|married|divorced|depressed|sick)|grow "
                      "old|poor|rich|unhappy|lonely|religious|"
                      "racist|violent)[?.! ]*$|"
                      "^(?:(?:tell|teach|show|explain)(?: to)?(?: me| us)? )?how (?:do|can|"
                      "could|should|to)(?: i| we| you| one| people)?"
                      "(?: to)? (?:set up|start|found|run|open|launch|manage) (?:an?|my|my own|"
                      "our) \\w+[?.! ]*$");
static BaleenPattern life_there
    = BALEEN_PATTERN ("^what(?:'s| is) (?:it|life) like (?:to be|being|to live|living|to work|"
                      "working|for|in|as)\\b(?: \\w+){1,4}[?.! ]*$|"
                      "^how (?:do|can|should|to|does)(?: i| we| you| one)? (?:fish|hunt|sail|"
                      "farm|paint|draw|cook|sing|dance|write|swim|"
                      "meditate|invest|program|code|teach|act|garden|sew|knit|travel|negotiate|"
                      "parent|trade)(?: well| properly)?"
                      "[?.! ]*$|"
                      "^i(?:'d| would)? (?:want|like|love|wish|hope|need) to (?:be|become|get "
                      "to be) (?:an? )?(?:much |really |truly )?"
                      "(?:better|good|great|successful|professional) \\w+[.! ]*$");
/* “my son keeps talking about crypto. what is it?” */
static BaleenPattern heard_of
    = BALEEN_PATTERN ("\\b(?:about|of) (?:the )?(\\w+(?: \\w+)?)[.,;!]+ ?(?:so |and |but "
                      ")?what(?:'s| is| are) (?:it|that|this|they|"
                      "those)\\b(?: all| even| exactly| actually)*(?: about)?[?.! ]*$");

static GHashTable *
make_set (const char *words)
{
  GHashTable *set = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_auto (GStrv) each = g_strsplit (words, strchr (words, '|') != NULL ? "|" : " ", -1);

  for (gsize i = 0; each[i] != NULL; i++)
    g_hash_table_add (set, g_strdup (each[i]));

  return set;
}

static gboolean
is_in (GHashTable **set,
       const char  *words,
       const char  *word)
{
  if (g_once_init_enter (set))
    g_once_init_leave (set, make_set (words));

  return g_hash_table_contains (*set, word);
}

static gboolean
is_asking (const char *word)
{
  static GHashTable *set; /* (atomic) */

  return is_in (&set, asking, word);
}

static gboolean
is_ending (const char *word)
{
  static GHashTable *set; /* (atomic) */

  return is_in (&set, ending, word);
}

static gboolean
is_large_word (const char *word)
{
  static GHashTable *set; /* (atomic) */

  return is_in (&set, large_words, word) || baleen_pattern_matches (&large_ending, word);
}

static gboolean
is_large_phrase (const char *phrase)
{
  static GHashTable *set; /* (atomic) */

  return is_in (&set, large_phrases, phrase);
}

/* Of a clause (“how does light travel”) the last word is no subject. “Greek mythology”, “wound
 * care and hygiene”, “the history of China”. */
static gboolean
is_large (char    **words,
          guint     n_words,
          gboolean  is_clause)
{
  g_autofree char *phrase = g_strjoinv (" ", words);
  const char *last = words[n_words - 1];

  if (is_large_phrase (phrase) || baleen_pattern_matches (&whole_of, phrase)
      || baleen_pattern_matches (&century, phrase))
    return TRUE;
  if (n_words == 3 && g_str_equal (words[1], "and"))
    return is_large_word (words[0]) && is_large_word (last);
  if (baleen_pattern_matches (&narrowing, phrase))
    return FALSE;

  return n_words <= (is_clause ? 1 : 2) && is_large_word (last);
}

/* Takes the words of asking away from both ends of `words`, never the last one left. */
static GStrv
take_topic (char **words)
{
  guint first = 0, end = g_strv_length (words);
  g_autoptr (GPtrArray) topic = g_ptr_array_new ();

  while (first + 1 < end && is_ending (words[end - 1]) && !is_large_word (words[end - 1]))
    end--;
  while (first + 1 < end && is_asking (words[first]))
    first++;
  for (guint i = first; i < end; i++)
    g_ptr_array_add (topic, g_strdup (words[i]));
  g_ptr_array_add (topic, NULL);

  return (GStrv) g_ptr_array_free (g_steal_pointer (&topic), FALSE);
}

static char *
leave_out (BaleenPattern *pattern,
           const char    *text)
{
  return g_regex_replace_literal (baleen_pattern_get (pattern), text, -1, 0, "", 0, NULL);
}

static gboolean
names_what_was_heard (const char *text)
{
  g_autofree char *subject = baleen_pattern_dup_group (&heard_of, text, 1);
  g_auto (GStrv) words = subject != NULL ? g_strsplit (subject, " ", -1) : NULL;

  return words != NULL && is_large (words, g_strv_length (words), FALSE);
}

gboolean
baleen_coach_names_only_topic (const BaleenDraft *draft)
{
  static BaleenPattern between_words = BALEEN_PATTERN ("(?:[\\s,.;:!?()]|(?<= )[-–—](?= ))+");
  static BaleenPattern clause = BALEEN_PATTERN ("^(?:how|why|when|where) (?:do|does|did|can|"
                                                "could|is|are)\\b");
  static BaleenPattern edges = BALEEN_PATTERN ("^[\\s,.;:!?]+|[\\s,.;:!?]+$");
  static BaleenPattern listeners
      = BALEEN_PATTERN (" (?:(?:to|for) )?(?:my|our) (?:kids?|children|son|daughter|class|"
                        "students|parents|team|family|"
                        "grandma|grandmother|grandchildren)\\b(?! (?:is|are|has|have|keeps?|"
                        "asks?|talks?)\\b)");
  g_autofree char *asked = leave_out (&listeners, draft->plain);
  g_autofree char *plain = leave_out (&occasion, asked);
  g_autofree char *told = leave_out (&own_case, plain);
  g_autofree char *first = leave_out (&afterthought, told);
  g_autofree char *text = leave_out (&edges, first);
  g_auto (GStrv) words = NULL;
  g_auto (GStrv) topic = NULL;
  g_autofree char *phrase = NULL;
  gboolean is_clause;
  guint n;

  if (draft->n_words > MOST_WORDS || *text == '\0')
    return FALSE;
  if (baleen_pattern_matches (&undertaking, text) || baleen_pattern_matches (&life_there, text)
      || baleen_pattern_matches (&to_master, text) || baleen_pattern_matches (&large_why, text)
      || names_what_was_heard (text))
    return TRUE;

  if (baleen_pattern_matches (&other_task, text))
    return FALSE;

  words = g_regex_split (baleen_pattern_get (&between_words), text, 0);
  topic = take_topic (words);
  n = g_strv_length (topic);
  /* “I know nothing about wine, teach me”: the subject is in what was said of oneself. */
  if (n == 1 && is_asking (topic[0]) && !is_large_word (topic[0]))
    {
      g_strfreev (words);
      g_strfreev (topic);
      words = g_regex_split (baleen_pattern_get (&between_words), draft->plain, 0);
      topic = take_topic (words);
      n = g_strv_length (topic);
    }
  if (n == 0 || n > MOST_IN_TOPIC)
    return FALSE;
  /* Of a draft that is all asking nothing is known. */
  if (n == 1 && is_asking (topic[0]) && !is_large_word (topic[0]))
    return FALSE;
  is_clause = baleen_pattern_matches (&clause, text)
              && g_str_has_suffix (text, topic[n - 1]);
  if (is_large (topic, n, is_clause))
    return TRUE;

  phrase = g_strjoinv (" ", topic);
  return n <= MOST_IN_PLAIN_TOPIC && g_strv_length (words) > n
         && baleen_pattern_matches (&about, text)
         && !baleen_pattern_matches (&narrowing, phrase);
}
