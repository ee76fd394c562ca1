#include "baleen-record.h"

BaleenConversationRecord *
baleen_conversation_record_new (BaleenConversation *conversation)
{
  BaleenConversationRecord *record = g_new0 (BaleenConversationRecord, 1);

  record->id = baleen_conversation_get_id (conversation);
  record->title = g_strdup (baleen_conversation_get_title (conversation));
  record->title_source = baleen_conversation_get_title_source (conversation);
  record->is_pinned = baleen_conversation_get_is_pinned (conversation);
  record->is_archived = baleen_conversation_get_is_archived (conversation);
  record->folder = g_strdup (baleen_conversation_get_folder (conversation));
  record->think = baleen_conversation_get_think (conversation);
  record->search = baleen_conversation_get_search (conversation);
  record->draft = g_strdup (baleen_conversation_get_draft (conversation));
  record->draft_cursor = baleen_conversation_get_draft_cursor (conversation);
  record->draft_attachments = g_strdup (
      baleen_conversation_get_draft_part (conversation, BALEEN_PART_ATTACHMENTS));
  record->draft_template
      = g_strdup (baleen_conversation_get_draft_part (conversation, BALEEN_PART_TEMPLATE));
  record->head_id = baleen_conversation_get_head_id (conversation);
  record->created = baleen_conversation_get_created (conversation);
  record->updated = baleen_conversation_get_updated (conversation);
  return record;
}

void
baleen_conversation_record_free (BaleenConversationRecord *record)
{
  g_free (record->title);
  g_free (record->folder);
  g_free (record->draft);
  g_free (record->draft_attachments);
  g_free (record->draft_template);
  g_free (record);
}

BaleenConversation *
baleen_conversation_record_restore (BaleenConversationRecord *record)
{
  BaleenConversation *conversation = baleen_conversation_new (record->id);

  baleen_conversation_set_title (conversation, record->title);
  baleen_conversation_set_title_source (conversation, record->title_source);
  baleen_conversation_set_is_pinned (conversation, record->is_pinned);
  baleen_conversation_set_is_archived (conversation, record->is_archived);
  baleen_conversation_set_folder (conversation, record->folder);
  baleen_conversation_set_think (conversation, record->think);
  baleen_conversation_set_search (conversation, record->search);
  baleen_conversation_set_draft (conversation, record->draft != NULL ? record->draft : "",
                                 record->draft_cursor);
  baleen_conversation_set_draft_part (conversation, BALEEN_PART_ATTACHMENTS,
                                      record->draft_attachments);
  baleen_conversation_set_draft_part (conversation, BALEEN_PART_TEMPLATE,
                                      record->draft_template);
  baleen_conversation_set_has_left (conversation, record->has_left);
  baleen_conversation_set_created (conversation, record->created);
  baleen_conversation_set_updated (conversation, record->updated);
  if (record->head_id != 0)
    baleen_conversation_set_unloaded (conversation, record->head_id);
  return conversation;
}

BaleenMessageRecord *
baleen_message_record_new (BaleenConversation *conversation,
                           BaleenMessage      *message)
{
  BaleenMessageRecord *record = g_new0 (BaleenMessageRecord, 1);

  record->id = baleen_message_get_id (message);
  record->conversation_id = baleen_conversation_get_id (conversation);
  record->parent_id = baleen_message_get_parent_id (message);
  record->role = baleen_message_get_role (message);
  record->state = baleen_message_get_state (message);
  record->created = baleen_message_get_created (message);
  record->ended = baleen_state_is_running (record->state) ? g_get_real_time ()
                                                          : baleen_message_get_ended (message);
  record->text = g_strdup (baleen_message_get_text (message));
  record->thought = g_strdup (baleen_message_get_thought (message));
  record->problem = g_strdup (baleen_message_get_problem (message));
  record->remedy = baleen_message_get_remedy (message);
  record->model = g_strdup (baleen_message_get_model (message));
  record->think = baleen_message_get_think (message);
  record->sources = baleen_sources_to_json (baleen_message_get_sources (message));
  record->search = baleen_message_get_search (message);
  record->is_left_out = baleen_message_get_is_left_out (message);
  for (guint i = 0; i < BALEEN_N_PARTS; i++)
    record->parts[i] = g_strdup (baleen_message_get_part (message, i));
  record->numbers = *baleen_message_get_numbers (message);
  return record;
}

BaleenMessageRecord *
baleen_message_record_copy (const BaleenMessageRecord *record)
{
  BaleenMessageRecord *copy = g_memdup2 (record, sizeof *record);

  copy->text = g_strdup (record->text);
  copy->thought = g_strdup (record->thought);
  copy->problem = g_strdup (record->problem);
  copy->model = g_strdup (record->model);
  copy->sources = g_strdup (record->sources);
  for (guint i = 0; i < BALEEN_N_PARTS; i++)
    copy->parts[i] = g_strdup (record->parts[i]);
  return copy;
}

void
baleen_message_record_free (BaleenMessageRecord *record)
{
  for (guint i = 0; i < BALEEN_N_PARTS; i++)
    g_free (record->parts[i]);
  g_free (record->text);
  g_free (record->thought);
  g_free (record->problem);
  g_free (record->model);
  g_free (record->sources);
  g_free (record);
}

BaleenMessage *
baleen_message_record_restore (BaleenMessageRecord *record)
{
  BaleenMessage *message
      = baleen_message_new (record->id, record->parent_id, record->role, NULL);

  baleen_message_set_text (message, record->text, record->thought);
  baleen_message_set_model (message, record->model);
  baleen_message_set_think (message, record->think);
  baleen_message_set_search (message, record->search);
  baleen_message_set_is_left_out (message, record->is_left_out);
  for (guint i = 0; i < BALEEN_N_PARTS; i++)
    baleen_message_set_part (message, i, record->parts[i]);
  baleen_message_set_numbers (message, &record->numbers);
  if (record->sources != NULL)
    {
      g_autoptr (GPtrArray) sources = baleen_sources_from_json (record->sources);

      baleen_message_set_sources (message, sources);
    }
  if (record->state == BALEEN_STATE_FAILED)
    baleen_message_fail (message, record->problem, record->remedy);
  else
    baleen_message_set_state (message, record->state);
  baleen_message_set_created (message, record->created);
  baleen_message_set_ended (message, record->ended);
  return message;
}
