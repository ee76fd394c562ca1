/* Amounts of one thing that cannot all hold, whatever the thing is: each number is read with its
 * unit and with what is said of it (exactly, at most, at least, in all), and compared with the
 * others of the same unit. */
#include "coach-rules.h"
#include "word-list.h"

#include <string.h>

/* Whoever writes more than that tells of numbers rather than asking for them. */
#define MOST_LETTERS 500
#define MOST_AMOUNTS 12
#define BRIEF_WORDS 1000
#define LONG_LIST 8

typedef enum
{
  BOUND_NONE,
  BOUND_EXACT,
  BOUND_MOST,
  BOUND_LEAST,
  BOUND_TOTAL,
} Bound;

typedef struct
{
  double value;
  Bound bound;
  char *unit; /* (owned) */
} Amount;

static const struct
{
  const char *name;
  double value;
} numbers[] = {
  { "a single", 1 }, { "single", 1 }, { "one", 1 }, { "two", 2 }, { "three", 3 }, { "four", 4 },
  { "five", 5 }, { "six", 6 }, { "seven", 7 }, { "eight", 8 }, { "nine", 9 }, { "ten", 10 },
  { "eleven", 11 }, { "twelve", 12 }, { "fifteen", 15 }, { "twenty", 20 }, { "thirty", 30 },
  { "forty", 40 }, { "fifty", 50 }, { "sixty", 60 }, { "hundred", 100 }, { "a hundred", 100 },
  { "two hundred", 200 }, { "three hundred", 300 }, { "five hundred", 500 },
  { "thousand", 1000 }, { "a thousand", 1000 }, { "two thousand", 2000 }, { "half", 0.5 },
  { "half an", 0.5 }, { "half a", 0.5 }, { "an", 1 }, { "a", 1 },
};
/* How long a unit of time is in minutes. */
static const struct
{
  const char *name;
  double minutes;
} spans[] = {
  { "second", 1 / 60.0 }, { "minute", 1 }, { "hour", 60 }, { "day", 1440 }, { "night", 1440 },
  { "week", 10080 }, { "month", 43200 }, { "year", 525600 }, { "秒", 1 / 60.0 }, { "分钟", 1 },
  { "小时", 60 }, { "天", 1440 }, { "日", 1440 }, { "周", 10080 }, { "星期", 10080 }, { "月", 43200 },
  { "年", 525600 },
};

#define EN_NUMBER \
  "(\\d[\\d,]*|(?:two |three |five |a )?(?:hundred|thousand)|(?:a )?single|half(?: an?)?|one|two|" \
  "three|" \
  "four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty|forty|fifty|sixty|" \
  "(?<=not )an?|(?<=than )an?)"
static BaleenPattern english
    = BALEEN_PATTERN ("(?:\\b(?<most>at most|no more than|not more than|no longer than|not "
                      "longer than|at the "
                      "most|under|below|less than|fewer than|not even|within|in under|up to|"
                      "max(?:imum)?(?: of)?|"
                      "must not exceed|may not exceed|not exceed(?:ing)?|without exceeding|only|"
                      "just|limited to|"
                      "a limit of)|"
                      "(?<least>at least|no less than|not less than|no fewer than|not fewer than|"
                      "not under|"
                      "minimum(?: of)?|more than|over|longer than|not shorter than|no shorter "
                      "than|upwards of|"
                      "a full|a good)|"
                      "(?<exact>exactly|precisely|must be|has to be|have to be|should be)|"
                      "(?<total>fills?|filling|covering|that has|with(?= \\w+ (?:minutes|hours|"
                      "days) of)|lasts?(?: for)?|lasting|takes?|taking|in total|altogether|all in "
                      "all|make (?:it|them|"
                      "that)|spread over|spans|spanning))?(?: about| around| exactly| a total "
                      "of)? ?"
                      "\\b" EN_NUMBER "[- ](?|((?:word|line|sentence|page|paragraph|chapter|"
                                      "stanza|verse|minute|hour|day|week|"
                      "month|year|second|slide)s?)\\b|(?:[a-z']+[- ])?([a-z]{3,}))(?<after> or "
                      "less| "
                                      "max(?:imum)?\\b| at most| "
                      "tops| or fewer)?(?<more> or more| minimum\\b| at least| long minimum| and "
                      "up)?"
                      "(?<all> are coming| will come| attend| are invited| show up| in total| "
                      "altogether| in all| overall| long| total)?");
