#include "baleen-titler.h"

#include <string.h>

#include "search-text.h"

#define TITLE_CHARS 60
#define STEM_CHARS 4
/* Six are asked for. A small model that gives more tells a story. */
#define WORDS_AT_MOST 7

/* Small models repeat the task, or dress what they say. */
static const char *const prefixes[] = { "title:", "the title:", "conversation title:", "标题：",
                                        "标题:", "题目：" };
static const char *const marks[] = { "\"", "'", "“", "”", "‘", "’", "「", "」", "《", "》", "*",
                                     "#", "`", "_", ".", "。", ":", "：", "-" };

static gboolean
strip_mark (char **text)
{
  char *t = *text;

  for (guint i = 0; i < G_N_ELEMENTS (marks); i++)
    {
      const gsize n = strlen (marks[i]);

      if (g_str_has_prefix (t, marks[i]))
        {
          *text = g_strchug (t + n);
          return TRUE;
        }
      if (g_str_has_suffix (t, marks[i]))
        {
          t[strlen (t) - n] = '\0';
          g_strchomp (t);
          return TRUE;
        }
    }
  return FALSE;
}

/* The first line that says something, undressed. */
static char *
find_line (const char *reply)
{
  g_auto (GStrv) lines = g_strsplit (reply, "\n", -1);

  for (guint i = 0; lines[i] != NULL; i++)
    {
      char *line = g_strstrip (lines[i]);
      g_autofree char *lower = NULL;

      while (*line != '\0' && strip_mark (&line))
        ;
      lower = g_utf8_strdown (line, -1);
      for (guint p = 0; p < G_N_ELEMENTS (prefixes); p++)
        if (g_str_has_prefix (lower, prefixes[p]))
          {
            line = g_strchug (line + strlen (prefixes[p]));
            break;
          }
      while (*line != '\0' && strip_mark (&line))
        ;
      if (*line != '\0')
        return g_strdup (line);
    }
  return NULL;
}

typedef struct
{
  GHashTable *known;  /* (owned) tokens of what was said */
  GHashTable *tokens; /* (owned) of the title: each with how often it is there */
  guint n_tokens;
  guint n_shared;
  guint n_most; /* times of the most frequent one */
} Words;

/* Of “whale” and “whales” the beginning is the same. */
static char *
dup_stem (const char *token,
          gsize       n_token)
{
  g_autofree char *word = g_strndup (token, n_token);

  return g_utf8_strlen (word, -1) > STEM_CHARS ? g_utf8_substring (word, 0, STEM_CHARS)
                                               : g_steal_pointer (&word);
}

static gboolean
learn_cb (const char *token,
          gsize       n_token,
          gsize       start,
          gsize       end,
          gpointer    user_data)
{
  g_hash_table_add (((Words *) user_data)->known, dup_stem (token, n_token));
  return TRUE;
}

/* Words of less than four letters stand everywhere. */
static gboolean
weigh_cb (const char *token,
          gsize       n_token,
          gsize       start,
          gsize       end,
          gpointer    user_data)
{
  Words *words = user_data;
  char *word = dup_stem (token, n_token);
  const guint n = 1 + GPOINTER_TO_UINT (g_hash_table_lookup (words->tokens, word));

  words->n_tokens++;
  words->n_most = MAX (words->n_most, n);
  words->n_shared += n_token >= 4 && g_hash_table_contains (words->known, word);
  g_hash_table_replace (words->tokens, word, GUINT_TO_POINTER (n));
  return TRUE;
}

static gboolean
is_about (const char *title,
          const char *question,
          const char *answer)
{
  Words words = {
    .known = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL),
    .tokens = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL),
  };
  gboolean is_fit;

  baleen_search_text_tokenize (question, strlen (question), FALSE, learn_cb, &words);
  baleen_search_text_tokenize (answer, strlen (answer), FALSE, learn_cb, &words);
  baleen_search_text_tokenize (title, strlen (title), FALSE, weigh_cb, &words);
  is_fit = words.n_shared > 0 && words.n_most <= 2;
  g_hash_table_unref (words.known);
  g_hash_table_unref (words.tokens);
  return is_fit;
}

static guint
count_words (const char *title)
{
  g_auto (GStrv) words = g_strsplit (title, " ", -1);

  return g_strv_length (words);
}

char *
baleen_title_from_reply (const char *reply,
                         const char *question,
                         const char *answer)
{
  g_autofree char *title = find_line (reply);

  if (title == NULL || g_utf8_strlen (title, -1) < 2 || g_utf8_strlen (title, -1) > TITLE_CHARS
      || count_words (title) > WORDS_AT_MOST || !is_about (title, question, answer))
    return NULL;
  return g_steal_pointer (&title);
}
