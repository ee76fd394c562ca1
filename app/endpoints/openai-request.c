#include "openai-request.h"

#include "json-parsing.h"
#include "network-error.h"
#include "openai-unable.h"

#include <glib/gi18n-lib.h>
#include <json-glib/json-glib.h>
#include <string.h>

#define MOST_STOPS 16

void
openai_request_free (OpenaiRequest *request)
{
  g_clear_pointer (&request->request, baleen_request_free);
  g_free (request->prompt);
  g_strfreev (request->stop);
  g_free (request);
}

static gboolean
refuse (GError    **error,
        const char *member)
{
  g_set_error (error, BALEEN_NETWORK_ERROR, BALEEN_NETWORK_ERROR_ANSWER,
               _("“%s” is missing or not what it should be."), member);
  return FALSE;
}

static const char *
get_text (JsonNode *node)
{
  return node != NULL && JSON_NODE_HOLDS_VALUE (node)
                 && json_node_get_value_type (node) == G_TYPE_STRING
             ? json_node_get_string (node) : NULL;
}

static gboolean
get_flag (JsonNode *node)
{
  return node != NULL && JSON_NODE_HOLDS_VALUE (node)
         && json_node_get_value_type (node) == G_TYPE_BOOLEAN && json_node_get_boolean (node);
}

static JsonNode *
get_member (JsonNode   *node,
            const char *name)
{
  return node != NULL && JSON_NODE_HOLDS_OBJECT (node)
             ? json_object_get_member (json_node_get_object (node), name) : NULL;
}

/* A number in its limits, if the member is there and not null. */
static gboolean
take_number (JsonObject *object,
             const char *name,
             double      least,
             double      most,
             double     *number,
             GError    **error)
{
  JsonNode *node = json_object_get_member (object, name);
  GType type;

  if (node == NULL || JSON_NODE_HOLDS_NULL (node))
    return TRUE;
  type = JSON_NODE_HOLDS_VALUE (node) ? json_node_get_value_type (node) : G_TYPE_INVALID;
  if (type != G_TYPE_INT64 && type != G_TYPE_DOUBLE)
    return refuse (error, name);
  *number = json_node_get_double (node);

  return (*number >= least && *number <= most) || refuse (error, name);
}

/* “content” is a text, or a list of parts of which we know those of text. */
static char *
read_content (JsonNode *node,
              GError  **error)
{
  g_autoptr (GString) text = g_string_new (NULL);
  JsonArray *parts;

  if (get_text (node) != NULL)
    return g_strdup (get_text (node));
  if (node == NULL || JSON_NODE_HOLDS_NULL (node))
    return g_strdup ("");
  if (!JSON_NODE_HOLDS_ARRAY (node))
    {
      refuse (error, "messages.content");
      return NULL;
    }
  parts = json_node_get_array (node);
  for (guint i = 0; i < json_array_get_length (parts); i++)
    {
      JsonNode *part = json_array_get_element (parts, i);
      const char *words = get_text (get_member (part, "text"));

      if (!openai_check_part (get_text (get_member (part, "type")), error)
          || (words == NULL && !refuse (error, "messages.content")))
        return NULL;
      g_string_append_printf (text, "%s%s", i > 0 ? "\n" : "", words);
    }

  return g_string_free (g_steal_pointer (&text), FALSE);
}

static gboolean
take_messages (OpenaiRequest *request,
               JsonObject    *object,
               GError       **error)
{
  JsonNode *node = json_object_get_member (object, "messages");
  JsonArray *messages
      = node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;

  if (messages == NULL || json_array_get_length (messages) == 0)
    return refuse (error, "messages");
  for (guint i = 0; i < json_array_get_length (messages); i++)
    {
      JsonNode *message = json_array_get_element (messages, i);
      const char *role = get_text (get_member (message, "role"));
      g_autofree char *content = read_content (get_member (message, "content"), error);

      if (content == NULL || !openai_check_role (role, error))
        return FALSE;
      if (g_strcmp0 (role, "system") == 0 || g_strcmp0 (role, "developer") == 0)
        baleen_request_add (request->request, BALEEN_ROLE_SYSTEM, content, NULL);
      else if (g_strcmp0 (role, "assistant") == 0)
        baleen_request_add (request->request, BALEEN_ROLE_ASSISTANT, content,
                            get_text (get_member (message, "reasoning_content")));
      else if (g_strcmp0 (role, "user") == 0)
        baleen_request_add (request->request, BALEEN_ROLE_USER, content, NULL);
      else
        return refuse (error, "messages.role");
    }

  return TRUE;
}

