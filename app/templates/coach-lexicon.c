/* Finds the words of the lists in a text: each language's words are put into one table, which is
 * asked for the longest that begins at each place. */
#include "coach-lexicon.h"

#include <string.h>

/* The longest entries. */
#define MOST_WORDS 6
#define MOST_LETTERS 12
/* So far before a word stands what denies it. */
#define DENIAL_WORDS 4
#define DENIAL_LETTERS 5

typedef struct
{
  const char *text;
  gsize length;
} Token;

/* ---- The tables ----------------------------------------------------------------------- */

static void
add_words (GHashTable     *table,
           const char     *words,
           BaleenSenseKind kind,
           guint           row,
           guint           end)
{
  const BaleenSense sense = { kind, row, end };
  g_auto (GStrv) each = g_strsplit (words, "|", -1);

  for (gsize i = 0; each[i] != NULL; i++)
    {
      GArray *senses = g_hash_table_lookup (table, each[i]);

      if (*each[i] == '\0')
        continue;
      if (senses == NULL)
        {
          senses = g_array_new (FALSE, FALSE, sizeof (BaleenSense));
          g_hash_table_insert (table, g_strdup (each[i]), senses);
        }
      g_array_append_val (senses, sense);
    }
}

static GHashTable *
make_table (gboolean is_chinese)
{
  GHashTable *table = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                             (GDestroyNotify) g_array_unref);
  const BaleenScale *scales;
  const BaleenKind *kinds;
  gsize n;

  scales = baleen_coach_get_scales (&n);
  for (gsize i = 0; i < n; i++)
    {
      const BaleenScale *s = &scales[i];

      add_words (table, is_chinese ? s->chinese_one : s->english_one, BALEEN_SENSE_END, i, 0);
      add_words (table, is_chinese ? s->chinese_other : s->english_other, BALEEN_SENSE_END, i, 1);
    }
  kinds = baleen_coach_get_kinds (&n);
  for (gsize i = 0; i < n; i++)
    {
      const BaleenKind *k = &kinds[i];

      add_words (table, is_chinese ? k->chinese_names : k->english_names, BALEEN_SENSE_NAME, i, 0);
      add_words (table, is_chinese ? k->chinese_refusals : k->english_refusals,
                 BALEEN_SENSE_REFUSAL, i, 0);
      add_words (table, is_chinese ? k->chinese_members : k->english_members, BALEEN_SENSE_MEMBER,
                 i, 0);
    }

  return table;
}

static GHashTable *
get_table (gboolean is_chinese)
{
  static GHashTable *tables[2]; /* (atomic) */

  if (g_once_init_enter (&tables[is_chinese]))
    g_once_init_leave (&tables[is_chinese], make_table (is_chinese));

  return tables[is_chinese];
}

/* ---- English -------------------------------------------------------------------------- */

/* A word without the ending that grammar gave it, tried one ending after the other. */
static const GArray *
look_up_stem (GHashTable *table,
              GString    *phrase)
{
  static const struct
  {
    const char *ending, *instead;
  } endings[] = { { "s", "" },   { "es", "" },  { "ies", "y" }, { "ed", "" },   { "d", "" },
                  { "ing", "" }, { "ing", "e" }, { "ly", "" },   { "ves", "fe" } };
  const GArray *senses = g_hash_table_lookup (table, phrase->str);

  for (gsize i = 0; senses == NULL && i < G_N_ELEMENTS (endings); i++)
    {
      gsize cut = strlen (endings[i].ending);
      g_autofree char *stem = NULL;

      if (phrase->len < cut + 3 || !g_str_has_suffix (phrase->str, endings[i].ending))
        continue;
      stem = g_strdup_printf ("%.*s%s", (int) (phrase->len - cut), phrase->str, endings[i].instead);
      senses = g_hash_table_lookup (table, stem);
      /* “running” is of “run”. */
      cut = strlen (stem);
      if (senses == NULL && cut > 3 && stem[cut - 1] == stem[cut - 2])
        {
          stem[cut - 1] = '\0';
          senses = g_hash_table_lookup (table, stem);
        }
    }

  return senses;
}

