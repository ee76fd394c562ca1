#include "message-host.h"

#include "json-parsing.h"
#include "json-reading.h"
#include "json-writing.h"

void
baleen_message_set_host (BaleenMessage *message,
                         const char    *host)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonNode) node = NULL;
  g_autofree char *json = NULL;

  json_builder_begin_object (builder);
  baleen_json_add_text (builder, "host", host != NULL ? host : "");
  json_builder_end_object (builder);
  node = json_builder_get_root (builder);
  json = host != NULL ? json_to_string (node, FALSE) : NULL;
  baleen_message_set_part (message, BALEEN_PART_SERVER, json);
}

char *
baleen_message_dup_host (BaleenMessage *message)
{
  const char *json = baleen_message_get_part (message, BALEEN_PART_SERVER);
  g_autoptr (JsonNode) node = json != NULL ? baleen_json_parse (json, -1, NULL) : NULL;
  JsonObject *object = node != NULL ? baleen_json_object (node) : NULL;

  return object != NULL ? baleen_json_dup_string (object, "host") : NULL;
}
