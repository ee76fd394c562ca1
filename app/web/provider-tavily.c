/* Tavily: https://docs.tavily.com/documentation/api-reference/endpoint/search */
#include "search-provider.h"

#include "answer-json.h"

#include <glib/gi18n-lib.h>

static SoupMessage *
make_request (const BaleenSearchAccess *access,
              const char               *query,
              GError                  **error)
{
  return answer_json_make_request ("https://api.tavily.com/search", access->key, query,
                                   "max_results", 10);
}

static gboolean
read_answer (const BaleenReply *reply,
             GPtrArray         *results,
             GError           **error)
{
  g_autoptr (JsonNode) root = answer_json_read (reply, error);
  JsonArray *found;

  if (root == NULL)
    return FALSE;

  found = answer_json_get_array (root, "results");
  for (guint i = 0; found != NULL && i < json_array_get_length (found); i++)
    {
      JsonNode *item = json_array_get_element (found, i);

      baleen_search_results_add (results, answer_json_get_text (item, "url"),
                                 answer_json_get_text (item, "title"),
                                 answer_json_get_text (item, "content"),
                                 answer_json_get_text (item, "published_date"));
    }

  return TRUE;
}

const BaleenSearchProvider baleen_search_tavily = {
  .id = "tavily",
  .name = "Tavily",
  .host = "api.tavily.com",
  .needs_key = TRUE,
  .about = N_("Made for assistants. Needs a key from tavily.com."),
  .make_request = make_request,
  .read_answer = read_answer,
};
