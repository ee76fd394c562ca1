#include "search-terms.h"

#include "sentence-splitter.h"

/* Words that stand in every question. */
static const char *const empty_words[] = {
  "the", "and", "for", "are", "was", "were", "what", "who", "when", "where", "which", "how",
  "why", "does", "did", "has", "have", "had", "with", "from", "that", "this", "there", "about",
  "many", "much", "say", "says", "said", "tell", "document", "text", "is", "in", "of", "to", "a",
  "an", "it", "on", "at", "by", "do", "be", "as", "or", "its", "me",
};

typedef void (*TermFunc) (const char *term,
                          gpointer    user_data);

static void
foreach_term (const char *text,
              TermFunc    func,
              gpointer    user_data)
{
  gunichar before = 0;

  for (const char *at = text; *at != '\0';)
    {
      gunichar letter = g_utf8_get_char (at);
      const char *end = g_utf8_next_char (at);

      if (!g_unichar_isalnum (letter))
        before = 0;
      else if (baleen_is_wide_letter (letter))
        {
          g_autofree char *pair = g_strdup_printf ("%.*s", (int) (end - at), at);
          char first[7] = { 0 };

          if (before != 0)
            {
              g_autofree char *joined = NULL;

              g_unichar_to_utf8 (before, first);
              joined = g_strconcat (first, pair, NULL);
              func (joined, user_data);
            }
          before = letter;
        }
      else
        {
          g_autofree char *folded = NULL;

          before = 0;
          while (*end != '\0' && g_unichar_isalnum (g_utf8_get_char (end))
                 && !baleen_is_wide_letter (g_utf8_get_char (end)))
            end = g_utf8_next_char (end);
          folded = g_utf8_casefold (at, end - at);
          func (folded, user_data);
        }
      at = end;
    }
}

static void
append_cb (const char *term,
           gpointer    user_data)
{
  GString *terms = user_data;

  if (terms->len > 0)
    g_string_append_c (terms, ' ');
  g_string_append (terms, term);
}

char *
baleen_search_terms_of (const char *text)
{
  GString *terms = g_string_new (NULL);

  foreach_term (text, append_cb, terms);
  return g_string_free (terms, FALSE);
}

static void
append_quoted_cb (const char *term,
                  gpointer    user_data)
{
  GString *query = user_data;

  for (gsize i = 0; i < G_N_ELEMENTS (empty_words); i++)
    if (g_str_equal (term, empty_words[i]))
      return;
  if (query->len > 0)
    g_string_append (query, " OR ");
  g_string_append_printf (query, "\"%s\"", term);
}

char *
baleen_search_terms_query (const char *question)
{
  GString *query = g_string_new (NULL);

  foreach_term (question, append_quoted_cb, query);
  if (query->len == 0)
    {
      g_string_free (query, TRUE);
      return NULL;
    }

  return g_string_free (query, FALSE);
}
