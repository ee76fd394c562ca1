#include "claim-words.h"

#include "sentence-splitter.h"
#include "word-list.h"

#include <string.h>

/* Words shorter than this say little, and longer ones are compared by this many letters, so
 * that “founded” and “founding” are one. */
#define LEAST_LETTERS 4
#define STEM_LETTERS 5

static const char *const light_words[] = {
  "that", "with", "from", "have", "this", "were", "which", "their", "there", "about", "been",
  "will", "would", "could", "should", "also", "into", "than", "then", "them", "they", "what",
  "when", "where", "while", "these", "those", "only", "some", "such", "more", "most", "very",
  "document", "passage", "section", "says", "states",
};
static const char *const articles[] = { "the", "a", "an" };
static const char *const number_words[] = {
  "hundred", "thousand", "million", "billion", "trillion", "dozen", "half", "third", "quarter",
  "double", "twice",
};
static const struct
{
  const char *word;
  guint value;
} named_values[] = {
  { "two", 2 }, { "three", 3 }, { "four", 4 }, { "five", 5 }, { "six", 6 }, { "seven", 7 },
  { "eight", 8 }, { "nine", 9 }, { "ten", 10 }, { "eleven", 11 }, { "twelve", 12 },
  { "thirteen", 13 }, { "fourteen", 14 }, { "fifteen", 15 }, { "sixteen", 16 },
  { "seventeen", 17 }, { "eighteen", 18 }, { "nineteen", 19 }, { "twenty", 20 },
  { "thirty", 30 }, { "forty", 40 }, { "fifty", 50 }, { "sixty", 60 }, { "seventy", 70 },
  { "eighty", 80 }, { "ninety", 90 },
};

/* ---- numbers -------------------------------------------------------------------------- */

/* Digits, then what they are multiplied by; -1 for any other letter. */
static int
get_numeral (gunichar letter)
{
  static const gunichar numerals[] = { 0x96f6, 0x4e00, 0x4e8c, 0x4e09, 0x56db, 0x4e94, 0x516d,
                                       0x4e03, 0x516b, 0x4e5d, 0x5341, 0x767e, 0x5343, 0x4e07,
                                       0x4ebf };
  static const int values[] = { 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 100, 1000, 10000, 100000000 };

  if (letter == 0x3007)
    return 0;
  if (letter == 0x4e24)
    return 2;
  for (gsize i = 0; i < G_N_ELEMENTS (numerals); i++)
    if (letter == numerals[i])
      return values[i];

  return -1;
}

/* “四十一”, “三百万”, and “一九〇七”, which is read digit by digit. */
static guint64
read_numerals (const char *at,
               const char *end)
{
  guint64 sum = 0, section = 0, digit = 0;
  gboolean has_digit = FALSE;

  for (; at < end; at = g_utf8_next_char (at))
    {
      const int value = get_numeral (g_utf8_get_char (at));

      if (value < 10)
        {
          digit = has_digit && digit < G_MAXUINT32 ? digit * 10 + value : (guint64) value;
          has_digit = TRUE;
          continue;
        }
      if (value < 10000)
        section += (has_digit ? digit : 1) * value;
      else
        {
          sum = (sum + section + digit) * value;
          section = 0;
        }
      digit = 0;
      has_digit = FALSE;
    }

  return sum + section + digit;
}

/* A numeral alone is as often part of a word, unless this follows. */
static gboolean
is_counted_by (gunichar unit,
               int      value)
{
  static const char units[]
      = "年月日号点时秒名位条只头吨米里元岁次天周倍层章张封枚座所件艘辆匹把本家个段间项种";

  /* “一” is the article, too. */
  return unit != 0 && g_utf8_strchr (value == 1 ? "月日号点倍" : units, -1, unit) != NULL;
}

static void
add_counted (BaleenClaimWords *self,
             const char       *value,
             char             *word)
{
  GHashTable *values = g_hash_table_lookup (self->counted, word);

  if (values == NULL)
    {
      values = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
      g_hash_table_insert (self->counted, g_strdup (word), values);
    }
  g_hash_table_add (values, g_strdup (value));
  g_free (word);
}

static gboolean
is_year (const char *value)
{
  return strlen (value) == 5 && (value[1] == '1' || value[1] == '2');
}

