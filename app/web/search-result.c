#include "search-result.h"

#include "exchange.h"

#include <string.h>

void
baleen_search_result_free (BaleenSearchResult *result)
{
  g_free (result->url);
  g_free (result->title);
  g_free (result->snippet);
  g_free (result->date);
  g_free (result);
}

/* The letter of an entity at `text`, and how long the entity is; 0 for what is none. */
static gunichar
get_entity (const char *text,
            gsize      *length)
{
  static const struct { const char *name; gunichar letter; } names[] = {
    { "amp;", '&' }, { "lt;", '<' }, { "gt;", '>' }, { "quot;", '"' }, { "apos;", '\'' },
    { "nbsp;", ' ' }, { "hellip;", 0x2026 }, { "ndash;", 0x2013 }, { "mdash;", 0x2014 },
    { "rsquo;", 0x2019 }, { "lsquo;", 0x2018 }, { "ldquo;", 0x201c }, { "rdquo;", 0x201d },
    { "middot;", 0xb7 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    if (g_str_has_prefix (text + 1, names[i].name))
      {
        *length = strlen (names[i].name) + 1;
        return names[i].letter;
      }
  if (text[1] == '#')
    {
      gboolean is_hex = text[2] == 'x' || text[2] == 'X';
      char *end;
      guint64 letter = g_ascii_strtoull (text + (is_hex ? 3 : 2), &end, is_hex ? 16 : 10);

      if (*end == ';' && letter >= ' ' && g_unichar_validate (letter))
        {
          *length = end + 1 - text;
          return letter;
        }
    }

  return 0;
}

char *
baleen_search_plain_text (const char *html)
{
  g_autofree char *valid = g_utf8_make_valid (html, -1);
  g_autoptr (GString) text = g_string_new (NULL);
  gboolean is_space = FALSE;

  for (const char *p = valid; *p != '\0';)
    {
      const char *end = *p == '<' ? strchr (p, '>') : NULL;
      gunichar letter;
      gsize length;

      if (end != NULL && (g_ascii_isalpha (p[1]) || p[1] == '/' || p[1] == '!'))
        {
          p = end + 1;
          continue;
        }
      letter = *p == '&' ? get_entity (p, &length) : 0;
      if (letter == 0)
        {
          letter = g_utf8_get_char (p);
          length = g_utf8_next_char (p) - p;
        }
      p += length;
      if (g_unichar_isspace (letter) || g_unichar_iscntrl (letter))
        is_space = text->len > 0;
      else
        {
          if (is_space)
            g_string_append_c (text, ' ');
          is_space = FALSE;
          g_string_append_unichar (text, letter);
        }
    }

  return g_string_free (g_steal_pointer (&text), FALSE);
}

void
baleen_search_results_add (GPtrArray  *results,
                           const char *url,
                           const char *title,
                           const char *snippet,
                           const char *date)
{
  g_autoptr (GUri) uri = url != NULL ? baleen_web_address_parse (url, NULL) : NULL;
  g_autofree char *address = NULL;
  BaleenSearchResult *result;

  if (uri == NULL)
    return;
  address = g_uri_to_string (uri);
  for (guint i = 0; i < results->len; i++)
    if (g_str_equal (((BaleenSearchResult *) results->pdata[i])->url, address))
      return;

  result = g_new0 (BaleenSearchResult, 1);
  result->url = g_steal_pointer (&address);
  result->title = baleen_search_plain_text (title != NULL ? title : "");
  if (*result->title == '\0')
    {
      g_free (result->title);
      result->title = g_strdup (g_uri_get_host (uri));
    }
  if (snippet != NULL && *snippet != '\0')
    result->snippet = baleen_search_plain_text (snippet);
  /* “2026-11-20T08:00:00Z” and the like: the day is enough. */
  if (date != NULL && g_ascii_isdigit (date[0]) && strlen (date) >= 10 && date[4] == '-')
    result->date = g_strndup (date, 10);
  g_ptr_array_add (results, result);
}