#define ZH_NUMBER "(\\d+|[一二两三四五六七八九十百千万半]+)"
static BaleenPattern chinese
    = BALEEN_PATTERN ("(?:(?<most>不超过|不能超过|不得超过|不要超过|最多|至多|不多于|不能多于|不到|少于|控制在|限|只(?:能|许|准|用|"
                      "要|写|说|给|列|有)?|仅|以内)|(?<least>至少|不少于|不能少于|不得少于|不低于|起码|超过|多于|不短于|最少)|"
                      "(?<exact>正好|刚好|恰好|必须是|必须|整整)|(?<total>一共|总共|共|全程|持续|长达|为期|凑够|写满|写够|"
                      "玩满|要讲|要玩|凑齐|凑满|到场|来了|会来))?(?:是|要|有|写|玩|讲|说|列|给|出|举|为)?" ZH_NUMBER
                      "(?:多|来|余)?(?:个)?(字|词|句|段|页|行|章|节|天|日|周|月|年|小时|分钟|秒|点|条|种|步|首|本|道|句话|位|"
                      "件|项|名|例|次|问|题|杯|章节|部分|理由|例子|问题|步骤|建议|标题|段落|句子|单词|景点|菜|国家|要点|人|个)"
                      "(?<after>以内|之内|以下|内|封顶)?(?<more>以上|起步|打底|起)?");
/* One of them, for each, of the first and of the second: then the numbers are not of one thing. */
static BaleenPattern parted
    = BALEEN_PATTERN ("\\b(?:each|per|every|then|first|second|another|other|plus|from|between|or|"
                      "of (?:them|which|these|"
                      "those)|if|title|headline|subject line|instead|shorten|cut|reduce|split|"
                      "older|old|aged?|ago|"
                      "apart|compare\\w*|difference|convert|how (?:many|much|long)|respectively|"
                      "including|with one|"
                      "original|followed by|for one|the last|the next|after|before|until|by|"
                      "times|a day|a week|"
                      "an hour|a month|a year)\\b|"
                      "每|各|其中|然后|再|先|从|或|之间|分别|标题|缩|压|精简|扩|相差|比较|折合|等于|多少|另|岁|前|后|"
                      "第[一二三四五六七八九十\\d]|原文|中间|包括|里面|一杯|一半|剩|还有|隔|轮|组|加上");
/* So many of so many: “five chapters of 300 words each”. */
static BaleenPattern english_product
    = BALEEN_PATTERN ("\\b" EN_NUMBER "[- ](?:[a-z]+ )?(?:chapter|paragraph|section|stanza|verse|"
                                      "part|point|page|scene|act|"
                      "item|tip|answer)s?\\b[^.;]{0,30}?(?:(?:each|every|per) (?:[a-z]+ ){0,4}?|"
                      "of (?:at least )?)" EN_NUMBER
                      "[- ](word|sentence|line|page)s?");
static BaleenPattern chinese_product
    = BALEEN_PATTERN (ZH_NUMBER "(?:个)?(?:章|段|节|部分|点|条|幕|页|回|篇|要点|小节)[^。]{0,6}?每(?:一)?(?:个)?(?:章|"
                                "段|节|"
                      "部分|点|条|幕|页|回|篇|要点|小节)(?:要|写|都)*(?:至少|不少于)?" ZH_NUMBER "(?:多|来)?(?:个)?(字|句|"
                                                                             "行|页)");

