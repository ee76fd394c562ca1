/* conversations.json of ChatGPT: a mapping of nodes, most of which are no messages that anybody
 * wrote: hidden ones, tools and their output, thoughts, notes on thoughts. */
#include "history-formats.h"

#include <glib/gi18n-lib.h>

#include "loose-tree.h"

static void
add_line (GString    *text,
          const char *line)
{
  if (line == NULL || *line == '\0')
    return;
  if (text->len > 0)
    g_string_append (text, "\n\n");
  g_string_append (text, line);
}

/* Parts are texts, or objects for pictures and recordings; of those only a transcript is text. */
static char *
read_parts (JsonObject *content)
{
  JsonArray *parts = baleen_json_get_array (content, "parts");
  GString *text = g_string_new (NULL);

  for (guint i = 0; parts != NULL && i < json_array_get_length (parts); i++)
    {
      JsonNode *node = json_array_get_element (parts, i);
      JsonObject *object = baleen_json_object (node);
      g_autofree char *plain = baleen_json_dup_text (node);
      g_autofree char *spoken = baleen_json_dup_string (object, "text");

      if (plain != NULL || spoken != NULL)
        add_line (text, plain != NULL ? plain : spoken);
      else if (object != NULL)
        add_line (text, _("[A picture or recording that was not taken over]"));
    }
  return g_string_free (text, FALSE);
}

static char *
read_thoughts (JsonObject *content)
{
  JsonArray *thoughts = baleen_json_get_array (content, "thoughts");
  GString *text = g_string_new (NULL);

  for (guint i = 0; thoughts != NULL && i < json_array_get_length (thoughts); i++)
    {
      JsonObject *thought = baleen_json_object (json_array_get_element (thoughts, i));
      g_autofree char *summary = baleen_json_dup_string (thought, "summary");
      g_autofree char *words = baleen_json_dup_string (thought, "content");

      add_line (text, summary);
      add_line (text, words);
    }
  return g_string_free (text, FALSE);
}

static gboolean
is_shown (JsonObject *message)
{
  JsonObject *metadata = baleen_json_get_object (message, "metadata");
  g_autofree char *recipient = baleen_json_dup_string (message, "recipient");

  return !baleen_json_get_flag (metadata, "is_visually_hidden_from_conversation")
         && (recipient == NULL || g_str_equal (recipient, "all"));
}

static BaleenMessageRecord *
make_record (JsonObject *message,
             BaleenRole  role,
             char       *text)
{
  BaleenMessageRecord *record = g_new0 (BaleenMessageRecord, 1);

  record->role = role;
  record->text = text;
  record->created = baleen_json_get_time (message, "create_time");
  record->ended = record->created;
  record->model = baleen_json_dup_string (baleen_json_get_object (message, "metadata"),
                                          "model_slug");
  if (baleen_json_is (message, "status", "in_progress"))
    record->state = BALEEN_STATE_INTERRUPTED;
  return record;
}

static void
read_node (BaleenLooseMessage *loose,
           JsonObject         *message)
{
  JsonObject *author = baleen_json_get_object (message, "author");
  JsonObject *content = baleen_json_get_object (message, "content");
  const gboolean is_user = baleen_json_is (author, "role", "user");
  g_autofree char *text = NULL;

  if (baleen_json_is (content, "content_type", "thoughts"))
    {
      loose->thought = read_thoughts (content);
      return;
    }
  if ((!is_user && !baleen_json_is (author, "role", "assistant")) || !is_shown (message)
      || (!baleen_json_is (content, "content_type", "text")
          && !baleen_json_is (content, "content_type", "multimodal_text")))
    return;

  text = read_parts (content);
  if (*text != '\0')
    loose->record = make_record (message, is_user ? BALEEN_ROLE_USER : BALEEN_ROLE_ASSISTANT,
                                 g_steal_pointer (&text));
}

BaleenHistoryItem *
baleen_history_read_chatgpt (JsonObject *object)
{
  JsonObject *mapping = baleen_json_get_object (object, "mapping");
  g_autoptr (GPtrArray) messages
      = g_ptr_array_new_with_free_func ((GDestroyNotify) baleen_loose_message_free);
  g_autofree char *head = baleen_json_dup_string (object, "current_node");
  BaleenConversationRecord *conversation = g_new0 (BaleenConversationRecord, 1);
  JsonObjectIter iter;
  const char *key;
  JsonNode *node;

  json_object_iter_init_ordered (&iter, mapping);
  while (json_object_iter_next_ordered (&iter, &key, &node))
    {
      JsonObject *entry = baleen_json_object (node);
      g_autofree char *parent = baleen_json_dup_string (entry, "parent");
      BaleenLooseMessage *loose = baleen_loose_message_new (key, parent);

      if (baleen_json_get_object (entry, "message") != NULL)
        read_node (loose, baleen_json_get_object (entry, "message"));
      g_ptr_array_add (messages, loose);
    }

  conversation->title = baleen_json_dup_string (object, "title");
  conversation->title_source = BALEEN_TITLE_MODEL;
  conversation->is_archived = baleen_json_get_flag (object, "is_archived");
  conversation->is_pinned = baleen_json_get_flag (object, "is_starred");
  conversation->created = baleen_json_get_time (object, "create_time");
  conversation->updated = baleen_json_get_time (object, "update_time");
  return baleen_history_finish_item (conversation, messages, head, TRUE);
}
