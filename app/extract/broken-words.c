#include "broken-words.h"

#include "text-flow.h"
#include "word-list.h"

#include <string.h>

/* What is remembered of a document that is nothing but new words. */
#define MOST_WORDS 200000
/* Fewer breaks than this say nothing of how the document was set. */
#define LEAST_BREAKS 4
/* Who breaks words does it to words that stand elsewhere whole, one in so many at least; or else
 * leaves pieces that are no words, so many in a hundred. */
#define BREAKS_PER_KNOWN 10
#define LEAST_PIECES 70
/* A shorter piece, “age” or “er”, is a word as often as the end of one. */
#define LEAST_LETTERS 4

/* What begins compounds so often that a word behind it is enough. */
static const char *const compounding[] = {
  "cross", "ever", "fast", "full", "half", "high", "ill",  "large", "long",  "low", "mid",
  "much",  "semi", "short", "slow", "small", "first", "second", "third", "three", "two", "wide",
};
/* And what hardly begins anything else; small words stand within compounds alone. */
static const char *const always_compounding[] = { "self", "well" };
static const char *const within_compounds[] = {
  "a", "and", "as", "at", "by", "for", "in", "is", "of", "on", "or", "the", "to",
};
static const char *const tens[] = {
  "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety",
};

struct _BrokenWords
{
  GHashTable *words;  /* (owned) of counts, by words within lines; “well-known” is one, and so
                       * are “well-”, “-known”, “well” and “known” */
  GPtrArray *breaks;  /* (owned) of strings: pieces before and after, by turns */
  char *piece;        /* (owned) (nullable) with which the last line broke off */
  gboolean is_judged;
  gboolean breaks_words; /* and not only compounds */
};

BrokenWords *
broken_words_new (void)
{
  BrokenWords *self = g_new0 (BrokenWords, 1);

  self->words = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->breaks = g_ptr_array_new_with_free_func (g_free);
  return self;
}

void
broken_words_free (BrokenWords *self)
{
  g_hash_table_unref (self->words);
  g_ptr_array_unref (self->breaks);
  g_free (self->piece);
  g_free (self);
}

/* Takes the word. */
static void
count (BrokenWords *self,
       char        *word)
{
  const guint n = GPOINTER_TO_UINT (g_hash_table_lookup (self->words, word));

  if (n == 0 && g_hash_table_size (self->words) >= MOST_WORDS)
    g_free (word);
  else
    g_hash_table_insert (self->words, word, GUINT_TO_POINTER (n + 1));
}

static guint
get_count (BrokenWords *self,
           const char  *word)
{
  return GPOINTER_TO_UINT (g_hash_table_lookup (self->words, word));
}

/* “well-known” counts whole, and as the beginning and the end of compounds. */
static void
count_word (BrokenWords *self,
            const char  *word)
{
  const char *hyphen = strchr (word, '-');

  count (self, g_strdup (word));
  if (hyphen == NULL)
    return;
  count (self, g_strndup (word, hyphen + 1 - word));
  count (self, g_strdup (strrchr (word, '-')));
  for (const char *at = word; at != NULL; at = hyphen)
    {
      hyphen = strchr (at, '-');
      count (self, hyphen != NULL ? g_strndup (at, hyphen - at) : g_strdup (at));
      if (hyphen != NULL)
        hyphen++;
    }
}

static gboolean
is_word_letter (gunichar letter)
{
  return g_unichar_isalpha (letter) && !text_is_wide (letter);
}

/* The end of the word that begins here; a hyphen between letters is part of it. */
static const char *
skip_word (const char *at)
{
  while (is_word_letter (g_utf8_get_char (at))
         || (*at == '-' && is_word_letter (g_utf8_get_char (at + 1))))
    at = g_utf8_next_char (at);

  return at;
}

static void
add_break (BrokenWords *self,
           char        *after)
{
  g_ptr_array_add (self->breaks, g_steal_pointer (&self->piece));
  g_ptr_array_add (self->breaks, after);
}

void
broken_words_learn (BrokenWords *self,
                    const char  *line)
{
  g_autofree char *lower = g_utf8_strdown (line, -1);

  for (const char *at = lower, *end; *at != '\0'; at = end)
    {
      end = skip_word (at);
      if (end == at)
        {
          end = g_utf8_next_char (at);
          continue;
        }
      if (self->piece != NULL && at == lower)
        {
          add_break (self, g_strndup (at, end - at));
          continue;
        }
      if (g_str_equal (end, "-"))
        {
          g_free (self->piece);
          self->piece = g_strndup (at, end - at);
          return;
        }
      {
        g_autofree char *word = g_strndup (at, end - at);

        count_word (self, word);
      }
    }
  g_clear_pointer (&self->piece, g_free);
}

