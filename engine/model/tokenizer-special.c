#include "tokenizer-special.h"

#include "min-heap.h"

#include <string.h>

static int
compare_texts (gconstpointer a,
               gconstpointer b,
               gpointer      user_data)
{
  const BlnVocabulary *vocabulary = user_data;
  gint32 left = *(const gint32 *) a, right = *(const gint32 *) b;
  const BlnGgufString *x = &vocabulary->texts[left], *y = &vocabulary->texts[right];
  int order = memcmp (x->bytes, y->bytes, MIN (x->length, y->length));

  if (order != 0)
    return order;
  if (x->length != y->length)
    return x->length < y->length ? -1 : 1;
  return left < right ? -1 : left > right;
}

static gboolean
is_special (const BlnVocabulary *vocabulary,
            guint32              token)
{
  guint8 kind = vocabulary->kinds[token];

  return vocabulary->texts[token].length > 0 &&
         (kind == BLN_TOKEN_CONTROL || kind == BLN_TOKEN_UNKNOWN ||
          kind == BLN_TOKEN_USER_DEFINED);
}

void
bln_specials_init (BlnSpecials         *specials,
                   const BlnVocabulary *vocabulary)
{
  GArray *tokens = g_array_new (FALSE, FALSE, sizeof (gint32));

  for (gint32 i = 0; i < vocabulary->n; i++)
    if (is_special (vocabulary, i))
      g_array_append_val (tokens, i);
  g_array_sort_with_data (tokens, compare_texts, (gpointer) vocabulary);

  memset (specials, 0, sizeof *specials);
  specials->vocabulary = vocabulary;
  specials->n = tokens->len;
  specials->tokens = (gint32 *) g_array_free (tokens, FALSE);
  for (guint32 i = 0; i < specials->n; i++)
    specials->first[(guint8) vocabulary->texts[specials->tokens[i]].bytes[0] + 1]++;
  for (guint i = 0; i < 256; i++)
    specials->first[i + 1] += specials->first[i];
}

void
bln_specials_clear (BlnSpecials *specials)
{
  g_clear_pointer (&specials->tokens, g_free);
}

/* ---- one place --------------------------------------------------------------------------- */

typedef struct
{
  const BlnSpecials *specials;
  const char *text;
  gsize length;
  const guint8 *is_input;
  gboolean with_control;
} Search;

static gboolean
may_stand (const Search *search,
           gint32        token,
           gsize         at,
           gsize         length)
{
  gboolean is_control = search->specials->vocabulary->kinds[token] != BLN_TOKEN_USER_DEFINED;
  gboolean has_input = FALSE;

  if (is_control && !search->with_control)
    return FALSE;
  if (search->is_input != NULL)
    for (gsize i = at; i < at + length && !has_input; i++)
      has_input = search->is_input[i] != 0;
  return !has_input || (!is_control && !bln_text_is_markup (search->text + at, length));
}

/* The first of [low, high) whose byte at `depth` is at least `byte`; all are longer than that
 * and alike before it. */
static guint32
lower_bound (const BlnSpecials *specials,
             guint32            low,
             guint32            high,
             gsize              depth,
             guint              byte)
{
  while (low < high)
    {
      guint32 middle = low + (high - low) / 2;
      gint32 token = specials->tokens[middle];

      if ((guint8) specials->vocabulary->texts[token].bytes[depth] < byte)
        low = middle + 1;
      else
        high = middle;
    }
  return low;
}

/* The longest token that begins at `at` and has at most `limit` bytes: its length, or 0. */
static gsize
longest_at (const Search *search,
            gsize         at,
            gsize         limit,
            gint32       *token)
{
  const BlnSpecials *specials = search->specials;
  const BlnGgufString *texts = specials->vocabulary->texts;
  guint8 byte = search->text[at];
  guint32 low = specials->first[byte], high = specials->first[byte + 1];
  gsize found = 0;

  for (gsize depth = 1; low < high; depth++)
    {
      /* Those that end here come first among all that begin like this. */
      for (; low < high && texts[specials->tokens[low]].length == depth; low++)
        if (found < depth && may_stand (search, specials->tokens[low], at, depth))
          {
            found = depth;
            *token = specials->tokens[low];
          }
      if (depth >= limit)
        break;
      byte = search->text[at + depth];
      low = lower_bound (specials, low, high, depth, byte);
      high = lower_bound (specials, low, high, depth, byte + 1);
    }
  return found;
}

/* ---- all places ----------------------------------------------------------------------- */

static void
push_longest (const Search *search,
              BlnMinHeap   *heap,
              gsize         at,
              gsize         limit)
{
  gint32 token;
  gsize length = longest_at (search, at, limit, &token);

  if (length > 0)
    bln_min_heap_push (heap, (guint64) (G_MAXUINT32 - length) << 32 | at);
}

static int
compare_starts (gconstpointer a,
                gconstpointer b)
{
  const BlnSpecialMatch *left = a, *right = b;

  return left->start < right->start ? -1 : left->start > right->start;
}

/* Every place waits with the longest token that fits there; when its turn has come and a longer
 * one has taken part of it, it waits again with what still fits. */
GArray *
bln_specials_find (const BlnSpecials *specials,
                   const char        *text,
                   gsize              length,
                   const guint8      *is_input,
                   gboolean           with_control)
{
  Search search = { specials, text, length, is_input, with_control };
  GArray *matches = g_array_new (FALSE, FALSE, sizeof (BlnSpecialMatch));
  g_autofree guint8 *is_taken = NULL;
  BlnMinHeap heap = { 0 };

  for (gsize i = 0; i < length; i++)
    if (specials->first[(guint8) text[i]] < specials->first[(guint8) text[i] + 1])
      push_longest (&search, &heap, i, length - i);
  if (heap.n > 0)
    is_taken = g_malloc0 (length);

  while (heap.n > 0)
    {
      guint64 entry = bln_min_heap_pop (&heap);
      BlnSpecialMatch match = { (guint32) entry, G_MAXUINT32 - (guint32) (entry >> 32), -1 };
      const guint8 *taken = memchr (is_taken + match.start, 1, match.length);

      if (taken == NULL)
        {
          longest_at (&search, match.start, match.length, &match.token);
          memset (is_taken + match.start, 1, match.length);
          g_array_append_val (matches, match);
        }
      else if (taken > is_taken + match.start)
        push_longest (&search, &heap, match.start, taken - is_taken - match.start);
    }
  g_array_sort (matches, compare_starts);
  bln_min_heap_clear (&heap);
  return matches;
}
