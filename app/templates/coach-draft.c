#include "coach-rules.h"

#include <string.h>

/* Rules look at what is asked, and that stands at the beginning or at the end. */
#define MAX_HEAD 1600
#define MAX_TAIL 800

static BaleenPattern quoted = BALEEN_PATTERN ("\"[^\"]*\"|“[^”]*”|「[^」]*」|`[^`]*`|《[^》]*》");
static BaleenPattern spaces = BALEEN_PATTERN ("\\s+");
static BaleenPattern material
    = BALEEN_PATTERN ("```|`[^`]{3,}`|\\n\\s*\\S+.*\\n|[:：]\\s*[^:：]{24,}|"
                      "[:：]\\s*\\S*[\\p{Han}][^:：]{7,}"
                      "|\"[^\"]{12,}\"|“[^”]{6,}”|\\w+\\s*\\([^)]*\\)\\s*[:{;=]|;\\s*\\w+\\s*=|"
                      "\\w+ = \\w+"
                      "|\\[file content begin\\]|https?://");

/* What narrows an English request: numbers, names, purposes, limits, a person's own case. */
static BaleenPattern english_detail[] = {
  BALEEN_PATTERN ("\\d+(?:[.,]\\d+)*"),
  BALEEN_PATTERN ("\\b(?:two|three|four|five|six|seven|eight|nine|ten|twelve|twenty)\\b"),
  BALEEN_PATTERN ("\"[^\"]+\"|“[^”]+”|`[^`]+`"),
  BALEEN_PATTERN ("(?<!looking )(?<!searching )\\b(?:for|to|as) (?:an?|my|our|their|the|"
                  "beginners|children|kids|grade|young|adults)\\b"),
  BALEEN_PATTERN ("\\b(?:(?:i am|i'm) (?!looking|trying|searching|thinking|wondering|"
                  "interested)|i teach|i have|i've|i earn|i work|i live|i want to|we are|"
                  "we have|my \\w+ (?:is|are|has|have|sells?))(?!\\w)"),
  BALEEN_PATTERN ("\\b(?:under|within|at most|at least|no more than|without|less than|"
                  "more than|between|using|per|because|so that|who|before|after|if|when|"
                  "only|while|during|since|than|instead|from|into)\\b"),
  BALEEN_PATTERN ("\\b(?:in (?:a|the form of a) (?:table|list)|step by step|each|compare|"
                  "difference|example|explain why|sorted by|including|based on|"
                  "according to)\\b"),
};

static BaleenPattern english_name = BALEEN_PATTERN ("(?-i)(?<=[a-z,'’] )\\p{Lu}[\\p{L}]+");

static BaleenPattern chinese_detail[] = {
  BALEEN_PATTERN ("\\d+(?:[.,]\\d+)*"),
  BALEEN_PATTERN ("[一两二三四五六七八九十百千万]+(?:个|条|点|句|步|种|页|本|首|道|天|周|年|次|人|口|岁|行|段|部|份|分钟|小时)"),
  BALEEN_PATTERN ("[“「《\"'][^”」》\"']+[”」》\"']"),
  BALEEN_PATTERN ("[a-z][a-z0-9+#.]*"),
  BALEEN_PATTERN ("(?:因为|为了|以便|我是|我在|我有|我教|我想|我们的|用于|适合|面向|不超过|以内|以下|以前|至少|最多|每[天周月个条份步]|"
                  "其中|包括|根据|按|例子|对比|比较(?!好|合适|合理|便宜|贵|火|多|大|小|"
                  "快|慢|安静|热门|划算|适合|简单|容易|有效|有名|靠谱)|区别|语气|步骤|之前|原因|给[^我]{1,8}(?:写|讲|解释|做)|"
                  "用[^途户心]{1,10}(?:解释|写|讲|比较))"),
};

GRegex *
baleen_pattern_get (BaleenPattern *pattern)
{
  if (g_once_init_enter (&pattern->regex))
    {
      g_autoptr (GError) error = NULL;
      GRegex *regex = g_regex_new (pattern->source, G_REGEX_CASELESS | G_REGEX_OPTIMIZE, 0, &error);

      if (regex == NULL)
        g_error ("The pattern “%s” is wrong: %s", pattern->source, error->message);
      g_once_init_leave (&pattern->regex, regex);
    }

  return pattern->regex;
}

gboolean
baleen_pattern_matches (BaleenPattern *pattern,
                        const char    *text)
{
  return g_regex_match (baleen_pattern_get (pattern), text, 0, NULL);
}

guint
baleen_pattern_count (BaleenPattern *pattern,
                      const char    *text)
{
  g_autoptr (GMatchInfo) info = NULL;
  guint n = 0;

  g_regex_match (baleen_pattern_get (pattern), text, 0, &info);
  for (; g_match_info_matches (info); g_match_info_next (info, NULL))
    n++;

  return n;
}

char *
baleen_pattern_dup_group (BaleenPattern *pattern,
                          const char    *text,
                          int            group)
{
  g_autoptr (GMatchInfo) info = NULL;

  if (!g_regex_match (baleen_pattern_get (pattern), text, 0, &info))
    return NULL;

  return g_match_info_fetch (info, group);
}

