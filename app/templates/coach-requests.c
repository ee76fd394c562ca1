#include "coach-rules.h"

#include <string.h>

#define MAX_REQUESTS 64

static BaleenPattern boundary
    = BALEEN_PATTERN ("[.?!;。？！；\\n]+[\"”」)]*\\s*|,? (?:and )?(?<!i )(?:also|"
                      "besides(?: that)?|by the way|oh,? and|plus|then)\\b,?\\s*|"
                      ", (?:and )?(?=(?:write|tell|explain|suggest|give|what|how|why|which|"
                      "outline|propose|advise|"
                      "think of|come up with|teach|solve|count|compute|correct|improve|review|"
                      "proofread|define|invent|"
                      "generate|brainstorm|pick|choose|rank|"
                      "who|when|do|does|did|has|have|will|recommend|translate|compare|make|find|"
                      "where|is|can|should|draft|"
                      "list|plan|create|calculate|summari[sz]e|help|show|describe|name|fix|"
                      "check|convert|design|prepare|could|do|are|please|i|"
                      "my \\w+ \\w+)\\b)|,? and (?=(?:write|tell|explain|suggest|give|what|"
                      "how|why|which|who|recommend|translate|compare|can|should|draft|"
                      "where|when|do|does|did|is|could|please|my|i|plan|find|help) )|，?(?:另外|还有|"
                      "对了|顺便|此外|再(?=帮|"
                      "给|列|写|解释|推荐|说|翻译|讲)|然后|最后)[，,：]?|，(?=(?:安排|把|排|起|拟|查|教|给|来个|来一|来份|算|说出|怎么|"
                      "如何|为什么|"
                      "帮我|给我|写|推荐|解释|翻译|我该|讲|能不能|比较|列|什么)|[^，。？]{2,10}(?:怎么|咋|吗|为什么|多少|是什么|"
                      "什么|啥|几[点号月天个岁次]|谁|哪))");
/* Words that add one more thing. What follows them is a request, however it is put. */
#define ADDED "+"
static BaleenPattern additive
    = BALEEN_PATTERN ("(?:[.?!;,] *|\\n+|^)(?:and |oh,? |ok,? )*(?:in addition|furthermore|"
                      "moreover|additionally|separately|besides that|also|plus|oh,? and|"
                      "one more thing|another thing|last but not least|lastly|finally|"
                      "(?:and )?then|number (?:one|two|three|four|five)|"
                      "first(?:ly)?(?: of all)?|second(?:ly)?|third(?:ly)?|fourth(?:ly)?|"
                      "fifth(?:ly)?)(?: is)?\\b[,:]? *|"
                      "[ ，。；]?(?<![\\d.])[1-9][.)）、](?!\\d)|(?:[，。；！？、]|^)(?:另外|此外|还有|再(?!说|次|见|"
                      "加|过|也|用|把|放|煮|炒)|顺便|对了|最后|其次|然后|"
                      "第?[一二三四五](?:是|，|、|来)|以及)[，：]?|"
                      "，(?=我(?:妈|爸|弟|哥|姐|妹|老婆|老公|老板|孩子|儿子|女儿|同事|朋友|想|要|需要))");
/* One long sentence that wants many things: each part of it is a request. */
static BaleenPattern wants_list
    = BALEEN_PATTERN ("^(?:i (?:want|need|would like)|i'd like|need|give me|help (?:me )?with|"
                      "can i (?:get|have))\\b[^.?!]*,[^.?!]*,[^.?!]*,|"
                      "^(?:\\w+ ){0,4}(?:a bunch of|several|a few|many|lots of) (?:things|stuff|"
                      "questions|\\w+ things)|"
                      "^[^，。：]{0,6}(?:一堆|几件|几个|好几|好多|很多|一些)[^，。：]{0,4}(?:事|问题|东西)");
static BaleenPattern in_list = BALEEN_PATTERN ("\\n+|[,;、，；：]\\s*(?:and )?|\\.{2,}\\s*|…+\\s*|"
                        "[.?!。？！]\\s*|: ");
