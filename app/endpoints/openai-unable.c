#include "openai-unable.h"

#include "network-error.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* Of what a client sends a sentence shows so much. */
#define SHOWN_BYTES 40

G_GNUC_PRINTF (2, 0) static gboolean
refuse (GError    **error,
        const char *format, /* of one text */
        const char *shown)
{
  g_autofree char *text = g_utf8_make_valid (shown, MIN (strlen (shown), SHOWN_BYTES));

  *error = g_error_new (BALEEN_NETWORK_ERROR, BALEEN_NETWORK_ERROR_ANSWER, format, text);
  return FALSE;
}

static JsonNode *
get_present (JsonObject *object,
             const char *name)
{
  JsonNode *node = json_object_get_member (object, name);

  return node != NULL && !JSON_NODE_HOLDS_NULL (node) ? node : NULL;
}

/* Whether the member asks for something: FALSE, 0, "" and what is empty do not. */
static gboolean
asks (JsonObject *object,
      const char *name)
{
  JsonNode *node = get_present (object, name);

  if (node == NULL)
    return FALSE;
  if (JSON_NODE_HOLDS_ARRAY (node))
    return json_array_get_length (json_node_get_array (node)) > 0;
  if (JSON_NODE_HOLDS_OBJECT (node))
    return json_object_get_size (json_node_get_object (node)) > 0;
  if (json_node_get_value_type (node) == G_TYPE_STRING)
    return *json_node_get_string (node) != '\0';
  return json_node_get_value_type (node) == G_TYPE_BOOLEAN ? json_node_get_boolean (node)
                                                           : json_node_get_double (node) != 0;
}

static gboolean
asks_for_several (JsonObject *object,
                  const char *name)
{
  JsonNode *node = get_present (object, name);

  return node != NULL && JSON_NODE_HOLDS_VALUE (node) && json_node_get_double (node) > 1;
}

/* “none” and “auto” leave it to the model, which then answers in words. */
static gboolean
must_call_tools (JsonObject *object,
                 const char *name)
{
  JsonNode *node = get_present (object, name);
  const char *word = node != NULL && JSON_NODE_HOLDS_VALUE (node)
                         ? json_node_get_string (node) : NULL;

  return node != NULL && g_strcmp0 (word, "none") != 0 && g_strcmp0 (word, "auto") != 0;
}

static gboolean
wants_form (JsonObject *object)
{
  JsonNode *node = get_present (object, "response_format");
  JsonNode *type = node != NULL && JSON_NODE_HOLDS_OBJECT (node)
                       ? get_present (json_node_get_object (node), "type") : NULL;

  return node != NULL
         && (type == NULL || !JSON_NODE_HOLDS_VALUE (type)
             || g_strcmp0 (json_node_get_string (type), "text") != 0);
}

gboolean
openai_check_able (JsonObject *object,
                   GError    **error)
{
  static const char *const several[] = { "n", "best_of" };
  static const char *const absent[] = { "logprobs", "top_logprobs", "logit_bias", "echo",
                                        "suffix", "audio" };
  static const char *const calls[] = { "tool_choice", "function_call" };

  for (gsize i = 0; i < G_N_ELEMENTS (several); i++)
    if (asks_for_several (object, several[i]))
      return refuse (error, _("A request gets one answer here: “%s” can only be 1."), several[i]);
  for (gsize i = 0; i < G_N_ELEMENTS (absent); i++)
    if (asks (object, absent[i]))
      return refuse (error, _("“%s” is not offered here. Leave it out."), absent[i]);
  for (gsize i = 0; i < G_N_ELEMENTS (calls); i++)
    if (must_call_tools (object, calls[i]))
      return refuse (error, _("No tools are called here: “%s” can only be none or auto."),
                     calls[i]);
  if (wants_form (object))
    return refuse (error, _("No form of answers can be forced here: leave “%s” out and ask for "
                            "the form in words."), "response_format");
  return TRUE;
}

gboolean
openai_check_part (const char *type,
                   GError    **error)
{
  return g_strcmp0 (type, "text") == 0
         || refuse (error, _("The model here reads text only: a part of type “%s” cannot be sent "
                             "to it."), type != NULL ? type : "");
}

gboolean
openai_check_role (const char *role,
                   GError    **error)
{
  return (g_strcmp0 (role, "tool") != 0 && g_strcmp0 (role, "function") != 0)
         || refuse (error, _("No tools are called here: a message of the role “%s” cannot be "
                             "read."), role);
}
