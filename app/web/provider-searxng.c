/* SearXNG, and searx before it: https://docs.searxng.org/dev/search_api.html */
#include "search-provider.h"

#include "answer-json.h"

#include <glib/gi18n-lib.h>
#include <string.h>

static SoupMessage *
make_request (const BaleenSearchAccess *access,
              const char               *query,
              GError                  **error)
{
  g_autoptr (GUri) uri = baleen_web_address_parse (access->address, error);
  g_autoptr (GUri) request = NULL;
  g_autofree char *words = NULL, *path = NULL, *parameters = NULL;
  const char *base;
  gsize length;
  SoupMessage *message;

  if (uri == NULL)
    return NULL;
  base = g_uri_get_path (uri);
  length = strlen (base);
  while (length > 0 && base[length - 1] == '/')
    length--;
  /* People paste the address of the search page itself, too. */
  if (length >= strlen ("/search")
      && strncmp (base + length - strlen ("/search"), "/search", strlen ("/search")) == 0)
    length -= strlen ("/search");
  path = g_strdup_printf ("%.*s/search", (int) length, base);
  words = g_uri_escape_string (query, NULL, FALSE);
  parameters = g_strdup_printf ("q=%s&format=json", words);
  request = g_uri_build (g_uri_get_flags (uri), g_uri_get_scheme (uri), NULL,
                         g_uri_get_host (uri), g_uri_get_port (uri), path, parameters, NULL);
  message = soup_message_new_from_uri ("GET", request);
  soup_message_headers_replace (soup_message_get_request_headers (message), "Accept",
                                "application/json");

  return message;
}

/* Each is a list of its name and what is wrong, or the name alone. */
static char *
name_engines (JsonArray *silent)
{
  g_autoptr (GString) names = g_string_new (NULL);

  for (guint i = 0; i < json_array_get_length (silent) && names->len < 100; i++)
    {
      JsonNode *node = json_array_get_element (silent, i);

      if (JSON_NODE_HOLDS_ARRAY (node) && json_array_get_length (json_node_get_array (node)) > 0)
        node = json_array_get_element (json_node_get_array (node), 0);
      if (JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING)
        g_string_append_printf (names, "%s%s", names->len > 0 ? ", " : "",
                                json_node_get_string (node));
    }
  return g_string_free (g_steal_pointer (&names), FALSE);
}

/* SearXNG asks other engines on our behalf and tells which of them would not answer. */
static void
explain_silence (JsonNode *root,
                 GError  **error)
{
  JsonArray *silent = answer_json_get_array (root, "unresponsive_engines");

  for (guint i = 0; silent != NULL && i < json_array_get_length (silent); i++)
    {
      JsonNode *node = json_array_get_element (silent, i);
      g_autofree char *text = json_to_string (node, FALSE);
      g_autofree char *lower = g_ascii_strdown (text, -1);

      if (strstr (lower, "captcha") != NULL)
        {
          g_set_error_literal (error, BALEEN_NETWORK_ERROR, BALEEN_NETWORK_ERROR_CAPTCHA,
                               _("The engines behind this search server ask for a captcha, "
                                 "which Baleen does not solve. Choose another search service."));
          return;
        }
      if (strstr (lower, "too many") != NULL || strstr (lower, "rate") != NULL)
        {
          g_set_error_literal (error, BALEEN_NETWORK_ERROR, BALEEN_NETWORK_ERROR_LIMIT,
                               _("The engines behind this search server have reached their rate "
                                 "limit. Wait a little or choose another search service."));
          return;
        }
    }
  if (silent != NULL && json_array_get_length (silent) > 0)
    {
      g_autofree char *names = name_engines (silent);

      g_set_error (error, BALEEN_NETWORK_ERROR, BALEEN_NETWORK_ERROR_ANSWER,
                   _("The engines behind this search server gave it no answer: %s. Try again, or "
                     "choose another search service."), names);
    }
}

static gboolean
read_answer (const BaleenReply *reply,
             GPtrArray         *results,
             GError           **error)
{
  g_autoptr (JsonNode) root = NULL;
  JsonArray *found;
  gsize length;
  const char *bytes = g_bytes_get_data (reply->body, &length);

  if (length > 0 && g_strstr_len (bytes, MIN (length, 65536), "captcha") != NULL
      && g_strcmp0 (reply->content_type, "application/json") != 0)
    {
      g_set_error_literal (error, BALEEN_NETWORK_ERROR, BALEEN_NETWORK_ERROR_CAPTCHA,
                           _("The search server asks for a captcha, which Baleen does not "
                             "solve. Choose another search service."));
      return FALSE;
    }
  if (reply->status == 403 || (reply->status == 200
                               && g_strcmp0 (reply->content_type, "text/html") == 0))
    {
      g_set_error_literal (error, BALEEN_NETWORK_ERROR, BALEEN_NETWORK_ERROR_ANSWER,
                           _("The search server gives no results as JSON. Add “json” to its "
                             "search formats in settings.yml, or choose another server."));
      return FALSE;
    }
  root = answer_json_read (reply, error);
  if (root == NULL)
    return FALSE;
  found = answer_json_get_array (root, "results");
  if (found == NULL)
    {
      g_set_error_literal (error, BALEEN_NETWORK_ERROR, BALEEN_NETWORK_ERROR_ANSWER,
                           _("What came back is no list of results. Check the address of the "
                             "search service."));
      return FALSE;
    }

  for (guint i = 0; i < json_array_get_length (found); i++)
    {
      JsonNode *item = json_array_get_element (found, i);
      const char *date = answer_json_get_text (item, "publishedDate");

      baleen_search_results_add (results, answer_json_get_text (item, "url"),
                                 answer_json_get_text (item, "title"),
                                 answer_json_get_text (item, "content"),
                                 date != NULL ? date : answer_json_get_text (item, "pubdate"));
    }
  if (results->len == 0)
    {
      GError *silence = NULL;

      explain_silence (root, &silence);
      if (silence != NULL)
        {
          g_propagate_error (error, silence);
          return FALSE;
        }
    }

  return TRUE;
}

const BaleenSearchProvider baleen_search_searxng = {
  .id = "searxng",
  .name = "SearXNG",
  .needs_address = TRUE,
  .about = N_("Your own server, or one you trust. It asks many engines without telling them "
              "who you are."),
  .make_request = make_request,
  .read_answer = read_answer,
};