gboolean
baleen_patterns_match (BaleenPattern *patterns,
                       gsize          n,
                       const char    *text)
{
  for (gsize i = 0; i < n; i++)
    if (baleen_pattern_matches (&patterns[i], text))
      return TRUE;

  return FALSE;
}

gboolean
baleen_pattern_is_wanted (BaleenPattern *pattern,
                          const char    *text)
{
  static BaleenPattern denial
      = BALEEN_PATTERN ("(?:\\b(?:(?<!or )no|not|without|avoid|never|don't|instead of|rather than|"
                        "than|nor|isn't|free of)\\b[\\w ,]{0,14}"
                        "|(?:不|别|勿|避免|无需|没有|而不是|禁止)[^，。；,.;]{0,4})$");
  g_autoptr (GMatchInfo) info = NULL;

  g_regex_match (baleen_pattern_get (pattern), text, 0, &info);
  for (; g_match_info_matches (info); g_match_info_next (info, NULL))
    {
      g_autofree char *before = NULL;
      int start;

      g_match_info_fetch_pos (info, 0, &start, NULL);
      before = g_strndup (text, start);
      if (!baleen_pattern_matches (&denial, before))
        return TRUE;
    }

  return FALSE;
}

static char *
replace (BaleenPattern *pattern,
         const char    *text,
         const char    *by)
{
  return g_regex_replace_literal (baleen_pattern_get (pattern), text, -1, 0, by, 0, NULL);
}

/* The beginning and the end of a long draft, cut between characters. */
static char *
take_ends (const char *text)
{
  gsize length = strlen (text);
  const char *head_end, *tail;

  if (length <= MAX_HEAD + MAX_TAIL)
    return g_strdup (text);

  head_end = g_utf8_find_prev_char (text, text + MAX_HEAD);
  tail = g_utf8_find_next_char (text + length - MAX_TAIL, NULL);

  return g_strdup_printf ("%.*s %s", (int) (head_end - text), text, tail);
}

static void
count_letters (BaleenDraft *draft)
{
  gboolean in_word = FALSE;

  for (const char *p = draft->original; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);
      gboolean is_han = c >= 0x2e80 && g_unichar_get_script (c) == G_UNICODE_SCRIPT_HAN;
      gboolean is_letter = !is_han && (g_unichar_isalnum (c) || (in_word && c == '\''));

      draft->n_han += is_han;
      draft->n_words += is_letter && !in_word;
      in_word = is_letter;
    }
  draft->is_chinese = draft->n_han > 0 && draft->n_han * 2 >= draft->n_words;
  draft->n_tokens = draft->n_words * 4 / 3 + draft->n_han * 3 / 4;
}

static double
measure_detail (BaleenDraft *draft,
                const char  *cased)
{
  BaleenPattern *patterns = draft->is_chinese ? chinese_detail : english_detail;
  gsize n = draft->is_chinese ? G_N_ELEMENTS (chinese_detail) : G_N_ELEMENTS (english_detail);
  double detail = draft->is_chinese ? (draft->n_han > 14 ? (draft->n_han - 14) / 7.0 : 0)
                                    : (draft->n_words > 9 ? (draft->n_words - 9) / 3.0 : 0);

  for (gsize i = 0; i < n; i++)
    detail += MIN (baleen_pattern_count (&patterns[i], draft->text), 3u);
  if (!draft->is_chinese)
    detail += MIN (baleen_pattern_count (&english_name, cased), 2u) * 0.75;

  return detail;
}

BaleenDraft *
baleen_draft_new (const char *text)
{
  BaleenDraft *draft = g_new0 (BaleenDraft, 1);
  g_autofree char *valid = g_utf8_make_valid (text, -1);
  g_autofree char *ends = NULL;
  g_autofree char *cased = NULL, *lower = NULL, *unquoted = NULL;
  g_autoptr (GString) straight = NULL;

  draft->original = g_strstrip (g_steal_pointer (&valid));
  count_letters (draft);
  ends = take_ends (draft->original);
  draft->has_material = strlen (draft->original) > MAX_HEAD + MAX_TAIL
                        || baleen_pattern_matches (&material, ends);

  straight = g_string_new (ends);
  g_string_replace (straight, "’", "'", 0);
  cased = replace (&spaces, straight->str, " ");
  lower = g_utf8_strdown (cased, -1);
  draft->typed = g_strdup (cased);
  draft->text = baleen_coach_mend_spelling (lower, draft->is_chinese);
  unquoted = replace (&quoted, draft->text, "\"\"");
  draft->plain = baleen_coach_leave_out_courtesy (unquoted, draft->is_chinese);
  draft->detail = measure_detail (draft, cased);

  return draft;
}

void
baleen_draft_free (BaleenDraft *draft)
{
  if (draft == NULL)
    return;

  g_free (draft->original);
  g_free (draft->text);
  g_free (draft->typed);
  g_free (draft->plain);
  g_free (draft);
}
