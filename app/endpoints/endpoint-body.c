#include "endpoint-body.h"

#include "json-parsing.h"
#include "json-writing.h"

#include <json-glib/json-glib.h>
#include <string.h>

static gboolean
is_at (const char *host,
       const char *domain)
{
  const gsize n_host = strlen (host), n_domain = strlen (domain);

  return g_str_has_suffix (host, domain)
         && (n_host == n_domain || host[n_host - n_domain - 1] == '.');
}

static BaleenEndpointThink
get_think (const BaleenEndpoint *endpoint)
{
  static const struct { const char *domain; BaleenEndpointThink think; } known[] = {
    { "deepseek.com", BALEEN_ENDPOINT_THINK_DEEPSEEK },
    { "bigmodel.cn", BALEEN_ENDPOINT_THINK_DEEPSEEK },
    { "z.ai", BALEEN_ENDPOINT_THINK_DEEPSEEK },
    { "volces.com", BALEEN_ENDPOINT_THINK_DEEPSEEK },
    { "moonshot.cn", BALEEN_ENDPOINT_THINK_DEEPSEEK },
    { "moonshot.ai", BALEEN_ENDPOINT_THINK_DEEPSEEK },
    { "openai.com", BALEEN_ENDPOINT_THINK_EFFORT },
    { "openrouter.ai", BALEEN_ENDPOINT_THINK_EFFORT },
    { "aliyuncs.com", BALEEN_ENDPOINT_THINK_FLAG },
    { "siliconflow.cn", BALEEN_ENDPOINT_THINK_FLAG },
    { "siliconflow.com", BALEEN_ENDPOINT_THINK_FLAG },
  };
  g_autofree char *host = baleen_endpoint_get_host (endpoint);

  if (endpoint->think != BALEEN_ENDPOINT_THINK_AUTO)
    return endpoint->think;
  for (gsize i = 0; i < G_N_ELEMENTS (known); i++)
    if (is_at (host, known[i].domain))
      return known[i].think;
  /* Ollama's port. */
  if (strstr (endpoint->address, ":11434") != NULL)
    return BALEEN_ENDPOINT_THINK_EFFORT;

  return BALEEN_ENDPOINT_THINK_TEMPLATE;
}

static void
add_think (JsonBuilder         *builder,
           BaleenEndpointThink  style,
           gboolean             is_on)
{
  switch (style)
    {
    case BALEEN_ENDPOINT_THINK_TEMPLATE:
      /* Qwen's and GLM's templates ask for the one, DeepSeek's for the other. */
      json_builder_set_member_name (builder, "chat_template_kwargs");
      json_builder_begin_object (builder);
      baleen_json_add_flag (builder, "enable_thinking", is_on);
      baleen_json_add_flag (builder, "thinking", is_on);
      json_builder_end_object (builder);
      break;
    case BALEEN_ENDPOINT_THINK_DEEPSEEK:
      json_builder_set_member_name (builder, "thinking");
      json_builder_begin_object (builder);
      baleen_json_add_text (builder, "type", is_on ? "enabled" : "disabled");
      json_builder_end_object (builder);
      break;
    case BALEEN_ENDPOINT_THINK_EFFORT:
      baleen_json_add_text (builder, "reasoning_effort", is_on ? "medium" : "none");
      break;
    case BALEEN_ENDPOINT_THINK_FLAG:
      baleen_json_add_flag (builder, "enable_thinking", is_on);
      break;
    default:
      break;
    }
}

static void
add_message (JsonBuilder *builder,
             const char  *role,
             const char  *text)
{
  json_builder_begin_object (builder);
  baleen_json_add_text (builder, "role", role);
  baleen_json_add_text (builder, "content", text);
  json_builder_end_object (builder);
}

/* Thoughts stay here: servers put no earlier ones into a prompt. */
static void
add_messages (JsonBuilder         *builder,
              const BaleenRequest *request)
{
  json_builder_set_member_name (builder, "messages");
  json_builder_begin_array (builder);
  for (guint i = 0; i < request->turns->len; i++)
    {
      const BaleenTurn *turn = request->turns->pdata[i];

      add_message (builder,
                   turn->role == BALEEN_ROLE_SYSTEM      ? "system"
                   : turn->role == BALEEN_ROLE_ASSISTANT ? "assistant"
                                                         : "user",
                   turn->text);
    }
  if (request->begun_text != NULL && *request->begun_text != '\0')
    {
      add_message (builder, "assistant", request->begun_text);
      add_message (builder, "user", "Continue your last message exactly where it stops, without "
                                    "repeating any of it.");
    }
  json_builder_end_array (builder);
}