static BaleenPattern english_request
    = BALEEN_PATTERN ("\\b(?:what|how|why|when|where|who|which|whether)\\b|^(?:please |"
                      "could you |can you |and |also |so |oh |but |first |then |lastly |"
                      "finally |maybe )*(?:write|tell|explain|give|list|translate|"
                      "summari[sz]e|recommend|suggest|help|find|calculate|plan|create|outline|"
                      "propose|advise|think of|"
                      "come up with|teach|solve|count|compute|correct|improve|review|check|"
                      "define|invent|generate|prepare|"
                      "brainstorm|pick|choose|rank|convert|design|name|"
                      "compare|fix|show|draft|make|describe|do|does|is|are|can|could|"
                      "should|will|would|did)\\b|\\bi (?:need|want|also need|also want|"
                      "wonder|would like|have|don't know|also wonder)\\b|\\bi'm (?:trying|"
                      "looking|searching|planning|thinking|wondering)\\b|\\b(?:has|"
                      "have) to\\b|^(?:so |and |also |"
                      "but )?my \\w+(?: \\w+){0,3} (?:hurts?|is|are|has|have|makes?|keeps?|"
                      "won't|wants?|needs?|smells?|looks?)\\b|\\b(?:won't|doesn't|shows|"
                      "is slow|keeps)\\b");
static BaleenPattern chinese_request
    = BALEEN_PATTERN ("吗|呢|啥|咋|几[号月天个岁次]|怎么|怎样|如何|什么|为什么|谁|哪|多少|几点|帮我|给我|请|写|翻译|推荐|介绍|解释|列|计算|策划|"
                      "要不要|比较|"
                      "讲讲|我想|我要|要[一二三四五六七八九十几\\d]+|打不开|脱机|很慢|想要|想知道|来个|来一|来份|说出|说说|列出|^先?算|"
                      "请教|问一下|不会做|打不着|不动了|坏了|安排|算一?下|说明|把[^，。]{1,12}(?:翻|译|换|改|变|转)|排个|排一|多久|多大|"
                      "多高|多远|多长|叫什么|干嘛|干什么|求|拟|要讲|起个|起名|取名|给[^，。]{1,8}(?:写|做|起|取|想|"
                      "挑)|不知道|合法|比较好|" "有[^，。]{1,4}声");
/* How the answer shall look is part of a request, not one of its own. */
static BaleenPattern manner
    = BALEEN_PATTERN ("^(?:please )?(?:use|keep|limit|avoid|include|don't|do not|make sure|"
                      "answer|respond|reply|format|be|no|only|at most|in a|in at|with|"
                      "without|for each|each|end|begin|start with|mark|say|mention|add|"
                      "state|leave|first|two|three|one(?! (?:last|more) thing))\\b|^(?:用|"
                      "不要|不超过|最多|每|其中|语气|包括|注明|按|分|以|控制|字数|格式|要求|附|并|说明|不放|适合|答案)");
static BaleenPattern anaphora
    = BALEEN_PATTERN ("\\b(?:it|its|they|them|their|this|these|those|he|she)\\b|它|这|那|其|上述|"
                      "(?<!耳)(?<!吉)(?<!其)(?<!维)他|她|二者|两者|各");
static BaleenPattern listed
    = BALEEN_PATTERN ("(?:^|\\n)#{1,6} |(?:^|\\n)\\s*(?:\\d+[.)、．]|"
                      "[-*•])\\s*\\S+[^\\n]*\\n\\s*(?:\\d+[.)、．]|[-*•])");
static BaleenPattern stop_words
    = BALEEN_PATTERN ("^(?:what|how|why|when|where|who|which|whether|write|tell|explain|"
                      "give|list|make|help|find|with|from|have|that|this|want|need|your|"
                      "about|some|also|please|would|could|should|does|best|good|does|know|"
                      "like|them|they|there|into|then|than|will|just|more|most|much|many|"
                      "very|really|thing|things|another|first|lastly|trying|wonder|wants|"
                      "needs|looking|first|time|last|good|the|and|for|can|how|who|why|are|was|"
                      "you|our|its|has|"
                      "had|did|not|any|all|one|two|get|got|use|but|way|out|off|too|also|may|his|"
                      "her|let|put|"
                      "say|see|try|yes|now|new|old|day)$");

/* What stands between requests and says nothing by itself. */
static BaleenPattern joint
    = BALEEN_PATTERN ("\\b(?:and|also|besides|that|by the way|oh|plus|then)\\b|另外|还有|对了|顺便|此外|再|"
                      "然后|最后");