static double
read_chinese (const char *text)
{
  static const char digits[] = "一二三四五六七八九";
  double all = 0, last = 0;

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      g_autofree char *letter = g_strndup (p, g_utf8_next_char (p) - p);
      const char *place = strstr (digits, letter);
      double scale = g_str_equal (letter, "十")   ? 10
                     : g_str_equal (letter, "百") ? 100
                     : g_str_equal (letter, "千") ? 1000
                     : g_str_equal (letter, "万") ? 10000
                                                  : 0;

      if (place != NULL)
        last = (place - digits) / 3 + 1;
      else if (g_str_equal (letter, "两"))
        last = 2;
      else if (g_str_equal (letter, "半"))
        last = 0.5;
      else if (scale > 0)
        {
          /* “一百万” is a hundred times ten thousand. */
          if (last == 0 && all > 0)
            all *= scale;
          else
            all += MAX (last, 1) * scale;
          last = 0;
        }
    }

  return all + last;
}

static double
read_number (const char *text)
{
  g_auto (GStrv) pieces = NULL;
  g_autofree char *digits = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (numbers); i++)
    if (g_str_equal (numbers[i].name, text))
      return numbers[i].value;
  if (!g_ascii_isdigit (*text))
    return read_chinese (text);

  pieces = g_strsplit (text, ",", -1);
  digits = g_strjoinv (NULL, pieces);
  return g_ascii_strtod (digits, NULL);
}

/* “sentences” and “sentence” are one unit. */
static char *
make_unit (const char *word)
{
  static const char *const people[]
      = { "guests", "people", "persons", "visitors", "participants", "friends", "人", "位", "名" };
  gsize length = strlen (word);

  if (g_str_equal (word, "句话") || g_str_equal (word, "句子"))
    return g_strdup ("句");
  if (g_str_equal (word, "段落"))
    return g_strdup ("段");
  if (BALEEN_IS_LISTED (people, word))
    return g_strdup ("people");

  if (length > 3 && word[length - 1] == 's' && word[length - 2] != 's')
    length--;

  return g_strndup (word, length);
}

static gboolean
has_group (GMatchInfo *info,
           const char *name)
{
  int start, end;

  return g_match_info_fetch_named_pos (info, name, &start, &end) && end > start;
}

static Bound
find_bound (GMatchInfo *info,
            gboolean    is_chinese)
{
  if (has_group (info, "more") || has_group (info, "least"))
    return BOUND_LEAST;
  if (has_group (info, "after") || has_group (info, "most"))
    return BOUND_MOST;
  if (has_group (info, "exact"))
    return BOUND_EXACT;
  if (has_group (info, "total") || (!is_chinese && has_group (info, "all")))
    return BOUND_TOTAL;

  return BOUND_NONE;
}

static double
get_span (const char *unit)
{
  for (gsize i = 0; i < G_N_ELEMENTS (spans); i++)
    if (g_str_equal (spans[i].name, unit))
      return spans[i].minutes;

  return 0;
}

static void
clear_amount (gpointer data)
{
  g_free (((Amount *) data)->unit);
}

static void
add_amount (GArray     *amounts,
            double      value,
            Bound       bound,
            const char *word)
{
  Amount amount = { value, bound, make_unit (word) };
  double span = get_span (amount.unit);

  if (span > 0)
    {
      amount.value *= span;
      g_free (amount.unit);
      amount.unit = g_strdup ("time");
    }
  g_array_append_val (amounts, amount);
}

