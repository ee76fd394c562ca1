#include "message-doubts.h"

#include "json-reading.h"
#include "json-parsing.h"
#include "json-writing.h"

#define MEMBER "unverified"

/* What stands beside them, or NULL. Free it. */
static JsonNode *
dup_asked (BaleenMessage *message)
{
  const char *json = baleen_message_get_part (message, BALEEN_PART_ATTACHMENTS);
  g_autoptr (JsonNode) root = json != NULL ? baleen_json_parse (json, -1, NULL) : NULL;
  JsonObject *object = root != NULL ? baleen_json_object (root) : NULL;

  return object != NULL && json_object_has_member (object, BALEEN_MEMBER_ASKED)
             ? json_object_dup_member (object, BALEEN_MEMBER_ASKED)
             : NULL;
}

void
baleen_message_set_doubts (BaleenMessage     *message,
                           const char *const *words)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  JsonNode *asked = dup_asked (message);
  const gboolean has_any = words != NULL || asked != NULL;
  g_autoptr (JsonNode) node = NULL;
  g_autofree char *json = NULL;

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, MEMBER);
  json_builder_begin_array (builder);
  for (guint i = 0; words != NULL && words[i] != NULL; i++)
    json_builder_add_string_value (builder, words[i]);
  json_builder_end_array (builder);
  if (asked != NULL)
    {
      json_builder_set_member_name (builder, BALEEN_MEMBER_ASKED);
      json_builder_add_value (builder, asked);
    }
  json_builder_end_object (builder);
  node = json_builder_get_root (builder);
  json = has_any ? json_to_string (node, FALSE) : NULL;
  baleen_message_set_part (message, BALEEN_PART_ATTACHMENTS, json);
}

char **
baleen_message_dup_doubts (BaleenMessage *message)
{
  const char *json = baleen_message_get_role (message) == BALEEN_ROLE_ASSISTANT
                         ? baleen_message_get_part (message, BALEEN_PART_ATTACHMENTS)
                         : NULL;
  g_autoptr (JsonNode) node = NULL;
  g_autoptr (GStrvBuilder) words = g_strv_builder_new ();
  JsonObject *object;
  JsonArray *array;
  guint n;

  /* A summary's record is long, and none of it is asked for here. */
  if (json == NULL || !g_str_has_prefix (json, "{\"" MEMBER "\":"))
    return NULL;
  node = baleen_json_parse (json, -1, NULL);
  object = node != NULL ? baleen_json_object (node) : NULL;
  array = object != NULL ? baleen_json_get_array (object, MEMBER) : NULL;
  n = array != NULL ? json_array_get_length (array) : 0;
  for (guint i = 0; i < n; i++)
    {
      JsonNode *word = json_array_get_element (array, i);

      if (JSON_NODE_HOLDS_VALUE (word) && json_node_get_string (word) != NULL)
        g_strv_builder_add (words, json_node_get_string (word));
    }
  return n > 0 ? g_strv_builder_end (words) : NULL;
}
