/* Whether both ends of one quality are wished for, or a kind of thing is refused and something that
 * belongs to it asked for, by the words of the lists in `coach-scales.c` and `coach-kinds.c`. */
#include "coach-lexicon.h"
#include "coach-rules.h"

#include <string.h>

/* Whoever writes more than that tells something rather than wishes. */
#define MOST_WORDS 60

/* Why, when and to whom: circumstances and no wishes. */
static BaleenPattern circumstances
    = BALEEN_PATTERN ("\\b(?:who|whose|whom)\\b(?![^,.;:!?]*\\b(?:not|cannot|never|no|"
                      "\\w+n't)\\b)[^,.;:!?]*|\\b(?:because|although|even though|when|whenever|if|"
                      "since)\\b[^,.;:!?]*|"
                      "(?:因为|由于|虽然|当|如果|自从)[^，。；]*|^[^，。]{0,4}(?:爱|喜欢)(?:讲|说|开|听|看)[^，。]*，|"
                      "(?:给|对|向|跟|写给|回复|劝|帮)[^，。；、的]{0,8}的(?:人|客户|同事|邻居|朋友|顾客|老师|领导|学生|"
                      "员工|老板|读者|孩子|舅舅|叔叔|阿姨|姑姑|外婆|外公|小孩|爷爷|奶奶|爸爸|妈妈|老人|妹妹|弟弟|哥哥|姐姐)");
/* What is meant of one part only, or of one and then the other. */
static BaleenPattern of_parts
    = BALEEN_PATTERN ("^[ -]*(?:ending|end|beginning|start|opening|verse|part|section|half|"
                      "character|hero|villain|side|twist|paragraph|chapter|moment)s?\\b|"
                      "^的?(?:结尾|开头|部分|段落|角色|主角|反派|一面|时刻|场景|人物|一段|结局)");
static BaleenPattern of_others
    = BALEEN_PATTERN ("\\b(?:my|our|his|their|these|those) (?:very |really |so |too )?$|"
                      "(?:我的|我们的|他的|她的|他们的|这位|那位|这个|那个)$");
/* A thing that stands in the place of what is refused. */
static BaleenPattern replaced
    = BALEEN_PATTERN ("\\b(?:instead|rather than|substitut\\w+|replac\\w+|alternatives?|versus|"
                      "vs|compare[ds]?|"
                      "difference|then|first|some of|others|half|unless|except|version of|"
                      "imitat\\w+|fake|mock|(?:one|two|three|four|some|guests?|"
                      "friends?) (?:\\w+ )?(?:are|is|wants?|eats?|likes?)|which (?:\\w+ "
                      "){1,2}(?:is|are))\\b|"
                      "而不是|代替|替代|取代|替换|区别|先|然后|有的|除了|改成|仿|不同|[一两二三四五六半]位|"
                      "([杯份道盘款])[^。]*[，,、][^，。]{0,2}[一两二三四五六七八九十\\d]\\1");
/* Of one the one, of another the other. */
static BaleenPattern divided
    = BALEEN_PATTERN ("\\b(?:(?<!yes )(?<!true )(?<!more )or|first(?! person)|then|instead|"
                      "replac\\w+|substitut\\w+|"
                      "alternatives?|becomes|change[ds]?|versus|vs|differences?|second part|"
                      "whereas|half|others|"
                      "as well as|one day of|(?:turn|change|convert|rewrite|make)\\b.*\\binto)\\b|"
                      "先|然后|改成|改得|变成|改为|替代|代替|取代|分别|区别|同时|或者?|还是|部分|另外|其中|"
                      "([杯份道位盘款])[^。]*[，,、][^，。]?[一两二三四五六七八九十\\d]\\1");
static BaleenPattern compared = BALEEN_PATTERN ("\\bcompar\\w+\\b|比较|对比");
static BaleenPattern in_turn
    = BALEEN_PATTERN ("\\b(?:before and after|behind|turns|becomes|grows|by day|by night|"
                      "contrast\\w*)\\b|"
                      "前[^，。]{0,6}后|变得|变成|白天|写法不同|异同|背后|对照|反差|转|逐渐|慢慢变");

