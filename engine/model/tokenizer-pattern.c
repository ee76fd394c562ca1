#include "tokenizer-pattern.h"

#define CODE(char_) ((char_) >> 11)

static inline gboolean
is (guint32 char_,
    guint32 classes)
{
  return (char_ & classes) != 0;
}

static inline gboolean
is_newline (guint32 char_)
{
  return CODE (char_) == '\n' || CODE (char_) == '\r';
}

static inline gsize
run_of (const guint32 *chars,
        gsize          at,
        gsize          end,
        guint32        classes)
{
  while (at < end && is (chars[at], classes))
    at++;
  return at;
}

/* ---- what several expressions share -------------------------------------------------- */

/* Lower case as far as contractions go: U+017F is a small s to a case-blind expression. */
static guint32
fold (guint32 char_,
      gboolean ignores_case)
{
  guint32 code = CODE (char_);

  if (ignores_case && code >= 'A' && code <= 'Z')
    return code + 32;
  return ignores_case && code == 0x17F ? 's' : code;
}

/* 's|'t|'re|'ve|'m|'ll|'d */
static gsize
match_contraction (const guint32 *chars,
                   gsize          at,
                   gsize          end,
                   gboolean       ignores_case)
{
  guint32 first, second;

  if (at + 1 >= end || CODE (chars[at]) != '\'')
    return at;
  first = fold (chars[at + 1], ignores_case);
  if (first == 's' || first == 't' || first == 'm' || first == 'd')
    return at + 2;
  if (at + 2 >= end)
    return at;
  second = fold (chars[at + 2], ignores_case);
  if (((first == 'r' || first == 'v') && second == 'e') || (first == 'l' && second == 'l'))
    return at + 3;
  return at;
}

/* \s*[\r\n]+ if `with_newlines`, then \s+(?!\S)|\s+ : the last space before a word is left to
 * the word. */
static gsize
match_space (const guint32 *chars,
             gsize          at,
             gsize          end,
             gboolean       with_newlines)
{
  gsize stop = run_of (chars, at, end, BLN_CLASS_WHITE_SPACE);

  if (with_newlines)
    for (gsize i = stop; i > at; i--)
      if (is_newline (chars[i - 1]))
        return i;
  return stop < end && stop - at > 1 ? stop - 1 : stop;
}

/* " ?[…]+[\r\n]*" for a class given by what it holds or, `inverted`, by what it lacks. */
static gsize
match_marks (const BlnPattern *pattern,
             const guint32    *chars,
             gsize             at,
             gsize             end,
             guint32           classes,
             gboolean          inverted)
{
  gsize first = at + (CODE (chars[at]) == ' ');
  gsize i = first;

  while (i < end && is (chars[i], classes) != inverted)
    i++;
  if (i == first)
    return at;
  while (i < end && (is_newline (chars[i]) || (pattern->takes_slashes && CODE (chars[i]) == '/')))
    i++;
  return i;
}

/* \p{N}{1,max} */
gsize
bln_match_numbers (const BlnPattern *pattern,
                   const guint32    *chars,
                   gsize             at,
                   gsize             end)
{
  if (pattern->max_digits > 0 && end - at > pattern->max_digits)
    end = at + pattern->max_digits;
  return run_of (chars, at, end, BLN_CLASS_NUMBER);
}

/* ---- whole expressions ---------------------------------------------------------------- */

/* 's|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+ */
gsize
bln_match_gpt2 (const BlnPattern *pattern,
                const guint32    *chars,
                gsize             at,
                gsize             end)
{
  gsize to = match_contraction (chars, at, end, FALSE);
  gsize first = at + (CODE (chars[at]) == ' ' && at + 1 < end);
  guint32 classes = chars[first];

  if (to > at)
    return to;
  if (is (classes, BLN_CLASS_LETTER))
    return run_of (chars, first, end, BLN_CLASS_LETTER);
  if (is (classes, BLN_CLASS_NUMBER))
    return run_of (chars, first, end, BLN_CLASS_NUMBER);
  if (is (classes, BLN_CLASS_WHITE_SPACE))
    return match_space (chars, at, end, FALSE);

  for (to = first; to < end; to++)
    if (is (chars[to], BLN_CLASS_LETTER | BLN_CLASS_NUMBER | BLN_CLASS_WHITE_SPACE))
      break;
  return to;
}

/* (?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n]*|
 * \s*[\r\n]+|\s+(?!\S)|\s+
 * with `classes` for \p{L} where a word is made of it. */