/* Each server has its own way; all are taken. */
static void
take_think (OpenaiRequest *request,
            JsonNode      *root)
{
  JsonNode *arguments = get_member (root, "chat_template_kwargs");
  JsonNode *flag = get_member (arguments, "enable_thinking");
  const char *type = get_text (get_member (get_member (root, "thinking"), "type"));
  const char *effort = get_text (get_member (root, "reasoning_effort"));

  if (flag == NULL)
    flag = get_member (arguments, "thinking");
  if (flag == NULL)
    flag = get_member (root, "enable_thinking");
  if (flag != NULL)
    request->request->think = get_flag (flag) ? BALEEN_THINK_ON : BALEEN_THINK_OFF;
  else if (type != NULL)
    request->request->think = g_str_equal (type, "enabled") ? BALEEN_THINK_ON : BALEEN_THINK_OFF;
  else if (effort != NULL)
    request->request->think = g_str_equal (effort, "none") || g_str_equal (effort, "minimal")
                                  ? BALEEN_THINK_OFF : BALEEN_THINK_ON;
}

static gboolean
take_stop (OpenaiRequest *request,
           JsonObject    *object,
           GError       **error)
{
  JsonNode *node = json_object_get_member (object, "stop");
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  JsonArray *list;

  if (node == NULL || JSON_NODE_HOLDS_NULL (node))
    return TRUE;
  if (get_text (node) != NULL)
    g_strv_builder_add (builder, get_text (node));
  else if (!JSON_NODE_HOLDS_ARRAY (node)
           || json_array_get_length (list = json_node_get_array (node)) > MOST_STOPS)
    return refuse (error, "stop");
  else
    for (guint i = 0; i < json_array_get_length (list); i++)
      {
        const char *word = get_text (json_array_get_element (list, i));

        if (word == NULL)
          return refuse (error, "stop");
        g_strv_builder_add (builder, word);
      }
  request->stop = g_strv_builder_end (builder);

  return TRUE;
}

/* A prompt may be a list of one. */
static gboolean
take_prompt (OpenaiRequest *request,
             JsonObject    *object,
             GError       **error)
{
  JsonNode *node = json_object_get_member (object, "prompt");

  if (node != NULL && JSON_NODE_HOLDS_ARRAY (node)
      && json_array_get_length (json_node_get_array (node)) == 1)
    node = json_array_get_element (json_node_get_array (node), 0);
  request->prompt = g_strdup (get_text (node));

  return request->prompt != NULL || refuse (error, "prompt");
}

static gboolean
take_limits (OpenaiRequest *request,
             JsonObject    *object,
             GError       **error)
{
  double max_tokens = 0, n = 1, seed = -1;

  request->temperature = request->top_p = -1;
  if (!take_number (object, "max_tokens", -1, 1 << 24, &max_tokens, error)
      || !take_number (object, "max_completion_tokens", -1, 1 << 24, &max_tokens, error)
      || !take_number (object, "temperature", 0, 2, &request->temperature, error)
      || !take_number (object, "top_p", 0, 1, &request->top_p, error)
      || !take_number (object, "presence_penalty", -2, 2, &request->presence_penalty, error)
      || !take_number (object, "frequency_penalty", -2, 2, &request->frequency_penalty, error)
      || !take_number (object, "seed", -9e15, 9e15, &seed, error)
      || !take_number (object, "n", 1, 1, &n, error))
    return FALSE;
  /* Some clients say “no limit” in this way. */
  request->max_tokens = max_tokens > 0 ? max_tokens : 0;
  request->has_seed = json_object_has_member (object, "seed")
                      && !JSON_NODE_HOLDS_NULL (json_object_get_member (object, "seed"));
  request->seed = (guint64) (gint64) seed;

  return TRUE;
}

OpenaiRequest *
openai_request_new (GBytes   *body,
                    gboolean  is_chat,
                    GError  **error)
{
  g_autoptr (OpenaiRequest) request = g_new0 (OpenaiRequest, 1);
  gsize length;
  const char *bytes = g_bytes_get_data (body, &length);
  g_autoptr (JsonNode) root = NULL;
  JsonObject *object;

  if (length > 0 && g_utf8_validate (bytes, length, NULL))
    root = baleen_json_parse (bytes, length, NULL);
  if (root == NULL || !JSON_NODE_HOLDS_OBJECT (root))
    {
      g_set_error_literal (error, BALEEN_NETWORK_ERROR, BALEEN_NETWORK_ERROR_ANSWER,
                           _("The request is no JSON object."));
      return NULL;
    }

  object = json_node_get_object (root);
  if (!openai_check_able (object, error) || !take_limits (request, object, error)
      || !take_stop (request, object, error))
    return NULL;
  if (is_chat)
    {
      request->request = baleen_request_new (BALEEN_THINK_MODEL);
      request->request->max_tokens = request->max_tokens;
      request->request->thought_budget = 0;
      request->request->temperature = request->temperature;
      request->request->top_p = request->top_p;
      request->request->presence_penalty = request->presence_penalty;
      request->request->frequency_penalty = request->frequency_penalty;
      request->request->has_seed = request->has_seed;
      request->request->seed = request->seed;
      take_think (request, root);
    }
  if (!(is_chat ? take_messages (request, object, error) : take_prompt (request, object, error)))
    return NULL;
  request->is_streamed = get_flag (json_object_get_member (object, "stream"));
  request->wants_usage = get_flag (get_member (get_member (root, "stream_options"),
                                               "include_usage"));

  return g_steal_pointer (&request);
}