/* A weekend is two days, a day trip one, and nobody calls 2000 words brief. */
static void
add_implied (GArray     *amounts,
             const char *text)
{
  static BaleenPattern weekend
      = BALEEN_PATTERN ("\\bweekend (?:trip|getaway|break|visit|tour|stay|itinerary|plan|"
                        "workshop|course)\\b|"
                        "周末(?:游|之旅|行|行程|两天|两日|短途|旅行|出游)");
  static BaleenPattern day = BALEEN_PATTERN ("\\bday trip\\b|\\bone-day\\b|一日游|一天游|当天来回");

  static BaleenPattern brief
      = BALEEN_PATTERN ("\\b(?:brief|very short|concise|short) (?:\\w+ )?(?:report|text|essay|"
                        "article|answer|summary|"
                        "story|note|letter|speech|review|description|explanation)\\b|"
                        "(?:简短|很短|短小|超短|简洁)的?[^，。]{0,4}(?:报告|文章|作文|故事|总结|介绍|说明|信|发言稿)");
  static BaleenPattern long_list
      = BALEEN_PATTERN ("\\ba (?:very )?long list of (\\w+)|一长串|长长的(?:一串|清单|名单)|一大堆");

  if (baleen_pattern_matches (&weekend, text))
    add_amount (amounts, 2, BOUND_NONE, "day");
  if (baleen_pattern_matches (&day, text))
    add_amount (amounts, 1, BOUND_NONE, "day");
  if (strstr (text, "单页") != NULL || strstr (text, "一页纸") != NULL)
    add_amount (amounts, 1, BOUND_MOST, "页");
  if (baleen_pattern_matches (&brief, text))
    {
      add_amount (amounts, BRIEF_WORDS, BOUND_MOST, "word");
      add_amount (amounts, BRIEF_WORDS, BOUND_MOST, "字");
    }
  if (baleen_pattern_matches (&long_list, text))
    {
      g_autofree char *listed = baleen_pattern_dup_group (&long_list, text, 1);

      add_amount (amounts, LONG_LIST, BOUND_LEAST,
                  listed != NULL && *listed != '\0' ? listed : "个");
    }
}

/* “ten in total”, “一共十个”: of whatever was counted before. */
static void
add_totals (GArray            *amounts,
            const BaleenDraft *draft)
{
  static BaleenPattern total
      = BALEEN_PATTERN ("\\b" EN_NUMBER "(?: of (?:them|those))? (?:in total|altogether|in all|"
                                        "overall)\\b|"
                        "\\b(?:list|name|give me|make it|write|show me) " EN_NUMBER " of (?:them|"
                                                                                    "those)\\b");
  g_autoptr (GMatchInfo) info = NULL;

  if (draft->is_chinese || !g_regex_match (baleen_pattern_get (&total), draft->plain, 0, &info))
    return;
  for (guint i = 0, n = amounts->len; i < n; i++)
    {
      g_autofree char *one = g_match_info_fetch (info, 1);
      g_autofree char *other = g_match_info_fetch (info, 2);
      const Amount *amount = &g_array_index (amounts, Amount, i);

      if (!g_str_equal (amount->unit, "time"))
        add_amount (amounts, read_number (one != NULL && *one != '\0' ? one : other), BOUND_TOTAL,
                    amount->unit);
    }
}

/* “50 words, no less than 120”: the unit is that of the number before. */
static void
add_bare_bounds (GArray            *amounts,
                 const BaleenDraft *draft)
{
  static BaleenPattern bare
      = BALEEN_PATTERN ("(?:(at least|no less than|not less than|no fewer than|minimum|more "
                        "than)|at most|no more "
                        "than|max(?:imum)?|only|not over) " EN_NUMBER "[.! ]*$|"
                        "(?:(至少|不少于|不低于|起码|超过)|最多|不超过|只要|只能)(\\d+)[。！ ]*$");
  g_autoptr (GMatchInfo) info = NULL;
  g_autofree char *number = NULL;
  const Amount *last;
  int group;

  if (amounts->len == 0 || !g_regex_match (baleen_pattern_get (&bare), draft->plain, 0, &info))
    return;
  group = g_match_info_get_match_count (info) - 1;
  number = g_match_info_fetch (info, group);
  last = &g_array_index (amounts, Amount, amounts->len - 1);
  if (!g_str_equal (last->unit, "time"))
    {
      g_autofree char *unit = g_strdup (last->unit);
      int start, end;

      g_match_info_fetch_pos (info, group - 1, &start, &end);
      add_amount (amounts, read_number (number), end > start ? BOUND_LEAST : BOUND_MOST, unit);
    }
}