/* Whether both are words by themselves. */
static gboolean
are_words (BrokenWords *self,
           const char  *before,
           const char  *after)
{
  return get_count (self, before) > 0 && get_count (self, after) > 0;
}

static void
judge (BrokenWords *self)
{
  guint n_pieces = 0, n_known = 0, n_breaks = self->breaks->len / 2;

  for (guint i = 0; i < n_breaks; i++)
    {
      const char *before = g_ptr_array_index (self->breaks, 2 * i);
      const char *after = g_ptr_array_index (self->breaks, 2 * i + 1);
      g_autofree char *joined = g_strconcat (before, after, NULL);
      const gboolean is_known = get_count (self, joined) > 0;

      n_known += is_known;
      n_pieces += is_known || !are_words (self, before, after);
    }
  self->breaks_words = n_breaks < LEAST_BREAKS || n_known * BREAKS_PER_KNOWN > n_breaks
                       || n_pieces * 100 > n_breaks * LEAST_PIECES;
  self->is_judged = TRUE;
}

/* Whether `before` begins compounds, or `after` ends them, here or everywhere. */
static gboolean
is_compounding (BrokenWords *self,
                const char  *before,
                const char  *after)
{
  g_autofree char *beginning = g_strconcat (before, "-", NULL);
  g_autofree char *ending = g_strconcat ("-", after, NULL);

  if (BALEEN_IS_LISTED (always_compounding, before)
      || BALEEN_IS_LISTED (tens, before))
    return TRUE;
  return are_words (self, before, after)
         && (get_count (self, beginning) > 0 || get_count (self, ending) > 0
             || BALEEN_IS_LISTED (compounding, before));
}

static gboolean
is_compound (BrokenWords *self,
             const char  *before,
             const char  *after)
{
  g_autofree char *joined = g_strconcat (before, after, NULL);
  g_autofree char *compound = g_strconcat (before, "-", after, NULL);
  const guint n_joined = get_count (self, joined), n_compound = get_count (self, compound);
  const char *last = strrchr (before, '-');
  gsize n_first = strcspn (after, "-");
  g_autofree char *first = g_strndup (after, n_first);

  if (n_joined != n_compound)
    return n_compound > n_joined;
  if (last != NULL)
    return BALEEN_IS_LISTED (within_compounds, last + 1)
           || is_compound (self, last + 1, after);
  if (after[n_first] == '-')
    return BALEEN_IS_LISTED (within_compounds, first)
           || is_compound (self, before, first);
  return !self->breaks_words
         || (g_utf8_strlen (after, -1) >= LEAST_LETTERS && is_compounding (self, before, after));
}

/* Capitals stand at the joints of names and of what is spelled out in them: “Anglo-Saxon”. */
static gboolean
is_known (BrokenWords *self,
          const char  *before,
          const char  *after)
{
  g_autofree char *joined = g_strconcat (before, after, NULL);
  g_autofree char *compound = g_strconcat (before, "-", after, NULL);

  return get_count (self, joined) > get_count (self, compound);
}

static gunichar
get_last_letter (const char *start,
                 const char *end)
{
  return end > start ? g_utf8_get_char (g_utf8_prev_char (end)) : 0;
}

gboolean
broken_words_keep_hyphen (BrokenWords *self,
                          const char  *before,
                          gsize        before_length,
                          const char  *after)
{
  const char *start = before + before_length, *end = skip_word (after);
  g_autofree char *first = NULL, *second = NULL;

  if (!self->is_judged)
    judge (self);
  while (start > before)
    {
      const char *letter = g_utf8_prev_char (start);

      if (!is_word_letter (g_utf8_get_char (letter)) && *letter != '-')
        break;
      start = letter;
    }
  first = g_utf8_strdown (start, before + before_length - start);
  second = g_utf8_strdown (after, end - after);
  if (g_unichar_isupper (get_last_letter (start, before + before_length))
      || g_unichar_isupper (g_utf8_get_char (after)))
    return !is_known (self, first, second);
  return is_compound (self, first, second);
}