/* “12 boats”: the word behind a number, unless that is a year. */
static void
collect_counted (BaleenClaimWords *self,
                 const char       *value,
                 const char       *after)
{
  const char *end = after;
  gunichar letter;

  if (*after == ' ' || *after == '-')
    end = ++after;
  letter = g_utf8_get_char (after);
  if (baleen_is_wide_letter (letter) && g_unichar_isalpha (letter) && get_numeral (letter) < 0)
    {
      /* “多”, “余”, “的”, “and”: nothing that is counted. */
      if (g_utf8_strchr ("多余的和与至到或及", -1, letter) == NULL)
        add_counted (self, value, g_strndup (after, g_utf8_next_char (after) - after));
      return;
    }
  while (g_ascii_isalpha (*end))
    end++;
  if (end - after >= LEAST_LETTERS && !is_year (value))
    {
      g_autofree char *folded = g_utf8_casefold (after, end - after);

      if (!BALEEN_IS_LISTED (light_words, folded))
        add_counted (self, value, g_strndup (folded, MIN (strlen (folded), STEM_LETTERS)));
    }
}

static const char *
skip_digits (const char *at)
{
  for (;;)
    {
      const gunichar letter = g_utf8_get_char (at);

      if (g_unichar_isdigit (letter))
        at = g_utf8_next_char (at);
      else if ((letter == '.' || letter == ',') && g_unichar_isdigit (g_utf8_get_char (at + 1)))
        at++;
      else
        return at;
    }
}

/* “312,000”: as it stands, what it comes to, and with the “万” behind it. */
static const char *
collect_digits (BaleenClaimWords *self,
                const char       *at)
{
  const char *end = skip_digits (at);
  g_autoptr (GString) value = g_string_new ("=");

  for (const char *p = at; p < end; p++)
    if (*p != ',')
      g_string_append_c (value, *p);
  g_hash_table_add (self->numbers, g_strndup (at, end - at));
  if (get_numeral (g_utf8_get_char (end)) >= 10)
    {
      const char *next = g_utf8_next_char (end);

      g_hash_table_add (self->numbers, g_strndup (at, next - at));
      return next;
    }
  g_hash_table_add (self->numbers, g_strdup (value->str));
  collect_counted (self, value->str, end);
  return end;
}

static const char *
collect_numerals (BaleenClaimWords *self,
                  const char       *at)
{
  const char *end = at;
  guint n = 0;

  for (; get_numeral (g_utf8_get_char (end)) >= 0; end = g_utf8_next_char (end))
    n++;
  if (n >= 2 || is_counted_by (g_utf8_get_char (end), get_numeral (g_utf8_get_char (at))))
    {
      g_autofree char *value = g_strdup_printf ("=%" G_GUINT64_FORMAT, read_numerals (at, end));

      g_hash_table_add (self->numbers, g_strdup (value));
      collect_counted (self, value, end);
    }
  return end;
}

static void
collect_numbers (BaleenClaimWords *self,
                 const char       *text)
{
  for (const char *at = text; *at != '\0';)
    {
      const gunichar letter = g_utf8_get_char (at);

      if (g_unichar_isdigit (letter))
        at = collect_digits (self, at);
      else if (get_numeral (letter) >= 0)
        at = collect_numerals (self, at);
      else
        {
          if (letter == '%' || letter == 0xff05 || g_str_has_prefix (at, "百分之"))
            g_hash_table_add (self->numbers, g_strdup ("%"));
          at = g_utf8_next_char (at);
        }
    }
}

/* Words for numbers; what they count is the word behind them. */
static void
add_number_word (BaleenClaimWords *self,
                 const char       *folded,
                 const char       *after)
{
  if (g_str_equal (folded, "percent"))
    g_hash_table_add (self->numbers, g_strdup ("%"));
  if (BALEEN_IS_LISTED (number_words, folded))
    g_hash_table_add (self->numbers, g_strdup (folded));
  for (gsize i = 0; i < G_N_ELEMENTS (named_values); i++)
    if (g_str_equal (folded, named_values[i].word))
      {
        g_autofree char *value = g_strdup_printf ("=%u", named_values[i].value);

        g_hash_table_add (self->numbers, g_strdup (value));
        collect_counted (self, value, after);
      }
}

/* ---- words ---------------------------------------------------------------------------- */

