#include "passages.h"

#include "search-text.h"

#include <math.h>
#include <string.h>

/* A part is what is judged at once: about so many characters. */
#define PART_CHARACTERS 400
/* No page is given less, so that each can be judged by whoever reads the answer. */
#define LEAST_CHARACTERS 300
/* Okapi BM25 with its usual constants. */
#define BM25_K1 1.2
#define BM25_B 0.75

typedef struct
{
  guint page;
  gsize start, end;     /* characters of the page's text */
  GHashTable *counts;   /* (owned) token → times */
  guint n_tokens;
  double score;
} Part;

static void
part_clear (gpointer data)
{
  Part *part = data;

  g_hash_table_unref (part->counts);
}

static gboolean
count_cb (const char *token,
          gsize       n_token,
          gsize       start,
          gsize       end,
          gpointer    data)
{
  Part *part = data;
  char *word = g_strndup (token, n_token);
  guint times = GPOINTER_TO_UINT (g_hash_table_lookup (part->counts, word));

  g_hash_table_replace (part->counts, word, GUINT_TO_POINTER (times + 1));
  part->n_tokens++;

  return TRUE;
}

static void
add_part (GArray     *parts,
          guint       page,
          gsize       start,
          gsize       end,
          const char *text,
          gsize       n_bytes)
{
  Part part = { .page = page, .start = start, .end = end };

  part.counts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  baleen_search_text_tokenize (text, n_bytes, FALSE, count_cb, &part);
  g_array_append_val (parts, part);
}

static gboolean
ends_sentence (gunichar letter,
               gunichar next)
{
  static const char full[] = "。！？";

  return g_utf8_strchr (full, -1, letter) != NULL
         || ((letter == '.' || letter == '!' || letter == '?') && g_unichar_isspace (next));
}

/* A long paragraph in parts that end with sentences. */
static void
cut_paragraph (GArray                *parts,
               guint                  page,
               const BaleenParagraph *paragraph)
{
  const char *start = paragraph->text;
  gsize from = paragraph->start, at = from;

  for (const char *p = start; *p != '\0';)
    {
      const char *next = g_utf8_next_char (p);

      at++;
      if (*next == '\0' || (at - from >= PART_CHARACTERS
                            && (ends_sentence (g_utf8_get_char (p), g_utf8_get_char (next))
                                || at - from >= 2 * PART_CHARACTERS)))
        {
          add_part (parts, page, from, at, start, next - start);
          start = next;
          from = at;
        }
      p = next;
    }
}

/* Short paragraphs that follow one another make one part. */
static void
cut_page (GArray               *parts,
          guint                 page,
          const BaleenDocument *document)
{
  g_autoptr (GString) gathered = g_string_new (NULL);
  gsize from = 0, to = 0;

  for (guint i = 0; i < document->paragraphs->len; i++)
    {
      const BaleenParagraph *paragraph = document->paragraphs->pdata[i];
      gboolean is_heading = paragraph->style == BALEEN_PARAGRAPH_HEADING;

      if (gathered->len > 0
          && (is_heading || paragraph->start + paragraph->length - from > PART_CHARACTERS))
        {
          add_part (parts, page, from, to, gathered->str, gathered->len);
          g_string_truncate (gathered, 0);
        }
      if (paragraph->length > 2 * PART_CHARACTERS)
        {
          cut_paragraph (parts, page, paragraph);
          continue;
        }
      if (gathered->len == 0)
        from = paragraph->start;
      g_string_append (gathered, paragraph->text);
      g_string_append (gathered, "\n\n");
      to = paragraph->start + paragraph->length;
    }
  if (gathered->len > 0)
    add_part (parts, page, from, to, gathered->str, gathered->len);
}

/* Each word counts once, however often it is asked for. */
static void
score_parts (GArray     *parts,
             const char *words)
{
  Part query = { .counts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL) };
  GHashTableIter iter;
  gpointer word;
  double n_all = 0, mean;

  baleen_search_text_tokenize (words, strlen (words), FALSE, count_cb, &query);
  for (guint i = 0; i < parts->len; i++)
    n_all += g_array_index (parts, Part, i).n_tokens;
  mean = n_all / MAX (parts->len, 1);

  g_hash_table_iter_init (&iter, query.counts);
  while (g_hash_table_iter_next (&iter, &word, NULL))
    {
      double n_with = 0, rarity;

      for (guint i = 0; i < parts->len; i++)
        n_with += g_hash_table_contains (g_array_index (parts, Part, i).counts, word);
      rarity = log (1 + (parts->len - n_with + 0.5) / (n_with + 0.5));
      for (guint i = 0; i < parts->len && n_with > 0; i++)
        {
          Part *part = &g_array_index (parts, Part, i);
          double times = GPOINTER_TO_UINT (g_hash_table_lookup (part->counts, word));

          part->score += rarity * times * (BM25_K1 + 1)
                         / (times + BM25_K1 * (1 - BM25_B + BM25_B * part->n_tokens / mean));
        }
    }
  g_hash_table_unref (query.counts);
}

/* The best part of a page, grown on the better side as long as there is room. Where nothing
 * fits, a page's beginning says most about it. */
static BaleenPassage
grow (const Part *parts,
      guint       n,
      gsize       room)
{
  guint first = 0, last;
  BaleenPassage passage;

  for (guint i = 1; i < n; i++)
    if (parts[i].score > parts[first].score)
      first = i;
  last = first;
  passage = (BaleenPassage) { parts[first].page, parts[first].start, parts[first].end,
                              parts[first].score };
  for (;;)
    {
      gboolean can_before = first > 0 && passage.end - parts[first - 1].start <= room;
      gboolean can_after = last + 1 < n && parts[last + 1].end - passage.start <= room;

      if (!can_before && !can_after)
        return passage;
      if (can_after && (!can_before || parts[last + 1].score >= parts[first - 1].score))
        passage.end = parts[++last].end;
      else
        passage.start = parts[--first].start;
    }
}

GArray *
baleen_passages_choose (GPtrArray  *documents,
                        const char *words,
                        gsize       n_characters)
{
  GArray *passages = g_array_new (FALSE, FALSE, sizeof (BaleenPassage));
  g_autoptr (GArray) parts = g_array_new (FALSE, FALSE, sizeof (Part));
  g_autofree double *best = g_new0 (double, documents->len + 1);
  double sum = 0;

  g_array_set_clear_func (parts, part_clear);
  for (guint i = 0; i < documents->len; i++)
    cut_page (parts, i, documents->pdata[i]);
  score_parts (parts, words);
  for (guint i = 0; i < parts->len; i++)
    {
      const Part *part = &g_array_index (parts, Part, i);

      best[part->page] = MAX (best[part->page], part->score);
    }
  for (guint i = 0; i < documents->len; i++)
    sum += best[i];

  for (guint i = 0; i < parts->len;)
    {
      const Part *start = &g_array_index (parts, Part, i);
      guint n = 0;
      double share = sum > 0 ? best[start->page] / sum : 1.0 / documents->len;
      BaleenPassage passage;

      while (i + n < parts->len && start[n].page == start->page)
        n++;
      passage = grow (start, n, MAX (LEAST_CHARACTERS, share * n_characters));
      g_array_append_val (passages, passage);
      i += n;
    }

  return passages;
}
