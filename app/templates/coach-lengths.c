#include "coach-rules.h"

#include <string.h>

/* Nobody writes so few words on pages. */
#define FEW_WORDS 30
#define MUCH_MORE 10
/* And nobody so many in a sentence. */
#define MOST_IN_SENTENCE 90

/* How many words one of a unit is, about. */
static const struct
{
  const char *unit;
  double words;
} units[] = {
  { "word", 1 }, { "字", 1 }, { "词", 1 }, { "line", 10 }, { "行", 20 }, { "sentence", 18 }, { "句",
                      25 },
  { "paragraph", 100 }, { "段", 150 }, { "page", 400 }, { "页", 500 },
};

static BaleenPattern length
    = BALEEN_PATTERN ("(\\b(?:this|the|my|these|that|of|his|her|our|between|from) (?=\\d|"
                      "\\w+ \\w+ ?words?))?"
                      "(\\b(?:in|within|under|at most|no more than|not more than|less than|"
                      "fewer than|max(?:imum)?(?: of)?|up to|only|limited to|below|"
                      "using(?: only)?|just|exactly)(?: about| exactly| only| just)? )?"
                      "(\\b(?:at least|minimum(?: of)?|more than|over|no less than|"
                      "no fewer than) )?"
                      "(\\d[\\d,]*|\\b(?:an?|one|two|three|four|five|six|ten|twenty|fifty|"
                      "hundred)\\b)[- ]?(single )?(word|sentence|paragraph|page|line)s?\\b( long|"
                      " or less| max(?:imum)?| at most| minimum)?");
static BaleenPattern chinese_length
    = BALEEN_PATTERN ("((?:这|那|把|将|原文|上面)[^，。]{0,6}?)?(不超过|不到|最多|不多于|少于|只用|只能用|仅用|限|控制在|正好|恰好|刚好|"
                      "用)?(至少|不少于|不低于|超过|多于)?"
                      "(\\d+|[一二两三四五六七八九十百千万]+)(多|来|余)?(?:个)?(字|词|句|段|页|行)"
                      "(?!上限|下限|限制)(以内|之内|以下|内|以上)?");
static BaleenPattern shortens
    = BALEEN_PATTERN ("summari[sz]e|condense|shorten|\\bcut\\b|reduce|trim|compress|"
                      "abstract|boil down|rewrite|turn |split|between|概括|总结|缩写|缩短|压缩|精简|归纳|"
                      "缩减|改写|浓缩|扩写|扩展");

/* Two texts, one after the other, have each their own length. */
static BaleenPattern sequence
    = BALEEN_PATTERN ("\\bthen\\b|followed by|after that|afterwards|below (?:it|that)|"
                      "\\b(?:second|longer|shorter|long|full) version|plus (?:an?|one)\\b|"
                      "先[^。]*(?:再|然后|接着|之后)|另(?:外)?(?:写|给|附)|(?:短|长|完整)版");
static BaleenPattern each = BALEEN_PATTERN ("\\b(?:each|per|every|title|headline|intro\\w*)\\b|每|"
                        "各|标题|其中");
/* A speech of ten minutes in a minute. */
static BaleenPattern english_time
    = BALEEN_PATTERN ("\\b(\\d+|one|two|three|four|five|six|ten|twenty)[- ](minute|second|"
                      "hour)s?[- ](?:long )?(?:speech|talk|presentation|toast|script|video|"
                      "monologue|lecture|pitch|workout|podcast|lesson)\\b.*\\b(?:no longer than|"
                      "shorter than|at most|under|within|in|less than|"
                      "no more than|max(?:imum)?(?: of)?|only) (\\d+|one|two|three|four|five|six|"
                      "ten|twenty) (minute|second|hour)s?\\b");
static BaleenPattern chinese_time
    = BALEEN_PATTERN ("(\\d+|[一二两三四五六十])(?:个)?(分钟|秒|小时)的?(?:演讲|讲话|发言|视频|脚本|课|讲座|播客|致辞|"
                      "稿)[^。]*(?:不超过|不能超过|不到|以内|最多|控制在|少于|只有)"
                      "(\\d+|[一二两三四五六十])(?:个)?(分钟|秒|小时)");

static double
read_number (const char *text)
{
  static const char *const words[] = { "a", "an", "one", "一", "two", "二", "两", "three", "三",
                      "four", "四", "five", "五", "six", "六", "ten", "十", "twenty", "fifty",
                      "hundred", "百", "千", "一千", "一万" };
  static const double values[] = { 1, 1, 1, 1, 2, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 10, 10, 20, 50,
                                   100, 100, 1000, 1000, 10000 };
  g_auto (GStrv) pieces = NULL;
  g_autofree char *digits = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (words); i++)
    if (g_ascii_strcasecmp (words[i], text) == 0)
      return values[i];

  pieces = g_strsplit (text, ",", -1);
  digits = g_strjoinv (NULL, pieces);
  return g_ascii_strtod (digits, NULL);
}

