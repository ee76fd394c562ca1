/* conversations.json of DeepSeek: a mapping from “root” down whose messages are lists of fragments:
 * REQUEST, THINK, RESPONSE, SEARCH. Earlier files had content and reasoning_content instead. */
#include "history-formats.h"

#include "baleen-source.h"
#include "loose-tree.h"

typedef struct
{
  GString *request;
  GString *thought;
  GString *response;
  GPtrArray *sources;
} Parts;

static void
add_line (GString *text,
          char    *line)
{
  if (line != NULL && *line != '\0')
    g_string_append_printf (text, "%s%s", text->len > 0 ? "\n\n" : "", line);
  g_free (line);
}

static void
add_results (Parts     *parts,
             JsonArray *results)
{
  for (guint i = 0; results != NULL && i < json_array_get_length (results); i++)
    {
      JsonObject *result = baleen_json_object (json_array_get_element (results, i));
      g_autofree char *title = baleen_json_dup_string (result, "title");
      g_autofree char *url = baleen_json_dup_string (result, "url");
      g_autofree char *snippet = baleen_json_dup_string (result, "snippet");

      if (url != NULL)
        g_ptr_array_add (parts->sources,
                         baleen_source_new (parts->sources->len + 1, title != NULL ? title : url,
                                            url, NULL, 0, snippet));
    }
}

static void
add_fragment (Parts      *parts,
              JsonObject *fragment)
{
  if (baleen_json_is (fragment, "type", "REQUEST"))
    add_line (parts->request, baleen_json_dup_string (fragment, "content"));
  else if (baleen_json_is (fragment, "type", "THINK"))
    add_line (parts->thought, baleen_json_dup_string (fragment, "content"));
  else if (baleen_json_is (fragment, "type", "RESPONSE"))
    add_line (parts->response, baleen_json_dup_string (fragment, "content"));
  else if (baleen_json_is (fragment, "type", "SEARCH"))
    add_results (parts, baleen_json_get_array (fragment, "results"));
}

static void
read_parts (Parts      *parts,
            JsonObject *message)
{
  JsonArray *fragments = baleen_json_get_array (message, "fragments");
  const gboolean is_user = baleen_json_is (message, "role", "USER");

  for (guint i = 0; fragments != NULL && i < json_array_get_length (fragments); i++)
    if (baleen_json_object (json_array_get_element (fragments, i)) != NULL)
      add_fragment (parts, baleen_json_object (json_array_get_element (fragments, i)));
  if (fragments != NULL)
    return;

  add_line (is_user ? parts->request : parts->response,
            baleen_json_dup_string (message, "content"));
  add_line (parts->thought, baleen_json_dup_string (message, "reasoning_content"));
  if (parts->thought->len == 0)
    add_line (parts->thought, baleen_json_dup_string (message, "thinking_content"));
}

static BaleenMessageRecord *
read_message (JsonObject *message)
{
  Parts parts = { g_string_new (NULL), g_string_new (NULL), g_string_new (NULL),
                  g_ptr_array_new_with_free_func (g_object_unref) };
  BaleenMessageRecord *record = NULL;

  read_parts (&parts, message);
  if (parts.request->len + parts.thought->len + parts.response->len > 0)
    {
      const gboolean is_user = parts.request->len > 0;

      record = g_new0 (BaleenMessageRecord, 1);
      record->role = is_user ? BALEEN_ROLE_USER : BALEEN_ROLE_ASSISTANT;
      record->text = g_strdup (is_user ? parts.request->str : parts.response->str);
      record->thought = parts.thought->len > 0 ? g_strdup (parts.thought->str) : NULL;
      record->think = parts.thought->len > 0;
      record->search = parts.sources->len > 0;
      record->sources = baleen_sources_to_json (parts.sources);
      record->model = is_user ? NULL : baleen_json_dup_string (message, "model");
      record->created = baleen_json_get_time (message, "inserted_at");
      record->ended = record->created;
    }
  g_string_free (parts.request, TRUE);
  g_string_free (parts.thought, TRUE);
  g_string_free (parts.response, TRUE);
  g_ptr_array_unref (parts.sources);
  return record;
}

BaleenHistoryItem *
baleen_history_read_deepseek (JsonObject *object)
{
  JsonObject *mapping = baleen_json_get_object (object, "mapping");
  g_autoptr (GPtrArray) messages
      = g_ptr_array_new_with_free_func ((GDestroyNotify) baleen_loose_message_free);
  BaleenConversationRecord *conversation = g_new0 (BaleenConversationRecord, 1);
  JsonObjectIter iter;
  const char *key;
  JsonNode *node;

  json_object_iter_init_ordered (&iter, mapping);
  while (json_object_iter_next_ordered (&iter, &key, &node))
    {
      JsonObject *entry = baleen_json_object (node);
      JsonObject *message = baleen_json_get_object (entry, "message");
      g_autofree char *parent = baleen_json_dup_string (entry, "parent");
      BaleenLooseMessage *loose = baleen_loose_message_new (key, parent);

      if (message != NULL)
        loose->record = read_message (message);
      g_ptr_array_add (messages, loose);
    }

  conversation->title = baleen_json_dup_string (object, "title");
  conversation->title_source = BALEEN_TITLE_MODEL;
  conversation->created = baleen_json_get_time (object, "inserted_at");
  conversation->updated = baleen_json_get_time (object, "updated_at");
  return baleen_history_finish_item (conversation, messages, NULL, TRUE);
}
