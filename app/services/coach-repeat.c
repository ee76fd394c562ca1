#include "coach-rules.h"

#include <string.h>

/* Words that say the same here. */
static const char *const synonyms[][2] = {
  { "delete", "remove" }, { "erase", "remove" }, { "quickly", "fast" }, { "quick", "fast" },
  { "fastest", "fast" },  { "quickest", "fast" }, { "repair", "fix" },  { "solve", "fix" },
  { "resolve", "fix" },   { "buy", "get" },       { "purchase", "get" }, { "begin", "start" },
  { "differ", "difference" }, { "differences", "difference" }, { "compare", "difference" },
  { "meaning", "mean" },  { "definition", "mean" }, { "define", "mean" }, { "cook", "make" },
  { "prepare", "make" },  { "create", "make" },   { "build", "make" },  { "improve", "better" },
  { "boost", "better" },  { "increase", "better" }, { "enhance", "better" }, { "kids", "child" },
  { "children", "child" }, { "kid", "child" },    { "reason", "cause" }, { "reasons", "cause" },
  { "causes", "cause" },  { "rising", "rise" },   { "miles", "mile" },  { "study", "learn" },
};

static BaleenPattern empty_words
    = BALEEN_PATTERN ("^(?:a|an|the|is|are|was|were|be|do|does|did|can|could|would|will|should|i|you|me|we|us|my|your|it|to|of|in|on|at|for|with|by|and|or|from|please|tell|explain|describe|give|show|know|want|like|need|what|what's|whats|how|who|which|there|that|this|best|way|ways|method|steps|tips|about|s|have|has|get|some|any|just|really|again|also|using|when|come|as|into|many|much|convert)$");
static BaleenPattern question_word = BALEEN_PATTERN ("\\b(why|when|where|who|how (?:long|much|many|far|old|often|big)|多久|多少|为什么|什么时候|哪里|谁|几)");
static BaleenPattern han_fillers
    = BALEEN_PATTERN ("请问|请|帮我|帮忙|一下|我想知道|告诉我|怎么样|怎么|怎样|如何|什么|哪里|能不能|可不可以|可以|是不是|多少|吗|呢|的|了|是|有|我|你|用|使|让|在|里|与|和|最|会|一个|一根|把|给|能|啊|吧|想|要|为|\\s|[[:punct:]，。？！、：；“”《》]");

static const char *
normalize_word (const char *word)
{
  for (gsize i = 0; i < G_N_ELEMENTS (synonyms); i++)
    if (g_str_equal (synonyms[i][0], word))
      return synonyms[i][1];

  return word;
}

/* Words without their endings, or single Han letters: little enough for two ways to say it. */
static GHashTable *
collect (const BaleenDraft *draft)
{
  GHashTable *set = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  if (draft->is_chinese)
    {
      g_autofree char *rest = g_regex_replace_literal (baleen_pattern_get (&han_fillers), draft->text,
                                                       -1, 0, "", 0, NULL);

      for (const char *p = rest; *p != '\0'; p = g_utf8_next_char (p))
        g_hash_table_add (set, g_strndup (p, g_utf8_next_char (p) - p));
    }
  else
    {
      g_auto (GStrv) words = g_strsplit_set (draft->text, " ,.?!;:\"()/-", -1);

      for (gsize i = 0; words[i] != NULL; i++)
        {
          g_autofree char *word = g_strdup (normalize_word (words[i]));
          gsize length = strlen (word);

          if (length == 0 || baleen_pattern_matches (&empty_words, word))
            continue;
          if (length > 4 && g_str_has_suffix (word, "s") && word[length - 2] != 's')
            word[--length] = '\0';
          g_hash_table_add (set, g_strdup (normalize_word (word)));
        }
    }

  return set;
}

static gboolean
asks_another (const BaleenDraft *one,
              const BaleenDraft *other)
{
  g_autofree char *asked = baleen_pattern_dup_group (&question_word, one->text, 1);
  g_autofree char *before = baleen_pattern_dup_group (&question_word, other->text, 1);

  return asked != NULL && before != NULL && !g_str_equal (asked, before);
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
  guint n_shared = 0, n_all;

  if (*before->text == '\0' || *draft->text == '\0' || before->is_chinese != draft->is_chinese)
    return FALSE;
  if (g_str_equal (before->text, draft->text))
    return TRUE;
  if (asks_another (draft, before) || has_other_names (draft, before)
      || has_other_names (before, draft))
    return FALSE;

  now = collect (draft);
  then = collect (before);
  g_hash_table_iter_init (&iter, now);
  while (g_hash_table_iter_next (&iter, &word, NULL))
    n_shared += g_hash_table_contains (then, word);
  n_all = g_hash_table_size (now) + g_hash_table_size (then) - n_shared;

  /* What one side has and the other replaces is a different question more often than not. */
  if (n_shared < g_hash_table_size (now) && n_shared < g_hash_table_size (then))
    return n_shared >= n_all * 0.73;

  return n_shared > 0 && n_shared >= n_all * 0.64;
}
