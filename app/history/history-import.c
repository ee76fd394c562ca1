#include "history-import.h"

#include <gio/gio.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <string.h>

#include "history-formats.h"
#include "json-parsing.h"
#include "loose-tree.h"

#define BYTES_AT_MOST (512u * 1024 * 1024)
/* The deepest of the formats nests eight levels; the parser takes stack for each. */
#define DEPTH_AT_MOST 64
#define TITLE_CHARS_AT_MOST 200

void
baleen_history_import_free (BaleenHistoryImport *import)
{
  g_ptr_array_unref (import->items);
  g_ptr_array_unref (import->left_out);
  g_free (import);
}

static BaleenHistoryImport *
refuse (const char *name,
        const char *reason,
        GError    **error)
{
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA,
               _("“%s” could not be imported: %s. Nothing was changed."), name, reason);
  return NULL;
}

typedef BaleenHistoryItem *(*Reader) (JsonObject *object);

/* ChatGPT and DeepSeek both have a mapping; only DeepSeek has inserted_at. */
static Reader
choose_reader (JsonObject *object,
               gboolean    is_own)
{
  if (object == NULL)
    return NULL;
  if (is_own)
    return baleen_history_read_own;
  if (baleen_json_get_object (object, "mapping") == NULL)
    return NULL;
  return json_object_has_member (object, "inserted_at") ? baleen_history_read_deepseek
                                                        : baleen_history_read_chatgpt;
}

static void
leave_out (BaleenHistoryImport *import,
           JsonObject          *object,
           guint                number)
{
  g_autofree char *title = baleen_json_dup_string (object, "title");

  g_ptr_array_add (import->left_out,
                   title != NULL && *title != '\0'
                       ? g_strdup_printf (_("“%s” was left out: nothing is said in it."), title)
                       : g_strdup_printf (_("Conversation %u was left out: nothing is said in "
                                            "it."),
                                          number));
}

static void
take_element (BaleenHistoryImport *import,
              JsonNode            *node,
              guint                number,
              gboolean             is_own)
{
  JsonObject *object = baleen_json_object (node);
  Reader reader = choose_reader (object, is_own);
  BaleenHistoryItem *item = reader != NULL ? reader (object) : NULL;

  if (item != NULL)
    g_ptr_array_add (import->items, item);
  else
    leave_out (import, object, number);
}

/* A list of conversations, an object that has one, or a single conversation. */
static void
take_document (BaleenHistoryImport *import,
               JsonNode            *root)
{
  JsonObject *object = baleen_json_object (root);
  const gboolean is_own = baleen_json_is (object, "format", BALEEN_HISTORY_FORMAT);
  JsonArray *array = baleen_json_get_array (object, "conversations");

  if (JSON_NODE_HOLDS_ARRAY (root))
    array = json_node_get_array (root);
  if (array == NULL)
    {
      take_element (import, root, 1, FALSE);
      return;
    }
  for (guint i = 0; i < json_array_get_length (array); i++)
    take_element (import, json_array_get_element (array, i), i + 1, is_own);
}

static const char *
find_fault (const char *bytes,
            gsize       length)
{
  if (length > 4 && memcmp (bytes, "PK\3\4", 4) == 0)
    return _("it is a ZIP archive; unpack it and choose its conversations.json");
  if (length > 15 && memcmp (bytes, "SQLite format 3", 15) == 0)
    return _("it is a database, not an export");
  if (!g_utf8_validate (bytes, length, NULL))
    return _("it is not text in UTF-8");
  if (baleen_json_is_deeper (bytes, length, DEPTH_AT_MOST))
    return _("it is nested too deeply");
  return NULL;
}

