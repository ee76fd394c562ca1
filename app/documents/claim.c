#include "claim.h"

#include "claim-sense.h"
#include "claim-words.h"

#include <string.h>

/* The share of a claim's words that the cited sentences must have. */
#define LEAST_OVERLAP 0.5
/* To be moved to other sentences than those it names, a claim must be nearly theirs. */
#define MOVING_OVERLAP 0.75
/* So many sentences before and after name what “it” is. */
#define NEAR 2
/* From here on, either way, two claims say the same. */
#define SAME_OVERLAP 0.85
#define SAME_PLACE_OVERLAP 0.6
/* What one claim must have of another to be its whole. */
#define PART_OVERLAP 0.9
#define MOST_LABELS 64
/* So many Chinese letters may be a name in a translation. */
#define MOST_QUOTED 4
/* Fewer words of weight than this are a heading or a scrap. */
#define LEAST_WORDS 3
/* Bytes of a sentence that is no longer than a claim may be. */
#define MOST_WHOLE 400

BaleenClaim *
baleen_claim_new (const char *text,
                  guint       segment)
{
  BaleenClaim *claim = g_new0 (BaleenClaim, 1);

  claim->text = g_strdup (text);
  claim->segment = segment;
  claim->sentences = g_array_new (FALSE, FALSE, sizeof (guint));
  return claim;
}

BaleenClaim *
baleen_claim_copy (const BaleenClaim *claim)
{
  BaleenClaim *copy = baleen_claim_new (claim->text, claim->segment);

  g_array_append_vals (copy->sentences, claim->sentences->data, claim->sentences->len);
  copy->is_verified = claim->is_verified;
  copy->weight = claim->weight;
  return copy;
}

void
baleen_claim_free (BaleenClaim *claim)
{
  g_free (claim->text);
  g_array_unref (claim->sentences);
  g_free (claim);
}

GPtrArray *
baleen_claims_new (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify) baleen_claim_free);
}

void
baleen_claim_add_sentence (BaleenClaim *claim,
                           guint        sentence)
{
  guint i = 0;

  while (i < claim->sentences->len && g_array_index (claim->sentences, guint, i) < sentence)
    i++;
  if (i == claim->sentences->len || g_array_index (claim->sentences, guint, i) != sentence)
    g_array_insert_val (claim->sentences, i, sentence);
}

/* The number after “S”, and where it ends; 0 if there is none. */
static guint
read_label (const char **at)
{
  const char *digits = *at;
  guint number = 0;

  if (*digits == 'S' || *digits == 's')
    digits++;
  if (!g_ascii_isdigit (*digits))
    return 0;
  while (g_ascii_isdigit (*digits))
    {
      number = MIN (number * 10 + g_ascii_digit_value (*digits), 10000000);
      digits++;
    }
  *at = digits;
  return number;
}

static const char *
skip_any (const char *at,
          const char *letters)
{
  while (*at != '\0' && g_utf8_strchr (letters, -1, g_utf8_get_char (at)) != NULL)
    at = g_utf8_next_char (at);

  return at;
}

/* “[S1]”, “[S1, S2]”, “[S3-S5]”, with brackets of any width. Returns where it ends, or NULL. */
static const char *
read_bracket (const char *at,
              GArray     *labels)
{
  if (g_utf8_strchr ("[【(（［", -1, g_utf8_get_char (at)) == NULL)
    return NULL;
  at = g_utf8_next_char (at);
  if (*at != 'S' || !g_ascii_isdigit (at[1]))
    return NULL;

  for (;;)
    {
      guint first = read_label (&at), last = first;
      const char *mark = skip_any (at, " ");
      const char *after = skip_any (mark, "-–—~至到");

      if (first == 0)
        return NULL;
      if (after > mark)
        {
          at = skip_any (after, " ");
          last = read_label (&at);
        }
      for (guint label = first; label <= last && labels->len < MOST_LABELS; label++)
        g_array_append_val (labels, label);
      at = skip_any (at, " ,，、;；&");
      if (g_utf8_strchr ("]】)）］", -1, g_utf8_get_char (at)) != NULL && *at != '\0')
        return g_utf8_next_char (at);
    }
}

