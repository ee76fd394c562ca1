#include "claim-sense.h"

#include "sentence-splitter.h"

#include <string.h>

/* Words are folded, stand between blanks, and end in “*” where any ending will do. Chinese is
 * looked for anywhere. */
typedef const char *const Words[32];

static Words negations
    = { "not",     "no",    "never", "none", "nobody", "nothing", "neither", "nor",
        "without", "cannot", "nowhere", "t",  "不",     "没",      "無",      "无",
        "未",      "勿",    "并非",  "沒",   "莫" };
/* With one of these a sentence may say “not” in other words; nothing is concluded from it. */
static Words hidden_negations
    = { "fail*",  "refus*", "lack*",  "deni*",  "deny*",  "reject*", "prevent*", "forb*",  "prohibit*",
        "unable", "imposs*", "hardly", "except", "avoid*",  "禁止",     "拒绝",   "否认",
        "失败",   "缺",     "取消",   "避免",   "除",      "拒絕",     "否認",   "失敗" };
static Words hedges
    = { "may", "might", "perhaps", "possibl*", "probabl*", "likely", "plan", "plans", "planned",
        "planning", "propos*", "consider", "considered", "considering", "expect*", "hope*",
        "intend*", "alleged*", "rumo*", "predict*", "可能", "也许", "或许", "计划", "打算",
        "预计", "考虑", "希望", "据说" };
static Words conditions = { "if", "unless", "provided", "如果", "若", "假如", "一旦", "除非", "倘若" };

/* Who has one of the first must find one of the second in the text. */
static const struct
{
  Words said, needed;
} amounts[] = {
  { { "all", "every", "everyone", "everybody", "always", "entire*", "whole", "所有", "全部", "一切",
      "总是", "全体", "每" },
    { "all", "every", "everyone", "everybody", "always", "entire*", "whole", "each", "any", "both",
      "所有", "全部", "一切", "总是", "全体", "每", "任何", "都", "全", "各" } },
  { { "most", "mostly", "majority", "大多数", "大部分", "多数" },
    { "most", "mostly", "majority", "大多数", "大部分", "多数", "绝大", "大都" } },
};

static const struct
{
  Words one, other;
} opposites[] = {
  { { "rose", "rise*", "rising", "increas*", "grew", "grow*", "climb*", "higher", "doubl*", "上升",
      "上涨", "增加", "增长", "提高", "涨", "升高", "扩大" },
    { "fell", "fall", "falls", "falling", "decreas*", "declin*", "dropp*", "shrank", "lower*",
      "reduc*", "下降", "下跌", "减少", "降低", "跌", "缩小", "降到" } },
  { { "before", "以前", "之前", "前" }, { "after", "以后", "之后", "后", "後" } },
  { { "more", "over", "above", "exceed*", "atleast", "超过", "多于", "高于", "以上", "至少" },
    { "fewer", "less", "under", "below", "atmost", "不到", "少于", "低于", "以下", "至多", "不足" } },
  { { "fast*", "quick*", "快" }, { "slow*", "慢" } },
  { { "cheap*", "便宜" }, { "expensiv*", "dear*", "贵" } },
  { { "north*", "北" }, { "south*", "南" } },
  { { "east", "eastern", "东", "東" }, { "west", "western", "西" } },
  { { "bought", "buy*", "purchas*", "买", "購", "购" }, { "sold", "sell*", "卖", "售", "賣" } },
  { { "first", "earliest", "第一", "首次", "最早" }, { "last", "latest", "最后", "末", "最晚" } },
  { { "open*", "开放", "开业", "打开" }, { "clos*", "shut*", "关闭", "停业", "关门" } },
  { { "allow*", "permit*", "允许", "准许" }, { "forb*", "prohibit*", "bann*", "禁止", "不准" } },
  { { "accept*", "approv*", "agree*", "接受", "批准", "同意", "赞成" },
    { "reject*", "refus*", "oppos*", "拒绝", "否决", "反对" } },
  { { "won", "win", "wins", "赢", "获胜" }, { "lost", "lose", "loses", "输", "败" } },
  { { "began", "begin*", "start*", "开始" }, { "end", "ended", "ends", "ceas*", "finish*", "结束" } },
  { { "largest", "biggest", "highest", "longest", "最大", "最高", "最长", "最多" },
    { "smallest", "lowest", "shortest", "最小", "最低", "最短", "最少" } },
  { { "early", "earlier", "提前" }, { "late", "later", "推迟", "延后" } },
  { { "summer", "夏" }, { "winter", "冬" } },
  { { "spring", "春" }, { "autumn", "秋" } },
  { { "morning", "上午", "早上", "清晨" }, { "evening", "下午", "晚上", "傍晚" } },
  { { "succeed*", "successful*", "成功" }, { "fail*", "失败" } },
  { { "import*", "进口" }, { "export*", "出口" } },
  { { "arriv*", "到达", "抵达" }, { "depart*", "离开", "出发" } },
  { { "inside", "within", "内" }, { "outside", "外" } },
  { { "left", "左" }, { "right", "右" } },
  { { "public", "公立", "公开" }, { "private", "私立", "秘密" } },
  { { "better", "best", "更好", "最好" }, { "worse", "worst", "更差", "最差" } },
  { { "maximum", "最大值" }, { "minimum", "最小值" } },
  { { "safe", "安全" }, { "danger*", "unsafe", "危险" } },
  { { "legal", "合法" }, { "illegal", "非法" } },
  { { "alive", "survived", "活着", "幸存" }, { "dead", "died", "死" } },
};

