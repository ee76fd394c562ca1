/* Our own JSON; history-export-json.c writes it. */
#include "history-formats.h"

#include "loose-tree.h"

static const char *const roles[] = { "system", "user", "assistant" };
static const char *const states[] = {
  "done",      "queued",  "loading", "reading", "thinking",
  "answering", "stopped", "cut",     "failed",  "interrupted",
  "deleted", /* empty, but others hang on it */
};
static const char *const parts[BALEEN_N_PARTS] = { "attachments", "template", "outline",
                                                     "server" };

const char *
baleen_history_name_role (BaleenRole role)
{
  return roles[role];
}

const char *
baleen_history_name_state (BaleenState state)
{
  return states[state];
}

const char *
baleen_history_name_part (BaleenMessagePart part)
{
  return parts[part];
}

/* The place of a name in a list; `missing` for one that is not in it. */
static int
look_up (JsonObject        *object,
         const char        *name,
         const char *const *names,
         int                n_names,
         int                missing)
{
  for (int i = 0; i < n_names; i++)
    if (baleen_json_is (object, name, names[i]))
      return i;
  return missing;
}

static void
read_numbers (BaleenNumbers *numbers,
              JsonObject    *object)
{
  numbers->n_prompt = baleen_json_get_whole (object, "prompt_tokens");
  numbers->n_reused = baleen_json_get_whole (object, "reused_tokens");
  numbers->n_read = baleen_json_get_whole (object, "read_tokens");
  numbers->n_tokens = baleen_json_get_whole (object, "answer_tokens");
  numbers->read_seconds = baleen_json_get_number (object, "prompt_seconds");
  numbers->write_seconds = baleen_json_get_number (object, "answer_seconds");
  numbers->thought_seconds = baleen_json_get_number (object, "thinking_seconds");
}

static BaleenMessageRecord *
read_message (JsonObject *object)
{
  BaleenMessageRecord *record = g_new0 (BaleenMessageRecord, 1);

  record->id = baleen_json_get_whole (object, "id");
  record->role = look_up (object, "role", roles, G_N_ELEMENTS (roles), BALEEN_ROLE_USER);
  record->state = look_up (object, "state", states, G_N_ELEMENTS (states), BALEEN_STATE_DONE);
  if (baleen_state_is_running (record->state))
    record->state = BALEEN_STATE_INTERRUPTED;
  record->created = baleen_json_get_time (object, "created");
  record->ended = baleen_json_get_time (object, "ended");
  record->text = baleen_json_dup_string (object, "text");
  if (record->text == NULL)
    record->text = g_strdup ("");
  record->thought = baleen_json_dup_string (object, "thinking");
  record->problem = baleen_json_dup_string (object, "problem");
  record->remedy = CLAMP (baleen_json_get_whole (object, "remedy"), BALEEN_REMEDY_TRY_AGAIN,
                          BALEEN_REMEDY_LOCATE);
  record->model = baleen_json_dup_string (object, "model");
  record->think = baleen_json_get_flag (object, "think");
  record->search = baleen_json_get_flag (object, "search");
  record->is_left_out = baleen_json_get_flag (object, "left_out");
  record->sources = baleen_json_dup_part (object, "sources");
  for (guint i = 0; i < BALEEN_N_PARTS; i++)
    record->parts[i] = baleen_json_dup_part (object, parts[i]);
  if (baleen_json_get_object (object, "numbers") != NULL)
    read_numbers (&record->numbers, baleen_json_get_object (object, "numbers"));
  return record;
}

/* Ids are keys here: a number becomes the text of it. */
static char *
dup_key (JsonObject *object,
         const char *name)
{
  const gint64 id = baleen_json_get_whole (object, name);

  return id > 0 ? g_strdup_printf ("%" G_GINT64_FORMAT, id) : NULL;
}

static BaleenConversationRecord *
read_conversation (JsonObject *object)
{
  static const char *const sources[] = { "words", "user", "model" };
  BaleenConversationRecord *record = g_new0 (BaleenConversationRecord, 1);

  record->id = baleen_json_get_whole (object, "id");
  record->title = baleen_json_dup_string (object, "title");
  record->title_source = look_up (object, "title_source", sources, G_N_ELEMENTS (sources),
                                  BALEEN_TITLE_USER);
  record->is_pinned = baleen_json_get_flag (object, "pinned");
  record->is_archived = baleen_json_get_flag (object, "archived");
  record->folder = baleen_json_dup_string (object, "folder");
  record->think = baleen_json_get_flag (object, "think");
  record->search = baleen_json_get_flag (object, "search");
  record->created = baleen_json_get_time (object, "created");
  record->updated = baleen_json_get_time (object, "updated");
  return record;
}

BaleenHistoryItem *
baleen_history_read_own (JsonObject *object)
{
  g_autoptr (GPtrArray) messages
      = g_ptr_array_new_with_free_func ((GDestroyNotify) baleen_loose_message_free);
  g_autofree char *head = dup_key (object, "head");
  JsonArray *array = baleen_json_get_array (object, "messages");

  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    {
      JsonObject *element = baleen_json_object (json_array_get_element (array, i));
      g_autofree char *key = element != NULL ? dup_key (element, "id") : NULL;
      g_autofree char *parent = element != NULL ? dup_key (element, "parent") : NULL;
      BaleenLooseMessage *message;

      if (element == NULL)
        continue;
      message = baleen_loose_message_new (key, parent);
      message->record = read_message (element);
      g_ptr_array_add (messages, message);
    }
  return baleen_history_finish_item (read_conversation (object), messages, head, FALSE);
}