/* An answer may end within a label: “… rebuilt [S”, “… rebuilt [.”. What is there of it is no text,
 * and names no sentence, since of its number digits may be missing. */
static void
drop_cut_label (GString *text)
{
  gsize end = text->len;
  const char *bracket;

  while (end > 0 && strchr ("S0123456789,;-. \n", text->str[end - 1]) != NULL)
    end--;
  bracket = end > 0 ? g_utf8_find_prev_char (text->str, text->str + end) : NULL;
  if (bracket == NULL || g_utf8_strchr ("[【［", -1, g_utf8_get_char (bracket)) == NULL)
    return;

  g_string_truncate (text, bracket - text->str);
  while (text->len > 0 && text->str[text->len - 1] == ' ')
    g_string_truncate (text, text->len - 1);
}

char *
baleen_strip_labels (const char *text,
                     GArray     *labels)
{
  g_autoptr (GArray) all = g_array_new (FALSE, FALSE, sizeof (guint));
  g_autoptr (GString) plain = g_string_new (NULL);

  for (const char *at = text; *at != '\0';)
    {
      guint n_before = all->len;
      const char *end = read_bracket (at, all);
      const char *next = end != NULL ? end : g_utf8_next_char (at);

      if (end == NULL)
        g_array_set_size (all, n_before);
      /* The space before a label goes with it. */
      if (end != NULL)
        while (plain->len > 0 && plain->str[plain->len - 1] == ' ')
          g_string_truncate (plain, plain->len - 1);
      else
        g_string_append_len (plain, at, next - at);
      at = next;
    }
  drop_cut_label (plain);
  if (labels != NULL && all->len > 0)
    g_array_append_vals (labels, all->data, all->len);

  return g_strdup (plain->str);
}

static guint
count_letter (const char *text,
              gunichar    letter)
{
  guint n = 0;

  for (; *text != '\0'; text = g_utf8_next_char (text))
    n += g_utf8_get_char (text) == letter;
  return n;
}

/* Brackets at the end that nothing opened: what is left of labels that a model spoiled. */
static void
drop_loose_brackets (GString *text)
{
  static const char *const pairs[] = { "()", "[]", "（）", "【】" };

  for (gsize i = 0; i < G_N_ELEMENTS (pairs);)
    {
      const char *close = g_utf8_next_char (pairs[i]);

      if (g_str_has_suffix (text->str, close)
          && count_letter (text->str, g_utf8_get_char (close))
                 > count_letter (text->str, g_utf8_get_char (pairs[i])))
        {
          g_string_truncate (text, text->len - strlen (close));
          i = 0;
        }
      else
        i++;
    }
}

/* The mark of a list item, and stars that were meant to be bold. */
static char *
strip_marks (const char *line)
{
  const char *at = skip_any (line, " \t-*•·–—#>");
  const char *digits = at;
  g_autoptr (GString) plain = NULL;

  while (g_ascii_isdigit (*digits))
    digits++;
  if (digits > at && digits - at <= 3 && (*digits == '.' || *digits == ')') && digits[1] == ' ')
    at = digits + 2;
  else if (digits > at && digits - at <= 3 && g_utf8_get_char (digits) == 0x3001)
    at = g_utf8_next_char (digits);
  plain = g_string_new (at);
  g_string_replace (plain, "**", "", 0);
  drop_loose_brackets (plain);

  return g_strstrip (g_strdup (plain->str));
}