static void
add_word (BaleenClaimWords *self,
          const char       *text,
          gsize             length,
          gboolean          is_first,
          gboolean          is_head)
{
  g_autofree char *folded = g_utf8_casefold (text, length);
  glong n_letters = g_utf8_strlen (folded, -1);
  gboolean is_name = g_unichar_isupper (g_utf8_get_char (text));

  add_number_word (self, folded, text + length);
  if (is_name && !is_first && n_letters > 1)
    g_hash_table_add (self->names, g_strdup (folded));
  if (n_letters >= LEAST_LETTERS && !BALEEN_IS_LISTED (light_words, folded))
    {
      g_autofree char *stem = g_utf8_substring (folded, 0, MIN (n_letters, STEM_LETTERS));

      if (is_head)
        g_hash_table_add (self->heads, g_strdup (stem));
      g_hash_table_add (self->words, g_steal_pointer (&stem));
    }
  g_hash_table_add (self->every, g_steal_pointer (&folded));
}

static gboolean
is_word_letter (gunichar letter)
{
  return letter != 0 && g_unichar_isalnum (letter) && !baleen_is_wide_letter (letter);
}

/* What a Chinese claim that begins so is about stands elsewhere. */
static gboolean
is_pronoun (gunichar letter)
{
  return g_utf8_strchr ("他她它这那此其该我本各另在从对当因由", -1, letter) != NULL;
}

static gboolean
is_article (const char *word,
            gsize       length)
{
  g_autofree char *folded = g_utf8_casefold (word, length);

  return BALEEN_IS_LISTED (articles, folded);
}

gboolean
baleen_claim_words_begins_sentence (const char *text,
                                    const char *word)
{
  while (word > text)
    {
      gunichar letter;

      word = g_utf8_prev_char (word);
      letter = g_utf8_get_char (word);
      if (g_unichar_isspace (letter) || letter == '"' || letter == '\'' || letter == '('
          || letter == 0x201c || letter == 0x2018)
        continue;
      return letter == '.' || letter == '!' || letter == '?' || letter == ':' || letter == 0x3002;
    }

  return TRUE;
}

static void
collect_words (BaleenClaimWords *self,
               const char       *text)
{
  gunichar before = 0;
  gboolean is_head = FALSE;

  for (const char *at = text; *at != '\0';)
    {
      gunichar letter = g_utf8_get_char (at);
      const char *end = g_utf8_next_char (at);

      if (baleen_is_wide_letter (letter) && g_unichar_isalpha (letter))
        {
          char pair[16];
          int n = g_unichar_to_utf8 (before, pair);

          self->n_wide++;
          n += g_unichar_to_utf8 (letter, pair + n);
          pair[n] = '\0';
          /* Numbers are compared by their values. */
          if (before != 0 && (get_numeral (before) < 0 || get_numeral (letter) < 0))
            {
              if (self->n_wide == 2 && !is_pronoun (before))
                g_hash_table_add (self->heads, g_strdup (pair));
              g_hash_table_add (self->words, g_strdup (pair));
            }
          before = letter;
        }
      else
        {
          before = 0;
          if (is_word_letter (letter))
            {
              while (is_word_letter (g_utf8_get_char (end)))
                end = g_utf8_next_char (end);
              self->n_narrow += end - at;
              add_word (self, at, end - at, baleen_claim_words_begins_sentence (text, at),
                        is_head);
              is_head = is_article (at, end - at);
            }
        }
      at = end;
    }
}

BaleenClaimWords *
baleen_claim_words_new (const char *text)
{
  BaleenClaimWords *self = g_new0 (BaleenClaimWords, 1);

  self->text = g_strdup (text);
  self->counted = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                         (GDestroyNotify) g_hash_table_unref);
  self->heads = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->numbers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->words = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->every = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->is_broken = strstr (text, "\xef\xbf\xbd") != NULL;
  collect_numbers (self, text);
  collect_words (self, text);

  return self;
}

void
baleen_claim_words_free (BaleenClaimWords *self)
{
  g_free (self->text);
  g_hash_table_unref (self->counted);
  g_hash_table_unref (self->heads);
  g_hash_table_unref (self->numbers);
  g_hash_table_unref (self->names);
  g_hash_table_unref (self->words);
  g_hash_table_unref (self->every);
  g_free (self);
}
