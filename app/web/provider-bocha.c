/* Bocha (博查): https://open.bochaai.com */
#include "search-provider.h"

#include "answer-json.h"

#include <glib/gi18n-lib.h>

static SoupMessage *
make_request (const BaleenSearchAccess *access,
              const char               *query,
              GError                  **error)
{
  return answer_json_make_request ("https://api.bochaai.com/v1/web-search", access->key, query,
                                   "count", 10);
}

static gboolean
read_answer (const BaleenReply *reply,
             GPtrArray         *results,
             GError           **error)
{
  g_autoptr (JsonNode) root = NULL;
  JsonArray *found;

  /* What an empty account is told. */
  if (reply->status == 403)
    {
      g_set_error (error, BALEEN_NETWORK_ERROR, BALEEN_NETWORK_ERROR_KEY,
                   _("%s says the balance is used up."), baleen_search_bocha.host);
      return FALSE;
    }
  root = answer_json_read (reply, error);
  if (root == NULL)
    return FALSE;

  found = answer_json_get_array (root, "data.webPages.value");
  for (guint i = 0; found != NULL && i < json_array_get_length (found); i++)
    {
      JsonNode *item = json_array_get_element (found, i);
      const char *date = answer_json_get_text (item, "datePublished");

      baleen_search_results_add (results, answer_json_get_text (item, "url"),
                                 answer_json_get_text (item, "name"),
                                 answer_json_get_text (item, "snippet"),
                                 date != NULL ? date
                                              : answer_json_get_text (item, "dateLastCrawled"));
    }

  return TRUE;
}

const BaleenSearchProvider baleen_search_bocha = {
  .id = "bocha",
  .name = "博查 Bocha",
  .host = "api.bochaai.com",
  .needs_key = TRUE,
  .about = N_("Strong in Chinese. Needs a key from open.bochaai.com."),
  .make_request = make_request,
  .read_answer = read_answer,
};
