#include "json-reading.h"

#include <math.h>

/* No chat is older than the century, and none will be newer than this. */
#define EARLIEST ((gint64) 946684800 * G_USEC_PER_SEC)
#define LATEST ((gint64) 7258118400 * G_USEC_PER_SEC)

static JsonNode *
get (JsonObject  *object,
     const char  *name,
     JsonNodeType type)
{
  JsonNode *node = object != NULL ? json_object_get_member (object, name) : NULL;

  return node != NULL && JSON_NODE_TYPE (node) == type ? node : NULL;
}

JsonObject *
baleen_json_object (JsonNode *node)
{
  return node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
}

JsonObject *
baleen_json_get_object (JsonObject *object,
                        const char *name)
{
  JsonNode *node = get (object, name, JSON_NODE_OBJECT);

  return node != NULL ? json_node_get_object (node) : NULL;
}

JsonArray *
baleen_json_get_array (JsonObject *object,
                       const char *name)
{
  JsonNode *node = get (object, name, JSON_NODE_ARRAY);

  return node != NULL ? json_node_get_array (node) : NULL;
}

char *
baleen_json_dup_text (JsonNode *node)
{
  if (node == NULL || !JSON_NODE_HOLDS_VALUE (node)
      || json_node_get_value_type (node) != G_TYPE_STRING)
    return NULL;
  /* Escapes may spell half of a surrogate pair. */
  return g_utf8_make_valid (json_node_get_string (node), -1);
}

char *
baleen_json_dup_string (JsonObject *object,
                        const char *name)
{
  return baleen_json_dup_text (get (object, name, JSON_NODE_VALUE));
}

gboolean
baleen_json_is (JsonObject *object,
                const char *name,
                const char *text)
{
  g_autofree char *value = baleen_json_dup_string (object, name);

  return g_strcmp0 (value, text) == 0;
}

gboolean
baleen_json_get_flag (JsonObject *object,
                      const char *name)
{
  JsonNode *node = get (object, name, JSON_NODE_VALUE);

  return node != NULL && json_node_get_value_type (node) == G_TYPE_BOOLEAN
         && json_node_get_boolean (node);
}

double
baleen_json_get_number (JsonObject *object,
                        const char *name)
{
  JsonNode *node = get (object, name, JSON_NODE_VALUE);
  const GType type = node != NULL ? json_node_get_value_type (node) : G_TYPE_INVALID;

  return type == G_TYPE_INT64 || type == G_TYPE_DOUBLE ? json_node_get_double (node) : 0;
}

gint64
baleen_json_get_whole (JsonObject *object,
                       const char *name)
{
  JsonNode *node = get (object, name, JSON_NODE_VALUE);

  return node != NULL && json_node_get_value_type (node) == G_TYPE_INT64 ? json_node_get_int (node)
                                                                         : 0;
}

gint64
baleen_json_get_time (JsonObject *object,
                      const char *name)
{
  g_autofree char *text = baleen_json_dup_string (object, name);
  g_autoptr (GTimeZone) utc = g_time_zone_new_utc ();
  g_autoptr (GDateTime) date = text != NULL ? g_date_time_new_from_iso8601 (text, utc) : NULL;
  const double seconds = baleen_json_get_number (object, name);
  gint64 time = 0;

  if (date != NULL)
    time = g_date_time_to_unix (date) * G_USEC_PER_SEC + g_date_time_get_microsecond (date);
  else if (isfinite (seconds) && fabs (seconds) < 1e11)
    time = llround (seconds * G_USEC_PER_SEC);
  return time >= EARLIEST && time < LATEST ? time : 0;
}

char *
baleen_json_dup_part (JsonObject *object,
                      const char *name)
{
  JsonNode *node = object != NULL ? json_object_get_member (object, name) : NULL;
  g_autofree char *text = NULL;

  if (node == NULL || JSON_NODE_HOLDS_NULL (node))
    return NULL;
  text = json_to_string (node, FALSE);
  return g_utf8_make_valid (text, -1);
}
