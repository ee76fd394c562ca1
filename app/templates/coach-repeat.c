#include "coach-rules.h"

#include <string.h>

/* So many words make a question that is hardly another one. */
#define ENOUGH_WORDS 3

/* Words that say the same here. */
static const char *const synonyms[][2] = {
  { "frequently", "often" }, { "bigger", "large" }, { "enlarge", "large" }, { "larger", "large" },
  { "delete", "remove" }, { "erase", "remove" }, { "quickly", "fast" }, { "quick", "fast" },
  { "fastest", "fast" },  { "quickest", "fast" }, { "repair", "fix" },  { "solve", "fix" },
  { "resolve", "fix" },   { "buy", "get" },       { "purchase", "get" }, { "begin", "start" },
  { "differ", "difference" }, { "differences", "difference" }, { "compare", "difference" },
  { "meaning", "mean" },  { "definition", "mean" }, { "define", "mean" }, { "cook", "make" },
  { "prepare", "make" },  { "create", "make" },   { "build", "make" },  { "improve", "better" },
  { "boost", "better" },  { "increase", "better" }, { "enhance", "better" }, { "kids", "child" },
  { "children", "child" }, { "kid", "child" },    { "reason", "cause" }, { "reasons", "cause" },
  { "causes", "cause" },  { "rising", "rise" },   { "miles", "mile" },  { "study", "learn" },
  { "turn", "change" },   { "become", "change" }, { "man", "person" },  { "woman", "person" },
  { "people", "person" }, { "distance", "far" },  { "minutes", "long" }, { "hours", "long" },
  { "begun", "start" },   { "cheapest", "cheap" }, { "biggest", "large" }, { "largest", "large" },
  { "big", "large" },     { "wash", "clean" },    { "stop", "avoid" },  { "prevent", "avoid" },
  { "car", "auto" },      { "autumn", "fall" },   { "photo", "picture" }, { "mom", "mother" },
  { "mum", "mother" },    { "dad", "father" },    { "movie", "film" },  { "films", "film" },
  { "movies", "film" },   { "invented", "invent" }, { "inventor", "invent" }, { "author", "write" },
  { "wrote", "write" },   { "written", "write" }, { "lose", "reduce" },     { "cut", "reduce" },
  { "lower", "reduce" },  { "decrease", "reduce" }, { "save", "reduce" }, { "made", "make" },
  { "built", "build" },   { "cooked", "make" },   { "painted", "paint" }, { "grew", "grow" },
  { "sang", "sing" },     { "sung", "sing" },     { "won", "win" },     { "began", "start" },
  { "died", "die" },      { "death", "die" },     { "born", "birth" },  { "tall", "high" },
  { "height", "high" },   { "heavy", "weight" },  { "smallest", "small" }, { "fixing", "fix" },
  { "undo", "revert" },   { "removing", "remove" }, { "shop", "store" }, { "phone", "smartphone" },
  { "job", "work" },      { "illness", "disease" }, { "sickness", "disease" }, { "signs",
                      "symptoms" }, { "weigh", "weight" },
};

static BaleenPattern empty_words
    = BALEEN_PATTERN ("^(?:recipe|why|where|a|an|the|is|are|was|were|be|do|does|did|can|"
                      "could|would|will|should|i|you|me|we|us|my|your|it|to|of|in|on|at|"
                      "for|with|by|and|or|from|please|tell|explain|describe|give|show|know|"
                      "want|like|need|what|what's|whats|how|who|which|there|that|this|best|"
                      "way|ways|method|steps|tips|about|s|have|has|get|some|any|just|"
                      "really|again|also|using|when|come|as|into|many|much|convert|rid|out|"
                      "go|be|been|if|so|out|up|different|proper|properly|correctly|exactly|"
                      "easiest|quickest|possible|possibly|one|his|her|their|our|i'm|it's|"
                      "does|long|far|help|write|list|make|wonder|question|asked|ask|say|"
                      "said|more|good|they|live|cause|causes|caused|in|year|match(?:es|ing)?|"
                      "does)$");