/* What looks like one of the words above and is another, or says the reverse. */
static const struct
{
  const char *phrase, *plain;
} phrases[] = {
  { " no later than ", " by " },     { " no more than ", " atmost " },
  { " at most ", " atmost " },       { " no fewer than ", " atleast " },
  { " no less than ", " atleast " }, { " not less than ", " atleast " },
  { " at least ", " atleast " },     { " not only ", " " },
  { " not more than ", " atmost " }, { " no doubt ", " " },
  { "不但", "" },   { "不仅", "" },   { "不过", "" },   { "不久", "" },   { "不同", "" },
  { "不少", "" },   { "不断", "" },   { "不论", "" },   { "不管", "" },   { "不得不", "必须" },
  { "差不多", "" }, { "不禁", "" },   { "无论", "" },   { "沉没", "沉" }, { "淹没", "淹" },
  { "埋没", "埋" }, { "没收", "收" }, { "未来", "将来" }, { "不超过", "至多" }, { "不少于", "至少" },
  { "不低于", "至少" }, { "不幸", "" }, { "前往", "" }, { "后来", "" }, { "前后", "" }, { "目前", "" },
  { "东西", "" },   { "开发商", "" }, { "提前", "提早" },
};

/* Folded, every mark a blank but those that end a clause: “,” within a sentence, “;” after it. */
static char *
simplify (const char *text)
{
  g_autoptr (GString) dated = g_string_new (text);
  g_autofree char *folded = NULL;
  g_autoptr (GString) plain = g_string_new (" ");

  /* The month is no “may”. */
  g_string_replace (dated, " May", " Mai", 0);
  folded = g_utf8_casefold (dated->str, -1);
  for (const char *p = folded; *p != '\0'; p = g_utf8_next_char (p))
    {
      const gunichar letter = g_utf8_get_char (p);

      if (g_utf8_strchr (".!?;。！？；", -1, letter) != NULL && !g_ascii_isdigit (p[1]))
        g_string_append (plain, " ; ");
      else if (g_utf8_strchr (",:，：、—", -1, letter) != NULL && !g_ascii_isdigit (p[1]))
        g_string_append (plain, " , ");
      else if (g_unichar_isalnum (letter) || letter == '.' || letter == ',')
        g_string_append_unichar (plain, letter);
      else
        g_string_append_c (plain, ' ');
    }
  g_string_append_c (plain, ' ');
  for (gsize i = 0; i < G_N_ELEMENTS (phrases); i++)
    g_string_replace (plain, phrases[i].phrase, phrases[i].plain, 0);

  return g_string_free (g_steal_pointer (&plain), FALSE);
}

static gboolean
has_word (const char *text,
          const char *word)
{
  const gsize length = strlen (word);
  const gboolean any_ending = word[length - 1] == '*';

  if ((guchar) *word >= 0x80)
    return strstr (text, word) != NULL;
  for (const char *at = text; (at = strchr (at, *word)) != NULL; at++)
    if (at > text && at[-1] == ' ' && strncmp (at, word, length - any_ending) == 0
        && (any_ending || at[length] == ' '))
      return TRUE;

  return FALSE;
}

static gboolean
has_any (const char *text,
         Words       words)
{
  for (gsize i = 0; i < G_N_ELEMENTS (conditions) && words[i] != NULL; i++)
    if (has_word (text, words[i]))
      return TRUE;

  return FALSE;
}

/* ---- clauses -------------------------------------------------------------------------- */

static char **
split_clauses (const char *plain)
{
  static const char *const joints[] = { " but ", " although ", " because ", " while ", " which ",
                                        " who ", " when ", "但是", "但", "虽然", "因为", "而且" };
  g_autoptr (GString) parted = g_string_new (plain);

  for (gsize i = 0; i < G_N_ELEMENTS (joints); i++)
    g_string_replace (parted, joints[i], " , ", 0);
  return g_strsplit_set (parted->str, ",;", -1);
}

static gboolean
is_numeral (gunichar letter)
{
  return g_utf8_strchr ("〇零一二三四五六七八九十百千万亿两", -1, letter) != NULL;
}