static gboolean
is_of_word (char c)
{
  return g_ascii_isalnum (c) || c == '\'' || c == '%' || c == '+' || (guchar) c >= 0x80;
}

static GArray *
cut_words (const char *text)
{
  GArray *tokens = g_array_new (FALSE, FALSE, sizeof (Token));

  for (const char *p = text; *p != '\0';)
    {
      Token token = { p, 0 };

      while (is_of_word (p[token.length]))
        token.length++;
      if (token.length > 0)
        g_array_append_val (tokens, token);
      p += MAX (token.length, 1);
    }

  return tokens;
}

static gboolean
is_token_of (const Token       *token,
             const char *const *words)
{
  for (; *words != NULL; words++)
    if (strlen (*words) == token->length && strncmp (*words, token->text, token->length) == 0)
      return TRUE;

  return FALSE;
}

/* Whether a clause ends between two tokens. */
static gboolean
are_parted (const Token *one,
            const Token *next)
{
  for (const char *p = one->text + one->length; p < next->text; p++)
    if (strchr (",.;:!?()", *p) != NULL)
      return TRUE;

  return FALSE;
}

static gboolean
is_denied_in_english (const GArray *tokens,
                      guint         first,
                      guint         end)
{
  static const char *const denials[]
      = { "no", "not", "without", "never", "avoid", "avoiding", "don't", "doesn't", "didn't",
          "can't", "cannot", "won't", "isn't", "aren't", "mustn't", "shouldn't", "zero",
          "exclude", "excluding", "except", "allergic", "hates", "hate", "dislikes", "nor",
          "neither", "skip", "refuses", "refuse", "unable", "minus", "lacks", "lacking", "nothing",
          "wasn't", "omit", "banned", "forbids", "ban", "dont", "cant", "doesnt", "none", NULL };
  static const char *const stops[]
      = { "but", "with", "that", "which", "it", "then", "should", "must", "just",
          "mostly", "yet", "still", "instead", "while", "so", NULL };
  static const char *const after[] = { "free", "forbidden", NULL };
  static const char *const no[] = { "no", "not", NULL };
  static const char *const either[] = { "or", NULL };
  const Token *next;

  static const char *const and[] = { "and", "plus", NULL };
  static const char *const wishes[]
      = { "how", "who", "what", "explain", "tell", "add", "use", "give", "include",
          "describe", "make", "put", "write", "begin", "end", "show", "say", NULL };

  /* “Without spoilers and how it ends” begins another wish. */
  if (first > 0 && is_token_of (&g_array_index (tokens, Token, first), wishes)
      && is_token_of (&g_array_index (tokens, Token, first - 1), and))
    return FALSE;
  for (guint i = first, n = 0; i > 0 && n < DENIAL_WORDS; i--, n++)
    {
      const Token *token = &g_array_index (tokens, Token, i - 1);

      if (are_parted (token, &g_array_index (tokens, Token, i)) || is_token_of (token, stops))
        break;
      /* “yes or no” denies nothing. */
      if (is_token_of (token, denials))
        return !(i > 1 && is_token_of (token, no) && is_token_of (token - 1, either));
    }

  if (end == tokens->len)
    return FALSE;

  next = &g_array_index (tokens, Token, end);
  return is_token_of (next, after) && !are_parted (next - 1, next);
}

/* How many tokens from `first` on the longest entry has, 0 if there is none. */
static guint
match_words (GHashTable    *table,
             const GArray  *tokens,
             guint          first,
             guint          most,
             const GArray **senses)
{
  for (guint n = MIN (most, tokens->len - first); n > 0; n--)
    {
      g_autoptr (GString) phrase = g_string_new (NULL);
      gboolean is_parted = FALSE;

      for (guint i = first; i < first + n; i++)
        {
          const Token *token = &g_array_index (tokens, Token, i);

          is_parted = is_parted || (i > first && are_parted (token - 1, token));
          if (i > first)
            g_string_append_c (phrase, ' ');
          g_string_append_len (phrase, token->text, token->length);
        }
      *senses = is_parted ? NULL : look_up_stem (table, phrase);
      if (*senses != NULL)
        return n;
    }

  return 0;
}