/* What kind of thing is asked: the same words in another kind are another question. */
static BaleenPattern kinds[] = {
  BALEEN_PATTERN ("\\bwhy\\b|\\bwhat (?:makes|made|causes|caused)\\b|\\b(?:reasons?|"
                  "causes?) (?:of|for|why|that|behind)\\b|为什么|为啥|为何|原因"),
  BALEEN_PATTERN ("\\bwhen\\b|\\b(?:what|which) (?:year|date|day|time)\\b|什么时候|何时|哪一?年|几月"),
  BALEEN_PATTERN ("\\bwhere\\b|哪里|哪儿|在哪"),
  BALEEN_PATTERN ("\\bwho(?:se|m)?\\b|谁|哪位"),
  BALEEN_PATTERN ("\\bhow (?:long|many (?:minutes|hours|days|weeks))\\b|多久|多长时间|几(?:分钟|小时|天|个?小时)"),
  BALEEN_PATTERN ("\\bhow (?:much|expensive)\\b|\\b(?:price|cost)s?\\b|多少钱|价格"),
  BALEEN_PATTERN ("\\bhow far\\b|\\bdistance\\b|多远|距离"),
  BALEEN_PATTERN ("\\bhow (?:old|often|big|tall|high|deep)\\b|多大|多高|多深|几岁"),
  BALEEN_PATTERN ("\\b(?:meaning|mean|means|define|definition)\\b|^(?:please |can you |"
                  "could you )*(?:explain |tell me )?what(?: is|'s|"
                  " are) (?:an? )?[\\w'-]+(?: [\\w'-]+)?(?: is)?[?.! ]*$|^explain what|"
                  "^[^的]{1,8}是什么[？?。]*$|什么是|什么意思"),
};
static BaleenPattern han_fillers
    = BALEEN_PATTERN ("什么时候|何时|等于|一到|就|变|啥|跟|住|省一点|一点|几(?=公里|米|斤|克|厘米)|三?个(?=$)|来|哪一?年|解释|说明|介绍|"
                      "做法|再说一遍|再讲一遍|再问一?[遍次]|几分钟|几个?小时|几天|多长时间|多久|"
                      "怎么办|办法|意思|哪些|哪里|哪|些|含有|含|祝|要|到了|请问|请|帮我|帮忙|一下|我想知道|告诉我|怎么样|怎么|怎样|如何|"
                      "什么|哪里|能不能|可不可以|可以|是不是|多少|吗|呢|的|了|是|有|我|你|用|使|让|在|里|与|和|最|会|一个|一根|把|"
                      "给|能|啊|吧|想|要|为|\\s|[[:punct:]，。？！、：；“”《》]");

static const char *
normalize_word (const char *word)
{
  for (gsize i = 0; i < G_N_ELEMENTS (synonyms); i++)
    if (g_str_equal (synonyms[i][0], word))
      return synonyms[i][1];

  return word;
}

/* “installed” and “installing” are “install”. */
static void
cut_ending (char *word)
{
  static const char *const endings[] = { "ing", "ies", "ly", "ed", "es", "s", "e" };
  const gsize length = strlen (word);

  for (gsize i = 0; i < G_N_ELEMENTS (endings); i++)
    if (length > strlen (endings[i]) + 2 && g_str_has_suffix (word, endings[i])
        && !g_str_has_suffix (word, "ss"))
      {
        word[length - strlen (endings[i])] = '\0';
        return;
      }
}

/* Whole phrases that say the same. */
static const char *const phrases[][2] = {
  { "regular expression", "regex" }, { "how many people live in", "population of" },
  { "how many people are living in", "population of" },
  { "number of people in", "population of" }, { "how many inhabitants does", "population of" }, {
                      "for beginners", "beginner" },
  { "不同", "区别" }, { "差别", "区别" }, { "差异", "区别" }, { "不一样", "区别" }, { "之间的距离", "远" },
  { "距离", "远" }, { "高度", "高" }, { "有多", "" }, { "节省", "减" }, { "减少", "减" },
  { "降低", "减" }, { "省", "减" }, { "多少人", "人口" }, { "正则表达式", "正则" }, { "制作方法", "制作" },
  { "树叶", "叶子" }, { "建造", "建" }, { "修建", "建" },
};

static char *
even_out (const char *text)
{
  GString *even = g_string_new (text);

  for (gsize i = 0; i < G_N_ELEMENTS (phrases); i++)
    g_string_replace (even, phrases[i][0], phrases[i][1], 0);

  return g_string_free (even, FALSE);
}