/* A text to work on, which wishes for nothing itself. What stands behind any other colon does. */
static BaleenPattern given
    = BALEEN_PATTERN ("[\"“”「」`\\n{}]|https?://|\\b(?:rewrite|rephrase|translate|make|correct|"
                      "proofread|turn|put|say|"
                      "summari[sz]e|shorten|improve|sort|convert|explain|continue|"
                      "finish)\\b[^:]{0,40}:|"
                      "(?:翻译|改写|改成|改得|润色|总结|缩写|缩短|纠正|解释|续写|排序|转换|概括|造句|改)[^：:]{0,20}[：:]");
static BaleenPattern is_of_noun
    = BALEEN_PATTERN ("^ (?!(?:with|and|in|using|but|for|to|that|who|or|on|by|as|at|from|without|"
                      "please|so|then)\\b)"
                      "\\w|^的");

static gboolean
is_excused (const char          *text,
            const BaleenMention *mention)
{
  g_autofree char *before = g_strndup (text, mention->start);

  /* “explain every line” is no part of anything. */
  return (memchr (text + mention->start, ' ', mention->end - mention->start) == NULL
          && baleen_pattern_matches (&of_parts, text + mention->end))
         || (baleen_pattern_matches (&of_others, before)
             && baleen_pattern_matches (&is_of_noun, text + mention->end));
}

/* “vegan cheese”, “无糖可乐”: the refusal says of what sort the thing is. */
static gboolean
is_sort_of (const char          *text,
            const BaleenMention *refusal,
            const BaleenMention *member)
{
  g_autofree char *between = NULL;

  if (member->start < refusal->end)
    return member->start >= refusal->start;
  between = g_strndup (text + refusal->end, member->start - refusal->end);

  return strcspn (between, ",.;:!?") == strlen (between) && strlen (between) <= 9
         && strstr (between, "，") == NULL && strstr (between, " with ") == NULL
         && strstr (between, " and ") == NULL;
}

static const BaleenSense *
find_sense (const BaleenMention *mention,
            BaleenSenseKind      kind,
            guint                row,
            guint                end)
{
  for (guint i = 0; i < mention->senses->len; i++)
    {
      const BaleenSense *sense = &g_array_index (mention->senses, BaleenSense, i);

      if (sense->kind == kind && sense->row == row && sense->end == end)
        return sense;
    }

  return NULL;
}

/* “mac and cheese without dairy” */
static gboolean
is_relieved (const char          *text,
             const BaleenMention *member,
             const BaleenMention *refusal)
{
  g_autofree char *between = NULL;

  if (member->end > refusal->start)
    return FALSE;
  between = g_strndup (text + member->end, refusal->start - member->end);

  return g_str_equal (between, " without ") || g_str_equal (between, " with no ")
         || g_str_equal (between, "-") || g_str_equal (between, " ");
}

/* “beef-flavoured”, “牛肉味”, “coconut milk” */
static gboolean
is_taste (const char          *text,
          const BaleenMention *member)
{
  static BaleenPattern plant
      = BALEEN_PATTERN ("\\b(?:cashew|coconut|oat|soy|soya|almond|rice|vegan|vegetarian|plant|"
                        "plant-based|nut|"
                        "dairy-free|gluten-free|sugar-free|alcohol-free|lentil|chickpea|tofu|"
                        "seitan|mushroom|"
                        "cauliflower|zero|mock|date)[ -]$|(?:素|植物|燕麦|椰|豆|杏仁|无糖|无酒精|零度)$");
  g_autofree char *before = g_strndup (text, member->start);
  static BaleenPattern taste = BALEEN_PATTERN ("^[ -]*(?:flavou?r|style|taste|tasting|like|"
                                               "scent)|^(?:味|风味|口味|风格)");

  return baleen_pattern_matches (&taste, text + member->end)
         || baleen_pattern_matches (&plant, before);
}

/* Whether another mention is of the other end of the same quality. */
static gboolean
has_other_end (const char        *text,
               const GArray      *mentions,
               guint              place,
               const BaleenSense *sense)
{
  for (guint i = place + 1; i < mentions->len; i++)
    {
      const BaleenMention *other = &g_array_index (mentions, BaleenMention, i);

      if (!other->is_denied && !other->is_inner
          && find_sense (other, BALEEN_SENSE_END, sense->row, 1 - sense->end) != NULL
          && !is_excused (text, other))
        return TRUE;
    }

  return FALSE;
}

