#include "search-text.h"

#include <string.h>

/* More of a word says nothing that its beginning has not said. */
#define TOKEN_BYTES 128

/* A page pasted as a query asks the index for its beginning; the rest is compared. */
#define INDEXED_TERMS 32

typedef enum
{
  CHAR_SEPARATOR,
  CHAR_WORD,
  CHAR_UNSPACED, /* of a script that puts no spaces between words */
} CharKind;

static CharKind
kind_of (gunichar c)
{
  if (c < 0x80)
    return g_ascii_isalnum (c) ? CHAR_WORD : CHAR_SEPARATOR;
  switch (g_unichar_get_script (c))
    {
    case G_UNICODE_SCRIPT_HAN:
    case G_UNICODE_SCRIPT_HIRAGANA:
    case G_UNICODE_SCRIPT_KATAKANA:
    case G_UNICODE_SCRIPT_HANGUL:
    case G_UNICODE_SCRIPT_BOPOMOFO:
    case G_UNICODE_SCRIPT_THAI:
    case G_UNICODE_SCRIPT_LAO:
    case G_UNICODE_SCRIPT_KHMER:
    case G_UNICODE_SCRIPT_MYANMAR:
      return CHAR_UNSPACED;
    default:
      return g_unichar_isalnum (c) || g_unichar_ismark (c) ? CHAR_WORD : CHAR_SEPARATOR;
    }
}

static gboolean
is_accent (gunichar c)
{
  return c >= 0x300 && c <= 0x36f;
}

/* Appends what `c` counts as: small, of usual width, without accent. */
static void
fold (GString *folded,
      gunichar c)
{
  char bytes[8];
  g_autofree char *parts = NULL;
  g_autofree char *whole = NULL;
  g_autofree char *plain = NULL;
  GString *bare;

  if (c < 0x80)
    {
      g_string_append_c (folded, g_ascii_tolower (c));
      return;
    }
  /* People type the straight quotes of their keyboards for the curved ones of print. */
  if (c == 0x2018 || c == 0x2019 || c == 0x201c || c == 0x201d)
    {
      g_string_append_c (folded, c <= 0x2019 ? '\'' : '"');
      return;
    }
  /* Most Han characters are what they are. */
  if (c >= 0x4e00 && c <= 0x9fff)
    {
      g_string_append_unichar (folded, c);
      return;
    }
  bytes[g_unichar_to_utf8 (c, bytes)] = '\0';
  parts = g_utf8_normalize (bytes, -1, G_NORMALIZE_NFKD);
  if (parts == NULL)
    return;
  bare = g_string_new (NULL);
  for (const char *p = parts; *p != '\0'; p = g_utf8_next_char (p))
    if (!is_accent (g_utf8_get_char (p)))
      g_string_append_unichar (bare, g_utf8_get_char (p));
  whole = g_utf8_normalize (bare->str, -1, G_NORMALIZE_NFKC);
  plain = g_utf8_casefold (whole, -1);
  g_string_append (folded, plain);
  g_string_free (bare, TRUE);
}

/* ---- tokens --------------------------------------------------------------------------- */

typedef struct
{
  BaleenTokenFunc func;
  gpointer user_data;
  gboolean is_over;

  GString *word;  /* (owned) folded; empty outside of one */
  gsize word_start;
  gsize word_end;

  GString *last;  /* (owned) the folded last character of a run; empty outside of one */
  gsize last_start;
  gsize last_end;
  guint n_run;    /* characters in the run so far */
} Cutter;

static void
give (Cutter        *cutter,
      const GString *token,
      gsize          start,
      gsize          end)
{
  gsize length = token->len;

  if (length == 0 || cutter->is_over)
    return;
  if (length > TOKEN_BYTES)
    length = g_utf8_find_prev_char (token->str, token->str + TOKEN_BYTES + 1) - token->str;
  cutter->is_over = !cutter->func (token->str, length, start, end, cutter->user_data);
}