static void
add_line (GPtrArray    *claims,
          const char   *line,
          const GArray *shown,
          guint         segment)
{
  g_autoptr (GArray) labels = g_array_new (FALSE, FALSE, sizeof (guint));
  g_autofree char *stripped = baleen_strip_labels (line, labels);
  g_autofree char *text = strip_marks (stripped);
  BaleenClaim *claim;
  gsize length = strlen (text);

  /* A line that introduces others is none. */
  if (g_utf8_strlen (text, -1) < 4
      || (labels->len == 0 && (text[length - 1] == ':' || g_str_has_suffix (text, "："))))
    return;
  claim = baleen_claim_new (text, segment);
  for (guint i = 0; i < labels->len; i++)
    {
      guint label = g_array_index (labels, guint, i);

      if (label >= 1 && label <= shown->len)
        baleen_claim_add_sentence (claim, g_array_index (shown, guint, label - 1));
    }
  g_ptr_array_add (claims, claim);
}

GPtrArray *
baleen_claims_parse (const char   *answer,
                     gboolean      is_cut,
                     const GArray *shown,
                     guint         segment)
{
  g_autoptr (GPtrArray) found = baleen_claims_new ();
  GPtrArray *claims = baleen_claims_new ();
  g_auto (GStrv) lines = g_strsplit (answer, "\n", -1);

  for (gsize i = 0; lines[i] != NULL; i++)
    if (!(is_cut && lines[i + 1] == NULL && strrchr (lines[i], ']') == NULL))
      add_line (found, lines[i], shown, segment);
  baleen_claims_fold (claims, found);

  return claims;
}

static gboolean
has_all (GHashTable *set,
         GHashTable *wanted,
         GHashTable *or_in)
{
  GHashTableIter iter;
  gpointer key;

  g_hash_table_iter_init (&iter, wanted);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    if (!g_hash_table_contains (set, key)
        && (or_in == NULL || !g_hash_table_contains (or_in, key)))
      return FALSE;

  return TRUE;
}

static double
get_overlap (const BaleenClaimWords *source,
             const BaleenClaimWords *claim)
{
  guint n = g_hash_table_size (claim->words), n_found = 0;
  GHashTableIter iter;
  gpointer key;

  g_hash_table_iter_init (&iter, claim->words);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    n_found += g_hash_table_contains (source->words, key);

  return n > 0 ? (double) n_found / n : 1;
}

/* A claim in another script than its source is a translation: its words cannot be compared. One
 * that begins in Chinese and goes on in English is none. */
static gboolean
is_translated (const BaleenClaimWords *source,
               const BaleenClaimWords *claim)
{
  if (source->n_wide > 0 && claim->n_wide > MOST_QUOTED && claim->n_narrow > claim->n_wide)
    return FALSE;
  return (source->n_wide * 3 > source->n_narrow) != (claim->n_wide * 3 > claim->n_narrow);
}

/* “12 boats” is not borne by “40 boats and 12 nets”. */
static gboolean
counts_agree (const BaleenClaimWords *source,
              const BaleenClaimWords *claim)
{
  GHashTableIter iter;
  gpointer word, values;

  g_hash_table_iter_init (&iter, claim->counted);
  while (g_hash_table_iter_next (&iter, &word, &values))
    {
      GHashTable *there = g_hash_table_lookup (source->counted, word);

      if (there != NULL && !has_all (there, values, NULL))
        return FALSE;
    }

  return TRUE;
}

/* `around` is the source with what stands beside it: what the claim is about may be named there
 * alone. */
static gboolean
bears (const BaleenClaimWords *source,
       const BaleenClaimWords *around,
       const BaleenClaimWords *claim,
       double                  least)
{
  if (claim->is_broken || !has_all (source->numbers, claim->numbers, NULL))
    return FALSE;
  if (is_translated (source, claim))
    return TRUE;
  /* Latin words among Chinese are names, or a model that lost its language. */
  if (claim->n_wide > 0 && !has_all (source->every, claim->every, NULL))
    return FALSE;

  return has_all (source->every, claim->names, NULL) && get_overlap (source, claim) >= least
         && counts_agree (source, claim) && has_all (around->words, claim->heads, NULL)
         && baleen_claim_sense_agrees (source->text, claim->text);
}

gboolean
baleen_text_bears (const char *text,
                   const char *claim)
{
  g_autoptr (BaleenClaimWords) source_words = baleen_claim_words_new (text);
  g_autoptr (BaleenClaimWords) claim_words = baleen_claim_words_new (claim);

  return bears (source_words, source_words, claim_words, LEAST_OVERLAP);
}