gsize
bln_match_llama (const BlnPattern *pattern,
                 const guint32    *chars,
                 gsize             at,
                 gsize             end)
{
  guint32 char_ = chars[at];
  gsize to = match_contraction (chars, at, end, TRUE);

  if (to > at)
    return to;
  if (is (char_, pattern->classes))
    return run_of (chars, at, end, pattern->classes);
  if (is (char_, BLN_CLASS_NUMBER))
    return bln_match_numbers (pattern, chars, at, end);
  if (!is_newline (char_) && at + 1 < end && is (chars[at + 1], pattern->classes))
    return run_of (chars, at + 1, end, pattern->classes);

  to = match_marks (pattern, chars, at, end,
                    pattern->classes | BLN_CLASS_NUMBER | BLN_CLASS_WHITE_SPACE, TRUE);
  return to > at ? to : match_space (chars, at, end, TRUE);
}

/* [PUNCT][A-Za-z]+|[^\r\n\p{L}\p{P}\p{S}]?[\p{L}\p{M}]+| ?[\p{P}\p{S}]+[\r\n]*|\s*[\r\n]+|
 * \s+(?!\S)|\s+   where PUNCT is the punctuation of ASCII. Numbers have been cut out before. */
gsize
bln_match_deepseek (const BlnPattern *pattern,
                    const guint32    *chars,
                    gsize             at,
                    gsize             end)
{
  const guint32 word = BLN_CLASS_LETTER | BLN_CLASS_MARK;
  const guint32 marks = BLN_CLASS_PUNCTUATION | BLN_CLASS_SYMBOL;
  guint32 char_ = chars[at];
  gsize to = at + 1;

  if (CODE (char_) < 128 && is (char_, marks))
    while (to < end && CODE (chars[to]) < 128 && is (chars[to], BLN_CLASS_LETTER))
      to++;
  if (to > at + 1)
    return to;
  if (is (char_, word))
    return run_of (chars, at, end, word);
  if (!is (char_, marks) && !is_newline (char_) && at + 1 < end && is (chars[at + 1], word))
    return run_of (chars, at + 1, end, word);

  to = match_marks (pattern, chars, at, end, marks, FALSE);
  return to > at ? to : match_space (chars, at, end, TRUE);
}

/* ---- words that begin where lower case turns to upper ---------------------------------- */

static inline gboolean
is_in_word (const BlnPattern *pattern,
            guint32           char_,
            guint32           classes)
{
  return is (char_, classes) && !(pattern->has_han && is (char_, BLN_CLASS_HAN));
}

static gsize
word_run (const BlnPattern *pattern,
          const guint32    *chars,
          gsize             at,
          gsize             end,
          guint32           classes)
{
  while (at < end && is_in_word (pattern, chars[at], classes))
    at++;
  return at;
}

/* [upper]*[lower]+ or, `upper_first`, [upper]+[lower]*, where both hold letters without case and
 * marks. When nothing lower follows, the first form gives upper ones back until one is found
 * that is both. */
static gsize
match_word (const BlnPattern *pattern,
            const guint32    *chars,
            gsize             at,
            gsize             end,
            gboolean          upper_first)
{
  const guint32 both = BLN_CLASS_MODIFIER_LETTER | BLN_CLASS_OTHER_LETTER | BLN_CLASS_MARK;
  const guint32 upper = both | BLN_CLASS_UPPER | BLN_CLASS_TITLE;
  const guint32 lower = both | BLN_CLASS_LOWER;
  gsize turn = word_run (pattern, chars, at, end, upper);
  gsize to = word_run (pattern, chars, turn, end, lower);

  if (upper_first)
    return turn > at ? to : at;
  if (to > turn)
    return to;
  while (turn > at && !is (chars[turn - 1], both))
    turn--;
  return turn;
}

/* The optional character before a word is tried first taken, then not. */
static gsize
match_word_after (const BlnPattern *pattern,
                  const guint32    *chars,
                  gsize             at,
                  gsize             end,
                  gboolean          upper_first)
{
  gsize to;

  if (!is_newline (chars[at]) && !is (chars[at], BLN_CLASS_LETTER | BLN_CLASS_NUMBER) &&
      at + 1 < end)
    {
      to = match_word (pattern, chars, at + 1, end, upper_first);
      if (to > at + 1)
        return to;
    }
  return match_word (pattern, chars, at, end, upper_first);
}