static void
end_word (Cutter *cutter)
{
  give (cutter, cutter->word, cutter->word_start, cutter->word_end);
  g_string_truncate (cutter->word, 0);
}

static void
end_run (Cutter *cutter)
{
  give (cutter, cutter->last, cutter->last_start, cutter->last_end);
  g_string_truncate (cutter->last, 0);
  cutter->n_run = 0;
}

static void
take_word (Cutter  *cutter,
           gunichar c,
           gsize    start,
           gsize    end)
{
  if (cutter->word->len == 0)
    cutter->word_start = start;
  cutter->word_end = end;
  /* A line of a megabyte without a space is one token; its rest is not even folded. */
  if (cutter->word->len <= TOKEN_BYTES)
    fold (cutter->word, c);
}

static void
take_unspaced (Cutter  *cutter,
               gunichar c,
               gsize    start,
               gsize    end)
{
  g_autoptr (GString) folded = g_string_new (NULL);

  fold (folded, c);
  if (cutter->n_run > 0)
    {
      g_string_append_len (cutter->last, folded->str, folded->len);
      give (cutter, cutter->last, cutter->last_start, end);
    }
  g_string_assign (cutter->last, folded->str);
  cutter->last_start = start;
  cutter->last_end = end;
  cutter->n_run++;
}

void
baleen_search_text_tokenize (const char     *text,
                             gsize           length,
                             gboolean        is_query,
                             BaleenTokenFunc func,
                             gpointer        user_data)
{
  Cutter cutter = { .func = func, .user_data = user_data };
  gboolean is_run_kept = FALSE;
  gsize next;

  cutter.word = g_string_new (NULL);
  cutter.last = g_string_new (NULL);
  for (gsize at = 0; at < length && !cutter.is_over; at = next)
    {
      const gunichar c = g_utf8_get_char_validated (text + at, length - at);
      const gboolean is_char = c != (gunichar) -1 && c != (gunichar) -2;
      const CharKind kind = is_char ? kind_of (c) : CHAR_SEPARATOR;

      next = at + (is_char ? g_unichar_to_utf8 (c, NULL) : 1);
      if (kind != CHAR_WORD)
        end_word (&cutter);
      /* A run of a query is held back until something follows that makes it an inner one. */
      if (cutter.n_run > 0 && (kind == CHAR_WORD || (is_run_kept && kind == CHAR_UNSPACED)))
        end_run (&cutter);
      is_run_kept = cutter.n_run > 0 && kind == CHAR_SEPARATOR;
      if (kind == CHAR_WORD)
        take_word (&cutter, c, at, next);
      else if (kind == CHAR_UNSPACED)
        take_unspaced (&cutter, c, at, next);
    }
  end_word (&cutter);
  if (!is_query || cutter.n_run == 1)
    end_run (&cutter);
  g_string_free (cutter.word, TRUE);
  g_string_free (cutter.last, TRUE);
}

/* ---- places --------------------------------------------------------------------------- */

/* A folded text and, for each of its bytes and its end, the byte of the text it came from. */
typedef struct
{
  GString *text;   /* (owned) */
  GArray *origins; /* (owned) of gsize */
} Folded;

static void
folded_init (Folded     *folded,
             const char *text)
{
  const char *p = text;

  folded->text = g_string_new (NULL);
  folded->origins = g_array_new (FALSE, FALSE, sizeof (gsize));
  for (; *p != '\0'; p = g_utf8_next_char (p))
    {
      const gsize origin = p - text;

      fold (folded->text, g_utf8_get_char (p));
      while (folded->origins->len < folded->text->len)
        g_array_append_val (folded->origins, origin);
    }
  g_array_append_vals (folded->origins, (gsize[]) { p - text }, 1);
}

static void
folded_clear (Folded *folded)
{
  g_string_free (folded->text, TRUE);
  g_array_unref (folded->origins);
}

/* Between two letters that belong together nothing begins. */
static gboolean
is_beginning (const char *text,
              const char *place)
{
  const char *before = g_utf8_find_prev_char (text, place);

  return before == NULL || kind_of (g_utf8_get_char (place)) != CHAR_WORD
         || kind_of (g_utf8_get_char (before)) != CHAR_WORD;
}

