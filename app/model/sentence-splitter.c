#include "sentence-splitter.h"

#include "word-list.h"

#include <string.h>

/* From here on a ；is an end as well. */
#define LONG_CHINESE 120
#define LONG_OTHER 400

/* Never the end of a sentence. */
static const char *const never_last[] = {
  "mr", "mrs", "ms", "dr", "prof", "st", "mt", "gen", "col", "lt", "sgt", "capt", "cpt", "rev",
  "hon", "sen", "rep", "gov", "pres", "messrs", "mme", "mlle", "e.g", "i.e", "cf", "vs", "viz",
  "al", "approx", "ca", "fig", "figs", "eq", "eqs", "sec", "secs", "ch", "chap", "vol", "vols",
  "no", "nos", "nr", "pp", "p", "ed", "eds", "art", "para", "tab", "ref", "refs", "jan", "feb",
  "mar", "apr", "jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec", "mon", "tue", "tues",
  "wed", "thu", "thur", "thurs", "fri", "dept", "univ", "assn", "bros", "tel", "ext", "op",
};
/* The end of one where what follows begins like a sentence. */
static const char *const seldom_last[] = {
  "etc", "inc", "ltd", "co", "corp", "jr", "sr", "a.m", "p.m", "ph.d", "m.d", "b.a", "m.a", "b.c",
  "a.d", "llc", "plc", "est", "min", "max", "hr", "hrs", "ft", "lb", "lbs", "oz", "sq",
};
/* Abbreviations before numbers only: “no” is a word of its own too. */
static const char *const before_numbers[] = { "no", "nos", "p", "pp", "art", "sec", "ch", "mar",
                                              "sun", "sat", "fig", "tab" };
static const char *const openers[] = {
  "the", "a", "an", "it", "in", "he", "she", "they", "we", "i", "this", "that", "these", "those",
  "but", "and", "however", "for", "at", "on", "by", "when", "after", "before", "as", "if", "its",
  "his", "her", "their", "there", "to", "of", "with", "from", "while", "although", "many", "some",
};

gboolean
baleen_is_wide_letter (gunichar letter)
{
  return (letter >= 0x2e80 && letter <= 0xa4cf) || (letter >= 0xac00 && letter <= 0xd7a3)
         || (letter >= 0xf900 && letter <= 0xfaff) || (letter >= 0xff00 && letter <= 0xffef)
         || (letter >= 0x20000 && letter <= 0x3ffff);
}

/* Ends a sentence with or without a space after it. */
static gboolean
is_wide_end (gunichar letter)
{
  return letter == 0x3002 || letter == 0xff01 || letter == 0xff1f || letter == 0xff61
         || letter == 0xff0e;
}

/* Ends a sentence where white space follows; STerm of UAX #29 in living scripts. */
static gboolean
is_strong_end (gunichar letter)
{
  switch (letter)
    {
    case '!':
    case '?':
    case 0x0589: /* Armenian */
    case 0x061f: /* Arabic */
    case 0x06d4:
    case 0x0964: /* Devanagari and its neighbours */
    case 0x0965:
    case 0x104b: /* Burmese */
    case 0x1362: /* Ethiopic */
    case 0x17d4: /* Khmer */
    case 0x203c:
    case 0x203d:
    case 0x2047:
    case 0x2048:
    case 0x2049:
      return TRUE;
    default:
      return FALSE;
    }
}

static gboolean
is_closer (gunichar letter)
{
  GUnicodeType type = g_unichar_type (letter);

  return letter == '"' || letter == '\'' || type == G_UNICODE_CLOSE_PUNCTUATION
         || type == G_UNICODE_FINAL_PUNCTUATION;
}

static gboolean
goes_on_after (gunichar letter)
{
  return letter != 0 && g_utf8_strchr (",;:、，；：)）]】", -1, letter) != NULL;
}

/* Where the marks after an end stop: further ends, closing quotes and brackets, and the number
 * of a note in brackets. */
static const char *
skip_closers (const char *text)
{
  for (;;)
    {
      gunichar letter = g_utf8_get_char (text);
      gsize n_digits = *text == '[' ? strspn (text + 1, "0123456789,") : 0;

      if (n_digits > 0 && text[1 + n_digits] == ']')
        text += n_digits + 2;
      else if (letter != 0
               && (is_wide_end (letter) || is_strong_end (letter) || letter == '.'
                   || is_closer (letter)))
        text = g_utf8_next_char (text);
      else
        return text;
    }
}

/* The word that ends before `end`, in small letters, with the points inside it. */
static void
get_word_before (const char *start,
                 const char *end,
                 char       *word,
                 gsize       size)
{
  const char *first = end;

  while (first > start && (g_ascii_isalpha (first[-1]) || first[-1] == '.'))
    first--;
  if ((gsize) (end - first) >= size)
    first = end - size + 1;
  for (gsize i = 0; first + i <= end; i++)
    word[i] = first + i == end ? '\0' : g_ascii_tolower (first[i]);
}

static gboolean
begins_with_opener (const char *text)
{
  char word[16];
  gsize n = 0;

  while (n + 1 < sizeof word && g_ascii_isalpha (text[n]))
    {
      word[n] = g_ascii_tolower (text[n]);
      n++;
    }
  word[n] = '\0';

  return BALEEN_IS_LISTED (openers, word);
}