/* Words without their endings, or single Han letters: little enough for two ways to say it. */
static GHashTable *
collect (const BaleenDraft *draft)
{
  GHashTable *set = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autofree char *text = even_out (draft->text);

  if (draft->is_chinese)
    {
      g_autofree char *rest = g_regex_replace_literal (baleen_pattern_get (&han_fillers), text,
                                                       -1, 0, "", 0, NULL);

      for (const char *p = rest; *p != '\0'; p = g_utf8_next_char (p))
        g_hash_table_add (set, g_strndup (p, g_utf8_next_char (p) - p));
    }
  else
    {
      g_auto (GStrv) words = g_strsplit_set (text, " ,.?!;:\"()/-", -1);

      for (gsize i = 0; words[i] != NULL; i++)
        {
          g_autofree char *word = g_strdup (normalize_word (words[i]));
          gsize length = strlen (word);

          if (length == 0 || baleen_pattern_matches (&empty_words, word))
            continue;
          /* “safely” is “safe”, and that goes on as “saf”. */
          cut_ending (word);
          cut_ending (word);
          g_hash_table_add (set, g_strdup (normalize_word (word)));
        }
    }

  return set;
}

/* Another kind of thing is asked. Where only one of the two says what kind, that is no matter
 * if both have the same words, and enough of them. */
static gboolean
asks_another (const BaleenDraft *one,
              const BaleenDraft *other,
              gboolean           has_same_words)
{
  gboolean is_kind[2] = { FALSE, FALSE }, is_shared = FALSE;

  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      const gboolean asked = baleen_pattern_matches (&kinds[i], one->text);
      const gboolean before = baleen_pattern_matches (&kinds[i], other->text);

      is_kind[0] |= asked;
      is_kind[1] |= before;
      is_shared |= asked && before;
    }

  if (has_same_words && !(is_kind[0] && is_kind[1]))
    return FALSE;
  return (is_kind[0] || is_kind[1]) && !is_shared;
}

/* Letters of the alphabet and digits must agree: 5 miles are not 10, Java is not Python. */
static gboolean
has_other_names (const BaleenDraft *one,
                 const BaleenDraft *other)
{
  static BaleenPattern names = BALEEN_PATTERN ("\\d+");
  static BaleenPattern latin = BALEEN_PATTERN ("[a-z]{2,}");
  BaleenPattern *patterns[] = { &names, one->is_chinese ? &latin : &names };

  for (gsize i = 0; i < G_N_ELEMENTS (patterns); i++)
    {
      g_autoptr (GMatchInfo) info = NULL;

      g_regex_match (baleen_pattern_get (patterns[i]), one->text, 0, &info);
      for (; g_match_info_matches (info); g_match_info_next (info, NULL))
        {
          g_autofree char *name = g_match_info_fetch (info, 0);

          if (strstr (other->text, name) == NULL)
            return TRUE;
        }
    }

  return FALSE;
}

gboolean
baleen_coach_is_repeat (const BaleenDraft *draft,
                        const char        *earlier)
{
  g_autoptr (BaleenDraft) before = baleen_draft_new (earlier);
  g_autoptr (GHashTable) now = NULL, then = NULL;
  GHashTableIter iter;
  gpointer word;
  guint n_shared = 0, n_all, n_least;

  if (*before->text == '\0' || *draft->text == '\0' || before->is_chinese != draft->is_chinese)
    return FALSE;
  if (g_str_equal (before->text, draft->text))
    return TRUE;
  if (has_other_names (draft, before) || has_other_names (before, draft))
    return FALSE;

  now = collect (draft);
  then = collect (before);
  g_hash_table_iter_init (&iter, now);
  while (g_hash_table_iter_next (&iter, &word, NULL))
    n_shared += g_hash_table_contains (then, word);
  n_all = g_hash_table_size (now) + g_hash_table_size (then) - n_shared;
  if (asks_another (draft, before, n_shared == n_all && n_shared >= ENOUGH_WORDS))
    return FALSE;

  /* What one side has and the other replaces is a different question more often than not. */
  n_least = MIN (g_hash_table_size (now), g_hash_table_size (then));
  if (n_shared < g_hash_table_size (now) && n_shared < g_hash_table_size (then))
    return n_shared >= n_all * 0.7
           || (draft->is_chinese && n_shared >= 4 && n_shared >= n_least * 0.8);

  return n_shared > 0 && (n_shared >= n_all * 0.6 || (draft->is_chinese && n_shared >= 4));
}
