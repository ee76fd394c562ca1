#include "answer-json.h"

#include "json-parsing.h"
#include "json-writing.h"

#include <glib/gi18n-lib.h>
#include <string.h>

JsonNode *
answer_json_read (const BaleenReply *reply,
                  GError           **error)
{
  gsize length;
  const char *bytes = g_bytes_get_data (reply->body, &length);
  g_autoptr (JsonNode) root = NULL;

  if (length == 0 || !g_utf8_validate (bytes, length, NULL)
      || (root = baleen_json_parse (bytes, length, NULL)) == NULL || !JSON_NODE_HOLDS_OBJECT (root))
    {
      if (reply->status >= 400)
        g_set_error (error, BALEEN_NETWORK_ERROR, BALEEN_NETWORK_ERROR_STATUS,
                     _("The search service has a fault (%u). Try again later."), reply->status);
      else
        g_set_error_literal (error, BALEEN_NETWORK_ERROR, BALEEN_NETWORK_ERROR_ANSWER,
                             _("What came back is no list of results. Check the address of the "
                               "search service."));
      return NULL;
    }
  if (reply->status >= 400)
    {
      g_set_error (error, BALEEN_NETWORK_ERROR, BALEEN_NETWORK_ERROR_STATUS,
                   _("The search service refuses the search (%u). Check its settings."),
                   reply->status);
      return NULL;
    }

  return json_node_ref (root);
}

JsonArray *
answer_json_get_array (JsonNode   *root,
                       const char *path)
{
  g_auto (GStrv) names = g_strsplit (path, ".", -1);

  for (gsize i = 0; names[i] != NULL; i++)
    {
      if (root == NULL || !JSON_NODE_HOLDS_OBJECT (root))
        return NULL;
      root = json_object_get_member (json_node_get_object (root), names[i]);
    }

  return root != NULL && JSON_NODE_HOLDS_ARRAY (root) ? json_node_get_array (root) : NULL;
}

const char *
answer_json_get_text (JsonNode   *element,
                      const char *name)
{
  JsonNode *node = JSON_NODE_HOLDS_OBJECT (element)
                       ? json_object_get_member (json_node_get_object (element), name) : NULL;

  return node != NULL && JSON_NODE_HOLDS_VALUE (node)
                 && json_node_get_value_type (node) == G_TYPE_STRING
             ? json_node_get_string (node) : NULL;
}

SoupMessage *
answer_json_make_request (const char *url,
                          const char *key,
                          const char *query,
                          const char *count_name,
                          int         n_results)
{
  SoupMessage *message = soup_message_new ("POST", url);
  g_autofree char *bearer = g_strconcat ("Bearer ", key, NULL);
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonNode) root = NULL;
  g_autofree char *text = NULL;
  g_autoptr (GBytes) body = NULL;

  json_builder_begin_object (builder);
  baleen_json_add_text (builder, "query", query);
  baleen_json_add_whole (builder, count_name, n_results);
  json_builder_end_object (builder);
  root = json_builder_get_root (builder);
  text = json_to_string (root, FALSE);
  body = g_bytes_new (text, strlen (text));
  soup_message_headers_replace (soup_message_get_request_headers (message), "Authorization",
                                bearer);
  soup_message_headers_replace (soup_message_get_request_headers (message), "Accept",
                                "application/json");
  soup_message_set_request_body_from_bytes (message, "application/json", body);

  return message;
}