static GArray *
find_amounts (const BaleenDraft *draft)
{
  GArray *amounts = g_array_new (FALSE, FALSE, sizeof (Amount));
  g_autoptr (GMatchInfo) info = NULL;

  g_array_set_clear_func (amounts, clear_amount);
  add_implied (amounts, draft->plain);
  g_regex_match (baleen_pattern_get (draft->is_chinese ? &chinese : &english), draft->plain, 0,
                 &info);
  for (; g_match_info_matches (info) && amounts->len < MOST_AMOUNTS; g_match_info_next (info, NULL))
    {
      g_autofree char *number = g_match_info_fetch (info, 5);
      g_autofree char *unit = g_match_info_fetch (info, 6);

      add_amount (amounts, read_number (number), find_bound (info, draft->is_chinese), unit);
    }

  add_totals (amounts, draft);
  add_bare_bounds (amounts, draft);

  return amounts;
}

static gboolean
exclude (const Amount *one,
         const Amount *other)
{
  gboolean is_time = g_str_equal (one->unit, "time");
  gboolean is_size = one->bound == BOUND_NONE || one->bound == BOUND_TOTAL;

  if (!g_str_equal (one->unit, other->unit) || one->value <= 0 || other->value <= 0)
    return FALSE;
  if (other->bound == BOUND_LEAST && one->bound != BOUND_LEAST)
    return other->value > one->value * (is_size ? 1.3 : 1);
  if (one->bound == BOUND_MOST && (other->bound == BOUND_NONE || other->bound == BOUND_EXACT))
    return other->value > one->value * (is_time ? 1.5 : 1.3);
  if (one->bound == BOUND_EXACT && other->bound == BOUND_EXACT)
    return one->value != other->value;
  if (other->bound == BOUND_TOTAL && one->bound != BOUND_LEAST && one->bound != BOUND_TOTAL)
    return is_time ? other->value >= one->value * 1.5 || one->value >= other->value * 1.5
                   : other->value != one->value;

  return FALSE;
}

/* Whether several parts of so many words each come to more than all may have. */
static gboolean
is_product_too_large (const BaleenDraft *draft,
                      const GArray      *amounts)
{
  BaleenPattern *pattern = draft->is_chinese ? &chinese_product : &english_product;
  g_autoptr (GMatchInfo) info = NULL;
  g_autofree char *count = NULL, *size = NULL, *word = NULL, *unit = NULL;
  double least;

  if (!g_regex_match (baleen_pattern_get (pattern), draft->plain, 0, &info))
    return FALSE;

  count = g_match_info_fetch (info, 1);
  size = g_match_info_fetch (info, 2);
  word = g_match_info_fetch (info, 3);
  unit = make_unit (word);
  least = read_number (count) * read_number (size);
  for (guint i = 0; i < amounts->len; i++)
    {
      const Amount *amount = &g_array_index (amounts, Amount, i);

      if (g_str_equal (amount->unit, unit) && amount->bound != BOUND_LEAST
          && amount->value * 1.5 < least && amount->value != read_number (size))
        return TRUE;
    }

  return FALSE;
}

gboolean
baleen_coach_amounts_clash (const BaleenDraft *draft)
{
  g_autoptr (GArray) amounts = NULL;

  if (draft->has_material || strlen (draft->plain) > MOST_LETTERS
      || baleen_coach_shares_wishes (draft))
    return FALSE;

  amounts = find_amounts (draft);
  if (is_product_too_large (draft, amounts))
    return TRUE;
  if (amounts->len < 2 || baleen_pattern_matches (&parted, draft->plain))
    return FALSE;
  for (guint i = 0; i < amounts->len; i++)
    for (guint j = 0; j < amounts->len; j++)
      if (i != j
          && exclude (&g_array_index (amounts, Amount, i), &g_array_index (amounts, Amount, j)))
        return TRUE;

  return FALSE;
}