/* Whether the point at `point` ends a sentence, when white space follows and then `next`. */
static gboolean
is_point_end (const char *start,
              const char *point,
              const char *next)
{
  char word[24];
  gsize length;
  gunichar letter = g_utf8_get_char (next);

  get_word_before (start, point, word, sizeof word);
  length = strlen (word);
  if (length == 0)
    {
      /* “1. The first” numbers an item. */
      const char *digit = point;

      while (digit > start && g_ascii_isdigit (digit[-1]))
        digit--;
      return !(digit == start && digit < point);
    }
  if (BALEEN_IS_LISTED (before_numbers, word) && !g_unichar_isdigit (letter) && length > 1
      && !g_str_equal (word, "fig") && !g_str_equal (word, "art"))
    return TRUE;
  if (BALEEN_IS_LISTED (never_last, word))
    return FALSE;
  if (length == 1 && word[0] != 'i' && g_ascii_isupper (point[-1]))
    return FALSE;
  if (BALEEN_IS_LISTED (seldom_last, word))
    return g_unichar_isupper (letter);
  if (length >= 3 && word[1] == '.')
    return begins_with_opener (next);

  return TRUE;
}

static const char *
skip_space (const char *text)
{
  while (*text != '\0' && g_unichar_isspace (g_utf8_get_char (text)))
    text = g_utf8_next_char (text);

  return text;
}

/* If a sentence ends with the mark at `mark`, where what belongs to it ends; else NULL. */
static const char *
find_end (const char *start,
          const char *mark,
          gsize       n_letters)
{
  gunichar letter = g_utf8_get_char (mark);
  const char *after, *next;

  if (letter == '\n')
    return mark;
  if (letter == 0xff1b && n_letters >= LONG_CHINESE)
    return g_utf8_next_char (mark);
  if (letter == ';' && n_letters >= LONG_OTHER)
    return mark + 1;
  if (letter != '.' && !is_wide_end (letter) && !is_strong_end (letter))
    return NULL;

  after = skip_closers (g_utf8_next_char (mark));
  if (goes_on_after (g_utf8_get_char (after))
      || (letter == 0xff0e && g_unichar_isdigit (g_utf8_get_char (after))))
    return NULL;
  if (is_wide_end (letter) || *after == '\0')
    return after;
  next = skip_space (after);
  if (next == after && !(letter != '.' && baleen_is_wide_letter (g_utf8_get_char (after))))
    return NULL;
  if (g_unichar_islower (g_utf8_get_char (next)))
    return NULL;
  if (letter == '.' && mark[1] != '.' && !is_point_end (start, mark, next))
    return NULL;

  return after;
}

static void
add (GArray     *stretches,
     const char *text,
     gsize       start,
     gsize       end)
{
  BaleenStretch stretch = { skip_space (text + start) - text, end };

  while (stretch.end > stretch.start)
    {
      const char *last = g_utf8_prev_char (text + stretch.end);

      if (!g_unichar_isspace (g_utf8_get_char (last)))
        break;
      stretch.end = last - text;
    }
  if (stretch.end <= stretch.start)
    return;

  if (g_utf8_strlen (text + stretch.start, stretch.end - stretch.start) > BALEEN_LONGEST_SENTENCE)
    {
      gsize cut = baleen_find_cut (text + stretch.start, stretch.end - stretch.start);

      add (stretches, text, stretch.start, stretch.start + cut);
      add (stretches, text, stretch.start + cut, stretch.end);
    }
  else
    g_array_append_val (stretches, stretch);
}

void
baleen_split_sentences (const char *paragraph,
                        GArray     *stretches)
{
  const char *start = paragraph;
  gsize n_letters = 0;

  for (const char *at = paragraph; *at != '\0';)
    {
      const char *end = find_end (start, at, n_letters);

      n_letters++;
      at = g_utf8_next_char (at);
      if (end == NULL)
        continue;
      add (stretches, paragraph, start - paragraph, end - paragraph);
      start = skip_space (end);
      at = start;
      n_letters = 0;
    }
  add (stretches, paragraph, start - paragraph, strlen (paragraph));
}

/* How good it is to cut after a letter: 0 is not at all. */
static guint
rate_cut (gunichar letter,
          gunichar next)
{
  if (next == 0 || g_unichar_ismark (next) || next == 0x200d || letter == 0x200d)
    return 0;
  if (g_utf8_strchr (";；.。!！?？", -1, letter) != NULL)
    return 4;
  if (g_utf8_strchr (",，、:：", -1, letter) != NULL)
    return 3;
  if (g_unichar_isspace (letter))
    return 2;

  return 1;
}

gsize
baleen_find_cut (const char *text,
                 gsize       length)
{
  gsize best = 0;
  double best_value = 0;

  for (const char *at = text; at < text + length;)
    {
      const char *next = g_utf8_next_char (at);
      gsize n = next - text;
      guint rate = n < length ? rate_cut (g_utf8_get_char (at), g_utf8_get_char (next)) : 0;
      double off = ABS ((double) n / length - 0.5);
      double value = rate * (off < 0.25 ? 1 : 0.1) + (0.5 - off) * 0.5;

      /* A point or comma inside a number is none; a mark is followed by white space. */
      if (rate >= 3 && g_utf8_get_char (at) < 0x80 && !g_ascii_isspace (*next))
        value -= rate - 1;
      if (rate > 0 && value > best_value)
        {
          best_value = value;
          best = n;
        }
      at = next;
    }

  return best;
}