GArray *
baleen_search_text_find (const char *text,
                         const char *needle,
                         gboolean    at_words)
{
  GArray *spans = g_array_new (FALSE, FALSE, sizeof (BaleenTextSpan));
  Folded hay, pin;
  const char *p;

  folded_init (&hay, text);
  folded_init (&pin, needle);
  p = hay.text->str;
  while (pin.text->len > 0 && (p = strstr (p, pin.text->str)) != NULL)
    {
      const gsize from = p - hay.text->str;
      const gsize to = from + pin.text->len;
      BaleenTextSpan span = { g_array_index (hay.origins, gsize, from),
                              g_array_index (hay.origins, gsize, to) };

      /* A character that folds to several ends where the next one begins. */
      for (gsize i = to; span.end == g_array_index (hay.origins, gsize, to - 1)
                         && i + 1 < hay.origins->len;)
        span.end = g_array_index (hay.origins, gsize, ++i);
      if (at_words && !is_beginning (text, text + span.start))
        {
          p = g_utf8_next_char (p);
          continue;
        }
      g_array_append_val (spans, span);
      p += pin.text->len;
    }
  folded_clear (&hay);
  folded_clear (&pin);
  return spans;
}

/* ---- queries -------------------------------------------------------------------------- */

static gboolean
count_cb (const char *token,
          gsize       n_token,
          gsize       start,
          gsize       end,
          gpointer    user_data)
{
  gsize *n_bytes = user_data;

  *n_bytes = MAX (*n_bytes, end);
  return TRUE;
}

/* Signs are separators to the index: “c++” would find every “c”. */
static gboolean
has_signs (const char *term)
{
  for (const char *p = term; *p != '\0'; p = g_utf8_next_char (p))
    if (kind_of (g_utf8_get_char (p)) == CHAR_SEPARATOR)
      return TRUE;
  return FALSE;
}

static void
add_to_expression (GString    *expression,
                   const char *term)
{
  g_auto (GStrv) parts = g_strsplit (term, "\"", -1);
  g_autofree char *quoted = g_strjoinv ("\"\"", parts);

  if (expression->len > 0)
    g_string_append (expression, " AND ");
  g_string_append_printf (expression, "\"%s\" *", quoted);
}

BaleenSearchQuery *
baleen_search_query_new (const char *text)
{
  BaleenSearchQuery *query = g_new0 (BaleenSearchQuery, 1);
  g_autofree char *valid = g_utf8_make_valid (text, -1);
  g_autoptr (GStrvBuilder) terms = g_strv_builder_new ();
  GString *expression = g_string_new (NULL);
  const char *end;
  guint n_terms = 0;

  for (const char *p = valid; *p != '\0'; p = end)
    {
      g_autofree char *term = NULL;
      gsize n_bytes = 0;

      for (; *p != '\0' && g_unichar_isspace (g_utf8_get_char (p)); p = g_utf8_next_char (p))
        ;
      for (end = p; *end != '\0' && !g_unichar_isspace (g_utf8_get_char (end));
           end = g_utf8_next_char (end))
        ;
      if (end == p)
        break;
      term = g_strndup (p, end - p);
      baleen_search_text_tokenize (term, strlen (term), TRUE, count_cb, &n_bytes);
      if (n_bytes > 0 && n_terms < INDEXED_TERMS)
        add_to_expression (expression, term);
      query->is_exact |= has_signs (term) || n_terms >= INDEXED_TERMS;
      n_terms++;
      g_strv_builder_add (terms, term);
    }
  query->terms = g_strv_builder_end (terms);
  query->expression = g_string_free (expression, expression->len == 0);
  return query;
}

void
baleen_search_query_free (BaleenSearchQuery *query)
{
  g_strfreev (query->terms);
  g_free (query->expression);
  g_free (query);
}