char *
endpoint_body_make (const BaleenEndpoint *endpoint,
                    const BaleenRequest  *request,
                    gboolean              is_plain)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  baleen_json_add_text (builder, "model", endpoint->model);
  add_messages (builder, request);
  baleen_json_add_flag (builder, "stream", TRUE);
  if (request->max_tokens > 0)
    {
      baleen_json_add_whole (builder, "max_tokens",
                             request->max_tokens
                                 + (request->think == BALEEN_THINK_ON ? request->thought_budget
                                                                      : 0));
    }
  if (request->temperature >= 0)
    baleen_json_add_number (builder, "temperature", request->temperature);
  if (request->top_p >= 0)
    {
      baleen_json_add_number (builder, "top_p", request->top_p);
    }
  if (!is_plain)
    {
      if (request->has_seed)
        baleen_json_add_whole (builder, "seed", request->seed & G_MAXINT32);
      json_builder_set_member_name (builder, "stream_options");
      json_builder_begin_object (builder);
      baleen_json_add_flag (builder, "include_usage", TRUE);
      json_builder_end_object (builder);
      if (request->think != BALEEN_THINK_MODEL)
        add_think (builder, get_think (endpoint), request->think == BALEEN_THINK_ON);
    }
  json_builder_end_object (builder);
  return baleen_json_to_text (builder);
}

void
endpoint_part_clear (EndpointPart *part)
{
  g_clear_pointer (&part->text, g_free);
  g_clear_pointer (&part->thought, g_free);
  g_clear_pointer (&part->finish, g_free);
  g_clear_pointer (&part->problem, g_free);
}

static JsonNode *
get_member (JsonNode   *node,
            const char *name)
{
  return node != NULL && JSON_NODE_HOLDS_OBJECT (node)
             ? json_object_get_member (json_node_get_object (node), name) : NULL;
}

static char *
dup_text (JsonNode   *node,
          const char *name)
{
  JsonNode *member = get_member (node, name);

  return member != NULL && JSON_NODE_HOLDS_VALUE (member)
                 && json_node_get_value_type (member) == G_TYPE_STRING
             ? g_strdup (json_node_get_string (member)) : NULL;
}

/* A text, or a list of parts of which some are text. */
static char *
dup_content (JsonNode *delta)
{
  JsonNode *content = get_member (delta, "content");
  GString *text;

  if (content == NULL || !JSON_NODE_HOLDS_ARRAY (content))
    return dup_text (delta, "content");

  text = g_string_new (NULL);
  for (guint i = 0; i < json_array_get_length (json_node_get_array (content)); i++)
    {
      g_autofree char *part
          = dup_text (json_array_get_element (json_node_get_array (content), i), "text");

      if (part != NULL)
        g_string_append (text, part);
    }

  return g_string_free (text, FALSE);
}

static gint64
get_count (JsonNode   *node,
           const char *name)
{
  JsonNode *member = get_member (node, name);

  return member != NULL && JSON_NODE_HOLDS_VALUE (member)
                 && json_node_get_value_type (member) == G_TYPE_INT64
             ? MAX (-1, json_node_get_int (member)) : -1;
}

/* {"error": {"message": …}}, {"error": "…"} or {"message": …}, {"detail": …}. */
static char *
find_problem (JsonNode *root)
{
  JsonNode *error = get_member (root, "error");
  char *words = dup_text (error, "message");

  if (words == NULL)
    words = dup_text (root, "error");
  if (words == NULL && get_member (root, "choices") == NULL)
    words = dup_text (root, "message");
  if (words == NULL)
    words = dup_text (root, "detail");

  return words;
}

gboolean
endpoint_part_read (EndpointPart *part,
                    const char   *json)
{
  /* A server may cut between the bytes of a letter; the others are worth having. */
  g_autofree char *valid = g_utf8_make_valid (json, -1);
  g_autoptr (JsonNode) root = baleen_json_parse (valid, -1, NULL);
  JsonNode *choices = get_member (root, "choices");
  JsonNode *usage = get_member (root, "usage");

  part->n_prompt = part->n_answer = -1;
  if (root == NULL)
    return FALSE;

  part->problem = find_problem (root);
  part->n_prompt = get_count (usage, "prompt_tokens");
  part->n_answer = get_count (usage, "completion_tokens");
  if (choices != NULL && JSON_NODE_HOLDS_ARRAY (choices)
      && json_array_get_length (json_node_get_array (choices)) > 0)
    {
      JsonNode *choice = json_array_get_element (json_node_get_array (choices), 0);
      JsonNode *delta = get_member (choice, "delta");

      if (delta == NULL)
        delta = get_member (choice, "message");
      part->text = dup_content (delta);
      if (part->text == NULL)
        part->text = dup_text (delta, "refusal");
      part->thought = dup_text (delta, "reasoning_content");
      if (part->thought == NULL)
        part->thought = dup_text (delta, "reasoning");
      part->finish = dup_text (choice, "finish_reason");
    }

  return TRUE;
}