static BaleenPattern question_mark = BALEEN_PATTERN ("[?？]");
static BaleenPattern sentence_end = BALEEN_PATTERN ("[.?!:。？！：]$");

static gboolean
is_request (const char *piece,
            gboolean    is_chinese)
{
  return baleen_pattern_matches (is_chinese ? &chinese_request : &english_request, piece)
         && !baleen_pattern_matches (&manner, piece);
}

/* At the ends of sentences and before words that add; those leave a sign. */
static GStrv
split (const BaleenDraft *draft,
       gboolean          *is_list)
{
  g_autofree char *marked = g_regex_replace_literal (baleen_pattern_get (&additive), draft->text,
                                                     -1, 0, "\n" ADDED, 0, NULL);

  *is_list = baleen_pattern_matches (&wants_list, draft->plain);

  return g_regex_split (baleen_pattern_get (*is_list ? &in_list : &boundary), marked, 0);
}

/* The words or pairs of Han letters that carry a subject. */
static GHashTable *
collect_subjects (const char *text,
                  gboolean    is_chinese)
{
  GHashTable *subjects = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  if (is_chinese)
    {
      static BaleenPattern particles
    = BALEEN_PATTERN ("[的了吗呢怎么什为请帮我给一个写是在有和要你能不可以想知道如何还另外再说下]|\\P{Han}+");
      g_autofree char *rest
          = g_regex_replace_literal (baleen_pattern_get (&particles), text, -1, 0, "|", 0, NULL);

      for (const char *p = rest; *p != '\0'; p = g_utf8_next_char (p))
        {
          const char *next = g_utf8_next_char (p);

          if (*p != '|' && *next != '|' && *next != '\0')
            g_hash_table_add (subjects, g_strndup (p, g_utf8_next_char (next) - p));
        }
      /* “天为什么是蓝的” */
      for (const char *p = rest; *p != '\0' && g_hash_table_size (subjects) == 0;
           p = g_utf8_next_char (p))
        if (*p != '|')
          g_hash_table_add (subjects, g_strndup (p, g_utf8_next_char (p) - p));
    }
  else
    {
      g_auto (GStrv) words = g_strsplit_set (text, " ,.?!;:\"()/", -1);

      for (gsize i = 0; words[i] != NULL; i++)
        if (strlen (words[i]) > 2 && !baleen_pattern_matches (&stop_words, words[i]))
          g_hash_table_add (subjects, g_strndup (words[i], MIN (strlen (words[i]), 5)));
    }

  return subjects;
}

/* Whether one of them was seen; all are seen from now on. */
static gboolean
shares_subject (GHashTable *seen,
                GHashTable *subjects)
{
  gboolean is_shared = FALSE;
  GHashTableIter iter;
  gpointer subject;

  g_hash_table_iter_init (&iter, subjects);
  while (g_hash_table_iter_next (&iter, &subject, NULL))
    is_shared |= !g_hash_table_add (seen, g_strdup (subject));

  return is_shared;
}

/* The piece as it was typed, with its question mark; as it is where words in it were mended. */
static char *
find_typed (const BaleenDraft *draft,
            const char        *piece)
{
  g_autofree char *lower = g_utf8_strdown (draft->typed, -1);
  const gsize length = strlen (draft->typed);
  const char *text = strlen (draft->text) == length ? draft->text : lower;
  const char *place = strlen (text) == length ? strstr (text, piece) : NULL;
  gsize start, end;

  if (place == NULL)
    return g_strdup (piece);
  start = place - text;
  end = start + strlen (piece);
  if (g_str_has_prefix (draft->typed + end, "?"))
    end += 1;
  else if (g_str_has_prefix (draft->typed + end, "？"))
    end += strlen ("？");

  return g_strndup (draft->typed + start, end - start);
}

