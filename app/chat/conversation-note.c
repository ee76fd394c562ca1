#include "conversation-note.h"

#include "json-parsing.h"
#include "json-writing.h"

#include <json-glib/json-glib.h>

/* A note says what it stands for in its attachments: {"stands-for": [id, …]}. */
#define STANDS_FOR "stands-for"

#define TURNS_KEPT 2

static JsonArray *
get_stands_for (BaleenMessage *message,
                JsonNode     **root)
{
  const char *json = baleen_message_get_part (message, BALEEN_PART_ATTACHMENTS);
  JsonNode *member;

  *root = json != NULL ? baleen_json_parse (json, -1, NULL) : NULL;
  if (*root == NULL || !JSON_NODE_HOLDS_OBJECT (*root))
    return NULL;
  member = json_object_get_member (json_node_get_object (*root), STANDS_FOR);
  return member != NULL && JSON_NODE_HOLDS_ARRAY (member) ? json_node_get_array (member) : NULL;
}

gboolean
baleen_note_is_note (BaleenMessage *message)
{
  g_autoptr (JsonNode) root = NULL;

  return baleen_message_get_role (message) == BALEEN_ROLE_SYSTEM
         && get_stands_for (message, &root) != NULL;
}

guint
baleen_note_get_n_messages (BaleenMessage *message)
{
  g_autoptr (JsonNode) root = NULL;
  JsonArray *ids = get_stands_for (message, &root);

  return ids != NULL ? json_array_get_length (ids) : 0;
}

/* ---- what is said ----------------------------------------------------------------------- */

static gboolean
is_summarizable (BaleenMessage *message)
{
  return !baleen_message_get_is_left_out (message) && baleen_message_get_text_length (message) > 0
         && !baleen_state_is_running (baleen_message_get_state (message))
         && (baleen_message_get_role (message) != BALEEN_ROLE_SYSTEM
             || baleen_note_is_note (message));
}

GPtrArray *
baleen_note_list_all (BaleenConversation *conversation)
{
  const guint n = g_list_model_get_n_items (G_LIST_MODEL (conversation));
  GPtrArray *messages = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (BaleenMessage) message
          = g_list_model_get_item (G_LIST_MODEL (conversation), i);

      if (is_summarizable (message))
        g_ptr_array_add (messages, g_steal_pointer (&message));
    }
  return messages;
}

/* Wherever a note stands, what it tells happened before. */
static GPtrArray *
put_notes_first (GPtrArray *messages)
{
  GPtrArray *sorted = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint pass = 0; pass < 2; pass++)
    for (guint i = 0; i < messages->len; i++)
      if (baleen_note_is_note (messages->pdata[i]) == (pass == 0))
        g_ptr_array_add (sorted, g_object_ref (messages->pdata[i]));
  g_ptr_array_unref (messages);
  return sorted;
}

static gboolean
has_words (GPtrArray *messages)
{
  for (guint i = 0; i < messages->len; i++)
    if (!baleen_note_is_note (messages->pdata[i]))
      return TRUE;
  return FALSE;
}

GPtrArray *
baleen_note_list_older (BaleenConversation *conversation)
{
  GPtrArray *messages = put_notes_first (baleen_note_list_all (conversation));
  guint n_questions = 0, n_turns = 0;

  for (guint i = 0; i < messages->len; i++)
    n_questions += baleen_message_get_role (messages->pdata[i]) == BALEEN_ROLE_USER;
  while (messages->len > 0 && n_turns < TURNS_KEPT && (n_turns == 0 || n_questions > TURNS_KEPT))
    {
      n_turns += baleen_message_get_role (messages->pdata[messages->len - 1])
                 == BALEEN_ROLE_USER;
      g_ptr_array_set_size (messages, messages->len - 1);
    }
  /* A summary of a summary alone would only lose. */
  if (!has_words (messages))
    g_ptr_array_set_size (messages, 0);
  return messages;
}

/* ---- making and taking back ------------------------------------------------------------- */

static char *
write_stands_for (GPtrArray *messages)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, STANDS_FOR);
  json_builder_begin_array (builder);
  for (guint i = 0; messages != NULL && i < messages->len; i++)
    json_builder_add_int_value (builder, baleen_message_get_id (messages->pdata[i]));
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  return baleen_json_to_text (builder);
}

static void
leave_out (BaleenHistory      *history,
           BaleenConversation *conversation,
           BaleenMessage      *message,
           gboolean            is_left_out)
{
  baleen_message_set_is_left_out (message, is_left_out);
  baleen_history_save (history, conversation, message, TRUE);
}

BaleenMessage *
baleen_note_add (BaleenHistory      *history,
                 BaleenConversation *conversation,
                 const char         *summary,
                 GPtrArray          *messages)
{
  g_autofree char *json = write_stands_for (messages);
  BaleenMessage *note = baleen_history_add_message (history, conversation,
                                                    baleen_conversation_get_head (conversation),
                                                    BALEEN_ROLE_SYSTEM, summary,
                                                    BALEEN_STATE_DONE);

  baleen_message_set_part (note, BALEEN_PART_ATTACHMENTS, json);
  baleen_history_save (history, conversation, note, TRUE);
  for (guint i = 0; messages != NULL && i < messages->len; i++)
    leave_out (history, conversation, messages->pdata[i], TRUE);
  return note;
}

void
baleen_note_set_is_in_force (BaleenHistory      *history,
                             BaleenConversation *conversation,
                             BaleenMessage      *note,
                             gboolean            is_in_force)
{
  g_autoptr (JsonNode) root = NULL;
  JsonArray *ids = get_stands_for (note, &root);
  const guint n = ids != NULL ? json_array_get_length (ids) : 0;

  leave_out (history, conversation, note, !is_in_force);
  for (guint i = 0; i < n; i++)
    {
      BaleenMessage *message = baleen_conversation_get_message (
          conversation, json_array_get_int_element (ids, i));

      if (message != NULL)
        leave_out (history, conversation, message, is_in_force);
    }
}
