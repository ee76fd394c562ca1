#include "doubtful-words.h"

#include <string.h>

#include "baleen-block.h"
#include "claim-words.h"
#include "markdown-parser.h"
#include "sentence-splitter.h"

/* More of them say that the answer has little to do with the document, which nobody needs to
 * see word by word. */
#define MOST_WORDS 24
/* Where more of the words than this have capitals, capitals do not make names: German. */
#define MOST_CAPITALS 0.3
#define FEWEST_TO_JUDGE 12
/* Words are compared by so many letters where they are longer; as claim-words does. */
#define STEM_LETTERS 5

/* What is known, by whole words and by numbers without their commas. */
typedef struct
{
  BaleenClaimWords *words; /* (owned) */
  GHashTable *numbers;     /* (owned) set of strings */
  gboolean looks_at_names;
  GPtrArray *found;        /* (owned) of strings */
} Check;

typedef struct
{
  const char *start;
  const char *end;
  gboolean has_digit;
} Run;

static gboolean
is_run_letter (gunichar letter)
{
  return letter != 0 && g_unichar_isalnum (letter) && !baleen_is_wide_letter (letter);
}

/* Letters and digits in a row, with points and commas between digits. */
static gboolean
next_run (const char *text,
          Run        *run)
{
  const char *at = text;

  while (*at != '\0' && !is_run_letter (g_utf8_get_char (at)))
    at = g_utf8_next_char (at);
  *run = (Run) { at, at, FALSE };
  while (*run->end != '\0')
    {
      const gunichar letter = g_utf8_get_char (run->end);
      const gboolean is_inside = (letter == '.' || letter == ',') && run->end > run->start
                                 && g_ascii_isdigit (run->end[-1])
                                 && g_ascii_isdigit (run->end[1]);

      if (!is_run_letter (letter) && !is_inside)
        break;
      run->has_digit |= g_unichar_isdigit (letter);
      run->end = g_utf8_next_char (run->end);
    }
  return run->end > run->start;
}

/* “4,200” and “4200” are one number, “1990s” and “1990” too. */
static char *
fold_number (const Run *run)
{
  GString *digits = g_string_new (NULL);

  for (const char *at = run->start; at < run->end; at = g_utf8_next_char (at))
    {
      const gunichar letter = g_utf8_get_char (at);

      if (g_unichar_isdigit (letter) || (letter == '.' && digits->len > 0))
        g_string_append_unichar (digits, letter);
      else if (letter != ',' && digits->len > 0)
        break;
    }
  while (digits->len > 0 && digits->str[digits->len - 1] == '.')
    g_string_truncate (digits, digits->len - 1);
  return g_string_free (digits, FALSE);
}

static GHashTable *
list_numbers (const char *text)
{
  GHashTable *numbers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  Run run;

  for (; next_run (text, &run); text = run.end)
    if (run.has_digit)
      g_hash_table_add (numbers, fold_number (&run));
  return numbers;
}

static gboolean
is_known_name (Check     *check,
               const Run *run)
{
  g_autofree char *folded = g_utf8_casefold (run->start, run->end - run->start);
  g_autofree char *stem = g_utf8_strlen (folded, -1) > STEM_LETTERS
                              ? g_utf8_substring (folded, 0, STEM_LETTERS)
                              : g_strdup (folded);

  return g_hash_table_contains (check->words->every, folded)
         || g_hash_table_contains (check->words->words, stem);
}

static gboolean
is_known_number (Check     *check,
                 const Run *run)
{
  g_autofree char *number = fold_number (run);

  return *number == '\0' || g_hash_table_contains (check->numbers, number);
}

/* A capital letter where no sentence begins. */
static gboolean
is_name (const char *text,
         const Run  *run)
{
  return g_unichar_isupper (g_utf8_get_char (run->start))
         && g_utf8_strlen (run->start, run->end - run->start) > 1
         && !baleen_claim_words_begins_sentence (text, run->start);
}