static gboolean
has_both_ends (const char   *text,
               const GArray *mentions)
{
  for (guint i = 0; i < mentions->len; i++)
    {
      const BaleenMention *mention = &g_array_index (mentions, BaleenMention, i);

      if (mention->is_denied || mention->is_inner || is_excused (text, mention))
        continue;
      for (guint j = 0; j < mention->senses->len; j++)
        {
          const BaleenSense *sense = &g_array_index (mention->senses, BaleenSense, j);

          if (sense->kind == BALEEN_SENSE_END && has_other_end (text, mentions, i, sense))
            return TRUE;
        }
    }

  return FALSE;
}

/* “four spoons of sugar”, “定义三个函数”: what is refused by its name is asked for by it. */
static gboolean
is_asked_for (const char          *text,
              const BaleenMention *name)
{
  static BaleenPattern asked
      = BALEEN_PATTERN ("\\b(?:two|three|four|five|six|ten|\\d+|several|many|lots of|plenty of|a "
                        "lot of|add|adds|use|uses|"
                        "include|includes|spoons? of|cups? of|full of|extra|at least one) "
                        "(?:\\w+ )?$|"
                        "(?:加|放|定义|用上|画|插入|附上|多用|[一两二三四五六七八九十\\d]+(?:个|勺|张|份|条|段|杯|克))$");
  g_autofree char *before = g_strndup (text, name->start);

  return baleen_pattern_matches (&asked, before);
}

/* “sugar-free jam”, “a comic without pictures”: of food there is a kind without, of others not. */
static gboolean
is_kind_without (const char          *text,
                 const BaleenMention *refusal,
                 const BaleenMention *member,
                 guint                row)
{
  if (is_taste (text, member))
    return TRUE;
  if (row >= BALEEN_N_FOODS && refusal->is_denied)
    return member->start == refusal->start;

  return is_sort_of (text, refusal, member) || is_relieved (text, member, refusal);
}

static gboolean
needs_kind (const char          *text,
            const GArray        *mentions,
            const BaleenMention *refusal,
            guint                row)
{
  for (guint i = 0; i < mentions->len; i++)
    {
      const BaleenMention *mention = &g_array_index (mentions, BaleenMention, i);

      if (!mention->is_denied && mention->start != refusal->start
          && (find_sense (mention, BALEEN_SENSE_MEMBER, row, 0) != NULL
              || (find_sense (mention, BALEEN_SENSE_NAME, row, 0) != NULL
                  && is_asked_for (text, mention)))
          && !is_kind_without (text, refusal, mention, row))
        return TRUE;
    }

  return FALSE;
}

static gboolean
needs_what_it_refuses (const char   *text,
                       const GArray *mentions)
{
  for (guint i = 0; i < mentions->len; i++)
    {
      const BaleenMention *mention = &g_array_index (mentions, BaleenMention, i);

      for (guint j = 0; j < mention->senses->len && !mention->is_inner; j++)
        {
          const BaleenSense *sense = &g_array_index (mention->senses, BaleenSense, j);
          gboolean is_refusal = (sense->kind == BALEEN_SENSE_NAME && mention->is_denied)
                                || (sense->kind == BALEEN_SENSE_REFUSAL && !mention->is_denied);

          /* “Compare a vegan and a beef burger” refuses neither. */
          if (sense->kind == BALEEN_SENSE_REFUSAL && baleen_pattern_matches (&compared, text))
            continue;
          if (is_refusal && needs_kind (text, mentions, mention, sense->row))
            return TRUE;
        }
    }

  return FALSE;
}

gboolean
baleen_coach_words_exclude (const BaleenDraft *draft,
                            const char        *wishes)
{
  g_autoptr (GArray) mentions = NULL;
  g_autofree char *text = NULL;

  if (draft->n_words + draft->n_han > MOST_WORDS || *wishes == '\0'
      || baleen_pattern_matches (&given, draft->original)
      || (!draft->is_chinese && baleen_coach_supplies_piece (draft)))
    return FALSE;

  text = g_regex_replace_literal (baleen_pattern_get (&circumstances), wishes, -1, 0, " ", 0, NULL);
  mentions = baleen_coach_find_mentions (text, draft->is_chinese);
  if (mentions->len < 2 || baleen_pattern_matches (&in_turn, text))
    return FALSE;

  if (baleen_coach_shares_wishes (draft))
    return FALSE;

  return (!baleen_pattern_matches (&divided, draft->plain) && has_both_ends (text, mentions))
         || (!baleen_pattern_matches (&replaced, draft->plain)
             && needs_what_it_refuses (text, mentions));
}