gboolean
baleen_search_query_is_empty (const BaleenSearchQuery *query)
{
  return query->terms[0] == NULL;
}

gboolean
baleen_search_query_matches (const BaleenSearchQuery *query,
                             const char              *text)
{
  for (guint i = 0; query->terms[i] != NULL; i++)
    {
      g_autoptr (GArray) spans = baleen_search_text_find (text, query->terms[i], TRUE);

      if (spans->len == 0)
        return FALSE;
    }
  return TRUE;
}

static int
compare_spans (gconstpointer a,
               gconstpointer b)
{
  const BaleenTextSpan *first = a, *second = b;

  return first->start < second->start ? -1 : first->start > second->start;
}

/* The places of all terms, in order, those that overlap made one. */
static GArray *
find_terms (const BaleenSearchQuery *query,
            const char              *text)
{
  GArray *all = g_array_new (FALSE, FALSE, sizeof (BaleenTextSpan));
  GArray *merged = g_array_new (FALSE, FALSE, sizeof (BaleenTextSpan));

  for (guint i = 0; query->terms[i] != NULL; i++)
    {
      g_autoptr (GArray) spans = baleen_search_text_find (text, query->terms[i], TRUE);

      if (spans->len > 0)
        g_array_append_vals (all, spans->data, spans->len);
    }
  g_array_sort (all, compare_spans);
  for (guint i = 0; i < all->len; i++)
    {
      const BaleenTextSpan span = g_array_index (all, BaleenTextSpan, i);
      BaleenTextSpan *last
          = merged->len > 0 ? &g_array_index (merged, BaleenTextSpan, merged->len - 1) : NULL;

      if (last != NULL && span.start < last->end)
        last->end = MAX (last->end, span.end);
      else
        g_array_append_val (merged, span);
    }
  g_array_unref (all);
  return merged;
}

/* A third of the line is for what comes before the first place. */
static const char *
find_line_start (const char *text,
                 const char *place,
                 guint       n_chars)
{
  const char *start = place;

  for (guint i = 0; i < n_chars / 3 && start > text; i++)
    start = g_utf8_prev_char (start);
  while (start > text && start < place && !is_beginning (text, start))
    start = g_utf8_next_char (start);
  while (start < place && g_unichar_isspace (g_utf8_get_char (start)))
    start = g_utf8_next_char (start);
  return start;
}

char *
baleen_search_query_make_snippet (const BaleenSearchQuery *query,
                                  const char              *text,
                                  guint                    n_chars,
                                  GArray                 **spans)
{
  g_autoptr (GArray) places = find_terms (query, text);
  GArray *found = g_array_new (FALSE, FALSE, sizeof (BaleenTextSpan));
  const char *start = text;
  GString *snippet = g_string_new (NULL);
  const char *p;
  guint next = 0;

  if (places->len > 0)
    start = find_line_start (text, text + g_array_index (places, BaleenTextSpan, 0).start,
                             n_chars);
  if (start > text)
    g_string_append (snippet, "…");
  for (p = start; *p != '\0' && n_chars > 0; p = g_utf8_next_char (p), n_chars--)
    {
      const BaleenTextSpan *place
          = next < places->len ? &g_array_index (places, BaleenTextSpan, next) : NULL;
      const gunichar c = g_utf8_get_char (p);

      if (place != NULL && place->start == (gsize) (p - text))
        g_array_append_vals (found, (BaleenTextSpan[]) { { snippet->len, snippet->len } }, 1);
      if (g_unichar_isspace (c) || g_unichar_iscntrl (c))
        g_string_append_c (snippet, ' ');
      else
        g_string_append_unichar (snippet, c);
      if (place != NULL && found->len > next)
        g_array_index (found, BaleenTextSpan, next).end = snippet->len;
      if (place != NULL && place->end <= (gsize) (g_utf8_next_char (p) - text))
        next++;
    }
  if (*p != '\0')
    g_string_append (snippet, "…");
  *spans = found;
  return g_string_free (snippet, FALSE);
}