static double
get_unit (const char *unit)
{
  for (gsize i = 0; i < G_N_ELEMENTS (units); i++)
    if (g_str_equal (units[i].unit, unit))
      return units[i].words;

  return 0;
}

static gboolean
is_sentence (const char *unit)
{
  return g_str_equal (unit, "sentence") || g_str_equal (unit, "句");
}

static gboolean
has_group (GMatchInfo *info,
           int         group)
{
  int start, end;

  return g_match_info_fetch_pos (info, group, &start, &end) && end > start;
}

static double
get_seconds (const char *number,
             const char *unit)
{
  double scale = g_str_equal (unit, "hour") || g_str_equal (unit, "小时")     ? 3600
                 : g_str_equal (unit, "minute") || g_str_equal (unit, "分钟") ? 60
                                                                              : 1;

  return read_number (number) * scale;
}

static gboolean
times_clash (const BaleenDraft *draft)
{
  g_autoptr (GMatchInfo) info = NULL;
  g_autofree char *size = NULL, *size_unit = NULL, *most = NULL, *most_unit = NULL;

  if (!g_regex_match (baleen_pattern_get (draft->is_chinese ? &chinese_time : &english_time),
                      draft->plain, 0, &info))
    return FALSE;

  size = g_match_info_fetch (info, 1);
  size_unit = g_match_info_fetch (info, 2);
  most = g_match_info_fetch (info, 3);
  most_unit = g_match_info_fetch (info, 4);

  return get_seconds (size, size_unit) >= get_seconds (most, most_unit) * 1.5;
}

gboolean
baleen_coach_names_sequence (const BaleenDraft *draft)
{
  return baleen_pattern_matches (&sequence, draft->plain);
}

/* The least that is asked for, by a bound or by a size (“a 1000-word essay”), and the most. */
gboolean
baleen_coach_lengths_clash (const BaleenDraft *draft)
{
  g_autoptr (GMatchInfo) info = NULL;
  gboolean is_shortening = baleen_pattern_matches (&shortens, draft->plain);
  double least = 0, most = G_MAXDOUBLE, size = G_MAXDOUBLE, bound = 0, largest = 0;
  double held = G_MAXDOUBLE;

  if (baleen_coach_names_sequence (draft))
    return times_clash (draft);

  g_regex_match (baleen_pattern_get (draft->is_chinese ? &chinese_length : &length), draft->plain,
                 0, &info);
  for (; g_match_info_matches (info); g_match_info_next (info, NULL))
    {
      g_autofree char *number = g_match_info_fetch (info, 4);
      g_autofree char *unit = g_match_info_fetch (info, 6);
      g_autofree char *after = g_match_info_fetch (info, 7);
      g_autofree char *before = g_match_info_fetch (info, 1);
      gboolean is_of = g_strcmp0 (before, "of ") == 0;
      double words = read_number (number) * get_unit (unit);
      gboolean is_most = has_group (info, 2)
                         || (after != NULL
                             && (strstr (after, "less") || strstr (after, "most") || strstr
                             (after, "max")
                                 || g_str_equal (after, "以内") || g_str_equal (after, "之内")
                                 || g_str_equal (after, "以下") || g_str_equal (after, "内")));
      gboolean is_least = has_group (info, 3) || g_strcmp0 (after, "以上") == 0
                          || g_strcmp0 (after, " minimum") == 0;

      if (is_least)
        bound = MAX (bound, words);
      if (words <= 0 || (has_group (info, 1) && !is_of))
        continue;
      if (!is_least && !is_shortening && is_sentence (unit))
        held = MIN (held, read_number (number) * MOST_IN_SENTENCE);
      /* “30 words, at least 200”: a size that is no bound is meant too. */
      largest = MAX (largest, words);
      if (!is_least && !is_most && !is_shortening && get_unit (unit) <= 1)
        size = MIN (size, words);
      if (is_of)
        continue;
      if (is_most && !is_least)
        most = MIN (most, words);
      else if (is_least || !is_shortening)
        least = MAX (least, words);
    }

  return (least >= most * 1.5 && least >= 20)
         || (size <= FEW_WORDS && largest >= size * MUCH_MORE
             && !baleen_pattern_matches (&each, draft->plain))
         || (bound >= size * 1.5 && !baleen_pattern_matches (&each, draft->plain))
         || (largest > held && !baleen_pattern_matches (&each, draft->plain))
         || times_clash (draft);
}
