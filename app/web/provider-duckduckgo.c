/* DuckDuckGo's page for browsers without scripts. It has no interface for programs, so this
 * reads the page, and only where the user has chosen it. */
#include "search-provider.h"

#include <glib/gi18n-lib.h>
#include <string.h>

static SoupMessage *
make_request (const BaleenSearchAccess *access,
              const char               *query,
              GError                  **error)
{
  g_autofree char *words = g_uri_escape_string (query, NULL, FALSE);
  g_autofree char *url = g_strconcat ("https://html.duckduckgo.com/html/?q=", words, NULL);

  return soup_message_new ("GET", url);
}

/* The value of an attribute of the tag that `tag` begins; NULL without. */
static char *
get_attribute (const char *tag,
               const char *name)
{
  const char *end = strchr (tag, '>');
  g_autofree char *start = g_strconcat (" ", name, "=\"", NULL);
  const char *value = end != NULL ? g_strstr_len (tag, end - tag, start) : NULL;
  const char *close;

  if (value == NULL)
    return NULL;
  value += strlen (start);
  close = memchr (value, '"', end - value);

  return close != NULL ? g_strndup (value, close - value) : NULL;
}

/* Links lead over a page of theirs, which has the address as a parameter. */
static char *
get_address (const char *href)
{
  g_autofree char *plain = baleen_search_plain_text (href);
  const char *inner = strstr (plain, "uddg=");

  if (inner == NULL)
    return g_steal_pointer (&plain);
  inner += strlen ("uddg=");

  return g_uri_unescape_segment (inner, inner + strcspn (inner, "&"), NULL);
}

/* The tag of that class, from `from` on; words outside of tags are none. */
static const char *
find_tag (const char *from,
          const char *class_name)
{
  g_autofree char *mark = g_strconcat ("class=\"", class_name, "\"", NULL);

  for (const char *at = strstr (from, mark); at != NULL; at = strstr (at + strlen (mark), mark))
    {
      const char *tag = at;

      while (tag > from && *tag != '<')
        tag--;
      if (*tag == '<')
        return tag;
    }

  return NULL;
}

static char *
get_inner (const char *tag)
{
  const char *start = strchr (tag, '>');
  const char *end = start != NULL ? strstr (start, "</a>") : NULL;

  return end != NULL ? g_strndup (start + 1, end - start - 1) : NULL;
}

static gboolean
read_answer (const BaleenReply *reply,
             GPtrArray         *results,
             GError           **error)
{
  gsize length;
  const char *bytes = g_bytes_get_data (reply->body, &length);
  g_autofree char *page = g_utf8_make_valid (bytes != NULL ? bytes : "", length);
  const char *at = page;

  if (strstr (page, "anomaly") != NULL || reply->status == 202)
    {
      g_set_error (error, BALEEN_NETWORK_ERROR, BALEEN_NETWORK_ERROR_CAPTCHA,
                   _("%s asks for a captcha, which Baleen does not solve."),
                   baleen_search_duckduckgo.host);
      return FALSE;
    }
  if (reply->status >= 400)
    {
      g_set_error (error, BALEEN_NETWORK_ERROR, BALEEN_NETWORK_ERROR_STATUS,
                   _("The search service refuses the search (%u). Check its settings."),
                   reply->status);
      return FALSE;
    }

  while ((at = find_tag (at, "result__a")) != NULL)
    {
      const char *inside = at + strcspn (at, ">");
      const char *next = find_tag (inside, "result__a");
      const char *about = find_tag (inside, "result__snippet");
      g_autofree char *href = get_attribute (at, "href");
      g_autofree char *title = get_inner (at);
      g_autofree char *snippet
          = about != NULL && (next == NULL || about < next) ? get_inner (about) : NULL;
      g_autofree char *address = href != NULL ? get_address (href) : NULL;

      baleen_search_results_add (results, address, title, snippet, NULL);
      at = inside;
    }

  return TRUE;
}

const BaleenSearchProvider baleen_search_duckduckgo = {
  .id = "duckduckgo",
  .name = "DuckDuckGo",
  .host = "html.duckduckgo.com",
  .about = N_("Without a key. It may ask for a captcha at any time."),
  .make_request = make_request,
  .read_answer = read_answer,
};
