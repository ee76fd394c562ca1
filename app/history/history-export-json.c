/* All that the history knows of conversations but their drafts; history-import-own.c reads it. */
#include "history-export.h"

#include "history-formats.h"
#include "json-parsing.h"
#include "json-writing.h"

static void
add_flag (JsonBuilder *builder,
          const char  *name,
          gboolean     flag)
{
  if (flag)
    baleen_json_add_flag (builder, name, TRUE);
}

static void
add_time (JsonBuilder *builder,
          const char  *name,
          gint64       time)
{
  g_autoptr (GDateTime) second = g_date_time_new_from_unix_utc (time / G_USEC_PER_SEC);
  g_autoptr (GDateTime) date
      = second != NULL ? g_date_time_add (second, time % G_USEC_PER_SEC) : NULL;
  g_autofree char *text
      = date != NULL ? g_date_time_format (date, "%Y-%m-%dT%H:%M:%S.%fZ") : NULL;

  if (time != 0)
    baleen_json_add_text_if_any (builder, name, text);
}

/* What is JSON already stays what it is. */
static void
add_part (JsonBuilder *builder,
          const char  *name,
          const char  *json)
{
  JsonNode *node = json != NULL ? baleen_json_parse (json, -1, NULL) : NULL;

  if (node == NULL)
    return;
  json_builder_set_member_name (builder, name);
  json_builder_add_value (builder, node);
}

static void
add_numbers (JsonBuilder         *builder,
             const BaleenNumbers *numbers)
{
  json_builder_set_member_name (builder, "numbers");
  json_builder_begin_object (builder);
  baleen_json_add_whole (builder, "prompt_tokens", numbers->n_prompt);
  baleen_json_add_whole (builder, "reused_tokens", numbers->n_reused);
  baleen_json_add_whole (builder, "read_tokens", numbers->n_read);
  baleen_json_add_whole (builder, "answer_tokens", numbers->n_tokens);
  baleen_json_add_number (builder, "prompt_seconds", numbers->read_seconds);
  baleen_json_add_number (builder, "answer_seconds", numbers->write_seconds);
  baleen_json_add_number (builder, "thinking_seconds", numbers->thought_seconds);
  json_builder_end_object (builder);
}

static void
add_message (JsonBuilder               *builder,
             const BaleenMessageRecord *record,
             gboolean                   with_thoughts)
{
  json_builder_begin_object (builder);
  baleen_json_add_whole (builder, "id", record->id);
  if (record->parent_id != 0)
    baleen_json_add_whole (builder, "parent", record->parent_id);
  baleen_json_add_text (builder, "role", baleen_history_name_role (record->role));
  baleen_json_add_text (builder, "state", baleen_history_name_state (record->state));
  add_time (builder, "created", record->created);
  add_time (builder, "ended", record->ended);
  baleen_json_add_text_if_any (builder, "text", record->text);
  if (with_thoughts && record->thought != NULL && *record->thought != '\0')
    baleen_json_add_text_if_any (builder, "thinking", record->thought);
  baleen_json_add_text_if_any (builder, "problem", record->problem);
  if (record->remedy != BALEEN_REMEDY_TRY_AGAIN)
    baleen_json_add_whole (builder, "remedy", record->remedy);
  baleen_json_add_text_if_any (builder, "model", record->model);
  add_flag (builder, "think", record->think);
  add_flag (builder, "search", record->search);
  add_flag (builder, "left_out", record->is_left_out);
  add_part (builder, "sources", record->sources);
  for (guint i = 0; i < BALEEN_N_PARTS; i++)
    add_part (builder, baleen_history_name_part (i), record->parts[i]);
  if (record->role == BALEEN_ROLE_ASSISTANT)
    add_numbers (builder, &record->numbers);
  json_builder_end_object (builder);
}

static void
add_item (JsonBuilder             *builder,
          const BaleenHistoryItem *item,
          gboolean                 with_thoughts)
{
  static const char *const sources[] = { "words", "user", "model" };
  const BaleenConversationRecord *conversation = item->conversation;

  json_builder_begin_object (builder);
  baleen_json_add_whole (builder, "id", conversation->id);
  baleen_json_add_text_if_any (builder, "title", conversation->title);
  baleen_json_add_text (builder, "title_source", sources[conversation->title_source]);
  add_flag (builder, "pinned", conversation->is_pinned);
  add_flag (builder, "archived", conversation->is_archived);
  baleen_json_add_text_if_any (builder, "folder", conversation->folder);
  add_flag (builder, "think", conversation->think);
  add_flag (builder, "search", conversation->search);
  add_time (builder, "created", conversation->created);
  add_time (builder, "updated", conversation->updated);
  baleen_json_add_whole (builder, "head", conversation->head_id);
  json_builder_set_member_name (builder, "messages");
  json_builder_begin_array (builder);
  for (guint i = 0; i < item->messages->len; i++)
    add_message (builder, item->messages->pdata[i], with_thoughts);
  json_builder_end_array (builder);
  json_builder_end_object (builder);
}

char *
baleen_history_export_json (GPtrArray *items,
                            gboolean   with_thoughts)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonGenerator) generator = json_generator_new ();
  g_autoptr (JsonNode) root = NULL;
  g_autofree char *text = NULL;

  json_builder_begin_object (builder);
  baleen_json_add_text (builder, "format", BALEEN_HISTORY_FORMAT);
  baleen_json_add_whole (builder, "version", BALEEN_HISTORY_FORMAT_VERSION);
  json_builder_set_member_name (builder, "conversations");
  json_builder_begin_array (builder);
  for (guint i = 0; i < items->len; i++)
    add_item (builder, items->pdata[i], with_thoughts);
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  root = json_builder_get_root (builder);
  json_generator_set_root (generator, root);
  json_generator_set_pretty (generator, TRUE);
  json_generator_set_indent (generator, 1);
  text = json_generator_to_data (generator, NULL);
  return g_strconcat (text, "\n", NULL);
}