GPtrArray *
baleen_coach_split_requests (const BaleenDraft *draft,
                             guint             *n_all)
{
  GPtrArray *requests = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_auto (GStrv) pieces = NULL;
  gboolean is_list;

  *n_all = 0;
  if (baleen_pattern_matches (&listed, draft->original))
    return requests;

  pieces = split (draft, &is_list);
  for (gsize i = 0; pieces[i] != NULL && requests->len < MAX_REQUESTS; i++)
    {
      const gboolean is_added = g_str_has_prefix (g_strstrip (pieces[i]), ADDED);
      const char *piece = pieces[i] + (is_added ? strlen (ADDED) : 0);
      g_autoptr (GHashTable) subjects = collect_subjects (piece, draft->is_chinese);
      gboolean is_asked = is_list || is_request (piece, draft->is_chinese)
                          || (is_added && !baleen_pattern_matches (&manner, piece));
      gboolean is_shared = shares_subject (seen, subjects);

      *n_all += is_asked;
      if (is_asked && !is_shared && g_hash_table_size (subjects) > 0
          && (is_list || requests->len == 0 || !baleen_pattern_matches (&anaphora, piece)))
        g_ptr_array_add (requests, find_typed (draft, piece));
    }

  return requests;
}

/* ---- Points --------------------------------------------------------------------------- */

/* Whether all of the draft but the words between requests is in the points. */
static gboolean
hold_all_words (GPtrArray         *points,
                const BaleenDraft *draft)
{
  static BaleenPattern word = BALEEN_PATTERN ("(?=\\p{L})\\p{Han}|"
                                              "(?:(?!\\p{Han})[\\p{L}\\p{N}])+|[?？]");
  g_autofree char *without
      = g_regex_replace_literal (baleen_pattern_get (&additive), draft->original, -1, 0, " \n ", 0,
                                 NULL);
  g_autofree char *rest = NULL, *all = NULL;
  g_autoptr (GString) joined = g_string_new (NULL);
  g_autoptr (GMatchInfo) match = NULL;

  for (guint i = 0; i < points->len; i++)
    g_string_append_printf (joined, "%s\n", (char *) points->pdata[i]);
  if (baleen_pattern_count (&question_mark, joined->str)
      < baleen_pattern_count (&question_mark, draft->original))
    return FALSE;

  all = g_utf8_strdown (joined->str, -1);
  rest = g_regex_replace_literal (baleen_pattern_get (&joint), without, -1, 0, " ", 0, NULL);
  g_regex_match (baleen_pattern_get (&word), rest, 0, &match);
  for (; g_match_info_matches (match); g_match_info_next (match, NULL))
    {
      g_autofree char *found = g_match_info_fetch (match, 0);
      g_autofree char *lower = g_utf8_strdown (found, -1);

      if (strstr (all, lower) == NULL)
        return FALSE;
    }

  return TRUE;
}

static void
join_piece (GString    *point,
            const char *piece,
            gboolean    is_chinese)
{
  if (point->len > 0 && !baleen_pattern_matches (&sentence_end, point->str))
    g_string_append (point, is_chinese ? "，" : ",");
  if (point->len > 0 && !is_chinese)
    g_string_append_c (point, ' ');
  g_string_append (point, piece);
}

GPtrArray *
baleen_coach_list_points (const BaleenDraft *draft)
{
  g_autoptr (GPtrArray) points = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GString) point = g_string_new (NULL);
  g_auto (GStrv) pieces = NULL;
  gboolean is_list, has_request = FALSE;

  pieces = split (draft, &is_list);
  for (gsize i = 0; pieces[i] != NULL && points->len < MAX_REQUESTS; i++)
    {
      const gboolean is_added = g_str_has_prefix (g_strstrip (pieces[i]), ADDED);
      const char *piece = g_strstrip (pieces[i] + (is_added ? strlen (ADDED) : 0));
      const gboolean is_new = (is_list || is_added || is_request (piece, draft->is_chinese))
                              && (is_added || !baleen_pattern_matches (&anaphora, piece))
                              && !baleen_pattern_matches (&manner, piece);
      g_autofree char *typed = NULL;

      if (*piece == '\0')
        continue;
      typed = find_typed (draft, piece);
      if (is_new && has_request)
        {
          g_ptr_array_add (points, g_strdup (point->str));
          g_string_truncate (point, 0);
          has_request = FALSE;
        }
      join_piece (point, typed, draft->is_chinese);
      has_request |= is_new;
    }
  if (point->len > 0)
    g_ptr_array_add (points, g_strdup (point->str));

  return points->len > 1 && hold_all_words (points, draft) ? g_steal_pointer (&points) : NULL;
}
