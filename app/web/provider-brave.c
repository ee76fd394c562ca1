/* Brave Search: https://api-dashboard.search.brave.com/app/documentation/web-search */
#include "search-provider.h"

#include "answer-json.h"

#include <glib/gi18n-lib.h>

static SoupMessage *
make_request (const BaleenSearchAccess *access,
              const char               *query,
              GError                  **error)
{
  g_autofree char *words = g_uri_escape_string (query, NULL, FALSE);
  g_autofree char *url = g_strdup_printf (
      "https://api.search.brave.com/res/v1/web/search?count=10&q=%s", words);
  SoupMessage *message = soup_message_new ("GET", url);
  SoupMessageHeaders *headers = soup_message_get_request_headers (message);

  soup_message_headers_replace (headers, "Accept", "application/json");
  soup_message_headers_replace (headers, "X-Subscription-Token", access->key);

  return message;
}

static gboolean
read_answer (const BaleenReply *reply,
             GPtrArray         *results,
             GError           **error)
{
  g_autoptr (JsonNode) root = NULL;
  JsonArray *found;

  /* A key that is not known is a malformed request there. */
  if (reply->status == 403 || reply->status == 422)
    {
      g_set_error (error, BALEEN_NETWORK_ERROR, BALEEN_NETWORK_ERROR_KEY,
                   _("%s refused the key. Check it in the preferences."),
                   baleen_search_brave.host);
      return FALSE;
    }
  root = answer_json_read (reply, error);
  if (root == NULL)
    return FALSE;

  found = answer_json_get_array (root, "web.results");
  for (guint i = 0; found != NULL && i < json_array_get_length (found); i++)
    {
      JsonNode *item = json_array_get_element (found, i);

      baleen_search_results_add (results, answer_json_get_text (item, "url"),
                                 answer_json_get_text (item, "title"),
                                 answer_json_get_text (item, "description"),
                                 answer_json_get_text (item, "page_age"));
    }

  return TRUE;
}

const BaleenSearchProvider baleen_search_brave = {
  .id = "brave",
  .name = "Brave Search",
  .host = "api.search.brave.com",
  .needs_key = TRUE,
  .about = N_("An index of its own. Needs a key from brave.com/search/api."),
  .make_request = make_request,
  .read_answer = read_answer,
};