BaleenHistoryImport *
baleen_history_import_read (const char *name,
                            const char *bytes,
                            gsize       length,
                            GError    **error)
{
  g_autoptr (BaleenHistoryImport) import = NULL;
  g_autoptr (JsonNode) root = NULL;
  const char *fault;

  if (length >= 3 && memcmp (bytes, "\xef\xbb\xbf", 3) == 0)
    {
      bytes += 3;
      length -= 3;
    }
  fault = find_fault (bytes, length);
  if (fault != NULL)
    return refuse (name, fault, error);
  root = baleen_json_parse (bytes, length, NULL);
  if (root == NULL)
    return refuse (name, _("it is not JSON, or ends too early"), error);

  import = g_new0 (BaleenHistoryImport, 1);
  import->items = g_ptr_array_new_with_free_func ((GDestroyNotify) baleen_history_item_free);
  import->left_out = g_ptr_array_new_with_free_func (g_free);
  take_document (import, root);
  if (import->items->len == 0)
    return refuse (name, _("it holds no conversation of Baleen, ChatGPT or DeepSeek"), error);
  return g_steal_pointer (&import);
}

BaleenHistoryImport *
baleen_history_import_load (const char *path,
                            GError    **error)
{
  g_autofree char *name = g_path_get_basename (path);
  g_autofree char *bytes = NULL;
  g_autoptr (GError) trouble = NULL;
  GStatBuf info;
  gsize length;

  if (g_stat (path, &info) != 0)
    return refuse (name, g_strerror (errno), error);
  if (!S_ISREG (info.st_mode))
    return refuse (name, _("it is not a file"), error);
  if (info.st_size > BYTES_AT_MOST)
    return refuse (name, _("it is larger than 512 MB"), error);
  if (!g_file_get_contents (path, &bytes, &length, &trouble))
    return refuse (name, _("it cannot be read"), error);
  return baleen_history_import_read (name, bytes, length, error);
}

/* ---- what the readers share ------------------------------------------------------------- */

static void
tidy_title (BaleenConversationRecord *conversation)
{
  if (conversation->title == NULL)
    return;
  g_strdelimit (g_strstrip (conversation->title), "\r\n\t", ' ');
  if (g_utf8_strlen (conversation->title, -1) > TITLE_CHARS_AT_MOST)
    *g_utf8_offset_to_pointer (conversation->title, TITLE_CHARS_AT_MOST) = '\0';
}

/* The first thing said, for a conversation without a title. */
static char *
dup_first_words (GPtrArray *messages)
{
  g_autoptr (BaleenConversation) conversation = baleen_conversation_new (1);

  for (guint i = 0; i < messages->len; i++)
    {
      const BaleenMessageRecord *record = messages->pdata[i];
      g_autoptr (BaleenMessage) message = NULL;

      if (record->role != BALEEN_ROLE_USER)
        continue;
      message = baleen_message_new (1, 0, BALEEN_ROLE_USER, record->text);
      baleen_conversation_add (conversation, message);
      return g_strdup (baleen_conversation_get_title (conversation));
    }
  return NULL;
}

BaleenHistoryItem *
baleen_history_finish_item (BaleenConversationRecord *conversation,
                            GPtrArray                *messages,
                            const char               *head,
                            gboolean                  is_joined)
{
  const gint64 now = g_get_real_time ();
  GPtrArray *records;

  if (conversation->created == 0)
    conversation->created = conversation->updated != 0 ? conversation->updated : now;
  records = baleen_loose_tree_settle (messages, head, is_joined, conversation->created,
                                      &conversation->head_id);
  if (records->len == 0)
    {
      g_ptr_array_unref (records);
      baleen_conversation_record_free (conversation);
      return NULL;
    }

  if (conversation->id <= 0 || conversation->id > now)
    conversation->id = CLAMP (conversation->created, 1, now);
  for (guint i = 0; i < records->len; i++)
    ((BaleenMessageRecord *) records->pdata[i])->conversation_id = conversation->id;
  if (conversation->updated == 0)
    conversation->updated = ((BaleenMessageRecord *) records->pdata[records->len - 1])->created;
  conversation->updated = MIN (conversation->updated, now);
  tidy_title (conversation);
  if (conversation->title == NULL || *conversation->title == '\0')
    {
      g_free (conversation->title);
      conversation->title = dup_first_words (records);
      conversation->title_source = BALEEN_TITLE_WORDS;
    }
  return baleen_history_item_new (conversation, records);
}
