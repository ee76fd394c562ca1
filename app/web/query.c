#include "query.h"

#include "search-text.h"

#include <string.h>

/* What people say to people, at the beginning of a question, longest first where one begins
 * another. */
static const char *const courtesies[] = {
  "please tell me ", "can you tell me ", "could you tell me ", "can you please ",
  "could you please ", "i would like to know ", "i want to know ", "i'd like to know ",
  "do you know ", "search the web for ", "search for ", "look up ", "find out ", "tell me about ",
  "tell me ", "please ", "hello, ", "hi, ", "hey, ", "can you ", "could you ",
  "请问一下", "请问", "请帮我查一下", "请帮我", "帮我查一下", "帮我搜一下", "帮我搜索", "帮我查",
  "帮我", "你能告诉我", "能不能告诉我", "告诉我", "我想知道", "我想问一下", "我想问", "查一下",
  "搜索一下", "搜一下", "请", "你好，",
};

/* The sentence that asks: the first that ends with a question mark, else the first line. */
static char *
find_asking (const char *question)
{
  g_auto (GStrv) lines = g_strsplit (question, "\n", -1);

  for (gsize i = 0; lines[i] != NULL; i++)
    {
      const char *wide = strstr (lines[i], "？");
      const char *mark = strchr (lines[i], '?');
      const char *end = mark == NULL || (wide != NULL && wide < mark) ? wide : mark;
      const char *start = end;

      if (end == NULL)
        continue;
      while (start > lines[i])
        {
          const char *before = g_utf8_find_prev_char (lines[i], start);
          gunichar letter = g_utf8_get_char (before);

          if (letter == 0x3002 || letter == 0xff01 || letter == 0xff1f
              || (strchr (".!", (int) letter) != NULL && letter < 0x80
                  && g_ascii_isspace (*g_utf8_next_char (before))))
            break;
          start = before;
        }

      return g_strstrip (g_strndup (start, end - start));
    }
  for (gsize i = 0; lines[i] != NULL; i++)
    if (*g_strstrip (lines[i]) != '\0')
      return g_strdup (lines[i]);

  return g_strdup ("");
}

static const char *
skip_courtesies (const char *text)
{
  gboolean is_found = TRUE;

  while (is_found)
    {
      is_found = FALSE;
      for (gsize i = 0; i < G_N_ELEMENTS (courtesies) && !is_found; i++)
        if (g_ascii_strncasecmp (text, courtesies[i], strlen (courtesies[i])) == 0
            && strlen (text) > strlen (courtesies[i]))
          {
            text += strlen (courtesies[i]);
            is_found = TRUE;
          }
    }

  return text;
}

/* Cuts where a word ends. */
static char *
shorten (const char *text)
{
  const char *end = text;

  if (g_utf8_strlen (text, -1) <= BALEEN_LONGEST_QUERY)
    return g_strdup (text);
  end = g_utf8_offset_to_pointer (text, BALEEN_LONGEST_QUERY);
  for (const char *p = end; p > text + BALEEN_LONGEST_QUERY / 2; p--)
    if (g_ascii_isspace (*p))
      {
        end = p;
        break;
      }

  return g_strndup (text, end - text);
}

/* One line without quotes, marks at its end, or signs that steer search engines. */
static char *
tidy (const char *text)
{
  static const char dropped[] = "\"“”「」『』《》*`#<>[]{}|\\";
  g_autoptr (GString) tidied = g_string_new (NULL);
  gboolean is_space = FALSE;

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar letter = g_utf8_get_char (p);

      if (g_unichar_isspace (letter) || g_unichar_iscntrl (letter)
          || g_utf8_strchr (dropped, -1, letter) != NULL)
        is_space = tidied->len > 0;
      else
        {
          if (is_space)
            g_string_append_c (tidied, ' ');
          is_space = FALSE;
          g_string_append_unichar (tidied, letter);
        }
    }
  while (tidied->len > 0)
    {
      const char *last = g_utf8_find_prev_char (tidied->str, tidied->str + tidied->len);

      if (g_utf8_strchr ("?!.,;:。？！，；：… ", -1, g_utf8_get_char (last)) == NULL)
        break;
      g_string_truncate (tidied, last - tidied->str);
    }

  return shorten (tidied->str);
}

char *
baleen_query_from_question (const char *question)
{
  g_autofree char *valid = g_utf8_make_valid (question, -1);
  g_autofree char *asking = find_asking (valid);

  return tidy (skip_courtesies (asking));
}

char *
baleen_query_make_prompt (const char *question,
                          const char *earlier,
                          const char *date)
{
  return g_strdup_printf (
      "Today is %s. Write one to three short queries for a web search engine that would find "
      "what is needed to answer the question below, in the language of the question. One query "
      "on each line, nothing else.\n\n%s%s%sQuestion: %s", date,
      earlier != NULL ? "Asked before: " : "", earlier != NULL ? earlier : "",
      earlier != NULL ? "\n\n" : "", question);
}

static gboolean
collect_cb (const char *token,
            gsize       n_token,
            gsize       start,
            gsize       end,
            gpointer    data)
{
  g_hash_table_add (data, g_strndup (token, n_token));

  return TRUE;
}

static GHashTable *
get_words (const char *text)
{
  GHashTable *words = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  baleen_search_text_tokenize (text, strlen (text), FALSE, collect_cb, words);

  return words;
}

/* At least a third of its words are the question's: a model that rambles fails this, one that
 * adds a year or a name does not. */
static gboolean
is_about (const char *query,
          GHashTable *question)
{
  g_autoptr (GHashTable) words = get_words (query);
  GHashTableIter iter;
  gpointer word;
  guint n_shared = 0;

  g_hash_table_iter_init (&iter, words);
  while (g_hash_table_iter_next (&iter, &word, NULL))
    n_shared += g_hash_table_contains (question, word);

  return n_shared > 0 && 3 * n_shared >= g_hash_table_size (words);
}

/* Past “1.”, “-” and the like. */
static const char *
skip_bullet (const char *line)
{
  const char *p = line + strspn (line, " \t");
  gsize digits = strspn (p, "0123456789");

  if (digits > 0 && digits < 3 && (p[digits] == '.' || p[digits] == ')'))
    p += digits + 1;
  else if (*p == '-' || *p == '*')
    p++;
  else if (g_str_has_prefix (p, "•"))
    p += strlen ("•");

  return p + strspn (p, " \t");
}

char **
baleen_query_read_answer (const char *question,
                          const char *earlier,
                          const char *answer)
{
  g_autofree char *asked = g_strjoin ("\n", question, earlier, NULL);
  g_autoptr (GHashTable) words = get_words (asked);
  g_autofree char *valid = g_utf8_make_valid (answer, -1);
  g_auto (GStrv) lines = g_strsplit (valid, "\n", -1);
  g_autoptr (GPtrArray) queries = g_ptr_array_new ();

  for (gsize i = 0; lines[i] != NULL && queries->len < BALEEN_MOST_QUERIES; i++)
    {
      g_autofree char *query = tidy (skip_bullet (lines[i]));

      if (g_utf8_strlen (query, -1) >= 2 && is_about (query, words)
          && !g_ptr_array_find_with_equal_func (queries, query, g_str_equal, NULL))
        g_ptr_array_add (queries, g_steal_pointer (&query));
    }
  if (queries->len == 0)
    g_ptr_array_add (queries, baleen_query_from_question (question));
  g_ptr_array_add (queries, NULL);

  return (char **) g_ptr_array_free (g_steal_pointer (&queries), FALSE);
}