static void
append_sentence (GString               *text,
                 const BaleenSentences *sentences,
                 guint                  index)
{
  const BaleenSentence *sentence = baleen_sentences_get (sentences, index);

  g_string_append_len (text, sentences->text + sentence->start, sentence->end - sentence->start);
  g_string_append_c (text, '\n');
}

/* The sentence of `shown` that bears the claim best by itself, or with the one after it. */
static gboolean
move_claim (BaleenClaim            *claim,
            const BaleenClaimWords *words,
            const BaleenSentences  *sentences,
            const GArray           *shown)
{
  double best = 0;
  guint best_first = 0, best_n = 0;

  for (guint n = 1; n <= 2 && best == 0; n++)
    for (guint i = 0; i + n <= shown->len; i++)
      {
        g_autoptr (GString) text = g_string_new (NULL);
        g_autoptr (BaleenClaimWords) source = NULL;
        double overlap;

        for (guint j = 0; j < n; j++)
          append_sentence (text, sentences, g_array_index (shown, guint, i + j));
        source = baleen_claim_words_new (text->str);
        overlap = get_overlap (source, words);
        if (overlap > best && !is_translated (source, words)
            && g_hash_table_size (words->words) > 0 && bears (source, source, words, MOVING_OVERLAP))
          {
            best = overlap;
            best_first = i;
            best_n = n;
          }
      }
  if (best == 0)
    return FALSE;

  g_array_set_size (claim->sentences, 0);
  for (guint i = 0; i < best_n; i++)
    baleen_claim_add_sentence (claim, g_array_index (shown, guint, best_first + i));
  return TRUE;
}

/* Names cannot be told from other words where there are no capitals: there a number is enough. */
static float
weigh (const BaleenClaimWords *words)
{
  guint n_words = g_hash_table_size (words->words);
  guint n_names = MIN (g_hash_table_size (words->names), 3);
  float weight = words->n_wide > words->n_narrow ? 0.5f : 0.5f * n_names;

  if (g_hash_table_size (words->numbers) > 0)
    weight += 2;
  return n_words < LEAST_WORDS ? weight - 3 : weight;
}

float
baleen_text_weight (const char *text)
{
  g_autoptr (BaleenClaimWords) words = baleen_claim_words_new (text);

  return weigh (words);
}

/* The cited sentences with those before and after each. */
static BaleenClaimWords *
look_around (const BaleenClaim     *claim,
             const BaleenSentences *sentences)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < claim->sentences->len; i++)
    {
      const guint middle = g_array_index (claim->sentences, guint, i);
      const guint first = middle > NEAR ? middle - NEAR : 0;

      for (guint j = first; j <= middle + NEAR && j < sentences->sentences->len; j++)
        append_sentence (text, sentences, j);
    }

  return baleen_claim_words_new (text->str);
}

gboolean
baleen_claim_verify (BaleenClaim           *claim,
                     const BaleenSentences *sentences,
                     const GArray          *shown)
{
  g_autoptr (BaleenClaimWords) words = baleen_claim_words_new (claim->text);
  g_autoptr (BaleenClaimWords) source = NULL, around = look_around (claim, sentences);
  g_autoptr (GString) text = g_string_new (NULL);

  claim->weight = weigh (words);
  for (guint i = 0; i < claim->sentences->len; i++)
    append_sentence (text, sentences, g_array_index (claim->sentences, guint, i));
  source = baleen_claim_words_new (text->str);
  claim->is_verified = claim->sentences->len > 0 && bears (source, around, words, LEAST_OVERLAP);
  if (!claim->is_verified && shown != NULL)
    claim->is_verified = move_claim (claim, words, sentences, shown);

  return claim->is_verified;
}