/* How many words, or pairs of Chinese letters, of `clause` the other has; and of how many. */
static guint
count_common (const char *clause,
              const char *other,
              guint      *n_all)
{
  guint n_common = 0;

  *n_all = 0;
  for (const char *p = clause; *p != '\0';)
    {
      const char *next = g_utf8_next_char (p);
      char unit[40] = "";

      if (baleen_is_wide_letter (g_utf8_get_char (p)))
        {
          if (*next != '\0' && baleen_is_wide_letter (g_utf8_get_char (next))
              && !(is_numeral (g_utf8_get_char (p)) && is_numeral (g_utf8_get_char (next))))
            g_strlcpy (unit, p, MIN ((gsize) (g_utf8_next_char (next) - p) + 1, sizeof unit));
        }
      else if (*p != ' ')
        {
          while (*next != '\0' && *next != ' ' && !baleen_is_wide_letter (g_utf8_get_char (next)))
            next = g_utf8_next_char (next);
          if (next - p > 3)
            g_snprintf (unit, sizeof unit, "%.*s", MIN ((int) (next - p), 5), p);
        }
      p = next;
      if (*unit == '\0')
        continue;
      (*n_all)++;
      n_common += strstr (other, unit) != NULL;
    }

  return n_common;
}

/* The clause that says most of what this one says. */
static const char *
find_clause (char      **clauses,
             const char *wanted,
             double     *share)
{
  const char *best = NULL;

  *share = 0;
  for (gsize i = 0; clauses[i] != NULL; i++)
    {
      guint n_all, n_common = count_common (wanted, clauses[i], &n_all);

      if (n_all > 0 && (double) n_common / n_all > *share)
        {
          *share = (double) n_common / n_all;
          best = clauses[i];
        }
    }

  return best;
}

/* ---- the checks ----------------------------------------------------------------------- */

#define LEAST_SHARE 0.5
/* Clauses of fewer words, or pairs of Chinese letters, say too little to be judged. */
#define LEAST_UNITS 3
#define LEAST_TOLD 0.42

/* Whether each clause has something of the text: half of a claim may be copied and the rest made
 * up. */
static gboolean
clauses_are_told (const char *text,
                  char      **claims)
{
  for (gsize i = 0; claims[i] != NULL; i++)
    {
      guint n_all, n_common = count_common (claims[i], text, &n_all);

      if (n_all >= LEAST_UNITS && n_common < LEAST_TOLD * n_all)
        return FALSE;
    }

  return TRUE;
}

static gboolean
negations_agree (const char *text,
                 char      **clauses,
                 char      **claims)
{
  const gboolean is_denied = has_any (text, negations);

  for (gsize i = 0; claims[i] != NULL; i++)
    {
      double share;
      const char *clause = find_clause (clauses, claims[i], &share);
      const gboolean denies = has_any (claims[i], negations);

      if (clause == NULL || has_any (claims[i], hidden_negations)
          || has_any (text, hidden_negations))
        continue;
      if (denies ? !is_denied : share >= LEAST_SHARE && has_any (clause, negations))
        return FALSE;
    }

  return TRUE;
}

/* Whether the claim makes sure what the text does not. */
static gboolean
hedges_agree (const char *plain,
              char      **clauses,
              const char *claim,
              char      **claims)
{
  g_auto (GStrv) sentences = NULL;
  double share;
  const char *place;

  if (has_any (claim, hedges) || has_any (claim, conditions))
    return TRUE;
  for (gsize i = 0; claims[i] != NULL; i++)
    if ((place = find_clause (clauses, claims[i], &share)) != NULL && share >= LEAST_SHARE
        && has_any (place, hedges))
      return FALSE;
  sentences = g_strsplit (plain, ";", -1);
  place = find_clause (sentences, claim, &share);
  return place == NULL || !has_any (place, conditions);
}

static gboolean
opposites_agree (const char *text,
                 const char *claim)
{
  for (gsize i = 0; i < G_N_ELEMENTS (opposites); i++)
    {
      const gboolean text_one = has_any (text, opposites[i].one);
      const gboolean text_other = has_any (text, opposites[i].other);
      const gboolean claim_one = has_any (claim, opposites[i].one);
      const gboolean claim_other = has_any (claim, opposites[i].other);

      if (text_one != text_other && claim_one != claim_other && text_one != claim_one)
        return FALSE;
    }

  return TRUE;
}

static gboolean
amounts_agree (const char *text,
               const char *claim)
{
  for (gsize i = 0; i < G_N_ELEMENTS (amounts); i++)
    if (has_any (claim, amounts[i].said) && !has_any (text, amounts[i].needed))
      return FALSE;

  return TRUE;
}

gboolean
baleen_claim_sense_agrees (const char *text,
                           const char *claim)
{
  g_autofree char *plain = simplify (text), *said = simplify (claim);
  g_auto (GStrv) clauses = split_clauses (plain), claims = split_clauses (said);

  return opposites_agree (plain, said) && amounts_agree (plain, said)
         && clauses_are_told (plain, claims) && negations_agree (plain, clauses, claims)
         && hedges_agree (plain, clauses, said, claims);
}