static void
take (Check     *check,
      const Run *run)
{
  g_autofree char *word = g_strndup (run->start, run->end - run->start);

  if (check->found->len < MOST_WORDS
      && !g_ptr_array_find_with_equal_func (check->found, word, g_str_equal, NULL))
    g_ptr_array_add (check->found, g_steal_pointer (&word));
}

static gboolean
is_written_out (const BaleenRichText *rich,
                gsize                 byte)
{
  const BaleenSpanStyle not_words = BALEEN_SPAN_CODE | BALEEN_SPAN_LINK | BALEEN_SPAN_CITATION
                                    | BALEEN_SPAN_MATHS;

  for (guint i = 0; i < rich->spans->len; i++)
    {
      const BaleenSpan *span = &g_array_index (rich->spans, BaleenSpan, i);

      if (span->start <= byte && byte < span->end)
        return (span->style & not_words) == 0;
    }
  return TRUE;
}

/* Headings have capitals of their own. */
static void
check_text (Check                *check,
            const BaleenRichText *rich,
            gboolean              is_heading)
{
  const char *text = rich->text->str;
  Run run;

  for (const char *at = text; next_run (at, &run); at = run.end)
    {
      if (!is_written_out (rich, run.start - text))
        continue;
      if (run.has_digit ? !is_known_number (check, &run)
                        : !is_heading && check->looks_at_names && is_name (text, &run)
                              && !is_known_name (check, &run))
        take (check, &run);
    }
}

static void
check_block (Check             *check,
             const BaleenBlock *block)
{
  if (block->kind == BALEEN_BLOCK_CODE)
    return;
  if (block->kind != BALEEN_BLOCK_TABLE)
    {
      check_text (check, block->rich, block->kind == BALEEN_BLOCK_HEADING);
      return;
    }
  for (guint i = 0; i < block->cells->len; i++)
    check_text (check, block->cells->pdata[i], TRUE);
}

/* Whether capitals make names in it, and its names can be compared at all. */
static gboolean
has_comparable_names (const BaleenClaimWords *known,
                      const char             *answer)
{
  g_autoptr (BaleenClaimWords) words = baleen_claim_words_new (answer);
  const guint n_names = g_hash_table_size (words->names);
  const guint n_every = g_hash_table_size (words->every);

  if ((known->n_wide * 3 > known->n_narrow) != (words->n_wide * 3 > words->n_narrow))
    return FALSE;
  return words->n_wide > 0 || n_every < FEWEST_TO_JUDGE || n_names < n_every * MOST_CAPITALS;
}

char **
baleen_doubtful_words_find (const char *known,
                            const char *answer)
{
  /* The half of a character at an end would be taken for a whole one. */
  g_autofree char *valid_known = g_utf8_make_valid (known, -1);
  g_autofree char *valid_answer = g_utf8_make_valid (answer, -1);
  g_autoptr (GPtrArray) blocks = baleen_markdown_parse_all (valid_answer);
  Check check = { .words = baleen_claim_words_new (valid_known),
                  .numbers = list_numbers (valid_known),
                  .found = g_ptr_array_new () };

  check.looks_at_names = has_comparable_names (check.words, valid_answer);
  for (guint i = 0; i < blocks->len; i++)
    check_block (&check, blocks->pdata[i]);
  baleen_claim_words_free (check.words);
  g_hash_table_unref (check.numbers);
  if (check.found->len == 0)
    {
      g_ptr_array_unref (check.found);
      return NULL;
    }
  g_ptr_array_add (check.found, NULL);
  return (char **) g_ptr_array_free (check.found, FALSE);
}

gboolean
baleen_doubtful_words_next (const char *const *words,
                            const char        *text,
                            gsize             *at,
                            gsize             *start,
                            gsize             *end)
{
  Run run;

  for (const char *place = text + *at; next_run (place, &run); place = run.end)
    for (guint i = 0; words[i] != NULL; i++)
      if (strlen (words[i]) == run.end - run.start
          && strncmp (words[i], run.start, run.end - run.start) == 0)
        {
          *start = run.start - text;
          *end = *at = run.end - text;
          return TRUE;
        }
  return FALSE;
}
