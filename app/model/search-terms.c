#include "search-terms.h"

#include "search-text.h"

#include <string.h>

/* Words that stand in every question. */
static const char *const empty_words[] = {
  "the", "and", "for", "are", "was", "were", "what", "who", "when", "where", "which", "how",
  "why", "does", "did", "has", "have", "had", "with", "from", "that", "this", "there", "about",
  "many", "much", "say", "says", "said", "tell", "document", "text", "is", "in", "of", "to", "a",
  "an", "it", "on", "at", "by", "do", "be", "as", "or", "its", "me",
};

static gboolean
append_cb (const char *token,
           gsize       n_token,
           gsize       start,
           gsize       end,
           gpointer    user_data)
{
  GString *terms = user_data;

  if (terms->len > 0)
    g_string_append_c (terms, ' ');
  g_string_append_len (terms, token, n_token);
  return TRUE;
}

char *
baleen_search_terms_of (const char *text)
{
  GString *terms = g_string_new (NULL);

  baleen_search_text_tokenize (text, strlen (text), FALSE, append_cb, terms);
  return g_string_free (terms, FALSE);
}

static gboolean
is_empty_word (const char *token,
               gsize       n_token)
{
  for (gsize i = 0; i < G_N_ELEMENTS (empty_words); i++)
    if (strlen (empty_words[i]) == n_token && memcmp (token, empty_words[i], n_token) == 0)
      return TRUE;
  return FALSE;
}

static gboolean
append_quoted_cb (const char *token,
                  gsize       n_token,
                  gsize       start,
                  gsize       end,
                  gpointer    user_data)
{
  GString *query = user_data;

  if (is_empty_word (token, n_token))
    return TRUE;
  if (query->len > 0)
    g_string_append (query, " OR ");
  g_string_append_printf (query, "\"%.*s\"", (int) n_token, token);
  return TRUE;
}

char *
baleen_search_terms_query (const char *question)
{
  GString *query = g_string_new (NULL);

  baleen_search_text_tokenize (question, strlen (question), TRUE, append_quoted_cb, query);
  return g_string_free (query, query->len == 0);
}