/* [^\r\n\p{L}\p{N}]?[upper]*[lower]+(?i:'s|…)?|[^\r\n\p{L}\p{N}]?[upper]+[lower]*(?i:'s|…)?|
 * \p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n/]*|\s*[\r\n]+|\s+(?!\S)|\s+
 * where upper is [\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}] and lower [\p{Ll}\p{Lm}\p{Lo}\p{M}]; with
 * `has_han`, both without \p{Han}, which comes first as [\p{Han}]+. */
gsize
bln_match_cased (const BlnPattern *pattern,
                 const guint32    *chars,
                 gsize             at,
                 gsize             end)
{
  gsize to;

  if (pattern->has_han && is (chars[at], BLN_CLASS_HAN))
    return run_of (chars, at, end, BLN_CLASS_HAN);
  to = match_word_after (pattern, chars, at, end, FALSE);
  if (to == at)
    to = match_word_after (pattern, chars, at, end, TRUE);
  if (to > at)
    return pattern->has_contractions ? match_contraction (chars, to, end, TRUE) : to;
  if (is (chars[at], BLN_CLASS_NUMBER))
    return bln_match_numbers (pattern, chars, at, end);

  to = match_marks (pattern, chars, at, end,
                    BLN_CLASS_LETTER | BLN_CLASS_NUMBER | BLN_CLASS_WHITE_SPACE, TRUE);
  return to > at ? to : match_space (chars, at, end, TRUE);
}

/* ---- finding ---------------------------------------------------------------------------- */

gboolean
bln_find_match (const BlnPattern *pattern,
                const guint32    *chars,
                gsize             start,
                gsize             end,
                gsize            *from,
                gsize            *to)
{
  for (*from = start; *from < end; (*from)++)
    {
      *to = pattern->match (pattern, chars, *from, end);
      if (*to > *from)
        return TRUE;
    }
  return FALSE;
}

static gboolean
is_in_run (const BlnPattern *pattern,
           guint32           char_)
{
  guint low = 0, high = pattern->n_ranges;

  if (is (char_, pattern->classes))
    return TRUE;
  while (low < high)
    {
      guint middle = (low + high) / 2;

      if (CODE (char_) > pattern->ranges[middle].last)
        low = middle + 1;
      else
        high = middle;
    }
  return low < pattern->n_ranges && CODE (char_) >= pattern->ranges[low].first;
}

/* \s?[…]+ */
gboolean
bln_find_run (const BlnPattern *pattern,
              const guint32    *chars,
              gsize             start,
              gsize             end,
              gsize            *from,
              gsize            *to)
{
  gsize first = start;

  while (first < end && !is_in_run (pattern, chars[first]))
    first++;
  if (first == end)
    return FALSE;

  *from = first;
  if (pattern->takes_space && first > start && is (chars[first - 1], BLN_CLASS_WHITE_SPACE))
    *from = first - 1;
  for (*to = first + 1; *to < end && is_in_run (pattern, chars[*to]);)
    (*to)++;
  return TRUE;
}

/* [0-9] repeated exactly `max_digits` times. */
gboolean
bln_find_digits (const BlnPattern *pattern,
                 const guint32    *chars,
                 gsize             start,
                 gsize             end,
                 gsize            *from,
                 gsize            *to)
{
  gsize n = 0;

  for (gsize i = start; i < end; i++)
    {
      n = CODE (chars[i]) >= '0' && CODE (chars[i]) <= '9' ? n + 1 : 0;
      if (n == pattern->max_digits)
        {
          *from = i + 1 - n;
          *to = i + 1;
          return TRUE;
        }
    }
  return FALSE;
}

/* [\r\n] */
gboolean
bln_find_newline (const BlnPattern *pattern,
                  const guint32    *chars,
                  gsize             start,
                  gsize             end,
                  gsize            *from,
                  gsize            *to)
{
  for (*from = start; *from < end; (*from)++)
    if (is_newline (chars[*from]))
      {
        *to = *from + 1;
        return TRUE;
      }
  return FALSE;
}

/* \s+$ */
gboolean
bln_find_trailing_space (const BlnPattern *pattern,
                         const guint32    *chars,
                         gsize             start,
                         gsize             end,
                         gsize            *from,
                         gsize            *to)
{
  *from = *to = end;
  while (*from > start && is (chars[*from - 1], BLN_CLASS_WHITE_SPACE))
    (*from)--;
  return *from < *to;
}
