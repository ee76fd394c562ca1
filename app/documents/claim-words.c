#include "claim-words.h"

#include "sentence-splitter.h"

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
static const char *const number_words[] = {
  "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
  "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty",
  "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety", "hundred", "thousand",
  "million", "billion", "trillion", "dozen", "half", "third", "quarter", "double", "twice",
};

static gboolean
is_listed (const char *const *list,
           gsize              n_list,
           const char        *word)
{
  for (gsize i = 0; i < n_list; i++)
    if (g_str_equal (list[i], word))
      return TRUE;

  return FALSE;
}

static gboolean
is_chinese_numeral (gunichar letter)
{
  static const gunichar numerals[] = { 0x3007, 0x96f6, 0x4e00, 0x4e8c, 0x4e09, 0x56db, 0x4e94,
                                       0x516d, 0x4e03, 0x516b, 0x4e5d, 0x5341, 0x767e, 0x5343,
                                       0x4e07, 0x4ebf, 0x4e24 };

  for (gsize i = 0; i < G_N_ELEMENTS (numerals); i++)
    if (letter == numerals[i])
      return TRUE;

  return FALSE;
}

/* Digits with points and commas between them, and two or more Chinese numerals in a row: one
 * alone is as often part of a word. */
static void
collect_numbers (BaleenClaimWords *self,
                 const char       *text)
{
  for (const char *at = text; *at != '\0';)
    {
      gunichar letter = g_utf8_get_char (at);
      gboolean is_digit = g_unichar_isdigit (letter);
      const char *end = g_utf8_next_char (at);
      guint n = 1;

      if (!is_digit && !is_chinese_numeral (letter))
        {
          at = end;
          continue;
        }
      for (;;)
        {
          gunichar next = g_utf8_get_char (end);

          if (is_digit && (next == '.' || next == ',')
              && g_unichar_isdigit (g_utf8_get_char (end + 1)))
            end++;
          else if (is_digit ? g_unichar_isdigit (next) : is_chinese_numeral (next))
            {
              end = g_utf8_next_char (end);
              n++;
            }
          else
            break;
        }
      if (is_digit || n >= 2)
        g_hash_table_add (self->numbers, g_strndup (at, end - at));
      at = end;
    }
}

static void
add_word (BaleenClaimWords *self,
          const char       *text,
          gsize             length,
          gboolean          is_first)
{
  g_autofree char *folded = g_utf8_casefold (text, length);
  glong n_letters = g_utf8_strlen (folded, -1);
  gboolean is_name = g_unichar_isupper (g_utf8_get_char (text));

  if (is_listed (number_words, G_N_ELEMENTS (number_words), folded))
    g_hash_table_add (self->numbers, g_strdup (folded));
  if (is_name && !is_first && n_letters > 1)
    g_hash_table_add (self->names, g_strdup (folded));
  if (n_letters >= LEAST_LETTERS && !is_listed (light_words, G_N_ELEMENTS (light_words), folded))
    g_hash_table_add (self->words, n_letters > STEM_LETTERS
                                       ? g_utf8_substring (folded, 0, STEM_LETTERS)
                                       : g_strdup (folded));
  g_hash_table_add (self->every, g_steal_pointer (&folded));
}

static gboolean
is_word_letter (gunichar letter)
{
  return letter != 0 && g_unichar_isalnum (letter) && !baleen_is_wide_letter (letter);
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
          if (before != 0)
            g_hash_table_add (self->words, g_strdup (pair));
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
              add_word (self, at, end - at, baleen_claim_words_begins_sentence (text, at));
            }
        }
      at = end;
    }
}

BaleenClaimWords *
baleen_claim_words_new (const char *text)
{
  BaleenClaimWords *self = g_new0 (BaleenClaimWords, 1);

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
  g_hash_table_unref (self->numbers);
  g_hash_table_unref (self->names);
  g_hash_table_unref (self->words);
  g_hash_table_unref (self->every);
  g_free (self);
}