void
baleen_claim_make_whole (BaleenClaim           *claim,
                         const BaleenSentences *sentences)
{
  g_autofree char *sentence = NULL;
  g_autoptr (GString) bare = NULL;
  const char *there;

  if (claim->sentences->len != 1 || !g_ascii_islower (*claim->text))
    return;
  sentence = baleen_sentences_dup_text (sentences, g_array_index (claim->sentences, guint, 0));
  bare = g_string_new (claim->text);
  while (bare->len > 0 && g_ascii_ispunct (bare->str[bare->len - 1]))
    g_string_truncate (bare, bare->len - 1);
  there = bare->len > 0 ? strstr (sentence, bare->str) : NULL;
  if (there == NULL || there == sentence || strlen (sentence) > MOST_WHOLE)
    return;

  g_free (claim->text);
  claim->text = g_steal_pointer (&sentence);
  for (char *p = claim->text; *p != '\0'; p++)
    if (g_ascii_isspace (*p))
      *p = ' ';
}

gboolean
baleen_claim_shares_sentence (const BaleenClaim *a,
                              const BaleenClaim *b)
{
  for (guint i = 0; i < a->sentences->len; i++)
    for (guint j = 0; j < b->sentences->len; j++)
      if (g_array_index (a->sentences, guint, i) == g_array_index (b->sentences, guint, j))
        return TRUE;

  return FALSE;
}

/* Whether all that `less` says is in `more`. */
static gboolean
says_all (const BaleenClaimWords *more,
          const BaleenClaimWords *less,
          double                  least)
{
  return has_all (more->numbers, less->numbers, NULL) && has_all (more->every, less->names, NULL)
         && get_overlap (more, less) >= least;
}

typedef enum
{
  TWIN_NONE,
  TWIN_SAME,   /* the first says what the second does, or more */
  TWIN_FULLER, /* the second says more */
} Twin;

static Twin
compare_claims (const BaleenClaim *a,
                const BaleenClaim *b)
{
  g_autoptr (BaleenClaimWords) words_a = NULL, words_b = NULL;
  gboolean shares = baleen_claim_shares_sentence (a, b);
  double least = shares ? SAME_PLACE_OVERLAP : SAME_OVERLAP;

  if (g_str_equal (a->text, b->text))
    return TWIN_SAME;
  words_a = baleen_claim_words_new (a->text);
  words_b = baleen_claim_words_new (b->text);
  if (g_hash_table_size (words_a->words) == 0 || g_hash_table_size (words_b->words) == 0)
    return TWIN_NONE;
  if (says_all (words_a, words_b, least) && says_all (words_b, words_a, least))
    return TWIN_SAME;
  /* Of one sentence told twice, once in part, the whole stays. */
  if (shares && says_all (words_a, words_b, PART_OVERLAP))
    return TWIN_SAME;
  if (shares && says_all (words_b, words_a, PART_OVERLAP))
    return TWIN_FULLER;

  return TWIN_NONE;
}

static void
take_sentences (BaleenClaim       *claim,
                const BaleenClaim *from)
{
  for (guint i = 0; i < from->sentences->len; i++)
    baleen_claim_add_sentence (claim, g_array_index (from->sentences, guint, i));
}

void
baleen_claims_fold (GPtrArray *claims,
                    GPtrArray *more)
{
  while (more->len > 0)
    {
      g_autoptr (BaleenClaim) claim = g_ptr_array_steal_index (more, 0);
      Twin twin = TWIN_NONE;
      guint i;

      for (i = 0; i < claims->len; i++)
        if ((twin = compare_claims (g_ptr_array_index (claims, i), claim)) != TWIN_NONE)
          break;
      if (twin == TWIN_NONE)
        g_ptr_array_add (claims, g_steal_pointer (&claim));
      else
        {
          BaleenClaim *old = g_ptr_array_index (claims, i);

          if (old->is_verified == claim->is_verified)
            take_sentences (twin == TWIN_SAME ? old : claim, twin == TWIN_SAME ? claim : old);
          if (claim->is_verified > old->is_verified
              || (twin == TWIN_FULLER && claim->is_verified == old->is_verified))
            {
              claims->pdata[i] = g_steal_pointer (&claim);
              baleen_claim_free (old);
            }
        }
    }
}