/* In “bright red” there is “red”. A phrase that denies (“no oven”) has none. */
static void
add_inner_words (GHashTable   *table,
                 const GArray *tokens,
                 const char   *text,
                 guint         first,
                 guint         n,
                 GArray       *mentions)
{
  for (guint i = first; i < first + n; i++)
    {
      const Token *token = &g_array_index (tokens, Token, i);
      BaleenMention mention = { .start = token->text - text };
      const GArray *senses;

      if (match_words (table, tokens, i, 1, &senses) == 0)
        continue;
      mention.senses = senses;
      mention.end = mention.start + token->length;
      mention.is_denied = is_denied_in_english (tokens, i, i + 1);
      mention.is_inner = TRUE;
      g_array_append_val (mentions, mention);
    }
}

static void
find_english (const char *text,
              GArray     *mentions)
{
  GHashTable *table = get_table (FALSE);
  g_autoptr (GArray) tokens = cut_words (text);

  for (guint i = 0; i < tokens->len;)
    {
      BaleenMention mention = { 0 };
      guint n = match_words (table, tokens, i, MOST_WORDS, &mention.senses);

      if (n > 0)
        {
          const Token *last = &g_array_index (tokens, Token, i + n - 1);

          mention.start = g_array_index (tokens, Token, i).text - text;
          mention.end = last->text + last->length - text;
          mention.is_denied = is_denied_in_english (tokens, i, i + n);
          g_array_append_val (mentions, mention);
        }
      if (n > 1)
        add_inner_words (table, tokens, text, i, n, mentions);
      i += MAX (n, 1);
    }
}

/* ---- Chinese -------------------------------------------------------------------------- */

/* “不但”, “不同”, “特别”, “免费” deny nothing. */
static gboolean
denies_nothing (const char *text,
                const char *place)
{
  static const char *const others[] = { "不但", "不仅", "不同", "不错", "别人", "免费", "无论", "不管" };
  const char *before = place > text ? g_utf8_prev_char (place) : place;

  for (gsize i = 0; i < G_N_ELEMENTS (others); i++)
    if (g_str_has_prefix (place, others[i]))
      return TRUE;

  return g_str_has_prefix (before, "特别") || g_str_has_prefix (before, "分别");
}

static gboolean
is_denied_in_chinese (const char *text,
                      const char *word)
{
  static const char denials[] = "不没无别勿禁免忌避拒零戒";
  static const char stops[] = "，。；、：！？,.;!? 但却而就都只又再还并且";
  const char *p = word;

  for (guint n = 0; p > text && n < DENIAL_LETTERS; n++)
    {
      g_autofree char *letter = NULL;
      const char *after = p;

      p = g_utf8_prev_char (p);
      letter = g_strndup (p, after - p);
      if (strstr (stops, letter) != NULL)
        return FALSE;
      if (strstr (denials, letter) == NULL)
        continue;
      return !denies_nothing (text, p);
    }

  return FALSE;
}

static void
find_chinese (const char *text,
              GArray     *mentions)
{
  GHashTable *table = get_table (TRUE);
  const char *last_end = text;

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      const char *ends[MOST_LETTERS];
      guint n = 0;

      for (const char *end = p; *end != '\0' && n < MOST_LETTERS;)
        ends[n++] = end = g_utf8_next_char (end);
      /* “一个字都不” and “不许删” share a letter; what lies within another is a part of it. */
      for (; n > 0 && ends[n - 1] > last_end; n--)
        {
          g_autofree char *word = g_strndup (p, ends[n - 1] - p);
          BaleenMention mention = { .start = p - text, .end = ends[n - 1] - text };

          mention.senses = g_hash_table_lookup (table, word);
          if (mention.senses == NULL)
            continue;
          mention.is_denied = is_denied_in_chinese (text, p);
          g_array_append_val (mentions, mention);
          last_end = ends[n - 1];
          break;
        }
    }
}

GArray *
baleen_coach_find_mentions (const char *text,
                            gboolean    is_chinese)
{
  GArray *mentions = g_array_new (FALSE, FALSE, sizeof (BaleenMention));

  if (is_chinese)
    find_chinese (text, mentions);
  else
    find_english (text, mentions);

  return mentions;
}
